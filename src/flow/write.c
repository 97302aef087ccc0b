/* Beginning and saving a dossier: as typed, complete or not. */
#include "flow/rooms.h"

#include "base/writer.h"

static struct error *
words_must_fit(const struct flow *flow, const struct flow_words *words)
{
	if (text_count(words->purpose) > FLOW_MOST_PURPOSE)
		return reject("purpose", "%d文字以内で書いてください。", FLOW_MOST_PURPOSE);
	if (words->asked.answers_count > FLOW_MOST_ANSWERS)
		return reject("answers", "答えが多すぎます（%d個まで）。", FLOW_MOST_ANSWERS);
	for (size_t at = 0; at < words->asked.answers_count; at++) {
		const struct flow_answer *answer = &words->asked.answers[at];
		const struct pack_section *section;
		if (field_of(flow->pack, answer->name, &section) == NULL)
			return reject("answers", "「%.*s」という欄はどの様式にもありません。",
				      T_ARG(answer->name));
		if (section_is_result(section))
			return reject("answers", "「%.*s」は、許可のあとで記録する欄です。",
				      T_ARG(answer->name));
		if (answer->value.len > FLOW_MOST_VALUE || answer->item.len > 400)
			return reject("answers", "「%.*s」が長すぎます。短くしてください。",
				      T_ARG(answer->name));
	}
	for (size_t at = 0; at < words->wanted_count; at++) {
		const struct pack_occasion *occasion = pack_occasion(flow->pack, words->wanted[at]);
		if (occasion == NULL)
			return reject("wanted", "「%.*s」という場面はありません。",
				      T_ARG(words->wanted[at]));
		if (!occasion->is_offered)
			return reject("wanted", "「%.*s」は選んで始められません。問いに答えると出てきます。",
				      T_ARG(words_now(occasion->title)));
	}
	return OK;
}

struct error *
answer_put(struct act *act, struct dossier_id dossier, const struct flow_answer *answer)
{
	struct flow_answer_find_row row;
	bool found;
	const struct text item = answer->item.data == NULL ? T("") : answer->item;
	const struct text value = answer->value.data == NULL ? T("") : answer->value;
	TRY(flow_answer_find(&act->look,
			     &(struct flow_answer_find_in){ dossier.no, answer->name, item },
			     &found, &row));
	if (found && text_same(row.value, value))
		return OK;
	if (found)
		return flow_answer_change(act, &(struct flow_answer_change_in){ row.id, value });
	int64_t id;
	TRY(act_number(act, T("flow-answer"), &id));
	return flow_answer_add(act, &(struct flow_answer_add_in){ id, dossier.no, answer->name,
								  item, value });
}

struct error *
answers_must_fit(const struct dossier *dossier)
{
	if (dossier->answers_count > FLOW_MOST_ANSWERS)
		return reject("answers", "答えが多すぎます（%d個まで）。案件を分けてください。",
			      FLOW_MOST_ANSWERS);
	return OK;
}

static bool
is_asset_answer(const struct flow *flow, const struct flow_answer *answer)
{
	const struct pack_field *field = field_of(flow->pack, answer->name, NULL);
	return field != NULL && field_is_asset(flow->pack, field);
}

/* What can be read is kept as its kind keeps it; what cannot stays as typed, for the person. */
static struct error *
put_answers(struct act *act, const struct flow *flow, struct dossier_id id,
	    const struct flow_words *words, bool *has_assets)
{
	*has_assets = false;
	for (size_t at = 0; at < words->asked.answers_count; at++) {
		struct flow_answer answer = words->asked.answers[at];
		const struct pack_field *field = field_of(flow->pack, answer.name, NULL);
		struct text value;
		if (field_read(act->look.arena, field, answer.value, &value) == OK)
			answer.value = value;
		*has_assets |= is_asset_answer(flow, &answer);
		TRY(answer_put(act, id, &answer));
	}
	return OK;
}

static struct error *
blank_asset_answers(struct act *act, const struct flow *flow, const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->answers_count; at++) {
		struct flow_answer answer = dossier->answers[at];
		if (!is_asset_answer(flow, &answer) || answer.value.len == 0)
			continue;
		answer.value = T("");
		TRY(answer_put(act, dossier->id, &answer));
	}
	return OK;
}

