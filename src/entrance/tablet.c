/* Tablets: made by the keeper, tied by a code, stopped at any time. */
#include "entrance/rooms.h"

#include "base/hash.h"
#include "base/secret.h"

enum { TOKEN_BYTES = ENTRANCE_TOKEN_LEN / 2 };

/* Letters that cannot be mistaken for one another when read out. */
static const char letters[] = "2345679ACDEFGHJKMNPQRSTUVWXYZ";

static struct text
code_new(struct arena *into)
{
	unsigned char random[ENTRANCE_CODE_LEN];
	char code[ENTRANCE_CODE_LEN];
	random_bytes(random, sizeof random);
	for (size_t at = 0; at < sizeof code; at++)
		code[at] = letters[random[at] % (sizeof letters - 1)];
	return text_copy(into, (struct text){ code, sizeof code });
}

/* As it was read out: width, case and hyphens do not matter. */
static struct text
code_hash(struct arena *into, struct text typed)
{
	const struct text folded = text_fold(into, typed);
	char plain[ENTRANCE_CODE_LEN + 1];
	size_t len = 0;
	for (size_t at = 0; at < folded.len && len < sizeof plain; at++) {
		const char sign = folded.data[at];
		if (sign >= 'a' && sign <= 'z')
			plain[len++] = (char)(sign - 'a' + 'A');
		else if ((sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'Z'))
			plain[len++] = sign;
	}
	const struct hash hash = hash_of((struct text){ plain, len });
	return hash_hex(into, &hash);
}

static struct text
token_hash(struct arena *into, struct text token)
{
	const struct hash hash = hash_of(token);
	return hash_hex(into, &hash);
}

/* ---- Reading ---- */

