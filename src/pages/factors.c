/* One's own second factors: listed, registered, taken away. */
#include "pages/ways.h"

#include "pages/people_pages.h"

#include "base/writer.h"

#include <qrencode.h>

/* ---- The list ---- */

static struct error *
factors_draw(struct look *look, struct visit *visit)
{
	struct factor *list;
	size_t count;
	struct signin_demand demand;
	struct key_party party;
	struct factors_page page = {
		.frame = visit_frame(visit, text_of(say("二つめの確認")), NULL),
		.csrf = visit->csrf,
	};
	TRY(signin_factors(look, visit->session.person, &list, &count));
	TRY(signin_demand_others(look, visit->office->pack, visit->session.person, visit->request->client,
				 &demand));
	TRY(ways_party(look, visit, &party, &page.party));
	page.has_party = page.party.len == 0;
	page.demand = signin_demand_words(visit->arena, &demand);
	page.rows = ARENA_ARRAY(visit->arena, struct factors_rows, count + 1);
	page.rows_count = count;
	for (size_t at = 0; at < count; at++)
		page.rows[at] = (struct factors_rows){
			.name = list[at].name,
			.kind = text_of(factor_words(&list[at])),
			.created = list[at].created,
			.last_used = list[at].last_used,
			.removes = url_of_number(visit->arena, "/account/factors/{}/remove", list[at].id.no),
		};
	return visit_draw(visit, factors_page, &page);
}

static struct error *
remove_do(struct act *act, struct visit *visit)
{
	TRY(signin_factor_remove(act, visit->office->pack, &visit->session, visit->request->client,
				 (struct factor_id){ visit_id(visit, "id") }));
	visit->go_to = url_path(visit->arena, "/account/factors");
	visit->done = "factor-removed";
	return OK;
}

/* ---- What registering has in common ---- */

static struct error *
may_register(struct look *look, struct visit *visit)
{
	TRY(signin_may_enrol(look, visit->office->pack, &visit->session, visit->request->client));
	return visit->row->kind == PAGE_ACT ? visit_must_be_fresh(look, visit) : OK;
}

/* What has just been shown counts in this session at once. */
static struct error *
raise_with(struct act *act, struct visit *visit, unsigned method, struct factor_id id)
{
	TRY(people_session_raise(act, visit->session.id, method,
				 text_format(visit->arena, "factor:%lld", (long long)id.no), &visit->token));
	TRY(people_sessions_end(act, visit->session.person, visit->session.id));
	visit->answer.cookies[0] = (struct cookie){ .name = "session", .value = visit->token };
	visit->go_to = url_path(visit->arena, "/account/factors");
	visit->done = "factor-added";
	return OK;
}

static struct field_part *
name_box(struct visit *visit, const char *help)
{
	return text_box(visit, "name", say("見分けるための名前"), help, T(""), true);
}

/* ---- Codes of an app ---- */

/* The page's own challenge, as long as it holds; the secret hangs on it. */
static struct text
totp_challenge(struct visit *visit)
{
	struct challenges *challenges = visit->office->challenges;
	const struct text sent = visit_text(visit, "challenge");
	if (challenge_holds(challenges, "totp", visit->session.person.no, sent, visit->now))
		return sent;
	return challenge_make(challenges, visit->arena, "totp", visit->session.person.no, visit->now);
}

static struct error *
must_have_challenges(const struct visit *visit)
{
	return visit->office->challenges != NULL ? OK : broken("この番所では、二つめの確認を登録できません。");
}

