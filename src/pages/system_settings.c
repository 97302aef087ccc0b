/* Settings of the body's systems against what the policy asks: all systems, and one. */
#include "pages/access_pages.h"

#include "assure/settings.h"
#include "base/number.h"

static const char *
tag_of(enum setting_state state)
{
	switch (state) {
	case SETTING_WEAK:
	case SETTING_STALE:
		return "stop";
	case SETTING_SILENT:
		return "wait";
	case SETTING_GOOD:
	case SETTING_STATES:
		break;
	}
	return "go";
}

/* ---- All of them ---- */

static struct error *
fill_row(struct look *look, struct visit *visit, const struct access_system *system,
	 struct system_settings_rows *row)
{
	struct settings settings;
	TRY(assure_settings(look, visit->office->flow, system->id, &settings));
	*row = (struct system_settings_rows){
		.title = system->title,
		.href = url_of_number(visit->arena, "/system-settings/{}", system->id.no),
		.owner = system->owner_name,
		.looked = settings.looked,
		.weak = settings.of[SETTING_WEAK],
		.stale = settings.of[SETTING_STALE],
		.silent = settings.of[SETTING_SILENT],
		.good = settings.of[SETTING_GOOD],
	};
	return OK;
}

static struct error *
settings_draw(struct look *look, struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	const struct pack_ledger *ledger = access_ledger(pack);
	struct access_system *list;
	size_t count;
	struct system_settings_page page = {
		.frame = visit_frame(visit, text_of(say("システムの設定")), "ledger"),
		.has_settings = ledger != NULL && assure_has_settings(pack, ledger),
		.csv = url_path(visit->arena, "/system-settings/csv"),
		.xlsx = url_path(visit->arena, "/system-settings/xlsx"),
	};
	if (ledger != NULL)
		page.ledger = url_of(visit->arena, "/ledger/{}", ledger->code);
	if (!page.has_settings)
		return visit_draw(visit, system_settings_page, &page);
	TRY(access_systems_in_reach(look, visit, &list, &count));
	page.rows = ARENA_ARRAY(visit->arena, struct system_settings_rows, count + 1);
	page.rows_count = count;
	for (size_t at = 0; at < count; at++) {
		TRY(fill_row(look, visit, &list[at], &page.rows[at]));
		page.weak += page.rows[at].weak;
	}
	return visit_draw(visit, system_settings_page, &page);
}

/* ---- To take away ---- */

enum { SENT_MOST = 200 }; /* settings of one system */

static void
put(const struct access_system *system, const struct settings *settings,
    const struct setting *setting, struct rows_out *out)
{
	struct rows_cell *cell = rows_next(out);
	*cell++ = rows_words(system->title);
	*cell++ = rows_words(system->owner_name);
	*cell++ = rows_words(words_now(setting->column->label));
	*cell++ = rows_words(setting->value);
	*cell++ = rows_words(setting->asked);
	*cell++ = rows_words(text_of(setting_state_words(setting->state)));
	*cell++ = rows_words(setting->clause != NULL ? setting->clause->id : T(""));
	*cell++ = rows_day(settings->looked);
}

static struct error *
settings_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("システム")), 30 }, { text_of(say("管理する課")), 24 },
		{ text_of(say("設定")), 40 },	  { text_of(say("いまの値")), 14 },
		{ text_of(say("決まり")), 14 },	  { text_of(say("状態")), 18 },
		{ text_of(say("条項")), 14 },	  { text_of(say("確かめた日")), 16 },
	};
	struct access_system *list;
	size_t count;
	TRY(access_systems_in_reach(look, visit, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("システムの設定")), columns,
					 sizeof columns / sizeof *columns, count * SENT_MOST);
	out.at = visit->now;
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		struct settings settings;
		TRY(assure_settings(look, visit->office->flow, list[at].id, &settings));
		for (size_t no = 0; no < settings.count && out.rows_count < out.rows_room; no++)
			put(&list[at], &settings, &settings.list[no], &out);
	}
	return rows_send(look, visit, &out);
}

/* ---- One ---- */

static void
fill_setting(struct visit *visit, const struct setting *setting, struct system_setting_rows *row)
{
	*row = (struct system_setting_rows){
		.words = words_now(setting->column->label),
		.value = setting->value,
		.asked = setting->asked,
		.state = text_of(setting_state_words(setting->state)),
		.tag = text_of(tag_of(setting->state)),
		.has_clause = setting->clause != NULL,
	};
	if (setting->clause != NULL) {
		row->clause = setting->clause->number;
		row->clause_href = url_of(visit->arena, "/clauses/{}", setting->clause->id);
	}
}

static bool
has_exceptions(const struct pack *pack)
{
	for (size_t at = 0; at < pack->occasions_count; at++)
		if (pack->occasions[at].has_exception)
			return true;
	return false;
}

static struct error *
setting_draw(struct look *look, struct visit *visit)
{
	const struct pack_ledger *ledger = access_ledger(visit->office->pack);
	struct arena *arena = visit->arena;
	struct access_system system;
	struct settings settings;
	TRY(access_system_of(look, visit, RIGHT_LEDGER_READ, &system));
	TRY(assure_settings(look, visit->office->flow, system.id, &settings));
	struct text place[] = { ledger->code, text_number(arena, system.id.no) };
	struct system_setting_page page = {
		.frame = visit_frame(visit, text_format(arena, say("%.*sの設定"), T_ARG(system.title)), "ledger"),
		.title = system.title,
		.owner = system.owner_name,
		.looked = settings.looked,
		.record = url_make(arena, "/ledger/{}/{}", 2, place),
		.correct = url_make(arena, "/ledger/{}/{}/edit", 2, place),
		.has_exceptions = has_exceptions(visit->office->pack),
		.weak = settings.of[SETTING_WEAK],
		.stale = settings.of[SETTING_STALE],
		.silent = settings.of[SETTING_SILENT],
		.rows = ARENA_ARRAY(arena, struct system_setting_rows, settings.count + 1),
		.rows_count = settings.count,
	};
	TRY(rights_reach(look, &visit->rights, RIGHT_LEDGER_WRITE, system.owner, &page.may_write));
	for (size_t at = 0; at < settings.count; at++)
		fill_setting(visit, &settings.list[at], &page.rows[at]);
	return visit_draw(visit, system_setting_page, &page);
}

PAGE_ROWS(system_settings,
	  { { METHOD_GET, "/system-settings" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = settings_draw },
	  { { METHOD_GET, "/system-settings/csv" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = settings_send },
	  { { METHOD_GET, "/system-settings/xlsx" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = settings_send },
	  { { METHOD_GET, "/system-settings/{id}" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = setting_draw });
