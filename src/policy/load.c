#include "policy/lint.h"

#include "base/file.h"

#include <stdlib.h>

enum {
	FOLDER_ROOT,
	FOLDER_CLAUSES,
	FOLDER_FORMS,
	FOLDER_LEDGERS,
	FOLDER_OCCASIONS,
	FOLDER_EVIDENCE,
	FOLDER_DUTIES,
	FOLDER_COURSES, /* texts, not YAML */
	FOLDERS,
};

static const char *const folder_names[FOLDERS] = {"",	       "clauses",  "forms",  "ledgers",
						  "occasions", "evidence", "duties", "courses"};

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
	struct pack_texts texts;
};

static const char *const root_files[] = {
	"pack.yaml",       "roles.yaml",     "classes.yaml",
	"parameters.yaml", "questions.yaml", "occasions.yaml",
	"evidence.yaml",   "terms.yaml",     "sign-in.yaml",
	"delegations.yaml", "retention.yaml", "duties.yaml", "incidents.yaml", "checklists.yaml", "training.yaml", "audit.yaml",
	"inventory.yaml", "entrance.yaml", "contracts.yaml", "reconciliations.yaml", NULL,
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
	struct text names[32];
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

/* The text of a course: kept as it is, for its course. */
static void
take_text(struct reading *reading, struct pack_files *files, struct text name, struct text bytes)
{
	size_t bad_at;

	if (bytes.len > COURSE_MOST_TEXT)
		fault_line(reading, name, 1, 1, "研修の本文は %d バイトまでです。", COURSE_MOST_TEXT);
	else if (!text_is_utf8(bytes, &bad_at))
		fault_line(reading, name, 1, 1, "UTF-8 ではありません（%zu バイト目）。", bad_at + 1);
	else if (files->texts.count < PACK_MOST_FILES)
		files->texts.at[files->texts.count++] = (struct pack_text){name, bytes};
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
	if (folder == FOLDER_COURSES) {
		take_text(reading, files, name, bytes);
		return;
	}
	files->at[files->count++] = (struct pack_file){
		.name = name, .folder = folder, .tree = yaml_read(reading, name, bytes)};
}

/* A file to be read, before its place in the order is known. */
struct found_file {
	struct text name;
	int folder;
};

static int
found_order(const void *a, const void *b)
{
	const struct found_file *one = a;
	const struct found_file *two = b;

	return text_order(one->name, two->name);
}

static struct error *
find_in_folder(struct reading *reading, const char *root, int folder, struct found_file *found,
	       size_t *found_count)
{
	struct text *names;
	size_t count;
	const char *path = path_join(reading->scratch, root, folder_names[folder]);

	TRY(folder_list(reading->scratch, path, PACK_MOST_FILES, &names, &count));
	for (size_t i = 0; i < count; i++) {
		const struct text name = text_format(reading->scratch, "%s/%.*s",
						     folder_names[folder], T_ARG(names[i]));
		const bool is_text = folder == FOLDER_COURSES;
		if (text_ends(name, is_text ? T(".md") : T(".yaml")))
			found[(*found_count)++] = (struct found_file){name, folder};
		else if (is_text || !text_ends(name, T(".md")))
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
	size_t found_count = 0;
	struct found_file *found = ARENA_ARRAY(reading->scratch, struct found_file,
					       (size_t)PACK_MOST_FILES * FOLDERS);

	TRY(folder_list(reading->scratch, files->folder, PACK_MOST_FILES, &names, &count));
	for (size_t i = 0; i < count; i++) {
		const int folder = folder_of(names[i]);
		if (folder != FOLDER_ROOT)
			TRY(find_in_folder(reading, files->folder, folder, found,
					   &found_count));
		else if (is_root_file(names[i]))
			found[found_count++] = (struct found_file){names[i], FOLDER_ROOT};
		else if (!text_ends(names[i], T(".md")))
			fault_strange(reading, names[i]);
	}
	qsort(found, found_count, sizeof(*found), found_order);
	hasher_begin(files->hasher);
	for (size_t i = 0; i < found_count; i++)
		take_file(reading, files, found[i].folder, found[i].name);
	reading->pack->digest = hasher_end(files->hasher);
	return OK;
}

static const struct node *
find_root(const struct pack_files *files, const char *name, bool *is_there)
{
	for (size_t i = 0; i < files->count; i++) {
		if (!text_is(files->at[i].name, name))
			continue;
		*is_there = true;
		return files->at[i].tree;
	}
	*is_there = false;
	return NULL;
}

/* The tree of a root file; a missing file is a fault unless an unreadable one stands there. */
static const struct node *
root_file(struct reading *reading, const struct pack_files *files, const char *name)
{
	bool is_there;
	const struct node *tree = find_root(files, name, &is_there);

	if (!is_there)
		fault_line(reading, text_of(name), 1, 1,
			   "「%s」がありません。docs/pack-format.md を見て作ってください。",
			   name);
	return tree;
}

static size_t
folder_files(const struct pack_files *files, int folder, struct trees *trees)
{
	size_t found = 0;

	for (size_t i = 0; i < files->count; i++) {
		if (files->at[i].folder != folder)
			continue;
		found++;
		if (files->at[i].tree != NULL)
			trees->at[trees->count++] = files->at[i].tree;
	}
	return found;
}

/* What may stand in one root file, in the files of a folder, or in both: the root file first.
 */
static void
root_and_folder(struct reading *reading, const struct pack_files *files, const char *root,
		int folder, struct trees *trees)
{
	bool is_there;
	const struct node *tree = find_root(files, root, &is_there);

	if (tree != NULL)
		trees->at[trees->count++] = tree;
	if (folder_files(files, folder, trees) == 0 && !is_there)
		(void)root_file(reading, files, root);
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

const struct node *
items_next(struct reading *reading, const struct trees *trees, const char *key,
	   const struct node *item)
{
	size_t i = 0;

	if (item != NULL && item->next != NULL)
		return item->next;
	/* The file behind the one whose list this item ended. */
	if (item != NULL)
		while (i < trees->count && !text_same(trees->at[i++]->file, item->file))
			;
	for (; i < trees->count; i++) {
		size_t count;
		const struct node *first = file_items(reading, trees->at[i], key, &count);
		if (first != NULL)
			return first;
	}
	return NULL;
}

size_t
items_count(struct reading *reading, const struct trees *trees, const char *key)
{
	size_t total = 0;

	for (size_t i = 0; i < trees->count; i++) {
		size_t count;
		(void)file_items(reading, trees->at[i], key, &count);
		total += count;
	}
	return total;
}

/* Every tree by what it holds. */
struct all_trees {
	struct trees clauses;
	struct trees forms;
	struct trees ledgers;
	struct trees occasions;
	struct trees evidence;
	struct trees duties;
};

static void
load_all(struct reading *reading, struct pack_files *files)
{
	struct all_trees *trees = ARENA_NEW(reading->scratch, struct all_trees);
	const struct node *roles = root_file(reading, files, "roles.yaml");
	const struct node *axes = root_file(reading, files, "classes.yaml");
	const struct node *parameters = root_file(reading, files, "parameters.yaml");
	const struct node *questions = root_file(reading, files, "questions.yaml");
	const struct node *about = root_file(reading, files, "pack.yaml");
	bool is_there;

	(void)folder_files(files, FOLDER_CLAUSES, &trees->clauses);
	(void)folder_files(files, FOLDER_FORMS, &trees->forms);
	(void)folder_files(files, FOLDER_LEDGERS, &trees->ledgers);
	root_and_folder(reading, files, "occasions.yaml", FOLDER_OCCASIONS, &trees->occasions);
	root_and_folder(reading, files, "evidence.yaml", FOLDER_EVIDENCE, &trees->evidence);
	const struct node *duties = find_root(files, "duties.yaml", &is_there);
	if (duties != NULL)
		trees->duties.at[trees->duties.count++] = duties;
	(void)folder_files(files, FOLDER_DUTIES, &trees->duties);
	list_roles(reading, roles);
	list_axes(reading, axes);
	list_parameters(reading, parameters);
	list_clauses(reading, trees->clauses.at, trees->clauses.count);
	list_ledgers(reading, trees->ledgers.at, trees->ledgers.count);
	list_forms(reading, trees->forms.at, trees->forms.count);
	list_occasions(reading, &trees->occasions);
	load_about(reading, about);
	load_roles(reading, roles);
	load_axes(reading, axes);
	load_parameters(reading, parameters);
	load_clauses(reading, trees->clauses.at, trees->clauses.count);
	load_glossary(reading, find_root(files, "terms.yaml", &is_there));
	load_ledgers(reading, trees->ledgers.at, trees->ledgers.count);
	load_questions(reading, questions);
	load_forms(reading, trees->forms.at, trees->forms.count);
	load_occasions(reading, &trees->occasions);
	load_reconciliations(reading, find_root(files, "reconciliations.yaml", &is_there));
	load_incidents(reading, find_root(files, "incidents.yaml", &is_there));
	load_checklists(reading, find_root(files, "checklists.yaml", &is_there));
	load_training(reading, find_root(files, "training.yaml", &is_there), &files->texts);
	load_duties(reading, &trees->duties);
	load_audit(reading, find_root(files, "audit.yaml", &is_there));
	load_inventory(reading, find_root(files, "inventory.yaml", &is_there));
	load_entrance(reading, find_root(files, "entrance.yaml", &is_there));
	load_contracts(reading, find_root(files, "contracts.yaml", &is_there));
	load_delegations(reading, find_root(files, "delegations.yaml", &is_there));
	load_retention(reading, find_root(files, "retention.yaml", &is_there));
	load_sign_in(reading, find_root(files, "sign-in.yaml", &is_there));
	load_evidence(reading, &trees->evidence);
	if (trees->clauses.count == 0)
		fault_line(reading, T("clauses"), 1, 1,
			   "条項がありません。clauses/ に YAML ファイルを置いてください。");
}

static void
count_up(struct reading *reading, const struct pack_files *files, struct pack_report *report)
{
	const struct pack *pack = reading->pack;

	*report = (struct pack_report){
		.files = files->count + files->texts.count,
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
	if (reading->faults_count > 0)
		return;
	report->roles = ARENA_ARRAY(reading->into, struct pack_place, pack->roles_count + 1);
	for (size_t i = 0; i < pack->roles_count; i++) {
		const struct node *node = place_of(reading, &pack->roles[i]);
		report->roles[i] = (struct pack_place){text_copy(reading->into, node->file),
						       node->line, node->column};
	}
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
		.is_linted = report != NULL,
	};

	files->folder = folder;
	files->hasher = hasher;
	TRY(take_files(&reading, files));
	load_all(&reading, files);
	if (reading.is_linted && reading.faults_count == 0)
		lint_pack(&reading);
	warnings_sort(&reading);
	if (report != NULL)
		count_up(&reading, files, report);
	struct error *faults = faults_sorted(&reading);
	if (faults != NULL)
		return faults;
	*pack = reading.pack;
	return OK;
}
