/* An entry's bytes: canonical JSON, members in ascending order of their names. */
#include "base/json.h"
#include "journal/rooms.h"

#include <string.h>

/* What would need an escape in JSON is no name of an object, a clause or a table. */
static struct error *
check_name(struct text name)
{
	for (size_t at = 0; at < name.len; at++) {
		const unsigned char c = (unsigned char)name.data[at];
		if (c < ' ' || c == '"' || c == '\\')
			return broken("記録に使えない文字が、対象の名前に入っています。");
	}
	return OK;
}

static struct error *
write_names(struct json *json, const char *member, const struct text *names, size_t most)
{
	if (names[0].len == 0)
		return OK;
	json_name(json, text_of(member));
	json_open_array(json);
	for (size_t at = 0; at < most && names[at].len != 0; at++) {
		bool is_new = true;
		for (size_t before = 0; before < at; before++)
			is_new = is_new && !text_same(names[before], names[at]);
		TRY(check_name(names[at]));
		if (is_new)
			json_text(json, names[at]);
	}
	json_end(json);
	return OK;
}

/* The pairs in order of their names; returns how many. */
static size_t
sort_pairs(const struct fact *fact, const struct fact_pair *sorted[static FACT_MOST_PAIRS])
{
	size_t count = 0;
	for (size_t from = 0; from < FACT_MOST_PAIRS && fact->pairs[from].name != NULL; from++) {
		size_t at = count++;
		for (; at > 0 && strcmp(sorted[at - 1]->name, fact->pairs[from].name) > 0; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = &fact->pairs[from];
	}
	return count;
}

static struct error *
write_pairs(struct json *json, const struct fact *fact)
{
	const struct fact_pair *sorted[FACT_MOST_PAIRS];
	const size_t count = sort_pairs(fact, sorted);
	if (count == 0)
		return OK;
	json_name(json, T("data"));
	json_open_object(json);
	for (size_t at = 0; at < count; at++) {
		if (at > 0 && strcmp(sorted[at - 1]->name, sorted[at]->name) == 0)
			return broken("記録の項目「%s」が重なっています。", sorted[at]->name);
		if (sorted[at]->text.data != NULL)
			json_text_at(json, sorted[at]->name, sorted[at]->text);
		else
			json_number_at(json, sorted[at]->name, sorted[at]->number);
	}
	json_end(json);
	return OK;
}

static struct error *
write_rows(struct json *json, struct arena *arena, const struct entry_part *part)
{
	if (part->row_count == 0)
		return OK;
	json_name(json, T("rows"));
	json_open_array(json);
	for (size_t at = 0; at < part->row_count; at++) {
		const struct row_digest *row = &part->note->rows[part->first_row + at];
		TRY(check_name(row->table));
		json_open_array(json);
		json_text(json, row->table);
		json_number(json, row->id);
		if (row->is_gone)
			json_put_null(json);
		else
			json_text(json, hash_hex(arena, &row->digest));
		json_end(json);
	}
	json_end(json);
	return OK;
}

static void
write_who(struct json *json, const struct actor *who)
{
	json_name(json, T("who"));
	json_open_object(json);
	if (who->deputy_for != 0)
		json_number_at(json, "deputy_for", who->deputy_for);
	if (who->person != 0)
		json_number_at(json, "person", who->person);
	if (who->post != 0)
		json_number_at(json, "post", who->post);
	if (who->role.len != 0)
		json_text_at(json, "role", who->role);
	if (who->through.len != 0)
		json_text_at(json, "through", who->through);
	json_end(json);
}

struct error *
entry_write(struct arena *into, const struct entry_part *part, struct text *entry)
{
	const struct fact *fact = part->note->fact;
	struct writer out = writer_open(into, JOURNAL_ENTRY_MOST);
	struct json json = json_begin(&out);
	json_open_object(&json);
	TRY(write_names(&json, "about", fact->about, FACT_MOST_ABOUT));
	json_text_at(&json, "act", text_of(fact->act));
	json_text_at(&json, "body", part->body);
	TRY(write_names(&json, "clauses", fact->clauses, FACT_MOST_CLAUSES));
	TRY(write_pairs(&json, fact));
	if (part->part > 1)
		json_number_at(&json, "part", part->part);
	TRY(write_rows(&json, into, part));
	json_number_at(&json, "seq", part->seq);
	json_text_at(&json, "time", moment_utc(into, part->note->at));
	json_number_at(&json, "v", 1);
	write_who(&json, part->note->actor);
	json_end(&json);
	if (writer_is_full(&out))
		return broken("一つの記録が長すぎます（%d バイトまで）。", JOURNAL_ENTRY_MOST);
	*entry = writer_text(&out);
	return OK;
}
