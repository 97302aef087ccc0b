/* The plan of an organisation file. */
#include "people/import_rooms.h"

#include "base/number.h"

static enum unit_kind
kind_by_name(struct text name)
{
	static const struct {
		const char *end;
		enum unit_kind kind;
	} ends[] = { { "局", UNIT_BUREAU },   { "部", UNIT_BUREAU },   { "委員会", UNIT_BUREAU },
		     { "課", UNIT_SECTION },  { "室", UNIT_SECTION },  { "所", UNIT_SECTION },
		     { "市", UNIT_BODY },     { "町", UNIT_BODY },     { "村", UNIT_BODY },
		     { "市役所", UNIT_BODY }, { "町役場", UNIT_BODY }, { "村役場", UNIT_BODY } };
	enum unit_kind kind = UNIT_OTHER;
	for (size_t at = 0; at < sizeof ends / sizeof *ends; at++)
		if (text_ends(name, text_of(ends[at].end)))
			kind = ends[at].kind;
	return kind;
}

static void
fault(struct importing *importing, struct planned_unit *planned, enum meaning meaning,
      struct text wrong)
{
	planned->is_faulty = true;
	import_fault(importing, planned->line, meaning, false, wrong);
}

static void
read_kind_and_rank(struct importing *importing, const struct table_row *row,
		   struct planned_unit *planned, const struct unit *known)
{
	struct arena *arena = importing->look->arena;
	const struct text kind = import_cell(importing, row, UNIT_KIND);
	const struct text rank = import_cell(importing, row, UNIT_RANK);
	planned->unit.kind = known != NULL ? known->kind : kind_by_name(planned->unit.name);
	planned->unit.rank = known != NULL ? known->rank : (int64_t)importing->planned_units_count;
	if (kind.len != 0 && !unit_kind_read(kind, &planned->unit.kind))
		fault(importing, planned, UNIT_KIND,
		      text_format(arena, say("種別「%.*s」が分かりません。団体、局、部、課、室、その他のどれかにしてください。"),
				  T_ARG(kind)));
	if (rank.len != 0 && !number_read(rank, 0, 1000000, &planned->unit.rank))
		fault(importing, planned, UNIT_RANK,
		      text_format(arena, say("表示順「%.*s」は数字ではありません。0以上の整数にしてください。"),
				  T_ARG(rank)));
}

static void
check_words(struct importing *importing, struct planned_unit *planned)
{
	const struct error *error = words_check("code", planned->unit.code);
	if (error != OK)
		fault(importing, planned, UNIT_CODE, error->words);
	error = words_check("name", planned->unit.name);
	if (error != OK)
		fault(importing, planned, UNIT_NAME, error->words);
}

static void
plan_row(struct importing *importing, const struct table_row *row)
{
	struct arena *arena = importing->look->arena;
	struct planned_unit *planned = &importing->planned_units[importing->planned_units_count++];
	const struct unit *known = NULL;
	struct text full;
	size_t at;
	const struct text code = import_cell(importing, row, UNIT_CODE);
	*planned = (struct planned_unit){ .line = row->line };
	if (keys_find(&importing->unit_codes, code, &at))
		known = &importing->units[at];
	if (known != NULL)
		planned->unit = *known;
	else
		planned->unit.since = importing->day, planned->unit.until = DAY_NONE;
	planned->unit.code = code;
	planned->unit.name = import_cell(importing, row, UNIT_NAME);
	planned->parent_code = import_cell(importing, row, UNIT_PARENT);
	check_words(importing, planned);
	read_kind_and_rank(importing, row, planned, known);
	import_hint_lost(importing, row, UNIT_NAME);
	if (known == NULL && import_lost_zeros(&importing->unit_codes, code, &full))
		fault(importing, planned, UNIT_CODE,
		      text_format(arena, say("「%.*s」は登録済みの「%.*s」の先頭の0が失われたもののようです。表計算ソフトで開かずに、書き出したままのファイルを使ってください。"),
				  T_ARG(code), T_ARG(full)));
}

