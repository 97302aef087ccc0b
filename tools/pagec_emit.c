/* Typed C for each template. */
#include "pagec.h"

static const char made[] = "/* Made by pagec from the page files; edit those. */\n";

const char *
field_c_type(enum field_type type)
{
	switch (type) {
	case FIELD_TEXT:
		return "struct text ";
	case FIELD_INT:
	case FIELD_COUNT:
		return "int64_t ";
	case FIELD_URL:
		return "struct url ";
	case FIELD_BOOL:
		return "bool ";
	case FIELD_DAY:
		return "struct day ";
	case FIELD_MOMENT:
		return "struct moment ";
	case FIELD_LIST:
	case FIELD_PART:
		return NULL;
	}
	return NULL;
}

static void
field_write(struct writer *out, const struct field *field)
{
	if (field->type == FIELD_LIST)
		write_format(out, "\tstruct %.*s *%.*s;\n\tsize_t %.*s_count;\n",
			     T_ARG(field->item), T_ARG(field->name), T_ARG(field->name));
	else if (field->type == FIELD_PART)
		write_format(out, "\tconst struct %.*s_part *%.*s;\n", T_ARG(field->part),
			     T_ARG(field->name));
	else
		write_format(out, "\t%s%.*s;\n", field_c_type(field->type), T_ARG(field->name));
}

/* The structs of a list's items, inner ones first. */
static void
items_write(struct writer *out, const struct field *fields)
{
	for (const struct field *list = fields; list; list = list->next) {
		if (list->type != FIELD_LIST)
			continue;
		items_write(out, list->fields);
		write_format(out, "struct %.*s {\n", T_ARG(list->item));
		for (const struct field *field = list->fields; field; field = field->next)
			field_write(out, field);
		write_z(out, "};\n");
	}
}

static void
signature_write(struct writer *out, const struct template *template, const char *suffix)
{
	write_format(out, "void %.*s%s(struct html *out, const struct %.*s *page)",
		     T_ARG(template->c_struct), suffix, T_ARG(template->c_struct));
}

static void
struct_write(struct writer *out, const struct template *template)
{
	write_format(out, "\n/* %.*s */\n", T_ARG(template->file));
	items_write(out, template->fields);
	write_format(out, "struct %.*s {\n", T_ARG(template->c_struct));
	if (template->frame.len > 0)
		write_format(out, "\tstruct %.*s_part frame;\n", T_ARG(template->frame));
	for (const struct field *field = template->fields; field; field = field->next)
		field_write(out, field);
	if (!template->fields && template->frame.len == 0)
		write_z(out, "\tchar needs_nothing;\n");
	write_z(out, "};\n");
	if (template->kind == TEMPLATE_LAYOUT) {
		signature_write(out, template, "_begin");
		write_z(out, ";\n");
		signature_write(out, template, "_end");
	} else {
		signature_write(out, template, "");
	}
	write_z(out, ";\n");
}

void
header_write(struct writer *out, const struct template *all)
{
	static const enum template_kind order[] = {TEMPLATE_PART, TEMPLATE_LAYOUT,
						   TEMPLATE_PAGE};

	write_z(out, made);
	write_z(out, "#ifndef PAGES_HTML_H\n#define PAGES_HTML_H\n\n#include \"web/html.h\"\n");
	for (size_t i = 0; i < 3; i++)
		for (const struct template *one = all; one; one = one->next)
			if (one->kind == order[i])
				struct_write(out, one);
	write_z(out, "\n#endif\n");
}

void
c_string_write(struct writer *out, struct text text)
{
	write_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char byte = (unsigned char)text.data[i];
		if (byte == '"' || byte == '\\') {
			write_byte(out, '\\');
			write_byte(out, text.data[i]);
		} else if (byte < 0x20 || byte == 0x7F || byte == '?') {
			write_format(out, "\\%03o", (unsigned)byte);
		} else {
			write_byte(out, text.data[i]);
		}
	}
	write_byte(out, '"');
}

/* ---- bodies ---- */

struct emitter {
	struct writer *out;
	struct writer literal; /* markup not yet written */
	int depth;
};

static void
indent(struct emitter *emitter)
{
	for (int i = 0; i < emitter->depth; i++)
		write_byte(emitter->out, '\t');
}

/* C promises literals of 4095 bytes; longer markup goes in several. */
static void
flush(struct emitter *emitter)
{
	enum { MOST = 2000 };
	struct text rest = writer_text(&emitter->literal);

	while (rest.len > 0) {
		size_t len = rest.len < MOST ? rest.len : MOST;
		while (len < rest.len && ((unsigned char)rest.data[len] & 0xC0) == 0x80)
			len--;
		indent(emitter);
		write_z(emitter->out, "html_raw_from_pagec(out, ");
		c_string_write(emitter->out, text_first(rest, len));
		write_z(emitter->out, ");\n");
		rest = text_from(rest, len);
	}
	emitter->literal.len = 0;
}

static const char *
hole_function(const struct node *hole)
{
	switch (hole->field->type) {
	case FIELD_TEXT:
		return "html_text";
	case FIELD_INT:
		return "html_number";
	case FIELD_COUNT:
		return hole->is_for_machine ? "html_number" : "html_count";
	case FIELD_URL:
		return "html_url";
	case FIELD_DAY:
		return hole->is_for_machine ? "html_day_iso" : "html_day";
	case FIELD_MOMENT:
		return hole->is_for_machine ? "html_moment_local" : "html_moment";
	case FIELD_BOOL:
	case FIELD_LIST:
	case FIELD_PART:
		return "";
	}
	return "";
}

