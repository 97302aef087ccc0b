/*
 * All that is kept about a person, in words: from where, until when, who can see it, who took it out. The
 * person's own page, and what personnel hand over when somebody asks for it.
 */
#include "pages/personal_data.h"

#include "access/access.h"
#include "assure/finding.h"
#include "paper/rows_paper.h"
#include "people/delegation.h"
#include "people/window.h"
#include "signin/card.h"
#include "signin/signin.h"
#include "transfer/transfer.h"

enum { KINDS_MOST = 12 + PERSONAL_ROOMS, LINES_MOST = 200, SEEN_MOST = 200, WINDOWS_SHOWN = 50 };

struct personal_data_kinds *
personal_begin(struct gathering *to, const char *title, const char *source, const char *seen,
	       struct text until)
{
	struct personal_data_kinds *kind = &to->kinds[to->count++];
	*kind = (struct personal_data_kinds){
		.title = text_of(title),
		.source = text_of(source),
		.seen = text_of(seen),
		.until = until,
		.lines = ARENA_ARRAY(to->visit->arena, struct personal_data_kinds_lines, LINES_MOST),
	};
	return kind;
}

void
personal_add(struct personal_data_kinds *kind, const char *label, struct text value)
{
	if (kind->lines_count < LINES_MOST)
		kind->lines[kind->lines_count++] = (struct personal_data_kinds_lines){
			text_of(label), value.len != 0 ? value : text_of(say("なし"))
		};
}

static struct text
times(struct gathering *to, int64_t count)
{
	return text_format(to->visit->arena, say("%lld件"), (long long)count);
}

void
personal_count(struct gathering *to, struct personal_data_kinds *kind, const char *label, int64_t count)
{
	personal_add(kind, label, times(to, count));
}

static struct text
moment_words(struct gathering *to, struct moment at)
{
	return at.ms == 0 ? T("") : day_wareki(to->visit->arena, moment_day(at));
}

static struct text
period(struct gathering *to, struct day since, struct day until)
{
	struct arena *arena = to->visit->arena;
	if (day_is_none(since) && day_is_none(until)) return text_of(say("期間の定めなし"));
	return text_format(arena, "%.*s〜%.*s",
			   T_ARG(day_is_none(since) ? T("") : day_wareki(arena, since)),
			   T_ARG(day_is_none(until) ? T("") : day_wareki(arena, until)));
}

/* ---- Until when ---- */

static struct error *
until_of(struct gathering *to, enum retained kind)
{
	const struct pack *pack = to->visit->office->pack;
	const struct pack_retention *how = pack_retention(pack, kind);
	struct arena *arena = to->visit->arena;
	int64_t days;
	TRY(people_retention_days(to->look, pack, kind, &days));
	if (days == 0) {
		to->until[kind] = text_of(say("方針に期間の定めがありません。消去は人事・組織の担当者が決めます。"));
		return OK;
	}
	const struct text length = length_words(arena, days);
	struct text when = text_format(arena, say("退職などの日から%.*s。そのあと、消去が提案されます。"),
				       T_ARG(length));
	if (!day_is_none(to->person.until))
		when = text_format(arena, say("%.*s(退職などの日から%.*s)。そのあと、消去が提案されます。"),
				   T_ARG(day_wareki(arena, day_plus(to->person.until, days))),
				   T_ARG(length));
	to->until[kind] = text_format(arena, "%.*s %.*s", T_ARG(when), T_ARG(words_now(how->why)));
	return OK;
}

/* ---- Kinds ---- */

static void
gather_person(struct gathering *to)
{
	const struct person *person = &to->person;
	struct personal_data_kinds *kind =
		personal_begin(to, say("氏名など"), say("人事・組織の担当者が登録、または名簿から取り込み"),
		      say("サインインできる職員(メールアドレスは人事・組織の担当者)"), to->until[RETAINED_PERSON]);
	personal_add(kind, say("氏名"), person->name);
	personal_add(kind, say("フリガナ"), person->kana);
	personal_add(kind, say("職員番号"), person->number);
	personal_add(kind, say("メールアドレス"), person->mail);
	personal_add(kind, say("雇用の区分"), text_of(employment_words(person->employment)));
	personal_add(kind, say("在職の期間"), period(to, person->since, person->until));
	personal_add(kind, say("知らせの言葉"),
	    person->language == LANGUAGE_EN ? T("English") : text_of(say("日本語")));
}

