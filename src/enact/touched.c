/* What a new version touches, and what may happen to it. */
#include "enact/rooms.h"

#include "base/writer.h"

enum { BIT_CONTINUE = 1 << CHOICE_CONTINUE, BIT_RESEND = 1 << CHOICE_RESEND, BIT_END = 1 << CHOICE_END,
       BIT_CARRY = 1 << CHOICE_CARRY, BIT_LATER = 1 << CHOICE_LATER };

struct touching {
	struct look *look;
	const struct pack *from, *to;
	struct enact_touched *touched;
};

static struct enact_item *
add(struct touching *touching, enum item_kind kind, struct text code, struct text name,
    int64_t number, unsigned choices)
{
	struct enact_touched *touched = touching->touched;
	if (touched->count == ENACT_MOST_ITEMS)
		return &touched->items[ENACT_MOST_ITEMS]; /* one to write into; the list is full */
	struct enact_item *made = &touched->items[touched->count++];
	*made = (struct enact_item){ .kind = kind, .code = code, .name = name, .number = number,
				     .choices = choices, .why = T(""), .target = T("") };
	return made;
}

/* だれが決めるか、様式 … */
static struct text
keys_in_words(struct arena *arena, const struct part_change *change)
{
	struct writer out = writer_open(arena, 4000);
	for (size_t at = 0; at < change->keys_count; at++)
		write_format(&out, "%s%.*s", at > 0 ? "、" : "", T_ARG(change->keys[at].label));
	return writer_text(&out);
}

/* Why what goes on in the occasion is touched; empty: it is not. */
static struct text
why_occasion(struct touching *touching, const struct pack_occasion *occasion)
{
	struct arena *arena = touching->look->arena;
	const struct pack_diff *diff = touching->touched->diff;
	const struct part_change *change = diff_part(diff, PART_OCCASION, occasion->code);
	if (change != NULL && change->kind == CHANGE_GONE)
		return text_of(say("この場面がなくなります"));
	if (change != NULL && change->kind == CHANGE_CHANGED)
		return text_format(arena, say("変わること: %.*s"),
				   T_ARG(keys_in_words(arena, change)));
	if (occasion->form == NULL)
		return T("");
	change = diff_part(diff, PART_FORM, occasion->form->number);
	if (change == NULL)
		return T("");
	return text_format(arena, say("様式の変わること: %.*s"),
			   T_ARG(keys_in_words(arena, change)));
}

static struct error *
touch_occasions(struct touching *touching)
{
	const struct pack *from = touching->from;
	for (size_t at = 0; at < from->occasions_count; at++) {
		const struct pack_occasion *occasion = &from->occasions[at];
		const struct text why = why_occasion(touching, occasion);
		struct flow_going_on now;
		if (why.len == 0)
			continue;
		TRY(flow_going_on(touching->look, occasion->code, &now));
		const bool is_gone = pack_occasion(touching->to, occasion->code) == NULL;
		const struct text name = words_now(occasion->title);
		if (now.sent > 0)
			add(touching, ITEM_DOSSIERS, occasion->code, name, now.sent,
			    is_gone ? BIT_CONTINUE | BIT_END
				    : BIT_CONTINUE | BIT_RESEND | BIT_END)
				->why = why;
		if (now.permits > 0)
			add(touching,
			    occasion->has_exception ? ITEM_EXCEPTIONS : ITEM_PERMITS,
			    occasion->code, name, now.permits, BIT_CONTINUE | BIT_END)
				->why = why;
	}
	return OK;
}

static struct error *
touch_roles(struct touching *touching)
{
	const struct pack *from = touching->from;
	for (size_t at = 0; at < from->roles_count; at++) {
		const struct pack_role *role = &from->roles[at];
		int64_t posts;
		if (role->scope == SCOPE_EVERYONE || pack_role(touching->to, role->code) != NULL)
			continue;
		TRY(people_role_posts(touching->look, role->code, &posts));
		if (posts == 0)
			continue;
		struct enact_item *item = add(touching, ITEM_ROLE, role->code,
					      words_now(role->name), posts, BIT_CARRY | BIT_END);
		item->carries_role = true;
		item->why = text_of(say("この役割がなくなります"));
	}
	return OK;
}

static struct text
column_code(struct touching *touching, const struct pack_ledger *ledger,
	    const struct pack_field *field)
{
	return text_format(touching->look->arena, "%.*s.%.*s", T_ARG(ledger->code),
			   T_ARG(field->name));
}

static struct text
column_name(struct touching *touching, const struct pack_ledger *ledger,
	    const struct pack_field *field)
{
	return text_format(touching->look->arena, say("%.*sの「%.*s」"), T_ARG(words_now(ledger->name)),
			   T_ARG(words_now(field->label)));
}

