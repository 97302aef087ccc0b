/*
 * Transfer lists (人事異動): next year's posts as personnel writes them, before they hold.
 *
 * A list is staged line by line as it was typed, and previewed as often as one likes: what every line
 * would do, who gains and loses which roles, which roles nobody would hold, what is left behind, who
 * keeps what they should not. It is corrected line by line, asked for by one person and decided by
 * another, who sees the same preview: the digest of it binds what is written to what was seen. When
 * another list, or anybody, has changed something of it meanwhile, deciding is a CONFLICT and the
 * preview is a new one.
 *
 * Deciding writes everything in one act as assignments, ends and units of the coming day. At 0:00 of
 * that day they hold: who asks for roles asks for a day, and no program has to run. Before the day the
 * whole list can be taken back by an act; after it, only another list changes anything.
 *
 * Who may: everything needs people.edit. The role that the pack names as `transfers` decides; where it
 * names none, whoever has people.edit and has neither asked nor corrected last. The one who leaves
 * reads their own hand-over page and acknowledges secrecy.
 *
 * Journal: "transfer.stage", "transfer.correct", "transfer.ask", "transfer.send_back",
 * "transfer.decide", "transfer.withdraw", "transfer.return_add", "transfer.returned",
 * "transfer.pledge", "transfer.tell", each about transfer:N; what is written notes itself (people.*).
 */
#ifndef BANSHO_TRANSFER_TRANSFER_H
#define BANSHO_TRANSFER_TRANSFER_H

#include "base/table.h"
#include "flow/flow.h"
#include "people/people.h"
#include "store/store.h"

struct transfer_id {
	int64_t no;
};
struct line_id {
	int64_t no;
};

enum {
	TRANSFER_MOST_LISTS = 200,
	TRANSFER_MOST_LINES = 5000,
	TRANSFER_MOST_CELL = 200, /* characters */
	TRANSFER_MOST_WHY = 1000,
};

enum transfer_state {
	TRANSFER_DRAFT,	    /* 作成中 */
	TRANSFER_ASKED,	    /* 決裁待ち */
	TRANSFER_DECIDED,   /* 決裁済み: holds from its day */
	TRANSFER_IN_FORCE,  /* 発令済み: decided, and the day has come. Not kept: it is asked of the day */
	TRANSFER_WITHDRAWN, /* 取下げ */
};
const char *transfer_state_name(enum transfer_state state);
const char *transfer_state_words(enum transfer_state state);

enum transfer_kind {
	MOVE,		/* 異動 */
	PROMOTION,	/* 昇任 */
	HIRE,		/* 採用 */
	LEAVE,		/* 退職 */
	CONCURRENT,	/* 兼務 */
	ACTING,		/* 事務取扱 */
	CONCURRENT_END, /* 兼務解除 */
	AWAY,		/* 出向: to another body */
	JOINT,		/* 併任 */
	UNIT_OPEN,	/* 所属の新設 */
	UNIT_CLOSE,	/* 所属の廃止 */
	UNIT_RENAME,	/* 所属の名称変更 */
	UNIT_MERGE,	/* 所属の統合 */
	TRANSFER_KINDS,
};
const char *transfer_kind_name(enum transfer_kind kind);
const char *transfer_kind_words(enum transfer_kind kind);
/* "昇任", "昇格", "退職（定年）" …; false when unknown. */
bool transfer_kind_read(struct arena *arena, struct text words, enum transfer_kind *kind);
bool transfer_kind_is_unit(enum transfer_kind kind);

struct transfer {
	struct transfer_id id;
	struct text title;
	struct day day;
	enum transfer_state state;
	int64_t change; /* counts acts; give it back to the next act */
	struct moment created, asked, decided, withdrawn;
	struct person_id created_by, changed_by, asked_by, decided_by, withdrawn_by;
	struct text created_name, asked_name, decided_name;
	struct hash digest; /* of what was asked for */
	bool has_digest;
	struct text why; /* of withdrawing or sending back */
	int64_t lines;	 /* not dropped */
};

