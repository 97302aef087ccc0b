#include "policy/rooms.h"

#include <libfyaml.h>

/* The parser's events become our own tree; nothing of libfyaml leaves this file. */
struct parse {
	struct reading *reading;
	struct fy_parser *parser;
	struct text file;
	bool is_over; /* the file cannot be followed any further */
};

static void
swallow(struct fy_diag *diag, void *user, const char *buf, size_t len)
{
	(void)diag;
	(void)user;
	(void)buf;
	(void)len;
}

static struct fy_event *
event_next(struct parse *parse)
{
	return parse->is_over ? NULL : fy_parser_parse(parse->parser);
}

static struct node *
node_new(struct parse *parse, struct fy_event *event, enum node_kind kind)
{
	const struct fy_mark *mark = fy_event_start_mark(event);
	struct node *node = ARENA_NEW(parse->reading->scratch, struct node);

	*node = (struct node){.kind = kind, .file = parse->file};
	if (mark != NULL) {
		node->line = mark->line + 1;
		node->column = mark->column + 1;
	}
	parse->reading->nodes++;
	if (parse->reading->nodes > PACK_MOST_NODES && !parse->is_over) {
		parse->is_over = true;
		fault(parse->reading, node,
		      "項目が多すぎます。方針パック全体で %d 個までです。", PACK_MOST_NODES);
	}
	return node;
}

/* What strict YAML leaves out: anchors and tags. */
static void
check_plain(struct parse *parse, struct fy_event *event, const struct node *node)
{
	if (fy_event_get_anchor_token(event) != NULL)
		fault(parse->reading, node,
		      "アンカー（&）は使えません。同じ内容をその場所に書いてください。");
	if (fy_event_get_tag_token(event) != NULL)
		fault(parse->reading, node, "タグ（!）は使えません。値だけを書いてください。");
}

static void
take_scalar(struct parse *parse, struct fy_event *event, struct node *node)
{
	struct fy_token *token = fy_event_get_token(event);
	struct text text = {"", 0};
	size_t bad;

	if (token != NULL) {
		text.data = fy_token_get_text(token, &text.len);
		node->is_quoted = fy_scalar_token_get_style(token) != FYSS_PLAIN;
	}
	if (text.data == NULL)
		text = T("");
	if (!text_is_utf8(text, &bad)) {
		fault(parse->reading, node,
		      "使えない文字（NULなど）が値にあります。取り除いてください。");
		text = T("");
	}
	node->text = text_copy(parse->reading->scratch, text);
}

static struct node *build(struct parse *parse, struct fy_event *event, int depth);

static void
append(struct node *parent, struct node *child)
{
	if (parent->last == NULL)
		parent->first = child;
	else
		parent->last->next = child;
	parent->last = child;
	parent->count++;
}

static void
build_list(struct parse *parse, struct node *list, int depth)
{
	struct fy_event *event;

	while ((event = event_next(parse)) != NULL) {
		if (event->type == FYET_SEQUENCE_END) {
			fy_parser_event_free(parse->parser, event);
			return;
		}
		append(list, build(parse, event, depth + 1));
	}
	parse->is_over = true;
}

static bool
key_is_new(struct parse *parse, const struct node *map, const struct node *key)
{
	if (key->kind != NODE_TEXT) {
		fault(parse->reading, key, "キーには文字列だけが使えます。");
		return false;
	}
	for (const struct node *at = map->first; at != NULL; at = at->next) {
		if (!text_same(at->key->text, key->text))
			continue;
		fault(parse->reading, key,
		      "キー「%.*s」が二度書かれています（最初は %d "
		      "行目）。どちらかを消してください。",
		      T_ARG(key->text), at->key->line);
		return false;
	}
	if (map->count < PACK_MOST_KEYS)
		return true;
	fault(parse->reading, key, "一つの項目のキーは %d 個までです。", PACK_MOST_KEYS);
	parse->is_over = true;
	return false;
}

static void
build_map(struct parse *parse, struct node *map, int depth)
{
	struct fy_event *event;

	while ((event = event_next(parse)) != NULL) {
		if (event->type == FYET_MAPPING_END) {
			fy_parser_event_free(parse->parser, event);
			return;
		}
		struct node *key = build(parse, event, depth + 1);
		event = event_next(parse);
		if (event == NULL)
			break;
		struct node *value = build(parse, event, depth + 1);
		if (!key_is_new(parse, map, key))
			continue;
		value->key = key;
		append(map, value);
	}
	parse->is_over = true;
}

