/*
 * The demonstration's audits: two regular ones and one of a contractor, from plan to verified points, one
 * that waits for the council, the council's sessions, and the yearly review. All by the rooms' own acts.
 */
#include "assure/review.h"
#include "audit/audit.h"
#include "cli/demo.h"

#include "base/file.h"

enum { AUDITS = 4, POINTS = 8, MEETINGS = 5, UNITS = 3, HASTE_MS = 600000 };

struct demo_audit {
	size_t units[UNITS], units_count; /* the first units_count are different ones */
	struct audit_id audits[AUDITS];
	struct point_id points[POINTS];
	struct meeting_id meetings[MEETINGS];
	struct review_id review;
};

enum task {
	TASK_PLAN, TASK_NAME, TASK_CALL, TASK_ITEM, TASK_REVIEW_ITEM, TASK_MINUTES, TASK_BEGIN, TASK_ASK, TASK_SHOW,
	TASK_SIGN, TASK_SAMPLE, TASK_LOOK, TASK_PAPER, TASK_POINT, TASK_REPORT, TASK_RECEIVE, TASK_ORDER,
	TASK_ANSWER, TASK_DONE, TASK_VERIFY, TASK_CLOSE, TASK_REVIEW, TASK_USE, TASK_DECIDE,
};

/* ---- What is said ---- */

static const struct {
	enum audit_kind kind;
	const char *title, *aim, *report, *themes[3];
	int days;
} audits[AUDITS] = {
	{ AUDIT_REGULAR, "窓口と税の部署の情報資産", "情報資産の分類、送信・運搬、廃棄が、方針のとおりに行われているかを確かめる。",
	  "おおむね方針のとおりに行われている。分類の付け忘れと、廃棄の立会いの記録に不備があった。", { "assets", "disposal", NULL }, 60 },
	{ AUDIT_OUTSIDE, "システム運用保守の委託先", "委託先と再委託先が、契約と方針の求める管理を行っているかを確かめる。",
	  "入退室と作業の記録は整っている。従事者の名簿の更新が遅れていた。", { "contractors", NULL }, 40 },
	{ AUDIT_REGULAR, "窓口の部署の利用者管理と記録", "利用者の登録と権限、記録の点検が行われているかを、記録簿の標本で確かめる。",
	  "申請と決裁の記録は、標本のすべてで整っていた。研修を受けていない職員と、使われていない利用者が残っていた。", { "accounts", "staff", "training" }, 60 },
	{ AUDIT_SPECIAL, "例外措置の運用", "例外措置の許可と終了の記録が整っているかを確かめる。", "", { "exceptions", NULL }, 30 },
};

