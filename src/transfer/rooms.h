/* What only this room's own files know: the organisation of the day in memory, changed by the lines. */
#ifndef BANSHO_TRANSFER_ROOMS_H
#define BANSHO_TRANSFER_ROOMS_H

#include "transfer/transfer.h"
#include "transfer/transfer_sql.h"

#include "base/writer.h"

enum { NOWHERE = -1, POST_MOST_ROLES = PEOPLE_MOST_ROLES, RANK_OF_OTHERS = 50 };

/* ---- The organisation on the day before and on the day ---- */

struct world_unit {
	struct unit unit; /* as it is on the day; id 0: the list opens it */
	struct text was;  /* its name the day before; empty: it was not there */
	struct text folded, folded_was, folded_whole, folded_whole_was; /* 局 課 */
	int64_t above;	  /* index, NOWHERE at the top */
	bool is_there;	  /* on the day */
	bool is_new, is_renamed, is_closed, is_merged;
	int64_t successor; /* index */
	int64_t first;	   /* post */
	struct line_id line;
};

struct world_post {
	struct post_id id; /* no 0: to be made */
	int64_t unit;	   /* index */
	struct text name, folded;
	int64_t rank;
	int64_t next; /* of the same unit */
	const struct pack_role *roles[POST_MOST_ROLES];
	size_t roles_count;
	bool is_new, is_ended;
	struct day since, until;
};

struct world_place {
	struct assignment_id id; /* no 0: to be made */
	int64_t person, post;	 /* indexes */
	bool is_main, is_new, is_ended, is_by_hand; /* by_hand: ended because it was ticked */
	enum beside beside;
	struct day since, until, was; /* was: until, before the list */
	int64_t next;		      /* of the same person */
};

struct world_person {
	struct person_id id; /* no 0: comes */
	struct text number, name, kana;
	struct day since, until;
	bool is_new, is_ending, is_back, is_listed, is_away;
	struct day was; /* until, before */
	struct text other; /* the body they go to */
	struct day away_from;
	struct line_id main_line; /* that moved the main post */
	int64_t first;	/* place */
};

struct world {
	struct look *look;
	struct arena *arena;
	const struct pack *pack;
	struct transfer transfer;
	struct day day, before; /* the list's, and the one before it */
	struct transfer_preview *preview;
	size_t faults_room, deeds_room;

	struct world_unit *units;
	size_t units_count;
	struct world_post *posts;
	size_t posts_count, posts_room;
	struct world_person *persons;
	size_t persons_count, known_count; /* known: in order of numbers */
	struct world_place *places;
	size_t places_count;
	struct transfer_line *lines;
	size_t lines_count;
};

/* What is there, without the lines; room for them. */
int64_t world_unit_add(struct world *world, const struct world_unit *unit);
struct error *world_read(struct look *look, const struct pack *pack, const struct transfer *transfer,
			 const struct transfer_line *lines, size_t count, struct world *world) MUST_USE;
/* Index or NOWHERE. By code, by name, or as 局 課. *how_many of that name. */
int64_t world_unit(const struct world *world, struct text words, bool on_the_day, size_t *how_many);
int64_t world_unit_of_id(const struct world *world, int64_t id);
int64_t world_post(const struct world *world, int64_t unit, struct text name);
/* The post of that name, made when there is none: with the roles that most of its namesakes carry. */
int64_t world_post_for(struct world *world, int64_t unit, struct text name, bool *is_made);
int64_t world_person(const struct world *world, struct text number);
int64_t world_person_of_id(const struct world *world, int64_t id);
/* Read the name, unless it is known. */
struct error *world_name(struct world *world, int64_t person) MUST_USE;
int64_t world_person_add(struct world *world, const struct world_person *person);
/* The main post on the day before, or NOWHERE. */
int64_t world_main(const struct world *world, int64_t person);
bool world_covers(const struct world *world, const struct world_place *place, struct day day);
/* The day before, with its end as it stood without the list. */
bool world_was_held(const struct world *world, const struct world_place *place);
void world_place(struct world *world, int64_t person, int64_t post, bool is_main, enum beside beside,
		 struct day since);
void world_end(struct world *world, int64_t place, struct day last);
/* 人事課 主事 */
struct text world_place_words(const struct world *world, int64_t place, bool on_the_day);
struct text world_post_words(const struct world *world, int64_t post);

/* `column` is a message id or NULL; line NULL: about the list. */
void world_fault(struct world *world, const struct transfer_line *line, const char *column, bool is_hint,
		 struct text wrong);
bool world_line_is_faulty(const struct world *world, const struct transfer_line *line);
struct transfer_deed *world_deed(struct world *world, const struct transfer_line *line,
				 enum transfer_kind kind, struct text who);

/* ---- The lines ---- */

void plan_units(struct world *world);
struct error *plan_persons(struct world *world) MUST_USE;
/* Who is left in a unit that ends; the merged ones are taken along. */
void plan_closed(struct world *world);
/* What was ticked. */
struct error *plan_ends(struct world *world) MUST_USE;
/* plan_all() and everything that follows from it, with its digest. */
struct error *transfer_world(struct look *look, const struct flow *flow, struct transfer_id id,
			     struct transfer_preview *preview, struct world *world) MUST_USE;
struct error *transfer_must_edit(struct act *act, const struct pack *pack) MUST_USE;
struct error *plan_lines(struct look *look, const struct pack *pack, const struct transfer *transfer,
			 const struct transfer_line *lines, size_t count,
			 struct transfer_preview *preview, struct world *world) MUST_USE;
struct error *plan_all(struct look *look, const struct pack *pack, struct transfer_id id,
		       struct transfer_preview *preview, struct world *world) MUST_USE;

/* ---- What follows ---- */

void effect_roles(struct world *world);
void effect_gaps(struct world *world);
struct error *effect_left(struct world *world) MUST_USE;
struct error *effect_kept(struct world *world) MUST_USE;
void effect_moved(struct world *world);

/* ---- Lists ---- */

bool transfer_state_read(struct text name, enum transfer_state *state);
struct error *note_transfer(struct act *act, struct transfer_id id, struct person_id person,
			    const char *what, const struct fact_pair *pairs) MUST_USE;
/* The list to act on, as `change` says; REFUSED without people.edit. */
struct error *transfer_take(struct act *act, const struct transferring *of,
			    struct transfer *transfer) MUST_USE;
/* A list that can be corrected: a draft, or asked for, which it then is no more. */
struct error *transfer_take_draft(struct act *act, const struct transferring *of,
				  struct transfer *transfer) MUST_USE;
struct error *transfer_touch(struct act *act, struct transfer_id id) MUST_USE;
struct error *line_add(struct act *act, struct transfer_id id, const struct transfer_line *line)
	MUST_USE;
struct error *line_check(const struct transfer_line *line) MUST_USE;

/* ---- Writing ---- */

struct error *world_write(struct act *act, struct world *world) MUST_USE;
struct error *world_put_back(struct act *act, const struct pack *pack, const struct transfer *transfer)
	MUST_USE;
/* What a leaver has to give back, as it is now. */
struct error *returns_begin(struct act *act, const struct world *world, int64_t person) MUST_USE;

struct day day_of(int64_t no);
int64_t no_of(struct day day);

#endif