/* Takes the event. Always gives a node, so that callers need no case for failure. */
static struct node *
build(struct parse *parse, struct fy_event *event, int depth)
{
	const enum fy_event_type type = event->type;
	enum node_kind kind = NODE_TEXT;

	if (type == FYET_MAPPING_START)
		kind = NODE_MAP;
	else if (type == FYET_SEQUENCE_START)
		kind = NODE_LIST;
	struct node *node = node_new(parse, event, kind);
	check_plain(parse, event, node);
	if (type == FYET_SCALAR)
		take_scalar(parse, event, node);
	else if (type == FYET_ALIAS)
		fault(parse->reading, node,
		      "エイリアス（*）は使えません。同じ内容をその場所に書いてください。");
	fy_parser_event_free(parse->parser, event);
	if (kind != NODE_TEXT && depth >= PACK_MOST_DEPTH) {
		fault(parse->reading, node, "入れ子が深すぎます。%d 段までにしてください。",
		      PACK_MOST_DEPTH);
		parse->is_over = true;
	} else if (kind == NODE_MAP) {
		build_map(parse, node, depth);
	} else if (kind == NODE_LIST) {
		build_list(parse, node, depth);
	}
	return node;
}

static struct node *
build_document(struct parse *parse)
{
	struct node *root = NULL;
	struct fy_event *event;
	int documents = 0;

	while ((event = event_next(parse)) != NULL) {
		const enum fy_event_type type = event->type;
		if (type == FYET_DOCUMENT_START && ++documents > 1) {
			struct node *at = node_new(parse, event, NODE_TEXT);
			fault(parse->reading, at,
			      "一つのファイルに文書は一つだけです。「---"
			      "」から後を別のファイルにしてください。");
			parse->is_over = true;
		}
		if (type == FYET_MAPPING_START || type == FYET_SEQUENCE_START ||
		    type == FYET_SCALAR || type == FYET_ALIAS) {
			root = build(parse, event, 0);
			continue;
		}
		fy_parser_event_free(parse->parser, event);
		if (type == FYET_STREAM_END)
			break;
	}
	return root;
}

/* libfyaml's own words are English; the commonest get ours, the others are quoted. */
static void
report_one(struct reading *reading, struct text file, const struct fy_diag_error *error)
{
	const struct text words = text_of(error->msg != NULL ? error->msg : "");
	const int line = error->line > 0 ? error->line : 1;
	const int column = error->column > 0 ? error->column : 1;

	if (text_has(words, T("tab")))
		fault_line(reading, file, line, column,
			   "字下げにタブは使えません。空白に置き換えてください。");
	else
		fault_line(reading, file, line, column,
			   "YAMLとして読めません（%.*"
			   "s）。字下げ・引用符・コロンの後の空白を確かめてください。",
			   T_ARG(words));
}

static void
report_syntax(struct reading *reading, struct text file, struct fy_diag *diag)
{
	void *at = NULL;
	const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &at);

	if (error == NULL)
		fault_line(reading, file, 1, 1, "YAMLとして読めません。");
	else
		report_one(reading, file, error);
}

static int
line_of(struct text bytes, size_t at)
{
	int line = 1;

	for (size_t i = 0; i < at && i < bytes.len; i++)
		line += bytes.data[i] == '\n';
	return line;
}

static bool
bytes_are_text(struct reading *reading, struct text file, struct text bytes)
{
	size_t bad;

	if (bytes.len == 0 || text_is_blank(bytes)) {
		fault_line(reading, file, 1, 1, "ファイルが空です。");
		return false;
	}
	if (text_is_utf8(bytes, &bad))
		return true;
	const size_t start = bad;
	size_t column = 1;
	while (column <= start && bytes.data[start - column] != '\n')
		column++;
	fault_line(reading, file, line_of(bytes, bad), (int)column,
		   "UTF-8の文字として読めないバイトがあります（Shift_"
		   "JISで保存されていませんか）。UTF-8で保存し直してください。");
	return false;
}

struct node *
yaml_read(struct reading *reading, struct text file, struct text bytes)
{
	if (!bytes_are_text(reading, file, bytes))
		return NULL;
	struct fy_diag_cfg diag_cfg;
	fy_diag_cfg_default(&diag_cfg);
	diag_cfg.fp = NULL;
	diag_cfg.output_fn = swallow;
	diag_cfg.level = FYET_ERROR;
	struct fy_diag *diag = fy_diag_create(&diag_cfg);
	if (diag == NULL)
		return NULL;
	fy_diag_set_collect_errors(diag, true);
	const struct fy_parse_cfg cfg = {.flags = FYPCF_DISABLE_MMAP_OPT | FYPCF_JSON_NONE,
					 .diag = diag};
	struct parse parse = {.reading = reading, .file = file};
	struct node *root = NULL;
	parse.parser = fy_parser_create(&cfg);
	if (parse.parser != NULL &&
	    fy_parser_set_string(parse.parser, bytes.data, bytes.len) == 0)
		root = build_document(&parse);
	if (parse.parser == NULL || fy_parser_get_stream_error(parse.parser) ||
	    fy_diag_got_error(diag)) {
		report_syntax(reading, file, diag);
		root = NULL;
	} else if (parse.is_over) {
		root = NULL;
	} else if (root == NULL) {
		fault_line(reading, file, 1, 1, "ファイルが空です。");
	}
	fy_parser_destroy(parse.parser);
	fy_diag_destroy(diag);
	return root;
}
