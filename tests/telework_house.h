/* The house of flow with the small policy of tests/packs/telework: two systems, a head in two roles. */
#ifndef BANSHO_TESTS_TELEWORK_HOUSE_H
#define BANSHO_TESTS_TELEWORK_HOUSE_H

#include "flow_house.h"

static inline void
load_telework(struct flow_house *f)
{
	must(pack_load(f->house.arena, TESTS_FOLDER "/packs/telework", &pack_known, &f->house.pack,
		       NULL));
	f->flow = (struct flow){ f->house.pack, flow_usual_outcomes };
}

static inline struct row_id
add_system(struct act *act, struct flow_house *f, const char *name, struct unit_id owner)
{
	struct row_id row;
	const struct ledger_value values[] = {
		{ T("name"), text_of(name) },
		{ T("class"), T("I") },
		{ T("owner"), owner.no == 0 ? T("")
					    : text_format(act->look.arena, "%lld", (long long)owner.no) },
	};
	must(ledger_add(act, f->house.pack, pack_ledger(f->house.pack, T("system")), values, 3,
			&row));
	return row;
}

static inline struct error *
telework_fill(struct act *act, void *with)
{
	struct flow_house *f = with;
	struct house *h = &f->house;
	f->info = add_unit(act, "0130", "情報課", UNIT_SECTION, h->bureau);
	const struct post_id head =
		add_post_of(act, h, f->info, "情報課長", "manager", "system-manager");
	const struct post_id clerk = add_post(act, h, f->info, "技師", NULL);
	const struct post_id system = add_post(act, h, h->other, "税システム係長", "system-manager");
	f->info_head = add_person(act, "000040", "情野", "報子", "ジョウノ ホウコ", head);
	f->info_clerk = add_person(act, "000041", "技田", "師郎", "ギダ シロウ", clerk);
	f->system_head = add_person(act, "000042", "税山", "守", "ゼイヤマ マモル", system);
	f->network = add_system(act, f, "庁内の網", f->info);
	f->taxes = add_system(act, f, "税システム", h->other);
	return OK;
}

static inline int
telework_open(void **state)
{
	*state = flow_house_with(sizeof(struct flow_house), load_telework);
	must(act_now(*state, telework_fill, *state));
	return 0;
}

#define TELEWORK_TEST(name) cmocka_unit_test_setup_teardown(name, telework_open, house_close)

/* An answer whose value is a number: a row, a unit, a person. */
static inline struct flow_answer
answer_number(struct flow_house *h, const char *name, int64_t number)
{
	return (struct flow_answer){ text_of(name), { 0 },
				     text_format(h->house.arena, "%lld", (long long)number) };
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

static inline struct dossier_id
draft_answers(struct flow_house *h, struct person_id who, const struct flow_answer *answers,
	      size_t count)
{
	return draft_as(h, who, (struct flow_words){ .asked = { .answers = answers,
								.answers_count = count } });
}

static inline struct dossier_id
draft_emergency(struct flow_house *h, const char *happened, const char *until)
{
	const struct flow_answer answers[] = {
		ANSWER("doing", "acted"),
		ANSWER("purpose", "停電で記録を外に出した"),
		{ T("happened-at"), { 0 }, text_of(happened) },
		ANSWER("bent", "1.a\n1.c"),
		ANSWER("instead", "二人で運んだ"),
		{ T("acted-until"), { 0 }, text_of(until) },
	};
	return draft_answers(h, h->house.manager, answers, COUNT(answers));
}

static inline struct error *
save_answers(struct flow_house *h, struct person_id who, struct dossier_id id,
	     const struct flow_answer *answers, size_t count)
{
	struct deed save = { .doing = SAVE, .id = id, .change = dossier_now(h, id).change,
			     .words = { .asked = { .answers = answers, .answers_count = count },
					.keeps_choice = true } };
	return deed_as(h, who, &save);
}

static inline struct error *
faults_of(struct flow_house *h, struct dossier_id id)
{
	struct error *faults;
	LOOK(&h->house, look);
	must(flow_check(&look, &h->flow, id, &faults));
	return faults;
}

static inline bool
says(const struct error *faults, const char *field, const char *words)
{
	for (; faults != NULL; faults = faults->next)
		if (text_is(faults->field, field) && text_has(faults->words, text_of(words)))
			return true;
	return false;
}

static inline struct flow_clock_done
tick(struct flow_house *h)
{
	struct flow_clock_done done;
	bool is_more;
	must(flow_clock(h->house.store, h->house.arena, &h->flow, 1000, &done, &is_more));
	return done;
}

static inline const struct flow_permit *
permit_with(const struct dossier *dossier, const char *occasion)
{
	for (size_t at = 0; at < dossier->permits_count; at++)
		if (text_is(dossier->permits[at].occasion->code, occasion))
			return &dossier->permits[at];
	fail_msg("no permit of %s", occasion);
	return NULL;
}

static inline const struct flow_step *
step_for(const struct dossier *dossier, const char *role, struct unit_id unit)
{
	for (size_t at = 0; at < dossier->steps_count; at++)
		if (text_is(dossier->steps[at].wished->code, role) &&
		    dossier->steps[at].unit.no == unit.no)
			return &dossier->steps[at];
	fail_msg("no step for %s", role);
	return NULL;
}

#endif
