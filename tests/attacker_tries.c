/* What the attacker tries, one function each: true when it got through. */
#include "attacker.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Did the call reach its work? Failing for any other reason than being forbidden counts as yes. */
static bool
reached(long rc)
{
	return rc >= 0 || (errno != EPERM && errno != EACCES && errno != EBADF);
}

static const char *
at(const char *folder, const char *name)
{
	static char path[PLACE_MOST * 3];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

/* ---- Files ---- */

static bool
reads(const char *path)
{
	char byte;
	const int fd = open(path, O_RDONLY);
	return fd >= 0 && read(fd, &byte, 1) >= 0;
}

static bool
makes(const char *folder)
{
	char name[PLACE_MOST * 2 + 16];
	snprintf(name, sizeof name, "%s-%d", world.name, getpid());
	return open(at(folder, name), O_WRONLY | O_CREAT | O_EXCL, 0600) >= 0;
}

static bool reads_own(void) { return reads(at(world.own, "secret")); }
static bool writes_own(void) { return makes(world.own); }
static bool reads_body(void) { return reads(at(world.body, "secret")); }
static bool writes_body(void) { return makes(world.body); }
static bool reads_cards(void) { return reads(at(world.cards, "secret")) && opendir(world.cards) != NULL; }
static bool writes_cards(void) { return makes(world.cards) || open(at(world.cards, "secret"), O_WRONLY) >= 0; }
static bool reads_elsewhere(void) { return reads(at(world.elsewhere, "secret")); }
static bool writes_elsewhere(void) { return makes(world.elsewhere); }
static bool writes_over(void) { return open(at(world.elsewhere, "secret"), O_WRONLY) >= 0; }
static bool lists_elsewhere(void) { return opendir(world.elsewhere) != NULL; }
static bool reads_etc(void) { return reads(world.seed % 2 ? "/etc/passwd" : "/etc/group"); }
static bool writes_tmp(void) { return makes(world.seed % 2 ? "/tmp" : "/var/tmp"); }
static bool writes_shm(void) { return makes("/dev/shm"); }
static bool removes_elsewhere(void) { return unlink(at(world.elsewhere, "tool")) == 0; }
static bool makes_folder(void) { return mkdir(at(world.elsewhere, "folder"), 0700) == 0; }
static bool follows_link_own(void) { return reads(at(world.own, "way-out")); }
static bool follows_link_body(void) { return reads(at(world.body, "way-out")); }
static bool changes_mode(void) { return reached(chmod(at(world.elsewhere, "secret"), 0666)); }
static bool changes_mode_at(void) { return reached(fchmodat(AT_FDCWD, at(world.elsewhere, "secret"), 0666, 0)); }
static bool changes_owner(void) { return reached(chown(at(world.elsewhere, "secret"), getuid(), getgid())); }
static bool cuts_short(void) { return reached(truncate(at(world.elsewhere, "secret"), 0)); }
static bool makes_pipe(void) { return reached(mkfifo(at(world.elsewhere, "pipe"), 0600)); }
static bool changes_time(void) { return reached(utimensat(AT_FDCWD, at(world.elsewhere, "secret"), NULL, 0)); }
static bool writes_own_memory(void) { return open("/proc/self/mem", O_RDWR) >= 0; }

static bool
follows_new_link(void)
{
	const char *where = world.row->limits.may_run || world.row->limits.may_network ? world.body : world.own;
	char path[PLACE_MOST * 2];
	snprintf(path, sizeof path, "%s/link-%u", where, world.seed % 1000);
	return symlink(world.elsewhere, path) == 0 && reads(at(path, "secret"));
}

static bool
climbs_out(void)
{
	return chdir(world.own) == 0 && reads("../elsewhere/secret");
}

static bool
links_in(void)
{
	char to[PLACE_MOST * 2];
	snprintf(to, sizeof to, "%s/stolen", world.row->limits.may_run ? world.body : world.own);
	return link(at(world.elsewhere, "secret"), to) == 0;
}

static bool
moves_out(void)
{
	char to[PLACE_MOST * 2];
	snprintf(to, sizeof to, "%s/moved", world.elsewhere);
	return rename(at(world.own, "secret"), to) == 0 ||
	       rename(at(world.body, "secret"), to) == 0;
}

static bool
opens_of(pid_t pid, const char *what)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/%s", pid, what);
	return open(path, O_RDONLY) >= 0;
}
static bool opens_memory(void) { return opens_of(world.victim, "mem"); }
static bool opens_environ(void) { return opens_of(world.victim, "environ"); }
static bool opens_descriptor(void) { return opens_of(world.victim, "fd/2"); }