static const struct {
	size_t audit, unit;
	const char *clause, *grade, *title, *words, *wish, *order, *plan, *done, *seen;
} points[POINTS] = {
	{ 0, 0, "3.2.1.b", "minor", "重要性分類のない情報資産が台帳に残っている",
	  "台帳の新しい資産のうち、分類の決まっていないものがあった。", "登録のときに分類を決め、分からないときは管理者に尋ねる。",
	  "分類の決まっていない資産を洗い出し、分類を決めること。", "今月中に係ごとに台帳を見直す。", "全件を見直し、分類を決めて台帳を直した。",
	  "台帳を見て、分類のない資産がないことを確かめた。" },
	{ 0, 1, "3.2.9.b", "grave", "廃棄の立会いの記録がないものがあった",
	  "データ消去の証明書はあるが、立ち会った職員の記録がない廃棄が1件あった。", "立ち会った人と日時を、廃棄の結果に必ず書く。",
	  "立会いの記録を廃棄の結果に書くよう徹底すること。", "手順書に立会いの欄を加える。", "手順書を直し、課内に周知した。直近の廃棄で記録を確かめた。",
	  "直近の廃棄2件で、立会いの記録を確かめた。" },
	{ 0, 2, "3.2.4.a", "advice", "複製の分類を書く欄が分かりにくい", "複製した資産の分類を、元の資産から書き写している。",
	  "番所の「複製元」を使うと、分類が引き継がれる。", NULL, NULL, NULL, NULL },
	{ 1, 0, "9.1.3-1", "minor", "従事者の名簿の更新が遅れている", "退場した従事者が、1か月のあいだ名簿に残っていた。",
	  "退場の日に名簿を直し、機器の利用を止める。", "委託先に、名簿を退場の日に直させること。", "委託先と手順を取り決める。",
	  "退場の届けを受けた日に名簿を直す手順にした。", "直近の退場2件で、その日に直されていることを確かめた。" },
	{ 2, 0, "7.2.1.b.c", "minor", "使われていない利用者が残っている", "90日以上使われていない利用者が、システムに残っていた。",
	  "点検で見つけたら、止めるか理由を残す。", "使われていない利用者を止めること。", "点検の結果に合わせて止める。",
	  "使われていない利用者をすべて止めた。", "システムの一覧で、止まっていることを確かめた。" },
	{ 2, 1, "6.2.1.b", "minor", "研修を受けていない職員がいる", "会計年度任用職員の一部が、採用時の研修を受けていない。",
	  "採用の月のうちに研修を受けさせる。", "研修を受けていない職員に受けさせること。", "来月の研修で全員に受けさせる。", NULL, NULL },
	{ 2, 2, "6.1.1.g", "grave", "離席のときに画面を閉じていない", "執務室を巡回したところ、離席中の端末のうち3台の画面が開いたままだった。",
	  "離席のときは画面を閉じるか、利用者を切り替える。", "画面を自動で閉じる設定にし、職員に周知すること。", NULL, NULL, NULL },
};
enum { POINTS_USED = 7 };

static const struct {
	const char *title, *minutes;
} meetings[MEETINGS] = {
	{ "定例会議（監査計画）", "監査計画の報告を受けた。対象の部署と条項、監査人の独立について質疑があった。" },
	{ "定例会議（監査結果・見直し）", "監査の結果の報告を受け、改善計画と方針の見直しを審議した。" },
	{ "定例会議（年度の監査計画）", "今年度の監査計画の報告を受けた。委託先の監査の結果も報告された。" },
	{ "定例会議（監査結果）", "監査の結果の報告を受け、改善計画を決めた。" },
	{ "定例会議（臨時監査の計画）", "" },
};

static const struct {
	size_t meeting;
	enum agenda_kind kind;
	size_t audit;
	const char *title, *decided;
	enum council_decision decision;
} items[] = {
	{ 0, AGENDA_PLAN, 0, "監査計画「窓口と税の部署の情報資産」", "了承する。", COUNCIL_NOTED },
	{ 1, AGENDA_RESULT, 0, "監査結果「窓口と税の部署の情報資産」", "報告を了承する。", COUNCIL_NOTED },
	{ 1, AGENDA_IMPROVEMENT, 0, "監査の結果を受けた改善計画", "分類の見直しを全庁で年1回行う。廃棄の手順書に立会いの欄を加える。", COUNCIL_AGREED },
	{ 2, AGENDA_PLAN, 1, "監査計画「システム運用保守の委託先」", "了承する。", COUNCIL_NOTED },
	{ 2, AGENDA_PLAN, 2, "監査計画「窓口の部署の利用者管理と記録」", "了承する。", COUNCIL_NOTED },
	{ 3, AGENDA_RESULT, 1, "監査結果「システム運用保守の委託先」", "報告を了承する。", COUNCIL_NOTED },
	{ 3, AGENDA_RESULT, 2, "監査結果「窓口の部署の利用者管理と記録」", "報告を了承する。", COUNCIL_NOTED },
	{ 3, AGENDA_IMPROVEMENT, 2, "監査の結果を受けた改善計画", "採用の月のうちに研修を受けさせる。離席時の画面の自動の閉鎖を全端末に広げる。", COUNCIL_AGREED },
	{ 4, AGENDA_PLAN, 3, "監査計画「例外措置の運用」", "", COUNCIL_NONE },
};
enum { ITEMS = sizeof items / sizeof *items };

