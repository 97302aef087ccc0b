/*
 * `bansho upgrade`: the schema of every body's store is brought up to date on a copy. The copy takes
 * the store's place only when its journal has the same tree and everything in it verifies; the store
 * as it was stays for `bansho rollback`. No entry is written: the journal grows by acts alone, and a
 * rollback before the first of them leaves no trace to explain.
 */
#include "cli/switch.h"

#include "base/file.h"

struct upgrading {
	struct call *call;
	struct writer out;
	struct json json;
};

static struct text
record_of(const struct switching *switching, const struct measured *was)
{
	struct arena *arena = switching->arena;
	struct writer out = writer_open(arena, 4096);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "at", moment_utc(arena, moment_now()));
	json_text_at(&json, "from", switch_version(switching));
	json_text_at(&json, "root", hash_hex(arena, &was->root));
	json_number_at(&json, "size", was->size);
	json_text_at(&json, "to", T(BANSHO_VERSION));
	json_end(&json);
	write_byte(&out, '\n');
	return writer_text(&out);
}

static struct error *
migrate_beside(const struct switching *switching)
{
	struct store *store;
	TRY(store_open(switching->arena,
		       &(struct store_options){ .path = switching->beside, .steps = STEPS_TAKE,
						.migrations = bansho_migrations },
		       &store));
	store_close(store);
	return OK;
}

/* Would the new program take the policy in force? Mistakes come with file and line. */
static struct error *
check_pack(const struct switching *switching)
{
	struct pack *pack;
	const char *folder;
	TRY(policy_in_force(switching->arena, switching->folder, switching->store, &folder));
	return pack_load(switching->arena, folder, &pack_known, &pack, NULL);
}

static struct error *
upgrade_store(struct switching *switching, struct measured *was)
{
	TRY(switch_hold(switching));
	/* Again, now that nobody writes. */
	TRY(switch_measure(switching, switching->store, JOURNAL_ALL, was));
	TRY(store_settle(switching->arena, switching->store));
	TRY(switch_copy(switching, switching->store));
	TRY(migrate_beside(switching));
	TRY(switch_prove(switching, was));
	if (call_has(switching->call, "check"))
		return OK;
	TRY(switch_keep(switching, switching->store, switching->previous,
			record_of(switching, was)));
	return switch_place(switching, T(BANSHO_VERSION));
}

static void
say_done(struct upgrading *upgrading, const struct switching *switching, const struct measured *was)
{
	struct call *call = upgrading->call;
	const bool is_check = call_has(call, "check");
	const char *state = was->lacking == 0 ? "current" : is_check ? "possible" : "upgraded";
	if (!call->is_json) {
		if (was->lacking == 0)
			print(say("団体「%.*s」: 新しい形のままです。することはありません。\n"),
			      T_ARG(switching->code));
		else if (is_check)
			print(say("団体「%.*s」: 写しで確かめました。記録%lld件の根は変わらず、検証に誤りはありません。切り替えられます。\n"),
			      T_ARG(switching->code), (long long)was->size);
		else
			print(say("団体「%.*s」: 切り替えました。記録%lld件の根は変わっていません。前の保存ファイルは %s にあり、bansho rollback で戻せます。\n"),
			      T_ARG(switching->code), (long long)was->size, switching->previous);
		return;
	}
	json_open_object(&upgrading->json);
	json_text_at(&upgrading->json, "body", switching->code);
	json_text_at(&upgrading->json, "root", hash_hex(call->arena, &was->root));
	json_number_at(&upgrading->json, "size", was->size);
	json_text_at(&upgrading->json, "state", text_of(state));
	json_number_at(&upgrading->json, "steps", (int64_t)was->lacking); /* few */
	json_end(&upgrading->json);
}

static struct error *
upgrade_body(struct upgrading *upgrading, struct text code)
{
	struct switching switching;
	struct measured was = { 0 };
	TRY(switch_begin(upgrading->call, code, &switching));
	struct error *error = switch_measure(&switching, switching.store, JOURNAL_ALL, &was);
	if (error == OK)
		error = check_pack(&switching);
	if (error == OK && was.lacking != 0)
		error = upgrade_store(&switching, &was);
	switch_end(&switching);
	if (error == OK)
		say_done(upgrading, &switching, &was);
	return error;
}

struct error *
run_upgrade(struct call *call)
{
	struct text *codes;
	size_t count;
	struct upgrading upgrading = { .call = call, .out = writer_open(call->arena, 1 << 20) };
	struct error *faults = OK;
	TRY(switch_codes(call, &codes, &count));
	upgrading.json = json_begin(&upgrading.out);
	json_open_array(&upgrading.json);
	/* One body that cannot be upgraded does not keep back the others. */
	for (size_t at = 0; at < count; at++)
		error_add(&faults, upgrade_body(&upgrading, codes[at]));
	json_end(&upgrading.json);
	if (faults != OK)
		return faults;
	if (call->is_json)
		return print_writer(&upgrading.out);
	if (count == 0)
		print("%s\n", say("団体がまだないので、することはありません。"));
	return OK;
}
