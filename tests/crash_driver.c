/*
 * crash_driver write DATA PROGRAMS: acts without end on several threads, each printed as soon as it
 * is acknowledged. crash_driver check DATA PROGRAMS: every line of stdin must be there.
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

int
main(int count, char **words)
{
	struct body body;
	secret_start();
	if (count != 4)
		return 2;
	const bool is_checking = strcmp(words[1], "check") == 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct error *error = body_open(arena,
					&(struct body_options){ .data = words[2],
								.programs = words[3],
								.is_read_only = is_checking },
					&body);
	if (error != OK) {
		fprintf(stderr, "%.*s\n", (int)error->words.len, error->words.data);
		return 2;
	}
	const int status = is_checking ? check_all(&body) : write_all(&body);
	body_close(&body);
	return status;
}
