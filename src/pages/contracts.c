/* The list of contracts, as a page and to take away; and the beginning of a new one. */
#include "pages/contract_pages.h"

enum { SHOWN_MOST = 500 };

/* What the visitor may see, open ones only unless all were asked for. */
static struct error *
seen_contracts(struct look *look, struct visit *visit, bool with_ended, size_t most, struct contract **list,
	       size_t *count)
{
	const struct pack *pack = visit->office->pack;
	struct contract_eyes eyes;
	*count = 0;
	if (pack->contracts == NULL)
		return OK;
	TRY(contract_sees(look, pack, visit->session.person, &eyes));
	if (!eyes.all && eyes.count == 0)
		return OK;
	return contract_list(look, pack, &(struct contract_query){ .eyes = &eyes, .is_open_only = !with_ended }, most,
			     list, count);
}

static struct text
kind_of(const struct contract *contract)
{
	return contract->of != NULL ? words_now(contract->of->name) : contract->kind;
}

static struct text
state_of(const struct contract *contract)
{
	return text_of(contract->is_past ? say("期間終了・未了") : contract_stage_words(contract->stage));
}

static struct error *
fill_wrongs(struct look *look, struct visit *visit, struct contracts_page *page)
{
	struct contract_wrong *list;
	size_t count;
	TRY(contract_wrongs(look, visit->office->pack, &list, &count));
	page->wrongs = ARENA_ARRAY(visit->arena, struct contracts_wrongs, count + 1);
	for (size_t at = 0; at < count; at++)
		if (visit_reaches(look, visit, RIGHT_LEDGER_READ, list[at].unit))
			page->wrongs[page->wrongs_count++] = (struct contracts_wrongs){
				list[at].title,
				url_make(visit->arena, "/ledger/{}/{}", 2,
					 ((struct text[]){ list[at].rule->ledger->code,
							   number_text(visit->arena, list[at].row.no) })),
				words_now(list[at].rule->name)
			};
	return OK;
}

static struct error *
contracts_draw(struct look *look, struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	struct contract *list = NULL;
	struct unit_id *units;
	size_t count, units_count = 0;
	struct contracts_page page = {
		.frame = visit_frame(visit, text_of(say("委託")), "outside"),
		.has_rules = pack->contracts != NULL,
		.with_ended = text_is(visit_text(visit, "with"), "ended"),
		.all = url_query(visit->arena, url_path(visit->arena, "/contracts"), "with", T("ended")),
		.current = url_path(visit->arena, "/contracts"),
		.csv = url_path(visit->arena, "/contracts/csv"),
		.xlsx = url_path(visit->arena, "/contracts/xlsx"),
	};
	TRY(seen_contracts(look, visit, page.with_ended, SHOWN_MOST + 1, &list, &count));
	page.has_more = count > SHOWN_MOST;
	count -= page.has_more;
	if (page.has_rules) {
		TRY(contract_units(look, pack, visit->session.person, &units, &units_count));
		TRY(fill_wrongs(look, visit, &page));
	}
	page.may_open = units_count != 0;
	page.rows = ARENA_ARRAY(visit->arena, struct contracts_rows, count + 1);
	page.rows_count = count;
	for (size_t at = 0; at < count; at++)
		page.rows[at] = (struct contracts_rows){
			.title = list[at].title,
			.href = contract_url(visit, list[at].id),
			.kind = kind_of(&list[at]),
			.unit = list[at].unit_name,
			.firm = list[at].firm_name,
			.state = state_of(&list[at]),
			.tag = text_of(contract_stage_tag(&list[at])),
			.until = list[at].until,
			.class = contract_class_words(visit, list[at].class_code),
			.links = list[at].links,
			.bad_links = list[at].unconsented,
			.open = list[at].unverified,
			.demands = list[at].demands,
			.late = list[at].late_demands,
		};
	return visit_draw(visit, contracts_page, &page);
}

