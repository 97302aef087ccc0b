/* Title or sentence, ids, numbers as printed, and which clause a note explains. */
#include "draft/rooms.h"

/* --- title and text --- */

/* How wide a full line is: the ninth of ten, by characters. Unwrapped texts have very wide
 * ones. */
static size_t
usual_width(const struct reading *reading)
{
	size_t of[200] = {0}, all = 0, seen = 0;
	for (size_t at = 0; at < reading->lines_count; at++)
		if (reading->lines[at].use == LINE_TEXT) {
			const size_t count = text_count(reading->lines[at].plain);
			of[count < 199 ? count : 199]++;
			all++;
		}
	for (size_t width = 0; width < 200; width++) {
		seen += of[width];
		if (seen * 10 >= all * 9)
			return width;
	}
	return 199;
}

static bool
has_title(const struct item *item, size_t width)
{
	const struct piece *first = item->pieces, *second = first != NULL ? first->next : NULL;
	if (first == NULL)
		return false;
	switch (item->style) {
	case STYLE_CHAPTER:
	case STYLE_SECTION:
	case STYLE_ARTICLE:
	case STYLE_HEADING:
	case STYLE_SUPPLEMENT:
	case STYLE_GLOSSARY:
	case STYLE_TERM:
		return true;
	case STYLE_PARAGRAPH:
	case STYLE_NOTE:
	case STYLE_BULLET:
	case STYLE_NONE:
		return false;
	case STYLE_DECIMAL:
	case STYLE_RIGHT:
	case STYLE_PAREN:
	case STYLE_KANJI:
	case STYLE_LETTER:
	case STYLE_KANA:
	case STYLE_IROHA:
	case STYLE_CIRCLE:
		break;
	}
	if (!is_titlelike(first->plain))
		return false;
	if (second == NULL)
		return item->children > 0 || item->style == STYLE_DECIMAL;
	return second->is_after_blank || second->is_bullet || width > 100 ||
	       text_count(first->plain) * 10 < width * 7;
}

static void
join(struct writer *out, struct text part, bool is_bullet)
{
	const uint32_t before = last_character(writer_text(out));
	if (is_bullet)
		write_z(out, "・");
	else if (is_word(before) && is_word(first_character(part)))
		write_byte(out, ' ');
	write_text(out, part);
}

static void
shape_text(struct reading *reading, struct item *item, size_t width)
{
	struct writer plain = writer_open(reading->arena, SIZE_MAX / 2);
	struct writer raw = writer_open(reading->arena, SIZE_MAX / 2);
	const struct piece *at = item->pieces;
	item->title = item->held_title;
	if (has_title(item, width)) {
		item->title = glue(reading->arena, at->plain);
		at = at->next;
	}
	for (; at != NULL; at = at->next) {
		join(&plain, at->plain, at->is_bullet);
		join(&raw, at->raw, at->is_bullet);
	}
	item->plain = glue(reading->arena, writer_text(&plain));
	item->raw = text_trim(writer_text(&raw));
}

/* An article with one paragraph is that paragraph. */
static void
shape_article(struct reading *reading, size_t index)
{
	struct item *article = reading->items[index];
	struct item *first =
		index + 1 < reading->items_count ? reading->items[index + 1] : NULL;
	if (first == NULL || first->parent != article || first->style != STYLE_PARAGRAPH)
		return;
	bool is_alone = true;
	for (size_t at = index + 2; at < reading->items_count && is_alone; at++)
		if (reading->items[at]->style == STYLE_PARAGRAPH &&
		    reading->items[at]->parent == article)
			is_alone = false;
		else if (reading->items[at]->style == STYLE_ARTICLE)
			break;
	if (!is_alone)
		return;
	article->plain = first->plain;
	article->raw = first->raw;
	article->children += first->children - 1;
	first->is_dropped = true;
	for (size_t at = index + 2; at < reading->items_count; at++)
		if (reading->items[at]->parent == first)
			reading->items[at]->parent = article;
}

/* Headwords without a meaning are the colophon, a link, or a mistake. */
static void
drop_empty_terms(struct reading *reading)
{
	int ordinal = 0;
	for (size_t at = 0; at < reading->items_count; at++) {
		struct item *item = reading->items[at];
		if (item->style != STYLE_TERM)
			continue;
		item->is_dropped =
			item->plain.len == 0 || has_any(item->plain, "〒|TEL|FAX|@").len > 0;
		if (item->is_dropped)
			ask(reading, item->line, T(""),
			    say("「%.*s」は説明のない見出し語なので、使いませんでした。"),
			    T_ARG(item->title));
		else
			item->ordinal = ++ordinal;
	}
}

/* --- ids and numbers --- */

static struct text
letter_or_number(struct arena *into, int value)
{
	if (value >= 1 && value <= 26)
		return text_format(into, "%c", 'a' + value - 1);
	return text_format(into, "%d", value);
}

