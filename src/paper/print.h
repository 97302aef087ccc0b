/*
 * The print engine behind bansho-print: a job (paper/sheet_paper.h) is read strictly, laid out
 * with measured text, and painted as one PDF. It stands alone: it needs base and the fonts, holds
 * no store and no key, and is meant to run inside print_jail_enter().
 */
#ifndef BANSHO_PAPER_PRINT_H
#define BANSHO_PAPER_PRINT_H

#include "base/day.h"
#include "base/error.h"
#include "base/hash.h"
#include "paper/sheet_paper.h"

enum print_kind {
	PRINT_SHEET,
	PRINT_LEDGER,
};

enum print_section_kind {
	PRINT_ROWS,
	PRINT_ITEMS,
	PRINT_DECISIONS,
	PRINT_NOTES,
	PRINT_HISTORY,
	PRINT_REMARKS,
	PRINT_LABELS,
};

enum print_side {
	PRINT_LEFT,
	PRINT_MIDDLE,
	PRINT_RIGHT,
};

struct print_choice {
	struct text words;
	bool is_chosen;
};

struct print_field {
	struct text label;
	struct text value;
	struct print_choice *choices;
	size_t choices_count;
	int64_t lines;
};

struct print_line {
	struct print_field fields[2];
	size_t count;
};

struct print_column {
	struct text name;
	int64_t width;
	enum print_side side;
};

struct print_step {
	struct text role, post, name, verdict;
	struct day day;
	bool is_deputy;
	struct text as; /* 専決, 代決; empty: neither */
};

struct print_label {
	struct text code, shown, title, place;
};

struct print_section {
	enum print_section_kind kind;
	struct text heading;
	struct print_line *lines; /* rows */
	size_t lines_count;
	struct print_column *columns; /* items, history */
	size_t columns_count;
	struct text **rows; /* each of columns_count cells */
	size_t rows_count;
	int64_t empty_rows;
	struct print_step *steps; /* decisions */
	size_t steps_count;
	struct print_label *labels;
	size_t labels_count;
	struct text *notes; /* notes, remarks */
	size_t notes_count;
};

struct print_proof {
	bool is_given;
	struct text record;
	struct hash digest;
	int64_t tree_size;
	struct text command;
};

struct print_job {
	enum print_kind kind;
	struct text title, caption, body, number, lead;
	bool has_day;	/* day may be DAY_NONE then: left blank */
	struct day day;
	struct moment made;
	struct text *addressee;
	size_t addressee_count;
	bool has_applicant;
	struct {
		struct text label, unit, post, name;
	} applicant;
	struct print_section *sections;
	size_t sections_count;
	struct print_proof proof;
};

enum print_warning_kind {
	PRINT_NO_GLYPH,
	PRINT_NO_VARIANT,
	PRINT_BORROWED,
};

struct print_warning {
	enum print_warning_kind kind;
	uint32_t character;
	uint32_t selector; /* 0 when there is none */
};

struct print_report {
	int64_t pages;
	struct print_warning warnings[SHEET_MOST_WARNINGS];
	size_t warnings_count;
};

/*
 * Read a job. INVALID names the member (sections[2].rows[0][1].label) and what would be right.
 * Whatever stands in *job lives in `into`. `bytes` may be anything at all.
 */
struct error *print_read(struct arena *into, struct text bytes, struct print_job *job) MUST_USE;

/*
 * Load the font configuration and make sure that both Mincho fonts are installed. Call once, before
 * print_jail_enter(): it reads /etc/fonts and the font cache, and starts no thread.
 */
struct error *print_fonts_find(void) MUST_USE;

/*
 * Shut the process in: the font folders can be read, nothing else; no network, no other program,
 * 1 GiB of address space (not under a sanitizer) and 120 s of processor time. Call it while there
 * is one thread only.
 */
struct error *print_jail_enter(void) MUST_USE;

/*
 * Lay out and paint. *pdf lives in `into`. The same job, fonts and libraries give the same bytes.
 * print_fonts_find() must have been called. Every character that could not be drawn as given is
 * in report->warnings, once.
 */
struct error *print_pdf(struct arena *into, const struct print_job *job, struct print_report *report,
			struct text *pdf) MUST_USE;

/* The report as JSON, for fd 3. `error` is NULL when the job was printed. */
struct text print_report_json(struct arena *into, const struct print_report *report,
			      const struct error *error);

#endif
