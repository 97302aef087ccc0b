/* The yearly review: what it collects, what is made of it, the decision. */
#include "audit/rooms.h"

#define REVIEW_FROM(r)                                                                         \
	((struct review){ .id = { (r)->id },                                                   \
			  .year = (int)(r)->year, /* a fiscal year */                          \
			  .why = (r)->why,                                                     \
			  .since = { (r)->since },                                             \
			  .started = { (r)->started },                                         \
			  .decided = { (r)->decided },                                         \
			  .is_change = text_is((r)->decision, "change"),                       \
			  .words = (r)->words,                                                 \
			  .decider_name = (r)->decider_name,                                   \
			  .change = (r)->change })

static struct error *
fill_told(struct look *look, struct review *review)
{
	struct audit_agenda_has_row row;
	TRY(audit_agenda_has(look,
			     &(struct audit_agenda_has_in){ audit_about_review(look->arena, review->id),
							    text_of(agenda_kind_name(AGENDA_REVIEW)) },
			     &row));
	review->is_told = row.has != 0;
	return OK;
}

struct error *
review_list(struct look *look, struct review **list, size_t *count)
{
	struct audit_review_list_row *rows;
	size_t got;
	TRY(audit_review_list(look, &(struct audit_review_list_in){ AUDIT_MOST_LIST }, &rows, &got));
	*list = ARENA_ARRAY(look->arena, struct review, got + 1);
	*count = got;
	for (size_t at = 0; at < got; at++) {
		(*list)[at] = REVIEW_FROM(&rows[at]);
		TRY(fill_told(look, &(*list)[at]));
	}
	return OK;
}

