/* What stands before the first clause: title, body, history; and the days of the supplements.
 */
#include "draft/rooms.h"

#include "base/day.h"

/* The first date in the text, as ISO; *has_month when only year and month are given. */
static struct text
date_in(struct reading *reading, struct text text, bool *is_partial)
{
	struct day day;
	*is_partial = false;
	for (size_t at = 0; at < text.len; at++) {
		const struct text here = text_from(text, at);
		const bool is_era = starts_any(here, "明治|大正|昭和|平成|令和").len > 0;
		const bool is_year = here.data[0] >= '1' && here.data[0] <= '2' &&
				     (at == 0 || !is_word((unsigned char)text.data[at - 1]));
		if (!is_era && !is_year)
			continue;
		for (size_t len = here.len < 40 ? here.len : 40; len >= 8; len--)
			if (((unsigned char)here.data[len == here.len ? len - 1 : len] &
			     0xC0) != 0x80 ||
			    len == here.len)
				if (day_read(text_first(here, len), &day))
					return day_iso(reading->arena, day);
		*is_partial = *is_partial ||
			      (is_era &&
			       has_z(text_first(here, here.len < 24 ? here.len : 24), "月"));
	}
	return T("");
}

static struct text
version_of(struct text plain)
{
	size_t at = 0;
	while (at < plain.len &&
	       ((plain.data[at] >= '0' && plain.data[at] <= '9') || plain.data[at] == '.'))
		at++;
	return at > 0 && at < 8 && at < plain.len &&
			       (plain.data[at] == '\t' || plain.data[at] == ' ')
		       ? text_first(plain, at)
		       : T("");
}

static void
add_edition(struct reading *reading, struct edition edition)
{
	for (size_t at = 0; at < reading->editions_count; at++) {
		struct edition *other = &reading->editions[at];
		const bool is_same = (edition.enacted.len > 0 &&
				      (text_same(edition.enacted, other->enacted) ||
				       text_same(edition.enacted, other->effective))) ||
				     (edition.effective.len > 0 &&
				      (text_same(edition.effective, other->effective) ||
				       text_same(edition.effective, other->enacted)));
		if (!is_same)
			continue;
		if (other->version.len == 0)
			other->version = edition.version;
		if (other->enacted.len == 0)
			other->enacted = edition.enacted;
		if (other->effective.len == 0)
			other->effective = edition.effective;
		other->is_full = other->is_full || edition.is_full;
		return;
	}
	if (reading->editions_count < sizeof reading->editions / sizeof *reading->editions)
		reading->editions[reading->editions_count++] = edition;
}

static struct text
day_of(const struct edition *edition)
{
	return edition->effective.len > 0 ? edition->effective : edition->enacted;
}

static void
sort_editions(struct reading *reading)
{
	struct edition *all = reading->editions;
	for (size_t a = 1; a < reading->editions_count; a++)
		for (size_t b = a;
		     b > 0 && text_order(day_of(&all[b]), day_of(&all[b - 1])) < 0 &&
		     day_of(&all[b]).len > 0;
		     b--) {
			const struct edition kept = all[b];
			all[b] = all[b - 1];
			all[b - 1] = kept;
		}
}

static void
read_history(struct reading *reading)
{
	for (size_t at = 0;
	     at < reading->lines_count && reading->lines[at].no < reading->first_line; at++) {
		const struct line *line = &reading->lines[at];
		bool is_partial;
		if (line->use != LINE_TEXT)
			continue;
		const struct text plain = glue(reading->arena, line->plain);
		const struct text version = version_of(line->plain);
		const struct text day = date_in(reading, plain, &is_partial);
		const bool is_revision =
			has_any(plain, "施行|制定|策定|改正|改定|改訂|公布").len > 0;
		if (day.len == 0 && is_partial && is_revision) {
			ask(reading, line->no, T(""),
			    say("日のない年月があります。版の日付を pack.yaml "
				"で確かめてください。"));
			add_edition(reading,
				    (struct edition){
					    .is_full = has_any(plain, "全部|全面").len > 0});
		}
		if (day.len == 0 ||
		    (version.len == 0 && !is_revision && text_count(plain) > 14))
			continue;
		struct edition edition = {.version = version,
					  .is_full = has_any(plain, "全部|全面").len > 0};
		if (has_z(plain, "施行") && version.len == 0)
			edition.effective = day;
		else
			edition.enacted = day;
		add_edition(reading, edition);
		reading->has_history = true;
	}
}

