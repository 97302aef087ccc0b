/* Hand-over: what somebody leaves behind, and what they take on. */
#include "transfer/rooms.h"

enum { SHOWN = 30, TELL_DAYS = 7, DAY_MS = 86400000, CONFIRM_DAYS = 365 };

static struct handover_list
list_of(struct arena *arena, size_t room)
{
	return (struct handover_list){ .items = ARENA_ARRAY(arena, struct handover_item, room + 1) };
}

static void
add(struct handover_list *list, struct handover_item item)
{
	if (list->count == SHOWN)
		list->is_more = true;
	else
		list->items[list->count++] = item;
}

static struct text
about(struct arena *arena, const char *kind, int64_t id)
{
	return text_format(arena, "%s:%lld", kind, (long long)id);
}

static struct text
until_words(struct arena *arena, int64_t day)
{
	return text_format(arena, say("%.*sまで"), T_ARG(day_wareki(arena, (struct day){ day })));
}

static struct text
occasion_words(const struct pack *pack, struct text code)
{
	const struct pack_occasion *occasion = pack_occasion(pack, code);
	return occasion != NULL ? words_now(occasion->title) : code;
}

/*
 * What a dossier is about, by the titles of its occasions. Not its purpose: who keeps the staff reads these
 * pages too, and what somebody wants it for is the affair of those who decide it.
 */
static struct error *
dossier_words(struct look *look, const struct flow *flow, int64_t dossier, struct text number,
	      struct text *words)
{
	struct transfer_occasions_of_row *rows;
	size_t count;
	struct writer out = writer_open(look->arena, 8000);
	TRY(transfer_occasions_of(look, &(struct transfer_occasions_of_in){ dossier }, &rows, &count));
	write_text(&out, number);
	if (count == 0)
		write_format(&out, " %s", say("申請"));
	for (size_t at = 0; at < count; at++) {
		write_z(&out, at == 0 ? " " : "、");
		write_text(&out, occasion_words(flow->pack, rows[at].occasion));
	}
	*words = writer_text(&out);
	return OK;
}

/* ---- Of the person's own ---- */

static struct text
dossier_state(struct text state)
{
	return text_is(state, "draft")	    ? text_of(say("下書き"))
	       : text_is(state, "sent")	    ? text_of(say("決裁中"))
	       : text_is(state, "returned") ? text_of(say("差戻し"))
					    : text_of(say("許可されて結果待ち"));
}

static struct error *
own_dossiers(struct look *look, const struct flow *flow, struct handover *handover)
{
	struct transfer_dossiers_of_row *rows;
	size_t count;
	TRY(transfer_dossiers_of(look,
				 &(struct transfer_dossiers_of_in){ handover->person.no, SHOWN + 1 },
				 &rows, &count));
	handover->own = list_of(look->arena, count);
	for (size_t at = 0; at < count; at++) {
		struct text words;
		TRY(dossier_words(look, flow, rows[at].id, rows[at].number, &words));
		add(&handover->own, (struct handover_item){ words, dossier_state(rows[at].state),
							    about(look->arena, "dossier", rows[at].id) });
	}
	return OK;
}

static struct error *
own_permits(struct look *look, const struct flow *flow, struct handover *handover)
{
	struct arena *arena = look->arena;
	struct transfer_permits_of_row *rows;
	size_t count;
	TRY(transfer_permits_of(look,
				&(struct transfer_permits_of_in){ handover->person.no, SHOWN + 1 },
				&rows, &count));
	handover->permits = list_of(arena, count);
	for (size_t at = 0; at < count; at++)
		add(&handover->permits,
		    (struct handover_item){
			    text_format(arena, "%.*s %.*s", T_ARG(rows[at].number),
					T_ARG(occasion_words(flow->pack, rows[at].occasion))),
			    until_words(arena, rows[at].until_day),
			    about(arena, "permit", rows[at].id) });
	return OK;
}

