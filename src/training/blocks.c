/* Markdown as blocks of spans, by libmd4c. */
#include "training/rooms.h"

#include <md4c.h>

struct parsing {
	struct arena *arena;
	struct block *blocks;
	size_t count;
	struct span *spans;
	size_t spans_count;
	struct block *open; /* the block that takes text, or NULL */
	size_t room; /* for blocks, for spans */
	size_t spans_room;
	int strong, emphasis, code, quote;
	bool is_ordered;
	bool is_in_item;
	bool is_full;
};

static void
begin_block(struct parsing *parsing, enum block_kind kind)
{
	if (parsing->count == parsing->room) {
		parsing->is_full = true;
		return;
	}
	parsing->open = &parsing->blocks[parsing->count++];
	*parsing->open = (struct block){ .kind = kind, .spans = &parsing->spans[parsing->spans_count] };
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *with)
{
	struct parsing *parsing = with;
	switch (type) {
	case MD_BLOCK_H:
		begin_block(parsing, ((MD_BLOCK_H_DETAIL *)detail)->level <= 2 ? BLOCK_HEADING
									       : BLOCK_SMALL_HEADING);
		break;
	case MD_BLOCK_UL:
		parsing->is_ordered = false;
		break;
	case MD_BLOCK_OL:
		parsing->is_ordered = true;
		break;
	case MD_BLOCK_LI:
		begin_block(parsing, parsing->is_ordered ? BLOCK_STEP : BLOCK_ITEM);
		parsing->is_in_item = true;
		break;
	case MD_BLOCK_QUOTE:
		parsing->quote++;
		break;
	case MD_BLOCK_P:
		if (!parsing->is_in_item)
			begin_block(parsing, parsing->quote > 0 ? BLOCK_QUOTE : BLOCK_PARAGRAPH);
		break;
	case MD_BLOCK_CODE:
		begin_block(parsing, BLOCK_PARAGRAPH);
		break;
	case MD_BLOCK_DOC:
	case MD_BLOCK_HR:
	case MD_BLOCK_HTML:
	case MD_BLOCK_TABLE:
	case MD_BLOCK_THEAD:
	case MD_BLOCK_TBODY:
	case MD_BLOCK_TR:
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		break;
	}
	return 0;
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *with)
{
	struct parsing *parsing = with;
	(void)detail;
	if (type == MD_BLOCK_LI)
		parsing->is_in_item = false;
	if (type == MD_BLOCK_QUOTE)
		parsing->quote--;
	if (!parsing->is_in_item && type != MD_BLOCK_DOC)
		parsing->open = NULL;
	return 0;
}

static int *
depth_of(struct parsing *parsing, MD_SPANTYPE type)
{
	return type == MD_SPAN_STRONG ? &parsing->strong
	       : type == MD_SPAN_EM   ? &parsing->emphasis
	       : type == MD_SPAN_CODE ? &parsing->code
				      : NULL;
}

static int
enter_span(MD_SPANTYPE type, void *detail, void *with)
{
	int *depth = depth_of(with, type);
	(void)detail;
	if (depth != NULL)
		(*depth)++;
	return 0;
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *with)
{
	int *depth = depth_of(with, type);
	(void)detail;
	if (depth != NULL)
		(*depth)--;
	return 0;
}

static int
take_words(MD_TEXTTYPE type, const MD_CHAR *words, MD_SIZE size, void *with)
{
	struct parsing *parsing = with;
	struct text text = { words, size };
	if (parsing->open == NULL)
		return 0;
	if (parsing->spans_count == parsing->spans_room) {
		parsing->is_full = true;
		return 0;
	}
	if (type == MD_TEXT_NULLCHAR)
		return 0;
	/* Lines of a Japanese paragraph run on without a space. */
	if (type == MD_TEXT_SOFTBR || type == MD_TEXT_BR)
		text = T(" ");
	parsing->spans[parsing->spans_count++] = (struct span){
		text_copy(parsing->arena, text), parsing->strong > 0, parsing->emphasis > 0,
		parsing->code > 0 };
	parsing->open->count++;
	return 0;
}

struct error *
course_blocks(struct arena *into, struct text markdown, struct block **blocks, size_t *count)
{
	/* No text makes more of them than it has bytes. */
	const size_t bytes = markdown.len + 1;
	struct parsing parsing = {
		.arena = into,
		.room = bytes < BLOCK_MOST ? bytes : BLOCK_MOST,
		.spans_room = bytes < SPAN_MOST ? bytes : SPAN_MOST,
	};
	parsing.blocks = ARENA_ARRAY(into, struct block, parsing.room);
	parsing.spans = ARENA_ARRAY(into, struct span, parsing.spans_room + 1);
	const MD_PARSER parser = { .flags = MD_FLAG_NOHTML,
				   .enter_block = enter_block,
				   .leave_block = leave_block,
				   .enter_span = enter_span,
				   .leave_span = leave_span,
				   .text = take_words };
	if (markdown.len > COURSE_MOST_TEXT)
		return reject("text", "研修の本文が長すぎます。");
	if (md_parse(markdown.data, (MD_SIZE)markdown.len /* bounded above */, &parser, &parsing) != 0 ||
	    parsing.is_full)
		return reject("text", "研修の本文を読めません。見出しや箇条書きが多すぎないか確かめてください。");
	*blocks = parsing.blocks;
	*count = parsing.count;
	return OK;
}
