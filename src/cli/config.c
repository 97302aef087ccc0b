/* `bansho config`: is the configuration in order, and what does it say? */
#include "cli/conf.h"
#include "cli/rooms.h"

static struct error *
print_all(const struct conf *conf)
{
	for (size_t at = 0; at < conf->count; at++)
		print("%s = %.*s\n", conf->lines[at].name, T_ARG(conf->lines[at].value));
	return OK;
}

static struct error *
print_json(struct call *call, const struct conf *conf)
{
	struct writer out = writer_open(call->arena, CONF_MOST_BYTES);
	struct json json = json_begin(&out);
	json_open_array(&json);
	for (size_t at = 0; at < conf->count; at++) {
		json_open_object(&json);
		json_text_at(&json, "name", text_of(conf->lines[at].name));
		json_text_at(&json, "value", conf->lines[at].value);
		json_end(&json);
	}
	json_end(&json);
	return print_writer(&out);
}

struct error *
run_config(struct call *call)
{
	struct conf conf;
	TRY(conf_read(call->arena, call_z(call, "config"), &conf));
	if (call->words_count == 1) {
		const char *name = text_z(call->arena, call->words[0]);
		if (!conf_knows(name))
			return reject(name, "この項目はありません。");
		print("%.*s\n", T_ARG(conf_text(&conf, name)));
		return OK;
	}
	return call->is_json ? print_json(call, &conf) : print_all(&conf);
}