static void
index_rows(struct importing *importing)
{
	struct keys *codes = &importing->planned_codes;
	codes->list = ARENA_ARRAY(importing->look->arena, struct key,
				  importing->planned_units_count + 1);
	codes->count = importing->planned_units_count;
	for (size_t at = 0; at < codes->count; at++)
		codes->list[at] = (struct key){ importing->planned_units[at].unit.code, at };
	keys_sort(codes);
	for (size_t at = 1; at < codes->count; at++) {
		struct planned_unit *first = &importing->planned_units[codes->list[at - 1].at];
		struct planned_unit *second = &importing->planned_units[codes->list[at].at];
		if (first->unit.code.len != 0 && text_same(first->unit.code, second->unit.code))
			fault(importing, second, UNIT_CODE,
			      text_format(importing->look->arena,
					  say("所属コード「%.*s」は%lld行目にもあります。同じコードは1行だけにしてください。"),
					  T_ARG(second->unit.code), (long long)first->line));
	}
}

/* The code of the unit above `code` as it will be; false at the top or when unknown. */
static bool
parent_of(const struct importing *importing, struct text code, struct text *parent)
{
	size_t at;
	if (keys_find(&importing->planned_codes, code, &at)) {
		*parent = importing->planned_units[at].parent_code;
		return parent->len != 0;
	}
	if (!keys_find(&importing->unit_codes, code, &at))
		return false;
	const int64_t above = importing->units[at].parent.no;
	for (size_t other = 0; other < importing->units_count; other++) {
		if (importing->units[other].id.no != above)
			continue;
		*parent = importing->units[other].code;
		return true;
	}
	return false;
}

static void
check_parent(struct importing *importing, struct planned_unit *planned)
{
	struct arena *arena = importing->look->arena;
	struct text at = planned->unit.code, above;
	size_t place;
	int steps = 0;
	if (planned->parent_code.len == 0)
		return;
	if (!keys_find(&importing->planned_codes, planned->parent_code, &place) &&
	    !keys_find(&importing->unit_codes, planned->parent_code, &place)) {
		fault(importing, planned, UNIT_PARENT,
		      text_format(arena, say("上位の所属コード「%.*s」は、ファイルにも登録済みの所属にもありません。"),
				  T_ARG(planned->parent_code)));
		return;
	}
	while (steps++ <= UNIT_MOST_DEPTH && parent_of(importing, at, &above)) {
		at = above;
		if (text_same(at, planned->unit.code))
			break;
	}
	if (steps > 1 && text_same(at, planned->unit.code))
		fault(importing, planned, UNIT_PARENT,
		      text_of(say("上位の所属をたどると自分に戻ってしまいます。上位の所属コードを直してください。")));
	else if (steps > UNIT_MOST_DEPTH)
		fault(importing, planned, UNIT_PARENT,
		      text_format(arena, say("組織の階層は%dまでです。"), UNIT_MOST_DEPTH));
}

/* A row whose parent would be added by a faulty row cannot be kept either. */
static bool
spread_faults(struct importing *importing)
{
	bool has_spread = false;
	for (size_t at = 0; at < importing->import->rows; at++) {
		struct planned_unit *planned = &importing->planned_units[at];
		size_t above, known;
		if (planned->is_faulty || planned->parent_code.len == 0 ||
		    keys_find(&importing->unit_codes, planned->parent_code, &known) ||
		    !keys_find(&importing->planned_codes, planned->parent_code, &above) ||
		    !importing->planned_units[above].is_faulty)
			continue;
		fault(importing, planned, UNIT_PARENT,
		      text_format(importing->look->arena,
				  say("上位の所属「%.*s」の行に誤りがあるため、この行も取り込めません。"),
				  T_ARG(planned->parent_code)));
		has_spread = true;
	}
	return has_spread;
}

static struct text
code_of(const struct importing *importing, struct unit_id id)
{
	for (size_t at = 0; id.no != 0 && at < importing->units_count; at++)
		if (importing->units[at].id.no == id.no)
			return importing->units[at].code;
	return T("");
}

