/* Rolling keys and turning the year: the acts, and when they are due. */
#include "base/number.h"
#include "journal/journal_sql.h"
#include "journal/sealer.h"

enum { KEY_DAYS_USUAL = 1, KEY_DAYS_MOST = 3650 };

struct turning {
	struct text origin; /* of the log as it was when we looked */
	struct text place, next_place, next_origin, vkey;
};

static struct error *
log_now(struct store *store, struct arena *arena, struct journal_log *log, struct moment *now)
{
	LOOK_SCOPED look = { 0 };
	bool found;
	TRY(look_begin(store, arena, &look));
	TRY(journal_log_now(&look, &found, log));
	*now = look.now;
	if (!found)
		return conflict("記録簿にはまだ記録がありません。");
	return OK;
}

static struct text
about_log(struct arena *arena, struct text place)
{
	return text_format(arena, "journal:%.*s", T_ARG(place));
}

/* Another program may have done it between our look and this. */
static struct error *
is_still(struct act *act, struct text origin, bool *is)
{
	struct journal_log log;
	bool found;
	TRY(journal_log_now(&act->look, &found, &log));
	*is = found && text_same(log.origin, origin);
	return OK;
}

/* ---- Rolling ---- */

static struct error *
roll_work(struct act *act, void *with)
{
	const struct turning *turning = with;
	struct journal_log log;
	struct journal_key *keys;
	size_t count;
	bool is;
	TRY(is_still(act, turning->origin, &is));
	TRY(journal_log_now(&act->look, &is, &log));
	TRY(journal_keys(&act->look, &log, &keys, &count));
	if (!text_same(log.origin, turning->origin) ||
	    (count != 0 && text_same(keys[count - 1].vkey, turning->vkey)))
		return OK;
	if (count >= JOURNAL_KEYS_MOST - 1)
		return conflict("この年度の記録簿では、もう鍵を替えられません（%d 回まで）。",
				JOURNAL_KEYS_MOST);
	return act_note(act, &(struct fact){ .act = ACT_KEY,
					     .about = { about_log(act->look.arena, log.place) },
					     .pairs = { { "vkey", turning->vkey, 0 } } });
}

struct error *
journal_roll(struct store *store, struct sealer *sealer, const struct actor *actor)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct journal_log log;
	struct moment now;
	struct turning turning;
	/* What is signed stays signed with the old key; and what was begun earlier is finished. */
	TRY(journal_seal(store, sealer));
	TRY(log_now(store, arena, &log, &now));
	turning = (struct turning){ .origin = log.origin };
	TRY(sealer_next_key(sealer, arena, log.origin, false, &turning.vkey));
	struct error *error = store_act(store, arena, actor, roll_work, &turning);
	if (error != OK)
		return error_make(error->kind, error->file, error->line, NULL, "%.*s",
				  T_ARG(error->words));
	return journal_seal(store, sealer);
}

/* ---- Turning ---- */

static struct error *
turn_work(struct act *act, void *with)
{
	const struct turning *turning = with;
	struct arena *arena = act->look.arena;
	bool is;
	TRY(is_still(act, turning->origin, &is));
	if (!is)
		return OK;
	TRY(act_note(act, &(struct fact){
				  .act = ACT_CLOSE,
				  .about = { about_log(arena, turning->place) },
				  .pairs = { { "next-origin", turning->next_origin, 0 },
					     { "next-vkey", turning->vkey, 0 } },
			  }));
	/* append.c says in it what the log before was. */
	return act_note(act, &(struct fact){ .act = ACT_BEGIN,
					     .about = { about_log(arena, turning->next_place) } });
}

struct error *
journal_turn(struct store *store, struct sealer *sealer, const struct actor *actor)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct journal_log log;
	struct moment now;
	TRY(journal_seal(store, sealer));
	TRY(log_now(store, arena, &log, &now));
	const struct text place = log_place(arena, now);
	if (text_order(place, log.place) <= 0)
		return conflict("%.*s年度の記録簿はもう始まっています。次の年度になってから行ってください。",
				T_ARG(log.place));
	struct turning turning = { .origin = log.origin,
				   .place = log.place,
				   .next_place = place,
				   .next_origin = log_origin(arena, sealer->body, place) };
	TRY(sealer_next_key(sealer, arena, turning.next_origin, true, &turning.vkey));
	struct error *error = store_act(store, arena, actor, turn_work, &turning);
	if (error != OK)
		return error_make(error->kind, error->file, error->line, NULL, "%.*s",
				  T_ARG(error->words));
	return journal_seal(store, sealer);
}

/* ---- What time asks for ---- */

static struct error *
roll_is_due(struct look *look, const struct journal_log *log, bool *is_due)
{
	struct journal_key *keys;
	struct journal_entry since;
	struct text setting;
	size_t count;
	int64_t days = KEY_DAYS_USUAL;
	TRY(store_setting(look, T("journal.key-days"), &setting));
	if (setting.len != 0 && !number_read(setting, 0, KEY_DAYS_MOST, &days))
		return reject("journal.key-days",
			      "設定 journal.key-days は0から%dまでの日数にしてください。", KEY_DAYS_MOST);
	TRY(journal_keys(look, log, &keys, &count));
	/* A key that signed nothing yet is as good as new. */
	const int64_t from = count != 0 && keys[count - 1].seq >= log->first ? keys[count - 1].seq
									    : log->first;
	*is_due = false;
	if (days == 0 || from >= log->first + log->size - 1)
		return OK;
	TRY(journal_entry_read(look, from, &since));
	*is_due = moment_day(look->now).no - moment_day(since.at).no >= days;
	return OK;
}

struct error *
journal_due(struct look *look, struct journal_due *due)
{
	struct journal_log log;
	bool found;
	*due = (struct journal_due){ 0 };
	TRY(journal_log_now(look, &found, &log));
	if (!found)
		return OK;
	due->turn = text_order(log_place(look->arena, look->now), log.place) > 0;
	return due->turn ? OK : roll_is_due(look, &log, &due->roll);
}
