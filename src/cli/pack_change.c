/* `bansho pack versions|propose|touched|answer|publish|withdraw`: the policy of a body changes. */
#include "cli/rooms.h"

#include "assure/assure.h"
#include "enact/enact.h"

#include "base/number.h"

enum { ANSWERS_MOST = CALL_MOST_OPTIONS };

/* A body, and the version that the call is about. */
struct changing {
	struct call *call;
	struct body body;
	struct enact_version version;
	struct enacting enacting;
	const struct enact_answer *answers;
	size_t answers_count;
	struct day effective;
	struct text why;
};

static struct error *
open_body(struct changing *changing, bool is_read_only)
{
	struct text data;
	TRY(call_must(changing->call, "data", &data));
	return call_body(changing->call, is_read_only, &changing->body);
}

static struct error *
read_version(struct look *look, struct changing *changing)
{
	struct body *body = &changing->body;
	int64_t no;
	if (!number_read(changing->call->words[1], 1, INT64_MAX, &no))
		return reject("NO", "版の番号を書いてください。bansho pack versions に一覧があります。");
	TRY(enact_version(look, (struct version_id){ no }, &changing->version));
	changing->enacting = (struct enacting){ .from = body->pack, .id = changing->version.id,
						.change = changing->version.change };
	return shelf_take(body->shelf, body->arena, &changing->version.digest,
			  &changing->enacting.to);
}

/* Answers that depend on judgements are worked out in the act itself. */
static struct error *
with_judged(struct act *act, struct changing *changing)
{
	struct enact_judged *judged;
	TRY(assure_judged(&act->look, &judged, &changing->enacting.judged_count));
	changing->enacting.judged = judged;
	return OK;
}

/* ---- versions ---- */

static void
put_version(struct json *json, struct arena *arena, const struct enact_version *version)
{
	json_open_object(json);
	json_text_at(json, "digest", hash_hex(arena, &version->digest));
	json_text_at(json, "effective", day_iso(arena, version->effective));
	json_number_at(json, "no", version->id.no);
	json_text_at(json, "pack", version->pack);
	json_text_at(json, "state", text_of(version_state_name(version->state)));
	json_text_at(json, "version", version->version);
	json_end(json);
}

static struct error *
print_versions(struct call *call, struct body *body)
{
	struct enact_version *list;
	size_t count;
	LOOK_SCOPED look = { 0 };
	bool has;
	TRY(look_begin(body->store, call->arena, &look));
	TRY(store_has_step(&look, T("enact"), 1, &has));
	if (!has)
		return conflict("この団体の保存ファイルは前の版の番所のものです。bansho upgrade を先に実行してください。");
	TRY(enact_versions(&look, &list, &count));
	struct writer out = writer_open(call->arena, 1 << 20);
	struct json json = json_begin(&out);
	json_open_array(&json);
	for (size_t at = 0; at < count; at++) {
		put_version(&json, call->arena, &list[at]);
		if (!call->is_json)
			print("%lld %s %.*s %.*s %.*s %.12s\n", (long long)list[at].id.no,
			      version_state_words(list[at].state), T_ARG(list[at].pack),
			      T_ARG(list[at].version),
			      T_ARG(day_iso(call->arena, list[at].effective)),
			      hash_hex(call->arena, &list[at].digest).data);
	}
	json_end(&json);
	return call->is_json ? print_writer(&out) : OK;
}

struct error *
run_pack_versions(struct call *call)
{
	struct changing changing = { .call = call };
	TRY(open_body(&changing, true));
	struct error *error = print_versions(call, &changing.body);
	body_close(&changing.body);
	return error;
}

/* ---- touched ---- */

static struct error *
read_touched(struct look *look, struct changing *changing, struct enact_touched *touched)
{
	struct enact_judged *judged;
	size_t count;
	TRY(read_version(look, changing));
	TRY(assure_judged(look, &judged, &count));
	return enact_touched(look, changing->enacting.from, changing->enacting.to,
			     changing->version.id, judged, count, touched);
}

