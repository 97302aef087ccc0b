/*
 * `bansho setup`: the first body and its first administrator, asked for line by line. Nobody gets a
 * password that is known beforehand: a random one-time code is written to DATA/setup-code, which only
 * root may read (`bansho setup-code` shows it). With it the administrator signs in once and chooses a
 * password; it ends then, and in any case when the policy's days for temporary passwords are over.
 * Making it and using it are acts in the journal.
 */
#include "cli/rooms.h"

#include "base/file.h"
#include "base/number.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ANSWER_MOST = 512, CODE_FILE_MOST = 1024, TRIES_MOST = 5, TEMPORARY_DAYS = 7 };

/* ---- The file of the code ---- */

static const char *
code_path(const struct call *call)
{
	return path_join(call->arena, call_z(call, "data"), "setup-code");
}

static struct error *
open_code(const struct call *call, int flags, int *fd)
{
	const char *path = code_path(call);
	FD_SCOPED made = open(path, flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (made < 0 && errno == ENOENT)
		return missing("設定コードはありません。最初の管理者がもう決まっているか、bansho setup がまだです。");
	if (made < 0)
		return broken("「%s」を開けません（%s）。root で実行してください。", path,
			      strerrordesc_np(errno));
	if (fchmod(made, 0600) != 0)
		return broken("「%s」をほかの人に読めなくできません（%s）。", path,
			      strerrordesc_np(errno));
	*fd = made;
	made = -1;
	return OK;
}

static struct error *
write_code(struct call *call, int fd, const struct first_person *first)
{
	const struct text line = text_format(call->arena, "%lld %.*s %.*s\n",
					     (long long)first->id.no, T_ARG(first->login),
					     T_ARG(first->clear));
	if (ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0)
		return broken("設定コードを書けません（%s）。", strerrordesc_np(errno));
	TRY(fd_write_all(fd, line));
	if (fsync(fd) != 0)
		return broken("設定コードを書けません（%s）。", strerrordesc_np(errno));
	return OK;
}

/* ---- Asking ---- */

struct question {
	const char *option;
	const char *words; /* message id */
	const char *right; /* message id: what an answer looks like */
};

static bool
read_answer(struct call *call, struct text *answer)
{
	char line[ANSWER_MOST];
	size_t bad_at;
	if (fgets(line, sizeof line, stdin) == NULL)
		return false;
	*answer = text_copy(call->arena, text_trim(text_of(line)));
	return text_is_utf8(*answer, &bad_at);
}

static struct error *
ask(struct call *call, const struct question *question, struct text usual, struct text *answer)
{
	*answer = call_text(call, question->option);
	if (!text_is_blank(*answer))
		return OK;
	if (isatty(STDIN_FILENO) != 1)
		return call_must(call, question->option, answer);
	for (int at = 0; at < TRIES_MOST; at++) {
		print("%s（%s）", say(question->words), say(question->right));
		if (usual.len != 0)
			print(" [%.*s]", T_ARG(usual));
		print(": ");
		if (!read_answer(call, answer))
			break;
		if (answer->len == 0)
			*answer = usual;
		if (answer->len != 0)
			return OK;
	}
	return reject(question->option, "答えがないので、何も作りませんでした。");
}

/* The only pack that came with us, when there is only one. */
static struct error *
usual_pack(const struct call *call, struct text *name)
{
	struct text *names;
	size_t count;
	const char *packs = packs_folder(call);
	*name = (struct text){ 0 };
	if (packs == NULL)
		return OK;
	TRY(folder_list(call->arena, packs, 2000, &names, &count));
	if (count == 1)
		*name = names[0];
	return OK;
}

static struct error *
ask_all(struct call *call, struct body_new *new, struct first_person *first)
{
	static const struct question code = { "body", N_("団体のコード"),
					      N_("英小文字・数字・ハイフン。記録簿の名前になり、あとで変えられません。例 takamatsu") };
	static const struct question name = { "name", N_("団体の名前"), N_("例 高松市") };
	static const struct question pack = { "pack", N_("方針パック"), N_("名前、またはフォルダー") };
	static const struct question who = { "admin-name", N_("最初の管理者の氏名"),
					     N_("姓と名の間に空白。例 山田 花子") };
	static const struct question number = { "admin-number", N_("最初の管理者の職員番号"), N_("例 0001") };
	static const struct question login = { "admin", N_("最初の管理者のログイン名"),
					       N_("英小文字・数字・. _ - @") };
	struct text usual, chosen, person;
	TRY(usual_pack(call, &usual));
	TRY(ask(call, &name, T(""), &new->name));
	TRY(ask(call, &code, T(""), &new->code));
	TRY(ask(call, &pack, usual, &chosen));
	TRY(ask(call, &who, T(""), &person));
	TRY(ask(call, &number, T(""), &first->person.number));
	TRY(ask(call, &login, T("admin"), &first->login));
	new->pack = pack_place(call, chosen);
	first_person_name(call, person, &first->person);
	return OK;
}

static struct error *
must_be_first(struct call *call)
{
	struct text *codes;
	size_t count;
	TRY(body_list(call->arena, call_z(call, "data"), &codes, &count));
	if (count == 0)
		return OK;
	return conflict("団体「%.*s」がもうあります。二つ目の団体は bansho init で作れます。", T_ARG(codes[0]));
}

static struct error *
make(struct call *call, struct body_new *new, struct first_person *first, int fd)
{
	TRY(body_make(call->arena, new));
	TRY(body_open(call->arena,
		      &(struct body_options){ .data = new->data,
					      .code = text_z(call->arena, new->code) },
		      first->body));
	struct error *error = first_person_add(call, first);
	body_close(first->body);
	TRY(error);
	return write_code(call, fd, first);
}

struct error *
run_setup(struct call *call)
{
	struct body body;
	struct first_person first = { .body = &body, .person = { .since = DAY_NONE,
								 .until = DAY_NONE } };
	struct body_new new = { .data = call_z(call, "data") };
	FD_SCOPED fd = -1;
	TRY(must_be_first(call));
	TRY(ask_all(call, &new, &first));
	TRY(folder_make(new.data));
	TRY(open_code(call, O_CREAT, &fd));
	TRY(make(call, &new, &first, fd));
	if (call->is_json)
		return OK;
	print(say("団体「%.*s」を作りました。\n"), T_ARG(new.name));
	print(say("最初の管理者: %.*s\n"), T_ARG(first.login));
	print("%s\n", say("この人が最初のサインインで使う設定コードは、root だけが bansho setup-code で見られます。"));
	return OK;
}

/* ---- setup-code ---- */

struct code_work {
	struct call *call;
	struct body *body;
	struct first_person first;
	struct account account;
	int64_t days;
};

static struct error *
read_code(struct call *call, int fd, struct first_person *first)
{
	struct text bytes, number, rest;
	int64_t id;
	TRY(fd_read_all(call->arena, fd, CODE_FILE_MOST, &bytes));
	text_cut(text_trim(bytes), ' ', &number, &rest);
	if (!number_read(number, 1, INT64_MAX, &id) ||
	    !text_cut(rest, ' ', &first->login, &first->clear))
		return missing("設定コードはもうありません。管理者がパスワードを忘れたときは bansho user reset を使ってください。");
	first->id = (struct person_id){ id };
	return OK;
}

static struct error *
read_account(struct code_work *work)
{
	LOOK_SCOPED look = { 0 };
	bool found;
	TRY(look_begin(work->body->store, work->call->arena, &look));
	TRY(people_account(&look, work->first.id, &found, &work->account));
	if (!found)
		return broken("設定コードの人のアカウントがありません。bansho user list で確かめてください。");
	return people_parameter(&look, work->body->pack, "sign-in.temporary-days", TEMPORARY_DAYS,
				&work->days);
}

static struct error *
reset(struct act *act, void *with)
{
	struct code_work *work = with;
	return people_account_reset(act, work->body->pack, work->first.id, &work->first.password);
}

static struct error *
renew(struct code_work *work, int fd)
{
	TRY(people_password_random(work->call->arena, &work->first.clear, &work->first.password));
	TRY(call_act(work->body, reset, work));
	seal_if_possible(work->body);
	TRY(read_account(work));
	return write_code(work->call, fd, &work->first);
}

static struct error *
say_code(const struct code_work *work)
{
	const struct call *call = work->call;
	const struct moment until = { work->account.changed.ms + work->days * 86400000 };
	const struct text when = moment_wareki(call->arena, until);
	if (until.ms < moment_now().ms)
		return conflict("設定コードの期限が切れています。bansho setup-code --new で作り直してください。");
	if (!call->is_json) {
		print(say("ログイン名: %.*s\n設定コード: %.*s\n"), T_ARG(work->first.login),
		      T_ARG(work->first.clear));
		print(say("%.*sまで使えます。サインインの画面でパスワードの欄に入れ、続けて自分のパスワードを決めてください。決めると使えなくなります。\n"),
		      T_ARG(when));
		return OK;
	}
	struct writer out = writer_open(call->arena, 4096);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "code", work->first.clear);
	json_text_at(&json, "login", work->first.login);
	json_text_at(&json, "until", moment_utc(call->arena, until));
	json_end(&json);
	return print_writer(&out);
}

static struct error *
show(struct code_work *work, int fd)
{
	TRY(read_account(work));
	if (!work->account.is_temporary) {
		/* Chosen: nothing of the code shall be left. */
		if (ftruncate(fd, 0) != 0)
			return broken("設定コードを消せません（%s）。", strerrordesc_np(errno));
		return missing("設定コードはもう使われました。管理者がパスワードを忘れたときは bansho user reset を使ってください。");
	}
	if (call_has(work->call, "new"))
		TRY(renew(work, fd));
	return say_code(work);
}

struct error *
run_setup_code(struct call *call)
{
	struct body body;
	struct code_work work = { .call = call, .body = &body };
	FD_SCOPED fd = -1;
	TRY(open_code(call, 0, &fd));
	TRY(read_code(call, fd, &work.first));
	TRY(call_body(call, !call_has(call, "new"), &body));
	struct error *error = show(&work, fd);
	body_close(&body);
	return error;
}