static void
touch_columns(struct touching *touching, const struct pack_ledger *was,
	      const struct pack_ledger *is, int64_t rows)
{
	for (size_t at = 0; at < was->fields_count; at++) {
		const struct pack_field *field = &was->fields[at];
		if (ledger_field(is, field->name) == NULL)
			add(touching, ITEM_COLUMN, column_code(touching, was, field),
			    column_name(touching, was, field), rows, BIT_CONTINUE)
				->why = text_of(say("この列がなくなります"));
	}
	for (size_t at = 0; at < is->fields_count; at++) {
		const struct pack_field *field = &is->fields[at];
		if (field->is_required && ledger_field(was, field->name) == NULL)
			add(touching, ITEM_FILL, column_code(touching, is, field),
			    column_name(touching, is, field), rows, BIT_LATER)
				->why = text_of(say("今ある行には、この列の値がありません"));
	}
}

static struct error *
touch_ledgers(struct touching *touching)
{
	const struct pack *from = touching->from;
	for (size_t at = 0; at < from->ledgers_count; at++) {
		const struct pack_ledger *was = &from->ledgers[at];
		const struct pack_ledger *is = pack_ledger(touching->to, was->code);
		struct enact_row_count_row rows;
		TRY(enact_row_count(touching->look, &(struct enact_row_count_in){ was->code },
				    &rows));
		if (rows.living == 0)
			continue;
		if (is != NULL)
			touch_columns(touching, was, is, rows.living);
		else
			add(touching, ITEM_LEDGER, was->code, words_now(was->name), rows.living,
			    BIT_CONTINUE)
				->why = text_of(say("この台帳がなくなります"));
	}
	return OK;
}

static void
touch_judged(struct touching *touching, const struct enact_judged *judged)
{
	struct arena *arena = touching->look->arena;
	const struct clause_change *change = diff_clause(touching->touched->diff, judged->clause);
	if (change == NULL || change->kind == CHANGE_KEPT)
		return;
	/* What has only moved to another id is carried there without a question. */
	if (change->kind == CHANGE_MOVED && text_same(change->before->id, change->after->id))
		return;
	const struct text name = text_format(arena, "%.*s %.*s", T_ARG(change->before->number),
					     T_ARG(words_now(change->before->duty)));
	struct enact_item *item =
		add(touching, ITEM_JUDGEMENTS, judged->clause, name, judged->number,
		    change->after == NULL ? BIT_CARRY | BIT_END
					  : BIT_CONTINUE | BIT_CARRY | BIT_END);
	item->why = text_format(arena, say("この条項は「%s」です"), change_words(change->kind));
	/* The answer that suggests itself, to be confirmed. */
	if (change->after != NULL)
		item->target = change->after->id;
}

/* The answers saved so far. */
static struct error *
read_answers(struct touching *touching, struct version_id id)
{
	struct enact_touched *touched = touching->touched;
	struct enact_items_row *rows;
	size_t count;
	TRY(enact_items(touching->look, &(struct enact_items_in){ id.no, ENACT_MOST_ITEMS }, &rows,
			&count));
	for (size_t at = 0; at < touched->count; at++) {
		struct enact_item *item = &touched->items[at];
		for (size_t row = 0; row < count; row++) {
			enum item_choice choice;
			if (!text_is(rows[row].kind, item_kind_name(item->kind)) ||
			    !text_same(rows[row].code, item->code) ||
			    !item_choice_read(rows[row].choice, &choice) || !may_choose(item, choice))
				continue;
			item->choice = choice;
			if (choice == CHOICE_CARRY)
				item->target = rows[row].target;
		}
		touched->unanswered += item->choice == CHOICE_NONE;
	}
	return OK;
}

struct error *
enact_touched(struct look *look, const struct pack *from, const struct pack *to,
	      struct version_id id, const struct enact_judged *judged, size_t judged_count,
	      struct enact_touched *touched)
{
	struct enact_touched made = { .diff = pack_diff(look->arena, from, to),
				      .items = ARENA_ARRAY(look->arena, struct enact_item,
							   ENACT_MOST_ITEMS + 1) };
	struct touching touching = { .look = look, .from = from, .to = to, .touched = &made };
	TRY(touch_occasions(&touching));
	TRY(touch_roles(&touching));
	TRY(touch_ledgers(&touching));
	for (size_t at = 0; at < judged_count; at++)
		touch_judged(&touching, &judged[at]);
	TRY(read_answers(&touching, id));
	*touched = made;
	return OK;
}

bool
may_choose(const struct enact_item *item, enum item_choice choice)
{
	return choice != CHOICE_NONE && (item->choices & 1u << choice) != 0;
}

struct error *
answer_check(struct arena *arena, const struct pack *to, const struct enact_item *item,
	     enum item_choice choice, struct text target)
{
	const char *field = text_z(arena, item_key(arena, item));
	const struct pack_clause *clause;
	if (choice == CHOICE_NONE)
		return OK;
	if (!may_choose(item, choice))
		return reject(field, "「%s」には選べない答えです。", item_kind_words(item->kind));
	if (choice != CHOICE_CARRY)
		return OK;
	if (item->carries_role) {
		const struct pack_role *role = pack_role(to, target);
		return role == NULL || role->scope == SCOPE_EVERYONE
			       ? reject(field, "引き継ぐ役割を、新しい版の役割から選んでください。")
			       : OK;
	}
	clause = pack_clause(to, target);
	return clause == NULL || !clause->is_duty
		       ? reject(field, "引き継ぐ条項を、新しい版の条項の番号で書いてください。")
		       : OK;
}
