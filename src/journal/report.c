/* What a verification found, in words and for machines. */
#include "base/json.h"
#include "journal/rooms.h"

#include <stdarg.h>
#include <stdio.h>

enum { REMARKS_MOST = 100 };

const char *
journal_finding_name(enum journal_finding_kind kind)
{
	switch (kind) {
	case FINDING_ENTRY_EDITED:
		return "entry-edited";
	case FINDING_ENTRY_MISSING:
		return "entry-missing";
	case FINDING_ENTRY_MOVED:
		return "entry-moved";
	case FINDING_ENTRY_STRANGE:
		return "entry-strange";
	case FINDING_INDEX_WRONG:
		return "index-wrong";
	case FINDING_TAIL_CUT:
		return "tail-cut";
	case FINDING_REWRITTEN:
		return "rewritten";
	case FINDING_TILE_WRONG:
		return "tile-wrong";
	case FINDING_CHECKPOINT_BAD:
		return "checkpoint-bad";
	case FINDING_KEY_OTHER:
		return "key-other";
	case FINDING_ROW_EDITED:
		return "row-edited";
	case FINDING_ROW_ADDED:
		return "row-added";
	case FINDING_ROW_REMOVED:
		return "row-removed";
	case FINDING_KEY_MISSING:
		return "key-missing";
	case FINDING_KEY_KEPT:
		return "key-kept";
	case FINDING_LOG_BROKEN:
		return "log-broken";
	case FINDING_COSIGNATURE_BAD:
		return "cosignature-bad";
	case FINDING_STAMP_BAD:
		return "stamp-bad";
	case FINDING_FILE_STRANGE:
		return "file-strange";
	case FINDING_CLOCK_BACK:
		return "clock-back";
	}
	return "?";
}

void
report_begin(struct journal_report *report, struct arena *arena)
{
	*report = (struct journal_report){ .vkey = T(""), .root = hash_of(T("")) };
	report->findings = ARENA_ARRAY(arena, struct journal_finding, JOURNAL_FINDINGS_MOST);
	report->erased = ARENA_ARRAY(arena, int64_t, JOURNAL_FINDINGS_MOST);
}

static void
add(struct journal_report *report, const struct journal_finding *finding)
{
	const bool is_remark = finding->kind == FINDING_CLOCK_BACK;
	if (is_remark)
		report->remark_total++;
	else
		report->finding_total++;
	/* Remarks must not crowd out what is wrong. */
	if (is_remark && report->remark_total > REMARKS_MOST)
		return;
	if (report->finding_count < JOURNAL_FINDINGS_MOST)
		report->findings[report->finding_count++] = *finding;
}

