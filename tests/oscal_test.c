/* What this room promises: the same state is the same bytes, ids come back, others' words are not lost. */
#include "flow_house.h"

#include "assure/history.h"
#include "base/file.h"
#include "oscal/oscal.h"
#include "oscal/reading.h"

#include <sys/stat.h>
#include <unistd.h>

static struct text
written(struct arena *arena, const struct oscal_source *source, enum oscal_model model)
{
	struct text json;
	must(oscal_write(arena, source, model, &json));
	return json;
}

/* The source of a house's body, as an export would have it. */
static struct oscal_source
source_of(struct flow_house *h, struct look *look, struct assurance *assurance)
{
	must(assure(look, &h->flow, NULL, assurance));
	struct oscal_source source = { .pack = h->house.pack, .look = look, .body_code = T("test"),
				       .body_name = T("試験市"), .assurance = assurance };
	return source;
}

static void
codes_become_tokens_and_come_back(void **state)
{
	static const char *const codes[] = { "3.2.9.a-1", "n11", "suppl", "-x", ".", "_a", "__", "ciso" };
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	(void)state;
	for (size_t at = 0; at < sizeof codes / sizeof *codes; at++) {
		const struct text token = token_of(arena, text_of(codes[at]));
		assert_true(token.data[0] == '_' || (token.data[0] >= 'a' && token.data[0] <= 'z'));
		assert_true(text_is(code_of(token), codes[at]));
	}
}

static void
markup_is_escaped_and_comes_back(void **state)
{
	static const char *const texts[] = { "*x* _y_ `z` [a](b) {{ insert: param, q }} <b> \"q\" \\ ~ ^",
					     "# a\n- b\n+ c", "", "普通の文。", "\\*", "\\\\" };
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	(void)state;
	for (size_t at = 0; at < sizeof texts / sizeof *texts; at++) {
		const struct text markup = markup_of(arena, text_of(texts[at]));
		assert_false(text_has(markup, T("{{")));
		assert_true(text_is(plain_of(arena, markup), texts[at]));
	}
}

static void
titles_and_values_are_one_line_without_outer_space(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	(void)state;
	assert_true(text_is(line_of(arena, T("　 あ\nい 　")), "あ い"));
	assert_int_equal(line_of(arena, T("　\n ")).len, 0);
}

static void
uuids_are_of_version_5_and_stay(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct text one = uuid_of(arena, T("takamatsu"), "clause", T("3.2.9.c"));
	(void)state;
	assert_int_equal(one.len, 36);
	assert_int_equal(one.data[14], '5');
	assert_non_null(strchr("89ab", one.data[19]));
	assert_true(text_same(one, uuid_of(arena, T("takamatsu"), "clause", T("3.2.9.c"))));
	assert_false(text_same(one, uuid_of(arena, T("takamatsu"), "clause", T("3.2.9.d"))));
	assert_false(text_same(one, uuid_of(arena, T("koga"), "clause", T("3.2.9.c"))));
}

static void
two_exports_of_one_state_are_the_same_bytes(void **state)
{
	struct flow_house *h = *state;
	LOOK(&h->house, look);
	struct assurance one, other;
	const struct oscal_source first = source_of(h, &look, &one);
	const struct oscal_source second = source_of(h, &look, &other);
	for (enum oscal_model model = 0; model < OSCAL_POAM; model++)
		assert_true(text_same(written(look.arena, &first, model),
				      written(look.arena, &second, model)));
}

static void
every_duty_has_a_finding_with_its_state(void **state)
{
	struct flow_house *h = *state;
	LOOK(&h->house, look);
	struct assurance assurance;
	const struct oscal_source source = source_of(h, &look, &assurance);
	const struct text json = written(look.arena, &source, OSCAL_RESULTS);
	json_error_t fault;
	json_auto_t *document = json_loadb(json.data, json.len, 0, &fault);
	assert_non_null(document);
	const json_t *result = json_array_get(
		json_object_get(json_object_get(document, "assessment-results"), "results"), 0);
	const json_t *findings = json_object_get(result, "findings");
	assert_int_equal(json_array_size(findings), h->house.pack->duties_count);
	for (size_t at = 0; at < json_array_size(findings); at++) {
		const json_t *finding = json_array_get(findings, at);
		assert_true(text_is(prop_at(look.arena, finding, OSCAL_NS, "state", NULL),
				    clause_state_name(assurance.clauses[at].state)));
		assert_true(text_same(prop_at(look.arena, finding, OSCAL_NS, "clause", NULL),
				      assurance.clauses[at].clause->id));
	}
}

static void
a_transport_that_is_late_is_a_risk_and_an_item_of_the_plan(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = manager_permits_carry(h, "委託先");
	struct dossier dossier = dossier_now(h, id);
	take_out(h, h->house.staff, &dossier, h->secret);
	days_pass(h, 3);
	LOOK(&h->house, look);
	struct assurance assurance;
	const struct oscal_source source = source_of(h, &look, &assurance);
	const struct text poam = written(look.arena, &source, OSCAL_POAM);
	assert_true(text_has(poam, T("takamatsu_smt.3.2.8.b")));
	assert_true(text_has(written(look.arena, &source, OSCAL_RESULTS), T("\"status\": \"open\"")));
}

