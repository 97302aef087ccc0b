/* Reading the version that binds one, saying so, and who has not. */
#include "pages/list_pages.h"
#include "pages/version_pages.h"

#include "people/notice.h"

enum { PERSONS_SHOWN = 200, PERSONS_MOST = 50000 };

/* ---- What binds me ---- */

struct binding {
	struct held_role *roles;
	size_t count;
};

static bool
binds(const struct binding *binding, const struct pack_clause *clause)
{
	if (clause == NULL || !clause->is_duty || clause->actor == NULL)
		return false;
	for (size_t at = 0; at < binding->count; at++) {
		const struct text code = binding->roles[at].role->code;
		if (text_same(clause->actor->code, code))
			return true;
		for (size_t also = 0; also < clause->also_count; also++)
			if (text_same(clause->also[also]->code, code))
				return true;
	}
	return false;
}

static void
fill_pieces(struct visit *visit, const struct clause_change *change,
	    struct acknowledge_changes *made)
{
	size_t count;
	const struct diff_piece *pieces = diff_words(visit->arena, clause_words(change->before),
						     clause_words(change->after), &count);
	made->pieces = ARENA_ARRAY(visit->arena, struct acknowledge_changes_pieces, count + 1);
	made->pieces_count = count;
	for (size_t at = 0; at < count; at++)
		made->pieces[at] = (struct acknowledge_changes_pieces){
			pieces[at].text, pieces[at].kind == PIECE_GONE,
			pieces[at].kind == PIECE_NEW };
}

static void
fill_changes(struct visit *visit, const struct binding *binding, const struct pack_diff *diff,
	     struct acknowledge_page *page)
{
	page->changes =
		ARENA_ARRAY(visit->arena, struct acknowledge_changes, diff->clauses_count + 1);
	for (size_t at = 0; at < diff->clauses_count; at++) {
		const struct clause_change *change = &diff->clauses[at];
		const struct pack_clause *is = change->after != NULL ? change->after
								     : change->before;
		if (!binds(binding, change->before) && !binds(binding, change->after))
			continue;
		page->moved += change->kind == CHANGE_MOVED;
		if (change->kind == CHANGE_KEPT || change->kind == CHANGE_MOVED)
			continue;
		struct acknowledge_changes *made = &page->changes[page->changes_count++];
		*made = (struct acknowledge_changes){
			.kind = text_of(change_words(change->kind)),
			.tag = text_of(change_tag(change->kind)),
			.number = is->number,
			.words = clause_words(is),
		};
		if (change->kind == CHANGE_CHANGED)
			fill_pieces(visit, change, made);
	}
}

static void
fill_duties(struct visit *visit, const struct binding *binding, struct acknowledge_page *page)
{
	const struct pack *pack = visit->office->pack;
	page->duties = ARENA_ARRAY(visit->arena, struct acknowledge_duties, pack->clauses_count + 1);
	for (size_t at = 0; at < pack->clauses_count; at++) {
		const struct pack_clause *clause = &pack->clauses[at];
		if (binds(binding, clause))
			page->duties[page->duties_count++] = (struct acknowledge_duties){
				clause->number, words_now(clause->duty),
				url_of(visit->arena, "/clauses/{}", clause->id) };
	}
}

static struct error *
acknowledge_draw(struct look *look, struct visit *visit)
{
	struct enact_version version;
	struct shown_change change;
	struct binding binding;
	bool awaits, found;
	TRY(enact_version_in_force(look, &found, &version));
	if (!found)
		return missing("施行中の方針の版が記録されていません。");
	TRY(enact_awaits(look, visit->session.person, &awaits, &version));
	TRY(change_of(look, visit, &version, &change));
	TRY(people_roles_of(look, visit->office->pack, visit->session.person, visit->today,
			    &binding.roles, &binding.count));
	struct acknowledge_page page = {
		.frame = visit_frame(visit, text_of(say("方針の確認")), "policy"),
		.csrf = visit->csrf,
		.id = number_text(visit->arena, version.id.no),
		.name = version.version,
		.document = words_now(visit->office->pack->document),
		.in_force = version.effective,
		.awaits = awaits,
		.is_asked = version.is_acknowledged,
	};
	if (change.against != NULL) {
		page.against = change.against_version.version;
		fill_changes(visit, &binding,
			     pack_diff(visit->arena, change.against, change.pack), &page);
	}
	fill_duties(visit, &binding, &page);
	return visit_draw(visit, acknowledge_page, &page);
}

static struct error *
acknowledge_do(struct act *act, struct visit *visit)
{
	struct version_id id;
	TRY(visit_number(visit, "id", &id.no));
	TRY(people_notices_read(act, visit->session.person,
				text_format(visit->arena, "version:%lld", (long long)id.no)));
	TRY(enact_acknowledge(act, id));
	visit->go_to = url_path(visit->arena, "/");
	visit->done = "acknowledged";
	return OK;
}

/* ---- Who has not ---- */

