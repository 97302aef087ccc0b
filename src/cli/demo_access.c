/*
 * Accounts of other systems in the demonstration body: lists of each system through the year, with
 * what is usually wrong in such lists, and a yearly review that some units have not answered yet.
 */
#include "cli/demo.h"

#include "access/access.h"

#include "base/table.h"

enum { SYSTEMS = 4, LISTED_MOST = 4000, COLUMNS = 8, EXTRA = 8,
       LISTS = 3, FIRST_AGO = 240, ROUND_AGO = 24, ROUND_DAYS = 30, FORGOTTEN_DAYS = 150 };

enum deed { DEED_LIST, DEED_FOR_ALL, DEED_ROUND, DEED_REVIEW };

/* Rows 0 to 3 of demo_cases.c. */
enum { SYSTEM_NETWORK, SYSTEM_OFFICE, SYSTEM_TAX, SYSTEM_CITIZEN };

struct listing {
	struct demo *demo;
	struct arena *arena;
	struct table table;
	struct day day;
	size_t system;
	bool is_last;
};

static size_t
unit_about(const struct demo *demo, enum demo_theme theme)
{
	for (size_t unit = demo->bureaus_count + 1; unit < demo->units_count; unit++)
		if (demo->units[unit].theme == theme && demo->units[unit].head != 0 &&
		    demo->units[unit].count > 3 && unit != demo->vacant_unit &&
		    unit != demo->away_unit)
			return unit;
	return 0;
}

static size_t
unit_of(const struct demo *demo, size_t system)
{
	return system == SYSTEM_TAX	  ? unit_about(demo, THEME_TAX)
	       : system == SYSTEM_CITIZEN ? unit_about(demo, THEME_CITIZEN)
					  : demo->it_unit;
}

/* ---- The list, as the system would write it ---- */

static void
line(struct listing *listing, const char *const cells[COLUMNS])
{
	struct table_row *row = &listing->table.rows[listing->table.count++];
	*row = (struct table_row){ .cells = ARENA_ARRAY(listing->arena, struct text, COLUMNS),
				   .count = COLUMNS,
				   .line = (int64_t)listing->table.count };
	for (size_t at = 0; at < COLUMNS; at++)
		row->cells[at] = text_of(cells[at]);
}

static const char *
ago(struct listing *listing, int64_t days)
{
	return day_iso(listing->arena, day_plus(listing->day, -days)).data;
}

static bool
is_there(const struct listing *listing, const struct demo_person *person)
{
	const size_t unit = unit_of(listing->demo, listing->system);
	if (person->id.no == 0 || person->person.number.len == 0 ||
	    (!day_is_none(person->person.since) && person->person.since.no > listing->day.no))
		return false;
	return listing->system == SYSTEM_OFFICE || person->unit == unit;
}

/* Most who left were stopped; somebody always is forgotten, and somebody never signs in. */
static void
person_line(struct listing *listing, size_t no)
{
	const struct demo_person *person = &listing->demo->people[no];
	const struct day until = person->person.until;
	const bool has_left = !day_is_none(until) && until.no < listing->day.no;
	const bool is_forgotten = has_left && no % 3 == 0;
	const char *number = text_z(listing->arena, person->person.number);
	const char *cells[COLUMNS] = {
		text_format(listing->arena, "u%s", number).data,
		number,
		text_format(listing->arena, "%.*s %.*s", T_ARG(person->person.family),
			    T_ARG(person->person.given))
			.data,
		has_left && !is_forgotten ? "停止" : "有効",
		listing->system == SYSTEM_NETWORK ? "管理者" : "一般",
		ago(listing, no % 97 == 5 ? FORGOTTEN_DAYS : (int64_t)(no % 9)),
		"個人",
		"",
	};
	line(listing, cells);
}

static void
more_lines(struct listing *listing)
{
	const char *yesterday = ago(listing, 1);
	if (listing->system == SYSTEM_OFFICE) {
		line(listing, (const char *const[COLUMNS]){ "gw-admin", "", "グループウェア管理者", "有効",
							    "管理者", yesterday, "共用", "" });
		line(listing, (const char *const[COLUMNS]){ "madoguchi", "", "総合窓口", "有効", "一般",
							    yesterday, "共用", "" });
		line(listing, (const char *const[COLUMNS]){ "scan-01", "", "複合機からの送信", "有効",
							    "一般", yesterday, "機器", "" });
	}
	if (listing->system == SYSTEM_OFFICE && listing->is_last)
		line(listing, (const char *const[COLUMNS]){ "test02", "", "動作確認用", "有効", "一般",
							    ago(listing, 80), "", "" });
	if (listing->system == SYSTEM_TAX) {
		line(listing, (const char *const[COLUMNS]){ "zei-admin", "", "税務システム管理者", "有効",
							    "管理者", yesterday, "共用", "" });
		line(listing, (const char *const[COLUMNS]){ "hoshu-mihon", "", "有限会社みほんシステム",
							    "有効", "保守", yesterday, "", "" });
	}
	/* Gone from the newer list, and nobody looked. */
	if (listing->system == SYSTEM_CITIZEN && !listing->is_last)
		line(listing, (const char *const[COLUMNS]){ "cho-old1", "", "旧端末1番", "有効", "一般",
							    yesterday, "機器", "" });
}

