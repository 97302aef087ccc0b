/* What only the pages' own files know: a visit, the rows of the table, shared parts. */
#ifndef BANSHO_PAGES_ROOMS_H
#define BANSHO_PAGES_ROOMS_H

#include "pages/pages.h"
#include "pages/pages_html.h"

#include "web/html.h"
#include "web/url.h"

/* What waits for the visitor, as the frame of every page says. */
struct visit_counts {
	int64_t unread;	 /* notices */
	int64_t waiting; /* for this person's decision */
};

/* One request being served. Lives in the exchange's arena. */
struct visit {
	const struct office *office;
	struct exchange *exchange;
	const struct request *request;
	const struct captures *captures;
	const struct page_row *row;
	struct arena *arena;
	struct moment now;
	struct day today;
	enum language language;

	bool has_session;
	struct session session;
	struct rights rights;
	int64_t window_most;   /* minutes of a privileged window, asked of who needs one; 0: none is needed */
	struct window *window; /* what runs in the session, or NULL */
	struct text token; /* of the session */
	struct text csrf;
	struct look *look;	  /* the snapshot or act being worked in; NULL between them */
	struct visit_counts counts; /* of the frame; ask visit_counts() */
	bool is_counted;

	/* When an act was refused and its form is drawn again: what was wrong. */
	const struct error *faults;
	struct fields typed; /* what was typed before signing in again: typed_take() (upload.h) */

	/* What a handler leaves behind. */
	struct url go_to;     /* after an act: where the browser goes (303) */
	const char *done;     /* after an act: code of the message shown there (done.c), or NULL */
	struct answer answer; /* type, body, download, cookies; a page written by html_of() fills body */
	void *kept;	      /* from prepare or act to what follows */
	bool waits;	      /* from an act's look: its slow work waits for another machine */
	bool is_part;	      /* the session has not shown enough: only what leads on is open */
	bool wants_proof;     /* refused because nothing was proven lately */
};

typedef struct error *look_page(struct look *look, struct visit *visit);
typedef struct error *act_page(struct act *act, struct visit *visit);
/* Slow work between look and act (argon2, parsing): holds neither. */
typedef struct error *slow_page(struct visit *visit);

enum page_kind {
	PAGE_LOOK,	/* reads and draws, at once */
	PAGE_SLOW_LOOK, /* reads and draws on a pool thread: PDF, tables, verification */
	PAGE_ACT,	/* changes */
};

/*
 * What must have been shown in the session before the row is served; it is checked after the right. A
 * decision whose weight lies in what is decided asks with visit_must_be_fresh() instead.
 */
enum page_proof {
	PROOF_ENOUGH, /* what zone, roles and rights demand: the rule for every row */
	PROOF_PART,   /* open to a session that has not yet: /sign-in/more and what leads out of it */
	PROOF_FRESH,  /* enough, and something proven within sign-in.step-up-minutes */
};

/* A row of the dispatch table. */
struct page_row {
	struct route route;
	enum right right;
	enum page_kind kind;
	look_page *look; /* PAGE_LOOK, PAGE_SLOW_LOOK: draws. PAGE_ACT: prepares, may be NULL */
	slow_page *slow; /* PAGE_ACT: between look and act, on a pool thread; may be NULL */
	act_page *act;	 /* PAGE_ACT */
	look_page *again; /* PAGE_ACT: draws the form again with visit->faults; NULL: the fault page */
	enum body_allowed body;
	enum page_proof proof;
	bool keeps; /* PAGE_ACT: when the session had ended, what was typed is kept for the same path's GET */
};

