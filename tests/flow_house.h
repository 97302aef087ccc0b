/* A small body with the pack of Takamatsu and a few occasions of its own, for the tests of flow. */
#ifndef BANSHO_TESTS_FLOW_HOUSE_H
#define BANSHO_TESTS_FLOW_HOUSE_H

#include "people_house.h"

#include "base/file.h"
#include "flow/flow.h"
#include "people/notice.h"

struct flow_house {
	struct house house; /* first: the helpers of people take it */
	struct flow flow;
	struct person_id ciso, other_manager;
	struct row_id secret, stick, plain; /* classes I, II and III, of the section */
	struct row_id foreign;		    /* class I, of the other section */
	/* In the telework house: */
	struct unit_id info;
	struct person_id info_head, info_clerk, system_head; /* info_head holds two roles */
	struct row_id network, taxes;			     /* systems of info and of other */
};

static const char own_occasions[] =
	"  - code: exception\n"
	"    ja: \"例外措置\"\n    en: \"Exception\"\n"
	"    why: {ja: \"協議してから許可を受けます。\", en: \"Consult, then ask.\"}\n"
	"    clauses: [\"8.4.1\"]\n"
	"    when: 'destination = \"exception\"'\n"
	"    route:\n"
	"      - {verb: consultation, role: ciso, whose: body, order: 1}\n"
	"      - {verb: permission, role: mayor, whose: body, order: 2}\n"
	"      - {verb: notification, role: chief, whose: body, order: 3}\n"
	"  - code: chain\n"
	"    ja: \"三段\"\n    en: \"Three steps\"\n"
	"    why: {ja: \"三つの役割が決裁します。\", en: \"Three roles decide.\"}\n"
	"    clauses: [\"8.4.1\"]\n"
	"    when: 'destination in (\"chain\", \"both\")'\n"
	"    route:\n"
	"      - {verb: permission, role: manager, whose: applicant, order: 1}\n"
	"      - {verb: permission, role: responsible, whose: applicant, order: 2}\n"
	"      - {verb: permission, role: chief, whose: body, order: 3}\n"
	"  - code: sandwich\n"
	"    ja: \"一段目と三段目が同じ人\"\n    en: \"Same person first and third\"\n"
	"    why: {ja: \"間に別の人が入ります。\", en: \"Somebody else between.\"}\n"
	"    clauses: [\"8.4.1\"]\n"
	"    when: 'destination = \"sandwich\"'\n"
	"    route:\n"
	"      - {verb: permission, role: responsible, whose: applicant, order: 1}\n"
	"      - {verb: permission, role: manager, whose: applicant, order: 2}\n"
	"      - {verb: permission, role: chief, whose: body, order: 3}\n"
	"  - code: backwards\n"
	"    ja: \"逆の順\"\n    en: \"The other way round\"\n"
	"    why: {ja: \"順序が逆です。\", en: \"The order is reversed.\"}\n"
	"    clauses: [\"8.4.1\"]\n"
	"    when: 'destination = \"both\"'\n"
	"    route:\n"
	"      - {verb: permission, role: ciso, whose: body, order: 1}\n"
	"      - {verb: permission, role: manager, whose: applicant, order: 2}\n"
	"  - code: told\n"
	"    ja: \"報告だけ\"\n    en: \"Only told\"\n"
	"    why: {ja: \"報告だけで足ります。\", en: \"Telling suffices.\"}\n"
	"    clauses: [\"8.4.1\"]\n"
	"    when: 'destination = \"told\"'\n"
	"    route:\n"
	"      - {verb: notification, role: manager, whose: applicant, order: 1}\n";

/* ---- Deeds: every act of flow as an act_work, so that any of them can be walked ---- */

enum doing { DRAFT, SAVE, SEND, DECIDE, WITHDRAW, CANCEL, RESULT, STRIKE, OUT, BACK, EXTEND,
	     RULE_EXTENSION, REVOKE, CLOSE, REVIEW };

struct deed {
	const struct flow *flow;
	enum doing doing;
	struct dossier_id id;
	int64_t change;
	struct flow_words words;
	struct flow_ruling ruling;
	struct permit_id permit;
	struct row_id asset;
	int64_t outing;
	struct day until;
	bool is_granted;
	struct text why, serial;
	const struct flow_answer *answers;
	size_t count;
};

