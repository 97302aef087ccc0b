/* The calling tree: how roles, authorities and others are reached, also at night. */
#include "incident/rooms.h"

static const char *const kind_names[CONTACT_KINDS] = { "role", "authority", "other" };

static struct error *
note_contact(struct act *act, int64_t id, const char *what)
{
	return act_note(act, &(struct fact){
				     .act = what,
				     .about = { text_format(act->look.arena, "incident-contact:%lld",
							    (long long)id) },
			     });
}

static bool
is_known(const struct pack *pack, const struct incident_contact *contact)
{
	switch (contact->kind) {
	case CONTACT_ROLE:
		return pack_role(pack, contact->code) != NULL;
	case CONTACT_AUTHORITY:
		return pack_authority(pack, contact->code) != NULL;
	case CONTACT_OTHER:
	case CONTACT_KINDS:
		break;
	}
	return true;
}

static struct error *
check(struct act *act, const struct pack *pack, const struct incident_contact *typed,
      struct incident_contact *contact)
{
	struct arena *arena = act->look.arena;
	*contact = *typed;
	if (contact->code.data == NULL)
		contact->code = T("");
	if (!is_known(pack, contact))
		return reject("code", "その役割や報告先はありません。選び直してください。");
	TRY(line_take(arena, "name", typed->name, INCIDENT_MOST_LINE, true, &contact->name));
	TRY(line_take(arena, "phone", typed->phone, INCIDENT_MOST_LINE, typed->mail.len == 0, &contact->phone));
	TRY(line_take(arena, "mail", typed->mail, INCIDENT_MOST_LINE, false, &contact->mail));
	return line_take(arena, "words", typed->words, INCIDENT_MOST_LINE, false, &contact->words);
}

struct error *
incident_contact_put(struct act *act, const struct pack *pack, const struct incident_contact *typed,
		     struct contact_id *id)
{
	struct incident_contact contact;
	int64_t no = typed->id.no;
	const bool is_new = no == 0;
	TRY(must_lead(act, pack));
	TRY(check(act, pack, typed, &contact));
	const struct text kind = text_of(kind_names[contact.kind]);
	if (is_new) {
		TRY(act_number(act, T("incident-contact"), &no));
		TRY(incident_contact_insert(act, &(struct incident_contact_insert_in){
							 no, kind, contact.code, contact.unit.no, contact.name,
							 contact.phone, contact.mail, contact.words,
							 contact.rank, act->look.now.ms, act->actor.person }));
	} else {
		TRY(incident_contact_set(act, &(struct incident_contact_set_in){
						      no, kind, contact.code, contact.unit.no, contact.name,
						      contact.phone, contact.mail, contact.words, contact.rank,
						      act->look.now.ms, act->actor.person }));
		if (act_changes(act) == 0)
			return missing("その連絡先はありません。");
	}
	TRY(note_contact(act, no, "incident.contact"));
	id->no = no;
	return OK;
}

struct error *
incident_contact_end(struct act *act, const struct pack *pack, struct contact_id id)
{
	TRY(must_lead(act, pack));
	TRY(incident_contact_end_set(act, &(struct incident_contact_end_set_in){ id.no, act->look.now.ms }));
	if (act_changes(act) == 0)
		return missing("その連絡先はありません。");
	return note_contact(act, id.no, "incident.contact-end");
}

struct error *
incident_contacts_confirm(struct act *act, const struct pack *pack)
{
	TRY(must_lead(act, pack));
	TRY(incident_contact_confirm(act, &(struct incident_contact_confirm_in){ act->look.now.ms,
										 act->actor.person }));
	const int64_t count = act_changes(act);
	if (count == 0)
		return conflict("連絡先がまだ一件もありません。先に連絡先を入れてください。");
	TRY(act_note(act, &(struct fact){ .act = "incident.contacts-confirm",
					  .about = { T("incident-contacts:0") },
					  .pairs = { { "count", { 0 }, count } } }));
	return duty_done_by(act, pack,
			    &(struct duty_deed){
				    .by = "incident.contacts",
				    .on = DAY_NONE,
				    .source = T("incident-contacts:0"),
				    .words = text_format(act->look.arena, say("連絡先%lld件を確かめました。"),
							 (long long)count),
			    },
			    NULL);
}

struct error *
incident_contacts(struct look *look, const struct pack *pack, struct incident_contact **list, size_t *count)
{
	struct incident_contact_rows_row *rows;
	(void)pack;
	TRY(incident_contact_rows(look, &(struct incident_contact_rows_in){ CONTACTS_MOST }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct incident_contact, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		(*list)[at] = (struct incident_contact){
			.id = { rows[at].id },
			.kind = text_is(rows[at].kind, "role")	      ? CONTACT_ROLE
				: text_is(rows[at].kind, "authority") ? CONTACT_AUTHORITY
								      : CONTACT_OTHER,
			.code = rows[at].code,
			.unit = { rows[at].unit },
			.name = rows[at].name,
			.phone = rows[at].phone,
			.mail = rows[at].mail,
			.words = rows[at].words,
			.rank = rows[at].rank,
			.confirmed = { rows[at].confirmed },
			.confirmed_by_name = rows[at].confirmed_by_name,
		};
	}
	return OK;
}
