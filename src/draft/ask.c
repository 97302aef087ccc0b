/* What a person must answer, and to-answer.md, the page they work through. */
#include "draft/rooms.h"

#include <stdarg.h>
#include <stdio.h>

enum { MOST_QUESTIONS = 2000 };

void
ask(struct reading *reading, int line, struct text clause, const char *format, ...)
{
	char words[1000];
	va_list arguments;
	if (reading->counts.questions++ >= MOST_QUESTIONS)
		return;
	va_start(arguments, format);
	const int len = vsnprintf(words, sizeof words, format, arguments);
	va_end(arguments);
	struct text said = {words, len < 0                      ? 0
				   : (size_t)len < sizeof words ? (size_t)len
								: sizeof words - 1};
	size_t bad_at;
	if (!text_is_utf8(said, &bad_at)) /* cut within a character */
		said.len = bad_at;
	struct draft_question *one = ARENA_NEW(reading->arena, struct draft_question);
	*one = (struct draft_question){
		.line = line, .clause = clause, .words = text_copy(reading->arena, said)};
	if (reading->questions == NULL)
		reading->questions = one;
	else
		reading->last_question->next = one;
	reading->last_question = one;
}

/* By line; those of no line come last, each in the order they were asked. */
void
sort_questions(struct reading *reading)
{
	struct draft_question *sorted = NULL, *next;
	for (struct draft_question *one = reading->questions; one != NULL; one = next) {
		next = one->next;
		struct draft_question **at = &sorted;
		while (*at != NULL &&
		       ((*at)->line != 0 && ((*at)->line <= one->line || one->line == 0)))
			at = &(*at)->next;
		while (one->line == 0 && *at != NULL)
			at = &(*at)->next;
		one->next = *at;
		*at = one;
	}
	reading->questions = sorted;
}

static void
put_questions(struct reading *reading, struct writer *out)
{
	write_format(out, "\n## %s\n\n", say("一 文書から決められなかったこと"));
	for (const struct draft_question *one = reading->questions; one != NULL;
	     one = one->next) {
		write_z(out, "- [ ] ");
		if (one->line > 0)
			write_format(out, say("%d行目 "), one->line);
		if (one->clause.len > 0)
			write_format(out, "`%.*s` ", T_ARG(one->clause));
		write_format(out, "%.*s\n", T_ARG(one->words));
	}
	if (reading->counts.questions > MOST_QUESTIONS)
		write_format(
			out,
			say("- [ ] ほか %zu "
			    "件は省きました。上を片付けてから、もう一度下書きしてください。\n"),
			reading->counts.questions - MOST_QUESTIONS);
}

static const char *
scope_words(enum role_scope scope)
{
	switch (scope) {
	case SCOPE_BODY:
		return say("全体に一人");
	case SCOPE_BUREAU:
		return say("部局ごと");
	case SCOPE_SECTION:
		return say("課ごと");
	case SCOPE_SYSTEM:
		return say("情報システムごと");
	case SCOPE_EVERYONE:
		return say("全員");
	}
	return "";
}

static void
put_roles(struct reading *reading, struct writer *out)
{
	write_format(out, "\n## %s\n\n%s\n\n", say("二 役割（roles.yaml）"),
		     say("範囲（scope）は名前からの推定です。上に立つ役割（above）と、必ず置く"
			 "役割（must-be-held）は空けてあります。"));
	for (size_t at = 0; at < reading->roles_count; at++) {
		const struct role *role = &reading->roles[at];
		write_format(out, "- [ ] `%.*s` %.*s: %s%s%s\n", T_ARG(role->code),
			     T_ARG(role->ja), scope_words(role->scope),
			     role->is_appointed || role->scope == SCOPE_EVERYONE
				     ? ""
				     : say("。だれがなるか、文書にありません"),
			     role->en.len > 0 ? ""
					      : say("。英語の名前とコードを決めてください"));
	}
}

