/*
 * `bansho rollback`: back to the store as it was before the last upgrade.
 *
 * The sealer has signed what came since and will never sign less, so a store that merely forgot would
 * never be signed again. Therefore the journal is not taken back: entries made since are carried over
 * as they are, and one entry, body.rollback, says how the rows they wrote stand now. What is lost is
 * what those acts did, never that they were done.
 */
#include "cli/copy.h"
#include "cli/switch.h"

#include "base/file.h"
#include "base/number.h"

#include <jansson.h>
#include <unistd.h>

enum { RECORD_MOST = 4096 };

struct rollback {
	struct switching switching;
	struct call *call;
	const char *old_store;
	struct text record; /* as it is kept */
	struct text from;   /* the version to go back to */
	struct measured old, now;
	/* of the act */
	struct journal *journal;
	struct look newer;
	int64_t carried;
};

static void
json_free_at_end(json_t **json)
{
	json_decref(*json);
}

static struct error *
read_record(struct rollback *rollback)
{
	struct arena *arena = rollback->call->arena;
	const char *path = path_join(arena, rollback->switching.previous, "record.json");
	struct hash root;
	if (!file_exists(path) || !file_exists(rollback->old_store))
		return missing("団体「%.*s」には、戻せる前の保存ファイルがありません。",
			       T_ARG(rollback->switching.code));
	TRY(file_read(arena, path, RECORD_MOST, &rollback->record));
	__attribute__((cleanup(json_free_at_end))) json_t *record =
		json_loadb(rollback->record.data, rollback->record.len, JSON_REJECT_DUPLICATES, NULL);
	const char *from = json_string_value(json_object_get(record, "from"));
	const char *hex = json_string_value(json_object_get(record, "root"));
	if (from == NULL || hex == NULL || !hash_read_hex(text_of(hex), &root))
		return broken("「%s」を読めません。", path);
	rollback->from = text_copy(arena, text_of(from));
	TRY(switch_measure(&rollback->switching, rollback->old_store, JOURNAL_ALL, &rollback->old));
	if (rollback->old.size == json_integer_value(json_object_get(record, "size")) &&
	    hash_same(&rollback->old.root, &root))
		return OK;
	return broken("前の保存ファイル「%s」は、更新のときのものと違います。戻しません。",
		      rollback->old_store);
}

/* The store in use must be the continuation of the old one. */
static struct error *
read_present(struct rollback *rollback)
{
	const struct switching *switching = &rollback->switching;
	struct measured begin;
	TRY(switch_measure(switching, switching->store, rollback->old.size, &begin));
	TRY(switch_measure(switching, switching->store, JOURNAL_ALL, &rollback->now));
	if (begin.size == rollback->old.size && hash_same(&begin.root, &rollback->old.root))
		return OK;
	return conflict("今の記録簿は、前の保存ファイルの続きではありません。戻しません。bansho verify で確かめてください。");
}

/* Nobody loses acts without having said how many. */
static struct error *
must_agree(const struct rollback *rollback)
{
	const int64_t later = rollback->now.size - rollback->old.size;
	const struct text given = call_text(rollback->call, "lose-later-acts");
	int64_t agreed = 0;
	if (given.data != NULL && !number_read(given, 0, INT64_MAX, &agreed))
		return reject("--lose-later-acts", "件数を数字で書いてください。");
	if (agreed == later)
		return OK;
	if (given.data == NULL)
		return refuse("更新のあとに記録が%lld件あります。戻すと、その行為の結果は失われます（記録そのものは残り、取り消したことも記録されます）。それでよければ --lose-later-acts %lld を付けてください。",
			      (long long)later, (long long)later);
	return refuse("更新のあとの記録は%lld件で、%lld件ではありません。もう一度確かめてください。",
		      (long long)later, (long long)agreed);
}

