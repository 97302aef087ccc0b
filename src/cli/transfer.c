/* `bansho transfer`: what a list of next year's posts would do, and staging it. Deciding takes two people. */
#include "cli/rooms.h"

#include "transfer/transfer.h"

#include "base/number.h"
#include "base/table.h"

/* ---- Printing ---- */

static void
print_faults(const struct transfer_preview *preview)
{
	for (size_t at = 0; at < preview->faults_count; at++) {
		const struct transfer_fault *fault = &preview->faults[at];
		print(say("%lld行目 %s: %s%.*s\n"), (long long)fault->place,
		      fault->column != NULL ? say(fault->column) : "",
		      fault->is_hint ? say("気づき: ") : say("直す: "), T_ARG(fault->wrong));
	}
}

static void
print_preview(const struct transfer_preview *preview)
{
	for (size_t at = 0; at < preview->deeds_count; at++) {
		const struct transfer_deed *deed = &preview->deeds[at];
		print("%s %.*s %.*s: %.*s → %.*s\n", transfer_kind_words(deed->kind),
		      T_ARG(deed->number), T_ARG(deed->who), T_ARG(deed->was), T_ARG(deed->becomes));
	}
	for (size_t at = 0; at < preview->roles_count; at++)
		print("%s %.*s %.*s %.*s\n", preview->roles[at].is_gained ? "+" : "-",
		      T_ARG(preview->roles[at].who), T_ARG(words_now(preview->roles[at].role->name)),
		      T_ARG(preview->roles[at].unit_name));
	for (size_t at = 0; at < preview->gaps_count; at++)
		if (preview->gaps[at].is_new)
			print(say("空く役割: %.*s %.*s\n"),
			      T_ARG(words_now(preview->gaps[at].role->name)),
			      T_ARG(preview->gaps[at].unit_name));
	print_faults(preview);
	print(say("起きること %zu、増える役割 %zu、なくなる役割 %zu、空く役割 %zu、直すところ %zu\n"),
	      preview->deeds_count, preview->gained, preview->lost, preview->new_gaps,
	      preview->faults_count - preview->hints);
}

static struct error *
preview_json(const struct call *call, const struct transfer_preview *preview, int64_t staged)
{
	struct writer out = writer_open(call->arena, 64 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_number_at(&json, "deeds", (int64_t)preview->deeds_count); /* all bounded by the file */
	json_text_at(&json, "digest", hash_hex(call->arena, &preview->digest));
	json_name(&json, T("faults"));
	json_open_array(&json);
	for (size_t at = 0; at < preview->faults_count; at++) {
		json_open_object(&json);
		json_bool_at(&json, "hint", preview->faults[at].is_hint);
		json_number_at(&json, "line", preview->faults[at].place);
		json_text_at(&json, "words", preview->faults[at].wrong);
		json_end(&json);
	}
	json_end(&json);
	json_number_at(&json, "gained", (int64_t)preview->gained);
	json_number_at(&json, "gaps", (int64_t)preview->new_gaps);
	json_number_at(&json, "lost", (int64_t)preview->lost);
	json_number_at(&json, "staged", staged);
	json_end(&json);
	return print_writer(&out);
}

/* ---- check, stage ---- */

static struct error *
read_list(struct call *call, struct transfer_staging *staging)
{
	struct text csv, encoding;
	struct table table;
	struct transfer_table *read = ARENA_NEW(call->arena, struct transfer_table);
	const struct text day = call_text(call, "day"), title = call_text(call, "title");
	if (call->words_count < 2)
		return reject("FILE", "異動の一覧のファイルを書いてください。");
	if (day.data == NULL || !day_read(day, &staging->day))
		return reject("--day", "発令日を 2027-04-01 のように書いてください。");
	TRY(sheet_csv(call, text_z(call->arena, call->words[1]), &csv, &encoding));
	TRY(table_read(call->arena, csv, TRANSFER_MOST_LINES + 20, &table));
	TRY(transfer_table_read(call->arena, &table, read));
	staging->lines = read->lines;
	staging->count = read->count;
	staging->title = title.data != NULL
				 ? title
				 : text_format(call->arena, say("%.*s付け人事異動"),
					       T_ARG(day_wareki(call->arena, staging->day)));
	return OK;
}

struct staging_work {
	const struct transfer_staging *staging;
	struct transfer_id id;
};

static struct error *
stage_work(struct act *act, void *with)
{
	struct staging_work *work = with;
	return transfer_stage(act, work->staging, &work->id);
}

static struct error *
check_or_stage(struct call *call, struct body *body)
{
	struct transfer_staging staging;
	struct transfer_preview preview;
	struct staging_work work = { .staging = &staging };
	TRY(read_list(call, &staging));
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(body->store, call->arena, &look));
		TRY(transfer_preview_of(&look, &body->flow, &staging, &preview));
	}
	call->status = preview.faults_count > preview.hints ? EXIT_FOUND : EXIT_FINE;
	if (text_is(call->words[0], "stage")) {
		TRY(call_act(body, stage_work, &work));
		seal_if_possible(body);
	}
	if (call->is_json)
		return preview_json(call, &preview, work.id.no);
	print_preview(&preview);
	if (work.id.no != 0)
		print(say("下書きとして置きました（番号 %lld）。画面の「人事異動」で確かめ、決裁を求めてください。\n"),
		      (long long)work.id.no);
	return OK;
}