static struct error *
fill_persons(struct look *look, struct visit *visit, struct version_id id, struct unit_id unit,
	     struct acknowledged_page *page)
{
	struct enact_open *list;
	size_t count;
	TRY(enact_open(look, id, unit, (struct person_id){ 0 }, PERSONS_SHOWN + 1, &list, &count));
	page->is_cut = count > PERSONS_SHOWN;
	page->persons_count = page->is_cut ? PERSONS_SHOWN : count;
	page->persons =
		ARENA_ARRAY(visit->arena, struct acknowledged_persons, page->persons_count + 1);
	for (size_t at = 0; at < page->persons_count; at++)
		page->persons[at] = (struct acknowledged_persons){
			list[at].number, list[at].name, list[at].post_name, list[at].told,
			url_of_number(visit->arena, "/people/{}", list[at].person.no) };
	return OK;
}

static struct error *
fill_units(struct look *look, struct visit *visit, struct version_id id,
	   struct acknowledged_page *page, struct unit_id *chosen)
{
	struct enact_unit *units;
	size_t count;
	const struct text wanted = visit_text(visit, "unit");
	TRY(enact_units(look, id, &units, &count));
	page->units = ARENA_ARRAY(visit->arena, struct acknowledged_units, count + 1);
	for (size_t at = 0; at < count; at++) {
		bool reaches;
		TRY(rights_reach(look, &visit->rights, RIGHT_DOSSIER_READ, units[at].unit, &reaches));
		if (!reaches)
			continue;
		const bool is_here =
			text_same(wanted, number_text(visit->arena, units[at].unit.no));
		page->units[page->units_count++] = (struct acknowledged_units){
			units[at].name, units[at].bound, units[at].open,
			url_query_number(visit->arena, url_path(visit->arena, "/policy/acknowledged"),
					 "unit", units[at].unit.no),
			is_here };
		if (is_here) {
			*chosen = units[at].unit;
			page->unit = units[at].name;
		}
	}
	return OK;
}

static struct error *
acknowledged_draw(struct look *look, struct visit *visit)
{
	struct enact_share share;
	struct enact_version version;
	struct unit_id chosen = { 0 };
	bool found;
	TRY(enact_acknowledgement_share(look, visit->office->pack, &share));
	TRY(enact_version_in_force(look, &found, &version));
	struct acknowledged_page page = {
		.frame = visit_frame(visit, text_of(say("だれが確認したか")), "policy"),
		.is_asked = found && share.is_asked,
		.bound = share.bound,
		.done = share.acknowledged,
		.open = share.bound - share.acknowledged,
	};
	if (page.is_asked) {
		page.name = version.version;
		page.since = version.effective;
		TRY(fill_units(look, visit, version.id, &page, &chosen));
		if (chosen.no != 0)
			TRY(fill_persons(look, visit, version.id, chosen, &page));
	}
	return visit_draw(visit, acknowledged_page, &page);
}

/* ---- To take away ---- */

static void
put_row(struct visit *visit, const struct enact_open *open, struct rows_out *out)
{
	struct rows_cell *cell = rows_next(out);
	*cell++ = rows_words(open->number);
	*cell++ = rows_words(open->name);
	*cell++ = rows_words(open->unit_name);
	*cell++ = rows_words(open->post_name);
	*cell = rows_words(moment_local(visit->arena, open->told));
}

static struct error *
acknowledged_send(struct look *look, struct visit *visit)
{
	struct enact_version version;
	struct enact_open *open = NULL;
	size_t count = 0;
	bool found;
	const struct rows_column columns[] = {
		{ text_of(say("職員番号")), 14 }, { text_of(say("氏名")), 20 },
		{ text_of(say("所属")), 30 },	  { text_of(say("職")), 20 },
		{ text_of(say("最後に知らせた時")), 20 },
	};
	TRY(enact_version_in_force(look, &found, &version));
	if (found && version.is_acknowledged)
		TRY(enact_open(look, version.id, (struct unit_id){ 0 }, (struct person_id){ 0 },
			       PERSONS_MOST, &open, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("方針の未確認者")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		bool reaches;
		TRY(rights_reach(look, &visit->rights, RIGHT_DOSSIER_READ, open[at].unit, &reaches));
		if (reaches)
			put_row(visit, &open[at], &out);
	}
	return rows_send(look, visit, &out);
}

PAGE_ROWS(acknowledge,
	  { { METHOD_GET, "/policy/acknowledge" }, RIGHT_SELF, PAGE_LOOK,
	    .look = acknowledge_draw },
	  { { METHOD_POST, "/policy/acknowledge" }, RIGHT_SELF, PAGE_ACT, .act = acknowledge_do },
	  { { METHOD_GET, "/policy/acknowledged" }, RIGHT_DOSSIER_READ, PAGE_LOOK,
	    .look = acknowledged_draw },
	  { { METHOD_GET, "/policy/acknowledged.csv" }, RIGHT_DOSSIER_READ, PAGE_SLOW_LOOK,
	    .look = acknowledged_send },
	  { { METHOD_GET, "/policy/acknowledged.xlsx" }, RIGHT_DOSSIER_READ, PAGE_SLOW_LOOK,
	    .look = acknowledged_send });