static struct error *
gather_account(struct gathering *to)
{
	struct account account;
	bool found;
	TRY(people_account(to->look, to->person.id, &found, &account));
	struct personal_data_kinds *kind =
		personal_begin(to, say("アカウント"), say("番所の管理者が作成"), say("本人と、番所の管理者"),
		      to->until[RETAINED_PERSON]);
	if (!found)
		return OK;
	personal_add(kind, say("ログイン名"), account.login);
	personal_add(kind, say("パスワード"), text_format(to->visit->arena, say("元に戻せない形で保存(%.*sに変更)"),
						T_ARG(moment_words(to, account.changed))));
	personal_add(kind, say("最後のサインイン"), moment_words(to, account.last_sign_in));
	personal_add(kind, say("状態"), text_of(account.is_closed ? say("停止") : say("使用中")));
	return OK;
}

/* What is shown to sign in, beside the password. */
static struct error *
gather_factors(struct gathering *to)
{
	struct factor *factors;
	struct card *cards;
	size_t count;
	struct arena *arena = to->visit->arena;
	struct personal_data_kinds *kind =
		personal_begin(to, say("二つめの確認とICカード"), say("本人が登録。ICカードは番所の管理者も登録"),
		      say("本人(ICカードは所属の長と番所の管理者も)"), to->until[RETAINED_PERSON]);
	TRY(signin_factors(to->look, to->person.id, &factors, &count));
	for (size_t at = 0; at < count; at++)
		personal_add(kind, factor_words(&factors[at]),
		    text_format(arena, say("%.*s(%.*sに登録、秘密の値は見られません)"), T_ARG(factors[at].name),
				T_ARG(moment_words(to, factors[at].created))));
	TRY(signin_cards_of(to->look, to->person.id, &cards, &count));
	for (size_t at = 0; at < count; at++)
		personal_add(kind, say("ICカード"),
		    text_format(arena, say("%.*s(%.*sに登録)%s"), T_ARG(cards[at].face.subject),
				T_ARG(moment_words(to, cards[at].registered)),
				cards[at].stopped.ms != 0 ? say(" 停止") : ""));
	return OK;
}

/* Accounts of other systems that lists say are theirs. */
static struct error *
gather_elsewhere(struct gathering *to)
{
	struct access_account *list;
	size_t count;
	struct arena *arena = to->visit->arena;
	struct personal_data_kinds *kind =
		personal_begin(to, say("ほかのシステムのアカウント"), say("システムの担当者が取り込んだ一覧"),
		      say("本人、システムを持つ所属、監査する人"), to->record);
	TRY(access_accounts_of(to->look, to->person.id, &list, &count));
	for (size_t at = 0; at < count; at++)
		personal_add(kind, text_z(arena, list[at].system_title),
		    text_format(arena, "%.*s%s", T_ARG(list[at].name),
				list[at].is_privileged ? say("(特権)") : ""));
	return OK;
}

static struct error *
gather_posts(struct gathering *to)
{
	struct assignment *list;
	struct held_role *held;
	size_t count;
	struct arena *arena = to->visit->arena;
	struct personal_data_kinds *kind =
		personal_begin(to, say("配属と役割"), say("人事・組織の担当者。役割は方針が職に付けたもの"),
		      say("サインインできる職員"), to->record);
	TRY(people_assignments_of(to->look, to->person.id, &list, &count));
	for (size_t at = 0; at < count; at++)
		personal_add(kind, assignment_words(list[at].is_main, list[at].beside),
		    text_format(arena, "%.*s %.*s(%.*s)", T_ARG(list[at].unit_name),
				T_ARG(list[at].post_name),
				T_ARG(period(to, list[at].since, list[at].until))));
	TRY(people_roles_of(to->look, to->visit->office->pack, to->person.id, to->visit->today, &held,
			    &count));
	for (size_t at = 0; at < count; at++)
		if (held[at].role->scope != SCOPE_EVERYONE)
			personal_add(kind, say("いまの役割"), words_now(held[at].role->name));
	return OK;
}

