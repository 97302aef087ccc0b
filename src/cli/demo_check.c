/*
 * Self-checks in the demonstration body: one of all staff in summer that is closed, one of sections and
 * systems, and one of all staff in autumn that not everybody has answered yet. What was answered with no is
 * put right afterwards, but for what the clerk forgot.
 */
#include "cli/demo.h"

#include "check/check.h"

enum { SUMMER_AGO = 140, SECTIONS_AGO = 110, AUTUMN_AGO = 6, WEEKS_DAYS = 14, UNITS_DAYS = 20,
       IMPROVE_AFTER = 16, IMPROVE_DAYS = 30 };

enum deed { DEED_SUMMER, DEED_UNITS, DEED_AUTUMN, DEED_REPLY, DEED_IMPROVE, DEED_FINISH };

/* What goes wrong where, and how it is put right. */
struct fault_of {
	const char *item, *plan, *done;
};
static const struct fault_of faults[] = {
	{ "leaving", "離席のときにロックするよう、画面の端に付せんをはる", "二週間続けて、忘れずにロックした" },
	{ "put-away", "鍵付きのロッカーの空きを総務に確認する", "ロッカーの場所をもらい、毎日しまっている" },
	{ "media", "机の中のUSBメモリーの中身を確かめ、要らないものを消す", "三本の中身を消し、課に返した" },
	{ "own-password", "二つのシステムで同じだったパスワードを変える", "両方のパスワードを変えた" },
	{ "card", "席を立つときはカードを抜き、首から下げる", "ストラップを付け、離席のたびに抜いている" },
	{ "drafts", "共有フォルダーの作りかけのファイルを片づける", "古い下書き四十件を消した" },
	{ "virus", "ウイルスの知らせの読み方を係長に聞く", "知らせを読み、LANケーブルの位置も確かめた" },
	{ "storage", "鍵の壊れた書庫の修理を頼む", "書庫の鍵を取り替えた" },
	{ "compliance", "月初めの朝礼のあとに課内を見て回る", "課内を見て回り、気づいたことを伝えた" },
	{ "logs", "ログの点検の日を決め、担当者を置く", "毎月第一月曜を点検の日にした" },
	{ "settings", "設定の一覧を作り、実際と比べる", "一覧を作り、違っていた二か所を直した" },
};
enum { FAULTS = sizeof faults / sizeof *faults };

static const struct fault_of reasons[] = {
	{ "media", "USBメモリーなどの媒体を使っていない", NULL },
	{ "put-away", "窓口の据置き端末だけを使っている", NULL },
	{ "card", "ICカードを配られていない", NULL },
	{ "newcomers", "会計年度任用職員がいない", NULL },
};
enum { REASONS = sizeof reasons / sizeof *reasons };

static const struct fault_of *
of_item(const struct fault_of *list, size_t count, struct text item)
{
	for (size_t at = 0; at < count; at++)
		if (text_is(item, list[at].item))
			return &list[at];
	return NULL;
}

/* ---- Acts ---- */

static struct error *
as_runner(struct demo *demo, struct act *act, const char *checklist)
{
	const struct pack_checklist *known = pack_checklist(demo->body->pack, text_of(checklist));
	struct decider *list;
	size_t count;
	TRY(people_role_holders(&act->look, known->runs[0], (struct unit_id){ 0 },
				moment_day(act->look.now), &list, &count));
	if (count != 0)
		act->actor.person = list[0].person.no;
	return OK;
}

static struct error *
begin(struct demo *demo, struct act *act, const char *checklist, const char *title, int64_t days)
{
	const struct day today = moment_day(act->look.now);
	struct campaign_id id;
	TRY(as_runner(demo, act, checklist));
	TRY(check_plan(act, &demo->body->flow,
		       &(struct planning){ .checklist = text_of(checklist), .title = text_of(title),
					   .since = today, .until = day_plus(today, days) },
		       &id));
	return check_begin(act, &demo->body->flow, id);
}

