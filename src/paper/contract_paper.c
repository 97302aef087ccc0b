/* From a contract to its paper. */
#include "paper/contract_paper.h"

#include "base/say.h"

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

static struct text
day_of(struct arena *arena, struct day day)
{
	return day_is_none(day) ? T("") : day_wareki_short(arena, day);
}

static struct text
class_of(const struct pack *pack, struct text code)
{
	const struct pack_axis *axis = pack->contracts->axis;
	const struct pack_class *value = axis != NULL ? axis_value(axis, code) : NULL;
	return value != NULL ? words_now(value->name) : code;
}

static struct text
way_of(const struct pack *pack, struct text code)
{
	const struct pack_contract_way *way = pack_contract_way(pack->contracts, code);
	return way != NULL ? words_now(way->name) : code;
}

static struct text
days_of(struct arena *arena, struct day since, struct day until)
{
	return text_format(arena, say("%.*sから%.*sまで"), T_ARG(day_of(arena, since)), T_ARG(day_of(arena, until)));
}

static struct error *
put_facts(struct look *look, const struct pack *pack, const struct contract *contract, json_t *sections)
{
	struct arena *arena = look->arena;
	struct contract_prolonging *list;
	size_t count;
	json_t *rows = json_array();
	json_object_set_new(section(sections, "rows", NULL), "rows", rows);
	fact(rows, say("件名"), contract->title);
	fact(rows, say("内容"), contract->work);
	fact(rows, say("委託先"), contract->firm_name);
	fact(rows, say("受け持つ所属"), contract->unit_name);
	fact(rows, say("情報の分類"), class_of(pack, contract->class_code));
	fact(rows, say("契約"), contract->number);
	fact(rows, say("期間"), days_of(arena, contract->since, contract->until));
	TRY(contract_prolonged(look, contract->id, &list, &count));
	for (size_t at = 0; at < count; at++)
		fact(rows, say("延長"),
		     text_format(arena, say("%.*sまでを%.*sまでに（変更契約 %.*s）\n%.*s"), T_ARG(day_of(arena, list[at].was)),
				 T_ARG(day_of(arena, list[at].until)), T_ARG(day_of(arena, list[at].agreed)),
				 T_ARG(list[at].words)));
	fact(rows, say("状態"), text_of(contract_stage_words(contract->stage)));
	if (contract->end_words.len != 0)
		fact(rows, say("終わり"),
		     text_format(arena, "%.*s %.*s", T_ARG(day_of(arena, contract->ended)),
				 T_ARG(contract->end_words)));
	return OK;
}

static struct error *
put_links(struct look *look, const struct contract *contract, json_t *sections)
{
	const struct column columns[] = { { say("段"), 6 }, { say("事業者"), 24 }, { say("作業と期間"), 42 },
					  { say("作業する場所"), 26 }, { say("同意"), 14 }, { say("決めた人"), 18 } };
	struct contract_link *list;
	size_t count;
	TRY(contract_links(look, contract->id, &list, &count));
	json_t *rows = table(sections, say("委託先と再委託先"), columns, 6);
	for (size_t at = 0; at < count; at++)
		line(rows,
		     (struct text[]){ text_number(look->arena, list[at].depth), list[at].firm_name,
				      text_format(look->arena, "%.*s\n%.*s", T_ARG(list[at].work),
						  T_ARG(days_of(look->arena, list[at].since, list[at].until))),
				      list[at].place, text_of(contract_link_state_words(list[at].state)),
				      list[at].decider_name },
		     6);
	return OK;
}

static struct text
end_of(struct arena *arena, const struct contract_handover *one)
{
	if (one->state == HANDOVER_VERIFIED)
		return text_format(arena, "%s %.*s\n%.*s\n%.*s", contract_handover_end_words(one->end),
				   T_ARG(day_of(arena, one->verified)), T_ARG(one->verify),
				   T_ARG(one->verifier_name));
	if (one->state == HANDOVER_CLAIMED)
		return text_format(arena, "%s %.*s %s\n%.*s", contract_handover_end_words(one->end),
				   T_ARG(day_of(arena, one->claimed)), say("（申告のみ）"), T_ARG(one->claim));
	return T("");
}

