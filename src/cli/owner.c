/* Whose files the bodies are, where the packs lie. */
#include "cli/copy.h"

#include "base/file.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* False when there is nobody to hand anything to. */
static bool
owner_of(const struct call *call, struct stat *owner)
{
	const char *data = call_z(call, "data");
	if (geteuid() != 0 || data == NULL)
		return false;
	return (stat(path_join(call->arena, data, "bodies"), owner) == 0 ||
		stat(data, owner) == 0) &&
	       owner->st_uid != 0;
}

struct error *
become_owner(const struct call *call)
{
	struct stat owner;
	if (!owner_of(call, &owner))
		return OK;
	const struct passwd *user = getpwuid(owner.st_uid);
	if (user == NULL || initgroups(user->pw_name, owner.st_gid) != 0 ||
	    setresgid(owner.st_gid, owner.st_gid, owner.st_gid) != 0 ||
	    setresuid(owner.st_uid, owner.st_uid, owner.st_uid) != 0)
		return broken("データの持ち主（利用者番号%lu）になれません（%s）。",
			      (unsigned long)owner.st_uid, strerrordesc_np(errno));
	(void)umask(027);
	return OK;
}

static struct error *
give(const char *path, const struct stat *owner)
{
	if (lchown(path, owner->st_uid, owner->st_gid) != 0)
		return broken("「%s」の持ち主を変えられません（%s）。", path, strerrordesc_np(errno));
	return OK;
}

struct error *
hand_over(const struct call *call, const char *folder)
{
	struct stat owner;
	struct listed *files;
	size_t count;
	if (!owner_of(call, &owner))
		return OK;
	TRY(list_files(call->arena, folder, &files, &count));
	TRY(give(folder, &owner));
	for (size_t at = 0; at < count; at++) {
		const struct text name = text_of(files[at].name);
		for (size_t end = 0; end < name.len; end++)
			if (name.data[end] == '/')
				TRY(give(path_join(call->arena, folder,
						   text_z(call->arena, text_first(name, end))),
					 &owner));
		TRY(give(files[at].path, &owner));
	}
	return OK;
}

const char *
packs_folder(const struct call *call)
{
	/* Installed; beside the programs; in the source tree when built. */
	static const char *const places[] = { "../../share/bansho/packs", "../share/bansho/packs",
					      "../../packs", "../../../packs" };
	const char *programs = program_folder(call->arena);
	for (size_t at = 0; at < sizeof places / sizeof *places; at++) {
		const char *place = path_join(call->arena, programs, places[at]);
		if (file_exists(place))
			return place;
	}
	return file_exists(BANSHO_PACKS) ? BANSHO_PACKS : NULL;
}

const char *
pack_place(const struct call *call, struct text name)
{
	const char *given = text_z(call->arena, name);
	const char *packs = packs_folder(call);
	if (text_has(name, T("/")) || name.len == 0 || name.data[0] == '.' || packs == NULL)
		return given;
	const char *place = path_join(call->arena, packs, given);
	return file_exists(place) ? place : given;
}
