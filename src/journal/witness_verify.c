/* What others say of our checkpoints, checked: cosignatures and time-stamps. */
#include "journal/journal_sql.h"
#include "journal/stamp.h"
#include "journal/witness_rooms.h"

/* Of each kept cosignature only so many, newest first: refreshed ones are many and say no more. */
enum { COSIGNATURES_MOST = 1000 };

struct others {
	struct look *look;
	struct arena *arena;
	struct journal_report *report;
	struct note_key keys[JOURNAL_COSIGNERS_MOST];
	size_t count;
	struct text ca;
};

static void
add_key(struct others *others, const struct note_key *key)
{
	for (size_t at = 0; at < others->count; at++)
		if (text_same(journal_witness_id(others->arena, &others->keys[at]),
			      journal_witness_id(others->arena, key)))
			return;
	if (others->count < JOURNAL_COSIGNERS_MOST)
		others->keys[others->count++] = *key;
}

/* Those asked for; a line that cannot be read is the caller's mistake. */
static struct error *
add_asked(struct others *others, const struct journal_verify_options *options)
{
	for (size_t at = 0; at < options->witness_count; at++) {
		struct note_key key;
		TRY(cosign_vkey_read(others->arena, options->witnesses[at], &key));
		add_key(others, &key);
	}
	return OK;
}

static void
name_cosigners(struct others *others)
{
	struct journal_report *report = others->report;
	if (report->cosigners == NULL)
		report->cosigners = ARENA_ARRAY(others->arena, struct journal_cosigner,
						JOURNAL_COSIGNERS_MOST);
	for (size_t at = report->cosigner_count; at < others->count; at++)
		report->cosigners[at].name = others->keys[at].name;
	report->cosigner_count = others->count;
}

static void
count_up(struct others *others, size_t which, int64_t end, int64_t seconds)
{
	struct journal_cosigner *cosigner = &others->report->cosigners[which];
	const struct moment at = { seconds > INT64_MAX / 1000 ? INT64_MAX : seconds * 1000 };
	if (end > cosigner->end || (end == cosigner->end && at.ms > cosigner->at.ms)) {
		cosigner->end = end;
		cosigner->at = at;
	}
}

static struct error *
check_row(struct others *others, const struct journal_log *logs, size_t log_count,
	  const struct journal_cosignature_recent_row *row)
{
	struct journal_checkpoint checkpoint;
	size_t which = 0, log = 0;
	int64_t seconds;
	bool found = false;
	while (which < others->count &&
	       !text_same(row->witness, journal_witness_id(others->arena, &others->keys[which])))
		which++;
	if (which == others->count)
		return OK; /* a witness of former times: its key is not known here */
	while (log < log_count && logs[log].no != row->log)
		log++;
	if (log < log_count)
		TRY(log_checkpoint_from(others->look, &logs[log], row->size, &found, &checkpoint));
	if (!found || checkpoint.head.size != row->size) {
		report_entry(others->arena, others->report, FINDING_TAIL_CUT, -1,
			     "証人「%.*s」が証言した %lld 件の検証点が、なくなっています。",
			     T_ARG(others->keys[which].name), (long long)row->size);
		return OK;
	}
	const struct text note = text_join(others->arena, checkpoint.note, row->line);
	if (cosign_check(others->arena, note, &others->keys[which], &seconds) == NOTE_HOLDS)
		count_up(others, which, logs[log].first + row->size, seconds);
	else
		report_entry(others->arena, others->report, FINDING_COSIGNATURE_BAD, -1,
			     "証人「%.*s」の証言（%lld 件）が書き換えられています。",
			     T_ARG(others->keys[which].name), (long long)row->size);
	return OK;
}

static struct error *
check_rows(struct others *others)
{
	struct journal_cosignature_recent_row *rows;
	struct journal_log *logs;
	size_t count, log_count;
	TRY(journal_logs(others->look, &logs, &log_count));
	TRY(journal_cosignature_recent(
		others->look, &(struct journal_cosignature_recent_in){ COSIGNATURES_MOST }, &rows,
		&count));
	for (size_t at = 0; at < count; at++)
		TRY(check_row(others, logs, log_count, &rows[at]));
	return OK;
}

/* ---- Time-stamps ---- */

static struct error *
entry_says(struct others *others, int64_t id, struct text answer, bool *says)
{
	struct journal_entry *entries;
	size_t count;
	const struct hash hash = hash_of(answer);
	*says = false;
	TRY(journal_history(others->look, text_format(others->arena, "stamp:%lld", (long long)id),
			    JOURNAL_NEWEST, 1, &entries, &count));
	for (size_t at = 0; count == 1 && at < entries->pair_count; at++)
		if (text_is(entries->pairs[at].name, "sha256"))
			*says = text_same(entries->pairs[at].text,
					  hash_hex(others->arena, &hash));
	return OK;
}