/* The rows each feature brings to the table (table.c). */
#define PAGE_FEATURE(name) extern const struct page_row name##_rows[]; extern const size_t name##_rows_count
PAGE_FEATURE(access_account);
PAGE_FEATURE(access_import);
PAGE_FEATURE(access_review);
PAGE_FEATURE(account);
PAGE_FEATURE(account_admin);
PAGE_FEATURE(acknowledge);
PAGE_FEATURE(ask);
PAGE_FEATURE(audit);
PAGE_FEATURE(audit_case);
PAGE_FEATURE(audit_point);
PAGE_FEATURE(audit_work);
PAGE_FEATURE(card);
PAGE_FEATURE(cards);
PAGE_FEATURE(check_campaign);
PAGE_FEATURE(check_sheet);
PAGE_FEATURE(checks);
PAGE_FEATURE(clause);
PAGE_FEATURE(clauses);
PAGE_FEATURE(contract);
PAGE_FEATURE(contract_chain);
PAGE_FEATURE(contract_choose);
PAGE_FEATURE(contract_data);
PAGE_FEATURE(contract_keep);
PAGE_FEATURE(contracts);
PAGE_FEATURE(council);
PAGE_FEATURE(delegation);
PAGE_FEATURE(deputy);
PAGE_FEATURE(directory);
PAGE_FEATURE(dossier);
PAGE_FEATURE(duty_list);
PAGE_FEATURE(duty_mine);
PAGE_FEATURE(duty_one);
PAGE_FEATURE(duty_year);
PAGE_FEATURE(entrance);
PAGE_FEATURE(entrance_badge);
PAGE_FEATURE(entrance_log);
PAGE_FEATURE(evidence);
PAGE_FEATURE(exception);
PAGE_FEATURE(factor);
PAGE_FEATURE(finding);
PAGE_FEATURE(firm_edit);
PAGE_FEATURE(firms);
PAGE_FEATURE(handover);
PAGE_FEATURE(health);
PAGE_FEATURE(home);
PAGE_FEATURE(incident);
PAGE_FEATURE(incident_decide);
PAGE_FEATURE(incident_list);
PAGE_FEATURE(incident_paper);
PAGE_FEATURE(incident_plan);
PAGE_FEATURE(incident_public);
PAGE_FEATURE(incident_report);
PAGE_FEATURE(incident_work);
PAGE_FEATURE(journal);
PAGE_FEATURE(judgement);
PAGE_FEATURE(ledger);
PAGE_FEATURE(ledger_import);
PAGE_FEATURE(ledgers);
PAGE_FEATURE(log);
PAGE_FEATURE(map);
PAGE_FEATURE(monthly);
PAGE_FEATURE(more);
PAGE_FEATURE(notice);
PAGE_FEATURE(now);
PAGE_FEATURE(oscal);
PAGE_FEATURE(outside);
PAGE_FEATURE(paper);
PAGE_FEATURE(passkey);
PAGE_FEATURE(people);
PAGE_FEATURE(people_import);
PAGE_FEATURE(permit);
PAGE_FEATURE(person);
PAGE_FEATURE(person_edit);
PAGE_FEATURE(person_erase);
PAGE_FEATURE(personal_data);
PAGE_FEATURE(privilege);
PAGE_FEATURE(reconcile_difference);
PAGE_FEATURE(reconcile_import);
PAGE_FEATURE(reconcile_run);
PAGE_FEATURE(reconciliation);
PAGE_FEATURE(reconciliations);
PAGE_FEATURE(recovery);
PAGE_FEATURE(retention);
PAGE_FEATURE(review);
PAGE_FEATURE(role);
PAGE_FEATURE(second);
PAGE_FEATURE(settings);
PAGE_FEATURE(sign_in);
PAGE_FEATURE(software);
PAGE_FEATURE(stock);
PAGE_FEATURE(system);
PAGE_FEATURE(system_settings);
PAGE_FEATURE(systems);
PAGE_FEATURE(tablet);
PAGE_FEATURE(take);
PAGE_FEATURE(thing);
PAGE_FEATURE(things);
PAGE_FEATURE(training);
PAGE_FEATURE(training_drill);
PAGE_FEATURE(training_plan);
PAGE_FEATURE(training_section);
PAGE_FEATURE(transfer);
PAGE_FEATURE(transfer_line);
PAGE_FEATURE(unit);
PAGE_FEATURE(unit_edit);
PAGE_FEATURE(version);
PAGE_FEATURE(version_act);
PAGE_FEATURE(yearly);
PAGE_FEATURE(zone);
#define PAGE_ROWS(name, ...)                                                                   \
	const struct page_row name##_rows[] = { __VA_ARGS__ };                                 \
	const size_t name##_rows_count = sizeof name##_rows / sizeof *name##_rows

/*
 * Draw a page: `draw` is a function of the page compiler. Sets visit->answer.body.
 *	return visit_draw(visit, home_page, &page)
 */
#define visit_draw(visit, draw, page)                                                          \
	__extension__({                                                                        \
		struct html html_ = html_open((visit)->arena);                                 \
		draw(&html_, (page));                                                          \
		visit_drawn((visit), &html_);                                                  \
	})
struct error *visit_drawn(struct visit *visit, const struct html *html) MUST_USE;

/* The frame every page stands in. `title` is said already. `section` marks the menu: "home". */
struct frame_part visit_frame(struct visit *visit, struct text title, const char *section);

/* Counted when first asked for: an act that answers with a redirect never does. */
struct visit_counts visit_counts(struct visit *visit);

/* A field of the request; empty when there is none. */
struct text visit_text(const struct visit *visit, const char *name);
/* For drawing a form: what was typed when it is drawn again, else what is stored. */
struct text visit_typed(const struct visit *visit, const char *name, struct text stored);
/* What is wrong with that field, or empty. */
struct text visit_fault(const struct visit *visit, struct text field);
/* The number in the path: visit_id(visit, "id"). */
int64_t visit_id(const struct visit *visit, const char *name);
/* A hidden field's number, INVALID with plain words when somebody has tampered with it. */
struct error *visit_number(const struct visit *visit, const char *name, int64_t *number) MUST_USE;
/* The form's "digest": of what it showed, so that what is done is what was seen. INVALID likewise. */
struct error *visit_digest(const struct visit *visit, struct hash *digest) MUST_USE;