static struct check_answering
answer_of(const struct check_item *item, struct chance *chance, struct day today, bool forgets)
{
	const struct fault_of *fault = of_item(faults, FAULTS, item->code);
	const struct fault_of *reason = of_item(reasons, REASONS, item->code);
	struct check_answering answer = { .item = item->id, .answer = CHECK_YES, .due = DAY_NONE };
	const bool happens = chance_is(chance, 4), is_out = chance_is(chance, 7);
	const bool fails = happens || (forgets && text_is(item->code, "leaving"));
	if (fault != NULL && fails) {
		answer.answer = CHECK_NO;
		answer.words = text_of(fault->plan);
		answer.due = day_plus(today, IMPROVE_DAYS);
	} else if (reason != NULL && is_out && item->may_not_apply) {
		answer.answer = CHECK_NA;
		answer.words = text_of(reason->plan);
	}
	return answer;
}

static struct error *
reply(struct demo *demo, struct act *act, struct sheet_id id, struct chance *chance, bool forgets)
{
	struct check_sheet sheet;
	TRY(check_sheet(&act->look, id, &sheet));
	struct check_answering *answers =
		ARENA_ARRAY(act->look.arena, struct check_answering, sheet.count + 1);
	for (size_t at = 0; at < sheet.count; at++)
		answers[at] = answer_of(&sheet.items[at], chance, moment_day(act->look.now),
					forgets);
	return check_answer(act, &demo->body->flow, id, answers, sheet.count);
}

/* Somebody who left, or was not here yet, does nothing. */
static struct error *
serves(struct look *look, const struct demo *demo, size_t no, bool *is)
{
	struct person person;
	*is = false;
	if (demo->people[no].id.no == 0)
		return OK;
	TRY(people_person(look, demo->people[no].id, &person));
	*is = day_is_none(person.until) || person.until.no >= moment_day(look->now).no;
	return OK;
}

/* All that waits for the person. */
static struct error *
reply_all(struct demo *demo, struct act *act, size_t no)
{
	const struct person_id person = demo->people[no].id;
	struct chance chance = { (uint64_t)act->look.now.ms + no }; /* after 1970 */
	struct check_mine mine;
	bool is_here;
	TRY(serves(&act->look, demo, no, &is_here));
	if (!is_here)
		return OK;
	TRY(check_mine(&act->look, demo->body->pack, person, moment_day(act->look.now), &mine));
	act->actor.person = person.no;
	for (size_t at = 0; at < mine.sheets_count; at++)
		if (mine.sheets[at].done.ms == 0)
			TRY(reply(demo, act, mine.sheets[at].id, &chance, no == demo->clerk));
	return OK;
}

static const char *
done_of(const struct improvement *improvement)
{
	for (size_t at = 0; at < FAULTS; at++)
		if (text_is(improvement->plan, faults[at].plan))
			return faults[at].done;
	return "直した";
}

static struct error *
improve_all(struct demo *demo, struct act *act, size_t no)
{
	const struct person_id person = demo->people[no].id;
	struct check_mine mine;
	bool is_here;
	TRY(serves(&act->look, demo, no, &is_here));
	if (!is_here)
		return OK;
	TRY(check_mine(&act->look, demo->body->pack, person, moment_day(act->look.now), &mine));
	act->actor.person = person.no;
	if (no == demo->clerk)
		return OK; /* has forgotten: what visitors find late on their page */
	for (size_t at = 0; at < mine.improvements_count; at++)
		TRY(check_improve(act, &demo->body->flow, mine.improvements[at].id,
				  text_of(done_of(&mine.improvements[at]))));
	return OK;
}

/* Everything that is over by now. */
static struct error *
finish(struct demo *demo, struct act *act)
{
	struct campaign *list;
	size_t count;
	TRY(check_campaigns(&act->look, demo->body->pack, &list, &count));
	for (size_t at = 0; at < count; at++) {
		if (!list[at].is_over)
			continue;
		TRY(as_runner(demo, act, text_z(act->look.arena, list[at].checklist)));
		TRY(check_finish(act, &demo->body->flow, list[at].id,
				 list[at].asks == CHECKLIST_PERSON
					 ? T("おおむね守れている。離席のときのロックと、媒体の片づけに「いいえ」が目立つ。各課長から声をかけ、次の点検で改めて見る。")
					 : T("多くは守れている。鍵の壊れた書庫とログの点検の遅れを、責任者が期限までに直す。")));
	}
	return OK;
}

