/* `bansho evidence` and `bansho status`: how things stand. */
#include "cli/rooms.h"

#include "assure/history.h"
#include "people/notice.h"

static struct error *
print_evidence(struct call *call, const struct assurance *assurance, const struct assure_then *then)
{
	if (call->is_json) {
		print_text(assurance_json(call->arena, assurance, then));
		print("\n");
		return OK;
	}
	if (then != NULL)
		print(say("%.*s の記録による状態（記録簿の記録 %lld）\n\n"),
		      T_ARG(moment_wareki(call->arena, then->at)), (long long)then->entry);
	for (size_t at = 0; at < assurance->count; at++) {
		const struct assured *one = &assurance->clauses[at];
		print("%-14.*s %-10s %.*s\n", T_ARG(one->clause->id), clause_state_name(one->state),
		      T_ARG(one->why));
	}
	print("\n");
	for (int state = 0; state < STATE_COUNT; state++)
		print("%-10s %lld\n", clause_state_name((enum clause_state)state),
		      (long long)assurance->of[state]); /* state is within the enum */
	return OK;
}

static struct error *
evidence_at(struct call *call, struct look *look, struct body *body, struct text typed)
{
	struct assurance assurance;
	struct assure_then then;
	struct day day;
	if (!day_read(typed, &day))
		return reject("--at", "日付が読めません。2026-11-21 か R8.11.21 のように書いてください。");
	TRY(assure_at(look, body->pack, day, &assurance, &then));
	if (!then.found && then.first.ms == 0)
		return missing("状態の記録はまだありません。bansho-clock が動くと、毎日残ります。");
	if (!then.found)
		return missing("その日の記録はありません。最初の記録は %.*s です。",
			       T_ARG(moment_wareki(call->arena, then.first)));
	return print_evidence(call, &assurance, &then);
}

static struct error *
evidence_of(struct call *call, struct body *body)
{
	LOOK_SCOPED look = { 0 };
	struct assurance assurance;
	const struct text at = call_text(call, "at");
	TRY(look_begin(body->store, call->arena, &look));
	if (at.data != NULL)
		return evidence_at(call, &look, body, at);
	TRY(assure(&look, &body->flow, NULL, &assurance));
	return print_evidence(call, &assurance, NULL);
}

struct error *
run_evidence(struct call *call)
{
	struct body body;
	TRY(call_body(call, true, &body));
	struct error *error = evidence_of(call, &body);
	body_close(&body);
	return error;
}

/* ---- Status ---- */

struct status {
	struct journal_state journal;
	int64_t mails_waiting, mails_given_up;
	size_t stuck, gaps;
};

static struct error *
read_status(struct look *look, struct body *body, struct status *status)
{
	struct flow_page page;
	struct role_gap *gaps;
	TRY(journal_state(look, NULL, &status->journal));
	TRY(people_outbox_count(look, &status->mails_waiting, &status->mails_given_up));
	TRY(flow_list(look, &body->flow, &(struct flow_query){ .list = FLOW_STUCK },
		      FLOW_MOST_PAGE, &page));
	status->stuck = page.count;
	return people_role_gaps(look, body->pack, moment_day(look->now), &gaps, &status->gaps);
}

static struct error *
print_status(struct call *call, const struct body *body, const struct status *status)
{
	if (!call->is_json) {
		print(say("団体: %.*s（%.*s）\n"), T_ARG(body->name), T_ARG(body->code));
		print(say("記録: %lld件、署名済み %lld件（%.*s）\n"), (long long)status->journal.size,
		      (long long)status->journal.signed_size,
		      T_ARG(moment_wareki(call->arena, status->journal.signed_at)));
		print(say("決める人がいない決裁: %zu件、空いている役割: %zu\n"), status->stuck,
		      status->gaps);
		print(say("送信待ちのメール: %lld通、あきらめたメール: %lld通\n"),
		      (long long)status->mails_waiting, (long long)status->mails_given_up);
		return OK;
	}
	struct writer out = writer_open(call->arena, 4096);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "body", body->code);
	json_number_at(&json, "entries", status->journal.size);
	json_number_at(&json, "gaps", (int64_t)status->gaps);
	json_number_at(&json, "mails_given_up", status->mails_given_up);
	json_number_at(&json, "mails_waiting", status->mails_waiting);
	json_text_at(&json, "name", body->name);
	json_number_at(&json, "signed", status->journal.signed_size);
	json_text_at(&json, "signed_at", moment_utc(call->arena, status->journal.signed_at));
	json_number_at(&json, "stuck", (int64_t)status->stuck);
	json_end(&json);
	return print_writer(&out);
}

static struct error *
status_of(struct call *call, struct body *body)
{
	LOOK_SCOPED look = { 0 };
	struct status status = { 0 };
	TRY(look_begin(body->store, call->arena, &look));
	TRY(read_status(&look, body, &status));
	return print_status(call, body, &status);
}

struct error *
run_status(struct call *call)
{
	struct body body;
	TRY(call_body(call, true, &body));
	struct error *error = status_of(call, &body);
	body_close(&body);
	return error;
}