static void
without_a_body_there_are_no_results(void **state)
{
	struct flow_house *h = *state;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct oscal_source source = { .pack = h->house.pack };
	struct text json = { 0 };
	struct error *error = oscal_write(arena, &source, OSCAL_RESULTS, &json);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_MISSING);
	assert_null(json.data);
}

/* ---- Reading ---- */

static void
remove_below(struct arena *arena, const char *folder)
{
	struct text *names;
	size_t count;
	if (folder_list(arena, folder, 1000, &names, &count) != OK)
		return;
	for (size_t at = 0; at < count; at++) {
		const char *path = path_join(arena, folder, text_z(arena, names[at]));
		if (unlink(path) != 0)
			remove_below(arena, path);
	}
	rmdir(folder);
}

static struct error *
read_text(struct arena *arena, const char *folder, const char *json, struct oscal_read *read)
{
	const struct oscal_document document = { "a.json", text_of(json) };
	return oscal_read(arena, &document, 1, folder, read);
}

static const struct {
	const char *json, *where;
} bad[] = {
	{ "[]", "a.json" },
	{ "{", "a.json:1:1" },
	{ "{}", "a.json" },
	{ "{\"catalog\":7}", "a.json" },
	{ "{\"catalog\":{}}", "a.json: catalog.metadata" },
	{ "{\"catalog\":{\"metadata\":{\"oscal-version\":\"9.9\"}}}", "a.json: catalog.metadata.oscal-version" },
	{ "{\"catalog\":{\"metadata\":{\"oscal-version\":\"1.1.3\",\"title\":\"t\"},\"groups\":{}}}",
	  "a.json: catalog.groups" },
	{ "{\"catalog\":{\"metadata\":{\"oscal-version\":\"1.1.3\",\"title\":\"t\"},\"groups\":[{\"title\":[]}]}}",
	  "a.json: catalog.groups[0].title" },
	{ "{\"catalog\":{\"metadata\":{\"oscal-version\":\"1.1.3\",\"title\":\"t\"},\"groups\":[{\"controls\":[{\"id\":\"a\","
	  "\"title\":\"t\",\"parts\":[{\"name\":\"statement\",\"prose\":1}]}]}]}}",
	  "a.json: catalog.groups[0].controls[0].parts[0].prose" },
	{ "{\"profile\":{\"metadata\":{\"oscal-version\":\"1.1.3\"}}}", "" },
};

static void
what_cannot_be_read_is_said_with_its_place(void **state)
{
	struct flow_house *h = *state;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const char *folder = path_join(arena, h->house.folder, "oscal-bad");
	for (size_t at = 0; at < sizeof bad / sizeof *bad; at++) {
		struct oscal_read read = { 0 };
		struct error *error = read_text(arena, folder, bad[at].json, &read);
		assert_non_null(error);
		assert_int_equal(error->kind, ERROR_INVALID);
		if (!text_starts(error->field, text_of(bad[at].where)))
			fail_msg("%zu: %.*s", at, T_ARG(error->field));
		remove_below(arena, folder);
	}
}

static void
what_is_too_deep_or_too_much_is_refused_before_it_is_built(void **state)
{
	struct flow_house *h = *state;
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	const char *folder = path_join(arena, h->house.folder, "oscal-deep");
	struct oscal_read read;
	struct writer deep = writer_open(arena, 1 << 20);
	for (int at = 0; at < 100000; at++)
		write_byte(&deep, '[');
	struct error *error = read_text(arena, folder, text_z(arena, writer_text(&deep)), &read);
	assert_true(error != OK && text_has(error->words, T("64")));
	struct writer many = writer_open(arena, 8 << 20);
	write_z(&many, "{\"catalog\":[");
	for (int at = 0; at < OSCAL_MOST_VALUES; at++)
		write_z(&many, "1,");
	error = read_text(arena, folder, text_z(arena, writer_text(&many)), &read);
	assert_true(error != OK && text_has(error->words, T("2000000")));
	remove_below(arena, folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_become_tokens_and_come_back),
		cmocka_unit_test(markup_is_escaped_and_comes_back),
		cmocka_unit_test(titles_and_values_are_one_line_without_outer_space),
		cmocka_unit_test(uuids_are_of_version_5_and_stay),
		FLOW_TEST(two_exports_of_one_state_are_the_same_bytes),
		FLOW_TEST(every_duty_has_a_finding_with_its_state),
		FLOW_TEST(a_transport_that_is_late_is_a_risk_and_an_item_of_the_plan),
		FLOW_TEST(without_a_body_there_are_no_results),
		FLOW_TEST(what_cannot_be_read_is_said_with_its_place),
		FLOW_TEST(what_is_too_deep_or_too_much_is_refused_before_it_is_built),
	};
	return cmocka_run_group_tests_name("oscal", tests, NULL, NULL);
}