static bool
has_row(const struct asking *asking, int64_t row)
{
	for (size_t at = 0; at < asking->rows_count; at++)
		if (asking->rows[at].id.no == row)
			return true;
	for (size_t at = 0; at < asking->others_count; at++)
		if (asking->others[at].id.no == row)
			return true;
	return false;
}

static struct error *
add_chosen(struct act *act, struct dossier_id id, const struct flow_chosen_list_row *chosen,
	   size_t chosen_count, const struct ledger_row *rows, size_t count)
{
	for (size_t at = 0; at < count; at++) {
		bool is_there = false;
		for (size_t one = 0; one < chosen_count; one++)
			is_there |= chosen[one].asset == rows[at].id.no;
		if (is_there)
			continue;
		int64_t number;
		TRY(act_number(act, T("flow-chosen"), &number));
		TRY(flow_chosen_add(act, &(struct flow_chosen_add_in){ number, id.no,
								       rows[at].id.no }));
	}
	return OK;
}

static struct error *
put_chosen(struct act *act, struct dossier_id id, const struct asking *asking)
{
	struct flow_chosen_list_row *rows;
	size_t count;
	TRY(flow_chosen_list(&act->look, &(struct flow_chosen_list_in){ id.no }, &rows, &count));
	for (size_t at = 0; at < count; at++)
		if (!has_row(asking, rows[at].asset))
			TRY(flow_chosen_drop(act, &(struct flow_chosen_drop_in){ rows[at].id }));
	TRY(add_chosen(act, id, rows, count, asking->rows, asking->rows_count));
	return add_chosen(act, id, rows, count, asking->others, asking->others_count);
}

static struct error *
put_occasion(struct act *act, struct dossier_id id, const struct pack_occasion *occasion,
	     const struct flow_occasions_row *rows, size_t count, bool is_wanted)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(rows[at].occasion, occasion->code) &&
		    (rows[at].is_wanted != 0) == is_wanted)
			return OK;
	int64_t number;
	TRY(act_number(act, T("flow-occasion"), &number));
	return flow_occasion_add(act, &(struct flow_occasion_add_in){ number, id.no, occasion->code,
								      is_wanted ? 1 : 0 });
}

static bool
is_among(struct text code, const struct text *wanted, size_t count)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(code, wanted[at]))
			return true;
	return false;
}

static bool
is_matched(const struct flow_match *match, const struct flow_occasions_row *row,
	   const struct text *wanted, size_t count)
{
	for (size_t at = 0; at < match->occasions_count; at++)
		if (text_same(match->occasions[at]->code, row->occasion))
			return is_among(row->occasion, wanted, count) == (row->is_wanted != 0);
	return false;
}

static struct error *
put_occasions(struct act *act, struct dossier_id id, struct asking *asking,
	      const struct flow_words *words, struct flow_match *match)
{
	struct flow_occasions_row *rows;
	size_t count, wanted_count = words->wanted_count;
	TRY(flow_occasions(&act->look, &(struct flow_occasions_in){ id.no }, &rows, &count));
	struct text *kept = ARENA_ARRAY(act->look.arena, struct text, count + 1);
	const struct text *wanted = words->wanted;
	if (words->keeps_choice) {
		wanted_count = 0;
		for (size_t at = 0; at < count; at++)
			if (rows[at].is_wanted != 0)
				kept[wanted_count++] = rows[at].occasion;
		wanted = kept;
	}
	asking_match(asking, wanted, wanted_count, match);
	for (size_t at = 0; at < count; at++)
		if (!is_matched(match, &rows[at], wanted, wanted_count))
			TRY(flow_occasion_drop(act,
					       &(struct flow_occasion_drop_in){ rows[at].id }));
	for (size_t at = 0; at < match->occasions_count; at++)
		TRY(put_occasion(act, id, match->occasions[at], rows, count,
				 is_among(match->occasions[at]->code, wanted, wanted_count)));
	return OK;
}

struct error *
occasions_put(struct act *act, const struct flow *flow, const struct dossier *dossier)
{
	struct flow_match match;
	struct asking asking = dossier_asking(&act->look, flow, dossier);
	return put_occasions(act, dossier->id, &asking,
			     &(struct flow_words){ .keeps_choice = true }, &match);
}