static struct handover_item
out_item(struct arena *arena, struct text title, struct text number, int64_t due, int64_t permit)
{
	const struct text day = due != 0 ? day_wareki(arena, moment_day((struct moment){ due })) : T("");
	return (struct handover_item){
		text_format(arena, "%.*s %.*s", T_ARG(title), T_ARG(number)),
		due != 0 ? text_format(arena, say("返す予定 %.*s"), T_ARG(day)) : T(""),
		about(arena, "permit", permit),
	};
}

static struct error *
own_out(struct look *look, struct handover *handover)
{
	struct transfer_out_of_row *rows;
	size_t count;
	TRY(transfer_out_of(look, &(struct transfer_out_of_in){ handover->person.no, SHOWN + 1 },
			    &rows, &count));
	handover->out = list_of(look->arena, count);
	for (size_t at = 0; at < count; at++)
		add(&handover->out, out_item(look->arena, rows[at].title, rows[at].number,
					     rows[at].due, rows[at].permit));
	return OK;
}

/* ---- Of a post ---- */

static struct error *
post_waiting(struct look *look, const struct flow *flow, struct handover_post *post)
{
	post->waiting = list_of(look->arena, (SHOWN + 1) * (post->roles_count + 1));
	for (size_t role = 0; role < post->roles_count; role++) {
		struct transfer_waiting_for_row *rows;
		size_t count;
		TRY(transfer_waiting_for(look,
					 &(struct transfer_waiting_for_in){
						 post->roles[role]->code, post->unit.no, SHOWN + 1 },
					 &rows, &count));
		for (size_t at = 0; at < count; at++) {
			struct text words;
			TRY(dossier_words(look, flow, rows[at].id, rows[at].number, &words));
			add(&post->waiting,
			    (struct handover_item){ words, words_now(post->roles[role]->name),
						    about(look->arena, "dossier", rows[at].id) });
		}
	}
	return OK;
}

static struct error *
post_permits(struct look *look, const struct flow *flow, struct handover_post *post)
{
	struct arena *arena = look->arena;
	struct transfer_permits_in_row *rows;
	struct transfer_out_in_row *out;
	size_t count;
	TRY(transfer_permits_in(look, &(struct transfer_permits_in_in){ post->unit.no, SHOWN + 1 },
				&rows, &count));
	post->permits = list_of(arena, count);
	for (size_t at = 0; at < count; at++)
		add(&post->permits,
		    (struct handover_item){
			    text_format(arena, "%.*s %.*s", T_ARG(rows[at].number),
					T_ARG(occasion_words(flow->pack, rows[at].occasion))),
			    until_words(arena, rows[at].until_day),
			    about(arena, "permit", rows[at].id) });
	TRY(transfer_out_in(look, &(struct transfer_out_in_in){ post->unit.no, SHOWN + 1 }, &out,
			    &count));
	post->out = list_of(arena, count);
	for (size_t at = 0; at < count; at++)
		add(&post->out, out_item(arena, out[at].title, out[at].number, out[at].due,
					 out[at].permit));
	return OK;
}

static struct error *
post_ledgers(struct look *look, const struct flow *flow, struct handover_post *post)
{
	struct arena *arena = look->arena;
	struct transfer_ledgers_in_row *rows;
	size_t count;
	const int64_t since = look->now.ms - (int64_t)CONFIRM_DAYS * DAY_MS;
	TRY(transfer_ledgers_in(look, &(struct transfer_ledgers_in_in){ post->unit.no, since }, &rows,
				&count));
	post->ledgers = list_of(arena, count);
	for (size_t at = 0; at < count; at++) {
		const struct pack_ledger *ledger = pack_ledger(flow->pack, rows[at].ledger);
		if (ledger != NULL)
			add(&post->ledgers,
			    (struct handover_item){
				    text_format(arena, say("%.*s %lld件"), T_ARG(words_now(ledger->name)),
						(long long)rows[at].living),
				    text_format(arena, say("1年のうちに確認していないもの %lld件"),
						(long long)rows[at].stale),
				    text_format(arena, "ledger:%.*s", T_ARG(rows[at].ledger)) });
	}
	return OK;
}

