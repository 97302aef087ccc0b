/* What training.yaml says, as keys and values of two versions. */
#include "policy/diff_describe.h"

#include "base/hash.h"
#include "base/say.h"

struct described
describe_audience(struct arena *into, const struct pack_audience *audience)
{
	struct described made = { .into = into };
	struct text roles = T(""), employments = T("");
	for (size_t at = 0; at < audience->roles_count; at++)
		roles = joined(into, roles, audience->roles[at]->name.ja);
	for (size_t at = 0; at < audience->employments_count; at++)
		employments = joined(into, employments, audience->employments[at]);
	describe_words(&made, "name", N_("名前"), audience->name);
	describe(&made, "roles", N_("役割"), roles);
	describe(&made, "employments", N_("雇用の区分"), employments);
	describe(&made, "newcomers", N_("採用からの日数"), text_number(into, audience->newcomers));
	return made;
}

/* A long text by its fingerprint: what counts is whether it is another. */
static struct text
fingerprint(struct arena *into, struct text words)
{
	const struct hash hash = hash_of(words);
	return words.len == 0 ? T("") : text_first(hash_hex(into, &hash), 16);
}

static struct text
test_of(struct arena *into, const struct pack_course *course)
{
	struct text all = T("");
	for (size_t at = 0; at < course->questions_count; at++) {
		const struct course_question *question = &course->questions[at];
		all = text_format(into, "%.*s\n%.*s", T_ARG(all), T_ARG(question->words.ja));
		for (size_t i = 0; i < question->answers_count; i++)
			all = text_format(into, "%.*s\n%d%.*s", T_ARG(all),
					  question->answers[i].is_right,
					  T_ARG(question->answers[i].words.ja));
	}
	if (course->questions_count == 0)
		return T("");
	return text_format(into, say("%zu問、%lld%%以上で合格（%.*s）"), course->questions_count,
			   (long long)course->pass, T_ARG(fingerprint(into, all)));
}

struct described
describe_course(struct arena *into, const struct pack_course *course)
{
	struct described made = { .into = into };
	struct text clauses = T("");
	for (size_t at = 0; at < course->clauses_count; at++)
		clauses = joined(into, clauses, course->clauses[at]->id);
	describe_words(&made, "name", N_("名前"), course->name);
	describe(&made, "audience", N_("対象者"),
		 course->audience != NULL ? course->audience->name.ja : T(""));
	describe(&made, "held", N_("いつ"), text_of(course_held_name(course->held)));
	describe(&made, "month", N_("始める月"), text_number(into, course->month));
	describe(&made, "days", N_("受講の日数"), text_number(into, course->days));
	describe(&made, "again", N_("もう一度受けるまでの日数"), text_number(into, course->again));
	describe_yes(&made, "class", N_("集合研修"), course->is_class);
	describe(&made, "text", N_("本文"), fingerprint(into, course->text));
	describe(&made, "test", N_("確認テスト"), test_of(into, course));
	describe(&made, "clauses", N_("条項"), clauses);
	return made;
}

struct described
describe_lure(struct arena *into, const struct pack_lure *lure)
{
	struct described made = { .into = into };
	describe_words(&made, "name", N_("名前"), lure->name);
	describe(&made, "subject", N_("件名"), lure->subject.ja);
	describe(&made, "body", N_("本文"), fingerprint(into, lure->body.ja));
	describe(&made, "follow", N_("開いた人が受ける研修"),
		 lure->follow != NULL ? lure->follow->name.ja : T(""));
	return made;
}

struct described
describe_training(struct arena *into, const struct pack_training *training)
{
	struct described made = { .into = into };
	struct text names = T(""), tells = T("");
	for (size_t at = 0; at < training->names_count; at++)
		names = joined(into, names, training->names[at]->name.ja);
	for (size_t at = 0; at < training->tells_count; at++)
		tells = joined(into, tells, training->tells[at]->name.ja);
	describe(&made, "keeps", N_("研修の担当"), training->keeps->name.ja);
	describe(&made, "decides", N_("計画を決める役割"), training->decides->name.ja);
	describe(&made, "names", N_("訓練の結果を名前で見る役割"), names);
	describe(&made, "tells", N_("不審なメールを知らせる役割"), tells);
	return made;
}
