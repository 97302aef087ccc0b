/* Forms, statutes, terms, classes of information, and the days of the document itself. */
#include "draft/rooms.h"

#include "base/day.h"

/* --- forms --- */

/* 様式第11-1号, 様式3, 【様式１】: the number behind 様式; *end behind the citation. */
static struct text
form_at(struct reading *reading, struct text text, size_t at, size_t *end)
{
	size_t next = at + sizeof "様式" - 1;
	const bool is_ordinal = starts_z(text_from(text, next), "第");
	if (is_ordinal)
		next += sizeof "第" - 1;
	const int number = number_at(text, &next);
	if (number == 0 || number > 999)
		return T("");
	struct text code = text_number(reading->arena, number);
	const bool is_of = starts_z(text_from(text, next), "号の");
	if ((next < text.len && text.data[next] == '-') || is_of) {
		size_t second_at = next + (is_of ? sizeof "号の" - 1 : 1);
		const int second = number_at(text, &second_at);
		if (second > 0) {
			code = text_format(reading->arena, "%d-%d", number, second);
			next = second_at;
		}
	}
	if (starts_z(text_from(text, next), "号"))
		next += sizeof "号" - 1;
	*end = next;
	return code;
}

static void
keep_form(struct reading *reading, struct text number)
{
	for (size_t at = 0; at < reading->forms_count; at++)
		if (text_same(reading->forms[at], number))
			return;
	if (reading->forms_count == DRAFT_MOST_FORMS)
		return;
	reading->forms[reading->forms_count++] = number;
}

/* A citation stands behind the last sentence, but belongs to the one that asks for leave. */
static struct row *
form_row(struct reading *reading, struct row *row)
{
	static const char asks[] = "許可|承認|申請|届";
	if (has_any(row->plain, asks).len > 0 || row->item->rows < 2)
		return row;
	for (int at = 0; at < row->item->rows; at++) {
		struct row *other = &reading->rows[row->item->row + at];
		if (has_any(other->plain, asks).len > 0)
			return other;
	}
	return row;
}

static void
forms_of(struct reading *reading, struct row *row)
{
	size_t end = 0;
	struct row *whose = has_z(row->plain, "様式") ? form_row(reading, row) : row;
	for (ssize_t at = find_from(row->plain, 0, "様式"); at >= 0;
	     at = find_from(row->plain, (size_t)at + 1, "様式")) {
		const struct text number =
			form_at(reading, row->plain, (size_t)at, &end); /* found */
		if (number.len == 0)
			continue;
		reading->counts.form_citations++;
		if (whose->form.len == 0)
			whose->form = number;
		else if (!text_same(whose->form, number))
			ask(reading, row->line, row->id,
			    say("様式を二つ挙げています（%.*sと%.*"
				"s）。条項には初めのほうを書きました。"),
			    T_ARG(whose->form), T_ARG(number));
		if (text_same(whose->form, number))
			keep_form(reading, number);
	}
	/* 【様式第1号】 leaves the sentence; the printed one keeps it. */
	const ssize_t open = find_from(row->plain, 0, "【様式");
	const ssize_t close = open >= 0 ? find_from(row->plain, (size_t)open, "】") : NOT_FOUND;
	if (close >= 0)
		row->plain = text_join(reading->arena, text_first(row->plain, (size_t)open),
				       text_from(row->plain, (size_t)close + sizeof "】" - 1));
}

void
find_forms(struct reading *reading)
{
	for (size_t at = 0; at < reading->rows_count; at++)
		forms_of(reading, &reading->rows[at]);
	reading->counts.forms = reading->forms_count;
	if (reading->forms_count == DRAFT_MOST_FORMS)
		ask(reading, 0, T(""),
		    say("様式は%dまで書きました。残りは手で加えてください。"),
		    DRAFT_MOST_FORMS);
}

/* --- statutes --- */

static const char known_acts[] =
	"地方公務員法|著作権法|地方自治法|地方公営企業法|不正アクセス行為の禁止等に関する法律|"
	"個人情報の保護に関する法律|"
	"行政手続における特定の個人を識別するための番号の利用等に関する法律|"
	"サイバーセキュリティ基本法|公文書等の管理に関する法律|"
	"電子署名及び認証業務に関する法律|国家公務員法|"
	"デジタル社会形成基本法|住民基本台帳法";