static void
read_supplements(struct reading *reading)
{
	for (size_t at = 0; at < reading->items_count; at++) {
		const struct item *item = reading->items[at];
		const struct item *root = item;
		while (root->parent != NULL)
			root = root->parent;
		bool is_partial;
		const ssize_t from = find_from(item->plain, 0, "から施行");
		if (root->style != STYLE_SUPPLEMENT || from < 0)
			continue;
		const struct text day = date_in(reading, text_first(item->plain, (size_t)from),
						&is_partial); /* found */
		if (day.len > 0)
			add_edition(reading, (struct edition){.effective = day});
		else
			ask(reading, item->line, item->id,
			    say("施行日が読めません。pack.yaml に手で入れてください。"));
	}
}

/* 「○○市情報セキュリティ…」: the body stands first. */
static struct text
body_of(struct text title)
{
	static const char *const ends[] = {"組合", "広域連合", "市", "町", "村",
					   "県",   "府",       "都", "区"};
	size_t best = 0;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const ssize_t at = find_from(title, 3, ends[i]);
		if (at > 0 &&
		    (best == 0 || (i > 1 && (size_t)at + text_of(ends[i]).len < best)))
			best = (size_t)at + text_of(ends[i]).len; /* found */
	}
	return text_first(title, best);
}

void
read_front(struct reading *reading)
{
	for (size_t at = 0; at < reading->lines_count && reading->title.len == 0; at++) {
		const struct line *line = &reading->lines[at];
		if (line->use == LINE_TEXT && line->no < reading->first_line &&
		    text_count(line->plain) <= 80)
			reading->title = glue(reading->arena, line->plain);
		else if (line->no >= reading->first_line)
			break;
	}
	reading->body = body_of(reading->title);
	read_history(reading);
	read_supplements(reading);
	sort_editions(reading);
	if (reading->title.len == 0)
		ask(reading, 0, T(""),
		    say("文書の題名が見つかりません。pack.yaml に入れてください。"));
	if (reading->editions_count == 0)
		ask(reading, 0, T(""),
		    say("制定・改正・施行の日が見つかりません。pack.yaml に入れてください。"));
}

/* --- the table of contents, held against the body --- */

static struct text
key_of(struct reading *reading, struct text text)
{
	return text_replace(reading->arena, text_fold(reading->arena, text), T("."), T(""));
}

static struct text
without_page(struct text plain)
{
	size_t at = plain.len;
	while (at > 0 && plain.data[at - 1] >= '0' && plain.data[at - 1] <= '9')
		at--;
	for (bool is_more = true; is_more;) {
		const struct text tail = ends_any(text_first(plain, at), ".| |\t|・|…|─");
		is_more = tail.len > 0;
		at -= tail.len;
	}
	return text_first(plain, at);
}

static const struct item *
item_of_token(const struct reading *reading, const struct token *token,
	      const struct item *under)
{
	const bool is_whole = token->style == STYLE_DECIMAL || token->style == STYLE_CHAPTER ||
			      token->style == STYLE_ARTICLE || token->style == STYLE_RIGHT;
	for (size_t at = 0; at < reading->items_count; at++) {
		const struct item *item = reading->items[at];
		if (item->style != token->style || item->token.value != token->value ||
		    item->token.path_len != token->path_len ||
		    (!is_whole && item->parent != under))
			continue;
		bool is_same = true;
		for (int i = 0; i < token->path_len; i++)
			is_same = is_same && item->token.path[i] == token->path[i];
		if (is_same)
			return item;
	}
	return NULL;
}

static void
check_entry(struct reading *reading, const struct line *entry, const struct item **under)
{
	struct line line = *entry;
	line.plain = without_page(entry->plain);
	struct token token = token_read(&line);
	if (token.style == STYLE_NONE || token.style == STYLE_BULLET ||
	    token.style == STYLE_HEADING)
		return;
	const struct item *item = item_of_token(reading, &token, *under);
	const struct text title = key_of(reading, token.rest);
	if (item == NULL) {
		ask(reading, entry->no, T(""), say("目次の「%.*s」が本文に見つかりません。"),
		    T_ARG(glue(reading->arena, line.plain)));
		return;
	}
	if (token.style != STYLE_PAREN)
		*under = item;
	if (title.len > 0 && item->title.len > 0 &&
	    !text_same(title, key_of(reading, item->title)))
		ask(reading, entry->no, item->id,
		    say("目次では「%.*s」、本文では「%.*s」です。"), T_ARG(token.rest),
		    T_ARG(item->title));
}

void
check_contents(struct reading *reading)
{
	const struct item *under = NULL;
	if (reading->counts.contents > 2000)
		return;
	for (size_t at = 0; at < reading->lines_count; at++)
		if (reading->lines[at].use == LINE_CONTENTS)
			check_entry(reading, &reading->lines[at], &under);
}
