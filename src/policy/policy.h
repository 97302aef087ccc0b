/*
 * A body's policy as data. A pack is a folder of YAML files (docs/pack-format.md); pack_load()
 * checks all of it and gives immutable structs that live in one arena. Everything below is read
 * only, holds no pointer outside that arena, and may be read by any thread.
 *
 * This room is pure: no store, no clock, no network. It knows what the policy says, not who the
 * people are nor what was answered; those who know bring answers (struct when_answers).
 *
 * Lists are a pointer and a count with the same name: `fields`, `fields_count`. An order that the
 * pack's author chose (clauses, fields, values) is kept; lookups by id are by binary search.
 */
#ifndef BANSHO_POLICY_POLICY_H
#define BANSHO_POLICY_POLICY_H

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"

/* --- words --- */

/* What a person reads, in both languages. `en` is never empty when `ja` is not. */
struct words {
	struct text ja;
	struct text en;
};

/* The words in the language of this thread (base/say.h). */
struct text words_now(struct words words);

/* --- roles --- */

enum role_scope {
	SCOPE_BODY,	/* one holder for the whole body: CISO */
	SCOPE_BUREAU,	/* one per bureau: 情報セキュリティ責任者 */
	SCOPE_SECTION,	/* one per section: 情報セキュリティ管理者 */
	SCOPE_SYSTEM,	/* one per information system */
	SCOPE_EVERYONE, /* everybody who works for the body; not appointed */
};

struct pack_role {
	struct text code; /* "manager" */
	struct words name;
	struct words short_name; /* for narrow places; the name where the pack gives none */
	enum role_scope scope;
	struct words appointed;	       /* how: "課長の職にある者" */
	const struct pack_role *above; /* decides when the holder may not; NULL at the top */
	bool must_be_held;	       /* a unit of that scope without a holder is a gap */
	bool is_collegial;	       /* a council or team: several holders at once */
	const struct pack_clause *clause;
};

/* --- classes --- */

/* The moments at which a handling rule matters. Bits of pack_rule.moments. */
enum moment_bit {
	WHEN_CREATED = 1,
	WHEN_STORED = 2,
	WHEN_SENT = 4,
	WHEN_CARRIED = 8,
	WHEN_OUTSIDE = 16, /* processed outside the premises */
	WHEN_DISPOSED = 32,
};

struct pack_rule {
	struct words words;
	const struct pack_clause *clause;
	unsigned moments;
};

struct pack_criterion {
	struct words words;
	const struct pack_clause *clause;
};

struct pack_class {
	struct text code; /* "I" */
	struct words name; /* 重要性分類Ⅰ */
	struct words mark; /* what a label shows: Ⅰ */
	int rank;	   /* 1 is the lowest; higher means more protection */
	struct pack_criterion *criteria;
	size_t criteria_count;
	struct pack_rule *rules; /* handling profile, in the pack's order */
	size_t rules_count;
};

/* One ordered scale. Where several things come together the highest value counts. */
struct pack_axis {
	struct text code; /* also the name in conditions: "class" */
	struct words name;
	struct pack_class *values; /* highest first */
	size_t values_count;
	const struct pack_class *unclassified; /* what counts until somebody has classified */
};

/* --- parameters --- */

enum parameter_kind {
	PARAMETER_DAYS,
	PARAMETER_MINUTES,
	PARAMETER_COUNT,
	PARAMETER_YES_NO, /* 0 or 1 */
};

/* A value the policy leaves open. A body's own setting, within the bounds, overrules `usual`. */
struct pack_parameter {
	struct text code; /* "permit.usual-days" */
	struct words name;
	enum parameter_kind kind;
	int64_t usual;
	int64_t least;
	int64_t most;
	const struct pack_clause *clause; /* the clause that leaves it open, or NULL */
};

/* --- clauses --- */

enum clause_kind {
	CLAUSE_HEADING, /* no duty of its own */
	CLAUSE_APPROVE,
	CLAUSE_REPORT,
	CLAUSE_RECORD,
	CLAUSE_PERIODIC,
	CLAUSE_ENFORCE,
	CLAUSE_DETECT,
	CLAUSE_CONVERT,
	CLAUSE_ASSIGN,
	CLAUSE_ATTEST,
	CLAUSE_PLAN,
	CLAUSE_PHYSICAL,
};

enum modality {
	MUST,
	MUST_NOT,
	MAY,
	ENDEAVOUR, /* 努める */
};

