/*
 * Acts for the shell tests.
 *	acts_driver write DATA PROGRAMS		acts without end on several threads, each printed as
 *						soon as it is acknowledged
 *	acts_driver check DATA PROGRAMS		every line of stdin must be there
 *	acts_driver roll|turn DATA PROGRAMS		roll the journal's key; begin the next year's log
 *	acts_driver set DATA PROGRAMS NAME VALUE	change a setting
 *	acts_driver notify DATA PROGRAMS NUMBER SUBJECT	tell a person something, by mail too
 */
#include "cli/body.h"

#include "base/secret.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 6, LINE_MOST = 200 };

struct writing {
	struct body *body;
	int thread;
	int64_t no;
};

static struct error *
add_unit(struct act *act, void *with)
{
	const struct writing *writing = with;
	struct unit unit = { .kind = UNIT_OTHER, .name = T("試験"), .since = DAY_NONE,
			     .until = DAY_NONE };
	struct unit_id id;
	unit.code = text_format(act->look.arena, "%d-%d-%lld", (int)getpid(), writing->thread,
				(long long)writing->no);
	return people_unit_add(act, &unit, &id);
}

static void *
write_on(void *with)
{
	struct writing *writing = with;
	const struct actor actor = { .through = T("test") };
	for (;; writing->no++) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		char line[LINE_MOST];
		struct error *error =
			store_act(writing->body->store, arena, &actor, add_unit, writing);
		if (error != OK) {
			dprintf(STDERR_FILENO, "refused: %.*s\n", (int)error->words.len, error->words.data);
			return NULL;
		}
		const int len = snprintf(line, sizeof line, "%d-%d-%lld\n", (int)getpid(),
					 writing->thread, (long long)writing->no);
		if (write(STDOUT_FILENO, line, (size_t)len) != len)
			return NULL;
	}
}

static int
write_all(struct body *body)
{
	pthread_t threads[THREADS];
	struct writing writing[THREADS];
	if (body_seal_on(body) != OK)
		return 2;
	for (int at = 0; at < THREADS; at++) {
		writing[at] = (struct writing){ body, at, 0 };
		if (pthread_create(&threads[at], NULL, write_on, &writing[at]) != 0)
			return 2;
	}
	for (int at = 0; at < THREADS; at++)
		pthread_join(threads[at], NULL);
	return 0;
}

static int
check_all(struct body *body)
{
	char line[LINE_MOST];
	int64_t lost = 0, seen = 0;
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	LOOK_SCOPED look = { 0 };
	if (look_begin(body->store, arena, &look) != OK)
		return 2;
	while (fgets(line, sizeof line, stdin) != NULL) {
		const struct text code = text_trim(text_of(line));
		struct unit unit;
		bool found = false;
		if (people_unit_by_code(&look, code, moment_day(moment_now()), &found, &unit) != OK ||
		    !found) {
			printf("lost %.*s\n", (int)code.len, code.data);
			lost++;
		}
		seen++;
	}
	printf("%lld acknowledged, %lld lost\n", (long long)seen, (long long)lost);
	return lost == 0 ? 0 : 1;
}

struct wish {
	struct text first, second;
};

static struct error *
set(struct act *act, void *with)
{
	const struct wish *wish = with;
	const struct fact fact = { .act = "body.set", .about = { T("body") } };
	TRY(act_set(act, wish->first, wish->second));
	return act_note(act, &fact);
}

static struct error *
notify(struct act *act, void *with)
{
	const struct wish *wish = with;
	const struct fact fact = { .act = "test.notify", .about = { T("body") } };
	struct person person;
	bool found;
	TRY(people_person_by_number(&act->look, wish->first, &found, &person));
	if (!found)
		return missing("no such person");
	TRY(people_notify(act, &(struct notify){ .person = person.id, .about = T("dossier:1"),
						 .words = wish->second, .path = T("/dossiers/1"),
						 .subject = wish->second }));
	return act_note(act, &fact);
}

static struct error *
act_once(struct body *body, char **words)
{
	struct wish wish = { text_of(words[4]), text_of(words[5]) };
	const struct actor actor = { .through = T("test") };
	return store_act(body->store, body->arena, &actor,
			 strcmp(words[1], "set") == 0 ? set : notify, &wish);
}

static struct error *
do_verb(struct body *body, int count, char **words, int *status)
{
	const struct actor actor = { .through = T("test") };
	if (strcmp(words[1], "write") == 0)
		*status = write_all(body);
	else if (strcmp(words[1], "roll") == 0)
		return journal_roll(body->store, body->sealer, &actor);
	else if (strcmp(words[1], "turn") == 0)
		return journal_turn(body->store, body->sealer, &actor);
	else if (strcmp(words[1], "check") == 0)
		*status = check_all(body);
	else if (count == 6)
		return act_once(body, words);
	else
		*status = 2;
	return OK;
}

/* April of the next fiscal year. */
static struct moment
next_year(void *with)
{
	struct day day;
	(void)with;
	if (!day_make(day_fiscal_year(moment_day(moment_now())) + 1, 4, 2, &day))
		return moment_now();
	return day_begin(day);
}

int
main(int count, char **words)
{
	struct body body;
	int status = 0;
	secret_start();
	if (count < 4)
		return 2;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const bool is_turn = strcmp(words[1], "turn") == 0;
	const struct body_options options = { .data = words[2], .programs = words[3],
					      .clock = is_turn ? next_year : NULL,
					      .is_read_only = strcmp(words[1], "check") == 0 };
	struct error *error = body_open(arena, &options, &body);
	if (error == OK) {
		error = do_verb(&body, count, words, &status);
		body_close(&body);
	}
	if (error != OK)
		fprintf(stderr, "%.*s\n", (int)error->words.len, error->words.data);
	return error != OK ? 2 : status;
}
