/* Everything that keeps a dossier from being sent, or its result from being complete. */
#include "flow/rooms.h"

#include "base/number.h"

struct checking {
	struct look *look;
	struct asking asking;
	const struct dossier *dossier;
	struct error **faults;
	struct error *broken; /* what went wrong in checking itself: no fault of the person's */
};

static const char *
field_name(struct checking *checking, const struct pack_field *field, struct text item)
{
	struct arena *arena = checking->look->arena;
	if (item.len == 0)
		return text_z(arena, field->name);
	return text_z(arena, text_format(arena, "%.*s@%.*s", T_ARG(field->name), T_ARG(item)));
}

/* Two sheets may ask the same shared answer: its fault is said once. */
static void
add_fault(struct checking *checking, struct error *fault)
{
	if (fault != NULL && fault->kind != ERROR_INVALID) {
		checking->broken = fault;
		return;
	}
	for (const struct error *one = *checking->faults; one != NULL; one = one->next)
		if (fault != NULL && text_same(one->field, fault->field) &&
		    text_same(one->words, fault->words))
			return;
	error_add(checking->faults, fault);
}

/* Rows chosen stand in the ledger that is asked for; a living asset is check_assets' business. */
static struct error *
check_rows(struct checking *checking, const struct pack_field *field, struct text value,
	   const char *name)
{
	struct text item;
	int64_t id;
	while (value_next(&value, &item)) {
		struct ledger_row row;
		if (!number_read(item, 1, INT64_MAX, &id))
			continue;
		TRY(ledger_read(checking->look, checking->asking.pack, (struct row_id){ id }, &row));
		if (field->of != NULL && row.ledger != field->of)
			return missing("%lld", (long long)id);
		if (row.state != ROW_LIVING && !row_is_asset(checking->asking.pack, &row))
			return reject(name, "「%.*s」はもう台帳から外れています。選び直してください。",
				      T_ARG(row.title));
	}
	return OK;
}

static struct error *
check_clauses(struct checking *checking, struct text value, const char *name)
{
	struct text item;
	while (value_next(&value, &item)) {
		const struct pack_clause *clause = pack_clause(checking->asking.pack, item);
		if (clause == NULL || !clause->is_duty)
			return reject(name, "「%.*s」は、この方針の義務ではありません。選び直してください。",
				      T_ARG(item));
	}
	return OK;
}

static struct error *
find_reference(struct checking *checking, const struct pack_field *field, struct text value,
	       const char *name)
{
	struct person person;
	struct unit unit;
	int64_t id;
	if (field->kind == FIELD_CLAUSES)
		return check_clauses(checking, value, name);
	if (field->kind == FIELD_ASSET || field->kind == FIELD_ASSETS)
		return check_rows(checking, field, value, name);
	if (!number_read(value, 1, INT64_MAX, &id))
		return OK;
	if (field->kind == FIELD_PERSON)
		return people_person(checking->look, (struct person_id){ id }, &person);
	if (field->kind == FIELD_UNIT)
		return people_unit(checking->look, (struct unit_id){ id }, &unit);
	return OK;
}

static struct error *
check_reference(struct checking *checking, const struct pack_field *field, struct text value,
		const char *name)
{
	if (value.len == 0)
		return OK;
	struct error *error = find_reference(checking, field, value, name);
	if (error != NULL && error->kind == ERROR_MISSING)
		return reject(name, "選び直してください。登録がありません。");
	return error;
}

static void
check_field(struct checking *checking, const struct pack_field *field, struct text item)
{
	if (field->is_computed || !asking_meets(&checking->asking, field->shown_when, item))
		return;
	const char *name = field_name(checking, field, item);
	const struct text typed = asking_typed(&checking->asking, field->name, item);
	struct text value;
	struct error *error = field_read(checking->look->arena, field, typed, &value);
	if (error != NULL) {
		add_fault(checking, error_make(ERROR_INVALID, __FILE__, __LINE__, name, "%.*s",
					       T_ARG(error->words)));
		return;
	}
	value = asking_value(&checking->asking, field, item);
	if (field->is_required && value.len == 0)
		add_fault(checking, reject(name, "「%.*s」を入れてください。",
					   T_ARG(words_now(field->label))));
	add_fault(checking, check_reference(checking, field, value, name));
}

