/* Forms as paper: a dossier's sheet, or the empty form, as PDF by bansho-print. */
#include "pages/rooms.h"

#include "paper/dossier_paper.h"

static struct error *
print(struct visit *visit, struct text job, struct text name)
{
	TRY(run_companion(visit, "bansho-print", NULL, job, &visit->answer.body));
	visit->answer.type = "application/pdf";
	visit->answer.shown_as = name;
	return OK;
}

static struct error *
form_of(const struct visit *visit, const struct pack *pack, const struct pack_form **form)
{
	*form = pack_form(pack, capture_text(visit->captures, "form"));
	if (*form == NULL)
		return missing("その様式は、この方針にはありません。");
	return OK;
}

static struct error *
proof_of(struct look *look, struct visit *visit, struct dossier_id id, struct paper_proof *proof)
{
	struct journal_state state;
	TRY(journal_state(look, NULL, &state));
	proof->tree_size = state.signed_size;
	proof->command = text_format(visit->arena, "bansho verify bansho-%.*s-dossier-%lld.zip",
				     T_ARG(visit->office->body_code), (long long)id.no);
	return OK;
}

static struct error *
sheet_print(struct look *look, struct visit *visit)
{
	const struct flow *flow = visit->office->flow;
	const struct dossier_id id = { visit_id(visit, "id") };
	const struct pack_form *form;
	struct dossier dossier;
	struct paper_proof proof;
	struct text job;
	bool may;
	TRY(flow_read(look, flow, id, &dossier));
	TRY(flow_may_see(look, flow, &dossier, visit->session.person, &may));
	if (!may)
		return refuse("この案件を見る権限がありません。");
	/* The sheets of the version it was sent under. */
	TRY(form_of(visit, dossier.flow->pack, &form));
	TRY(proof_of(look, visit, id, &proof));
	TRY(paper_dossier(look, dossier.flow, &dossier, form, &proof, &job));
	look_end(look);
	return print(visit, job,
		     text_format(visit->arena, "%.*s_%.*s.pdf", T_ARG(words_now(form->label)),
				 T_ARG(dossier.number)));
}

static struct error *
empty_print(struct look *look, struct visit *visit)
{
	const struct pack_form *form;
	struct text job;
	TRY(form_of(visit, visit->office->pack, &form));
	TRY(paper_empty(look, visit->office->flow, form, &job));
	look_end(look);
	return print(visit, job,
		     text_format(visit->arena, "%.*s.pdf", T_ARG(words_now(form->label))));
}

PAGE_ROWS(paper,
	  { { METHOD_GET, "/dossiers/{id}/paper/{form:text}" }, RIGHT_SELF, PAGE_SLOW_LOOK,
	    .look = sheet_print },
	  { { METHOD_GET, "/forms/{form:text}" }, RIGHT_SELF, PAGE_SLOW_LOOK,
	    .look = empty_print });
