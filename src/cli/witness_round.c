/* The clock's round over the witnesses, and the alarm when one is silent or refuses. */
#include "cli/witness_visit.h"

#include "base/log.h"
#include "base/number.h"
#include "people/notice.h"

enum { MINUTE_MS = 60000, DAY_MS = 86400000, EVERY_USUAL = 60, ALARM_USUAL = 60,
       CARRY_USUAL = 35 };

static const struct actor the_clock = { .through = T_INIT("clock") };

struct error *
setting_number(struct look *look, const char *name, int64_t least, int64_t most, int64_t usual,
	       int64_t *number)
{
	struct text value;
	TRY(store_setting(look, text_of(name), &value));
	*number = usual;
	(void)number_read(value, least, most, number); /* unset, or not a number: the usual one */
	return OK;
}

/* How one witness stands, and when it is to be asked. */
struct standing {
	struct journal_witness witness;
	struct journal_cosigned cosigned;
	struct moment since;  /* the newest cosignature, or when the witness was chosen */
	int64_t end;	      /* entries our newest checkpoint covers */
	int64_t every_ms, patience_ms;
	bool is_alarmed;      /* the newest entry about it is an alarm */
	struct text alarm_why;
	struct moment alarmed;
};

static struct text
about_witness(struct arena *arena, const struct journal_witness *witness)
{
	return text_format(arena, "witness:%.*s", T_ARG(witness->key.name));
}

/* The newest entry about the witness: an alarm, or that it is back, or that it was chosen. */
static struct error *
read_history(struct look *look, struct standing *standing)
{
	struct journal_entry *entries;
	size_t count;
	TRY(journal_history(look, about_witness(look->arena, &standing->witness), JOURNAL_NEWEST, 1,
			    &entries, &count));
	standing->since = standing->cosigned.at;
	if (count == 0)
		return OK;
	standing->is_alarmed = text_is(entries->act, "journal.witness-alarm");
	standing->alarmed = entries->at;
	standing->alarm_why = T("");
	if (!standing->cosigned.is_any)
		standing->since = entries->at;
	for (size_t at = 0; at < entries->pair_count; at++)
		if (text_is(entries->pairs[at].name, "why"))
			standing->alarm_why = entries->pairs[at].text;
	return OK;
}

static struct error *
read_standing(struct look *look, const struct journal_witness *witness, struct standing *standing)
{
	int64_t every, minutes, days;
	struct journal_state state;
	*standing = (struct standing){ .witness = *witness };
	TRY(setting_number(look, "witness.every-seconds", 1, 86400, EVERY_USUAL, &every));
	TRY(setting_number(look, "witness.alarm-minutes", 1, 100000, ALARM_USUAL, &minutes));
	TRY(setting_number(look, "witness.carry-days", 1, 400, CARRY_USUAL, &days));
	TRY(journal_cosigned(look, &witness->key, &standing->cosigned));
	TRY(journal_state(look, NULL, &state));
	standing->end = state.signed_size;
	standing->every_ms = every * 1000;
	standing->patience_ms = witness->url.len != 0 ? minutes * MINUTE_MS : days * DAY_MS;
	return read_history(look, standing);
}

struct alarm {
	const struct standing *standing;
	const char *why;
	struct text words;
};

static struct error *
tell_operators(struct act *act, const struct alarm *alarm, struct text about)
{
	struct look *look = &act->look;
	struct grant *grants;
	size_t count;
	TRY(people_grants(look, (struct person_id){ 0 }, moment_day(look->now), &grants, &count));
	for (size_t at = 0; at < count; at++) {
		if (grants[at].kind != GRANT_OPERATOR)
			continue;
		TRY(people_notify(act, &(struct notify){
						.person = grants[at].person,
						.about = about,
						.words = alarm->words,
						.path = T("/journal"),
						.subject = text_of(say("番所: 記録簿について、お知らせがあります")),
					}));
	}
	return OK;
}

static struct error *
note_alarm(struct act *act, void *with)
{
	const struct alarm *alarm = with;
	const struct text about = about_witness(act->look.arena, &alarm->standing->witness);
	TRY(tell_operators(act, alarm, about));
	return act_note(act, &(struct fact){ .act = "journal.witness-alarm",
					     .about = { about },
					     .pairs = { { "why", text_of(alarm->why), 0 } } });
}

static struct error *
note_back(struct act *act, void *with)
{
	const struct alarm *alarm = with;
	return act_note(act, &(struct fact){ .act = "journal.witness-back",
					     .about = { about_witness(act->look.arena,
								      &alarm->standing->witness) } });
}

