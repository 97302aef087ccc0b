/* The versions of the policy: the list, and one with what is different and what it touches. */
#include "pages/version_pages.h"

const char *
version_tag(enum version_state state)
{
	switch (state) {
	case VERSION_PROPOSED:
		return "wait";
	case VERSION_PUBLISHED:
		return "wait";
	case VERSION_IN_FORCE:
		return "go";
	case VERSION_PAST:
	case VERSION_WITHDRAWN:
		return "";
	}
	return "";
}

const char *
change_tag(enum change_kind kind)
{
	switch (kind) {
	case CHANGE_NEW:
		return "go";
	case CHANGE_GONE:
		return "stop";
	case CHANGE_CHANGED:
		return "wait";
	case CHANGE_KEPT:
	case CHANGE_MOVED:
	case CHANGE_COUNT:
		break;
	}
	return "";
}

struct text
clause_words(const struct pack_clause *clause)
{
	return words_now(clause->is_duty ? clause->duty : clause->title);
}

/* ---- The list ---- */

static struct error *
versions_draw(struct look *look, struct visit *visit)
{
	struct enact_version *list;
	size_t count;
	TRY(enact_versions(look, &list, &count));
	struct versions_page page = {
		.frame = visit_frame(visit, text_of(say("方針の版")), "policy"),
		.document = words_now(visit->office->pack->document),
		.may_read_share = visit_may(visit, RIGHT_DOSSIER_READ),
		.rows = ARENA_ARRAY(visit->arena, struct versions_rows, count + 1),
		.rows_count = count,
	};
	for (size_t at = 0; at < count; at++)
		page.rows[at] = (struct versions_rows){
			.version = list[at].version,
			.title = list[at].title,
			.state = text_of(version_state_words(list[at].state)),
			.tag = text_of(version_tag(list[at].state)),
			.effective = list[at].effective,
			.in_force = list[at].in_force,
			.ended = list[at].ended,
			.href = url_of_number(visit->arena, "/policy/versions/{}", list[at].id.no),
		};
	return visit_draw(visit, versions_page, &page);
}

/* ---- One version ---- */

static struct error *
pack_of(struct visit *visit, const struct enact_version *version, const struct pack **pack)
{
	if (hash_same(&version->digest, &visit->office->pack->digest)) {
		*pack = visit->office->pack;
		return OK;
	}
	if (visit->office->flow->shelf == NULL)
		return missing("前の版の方針は、ここにありません。");
	return shelf_take(visit->office->flow->shelf, visit->arena, &version->digest, pack);
}