/* A head answers for the whole unit; who carries no role takes over what is theirs alone. */
static bool
answers_for_unit(const struct handover_post *post)
{
	for (size_t at = 0; at < post->roles_count; at++)
		if (post->roles[at]->scope == SCOPE_SECTION || post->roles[at]->scope == SCOPE_SYSTEM)
			return true;
	return false;
}

struct filling {
	struct look *look;
	const struct flow *flow;
	const struct world *world;
	int64_t person;
};

/* Who comes to a post that is left (where nobody does, who is in it already), or who was in one that is taken. */
static struct error *
others_of(const struct filling *filling, int64_t post, bool on_the_day, struct text *others)
{
	const struct world *world = filling->world;
	struct writer change = writer_open(filling->look->arena, 1000);
	struct writer stay = writer_open(filling->look->arena, 1000);
	for (size_t at = 0; at < world->places_count; at++) {
		const struct world_place *place = &world->places[at];
		struct text name;
		if (place->post != post || place->person == filling->person ||
		    !world_covers(world, place, on_the_day ? world->day : world->before))
			continue;
		struct writer *out =
			world_covers(world, place, on_the_day ? world->before : world->day)
				? &stay : &change;
		TRY(people_name(filling->look, world->persons[place->person].id, &name));
		write_z(out, out->len > 0 ? "、" : "");
		write_text(out, name);
	}
	*others = writer_text(change.len == 0 && on_the_day ? &stay : &change);
	return OK;
}

static struct error *
post_fill(const struct filling *filling, int64_t place, bool is_left, struct handover_post *made)
{
	const struct world *world = filling->world;
	const struct world_place *of = &world->places[place];
	const struct world_post *post = &world->posts[of->post];
	const struct world_unit *unit = &world->units[post->unit];
	*made = (struct handover_post){
		.post = post->id,
		.unit = unit->unit.id,
		.unit_name = is_left && unit->was.len > 0 ? unit->was : unit->unit.name,
		.post_name = post->name,
		.is_main = of->is_main,
		.roles = ARENA_ARRAY(world->arena, const struct pack_role *, POST_MOST_ROLES + 1),
		.roles_count = post->roles_count,
	};
	for (size_t at = 0; at < post->roles_count; at++)
		made->roles[at] = post->roles[at];
	TRY(others_of(filling, of->post, is_left, &made->others));
	TRY(post_waiting(filling->look, filling->flow, made));
	if (!answers_for_unit(made))
		return OK;
	TRY(post_permits(filling->look, filling->flow, made));
	return post_ledgers(filling->look, filling->flow, made);
}

static struct error *
posts_fill(const struct filling *filling, struct handover *handover)
{
	const struct world *world = filling->world;
	size_t room = 1;
	for (int64_t at = world->persons[filling->person].first; at >= 0; at = world->places[at].next)
		room++;
	handover->left = ARENA_ARRAY(world->arena, struct handover_post, room);
	handover->taken = ARENA_ARRAY(world->arena, struct handover_post, room);
	for (int64_t at = world->persons[filling->person].first; at >= 0; at = world->places[at].next) {
		const struct world_place *place = &world->places[at];
		const bool was = world_covers(world, place, world->before);
		const bool is = world_covers(world, place, world->day);
		if (world->posts[place->post].unit < 0 || was == is)
			continue;
		TRY(post_fill(filling, at, was,
			      was ? &handover->left[handover->left_count]
				  : &handover->taken[handover->taken_count]));
		handover->left_count += was;
		handover->taken_count += is;
	}
	return OK;
}

