/* Whose files the bodies are, where the packs lie. */
#include "cli/copy.h"

#include "base/file.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDERS_MOST = 2000 };

struct error *
become_owner(const struct call *call)
{
	struct stat owner;
	const char *data = call_z(call, "data");
	if (geteuid() != 0 || stat(path_join(call->arena, data, "bodies"), &owner) != 0 ||
	    owner.st_uid == 0)
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
	struct stat about;
	if (lstat(path, &about) != 0 || about.st_uid != 0)
		return OK; /* gone, as files beside a store go, or somebody's already */
	if (lchown(path, owner->st_uid, owner->st_gid) != 0 && errno != ENOENT)
		return broken("「%s」の持ち主を変えられません（%s）。", path, strerrordesc_np(errno));
	return OK;
}

/* The files in a folder and the folders between. */
static struct error *
give_all(struct arena *arena, const char *folder, const struct stat *owner)
{
	struct listed *files;
	size_t count;
	TRY(list_files(arena, folder, &files, &count));
	for (size_t at = 0; at < count; at++) {
		const struct text name = text_of(files[at].name);
		for (size_t end = 0; end < name.len; end++)
			if (name.data[end] == '/')
				TRY(give(path_join(arena, folder, text_z(arena, text_first(name, end))),
					 owner));
		TRY(give(files[at].path, owner));
	}
	return OK;
}

static const char *
folder_above(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	const size_t len = slash == NULL ? 0 : (size_t)(slash - path); /* behind path */
	return slash == NULL ? "." : text_z(arena, text_first(text_of(path), len));
}

struct error *
hand_over(struct arena *arena, const char *path)
{
	struct stat owner, about;
	if (geteuid() != 0 || lstat(path, &about) != 0 ||
	    stat(folder_above(arena, path), &owner) != 0 || owner.st_uid == 0)
		return OK;
	if (S_ISDIR(about.st_mode)) {
		/* Folders that hold nothing are not in the list. */
		static const char *const empty[] = { "blobs", "pack", "packs" };
		for (size_t at = 0; at < sizeof empty / sizeof *empty; at++)
			if (file_exists(path_join(arena, path, empty[at])))
				TRY(give(path_join(arena, path, empty[at]), &owner));
		TRY(give_all(arena, path, &owner));
	}
	return give(path, &owner);
}

/* A build has an empty folder of that name. */
static bool
holds_packs(const struct call *call, const char *folder)
{
	struct text *names;
	size_t count;
	if (!file_exists(folder) || folder_list(call->arena, folder, FOLDERS_MOST, &names, &count) != OK)
		return false;
	for (size_t at = 0; at < count; at++)
		if (file_exists(path_join(call->arena,
					  path_join(call->arena, folder, text_z(call->arena, names[at])),
					  "pack.yaml")))
			return true;
	return false;
}

const char *
packs_folder(const struct call *call)
{
	/* Installed, else those of the source tree, else a source tree that has moved. */
	static const char *const places[] = { "../../share/bansho/packs", BANSHO_PACKS, "../../packs" };
	const char *programs = program_folder(call->arena);
	for (size_t at = 0; at < sizeof places / sizeof *places; at++) {
		const char *place = places[at][0] == '/' ? places[at]
							 : path_join(call->arena, programs, places[at]);
		if (holds_packs(call, place))
			return place;
	}
	return NULL;
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
