/* A run: both sets read, held against each other, kept, and what came of it written down. */
#include "reconcile/rooms.h"

#include "base/json.h"

#include <stdlib.h>

enum { ROW_MOST_BYTES = 1 << 20 };

/* ---- Preparing ---- */

static struct error *
side_csv(struct look *look, const struct flow *flow, const struct pack_reconcile *of, enum pack_side side,
	 const struct reconcile_list *list, struct text *csv)
{
	struct reconcile_set set;
	if (of->sides[side].source->takes != TAKES_COLUMNS) {
		TRY(reconcile_source_read(look, flow, of, side, &set));
		return reconcile_set_write(look->arena, &set, csv);
	}
	if (list->id == 0)
		return reject(reconcile_side_name(side), "「%.*s」の一覧がまだありません。先に取り込んでください。",
			      T_ARG(words_now(of->sides[side].name)));
	return reconcile_file(look->store, look->arena, &list->digest, csv);
}

static struct error *
terms_of(struct look *look, const struct flow *flow, const struct pack_reconcile *of,
	 struct reconcile_terms *terms)
{
	*terms = (struct reconcile_terms){ .today = moment_day(look->now) };
	for (int side = 0; side < SIDES; side++) {
		const struct pack_parameter *wait = of->sides[side].wait_days;
		if (wait != NULL)
			TRY(people_parameter(look, flow->pack, text_z(look->arena, wait->code),
					     wait->usual, &terms->wait[side]));
	}
	return OK;
}

struct named_cell {
	struct text name, value;
};

static int
name_order(const void *left, const void *right)
{
	return text_order(((const struct named_cell *)left)->name,
			  ((const struct named_cell *)right)->name);
}

/* A row as a JSON object of its cells; empty for none. */
static struct text
row_json(struct arena *into, const struct reconcile_set *set, size_t row)
{
	struct named_cell *cells = ARENA_ARRAY(into, struct named_cell, set->columns + 1);
	if (row == 0)
		return T("");
	for (size_t at = 0; at < set->columns; at++)
		cells[at] = (struct named_cell){ set->names[at],
						 set->cells[(row - 1) * set->columns + at] };
	if (set->columns > 1)
		qsort(cells, set->columns, sizeof *cells, name_order);
	struct writer out = writer_open(into, ROW_MOST_BYTES);
	struct json json = json_begin(&out);
	json_open_object(&json);
	for (size_t at = 0; at < set->columns; at++) {
		if (cells[at].value.len == 0)
			continue;
		json_name(&json, cells[at].name);
		json_text(&json, cells[at].value);
	}
	json_end(&json);
	return writer_text(&out);
}

/* ---- Differences that stand already ---- */

struct standing {
	struct reconcile_there_row *there; /* by kind and key */
	size_t count;
};

static int
there_order(const struct reconcile_there_row *row, struct text kind, struct text key)
{
	const int kinds = text_order(row->kind, kind);
	return kinds != 0 ? kinds : text_order(row->key, key);
}

static int
standing_order(const void *left, const void *right)
{
	const struct reconcile_there_row *a = left, *b = right;
	return there_order(a, b->kind, b->key);
}

/* Ordered here: engines do not all order text by its bytes. */
static struct error *
read_standing(struct look *look, struct text code, struct standing *standing)
{
	TRY(reconcile_there(look, &(struct reconcile_there_in){ code, RECONCILE_MOST_KEPT },
			    &standing->there, &standing->count));
	if (standing->count > 1)
		qsort(standing->there, standing->count, sizeof *standing->there, standing_order);
	return OK;
}

