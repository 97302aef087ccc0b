/* What the pages about IC cards share: the register (cards.c) and the door (card.c). */
#ifndef BANSHO_PAGES_CARD_PAGES_H
#define BANSHO_PAGES_CARD_PAGES_H

#include "pages/people_pages.h"

#include "signin/card.h"
#include "web/issuers.h"

/* Are cards used here at all? */
bool cards_are_used(const struct office *office);
/* Where who is signed in shows their card, and goes on to `next`; empty when they have none that counts. */
struct error *card_offer(struct look *look, struct visit *visit, struct text next, struct url *offer)
	MUST_USE;
/* As the register keeps it. */
struct card_face card_face_of(const struct certificate *certificate);
/* INVALID (`field`) with what is wrong and what to do, for registering. */
struct error *card_must_be_good(enum certificate_state state, const char *field) MUST_USE;

#endif