void
report_entry(struct arena *arena, struct journal_report *report, enum journal_finding_kind kind,
	     int64_t seq, const char *format, ...)
{
	char words[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(words, sizeof words, say(format), args);
	va_end(args);
	struct journal_finding finding = { .kind = kind, .seq = seq, .table = T("") };
	if (report->finding_count < JOURNAL_FINDINGS_MOST)
		finding.words = text_copy(arena, text_of(words));
	add(report, &finding);
}

static void
row_words(char *words, size_t room, enum journal_finding_kind kind,
	  const struct journal_finding *row)
{
	const long long id = row->id, seq = row->seq;
	if (kind == FINDING_ROW_EDITED)
		snprintf(words, room,
			 say("表「%.*s」の行 %lld が、記録 %lld のあとに、記録を残さず書き換えられています。"),
			 T_ARG(row->table), id, seq);
	else if (kind == FINDING_ROW_REMOVED)
		snprintf(words, room,
			 say("表「%.*s」の行 %lld が、記録 %lld のあとに、記録を残さず消されています。"),
			 T_ARG(row->table), id, seq);
	else if (seq >= 0)
		snprintf(words, room,
			 say("表「%.*s」の行 %lld は、記録 %lld で消されたはずの行です。"),
			 T_ARG(row->table), id, seq);
	else
		snprintf(words, room, say("表「%.*s」の行 %lld は、どの記録にもない行です。"),
			 T_ARG(row->table), id);
}

void
report_row(struct arena *arena, struct journal_report *report, enum journal_finding_kind kind,
	   struct text table, int64_t id, int64_t seq)
{
	struct journal_finding finding = { kind, seq, text_copy(arena, table), id, T("") };
	char words[1024];
	row_words(words, sizeof words, kind, &finding);
	finding.words = text_copy(arena, text_of(words));
	add(report, &finding);
}

void
journal_report_erased(struct journal_report *report, int64_t person)
{
	if (report->erased_total < JOURNAL_FINDINGS_MOST)
		report->erased[report->erased_total] = person;
	report->erased_total++;
}

void
journal_report_key(struct arena *arena, struct journal_report *report,
		   enum journal_finding_kind kind, int64_t person)
{
	struct journal_finding finding = { kind, -1, T("people_person"), person, T("") };
	const long long id = person;
	if (person == 0)
		finding.words = text_of(say("鍵束に団体の鍵がありません。添付ファイルを読めません。"));
	else if (kind == FINDING_KEY_KEPT)
		finding.words = text_format(
			arena, say("職員 %lld は消去済みですが、鍵が残っています。番所を起動し直すと鍵が破棄されます。古い鍵束を戻していないか確かめてください。"), id);
	else
		finding.words = text_format(
			arena, say("職員 %lld の鍵が、消去の記録がないのに、鍵束にありません。控えの鍵束を戻してください。"), id);
	add(report, &finding);
}

static void
write_erased(struct writer *out, const struct journal_report *report)
{
	for (int64_t at = 0; at < report->erased_total && at < JOURNAL_FINDINGS_MOST; at++)
		write_format(out, say("職員 %lld: 消去済み・証明は有効\n"),
			     (long long)report->erased[at]);
	if (report->erased_total != 0 && !report->has_ring)
		write_z(out, say("鍵束がないため、鍵が破棄されているかは確かめていません。\n"));
}

static void
write_finding(struct json *json, const struct journal_finding *finding)
{
	json_open_object(json);
	if (finding->table.len != 0)
		json_number_at(json, "id", finding->id);
	json_text_at(json, "kind", text_of(journal_finding_name(finding->kind)));
	if (finding->seq >= 0)
		json_number_at(json, "seq", finding->seq);
	if (finding->table.len != 0)
		json_text_at(json, "table", finding->table);
	json_text_at(json, "words", finding->words);
	json_end(json);
}

static void
write_cosigners(struct json *json, struct arena *arena, const struct journal_report *report)
{
	json_name(json, T("cosigned"));
	json_open_array(json);
	for (size_t at = 0; at < report->cosigner_count; at++) {
		json_open_object(json);
		json_number_at(json, "size", report->cosigners[at].end);
		json_text_at(json, "until", moment_utc(arena, report->cosigners[at].at));
		json_text_at(json, "witness", report->cosigners[at].name);
		json_end(json);
	}
	json_end(json);
}

struct text
journal_report_json(struct arena *into, const struct journal_report *report)
{
	struct writer out = writer_open(into, (size_t)8 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_number_at(&json, "checkpoints", report->checkpoints);
	write_cosigners(&json, into, report);
	json_number_at(&json, "erased", report->erased_total);
	json_name(&json, T("findings"));
	json_open_array(&json);
	for (size_t at = 0; at < report->finding_count; at++)
		write_finding(&json, &report->findings[at]);
	json_end(&json);
	json_bool_at(&json, "key_given", report->is_key_given);
	json_number_at(&json, "logs", report->logs);
	json_bool_at(&json, "ok", report->finding_total == 0);
	json_number_at(&json, "remarks", report->remark_total);
	json_text_at(&json, "root", hash_hex(into, &report->root));
	json_number_at(&json, "rows", report->rows);
	json_number_at(&json, "signed", report->signed_size);
	json_number_at(&json, "size", report->size);
	json_number_at(&json, "stamps", report->stamps);
	json_number_at(&json, "total", report->finding_total);
	json_text_at(&json, "vkey", report->vkey);
	json_end(&json);
	return writer_text(&out);
}

static void
write_cosigner(struct writer *out, const struct journal_cosigner *cosigner)
{
	if (cosigner->end == 0)
		write_format(out, say("証人 %.*s の証言はありません。\n"), T_ARG(cosigner->name));
	else
		write_format(out, say("証人 %.*s は、はじめの %lld 件を %.*s に証言しています。\n"),
			     T_ARG(cosigner->name), (long long)cosigner->end,
			     T_ARG(moment_wareki(out->arena, cosigner->at)));
}

static void
write_tail(struct writer *out, const struct journal_report *report)
{
	if (report->size > report->signed_size)
		write_format(out, say("検証点のあとの %lld 件には、まだ署名がありません。\n"),
			     (long long)(report->size - report->signed_size));
	for (size_t at = 0; at < report->cosigner_count; at++)
		write_cosigner(out, &report->cosigners[at]);
	if (report->stamps != 0)
		write_format(out, say("タイムスタンプ %lld 個を確かめました。最新のものは %.*s です。\n"),
			     (long long)report->stamps,
			     T_ARG(moment_wareki(out->arena, report->stamped_at)));
	if (report->vkey.len == 0)
		write_z(out, say("検証鍵がないため、署名は確かめていません。\n"));
	else if (!report->is_key_given)
		write_z(out, say("署名は一緒に入っていた鍵で確かめました。別に受け取った鍵を指定すると、より確かです。\n"));
}

struct text
journal_report_words(struct arena *into, const struct journal_report *report)
{
	struct writer out = writer_open(into, (size_t)8 << 20);
	for (size_t at = 0; at < report->finding_count; at++)
		write_format(&out, "%s %.*s\n",
			     report->findings[at].kind == FINDING_CLOCK_BACK ? "・" : "✗",
			     T_ARG(report->findings[at].words));
	const int64_t all = report->finding_total + report->remark_total;
	if (all > (int64_t)report->finding_count) /* at most 1000: fits */
		write_format(&out, say("ほかに %lld 件あります。\n"),
			     (long long)all - (long long)report->finding_count);
	write_format(&out, say("記録 %lld 件、検証点 %lld 個、行 %lld 件を確かめました。\n"),
		     (long long)report->size, (long long)report->checkpoints,
		     (long long)report->rows);
	write_erased(&out, report);
	write_tail(&out, report);
	if (report->finding_total == 0)
		write_z(&out, say("記録簿は正しくつながっています。\n"));
	else
		write_format(&out, say("%lld 件の異状が見つかりました。\n"),
			     (long long)report->finding_total);
	return writer_text(&out);
}
