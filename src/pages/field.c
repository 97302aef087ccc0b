/* Boxes of forms: a pack's field kinds and a few plain ones, as the part field.html draws them. */
#include "pages/rooms.h"

enum { RADIO_MOST = 8 };

static struct text
box_id(struct visit *visit, struct text name)
{
	return text_format(visit->arena, "i-%.*s", T_ARG(name));
}

static void
add_option(struct visit *visit, struct field_part *box, struct text value, struct text words,
	   struct text help, bool is_chosen)
{
	struct field_options *option = &box->options[box->options_count++];
	option->id = text_format(visit->arena, "i-%.*s-%zu", T_ARG(box->name), box->options_count);
	option->value = value;
	option->words = words;
	option->help = help;
	option->is_chosen = is_chosen;
}

static bool
has_item(struct text list, struct text wanted)
{
	struct text item, rest = list;
	while (value_next(&rest, &item))
		if (text_same(item, wanted))
			return true;
	return false;
}

static bool
has_groups(const struct pack_field *field)
{
	for (size_t at = 0; at < field->choices_count; at++)
		if (words_now(field->choices[at].group).len != 0)
			return true;
	return false;
}

/* What stands under a closed heading, in a line. */
static struct text
preview_of(struct visit *visit, const struct field_groups *group)
{
	enum { SHOWN = 3 };
	struct writer out = writer_open(visit->arena, 8192);
	for (size_t at = 0; at < group->options_count && at < SHOWN; at++) {
		if (at != 0)
			write_z(&out, " / ");
		write_text(&out, group->options[at].words);
	}
	if (group->options_count > SHOWN)
		write_z(&out, " …");
	return writer_text(&out);
}

/* The same choices under their headings, in the order in which the headings first come. */
static void
add_groups(struct visit *visit, struct field_part *box, const struct pack_field *field)
{
	const size_t most = field->choices_count + 1;
	box->groups = ARENA_ARRAY(visit->arena, struct field_groups, most);
	for (size_t at = 0; at < box->options_count; at++) {
		const struct text title = words_now(field->choices[at].group);
		size_t to = 0;
		while (to < box->groups_count && !text_same(box->groups[to].title, title))
			to++;
		struct field_groups *group = &box->groups[to];
		if (to == box->groups_count) {
			box->groups_count++;
			group->title = title;
			group->options = ARENA_ARRAY(visit->arena, struct field_groups_options, most);
		}
		const struct field_options *option = &box->options[at];
		group->options[group->options_count++] = (struct field_groups_options){
			option->id, option->value, option->words, option->help, option->is_chosen
		};
		group->chosen += option->is_chosen;
		group->is_open = group->chosen != 0;
	}
	for (size_t at = 0; at < box->groups_count; at++) {
		if (box->groups[at].title.len == 0)
			box->groups[at].title = text_of(say("そのほか"));
		box->groups[at].preview = preview_of(visit, &box->groups[at]);
	}
}

void
box_narrow(struct visit *visit, struct field_part *box, struct text words)
{
	const struct text folded = text_fold(visit->arena, words);
	for (size_t at = 0; at < box->groups_count && folded.len != 0; at++) {
		struct field_groups *group = &box->groups[at];
		const bool is_named = text_has(text_fold(visit->arena, group->title), folded);
		size_t kept = 0;
		for (size_t from = 0; from < group->options_count; from++) {
			const struct field_groups_options option = group->options[from];
			if (is_named || option.is_chosen ||
			    text_has(text_fold(visit->arena, option.words), folded) ||
			    text_has(text_fold(visit->arena, option.help), folded))
				group->options[kept++] = option;
		}
		group->options_count = kept;
		group->is_open = kept != 0;
	}
	size_t left = 0;
	for (size_t at = 0; at < box->groups_count && folded.len != 0; at++)
		if (box->groups[at].options_count != 0)
			box->groups[left++] = box->groups[at];
	if (folded.len != 0)
		box->groups_count = left;
}

static void
add_choices(struct visit *visit, struct field_part *box, const struct pack_field *field)
{
	box->options = ARENA_ARRAY(visit->arena, struct field_options, field->choices_count + 1);
	for (size_t at = 0; at < field->choices_count; at++) {
		const struct pack_choice *choice = &field->choices[at];
		const bool is_chosen = field->kind == FIELD_CHOICES
					       ? has_item(box->value, choice->code)
					       : text_same(box->value, choice->code);
		add_option(visit, box, choice->code, words_now(choice->words),
			   words_now(choice->help), is_chosen);
	}
	if (has_groups(field))
		add_groups(visit, box, field);
}