/* ---- show ---- */

static struct error *
show_all(struct call *call, struct look *look)
{
	struct transfer *list;
	size_t count;
	TRY(transfer_lists(look, &list, &count));
	for (size_t at = 0; at < count; at++)
		print("%lld %.*s %s %.*s (%lld)\n", (long long)list[at].id.no,
		      T_ARG(day_iso(call->arena, list[at].day)),
		      transfer_state_words(list[at].state), T_ARG(list[at].title),
		      (long long)list[at].lines);
	return OK;
}

static struct error *
lists_json(struct call *call, struct look *look)
{
	struct transfer *list;
	size_t count;
	struct writer out = writer_open(call->arena, 64 << 20);
	struct json json = json_begin(&out);
	TRY(transfer_lists(look, &list, &count));
	json_open_array(&json);
	for (size_t at = 0; at < count; at++) {
		json_open_object(&json);
		json_text_at(&json, "day", day_iso(call->arena, list[at].day));
		json_number_at(&json, "lines", list[at].lines);
		json_number_at(&json, "no", list[at].id.no);
		json_text_at(&json, "state", text_of(transfer_state_name(list[at].state)));
		json_text_at(&json, "title", list[at].title);
		json_end(&json);
	}
	json_end(&json);
	return print_writer(&out);
}

static struct error *
show(struct call *call, struct body *body)
{
	struct transfer_preview preview;
	int64_t number;
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, call->arena, &look));
	if (call->words_count < 2)
		return call->is_json ? lists_json(call, &look) : show_all(call, &look);
	if (!number_read(call->words[1], 1, INT64_MAX, &number))
		return reject("NO", "一覧の番号を数で書いてください。");
	TRY(transfer_preview(&look, &body->flow, (struct transfer_id){ number }, &preview));
	if (call->is_json)
		return preview_json(call, &preview, number);
	print_preview(&preview);
	return OK;
}

struct error *
run_transfer(struct call *call)
{
	struct body body;
	const struct text doing = call->words[0];
	const bool is_show = text_is(doing, "show"), is_stage = text_is(doing, "stage");
	if (!is_show && !is_stage && !text_is(doing, "check"))
		return reject(NULL, "check、stage、show のどれかを書いてください。");
	TRY(call_body(call, !is_stage, &body));
	struct error *error = is_show ? show(call, &body) : check_or_stage(call, &body);
	body_close(&body);
	return error;
}