/* ---- Network ---- */

static bool
connects(int family, int type, const void *to, socklen_t len)
{
	const int fd = socket(family, type | SOCK_NONBLOCK, 0);
	return fd >= 0 && reached(connect(fd, to, len));
}

static bool connects_loopback(void) { return connects(AF_INET, SOCK_STREAM, &world.there, sizeof world.there); }
static bool connects_unix(void) { return connects(AF_UNIX, SOCK_STREAM, &world.there_unix, sizeof world.there_unix); }
static bool connects_abstract(void) { return connects(AF_UNIX, SOCK_STREAM, &world.there_abstract, sizeof world.there_abstract); }

static bool
connects_outside(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)(1 + world.seed % 60000)) };
	/* TEST-NET-1; the attacker's network has no way out */
	inet_pton(AF_INET, getuid() == 61234 ? "192.0.2.1" : "127.0.0.9", &to.sin_addr);
	return connects(AF_INET, SOCK_STREAM, &to, sizeof to);
}

static bool
connects_v6(void)
{
	const struct sockaddr_in6 to = { .sin6_family = AF_INET6, .sin6_port = world.there.sin_port,
					 .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	return connects(AF_INET6, SOCK_STREAM, &to, sizeof to);
}

static bool
sends_udp(void)
{
	const int fd = socket(AF_INET, SOCK_DGRAM, 0);
	return fd >= 0 && sendto(fd, "x", 1, 0, (struct sockaddr *)&world.there, sizeof world.there) == 1;
}

/* An accepted connection is broken off and turned outward. */
static bool
turns_round(int fd)
{
	const struct sockaddr nothing = { .sa_family = AF_UNSPEC };
	(void)shutdown(fd, SHUT_RDWR);
	if (!reached(connect(fd, &nothing, sizeof nothing)))
		return false;
	return reached(connect(fd, (struct sockaddr *)&world.there, sizeof world.there));
}
static bool turns_accepted_round(void) { return turns_round(world.accepted); }
static bool turns_listening_round(void) { return turns_round(world.listening); }

static bool
opens_fast(void)
{
	char byte = 'x';
	struct iovec part = { &byte, 1 };
	const struct msghdr message = { .msg_name = &world.there, .msg_namelen = sizeof world.there,
					.msg_iov = &part, .msg_iovlen = 1 };
	(void)shutdown(world.listening, SHUT_RDWR); /* closed now, as a new socket */
	if (reached(sendmsg(world.listening, &message, MSG_FASTOPEN | MSG_NOSIGNAL)))
		return true;
	return reached(sendto(world.listening, "x", 1, MSG_FASTOPEN | MSG_NOSIGNAL,
			      (struct sockaddr *)&world.there, sizeof world.there));
}

static bool
listens(void)
{
	const int fd = socket(AF_INET, SOCK_STREAM, 0);
	return fd >= 0 && listen(fd, 1) == 0;
}

static bool raw(void) { return reached(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)); }
static bool packet(void) { return reached(socket(AF_PACKET, SOCK_RAW, 0)); }
static bool packet_datagram(void) { return reached(socket(AF_PACKET, SOCK_DGRAM, 0)); }
static bool netlink_route(void) { return reached(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)); }
static bool netlink_firewall(void) { return reached(socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER)); }
static bool netlink_audit(void) { return reached(socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT)); }
static bool crypto_socket(void) { return reached(socket(AF_ALG, SOCK_SEQPACKET, 0)); }
static bool vsock(void) { return reached(socket(AF_VSOCK, SOCK_STREAM, 0)); }
static bool sctp(void) { return reached(socket(AF_INET, SOCK_SEQPACKET, 132)); }
static bool key_socket(void) { return reached(socket(15 /* AF_KEY */, SOCK_RAW, 2)); }
static bool xdp(void) { return reached(socket(44 /* AF_XDP */, SOCK_RAW, 0)); }
static bool pair_of_internet(void) { int pair[2]; return reached(socketpair(AF_INET, SOCK_STREAM, 0, pair)); }