static void
check_serials(struct checking *checking, const struct pack_field *each)
{
	struct arena *arena = checking->look->arena;
	struct text rest = asking_value(&checking->asking, each, T("")), item, serial, what;
	struct text *seen = ARENA_ARRAY(arena, struct text, FLOW_MOST_ITEMS + 1);
	size_t count = 0;
	while (value_next(&rest, &item)) {
		value_halves(item, &serial, &what);
		if (count >= FLOW_MOST_ITEMS) {
			add_fault(checking, reject(field_name(checking, each, T("")),
						   "一件に%d個までです。案件を分けてください。",
						   FLOW_MOST_ITEMS));
			return;
		}
		seen[count] = serial_fold(arena, serial);
		for (size_t at = 0; at < count; at++)
			if (text_same(seen[at], seen[count]))
				add_fault(checking,
					  reject(field_name(checking, each, T("")),
						 "番号「%.*s」が二度書いてあります。一つにしてください。",
						 T_ARG(serial)));
		count++;
	}
}

static void
check_section(struct checking *checking, const struct pack_section *section)
{
	if (!asking_meets(&checking->asking, section->shown_when, T("")))
		return;
	if (section->each == NULL) {
		for (size_t at = 0; at < section->fields_count; at++)
			check_field(checking, &section->fields[at], T(""));
		return;
	}
	struct text rest = asking_value(&checking->asking, section->each, T("")), item, serial, what;
	while (value_next(&rest, &item)) {
		value_halves(item, &serial, &what);
		for (size_t at = 0; at < section->fields_count; at++)
			check_field(checking, &section->fields[at], serial);
	}
}

static void
check_sheets(struct checking *checking, enum form_stage stage)
{
	const struct dossier *dossier = checking->dossier;
	for (size_t at = 0; at < dossier->forms_count; at++) {
		const struct pack_form *form = dossier->forms[at];
		for (size_t one = 0; one < form->sections_count; one++) {
			const struct pack_section *section = &form->sections[one];
			if (section->stage == stage)
				check_section(checking, section);
			if (stage == STAGE_APPLY && section->each != NULL &&
			    asking_meets(&checking->asking, section->shown_when, T("")))
				check_serials(checking, section->each);
		}
	}
}

/* A serial may be on its way in one dossier only. */
static struct error *
check_elsewhere(struct checking *checking, const struct pack_field *each)
{
	struct text rest = asking_value(&checking->asking, each, T("")), item, serial, what;
	while (value_next(&rest, &item)) {
		value_halves(item, &serial, &what);
		struct flow_item_elsewhere_row row;
		bool found;
		TRY(flow_item_elsewhere(checking->look,
					&(struct flow_item_elsewhere_in){
						serial_fold(checking->look->arena, serial),
						checking->dossier->id.no },
					&found, &row));
		if (found)
			add_fault(checking,
				  reject(field_name(checking, each, T("")),
					 "番号「%.*s」は、まだ終わっていない案件%.*sにもあります。",
					 T_ARG(serial), T_ARG(row.number)));
	}
	return OK;
}

static struct error *
check_each(struct checking *checking)
{
	const struct dossier *dossier = checking->dossier;
	for (size_t at = 0; at < dossier->forms_count; at++) {
		const struct pack_form *form = dossier->forms[at];
		for (size_t one = 0; one < form->sections_count; one++)
			if (form->sections[one].each != NULL &&
			    asking_meets(&checking->asking, form->sections[one].shown_when, T("")))
				TRY(check_elsewhere(checking, form->sections[one].each));
	}
	return OK;
}

