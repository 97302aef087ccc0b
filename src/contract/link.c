/* The chain: firms that work under a contract, asked for, consented, refused, or found. */
#include "contract/rooms.h"

enum { WORK_MOST = 200, PLACE_MOST = 500, CODE_MOST = 40, NAME_MOST = 120 };

static struct contract_link
link_from(const struct contract_link_rows_row *row)
{
	struct contract_link made = {
		.id = { row->id },
		.above = { row->above },
		.contract = { row->contract },
		.firm = { row->firm },
		.firm_name = row->firm_name,
		.work = row->work,
		.place = row->place,
		.why = row->why,
		.since = { row->since },
		.until = { row->until },
		.made = { row->made },
		.decided = { row->decided },
		.decider_name = row->decider_name,
		.role = row->role,
		.words = row->words,
		.engagement = { row->engagement },
		.workers = row->workers,
		.change = row->change,
	};
	for (int state = 0; state < LINK_STATES; state++)
		if (text_is(row->state, contract_link_state_name((enum contract_link_state)state)))
			made.state = (enum contract_link_state)state;
	return made;
}

/* Each behind the one above it, depth first; ids rise, so the chain ends. */
static void
lay_below(const struct contract_link *all, size_t count, int64_t above, int depth,
	  struct contract_link *laid, size_t *filled)
{
	for (size_t at = 0; at < count; at++) {
		if (all[at].above.no != above || *filled >= count)
			continue;
		laid[*filled] = all[at];
		laid[(*filled)++].depth = depth;
		lay_below(all, count, all[at].id.no, depth + 1, laid, filled);
	}
}

static bool
is_consented(const struct contract_link *links, size_t count, struct contract_link_id id)
{
	for (size_t at = 0; at < count; at++)
		if (links[at].id.no == id.no)
			return links[at].state == LINK_CONSENTED;
	return false;
}