/* A place where the document cites one of its own clauses. */
struct pack_reference {
	struct text printed; /* "7.4.(1)", as printed */
	struct words subject; /* what the sentence says stands there: 例外措置の許可; may be empty */
	const struct pack_clause *to; /* the clause meant, or NULL: nobody knows */
};

struct pack_statute {
	struct text name;   /* サイバーセキュリティ基本法 */
	struct text number; /* 平成26年法律第104号, as printed */
};

struct pack_clause {
	struct text id;	    /* "3.2.9.a-1", "n11": as the pack writes it, without any prefix */
	struct text number; /* "3.2.(9) a)", "※11": as the document prints it */
	struct words title; /* of a chapter, section or item; empty otherwise */
	struct words duty;  /* in our own words; empty when is_duty is false */
	bool is_duty;	    /* counted in "413 clauses" */
	bool is_note;	    /* an explanatory note (※) */
	bool is_discretionary; /* 必要に応じ: not doing it is a judgement that must be recorded */
	enum clause_kind kind;
	enum modality modality;
	struct text module;		/* the part of Bansho it belongs to: "ledger" */
	const struct pack_role *actor;	/* NULL for headings */
	const struct pack_role **also;	/* further actors, where the text names two */
	size_t also_count;
	struct words printed; /* the document's own sentence, where the pack's author gives it; may be empty */
	struct text form_number;	/* 様式 the clause names ("2"), or empty; may not be in the pack yet */
	const struct pack_clause *parent; /* NULL for chapters and notes to the whole */
	int depth;			/* 0 for chapters */
	const struct pack_evidence **evidence; /* rules that prove it; none: the state is missing */
	size_t evidence_count;
	/* What the text leaves open, or says of others; the linter reads these. */
	struct words deadline_words;	       /* 速やかに; empty: no deadline */
	const struct pack_parameter *deadline; /* the number the body gives it, or NULL */
	struct words period_words;	       /* 定期的に */
	const struct pack_parameter *period;
	struct pack_reference *references;
	size_t references_count;
	struct text *roles_named; /* names of roles as printed in the clause */
	size_t roles_named_count;
	struct pack_statute *statutes;
	size_t statutes_count;
};

/* --- fields: of ledgers, forms and questions --- */

/*
 * The closed set of kinds. A value is always text; field_read() turns what a person typed into
 * the one way it is kept (right column), field_show() into what a person reads. Empty is
 * "not answered" for every kind.
 */
enum field_kind {
	FIELD_TEXT,	 /* one line */
	FIELD_LONG_TEXT, /* lines separated by \n */
	FIELD_DAY,	 /* 2026-11-21 */
	FIELD_MOMENT,	 /* 2026-11-21T09:30, JST */
	FIELD_PERIOD,	 /* 2026-11-21/2027-03-31, both included */
	FIELD_NUMBER,	 /* 42 */
	FIELD_CHOICE,	 /* the choice's code */
	FIELD_CHOICES,	 /* codes separated by \n, in the field's order */
	FIELD_YES_NO,	 /* yes, no */
	FIELD_ASSET,	 /* row number of ledger `of` */
	FIELD_ASSETS,	 /* row numbers separated by \n */
	FIELD_PERSON,	 /* a person's number */
	FIELD_UNIT,	 /* a unit's number */
	FIELD_CLASS,	 /* code of a value of `axis` */
	FIELD_SERIALS,	 /* one item per line: serial number, then optionally \t and what it is */
	FIELD_FILE,	 /* attachment: 64 hex digits SHA-256, \t, file name */
	FIELD_CLAUSES,	 /* ids of duties separated by \n */
};

struct pack_choice {
	struct text code;
	struct words words;
	struct words help;
	struct words group;   /* heading under which it is offered; empty: none */
	struct text *aliases; /* what people's old lists call it; for import */
	size_t aliases_count;
};

/* Where a field's first value comes from. */
enum prefill {
	PREFILL_NONE,
	PREFILL_APPLICANT,	/* the person applying */
	PREFILL_APPLICANT_UNIT,
	PREFILL_TODAY,
	PREFILL_NOW,
	PREFILL_ASSET, /* the column `prefill_column` of the asset chosen first */
};

