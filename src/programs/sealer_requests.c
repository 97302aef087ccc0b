/*
 * What bansho-sealer is asked, and when it refuses. It signs nothing but extensions of what it signed
 * before; goes over to a new key only when shown that the old one vouches for it; and begins a log
 * only where the one before, as signed last, ends.
 */
#include "sealer.h"

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"

#include <jansson.h>
#include <string.h>
#include <sys/file.h>

struct request {
	const struct sealer_room *room;
	struct arena *arena;
	const json_t *json;
	struct sealer_log log;
};

/* ---- Answers ---- */

enum { ANSWER_MOST = 2 * NOTE_MOST };

static struct text
answer_texts(struct arena *arena, const char *answer, const char *name, struct text value,
	     const char *other, struct text other_value)
{
	struct writer out = writer_open(arena, ANSWER_MOST);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "answer", text_of(answer));
	if (name != NULL)
		json_text_at(&json, name, value);
	if (other != NULL)
		json_text_at(&json, other, other_value);
	json_end(&json);
	return writer_text(&out);
}

static struct text
refused(const struct request *request, const char *why)
{
	log_say("refused: %s", why);
	return answer_texts(request->arena, "refused", "why", text_of(why), NULL, T(""));
}

static struct text
answer_trouble(struct arena *arena, const struct error *error)
{
	return answer_texts(arena, error->kind == ERROR_MISSING ? "no-key" : "broken", "words",
			    text_first(error->words, 1000), NULL, T(""));
}

/* ---- Reading requests ---- */

static struct text
text_in(const json_t *json, const char *name)
{
	const json_t *value = json_object_get(json, name);
	if (!json_is_string(value))
		return T("");
	return (struct text){ json_string_value(value), json_string_length(value) };
}

static bool
hash_in(const json_t *value, struct hash *hash)
{
	return json_is_string(value) &&
	       hash_read_hex((struct text){ json_string_value(value), json_string_length(value) },
			     hash);
}

static bool
proof_in(const json_t *json, const char *name, struct merkle_proof *proof)
{
	const json_t *array = json_object_get(json, name);
	if (!json_is_array(array) || json_array_size(array) > 2 * MERKLE_HEIGHT)
		return false;
	proof->count = json_array_size(array);
	for (size_t at = 0; at < proof->count; at++)
		if (!hash_in(json_array_get(array, at), &proof->at[at]))
			return false;
	return true;
}

static bool
number_in(const json_t *json, const char *name, int64_t least, int64_t *number)
{
	const json_t *value = json_object_get(json, name);
	if (!json_is_integer(value))
		return false;
	*number = json_integer_value(value);
	return *number >= least && *number >> (MERKLE_HEIGHT - 2) == 0;
}

static bool
head_in(const struct request *request, struct head *head)
{
	head->origin = request->log.origin;
	return number_in(request->json, "size", 1, &head->size) &&
	       hash_in(json_object_get(request->json, "root"), &head->root);
}

/* ---- Entries that we are shown ---- */

struct shown {
	json_t *json;
	struct hash leaf;
};

static void
shown_close(struct shown *shown)
{
	json_decref(shown->json);
}
#define SHOWN_SCOPED __attribute__((cleanup(shown_close))) struct shown

/* The entry in that member of the request, if it is of this act. */
static bool
show(const struct request *request, const char *member, const char *act, struct shown *shown)
{
	const struct text entry = text_in(request->json, member);
	shown->leaf = merkle_leaf(entry);
	shown->json = json_loadb(entry.data, entry.len, JSON_REJECT_DUPLICATES, NULL);
	return text_is(text_in(shown->json, "act"), act) &&
	       text_same(text_in(shown->json, "body"), request->room->body);
}

static struct text
pair_in(const struct shown *shown, const char *name)
{
	return text_in(json_object_get(shown->json, "data"), name);
}

/* ---- Requests ---- */

