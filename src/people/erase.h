/*
 * Personal data (name, kana, mail address, what notices and mails say, reasons of deputies, where
 * sessions came from) is sealed under a key of the person in the ring (store.h). Erasing destroys the
 * key: nobody can read it any more, in the store and in every backup of it. The number and the
 * login name, which are looked up by and so not sealed, are replaced. Rows, entries and proofs stay:
 * that somebody did it stays, who it was does not. It cannot be undone. Copies of the ring made before
 * must be replaced; ERASURE_COPY_DAYS is the time for that.
 */
#ifndef BANSHO_PEOPLE_ERASE_H
#define BANSHO_PEOPLE_ERASE_H

#include "people/people.h"

enum { ERASURE_COPY_DAYS = 30 };

enum erasure_basis { ERASURE_RETENTION, ERASURE_REQUEST, ERASURE_MISTAKE, ERASURE_OTHER };
enum { ERASURE_BASES = 4 };
const char *erasure_basis_code(enum erasure_basis basis);
const char *erasure_basis_words(enum erasure_basis basis);
bool erasure_basis_read(struct text code, enum erasure_basis *basis);

struct erasure {
	struct person_id person;
	enum erasure_basis basis;
	struct moment at;
};
struct error *people_erasure(struct look *look, struct person_id person, bool *found,
			     struct erasure *erasure) MUST_USE;

struct erasing {
	struct person_id person;
	enum erasure_basis basis;
	struct text number; /* typed by who confirms */
};
/* REFUSED, with everything that stands against it, while the person holds a post, a grant or an
   account in use, or is a worker of a firm today or later; CONFLICT when erased already. flow_erasable() and inventory_erasable() know the rest. */
struct error *people_erasable(struct look *look, struct person_id person) MUST_USE;
/*
 * Use inventory_person_erase(), which also refuses open dossiers, and things lent and not back. INVALID
 * ("number") when the number typed is not the person's. The key is destroyed once the act is committed.
 * Right: people.edit.
 */
struct error *people_person_erase(struct act *act, const struct erasing *erasing) MUST_USE;

/* At opening: destroy keys whose erasure was committed before a crash, and those an old copy of the
   ring brought back. */
struct error *people_erasures_finish(struct look *look) MUST_USE;
/* At the first opening of a store made by Bansho 0.1: seal what stands in plain. An act; the store
   needs store_scrub() afterwards. */
struct error *people_seal(struct act *act) MUST_USE;

struct journal_report;
/*
 * After journal_verify_store(): every person's key. Erased as it must be is said (report->erased); a
 * key gone that nobody erased, or kept though erased, is a finding. A store opened without its ring
 * has nothing compared.
 */
struct error *people_verify_keys(struct look *look, struct journal_report *report) MUST_USE;

#endif
