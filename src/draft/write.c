/* The files of the draft, in the format of docs/pack-format.md. */
#include "draft/rooms.h"

#define UNTRANSLATED "(to be translated)"

enum { MOST_FILE = 4 << 20, MOST_CLAUSE_FILES = 80, MOST_FILES = 190 };

static struct writer
begin(struct reading *reading)
{
	return writer_open(reading->arena, MOST_FILE);
}

static struct error *
end(struct reading *reading, struct writer *out, struct text name)
{
	if (writer_is_full(out))
		return reject(NULL, "「%.*s」が%dバイトを超えました。文書を分けてください。",
			      T_ARG(name), MOST_FILE);
	reading->files[reading->files_count++] = (struct draft_file){name, writer_text(out)};
	return OK;
}

/* In double quotes; what YAML would not take stays out. */
static void
put_quoted(struct writer *out, struct text text)
{
	uint32_t c;
	write_byte(out, '"');
	for (size_t at = 0, was = 0; text_next(text, &at, &c); was = at) {
		if (c == '"' || c == '\\')
			write_byte(out, '\\');
		if (is_control(c))
			write_byte(out, ' ');
		else
			write_text(out, slice(text, was, at));
	}
	write_byte(out, '"');
}

static void
put_key(struct writer *out, const char *before, struct text text)
{
	write_z(out, before);
	put_quoted(out, text);
}

/* {ja: "…", en: "…"} */
static void
put_words(struct writer *out, const char *key, struct text ja, struct text en)
{
	write_format(out, "%s{ja: ", key);
	put_quoted(out, ja);
	put_key(out, ", en: ", en.len > 0 ? en : T(UNTRANSLATED));
	write_z(out, "}\n");
}

static struct text
or_unknown(struct text text)
{
	return text_is_blank(text) ? T("（未記入）") : text;
}

/* --- pack.yaml, roles.yaml, classes.yaml, parameters.yaml, terms.yaml --- */

/* Editions that print no version are counted. */
static struct text
version_of(struct reading *reading, size_t edition)
{
	if (edition >= reading->editions_count)
		return T("1");
	const struct text version = reading->editions[edition].version;
	return version.len > 0 ? version : text_format(reading->arena, "(%zu)", edition + 1);
}

static void
put_editions(struct reading *reading, struct writer *out)
{
	if (reading->editions_count == 0)
		return;
	write_z(out, "editions:\n");
	for (size_t at = 0; at < reading->editions_count; at++) {
		const struct edition *edition = &reading->editions[at];
		put_key(out, "  - {version: ", version_of(reading, at));
		if (edition->enacted.len > 0)
			put_key(out, ", enacted: ", edition->enacted);
		if (edition->effective.len > 0)
			put_key(out, ", effective: ", edition->effective);
		write_format(out, "%s}\n", edition->is_full ? ", full: yes" : "");
	}
}

static struct error *
write_about(struct reading *reading)
{
	struct writer out = begin(reading);
	const struct edition none = {0};
	const struct edition *last = &none;
	for (size_t at = 0; at < reading->editions_count; at++)
		if (reading->editions[at].effective.len > 0 ||
		    reading->editions[at].enacted.len > 0)
			last = &reading->editions[at];
	const struct text effective = last->effective.len > 0 ? last->effective : last->enacted;
	write_z(&out, "id: draft\n");
	put_words(&out, "title: ", readable(reading->arena, or_unknown(reading->title)), T(""));
	put_key(&out, "version: ",
		version_of(reading,
			   reading->editions_count > 0 ? reading->editions_count - 1 : 0));
	write_z(&out, "\nmode: sample # adopted, once the body has adopted it\n");
	put_words(&out, "body: ", or_unknown(reading->body), T(""));
	put_words(&out, "law: ", T("（未記入）"), T(""));
	put_words(&out, "document: ", readable(reading->arena, or_unknown(reading->title)),
		  T(""));
	if (effective.len == 0)
		write_z(&out, "# no date in the document: this one is none\n");
	put_key(&out, "effective: ", effective.len > 0 ? effective : T("2026-04-01"));
	write_z(&out, "\n");
	if (last->enacted.len > 0) {
		put_key(&out, "enacted: ", last->enacted);
		write_z(&out, "\n");
	}
	put_editions(reading, &out);
	return end(reading, &out, T("pack.yaml"));
}

