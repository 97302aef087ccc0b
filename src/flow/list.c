/* Lists of dossiers, page by page, and the figures of the staff's home. */
#include "flow/rooms.h"

#include "base/number.h"
#include "base/writer.h"

enum { WORDS_MOST = 3, COUNT_MOST = 200 };

struct sought {
	struct text words[WORDS_MOST];
	struct text persons[WORDS_MOST]; /* named so: ",3,17," */
	struct text state;
	struct text units;
	int64_t whole;
	int64_t after;
	int64_t most;
};

struct text
line_title(const struct flow *flow, struct text lead)
{
	const struct pack_occasion *occasion = pack_occasion(flow->pack, lead);
	return occasion != NULL ? words_now(occasion->title) : text_of(say("申請"));
}

static void
seek_words(struct arena *arena, struct text typed, struct sought *sought)
{
	struct text rest = text_replace(arena, typed, T("　"), T(" ")), word;
	size_t count = 0;
	for (size_t at = 0; at < WORDS_MOST; at++)
		sought->words[at] = T("");
	while (rest.len > 0 && count < WORDS_MOST) {
		struct text behind;
		if (!text_cut(rest, ' ', &word, &behind))
			behind = T("");
		rest = behind;
		word = text_fold(arena, word);
		if (word.len > 0)
			sought->words[count++] = word;
	}
}

static struct error *
seek(struct look *look, const struct flow_query *query, size_t most, struct sought *into)
{
	struct arena *arena = look->arena;
	const bool is_newest_first = query->list == FLOW_MINE || query->list == FLOW_ALL ||
				     query->list == FLOW_LATE || query->list == FLOW_UNBALANCED;
	struct sought sought = { .whole = query->units_count == 0 ? 1 : 0 };
	sought.most = (int64_t)(most > FLOW_MOST_PAGE ? FLOW_MOST_PAGE : most);
	sought.after = is_newest_first ? INT64_MAX : 0;
	number_read(query->after, 1, INT64_MAX, &sought.after);
	if (query->has_state)
		sought.state = text_of(dossier_state_name(query->state));
	struct writer out = writer_open(arena, 1 << 20);
	write_byte(&out, ',');
	for (size_t at = 0; at < query->units_count; at++)
		write_format(&out, "%lld,", (long long)query->units[at].no);
	sought.units = writer_text(&out);
	seek_words(arena, query->words, &sought);
	*into = sought;
	for (size_t at = 0; at < WORDS_MOST; at++)
		TRY(people_named(look, sought.words[at], &into->persons[at]));
	return OK;
}

/* The lines of rows, whose key says where the next page begins: what every list shows. The rows of each list are
 * of a type of their own, so the drawer cannot be a function. */
#define LINES_OF(look, flow, sought, rows, count, key, page)                                       \
	do {                                                                                       \
		page_begin((look), (count), (page));                                               \
		for (size_t at = 0; at < (count); at++) {                                          \
			(page)->lines[at] = (struct flow_line){                                    \
				.id = { (rows)[at].id },                                           \
				.number = (rows)[at].number,                                       \
				.purpose = (rows)[at].purpose,                                     \
				.title = line_title((flow), (rows)[at].lead),                      \
				.applicant_name = (rows)[at].applicant_name,                       \
				.unit_name = (rows)[at].unit_name,                                 \
				.changed = { (rows)[at].changed },                                 \
			};                                                                         \
			state_read((rows)[at].state, &(page)->lines[at].state);                    \
		}                                                                                  \
		page_next((look), (sought), (count) > 0 ? (rows)[(count) - 1].key : 0, (page));    \
	} while (0)

static void
page_begin(struct look *look, size_t count, struct flow_page *page)
{
	*page = (struct flow_page){ .lines = ARENA_ARRAY(look->arena, struct flow_line, count + 1),
				    .count = count, .next = T("") };
}

static void
page_next(struct look *look, const struct sought *sought, int64_t last, struct flow_page *page)
{
	if (page->count > 0 && (int64_t)page->count == sought->most)
		page->next = text_format(look->arena, "%lld", (long long)last);
}

