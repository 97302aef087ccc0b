/* From an audit to the paper of its report. */
#include "paper/audit_paper.h"

#include "base/say.h"
#include "paper/job.h"

static void
fact(json_t *rows, const char *label, struct text value)
{
	json_t *field = job_object(job_row(rows));
	job_put(field, "label", text_of(label));
	job_put(field, "value", value);
}

struct column {
	const char *name;
	int width;
};

static json_t *
table(json_t *sections, const char *heading, const struct column *columns, size_t count)
{
	json_t *made = job_section(sections, "items", text_of(heading)), *list = job_list(made, "columns");
	for (size_t at = 0; at < count; at++)
		job_column(list, text_of(columns[at].name), columns[at].width);
	return job_list(made, "rows");
}

static struct error *
put_facts(struct look *look, const struct audit *audit, json_t *sections)
{
	struct arena *arena = look->arena;
	struct audit_scope *scopes;
	struct auditor *auditors;
	size_t count;
	struct text list = T("");
	json_t *rows = job_list(job_section(sections, "rows", T("")), "rows");
	fact(rows, say("監査"), audit->title);
	fact(rows, say("種類"), text_of(audit_kind_words(audit->kind)));
	fact(rows, say("目的"), audit->aim);
	TRY(audit_scopes(look, audit->id, &scopes, &count));
	for (size_t at = 0; at < count; at++)
		list = text_format(arena, "%.*s%s%.*s", T_ARG(list), at == 0 ? "" : "\n", T_ARG(scopes[at].name));
	fact(rows, say("対象"), list);
	fact(rows, say("期間"),
	     text_format(arena, say("%.*sから%.*sまで"), T_ARG(day_wareki(arena, audit->since)),
			 T_ARG(day_wareki(arena, audit->until))));
	TRY(audit_auditors(look, audit->id, &auditors, &count));
	list = T("");
	for (size_t at = 0; at < count; at++)
		if (auditors[at].ended.ms == 0)
			list = text_format(arena, "%.*s%s%.*s%s", T_ARG(list), list.len == 0 ? "" : "\n",
					   T_ARG(auditors[at].name),
					   auditors[at].is_lead ? say("（責任者）") : "");
	fact(rows, say("監査人"), list);
	fact(rows, say("結果のまとめ"), audit->report);
	return OK;
}

static struct error *
put_items(struct look *look, const struct pack *pack, const struct audit *audit, json_t *sections)
{
	const struct column columns[] = {
		{ say("条項"), 16 }, { say("義務"), 40 }, { say("結果"), 16 }, { say("見たこと"), 40 } };
	struct audit_item *list;
	size_t count;
	TRY(audit_items(look, pack, audit->id, &list, &count));
	json_t *rows = table(sections, say("監査の項目"), columns, 4);
	for (size_t at = 0; at < count; at++)
		job_cells(rows,
		     (struct text[]){ list[at].clause != NULL ? list[at].clause->number : list[at].clause_id,
				      list[at].clause != NULL ? words_now(list[at].clause->duty) : T(""),
				      text_of(item_result_words(list[at].result)), list[at].words },
		     4);
	return OK;
}

static struct error *
put_points(struct look *look, const struct pack *pack, const struct audit *audit, json_t *sections)
{
	const struct column columns[] = { { say("番号"), 8 },	 { say("指摘"), 42 }, { say("所属"), 18 },
					  { say("重さ"), 14 }, { say("期限"), 18 }, { say("状態"), 14 } };
	struct arena *arena = look->arena;
	struct audit_point *list;
	size_t count;
	TRY(audit_points(look, pack, audit->id, &list, &count));
	if (count == 0)
		return OK;
	json_t *rows = table(sections, say("指摘"), columns, 6);
	for (size_t at = 0; at < count; at++)
		job_cells(rows,
		     (struct text[]){ text_number(arena, list[at].number),
				      text_format(arena, "%.*s\n%.*s\n%.*s", T_ARG(list[at].title),
						  T_ARG(list[at].words), T_ARG(list[at].wish)),
				      list[at].unit_name, words_now(list[at].grade->name),
				      day_is_none(list[at].due) ? T("") : day_wareki_short(arena, list[at].due),
				      text_of(point_state_words(list[at].state)) },
		     6);
	return OK;
}

static struct error *
put_samples(struct look *look, const struct audit *audit, json_t *sections)
{
	const struct column columns[] = { { say("種"), 34 }, { say("検証点までの件数"), 20 }, { say("数"), 10 },
					  { say("疑問"), 10 }, { say("標本のハッシュ"), 40 } };
	struct arena *arena = look->arena;
	struct audit_draw *list;
	size_t count;
	TRY(audit_draws(look, audit->id, &list, &count));
	if (count == 0)
		return OK;
	json_t *rows = table(sections, say("記録簿の標本"), columns, 5);
	for (size_t at = 0; at < count; at++)
		job_cells(rows,
		     (struct text[]){ list[at].asked.seed, text_number(arena, list[at].asked.size),
				      text_number(arena, list[at].count), text_number(arena, list[at].doubts),
				      hash_hex(arena, &list[at].digest) },
		     5);
	return OK;
}

static void
put_proof(struct look *look, const struct audit *audit, const struct audit_proof *proof, struct text all,
	  json_t *job)
{
	struct arena *arena = look->arena;
	const struct hash digest = hash_of(all);
	job_prove(job, &(struct job_proof){
			       .record = audit_about(arena, audit->id),
			       .digest = hash_hex(arena, &digest),
			       .tree_size = proof->tree_size,
			       .command = text_format(arena, "bansho verify bansho-%.*s.zip", T_ARG(proof->body)),
		       });
}

struct error *
paper_audit(struct look *look, const struct flow *flow, const struct audit *audit, struct text body,
	    const struct audit_proof *proof, struct text *job)
{
	struct arena *arena = look->arena;
	const char *const too_large = say("印刷するには大きすぎます。期間や範囲を狭めてください。");
	JOB_SCOPED made = json_object();
	struct text all;
	job_put(made, "job", T("sheet"));
	job_put(made, "title", text_of(say("監査報告書")));
	job_put(made, "body", body);
	job_put(made, "day", day_iso(arena, moment_day(audit->reported)));
	job_put(made, "made", moment_local(arena, audit->reported));
	json_t *sections = job_list(made, "sections");
	TRY(put_facts(look, audit, sections));
	TRY(put_items(look, flow->pack, audit, sections));
	TRY(put_points(look, flow->pack, audit, sections));
	TRY(put_samples(look, audit, sections));
	TRY(job_write(arena, sections, too_large, &all));
	put_proof(look, audit, proof, all, made);
	return job_write(arena, made, too_large, job);
}
