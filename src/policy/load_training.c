#include "policy/rooms.h"

/* training.yaml and the texts in courses/. */

static const char *const held_names[] = {"yearly", "joining", "called", NULL};
/* As people calls them (people/people.h). */
static const char *const employments[] = {"regular",	"reappointed", "fiscal",    "special",
					  "dispatched", "contractor",  NULL};

const char *
course_held_name(enum course_held held)
{
	return held_names[held];
}

static void
load_audience(struct reading *reading, const struct node *node, struct pack_audience *made)
{
	static const struct key keys[] = {{"code", true},	  {"ja", true},	      {"en", true},
					  {"roles", false},	  {"employments", false},
					  {"newcomers", false},	  {NULL, false}};
	const struct node *list = node_get(node, "employments");

	if (!shape_map(reading, node, "対象者", keys))
		return;
	place_keep(reading, made, node);
	made->code = get_code(reading, node, "code");
	if (made->code.len > 0 && pack_audience(reading->pack, made->code) != NULL)
		fault_twice(reading, node, made->code);
	made->name = own_words(reading, node);
	made->roles = refer_roles(reading, node, "roles", &made->roles_count);
	made->employments = get_texts(reading, node, "employments", &made->employments_count);
	for (const struct node *at = list == NULL ? NULL : list->first; at != NULL; at = at->next)
		(void)one_of(reading, at, employments, 0);
	(void)get_number(reading, node, "newcomers", 1, 3660, &made->newcomers);
}

/* ---- Tests ---- */

static void
load_answers(struct reading *reading, const struct node *list, struct course_question *made)
{
	static const struct key keys[] = {{"ja", true}, {"en", true}, {"right", false}, {NULL, false}};
	size_t right = 0;

	if (list->count < 2 || list->count > COURSE_MOST_ANSWERS) {
		fault(reading, list, "答えは 2 つから %d つまでにしてください。", COURSE_MOST_ANSWERS);
		return;
	}
	made->answers = ARENA_ARRAY(reading->into, struct course_answer, list->count);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		struct course_answer *answer = &made->answers[made->answers_count++];
		if (!shape_map(reading, at, "答え", keys))
			continue;
		answer->words = own_words(reading, at);
		answer->is_right = get_yes_no(reading, at, "right", false);
		right += answer->is_right;
	}
	if (right != 1)
		fault(reading, list, "正しい答え(right: yes)は、ちょうど 1 つにしてください。");
}

static void
load_question(struct reading *reading, const struct node *node, struct course_question *made)
{
	static const struct key keys[] = {{"ja", true},	     {"en", true},	{"answers", true},
					  {"because", true}, {NULL, false}};
	const struct node *list = node_get(node, "answers");

	if (!shape_map(reading, node, "問い", keys))
		return;
	made->words = own_words(reading, node);
	made->because = get_words(reading, node, "because");
	if (list != NULL && shape_list(reading, list, "answers"))
		load_answers(reading, list, made);
}

static void
load_test(struct reading *reading, const struct node *node, struct pack_course *made)
{
	static const struct key keys[] = {{"pass", true}, {"questions", true}, {NULL, false}};
	const struct node *list = node_get(node, "questions");

	if (!shape_map(reading, node, "確認テスト", keys))
		return;
	(void)get_number(reading, node, "pass", 1, 100, &made->pass);
	if (list == NULL || !shape_list(reading, list, "questions"))
		return;
	if (list->count > COURSE_MOST_QUESTIONS) {
		fault(reading, list, "問いは %d までです。", COURSE_MOST_QUESTIONS);
		return;
	}
	made->questions = ARENA_ARRAY(reading->into, struct course_question, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next)
		load_question(reading, at, &made->questions[made->questions_count++]);
}

/* ---- Courses ---- */

static const struct pack_text *
text_named(const struct pack_text *texts, size_t count, struct text name)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(texts[at].name, name))
			return &texts[at];
	return NULL;
}

static struct text
take_text(struct reading *reading, struct pack_texts *texts, struct text code, const char *ending)
{
	const struct text name =
		text_format(reading->scratch, "courses/%.*s%s", T_ARG(code), ending);
	const struct pack_text *found = text_named(texts->at, texts->count, name);

	if (found == NULL)
		return T("");
	texts->is_used[found - texts->at] = true;
	return text_copy(reading->into, found->bytes);
}

