/* Answering a sheet. */
#include "check/rooms.h"

static const char *
box(struct arena *arena, const char *what, int64_t item)
{
	return text_format(arena, "%s-%lld", what, (long long)item).data;
}

static const struct check_answering *
answer_to(const struct check_answering *answers, size_t count, int64_t item)
{
	for (size_t at = 0; at < count; at++)
		if (answers[at].item == item)
			return &answers[at];
	return NULL;
}

/* Which question it is stands in the words, for they are listed above the form too. */
static void
check_no(struct look *look, const struct check_item *item, size_t number,
	 const struct check_answering *given, struct error **faults)
{
	const struct day today = moment_day(look->now);
	if (text_trim(given->words).len == 0)
		error_add(faults, reject(box(look->arena, "w", item->id),
					 "問%zuは「いいえ」なので、どう直すかを書いてください。", number));
	if (day_is_none(given->due) || given->due.no < today.no ||
	    given->due.no > today.no + CHECK_MOST_DAYS)
		error_add(faults, reject(box(look->arena, "d", item->id),
					 "問%zuをいつまでに直すかを、今日から1年以内の日で書いてください。", number));
}

/* Every question, so that nobody has to send it again and again. */
static struct error *
check_answers(struct look *look, const struct check_sheet *sheet,
	      const struct check_answering *answers, size_t count)
{
	struct error *faults = OK;
	for (size_t at = 0; at < sheet->count; at++) {
		const struct check_item *item = &sheet->items[at];
		const struct check_answering *given = answer_to(answers, count, item->id);
		if (given == NULL || given->answer == CHECK_NONE ||
		    (given->answer == CHECK_NA && !item->may_not_apply))
			error_add(&faults, reject(box(look->arena, "a", item->id),
						  "問%zuに答えてください。", at + 1));
		else if (given->answer == CHECK_NO)
			check_no(look, item, at + 1, given, &faults);
		else if (given->answer == CHECK_NA && text_trim(given->words).len == 0)
			error_add(&faults, reject(box(look->arena, "w", item->id),
						  "問%zuに「該当しない」理由を書いてください。", at + 1));
		if (given != NULL && text_count(given->words) > CHECK_MOST_WORDS)
			error_add(&faults, reject(box(look->arena, "w", item->id),
						  "%d字までで書いてください。", CHECK_MOST_WORDS));
	}
	return faults;
}

struct counted {
	int64_t of[CHECK_NA + 1];
	struct hash digest;
};

/* Of all that was answered, the yes that leaves no row too. */
static struct error *
write_answers(struct act *act, const struct check_sheet *sheet,
	      const struct check_answering *answers, size_t count, struct counted *counted)
{
	struct arena *arena = act->look.arena;
	HASHER_SCOPED hasher = hasher_open();
	hasher_begin(hasher);
	for (size_t at = 0; at < sheet->count; at++) {
		const struct check_answering *given = answer_to(answers, count, sheet->items[at].id);
		const struct text name = text_of(check_answer_name(given->answer));
		const bool is_no = given->answer == CHECK_NO;
		int64_t no;
		counted->of[given->answer]++;
		hasher_add(hasher, text_format(arena, "%lld %.*s %zu:%.*s %lld\n",
					       (long long)given->item, T_ARG(name), given->words.len,
					       T_ARG(given->words), is_no ? (long long)given->due.no : 0LL));
		if (given->answer == CHECK_YES)
			continue;
		TRY(act_number(act, T("check-answer"), &no));
		TRY(check_answer_add(act, &(struct check_answer_add_in){ no, sheet->id.no, given->item,
									 name, given->words,
									 is_no ? given->due.no : 0 }));
	}
	counted->digest = hasher_end(hasher);
	return OK;
}

/* The acting person may answer, and as what. */
static struct error *
must_answer(struct act *act, const struct pack *pack, const struct check_sheet *sheet)
{
	const struct person_id person = { act->actor.person };
	struct decider as;
	bool may;
	if (sheet->person.no != 0) {
		if (sheet->person.no != person.no)
			return refuse("自己点検に答えられるのは、本人だけです。");
		return OK;
	}
	TRY(may_answer_for(&act->look, pack, sheet->checklist, sheet->unit, person, &may, &as));
	if (!may)
		return refuse("この点検に答えられるのは、その所属の責任者か、その職務代理者だけです。");
	act->actor.role = as.role->code;
	act->actor.post = as.post.no;
	act->actor.deputy_for = as.deputy_for.no;
	return OK;
}

static struct error *
note_answered(struct act *act, const struct check_sheet *sheet, const struct counted *counted)
{
	struct arena *arena = act->look.arena;
	return act_note(act, &(struct fact){
				     .act = "check.answer",
				     .about = { about_sheet(arena, sheet->id),
						about_campaign(arena, sheet->campaign) },
				     .pairs = { { "digest", hash_hex(arena, &counted->digest), 0 },
						{ "items", { 0 }, (int64_t)sheet->count } }, /* few */
			     });
}

struct error *
check_answer(struct act *act, const struct flow *flow, struct sheet_id id,
	     const struct check_answering *answers, size_t count)
{
	struct check_sheet sheet;
	struct counted counted = { 0 };
	TRY(check_sheet(&act->look, id, &sheet));
	TRY(must_answer(act, flow->pack, &sheet));
	if (sheet.done.ms != 0)
		return conflict("この点検には、もう答えてあります。画面を開き直すと、答えた内容が見られます。");
	if (!sheet.is_open)
		return conflict("この点検の受付は終わりました。");
	TRY(check_answers(&act->look, &sheet, answers, count));
	TRY(write_answers(act, &sheet, answers, count, &counted));
	TRY(check_sheet_done(act, &(struct check_sheet_done_in){
					  .id = id.no,
					  .done = act->look.now.ms,
					  .person = act->actor.person,
					  .deputy_for = act->actor.deputy_for,
					  .role = act->actor.role,
					  .yes = counted.of[CHECK_YES],
					  .no = counted.of[CHECK_NO],
					  .na = counted.of[CHECK_NA],
				  }));
	return note_answered(act, &sheet, &counted);
}