struct error *
transfer_handover(struct look *look, const struct flow *flow, struct transfer_id id,
		  struct person_id person, struct handover *handover)
{
	struct transfer_line_has_row has;
	struct transfer_preview preview;
	struct world world;
	struct person who;
	bool found;
	TRY(transfer_line_has(look, &(struct transfer_line_has_in){ id.no, person.no }, &found, &has));
	TRY(plan_all(look, flow->pack, id, &preview, &world));
	const struct filling filling = { look, flow, &world, world_person_of_id(&world, person.no) };
	if (!found || filling.person < 0 ||
	    (world.transfer.state != TRANSFER_DECIDED && world.transfer.state != TRANSFER_IN_FORCE))
		return missing("この一覧に、その人の決裁済みの異動はありません。");
	TRY(people_person(look, person, &who));
	struct handover made = { .person = person, .name = who.name, .number = who.number };
	made.is_leaving = !day_is_none(who.until) && who.until.no < world.day.no;
	made.is_coming = !day_is_none(who.since) && who.since.no >= world.day.no;
	world.persons[filling.person].is_listed = true;
	world.persons[filling.person].name = who.name;
	effect_roles(&world);
	made.roles = preview.roles;
	made.roles_count = preview.roles_count;
	effect_moved(&world);
	for (size_t at = 0; at < preview.moved_count; at++)
		if (preview.moved[at].person.no == person.no) {
			made.is_moved = true;
			made.moved = preview.moved[at];
		}
	TRY(posts_fill(&filling, &made));
	TRY(own_dossiers(look, flow, &made));
	TRY(own_permits(look, flow, &made));
	TRY(own_out(look, &made));
	*handover = made;
	return OK;
}

/* ---- Who may know ---- */

struct error *
transfer_of_person(struct look *look, const struct pack *pack, struct person_id person, bool *found,
		   struct transfer *transfer)
{
	struct transfer_lists_of_row *rows;
	size_t count;
	int64_t days;
	*found = false;
	TRY(people_parameter(look, pack, "transfer.tell-days", TELL_DAYS, &days));
	TRY(transfer_lists_of(look, &(struct transfer_lists_of_in){ person.no }, &rows, &count));
	for (size_t at = 0; at < count && !*found; at++) {
		TRY(transfer_read(look, (struct transfer_id){ rows[at].id }, transfer));
		*found = transfer->day.no - days <= moment_day(look->now).no;
	}
	return OK;
}

/* May the person know of it? */
static bool
is_told(const struct transfer_about *about, struct day today, int64_t days)
{
	const struct transfer *list = &about->list;
	const bool is_decided = list->state == TRANSFER_DECIDED || list->state == TRANSFER_IN_FORCE;
	return is_decided && !about->line.is_dropped && list->day.no - days <= today.no;
}

struct error *
transfer_lines_about(struct look *look, const struct pack *pack, struct person_id person, bool only_told,
		     struct transfer_about **lines, size_t *count)
{
	struct transfer_line_about_row *rows;
	size_t rows_count;
	int64_t days;
	TRY(people_parameter(look, pack, "transfer.tell-days", TELL_DAYS, &days));
	TRY(transfer_line_about(look, &(struct transfer_line_about_in){ person.no, TRANSFER_LINES_ABOUT },
				&rows, &rows_count));
	*lines = ARENA_ARRAY(look->arena, struct transfer_about, rows_count + 1);
	*count = 0;
	for (size_t at = 0; at < rows_count; at++) {
		struct transfer_about *about = &(*lines)[*count];
		struct transfer_id list;
		TRY(transfer_line_read(look, (struct line_id){ rows[at].id }, &about->line, &list));
		TRY(transfer_read(look, list, &about->list));
		*count += !only_told || is_told(about, moment_day(look->now), days) ? 1 : 0;
	}
	return OK;
}

struct error *
transfer_persons(struct look *look, struct transfer_id id, struct transfer_person **list,
		 size_t *count)
{
	struct transfer_line_persons_row *rows;
	TRY(transfer_line_persons(look,
				  &(struct transfer_line_persons_in){ id.no, TRANSFER_MOST_LINES },
				  &rows, count));
	*list = ARENA_ARRAY(look->arena, struct transfer_person, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct transfer_person *one = &(*list)[at];
		struct transfer_person_name_row row;
		struct transfer_leaver_is_row leaver;
		bool found;
		one->person.no = rows[at].person;
		TRY(transfer_person_name(look, &(struct transfer_person_name_in){ rows[at].person },
					 &found, &row));
		one->number = found ? row.number : T("");
		one->name = found ? row.name : T("");
		TRY(transfer_leaver_is(look, &(struct transfer_leaver_is_in){ id.no, rows[at].person },
				       &one->is_leaving, &leaver));
	}
	return OK;
}
