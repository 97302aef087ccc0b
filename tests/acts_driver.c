/*
 * Acts for the shell tests.
 *	acts_driver write DATA PROGRAMS		acts without end on several threads, each printed as
 *						soon as it is acknowledged
 *	acts_driver steady DATA PROGRAMS	the same, but what is refused is tried again, 20 times a
 *						second, until it succeeds; why is said on stderr when it
 *						changes. CLOCK_FILE names a file that holds milliseconds
 *						to add to the clock
 *	acts_driver head DATA PROGRAMS		what the sealer signed last must be the tree of the store;
 *						prints its size
 *	acts_driver fill DATA PROGRAMS COUNT	so many acts one after another, then a checkpoint
 *	acts_driver check DATA PROGRAMS		every line of stdin must be there
 *	acts_driver roll|turn DATA PROGRAMS		roll the journal's key; begin the next year's log
 *	acts_driver set DATA PROGRAMS NAME VALUE	change a setting
 *	acts_driver notify DATA PROGRAMS NUMBER SUBJECT	tell a person something, by mail too
 *	acts_driver drill DATA PROGRAMS NUMBER LURE	that person is given the role that keeps training, and
 *						plans a drill by mail to everybody, to be sent now
 *	acts_driver incident DATA PROGRAMS NUMBER TITLE	that person is given the role that is told first, and
 *						person 10 reports a case in their unit
 */
#include "cli/body.h"

#include "incident/incident.h"
#include "training/training.h"

#include "base/number.h"
#include "base/secret.h"
#include "people/notice.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 6, LINE_MOST = 200 };

struct writing {
	struct body *body;
	int thread;
	int64_t no;
	bool is_steady;
	char refusal[LINE_MOST];
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

/* Say it once for each change of mind. */
static void
say_refusal(struct writing *writing, const struct error *error)
{
	const struct text words = error != OK ? text_first(error->words, LINE_MOST - 1) : T("");
	if (text_same(words, text_of(writing->refusal)))
		return;
	memcpy(writing->refusal, words.data, words.len);
	writing->refusal[words.len] = 0;
	if (words.len != 0)
		dprintf(STDERR_FILENO, "refused: %s\n", writing->refusal);
	else
		dprintf(STDERR_FILENO, "goes on\n");
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
		say_refusal(writing, error);
		if (error != OK && !writing->is_steady)
			return NULL;
		if (writing->is_steady)
			usleep(50000);
		if (error != OK)
			continue;
		const int len = snprintf(line, sizeof line, "%d-%d-%lld\n", (int)getpid(),
					 writing->thread, (long long)writing->no);
		if (write(STDOUT_FILENO, line, (size_t)len) != len)
			return NULL;
	}
}

static int
write_all(struct body *body, bool is_steady)
{
	pthread_t threads[THREADS];
	struct writing writing[THREADS];
	if (body_seal_on(body) != OK)
		return 2;
	for (int at = 0; at < THREADS; at++) {
		writing[at] = (struct writing){ .body = body, .thread = at, .is_steady = is_steady };
		if (pthread_create(&threads[at], NULL, write_on, &writing[at]) != 0)
			return 2;
	}
	for (int at = 0; at < THREADS; at++)
		pthread_join(threads[at], NULL);
	return 0;
}

/* Numbers go on where an earlier fill ended, because the process is in them. */
static int
fill(struct body *body, const char *count)
{
	struct writing writing = { .body = body };
	const struct actor actor = { .through = T("test") };
	int64_t most;
	if (!number_read(text_of(count), 1, 1000000, &most) || body_seal_on(body) != OK)
		return 2;
	for (; writing.no < most; writing.no++) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		if (store_act(body->store, arena, &actor, add_unit, &writing) != OK)
			return 1;
	}
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

/* 1 when the sealer signed another tree than that of the store, or more than there is. */
static struct error *
check_head(struct body *body, int *status)
{
	LOOK_SCOPED look = { 0 };
	struct text note;
	struct head head = { 0 };
	struct hash root;
	bool found;
	struct journal_log *logs;
	size_t count;
	TRY(look_begin(body->store, body->arena, &look));
	TRY(sealer_note_read(body->arena, body->data, body->code, &found, &note));
	if (found)
		TRY(note_read(body->arena, note, &head));
	TRY(journal_logs(&look, &logs, &count));
	*status = found;
	for (size_t at = 0; at < count && found; at++) {
		if (!text_same(logs[at].origin, head.origin) || head.size > logs[at].size)
			continue;
		TRY(journal_root(&look, &logs[at], head.size, &root));
		*status = !hash_same(&root, &head.root);
		head.size += logs[at].first;
	}
	printf("%lld\n", (long long)head.size);
	return OK;
}

static const int64_t clock_most = (int64_t)1 << 45;