static size_t
name_begins(struct text text, size_t end)
{
	static const char *const stops[] = {"、",   "。",   "(",      ")",  "「", "」",
					    "及び", "又は", "並びに", "は", "\n"};
	const struct text head = text_first(text, end);
	const size_t start = end - tail_of(head, 240).len;
	const struct text known = ends_any(head, known_acts);
	if (known.len > 0)
		return end - known.len;
	size_t from = start;
	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
		for (ssize_t at = find_from(head, from, stops[i]); at >= 0;
		     at = find_from(head, from, stops[i]))
			from = (size_t)at + text_of(stops[i]).len; /* found */
	return from;
}

static void
statutes_of(struct reading *reading, struct row *row)
{
	const struct text text = row->plain;
	for (ssize_t at = find_from(text, 0, "("); at >= 0;
	     at = find_from(text, (size_t)at + 1, "(")) {
		const size_t open = (size_t)at; /* found */
		const struct text inner = head_of(text_from(text, open + 1), 120);
		const struct text head = text_first(text, open);
		const ssize_t end = find_from(inner, 0, "号");
		if (end < 0 || starts_any(inner, "明治|大正|昭和|平成|令和").len == 0 ||
		    ends_any(head, "法|法律|条例|規則|規程|要綱|令|番号法").len == 0)
			continue;
		const struct text number = text_first(inner, (size_t)end + sizeof "号" - 1);
		if (has_any(number, ")|。").len > 0 || has_any(number, "第").len == 0)
			continue;
		struct named *one = ARENA_NEW(reading->arena, struct named);
		*one = (struct named){.name = slice(text, name_begins(text, open), open),
				      .number = number,
				      .next = row->statutes};
		row->statutes = one;
		reading->counts.statutes++;
	}
}

void
find_statutes(struct reading *reading)
{
	for (size_t at = 0; at < reading->rows_count; at++)
		statutes_of(reading, &reading->rows[at]);
}

/* --- terms --- */

static void
add_term(struct reading *reading, struct text name, struct text means, struct text clause)
{
	if (name.len == 0 || text_count(name) > 80 || reading->terms_count >= 1000)
		return;
	for (size_t at = 0; at < reading->terms_count; at++)
		if (text_same(reading->terms[at].name, name))
			return;
	reading->terms[reading->terms_count++] =
		(struct term){.name = name, .means = means, .clause = clause};
}

static bool
is_role(const struct reading *reading, struct text name)
{
	for (size_t at = 0; at < reading->roles_count; at++)
		for (size_t n = 0; n < reading->roles[at].names_count; n++)
			if (text_same(reading->roles[at].names[n], name))
				return true;
	return false;
}

static void
terms_of(struct reading *reading, const struct row *row)
{
	const struct text text = row->plain;
	const struct item *item = row->item;
	const bool is_definition = item->parent != NULL && has_z(item->parent->title, "定義");
	if (item->style == STYLE_TERM || (is_definition && item->title.len > 0))
		add_term(reading, item->title, text, row->id);
	const ssize_t means = find_from(text, 0, "とは、");
	if (means > 0 && !item->is_note && has_any(text, "をいう|を指す").len > 0) {
		struct text name = text_first(text, (size_t)means); /* found */
		if (starts_z(name, "「") && ends_z(name, "」"))
			name = slice(name, 3, name.len - 3);
		if (text_count(name) <= 24 && has_any(name, "は、|。").len == 0)
			add_term(reading, name, text, row->id);
	}
	for (ssize_t at = find_from(text, 0, "(以下「"); at >= 0;
	     at = find_from(text, (size_t)at + 1, "(以下「")) {
		const size_t open = (size_t)at + sizeof "(以下「" - 1; /* found */
		const ssize_t close = find_from(text, open, "」という");
		if (close < 0)
			break;
		if (!is_role(reading, slice(text, open, (size_t)close)))
			add_term(reading, slice(text, open, (size_t)close), text, row->id);
	}
}

