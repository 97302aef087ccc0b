/* The parts of the import: columns, rows, a plan of what would be done, and doing it. */
#ifndef BANSHO_PEOPLE_IMPORT_ROOMS_H
#define BANSHO_PEOPLE_IMPORT_ROOMS_H

#include "people/import.h"
#include "people/rooms.h"

#include "base/table.h"

enum meaning {
	UNIT_CODE,
	UNIT_NAME,
	UNIT_PARENT,
	UNIT_KIND,
	UNIT_RANK,
	STAFF_NUMBER,
	STAFF_NAME,
	STAFF_FAMILY,
	STAFF_GIVEN,
	STAFF_KANA,
	STAFF_KANA_FAMILY,
	STAFF_KANA_GIVEN,
	STAFF_MAIL,
	STAFF_LOGIN,
	STAFF_EMPLOYMENT,
	STAFF_UNTIL,
	STAFF_UNIT_CODE,
	STAFF_UNIT,
	STAFF_POST,
	STAFF_CONCURRENT,
	STAFF_CONCURRENT_UNIT,
	STAFF_CONCURRENT_POST,
	MEANING_COUNT,
};

enum { CONCURRENT_MOST = 8, IMPORT_FIELDS_MOST = 10 };

struct place {
	struct unit_id unit;
	struct text post;
	enum beside beside; /* of one that is not the main one */
};

/* What is known of a person before the import. */
struct known_person {
	struct person person;
	struct text login;
	bool is_operator;
	bool is_in_file;
	size_t first_place; /* in known_place */
	size_t places;
};
struct known_place {
	struct assignment_id id;
	struct person_id person;
	struct place place;
	bool is_main;
};

struct planned_unit {
	enum import_what what;
	struct unit unit;	 /* id 0: to be added */
	struct text parent_code; /* of a unit in the file or in the store; empty: at the top */
	int64_t line;
	bool is_faulty;
	bool is_done;
};

struct planned_person {
	enum import_what what;
	struct person person;
	const struct known_person *known;
	struct place main; /* unit 0: as it was */
	struct place concurrent[CONCURRENT_MOST];
	size_t concurrent_count;
	struct text login; /* to be opened; empty: none */
	int64_t line;
	bool is_faulty;
};

/* Texts in order, to be found by bisection. */
struct key {
	struct text text;
	size_t at;
};
struct keys {
	struct key *list;
	size_t count;
};
void keys_sort(struct keys *keys);
/* The first with that text. */
bool keys_find(const struct keys *keys, struct text text, size_t *at);

struct importing {
	struct look *look;
	const struct people_import_options *options;
	struct day day;
	struct table table;
	int column[MEANING_COUNT]; /* -1: the file has none */
	struct people_import *import;
	size_t changes_room, faults_room;

	struct unit *units; /* on the day */
	size_t units_count;
	struct keys unit_codes;
	struct planned_unit *planned_units;
	size_t planned_units_count;
	struct keys planned_codes;

	struct known_person *known;
	size_t known_count;
	struct keys known_numbers;
	struct keys known_logins;
	struct known_place *places;
	size_t places_count;
	struct planned_person *planned;
	size_t planned_count;
	struct keys planned_numbers;
};

/* Map the headings of the first row. INVALID when one that is needed is missing. */
struct error *import_columns(struct importing *importing) MUST_USE;
bool import_has(const struct importing *importing, enum meaning meaning);
/* The row's cell, trimmed; empty where there is none. */
struct text import_cell(const struct importing *importing, const struct table_row *row,
			enum meaning meaning);
bool import_row_is_blank(const struct table_row *row);
void import_fault(struct importing *importing, int64_t line, enum meaning meaning, bool is_hint,
		  struct text wrong);
void import_change(struct importing *importing, const struct import_change *change);
/* Add a field to `change` when it differs. */
void import_field(struct importing *importing, struct import_change *change, const char *label,
		  struct text was, struct text becomes);
/* Hints about signs that an earlier conversion lost. */
void import_hint_lost(struct importing *importing, const struct table_row *row,
		      enum meaning meaning);
/* "0123" for "123": a code of the store from which a spreadsheet took the zeros. */
bool import_lost_zeros(const struct keys *keys, struct text code, struct text *full);

struct error *import_units_plan(struct importing *importing) MUST_USE;
struct error *import_staff_plan(struct importing *importing) MUST_USE;
struct error *import_staff_known(struct importing *importing) MUST_USE;
/* What the planned person differs in. */
struct error *import_person_compare(struct importing *importing, struct planned_person *planned)
	MUST_USE;
bool place_same(struct place a, struct place b);
struct error *import_plan(struct look *look, const struct people_import_options *options,
			  struct text file, struct importing *importing,
			  struct people_import *import) MUST_USE;

#endif