static void
add_classes(struct visit *visit, struct field_part *box, const struct pack_axis *axis)
{
	box->options = ARENA_ARRAY(visit->arena, struct field_options, axis->values_count + 1);
	for (size_t at = 0; at < axis->values_count; at++) {
		const struct pack_class *value = &axis->values[at];
		struct writer help = writer_open(visit->arena, 4096);
		for (size_t i = 0; i < value->criteria_count; i++) {
			if (i != 0)
				write_z(&help, " / ");
			write_text(&help, words_now(value->criteria[i].words));
		}
		add_option(visit, box, value->code, words_now(value->name), writer_text(&help),
			   text_same(box->value, value->code));
	}
}

static void
add_given(struct visit *visit, struct field_part *box, const struct field_option *options,
	  size_t count)
{
	box->options = ARENA_ARRAY(visit->arena, struct field_options, count + 1);
	for (size_t at = 0; at < count; at++)
		add_option(visit, box, options[at].value, options[at].words, T(""),
			   has_item(box->value, options[at].value));
}

static void
add_yes_no(struct visit *visit, struct field_part *box)
{
	box->options = ARENA_ARRAY(visit->arena, struct field_options, 2);
	add_option(visit, box, T("yes"), text_of(say("はい")), T(""), text_is(box->value, "yes"));
	add_option(visit, box, T("no"), text_of(say("いいえ")), T(""), text_is(box->value, "no"));
	box->is_radio = true;
}

static void
fill_period(struct visit *visit, struct field_part *box, struct text stored)
{
	struct day from, until;
	struct text kept_from = T(""), kept_until = T("");
	if (value_period(stored, &from, &until)) {
		kept_from = day_wareki(visit->arena, from);
		kept_until = day_wareki(visit->arena, until);
	}
	box->is_period = true;
	box->period_from = visit_typed(
		visit, text_z(visit->arena, text_format(visit->arena, "%.*s-from", T_ARG(box->name))),
		kept_from);
	box->period_until = visit_typed(
		visit,
		text_z(visit->arena, text_format(visit->arena, "%.*s-until", T_ARG(box->name))),
		kept_until);
}

static void
fill_day(struct visit *visit, struct field_part *box, struct text stored)
{
	struct day day;
	box->is_day = true;
	if (text_same(box->value, stored) && day_read(stored, &day))
		box->value = day_wareki(visit->arena, day);
}

static void
fill_serials(struct field_part *box)
{
	box->is_long = true;
}

static void
fill_kind(struct visit *visit, struct field_part *box, const struct pack_field *field,
	  struct text stored, const struct field_option *options, size_t count)
{
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_FILE:
		box->is_text = true;
		break;
	case FIELD_LONG_TEXT:
		box->is_long = true;
		break;
	case FIELD_DAY:
		fill_day(visit, box, stored);
		break;
	case FIELD_MOMENT:
		box->is_moment = true;
		break;
	case FIELD_PERIOD:
		fill_period(visit, box, stored);
		break;
	case FIELD_NUMBER:
		box->is_number = true;
		break;
	case FIELD_CHOICE:
		add_choices(visit, box, field);
		box->is_radio = field->choices_count <= RADIO_MOST || has_groups(field);
		box->is_select = !box->is_radio;
		break;
	case FIELD_CHOICES:
		add_choices(visit, box, field);
		box->is_checks = true;
		break;
	case FIELD_YES_NO:
		add_yes_no(visit, box);
		break;
	case FIELD_CLASS:
		add_classes(visit, box, field->axis);
		box->is_radio = true;
		break;
	case FIELD_SERIALS:
	case FIELD_CLAUSES:
		fill_serials(box);
		break;
	case FIELD_ASSET:
	case FIELD_PERSON:
	case FIELD_UNIT:
		add_given(visit, box, options, count);
		box->is_select = count != 0;
		box->is_text = count == 0;
		break;
	case FIELD_ASSETS:
		add_given(visit, box, options, count);
		box->is_checks = true;
		break;
	}
}

