/* Inside an act: noting facts with the rows they changed, number series, settings. */
#include "store/rooms.h"
#include "store/store_sql.h"

#include "base/secret.h"

#include <stdlib.h>
#include <string.h>

static int
change_order(const void *left, const void *right)
{
	const struct row_changed *a = left, *b = right;
	if (a->table != b->table)
		return a->table < b->table ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

static struct error *
digest_row(struct store *store, const struct row_changed *changed, const struct hash *salt,
	   struct row_digest *row)
{
	sqlite3_stmt *by_id = changed->table->by_id;
	if (by_id == NULL) {
		*row = (struct row_digest){ .table = changed->table->name, .id = changed->id,
					    .is_gone = true };
		return OK;
	}
	sqlite3_bind_int64(by_id, 1, changed->id);
	const int code = sqlite3_step(by_id);
	*row = (struct row_digest){ .table = changed->table->name, .id = changed->id,
				    .is_gone = code == SQLITE_DONE };
	if (code == SQLITE_ROW)
		row->digest = row_digest_of(store, changed->table, salt, row->id, by_id);
	sqlite3_reset(by_id);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return store_trouble(store->writer->db, code, "digest");
	return OK;
}

static struct error *
digest_rows(struct store *store, struct arena *arena, struct noted *noted)
{
	struct row_changed *changed = store->changed;
	noted->rows = ARENA_ARRAY(arena, struct row_digest, store->changed_count);
	if (store->changed_count > 1)
		qsort(changed, store->changed_count, sizeof *changed, change_order);
	for (size_t at = 0; at < store->changed_count; at++) {
		if (at > 0 && change_order(&changed[at - 1], &changed[at]) == 0)
			continue;
		TRY(digest_row(store, &changed[at], &noted->salt, &noted->rows[noted->row_count]));
		noted->row_count++;
	}
	store->changed_count = 0;
	return OK;
}

static struct fact
fact_copy(struct arena *arena, const struct fact *fact)
{
	struct fact copy = *fact;
	for (size_t at = 0; at < FACT_MOST_ABOUT; at++)
		copy.about[at] = text_copy(arena, fact->about[at]);
	for (size_t at = 0; at < FACT_MOST_CLAUSES; at++)
		copy.clauses[at] = text_copy(arena, fact->clauses[at]);
	for (size_t at = 0; at < FACT_MOST_PAIRS; at++)
		if (fact->pairs[at].text.data != NULL)
			copy.pairs[at].text = text_copy(arena, fact->pairs[at].text);
	return copy;
}

struct error *
act_note(struct act *act, const struct fact *fact)
{
	struct arena *arena = act->look.arena;
	struct noted *noted = ARENA_NEW(arena, struct noted);
	noted->fact = fact_copy(arena, fact);
	random_bytes(noted->salt.at, sizeof noted->salt.at);
	TRY(digest_rows(act->look.store, arena, noted));
	if (act->last_noted == NULL)
		act->first_noted = noted;
	else
		act->last_noted->next = noted;
	act->last_noted = noted;
	return OK;
}

static struct error *
number_begin(struct act *act, struct text series)
{
	struct store_counter_top_row top;
	TRY(store_counter_top(&act->look, &top));
	return store_counter_add(act, &(struct store_counter_add_in){ .id = top.top + 1,
								      .series = series });
}

struct error *
act_touch(struct act *act, struct text name, int64_t id)
{
	struct store *store = act->look.store;
	struct table_of_store *table = table_find(store, name);
	if (table == NULL) {
		/* A table of another version: none of its rows is here. */
		if (store->table_count == TABLES_MOST)
			return broken("保存ファイルの表が多すぎます。");
		table = &store->tables[store->table_count++];
		*table = (struct table_of_store){ .name = text_copy(store->arena, name) };
	}
	row_add_changed(store, table, id);
	return OK;
}

struct error *
act_number(struct act *act, struct text series, int64_t *number)
{
	struct store_counter_find_row row;
	bool found;
	TRY(store_counter_find(&act->look, &(struct store_counter_find_in){ .series = series },
			       &found, &row));
	if (!found) {
		TRY(number_begin(act, series));
		*number = 1;
		return OK;
	}
	TRY(store_counter_step(act, &(struct store_counter_step_in){ .id = row.id }));
	*number = row.next;
	return OK;
}

static struct error *
number_after(void *with, const struct store_counter_all_row *row)
{
	struct act *act = with;
	struct store_counter_find_row own;
	bool found;
	TRY(store_counter_find(&act->look, &(struct store_counter_find_in){ .series = row->series },
			       &found, &own));
	if (found && own.next >= row->next)
		return OK;
	if (!found) {
		TRY(number_begin(act, row->series));
		TRY(store_counter_find(&act->look,
				       &(struct store_counter_find_in){ .series = row->series },
				       &found, &own));
	}
	return store_counter_set(act, &(struct store_counter_set_in){ own.id, row->next });
}

struct error *
act_numbers_after(struct act *act, struct look *newer)
{
	return store_counter_all(newer, number_after, act);
}

struct error *
store_setting(struct look *look, struct text name, struct text *value)
{
	struct store_setting_find_row row;
	bool found;
	TRY(store_setting_find(look, &(struct store_setting_find_in){ .name = name }, &found, &row));
	*value = found ? row.value : T("");
	return OK;
}

struct error *
act_set(struct act *act, struct text name, struct text value)
{
	struct store_setting_find_row row;
	bool found;
	TRY(store_setting_find(&act->look, &(struct store_setting_find_in){ .name = name }, &found,
			       &row));
	if (found)
		return store_setting_change(
			act, &(struct store_setting_change_in){ .id = row.id, .value = value });
	int64_t id;
	TRY(act_number(act, T("setting"), &id));
	return store_setting_add(act, &(struct store_setting_add_in){ id, name, value });
}

struct error *
store_has_step(struct look *look, struct text room, int64_t number, bool *has)
{
	struct store_step_taken_row row;
	return store_step_taken(look, &(struct store_step_taken_in){ room, number }, has, &row);
}
