/* The emergency plan as a page, and the calling tree that is kept on it. Takamatsu 8.3.2. */
#include "pages/incident_pages.h"

#include "incident/contact.h"

enum { CONTACTS_RANK_MOST = 9999 };

/* ---- The plan ---- */

/* Who holds the role today: for the whole body; a section's roles are named by the section. */
static struct error *
holders_of(struct look *look, struct visit *visit, const struct pack_link *link, struct text *who)
{
	enum { SHOWN = 4 };
	struct decider *list;
	size_t count;
	*who = T("");
	if (link->whose != LINK_BODY) {
		*who = text_of(link->whose == LINK_UNIT ? say("（起きた所属の）") : say("（関わるシステムの）"));
		return OK;
	}
	TRY(people_role_holders(look, link->role, (struct unit_id){ 0 }, visit->today, &list, &count));
	for (size_t at = 0; at < count && at < SHOWN; at++)
		*who = text_format(visit->arena, "%.*s%s%.*s", T_ARG(*who), at == 0 ? "" : say("、"),
				   T_ARG(list[at].name));
	if (count == 0)
		*who = text_of(say("（いまは誰もいません）"));
	return OK;
}

static struct error *
fill_chain(struct look *look, struct visit *visit, struct incident_plan_page *page)
{
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	page->chain = ARENA_ARRAY(visit->arena, struct incident_plan_chain, incidents->chain_count + 1);
	for (size_t at = 0; at < incidents->chain_count; at++) {
		const struct pack_link *link = &incidents->chain[at];
		if (link->at != LINK_REPORT)
			continue;
		struct incident_plan_chain *row = &page->chain[page->chain_count++];
		row->role = words_now(link->role->name);
		if (link->substitute != NULL)
			row->term = text_format(visit->arena, say("出ないときは%.*s"),
						T_ARG(words_now(link->substitute->name)));
		TRY(holders_of(look, visit, link, &row->who));
	}
	return OK;
}

static struct text
contact_for(const struct visit *visit, const struct incident_contact *contact)
{
	const struct pack_authority *authority;
	switch (contact->kind) {
	case CONTACT_ROLE:
		return role_words(visit, contact->code);
	case CONTACT_AUTHORITY:
		authority = pack_authority(visit->office->pack, contact->code);
		return authority != NULL ? words_now(authority->name) : contact->code;
	case CONTACT_OTHER:
	case CONTACT_KINDS:
		break;
	}
	return T("");
}

static struct error *
fill_contacts(struct look *look, struct visit *visit, struct incident_plan_page *page)
{
	struct incident_contact *list;
	size_t count;
	TRY(incident_contacts(look, visit->office->pack, &list, &count));
	page->contacts = ARENA_ARRAY(visit->arena, struct incident_plan_contacts, count + 1);
	page->contacts_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct text for_whom = contact_for(visit, &list[at]);
		page->contacts[at] = (struct incident_plan_contacts){
			.name = list[at].name,
			.for_whom = text_same(for_whom, list[at].name) ? T("") : for_whom,
			.phone = list[at].phone,
			.call = url_telephone(visit->arena, list[at].phone),
			.mail = list[at].mail,
			.words = list[at].words,
			.confirmed = list[at].confirmed,
		};
		if (page->may_lead)
			page->contacts[at].edits = url_of_number(visit->arena, "/incidents/contacts/{}",
								 list[at].id.no);
	}
	return OK;
}

static void
fill_measures(struct visit *visit, struct incident_plan_parts *row)
{
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	row->kinds = ARENA_ARRAY(visit->arena, struct incident_plan_parts_kinds, incidents->kinds_count + 1);
	row->kinds_count = incidents->kinds_count;
	for (size_t at = 0; at < incidents->kinds_count; at++) {
		const struct pack_incident_kind *kind = &incidents->kinds[at];
		struct incident_plan_parts_kinds *made = &row->kinds[at];
		made->name = words_now(kind->name);
		made->first = ARENA_ARRAY(visit->arena, struct incident_plan_parts_kinds_first,
					  kind->at_once_count + 1);
		made->first_count = kind->at_once_count;
		for (size_t i = 0; i < kind->at_once_count; i++)
			made->first[i].words = words_now(kind->at_once[i]);
		made->steps = ARENA_ARRAY(visit->arena, struct incident_plan_parts_kinds_steps,
					  kind->plays_count + 1);
		made->steps_count = kind->plays_count;
		for (size_t i = 0; i < kind->plays_count; i++)
			made->steps[i] = (struct incident_plan_parts_kinds_steps){
				text_of(play_phase_words(kind->plays[i].phase)),
				words_now(kind->plays[i].words),
				kind->plays[i].role != NULL ? words_now(kind->plays[i].role->name) : T(""),
			};
	}
}

