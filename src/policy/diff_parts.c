/* Roles, parameters, classes, ledgers, forms, questions and occasions of two versions. */
#include "policy/diff_describe.h"

#include "base/say.h"

/* ---- As keys and values ---- */

struct described
describe_role(struct arena *into, const struct pack_role *role)
{
	static const char *const scopes[] = { N_("団体に一人"), N_("局・部ごと"), N_("課・室ごと"),
					      N_("システムごと"), N_("全員") };
	struct described made = { .into = into };
	describe_words(&made, "name", N_("名前"), role->name);
	describe(&made, "scope", N_("範囲"), text_of(say(scopes[role->scope])));
	describe(&made, "appointed", N_("任命"), role->appointed.ja);
	describe(&made, "above", N_("上の役割"), role->above != NULL ? role->above->name.ja : T(""));
	describe_yes(&made, "must-be-held", N_("置かなければならない"), role->must_be_held);
	return made;
}

struct described
describe_parameter(struct arena *into, const struct pack_parameter *parameter)
{
	static const char *const kinds[] = { N_("日"), N_("分"), N_("回"), N_("はい・いいえ") };
	struct described made = { .into = into };
	describe_words(&made, "name", N_("名前"), parameter->name);
	describe(&made, "kind", N_("単位"), text_of(say(kinds[parameter->kind])));
	describe(&made, "usual", N_("ふつうの値"), text_number(into, parameter->usual));
	describe(&made, "bounds", N_("範囲"),
		 text_format(into, "%lld–%lld", (long long)parameter->least,
			     (long long)parameter->most));
	return made;
}

struct described
describe_axis(struct arena *into, const struct pack_axis *axis)
{
	struct described made = { .into = into };
	describe_words(&made, "name", N_("名前"), axis->name);
	for (size_t at = 0; at < axis->values_count; at++) {
		const struct pack_class *class = &axis->values[at];
		struct text rules = class->name.ja;
		for (size_t rule = 0; rule < class->rules_count; rule++)
			rules = joined(into, rules, class->rules[rule].words.ja);
		describe_named(&made, text_format(into, "class %.*s", T_ARG(class->code)),
			       text_format(into, say("区分 %.*s"), T_ARG(class->mark.ja)), rules);
	}
	return made;
}

static const char *
field_words(enum field_kind kind)
{
	static const char *const words[] = {
		[FIELD_TEXT] = N_("文字"),	   [FIELD_LONG_TEXT] = N_("文章"),
		[FIELD_DAY] = N_("日"),		   [FIELD_MOMENT] = N_("日時"),
		[FIELD_PERIOD] = N_("期間"),	   [FIELD_NUMBER] = N_("数"),
		[FIELD_CHOICE] = N_("一つ選ぶ"),   [FIELD_CHOICES] = N_("いくつか選ぶ"),
		[FIELD_YES_NO] = N_("はい・いいえ"), [FIELD_ASSET] = N_("台帳の行"),
		[FIELD_ASSETS] = N_("台帳の行いくつか"), [FIELD_PERSON] = N_("職員"),
		[FIELD_UNIT] = N_("所属"),	   [FIELD_CLASS] = N_("分類"),
		[FIELD_SERIALS] = N_("番号の一覧"), [FIELD_FILE] = N_("ファイル"),
		[FIELD_CLAUSES] = N_("条項の一覧"),
	};
	return say(words[kind]);
}

static struct text
field_in_words(struct arena *into, const struct pack_field *field)
{
	struct text words = text_format(into, "%.*s（%s%s）", T_ARG(field->label.ja),
					field_words(field->kind),
					field->is_required ? say("、必ず") : "");
	for (size_t at = 0; at < field->choices_count; at++)
		words = joined(into, words, field->choices[at].words.ja);
	if (field->shown_when != NULL)
		words = text_format(into, "%.*s ← %.*s", T_ARG(words),
				    T_ARG(when_source(field->shown_when)));
	return words;
}

static void
add_field(struct described *made, const struct pack_field *field, const char *label)
{
	describe_named(made, text_format(made->into, "field %.*s", T_ARG(field->name)),
		       text_format(made->into, "%s「%.*s」", say(label), T_ARG(field->label.ja)),
		       field_in_words(made->into, field));
}

