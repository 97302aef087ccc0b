/* `bansho journal`: what its files share. */
#ifndef BANSHO_CLI_JOURNAL_ROOMS_H
#define BANSHO_CLI_JOURNAL_ROOMS_H

#include "cli/rooms.h"
#include "cli/witness_round.h"

/* One way to say it: two or three words. */
struct journal_word {
	const char *first, *second; /* second NULL: any */
	size_t words;
	bool is_reading; /* changes nothing */
	struct error *(*run)(struct call *call, struct body *body);
};

/* *is_one false: it is about something else. */
struct error *journal_others(struct call *call, bool *is_one) MUST_USE;
struct error *journal_witness_add(struct call *call, struct body *body) MUST_USE;
struct error *journal_witness_remove(struct call *call, struct body *body) MUST_USE;
struct error *journal_witness_list(struct call *call, struct body *body) MUST_USE;
struct error *journal_set(struct call *call, struct body *body) MUST_USE;
struct error *journal_carry_out(struct call *call, struct body *body) MUST_USE;
struct error *journal_carry_in(struct call *call, struct body *body) MUST_USE;
struct error *journal_stamp_use(struct call *call, struct body *body) MUST_USE;
struct error *journal_stamp_query(struct call *call, struct body *body) MUST_USE;
struct error *journal_stamp_file(struct call *call, struct body *body) MUST_USE;

struct error *read_chosen_witnesses(struct body *body,
				    struct journal_witness list[static JOURNAL_WITNESSES_MOST],
				    size_t *count) MUST_USE;
/*
 * Change a setting inside an act, noting it under `about` too (empty: none); certificates are noted
 * by their hash. Nothing when it stands so already.
 */
struct error *setting_change(struct act *act, struct text name, struct text value,
			     struct text about) MUST_USE;

#endif
