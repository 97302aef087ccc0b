/*
 * Units, posts and persons; who holds a role on a day; who may do what. The rest of the room has headers of its
 * own: account.h, import.h, delegation.h, organisation.h, window.h, notice.h, erase.h …
 *
 * Roles attach to posts (充て職); posts are held by persons for a period. Whoever needs "the
 * section's manager today" asks people_role_holders() or, for a decision, people_deciders().
 * Days are whole and both ends count: an assignment until 31 March is held on 31 March. DAY_NONE
 * as `since` is "from ever", as `until` "open". Nothing here is ever deleted, only ended.
 *
 * Functions that take an act note their own facts ("people.post_add" about "post:5" …), ids only:
 * no name, mail address or login name goes into the journal. The history of a person, unit or post
 * is the journal's entries about "person:12", "unit:3", "post:5" (people_about_* write these).
 * Rights named here are the dispatcher's to check, unless a function says that it checks itself.
 */
#ifndef BANSHO_PEOPLE_PEOPLE_H
#define BANSHO_PEOPLE_PEOPLE_H

#include "base/secret.h"
#include "policy/policy.h"
#include "store/store.h"

struct unit_id {
	int64_t no;
};
struct post_id {
	int64_t no;
};
struct person_id {
	int64_t no; /* 0 is nobody */
};
struct assignment_id {
	int64_t no;
};
struct deputy_id {
	int64_t no;
};
struct grant_id {
	int64_t no;
};
struct delegation_id {
	int64_t no; /* 0: none */
};
struct session_id {
	int64_t no;
};
struct notice_id {
	int64_t no;
};
struct outbox_id {
	int64_t no;
};

enum {
	PEOPLE_MOST_UNITS = 5000,
	PEOPLE_MOST_NAME = 200,	 /* characters in any name */
	PEOPLE_MOST_ROLES = 16,	 /* a post carries */
	PEOPLE_MOST_LIST = 1000, /* rows of a list that does not page */
};

/* "person:12": what facts are about and histories are asked for. */
struct text people_about_person(struct arena *into, struct person_id person);
struct text people_about_unit(struct arena *into, struct unit_id unit);
struct text people_about_post(struct arena *into, struct post_id post);

/* --- parameters --- */

/*
 * What the body set for a parameter of its policy: the setting "parameter.CODE" when it lies within
 * the pack's bounds, else the pack's usual value, else (the pack knows no such code) `fallback`.
 */
struct error *people_parameter(struct look *look, const struct pack *pack, const char *code,
			       int64_t fallback, int64_t *value) MUST_USE;

/* --- units --- */

enum unit_kind { UNIT_BODY, UNIT_BUREAU, UNIT_SECTION, UNIT_OTHER };

struct unit {
	struct unit_id id;
	struct unit_id parent; /* no 0 at the top */
	struct text code;      /* as the body's own systems call it; leading zeros are kept */
	struct text name;
	enum unit_kind kind;
	int64_t rank; /* order among the children of a unit */
	struct day since;
	struct day until;
	struct unit_id successor; /* read only: takes over after `until`; no 0: nobody */
	int depth; /* in people_units(): 0 at the top */
};

const char *unit_kind_code(enum unit_kind kind); /* "bureau" */
/* "bureau", 局, 部, 課, 室, 係 …: false when unknown. */
bool unit_kind_read(struct text words, enum unit_kind *kind);
/* 団体, 局・部, 課・室, その他 in the thread's language. */
const char *unit_kind_words(enum unit_kind kind);

/*
 * A unit is called otherwise, or stands elsewhere, from a day on: organisation.h. Here code, name,
 * parent, kind and rank are those of today, or of the day asked for.
 *
 * Add a unit (id is ignored and given). INVALID with the field "code", "name", "parent", "until":
 * a code in use by a living unit, a parent that is not there or would make a circle, an end before
 * the beginning. Right: people.edit.
 */
struct error *people_unit_add(struct act *act, const struct unit *unit, struct unit_id *id)
	MUST_USE;
