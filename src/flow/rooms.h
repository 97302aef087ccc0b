/* What only this room's own files know. */
#ifndef BANSHO_FLOW_ROOMS_H
#define BANSHO_FLOW_ROOMS_H

#include "flow/flow.h"
#include "flow/flow_sql.h"

#include "people/delegation.h"

/* ---- words.c ---- */

bool state_read(struct text name, enum dossier_state *state);
bool permit_state_read(struct text name, enum permit_state *state);
struct text about_dossier(struct arena *into, struct dossier_id id);
struct text about_permit(struct arena *into, struct permit_id id);
struct text about_asset(struct arena *into, const struct ledger_row *row);
struct text clean_words(struct text words);
/* INVALID unless `words` has characters, and at most FLOW_MOST_WORDS. */
struct error *words_must(struct text words, const char *field, const char *what) MUST_USE;
/* As words_must, but empty is allowed. */
struct error *words_may(struct text words, const char *field) MUST_USE;
struct text words_digest(struct arena *into, struct text words);

/* What search finds a dossier by, besides the applicant's name. */
struct text found_by(struct arena *into, struct text number, struct text purpose);

/* ---- asked.c: answers and assets as conditions see them ---- */

struct asking {
	struct look *look;
	const struct pack *pack;
	const struct flow_answer *answers;
	size_t answers_count;
	struct ledger_row *rows; /* assets */
	size_t rows_count;
	struct ledger_row *others; /* rows of other ledgers */
	size_t others_count;
	struct flow_class *classes;
	size_t classes_count;
	const struct pack_form *const *forms; /* of the dossier; none: every form of the pack */
	size_t forms_count;
	struct text item;
};

/* Reads the assets: those given and those named in answers of FIELD_ASSET(S); living or not. */
struct error *asking_begin(struct look *look, const struct pack *pack,
			   const struct flow_asked *asked, struct asking *asking) MUST_USE;
/* The highest class per axis of the rows. */
void asking_classes(struct asking *asking);
/* Is the name asked at all: a question that is shown, or a field some sheet shows? */
bool asking_asks(struct asking *asking, struct text name);
bool asking_meets(struct asking *asking, const struct when *when, struct text item);
/* The kept value of a field: read from what was typed, computed, or the assets chosen. */
struct text asking_value(struct asking *asking, const struct pack_field *field, struct text item);
struct text asking_typed(const struct asking *asking, struct text name, struct text item);
/* The field of that name: a question's, else a form's; NULL. *stage may be NULL. */
const struct pack_field *field_of(const struct pack *pack, struct text name,
				  const struct pack_section **section);
bool row_is_asset(const struct pack *pack, const struct ledger_row *row);
/* Does the field choose assets, not rows of another ledger? */
bool field_is_asset(const struct pack *pack, const struct pack_field *field);
bool section_is_result(const struct pack_section *section);
void asking_match(struct asking *asking, const struct text *wanted, size_t wanted_count,
		  struct flow_match *match);

/* ---- read.c ---- */

/* The version with that digest when it is another than the one in force, and can be had; or NULL. */
const struct pack *pack_then(struct look *look, const struct flow *flow, struct text digest);
/* *under: the flow under the policy that the dossier was sent under. */
struct error *flow_under(struct look *look, const struct flow *flow, int64_t dossier,
			 struct flow *under) MUST_USE;
/* A role by its code: of the version in force, else of the dossier's; NULL when neither knows it. */
struct error *role_then(struct look *look, const struct flow *flow, int64_t dossier,
			struct text code, const struct pack_role **role) MUST_USE;

struct asking dossier_asking(struct look *look, const struct flow *flow,
			     const struct dossier *dossier);
/* The dossier to act on: MISSING, or CONFLICT when `change` is not the present one. */
struct error *dossier_take(struct act *act, const struct flow *flow, struct dossier_id id,
			   int64_t change, struct dossier *dossier) MUST_USE;
struct error *dossier_must_be_applicants(const struct act *act, const struct dossier *dossier)
	MUST_USE;
/* The applicant or a colleague of the same unit. */
struct error *dossier_must_be_units(struct act *act, const struct dossier *dossier) MUST_USE;
struct error *is_of_unit(struct look *look, const struct dossier *dossier, struct person_id person,
			 bool *is) MUST_USE;

/* thing.c: does the permit's scope have this value, written any way? */
bool scope_has(struct arena *arena, const struct flow_permit *permit, struct text value);

/* ---- read_route.c ---- */

struct error *read_route(struct look *look, const struct flow *flow, struct dossier *dossier)
	MUST_USE;
/* Who may decide the step today, into step->deciders, raised, problem and role. */
struct error *resolve_deciders(struct look *look, struct person_id applicant,
			       const struct pack_role *escalated, struct flow_step *step) MUST_USE;