/* ---- Processes ---- */

/* /bin/false, or a copy: its exit status is REPORT_DONE. */
static bool
runs(const char *path)
{
	char name[] = "false";
	char *const words[] = { name, NULL };
	execve(path, words, NULL);
	return false;
}
static bool runs_system(void) { return runs("/bin/false"); }
static bool runs_companion(void) { return runs(at(world.programs, "tool")); }
static bool runs_body(void) { return runs(at(world.body, "tool")); }
static bool runs_elsewhere(void) { return runs(at(world.elsewhere, "tool")); }

static bool
runs_loader(void)
{
	char loader[] = "ld.so", tool[PLACE_MOST * 3];
	snprintf(tool, sizeof tool, "%s/tool", world.elsewhere);
	char *const words[] = { loader, tool, NULL };
	execve("/lib64/ld-linux-x86-64.so.2", words, NULL);
	return false;
}

static int
sleeps_for_ever(void *with)
{
	(void)with;
	for (;;)
		syscall(SYS_pause);
	return 0;
}

static bool
forks(void)
{
	const long pid = syscall(SYS_fork);
	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool
starts_many(int flags, unsigned most)
{
	enum { STACK = 4096 };
	const unsigned wanted = most != 0 ? most + 200 : 20000;
	char *stacks = mmap(NULL, (size_t)wanted * STACK, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (stacks == MAP_FAILED)
		return false;
	for (unsigned no = 0; no < wanted; no++)
		if (clone(sleeps_for_ever, stacks + (size_t)(no + 1) * STACK, flags, NULL) < 0)
			return false;
	return true;
}
enum { THREAD = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM };
static bool fork_bomb(void) { return starts_many(CLONE_VM | SIGCHLD, world.row->limits.most_processes); }
static bool thread_bomb(void) { return starts_many(THREAD, world.row->limits.most_processes); }

static bool
one_thread(void)
{
	char *stack = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return stack != MAP_FAILED && clone(sleeps_for_ever, stack + 65536, THREAD, NULL) > 0;
}

static bool
one_process(void)
{
	char *stack = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return stack != MAP_FAILED && clone(sleeps_for_ever, stack + 65536, CLONE_VM | SIGCHLD, NULL) > 0;
}

static bool traces_parent(void) { return reached(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL)); }
static bool traces_victim(void) { return reached(ptrace(PTRACE_SEIZE, world.victim, NULL, NULL)); }
static bool asks_to_be_traced(void) { return reached(ptrace(PTRACE_TRACEME, 0, NULL, NULL)); }

static bool
reads_memory_of(pid_t pid)
{
	struct world copy;
	struct iovec here = { &copy, sizeof copy }, there = { &world, sizeof world };
	return reached(process_vm_readv(pid, &here, 1, &there, 1, 0));
}
static bool reads_victim_memory(void) { return reads_memory_of(world.victim); }
static bool reads_parent_memory(void) { return reads_memory_of(getppid()); }

static bool
writes_victim_memory(void)
{
	struct iovec part = { &world, 1 };
	return reached(process_vm_writev(world.victim, &part, 1, &part, 1, 0));
}

static bool kills_victim(void) { return reached(kill(world.victim, SIGCONT)); }
static bool kills_parent(void) { return reached(kill(world.driver, 0)); }
static bool signals_thread(void) { return reached(syscall(SYS_tgkill, world.victim, world.victim, SIGCONT)); }
static bool signals_queued(void) { return reached(syscall(SYS_rt_sigqueueinfo, world.victim, SIGCONT, NULL)); }

static bool
signals_by_descriptor(void)
{
	const int fd = (int)syscall(SYS_pidfd_open, world.victim, 0);
	return fd >= 0 && reached(syscall(SYS_pidfd_send_signal, fd, SIGCONT, NULL, 0));
}

static bool new_user_space(void) { return reached(unshare(CLONE_NEWUSER)); }
static bool clones_user_space(void) { return reached(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, 0)); }
static bool clones_network(void) { return reached(syscall(SYS_clone, CLONE_NEWNET | SIGCHLD, NULL, NULL, NULL, 0)); }