static struct error *
list_mine(struct look *look, const struct flow *flow, const struct flow_query *query,
	  const struct sought *sought, struct flow_page *page)
{
	struct flow_list_mine_row *rows;
	size_t count;
	TRY(flow_list_mine(look,
			   &(struct flow_list_mine_in){
				   .person = query->person.no, .state = sought->state,
				   .w1 = sought->words[0], .w2 = sought->words[1],
				   .w3 = sought->words[2], .p1 = sought->persons[0],
				   .p2 = sought->persons[1], .p3 = sought->persons[2],
				   .after = sought->after,
				   .most = sought->most },
			   &rows, &count));
	LINES_OF(look, flow, sought, rows, count, id, page);
	for (size_t at = 0; at < count; at++)
		page->lines[at].is_told = rows[at].is_told != 0;
	return OK;
}

static struct error *
list_all(struct look *look, const struct flow *flow, const struct sought *sought,
	 struct flow_page *page)
{
	struct flow_list_all_row *rows;
	size_t count;
	TRY(flow_list_all(look,
			  &(struct flow_list_all_in){
				  .whole = sought->whole, .units = sought->units,
				  .state = sought->state, .w1 = sought->words[0],
				  .w2 = sought->words[1], .w3 = sought->words[2],
				  .p1 = sought->persons[0], .p2 = sought->persons[1],
				  .p3 = sought->persons[2], .after = sought->after, .most = sought->most },
			  &rows, &count));
	LINES_OF(look, flow, sought, rows, count, id, page);
	for (size_t at = 0; at < count; at++)
		page->lines[at].is_told = rows[at].is_told != 0;
	return OK;
}

static struct error *
list_unbalanced(struct look *look, const struct flow *flow, const struct sought *sought,
		struct flow_page *page)
{
	struct flow_list_unbalanced_row *rows;
	size_t count;
	TRY(flow_list_unbalanced(look,
				 &(struct flow_list_unbalanced_in){ sought->whole, sought->units,
								    sought->after, sought->most },
				 &rows, &count));
	LINES_OF(look, flow, sought, rows, count, id, page);
	return OK;
}

static struct error *
list_out(struct look *look, const struct flow *flow, const struct flow_query *query,
	 const struct sought *sought, struct flow_page *page)
{
	const bool is_overdue = query->list == FLOW_OVERDUE;
	struct flow_list_out_row *rows;
	size_t count;
	TRY(flow_list_out(look,
			  &(struct flow_list_out_in){
				  .person = query->person.no,
				  .whole = query->person.no == 0 ? sought->whole : 0,
				  .units = sought->units,
				  .due_before = is_overdue ? look->now.ms : 0,
				  .after = sought->after, .most = sought->most },
			  &rows, &count));
	LINES_OF(look, flow, sought, rows, count, permit, page);
	for (size_t at = 0; at < count; at++) {
		struct flow_line *line = &page->lines[at];
		line->permit.no = rows[at].permit;
		line->due.ms = rows[at].due == 9007199254740991 ? 0 : rows[at].due;
		line->is_overdue = line->due.ms != 0 && line->due.ms < look->now.ms;
	}
	return OK;
}

static struct error *
list_ending(struct look *look, const struct flow *flow, const struct flow_query *query,
	    const struct sought *sought, struct flow_page *page)
{
	struct flow_list_ending_row *rows;
	size_t count;
	TRY(flow_list_ending(look,
			     &(struct flow_list_ending_in){
				     .person = query->person.no,
				     .whole = query->person.no == 0 ? sought->whole : 0,
				     .units = sought->units, .today = moment_day(look->now).no,
				     .until = query->until.no, .after = sought->after,
				     .most = sought->most },
			     &rows, &count));
	LINES_OF(look, flow, sought, rows, count, permit, page);
	for (size_t at = 0; at < count; at++) {
		struct flow_line *line = &page->lines[at];
		line->permit.no = rows[at].permit;
		line->ends.no = rows[at].until_day;
	}
	return OK;
}

static struct error *
list_slow(struct look *look, const struct flow *flow, const struct flow_query *query,
	  const struct sought *sought, struct flow_page *page)
{
	struct flow_list_slow_row *rows;
	size_t count;
	TRY(flow_list_slow(look,
			   &(struct flow_list_slow_in){ .whole = sought->whole, .units = sought->units,
							.before = query->before.ms,
							.after = sought->after, .most = sought->most },
			   &rows, &count));
	LINES_OF(look, flow, sought, rows, count, step, page);
	for (size_t at = 0; at < count; at++) {
		struct flow_line *line = &page->lines[at];
		line->verb = (enum step_verb)rows[at].verb; /* written from the enum */
		line->since.ms = rows[at].opened;
	}
	return OK;
}

