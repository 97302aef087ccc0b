/* Choosing witnesses, and the settings about them. */
#include "cli/journal_rooms.h"
#include "cli/outward.h"

#include "base/file.h"
#include "base/number.h"

#include <string.h>

struct error *
read_chosen_witnesses(struct body *body,
		      struct journal_witness list[static JOURNAL_WITNESSES_MOST], size_t *count)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, body->arena, &look));
	return journal_witnesses(&look, list, count);
}

static struct text
as_noted(struct arena *arena, struct text value)
{
	if (!text_starts(value, T("-----BEGIN")))
		return value.len == 0 ? T("") : value;
	const struct hash hash = hash_of(value);
	return text_join(arena, T("sha256:"), hash_hex(arena, &hash));
}

struct error *
setting_change(struct act *act, struct text name, struct text value, struct text about)
{
	struct text was;
	struct arena *arena = act->look.arena;
	TRY(store_setting(&act->look, name, &was));
	if (text_same(was, value))
		return OK;
	TRY(act_set(act, name, value));
	return act_note(act, &(struct fact){
				     .act = "settings.change",
				     .about = { text_join(arena, T("setting:"), name), about },
				     .pairs = { { "becomes", as_noted(arena, value), 0 },
						{ "was", as_noted(arena, was), 0 } },
			     });
}

struct chosen {
	int place;
	struct text name, vkey, url, ca, told;
};

static struct error *
set_one(struct act *act, const struct chosen *chosen, const char *what, struct text value)
{
	struct arena *arena = act->look.arena;
	return setting_change(act, text_format(arena, "witness.%d.%s", chosen->place, what), value,
			      text_join(arena, T("witness:"), chosen->name));
}

static struct error *
choose(struct act *act, void *with)
{
	const struct chosen *chosen = with;
	TRY(set_one(act, chosen, "url", chosen->url));
	TRY(set_one(act, chosen, "ca", chosen->ca));
	TRY(set_one(act, chosen, "told", chosen->told));
	return set_one(act, chosen, "vkey", chosen->vkey);
}

/* The place of the witness of that name, or a free one. */
static struct error *
place_for(struct body *body, struct text name, int *place)
{
	struct journal_witness list[JOURNAL_WITNESSES_MOST];
	bool is_taken[JOURNAL_WITNESSES_MOST + 1] = { false };
	size_t count;
	TRY(read_chosen_witnesses(body, list, &count));
	for (size_t at = 0; at < count; at++) {
		is_taken[list[at].place] = true;
		if (text_same(list[at].key.name, name)) {
			*place = list[at].place;
			return OK;
		}
	}
	for (*place = 1; *place <= JOURNAL_WITNESSES_MOST; (*place)++)
		if (!is_taken[*place])
			return OK;
	return conflict("証人は%d人までです。bansho journal witness remove で外してから加えてください。",
			JOURNAL_WITNESSES_MOST);
}

/* Its name becomes the name of an object in entries. */
static struct error *
check_name(struct text name)
{
	for (size_t at = 0; at < name.len; at++)
		if (name.data[at] == '"' || name.data[at] == '\\')
			return reject("vkey", "証人の名前に、使えない文字があります。");
	return OK;
}

static struct error *
read_ca(struct call *call, struct text *ca)
{
	const char *path = call_z(call, "ca");
	*ca = T("");
	if (path == NULL)
		return OK;
	TRY(file_read(call->arena, path, STAMP_CA_MOST, ca));
	return stamp_ca_check(*ca);
}

/* The key of ours that the witness's operator is to be given: the newest. */
static struct error *
read_told(struct call *call, struct body *body, struct text *told)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, call->arena, &look));
	return journal_vkey(&look, told);
}

struct error *
journal_witness_add(struct call *call, struct body *body)
{
	struct note_key key;
	struct chosen chosen = { .vkey = text_trim(call->words[2]), .url = T("") };
	TRY(cosign_vkey_read(call->arena, chosen.vkey, &key));
	TRY(check_name(key.name));
	chosen.name = key.name;
	if (call_has(call, "url")) {
		chosen.url = text_trim(call_text(call, "url"));
		if (text_ends(chosen.url, T("/")))
			chosen.url = text_first(chosen.url, chosen.url.len - 1);
		TRY(outward_url_check("--url", chosen.url, false));
	}
	TRY(read_ca(call, &chosen.ca));
	TRY(place_for(body, key.name, &chosen.place));
	TRY(read_told(call, body, &chosen.told));
	TRY(call_act(body, choose, &chosen));
	struct text name, rest;
	text_cut(chosen.told, '+', &name, &rest);
	print(say("証人「%.*s」を加えました。証人の側で、次を行ってもらってください。\n"), T_ARG(key.name));
	print("bansho-witness log add %.*s '%.*s' --data DIR\n", T_ARG(name), T_ARG(chosen.told));
	return OK;
}

