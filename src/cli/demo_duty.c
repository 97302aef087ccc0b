/*
 * Recurring work in the demonstration body: every week what is to be done is looked through, and most of
 * it is done in time; some is late, some is handed on, a few are excused with a reason.
 */
#include "cli/demo.h"

#include "duty/duty.h"

enum { WEEK = 7, LIST_MOST = 2000 };

/* What chance decides about an occurrence hangs on its number alone. */
static uint32_t
lot(const struct duty_occurrence *one, uint32_t salt)
{
	return ((uint32_t)one->id.no * 2654435761U + salt * 40503U) >> 8; /* wraps on purpose */
}

void
demo_plan_duty(struct demo *demo)
{
	if (demo->body->pack->recurring_count == 0)
		return;
	for (struct day day = day_plus(demo->first, 14); day.no < demo->size.today.no;
	     day = day_plus(day, WEEK))
		demo_at(demo, demo_moment(&demo->cases_chance, day), DEED_DUTY, 0, 0);
	demo_at(demo, demo_moment(&demo->cases_chance, demo->size.today), DEED_DUTY, 1, 0);
}

/* ---- What is written down ---- */

struct phrase {
	const char *field;
	const char *words[3];
};

static const struct phrase phrases[] = {
	{ "scenario", { "庁内のネットワークが止まった", "住民情報を含む書類を誤って送った", "端末がウイルスに感染した" } },
	{ "lesson", { "連絡網の順番が人事異動の前のままだったので直した。", "代わりに連絡を受ける人を決めた。",
		      "窓口での案内の文を作っておくことにした。" } },
	{ "work-by", { "情報政策課 担当者", "保守事業者 技術員", "情報政策課 担当者ほか1名" } },
	{ "confirmed-by", { "情報政策課 係長", "情報政策課 課長補佐", "情報政策課 係長" } },
	{ "attended", { "情報政策課 係長", "情報政策課 担当者", "情報政策課 係長" } },
	{ "place", { "本庁舎サーバ室", "本庁舎サーバ室", "データセンター" } },
	{ "work", { "動作と空き容量を点検。異常なし。ファームウェアを更新。", "冷却ファンを清掃し、古いディスクを一本替えた。",
		    "ログの容量と時刻のずれを確認。異常なし。" } },
	{ "found", { "施錠と入退室の記録を見た。問題なし。", "報告書のとおり要件が守られている。",
		     "一か所だけ貼り紙が古かったので直してもらった。" } },
	{ "cause", { "別の媒体から戻し直した。", "手順書を直した。", "容量を増やした。" } },
	{ "fixed", { "共有フォルダの権限を担当係だけに絞った。", "使っていない通信の許可を消した。", "初期パスワードを変えた。" } },
	{ "measure", { "注意を呼びかけ、添付ファイルの種類を絞った。", "サポートの終わる製品の置きかえを決めた。",
		       "外からの接続元を絞った。" } },
	{ "words", { "続ける必要を一件ずつ確かめた。", "二件は期限どおり終える見込み。", "組織の変更を反映した。" } },
	{ "rest", { "育休中の職員の分は復帰の日に行う。", "見つかったものはない。", "長く使っていない一台は返却した。" } },
	{ "outside", { "番所を使う前の年度に行った。紙の記録を確かめた。", "番所を使う前の年度に行い、結果を会議に報告した。",
		       "番所を使う前の年度に行った。名簿と結果を綴ってある。" } },
	{ "changed", { "なし", "異動した二人の番号を直した。", "夜間の番号を加えた。" } },
};

static const char *
phrase_for(const struct duty_occurrence *one, const struct pack_field *field)
{
	for (size_t at = 0; at < sizeof phrases / sizeof *phrases; at++)
		if (text_is(field->name, phrases[at].field))
			return phrases[at].words[lot(one, 7) % 3];
	return "確かめた。";
}

static int64_t
number_for(const struct duty_occurrence *one, const struct pack_field *field)
{
	const int64_t about = 6 + lot(one, 3) % 12;
	if (text_is(field->name, "scanned") || text_is(field->name, "terminals"))
		return about + 4;
	if (field->has_least && about < field->least)
		return field->least;
	return field->has_most && about > field->most ? field->most : about;
}

static struct error *
first_row(struct look *look, const struct pack *pack, const struct pack_field *field,
	  struct text *value)
{
	struct ledger_page found;
	TRY(ledger_list(look, pack, field->of, &(struct ledger_query){ 0 }, 1, &found));
	*value = found.count == 0 ? T("") : text_number(look->arena, found.rows[0].id.no);
	return OK;
}

