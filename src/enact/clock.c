/* A version comes into force on its day, and what follows from it. */
#include "enact/rooms.h"

#include "people/notice.h"

enum { ITEMS_AT_ONCE = 50, PAGE_OF_ITEM = 100, TELL_AT_ONCE = 200, DAY_MS = 86400000, REMIND_DAYS = 7 };

static const struct actor the_clock = { .through = T_INIT("clock") };

struct running {
	struct store *store;
	struct arena *arena;
	const struct flow *flow;
	size_t left;
	struct enact_done *done;
};

/* ---- Into force ---- */

struct beginning {
	const struct flow *flow;
	bool has_begun;
};

/* Roles come over in the very act, or nobody could decide in the first minute of the day. */
static struct error *
carry_roles(struct act *act, struct version_id id, int64_t *posts)
{
	struct enact_items_row *rows;
	size_t count;
	TRY(enact_items(&act->look, &(struct enact_items_in){ id.no, ENACT_MOST_ITEMS }, &rows,
			&count));
	for (size_t at = 0; at < count; at++) {
		int64_t carried;
		if (!text_is(rows[at].kind, "role") || !text_is(rows[at].choice, "carry"))
			continue;
		TRY(people_role_carry(act, rows[at].code, rows[at].target, &carried));
		TRY(enact_item_done(act, &(struct enact_item_done_in){ rows[at].id,
								       act->look.now.ms }));
		*posts += carried;
	}
	return OK;
}

/* The files must be there before anything depends on them. */
static struct error *
must_be_there(struct act *act, const struct flow *flow, const struct enact_version *version)
{
	const struct pack *pack;
	if (flow->shelf == NULL)
		return broken("方針の版の置き場所が分かりません。");
	return shelf_take(flow->shelf, act->look.arena, &version->digest, &pack);
}

static struct error *
begin_act(struct act *act, void *with)
{
	struct beginning *beginning = with;
	struct arena *arena = act->look.arena;
	struct enact_version_due_row due;
	struct enact_version version, before;
	int64_t posts = 0;
	bool found;
	TRY(enact_version_due(&act->look,
			      &(struct enact_version_due_in){ moment_day(act->look.now).no },
			      &found, &due));
	if (!found)
		return OK;
	TRY(enact_version(&act->look, (struct version_id){ due.id }, &version));
	TRY(must_be_there(act, beginning->flow, &version));
	TRY(enact_version_in_force(&act->look, &found, &before));
	if (found)
		TRY(enact_version_end(act, &(struct enact_version_end_in){ before.id.no,
									   act->look.now.ms }));
	TRY(enact_version_begin(act, &(struct enact_version_begin_in){ version.id.no,
								       act->look.now.ms }));
	TRY(carry_roles(act, version.id, &posts));
	beginning->has_begun = true;
	return note_version(
		act, version.id, "enact.in_force",
		(struct fact_pair[]){
			{ "before", found ? hash_hex(arena, &before.digest) : T(""), 0 },
			{ "effective", day_iso(arena, version.effective), 0 },
			{ "pack-digest", hash_hex(arena, &version.digest), 0 },
			{ "posts", { 0 }, posts },
			{ NULL } });
}

static struct error *
begin_due(struct running *running)
{
	struct beginning beginning = { .flow = running->flow };
	struct enact_version_due_row due;
	bool found;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(running->store, running->arena, &look));
		TRY(enact_version_due(&look,
				      &(struct enact_version_due_in){ moment_day(look.now).no },
				      &found, &due));
	}
	if (!found)
		return OK;
	TRY(store_act(running->store, running->arena, &the_clock, begin_act, &beginning));
	running->done->is_in_force |= beginning.has_begun;
	return OK;
}

/* ---- What was answered ---- */

struct carrying {
	const struct flow *flow;
	enum item_kind kind;
	enum item_choice choice;
	int64_t id;
	bool has_done;
};

static struct error *
carry_act(struct act *act, void *with)
{
	struct carrying *carrying = with;
	const struct text why = text_of(say("方針の新しい版が施行されたため"));
	const struct dossier_id dossier = { carrying->id };
	if (carrying->kind != ITEM_DOSSIERS)
		return flow_end_permit(act, carrying->flow, (struct permit_id){ carrying->id }, why,
				       &carrying->has_done);
	if (carrying->choice == CHOICE_RESEND)
		return flow_send_again(act, carrying->flow, dossier, why, &carrying->has_done);
	return flow_end(act, carrying->flow, dossier, why, &carrying->has_done);
}

static struct error *
ids_of(struct running *running, const struct enact_items_open_row *row, enum item_kind kind,
       int64_t after, int64_t **ids, size_t *count)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(running->store, running->arena, &look));
	return kind == ITEM_DOSSIERS
		       ? flow_sent_of(&look, row->code, after, PAGE_OF_ITEM, ids, count)
		       : flow_living_of(&look, row->code, after, PAGE_OF_ITEM, ids, count);
}

static struct error *
done_act(struct act *act, void *with)
{
	const struct enact_items_open_row *row = with;
	TRY(enact_item_done(act, &(struct enact_item_done_in){ row->id, act->look.now.ms }));
	return note_version(act, (struct version_id){ row->version }, "enact.carry_out",
			    (struct fact_pair[]){ { "choice", row->choice, 0 },
						  { "code", row->code, 0 },
						  { "kind", row->kind, 0 },
						  { NULL } });
}