static const struct {
	const char *source, *words;
} uses[] = {
	{ "audits", "分類の付け忘れが複数の部署にあったので、登録の手順を実施手順に書き加える。" },
	{ "exceptions", "例外の多い条項はなく、方針を変える必要はない。" },
	{ "surroundings", "番号制度と個人情報保護の指針の改定を確かめた。方針に触れるものはない。" },
};

/* ---- Who ---- */

static void
be(struct act *act, const struct demo *demo, size_t person)
{
	act->actor.person = demo->people[person].id.no;
}

static size_t
chief_of(const struct demo *demo)
{
	return demo->units[1].head;
}

static struct demo_audit *
made_of(const struct demo *demo)
{
	return demo->audit;
}

/* ---- Steps ---- */

static struct error *
plan(struct demo *demo, struct act *act, size_t no)
{
	struct demo_audit *made = made_of(demo);
	struct text themes[3];
	struct unit_id units[UNITS];
	struct engagement *list;
	size_t count;
	const struct day today = moment_day(act->look.now);
	struct audit_planning planning = { .kind = audits[no].kind,
					   .title = text_of(audits[no].title),
					   .aim = text_of(audits[no].aim),
					   .since = day_plus(today, 10),
					   .until = day_plus(today, 10 + audits[no].days),
					   .themes = themes,
					   .units = units };
	for (size_t at = 0; at < 3 && audits[no].themes[at] != NULL; at++)
		themes[planning.themes_count++] = text_of(audits[no].themes[at]);
	for (size_t at = 0; at < UNITS; at++)
		units[at] = demo->units[made->units[at]].id;
	planning.units_count = made->units_count;
	if (planning.kind == AUDIT_OUTSIDE) {
		TRY(people_engagements(&act->look, (struct firm_id){ 0 }, (struct unit_id){ 0 }, today, &list,
				       &count));
		if (count == 0)
			return missing("委託がありません。");
		for (size_t at = 0; at < count; at++)
			if (list[at].unit.no == demo->units[demo->it_unit].id.no && list[at].above.no == 0)
				planning.engagement = list[at].id;
		planning.units_count = 0;
	}
	be(act, demo, chief_of(demo));
	return audit_plan(act, demo->body->pack, &planning, &made->audits[no]);
}

static struct error *
add_items(struct demo *demo, struct act *act, size_t meeting)
{
	struct demo_audit *made = made_of(demo);
	be(act, demo, chief_of(demo));
	for (size_t at = 0; at < ITEMS; at++) {
		if (items[at].meeting != meeting)
			continue;
		const struct agenda_writing writing = {
			items[at].kind, audit_about(act->look.arena, made->audits[items[at].audit]),
			text_of(items[at].title), T("")
		};
		TRY(council_add(act, demo->body->pack, made->meetings[meeting], &writing));
	}
	return OK;
}

static struct error *
add_review_item(struct demo *demo, struct act *act, size_t meeting)
{
	struct demo_audit *made = made_of(demo);
	const struct agenda_writing writing = { AGENDA_REVIEW,
						audit_about_review(act->look.arena, made->review),
						T("年次の方針の見直し"), T("") };
	be(act, demo, chief_of(demo));
	return council_add(act, demo->body->pack, made->meetings[meeting], &writing);
}

static struct error *
hold(struct demo *demo, struct act *act, size_t no)
{
	struct demo_audit *made = made_of(demo);
	struct agenda_deciding deciding[ITEMS + 1];
	struct meeting meeting;
	struct agenda *list;
	size_t count;
	TRY(council_read(&act->look, made->meetings[no], &meeting));
	TRY(council_agenda(&act->look, made->meetings[no], &list, &count));
	for (size_t at = 0; at < count; at++) {
		deciding[at] = (struct agenda_deciding){ list[at].id, COUNCIL_AGREED, T("見直しの結果を了承する。") };
		for (size_t i = 0; i < ITEMS; i++)
			if (items[i].meeting == no && text_is(list[at].title, items[i].title))
				deciding[at] = (struct agenda_deciding){ list[at].id, items[i].decision,
									 text_of(items[i].decided) };
	}
	be(act, demo, demo->vice_mayor);
	return council_minutes(act, demo->body->pack, made->meetings[no], meeting.change,
			       text_of(meetings[no].minutes), T("議長（副市長）、委員（局長）"), deciding,
			       count);
}