static struct error *
value_for(struct look *look, const struct pack *pack, const struct duty_occurrence *one,
	  const struct pack_field *field, struct day on, struct text *value)
{
	struct arena *arena = look->arena;
	*value = T("");
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
		*value = text_of(phrase_for(one, field));
		break;
	case FIELD_DAY:
		*value = day_iso(arena, day_plus(on, -2));
		break;
	case FIELD_PERIOD:
		*value = text_format(arena, "%.*s/%.*s", T_ARG(day_iso(arena, day_plus(on, -30))),
				     T_ARG(day_iso(arena, on)));
		break;
	case FIELD_NUMBER:
		*value = text_number(arena, number_for(one, field));
		break;
	case FIELD_CHOICE: /* the good news is written first; now and then the second */
		*value = field->choices[lot(one, 5) % 8 == 0 && field->choices_count > 1 ? 1 : 0].code;
		break;
	case FIELD_CHOICES:
		*value = field->choices[0].code;
		break;
	case FIELD_YES_NO: /* the second of the phrases speaks of a contractor */
		*value = text_is(field->name, "contractor") && lot(one, 7) % 3 != 1 ? T("no")
										    : T("yes");
		break;
	case FIELD_ASSET:
	case FIELD_ASSETS:
		return first_row(look, pack, field, value);
	case FIELD_MOMENT:
	case FIELD_PERSON:
	case FIELD_UNIT:
	case FIELD_CLASS:
	case FIELD_SERIALS:
	case FIELD_FILE:
	case FIELD_CLAUSES:
		break;
	}
	return OK;
}

struct doing {
	struct body *body;
	const struct duty_occurrence *one;
	struct moment at;
	struct person_id person;
	const struct pack_duty *begins; /* RHYTHM_NEEDED: begun */
	struct unit_id unit;
	const char *words;
	bool excuses;
};

static struct error *
do_one(struct act *act, void *with)
{
	const struct doing *doing = with;
	const struct pack_duty *duty = doing->one->duty;
	const struct day on = moment_day(doing->at);
	act->look.now = doing->at;
	act->actor = (struct actor){ .person = doing->person.no, .through = T("demo") };
	if (doing->excuses)
		return duty_excuse(act, &doing->body->flow, doing->one->id, doing->one->change,
				   T("庁舎の改修で課ごと移っているため、次の回にまとめて行う。"));
	struct ledger_value *typed =
		ARENA_ARRAY(act->look.arena, struct ledger_value, duty->record.fields_count + 1);
	for (size_t at = 0; at < duty->record.fields_count; at++) {
		typed[at].name = duty->record.fields[at].name;
		TRY(value_for(&act->look, doing->body->pack, doing->one, &duty->record.fields[at], on,
			      &typed[at].value));
	}
	return duty_do(act, &doing->body->flow,
		       &(struct duty_doing){ .id = doing->one->id, .change = doing->one->change,
					     .on = on, .words = T(""), .typed = typed,
					     .typed_count = duty->record.fields_count });
}

static struct error *
begin_one(struct act *act, void *with)
{
	const struct doing *doing = with;
	struct duty_id id;
	act->look.now = doing->at;
	act->actor = (struct actor){ .person = doing->person.no, .through = T("demo") };
	return duty_begin(act, &doing->body->flow,
			  &(struct duty_beginning){ .duty = doing->begins, .unit = doing->unit,
						    .words = text_of(doing->words) },
			  &id);
}

/* ---- When ---- */

/* The year's stories do these in their own rooms; by hand only what nobody did there in time. */
static bool
is_done_elsewhere(const struct pack_duty *duty)
{
	static const char *const deeds[] = { "training.round", "training.drill", "check.campaign",
					     "audit.report", "audit.review" };
	for (size_t at = 0; at < sizeof deeds / sizeof *deeds; at++)
		if (text_is(duty->by, deeds[at]))
			return true;
	return text_is(duty->by, "incident.exercise") && duty->owner->scope == SCOPE_BODY;
}

/* The day on which it is done: mostly before it is due, sometimes after; DAY_NONE: not until now. */
static struct day
day_for(const struct duty_occurrence *one, struct day today)
{
	const int64_t early = 2 + lot(one, 1) % 9;
	if (is_done_elsewhere(one->duty))
		return day_plus(one->due, -1);
	if (one->duty->owner->scope == SCOPE_SECTION && one->due.no > today.no - 24 &&
	    one->due.no < today.no && lot(one, 2) % 5 == 0)
		return DAY_NONE; /* forgotten, and it shows */
	if (lot(one, 2) % 23 == 0)
		return day_plus(one->due, 4 + lot(one, 4) % 8);
	struct day day = day_plus(one->due, -early);
	return day.no < one->opens.no ? one->opens : day;
}

