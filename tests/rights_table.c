/*
 * Writes docs/rights.md: the dispatch table and what people_rights() gives, as one table. What stands behind a
 * number in an address is not in the code's tables but in its acts; tests/rights/objects.txt says it for every such
 * row, tests/rights_walk.py tries it from outside.
 *
 * usage: rights_table OBJECTS.txt PACK-FOLDER   prints the page; exit status 1 with what is missing on stderr
 */
#include "people_house.h"

#include "base/file.h"
#include "pages/rooms.h"

enum { ROWS_MOST = 600 };

/* ---- Kinds of people ---- */

struct kind {
	const char *code, *words;
	const char *role;      /* of a post, in `unit` */
	enum unit_kind unit;   /* of the post, or of nobody's */
	bool has_grant, is_gone, is_nobody;
	enum grant_kind grant;
	struct person_id person;
	struct rights rights;
};

static struct kind kinds[] = {
	{ "nobody", "nobody signed in", .is_nobody = true },
	{ "left", "somebody whose service has ended", .is_gone = true },
	{ "clerk", "somebody with a post and no role; a contractor's worker", .unit = UNIT_SECTION },
	{ "head", "a role of a section (manager)", "manager", UNIT_SECTION },
	{ "system", "a role of a system (system manager)", "system-manager", UNIT_SECTION },
	{ "bureau", "a role of a bureau (security officer)", "responsible", UNIT_BUREAU },
	{ "body", "a role of the whole body (mayor, CISO, general officer)", "ciso", UNIT_BODY },
	{ "auditor", "grant: auditor", .has_grant = true, .grant = GRANT_AUDITOR },
	{ "ledger", "grant: ledgers, of a unit or of all", .has_grant = true, .grant = GRANT_LEDGER },
	{ "people", "grant: organisation and staff", .has_grant = true, .grant = GRANT_PEOPLE },
	{ "operator", "grant: operator", .has_grant = true, .grant = GRANT_OPERATOR },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static struct error *
add_kind(struct act *act, struct house *h, struct kind *kind, int no)
{
	struct person_id id;
	char number[16];
	snprintf(number, sizeof number, "9%05d", no);
	must(people_person_add(act, &(struct person){ .number = text_copy(act->look.arena, text_of(number)),
						      .family = T("試"), .since = DAY_NONE, .until = DAY_NONE }, &id));
	kind->person = id;
	if (kind->is_gone)
		return people_person_end(act, id, D(-1));
	if (kind->has_grant)
		return people_grant_give(act, &(struct grant){ .person = id, .kind = kind->grant, .unit = { kind->grant == GRANT_LEDGER ? h->section.no : 0 },
							       .since = DAY_NONE, .until = DAY_NONE },
					 &(struct grant_id){ 0 });
	const struct unit_id unit = kind->unit == UNIT_BODY ? h->city : kind->unit == UNIT_BUREAU ? h->bureau : h->section;
	const struct post_id post = add_post(act, h, unit, kind->code, kind->role);
	return people_assign(act, &(struct assignment){ .person = id, .post = post, .is_main = true, .since = DAY_NONE,
							.until = DAY_NONE },
			     &(struct assignment_id){ 0 });
}

static struct error *
add_kinds(struct act *act, void *with)
{
	for (int at = 0; at < KINDS; at++)
		if (!kinds[at].is_nobody)
			TRY(add_kind(act, with, &kinds[at], at));
	return OK;
}

static const char *
reach_words(const struct reach *reach)
{
	return !reach->may ? "-" : reach->is_all ? "all" : reach->count != 0 ? "units" : "yes";
}

/* ---- Whose is the thing in the address? ---- */

struct object {
	struct text method, pattern, rule;
	bool is_used;
};

struct objects {
	struct object list[ROWS_MOST];
	size_t count;
};

static const struct {
	const char *code, *words;
} rules[] = {
	{ "body", "the same for everybody in the body who has the right" },
	{ "self", "one's own only" },
	{ "dossier", "who may see the dossier: applicant, the applicant's unit's and the assets' owners' role holders, who decides or decided, roles of the body, auditors; a draft its applicant only" },
	{ "dossier-own", "the applicant of that dossier only" },
	{ "dossier-decide", "who is to decide it now, never its applicant" },
	{ "permit", "who may see its dossier" },
	{ "permit-unit", "the applicant and the units it is for" },
	{ "permit-own", "the applicant only" },
	{ "ledger", "rows of the units which the right reaches" },
	{ "deputy", "the one who is away, or who may edit people" },
	{ "upload", "who uploaded it, for an hour" },
	{ "clause", "roles that the clause names" },
	{ "finding", "whose finding it is" },
	{ "version", "the role that puts versions into force" },
	{ "delegation", "who holds the post that gives it, today" },
	{ "card", "its owner, who keeps the ledgers of the owner's unit, who keeps accounts" },
	{ "card-holder", "the person, who keeps the ledgers of the person's unit, who keeps accounts" },
	{ "review", "the head of the unit, or a deputy of theirs; who sees the whole body reads it" },
	{ "check-sheet", "who is asked: the person, or the head of the section or system and their deputy; to read also the roles that the pack names for their own unit, and of sections and systems who runs the checklist" },
	{ "check-own", "who is asked: the person, or the head of the section or system and their deputy" },
	{ "check-run", "roles that the pack names for the checklist" },
	{ "contract", "staff of the unit that answers for it, roles of the policy's contracts.yaml there and above, those of the whole body, auditors; nobody of a firm; changes by `answers`, `consents`, `verifies` in that unit" },
	{ "audit", "by what the policy's audit.yaml says: who orders audits, auditors, who orders what is put right, the council; working papers and samples for the first two only; changes by the one role, or by auditors of that audit" },
	{ "audit-unit", "the same, and who answers for the unit it is about" },
	{ "system", "people of the unit that runs the system, which the right reaches" },
	{ "transfer", "who keeps the lists, and the role that decides them; nobody decides what they changed or asked for" },
	{ "recovery", "the person whom it is for, holders of the roles that the pack names, and to read whoever reads the journal; nobody takes both steps, nobody their own" },
	{ "reconcile", "whom the right reaches the whole body: roles of the body, auditors" },
	{ "reconcile-own", "who decides in the role that the policy names for the reconciliation" },
	{ "occurrence", "who has the duty's role there, or was asked to do it; to read also who did it, heads whose ledgers reach its unit, roles of the body, auditors" },
	{ "incident", "who reported or entered it, whom a link told or a task names, the CSIRT, who orders and closes; to read also who reads dossiers of the unit where it happened" },
	{ "incident-write", "the same without those who only read" },
	{ "incident-lead", "the CSIRT and who gives orders" },
	{ "incident-close", "who closes incidents, or stands in for them" },
	{ "incident-mine", "whom the link told, or its substitute; whom the task names, or the CSIRT" },
	{ "unit", "people of the unit which the right reaches" },
	{ "thing", "people of the unit that keeps the thing, and who has it; to read also whoever's right reaches the unit; lending to others, repair, found: who keeps it" },
	{ "stock-take", "people of the unit whose things are counted; to read also whoever's right reaches it; closing: who keeps them" },
	{ "entrance", "rooms, and visits to rooms, of units which the right reaches; changes by who keeps the room" },
	{ "tablet", "whoever shows the token of a room's tablet that is not stopped: 256 random bits; who may enter that room and who is inside, and handing in" },
	{ "course-try", "who took that test" },
	{ "token", "whoever has the link of a drill's mail: 128 random bits, and nothing is said about whose it is" },
};

static const char *
rule_words(struct text code)
{
	for (size_t at = 0; at < sizeof rules / sizeof *rules; at++)
		if (text_is(code, rules[at].code))
			return rules[at].words;
	return NULL;
}

static void
read_objects(struct arena *arena, const char *path, struct objects *objects)
{
	struct text all, line;
	must(file_read(arena, path, 1 << 20, &all));
	while (all.len != 0) {
		text_cut(all, '\n', &line, &all);
		if (line.len == 0 || line.data[0] == '#')
			continue;
		struct object *object = &objects->list[objects->count++];
		struct text rest;
		text_cut(line, ' ', &object->method, &rest);
		text_cut(rest, ' ', &object->pattern, &object->rule);
		object->rule = text_trim(object->rule);
		assert_true(objects->count < ROWS_MOST);
	}
}

static const char *
method_words(const struct page_row *row)
{
	return row->route.method == METHOD_GET ? "GET" : "POST";
}

/* ---- The page ---- */

static int faults;

/* "body", or empty where no object stands in the address. */
static struct text
object_of(struct objects *objects, const struct page_row *row)
{
	const bool has_object = strchr(row->route.pattern, '{') != NULL;
	for (size_t at = 0; at < objects->count; at++) {
		struct object *object = &objects->list[at];
		if (!text_is(object->pattern, row->route.pattern) || !text_is(object->method, method_words(row)))
			continue;
		object->is_used = true;
		if (rule_words(object->rule) != NULL)
			return object->rule;
		fprintf(stderr, "tests/rights/objects.txt: %s %s: no rule is called \"%.*s\"; rules are listed in tests/rights_table.c\n",
			method_words(row), row->route.pattern, T_ARG(object->rule));
		faults++;
	}
	if (!has_object)
		return T("");
	fprintf(stderr, "%s %s has an object in its address, and nothing says whose it may be. Add a line \"%s %s RULE\" to tests/rights/objects.txt (rules: tests/rights_table.c); a new rule also needs its foreign objects in tests/rights_walk.py.\n",
		method_words(row), row->route.pattern, method_words(row), row->route.pattern);
	faults++;
	return T("?");
}

/* Does a row of the table stand under that rule? */
static bool
is_used(const struct objects *objects, const char *rule)
{
	size_t count;
	const struct page_row *rows = pages_table(&count);
	for (size_t at = 0; at < objects->count; at++)
		for (size_t row = 0; row < count && text_is(objects->list[at].rule, rule); row++)
			if (text_is(objects->list[at].pattern, rows[row].route.pattern) &&
			    text_is(objects->list[at].method, method_words(&rows[row])))
				return true;
	return false;
}

static void
print_head(const struct objects *objects)
{
	printf("# Rights\n\n"
	       "Made by `make rights` from the dispatch table, `people_rights()` and `tests/rights/objects.txt`; the test `rights` fails when it is stale,\n"
	       "`rights_walk` tries every line from outside over HTTP as every kind of person, with other people's objects and another body's.\n"
	       "Nothing is served without a line here. Rights of a person are those of all they hold: posts, roles, grants.\n\n"
	       "## Kinds of people\n\n| kind | who |\n|---|---|\n");
	for (int at = 0; at < KINDS; at++)
		printf("| %s | %s |\n", kinds[at].code, kinds[at].words);
	printf("\n## Rights\n\n`all`: the whole body. `units`: the units of one's posts, roles or grant, and those below. `yes`: has it, nothing to reach.\n\n| right |");
	for (int at = 0; at < KINDS; at++)
		printf(" %s |", kinds[at].code);
	printf("\n|---|%s\n", "--|--|--|--|--|--|--|--|--|--|--|");
	for (int right = 0; right < RIGHT_COUNT; right++) {
		printf("| %s |", right_code(right));
		for (int at = 0; at < KINDS; at++)
			printf(" %s |", reach_words(&kinds[at].rights.at[right]));
		printf("\n");
	}
	printf("\n## Objects\n\nWhat else is asked where an address names a thing. What is refused looks missing or says so; nothing changes.\n\n| rule | who may |\n|---|---|\n");
	for (size_t at = 0; at < sizeof rules / sizeof *rules; at++)
		if (is_used(objects, rules[at].code))
			printf("| %s | %s |\n", rules[at].code, rules[at].words);
}

static int
order(const void *a, const void *b)
{
	const struct page_row *left = *(const struct page_row *const *)a, *right = *(const struct page_row *const *)b;
	const int paths = strcmp(left->route.pattern, right->route.pattern);
	return paths != 0 ? paths : (int)left->route.method - (int)right->route.method;
}

static void
print_rows(struct objects *objects)
{
	size_t count;
	const struct page_row *rows = pages_table(&count), *sorted[ROWS_MOST];
	assert_true(count <= ROWS_MOST);
	for (size_t at = 0; at < count; at++)
		sorted[at] = &rows[at];
	qsort(sorted, count, sizeof *sorted, order);
	printf("\n## Pages and acts\n\n`x`: the dispatcher lets them in; what the object rule says comes after. %zu lines.\n\n| page or act | right | object |", count);
	for (int at = 0; at < KINDS; at++)
		printf(" %s |", kinds[at].code);
	printf("\n|---|---|---|%s\n", "--|--|--|--|--|--|--|--|--|--|--|");
	for (size_t at = 0; at < count; at++) {
		const struct text object = object_of(objects, sorted[at]);
		printf("| `%s %s` | %s | %.*s |", method_words(sorted[at]), sorted[at]->route.pattern,
		       right_code(sorted[at]->right), T_ARG(object));
		for (int kind = 0; kind < KINDS; kind++)
			printf(" %s |", rights_may(&kinds[kind].rights, sorted[at]->right) ? "x" : "");
		printf("\n");
	}
	for (size_t at = 0; at < objects->count; at++) /* said, no fault: a part of the house may not be built in */
		if (!objects->list[at].is_used)
			fprintf(stderr, "tests/rights/objects.txt: %.*s %.*s is no line of the dispatch table\n",
				T_ARG(objects->list[at].method), T_ARG(objects->list[at].pattern));
}

int
main(int count, char **words)
{
	static struct objects objects;
	void *state;
	if (count != 2) {
		fprintf(stderr, "usage: rights_table OBJECTS.txt\n");
		return 2;
	}
	assert_int_equal(house_open(&state), 0);
	struct house *h = state;
	read_objects(h->arena, words[1], &objects);
	must(act_now(h, add_kinds, h));
	LOOK_SCOPED look = { 0 };
	must(look_begin(h->store, h->arena, &look));
	for (int at = 0; at < KINDS; at++)
		must(people_rights(&look, h->pack, kinds[at].person, &kinds[at].rights));
	print_head(&objects);
	print_rows(&objects);
	look_end(&look);
	house_close(&state);
	return faults == 0 ? 0 : 1;
}
