/* Sessions as a table: on one's own account and on the page of those who keep accounts. */
#ifndef BANSHO_PAGES_ACCOUNT_PARTS_H
#define BANSHO_PAGES_ACCOUNT_PARTS_H

#include "pages/rooms.h"
#include "people/account.h"

/* Ending one leads to /account for oneself, else to the person's account page. */
struct error *sessions_of(struct look *look, struct visit *visit, struct person_id person,
			  const struct sessions_part **sessions) MUST_USE;
/* "Firefox (Windows)" from a user agent, as far as it can be told. */
struct text agent_in_words(struct arena *arena, struct text agent);

/* A password that is shown once, in the answer to the act that sets it, so that nothing keeps it in clear. */
struct one_time_password {
	struct text clear;
	struct new_password password;
};
/* Slow (argon2id): makes one as visit->kept. */
slow_page one_time_password_make;

#endif
