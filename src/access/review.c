/* The yearly review: its beginning, what a unit is asked, and what it answers. */
#include "access/rooms.h"

#include "people/notice.h"

#include <stdlib.h>

enum { REVIEWS_MOST = 5000, UNTIL_MOST_DAYS = 366 };

static struct text
about_round(struct arena *into, int64_t id)
{
	return text_format(into, "access-round:%lld", (long long)id);
}

/* ---- Rounds ---- */

struct error *
access_round(struct look *look, bool *found, struct access_round *round)
{
	struct access_round_newest_row row;
	struct access_round_tally_row tally;
	bool has;
	*found = false;
	TRY(store_has_step(look, T("access"), 1, &has));
	if (!has)
		return OK;
	TRY(access_round_newest(look, found, &row));
	if (!*found)
		return OK;
	TRY(access_round_tally(look, &(struct access_round_tally_in){ row.id }, &tally));
	*round = (struct access_round){
		.id = row.id,
		.year = (int)row.year, /* of this age */
		.started = { row.started },
		.due = { row.due },
		.units = tally.units,
		.done = tally.done,
		.accounts = tally.accounts,
		.removals = tally.removals,
		.changes = tally.changes,
	};
	return OK;
}

struct asked_unit {
	const struct heads *heads;
	struct arena *arena;
	bool *has; /* by the place of the unit among those of heads */
};

static struct error *
mark_unit(void *with, const struct access_reviewed_all_row *row)
{
	struct asked_unit *asked = with;
	const struct unit_id unit = heads_of_account(asked->heads, row->id, row->person,
						     text_is(row->kind, "shared"));
	for (size_t at = 0; unit.no != 0 && at < heads_count(asked->heads); at++)
		if (heads_at(asked->heads, at).no == unit.no)
			asked->has[at] = true;
	return OK;
}

/* Holders of the reviewing roles in the unit, and nobody twice. */
static struct error *
tell_heads(struct act *act, const struct pack *pack, struct unit_id unit, const char *words,
	   const char *subject)
{
	const struct pack_role *role = access_ledger(pack)->accounts_reviewer;
	struct arena *arena = act->look.arena;
	for (; role != NULL; role = role->above) {
		struct decider *list;
		size_t count, told = 0;
		TRY(people_role_holders(&act->look, role, unit, moment_day(act->look.now), &list,
					&count));
		for (size_t at = 0; at < count; at++) {
			if (list[at].unit.no != unit.no)
				continue;
			told++;
			TRY(people_notify(
				act, &(struct notify){
					     .person = list[at].person,
					     .about = people_about_unit(arena, unit),
					     .words = text_of(words),
					     .path = text_format(arena, "/access-review/%lld",
								 (long long)unit.no),
					     .subject = text_of(subject),
				     }));
		}
		if (told != 0)
			return OK;
	}
	return OK;
}

static struct error *
begin_unit(struct act *act, const struct pack *pack, int64_t round, struct unit_id unit)
{
	int64_t id;
	TRY(act_number(act, T("access-review"), &id));
	TRY(access_review_add(act, &(struct access_review_add_in){ id, round, unit.no,
								   act->look.now.ms }));
	return tell_heads(act, pack, unit, say("所属の人のアカウントを点検してください。"),
			  say("アカウントの点検をお願いします"));
}

struct error *
access_round_begin(struct act *act, const struct flow *flow, struct day due, int64_t *id)
{
	struct look *look = &act->look;
	const struct day today = moment_day(look->now);
	struct access_round last;
	struct heads *heads;
	bool found;
	int64_t units = 0;
	if (day_is_none(due) || due.no < today.no || due.no > today.no + UNTIL_MOST_DAYS)
		return reject("due", "いつまでに答えてもらうかを、今日から1年以内の日で書いてください。");
	TRY(access_round(look, &found, &last));
	if (found && last.done < last.units && last.due.no >= today.no)
		return conflict("前の点検がまだ終わっていません(期限%.*s)。",
				T_ARG(day_wareki(look->arena, last.due)));
	TRY(heads_now(look, flow->pack, &heads));
	if (heads == NULL)
		return missing("この団体の方針には、アカウントを見るシステムの台帳がありません。");
	struct asked_unit asked = { heads, look->arena,
				    ARENA_ARRAY(look->arena, bool, heads_count(heads) + 1) };
	TRY(access_reviewed_all(look, mark_unit, &asked));
	TRY(act_number(act, T("access-round"), id));
	TRY(access_round_add(act, &(struct access_round_add_in){ *id, day_fiscal_year(today),
								 look->now.ms, due.no,
								 act->actor.person }));
	for (size_t at = 0; at < heads_count(heads); at++) {
		if (!asked.has[at])
			continue;
		TRY(begin_unit(act, flow->pack, *id, heads_at(heads, at)));
		units++;
	}
	if (units == 0)
		return reject("due", "点検する所属がありません。先にシステムのアカウントの一覧を取り込み、所属の長の職を登録してください。");
	return act_note(act, &(struct fact){
				     .act = "access.round",
				     .about = { about_round(look->arena, *id) },
				     .pairs = { { "due", day_iso(look->arena, due), 0 },
						{ "units", { 0 }, units } },
			     });
}

