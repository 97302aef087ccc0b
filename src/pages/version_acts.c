/* Answering what a version touches, publishing it, withdrawing it. */
#include "pages/version_pages.h"

#include "base/number.h"

/* The version as the page showed it, and judgements as they are now. */
static struct error *
read_enacting(struct act *act, struct visit *visit, struct enacting *enacting,
	      struct shown_change *change)
{
	struct enact_version version;
	struct enact_judged *judged;
	struct enacting made = { .from = visit->office->pack,
				 .id = { visit_id(visit, "id") } };
	TRY(visit_number(visit, "change", &made.change));
	TRY(enact_version(&act->look, made.id, &version));
	TRY(change_of(&act->look, visit, &version, change));
	TRY(assure_judged(&act->look, &judged, &made.judged_count));
	made.to = change->pack;
	made.judged = judged;
	*enacting = made;
	visit->go_to = url_of_number(visit->arena, "/policy/versions/{}", made.id.no);
	return OK;
}

static struct error *
answers_do(struct act *act, struct visit *visit)
{
	struct enacting enacting;
	struct shown_change change;
	struct enact_touched touched;
	struct arena *arena = visit->arena;
	TRY(read_enacting(act, visit, &enacting, &change));
	TRY(touched_of(&act->look, visit, &change, &touched));
	struct enact_answer *answers = ARENA_ARRAY(arena, struct enact_answer, touched.count + 1);
	for (size_t at = 0; at < touched.count; at++) {
		const struct text key = item_key(arena, &touched.items[at]);
		answers[at].key = key;
		answers[at].target = text_trim(
			visit_text(visit, text_format(arena, "to:%.*s", T_ARG(key)).data));
		if (!item_choice_read(visit_text(visit, text_z(arena, key)), &answers[at].choice))
			return reject(text_z(arena, key), "選べる答えから選んでください。");
	}
	visit->done = "saved";
	return enact_answer(act, &enacting, answers, touched.count);
}

static struct error *
publish_do(struct act *act, struct visit *visit)
{
	struct enacting enacting;
	struct shown_change change;
	struct day effective;
	TRY(form_day(visit, "effective", true, &effective));
	TRY(read_enacting(act, visit, &enacting, &change));
	visit->done = "published";
	return enact_publish(act, &enacting, effective);
}

static struct error *
withdraw_do(struct act *act, struct visit *visit)
{
	struct enacting enacting;
	struct shown_change change;
	TRY(read_enacting(act, visit, &enacting, &change));
	visit->done = "version-withdrawn";
	return enact_withdraw(act, &enacting, text_trim(visit_text(visit, "why")));
}

PAGE_ROWS(version_act,
	  { { METHOD_POST, "/policy/versions/{id}/answers" }, RIGHT_DECIDE, PAGE_ACT,
	    .act = answers_do, .again = version_draw },
	  { { METHOD_POST, "/policy/versions/{id}/publish" }, RIGHT_DECIDE, PAGE_ACT,
	    .act = publish_do, .again = version_draw, .proof = PROOF_FRESH },
	  { { METHOD_POST, "/policy/versions/{id}/withdraw" }, RIGHT_DECIDE, PAGE_ACT,
	    .act = withdraw_do, .again = version_draw });
