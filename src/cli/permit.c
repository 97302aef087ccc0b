/* `bansho permit`: asking after permits from the command line. */
#include "cli/permit.h"
#include "cli/rooms.h"

#include <jansson.h>
#include <string.h>

enum { LINES_MOST = 10000 };

/* ---- The question ---- */

static struct error *
read_pairs(const struct call *call, struct consult_question *question)
{
	struct text values[CALL_MOST_OPTIONS];
	const size_t count = call_all(call, "scope", values, CALL_MOST_OPTIONS);
	if (count > CONSULT_MOST_PAIRS)
		return reject("--scope", "対象は%d個までです。", CONSULT_MOST_PAIRS);
	for (size_t at = 0; at < count; at++) {
		struct consult_pair *pair = &question->pairs[question->pairs_count++];
		if (!text_cut(values[at], '=', &pair->name, &pair->value))
			return reject("--scope", "名前=値 の形にしてください（例 device=ABC-123）。");
		for (size_t other = 0; other < at; other++)
			if (text_same(question->pairs[other].name, pair->name))
				return reject("--scope", "「%.*s」が二度書かれています。",
					      T_ARG(pair->name));
	}
	return OK;
}

static struct error *
read_question(const struct call *call, struct consult_question *question)
{
	const struct text at = call_text(call, "at");
	*question = (struct consult_question){
		.permit = call_text(call, "permit"),
		.occasion = call_text(call, "occasion"),
		.person = call_text(call, "person"),
	};
	if (at.len != 0 && !moment_read(at, &question->at))
		return reject("--at", "時点が読めません。2026-11-21T09:30 の形にしてください。");
	return read_pairs(call, question);
}

/* ---- check ---- */

/* What the line of JSON says, in words. */
static struct error *
print_answer(struct call *call, struct text line)
{
	json_t *json = json_loadb(line.data, line.len, 0, NULL);
	const char *state = json_string_value(json_object_get(json, "state"));
	const char *words = json_string_value(json_object_get(json, "words"));
	const char *language = language_now() == LANGUAGE_EN ? "en" : "ja";
	const char *reason = json_string_value(
		json_object_get(json_object_get(json, "reason"), language));
	const char *number = json_string_value(json_object_get(json, "permit"));
	struct error *error = OK;
	if (state == NULL || strcmp(state, "error") == 0)
		error = reject(NULL, "照会できません: %s",
			       words != NULL ? words : "-");
	else
		call->status = strcmp(state, "valid") == 0 ? EXIT_FINE : EXIT_FOUND;
	if (error == OK && call->is_json)
		print("%.*s\n", T_ARG(line));
	else if (error == OK)
		print("%-8s %s%s%s\n", state, number != NULL ? number : "",
		      number != NULL ? " " : "", reason != NULL ? reason : "");
	json_decref(json);
	return error;
}

static struct error *
check_here(struct call *call, const struct consult_question *question, struct body *body)
{
	LOOK_SCOPED look = { 0 };
	struct consult_answer answer;
	TRY(look_begin(body->store, call->arena, &look));
	TRY(flow_consult(&look, &body->flow, question, &answer));
	return print_answer(call, text_trim(consult_write(call->arena, T(""), &answer)));
}

static struct error *
check(struct call *call)
{
	struct consult_question question;
	struct body body;
	struct text answer;
	TRY(read_question(call, &question));
	if (call_has(call, "socket")) {
		TRY(permit_ask(call->arena, call_z(call, "socket"),
			       consult_write_question(call->arena, &question), &answer));
		return print_answer(call, answer);
	}
	TRY(call_must(call, "data", &answer));
	TRY(call_body(call, true, &body));
	struct error *error = check_here(call, &question, &body);
	body_close(&body);
	return error;
}

/* ---- list ---- */

static void
put_line(struct call *call, struct json *json, const struct consult_line *line)
{
	struct arena *arena = call->arena;
	if (!call->is_json) {
		print("%-20.*s %-8s %-20.*s %-10.*s %.*s..%.*s\n", T_ARG(line->number),
		      consulted_name(line->state), T_ARG(line->occasion), T_ARG(line->holder),
		      T_ARG(day_iso(arena, line->from)), T_ARG(day_iso(arena, line->until)));
		return;
	}
	json_open_object(json);
	json_text_at(json, "because", text_of(consult_because_name(line->because)));
	json_text_at(json, "from", day_iso(arena, line->from));
	json_text_at(json, "holder", line->holder);
	json_text_at(json, "occasion", line->occasion);
	json_text_at(json, "permit", line->number);
	json_text_at(json, "state", text_of(consulted_name(line->state)));
	json_text_at(json, "until", day_iso(arena, line->until));
	json_end(json);
}

static struct error *
list_of(struct call *call, struct body *body)
{
	LOOK_SCOPED look = { 0 };
	struct writer out = writer_open(call->arena, (size_t)LINES_MOST * 1024);
	struct json json = json_begin(&out);
	struct permit_id before = { INT64_MAX };
	struct consult_line *lines;
	size_t count = FLOW_MOST_PAGE;
	TRY(look_begin(body->store, call->arena, &look));
	json_open_array(&json);
	for (size_t all = 0; count == FLOW_MOST_PAGE && all < LINES_MOST; all += count) {
		TRY(flow_consult_list(&look, call_text(call, "occasion"), call_has(call, "living"),
				      before, FLOW_MOST_PAGE, &lines, &count));
		for (size_t at = 0; at < count; at++)
			put_line(call, &json, &lines[at]);
		before = count != 0 ? lines[count - 1].id : before;
	}
	json_end(&json);
	return call->is_json ? print_writer(&out) : OK;
}

static struct error *
list(struct call *call)
{
	struct body body;
	struct text data;
	TRY(call_must(call, "data", &data));
	TRY(call_body(call, true, &body));
	struct error *error = list_of(call, &body);
	body_close(&body);
	return error;
}

struct error *
run_permit(struct call *call)
{
	if (text_is(call->words[0], "check"))
		return check(call);
	if (text_is(call->words[0], "list"))
		return list(call);
	return reject(call->words[0].data, "check か list にしてください。");
}