/* ---- Units ---- */

#define REVIEW_FROM(r, number, until, today)                                                   \
	((struct access_review){                                                               \
		.id = (r)->id,                                                                 \
		.round = (number),                                                             \
		.unit = { (r)->unit },                                                         \
		.unit_name = (r)->unit_name,                                                   \
		.due = (until),                                                                \
		.done = { (r)->done },                                                         \
		.person_name = (r)->person_name,                                               \
		.accounts = (r)->accounts,                                                     \
		.removals = (r)->removals,                                                     \
		.changes = (r)->changes,                                                       \
		.is_late = (r)->done == 0 && (until).no < (today).no,                          \
	})

static bool
is_reviewing(const struct pack *pack, const struct pack_role *held)
{
	for (const struct pack_role *role = access_ledger(pack)->accounts_reviewer; role != NULL;
	     role = role->above)
		if (role == held)
			return true;
	return false;
}

/* As what the person stands over the unit: in their own right before as a deputy. */
static const struct held_role *
held_in(const struct pack *pack, const struct held_role *held, size_t count, struct unit_id unit)
{
	const struct held_role *as = NULL;
	for (size_t at = 0; at < count; at++) {
		if (held[at].unit.no != unit.no || held[at].role->scope == SCOPE_EVERYONE ||
		    !is_reviewing(pack, held[at].role))
			continue;
		if (as == NULL || (as->deputy_for.no != 0 && held[at].deputy_for.no == 0))
			as = &held[at];
	}
	return as;
}

static struct error *
held_for(struct look *look, const struct pack *pack, struct unit_id unit, struct person_id person,
	 bool *may, struct held_role *as)
{
	struct held_role *held;
	size_t count;
	*may = false;
	if (access_ledger(pack) == NULL || person.no == 0)
		return OK;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &count));
	const struct held_role *found = held_in(pack, held, count, unit);
	*may = found != NULL;
	if (found != NULL)
		*as = *found;
	return OK;
}

struct error *
access_may_review(struct look *look, const struct flow *flow, struct unit_id unit,
		  struct person_id person, bool *may)
{
	struct held_role as;
	return held_for(look, flow->pack, unit, person, may, &as);
}

struct error *
access_reviews(struct look *look, const struct flow *flow, struct person_id person,
	       struct access_review **list, size_t *count)
{
	const struct day today = moment_day(look->now);
	struct access_review_list_row *rows;
	struct held_role *held = NULL;
	struct access_round round;
	size_t got, held_count = 0;
	bool found;
	*list = NULL;
	*count = 0;
	TRY(access_round(look, &found, &round));
	if (!found || access_ledger(flow->pack) == NULL)
		return OK;
	if (person.no != 0)
		TRY(people_roles_of(look, flow->pack, person, today, &held, &held_count));
	TRY(access_review_list(look, &(struct access_review_list_in){ round.id, REVIEWS_MOST }, &rows,
			       &got));
	*list = ARENA_ARRAY(look->arena, struct access_review, got + 1);
	for (size_t at = 0; at < got; at++) {
		const struct unit_id unit = { rows[at].unit };
		if (person.no == 0 || held_in(flow->pack, held, held_count, unit) != NULL)
			(*list)[(*count)++] = REVIEW_FROM(&rows[at], round.id, round.due, today);
	}
	return OK;
}

/* ---- One unit's page ---- */

struct gathering {
	const struct heads *heads;
	struct unit_id unit;
	struct arena *arena;
	int64_t *ids;
	size_t count, room;
};

static struct error *
gather_row(void *with, const struct access_reviewed_all_row *row)
{
	struct gathering *gathering = with;
	const struct unit_id unit = heads_of_account(gathering->heads, row->id, row->person,
						     text_is(row->kind, "shared"));
	if (unit.no != gathering->unit.no)
		return OK;
	GROW(gathering->arena, gathering->ids, gathering->count, gathering->room);
	gathering->ids[gathering->count++] = row->id;
	return OK;
}

