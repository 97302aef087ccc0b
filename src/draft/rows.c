/* Sentences become rows; what each leaves open, and the words that must be looked at. */
#include "draft/rooms.h"

/* --- sentences --- */

static size_t
split(struct text text, struct text *parts, size_t most)
{
	struct text rest = text, sentence;
	size_t count = 0;
	ssize_t list = find_from(text, 0, "\n");
	if (list > 0)
		rest = text_first(text, (size_t)list); /* found */
	const struct text tail = list > 0 ? text_from(text, (size_t)list) : T("");
	while (next_sentence(&rest, &sentence)) {
		const bool is_whole = text_ends(sentence, T("。")) && sentence.len > 3 &&
				      !starts_z(sentence, "【") && !starts_z(sentence, "。");
		if (count > 0 && (!is_whole || count == most))
			parts[count - 1].len =
				(size_t)(sentence.data + sentence.len -
					 parts[count - 1].data); /* of one text */
		else
			parts[count++] = sentence;
	}
	if (count > 0 && tail.len > 0)
		parts[count - 1].len = (size_t)(tail.data + tail.len - parts[count - 1].data);
	return count;
}

enum { MOST_SENTENCES = 9 };

static void
add_row(struct reading *reading, struct item *item, struct text id, struct text plain,
	struct text raw)
{
	struct row *row = &reading->rows[reading->rows_count++];
	*row = (struct row){.item = item,
			    .id = id,
			    .plain = plain,
			    .raw = raw,
			    .line = item->line,
			    .modality = modality_of(plain),
			    .kind = kind_of(plain)};
	item->rows++;
}

static void
split_item(struct reading *reading, struct item *item)
{
	struct text parts[MOST_SENTENCES], raws[MOST_SENTENCES];
	const bool is_one = item->is_note || item->style == STYLE_TERM;
	size_t count = is_one ? 1 : split(item->plain, parts, MOST_SENTENCES);
	const size_t raw_count = is_one ? 1 : split(item->raw, raws, MOST_SENTENCES);
	if (count <= 1) {
		add_row(reading, item, item->id, item->plain, item->raw);
		return;
	}
	for (size_t at = 0; at < count; at++)
		add_row(reading, item,
			text_format(reading->arena, "%.*s-%zu", T_ARG(item->id), at + 1),
			parts[at],
			raw_count == count ? raws[at]
			: at == 0          ? item->raw
					   : T(""));
}

/* Each note stands behind the clause it explains. */
static void
order_notes(struct reading *reading)
{
	struct item **ordered =
		ARENA_ARRAY(reading->arena, struct item *, reading->items_count + 1);
	size_t count = 0;
	for (size_t at = 0; at < reading->items_count; at++) {
		struct item *item = reading->items[at];
		if (item->is_note || item->is_dropped)
			continue;
		ordered[count++] = item;
		for (size_t n = 0; n < reading->notes_count; n++)
			if (reading->notes[n]->bound == item)
				ordered[count++] = reading->notes[n];
	}
	reading->items = ordered;
	reading->items_count = count;
}

static bool
is_annex(const struct item *item)
{
	return item->style == STYLE_SUPPLEMENT &&
	       starts_any(item->token.mark, "附|付").len == 0;
}

struct error *
make_rows(struct reading *reading)
{
	order_notes(reading);
	reading->rows = ARENA_ARRAY(reading->arena, struct row,
				    MOST_SENTENCES * reading->items_count + 1);
	for (size_t at = 0; at < reading->items_count; at++) {
		struct item *item = reading->items[at];
		item->row = (int)reading->rows_count; /* below 90,000 */
		if (is_annex(item))
			ask(reading, item->line, item->id,
			    say("別表・別記は読みません。要る値を手で入れてください。"));
		else if (!text_is_blank(item->plain))
			split_item(reading, item);
	}
	reading->counts.duties = reading->rows_count;
	if (reading->rows_count == 0)
		return reject(NULL, "番号はありますが、文がありません。目次だけの文書ではないか"
				    "確かめてください。");
	return OK;
}

/* --- what is left open --- */

static struct open_value *
value_named(struct reading *reading, struct text code)
{
	for (size_t at = 0; at < reading->values_count; at++)
		if (text_same(reading->values[at].code, code))
			return &reading->values[at];
	if (reading->values_count == sizeof reading->values / sizeof *reading->values)
		return NULL;
	reading->values[reading->values_count].code = code;
	return &reading->values[reading->values_count++];
}

static struct text
open_value(struct reading *reading, const struct row *row, struct open_value wanted)
{
	struct open_value *value = value_named(reading, wanted.code);
	if (value == NULL)
		return T("");
	if (value->used == 0) {
		*value = wanted;
		value->clause = row->id;
	}
	value->used++;
	return value->code;
}

/* 24時間以内, 3日以内 */
static bool
given_deadline(struct reading *reading, struct row *row)
{
	static const struct {
		const char *unit, *en;
		int64_t minutes;
	} units[] = {{"分以内", "minutes", 1},        {"時間以内", "hours", 60},
		     {"日以内", "days", 1440},        {"営業日以内", "working days", 1440},
		     {"週間以内", "weeks", 7 * 1440}, {"か月以内", "months", 31 * 1440},
		     {"月以内", "months", 31 * 1440}};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		const ssize_t at = find_from(row->plain, 0, units[i].unit);
		size_t from = at > 0 ? (size_t)at : 0; /* found */
		while (from > 0 && row->plain.data[from - 1] >= '0' &&
		       row->plain.data[from - 1] <= '9')
			from--;
		size_t end = from;
		const int number = at > 0 ? number_at(row->plain, &end) : 0;
		if (number == 0 || number > 1000)
			continue;
		row->deadline = open_value(
			reading, row,
			(struct open_value){
				.code = text_format(reading->arena, "deadline.%d-%s", number,
						    i == 3 ? "working-days" : units[i].en),
				.words = text_format(reading->arena, "%d%s", number,
						     units[i].unit),
				.en = text_format(reading->arena, "within %d %s", number,
						  units[i].en),
				.is_deadline = true,
				.is_given = true,
				.usual = number * units[i].minutes});
		return true;
	}
	return false;
}

