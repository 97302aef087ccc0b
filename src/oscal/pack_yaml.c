/* What was taken, as the YAML files of a pack. Every value is quoted, so nothing is taken for something else. */
#include "oscal/reading.h"

#include "base/day.h"
#include "base/say.h"

#include <string.h>

enum { FILE_MOST = 4 << 20, FILES_OF_CLAUSES = 100 };

void
files_put(struct pack_files *files, struct text path, struct text bytes)
{
	for (size_t at = 0; at < files->count; at++) {
		if (text_same(files->at[at].path, path)) {
			files->at[at].bytes = bytes;
			return;
		}
	}
	if (files->count < files->room)
		files->at[files->count++] = (struct oscal_file){ path, bytes };
}

/* ---- Scalars ---- */

static void
write_escaped(struct writer *out, uint32_t c)
{
	switch (c) {
	case '"':
	case '\\':
		write_format(out, "\\%c", (char)c); /* one of the two */
		return;
	case '\n':
		write_z(out, "\\n");
		return;
	case '\t':
		write_z(out, "\\t");
		return;
	default:
		break;
	}
	if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff ||
	    c == 0xfffe || c == 0xffff)
		write_format(out, "\\u%04X", c);
	else
		write_character(out, c);
}

static void
quoted(struct writer *out, struct text text)
{
	uint32_t c;
	write_byte(out, '"');
	for (size_t at = 0; text_next(text, &at, &c);)
		write_escaped(out, c);
	write_byte(out, '"');
}

static void
line(struct writer *out, const char *key, struct text value)
{
	if (value.len == 0)
		return;
	write_z(out, key);
	write_z(out, ": ");
	quoted(out, value);
	write_byte(out, '\n');
}

/* A name of the pack's own: needs no quotes. */
static void
name_line(struct writer *out, const char *key, struct text value)
{
	if (value.len > 0)
		write_format(out, "%s: %.*s\n", key, T_ARG(value));
}

static void
braced(struct writer *out, struct words words)
{
	write_z(out, "{ja: ");
	quoted(out, words.ja);
	write_z(out, ", en: ");
	quoted(out, words.en);
	write_z(out, "}");
}

static void
words_line(struct writer *out, const char *key, struct words words)
{
	if (words.ja.len == 0)
		return;
	write_format(out, "%s: ", key);
	braced(out, words);
	write_byte(out, '\n');
}

static void
list_line(struct writer *out, const char *key, const struct text *texts, size_t count)
{
	if (count == 0)
		return;
	write_format(out, "%s: [", key);
	for (size_t at = 0; at < count; at++) {
		write_z(out, at > 0 ? ", " : "");
		quoted(out, texts[at]);
	}
	write_z(out, "]\n");
}

/* ---- Clauses ---- */

static void
timed_line(struct writer *out, const char *key, const char *number, struct words words, struct text code)
{
	if (words.ja.len == 0)
		return;
	write_format(out, "    %s: {ja: ", key);
	quoted(out, words.ja);
	write_z(out, ", en: ");
	quoted(out, words.en);
	if (code.len > 0)
		write_format(out, ", %s: %.*s", number, T_ARG(code));
	write_z(out, "}\n");
}

static void
citation_lines(struct writer *out, const struct taken_clause *clause)
{
	if (clause->cites_count > 0)
		write_z(out, "    refers:\n");
	for (size_t at = 0; at < clause->cites_count; at++) {
		const struct cited *cited = &clause->cites[at];
		write_z(out, "      - {printed: ");
		quoted(out, cited->printed);
		if (cited->subject.ja.len > 0) {
			write_z(out, ", subject: ");
			braced(out, cited->subject);
		}
		if (cited->to.len > 0) {
			write_z(out, ", to: ");
			quoted(out, cited->to);
		}
		write_z(out, "}\n");
	}
	list_line(out, "    names", clause->names, clause->names_count);
	if (clause->statutes_count > 0)
		write_z(out, "    statutes:\n");
	for (size_t at = 0; at < clause->statutes_count; at++) {
		write_z(out, "      - {name: ");
		quoted(out, clause->statutes[at].name);
		write_z(out, ", number: ");
		quoted(out, clause->statutes[at].number);
		write_z(out, "}\n");
	}
}

