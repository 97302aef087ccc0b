#include "policy/when.h"

#include "base/number.h"
#include "base/say.h"
#include "base/writer.h"

struct parse {
	struct arena *into;
	struct text source;
	const char *where;
	size_t at;
	int depth;
	int nodes;
	struct error *error; /* the first; parsing ends with it */
};

static bool parse_or(struct parse *parse, const struct when_node **node);

#define FAIL(parse, ...) \
	((parse)->error = (parse)->error != NULL ? (parse)->error \
						 : reject((parse)->where, __VA_ARGS__), \
	 false)

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_name_byte(char c)
{
	return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
}

static char
peek(struct parse *parse)
{
	while (parse->at < parse->source.len &&
	       (parse->source.data[parse->at] == ' ' || parse->source.data[parse->at] == '\n' ||
		parse->source.data[parse->at] == '\t'))
		parse->at++;
	return parse->at < parse->source.len ? parse->source.data[parse->at] : '\0';
}

static int
place(const struct parse *parse)
{
	return (int)text_count(text_first(parse->source, parse->at)) + 1;
}

/* The word at the cursor, without taking it. Empty when none stands there. */
static struct text
word(struct parse *parse)
{
	if (!is_letter(peek(parse)))
		return T("");
	size_t end = parse->at;
	while (end < parse->source.len && is_name_byte(parse->source.data[end]))
		end++;
	return (struct text){parse->source.data + parse->at, end - parse->at};
}

static bool
take_word(struct parse *parse, const char *z)
{
	const struct text next = word(parse);

	if (!text_is(next, z))
		return false;
	parse->at += next.len;
	return true;
}

static bool
take_sign(struct parse *parse, const char *z)
{
	peek(parse);
	if (!text_starts(text_from(parse->source, parse->at), text_of(z)))
		return false;
	parse->at += text_of(z).len;
	return true;
}

static bool
take_quoted(struct parse *parse, struct when_value *value)
{
	const char quote = peek(parse);
	const size_t start = ++parse->at;

	while (parse->at < parse->source.len && parse->source.data[parse->at] != quote)
		parse->at++;
	if (parse->at >= parse->source.len)
		return FAIL(parse, "条件の引用符が閉じていません（%d 文字目から）。",
			    (int)text_count(text_first(parse->source, start)));
	const struct text inner = {parse->source.data + start, parse->at - start};
	if (inner.len == 0)
		return FAIL(parse,
			    "空の文字列とは比べられません（%d "
			    "文字目）。答えがあるかどうかは、名前だけを書くか not 名前 "
			    "と書いて確かめます。",
			    place(parse));
	parse->at++;
	*value = (struct when_value){.kind = WHEN_TEXT, .text = text_copy(parse->into, inner)};
	return true;
}

static bool
take_number(struct parse *parse, struct when_value *value)
{
	size_t end = parse->at + 1;

	while (end < parse->source.len && is_digit(parse->source.data[end]))
		end++;
	const struct text digits = {parse->source.data + parse->at, end - parse->at};
	*value = (struct when_value){.kind = WHEN_NUMBER};
	if (!number_read(digits, -1000000000000, 1000000000000, &value->number))
		return FAIL(parse, "条件の数「%.*s」が読めません（%d 文字目）。", T_ARG(digits),
			    place(parse));
	parse->at = end;
	return true;
}

static bool
take_literal(struct parse *parse, struct when_value *value)
{
	const char c = peek(parse);

	if (c == '"' || c == '\'')
		return take_quoted(parse, value);
	if (is_digit(c) || c == '-')
		return take_number(parse, value);
	if (take_word(parse, "yes"))
		*value = (struct when_value){.kind = WHEN_YES_NO, .number = 1};
	else if (take_word(parse, "no"))
		*value = (struct when_value){.kind = WHEN_YES_NO};
	else
		return FAIL(parse,
			    "条件の %d 文字目には \"文字列\"・数・yes・no のどれかが要ります。",
			    place(parse));
	return true;
}

static bool
is_keyword(struct text text)
{
	return text_is(text, "and") || text_is(text, "or") || text_is(text, "not") ||
	       text_is(text, "in");
}

static bool
take_operand(struct parse *parse, struct operand *operand)
{
	const struct text name = word(parse);

	*operand = (struct operand){.is_name = false};
	if (is_keyword(name))
		return FAIL(
			parse,
			"条件の %d 文字目に「%.*s」がありますが、ここには名前か値が要ります。",
			place(parse), T_ARG(name));
	if (name.len > 0 && !text_is(name, "yes") && !text_is(name, "no")) {
		operand->is_name = true;
		operand->name = text_copy(parse->into, name);
		parse->at += name.len;
		return true;
	}
	operand->values = ARENA_NEW(parse->into, struct when_value);
	operand->values_count = 1;
	return take_literal(parse, operand->values);
}