static struct error *
who_does(struct look *look, const struct pack_duty *duty, struct unit_id unit,
	 struct person_id *person)
{
	struct decider *list;
	size_t count;
	TRY(people_deciders(look, duty->owner, unit, moment_day(look->now), (struct person_id){ 0 },
			    &list, &count));
	*person = count == 0 ? (struct person_id){ 0 } : list[0].person;
	return OK;
}

struct week {
	struct body *body;
	struct moment at;
	struct day today; /* the last of the demonstration */
	bool does_all;
};

static struct error *
do_due(const struct week *week, struct arena *arena)
{
	struct duty_occurrence *list;
	struct person_id *persons;
	size_t count;
	const struct day now = moment_day(week->at);
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(week->body->store, arena, &look));
		look.now = week->at;
		TRY(duty_list(&look, &week->body->flow,
			      &(struct duty_query){ .is_open_only = true, .from = DAY_NONE,
						    .until = DAY_NONE },
			      LIST_MOST, &list, &count));
		persons = ARENA_ARRAY(arena, struct person_id, count + 1);
		for (size_t at = 0; at < count; at++)
			if (list[at].duty != NULL)
				TRY(who_does(&look, list[at].duty, list[at].unit, &persons[at]));
	}
	for (size_t at = 0; at < count; at++) {
		struct doing doing = { .body = week->body, .one = &list[at], .at = week->at,
				       .person = persons[at] };
		if (list[at].duty == NULL || persons[at].no == 0)
			continue;
		const struct day day = week->does_all ? now : day_for(&list[at], week->today);
		if (day_is_none(day) || day.no > now.no)
			continue;
		doing.excuses = !week->does_all && list[at].duty->owner->scope == SCOPE_SECTION &&
				lot(&list[at], 6) % 41 == 0;
		TRY(store_act(week->body->store, arena, &(struct actor){ .through = T("demo") },
			      do_one, &doing));
	}
	return OK;
}

/* ---- What happens now and then ---- */

static const struct {
	int64_t ago;
	const char *code, *words;
} happenings[] = {
	{ 210, "update-urgent", "メールソフトの重大な脆弱性の知らせが届いた。" },
	{ 140, "threat", "役所をかたるメールが近くの市で見つかった。" },
	{ 90, "settings-fix", "設定の確認で、共有フォルダの権限が広すぎると分かった。" },
	{ 45, "update-urgent", "VPN装置の脆弱性の知らせが届いた。" },
	{ 9, "threat", "年度末でサポートの終わる製品がある。" },
};

/* A record that names rows of a ledger needs some: a small body may have no systems. */
static struct error *
can_be_recorded(struct look *look, const struct pack *pack, const struct pack_duty *duty, bool *can)
{
	*can = true;
	for (size_t at = 0; at < duty->record.fields_count; at++) {
		const struct pack_field *field = &duty->record.fields[at];
		struct text value = T("");
		if (field->of != NULL)
			TRY(first_row(look, pack, field, &value));
		*can &= field->of == NULL || value.len != 0;
	}
	return OK;
}

static struct error *
begin_needed(const struct week *week, struct arena *arena, const struct pack_duty *duty,
	     const char *words)
{
	struct doing doing = { .body = week->body, .at = week->at, .begins = duty, .words = words };
	{
		LOOK_SCOPED look = { 0 };
		struct unit *units;
		size_t count;
		bool can;
		TRY(look_begin(week->body->store, arena, &look));
		look.now = week->at;
		TRY(can_be_recorded(&look, week->body->pack, duty, &can));
		if (!can)
			return OK;
		TRY(people_units(&look, moment_day(week->at), &units, &count));
		for (size_t at = 0; at < count && doing.person.no == 0; at++) {
			struct decider *list;
			size_t found;
			TRY(people_role_holders(&look, duty->owner, units[at].id,
						moment_day(week->at), &list, &found));
			if (found != 0 && list[0].unit.no == units[at].id.no) {
				doing.person = list[0].person;
				doing.unit = units[at].id;
			}
		}
	}
	return doing.person.no == 0 ? OK
				    : store_act(week->body->store, arena,
						&(struct actor){ .through = T("demo") }, begin_one,
						&doing);
}

