/* Reading runs, lists and differences; how a reconciliation stands. */
#include "reconcile/rooms.h"

#include <string.h>

static struct hash
hash_from(struct text bytes)
{
	struct hash hash = { 0 };
	if (bytes.len == HASH_LEN)
		memcpy(hash.at, bytes.data, HASH_LEN);
	return hash;
}

/* ---- Lists ---- */

#define LIST_FROM(row)                                                                         \
	((struct reconcile_list){ .id = (row)->id,                                             \
				  .at = { (row)->at },                                         \
				  .person = { (row)->person },                                 \
				  .person_name = (row)->person_name,                           \
				  .name = (row)->name,                                         \
				  .encoding = (row)->encoding,                                 \
				  .rows = (row)->row_count,                                    \
				  .digest = hash_from((row)->digest),                          \
				  .source = hash_from((row)->source) })

struct error *
reconcile_list_read(struct look *look, struct text code, int64_t id, struct reconcile_list *list)
{
	struct reconcile_list_get_row row;
	bool found;
	TRY(reconcile_list_get(look, &(struct reconcile_list_get_in){ code, id }, &found, &row));
	if (!found)
		return missing("その一覧はありません。");
	*list = LIST_FROM(&row);
	return OK;
}

static struct error *
newest_lists(struct look *look, const struct pack_reconcile *of, struct reconcile_list lists[SIDES])
{
	for (int side = 0; side < SIDES; side++) {
		struct reconcile_list_newest_row row;
		bool found;
		lists[side] = (struct reconcile_list){ 0 };
		TRY(reconcile_list_newest(look,
					  &(struct reconcile_list_newest_in){
						  of->code,
						  text_of(reconcile_side_name((enum pack_side)side)) },
					  &found, &row));
		if (found)
			lists[side] = LIST_FROM(&row);
	}
	return OK;
}

/* ---- Runs ---- */

static struct reconcile_run
run_from(const struct reconcile_runs_of_row *row)
{
	return (struct reconcile_run){
		.id = { row->id },
		.code = row->code,
		.at = { row->at },
		.seen = { row->seen },
		.person = { row->person },
		.person_name = row->person_name,
		.digests = { hash_from(row->left_digest), hash_from(row->right_digest) },
		.result = hash_from(row->result_digest),
		.lists = { row->left_list, row->right_list },
		.waits = { row->left_wait, row->right_wait },
		.rows = { row->left_count, row->right_count },
		.matched = row->matched,
		.waiting = row->waiting,
		.alone = { row->left_only, row->right_only },
		.differing = row->differing,
		.unclear = row->unclear,
		.differences = row->differences,
		.added = row->added,
		.gone = row->gone,
	};
}