static void
load_when(struct reading *reading, const struct node *node, struct pack_course *made)
{
	const bool is_yearly = made->held == HELD_YEARLY;

	(void)get_number(reading, node, "month", 1, 12, &made->month);
	made->days = 30;
	(void)get_number(reading, node, "days", 1, 366, &made->days);
	(void)get_number(reading, node, "again", 30, 3660, &made->again);
	if (is_yearly && node_get(node, "month") == NULL)
		fault(reading, node, "held: yearly の研修には month(始める月)が要ります。");
	if (!is_yearly && node_get(node, "month") != NULL)
		fault(reading, node_get(node, "month"), "month は held: yearly の研修だけに使えます。");
	if (made->held != HELD_JOINING && node_get(node, "again") != NULL)
		fault(reading, node_get(node, "again"), "again は held: joining の研修だけに使えます。");
	if (made->held != HELD_CALLED && node_get(node, "audience") == NULL)
		fault(reading, node, "研修には audience(対象者)が要ります。");
	if (made->held == HELD_CALLED && node_get(node, "audience") != NULL)
		fault(reading, node_get(node, "audience"),
		      "held: called の研修は、必要になった人だけが受けます。audience を消してください。");
}

static void
load_text(struct reading *reading, const struct node *node, struct pack_texts *texts,
	  struct pack_course *made)
{
	const struct node *test = node_get(node, "test");

	made->text = take_text(reading, texts, made->code, ".md");
	made->text_en = take_text(reading, texts, made->code, "_en.md");
	if (test != NULL)
		load_test(reading, test, made);
	if (made->is_class && test != NULL)
		fault(reading, test, "集合研修(class: yes)は出席名簿で受講を記録するので、test は使えません。");
	if (!made->is_class && text_is_blank(made->text))
		fault(reading, node, "研修の本文「courses/%.*s.md」がありません。", T_ARG(made->code));
}

static void
load_course(struct reading *reading, const struct node *node, struct pack_texts *texts,
	    struct pack_course *made)
{
	static const struct key keys[] = {
		{"code", true},	  {"ja", true},	   {"en", true},    {"about", true},  {"audience", false},
		{"held", true},	  {"month", false}, {"days", false}, {"again", false}, {"minutes", true},
		{"class", false}, {"clauses", false}, {"test", false}, {NULL, false}};

	if (!shape_map(reading, node, "研修", keys))
		return;
	place_keep(reading, made, node);
	made->code = get_code(reading, node, "code");
	if (made->code.len > 0 && pack_course(reading->pack, made->code) != NULL)
		fault_twice(reading, node, made->code);
	made->name = own_words(reading, node);
	made->about = get_words(reading, node, "about");
	if (node_get(node, "audience") != NULL) {
		made->audience =
			pack_audience(reading->pack, get_code(reading, node, "audience"));
		if (made->audience == NULL)
			fault(reading, node_get(node, "audience"), "対象者「%.*s」は audiences にありません。",
			      T_ARG(node_get(node, "audience")->text));
	}
	made->held = (enum course_held)get_one_of(reading, node, "held", held_names, 0);
	load_when(reading, node, made);
	(void)get_number(reading, node, "minutes", 1, 1440, &made->minutes);
	made->is_class = get_yes_no(reading, node, "class", false);
	if (node_get(node, "clauses") != NULL)
		made->clauses = refer_clauses(reading, node, "clauses", &made->clauses_count);
	load_text(reading, node, texts, made);
}

/* ---- Mail for practice ---- */

static void
load_signs(struct reading *reading, const struct node *list, struct pack_lure *made)
{
	static const struct key keys[] = {{"ja", true}, {"en", true}, {NULL, false}};

	if (list == NULL || !shape_list(reading, list, "signs"))
		return;
	made->signs = ARENA_ARRAY(reading->into, struct words, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next)
		if (shape_map(reading, at, "見分け方", keys))
			made->signs[made->signs_count++] = own_words(reading, at);
}