/* The clock, moved by what stands in CLOCK_FILE. */
static struct moment
moved_clock(void *with)
{
	struct moment now = moment_now();
	char digits[32];
	const int fd = open(with, O_RDONLY | O_CLOEXEC);
	const ssize_t len = fd < 0 ? -1 : read(fd, digits, sizeof digits);
	int64_t by;
	if (len > 0 && number_read(text_trim((struct text){ digits, (size_t)len }), -clock_most,
				   clock_most, &by))
		now.ms += by;
	if (fd >= 0)
		close(fd);
	return now;
}

struct wish {
	struct text first, second;
	const struct pack *pack;
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
give_role(struct act *act, const struct wish *wish, struct person_id person, const struct pack_role *role)
{
	struct post post = { .name = text_join(act->look.arena, words_now(role->name), T("の役")), .rank = 9,
			     .roles_count = 1, .since = DAY_NONE, .until = DAY_NONE };
	struct assignment_id assignment;
	struct post_id id;
	post.roles[0] = role->code;
	TRY(people_unit_of(&act->look, person, moment_day(act->look.now), &post.unit));
	TRY(people_post_add(act, wish->pack, &post, &id));
	return people_assign(act, &(struct assignment){ .person = person, .post = id, .since = DAY_NONE,
							.until = DAY_NONE }, &assignment);
}

static struct error *
drill(struct act *act, void *with)
{
	const struct wish *wish = with;
	struct mail_drill_id id;
	struct person person;
	bool found, keeps;
	TRY(people_person_by_number(&act->look, wish->first, &found, &person));
	if (!found)
		return missing("no such person");
	TRY(training_may_keep(&act->look, wish->pack, person.id, &keeps));
	if (!keeps)
		TRY(give_role(act, wish, person.id, wish->pack->training.keeps));
	act->actor.person = person.id.no;
	return training_drill_plan(act, wish->pack,
				   &(struct drill_plan){ .lure = pack_lure(wish->pack, wish->second),
							 .audience = &wish->pack->training.audiences[0],
							 .sends = act->look.now,
							 .ends = day_plus(moment_day(act->look.now), 7) },
				   &id);
}

static struct error *
incident(struct act *act, void *with)
{
	const struct wish *wish = with;
	struct incident_id id;
	struct person head, reporter;
	struct unit_id unit;
	bool found, has_reporter;
	TRY(people_person_by_number(&act->look, wish->first, &found, &head));
	TRY(people_person_by_number(&act->look, T("10"), &has_reporter, &reporter));
	if (!found || !has_reporter)
		return missing("no such person");
	TRY(give_role(act, wish, head.id, pack_role(wish->pack, T("manager"))));
	TRY(people_unit_of(&act->look, head.id, moment_day(act->look.now), &unit));
	act->actor.person = reporter.id.no;
	return incident_report(act, wish->pack,
			       &(struct incident_reporting){ .kind = wish->pack->incidents.kinds[0].code,
							     .title = wish->second,
							     .known = act->look.now,
							     .unit = unit },
			       &id);
}

static struct error *
act_once(struct body *body, char **words)
{
	struct wish wish = { text_of(words[4]), text_of(words[5]), body->pack };
	const struct actor actor = { .through = T("test") };
	act_work *const work = strcmp(words[1], "set") == 0	   ? set
			       : strcmp(words[1], "drill") == 0	   ? drill
			       : strcmp(words[1], "incident") == 0 ? incident
								   : notify;
	return store_act(body->store, body->arena, &actor, work, &wish);
}

static struct error *
do_verb(struct body *body, int count, char **words, int *status)
{
	const struct actor actor = { .through = T("test") };
	if (strcmp(words[1], "write") == 0 || strcmp(words[1], "steady") == 0)
		*status = write_all(body, strcmp(words[1], "steady") == 0);
	else if (strcmp(words[1], "head") == 0)
		return check_head(body, status);
	else if (strcmp(words[1], "roll") == 0)
		return journal_roll(body->store, body->sealer, &actor);
	else if (strcmp(words[1], "turn") == 0)
		return journal_turn(body->store, body->sealer, &actor);
	else if (strcmp(words[1], "check") == 0)
		*status = check_all(body);
	else if (strcmp(words[1], "fill") == 0 && count == 5)
		*status = fill(body, words[4]);
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
	char *clock_file = getenv("CLOCK_FILE");
	const bool is_turn = strcmp(words[1], "turn") == 0;
	const struct body_options options = { .data = words[2], .programs = words[3],
					      .is_read_only = strcmp(words[1], "check") == 0 ||
							      strcmp(words[1], "head") == 0,
					      .clock = clock_file != NULL ? moved_clock
								: is_turn ? next_year : NULL,
					      .clock_with = clock_file };
	struct error *error = body_open(arena, &options, &body);
	if (error == OK) {
		error = do_verb(&body, count, words, &status);
		body_close(&body);
	}
	if (error != OK)
		fprintf(stderr, "%.*s\n", (int)error->words.len, error->words.data);
	return error != OK ? 2 : status;
}
