/* Who is whom: accounts of the directory and persons, previewed and then tied. */
#include "directory/rooms.h"

#include "directory/directory_sql.h"

#include <stdlib.h>

struct matching {
	struct look *look;
	const struct directory_entry *list;
	size_t count;
	struct text *numbers; /* sorted: to see those given twice */
	size_t numbers_count;
	struct grant *operators;
	size_t operators_count;
	struct directory_match *all;
};

static int
by_text(const void *left, const void *right)
{
	const struct text *a = left, *b = right;
	return text_order(*a, *b);
}

static void
sort_numbers(struct matching *matching)
{
	matching->numbers =
		ARENA_ARRAY(matching->look->arena, struct text, matching->count + 1);
	for (size_t at = 0; at < matching->count; at++)
		if (matching->list[at].number.len != 0 && !matching->list[at].is_disabled)
			matching->numbers[matching->numbers_count++] = matching->list[at].number;
	if (matching->numbers_count > 1)
		qsort(matching->numbers, matching->numbers_count, sizeof(struct text), by_text);
}

static bool
is_twice(const struct matching *matching, struct text number)
{
	size_t low = 0, high = matching->numbers_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (text_order(matching->numbers[middle], number) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low + 1 < matching->numbers_count && text_same(matching->numbers[low + 1], number);
}

static bool
is_operator(const struct matching *matching, struct person_id person)
{
	for (size_t at = 0; at < matching->operators_count; at++)
		if (matching->operators[at].person.no == person.no &&
		    matching->operators[at].kind == GRANT_OPERATOR)
			return true;
	return false;
}

/* MATCH_LEFT with the reason. */
static void
leave(struct directory_match *match, const char *why)
{
	match->what = MATCH_LEFT;
	match->why = text_of(why);
}

/* The person is known; may their account be the directory's? */
static struct error *
judge_account(struct matching *matching, struct directory_match *match)
{
	struct account account;
	struct person_id other;
	bool has_account, is_taken, is_tied;
	struct directory_tie tie;
	TRY(people_account(matching->look, match->person, &has_account, &account));
	TRY(directory_tie(matching->look, match->person, &is_tied, &tie));
	if (has_account && !text_same(account.login, match->login)) {
		leave(match, say("番所のログイン名が、ディレクトリと違います。番所のアカウントを止めても名前は残るので、ディレクトリの側か、取り込む設定(login)を見直してください。"));
		return OK;
	}
	if (has_account && account.is_closed && !account.is_kept_elsewhere) {
		leave(match, say("番所のアカウントが止められています。使わせてよければ、先に仮パスワードを発行してください。"));
		return OK;
	}
	if (is_tied && account.is_kept_elsewhere) {
		match->what = text_same(tie.key, match->key) ? MATCH_SAME : MATCH_RENEWED;
		return OK;
	}
	TRY(people_person_by_login(matching->look, match->login, &is_taken, &other));
	if (is_taken && other.no != match->person.no)
		leave(match, say("このログイン名は、番所ではほかの職員のものです。"));
	else if (!people_login_is_well_formed(match->login))
		leave(match, say("このログイン名は番所では使えません(半角の英数字と . _ - @ で、2文字から64文字)。"));
	else
		match->what = has_account ? MATCH_TURNED : MATCH_OPENED;
	return OK;
}

static struct error *
judge_person(struct matching *matching, struct directory_match *match)
{
	struct person person;
	const struct day today = moment_day(matching->look->now);
	TRY(people_person(matching->look, match->person, &person));
	match->name = person.name;
	match->number = person.number;
	if (person.is_erased || (!day_is_none(person.until) && person.until.no < today.no))
		leave(match, say("この職員は退職しています。"));
	else if (is_operator(matching, match->person))
		leave(match, say("番所の運用担当者です。ディレクトリが止まっているときにもサインインできるよう、番所のパスワードのままにします。"));
	else
		return judge_account(matching, match);
	return OK;
}

static struct error *
judge(struct matching *matching, const struct directory_entry *entry, struct directory_match *match)
{
	struct person person;
	bool found = false;
	*match = (struct directory_match){ .what = MATCH_LEFT,
					   .number = entry->number,
					   .name = entry->name,
					   .login = entry->login,
					   .key = entry->id };
	if (entry->is_disabled)
		leave(match, say("ディレクトリで止められている口座です。"));
	else if (entry->login.len == 0 || entry->id.len == 0)
		leave(match, say("ディレクトリの口座に、ログイン名か番号(id)がありません。"));
	else if (entry->number.len != 0 && is_twice(matching, entry->number))
		leave(match, say("同じ職員番号の口座が、ディレクトリに二つ以上あります。"));
	else if (entry->number.len != 0)
		TRY(people_person_by_number(matching->look, entry->number, &found, &person));
	else
		TRY(people_person_by_login(matching->look, entry->login, &found, &match->person));
	if (match->why.len != 0)
		return OK;
	if (!found) {
		leave(match, entry->number.len != 0
				     ? say("この職員番号の人が、番所の職員にいません。先に職員を取り込んでください。")
				     : say("職員番号がなく、同じログイン名のアカウントも番所にありません。"));
		return OK;
	}
	if (entry->number.len != 0)
		match->person = person.id;
	return judge_person(matching, match);
}

/* Two accounts of one person: neither can be chosen for them. */
static void
leave_doubles(struct matching *matching)
{
	struct arena *arena = matching->look->arena;
	int64_t *seen = ARENA_ARRAY(arena, int64_t, matching->count * 2 + 2);
	const size_t room = matching->count * 2 + 2;
	for (size_t at = 0; at < matching->count; at++) {
		struct directory_match *match = &matching->all[at];
		if (match->what == MATCH_LEFT)
			continue;
		size_t place = (size_t)match->person.no % room; /* an id is positive */
		while (seen[place] != 0 && seen[place] != match->person.no)
			place = (place + 1) % room;
		if (seen[place] == match->person.no)
			leave(match, say("この職員には、ディレクトリの口座がもう一つ結び付きます。一つにしてください。"));
		seen[place] = match->person.no;
	}
}

static void
count_what(struct directory_matching *result, enum directory_match_what what)
{
	switch (what) {
	case MATCH_SAME:
		result->same++;
		break;
	case MATCH_OPENED:
		result->opened++;
		break;
	case MATCH_TURNED:
		result->turned++;
		break;
	case MATCH_RENEWED:
		result->renewed++;
		break;
	case MATCH_LEFT:
		result->left++;
		break;
	}
}

static void
gather(struct matching *matching, struct directory_matching *result)
{
	struct writer out = writer_open(matching->look->arena, DIRECTORY_MOST_BYTES);
	result->list = ARENA_ARRAY(matching->look->arena, struct directory_match,
				   matching->count + 1);
	for (int left = 0; left < 2; left++)
		for (size_t at = 0; at < matching->count; at++) {
			const struct directory_match *match = &matching->all[at];
			if ((match->what == MATCH_LEFT) != (left == 1))
				continue;
			count_what(result, match->what);
			write_format(&out, "%d %lld %.*s %.*s\n", (int)match->what,
				     (long long)match->person.no, T_ARG(match->login),
				     T_ARG(match->key));
			if (match->what != MATCH_SAME)
				result->list[result->count++] = *match;
		}
	result->digest = hash_of(writer_text(&out));
}

static struct error *
count_unlisted(struct matching *matching, struct directory_matching *result)
{
	struct directory_tie_list_row *rows;
	size_t count;
	struct text *ids = ARENA_ARRAY(matching->look->arena, struct text, matching->count + 1);
	TRY(directory_tie_list(matching->look, &rows, &count));
	for (size_t at = 0; at < matching->count; at++)
		ids[at] = matching->list[at].id;
	if (matching->count > 1)
		qsort(ids, matching->count, sizeof *ids, by_text);
	for (size_t at = 0; at < count; at++)
		if (matching->count == 0 || bsearch(&rows[at].key, ids, matching->count,
						    sizeof *ids, by_text) == NULL)
			result->unlisted++;
	return OK;
}

struct error *
directory_match_preview(struct look *look, const struct directory_entry *list, size_t count,
			struct directory_matching *result)
{
	struct matching matching = { .look = look, .list = list, .count = count };
	*result = (struct directory_matching){ 0 };
	sort_numbers(&matching);
	TRY(people_grants(look, (struct person_id){ 0 }, moment_day(look->now),
			  &matching.operators, &matching.operators_count));
	matching.all = ARENA_ARRAY(look->arena, struct directory_match, count + 1);
	for (size_t at = 0; at < count; at++)
		TRY(judge(&matching, &list[at], &matching.all[at]));
	leave_doubles(&matching);
	gather(&matching, result);
	return count_unlisted(&matching, result);
}

/* ---- Doing it ---- */

static struct error *
carry_out(struct act *act, const struct pack *pack, const struct directory_match *match)
{
	switch (match->what) {
	case MATCH_OPENED:
		TRY(people_account_open(act, pack, match->person, match->login, &people_password_elsewhere));
		break;
	case MATCH_TURNED:
		TRY(people_account_reset(act, pack, match->person, &people_password_elsewhere));
		break;
	case MATCH_RENEWED:
		TRY(people_sessions_end(act, match->person, (struct session_id){ 0 }));
		break;
	case MATCH_SAME:
	case MATCH_LEFT:
		return OK;
	}
	return tie_put(act, match);
}

struct error *
directory_match(struct act *act, void *with)
{
	struct directory_match_order *order = with;
	struct directory_entry *list;
	size_t count;
	struct directory_matching *result = &order->result;
	TRY(directory_entries(act->look.arena, order->table, &list, &count));
	TRY(directory_match_preview(&act->look, list, count, result));
	if (!hash_same(&result->digest, &order->digest))
		return conflict("確かめたあとに、職員やアカウントが変わりました。もう一度確かめてから結び付けてください。何も変わっていません。");
	for (size_t at = 0; at < result->count; at++)
		TRY(carry_out(act, order->pack, &result->list[at]));
	return act_note(act, &(struct fact){
				     .act = "directory.match",
				     .about = { T("directory:accounts") },
				     .pairs = { { .name = "opened",
						  .number = (int64_t)result->opened }, /* bounded */
						{ .name = "renewed",
						  .number = (int64_t)result->renewed },
						{ .name = "turned",
						  .number = (int64_t)result->turned } },
			     });
}
