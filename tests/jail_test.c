/* Promises of base/jail.h, each tried in a process of its own that has entered the jail. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/child.h"
#include "base/file.h"
#include "base/jail.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Fails in the child: exits with the line. */
#define MUST(condition) \
	do { \
		if (!(condition)) { \
			dprintf(2, "# line %d: %s (errno %d)\n", __LINE__, #condition, errno); \
			_exit(1); \
		} \
	} while (0)

static char folder[] = "/tmp/jail-test-XXXXXX";
static char inside[64];
static char outside[64];

/* 0 when the child was content, 1 when not, 128 + signal. */
static int
in_jail(const struct jail *jail, void (*try)(void))
{
	fflush(NULL);
	const pid_t pid = fork();
	if (pid == 0) {
		struct text what_is_missing;
		const struct error *error = jail_enter(jail, &what_is_missing);
		if (error != OK) {
			dprintf(2, "# %.*s\n", T_ARG(error->words));
			_exit(99);
		}
		try();
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static const struct jail closed = {0};

static bool
is_refused(long rc)
{
	return rc < 0 && (errno == EPERM || errno == EACCES);
}

static void
opens_files(void)
{
	/* EPERM: not even Landlock is asked, the call itself is closed */
	MUST(open("/etc/passwd", O_RDONLY) < 0 && errno == EPERM);
	MUST(is_refused(open(outside, O_WRONLY | O_CREAT, 0600)));
	MUST(is_refused(mkdir("/tmp/jail-test-new", 0700)));
	MUST(is_refused(unlink(outside)));
	MUST(is_refused(chmod(outside, 0777)));
	MUST(is_refused(truncate(outside, 0)));
}

static void
nothing_can_be_opened_when_nothing_is_named(void **state)
{
	(void)state;
	assert_int_equal(in_jail(&closed, opens_files), 0);
}

static void
reads_only_named(void)
{
	MUST(open(inside, O_RDONLY) >= 0);
	MUST(is_refused(open(inside, O_WRONLY)));
	MUST(is_refused(open(inside, O_RDWR | O_TRUNC)));
	MUST(is_refused(open("/etc/passwd", O_RDONLY)));
	MUST(is_refused(open(outside, O_RDONLY)));
	MUST(is_refused(unlink(inside)));
	MUST(is_refused(chmod(inside, 0777)));
	MUST(is_refused(truncate(inside, 0)));
}

static void
a_folder_named_for_reading_is_all_that_can_be_read(void **state)
{
	(void)state;
	const struct jail_path paths[] = {{.path = folder}, {.path = "/no/such/folder"}, {0}};
	assert_int_equal(in_jail(&(struct jail){.paths = paths}, reads_only_named), 0);
}

static void
reads_one_file(void)
{
	MUST(open(inside, O_RDONLY) >= 0);
	MUST(is_refused(open(folder, O_RDONLY | O_DIRECTORY)));
}

static void
a_single_file_can_be_named(void **state)
{
	(void)state;
	const struct jail_path paths[] = {{.path = inside}, {0}};
	assert_int_equal(in_jail(&(struct jail){.paths = paths}, reads_one_file), 0);
}

static void
replaces_files(void)
{
	MUST(file_replace(inside, T("new"), 0600) == OK);
	MUST(is_refused(open(outside, O_WRONLY | O_CREAT, 0600)));
	char moved[80];
	snprintf(moved, sizeof moved, "%s.out", folder);
	MUST(rename(inside, moved) < 0);
}

static void
a_folder_named_for_writing_takes_replaced_files(void **state)
{
	(void)state;
	const struct jail_path paths[] = {{.path = folder, .may_write = true}, {0}};
	assert_int_equal(in_jail(&(struct jail){.paths = paths}, replaces_files), 0);
	struct arena *arena = arena_open(ARENA_USUAL);
	struct text bytes;
	assert_null(file_read(arena, inside, 100, &bytes));
	assert_true(text_is(bytes, "new"));
	arena_close(arena);
}

static int listening; /* opened before the jail */

static void
reaches_out(void)
{
	MUST(is_refused(socket(AF_INET, SOCK_STREAM, 0)));
	MUST(is_refused(socket(AF_INET6, SOCK_DGRAM, 0)));
	MUST(is_refused(socket(AF_UNIX, SOCK_STREAM, 0)));
	MUST(is_refused(socket(AF_NETLINK, SOCK_RAW, 0)));
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	MUST(is_refused(connect(listening, (struct sockaddr *)&address, sizeof address)));
	MUST(is_refused(sendto(listening, "x", 1, MSG_NOSIGNAL, (struct sockaddr *)&address,
			       sizeof address)));
	/* what is open already still works */
	MUST(accept4(listening, NULL, NULL, SOCK_NONBLOCK) < 0 && errno == EAGAIN);
	int pair[2];
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	MUST(send(pair[0], "x", 1, MSG_NOSIGNAL) == 1);
}

static void
the_network_is_closed_except_for_open_sockets(void **state)
{
	(void)state;
	listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	assert_true(listening >= 0);
	assert_int_equal(listen(listening, 1), 0); /* the kernel chooses a port */
	assert_int_equal(in_jail(&closed, reaches_out), 0);
	close(listening);
}

static void
uses_the_network(void)
{
	const int fd = socket(AF_INET, SOCK_STREAM, 0);
	MUST(fd >= 0);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(1)};
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	MUST(connect(fd, (struct sockaddr *)&address, sizeof address) < 0 &&
	     errno == ECONNREFUSED);
	MUST(is_refused(socket(AF_PACKET, SOCK_RAW, 0)));
	MUST(is_refused(socket(AF_NETLINK, SOCK_RAW, 12 /* netfilter */)));
	MUST(is_refused(socket(38 /* AF_ALG */, SOCK_SEQPACKET, 0)));
}

static void
a_program_of_the_network_gets_ordinary_sockets_only(void **state)
{
	(void)state;
	assert_int_equal(in_jail(&(struct jail){.may_network = true}, uses_the_network), 0);
}

static void
starts_programs(void)
{
	char name[] = "/bin/true";
	char *const argv[] = {name, NULL};
	MUST(is_refused(execve(name, argv, NULL)));
	MUST(is_refused(fork()));
	MUST(is_refused(vfork()));
	MUST(is_refused(kill(getppid(), 0)));
	MUST(kill(getpid(), 0) == 0);
}

static void
no_program_can_be_started_or_signalled(void **state)
{
	(void)state;
	assert_int_equal(in_jail(&closed, starts_programs), 0);
}

static void
runs_true_only(void)
{
	const char *const good[] = {"/bin/true", NULL};
	struct child child;
	MUST(child_start(good, &child) == OK);
	MUST(child_end(&child) == 0);
	char copy[80];
	snprintf(copy, sizeof copy, "%s/tool", folder);
	const char *const bad[] = {copy, NULL};
	MUST(child_start(bad, &child) != OK);
	MUST(is_refused(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, 0)));
}

static void
a_program_may_run_only_what_is_named_for_running(void **state)
{
	(void)state;
	char copy[160];
	snprintf(copy, sizeof copy, "cp /bin/true %s/tool", folder);
	assert_int_equal(system(copy), 0);
	const struct jail_path paths[] = {{.path = "/usr", .may_run = true},
					  {.path = "/lib64", .may_run = true},
					  {.path = "/etc"},
					  {.path = folder},
					  {0}};
	assert_int_equal(
		in_jail(&(struct jail){.paths = paths, .may_run = true}, runs_true_only), 0);
}

static void
tries_what_is_never_allowed(void)
{
	MUST(is_refused(ptrace(PTRACE_TRACEME, 0, NULL, NULL)));
	MUST(is_refused(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL)));
	static const struct {
		const char *name;
		long no;
	} calls[] = {
		{"process_vm_readv", SYS_process_vm_readv},
		{"process_vm_writev", SYS_process_vm_writev},
		{"mount", SYS_mount},
		{"umount2", SYS_umount2},
		{"pivot_root", SYS_pivot_root},
		{"chroot", SYS_chroot},
		{"bpf", SYS_bpf},
		{"keyctl", SYS_keyctl},
		{"add_key", SYS_add_key},
		{"io_uring_setup", SYS_io_uring_setup},
		{"userfaultfd", SYS_userfaultfd},
		{"perf_event_open", SYS_perf_event_open},
		{"kexec_load", SYS_kexec_load},
		{"init_module", SYS_init_module},
		{"finit_module", SYS_finit_module},
		{"unshare", SYS_unshare},
		{"setns", SYS_setns},
		{"setuid", SYS_setuid},
		{"memfd_create", SYS_memfd_create},
		{"open_by_handle_at", SYS_open_by_handle_at},
		{"reboot", SYS_reboot},
		{"settimeofday", SYS_settimeofday},
		{"personality", SYS_personality},
		{"a call of the future", 999},
	};
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		errno = 0;
		if (syscall(calls[i].no, -1, 0, 0, 0, 0, 0) != -1 || errno != EPERM) {
			dprintf(2, "# %s: errno %d\n", calls[i].name, errno);
			_exit(1);
		}
	}
	MUST(is_refused(prctl(PR_SET_DUMPABLE, 1)));
	MUST(is_refused(ioctl(0, TIOCSTI, "x")));
}

