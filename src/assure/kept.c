/*
 * Answers of rules, kept with the store between looks and worked out again only where they may have
 * changed. Nothing has to be told what changed: every changed row stands in an entry of the journal, so
 * the entries since the last time say which tables were touched, by whatever program. Time alone is
 * the other thing that changes an answer; each kind of rule knows when next it may.
 *
 * An act sees what may yet be undone, and a snapshot may be older than what is kept: neither uses nor
 * changes what is kept. A store without entries (a test's) has nothing to go by and keeps nothing.
 */
#include "assure/rooms.h"

#include "base/say.h"

enum { KEPT_MOST = 16 << 20, LANGUAGES = 2 };

struct kept_answer {
	bool is_valid;
	struct moment from, until; /* it says the same from then, and before then */
	struct assured_rule answer;
};

struct kept_answers {
	struct following following;
	struct kept_answer *of[LANGUAGES];
};

static void *
kept_open(void)
{
	return following_open(sizeof(struct kept_answers), (size_t)64 << 20);
}

static void
forget(struct kept_answers *kept, const struct pack *pack, int64_t size)
{
	following_forget(&kept->following, pack, size);
	for (int at = 0; at < LANGUAGES; at++)
		kept->of[at] = ARENA_ARRAY(kept->following.arena, struct kept_answer,
					   pack->evidence_count + 1);
}

/* ---- What entries touched ---- */

struct touched {
	unsigned topics;
	bool is_everything;
	const struct pack *pack;
	bool *ledgers; /* by their place in the pack */
};

static struct error *
touch_ledger(struct look *look, struct touched *touched, int64_t id)
{
	struct ledger_row row;
	struct error *error = ledger_read(look, touched->pack, (struct row_id){ id }, &row);
	if (error != OK && error->kind != ERROR_MISSING)
		return error;
	if (error == OK && row.ledger != NULL) {
		touched->ledgers[row.ledger - touched->pack->ledgers] = true;
		return OK;
	}
	touched->topics |= TOPIC_LEDGER;
	return OK;
}

/* Rows that no rule reads: what is told, who signs in, the answers' own history. */
static bool
is_no_matter(struct text table)
{
	if (text_starts(table, T("signin_")))
		return true;
	static const char *const tables[] = { "people_notice",  "people_outbox",
					      "people_session", "people_account",
					      "people_grant",	"ledger_version",
					      "ledger_confirmation" };
	for (size_t at = 0; at < sizeof tables / sizeof *tables; at++)
		if (text_is(table, tables[at]))
			return true;
	if (text_is(table, "assure_finding")) /* rules about accounts ask whether one is late */
		return false;
	return text_starts(table, T("assure_")) || text_starts(table, T("journal_"));
}

static struct error *
touch_row(struct look *look, struct newer_rows *newer, const struct row_digest *row)
{
	struct touched *touched = newer->with;
	/* An account's row is written at every sign-in; only its own acts make or end one. */
	if (text_starts(row->table, T("signin_")) || text_is(row->table, "people_grant") ||
	    text_starts(newer->entry->act, T("people.account_")))
		touched->topics |= TOPIC_SIGNIN;
	if (is_no_matter(row->table))
		return OK;
	if (text_is(row->table, "ledger_row"))
		return touch_ledger(look, touched, row->id);
	if (text_starts(row->table, T("people_")))
		touched->topics |= TOPIC_PEOPLE;
	else if (text_starts(row->table, T("flow_")))
		touched->topics |= TOPIC_FLOW;
	else if (text_starts(row->table, T("enact_")))
		touched->topics |= TOPIC_ENACT;
	else if (text_starts(row->table, T("duty_")))
		touched->topics |= TOPIC_DUTY;
	else if (text_starts(row->table, T("incident_")))
		touched->topics |= TOPIC_INCIDENT;
	else if (text_starts(row->table, T("audit_")))
		touched->topics |= TOPIC_AUDIT;
	else if (text_starts(row->table, T("contract_")))
		touched->topics |= TOPIC_CONTRACT;
	else if (text_starts(row->table, T("access_")) || text_is(row->table, "assure_finding"))
		touched->topics |= TOPIC_ACCESS;
	else if (text_starts(row->table, T("check_")))
		touched->topics |= TOPIC_CHECK;
	else if (text_starts(row->table, T("entrance_")))
		touched->topics |= TOPIC_ENTRANCE;
	else if (text_starts(row->table, T("training_")))
		touched->topics |= TOPIC_TRAINING;
	else if (text_starts(row->table, T("inventory_")))
		touched->topics |= TOPIC_INVENTORY;
	else if (text_starts(row->table, T("reconcile_")))
		touched->topics |= TOPIC_RECONCILE;
	else /* settings hold parameters; what is not known may be anything */
		touched->is_everything = newer->is_over = true;
	return OK;
}

static struct error *
read_touched(struct look *look, int64_t from, int64_t size, struct touched *touched)
{
	struct newer_rows newer = {
		.from = from, .size = size, .see = touch_row, .with = touched};
	touched->is_everything = size - from > FOLLOWING_MOST;
	if (!touched->is_everything)
		TRY(newer_rows(look, &newer));
	touched->is_everything = touched->is_everything || newer.missing != 0;
	return OK;
}

/* Rows of the ledgers that the rule counts: of software, or of things. */
static bool
is_of_touched_things(const struct touched *touched, const struct pack_evidence *rule)
{
	const struct pack_inventory *rules = touched->pack->inventory;
	if (rule->keeps == KEEPS_SUPPORT || rule->keeps == KEEPS_LICENCES)
		return rules->software != NULL && touched->ledgers[rules->software - touched->pack->ledgers];
	for (size_t at = 0; at < rules->things_count; at++)
		if (touched->ledgers[rules->things[at].ledger - touched->pack->ledgers])
			return true;
	return false;
}

