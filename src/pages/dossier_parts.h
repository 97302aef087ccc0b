/* What the pages around a dossier share: reading it, its addresses, and the pieces they all show. */
#ifndef BANSHO_PAGES_DOSSIER_PARTS_H
#define BANSHO_PAGES_DOSSIER_PARTS_H

#include "pages/rooms.h"

/* ---- Reading ---- */

/* The dossier {id} of the path: MISSING, or REFUSED when the visitor may not see it. */
struct error *dossier_open(struct look *look, struct visit *visit, struct dossier *dossier)
	MUST_USE;
/* The same, of the visitor's own and still being written; REFUSED or CONFLICT otherwise. */
struct error *dossier_open_draft(struct look *look, struct visit *visit, struct dossier *dossier)
	MUST_USE;
/* The dossier's answers and assets, as conditions want them. */
struct flow_asked dossier_asked(struct arena *into, const struct dossier *dossier);
/* The pack's field of that name: a question's, else of a form of the dossier; NULL. */
const struct pack_field *dossier_field(const struct visit *visit, const struct dossier *dossier,
				       struct text name, const struct pack_section **section);
/* A value as people read it; what cannot be read is shown as it was typed. */
struct text value_words(struct look *look, const struct pack_field *field, struct text value);

/* ---- Addresses ---- */

struct url dossier_url(struct visit *visit, struct dossier_id id);
struct url permit_url(struct visit *visit, struct permit_id id);
struct url row_url(struct visit *visit, const struct ledger_row *row);
/* May this person open it? */
bool row_opens(struct look *look, const struct visit *visit, const struct ledger_row *row);
struct url clause_url(struct visit *visit, const struct pack_clause *clause);

/* ---- Words and tags ---- */

/* A class as a tag: the highest value of its axis is marked most, those between less. */
struct class_tag {
	struct text mark;  /* Ⅰ */
	struct text words; /* 重要性分類Ⅰ */
	bool is_top, is_mid;
};
struct class_tag class_tag(const struct pack_axis *axis, const struct pack_class *value);
struct class_tag row_tag(const struct ledger_row *row);
/* Of several axes the first is marked; `words` names all of them. */
struct class_tag classes_tag(struct visit *visit, const struct flow_class *classes, size_t count);
struct text state_tag(enum dossier_state state);
struct text permit_tag(enum permit_state state);
struct text unit_name(struct look *look, int64_t unit);
/* The titles of all its occasions. */
struct text dossier_titles(struct visit *visit, const struct dossier *dossier);
/* 「○○の職務代理として」, or empty. */
struct text capacity_words(struct visit *visit, enum decider_basis basis,
			   struct text deputy_for_name);
/* The same behind a name: (専決), (代。…の職務代理); empty for a holder. */
struct text capacity_tag(struct visit *visit, enum decider_basis basis,
			 struct text deputy_for_name);
/* The columns of a row that lists show, but for those with a place of their own. */
struct text row_details(struct look *look, const struct ledger_row *row);

/* ---- Pieces ---- */

/* The steps of applying; `now` is the one shown. The dossier may be NULL. */
enum { STAGE_ASK, STAGE_ASSETS, STAGE_NEEDS, STAGE_FORM, STAGE_SEND, STAGE_COUNT };
struct stages_part *stages_make(struct visit *visit, const struct dossier *dossier, int now);
struct error *holdings_make(struct look *look, struct visit *visit, const struct dossier *dossier,
			    struct holdings_part **made) MUST_USE;
/* The handling rules that matter for the occasions; without any, all rules of the classes. */
struct handling_part *handling_make(struct visit *visit,
				    const struct pack_occasion *const *occasions, size_t count,
				    const struct flow_class *classes, size_t classes_count);
struct handling_part *dossier_handling(struct visit *visit, const struct dossier *dossier);
/* 「申請・報告できる人: …」, or empty when it is everybody. */
struct text by_words(struct visit *visit, const struct pack_occasion *occasion);
/* 「24時間以内」: a parameter of days or minutes, as the body has set it. */
struct text within_words(struct look *look, struct visit *visit,
			 const struct pack_parameter *within);
struct duties_part *duties_make(struct visit *visit, const struct pack_occasion *const *occasions,
				const bool *is_wanted, size_t count);
struct route_part *route_make(struct visit *visit, const struct flow_step *steps, size_t count,
			      const struct dossier *dossier);
/* All sheets with what was answered, every shared answer once. */
struct error *sheets_make(struct look *look, struct visit *visit, const struct dossier *dossier,
			  struct sheets_part **made) MUST_USE;

/* What sending it would allow, for whom, until when. */
struct error *allowed_make(struct look *look, struct visit *visit, const struct dossier *dossier,
			   struct allowed_part **made) MUST_USE;
/* The field that a permit's scope of that name is from, or NULL; a value of it as people read it. */
const struct pack_field *scope_field(const struct pack_occasion *occasion, struct text name);
struct text scope_words(struct visit *visit, const struct pack_field *field, struct text value);
/* The clocks of what was done first and is reported after; NULL when there are none. */
struct reports_part *reports_make(struct visit *visit, const struct dossier *dossier);

/* ---- Boxes for answers ---- */

/* A field box with the people and units it may name. `item`: the serial in an `each` section. */
struct error *answer_box(struct look *look, struct visit *visit, const struct dossier *dossier,
			 const struct pack_field *field, struct text name, struct text stored,
			 struct field_part **box) MUST_USE;
/* A clause field as what is chosen, what the words in "find-NAME" find, and a box to search. */
void clauses_box(struct visit *visit, struct field_part *box);
/* `to` with the words of the clause field that was searched, if one was. */
struct url clauses_sought(struct visit *visit, const struct dossier *dossier, struct url to);
/* Of the ledger whose rows are chosen on a page of their own. */
bool is_asset_field(const struct visit *visit, const struct pack_field *field);
/* Living rows of a field's ledger, the first of them, and those already chosen. */
struct error *row_options(struct look *look, struct visit *visit, const struct pack_field *field,
			  struct text stored, struct field_option **options, size_t *count) MUST_USE;
/*
 * What was typed into the boxes the form showed (its hidden fields "shown"), as answers about
 * `item`. Fields the pack does not know are left out.
 */
struct error *answers_typed(struct visit *visit, const struct dossier *dossier, struct text item,
			    struct flow_answer *answers, size_t most, size_t *count) MUST_USE;

/* ---- Files given with a result (attachment.c) ---- */

/* Keep the files of the request beside the store, each under its SHA-256. Slow. */
struct error *files_keep(struct visit *visit) MUST_USE;
/* Answer with a kept file by its digest; whether it may be read is the caller's to see. */
struct error *file_send(struct visit *visit, struct text hex, struct text name) MUST_USE;
/* The value of a file field after files_keep: digest and name; empty when none was chosen. */
struct text file_value(struct visit *visit, struct text name);
/* A file field's value as its name and where to get it. */
void file_link(struct visit *visit, const struct dossier *dossier, struct text value,
	       struct text *name, struct url *href);
/* One kept under that digest; BROKEN when its bytes are others. */
struct error *blob_read(struct visit *visit, const struct hash *digest, struct text *bytes) MUST_USE;
/* Read one that the dossier names. */
struct error *file_draw(struct look *look, struct visit *visit) MUST_USE;

#endif