static int
item_order(const void *a, const void *b)
{
	const struct access_item *one = a, *other = b;
	const bool is_one = one->account.kind == ACCESS_SHARED,
		   is_other = other->account.kind == ACCESS_SHARED;
	if (is_one != is_other)
		return is_one ? 1 : -1;
	const int number = text_order(one->account.person_number, other->account.person_number);
	if (number != 0)
		return number;
	const int title = text_order(one->account.system_title, other->account.system_title);
	return title != 0 ? title : one->account.id.no < other->account.id.no ? -1 : 1;
}

static void
mark_troubles(struct access_sheet *sheet, const struct trouble *troubles, size_t count)
{
	for (size_t at = 0; at < count; at++)
		for (size_t i = 0; i < sheet->count; i++)
			if (sheet->items[i].account.id.no == troubles[at].account.no)
				sheet->items[i].troubles[troubles[at].kind] = true;
	for (size_t i = 0; i < sheet->count; i++) {
		struct access_item *item = &sheet->items[i];
		item->must_answer = item->account.is_privileged;
		/* That its permit is missing is the manager's to put right; that it is used is theirs to say. */
		for (int kind = 0; kind < TROUBLE_KINDS; kind++)
			item->must_answer = item->must_answer ||
					    (item->troubles[kind] && kind != TROUBLE_ASKED);
	}
}

static void
hash_line(struct hasher *hasher, struct arena *arena, int64_t account, int64_t change,
	  struct text words)
{
	hasher_add(hasher, text_format(arena, "%lld %lld %zu:%.*s\n", (long long)account,
				       (long long)change, words.len, T_ARG(words)));
}

static void
digest_sheet(struct arena *arena, struct access_sheet *sheet)
{
	HASHER_SCOPED hasher = hasher_open();
	hasher_begin(hasher);
	hash_line(hasher, arena, sheet->review.id, 0, T(""));
	for (size_t at = 0; at < sheet->count; at++)
		hash_line(hasher, arena, sheet->items[at].account.id.no,
			  sheet->items[at].account.change, T(""));
	sheet->digest = hasher_end(hasher);
}

static struct error *
read_items(struct look *look, const struct flow *flow, struct unit_id unit,
	   struct access_sheet *sheet)
{
	struct gathering gathering = { .unit = unit, .arena = look->arena };
	struct heads *heads;
	struct trouble *troubles;
	size_t count;
	TRY(heads_now(look, flow->pack, &heads));
	gathering.heads = heads;
	TRY(access_reviewed_all(look, gather_row, &gathering));
	sheet->items = ARENA_ARRAY(look->arena, struct access_item, gathering.count + 1);
	for (; sheet->count < gathering.count; sheet->count++)
		TRY(access_account(look, (struct access_id){ gathering.ids[sheet->count] },
				   &sheet->items[sheet->count].account));
	TRY(access_check(look, flow, (struct row_id){ 0 }, false, &troubles, &count));
	mark_troubles(sheet, troubles, count);
	if (sheet->count != 0)
		qsort(sheet->items, sheet->count, sizeof *sheet->items, item_order);
	digest_sheet(look->arena, sheet);
	return OK;
}

struct error *
access_sheet(struct look *look, const struct flow *flow, struct unit_id unit,
	     struct access_sheet *sheet)
{
	struct access_review_of_row row;
	struct access_round round;
	bool found;
	*sheet = (struct access_sheet){ 0 };
	TRY(access_round(look, &found, &round));
	if (found)
		TRY(access_review_of(look, &(struct access_review_of_in){ round.id, unit.no }, &found,
				     &row));
	if (!found || access_ledger(flow->pack) == NULL)
		return missing("この所属は、いまの点検の対象ではありません。");
	sheet->review = REVIEW_FROM(&row, round.id, round.due, moment_day(look->now));
	return read_items(look, flow, unit, sheet);
}

/* ---- The answer ---- */

static const struct access_answering *
answer_of(const struct access_answering *answers, size_t count, int64_t account)
{
	for (size_t at = 0; at < count; at++)
		if (answers[at].account.no == account)
			return &answers[at];
	return NULL;
}

static const char *
field_of(struct arena *arena, const char *what, int64_t account)
{
	return text_z(arena, text_format(arena, "%s-%lld", what, (long long)account));
}

static struct error *
check_answers(struct arena *arena, const struct access_sheet *sheet,
	      const struct access_answering *answers, size_t count)
{
	struct error *faults = OK;
	for (size_t at = 0; at < sheet->count; at++) {
		const struct access_account *account = &sheet->items[at].account;
		const struct access_answering *answer = answer_of(answers, count, account->id.no);
		if (answer == NULL || answer->answer == ANSWER_NONE)
			error_add(&faults,
				  reject(field_of(arena, "a", account->id.no),
					 "%.*sの「%.*s」をどうするか選んでください。",
					 T_ARG(account->system_title), T_ARG(account->name)));
		else if (answer->answer == ANSWER_CHANGE && text_is_blank(answer->words))
			error_add(&faults,
				  reject(field_of(arena, "w", account->id.no),
					 "%.*sの「%.*s」をどう変えるか書いてください。",
					 T_ARG(account->system_title), T_ARG(account->name)));
		else if (text_count(answer->words) > ACCESS_MOST_WORDS)
			error_add(&faults, reject(field_of(arena, "w", account->id.no),
						  "%d文字までにしてください。", ACCESS_MOST_WORDS));
	}
	return faults;
}

