/* Opening and making bodies. */
#include "cli/body.h"

#include "base/child.h"
#include "base/dial.h"
#include "base/file.h"
#include "base/log.h"
#include "entrance/entrance.h"
#include "incident/incident.h"
#include "people/erase.h"

#include "cli/conf.h"
#include "cli/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PACK_FILE_MOST = 4 << 20, FILES_MOST = 200 };

struct error *
body_list(struct arena *into, const char *data, struct text **codes, size_t *count)
{
	const char *folder = path_join(into, data, "bodies");
	if (!file_exists(folder)) {
		*codes = NULL;
		*count = 0;
		return OK;
	}
	return folder_list(into, folder, 4000, codes, count);
}

/* What granted dossiers cause: each room's own, in one table. */
static const struct flow_outcome house_outcomes[] = {
	{ "permit.issue", flow_permit_issue },
	{ "ledger.retire", flow_ledger_retire },
	{ "ledger.put", entrance_ledger_put },
	{ "incident.open", incident_outcome_open },
	{ NULL, NULL },
};

static struct error *
choose(struct arena *into, const struct body_options *options, struct text *code)
{
	struct text *codes;
	size_t count;
	if (options->code != NULL) {
		*code = text_copy(into, text_of(options->code));
		return OK;
	}
	TRY(body_list(into, options->data, &codes, &count));
	if (count == 0)
		return missing("%s に団体がありません。bansho init か bansho demo で作ってください。",
			       options->data);
	if (count > 1)
		return reject("--body", "団体が%zuあります。--body で団体のコードを指定してください。", count);
	*code = codes[0];
	return OK;
}

static struct error *
start_sealer(struct body *body)
{
	const char *sealer = path_join(body->arena, body->programs, "bansho-sealer");
	return sealer_start(body->arena, sealer, body->data, body->code, &body->sealer);
}

struct error *
body_lock(struct arena *arena, const char *folder, bool is_exclusive, int *fd)
{
	const char *path = path_join(arena, folder, "in-use");
	FD_SCOPED lock = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (lock < 0)
		return broken("「%s」を開けません（%s）。", path, strerrordesc_np(errno));
	(void)fchmod(lock, 0644); /* it is empty, and every program of ours must be able to open it */
	if (flock(lock, (is_exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0)
		return is_exclusive ? busy("番所が動いています。systemctl stop bansho.target で（手で動かしたときはそのプログラムを）止めてから、もう一度実行してください。")
				    : busy("保存ファイルを切り替えています。終わってから、もう一度実行してください。");
	*fd = lock;
	lock = -1;
	return OK;
}

static struct error *
read_name(struct body *body)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, body->arena, &look));
	TRY(store_setting(&look, T("body.name"), &body->name));
	if (body->name.len == 0)
		body->name = body->code;
	return OK;
}

const char *
body_ring(struct arena *into, const char *data, struct text code)
{
	return path_join(into, path_join(into, path_join(into, data, "keys"), text_z(into, code)),
			 "ring");
}

static struct error *
seal_all(struct act *act, void *with)
{
	(void)with;
	TRY(flow_unname(act));
	return people_seal(act);
}

/* A store of Bansho 0.1 holds personal data in plain: seal it once. */
static struct error *
seal_old(struct body *body)
{
	struct text name;
	const struct actor actor = { .through = T("cli") };
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, body->arena, &look));
	TRY(store_ring_name(&look, &name));
	look_end(&look);
	if (name.len != 0)
		return OK;
	TRY(store_files_seal(body->store, path_join(body->arena, body->folder, "blobs")));
	return store_act(body->store, body->arena, &actor, seal_all, NULL);
}

static struct error *
put_keys_right(struct body *body)
{
	TRY(seal_old(body));
	struct error *error = store_scrub(body->store);
	if (error != OK)
		log_error("scrub", error); /* somebody reads just now: at the next opening */
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, body->arena, &look));
	return people_erasures_finish(&look);
}

/* ---- Which policy ---- */

/* The store says which version is in force; one from before that knows none. */
static struct error *
read_in_force(struct arena *arena, const char *store, bool *found, struct hash *digest)
{
	struct store *opened;
	struct enact_version version;
	TRY(store_open(arena,
		       &(struct store_options){ .path = store, .is_read_only = true,
						.migrations = bansho_migrations },
		       &opened));
	struct error *error = OK;
	{
		LOOK_SCOPED look = { 0 };
		error = look_begin(opened, arena, &look);
		if (error == OK)
			error = enact_version_in_force(&look, found, &version);
	}
	store_close(opened);
	if (error == OK && *found)
		*digest = version.digest;
	return error;
}

