/* Choosing what a long list holds, without a script: clauses found by words, rows of small ledgers. */
#include "pages/dossier_parts.h"

#include "base/number.h"

enum { CLAUSES_FOUND_MOST = 30, ROWS_MOST = 200, WORDS_MOST = 400 };

/* ---- Clauses ---- */

static bool
is_about(struct visit *visit, const struct pack_clause *clause, struct text folded)
{
	const struct text parts[] = { clause->number, clause->id, words_now(clause->duty),
				      words_now(clause->title),
				      clause->parent != NULL ? words_now(clause->parent->title) : T("") };
	for (size_t at = 0; at < sizeof parts / sizeof *parts; at++)
		if (text_has(text_fold(visit->arena, parts[at]), folded))
			return true;
	return false;
}

static void
add_clause(struct visit *visit, struct field_part *box, const struct pack_clause *clause,
	   bool is_chosen)
{
	struct field_options *option = &box->options[box->options_count++];
	option->id = text_format(visit->arena, "%.*s-%zu", T_ARG(box->id), box->options_count);
	option->value = clause->id;
	option->words = text_format(visit->arena, "%.*s %.*s", T_ARG(clause->number),
				    T_ARG(words_now(clause->duty)));
	option->is_chosen = is_chosen;
}

static bool
has_clause(const struct field_part *box, const struct pack_clause *clause)
{
	for (size_t at = 0; at < box->options_count; at++)
		if (text_same(box->options[at].value, clause->id))
			return true;
	return false;
}

static void
add_found(struct visit *visit, struct field_part *box, struct text words)
{
	const struct pack *pack = visit->office->pack;
	const struct text folded = text_fold(visit->arena, words);
	size_t found = 0;
	for (size_t at = 0; at < pack->clauses_count && found < CLAUSES_FOUND_MOST; at++) {
		const struct pack_clause *clause = &pack->clauses[at];
		if (!clause->is_duty || !is_about(visit, clause, folded))
			continue;
		found++;
		if (!has_clause(box, clause))
			add_clause(visit, box, clause, false);
	}
	box->has_found = found != 0;
}

void
clauses_box(struct visit *visit, struct field_part *box)
{
	const struct pack *pack = visit->office->pack;
	struct text rest = box->value, id;
	const char *find = text_z(visit->arena, text_format(visit->arena, "find-%.*s",
							    T_ARG(box->name)));
	box->is_long = false;
	box->is_checks = true;
	box->is_clauses = true;
	box->find_name = text_of(find);
	box->find_id = text_format(visit->arena, "i-%s", find);
	box->find_words = text_first(text_trim(visit_text(visit, find)), WORDS_MOST);
	box->options = ARENA_ARRAY(visit->arena, struct field_options, pack->clauses_count + 1);
	while (value_next(&rest, &id)) {
		const struct pack_clause *clause = pack_clause(pack, text_trim(id));
		if (clause != NULL && !has_clause(box, clause))
			add_clause(visit, box, clause, true);
	}
	if (box->find_words.len != 0)
		add_found(visit, box, box->find_words);
}

/* Which of the form's clause fields was being searched, as part of the address to go on at. */
struct url
clauses_sought(struct visit *visit, const struct dossier *dossier, struct url to)
{
	const struct fields shown = request_fields(visit->request, visit->arena, "shown");
	for (size_t at = 0; at < shown.count; at++) {
		const struct pack_field *field = dossier_field(visit, dossier, shown.at[at].value, NULL);
		if (field == NULL || field->kind != FIELD_CLAUSES)
			continue;
		const char *find = text_z(visit->arena, text_format(visit->arena, "find-%.*s",
								    T_ARG(field->name)));
		const struct text words = text_trim(visit_text(visit, find));
		if (words.len == 0)
			continue;
		to = url_query(visit->arena, to, find, text_first(words, WORDS_MOST));
		return url_fragment(visit->arena, to, text_format(visit->arena, "f-%.*s",
								  T_ARG(field->name)));
	}
	return to;
}

/* ---- Rows of a ledger that has no page of its own in the application ---- */

bool
is_asset_field(const struct visit *visit, const struct pack_field *field)
{
	return (field->kind == FIELD_ASSETS || field->kind == FIELD_ASSET) &&
	       field->of == flow_asset_ledger(visit->office->pack);
}

struct error *
row_options(struct look *look, struct visit *visit, const struct pack_field *field,
	    struct text stored, struct field_option **options, size_t *count)
{
	struct ledger_page found;
	struct text rest = stored, one;
	int64_t id;
	TRY(ledger_list(look, visit->office->pack, field->of, &(struct ledger_query){ 0 }, ROWS_MOST,
			&found));
	struct field_option *made = ARENA_ARRAY(visit->arena, struct field_option,
						found.count + stored.len + 1);
	*count = 0;
	for (size_t at = 0; at < found.count; at++)
		made[(*count)++] = (struct field_option){
			text_number(visit->arena, found.rows[at].id.no), found.rows[at].title };
	while (value_next(&rest, &one)) {
		struct ledger_row row;
		bool is_there = false;
		for (size_t at = 0; at < *count; at++)
			is_there |= text_same(made[at].value, one);
		if (is_there || !number_read(one, 1, INT64_MAX, &id) ||
		    ledger_read(look, visit->office->pack, (struct row_id){ id }, &row) != OK)
			continue;
		made[(*count)++] = (struct field_option){ one, row.title };
	}
	*options = made;
	return OK;
}
