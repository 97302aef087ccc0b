/* What bansho-clock does each time. */
#include "cli/clock.h"
#include "cli/mail.h"

#include "access/access.h"
#include "duty/duty.h"
#include "assure/history.h"
#include "check/check.h"
#include "contract/contract.h"
#include "audit/audit.h"
#include "enact/enact.h"
#include "entrance/entrance.h"
#include "incident/incident.h"
#include "people/notice.h"
#include "inventory/inventory.h"
#include "people/retention.h"
#include "reconcile/reconcile.h"
#include "signin/signin.h"
#include "training/training.h"
#include "transfer/transfer.h"

#include "base/file.h"
#include "base/log.h"

enum { ACTS_AT_ONCE = 500, PASSES_MOST = 100, MAILS_AT_ONCE = 100, RELAY_WAIT_MS = 20000,
       RELAY_WAIT_MOST_MS = 600000 };

static const struct actor the_clock = { .through = T_INIT("clock") };

static void
run_flow(struct body *body, bool *has_acted)
{
	bool is_more = true;
	for (int pass = 0; pass < PASSES_MOST && is_more; pass++) {
		ARENA_SCOPED arena = arena_open((size_t)512 << 20);
		struct flow_clock_done done = { 0 };
		struct error *error = flow_clock(body->store, arena, &body->flow, ACTS_AT_ONCE,
						 &done, &is_more);
		if (error != OK) {
			log_error("clock", error);
			return;
		}
		*has_acted |= done.reminded + done.escalated + done.expired + done.overdue +
				      done.overdue_escalated + done.completed !=
			      0;
	}
}

static void
run_access(struct body *body, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	struct access_done done;
	struct error *error = access_clock(body->store, arena, &body->flow, &done);
	if (error != OK)
		log_error("access", error);
	*has_acted |= done.has_begun || done.reminded > 0;
}

static void
run_signin(struct body *body, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open((size_t)64 << 20);
	struct signin_reminded done = { 0 };
	struct error *error = signin_clock(body->store, arena, body->flow.pack, ACTS_AT_ONCE, &done);
	if (error != OK)
		log_error("signin", error);
	*has_acted |= done.told != 0;
}

static void
run_duty(struct body *body, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	struct duty_done done;
	struct error *error = duty_clock(body->store, arena, &body->flow, &done);
	if (error != OK)
		log_error("duty", error);
	*has_acted |= done.made + done.dropped + done.reminded + done.escalated != 0;
}

static void
run_incident(struct body *body, bool *has_acted)
{
	bool is_more = true;
	for (int pass = 0; pass < PASSES_MOST && is_more; pass++) {
		ARENA_SCOPED arena = arena_open((size_t)512 << 20);
		struct incident_done done = { 0 };
		struct error *error = incident_clock(body->store, arena, body->pack, ACTS_AT_ONCE, &done,
						     &is_more);
		if (error != OK)
			log_error("incident", error);
		*has_acted |= done.escalated + done.reminded + done.outside != 0;
	}
}

static void
run_check(struct body *body, bool *has_acted)
{
	bool is_more = true;
	for (int pass = 0; pass < PASSES_MOST && is_more; pass++) {
		ARENA_SCOPED arena = arena_open((size_t)512 << 20);
		struct check_done done;
		struct error *error = check_clock(body->store, arena, &body->flow, &done, &is_more);
		if (error != OK) {
			log_error("check", error);
			return;
		}
		*has_acted |= done.opened + done.told + done.reminded + done.escalated != 0;
	}
}

static void
run_entrance(struct body *body, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open((size_t)64 << 20);
	struct entrance_done done;
	struct error *error = entrance_clock(body->store, arena, &body->flow, &done);
	if (error != OK)
		log_error("entrance", error);
	*has_acted |= done.asked != 0;
}

static void
run_audits(struct body *body, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open((size_t)64 << 20);
	struct audit_done done;
	struct error *error = audit_clock(body->store, arena, &body->flow, &done);
	if (error != OK)
		log_error("audit", error);
	*has_acted |= done.reminded + done.escalated > 0;
}

static void
run_inventory(struct body *body, bool *has_acted)
{
	bool is_more = true;
	for (int pass = 0; pass < PASSES_MOST && is_more; pass++) {
		ARENA_SCOPED arena = arena_open((size_t)256 << 20);
		struct inventory_done done;
		struct error *error = inventory_clock(body->store, arena, &body->flow, ACTS_AT_ONCE, &done,
						      &is_more);
		if (error != OK) {
			log_error("inventory", error);
			return;
		}
		*has_acted |= done.reminded + done.escalated + done.warned != 0;
	}
}

static void
run_contracts(struct body *body, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open((size_t)64 << 20);
	struct contract_done done;
	struct error *error = contract_clock(body->store, arena, &body->flow, &done);
	if (error != OK)
		log_error("contract", error);
	*has_acted |= done.reminded > 0;
}

static void
run_reconciliations(struct body *body, bool *has_acted)
{
	struct reconcile_done done;
	struct error *error = reconcile_clock(body->store, &body->flow, &done);
	if (error != OK)
		log_error("reconcile", error);
	*has_acted |= done.run + done.reminded + done.escalated != 0;
}

