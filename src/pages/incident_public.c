/*
 * The page for people outside (市民など): no sign-in, little to fill in, and nothing of the case comes back but a
 * receipt number of its own, which tells nothing of how many cases there are. Limited by address (limits.h).
 * Sending leads to the receipt, so that reloading it or pressing twice sends nothing again.
 */
#include "pages/incident_pages.h"
#include "pages/limits.h"

#include "base/secret.h"

enum { RECEIPT_LEN = 8, TITLE_CHARACTERS = 60 };

/* The word in the form that tells one sending from the next; the same when the form is drawn again. */
static struct text
once_word(struct visit *visit)
{
	struct hash random;
	const struct text typed = visit_text(visit, "once");
	if (hash_read_hex(typed, &random))
		return typed;
	random_bytes(random.at, sizeof random.at);
	return hash_hex(visit->arena, &random);
}

/* The same form with the same words is the same report, however often it is sent; other words are another. */
static struct text
receipt_key(struct visit *visit)
{
	static const char *const names[] = { "words", "happened", "place", "contact" };
	struct text all = once_word(visit);
	for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
		const struct text typed = visit_text(visit, names[at]);
		all = text_format(visit->arena, "%.*s\n%zu %.*s", T_ARG(all), typed.len, T_ARG(typed));
	}
	const struct hash key = hash_of(all);
	return hash_hex(visit->arena, &key);
}

static struct url
receipt_url(struct visit *visit, struct text key)
{
	return url_query(visit->arena, url_path(visit->arena, "/report"), "receipt", key);
}

/* The address holds the key and not the number: whoever tries numbers learns nothing. */
static struct error *
receipt_page(struct look *look, struct visit *visit, struct text key)
{
	struct incident_public_page page = {
		.frame = visit_frame(visit, text_of(say("受け付けました")), NULL),
		.body = visit->office->body_name,
		.again = url_path(visit->arena, "/report"),
	};
	bool found;
	TRY(incident_receipt(look, key, &found, &page.number, &page.made));
	if (!found)
		return missing("その受付はありません。知らせることがあれば、はじめから書いてください。");
	return visit_draw(visit, incident_public_page, &page);
}

static struct error *
form_page(struct visit *visit)
{
	struct field_part words = *long_box(visit, "words", say("気付いたこと"),
					    say("何が、どこで、どうなっていましたか"), T(""), true),
			  happened = *moment_box(visit, "happened", say("その日時"), say("分かるとき"),
						 (struct moment){ 0 }, false),
			  place = *text_box(visit, "place", say("場所・届いたもの"),
					    say("例 電子メール、封筒、ホームページのアドレス"), T(""), false),
			  contact = *text_box(visit, "contact", say("連絡先"),
					      say("返事がほしいとき。電話番号か電子メール"), T(""), false);
	struct incident_public_page page = {
		.frame = visit_frame(visit, text_of(say("情報の取扱いについて知らせる")), NULL),
		.once = once_word(visit),
		.body = visit->office->body_name,
		.words = &words,
		.happened = &happened,
		.place = &place,
		.contact = &contact,
	};
	return visit_draw(visit, incident_public_page, &page);
}

static struct error *
public_draw(struct look *look, struct visit *visit)
{
	const struct text key = visit_text(visit, "receipt");
	TRY(incidents_must_be(visit));
	return key.len != 0 && visit->faults == NULL ? receipt_page(look, visit, key) : form_page(visit);
}

/* Eight letters that cannot be mistaken for one another when read out on the telephone. */
static struct text
receipt_number(struct visit *visit)
{
	static const char letters[] = "2345679ACDEFGHJKMNPQRSTUVWXYZ";
	unsigned char random[RECEIPT_LEN];
	char number[RECEIPT_LEN + 1];
	random_bytes(random, sizeof random);
	for (size_t at = 0; at < RECEIPT_LEN; at++)
		number[at + (at >= RECEIPT_LEN / 2)] = letters[random[at] % (sizeof letters - 1)];
	number[RECEIPT_LEN / 2] = '-';
	return text_copy(visit->arena, (struct text){ number, sizeof number });
}

/* The first line of what they wrote. */
static struct text
first_line(struct text words)
{
	size_t at = 0, end = 0, characters = 0;
	uint32_t character;
	while (characters < TITLE_CHARACTERS && text_next(words, &at, &character) && character != '\n') {
		end = at;
		characters++;
	}
	return text_first(words, end);
}

static struct error *
public_begin(struct look *look, struct visit *visit)
{
	int64_t wait;
	struct text number;
	struct moment made;
	bool found;
	TRY(incidents_must_be(visit));
	if (text_is_blank(visit_text(visit, "words")))
		return reject("words", "気付いたことを書いてください。");
	TRY(incident_receipt(look, receipt_key(visit), &found, &number, &made));
	if (found)
		return OK; /* sent twice counts once */
	if (limits_may_report(visit->office->limits, visit->request->client, visit->now, &wait))
		return OK;
	visit->answer.retry_after = wait;
	return refuse("続けてたくさん届いたため、しばらく受け付けません。約%lld分後にもう一度送るか、電話で知らせてください。",
		      (long long)((wait + 59) / 60));
}

/* What the pack calls "other": the CSIRT chooses the kind when it judges. */
static struct text
kind_unknown(const struct pack *pack)
{
	const struct pack_incident_kind *other = pack_incident_kind(pack, T("other"));
	return other != NULL ? other->code : pack->incidents.kinds[pack->incidents.kinds_count - 1].code;
}

static struct error *
public_do(struct act *act, struct visit *visit)
{
	struct incident_id id;
	struct moment made;
	bool found;
	const struct text words = text_trim(visit_text(visit, "words")), key = receipt_key(visit);
	struct text number;
	visit->go_to = receipt_url(visit, key);
	TRY(incident_receipt(&act->look, key, &found, &number, &made));
	if (found)
		return OK;
	number = receipt_number(visit);
	struct incident_reporting reporting = {
		.kind = kind_unknown(visit->office->pack),
		.title = text_format(visit->arena, say("外部から（受付 %.*s）: %.*s"), T_ARG(number),
				     T_ARG(first_line(words))),
		.words = words,
		.place = visit_text(visit, "place"),
		.contact = visit_text(visit, "contact"),
		.source = SOURCE_CITIZEN,
		.way = WAY_PUBLIC,
		.known = act->look.now,
		.receipt_key = key,
		.receipt_number = number,
	};
	TRY(form_moment(visit, "happened", &reporting.happened));
	return incident_report(act, visit->office->pack, &reporting, &id);
}

PAGE_ROWS(incident_public,
	  { { METHOD_GET, "/report" }, RIGHT_PUBLIC, PAGE_LOOK, .look = public_draw },
	  { { METHOD_POST, "/report" }, RIGHT_PUBLIC, PAGE_ACT, .look = public_begin, .act = public_do,
	    .again = public_draw });
