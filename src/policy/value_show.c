#include "policy/policy.h"

#include "base/day.h"
#include "base/say.h"
#include "base/writer.h"

/* Kept values as a person reads them. */

enum { SHOWN_MOST_BYTES = 512 << 10 };

/* By its printed number; what an older version of the pack had shows its id. */
static struct text
clause_shown(const struct pack *pack, struct text id)
{
	const struct pack_clause *clause = pack_clause(pack, id);

	return clause != NULL ? clause->number : id;
}

static struct text
show_list(struct arena *into, const struct pack_field *field, struct text value)
{
	struct writer out = writer_open(into, SHOWN_MOST_BYTES);
	struct text item;

	while (value_next(&value, &item)) {
		const struct pack_choice *choice = field_choice(field, item);
		struct text what = {"", 0};
		if (field->kind == FIELD_SERIALS)
			value_halves(item, &item, &what);
		if (field->kind == FIELD_CLAUSES)
			item = clause_shown(field->pack, item);
		if (out.len > 0)
			write_z(&out, "、");
		write_text(&out, choice != NULL ? words_now(choice->words) : item);
		if (what.len > 0)
			write_format(&out, "（%.*s）", T_ARG(what));
	}
	return writer_text(&out);
}

static struct text
show_period(struct arena *into, struct text value)
{
	struct day from;
	struct day until;

	if (!value_period(value, &from, &until))
		return value;
	return text_format(into, "%.*s～%.*s", T_ARG(day_wareki(into, from)),
			   T_ARG(day_wareki(into, until)));
}

struct text
field_show(struct arena *into, const struct pack_field *field, struct text value)
{
	const struct pack_choice *choice;
	const struct pack_class *class;
	struct text digest;
	struct text name;
	struct day day;
	struct moment moment;

	if (value.len == 0)
		return value;
	switch (field->kind) {
	case FIELD_DAY:
		return day_read(value, &day) ? day_wareki(into, day) : value;
	case FIELD_MOMENT:
		return moment_read(value, &moment) ? moment_wareki(into, moment) : value;
	case FIELD_PERIOD:
		return show_period(into, value);
	case FIELD_CHOICE:
		choice = field_choice(field, value);
		return choice != NULL ? words_now(choice->words) : value;
	case FIELD_CHOICES:
	case FIELD_SERIALS:
	case FIELD_ASSETS:
	case FIELD_CLAUSES:
		return show_list(into, field, value);
	case FIELD_YES_NO:
		return text_of(text_is(value, "yes") ? say("はい") : say("いいえ"));
	case FIELD_CLASS:
		class = axis_value(field->axis, value);
		return class != NULL ? words_now(class->name) : value;
	case FIELD_FILE:
		value_halves(value, &digest, &name);
		return name.len > 0 ? name : digest;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_NUMBER:
	case FIELD_ASSET:
	case FIELD_PERSON:
	case FIELD_UNIT:
		return value;
	}
	return value;
}
