/* Translations: po files (gettext's format, no plurals and no contexts) and compiled
 * catalogues. */
#include "pagec.h"

#include <stdlib.h>
#include <string.h>

struct po_reader {
	struct arena *arena;
	struct faults *faults;
	struct text file;
	int line;
	bool is_fuzzy;
	bool has_references;
	bool has_code_reference;
	int id_line;
	struct writer id;
	struct writer words;
	struct writer *current;
	struct translations *all;
	size_t room;
};

static void
po_string_add(struct po_reader *po, struct text quoted)
{
	static const char escapes[] = "nt\"\\r";
	static const char meant[] = "\n\t\"\\\r";

	if (!po->current || quoted.len < 2 || !text_starts(quoted, T("\"")) ||
	    !text_ends(quoted, T("\""))) {
		fault_add(po->faults, po->file, po->line, "expected a \"quoted string\"");
		return;
	}
	for (size_t i = 1; i + 1 < quoted.len; i++) {
		if (quoted.data[i] != '\\') {
			write_byte(po->current, quoted.data[i]);
			continue;
		}
		i++;
		const char *const escape = strchr(escapes, quoted.data[i]);
		if (escape && *escape && i + 1 < quoted.len)
			write_byte(po->current, meant[escape - escapes]);
		else
			fault_add(po->faults, po->file, po->line, "unknown escape \\%c",
				  quoted.data[i]);
	}
}

static void
entry_end(struct po_reader *po)
{
	const struct text id = writer_text(&po->id);
	const struct text words = writer_text(&po->words);

	if (id.len > 0 && words.len > 0 && !po->is_fuzzy) {
		if (po->all->count == po->room) {
			struct translation *const old = po->all->at;
			po->room = po->room ? po->room * 2 : 256;
			po->all->at = ARENA_ARRAY(po->arena, struct translation, po->room);
			if (po->all->count > 0)
				memcpy(po->all->at, old, po->all->count * sizeof(*old));
		}
		po->all->at[po->all->count++] = (struct translation){
			.id = id,
			.words = words,
			.line = po->id_line,
			.is_page_only = po->has_references && !po->has_code_reference,
		};
	}
	po->is_fuzzy = po->has_references = po->has_code_reference = false;
	po->id = writer_open(po->arena, 1 << 16);
	po->words = writer_open(po->arena, 1 << 16);
	po->current = NULL;
}

static void
comment_read(struct po_reader *po, struct text line)
{
	if (po->current == &po->words)
		entry_end(po);
	if (text_starts(line, T("#,")) && text_has(line, T("fuzzy")))
		po->is_fuzzy = true;
	if (!text_starts(line, T("#:")))
		return;
	po->has_references = true;
	if (text_has(line, T(".c:")) || text_has(line, T(".h:")))
		po->has_code_reference = true;
}

static void
po_line_read(struct po_reader *po, struct text line)
{
	if (line.len == 0) {
		if (po->current == &po->words)
			entry_end(po);
	} else if (line.data[0] == '#') {
		comment_read(po, line);
	} else if (text_starts(line, T("msgid "))) {
		if (po->current == &po->words)
			entry_end(po);
		po->current = &po->id;
		po->id_line = po->line;
		po_string_add(po, text_trim(text_from(line, 6)));
	} else if (text_starts(line, T("msgstr "))) {
		po->current = &po->words;
		po_string_add(po, text_trim(text_from(line, 7)));
	} else if (line.data[0] == '"') {
		po_string_add(po, text_trim(line));
	} else {
		fault_add(po->faults, po->file, po->line,
			  "expected msgid, msgstr, a \"string\" or "
			  "a # comment; plurals and contexts are not used here");
	}
}

static int
translation_order(const void *a, const void *b)
{
	const struct translation *const left = a;
	const struct translation *const right = b;

	return text_order(left->id, right->id);
}