struct transfer_line {
	struct line_id id;
	int64_t place; /* line in the file; of added ones, behind the last */
	struct text kind; /* as typed */
	struct person_id person;
	struct text number, name, kana;
	struct text from_unit, from_post, to_unit, to_post;
	struct text above; /* of a new unit: what it belongs to; 出向: the other body */
	struct day day;	   /* DAY_NONE: the list's */
	struct text note;
	bool is_dropped;
};

/* Newest first. MISSING when there is no such list. */
struct error *transfer_lists(struct look *look, struct transfer **list, size_t *count) MUST_USE;
struct error *transfer_read(struct look *look, struct transfer_id id, struct transfer *transfer)
	MUST_USE;
/* In their order, dropped ones too. */
struct error *transfer_lines(struct look *look, struct transfer_id id, struct transfer_line **lines,
			     size_t *count) MUST_USE;
struct error *transfer_line_read(struct look *look, struct line_id id, struct transfer_line *line,
				 struct transfer_id *list) MUST_USE;

/* ---- Reading a table ---- */

struct transfer_column {
	struct text heading;
	const char *meaning; /* message id; NULL: not used */
};
struct transfer_table {
	struct transfer_column *columns;
	size_t columns_count;
	struct transfer_line *lines;
	size_t count;
};
/*
 * What the rows say, not yet held against anything. INVALID ("file") when a column that is needed is
 * missing (the words name the headings understood), or there is no line. Lists begin with titles: the
 * heading is the first of ten rows that has 職員番号 and 区分 or a post.
 */
struct error *transfer_table_read(struct arena *into, const struct table *table,
				  struct transfer_table *read) MUST_USE;
/* The headings, for a person: "職員番号、氏名、…". */
struct text transfer_headings(struct arena *into);

/* ---- The preview ---- */

struct transfer_fault {
	struct line_id line; /* no 0: the list as a whole */
	int64_t place;
	const char *column; /* message id of the column, or NULL */
	struct text wrong;  /* what is wrong and what would be right */
	bool is_hint;	    /* does not keep the list from being asked for */
};

/* What one line would do, in words. */
struct transfer_deed {
	struct line_id line;
	int64_t place;
	struct person_id person; /* no 0: one who comes, or a unit */
	struct text who;	 /* name, or the unit */
	struct text number;
	enum transfer_kind kind;
	struct day day;	  /* first day, of a leaver the last */
	struct text was;  /* 人事課 主事 */
	struct text becomes;
};

struct transfer_role {
	struct person_id person;
	struct text who;
	const struct pack_role *role;
	struct text unit_name;
	bool is_gained;
};
struct transfer_gap {
	const struct pack_role *role;
	struct unit_id unit; /* no 0: of the body */
	struct text unit_name;
	bool is_new; /* held the day before */
};

/* What stays behind with who moves or leaves. */
struct transfer_left {
	struct person_id person;
	struct text who;
	bool is_leaving;
	int64_t dossiers; /* of their own, not finished */
	int64_t waiting;  /* that wait for a role they lose */
	int64_t permits;  /* living */
	int64_t out;	  /* things out and not back */
	int64_t rows;	  /* ledger rows of units whose manager or head they were */
	struct text to;	  /* who holds the post afterwards; empty: nobody */
};

enum stays_kind { STAYS_GRANT, STAYS_DEPUTY, STAYS_ASSIGNMENT, STAYS_PERMIT };
const char *stays_kind_name(enum stays_kind kind);
bool stays_kind_read(struct text name, enum stays_kind *kind);
struct transfer_kept {
	enum stays_kind kind;
	int64_t object;
	struct person_id person;
	struct text who;
	struct text what;  /* 台帳の担当（人事課） */
	struct day until;  /* as it stands */
	bool may_end;	   /* by this list; a permit is revoked by who permits */
	bool ends;	   /* answered: it ends with the move */
};