static struct error *
list_late(struct look *look, const struct flow *flow, const struct flow_query *query,
	  const struct sought *sought, struct flow_page *page)
{
	struct flow_list_late_row *rows;
	size_t count;
	TRY(flow_list_late(look,
			   &(struct flow_list_late_in){
				   .occasion = query->occasion != NULL ? query->occasion->code
								       : (struct text){ 0 },
				   .now = look->now.ms, .after = sought->after, .most = sought->most },
			   &rows, &count));
	LINES_OF(look, flow, sought, rows, count, report, page);
	for (size_t at = 0; at < count; at++) {
		struct flow_line *line = &page->lines[at];
		line->title = line_title(flow, rows[at].occasion);
		line->due.ms = rows[at].due;
		line->is_unsent = rows[at].sent == 0;
		if (line->is_unsent)
			line->purpose = T("");
	}
	return OK;
}

static struct error *
list_stuck(struct look *look, const struct flow *flow, const struct sought *sought,
	   struct flow_page *page)
{
	struct flow_list_stuck_row *rows;
	size_t count;
	TRY(flow_list_stuck(look, &(struct flow_list_stuck_in){ sought->after, sought->most }, &rows,
			    &count));
	LINES_OF(look, flow, sought, rows, count, step, page);
	page->count = 0;
	for (size_t at = 0; at < count; at++) {
		struct flow_step step = { .unit = { rows[at].step_unit } };
		TRY(role_then(look, flow, rows[at].id, rows[at].wished, &step.wished));
		if (step.wished == NULL)
			continue;
		TRY(resolve_deciders(look, (struct person_id){ rows[at].applicant }, NULL, &step));
		if (step.deciders_count > 0)
			continue;
		struct flow_line *line = &page->lines[page->count++];
		*line = page->lines[at];
		line->verb = (enum step_verb)rows[at].verb; /* written from the enum */
		line->since.ms = rows[at].opened;
		line->problem = step.problem;
	}
	return OK;
}

struct error *
flow_list(struct look *look, const struct flow *flow, const struct flow_query *query, size_t most,
	  struct flow_page *page)
{
	struct sought sought;
	if (most == 0)
		most = FLOW_PAGE;
	if (query->list == FLOW_WAITING)
		return list_waiting(look, flow, query, most, page);
	TRY(seek(look, query, most, &sought));
	switch (query->list) {
	case FLOW_MINE:
		return list_mine(look, flow, query, &sought, page);
	case FLOW_WAITING:
		break;
	case FLOW_OUT:
	case FLOW_OVERDUE:
		return list_out(look, flow, query, &sought, page);
	case FLOW_ALL:
		return list_all(look, flow, &sought, page);
	case FLOW_STUCK:
		return list_stuck(look, flow, &sought, page);
	case FLOW_LATE:
		return list_late(look, flow, query, &sought, page);
	case FLOW_UNBALANCED:
		return list_unbalanced(look, flow, &sought, page);
	case FLOW_ENDING:
		return list_ending(look, flow, query, &sought, page);
	case FLOW_SLOW:
		return list_slow(look, flow, query, &sought, page);
	}
	return OK;
}

struct error *
flow_count(struct look *look, const struct flow *flow, struct person_id person,
	   struct flow_counts *counts)
{
	struct flow_count_mine_row mine;
	struct flow_count_out_row out;
	struct flow_page page;
	TRY(flow_count_mine(look, &(struct flow_count_mine_in){ person.no }, &mine));
	TRY(flow_count_out(look, &(struct flow_count_out_in){ person.no, look->now.ms }, &out));
	TRY(list_waiting(look, flow, &(struct flow_query){ .list = FLOW_WAITING, .person = person },
			 COUNT_MOST, &page));
	*counts = (struct flow_counts){
		.mine_open = mine.open,
		.mine_returned = mine.returned,
		.waiting = (int64_t)page.count, /* at most COUNT_MOST */
		.out = out.out,
		.overdue = out.overdue,
	};
	return OK;
}