/* The public key that a seed stands for, as an entry announces it. */
static struct error *
vkey_of(const struct request *request, const char *path, struct text *vkey)
{
	SECRET_SCOPED seed = { 0 };
	TRY(seed_read(path, &seed));
	const struct note_key key = note_key_of_seed(request->log.origin, seed);
	*vkey = note_vkey(request->arena, &key);
	return OK;
}

static struct error *
do_head(const struct request *request, struct text *answer)
{
	struct arena *arena = request->arena;
	struct head head;
	struct text note, vkey = T("");
	TRY(sealer_read_head(&request->log, arena, &head, &note));
	/* Only a log that was signed may be without a key: it is closed, or its key was lost. */
	if (file_exists(request->log.key) || note.len == 0)
		TRY(vkey_of(request, request->log.key, &vkey));
	struct writer out = writer_open(arena, ANSWER_MOST);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "answer", T("head"));
	json_text_at(&json, "note", note);
	json_text_at(&json, "origin", request->log.origin);
	json_text_at(&json, "root", hash_hex(arena, &head.root));
	json_number_at(&json, "size", head.size);
	json_text_at(&json, "vkey", vkey);
	json_end(&json);
	*answer = writer_text(&out);
	return OK;
}

static struct error *
sign(const struct request *request, const struct head *head, struct text *answer)
{
	struct arena *arena = request->arena;
	SECRET_SCOPED seed = { 0 };
	struct text vkey;
	TRY(seed_read(request->log.key, &seed));
	const struct text note = note_sign(arena, head, seed);
	TRY(sealer_say_key(&request->log, arena, seed, &vkey));
	TRY(file_replace(request->log.head, note, 0644));
	*answer = answer_texts(arena, "signed", "note", note, "vkey", vkey);
	return OK;
}

/* A log that is closed keeps its last head; it can be had again, nothing beyond it. */
static struct error *
say_again(const struct request *request, struct text note, struct text *answer)
{
	struct text vkey;
	TRY(file_read(request->arena, request->log.vkey, NOTE_MOST, &vkey));
	*answer = answer_texts(request->arena, "signed", "note", note, "vkey", text_trim(vkey));
	return OK;
}

/* NULL when the wish extends the head, otherwise why not. */
static const char *
objection(const struct head *head, const struct head *wish, int64_t from,
	  const struct merkle_proof *proof)
{
	if (wish->size < head->size)
		return "smaller";
	if (wish->size == head->size)
		return hash_same(&wish->root, &head->root) ? NULL : "fork";
	if (head->size == 0)
		return NULL;
	if (from != head->size)
		return "stale";
	return merkle_consistency_holds(head->size, &head->root, wish->size, &wish->root, proof)
		       ? NULL
		       : "proof";
}

/* NULL when this log may have a further head, otherwise why not. */
static struct error *
place_objection(const struct request *request, bool has_head, const char **why)
{
	struct sealer_log now, before;
	bool has_before;
	*why = NULL;
	TRY(sealer_log_before(request->room, request->arena, &request->log, &before, &has_before));
	TRY(sealer_log_now(request->room, request->arena, &now));
	/* Where a log follows another, its first head is signed by "turn" alone. */
	if (!has_head && (has_before || request->log.place.len != 0))
		*why = "begin";
	else if (text_order(now.place, request->log.place) > 0)
		*why = "closed";
	return OK;
}

static struct error *
do_sign(const struct request *request, struct text *answer)
{
	struct head head, wish;
	struct merkle_proof proof;
	struct text note;
	int64_t from;
	if (!head_in(request, &wish) || !number_in(request->json, "from", 0, &from) ||
	    !proof_in(request->json, "proof", &proof)) {
		*answer = refused(request, "request");
		return OK;
	}
	TRY(sealer_read_head(&request->log, request->arena, &head, &note));
	const char *why = objection(&head, &wish, from, &proof);
	if (why == NULL && note.len != 0 && wish.size == head.size)
		return say_again(request, note, answer);
	if (why == NULL)
		TRY(place_objection(request, note.len != 0, &why));
	if (why == NULL)
		return sign(request, &wish, answer);
	log_say("size %lld after %lld", (long long)wish.size, (long long)head.size);
	*answer = refused(request, why);
	return OK;
}

