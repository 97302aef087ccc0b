/* What a session must have shown. */
#include "signin/rooms.h"

enum { MINUTE_MS = 60000 };

/* What one person must show wherever they are; kept until the store changes. */
struct personal {
	const struct pack_demand *by;
	bool has_factor;
};

static const struct kept_kind personal_kept = { "demands of a person" };

static struct error *
has_role(struct look *look, const struct pack *pack, struct person_id person,
	 const struct pack_role *role, bool *has)
{
	struct held_role *list;
	size_t count;
	*has = false;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &list, &count));
	for (size_t at = 0; at < count; at++)
		*has |= list[at].role == role;
	return OK;
}

static struct error *
applies(struct look *look, const struct pack *pack, struct person_id person,
	const struct pack_demand *demand, bool *does)
{
	struct rights rights;
	enum right right;
	*does = false;
	if (demand->role != NULL)
		return has_role(look, pack, person, demand->role, does);
	if (!right_read(demand->right, &right))
		return OK;
	TRY(people_rights(look, pack, person, &rights));
	*does = rights_may(&rights, right);
	return OK;
}

/* The heaviest demand that applies to the person, in force or not; NULL: none. */
static struct error *
demand_by(struct look *look, const struct pack *pack, struct person_id person,
	  const struct pack_demand **by)
{
	*by = NULL;
	for (size_t at = 0; at < pack->sign_in.demands_count; at++) {
		const struct pack_demand *demand = &pack->sign_in.demands[at];
		bool does;
		TRY(applies(look, pack, person, demand, &does));
		if (does && (*by == NULL || demand->kinds > (*by)->kinds))
			*by = demand;
	}
	return OK;
}

static struct error *
personal_find(struct look *look, const struct pack *pack, struct person_id person,
	      struct personal *found)
{
	struct signin_factor_count_row factors;
	int64_t is_on;
	*found = (struct personal){ 0 };
	TRY(signin_factor_count(look, &(struct signin_factor_count_in){ person.no }, &factors));
	found->has_factor = factors.living != 0;
	TRY(people_parameter(look, pack, "sign-in.demands", 0, &is_on));
	return is_on != 0 ? demand_by(look, pack, person, &found->by) : OK;
}

static struct error *
personal_of(struct look *look, const struct pack *pack, struct person_id person,
	    struct personal *personal)
{
	const struct kept_key key = { &personal_kept, pack, person.no, moment_day(look->now).no };
	const struct personal *kept = look_kept(look, &key);
	if (kept == NULL) {
		struct look keeping = look_to_keep(look);
		struct personal *made = ARENA_NEW(keeping.arena, struct personal);
		TRY(personal_find(&keeping, pack, person, made));
		look_keep(&keeping, &key, made);
		kept = made;
	}
	*personal = *kept;
	return OK;
}

/* ---- How it stands ---- */

static bool
asks_everybody(const struct pack *pack)
{
	bool asks = false;
	for (size_t at = 0; at < pack->sign_in.demands_count; at++)
		asks |= pack->sign_in.demands[at].role != NULL &&
			pack->sign_in.demands[at].role->scope == SCOPE_EVERYONE;
	return asks;
}

static struct error *
count_one(struct look *look, const struct pack *pack, struct person_id person,
	  struct signin_standing *standing)
{
	const struct pack_demand *by;
	struct signin_factor_count_row factors;
	struct signin_card_count_row cards;
	TRY(demand_by(look, pack, person, &by));
	if (by == NULL || by->kinds < 2)
		return OK;
	TRY(signin_factor_count(look, &(struct signin_factor_count_in){ person.no }, &factors));
	TRY(signin_card_count(look, &(struct signin_card_count_in){ person.no, look->now.ms }, &cards));
	standing->asked++;
	standing->ready += factors.living + cards.living != 0;
	return OK;
}