/* Put right what stands there as of today, and its days. What changes on a day is no correction:
   people_unit_change_from(). */
struct error *people_unit_change(struct act *act, const struct unit *unit) MUST_USE;
/* `last` is its last day. REFUSED while units or assignments below go on after that day. */
struct error *people_unit_end(struct act *act, struct unit_id unit, struct day last) MUST_USE;
/* As of today; one that has ended as on its last day. MISSING when there is none. */
struct error *people_unit(struct look *look, struct unit_id id, struct unit *unit) MUST_USE;
struct error *people_unit_on(struct look *look, struct unit_id id, struct day day,
			     struct unit *unit) MUST_USE;
struct error *people_unit_by_code(struct look *look, struct text code, struct day day, bool *found,
				  struct unit *unit) MUST_USE;
/* Every unit that exists on the day as it is called then, parents before children, siblings by rank,
   then code. */
struct error *people_units(struct look *look, struct day day, struct unit **units, size_t *count)
	MUST_USE;
/* Is `unit` the unit `above`, or somewhere below it, today? After its end a unit stands below its
   successor, so that whoever answers for the one answers for what the other left. */
struct error *people_unit_is_under(struct look *look, struct unit_id unit, struct unit_id above,
				   bool *is_under) MUST_USE;
struct error *people_unit_is_under_on(struct look *look, struct unit_id unit, struct unit_id above,
				      struct day day, bool *is_under) MUST_USE;
/* The unit and those above it, nearest first: 係, 課, 局; today, or on a day. */
struct error *people_unit_path(struct look *look, struct unit_id unit, struct unit **path,
			       size_t *count) MUST_USE;
struct error *people_unit_path_on(struct look *look, struct unit_id unit, struct day day,
				  struct unit **path, size_t *count) MUST_USE;

/* --- posts --- */

struct post {
	struct post_id id;
	struct unit_id unit;
	struct text name;			  /* 課長 */
	int64_t rank;				  /* order within the unit; 1 is the head */
	struct text roles[PEOPLE_MOST_ROLES];	  /* codes of the pack, in the pack's order */
	size_t roles_count;
	struct day since;
	struct day until;
	struct post_id successor; /* read only: takes over after `until`; no 0: nobody */
};

/*
 * Add a post. INVALID: a name that a living post of the unit has, a role the pack does not know or
 * that everybody has. Right: people.edit.
 */
struct error *people_post_add(struct act *act, const struct pack *pack, const struct post *post,
			      struct post_id *id) MUST_USE;
/* Name, rank, roles (as a whole) and days; the unit stays. */
struct error *people_post_change(struct act *act, const struct pack *pack, const struct post *post)
	MUST_USE;
/* REFUSED while somebody holds it after `last`. */
struct error *people_post_end(struct act *act, struct post_id post, struct day last) MUST_USE;
struct error *people_post(struct look *look, struct post_id id, struct post *post) MUST_USE;
/* Posts of a unit on a day, by rank. */
struct error *people_posts(struct look *look, struct unit_id unit, struct day day,
			   struct post **posts, size_t *count) MUST_USE;

/* --- persons --- */

enum employment {
	EMPLOYMENT_REGULAR,	/* 正規（常勤） */
	EMPLOYMENT_REAPPOINTED, /* 再任用 */
	EMPLOYMENT_FISCAL,	/* 会計年度任用: its end must be given */
	EMPLOYMENT_SPECIAL,	/* 特別職 */
	EMPLOYMENT_DISPATCHED,	/* 派遣 */
	EMPLOYMENT_CONTRACTOR,	/* 委託先の従事者 */
};
enum { EMPLOYMENTS = 6 };
const char *employment_code(enum employment employment); /* "fiscal" */
const char *employment_words(enum employment employment);
/* "fiscal", 会計年度任用職員, パートタイム …: false when unknown. */
bool employment_read(struct text words, enum employment *employment);
/* Of another firm: 派遣, 委託先. They hold a post only while a firm's engagement covers them
   (organisation.h). */
bool employment_is_outside(enum employment employment);

