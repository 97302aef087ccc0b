/* From an audit to the paper of its report. */
#include "paper/audit_paper.h"

#include "paper/sheet_paper.h"

#include <jansson.h>

static json_t *
string(struct text text)
{
	return json_stringn(text.data != NULL ? text.data : "", text.len);
}

static void
put(json_t *object, const char *name, struct text text)
{
	json_object_set_new(object, name, string(text));
}

static void
drop(json_t **json)
{
	json_decref(*json);
}

static json_t *
section(json_t *sections, const char *kind, const char *heading)
{
	json_t *made = json_object();
	put(made, "kind", text_of(kind));
	if (heading != NULL)
		put(made, "heading", text_of(heading));
	json_array_append_new(sections, made);
	return made;
}

static void
fact(json_t *rows, const char *label, struct text value)
{
	json_t *row = json_array(), *field = json_object();
	put(field, "label", text_of(label));
	put(field, "value", value);
	json_array_append_new(row, field);
	json_array_append_new(rows, row);
}

struct column {
	const char *name;
	int width;
};

static json_t *
table(json_t *sections, const char *heading, const struct column *columns, size_t count)
{
	json_t *made = section(sections, "items", heading), *list = json_array(), *rows = json_array();
	for (size_t at = 0; at < count; at++) {
		json_t *column = json_object();
		put(column, "name", text_of(columns[at].name));
		json_object_set_new(column, "width", json_integer(columns[at].width));
		json_array_append_new(list, column);
	}
	json_object_set_new(made, "columns", list);
	json_object_set_new(made, "rows", rows);
	return rows;
}

static void
line(json_t *rows, const struct text *cells, size_t count)
{
	json_t *row = json_array();
	for (size_t at = 0; at < count; at++)
		json_array_append_new(row, string(cells[at]));
	json_array_append_new(rows, row);
}

static struct error *
put_facts(struct look *look, const struct audit *audit, json_t *sections)
{
	struct arena *arena = look->arena;
	struct audit_scope *scopes;
	struct auditor *auditors;
	size_t count;
	struct text list = T("");
	json_t *rows = json_array();
	json_object_set_new(section(sections, "rows", NULL), "rows", rows);
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
		line(rows,
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
		line(rows,
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
		line(rows,
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
	json_t *made = json_object();
	put(made, "record", audit_about(arena, audit->id));
	put(made, "digest", hash_hex(arena, &digest));
	json_object_set_new(made, "tree_size", json_integer(proof->tree_size));
	put(made, "command", text_format(arena, "bansho verify bansho-%.*s.zip", T_ARG(proof->body)));
	json_object_set_new(job, "proof", made);
}

static struct text
dumped(struct arena *arena, const json_t *made)
{
	const size_t len = json_dumpb(made, NULL, 0, JSON_COMPACT);
	char *room = arena_get(arena, 1, len + 1);
	(void)json_dumpb(made, room, len, JSON_COMPACT);
	return (struct text){ room, len };
}

struct error *
paper_audit(struct look *look, const struct flow *flow, const struct audit *audit, struct text body,
	    const struct audit_proof *proof, struct text *job)
{
	struct arena *arena = look->arena;
	__attribute__((cleanup(drop))) json_t *made = json_object();
	json_t *sections = json_array();
	put(made, "job", T("sheet"));
	put(made, "title", text_of(say("監査報告書")));
	put(made, "body", body);
	put(made, "day", day_iso(arena, moment_day(audit->reported)));
	put(made, "made", moment_local(arena, audit->reported));
	json_object_set_new(made, "sections", sections);
	TRY(put_facts(look, audit, sections));
	TRY(put_items(look, flow->pack, audit, sections));
	TRY(put_points(look, flow->pack, audit, sections));
	TRY(put_samples(look, audit, sections));
	put_proof(look, audit, proof, dumped(arena, sections), made);
	*job = dumped(arena, made);
	return OK;
}
