/* What a session must have shown. */
#include "signin/rooms.h"

enum { MINUTE_MS = 60000 };

struct error *
signin_is_fresh(struct look *look, const struct pack *pack, const struct session *session,
		bool *is_fresh)
{
	int64_t minutes;
	TRY(people_parameter(look, pack, "sign-in.step-up-minutes", 0, &minutes));
	*is_fresh = minutes == 0 || look->now.ms - session->proven.ms < minutes * MINUTE_MS;
	return OK;
}
