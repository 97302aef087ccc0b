/* What only the ledger's own files know. */
#ifndef BANSHO_LEDGER_ROOMS_H
#define BANSHO_LEDGER_ROOMS_H

#include "ledger/ledger.h"
#include "ledger/ledger_sql.h"

/* Values as one canonical JSON object, and back. Unanswered ones are left out. */
struct text values_write(struct arena *into, const struct pack_ledger *ledger,
			 const struct ledger_value *values, size_t count);
struct error *values_read(struct arena *into, struct text json, struct ledger_value **values,
			  size_t *count) MUST_USE;
struct text value_of(const struct ledger_value *values, size_t count, struct text name);

/* What the machine reads out of a row's values. */
struct row_heads {
	struct text title;
	struct text class_code;
	int64_t class_rank;
	int64_t owner;
	struct text serial;
	struct text serial_folded;
	int64_t parent;
	struct text folded;
	struct text json;
};
struct row_heads heads_of(struct arena *into, const struct pack *pack,
			  const struct pack_ledger *ledger, const struct ledger_value *values,
			  size_t count);

/* The first axis' value that counts for a code. */
const struct pack_class *class_of(const struct pack *pack, struct text code);

/* The object's name in the journal: "asset:12". */
struct text about_row(struct arena *into, const struct pack_ledger *ledger, int64_t id);

/* A row from any query that selects the usual columns. */
#define ROW_FROM(into, pack, r)                                                                \
	((struct ledger_row){                                                                  \
		.id = { (r)->id },                                                             \
		.ledger = pack_ledger((pack), (r)->ledger),                                    \
		.number = (r)->number,                                                         \
		.title = (r)->title,                                                           \
		.class_code = (r)->class_code,                                                 \
		.owner = (r)->owner,                                                           \
		.serial = (r)->serial,                                                         \
		.parent = { (r)->parent },                                                     \
		.state = (r)->is_retired != 0 ? ROW_RETIRED : ROW_LIVING,                      \
		.revision = (r)->revision,                                                     \
		.created = { (r)->created },                                                   \
		.changed = { (r)->changed },                                                   \
		.confirmed = { (r)->confirmed },                                               \
		.retired = { (r)->retired },                                                   \
		.retired_by = (r)->retired_by,                                                 \
		.values = (r)->field_values,                                                   \
	})

/*
 * Enter or change with values that ledger_check() has just passed. What is only worked with goes into
 * `scratch`, so that thousands of rows fit one act.
 */
struct error *row_enter(struct act *act, struct arena *scratch, const struct pack *pack,
			const struct pack_ledger *ledger, const struct ledger_value *values,
			size_t count, struct row_id *added) MUST_USE;
struct error *row_rewrite(struct act *act, struct arena *scratch, const struct pack *pack,
			  const struct ledger_row *row, const struct ledger_value *values,
			  size_t count) MUST_USE;

/* What differs between two sets of values, as people read it. */
struct error *changes_between(struct look *look, const struct pack *pack,
			      const struct pack_ledger *ledger, struct text before,
			      struct text after, struct ledger_change_of **changes,
			      size_t *count) MUST_USE;

#endif
