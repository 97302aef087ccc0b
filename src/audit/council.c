/* The council: sessions, what is on the agenda, minutes and decisions. */
#include "audit/rooms.h"

#include "base/number.h"

#define MEETING_FROM(r)                                                                        \
	((struct meeting){ .id = { (r)->id },                                                  \
			   .day = { (r)->day },                                                \
			   .title = (r)->title,                                                \
			   .place = (r)->place,                                                \
			   .minutes = (r)->minutes,                                            \
			   .present = (r)->present,                                            \
			   .writer_name = (r)->writer_name,                                    \
			   .called = { (r)->called },                                          \
			   .held = { (r)->held },                                              \
			   .items = (r)->items,                                                \
			   .change = (r)->change })

struct error *
council_list(struct look *look, struct meeting **list, size_t *count)
{
	struct audit_meeting_list_row *rows;
	size_t got;
	TRY(audit_meeting_list(look, &(struct audit_meeting_list_in){ AUDIT_MOST_LIST }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct meeting, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++)
		(*list)[at] = MEETING_FROM(&rows[at]);
	return OK;
}

struct error *
council_read(struct look *look, struct meeting_id id, struct meeting *meeting)
{
	struct audit_meeting_get_row row;
	bool found;
	TRY(audit_meeting_get(look, &(struct audit_meeting_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その会議はありません。会議の一覧から選んでください。");
	*meeting = MEETING_FROM(&row);
	return OK;
}

#define AGENDA_FROM(r, out)                                                                    \
	do {                                                                                   \
		*(out) = (struct agenda){ .id = (r)->id,                                       \
					  .place = (r)->place,                                 \
					  .about = (r)->about,                                 \
					  .title = (r)->title,                                 \
					  .words = (r)->words,                                 \
					  .decided = (r)->decided,                             \
					  .meeting = { (r)->meeting },                         \
					  .day = { (r)->day } };                               \
		(void)agenda_kind_read((r)->kind, &(out)->kind);                               \
		(void)council_decision_read((r)->decision, &(out)->decision);                  \
	} while (0)

struct error *
council_agenda(struct look *look, struct meeting_id id, struct agenda **list, size_t *count)
{
	struct audit_agenda_list_row *rows;
	size_t got;
	TRY(audit_agenda_list(look, &(struct audit_agenda_list_in){ id.no, AUDIT_MOST_LIST }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct agenda, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++)
		AGENDA_FROM(&rows[at], &(*list)[at]);
	return OK;
}

struct error *
council_about(struct look *look, struct text about, struct agenda **list, size_t *count)
{
	struct audit_agenda_about_row *rows;
	size_t got;
	TRY(audit_agenda_about(look, &(struct audit_agenda_about_in){ about, AUDIT_MOST_LIST }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct agenda, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++)
		AGENDA_FROM(&rows[at], &(*list)[at]);
	return OK;
}

static struct error *
must_call(struct act *act, const struct pack *pack, const struct pack_audit **rules)
{
	struct audit_eyes eyes;
	TRY(audit_rules(pack, rules));
	if ((*rules)->council == NULL)
		return missing("この団体の方針には、審議する会議がありません。");
	TRY(audit_sees(&act->look, pack, (struct person_id){ act->actor.person }, &eyes));
	return must_be(act, eyes.is_council ? (*rules)->council : (*rules)->chief);
}

struct error *
council_call(struct act *act, const struct pack *pack, struct day day, struct text title,
	     struct text place, struct meeting_id *id)
{
	struct arena *arena = act->look.arena;
	const struct pack_audit *rules;
	TRY(must_call(act, pack, &rules));
	TRY(must_say("title", title, AUDIT_MOST_TITLE, say("会議の名前を書いてください(例: 令和8年度第2回)。")));
	TRY(must_say("place", place, AUDIT_MOST_TITLE, NULL));
	if (day_is_none(day))
		return reject("day", "開く日を書いてください。");
	TRY(act_number(act, T("council"), &id->no));
	TRY(audit_meeting_add(act, &(struct audit_meeting_add_in){ id->no, day.no, title, place,
								   act->look.now.ms, act->actor.person }));
	TRY(people_tell_role(act, &(struct tell){ .role = rules->council,
					   .about = audit_about_meeting(arena, *id),
					   .words = text_format(arena, say("%.*sに会議「%.*s」を開きます。"),
								T_ARG(day_wareki(arena, day)), T_ARG(title)),
					   .path = path_of(arena, "/council", id->no),
					   .subject = say("会議の開催のお知らせ") }));
	return act_note(act, &(struct fact){ .act = "council.call",
					     .about = { audit_about_meeting(arena, *id) },
					     .pairs = { { "day", day_iso(arena, day), 0 } } });
}

/* "audit:3" of a kind that is about audits, "review:2" of one about reviews. */
static struct error *
check_about(struct look *look, const struct pack *pack, const struct agenda_writing *writing)
{
	const bool is_review = writing->kind == AGENDA_REVIEW;
	const struct text begin = is_review ? T("review:") : T("audit:");
	struct review review;
	struct audit audit;
	int64_t no;
	if (writing->about.len == 0 && writing->kind == AGENDA_OTHER)
		return OK;
	if (!text_starts(writing->about, begin) ||
	    !number_read(text_from(writing->about, begin.len), 1, INT64_MAX, &no))
		return is_review ? reject("about", "どの見直しについてかを選んでください。")
				 : reject("about", "どの監査についてかを選んでください。");
	if (is_review)
		return review_read(look, (struct review_id){ no }, &review);
	TRY(audit_read(look, pack, (struct audit_id){ no }, &audit));
	if (writing->kind != AGENDA_PLAN && audit.state < AUDIT_REPORTED)
		return reject("about", "その監査は、まだ報告されていません。");
	return OK;
}

struct error *
council_add(struct act *act, const struct pack *pack, struct meeting_id id,
	    const struct agenda_writing *writing)
{
	struct arena *arena = act->look.arena;
	const struct pack_audit *rules;
	struct meeting meeting;
	int64_t agenda;
	TRY(must_call(act, pack, &rules));
	TRY(council_read(&act->look, id, &meeting));
	if (meeting.held.ms != 0)
		return conflict("この会議はもう終わり、記録されています。次の会議の議題にしてください。");
	TRY(check_about(&act->look, pack, writing));
	TRY(must_say("title", writing->title, AUDIT_MOST_TITLE, say("議題を書いてください。")));
	TRY(must_say("words", writing->words, AUDIT_MOST_WORDS, NULL));
	TRY(act_number(act, T("council-item"), &agenda));
	TRY(audit_agenda_add(act, &(struct audit_agenda_add_in){
					  agenda, id.no, meeting.items + 1,
					  text_of(agenda_kind_name(writing->kind)), writing->about,
					  writing->title, writing->words }));
	TRY(audit_meeting_touch(act, &(struct audit_meeting_touch_in){ id.no }));
	return act_note(act, &(struct fact){
				     .act = "council.item",
				     .about = { audit_about_meeting(arena, id), writing->about },
				     .pairs = { { "kind", text_of(agenda_kind_name(writing->kind)), 0 } },
			     });
}

/* ---- Minutes ---- */

static const struct agenda_deciding *
deciding_of(const struct agenda_deciding *deciding, size_t count, int64_t id)
{
	for (size_t at = 0; at < count; at++)
		if (deciding[at].id == id)
			return &deciding[at];
	return NULL;
}

static struct error *
check_deciding(struct arena *arena, const struct agenda *items, size_t items_count,
	       const struct agenda_deciding *deciding, size_t count)
{
	struct error *faults = OK;
	for (size_t at = 0; at < items_count; at++) {
		const struct agenda_deciding *one = deciding_of(deciding, count, items[at].id);
		const char *field =
			text_z(arena, text_format(arena, "d-%lld", (long long)items[at].id));
		if (one == NULL || one->decision == COUNCIL_NONE)
			error_add(&faults, reject(field, "議題「%.*s」がどうなったかを選んでください。",
						  T_ARG(items[at].title)));
		else if (items[at].kind == AGENDA_IMPROVEMENT && one->decision == COUNCIL_AGREED &&
			 text_is_blank(one->words))
			error_add(&faults, reject(field, "改善計画として何を決めたかを書いてください。"));
		else
			error_add(&faults, must_say(field, one->words, AUDIT_MOST_WORDS, NULL));
	}
	return faults;
}

static struct error *
write_decisions(struct act *act, struct meeting_id id, const struct agenda *items, size_t items_count,
		const struct agenda_deciding *deciding, size_t count)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = "council.minutes", .about = { audit_about_meeting(arena, id) } };
	size_t abouts = 1;
	for (size_t at = 0; at < items_count; at++) {
		const struct agenda_deciding *one = deciding_of(deciding, count, items[at].id);
		TRY(audit_agenda_decide(act, &(struct audit_agenda_decide_in){
						     one->id,
						     text_of(council_decision_name(one->decision)),
						     one->words }));
		if (items[at].about.len != 0 && abouts < FACT_MOST_ABOUT)
			fact.about[abouts++] = items[at].about;
	}
	fact.pairs[0] = (struct fact_pair){ "items", { 0 }, (int64_t)items_count };
	return act_note(act, &fact);
}

struct error *
council_minutes(struct act *act, const struct pack *pack, struct meeting_id id, int64_t change,
		struct text minutes, struct text present, const struct agenda_deciding *deciding,
		size_t count)
{
	const struct pack_audit *rules;
	struct meeting meeting;
	struct agenda *items;
	struct error *faults = OK;
	size_t items_count;
	TRY(must_call(act, pack, &rules));
	TRY(council_read(&act->look, id, &meeting));
	if (meeting.held.ms != 0 || meeting.change != change)
		return conflict("この会議は、ほかの人が先に書きました。画面を開き直して、確かめてください。");
	if (meeting.day.no > moment_day(act->look.now).no)
		return conflict("まだ開く日になっていません。記録は、その日からつけられます。");
	error_add(&faults, must_say("minutes", minutes, AUDIT_MOST_WORDS, say("議事の記録を書いてください。")));
	error_add(&faults, must_say("present", present, AUDIT_MOST_TITLE, say("出席した人の職を書いてください。")));
	TRY(council_agenda(&act->look, id, &items, &items_count));
	if (items_count == 0)
		error_add(&faults, reject("minutes", "議題がありません。先に議題を加えてください。"));
	error_add(&faults, check_deciding(act->look.arena, items, items_count, deciding, count));
	TRY(faults);
	TRY(audit_meeting_hold(act, &(struct audit_meeting_hold_in){ id.no, minutes, present,
								     act->look.now.ms,
								     act->actor.person }));
	return write_decisions(act, id, items, items_count, deciding, count);
}
