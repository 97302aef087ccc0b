/*
 * What the operator asks over the local socket: GET /health and GET /metrics. No sign-in: who may
 * open the socket may ask. Nothing of any person is told.
 */
#include "pages/health.h"

#include "base/file.h"
#include "base/number.h"

#include <inttypes.h>
#include <unistd.h>

static void
gauge(struct writer *out, const char *name, int64_t value)
{
	write_format(out, "# TYPE %s gauge\n%s %lld\n", name, name, (long long)value);
}

static void
counter(struct writer *out, const char *name, uint64_t value)
{
	write_format(out, "# TYPE %s counter\n%s %" PRIu64 "\n", name, name, value);
}

static void
write_requests(struct writer *out, const struct server *server)
{
	const struct server_counts *counts = server_counts(server);
	write_z(out, "# TYPE bansho_requests_total counter\n");
	for (int status = 0; status < 600; status++) {
		const uint64_t count = atomic_load(&counts->status[status]);
		if (count != 0)
			write_format(out, "bansho_requests_total{status=\"%d\"} %" PRIu64 "\n", status,
				     count);
	}
	histogram_write(out, "bansho_request_seconds", &counts->seconds);
	gauge(out, "bansho_requests_running", (int64_t)server_running(server)); /* thousands at most */
}

static void
write_acts(struct writer *out, const struct store *store)
{
	const struct store_counts *counts = store_counts(store);
	write_format(out, "# TYPE bansho_acts_total counter\nbansho_acts_total{result=\"done\"} %" PRIu64
			  "\nbansho_acts_total{result=\"refused\"} %" PRIu64 "\n",
		     atomic_load(&counts->done), atomic_load(&counts->refused));
	histogram_write(out, "bansho_act_seconds", &counts->seconds);
	counter(out, "bansho_commits_total", atomic_load(&counts->commits));
	gauge(out, "bansho_acts_waiting", atomic_load(&counts->waiting));
}

static int64_t
resident_bytes(struct arena *arena)
{
	struct text bytes, all, rest, resident;
	int64_t pages = 0;
	struct error *error = file_read(arena, "/proc/self/statm", 256, &bytes);
	if (error != OK || !text_cut(bytes, ' ', &all, &rest) ||
	    !text_cut(rest, ' ', &resident, &rest) ||
	    !number_read(resident, 0, INT64_MAX >> 20, &pages))
		return 0;
	return pages * sysconf(_SC_PAGESIZE);
}

struct text
health_metrics(struct arena *arena, const struct office *office, const struct health *health)
{
	struct writer out = writer_open(arena, 1 << 18);
	if (office->server != NULL)
		write_requests(&out, office->server);
	write_acts(&out, office->store);
	gauge(&out, "bansho_journal_entries", health->entries);
	gauge(&out, "bansho_journal_signed", health->signed_entries);
	gauge(&out, "bansho_sealing_trouble", health->has_sealing_trouble);
	gauge(&out, "bansho_sessions", health->sessions);
	gauge(&out, "bansho_mails_waiting", health->mails_waiting);
	gauge(&out, "bansho_mails_given_up", health->mails_given_up);
	gauge(&out, "bansho_disk_free_bytes", health->disk_free);
	gauge(&out, "bansho_disk_size_bytes", health->disk_size);
	gauge(&out, "bansho_clock_ran_seconds", health->clock_ran / 1000);
	gauge(&out, "bansho_backup_taken_seconds", health->backup_taken / 1000);
	gauge(&out, "bansho_certificate_ends_seconds", health->certificate_ends / 1000);
	gauge(&out, "process_resident_memory_bytes", resident_bytes(arena));
	write_z(&out, "# TYPE bansho_health gauge\n");
	for (size_t at = 0; at < health->count; at++)
		write_format(&out, "bansho_health{part=\"%s\"} %d\n", health->items[at].name,
			     (int)health->items[at].state);
	return writer_text(&out);
}

void
pages_operator(void *with, struct exchange *exchange)
{
	const struct office *office = with;
	struct arena *arena = exchange_arena(exchange);
	const struct request *request = exchange_request(exchange);
	struct health health;
	struct answer answer = { 0 };
	const bool is_health = text_is(request->path, "/health");
	if (request->method != METHOD_GET || !(is_health || text_is(request->path, "/metrics"))) {
		answer = (struct answer){ .status = 404, .type = "text/plain; charset=utf-8",
					  .body = T("GET /health, GET /metrics\n") };
		exchange_answer(exchange, &answer);
		return;
	}
	health_gather(arena, office, &health);
	if (is_health)
		answer = (struct answer){ .status = health.worst == HEALTH_BAD ? 503 : 200,
					  .type = "application/json",
					  .body = health_json(arena, &health) };
	else
		answer = (struct answer){ .type = "text/plain; version=0.0.4; charset=utf-8",
					  .body = health_metrics(arena, office, &health) };
	exchange_answer(exchange, &answer);
}