struct error *
policy_in_force(struct arena *arena, const char *body_folder, const char *store,
		const char **folder)
{
	struct hash digest;
	bool found;
	TRY(read_in_force(arena, store, &found, &digest));
	*folder = path_join(arena, body_folder, "pack");
	if (!found)
		return OK;
	const char *kept = path_join(arena, path_join(arena, body_folder, "packs"),
				     text_z(arena, hash_hex(arena, &digest)));
	if (file_exists(kept))
		*folder = kept;
	return OK;
}

/* Before the jail: files of the policy are made here. */
static struct error *
load_pack(const struct body_options *options, const char *store, struct body *body)
{
	struct arena *arena = body->arena;
	const char *first = path_join(arena, body->folder, "pack");
	struct pack *pack;
	struct hash digest;
	bool found = false;
	body->shelf = shelf_open(arena, path_join(arena, body->folder, "packs"), &pack_known);
	if (!options->may_create)
		TRY(read_in_force(arena, store, &found, &digest));
	if (found && file_exists(shelf_place(arena, body->shelf, &digest)))
		return shelf_take(body->shelf, arena, &digest, &body->pack);
	TRY(pack_load(arena, first, &pack_known, &pack, NULL));
	if (found && !hash_same(&pack->digest, &digest))
		return missing("施行中の方針「%s」がありません。控えから packs フォルダーを戻してください。",
			       shelf_place(arena, body->shelf, &digest));
	body->pack = pack;
	return options->is_read_only ? OK
				     : pack_shelve(arena, body->folder, first, &pack->digest);
}

static struct error *
first_version(struct act *act, void *with)
{
	const struct body *body = with;
	return enact_first(act, body->pack, true);
}

/* A store from before versions were kept: what it has is the first. */
static struct error *
keep_first_version(struct body *body)
{
	const struct actor actor = { .through = T("cli") };
	struct enact_version version;
	bool found;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(body->store, body->arena, &look));
		TRY(enact_version_in_force(&look, &found, &version));
	}
	return found ? OK : store_act(body->store, body->arena, &actor, first_version, body);
}

static struct error *
open_parts(const struct body_options *options, struct body *body)
{
	const struct store_options store = {
		.ring = body_ring(body->arena, body->data, body->code),
		.path = path_join(body->arena, body->folder, "store.sqlite"),
		.may_create = options->may_create,
		.is_read_only = options->is_read_only,
		/* Where it is installed, only a copy is ever brought up to date. */
		.steps = is_installed() ? STEPS_REFUSE : STEPS_TAKE,
		.migrations = bansho_migrations,
		.clock = options->clock,
		.clock_with = options->clock_with,
	};
	if (!options->is_read_only)
		TRY(body_lock(body->arena, body->folder, false, &body->in_use));
	TRY(load_pack(options, store.path, body));
	body->flow = (struct flow){ body->pack, house_outcomes, body->shelf };
	if (!options->is_read_only) {
		TRY(start_sealer(body));
		TRY(folder_make(body->keys)); /* before we are shut in, for it is granted by its name */
	}
	if (options->shut_in != NULL)
		TRY(options->shut_in(options->shut_in_with, body));
	TRY(store_open(body->arena, &store, &body->store));
	if (!options->is_read_only)
		TRY(journal_open(body->arena, body->store, body->code, &body->journal));
	if (!options->is_read_only && !options->may_create) {
		TRY(put_keys_right(body));
		TRY(keep_first_version(body));
	}
	return read_name(body);
}

struct error *
body_open(struct arena *into, const struct body_options *options, struct body *body)
{
	struct body made = { .arena = into, .data = options->data, .in_use = -1 };
	dial_folder(options->data);
	made.programs = options->programs != NULL ? options->programs : program_folder(into);
	TRY(choose(into, options, &made.code));
	made.folder = path_join(into, path_join(into, options->data, "bodies"),
				text_z(into, made.code));
	made.keys = path_join(into, path_join(into, options->data, "keys"), text_z(into, made.code));
	if (!file_exists(made.folder))
		return missing("団体「%.*s」が %s にありません。", T_ARG(made.code), options->data);
	struct error *error = open_parts(options, &made);
	if (error != OK) {
		body_close(&made);
		return error;
	}
	*body = made;
	return OK;
}