static struct text
term_code(struct arena *into, const struct item *item)
{
	size_t len = 0;
	while (len < item->title.len && len < 20 &&
	       is_word((unsigned char)item->title.data[len]))
		len++;
	const uint32_t next = first_character(text_from(item->title, len));
	if (len >= 2 && (next == 0 || next == ' ' || next == '('))
		return text_first(item->title, len);
	return text_format(into, "%d", item->ordinal);
}

static struct text
path_text(struct arena *into, const struct token *token, const char *joint)
{
	struct writer out = writer_open(into, 200);
	for (int at = 0; at < token->path_len; at++)
		write_format(&out, "%s%d", at > 0 ? joint : "", token->path[at]);
	return writer_text(&out);
}

static struct text
own_id(struct reading *reading, const struct item *item)
{
	struct arena *into = reading->arena;
	switch (item->style) {
	case STYLE_CHAPTER:
		return text_format(into, reading->has_articles ? "c%d" : "%d",
				   item->token.value);
	case STYLE_SECTION:
		return text_format(into, reading->has_articles ? "s%d" : "%d",
				   item->token.value);
	case STYLE_ARTICLE:
		return path_text(into, &item->token, "_");
	case STYLE_DECIMAL:
		return path_text(into, &item->token, ".");
	case STYLE_PARAGRAPH:
	case STYLE_RIGHT:
	case STYLE_PAREN:
	case STYLE_KANJI:
	case STYLE_CIRCLE:
		return text_number(into, item->token.value);
	case STYLE_LETTER:
	case STYLE_KANA:
	case STYLE_IROHA:
		return letter_or_number(into, item->token.value);
	case STYLE_SUPPLEMENT:
		return item->ordinal == 1 ? T("suppl")
					  : text_format(into, "suppl_%d", item->ordinal);
	case STYLE_GLOSSARY:
		return T("g");
	case STYLE_TERM:
		return term_code(into, item);
	case STYLE_NOTE:
		return text_format(into, "n%d", item->token.value);
	case STYLE_NONE: /* what stands before the first number */
		return T("0");
	case STYLE_HEADING:
	case STYLE_BULLET:
		break;
	}
	return text_number(into, item->ordinal);
}

/* Ids that hold the whole path already. */
static bool
is_whole(enum style style)
{
	return style == STYLE_DECIMAL || style == STYLE_ARTICLE || style == STYLE_NOTE ||
	       style == STYLE_SUPPLEMENT || style == STYLE_CHAPTER || style == STYLE_GLOSSARY;
}

static struct text
number_of(struct reading *reading, const struct item *item)
{
	struct arena *into = reading->arena;
	const struct text above = item->parent != NULL ? item->parent->number : T("");
	struct text mark = glue(into, item->token.mark);
	switch (item->style) {
	case STYLE_DECIMAL:
		return text_ends(mark, T(".")) ? text_first(mark, mark.len - 1) : mark;
	case STYLE_CHAPTER:
	case STYLE_ARTICLE:
	case STYLE_SUPPLEMENT:
	case STYLE_GLOSSARY:
		return mark;
	case STYLE_SECTION:
		return text_join(into, above, mark);
	case STYLE_NOTE:
		return text_format(into, "※%d", item->token.value);
	case STYLE_PARAGRAPH:
		return text_format(into, "%.*s第%d項", T_ARG(above), item->token.value);
	case STYLE_PAREN:
	case STYLE_KANJI:
		if (item->parent != NULL && reading->has_articles)
			return text_format(into, "%.*s第%d号", T_ARG(above), item->token.value);
		if (item->parent != NULL && item->parent->style == STYLE_DECIMAL)
			return text_format(into, "%.*s.%.*s", T_ARG(above), T_ARG(mark));
		break;
	case STYLE_TERM:
		return item->title;
	case STYLE_HEADING:
		return text_format(into, "%.*s「%.*s」", T_ARG(above), T_ARG(item->title));
	case STYLE_BULLET:
		return text_format(into, "%.*s・%d", T_ARG(above), item->ordinal);
	case STYLE_NONE:
		return T("0");
	case STYLE_RIGHT:
	case STYLE_LETTER:
	case STYLE_KANA:
	case STYLE_IROHA:
	case STYLE_CIRCLE:
		break;
	}
	return above.len == 0 ? mark
			      : text_format(into, "%.*s %.*s", T_ARG(above), T_ARG(mark));
}

static void
name_items(struct reading *reading)
{
	int seen = 0;
	for (size_t at = 0; at < reading->items_count; at++) {
		struct item *item = reading->items[at];
		if (item->is_dropped)
			continue;
		if (item->style == STYLE_SUPPLEMENT)
			item->ordinal = ++seen;
		struct text id = own_id(reading, item);
		if (item->parent != NULL && !is_whole(item->style))
			id = text_format(reading->arena, "%.*s.%.*s", T_ARG(item->parent->id),
					 T_ARG(id));
		item->number = number_of(reading, item);
		if (id.len > 54)
			id = text_format(reading->arena, "line-%d", item->line);
		for (int again = 2; item_by_id(reading, id) != NULL; again++) {
			if (again == 2)
				ask(reading, item->line, id,
				    say("同じ番号「%.*s」が二度あります。"),
				    T_ARG(item->number));
			id = text_format(reading->arena, "%.*s_%d", T_ARG(id), again);
		}
		item->id = id;
	}
}