static struct error *
carry_out(struct running *running, struct enact_items_open_row *row)
{
	struct carrying carrying = { .flow = running->flow };
	int64_t *ids, after = 0;
	size_t count = PAGE_OF_ITEM;
	if (!item_kind_read(row->kind, &carrying.kind) ||
	    !item_choice_read(row->choice, &carrying.choice))
		return broken("答えの記録が読めません(%lld)。", (long long)row->id);
	const bool is_each =
		(carrying.kind == ITEM_DOSSIERS || carrying.kind == ITEM_PERMITS ||
		 carrying.kind == ITEM_EXCEPTIONS) &&
		(carrying.choice == CHOICE_RESEND || carrying.choice == CHOICE_END);
	while (is_each && count == PAGE_OF_ITEM) {
		TRY(ids_of(running, row, carrying.kind, after, &ids, &count));
		for (size_t at = 0; at < count; at++) {
			if (running->left == 0)
				return OK; /* the rest next time: what is done is not found again */
			carrying.id = after = ids[at];
			carrying.has_done = false;
			TRY(store_act(running->store, running->arena, &the_clock, carry_act,
				      &carrying));
			running->left -= carrying.has_done;
			running->done->carried_out += carrying.has_done;
		}
	}
	return store_act(running->store, running->arena, &the_clock, done_act, row);
}

static struct error *
carry_all(struct running *running)
{
	struct enact_items_open_row *rows;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(running->store, running->arena, &look));
		TRY(enact_items_open(&look, &(struct enact_items_open_in){ ITEMS_AT_ONCE }, &rows,
				     &count));
	}
	for (size_t at = 0; at < count && running->left > 0; at++)
		TRY(carry_out(running, &rows[at]));
	return OK;
}

/* ---- Telling ---- */

struct telling {
	struct enact_version version;
	const struct enact_to_tell_row *rows;
	size_t count;
};

static struct error *
tell(struct act *act, const struct telling *telling, const struct enact_to_tell_row *row)
{
	struct enact_told_find_row told;
	bool found;
	struct arena *arena = act->look.arena;
	TRY(enact_told_find(&act->look,
			    &(struct enact_told_find_in){ telling->version.id.no, row->id }, &found,
			    &told));
	if (found) {
		TRY(enact_told_again(act, &(struct enact_told_again_in){ told.id,
									 act->look.now.ms }));
	} else {
		TRY(act_number(act, T("enact-told"), &told.id));
		TRY(enact_told_add(act, &(struct enact_told_add_in){ told.id,
								     telling->version.id.no, row->id,
								     act->look.now.ms }));
	}
	return people_notify(
		act, &(struct notify){
			     .person = { row->id },
			     .about = about_version(arena, telling->version.id),
			     .words = text_of(say("方針が変わりました。読んで確認してください")),
			     .path = T("/policy/acknowledge"),
			     .subject = text_of(say("方針の確認をお願いします")),
		     });
}

static struct error *
tell_act(struct act *act, void *with)
{
	const struct telling *telling = with;
	for (size_t at = 0; at < telling->count; at++)
		TRY(tell(act, telling, &telling->rows[at]));
	return note_version(act, telling->version.id, "enact.tell",
			    (struct fact_pair[]){
				    { "persons", { 0 }, (int64_t)telling->count }, /* bounded */
				    { NULL } });
}

static struct error *
tell_open(struct running *running)
{
	struct telling telling = { 0 };
	struct enact_to_tell_row *rows;
	int64_t days;
	bool found;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(running->store, running->arena, &look));
		TRY(enact_version_in_force(&look, &found, &telling.version));
		if (!found || !telling.version.is_acknowledged)
			return OK;
		TRY(people_parameter(&look, running->flow->pack, "acknowledge.remind-days",
				     REMIND_DAYS, &days));
		TRY(enact_to_tell(&look,
				  &(struct enact_to_tell_in){ telling.version.id.no,
							      moment_day(look.now).no,
							      look.now.ms - days * DAY_MS,
							      TELL_AT_ONCE },
				  &rows, &telling.count));
	}
	telling.rows = rows;
	if (telling.count == 0)
		return OK;
	TRY(store_act(running->store, running->arena, &the_clock, tell_act, &telling));
	running->done->told += (int64_t)telling.count; /* bounded */
	running->left = running->left > telling.count ? running->left - telling.count : 0;
	return OK;
}

struct error *
enact_clock(struct store *store, struct arena *arena, const struct flow *flow, size_t most,
	    struct enact_done *done, bool *is_more)
{
	struct running running = { .store = store, .arena = arena, .flow = flow, .left = most,
				   .done = done };
	*done = (struct enact_done){ 0 };
	*is_more = false;
	TRY(begin_due(&running));
	/* What follows is done under the new version, by the program that has it. */
	if (done->is_in_force)
		return OK;
	TRY(carry_all(&running));
	TRY(tell_open(&running));
	*is_more = running.left == 0 || done->told == TELL_AT_ONCE;
	return OK;
}