static struct error *
ask(struct demo *demo, struct act *act, size_t no)
{
	struct demo_audit *made = made_of(demo);
	be(act, demo, demo->auditor);
	for (size_t at = 0; at < (audits[no].kind == AUDIT_OUTSIDE ? 1 : made->units_count); at++) {
		const size_t unit = audits[no].kind == AUDIT_OUTSIDE ? demo->it_unit : made->units[at];
		TRY(audit_ask(act, demo->body->pack, made->audits[no], demo->units[unit].id,
			      T("直近3か月の作業の記録と、手順書の写しを見せてください。"),
			      day_plus(moment_day(act->look.now), 14)));
	}
	return OK;
}

static struct error *
show(struct demo *demo, struct act *act, size_t no)
{
	struct audit_request *list;
	size_t count;
	TRY(audit_requests(&act->look, made_of(demo)->audits[no], &list, &count));
	for (size_t at = 0; at < count; at++)
		for (size_t unit = 0; unit < demo->units_count; unit++) {
			if (demo->units[unit].id.no != list[at].unit.no)
				continue;
			be(act, demo, demo->units[unit].head);
			TRY(audit_show(act, demo->body->pack, list[at].id,
				       T("作業の記録は台帳にあります。手順書は課の共有フォルダーの最新の版です。"), NULL));
		}
	return OK;
}

static bool
is_pointed(size_t no, struct text clause, const char **words)
{
	for (size_t at = 0; at < POINTS_USED; at++)
		if (points[at].audit == no && text_is(clause, points[at].clause)) {
			*words = points[at].title;
			return true;
		}
	return false;
}

static struct error *
sign(struct demo *demo, struct act *act, size_t no)
{
	struct audit_item *list;
	size_t count;
	be(act, demo, demo->auditor);
	TRY(audit_items(&act->look, demo->body->pack, made_of(demo)->audits[no], &list, &count));
	for (size_t at = 0; at < count; at++) {
		const char *words = "記録と現場を見て確かめた。";
		const bool is_weak = is_pointed(no, list[at].clause_id, &words);
		TRY(audit_sign(act, demo->body->pack, made_of(demo)->audits[no], list[at].id,
			       is_weak ? ITEM_WEAK : ITEM_MET, text_of(words)));
	}
	return OK;
}

static struct error *
sample(struct demo *demo, struct act *act, size_t no)
{
	int64_t draw;
	const struct sample_asked asked = { .seed = no == 0 ? T("委員が振ったさいころ 3 5 1 6 2") : T("議長が引いた札 27 08 41"),
					    .acts = no == 0 ? T("ledger.") : T("dossier.decide"),
					    .since = DAY_NONE,
					    .until = DAY_NONE,
					    .most = 12 };
	be(act, demo, demo->auditor);
	return audit_sample(act, demo->body->pack, made_of(demo)->audits[no], &asked, &draw);
}

static struct error *
look_at(struct demo *demo, struct act *act, size_t no)
{
	struct audit_draw *draws;
	struct audit_drawn *list;
	size_t count, drawn;
	be(act, demo, demo->auditor);
	TRY(audit_draws(&act->look, made_of(demo)->audits[no], &draws, &count));
	for (size_t at = 0; at < count; at++) {
		TRY(audit_drawn(&act->look, draws[at].id, &list, &drawn));
		for (size_t i = 0; i < drawn; i++)
			TRY(audit_look(act, demo->body->pack, made_of(demo)->audits[no], draws[at].id,
				       list[i].place, i == 4 ? DRAWN_DOUBT : DRAWN_GOOD,
				       i != 4	 ? T("")
				       : no == 0 ? T("登録した資産の保管場所が空欄に近く、どこにあるかが分からない。")
						 : T("決裁の意見が一行だけで、何を見て判断したかが分からない。")));
	}
	return OK;
}

