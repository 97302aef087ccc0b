/* The preview as a whole, and the digest that binds what is decided to what was seen. */
#include "transfer/rooms.h"

enum { DIGEST_MOST = 16 << 20 };

static void
write_place(const struct world *world, const struct world_place *place, struct writer *out)
{
	const struct world_person *person = &world->persons[place->person];
	const struct world_post *post = &world->posts[place->post];
	write_format(out, "%lld %.*s %lld %lld %.*s %.*s %d %d %lld %lld %lld\n",
		     (long long)person->id.no, T_ARG(person->number), (long long)place->id.no,
		     (long long)post->id.no,
		     T_ARG(post->unit >= 0 ? world->units[post->unit].unit.code : T("")),
		     T_ARG(post->name), place->is_main, (int)place->beside,
		     (long long)no_of(place->since), (long long)no_of(place->until),
		     (long long)no_of(place->was));
}

static void
write_units(const struct world *world, struct writer *out)
{
	for (size_t at = 0; at < world->units_count; at++) {
		const struct world_unit *unit = &world->units[at];
		if (unit->is_new || unit->is_renamed || unit->is_closed)
			write_format(out, "unit %lld %.*s %.*s %d%d%d %lld %lld\n",
				     (long long)unit->unit.id.no, T_ARG(unit->unit.code),
				     T_ARG(unit->unit.name), unit->is_new, unit->is_renamed,
				     unit->is_closed, (long long)unit->above,
				     (long long)unit->successor);
	}
}

static void
write_posts(const struct world *world, struct writer *out)
{
	for (size_t at = 0; at < world->posts_count; at++) {
		const struct world_post *post = &world->posts[at];
		if (!post->is_new)
			continue;
		write_format(out, "post %lld %.*s %lld", (long long)post->unit, T_ARG(post->name),
			     (long long)post->rank);
		for (size_t role = 0; role < post->roles_count; role++)
			write_format(out, " %.*s", T_ARG(post->roles[role]->code));
		write_z(out, "\n");
	}
}

/*
 * What would be written, and what follows from it for roles. What goes on every day besides (dossiers,
 * permits) is shown but not bound, or no list could ever be decided.
 */
static struct hash
digest_of(const struct world *world)
{
	const struct transfer_preview *preview = world->preview;
	struct writer out = writer_open(world->arena, DIGEST_MOST);
	write_format(&out, "transfer %lld %lld\n", (long long)world->transfer.id.no,
		     (long long)world->day.no);
	write_units(world, &out);
	write_posts(world, &out);
	for (size_t at = 0; at < world->places_count; at++) {
		const struct world_place *place = &world->places[at];
		const struct world_person *person = &world->persons[place->person];
		if (place->is_new || place->is_ended || person->is_listed)
			write_place(world, place, &out);
	}
	for (size_t at = 0; at < world->persons_count; at++) {
		const struct world_person *person = &world->persons[at];
		if (person->is_new || person->is_ending || person->is_away)
			write_format(&out, "person %lld %.*s %.*s %lld %.*s\n",
				     (long long)person->id.no, T_ARG(person->number),
				     T_ARG(person->name), (long long)no_of(person->until),
				     T_ARG(person->other));
	}
	for (size_t at = 0; at < preview->roles_count; at++)
		write_format(&out, "role %lld %.*s %.*s %d\n",
			     (long long)preview->roles[at].person.no,
			     T_ARG(preview->roles[at].role->code),
			     T_ARG(preview->roles[at].unit_name), preview->roles[at].is_gained);
	for (size_t at = 0; at < preview->gaps_count; at++)
		write_format(&out, "gap %.*s %.*s\n", T_ARG(preview->gaps[at].role->code),
			     T_ARG(preview->gaps[at].unit_name));
	for (size_t at = 0; at < preview->kept_count; at++)
		if (preview->kept[at].may_end)
			write_format(&out, "kept %s %lld %d\n",
				     stays_kind_name(preview->kept[at].kind),
				     (long long)preview->kept[at].object, preview->kept[at].ends);
	return hash_of(writer_text(&out));
}