/* Who leaves, or is in other units afterwards: what they were given for the old ones is looked at. */
struct transfer_moved {
	struct person_id person;
	struct text who;
	struct unit_id *units; /* on the day, with all above them; none: they hold no post here */
	size_t units_count;
};

struct transfer_preview {
	struct transfer_fault *faults;
	size_t faults_count, hints;
	struct transfer_deed *deeds;
	size_t deeds_count;
	struct transfer_role *roles;
	size_t roles_count, gained, lost;
	struct transfer_gap *gaps;
	size_t gaps_count, new_gaps;
	struct transfer_left *left;
	size_t left_count;
	struct transfer_kept *kept;
	size_t kept_count;
	struct transfer_moved *moved;
	size_t moved_count;
	struct hash digest;
};
/*
 * What the list would do, as things are now; of a decided list what it has done. Nothing changes.
 * Some 30 MiB of look->arena for 4,000 persons.
 */
struct error *transfer_preview(struct look *look, const struct flow *flow, struct transfer_id id,
			       struct transfer_preview *preview) MUST_USE;

/* ---- Acts ---- */

/* A new list for `day`, with these lines. INVALID: no title, a day that has passed. */
struct transfer_staging {
	struct text title;
	struct day day;
	const struct transfer_line *lines;
	size_t count;
};
struct error *transfer_stage(struct act *act, const struct transfer_staging *staging,
			     struct transfer_id *id) MUST_USE;
/* The preview of a list that is not staged: nothing is kept. */
struct error *transfer_preview_of(struct look *look, const struct flow *flow,
				  const struct transfer_staging *staging,
				  struct transfer_preview *preview) MUST_USE;

/* What the acts about a list that is there need. CONFLICT when `change` is not the present one. */
struct transferring {
	const struct flow *flow;
	struct transfer_id id;
	int64_t change;
};
/* All lines anew, from another file. A list that was asked for is a draft again. */
struct error *transfer_stage_again(struct act *act, const struct transferring *of,
				   const struct transfer_line *lines, size_t count) MUST_USE;
/* line->id.no 0: one more. */
struct error *transfer_correct(struct act *act, const struct transferring *of,
			       const struct transfer_line *line) MUST_USE;
/* Leave it out, or take it in again. */
struct error *transfer_drop(struct act *act, const struct transferring *of, struct line_id line,
			    bool is_dropped) MUST_USE;
/* Which of preview.kept end with the move: all those ticked, the others do not. */
struct transfer_tick {
	enum stays_kind kind;
	int64_t object;
};
struct error *transfer_tick(struct act *act, const struct transferring *of,
			    const struct transfer_tick *ticks, size_t count) MUST_USE;

/* INVALID while there are faults; CONFLICT when the preview is not `digest` any more. */
struct error *transfer_ask(struct act *act, const struct transferring *of, const struct hash *digest)
	MUST_USE;
struct error *transfer_send_back(struct act *act, const struct transferring *of, struct text why)
	MUST_USE;
/*
 * Decide and write. REFUSED to who asked or corrected last; CONFLICT when the preview is not what was
 * asked for (another list, a changed post …): it must be looked at and asked for again.
 */
struct error *transfer_decide(struct act *act, const struct transferring *of,
			      const struct hash *digest) MUST_USE;
/* A draft, or before the first day of any line what was decided: then all that was written is put back. */
struct error *transfer_withdraw(struct act *act, const struct transferring *of, struct text why)
	MUST_USE;
/* May the person decide it? `why_not` says why, empty when they may. */
struct error *transfer_may_decide(struct look *look, const struct flow *flow,
				  const struct transfer *transfer, struct person_id person,
				  bool *may, struct text *why_not) MUST_USE;

/* ---- Hand-over ---- */