struct pack_field {
	struct text name; /* the same name in two forms or a question is one shared answer */
	struct words label;
	struct words help;
	enum field_kind kind;
	bool is_required;
	int64_t least; /* texts: characters; number: value; lists: items */
	int64_t most;
	bool has_least;
	bool has_most;
	struct pack_choice *choices;
	size_t choices_count;
	const struct when *shown_when; /* NULL: always. A field that is not shown is not answered. */
	enum prefill prefill;
	struct text prefill_column;
	const struct pack_axis *axis;	 /* FIELD_CLASS */
	bool is_computed;		 /* FIELD_CLASS: the highest of the assets chosen; nobody types it */
	const struct pack_ledger *of;	 /* FIELD_ASSET(S) */
	const struct pack_clause *clause; /* why it is asked, or NULL */
	bool is_personal;		 /* names a person: only as a commitment in the journal */
	/* In ledgers: */
	bool is_listed;	  /* a column of list pages */
	bool is_searched; /* found by the search box */
	struct text *aliases; /* column names in people's old lists, for import */
	size_t aliases_count;
};

/* --- ledgers --- */

struct pack_ledger {
	struct text code; /* "asset" */
	struct words name;
	const struct pack_form *form; /* the 様式 it prints as, or NULL */
	const struct pack_clause **clauses;
	size_t clauses_count;
	struct pack_field *fields;
	size_t fields_count;
	/* Named columns that the machine itself reads; each is one of `fields`, or NULL. */
	const struct pack_field *title;	    /* what the row is called */
	const struct pack_field *class_field; /* its class on the first axis */
	const struct pack_field *owner;	    /* FIELD_UNIT: the unit that answers for it */
	const struct pack_field *serial;    /* identifies media; unique among living rows when given */
	const struct pack_field *parent;    /* FIELD_ASSET: what it is a copy of; class never below it */
	const struct pack_field *retention; /* FIELD_DAY: keep until */
	const struct pack_parameter *confirm; /* confirmed again within that many days, or NULL */
};

/* --- forms --- */

enum form_stage {
	STAGE_APPLY,  /* answered before the decision; part of the digest decided upon */
	STAGE_RESULT, /* answered afterwards: what was really done */
};

struct pack_section {
	struct words title;
	enum form_stage stage;
	const struct pack_field *each; /* FIELD_SERIALS: the section is answered once per item; or NULL */
	const struct when *shown_when;
	struct pack_field *fields;
	size_t fields_count;
};

/* A box on the paper for a decision: who decides there is the route's business. */
struct pack_box {
	struct words label;
	const struct pack_role *role; /* NULL: the applicant's own seal box */
};

/*
 * How an item of an `each` section may end. The first whose condition holds for the item's
 * answers counts; an item for which none holds is open, and the sheet stays open with it.
 */
struct pack_end {
	struct text code;
	struct words words;
	bool is_verified; /* false: claimed, nobody of ours saw it */
	const struct when *when;
};

struct pack_form {
	struct text number; /* "2", "11-1" */
	struct words title;
	struct words label; /* 様式第2号 */
	bool is_given;	/* the policy gives this 様式; false: Bansho's own paper for what has none */
	struct words addressee; /* role or office on the paper: （宛先）情報セキュリティ管理者 */
	const struct pack_clause **clauses;
	size_t clauses_count;
	struct pack_section *sections;
	size_t sections_count;
	struct pack_box *boxes;
	size_t boxes_count;
	struct pack_end *ends;
	size_t ends_count;
	const struct pack_ledger *ledger; /* this sheet is the paper of a ledger (form 1), or NULL */
};

/* --- occasions --- */

enum step_verb {
	STEP_PERMISSION,   /* 許可: without it nothing goes on */
	STEP_CONSULTATION, /* 協議: an opinion is recorded; it goes on whatever the opinion is */
	STEP_NOTIFICATION, /* 報告: somebody is told and acknowledges; nothing waits for it */
};

/* In whose unit the role is looked up. */
enum step_whose {
	WHOSE_APPLICANT, /* the applicant's unit, or the nearest unit above with a holder */
	WHOSE_OWNER,	 /* the unit that owns each asset chosen */
	WHOSE_BODY,	 /* the body's one holder */
	WHOSE_FIELD,	 /* the unit answered in `field`, or owning the row chosen there */
};

struct pack_step {
	enum step_verb verb;
	const struct pack_role *role;
	enum step_whose whose;
	const struct pack_field *field; /* WHOSE_FIELD: FIELD_UNIT or FIELD_ASSET(S) of form or questions */
	int order; /* steps of equal order may be taken in any order; 1 is first */
	const struct when *when; /* NULL: always */
	const struct pack_clause *clause;
};

