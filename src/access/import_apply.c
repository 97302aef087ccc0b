/* Taking a list in: exactly what its preview showed, in one act. */
#include "access/rooms.h"

enum { LIST_BLOCK = 100 };

/* A preview of its own memory, so that the act's holds only what it writes. */
#define IMPORT_MEMORY ((size_t)1 << 30)

struct applying {
	struct act *act;
	const struct access_applying *asked;
	const struct access_import *import;
	struct pairs units; /* person: main unit first */
	int64_t list;
	int64_t since_note; /* rows written and not noted yet */
	int64_t part;
	int64_t done;
};

static struct error *
add_unit(void *with, const struct access_main_unit_row *row)
{
	pair_add(with, row->person, row->unit);
	return OK;
}

static int64_t
unit_of(const struct applying *applying, int64_t person)
{
	size_t count;
	const struct pair *units = pairs_with(&applying->units, person, &count);
	return units != NULL ? units[0].is : 0;
}

/* Many rows are one entry; an entry cannot hold ten thousand. */
static struct error *
note_block(struct applying *applying)
{
	if (applying->since_note == 0)
		return OK;
	const struct fact fact = {
		.act = "access.list-part",
		.about = { about_system(applying->act->look.arena, applying->asked->system) },
		.pairs = { { "accounts", { 0 }, applying->since_note },
			   { "list", { 0 }, applying->list },
			   { "part", { 0 }, ++applying->part } },
	};
	applying->since_note = 0;
	return act_note(applying->act, &fact);
}

static struct error *
wrote(struct applying *applying)
{
	return ++applying->since_note >= LIST_BLOCK ? note_block(applying) : OK;
}

static struct text
or_null(struct text words)
{
	return words.len != 0 ? words : (struct text){ 0 };
}

static struct error *
add_users(struct applying *applying, const struct access_import_row *row, int64_t account)
{
	const struct day today = moment_day(applying->act->look.now);
	struct access_user *now;
	size_t count;
	if (row->kind != ACCESS_SHARED || row->users_count == 0)
		return OK;
	TRY(access_users(&applying->act->look, (struct access_id){ account }, &now, &count));
	for (size_t at = 0; at < row->users_count; at++) {
		bool has = false;
		int64_t id;
		for (size_t old = 0; old < count; old++)
			has = has || now[old].person.no == row->users[at].no;
		for (size_t before = 0; before < at; before++)
			has = has || row->users[before].no == row->users[at].no;
		if (has)
			continue;
		TRY(act_number(applying->act, T("access-user"), &id));
		TRY(access_user_add(applying->act,
				    &(struct access_user_add_in){ id, account, row->users[at].no,
								  today.no }));
	}
	return OK;
}

static struct error *
add_row(struct applying *applying, const struct access_import_row *row)
{
	struct act *act = applying->act;
	int64_t id;
	TRY(act_number(act, T("access-account"), &id));
	TRY(access_account_add(act, &(struct access_account_add_in){
					    .id = id,
					    .system = applying->asked->system.no,
					    .name = row->name,
					    .folded = text_fold(act->look.arena, row->name),
					    .kind = text_of(access_kind_name(row->kind)),
					    .person = row->person.no,
					    .unit = unit_of(applying, row->person.no),
					    .is_privileged = row->is_privileged,
					    .is_disabled = row->is_disabled,
					    .label = or_null(row->label),
					    .why = or_null(row->why),
					    .used = day_is_none(row->used) ? 0 : row->used.no,
					    .list = applying->list,
					    .added = act->look.now.ms,
				    }));
	TRY(add_users(applying, row, id));
	return wrote(applying);
}

static struct error *
change_row(struct applying *applying, const struct access_import_row *row)
{
	struct act *act = applying->act;
	struct access_account before;
	TRY(note_block(applying)); /* what comes next is an entry of its own */
	TRY(access_account(&act->look, row->account, &before));
	const int64_t unit = before.person.no == row->person.no ? before.unit.no
								 : unit_of(applying, row->person.no);
	TRY(access_account_set(act, &(struct access_account_set_in){
					    .id = row->account.no,
					    .kind = text_of(access_kind_name(row->kind)),
					    .person = row->person.no,
					    .unit = unit,
					    .is_privileged = row->is_privileged,
					    .is_disabled = row->is_disabled,
					    .label = or_null(row->label),
					    .why = or_null(row->why),
					    .used = day_is_none(row->used) ? 0 : row->used.no,
					    .list = applying->list,
				    }));
	TRY(add_users(applying, row, row->account.no));
	const struct fact fact = {
		.act = "access.change",
		.about = { about_account(act->look.arena, row->account),
			   about_system(act->look.arena, applying->asked->system),
			   row->person.no != 0 ? people_about_person(act->look.arena, row->person)
					       : T("") },
		.pairs = { { "disabled", { 0 }, row->is_disabled },
			   { "kind", text_of(access_kind_name(row->kind)), 0 },
			   { "list", { 0 }, applying->list },
			   { "privileged", { 0 }, row->is_privileged } },
	};
	return act_note(act, &fact);
}

