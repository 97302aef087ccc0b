/*
 * いまの状況: one page for the visitor, the section, the systems, the body. Each answers: what must be done
 * today, what is red and why, what runs out this month.
 */
#include "pages/dossier_parts.h"
#include "pages/now_pages.h"

#include "base/writer.h"

static const struct {
	const char *name;
	const char *words;
} scopes[NOW_SCOPES] = {
	[NOW_MINE] = { "mine", N_("わたし") },
	[NOW_UNIT] = { "unit", N_("所属") },
	[NOW_SYSTEMS] = { "systems", N_("システム") },
	[NOW_BODY] = { "body", N_("団体全体") },
};

static now_source *const sources[] = {
	now_incidents, now_waiting, now_returned, now_duties, now_reconciliations, now_checks, now_training, now_audits, now_things, now_entrance,
	now_contracts,
	now_reviews, now_confirmations, now_out, now_late_reports, now_slow,
	now_gaps, now_findings, now_clauses, now_judgements, now_permits, now_exceptions, now_delegations,
};

static struct now_more *
more_of(struct now_lines *lines, const struct now_line *line)
{
	for (size_t at = 0; at < lines->more_count; at++)
		if (text_same(lines->more[at].kind, line->kind))
			return &lines->more[at];
	lines->more[lines->more_count] = (struct now_more){ line->kind, 0, line->all };
	return &lines->more[lines->more_count++];
}

void
now_put(struct now *now, enum now_block block, struct now_line line)
{
	struct now_lines *lines = &now->blocks[block];
	size_t of_kind = 0;
	for (size_t at = 0; at < lines->count; at++)
		of_kind += text_same(lines->lines[at].kind, line.kind);
	lines->number++;
	if (of_kind < NOW_EACH)
		lines->lines[lines->count++] = line;
	else
		more_of(lines, &line)->count++;
}

bool
now_holds(const struct now *now, struct text role)
{
	for (size_t at = 0; at < now->roles_count; at++)
		if (text_same(now->roles[at].role->code, role))
			return true;
	return false;
}

/* ---- Which scopes the visitor has ---- */

static enum now_scope
scope_of(const struct held_role *held)
{
	switch (held->role->scope) {
	case SCOPE_BODY:
		return NOW_BODY;
	case SCOPE_BUREAU:
	case SCOPE_SECTION:
		return NOW_UNIT;
	case SCOPE_SYSTEM:
		return NOW_SYSTEMS;
	case SCOPE_EVERYONE:
		break;
	}
	return NOW_MINE;
}

static bool
may_scope(const struct visit *visit, const struct held_role *roles, size_t count, enum now_scope scope)
{
	if (scope == NOW_MINE)
		return true;
	if (scope == NOW_BODY && visit->rights.at[RIGHT_DOSSIER_READ].is_all && visit_may(visit, RIGHT_MAP_READ))
		return true;
	for (size_t at = 0; scope != NOW_BODY && at < count; at++)
		if (scope_of(&roles[at]) == scope)
			return true;
	return false;
}

/* The scope's own roles and the units they are held in. For one's own page all roles count. */
static void
narrow(struct now *now, const struct held_role *roles, size_t count)
{
	struct arena *arena = now->visit->arena;
	now->roles = ARENA_ARRAY(arena, struct held_role, count + 1);
	now->units = ARENA_ARRAY(arena, struct unit_id, count + 1);
	for (size_t at = 0; at < count; at++) {
		const bool is_its = scope_of(&roles[at]) == now->scope;
		if (now->scope != NOW_MINE && !is_its)
			continue;
		now->roles[now->roles_count++] = roles[at];
		if (now->scope == NOW_UNIT || now->scope == NOW_SYSTEMS)
			now->units[now->units_count++] = roles[at].unit;
	}
}

/* The last day of this month, and never less than two weeks ahead. */
static struct day
month_end(struct day today)
{
	int year, month, date;
	struct day next = today;
	day_parts(today, &year, &month, &date);
	day_make(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1, &next);
	return next.no - 1 < today.no + NOW_SOON_DAYS ? (struct day){ today.no + NOW_SOON_DAYS }
						      : (struct day){ next.no - 1 };
}

static struct error *
gather(struct now *now)
{
	for (int block = 0; block < NOW_BLOCKS; block++) {
		now->blocks[block].lines = ARENA_ARRAY(now->visit->arena, struct now_line, NOW_EACH * NOW_KINDS);
		now->blocks[block].more = ARENA_ARRAY(now->visit->arena, struct now_more, NOW_KINDS);
	}
	for (size_t at = 0; at < sizeof sources / sizeof *sources; at++)
		TRY(sources[at](now));
	return OK;
}

/* ---- Drawing ---- */

/* What is due first comes first; what has no day keeps its place behind. */
static void
sort_lines(struct now_lines *lines)
{
	for (size_t at = 1; at < lines->count; at++) {
		const struct now_line line = lines->lines[at];
		const int64_t due = line.due.no == DAY_NONE.no ? INT64_MAX : line.due.no;
		size_t to = at;
		for (; to > 0; to--) {
			const int64_t before = lines->lines[to - 1].due.no == DAY_NONE.no ? INT64_MAX
											  : lines->lines[to - 1].due.no;
			if (before <= due)
				break;
			lines->lines[to] = lines->lines[to - 1];
		}
		lines->lines[to] = line;
	}
}