struct handover_item {
	struct text what; /* number and title */
	struct text more; /* until when, since when */
	struct text about; /* "dossier:12" */
};
struct handover_list {
	struct handover_item *items;
	size_t count;
	bool is_more; /* than are listed */
};
/* One post left or taken on. */
struct handover_post {
	struct post_id post;
	struct unit_id unit;
	struct text unit_name, post_name;
	bool is_main;
	struct text others;		   /* who comes, or who was there */
	const struct pack_role **roles;
	size_t roles_count;
	struct handover_list waiting; /* dossiers that wait for the post's roles */
	struct handover_list permits; /* living permits of the unit */
	struct handover_list out;     /* of the unit */
	struct handover_list ledgers; /* rows the unit keeps, and how many wait to be confirmed */
};
struct handover {
	struct person_id person;
	struct text name, number;
	bool is_leaving, is_coming;
	struct handover_post *left, *taken;
	size_t left_count, taken_count;
	struct handover_list own;     /* dossiers of the person's own */
	struct handover_list permits; /* that the person holds */
	struct handover_list out;     /* that the person has out */
	struct transfer_role *roles;  /* gained and lost */
	size_t roles_count;
	bool is_moved; /* leaves, or is in other units afterwards */
	struct transfer_moved moved;
};
/* Of a list that is decided. MISSING when the person is not in it. */
struct error *transfer_handover(struct look *look, const struct flow *flow, struct transfer_id id,
				struct person_id person, struct handover *handover) MUST_USE;

/*
 * The lines that are about a person, newest first, the last TRANSFER_LINES_ABOUT. `only_told`: what they may
 * know themself, which is lines of lists that were decided, from transfer.tell-days before the day.
 * Otherwise everything that is kept, drafts, dropped and withdrawn ones too. Right: people.edit.
 */
enum { TRANSFER_LINES_ABOUT = 50 };
struct transfer_about {
	struct transfer list;
	struct transfer_line line;
};
struct error *transfer_lines_about(struct look *look, const struct pack *pack, struct person_id person,
				   bool only_told, struct transfer_about **lines, size_t *count) MUST_USE;

/* A list that the person is in and may know of: decided, and the day of telling has come. */
struct error *transfer_of_person(struct look *look, const struct pack *pack, struct person_id person,
				 bool *found, struct transfer *transfer) MUST_USE;
/* Everybody in the list, for links to their pages. */
struct transfer_person {
	struct person_id person;
	struct text number, name;
	bool is_leaving;
	int64_t open;	     /* leavers: things not returned */
	bool has_pledged;    /* leavers */
};
struct error *transfer_persons(struct look *look, struct transfer_id id,
			       struct transfer_person **list, size_t *count) MUST_USE;

/* ---- Who leaves ---- */

struct transfer_return {
	int64_t id;
	struct text what;
	struct text about; /* "permit:3" or empty */
	struct moment returned;
	struct text by; /* who took it */
};
struct leaver {
	struct person_id person;
	struct text number, name;
	struct day last;
	struct transfer_return *returns;
	size_t returns_count;
	int64_t open;
	struct moment pledged; /* ms 0: not yet */
	bool is_paper;
	struct text pledged_by;
};
struct error *transfer_leavers(struct look *look, struct transfer_id id, struct leaver **list,
			       size_t *count) MUST_USE;
struct error *transfer_return_add(struct act *act, struct transfer_id id, struct person_id person,
				  struct text what) MUST_USE;
/* CONFLICT when it was returned already. */
struct error *transfer_returned(struct act *act, struct transfer_id id, int64_t item) MUST_USE;
/* By the one who leaves, or with `is_paper` by personnel that holds the signed sheet. */
struct error *transfer_pledge(struct act *act, struct transfer_id id, struct person_id person,
			      bool is_paper) MUST_USE;

/* ---- The clock ---- */

struct transfer_told {
	int64_t told;
};
/*
 * Who is in a decided list is told transfer.tell-days (7) before, and on the day; where something was
 * not returned on the last day, the head of the unit the day after. Nothing takes effect by this.
 */
struct error *transfer_clock(struct store *store, struct arena *arena, const struct flow *flow,
			     size_t most, struct transfer_told *done, bool *is_more) MUST_USE;

/* "transfer:3". */
struct text about_transfer(struct arena *into, struct transfer_id id);

#endif