void
find_terms(struct reading *reading)
{
	reading->terms = ARENA_ARRAY(reading->arena, struct term, 1001);
	for (size_t at = 0; at < reading->rows_count; at++)
		terms_of(reading, &reading->rows[at]);
	reading->counts.terms = reading->terms_count;
}

/* --- classes of information --- */

/* Ⅱ, II, 2 or B behind the axis's name. */
static struct text
class_at(struct reading *reading, struct text text, size_t at, int *order, bool *is_roman)
{
	static const char *const romans[] = {"", "I", "II", "III", "IV", "V"};
	uint32_t c = 0;
	size_t next = at;
	(void)text_next(text, &next, &c);
	*is_roman = true;
	if (c >= 0x2160 && c <= 0x2164) {
		*order = (int)(c - 0x2160) + 1;
		return text_of(romans[*order]);
	}
	for (*order = 5; *order > 0; (*order)--)
		if (starts_z(text_from(text, at), romans[*order]) &&
		    !is_word(
			    first_character(text_from(text, at + text_of(romans[*order]).len))))
			return text_of(romans[*order]);
	*is_roman = false;
	next = at;
	*order = number_at(text, &next);
	if (*order > 0 && *order < 10)
		return text_number(reading->arena, *order);
	*order = 0;
	return T("");
}

static void
classes_of(struct reading *reading, struct text text, const struct item *item)
{
	static const struct {
		const char *name, *code;
	} axes[] = {{"重要性分類", "class"},  {"機密性", "confidentiality"},
		    {"完全性", "integrity"},  {"可用性", "availability"},
		    {"重要度", "importance"}, {"情報区分", "category"}};
	for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
		for (ssize_t at = find_from(text, 0, axes[i].name); at >= 0;
		     at = find_from(text, (size_t)at + 1, axes[i].name)) {
			int order;
			bool is_roman;
			const struct text code =
				class_at(reading, text, (size_t)at + text_of(axes[i].name).len,
					 &order, &is_roman);
			if (code.len == 0)
				continue;
			struct axis *axis = NULL;
			for (size_t a = 0; a < reading->axes_count; a++)
				if (text_is(reading->axes[a].code, axes[i].code))
					axis = &reading->axes[a];
			if (axis == NULL) {
				axis = &reading->axes[reading->axes_count++]; /* as many as
										 names */
				*axis = (struct axis){.name = text_of(axes[i].name),
						      .code = text_of(axes[i].code),
						      .where = item,
						      .is_roman = is_roman};
			}
			bool is_new = axis->count < 9;
			for (size_t v = 0; v < axis->count; v++)
				is_new = is_new && axis->values[v].order != order;
			if (is_new)
				axis->values[axis->count++] = (struct class_value){
					code,
					text_format(reading->arena, "%s%.*s", axes[i].name,
						    T_ARG(code)),
					order};
		}
}

/* Highest first: Ⅰ before Ⅱ, but 3 before 2. */
static void
sort_values(struct axis *axis)
{
	for (size_t a = 0; a < axis->count; a++)
		for (size_t b = a + 1; b < axis->count; b++)
			if ((axis->values[b].order < axis->values[a].order) == axis->is_roman) {
				const struct class_value kept = axis->values[a];
				axis->values[a] = axis->values[b];
				axis->values[b] = kept;
			}
}

void
find_classes(struct reading *reading)
{
	for (size_t at = 0; at < reading->items_count; at++) {
		classes_of(reading, reading->items[at]->title, reading->items[at]);
		classes_of(reading, reading->items[at]->plain, reading->items[at]);
	}
	for (size_t at = 0; at < reading->axes_count; at++) {
		sort_values(&reading->axes[at]);
		ask(reading, reading->axes[at].where->line, reading->axes[at].where->id,
		    say("分類「%.*s」の値と順（高い順）を classes.yaml で確かめてください。%s"),
		    T_ARG(reading->axes[at].name),
		    reading->axes[at].is_roman ? say("ローマ数字は小さいほど高いと読みました。")
					       : say("数字は大きいほど高いと読みました。"));
	}
	if (reading->axes_count == 0)
		ask(reading, 0, T(""),
		    say("情報の分類が見つかりません。classes.yaml "
			"には仮の「高・低」があります。"));
}
