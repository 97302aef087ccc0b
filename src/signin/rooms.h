/* What only the files of this room know. */
#ifndef BANSHO_SIGNIN_ROOMS_H
#define BANSHO_SIGNIN_ROOMS_H

#include "signin/signin.h"
#include "signin/signin_sql.h"

#endif