struct person {
	struct person_id id;
	struct text number; /* employee number, unique; leading zeros are kept */
	struct text family; /* the whole name where it cannot be told apart */
	struct text given;
	struct text kana;
	struct text mail;
	enum language language;
	enum employment employment;
	struct day since;
	struct day until; /* last day of service */
	struct text name; /* read only: family, U+3000, given; （消去済み） once erased */
	bool is_erased;	  /* read only */
};

/*
 * Add a person (id and name are ignored and given). INVALID: number missing or in use, family name
 * missing, a mail address that is none. Right: people.edit.
 */
struct error *people_person_add(struct act *act, const struct person *person, struct person_id *id)
	MUST_USE;
struct error *people_person_change(struct act *act, const struct person *person) MUST_USE;
/* The language of notices and mail alone. */
struct error *people_person_language(struct act *act, struct person_id id, enum language language)
	MUST_USE;
/* Last day of service: ends assignments, deputies and grants then, closes the account's sessions
   when the day has passed (sign-in is refused after it in any case). */
struct error *people_person_end(struct act *act, struct person_id person, struct day last) MUST_USE;
struct error *people_person(struct look *look, struct person_id id, struct person *person) MUST_USE;
struct error *people_person_by_number(struct look *look, struct text number, bool *found,
				      struct person *person) MUST_USE;
/* The name alone, for pages; "（不明）" when there is no such person. */
struct error *people_name(struct look *look, struct person_id id, struct text *name) MUST_USE;

/* One person in a list: with the main assignment on the day asked. */
struct person_row {
	struct person_id id;
	struct text number;
	struct text name;
	struct text kana;
	struct unit_id unit; /* no 0 without an assignment */
	struct text unit_name;
	struct text post_name;
	bool has_account;
	bool is_away; /* 出向中 */
	struct day until;
	enum employment employment;
	struct text sort; /* hand back, with id, as after_sort and after for the next page */
};

/* `words` is matched tolerantly (width, kana type, case, spaces, variant characters) anywhere in
   number, name, kana, login name and mail address. */
struct people_search {
	struct text words;   /* empty: everybody */
	struct unit_id unit; /* that unit and those below; no 0: any */
	struct day day;	     /* DAY_NONE: today */
	bool with_ended;
	struct text after_sort; /* of the last row of the page before; empty: from the beginning */
	struct person_id after;
	size_t most; /* 1 to 200 */
};
/* By kana, then id. *has_more: another page follows. */
struct error *people_search(struct look *look, const struct people_search *search,
			    struct person_row **rows, size_t *count, bool *has_more) MUST_USE;

/* --- assignments --- */

/* How a post is held beside the main one. Whatever the kind, its roles are held with it. */
enum beside {
	BESIDE_CONCURRENT, /* 兼務 */
	BESIDE_ACTING,	   /* 事務取扱: the duties of a post that is vacant */
	BESIDE_JOINT,	   /* 併任: appointed by another appointing authority as well */
};
bool beside_read_words(struct text words, bool *is_main, enum beside *beside); /* 本務, 兼務 … */

struct assignment {
	struct assignment_id id;
	struct person_id person;
	struct post_id post;
	bool is_main;	    /* 本務 */
	enum beside beside; /* when it is not */
	struct day since;
	struct day until;
	/* Read only: */
	struct unit_id unit;
	struct text person_name;
	struct text post_name;
	struct text unit_name;
};

/* 本務, 兼務, 事務取扱, 併任 */
const char *assignment_words(bool is_main, enum beside beside);

/*
 * Assign a person to a post, from today, a day past or a day to come. INVALID: a second main assignment
 * on any of the days (end the first); a post or a service that does not reach to the first day; somebody
 * of a firm on days that no engagement covers. Right: people.edit.
 */
struct error *people_assign(struct act *act, const struct assignment *assignment,
			    struct assignment_id *id) MUST_USE;
/* One that has not begun may end before it begins: it then never was. */
struct error *people_assignment_end(struct act *act, struct assignment_id id, struct day last)
	MUST_USE;
