/*
 * The calls that are let through, by what they serve. Everything else is refused, so that a
 * call a later kernel invents is refused too: ptrace, process_vm_*, mount, bpf, keyctl,
 * io_uring, userfaultfd, perf_event_open, kexec, modules, unshare, setns, chmod and chown by
 * path …
 */
#include "base/jail_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The process itself: memory, threads, time, signals to itself. */
static const int own_calls[] = {
	SCMP_SYS(brk),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(mincore),
	SCMP_SYS(msync),
	SCMP_SYS(mlock),
	SCMP_SYS(mlock2),
	SCMP_SYS(munlock),
	SCMP_SYS(membarrier),
	SCMP_SYS(futex),
	SCMP_SYS(futex_waitv),
	SCMP_SYS(set_robust_list),
	SCMP_SYS(get_robust_list),
	SCMP_SYS(rseq),
	SCMP_SYS(set_tid_address),
	SCMP_SYS(arch_prctl),
	SCMP_SYS(getrandom),
	SCMP_SYS(uname),
	SCMP_SYS(sysinfo),
	SCMP_SYS(getcpu),
	SCMP_SYS(getrusage),
	SCMP_SYS(getrlimit),
	SCMP_SYS(times),
	SCMP_SYS(time),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_getres),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(nanosleep),
	SCMP_SYS(alarm),
	SCMP_SYS(getitimer),
	SCMP_SYS(setitimer),
	SCMP_SYS(timer_create),
	SCMP_SYS(timer_settime),
	SCMP_SYS(timer_gettime),
	SCMP_SYS(timer_getoverrun),
	SCMP_SYS(timer_delete),
	SCMP_SYS(timerfd_create),
	SCMP_SYS(timerfd_settime),
	SCMP_SYS(timerfd_gettime),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigpending),
	SCMP_SYS(rt_sigsuspend),
	SCMP_SYS(rt_sigtimedwait),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(signalfd4),
	SCMP_SYS(pause),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(getppid),
	SCMP_SYS(getpgrp),
	SCMP_SYS(getpgid),
	SCMP_SYS(getsid),
	SCMP_SYS(getuid),
	SCMP_SYS(geteuid),
	SCMP_SYS(getgid),
	SCMP_SYS(getegid),
	SCMP_SYS(getresuid),
	SCMP_SYS(getresgid),
	SCMP_SYS(getgroups),
	SCMP_SYS(capget),
	SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity),
	SCMP_SYS(sched_getparam),
	SCMP_SYS(sched_getscheduler),
	SCMP_SYS(sched_getattr),
	SCMP_SYS(sched_get_priority_max),
	SCMP_SYS(sched_get_priority_min),
	SCMP_SYS(getpriority),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
	SCMP_SYS(wait4),
	SCMP_SYS(waitid),
	/* A jail inside the jail can only be narrower. */
	SCMP_SYS(seccomp),
	SCMP_SYS(landlock_create_ruleset),
	SCMP_SYS(landlock_add_rule),
	SCMP_SYS(landlock_restrict_self),
};

/* Descriptors that are already open, whatever they are. */
static const int fd_calls[] = {
	SCMP_SYS(read),         SCMP_SYS(readv),        SCMP_SYS(pread64),
	SCMP_SYS(preadv),       SCMP_SYS(preadv2),      SCMP_SYS(write),
	SCMP_SYS(writev),       SCMP_SYS(pwrite64),     SCMP_SYS(pwritev),
	SCMP_SYS(pwritev2),     SCMP_SYS(lseek),        SCMP_SYS(close),
	SCMP_SYS(close_range),  SCMP_SYS(dup),          SCMP_SYS(dup2),
	SCMP_SYS(dup3),         SCMP_SYS(fcntl),        SCMP_SYS(pipe),
	SCMP_SYS(pipe2),        SCMP_SYS(eventfd),      SCMP_SYS(eventfd2),
	SCMP_SYS(poll),         SCMP_SYS(ppoll),        SCMP_SYS(select),
	SCMP_SYS(pselect6),     SCMP_SYS(epoll_create), SCMP_SYS(epoll_create1),
	SCMP_SYS(epoll_ctl),    SCMP_SYS(epoll_wait),   SCMP_SYS(epoll_pwait),
	SCMP_SYS(epoll_pwait2), SCMP_SYS(sendfile),     SCMP_SYS(splice),
	SCMP_SYS(tee),          SCMP_SYS(vmsplice),     SCMP_SYS(copy_file_range),
	SCMP_SYS(fsync),        SCMP_SYS(fdatasync),    SCMP_SYS(sync_file_range),
	SCMP_SYS(fallocate),    SCMP_SYS(ftruncate),    SCMP_SYS(fadvise64),
	SCMP_SYS(readahead),    SCMP_SYS(flock),        SCMP_SYS(fstat),
	SCMP_SYS(fstatfs),      SCMP_SYS(newfstatat),   SCMP_SYS(statx),
	SCMP_SYS(getdents),     SCMP_SYS(getdents64),   SCMP_SYS(recvfrom),
	SCMP_SYS(recvmsg),      SCMP_SYS(recvmmsg),     SCMP_SYS(shutdown),
	SCMP_SYS(accept),       SCMP_SYS(accept4),      SCMP_SYS(getsockname),
	SCMP_SYS(getpeername),  SCMP_SYS(getsockopt),   SCMP_SYS(setsockopt),
};

