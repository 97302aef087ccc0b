/*
 * Settings of the body, for the operator: name and address, the mail relay, the values the policy
 * leaves open; and how everything stands. Every changed setting leaves an entry of its own.
 */
#include "pages/people_pages.h"

#include "base/number.h"
#include "base/writer.h"
#include "people/notice.h"

#include <string.h>

/* ---- Reading ---- */

static struct text
parameter_setting(struct arena *arena, const struct pack_parameter *parameter)
{
	return text_format(arena, "parameter.%.*s", T_ARG(parameter->code));
}

static struct error *
parameter_now(struct look *look, const struct visit *visit, const struct pack_parameter *parameter,
	      int64_t *value)
{
	return people_parameter(look, visit->office->pack, text_z(visit->arena, parameter->code),
				parameter->usual, value);
}

static struct error *
parameters_stamp(struct look *look, struct visit *visit, struct text *stamp)
{
	const struct pack *pack = visit->office->pack;
	struct writer out = writer_open(visit->arena, 1 << 16);
	for (size_t at = 0; at < pack->parameters_count; at++) {
		int64_t value;
		TRY(parameter_now(look, visit, &pack->parameters[at], &value));
		write_format(&out, "%lld\n", (long long)value);
	}
	*stamp = stamp_of(visit, writer_text(&out));
	return OK;
}

/* "smtp://relay.example:25" as its parts. */
struct relay_parts {
	struct text host, port;
	bool is_smtps;
};

static struct relay_parts
relay_split(struct text url)
{
	struct relay_parts parts = { .port = T("25") };
	struct text rest = url, host, port;
	if (text_starts(url, T("smtps://"))) {
		parts.is_smtps = true;
		parts.port = T("465");
		rest = text_from(url, strlen("smtps://"));
	} else if (text_starts(url, T("smtp://"))) {
		rest = text_from(url, strlen("smtp://"));
	}
	if (text_cut(rest, ':', &host, &port))
		parts.port = port;
	parts.host = host;
	return parts;
}

/* ---- The page ---- */

static const char *
unit_words(enum parameter_kind kind)
{
	switch (kind) {
	case PARAMETER_DAYS:
		return say("日");
	case PARAMETER_MINUTES:
		return say("分");
	case PARAMETER_YES_NO:
		return say("(1は はい、0は いいえ)");
	case PARAMETER_COUNT:
		break;
	}
	return "";
}

static void
fill_parameter(struct visit *visit, const struct pack_parameter *parameter, int64_t value,
	       struct settings_parameters *row)
{
	struct arena *arena = visit->arena;
	*row = (struct settings_parameters){
		.name = parameter->code,
		.label = words_now(parameter->name),
		.value = visit_typed(visit, text_z(arena, parameter->code),
				     number_text(arena, value)),
		.unit = text_of(unit_words(parameter->kind)),
		.fault = visit_fault(visit, parameter->code),
		.least = parameter->least,
		.most = parameter->most,
		.usual = parameter->usual,
	};
	if (parameter->clause == NULL)
		return;
	row->clause = parameter->clause->number;
	row->href = url_of(arena, "/clauses/{}", parameter->clause->id);
}

static struct error *
fill_parameters(struct look *look, struct visit *visit, struct settings_page *page)
{
	const struct pack *pack = visit->office->pack;
	page->parameters = ARENA_ARRAY(visit->arena, struct settings_parameters,
				       pack->parameters_count + 1);
	page->parameters_count = pack->parameters_count;
	for (size_t at = 0; at < pack->parameters_count; at++) {
		const struct pack_parameter *parameter = &pack->parameters[at];
		int64_t value;
		TRY(parameter_now(look, visit, parameter, &value));
		fill_parameter(visit, parameter, value, &page->parameters[at]);
	}
	return parameters_stamp(look, visit, &page->was);
}

static struct error *
fill_state(struct look *look, struct visit *visit, struct settings_page *page)
{
	struct journal_state state;
	struct day effective;
	const struct pack *pack = visit->office->pack;
	TRY(journal_state(look, visit->office->sealing, &state));
	TRY(people_outbox_count(look, &page->mails_waiting, &page->mails_given_up));
	page->version = visit->office->version;
	page->pack = words_now(pack->title);
	page->pack_version = pack->version;
	page->pack_digest = hash_hex(visit->arena, &pack->digest);
	if (day_read(pack->effective, &effective))
		page->pack_effective = day_wareki(visit->arena, effective);
	page->is_sample = pack->is_sample;
	page->clauses = (int64_t)pack->duties_count; /* at most 20,000 */
	page->size = state.size;
	page->signed_size = state.signed_size;
	page->signed_at = state.signed_at;
	page->trouble = state.trouble;
	return OK;
}