static struct error *
put_back(struct act *act, void *with)
{
	struct rollback *rollback = with;
	TRY(journal_carry(act, rollback->journal, &rollback->newer, &rollback->carried));
	TRY(act_numbers_after(act, &rollback->newer));
	const struct fact fact = {
		.act = "body.rollback",
		.about = { T("body") },
		.pairs = { { "acts-undone", { 0 }, rollback->carried },
			   { "from-size", { 0 }, rollback->old.size },
			   { "to-version", rollback->from, 0 } },
	};
	return act_note(act, &fact);
}

static struct error *
carry_into(struct rollback *rollback, struct store *store)
{
	struct arena *arena = rollback->call->arena;
	struct store *newer;
	const struct actor actor = { .through = T("cli") };
	TRY(store_open(arena,
		       &(struct store_options){ .path = rollback->switching.store,
						.is_read_only = true,
						.migrations = bansho_migrations },
		       &newer));
	struct error *error = journal_open(arena, store, rollback->switching.code,
					   &rollback->journal);
	if (error == OK)
		error = look_begin(newer, arena, &rollback->newer);
	if (error == OK) {
		error = store_act(store, arena, &actor, put_back, rollback);
		look_end(&rollback->newer);
	}
	store_close(newer);
	return error;
}

/* The schema stays as old as it was: the older program shall open it. */
static struct error *
carry_acts(struct rollback *rollback)
{
	struct store *store;
	TRY(store_open(rollback->call->arena,
		       &(struct store_options){ .path = rollback->switching.beside,
						.steps = STEPS_LEAVE,
						.migrations = bansho_migrations },
		       &store));
	struct error *error = carry_into(rollback, store);
	store_close(store);
	return error;
}

static struct error *
go_back(struct rollback *rollback)
{
	struct switching *switching = &rollback->switching;
	TRY(switch_hold(switching));
	TRY(read_record(rollback));
	TRY(read_present(rollback));
	TRY(must_agree(rollback));
	TRY(store_settle(switching->arena, switching->store));
	TRY(switch_copy(switching, rollback->old_store));
	if (rollback->now.size > rollback->old.size)
		TRY(carry_acts(rollback));
	TRY(switch_prove(switching, &rollback->now));
	TRY(switch_keep(switching, switching->store, switching->later, rollback->record));
	TRY(switch_place(switching, rollback->from));
	remove_tree(switching->arena, switching->previous);
	return OK;
}

static struct error *
say_back(const struct rollback *rollback)
{
	struct call *call = rollback->call;
	if (!call->is_json) {
		print(say("団体「%.*s」: 版 %.*s の保存ファイルに戻しました。取り消した記録: %lld件。今までの保存ファイルは %s にあります。\n"),
		      T_ARG(rollback->switching.code), T_ARG(rollback->from),
		      (long long)rollback->carried, rollback->switching.later);
		print(say("次: 版 %.*s のパッケージを入れてください（apt install --allow-downgrades ./bansho_%.*s_amd64.deb）。\n"),
		      T_ARG(rollback->from), T_ARG(rollback->from));
		return OK;
	}
	struct writer out = writer_open(call->arena, 4096);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_number_at(&json, "acts_undone", rollback->carried);
	json_text_at(&json, "body", rollback->switching.code);
	json_text_at(&json, "version", rollback->from);
	json_end(&json);
	return print_writer(&out);
}

struct error *
run_rollback(struct call *call)
{
	struct rollback rollback = { .call = call };
	struct text *codes;
	size_t count;
	TRY(switch_codes(call, &codes, &count));
	if (count != 1)
		return reject("--body", "団体が%zuあります。--body で団体のコードを指定してください。", count);
	TRY(switch_begin(call, codes[0], &rollback.switching));
	rollback.old_store = path_join(call->arena, rollback.switching.previous, "store.sqlite");
	struct error *error = go_back(&rollback);
	switch_end(&rollback.switching);
	TRY(error);
	return say_back(&rollback);
}
