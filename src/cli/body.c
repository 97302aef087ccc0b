/* Opening and making bodies. */
#include "cli/body.h"

#include "base/child.h"
#include "base/file.h"

#include <string.h>
#include <sys/stat.h>

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

static struct error *
open_parts(const struct body_options *options, struct body *body)
{
	const struct store_options store = {
		.path = path_join(body->arena, body->folder, "store.sqlite"),
		.may_create = options->may_create,
		.is_read_only = options->is_read_only,
		.migrations = bansho_migrations,
		.clock = options->clock,
		.clock_with = options->clock_with,
	};
	TRY(pack_load(body->arena, path_join(body->arena, body->folder, "pack"), &pack_known,
		      &body->pack, NULL));
	body->flow = (struct flow){ body->pack, flow_usual_outcomes };
	if (!options->is_read_only)
		TRY(start_sealer(body));
	if (options->shut_in != NULL)
		TRY(options->shut_in(options->shut_in_with, body));
	TRY(store_open(body->arena, &store, &body->store));
	if (!options->is_read_only)
		TRY(journal_open(body->arena, body->store, body->code, &body->journal));
	return read_name(body);
}

struct error *
body_open(struct arena *into, const struct body_options *options, struct body *body)
{
	struct body made = { .arena = into, .data = options->data };
	made.programs = options->programs != NULL ? options->programs : program_folder(into);
	TRY(choose(into, options, &made.code));
	made.folder = path_join(into, path_join(into, options->data, "bodies"),
				text_z(into, made.code));
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

static struct error *copy_folder(struct arena *arena, const char *from, const char *to, int depth);

static struct error *
copy_entry(struct arena *arena, const char *from, const char *to, int depth)
{
	struct text bytes;
	struct stat about;
	if (text_ends(text_of(from), T(".yaml"))) {
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

static struct error *
make_key(struct arena *arena, const struct body_new *new, const char *folder)
{
	struct text vkey;
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
	TRY(act_set(act, T("body.code"), first->new->code));
	TRY(act_set(act, T("body.name"),
		    first->new->name.len != 0 ? first->new->name : first->pack->body.ja));
	TRY(act_set(act, T("pack.id"), first->pack->id));
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
	/* Nothing is made before the pack is known to be good. */
	TRY(pack_load(into, new->pack, &pack_known, &pack, NULL));
	TRY(folder_make(folder));
	TRY(folder_make(path_join(into, folder, "blobs")));
	TRY(copy_folder(into, new->pack, path_join(into, folder, "pack"), 0));
	TRY(make_key(into, new, folder));
	return fill_body(into, new);
}
