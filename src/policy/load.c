#include "policy/rooms.h"

#include "base/day.h"
#include "base/file.h"
#include "base/number.h"

enum {
	FOLDER_ROOT,
	FOLDER_CLAUSES,
	FOLDER_FORMS,
	FOLDER_LEDGERS,
	FOLDERS,
};

static const char *const folder_names[FOLDERS] = {"", "clauses", "forms", "ledgers"};

/* Every file of the pack, in the order of its name, with its tree. */
struct pack_file {
	struct text name; /* "forms/2.yaml" */
	int folder;
	struct node *tree;
};

struct pack_files {
	struct pack_file at[PACK_MOST_FILES];
	size_t count;
	size_t bytes;
	struct hasher *hasher;
	const char *folder;
};

static const char *const root_files[] = {
	"pack.yaml",      "roles.yaml",     "classes.yaml",  "parameters.yaml",
	"questions.yaml", "occasions.yaml", "evidence.yaml", NULL,
};

static bool
is_root_file(struct text name)
{
	for (size_t i = 0; root_files[i] != NULL; i++)
		if (text_is(name, root_files[i]))
			return true;
	return false;
}

static void
fault_strange(struct reading *reading, struct text name)
{
	struct text names[16];
	size_t count = 0;

	for (size_t i = 0; root_files[i] != NULL; i++)
		names[count++] = text_of(root_files[i]);
	for (size_t i = FOLDER_CLAUSES; i < FOLDERS; i++)
		names[count++] = text_of(folder_names[i]);
	fault_line(reading, name, 1, 1,
		   "「%.*"
		   "s」は方針パックのファイルではありません。名前を直すか、フォルダの外へ移して"
		   "ください。%s",
		   T_ARG(name), did_you_mean(reading, name, names, count));
}

/* The digest covers names, lengths and bytes, so that nothing can move between files unseen. */
static void
digest_add(struct reading *reading, struct pack_files *files, struct text name,
	   struct text bytes)
{
	hasher_add(files->hasher, name);
	hasher_add(files->hasher, text_format(reading->scratch, "\n%zu\n", bytes.len));
	hasher_add(files->hasher, bytes);
}

static void
take_file(struct reading *reading, struct pack_files *files, int folder, struct text name)
{
	struct text bytes;
	const char *path =
		path_join(reading->scratch, files->folder, text_z(reading->scratch, name));

	if (files->count >= PACK_MOST_FILES || files->bytes > PACK_MOST_TOTAL) {
		fault_line(
			reading, name, 1, 1,
			"方針パックが大きすぎます。%d ファイル、合わせて %d バイトまでです。",
			PACK_MOST_FILES, PACK_MOST_TOTAL);
		return;
	}
	struct error *error = file_read(reading->scratch, path, PACK_MOST_BYTES, &bytes);
	if (error != NULL) {
		fault_line(reading, name, 1, 1, "ファイルを読めません: %.*s",
			   T_ARG(error->words));
		return;
	}
	files->bytes += bytes.len;
	digest_add(reading, files, name, bytes);
	files->at[files->count++] = (struct pack_file){
		.name = name, .folder = folder, .tree = yaml_read(reading, name, bytes)};
}

static struct error *
take_folder(struct reading *reading, struct pack_files *files, int folder)
{
	struct text *names;
	size_t count;
	const char *path = path_join(reading->scratch, files->folder, folder_names[folder]);

	TRY(folder_list(reading->scratch, path, PACK_MOST_FILES, &names, &count));
	for (size_t i = 0; i < count; i++) {
		const struct text name = text_format(reading->scratch, "%s/%.*s",
						     folder_names[folder], T_ARG(names[i]));
		if (text_ends(name, T(".yaml")))
			take_file(reading, files, folder, name);
		else if (!text_ends(name, T(".md")))
			fault_strange(reading, name);
	}
	return OK;
}

static int
folder_of(struct text name)
{
	for (int i = FOLDER_CLAUSES; i < FOLDERS; i++)
		if (text_is(name, folder_names[i]))
			return i;
	return FOLDER_ROOT;
}

static struct error *
take_files(struct reading *reading, struct pack_files *files)
{
	struct text *names;
	size_t count;

	TRY(folder_list(reading->scratch, files->folder, PACK_MOST_FILES, &names, &count));
	hasher_begin(files->hasher);
	for (size_t i = 0; i < count; i++) {
		const int folder = folder_of(names[i]);
		if (folder != FOLDER_ROOT)
			TRY(take_folder(reading, files, folder));
		else if (is_root_file(names[i]))
			take_file(reading, files, FOLDER_ROOT, names[i]);
		else if (!text_ends(names[i], T(".md")))
			fault_strange(reading, names[i]);
	}
	reading->pack->digest = hasher_end(files->hasher);
	return OK;
}

/* The tree of a root file; a missing file is a fault unless an unreadable one stands there. */
static const struct node *
root_file(struct reading *reading, const struct pack_files *files, const char *name)
{
	for (size_t i = 0; i < files->count; i++)
		if (text_is(files->at[i].name, name))
			return files->at[i].tree;
	fault_line(reading, text_of(name), 1, 1,
		   "「%s」がありません。docs/pack-format.md を見て作ってください。", name);
	return NULL;
}