enum outcome_at {
	AT_SEND,     /* as soon as it is sent: for reports, which nobody permits */
	AT_GRANT,    /* as soon as every permission of the route is given */
	AT_COMPLETE, /* when the result is recorded and every item has ended */
};

struct pack_argument {
	struct text name;
	struct text value; /* a literal, or the name of a field when is_field */
	bool is_field;
};

struct pack_outcome {
	struct text name; /* "permit.issue": one of pack_names.outcomes */
	enum outcome_at at;
	struct pack_argument *arguments;
	size_t arguments_count;
};

/* One value of a permit that machines compare: remote access for device = serial. */
struct pack_scope {
	struct text name; /* "device" */
	const struct pack_field *field;
};

struct pack_permit {
	const struct pack_parameter *usual; /* days, when the form does not say until when; or NULL */
	const struct pack_parameter *most;  /* days, at most; or NULL */
	const struct pack_field *period;    /* FIELD_PERIOD or FIELD_DAY: asked validity, or NULL */
	const struct pack_field *leaves;    /* FIELD_MOMENT: planned going out, or NULL */
	const struct pack_field *returns;   /* FIELD_MOMENT: planned coming back; not NULL: the
					       permit is signed out and back */
	const struct pack_role *extends;    /* who may extend it, or NULL: nobody, apply again */
	const struct pack_field *holder;    /* FIELD_PERSON: whom it lets pass; NULL: the applicant */
	struct pack_scope *scope;
	size_t scope_count;
};

/* Acted first, reported after: the report must be sent within that time of the event. */
struct pack_report_clock {
	const struct pack_field *happened;     /* FIELD_MOMENT or FIELD_DAY */
	const struct pack_parameter *within;   /* minutes or days */
};

/* The permit of this occasion bends other rules. */
struct pack_exception {
	const struct pack_field *clauses; /* FIELD_CLAUSES: the rules bent */
	const struct pack_field *measure; /* what is done instead, or NULL */
	bool is_emergency; /* in force from the act reported, without permission */
	const struct pack_parameter *ends; /* days, where no end is stated */
};

struct pack_occasion {
	struct text code; /* "send" */
	struct words title;
	struct words why; /* plain words for the person: what the policy asks here, and why */
	const struct pack_clause **clauses;
	size_t clauses_count;
	const struct pack_form *form; /* NULL: a permission for which no 様式 exists */
	const struct when *when;      /* over question answers and asset columns */
	struct pack_step *steps;
	size_t steps_count;
	const struct pack_role **by; /* who may apply or report; none: everybody */
	size_t by_count;
	const struct pack_occasion **needs; /* permits that must be valid, or be asked for together */
	size_t needs_count;
	bool is_offered; /* may be chosen by name, without the questions leading to it */
	bool has_permit;
	struct pack_permit permit;
	bool has_report;
	struct pack_report_clock report;
	bool has_exception;
	struct pack_exception exception;
	struct pack_outcome *outcomes;
	size_t outcomes_count;
};

/* --- evidence --- */

enum evidence_kind {
	EVIDENCE_PERMITS,  /* permits of `occasion` exist as the route wants them, none overdue */
	EVIDENCE_LEDGER,   /* rows of `ledger` are current: confirmed within `within` */
	EVIDENCE_ROLE,	   /* `role` is held today wherever its scope asks for it */
	EVIDENCE_CONTROL,  /* the built-in control `control` is on and was tested */
	EVIDENCE_BALANCED, /* every finished sheet of `occasion` balances, nothing open too long */
	EVIDENCE_JUDGED,   /* a person judged it, within `within` */
	EVIDENCE_REPORTS,  /* reports of `occasion` were made in time, none is waiting too long */
	EVIDENCE_EXCEPTIONS, /* no exception has run out unclosed, all looked at within `within` */
	EVIDENCE_ACKNOWLEDGED, /* everybody bound has acknowledged the version in force, within `within` */
	EVIDENCE_AWAITS,   /* a part of Bansho that does not exist yet: always missing */
};

