/* The clock's daily time-stamp over the newest checkpoint (RFC 3161 over HTTP). */
#include "cli/outward.h"
#include "cli/witness_round.h"

#include "base/log.h"

enum { STAMP_EVERY_MS = 86400000, STAMP_AGAIN_MS = 600000 };

struct stamp_job {
	struct text url, ca, note, query;
	bool is_due;
};

static struct error *
read_job(struct body *body, struct arena *arena, struct stamp_job *job)
{
	LOOK_SCOPED look = { 0 };
	struct journal_checkpoint newest;
	struct journal_stamped stamped;
	bool found;
	TRY(look_begin(body->store, arena, &look));
	TRY(store_setting(&look, T("stamp.url"), &job->url));
	TRY(store_setting(&look, T("stamp.ca"), &job->ca));
	if (job->url.len == 0)
		return OK;
	TRY(journal_latest_checkpoint(&look, &found, &newest));
	TRY(journal_stamped(&look, &stamped));
	job->is_due = found && (!stamped.is_any || look.now.ms - stamped.at.ms >= STAMP_EVERY_MS);
	if (!job->is_due)
		return OK;
	job->note = newest.note;
	return stamp_query(arena, job->note, true, &job->query);
}

static struct error *
ask(struct body *body, struct arena *arena, const struct stamp_job *job)
{
	struct reply reply;
	const struct actor actor = { .through = T("clock") };
	outward_call(arena,
		     &(struct outward){ .url = job->url, .type = "application/timestamp-query",
					.body = job->query },
		     &reply);
	if (!reply.is_reached || reply.status != 200)
		return busy("時刻認証局につながりません（%ld %.*s）。あとでもう一度試します。", reply.status,
			    T_ARG(reply.why));
	struct journal_stamping stamping = { .answer = reply.body, .ca = job->ca,
					     .query = job->query };
	return store_act(body->store, arena, &actor, journal_stamp_keep, &stamping);
}

void
stamp_round(struct body *body, struct witness_work *work, bool *has_acted)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct stamp_job job = { .is_due = false };
	struct error *error = OK;
	if (moment_now().ms - work->stamp_asked.ms < STAMP_AGAIN_MS)
		return;
	error = read_job(body, arena, &job);
	if (error == OK && job.is_due) {
		work->stamp_asked = moment_now();
		error = ask(body, arena, &job);
		*has_acted |= error == OK;
	}
	if (error != OK && !work->is_stamp_silent)
		log_error("stamp", error);
	work->is_stamp_silent = error != OK;
}
