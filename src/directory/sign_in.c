/* Signing in with the password that the directory keeps. */
#include "directory/rooms.h"

#include "base/log.h"

struct error *
directory_sign_in_prepare(struct look *look, struct sign_in *sign_in)
{
	struct directory_tie tie;
	struct account account;
	bool is_tied, has_account;
	if (sign_in->candidate.no == 0)
		return OK;
	TRY(people_account(look, sign_in->candidate, &has_account, &account));
	TRY(directory_tie(look, sign_in->candidate, &is_tied, &tie));
	/* Who got a temporary password since signs in with that: it was given on purpose. */
	if (!is_tied || !has_account || !account.is_kept_elsewhere)
		return OK;
	sign_in->is_kept_elsewhere = true;
	sign_in->login = account.login; /* of letters and signs that mean nothing in a filter, however it was typed */
	/* Locked here: not one more guess reaches the directory, whose own lock would hit them everywhere. A browser
	   that is known has a few guesses of its own. */
	const bool is_locked = account.locked_until.ms != 0 &&
			       account.locked_until.ms - look->now.ms <= sign_in->longest_lock;
	const bool may_ask = !account.is_closed && (!is_locked || sign_in->is_known);
	sign_in->elsewhere = may_ask ? tie.key : T("");
	return OK;
}

struct error *
directory_sign_in_verify(struct arena *arena, struct directory *directory, struct sign_in *sign_in)
{
	bool matches = false;
	struct text id = T("");
	sign_in->matches = false;
	if (sign_in->elsewhere.len == 0)
		return OK;
	TRY(directory_ask_password(arena, directory, sign_in->login, sign_in->password, &matches,
				   &id));
	if (matches && !text_same(id, sign_in->elsewhere))
		log_warn("ディレクトリの口座が、結び付けたときと別のものです（person:%lld）。「人と職」の「ディレクトリ」で結び付け直してください。",
			 (long long)sign_in->candidate.no);
	sign_in->matches = matches && text_same(id, sign_in->elsewhere);
	return OK;
}