struct described
describe_ledger(struct arena *into, const struct pack_ledger *ledger)
{
	struct described made = { .into = into };
	describe_words(&made, "name", N_("名前"), ledger->name);
	describe(&made, "confirm", N_("確認の頻度"),
		 ledger->confirm != NULL ? ledger->confirm->code : T(""));
	describe(&made, "accounts", N_("アカウントの責任者"),
		 ledger->accounts_manager != NULL ? ledger->accounts_manager->code : T(""));
	describe(&made, "accounts-reviews", N_("アカウントの点検者"),
		 ledger->accounts_reviewer != NULL ? ledger->accounts_reviewer->code : T(""));
	for (size_t at = 0; at < ledger->fields_count; at++)
		add_field(&made, &ledger->fields[at], N_("列"));
	return made;
}

struct described
describe_form(struct arena *into, const struct pack_form *form)
{
	struct described made = { .into = into };
	struct text boxes = T("");
	describe_words(&made, "title", N_("名前"), form->title);
	describe(&made, "label", N_("様式"), form->label.ja);
	describe(&made, "addressee", N_("宛先"), form->addressee.ja);
	for (size_t at = 0; at < form->boxes_count; at++)
		boxes = joined(into, boxes, form->boxes[at].label.ja);
	describe(&made, "boxes", N_("決裁欄"), boxes);
	for (size_t at = 0; at < form->sections_count; at++)
		for (size_t no = 0; no < form->sections[at].fields_count; no++)
			add_field(&made, &form->sections[at].fields[no], N_("項目"));
	return made;
}

struct described
describe_question(struct arena *into, const struct pack_field *question)
{
	struct described made = { .into = into };
	describe(&made, "question", N_("質問"), field_in_words(into, question));
	return made;
}

static struct text
months_of(struct arena *into, unsigned months)
{
	struct text words = T("");
	for (int month = 1; month <= 12; month++)
		if ((months & (1U << (month - 1))) != 0)
			words = joined(into, words, text_number(into, month));
	return words;
}

static struct text
columns_of(struct arena *into, const struct pack_duty *duty)
{
	struct text words = duty->puts != NULL ? duty->puts->name.ja : T("");
	for (size_t at = 0; at < duty->columns_count; at++) {
		const struct pack_duty_column *column = &duty->columns[at];
		words = joined(into, words,
			       text_format(into, "%.*s %d %.*s%.*s",
					   T_ARG(column->column->label.ja), (int)column->source,
					   T_ARG(column->literal),
					   T_ARG(column->field != NULL ? column->field->name : T(""))));
	}
	return words;
}

static struct text
code_of(const struct pack_parameter *parameter)
{
	return parameter != NULL ? parameter->code : T("");
}

struct described
describe_duty(struct arena *into, const struct pack_duty *duty)
{
	struct described made = { .into = into };
	struct text clauses = T("");
	for (size_t at = 0; at < duty->clauses_count; at++)
		clauses = joined(into, clauses, duty->clauses[at]->number);
	describe_words(&made, "name", N_("名前"), duty->name);
	describe_words(&made, "help", N_("説明"), duty->help);
	describe(&made, "clauses", N_("条項"), clauses);
	describe(&made, "owner", N_("担当"), duty->owner->name.ja);
	describe(&made, "rhythm", N_("いつ"), text_of(duty_rhythm_name(duty->rhythm)));
	describe(&made, "months", N_("月"), months_of(into, duty->months));
	describe(&made, "every", N_("間隔"), code_of(duty->every));
	describe(&made, "within", N_("期限"), code_of(duty->within));
	describe(&made, "lead", N_("何日前から"), text_number(into, duty->lead));
	describe(&made, "escalate", N_("何日後に上へ"), text_number(into, duty->escalate));
	describe(&made, "each", N_("台帳の行ごと"), duty->each != NULL ? duty->each->name.ja : T(""));
	describe(&made, "where", N_("条件"), duty->where != NULL ? when_source(duty->where) : T(""));
	describe(&made, "by", N_("ほかで行うこと"), duty->by);
	describe(&made, "of", N_("そのうちのどれか"), duty->of);
	describe(&made, "puts", N_("書き込む台帳"), columns_of(into, duty));
	for (size_t at = 0; at < duty->record.fields_count; at++)
		add_field(&made, &duty->record.fields[at], N_("項目"));
	return made;
}

