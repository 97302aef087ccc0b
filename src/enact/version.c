/* Versions: reading them, proposing, publishing, withdrawing. */
#include "enact/rooms.h"

#include <string.h>

struct text
about_version(struct arena *into, struct version_id id)
{
	return text_format(into, "version:%lld", (long long)id.no);
}

struct error *
note_version(struct act *act, struct version_id id, const char *what, const struct fact_pair *pairs)
{
	struct fact fact = { .act = what, .about = { about_version(act->look.arena, id) } };
	for (size_t at = 0; pairs != NULL && pairs[at].name != NULL; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}

static struct day
day_of(int64_t no)
{
	return no != 0 ? (struct day){ no } : DAY_NONE;
}

struct error *
enact_version(struct look *look, struct version_id id, struct enact_version *version)
{
	struct enact_version_get_row row;
	bool found;
	TRY(enact_version_get(look, &(struct enact_version_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その版の方針はありません(%lld)。", (long long)id.no);
	struct enact_version read = {
		.id = id,
		.pack = row.pack,
		.version = row.version,
		.title = row.title,
		.is_acknowledged = row.is_acknowledged,
		.change = row.change,
		.proposed = { row.proposed },
		.published = { row.published },
		.in_force = { row.in_force },
		.ended = { row.ended },
		.proposed_by = { row.proposed_by },
		.published_by = { row.published_by },
		.withdrawn_by = { row.withdrawn_by },
		.proposed_name = row.proposed_name,
		.published_name = row.published_name,
		.published_role = row.published_role,
		.effective = day_of(row.effective),
		.why = row.why,
	};
	if (row.digest.len != HASH_LEN || !version_state_read(row.state, &read.state))
		return broken("方針の版の記録が読めません(%lld)。", (long long)id.no);
	memcpy(read.digest.at, row.digest.data, HASH_LEN);
	*version = read;
	return OK;
}

struct error *
enact_version_in_force(struct look *look, bool *found, struct enact_version *version)
{
	struct enact_version_by_state_row row;
	bool has;
	*found = false;
	TRY(store_has_step(look, T("enact"), 1, &has));
	if (!has)
		return OK;
	TRY(enact_version_by_state(look, &(struct enact_version_by_state_in){ T("in-force") }, found,
				   &row));
	return *found ? enact_version(look, (struct version_id){ row.id }, version) : OK;
}

struct error *
enact_versions(struct look *look, struct enact_version **list, size_t *count)
{
	struct enact_version_list_row *rows;
	TRY(enact_version_list(look, &(struct enact_version_list_in){ ENACT_MOST_VERSIONS }, &rows,
			       count));
	*list = ARENA_ARRAY(look->arena, struct enact_version, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(enact_version(look, (struct version_id){ rows[at].id }, &(*list)[at]));
	return OK;
}

struct error *
enact_must_be_current(struct look *look, const struct pack *pack)
{
	struct enact_version_by_state_row row;
	bool found;
	TRY(enact_version_by_state(look, &(struct enact_version_by_state_in){ T("in-force") },
				   &found, &row));
	if (!found || text_same(row.digest, hash_bytes(&pack->digest)))
		return OK;
	return busy("方針の新しい版に切り替えています。数秒たってから、もう一度実行してください。操作は行われていません。");
}

/* ---- Who may ---- */

struct error *
enact_may(struct look *look, const struct pack *in_force, struct person_id person, bool *may)
{
	struct decider *list;
	size_t count;
	*may = false;
	if (in_force->publishes == NULL || person.no == 0)
		return OK;
	TRY(people_deciders(look, in_force->publishes, (struct unit_id){ 0 }, moment_day(look->now),
			    (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		*may |= list[at].person.no == person.no;
	return OK;
}

static bool
is_operator(const struct act *act)
{
	return act->actor.person == 0 && text_is(act->actor.through, "cli");
}

static struct error *
must_publish(struct act *act, const struct pack *in_force)
{
	if (in_force->publishes != NULL)
		return people_must_hold(act, in_force->publishes, (struct unit_id){ 0 },
					(struct person_id){ 0 }, NULL);
	if (!is_operator(act))
		return refuse("施行中の方針は、新しい版を公布する役割を定めていません。機械の管理者が bansho pack publish で公布します。");
	return OK;
}

struct error *
version_take(struct act *act, const struct enacting *enacting, struct enact_version *version)
{
	TRY(must_publish(act, enacting->from));
	TRY(enact_version(&act->look, enacting->id, version));
	if (version->change != enacting->change)
		return conflict("ほかの人がこの版を先に動かしました（いまは「%s」）。画面を開き直して、内容を確かめてください。",
				version_state_words(version->state));
	if (!hash_same(&version->digest, &enacting->to->digest))
		return broken("方針の版と、そのファイルが合いません。");
	return OK;
}

/* ---- Acts ---- */

static struct error *
add(struct act *act, const struct pack *pack, enum version_state state, struct version_id *id)
{
	const int64_t now = act->look.now.ms;
	const bool is_in_force = state == VERSION_IN_FORCE;
	TRY(act_number(act, T("version"), &id->no));
	return enact_version_add(
		act, &(struct enact_version_add_in){
			     .id = id->no,
			     .digest = hash_bytes(&pack->digest),
			     .pack = pack->id,
			     .version = pack->version,
			     .title = pack->title.ja,
			     .state = text_of(version_state_name(state)),
			     .is_acknowledged = pack->is_acknowledged,
			     .now = now,
			     .person = act->actor.person,
			     .effective = is_in_force ? moment_day(act->look.now).no : 0,
			     .in_force = is_in_force ? now : 0,
		     });
}

struct error *
enact_first(struct act *act, const struct pack *pack, bool notes)
{
	struct enact_version_by_state_row row;
	struct version_id id;
	bool found;
	TRY(enact_version_by_state(&act->look, &(struct enact_version_by_state_in){ T("in-force") },
				   &found, &row));
	if (found)
		return OK;
	TRY(add(act, pack, VERSION_IN_FORCE, &id));
	if (!notes)
		return OK;
	return note_version(act, id, "enact.in_force",
			    (struct fact_pair[]){
				    { "pack-digest", hash_hex(act->look.arena, &pack->digest), 0 },
				    { NULL } });
}

struct error *
enact_propose(struct act *act, const struct pack *pack, struct version_id *id)
{
	struct enact_version_living_row row;
	enum version_state state;
	bool found;
	if (!is_operator(act))
		return refuse("新しい版は、機械の管理者が bansho pack propose で出します。");
	TRY(enact_version_living(&act->look,
				 &(struct enact_version_living_in){ hash_bytes(&pack->digest) },
				 &found, &row));
	if (found && version_state_read(row.state, &state))
		return conflict("同じ内容の版が「%s」です（版の番号 %lld）。変えてから出してください。",
				version_state_words(state), (long long)row.id);
	TRY(add(act, pack, VERSION_PROPOSED, id));
	return note_version(act, *id, "enact.propose",
			    (struct fact_pair[]){
				    { "pack-digest", hash_hex(act->look.arena, &pack->digest), 0 },
				    { "version", pack->version, 0 },
				    { NULL } });
}

static struct error *
unanswered_of(struct arena *arena, const struct enact_touched *touched)
{
	struct error *faults = OK;
	for (size_t at = 0; at < touched->count; at++) {
		const struct enact_item *item = &touched->items[at];
		if (item->choice == CHOICE_NONE)
			error_add(&faults,
				  reject(text_z(arena, item_key(arena, item)),
					 "「%s %.*s」をどうするか、まだ答えがありません。",
					 item_kind_words(item->kind), T_ARG(item->name)));
	}
	return faults;
}

struct error *
enact_publish(struct act *act, const struct enacting *enacting, struct day effective)
{
	struct arena *arena = act->look.arena;
	struct enact_version version;
	struct enact_touched touched;
	struct enact_version_by_state_row other;
	bool found;
	TRY(version_take(act, enacting, &version));
	if (version.state != VERSION_PROPOSED)
		return conflict("公布できるのは案だけです（いまは「%s」）。",
				version_state_words(version.state));
	TRY(enact_version_by_state(&act->look, &(struct enact_version_by_state_in){ T("published") },
				   &found, &other));
	if (found)
		return conflict("施行を待っている版がほかにあります（版の番号 %lld）。それが施行されるか、取り下げてから公布してください。",
				(long long)other.id);
	if (day_is_none(effective) || effective.no < moment_day(act->look.now).no)
		return reject("effective", "施行日は、今日か、それよりあとの日を 2026-04-01 のように書いてください。");
	TRY(enact_touched(&act->look, enacting->from, enacting->to, enacting->id, enacting->judged,
			  enacting->judged_count, &touched));
	TRY(unanswered_of(arena, &touched));
	TRY(enact_version_publish(act, &(struct enact_version_publish_in){
					       .id = enacting->id.no,
					       .effective = effective.no,
					       .now = act->look.now.ms,
					       .person = act->actor.person,
					       .role = act->actor.role }));
	return note_version(act, enacting->id, "enact.publish",
			    (struct fact_pair[]){
				    { "effective", day_iso(arena, effective), 0 },
				    { "items", { 0 }, (int64_t)touched.count },
				    { "pack-digest", hash_hex(arena, &version.digest), 0 },
				    { NULL } });
}

struct error *
enact_withdraw(struct act *act, const struct enacting *enacting, struct text why)
{
	struct enact_version version;
	TRY(version_take(act, enacting, &version));
	if (version.state != VERSION_PROPOSED && version.state != VERSION_PUBLISHED)
		return conflict("取り下げられるのは、施行の前の版だけです（いまは「%s」）。",
				version_state_words(version.state));
	if (text_is_blank(why) || text_count(why) > ENACT_MOST_WHY)
		return reject("why", "取り下げる理由を%d文字までで書いてください。", ENACT_MOST_WHY);
	TRY(enact_version_withdraw(act, &(struct enact_version_withdraw_in){
						enacting->id.no, act->actor.person,
						text_trim(why) }));
	const struct hash digest = hash_of(text_trim(why));
	return note_version(act, enacting->id, "enact.withdraw",
			    (struct fact_pair[]){
				    { "why", hash_hex(act->look.arena, &digest), 0 }, { NULL } });
}
