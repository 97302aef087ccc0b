/* What happened to a dossier: the journal's entries about it, with what was said in decisions. */
#include "pages/dossier_rows.h"

enum { EVENTS_MOST = 200 };

struct event_word {
	const char *act;
	const char *words;
};

static const struct event_word event_words[] = {
	{ "dossier.draft", N_("下書きを作りました") },
	{ "dossier.save", N_("下書きを保存しました") },
	{ "dossier.send", N_("申請しました") },
	{ "dossier.decide", N_("決裁しました") },
	{ "dossier.withdraw", N_("申請を取り下げました") },
	{ "dossier.cancel", N_("取り消しました") },
	{ "dossier.result", N_("結果を記録しました") },
	{ "dossier.strike", N_("申請にない物を対象外にしました") },
	{ "dossier.complete", N_("完了しました") },
	{ "dossier.remind", N_("決裁をお願いする知らせを送りました") },
	{ "dossier.escalate", N_("決裁が進まないため、上の役割に知らせました") },
	{ "dossier.grant", N_("許可が成立しました") },
	{ "dossier.put", N_("台帳に書き込みました") },
	{ "dossier.remind-report", N_("報告の期限が近いことを知らせました") },
	{ "dossier.report-late", N_("報告の期限を過ぎたことを知らせました") },
	{ "exception.review", N_("例外措置を確かめました") },
	{ "exception.close", N_("例外措置を閉じました") },
	{ "permit.issue", N_("許可証を出しました") },
	{ "permit.out", N_("持ち出しました") },
	{ "permit.return", N_("戻しました") },
	{ "permit.extend-ask", N_("延長を申請しました") },
	{ "permit.extend", N_("延長の申請に答えました") },
	{ "permit.revoke", N_("許可を取り消しました") },
	{ "permit.expire", N_("許可の期限が切れました") },
	{ "permit.remind", N_("期限が近いことを知らせました") },
	{ "permit.overdue", N_("返却が遅れていることを知らせました") },
	{ "permit.overdue-escalate", N_("返却の遅れを管理者に知らせました") },
	{ "ledger.retire", N_("台帳の記録を閉じました") },
};

static struct text
event_in_words(struct text act, bool is_told)
{
	if (is_told && text_is(act, "dossier.grant"))
		return text_of(say("報告が済みました"));
	if (is_told && text_is(act, "dossier.send"))
		return text_of(say("報告しました"));
	for (size_t at = 0; at < sizeof event_words / sizeof *event_words; at++)
		if (text_is(act, event_words[at].act))
			return text_of(say(event_words[at].words));
	return act_in_words(act);
}

static struct error *
who_in_words(struct look *look, struct visit *visit, const struct actor *who, struct text *words)
{
	struct text name, absent;
	if (who->person == 0) {
		*words = text_of(say("番所(自動)"));
		return OK;
	}
	TRY(people_name(look, (struct person_id){ who->person }, &name));
	const struct pack_role *role = pack_role(visit->office->pack, who->role);
	*words = name;
	if (role != NULL)
		*words = text_format(visit->arena, "%.*s %.*s", T_ARG(words_now(role->name)),
				     T_ARG(name));
	if (who->deputy_for == 0)
		return OK;
	TRY(people_name(look, (struct person_id){ who->deputy_for }, &absent));
	*words = text_format(visit->arena, say("%.*s(%.*sの職務代理)"), T_ARG(*words),
			     T_ARG(absent));
	return OK;
}

/* The decision that an entry is about: by the same person at the same moment. */
static void
add_decision(struct visit *visit, struct dossier_events *made, const struct journal_entry *entry,
	     const struct dossier *dossier)
{
	if (!text_is(entry->act, "dossier.decide"))
		return;
	for (size_t at = 0; at < dossier->decisions_count; at++) {
		const struct flow_decision *one = &dossier->decisions[at];
		if (one->at.ms != entry->at.ms || one->person.no != entry->who.person)
			continue;
		made->words = text_of(verdict_words(one->verdict));
		if (one->delegation.no != 0)
			made->words = text_format(visit->arena, "%.*s(%s)", T_ARG(made->words),
						  decider_basis_words(one->basis));
		made->detail = one->words;
		return;
	}
}

/* Drafts are saved again and again: one line tells it. */
static bool
goes_on(const struct journal_entry *entries, size_t at)
{
	return at > 0 && text_is(entries[at].act, "dossier.save") &&
	       text_is(entries[at - 1].act, "dossier.save") &&
	       entries[at].who.person == entries[at - 1].who.person;
}

static struct text
times_words(struct visit *visit, struct text words, const struct journal_entry *entries,
	    size_t at, size_t count)
{
	size_t times = 1;
	while (at + times < count && goes_on(entries, at + times))
		times++;
	return times == 1 ? words
			  : text_format(visit->arena, say("%.*s(%zu回)"), T_ARG(words), times);
}

struct error *
events_make(struct look *look, struct visit *visit, const struct dossier *dossier,
	    struct dossier_page *page)
{
	struct journal_entry *entries;
	size_t count;
	const struct text about = text_format(visit->arena, "dossier:%lld",
					      (long long)dossier->id.no);
	TRY(journal_history(look, about, JOURNAL_NEWEST, EVENTS_MOST, &entries, &count));
	const bool is_told = dossier_is_told(dossier);
	page->events = ARENA_ARRAY(visit->arena, struct dossier_events, count + 1);
	for (size_t at = 0; at < count; at++) {
		if (entries[at].part > 1 || goes_on(entries, at))
			continue;
		struct dossier_events *made = &page->events[page->events_count++];
		made->at = entries[at].at;
		made->seq = entries[at].seq;
		made->words = times_words(visit, event_in_words(entries[at].act, is_told), entries, at,
					  count);
		add_decision(visit, made, &entries[at], dossier);
		TRY(who_in_words(look, visit, &entries[at].who, &made->who));
		made->has_href = visit_may(visit, RIGHT_JOURNAL_READ);
		made->href = url_of_number(visit->arena, "/journal/entries/{}", entries[at].seq);
	}
	return OK;
}