static bool
retires(const struct pack_occasion *occasion)
{
	for (size_t at = 0; at < occasion->outcomes_count; at++)
		if (text_is(occasion->outcomes[at].name, "ledger.retire"))
			return true;
	return false;
}

static bool
lists_serial(struct checking *checking, const struct pack_field *each, struct text serial)
{
	struct arena *arena = checking->look->arena;
	struct text rest = asking_value(&checking->asking, each, T("")), item, one, what;
	const struct text wanted = serial_fold(arena, serial);
	while (value_next(&rest, &item)) {
		value_halves(item, &one, &what);
		if (text_same(serial_fold(arena, one), wanted))
			return true;
	}
	return false;
}

/* What leaves the ledger for ever must stand among the items, or nothing would balance it. */
static void
check_retired(struct checking *checking, const struct pack_form *form)
{
	for (size_t one = 0; one < form->sections_count; one++) {
		const struct pack_field *each = form->sections[one].each;
		for (size_t at = 0; each != NULL && at < checking->dossier->assets_count; at++) {
			const struct ledger_row *row = &checking->dossier->assets[at].row;
			if (row->serial.len > 0 && !lists_serial(checking, each, row->serial))
				add_fault(checking,
					  reject(field_name(checking, each, T("")),
						 "情報資産「%.*s」の番号「%.*s」がありません。書き足してください。",
						 T_ARG(row->title), T_ARG(row->serial)));
		}
	}
}

static void
check_assets(struct checking *checking)
{
	const struct dossier *dossier = checking->dossier;
	for (size_t at = 0; at < dossier->assets_count; at++)
		if (dossier->assets[at].row.state != ROW_LIVING)
			add_fault(checking, reject("assets",
						   "「%.*s」はもう台帳から外れています。選び直してください。",
						   T_ARG(dossier->assets[at].row.title)));
	for (size_t at = 0; at < dossier->occasions_count; at++)
		if (retires(dossier->occasions[at]) && dossier->occasions[at]->form != NULL)
			check_retired(checking, dossier->occasions[at]->form);
}

/* A permit's days, where the occasion asks for them. */
static struct error *
check_permit(struct checking *checking, const struct pack_occasion *occasion)
{
	const struct pack_permit *permit = &occasion->permit;
	const bool is_emergency = occasion->has_exception && occasion->exception.is_emergency;
	struct day from, until;
	int64_t most = INT64_MAX;
	if (!occasion->has_permit || permit->period == NULL)
		return OK;
	const struct text value = asking_value(&checking->asking, permit->period, T(""));
	if (value.len == 0)
		return OK;
	if (!value_period(value, &from, &until)) {
		from = moment_day(checking->look->now);
		if (!day_read(value, &until))
			return OK;
	}
	if (permit->most != NULL)
		TRY(people_parameter(checking->look, checking->asking.pack,
				     text_z(checking->look->arena, permit->most->code),
				     permit->most->usual, &most));
	const char *name = field_name(checking, permit->period, T(""));
	if (until.no - from.no + 1 > most)
		add_fault(checking, reject(name, "期間は長くて%lld日です。短くしてください。",
					   (long long)most));
	/* An emergency may be over when it is reported. */
	if (until.no < moment_day(checking->look->now).no && !is_emergency)
		add_fault(checking, reject(name, "期間がもう終わっています。先の日にしてください。"));
	return OK;
}

static void
check_happened(struct checking *checking, const struct pack_occasion *occasion)
{
	struct moment happened;
	if (!occasion->has_report)
		return;
	const struct pack_field *field = occasion->report.happened;
	const char *name = field_name(checking, field, T(""));
	if (!report_happened(&checking->asking, occasion, &happened))
		add_fault(checking, reject(name, "「%.*s」を入れてください。",
					   T_ARG(words_now(field->label))));
	else if (happened.ms > checking->look->now.ms)
		add_fault(checking, reject(name, "まだ来ていない時です。起きた時を入れてください。"));
}