static void
put_choices(struct json *json, const struct enact_item *item)
{
	json_name(json, T("choices"));
	json_open_array(json);
	for (int choice = CHOICE_CONTINUE; choice < CHOICE_COUNT; choice++)
		if ((item->choices & 1u << choice) != 0)
			json_text(json, text_of(item_choice_name((enum item_choice)choice)));
	json_end(json);
}

static void
put_item(struct json *json, struct arena *arena, const struct enact_item *item)
{
	json_open_object(json);
	json_text_at(json, "choice", text_of(item_choice_name(item->choice)));
	put_choices(json, item);
	json_text_at(json, "item", item_key(arena, item));
	json_text_at(json, "name", item->name);
	json_number_at(json, "number", item->number);
	json_text_at(json, "target", item->target);
	json_text_at(json, "why", item->why);
	json_end(json);
}

static void
print_item(struct arena *arena, const struct enact_item *item)
{
	print("%.*s  %s %.*s（%lld）: %.*s\n", T_ARG(item_key(arena, item)),
	      item_kind_words(item->kind), T_ARG(item->name), (long long)item->number,
	      T_ARG(item->why));
	for (int choice = CHOICE_CONTINUE; choice < CHOICE_COUNT; choice++)
		if ((item->choices & 1u << choice) != 0)
			print("  %s %-8s %s\n", item->choice == (enum item_choice)choice ? "*" : " ",
			      item_choice_name((enum item_choice)choice),
			      item_choice_words(item->kind, (enum item_choice)choice));
}

static struct error *
print_touched(struct changing *changing)
{
	struct call *call = changing->call;
	struct enact_touched touched;
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(changing->body.store, call->arena, &look));
	TRY(read_touched(&look, changing, &touched));
	struct writer out = writer_open(call->arena, 4 << 20);
	struct json json = json_begin(&out);
	json_open_array(&json);
	for (size_t at = 0; at < touched.count; at++) {
		put_item(&json, call->arena, &touched.items[at]);
		if (!call->is_json)
			print_item(call->arena, &touched.items[at]);
	}
	json_end(&json);
	if (call->is_json)
		return print_writer(&out);
	print(say("触れるもの %zu、まだ答えのないもの %zu\n"), touched.count, touched.unanswered);
	return OK;
}

struct error *
run_pack_touched(struct call *call)
{
	struct changing changing = { .call = call };
	TRY(open_body(&changing, true));
	struct error *error = print_touched(&changing);
	body_close(&changing.body);
	return error;
}

/* ---- propose ---- */

struct proposing {
	struct changing changing;
	const struct pack *pack;
};

static struct error *
propose_act(struct act *act, void *with)
{
	struct proposing *proposing = with;
	return enact_propose(act, proposing->pack, &proposing->changing.version.id);
}

static struct error *
propose(struct proposing *proposing)
{
	struct call *call = proposing->changing.call;
	struct body *body = &proposing->changing.body;
	const char *from = pack_place(call, call->words[1]);
	struct pack *pack;
	TRY(pack_load(call->arena, from, &pack_known, &pack, NULL));
	if (!text_same(pack->id, body->pack->id))
		return reject("FOLDER", "この団体の方針は「%.*s」で、「%.*s」ではありません。",
			      T_ARG(body->pack->id), T_ARG(pack->id));
	TRY(pack_shelve(call->arena, body->folder, from, &pack->digest));
	proposing->pack = pack;
	TRY(call_act(body, propose_act, proposing));
	seal_if_possible(body);
	print(say("案として出しました。版の番号は %lld です。\n"),
	      (long long)proposing->changing.version.id.no);
	if (body->pack->publishes != NULL)
		print(say("次: %.*sが画面「方針の版」で、触れるものに答え、公布します。\n"),
		      T_ARG(words_now(body->pack->publishes->name)));
	else
		print(say("次: bansho pack touched %lld、bansho pack answer %lld、bansho pack publish %lld --effective 施行日\n"),
		      (long long)proposing->changing.version.id.no,
		      (long long)proposing->changing.version.id.no,
		      (long long)proposing->changing.version.id.no);
	return OK;
}