static struct error *
do_next_key(const struct request *request, struct text *answer)
{
	SECRET_SCOPED seed = { 0 };
	if (!file_exists(request->log.key)) {
		*answer = refused(request, "closed");
		return OK;
	}
	TRY(seed_make(request->log.next));
	TRY(seed_read(request->log.next, &seed));
	const struct note_key key = note_key_of_seed(request->log.origin, seed);
	*answer = answer_texts(request->arena, "next", "vkey", note_vkey(request->arena, &key), NULL,
			       T(""));
	return OK;
}

static struct error *
do_next_log(const struct request *request, struct text *answer)
{
	struct sealer_log now;
	struct text vkey;
	SECRET_SCOPED seed = { 0 };
	TRY(sealer_log_now(request->room, request->arena, &now));
	if (!file_exists(now.head) || text_order(request->log.place, now.place) <= 0) {
		*answer = refused(request, "closed");
		return OK;
	}
	TRY(folder_make(request->log.folder));
	TRY(seed_make(request->log.key));
	TRY(seed_read(request->log.key, &seed));
	TRY(sealer_say_key(&request->log, request->arena, seed, &vkey));
	*answer = answer_texts(request->arena, "next", "vkey", vkey, NULL, T(""));
	return OK;
}

/* Whether the entry announces the next key, under what we signed last. */
static struct error *
is_announced(const struct request *request, const struct shown *entry, int64_t leaf,
	     const struct merkle_proof *proof, bool *is)
{
	struct head head;
	struct text note, vkey;
	*is = false;
	if (!file_exists(request->log.next))
		return OK;
	TRY(sealer_read_head(&request->log, request->arena, &head, &note));
	TRY(vkey_of(request, request->log.next, &vkey));
	*is = text_same(pair_in(entry, "vkey"), vkey) &&
	      merkle_inclusion_holds(&entry->leaf, leaf, head.size, proof, &head.root);
	return OK;
}

static struct error *
do_roll(const struct request *request, struct text *answer)
{
	SHOWN_SCOPED entry = { 0 };
	struct merkle_proof proof;
	struct text vkey;
	int64_t leaf;
	bool is_next;
	if (!number_in(request->json, "leaf", 0, &leaf) ||
	    !proof_in(request->json, "proof", &proof)) {
		*answer = refused(request, "request");
		return OK;
	}
	if (!show(request, "entry", "journal.key", &entry)) {
		*answer = refused(request, "entry");
		return OK;
	}
	TRY(vkey_of(request, request->log.key, &vkey));
	/* The same key: asked again, or by another program, after it was done. */
	if (!text_same(pair_in(&entry, "vkey"), vkey)) {
		TRY(is_announced(request, &entry, leaf, &proof, &is_next));
		if (!is_next) {
			*answer = refused(request, "entry");
			return OK;
		}
		TRY(sealer_switch(&request->log, request->arena));
		vkey = pair_in(&entry, "vkey");
	}
	*answer = answer_texts(request->arena, "rolled", "vkey", vkey, NULL, T(""));
	return OK;
}

/* What the begin entry says of the log before must be what we signed last of it. */
static bool
names_last(const struct shown *begin, const struct head *last)
{
	struct hash root;
	const json_t *data = json_object_get(begin->json, "data");
	return text_same(pair_in(begin, "previous-origin"), last->origin) &&
	       json_is_integer(json_object_get(data, "previous-size")) &&
	       json_integer_value(json_object_get(data, "previous-size")) == last->size &&
	       hash_read_hex(pair_in(begin, "previous-root"), &root) &&
	       hash_same(&root, &last->root);
}

