/*
 * Evidence: files hashed when they are taken in and kept beside the store under that digest, things by where
 * they came from; and for both, who has had them since.
 */
#include "incident/rooms.h"

#include "base/file.h"

/* ---- Files ---- */

static const char *
blobs_folder(struct store *store, struct arena *arena)
{
	const struct text path = text_of(store_path(store));
	size_t end = path.len;
	while (end > 0 && path.data[end - 1] != '/')
		end--;
	return path_join(arena, end == 0 ? "." : text_z(arena, text_first(path, end)), "blobs");
}

static const char *
blob_path(struct store *store, struct arena *arena, const struct hash *digest)
{
	return path_join(arena, blobs_folder(store, arena), text_z(arena, hash_hex(arena, digest)));
}

struct error *
incident_file_keep(struct store *store, struct arena *arena, struct text bytes, struct hash *digest)
{
	if (bytes.len == 0)
		return reject("file", "選んだファイルは空です。");
	if (bytes.len > INCIDENT_MOST_FILE)
		return reject("file", "ファイルが大きすぎます。%d MB までです。大きなものは媒体のまま保管し、ハッシュ値を書いてください。",
			      INCIDENT_MOST_FILE >> 20);
	*digest = hash_of(bytes);
	const char *path = blob_path(store, arena, digest);
	if (file_exists(path))
		return OK;
	TRY(folder_make(blobs_folder(store, arena)));
	return store_file_write(store, path, bytes);
}

struct error *
incident_file_read(struct look *look, const struct incident_evidence *evidence, struct text *bytes)
{
	if (!evidence->is_file)
		return missing("この証拠はファイルではありません。");
	TRY(store_file_read(look->store, look->arena, blob_path(look->store, look->arena, &evidence->digest),
			    INCIDENT_MOST_FILE, bytes));
	const struct hash found = hash_of(*bytes);
	if (!hash_same(&found, &evidence->digest))
		return broken("保管している証拠が、受け入れたときと違っています。CSIRTに知らせてください。");
	return OK;
}

/* ---- Reading ---- */

#define EVIDENCE_FROM(r)                                                                       \
	((struct incident_evidence){                                                           \
		.id = { (r)->id },                                                             \
		.incident = { (r)->incident },                                                 \
		.no = (r)->no,                                                                 \
		.name = (r)->name,                                                             \
		.is_file = (r)->digest.len == HASH_LEN,                             \
		.digest = digest_of((r)->digest),                                              \
		.size = (r)->size,                                                             \
		.origin = (r)->origin,                                                         \
		.taken = { (r)->taken },                                                       \
		.at = { (r)->at },                                                             \
		.person_name = (r)->person_name,                                               \
		.holder = (r)->holder,                                                         \
		.ended = { (r)->ended },                                                       \
	})

static struct hash
digest_of(struct text bytes)
{
	struct hash digest = { 0 };
	if (bytes.len == HASH_LEN)
		for (size_t at = 0; at < bytes.len; at++)
			digest.at[at] = (uint8_t)bytes.data[at];
	return digest;
}

