/* The client of bansho-sealer, and the thread that seals after commits. */
#include "base/companion.h"
#include "base/json.h"
#include "base/log.h"
#include "base/wire.h"
#include "journal/journal_sql.h"
#include "journal/rooms.h"

#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <time.h>

struct sealer {
	const char *argv[6];
	const char *service; /* its socket where it runs as a service (base/dial.h) */
	struct text body, origin;
	pthread_mutex_t lock;
	struct child child;
	bool is_running;
};

static void
json_free_at_end(json_t **json)
{
	json_decref(*json);
}
#define JSON_SCOPED __attribute__((cleanup(json_free_at_end))) json_t *

struct error *
sealer_start(struct arena *into, const char *program, const char *data, struct text body,
	     struct sealer **sealer)
{
	struct sealer *made = ARENA_NEW(into, struct sealer);
	made->argv[0] = text_z(into, text_of(program));
	made->argv[1] = "--data";
	made->argv[2] = text_z(into, text_of(data));
	made->argv[3] = "--body";
	made->argv[4] = text_z(into, body);
	made->service = text_format(into, "sealer/%.*s.sock", T_ARG(body)).data;
	made->body = text_copy(into, body);
	made->origin = note_origin(into, body);
	pthread_mutex_init(&made->lock, NULL);
	/* A sealer that died is an error to answer, not the end of this process. */
	signal(SIGPIPE, SIG_IGN);
	TRY(companion_start(made->service, made->argv, &made->child));
	made->is_running = true;
	*sealer = made;
	return OK;
}

static void
stop(struct sealer *sealer)
{
	if (sealer->is_running)
		child_end(&sealer->child);
	sealer->is_running = false;
}

void
sealer_end(struct sealer *sealer)
{
	if (sealer != NULL)
		stop(sealer);
}

static struct error *
ask_once(struct sealer *sealer, struct arena *arena, struct text request, struct text *reply)
{
	bool is_end = false;
	if (!sealer->is_running) {
		TRY(companion_start(sealer->service, sealer->argv, &sealer->child));
		sealer->is_running = true;
	}
	struct error *error = wire_send(sealer->child.fd, request);
	if (error == OK)
		error = wire_receive(arena, sealer->child.fd, reply, &is_end);
	if (error == OK && is_end)
		error = broken("署名のプログラムが答えずに終わりました。");
	if (error != OK)
		stop(sealer);
	return error;
}

static struct error *
refusal(const json_t *reply)
{
	const char *answer = json_string_value(json_object_get(reply, "answer"));
	const char *why = json_string_value(json_object_get(reply, "why"));
	const char *words = json_string_value(json_object_get(reply, "words"));
	if (answer != NULL && strcmp(answer, "no-key") == 0)
		return missing("署名鍵がないため、記録簿に署名できません（%s）。記録は残っています。鍵を戻すと署名が再開します。",
			       words != NULL ? words : "");
	if (answer == NULL || why == NULL)
		return broken("記録簿に署名できません（%s）。", words != NULL ? words : "?");
	if (strcmp(why, "smaller") == 0)
		return refuse("記録簿が前回の検証点より短いため、署名を断られました。古い状態に戻されたおそれがあります。");
	if (strcmp(why, "fork") == 0 || strcmp(why, "proof") == 0)
		return refuse("記録簿が前回の検証点の続きになっていないため、署名を断られました。書き換えられたおそれがあります。");
	if (strcmp(why, "stale") == 0)
		return busy("別のプログラムが先に署名しました。もう一度行います。");
	return broken("署名のプログラムに断られました（%s）。", why);
}

static struct error *
ask(struct sealer *sealer, struct arena *arena, struct text request, const char *expected,
    json_t **reply)
{
	struct text bytes;
	pthread_mutex_lock(&sealer->lock);
	struct error *error = ask_once(sealer, arena, request, &bytes);
	if (error != OK) /* perhaps it had died: once more with a new one */
		error = ask_once(sealer, arena, request, &bytes);
	pthread_mutex_unlock(&sealer->lock);
	TRY(error);
	JSON_SCOPED read = json_loadb(bytes.data, bytes.len, JSON_REJECT_DUPLICATES, NULL);
	const char *answer = json_string_value(json_object_get(read, "answer"));
	if (answer == NULL || strcmp(answer, expected) != 0)
		return refusal(read);
	*reply = json_incref(read);
	return OK;
}

/* What is to be signed, what is kept of it. */
struct seal_work {
	struct head head; /* of our tree */
	struct head seen; /* what the sealer signed last */
	struct merkle_proof proof;
	struct text note, vkey;
};