static struct text
asset_values(struct asking *asking, const struct pack_field *field)
{
	struct arena *arena = asking->look->arena;
	const char *column = text_z(arena, field->prefill_column);
	struct writer out = writer_open(arena, FLOW_MOST_VALUE);
	for (size_t at = 0; at < asking->rows_count; at++) {
		const struct text value = ledger_value(arena, &asking->rows[at], column);
		if (field->kind != FIELD_SERIALS)
			return value;
		if (value.len == 0)
			continue;
		if (out.len > 0)
			write_byte(&out, '\n');
		write_format(&out, "%.*s\t%.*s", T_ARG(value), T_ARG(asking->rows[at].title));
	}
	return writer_text(&out);
}

static struct text
first_value(struct asking *asking, const struct pack_field *field, const struct dossier *dossier)
{
	struct arena *arena = asking->look->arena;
	switch (field->prefill) {
	case PREFILL_NONE:
		return T("");
	case PREFILL_APPLICANT:
		return text_format(arena, "%lld", (long long)dossier->applicant.no);
	case PREFILL_APPLICANT_UNIT:
		return text_format(arena, "%lld", (long long)dossier->unit.no);
	case PREFILL_TODAY:
		return day_iso(arena, moment_day(asking->look->now));
	case PREFILL_NOW:
		return moment_local(arena, asking->look->now);
	case PREFILL_ASSET:
		return asset_values(asking, field);
	}
	return T("");
}

static const struct flow_answer *
given_answer(const struct dossier *dossier, struct text name)
{
	for (size_t at = 0; at < dossier->answers_count; at++)
		if (text_same(dossier->answers[at].name, name))
			return &dossier->answers[at];
	return NULL;
}

/* What a person has answered stays; what came from the assets chosen before follows the assets. */
static bool
is_persons(struct asking *before, const struct pack_field *field, const struct flow_answer *given)
{
	if (field->prefill != PREFILL_ASSET)
		return given != NULL;
	return given != NULL && !text_same(given->value, asset_values(before, field));
}

static struct error *
put_first_values(struct act *act, struct asking *asking, struct asking *before,
		 const struct dossier *dossier, const struct pack_section *section)
{
	for (size_t at = 0; at < section->fields_count; at++) {
		const struct pack_field *field = &section->fields[at];
		const struct flow_answer *given = given_answer(dossier, field->name);
		if (field->prefill == PREFILL_NONE || is_persons(before, field, given))
			continue;
		const struct flow_answer answer = { field->name, T(""),
						    first_value(asking, field, dossier) };
		if (answer.value.len > 0 || given != NULL)
			TRY(answer_put(act, dossier->id, &answer));
	}
	return OK;
}

static struct error *
prefill_sheets(struct act *act, struct asking *asking, struct asking *before,
	       const struct dossier *dossier, const struct flow_match *match)
{
	for (size_t at = 0; at < match->forms_count; at++) {
		const struct pack_form *form = match->forms[at];
		for (size_t one = 0; one < form->sections_count; one++)
			if (form->sections[one].stage == STAGE_APPLY &&
			    form->sections[one].each == NULL)
				TRY(put_first_values(act, asking, before, dossier,
						     &form->sections[one]));
	}
	return OK;
}

static struct error *
put_head(struct act *act, const struct dossier *dossier, struct text purpose,
	 const struct flow_match *match, bool is_new)
{
	struct arena *arena = act->look.arena;
	const struct text lead = match->occasions_count > 0 ? match->occasions[0]->code : T("");
	const struct text folded = found_by(arena, dossier->number, purpose);
	TRY(flow_dossier_write(act, &(struct flow_dossier_write_in){ dossier->id.no, purpose, lead,
								     act->look.now.ms }));
	if (is_new)
		return flow_find_add(act, &(struct flow_find_add_in){ dossier->id.no, folded });
	return flow_find_change(act, &(struct flow_find_change_in){ dossier->id.no, folded });
}

static struct text
purpose_of(const struct dossier *dossier, const struct flow_words *words)
{
	const struct text answered = dossier_answer(dossier, T("purpose"), T(""));
	if (!text_is_blank(words->purpose))
		return text_trim(words->purpose);
	if (!text_is_blank(answered))
		return answered;
	return words->keeps_choice ? dossier->purpose : T("");
}

/* The assets chosen: those given now, else those that stand there. */
static struct flow_asked
asked_now(struct arena *arena, const struct dossier *dossier, const struct flow_words *words,
	  bool is_given)
{
	struct flow_asked asked = { dossier->answers, dossier->answers_count, words->asked.assets,
				    words->asked.assets_count };
	if (is_given)
		return asked;
	struct row_id *kept = ARENA_ARRAY(arena, struct row_id, dossier->assets_count + 1);
	for (size_t at = 0; at < dossier->assets_count; at++)
		kept[at] = dossier->assets[at].row.id;
	asked.assets = kept;
	asked.assets_count = dossier->assets_count;
	return asked;
}

