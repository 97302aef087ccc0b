/*
 * Under which answers does an occasion arise? Every name its condition speaks of is tried with every
 * value it can have, until the occasion is among those met; fewest other occasions is best.
 */
#include "cli/walk.h"

enum { NAMES_MOST = 10, VALUES_MOST = 80, TRIES_MOST = 20000 };

struct name {
	const struct pack_field *question; /* NULL: the assets chosen */
	struct text values[VALUES_MOST];
	struct row_id rows[VALUES_MOST];
	size_t count;
	size_t at;
};

struct finding {
	struct walking *walking;
	struct name names[NAMES_MOST];
	size_t count;
	bool has_assets;
};

static void
add_value(struct name *name, struct text value)
{
	if (name->count < VALUES_MOST)
		name->values[name->count++] = value;
}

static void
add_rows(struct finding *finding, struct name *name)
{
	const struct pack *pack = finding->walking->pack;
	for (size_t ledger = 0; ledger < pack->ledgers_count; ledger++) {
		if (pack->ledgers[ledger].class_field == NULL)
			continue;
		for (size_t no = 0; no < WALK_ROWS && name->count < VALUES_MOST; no++)
			name->rows[name->count++] =
				finding->walking->rows[ledger * WALK_ROWS + no];
	}
}

static void
add_question(struct finding *finding, struct name *name, const struct pack_field *question)
{
	name->question = question;
	if (question->kind == FIELD_CHOICE || question->kind == FIELD_CHOICES) {
		for (size_t at = 0; at < question->choices_count; at++)
			add_value(name, question->choices[at].code);
		return;
	}
	if (question->kind == FIELD_YES_NO) {
		add_value(name, T("yes"));
		add_value(name, T("no"));
		return;
	}
	add_value(name, walk_value(finding->walking, question, FILL_LEAST));
	add_value(name, T(""));
}

/* What hangs on the assets chosen: an axis, asset.column, a question of assets. */
static bool
is_of_assets(const struct pack *pack, const struct pack_field *question, struct text name)
{
	if (question != NULL)
		return question->kind == FIELD_ASSETS || question->kind == FIELD_ASSET;
	return text_starts(name, T("asset.")) || pack_axis(pack, name) != NULL;
}

static void
add_name(void *with, struct text text)
{
	struct finding *finding = with;
	const struct pack *pack = finding->walking->pack;
	const struct pack_field *question = pack_question(pack, text);
	const bool is_assets = is_of_assets(pack, question, text);
	for (size_t at = 0; at < finding->count; at++)
		if (question != NULL && finding->names[at].question == question)
			return;
	if (finding->count == NAMES_MOST || (is_assets && finding->has_assets) ||
	    (!is_assets && question == NULL))
		return;
	struct name *name = &finding->names[finding->count++];
	*name = (struct name){ 0 };
	if (!is_assets) {
		add_question(finding, name, question);
		/* A question that is hidden has no answer: what shows it must be answered too. */
		if (question->shown_when != NULL)
			when_names(question->shown_when, add_name, finding);
		return;
	}
	finding->has_assets = true;
	add_rows(finding, name);
	if (question != NULL && question->shown_when != NULL)
		when_names(question->shown_when, add_name, finding);
}

static bool
next_try(struct finding *finding)
{
	for (size_t at = 0; at < finding->count; at++) {
		if (++finding->names[at].at < finding->names[at].count)
			return true;
		finding->names[at].at = 0;
	}
	return false;
}

static void
take(const struct finding *finding, struct walk_answers *answers)
{
	answers->count = 0;
	answers->assets_count = 0;
	for (size_t at = 0; at < finding->count; at++) {
		const struct name *name = &finding->names[at];
		if (name->count == 0)
			continue;
		if (name->question == NULL)
			answers->assets[answers->assets_count++] = name->rows[name->at];
		else
			answers->list[answers->count++] = (struct flow_answer){
				name->question->name, T(""), name->values[name->at] };
	}
}

static struct error *
try_answers(struct look *look, struct finding *finding, const struct pack_occasion *occasion,
	    const struct walk_answers *answers, size_t *others)
{
	struct flow_match match;
	const struct flow_asked asked = { answers->list, answers->count, answers->assets,
					  answers->assets_count };
	*others = SIZE_MAX;
	TRY(flow_match(look, &finding->walking->body->flow, &asked, &match));
	for (size_t at = 0; at < match.occasions_count; at++)
		if (match.occasions[at] == occasion)
			*others = match.occasions_count - 1;
	return OK;
}

struct error *
walk_find(struct walking *walking, const struct pack_occasion *occasion,
	  struct walk_answers *answers, bool *found)
{
	struct finding *finding = ARENA_NEW(walking->case_arena, struct finding);
	struct walk_answers best = { 0 };
	size_t fewest = SIZE_MAX;
	finding->walking = walking;
	if (occasion->when != NULL)
		when_names(occasion->when, add_name, finding);
	for (int64_t tries = 0; tries < TRIES_MOST && fewest != 0; tries++) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		LOOK_SCOPED look = { 0 };
		struct walk_answers trying = {
			.list = ARENA_ARRAY(walking->case_arena, struct flow_answer, NAMES_MOST) };
		size_t others;
		TRY(look_begin(walking->body->store, arena, &look));
		take(finding, &trying);
		TRY(try_answers(&look, finding, occasion, &trying, &others));
		if (others < fewest) {
			fewest = others;
			best = trying;
		}
		if (!next_try(finding))
			break;
	}
	*found = fewest != SIZE_MAX;
	*answers = best;
	return OK;
}
