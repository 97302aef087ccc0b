/* The names and shapes inside a bundle, shared by its writer and its reader. */
#ifndef BANSHO_JOURNAL_BUNDLE_H
#define BANSHO_JOURNAL_BUNDLE_H

#include "journal/rooms.h"

enum { BUNDLE_LEVEL_ENTRIES = -1, BUNDLE_FILE_MOST = TILE_WIDTH * (JOURNAL_ENTRY_MOST + 2) };
#define PROOF_FIRST_LINE "c2sp.org/tlog-proof@v1"

/* C2SP tlog-tiles: "tile/0/x001/234", "tile/entries/000.p/70"; width 256 is a full one. */
const char *bundle_path(struct arena *into, int level, int64_t no, int64_t width);

#endif