static inline struct error *
deed_work(struct act *act, void *with)
{
	struct deed *d = with;
	const struct flow *flow = d->flow;
	switch (d->doing) {
	case DRAFT:
		return flow_draft(act, flow, (struct post_id){ 0 }, &d->words, &d->id);
	case SAVE:
		return flow_save(act, flow, d->id, d->change, &d->words);
	case SEND:
		return flow_send(act, flow, d->id, d->change);
	case DECIDE:
		return flow_decide(act, flow, d->id, d->change, &d->ruling);
	case WITHDRAW:
		return flow_withdraw(act, flow, d->id, d->change, d->why);
	case CANCEL:
		return flow_cancel(act, flow, d->id, d->change, d->why);
	case RESULT:
		return flow_result(act, flow, d->id, d->change, d->answers, d->count);
	case STRIKE:
		return flow_strike(act, flow, d->id, d->change, d->serial, d->why);
	case OUT:
		return flow_out(act, flow, d->permit, d->change, d->asset, d->serial);
	case BACK:
		return flow_back(act, flow, d->permit, d->change, d->outing);
	case EXTEND:
		return flow_extend(act, flow, d->permit, d->change, d->until, d->why);
	case RULE_EXTENSION:
		return flow_rule_extension(act, flow, d->permit, d->change, d->is_granted, d->why);
	case REVOKE:
		return flow_revoke(act, flow, d->permit, d->change, d->why);
	case CLOSE:
		return flow_exception_close(act, flow, d->permit, d->change, d->why);
	case REVIEW:
		return flow_exception_review(act, flow, d->permit, d->change, d->until, d->why);
	}
	return OK;
}

static inline struct error *
deed_as(struct flow_house *h, struct person_id who, struct deed *deed)
{
	deed->flow = &h->flow;
	return act_as(&h->house, who, deed_work, deed);
}

static inline struct dossier
dossier_now(struct flow_house *h, struct dossier_id id)
{
	struct dossier dossier;
	LOOK(&h->house, look);
	must(flow_read(&look, &h->flow, id, &dossier));
	return dossier;
}

static inline void
must_fail(struct flow_house *h, struct person_id who, struct deed *deed, enum error_kind kind)
{
	deed->flow = &h->flow;
	act_fails(&h->house, who, deed_work, deed, kind);
}

static inline void
walk(struct flow_house *h, struct person_id who, struct deed *deed)
{
	deed->flow = &h->flow;
	fault_walk(&h->house, who, deed_work, deed);
}

/* ---- Filling in ---- */

#define ANSWER(n, v) ((struct flow_answer){ T_INIT(n), { 0 }, T_INIT(v) })
#define ITEM(n, i, v) ((struct flow_answer){ T_INIT(n), T_INIT(i), T_INIT(v) })
#define ASK(list, rows)                                                                        \
	((struct flow_words){ .asked = { (list), sizeof(list) / sizeof *(list), &(rows), 1 } })

static inline struct dossier_id
draft_as(struct flow_house *h, struct person_id who, struct flow_words words)
{
	struct deed deed = { .doing = DRAFT, .words = words };
	must(deed_as(h, who, &deed));
	return deed.id;
}

/* What a carry of one asset needs, complete; `destination` chooses further occasions. */
static inline struct dossier_id
draft_carry(struct flow_house *h, struct person_id who, struct row_id asset,
	    const char *destination)
{
	const struct flow_answer answers[] = {
		ANSWER("doing", "carry"),
		ANSWER("purpose", "委託先での作業のため"),
		{ T("destination"), { 0 }, text_of(destination) },
		ANSWER("period", "2026-11-21/2026-11-25"),
		ANSWER("often", "once"),
		ANSWER("medium", "usb"),
		ANSWER("container", "locked"),
		ANSWER("carry-protection", "encrypted"),
		ANSWER("route", "公用車で直行"),
		ANSWER("leaves-at", "2026-11-21T10:00"),
		ANSWER("returns-at", "2026-11-21T17:00"),
	};
	return draft_as(h, who, ASK(answers, asset));
}

static inline struct dossier_id
draft_disposal(struct flow_house *h, struct person_id who, struct row_id asset, const char *items)
{
	const struct flow_answer answers[] = {
		ANSWER("doing", "dispose"),	 ANSWER("purpose", "保存期限が過ぎた"),
		ANSWER("method", "crush"),	 ANSWER("planned-on", "2026-11-30"),
		ANSWER("vendor-used", "no"),	 { T("items"), { 0 }, text_of(items) },
	};
	return draft_as(h, who, ASK(answers, asset));
}

static inline struct error *
send_it(struct flow_house *h, struct person_id who, struct dossier_id id)
{
	struct deed deed = { .doing = SEND, .id = id, .change = dossier_now(h, id).change };
	return deed_as(h, who, &deed);
}

