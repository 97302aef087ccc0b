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

struct error *
call_act(struct body *body, act_work *work, void *with)
{
	const struct actor actor = { .through = T("cli") };
	return store_act(body->store, body->arena, &actor, work, with);
}

struct error *
setting_of(struct body *body, const char *name, struct text *value)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, body->arena, &look));
	return store_setting(&look, text_of(name), value);
}