struct error *
contract_links(struct look *look, struct contract_id id, struct contract_link **list, size_t *count)
{
	struct contract_link_rows_row *rows;
	size_t got, filled = 0;
	TRY(contract_link_rows(look, &(struct contract_link_rows_in){ id.no, 0, CONTRACT_MOST_LINKS }, &rows,
			       &got));
	struct contract_link *made = ARENA_ARRAY(look->arena, struct contract_link, got + 1);
	struct contract_link *laid = ARENA_ARRAY(look->arena, struct contract_link, got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = link_from(&rows[at]);
	for (size_t at = 0; at < got; at++)
		made[at].may_be_consented =
			(made[at].state == LINK_ASKED || made[at].state == LINK_FOUND) &&
			is_consented(made, got, made[at].above);
	lay_below(made, got, 0, 0, laid, &filled);
	*list = laid;
	*count = filled;
	return OK;
}

struct error *
contract_link_read(struct look *look, struct contract_link_id id, struct contract_link *link)
{
	struct contract_link_rows_row *rows;
	struct contract_link *list;
	size_t count;
	TRY(contract_link_rows(look, &(struct contract_link_rows_in){ 0, id.no, 1 }, &rows, &count));
	if (count == 0 || id.no == 0)
		return missing("その委託先は、この委託にありません。");
	TRY(contract_links(look, (struct contract_id){ rows[0].contract }, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == id.no) {
			*link = list[at];
			return OK;
		}
	return missing("その委託先は、この委託にありません。");
}

struct error *
firm_of(struct act *act, struct firm_id given, struct text code, struct text name, struct firm_id *firm)
{
	bool found;
	if (given.no != 0) {
		struct firm registered;
		TRY(people_firm(&act->look, given, &registered));
		*firm = given;
		return OK;
	}
	TRY(contract_must_say("firm-name", name, NAME_MOST, say("事業者の名前を入力してください。")));
	TRY(contract_must_say("firm-code", code, CODE_MOST, say("業者コードを入力してください。登録されている事業者なら一覧から選んでください。")));
	TRY(people_firm_by_code(&act->look, text_trim(code), &found, firm));
	if (found)
		return OK;
	return people_firm_add(act, &(struct firm){ .code = text_trim(code), .name = text_trim(name),
						    .contact = T(""), .until = DAY_NONE }, firm);
}

static struct error *
check_asking(const struct contract_asking *asking, const struct contract_link *above)
{
	struct error *faults =
		contract_must_say("work", asking->work, WORK_MOST, say("どの作業を任せるのかを入力してください。"));
	error_add(&faults, contract_must_say("place", asking->place, PLACE_MOST, say("作業する場所を入力してください。")));
	error_add(&faults, contract_must_say("why", asking->why, CONTRACT_MOST_WORDS,
				    asking->is_found ? say("どうして分かったのかを入力してください。")
						     : say("再委託が必要な理由を入力してください。")));
	if (asking->firm.no != 0 && (!text_is_blank(asking->firm_code) || !text_is_blank(asking->firm_name)))
		error_add(&faults, reject("firm-name", "一覧から選ぶか、名前を入力するか、どちらか一方にしてください。"));
	if (day_is_none(asking->since))
		error_add(&faults, reject("since", "始まりの日を入力してください。"));
	if (day_is_none(asking->until))
		error_add(&faults, reject("until", "終わりの日を入力してください。"));
	if (faults != OK)
		return faults;
	if (asking->until.no < asking->since.no)
		return reject("until", "終わりの日が、始まりの日より前です。");
	if (asking->since.no < above->since.no || asking->until.no > above->until.no)
		return reject("until", "再委託の期間は、元の委託の期間の中にしてください。");
	return OK;
}

/* Nobody is below themselves, and nobody twice below the same on one day. */
static struct error *
must_be_new(struct look *look, const struct contract_asking *asking, struct firm_id firm)
{
	struct contract_link *links;
	size_t count;
	int64_t at_link = asking->above.no;
	TRY(contract_links(look, asking->id, &links, &count));
	if (count >= CONTRACT_MOST_LINKS)
		return reject("firm", "一つの委託の再委託先は%d者までです。", CONTRACT_MOST_LINKS);
	for (size_t at = 0; at < count; at++)
		if (links[at].above.no == asking->above.no && links[at].firm.no == firm.no &&
		    links[at].state != LINK_REFUSED && links[at].until.no >= asking->since.no)
			return reject("firm", "その事業者は、もうこの下に入っています。");
	for (size_t up = count; up > 0; up--)
		if (links[up - 1].id.no == at_link) {
			if (links[up - 1].firm.no == firm.no)
				return reject("firm", "その事業者は、この委託の上位にすでにいます。別の事業者を選んでください。");
			at_link = links[up - 1].above.no;
		}
	return OK;
}

static struct error *
note_link(struct act *act, const char *what, const struct contract *contract, struct contract_link_id link)
{
	struct arena *arena = act->look.arena;
	return act_note(act, &(struct fact){ .act = what,
					     .about = { about_link(arena, link),
							contract_about(arena, contract->id),
							people_about_unit(arena, contract->unit) } });
}

static struct error *
tell_asked(struct act *act, const struct pack_contracts *rules, const struct contract *contract,
	   bool is_found)
{
	struct arena *arena = act->look.arena;
	return people_tell_role(act, &(struct tell){
		.role = rules->consents,
		.unit = contract->unit,
		.about = contract_about(arena, contract->id),
		.words = text_format(arena,
				     is_found ? say("「%.*s」で、同意のない再委託が見つかりました。")
					      : say("「%.*s」の再委託について、同意するかどうかを決めてください。"),
				     T_ARG(contract->title)),
		.path = path_of_contract(arena, contract->id),
		.subject = say("再委託の同意について") });
}

struct error *
contract_ask(struct act *act, const struct pack *pack, const struct contract_asking *asking,
	     struct contract_link_id *link)
{
	const struct pack_contracts *rules;
	struct contract contract;
	struct contract_link above;
	struct firm_id firm;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, asking->id, 0, rules->answers, STAGE(CONTRACT_RUNNING), &contract));
	TRY(contract_link_read(&act->look, asking->above, &above));
	if (above.contract.no != contract.id.no)
		return missing("その委託先は、この委託にありません。");
	TRY(check_asking(asking, &above));
	TRY(firm_of(act, asking->firm, asking->firm_code, asking->firm_name, &firm));
	TRY(must_be_new(&act->look, asking, firm));
	TRY(act_number(act, T("contract-link"), &link->no));
	TRY(contract_link_add(act, &(struct contract_link_add_in){
					   link->no, contract.id.no, above.id.no, firm.no,
					   text_trim(asking->work), text_trim(asking->place),
					   asking->is_found ? T("found") : T("asked"), asking->since.no,
					   asking->until.no, act->look.now.ms, text_trim(asking->why), 0, 0,
					   T(""), 0 }));
	TRY(row_put(act, pack, contract.id));
	TRY(tell_asked(act, rules, &contract, asking->is_found));
	return note_link(act, asking->is_found ? "contract.found" : "contract.ask", &contract, *link);
}

