/* The citations of a sentence: 7.4.(1)a), 第3条第2項, 前項, b)に規定する, 上記3. settle.c decides what they mean. */
#include "draft/refer_rooms.h"

enum { MOST_CITED = 5000 };

/* --- 7.4.(1)a)(ア) and 2-4-1 --- */

static size_t
read_tail(struct search *search, size_t at, struct writer *id)
{
	static const char kana[] = "アイウエオカキクケコサシスセソ";
	const struct text text = search->text;
	size_t end = at;
	for (int part = 0; part < 3; part++) {
		size_t next = end;
		if (part == 0 && next < text.len && text.data[next] == '.')
			next++;
		skip_spaces(text, &next);
		const bool is_open = next < text.len && text.data[next] == '(';
		next += is_open;
		const ssize_t found = next + 3 <= text.len
					      ? find_from(text_of(kana), 0,
							  text_z(search->reading->arena,
								 slice(text, next, next + 3)))
					      : NOT_FOUND;
		size_t digits = next;
		const int number = number_at(text, &digits);
		char value[24] = "";
		if (is_open && number > 0 && part == 0) {
			value[digits_of(number, value)] = 0;
			next = digits;
		} else if (next < text.len && text.data[next] >= 'a' &&
			   text.data[next] <= 'z') {
			value[0] = text.data[next++];
		} else if (is_open && found >= 0) {
			value[0] = (char)('a' + found / 3); /* below 15 */
			next += 3;
		} else {
			break;
		}
		if (next >= text.len || text.data[next] != ')')
			break;
		end = next + 1;
		write_format(id, ".%s", value);
	}
	return end;
}

static size_t
read_place(struct search *search, size_t at)
{
	const struct text text = search->text;
	struct writer id = writer_open(search->reading->arena, 200);
	const char joint = search->reading->is_dashed ? '-' : '.';
	size_t end = at, back = at, parts = 0;
	const uint32_t c = before(text, &back);
	if (is_word(c) || c == '.' || c == '-' || c == '/' || c == 0x7B2C /* 第 */ ||
	    search->reading->has_articles)
		return 0;
	for (;;) {
		const size_t was = end;
		const int number = number_at(text, &end);
		if (number == 0 || end - was > 2 || parts == MOST_PATH) {
			end = was > at ? was - 1 : at;
			break;
		}
		write_format(&id, "%s%d", parts++ > 0 ? "." : "", number);
		if (end + 1 >= text.len || text.data[end] != joint ||
		    text.data[end + 1] < '1' || text.data[end + 1] > '9')
			break;
		end++;
	}
	const struct text section = text_copy(search->reading->arena, writer_text(&id));
	const size_t behind = parts > 0 ? read_tail(search, end, &id) : 0;
	const bool has_tail = behind > end;
	const struct text rest = text_from(text, behind);
	if (parts == 0 || (parts < 2 && !has_tail) || is_word(first_character(rest)) ||
	    starts_any(rest, "%|倍|年|月|日|時|分|人|件|個|回|割|条|項|号|版|以上|以下|未満")
			    .len > 0)
		return 0;
	/* 7.5.対策基準に: the dot belongs to the number. */
	size_t from = behind + (!has_tail && starts_z(rest, "."));
	const struct text printed = slice(text, at, behind);
	settle(search, printed, from, writer_text(&id), section);
	return from;
}

/* --- 第54条第2項第3号 --- */

static bool
is_foreign(struct text head)
{
	if (ends_z(head, ")")) {
		int depth = 0;
		for (size_t at = head.len; at > 0 && at + 300 > head.len; at--) {
			depth += head.data[at - 1] == ')';
			depth -= head.data[at - 1] == '(';
			if (depth == 0) {
				head = text_first(head, at - 1);
				break;
			}
		}
	}
	return ends_any(head, "この規程|本規程|この規則|本規則|この要綱|本要綱|この基準|本基準|"
			      "この条例")
			       .len == 0 &&
	       ends_any(head, "法|条例|規則|規程|令|要綱|法律|同附則").len > 0;
}

