/* `bansho pack draft`: a policy as plain text becomes a draft pack and a list to be answered.
 */
#include "cli/rooms.h"

#include "base/file.h"
#include "base/jails.h"
#include "draft/draft.h"

/* The counts in the order people count them, and their names for machines in the alphabet's. */
struct count_row {
	const char *name;  /* in --json */
	const char *words; /* message id */
	size_t at;         /* in struct draft_counts */
};
#define COUNT(field, words) \
	{ \
#field, words, offsetof(struct draft_counts, field) \
	}

static const struct count_row count_rows[] = {
	COUNT(articles, N_("条")),
	COUNT(bullets, N_("・の項目")),
	COUNT(chapters, N_("章")),
	COUNT(circled, N_("①の項目")),
	COUNT(contents, N_("目次の行")),
	COUNT(deadlines, N_("期限の言葉")),
	COUNT(discretionary, N_("「必要に応じ」")),
	COUNT(duties, N_("文（義務の行）")),
	COUNT(form_citations, N_("様式の引用")),
	COUNT(forms, N_("様式")),
	COUNT(kana, N_("(ア)・イロハの項目")),
	COUNT(lettered, N_("a)の項目")),
	COUNT(notes, N_("注（※）")),
	COUNT(numbered, N_("(1)の項目・号")),
	COUNT(paragraphs, N_("項")),
	COUNT(periods, N_("頻度の言葉")),
	COUNT(questions, N_("答えること")),
	COUNT(references_resolved, N_("決まった引用")),
	COUNT(references_unresolved, N_("決まらない引用")),
	COUNT(roles, N_("役割")),
	COUNT(sections, N_("節・見出し")),
	COUNT(statutes, N_("法令")),
	COUNT(terms, N_("用語")),
};
enum { COUNT_ROWS = sizeof count_rows / sizeof *count_rows };

static size_t
count_of(const struct draft *draft, size_t row)
{
	size_t count;
	memcpy(&count, (const char *)&draft->counts + count_rows[row].at, sizeof count);
	return count;
}

static void
put_questions(struct json *json, const struct draft *draft)
{
	json_name(json, T("questions"));
	json_open_array(json);
	for (const struct draft_question *one = draft->questions; one != NULL;
	     one = one->next) {
		json_open_object(json);
		json_text_at(json, "clause", one->clause);
		json_number_at(json, "line", one->line);
		json_text_at(json, "words", one->words);
		json_end(json);
	}
	json_end(json);
}

static struct error *
draft_json(struct call *call, const struct draft *draft)
{
	struct writer out = writer_open(call->arena, 16 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_name(&json, T("counts"));
	json_open_object(&json);
	for (size_t row = 0; row < COUNT_ROWS; row++)
		json_number_at(&json, count_rows[row].name,
			       (int64_t)count_of(draft, row)); /* few */
	json_end(&json);
	json_name(&json, T("files"));
	json_open_array(&json);
	for (size_t at = 0; at < draft->files_count; at++)
		json_text(&json, draft->files[at].name);
	json_end(&json);
	put_questions(&json, draft);
	json_end(&json);
	return print_writer(&out);
}

static void
draft_words(const struct draft *draft, const char *into)
{
	for (size_t row = 0; row < COUNT_ROWS; row++)
		if (count_of(draft, row) > 0)
			print("%6zu %s\n", count_of(draft, row), say(count_rows[row].words));
	if (into != NULL)
		print(say("%zuファイルを %s に書きました。まず to-answer.md "
			  "を読んでください。\n"),
		      draft->files_count, into);
	else
		print("%s", say("数えただけです。書くには --into DIR を付けてください。\n"));
}

/* A draft never goes over work that somebody has begun. */
static struct error *
make_folder(struct call *call, const char *into)
{
	struct text *names;
	size_t count = 0;
	if (file_exists(into)) {
		TRY(folder_list(call->arena, into, 10000, &names, &count));
		if (count > 0)
			return conflict(
				"%s は空ではありません。新しいフォルダーを指定してください。",
				into);
	}
	TRY(folder_make(path_join(call->arena, into, "clauses")));
	return folder_make(path_join(call->arena, into, "forms"));
}

static struct error *
put_files(struct call *call, const struct draft *draft, const char *into)
{
	for (size_t at = 0; at < draft->files_count; at++)
		TRY(file_replace(path_join(call->arena, into,
					   text_z(call->arena, draft->files[at].name)),
				 draft->files[at].bytes, 0666));
	return OK;
}

struct error *
pack_draft(struct call *call)
{
	struct draft *draft;
	struct text bytes;
	const char *into = call_z(call, "into");
	ARENA_SCOPED arena = arena_open((size_t)2 << 30);
	TRY(file_read(arena, text_z(call->arena, call->words[1]), DRAFT_MOST_BYTES, &bytes));
	if (into != NULL)
		TRY(make_folder(call, into));
	/* A text comes from elsewhere: it is read where it can write its own draft and nothing
	 * else. */
	TRY(jails_enter(JAIL_DRAFT, &(struct jail_places){.own = into}));
	TRY(draft_make(arena, bytes, &draft));
	if (into != NULL)
		TRY(put_files(call, draft, into));
	if (call->is_json)
		return draft_json(call, draft);
	draft_words(draft, into);
	return OK;
}
