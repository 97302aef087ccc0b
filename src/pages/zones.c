/* Which addresses belong to the policy's zones, and what it demands to sign in: for the operator. */
#include "pages/people_pages.h"

#include "signin/signin.h"

static const char *
box_name(struct visit *visit, const struct pack_zone *zone)
{
	return text_z(visit->arena, text_format(visit->arena, "zone.%.*s", T_ARG(zone->code)));
}

static struct error *
fill_zones(struct look *look, struct visit *visit, struct sign_in_zones_page *page)
{
	const struct pack_sign_in *sign_in = &visit->office->pack->sign_in;
	page->zones = ARENA_ARRAY(visit->arena, struct sign_in_zones_zones, sign_in->zones_count + 1);
	page->zones_count = sign_in->zones_count;
	for (size_t at = 0; at < sign_in->zones_count; at++) {
		const struct pack_zone *zone = &sign_in->zones[at];
		struct text addresses;
		TRY(signin_zone_addresses(look, zone, &addresses));
		struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
		*box = plain_box(visit, BOX_LONG, box_name(visit, zone), text_of(say("アドレスの範囲")),
				 text_of(say("空白か改行で区切ります。例 192.0.2.0/24 2001:db8::/32")),
				 text_replace(visit->arena, addresses, T(" "), T("\n")), false);
		page->zones[at] = (struct sign_in_zones_zones){
			.name = words_now(zone->name),
			.clause = zone->clause != NULL ? zone->clause->number : T(""),
			.kinds = zone->kinds,
			.addresses = box,
		};
	}
	return OK;
}

static struct text
who_of(struct visit *visit, const struct pack_demand *demand)
{
	if (demand->role != NULL)
		return words_now(demand->role->name);
	return text_is(demand->right, "settings")   ? text_of(say("番所の設定ができる人"))
	       : text_is(demand->right, "accounts") ? text_of(say("アカウントを扱える人"))
						    : text_format(visit->arena, say("権限 %.*s を持つ人"),
								  T_ARG(demand->right));
}

static struct error *
zones_draw(struct look *look, struct visit *visit)
{
	const struct pack_sign_in *sign_in = &visit->office->pack->sign_in;
	int64_t is_on;
	struct sign_in_zones_page page = {
		.frame = visit_frame(visit, text_of(say("サインインの区域と要求")), "settings"),
		.csrf = visit->csrf,
		.client = visit->request->client,
	};
	TRY(people_parameter(look, visit->office->pack, "sign-in.demands", 0, &is_on));
	page.is_on = is_on != 0;
	TRY(fill_zones(look, visit, &page));
	page.demands = ARENA_ARRAY(visit->arena, struct sign_in_zones_demands, sign_in->demands_count + 1);
	page.demands_count = sign_in->demands_count;
	for (size_t at = 0; at < sign_in->demands_count; at++) {
		const struct pack_demand *demand = &sign_in->demands[at];
		page.demands[at] = (struct sign_in_zones_demands){
			.who = who_of(visit, demand),
			.kinds = demand->kinds,
			.clause = demand->clause != NULL ? demand->clause->number : T(""),
		};
	}
	return visit_draw(visit, sign_in_zones_page, &page);
}

/* Whoever saves it must not be the first to stand before a closed door. */
static struct error *
must_get_in(struct visit *visit, const struct pack_zone *zone, struct text addresses)
{
	const struct signin_demand demand = { .kinds = zone->kinds };
	if (!signin_address_in(visit->request->client, addresses) ||
	    signin_is_enough(&demand, visit->session.methods))
		return OK;
	return reject(box_name(visit, zone), "いまのあなたの接続元(%.*s)がこの範囲に入り、あなたが操作できなくなります。先に自分の二つめの確認を登録してください。",
		      T_ARG(visit->request->client));
}

static struct error *
zones_do(struct act *act, struct visit *visit)
{
	const struct pack_sign_in *sign_in = &visit->office->pack->sign_in;
	for (size_t at = 0; at < sign_in->zones_count; at++) {
		const struct pack_zone *zone = &sign_in->zones[at];
		struct text was;
		const struct text typed = text_narrow(visit->arena, visit_text(visit, box_name(visit, zone)));
		TRY(signin_zone_addresses(&act->look, zone, &was));
		TRY(must_get_in(visit, zone, typed));
		if (!text_same(text_replace(visit->arena, was, T(" "), T("\n")), text_trim(typed)))
			TRY(signin_zone_set(act, zone, box_name(visit, zone), typed));
	}
	visit->go_to = url_path(visit->arena, "/settings/sign-in");
	visit->done = "settings";
	return OK;
}

PAGE_ROWS(zone,
	  { { METHOD_GET, "/settings/sign-in" }, RIGHT_SETTINGS, PAGE_LOOK, .look = zones_draw },
	  { { METHOD_POST, "/settings/sign-in" }, RIGHT_SETTINGS, PAGE_ACT, .act = zones_do,
	    .again = zones_draw, .proof = PROOF_FRESH });
