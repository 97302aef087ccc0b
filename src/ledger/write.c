/* Changing the ledger: enter, change, confirm, retire. Each makes a version and an entry. */
#include "ledger/rooms.h"

struct version {
	int64_t row;
	int64_t revision;
	const char *act;
	struct text why;
	struct text values;
};

static struct error *
add_version(struct act *act, const struct version *version)
{
	int64_t id;
	TRY(act_number(act, T("ledger-version"), &id));
	return ledger_version_add(act, &(struct ledger_version_add_in){
					       .id = id,
					       .row_id = version->row,
					       .revision = version->revision,
					       .at = act->look.now.ms,
					       .person = act->actor.person,
					       .act = text_of(version->act),
					       .why = version->why,
					       .field_values = version->values,
				       });
}

static struct error *
note_row(struct act *act, const struct pack_ledger *ledger, const char *what, int64_t id,
	 const struct row_heads *heads, int64_t revision)
{
	struct arena *arena = act->look.arena;
	struct fact fact = {
		.act = what,
		.about = { about_row(arena, ledger, id),
			   text_format(arena, "unit:%lld", (long long)heads->owner) },
		.pairs = { { "class", heads->class_code, 0 }, { "revision", { 0 }, revision } },
	};
	for (size_t at = 0; at < ledger->clauses_count && at < FACT_MOST_CLAUSES; at++)
		fact.clauses[at] = ledger->clauses[at]->id;
	return act_note(act, &fact);
}

/* Which rows are counted together. */
struct counted {
	struct text ledger;
	bool is_retired;
	int64_t owner;
	struct text class_code;
};

static struct error *
count_by(struct act *act, const struct counted *rows, int64_t by)
{
	int64_t id;
	TRY(ledger_count_step(act, &(struct ledger_count_step_in){ rows->ledger, rows->is_retired,
								   rows->owner, rows->class_code, by }));
	if (act_changes(act) == 1)
		return OK;
	TRY(act_number(act, T("ledger-count"), &id));
	return ledger_count_add(act, &(struct ledger_count_add_in){ id, rows->ledger,
								    rows->is_retired, rows->owner,
								    rows->class_code, by });
}

static struct error *
count_moved(struct act *act, const struct counted *from, const struct counted *to)
{
	if (from->owner == to->owner && from->is_retired == to->is_retired &&
	    text_same(from->class_code, to->class_code))
		return OK;
	TRY(count_by(act, from, -1));
	return count_by(act, to, 1);
}

static struct error *
insert_row(struct act *act, const struct pack_ledger *ledger, const struct row_heads *heads,
	   int64_t *id)
{
	int64_t number;
	TRY(act_number(act, T("ledger-row"), id));
	TRY(act_number(act, text_format(act->look.arena, "ledger-%.*s", T_ARG(ledger->code)),
		       &number));
	TRY(count_by(act, &(struct counted){ ledger->code, false, heads->owner, heads->class_code }, 1));
	return ledger_row_add(act, &(struct ledger_row_add_in){
					   .id = *id,
					   .ledger = ledger->code,
					   .number = number,
					   .title = heads->title,
					   .class_code = heads->class_code,
					   .class_rank = heads->class_rank,
					   .owner = heads->owner,
					   .serial = heads->serial,
					   .serial_folded = heads->serial_folded,
					   .parent = heads->parent,
					   .now = act->look.now.ms,
					   .field_values = heads->json,
					   .folded = heads->folded,
				   });
}

struct error *
row_enter(struct act *act, struct arena *scratch, const struct pack *pack,
	  const struct pack_ledger *ledger, const struct ledger_value *values, size_t count,
	  struct row_id *added)
{
	const struct row_heads heads = heads_of(scratch, pack, ledger, values, count);
	int64_t id;
	TRY(insert_row(act, ledger, &heads, &id));
	TRY(add_version(act, &(struct version){ .row = id, .revision = 1, .act = "ledger.add",
						.values = heads.json }));
	TRY(note_row(act, ledger, "ledger.add", id, &heads, 1));
	*added = (struct row_id){ id };
	return OK;
}

