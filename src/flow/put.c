/* Rows that a dossier writes into ledgers: a bring-in record from an application. */
#include "flow/rooms.h"

#include "base/number.h"

enum { COLUMNS_MOST = 200 };

struct putting {
	struct asking *asking;
	const struct pack_ledger *ledger;
	struct ledger_value *values;
	size_t count;
};

static const struct pack_ledger *
ledger_named(const struct pack *pack, const struct pack_outcome *outcome)
{
	for (size_t at = 0; at < outcome->arguments_count; at++)
		if (text_is(outcome->arguments[at].name, "ledger"))
			return pack_ledger(pack, outcome->arguments[at].value);
	return NULL;
}

static struct text
title_of(const struct asking *asking, int64_t id)
{
	for (size_t at = 0; at < asking->rows_count; at++)
		if (asking->rows[at].id.no == id)
			return asking->rows[at].title;
	for (size_t at = 0; at < asking->others_count; at++)
		if (asking->others[at].id.no == id)
			return asking->others[at].title;
	return T("");
}

/* What a column of words gets for things that Bansho keeps by number or code. No person's name: a
   ledger's words cannot be erased with the person. */
static struct error *
words_for(struct asking *asking, const struct pack_field *from, struct text item, struct text *words)
{
	struct person person;
	struct unit unit;
	int64_t id;
	const struct pack_choice *choice = field_choice(from, item);
	*words = choice != NULL ? choice->words.ja : item;
	if (!number_read(item, 1, INT64_MAX, &id))
		return OK;
	if (from->kind == FIELD_ASSET || from->kind == FIELD_ASSETS)
		*words = title_of(asking, id);
	if (from->kind == FIELD_PERSON) {
		TRY(people_person(asking->look, (struct person_id){ id }, &person));
		*words = person.number;
	}
	if (from->kind == FIELD_UNIT) {
		TRY(people_unit(asking->look, (struct unit_id){ id }, &unit));
		*words = unit.name;
	}
	return OK;
}

static struct error *
value_for(struct asking *asking, const struct pack_field *from, const struct pack_field *to,
	  struct text *value)
{
	const bool is_words = from->kind == FIELD_TEXT || from->kind == FIELD_LONG_TEXT;
	struct text rest, item, words, what;
	*value = asking_asks(asking, from->name) ? asking_value(asking, from, T("")) : T("");
	if (to == NULL || to->kind == from->kind || is_words)
		return OK;
	rest = *value;
	*value = T("");
	while (value_next(&rest, &item)) {
		if (from->kind == FIELD_SERIALS || from->kind == FIELD_FILE)
			value_halves(item, &item, &what);
		struct error *error = words_for(asking, from, item, &words);
		if (error != NULL && error->kind == ERROR_MISSING)
			continue; /* the sheet's own check says so */
		TRY(error);
		*value = value->len == 0 ? words
					 : text_format(asking->look->arena, "%.*s、%.*s",
						       T_ARG(*value), T_ARG(words));
	}
	return OK;
}

static void
add_value(struct putting *putting, struct text name, struct text value)
{
	if (putting->count < COLUMNS_MOST)
		putting->values[putting->count++] =
			(struct ledger_value){ name, value.data == NULL ? T("") : value };
}

static struct error *
fill(struct putting *putting, const struct dossier *dossier, const struct pack_outcome *outcome)
{
	struct asking *asking = putting->asking;
	const struct pack_field *owner = putting->ledger->owner;
	bool has_owner = owner == NULL;
	putting->values = ARENA_ARRAY(asking->look->arena, struct ledger_value, COLUMNS_MOST);
	for (size_t at = 0; at < outcome->arguments_count; at++) {
		const struct pack_argument *argument = &outcome->arguments[at];
		if (text_is(argument->name, "ledger"))
			continue;
		const struct pack_field *from =
			argument->is_field ? field_of(asking->pack, argument->value, NULL) : NULL;
		const struct pack_field *to = ledger_field(putting->ledger, argument->name);
		struct text value = argument->value;
		if (from != NULL)
			TRY(value_for(asking, from, to, &value));
		add_value(putting, argument->name, value);
		has_owner |= owner != NULL && text_same(owner->name, argument->name);
	}
	if (!has_owner)
		add_value(putting, owner->name,
			  text_format(asking->look->arena, "%lld", (long long)dossier->unit.no));
	return OK;
}

static const char *
field_of_column(struct arena *arena, const struct pack_outcome *outcome, struct text column)
{
	for (size_t at = 0; at < outcome->arguments_count; at++)
		if (outcome->arguments[at].is_field &&
		    text_same(outcome->arguments[at].name, column))
			return text_z(arena, outcome->arguments[at].value);
	return "occasions";
}

static bool
has_fault(const struct error *faults, const char *field)
{
	for (; faults != NULL; faults = faults->next)
		if (text_is(faults->field, field))
			return true;
	return false;
}

