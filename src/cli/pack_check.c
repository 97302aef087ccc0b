/* `bansho pack`: check finds every mistake and what deserves a look, in one run; draft is pack_draft.c. */
#include "cli/rooms.h"

#include "base/file.h"
#include "base/jails.h"
#include "base/number.h"
#include "people/people.h"

/* "forms/2.yaml:14:7" in its parts; what is no number stays with the file. */
struct place {
	struct text file;
	int64_t line, column;
};

static bool
cut_last(struct text text, struct text *head, int64_t *number)
{
	size_t at = text.len;
	while (at > 0 && text.data[at - 1] != ':')
		at--;
	if (at == 0 || !number_read(text_from(text, at), 0, INT32_MAX, number))
		return false;
	*head = text_first(text, at - 1);
	return true;
}

static struct place
place_of(struct text where)
{
	struct place place = { .file = where };
	int64_t last, before;
	struct text head, file;
	if (!cut_last(where, &head, &last))
		return place;
	if (cut_last(head, &file, &before))
		return (struct place){ file, before, last };
	return (struct place){ head, last, 0 };
}

static void
put_faults(struct json *json, const struct error *fault)
{
	json_open_array(json);
	for (; fault != NULL; fault = fault->next) {
		const struct place place = place_of(fault->field);
		json_open_object(json);
		json_number_at(json, "column", place.column);
		json_text_at(json, "file", place.file);
		json_number_at(json, "line", place.line);
		json_text_at(json, "words", fault->words);
		json_end(json);
	}
	json_end(json);
}

static void
put_warnings(struct json *json, const struct pack_report *pack)
{
	json_open_array(json);
	for (size_t at = 0; at < pack->warnings_count; at++) {
		const struct pack_warning *warning = &pack->warnings[at];
		json_open_object(json);
		json_text_at(json, "code", text_of(warning->code));
		json_number_at(json, "column", warning->column);
		json_text_at(json, "file", warning->file);
		json_number_at(json, "line", warning->line);
		json_text_at(json, "words", warning->words);
		json_end(json);
	}
	json_end(json);
}