static struct error *
put_handovers(struct look *look, const struct pack *pack, const struct contract *contract, json_t *sections)
{
	const struct column columns[] = { { say("何を"), 34 }, { say("分類"), 14 }, { say("だれに"), 22 },
					  { say("渡した日と方法"), 18 }, { say("数"), 6 }, { say("受領"), 18 },
					  { say("返却・消去"), 30 } };
	struct arena *arena = look->arena;
	struct contract_handover *list;
	size_t count;
	TRY(contract_handovers(look, pack, contract->id, &list, &count));
	json_t *rows = table(sections, say("渡したデータ"), columns, 7);
	for (size_t at = 0; at < count; at++)
		line(rows,
		     (struct text[]){
			     text_format(arena, "%.*s%s%.*s%s%.*s", T_ARG(list[at].what),
					 list[at].serial.len != 0 ? "\n" : "", T_ARG(list[at].serial),
					 list[at].file.len != 0 ? "\nSHA-256 " : "", T_ARG(list[at].file)),
			     text_format(arena, "%.*s%s%s", T_ARG(class_of(pack, list[at].class_code)),
					 list[at].is_test ? "\n" : "", list[at].is_test ? say("試験に使う本番データ") : ""),
			     list[at].source_name.len == 0
				     ? list[at].firm_name
				     : text_format(arena, say("%.*s（%.*sから）"), T_ARG(list[at].firm_name),
						   T_ARG(list[at].source_name)),
			     text_format(arena, "%.*s\n%.*s", T_ARG(day_of(arena, list[at].day)),
					 T_ARG(way_of(pack, list[at].way))),
			     text_number(arena, list[at].copies),
			     text_format(arena, "%.*s%s%.*s", T_ARG(day_of(arena, list[at].received)),
					 list[at].receipt.len != 0 ? "\n" : "", T_ARG(list[at].receipt)),
			     end_of(arena, &list[at]) },
		     7);
	return OK;
}

static struct error *
put_items(struct look *look, const struct pack *pack, const struct contract *contract, json_t *sections)
{
	const struct column columns[] = { { say("要件"), 50 }, { say("契約に"), 12 }, { say("場所、または理由"), 50 } };
	struct contract_said *list;
	size_t count;
	TRY(contract_items(look, pack, contract->id, &list, &count));
	json_t *rows = table(sections, say("契約の要件"), columns, 3);
	for (size_t at = 0; at < count; at++)
		if (list[at].is_answered)
			line(rows,
			     (struct text[]){ words_now(list[at].item->name),
					      text_of(list[at].is_present ? say("ある") : say("ない")),
					      list[at].words },
			     3);
	return OK;
}

static struct text
dumped(struct arena *arena, const json_t *made)
{
	const size_t len = json_dumpb(made, NULL, 0, JSON_COMPACT);
	char *room = arena_get(arena, 1, len + 1);
	(void)json_dumpb(made, room, len, JSON_COMPACT);
	return (struct text){ room, len };
}

static void
put_proof(struct look *look, const struct contract *contract, const struct contract_proof *proof,
	  struct text all, json_t *job)
{
	struct arena *arena = look->arena;
	const struct hash digest = hash_of(all);
	json_t *made = json_object();
	put(made, "record", contract_about(arena, contract->id));
	put(made, "digest", hash_hex(arena, &digest));
	json_object_set_new(made, "tree_size", json_integer(proof->tree_size));
	put(made, "command", text_format(arena, "bansho verify bansho-%.*s.zip", T_ARG(proof->body)));
	json_object_set_new(job, "proof", made);
}

struct error *
paper_contract(struct look *look, const struct flow *flow, const struct contract *contract,
	       struct text body, const struct contract_proof *proof, struct text *job)
{
	struct arena *arena = look->arena;
	__attribute__((cleanup(drop))) json_t *made = json_object();
	json_t *sections = json_array();
	put(made, "job", T("sheet"));
	put(made, "title", text_of(say("データ引渡簿")));
	put(made, "body", body);
	put(made, "day", day_iso(arena, moment_day(look->now)));
	put(made, "made", moment_local(arena, look->now));
	json_object_set_new(made, "sections", sections);
	TRY(put_facts(look, flow->pack, contract, sections));
	TRY(put_links(look, contract, sections));
	TRY(put_handovers(look, flow->pack, contract, sections));
	TRY(put_items(look, flow->pack, contract, sections));
	put_proof(look, contract, proof, dumped(arena, sections), made);
	*job = dumped(arena, made);
	return OK;
}
