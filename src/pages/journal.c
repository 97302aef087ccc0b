/*
 * The journal for people: how it stands, its entries, verifying here, and the bundle that a third
 * party verifies without us.
 */
#include "journal/stamp.h"
#include "journal/witness.h"
#include "pages/rooms.h"

#include "base/file.h"
#include "base/number.h"
#include "people/erase.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ENTRIES_PAGE = 50 };

static struct error *
who_in_words(struct look *look, const struct visit *visit, const struct actor *who,
	     struct text *name, struct text *role)
{
	*name = text_is(who->through, "clock") ? text_of(say("番所(時計)"))
		: text_is(who->through, "cli") ? text_of(say("番所(コマンド)"))
					       : text_of(say("番所"));
	*role = T("");
	if (who->person != 0)
		TRY(people_name(look, (struct person_id){ who->person }, name));
	const struct pack_role *known = pack_role(visit->office->pack, who->role);
	if (known != NULL)
		*role = words_now(known->short_name);
	return OK;
}

/* Who reads the journal need not see every dossier; a draft is nobody's but the applicant's. */
static bool
may_follow(struct look *look, const struct visit *visit, const struct journal_entry *entry,
	   struct text about)
{
	if (!text_starts(about, T("dossier:")) && !text_starts(about, T("permit:")))
		return about_opens(look, visit, about);
	return visit->rights.at[RIGHT_DOSSIER_READ].is_all && !text_is(entry->act, "dossier.draft") &&
	       !text_is(entry->act, "dossier.save");
}

static struct error *
fill_row(struct look *look, struct visit *visit, const struct journal_entry *entry,
	 struct journal_rows *row)
{
	struct arena *arena = visit->arena;
	row->seq = entry->seq;
	row->at = entry->at;
	row->act = act_in_words(entry->act);
	row->href = url_of(arena, "/journal/entries/{}",
			   text_format(arena, "%lld", (long long)entry->seq));
	TRY(who_in_words(look, visit, &entry->who, &row->who, &row->role));
	row->abouts = ARENA_ARRAY(arena, struct journal_rows_abouts, entry->about_count + 1);
	row->abouts_count = entry->about_count;
	for (size_t at = 0; at < entry->about_count; at++) {
		row->abouts[at].words = about_in_words(arena, entry->about[at]);
		row->abouts[at].has_href =
			may_follow(look, visit, entry, entry->about[at]) &&
			about_url(arena, entry->about[at], &row->abouts[at].href);
	}
	return OK;
}

static struct error *
fill_entries(struct look *look, struct visit *visit, struct journal_page *page,
	     struct pager_part *pager)
{
	struct journal_entry *entries;
	size_t count;
	int64_t before = JOURNAL_NEWEST;
	const struct text typed = visit_text(visit, "before");
	if (typed.len != 0 && !number_read(typed, 0, INT64_MAX, &before))
		before = JOURNAL_NEWEST;
	TRY(journal_history(look, page->about, before, ENTRIES_PAGE + 1, &entries, &count));
	const size_t shown = count > ENTRIES_PAGE ? ENTRIES_PAGE : count;
	page->rows = ARENA_ARRAY(visit->arena, struct journal_rows, shown + 1);
	page->rows_count = shown;
	for (size_t at = 0; at < shown; at++)
		TRY(fill_row(look, visit, &entries[at], &page->rows[at]));
	struct url base = url_path(visit->arena, "/journal");
	if (page->about.len != 0)
		base = url_query(visit->arena, base, "about", page->about);
	if (before != JOURNAL_NEWEST)
		pager->first = base;
	if (count > ENTRIES_PAGE)
		pager->next = url_query_number(visit->arena, base, "before",
					       entries[shown - 1].seq);
	return OK;
}