/* What was in force before it: the last that came into force earlier. */
static struct error *
find_before(struct look *look, const struct enact_version *version, bool *found,
	    struct enact_version *before)
{
	struct enact_version *list;
	size_t count;
	*found = false;
	TRY(enact_versions(look, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const bool is_earlier = list[at].in_force.ms != 0 &&
					list[at].id.no != version->id.no &&
					list[at].in_force.ms <= version->in_force.ms &&
					(!*found || list[at].in_force.ms > before->in_force.ms);
		if (is_earlier)
			*before = list[at];
		*found |= is_earlier;
	}
	return OK;
}

struct error *
change_of(struct look *look, struct visit *visit, const struct enact_version *version,
	  struct shown_change *change)
{
	struct shown_change made = { .version = *version };
	bool found;
	made.is_pending = version->in_force.ms == 0;
	TRY(pack_of(visit, version, &made.pack));
	if (made.is_pending)
		TRY(enact_version_in_force(look, &found, &made.against_version));
	else
		TRY(find_before(look, version, &found, &made.against_version));
	if (found)
		TRY(pack_of(visit, &made.against_version, &made.against));
	*change = made;
	return OK;
}

struct error *
touched_of(struct look *look, struct visit *visit, const struct shown_change *change,
	   struct enact_touched *touched)
{
	struct enact_judged *judged;
	size_t count;
	TRY(assure_judged(look, &judged, &count));
	return enact_touched(look, visit->office->pack, change->pack, change->version.id, judged,
			     count, touched);
}

/* Drawn in two places of the page: the same struct by another name. */
#define PIECES_OF(visit, type, key)                                                            \
	__extension__({                                                                        \
		size_t count_;                                                                 \
		const struct diff_piece *from_ =                                               \
			diff_words((visit)->arena, (key)->before, (key)->after, &count_);      \
		type *made_ = ARENA_ARRAY((visit)->arena, type, count_ + 1);                   \
		for (size_t at_ = 0; at_ < count_; at_++)                                      \
			made_[at_] = (type){ .text = from_[at_].text,                          \
					     .is_gone = from_[at_].kind == PIECE_GONE,         \
					     .is_new = from_[at_].kind == PIECE_NEW };         \
		pieces_count = count_;                                                         \
		made_;                                                                         \
	})

static void
fill_clause(struct visit *visit, const struct clause_change *change, struct version_page *page)
{
	const struct pack_clause *is = change->after != NULL ? change->after : change->before;
	const struct text before = change->before != NULL ? change->before->number : T("");
	const struct text after = is->number;
	if (change->kind == CHANGE_KEPT)
		return;
	if (change->kind == CHANGE_MOVED) {
		page->moves[page->moves_count++] =
			(struct version_moves){ before, after, clause_words(is) };
		return;
	}
	struct version_changes *made = &page->changes[page->changes_count++];
	*made = (struct version_changes){
		.kind = text_of(change_words(change->kind)),
		.tag = text_of(change_tag(change->kind)),
		.before = before,
		.after = after,
		.words = clause_words(is),
		.is_moved = change->is_moved && !text_same(before, after),
		.keys = ARENA_ARRAY(visit->arena, struct version_changes_keys,
				    change->keys_count + 1),
		.keys_count = change->keys_count,
	};
	for (size_t at = 0; at < change->keys_count; at++) {
		size_t pieces_count;
		made->keys[at].label = change->keys[at].label;
		made->keys[at].pieces = PIECES_OF(visit, struct version_changes_keys_pieces,
						  &change->keys[at]);
		made->keys[at].pieces_count = pieces_count;
	}
}

static void
fill_part(struct visit *visit, const struct part_change *change, struct version_parts *made)
{
	*made = (struct version_parts){
		.kind = text_of(change_words(change->kind)),
		.tag = text_of(change_tag(change->kind)),
		.sort = text_of(part_words(change->part)),
		.code = change->code,
		.name = words_now(change->name),
		.keys = ARENA_ARRAY(visit->arena, struct version_parts_keys,
				    change->keys_count + 1),
		.keys_count = change->keys_count,
	};
	for (size_t at = 0; at < change->keys_count; at++) {
		size_t pieces_count;
		made->keys[at].label = change->keys[at].label;
		made->keys[at].pieces =
			PIECES_OF(visit, struct version_parts_keys_pieces, &change->keys[at]);
		made->keys[at].pieces_count = pieces_count;
	}
}

static void
fill_diff(struct visit *visit, const struct shown_change *change, const struct pack_diff *diff,
	  struct version_page *page)
{
	page->against = change->against_version.version;
	page->kept = (int64_t)diff->of[CHANGE_KEPT]; /* all at most PACK_MOST_CLAUSES */
	page->moved = (int64_t)diff->of[CHANGE_MOVED];
	page->changed = (int64_t)diff->of[CHANGE_CHANGED];
	page->made = (int64_t)diff->of[CHANGE_NEW];
	page->gone = (int64_t)diff->of[CHANGE_GONE];
	page->changes = ARENA_ARRAY(visit->arena, struct version_changes, diff->clauses_count + 1);
	page->moves = ARENA_ARRAY(visit->arena, struct version_moves, diff->clauses_count + 1);
	page->parts = ARENA_ARRAY(visit->arena, struct version_parts, diff->parts_count + 1);
	for (size_t at = 0; at < diff->clauses_count; at++)
		fill_clause(visit, &diff->clauses[at], page);
	for (size_t at = 0; at < diff->parts_count; at++)
		fill_part(visit, &diff->parts[at], &page->parts[at]);
	page->parts_count = diff->parts_count;
}

/* ---- What it touches ---- */

static struct field_part *
choice_box(struct visit *visit, const struct enact_item *item, const char *key)
{
	struct field_option options[CHOICE_COUNT] = {
		{ T(""), text_of(item_choice_words(item->kind, CHOICE_NONE)) },
	};
	size_t count = 1;
	for (int choice = CHOICE_CONTINUE; choice < CHOICE_COUNT; choice++)
		if ((item->choices & 1u << choice) != 0)
			options[count++] = (struct field_option){
				text_of(item_choice_name((enum item_choice)choice)),
				text_of(item_choice_words(item->kind, (enum item_choice)choice)),
			};
	return radio_box(visit, key, text_of(say("どうするか")), T(""),
			 text_of(item_choice_name(item->choice)), true, options, count);
}

static struct field_part *
target_box(struct visit *visit, const struct shown_change *change, const struct enact_item *item,
	   const char *name)
{
	const struct pack *pack = change->pack;
	size_t count = 0;
	if ((item->choices & 1u << CHOICE_CARRY) == 0)
		return NULL;
	if (!item->carries_role)
		return text_box(visit, name, say("引き継ぐ条項"),
				say("新しい版の条項の番号（id）を書きます。引き継ぐときだけ要ります。"), item->target,
				false);
	struct field_option *options =
		ARENA_ARRAY(visit->arena, struct field_option, pack->roles_count + 1);
	for (size_t at = 0; at < pack->roles_count; at++)
		if (pack->roles[at].scope != SCOPE_EVERYONE)
			options[count++] = (struct field_option){ pack->roles[at].code,
								  words_now(pack->roles[at].name) };
	return select_box(visit, name, text_of(say("引き継ぐ役割")),
			  text_of(say("引き継ぐときだけ要ります。")), item->target, false, options, count);
}

static struct text
answer_in_words(struct visit *visit, const struct enact_item *item)
{
	const char *words = item_choice_words(item->kind, item->choice);
	if (item->choice != CHOICE_CARRY)
		return text_of(words);
	return text_format(visit->arena, "%s: %.*s", words, T_ARG(item->target));
}

static void
fill_items(struct visit *visit, const struct shown_change *change,
	   const struct enact_touched *touched, struct version_page *page)
{
	struct arena *arena = visit->arena;
	page->unanswered = (int64_t)touched->unanswered; /* at most ENACT_MOST_ITEMS */
	page->items = ARENA_ARRAY(arena, struct version_items, touched->count + 1);
	page->items_count = touched->count;
	for (size_t at = 0; at < touched->count; at++) {
		const struct enact_item *item = &touched->items[at];
		const char *key = text_z(arena, item_key(arena, item));
		page->items[at] = (struct version_items){
			.kind = text_of(item_kind_words(item->kind)),
			.name = item->name,
			.why = item->why,
			.number = item->number,
			.answer = answer_in_words(visit, item),
		};
		if (page->may && page->is_proposed) {
			page->items[at].choice = choice_box(visit, item, key);
			page->items[at].target = target_box(
				visit, change, item, text_format(arena, "to:%s", key).data);
		}
	}
}

static struct error *
fill_pending(struct look *look, struct visit *visit, const struct shown_change *change,
	     struct version_page *page)
{
	const struct pack_role *publisher = visit->office->pack->publishes;
	struct enact_touched touched;
	page->is_proposed = change->version.state == VERSION_PROPOSED;
	page->has_publisher = publisher != NULL;
	page->publisher = publisher != NULL ? words_now(publisher->name) : T("");
	TRY(enact_may(look, visit->office->pack, visit->session.person, &page->may));
	TRY(touched_of(look, visit, change, &touched));
	fill_items(visit, change, &touched, page);
	page->effective_box = day_box(visit, "effective", say("施行日"),
				      say("今日か、それよりあとの日です。職員に知らせる日数をとってください。"), DAY_NONE, true);
	page->why_box = text_box(visit, "why", say("取り下げる理由"), "", T(""), true);
	page->answers = url_of_number(visit->arena, "/policy/versions/{}/answers",
				      change->version.id.no);
	page->publishes = url_of_number(visit->arena, "/policy/versions/{}/publish",
					change->version.id.no);
	page->withdraws = url_of_number(visit->arena, "/policy/versions/{}/withdraw",
					change->version.id.no);
	return OK;
}

static struct text
role_name(const struct visit *visit, struct text code)
{
	const struct pack_role *role = pack_role(visit->office->pack, code);
	return role != NULL ? words_now(role->name) : T("");
}

struct error *
version_draw(struct look *look, struct visit *visit)
{
	struct enact_version version;
	struct shown_change change;
	TRY(enact_version(look, (struct version_id){ visit_id(visit, "id") }, &version));
	TRY(change_of(look, visit, &version, &change));
	struct version_page page = {
		.frame = visit_frame(visit, text_format(visit->arena, say("方針 第%.*s版"),
							T_ARG(version.version)), "policy"),
		.csrf = visit->csrf,
		.change = number_text(visit->arena, version.change),
		.name = version.version,
		.title = version.title,
		.state = text_of(version_state_words(version.state)),
		.tag = text_of(version_tag(version.state)),
		.digest = hash_hex(visit->arena, &version.digest),
		.published_by = version.published_name,
		.published_role = role_name(visit, version.published_role),
		.why = version.why,
		.proposed = version.proposed,
		.published = version.published,
		.in_force = version.in_force,
		.ended = version.ended,
		.effective = version.effective,
		.is_acknowledged = version.is_acknowledged,
		.is_pending = version.state == VERSION_PROPOSED ||
			      version.state == VERSION_PUBLISHED,
	};
	if (page.is_pending)
		TRY(fill_pending(look, visit, &change, &page));
	if (change.against != NULL)
		fill_diff(visit, &change, pack_diff(visit->arena, change.against, change.pack),
			  &page);
	return visit_draw(visit, version_page, &page);
}

PAGE_ROWS(version,
	  { { METHOD_GET, "/policy/versions" }, RIGHT_SELF, PAGE_LOOK, .look = versions_draw },
	  { { METHOD_GET, "/policy/versions/{id}" }, RIGHT_SELF, PAGE_SLOW_LOOK,
	    .look = version_draw });