static struct error *
paper(struct demo *demo, struct act *act, size_t no)
{
	struct arena *arena = act->look.arena;
	const struct text words = text_format(arena, "監査調書\r\n%s\r\n面談と現場の確認の記録（見本）\r\n", audits[no].title);
	const struct audit_file file = { hash_of(words), T("監査調書.txt"), (int64_t)words.len };
	const char *folder = path_join(arena, demo->body->folder, "blobs");
	TRY(store_file_write(demo->body->store,
			     path_join(arena, folder, text_z(arena, hash_hex(arena, &file.digest))), words));
	be(act, demo, demo->auditor);
	return audit_paper_keep(act, demo->body->pack, made_of(demo)->audits[no], T("面談と現場の確認の記録"), 0,
				&file);
}

static size_t
unit_of_point(const struct demo *demo, size_t no)
{
	return audits[points[no].audit].kind == AUDIT_OUTSIDE ? demo->it_unit
							     : made_of(demo)->units[points[no].unit];
}

static struct error *
write_points(struct demo *demo, struct act *act, size_t no)
{
	struct demo_audit *made = made_of(demo);
	be(act, demo, demo->auditor);
	for (size_t at = 0; at < POINTS_USED; at++) {
		if (points[at].audit != no)
			continue;
		const struct point_writing writing = {
			text_of(points[at].clause), demo->units[unit_of_point(demo, at)].id,
			text_of(points[at].grade),  text_of(points[at].title),
			text_of(points[at].words),  text_of(points[at].wish)
		};
		TRY(audit_point_add(act, demo->body->pack, made->audits[no], &writing, &made->points[at]));
	}
	return OK;
}

static struct error *
report(struct demo *demo, struct act *act, size_t no)
{
	struct audit audit;
	be(act, demo, demo->auditor);
	TRY(audit_read(&act->look, demo->body->pack, made_of(demo)->audits[no], &audit));
	return audit_report(act, demo->body->pack, audit.id, audit.change, text_of(audits[no].report));
}

static struct error *
follow(struct demo *demo, struct act *act, enum task task, size_t no)
{
	const struct pack *pack = demo->body->pack;
	const struct day today = moment_day(act->look.now);
	struct audit_point point;
	be(act, demo, task == TASK_ORDER    ? demo->vice_mayor
		      : task == TASK_VERIFY ? demo->auditor
					    : demo->units[unit_of_point(demo, no)].head);
	TRY(audit_point(&act->look, pack, made_of(demo)->points[no], &point));
	if (task == TASK_ORDER)
		return audit_order(act, pack, point.id, point.change, text_of(points[no].order),
				   day_plus(today, point.grade->days));
	if (task == TASK_VERIFY)
		return audit_verify(act, pack, point.id, point.change, true, text_of(points[no].seen));
	return audit_answer(act, pack, point.id, point.change, task == TASK_DONE,
			    text_of(task == TASK_DONE ? points[no].done : points[no].plan),
			    task == TASK_DONE ? DAY_NONE : day_plus(today, 20));
}

static struct error *
use(struct demo *demo, struct act *act)
{
	be(act, demo, chief_of(demo));
	for (size_t at = 0; at < sizeof uses / sizeof *uses; at++)
		TRY(review_use(act, demo->body->pack, made_of(demo)->review, text_of(uses[at].source),
			       text_of(uses[at].words)));
	return OK;
}

static struct error *
decide(struct demo *demo, struct act *act)
{
	struct review review;
	be(act, demo, demo->vice_mayor);
	TRY(review_read(&act->look, made_of(demo)->review, &review));
	return review_decide(act, &demo->body->flow, assure_review_sources, review.id, review.change, false,
			     T("方針は変えず、登録の手順を実施手順に書き加える。来年度も同じ時期に見直す。"));
}