static bool
clone3_reached(void)
{
	return syscall(SYS_clone3, NULL, 0) >= 0 || (errno != EPERM && errno != ENOSYS);
}

static bool becomes_dumpable(void) { return prctl(PR_SET_DUMPABLE, 1) == 0; }
static bool is_dumpable(void) { return prctl(PR_GET_DUMPABLE) != 0; }
static bool may_gain_privileges(void) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1; }
static bool takes_capability(void) { return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 7, 0, 0) == 0; }
static bool pushes_input(void) { return reached(ioctl(STDIN_FILENO, TIOCSTI, "x")); }
static bool selects_on_console(void) { return reached(ioctl(STDIN_FILENO, TIOCLINUX, "\002")); }
static bool becomes_root(void) { return reached(setresuid(0, 0, 0)); }
static bool becomes_group(void) { return reached(setgid(0)); }

/* The other doors into the kernel: 32-bit calls, and those numbered as x32. */
#if defined(__x86_64__)
static void
faults(int signal)
{
	(void)signal;
	_exit(REPORT_REFUSED);
}

static bool
calls_as_i386(void)
{
	long rc = 20; /* getpid */
	signal(SIGSEGV, faults);
	__asm__ volatile("int $0x80" : "+a"(rc) : : "r8", "r9", "r10", "r11", "memory");
	return rc > 0;
}

static bool
calls_as_x32(void)
{
	return syscall(0x40000000 | SYS_getpid) > 0;
}
#endif

#define CALL(name)                                                                             \
	static bool call_##name(void) { return reached(syscall(SYS_##name, -1, 0, 0, 0, 0, 0)); }
CALL(mount) CALL(umount2) CALL(pivot_root) CALL(chroot) CALL(setns) CALL(bpf) CALL(keyctl)
CALL(add_key) CALL(request_key) CALL(io_uring_setup) CALL(io_uring_enter) CALL(userfaultfd)
CALL(perf_event_open) CALL(kexec_load) CALL(init_module) CALL(finit_module) CALL(delete_module)
CALL(memfd_create) CALL(open_by_handle_at) CALL(name_to_handle_at) CALL(reboot)
CALL(settimeofday) CALL(clock_settime) CALL(adjtimex) CALL(personality) CALL(setuid)
CALL(setgroups) CALL(capset) CALL(sethostname) CALL(swapon) CALL(acct) CALL(quotactl)
CALL(syslog) CALL(iopl) CALL(ioperm) CALL(mknod) CALL(setpriority) CALL(sched_setscheduler)
CALL(pidfd_getfd) CALL(kcmp) CALL(process_madvise) CALL(fanotify_init) CALL(fsopen)
CALL(open_tree) CALL(move_mount) CALL(mount_setattr) CALL(lookup_dcookie) CALL(modify_ldt)
CALL(ustat) CALL(vhangup) CALL(setxattr) CALL(shmget) CALL(msgget) CALL(semget) CALL(mq_open)
CALL(migrate_pages) CALL(move_pages) CALL(mbind) CALL(remap_file_pages)

static bool future_call(void) { return reached(syscall((long)(700 + world.seed % 300), 0, 0, 0)); }

/* ---- Sizes ---- */