static void
duty_lines(struct writer *out, const struct taken_clause *clause)
{
	line(out, "    ja", clause->duty.ja);
	line(out, "    en", clause->duty.en);
	line(out, "    actor", clause->actor);
	if (clause->also_count > 0)
		list_line(out, "    also", clause->also, clause->also_count);
	name_line(out, "    kind", clause->kind);
	if (clause->modality.len > 0 && !text_is(clause->modality, "must"))
		name_line(out, "    modality", clause->modality);
	line(out, "    module", clause->module);
	if (clause->is_note)
		write_z(out, "    note: yes\n");
	if (clause->is_discretionary)
		write_z(out, "    discretionary: yes\n");
	timed_line(out, "deadline", "within", clause->deadline, clause->deadline_within);
	timed_line(out, "period", "every", clause->period, clause->period_every);
}

static void
clause_lines(struct writer *out, const struct taken_clause *clause)
{
	write_z(out, "  - id: ");
	quoted(out, clause->id);
	write_byte(out, '\n');
	line(out, "    number", clause->number);
	if (clause->parent != NULL)
		line(out, "    under", clause->parent->id);
	words_line(out, "    title", clause->title);
	if (clause->is_duty)
		duty_lines(out, clause);
	line(out, "    form", clause->form);
	words_line(out, "    printed", clause->printed);
	citation_lines(out, clause);
}

/* One file per chapter; one for all where clauses of several chapters stand between each other. */
static size_t
file_of(const struct taken *taken, const struct taken_clause *clause)
{
	if (taken->has_positions)
		return 0;
	if (taken->chapters <= FILES_OF_CLAUSES)
		return clause->chapter;
	return clause->chapter * FILES_OF_CLAUSES / taken->chapters;
}

void
yaml_clauses(struct taken *taken, struct pack_files *files)
{
	for (size_t at = 0; at < taken->clauses_count;) {
		const size_t file = file_of(taken, taken->clauses[at]);
		struct writer out = writer_open(taken->into, FILE_MOST);
		write_z(&out, "clauses:\n");
		while (at < taken->clauses_count && file_of(taken, taken->clauses[at]) == file)
			clause_lines(&out, taken->clauses[at++]);
		files_put(files, text_format(taken->into, "clauses/%03zu.yaml", file + 1),
			  finished(taken, &out));
	}
}

/* ---- Roles, parameters ---- */

static bool
needs_stand_in(const struct taken *taken)
{
	for (size_t at = 0; at < taken->roles_count; at++)
		if (text_is(taken->roles[at].code, "to-answer"))
			return false;
	return taken->answers.count[ANSWER_ACTOR] > 0 || taken->roles_count == 0;
}

void
yaml_roles(struct taken *taken, struct pack_files *files)
{
	struct writer out = writer_open(taken->into, FILE_MOST);
	write_z(&out, "roles:\n");
	for (size_t at = 0; at < taken->roles_count; at++) {
		const struct taken_role *role = &taken->roles[at];
		write_z(&out, "  - code: ");
		quoted(&out, role->code);
		write_byte(&out, '\n');
		line(&out, "    ja", role->name.ja);
		line(&out, "    en", role->name.en);
		if (role->short_name.en.len > 0)
			words_line(&out, "    short", role->short_name);
		name_line(&out, "    scope", role->scope);
		words_line(&out, "    appointed", role->appointed);
		line(&out, "    above", role->above);
		if (role->must_be_held)
			write_z(&out, "    must-be-held: yes\n");
		if (role->is_collegial)
			write_z(&out, "    collegial: yes\n");
		line(&out, "    clause", role->clause);
	}
	/* Whose duty it is was not said: somebody must stand there until it is. */
	if (needs_stand_in(taken))
		write_format(&out,
			     "  - code: to-answer\n    ja: \"%sだれの義務か\"\n    en: \"%swhose duty it is\"\n"
			     "    scope: body\n",
			     mark_ja, mark_en);
	files_put(files, T("roles.yaml"), finished(taken, &out));
}