static void
put_values(struct reading *reading, struct writer *out)
{
	write_format(
		out, "\n## %s\n\n%s\n\n", say("三 期限と頻度（parameters.yaml）"),
		say("数のない言葉には仮の値があり、条項はまだそれを使いません。値を決めたら、cl"
		    "auses/ の「# within:」「# every:」の先頭の # を消してください。"));
	for (size_t at = 0; at < reading->values_count; at++) {
		const struct open_value *value = &reading->values[at];
		const bool is_given = value->is_given;
		write_format(out, "- [%s] `%.*s` ", is_given ? "x" : " ", T_ARG(value->code));
		write_format(out, say("「%.*s」%zuか所、%s%lld%s"), T_ARG(value->words),
			     value->used, is_given ? say("文書の値 ") : say("仮の値 "),
			     (long long)value->usual,
			     value->is_deadline ? say("分") : say("日"));
		write_z(out, "\n");
	}
}

/* Who permits or receives, by the words before 許可 and 報告. */
static void
put_deciders(struct reading *reading, struct writer *out, const struct row *row)
{
	static const char *const verbs[] = {"の許可", "に許可", "の承認", "に承認",
					    "に協議", "に報告", "へ報告"};
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		for (ssize_t at = find_from(row->plain, 0, verbs[i]); at >= 0;
		     at = find_from(row->plain, (size_t)at + 1, verbs[i])) {
			const struct role *role =
				role_before(reading, row->plain, (size_t)at); /* found */
			if (role != NULL)
				write_format(out, " %.*s%s", T_ARG(role->ja), verbs[i]);
		}
}

static void
put_forms(struct reading *reading, struct writer *out)
{
	write_format(out, "\n## %s\n\n%s\n\n",
		     say("四 様式（forms/）と、いつだれが決めるか（occasions.yaml）"),
		     say("文書は様式の中身を示さないことが多く、forms/ "
			 "は骨だけです。場面（occasion）は書いていません。"));
	for (size_t at = 0; at < reading->forms_count; at++) {
		write_format(out, say("- [ ] 様式第%.*s号:"), T_ARG(reading->forms[at]));
		for (size_t i = 0; i < reading->rows_count; i++)
			if (text_same(reading->rows[i].form, reading->forms[at])) {
				write_format(out, " `%.*s`", T_ARG(reading->rows[i].id));
				put_deciders(reading, out, &reading->rows[i]);
			}
		write_z(out, "\n");
	}
}

struct text
ask_list(struct reading *reading)
{
	struct writer out = writer_open(reading->arena, 4 << 20);
	write_format(&out, "# %s\n\n%s\n", say("この下書きで答えること"),
		     say("「bansho pack "
			 "draft」が文書から作りました。決められなかったことは当てずに、ここに並"
			 "べてあります。"));
	put_questions(reading, &out);
	put_roles(reading, &out);
	put_values(reading, &out);
	put_forms(reading, &out);
	write_format(&out, "\n## %s\n\n", say("五 全体に"));
	write_format(&out, "- [ ] %s\n",
		     say("kind（許可・報告・記録…）と module は言葉からの推定です。clauses/ "
			 "を通して読み、直してください。"));
	write_format(
		&out, "- [ ] %s\n",
		say("英語の文は「(to be "
		    "translated)」になっています。英語を使わないなら、そのままでも動きます。"));
	write_format(&out, "- [ ] %s\n",
		     say("条項の ja "
			 "は文書の文そのままです。職員に分かる言葉に直してください。printed "
			 "は文書の文として残します。"));
	write_format(
		&out, "- [ ] %s\n",
		say("evidence.yaml は空です。証拠の規則がない条項は「なし」と示されます。"));
	write_format(&out, "- [ ] %s\n",
		     say("pack.yaml の law（根拠となる法）と body を確かめ、採用する日に mode "
			 "を adopted にしてください。"));
	return writer_text(&out);
}