/* --- notes and their marks --- */

static struct item *
note_by_number(const struct reading *reading, int number)
{
	for (size_t at = 0; at < reading->notes_count; at++)
		if (reading->notes[at]->token.value == number)
			return reading->notes[at];
	return NULL;
}

static void
bind(struct reading *reading, struct item *item, int number)
{
	struct item *note = note_by_number(reading, number);
	if (number == 0)
		ask(reading, item->line, item->id,
		    say("番号のない注の印（※）があります。どの注かが分かりません。"));
	else if (note == NULL)
		ask(reading, item->line, item->id,
		    say("注※%dの印がありますが、注の文がありません。"), number);
	else if (note->bound == NULL)
		note->bound = item;
	else
		ask(reading, item->line, item->id,
		    say("注※%dは%.*sにも付いています。注は初めの条項に置きました。"), number,
		    T_ARG(note->bound->id));
}

static int
mark_number(struct text text, size_t *at)
{
	static const char superscripts[] = "⁰¹²³⁴⁵⁶⁷⁸⁹";
	size_t next = *at;
	int number = number_at(text, at);
	uint32_t c;
	if (number > 0)
		return number;
	while (text_next(text, &next, &c) && number < 10000) {
		size_t place = 0, in = 0;
		uint32_t digit;
		while (text_next(text_of(superscripts), &in, &digit) && digit != c)
			place++;
		if (place > 9)
			break;
		number = number * 10 + (int)place; /* below 10 */
		*at = next;
	}
	return number;
}

/* The marks leave the sentence; the printed one keeps them. */
static void
bind_marks(struct reading *reading, struct item *item)
{
	struct writer out = writer_open(reading->arena, SIZE_MAX / 2);
	size_t from = 0;
	for (ssize_t found = find_from(item->plain, 0, "※"); found >= 0;
	     found = find_from(item->plain, from, "※")) {
		size_t mark = (size_t)found, at = mark + sizeof "※" - 1; /* found */
		const int number = mark_number(item->plain, &at);
		const bool is_open = mark > 0 && item->plain.data[mark - 1] == '(';
		if (is_open && at < item->plain.len && item->plain.data[at] == ')') {
			mark--;
			at++;
		}
		if (number > 0 || is_open)
			bind(reading, item, number);
		write_text(&out, slice(item->plain, from, number > 0 || is_open ? mark : at));
		from = at;
	}
	write_text(&out, text_from(item->plain, from));
	item->plain = text_replace(reading->arena, writer_text(&out), T("。。"), T("。"));
}

static void
bind_notes(struct reading *reading)
{
	struct item *last = NULL;
	for (size_t at = 0; at < reading->items_count; at++)
		if (!reading->items[at]->is_note && !reading->items[at]->is_dropped)
			bind_marks(reading, reading->items[at]);
	for (size_t at = 0; at < reading->items_count; at++) {
		struct item *item = reading->items[at];
		if (item->is_dropped)
			continue;
		if (!item->is_note) {
			last = item;
			continue;
		}
		if (item->bound == NULL) {
			ask(reading, item->line, item->id,
			    say("どの条項にも※%dの印がありません。すぐ前の条項に付けました。"),
			    item->token.value);
			item->bound = last;
		}
		item->parent = item->bound;
	}
}

static void
count_items(struct reading *reading)
{
	struct draft_counts *counts = &reading->counts;
	for (size_t at = 0; at < reading->items_count; at++) {
		const struct item *item = reading->items[at];
		if (item->is_dropped)
			continue;
		counts->chapters += item->style == STYLE_CHAPTER ||
				    item->style == STYLE_RIGHT ||
				    (item->style == STYLE_DECIMAL && item->token.path_len == 1);
		counts->sections += item->style == STYLE_SECTION ||
				    item->style == STYLE_HEADING ||
				    (item->style == STYLE_DECIMAL && item->token.path_len > 1);
		counts->articles += item->style == STYLE_ARTICLE;
		counts->paragraphs += item->style == STYLE_PARAGRAPH;
		counts->numbered += item->style == STYLE_PAREN || item->style == STYLE_KANJI;
		counts->lettered += item->style == STYLE_LETTER;
		counts->kana += item->style == STYLE_KANA || item->style == STYLE_IROHA;
		counts->circled += item->style == STYLE_CIRCLE;
		counts->bullets += item->style == STYLE_BULLET;
		counts->notes += item->is_note;
	}
}

void
shape_items(struct reading *reading)
{
	const size_t width = usual_width(reading);
	for (size_t at = 0; at < reading->items_count; at++)
		shape_text(reading, reading->items[at], width);
	for (size_t at = 0; at < reading->items_count; at++)
		if (reading->items[at]->style == STYLE_ARTICLE)
			shape_article(reading, at);
	drop_empty_terms(reading);
	name_items(reading);
	bind_notes(reading);
	count_items(reading);
}