static struct error *
write_roles(struct reading *reading)
{
	static const char *const scopes[] = {"body", "bureau", "section", "system", "everyone"};
	struct writer out = begin(reading);
	write_z(&out, "# scope is a guess by the name; above and must-be-held are yours to "
		      "write\nroles:\n");
	for (size_t at = 0; at < reading->roles_count; at++) {
		const struct role *role = &reading->roles[at];
		write_format(&out, "  - code: %.*s\n", T_ARG(role->code));
		put_key(&out, "    ja: ", role->ja);
		put_key(&out, "\n    en: ", role->en.len > 0 ? role->en : T(UNTRANSLATED));
		write_format(&out, "\n    scope: %s\n", scopes[role->scope]);
		if (role->is_appointed)
			put_words(&out,
				  "    appointed: ", readable(reading->arena, role->appointed),
				  T(""));
		if (role->is_collegial)
			write_z(&out, "    collegial: yes\n");
		if (role->where != NULL)
			put_key(&out, "    clause: ", role->where->id), write_z(&out, "\n");
	}
	return end(reading, &out, T("roles.yaml"));
}

static struct error *
write_classes(struct reading *reading)
{
	struct writer out = begin(reading);
	write_z(&out, "axes:\n");
	if (reading->axes_count == 0)
		write_z(&out,
			"  # the document names no classes: these two stand in\n"
			"  - code: class\n    ja: \"分類\"\n    en: \"Class\"\n    values:\n"
			"      - {code: \"high\", ja: \"高\", en: \"High\"}\n"
			"      - {code: \"low\", ja: \"低\", en: \"Low\"}\n");
	for (size_t at = 0; at < reading->axes_count; at++) {
		const struct axis *axis = &reading->axes[at];
		write_format(&out, "  - code: %.*s\n", T_ARG(axis->code));
		put_key(&out, "    ja: ", axis->name);
		write_z(&out, "\n    en: \"" UNTRANSLATED "\"\n    values: # highest first\n");
		for (size_t v = 0; v < axis->count; v++) {
			put_key(&out, "      - {code: ", axis->values[v].code);
			put_key(&out, ", ja: ", axis->values[v].ja);
			write_z(&out, ", en: \"" UNTRANSLATED "\"}\n");
		}
	}
	return end(reading, &out, T("classes.yaml"));
}

static struct error *
write_parameters(struct reading *reading)
{
	struct writer out = begin(reading);
	write_z(&out, reading->values_count == 0 ? "parameters: []\n" : "parameters:\n");
	for (size_t at = 0; at < reading->values_count; at++) {
		const struct open_value *value = &reading->values[at];
		if (!value->is_given)
			write_z(&out, "  # the document gives no number: this one is nobody's "
				      "decision yet\n");
		put_key(&out, "  - {code: ", value->code);
		put_key(&out,
			", ja: ", text_format(reading->arena, "「%.*s」", T_ARG(value->words)));
		put_key(&out, ", en: ", value->en);
		write_format(&out, ", kind: %s, usual: %lld, least: 1, most: %lld",
			     value->is_deadline ? "minutes" : "days", (long long)value->usual,
			     (long long)(value->usual * 10));
		put_key(&out, ", clause: ", value->clause);
		write_z(&out, "}\n");
	}
	return end(reading, &out, T("parameters.yaml"));
}