struct error *
ledger_add(struct act *act, const struct pack *pack, const struct pack_ledger *ledger,
	   const struct ledger_value *typed, size_t count, struct row_id *added)
{
	struct ledger_value *values;
	size_t values_count;
	TRY(ledger_check(&act->look, pack, ledger, (struct row_id){ 0 }, typed, count, &values,
			 &values_count));
	return row_enter(act, act->look.arena, pack, ledger, values, values_count, added);
}

static struct error *
update_row(struct act *act, const struct ledger_row *row, const struct row_heads *heads)
{
	TRY(ledger_row_change(act, &(struct ledger_row_change_in){
					   .id = row->id.no,
					   .revision = row->revision,
					   .title = heads->title,
					   .class_code = heads->class_code,
					   .class_rank = heads->class_rank,
					   .owner = heads->owner,
					   .serial = heads->serial,
					   .serial_folded = heads->serial_folded,
					   .parent = heads->parent,
					   .now = act->look.now.ms,
					   .field_values = heads->json,
					   .folded = heads->folded,
				   }));
	if (act_changes(act) != 1)
		return conflict("この記録は、ほかの人が先に変更しました。開き直して確かめてください。");
	const struct counted before = { row->ledger->code, false, row->owner, row->class_code };
	const struct counted after = { row->ledger->code, false, heads->owner, heads->class_code };
	return count_moved(act, &before, &after);
}

/* No copy may come to stand below what it was copied from. */
static struct error *
check_copies(struct act *act, const struct ledger_row *row, const struct row_heads *heads)
{
	struct ledger_copies_lowest_row lowest;
	bool found;
	TRY(ledger_copies_lowest(&act->look, &(struct ledger_copies_lowest_in){ row->id.no }, &found,
				 &lowest));
	if (!found || lowest.class_rank >= heads->class_rank || row->ledger->class_field == NULL)
		return OK;
	return reject(text_z(act->look.arena, row->ledger->class_field->name),
		      "写し(台帳番号%lld「%.*s」)の分類がこれより低くなります。先に写しの分類を上げてください。",
		      (long long)lowest.number, T_ARG(lowest.title));
}

struct error *
row_rewrite(struct act *act, struct arena *scratch, const struct pack *pack,
	    const struct ledger_row *row, const struct ledger_value *values, size_t count)
{
	const struct row_heads heads = heads_of(scratch, pack, row->ledger, values, count);
	if (text_same(heads.json, row->values))
		return OK;
	TRY(check_copies(act, row, &heads));
	TRY(update_row(act, row, &heads));
	TRY(add_version(act, &(struct version){ .row = row->id.no, .revision = row->revision + 1,
						.act = "ledger.change", .values = heads.json }));
	return note_row(act, row->ledger, "ledger.change", row->id.no, &heads, row->revision + 1);
}

struct error *
ledger_change(struct act *act, const struct pack *pack, struct row_id id, int64_t revision,
	      const struct ledger_value *typed, size_t count)
{
	struct ledger_row row;
	struct ledger_value *values;
	size_t values_count;
	TRY(ledger_read(&act->look, pack, id, &row));
	if (row.state == ROW_RETIRED)
		return conflict("この記録はすでに閉じられているので、変更できません。");
	if (row.revision != revision)
		return conflict("この記録は、ほかの人が先に変更しました。開き直して確かめてください。");
	if (row.ledger == NULL)
		return missing("この記録の台帳は、今の方針にはありません。");
	TRY(ledger_check(&act->look, pack, row.ledger, id, typed, count, &values, &values_count));
	return row_rewrite(act, act->look.arena, pack, &row, values, values_count);
}

struct digesting {
	struct hasher *hasher;
};

static struct error *
digest_one(void *with, const struct ledger_row *row)
{
	const struct digesting *digesting = with;
	hasher_add(digesting->hasher, row->values);
	hasher_add(digesting->hasher, T("\n"));
	return OK;
}