static bool
maps_too_much(void)
{
	return mmap(NULL, world.row->limits.most_memory, PROT_READ,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED;
}

static bool
grows_too_much(void)
{
	const size_t piece = (size_t)(16 + world.seed % 48) << 20;
	for (size_t sum = 0; sum < world.row->limits.most_memory; sum += piece)
		if (mmap(NULL, piece, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) ==
		    MAP_FAILED)
			return false;
	return true;
}

static bool
opens_too_many(void)
{
	for (unsigned no = 0; no <= world.row->limits.most_files; no++)
		if (dup(STDERR_FILENO) < 0)
			return false;
	return true;
}

static bool
raises_limits(void)
{
	for (int what = 0; what < RLIM_NLIMITS; what++) {
		struct rlimit now;
		if (getrlimit(what, &now) != 0 || now.rlim_max == RLIM_INFINITY)
			continue;
		const struct rlimit more = { now.rlim_max + 1, now.rlim_max + 1 };
		if (setrlimit(what, &more) == 0)
			return true;
	}
	return false;
}

static bool
leaves_core(void)
{
	struct rlimit core;
	return getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_max != 0;
}

static bool
time_is_unlimited(void)
{
	struct rlimit now;
	return getrlimit(RLIMIT_CPU, &now) != 0 || now.rlim_max != world.row->limits.most_seconds;
}

/* A jail keeps a narrower limit it finds, so that the test need not wait two minutes. */
static void
shorten(void)
{
	if (world.row->limits.most_seconds != 0)
		setrlimit(RLIMIT_CPU, &(struct rlimit){ 1, 1 });
}

static bool
spins(void)
{
	struct timespec used;
	do
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	while (used.tv_sec < 2);
	return true;
}

static bool
makes_code(void)
{
	if (mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
	    MAP_FAILED)
		return true;
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return mprotect(page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) == 0;
}

#define NEVER(name) { "call " #name, call_##name, 0, 0, false, 0, NULL }
#define FILE_TRY(name, try, needs) { name, try, needs, 1, true, 0, NULL }

const struct attempt attempt_list[] = {
	FILE_TRY("read its own folder", reads_own, MAY_READ_OWN),
	FILE_TRY("write its own folder", writes_own, MAY_WRITE_OWN),
	FILE_TRY("read the body's folder", reads_body, MAY_READ_BODY),
	FILE_TRY("write the body's folder", writes_body, MAY_WRITE_BODY),
	FILE_TRY("read and list the folder of card issuers", reads_cards, MAY_READ_CARDS),
	FILE_TRY("write the folder of card issuers", writes_cards, 0),
	FILE_TRY("read a file outside", reads_elsewhere, MAY_READ_ALL),
	FILE_TRY("make a file outside", writes_elsewhere, 0),
	FILE_TRY("write over a file outside", writes_over, 0),
	FILE_TRY("list a folder outside", lists_elsewhere, MAY_READ_ALL),
	FILE_TRY("read /etc/passwd or group", reads_etc, MAY_READ_ETC),
	FILE_TRY("write in /tmp", writes_tmp, 0),
	FILE_TRY("write in /dev/shm", writes_shm, 0),
	FILE_TRY("remove a file outside", removes_elsewhere, 0),
	FILE_TRY("make a folder outside", makes_folder, 0),
	FILE_TRY("follow a symlink out of its own folder", follows_link_own, MAY_READ_ALL),
	FILE_TRY("follow a symlink out of the body's folder", follows_link_body, MAY_READ_ALL),
	FILE_TRY("make a symlink and follow it out", follows_new_link, 0),
	FILE_TRY("climb out by ..", climbs_out, MAY_READ_ALL),
	FILE_TRY("link a file from outside into its folder", links_in, 0),
	FILE_TRY("move a file of its own out", moves_out, 0),
	FILE_TRY("open /proc/OTHER/mem", opens_memory, 0),
	FILE_TRY("open /proc/OTHER/environ", opens_environ, 0),
	FILE_TRY("open /proc/OTHER/fd", opens_descriptor, 0),
	FILE_TRY("write its own code by /proc/self/mem", writes_own_memory, 0),
	{ "chmod outside", changes_mode, 0, 0, false, 0, NULL },
	{ "fchmodat outside", changes_mode_at, 0, 0, false, 0, NULL },
	{ "chown outside", changes_owner, 0, 0, false, 0, NULL },
	{ "truncate outside", cuts_short, 0, 0, false, 0, NULL },
	{ "mkfifo outside", makes_pipe, 0, 0, false, 0, NULL },
	{ "utimensat outside", changes_time, 0, 0, false, 0, NULL },

	{ "connect TCP to 127.0.0.1", connects_loopback, MAY_NETWORK, 0, false, 0, NULL },
	{ "connect TCP outside", connects_outside, MAY_NETWORK, 0, false, 0, NULL },
	{ "connect TCP over IPv6", connects_v6, MAY_NETWORK, 0, false, 0, NULL },
	{ "send UDP", sends_udp, MAY_NETWORK, 0, false, 0, NULL },
	{ "connect a Unix socket", connects_unix, MAY_DIAL, 0, false, 0, NULL },
	{ "connect an abstract Unix socket", connects_abstract, MAY_NETWORK, 6, false, MAY_DIAL, NULL },
	{ "turn an accepted connection outward", turns_accepted_round, MAY_NETWORK, 0, false, 0, NULL },
	{ "turn a listening socket outward", turns_listening_round, MAY_NETWORK, 0, false, 0, NULL },
	{ "TCP fast open", opens_fast, 0, 0, false, 0, NULL },
	{ "listen on a new socket", listens, 0, 0, false, 0, NULL },
	{ "raw socket", raw, 0, 0, false, 0, NULL },
	{ "packet socket", packet, 0, 0, false, 0, NULL },
	{ "packet datagram socket", packet_datagram, 0, 0, false, 0, NULL },
	{ "netlink route socket", netlink_route, MAY_NETWORK, 0, false, 0, NULL },
	{ "netlink firewall socket", netlink_firewall, 0, 0, false, 0, NULL },
	{ "netlink audit socket", netlink_audit, 0, 0, false, 0, NULL },
	{ "crypto socket", crypto_socket, 0, 0, false, 0, NULL },
	{ "vsock", vsock, 0, 0, false, 0, NULL },
	{ "sctp", sctp, 0, 0, false, 0, NULL },
	{ "key socket", key_socket, 0, 0, false, 0, NULL },
	{ "xdp socket", xdp, 0, 0, false, 0, NULL },
	{ "socket pair of the internet", pair_of_internet, 0, 0, false, 0, NULL },

	{ "run /bin/false", runs_system, MAY_RUN, 0, false, 0, NULL },
	{ "run a companion", runs_companion, MAY_RUN, 0, false, 0, NULL },
	{ "run a file of the body's folder", runs_body, 0, 1, false, MAY_RUN, NULL },
	{ "run a file outside", runs_elsewhere, 0, 1, false, MAY_RUN, NULL },
	{ "run a file outside by the loader", runs_loader, 0, 1, false, MAY_RUN, NULL },
	{ "fork", forks, MAY_RUN, 0, false, 0, NULL },
	{ "clone a process", one_process, MAY_RUN, 0, false, 0, NULL },
	{ "start a thread", one_thread, MAY_THREAD, 0, false, 0, NULL },
	{ "fork bomb", fork_bomb, 0, 0, false, 0, NULL },
	{ "thread bomb", thread_bomb, 0, 0, false, 0, NULL },
	{ "clone3", clone3_reached, 0, 0, false, 0, NULL },
	{ "ptrace its parent", traces_parent, 0, 0, false, 0, NULL },
	{ "ptrace another", traces_victim, 0, 0, false, 0, NULL },
	{ "ask to be traced", asks_to_be_traced, 0, 0, false, 0, NULL },
	{ "process_vm_readv", reads_victim_memory, 0, 0, false, 0, NULL },
	{ "process_vm_readv of its parent", reads_parent_memory, 0, 0, false, 0, NULL },
	{ "process_vm_writev", writes_victim_memory, 0, 0, false, 0, NULL },
	{ "signal another", kills_victim, 0, 6, false, MAY_RUN, NULL },
	{ "signal its parent", kills_parent, 0, 6, false, MAY_RUN, NULL },
	{ "signal another's thread", signals_thread, 0, 6, false, MAY_RUN, NULL },
	{ "queue a signal", signals_queued, 0, 0, false, 0, NULL },
	{ "signal by pidfd", signals_by_descriptor, 0, 6, false, MAY_RUN, NULL },
	{ "new user namespace", new_user_space, 0, 0, false, 0, NULL },
	{ "clone into a user namespace", clones_user_space, 0, 0, false, 0, NULL },
	{ "clone into a network namespace", clones_network, 0, 0, false, 0, NULL },
	{ "become dumpable", becomes_dumpable, 0, 0, false, 0, NULL },
	{ "be dumpable", is_dumpable, 0, 0, false, 0, NULL },
	{ "gain privileges by exec", may_gain_privileges, 0, 0, false, 0, NULL },
	{ "raise a capability", takes_capability, 0, 0, false, 0, NULL },
	{ "TIOCSTI", pushes_input, 0, 0, false, 0, NULL },
	{ "TIOCLINUX", selects_on_console, 0, 0, false, 0, NULL },
	{ "setresuid 0", becomes_root, 0, 0, false, 0, NULL },
	{ "setgid 0", becomes_group, 0, 0, false, 0, NULL },
#if defined(__x86_64__)
	{ "a call by int 0x80", calls_as_i386, 0, 0, false, 0, NULL },
	{ "a call of x32", calls_as_x32, 0, 0, false, 0, NULL },
#endif
	{ "a call of the future", future_call, 0, 0, false, 0, NULL },
	NEVER(mount), NEVER(umount2), NEVER(pivot_root), NEVER(chroot), NEVER(setns), NEVER(bpf),
	NEVER(keyctl), NEVER(add_key), NEVER(request_key), NEVER(io_uring_setup),
	NEVER(io_uring_enter), NEVER(userfaultfd), NEVER(perf_event_open), NEVER(kexec_load),
	NEVER(init_module), NEVER(finit_module), NEVER(delete_module), NEVER(memfd_create),
	NEVER(open_by_handle_at), NEVER(name_to_handle_at), NEVER(reboot), NEVER(settimeofday),
	NEVER(clock_settime), NEVER(adjtimex), NEVER(personality), NEVER(setuid), NEVER(setgroups),
	NEVER(capset), NEVER(sethostname), NEVER(swapon), NEVER(acct), NEVER(quotactl),
	NEVER(syslog), NEVER(iopl), NEVER(ioperm), NEVER(mknod), NEVER(setpriority),
	NEVER(sched_setscheduler), NEVER(pidfd_getfd), NEVER(kcmp), NEVER(process_madvise),
	NEVER(fanotify_init), NEVER(fsopen), NEVER(open_tree), NEVER(move_mount),
	NEVER(mount_setattr), NEVER(lookup_dcookie), NEVER(modify_ldt), NEVER(ustat),
	NEVER(vhangup), NEVER(setxattr), NEVER(shmget), NEVER(msgget), NEVER(semget), NEVER(mq_open),
	NEVER(migrate_pages), NEVER(move_pages), NEVER(mbind), NEVER(remap_file_pages),

	{ "map more memory than its limit", maps_too_much, 0, 0, false, 0, NULL },
	{ "grow beyond its limit in pieces", grows_too_much, 0, 0, false, 0, NULL },
	{ "open more files than its limit", opens_too_many, 0, 0, false, 0, NULL },
	{ "raise its limits", raises_limits, 0, 0, false, 0, NULL },
	{ "leave a core file", leaves_core, 0, 0, false, 0, NULL },
	{ "have more processor time than the table says", time_is_unlimited, MAY_SPIN, 0, false, 0, NULL },
	{ "spin past the limit (set to 1 s around the jail)", spins, MAY_SPIN, 0, false, 0, shorten },
	{ "memory that is writable and executable", makes_code, 0, 0, false, 0, NULL },
};
const size_t attempt_count = sizeof attempt_list / sizeof *attempt_list;
