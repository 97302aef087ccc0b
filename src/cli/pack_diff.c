/* `bansho pack diff`: two versions of a policy, clause by clause. */
#include "cli/rooms.h"

#include "base/jails.h"
#include "policy/diff.h"

static void
put_keys(struct json *json, const struct key_change *keys, size_t count)
{
	json_name(json, T("keys"));
	json_open_array(json);
	for (size_t at = 0; at < count; at++) {
		json_open_object(json);
		json_text_at(json, "after", keys[at].after);
		json_text_at(json, "before", keys[at].before);
		json_text_at(json, "key", keys[at].key);
		json_end(json);
	}
	json_end(json);
}

static void
put_clause(struct json *json, const char *name, const struct pack_clause *clause)
{
	json_name(json, text_of(name));
	if (clause == NULL) {
		json_put_null(json);
		return;
	}
	json_open_object(json);
	json_text_at(json, "id", clause->id);
	json_text_at(json, "number", clause->number);
	json_text_at(json, "words", clause->is_duty ? clause->duty.ja : clause->title.ja);
	json_end(json);
}

static void
put_clauses(struct json *json, const struct pack_diff *diff)
{
	json_name(json, T("clauses"));
	json_open_array(json);
	for (size_t at = 0; at < diff->clauses_count; at++) {
		const struct clause_change *change = &diff->clauses[at];
		json_open_object(json);
		put_clause(json, "after", change->after);
		json_number_at(json, "alike", change->alike);
		put_clause(json, "before", change->before);
		put_keys(json, change->keys, change->keys_count);
		json_text_at(json, "kind", text_of(change_name(change->kind)));
		json_bool_at(json, "moved", change->is_moved);
		json_end(json);
	}
	json_end(json);
}

static void
put_counts(struct json *json, const struct pack_diff *diff)
{
	static const enum change_kind sorted[] = { CHANGE_CHANGED, CHANGE_GONE, CHANGE_KEPT,
						   CHANGE_MOVED, CHANGE_NEW };
	json_name(json, T("duties"));
	json_open_object(json);
	for (size_t at = 0; at < CHANGE_COUNT; at++)
		json_number_at(json, change_name(sorted[at]),
			       (int64_t)diff->of[sorted[at]]); /* at most PACK_MOST_CLAUSES */
	json_end(json);
}

static void
put_parts(struct json *json, const struct pack_diff *diff)
{
	json_name(json, T("parts"));
	json_open_array(json);
	for (size_t at = 0; at < diff->parts_count; at++) {
		const struct part_change *change = &diff->parts[at];
		json_open_object(json);
		json_text_at(json, "code", change->code);
		put_keys(json, change->keys, change->keys_count);
		json_text_at(json, "kind", text_of(change_name(change->kind)));
		json_text_at(json, "part", text_of(part_name(change->part)));
		json_end(json);
	}
	json_end(json);
}

static struct error *
diff_json(struct call *call, const struct pack_diff *diff)
{
	struct writer out = writer_open(call->arena, 64 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	put_clauses(&json, diff);
	put_counts(&json, diff);
	put_parts(&json, diff);
	json_end(&json);
	return print_writer(&out);
}

/* ---- In words ---- */

/* [-gone-]{+new+} */
static void
print_words(struct call *call, const struct key_change *key)
{
	size_t count;
	const struct diff_piece *pieces = diff_words(call->arena, key->before, key->after, &count);
	print("    %.*s: ", T_ARG(key->label));
	for (size_t at = 0; at < count; at++) {
		const enum piece_kind kind = pieces[at].kind;
		const char *open = kind == PIECE_SAME ? "" : kind == PIECE_GONE ? "[-" : "{+";
		const char *close = kind == PIECE_SAME ? "" : kind == PIECE_GONE ? "-]" : "+}";
		print("%s%.*s%s", open, T_ARG(pieces[at].text), close);
	}
	print("\n");
}

static void
print_clause(struct call *call, const struct clause_change *change)
{
	const struct pack_clause *is = change->after != NULL ? change->after : change->before;
	if (change->kind == CHANGE_KEPT)
		return;
	print("%s ", change_words(change->kind));
	if (change->is_moved && change->before != NULL)
		print("%.*s → ", T_ARG(change->before->number));
	print("%.*s %.*s\n", T_ARG(is->number),
	      T_ARG(words_now(is->is_duty ? is->duty : is->title)));
	for (size_t at = 0; at < change->keys_count; at++)
		print_words(call, &change->keys[at]);
}

static void
diff_in_words(struct call *call, const struct pack_diff *diff)
{
	for (size_t at = 0; at < diff->clauses_count; at++)
		print_clause(call, &diff->clauses[at]);
	for (size_t at = 0; at < diff->parts_count; at++) {
		const struct part_change *change = &diff->parts[at];
		print("%s %s %.*s %.*s\n", change_words(change->kind), part_words(change->part),
		      T_ARG(change->code), T_ARG(words_now(change->name)));
		for (size_t key = 0; key < change->keys_count; key++)
			print_words(call, &change->keys[key]);
	}
	print(say("条項: そのまま %zu、移動 %zu、変更 %zu、新設 %zu、廃止 %zu\n"), diff->of[CHANGE_KEPT],
	      diff->of[CHANGE_MOVED], diff->of[CHANGE_CHANGED], diff->of[CHANGE_NEW],
	      diff->of[CHANGE_GONE]);
}

struct error *
run_pack_diff(struct call *call)
{
	struct pack *before, *after;
	/* Packs come from elsewhere: they are read where they can do nothing. */
	TRY(jails_enter(JAIL_READER, NULL));
	TRY(pack_load(call->arena, text_z(call->arena, call->words[1]), &pack_known, &before, NULL));
	TRY(pack_load(call->arena, text_z(call->arena, call->words[2]), &pack_known, &after, NULL));
	const struct pack_diff *diff = pack_diff(call->arena, before, after);
	if (call->is_json)
		return diff_json(call, diff);
	diff_in_words(call, diff);
	return OK;
}