/* Until another day, DAY_NONE: open. The same rules as for people_assign(). */
struct error *people_assignment_until(struct act *act, struct assignment_id id, struct day until)
	MUST_USE;
struct error *people_assignment(struct look *look, struct assignment_id id,
				struct assignment *assignment) MUST_USE;
/* Of a person, all of them, newest first, the unit called as in those days; of a unit (not those below), on a day, by rank. */
struct error *people_assignments_of(struct look *look, struct person_id person,
				    struct assignment **list, size_t *count) MUST_USE;
struct error *people_assignments_in(struct look *look, struct unit_id unit, struct day day,
				    struct assignment **list, size_t *count) MUST_USE;
/* The unit of the main assignment (else of any) on the day; no 0 without one. */
struct error *people_unit_of(struct look *look, struct person_id person, struct day day,
			     struct unit_id *unit) MUST_USE;

/* --- deputies (職務代理) --- */

struct deputy {
	struct deputy_id id;
	struct post_id post;	  /* whose roles are exercised */
	struct person_id absent;  /* who holds it; when somebody else does, this lapses */
	struct person_id deputy;
	struct day since;
	struct day until; /* must be given: no deputy without an end */
	struct text reason;
	/* Read only: */
	struct text post_name;
	struct text unit_name;
	struct text absent_name;
	struct text deputy_name;
};

/*
 * Name a deputy for the days given, today or later. Checks itself: the actor is the holder, or has
 * people.edit (REFUSED). INVALID: no reason, no end, longer than a year, the holder themself, a
 * deputy without an assignment, a post that `absent` does not hold on the first day. Both are
 * notified.
 */
struct error *people_deputy_add(struct act *act, const struct pack *pack,
				const struct deputy *deputy, struct deputy_id *id) MUST_USE;
/* The same two may end it; `last` may be yesterday: then it ends at once. */
struct error *people_deputy_end(struct act *act, const struct pack *pack, struct deputy_id id,
				struct day last) MUST_USE;
/* Until another day, by whoever decides a transfer; for transfer alone, which has asked for the right. */
struct error *people_deputy_until(struct act *act, struct deputy_id id, struct day until) MUST_USE;
/* Not yet over on the day, of which the person is either side; person 0: everybody's. */
struct error *people_deputies(struct look *look, struct person_id person, struct day day,
			      struct deputy **list, size_t *count) MUST_USE;

/* --- roles --- */

enum decider_why {
	DECIDER_HOLDER, /* holds the role */
	DECIDER_DEPUTY, /* in place of a holder who named them */
	DECIDER_ABOVE,	/* holds the role above: nobody else may or can decide */
	DECIDER_DELEGATE, /* 専決: by a standing delegation (delegation.h) */
	DECIDER_STAND_IN, /* 代決: in place of somebody who has it by delegation */
};

struct decider {
	struct person_id person;
	struct person_id deputy_for; /* no 0 in their own right */
	struct post_id post;	     /* that carries the role */
	struct unit_id unit;	     /* of the post */
	const struct pack_role *role; /* exercised: the one asked for, or one above it */
	enum decider_why why;
	struct text name; /* of `person`, as it stands now */
	struct text post_name;
	struct delegation_id delegation; /* DECIDER_DELEGATE, DECIDER_STAND_IN: which one */
	enum beside beside; /* BESIDE_ACTING: 事務取扱 */
};

/*
 * Who holds `role` for `unit` on `day`, in their own right. SCOPE_BODY: whoever holds it anywhere
 * in the body. SCOPE_BUREAU, _SECTION, _SYSTEM: the nearest of `unit` and those above it with a
 * holder; nobody further up then counts. SCOPE_EVERYONE: nobody is appointed; none. Ordered by
 * rank of post, then assignment. Tree, posts and assignments are the day's.
 */
struct error *people_role_holders(struct look *look, const struct pack_role *role,
				  struct unit_id unit, struct day day, struct decider **list,
				  size_t *count) MUST_USE;