struct error *
demo_do_audit(struct demo *demo, const struct demo_event *event, struct act *act)
{
	struct demo_audit *made = made_of(demo);
	const struct pack *pack = demo->body->pack;
	const size_t no = event->other;
	const struct person_id auditor = demo->people[demo->auditor].id;
	switch ((enum task)event->what) {
	case TASK_PLAN:
		return plan(demo, act, no);
	case TASK_NAME:
		be(act, demo, chief_of(demo));
		return audit_name(act, pack, made->audits[no], auditor, true);
	case TASK_CALL:
		be(act, demo, chief_of(demo));
		return council_call(act, pack, day_plus(moment_day(act->look.now), 14),
				    text_of(meetings[no].title), T("第1委員会室"), &made->meetings[no]);
	case TASK_ITEM:
		return add_items(demo, act, no);
	case TASK_REVIEW_ITEM:
		return add_review_item(demo, act, no);
	case TASK_MINUTES:
		return hold(demo, act, no);
	case TASK_BEGIN:
		be(act, demo, chief_of(demo));
		return audit_begin(act, pack, made->audits[no]);
	case TASK_ASK:
		return ask(demo, act, no);
	case TASK_SHOW:
		return show(demo, act, no);
	case TASK_SIGN:
		return sign(demo, act, no);
	case TASK_SAMPLE:
		return sample(demo, act, no);
	case TASK_LOOK:
		return look_at(demo, act, no);
	case TASK_PAPER:
		return paper(demo, act, no);
	case TASK_POINT:
		return write_points(demo, act, no);
	case TASK_REPORT:
		return report(demo, act, no);
	case TASK_RECEIVE:
		be(act, demo, demo->vice_mayor);
		return audit_receive(act, pack, made->audits[no]);
	case TASK_ORDER:
	case TASK_ANSWER:
	case TASK_DONE:
	case TASK_VERIFY:
		return follow(demo, act, (enum task)event->what, no);
	case TASK_CLOSE:
		be(act, demo, chief_of(demo));
		return audit_close(act, pack, made->audits[no], T("すべての指摘が直ったことを確かめた。"));
	case TASK_REVIEW:
		be(act, demo, chief_of(demo));
		return review_start(act, pack, assure_review_sources, T("年次の見直し"), &made->review);
	case TASK_USE:
		return use(demo, act);
	case TASK_DECIDE:
		return decide(demo, act);
	}
	return OK;
}

/* ---- Planning ---- */