static struct error *
write_terms(struct reading *reading)
{
	struct writer out = begin(reading);
	if (reading->terms_count == 0)
		return OK;
	write_z(&out, "terms:\n");
	for (size_t at = 0; at < reading->terms_count; at++) {
		const struct term *term = &reading->terms[at];
		put_key(&out, "  - ja: ", readable(reading->arena, term->name));
		write_z(&out, "\n    en: \"" UNTRANSLATED "\"\n");
		put_words(&out, "    means: ", readable(reading->arena, term->means), T(""));
		put_key(&out, "    clause: ", term->clause);
		write_z(&out, "\n");
	}
	return end(reading, &out, T("terms.yaml"));
}

/* --- clauses --- */

static void
put_open(struct reading *reading, struct writer *out, const char *key, const char *number,
	 struct text code)
{
	for (size_t at = 0; at < reading->values_count; at++) {
		const struct open_value *value = &reading->values[at];
		if (!text_same(value->code, code))
			continue;
		write_format(out, "    %s:\n", key);
		put_key(out, "      ja: ", value->words);
		put_key(out, "\n      en: ", value->en);
		write_format(out, "\n      %s%s: %.*s\n", value->is_given ? "" : "# ", number,
			     T_ARG(code));
	}
}

static void
put_cited(struct reading *reading, struct writer *out, const struct row *row)
{
	if (row->cited != NULL)
		write_z(out, "    refers:\n");
	for (const struct cited *one = row->cited; one != NULL; one = one->next) {
		put_key(out, "      - {printed: ", one->printed);
		if (one->subject.len > 0) {
			put_key(out,
				", subject: {ja: ", readable(reading->arena, one->subject));
			write_z(out, ", en: \"" UNTRANSLATED "\"}");
		}
		if (one->to != NULL)
			put_key(out, ", to: ", one->to->id);
		write_z(out, "}\n");
	}
}

static void
put_named(struct writer *out, const struct row *row)
{
	if (row->strangers != NULL)
		write_z(out, "    names:\n");
	for (const struct named *one = row->strangers; one != NULL; one = one->next) {
		put_key(out, "      - ", one->name);
		write_z(out, "\n");
	}
	if (row->statutes != NULL)
		write_z(out, "    statutes:\n");
	for (const struct named *one = row->statutes; one != NULL; one = one->next) {
		put_key(out, "      - {name: ", one->name);
		put_key(out, ", number: ", one->number);
		write_z(out, "}\n");
	}
}

static void
put_duty(struct reading *reading, struct writer *out, const struct row *row)
{
	put_words(out, "    printed: ", row->raw.len > 0 ? row->raw : row->plain, T(""));
	put_key(out, "    ja: ", readable(reading->arena, row->plain));
	write_z(out, "\n    en: \"" UNTRANSLATED "\"\n");
	if (row->modality != MUST)
		write_format(out, "    modality: %s\n", modality_name(row->modality));
	write_format(out, "    actor: %.*s%s\n", T_ARG(row->actor->code),
		     row->is_inherited ? " # not named here: from the sentence above" : "");
	for (size_t at = 0; at < row->also_count; at++)
		write_format(out, "%s%.*s%s", at == 0 ? "    also: [" : ", ",
			     T_ARG(row->also[at]->code),
			     at + 1 == row->also_count ? "]\n" : "");
	write_format(out, "    kind: %s # guessed\n    module: %s # guessed\n",
		     clause_kind_name(row->kind), module_of(row->plain));
	if (row->form.len > 0)
		put_key(out, "    form: ", row->form), write_z(out, "\n");
	if (row->item->is_note)
		write_z(out, "    note: yes\n");
	if (row->is_discretionary)
		write_z(out, "    discretionary: yes\n");
	put_open(reading, out, "deadline", "within", row->deadline);
	put_open(reading, out, "period", "every", row->period);
	put_cited(reading, out, row);
	put_named(out, row);
}

static void
put_head(struct reading *reading, struct writer *out, struct text id, struct text number,
	 struct text under, struct text title)
{
	put_key(out, "  - id: ", id);
	put_key(out, "\n    number: ", readable(reading->arena, number));
	write_z(out, "\n");
	if (under.len > 0)
		put_key(out, "    under: ", under), write_z(out, "\n");
	if (title.len > 0)
		put_words(out, "    title: ", readable(reading->arena, title), T(""));
}