struct error *
run_pack_propose(struct call *call)
{
	struct proposing proposing = { .changing = { .call = call } };
	TRY(open_body(&proposing.changing, false));
	struct error *error = propose(&proposing);
	body_close(&proposing.changing.body);
	return error;
}

/* ---- answer, publish, withdraw ---- */

/* dossiers:send=resend, role:chief=carry:manager */
static struct error *
read_answer(struct text given, struct enact_answer *answer)
{
	struct text choice, target;
	if (!text_cut(given, '=', &answer->key, &choice))
		return reject("--answer", "「%.*s」を ITEM=CHOICE のように書いてください。", T_ARG(given));
	if (text_cut(choice, ':', &choice, &target))
		answer->target = target;
	if (!item_choice_read(choice, &answer->choice))
		return reject("--answer", "「%.*s」という答えはありません。bansho pack touched に選べる答えがあります。",
			      T_ARG(choice));
	return OK;
}

static struct error *
read_answers(struct changing *changing)
{
	struct text given[ANSWERS_MOST];
	const size_t count = call_all(changing->call, "answer", given, ANSWERS_MOST);
	struct enact_answer *answers =
		ARENA_ARRAY(changing->call->arena, struct enact_answer, count + 1);
	for (size_t at = 0; at < count; at++)
		TRY(read_answer(given[at], &answers[at]));
	changing->answers = answers;
	changing->answers_count = count;
	return OK;
}

static struct error *
answer_act(struct act *act, void *with)
{
	struct changing *changing = with;
	TRY(with_judged(act, changing));
	return enact_answer(act, &changing->enacting, changing->answers, changing->answers_count);
}

static struct error *
publish_act(struct act *act, void *with)
{
	struct changing *changing = with;
	TRY(with_judged(act, changing));
	return enact_publish(act, &changing->enacting, changing->effective);
}

static struct error *
withdraw_act(struct act *act, void *with)
{
	const struct changing *changing = with;
	return enact_withdraw(act, &changing->enacting, changing->why);
}

static struct error *
change(struct changing *changing, act_work *work)
{
	struct error *error;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(changing->body.store, changing->call->arena, &look));
		error = read_version(&look, changing);
	}
	TRY(error);
	TRY(call_act(&changing->body, work, changing));
	seal_if_possible(&changing->body);
	return OK;
}

static struct error *
run_change(struct changing *changing, act_work *work)
{
	TRY(open_body(changing, false));
	struct error *error = change(changing, work);
	body_close(&changing->body);
	return error;
}

struct error *
run_pack_answer(struct call *call)
{
	struct changing changing = { .call = call };
	TRY(read_answers(&changing));
	TRY(run_change(&changing, answer_act));
	print("%s\n", say("答えを保存しました。"));
	return OK;
}

struct error *
run_pack_publish(struct call *call)
{
	struct changing changing = { .call = call };
	struct text day;
	TRY(call_must(call, "effective", &day));
	if (!day_read(day, &changing.effective))
		return reject("--effective", "日を 2026-04-01 のように書いてください。");
	TRY(run_change(&changing, publish_act));
	print(say("公布しました。%.*sの0時に施行します。\n"),
	      T_ARG(day_wareki(call->arena, changing.effective)));
	return OK;
}

struct error *
run_pack_withdraw(struct call *call)
{
	struct changing changing = { .call = call };
	TRY(call_must(call, "why", &changing.why));
	TRY(run_change(&changing, withdraw_act));
	print("%s\n", say("取り下げました。"));
	return OK;
}