struct pack_evidence {
	enum evidence_kind kind;
	const struct pack_clause **clauses;
	size_t clauses_count;
	const struct pack_occasion *occasion;
	const struct pack_ledger *ledger;
	const struct pack_role *role;
	struct text control; /* one of pack_names.controls */
	struct text part;    /* EVIDENCE_AWAITS: one of pack_names.parts */
	const struct when *where; /* EVIDENCE_LEDGER: over the row's own columns; NULL: every row */
	int64_t least;	     /* EVIDENCE_LEDGER: that many rows at least, usually 1 */
	const struct pack_parameter *within; /* NULL: no freshness asked */
	bool is_partial; /* shows it for Bansho itself only; the body's other systems stay unproven */
	struct words words; /* what is looked at, for the page */
};

/* --- the pack --- */

struct pack_term {
	struct words name;
	struct words means; /* in our own words */
	struct text *aliases;
	size_t aliases_count;
	const struct pack_clause *clause;
};

/* One edition of the document, oldest first. */
struct pack_edition {
	struct text version;
	struct text enacted;   /* ISO day, or empty */
	struct text effective; /* ISO day, or empty */
	bool is_full; /* 全部改正 */
};

struct pack {
	struct text id; /* "takamatsu" */
	struct words title;
	struct words body; /* name of the sample body */
	struct text version;
	bool is_sample;		/* made to show how it works, not adopted by the body itself */
	struct words document;	/* 情報セキュリティ対策基準 */
	struct words law;	/* the law that obliges the body to have it */
	struct text effective; /* ISO day from which it applies */
	struct text enacted;   /* ISO day, or empty */
	struct pack_edition *editions;
	size_t editions_count;
	const struct pack_role *publishes; /* who may put a new version into force, or NULL: only the command line */
	bool is_acknowledged; /* everybody is asked to acknowledge the version that binds them */
	struct pack_term *terms;
	size_t terms_count;
	struct hash digest; /* SHA-256 over its sorted files: names, lengths, bytes */
	struct pack_role *roles;
	size_t roles_count;
	struct pack_axis *axes;
	size_t axes_count;
	struct pack_parameter *parameters;
	size_t parameters_count;
	struct pack_clause *clauses; /* in the document's order, headings included */
	size_t clauses_count;
	size_t duties_count; /* of them with is_duty */
	struct pack_ledger *ledgers;
	size_t ledgers_count;
	struct pack_form *forms; /* by number: 1, 2, 3, 10, 11-1 */
	size_t forms_count;
	struct pack_field *questions; /* "say what you want to do", in order */
	size_t questions_count;
	struct pack_occasion *occasions;
	size_t occasions_count;
	struct pack_evidence *evidence;
	size_t evidence_count;
	const struct pack_index *index; /* for the lookups below */
};

/* What the programs can do; a pack that names anything else does not load. NULL-terminated. */
struct pack_names {
	const char *const *outcomes;
	const char *const *controls;
	const char *const *parts; /* of Bansho, not built yet: what EVIDENCE_AWAITS may name */
};

/* The tables of this version: what a pack may name. programs/ fills exactly these. */
extern const struct pack_names pack_known;

struct pack_report {
	size_t files;
	size_t clauses; /* duties */
	size_t headings;
	size_t forms;
	size_t errors;
	size_t warnings_count;
	struct error *warnings; /* a list like errors; nothing that stops the pack */
	size_t without_evidence; /* duties no rule proves (not a warning each: it is only honest) */
};

/*
 * Load and check the pack in `folder`. Success: *pack is complete, consistent and lives in `into`
 * (about 1 MiB for 413 clauses). Failure: a list of INVALID errors, one per mistake, all of them,
 * in order of file and line; `field` is "forms/2.yaml:14:7", the words say what is wrong and what
 * would be right. *pack is untouched then; *report (may be NULL) is filled either way. MISSING
 * when the folder is not there. Limits: 200 files, 4 MiB each, depth 12, 20,000 clauses;
 * after 500 mistakes the rest is not listed.
 */
struct error *pack_load(struct arena *into, const char *folder, const struct pack_names *known,
			struct pack **pack, struct pack_report *report) MUST_USE;

/* Lookups: NULL when there is none. */
const struct pack_role *pack_role(const struct pack *pack, struct text code);
const struct pack_axis *pack_axis(const struct pack *pack, struct text code);
const struct pack_parameter *pack_parameter(const struct pack *pack, struct text code);
const struct pack_clause *pack_clause(const struct pack *pack, struct text id);
const struct pack_ledger *pack_ledger(const struct pack *pack, struct text code);
const struct pack_form *pack_form(const struct pack *pack, struct text number);
const struct pack_occasion *pack_occasion(const struct pack *pack, struct text code);
const struct pack_field *pack_question(const struct pack *pack, struct text name);
const struct pack_field *ledger_field(const struct pack_ledger *ledger, struct text name);
/* A field of the form, whichever section; *section (may be NULL) says which. */
const struct pack_field *form_field(const struct pack_form *form, struct text name,
				    const struct pack_section **section);
