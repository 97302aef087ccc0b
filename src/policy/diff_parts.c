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
	case PART_SIGN_IN:
		return sign_in_parts(into, &pack->sign_in);
	case PART_AUDIT:
		return audit_parts(into, pack->audit);
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
	       pack->occasions_count + pack->sign_in.zones_count + SIGN_IN_LISTS +
	       (pack->audit != NULL ? pack->audit->themes_count + 1 : 0);
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
						       "form", "question",  "occasion",
						       "sign-in",
						       "audit" };
	return names[kind];
}

const char *
part_words(enum part_kind kind)
{
	static const char *const words[PART_COUNT] = { N_("役割"), N_("数値"), N_("分類"), N_("台帳"),
						       N_("様式"), N_("質問"), N_("場面"),
						       N_("サインイン"),
						       N_("監査") };
	return say(words[kind]);
}