/* Names of files; Landlock says which. Without Landlock, file permissions do. */
static const int file_calls[] = {
	SCMP_SYS(open),
	SCMP_SYS(openat),
	SCMP_SYS(openat2),
	SCMP_SYS(creat),
	SCMP_SYS(stat),
	SCMP_SYS(lstat),
	SCMP_SYS(access),
	SCMP_SYS(faccessat),
	SCMP_SYS(faccessat2),
	SCMP_SYS(readlink),
	SCMP_SYS(readlinkat),
	SCMP_SYS(statfs),
	SCMP_SYS(getcwd),
	SCMP_SYS(chdir),
	SCMP_SYS(fchdir),
	SCMP_SYS(mkdir),
	SCMP_SYS(mkdirat),
	SCMP_SYS(rmdir),
	SCMP_SYS(unlink),
	SCMP_SYS(unlinkat),
	SCMP_SYS(rename),
	SCMP_SYS(renameat),
	SCMP_SYS(renameat2),
	SCMP_SYS(link),
	SCMP_SYS(linkat),
	SCMP_SYS(symlink),
	SCMP_SYS(symlinkat),
	SCMP_SYS(fchmod),
	SCMP_SYS(umask),
	SCMP_SYS(inotify_init),
	SCMP_SYS(inotify_init1),
	SCMP_SYS(inotify_add_watch),
	SCMP_SYS(inotify_rm_watch),
};

static const int run_calls[] = {
	SCMP_SYS(fork),     SCMP_SYS(vfork),      SCMP_SYS(execve),
	SCMP_SYS(execveat), SCMP_SYS(kill),       SCMP_SYS(tkill),
	SCMP_SYS(tgkill),   SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_send_signal),
	SCMP_SYS(setpgid),  SCMP_SYS(setsid),
};

static int
allow_all(scmp_filter_ctx filter, const int *calls, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const int rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
		if (rc != 0)
			return rc;
	}
	return 0;
}

/* Let the call through when one argument, under a mask, has one of the values. */
static int
allow_when(scmp_filter_ctx filter, int call, unsigned argument, uint64_t mask,
	   const uint64_t *values, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct scmp_arg_cmp when =
			SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, mask, values[i]);
		const int rc = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &when);
		if (rc != 0)
			return rc;
	}
	return 0;
}

/* Memory is never writable and executable at once; loading libraries (iconv) still works. */
static int
allow_memory(scmp_filter_ctx filter)
{
	const uint64_t both = PROT_WRITE | PROT_EXEC;
	const uint64_t allowed[] = {0, PROT_WRITE, PROT_EXEC};
	int rc = allow_when(filter, SCMP_SYS(mmap), 2, both, allowed, COUNT(allowed));
	if (rc == 0)
		rc = allow_when(filter, SCMP_SYS(mprotect), 2, both, allowed, COUNT(allowed));
	return rc;
}

static int
allow_some_ioctl_and_prctl(scmp_filter_ctx filter, bool may_run)
{
	const uint64_t self = 0;
	const uint64_t requests[] = {FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, TCGETS, TIOCGWINSZ};
	const uint64_t options[] =
		{
			PR_SET_NAME,         PR_GET_NAME,     PR_SET_NO_NEW_PRIVS,
			PR_GET_NO_NEW_PRIVS, PR_GET_DUMPABLE, PR_SET_PDEATHSIG,
			PR_GET_PDEATHSIG,    PR_CAPBSET_READ, PR_GET_SECCOMP,
			PR_SET_SECCOMP,      0x53564D41 /* PR_SET_VMA: names for malloc */};
	/* The kernel reads 32 bits of both. */
	int rc = allow_when(filter, SCMP_SYS(ioctl), 1, UINT32_MAX, requests, COUNT(requests));
	if (rc == 0)
		rc = allow_when(filter, SCMP_SYS(prctl), 0, UINT32_MAX, options,
				COUNT(options));
	if (rc == 0) /* a companion starts attachable, and shuts itself in like us */
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 2,
				      SCMP_CMP32(0, SCMP_CMP_EQ, PR_SET_DUMPABLE),
				      SCMP_CMP64(1, SCMP_CMP_EQ, 0));
	if (rc == 0 && may_run) /* so it sets its own limits, nobody else's */
		rc = allow_when(filter, SCMP_SYS(prlimit64), 0, UINT32_MAX, &self, 1);
	else if (rc == 0) /* read limits, never set them */
		rc = allow_when(filter, SCMP_SYS(prlimit64), 2, UINT64_MAX, &self, 1);
	if (rc == 0) /* by descriptor, never by name */
		rc = allow_when(filter, SCMP_SYS(utimensat), 1, UINT64_MAX, &(uint64_t){0}, 1);
	return rc;
}

