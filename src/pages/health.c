/*
 * Looking at everything that goes wrong quietly: store, sealing, clock, disk, certificate, mail,
 * backups. Words say what is the matter and what to do next.
 */
#include "pages/health.h"

#include "web/issuers.h"

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/number.h"
#include "people/notice.h"

#include <string.h>
#include <sys/statvfs.h>

enum { STATE_MOST = 256 };
static const int64_t minute_ms = 60000, day_ms = 86400000, gib = (int64_t)1 << 30;

static void
add(struct health *health, const char *name, const char *title, enum health_state state,
    struct text words)
{
	if (health->count == HEALTH_ITEMS)
		return;
	health->items[health->count++] = (struct health_item){ name, title, state, words };
	if (state > health->worst)
		health->worst = state;
}

/* "1763700000000 ok" as a number and a word: what another program left in the body's folder. */
static int64_t
read_mark(struct arena *arena, const struct office *office, const char *name, struct text *word)
{
	struct text bytes, number;
	int64_t ms = 0;
	*word = T("");
	struct error *error = file_read(arena, path_join(arena, office->folder, name), STATE_MOST, &bytes);
	if (error != OK)
		return 0;
	if (!text_cut(text_trim(bytes), ' ', &number, word))
		number = text_trim(bytes);
	return number_read(number, 0, INT64_MAX, &ms) ? ms : 0;
}

static struct error *
read_store(struct look *look, const struct office *office, struct health *health,
	   struct journal_state *journal)
{
	TRY(journal_state(look, office->sealing, journal));
	TRY(people_outbox_count(look, &health->mails_waiting, &health->mails_given_up));
	return people_sessions_count(look, &health->sessions);
}

static void
look_at_store(struct arena *arena, const struct office *office, struct health *health)
{
	struct journal_state journal = { 0 };
	LOOK_SCOPED look = { 0 };
	struct error *error = look_begin(office->store, arena, &look);
	if (error == OK)
		error = read_store(&look, office, health, &journal);
	if (error != OK) {
		add(health, "store", N_("保存"), HEALTH_BAD, text_copy(arena, error->words));
		return;
	}
	add(health, "store", N_("保存"), HEALTH_FINE, text_of(say("読み書きできています。")));
	health->entries = journal.size;
	health->signed_entries = journal.signed_size;
	health->has_sealing_trouble = journal.trouble.len != 0;
	if (health->has_sealing_trouble)
		add(health, "sealing", N_("署名"), HEALTH_BAD, journal.trouble);
	else
		add(health, "sealing", N_("署名"), HEALTH_FINE,
		    text_format(arena, say("記録%lld件のうち%lld件まで署名されています。"),
				(long long)journal.size, (long long)journal.signed_size));
}

static void
look_at_clock(struct arena *arena, const struct office *office, struct moment now,
	      struct health *health)
{
	struct text relay;
	health->clock_ran = read_mark(arena, office, "clock.state", &relay);
	const int64_t ago = (now.ms - health->clock_ran) / minute_ms;
	if (health->clock_ran == 0)
		add(health, "clock", N_("時計"), HEALTH_WARN,
		    text_of(say("bansho-clock がまだ動いていません。催促、期限、メールはこのプログラムの仕事です。")));
	else
		add(health, "clock", N_("時計"), ago < 5 ? HEALTH_FINE : HEALTH_BAD,
		    text_format(arena,
				ago < 5 ? say("%lld分前に動きました。")
					: say("最後に動いたのは%lld分前です。bansho-clock を始め直してください。"),
				(long long)ago));
	const bool is_down = text_is(relay, "down");
	add(health, "mail", N_("メール"),
	    is_down || health->mails_given_up > 0 ? HEALTH_WARN : HEALTH_FINE,
	    text_format(arena,
			is_down ? say("送信待ち%lld件、あきらめたもの%lld件。中継につながりません。設定の「メール」を確かめてください。")
				: say("送信待ち%lld件、あきらめたもの%lld件。"),
			(long long)health->mails_waiting, (long long)health->mails_given_up));
}

static void
look_at_disk(struct arena *arena, const struct office *office, struct health *health)
{
	struct statvfs disk;
	if (statvfs(office->folder, &disk) != 0) {
		add(health, "disk", N_("ディスク"), HEALTH_BAD, text_of(say("空きを調べられません。")));
		return;
	}
	health->disk_free = (int64_t)(disk.f_bavail * disk.f_frsize); /* far below 2^63 */
	health->disk_size = (int64_t)(disk.f_blocks * disk.f_frsize);
	const enum health_state state = health->disk_free < gib / 4 ? HEALTH_BAD
					: health->disk_free < 2 * gib ? HEALTH_WARN
								      : HEALTH_FINE;
	add(health, "disk", N_("ディスク"), state,
	    text_format(arena,
			state == HEALTH_FINE ? say("空きは%lld MiBです。")
					     : say("空きが%lld MiBしかありません。容量を増やすか、古い控えを移してください。"),
			(long long)(health->disk_free >> 20)));
}