/* Once a day for the same reason. */
static void
raise(struct body *body, struct arena *arena, const struct alarm *alarm, bool *has_acted)
{
	const struct standing *standing = alarm->standing;
	if (standing->is_alarmed && text_is(standing->alarm_why, alarm->why) &&
	    moment_now().ms - standing->alarmed.ms < DAY_MS)
		return;
	struct alarm copy = *alarm;
	log_say("証人 %.*s: %.*s", T_ARG(standing->witness.key.name), T_ARG(alarm->words));
	struct error *error = store_act(body->store, arena, &the_clock, note_alarm, &copy);
	if (error != OK)
		log_error("witness", error);
	*has_acted |= error == OK;
}

static bool
is_due(const struct standing *standing, struct moment asked, struct moment now)
{
	if (standing->witness.url.len == 0 || now.ms - asked.ms < standing->every_ms)
		return false;
	/* Nothing new: the same once more in good time, so that silence means something. */
	return !standing->cosigned.is_any || standing->end > standing->cosigned.end ||
	       now.ms - standing->cosigned.at.ms > standing->patience_ms / 2;
}

static void
welcome_back(struct body *body, struct arena *arena, const struct standing *standing,
	     bool *has_acted)
{
	struct alarm alarm = { .standing = standing };
	if (!standing->is_alarmed)
		return;
	struct error *error = store_act(body->store, arena, &the_clock, note_back, &alarm);
	if (error != OK)
		log_error("witness", error);
	*has_acted |= error == OK;
}

static void
take_end(struct body *body, struct arena *arena, struct witness_work *work,
	 const struct standing *standing, enum visit_end end, struct text words, bool *has_acted)
{
	bool *is_silent = &work->is_silent[standing->witness.place];
	if (end == VISIT_SILENT && !*is_silent)
		log_say("証人 %.*s につながりません（%.*s）。あとでもう一度試します。",
			T_ARG(standing->witness.key.name), T_ARG(words));
	*is_silent = end == VISIT_SILENT;
	if (end == VISIT_DONE)
		welcome_back(body, arena, standing, has_acted);
	if (end != VISIT_OLDER && end != VISIT_FORKED && end != VISIT_REFUSED)
		return;
	const struct text whole = text_format(arena, say("証人 %.*s が記録簿に証言しません。%.*s"),
					      T_ARG(standing->witness.key.name), T_ARG(words));
	raise(body, arena, &(struct alarm){ standing, visit_end_name(end), whole }, has_acted);
}

static struct error *
ask_one(struct body *body, struct witness_work *work, const struct standing *standing,
	bool *is_done, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	enum visit_end end;
	struct text words;
	work->asked[standing->witness.place] = moment_now();
	TRY(witness_visit(body, arena, &standing->witness, &end, &words));
	*is_done = end == VISIT_DONE;
	take_end(body, arena, work, standing, end, words, has_acted);
	return OK;
}

static void
alarm_when_late(struct body *body, struct arena *arena, const struct standing *standing,
		bool *has_acted)
{
	const int64_t silence = moment_now().ms - standing->since.ms;
	if (standing->end == 0 || standing->since.ms == 0 || silence < standing->patience_ms)
		return;
	const struct text words =
		standing->witness.url.len != 0
			? text_format(arena, say("証人 %.*s が %lld 分のあいだ証言していません。証人の機械か回線を確かめてください。"),
				      T_ARG(standing->witness.key.name),
				      (long long)(silence / MINUTE_MS))
			: text_format(arena, say("証人 %.*s に %lld 日のあいだ記録簿を見せていません。bansho journal carry out で書き出して届けてください。"),
				      T_ARG(standing->witness.key.name),
				      (long long)(silence / DAY_MS));
	raise(body, arena, &(struct alarm){ standing, "late", words }, has_acted);
}

static struct error *
visit_one(struct body *body, struct witness_work *work, const struct journal_witness *witness,
	  struct arena *arena, bool *has_acted)
{
	struct standing standing;
	LOOK_SCOPED look = { 0 };
	bool is_done = false;
	TRY(look_begin(body->store, arena, &look));
	TRY(read_standing(&look, witness, &standing));
	look_end(&look);
	look = (struct look){ 0 };
	if (is_due(&standing, work->asked[witness->place], moment_now()))
		TRY(ask_one(body, work, &standing, &is_done, has_acted));
	if (!is_done)
		alarm_when_late(body, arena, &standing, has_acted);
	return OK;
}

static struct error *
read_chosen(struct body *body, struct arena *arena,
	    struct journal_witness list[static JOURNAL_WITNESSES_MOST], size_t *count)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, arena, &look));
	return journal_witnesses(&look, list, count);
}

void
witness_round(struct body *body, struct witness_work *work, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct journal_witness list[JOURNAL_WITNESSES_MOST];
	size_t count = 0;
	struct error *error = read_chosen(body, arena, list, &count);
	for (size_t at = 0; at < count && error == OK; at++) {
		error = visit_one(body, work, &list[at], arena, has_acted);
		if (error != OK)
			log_error("witness", error);
		error = OK;
	}
	if (error != OK)
		log_error("witness", error);
}
