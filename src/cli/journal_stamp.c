/* RFC 3161 time-stamps by files, and which authority is asked over the network. */
#include "cli/journal_rooms.h"
#include "cli/outward.h"

#include "base/file.h"

struct authority {
	struct text url, ca;
};

static struct error *
use(struct act *act, void *with)
{
	const struct authority *authority = with;
	TRY(setting_change(act, T("stamp.url"), authority->url, T("")));
	return setting_change(act, T("stamp.ca"), authority->ca, T(""));
}

struct error *
journal_stamp_use(struct call *call, struct body *body)
{
	struct authority authority = { .url = call->words[2] };
	struct text path;
	if (text_is(authority.url, "-"))
		authority.url = T("");
	else
		TRY(outward_url_check("URL", authority.url, true));
	TRY(call_must(call, "ca", &path));
	TRY(file_read(call->arena, text_z(call->arena, path), STAMP_CA_MOST, &authority.ca));
	TRY(stamp_ca_check(authority.ca));
	return call_act(body, use, &authority);
}

struct error *
journal_stamp_query(struct call *call, struct body *body)
{
	LOOK_SCOPED look = { 0 };
	struct journal_checkpoint newest;
	struct text query;
	bool found;
	seal_if_possible(body);
	TRY(look_begin(body->store, call->arena, &look));
	TRY(journal_latest_checkpoint(&look, &found, &newest));
	if (!found)
		return conflict("まだ検証点がありません。署名されるまで待ってから、もう一度書き出してください。");
	TRY(stamp_query(call->arena, newest.note, false, &query));
	TRY(file_replace(text_z(call->arena, call->words[2]), query, 0644));
	print(say("%lld件の検証点の時刻の問い合わせ（RFC 3161）を書き出しました。返事のファイルは bansho journal stamp keep に渡してください。\n"),
	      (long long)newest.head.size);
	return OK;
}

struct error *
journal_stamp_file(struct call *call, struct body *body)
{
	struct journal_stamping stamping = { .query = T("") };
	TRY(file_read(call->arena, text_z(call->arena, call->words[2]), STAMP_MOST,
		      &stamping.answer));
	TRY(setting_of(body, "stamp.ca", &stamping.ca));
	if (stamping.ca.len == 0)
		return missing("時刻認証局の証明書が設定されていません。bansho journal stamp use - --ca FILE で設定してください。");
	TRY(call_act(body, journal_stamp_keep, &stamping));
	print(say("%lld件の検証点のタイムスタンプ（%.*s）を受け取りました。\n"),
	      (long long)stamping.head.size, T_ARG(moment_wareki(call->arena, stamping.at)));
	return OK;
}