static const struct item *
ancestor(const struct item *item, enum style style)
{
	if (item != NULL && item->is_note)
		item = item->bound;
	while (item != NULL && item->style != style)
		item = item->parent;
	return item;
}

struct law_place {
	int article, article_of, paragraph, point;
	bool has_chapter;
};

static size_t
read_law_place(struct text text, size_t at, struct law_place *place)
{
	static const char *const units[] = {"条", "項", "号", "章", "節"};
	size_t end = at;
	while (starts_z(text_from(text, end), "第")) {
		size_t next = end + sizeof "第" - 1, unit = 0;
		const int number = number_at(text, &next);
		while (unit < 5 && !starts_z(text_from(text, next), units[unit]))
			unit++;
		if (number == 0 || unit == 5)
			break;
		next += text_of(units[unit]).len;
		if (unit == 0) {
			place->article = number;
			size_t second = next + sizeof "の" - 1;
			if (starts_z(text_from(text, next), "の") &&
			    number_at(text, &second) > 0) {
				second = next + sizeof "の" - 1;
				place->article_of = number_at(text, &second);
				next = second;
			}
		} else if (unit == 1) {
			place->paragraph = number;
		} else if (unit == 2) {
			place->point = number;
		} else {
			place->has_chapter = true;
		}
		end = next;
	}
	return end;
}

static const struct item *
find_law(struct search *search, const struct law_place *place)
{
	struct arena *into = search->reading->arena;
	const struct item *own = search->row->item;
	struct text id = T("");
	if (place->article > 0) {
		id = place->article_of > 0
			     ? text_format(into, "%d_%d", place->article, place->article_of)
			     : text_number(into, place->article);
	} else if (ancestor(own, STYLE_ARTICLE) != NULL) {
		id = ancestor(own, STYLE_ARTICLE)->id;
	}
	if (id.len == 0)
		return NULL;
	if (place->paragraph > 0) {
		const struct text with =
			text_format(into, "%.*s.%d", T_ARG(id), place->paragraph);
		const struct item *found = item_by_id(search->reading, with);
		const bool is_paragraph = found != NULL && found->style == STYLE_PARAGRAPH;
		if (!is_paragraph && place->paragraph > 1)
			return NULL;
		id = is_paragraph ? with : id;
	} else if (place->article == 0 && ancestor(own, STYLE_PARAGRAPH) != NULL) {
		id = ancestor(own, STYLE_PARAGRAPH)->id;
	}
	if (place->point > 0)
		id = text_format(into, "%.*s.%d", T_ARG(id), place->point);
	return item_by_id(search->reading, id);
}

static size_t
read_ordinals(struct search *search, size_t at)
{
	struct law_place place = {0};
	const size_t end = read_law_place(search->text, at, &place);
	if (end == at || place.has_chapter)
		return end == at ? 0 : end;
	const struct text head = text_first(search->text, at);
	if (is_foreign(head) || (ends_any(head, "同法|同条例|同規則|同令").len > 0)) {
		search->was_foreign = true;
		return end;
	}
	/* 「…法第2条及び第3条」 goes on with the statute. */
	if (search->was_foreign && ends_any(head, "及び|、|又は|から|並びに").len > 0)
		return end;
	if (!search->reading->has_articles)
		return end;
	const struct text printed = slice(search->text, at, end),
			  subject = subject_at(search->text, end);
	const struct item *to = find_law(search, &place);
	(void)keep(search, printed, subject, to);
	if (to == NULL) {
		const struct candidates list = candidates_for(search, subject, T(""), T(""));
		ask_which(search, printed, subject, &list, NULL);
	} else if (place.article > 0 && likeness(subject, to) < 20 && text_count(subject) > 3) {
		const struct candidates list = candidates_for(search, subject, T(""), T(""));
		if (list.best[0] != NULL && list.likeness[0] >= 80 && list.best[0] != to) {
			search->row->last_cited->to = NULL;
			search->reading->counts.references_resolved--;
			search->reading->counts.references_unresolved++;
			ask_which(search, printed, subject, &list, to);
		}
	}
	return end;
}