struct error *
incident_evidence_list(struct look *look, struct incident_id id, struct incident_evidence **list, size_t *count)
{
	struct incident_evidence_rows_row *rows;
	TRY(incident_evidence_rows(look, &(struct incident_evidence_rows_in){ id.no, INCIDENT_MOST_EVIDENCE },
				   &rows, count));
	*list = ARENA_ARRAY(look->arena, struct incident_evidence, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = EVIDENCE_FROM(&rows[at]);
	return OK;
}

struct error *
incident_evidence_read(struct look *look, struct evidence_id id, struct incident_evidence *evidence)
{
	struct incident_evidence_row_row row;
	bool found;
	TRY(incident_evidence_row(look, &(struct incident_evidence_row_in){ id.no }, &found, &row));
	if (!found)
		return missing("その証拠はありません。");
	*evidence = EVIDENCE_FROM(&row);
	return OK;
}

struct error *
incident_custody(struct look *look, struct evidence_id id, struct custody **list, size_t *count)
{
	struct incident_custody_rows_row *rows;
	TRY(incident_custody_rows(look, &(struct incident_custody_rows_in){ id.no, OPEN_MOST }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct custody, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct custody *made = &(*list)[at];
		*made = (struct custody){ .at = { rows[at].at },
					  .made = { rows[at].made },
					  .holder = rows[at].holder,
					  .words = rows[at].words,
					  .person_name = rows[at].person_name,
					  .is_checked = rows[at].is_same != 0,
					  .is_same = rows[at].is_same == 2 };
		if (!custody_read(rows[at].doing, &made->doing))
			return broken("証拠の受け渡しの記録が読めません(%lld)。", (long long)rows[at].id);
	}
	return OK;
}

/* ---- Taking in ---- */

static struct error *
custody_put(struct act *act, int64_t evidence, const struct custody *custody)
{
	int64_t id;
	TRY(act_number(act, T("incident-custody"), &id));
	return incident_custody_insert(act, &(struct incident_custody_insert_in){
						    .id = id,
						    .evidence = evidence,
						    .at = custody->at.ms,
						    .now = act->look.now.ms,
						    .doing = text_of(custody_name(custody->doing)),
						    .holder = custody->holder,
						    .words = custody->words,
						    .person = act->actor.person,
						    .is_same = !custody->is_checked ? 0 : custody->is_same ? 2 : 1,
					    });
}

static struct error *
name_of_actor(struct act *act, struct text *name)
{
	*name = T("");
	if (act->actor.person == 0)
		return OK;
	return people_name(&act->look, (struct person_id){ act->actor.person }, name);
}

static struct error *
evidence_put(struct act *act, const struct evidence_taking *taking, struct incident_evidence_insert_in *in)
{
	struct arena *arena = act->look.arena;
	struct incident_evidence_last_row last;
	struct moment taken;
	TRY(line_take(arena, "name", taking->name, INCIDENT_MOST_LINE, true, &in->name));
	TRY(line_take(arena, "origin", taking->origin, INCIDENT_MOST_LINE, false, &in->origin));
	TRY(line_take(arena, "holder", taking->holder, INCIDENT_MOST_LINE, false, &in->holder));
	TRY(moment_take(act, "taken", taking->taken, &taken));
	if (in->holder.len == 0)
		TRY(name_of_actor(act, &in->holder));
	TRY(incident_evidence_last(&act->look, &(struct incident_evidence_last_in){ taking->incident.no },
				   &last));
	if (last.no >= INCIDENT_MOST_EVIDENCE)
		return refuse("証拠は一つの事案に%d件までです。", INCIDENT_MOST_EVIDENCE);
	TRY(act_number(act, T("incident-evidence"), &in->id));
	in->incident = taking->incident.no;
	in->no = last.no + 1;
	in->size = taking->size;
	in->taken = taken.ms;
	in->now = act->look.now.ms;
	in->person = act->actor.person;
	if (taking->is_file)
		in->digest = text_copy(arena, hash_bytes(&taking->digest));
	return incident_evidence_insert(act, in);
}

struct error *
incident_evidence_take(struct act *act, const struct pack *pack, const struct evidence_taking *taking,
		       struct evidence_id *id)
{
	struct arena *arena = act->look.arena;
	struct incident_evidence_insert_in in = { 0 };
	struct incident incident;
	TRY(living_take(act, pack, taking->incident, &incident));
	TRY(must_write(act, pack, &incident));
	if (taking->is_file && !file_exists(blob_path(act->look.store, arena, &taking->digest)))
		return broken("証拠のファイルを保管できませんでした。もう一度選んでください。");
	TRY(evidence_put(act, taking, &in));
	TRY(custody_put(act, in.id,
			&(struct custody){ .at = { in.taken }, .doing = CUSTODY_TAKEN, .holder = in.holder,
					   .words = T("") }));
	const struct text digest = taking->is_file ? hash_hex(arena, &taking->digest) : T("");
	TRY(entry_by_bansho(act, incident.id, ENTRY_EVIDENCE,
			    taking->is_file
				    ? text_format(arena, say("証拠%lld「%.*s」を受け入れました。SHA-256 %.*s"),
						  (long long)in.no, T_ARG(in.name), T_ARG(digest))
				    : text_format(arena, say("証拠%lld「%.*s」を受け入れました。"),
						  (long long)in.no, T_ARG(in.name))));
	TRY(note_incident(act, incident.id, "incident.evidence", NULL,
			  (struct fact_pair[]){ { "evidence", { 0 }, in.id },
						{ "sha256", digest, 0 },
						{ "size", { 0 }, in.size },
						{ 0 } }));
	id->no = in.id;
	return OK;
}

/* ---- From hand to hand ---- */

/* What is there now, against the digest of the intake. A file that is gone or changed is not the same. */
static void
check_file(struct act *act, const struct incident_evidence *evidence, struct custody *custody)
{
	struct text bytes;
	custody->is_checked = evidence->is_file;
	custody->is_same = evidence->is_file && incident_file_read(&act->look, evidence, &bytes) == OK;
}

static struct error *
custody_of(struct act *act, const struct custody_noting *noting, const struct incident_evidence *evidence,
	   struct custody *custody)
{
	struct arena *arena = act->look.arena;
	const bool is_handed = noting->doing == CUSTODY_HANDED || noting->doing == CUSTODY_RETURNED;
	*custody = (struct custody){ .doing = noting->doing };
	TRY(moment_take(act, "at", noting->at, &custody->at));
	TRY(line_take(arena, "holder", noting->holder, INCIDENT_MOST_LINE, is_handed, &custody->holder));
	TRY(line_take(arena, "words", noting->words, INCIDENT_MOST_WORDS, noting->doing == CUSTODY_DESTROYED,
		      &custody->words));
	if (custody->holder.len == 0)
		custody->holder = noting->doing == CUSTODY_DESTROYED ? T("") : evidence->holder;
	if (noting->doing == CUSTODY_TAKEN)
		return reject("doing", "何をしたかを選んでください。");
	if (noting->doing == CUSTODY_CHECKED)
		check_file(act, evidence, custody);
	return OK;
}

struct error *
incident_custody_note(struct act *act, const struct pack *pack, const struct custody_noting *noting,
		      bool *is_same)
{
	struct incident_evidence evidence;
	struct custody custody;
	TRY(incident_evidence_read(&act->look, noting->evidence, &evidence));
	TRY(must_lead(act, pack));
	if (evidence.ended.ms != 0)
		return conflict("この証拠は、もう返したか廃棄しています。");
	TRY(custody_of(act, noting, &evidence, &custody));
	TRY(custody_put(act, evidence.id.no, &custody));
	if (noting->doing != CUSTODY_CHECKED)
		TRY(incident_evidence_held(act, &(struct incident_evidence_held_in){
							evidence.id.no, custody.holder,
							noting->doing == CUSTODY_HANDED ? 0 : custody.at.ms }));
	TRY(note_incident(act, evidence.incident, "incident.custody", NULL,
			  (struct fact_pair[]){ { "evidence", { 0 }, evidence.id.no },
						{ "doing", text_of(custody_name(noting->doing)), 0 },
						{ "checked", { 0 }, custody.is_checked },
						{ "same", { 0 }, custody.is_same },
						{ 0 } }));
	if (is_same != NULL)
		*is_same = custody.is_same;
	return OK;
}