static struct error *
gather_grants(struct gathering *to)
{
	struct grant *list;
	size_t count;
	struct arena *arena = to->visit->arena;
	TRY(people_grants(to->look, to->person.id, (struct day){ -1000000 }, &list, &count));
	struct personal_data_kinds *kind =
		personal_begin(to, say("特別な権限"), say("番所の管理者"), say("番所の管理者、記録簿を読める人"), to->record);
	for (size_t at = 0; at < count; at++)
		personal_add(kind, grant_kind_words(list[at].kind),
		    period(to, list[at].since, list[at].until));
	struct window *windows;
	TRY(people_windows(to->look, to->person.id, (struct window_id){ 0 }, WINDOWS_SHOWN, &windows,
			   &count));
	for (size_t at = 0; at < count; at++)
		personal_add(kind, say("特権を使った時間"),
		    text_format(arena, "%.*s: %.*s", T_ARG(moment_words(to, windows[at].opened)),
				T_ARG(windows[at].reason)));
	return OK;
}

static struct error *
gather_deputies(struct gathering *to)
{
	struct deputy *list;
	size_t count;
	struct arena *arena = to->visit->arena;
	TRY(people_deputies(to->look, to->person.id, (struct day){ -1000000 }, &list, &count));
	struct personal_data_kinds *kind =
		personal_begin(to, say("職務代理"), say("本人、または人事・組織の担当者"),
		      say("サインインできる職員(理由は本人、代理する人、人事・組織の担当者)"),
		      to->until[RETAINED_PERSON]);
	for (size_t at = 0; at < count; at++)
		personal_add(kind, say("職務代理"),
		    text_format(arena, say("%.*sを%.*sが代理(%.*s) 理由: %.*s"),
				T_ARG(list[at].post_name), T_ARG(list[at].deputy_name),
				T_ARG(period(to, list[at].since, list[at].until)),
				T_ARG(list[at].reason)));
	return OK;
}

/* Is a role that receives it theirs today? */
static struct error *
receives(struct gathering *to, const struct delegation *delegation, bool *does)
{
	struct held_role *held;
	size_t count;
	*does = false;
	if (delegation->of == NULL)
		return OK;
	TRY(people_roles_of(to->look, to->visit->office->pack, to->person.id, to->visit->today, &held,
			    &count));
	for (size_t at = 0; at < count; at++)
		*does |= held[at].role == delegation->of->to;
	return OK;
}

