/* The register of exceptions to take away. */
#ifndef BANSHO_PAGES_EXCEPTION_SEND_H
#define BANSHO_PAGES_EXCEPTION_SEND_H

#include "pages/rooms.h"

#include "flow/exception.h"

/* CSV or XLSX by the path's end. `said`: what the list was narrowed to. Ends the look. */
struct error *exceptions_send(struct look *look, struct visit *visit, struct text said,
			      const struct flow_exception *list, size_t count) MUST_USE;

#endif
