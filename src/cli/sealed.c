/*
 * What the sealer signed last, by whichever way is open to us: its folder is closed to all but itself
 * and root where it is a service.
 */
#include "cli/copy.h"

#include "base/dial.h"
#include "base/file.h"

#include <unistd.h>

static const char *
seal_of(struct arena *arena, const char *data, struct text code)
{
	return path_join(arena, path_join(arena, data, "seal"), text_z(arena, code));
}

bool
seal_is_open(struct arena *arena, const char *data)
{
	const char *seal = path_join(arena, data, "seal");
	return !file_exists(seal) || eaccess(seal, R_OK | W_OK | X_OK) == 0;
}

struct error *
sealed_ask(struct arena *into, const char *data, struct text code, struct text origin,
	   struct sealed *sealed)
{
	struct sealer *sealer;
	const char *program = path_join(into, program_folder(into), "bansho-sealer");
	TRY(sealer_start(into, program, data, code, &sealer));
	struct error *error = sealer_note(sealer, into, origin, &sealed->note, &sealed->vkey);
	if (error != OK)
		error = error_keep(into, error);
	sealer_end(sealer);
	return error;
}

struct error *
sealed_note(struct arena *into, const char *data, struct text code, bool *found, struct text *note)
{
	struct sealed sealed;
	const char *all = path_join(into, data, "seal"), *own = seal_of(into, data, code);
	/* Read where we may: a body that was only copied here has no sealer yet. */
	if (!file_exists(all) ||
	    (eaccess(all, R_OK | X_OK) == 0 &&
	     (!file_exists(own) || eaccess(own, R_OK | X_OK) == 0)))
		return sealer_note_read(into, data, code, found, note);
	dial_folder(data);
	if (!dial_has(text_format(into, "sealer/%.*s.sock", T_ARG(code)).data))
		return refuse("最後に署名した検証点を読めません。署名のプログラム（bansho-sealer@%.*s）を始めるか、root で実行してください。",
			      T_ARG(code));
	TRY(sealed_ask(into, data, code, T(""), &sealed));
	*found = sealed.note.len != 0;
	*note = sealed.note;
	return OK;
}