static struct error *
fill_body(struct look *look, struct visit *visit, struct settings_page *page)
{
	struct text name, address;
	TRY(store_setting(look, T("body.name"), &name));
	TRY(store_setting(look, T("body.url"), &address));
	page->name = text_box(visit, "name", say("団体の名前"),
			      say("画面の見出しは、番所を次に起動したときから変わります。"), name, true);
	page->address = text_box(visit, "address", say("番所のアドレス"),
				 say("職員がブラウザで開くアドレス。メールに書きます。例 https://bansho.city.example.lg.jp"),
				 address, false);
	return OK;
}

static struct error *
fill_mail(struct look *look, struct visit *visit, struct settings_page *page)
{
	const struct field_option ways[] = {
		{ T("offered"), text_of(say("中継サーバーが対応していれば暗号化する")) },
		{ T("required"), text_of(say("必ず暗号化する(STARTTLS)。証明書も確かめる")) },
		{ T("smtps"), text_of(say("はじめから暗号化する(SMTPS)")) },
		{ T("off"), text_of(say("暗号化しない")) },
	};
	struct text relay, from, tls;
	TRY(store_setting(look, T("mail.relay"), &relay));
	TRY(store_setting(look, T("mail.from"), &from));
	TRY(store_setting(look, T("mail.tls"), &tls));
	const struct relay_parts parts = relay_split(relay);
	page->has_relay = relay.len != 0;
	page->host = text_box(visit, "host", say("中継サーバーの名前"),
			      say("空にすると、メールは送らず、画面のお知らせだけになります。"), parts.host,
			      false);
	page->port = text_box(visit, "port", say("ポート"), say("ふつうは25。SMTPSなら465。"), parts.port,
			      false);
	page->security = radio_box(visit, "security", text_of(say("暗号化")), T(""),
				   parts.is_smtps ? T("smtps")
				   : tls.len != 0 ? tls
						  : T("offered"),
				   true, ways, 4);
	page->from = text_box(visit, "from", say("差出人のメールアドレス"),
			      say("例 bansho@city.example.lg.jp"), from, false);
	return OK;
}

static struct error *
settings_draw(struct look *look, struct visit *visit)
{
	struct settings_page page = {
		.frame = visit_frame(visit, text_of(say("設定")), "settings"),
		.csrf = visit->csrf,
	};
	TRY(fill_state(look, visit, &page));
	TRY(fill_body(look, visit, &page));
	TRY(fill_mail(look, visit, &page));
	TRY(fill_parameters(look, visit, &page));
	return visit_draw(visit, settings_page, &page);
}

/* ---- Changing ---- */

/* Nothing when it stands so already. */
static struct error *
set(struct act *act, const char *name, struct text value)
{
	struct text was;
	TRY(store_setting(&act->look, text_of(name), &was));
	if (text_same(was, value))
		return OK;
	TRY(act_set(act, text_of(name), value));
	return act_note(act, &(struct fact){
				     .act = "settings.change",
				     .about = { text_format(act->look.arena, "setting:%s", name) },
				     .pairs = { { .name = "becomes", .text = value.len == 0 ? T("")
											    : value },
						{ .name = "was", .text = was.len == 0 ? T("")
										      : was } },
			     });
}

static struct error *
settled(struct visit *visit)
{
	visit->go_to = url_path(visit->arena, "/settings");
	visit->done = "settings";
	return OK;
}

static bool
is_printable(struct text text)
{
	for (size_t at = 0; at < text.len; at++)
		if (text.data[at] <= ' ' || text.data[at] > '~')
			return false;
	return true;
}

static struct error *
check_address(struct text address)
{
	if (address.len == 0)
		return OK;
	const bool has_scheme = text_starts(address, T("https://")) ||
				text_starts(address, T("http://"));
	if (!has_scheme || !is_printable(address) || address.len > 200)
		return reject("address", "アドレスは https:// で始めてください。例 https://bansho.city.example.lg.jp");
	return OK;
}

static struct error *
body_do(struct act *act, struct visit *visit)
{
	struct error *faults = OK;
	const struct text name = text_trim(visit_text(visit, "name"));
	struct text address = text_trim(visit_text(visit, "address"));
	if (text_ends(address, T("/")))
		address = text_first(address, address.len - 1);
	if (name.len == 0 || text_count(name) > 100)
		error_add(&faults, reject("name", "団体の名前を、100文字までで入れてください。"));
	error_add(&faults, check_address(address));
	if (faults != OK)
		return faults;
	TRY(set(act, "body.name", name));
	TRY(set(act, "body.url", address));
	return settled(visit);
}

static bool
is_host(struct text host)
{
	for (size_t at = 0; at < host.len; at++) {
		const char c = host.data[at];
		const bool is_fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
				     (c >= '0' && c <= '9') || c == '.' || c == '-';
		if (!is_fine)
			return false;
	}
	return host.len <= 253;
}