static struct error *
begin_happenings(const struct week *week, struct arena *arena)
{
	const int64_t ago = week->today.no - moment_day(week->at).no;
	for (size_t at = 0; at < sizeof happenings / sizeof *happenings; at++) {
		const struct pack_duty *duty =
			pack_duty(week->body->pack, text_of(happenings[at].code));
		if (duty != NULL && ago <= happenings[at].ago && ago > happenings[at].ago - WEEK)
			TRY(begin_needed(week, arena, duty, happenings[at].words));
	}
	return OK;
}

/* Rows whose looking after recurs, and that no other story has. */
enum { ROWS_AGO = 300, ROW_COLUMNS = 6 };

struct adding {
	struct demo *demo;
	struct moment at;
};

static struct error *
add_row(struct act *act, const struct adding *adding, const char *ledger,
	const struct ledger_value *others, size_t count)
{
	const struct pack *pack = adding->demo->body->pack;
	const struct pack_ledger *of = pack_ledger(pack, text_of(ledger));
	struct arena *arena = act->look.arena;
	struct ledger_value values[ROW_COLUMNS + 2];
	struct row_id row;
	if (of == NULL || adding->demo->rows[0].no == 0)
		return OK;
	for (size_t at = 0; at < count; at++)
		values[at] = others[at];
	values[count++] = (struct ledger_value){
		T("owner"),
		text_number(arena, adding->demo->units[adding->demo->it_unit].id.no)
	};
	values[count++] = (struct ledger_value){ T("system"),
						 text_number(arena, adding->demo->rows[0].no) };
	return ledger_add(act, pack, of, values, count, &row);
}

static struct error *
add_rows(struct act *act, void *with)
{
	const struct adding *adding = with;
	const struct ledger_value box[] = {
		{ T("name"), T("防災カメラの中継装置") },
		{ T("site"), T("みほん電力 中央変電所") },
		{ T("site-operator"), T("みほん電力株式会社") },
	};
	const struct ledger_value backup[] = {
		{ T("name"), T("庁内ファイル 日次") },
		{ T("last-at"), moment_local(act->look.arena, adding->at) },
		{ T("every-days"), T("1") },
		{ T("place"), T("県外のデータセンター") },
		{ T("away"), T("yes") },
		{ T("protected"), T("yes") },
	};
	const struct demo *demo = adding->demo;
	act->look.now = adding->at;
	act->actor = (struct actor){ .person = demo->people[demo->units[demo->it_unit].head].id.no,
				     .through = T("demo") };
	TRY(add_row(act, adding, "equipment-outside", box, sizeof box / sizeof *box));
	return add_row(act, adding, "backup", backup, sizeof backup / sizeof *backup);
}

static struct error *
add_rows_once(struct demo *demo, struct arena *arena, struct moment at)
{
	struct adding adding = { demo, at };
	const int64_t ago = demo->size.today.no - moment_day(at).no;
	if (ago > ROWS_AGO || ago <= ROWS_AGO - WEEK)
		return OK;
	return store_act(demo->body->store, arena, &(struct actor){ .through = T("demo") }, add_rows,
			 &adding);
}

struct error *
demo_play_duty(struct demo *demo, const struct demo_event *event)
{
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	const struct week week = { demo->body, event->at, demo->size.today, false };
	struct duty_done done;
	struct error *error;
	error = add_rows_once(demo, arena, event->at);
	if (error != OK)
		return error_keep(demo->arena, error);
	/* The last time as the clock does it: people are told what waits for them. */
	error = event->what == 0
			? duty_plan(demo->body->store, arena, &demo->body->flow, &done)
			: duty_clock(demo->body->store, arena, &demo->body->flow, &done);
	if (error == OK)
		error = do_due(&week, arena);
	if (error == OK)
		error = begin_happenings(&week, arena);
	return error == OK ? OK : error_keep(demo->arena, error);
}

/* ---- A body without a year ---- */

struct error *
demo_any_duty(struct body *body)
{
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	struct week week = { .body = body, .does_all = true };
	struct duty_done done;
	struct error *error = duty_plan(body->store, arena, &body->flow, &done);
	{
		LOOK_SCOPED look = { 0 };
		if (error == OK)
			error = look_begin(body->store, arena, &look);
		week.at = look.now;
		week.today = moment_day(look.now);
	}
	for (size_t at = 0; error == OK && at < body->pack->recurring_count; at++)
		if (body->pack->recurring[at].rhythm == RHYTHM_NEEDED)
			error = begin_needed(&week, arena, &body->pack->recurring[at],
					     "ためしに始めた。");
	if (error == OK)
		error = do_due(&week, arena);
	return error == OK ? OK : error_keep(body->arena, error);
}
