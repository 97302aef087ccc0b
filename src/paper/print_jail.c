#include "paper/print.h"

#include "base/jails.h"

struct error *
print_jail_enter(void)
{
	return jails_enter(JAIL_PRINT, NULL);
}