static void
load_lure(struct reading *reading, const struct node *node, struct pack_lure *made)
{
	static const struct key keys[] = {{"code", true},    {"ja", true},	{"en", true},
					  {"sender", true},  {"subject", true}, {"body", true},
					  {"signs", true},   {"follow", false}, {NULL, false}};

	if (!shape_map(reading, node, "訓練メール", keys))
		return;
	place_keep(reading, made, node);
	made->code = get_code(reading, node, "code");
	if (made->code.len > 0 && pack_lure(reading->pack, made->code) != NULL)
		fault_twice(reading, node, made->code);
	made->name = own_words(reading, node);
	made->sender = get_words(reading, node, "sender");
	made->subject = get_words(reading, node, "subject");
	made->body = get_words(reading, node, "body");
	if (made->body.ja.len > 0 && !text_has(made->body.ja, T("{link}")))
		fault(reading, node_get(node, "body"), "訓練メールの本文に {link} が要ります。リンクの入る所に書いてください。");
	if (made->body.en.len > 0 && !text_has(made->body.en, T("{link}")))
		fault(reading, node_get(node, "body"), "訓練メールの英語の本文にも {link} が要ります。");
	load_signs(reading, node_get(node, "signs"), made);
	if (node_get(node, "follow") == NULL)
		return;
	made->follow = pack_course(reading->pack, get_code(reading, node, "follow"));
	if (made->follow == NULL || made->follow->held != HELD_CALLED)
		fault(reading, node_get(node, "follow"), "follow には held: called の研修を書いてください。");
}

/* ---- The file ---- */

static const struct node *
items_of(struct reading *reading, const struct node *file, const char *key, size_t *count)
{
	const struct node *list = node_get(file, key);

	*count = 0;
	if (list == NULL || !shape_list(reading, list, key))
		return NULL;
	*count = list->count;
	return list->first;
}

static void
load_parts(struct reading *reading, const struct node *file, struct pack_texts *texts)
{
	struct pack_training *made = &reading->pack->training;
	size_t count;
	const struct node *at = items_of(reading, file, "audiences", &count);

	made->audiences = ARENA_ARRAY(reading->into, struct pack_audience, count + 1);
	for (; at != NULL; at = at->next, made->audiences_count++)
		load_audience(reading, at, &made->audiences[made->audiences_count]);
	at = items_of(reading, file, "courses", &count);
	made->courses = ARENA_ARRAY(reading->into, struct pack_course, count + 1);
	for (; at != NULL; at = at->next, made->courses_count++)
		load_course(reading, at, texts, &made->courses[made->courses_count]);
	at = items_of(reading, file, "lures", &count);
	made->lures = ARENA_ARRAY(reading->into, struct pack_lure, count + 1);
	for (; at != NULL; at = at->next, made->lures_count++)
		load_lure(reading, at, &made->lures[made->lures_count]);
}

static void
check_role(struct reading *reading, const struct node *file, const char *key,
	   const struct pack_role *role)
{
	if (role != NULL && role->scope == SCOPE_EVERYONE)
		fault(reading, node_get(file, key), "「%.*s」は全員の役割なので、ここには使えません。",
		      T_ARG(role->code));
}

void
load_training(struct reading *reading, const struct node *file, struct pack_texts *texts)
{
	static const struct key keys[] = {{"keeps", true},     {"decides", true}, {"names", true},
					  {"tells", true},     {"audiences", true}, {"courses", true},
					  {"lures", false}, {NULL, false}};
	struct pack_training *made = &reading->pack->training;

	if (file != NULL && shape_map(reading, file, "training.yaml", keys)) {
		made->is_there = true;
		made->keeps = REFER(reading, file, "keeps", refer_role);
		made->decides = REFER(reading, file, "decides", refer_role);
		made->names = refer_roles(reading, file, "names", &made->names_count);
		made->tells = refer_roles(reading, file, "tells", &made->tells_count);
		check_role(reading, file, "keeps", made->keeps);
		check_role(reading, file, "decides", made->decides);
		load_parts(reading, file, texts);
	}
	for (size_t at = 0; at < texts->count; at++)
		if (!texts->is_used[at])
			fault_line(reading, texts->at[at].name, 1, 1,
				   "「%.*s」は、どの研修の本文でもありません。training.yaml の courses の code と同じ名前にしてください。",
				   T_ARG(texts->at[at].name));
}