/* What the person holds on one of the days and not on the other. */
static struct text
only_on(const struct world *world, int64_t person, struct day day, struct day other)
{
	struct writer out = writer_open(world->arena, 2000);
	for (int64_t at = world->persons[person].first; at >= 0; at = world->places[at].next) {
		const struct world_place *place = &world->places[at];
		if (!world_covers(world, place, day) || world_covers(world, place, other))
			continue;
		write_z(&out, out.len > 0 ? "、" : "");
		write_text(&out, world_place_words(world, at, day.no == world->day.no));
	}
	return writer_text(&out);
}

static void
deed_done(struct world *world, const struct transfer_line *line, enum transfer_kind kind,
	  int64_t person)
{
	const struct world_person *of = person >= 0 ? &world->persons[person] : NULL;
	struct transfer_deed *deed =
		world_deed(world, line, kind, of != NULL ? of->name : line->from_unit);
	deed->was = of != NULL ? only_on(world, person, world->before, world->day) : line->from_unit;
	deed->becomes = of != NULL ? only_on(world, person, world->day, world->before) : line->to_unit;
	if (of == NULL) {
		deed->who = line->from_unit.len != 0 ? line->from_unit : line->to_unit;
		return;
	}
	deed->person = of->id;
	deed->number = of->number;
	if (kind == LEAVE) {
		deed->becomes = text_of(say("退職"));
		deed->day = of->until;
	}
	if (kind == AWAY)
		deed->becomes = text_format(world->arena, say("%.*sへ出向"),
					    T_ARG(line->above.len != 0 ? line->above : line->to_unit));
}

/* Of a list that is decided: who is in it has their places written already. */
static struct error *
deeds_done(struct world *world)
{
	for (size_t at = 0; at < world->lines_count; at++) {
		const struct transfer_line *line = &world->lines[at];
		enum transfer_kind kind;
		if (!transfer_kind_read(world->arena, line->kind, &kind))
			continue;
		/* The number of one who was erased since cannot be read any more; one who came had no id then. */
		int64_t person = world_person_of_id(world, line->person.no);
		if (person < 0 && !transfer_kind_is_unit(kind))
			person = world_person(world, line->number);
		if (person >= 0) {
			world->persons[person].is_listed = true;
			TRY(world_name(world, person));
		}
		deed_done(world, line, kind, person);
	}
	return OK;
}

static struct error *
follow(struct world *world)
{
	effect_roles(world);
	effect_gaps(world);
	TRY(effect_left(world));
	TRY(effect_kept(world));
	effect_moved(world);
	world->preview->digest = digest_of(world);
	return OK;
}

struct error *
transfer_world(struct look *look, const struct flow *flow, struct transfer_id id,
	       struct transfer_preview *preview, struct world *world)
{
	TRY(plan_all(look, flow->pack, id, preview, world));
	if (world->transfer.state == TRANSFER_DECIDED || world->transfer.state == TRANSFER_IN_FORCE)
		TRY(deeds_done(world));
	return follow(world);
}

struct error *
transfer_preview(struct look *look, const struct flow *flow, struct transfer_id id,
		 struct transfer_preview *preview)
{
	struct transfer_preview made;
	struct world world;
	TRY(transfer_world(look, flow, id, &made, &world));
	*preview = made;
	return OK;
}

struct error *
transfer_preview_of(struct look *look, const struct flow *flow, const struct transfer_staging *staging,
		    struct transfer_preview *preview)
{
	struct transfer_preview made;
	struct world world;
	const struct transfer transfer = { .title = staging->title, .day = staging->day,
					   .lines = (int64_t)staging->count }; /* bounded */
	struct transfer_line *lines =
		ARENA_ARRAY(look->arena, struct transfer_line, staging->count + 1);
	for (size_t at = 0; at < staging->count; at++) {
		lines[at] = staging->lines[at];
		lines[at].id.no = (int64_t)at + 1; /* faults say their line */
	}
	TRY(plan_lines(look, flow->pack, &transfer, lines, staging->count, &made, &world));
	TRY(follow(&world));
	*preview = made;
	return OK;
}