/* Has the person this right at all / for that unit? REFUSED with words otherwise. */
struct error *visit_must_reach(struct look *look, struct visit *visit, enum right right,
			       struct unit_id unit) MUST_USE;
bool visit_may(const struct visit *visit, enum right right);
/* The same for a page of the table by its constant address, as "/findings"; what is no page nobody may. */
bool visit_may_open(const struct visit *visit, const char *path);
/* The same asked, for what a page offers. */
bool visit_reaches(struct look *look, const struct visit *visit, enum right right, struct unit_id unit);

/*
 * In a PAGE_ACT row, from `look` or `act`: the session has proven something within
 * sign-in.step-up-minutes. Otherwise an error, on which the dispatcher asks for a proof and brings the
 * person back to this act with what they typed (files must be chosen again).
 */
struct error *visit_must_be_fresh(struct look *look, struct visit *visit) MUST_USE;

/*
 * Admit who asks for visit->row, or refuse: who they are, their rights, language and privileged window then
 * stand in `visit`. *is_done: they were led elsewhere (to sign in, to a new password, back to their form) and have
 * their answer (admit.c).
 */
struct error *visit_admit(struct look *look, struct visit *visit, bool *is_done) MUST_USE;

/* The proof that is asked for instead of an act that was refused for want of one (more.c). */
struct error *proof_draw(struct look *look, struct visit *visit) MUST_USE;
/* The page to sign in (sign_in.c), and its offer of passkeys: NULL when they cannot be used (passkey.c). */
struct error *sign_in_draw(struct look *look, struct visit *visit) MUST_USE;
struct passkey_part *passkey_offer(struct look *look, struct visit *visit);
/* Privileged windows (people/window.h), read with the session. The dispatcher asks for the right of an
   act's row; an act that uses another right asks itself. */
struct error *visit_read_window(struct look *look, struct visit *visit) MUST_USE;
bool visit_lacks_window(const struct visit *visit, enum right right);
struct error *visit_must_have_window(const struct visit *visit, enum right right) MUST_USE;
void frame_window(const struct visit *visit, struct frame_part *frame);

/* The message for a code that an act left ("sent"), said in the thread's language; empty: none. */
struct text done_words(struct text code);

/* An act's name for a person ("dossier.decide": 決裁), and where an object ("asset:5") is shown. */
struct text act_in_words(struct text act);
/* "asset:5" as 資産 5. */
struct text about_in_words(struct arena *arena, struct text about);
bool about_url(struct arena *arena, struct text about, struct url *url);
/* False for a row of a ledger, or a system, that this person may not open. */
bool about_opens(struct look *look, const struct visit *visit, struct text about);

/* ---- Shared parts ---- */

/* A pack's field as a box of a form. `options` for FIELD_UNIT, FIELD_ASSET, FIELD_PERSON. */
struct field_option {
	struct text value, words;
};
struct field_part field_box(struct visit *visit, const struct pack_field *field, struct text stored,
			    const struct field_option *options, size_t count);
/* Leave of a box with groups what the words find, and what is chosen. */
void box_narrow(struct visit *visit, struct field_part *box, struct text words);
/* A plain box that no pack knows: label and help are said already. */
enum box_kind { BOX_TEXT, BOX_LONG, BOX_DAY, BOX_MOMENT, BOX_NUMBER, BOX_CHOICE, BOX_PASSWORD, BOX_YES_NO };
struct field_part plain_box(struct visit *visit, enum box_kind kind, const char *name,
			    struct text label, struct text help, struct text stored,
			    bool is_required);
/* A box of several lines, kept in the arena. */
struct field_part *long_box(struct visit *visit, const char *name, const char *label, const char *help,
			    struct text stored, bool is_required);
/* The living units as options, indented by depth; not to be changed, and gone with the look. */
struct error *unit_options(struct look *look, struct visit *visit, struct field_option **options,
			   size_t *count) MUST_USE;

/* What was typed into a pack field's box, as field_read() expects it: several boxes joined. */
struct text field_typed(const struct visit *visit, const struct pack_field *field);

/* Run a companion program of ours ("bansho-print") over bytes. */
struct error *run_companion(struct visit *visit, const char *name, const char *const *arguments,
			    struct text in, struct text *out) MUST_USE;

/* The words as a QR code, as the answer's picture. */
struct error *qr_answer(struct visit *visit, struct text words) MUST_USE;

#endif