/* Consent holds from today on: what was done before it was done without. */
static struct error *
engage(struct act *act, const struct contract_link *link, struct day since, struct text words,
       struct engagement_id *engagement)
{
	struct contract_link above;
	TRY(contract_link_read(&act->look, link->above, &above));
	if (above.state != LINK_CONSENTED)
		return conflict("元の委託先「%.*s」への再委託に、まだ同意していません。上から順に決めてください。",
				T_ARG(above.firm_name));
	if (since.no > link->until.no)
		return conflict("再委託の期間がもう終わっています。期間を改めて求めなおしてもらってください。");
	return people_engagement_add(
		act, &(struct engagement){ .firm = link->firm, .above = above.engagement, .work = link->work,
					   .basis = words, .agreed = moment_day(act->look.now),
					   .since = since, .until = link->until },
		engagement);
}

struct error *
contract_decide(struct act *act, const struct pack *pack, struct contract_link_id id, int64_t change,
		bool is_consented, struct text words)
{
	const struct day today = moment_day(act->look.now);
	const struct pack_contracts *rules;
	struct engagement_id engagement = { 0 };
	struct contract contract;
	struct contract_link link;
	TRY(contract_rules(pack, &rules));
	TRY(contract_link_read(&act->look, id, &link));
	TRY(take_contract(act, pack, link.contract, 0, rules->consents, STAGE(CONTRACT_RUNNING), &contract));
	if (link.change != change)
		return conflict("ほかの人が先に手を加えました。開きなおして確かめてください。");
	if (link.state != LINK_ASKED && link.state != LINK_FOUND)
		return conflict("この再委託はもう「%s」になっています。", contract_link_state_words(link.state));
	TRY(contract_must_say("words", words, CONTRACT_MOST_WORDS,
		     is_consented ? say("何を確かめて同意するのかを入力してください（相手の体制、同意書の番号など）。")
				  : say("同意しない理由を入力してください。")));
	const struct day since = link.since.no < today.no ? today : link.since;
	if (is_consented)
		TRY(engage(act, &link, since,
			   text_format(act->look.arena, say("再委託の同意 第%lld号"), (long long)id.no),
			   &engagement));
	TRY(contract_link_decide(act, &(struct contract_link_decide_in){
					      id.no, is_consented ? T("consented") : T("refused"),
					      is_consented ? since.no : link.since.no, act->look.now.ms,
					      act->actor.person, act->actor.role, text_trim(words),
					      engagement.no }));
	TRY(contract_link_read(&act->look, id, &link));
	if (is_consented)
		TRY(workers_settle(act, pack, &link));
	TRY(row_put(act, pack, contract.id));
	TRY(people_tell_role(act, &(struct tell){
				      .role = rules->answers,
				      .unit = contract.unit,
				      .about = contract_about(act->look.arena, contract.id),
				      .words = text_format(act->look.arena,
							   is_consented ? say("「%.*s」への再委託に同意がありました。")
									: say("「%.*s」への再委託は同意されませんでした。"),
							   T_ARG(link.firm_name)),
				      .path = path_of_contract(act->look.arena, contract.id) }));
	return note_link(act, is_consented ? "contract.consent" : "contract.refuse", &contract, id);
}
