/* Signing in with the password that the directory keeps. */
#include "directory/rooms.h"

#include "base/log.h"

struct error *
directory_sign_in_prepare(struct look *look, struct sign_in *sign_in, bool *is_directory,
			  struct text *key)
{
	struct directory_tie tie;
	struct account account;
	bool has_account;
	*is_directory = false;
	if (sign_in->candidate.no == 0)
		return OK;
	TRY(directory_tie(look, sign_in->candidate, is_directory, &tie));
	if (!*is_directory)
		return OK;
	sign_in->is_kept_elsewhere = true;
	TRY(people_account(look, sign_in->candidate, &has_account, &account));
	/* Locked here: not one more guess reaches the directory, whose own lock would hit them everywhere. */
	const bool may_ask = has_account && !account.is_closed && account.locked_until.ms == 0;
	*key = may_ask ? tie.key : T("");
	return OK;
}

struct error *
directory_sign_in_verify(struct arena *arena, struct directory *directory, struct sign_in *sign_in,
			 struct text key)
{
	bool matches = false;
	struct text id = T("");
	sign_in->matches = false;
	if (key.len == 0)
		return OK;
	TRY(directory_ask_password(arena, directory, sign_in->login, sign_in->password, &matches,
				   &id));
	if (matches && !text_same(id, key))
		log_warn("ディレクトリの口座が、結び付けたときと別のものです（person:%lld）。設定の「ディレクトリ」で結び付け直してください。",
			 (long long)sign_in->candidate.no);
	sign_in->matches = matches && text_same(id, key);
	return OK;
}
