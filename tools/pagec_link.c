/* What concerns all templates together: names across files, unused needs, translations. */
#include "pagec.h"

struct linker {
	struct arena *arena;
	struct faults *faults;
	struct template *all;
	const struct translations *translations;
	struct template *template; /* the one being looked at */
};

#define LINK_FAULT(linker, line, ...) \
	fault_add((linker)->faults, (linker)->template->file, (line), __VA_ARGS__)

struct template *
template_of(struct template *all, enum template_kind kind, struct text name)
{
	for (struct template *one = all; one; one = one->next)
		if (one->kind == kind && text_same(one->name, name))
			return one;
	return NULL;
}

static void
fields_check(struct linker *linker, const struct field *field)
{
	for (; field; field = field->next) {
		if (!field->is_used)
			LINK_FAULT(linker, field->line,
				   "'%.*s' is needed but not used; remove it or "
				   "show it",
				   T_ARG(field->name));
		if (field->type == FIELD_PART &&
		    !template_of(linker->all, TEMPLATE_PART, field->part))
			LINK_FAULT(linker, field->line, "there is no {part %.*s}",
				   T_ARG(field->part));
		fields_check(linker, field->fields);
	}
}

static const struct node *
hole_named(const struct node *pieces, struct text path)
{
	for (; pieces; pieces = pieces->next)
		if (pieces->kind == NODE_HOLE && text_same(pieces->path, path))
			return pieces;
	return NULL;
}

static struct node **
piece_add(struct linker *linker, struct node **last, struct node piece)
{
	struct node *const node = ARENA_NEW(linker->arena, struct node);

	*node = piece;
	node->next = NULL;
	*last = node;
	return &node->next;
}

/* Markup cannot come in through a translation: < > and " are escaped, references stay. */
static struct text
words_escaped(struct arena *arena, struct text text)
{
	text = text_replace(arena, text, T("& "), T("&amp; "));
	text = text_replace(arena, text, T("<"), T("&lt;"));
	text = text_replace(arena, text, T(">"), T("&gt;"));
	return text_replace(arena, text, T("\""), T("&quot;"));
}

/* The English words of a message are text with the same holes, in any order. */
static void
english_make(struct linker *linker, struct node *message, const struct translation *words)
{
	struct text rest = words->words;
	struct node **last = &message->otherwise;
	struct text path;
	size_t begin;

	while (text_find(rest, T("{"), &begin)) {
		const struct text head = words_escaped(linker->arena, text_first(rest, begin));
		last = piece_add(linker, last,
				 (struct node){.kind = NODE_LITERAL, .text = head});
		rest = text_from(rest, begin + 1);
		if (text_starts(rest, T("{"))) {
			last = piece_add(linker, last,
					 (struct node){.kind = NODE_LITERAL, .text = T("{")});
			rest = text_from(rest, 1);
			continue;
		}
		const bool is_closed = text_cut(rest, '}', &path, &rest);
		const struct node *const hole = hole_named(message->inside, path);
		if (!is_closed || !hole) {
			fault_add(linker->faults, linker->translations->file, words->line,
				  "the translation names {%.*s}, which the message at %.*s:%d "
				  "does "
				  "not have",
				  T_ARG(path), T_ARG(linker->template->file), message->line);
			return;
		}
		last = piece_add(linker, last, *hole);
	}
	piece_add(linker, last,
		  (struct node){.kind = NODE_LITERAL,
				.text = words_escaped(linker->arena, rest)});
	for (const struct node *hole = message->inside; hole; hole = hole->next)
		if (hole->kind == NODE_HOLE && !hole_named(message->otherwise, hole->path))
			fault_add(linker->faults, linker->translations->file, words->line,
				  "the translation leaves out {%.*s} of the message at %.*s:%d",
				  T_ARG(hole->path), T_ARG(linker->template->file),
				  message->line);
}

static void
nodes_link(struct linker *linker, struct node *node)
{
	for (; node; node = node->next) {
		if (node->kind == NODE_MESSAGE) {
			const struct translation *const words =
				translation_of(linker->translations, node->text);
			if (!words)
				continue;
			english_make(linker, node, words);
			linker->template->speaks = true;
			continue;
		}
		nodes_link(linker, node->inside);
		nodes_link(linker, node->otherwise);
	}
}

static bool
reaches(struct template *all, const struct field *field, const struct template *target,
	int depth)
{
	for (; field; field = field->next) {
		const struct template *const part =
			field->type == FIELD_PART ? template_of(all, TEMPLATE_PART, field->part)
						  : NULL;
		if (part && (part == target || depth > 20 ||
			     reaches(all, part->fields, target, depth + 1)))
			return true;
		if (reaches(all, field->fields, target, depth + 1))
			return true;
	}
	return false;
}

static void
template_check(struct linker *linker)
{
	struct template *const template = linker->template;

	for (const struct template *other = template->next; other; other = other->next)
		if (text_same(other->c_struct, template->c_struct))
			fault_add(linker->faults, other->file, other->line,
				  "'%.*s' is already made "
				  "by %.*s",
				  T_ARG(other->c_struct), T_ARG(template->file));
	if (template->frame.len > 0 &&
	    !template_of(linker->all, TEMPLATE_LAYOUT, template->frame))
		LINK_FAULT(linker, template->line, "there is no {layout %.*s}",
			   T_ARG(template->frame));
	if (template->kind == TEMPLATE_LAYOUT && template->slots != 1)
		LINK_FAULT(linker, template->line,
			   "a layout has exactly one {slot}; this has %d", template->slots);
	if (reaches(linker->all, template->fields, template, 0))
		LINK_FAULT(linker, template->line, "the part would hold itself");
	fields_check(linker, template->fields);
	nodes_link(linker, template->body);
}

void
templates_link(struct arena *arena, struct faults *faults, struct template *all,
	       const struct translations *translations)
{
	struct linker linker = {arena, faults, all, translations, NULL};

	for (linker.template = all; linker.template; linker.template = linker.template->next)
		template_check(&linker);
}

/* ---- the messages, for translators ---- */

struct messages {
	struct writer *out;
	struct writer seen; /* ids already written, each between NULs */
	struct text file;
};

static void
node_messages_write(struct messages *messages, const struct node *node)
{
	for (; node; node = node->next) {
		if (node->kind != NODE_MESSAGE) {
			node_messages_write(messages, node->inside);
			node_messages_write(messages, node->otherwise);
			continue;
		}
		struct writer key = writer_open(messages->seen.arena, 1 << 16);
		write_byte(&key, '\0');
		write_text(&key, node->text);
		write_byte(&key, '\0');
		if (text_has(writer_text(&messages->seen), writer_text(&key)))
			continue;
		write_text(&messages->seen, writer_text(&key));
		write_format(messages->out, "#: %.*s:%d\nmsgid ", T_ARG(messages->file),
			     node->line);
		po_string_write(messages->out, node->text);
		write_z(messages->out, "\nmsgstr \"\"\n\n");
	}
}

void
messages_write(struct arena *arena, struct writer *out, const struct template *all)
{
	struct messages messages = {out, writer_open(arena, 1 << 24), {NULL, 0}};

	write_z(out, "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n");
	for (; all; all = all->next) {
		messages.file = all->file;
		node_messages_write(&messages, all->body);
	}
}
