/*
 * Limits on guessing that cannot be turned against those they protect: a stranger's wrong
 * passwords lock strangers out of an account, growing longer, while a browser its owner has
 * used before goes on with guesses of its own. Takamatsu 6.4.3, 7.2.1; ASVS 5.0 6.3.1.
 */
#include "people/rooms.h"

enum {
	ATTEMPTS = 5,
	LOCK_MINUTES = 15,
	LOCK_DOUBLED_MOST = 3, /* 15, 30, 60, 120, 120 … */
	DEVICES_MOST = 10,     /* of a person; the one unused for longest makes room */
	SESSIONS_MOST = 10,
};

struct text
token_new(struct arena *into, struct hash *kept)
{
	unsigned char random[TOKEN_LEN / 2];
	random_bytes(random, sizeof random);
	const struct text token =
		text_hex(into, (struct text){(const char *)random, sizeof random});
	wipe(random, sizeof random);
	*kept = hash_of(token);
	return token;
}

struct limit {
	int64_t attempts, minutes;
};

static struct error *
read_limit(struct look *look, const struct pack *pack, struct limit *limit)
{
	TRY(people_parameter(look, pack, "sign-in.attempts", ATTEMPTS, &limit->attempts));
	return people_parameter(look, pack, "sign-in.lock-minutes", LOCK_MINUTES,
				&limit->minutes);
}

static int64_t
longest_lock(const struct limit *limit)
{
	return minutes_ms(limit->minutes << LOCK_DOUBLED_MOST);
}

/* A clock that was wrong for a while leaves no lock that is longer than any could be. */
static bool
is_locked(int64_t locked_until, int64_t now, int64_t longest)
{
	return locked_until > now && locked_until - now <= longest;
}

struct error *
attempts_prepare(struct look *look, struct sign_in *sign_in)
{
	struct people_device_find_row row;
	const struct hash kept = hash_of(sign_in->device);
	struct limit limit;
	bool found = false;
	TRY(read_limit(look, sign_in->pack, &limit));
	sign_in->longest_lock = longest_lock(&limit);
	sign_in->is_known = false;
	sign_in->known = (struct people_device_known){0};
	if (sign_in->device.len != TOKEN_LEN || sign_in->candidate.no == 0)
		return OK;
	TRY(people_device_find(
		look, &(struct people_device_find_in){hash_bytes(&kept), sign_in->candidate.no},
		&found, &row));
	if (!found)
		return OK;
	sign_in->is_known = !is_locked(row.locked_until, look->now.ms, sign_in->longest_lock);
	sign_in->known = (struct people_device_known){row.id, row.failed};
	return OK;
}

bool
attempts_lock(const struct act *act, const struct sign_in *sign_in,
	      const struct people_account_get_row *row)
{
	return !sign_in->is_known &&
	       is_locked(row->locked_until, act->look.now.ms, sign_in->longest_lock);
}

static struct error *
device_failed(struct act *act, const struct sign_in *sign_in, const struct limit *limit)
{
	const int64_t failed = sign_in->known.failed + 1;
	const bool locks = limit->attempts > 0 && failed >= limit->attempts;
	return people_device_failed(
		act, &(struct people_device_failed_in){
			     sign_in->known.id, locks ? 0 : failed,
			     locks ? act->look.now.ms + minutes_ms(limit->minutes) : 0});
}

/* Told to the owner once per lock: ASVS 5.0 6.3.5. */
static struct error *
tell_locked(struct act *act, struct person_id person)
{
	return people_notify(
		act, &(struct notify){
			     .person = person,
			     .about = people_about_person(act->look.arena, person),
			     .words = text_of(say(
				     "あなたのログイン名で、パスワードの間違いが続きました。新"
				     "しい端末からのサインインをしばらく止めています。心当たり"
				     "がないときは、情報システムの担当者に知らせてください。")),
			     .path = T("/account"),
		     });
}

struct error *
account_count_failure(struct act *act, const struct pack *pack,
		      const struct people_account_get_row *row)
{
	struct limit limit;
	TRY(read_limit(&act->look, pack, &limit));
	const int64_t now = act->look.now.ms;
	const bool was_locked = is_locked(row->locked_until, now, longest_lock(&limit));
	const int64_t failed = was_locked ? row->failed : row->failed + 1;
	const bool locks = !was_locked && limit.attempts > 0 && failed >= limit.attempts;
	const int64_t doubled = row->locks < LOCK_DOUBLED_MOST ? row->locks : LOCK_DOUBLED_MOST;
	TRY(people_account_failed(act,
				  &(struct people_account_failed_in){
					  row->id, locks ? 0 : failed, row->failed_since + 1,
					  locks ? now + minutes_ms(limit.minutes << doubled)
					  : was_locked ? row->locked_until
						       : 0,
					  row->locks + (locks ? 1 : 0)}));
	return locks ? tell_locked(act, (struct person_id){row->id}) : OK;
}