static struct error *
ask_head(struct sealer *sealer, struct arena *arena, struct head *head)
{
	JSON_SCOPED reply = NULL;
	TRY(ask(sealer, arena, T("{\"do\":\"head\"}"), "head", &reply));
	const char *root = json_string_value(json_object_get(reply, "root"));
	head->size = json_integer_value(json_object_get(reply, "size"));
	if (root == NULL || head->size < 0 || !hash_read_hex(text_of(root), &head->root))
		return broken("署名のプログラムの答えが読めません。");
	return OK;
}

struct error *
sealer_vkey(struct sealer *sealer, struct arena *into, struct text *vkey)
{
	JSON_SCOPED reply = NULL;
	TRY(ask(sealer, into, T("{\"do\":\"head\"}"), "head", &reply));
	const char *found = json_string_value(json_object_get(reply, "vkey"));
	if (found == NULL)
		return broken("署名のプログラムの答えが読めません。");
	*vkey = text_copy(into, text_of(found));
	return OK;
}

static struct text
sign_request(struct arena *arena, const struct seal_work *work)
{
	struct writer out = writer_open(arena, NOTE_MOST);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "do", T("sign"));
	json_number_at(&json, "from", work->seen.size);
	json_name(&json, T("proof"));
	json_open_array(&json);
	for (size_t at = 0; at < work->proof.count; at++)
		json_text(&json, hash_hex(arena, &work->proof.at[at]));
	json_end(&json);
	json_text_at(&json, "root", hash_hex(arena, &work->head.root));
	json_number_at(&json, "size", work->head.size);
	json_end(&json);
	return writer_text(&out);
}

static struct error *
ask_signature(struct sealer *sealer, struct arena *arena, struct seal_work *work)
{
	JSON_SCOPED reply = NULL;
	struct note_key key;
	TRY(ask(sealer, arena, sign_request(arena, work), "signed", &reply));
	const char *note = json_string_value(json_object_get(reply, "note"));
	const char *vkey = json_string_value(json_object_get(reply, "vkey"));
	if (note == NULL || vkey == NULL)
		return broken("署名のプログラムの答えが読めません。");
	work->note = text_copy(arena, text_of(note));
	work->vkey = text_copy(arena, text_of(vkey));
	TRY(note_vkey_read(arena, work->vkey, &key));
	if (note_check(arena, work->note, &key) != NOTE_HOLDS)
		return broken("署名のプログラムの署名が正しくありません。");
	return OK;
}

static struct error *
prepare(struct look *look, struct sealer *sealer, struct seal_work *work, bool *is_signed)
{
	struct journal_checkpoint latest;
	TRY(journal_latest_checkpoint(look, is_signed, &latest));
	TRY(journal_size(look, &work->head.size));
	*is_signed = work->head.size == 0 ||
		     (*is_signed && latest.head.size == work->head.size);
	if (*is_signed)
		return OK;
	TRY(ask_head(sealer, look->arena, &work->seen));
	if (work->seen.size > work->head.size)
		return refuse("記録簿（%lld 件）が前回の検証点（%lld 件）より短くなっています。古い状態に戻されたおそれがあります。",
			      (long long)work->head.size, (long long)work->seen.size);
	TRY(journal_root(look, work->head.size, &work->head.root));
	return journal_consistency(look, work->seen.size, work->head.size, &work->proof);
}

static struct error *
keep(struct act *act, void *with)
{
	const struct seal_work *work = with;
	struct text vkey;
	TRY(journal_vkey(&act->look, &vkey));
	if (!text_same(vkey, work->vkey))
		TRY(journal_key_add(act, &(struct journal_key_add_in){ work->head.size,
								       work->vkey }));
	return journal_checkpoint_add(act, &(struct journal_checkpoint_add_in){
						   work->head.size, work->note,
						   act->look.now.ms });
}

static struct error *
seal_once(struct store *store, struct sealer *sealer, struct arena *arena)
{
	struct seal_work work = { .head.origin = sealer->origin };
	bool is_signed;
	struct look look;
	TRY(look_begin(store, arena, &look));
	struct error *error = prepare(&look, sealer, &work, &is_signed);
	look_end(&look);
	if (error != OK || is_signed)
		return error;
	TRY(ask_signature(sealer, arena, &work));
	const struct actor actor = { .through = T("sealer") };
	return store_act(store, arena, &actor, keep, &work);
}

enum { SEAL_TRIES = 5 };