/* What the newest entry about the witness says, when it is an alarm. */
static struct error *
alarm_of(struct look *look, struct text name, struct text *alarm)
{
	struct journal_entry *entries;
	size_t count;
	struct text why = T("");
	*alarm = T("");
	TRY(journal_history(look, text_format(look->arena, "witness:%.*s", T_ARG(name)),
			    JOURNAL_NEWEST, 1, &entries, &count));
	if (count == 0 || !text_is(entries->act, "journal.witness-alarm"))
		return OK;
	for (size_t at = 0; at < entries->pair_count; at++)
		if (text_is(entries->pairs[at].name, "why"))
			why = entries->pairs[at].text;
	if (text_is(why, "late"))
		*alarm = text_of(say("長いあいだ証言していません。証人の機械か回線を確かめてください。"));
	else if (text_is(why, "refused"))
		*alarm = text_of(say("この記録簿か、その鍵を知らないと答えています。証人の側の登録を確かめてください。"));
	else
		*alarm = text_of(say("前に見たものの続きではないと答えています。記録簿が書き換えられたか、古い控えに戻されたおそれがあります。CSIRTに知らせてください。"));
	return OK;
}

static struct error *
fill_witnesses(struct look *look, struct visit *visit, struct journal_page *page)
{
	struct journal_witness list[JOURNAL_WITNESSES_MOST];
	struct journal_stamped stamped;
	size_t count;
	TRY(journal_witnesses(look, list, &count));
	page->witnesses = ARENA_ARRAY(visit->arena, struct journal_witnesses, count + 1);
	page->witnesses_count = count;
	for (size_t at = 0; at < count; at++) {
		struct journal_witnesses *row = &page->witnesses[at];
		struct journal_cosigned cosigned;
		TRY(journal_cosigned(look, &list[at].key, &cosigned));
		row->name = list[at].key.name;
		row->is_any = cosigned.is_any;
		row->size = cosigned.end;
		row->at = cosigned.at;
		TRY(alarm_of(look, row->name, &row->alarm));
	}
	TRY(journal_stamped(look, &stamped));
	page->is_stamped = stamped.is_any;
	page->stamped_size = stamped.size;
	page->stamped_at = stamped.at;
	return OK;
}

static struct error *
fill_log(struct look *look, struct visit *visit, const struct journal_log *log,
	 struct journal_logs *row)
{
	struct arena *arena = visit->arena;
	struct journal_checkpoint checkpoint;
	struct journal_entry since;
	struct journal_key *keys;
	int64_t year = 0;
	size_t count;
	bool found;
	TRY(journal_log_checkpoint(look, log, &found, &checkpoint));
	TRY(journal_keys(look, log, &keys, &count));
	*row = (struct journal_logs){
		.year = log->place,
		.first = log->first,
		.size = log->size,
		.signed_size = found ? checkpoint.head.size : 0,
		.keys = (int64_t)count, /* at most JOURNAL_KEYS_MOST */
		.is_closed = log->is_closed,
		/* The page of the log's newest entries. */
		.show = url_query_number(arena, url_path(arena, "/journal"), "before",
					 log->first + log->size),
		.checkpoint = url_of(arena, "/log/{}/checkpoint", log->place),
		.vkeys = url_of(arena, "/log/{}/vkeys", log->place),
	};
	if (number_read(log->place, 1, 9999, &year))
		row->year = fiscal_wareki(arena, (int)year); /* at most 9999 */
	if (count == 0)
		return OK;
	row->vkey = keys[count - 1].vkey;
	if (keys[count - 1].seq < 0)
		return OK;
	TRY(journal_entry_read(look, keys[count - 1].seq, &since));
	row->key_since = moment_wareki(arena, since.at);
	return OK;
}

static struct error *
fill_logs(struct look *look, struct visit *visit, struct journal_page *page)
{
	struct journal_log *logs;
	size_t count;
	TRY(journal_logs(look, &logs, &count));
	page->logs = ARENA_ARRAY(visit->arena, struct journal_logs, count + 1);
	page->logs_count = count;
	for (size_t at = 0; at < count; at++) /* newest first */
		TRY(fill_log(look, visit, &logs[count - 1 - at], &page->logs[at]));
	return OK;
}

