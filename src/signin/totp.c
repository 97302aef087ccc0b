/* Codes of an app: TOTP (RFC 6238), SHA-1, six digits, thirty seconds, as every app makes them. */
#include "signin/rooms.h"

#include "base/writer.h"

#include <liboath/oath.h>

enum {
	CODE_DIGITS = 6,
	STEP_SECONDS = 30,
	WINDOW_STEPS = 1, /* before and after: clocks that are half a minute off */
};

/* Narrow, without spaces: six digits, or empty. */
static struct text
code_read(struct arena *into, struct text typed)
{
	const struct text code = text_replace(into, text_trim(text_narrow(into, typed)), T(" "), T(""));
	for (size_t at = 0; at < code.len; at++)
		if (code.data[at] < '0' || code.data[at] > '9')
			return T("");
	return code.len == CODE_DIGITS ? code : T("");
}

/*
 * liboath's window looks both ways and would take a code twice within it: *step is the time step the code
 * belongs to, and none up to `last` counts.
 */
static bool
matches(struct arena *into, struct text secret, struct text code, struct moment now, int64_t last,
	int64_t *step)
{
	uint64_t counter = 0;
	int where = 0;
	oath_init();
	const int rc = oath_totp_validate3(secret.data, secret.len, (time_t)(now.ms / 1000), STEP_SECONDS, 0,
					   WINDOW_STEPS, &where, &counter, text_z(into, code));
	if (rc < 0 || counter > INT64_MAX || (int64_t)counter <= last)
		return false;
	*step = (int64_t)counter;
	return true;
}

struct text
signin_totp_base32(struct arena *into, struct text secret)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct writer out = writer_open(into, 256);
	uint32_t bits = 0;
	unsigned held = 0;
	size_t written = 0;
	for (size_t at = 0; at < secret.len; at++) {
		bits = bits << 8 | (unsigned char)secret.data[at];
		for (held += 8; held >= 5; held -= 5, written++)
			write_format(&out, "%s%c", written != 0 && written % 4 == 0 ? " " : "",
				     letters[bits >> (held - 5) & 31]);
		bits &= (1U << held) - 1;
	}
	return writer_text(&out);
}

static bool
is_plain(char sign)
{
	return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
	       (sign >= '0' && sign <= '9') || sign == '-' || sign == '.' || sign == '_';
}

static void
write_escaped(struct writer *out, struct text words)
{
	for (size_t at = 0; at < words.len; at++)
		write_format(out, is_plain(words.data[at]) ? "%c" : "%%%02X", (unsigned char)words.data[at]);
}

struct text
signin_totp_address(struct arena *into, struct text issuer, struct text login, struct text secret)
{
	struct writer out = writer_open(into, 2048);
	const struct text key = text_replace(into, signin_totp_base32(into, secret), T(" "), T(""));
	write_format(&out, "otpauth://totp/");
	write_escaped(&out, issuer);
	write_format(&out, ":");
	write_escaped(&out, login);
	write_format(&out, "?secret=%.*s&issuer=", T_ARG(key));
	write_escaped(&out, issuer);
	return writer_text(&out);
}

static struct error *
check_new(struct act *act, const struct totp_new *made, int64_t *step)
{
	struct arena *arena = act->look.arena;
	struct signin_factor_count_row factors;
	const struct text code = code_read(arena, made->code);
	struct error *faults = OK;
	TRY(signin_factor_count(&act->look, &(struct signin_factor_count_in){ made->person.no }, &factors));
	if (factors.living >= SIGNIN_MOST_FACTORS)
		return refuse("二つめの確認は%d個まで登録できます。使わないものを外してください。", SIGNIN_MOST_FACTORS);
	if (text_is_blank(made->name) || text_count(made->name) > PEOPLE_MOST_NAME)
		error_add(&faults, reject("name", "見分けるための名前を入れてください。例 自分のスマートフォン"));
	if (code.len == 0 || made->secret.len != SIGNIN_TOTP_SECRET ||
	    !matches(arena, made->secret, code, act->look.now, 0, step))
		error_add(&faults, reject("code", "アプリに出ている6桁の数字と合いません。いま出ている数字を入れてください。端末の時刻がずれていると合いません。"));
	return faults;
}

struct error *
signin_totp_add(struct act *act, const struct totp_new *made, struct factor_id *id)
{
	int64_t step = 0, no;
	TRY(check_new(act, made, &step));
	TRY(act_number(act, T("factor"), &no));
	TRY(signin_factor_insert(act, &(struct signin_factor_insert_in){
					      .id = no,
					      .person = made->person.no,
					      .kind = T("totp"),
					      .name = text_trim(made->name),
					      .secret = text_hex(act->look.arena, made->secret),
					      .counter = step,
					      .created = act->look.now.ms,
				      }));
	TRY(note_factor(act, "signin.factor_add", made->person,
			about_factor(act->look.arena, (struct factor_id){ no }),
			(struct fact_pair[]){ { .name = "kind", .text = T("totp") }, { 0 } }));
	id->no = no;
	return OK;
}

static bool
row_matches(struct arena *into, const struct signin_factor_list_row *row, struct text code,
	    struct moment now, int64_t *step)
{
	struct text secret;
	return text_is(row->kind, "totp") && text_unhex(into, row->secret, &secret) &&
	       secret.len == SIGNIN_TOTP_SECRET && matches(into, secret, code, now, row->counter, step);
}

struct error *
totp_use(struct act *act, struct person_id person, struct text typed, struct factor_id *factor)
{
	struct signin_factor_list_row *rows;
	size_t count;
	const struct text code = code_read(act->look.arena, typed);
	*factor = (struct factor_id){ 0 };
	TRY(signin_factor_list(&act->look, &(struct signin_factor_list_in){ person.no }, &rows, &count));
	for (size_t at = 0; code.len != 0 && factor->no == 0 && at < count; at++) {
		int64_t step;
		if (!row_matches(act->look.arena, &rows[at], code, act->look.now, &step))
			continue;
		TRY(signin_factor_used(act, &(struct signin_factor_used_in){ rows[at].id, step,
									     act->look.now.ms }));
		factor->no = rows[at].id;
	}
	return OK;
}