static void
fill_blocks(struct now *now, struct now_page *page)
{
	static const struct {
		const char *name, *words, *none, *tag;
	} blocks[NOW_BLOCKS] = {
		[NOW_DO] = { "do", N_("今日すること"), N_("いま待っているものはありません。"), "wait" },
		[NOW_RED] = { "red", N_("遅れ・不備"), N_("遅れているもの、食い違っているものはありません。"), "stop" },
		[NOW_ENDS] = { "ends", N_("今月切れるもの"), N_("今月中、または14日以内に切れるものはありません。"), "off" },
	};
	struct arena *arena = now->visit->arena;
	page->blocks = ARENA_ARRAY(arena, struct now_blocks, NOW_BLOCKS);
	for (int at = 0; at < NOW_BLOCKS; at++) {
		struct now_lines *lines = &now->blocks[at];
		struct now_blocks *block = &page->blocks[page->blocks_count++];
		sort_lines(lines);
		*block = (struct now_blocks){
			.name = text_of(blocks[at].name),
			.words = text_of(say(blocks[at].words)),
			.none = text_of(say(blocks[at].none)),
			.tag = text_of(blocks[at].tag),
			.number = lines->number,
			.more = ARENA_ARRAY(arena, struct now_blocks_more, lines->more_count + 1),
			.more_count = lines->more_count,
			.lines = ARENA_ARRAY(arena, struct now_blocks_lines, lines->count + 1),
			.lines_count = lines->count,
		};
		for (size_t line = 0; line < lines->count; line++)
			block->lines[line] = (struct now_blocks_lines){
				.kind = lines->lines[line].kind,
				.words = lines->lines[line].words,
				.why = lines->lines[line].why,
				.due = lines->lines[line].due,
				.is_over = lines->lines[line].due.no != DAY_NONE.no &&
					   lines->lines[line].due.no < now->visit->today.no,
				.href = lines->lines[line].href,
			};
		for (size_t more = 0; more < lines->more_count; more++)
			block->more[more] = (struct now_blocks_more){ lines->more[more].kind, lines->more[more].count,
								      lines->more[more].all };
	}
}

static void
fill_tabs(struct now *now, const struct held_role *roles, size_t count, struct now_page *page)
{
	struct arena *arena = now->visit->arena;
	page->tabs = ARENA_ARRAY(arena, struct now_tabs, NOW_SCOPES);
	for (int at = 0; at < NOW_SCOPES; at++)
		if (may_scope(now->visit, roles, count, (enum now_scope)at))
			page->tabs[page->tabs_count++] = (struct now_tabs){
				text_of(say(scopes[at].words)),
				url_query(arena, url_path(arena, "/now"), "of", text_of(scopes[at].name)),
				(enum now_scope)at == now->scope,
			};
}

static enum now_scope
scope_asked(const struct visit *visit)
{
	const struct text asked = visit_text(visit, "of");
	for (int at = 0; at < NOW_SCOPES; at++)
		if (text_is(asked, scopes[at].name))
			return (enum now_scope)at;
	return NOW_MINE;
}

static struct text
whose(struct now *now)
{
	struct writer out = writer_open(now->visit->arena, 4096);
	if (now->scope == NOW_MINE)
		return now->visit->session.name;
	if (now->scope == NOW_BODY)
		return now->visit->office->body_name;
	for (size_t at = 0; at < now->roles_count; at++)
		write_format(&out, "%s%.*s(%.*s)", at > 0 ? say("、") : "",
			     T_ARG(unit_name(now->look, now->roles[at].unit.no)),
			     T_ARG(words_now(now->roles[at].role->short_name)));
	return writer_text(&out);
}

static struct error *
now_draw(struct look *look, struct visit *visit)
{
	struct held_role *roles;
	size_t count;
	struct now now = { .look = look, .visit = visit, .scope = scope_asked(visit), .ends_by = month_end(visit->today) };
	TRY(people_roles_of(look, visit->office->pack, visit->session.person, visit->today, &roles, &count));
	if (!may_scope(visit, roles, count, now.scope))
		return refuse("この範囲の状況を見る役割がありません。上の見出しから、見られる範囲を選んでください。");
	narrow(&now, roles, count);
	TRY(gather(&now));
	struct now_page page = {
		.frame = visit_frame(visit, text_of(say("いまの状況")), "now"),
		.whose = whose(&now),
		.at = visit->now,
		.ends_by = now.ends_by,
		.is_body = now.scope == NOW_BODY,
	};
	fill_tabs(&now, roles, count, &page);
	fill_blocks(&now, &page);
	return visit_draw(visit, now_page, &page);
}

PAGE_ROWS(now, { { METHOD_GET, "/now" }, RIGHT_SELF, PAGE_LOOK, .look = now_draw });
