/* What inventory.yaml says, as keys and values of two versions. */
#include "policy/diff_describe.h"

#include "base/say.h"

static struct text
parameter_of(const struct pack_parameter *parameter)
{
	return parameter != NULL ? parameter->name.ja : T("");
}

static struct text
field_of(const struct pack_field *field)
{
	return field != NULL ? field->label.ja : T("");
}

struct described
describe_inventory(struct arena *into, const struct pack_inventory *inventory)
{
	struct described made = { .into = into };
	describe(&made, "keeps", N_("保管する役割"),
		 inventory->keeps != NULL ? inventory->keeps->name.ja : T(""));
	describe(&made, "loan", N_("貸出の日数"), parameter_of(inventory->loan));
	describe(&made, "stock", N_("棚卸の間隔"), parameter_of(inventory->stock));
	describe(&made, "repair", N_("修理の日数"), parameter_of(inventory->repair));
	for (size_t at = 0; at < inventory->things_count; at++) {
		const struct pack_things *things = &inventory->things[at];
		describe_named(&made, things->ledger->code, things->ledger->name.ja,
			       text_format(into, "%s%.*s", things->needs_permit ? "permit " : "",
					   T_ARG(things->where != NULL ? when_source(things->where)
								       : T(""))));
	}
	if (inventory->software == NULL)
		return made;
	describe(&made, "software", N_("ソフトウェアの台帳"), inventory->software->name.ja);
	describe(&made, "until", N_("サポートの終わる日の列"), field_of(inventory->until));
	describe(&made, "licences", N_("ライセンスの数の列"), field_of(inventory->licences));
	describe(&made, "used", N_("使っている数の列"), field_of(inventory->used));
	describe(&made, "warn", N_("終わる何日前から知らせるか"), parameter_of(inventory->warn));
	return made;
}