/* What one stands for as a deputy is reviewed, but not what one has of weight oneself. */
static struct error *
check_own(const struct access_sheet *sheet, int64_t person)
{
	for (size_t at = 0; at < sheet->count; at++)
		if (sheet->items[at].must_answer && sheet->items[at].account.person.no == person)
			return refuse("あなた自身の、特権か確かめが要るアカウントが含まれているので、代理では答えられません。本来の責任者か、その上の人が答えてください。");
	return OK;
}

struct counted {
	int64_t removals, changes;
	struct hash digest;
};

static struct error *
write_answers(struct act *act, const struct access_sheet *sheet,
	      const struct access_answering *answers, size_t count, struct counted *counted)
{
	struct arena *arena = act->look.arena;
	const int64_t now = act->look.now.ms;
	HASHER_SCOPED hasher = hasher_open();
	hasher_begin(hasher);
	for (size_t at = 0; at < sheet->count; at++) {
		const struct access_account *account = &sheet->items[at].account;
		const struct access_answering *answer = answer_of(answers, count, account->id.no);
		struct unit_id unit = account->unit;
		int64_t id;
		hash_line(hasher, arena, account->id.no, (int64_t)answer->answer, answer->words);
		if (answer->answer == ANSWER_SAME) {
			/* Where the person is now, they use it: the move has been looked at. */
			if (account->person.no != 0)
				TRY(people_unit_of(&act->look, account->person,
						   moment_day(act->look.now), &unit));
			TRY(access_account_reviewed(act, &(struct access_account_reviewed_in){
								 account->id.no, now, unit.no }));
			continue;
		}
		counted->removals += answer->answer == ANSWER_REMOVE;
		counted->changes += answer->answer == ANSWER_CHANGE;
		TRY(act_number(act, T("access-answer"), &id));
		TRY(access_answer_add(act, &(struct access_answer_add_in){
						   id, sheet->review.id, account->id.no,
						   text_of(access_answer_name(answer->answer)),
						   answer->words, now }));
	}
	counted->digest = hasher_end(hasher);
	return OK;
}

struct error *
access_review(struct act *act, const struct flow *flow, struct unit_id unit,
	      const struct hash *digest, const struct access_answering *answers, size_t count)
{
	struct arena *arena = act->look.arena;
	struct access_sheet sheet;
	struct counted counted = { 0 };
	struct held_role as;
	bool may;
	TRY(access_sheet(&act->look, flow, unit, &sheet));
	TRY(held_for(&act->look, flow->pack, unit, (struct person_id){ act->actor.person }, &may,
		     &as));
	if (!may)
		return refuse("この所属の点検に答えられるのは、所属の責任者か、その職務代理者だけです。");
	if (as.deputy_for.no != 0)
		TRY(check_own(&sheet, act->actor.person));
	if (sheet.review.done.ms != 0)
		return conflict("この所属の点検は、もう済んでいます。画面を開き直してください。");
	if (!hash_same(digest, &sheet.digest))
		return conflict("開いたあとにアカウントが変わりました。もう一度確かめて、答えてください。");
	TRY(check_answers(arena, &sheet, answers, count));
	TRY(write_answers(act, &sheet, answers, count, &counted));
	act->actor.role = as.role->code;
	act->actor.post = as.post.no;
	act->actor.deputy_for = as.deputy_for.no;
	TRY(access_review_done(act, &(struct access_review_done_in){
					    .id = sheet.review.id,
					    .done = act->look.now.ms,
					    .person = act->actor.person,
					    .deputy_for = as.deputy_for.no,
					    .role = as.role->code,
					    .accounts = (int64_t)sheet.count, /* of a unit */
					    .removals = counted.removals,
					    .changes = counted.changes,
					    .digest = hash_bytes(&counted.digest),
				    }));
	return act_note(act, &(struct fact){
				     .act = "access.review",
				     .about = { people_about_unit(arena, unit),
						about_round(arena, sheet.review.round) },
				     .pairs = { { "accounts", { 0 }, (int64_t)sheet.count },
						{ "changes", { 0 }, counted.changes },
						{ "digest", hash_hex(arena, &counted.digest), 0 },
						{ "removals", { 0 }, counted.removals } },
			     });
}