/* The deed of deciding the first open step the person may decide. */
static inline struct deed
ruling_of(struct flow_house *h, struct person_id who, struct dossier_id id, enum verdict verdict,
	  const char *words)
{
	const struct dossier dossier = dossier_now(h, id);
	struct flow_may may;
	LOOK(&h->house, look);
	must(flow_may(&look, &h->flow, &dossier, who, &may));
	struct step_id step = may.step;
	for (size_t at = 0; at < dossier.steps_count && step.no == 0; at++)
		if (dossier.steps[at].state == STEP_OPEN)
			step = dossier.steps[at].id;
	return (struct deed){ .doing = DECIDE, .id = id, .change = dossier.change,
			      .ruling = { step, verdict, text_of(words), dossier.digest } };
}

static inline struct error *
decide(struct flow_house *h, struct person_id who, struct dossier_id id, enum verdict verdict,
       const char *words)
{
	struct deed deed = ruling_of(h, who, id, verdict, words);
	return deed_as(h, who, &deed);
}

static inline struct dossier_id
send_to(struct flow_house *h, struct person_id who, const char *destination)
{
	const struct flow_answer answers[] = { ANSWER("doing", "provide"),
					       ANSWER("purpose", "試験"),
					       { T("destination"), { 0 }, text_of(destination) },
					       ANSWER("period", "2026-11-21/2026-11-25") };
	const struct dossier_id id = draft_as(h, who, ASK(answers, h->plain));
	must(send_it(h, who, id));
	return id;
}

/* The manager permits what the staff asked to carry there. */
static inline struct dossier_id
manager_permits_carry(struct flow_house *h, const char *destination)
{
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, destination);
	must(send_it(h, h->house.staff, id));
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	return id;
}

static inline struct dossier
granted_carry(struct flow_house *h)
{
	return dossier_now(h, manager_permits_carry(h, "支所"));
}

static inline void
take_out(struct flow_house *h, struct person_id who, const struct dossier *dossier, struct row_id asset)
{
	struct deed out = { .doing = OUT, .id = dossier->id, .change = dossier->change,
			    .permit = dossier->permits[0].id, .asset = asset };
	must(deed_as(h, who, &out));
}

/* ---- The house ---- */

struct row_deed {
	struct flow_house *h;
	const char *title, *class_code, *serial;
	struct unit_id owner;
	struct row_id made, change;
};

static inline struct error *
add_row_work(struct act *act, void *with)
{
	struct row_deed *d = with;
	const struct pack *pack = d->h->house.pack;
	const struct pack_ledger *ledger = pack_ledger(pack, T("asset"));
	const struct ledger_value values[] = {
		{ T("name"), text_of(d->title) },
		{ T("shape"), T("usb") },
		{ T("place"), T("キャビネット") },
		{ T("class"), text_of(d->class_code) },
		{ T("serial"), text_of(d->serial) },
		{ T("owner"), text_format(act->look.arena, "%lld", (long long)d->owner.no) },
	};
	if (d->change.no == 0)
		return ledger_add(act, pack, ledger, values, 6, &d->made);
	struct ledger_row row;
	TRY(ledger_read(&act->look, pack, d->change, &row));
	return ledger_change(act, pack, d->change, row.revision, values, 6);
}

static inline struct row_id
add_row_to(struct flow_house *h, const char *title, const char *class_code, const char *serial,
	   struct unit_id owner)
{
	struct row_deed deed = { h, title, class_code, serial, owner, { 0 }, { 0 } };
	must(act_as(&h->house, h->house.manager, add_row_work, &deed));
	return deed.made;
}

static inline struct post_id
add_post_of(struct act *act, struct house *h, struct unit_id unit, const char *name,
	    const char *first, const char *second)
{
	struct post post = { .unit = unit, .name = text_of(name), .rank = 1, .since = DAY_NONE,
			     .until = DAY_NONE, .roles = { text_of(first) }, .roles_count = 1 };
	struct post_id id;
	if (second != NULL)
		post.roles[post.roles_count++] = text_of(second);
	must(people_post_add(act, h->pack, &post, &id));
	return id;
}