static void
compare(struct importing *importing, struct planned_unit *planned)
{
	struct arena *arena = importing->look->arena;
	struct import_change change = { .line = planned->line, .key = planned->unit.code,
					.name = planned->unit.name, .about = T("") };
	size_t at;
	struct unit known = { .name = T(""), .code = T("") };
	const bool is_known = keys_find(&importing->unit_codes, planned->unit.code, &at);
	if (is_known)
		known = importing->units[at];
	const struct text was_kind = is_known ? text_of(unit_kind_words(known.kind)) : T("");
	const struct text was_rank = is_known ? text_format(arena, "%lld", (long long)known.rank)
					      : T("");
	if (!import_has(importing, UNIT_PARENT) && is_known)
		planned->parent_code = code_of(importing, known.parent);
	import_field(importing, &change, "所属名", known.name, planned->unit.name);
	import_field(importing, &change, "上位の所属コード", code_of(importing, known.parent),
		     planned->parent_code);
	import_field(importing, &change, "種別", was_kind,
		     text_of(unit_kind_words(planned->unit.kind)));
	import_field(importing, &change, "表示順", was_rank,
		     text_format(arena, "%lld", (long long)planned->unit.rank));
	planned->what = !is_known ? IMPORT_ADDED
			: change.fields_count != 0 ? IMPORT_CHANGED
						   : IMPORT_SAME;
	change.what = planned->what;
	if (is_known)
		change.about = people_about_unit(arena, known.id);
	import_change(importing, &change);
}

/* May this unit, which the file lacks, end the day before? */
static struct error *
may_end(struct importing *importing, size_t at, const bool *stays, bool *may)
{
	const struct unit *unit = &importing->units[at];
	struct people_unit_is_staffed_row row;
	bool is_staffed;
	*may = false;
	for (size_t other = 0; other < importing->units_count; other++)
		if (stays[other] && importing->units[other].parent.no == unit->id.no)
			return OK;
	TRY(people_unit_is_staffed(
		importing->look,
		&(struct people_unit_is_staffed_in){ unit->id.no, importing->day.no - 1 },
		&is_staffed, &row));
	*may = !is_staffed && day_first(unit->since) < importing->day.no;
	return OK;
}

static struct error *
plan_ends(struct importing *importing)
{
	struct arena *arena = importing->look->arena;
	bool *stays = ARENA_ARRAY(arena, bool, importing->units_count + 1);
	for (size_t at = importing->units_count; at-- > 0;) { /* children stand behind parents */
		const struct unit *unit = &importing->units[at];
		size_t place;
		bool may = false;
		stays[at] = keys_find(&importing->planned_codes, unit->code, &place);
		if (stays[at])
			continue;
		TRY(may_end(importing, at, stays, &may));
		stays[at] = !may;
		if (!may) {
			import_fault(importing, 0, MEANING_COUNT, true,
				     text_format(arena, say("ファイルにない「%.*s」(%.*s)は、職員か下位の所属が残っているため終えません。"),
						 T_ARG(unit->name), T_ARG(unit->code)));
			continue;
		}
		importing->planned_units[importing->planned_units_count++] =
			(struct planned_unit){ .what = IMPORT_ENDED, .unit = *unit };
		import_change(importing,
			      &(struct import_change){ .what = IMPORT_ENDED,
						       .about = people_about_unit(arena, unit->id),
						       .key = unit->code,
						       .name = unit->name });
	}
	return OK;
}

struct error *
import_units_plan(struct importing *importing)
{
	const struct table *table = &importing->table;
	importing->planned_units = ARENA_ARRAY(importing->look->arena, struct planned_unit,
					       table->count + importing->units_count + 1);
	for (size_t at = 1; at < table->count; at++)
		if (!import_row_is_blank(&table->rows[at]))
			plan_row(importing, &table->rows[at]);
	importing->import->rows = importing->planned_units_count;
	index_rows(importing);
	for (size_t at = 0; at < importing->import->rows; at++)
		check_parent(importing, &importing->planned_units[at]);
	while (spread_faults(importing))
		continue;
	for (size_t at = 0; at < importing->import->rows; at++)
		if (!importing->planned_units[at].is_faulty)
			compare(importing, &importing->planned_units[at]);
	return importing->options->ends_missing ? plan_ends(importing) : OK;
}