/* Without the authority's certificate only what it stamps, and what the entry says, is checked. */
static struct error *
holds(struct others *others, struct text answer, struct text note)
{
	struct stamp stamp;
	const struct hash hash = hash_of(note);
	if (others->ca.len != 0)
		return stamp_check(others->arena, answer, note, others->ca, T(""));
	TRY(stamp_read(others->arena, answer, &stamp));
	return hash_same(&hash, &stamp.imprint)
		       ? OK
		       : reject(NULL, "タイムスタンプは、別のものに対するものです（要約値が違います）。");
}

static struct error *
check_stamp(void *with, const struct journal_stamp_all_row *row)
{
	struct others *others = with;
	struct journal_checkpoint checkpoint;
	struct journal_log *logs;
	size_t count;
	bool found = false, says;
	others->report->stamps++;
	TRY(journal_logs(others->look, &logs, &count));
	for (size_t at = 0; at < count && !found; at++)
		if (logs[at].no == row->log)
			TRY(log_checkpoint_from(others->look, &logs[at], row->size, &found,
						&checkpoint));
	TRY(entry_says(others, row->id, row->answer, &says));
	struct error *error = OK;
	if (!found || checkpoint.head.size != row->size)
		error = reject(NULL, "その検証点がなくなっています。");
	else if (!says)
		error = reject(NULL, "記録にあるものと違います。");
	else
		error = holds(others, row->answer, checkpoint.note);
	if (error == OK)
		others->report->stamped_at.ms = row->at > others->report->stamped_at.ms
							? row->at
							: others->report->stamped_at.ms;
	else
		report_entry(others->arena, others->report, FINDING_STAMP_BAD, -1,
			     "タイムスタンプ %lld（%lld 件の検証点）: %.*s", (long long)row->id,
			     (long long)row->size, T_ARG(error->words));
	return OK;
}

struct error *
verify_others(struct look *look, const struct journal_verify_options *options,
	      struct journal_report *report)
{
	struct others *others = ARENA_NEW(look->arena, struct others);
	struct journal_witness chosen[JOURNAL_WITNESSES_MOST];
	size_t count;
	bool has_step;
	*others = (struct others){ .look = look, .arena = look->arena, .report = report };
	TRY(journal_witnesses(look, chosen, &count));
	for (size_t at = 0; at < count; at++)
		add_key(others, &chosen[at].key);
	TRY(add_asked(others, options));
	name_cosigners(others);
	TRY(store_has_step(look, T("journal"), JOURNAL_WITNESS_STEP, &has_step));
	if (!has_step)
		return OK;
	TRY(check_rows(others));
	TRY(store_setting(look, T("stamp.ca"), &others->ca));
	return journal_stamp_all(look, check_stamp, others);
}

void
verify_stamp(struct arena *arena, struct journal_report *report, struct text answer,
	     struct text note)
{
	struct stamp stamp;
	const struct hash hash = hash_of(note);
	struct error *error = stamp_read(arena, answer, &stamp);
	report->stamps++;
	if (error == OK && hash_same(&hash, &stamp.imprint)) {
		report->stamped_at.ms = stamp.at.ms > report->stamped_at.ms ? stamp.at.ms
									    : report->stamped_at.ms;
		return;
	}
	report_entry(arena, report, FINDING_STAMP_BAD, -1,
		     "束の中のタイムスタンプが、その検証点のものではありません。");
}

struct error *
verify_note(struct arena *arena, const struct journal_verify_options *options,
	    struct journal_report *report, struct text note, int64_t end)
{
	struct others *others = ARENA_NEW(arena, struct others);
	*others = (struct others){ .arena = arena, .report = report };
	TRY(add_asked(others, options));
	name_cosigners(others);
	for (size_t at = 0; at < others->count; at++) {
		int64_t seconds;
		const enum note_answer said = cosign_check(arena, note, &others->keys[at], &seconds);
		if (said == NOTE_HOLDS)
			count_up(others, at, end, seconds);
		else if (said == NOTE_FALSE)
			report_entry(arena, report, FINDING_COSIGNATURE_BAD, -1,
				     "証人「%.*s」の証言（%lld 件）が書き換えられています。",
				     T_ARG(others->keys[at].name), (long long)end);
	}
	return OK;
}
