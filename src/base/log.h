/* One line to stderr per event: level, program, words. For operators; never holds personal data. */
#ifndef BANSHO_BASE_LOG_H
#define BANSHO_BASE_LOG_H

#include "base/error.h"

void log_name(const char *program); /* a literal */
void log_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_error(const char *doing, const struct error *error);

#endif
