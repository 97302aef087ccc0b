/*
 * The clause tree. A numbering counts only where it continues what is open: the next of an open
 * list, or the first of a new one; anything else that looks like a numbering is text. Notes
 * have lists of their own, and a clause that a note interrupts goes on behind it.
 */
#include "draft/tree_rooms.h"

static void
add_piece(struct item *item, struct reading *reading, const struct line *line,
	  struct text plain, struct text raw)
{
	struct piece *piece = ARENA_NEW(reading->arena, struct piece);
	*piece = (struct piece){.plain = plain,
				.raw = raw,
				.line = line->no,
				.is_after_blank = line->is_after_blank};
	if (item->pieces == NULL)
		item->pieces = piece;
	else
		item->last_piece->next = piece;
	item->last_piece = piece;
}

static struct item *
add_item(struct tree *tree, const struct line *line, struct token token, struct item *parent)
{
	struct reading *reading = tree->reading;
	struct item *item = ARENA_NEW(reading->arena, struct item);
	*item = (struct item){
		.style = token.style, .token = token, .line = line->no, .parent = parent};
	item->ordinal = parent != NULL ? ++parent->children : (int)++tree->roots; /* few */
	reading->items[reading->items_count++] = item;
	if (token.rest.len > 0)
		add_piece(item, reading, line, token.rest, token.raw_rest);
	return item;
}

/* Close what is open from `depth` on and open a new item there. */
static struct item *
open_at(struct tree *tree, int depth, const struct line *line, struct token token)
{
	struct item *parent = depth > 0 ? tree->open[depth - 1] : NULL;
	struct item *item = add_item(tree, line, token, parent);
	tree->depth = depth;
	if (tree->depth < MOST_DEPTH)
		tree->open[tree->depth++] = item;
	tree->last = item;
	tree->note = NULL;
	item->held_title = tree->held;
	tree->held = T("");
	return item;
}

/* Nothing but a title so far. */
static bool
is_bare(const struct item *item)
{
	return item != NULL && item->style != STYLE_BULLET &&
	       (item->pieces == NULL ||
		(item->pieces == item->last_piece && is_titlelike(item->pieces->plain) &&
		 !item->pieces->is_bullet));
}

static bool
is_interrupted(const struct item *item)
{
	if (item == NULL || item->last_piece == NULL || item->last_piece->is_bullet)
		return false;
	const struct text text = item->last_piece->plain;
	return !is_complete(text) && (!is_titlelike(text) || has_any(text, "は|、").len > 0);
}

/* The first paragraph of an article is its 項 1; shape.c takes it back where it stays alone. */
static void
open_paragraph(struct tree *tree, const struct line *line)
{
	struct item *article = tree->open[tree->depth - 1];
	struct token token = {.style = STYLE_PARAGRAPH,
			      .value = 1,
			      .path_len = 1,
			      .path = {1},
			      .rest = article->token.rest,
			      .raw_rest = article->token.raw_rest};
	/* 第1条 目的: a title behind the number stays with the article. */
	if (is_titlelike(token.rest) && article->held_title.len == 0) {
		token.rest = T("");
	} else {
		article->pieces = article->last_piece = NULL;
	}
	(void)open_at(tree, tree->depth, line, token);
}

static void
take_numbered(struct tree *tree, const struct line *line, struct token token, enum fit fit,
	      int depth)
{
	struct item *item = open_at(tree, depth, line, token);
	if (token.style == STYLE_DECIMAL) {
		for (int at = 0; at < token.path_len; at++)
			tree->path[at] = token.path[at];
		tree->path_len = token.path_len;
	} else if (token.style == STYLE_CHAPTER) {
		tree->path[0] = token.value;
		tree->path_len = 1;
	}
	if (fit == FIT_GAP)
		ask(tree->reading, line->no, T(""),
		    say("番号「%.*"
			"s」の前の番号がありません。抜けているか、印刷の誤りか、元の文書を見て"
			"ください。"),
		    T_ARG(token.mark));
	if (item->style == STYLE_ARTICLE) {
		tree->reading->has_articles = true;
		open_paragraph(tree, line);
	}
	tree->reading->is_dashed = tree->reading->is_dashed || token_is_dash(&token);
}

/* --- headings without numbers, bullets that are clauses, supplements, the glossary --- */

