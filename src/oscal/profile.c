/* The profile: the whole catalog, with the values the body has set where the policy leaves them open. */
#include "oscal/rooms.h"

#include "base/say.h"
#include "people/people.h"

static struct error *
set_parameters(struct writing *writing, json_t *modify)
{
	const struct oscal_source *source = writing->source;
	struct arena *arena = writing->arena;
	for (size_t at = 0; at < source->pack->parameters_count; at++) {
		const struct pack_parameter *parameter = &source->pack->parameters[at];
		int64_t value = parameter->usual;
		if (source->look != NULL)
			TRY(people_parameter(source->look, source->pack,
					     text_z(arena, parameter->code), value, &value));
		json_t *set = add_object(modify, "set-parameters");
		put_text(set, "param-id", parameter_id(arena, source->pack, parameter->code));
		add_text(set, "values", text_number(arena, value));
		/* Who chose it: nobody but the pack's author, or the body. */
		add_prop(arena, set, "set-by", value == parameter->usual ? T("pack") : T("body"));
	}
	return OK;
}

struct error *
write_profile(struct writing *writing)
{
	put_about(writing, N_("適用する条項と設定"));
	json_t *import = add_object(writing->root, "imports");
	put_z(import, "href", oscal_model_file(OSCAL_CATALOG));
	put_object(import, "include-all");
	put(put_object(writing->root, "merge"), "as-is", json_true());
	if (writing->source->pack->parameters_count == 0)
		return OK;
	return set_parameters(writing, put_object(writing->root, "modify"));
}
