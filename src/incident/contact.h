/* The emergency plan's calling tree: whom to call, in which order, by which number. */
#ifndef BANSHO_INCIDENT_CONTACT_H
#define BANSHO_INCIDENT_CONTACT_H

#include "incident/incident.h"

struct contact_id {
	int64_t no;
};

/* ---- The plan's calling tree ---- */

enum contact_kind { CONTACT_ROLE, CONTACT_AUTHORITY, CONTACT_OTHER, CONTACT_KINDS };
struct incident_contact {
	struct contact_id id; /* no 0: a new one */
	enum contact_kind kind;
	struct text code; /* of the role or authority */
	struct unit_id unit;
	struct text name, phone, mail, words;
	int64_t rank;
	struct moment confirmed; /* read only */
	struct text confirmed_by_name; /* read only */
};
struct error *incident_contacts(struct look *look, const struct pack *pack, struct incident_contact **list,
				size_t *count) MUST_USE;
/* "incident.contact", by leads and holders of `orders`. Kept as confirmed now. */
struct error *incident_contact_put(struct act *act, const struct pack *pack,
				   const struct incident_contact *contact, struct contact_id *id) MUST_USE;
struct error *incident_contact_end(struct act *act, const struct pack *pack, struct contact_id id) MUST_USE;
/* All of them were looked through and are right ("incident.contacts-confirm"). */
struct error *incident_contacts_confirm(struct act *act, const struct pack *pack) MUST_USE;
/* May this person keep the calling tree and begin drills? */
struct error *incident_may_lead(struct look *look, const struct pack *pack, struct person_id person,
				bool *may) MUST_USE;

#endif