/* ( "a", "b" ) or a name that holds a list. */
static bool
take_list(struct parse *parse, struct operand *operand)
{
	struct when_value values[WHEN_MOST_NODES];
	size_t count = 0;

	*operand = (struct operand){.is_name = false};
	if (!take_sign(parse, "(")) {
		if (!take_operand(parse, operand))
			return false;
		if (!operand->is_name)
			return FAIL(parse,
				    "in の後には (\"a\", \"b\") か名前を書いてください。");
		return true;
	}
	do {
		if (count >= WHEN_MOST_NODES)
			return FAIL(parse, "条件の並びが長すぎます。%d 個までです。",
				    WHEN_MOST_NODES);
		if (!take_literal(parse, &values[count]))
			return false;
		count++;
	} while (take_sign(parse, ","));
	if (!take_sign(parse, ")"))
		return FAIL(parse, "条件の %d 文字目に「)」が要ります。", place(parse));
	operand->values = ARENA_ARRAY(parse->into, struct when_value, count);
	for (size_t i = 0; i < count; i++)
		operand->values[i] = values[i];
	operand->values_count = count;
	return true;
}

static struct when_node *
node_new(struct parse *parse, enum when_op op)
{
	struct when_node *node = ARENA_NEW(parse->into, struct when_node);

	node->op = op;
	if (++parse->nodes > WHEN_MOST_NODES)
		(void)FAIL(parse, "条件が長すぎます。分けて書いてください。");
	return node;
}

static bool
take_comparison(struct parse *parse, enum when_op *op)
{
	static const struct {
		const char *sign;
		enum when_op op;
	} signs[] = {
		{"!=", OP_UNEQUAL}, {"<=", OP_LESS_EQUAL}, {">=", OP_MORE_EQUAL},
		{"==", OP_EQUAL},   {"=", OP_EQUAL},       {"<", OP_LESS},
		{">", OP_MORE},
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (!take_sign(parse, signs[i].sign))
			continue;
		*op = signs[i].op;
		return true;
	}
	return false;
}

static bool
parse_test(struct parse *parse, const struct when_node **out)
{
	struct when_node *node = node_new(parse, OP_BARE);

	if (parse->error != NULL || !take_operand(parse, &node->left))
		return false;
	if (take_word(parse, "in")) {
		node->op = OP_IN;
		if (!take_list(parse, &node->right))
			return false;
	} else if (take_comparison(parse, &node->op)) {
		if (!take_operand(parse, &node->right))
			return false;
	} else if (!node->left.is_name && node->left.values[0].kind != WHEN_YES_NO) {
		return FAIL(parse, "値だけでは条件になりません。= や in で比べてください。");
	}
	*out = node;
	return true;
}

static bool
parse_not(struct parse *parse, const struct when_node **out)
{
	bool is_good;

	if (parse->depth >= WHEN_MOST_DEPTH)
		return FAIL(parse, "条件の入れ子が深すぎます。%d 段までです。",
			    WHEN_MOST_DEPTH);
	parse->depth++;
	if (take_word(parse, "not")) {
		struct when_node *node = node_new(parse, OP_NOT);
		is_good = parse->error == NULL && parse_not(parse, &node->first);
		*out = node;
	} else if (take_sign(parse, "(")) {
		is_good = parse_or(parse, out);
		if (is_good && !take_sign(parse, ")"))
			is_good = FAIL(parse, "条件の %d 文字目に「)」が要ります。",
				       place(parse));
	} else {
		is_good = parse_test(parse, out);
	}
	parse->depth--;
	return is_good;
}

static bool
parse_chain(struct parse *parse, const char *joint, enum when_op op,
	    bool (*part)(struct parse *, const struct when_node **),
	    const struct when_node **out)
{
	if (!part(parse, out))
		return false;
	while (take_word(parse, joint)) {
		struct when_node *node = node_new(parse, op);
		node->first = *out;
		if (parse->error != NULL || !part(parse, &node->second))
			return false;
		*out = node;
	}
	return true;
}

static bool
parse_and(struct parse *parse, const struct when_node **out)
{
	return parse_chain(parse, "and", OP_AND, parse_not, out);
}

static bool
parse_or(struct parse *parse, const struct when_node **out)
{
	return parse_chain(parse, "or", OP_OR, parse_and, out);
}

struct error *
when_parse(struct arena *into, struct text source, const char *where, const struct when **when)
{
	struct parse parse = {.into = into, .source = source, .where = where};
	const struct when_node *root = NULL;

	if (source.len > WHEN_MOST_BYTES)
		return reject(where, "条件が長すぎます。%d バイトまでにしてください。",
			      WHEN_MOST_BYTES);
	if (!text_is_utf8(source, NULL))
		return reject(where, "条件がUTF-8の文字として読めません。");
	if (peek(&parse) == '\0' && parse.at >= source.len)
		return reject(where, "条件が空です。書くか、キーごと消してください。");
	if (parse_or(&parse, &root) && (peek(&parse), parse.at < source.len))
		(void)FAIL(&parse,
			   "条件の %d 文字目から先が読めません。and・or "
			   "でつなぐか、消してください。",
			   place(&parse));
	if (parse.error != NULL)
		return parse.error;
	struct when *made = ARENA_NEW(into, struct when);
	*made = (struct when){.source = text_copy(into, source), .root = root};
	*when = made;
	return OK;
}