static struct error *
confirm_note(struct act *act, const struct pack_ledger *ledger, struct unit_id unit,
	     int64_t rows, const struct hash *digest)
{
	struct arena *arena = act->look.arena;
	int64_t id;
	TRY(act_number(act, T("ledger-confirmation"), &id));
	TRY(ledger_confirmation_add(act, &(struct ledger_confirmation_add_in){
						 .id = id,
						 .ledger = ledger->code,
						 .unit = unit.no,
						 .at = act->look.now.ms,
						 .person = act->actor.person,
						 .row_count = rows,
						 .digest = hash_bytes(digest),
					 }));
	struct fact fact = {
		.act = "ledger.confirm",
		.about = { text_format(arena, "unit:%lld", (long long)unit.no) },
		.pairs = { { "digest", hash_hex(arena, digest), 0 },
			   { "ledger", ledger->code, 0 },
			   { "rows", { 0 }, rows } },
	};
	for (size_t at = 0; at < ledger->clauses_count && at < FACT_MOST_CLAUSES; at++)
		fact.clauses[at] = ledger->clauses[at]->id;
	return act_note(act, &fact);
}

struct error *
ledger_confirm(struct act *act, const struct pack *pack, const struct pack_ledger *ledger,
	       struct unit_id unit, int64_t *confirmed)
{
	HASHER_SCOPED hasher = hasher_open();
	struct digesting digesting = { hasher };
	hasher_begin(hasher);
	TRY(ledger_each(&act->look, pack, ledger, &(struct ledger_query){ .owner = unit.no },
			digest_one, &digesting));
	const struct hash digest = hasher_end(hasher);
	TRY(ledger_rows_confirm(act, &(struct ledger_rows_confirm_in){ ledger->code, unit.no,
								       act->look.now.ms }));
	const int64_t rows = act_changes(act);
	if (rows == 0)
		return reject("unit", "この所属が管理する記録は、この台帳にありません。");
	TRY(confirm_note(act, ledger, unit, rows, &digest));
	*confirmed = rows;
	return OK;
}

/* The row's ledger may have left the pack: its name is read from the store. */
static struct error *
count_retired(struct act *act, struct row_id id)
{
	struct ledger_row_counted_row row;
	bool found;
	TRY(ledger_row_counted(&act->look, &(struct ledger_row_counted_in){ id.no }, &found, &row));
	const struct counted before = { row.ledger, false, row.owner, row.class_code };
	const struct counted after = { row.ledger, true, row.owner, row.class_code };
	return found ? count_moved(act, &before, &after) : OK;
}

struct error *
ledger_retire(struct act *act, const struct pack *pack, struct row_id id, int64_t dossier,
	      struct text why)
{
	struct arena *arena = act->look.arena;
	struct ledger_row row;
	TRY(ledger_read(&act->look, pack, id, &row));
	if (row.state == ROW_RETIRED)
		return conflict("台帳番号%lldはすでに閉じられています。", (long long)row.number);
	if (dossier == 0 && text_is_blank(why))
		return reject("why", "廃棄の手続きによらずに閉じるときは、理由を書いてください。");
	TRY(ledger_row_retire(act, &(struct ledger_row_retire_in){ id.no, act->look.now.ms, dossier }));
	TRY(count_retired(act, id));
	TRY(add_version(act, &(struct version){ .row = id.no, .revision = row.revision + 1,
						.act = "ledger.retire", .why = why,
						.values = row.values }));
	struct fact fact = {
		.act = "ledger.retire",
		.about = { row.ledger != NULL ? about_row(arena, row.ledger, id.no)
					      : text_format(arena, "row:%lld", (long long)id.no),
			   text_format(arena, "unit:%lld", (long long)row.owner) },
		.pairs = { { "class", row.class_code, 0 },
			   { "revision", { 0 }, row.revision + 1 } },
	};
	if (dossier != 0)
		fact.about[2] = text_format(arena, "dossier:%lld", (long long)dossier);
	return act_note(act, &fact);
}