static struct text
route_of(struct arena *into, const struct pack_occasion *occasion)
{
	static const char *const verbs[] = { N_("許可"), N_("協議"), N_("報告") };
	struct text route = T("");
	for (size_t at = 0; at < occasion->steps_count; at++) {
		const struct pack_step *step = &occasion->steps[at];
		struct text one = text_format(into, "%d. %.*s %s", step->order,
					      T_ARG(step->role->name.ja), say(verbs[step->verb]));
		if (step->when != NULL)
			one = text_format(into, "%.*s ← %.*s", T_ARG(one),
					  T_ARG(when_source(step->when)));
		route = joined(into, route, one);
	}
	return route;
}

static struct text
permit_of(struct arena *into, const struct pack_occasion *occasion)
{
	const struct pack_permit *permit = &occasion->permit;
	if (!occasion->has_permit)
		return T("");
	return text_format(into, say("許可証（ふつう %.*s、長くて %.*s）"),
			   T_ARG(permit->usual != NULL ? permit->usual->code : T("–")),
			   T_ARG(permit->most != NULL ? permit->most->code : T("–")));
}

struct described
describe_occasion(struct arena *into, const struct pack_occasion *occasion)
{
	struct described made = { .into = into };
	struct text clauses = T(""), needs = T(""), by = T("");
	describe_words(&made, "title", N_("名前"), occasion->title);
	describe(&made, "form", N_("様式"),
		 occasion->form != NULL ? occasion->form->label.ja : T(""));
	describe(&made, "route", N_("だれが決めるか"), route_of(into, occasion));
	describe(&made, "permit", N_("許可証"), permit_of(into, occasion));
	describe(&made, "when", N_("いつ"),
		 occasion->when != NULL ? when_source(occasion->when) : T(""));
	for (size_t at = 0; at < occasion->clauses_count; at++)
		clauses = joined(into, clauses, occasion->clauses[at]->id);
	for (size_t at = 0; at < occasion->needs_count; at++)
		needs = joined(into, needs, occasion->needs[at]->title.ja);
	for (size_t at = 0; at < occasion->by_count; at++)
		by = joined(into, by, occasion->by[at]->name.ja);
	describe(&made, "clauses", N_("条項"), clauses);
	describe(&made, "needs", N_("先に要る許可"), needs);
	describe(&made, "by", N_("申請できる人"), by);
	return made;
}

static struct text
roles_in_words(struct arena *into, const struct pack_role *const *roles, size_t count)
{
	struct text words = T("");
	for (size_t at = 0; at < count; at++)
		words = joined(into, words, roles[at]->name.ja);
	return words;
}

struct described
describe_checklist(struct arena *into, const struct pack_checklist *checklist)
{
	struct described made = { .into = into };
	describe_words(&made, "name", N_("名前"), checklist->name);
	describe(&made, "of", N_("だれに・何について"), text_of(checklist_of_name(checklist->of)));
	describe(&made, "by", N_("だれが答えるか"),
		 checklist->by != NULL ? checklist->by->name.ja : T(""));
	describe(&made, "runs", N_("だれが行うか"),
		 roles_in_words(into, checklist->runs, checklist->runs_count));
	describe(&made, "named", N_("だれに氏名を示すか"),
		 roles_in_words(into, checklist->named, checklist->named_count));
	for (size_t at = 0; at < checklist->items_count; at++) {
		const struct pack_check_item *item = &checklist->items[at];
		struct text words = item->words.ja;
		for (size_t no = 0; no < item->clauses_count; no++)
			words = joined(into, words, item->clauses[no]->id);
		describe_named(&made, text_format(into, "item %.*s", T_ARG(item->code)),
			       text_format(into, "%s「%.*s」", say("点検の項目"), T_ARG(item->code)), words);
	}
	return made;
}

