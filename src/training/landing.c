/* Where the link of a drill's mail leads, and reports of mail that looks wrong. */
#include "training/rooms.h"

#include "people/notice.h"

enum { REPORTS_MOST = 200, DRILLS_OF_PERSON = 20 };

struct hash
token_hash(struct text token)
{
	return hash_of_two(T("bansho mail drill "), token);
}

static bool
is_token(struct text token)
{
	for (size_t at = 0; at < token.len; at++)
		if (!((token.data[at] >= '0' && token.data[at] <= '9') ||
		      (token.data[at] >= 'a' && token.data[at] <= 'f')))
			return false;
	return token.len == TRAINING_TOKEN_LEN;
}

static struct error *
find(struct look *look, struct text token, struct training_target_by_token_row *row)
{
	const struct hash hash = token_hash(token);
	bool found = false;
	if (is_token(token))
		TRY(training_target_by_token(
			look, &(struct training_target_by_token_in){ hash_bytes(&hash) }, &found, row));
	return found ? OK : missing("この画面はありません。");
}

struct error *
training_token(struct look *look, const struct pack *pack, struct text token,
	       const struct pack_lure **lure, bool *is_opened)
{
	struct training_target_by_token_row row;
	TRY(find(look, token, &row));
	*lure = pack_lure(pack, row.lure);
	*is_opened = row.opened != 0;
	return OK;
}

/* ---- Opened ---- */

static struct error *
follow(struct act *act, const struct pack_lure *lure, const struct training_target_by_token_row *row)
{
	struct training_enrolment_open_row open;
	struct enrolment_id id;
	bool found;
	const struct day today = moment_day(act->look.now);
	if (lure == NULL || lure->follow == NULL)
		return OK;
	TRY(training_enrolment_open(&act->look,
				    &(struct training_enrolment_open_in){ row->person,
									  lure->follow->code },
				    &found, &open));
	if (found)
		return OK;
	return enrol(act,
		     &(struct enrolling){ .course = lure->follow->code,
					  .person = { row->person },
					  .why = "drill",
					  .drill = row->drill,
					  .since = today,
					  .due = day_plus(today, lure->follow->days) },
		     &id);
}

struct error *
training_opened(struct act *act, const struct pack *pack, struct text token)
{
	struct training_target_by_token_row row;
	TRY(find(&act->look, token, &row));
	if (row.opened != 0 || row.ends < moment_day(act->look.now).no || text_is(row.state, "ended"))
		return OK;
	/* Whoever opens it, signed in or not, stays out of the entry. */
	act->actor.person = 0;
	act->actor.role = T("");
	TRY(training_target_opened(act, &(struct training_target_opened_in){ row.id, act->look.now.ms }));
	TRY(follow(act, pack_lure(pack, row.lure), &row));
	return note_training(act, "training.opened",
			     about_training(act->look.arena, "mail-drill", row.drill), NULL);
}

/* ---- Reported ---- */

static struct error *
find_drill(struct act *act, const struct pack *pack, struct text subject, int64_t *drill)
{
	struct training_target_of_row *rows;
	size_t count;
	struct arena *arena = act->look.arena;
	const struct text folded = text_fold(arena, subject);
	*drill = 0;
	TRY(training_target_of(&act->look,
			       &(struct training_target_of_in){ act->actor.person, DRILLS_OF_PERSON },
			       &rows, &count));
	for (size_t at = 0; at < count && *drill == 0; at++) {
		const struct pack_lure *lure = pack_lure(pack, rows[at].lure);
		if (lure == NULL || (!text_same(folded, text_fold(arena, lure->subject.ja)) &&
				     !text_same(folded, text_fold(arena, lure->subject.en))))
			continue;
		*drill = rows[at].drill;
		if (rows[at].reported == 0)
			TRY(training_target_reported(act, &(struct training_target_reported_in){
								  rows[at].id, act->look.now.ms }));
	}
	return OK;
}

static struct error *
tell(struct act *act, const struct pack *pack, int64_t id, struct text subject)
{
	struct arena *arena = act->look.arena;
	for (size_t role = 0; role < pack->training.tells_count; role++) {
		struct decider *list;
		size_t count;
		struct unit_id unit;
		TRY(people_unit_of(&act->look, (struct person_id){ act->actor.person },
				   moment_day(act->look.now), &unit));
		TRY(people_deciders_in(&act->look, pack->training.tells[role], unit,
				       moment_day(act->look.now), (struct person_id){ 0 }, &list, &count));
		for (size_t at = 0; at < count; at++)
			TRY(people_notify(
				act, &(struct notify){
					     .person = list[at].person,
					     .about = about_training(arena, "mail-report", id),
					     .words = text_format(arena, say("不審なメールの報告: %.*s"),
								  T_ARG(subject)),
					     .path = T("/training/reports"),
					     .subject = text_of(say("不審なメールの報告がありました")),
				     }));
	}
	return OK;
}

struct error *
training_suspicious(struct act *act, const struct pack *pack, struct text subject, struct text words,
		    bool is_opened, bool *is_drill)
{
	struct text line = text_trim(subject);
	struct error *faults = OK;
	int64_t id, drill;
	if (line.len == 0)
		error_add(&faults, reject("subject", "メールの件名を書いてください。件名がないときは「件名なし」と書きます。"));
	if (text_count(line) > TRAINING_MOST_WORDS)
		error_add(&faults, reject("subject", "%d文字までにしてください。", TRAINING_MOST_WORDS));
	if (text_count(words) > 4 * TRAINING_MOST_WORDS)
		error_add(&faults, reject("words", "%d文字までにしてください。", 4 * TRAINING_MOST_WORDS));
	TRY(faults);
	TRY(find_drill(act, pack, line, &drill));
	*is_drill = drill != 0;
	TRY(act_number(act, T("mail-report"), &id));
	TRY(training_report_add(act, &(struct training_report_add_in){
					     id, act->actor.person, act->look.now.ms, drill, line,
					     text_trim(words), is_opened }));
	if (!*is_drill)
		TRY(tell(act, pack, id, line));
	return note_training(act, "training.suspicious",
			     about_training(act->look.arena, "mail-report", id), NULL);
}

struct error *
training_reports(struct look *look, struct mail_report **list, size_t *count)
{
	struct training_report_list_row *rows;
	TRY(training_report_list(look,
				 &(struct training_report_list_in){ moment_day(look->now).no,
								    REPORTS_MOST },
				 &rows, count));
	*list = ARENA_ARRAY(look->arena, struct mail_report, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct mail_report){ .id = rows[at].id,
						    .person = { rows[at].person },
						    .number = rows[at].number,
						    .name = rows[at].name,
						    .unit_name = rows[at].unit_name,
						    .at = { rows[at].at },
						    .subject = rows[at].subject,
						    .words = rows[at].words,
						    .is_opened = rows[at].is_opened };
	return OK;
}