static bool
is_supplement(struct reading *reading, struct text plain)
{
	const struct text text = text_replace(reading->arena, plain, T(" "), T(""));
	return text_is(text, "附則") || text_is(text, "付則") ||
	       (starts_any(text, "附則(|付則(").len > 0 && text_count(text) < 40) ||
	       (starts_any(text, "別表|別記|別紙|別図").len > 0 && is_titlelike(text) &&
		text_count(text) < 40);
}

static const struct line *
next_text(const struct reading *reading, const struct line *line)
{
	for (size_t at = (size_t)line->no; at < reading->lines_count;
	     at++) /* no counts from 1 */
		if (reading->lines[at].use == LINE_TEXT)
			return &reading->lines[at];
	return NULL;
}

/* A heading that lost its 《》 among others that have them. */
static bool
is_lost_heading(const struct tree *tree, const struct line *line)
{
	const struct line *next = next_text(tree->reading, line);
	return depth_of(tree, STYLE_HEADING) != NOT_FOUND && line->is_after_blank &&
	       next != NULL && is_titlelike(line->plain) && text_count(line->plain) <= 20 &&
	       has_any(line->plain, ":|、").len == 0 && token_read(next).style == STYLE_BULLET;
}

static void
take_heading(struct tree *tree, const struct line *line, struct token token)
{
	int depth = depth_of(tree, STYLE_HEADING);
	if (depth == NOT_FOUND)
		for (depth = tree->depth; depth > 0; depth--) {
			const enum style style = tree->open[depth - 1]->style;
			if (style != STYLE_PAREN && style != STYLE_LETTER &&
			    style != STYLE_KANA && style != STYLE_CIRCLE &&
			    style != STYLE_BULLET)
				break;
		}
	token.style = STYLE_HEADING;
	(void)open_at(tree, depth, line, token);
}

/* 「保管：施錠できる場所に…」 under a heading is an item with a title. */
static bool
is_labelled(const struct tree *tree, const struct line *line)
{
	const ssize_t colon = find_from(line->plain, 0, ":");
	const int depth = depth_of(tree, STYLE_HEADING);
	return depth != NOT_FOUND && colon > 0 && (size_t)colon + 1 < line->plain.len &&
	       text_count(text_first(line->plain, (size_t)colon)) <= 24 && /* found */
	       (is_bare(tree->open[depth]) || tree->open[depth]->children > 0 ||
		is_complete(tree->last->last_piece->plain));
}

static void
take_bullet(struct tree *tree, const struct line *line, struct token token)
{
	int depth = tree->depth;
	while (depth > 0 && tree->open[depth - 1]->style == STYLE_BULLET)
		depth--;
	const bool is_sibling = depth < tree->depth;
	if (depth > 0 && depth < MOST_DEPTH && (is_sibling || is_bare(tree->open[depth - 1]))) {
		token.style = STYLE_BULLET;
		(void)open_at(tree, depth, line, token);
		return;
	}
	if (tree->last == NULL)
		return;
	add_piece(tree->last, tree->reading, line, token.rest, token.raw_rest);
	tree->last->last_piece->is_bullet = true;
}

static void
take_labelled(struct tree *tree, const struct line *line)
{
	const ssize_t colon = find_from(line->plain, 0, ":");
	struct token token = {.style = STYLE_BULLET,
			      .mark = text_first(line->plain, (size_t)colon),
			      .rest = line->plain,
			      .raw_rest = line->raw};
	int depth = depth_of(tree, STYLE_HEADING) + 1;
	(void)open_at(tree, depth, line, token);
}

static void
begin_root(struct tree *tree, const struct line *line, enum style style)
{
	struct token token = {.style = style,
			      .mark = line->plain,
			      .rest = line->plain,
			      .raw_rest = line->raw};
	tree->path_len = 0;
	struct item *item = open_at(tree, 0, line, token);
	tree->glossary = style == STYLE_GLOSSARY ? item : NULL;
}

static bool
is_glossary(const struct tree *tree, const struct line *line)
{
	return tree->depth > 0 && line->is_after_blank && has_z(line->plain, "用語") &&
	       has_any(line->plain, "解説|定義|集|索引|一覧|説明").len > 0 &&
	       is_titlelike(line->plain) && text_count(line->plain) <= 20 &&
	       token_read(line).style == STYLE_NONE;
}

