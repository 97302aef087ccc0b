/* Systems with accounts: how many, what is out of order with them, when they were last listed. */
#include "pages/access_pages.h"

#include "assure/settings.h"

static void
fill_kinds(struct visit *visit, const struct access_system *system, struct systems_rows *row)
{
	row->kinds = ARENA_ARRAY(visit->arena, struct systems_rows_kinds, TROUBLE_KINDS);
	for (int kind = 0; kind < TROUBLE_KINDS; kind++)
		if (system->troubles[kind] != 0)
			row->kinds[row->kinds_count++] = (struct systems_rows_kinds){
				.words = text_of(trouble_words((enum trouble_kind)kind)),
				.number = system->troubles[kind],
				.href = url_query(visit->arena,
						  access_system_url(visit->arena, system->id), "trouble",
						  text_of(trouble_name((enum trouble_kind)kind))),
			};
}

static struct error *
fill_row(struct look *look, struct visit *visit, const struct access_system *system,
	 struct systems_rows *row)
{
	struct arena *arena = visit->arena;
	*row = (struct systems_rows){
		.title = system->title,
		.href = access_system_url(arena, system->id),
		.owner = system->owner_name,
		.accounts = system->accounts,
		.privileged = system->privileged,
		.shared = system->shared,
		.troubles = access_troubles_sum(system),
		.listed = system->listed.ms != 0 ? moment_day(system->listed) : DAY_NONE,
		.import = url_of_number(arena, "/systems/{}/import", system->id.no),
	};
	fill_kinds(visit, system, row);
	return rights_reach(look, &visit->rights, RIGHT_LEDGER_WRITE, system->owner,
			    &row->may_write);
}

static struct error *
fill_review(struct look *look, struct visit *visit, struct systems_page *page)
{
	struct access_round round;
	TRY(access_round(look, &page->has_review, &round));
	if (page->has_review)
		page->review = text_format(visit->arena, say("%.*sの点検: %lld所属のうち%lld所属が済み"),
					   T_ARG(fiscal_wareki(visit->arena, round.year)),
					   (long long)round.units, (long long)round.done);
	return OK;
}

static struct error *
systems_draw(struct look *look, struct visit *visit)
{
	const struct pack_ledger *ledger = access_ledger(visit->office->pack);
	struct access_system *list;
	size_t count;
	TRY(access_systems_in_reach(look, visit, &list, &count));
	struct systems_page page = {
		.frame = visit_frame(visit, text_of(say("システムとアカウント")), "ledger"),
		.has_ledger = ledger != NULL,
		.has_settings = ledger != NULL && assure_has_settings(visit->office->pack, ledger),
		.csv = url_path(visit->arena, "/systems/csv"),
		.xlsx = url_path(visit->arena, "/systems/xlsx"),
		.rows = ARENA_ARRAY(visit->arena, struct systems_rows, count + 1),
		.rows_count = count,
	};
	if (ledger != NULL)
		page.ledger = url_of(visit->arena, "/ledger/{}", ledger->code);
	for (size_t at = 0; at < count; at++) {
		TRY(fill_row(look, visit, &list[at], &page.rows[at]));
		page.accounts += list[at].accounts;
		page.troubles += page.rows[at].troubles;
	}
	TRY(fill_review(look, visit, &page));
	return visit_draw(visit, systems_page, &page);
}

static struct error *
systems_send(struct look *look, struct visit *visit)
{
	enum { FIRST = 6 };
	struct rows_column columns[FIRST + TROUBLE_KINDS] = {
		{ text_of(say("システム")), 30 },   { text_of(say("管理する課")), 24 },
		{ text_of(say("アカウント")), 12 }, { text_of(say("特権")), 8 },
		{ text_of(say("共用")), 8 },	    { text_of(say("一覧の日")), 16 },
	};
	struct access_system *list;
	size_t count;
	for (int kind = 0; kind < TROUBLE_KINDS; kind++)
		columns[FIRST + kind] = (struct rows_column){
			text_of(trouble_words((enum trouble_kind)kind)), 16
		};
	TRY(access_systems_in_reach(look, visit, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("システムとアカウント")), columns,
					 FIRST + TROUBLE_KINDS, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(list[at].title);
		*cell++ = rows_words(list[at].owner_name);
		*cell++ = rows_number(visit->arena, list[at].accounts);
		*cell++ = rows_number(visit->arena, list[at].privileged);
		*cell++ = rows_number(visit->arena, list[at].shared);
		*cell++ = rows_day(list[at].listed.ms != 0 ? moment_day(list[at].listed) : DAY_NONE);
		for (int kind = 0; kind < TROUBLE_KINDS; kind++)
			*cell++ = rows_number(visit->arena, list[at].troubles[kind]);
	}
	return rows_send(look, visit, &out);
}

PAGE_ROWS(systems,
	  { { METHOD_GET, "/systems" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = systems_draw },
	  { { METHOD_GET, "/systems/csv" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = systems_send },
	  { { METHOD_GET, "/systems/xlsx" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = systems_send });