static struct error *
check_outcome(struct asking *asking, const struct dossier *dossier,
	      const struct pack_outcome *outcome, struct error **faults)
{
	struct arena *arena = asking->look->arena;
	struct putting putting = { .asking = asking, .ledger = ledger_named(asking->pack, outcome) };
	struct ledger_value *values;
	size_t count;
	if (putting.ledger == NULL)
		return broken("方針パックの「ledger.put」に台帳がありません。方針パックを直してください。");
	TRY(fill(&putting, dossier, outcome));
	struct error *error = ledger_check(asking->look, asking->pack, putting.ledger,
					   (struct row_id){ 0 }, putting.values, putting.count,
					   &values, &count);
	if (error != NULL && error->kind != ERROR_INVALID)
		return error;
	for (; error != NULL; error = error->next) {
		const char *field = field_of_column(arena, outcome, error->field);
		/* The sheet has said it already. */
		if (text_is(text_of(field), "occasions") || !has_fault(*faults, field))
			error_add(faults,
				  reject(field, "「%.*s」に書き込めません。%.*s",
					 T_ARG(words_now(putting.ledger->name)),
					 T_ARG(error->words)));
	}
	return OK;
}

struct error *
check_put(struct look *look, const struct flow *flow, const struct dossier *dossier, bool is_result,
	  struct error **faults)
{
	struct asking asking = dossier_asking(look, flow, dossier);
	for (size_t at = 0; at < dossier->occasions_count; at++) {
		const struct pack_occasion *occasion = dossier->occasions[at];
		for (size_t one = 0; one < occasion->outcomes_count; one++) {
			const struct pack_outcome *outcome = &occasion->outcomes[one];
			if (text_is(outcome->name, "ledger.put") &&
			    (outcome->at == AT_COMPLETE) == is_result)
				TRY(check_outcome(&asking, dossier, outcome, faults));
		}
	}
	return OK;
}

/* Was it written already? An occasion may write several rows into one ledger. */
static bool
is_put(const struct flow *flow, const struct dossier *dossier,
       const struct pack_occasion *occasion, const struct pack_outcome *outcome)
{
	const struct pack_ledger *ledger = ledger_named(flow->pack, outcome);
	size_t before = 0, made = 0;
	for (const struct pack_outcome *one = occasion->outcomes; one != outcome; one++)
		before += text_is(one->name, "ledger.put") &&
			  ledger_named(flow->pack, one) == ledger;
	for (size_t at = 0; at < dossier->made_count; at++)
		made += dossier->made[at].occasion == occasion &&
			dossier->made[at].row.ledger == ledger;
	return made > before;
}

static struct error *
note_put(struct act *act, const struct dossier *dossier, const struct pack_occasion *occasion,
	 const struct ledger_row *row)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = "dossier.put",
			     .about = { about_dossier(arena, dossier->id), about_asset(arena, row) },
			     .pairs = { { "ledger", row->ledger->code, 0 },
					{ "occasion", occasion->code, 0 } } };
	for (size_t at = 0; at < occasion->clauses_count && at < FACT_MOST_CLAUSES; at++)
		fact.clauses[at] = occasion->clauses[at]->id;
	return act_note(act, &fact);
}

struct error *
flow_ledger_put(struct act *act, const struct flow *flow, struct dossier_id id,
		const struct pack_occasion *occasion, const struct pack_outcome *outcome)
{
	struct dossier dossier;
	struct row_id added;
	struct ledger_row row;
	int64_t number;
	TRY(flow_read(&act->look, flow, id, &dossier));
	struct asking asking = dossier_asking(&act->look, flow, &dossier);
	struct putting putting = { .asking = &asking, .ledger = ledger_named(flow->pack, outcome) };
	if (putting.ledger == NULL)
		return broken("方針パックの「ledger.put」に台帳がありません。方針パックを直してください。");
	if (is_put(flow, &dossier, occasion, outcome))
		return OK;
	TRY(fill(&putting, &dossier, outcome));
	struct error *error = ledger_add(act, flow->pack, putting.ledger, putting.values,
					 putting.count, &added);
	if (error != NULL && error->kind == ERROR_INVALID)
		return conflict("「%.*s」に書き込めません。%.*s差し戻して、直してもらってください。",
				T_ARG(words_now(putting.ledger->name)), T_ARG(error->words));
	TRY(error);
	TRY(act_number(act, T("flow-made"), &number));
	TRY(flow_made_add(act, &(struct flow_made_add_in){ number, id.no, occasion->code,
							   added.no }));
	TRY(ledger_read(&act->look, flow->pack, added, &row));
	return note_put(act, &dossier, occasion, &row);
}

struct error *
read_made(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct flow_made_list_row *rows;
	size_t count;
	TRY(flow_made_list(look, &(struct flow_made_list_in){ dossier->id.no }, &rows, &count));
	dossier->made = ARENA_ARRAY(look->arena, struct flow_made, count + 1);
	for (size_t at = 0; at < count; at++) {
		struct flow_made *made = &dossier->made[dossier->made_count++];
		made->occasion = pack_occasion(flow->pack, rows[at].occasion);
		TRY(ledger_read(look, flow->pack, (struct row_id){ rows[at].asset }, &made->row));
	}
	return OK;
}