static void
find_open(struct reading *reading, struct row *row)
{
	static const struct {
		const char *words, *code, *en;
		int64_t usual; /* 0: the text gives no number */
		bool is_deadline;
	} known[] = {
		{"速やかに", "deadline.promptly", "promptly", 0, true},
		{"直ちに|ただちに", "deadline.at-once", "at once", 0, true},
		{"遅滞なく", "deadline.without-delay", "without delay", 0, true},
		{"早急に|至急", "deadline.urgently", "urgently", 0, true},
		{"毎年度|毎年|年1回|年に1回", "period.year", "every year", 366, false},
		{"毎月|月1回|月に1回", "period.month", "every month", 31, false},
		{"毎週|週1回|週に1回", "period.week", "every week", 7, false},
		{"毎日|日次", "period.day", "every day", 1, false},
		{"定期", "period.regularly", "regularly", 0, false},
	};
	const bool is_dated = given_deadline(reading, row);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct text *of = known[i].is_deadline ? &row->deadline : &row->period;
		const struct text word = has_any(row->plain, known[i].words);
		if (word.len == 0 || of->len > 0 || (known[i].is_deadline && is_dated))
			continue;
		*of = open_value(reading, row,
				 (struct open_value){.code = text_of(known[i].code),
						     .words = i == 8 ? T("定期的に") : word,
						     .en = text_of(known[i].en),
						     .is_deadline = known[i].is_deadline,
						     .is_given = known[i].usual > 0,
						     .usual = known[i].usual > 0
								      ? known[i].usual
							      : known[i].is_deadline ? 1440
										     : 366});
	}
	reading->counts.deadlines += row->deadline.len > 0;
	reading->counts.periods += row->period.len > 0;
}

/* Names like those of roles that nobody defines: 統括情報セキュリティ管理者. */
static void
find_strangers(struct reading *reading, struct row *row)
{
	static const char *const ends[] = {"責任者", "管理者", "担当者", "委員会"};
	const struct text text = row->plain;
	size_t strangers = 0;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		for (ssize_t at = find_from(text, 0, ends[i]); at >= 0;
		     at = find_from(text, (size_t)at + 1, ends[i])) {
			size_t from = (size_t)at, back = from; /* found */
			const size_t end = from + text_of(ends[i]).len;
			for (uint32_t c = before(text, &back);
			     (is_kanji(c) || is_katakana(c) || is_word(c)) && end - from < 90;
			     c = before(text, &back))
				from = back;
			const struct text name = slice(text, from, end);
			bool is_known =
				strangers >= 20 ||
				has_any(name,
					"情報|セキュリティ|ネットワーク|システム|クラウド")
						.len == 0;
			for (size_t r = 0; r < reading->roles_count && !is_known; r++)
				for (size_t n = 0;
				     n < reading->roles[r].names_count && !is_known; n++)
					is_known =
						text_ends(name, reading->roles[r].names[n]) &&
						(name.len == reading->roles[r].names[n].len ||
						 starts_any(
							 name,
							 "各|当該|全|同|他|部|課|局|本|市|町")
								 .len > 0);
			for (struct named *one = row->strangers; one != NULL && !is_known;
			     one = one->next)
				is_known = text_same(one->name, name);
			if (is_known)
				continue;
			strangers++;
			struct named *named = ARENA_NEW(reading->arena, struct named);
			*named = (struct named){.name = name, .next = row->strangers};
			row->strangers = named;
			ask(reading, row->line, row->id,
			    say("「%.*s」という役割は、この文書のどこにも定められていません。"),
			    T_ARG(name));
		}
}

static void
ask_actor(struct reading *reading, const struct row *row)
{
	const struct item *above = row->item->parent;
	if (row != &reading->rows[row->item->row] ||
	    (above != NULL && above->rows > 0 && above->actor == NULL))
		return; /* asked once, of the first sentence or of the one above */
	if (text_is(row->actor->code, "body") && row->item->style != STYLE_TERM &&
	    !row->item->is_note && row->item->style != STYLE_SUPPLEMENT)
		ask(reading, row->line, row->id,
		    say("だれの義務か、文に書かれていません（今は「組織全体」）。"));
}

/* 重要性分類 I with a Latin letter. */
static void
ask_mixed(struct reading *reading, const struct row *row)
{
	const struct text latin = has_any(row->plain, "分類I|分類II|分類III|機密性I|ランクI");
	if (latin.len > 0)
		ask(reading, row->line, row->id,
		    say("「%.*s」のローマ数字がラテン文字の I で書かれています。Ⅰ "
			"と読みました。"),
		    T_ARG(latin));
}

void
find_marks(struct reading *reading)
{
	for (size_t at = 0; at < reading->rows_count; at++) {
		struct row *row = &reading->rows[at];
		row->is_discretionary =
			has_any(row->plain, "必要に応じ|必要がある場合には").len > 0;
		reading->counts.discretionary += row->is_discretionary;
		find_open(reading, row);
		find_strangers(reading, row);
		ask_actor(reading, row);
		ask_mixed(reading, row);
	}
}
