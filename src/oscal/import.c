/* Documents in, the files of a pack out; and what they say differently, or do not say. */
#include "oscal/reading.h"

#include "base/day.h"
#include "base/file.h"
#include "base/say.h"

#include <string.h>
#include <unistd.h>

enum { FILES_MOST = 200, FILE_MOST = 4 << 20, TOTAL_MOST = 16 << 20, MODE = 0644 };

struct importing {
	struct arena *into;
	const char *folder;
	json_t *documents[OSCAL_MOST_DOCUMENTS];
	struct spot tops[OSCAL_MOST_DOCUMENTS]; /* the value under "catalog" and so on */
	enum oscal_model models[OSCAL_MOST_DOCUMENTS];
	size_t count, catalog; /* catalog: which of them */
	struct pack_files files;
	struct taken taken;
	struct oscal_read *read;
	struct differences differences, losses;
};

/* ---- Which document is what ---- */

static struct error *
sort_document(struct importing *importing, size_t at, const char *file)
{
	json_t *document = importing->documents[at];
	for (int model = 0; model < OSCAL_MODELS; model++) {
		json_t *top = json_object_get(document, oscal_model_name((enum oscal_model)model));
		if (top == NULL)
			continue;
		if (!json_is_object(top))
			return reject(file, "「%s」の中身は { … } です。",
				      oscal_model_name((enum oscal_model)model));
		importing->models[at] = (enum oscal_model)model;
		importing->tops[at] = (struct spot){
			.file = file, .name = oscal_model_name((enum oscal_model)model), .value = top };
		if (model > OSCAL_COMPONENTS)
			return reject(file, "「%s」からは方針パックを作れません。catalog、profile、component-definition を渡してください。",
				      oscal_model_name((enum oscal_model)model));
		return OK;
	}
	return reject(file, "OSCALの catalog、profile、component-definition のどれでもありません。");
}

static struct error *
check_version(struct importing *importing, const struct spot *top)
{
	struct spot metadata;
	struct text version;
	TRY(object_at(importing->into, top, "metadata", &metadata));
	if (metadata.value == NULL)
		return reject(where_is(importing->into, top, "metadata"), "metadata がありません。");
	TRY(text_at(importing->into, &metadata, "oscal-version", &version));
	if (text_starts(version, T("1.0.")) || text_starts(version, T("1.1.")) ||
	    text_starts(version, T("1.2.")))
		return OK;
	return reject(where_is(importing->into, &metadata, "oscal-version"),
		      "OSCALの版「%.*s」は読めません。1.0 から 1.2 までです。", T_ARG(version));
}

static struct error *
read_documents(struct importing *importing, const struct oscal_document *documents, size_t count)
{
	size_t catalogs = 0;
	if (count == 0 || count > OSCAL_MOST_DOCUMENTS)
		return reject(NULL, "文書は1から%dまで渡してください。", OSCAL_MOST_DOCUMENTS);
	for (size_t at = 0; at < count; at++) {
		TRY(document_read(importing->into, &documents[at], &importing->documents[at]));
		importing->count++;
		TRY(sort_document(importing, at, documents[at].name));
		TRY(check_version(importing, &importing->tops[at]));
		if (importing->models[at] != OSCAL_CATALOG)
			continue;
		importing->catalog = at;
		catalogs++;
	}
	if (catalogs != 1)
		return reject(NULL, "catalog を一つ渡してください（%zuありました）。", catalogs);
	return OK;
}

/* ---- The files a catalog of ours carries ---- */

static bool
is_plain_name(struct text name)
{
	uint32_t c;
	if (name.len == 0 || name.len > 100 || name.data[0] == '.')
		return false;
	for (size_t at = 0; text_next(name, &at, &c);)
		if (c < 0x20 || c == '/' || c == '\\' || c == 0x7f)
			return false;
	return true;
}

/* "pack.yaml", "clauses/01.yaml": nothing that would leave the folder. */
static bool
is_pack_path(struct text path)
{
	struct text folder, name;
	if (!text_has(path, T("/")))
		return is_plain_name(path);
	(void)text_cut(path, '/', &folder, &name);
	return is_plain_name(folder) && is_plain_name(name) &&
	       (text_ends(name, T(".yaml")) || text_ends(name, T(".md")));
}