static const struct {
	int ago;
	enum task task;
	size_t no;
} story[] = {
	{ 390, TASK_CALL, 0 }, { 388, TASK_PLAN, 0 }, { 386, TASK_NAME, 0 }, { 384, TASK_ITEM, 0 },
	{ 374, TASK_MINUTES, 0 }, { 370, TASK_BEGIN, 0 }, { 368, TASK_ASK, 0 },
	{ 360, TASK_SHOW, 0 }, { 352, TASK_SAMPLE, 0 }, { 348, TASK_LOOK, 0 },
	{ 344, TASK_PAPER, 0 }, { 340, TASK_SIGN, 0 }, { 338, TASK_POINT, 0 },
	{ 332, TASK_REPORT, 0 }, { 330, TASK_RECEIVE, 0 }, { 328, TASK_ORDER, 0 },
	{ 327, TASK_ORDER, 1 }, { 322, TASK_ANSWER, 0 }, { 321, TASK_ANSWER, 1 },
	{ 310, TASK_DONE, 0 }, { 308, TASK_DONE, 1 }, { 302, TASK_VERIFY, 0 },
	{ 301, TASK_VERIFY, 1 }, { 300, TASK_CALL, 1 }, { 298, TASK_REVIEW, 0 },
	{ 292, TASK_USE, 0 }, { 290, TASK_ITEM, 1 }, { 289, TASK_REVIEW_ITEM, 1 },
	{ 282, TASK_MINUTES, 1 }, { 280, TASK_DECIDE, 0 }, { 270, TASK_CLOSE, 0 },
	{ 190, TASK_CALL, 2 }, { 186, TASK_PLAN, 1 }, { 185, TASK_PLAN, 2 }, { 182, TASK_NAME, 1 },
	{ 181, TASK_NAME, 2 }, { 180, TASK_ITEM, 2 }, { 172, TASK_MINUTES, 2 },
	{ 165, TASK_BEGIN, 1 }, { 162, TASK_ASK, 1 }, { 154, TASK_SHOW, 1 }, { 150, TASK_PAPER, 1 },
	{ 148, TASK_SIGN, 1 }, { 146, TASK_POINT, 1 }, { 140, TASK_REPORT, 1 },
	{ 138, TASK_RECEIVE, 1 }, { 134, TASK_ORDER, 3 }, { 128, TASK_ANSWER, 3 },
	{ 120, TASK_BEGIN, 2 }, { 118, TASK_ASK, 2 }, { 110, TASK_DONE, 3 }, { 108, TASK_SHOW, 2 },
	{ 104, TASK_VERIFY, 3 }, { 100, TASK_SAMPLE, 2 }, { 96, TASK_LOOK, 2 },
	{ 90, TASK_PAPER, 2 }, { 86, TASK_SIGN, 2 }, { 84, TASK_POINT, 2 }, { 78, TASK_REPORT, 2 },
	{ 75, TASK_RECEIVE, 2 }, { 70, TASK_CALL, 3 }, { 64, TASK_ORDER, 4 }, { 63, TASK_ORDER, 5 },
	{ 58, TASK_ANSWER, 4 }, { 52, TASK_ITEM, 3 }, { 48, TASK_MINUTES, 3 },
	{ 46, TASK_ORDER, 6 }, { 40, TASK_DONE, 4 }, { 34, TASK_VERIFY, 4 }, { 24, TASK_ANSWER, 5 },
	{ 20, TASK_CLOSE, 1 }, { 12, TASK_PLAN, 3 }, { 10, TASK_NAME, 3 }, { 5, TASK_CALL, 4 },
	{ 3, TASK_ITEM, 4 },
};

static size_t
choose_units(const struct demo *demo, size_t *units)
{
	static const enum demo_theme themes[UNITS] = { THEME_CITIZEN, THEME_TAX, THEME_WELFARE };
	size_t chosen = 0;
	for (size_t at = 0; at < UNITS; at++)
		for (size_t unit = demo->bureaus_count + 1; unit < demo->units_count; unit++) {
			if (demo->units[unit].theme != themes[at] || demo->units[unit].head == 0 ||
			    unit == demo->vacant_unit || unit == demo->away_unit || unit == demo->audit_unit)
				continue;
			units[chosen++] = unit;
			break;
		}
	/* A small body has not all of them: the same one answers for several. */
	for (size_t at = chosen; chosen != 0 && at < UNITS; at++)
		units[at] = units[at % chosen];
	return chosen;
}

void
demo_plan_audit(struct demo *demo)
{
	struct chance chance = { (uint64_t)demo->size.seed + 79 }; /* not negative */
	demo->audit = ARENA_NEW(demo->arena, struct demo_audit);
	demo->audit->units_count = choose_units(demo, demo->audit->units);
	if (demo->audit->units_count == 0 || demo->audit_unit == demo->it_unit || demo->auditor == 0 ||
	    demo->units[demo->it_unit].head == 0 || chief_of(demo) == 0)
		return; /* too small to have an auditor of its own */
	struct moment last = { 0 };
	for (size_t at = 0; at < sizeof story / sizeof *story; at++) {
		struct moment when =
			demo_moment(&chance, day_plus(demo->size.today, -story[at].ago));
		/* Holidays put several on one day: one after the other all the same. */
		if (when.ms <= last.ms)
			when.ms = last.ms + 2 * HASTE_MS;
		last = when;
		if (story[at].task == TASK_SAMPLE)
			demo_at(demo, (struct moment){ when.ms - HASTE_MS }, DEED_SEAL, 0, 0);
		demo_at(demo, when, DEED_AUDIT, story[at].task, story[at].no);
	}
}