static void
take_term(struct tree *tree, const struct line *line)
{
	struct item *last = tree->last;
	const struct text text = line->plain;
	const bool is_open = last->style == STYLE_TERM && last->pieces != last->last_piece &&
			     !is_complete(last->last_piece->plain) &&
			     !last->last_piece->is_bullet;
	const struct token token = token_read(line);
	if (!is_open && line->is_after_blank && is_titlelike(text) && text_count(text) <= 64 &&
	    token.style == STYLE_NONE && !starts_z(text, "- ")) {
		struct token term = {.style = STYLE_TERM, .rest = text, .raw_rest = line->raw};
		(void)open_at(tree, 1, line, term);
		return;
	}
	add_piece(last, tree->reading, line, token.rest, token.raw_rest);
	last->last_piece->is_bullet = starts_z(text, "- ") || token.style == STYLE_BULLET;
}

/* --- notes --- */

static void
begin_note(struct tree *tree, const struct line *line, struct token token)
{
	struct reading *reading = tree->reading;
	const int before = reading->notes_count == 0
				   ? 0
				   : reading->notes[reading->notes_count - 1]->token.value;
	struct item *note = add_item(tree, line, token, NULL);
	tree->roots--;
	note->is_note = true;
	if (token.value != before + 1)
		ask(reading, line->no, T(""),
		    say("注※%dが※%dの次に来ています。番号を確かめてください。"), token.value,
		    before);
	reading->notes[reading->notes_count++] = note;
	tree->note = note;
	tree->note_list = STYLE_NONE;
}

static void
add_to_note(struct tree *tree, const struct line *line, const struct token *token)
{
	struct arena *into = tree->reading->arena;
	const bool is_list = token->style != STYLE_NONE && token->style != STYLE_BULLET;
	add_piece(
		tree->note, tree->reading, line,
		is_list ? text_format(into, "%.*s %.*s", T_ARG(token->mark), T_ARG(token->rest))
			: token->rest,
		is_list ? text_format(into, "%.*s %.*s", T_ARG(token->mark),
				      T_ARG(token->raw_rest))
			: token->raw_rest);
	tree->note->last_piece->is_bullet = token->style == STYLE_BULLET || is_list;
	if (is_list) {
		tree->note_list = token->style;
		tree->note_value = token->value;
	}
}

static bool
note_is_done(const struct tree *tree)
{
	const struct piece *last = tree->note->last_piece;
	return last == NULL || last->is_bullet || is_complete(last->plain);
}

/* ・ behind a note: the clause's list goes on when its items end as this one does. */
static bool
bullet_is_mains(const struct tree *tree, const struct line *line, const struct token *token)
{
	const struct piece *main = tree->last != NULL ? tree->last->last_piece : NULL;
	const struct piece *note = tree->note->last_piece;
	if (main == NULL || note == NULL || !main->is_bullet || !note->is_bullet ||
	    tree->last->style == STYLE_NOTE)
		return false;
	const bool is_closed = is_complete(token->rest);
	return line->is_after_blank && is_closed == is_complete(main->plain) &&
	       is_closed != is_complete(note->plain);
}

/* Does the line belong to the clause again, and no longer to the note? */
static bool
note_ends(struct tree *tree, const struct line *line, struct token *token)
{
	int depth;
	if (line->is_after_page)
		return true;
	if (token->style == STYLE_BULLET)
		return bullet_is_mains(tree, line, token);
	if (token->style == STYLE_NONE) {
		if (!line->is_after_blank)
			return false;
		if (starts_z(token->rest, "【様式") ||
		    (is_interrupted(tree->last) && note_is_done(tree)))
			return true;
		return is_bare(tree->last) && note_is_done(tree) && is_complete(token->rest);
	}
	const bool is_notes =
		token->style == tree->note_list && token->value == tree->note_value + 1;
	struct token copy = *token;
	const enum fit fit = fit_of(tree, &copy, &depth);
	if (is_notes) {
		if (fit == FIT_NEXT)
			ask(tree->reading, line->no, T(""),
			    say("「%.*"
				"s」は注の箇条とも条項とも読めます。注の一部として読みました"
				"。"),
			    T_ARG(token->mark));
		return false;
	}
	if (fit == FIT_FIRST)
		return token->style == STYLE_DECIMAL ||
		       (is_bare(tree->last) && note_is_done(tree) &&
			has_any(tree->note->last_piece->plain,
				"次に掲げる|次のとおり|次の|以下の")
					.len == 0);
	return fit != FIT_NOT && (fit == FIT_NEXT || line->is_after_blank);
}

/* --- line by line --- */