static void
condition_write(struct writer *out, const struct node *node)
{
	static const char *const holds[] = {
		[FIELD_TEXT] = "%.*s.len > 0",   [FIELD_INT] = "%.*s != 0",
		[FIELD_COUNT] = "%.*s != 0",     [FIELD_URL] = "!url_is_empty(%.*s)",
		[FIELD_BOOL] = "%.*s",           [FIELD_DAY] = "!day_is_none(%.*s)",
		[FIELD_MOMENT] = "%.*s.ms != 0", [FIELD_LIST] = "%.*s_count > 0",
		[FIELD_PART] = "%.*s != NULL",
	};
	struct text form = text_of(holds[node->field->type]);
	size_t at;

	write_z(out, node->is_not ? "!(" : "");
	if (text_find(form, T("%.*s"), &at)) {
		write_text(out, text_first(form, at));
		write_text(out, node->c);
		write_text(out, text_from(form, at + 4));
	}
	write_z(out, node->is_not ? ")" : "");
}

static void nodes_write(struct emitter *emitter, const struct node *node);

static void
block_write(struct emitter *emitter, const struct node *inside)
{
	emitter->depth++;
	nodes_write(emitter, inside);
	flush(emitter);
	emitter->depth--;
}

static void
branches_write(struct emitter *emitter, const struct node *one, const struct node *other)
{
	block_write(emitter, one);
	if (other) {
		indent(emitter);
		write_z(emitter->out, "} else {\n");
		block_write(emitter, other);
	}
	indent(emitter);
	write_z(emitter->out, "}\n");
}

static void
each_write(struct emitter *emitter, const struct node *node)
{
	const struct text name = node->text;

	write_format(emitter->out,
		     "for (size_t %.*s_no = 0; %.*s_no < %.*s_count; %.*s_no++) {\n",
		     T_ARG(name), T_ARG(name), T_ARG(node->c), T_ARG(name));
	emitter->depth++;
	indent(emitter);
	emitter->depth--;
	write_format(emitter->out, "const struct %.*s *const each_%.*s = &%.*s[%.*s_no];\n",
		     T_ARG(node->field->item), T_ARG(name), T_ARG(node->c), T_ARG(name));
	branches_write(emitter, node->inside, NULL);
}

static void
node_write(struct emitter *emitter, const struct node *node)
{
	struct writer *const out = emitter->out;

	if (node->kind == NODE_LITERAL) {
		write_text(&emitter->literal, node->text);
		return;
	}
	if (node->kind == NODE_MESSAGE && !node->otherwise) {
		nodes_write(emitter, node->inside);
		return;
	}
	flush(emitter);
	indent(emitter);
	switch (node->kind) {
	case NODE_HOLE:
		write_format(out, "%s(out, %.*s);\n", hole_function(node), T_ARG(node->c));
		break;
	case NODE_MESSAGE:
		write_z(out, "if (is_english) {\n");
		branches_write(emitter, node->otherwise, node->inside);
		break;
	case NODE_IF:
		write_z(out, "if (");
		condition_write(out, node);
		write_z(out, ") {\n");
		branches_write(emitter, node->inside, node->otherwise);
		break;
	case NODE_EACH:
		each_write(emitter, node);
		break;
	case NODE_USE:
		write_format(out, "if (%.*s)\n", T_ARG(node->c));
		emitter->depth++;
		indent(emitter);
		emitter->depth--;
		write_format(out, "%.*s_part(out, %.*s);\n", T_ARG(node->text), T_ARG(node->c));
		break;
	case NODE_SLOT:
	case NODE_LITERAL:
		break;
	}
}

static void
nodes_write(struct emitter *emitter, const struct node *node)
{
	for (; node && node->kind != NODE_SLOT; node = node->next)
		node_write(emitter, node);
}

static void
function_write(struct emitter *emitter, const struct template *template, const char *suffix,
	       const struct node *body)
{
	struct writer *const out = emitter->out;
	const bool is_framed = template->frame.len > 0;

	write_z(out, "\n");
	signature_write(out, template, suffix);
	write_z(out, "\n{\n");
	if (template->speaks)
		write_z(out, "\tconst bool is_english = language_now() == LANGUAGE_EN;\n\n"
			     "\t(void)is_english;\n");
	if (is_framed)
		write_format(out, "\t%.*s_part_begin(out, &page->frame);\n",
			     T_ARG(template->frame));
	block_write(emitter, body);
	if (is_framed)
		write_format(out, "\t%.*s_part_end(out, &page->frame);\n",
			     T_ARG(template->frame));
	write_z(out, "\t(void)out;\n\t(void)page;\n}\n");
}

void
source_write(struct writer *out, const struct template *all)
{
	struct emitter emitter = {out, writer_open(out->arena, 1 << 22), 0};

	write_z(out, made);
	write_z(out, "#include \"pages_html.h\"\n\n#include \"base/say.h\"\n\n"
		     "#pragma GCC diagnostic ignored \"-Wduplicated-branches\"\n");
	for (; all; all = all->next) {
		if (all->kind != TEMPLATE_LAYOUT) {
			function_write(&emitter, all, "", all->body);
			continue;
		}
		const struct node *slot = all->body;
		while (slot && slot->kind != NODE_SLOT)
			slot = slot->next;
		function_write(&emitter, all, "_begin", all->body);
		function_write(&emitter, all, "_end", slot ? slot->next : NULL);
	}
}
