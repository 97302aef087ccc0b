/* How much one address may fail to sign in, and how much slow work one session may ask (limits.c). */
#ifndef BANSHO_PAGES_LIMITS_H
#define BANSHO_PAGES_LIMITS_H

#include "pages/pages.h"

/*
 * Failed sign-ins of one client address (IPv6: of its /64): LIMITS_ADDRESS_MOST, one forgiven every
 * LIMITS_FORGIVE_SECONDS. Only failures count, so people behind one address are not kept out by
 * their number, and everybody else's addresses go on. ASVS 5.0 6.3.1.
 */
enum { LIMITS_ADDRESS_MOST = 30, LIMITS_FORGIVE_SECONDS = 30 };

/* May this address try? False: *wait is how many seconds until it may. `limits` NULL: it may. */
bool limits_may_sign_in(struct limits *limits, struct text address, struct moment now, int64_t *wait);
/* A sign-in from there failed. */
void limits_sign_in_failed(struct limits *limits, struct text address, struct moment now);

/*
 * Slow work (PDF, tables, verification) of one session at the same time: LIMITS_SLOW_MOST. False:
 * so many are running. Every true is followed by one limits_slow_end(). ASVS 5.0 2.4.1.
 */
enum { LIMITS_SLOW_MOST = 3 };
bool limits_slow_begin(struct limits *limits, int64_t session);
void limits_slow_end(struct limits *limits, int64_t session);

/*
 * Files a person lays beside the store (attachments) within a day: LIMITS_FILES_MOST of
 * LIMITS_FILE_BYTES together. False, and nothing counted, when this one would be too much.
 * ASVS 5.0 5.2.4.
 */
enum { LIMITS_FILES_MOST = 300, LIMITS_FILE_BYTES = 1 << 30 };
bool limits_may_keep(struct limits *limits, int64_t person, size_t bytes, struct moment now);

/*
 * Reports of people outside who have not signed in (the page for citizens): LIMITS_REPORT_MOST of one
 * address, one forgiven every LIMITS_REPORT_SECONDS, and LIMITS_REPORTS_MOST of everybody together. True
 * counts one. False: *wait is how many seconds until one more may.
 */
enum { LIMITS_REPORT_MOST = 5, LIMITS_REPORT_SECONDS = 600, LIMITS_REPORTS_MOST = 200, LIMITS_REPORTS_SECONDS = 30 };
bool limits_may_report(struct limits *limits, struct text address, struct moment now, int64_t *wait);

/* What somebody typed whose session had ended (upload.h): so many of one address. True counts one. */
enum { LIMITS_TYPED_MOST = 30, LIMITS_TYPED_SECONDS = 60 };
bool limits_may_type(struct limits *limits, struct text address, struct moment now);

#endif
