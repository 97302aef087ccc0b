/* Telling persons: in their pages, and by mail. */
#ifndef BANSHO_PEOPLE_NOTICE_H
#define BANSHO_PEOPLE_NOTICE_H

#include "people/people.h"

struct notice {
	struct notice_id id;
	struct person_id person;
	struct text about; /* "dossier:12" */
	struct text words; /* one line in the person's language */
	struct text path;  /* "/dossiers/12": where to go */
	struct moment created;
	struct moment read; /* 0: not yet */
};
/*
 * Tell a person: always in the page (`words`), and by mail when `subject` is given and they serve and
 * have an address. The mail holds `subject` and the link (setting "body.url" and `path`), nothing
 * else, because mail leaves the house: `subject` says only that something waits
 * (承認待ちの申請があります). Part of the caller's act: notes no fact of its own, so call it before
 * act_note().
 */
struct notify {
	struct person_id person;
	struct text about;
	struct text words;
	struct text path;
	struct text subject; /* empty: no mail */
};
struct error *people_notify(struct act *act, const struct notify *notify) MUST_USE;
/*
 * The same to everybody who may decide for the role in the unit today (people_deciders()); who acts
 * knows it already and is left out.
 */
struct tell {
	const struct pack_role *role; /* NULL: nobody */
	struct unit_id unit;	      /* no 0: the body's own */
	struct text about, words, path;
	const char *subject; /* NULL: no mail */
};
struct error *people_tell_role(struct act *act, const struct tell *tell) MUST_USE;
/* Newest first; `before` (no 0: the newest) pages; only unread ones when asked. */
struct error *people_notices(struct look *look, struct person_id person, bool only_unread,
			     struct notice_id before, size_t most, struct notice **list,
			     size_t *count) MUST_USE;
struct error *people_notices_unread(struct look *look, struct person_id person, int64_t *count)
	MUST_USE;
/* Mark read: those of the person about `about`, or all when it is empty. */
struct error *people_notices_read(struct act *act, struct person_id person, struct text about)
	MUST_USE;

struct mail {
	struct outbox_id id;
	struct text address;
	struct text subject;
	struct text body;
	int64_t tries;
	struct text sender; /* shown as coming from; empty: the body */
};
/*
 * A mail of any words to a person, by the relay, shown as coming from `sender` (empty: the body's name).
 * Nothing stands in their notices. Part of the caller's act, as people_notify(). Nothing happens for who
 * serves no more or has no address.
 */
struct mailing {
	struct person_id person;
	struct text sender, subject, body;
};
struct error *people_mail(struct act *act, const struct mailing *mailing) MUST_USE;

/* For bansho-clock: mails due now, oldest first. */
struct error *people_outbox_next(struct look *look, size_t most, struct mail **list, size_t *count)
	MUST_USE;
/* Sent: address, subject and body are emptied. */
struct error *people_outbox_sent(struct act *act, struct outbox_id id) MUST_USE;
/* Not sent: again after 1, 2, 4 … minutes, at most 6 hours; after 12 tries it is given up and
   emptied. *is_given_up may be NULL. */
struct error *people_outbox_failed(struct act *act, struct outbox_id id, bool *is_given_up) MUST_USE;
/* For the state page: waiting, and given up. */
struct error *people_outbox_count(struct look *look, int64_t *waiting, int64_t *given_up) MUST_USE;

#endif