struct error *
entrance_tablets(struct look *look, struct row_id room, struct tablet **list, size_t *count)
{
	struct entrance_tablets_of_row *rows;
	TRY(entrance_tablets_of(look, &(struct entrance_tablets_of_in){ room.no, ENTRANCE_MOST_TABLETS }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct tablet, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct tablet){
			.id = { rows[at].id },
			.room = { rows[at].room },
			.name = rows[at].name,
			.made = { rows[at].made },
			.code_until = { rows[at].code_until },
			.tied = { rows[at].tied },
			.handed = { rows[at].handed },
			.stopped = { rows[at].stopped },
			.made_by = rows[at].made_name,
			.stopped_by = rows[at].stopped_name,
			.why = rows[at].why,
			.change = rows[at].change,
		};
	return OK;
}

struct error *
entrance_tablet_room(struct look *look, struct tablet_id id, struct row_id *room)
{
	struct entrance_tablet_get_row row;
	bool found;
	TRY(entrance_tablet_get(look, &(struct entrance_tablet_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("そのタブレットはありません。");
	*room = (struct row_id){ row.room };
	return OK;
}

struct error *
entrance_tablet_find(struct look *look, struct text token, bool *found, struct tablet *tablet)
{
	struct entrance_tablet_by_token_row row;
	*found = false;
	if (token.len != ENTRANCE_TOKEN_LEN)
		return OK;
	TRY(entrance_tablet_by_token(look, &(struct entrance_tablet_by_token_in){ token_hash(look->arena, token) },
			    found, &row));
	if (*found)
		*tablet = (struct tablet){
			.id = { row.id },
			.room = { row.room },
			.name = row.name,
			.made = { row.made },
			.tied = { row.tied },
			.handed = { row.handed },
			.stopped = { row.stopped },
			.why = row.why,
			.change = row.change,
		};
	return OK;
}

struct text
entrance_signing_key(struct arena *into, struct text token)
{
	const struct hash key = hash_keyed(token, T("bansho tablet 1"));
	return hash_hex(into, &key);
}

bool
entrance_is_signed(struct arena *arena, struct text token, struct text body, struct text sign)
{
	const struct hash key = hash_keyed(token, T("bansho tablet 1"));
	const struct hash made = hash_keyed(hash_bytes(&key), body);
	return bytes_same_constant_time(hash_hex(arena, &made), sign);
}

/* ---- Acts ---- */

static struct error *
check_name(struct look *look, struct row_id room, struct text name)
{
	struct tablet *list;
	size_t count;
	if (text_is_blank(name))
		return reject("name", "タブレットの名前を入力してください。例: 入口の右");
	if (text_count(name) > ENTRANCE_MOST_NAME)
		return reject("name", "%d文字までにしてください。", ENTRANCE_MOST_NAME);
	TRY(entrance_tablets(look, room, &list, &count));
	if (count == ENTRANCE_MOST_TABLETS)
		return conflict("この部屋に登録できるタブレットは%d台までです。", ENTRANCE_MOST_TABLETS);
	for (size_t at = 0; at < count; at++)
		if (list[at].stopped.ms == 0 && text_same(list[at].name, name))
			return reject("name", "同じ名前のタブレットがあります。見分けられる名前にしてください。");
	return OK;
}

struct error *
entrance_tablet_make(struct act *act, const struct pack *pack, struct row_id room_id,
		     struct text name, struct tablet_id *id, struct text *code)
{
	struct arena *arena = act->look.arena;
	struct entrance_room room;
	struct tablet_id made;
	TRY(room_must_keep(act, pack, room_id, &room));
	name = text_trim(name);
	TRY(check_name(&act->look, room_id, name));
	TRY(act_number(act, T("entrance-tablet"), &made.no));
	const struct text fresh = code_new(arena);
	TRY(entrance_tablet_add(act, &(struct entrance_tablet_add_in){
				    .id = made.no,
				    .room = room_id.no,
				    .name = name,
				    .made = act->look.now.ms,
				    .made_by = act->actor.person,
				    .code = code_hash(arena, fresh),
				    .code_until = act->look.now.ms + (int64_t)ENTRANCE_CODE_MINUTES * MINUTE_MS,
			    }));
	struct fact fact = room_fact_in(arena, "entrance.tablet", room_id);
	fact.about[1] = room_about_tablet(arena, made);
	TRY(act_note(act, &fact));
	*id = made;
	*code = fresh;
	return OK;
}

struct error *
entrance_tablet_tie(struct act *act, const struct pack *pack, struct text code, struct text *token)
{
	struct arena *arena = act->look.arena;
	struct entrance_tablet_by_code_row row;
	struct entrance_room room;
	unsigned char random[TOKEN_BYTES];
	bool found;
	TRY(entrance_tablet_by_code(&act->look, &(struct entrance_tablet_by_code_in){ code_hash(arena, code) }, &found,
			   &row));
	if (!found || row.tied != 0 || row.stopped != 0 || row.code_until < act->look.now.ms)
		return reject("code", "この番号では登録できません。打ち間違いがないか確かめ、違っていなければ、新しい番号を出してもらってください(番号は%d分で切れます)。",
			      ENTRANCE_CODE_MINUTES);
	TRY(entrance_room(&act->look, pack, (struct row_id){ row.room }, &room));
	random_bytes(random, sizeof random);
	const struct text made =
		text_hex(arena, (struct text){ (const char *)random, sizeof random });
	wipe(random, sizeof random);
	TRY(entrance_set_tied(act, &(struct entrance_set_tied_in){ row.id, token_hash(arena, made),
						     act->look.now.ms }));
	struct fact fact = room_fact_in(arena, "entrance.tie", room.id);
	fact.about[1] = room_about_tablet(arena, (struct tablet_id){ row.id });
	TRY(act_note(act, &fact));
	*token = made;
	return OK;
}

struct error *
entrance_tablet_stop(struct act *act, const struct pack *pack, struct tablet_id id, int64_t change,
		     struct text why)
{
	struct arena *arena = act->look.arena;
	struct entrance_tablet_get_row row;
	struct entrance_room room;
	bool found;
	TRY(entrance_tablet_get(&act->look, &(struct entrance_tablet_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("そのタブレットはありません。");
	TRY(room_must_keep(act, pack, (struct row_id){ row.room }, &room));
	if (row.stopped != 0)
		return conflict("このタブレットはもう止めてあります。");
	if (row.change != change)
		return conflict("ほかの人が先に手を加えました。開きなおして確かめてください。");
	TRY(room_must_reason("why", why, say("止めるわけを入力してください。")));
	TRY(entrance_set_stopped(act, &(struct entrance_set_stopped_in){ id.no, act->look.now.ms, act->actor.person,
						       text_trim(why) }));
	struct fact fact = room_fact_in(arena, "entrance.stop", room.id);
	fact.about[1] = room_about_tablet(arena, id);
	return act_note(act, &fact);
}
