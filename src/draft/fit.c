/* Which numbering continues what is open: the next of an open list, or the first of a new one. */
#include "draft/tree_rooms.h"

int
depth_of(const struct tree *tree, enum style style)
{
	for (int at = tree->depth; at-- > 0;)
		if (tree->open[at]->style == style)
			return at;
	return NOT_FOUND;
}

static bool
same_path(const int *a, const int *b, int len)
{
	for (int at = 0; at < len; at++)
		if (a[at] != b[at])
			return false;
	return true;
}

static enum fit
fit_decimal(const struct tree *tree, const struct token *token)
{
	const int last = token->path_len - 1;
	if (last > tree->path_len)
		return tree->path_len == 0 && token->path[0] == 1 && token->path[last] == 1 &&
				       last == 1
			       ? FIT_FIRST
			       : FIT_NOT;
	/* 2-1 may follow 1-5 where chapters have no heading of their own. */
	if (!same_path(token->path, tree->path, last))
		return last == 1 && token->path[0] == tree->path[0] + 1 &&
				       token->path[1] == 1 &&
				       depth_of(tree, STYLE_CHAPTER) == NOT_FOUND &&
				       tree->path_len > 1
			       ? FIT_GAP
			       : FIT_NOT;
	const int before = last < tree->path_len ? tree->path[last] : 0;
	if (token->value == before + 1)
		return FIT_NEXT;
	return token->value > before && token->value <= before + 3 &&
			       is_titlelike(token->rest) && text_count(token->rest) <= 30 &&
			       (before > 0 || last > 0)
		       ? FIT_GAP
		       : FIT_NOT;
}

/* (1)の規定, a)に定める: words go on as no heading and no sentence begins. */
static bool
goes_on(const struct token *token)
{
	return starts_any(token->rest, "の|に|を|は|が|で|と|及び|又は|から|、|。|)").len > 0;
}

static enum fit
fit_list(const struct tree *tree, const struct token *token, int *depth)
{
	*depth = depth_of(tree, token->style);
	if (*depth != NOT_FOUND) {
		const int before = tree->open[*depth]->token.value;
		if (token->value == before + 1)
			return FIT_NEXT;
		return token->value > before && token->value <= before + 3 ? FIT_GAP : FIT_NOT;
	}
	*depth = tree->depth;
	const bool is_top = token->style == STYLE_RIGHT || token->style == STYLE_PARAGRAPH;
	if (token->value != 1 || (tree->depth == 0 && !is_top && token->style != STYLE_PAREN) ||
	    tree->depth >= MOST_DEPTH)
		return FIT_NOT;
	return FIT_FIRST;
}

static enum fit
fit_law(const struct tree *tree, const struct token *token, int *depth)
{
	*depth = depth_of(tree, token->style);
	const bool is_closed = tree->depth > 0 && tree->open[0]->style == STYLE_SUPPLEMENT;
	if (is_closed && token->style == STYLE_ARTICLE)
		return FIT_NOT;
	if (token->style == STYLE_ARTICLE) {
		/* Articles count through all chapters. */
		const struct item *last = NULL;
		for (size_t at = tree->reading->items_count; at-- > 0 && last == NULL;)
			if (tree->reading->items[at]->style == STYLE_ARTICLE)
				last = tree->reading->items[at];
		const int before = last == NULL ? 0 : last->token.path[0];
		const bool is_second = token->path_len == 2 && token->path[0] == before;
		*depth = 0;
		while (*depth < tree->depth && (tree->open[*depth]->style == STYLE_CHAPTER ||
						tree->open[*depth]->style == STYLE_SECTION))
			(*depth)++;
		return is_second || token->path[0] == before + 1                 ? FIT_NEXT
		       : token->path[0] > before && token->path[0] <= before + 5 ? FIT_GAP
										 : FIT_NOT;
	}
	if (*depth != NOT_FOUND)
		return token->value == tree->open[*depth]->token.value + 1 ? FIT_NEXT : FIT_GAP;
	*depth = token->style == STYLE_CHAPTER ? 0 : tree->depth > 0;
	return token->value == 1 ? FIT_FIRST : FIT_GAP;
}

static int
decimal_depth(const struct tree *tree, int path_len)
{
	int depth = 0;
	while (depth < tree->depth) {
		const struct item *item = tree->open[depth];
		const int its = item->style == STYLE_DECIMAL   ? item->token.path_len
				: item->style == STYLE_CHAPTER ? 1
							       : MOST_PATH;
		if (its >= path_len)
			break;
		depth++;
	}
	return depth;
}

enum fit
fit_of(const struct tree *tree, struct token *token, int *depth)
{
	*depth = tree->depth;
	const bool is_within = depth_of(tree, STYLE_ARTICLE) != NOT_FOUND ||
			       (tree->depth > 0 && tree->open[0]->style == STYLE_SUPPLEMENT);
	if (token->style == STYLE_DECIMAL && token->path_len == 1 && is_within)
		token->style = STYLE_PARAGRAPH;
	if (token->style == STYLE_KANA) {
		const bool is_iroha =
			depth_of(tree, STYLE_KANA) == NOT_FOUND && token->iroha > 0 &&
			(depth_of(tree, STYLE_IROHA) != NOT_FOUND || token->iroha == 1);
		if (is_iroha) {
			token->style = STYLE_IROHA;
			token->value = token->iroha;
		}
	}
	switch (token->style) {
	case STYLE_CHAPTER:
	case STYLE_SECTION:
	case STYLE_ARTICLE:
		return fit_law(tree, token, depth);
	case STYLE_DECIMAL:
		*depth = decimal_depth(tree, token->path_len);
		return fit_decimal(tree, token);
	case STYLE_PARAGRAPH:
	case STYLE_RIGHT:
	case STYLE_PAREN:
	case STYLE_KANJI:
	case STYLE_LETTER:
	case STYLE_KANA:
	case STYLE_IROHA:
	case STYLE_CIRCLE: {
		const enum fit fit = fit_list(tree, token, depth);
		return fit != FIT_NOT && goes_on(token) ? FIT_NOT : fit;
	}
	case STYLE_NONE:
	case STYLE_HEADING:
	case STYLE_BULLET:
	case STYLE_SUPPLEMENT:
	case STYLE_GLOSSARY:
	case STYLE_TERM:
	case STYLE_NOTE:
		break;
	}
	return FIT_NOT;
}