static struct error *
propose(struct act *act, void *with)
{
	return people_erase_propose(act, with);
}

/* Personal data whose time has passed: proposed once; after it was put off, again. */
static struct error *
propose_erasures(struct body *body, struct arena *arena, bool *has_acted)
{
	struct due_person *list;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(body->store, arena, &look));
		TRY(people_retention_due(&look, body->flow.pack, false, &list, &count));
	}
	for (size_t at = 0; at < count; at++) {
		if (list[at].proposed.ms != 0 && day_is_none(list[at].held_until))
			continue;
		TRY(store_act(body->store, arena, &the_clock, propose, &list[at]));
		*has_acted = true;
	}
	return OK;
}

static void
run_retention(struct body *body, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open((size_t)64 << 20);
	struct error *error = propose_erasures(body, arena, has_acted);
	if (error != OK)
		log_error("retention", error);
}

/* After flow, which causes what time alone causes: its acts count for today. */
static void
run_assure(struct body *body, struct clock_work *work, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	struct assure_recorded done;
	struct error *error = assure_record(body->store, arena, &body->flow, body->sealing,
					    &the_clock, &done);
	if (error != OK && !work->has_said_assure)
		log_error("assure", error);
	work->has_said_assure = error != OK;
	*has_acted |= done.is_done;
}

static void
run_transfer(struct body *body, bool *has_acted)
{
	bool is_more = true;
	for (int pass = 0; pass < PASSES_MOST && is_more; pass++) {
		ARENA_SCOPED arena = arena_open((size_t)512 << 20);
		struct transfer_told done = { 0 };
		struct error *error = transfer_clock(body->store, arena, &body->flow, ACTS_AT_ONCE,
						     &done, &is_more);
		if (error != OK) {
			log_error("transfer", error);
			return;
		}
		*has_acted |= done.told != 0;
	}
}

static void
run_training(struct body *body, bool *has_acted)
{
	bool is_more = true;
	for (int pass = 0; pass < PASSES_MOST && is_more; pass++) {
		ARENA_SCOPED arena = arena_open((size_t)512 << 20);
		struct training_done done = { 0 };
		struct error *error = training_clock(body->store, arena, body->flow.pack, ACTS_AT_ONCE,
						     &done, &is_more);
		if (error != OK) {
			log_error("training", error);
			return;
		}
		*has_acted |= done.enrolled + done.told + done.sent + done.ended != 0;
	}
}

/* Another version in force, put there by us or by another program? */
static struct error *
is_current(struct body *body, bool *is)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct enact_version version;
	LOOK_SCOPED look = { 0 };
	bool found;
	TRY(look_begin(body->store, arena, &look));
	TRY(enact_version_in_force(&look, &found, &version));
	*is = !found || hash_same(&version.digest, &body->pack->digest);
	return OK;
}

/* True when nothing may be done any more with the policy that we have. */
static bool
run_enact(struct body *body, struct clock_work *work, bool *has_acted)
{
	bool is_more = true, is_ours = true;
	struct error *error = OK;
	for (int pass = 0; pass < PASSES_MOST && is_more && error == OK && is_ours; pass++) {
		ARENA_SCOPED arena = arena_open((size_t)512 << 20);
		struct enact_done done = { 0 };
		error = is_current(body, &is_ours);
		if (error == OK && is_ours)
			error = enact_clock(body->store, arena, &body->flow, ACTS_AT_ONCE, &done,
					    &is_more);
		*has_acted |= done.is_in_force || done.carried_out + done.told > 0;
		is_ours &= !done.is_in_force;
	}
	if (error != OK)
		log_error("enact", error);
	if (is_ours)
		return false;
	log_say("方針の新しい版が施行されたので、始め直します。");
	work->must_restart = true;
	work->is_other_policy = true;
	return true;
}

static struct error *
note_sent(struct act *act, void *with)
{
	const struct mail *mail = with;
	return people_outbox_sent(act, mail->id);
}

static struct error *
note_failed(struct act *act, void *with)
{
	const struct mail *mail = with;
	return people_outbox_failed(act, mail->id, NULL);
}

static void
wait_for_relay(struct clock_work *work, struct text why)
{
	int64_t wait = RELAY_WAIT_MS;
	for (int64_t at = 0; at < work->relay_failures && wait < RELAY_WAIT_MOST_MS; at++)
		wait *= 2;
	if (wait > RELAY_WAIT_MOST_MS)
		wait = RELAY_WAIT_MOST_MS;
	work->relay_failures++;
	work->no_mail_before = (struct moment){ moment_now().ms + wait };
	log_say("メールの中継につながりません（%.*s）。%lld秒後にもう一度試します。", T_ARG(why),
		(long long)(wait / 1000));
}