static struct error *
read_runs(struct look *look, struct text code, int64_t id, size_t most, struct reconcile_run **list,
	  size_t *count)
{
	struct reconcile_runs_of_row *rows;
	if (most > RECONCILE_MOST_LISTED)
		most = RECONCILE_MOST_LISTED;
	TRY(reconcile_runs_of(look,
			       &(struct reconcile_runs_of_in){ code, id, (int64_t)most }, /* bounded */
			       &rows, count));
	*list = ARENA_ARRAY(look->arena, struct reconcile_run, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = run_from(&rows[at]);
	return OK;
}

struct error *
reconcile_runs(struct look *look, struct text code, size_t most, struct reconcile_run **list,
	       size_t *count)
{
	return read_runs(look, code, 0, most, list, count);
}

struct error *
reconcile_run_read(struct look *look, struct text code, struct run_id id, struct reconcile_run *run)
{
	struct reconcile_run *list;
	size_t count = 0;
	if (id.no != 0)
		TRY(read_runs(look, code, id.no, 1, &list, &count));
	if (count == 0)
		return missing("その突き合わせの記録はありません。");
	*run = list[0];
	return OK;
}

/* ---- Differences ---- */

static enum difference_state
state_of(int64_t end, int64_t until, int64_t due, struct day today)
{
	if (end != 0)
		return DIFFERENCE_GONE;
	if (until != 0 && until >= today.no)
		return DIFFERENCE_EXPLAINED;
	return due < today.no ? DIFFERENCE_LATE : DIFFERENCE_OPEN;
}

struct day
day_or_none(int64_t day)
{
	return day == 0 ? DAY_NONE : (struct day){ day };
}

#define DIFFERENCE_FROM(r, today)                                                            \
	((struct difference){ .id = { (r)->id },                                             \
			      .code = (r)->code,                                             \
			      .state = state_of((r)->end_run, (r)->until, (r)->due, today), \
			      .key = (r)->key,                                               \
			      .title = (r)->title,                                           \
			      .fails = (r)->differs,                                         \
			      .row = { (r)->left_row, (r)->right_row },                    \
			      .rows = { (r)->left_count, (r)->right_count },               \
			      .first = { (r)->first_run },                                   \
			      .end = { (r)->end_run },                                       \
			      .opened = { (r)->opened },                                     \
			      .ended = { (r)->ended },                                       \
			      .due = { (r)->due },                                           \
			      .words = (r)->words,                                           \
			      .until = day_or_none((r)->until),                              \
			      .explained = { (r)->explained },                               \
			      .person = { (r)->person },                                     \
			      .person_name = (r)->person_name,                               \
			      .change = (r)->change })

static struct error *
kind_of(struct text name, enum difference_kind *kind)
{
	if (!difference_read(name, kind))
		return broken("違いの種類「%.*s」が分かりません。", T_ARG(name));
	return OK;
}

struct error *
reconcile_differences(struct look *look, const struct difference_query *query, size_t most,
		      struct difference **list, size_t *count)
{
	const struct day today = moment_day(look->now);
	struct reconcile_differences_of_row *rows;
	if (most > RECONCILE_MOST_KEPT)
		most = RECONCILE_MOST_KEPT;
	TRY(reconcile_differences_of(look,
				      &(struct reconcile_differences_of_in){
					      .code = query->code,
					      .there = query->is_there_only ? 1 : 0,
					      .run = query->run.no,
					      .today = today.no,
					      .most = (int64_t)most, /* bounded */
				      },
				      &rows, count));
	*list = ARENA_ARRAY(look->arena, struct difference, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		(*list)[at] = DIFFERENCE_FROM(&rows[at], today);
		TRY(kind_of(rows[at].kind, &(*list)[at].kind));
	}
	return OK;
}

struct error *
reconcile_difference(struct look *look, struct difference_id id, struct difference *difference)
{
	struct reconcile_difference_get_row row;
	bool found;
	TRY(reconcile_difference_get(look, &(struct reconcile_difference_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その違いはありません。");
	*difference = DIFFERENCE_FROM(&row, moment_day(look->now));
	return kind_of(row.kind, &difference->kind);
}

struct error *
difference_row(struct arena *into, const struct difference *difference, enum pack_side side,
	       struct ledger_value **values, size_t *count)
{
	const struct ledger_row row = { .values = difference->row[side] };
	*count = 0;
	*values = NULL;
	return row.values.len == 0 ? OK : ledger_values(into, &row, values, count);
}

/* ---- How it stands ---- */

struct error *
reconcile_stand(struct look *look, const struct pack *pack, const struct pack_reconcile *of,
		struct reconcile_stand *stand)
{
	const struct day today = moment_day(look->now);
	struct reconcile_tally_row tally;
	struct reconcile_run *runs;
	size_t count;
	*stand = (struct reconcile_stand){ .of = of, .next = DAY_NONE };
	TRY(newest_lists(look, of, stand->lists));
	TRY(reconcile_runs(look, of->code, 1, &runs, &count));
	TRY(reconcile_tally(look, &(struct reconcile_tally_in){ of->code, today.no }, &tally));
	stand->open = tally.open;
	stand->late = tally.late;
	stand->explained = tally.explained;
	if (of->every != NULL)
		TRY(people_parameter(look, pack, text_z(look->arena, of->every->code),
				     of->every->usual, &stand->every));
	stand->has_run = count != 0;
	if (count == 0)
		return OK;
	stand->run = runs[0];
	stand->is_empty = stand->run.matched == 0 && stand->run.waiting == 0 && stand->run.differences == 0;
	if (of->every != NULL)
		stand->next = day_plus(moment_day(stand->run.at), stand->every);
	stand->is_overdue = !day_is_none(stand->next) && stand->next.no < today.no;
	for (int side = 0; side < SIDES; side++)
		stand->has_newer_list |= stand->lists[side].id > stand->run.lists[side] &&
					 of->sides[side].source->takes == TAKES_COLUMNS;
	return OK;
}

static bool
names_everybody(const struct pack_reconcile *of)
{
	static const char *const sources[] = { "people", "everyone", "named" };
	for (int side = 0; side < SIDES; side++)
		for (size_t at = 0; at < sizeof sources / sizeof *sources; at++)
			if (text_is(text_of(of->sides[side].source->name), sources[at]))
				return true;
	return false;
}

struct error *
reconcile_kept(struct look *look, const struct pack *pack, struct person_id person,
	       struct reconcile_kept *kept)
{
	struct reconcile_sources_hold_row held;
	TRY(reconcile_sources_hold(look, &(struct reconcile_sources_hold_in){ person.no }, &held));
	*kept = (struct reconcile_kept){ .loans = held.loans, .visits = held.visits, .works = held.works };
	for (size_t at = 0; at < pack->reconciliations_count; at++) {
		struct reconcile_runs_count_row count;
		if (!names_everybody(&pack->reconciliations[at]))
			continue;
		TRY(reconcile_runs_count(
			look, &(struct reconcile_runs_count_in){ pack->reconciliations[at].code }, &count));
		kept->runs += count.runs;
	}
	return OK;
}

struct error *
reconcile_mine(struct look *look, const struct pack *pack, struct person_id person,
	       struct reconcile_mine *mine)
{
	const struct day today = moment_day(look->now);
	*mine = (struct reconcile_mine){ 0 };
	for (size_t at = 0; at < pack->reconciliations_count; at++) {
		const struct pack_reconcile *of = &pack->reconciliations[at];
		struct reconcile_stand stand;
		bool may;
		TRY(reconcile_may(look, of, person, &may));
		if (!may)
			continue;
		TRY(reconcile_stand(look, pack, of, &stand));
		mine->is_owner = true;
		mine->open += stand.open;
		mine->late += stand.late;
		mine->to_run += of->every != NULL &&
				(!stand.has_run || stand.next.no <= today.no + RECONCILE_LEAD_DAYS) &&
				!reconcile_is_inside(of);
	}
	return OK;
}
