/* The year of duties: rows duties, columns April to March. */
#include "duty/rooms.h"

struct filling {
	struct look *look;
	const struct flow *flow;
	struct day today;
	struct duty_year_row *rows;
	size_t count, room;
};

static struct duty_year_row *
row_for(struct filling *filling, struct text code)
{
	for (size_t at = 0; at < filling->count; at++)
		if (text_same(filling->rows[at].code, code))
			return &filling->rows[at];
	if (filling->count == filling->room)
		return NULL;
	struct duty_year_row *row = &filling->rows[filling->count++];
	*row = (struct duty_year_row){ .code = text_copy(filling->look->arena, code) };
	return row;
}

/* 0 is April. */
static int
column_of(struct day day)
{
	int year, month, day_of_month;
	day_parts(day, &year, &month, &day_of_month);
	return (month + 8) % 12;
}

static enum duty_state
open_state(const struct duty_due_in_row *row, struct day today)
{
	if (row->due < today.no)
		return DUTY_LATE;
	return row->opens <= today.no ? DUTY_OPEN : DUTY_PLANNED;
}

static struct error *
fill_one(void *with, const struct duty_due_in_row *row)
{
	struct filling *filling = with;
	struct duty_year_row *of = row_for(filling, row->duty);
	if (of == NULL)
		return OK;
	struct duty_cell *cell = &of->months[column_of((struct day){ row->due })];
	const enum duty_state state = text_is(row->state, "done")	  ? DUTY_DONE
				      : text_is(row->state, "excused") ? DUTY_EXCUSED
								       : open_state(row, filling->today);
	cell->of[state]++;
	cell->all++;
	cell->one = (struct duty_id){ cell->all == 1 ? row->id : 0 };
	return OK;
}

/* What a fixed rhythm will bring, where nothing is written down yet. */
static void
add_to_come(struct filling *filling, int fiscal_year)
{
	for (size_t at = 0; at < filling->count; at++) {
		struct duty_year_row *row = &filling->rows[at];
		for (int month = 0; row->duty != NULL && month < 12; month++) {
			const unsigned calendar = (unsigned)(month + 3) % 12;
			struct day first;
			if (!day_make(fiscal_year + (month >= 9), (int)calendar + 1, 1, &first))
				continue; /* calendar is below 12 */
			row->months[month].is_to_come =
				(row->duty->months & (1U << calendar)) != 0 &&
				row->months[month].all == 0 && first.no > filling->today.no;
		}
	}
}

struct error *
duty_year(struct look *look, const struct flow *flow, int fiscal_year, struct unit_id within,
	  struct duty_year_row **rows, size_t *count)
{
	enum { EARLIER_MOST = 200 };
	const struct pack *pack = flow->pack;
	struct filling filling = {
		.look = look,
		.flow = flow,
		.today = moment_day(look->now),
		.room = pack->recurring_count + EARLIER_MOST,
	};
	struct day from;
	if (!day_make(fiscal_year, 4, 1, &from))
		return reject("year", "年度を選びなおしてください。");
	filling.rows = ARENA_ARRAY(look->arena, struct duty_year_row, filling.room);
	for (; filling.count < pack->recurring_count; filling.count++)
		filling.rows[filling.count] = (struct duty_year_row){
			.duty = &pack->recurring[filling.count],
			.code = pack->recurring[filling.count].code,
		};
	TRY(duty_due_in(look,
			   &(struct duty_due_in_in){ from.no, day_fiscal_end(from).no, within.no },
			   fill_one, &filling));
	if (within.no == 0)
		add_to_come(&filling, fiscal_year);
	*rows = filling.rows;
	*count = filling.count;
	return OK;
}

enum duty_state
duty_cell_state(const struct duty_cell *cell)
{
	static const enum duty_state worst_first[] = { DUTY_LATE, DUTY_OPEN, DUTY_PLANNED,
						       DUTY_DONE, DUTY_EXCUSED };
	for (size_t at = 0; at < sizeof worst_first / sizeof worst_first[0]; at++)
		if (cell->of[worst_first[at]] != 0)
			return worst_first[at];
	return DUTY_PLANNED;
}