const struct pack_choice *field_choice(const struct pack_field *field, struct text code);
const struct pack_class *axis_value(const struct pack_axis *axis, struct text code);
/* The higher of two codes; an empty or unknown code counts as `unclassified`. */
const struct pack_class *class_highest(const struct pack_axis *axis, struct text a, struct text b);

/* Does `clause` stand under `above`, or is it `above` itself? */
bool clause_is_under(const struct pack_clause *clause, const struct pack_clause *above);

/* --- values --- */

/*
 * Turn what a person typed (or a cell of an import) into the value kept, checking kind, limits
 * and choices, but neither `is_required` nor whether asset, person or unit exist. An empty or
 * blank text gives an empty value. INVALID names field->name and says what would be right.
 * Choices are accepted as code, either language's words or alias, whatever their width.
 */
struct error *field_read(struct arena *into, const struct pack_field *field, struct text typed,
			 struct text *value) MUST_USE;

/*
 * The value as a person reads it in the thread's language: wareki days, words of choices, 「、」
 * between list items. Asset, person and unit come out as their numbers: whoever knows the names
 * shows those instead.
 */
struct text field_show(struct arena *into, const struct pack_field *field, struct text value);

/* A list value (FIELD_CHOICES, FIELD_ASSETS, FIELD_SERIALS) item by item: false at the end. */
bool value_next(struct text *rest, struct text *item);
/* FIELD_SERIALS item or FIELD_FILE value: before and behind the tab. */
void value_halves(struct text item, struct text *first, struct text *second);
/* FIELD_PERIOD value: false when it is not one. */
struct day;
bool value_period(struct text value, struct day *from, struct day *until);

const char *field_kind_name(enum field_kind kind);
const char *clause_kind_name(enum clause_kind kind); /* "approve" */

/* --- conditions --- */

/*
 *	when   = or
 *	or     = and { "or" and }
 *	and    = not { "and" not }
 *	not    = "not" not | "(" when ")" | test
 *	test   = value [ ("=" | "!=" | "<" | "<=" | ">" | ">=") value | "in" ( list | name ) ]
 *	list   = "(" literal { "," literal } ")"
 *	value  = name | number | "text" | yes | no
 *	name   = letters, digits, "_", "-", "." ; begins with a letter
 *
 * Total: it always ends and never fails. A name without an answer equals nothing (so `=` is false
 * and `!=` is true), is less and greater than nothing, and alone is false. A class compares by its
 * rank with another class or a code of the same axis. A list `=` a text when it holds it alone;
 * `"x" in list` asks for one item. Days and moments compare as their ISO texts. Text of at most
 * 2,000 bytes, depth 20, 200 nodes.
 */
struct when;

enum when_kind { WHEN_NONE, WHEN_TEXT, WHEN_NUMBER, WHEN_YES_NO, WHEN_CLASS, WHEN_LIST };

struct when_value {
	enum when_kind kind;
	struct text text; /* TEXT, CLASS (the code), LIST (items separated by \n) */
	int64_t number;	  /* NUMBER, YES_NO (0 or 1) */
	const struct pack_axis *axis; /* CLASS */
};

/* Who answers names. Returns kind WHEN_NONE for what is not answered. */
struct when_answers {
	struct when_value (*answer)(void *with, struct text name);
	void *with;
};

/* `where` ("file:line:col") goes into the error's field. */
struct error *when_parse(struct arena *into, struct text source, const char *where,
			 const struct when **when) MUST_USE;
/* NULL is true. */
bool when_evaluate(const struct when *when, const struct when_answers *answers);
/* The condition as it was written. */
struct text when_source(const struct when *when);
/* Calls `each` for every name in the condition. */
void when_names(const struct when *when, void (*each)(void *with, struct text name), void *with);
/* The value a field's kept text is in conditions. */
struct when_value when_value_of(const struct pack_field *field, struct text value);

/*
 * Names that conditions may use: question names; in a form, its fields (in an `each` section, the
 * item's own too); the code of an axis ("class": the highest class of the assets chosen);
 * "asset.<column>" (true of any of the assets chosen: a list of their values).
 */

#endif