/* ---- Both versions beside each other ---- */

struct part {
	struct text code;
	struct words name;
	struct described described;
};
struct parts {
	struct part *at;
	size_t count;
};

#define PARTS_OF(into, pack, list, code_of, name_of, describe_it)                              \
	__extension__({                                                                        \
		struct parts made_ = { .at = ARENA_ARRAY((into), struct part,                  \
							 (pack)->list##_count + 1) };          \
		for (size_t at_ = 0; at_ < (pack)->list##_count; at_++)                        \
			made_.at[made_.count++] =                                              \
				(struct part){ (pack)->list[at_].code_of,                      \
					       (pack)->list[at_].name_of,                      \
					       describe_it((into), &(pack)->list[at_]) };      \
		made_;                                                                         \
	})

static struct part *
add_part(struct parts *parts, struct text code, const char *ja, const char *en)
{
	struct part *part = &parts->at[parts->count++];
	*part = (struct part){ .code = code, .name = { text_of(ja), text_of(en) } };
	return part;
}

enum { SIGN_IN_LISTS = 4 }; /* besides the zones */

/* Lists are there or not, as in the file. */
static struct parts
sign_in_parts(struct arena *into, const struct pack_sign_in *sign_in)
{
	struct parts parts = { .at = ARENA_ARRAY(into, struct part, sign_in->zones_count + SIGN_IN_LISTS + 1) };
	for (size_t at = 0; at < sign_in->zones_count; at++) {
		const struct pack_zone *zone = &sign_in->zones[at];
		parts.at[parts.count++] = (struct part){ zone->code, zone->name, describe_zone(into, zone) };
	}
	if (sign_in->demands_count != 0)
		add_part(&parts, T("demands"), N_("役割と権限への要求"), "Demands of roles and rights")->described =
			describe_demands(into, sign_in);
	if (sign_in->weights_count != 0)
		add_part(&parts, T("step-up"), N_("決裁の前の本人確認"), "Proof before a decision")->described =
			describe_weights(into, sign_in);
	if (sign_in->recovers_count != 0)
		add_part(&parts, T("recovery"), N_("サインインの回復"), "Recovery of sign-in")->described =
			describe_recovery(into, sign_in);
	if (sign_in->cards.tells_count != 0)
		add_part(&parts, T("cards"), N_("ICカード"), "IC cards")->described =
			describe_cards(into, sign_in);
	return parts;
}

static struct part
prefixed(struct arena *into, const char *what, struct text code, struct words name, struct described described)
{
	return (struct part){ text_format(into, "%s.%.*s", what, T_ARG(code)), name, described };
}

static struct parts
incident_parts(struct arena *into, const struct pack_incidents *all)
{
	struct parts parts = { .at = ARENA_ARRAY(into, struct part,
						 all->kinds_count + all->chain_count + all->authorities_count + 1) };
	for (size_t at = 0; at < all->kinds_count; at++)
		parts.at[parts.count++] = prefixed(into, "kind", all->kinds[at].code, all->kinds[at].name,
						   describe_incident_kind(into, &all->kinds[at]));
	for (size_t at = 0; at < all->chain_count; at++)
		parts.at[parts.count++] = prefixed(into, "chain", all->chain[at].code, all->chain[at].role->name,
						   describe_link(into, &all->chain[at]));
	for (size_t at = 0; at < all->authorities_count; at++)
		parts.at[parts.count++] = prefixed(into, "authority", all->authorities[at].code,
						   all->authorities[at].name,
						   describe_authority(into, &all->authorities[at]));
	return parts;
}

/* Codes of three lists that may be the same in two of them: each with its kind before it. */
static struct parts
training_parts(struct arena *into, const struct pack_training *training)
{
	struct parts parts = { .at = ARENA_ARRAY(into, struct part,
						 training->audiences_count + training->courses_count +
							 training->lures_count + 2) };
	if (!training->is_there)
		return parts;
	add_part(&parts, T("training"), N_("研修の担当と決定"), "Who keeps and decides training")->described =
		describe_training(into, training);
	for (size_t at = 0; at < training->audiences_count; at++)
		parts.at[parts.count++] = (struct part){
			text_format(into, "audience:%.*s", T_ARG(training->audiences[at].code)),
			training->audiences[at].name,
			describe_audience(into, &training->audiences[at])
		};
	for (size_t at = 0; at < training->courses_count; at++)
		parts.at[parts.count++] = (struct part){
			text_format(into, "course:%.*s", T_ARG(training->courses[at].code)),
			training->courses[at].name, describe_course(into, &training->courses[at])
		};
	for (size_t at = 0; at < training->lures_count; at++)
		parts.at[parts.count++] = (struct part){
			text_format(into, "lure:%.*s", T_ARG(training->lures[at].code)),
			training->lures[at].name, describe_lure(into, &training->lures[at])
		};
	return parts;
}

static struct parts
audit_parts(struct arena *into, const struct pack_audit *audit)
{
	struct parts parts = { 0 };
	if (audit == NULL)
		return parts;
	parts.at = ARENA_ARRAY(into, struct part, audit->themes_count + 1);
	add_part(&parts, T("audit"), N_("監査の決まり"), "How audits are done")->described =
		describe_audit(into, audit);
	for (size_t at = 0; at < audit->themes_count; at++) {
		const struct pack_theme *theme = &audit->themes[at];
		parts.at[parts.count++] = (struct part){ theme->code, theme->name, describe_theme(into, theme) };
	}
	return parts;
}

static struct parts
inventory_parts(struct arena *into, const struct pack_inventory *inventory)
{
	struct parts parts = { 0 };
	if (inventory == NULL)
		return parts;
	parts.at = ARENA_ARRAY(into, struct part, 1);
	add_part(&parts, T("inventory"), N_("物品の決まり"), "How things are kept")->described =
		describe_inventory(into, inventory);
	return parts;
}

static struct parts
entrance_parts(struct arena *into, const struct pack_entrance *entrance)
{
	struct parts parts = { 0 };
	if (entrance == NULL)
		return parts;
	parts.at = ARENA_ARRAY(into, struct part, 1);
	add_part(&parts, T("entrance"), N_("サーバ室の入退室"), "Server rooms")->described =
		describe_entrance(into, entrance);
	return parts;
}

static struct parts
contract_parts(struct arena *into, const struct pack_contracts *contracts)
{
	struct parts parts = { 0 };
	if (contracts == NULL)
		return parts;
	parts.at = ARENA_ARRAY(into, struct part, 1);
	add_part(&parts, T("contracts"), N_("委託の決まり"), "How work is given out")->described =
		describe_contracts(into, contracts);
	return parts;
}

static struct parts
parts_of(struct arena *into, const struct pack *pack, enum part_kind kind)
{
	switch (kind) {
	case PART_ROLE:
		return PARTS_OF(into, pack, roles, code, name, describe_role);
	case PART_PARAMETER:
		return PARTS_OF(into, pack, parameters, code, name, describe_parameter);
	case PART_AXIS:
		return PARTS_OF(into, pack, axes, code, name, describe_axis);
	case PART_LEDGER:
		return PARTS_OF(into, pack, ledgers, code, name, describe_ledger);
	case PART_FORM:
		return PARTS_OF(into, pack, forms, number, title, describe_form);
	case PART_QUESTION:
		return PARTS_OF(into, pack, questions, name, label, describe_question);
	case PART_OCCASION:
		return PARTS_OF(into, pack, occasions, code, title, describe_occasion);
	case PART_DUTY:
		return PARTS_OF(into, pack, recurring, code, name, describe_duty);
	case PART_SIGN_IN:
		return sign_in_parts(into, &pack->sign_in);
	case PART_INCIDENT:
		return incident_parts(into, &pack->incidents);
	case PART_CHECKLIST:
		return PARTS_OF(into, pack, checklists, code, name, describe_checklist);
	case PART_TRAINING:
		return training_parts(into, &pack->training);
	case PART_RECONCILE:
		return PARTS_OF(into, pack, reconciliations, code, name, describe_reconcile);
	case PART_AUDIT:
		return audit_parts(into, pack->audit);
	case PART_INVENTORY:
		return inventory_parts(into, pack->inventory);
	case PART_ENTRANCE:
		return entrance_parts(into, pack->entrance);
	case PART_CONTRACT:
		return contract_parts(into, pack->contracts);
	case PART_COUNT:
		break;
	}
	return (struct parts){ 0 };
}

static const struct part *
part_called(const struct parts *parts, struct text code)
{
	for (size_t at = 0; at < parts->count; at++)
		if (text_same(parts->at[at].code, code))
			return &parts->at[at];
	return NULL;
}

static void
add(struct pack_diff *diff, enum part_kind kind, enum change_kind change, const struct part *part,
    struct part_change *made)
{
	*made = (struct part_change){ .part = kind, .kind = change, .code = part->code,
				      .name = part->name };
	diff->parts_count++;
}

static void
diff_kind(struct arena *into, struct pack_diff *diff, enum part_kind kind)
{
	const struct parts before = parts_of(into, diff->before, kind);
	const struct parts after = parts_of(into, diff->after, kind);
	for (size_t at = 0; at < after.count; at++) {
		const struct part *is = &after.at[at], *was = part_called(&before, is->code);
		struct part_change *made = &diff->parts[diff->parts_count];
		size_t count;
		if (was == NULL) {
			add(diff, kind, CHANGE_NEW, is, made);
			continue;
		}
		struct key_change *keys = changed_keys(into, &was->described, &is->described, &count);
		if (count == 0)
			continue;
		add(diff, kind, CHANGE_CHANGED, is, made);
		made->keys = keys;
		made->keys_count = count;
	}
	for (size_t at = 0; at < before.count; at++)
		if (part_called(&after, before.at[at].code) == NULL)
			add(diff, kind, CHANGE_GONE, &before.at[at],
			    &diff->parts[diff->parts_count]);
}

static size_t
count_parts(const struct pack *pack)
{
	return pack->roles_count + pack->parameters_count + pack->axes_count +
	       pack->ledgers_count + pack->forms_count + pack->questions_count +
	       pack->occasions_count + pack->recurring_count + pack->sign_in.zones_count + SIGN_IN_LISTS +
	       pack->incidents.kinds_count + pack->incidents.chain_count + pack->incidents.authorities_count +
	       pack->checklists_count + pack->reconciliations_count +
	       pack->training.audiences_count + pack->training.courses_count + pack->training.lures_count + 1 +
	       (pack->audit != NULL ? pack->audit->themes_count + 1 : 0) + (pack->inventory != NULL) + (pack->entrance != NULL) +
	       (pack->contracts != NULL);
}

void
diff_parts(struct arena *into, struct pack_diff *diff)
{
	diff->parts = ARENA_ARRAY(into, struct part_change,
				  count_parts(diff->before) + count_parts(diff->after) + 1);
	for (int kind = 0; kind < PART_COUNT; kind++)
		diff_kind(into, diff, (enum part_kind)kind);
}

const struct part_change *
diff_part(const struct pack_diff *diff, enum part_kind part, struct text code)
{
	for (size_t at = 0; at < diff->parts_count; at++)
		if (diff->parts[at].part == part && text_same(diff->parts[at].code, code))
			return &diff->parts[at];
	return NULL;
}

const char *
part_name(enum part_kind kind)
{
	static const char *const names[PART_COUNT] = { "role", "parameter", "axis",    "ledger",
						       "form", "question",  "occasion", "duty",
						       "sign-in", "incident", "checklist", "training", "reconciliation", "audit",
						       "inventory", "entrance", "contract" };
	return names[kind];
}

const char *
part_words(enum part_kind kind)
{
	static const char *const words[PART_COUNT] = { N_("役割"), N_("数値"), N_("分類"), N_("台帳"),
						       N_("様式"), N_("質問"), N_("場面"), N_("くり返す仕事"),
						       N_("サインイン"), N_("事案"), N_("点検表"), N_("研修"),
						       N_("突き合わせ"), N_("監査"),
						       N_("物品"), N_("入退室"), N_("委託") };
	return say(words[kind]);
}
