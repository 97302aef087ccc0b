/* Sessions: found by their token's hash, kept alive, listed, revoked. */
#include "people/rooms.h"

static bool
is_living(const struct people_session_by_token_row *row, struct moment now, struct moment seen)
{
	return row->ended == 0 && !row->is_closed && now.ms < row->until &&
	       now.ms < seen.ms + minutes_ms(row->idle_minutes) &&
	       day_is_within(moment_day(now), DAY_NONE, day_from_kept(row->last_day));
}

struct error *
people_session_find(struct look *look, struct text token, struct moment last_seen, bool *found,
		    struct session *session)
{
	struct people_session_by_token_row row;
	const struct hash kept = hash_of(token);
	bool is_there = false;
	if (token.len == TOKEN_LEN)
		TRY(people_session_by_token(look,
					    &(struct people_session_by_token_in){ hash_bytes(&kept) },
					    &is_there, &row));
	if (!is_there) {
		*found = false;
		return OK;
	}
	const struct moment seen = { row.seen > last_seen.ms ? row.seen : last_seen.ms };
	*found = is_living(&row, look->now, seen);
	if (*found)
		*session = (struct session){
			.id = { row.id },
			.person = { row.person },
			.created = { row.created },
			.seen = { row.seen },
			.until = { row.until },
			.idle_minutes = row.idle_minutes,
			.must_change = row.must_change,
			.name = row.name,
			.language = language_read(row.language),
			.methods = methods_from_kept(row.methods),
			.proven = { row.proven != 0 ? row.proven : row.created },
		};
	return OK;
}

struct error *
people_session_touch(struct act *act, void *with)
{
	const struct session *session = with;
	struct people_session_get_row row;
	bool found;
	TRY(people_session_get(&act->look, &(struct people_session_get_in){ session->id.no }, &found,
			       &row));
	if (!found || row.ended != 0)
		return OK;
	return people_session_seen_put(
		act, &(struct people_session_seen_put_in){ session->id.no, act->look.now.ms });
}

struct error *
people_session_end(struct act *act, struct session_id session, struct person_id person)
{
	struct people_session_get_row row;
	bool found;
	TRY(people_session_get(&act->look, &(struct people_session_get_in){ session.no }, &found,
			       &row));
	if (!found || (person.no != 0 && row.person != person.no))
		return missing("そのサインインは見つかりません。");
	TRY(people_session_set_ended(
		act, &(struct people_session_set_ended_in){ session.no, act->look.now.ms }));
	return people_note(act, &(struct noting){
					.act = "people.session_end",
					.about = { people_about_person(act->look.arena,
								       (struct person_id){ row.person }) },
					.pairs = { { .name = "session", .number = session.no } } });
}

struct error *
people_sessions_end(struct act *act, struct person_id person, struct session_id keep)
{
	TRY(people_session_all_ended(act, &(struct people_session_all_ended_in){
						  person.no, keep.no, act->look.now.ms }));
	return people_note(act, &(struct noting){
					.act = "people.sessions_end",
					.about = { people_about_person(act->look.arena, person) } });
}

struct error *
people_sessions(struct look *look, struct person_id person, struct session **list, size_t *count)
{
	struct people_session_list_row *rows;
	TRY(people_session_list(look, &(struct people_session_list_in){ person.no, look->now.ms },
				&rows, count));
	*list = ARENA_ARRAY(look->arena, struct session, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct session){
			.id = { rows[at].id },
			.person = { rows[at].person },
			.created = { rows[at].created },
			.seen = { rows[at].seen },
			.until = { rows[at].until },
			.idle_minutes = rows[at].idle_minutes,
			.must_change = rows[at].must_change,
			.address = rows[at].address,
			.agent = rows[at].agent,
			.methods = methods_from_kept(rows[at].methods),
			.proven = { rows[at].proven != 0 ? rows[at].proven : rows[at].created },
		};
	return OK;
}

struct text
people_csrf(struct arena *into, struct text token)
{
	const struct hash made = hash_keyed(token, T("bansho csrf 1"));
	return hash_hex(into, &made);
}

bool
people_csrf_matches(struct text token, struct text given)
{
	ARENA_SCOPED arena = arena_open((size_t)1 << 16);
	return token.len != 0 && bytes_same_constant_time(people_csrf(arena, token), given);
}

struct error *
people_sessions_count(struct look *look, int64_t *open)
{
	struct people_session_open_count_row row;
	TRY(people_session_open_count(look, &(struct people_session_open_count_in){ look->now.ms }, &row));
	*open = row.open;
	return OK;
}