/* The rooms, and what was written into the log by hand. */
static bool
is_entrance_touched(const struct touched *touched)
{
	const struct pack_entrance *entrance = touched->pack->entrance;
	if (entrance == NULL)
		return false;
	return touched->ledgers[entrance->rooms - touched->pack->ledgers] ||
	       touched->ledgers[entrance->log - touched->pack->ledgers];
}

static bool
is_touched(const struct touched *touched, const struct pack_evidence *rule)
{
	const unsigned topics = rule_topics(rule);
	if (touched->is_everything || (topics & touched->topics) != 0)
		return true;
	if (rule->kind == EVIDENCE_INVENTORY)
		return is_of_touched_things(touched, rule);
	if (rule->kind == EVIDENCE_ENTRANCE)
		return is_entrance_touched(touched);
	const struct pack_ledger *ledger =
		rule->kind == EVIDENCE_ACCOUNTS	   ? access_ledger(touched->pack)
		: rule->kind == EVIDENCE_CONTRACTS ? touched->pack->contracts->services
						   : rule->ledger;
	return (topics & TOPIC_LEDGER) != 0 && ledger != NULL &&
	       touched->ledgers[ledger - touched->pack->ledgers];
}

/* Bring what is kept up to the snapshot; false: the snapshot is older, or of another policy's time. */
static struct error *
catch_up(struct look *look, struct kept_answers *kept, const struct pack *pack, int64_t size,
	 bool *is_usable)
{
	*is_usable = true;
	if (kept->following.pack != pack || arena_used(kept->following.arena) > KEPT_MOST)
		forget(kept, pack, size);
	*is_usable = size >= kept->following.size;
	if (size <= kept->following.size)
		return OK;
	struct touched touched = { .pack = pack };
	touched.ledgers = ARENA_ARRAY(look->arena, bool, pack->ledgers_count + 1);
	TRY(read_touched(look, kept->following.size, size, &touched));
	for (size_t at = 0; at < pack->evidence_count; at++)
		for (int language = 0; language < LANGUAGES; language++)
			if (is_touched(&touched, &pack->evidence[at]))
				kept->of[language][at].is_valid = false;
	kept->following.size = size;
	return OK;
}

/* ---- The answers ---- */

static struct assured_rule
copy_answer(struct arena *into, const struct assured_rule *answer, bool is_new)
{
	struct assured_rule copy = *answer;
	copy.why = text_copy(into, answer->why);
	copy.is_new = is_new;
	return copy;
}

static struct error *
take_kept(const struct evaluating *evaluating, struct kept_answers *kept, struct answers *answers,
	  bool *has)
{
	struct look *look = evaluating->look;
	const struct pack *pack = evaluating->flow->pack;
	bool is_usable;
	TRY(catch_up(look, kept, pack, answers->size, &is_usable));
	const struct kept_answer *of = kept->of[language_now() == LANGUAGE_EN];
	for (size_t at = 0; at < pack->evidence_count && is_usable; at++) {
		if (!of[at].is_valid || look->now.ms < of[at].from.ms ||
		    look->now.ms >= of[at].until.ms)
			continue;
		answers->of[at] = copy_answer(look->arena, &of[at].answer, false);
		has[at] = true;
	}
	return OK;
}

static void
give_kept(const struct evaluating *evaluating, struct kept_answers *kept,
	  const struct answers *answers, const struct moment *until, const bool *has)
{
	const struct pack *pack = evaluating->flow->pack;
	if (kept->following.pack != pack || kept->following.size != answers->size)
		return; /* somebody else went on meanwhile */
	struct kept_answer *of = kept->of[language_now() == LANGUAGE_EN];
	for (size_t at = 0; at < pack->evidence_count; at++)
		if (!has[at] && until[at].ms != 0)
			of[at] = (struct kept_answer){
				true, evaluating->look->now, until[at],
				copy_answer(kept->following.arena, &answers->of[at], false)};
}

static struct error *
evaluate_rest(const struct evaluating *evaluating, struct answers *answers, struct moment *until,
	      const bool *has)
{
	const struct pack *pack = evaluating->flow->pack;
	for (size_t at = 0; at < pack->evidence_count; at++)
		if (!has[at])
			TRY(rule_evaluate(evaluating, &pack->evidence[at], &answers->of[at],
					  &until[at]));
	return OK;
}

struct error *
answers_now(const struct evaluating *evaluating, bool is_afresh, struct answers *answers)
{
	struct look *look = evaluating->look;
	const size_t count = evaluating->flow->pack->evidence_count + 1;
	struct answers made = { .of = ARENA_ARRAY(look->arena, struct assured_rule, count) };
	struct moment *until = ARENA_ARRAY(look->arena, struct moment, count);
	bool *has = ARENA_ARRAY(look->arena, bool, count);
	struct kept_answers *kept = NULL;
	TRY(journal_size(look, &made.size));
	if (!is_afresh && made.size > 0 && look_is_snapshot(look))
		kept = store_index(look->store, kept_open, following_close);
	if (kept != NULL) {
		pthread_mutex_lock(&kept->following.lock);
		struct error *error = take_kept(evaluating, kept, &made, has);
		pthread_mutex_unlock(&kept->following.lock);
		TRY(error);
	}
	struct evaluating keeping = *evaluating;
	keeping.size = made.size;
	keeping.is_keeping = kept != NULL;
	TRY(evaluate_rest(&keeping, &made, until, has));
	if (kept != NULL) {
		pthread_mutex_lock(&kept->following.lock);
		give_kept(evaluating, kept, &made, until, has);
		pthread_mutex_unlock(&kept->following.lock);
	}
	*answers = made;
	return OK;
}