/* Whose role decides hangs on an answer: without it nobody could be asked. */
static void
check_units(struct checking *checking, const struct pack_occasion *occasion)
{
	for (size_t at = 0; at < occasion->steps_count; at++) {
		const struct pack_step *step = &occasion->steps[at];
		struct unit_id *units;
		size_t count;
		bool has_unit = false;
		if (step->whose != WHOSE_FIELD || step->role->scope == SCOPE_BODY ||
		    !asking_meets(&checking->asking, step->when, T("")))
			continue;
		step_units(&checking->asking, step, &units, &count);
		for (size_t one = 0; one < count; one++)
			has_unit |= units[one].no != 0;
		const char *name = field_name(checking, step->field, T(""));
		if (count == 0)
			add_fault(checking, reject(name, "「%.*s」を入れてください。",
						   T_ARG(words_now(step->field->label))));
		else if (!has_unit)
			add_fault(checking, reject(name, "選んだものの所管課が台帳にないので、だれが決裁するか決まりません。"
							 "台帳に所管課を書いてください。"));
	}
}

static struct error *
check_occasion(struct checking *checking, const struct flow *flow,
	       const struct pack_occasion *occasion)
{
	struct error *fault, *needed = NULL;
	TRY(check_permit(checking, occasion));
	check_happened(checking, occasion);
	check_units(checking, occasion);
	TRY(check_entitled(checking->look, flow, checking->dossier, occasion, &fault));
	add_fault(checking, fault);
	TRY(check_needed(checking->look, flow, checking->dossier, occasion, &needed));
	error_add(checking->faults, needed);
	return OK;
}

struct error *
check_apply(struct look *look, const struct flow *flow, const struct dossier *dossier,
	    struct error **faults)
{
	struct checking checking = { .look = look, .asking = dossier_asking(look, flow, dossier),
				     .dossier = dossier, .faults = faults };
	if (dossier->occasions_count == 0)
		add_fault(&checking,
			  reject("occasions", "この内容では、方針が許可や報告を求めていません。"
					      "答えを確かめてください。"));
	if (text_is_blank(dossier->purpose) && field_of(flow->pack, T("purpose"), NULL) == NULL)
		add_fault(&checking, reject("purpose", "何のためかを書いてください。"));
	for (size_t at = 0; at < flow->pack->questions_count; at++)
		check_field(&checking, &flow->pack->questions[at], T(""));
	check_sheets(&checking, STAGE_APPLY);
	check_assets(&checking);
	for (size_t at = 0; at < dossier->occasions_count; at++)
		TRY(check_occasion(&checking, flow, dossier->occasions[at]));
	TRY(check_each(&checking));
	TRY(check_put(look, flow, dossier, false, faults));
	return checking.broken;
}

struct error *
check_result(struct look *look, const struct flow *flow, const struct dossier *dossier,
	     struct error **faults)
{
	struct checking checking = { .look = look, .asking = dossier_asking(look, flow, dossier),
				     .dossier = dossier, .faults = faults };
	check_sheets(&checking, STAGE_RESULT);
	TRY(check_put(look, flow, dossier, true, faults));
	return checking.broken;
}

struct error *
flow_check(struct look *look, const struct flow *flow, struct dossier_id id, struct error **faults)
{
	struct dossier dossier;
	TRY(flow_read(look, flow, id, &dossier));
	struct error *found = NULL;
	TRY(check_apply(look, flow, &dossier, &found));
	*faults = found;
	return OK;
}

struct error *
flow_check_result(struct look *look, const struct flow *flow, struct dossier_id id,
		  struct error **faults)
{
	struct dossier dossier;
	TRY(flow_read(look, flow, id, &dossier));
	struct error *found = NULL;
	TRY(check_result(look, flow, &dossier, &found));
	*faults = found;
	return OK;
}