static void
fill_part(struct visit *visit, const struct pack_plan_part *part, struct incident_plan_parts *row)
{
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	row->name = words_now(part->name);
	if (part->clause != NULL)
		row->clause = part->clause->id;
	row->words = ARENA_ARRAY(visit->arena, struct incident_plan_parts_words, part->words_count + 1);
	row->words_count = part->words_count;
	for (size_t at = 0; at < part->words_count; at++)
		row->words[at].words = words_now(part->words[at]);
	row->is_contacts = part->shows == PLAN_CONTACTS;
	if (part->shows == PLAN_MEASURES)
		fill_measures(visit, row);
	if (part->shows != PLAN_ITEMS)
		return;
	row->items = ARENA_ARRAY(visit->arena, struct incident_plan_parts_items, incidents->items_count + 1);
	row->items_count = incidents->items_count;
	for (size_t at = 0; at < incidents->items_count; at++)
		row->items[at].words = words_now(incidents->items[at].name);
}

static struct error *
plan_draw(struct look *look, struct visit *visit)
{
	TRY(incidents_must_be(visit));
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	struct incident_plan_page page = {
		.frame = visit_frame(visit, text_of(say("緊急時対応計画")), "incidents"),
		.csrf = visit->csrf,
		.parts = ARENA_ARRAY(visit->arena, struct incident_plan_parts, incidents->plan_count + 1),
		.parts_count = incidents->plan_count,
	};
	TRY(incident_may_lead(look, visit->office->pack, visit->session.person, &page.may_lead));
	for (size_t at = 0; at < incidents->plan_count; at++)
		fill_part(visit, &incidents->plan[at], &page.parts[at]);
	TRY(fill_chain(look, visit, &page));
	/* Numbers for the night may be people's own: for who leads and who decides. */
	page.may_see = page.may_lead || visit_may(visit, RIGHT_DECIDE);
	if (page.may_see)
		TRY(fill_contacts(look, visit, &page));
	return visit_draw(visit, incident_plan_page, &page);
}

/* ---- Keeping contacts ---- */

/* "role:csirt", "authority:ppc", "other". */
static struct field_part *
whom_box(struct visit *visit, const struct incident_contact *stored)
{
	const struct pack *pack = visit->office->pack;
	const struct pack_incidents *incidents = &pack->incidents;
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option,
						   pack->roles_count + incidents->authorities_count + 1);
	size_t count = 0;
	struct text now = T("other");
	for (size_t at = 0; at < incidents->authorities_count; at++)
		options[count++] = (struct field_option){
			text_join(visit->arena, T("authority:"), incidents->authorities[at].code),
			words_now(incidents->authorities[at].name) };
	for (size_t at = 0; at < pack->roles_count; at++)
		options[count++] = (struct field_option){ text_join(visit->arena, T("role:"), pack->roles[at].code),
							  words_now(pack->roles[at].name) };
	options[count++] = (struct field_option){ T("other"), text_of(say("そのほか（委託先、通信事業者など）")) };
	if (stored->kind == CONTACT_ROLE && stored->id.no != 0)
		now = text_join(visit->arena, T("role:"), stored->code);
	if (stored->kind == CONTACT_AUTHORITY)
		now = text_join(visit->arena, T("authority:"), stored->code);
	return select_box(visit, "whom", text_of(say("誰の連絡先ですか")), T(""), now, true, options, count);
}

static struct error *
must_lead(struct look *look, struct visit *visit)
{
	bool may;
	TRY(incidents_must_be(visit));
	TRY(incident_may_lead(look, visit->office->pack, visit->session.person, &may));
	return may ? OK : refuse("この操作は、CSIRTと事案の指揮にあたる役割の人だけが行えます。");
}

