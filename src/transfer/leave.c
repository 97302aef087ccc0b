/* Who leaves: what they give back, and that they keep secrets. */
#include "transfer/rooms.h"

enum { OUT_MOST = 200, WORDS_MOST = 200 };

static struct error *
return_put(struct act *act, struct transfer_id list, struct person_id person, const char *kind,
	   int64_t object, struct text words)
{
	int64_t id;
	TRY(act_number(act, T("transfer-return"), &id));
	return transfer_return_put(act, &(struct transfer_return_put_in){
						 id, list.no, person.no, text_of(kind), object, words });
}

struct error *
returns_begin(struct act *act, const struct world *world, int64_t at)
{
	const struct person_id person = world->persons[at].id;
	struct transfer_out_of_row *rows;
	struct transfer_permits_of_row *permits;
	size_t count;
	TRY(return_put(act, world->transfer.id, person, "card", 0, T("")));
	TRY(transfer_out_of(&act->look, &(struct transfer_out_of_in){ person.no, OUT_MOST }, &rows,
			    &count));
	for (size_t one = 0; one < count; one++)
		TRY(return_put(act, world->transfer.id, person, "outing", rows[one].id,
			       rows[one].title));
	TRY(transfer_permits_of(&act->look, &(struct transfer_permits_of_in){ person.no, OUT_MOST },
				&permits, &count));
	for (size_t one = 0; one < count; one++)
		TRY(return_put(act, world->transfer.id, person, "permit", permits[one].id,
			       permits[one].number));
	return OK;
}

static struct error *
return_read(struct look *look, const struct transfer_return_all_row *row,
	    struct transfer_return *item)
{
	*item = (struct transfer_return){ .id = row->id, .what = row->words, .about = T(""),
					  .returned = { row->returned }, .by = T("") };
	if (text_is(row->kind, "card"))
		item->what = text_of(say("職員証・ICカード・鍵"));
	if (text_is(row->kind, "permit")) {
		item->what = text_format(look->arena, say("許可 %.*s のもの（取り消し、預かったものを返す）"),
					 T_ARG(row->words));
		item->about = text_format(look->arena, "permit:%lld", (long long)row->object);
	}
	if (text_is(row->kind, "outing")) {
		struct transfer_outing_is_back_row back;
		bool found;
		TRY(transfer_outing_is_back(look, &(struct transfer_outing_is_back_in){ row->object },
					    &found, &back));
		item->what = text_format(look->arena, say("持ち出し中のもの %.*s"), T_ARG(row->words));
		/* Given back under its permit: nobody ticks it a second time. */
		if (found && back.back != 0 && item->returned.ms == 0)
			item->returned = (struct moment){ back.back };
	}
	if (row->returned_by != 0)
		TRY(people_name(look, (struct person_id){ row->returned_by }, &item->by));
	return OK;
}

static struct error *
leaver_read(struct look *look, struct transfer_id id, const struct transfer_leaver_all_row *row,
	    struct leaver *leaver)
{
	struct transfer_return_all_row *rows;
	struct transfer_pledge_get_row pledge;
	bool found;
	*leaver = (struct leaver){ .person = { row->person }, .number = row->number,
				   .name = row->name, .last = day_of(row->until),
				   .pledged_by = T("") };
	TRY(transfer_return_all(look, &(struct transfer_return_all_in){ id.no, row->person }, &rows,
				&leaver->returns_count));
	leaver->returns = ARENA_ARRAY(look->arena, struct transfer_return, leaver->returns_count + 1);
	for (size_t at = 0; at < leaver->returns_count; at++) {
		TRY(return_read(look, &rows[at], &leaver->returns[at]));
		leaver->open += leaver->returns[at].returned.ms == 0;
	}
	TRY(transfer_pledge_get(look, &(struct transfer_pledge_get_in){ id.no, row->person }, &found,
				&pledge));
	if (!found)
		return OK;
	leaver->pledged = (struct moment){ pledge.at };
	leaver->is_paper = pledge.is_paper;
	return people_name(look, (struct person_id){ pledge.by_person }, &leaver->pledged_by);
}

struct error *
transfer_leavers(struct look *look, struct transfer_id id, struct leaver **list, size_t *count)
{
	struct transfer_leaver_all_row *rows;
	TRY(transfer_leaver_all(look, &(struct transfer_leaver_all_in){ id.no }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct leaver, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(leaver_read(look, id, &rows[at], &(*list)[at]));
	return OK;
}

static struct error *
must_be_leaver(struct act *act, struct transfer_id id, struct person_id person)
{
	struct transfer transfer;
	struct transfer_leaver_is_row row;
	bool found;
	TRY(transfer_read(&act->look, id, &transfer));
	if (transfer.state != TRANSFER_DECIDED && transfer.state != TRANSFER_IN_FORCE)
		return conflict("退職する人の手続きは、一覧が決裁されてからです（いまは「%s」）。",
				transfer_state_words(transfer.state));
	TRY(transfer_leaver_is(&act->look, &(struct transfer_leaver_is_in){ id.no, person.no },
			       &found, &row));
	return found ? OK : missing("この一覧で退職する人ではありません。");
}

struct error *
transfer_return_add(struct act *act, struct transfer_id id, struct person_id person,
		    struct text what)
{
	const struct text words = text_trim(what);
	TRY(must_be_leaver(act, id, person));
	if (words.len == 0 || text_count(words) > WORDS_MOST)
		return reject("what", "返してもらうものを%d文字までで書いてください。例 貸与端末 PC-0123", WORDS_MOST);
	TRY(return_put(act, id, person, "other", 0, words));
	return note_transfer(act, id, person, "transfer.return_add", NULL);
}

struct error *
transfer_returned(struct act *act, struct transfer_id id, int64_t item)
{
	struct transfer_return_get_row row;
	bool found;
	TRY(transfer_return_get(&act->look, &(struct transfer_return_get_in){ item }, &found, &row));
	if (!found || row.list != id.no)
		return missing("返すものの一覧に、それはありません。");
	if (row.returned != 0)
		return conflict("それは、もう返されています。");
	TRY(transfer_return_done(act, &(struct transfer_return_done_in){ item, act->look.now.ms,
									 act->actor.person }));
	return note_transfer(act, id, (struct person_id){ row.person }, "transfer.returned",
			     (struct fact_pair[]){ { "item", { 0 }, item }, { NULL } });
}

struct error *
transfer_pledge(struct act *act, struct transfer_id id, struct person_id person, bool is_paper)
{
	struct transfer_pledge_get_row row;
	int64_t made;
	bool found;
	TRY(must_be_leaver(act, id, person));
	if (!is_paper && person.no != act->actor.person)
		return refuse("秘密を守ることの確認は、本人がします。書面で受け取ったときは、担当者がそう記録します。");
	TRY(transfer_pledge_get(&act->look, &(struct transfer_pledge_get_in){ id.no, person.no },
				&found, &row));
	if (found)
		return conflict("もう確認されています。");
	TRY(act_number(act, T("transfer-pledge"), &made));
	TRY(transfer_pledge_add(act, &(struct transfer_pledge_add_in){
					     made, id.no, person.no, act->look.now.ms,
					     act->actor.person, is_paper }));
	return note_transfer(act, id, person, "transfer.pledge",
			     (struct fact_pair[]){ { "paper", { 0 }, is_paper }, { NULL } });
}