static struct error *
gather_delegations(struct gathering *to)
{
	struct delegation *list;
	size_t count;
	struct arena *arena = to->visit->arena;
	struct personal_data_kinds *kind =
		personal_begin(to, say("権限の委任"), say("委任した本人"),
		      say("サインインできる職員"), to->until[RETAINED_PERSON]);
	TRY(people_delegations(to->look, to->visit->office->pack, (struct day){ -1000000 }, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct delegation *one = &list[at];
		const struct text what = one->of != NULL ? words_now(one->of->name) : one->code;
		const struct text days = period(to, one->since, one->until);
		bool is_received;
		TRY(receives(to, one, &is_received));
		if (one->given_by.no == to->person.id.no)
			personal_add(kind, say("委任した権限"),
			    text_format(arena, say("%.*s(%.*s) 理由: %.*s"), T_ARG(what), T_ARG(days),
					T_ARG(one->reason)));
		else if (is_received)
			personal_add(kind, say("役割で受けている委任"),
			    text_format(arena, say("%.*s(%.*s) 委任した人: %.*s"), T_ARG(what), T_ARG(days),
					T_ARG(one->given_by_name)));
	}
	return OK;
}

/* One's own page tells nothing of a transfer before its day of telling; personnel sees all that is kept. */
static struct error *
gather_transfers(struct gathering *to)
{
	struct transfer_about *list;
	size_t count;
	struct arena *arena = to->visit->arena;
	struct personal_data_kinds *kind =
		personal_begin(to, say("人事異動の一覧"), say("人事・組織の担当者"),
		      say("人事・組織の担当者と、それを決裁する人。本人には、知らせる日から"), to->until[RETAINED_PERSON]);
	TRY(transfer_lines_about(to->look, to->visit->office->pack, to->person.id, to->is_own, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct transfer *from = &list[at].list;
		const struct transfer_line *line = &list[at].line;
		const struct day day = day_is_none(line->day) ? from->day : line->day;
		personal_add(kind, transfer_state_words(from->state),
		    text_format(arena, "%.*s %.*s %.*s %.*s %.*s %.*s", T_ARG(day_wareki(arena, day)),
				T_ARG(from->title), T_ARG(line->kind), T_ARG(line->to_unit),
				T_ARG(line->to_post), T_ARG(line->note)));
	}
	return OK;
}

/* Where somebody signed in from: what is open now is shown whole, what is over is counted. */
static struct error *
gather_sessions(struct gathering *to, const struct person_kept *kept)
{
	struct session *list;
	size_t count;
	struct arena *arena = to->visit->arena;
	struct personal_data_kinds *kind =
		personal_begin(to, say("サインインの記録"), say("サインインしたとき、番所が自動で記録"),
		      say("本人と、番所の管理者"), to->until[RETAINED_PERSON]);
	personal_add(kind, say("サインインの数"),
	    kept->sessions == 0 ? times(to, 0)
				: text_format(arena, say("%lld件(%.*sから)"), (long long)kept->sessions,
					      T_ARG(moment_words(to, kept->first_session))));
	TRY(people_sessions(to->look, to->person.id, &list, &count));
	for (size_t at = 0; at < count; at++)
		personal_add(kind, say("いま使っている端末"),
		    text_format(arena, "%.*s %.*s", T_ARG(list[at].address), T_ARG(list[at].agent)));
	return OK;
}

static void
gather_notices(struct gathering *to, const struct person_kept *kept)
{
	struct personal_data_kinds *kind =
		personal_begin(to, say("お知らせとメール"), say("番所が自動で作成"), say("本人"),
		      to->until[RETAINED_PERSON]);
	personal_count(to, kind, say("お知らせ"), kept->notices);
	personal_count(to, kind, say("まだ送っていないメール"), kept->mails);
	if (to->person.id.no == to->visit->session.person.no)
		kind->href = url_path(to->visit->arena, "/notices");
}

static struct error *
gather_work(struct gathering *to)
{
	struct flow_kept flow;
	struct assure_kept assure;
	TRY(flow_kept(to->look, to->person.id, &flow));
	TRY(assure_kept(to->look, to->person.id, &assure));
	struct personal_data_kinds *kind =
		personal_begin(to, say("仕事の記録(だれがしたか)"), say("本人が番所で行ったこと"),
		      say("その案件や条項に関わる人、監査する人"), to->record);
	personal_count(to, kind, say("申請・報告した案件"), flow.dossiers);
	personal_count(to, kind, say("した決裁(代理を含む)"), flow.decisions);
	personal_count(to, kind, say("本人を通す許可証"), flow.permits);
	personal_count(to, kind, say("持ち出した記録"), flow.outings);
	personal_count(to, kind, say("した判断"), assure.judgements);
	personal_count(to, kind, say("担当した指摘"), assure.findings);
	if (to->person.id.no == to->visit->session.person.no)
		kind->href = url_path(to->visit->arena, "/dossiers");
	return OK;
}

static struct error *
gather(struct look *look, struct visit *visit, struct person_id id, bool is_own, struct gathering *to)
{
	struct person_kept kept;
	*to = (struct gathering){ .look = look, .visit = visit, .is_own = is_own };
	to->kinds = ARENA_ARRAY(visit->arena, struct personal_data_kinds, KINDS_MOST);
	to->record = text_of(say("業務の記録として残ります。個人データを消去すると、名前は「（消去済み）」になります。"));
	TRY(people_person(look, id, &to->person));
	for (int at = 0; at < RETAINED_KINDS; at++)
		TRY(until_of(to, (enum retained)at));
	TRY(people_kept(look, id, &kept));
	gather_person(to);
	TRY(gather_account(to));
	TRY(gather_factors(to));
	TRY(gather_posts(to));
	TRY(gather_deputies(to));
	TRY(gather_delegations(to));
	TRY(gather_grants(to));
	TRY(gather_transfers(to));
	TRY(gather_elsewhere(to));
	TRY(gather_sessions(to, &kept));
	gather_notices(to, &kept);
	TRY(gather_work(to));
	TRY(personal_rooms(to));
	for (size_t at = 0; at < to->count; at++)
		if (to->kinds[at].lines_count == 0)
			personal_add(&to->kinds[at], say("内容"), T(""));
	return OK;
}

/* ---- The page ---- */

/* Who took all of it out: entries "people.disclose" about the person. */
static struct error *
fill_seen(struct look *look, struct visit *visit, struct person_id id,
	  struct personal_data_page *page)
{
	struct journal_entry *entries;
	size_t count;
	TRY(journal_history(look, people_about_person(visit->arena, id), JOURNAL_NEWEST, SEEN_MOST,
			    &entries, &count));
	page->seen = ARENA_ARRAY(visit->arena, struct personal_data_seen, count + 1);
	for (size_t at = 0; at < count; at++) {
		if (!text_is(entries[at].act, "people.disclose"))
			continue;
		struct personal_data_seen *seen = &page->seen[page->seen_count++];
		seen->at = entries[at].at;
		TRY(people_name(look, (struct person_id){ entries[at].who.person }, &seen->who));
	}
	return OK;
}

static struct error *
draw(struct look *look, struct visit *visit, struct person_id id, bool is_own)
{
	struct gathering to;
	struct arena *arena = visit->arena;
	TRY(gather(look, visit, id, is_own, &to));
	struct personal_data_page page = {
		.frame = visit_frame(visit, text_of(say("個人データ")), is_own ? NULL : "people"),
		.name = to.person.name,
		.is_own = is_own,
		.csrf = visit->csrf,
		.csv = url_path(arena, "/account/data.csv"),
		.action = url_of_number(arena, "/people/{}/data", id.no),
		.back = is_own ? url_path(arena, "/account") : url_of_number(arena, "/people/{}", id.no),
		.kinds = to.kinds,
		.kinds_count = to.count,
	};
	TRY(fill_seen(look, visit, id, &page));
	return visit_draw(visit, personal_data_page, &page);
}

static struct error *
own_draw(struct look *look, struct visit *visit)
{
	return draw(look, visit, visit->session.person, true);
}

static struct error *
other_draw(struct look *look, struct visit *visit)
{
	return draw(look, visit, (struct person_id){ visit_id(visit, "id") }, false);
}

/* ---- To take away ---- */

static struct error *
answer_csv(struct look *look, struct visit *visit, struct person_id id, bool is_own)
{
	const struct rows_column columns[] = {
		{ text_of(say("種類")), 20 }, { text_of(say("項目")), 20 }, { text_of(say("内容")), 40 },
		{ text_of(say("どこから")), 30 }, { text_of(say("見られる人")), 30 },
		{ text_of(say("いつまで")), 40 },
	};
	struct gathering to;
	size_t lines = 0;
	TRY(gather(look, visit, id, is_own, &to));
	for (size_t at = 0; at < to.count; at++)
		lines += to.kinds[at].lines_count;
	struct rows_out out = rows_begin(visit->arena, text_of(say("個人データ")), columns, 6, lines + 1);
	out.said = to.person.name;
	out.at = visit->now;
	for (size_t at = 0; at < to.count; at++) {
		const struct personal_data_kinds *kind = &to.kinds[at];
		for (size_t line = 0; line < kind->lines_count; line++) {
			struct rows_cell *cells = rows_next(&out);
			cells[0] = rows_words(kind->title);
			cells[1] = rows_words(kind->lines[line].label);
			cells[2] = rows_words(kind->lines[line].value);
			cells[3] = rows_words(kind->source);
			cells[4] = rows_words(kind->seen);
			cells[5] = rows_words(kind->until);
		}
	}
	visit->answer.type = "text/csv; charset=utf-8";
	visit->answer.download = text_format(visit->arena, "%s-%.*s-%.*s.csv", say("個人データ"),
					     T_ARG(to.person.number),
					     T_ARG(day_iso(visit->arena, visit->today)));
	return rows_csv(visit->arena, &out, &visit->answer.body);
}

static struct error *
own_csv(struct look *look, struct visit *visit)
{
	return answer_csv(look, visit, visit->session.person, true);
}

/* Somebody else's leave with an entry, so an act. */
static struct error *
disclose_do(struct act *act, struct visit *visit)
{
	const struct person_id id = { visit_id(visit, "id") };
	TRY(people_disclosed(act, id));
	return answer_csv(&act->look, visit, id, false);
}

PAGE_ROWS(personal_data,
	  { { METHOD_GET, "/account/data" }, RIGHT_SELF, PAGE_LOOK, .look = own_draw },
	  { { METHOD_GET, "/account/data.csv" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = own_csv },
	  { { METHOD_GET, "/people/{id}/data" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK, .look = other_draw },
	  { { METHOD_POST, "/people/{id}/data" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = disclose_do });
