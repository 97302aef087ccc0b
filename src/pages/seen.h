/* When sessions were last seen (seen.c). */
#ifndef BANSHO_PAGES_SEEN_H
#define BANSHO_PAGES_SEEN_H

#include "pages/pages.h"

struct moment seen_when(struct seen *seen, int64_t session);
/* Seen now. True when the store should keep it (people_session_touch). */
bool seen_now(struct seen *seen, int64_t session, struct moment now, struct moment stored);

#endif
