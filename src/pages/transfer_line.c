/* One line of a transfer list: correcting, adding, leaving out. */
#include "pages/transfer_pages.h"

static struct field_part *
kind_box(struct visit *visit, struct text stored)
{
	struct field_option options[TRANSFER_KINDS + 1];
	size_t count = 0;
	enum transfer_kind kind;
	/* What cannot be understood is shown as it was typed. */
	if (stored.len != 0 && !transfer_kind_read(visit->arena, stored, &kind))
		options[count++] = (struct field_option){ stored, stored };
	else if (stored.len != 0)
		stored = text_of(transfer_kind_name(kind));
	for (size_t at = 0; at < TRANSFER_KINDS; at++)
		options[count++] = (struct field_option){
			text_of(transfer_kind_name((enum transfer_kind)at)),
			text_of(transfer_kind_words((enum transfer_kind)at)) };
	return select_box(visit, "kind", text_of(say("区分")), T(""), stored, true, options, count);
}

static void
fill_boxes(struct visit *visit, const struct transfer_line *line, struct transfer_line_page *page)
{
	page->kind = kind_box(visit, line->kind);
	page->number = text_box(visit, "number", say("職員番号"), say("所属を新設する行では、新しい所属のコード。"),
				line->number, false);
	page->name = text_box(visit, "name", say("氏名"), say("採用では必須。ほかの区分では、番号の確かめに使います。"),
			      line->name, false);
	page->kana = text_box(visit, "kana", say("フリガナ"), say("採用のときだけ。"), line->kana, false);
	page->from_unit = text_box(visit, "from_unit", say("異動前の所属"), say("所属の名前かコード。"),
				   line->from_unit, false);
	page->from_post = text_box(visit, "from_post", say("異動前の職"), "", line->from_post, false);
	page->to_unit = text_box(visit, "to_unit", say("異動後の所属"),
				 say("所属の名前かコード。廃止や統合では、引き継ぐ所属。"), line->to_unit, false);
	page->to_post = text_box(visit, "to_post", say("異動後の職"), say("課長、主事など。"), line->to_post,
				 false);
	page->day = day_box(visit, "day", say("この行の発令日"), say("空なら一覧の発令日。"), line->day, false);
	page->above = text_box(visit, "above", say("上位の所属・出向先"),
			       say("新設では上位の所属、出向では相手の団体。"), line->above, false);
	page->note = text_box(visit, "note", say("備考"), "", line->note, false);
}

static struct error *
fill_faults(struct look *look, struct visit *visit, struct transfer_id list, struct line_id line,
	    struct transfer_line_page *page)
{
	struct transfer_preview preview;
	TRY(transfer_preview(look, visit->office->flow, list, &preview));
	page->faults = ARENA_ARRAY(visit->arena, struct transfer_line_faults, preview.faults_count + 1);
	for (size_t at = 0; at < preview.faults_count; at++)
		if (preview.faults[at].line.no == line.no)
			page->faults[page->faults_count++].words = preview.faults[at].wrong;
	return OK;
}

static struct error *
line_draw(struct look *look, struct visit *visit)
{
	struct transfer transfer;
	struct transfer_line line;
	struct transfer_id list;
	TRY(transfer_shown(look, visit, &transfer));
	TRY(transfer_line_read(look, (struct line_id){ visit_id(visit, "line") }, &line, &list));
	if (list.no != transfer.id.no)
		return missing("その行は、この一覧にありません。");
	const struct text pieces[] = { text_number(visit->arena, list.no),
				       text_number(visit->arena, line.id.no) };
	const struct text heading = text_format(visit->arena, say("%lld行目を直す"), (long long)line.place);
	struct transfer_line_page page = {
		.frame = visit_frame(visit, heading, "people"),
		.tabs = people_tabs(visit, TAB_TRANSFERS),
		.csrf = visit->csrf,
		.change = number_text(visit->arena, transfer.change),
		.heading = heading,
		.action = url_make(visit->arena, "/transfers/{}/lines/{}", 2, pieces),
		.drop = url_make(visit->arena, "/transfers/{}/lines/{}/drop", 2, pieces),
		.back = transfer_url(visit->arena, list),
	};
	fill_boxes(visit, &line, &page);
	TRY(fill_faults(look, visit, list, line.id, &page));
	return visit_draw(visit, transfer_line_page, &page);
}

static struct error *
new_draw(struct look *look, struct visit *visit)
{
	struct transfer transfer;
	TRY(transfer_shown(look, visit, &transfer));
	struct transfer_line_page page = {
		.frame = visit_frame(visit, text_of(say("行を加える")), "people"),
		.tabs = people_tabs(visit, TAB_TRANSFERS),
		.csrf = visit->csrf,
		.change = number_text(visit->arena, transfer.change),
		.heading = text_of(say("行を加える")),
		.action = transfer_act_url(visit->arena, transfer.id, "lines"),
		.back = transfer_url(visit->arena, transfer.id),
		.is_new = true,
	};
	fill_boxes(visit, &(struct transfer_line){ .kind = T("move"), .day = DAY_NONE }, &page);
	return visit_draw(visit, transfer_line_page, &page);
}

static struct text
typed(const struct visit *visit, const char *name)
{
	return text_trim(visit_text(visit, name));
}

static struct error *
line_typed(struct visit *visit, struct transfer_line *line)
{
	*line = (struct transfer_line){
		.kind = typed(visit, "kind"),
		.number = text_narrow(visit->arena, typed(visit, "number")),
		.name = typed(visit, "name"),
		.kana = typed(visit, "kana"),
		.from_unit = typed(visit, "from_unit"),
		.from_post = typed(visit, "from_post"),
		.to_unit = typed(visit, "to_unit"),
		.to_post = typed(visit, "to_post"),
		.above = typed(visit, "above"),
		.note = typed(visit, "note"),
	};
	return form_day(visit, "day", false, &line->day);
}

static struct error *
save(struct act *act, struct visit *visit, struct line_id id)
{
	struct transferring of;
	struct transfer_line line;
	TRY(transferring_of(visit, &of));
	TRY(line_typed(visit, &line));
	line.id = id;
	visit->go_to = transfer_url(visit->arena, of.id);
	visit->done = "saved";
	return transfer_correct(act, &of, &line);
}

static struct error *
line_do(struct act *act, struct visit *visit)
{
	return save(act, visit, (struct line_id){ visit_id(visit, "line") });
}

static struct error *
new_do(struct act *act, struct visit *visit)
{
	return save(act, visit, (struct line_id){ 0 });
}

static struct error *
drop_do(struct act *act, struct visit *visit)
{
	struct transferring of;
	TRY(transferring_of(visit, &of));
	visit->go_to = transfer_url(visit->arena, of.id);
	visit->done = "saved";
	return transfer_drop(act, &of, (struct line_id){ visit_id(visit, "line") },
			     visit_text(visit, "dropped").len != 0);
}

PAGE_ROWS(transfer_line,
	  { { METHOD_GET, "/transfers/{id}/lines" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK, .look = new_draw },
	  { { METHOD_POST, "/transfers/{id}/lines" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = new_do,
	    .again = new_draw },
	  { { METHOD_GET, "/transfers/{id}/lines/{line}" }, RIGHT_PEOPLE_EDIT, PAGE_SLOW_LOOK,
	    .look = line_draw },
	  { { METHOD_POST, "/transfers/{id}/lines/{line}" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = line_do, .again = line_draw },
	  { { METHOD_POST, "/transfers/{id}/lines/{line}/drop" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = drop_do });
