/* Who may still do what. Keep docs/programs.md in step. */
#include "base/jails.h"
#include "base/log.h"

enum { MOST_PATHS = 24 };

/* A sanitizer reserves terabytes of address space for its shadow. */
#if defined(__SANITIZE_ADDRESS__)
#define MIB(count) ((size_t)0 * (count))
#else
#define MIB(count) ((size_t)(count) << 20)
#endif

#define READ(path) {PLACE_FIXED, path, false, false}
#define WRITE(path) {PLACE_FIXED, path, true, false}
#define RUN(path) {PLACE_FIXED, path, false, true}
#define END {PLACE_FIXED, NULL, false, false}

/* What the C library and the libraries we use look up while they run. */
#define LIBRARIES                                                                              \
	READ("/usr/lib"), READ("/usr/share/zoneinfo"), READ("/lib"), READ("/lib64"),           \
		READ("/etc/ld.so.cache"), READ("/etc/localtime"), READ("/etc/ssl"),            \
		READ("/dev/urandom"), WRITE("/dev/null")

/* Names of hosts, and who vouches for their certificates. */
#define SERVERS_BY_NAME                                                                        \
	READ("/usr/share/ca-certificates"), READ("/usr/local/share/ca-certificates"),          \
		READ("/etc/resolv.conf"), READ("/run/systemd/resolve"), READ("/etc/hosts"),    \
		READ("/etc/host.conf"), READ("/etc/nsswitch.conf"), READ("/etc/gai.conf"),     \
		READ("/etc/services")

static const struct jail_grant banshod[] = {
	{PLACE_BODY, NULL, true, false}, {PLACE_KEYS, NULL, true, false}, {PLACE_CARDS, NULL, false, false}, LIBRARIES, READ("/etc/gnutls"), READ("/proc/self"),
	READ("/sys/devices/system/cpu"), END};

/* Its companions live inside this jail, and then shut themselves into their own. */
static const struct jail_grant banshod_alone[] = {{PLACE_BODY, NULL, true, false},
						  {PLACE_KEYS, NULL, true, false},
						  {PLACE_PROGRAMS, NULL, false, true},
						  {PLACE_CARDS, NULL, false, false},
						  RUN("/usr"),
						  RUN("/lib"),
						  RUN("/lib64"),
						  READ("/etc"),
						  READ("/var/cache/fontconfig"),
						  WRITE("/dev/null"),
						  READ("/dev/urandom"),
						  READ("/proc"),
						  READ("/sys/devices/system/cpu"),
						  END};

/* Names of hosts, and who vouches for the relay's certificate (PLACE_OWN: mail.ca). */
static const struct jail_grant clock_work[] = {{PLACE_BODY, NULL, true, false},
					       {PLACE_KEYS, NULL, true, false},
					       {PLACE_OWN, NULL, false, false},
					       LIBRARIES,
					       SERVERS_BY_NAME,
					       READ("/proc/self"),
					       END};

/* The same for the directory's servers (PLACE_OWN: the file "ca" names). No body, no key. */
static const struct jail_grant directory[] = {{PLACE_OWN, NULL, false, false},
					      LIBRARIES,
					      SERVERS_BY_NAME,
					      END};

static const struct jail_grant own_folder[] = {{PLACE_OWN, NULL, true, false}, END};
static const struct jail_grant fonts[] = {READ("/usr/share/fonts"),
					  READ("/usr/local/share/fonts"), END};
static const struct jail_grant nothing[] = {END};
static const struct jail_grant everything_to_read[] = {READ("/"), END};
static const struct jail_grant import[] = {{PLACE_OWN, NULL, true, false}, LIBRARIES, END};

enum { THREADS = 4096 /* of the user together: a desktop of a developer has some */ };

const struct jail_row jail_table[JAIL_COUNT] = {
	[JAIL_BANSHOD] = {"banshod", banshod,
			  {.most_memory = MIB(16384),
			   .most_files = 8192,
			   .most_processes = THREADS}},
	[JAIL_BANSHOD_ALONE] = {"banshod (alone)", banshod_alone,
				{.may_run = true,
				 .most_memory = MIB(16384),
				 .most_files = 8192,
				 .most_processes = THREADS}},
	[JAIL_DIALER] = {"banshod (dialer)", nothing,
			 {.may_dial = true,
			  .is_single = true,
			  .most_memory = MIB(16384),
			  .most_files = 16}},
	[JAIL_CLOCK] = {"bansho-clock", clock_work,
			{.may_network = true,
			 .most_memory = MIB(8192),
			 .most_files = 256,
			 .most_processes = THREADS}},
	[JAIL_DIRECTORY] = {"bansho-directory", directory,
			    {.may_network = true,
			     .is_single = true,
			     .most_memory = MIB(1536),
			     .most_seconds = 120,
			     .most_files = 64}},
	[JAIL_SEALER] = {"bansho-sealer", own_folder,
			 {.is_single = true, .most_memory = MIB(512), .most_files = 128}},
	[JAIL_PRINT] = {"bansho-print", fonts, /* pango looks for fonts on a thread of its own */
			{.most_memory = MIB(1024),
			 .most_seconds = 120,
			 .most_files = 64,
			 .most_processes = THREADS}},
	[JAIL_SHEET] = {"bansho-sheet", nothing,
			{.is_single = true,
			 .most_memory = MIB(3072),
			 .most_seconds = 60,
			 .most_files = 16}},
	[JAIL_WITNESS] = {"bansho-witness", own_folder,
			  {.most_memory = MIB(1024),
			   .most_files = 1024,
			   .most_processes = THREADS}},
	[JAIL_DRAFT] = {"bansho (draft)", own_folder,
			{.is_single = true,
			 .most_memory = MIB(4096),
			 .most_seconds = 120,
			 .most_files = 64}},
	[JAIL_READER] = {"bansho (reader)", everything_to_read,
			 {.is_single = true, .most_memory = MIB(8192), .most_files = 64}},
	[JAIL_IMPORT] = {"bansho (import)", import,
			 {.is_single = true, .most_memory = MIB(8192), .most_files = 64}},
};

static const char *
path_of(const struct jail_grant *grant, const struct jail_places *places)
{
	switch (grant->place) {
	case PLACE_FIXED:
		return grant->path;
	case PLACE_BODY:
		return places->body;
	case PLACE_KEYS:
		return places->keys;
	case PLACE_OWN:
		return places->own;
	case PLACE_PROGRAMS:
		return places->programs;
	case PLACE_CARDS:
		return places->cards;
	}
	return NULL;
}

struct error *
jails_enter(enum jail_name name, const struct jail_places *places)
{
	static const struct jail_places none = {0};
	const struct jail_row *row = &jail_table[name];
	struct jail_path paths[MOST_PATHS + 1] = {0};
	struct text missing = T("");
	size_t count = 0;
	for (const struct jail_grant *at = row->grants;
	     (at->place != PLACE_FIXED || at->path != NULL) && count < MOST_PATHS; at++) {
		const char *path = path_of(at, places != NULL ? places : &none);
		if (path != NULL)
			paths[count++] = (struct jail_path){path, at->may_write, at->may_run};
	}
	struct jail jail = row->limits;
	jail.paths = paths;
	TRY(jail_enter(&jail, &missing));
	if (missing.len != 0)
		log_say("この機械では、閉じ込めの一部が働きません: %.*s", T_ARG(missing));
	return OK;
}