/* Steps whose decision will count for later ones: fills same_as. */
void find_same(struct flow_step *steps, size_t count);
enum decider_basis basis_of(enum decider_why why, bool is_escalated);
const struct flow_decider *step_decider(const struct flow_step *step, struct person_id person);

/* ---- read_permit.c ---- */

struct error *read_permits(struct look *look, const struct flow *flow, struct dossier *dossier)
	MUST_USE;
struct error *read_items(struct look *look, const struct flow *flow, struct dossier *dossier)
	MUST_USE;
struct error *read_permit_row(struct look *look, const struct flow *flow,
			      const struct flow_permit_get_row *row, struct flow_permit *permit)
	MUST_USE;

/* ---- delegate.c ---- */

/* The pack's delegation under which the whole step may be decided, after these answers; or NULL. */
const struct pack_delegation *step_power(struct asking *asking, const struct flow_step *step);
const struct pack_delegation *extension_power(struct look *look, const struct flow *flow,
					      const struct dossier *dossier,
					      const struct pack_occasion *occasion);
/* By its code: of the version in force, else of the dossier's; NULL when neither knows it. */
struct error *power_then(struct look *look, const struct flow *flow, int64_t dossier,
			 struct text code, const struct pack_delegation **of) MUST_USE;
/* REFUSED with the reason when only a conflict of interest keeps the person from deciding the step. */
struct error *refuse_for_conflict(struct look *look, const struct dossier *dossier,
				  const struct flow_step *step, struct person_id person) MUST_USE;

/* ---- route.c ---- */

/* The steps of all occasions, merged, in order, with today's deciders. */
struct error *make_route(struct look *look, const struct flow *flow, struct dossier *dossier,
			 struct flow_step **steps, size_t *count) MUST_USE;

/* The units in which a step of WHOSE_FIELD is looked up; no 0 where a row has no owner. */
void step_units(struct asking *asking, const struct pack_step *step, struct unit_id **units,
		size_t *count);

/* ---- freeze.c ---- */

/* Canonical JSON of what is decided, with assets as they are now, or as they were when sent. */
struct freezing {
	bool is_then;	/* classes and owners as they were when sent */
	bool has_route; /* Bansho 0.1 left it out */
	int64_t revision;
};
struct text frozen_content(struct asking *asking, const struct dossier *dossier,
			   struct freezing how);

/* ---- entitled.c ---- */

/* Whether the person may apply there, and as what (role NULL: everybody may). */
struct error *find_entitled(struct look *look, const struct flow *flow,
			    const struct pack_occasion *occasion, struct person_id person,
			    bool *may, struct held_role *as) MUST_USE;
struct error *check_entitled(struct look *look, const struct flow *flow,
			     const struct dossier *dossier, const struct pack_occasion *occasion,
			     struct error **fault) MUST_USE;
/* Permits that must be in force first, or be asked for here. */
struct error *check_needed(struct look *look, const struct flow *flow,
			   const struct dossier *dossier, const struct pack_occasion *occasion,
			   struct error **faults) MUST_USE;
/* The entry says in which role it was sent, where an occasion asks for one. */
struct error *take_entitled_role(struct act *act, const struct flow *flow,
				 const struct dossier *dossier) MUST_USE;

/* ---- issue.c ---- */

struct error *plan_permit(struct look *look, const struct flow *flow,
			  const struct dossier *dossier, const struct pack_occasion *occasion,
			  struct flow_permit_preview *plan) MUST_USE;

/* ---- check.c ---- */

struct error *check_apply(struct look *look, const struct flow *flow,
			  const struct dossier *dossier, struct error **faults) MUST_USE;
struct error *check_result(struct look *look, const struct flow *flow,
			   const struct dossier *dossier, struct error **faults) MUST_USE;

/* ---- items.c ---- */

/* Makes the items of the `each` sections what the answers list (before sending). */
struct error *items_list(struct act *act, const struct flow *flow, const struct dossier *dossier)
	MUST_USE;
/* Works out how each item ended. */
struct error *items_settle(struct act *act, const struct flow *flow, const struct dossier *dossier)
	MUST_USE;
struct text serial_fold(struct arena *into, struct text serial);

/* ---- write.c ---- */

struct error *answer_put(struct act *act, struct dossier_id dossier,
			 const struct flow_answer *answer) MUST_USE;

/* INVALID when a dossier has more answers than FLOW_MOST_ANSWERS. */
struct error *answers_must_fit(const struct dossier *dossier) MUST_USE;
/* Writes down the occasions that the answers and assets meet now. */
struct error *occasions_put(struct act *act, const struct flow *flow,
			    const struct dossier *dossier) MUST_USE;

/* ---- report.c ---- */

/* Writes down the clock of every occasion that reports; is_sent: it is being sent now. */
struct error *reports_put(struct act *act, const struct flow *flow, const struct dossier *dossier,
			  bool is_sent) MUST_USE;
struct error *read_reports(struct look *look, const struct flow *flow, struct dossier *dossier)
	MUST_USE;
