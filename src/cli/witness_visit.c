/* The conversation with a witness over HTTP: C2SP tlog-witness, and our add-key. */
#include "cli/outward.h"
#include "cli/witness_visit.h"

#include "base/file.h"
#include "base/number.h"

enum { ROUNDS_MOST = 8 };

struct visit {
	struct body *body;
	struct arena *arena;
	const struct journal_witness *witness;
	struct journal_standing standing;
	enum visit_end end;
	struct text words;
	bool is_over;
};

const char *
visit_end_name(enum visit_end end)
{
	switch (end) {
	case VISIT_DONE:
		return "done";
	case VISIT_NOTHING:
		return "nothing";
	case VISIT_SILENT:
		return "silent";
	case VISIT_OLDER:
		return "older";
	case VISIT_FORKED:
		return "forked";
	case VISIT_REFUSED:
		return "refused";
	}
	return "?";
}

static void
over(struct visit *visit, enum visit_end end, struct text words)
{
	visit->is_over = true;
	visit->end = end;
	visit->words = words;
}

static struct error *
stand(struct visit *visit)
{
	LOOK_SCOPED look = { 0 };
	struct journal_cosigned cosigned;
	TRY(look_begin(visit->body->store, visit->arena, &look));
	TRY(journal_cosigned(&look, &visit->witness->key, &cosigned));
	visit->standing.origin = cosigned.origin;
	visit->standing.size = cosigned.size;
	if (!cosigned.is_any)
		visit->standing.vkey = visit->witness->told;
	return OK;
}

static struct error *
plan(struct visit *visit, struct carry_part **parts, size_t *count)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(visit->body->store, visit->arena, &look));
	struct error *error = journal_requests(&look, &visit->standing, parts, count);
	if (error != OK && (error->kind == ERROR_CONFLICT || error->kind == ERROR_MISSING)) {
		over(visit, VISIT_OLDER, text_copy(visit->arena, error->words));
		*count = 0;
		return OK;
	}
	return error;
}

static struct error *
keep(struct visit *visit, const struct carry_part *part, struct text lines)
{
	struct journal_cosignature given = { .witness = visit->witness->key,
					     .origin = part->origin,
					     .size = part->size,
					     .lines = lines };
	const struct actor actor = { .through = T("clock") };
	TRY(store_act(visit->body->store, visit->arena, &actor, journal_cosignature_keep, &given));
	return floor_write(visit->body, visit->arena, &given.witness, given.note);
}

/* The witness stands elsewhere than we thought: on from there, unless that leads nowhere. */
static void
on_from(struct visit *visit, const struct carry_part *part, struct text body)
{
	int64_t size;
	if (!number_read(text_trim(body), 0, (int64_t)1 << 46, &size)) {
		over(visit, VISIT_REFUSED, text_first(body, 300));
		return;
	}
	if (size == visit->standing.size && size == part->size && part->kind == CARRY_CHECKPOINT) {
		over(visit, VISIT_FORKED,
		     text_format(visit->arena,
				 say("証人は %lld 件のところで、別の中身を見ています。記録簿が書き換えられたおそれがあります。"),
				 (long long)size));
		return;
	}
	visit->standing.origin = part->origin;
	visit->standing.size = size;
}

/* It may know a later log or key of ours than the first. */
static struct error *
try_later(struct visit *visit, const struct carry_part *part, long status, struct text body)
{
	LOOK_SCOPED look = { 0 };
	struct text *origins, newest;
	size_t count, at = 0;
	const struct text why = text_format(visit->arena, say("証人が断りました（%ld %.*s）。"), status,
					    T_ARG(text_trim(text_first(body, 300))));
	TRY(look_begin(visit->body->store, visit->arena, &look));
	TRY(journal_vkey(&look, &newest));
	if (status == 403 && visit->standing.size == 0 && !text_same(visit->standing.vkey, newest)) {
		visit->standing = (struct journal_standing){ .origin = T(""), .vkey = newest };
		return OK;
	}
	if (status != 404) {
		over(visit, VISIT_REFUSED, why);
		return OK;
	}
	TRY(journal_origins(&look, &origins, &count));
	while (at < count && !text_same(origins[at], part->origin))
		at++;
	if (at + 1 >= count)
		over(visit, VISIT_REFUSED,
		     text_format(visit->arena,
				 say("証人はこの記録簿を知りません。証人の側で bansho-witness log add %.*s を行ってもらってください。"),
				 T_ARG(part->origin)));
	else
		visit->standing = (struct journal_standing){ .origin = origins[at + 1] };
	return OK;
}

/* False when the requests must be made anew, or it is over. */
static struct error *
take_reply(struct visit *visit, const struct carry_part *part, const struct reply *reply,
	   bool *goes_on)
{
	*goes_on = false;
	if (!reply->is_reached || reply->status >= 500) {
		over(visit, VISIT_SILENT,
		     reply->is_reached ? text_format(visit->arena, "HTTP %ld", reply->status)
				       : reply->why);
		return OK;
	}
	if (reply->status == 409) {
		on_from(visit, part, reply->body);
		return OK;
	}
	if (reply->status == 422) {
		over(visit, VISIT_FORKED,
		     text_of(say("証人が、前に見たものの続きではないと答えました。記録簿が書き換えられたおそれがあります。")));
		return OK;
	}
	if (reply->status != 200)
		return try_later(visit, part, reply->status, reply->body);
	if (part->kind == CARRY_CHECKPOINT || text_starts(reply->body, T("— ")))
		TRY(keep(visit, part, reply->body));
	visit->standing.origin = part->origin;
	visit->standing.size = part->size;
	*goes_on = true;
	return OK;
}

static struct error *
ask_all(struct visit *visit, const struct carry_part *parts, size_t count)
{
	bool goes_on = true;
	for (size_t at = 0; at < count && goes_on; at++) {
		struct reply reply;
		const struct outward call = {
			.url = text_format(visit->arena, "%.*s/%s", T_ARG(visit->witness->url),
					   parts[at].kind == CARRY_KEY ? "add-key"
								       : "add-checkpoint"),
			.ca = visit->witness->ca,
			.type = "text/plain; charset=utf-8",
			.body = parts[at].body,
		};
		outward_call(visit->arena, &call, &reply);
		TRY(take_reply(visit, &parts[at], &reply, &goes_on));
	}
	if (goes_on)
		over(visit, count == 0 ? VISIT_NOTHING : VISIT_DONE, T(""));
	return OK;
}

struct error *
witness_visit(struct body *body, struct arena *arena, const struct journal_witness *witness,
	      enum visit_end *end, struct text *words)
{
	struct visit visit = { .body = body, .arena = arena, .witness = witness };
	TRY(stand(&visit));
	for (int round = 0; round < ROUNDS_MOST && !visit.is_over; round++) {
		struct carry_part *parts = NULL;
		size_t count = 0;
		TRY(plan(&visit, &parts, &count));
		if (!visit.is_over)
			TRY(ask_all(&visit, parts, count));
	}
	if (!visit.is_over)
		over(&visit, VISIT_FORKED,
		     text_of(say("証人と話が合いません。記録簿が書き換えられたおそれがあります。")));
	*end = visit.end;
	*words = visit.words;
	return OK;
}