static struct error *
journal_draw(struct look *look, struct visit *visit)
{
	struct journal_state state;
	struct journal_checkpoint checkpoint;
	struct pager_part pager = { 0 };
	struct arena *arena = visit->arena;
	struct journal_page page = {
		.frame = visit_frame(visit, text_of(say("記録簿")), "journal"),
		.about = text_trim(visit_text(visit, "about")),
		.verify = url_path(arena, "/journal/verify"),
		.bundle = url_path(arena, "/journal/bundle"),
		.pages = &pager,
	};
	TRY(journal_state(look, visit->office->sealing, &state));
	TRY(journal_latest_checkpoint(look, &page.has_checkpoint, &checkpoint));
	TRY(journal_vkey(look, &page.vkey));
	page.size = state.size;
	page.signed_size = state.signed_size;
	page.signed_at = state.signed_at;
	page.trouble = state.trouble;
	if (page.has_checkpoint)
		page.note = checkpoint.note;
	if (page.about.len != 0)
		page.bundle = url_query(arena, page.bundle, "about", page.about);
	TRY(fill_logs(look, visit, &page));
	TRY(fill_witnesses(look, visit, &page));
	TRY(fill_entries(look, visit, &page, &pager));
	return visit_draw(visit, journal_page, &page);
}

/* ---- One entry ---- */

static struct error *
fill_proof(struct look *look, struct visit *visit, const struct journal_entry *entry,
	   struct journal_entry_page *page)
{
	struct journal_checkpoint checkpoint;
	struct journal_log log;
	struct merkle_proof proof;
	TRY(journal_checkpoint_over(look, entry->seq, &page->is_signed, &checkpoint));
	if (!page->is_signed)
		return OK;
	page->signed_size = checkpoint.first + checkpoint.head.size;
	TRY(journal_log_at(look, entry->seq, &log));
	TRY(journal_inclusion(look, &log, entry->seq - log.first, checkpoint.head.size, &proof));
	page->proof = ARENA_ARRAY(visit->arena, struct journal_entry_proof, proof.count + 1);
	page->proof_count = proof.count;
	for (size_t at = 0; at < proof.count; at++)
		page->proof[at].hash = hash_hex(visit->arena, &proof.at[at]);
	return OK;
}

static void
fill_digests(struct visit *visit, const struct journal_entry *entry,
	     struct journal_entry_page *page)
{
	page->rows = ARENA_ARRAY(visit->arena, struct journal_entry_rows, entry->row_count + 1);
	page->rows_count = entry->row_count;
	for (size_t at = 0; at < entry->row_count; at++)
		page->rows[at] = (struct journal_entry_rows){
			.table = entry->rows[at].table,
			.id = entry->rows[at].id,
			.digest = hash_hex(visit->arena, &entry->rows[at].digest),
			.is_gone = entry->rows[at].is_gone,
		};
}

static struct text
clauses_of(struct visit *visit, const struct journal_entry *entry)
{
	struct writer out = writer_open(visit->arena, 8192);
	for (size_t at = 0; at < entry->clause_count; at++) {
		const struct pack_clause *clause = pack_clause(visit->office->pack,
							       entry->clauses[at]);
		if (at != 0)
			write_z(&out, "、");
		write_text(&out, clause != NULL ? clause->number : entry->clauses[at]);
	}
	return writer_text(&out);
}

static struct error *
entry_draw(struct look *look, struct visit *visit)
{
	struct journal_entry entry;
	struct text role;
	int64_t seq;
	struct arena *arena = visit->arena;
	if (!number_read(capture_text(visit->captures, "seq"), 0, INT64_MAX, &seq))
		return missing("その番号の記録はありません。");
	TRY(journal_entry_read(look, seq, &entry));
	struct journal_entry_page page = {
		.frame = visit_frame(visit,
				     text_format(arena, say("記録 %lld"), (long long)seq),
				     "journal"),
		.seq = seq,
		.at = entry.at,
		.act = act_in_words(entry.act),
		.json = entry.json,
		.leaf = hash_hex(arena, &entry.leaf),
		.clauses = clauses_of(visit, &entry),
		.back = url_path(arena, "/journal"),
	};
	TRY(who_in_words(look, visit, &entry.who, &page.who, &role));
	if (role.len != 0)
		page.who = text_format(arena, "%.*s(%.*s)", T_ARG(page.who), T_ARG(role));
	fill_digests(visit, &entry, &page);
	TRY(fill_proof(look, visit, &entry, &page));
	return visit_draw(visit, journal_entry_page, &page);
}