struct field_part
field_box(struct visit *visit, const struct pack_field *field, struct text stored,
	  const struct field_option *options, size_t count)
{
	const char *name = text_z(visit->arena, field->name);
	struct field_part box = {
		.id = box_id(visit, field->name),
		.name = field->name,
		.label = words_now(field->label),
		.help = words_now(field->help),
		.fault = visit_fault(visit, field->name),
		.is_required = field->is_required,
	};
	box.value = field->kind == FIELD_CHOICES || field->kind == FIELD_ASSETS ||
				    field->kind == FIELD_CLAUSES
			    ? (visit->faults != NULL && visit->request->method == METHOD_POST
				       ? field_typed(visit, field)
				       : stored)
			    : visit_typed(visit, name, stored);
	if (field->is_computed) {
		box.is_shown_only = true;
		box.shown = field_show(visit->arena, field, stored);
		return box;
	}
	fill_kind(visit, &box, field, stored, options, count);
	return box;
}

struct field_part
plain_box(struct visit *visit, enum box_kind kind, const char *name, struct text label,
	  struct text help, struct text stored, bool is_required)
{
	struct field_part box = {
		.id = box_id(visit, text_of(name)),
		.name = text_of(name),
		.label = label,
		.help = help,
		.fault = visit_fault(visit, text_of(name)),
		.is_required = is_required,
		.value = kind == BOX_PASSWORD ? T("") : visit_typed(visit, name, stored),
		.is_text = kind == BOX_TEXT,
		.is_long = kind == BOX_LONG,
		.is_day = kind == BOX_DAY,
		.is_moment = kind == BOX_MOMENT,
		.is_number = kind == BOX_NUMBER,
		.is_select = kind == BOX_CHOICE,
		.is_password = kind == BOX_PASSWORD,
	};
	if (kind == BOX_DAY)
		fill_day(visit, &box, stored);
	if (kind == BOX_YES_NO)
		add_yes_no(visit, &box);
	return box;
}

struct field_part *
long_box(struct visit *visit, const char *name, const char *label, const char *help, struct text stored,
	 bool is_required)
{
	struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
	*box = plain_box(visit, BOX_LONG, name, text_of(label), text_of(help), stored, is_required);
	return box;
}

struct unit_option_list {
	struct field_option *at;
	size_t count;
};

static struct error *
make_unit_options(struct look *look, struct day day, struct unit_option_list *list)
{
	struct unit *units;
	TRY(people_units(look, day, &units, &list->count));
	list->at = ARENA_ARRAY(look->arena, struct field_option, list->count + 1);
	for (size_t at = 0; at < list->count; at++) {
		struct writer words = writer_open(look->arena, 2048);
		for (int depth = 0; depth < units[at].depth; depth++)
			write_z(&words, "\u3000");
		write_text(&words, units[at].name);
		list->at[at].value = text_number(look->arena, units[at].id.no);
		list->at[at].words = writer_text(&words);
	}
	return OK;
}

static const struct kept_kind unit_options_kept = { "unit options" };

struct error *
unit_options(struct look *look, struct visit *visit, struct field_option **options, size_t *count)
{
	const struct kept_key key = { &unit_options_kept, NULL, visit->today.no, 0 };
	const struct unit_option_list *kept = look_kept(look, &key);
	if (kept == NULL) {
		struct look keeping = look_to_keep(look);
		struct unit_option_list *made = ARENA_NEW(keeping.arena, struct unit_option_list);
		TRY(make_unit_options(&keeping, visit->today, made));
		look_keep(&keeping, &key, made);
		kept = made;
	}
	*options = kept->at;
	*count = kept->count;
	return OK;
}

struct text
field_typed(const struct visit *visit, const struct pack_field *field)
{
	const char *name = text_z(visit->arena, field->name);
	if (field->kind == FIELD_PERIOD) {
		const struct text from = text_trim(request_field(
			visit->request, text_z(visit->arena, text_format(visit->arena, "%s-from", name))));
		const struct text until = text_trim(request_field(
			visit->request,
			text_z(visit->arena, text_format(visit->arena, "%s-until", name))));
		if (from.len == 0 && until.len == 0)
			return T("");
		return text_format(visit->arena, "%.*s～%.*s", T_ARG(from), T_ARG(until));
	}
	if (field->kind != FIELD_CHOICES && field->kind != FIELD_ASSETS &&
	    field->kind != FIELD_CLAUSES)
		return request_field(visit->request, name);
	const struct fields all = request_fields(visit->request, visit->arena, name);
	struct writer joined = writer_open(visit->arena, 1 << 20);
	for (size_t at = 0; at < all.count; at++) {
		if (at != 0)
			write_byte(&joined, '\n');
		write_text(&joined, all.at[at].value);
	}
	return writer_text(&joined);
}