/* Whether both entries are shown to be where they must be, and say what they must. */
static bool
is_turn(const struct request *request, const struct head *last, const struct head *wish,
	struct text vkey)
{
	SHOWN_SCOPED close = { 0 };
	SHOWN_SCOPED begin = { 0 };
	struct merkle_proof close_proof, begin_proof;
	if (!proof_in(request->json, "close-proof", &close_proof) ||
	    !proof_in(request->json, "begin-proof", &begin_proof) ||
	    !show(request, "close", "journal.close", &close) ||
	    !show(request, "begin", "journal.begin", &begin))
		return false;
	return text_same(pair_in(&close, "next-origin"), request->log.origin) &&
	       text_same(pair_in(&close, "next-vkey"), vkey) && names_last(&begin, last) &&
	       merkle_inclusion_holds(&close.leaf, last->size - 1, last->size, &close_proof,
				      &last->root) &&
	       merkle_inclusion_holds(&begin.leaf, 0, wish->size, &begin_proof, &wish->root);
}

static struct error *
do_turn(const struct request *request, struct text *answer)
{
	struct sealer_log before;
	struct head last, wish;
	struct text note, vkey;
	bool found;
	if (!head_in(request, &wish)) {
		*answer = refused(request, "request");
		return OK;
	}
	if (file_exists(request->log.head)) { /* another program was quicker */
		*answer = refused(request, "stale");
		return OK;
	}
	TRY(sealer_log_before(request->room, request->arena, &request->log, &before, &found));
	if (!found || !file_exists(request->log.key)) {
		*answer = refused(request, "begin");
		return OK;
	}
	TRY(sealer_read_head(&before, request->arena, &last, &note));
	TRY(vkey_of(request, request->log.key, &vkey));
	if (!is_turn(request, &last, &wish, vkey)) {
		*answer = refused(request, "begin");
		return OK;
	}
	/* With the head on disk the log before is closed; sealer_settle() erases its key. */
	TRY(sign(request, &wish, answer));
	return sealer_settle(request->room, request->arena);
}

static struct error *
serve(struct request *request, struct text *answer)
{
	static const struct {
		const char *name;
		struct error *(*serve)(const struct request *request, struct text *answer);
	} known[] = { { "head", do_head },	   { "sign", do_sign },
		      { "next-key", do_next_key }, { "next-log", do_next_log },
		      { "roll", do_roll },	   { "turn", do_turn } };
	const struct text what = text_in(request->json, "do");
	const struct text origin = text_in(request->json, "origin");
	bool is_known = true;
	TRY(sealer_settle(request->room, request->arena));
	if (origin.len == 0)
		TRY(sealer_log_now(request->room, request->arena, &request->log));
	else
		TRY(sealer_log_of(request->room, request->arena, origin, &request->log, &is_known));
	*answer = answer_texts(request->arena, "refused", "why",
			       is_known ? T("request") : T("origin"), NULL, T(""));
	for (size_t at = 0; is_known && at < sizeof known / sizeof *known; at++)
		if (text_is(what, known[at].name))
			return known[at].serve(request, answer);
	return OK;
}

/* Several sealers may serve several processes: what is read and replaced is so under one lock. */
struct text
sealer_answer(const struct sealer_room *room, struct arena *arena, struct text message)
{
	json_t *json = json_loadb(message.data, message.len, JSON_REJECT_DUPLICATES, NULL);
	struct request request = { .room = room, .arena = arena, .json = json };
	struct text answer = T("");
	struct error *error = flock(room->lock, LOCK_EX) == 0
				      ? serve(&request, &answer)
				      : broken("署名の順番を待てませんでした。");
	if (error != OK) {
		log_error("seal", error);
		answer = answer_trouble(arena, error);
	}
	(void)flock(room->lock, LOCK_UN);
	json_decref(json);
	return answer;
}