static struct error *
totp_draw(struct look *look, struct visit *visit)
{
	TRY(must_have_challenges(visit));
	TRY(may_register(look, visit));
	const struct text challenge = totp_challenge(visit);
	struct field_part *code = text_box(visit, "code", say("アプリに出た6桁の数字"), "", T(""), true);
	code->value = T(""); /* a code is typed anew */
	struct factor_totp_page page = {
		.frame = visit_frame(visit, text_of(say("確認コードのアプリを登録する")), NULL),
		.csrf = visit->csrf,
		.challenge = challenge,
		.secret = signin_totp_base32(visit->arena, challenge_secret(visit->office->challenges,
									    visit->arena, challenge)),
		.qr = url_query(visit->arena, url_path(visit->arena, "/account/factors/totp.svg"),
				"challenge", challenge),
		.name = name_box(visit, say("例 自分のスマートフォン")),
		.code = code,
	};
	return visit_draw(visit, factor_totp_page, &page);
}

/* One path of unit squares, with the quiet margin of four that readers need. */
static struct text
qr_svg(struct arena *into, const QRcode *code)
{
	struct writer out = writer_open(into, 1 << 18);
	const int width = code->width;
	write_format(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
			   "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
		     width + 8, width + 8, width + 8, width + 8);
	for (int y = 0; y < width; y++)
		for (int x = 0; x < width; x++)
			if ((code->data[y * width + x] & 1) != 0)
				write_format(&out, "M%d %dh1v1h-1z", x + 4, y + 4);
	write_format(&out, "\"/></svg>");
	return writer_text(&out);
}

struct error *
qr_answer(struct visit *visit, struct text words)
{
	QRcode *code = QRcode_encodeString8bit(text_z(visit->arena, words), 0, QR_ECLEVEL_M);
	if (code == NULL)
		return broken("QRコードを作れませんでした。文字で登録してください。");
	visit->answer.type = "image/svg+xml";
	visit->answer.body = qr_svg(visit->arena, code);
	QRcode_free(code);
	return OK;
}

static struct error *
totp_svg(struct look *look, struct visit *visit)
{
	struct account account;
	bool found;
	const struct text challenge = visit_text(visit, "challenge");
	TRY(may_register(look, visit));
	if (!challenge_holds(visit->office->challenges, "totp", visit->session.person.no, challenge,
			     visit->now))
		return missing("この図は古くなりました。登録の画面を開き直してください。");
	TRY(people_account(look, visit->session.person, &found, &account));
	const struct text issuer = text_format(visit->arena, say("番所 %.*s"), T_ARG(visit->office->body_name));
	const struct text words = signin_totp_address(
		visit->arena, issuer, found ? account.login : T("?"),
		challenge_secret(visit->office->challenges, visit->arena, challenge));
	return qr_answer(visit, words);
}

static struct error *
totp_do(struct act *act, struct visit *visit)
{
	struct factor_id id;
	const struct text challenge = visit_text(visit, "challenge");
	TRY(may_register(&act->look, visit));
	if (!challenge_holds(visit->office->challenges, "totp", visit->session.person.no, challenge,
			     visit->now))
		return reject("code", "時間が過ぎたので、図と文字を新しくしました。もう一度アプリで読み取ってください。");
	TRY(signin_totp_add(act,
			    &(struct totp_new){
				    .person = visit->session.person,
				    .name = visit_text(visit, "name"),
				    .secret = challenge_secret(visit->office->challenges, visit->arena, challenge),
				    .code = visit_text(visit, "code"),
			    },
			    &id));
	return raise_with(act, visit, METHOD_TOTP, id);
}

/* ---- Passkeys and security keys ---- */

static struct text
known_keys(struct visit *visit, const struct factor *list, size_t count)
{
	struct text ids = { 0 };
	for (size_t at = 0; at < count; at++)
		if (list[at].kind == FACTOR_KEY)
			ids = text_format(visit->arena, "%.*s %.*s", T_ARG(ids),
					  T_ARG(ways_base64url(visit->arena, list[at].credential)));
	return ids;
}

