/* `bansho keys` and `bansho person`: the ring's copies, and erasing a person. */
#include "cli/rooms.h"

#include "access/access.h"

#include "base/file.h"
#include "inventory/inventory.h"
#include "people/erase.h"

struct erase_work {
	struct body *body;
	struct erasing erasing;
};

/* ---- keys ---- */

static struct error *
find_ring(struct call *call, const char **ring)
{
	struct text data, code = call_text(call, "body"), *codes;
	size_t count;
	TRY(call_must(call, "data", &data));
	TRY(body_list(call->arena, text_z(call->arena, data), &codes, &count));
	if (code.data == NULL && count != 1)
		return reject("--body", "--body で団体のコードを指定してください。");
	if (code.data == NULL)
		code = codes[0];
	*ring = body_ring(call->arena, text_z(call->arena, data), code);
	return OK;
}

static struct error *
say_done(struct call *call, const char *file, int64_t taken)
{
	struct writer out = writer_open(call->arena, 8192);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "file", text_of(file));
	json_number_at(&json, "taken", taken);
	json_end(&json);
	return print_writer(&out);
}

static struct error *
export_keys(struct call *call, const char *ring, const char *to)
{
	TRY(store_keys_export(ring, to));
	if (call->is_json)
		return say_done(call, to, 0);
	print(say("鍵束の控えを書きました: %s\n"), to);
	print("%s\n", say("保存ファイルの控えとは別の場所に、施錠して置いてください。両方がそろうと個人データを読めます。"));
	print("%s\n", say("職員を登録したあとと、個人データを消去したあとは、新しい控えに取り替えてください。控えのあとに登録した人の鍵は控えになく、消去した人の鍵は古い控えに残っています。"));
	return OK;
}

/* Erasures the store knows are done again: an old copy may have brought keys back. */
static struct error *
import_keys(struct call *call, const char *ring, const char *from)
{
	struct body body;
	int64_t taken;
	const struct text path = text_of(ring);
	size_t end = path.len;
	while (end > 0 && ring[end - 1] != '/')
		end--;
	TRY(folder_make(text_z(call->arena, text_first(path, end > 0 ? end - 1 : 0))));
	TRY(store_keys_import(from, ring, &taken));
	TRY(call_body(call, false, &body));
	body_close(&body);
	if (call->is_json)
		return say_done(call, from, taken);
	print(say("鍵束を戻しました（%lld個の鍵）。消去済みの人の鍵は破棄しました。\n"),
	      (long long)taken);
	return OK;
}

struct error *
run_keys(struct call *call)
{
	const char *ring, *file = text_z(call->arena, call->words[1]);
	TRY(find_ring(call, &ring));
	if (text_is(call->words[0], "export"))
		return export_keys(call, ring, file);
	if (text_is(call->words[0], "import"))
		return import_keys(call, ring, file);
	return reject(NULL, "「%.*s」は知りません。export か import です。", T_ARG(call->words[0]));
}

/* ---- person ---- */

static struct error *
erase(struct act *act, void *with)
{
	struct erase_work *work = with;
	TRY(access_person_erase(act, work->erasing.person));
	return inventory_person_erase(act, &work->erasing);
}

static struct error *
find_person(struct call *call, struct body *body, struct person_id *id)
{
	LOOK_SCOPED look = { 0 };
	struct person person;
	bool found;
	TRY(look_begin(body->store, call->arena, &look));
	TRY(people_person_by_number(&look, call->words[1], &found, &person));
	if (!found)
		return missing("職員番号が「%.*s」の人はいません。", T_ARG(call->words[1]));
	*id = person.id;
	return OK;
}

static struct error *
read_erasing(struct call *call, struct erasing *erasing)
{
	struct text basis;
	TRY(call_must(call, "basis", &basis));
	if (!erasure_basis_read(basis, &erasing->basis))
		return reject("--basis", "retention、request、mistake、other のどれかにしてください。");
	return call_must(call, "confirm", &erasing->number);
}

static struct error *
say_erased(struct call *call, const struct erase_work *work)
{
	if (!call->is_json) {
		print("%s\n", say("消去しました。取り消せません。証明はすべて有効です。"));
		print(say("%.*sまでに、鍵束の控えをすべて取り替えてください: bansho keys export\n"),
		      T_ARG(day_iso(call->arena,
				    day_plus(moment_day(moment_now()), ERASURE_COPY_DAYS))));
		return OK;
	}
	struct writer out = writer_open(call->arena, 8192);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_number_at(&json, "erased", work->erasing.person.no);
	json_end(&json);
	return print_writer(&out);
}

struct error *
run_person(struct call *call)
{
	struct body body;
	struct erase_work work = { .body = &body };
	if (!text_is(call->words[0], "erase"))
		return reject(NULL, "「%.*s」は知りません。erase だけです。", T_ARG(call->words[0]));
	TRY(read_erasing(call, &work.erasing));
	TRY(call_body(call, false, &body));
	struct error *error = find_person(call, &body, &work.erasing.person);
	if (error == OK)
		error = call_act(&body, erase, &work);
	if (error == OK)
		seal_if_possible(&body);
	body_close(&body);
	TRY(error);
	return say_erased(call, &work);
}
