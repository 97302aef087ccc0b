/* What the pages about contracts share (contract_parts.c). */
#ifndef BANSHO_PAGES_CONTRACT_PAGES_H
#define BANSHO_PAGES_CONTRACT_PAGES_H

#include "pages/audit_pages.h"

#include "contract/contract.h"

enum contract_need { NEED_READ, NEED_LEAD, NEED_CONSENT, NEED_VERIFY };

/* The contract {id} of the path, for who may read it; REFUSED without the further right. Asked before anything
   typed is looked at, so that nobody learns from a fault. `may` may be NULL. */
struct error *contract_of_path(struct look *look, struct visit *visit, enum contract_need need,
			       struct contract *contract, struct contract_rights *may) MUST_USE;
/* A part of it that the path names: MISSING where it is another contract's. */
struct error *link_of_path(struct look *look, struct visit *visit, const struct contract *contract,
			   struct contract_link *link) MUST_USE;
struct error *handover_of_path(struct look *look, struct visit *visit, const struct contract *contract,
			       struct contract_handover *handover) MUST_USE;
struct error *worker_of_path(struct look *look, struct visit *visit, const struct contract *contract,
			     struct contract_worker *worker) MUST_USE;
struct error *demand_of_path(struct look *look, struct visit *visit, const struct contract *contract,
			     struct contract_demand *demand) MUST_USE;

struct url contract_url(struct visit *visit, struct contract_id id);
/* "/contracts/3/links/5" */
#define contract_under(visit, of, literal, which)                                                \
	url_make((visit)->arena, "/contracts/{}/" literal "/{}", 2,                            \
		 ((struct text[]){ number_text((visit)->arena, (of).no),                       \
				   number_text((visit)->arena, (which)) }))
#define contract_path(visit, of, literal) url_of_number((visit)->arena, "/contracts/{}/" literal, (of).no)

const char *contract_stage_tag(const struct contract *contract);
const char *link_tag(enum contract_link_state state);
const char *handover_tag(const struct contract_handover *handover);
struct text handover_words(const struct contract_handover *handover);
struct text contract_class_words(const struct visit *visit, struct text code);

/* A form about one thing of a contract, with the way back to it. */
struct audit_form_page *contract_form(struct visit *visit, const struct contract *contract,
				      const char *title, struct url action, const char *button);
struct field_part *contract_class_box(struct visit *visit, struct text stored);
/* Registered firms; with "not in the list" the name and code are asked for besides. */
struct error *firm_boxes(struct look *look, struct visit *visit, struct audit_form_page *page) MUST_USE;
struct firm_id typed_firm(const struct visit *visit);
/* Two choices laid open: yes and no in these words. */
struct field_part *either_box(struct visit *visit, const char *name, const char *label, const char *yes,
			      const char *no, const char *stored);
/* A number of a choice box: 0 where nothing is chosen. */
int64_t typed_number(const struct visit *visit, const char *name);
/* After an act: back to the contract. */
struct error *contract_go(struct visit *visit, struct contract_id id, const char *done) MUST_USE;

#endif