/* ---- Verifying and taking away ---- */

static struct error *
verify_draw(struct look *look, struct visit *visit)
{
	struct journal_report report;
	struct arena *arena = visit->arena;
	TRY(journal_verify_store(look, &(struct journal_verify_options){ 0 }, &report));
	TRY(people_verify_keys(look, &report));
	struct journal_verify_page page = {
		.frame = visit_frame(visit, text_of(say("検証の結果")), "journal"),
		.is_good = report.finding_total == 0,
		.size = report.size,
		.signed_size = report.signed_size,
		.checkpoints = report.checkpoints,
		.rows = report.rows,
		.total = report.finding_total,
		.root = hash_hex(arena, &report.root),
		.back = url_path(arena, "/journal"),
		.findings = ARENA_ARRAY(arena, struct journal_verify_findings,
					report.finding_count + 1),
		.findings_count = report.finding_count,
		.erased = ARENA_ARRAY(arena, struct journal_verify_erased,
				      JOURNAL_FINDINGS_MOST),
	};
	for (int64_t at = 0; at < report.erased_total && at < JOURNAL_FINDINGS_MOST; at++)
		page.erased[page.erased_count++].person = report.erased[at];
	for (size_t at = 0; at < report.finding_count; at++)
		page.findings[at] = (struct journal_verify_findings){
			.words = report.findings[at].words,
			.kind = text_of(journal_finding_name(report.findings[at].kind)),
		};
	return visit_draw(visit, journal_verify_page, &page);
}

/* A bundle is written beside the store, sent as a stream, and unlinked at once. */
static struct error *
bundle_send(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	const struct text about = text_trim(visit_text(visit, "about"));
	unsigned char name[8];
	random_bytes(name, sizeof name);
	const char *path = text_z(
		arena, text_format(arena, "%s/bodies/%.*s/bundle-%.*s.zip", visit->office->data,
				   T_ARG(visit->office->body_code),
				   T_ARG(text_hex(arena, (struct text){ (char *)name, sizeof name }))));
	TRY(journal_export(look, &(struct journal_export_options){ .about = about }, path));
	FD_SCOPED fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat found;
	const bool is_open = fd >= 0 && fstat(fd, &found) == 0;
	unlink(path);
	if (!is_open)
		return broken("検証用の束を作れませんでした。空き容量を確かめてください。");
	visit->answer.type = "application/zip";
	visit->answer.is_stream = true;
	visit->answer.fd = fd;
	visit->answer.length = found.st_size;
	visit->answer.download = text_format(
		arena, "bansho-%.*s-%.*s.zip", T_ARG(visit->office->body_code),
		T_ARG(about.len != 0 ? text_replace(arena, about, T(":"), T("-"))
				     : day_iso(arena, visit->today)));
	fd = -1; /* the engine's now */
	return OK;
}

PAGE_ROWS(journal,
	  { { METHOD_GET, "/journal" }, RIGHT_JOURNAL_READ, PAGE_LOOK, .look = journal_draw },
	  { { METHOD_GET, "/journal/entries/{seq:text}" }, RIGHT_JOURNAL_READ, PAGE_LOOK,
	    .look = entry_draw },
	  { { METHOD_GET, "/journal/verify" }, RIGHT_JOURNAL_READ, PAGE_SLOW_LOOK,
	    .look = verify_draw },
	  { { METHOD_GET, "/journal/bundle" }, RIGHT_JOURNAL_READ, PAGE_SLOW_LOOK,
	    .look = bundle_send });
