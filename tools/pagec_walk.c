/*
 * A function per template that draws it with the same text in every hole, so that one test can
 * look at every page there is: does any text change the shape of the tree?
 */
#include "pagec.h"

void
walk_header_write(struct writer *out)
{
	write_z(out,
		"/* Made by pagec. Every template drawn with one text in all its holes. */\n"
		"#ifndef PAGES_WALK_H\n#define PAGES_WALK_H\n\n"
		"#include \"pages_html.h\"\n\n"
		"/*\n * Bools are `truth` (each second item of a list: the contrary), lists "
		"have two items.\n"
		" * With truth false and an empty text everything is empty.\n */\n"
		"struct page_walk {\n\tconst char *name;\n\tbool is_document; /* a page in a "
		"layout, "
		"or a layout */\n\tvoid (*draw)(struct html *out, "
		"struct arena *arena, struct text hostile, bool truth);\n};\n"
		"extern const struct page_walk page_walks[];\n"
		"extern const size_t page_walks_count;\n\n#endif\n");
}

static void
value_write(struct writer *out, const struct field *field)
{
	const struct text name = field->name;

	switch (field->type) {
	case FIELD_TEXT:
		write_format(out, "\tat->%.*s = hostile;\n", T_ARG(name));
		return;
	case FIELD_INT:
	case FIELD_COUNT:
		write_format(out, "\tat->%.*s = truth ? 1234567 : 0;\n", T_ARG(name));
		return;
	case FIELD_URL:
		write_format(out,
			     "\tat->%.*s = url_query(arena, url_of(arena, \"/{}\", hostile), "
			     "\"q\", hostile);\n",
			     T_ARG(name));
		return;
	case FIELD_BOOL:
		write_format(out, "\tat->%.*s = truth;\n", T_ARG(name));
		return;
	case FIELD_DAY:
		write_format(out, "\tat->%.*s = truth ? (struct day){ 20778 } : DAY_NONE;\n",
			     T_ARG(name));
		return;
	case FIELD_MOMENT:
		write_format(out, "\tat->%.*s.ms = truth ? 1795227660000 : 0;\n", T_ARG(name));
		return;
	case FIELD_LIST:
		write_format(out,
			     "\tif (truth || hostile.len > 0) {\n"
			     "\t\tat->%.*s = ARENA_ARRAY(arena, struct %.*s, 2);\n"
			     "\t\tat->%.*s_count = 2;\n"
			     "\t\tfill_%.*s(&at->%.*s[0], arena, hostile, truth);\n"
			     "\t\tfill_%.*s(&at->%.*s[1], arena, hostile, !truth);\n\t}\n",
			     T_ARG(name), T_ARG(field->item), T_ARG(name), T_ARG(field->item),
			     T_ARG(name), T_ARG(field->item), T_ARG(name));
		return;
	case FIELD_PART:
		write_format(out,
			     "\tif (truth || hostile.len > 0) {\n"
			     "\t\tstruct %.*s_part *const part = ARENA_NEW(arena, struct "
			     "%.*s_part);\n"
			     "\t\tfill_%.*s_part(part, arena, hostile, truth);\n"
			     "\t\tat->%.*s = part;\n\t}\n",
			     T_ARG(field->part), T_ARG(field->part), T_ARG(field->part),
			     T_ARG(name));
		return;
	}
}

static void
fill_signature_write(struct writer *out, struct text name)
{
	write_format(out,
		     "static void\nfill_%.*s(struct %.*s *at, struct arena *arena, "
		     "struct text hostile, bool truth)",
		     T_ARG(name), T_ARG(name));
}

static void
fill_write(struct writer *out, struct text name, struct text frame, const struct field *fields)
{
	for (const struct field *list = fields; list; list = list->next)
		if (list->type == FIELD_LIST)
			fill_write(out, list->item, (struct text){NULL, 0}, list->fields);
	fill_signature_write(out, name);
	write_z(out, "\n{\n\t(void)at, (void)arena, (void)hostile, (void)truth;\n");
	if (frame.len > 0)
		write_format(out, "\tfill_%.*s_part(&at->frame, arena, hostile, truth);\n",
			     T_ARG(frame));
	for (const struct field *field = fields; field; field = field->next)
		value_write(out, field);
	write_z(out, "}\n\n");
}

static void
draw_write(struct writer *out, const struct template *one)
{
	const struct text name = one->c_struct;

	write_format(out,
		     "static void\ndraw_%.*s(struct html *out, struct arena *arena, "
		     "struct text hostile, bool truth)\n{\n"
		     "\tstruct %.*s *const at = ARENA_NEW(arena, struct %.*s);\n\n"
		     "\tfill_%.*s(at, arena, hostile, truth);\n",
		     T_ARG(name), T_ARG(name), T_ARG(name), T_ARG(name));
	if (one->kind == TEMPLATE_LAYOUT)
		write_format(out, "\t%.*s_begin(out, at);\n\t%.*s_end(out, at);\n}\n\n",
			     T_ARG(name), T_ARG(name));
	else
		write_format(out, "\t%.*s(out, at);\n}\n\n", T_ARG(name));
}

void
walk_source_write(struct writer *out, const struct template *all)
{
	write_z(out, "/* Made by pagec. */\n#include \"pages_walk.h\"\n\n");
	for (const struct template *one = all; one; one = one->next) {
		if (one->kind == TEMPLATE_PAGE)
			continue;
		fill_signature_write(out, one->c_struct);
		write_z(out, ";\n\n");
	}
	for (const struct template *one = all; one; one = one->next)
		fill_write(out, one->c_struct, one->frame, one->fields);
	for (const struct template *one = all; one; one = one->next)
		draw_write(out, one);
	write_z(out, "const struct page_walk page_walks[] = {\n");
	size_t count = 0;
	for (const struct template *one = all; one; one = one->next, count++)
		write_format(out, "\t{ \"%.*s\", %s, draw_%.*s },\n", T_ARG(one->c_struct),
			     one->kind == TEMPLATE_LAYOUT || one->frame.len > 0 ? "true"
										: "false",
			     T_ARG(one->c_struct));
	write_z(out, count == 0 ? "\t{ NULL, false, NULL },\n};\n" : "};\n");
	write_format(out, "const size_t page_walks_count = %zu;\n", count);
}
