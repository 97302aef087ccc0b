/* How many valid judgements stand about which clause, for a change of policy. */
#include "assure/rooms.h"

enum { JUDGED_MOST = 20000 };

struct error *
assure_judged(struct look *look, struct enact_judged **list, size_t *count)
{
	struct assure_judgements_valid_row *rows;
	size_t got;
	TRY(assure_judgements_valid(
		look, &(struct assure_judgements_valid_in){ moment_day(look->now).no, JUDGED_MOST },
		&rows, &got));
	*list = ARENA_ARRAY(look->arena, struct enact_judged, got + 1);
	*count = 0;
	for (size_t at = 0; at < got; at++) {
		/* They come sorted by clause. */
		if (*count == 0 || !text_same((*list)[*count - 1].clause, rows[at].clause))
			(*list)[(*count)++] = (struct enact_judged){ .clause = rows[at].clause };
		(*list)[*count - 1].number++;
	}
	return OK;
}