static void
look_at_days(struct arena *arena, const struct office *office, struct moment now,
	     struct health *health)
{
	struct text word;
	health->certificate_ends = office->certificate_ends;
	const int64_t left = (office->certificate_ends - now.ms) / day_ms;
	if (office->certificate_ends != 0)
		add(health, "certificate", N_("証明書"),
		    left < 0 ? HEALTH_BAD : left < 30 ? HEALTH_WARN : HEALTH_FINE,
		    text_format(arena,
				left < 30 ? say("あと%lld日で切れます。新しい証明書に替えてください。")
					  : say("あと%lld日有効です。"),
				(long long)left));
	health->backup_taken = read_mark(arena, office, "backup.state", &word);
	const int64_t ago = (now.ms - health->backup_taken) / day_ms;
	if (health->backup_taken == 0)
		add(health, "backup", N_("控え"), HEALTH_WARN,
		    text_of(say("控えがまだ取られていません。bansho backup で取ってください。")));
	else
		add(health, "backup", N_("控え"), ago > 7 ? HEALTH_WARN : HEALTH_FINE,
		    text_format(arena,
				ago > 7 ? say("最後の控えは%lld日前です。bansho backup で取ってください。")
					: say("最後の控えは%lld日前です。"),
				(long long)ago));
}

/* A list that has run out lets no card in: better said a day before. */
static void
look_at_cards(struct arena *arena, const struct office *office, struct moment now,
	      struct health *health)
{
	struct issuer_state *states;
	size_t count = 0, without = 0, soon = 0;
	if (office->issuers == NULL)
		return;
	struct error *error = issuers_list(office->issuers, arena, &states, &count);
	for (size_t at = 0; error == OK && at < count; at++) {
		const struct issuer_state *one = &states[at];
		const bool is_old = one->list_until.ms != 0 && one->list_until.ms < now.ms;
		without += !one->has_list || is_old || one->until.ms < now.ms ? 1 : 0;
		soon += one->list_until.ms != 0 && one->list_until.ms < now.ms + day_ms ? 1 : 0;
	}
	const struct text trouble = issuers_trouble(office->issuers, arena);
	if (error != OK || without > 0)
		add(health, "cards", N_("ICカード"), HEALTH_BAD,
		    text_format(arena, say("発行者%lldのうち%lldのカードを受け付けていません。失効リストがないか、期限が切れています。新しい失効リストを置いてください。%.*s"),
				(long long)count, (long long)without, T_ARG(trouble))); /* at most 64 */
	else if (trouble.len != 0)
		add(health, "cards", N_("ICカード"), HEALTH_WARN, trouble);
	else
		add(health, "cards", N_("ICカード"), soon > 0 ? HEALTH_WARN : HEALTH_FINE,
		    text_of(soon > 0 ? say("失効リストの期限があと一日もありません。新しい失効リストを置いてください。")
				     : say("発行者と失効リストは正常です。")));
}

/* How it was last reached: the page itself asks no other machine. */
static void
look_at_directory(struct arena *arena, const struct office *office, struct moment now,
		  struct health *health)
{
	if (!directory_is_there(office->directory))
		return;
	const struct directory_reached last = directory_reached(office->directory);
	const long long reached = (now.ms - last.reached.ms) / minute_ms;
	const long long failed = (now.ms - last.failed.ms) / minute_ms;
	if (last.failed.ms > last.reached.ms)
		add(health, "directory", N_("庁内のディレクトリ"), HEALTH_WARN,
		    text_format(arena,
				last.is_unsafe ? say("%lld分前、認証サーバーの証明書を確かめられず、つなぎませんでした。証明書の設定を確かめてください。")
					       : say("%lld分前、認証サーバーにつながりませんでした。そのパスワードでサインインする人は、つながるまで入れません。"),
				failed));
	else if (last.reached.ms == 0)
		add(health, "directory", N_("庁内のディレクトリ"), HEALTH_FINE,
		    text_of(say("始めてから、まだ問い合わせていません。")));
	else
		add(health, "directory", N_("庁内のディレクトリ"), HEALTH_FINE,
		    text_format(arena, say("%lld分前につながりました。"), reached));
}

void
health_gather(struct arena *arena, const struct office *office, struct health *health)
{
	const struct moment now = moment_now();
	*health = (struct health){ 0 };
	look_at_store(arena, office, health);
	look_at_clock(arena, office, now, health);
	look_at_disk(arena, office, health);
	look_at_days(arena, office, now, health);
	look_at_cards(arena, office, now, health);
	look_at_directory(arena, office, now, health);
	error_sweep();
}

const char *
health_state_name(enum health_state state)
{
	switch (state) {
	case HEALTH_FINE:
		return "fine";
	case HEALTH_WARN:
		return "warn";
	case HEALTH_BAD:
		return "bad";
	}
	return "bad";
}

struct text
health_json(struct arena *arena, const struct health *health)
{
	struct writer out = writer_open(arena, 1 << 16);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_name(&json, T("items"));
	json_open_array(&json);
	for (size_t at = 0; at < health->count; at++) {
		const struct health_item *item = &health->items[at];
		json_open_object(&json);
		json_text_at(&json, "name", text_of(item->name));
		json_text_at(&json, "state", text_of(health_state_name(item->state)));
		json_text_at(&json, "words", item->words);
		json_end(&json);
	}
	json_end(&json);
	json_text_at(&json, "state", text_of(health_state_name(health->worst)));
	json_end(&json);
	write_byte(&out, '\n');
	return writer_text(&out);
}