void
yaml_parameters(struct taken *taken, struct pack_files *files)
{
	struct writer out = writer_open(taken->into, FILE_MOST);
	size_t count = 0;
	for (size_t at = 0; at < taken->parameters_count; at++) {
		const struct taken_parameter *parameter = &taken->parameters[at];
		const bool is_yes_no = text_is(parameter->kind, "yes-no");
		if (!parameter->is_number)
			continue;
		write_z(&out, count++ == 0 ? "parameters:\n  - code: " : "  - code: ");
		quoted(&out, parameter->code);
		write_byte(&out, '\n');
		line(&out, "    ja", parameter->name.ja);
		line(&out, "    en", parameter->name.en);
		name_line(&out, "    kind", parameter->kind);
		if (is_yes_no)
			write_format(&out, "    usual: %s\n", parameter->usual != 0 ? "yes" : "no");
		else
			write_format(&out, "    usual: %lld\n    least: %lld\n    most: %lld\n",
				     (long long)parameter->usual, (long long)parameter->least,
				     (long long)parameter->most);
		line(&out, "    clause", parameter->clause);
	}
	if (count == 0)
		write_z(&out, "parameters: []\n");
	files_put(files, T("parameters.yaml"), finished(taken, &out));
}

/* ---- The pack itself ---- */

static struct text
own(struct taken *taken, const struct spot *spot, const char *name)
{
	return prop_at(taken->into, spot->value, OSCAL_NS, name, NULL);
}

static void
own_or_mark(struct taken *taken, struct writer *out, const struct spot *metadata, const char *name,
	    const char *ja, const char *en)
{
	const struct words words = { prop_at(taken->into, metadata->value, OSCAL_NS, name, "ja"),
				     prop_at(taken->into, metadata->value, OSCAL_NS, name, "en") };
	if (!text_is_blank(words.ja) && !text_is_blank(words.en)) {
		words_line(out, name, words);
		return;
	}
	oscal_ask(taken, ANSWER_PACK, text_format(taken->into, "pack.yaml: %s", name));
	words_line(out, name,
		   (struct words){ text_format(taken->into, "%s%s", mark_ja, ja),
				   text_format(taken->into, "%s%s", mark_en, en) });
}

static struct text
iso_day(struct taken *taken, struct text said)
{
	struct day day;
	return day_read(said, &day) ? day_iso(taken->into, day) : T("");
}

static struct error *
day_of(struct taken *taken, const struct spot *metadata, struct text *effective)
{
	static const char *const members[] = { "published", "last-modified", NULL };
	struct day day;
	*effective = iso_day(taken, own(taken, metadata, "effective"));
	for (size_t at = 0; members[at] != NULL && effective->len == 0; at++) {
		struct text said;
		TRY(text_at(taken->into, metadata, members[at], &said));
		if (said.len >= 10 && day_read(text_first(said, 10), &day))
			*effective = day_iso(taken->into, day);
	}
	if (effective->len > 0)
		return OK;
	oscal_ask(taken, ANSWER_PACK, T("pack.yaml: effective"));
	*effective = T("2000-01-01");
	return OK;
}