struct error *
review_read(struct look *look, struct review_id id, struct review *review)
{
	struct audit_review_get_row row;
	bool found;
	TRY(audit_review_get(look, &(struct audit_review_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その見直しはありません。見直しの一覧から選んでください。");
	*review = REVIEW_FROM(&row);
	return fill_told(look, review);
}

static struct error *
figures_of(struct look *look, const struct flow *flow, const struct review_source *source, struct day since,
	   struct text *words)
{
	*words = T("");
	return source->figures == NULL ? OK : source->figures(look, flow, since, words);
}

/* Those of this room, then the caller's. */
static size_t
sources_all(const struct review_source *more, const struct review_source *list[REVIEW_MOST_SOURCES])
{
	size_t count = 0;
	for (; count < review_sources_count; count++)
		list[count] = &review_sources[count];
	for (; more != NULL && more->code != NULL && count < REVIEW_MOST_SOURCES; more++)
		list[count++] = more;
	return count;
}

static const struct audit_input_list_row *
input_of(const struct audit_input_list_row *rows, size_t count, const char *source)
{
	for (size_t at = 0; at < count; at++)
		if (text_is(rows[at].source, source))
			return &rows[at];
	return NULL;
}

struct error *
review_inputs(struct look *look, const struct flow *flow, const struct review_source *more,
	      const struct review *review, struct review_input **list, size_t *count)
{
	const struct review_source *sources[REVIEW_MOST_SOURCES];
	const size_t all = sources_all(more, sources);
	struct audit_input_list_row *rows;
	size_t got;
	TRY(audit_input_list(look, &(struct audit_input_list_in){ review->id.no, AUDIT_MOST_LIST }, &rows,
			     &got));
	*list = ARENA_ARRAY(look->arena, struct review_input, all + 1);
	*count = 0;
	for (size_t at = 0; at < all; at++) {
		const struct audit_input_list_row *row = input_of(rows, got, sources[at]->code);
		if (row == NULL)
			continue; /* a source that came after it was started */
		struct review_input *input = &(*list)[(*count)++];
		*input = (struct review_input){ sources[at], row->figures, row->words, row->name };
		if (review->decided.ms == 0)
			TRY(figures_of(look, flow, input->source, review->since, &input->figures));
	}
	return OK;
}

struct error *
review_start(struct act *act, const struct pack *pack, const struct review_source *more, struct text why,
	     struct review_id *id)
{
	const struct review_source *sources[REVIEW_MOST_SOURCES];
	const size_t all = sources_all(more, sources);
	struct arena *arena = act->look.arena;
	const struct pack_audit *rules;
	struct review *list;
	size_t count;
	const struct day today = moment_day(act->look.now);
	TRY(audit_rules(pack, &rules));
	TRY(must_be(act, rules->chief));
	TRY(must_say("why", why, AUDIT_MOST_TITLE, say("見直しのきっかけを書いてください(例: 年次の見直し)。")));
	TRY(review_list(&act->look, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].decided.ms == 0)
			return conflict("まだ決めていない見直しがあります。先にそれを決めてください。");
	/* From the last decision on, or for a year. */
	const struct day since = count != 0 ? moment_day(list[0].decided) : day_plus(today, -365);
	TRY(act_number(act, T("review"), &id->no));
	TRY(audit_review_add(act, &(struct audit_review_add_in){ id->no, day_fiscal_year(today), why,
								 since.no, act->look.now.ms,
								 act->actor.person }));
	for (size_t at = 0; at < all; at++) {
		int64_t input;
		TRY(act_number(act, T("review-input"), &input));
		TRY(audit_input_add(act, &(struct audit_input_add_in){ input, id->no,
								       text_of(sources[at]->code) }));
	}
	return act_note(act, &(struct fact){ .act = "review.start",
					     .about = { audit_about_review(arena, *id) },
					     .pairs = { { "since", day_iso(arena, since), 0 } } });
}

static struct error *
take_open(struct act *act, const struct pack *pack, struct review_id id, struct review *review)
{
	const struct pack_audit *rules;
	TRY(audit_rules(pack, &rules));
	TRY(review_read(&act->look, id, review));
	if (review->decided.ms != 0)
		return conflict("この見直しは、もう決まっています。");
	return OK;
}

static struct error *
must_review(struct act *act, const struct pack *pack)
{
	struct audit_eyes eyes;
	TRY(audit_sees(&act->look, pack, (struct person_id){ act->actor.person }, &eyes));
	return must_be(act, eyes.is_council ? pack->audit->council : pack->audit->chief);
}

struct error *
review_use(struct act *act, const struct pack *pack, struct review_id id, struct text source,
	   struct text words)
{
	struct audit_input_find_row row;
	struct review review;
	bool found;
	TRY(take_open(act, pack, id, &review));
	TRY(must_review(act, pack));
	TRY(must_say("words", words, AUDIT_MOST_WORDS, say("見直しにどう生かすかを書いてください。")));
	TRY(audit_input_find(&act->look, &(struct audit_input_find_in){ id.no, source }, &found, &row));
	if (!found)
		return missing("その材料は、この見直しにありません。");
	TRY(audit_input_say(act, &(struct audit_input_say_in){ row.id, words, act->actor.person,
							       act->look.now.ms }));
	return act_note(act, &(struct fact){ .act = "review.input",
					     .about = { audit_about_review(act->look.arena, id) },
					     .pairs = { { "source", source, 0 } } });
}

static struct error *
fix_figures(struct act *act, const struct flow *flow, const struct review_source *more,
	    const struct review *review)
{
	struct review_input *list;
	size_t count;
	TRY(review_inputs(&act->look, flow, more, review, &list, &count));
	for (size_t at = 0; at < count; at++) {
		struct audit_input_find_row row;
		bool found;
		if (list[at].source->asks == ASKS_USED && list[at].words.len == 0)
			return conflict("「%s」をどう生かすかが、まだ書かれていません。", say(list[at].source->words));
		TRY(audit_input_find(&act->look, &(struct audit_input_find_in){ review->id.no,
						 text_of(list[at].source->code) }, &found, &row));
		if (found)
			TRY(audit_input_fix(act, &(struct audit_input_fix_in){ row.id, list[at].figures }));
	}
	return OK;
}

struct error *
review_decide(struct act *act, const struct flow *flow, const struct review_source *more,
	      struct review_id id, int64_t change, bool is_change, struct text words)
{
	const struct pack *pack = flow->pack;
	struct review review;
	TRY(take_open(act, pack, id, &review));
	TRY(must_review(act, pack));
	if (review.change != change)
		return conflict("この見直しは、ほかの人が先に進めました。画面を開き直してください。");
	if (pack->audit->council != NULL && !review.is_told)
		return conflict("この見直しは、まだ%.*sで審議されていません。会議の議題にして、記録を残してください。",
				T_ARG(words_now(pack->audit->council->name)));
	TRY(must_say("words", words, AUDIT_MOST_WORDS, say("決めたことと理由を書いてください。")));
	TRY(fix_figures(act, flow, more, &review));
	TRY(audit_review_decide(act, &(struct audit_review_decide_in){
					     id.no, act->look.now.ms, act->actor.person,
					     is_change ? T("change") : T("keep"), words }));
	const struct text about = audit_about_review(act->look.arena, id);
	TRY(act_note(act, &(struct fact){ .act = "review.decide",
					  .about = { about },
					  .pairs = { { "decision", is_change ? T("change") : T("keep"), 0 } } }));
	return duty_done_by(act, pack,
			    &(struct duty_deed){ .by = "audit.review", .on = DAY_NONE, .source = about,
						 .words = review.why },
			    NULL);
}
