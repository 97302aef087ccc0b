/* What only the files about cards know. */
#ifndef BANSHO_SIGNIN_CARD_ROOMS_H
#define BANSHO_SIGNIN_CARD_ROOMS_H

#include "signin/card.h"
#include "signin/rooms.h"

/* Tell who keeps the cards (the pack's roles, the operators), and the person; never who acts. */
struct card_telling {
	struct card_id card;
	struct person_id person;
	const struct pack *pack;
	struct text words;     /* to those who keep */
	struct text own_words; /* to the person */
	struct text subject;   /* of the mails */
};
struct error *card_tell(struct act *act, const struct card_telling *telling) MUST_USE;
/* A fact about the card and its person. */
struct error *card_note(struct act *act, const char *what, struct card_id card,
			struct person_id person, struct fact_pair first, struct fact_pair second)
	MUST_USE;

#endif
