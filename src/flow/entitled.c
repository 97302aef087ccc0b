/* Who may apply, and what must be permitted first. */
#include "flow/rooms.h"

#include "base/writer.h"

static bool
is_held(const struct pack_role *role, const struct held_role *held, size_t count, size_t *which)
{
	for (size_t at = 0; at < count; at++) {
		if (held[at].role != role)
			continue;
		*which = at;
		return true;
	}
	return false;
}

struct error *
find_entitled(struct look *look, const struct flow *flow, const struct pack_occasion *occasion,
	      struct person_id person, bool *may, struct held_role *as)
{
	struct held_role *held;
	size_t count, which;
	*may = occasion->by_count == 0;
	*as = (struct held_role){ 0 };
	if (*may)
		return OK;
	TRY(people_roles_of(look, flow->pack, person, moment_day(look->now), &held, &count));
	for (size_t at = 0; at < occasion->by_count && !*may; at++) {
		*may = is_held(occasion->by[at], held, count, &which);
		if (*may)
			*as = held[which];
	}
	return OK;
}

struct error *
flow_may_apply(struct look *look, const struct flow *flow, const struct pack_occasion *occasion,
	       struct person_id person, bool *may)
{
	struct held_role as;
	return find_entitled(look, flow, occasion, person, may, &as);
}

/* 「情報セキュリティ管理者（きょうは髙橋課子）」 */
static struct error *
role_with_holders(struct look *look, const struct pack_role *role, struct unit_id unit,
		  struct text *words)
{
	struct decider *list;
	size_t count;
	struct writer names = writer_open(look->arena, 64 << 10);
	TRY(people_deciders(look, role, unit, moment_day(look->now), (struct person_id){ 0 }, &list,
			    &count));
	for (size_t at = 0; at < count; at++) {
		if (list[at].role != role)
			continue;
		write_format(&names, "%s%.*s", names.len > 0 ? say("、") : "", T_ARG(list[at].name));
	}
	if (names.len == 0)
		write_z(&names, say("だれもいません"));
	*words = text_format(look->arena, say("%.*s（きょうは%.*s）"), T_ARG(words_now(role->name)),
			     T_ARG(writer_text(&names)));
	return OK;
}

struct error *
check_entitled(struct look *look, const struct flow *flow, const struct dossier *dossier,
	       const struct pack_occasion *occasion, struct error **fault)
{
	struct held_role as;
	bool may;
	*fault = NULL;
	TRY(find_entitled(look, flow, occasion, dossier->applicant, &may, &as));
	if (may)
		return OK;
	struct writer out = writer_open(look->arena, 256 << 10);
	for (size_t at = 0; at < occasion->by_count; at++) {
		struct text role;
		TRY(role_with_holders(look, occasion->by[at], dossier->unit, &role));
		write_format(&out, "%s%.*s", at > 0 ? say("、") : "", T_ARG(role));
	}
	*fault = reject("occasions", "「%.*s」を申請・報告できるのは、%.*sです。その人から出してください。",
			T_ARG(words_now(occasion->title)), T_ARG(writer_text(&out)));
	return OK;
}

static bool
is_asked_here(const struct dossier *dossier, const struct pack_occasion *occasion)
{
	for (size_t at = 0; at < dossier->occasions_count; at++)
		if (dossier->occasions[at] == occasion)
			return true;
	return false;
}

/* The first day of what is asked for: by then the other permit must be in force. */
static struct error *
first_day(struct look *look, const struct flow *flow, const struct dossier *dossier,
	  const struct pack_occasion *occasion, struct day *day)
{
	struct flow_permit_preview plan;
	*day = moment_day(look->now);
	if (!occasion->has_permit)
		return OK;
	TRY(plan_permit(look, flow, dossier, occasion, &plan));
	*day = plan.from;
	return OK;
}

struct error *
check_needed(struct look *look, const struct flow *flow, const struct dossier *dossier,
	     const struct pack_occasion *occasion, struct error **faults)
{
	struct day day;
	if (occasion->needs_count == 0)
		return OK;
	TRY(first_day(look, flow, dossier, occasion, &day));
	for (size_t at = 0; at < occasion->needs_count; at++) {
		const struct pack_occasion *needed = occasion->needs[at];
		struct flow_needed_row row;
		bool found = is_asked_here(dossier, needed);
		if (!found)
			TRY(flow_needed(look,
					&(struct flow_needed_in){ needed->code,
								  dossier->applicant.no,
								  dossier->unit.no, day.no },
					&found, &row));
		if (!found)
			error_add(faults,
				  reject("occasions",
					 "「%.*s」には、先に「%.*s」の許可が要ります。あなたの課に有効な許可がありません。"
					 "この案件でいっしょに申請するか、許可を受けてから出してください。",
					 T_ARG(words_now(occasion->title)),
					 T_ARG(words_now(needed->title))));
	}
	return OK;
}

struct error *
take_entitled_role(struct act *act, const struct flow *flow, const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->occasions_count; at++) {
		struct held_role as;
		bool may;
		if (dossier->occasions[at]->by_count == 0)
			continue;
		TRY(find_entitled(&act->look, flow, dossier->occasions[at], dossier->applicant, &may,
				  &as));
		if (!may)
			continue;
		act->actor.role = as.role->code;
		act->actor.post = as.post.no;
		act->actor.deputy_for = as.deputy_for.no;
		return OK;
	}
	return OK;
}