static size_t
folder_files(const struct pack_files *files, int folder, const struct node **trees)
{
	size_t count = 0;

	for (size_t i = 0; i < files->count; i++)
		if (files->at[i].folder == folder && files->at[i].tree != NULL)
			trees[count++] = files->at[i].tree;
	return count;
}

const struct node *
file_items(struct reading *reading, const struct node *file, const char *key, size_t *count)
{
	const struct key keys[] = {{key, true}, {NULL, false}};

	*count = 0;
	if (file == NULL || !shape_map(reading, file, "ファイル", keys))
		return NULL;
	const struct node *list = node_get(file, key);
	if (list == NULL || !shape_list(reading, list, key))
		return NULL;
	*count = list->count;
	return list->first;
}

void
load_about(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {
		{"id", true},       {"title", true},     {"version", true},
		{"mode", true},     {"body", true},      {"law", true},
		{"document", true}, {"effective", true}, {NULL, false},
	};
	static const char *const modes[] = {"sample", "adopted", NULL};
	struct pack *pack = reading->pack;
	struct day day;

	if (file == NULL || !shape_map(reading, file, "pack.yaml", keys))
		return;
	pack->id = get_code(reading, file, "id");
	pack->title = get_words(reading, file, "title");
	pack->version = get_text(reading, file, "version");
	pack->is_sample = get_one_of(reading, file, "mode", modes, 0) == 0;
	pack->body = get_words(reading, file, "body");
	pack->law = get_words(reading, file, "law");
	pack->document = get_words(reading, file, "document");
	pack->effective = get_text(reading, file, "effective");
	if (pack->effective.len > 0 && !day_read(pack->effective, &day))
		fault(reading, node_get(file, "effective"),
		      "施行日「%.*s」が読めません。2026-04-01 のように書いてください。",
		      T_ARG(pack->effective));
	else if (pack->effective.len > 0)
		pack->effective = day_iso(reading->into, day);
}

static void
load_all(struct reading *reading, const struct pack_files *files)
{
	const struct node *clauses[PACK_MOST_FILES];
	const struct node *forms[PACK_MOST_FILES];
	const struct node *ledgers[PACK_MOST_FILES];
	const struct node *roles = root_file(reading, files, "roles.yaml");
	const struct node *axes = root_file(reading, files, "classes.yaml");
	const struct node *parameters = root_file(reading, files, "parameters.yaml");
	const struct node *questions = root_file(reading, files, "questions.yaml");
	const struct node *occasions = root_file(reading, files, "occasions.yaml");
	const struct node *evidence = root_file(reading, files, "evidence.yaml");
	const size_t clauses_count = folder_files(files, FOLDER_CLAUSES, clauses);
	const size_t forms_count = folder_files(files, FOLDER_FORMS, forms);
	const size_t ledgers_count = folder_files(files, FOLDER_LEDGERS, ledgers);

	load_about(reading, root_file(reading, files, "pack.yaml"));
	list_roles(reading, roles);
	list_axes(reading, axes);
	list_parameters(reading, parameters);
	list_clauses(reading, clauses, clauses_count);
	list_ledgers(reading, ledgers, ledgers_count);
	list_forms(reading, forms, forms_count);
	list_occasions(reading, occasions);
	load_roles(reading, roles);
	load_axes(reading, axes);
	load_parameters(reading, parameters);
	load_clauses(reading, clauses, clauses_count);
	load_ledgers(reading, ledgers, ledgers_count);
	load_questions(reading, questions);
	load_forms(reading, forms, forms_count);
	load_occasions(reading, occasions);
	load_evidence(reading, evidence);
	if (clauses_count == 0)
		fault_line(reading, T("clauses"), 1, 1,
			   "条項がありません。clauses/ に YAML ファイルを置いてください。");
}

static void
count_up(const struct reading *reading, const struct pack_files *files,
	 struct pack_report *report)
{
	const struct pack *pack = reading->pack;

	*report = (struct pack_report){
		.files = files->count,
		.clauses = pack->duties_count,
		.headings = pack->clauses_count - pack->duties_count,
		.forms = pack->forms_count,
		.errors = reading->faults_count,
		.warnings_count = reading->warnings_count,
		.warnings = reading->warnings,
	};
	for (size_t i = 0; i < pack->clauses_count; i++)
		report->without_evidence +=
			pack->clauses[i].is_duty && pack->clauses[i].evidence_count == 0;
}

struct error *
pack_load(struct arena *into, const char *folder, const struct pack_names *known,
	  struct pack **pack, struct pack_report *report)
{
	ARENA_SCOPED scratch = arena_open((size_t)256 << 20);
	HASHER_SCOPED hasher = hasher_open();
	struct pack_files *files = ARENA_NEW(scratch, struct pack_files);
	struct reading reading = {
		.into = into,
		.scratch = scratch,
		.known = known,
		.pack = ARENA_NEW(into, struct pack),
		.faults = ARENA_ARRAY(scratch, struct fault, PACK_MOST_FAULTS),
	};

	files->folder = folder;
	files->hasher = hasher;
	TRY(take_files(&reading, files));
	load_all(&reading, files);
	if (report != NULL)
		count_up(&reading, files, report);
	struct error *faults = faults_sorted(&reading);
	if (faults != NULL)
		return faults;
	*pack = reading.pack;
	return OK;
}