struct error *
journal_seal(struct store *store, struct sealer *sealer)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct error *error = OK;
	for (int tries = 0; tries < SEAL_TRIES; tries++) {
		error = seal_once(store, sealer, arena);
		if (error == OK || error->kind != ERROR_BUSY)
			break;
	}
	/* The arena ends here; the error must not. */
	if (error != OK)
		return error_make(error->kind, error->file, error->line, NULL, "%.*s",
				  T_ARG(error->words));
	return OK;
}

enum { SEAL_AT = 256, SEAL_AGAIN_SECONDS = 10 };

struct sealing {
	struct store *store;
	struct journal *journal;
	struct sealer *sealer;
	pthread_t thread;
	bool is_stopping; /* under journal->lock */
	int64_t sealed;
	struct text trouble; /* under journal->lock */
	char trouble_room[1024];
};

static void
say_trouble(struct sealing *sealing, const struct error *error)
{
	const struct text words = error != OK ? text_first(error->words, 1000) : T("");
	pthread_mutex_lock(&sealing->journal->lock);
	const bool is_new = !text_same(words, sealing->trouble);
	memcpy(sealing->trouble_room, words.data != NULL ? words.data : "", words.len);
	sealing->trouble = (struct text){ sealing->trouble_room, words.len };
	pthread_mutex_unlock(&sealing->journal->lock);
	if (is_new && error != OK)
		log_error("seal", error);
	if (is_new && error == OK)
		log_say("記録簿への署名が再開しました。");
}

/* Wait until it is time to seal up to *size; false when asked to stop. */
static bool
wait_for_work(struct sealing *sealing, const struct timespec *not_before, int64_t *size)
{
	struct journal *journal = sealing->journal;
	pthread_mutex_lock(&journal->lock);
	while (!sealing->is_stopping && journal->committed <= sealing->sealed)
		pthread_cond_wait(&journal->has_new, &journal->lock);
	int late = 0;
	while (!sealing->is_stopping && late == 0 &&
	       (sealing->trouble.len != 0 || journal->committed - sealing->sealed < SEAL_AT))
		late = pthread_cond_timedwait(&journal->has_new, &journal->lock, not_before);
	*size = journal->committed;
	const bool goes_on = !sealing->is_stopping;
	pthread_mutex_unlock(&journal->lock);
	return goes_on;
}

static void *
sealing_loop(void *with)
{
	struct sealing *sealing = with;
	struct timespec not_before = { 0 };
	bool goes_on = true;
	while (goes_on) {
		int64_t size;
		goes_on = wait_for_work(sealing, &not_before, &size);
		struct error *error = journal_seal(sealing->store, sealing->sealer);
		if (error == OK)
			sealing->sealed = size;
		say_trouble(sealing, error);
		clock_gettime(CLOCK_MONOTONIC, &not_before);
		not_before.tv_sec += error == OK ? 1 : SEAL_AGAIN_SECONDS;
		error_sweep();
	}
	return NULL;
}

struct error *
sealing_start(struct arena *into, struct store *store, struct journal *journal,
	      struct sealer *sealer, struct sealing **sealing)
{
	struct sealing *made = ARENA_NEW(into, struct sealing);
	*made = (struct sealing){ .store = store, .journal = journal, .sealer = sealer };
	/* What an earlier run left unsigned is sealed at once. */
	made->sealed = -1;
	if (pthread_create(&made->thread, NULL, sealing_loop, made) != 0)
		return broken("署名のスレッドを始められません。");
	*sealing = made;
	return OK;
}

void
sealing_stop(struct sealing *sealing)
{
	if (sealing == NULL)
		return;
	pthread_mutex_lock(&sealing->journal->lock);
	sealing->is_stopping = true;
	pthread_cond_broadcast(&sealing->journal->has_new);
	pthread_mutex_unlock(&sealing->journal->lock);
	pthread_join(sealing->thread, NULL);
}

struct error *
journal_state(struct look *look, struct sealing *sealing, struct journal_state *state)
{
	struct journal_checkpoint latest;
	bool found;
	struct journal_state made = { .trouble = T("") };
	TRY(journal_size(look, &made.size));
	TRY(journal_latest_checkpoint(look, &found, &latest));
	if (found) {
		made.signed_size = latest.head.size;
		made.signed_at = latest.at;
	}
	if (sealing != NULL) {
		pthread_mutex_lock(&sealing->journal->lock);
		made.trouble = text_copy(look->arena, sealing->trouble);
		pthread_mutex_unlock(&sealing->journal->lock);
	}
	*state = made;
	return OK;
}