/* --- 前項, 同条, b)に規定する, (1)によらず, 上記3, ※33と同様 --- */

static const struct item *
sibling(const struct search *search, const struct item *item, int value)
{
	for (size_t at = 0; item != NULL && at < search->reading->items_count; at++) {
		const struct item *other = search->reading->items[at];
		if (other->parent == item->parent && other->style == item->style &&
		    other->token.value == value)
			return other;
	}
	return NULL;
}

static const struct item *
next_article(const struct search *search, const struct item *article, int step)
{
	const struct item *last = NULL;
	bool is_next = false;
	for (size_t at = 0; article != NULL && at < search->reading->items_count; at++) {
		const struct item *item = search->reading->items[at];
		if (item->style != STYLE_ARTICLE)
			continue;
		if (is_next)
			return item;
		if (item == article && step < 0)
			return last;
		is_next = item == article;
		last = item;
	}
	return NULL;
}

/* The list item a relative citation counts from, and whether it is what the word says. */
static const struct item *
counted_from(const struct search *search, struct text word, bool *is_exact)
{
	const struct item *own =
		search->row->item->is_note ? search->row->item->bound : search->row->item;
	const struct item *found = NULL;
	*is_exact = true;
	if (ends_z(word, "条"))
		return ancestor(own, STYLE_ARTICLE);
	if (ends_z(word, "項"))
		found = ancestor(own, STYLE_PARAGRAPH);
	else if (ancestor(own, STYLE_PAREN) != NULL)
		found = ancestor(own, STYLE_PAREN);
	else
		found = ancestor(own, STYLE_KANJI);
	*is_exact = found != NULL;
	return found != NULL ? found : own;
}

static size_t
read_relative(struct search *search, size_t at)
{
	const struct text rest = text_from(search->text, at);
	const struct text word =
		starts_any(rest, "前条|次条|前項|次項|前号|次号|同条|同項|同号|本項|本条");
	if (word.len == 0)
		return 0;
	const struct item *to = NULL;
	bool is_exact = true;
	/* Numbered lines of a note are the note's own affair, often another text's. */
	if (search->row->item->is_note && ends_any(word, "号").len > 0)
		return at + word.len;
	if (starts_z(word, "同")) {
		if (search->was_foreign)
			return at + word.len;
		to = search->last;
	} else if (starts_z(word, "本")) {
		to = search->row->item->is_note ? search->row->item->bound : search->row->item;
	} else {
		const struct item *from = counted_from(search, word, &is_exact);
		const int step = starts_z(word, "前") ? -1 : 1;
		to = ends_z(word, "条") ? next_article(search, from, step)
		     : from != NULL     ? sibling(search, from, from->token.value + step)
					: NULL;
	}
	const struct text subject = subject_at(search->text, at + word.len);
	(void)keep(search, word, subject, is_exact ? to : NULL);
	if (!is_exact || to == NULL) {
		const struct candidates list = {.best = {to}};
		ask_which(search, word, subject, &list, NULL);
	}
	return at + word.len;
}

static const struct item *
in_open_lists(const struct search *search, enum style style, int value)
{
	const struct item *own =
		search->row->item->is_note ? search->row->item->bound : search->row->item;
	for (const struct item *up = own; up != NULL; up = up->parent) {
		if (up->style == style)
			return sibling(search, up, value);
		for (size_t at = 0; at < search->reading->items_count; at++) {
			const struct item *child = search->reading->items[at];
			if (child->parent == up && child->style == style &&
			    child->token.value == value)
				return child;
		}
	}
	return NULL;
}