static struct error *
save_words(struct act *act, const struct flow *flow, struct dossier_id id,
	   const struct flow_words *words, const char *what)
{
	struct dossier dossier;
	bool has_assets;
	TRY(put_answers(act, flow, id, words, &has_assets));
	TRY(flow_read(&act->look, flow, id, &dossier));
	TRY(answers_must_fit(&dossier));
	const bool is_new = dossier.change == 1;
	if (!words->keeps_choice && !has_assets) {
		TRY(blank_asset_answers(act, flow, &dossier));
		TRY(flow_read(&act->look, flow, id, &dossier));
	}
	struct asking asking, before = dossier_asking(&act->look, flow, &dossier);
	const struct flow_asked asked = asked_now(act->look.arena, &dossier, words,
						  !words->keeps_choice || has_assets);
	TRY(asking_begin(&act->look, flow->pack, &asked, &asking));
	TRY(put_chosen(act, id, &asking));
	struct flow_match match;
	TRY(put_occasions(act, id, &asking, words, &match));
	TRY(prefill_sheets(act, &asking, &before, &dossier, &match));
	TRY(put_head(act, &dossier, purpose_of(&dossier, words), &match, is_new));
	TRY(flow_read(&act->look, flow, id, &dossier));
	TRY(reports_put(act, flow, &dossier, false));
	return note_dossier(act, &dossier, what, NULL);
}

/* The post they apply in: the one given, which they must hold, or their main one. */
static struct error *
find_post(struct act *act, struct post_id post, struct assignment *found)
{
	struct assignment *list;
	size_t count;
	const struct day today = moment_day(act->look.now);
	const struct assignment *best = NULL;
	TRY(people_assignments_of(&act->look, (struct person_id){ act->actor.person }, &list,
				  &count));
	for (size_t at = 0; at < count; at++) {
		const struct assignment *one = &list[at];
		const bool is_now = (day_is_none(one->since) || one->since.no <= today.no) &&
				    (day_is_none(one->until) || one->until.no >= today.no);
		if (!is_now || (post.no != 0 && one->post.no != post.no))
			continue;
		if (best == NULL || (one->is_main && !best->is_main))
			best = one;
	}
	if (best == NULL)
		return refuse("いまの所属がないので申請できません。人事の担当に確かめてください。");
	*found = *best;
	return OK;
}

struct error *
flow_draft(struct act *act, const struct flow *flow, struct post_id post,
	   const struct flow_words *words, struct dossier_id *made)
{
	struct assignment as = { 0 };
	int64_t id, serial;
	struct arena *arena = act->look.arena;
	const int year = day_fiscal_year(moment_day(act->look.now));
	TRY(words_must_fit(flow, words));
	TRY(find_post(act, post, &as));
	TRY(act_number(act, T("dossier"), &id));
	TRY(act_number(act, text_format(arena, "dossier:%d", year), &serial));
	TRY(flow_dossier_add(act, &(struct flow_dossier_add_in){
					  .id = id,
					  .number = text_format(arena, "%.*s-%04lld",
								T_ARG(fiscal_wareki(arena, year)),
								(long long)serial),
					  .purpose = T(""),
					  .applicant = act->actor.person,
					  .post = as.post.no,
					  .unit = as.unit.no,
					  .lead = T(""),
					  .now = act->look.now.ms,
				  }));
	TRY(save_words(act, flow, (struct dossier_id){ id }, words, "dossier.draft"));
	made->no = id;
	return OK;
}

struct error *
flow_save(struct act *act, const struct flow *flow, struct dossier_id id, int64_t change,
	  const struct flow_words *words)
{
	struct dossier dossier;
	TRY(dossier_take(act, flow, id, change, &dossier));
	TRY(dossier_must_be_applicants(act, &dossier));
	if (dossier.state != DOSSIER_DRAFT && dossier.state != DOSSIER_RETURNED)
		return conflict("もう申請してあるので直せません。直すには、取り下げるか差し戻してもらってください。");
	TRY(words_must_fit(flow, words));
	return save_words(act, flow, id, words, "dossier.save");
}