static struct error *
contracts_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("件名")), 36 }, { text_of(say("種類")), 16 },	 { text_of(say("状態")), 14 },
		{ text_of(say("委託先")), 26 }, { text_of(say("所属")), 20 },	 { text_of(say("分類")), 14 },
		{ text_of(say("始まり")), 14 }, { text_of(say("終わり")), 14 }, { text_of(say("再委託")), 10 },
		{ text_of(say("同意なし")), 10 }, { text_of(say("未確認のデータ")), 14 },
	};
	struct contract *list = NULL;
	size_t count;
	TRY(seen_contracts(look, visit, true, CONTRACT_MOST_LISTED, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("委託")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(list[at].title);
		*cell++ = rows_words(kind_of(&list[at]));
		*cell++ = rows_words(state_of(&list[at]));
		*cell++ = rows_words(list[at].firm_name);
		*cell++ = rows_words(list[at].unit_name);
		*cell++ = rows_words(contract_class_words(visit, list[at].class_code));
		*cell++ = rows_day(list[at].since);
		*cell++ = rows_day(list[at].until);
		*cell++ = rows_words(text_number(visit->arena, list[at].links));
		*cell++ = rows_words(text_number(visit->arena, list[at].unconsented));
		*cell++ = rows_words(text_number(visit->arena, list[at].unverified));
	}
	return rows_send(look, visit, &out);
}

/* ---- A new one ---- */

static struct error *
unit_box(struct look *look, struct visit *visit, struct field_part **box)
{
	struct unit_id *units;
	size_t count;
	TRY(contract_units(look, visit->office->pack, visit->session.person, &units, &count));
	if (count == 0)
		return refuse("委託を始められるのは、所属の責任者だけです。");
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++) {
		struct unit unit;
		TRY(people_unit(look, units[at], &unit));
		options[at] = (struct field_option){ number_text(visit->arena, units[at].no), unit.name };
	}
	*box = select_box(visit, "unit", text_of(say("受け持つ所属")), T(""), options[0].value, true, options,
			  count);
	return OK;
}

static struct field_part *
kind_box(struct visit *visit)
{
	const struct pack_contracts *rules = visit->office->pack->contracts;
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, rules->kinds_count + 1);
	for (size_t at = 0; at < rules->kinds_count; at++)
		options[at] = (struct field_option){ rules->kinds[at].code, words_now(rules->kinds[at].name) };
	return select_box(visit, "kind", text_of(say("委託の種類")), T(""), T(""), true, options,
			  rules->kinds_count);
}

static struct error *
new_draw(struct look *look, struct visit *visit)
{
	struct field_part *unit;
	if (visit->office->pack->contracts == NULL)
		return missing("この団体の方針には委託の決まり（contracts.yaml）がありません。");
	TRY(unit_box(look, visit, &unit));
	struct audit_form_page *page =
		audit_form_make(visit, say("新しい委託を始める"), text_of(say("委託")),
				url_path(visit->arena, "/contracts"), url_path(visit->arena, "/contracts/new"),
				say("選定に進む"));
	page->frame = visit_frame(visit, text_of(say("新しい委託を始める")), "outside");
	page->lead = text_of(say("何を任せ、どの分類の情報を扱わせるかを決めます。次の画面で、候補の事業者を基準に照らします。"));
	audit_form_field(page, text_box(visit, "title", say("件名"), "", T(""), true));
	audit_form_field(page, long_box(visit, "work", say("委託する内容"), "", T(""), true));
	audit_form_field(page, kind_box(visit));
	audit_form_field(page, contract_class_box(visit, T("")));
	audit_form_field(page, unit);
	return audit_form_draw(visit, page);
}

static struct error *
new_do(struct act *act, struct visit *visit)
{
	struct contract_id id;
	TRY(contract_open(act, visit->office->pack,
			  &(struct contract_opening){
				  .unit = { typed_number(visit, "unit") },
				  .title = audit_typed(visit, "title"),
				  .work = audit_typed(visit, "work"),
				  .kind = visit_text(visit, "kind"),
				  .class_code = visit_text(visit, "class"),
			  },
			  &id));
	return contract_go(visit, id, "contract-opened");
}

PAGE_ROWS(contracts, { { METHOD_GET, "/contracts" }, RIGHT_SELF, PAGE_LOOK, .look = contracts_draw },
	  { { METHOD_GET, "/contracts/csv" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = contracts_send },
	  { { METHOD_GET, "/contracts/xlsx" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = contracts_send },
	  { { METHOD_GET, "/contracts/new" }, RIGHT_SELF, PAGE_LOOK, .look = new_draw },
	  { { METHOD_POST, "/contracts/new" }, RIGHT_SELF, PAGE_ACT, .act = new_do, .again = new_draw });