static struct error *
hash_said(struct importing *importing, const struct spot *resource, struct hash *hash)
{
	json_t *links, *hashes;
	size_t count, hashes_count;
	TRY(array_at(importing->into, resource, "rlinks", &links, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot link = item_at(resource, "rlinks", links, at);
		TRY(array_at(importing->into, &link, "hashes", &hashes, &hashes_count));
		for (size_t of = 0; of < hashes_count; of++) {
			const struct spot item = item_at(&link, "hashes", hashes, of);
			struct text algorithm, value;
			TRY(text_at(importing->into, &item, "algorithm", &algorithm));
			TRY(text_at(importing->into, &item, "value", &value));
			if (text_is(algorithm, "SHA-256") && hash_read_hex(value, hash))
				return OK;
		}
	}
	return reject(where_is(importing->into, resource, "rlinks"),
		      "方針パックのファイルに SHA-256 のハッシュがありません。");
}

static struct error *
take_file(struct importing *importing, const struct spot *resource, struct text path, size_t *total)
{
	struct spot inside;
	struct text value = T(""), bytes = T("");
	struct hash said;
	if (!is_pack_path(path))
		return reject(where_is(importing->into, resource, NULL),
			      "「%.*s」は方針パックのファイルの名前ではありません。", T_ARG(path));
	TRY(object_at(importing->into, resource, "base64", &inside));
	if (inside.value != NULL)
		TRY(text_at(importing->into, &inside, "value", &value));
	if (!text_unbase64(importing->into, value, &bytes))
		return reject(where_is(importing->into, resource, "base64.value"), "Base64ではありません。");
	*total += bytes.len;
	if (bytes.len > FILE_MOST || *total > TOTAL_MOST || importing->files.count == FILES_MOST)
		return reject(where_is(importing->into, resource, NULL), "方針パックが大きすぎます。");
	TRY(hash_said(importing, resource, &said));
	const struct hash is = hash_of(bytes);
	if (!hash_same(&is, &said))
		return reject(where_is(importing->into, resource, NULL),
			      "「%.*s」の中身がハッシュと合いません。受け取り直すか、このファイルを除いてください。",
			      T_ARG(path));
	files_put(&importing->files, path, bytes);
	return OK;
}

static struct error *
take_files(struct importing *importing)
{
	const struct spot *catalog = &importing->tops[importing->catalog];
	struct spot matter;
	json_t *array;
	size_t count, total = 0;
	TRY(object_at(importing->into, catalog, "back-matter", &matter));
	if (matter.value == NULL)
		return OK;
	TRY(array_at(importing->into, &matter, "resources", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot resource = item_at(&matter, "resources", array, at);
		if (text_is(prop_at(importing->into, resource.value, OSCAL_NS, "type", NULL), "pack-file"))
			TRY(take_file(importing, &resource,
				      prop_at(importing->into, resource.value, OSCAL_NS, "path", NULL),
				      &total));
	}
	return OK;
}

static bool
has_file(const struct importing *importing, const char *path)
{
	for (size_t at = 0; at < importing->files.count; at++)
		if (text_is(importing->files.at[at].path, path))
			return true;
	return false;
}

/* ---- Writing the folder ---- */

static struct error *
write_files(const struct importing *importing)
{
	struct arena *into = importing->into;
	for (size_t at = 0; at < importing->files.count; at++) {
		const struct oscal_file *file = &importing->files.at[at];
		struct text folder, name;
		if (text_cut(file->path, '/', &folder, &name))
			TRY(folder_make(path_join(into, importing->folder, text_z(into, folder))));
		TRY(file_replace(path_join(into, importing->folder, text_z(into, file->path)), file->bytes,
				 MODE));
	}
	return OK;
}

/* ---- What is left to be answered ---- */

static const char *const answer_words[ANSWERS] = {
	[ANSWER_PACK] = N_("方針パックの基本（名前、法律、日、分類、質問、きっかけ、証拠）"),
	[ANSWER_ACTOR] = N_("だれの義務か（actor）が書かれていない条項"),
	[ANSWER_KIND] = N_("どう守るか（kind）が書かれていない条項。仮に attest としました"),
	[ANSWER_JAPANESE] = N_("日本語の言葉がないもの"),
	[ANSWER_ENGLISH] = N_("英語の言葉がないもの"),
	[ANSWER_PARAMETER] = N_("数でない、または上限と下限のないパラメーター"),
	[ANSWER_ROLE] = N_("範囲（scope）が書かれていない役割。仮に body としました"),
	[ANSWER_STATEMENT] = N_("文のない条項"),
	[ANSWER_ID] = N_("方針パックで使えないので変えた id"),
	[ANSWER_LINK] = N_("先のない参照"),
};

static void
write_answers(struct importing *importing)
{
	const struct answers *answers = &importing->taken.answers;
	struct writer out = writer_open(importing->into, FILE_MOST);
	write_format(&out, "# %s\n\n%s\n", say("答えること"),
		     say("OSCALの文書に書かれていなかったことです。書けたら、この一覧から消してください。"));
	for (int at = 0; at < ANSWERS; at++) {
		importing->read->to_answer += answers->count[at];
		if (answers->count[at] == 0)
			continue;
		write_format(&out, "\n## %s (%zu)\n\n", say(answer_words[at]), answers->count[at]);
		for (size_t of = 0; of < answers->listed[at]; of++)
			write_format(&out, "- %.*s\n", T_ARG(answers->at[at][of]));
		if (answers->count[at] > answers->listed[at])
			write_format(&out, say("- ほか %zu\n"), answers->count[at] - answers->listed[at]);
	}
	if (importing->read->to_answer > 0)
		files_put(&importing->files, T("to-answer.md"), finished(&importing->taken, &out));
}

/* ---- Ours: what the catalog says against what its files say ---- */

/* The document that the files of the folder would make. */
static struct error *
write_again(struct importing *importing, const struct pack *pack, enum oscal_model model, json_t **made)
{
	struct text json;
	json_error_t fault;
	const struct oscal_source source = {
		.pack = pack, .files = importing->files.at, .files_count = importing->files.count };
	TRY(oscal_write(importing->into, &source, model, &json));
	*made = json_loadb(json.data, json.len, 0, &fault);
	return *made != NULL ? OK : broken("書いたばかりの文書を読めません（%s）。", fault.text);
}

static bool
is_property(const json_t *object, const char *name, const char *value)
{
	const json_t *is_name = json_object_get(object, "name"), *is = json_object_get(object, "value");
	return json_is_string(is_name) && strcmp(json_string_value(is_name), name) == 0 &&
	       (value == NULL || (json_is_string(is) && strcmp(json_string_value(is), value) == 0));
}

static void
forget_items(json_t *array, bool (*is_forgotten)(const json_t *item))
{
	for (size_t at = json_array_size(array); at-- > 0;)
		if (is_forgotten(json_array_get(array, at)))
			json_array_remove(array, at);
}

static bool
is_carried_file(const json_t *resource)
{
	json_t *prop;
	size_t at;
	json_array_foreach(json_object_get(resource, "props"), at, prop)
		if (is_property(prop, "type", "pack-file"))
			return true;
	return false;
}

static bool
is_digest(const json_t *prop)
{
	return is_property(prop, "pack-digest", NULL);
}

/*
 * The files inside have been held against their hashes already. Of profile and component-definition only
 * their own content counts: their metadata tell who wrote them out.
 */
static void
forget(json_t *document, enum oscal_model model)
{
	json_t *top = json_object_get(document, oscal_model_name(model));
	forget_items(json_object_get(json_object_get(top, "back-matter"), "resources"), is_carried_file);
	forget_items(json_object_get(json_object_get(top, "metadata"), "props"), is_digest);
	if (model != OSCAL_CATALOG)
		json_object_del(top, "metadata");
}

static void
forget_uuids(json_t *value)
{
	json_t *below;
	const char *name;
	size_t at;
	if (json_is_object(value)) {
		json_object_del(value, "uuid");
		json_object_foreach(value, name, below)
			forget_uuids(below);
	}
	json_array_foreach(value, at, below)
		forget_uuids(below);
}

static struct error *
compare_with(struct importing *importing, const struct pack *pack, size_t at,
	     struct differences *differences)
{
	const enum oscal_model model = importing->models[at];
	JSON_SCOPED *ours = NULL;
	JSON_SCOPED *theirs = json_deep_copy(importing->documents[at]);
	TRY(write_again(importing, pack, model, &ours));
	forget(ours, model);
	forget(theirs, model);
	if (model != OSCAL_CATALOG) {
		forget_uuids(ours);
		forget_uuids(theirs);
	}
	differences->into = importing->into;
	differences->file = importing->tops[at].file;
	differ(differences, theirs, ours, oscal_model_name(model));
	return OK;
}

static void
drop_clauses(struct pack_files *files)
{
	size_t kept = 0;
	for (size_t at = 0; at < files->count; at++)
		if (!text_starts(files->at[at].path, T("clauses/")))
			files->at[kept++] = files->at[at];
	files->count = kept;
}

static struct error *
metadata_of(struct importing *importing, struct spot *metadata, struct text *uuid)
{
	const struct spot *catalog = &importing->tops[importing->catalog];
	TRY(text_at(importing->into, catalog, "uuid", uuid));
	return object_at(importing->into, catalog, "metadata", metadata);
}

/* The catalog wins: what of the pack it tells is written anew from it. */
static struct error *
follow_catalog(struct importing *importing)
{
	const struct differences *found = &importing->differences;
	struct spot metadata;
	struct text uuid;
	TRY(metadata_of(importing, &metadata, &uuid));
	if (found->in_clauses) {
		drop_clauses(&importing->files);
		yaml_clauses(&importing->taken, &importing->files);
		write_answers(importing);
	}
	if (found->in_roles || importing->taken.answers.count[ANSWER_ACTOR] > 0)
		yaml_roles(&importing->taken, &importing->files);
	if (found->in_parameters)
		yaml_parameters(&importing->taken, &importing->files);
	if (found->in_pack)
		TRY(yaml_pack(&importing->taken, &metadata, uuid, &importing->files));
	return OK;
}

static struct error *
remove_clauses(const struct importing *importing)
{
	const char *folder = path_join(importing->into, importing->folder, "clauses");
	struct text *names;
	size_t count;
	if (!file_exists(folder))
		return OK;
	TRY(folder_list(importing->into, folder, FILES_MOST, &names, &count));
	for (size_t at = 0; at < count; at++)
		(void)unlink(path_join(importing->into, folder, text_z(importing->into, names[at])));
	return OK;
}

static struct error *
import_ours(struct importing *importing)
{
	ARENA_SCOPED scratch = arena_open((size_t)1 << 30);
	struct pack *pack;
	TRY(write_files(importing));
	TRY(pack_load(scratch, importing->folder, &pack_known, &pack, NULL));
	for (size_t at = 0; at < importing->count; at++)
		TRY(compare_with(importing, pack, at, &importing->differences));
	importing->read->is_ours = true;
	importing->read->is_untouched = importing->differences.count == 0;
	if (importing->read->is_untouched)
		return OK;
	TRY(follow_catalog(importing));
	if (importing->taken.is_too_big)
		return reject(importing->taken.file, "方針パックのファイルに入りきりません（一つ%dバイトまで）。",
			      FILE_MOST);
	if (importing->differences.in_clauses)
		TRY(remove_clauses(importing));
	TRY(write_files(importing));
	/* What the pack still says otherwise could not be taken over. */
	if (pack_load(scratch, importing->folder, &pack_known, &pack, NULL) == OK)
		for (size_t at = 0; at < importing->count; at++)
			TRY(compare_with(importing, pack, at, &importing->losses));
	return OK;
}

/* ---- Somebody else's ---- */

/* How others say they carry a clause out is no rule of ours: kept to read. */
static void
put_components_aside(struct importing *importing, const struct spot *top)
{
	json_t *component, *implementation, *requirement;
	size_t a, b, c;
	json_array_foreach(json_object_get(top->value, "components"), a, component)
		json_array_foreach(json_object_get(component, "control-implementations"), b, implementation)
			json_array_foreach(json_object_get(implementation, "implemented-requirements"), c,
					   requirement) {
				const char *id = json_string_value(json_object_get(requirement, "control-id"));
				const char *words =
					json_string_value(json_object_get(requirement, "description"));
				if (id != NULL && words != NULL)
					write_format(&importing->taken.aside,
						     "- **%s** component: %s\n", id, words);
			}
}

static void
take_settings(struct taken *taken, const json_t *profile)
{
	json_t *set;
	size_t at;
	json_array_foreach(json_object_get(json_object_get(profile, "modify"), "set-parameters"), at, set) {
		const char *id = json_string_value(json_object_get(set, "param-id"));
		json_t *value = json_array_get(json_object_get(set, "values"), 0);
		if (id != NULL && json_is_string(value))
			(void)json_object_set(taken->settings, id, value);
	}
}

/* Patterns, and a second catalog: not followed, so it is said. */
static void
tell_unfollowed(struct importing *importing, const json_t *profile)
{
	static const char *const selections[] = { "include-controls", "exclude-controls" };
	const json_t *imports = json_object_get(profile, "imports");
	json_t *group;
	size_t at;
	for (size_t of = 0; of < 2; of++)
		json_array_foreach(json_object_get(importing->taken.selection, selections[of]), at, group)
			if (json_object_get(group, "matching") != NULL)
				write_format(&importing->taken.aside, "- profile: %s, matching\n",
					     selections[of]);
	if (json_array_size(imports) > 1)
		write_format(&importing->taken.aside, "- profile: imports (%zu)\n",
			     json_array_size(imports) - 1);
}

static void
use_profiles(struct importing *importing)
{
	for (size_t at = 0; at < importing->count; at++) {
		if (importing->models[at] != OSCAL_PROFILE)
			continue;
		importing->taken.selection =
			json_array_get(json_object_get(importing->tops[at].value, "imports"), 0);
		take_settings(&importing->taken, importing->tops[at].value);
		tell_unfollowed(importing, importing->tops[at].value);
	}
}

static void
put_resources_aside(struct importing *importing)
{
	const struct spot *catalog = &importing->tops[importing->catalog];
	json_t *resource;
	size_t at;
	json_array_foreach(json_object_get(json_object_get(catalog->value, "back-matter"), "resources"), at,
			   resource) {
		const char *uuid = json_string_value(json_object_get(resource, "uuid"));
		const char *title = json_string_value(json_object_get(resource, "title"));
		if (uuid != NULL && !is_carried_file(resource))
			write_format(&importing->taken.aside, "- **#%s** resource: %s\n", uuid,
				     title != NULL ? title : "");
	}
}

static struct error *
import_theirs(struct importing *importing)
{
	struct spot metadata;
	struct text uuid;
	struct taken *taken = &importing->taken;
	TRY(metadata_of(importing, &metadata, &uuid));
	yaml_clauses(taken, &importing->files);
	yaml_parameters(taken, &importing->files);
	TRY(yaml_pack(taken, &metadata, uuid, &importing->files));
	yaml_rest(taken, &importing->files);
	yaml_roles(taken, &importing->files);
	for (size_t at = 0; at < importing->count; at++) {
		if (importing->models[at] == OSCAL_COMPONENTS)
			put_components_aside(importing, &importing->tops[at]);
	}
	put_resources_aside(importing);
	taken->is_too_big |= writer_is_full(&taken->aside);
	if (taken->aside.len > 0)
		files_put(&importing->files, T("from-catalog.md"),
			  text_format(importing->into, "# %s\n\n%.*s",
				      say("カタログにあって方針パックに置き場所のないもの"),
				      T_ARG(writer_text(&taken->aside))));
	write_answers(importing);
	if (taken->is_too_big)
		return reject(taken->file, "方針パックのファイルに入りきりません（一つ%dバイトまで）。", FILE_MOST);
	return write_files(importing);
}

/* ---- All of it ---- */

static void
collect_notes(struct importing *importing)
{
	struct oscal_read *read = importing->read;
	const struct differences *found = &importing->differences, *lost = &importing->losses;
	read->notes = ARENA_ARRAY(importing->into, struct oscal_note, found->count + lost->count + 1);
	for (size_t at = 0; at < found->count; at++)
		read->notes[read->notes_count++] = found->notes[at];
	for (size_t at = 0; at < lost->count; at++)
		read->notes[read->notes_count++] = (struct oscal_note){
			lost->notes[at].where,
			text_format(importing->into, say("取り込んだあとも違います: %.*s"),
				    T_ARG(lost->notes[at].words)) };
	read->files = importing->files.count;
	read->clauses = importing->taken.clauses_count;
}

static struct error *
import_all(struct importing *importing, const struct oscal_document *documents, size_t count)
{
	TRY(read_documents(importing, documents, count));
	struct spot *catalog = &importing->tops[importing->catalog];
	importing->taken.file = catalog->file;
	TRY(take_files(importing));
	const bool is_ours = has_file(importing, "pack.yaml");
	if (!is_ours)
		use_profiles(importing);
	TRY(taken_catalog(&importing->taken, catalog));
	TRY(is_ours ? import_ours(importing) : import_theirs(importing));
	collect_notes(importing);
	return OK;
}

struct error *
oscal_read(struct arena *into, const struct oscal_document *documents, size_t count,
	   const char *folder, struct oscal_read *read)
{
	struct text *names;
	size_t names_count;
	struct oscal_read made = { 0 };
	struct importing importing = {
		.into = into,
		.folder = folder,
		.files = { into, ARENA_ARRAY(into, struct oscal_file, 2 * FILES_MOST), 0, 2 * FILES_MOST },
		.taken = { .into = into, .aside = writer_open(into, 3 << 20) },
		.read = &made,
	};
	TRY(folder_make(folder));
	TRY(folder_list(into, folder, 10000, &names, &names_count));
	if (names_count > 0)
		return conflict("「%s」は空ではありません。新しいフォルダーの名前にしてください。", folder);
	importing.taken.settings = new_object();
	struct error *error = import_all(&importing, documents, count);
	for (size_t at = 0; at < importing.count; at++)
		json_decref(importing.documents[at]);
	json_decref(importing.taken.settings);
	TRY(error);
	*read = made;
	return OK;
}