static void
put_item(struct reading *reading, struct writer *out, const struct item *item)
{
	const struct row *rows = &reading->rows[item->row];
	const struct text under = item->parent != NULL ? item->parent->id : T("");
	put_head(reading, out, item->id, item->number.len > 0 ? item->number : item->id, under,
		 item->title);
	if (item->rows == 1)
		put_duty(reading, out, &rows[0]);
	for (int at = 0; item->rows > 1 && at < item->rows; at++) {
		put_head(reading, out, rows[at].id, item->number, item->id, T(""));
		put_duty(reading, out, &rows[at]);
	}
}

static struct error *
write_clauses(struct reading *reading)
{
	int no = 0;
	for (size_t at = 0; at < reading->items_count;) {
		struct writer out = begin(reading);
		write_z(&out, "clauses:\n");
		if (at == 0 && reading->has_history)
			put_head(reading, &out, T("cover"), T("0"), T(""),
				 or_unknown(reading->title));
		/* A file per chapter; the last takes what is left. */
		for (bool is_first = true; at < reading->items_count; at++, is_first = false) {
			const struct item *item = reading->items[at];
			if (!is_first && item->parent == NULL && no + 1 < MOST_CLAUSE_FILES)
				break;
			put_item(reading, &out, item);
		}
		TRY(end(reading, &out, text_format(reading->arena, "clauses/%02d.yaml", ++no)));
	}
	return OK;
}

/* --- forms, and what is left empty --- */

static struct error *
write_form(struct reading *reading, struct text number)
{
	struct writer out = begin(reading);
	const struct text label = text_format(reading->arena, "様式第%.*s号", T_ARG(number));
	const struct text en = text_format(reading->arena, "Form %.*s", T_ARG(number));
	put_key(&out, "number: ", number);
	put_key(&out, "\nja: ", label);
	write_z(&out, " # its title: the document does not give it\n");
	put_key(&out, "en: ", en);
	write_z(&out, "\n");
	put_words(&out, "label: ", label, en);
	write_z(&out, "clauses: [");
	bool is_first = true;
	for (size_t at = 0; at < reading->rows_count; at++)
		if (text_same(reading->rows[at].form, number)) {
			put_key(&out, is_first ? "" : ", ", reading->rows[at].id);
			is_first = false;
		}
	write_z(&out, "]\nsections:\n  - ja: \"内容\"\n    en: \"Content\"\n    stage: apply\n "
		      "   fields:\n"
		      "      - {name: content, ja: \"内容\", en: \"Content\", kind: long-text, "
		      "required: yes}\n");
	return end(reading, &out,
		   text_format(reading->arena, "forms/%.*s.yaml", T_ARG(number)));
}

static struct error *
write_plain(struct reading *reading, const char *name, const char *bytes)
{
	struct writer out = begin(reading);
	write_z(&out, bytes);
	return end(reading, &out, text_of(name));
}

struct error *
write_files(struct reading *reading)
{
	reading->files = ARENA_ARRAY(reading->arena, struct draft_file, MOST_FILES);
	TRY(write_about(reading));
	TRY(write_roles(reading));
	TRY(write_classes(reading));
	TRY(write_parameters(reading));
	TRY(write_terms(reading));
	TRY(write_clauses(reading));
	for (size_t at = 0; at < reading->forms_count; at++)
		TRY(write_form(reading, reading->forms[at]));
	TRY(write_plain(reading, "questions.yaml", "questions: []\n"));
	TRY(write_plain(reading, "occasions.yaml", "occasions: []\n"));
	TRY(write_plain(reading, "evidence.yaml", "evidence: []\n"));
	sort_questions(reading);
	struct writer out = begin(reading);
	write_text(&out, ask_list(reading));
	return end(reading, &out, T("to-answer.md"));
}