static void
what_no_program_of_ours_needs_is_always_refused(void **state)
{
	(void)state;
	assert_int_equal(in_jail(&closed, tries_what_is_never_allowed), 0);
	const struct jail_path paths[] = {{.path = "/", .may_write = true, .may_run = true},
					  {0}};
	const struct jail widest = {.paths = paths, .may_network = true, .may_run = true};
	assert_int_equal(in_jail(&widest, tries_what_is_never_allowed), 0);
}

static void
makes_code(void)
{
	MUST(mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
		  -1, 0) == MAP_FAILED &&
	     errno == EPERM);
	void *page =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	MUST(page != MAP_FAILED);
	MUST(is_refused(mprotect(page, 4096, PROT_WRITE | PROT_EXEC)));
	MUST(mprotect(page, 4096, PROT_READ) == 0);
}

static void
memory_is_never_writable_and_executable_at_once(void **state)
{
	(void)state;
	assert_int_equal(in_jail(&closed, makes_code), 0);
}

static void *
thread(void *with)
{
	*(int *)with = open("/etc/passwd", O_RDONLY);
	return NULL;
}

static void
lives_on(void)
{
	int fd = 0;
	pthread_t id;
	MUST(pthread_create(&id, NULL, thread, &fd) == 0);
	MUST(pthread_join(id, NULL) == 0);
	MUST(fd == -1);
	MUST(write(STDERR_FILENO, "", 0) == 0);
	struct arena *arena = arena_open(ARENA_USUAL);
	memset(arena_get(arena, 1, 8 << 20), 1, 8 << 20);
	arena_close(arena);
}