static struct error *
apply_row(struct applying *applying, const struct access_import_row *row)
{
	const struct access_account_seen_in seen = {
		row->account.no, day_is_none(row->used) ? 0 : row->used.no, applying->list
	};
	switch (row->doing) {
	case ROW_ADDED:
		applying->done++;
		return add_row(applying, row);
	case ROW_CHANGED:
		applying->done++;
		if (!row->is_used_only)
			return change_row(applying, row);
		break;
	case ROW_SAME:
		break;
	case ROW_WRONG:
		return OK;
	}
	TRY(access_account_seen(applying->act, &seen));
	return wrote(applying);
}

/* A line that could not be read does not make its account absent. */
static struct error *
seen_though_wrong(struct applying *applying, const struct access_import_row *row)
{
	struct access_account account;
	if (row->doing != ROW_WRONG || row->account.no == 0)
		return OK;
	TRY(access_account(&applying->act->look, row->account, &account));
	TRY(access_account_seen(applying->act,
				&(struct access_account_seen_in){
					row->account.no,
					day_is_none(account.used) ? 0 : account.used.no,
					applying->list }));
	return wrote(applying);
}

static struct error *
keep_list(struct applying *applying)
{
	struct act *act = applying->act;
	const struct access_applying *asked = applying->asked;
	const struct access_import *import = applying->import;
	struct access_system_find_row row;
	bool found;
	TRY(access_system_find(&act->look, &(struct access_system_find_in){ asked->system.no },
			       &found, &row));
	if (!found)
		TRY(access_system_add(act,
				      &(struct access_system_add_in){ asked->system.no, false }));
	TRY(act_number(act, T("access-list"), &applying->list));
	TRY(access_list_add(act, &(struct access_list_add_in){
					 .id = applying->list,
					 .system = asked->system.no,
					 .at = act->look.now.ms,
					 .person = act->actor.person,
					 .source = asked->source,
					 .digest = hash_bytes(&import->digest),
					 .lines = (int64_t)import->count, /* bounded by the list */
					 .added = import->added,
					 .changed = import->changed,
					 .absent = (int64_t)import->absent_count, /* likewise */
				 }));
	TRY(access_system_listed(
		act, &(struct access_system_listed_in){
			     asked->system.no, asked->mapping->column[COLUMN_USED] >= 0,
			     mapping_keep(act->look.arena, asked->table, asked->mapping),
			     applying->list, act->look.now.ms }));
	const struct fact fact = {
		.act = "access.list",
		.about = { about_system(act->look.arena, asked->system) },
		.pairs = { { "absent", { 0 }, (int64_t)import->absent_count },
			   { "added", { 0 }, import->added },
			   { "changed", { 0 }, import->changed },
			   { "digest", hash_hex(act->look.arena, &import->digest), 0 },
			   { "lines", { 0 }, (int64_t)import->count },
			   { "list", { 0 }, applying->list },
			   { "source", asked->source, 0 } },
	};
	return act_note(act, &fact);
}

static struct error *
check(const struct access_applying *asked, const struct access_import *import)
{
	if (!hash_same(&import->digest, &asked->digest))
		return conflict("確かめたあとに、アカウントか職員の登録が変わりました。もう一度確かめてください。何も取り込まれていません。");
	if (import->wrong != 0 && !asked->skip_wrong)
		return reject("file", "直す必要がある行が%lld行あります。直すか、除いて取り込むことを選んでください。",
			      (long long)import->wrong);
	if (import->added + import->changed + import->same == 0)
		return reject("file", "取り込める行がありません。");
	return OK;
}

struct error *
access_import_apply(struct act *act, const struct flow *flow, const struct access_applying *asked,
		    int64_t *done)
{
	ARENA_SCOPED arena = arena_open(IMPORT_MEMORY);
	struct look look = act->look;
	struct access_import import;
	struct applying applying = { .act = act, .asked = asked, .import = &import,
				     .units = { .arena = arena } };
	look.arena = arena;
	TRY(access_import_preview(&look, flow, asked->system, asked->table, asked->mapping, &import));
	TRY(check(asked, &import));
	TRY(access_main_unit(&act->look,
			     &(struct access_main_unit_in){ moment_day(act->look.now).no }, add_unit,
			     &applying.units));
	TRY(keep_list(&applying));
	for (size_t at = 0; at < import.count; at++) {
		TRY(apply_row(&applying, &import.rows[at]));
		TRY(seen_though_wrong(&applying, &import.rows[at]));
	}
	TRY(note_block(&applying));
	*done = applying.done;
	return OK;
}