/* The difference that stands already; -1: it is new. */
static int64_t
find_there(const struct standing *standing, struct text kind, struct text key)
{
	size_t low = 0, high = standing->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (there_order(&standing->there[middle], kind, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < standing->count && there_order(&standing->there[low], kind, key) == 0
		       ? (int64_t)low /* at most RECONCILE_MOST_KEPT */
		       : -1;
}

/* Which are followed: of too many, first those that are followed already, so that none of them seems gone. */
static struct error *
choose_followed(struct look *look, const struct reconcile_prepared *prepared, bool *is_followed)
{
	const struct reconcile_result *result = &prepared->result;
	struct standing standing = { 0 };
	size_t left = RECONCILE_MOST_KEPT;
	if (result->count > RECONCILE_MOST_KEPT)
		TRY(read_standing(look, prepared->of->code, &standing));
	for (size_t at = 0; at < result->count && left != 0; at++) {
		const struct reconcile_found *found = &result->found[at];
		is_followed[at] = find_there(&standing, text_of(difference_name(found->kind)), found->key) >= 0;
		left -= is_followed[at];
	}
	for (size_t at = 0; at < result->count && left != 0; at++) {
		left -= !is_followed[at];
		is_followed[at] = true;
	}
	return OK;
}

static struct error *
make_ready(struct look *look, const struct reconcile_set sets[SIDES], struct reconcile_prepared *prepared)
{
	struct arena *arena = look->arena;
	const struct reconcile_result *result = &prepared->result;
	const size_t most =
		result->count < RECONCILE_MOST_KEPT ? result->count : (size_t)RECONCILE_MOST_KEPT;
	bool *is_followed = ARENA_ARRAY(arena, bool, result->count + 1);
	TRY(choose_followed(look, prepared, is_followed));
	prepared->ready = ARENA_ARRAY(arena, struct reconcile_ready, most + 1);
	for (size_t at = 0; at < result->count; at++) {
		const struct reconcile_found *found = &result->found[at];
		if (!is_followed[at])
			continue;
		struct reconcile_ready *ready = &prepared->ready[prepared->ready_count++];
		ready->kind = found->kind;
		ready->key = found->key;
		ready->title = reconcile_title(arena, prepared->of, sets, found);
		ready->fails = reconcile_fails(arena, found->fails);
		for (int side = 0; side < SIDES; side++) {
			ready->row[side] = row_json(arena, &sets[side], found->row[side]);
			ready->rows[side] = found->rows[side];
		}
	}
	return OK;
}

/* What is matched is read back from what is kept, so that an outsider matches the very same. */
struct error *
reconcile_prepare(struct look *look, const struct flow *flow, const struct pack_reconcile *of,
		  struct reconcile_prepared *prepared)
{
	struct arena *arena = look->arena;
	struct reconcile_set sets[SIDES];
	struct reconcile_stand stand;
	*prepared = (struct reconcile_prepared){ .of = of, .seen = look->now };
	TRY(terms_of(look, flow, of, &prepared->terms));
	TRY(reconcile_stand(look, flow->pack, of, &stand));
	for (int side = 0; side < SIDES; side++) {
		const bool is_list = of->sides[side].source->takes == TAKES_COLUMNS;
		prepared->lists[side] = is_list ? stand.lists[side] : (struct reconcile_list){ 0 };
		TRY(side_csv(look, flow, of, (enum pack_side)side, &prepared->lists[side],
			     &prepared->csv[side]));
		prepared->digests[side] = hash_of(prepared->csv[side]);
		TRY(reconcile_set_read(arena, prepared->csv[side], &sets[side]));
		prepared->rows[side] = (int64_t)sets[side].count; /* bounded */
	}
	reconcile_match(arena, of, sets, &prepared->terms, &prepared->result);
	TRY(reconcile_result_write(arena, of, sets, &prepared->result, &prepared->result_csv));
	prepared->result_digest = hash_of(prepared->result_csv);
	return make_ready(look, sets, prepared);
}

struct error *
reconcile_prepared_keep(struct store *store, struct arena *arena, const struct reconcile_prepared *prepared)
{
	for (int side = 0; side < SIDES; side++)
		TRY(reconcile_keep(store, arena, prepared->csv[side]));
	return reconcile_keep(store, arena, prepared->result_csv);
}

struct reconcile_prepared *
reconcile_prepared_copy(struct arena *into, const struct reconcile_prepared *prepared)
{
	struct reconcile_prepared *copy = ARENA_NEW(into, struct reconcile_prepared);
	*copy = *prepared;
	copy->result.found = NULL;
	copy->result_csv = T("");
	copy->ready = ARENA_ARRAY(into, struct reconcile_ready, prepared->ready_count + 1);
	for (int side = 0; side < SIDES; side++)
		copy->csv[side] = T("");
	for (size_t at = 0; at < prepared->ready_count; at++) {
		struct reconcile_ready *ready = &copy->ready[at];
		*ready = prepared->ready[at];
		ready->key = text_copy(into, ready->key);
		ready->title = text_copy(into, ready->title);
		ready->fails = text_copy(into, ready->fails);
		for (int side = 0; side < SIDES; side++)
			ready->row[side] = text_copy(into, ready->row[side]);
	}
	return copy;
}

/* ---- Writing down ---- */

struct writing {
	struct act *act;
	const struct reconcile_prepared *prepared;
	int64_t run;
	struct day due;
	struct standing standing;
	bool *is_found;
	int64_t added, gone;
};

static bool
is_same(const struct reconcile_there_row *row, const struct reconcile_ready *now)
{
	return text_same(row->title, now->title) && text_same(row->differs, now->fails) &&
	       text_same(row->left_row, now->row[SIDE_LEFT]) &&
	       text_same(row->right_row, now->row[SIDE_RIGHT]) &&
	       row->left_count == now->rows[SIDE_LEFT] && row->right_count == now->rows[SIDE_RIGHT];
}

static struct error *
write_new(struct writing *writing, const struct reconcile_ready *ready)
{
	int64_t id;
	TRY(act_number(writing->act, T("difference"), &id));
	writing->added++;
	return reconcile_difference_add(writing->act,
					&(struct reconcile_difference_add_in){
						.id = id,
						.code = writing->prepared->of->code,
						.kind = text_of(difference_name(ready->kind)),
						.key = ready->key,
						.title = ready->title,
						.differs = ready->fails,
						.left_row = ready->row[SIDE_LEFT],
						.right_row = ready->row[SIDE_RIGHT],
						.left_count = ready->rows[SIDE_LEFT],
						.right_count = ready->rows[SIDE_RIGHT],
						.run = writing->run,
						.opened = writing->act->look.now.ms,
						.due = writing->due.no,
					});
}

/* Does something differ now that did not? With the commas around them "1" is not found in "12". */
static bool
has_more(struct arena *arena, struct text fails, struct text than)
{
	const struct text known = text_format(arena, ",%.*s,", T_ARG(than));
	struct text one, rest = fails;
	bool is_more = false;
	while (rest.len != 0) {
		struct text behind = T("");
		(void)text_cut(rest, ',', &one, &behind);
		is_more |= !text_has(known, text_format(arena, ",%.*s,", T_ARG(one)));
		rest = behind;
	}
	return is_more;
}

/* Why something may differ was said of what differed then. When more does, it is to be put right again. */
static struct error *
end_explanation(struct writing *writing, const struct reconcile_there_row *there,
		const struct reconcile_ready *now)
{
	const struct day today = moment_day(writing->act->look.now);
	if (there->until < today.no || !has_more(writing->act->look.arena, now->fails, there->differs))
		return OK;
	return reconcile_difference_reopen(writing->act, &(struct reconcile_difference_reopen_in){
								  .id = there->id,
								  .until = today.no - 1,
								  .due = writing->due.no,
							  });
}

static struct error *
write_found(struct writing *writing, const struct reconcile_ready *ready)
{
	const int64_t at =
		find_there(&writing->standing, text_of(difference_name(ready->kind)), ready->key);
	if (at < 0)
		return write_new(writing, ready);
	const struct reconcile_there_row *there = &writing->standing.there[at];
	writing->is_found[at] = true;
	if (is_same(there, ready))
		return OK;
	TRY(end_explanation(writing, there, ready));
	return reconcile_difference_renew(writing->act, &(struct reconcile_difference_renew_in){
								 .id = there->id,
								 .title = ready->title,
								 .differs = ready->fails,
								 .left_row = ready->row[SIDE_LEFT],
								 .right_row = ready->row[SIDE_RIGHT],
								 .left_count = ready->rows[SIDE_LEFT],
								 .right_count = ready->rows[SIDE_RIGHT],
							 });
}

static struct error *
write_differences(struct writing *writing)
{
	const struct reconcile_prepared *prepared = writing->prepared;
	struct act *act = writing->act;
	struct standing *standing = &writing->standing;
	TRY(read_standing(&act->look, prepared->of->code, standing));
	writing->is_found = ARENA_ARRAY(act->look.arena, bool, standing->count + 1);
	for (size_t at = 0; at < prepared->ready_count; at++)
		TRY(write_found(writing, &prepared->ready[at]));
	for (size_t at = 0; at < standing->count; at++) {
		if (writing->is_found[at])
			continue;
		writing->gone++;
		TRY(reconcile_difference_end(act, &(struct reconcile_difference_end_in){
							  standing->there[at].id, writing->run,
							  act->look.now.ms }));
	}
	return OK;
}

static int64_t
unclear_of(const struct reconcile_result *result)
{
	return result->of[DIFFERENCE_LEFT_TWICE] + result->of[DIFFERENCE_RIGHT_TWICE] +
	       result->of[DIFFERENCE_LEFT_BLANK] + result->of[DIFFERENCE_RIGHT_BLANK];
}

static struct error *
write_run(const struct writing *writing, const struct flow *flow)
{
	const struct reconcile_prepared *prepared = writing->prepared;
	const struct reconcile_result *result = &prepared->result;
	struct act *act = writing->act;
	return reconcile_run_add(
		act, &(struct reconcile_run_add_in){
			     .id = writing->run,
			     .code = prepared->of->code,
			     .at = act->look.now.ms,
			     .seen = prepared->seen.ms,
			     .person = act->actor.person,
			     .left_digest = hash_bytes(&prepared->digests[SIDE_LEFT]),
			     .right_digest = hash_bytes(&prepared->digests[SIDE_RIGHT]),
			     .result_digest = hash_bytes(&prepared->result_digest),
			     .pack = hash_bytes(&flow->pack->digest),
			     .left_list = prepared->lists[SIDE_LEFT].id,
			     .right_list = prepared->lists[SIDE_RIGHT].id,
			     .left_wait = prepared->terms.wait[SIDE_LEFT],
			     .right_wait = prepared->terms.wait[SIDE_RIGHT],
			     .left_count = prepared->rows[SIDE_LEFT],
			     .right_count = prepared->rows[SIDE_RIGHT],
			     .matched = result->matched,
			     .waiting = result->waiting,
			     .left_only = result->of[DIFFERENCE_LEFT],
			     .right_only = result->of[DIFFERENCE_RIGHT],
			     .differing = result->of[DIFFERENCE_VALUE],
			     .unclear = unclear_of(result),
			     .differences = (int64_t)result->count, /* bounded by the rows */
			     .added = writing->added,
			     .gone = writing->gone,
		     });
}

static struct error *
note_run(const struct writing *writing, const struct flow *flow)
{
	const struct reconcile_prepared *prepared = writing->prepared;
	struct arena *arena = writing->act->look.arena;
	struct fact fact = fact_of(arena, "reconcile.run", prepared->of);
	const struct fact_pair pairs[] = {
		{ "run", { 0 }, writing->run },
		{ "left", hash_hex(arena, &prepared->digests[SIDE_LEFT]), 0 },
		{ "right", hash_hex(arena, &prepared->digests[SIDE_RIGHT]), 0 },
		{ "result", hash_hex(arena, &prepared->result_digest), 0 },
		{ "pack", hash_hex(arena, &flow->pack->digest), 0 },
		{ "day", day_iso(arena, prepared->terms.today), 0 },
		{ "left-wait", { 0 }, prepared->terms.wait[SIDE_LEFT] },
		{ "right-wait", { 0 }, prepared->terms.wait[SIDE_RIGHT] },
		{ "matched", { 0 }, prepared->result.matched },
		{ "differences", { 0 }, (int64_t)prepared->result.count }, /* bounded */
	};
	for (size_t at = 0; at < sizeof pairs / sizeof *pairs; at++)
		fact.pairs[at] = pairs[at];
	return act_note(writing->act, &fact);
}

/* Nobody has run it since this was prepared. */
static struct error *
must_be_newest(struct look *look, const struct reconcile_prepared *prepared)
{
	struct reconcile_run *runs;
	size_t count;
	TRY(reconcile_runs(look, prepared->of->code, 1, &runs, &count));
	if (count != 0 && runs[0].seen.ms > prepared->seen.ms)
		return conflict("ほかの人が先に突き合わせました。結果を見てから、もう一度行ってください。");
	return OK;
}

struct error *
reconcile_run(struct act *act, const struct flow *flow, const struct reconcile_prepared *prepared,
	      struct run_id *id)
{
	const struct pack_reconcile *of = prepared->of;
	struct writing writing = { .act = act, .prepared = prepared };
	int64_t days = RECONCILE_USUAL_DUE;
	TRY(must_own(act, of));
	TRY(must_be_newest(&act->look, prepared));
	if (of->due != NULL)
		TRY(people_parameter(&act->look, flow->pack, text_z(act->look.arena, of->due->code),
				     of->due->usual, &days));
	writing.due = day_plus(moment_day(act->look.now), days);
	TRY(act_number(act, T("reconcile-run"), &writing.run));
	TRY(write_differences(&writing));
	TRY(write_run(&writing, flow));
	TRY(note_run(&writing, flow));
	id->no = writing.run;
	return OK;
}