static void
threads_can_be_started_and_are_jailed_too(void **state)
{
	(void)state;
	assert_int_equal(in_jail(&closed, lives_on), 0);
}

static void
loads_a_table_of_characters(void)
{
	const iconv_t converter = iconv_open("UTF-8", "CP932");
	MUST(converter != (iconv_t)-1);
	iconv_close(converter);
}

static void
libraries_named_for_reading_can_be_loaded(void **state)
{
	(void)state;
	const struct jail_path paths[] = {{.path = "/usr/lib"}, {.path = "/etc"}, {0}};
	assert_int_equal(in_jail(&(struct jail){.paths = paths}, loads_a_table_of_characters),
			 0);
}

static void
burns(void)
{
	for (volatile unsigned i = 0;; i++)
		continue;
}

static void
processor_time_meets_its_limit(void **state)
{
	(void)state;
	const int status = in_jail(&(struct jail){.most_seconds = 1}, burns);
	assert_true(status == 128 + SIGKILL || status == 128 + SIGXCPU);
}

#if !defined(__SANITIZE_ADDRESS__) /* its shadow is larger than any limit */
static void
eats(void)
{
	MUST(mmap(NULL, (size_t)1 << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
	     MAP_FAILED);
}

static void
memory_meets_its_limit(void **state)
{
	(void)state;
	assert_int_equal(in_jail(&(struct jail){.most_memory = (size_t)512 << 20}, eats), 0);
}
#endif

static void *
waits(void *with)
{
	(void)with;
	pause();
	return NULL;
}

static void
a_thread_from_before_makes_the_jail_refuse(void **state)
{
	(void)state;
	fflush(NULL);
	const pid_t pid = fork();
	if (pid == 0) {
		pthread_t id;
		struct text what_is_missing;
		MUST(pthread_create(&id, NULL, waits, NULL) == 0);
		MUST(jail_enter(&closed, &what_is_missing) != OK);
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
enters_a_narrower_one(void)
{
	struct text what_is_missing;
	MUST(open(inside, O_RDONLY) >= 0);
	MUST(jail_enter(&closed, &what_is_missing) == OK);
	MUST(is_refused(open(inside, O_RDONLY)));
}

static void
a_jail_can_be_narrowed_from_inside(void **state)
{
	(void)state;
	const struct jail_path paths[] = {{.path = folder}, {.path = "/proc/self"}, {0}};
	assert_int_equal(in_jail(&(struct jail){.paths = paths}, enters_a_narrower_one), 0);
}

static int
make_folder(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(inside, sizeof inside, "%s/inside", folder);
	snprintf(outside, sizeof outside, "%s.outside", folder);
	return file_replace(inside, T("old"), 0600) != OK ||
	       file_replace(outside, T("old"), 0600) != OK;
}

static int
remove_folder(void **state)
{
	(void)state;
	char tool[80];
	snprintf(tool, sizeof tool, "%s/tool", folder);
	unlink(tool);
	unlink(inside);
	unlink(outside);
	return rmdir(folder);
}

/* What this test does when it is started as a companion: shut itself in, as bansho-print does. */
static int
be_companion(void)
{
	const struct jail narrow = { .most_memory = (size_t)1 << 42, .most_seconds = 60 };
	struct text what_is_missing;
	const struct error *error = jail_enter(&narrow, &what_is_missing);
	if (error != OK)
		dprintf(2, "# %.*s\n", T_ARG(error->words));
	return error != OK;
}

#if !defined(__SANITIZE_ADDRESS__)
static void
start_companion(void)
{
	char *const words[] = { (char[]){ "/proc/self/exe" }, (char[]){ "companion" }, NULL };
	const pid_t pid = fork();
	MUST(pid >= 0);
	if (pid == 0) {
		execv(words[0], words);
		_exit(98);
	}
	int status;
	MUST(waitpid(pid, &status, 0) == pid);
	MUST(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
a_companion_started_in_a_jail_can_shut_itself_in(void **state)
{
	(void)state;
	const struct jail_path all[] = { { "/", .may_run = true }, { 0 } };
	const struct jail jail = { .paths = all, .may_network = true, .may_run = true };
	assert_int_equal(in_jail(&jail, start_companion), 0);
}

#endif

int
main(int count, char **words)
{
	if (count == 2 && strcmp(words[1], "companion") == 0)
		return be_companion();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_can_be_opened_when_nothing_is_named),
		cmocka_unit_test(a_folder_named_for_reading_is_all_that_can_be_read),
		cmocka_unit_test(a_single_file_can_be_named),
		cmocka_unit_test(a_folder_named_for_writing_takes_replaced_files),
		cmocka_unit_test(the_network_is_closed_except_for_open_sockets),
		cmocka_unit_test(a_program_of_the_network_gets_ordinary_sockets_only),
		cmocka_unit_test(no_program_can_be_started_or_signalled),
		cmocka_unit_test(a_program_may_run_only_what_is_named_for_running),
		cmocka_unit_test(what_no_program_of_ours_needs_is_always_refused),
		cmocka_unit_test(memory_is_never_writable_and_executable_at_once),
		cmocka_unit_test(threads_can_be_started_and_are_jailed_too),
		cmocka_unit_test(libraries_named_for_reading_can_be_loaded),
		cmocka_unit_test(processor_time_meets_its_limit),
#if !defined(__SANITIZE_ADDRESS__)
		cmocka_unit_test(memory_meets_its_limit),
#endif
		cmocka_unit_test(a_thread_from_before_makes_the_jail_refuse),
		cmocka_unit_test(a_jail_can_be_narrowed_from_inside),
#if !defined(__SANITIZE_ADDRESS__) /* a sanitized program cannot start in a jail: its shadow */
		cmocka_unit_test(a_companion_started_in_a_jail_can_shut_itself_in),
#endif
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