static bool
is_held_title(const struct tree *tree, const struct line *line)
{
	const struct line *next = next_text(tree->reading, line);
	return first_character(line->plain) == '(' && last_character(line->plain) == ')' &&
	       text_count(line->plain) <= 40 && !has_z(line->plain, "。") && next != NULL &&
	       token_read(next).style == STYLE_ARTICLE;
}

static bool
take_root(struct tree *tree, const struct line *line)
{
	if (tree->depth > 0 && is_supplement(tree->reading, line->plain))
		begin_root(tree, line, STYLE_SUPPLEMENT);
	else if (is_glossary(tree, line))
		begin_root(tree, line, STYLE_GLOSSARY);
	else if (is_held_title(tree, line))
		tree->held = slice(line->plain, 1, line->plain.len - 1);
	else
		return false;
	tree->note = NULL;
	return true;
}

/* Whole sentences before the first number are the document's preface, clause 0. */
static void
take_preface(struct tree *tree, const struct line *line)
{
	const struct text text = line->plain;
	if (!is_complete(text) || text_count(text) < 20 ||
	    has_any(text, "\t|改正|改定|改訂|施行").len > 0)
		return;
	if (tree->preface == NULL) {
		const struct token token = {.style = STYLE_NONE};
		tree->preface = add_item(tree, line, token, NULL);
		tree->roots--;
	}
	add_piece(tree->preface, tree->reading, line, text, line->raw);
}

static void
take_text(struct tree *tree, const struct line *line, const struct token *token)
{
	if (tree->last == NULL) {
		take_preface(tree, line);
		return;
	}
	add_piece(tree->last, tree->reading, line, token->rest, token->raw_rest);
}

static void
take_main(struct tree *tree, const struct line *line, struct token token)
{
	int depth;
	const enum fit fit = fit_of(tree, &token, &depth);
	if (fit != FIT_NOT)
		take_numbered(tree, line, token, fit, depth);
	else if (token.style == STYLE_HEADING || is_lost_heading(tree, line))
		take_heading(tree, line, token);
	else if (is_labelled(tree, line))
		take_labelled(tree, line);
	else if (token.style == STYLE_BULLET)
		take_bullet(tree, line, token);
	else {
		/* A number that continues nothing is text, and somebody should look at it. */
		if (token.style != STYLE_NONE && tree->depth > 0 && !is_interrupted(tree->last))
			ask(tree->reading, line->no, T(""),
			    say("「%.*s」は前の番号に続きません。文の一部として読みました。"),
			    T_ARG(token.mark));
		if (token.style != STYLE_NONE)
			token.rest = line->plain, token.raw_rest = line->raw;
		take_text(tree, line, &token);
	}
}

static void
take(struct tree *tree, const struct line *line)
{
	struct token note;
	struct token token = token_read(line);
	if (tree->depth > 0 && token_note(line, &note)) {
		begin_note(tree, line, note);
		return;
	}
	if (take_root(tree, line))
		return;
	if (tree->glossary != NULL) {
		take_term(tree, line);
		return;
	}
	if (tree->note != NULL && !note_ends(tree, line, &token)) {
		add_to_note(tree, line, &token);
		return;
	}
	tree->note = NULL;
	take_main(tree, line, token);
	if (tree->reading->first_line == 0 && tree->depth > 0)
		tree->reading->first_line = line->no;
}

struct error *
read_tree(struct reading *reading)
{
	struct tree tree = {.reading = reading};
	/* An article's line makes two items; every other line one at most. */
	reading->items = ARENA_ARRAY(reading->arena, struct item *, DRAFT_MOST_CLAUSES + 8);
	reading->notes = ARENA_ARRAY(reading->arena, struct item *, DRAFT_MOST_CLAUSES + 8);
	for (size_t at = 0; at < reading->lines_count; at++) {
		if (reading->lines[at].use != LINE_TEXT)
			continue;
		if (reading->items_count >= DRAFT_MOST_CLAUSES)
			return reject(NULL,
				      "%zu行目までに番号が%"
				      "d個ありました。一つの方針はそれまでです。文書を分けてく"
				      "ださい。",
				      at + 1, DRAFT_MOST_CLAUSES);
		take(&tree, &reading->lines[at]);
	}
	if (tree.roots == 0)
		return reject(
			NULL,
			"番号の付いた条項が見つかりません。「1.」「1.1.」「(1)"
			"」「第1条」「第1章」「《見出し》」のどれかで始まる行が要ります。");
	return OK;
}
