/* What happened to a row: each version against the one before, as people read it. */
#include "ledger/rooms.h"

#include "base/number.h"

enum { VERSIONS_MOST = 100 };

static const struct kept_kind unit_name_kept = { "unit's name" };

/* A page of rows names the same few units over and over. */
static struct error *
shown_unit(struct look *look, struct text value, struct text *shown)
{
	struct ledger_unit_name_row row;
	int64_t id;
	bool found = false;
	if (!number_read(value, 1, INT64_MAX, &id))
		return OK;
	const struct kept_key key = { &unit_name_kept, NULL, id, 0 };
	const struct text *kept = look_kept(look, &key);
	if (kept == NULL) {
		struct look keeping = look_to_keep(look);
		struct text *made = ARENA_NEW(keeping.arena, struct text);
		TRY(ledger_unit_name(&keeping, &(struct ledger_unit_name_in){ id }, &found, &row));
		if (found)
			*made = row.name;
		look_keep(&keeping, &key, made);
		kept = made;
	}
	if (kept->data != NULL)
		*shown = *kept;
	return OK;
}

static struct error *
shown_person(struct look *look, struct text value, struct text *shown)
{
	struct ledger_person_exists_row row;
	int64_t id;
	bool found = false;
	if (number_read(value, 1, INT64_MAX, &id))
		TRY(ledger_person_exists(look, &(struct ledger_person_exists_in){ id }, &found, &row));
	if (found)
		*shown = row.name;
	return OK;
}

static struct error *
shown_asset(struct look *look, struct text value, struct text *shown)
{
	struct ledger_row_read_row row;
	int64_t id;
	bool found = false;
	if (number_read(value, 1, INT64_MAX, &id))
		TRY(ledger_row_read(look, &(struct ledger_row_read_in){ id }, &found, &row));
	if (found)
		*shown = text_format(look->arena, "%lld %.*s", (long long)row.number,
				     T_ARG(row.title));
	return OK;
}

struct error *
ledger_show(struct look *look, const struct pack_field *field, struct text value,
	    struct text *shown)
{
	*shown = field_show(look->arena, field, value);
	if (value.len == 0)
		return OK;
	if (field->kind == FIELD_UNIT)
		return shown_unit(look, value, shown);
	if (field->kind == FIELD_PERSON)
		return shown_person(look, value, shown);
	if (field->kind == FIELD_ASSET)
		return shown_asset(look, value, shown);
	return OK;
}

struct error *
changes_between(struct look *look, const struct pack *pack, const struct pack_ledger *ledger,
		struct text before, struct text after, struct ledger_change_of **changes,
		size_t *count)
{
	struct ledger_value *old = NULL, *new = NULL;
	size_t old_count = 0, new_count = 0, got = 0;
	(void)pack;
	if (before.len != 0)
		TRY(values_read(look->arena, before, &old, &old_count));
	TRY(values_read(look->arena, after, &new, &new_count));
	struct ledger_change_of *made = ARENA_ARRAY(look->arena, struct ledger_change_of,
						    ledger->fields_count + 1);
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct pack_field *field = &ledger->fields[at];
		const struct text was = value_of(old, old_count, field->name);
		const struct text is = value_of(new, new_count, field->name);
		if (text_same(was, is))
			continue;
		made[got].field = field;
		TRY(ledger_show(look, field, was, &made[got].before));
		TRY(ledger_show(look, field, is, &made[got].after));
		got++;
	}
	*changes = made;
	*count = got;
	return OK;
}

struct error *
ledger_versions(struct look *look, const struct pack *pack, struct row_id id, int64_t before,
		size_t most, struct ledger_version **versions, size_t *count)
{
	struct ledger_row row;
	struct ledger_versions_of_row *read;
	size_t got;
	if (most > VERSIONS_MOST)
		most = VERSIONS_MOST;
	TRY(ledger_read(look, pack, id, &row));
	/* One more than asked, to compare the last one with what came before it. */
	TRY(ledger_versions_of(look,
			       &(struct ledger_versions_of_in){ id.no, before != 0 ? before : INT64_MAX,
								(int64_t)most + 1 },
			       &read, &got));
	struct ledger_version *made = ARENA_ARRAY(look->arena, struct ledger_version, got + 1);
	const size_t shown = got > most ? most : got;
	for (size_t at = 0; at < shown; at++) {
		made[at] = (struct ledger_version){ read[at].revision, { read[at].at },
						    read[at].person,   read[at].act,
						    read[at].why,      NULL,
						    0 };
		if (row.ledger == NULL)
			continue;
		const struct text earlier = at + 1 < got ? read[at + 1].field_values : T("");
		TRY(changes_between(look, pack, row.ledger, earlier, read[at].field_values,
				    &made[at].changes, &made[at].changes_count));
	}
	*versions = made;
	*count = shown;
	return OK;
}

struct error *
ledger_confirmations(struct look *look, const struct pack_ledger *ledger, struct moment since,
		     struct ledger_confirmation **units, size_t *count)
{
	enum { UNITS_MOST = 2000 };
	struct ledger_confirmed_units_row *read;
	size_t got;
	TRY(ledger_confirmed_units(look,
				   &(struct ledger_confirmed_units_in){ ledger->code, since.ms,
									UNITS_MOST },
				   &read, &got));
	struct ledger_confirmation *made = ARENA_ARRAY(look->arena, struct ledger_confirmation,
						       got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = (struct ledger_confirmation){ { read[at].owner },
							 { read[at].at },
							 read[at].row_count,
							 read[at].stale };
	*units = made;
	*count = got;
	return OK;
}

struct error *
ledger_totals(struct look *look, const struct pack_ledger *ledger, struct moment since,
	      struct moment soon_since, struct ledger_totals *totals)
{
	struct ledger_totals_of_row row;
	TRY(ledger_totals_of(look,
			     &(struct ledger_totals_of_in){ ledger->code, since.ms, soon_since.ms },
			     &row));
	*totals = (struct ledger_totals){ row.row_count, row.stale, row.soon_stale, row.units_stale };
	return OK;
}
