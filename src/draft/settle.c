/*
 * What a citation means. One that names an existing clause is held against what the sentence says
 * about it: a number that has come to mean something else is worse than one that leads nowhere.
 * What is not certain stays open, with the clauses it may mean.
 */
#include "draft/refer_rooms.h"

#include <string.h>

enum { MOST_SEARCHES = 60, MOST_WORDS = 12, COMPARED = 600 };

/* --- likeness of a subject and a clause --- */

/* Pairs of ideographs or katakana, and words of Latin letters: what carries the meaning. */
static size_t
words_of(struct text text, struct text *words)
{
	size_t count = 0;
	uint32_t c, next;
	for (size_t at = 0, was = 0; text_next(text, &at, &c) && count < MOST_WORDS; was = at) {
		size_t end = at;
		if (is_word(c)) {
			while (text_next(text, &end, &next) && is_word(next))
				at = end;
			if (at - was > 1)
				words[count++] = slice(text, was, at);
		} else if ((is_kanji(c) || is_katakana(c)) && text_next(text, &end, &next) &&
			   (is_kanji(next) || is_katakana(next))) {
			const struct text pair = slice(text, was, end);
			if (!text_is(pair, "当該") && !text_is(pair, "規定"))
				words[count++] = pair;
		}
	}
	return count;
}

static struct text
body_text(const struct item *item)
{
	return head_of(item->plain, COMPARED);
}

/* In hundredths: how many of the words stand in title or text of the item. */
static int
share(const struct text *words, size_t count, const struct item *item)
{
	int found = 0;
	for (size_t at = 0; at < count; at++)
		found += text_has(item->title, words[at]) ||
			 text_has(body_text(item), words[at]);
	return count == 0 ? 0 : found * 100 / (int)count; /* few */
}

int
likeness(struct text subject, const struct item *item)
{
	struct text words[MOST_WORDS], title[MOST_WORDS];
	const size_t count = words_of(subject, words);
	const size_t titles = words_of(item->title, title);
	int back = 0;
	for (size_t at = 0; at < titles; at++)
		back += text_has(subject, title[at]);
	back = titles < 2 ? 0 : back * 100 / (int)titles; /* few */
	const int forth = share(words, count, item);
	return forth > back ? forth : back;
}

/* --- the clauses it may mean --- */

static void
offer(struct candidates *list, const struct item *item, int value)
{
	for (int at = 0; at < 3; at++) {
		if (list->best[at] != NULL && list->likeness[at] >= value)
			continue;
		for (int down = 2; down > at; down--) {
			list->best[down] = list->best[down - 1];
			list->likeness[down] = list->likeness[down - 1];
		}
		list->best[at] = item;
		list->likeness[at] = value;
		return;
	}
}

/* `tail`: what the citation prints behind the section, ".1.d"; insertions of chapters keep it.
 */
struct candidates
candidates_for(struct search *search, struct text subject, struct text tail,
	       struct text section)
{
	struct candidates list = {0};
	struct text words[MOST_WORDS];
	const size_t count = words_of(subject, words);
	if (search->searches++ >= MOST_SEARCHES)
		return list;
	for (size_t at = 0; at < search->reading->items_count; at++) {
		const struct item *item = search->reading->items[at];
		if (item->is_note || item->style == STYLE_TERM || item == search->row->item)
			continue;
		int value = share(words, count, item);
		if (count > 0 && value < 30)
			continue;
		if (tail.len > 0 && text_ends(item->id, tail))
			value += 40;
		if (section.len > 0 && has_z(section, ".") &&
		    text_starts(text_from(item->id, item->id.len < 2 ? 0 : 1),
				text_from(section, 1)))
			value += 15;
		if (item->title.len > 0 && count > 0 && share(words, count, item) >= 90)
			value += 10;
		if (value >= 50)
			offer(&list, item, value);
	}
	return list;
}

/* --- keeping what was found --- */

struct cited *
keep(struct search *search, struct text printed, struct text subject, const struct item *to)
{
	struct cited *cited = ARENA_NEW(search->reading->arena, struct cited);
	*cited = (struct cited){.printed = printed, .subject = subject, .to = to};
	if (search->row->cited == NULL)
		search->row->cited = cited;
	else
		search->row->last_cited->next = cited;
	search->row->last_cited = cited;
	search->cited++;
	if (to != NULL)
		search->reading->counts.references_resolved++;
	else
		search->reading->counts.references_unresolved++;
	search->last = to;
	search->was_foreign = false;
	return cited;
}