static bool
is_mail(struct text mail)
{
	struct text before, behind;
	return mail.len <= 254 && is_printable(mail) &&
	       text_cut(mail, '@', &before, &behind) && before.len != 0 && behind.len != 0;
}

static struct error *
read_mail(struct visit *visit, struct text *relay, struct text *tls, struct text *from)
{
	int64_t port = 25;
	struct error *faults = OK;
	const struct text host = text_trim(text_narrow(visit->arena, visit_text(visit, "host")));
	const struct text way = visit_text(visit, "security");
	const bool is_smtps = text_is(way, "smtps");
	*from = text_trim(text_narrow(visit->arena, visit_text(visit, "from")));
	*relay = *tls = T("");
	if (host.len == 0)
		return OK;
	if (!is_host(host))
		error_add(&faults, reject("host", "サーバーの名前かIPv4アドレスだけを入れてください。例 mail.city.example.lg.jp"));
	if (!number_read(text_trim(visit_text(visit, "port")), 1, 65535, &port))
		error_add(&faults, reject("port", "ポートは1から65535までの数で入れてください。"));
	if (!is_mail(*from))
		error_add(&faults, reject("from", "差出人のメールアドレスを入れてください。例 bansho@city.example.lg.jp"));
	*relay = text_format(visit->arena, "%s://%.*s:%lld", is_smtps ? "smtps" : "smtp",
			     T_ARG(host), (long long)port);
	if (text_is(way, "required") || text_is(way, "off"))
		*tls = way;
	return faults;
}

static struct error *
mail_do(struct act *act, struct visit *visit)
{
	struct text relay, tls, from;
	TRY(read_mail(visit, &relay, &tls, &from));
	TRY(set(act, "mail.relay", relay));
	TRY(set(act, "mail.tls", tls));
	TRY(set(act, "mail.from", from));
	return settled(visit);
}

static struct error *
change_parameter(struct act *act, struct visit *visit, const struct pack_parameter *parameter,
		 int64_t becomes)
{
	int64_t was;
	struct arena *arena = act->look.arena;
	TRY(parameter_now(&act->look, visit, parameter, &was));
	if (was == becomes)
		return OK;
	TRY(act_set(act, parameter_setting(arena, parameter), number_text(arena, becomes)));
	struct fact fact = {
		.act = "settings.change",
		.about = { text_format(arena, "setting:parameter.%.*s", T_ARG(parameter->code)) },
		.pairs = { { .name = "becomes", .number = becomes },
			   { .name = "was", .number = was } },
	};
	if (parameter->clause != NULL)
		fact.clauses[0] = parameter->clause->id;
	return act_note(act, &fact);
}

static struct error *
read_parameter(struct visit *visit, const struct pack_parameter *parameter, int64_t *value)
{
	const char *name = text_z(visit->arena, parameter->code);
	const struct text typed = text_trim(visit_text(visit, name));
	if (!number_read(typed, parameter->least, parameter->most, value))
		return reject(name, "「%.*s」は、%lldから%lldまでの数で入れてください。",
			      T_ARG(words_now(parameter->name)), (long long)parameter->least,
			      (long long)parameter->most);
	return OK;
}

static struct error *
parameters_do(struct act *act, struct visit *visit)
{
	struct text stamp;
	struct error *faults = OK;
	const struct pack *pack = visit->office->pack;
	int64_t *values = ARENA_ARRAY(visit->arena, int64_t, pack->parameters_count + 1);
	TRY(parameters_stamp(&act->look, visit, &stamp));
	TRY(stamp_must_match(visit, stamp));
	for (size_t at = 0; at < pack->parameters_count; at++)
		error_add(&faults, read_parameter(visit, &pack->parameters[at], &values[at]));
	if (faults != OK)
		return faults;
	for (size_t at = 0; at < pack->parameters_count; at++)
		TRY(change_parameter(act, visit, &pack->parameters[at], values[at]));
	return settled(visit);
}

PAGE_ROWS(settings,
	  { { METHOD_GET, "/settings" }, RIGHT_SETTINGS, PAGE_LOOK, .look = settings_draw },
	  { { METHOD_POST, "/settings/body" }, RIGHT_SETTINGS, PAGE_ACT, .act = body_do,
	    .again = settings_draw, .proof = PROOF_FRESH },
	  { { METHOD_POST, "/settings/mail" }, RIGHT_SETTINGS, PAGE_ACT, .act = mail_do,
	    .again = settings_draw },
	  { { METHOD_POST, "/settings/parameters" }, RIGHT_SETTINGS, PAGE_ACT,
	    .act = parameters_do, .again = settings_draw, .proof = PROOF_FRESH });