struct error *
signin_demands_stand(struct look *look, const struct pack *pack, struct signin_standing *standing)
{
	struct signin_standing found = { 0 };
	struct person_id *list, after = { 0 };
	size_t count;
	int64_t is_on;
	TRY(people_parameter(look, pack, "sign-in.demands", 0, &is_on));
	found.is_on = is_on != 0;
	do {
		TRY(people_accounts_entitled(look, asks_everybody(pack), after, &list, &count));
		for (size_t at = 0; at < count; at++)
			TRY(count_one(look, pack, list[at], &found));
		if (count != 0)
			after = list[count - 1];
	} while (count == PEOPLE_MOST_LIST);
	*standing = found;
	return OK;
}

/* ---- What is demanded ---- */

static struct error *
demand_of_zones(struct look *look, const struct pack *pack, struct text address,
		struct signin_demand *demand)
{
	for (size_t at = 0; at < pack->sign_in.zones_count; at++) {
		const struct pack_zone *zone = &pack->sign_in.zones[at];
		struct text addresses;
		if (zone->kinds <= demand->kinds)
			continue;
		TRY(signin_zone_addresses(look, zone, &addresses));
		if (addresses.len == 0 || !signin_address_in(address, addresses))
			continue;
		demand->zone = zone;
		demand->kinds = zone->kinds;
	}
	return OK;
}

static struct error *
demand_from(struct look *look, const struct pack *pack, const struct personal *personal,
	    struct text address, struct signin_demand *demand)
{
	*demand = (struct signin_demand){ .kinds = 1 };
	TRY(demand_of_zones(look, pack, address, demand));
	if (personal->by != NULL && personal->by->kinds > demand->kinds) {
		demand->by = personal->by;
		demand->kinds = personal->by->kinds;
	}
	return OK;
}

struct error *
signin_demand_others(struct look *look, const struct pack *pack, struct person_id person,
		     struct text address, struct signin_demand *demand)
{
	struct personal personal;
	TRY(personal_of(look, pack, person, &personal));
	return demand_from(look, pack, &personal, address, demand);
}

struct error *
signin_demand(struct look *look, const struct pack *pack, struct person_id person,
	      struct text address, struct signin_demand *demand)
{
	struct personal personal;
	TRY(personal_of(look, pack, person, &personal));
	TRY(demand_from(look, pack, &personal, address, demand));
	if (personal.has_factor && demand->kinds < 2) {
		demand->is_own = true;
		demand->kinds = 2;
	}
	return OK;
}

bool
signin_is_enough(const struct signin_demand *demand, unsigned methods)
{
	return people_kinds_count(people_kinds(methods)) >= demand->kinds;
}

struct text
signin_demand_words(struct arena *into, const struct signin_demand *demand)
{
	const struct pack_clause *of = demand->zone != NULL ? demand->zone->clause
				       : demand->by != NULL ? demand->by->clause
							    : NULL;
	struct text words = { 0 };
	if (demand->zone != NULL)
		words = text_format(into, say("この端末は「%.*s」にあるので、知っているもの(パスワードなど)と持っているもの(アプリ、キー、カード)の両方を示してください。"),
				    T_ARG(words_now(demand->zone->name)));
	else if (demand->by != NULL && demand->by->role != NULL)
		words = text_format(into, say("「%.*s」の役割の人は、知っているもの(パスワードなど)と持っているもの(アプリ、キー、カード)の両方を示してください。"),
				    T_ARG(words_now(demand->by->role->name)));
	else if (demand->by != NULL)
		words = text_of(say("あなたの権限では、知っているもの(パスワードなど)と持っているもの(アプリ、キー、カード)の両方を示してください。"));
	else if (demand->is_own)
		words = text_of(say("二つめの確認を登録しているので、それも示してください。"));
	if (of != NULL)
		words = text_join(into, words, text_format(into, say("根拠は %.*s です。"), T_ARG(of->number)));
	return words;
}

struct error *
signin_is_fresh(struct look *look, const struct pack *pack, const struct session *session,
		bool *is_fresh)
{
	int64_t minutes;
	TRY(people_parameter(look, pack, "sign-in.step-up-minutes", 0, &minutes));
	*is_fresh = minutes == 0 || look->now.ms - session->proven.ms < minutes * MINUTE_MS;
	return OK;
}