/* False when there is no use in going on. */
static bool
deliver_one(struct body *body, struct courier *courier, const struct mail *mail,
	    struct clock_work *work)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct text why;
	struct mail copy = *mail;
	const enum delivery delivery = courier_deliver(courier, arena, mail, moment_now(), &why);
	if (delivery == DELIVERY_NO_RELAY) {
		wait_for_relay(work, why);
		return false;
	}
	work->relay_failures = 0;
	if (delivery == DELIVERY_REFUSED)
		log_say("メール%lldを中継が受け取りません（%.*s）。", (long long)mail->id.no, T_ARG(why));
	struct error *error = store_act(body->store, arena, &the_clock,
					delivery == DELIVERED ? note_sent : note_failed, &copy);
	if (error != OK)
		log_error("mail", error);
	return error == OK;
}

static struct error *
mails_due(struct body *body, struct arena *arena, struct mail **list, size_t *count)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, arena, &look));
	return people_outbox_next(&look, MAILS_AT_ONCE, list, count);
}

static struct error *
run_mail(struct body *body, struct clock_work *work, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct relay relay;
	struct mail *list;
	size_t count;
	bool is_set;
	if (moment_now().ms < work->no_mail_before.ms)
		return OK;
	struct error *error = relay_read(body, arena, &relay, &is_set);
	if (error != OK) {
		if (!work->has_said)
			log_error("mail", error);
		work->has_said = true;
		return OK;
	}
	work->has_said = false;
	if (!is_set)
		return OK;
	if (!text_same(relay.ca, work->authority)) {
		log_say("設定 mail.ca が変わったため、始め直します。");
		work->must_restart = true;
		return OK;
	}
	TRY(mails_due(body, arena, &list, &count));
	if (count == 0)
		return OK;
	struct courier *courier = courier_open(&relay);
	for (size_t at = 0; at < count; at++) {
		if (!deliver_one(body, courier, &list[at], work))
			break;
		*has_acted = true;
	}
	courier_close(courier);
	return OK;
}

struct error *
clock_authority(struct arena *into, const char *data, const char *code, struct text *authority)
{
	struct body body;
	*authority = T("");
	TRY(body_open(into,
		      &(struct body_options){ .data = data, .code = code, .is_read_only = true },
		      &body));
	struct error *error = OK;
	{
		LOOK_SCOPED look = { 0 };
		error = look_begin(body.store, into, &look);
		if (error == OK)
			error = store_setting(&look, T("mail.ca"), authority);
	}
	body_close(&body);
	return error;
}

/* For the health page: when we last ran, and whether the relay answers. */
static void
leave_mark(const struct body *body, const struct clock_work *work)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct text mark = text_format(arena, "%lld %s\n", (long long)moment_now().ms,
					     work->relay_failures > 0 ? "down" : "ok");
	struct error *error = file_replace(path_join(arena, body->folder, "clock.state"), mark, 0600);
	if (error != OK)
		log_error("clock", error);
}

struct error *
clock_journal(struct body *body, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct journal_due due;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(body->store, arena, &look));
		TRY(journal_due(&look, &due));
	}
	*has_acted |= due.turn || due.roll;
	if (due.turn)
		return journal_turn(body->store, body->sealer, &the_clock);
	return due.roll ? journal_roll(body->store, body->sealer, &the_clock) : OK;
}

/* What fails (no key, say) is said once, and tried again each round. */
static void
run_journal(struct body *body, struct clock_work *work, bool *has_acted)
{
	struct error *error = clock_journal(body, has_acted);
	if (error != OK && !work->has_said_journal)
		log_error("journal", error);
	work->has_said_journal = error != OK;
}

static void
seal_after(struct body *body, struct clock_work *work, bool *has_acted)
{
	if (!*has_acted)
		return;
	struct error *error = journal_seal(body->store, body->sealer);
	if (error != OK)
		log_error("seal", error);
	/* A sealer of our own that died cannot be started from inside the jail. */
	work->must_restart |= error != OK && error->kind == ERROR_BROKEN;
	*has_acted = false;
}

void
clock_round(struct body *body, struct clock_work *work)
{
	bool has_acted = false;
	run_journal(body, work, &has_acted);
	if (run_enact(body, work, &has_acted)) {
		seal_after(body, work, &has_acted);
		leave_mark(body, work);
		error_sweep();
		return;
	}
	run_flow(body, &has_acted);
	run_access(body, &has_acted);
	run_duty(body, &has_acted);
	run_incident(body, &has_acted);
	run_check(body, &has_acted);
	run_audits(body, &has_acted);
	run_inventory(body, &has_acted);
	run_entrance(body, &has_acted);
	run_contracts(body, &has_acted);
	run_transfer(body, &has_acted);
	run_training(body, &has_acted);
	run_retention(body, &has_acted);
	run_reconciliations(body, &has_acted);
	run_signin(body, &has_acted);
	run_assure(body, work, &has_acted);
	struct error *error = run_mail(body, work, &has_acted);
	if (error != OK)
		log_error("mail", error);
	seal_after(body, work, &has_acted);
	witness_round(body, &work->witnesses, &has_acted);
	stamp_round(body, &work->witnesses, &has_acted);
	seal_after(body, work, &has_acted);
	leave_mark(body, work);
	error_sweep();
}
