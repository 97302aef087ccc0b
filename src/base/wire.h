/* Messages between our own processes: u32 big-endian length, then that many bytes. */
#ifndef BANSHO_BASE_WIRE_H
#define BANSHO_BASE_WIRE_H

#include "base/error.h"

enum { WIRE_MOST = 1 << 20 };

struct error *wire_send(int fd, struct text message) MUST_USE;
/* *is_end when the other side has closed. */
struct error *wire_receive(struct arena *into, int fd, struct text *message, bool *is_end) MUST_USE;

#endif