struct error *
attempts_failed(struct act *act, const struct sign_in *sign_in,
		const struct people_account_get_row *row)
{
	struct limit limit;
	if (!sign_in->is_known)
		return account_count_failure(act, sign_in->pack, row);
	TRY(read_limit(&act->look, sign_in->pack, &limit));
	TRY(people_account_seen(act,
				&(struct people_account_seen_in){row->id, row->failed_since + 1,
								 row->last_sign_in}));
	return device_failed(act, sign_in, &limit);
}

/* The browser keeps its cookie when we gave it (to anybody at this desk); any other is
 * replaced. */
static struct error *
device_token(struct act *act, struct sign_in *sign_in, struct hash *kept)
{
	struct people_device_is_ours_row row;
	bool is_ours = false;
	*kept = hash_of(sign_in->device);
	if (sign_in->device.len == TOKEN_LEN)
		TRY(people_device_is_ours(&act->look,
					  &(struct people_device_is_ours_in){hash_bytes(kept)},
					  &is_ours, &row));
	if (!is_ours)
		sign_in->new_device = token_new(act->look.arena, kept);
	return OK;
}

/* ASVS 5.0 6.3.5. Nobody is surprised by the very first sign-in. */
static struct error *
tell_new_browser(struct act *act, const struct sign_in *sign_in,
		 const struct people_account_get_row *row)
{
	struct arena *arena = act->look.arena;
	if (row->last_sign_in == 0)
		return OK;
	return people_notify(
		act, &(struct notify){
			     .person = sign_in->candidate,
			     .about = people_about_person(arena, sign_in->candidate),
			     .words = text_format(
				     arena,
				     say("これまで使っていないブラウザーから、サインインがありました(接続元 %.*s)。"
					 "あなたでないときは、そのサインインをここで終わらせ、情報システムの担当者に知ら"
					 "せてください。"),
				     T_ARG(sign_in->address)),
			     .path = T("/account"),
		     });
}

static struct error *
device_add(struct act *act, struct sign_in *sign_in)
{
	const int64_t person = sign_in->candidate.no, now = act->look.now.ms;
	struct people_device_count_row count;
	struct people_device_oldest_row oldest;
	struct hash kept;
	bool found = false;
	int64_t id;
	TRY(device_token(act, sign_in, &kept));
	TRY(people_device_count(&act->look, &(struct people_device_count_in){person}, &count));
	if (count.n >= DEVICES_MOST)
		TRY(people_device_oldest(&act->look, &(struct people_device_oldest_in){person},
					 &found, &oldest));
	if (found)
		return people_device_put(
			act, &(struct people_device_put_in){oldest.id, hash_bytes(&kept), now});
	TRY(act_number(act, T("device"), &id));
	return people_device_insert(
		act, &(struct people_device_insert_in){id, person, hash_bytes(&kept), now});
}

struct error *
attempts_passed(struct act *act, struct sign_in *sign_in,
		const struct people_account_get_row *row)
{
	const int64_t now = act->look.now.ms;
	if (!sign_in->is_known)
		TRY(people_account_unlocked(act,
					    &(struct people_account_unlocked_in){row->id}));
	/* A browser that was locked and now showed the right password is known again. */
	if (sign_in->known.id != 0)
		return people_device_used(
			act, &(struct people_device_used_in){sign_in->known.id, now});
	TRY(tell_new_browser(act, sign_in, row));
	return device_add(act, sign_in);
}

struct error *
sessions_trim(struct act *act, const struct pack *pack, struct person_id person)
{
	struct people_session_oldest_row *rows;
	size_t count;
	int64_t most;
	TRY(people_parameter(&act->look, pack, "sign-in.sessions-most", SESSIONS_MOST, &most));
	if (most <= 0)
		return OK;
	TRY(people_session_oldest(
		&act->look,
		&(struct people_session_oldest_in){person.no, act->look.now.ms, most}, &rows,
		&count));
	for (size_t at = 0; at < count; at++)
		TRY(people_session_set_ended(act, &(struct people_session_set_ended_in){
							  rows[at].id, act->look.now.ms}));
	return OK;
}