/* The contact of the path; a new one when the path names none. */
static struct error *
contact_of_path(struct look *look, struct visit *visit, struct incident_contact *contact)
{
	struct incident_contact *list;
	size_t count;
	*contact = (struct incident_contact){ 0 };
	TRY(must_lead(look, visit));
	if (!text_has(text_of(visit->row->route.pattern), T("{id}")))
		return OK;
	const int64_t id = visit_id(visit, "id");
	TRY(incident_contacts(look, visit->office->pack, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == id) {
			*contact = list[at];
			return OK;
		}
	return missing("その連絡先はありません。計画の画面から選んでください。");
}

static struct url
contact_url(struct visit *visit, const struct incident_contact *contact)
{
	return contact->id.no == 0 ? url_path(visit->arena, "/incidents/contacts")
				   : url_of_number(visit->arena, "/incidents/contacts/{}", contact->id.no);
}

static struct error *
contact_draw(struct look *look, struct visit *visit)
{
	struct incident_contact contact;
	TRY(contact_of_path(look, visit, &contact));
	const struct field_option ends[] = { { T("1"), text_of(say("この連絡先をなくす")) } };
	const struct case_form form = {
		.title = N_("連絡先"),
		.lead = N_("夜と休みの日にもつながる番号を入れてください。保存すると、確かめた日時が新しくなります。"),
		.button = N_("保存する"),
		.action = contact_url(visit, &contact),
		.back = url_path(visit->arena, "/incidents/plan"),
		.boxes = { whom_box(visit, &contact),
			   text_box(visit, "name", say("名前"), say("例 CSIRT 当番、県警察本部の窓口"), contact.name, true),
			   text_box(visit, "phone", say("電話"), "", contact.phone, false),
			   text_box(visit, "mail", say("メール"), "", contact.mail, false),
			   text_box(visit, "words", say("書き添えること"), say("例 平日の夜は守衛室へ"), contact.words, false),
			   number_box(visit, "rank", say("並び順"), say("小さいものが上です。"), contact.rank, false),
			   contact.id.no == 0 ? NULL
					      : checks_box(visit, "end", text_of(say("終わり")), T(""), NULL, 0, ends, 1) },
	};
	return case_form_draw(visit, &form);
}

static void
read_whom(struct text whom, struct incident_contact *contact)
{
	struct text kind;
	contact->kind = CONTACT_OTHER;
	contact->code = T("");
	if (!text_cut(whom, ':', &kind, &contact->code)) {
		contact->code = T("");
		return;
	}
	contact->kind = text_is(kind, "role") ? CONTACT_ROLE : CONTACT_AUTHORITY;
}

static struct error *
contact_do(struct act *act, struct visit *visit)
{
	struct incident_contact contact;
	struct contact_id id;
	TRY(contact_of_path(&act->look, visit, &contact));
	visit->go_to = url_path(visit->arena, "/incidents/plan");
	visit->done = "incident-contact";
	if (contact.id.no != 0 && text_is(visit_text(visit, "end"), "1"))
		return incident_contact_end(act, visit->office->pack, contact.id);
	read_whom(visit_text(visit, "whom"), &contact);
	contact.name = visit_text(visit, "name");
	contact.phone = visit_text(visit, "phone");
	contact.mail = visit_text(visit, "mail");
	contact.words = visit_text(visit, "words");
	contact.rank = 0;
	if (!text_is_blank(visit_text(visit, "rank")))
		TRY(request_number(visit->request, "rank", 0, CONTACTS_RANK_MOST, &contact.rank));
	return incident_contact_put(act, visit->office->pack, &contact, &id);
}

static struct error *
confirm_do(struct act *act, struct visit *visit)
{
	TRY(must_lead(&act->look, visit));
	TRY(incident_contacts_confirm(act, visit->office->pack));
	visit->go_to = url_path(visit->arena, "/incidents/plan");
	visit->done = "confirmed";
	return OK;
}

PAGE_ROWS(incident_plan,
	  { { METHOD_GET, "/incidents/plan" }, RIGHT_SELF, PAGE_LOOK, .look = plan_draw },
	  { { METHOD_GET, "/incidents/contacts" }, RIGHT_SELF, PAGE_LOOK, .look = contact_draw },
	  { { METHOD_POST, "/incidents/contacts" }, RIGHT_SELF, PAGE_ACT, .act = contact_do,
	    .again = contact_draw },
	  { { METHOD_POST, "/incidents/contacts/confirm" }, RIGHT_SELF, PAGE_ACT, .act = confirm_do },
	  { { METHOD_GET, "/incidents/contacts/{id}" }, RIGHT_SELF, PAGE_LOOK, .look = contact_draw },
	  { { METHOD_POST, "/incidents/contacts/{id}" }, RIGHT_SELF, PAGE_ACT, .act = contact_do,
	    .again = contact_draw });