static size_t
read_list_place(struct search *search, size_t at)
{
	const struct text text = search->text;
	size_t end = at, back = at;
	const uint32_t c = before(text, &back);
	enum style style = STYLE_LETTER;
	int value;
	if (text.data[at] == '(') {
		end = at + 1;
		value = number_at(text, &end);
		style = STYLE_PAREN;
	} else {
		value = text.data[end++] - 'a' + 1;
		if (is_word(c) || c == '(')
			return 0;
	}
	if (value <= 0 || end >= text.len || text.data[end++] != ')')
		return 0;
	size_t next = end;
	skip_spaces(text, &next);
	if (starts_any(text_from(text, next), "に|の|を|か|で|及び|又は|、|以外").len == 0)
		return 0;
	const struct item *to = in_open_lists(search, style, value);
	const struct text printed = slice(text, at, end), subject = subject_at(text, next);
	(void)keep(search, printed, subject, to);
	if (to == NULL)
		ask_which(search, printed, subject, &(struct candidates){0}, NULL);
	return end;
}

static size_t
read_above(struct search *search, size_t at)
{
	const struct text text = search->text;
	size_t end = at + sizeof "上記" - 1;
	bool is_any = false;
	for (;;) {
		size_t next = end;
		const int number = number_at(text, &next);
		if (number == 0)
			break;
		const struct item *to = item_by_id(search->reading,
						   text_number(search->reading->arena, number));
		(void)keep(search, slice(text, end, next), T(""), to);
		if (to == NULL)
			ask_which(search, slice(text, end, next), T(""),
				  &(struct candidates){0}, NULL);
		is_any = true;
		end = next;
		const struct text joint =
			starts_any(text_from(text, end), "、|及び|又は|並びに");
		end += joint.len;
	}
	return is_any ? end : 0;
}

static size_t
read_like_note(struct search *search, size_t at)
{
	size_t end = at + sizeof "※" - 1;
	const int number = number_at(search->text, &end);
	if (number == 0 || !search->row->item->is_note)
		return 0;
	const struct item *to =
		item_by_id(search->reading, text_format(search->reading->arena, "n%d", number));
	const struct text printed = slice(search->text, at, end);
	(void)keep(search, printed, T(""), to);
	ask(search->reading, search->row->line, search->row->id,
	    say("注が注「%.*s」を引いています。番号が今も合うか確かめてください。"),
	    T_ARG(printed));
	return end;
}

static size_t
read_any(struct search *search, size_t at)
{
	const struct text rest = text_from(search->text, at);
	const char c = rest.data[0];
	if (c >= '1' && c <= '9')
		return read_place(search, at);
	if (c == '(' || (c >= 'a' && c <= 'z'))
		return read_list_place(search, at);
	if (starts_z(rest, "第"))
		return read_ordinals(search, at);
	if (starts_z(rest, "上記"))
		return read_above(search, at);
	if (starts_z(rest, "※"))
		return read_like_note(search, at);
	return read_relative(search, at);
}

/* Digits of a number that is no citation are passed whole. */
static size_t
behind_word(struct text text, size_t at)
{
	uint32_t c = 0;
	size_t next = at;
	(void)text_next(text, &next, &c);
	while (c >= '0' && c <= '9' && next < text.len &&
	       ((text.data[next] >= '0' && text.data[next] <= '9') || text.data[next] == '.' ||
		text.data[next] == '-'))
		next++;
	return next;
}

void
find_references(struct reading *reading)
{
	struct search search = {.reading = reading};
	for (size_t at = 0; at < reading->rows_count && search.cited < MOST_CITED; at++) {
		search.row = &reading->rows[at];
		search.text = search.row->plain;
		search.last = NULL;
		search.was_foreign = false;
		if (search.row->item->style == STYLE_TERM)
			continue;
		for (size_t place = 0; place < search.text.len;) {
			const size_t behind = read_any(&search, place);
			place = behind > place ? behind : behind_word(search.text, place);
		}
	}
	if (search.cited >= MOST_CITED)
		ask(reading, 0, T(""), say("引用が%dを超えたので、残りは調べていません。"),
		    MOST_CITED);
}
