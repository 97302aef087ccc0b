#include "base/jail.h"
struct error *jail_enter(const struct jail *jail, struct text *what_is_missing)
{
	(void)jail; (void)what_is_missing; return broken("x");
}
