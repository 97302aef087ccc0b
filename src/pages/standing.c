/* What the lists of clauses, judgements and findings share: the day asked for, filters, downloads. */
#include "pages/list_pages.h"

#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct url
clause_page_url(struct arena *arena, const struct pack_clause *clause)
{
	return url_of(arena, "/clauses/{}", clause->id);
}

const struct pack_clause *
chapter_of(const struct pack_clause *clause)
{
	while (clause->parent != NULL)
		clause = clause->parent;
	return clause;
}

const struct pack_clause *
section_of(const struct pack_clause *clause)
{
	const struct pack_clause *section = NULL;
	for (; clause->parent != NULL; clause = clause->parent)
		section = clause;
	return section;
}

/* ---- The day ---- */

static struct text
nothing_then(struct visit *visit, const struct standing *standing)
{
	if (standing->then.first.ms == 0)
		return text_of(say("状態の記録はまだありません。番所の時計のプログラムが動くと、毎日残ります。いまの状態を示しています。"));
	return text_format(visit->arena,
			   say("%.*sより前の記録はありません。いまの状態を示しています。"),
			   T_ARG(moment_wareki(visit->arena, standing->then.first)));
}

static struct error *
read_past(struct look *look, struct visit *visit, struct standing *standing, struct text typed)
{
	if (!day_read(typed, &standing->day)) {
		standing->trouble = text_of(say("日付として読めません。R8.3.31 のように書いてください。いまの状態を示しています。"));
		standing->day = DAY_NONE;
		return OK;
	}
	if (standing->day.no > visit->today.no) {
		standing->trouble = text_of(say("まだ来ていない日です。いまの状態を示しています。"));
		standing->day = DAY_NONE;
		return OK;
	}
	TRY(assure_at(look, visit->office->pack, standing->day, &standing->assurance,
		      &standing->then));
	standing->is_past = standing->then.found;
	if (!standing->is_past) {
		standing->trouble = nothing_then(visit, standing);
		standing->day = DAY_NONE;
	}
	return OK;
}

struct error *
standing_read(struct look *look, struct visit *visit, struct standing *standing)
{
	const struct office *office = visit->office;
	const struct text typed = text_trim(visit_text(visit, "at"));
	*standing = (struct standing){ .day = DAY_NONE };
	if (typed.len != 0)
		TRY(read_past(look, visit, standing, typed));
	return standing->is_past
		       ? OK
		       : assure(look, office->flow, office->sealing, &standing->assurance);
}

struct url
standing_url(struct visit *visit, const struct standing *standing, struct url address)
{
	return standing->is_past ? url_query(visit->arena, address, "at",
					     day_iso(visit->arena, standing->day))
				 : address;
}

struct standing_part
standing_box(struct visit *visit, const struct standing *standing, struct url here)
{
	struct arena *arena = visit->arena;
	struct standing_part part = { .trouble = standing->trouble, .day = DAY_NONE, .now = here };
	if (!standing->is_past)
		return part;
	part.is_past = true;
	part.day = standing->day;
	part.at = standing->then.at;
	part.entry = text_format(arena, "%lld", (long long)standing->then.entry);
	part.has_entry = standing->then.entry >= 0 && visit_may(visit, RIGHT_JOURNAL_READ);
	part.entry_href = url_of(arena, "/journal/entries/{}", part.entry);
	return part;
}

/* ---- Filters ---- */

struct filter_part
filter_of(struct visit *visit, const char *name, const char *label, const char *all, size_t most)
{
	return (struct filter_part){
		.name = text_of(name),
		.label = text_of(label),
		.all = text_of(all),
		.options = ARENA_ARRAY(visit->arena, struct filter_options, most + 1),
	};
}

void
filter_add(struct filter_part *filter, struct text value, struct text words)
{
	filter->options[filter->options_count++] = (struct filter_options){ .value = value,
									    .words = words };
}

struct filter_part
role_filter(struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	const struct text chosen = visit_text(visit, "role");
	struct filter_part filter = filter_of(visit, "role", say("だれが"), say("すべて"),
					      pack->roles_count);
	for (size_t role = 0; role < pack->roles_count; role++) {
		bool is_actor = false;
		for (size_t at = 0; at < pack->clauses_count && !is_actor; at++)
			is_actor = pack->clauses[at].actor == &pack->roles[role];
		if (!is_actor)
			continue;
		filter_add(&filter, pack->roles[role].code, words_now(pack->roles[role].short_name));
		filter.options[filter.options_count - 1].is_chosen =
			text_same(pack->roles[role].code, chosen);
	}
	return filter;
}

/* ---- Taking away ---- */

static struct error *
send_workbook(struct visit *visit, const struct rows_out *out)
{
	const char *folder, *path;
	TRY(send_temporary(visit, &folder, &path));
	struct error *error = rows_write_xlsx(out, path, folder);
	FD_SCOPED fd = open(path, O_RDONLY | O_CLOEXEC);
	unlink(path);
	TRY(error);
	if (fd < 0)
		return broken("一時ファイルを読めませんでした。");
	return send_file(visit, &fd,
			 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

struct error *
rows_send(struct look *look, struct visit *visit, struct rows_out *out)
{
	const bool is_csv = text_ends(visit->request->path, T("csv"));
	out->at = visit->now;
	look_end(look);
	visit->answer.download = text_format(visit->arena, "%.*s-%.*s.%s", T_ARG(out->name),
					     T_ARG(day_iso(visit->arena, visit->today)),
					     is_csv ? "csv" : "xlsx");
	if (!is_csv)
		return send_workbook(visit, out);
	visit->answer.type = "text/csv; charset=utf-8";
	return rows_csv(visit->arena, out, &visit->answer.body);
}