/*
 * Who may decide in `role` for `unit` on `day`: the holders and their deputies, without
 * `except_person` (nobody decides their own; no 0: nobody is excepted), without deputies named by
 * `except_person`, and without who named `except_person` as their deputy (conflict.h). If nobody is left, the same for the role above, and so on up. Empty when even the
 * top has nobody: the caller shows that as a gap. A person appears once, in their own right first.
 */
struct error *people_deciders(struct look *look, const struct pack_role *role, struct unit_id unit,
			      struct day day, struct person_id except_person, struct decider **list,
			      size_t *count) MUST_USE;

/* The same for that role alone: nobody above it is asked. */
struct error *people_deciders_in(struct look *look, const struct pack_role *role,
				 struct unit_id unit, struct day day, struct person_id except_person,
				 struct decider **list, size_t *count) MUST_USE;

/*
 * The acting person must be among people_deciders(role, unit, today, except_person); *as says as
 * what. REFUSED otherwise. On success act->actor.role, .post and .deputy_for are set, so that the
 * entry says in which capacity it was done. `as` may be NULL.
 */
struct error *people_must_hold(struct act *act, const struct pack_role *role, struct unit_id unit,
			       struct person_id except_person, struct decider *as) MUST_USE;

struct held_role {
	const struct pack_role *role;
	struct post_id post;
	struct unit_id unit; /* of the post; everybody: the unit of the assignment */
	struct person_id deputy_for;
};
/*
 * Every role the person has on the day, by their posts and as deputy; SCOPE_EVERYONE roles when
 * they have any assignment. Codes the pack does not know (any more) are left out.
 */
struct error *people_roles_of(struct look *look, const struct pack *pack, struct person_id person,
			      struct day day, struct held_role **list, size_t *count) MUST_USE;

struct role_gap {
	const struct pack_role *role;
	struct unit_id unit; /* no 0 for a role of the whole body */
	struct text unit_name;
};
/* Roles that must be held and are not on the day: body roles, and per unit of the role's kind
   (bureau, section) those without a holder in that very unit. */
struct error *people_role_gaps(struct look *look, const struct pack *pack, struct day day,
			       struct role_gap **list, size_t *count) MUST_USE;

/*
 * A new version of the policy calls the role `from` otherwise: every post that carries it carries `to`
 * as well from today. `from` stays with the post, for what is still decided under the older version.
 * For enact alone.
 */
struct error *people_role_carry(struct act *act, struct text from, struct text to, int64_t *carried)
	MUST_USE;
/* How many posts carry it today. */
struct error *people_role_posts(struct look *look, struct text role, int64_t *posts) MUST_USE;

/* --- rights --- */

/* The closed set. Codes in brackets are what dispatch tables and settings write. */
enum right {
	RIGHT_PUBLIC,	     /* "public": no sign-in needed */
	RIGHT_SELF,	     /* "self": own account, notices, sessions: whoever is signed in */
	RIGHT_APPLY,	     /* "apply": make dossiers, see one's own: who has an assignment */
	RIGHT_DECIDE,	     /* "decide": the list of what waits for me: who holds an appointed role */
	RIGHT_PEOPLE_READ,   /* "people.read": the directory: whoever is signed in */
	RIGHT_PEOPLE_EDIT,   /* "people.edit": grants people, operator */
	RIGHT_LEDGER_READ,   /* "ledger.read": own units; whole body for body roles and auditor */
	RIGHT_LEDGER_WRITE,  /* "ledger.write": units for which one holds a role or grant ledger */
	RIGHT_DOSSIER_READ,  /* "dossier.read": others' dossiers: units of one's roles; body roles and
				auditor all */
	RIGHT_MAP_READ,	     /* "map.read": clauses and evidence: who holds an appointed role; auditor,
				operator */
	RIGHT_JOURNAL_READ,  /* "journal.read": body roles; auditor, operator */
	RIGHT_SETTINGS,	     /* "settings": operator */
	RIGHT_ACCOUNTS,	     /* "accounts": open, reset, close accounts, others' sessions, grants: operator */
	RIGHT_COUNT,
};
const char *right_code(enum right right);
bool right_read(struct text code, enum right *right);

