/* What most commands need: the body by --data and --body, one act, one setting. */
#include "cli/rooms.h"

struct error *
call_body(const struct call *call, bool is_read_only, struct body *body)
{
	const struct body_options options = {
		.data = call_z(call, "data"),
		.code = call_z(call, "body"),
		.is_read_only = is_read_only,
	};
	return body_open(call->arena, &options, body);
}

struct calling {
	const struct pack *pack;
	act_work *work;
	void *with;
};

/* Another version of the policy may have come into force while we worked. */
static struct error *
act_currently(struct act *act, void *with)
{
	const struct calling *calling = with;
	TRY(enact_must_be_current(&act->look, calling->pack));
	return calling->work(act, calling->with);
}

struct error *
call_act(struct body *body, act_work *work, void *with)
{
	const struct actor actor = { .through = T("cli") };
	struct calling calling = { body->pack, work, with };
	return store_act(body->store, body->arena, &actor, act_currently, &calling);
}

struct error *
setting_of(struct body *body, const char *name, struct text *value)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, body->arena, &look));
	return store_setting(&look, text_of(name), value);
}