/* The next printf conversion at or behind *at. */
static bool
conversion_next(struct text text, size_t *at, struct text *conversion)
{
	while (*at < text.len) {
		if (text.data[(*at)++] != '%')
			continue;
		const size_t begin = *at - 1;
		size_t end = *at;
		while (end < text.len && strchr("-+ #0123456789.*hljzt", text.data[end]))
			end++;
		if (end < text.len && strchr("diouxXcsfFeEgGaApn%", text.data[end])) {
			*conversion = (struct text){text.data + begin, end + 1 - begin};
			*at = end + 1;
			return true;
		}
	}
	return false;
}

/* What printf would read must be the same in both languages: these ids are formats. */
static void
conversions_check(struct po_reader *po, const struct translation *one)
{
	struct text left = {NULL, 0};
	struct text right = {NULL, 0};
	size_t at_left = 0;
	size_t at_right = 0;
	bool has_left;

	do {
		has_left = conversion_next(one->id, &at_left, &left);
		const bool has_right = conversion_next(one->words, &at_right, &right);
		if (has_left == has_right && (!has_left || text_same(left, right)))
			continue;
		fault_add(po->faults, po->file, one->line,
			  "the translation must have the same %% "
			  "conversions in the same order: '%.*s' against '%.*s'",
			  T_ARG(has_left ? left : T("nothing")),
			  T_ARG(has_right ? right : T("nothing")));
		return;
	} while (has_left);
}

static void
po_check(struct po_reader *po)
{
	struct translations *const all = po->all;

	if (all->count > 1)
		qsort(all->at, all->count, sizeof(all->at[0]), translation_order);
	for (size_t i = 0; i < all->count; i++) {
		if (i > 0 && text_same(all->at[i - 1].id, all->at[i].id))
			fault_add(po->faults, po->file, all->at[i].line,
				  "this message is translated twice; see line %d",
				  all->at[i - 1].line);
		if (!all->at[i].is_page_only)
			conversions_check(po, &all->at[i]);
	}
}

struct translations
po_read(struct arena *arena, struct faults *faults, struct text file, struct text source)
{
	struct translations all = {.file = file};
	struct po_reader po = {.arena = arena, .faults = faults, .file = file, .all = &all};
	size_t bad_at;

	if (!text_is_utf8(source, &bad_at)) {
		fault_add(faults, file, 1, "not UTF-8 from byte %zu on", bad_at);
		return all;
	}
	entry_end(&po);
	while (source.len > 0) {
		struct text line;
		if (!text_cut(source, '\n', &line, &source))
			source = (struct text){NULL, 0};
		po.line++;
		po_line_read(&po, text_trim(line));
	}
	entry_end(&po);
	po_check(&po);
	return all;
}

const struct translation *
translation_of(const struct translations *all, struct text id)
{
	const struct translation key = {.id = id};

	if (all->count == 0)
		return NULL;
	return bsearch(&key, all->at, all->count, sizeof(all->at[0]), translation_order);
}

void
catalogue_write(struct writer *out, const struct translations *all)
{
	write_z(out, "/* Made by pagec --catalogue. */\n#include \"base/say.h\"\n\n"
		     "#include <stddef.h>\n\n");
	if (all->count > 0)
		write_z(out, "static const struct say_pair pairs[] = {\n");
	for (size_t i = 0; i < all->count; i++) {
		write_z(out, "\t{ ");
		c_string_write(out, all->at[i].id);
		write_z(out, ",\n\t  ");
		c_string_write(out, all->at[i].words);
		write_z(out, " },\n");
	}
	if (all->count > 0)
		write_z(out, "};\n\n");
	write_format(out, "const struct say_catalogue say_english = { %s, %zu };\n",
		     all->count > 0 ? "pairs" : "NULL", all->count);
}

void
po_string_write(struct writer *out, struct text text)
{
	write_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '\n') {
			write_z(out, "\\n");
			continue;
		}
		if (text.data[i] == '"' || text.data[i] == '\\')
			write_byte(out, '\\');
		write_byte(out, text.data[i]);
	}
	write_byte(out, '"');
}