/* Where a right reaches: everywhere, or the units named and all below them. */
struct reach {
	bool may;
	bool is_all;
	bool needs_window; /* comes from something privileged: to change by it takes a window (window.h) */
	struct unit_id *units;
	size_t count;
};
/* What a person may do today: work it out once per request. */
struct rights {
	struct person_id person;
	struct reach at[RIGHT_COUNT];
};
/* Person 0, one whose service has ended, one of a firm whom no engagement covers: only RIGHT_PUBLIC. Who is
   seconded out and assigned to nothing here has RIGHT_SELF besides. */
struct error *people_rights(struct look *look, const struct pack *pack, struct person_id person,
			    struct rights *rights) MUST_USE;
bool rights_may(const struct rights *rights, enum right right);
/* Does any right of theirs count only in a privileged window? */
bool rights_need_any_window(const struct rights *rights);
/* Does the right reach that unit? */
struct error *rights_reach(struct look *look, const struct rights *rights, enum right right,
			   struct unit_id unit, bool *reaches) MUST_USE;
/* Both at once for one question; unit 0 asks "at all". REFUSED with words for the person. */
struct error *people_must_may(struct look *look, const struct pack *pack, struct person_id person,
			      enum right right, struct unit_id unit) MUST_USE;

enum grant_kind {
	GRANT_OPERATOR, /* "operator": runs Bansho */
	GRANT_PEOPLE,	/* "people": keeps organisation and staff */
	GRANT_LEDGER,	/* "ledger": keeps the ledgers of a unit, or of all */
	GRANT_AUDITOR,	/* "auditor": reads everything, changes nothing */
};
const char *grant_kind_code(enum grant_kind kind);
const char *grant_kind_words(enum grant_kind kind);
bool grant_kind_read(struct text code, enum grant_kind *kind);

struct grant {
	struct grant_id id;
	struct person_id person;
	enum grant_kind kind;
	struct unit_id unit; /* GRANT_LEDGER only; no 0: all */
	struct day since;
	struct day until;
	struct text person_name; /* read only */
};
/* Right: accounts. The first operator is made by `bansho init`. CONFLICT when it is given already. */
struct error *people_grant_give(struct act *act, const struct grant *grant, struct grant_id *id)
	MUST_USE;
/* REFUSED for the last operator. */
struct error *people_grant_end(struct act *act, struct grant_id id, struct day last) MUST_USE;
/* It goes on until that day, DAY_NONE: open again. Undoes an end of a coming day; for transfer alone. */
struct error *people_grant_until(struct act *act, struct grant_id id, struct day until) MUST_USE;
/* Not yet over on the day; person 0: everybody's. */
struct error *people_grants(struct look *look, struct person_id person, struct day day,
			    struct grant **list, size_t *count) MUST_USE;

/* Persons whose name or kana holds the words, as ",3,17,"; empty for none. For other rooms' lists. */
struct error *people_named(struct look *look, struct text words, struct text *ids) MUST_USE;
/* Who is meant by a number, or by a whole name (spaces do not count). *count 1: it is *person. */
struct error *people_called(struct look *look, struct text words, struct person_id *person,
			    size_t *count) MUST_USE;

/*
 * Views for other rooms' queries. Open ends are NULL. As of today, by the clock of the look:
 * shown_unit(id, code, name, kind, parent, rank, since, until, successor),
 * shown_unit_under(unit, above, steps): every unit with itself (0) and all above it.
 * As of a day (holds_from <= :day AND holds_to >= :day): shown_unit_on, shown_unit_under_on.
 * shown_post(id, unit, name, rank, since, until, successor), shown_post_role(post, role, since, until),
 * shown_person(id, number, name, kana, mail, language, since, until, employment),
 * shown_assignment(id, person, post, unit, is_main, since, until, beside); organisation.h says what
 * shown_secondment, shown_firm, shown_engagement and shown_worker are.
 */

#endif