struct error *
body_seal_on(struct body *body)
{
	return sealing_start(body->arena, body->store, body->journal, body->sealer, &body->sealing);
}

/* An operator's command may run as root: what it made is the programs' afterwards. */
static void
leave_to_owner(struct body *body)
{
	struct error *error = hand_over(body->arena, body->folder);
	if (error == OK)
		error = hand_over(body->arena, body->keys);
	if (error != OK)
		log_error("owner", error);
}

void
body_close(struct body *body)
{
	sealing_stop(body->sealing);
	body->sealing = NULL;
	if (body->store != NULL)
		store_close(body->store);
	body->store = NULL;
	if (body->sealer != NULL)
		sealer_end(body->sealer);
	body->sealer = NULL;
	shelf_close(body->shelf);
	body->shelf = NULL;
	if (body->in_use >= 0)
		leave_to_owner(body);
	fd_close_at_end(&body->in_use);
}

/* ---- Making ---- */

static bool
is_code(struct text code)
{
	if (code.len < 2 || code.len > 60)
		return false;
	for (size_t at = 0; at < code.len; at++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-", code.data[at]) == NULL)
			return false;
	return code.data[0] != '-';
}

/* YAML, and the texts of courses; a README is no part of the policy. */
static bool
is_pack_file(struct text path)
{
	size_t name = path.len;
	while (name > 0 && path.data[name - 1] != '/')
		name--;
	return text_ends(path, T(".yaml")) ||
	       (text_ends(path, T(".md")) && text_ends(text_first(path, name), T("/courses/")));
}

static struct error *copy_folder(struct arena *arena, const char *from, const char *to, int depth);

static struct error *
copy_entry(struct arena *arena, const char *from, const char *to, int depth)
{
	struct text bytes;
	struct stat about;
	if (is_pack_file(text_of(from))) {
		TRY(file_read(arena, from, PACK_FILE_MOST, &bytes));
		return file_replace(to, bytes, 0644);
	}
	if (lstat(from, &about) == 0 && S_ISDIR(about.st_mode))
		return copy_folder(arena, from, to, depth + 1);
	return OK;
}

static struct error *
copy_folder(struct arena *arena, const char *from, const char *to, int depth)
{
	struct text *names;
	size_t count;
	if (depth > 3)
		return reject("--pack", "方針パックのフォルダが深すぎます: %s", from);
	TRY(folder_make(to));
	TRY(folder_list(arena, from, FILES_MOST, &names, &count));
	for (size_t at = 0; at < count; at++) {
		const char *name = text_z(arena, names[at]);
		TRY(copy_entry(arena, path_join(arena, from, name), path_join(arena, to, name),
			       depth));
	}
	return OK;
}

struct error *
pack_shelve(struct arena *arena, const char *body_folder, const char *from,
	    const struct hash *digest)
{
	const char *packs = path_join(arena, body_folder, "packs");
	const char *to = path_join(arena, packs, text_z(arena, hash_hex(arena, digest)));
	const char *new = text_format(arena, "%s/.new-%d", packs, (int)getpid()).data;
	struct pack *copy;
	if (file_exists(to))
		return OK;
	TRY(folder_make(packs));
	remove_tree(arena, new);
	TRY(copy_folder(arena, from, new, 0));
	struct error *error = pack_load(arena, new, &pack_known, &copy, NULL);
	if (error == OK && !hash_same(&copy->digest, digest))
		error = broken("方針パックの写しが元と違います: %s", from);
	if (error == OK && rename(new, to) != 0 && !file_exists(to))
		error = broken("「%s」を置けません（%s）。", to, strerrordesc_np(errno));
	remove_tree(arena, new);
	return error;
}

/* A sealer that runs as a service made the key when it started; its folder is closed to us. */
static struct error *
ask_key(struct arena *arena, const struct body_new *new, const char *folder)
{
	struct sealer *sealer;
	struct text vkey;
	TRY(sealer_start(arena, "bansho-sealer", new->data, new->code, &sealer));
	struct error *error = sealer_vkey(sealer, arena, &vkey);
	sealer_end(sealer);
	TRY(error);
	return file_replace(path_join(arena, folder, "vkey"), text_join(arena, vkey, T("\n")), 0644);
}

static struct error *
make_key(struct arena *arena, const struct body_new *new, const char *folder)
{
	struct text vkey;
	if (dial_has(text_format(arena, "sealer/%.*s.sock", T_ARG(new->code)).data))
		return ask_key(arena, new, folder);
	const struct moment now = new->clock != NULL ? new->clock(new->clock_with) : moment_now();
	const char *place =
		text_format(arena, "%04d", day_fiscal_year(moment_day(now))).data;
	const char *const argv[] = {
		path_join(arena, program_folder(arena), "bansho-sealer"), "--data", new->data,
		"--body", text_z(arena, new->code), "init", "--place", place, NULL,
	};
	TRY(child_filter(arena, argv, T(""), 1 << 16, 20, &vkey));
	return file_replace(path_join(arena, folder, "vkey"), vkey, 0644);
}

struct first_settings {
	const struct body_new *new;
	const struct pack *pack;
};

static struct error *
write_first(struct act *act, void *with)
{
	const struct first_settings *first = with;
	struct arena *arena = act->look.arena;
	TRY(act_name_ring(act));
	TRY(act_set(act, T("body.code"), first->new->code));
	TRY(act_set(act, T("body.name"),
		    first->new->name.len != 0 ? first->new->name : first->pack->body.ja));
	TRY(act_set(act, T("pack.id"), first->pack->id));
	TRY(enact_first(act, first->pack, false));
	const struct fact fact = {
		.act = "body.make",
		.about = { T("body") },
		.pairs = { { "pack", first->pack->id, 0 },
			   { "pack-digest", hash_hex(arena, &first->pack->digest), 0 } },
	};
	return act_note(act, &fact);
}

static struct error *
fill_body(struct arena *into, const struct body_new *new)
{
	struct body body;
	TRY(body_open(into,
		      &(struct body_options){ .data = new->data, .code = text_z(into, new->code),
					      .may_create = true, .clock = new->clock,
					      .clock_with = new->clock_with },
		      &body));
	struct first_settings first = { new, body.pack };
	const struct actor actor = { .through = T("cli") };
	struct error *error = store_act(body.store, into, &actor, write_first, &first);
	if (error == OK)
		error = journal_seal(body.store, body.sealer);
	body_close(&body);
	return error;
}

struct error *
body_make(struct arena *into, const struct body_new *new)
{
	struct pack *pack;
	if (!is_code(new->code))
		return reject("--body", "団体のコードは、英小文字・数字・ハイフンで2文字以上にしてください。");
	const char *folder = path_join(into, path_join(into, new->data, "bodies"),
				       text_z(into, new->code));
	if (file_exists(path_join(into, folder, "store.sqlite")))
		return conflict("団体「%.*s」はすでにあります。", T_ARG(new->code));
	/* Nothing is made before the pack is known to be good, and the key can be. */
	TRY(pack_load(into, new->pack, &pack_known, &pack, NULL));
	dial_folder(new->data);
	if (!dial_has(text_format(into, "sealer/%.*s.sock", T_ARG(new->code)).data) &&
	    !seal_is_open(into, new->data))
		return refuse("署名鍵を作れません。署名のプログラム（bansho-sealer@%.*s）を始めるか、root で実行してください。",
			      T_ARG(new->code));
	TRY(folder_make(folder));
	TRY(folder_make(path_join(into, folder, "blobs")));
	TRY(copy_folder(into, new->pack, path_join(into, folder, "pack"), 0));
	TRY(make_key(into, new, folder));
	/* Empty, so that its mode is ours: SQLite gives the same to the files beside it. */
	TRY(file_replace(path_join(into, folder, "store.sqlite"), T(""), 0600));
	TRY(file_replace(path_join(into, folder, "version"), T(BANSHO_VERSION "\n"), 0644));
	struct error *error = fill_body(into, new);
	/* Half made or not: root leaves nothing that the programs cannot reach. */
	error_add(&error, hand_over(into, folder));
	error_add(&error, hand_over(into, path_join(into, path_join(into, new->data, "seal"),
						    text_z(into, new->code))));
	error_add(&error, hand_over(into, path_join(into, path_join(into, new->data, "keys"),
						    text_z(into, new->code))));
	return error;
}