static int
allow_threads_and_programs(scmp_filter_ctx filter, const struct jail *jail)
{
	/* What clone3 is asked for stands in memory, which a filter cannot see. */
	int rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	if (rc == 0 && jail->may_run) {
		const uint64_t spaces = CLONE_NEWCGROUP | CLONE_NEWIPC | CLONE_NEWNET |
					CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUSER |
					CLONE_NEWUTS;
		rc = allow_when(filter, SCMP_SYS(clone), 0, spaces, &(uint64_t){0}, 1);
		return rc != 0 ? rc : allow_all(filter, run_calls, COUNT(run_calls));
	}
	const uint64_t thread = CLONE_THREAD;
	const uint64_t self = (uint64_t)getpid(); /* a pid is positive */
	if (rc == 0 && !jail->is_single)
		rc = allow_when(filter, SCMP_SYS(clone), 0, thread, &thread, 1);
	if (rc == 0)
		rc = allow_when(filter, SCMP_SYS(kill), 0, UINT32_MAX, &self, 1);
	if (rc == 0)
		rc = allow_when(filter, SCMP_SYS(tgkill), 0, UINT32_MAX, &self, 1);
	return rc;
}

/* A send with MSG_FASTOPEN opens a connection; without, it only uses one. */
static int
allow_sending(scmp_filter_ctx filter, bool may_address)
{
	const struct scmp_arg_cmp plain = SCMP_CMP(3, SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, 0);
	const struct scmp_arg_cmp nowhere = SCMP_CMP64(4, SCMP_CMP_EQ, 0);
	int rc = allow_when(filter, SCMP_SYS(sendmsg), 2, MSG_FASTOPEN, &(uint64_t){0}, 1);
	if (rc == 0)
		rc = allow_when(filter, SCMP_SYS(sendmmsg), 3, MSG_FASTOPEN, &(uint64_t){0}, 1);
	if (rc != 0)
		return rc;
	return may_address ? seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 1, plain)
			   : seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 2, plain,
					      nowhere);
}

static int
allow_sockets(scmp_filter_ctx filter, const uint64_t *families, size_t count)
{
	static const uint64_t types[] = {SOCK_STREAM, SOCK_DGRAM};
	for (size_t at = 0; at < count * COUNT(types); at++) {
		const int rc = seccomp_rule_add(
			filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2,
			SCMP_CMP32(0, SCMP_CMP_EQ, (uint32_t)families[at / COUNT(types)]),
			SCMP_CMP(1, SCMP_CMP_MASKED_EQ, 0xF, types[at % COUNT(types)]));
		if (rc != 0)
			return rc;
	}
	return 0;
}

static int
allow_network(scmp_filter_ctx filter, const struct jail *jail)
{
	const uint64_t families[] = {AF_UNIX, AF_INET, AF_INET6};
	int rc = allow_when(filter, SCMP_SYS(socketpair), 0, UINT32_MAX, families, 1);
	if (rc == 0)
		rc = allow_sending(filter, jail->may_network);
	if (rc != 0 || !(jail->may_network || jail->may_dial))
		return rc;
	rc = allow_sockets(filter, families, jail->may_network ? COUNT(families) : 1);
	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(connect), 0);
	if (rc == 0 && jail->may_network) /* getaddrinfo() asks the kernel which addresses we have */
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2,
				      SCMP_CMP32(0, SCMP_CMP_EQ, AF_NETLINK),
				      SCMP_CMP32(2, SCMP_CMP_EQ, NETLINK_ROUTE));
	if (rc == 0 && jail->may_network)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(bind), 0);
	return rc;
}

static int
fill(scmp_filter_ctx filter, const struct jail *jail)
{
	const bool has_files =
		(jail->paths != NULL && jail->paths[0].path != NULL) || jail->may_run;
	int rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	if (rc == 0)
		rc = allow_all(filter, own_calls, COUNT(own_calls));
	if (rc == 0)
		rc = allow_all(filter, fd_calls, COUNT(fd_calls));
	if (rc == 0 && has_files)
		rc = allow_all(filter, file_calls, COUNT(file_calls));
	if (rc == 0)
		rc = allow_memory(filter);
	if (rc == 0)
		rc = allow_some_ioctl_and_prctl(filter, jail->may_run);
	if (rc == 0)
		rc = allow_threads_and_programs(filter, jail);
	if (rc == 0)
		rc = allow_network(filter, jail);
	return rc != 0 ? rc : seccomp_load(filter);
}

struct error *
jail_filter_calls(const struct jail *jail)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (filter == NULL)
		return broken("プログラムを閉じ込められませんでした（%s: %s）。", "seccomp",
			      strerrordesc_np(ENOMEM));
	const int rc = fill(filter, jail);
	seccomp_release(filter);
	if (rc != 0)
		return broken("プログラムを閉じ込められませんでした（%s: %s）。", "seccomp",
			      strerrordesc_np(-rc));
	return OK;
}