static void
write_list(struct listing *listing)
{
	const struct demo *demo = listing->demo;
	size_t written = 0;
	listing->table.encoding = T("UTF-8");
	listing->table.rows =
		ARENA_ARRAY(listing->arena, struct table_row, demo->people_count + EXTRA);
	line(listing, (const char *const[COLUMNS]){ "ユーザーID", "職員番号", "氏名", "状態", "権限",
						    "最終ログイン", "種別", "共用者" });
	for (size_t no = 1; no < demo->people_count && written < LISTED_MOST; no++) {
		if (no == demo->erased || !is_there(listing, &demo->people[no]))
			continue;
		person_line(listing, no);
		written++;
	}
	more_lines(listing);
}

/* ---- Acts ---- */

static void
be_head(struct demo *demo, size_t unit, struct act *act)
{
	act->actor.person = demo->people[demo->units[unit].head].id.no;
	act->actor.role = T("system-manager");
}

static struct error *
take_list(struct demo *demo, size_t what, struct act *act)
{
	struct look *look = &act->look;
	struct listing listing = { .demo = demo, .arena = look->arena,
				   .day = moment_day(look->now), .system = what / LISTS,
				   .is_last = what % LISTS == LISTS - 1 };
	struct access_system system;
	struct access_import import;
	int64_t done;
	be_head(demo, unit_of(demo, listing.system), act);
	write_list(&listing);
	TRY(access_system(look, &demo->body->flow, demo->rows[listing.system], &system));
	const struct access_mapping mapping =
		access_mapping_guess(look->arena, &system, &listing.table);
	TRY(access_import_preview(look, &demo->body->flow, system.id, &listing.table, &mapping,
				  &import));
	const struct access_applying applying = { .system = system.id, .table = &listing.table,
						  .mapping = &mapping, .source = T("csv"),
						  .digest = import.digest };
	return access_import_apply(act, &demo->body->flow, &applying, &done);
}

/* As heads do it: everything stays, but what nobody of the unit uses any more. */
static struct error *
review(struct demo *demo, size_t unit, struct act *act)
{
	const struct demo_unit *section = &demo->units[unit];
	struct access_sheet sheet;
	struct error *error = access_sheet(&act->look, &demo->body->flow, section->id, &sheet);
	if (error != OK && error->kind == ERROR_MISSING)
		return OK; /* nobody there has an account */
	TRY(error);
	struct access_answering *answers =
		ARENA_ARRAY(act->look.arena, struct access_answering, sheet.count + 1);
	for (size_t at = 0; at < sheet.count; at++)
		answers[at] = (struct access_answering){
			sheet.items[at].account.id,
			sheet.items[at].troubles[TROUBLE_UNUSED] ? ANSWER_REMOVE : ANSWER_SAME, T("")
		};
	act->actor.person = demo->people[section->head].id.no;
	return access_review(act, &demo->body->flow, section->id, &sheet.digest, answers,
			     sheet.count);
}

struct error *
demo_do_access(struct demo *demo, const struct demo_event *event, struct act *act)
{
	int64_t id;
	switch ((enum deed)event->what) {
	case DEED_LIST:
		return take_list(demo, event->other, act);
	case DEED_FOR_ALL:
		be_head(demo, demo->it_unit, act);
		return access_system_settings(act, &demo->body->flow, demo->rows[SYSTEM_OFFICE], true);
	case DEED_ROUND:
		act->actor.person = demo->people[demo->operator_].id.no;
		return access_round_begin(act, &demo->body->flow,
					  day_plus(moment_day(event->at), ROUND_DAYS), &id);
	case DEED_REVIEW:
		return review(demo, event->other, act);
	}
	return OK;
}

/* ---- Planning ---- */

static struct moment
when(struct demo *demo, struct chance *chance, int64_t days)
{
	return demo_moment(chance, day_plus(demo->size.today, -days));
}

static bool
fits(const struct demo *demo)
{
	return access_ledger(demo->body->pack) != NULL && unit_about(demo, THEME_TAX) != 0 &&
	       unit_about(demo, THEME_CITIZEN) != 0 && unit_about(demo, THEME_WELFARE) != 0;
}

void
demo_plan_access(struct demo *demo)
{
	struct chance chance = { (uint64_t)demo->size.seed + 78 }; /* not negative */
	if (!fits(demo))
		return;
	static const int64_t listed[LISTS] = { FIRST_AGO, ROUND_AGO + 8, 6 };
	for (size_t system = 0; system < SYSTEMS; system++)
		for (size_t list = 0; list < LISTS; list++)
			demo_at(demo, when(demo, &chance, listed[list] - (int64_t)system), DEED_ACCESS,
				DEED_LIST, system * LISTS + list);
	demo_at(demo, when(demo, &chance, FIRST_AGO - SYSTEMS), DEED_ACCESS, DEED_FOR_ALL, 0);
	demo_at(demo, when(demo, &chance, ROUND_AGO), DEED_ACCESS, DEED_ROUND, 0);
	for (size_t unit = demo->bureaus_count + 1; unit < demo->units_count; unit++)
		/* Some are still to answer: those of the visitors among them. */
		if (demo->units[unit].head != 0 && demo->units[unit].theme != THEME_CITIZEN &&
		    unit % 5 != 0)
			demo_at(demo, when(demo, &chance, ROUND_AGO - 2 - (int64_t)(unit % 12)),
				DEED_ACCESS, DEED_REVIEW, unit);
}