struct error *
demo_do_check(struct demo *demo, const struct demo_event *event, struct act *act)
{
	switch ((enum deed)event->what) {
	case DEED_SUMMER:
		return begin(demo, act, "staff", "夏の自己点検（全職員）", WEEKS_DAYS);
	case DEED_UNITS:
		TRY(begin(demo, act, "section", "課の自己点検", UNITS_DAYS));
		if (demo->rows[0].no == 0)
			return OK; /* a small body keeps no systems, and nobody would be asked */
		return begin(demo, act, "system", "システムの自己点検", UNITS_DAYS);
	case DEED_AUTUMN:
		return begin(demo, act, "staff", "秋の自己点検（全職員）", WEEKS_DAYS);
	case DEED_REPLY:
		return reply_all(demo, act, event->other);
	case DEED_IMPROVE:
		return improve_all(demo, act, event->other);
	case DEED_FINISH:
		return finish(demo, act);
	}
	return OK;
}

/* ---- Planning ---- */

static struct moment
when(struct demo *demo, struct chance *chance, int64_t days)
{
	return demo_moment(chance, day_plus(demo->size.today, -days));
}

static bool
fits(const struct demo *demo)
{
	static const char *const needed[] = { "staff", "section", "system" };
	for (size_t at = 0; at < sizeof needed / sizeof *needed; at++) {
		const struct pack_checklist *known =
			pack_checklist(demo->body->pack, text_of(needed[at]));
		if (known == NULL || known->runs_count == 0)
			return false;
	}
	return true;
}


static void
plan_staff(struct demo *demo, struct chance *chance, int64_t ago, int64_t percent, int64_t most_days)
{
	for (size_t no = 1; no < demo->people_count; no++) {
		/* The first day may fall on a weekend: it then opens on Monday. */
		const int64_t later = 3 + chance_below(chance, most_days - 2);
		const bool does = chance_is(chance, percent);
		/* Visitors sign in as those with a name: the newest one is theirs to answer. */
		if (no != demo->erased && does && (demo->people[no].login == NULL || ago != AUTUMN_AGO))
			demo_at(demo, when(demo, chance, ago - later), DEED_CHECK, DEED_REPLY, no);
	}
}

static void
plan_improvements(struct demo *demo, struct chance *chance, int64_t ago)
{
	for (size_t no = 1; no < demo->people_count; no++) {
		const int64_t later = IMPROVE_AFTER + chance_below(chance, WEEKS_DAYS);
		if (no != demo->erased)
			demo_at(demo, when(demo, chance, ago - later), DEED_CHECK, DEED_IMPROVE, no);
	}
}

static void
plan_heads(struct demo *demo, struct chance *chance)
{
	for (size_t unit = 1; unit < demo->units_count; unit++) {
		const size_t head = demo->units[unit].head;
		if (head == 0 || unit == demo->vacant_unit)
			continue;
		demo_at(demo, when(demo, chance, SECTIONS_AGO - 2 - (int64_t)(unit % 15)), DEED_CHECK,
			DEED_REPLY, head);
		demo_at(demo, when(demo, chance, SECTIONS_AGO - UNITS_DAYS - (int64_t)(unit % 7)),
			DEED_CHECK, DEED_IMPROVE, head);
	}
}

void
demo_plan_check(struct demo *demo)
{
	struct chance chance = { (uint64_t)demo->size.seed + 79 }; /* not negative */
	if (!fits(demo))
		return;
	demo_at(demo, when(demo, &chance, SUMMER_AGO), DEED_CHECK, DEED_SUMMER, 0);
	plan_staff(demo, &chance, SUMMER_AGO, 97, WEEKS_DAYS - 2);
	plan_improvements(demo, &chance, SUMMER_AGO);
	demo_at(demo, when(demo, &chance, SUMMER_AGO - WEEKS_DAYS - 4), DEED_CHECK, DEED_FINISH, 0);
	demo_at(demo, when(demo, &chance, SECTIONS_AGO), DEED_CHECK, DEED_UNITS, 0);
	plan_heads(demo, &chance);
	demo_at(demo, when(demo, &chance, SECTIONS_AGO - UNITS_DAYS - 5), DEED_CHECK, DEED_FINISH, 0);
	demo_at(demo, when(demo, &chance, AUTUMN_AGO), DEED_CHECK, DEED_AUTUMN, 0);
	plan_staff(demo, &chance, AUTUMN_AGO, 60, AUTUMN_AGO - 1);
}
