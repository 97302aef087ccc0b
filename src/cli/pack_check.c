/* `bansho pack check`: every mistake of a policy pack, in one run. */
#include "cli/rooms.h"

#include "base/jails.h"
#include "base/number.h"

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

struct error *
run_pack(struct call *call)
{
	struct pack *pack;
	struct pack_report report = { 0 };
	if (text_is(call->words[0], "walk"))
		return run_pack_walk(call);
	if (!text_is(call->words[0], "check"))
		return reject(NULL, "使い方: bansho pack check|walk FOLDER [--json]");
	/* A pack comes from elsewhere: it is read where it can do nothing. */
	TRY(jails_enter(JAIL_READER, NULL));
	struct error *faults = pack_load(call->arena, text_z(call->arena, call->words[1]),
					 &pack_known, &pack, &report);
	if (faults != OK && faults->kind != ERROR_INVALID)
		return faults;
	call->status = faults != OK ? EXIT_FOUND : EXIT_FINE;
	if (call->is_json)
		return report_json(call, &report, faults);
	report_words(&report, faults);
	return OK;
}