void
ask_which(struct search *search, struct text printed, struct text subject,
	  const struct candidates *list, const struct item *printed_to)
{
	struct writer out = writer_open(search->reading->arena, 4000);
	for (int at = 0; at < 3 && list->best[at] != NULL; at++)
		write_format(&out, "%s%.*s", at > 0 ? say("、") : "",
			     T_ARG(list->best[at]->id));
	if (out.len == 0)
		write_z(&out, say("なし"));
	if (printed_to != NULL)
		ask(search->reading, search->row->line, search->row->id,
		    say("引用「%.*s」（%.*s）の番号は今「%.*s」を指し、内容が合いません。候補: "
			"%.*s"),
		    T_ARG(printed), T_ARG(subject),
		    T_ARG(printed_to->title.len > 0 ? printed_to->title : printed_to->number),
		    T_ARG(writer_text(&out)));
	else
		ask(search->reading, search->row->line, search->row->id,
		    say("引用「%.*s」（%.*s）の指す条項がありません。候補: %.*s"),
		    T_ARG(printed), T_ARG(subject), T_ARG(writer_text(&out)));
}

struct text
subject_at(struct text text, size_t at)
{
	static const char leads[] = "の規定により、|の規定による|に規定する|に定める|に基づく|"
				    "に基づき|で制限された|に掲げる|の|に|、|で";
	static const char *const ends[] = {"について", "を",   "は", "、", "。",
					   "が",       "に従", ")",  "\n"};
	struct text rest = text_trim(head_of(text_from(text, at), 300));
	/* 5.3.(1)d)及び5.3.(2)d)に基づく…: both say what stands behind the second. */
	const struct text joint = starts_any(rest, "及び|又は|、");
	if (joint.len > 0 && rest.len > joint.len && rest.data[joint.len] >= '0' &&
	    rest.data[joint.len] <= '9') {
		size_t behind = joint.len;
		while (behind < rest.len &&
		       strchr("0123456789.-()abcdefghij ", rest.data[behind]) != NULL)
			behind++;
		rest = text_from(rest, behind);
	}
	rest = text_from(rest, starts_any(rest, leads).len);
	size_t end = rest.len;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const ssize_t stop = find_from(rest, 0, ends[i]);
		if (stop >= 0 && (size_t)stop < end)
			end = (size_t)stop; /* found */
	}
	rest = text_first(rest, end);
	return text_count(rest) > 40 ? T("") : text_trim(rest);
}

void
settle(struct search *search, struct text printed, size_t behind, struct text id,
       struct text section)
{
	const struct item *to = item_by_id(search->reading, id);
	const struct text subject = subject_at(search->text, behind);
	const int likely = to != NULL ? likeness(subject, to) : 0;
	struct text words[MOST_WORDS];
	if (to != NULL && (likely >= 55 || words_of(subject, words) == 0)) {
		(void)keep(search, printed, subject, to);
		return;
	}
	/* A short subject says too little: the whole sentence, and the clause a note hangs on.
	 */
	struct text about = subject;
	if (words_of(subject, words) < 2) {
		const struct item *bound = search->row->item->bound;
		about = text_join(search->reading->arena,
				  head_of(search->text, behind - printed.len < 120
								? behind - printed.len
								: 120),
				  subject);
		if (bound != NULL)
			about = text_join(search->reading->arena, about, body_text(bound));
	}
	const struct text tail = text_from(id, section.len < id.len ? section.len : id.len);
	const struct candidates list = candidates_for(search, about, tail, section);
	/* A subject of one word is too little to say that the number is wrong. */
	const bool is_other = words_of(subject, words) > 1 && list.best[0] != NULL &&
			      list.best[0] != to && list.likeness[0] >= likely + 30;
	if (to != NULL && !is_other) {
		(void)keep(search, printed, subject, to);
		ask(search->reading, search->row->line, search->row->id,
		    say("引用「%.*s」（%.*s）は%.*"
			"sと読みました。内容が合うか確かめてください。"),
		    T_ARG(printed), T_ARG(subject), T_ARG(to->id));
		return;
	}
	(void)keep(search, printed, subject, NULL);
	ask_which(search, printed, subject, &list, to);
}