static struct error *
edition_lines(struct taken *taken, struct writer *out, const struct spot *metadata)
{
	json_t *array;
	size_t count, written = 0;
	TRY(array_at(taken->into, metadata, "revisions", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot item = item_at(metadata, "revisions", array, at);
		struct text version;
		TRY(text_at(taken->into, &item, "version", &version));
		if (text_is_blank(version) || !taken->is_ours)
			continue;
		write_z(out, written++ == 0 ? "editions:\n  - {version: " : "  - {version: ");
		quoted(out, version);
		for (size_t key = 0; key < 2; key++) {
			const char *name = key == 0 ? "enacted" : "effective";
			const struct text day = iso_day(taken, own(taken, &item, name));
			if (day.len == 0)
				continue;
			write_format(out, ", %s: ", name);
			quoted(out, day);
		}
		write_z(out, own(taken, &item, "full").len > 0 ? ", full: yes}\n" : "}\n");
	}
	return OK;
}

static struct error *
title_lines(struct taken *taken, struct writer *out, const struct spot *metadata, struct text uuid)
{
	struct text title, version, id = own(taken, metadata, "pack");
	TRY(text_at(taken->into, metadata, "title", &title));
	TRY(text_at(taken->into, metadata, "version", &version));
	if (id.len == 0)
		id = text_format(taken->into, "oscal-%.*s", uuid.len < 8 ? (int)uuid.len : 8, uuid.data);
	struct words words = own_title(taken, metadata, title);
	if (text_is_blank(words.ja) && text_is_blank(words.en))
		words.ja = id;
	words = both_words(taken, words, T("pack.yaml: title"));
	line(out, "id", taken_code(taken, id));
	words_line(out, "title", words);
	line(out, "version", text_is_blank(version) ? T("1") : version);
	return OK;
}

struct error *
yaml_pack(struct taken *taken, const struct spot *metadata, struct text uuid, struct pack_files *files)
{
	struct writer out = writer_open(taken->into, FILE_MOST);
	struct text effective;
	TRY(title_lines(taken, &out, metadata, uuid));
	TRY(day_of(taken, metadata, &effective));
	name_line(&out, "mode", text_is(own(taken, metadata, "mode"), "adopted") ? T("adopted")
										  : T("sample"));
	own_or_mark(taken, &out, metadata, "body", "団体の名前", "name of the body");
	own_or_mark(taken, &out, metadata, "law", "根拠の法律", "the law it rests on");
	own_or_mark(taken, &out, metadata, "document", "文書の名前", "name of the document");
	line(&out, "effective", effective);
	const struct text publishes = code_of(own(taken, metadata, "publishes"));
	line(&out, "enacted", iso_day(taken, own(taken, metadata, "enacted")));
	line(&out, "publishes", is_role(taken, publishes) ? publishes : T(""));
	const struct text transfers = code_of(own(taken, metadata, "transfers"));
	line(&out, "transfers", is_role(taken, transfers) ? transfers : T(""));
	if (own(taken, metadata, "acknowledged").len > 0)
		write_z(&out, "acknowledged: yes\n");
	TRY(edition_lines(taken, &out, metadata));
	files_put(files, T("pack.yaml"), finished(taken, &out));
	return OK;
}

/* What no catalog says at all. */
void
yaml_rest(struct taken *taken, struct pack_files *files)
{
	struct writer out = writer_open(taken->into, 1 << 16);
	write_format(&out,
		     "axes:\n  - code: class\n    ja: \"%s分類の軸\"\n    en: \"%saxis of classification\"\n"
		     "    values:\n      - {code: \"1\", ja: \"%s分類\", en: \"%sclass\"}\n",
		     mark_ja, mark_en, mark_ja, mark_en);
	oscal_ask(taken, ANSWER_PACK, T("classes.yaml"));
	files_put(files, T("classes.yaml"), finished(taken, &out));
	oscal_ask(taken, ANSWER_PACK, T("questions.yaml"));
	files_put(files, T("questions.yaml"), T("questions: []\n"));
	oscal_ask(taken, ANSWER_PACK, T("occasions.yaml"));
	files_put(files, T("occasions.yaml"), T("occasions: []\n"));
	oscal_ask(taken, ANSWER_PACK, T("evidence.yaml"));
	files_put(files, T("evidence.yaml"), T("evidence: []\n"));
}