struct error *
journal_witness_remove(struct call *call, struct body *body)
{
	struct journal_witness list[JOURNAL_WITNESSES_MOST];
	size_t count;
	TRY(read_chosen_witnesses(body, list, &count));
	for (size_t at = 0; at < count; at++) {
		if (!text_same(list[at].key.name, call->words[2]))
			continue;
		struct chosen chosen = { list[at].place, list[at].key.name, T(""), T(""), T(""), T("") };
		TRY(call_act(body, choose, &chosen));
		print(say("証人「%.*s」を外しました。これまでの証言は残ります。\n"), T_ARG(chosen.name));
		return OK;
	}
	return missing("「%.*s」という証人はいません。bansho journal witness list で確かめてください。",
		       T_ARG(call->words[2]));
}

static void
list_json(struct json *json, struct arena *arena, const struct journal_witness *witness,
	  const struct journal_cosigned *cosigned)
{
	json_open_object(json);
	json_text_at(json, "at", moment_utc(arena, cosigned->at));
	json_text_at(json, "name", witness->key.name);
	json_number_at(json, "size", cosigned->end);
	json_text_at(json, "url", witness->url);
	json_text_at(json, "vkey", witness->vkey);
	json_end(json);
}

static void
list_words(struct arena *arena, const struct journal_witness *witness,
	   const struct journal_cosigned *cosigned)
{
	const struct text url = witness->url.len != 0 ? witness->url
						      : text_of(say("ファイルで運ぶ"));
	if (cosigned->is_any)
		print(say("%.*s（%.*s）: %lld件まで証言（%.*s）\n"), T_ARG(witness->key.name), T_ARG(url),
		      (long long)cosigned->end, T_ARG(moment_wareki(arena, cosigned->at)));
	else
		print(say("%.*s（%.*s）: まだ証言していません\n"), T_ARG(witness->key.name), T_ARG(url));
}

struct error *
journal_witness_list(struct call *call, struct body *body)
{
	LOOK_SCOPED look = { 0 };
	struct journal_witness list[JOURNAL_WITNESSES_MOST];
	size_t count;
	struct writer out = writer_open(call->arena, 1 << 16);
	struct json json = json_begin(&out);
	TRY(look_begin(body->store, call->arena, &look));
	TRY(journal_witnesses(&look, list, &count));
	json_open_array(&json);
	for (size_t at = 0; at < count; at++) {
		struct journal_cosigned cosigned;
		TRY(journal_cosigned(&look, &list[at].key, &cosigned));
		if (call->is_json)
			list_json(&json, call->arena, &list[at], &cosigned);
		else
			list_words(call->arena, &list[at], &cosigned);
	}
	json_end(&json);
	if (count == 0 && !call->is_json)
		print("%s\n", say("証人はいません。"));
	return call->is_json ? print_writer(&out) : OK;
}

struct number_setting {
	const char *name;
	int64_t least, most;
};
static const struct number_setting numbers[] = {
	{ "witness.every-seconds", 1, 86400 },
	{ "witness.alarm-minutes", 1, 100000 },
	{ "witness.carry-days", 1, 400 },
};

static struct error *
set_number(struct act *act, void *with)
{
	const struct call *call = with;
	return setting_change(act, call->words[1], call->words[2], T(""));
}

struct error *
journal_set(struct call *call, struct body *body)
{
	int64_t number;
	for (size_t at = 0; at < sizeof numbers / sizeof *numbers; at++) {
		if (!text_is(call->words[1], numbers[at].name))
			continue;
		if (!number_read(call->words[2], numbers[at].least, numbers[at].most, &number))
			return reject(numbers[at].name, "%lldから%lldまでの整数にしてください。",
				      (long long)numbers[at].least, (long long)numbers[at].most);
		return call_act(body, set_number, call);
	}
	return reject(NULL, "「%.*s」という設定はありません。witness.every-seconds、witness.alarm-minutes、witness.carry-days のどれかです。",
		      T_ARG(call->words[1]));
}