static struct error *
report_json(struct call *call, const struct pack_report *pack, const struct error *faults)
{
	struct writer out = writer_open(call->arena, 16 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_number_at(&json, "clauses", (int64_t)pack->clauses); /* counts are far below 2^53 */
	json_name(&json, T("errors"));
	put_faults(&json, faults);
	json_number_at(&json, "files", (int64_t)pack->files);
	json_number_at(&json, "forms", (int64_t)pack->forms);
	json_number_at(&json, "headings", (int64_t)pack->headings);
	json_name(&json, T("warnings"));
	put_warnings(&json, pack);
	json_number_at(&json, "without_evidence", (int64_t)pack->without_evidence);
	json_end(&json);
	return print_writer(&out);
}

static bool
is_counted(const struct pack_report *pack, size_t until, const char *code)
{
	for (size_t at = 0; at < until; at++)
		if (text_is(text_of(pack->warnings[at].code), code))
			return true;
	return false;
}

/* How many of each kind, in the order in which they first came. */
static void
print_counts(const struct pack_report *pack)
{
	for (size_t at = 0; at < pack->warnings_count; at++) {
		const char *code = pack->warnings[at].code;
		size_t count = 0;
		if (is_counted(pack, at, code))
			continue;
		for (size_t other = at; other < pack->warnings_count; other++)
			count += text_is(text_of(pack->warnings[other].code), code);
		print("  %5zu %s\n", count, code);
	}
}

static void
print_warnings(const struct pack_report *pack)
{
	struct text file = T("");
	for (size_t at = 0; at < pack->warnings_count; at++) {
		const struct pack_warning *warning = &pack->warnings[at];
		if (!text_same(warning->file, file))
			print("%.*s\n", T_ARG(warning->file));
		file = warning->file;
		print("  %d:%d %s%.*s [%s]\n", warning->line, warning->column, say("注意: "),
		      T_ARG(warning->words), warning->code);
	}
	if (pack->warnings_count > 0)
		print("%s\n", say("注意の種類ごとの数:"));
	print_counts(pack);
}

static void
report_words(const struct pack_report *pack, const struct error *faults)
{
	for (const struct error *fault = faults; fault != NULL; fault = fault->next)
		print("%.*s: %s%.*s\n", T_ARG(fault->field), say("誤り: "), T_ARG(fault->words));
	print_warnings(pack);
	print(say("条項 %zu、様式 %zu、誤り %zu、注意 %zu\n"), pack->clauses, pack->forms, pack->errors,
	      pack->warnings_count);
}

/* ---- roles nobody holds: only a body's people can say ---- */

enum { UNITS_LISTED = 5 };

/* One warning per role, with the first few units where it is not held. */
static void
warn_unheld(struct call *call, struct pack_report *report, const struct pack *pack, size_t role,
	    const struct role_gap *gaps, size_t count)
{
	struct writer units = writer_open(call->arena, 4096);
	size_t found = 0, named = 0;
	for (size_t at = 0; at < count; at++) {
		if (gaps[at].role != &pack->roles[role])
			continue;
		found++;
		if (gaps[at].unit.no == 0 || named == UNITS_LISTED)
			continue;
		write_format(&units, "%s%.*s", named++ > 0 ? "、" : "", T_ARG(gaps[at].unit_name));
	}
	if (found == 0)
		return;
	const struct text name = words_now(pack->roles[role].name);
	const struct text words =
		named == 0
			? text_format(call->arena,
				      say("「%.*s」に就いている人がいません。職に役割を付けてください。"),
				      T_ARG(name))
			: text_format(call->arena,
				      say("「%.*s」に就いている人がいない所が %zu あります: %.*s%s"),
				      T_ARG(name), found, T_ARG(writer_text(&units)),
				      found > named ? " …" : "");
	pack_report_warn(call->arena, report, "role-unheld", &report->roles[role], words);
}

static struct error *
add_unheld(struct call *call, struct look *look, const struct pack *pack,
	   struct pack_report *report)
{
	struct role_gap *gaps;
	size_t count;
	TRY(people_role_gaps(look, pack, moment_day(look->now), &gaps, &count));
	for (size_t role = 0; role < pack->roles_count; role++)
		warn_unheld(call, report, pack, role, gaps, count);
	return OK;
}

/* ---- the command ---- */

/* `look` is NULL when no body was named. */
static struct error *
check_folder(struct call *call, const char *folder, struct look *look)
{
	struct pack *pack;
	struct pack_report report = { 0 };
	/* A pack comes from elsewhere: it is read where it can do nothing. */
	TRY(jails_enter(JAIL_READER, NULL));
	struct error *faults = pack_load(call->arena, folder, &pack_known, &pack, &report);
	if (faults != OK && faults->kind != ERROR_INVALID)
		return faults;
	if (faults == OK && look != NULL)
		TRY(add_unheld(call, look, pack, &report));
	call->status = faults != OK ? EXIT_FOUND : EXIT_FINE;
	if (call->is_json)
		return report_json(call, &report, faults);
	report_words(&report, faults);
	return OK;
}

/* Against the people of a body; its own pack unless another is named. */
static struct error *
check_of_body(struct call *call, const char *folder, struct body *body)
{
	LOOK_SCOPED look = { 0 };
	if (folder == NULL)
		TRY(policy_in_force(call->arena, body->folder, store_path(body->store), &folder));
	TRY(look_begin(body->store, call->arena, &look));
	return check_folder(call, folder, &look);
}

static struct error *
run_pack_check(struct call *call)
{
	const char *folder =
		call->words_count > 1 ? text_z(call->arena, call->words[1]) : NULL;
	if (!call_has(call, "data") && !call_has(call, "body")) {
		if (folder == NULL)
			return reject(NULL, "使い方: bansho pack %s", "check FOLDER [--json]");
		return check_folder(call, folder, NULL);
	}
	struct body body;
	TRY(call_body(call, true, &body));
	struct error *error = check_of_body(call, folder, &body);
	body_close(&body);
	return error;
}
/* One word behind "pack". */
struct pack_word {
	const char *name;
	size_t least, most; /* words that follow */
	const char *usage;
	struct error *(*run)(struct call *call);
};

struct error *
run_pack(struct call *call)
{
	static const struct pack_word known[] = {
		{ "check", 0, 1, "check [FOLDER] [--data DIR] [--body CODE] [--json]", run_pack_check },
		{ "walk", 1, 1, "walk FOLDER [--json]", run_pack_walk },
		{ "draft", 1, 1, "draft TEXTFILE [--into DIR] [--json]", pack_draft },
		{ "diff", 2, 2, "diff OLD NEW [--json]", run_pack_diff },
		{ "versions", 0, 0, "versions --data DIR [--json]", run_pack_versions },
		{ "propose", 1, 1, "propose FOLDER --data DIR", run_pack_propose },
		{ "touched", 1, 1, "touched NO --data DIR [--json]", run_pack_touched },
		{ "answer", 1, 1, "answer NO --answer ITEM=CHOICE[:TARGET]... --data DIR", run_pack_answer },
		{ "publish", 1, 1, "publish NO --effective DAY --data DIR", run_pack_publish },
		{ "withdraw", 1, 1, "withdraw NO --why WORDS --data DIR", run_pack_withdraw },
	};
	for (size_t at = 0; at < sizeof known / sizeof *known; at++) {
		if (!text_is(call->words[0], known[at].name))
			continue;
		if (call->words_count < known[at].least + 1 ||
		    call->words_count > known[at].most + 1)
			return reject(NULL, "使い方: bansho pack %s", known[at].usage);
		return known[at].run(call);
	}
	return reject(call->words[0].data, "bansho pack に続く言葉は check、walk、draft、diff、versions、propose、touched、answer、publish、withdraw です。");
}
