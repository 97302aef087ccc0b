/*
 * One line to stderr per event, for operators: level, program, the request it belongs to, words. It
 * never holds personal data or secrets: ids, places and reasons only. Under systemd (JOURNAL_STREAM)
 * the level is the "<4>" that journald takes for its priority. docs/operation.md is for the reader.
 */
#ifndef BANSHO_BASE_LOG_H
#define BANSHO_BASE_LOG_H

#include "base/error.h"

void log_name(const char *program); /* a literal */
/*
 * What this thread does from now on belongs to that request, as shown on its pages; empty: to none.
 * At most 31 bytes are kept.
 */
void log_request(struct text request);

void log_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The error and those behind it: BROKEN as an error, all others as a warning. */
void log_error(const char *doing, const struct error *error);

#endif