static inline struct error *
flow_house_fill(struct act *act, void *with)
{
	struct flow_house *f = with;
	struct house *h = &f->house;
	h->city = add_unit(act, "0001", "試験市", UNIT_BODY, (struct unit_id){ 0 });
	h->bureau = add_unit(act, "0100", "総務局", UNIT_BUREAU, h->city);
	h->section = add_unit(act, "0110", "人事課", UNIT_SECTION, h->bureau);
	h->other = add_unit(act, "0120", "契約課", UNIT_SECTION, h->bureau);
	const struct post_id mayor = add_post(act, h, h->city, "市長", "mayor");
	const struct post_id vice = add_post(act, h, h->city, "副市長", "ciso");
	h->chief = add_post_of(act, h, h->bureau, "総務局長", "responsible", "chief");
	h->head = add_post(act, h, h->section, "課長", "manager");
	h->clerk = add_post(act, h, h->section, "主事", NULL);
	const struct post_id other = add_post(act, h, h->other, "課長", "manager");
	h->mayor = add_person(act, "000001", "市原", "長子", "イチハラ オサコ", mayor);
	f->ciso = add_person(act, "000002", "副田", "市郎", "ソエダ イチロウ", vice);
	h->director = add_person(act, "000010", "局田", "長一", "キョクダ チョウイチ", h->chief);
	h->manager = add_person(act, "000011", "髙橋", "課子", "タカハシ カコ", h->head);
	h->staff = add_person(act, "000012", "山田", "太郎", "ヤマダ タロウ", h->clerk);
	h->deputy = add_person(act, "000013", "𠮟野", "次郎", "シカノ ジロウ", h->clerk);
	f->other_manager = add_person(act, "000020", "契田", "約子", "ケイダ ヤクコ", other);
	return OK;
}

/* A copy of a pack in the house's folder, to be changed there. */
static inline void
pack_copied(struct house *h, const char *pack)
{
	char command[256];
	snprintf(command, sizeof command, "cp -r '%s/%s' '%s/pack'", TESTS_FOLDER, pack, h->folder);
	assert_int_equal(system(command), 0);
}

static inline void
pack_put(struct house *h, const char *file, const char *words)
{
	const char *path = text_format(h->arena, "%s/pack/%s", h->folder, file).data;
	must(file_replace(path, text_of(words), 0600));
}

static inline void
pack_add(struct house *h, const char *file, const char *words)
{
	struct text before;
	const char *path = text_format(h->arena, "%s/pack/%s", h->folder, file).data;
	must(file_read(h->arena, path, 1 << 20, &before));
	must(file_replace(path, text_join(h->arena, before, text_of(words)), 0600));
}

static inline struct error *
pack_load_copy(struct house *h, struct pack **pack)
{
	return pack_load(h->arena, text_format(h->arena, "%s/pack", h->folder).data, &pack_known, pack, NULL);
}

static inline void
flow_house_pack(struct flow_house *f)
{
	must(pack_load_copy(&f->house, &f->house.pack));
	f->flow = (struct flow){ f->house.pack, flow_usual_outcomes };
}

static inline void
copy_own_pack(struct house *h)
{
	pack_copied(h, "../packs/takamatsu");
	pack_add(h, "occasions.yaml", own_occasions);
}

static inline void
load_own_pack(struct flow_house *f)
{
	copy_own_pack(&f->house);
	flow_house_pack(f);
}

/* A test's own house of `size` bytes, whose first member is the one of flow. */
static inline void *
flow_house_with(size_t size, void (*load)(struct flow_house *f))
{
	struct flow_house *f = house_new(size, (size_t)3 << 30);
	struct house *h = &f->house;
	load(f);
	house_store(h, true);
	must(act_now(h, flow_house_fill, f));
	f->secret = add_row_to(f, "税務データ", "I", "USB-001", h->section);
	f->stick = add_row_to(f, "名簿", "II", "USB-002", h->section);
	f->plain = add_row_to(f, "公開資料", "III", "USB-003", h->section);
	f->foreign = add_row_to(f, "契約データ", "I", "USB-009", h->other);
	return f;
}

static inline void *
flow_house_within(size_t size)
{
	return flow_house_with(size, load_own_pack);
}

static inline int
flow_house_open(void **state)
{
	*state = flow_house_within(sizeof(struct flow_house));
	return 0;
}

#define FLOW_TEST(name) cmocka_unit_test_setup_teardown(name, flow_house_open, house_close)

static inline void
days_pass(struct flow_house *h, int64_t days)
{
	h->house.now.ms += days * 86400000;
}

static inline void
hours_pass(struct flow_house *h, int64_t hours)
{
	h->house.now.ms += hours * 3600000;
}

static inline bool
has_fault(const struct error *faults, const char *field)
{
	for (; faults != NULL; faults = faults->next)
		if (text_is(faults->field, field))
			return true;
	return false;
}

static inline int64_t
notices_of(struct flow_house *h, struct person_id who)
{
	int64_t count;
	LOOK(&h->house, look);
	must(people_notices_unread(&look, who, &count));
	return count;
}

#endif