static struct error *
key_draw(struct look *look, struct visit *visit)
{
	struct key_party party;
	struct factor *list;
	struct account account;
	size_t count;
	bool found;
	TRY(must_have_challenges(visit));
	TRY(may_register(look, visit));
	struct factor_key_page page = {
		.frame = visit_frame(visit, text_of(say("パスキーやセキュリティキーを登録する")), NULL),
		.csrf = visit->csrf,
		.user = ways_user(visit, visit->session.person),
		.user_shown = visit->session.name,
		.rp_name = text_format(visit->arena, say("番所 %.*s"), T_ARG(visit->office->body_name)),
		.key_fault = visit_fault(visit, T("key")),
		.name = name_box(visit, say("例 庁内PCの指紋、机の引き出しのキー")),
	};
	TRY(ways_party(look, visit, &party, &page.party));
	TRY(signin_factors(look, visit->session.person, &list, &count));
	TRY(people_account(look, visit->session.person, &found, &account));
	page.rp = party.rp;
	page.user_name = found ? account.login : visit->session.name;
	page.ids = known_keys(visit, list, count);
	page.challenge = challenge_make(visit->office->challenges, visit->arena, "key-new",
					visit->session.id.no, visit->now);
	return visit_draw(visit, factor_key_page, &page);
}

static struct error *
key_begin(struct look *look, struct visit *visit)
{
	struct key_party party;
	struct key_answer answer;
	struct text words;
	struct key_made made;
	const struct text challenge = visit_text(visit, "challenge");
	TRY(must_have_challenges(visit));
	TRY(may_register(look, visit));
	TRY(ways_party(look, visit, &party, &words));
	if (words.len != 0)
		return reject("key", "%.*s", T_ARG(words));
	TRY(signin_key_read(visit->arena, visit_text(visit, "key-id"), visit_text(visit, "key-client"),
			    visit_text(visit, "key-data"), T(""), T(""), &answer));
	if (!challenge_holds(visit->office->challenges, "key-new", visit->session.id.no, challenge,
			     visit->now) ||
	    !challenge_spend(visit->office->challenges, challenge, visit->now))
		return reject("key", "画面が古くなりました。もう一度ボタンを押してください。");
	TRY(signin_key_made(visit->arena, &party, challenge, &answer, &made));
	struct key_new *new = ARENA_NEW(visit->arena, struct key_new);
	*new = (struct key_new){
		.person = visit->session.person,
		.name = text_trim(visit_text(visit, "name")),
		.is_resident = text_is(visit_text(visit, "key-resident"), "1"),
		.made = made,
	};
	visit->kept = new;
	return OK;
}

static struct error *
key_do(struct act *act, struct visit *visit)
{
	const struct key_new *new = visit->kept;
	struct factor_id id;
	TRY(may_register(&act->look, visit));
	TRY(signin_key_add(act, new, &id));
	return raise_with(act, visit, new->made.verifies ? METHOD_PASSKEY : METHOD_KEY, id);
}

PAGE_ROWS(factor,
	  { { METHOD_GET, "/account/factors" }, RIGHT_SELF, PAGE_LOOK, .look = factors_draw },
	  { { METHOD_GET, "/account/factors/totp" }, RIGHT_SELF, PAGE_LOOK, .look = totp_draw,
	    .proof = PROOF_PART },
	  { { METHOD_GET, "/account/factors/totp.svg" }, RIGHT_SELF, PAGE_LOOK, .look = totp_svg,
	    .proof = PROOF_PART },
	  { { METHOD_POST, "/account/factors/totp" }, RIGHT_SELF, PAGE_ACT, .act = totp_do,
	    .again = totp_draw, .proof = PROOF_PART },
	  { { METHOD_GET, "/account/factors/key" }, RIGHT_SELF, PAGE_LOOK, .look = key_draw,
	    .proof = PROOF_PART },
	  { { METHOD_POST, "/account/factors/key" }, RIGHT_SELF, PAGE_ACT, .look = key_begin,
	    .act = key_do, .again = key_draw, .proof = PROOF_PART },
	  { { METHOD_POST, "/account/factors/{id}/remove" }, RIGHT_SELF, PAGE_ACT, .act = remove_do,
	    .again = factors_draw, .proof = PROOF_FRESH });
