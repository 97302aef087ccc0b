/*
 * What an incident's page reads, with N entries in its timeline: the case and who may what, the whole timeline,
 * links, tasks, evidence, what is concerned, reports outside, what stands against closing, and the draft.
 * In the demonstration body; the median of twenty, and how long writing one entry takes.
 *
 *	incident_bench DATA PROGRAMS [ENTRIES]
 */
#include "clock.h"
#include "median.h"

#include "cli/body.h"

#include "base/secret.h"
#include "incident/incident.h"
#include "incident/outside.h"

enum { TIMES = 20, ENTRIES = 2000 };

struct bench {
	struct body *body;
	struct incident_id id;
	struct person_id person;
	int64_t from;
};

static struct error *
write_work(struct act *act, void *with)
{
	const struct bench *bench = with;
	struct entry_id entry;
	const struct entry_writing writing = {
		.incident = bench->id,
		.at = { act->look.now.ms - bench->from * 1000 },
		.category = (enum entry_category)(bench->from % ENTRY_CATEGORIES),
		.source = FROM_LOG,
		.words = text_format(act->look.arena, "記録%lld：監視装置が通信を遮断し、担当が端末を確かめた。",
				     (long long)bench->from),
	};
	return incident_entry_write(act, bench->body->pack, &writing, &entry);
}

static struct error *
find(struct bench *bench, struct look *look)
{
	const struct pack *pack = bench->body->pack;
	struct decider *list;
	struct rights rights;
	struct incident *cases;
	size_t count;
	bool has_more;
	TRY(people_deciders(look, pack->incidents.leads[0], (struct unit_id){ 0 }, moment_day(look->now),
			    (struct person_id){ 0 }, &list, &count));
	if (count == 0)
		return missing("CSIRTがいません。");
	bench->person = list[0].person;
	TRY(people_rights(look, pack, bench->person, &rights));
	TRY(incident_list(look, pack, &rights, &(struct incident_query){ .has_state = true, .state = INCIDENT_OPEN },
			  &cases, &count, &has_more));
	if (count == 0)
		return missing("対応中の事案がありません。");
	bench->id = cases[0].id;
	return OK;
}

static struct error *
page(struct bench *bench, struct look *look, size_t *entries)
{
	const struct pack *pack = bench->body->pack;
	struct rights rights;
	struct incident incident;
	struct incident_may may;
	struct incident_entry *list;
	struct incident_link *links;
	struct incident_task *tasks;
	struct incident_evidence *evidence;
	struct incident_affected *affected;
	struct incident_outside *outside;
	struct draft_item *items;
	struct text *reasons;
	size_t count;
	TRY(people_rights(look, pack, bench->person, &rights));
	TRY(incident_open(look, pack, &rights, bench->id, &incident, &may));
	TRY(incident_entries(look, bench->id, &(struct entry_query){ .with_replaced = true }, &list, entries));
	TRY(incident_links(look, pack, bench->id, bench->person, &links, &count));
	TRY(incident_tasks(look, pack, bench->id, bench->person, &tasks, &count));
	TRY(incident_evidence_list(look, bench->id, &evidence, &count));
	TRY(incident_affected_list(look, pack, bench->id, &affected, &count));
	TRY(incident_outside_list(look, pack, bench->id, &outside, &count));
	TRY(incident_closable(look, pack, &incident, &reasons, &count));
	return incident_draft(look, pack, bench->id, &items, &count);
}

int
main(int argc, char **argv)
{
	struct body body;
	struct bench bench = { .body = &body };
	double times[TIMES];
	size_t entries = 0;
	if (argc < 3)
		return 2;
	secret_start();
	struct arena *arena = arena_open((size_t)1 << 30);
	must(body_open(arena, &(struct body_options){ .data = argv[1], .programs = argv[2] }, &body));
	{
		LOOK_SCOPED look = { 0 };
		must(look_begin(body.store, arena, &look));
		must(find(&bench, &look));
	}
	const int64_t wanted = argc > 3 ? atoll(argv[3]) : ENTRIES;
	const struct actor actor = { .person = bench.person.no, .role = T(""), .through = T("bench") };
	const double began = now();
	for (; bench.from < wanted; bench.from++) {
		ARENA_SCOPED writing = arena_open((size_t)64 << 20);
		must(store_act(body.store, writing, &actor, write_work, &bench));
	}
	const double written = now() - began;
	for (int at = 0; at < TIMES; at++) {
		ARENA_SCOPED reading = arena_open((size_t)256 << 20);
		LOOK_SCOPED look = { 0 };
		const double from = now();
		must(look_begin(body.store, reading, &look));
		must(page(&bench, &look, &entries));
		times[at] = (now() - from) * 1e3;
	}
	const double middle = median(times, TIMES);
	printf("%zu entries: page reads %.1f ms (median of %d, most %.1f); writing one %.2f ms\n", entries,
	       middle, TIMES, times[TIMES - 1], written * 1e3 / (double)wanted);
	body_close(&body);
	return 0;
}