/* When what is reported happened; false: nobody said, or it cannot be read. */
bool report_happened(struct asking *asking, const struct pack_occasion *occasion,
		     struct moment *happened);

/* ---- put.c ---- */

/* What ledgers would not take, by the sheet's fields; is_result: rows written when complete. */
struct error *check_put(struct look *look, const struct flow *flow, const struct dossier *dossier,
			bool is_result, struct error **faults) MUST_USE;
struct error *read_made(struct look *look, const struct flow *flow, struct dossier *dossier)
	MUST_USE;

/* ---- settle.c ---- */

/* A fact about the dossier: forms, clauses and the pairs given (up to 8, ended by name NULL). */
struct error *note_dossier(struct act *act, const struct dossier *dossier, const char *what,
			   const struct fact_pair *pairs) MUST_USE;
struct error *note_permit(struct act *act, const struct dossier *dossier,
			  const struct flow_permit *permit, const char *what,
			  const struct ledger_row *asset, const struct fact_pair *pairs) MUST_USE;
struct advance {
	const char *what;		/* the fact to note */
	const struct fact_pair *pairs;	/* up to 8, ended by name NULL */
	int64_t decision;		/* just made, 0 for none: the fact names its roles */
	bool is_sending;		/* outcomes of AT_SEND run */
};
/*
 * Opens what can be opened and carries decisions over, notes the fact, and grants when nothing is
 * missing. The state must be "sent".
 */
struct error *route_advance(struct act *act, const struct flow *flow, struct dossier_id id,
			    struct advance how) MUST_USE;
/* The step is done by the decision, given in that capacity. */
struct error *step_done(struct act *act, const struct dossier *dossier,
			const struct flow_step *step, int64_t decision,
			const struct flow_decider *as) MUST_USE;
/*
 * Completes the dossier when nothing is missing any more. is_finished: the person says that it is
 * over, though a permit would still be valid.
 */
struct error *dossier_settle(struct act *act, const struct flow *flow, struct dossier_id id,
			     bool is_finished) MUST_USE;
struct error *tell(struct act *act, struct person_id person, const struct dossier *dossier,
		   const char *words) MUST_USE;
struct error *tell_deciders(struct act *act, const struct flow_step *step,
			    const struct dossier *dossier, const char *words) MUST_USE;

/* ---- permit.c ---- */

struct error *permit_take(struct act *act, const struct flow *flow, struct permit_id id,
			  int64_t change, struct dossier *dossier, struct flow_permit *permit)
	MUST_USE;
/* May the person revoke and strike: a deciding role of the dossier, or one above it. */
struct error *may_oversee(struct look *look, const struct flow *flow,
			  const struct dossier *dossier, struct person_id person, bool *may)
	MUST_USE;
struct error *must_oversee(struct act *act, const struct flow *flow, const struct dossier *dossier)
	MUST_USE;

/* ---- exception.c ---- */

bool has_emergency(const struct dossier *dossier);
/* Does it ask for rules to be bent? */
bool is_exception(const struct dossier *dossier);
/* Every exception of the dossier that is still open: closed with it. */
struct error *exceptions_close(struct act *act, const struct dossier *dossier, struct text result)
	MUST_USE;
/* May the person look at the dossier's exceptions, and as what. */
struct error *may_keep(struct look *look, const struct dossier *dossier, struct person_id person,
		       bool *may, struct decider *as) MUST_USE;
/* Tells whoever keeps the register of it. */
struct error *tell_keepers(struct act *act, const struct dossier *dossier, const char *words)
	MUST_USE;

/* ---- exception_read.c ---- */

struct error *read_bent(struct look *look, struct permit_id permit, struct text **clauses,
			size_t *count) MUST_USE;

/* ---- extend.c ---- */

/* Who decides extensions in that role, or under the delegation where one runs. */
struct error *extension_candidates(struct look *look, const struct pack_role *role,
				   const struct pack_delegation *power, struct unit_id unit,
				   struct person_id asker, struct decider **list, size_t *count)
	MUST_USE;
/* Who decides extensions of the permit; none when the pack names nobody. */
struct error *extension_deciders(struct look *look, const struct flow *flow,
				 const struct dossier *dossier, const struct flow_permit *permit, struct person_id asker,
				 struct decider **list, size_t *count) MUST_USE;

/* ---- list_waiting.c ---- */

struct error *list_waiting(struct look *look, const struct flow *flow,
			   const struct flow_query *query, size_t most, struct flow_page *page)
	MUST_USE;
struct text line_title(const struct flow *flow, struct text lead);

/* ---- clock.c ---- */

struct clock_run {
	struct store *store;
	struct arena *arena;
	const struct flow *flow;
	size_t left;
	struct flow_clock_done *done;
	struct error *trouble; /* the first act that failed; the others went on */
};
struct error *clock_steps(struct clock_run *run) MUST_USE;
struct error *clock_act(struct clock_run *run, act_work *work, void *with) MUST_USE;

#endif
