/* Measuring, proving and replacing the store of a body that stands still. */
#include "cli/copy.h"
#include "cli/switch.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The first release kept no version beside its stores. */
static const char first_version[] = "0.1.0";

enum { VERSION_MOST = 200 };

struct error *
switch_begin(struct call *call, struct text code, struct switching *made)
{
	struct arena *arena = call->arena;
	struct switching begun = { .call = call, .arena = arena, .code = code, .lock = -1 };
	const char *data = call_z(call, "data");
	begun.folder = path_join(arena, path_join(arena, data, "bodies"), text_z(arena, code));
	if (!file_exists(begun.folder))
		return missing("団体「%.*s」が %s にありません。", T_ARG(code), data);
	begun.store = path_join(arena, begun.folder, "store.sqlite");
	begun.beside = path_join(arena, begun.folder, "store.beside.sqlite");
	begun.previous = path_join(arena, begun.folder, "previous");
	begun.later = path_join(arena, begun.folder, "later");
	*made = begun;
	return OK;
}

struct error *
switch_hold(struct switching *switching)
{
	return body_lock(switching->arena, switching->folder, true, &switching->lock);
}

static void
drop_beside(const struct switching *switching)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	for (size_t at = 0; at < sizeof ends / sizeof *ends; at++)
		(void)unlink(text_format(switching->arena, "%s%s", switching->beside, ends[at]).data);
}

void
switch_end(struct switching *switching)
{
	drop_beside(switching);
	fd_close_at_end(&switching->lock);
}

static struct error *
open_to_read(const struct switching *switching, const char *path, struct store **store)
{
	return store_open(switching->arena,
			  &(struct store_options){ .path = path, .is_read_only = true,
						   .migrations = bansho_migrations },
			  store);
}

static struct error *
measure(struct look *look, int64_t before, struct measured *measured)
{
	TRY(store_steps_lacking(look, bansho_migrations, &measured->lacking));
	return journal_measure(look, before, &measured->size, &measured->root);
}

struct error *
switch_measure(const struct switching *switching, const char *path, int64_t before,
	       struct measured *measured)
{
	struct store *store;
	LOOK_SCOPED look = { 0 };
	TRY(open_to_read(switching, path, &store));
	struct error *error = look_begin(store, switching->arena, &look);
	if (error == OK)
		error = measure(&look, before, measured);
	look_end(&look);
	look = (struct look){ 0 };
	store_close(store);
	return error;
}

/* Who may read and write the one may the other. */
static struct error *
same_mode(const char *from, const char *to)
{
	struct stat about;
	if (stat(from, &about) != 0 || chmod(to, about.st_mode & 07777) != 0)
		return broken("「%s」を置けません（%s）。", to, strerrordesc_np(errno));
	return OK;
}

struct error *
switch_copy(const struct switching *switching, const char *from)
{
	struct store *store;
	struct progress progress = progress_begin("写しを作っています");
	drop_beside(switching);
	TRY(open_to_read(switching, from, &store));
	struct error *error = store_backup(store, switching->beside, progress_step, &progress);
	progress_end(&progress);
	store_close(store);
	TRY(error);
	return same_mode(from, switching->beside);
}

/* ---- Proof ---- */

static struct error *
verify_beside(const struct switching *switching)
{
	struct call *call = switching->call;
	struct progress progress = progress_begin("検証しています");
	struct journal_report report;
	struct text note;
	bool found;
	TRY(sealed_note(call->arena, call_z(call, "data"), switching->code, &found, &note));
	const struct journal_verify_options options = { .earlier = &note,
							.earlier_count = found ? 1 : 0,
							.progress = progress_step,
							.progress_with = &progress };
	struct error *error = verify_store_at(call, switching->beside, NULL, &options, &report);
	progress_end(&progress);
	TRY(error);
	if (report.finding_total == 0)
		return OK;
	const struct text words = journal_report_words(call->arena, &report);
	TRY(fd_write_all(STDERR_FILENO, words));
	return broken("団体「%.*s」: 写しの検証で誤りが%lld件見つかったので、切り替えませんでした。今の保存ファイルは元のままです。bansho verify で今の保存ファイルを確かめてください。",
		      T_ARG(switching->code), (long long)report.finding_total);
}

struct error *
switch_prove(const struct switching *switching, const struct measured *was)
{
	struct measured is;
	TRY(store_settle(switching->arena, switching->beside));
	TRY(switch_measure(switching, switching->beside, was->size, &is));
	if (is.size != was->size || !hash_same(&is.root, &was->root))
		return broken("団体「%.*s」: 写しの記録簿の根が元と違うので、切り替えませんでした。今の保存ファイルは元のままです。",
			      T_ARG(switching->code));
	return verify_beside(switching);
}

/* ---- Putting in place ---- */

static struct error *
sync_file(const char *path)
{
	FD_SCOPED fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || fsync(fd) != 0)
		return broken("「%s」を保存できません（%s）。", path, strerrordesc_np(errno));
	return OK;
}

struct error *
switch_keep(const struct switching *switching, const char *from, const char *folder,
	    struct text record)
{
	struct arena *arena = switching->arena;
	const char *new = text_format(arena, "%s.new", folder).data;
	remove_tree(arena, new);
	TRY(folder_make(new));
	if (link(from, path_join(arena, new, "store.sqlite")) != 0)
		return broken("「%s」を残しておけません（%s）。", from, strerrordesc_np(errno));
	TRY(file_replace(path_join(arena, new, "record.json"), record, 0644));
	TRY(hand_over(arena, new));
	remove_tree(arena, folder);
	if (rename(new, folder) != 0)
		return broken("「%s」を置けません（%s）。", folder, strerrordesc_np(errno));
	return OK;
}

struct error *
switch_place(const struct switching *switching, struct text version)
{
	struct arena *arena = switching->arena;
	const char *kept = path_join(arena, switching->folder, "version");
	TRY(sync_file(switching->beside));
	TRY(hand_over(arena, switching->beside));
	if (rename(switching->beside, switching->store) != 0)
		return broken("新しい保存ファイルを置けません（%s）。今の保存ファイルは元のままです。",
			      strerrordesc_np(errno));
	/* Syncs the folder as well. */
	TRY(file_replace(kept, text_join(arena, version, T("\n")), 0644));
	return hand_over(arena, kept);
}

struct text
switch_version(const struct switching *switching)
{
	struct text version;
	const char *path = path_join(switching->arena, switching->folder, "version");
	if (!file_exists(path) ||
	    file_read(switching->arena, path, VERSION_MOST, &version) != OK)
		return text_of(first_version);
	return text_trim(version);
}

struct error *
switch_codes(struct call *call, struct text **codes, size_t *count)
{
	const struct text given = call_text(call, "body");
	if (given.data == NULL)
		return body_list(call->arena, call_z(call, "data"), codes, count);
	*codes = ARENA_ARRAY(call->arena, struct text, 1);
	(*codes)[0] = given;
	*count = 1;
	return OK;
}
