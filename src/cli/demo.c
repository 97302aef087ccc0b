/* `bansho demo`: make the demonstration body. */
#include "cli/demo.h"

#include "base/file.h"

enum {
	STAFF_USUAL = 300, STAFF_LEAST = 20, STAFF_MOST = 20000,
	ASSETS_USUAL = 2000, ASSETS_LEAST = 100, ASSETS_MOST = 500000,
	ENTRIES_MOST = 20000000, DAYS = 400, EVENTS_FIRST = 4096,
	OPEN_MINUTES = 8 * 60 + 40, OFFICE_MINUTES = 8 * 60 + 30, MINUTE_MS = 60000,
};

void
demo_at(struct demo *demo, struct moment at, enum demo_deed deed, size_t what, size_t other)
{
	if (at.ms > demo->size.now.ms)
		return; /* has not happened yet */
	if (demo->events_count == demo->events_room) {
		const size_t room = demo->events_room == 0 ? EVENTS_FIRST : 2 * demo->events_room;
		struct demo_event *more = ARENA_ARRAY(demo->arena, struct demo_event, room);
		for (size_t no = 0; no < demo->events_count; no++)
			more[no] = demo->events[no];
		demo->events = more;
		demo->events_room = room;
	}
	demo->events[demo->events_count] = (struct demo_event){
		at, (int64_t)demo->events_count, deed, what, other /* far below 2^63 */
	};
	demo->events_count++;
}

struct moment
demo_moment(struct chance *chance, struct day day)
{
	while (day_is_holiday(day))
		day = day_plus(day, 1);
	const int64_t minutes = OPEN_MINUTES + chance_below(chance, OFFICE_MINUTES - 60);
	return (struct moment){ day_begin(day).ms + minutes * MINUTE_MS +
				chance_below(chance, MINUTE_MS) };
}

struct moment
demo_later(struct chance *chance, struct moment from, int64_t least_minutes,
	   int64_t most_minutes)
{
	const int64_t minutes = least_minutes + chance_below(chance, most_minutes - least_minutes + 1);
	const struct moment at = { from.ms + minutes * MINUTE_MS };
	const struct day day = moment_day(at);
	const int64_t into = (at.ms - day_begin(day).ms) / MINUTE_MS;
	if (!day_is_holiday(day) && into >= OPEN_MINUTES && into <= OPEN_MINUTES + OFFICE_MINUTES)
		return at;
	/* Out of hours: the next morning, or this one. */
	struct day morning = into < OPEN_MINUTES ? day : day_plus(day, 1);
	while (day_is_holiday(morning))
		morning = day_plus(morning, 1);
	return (struct moment){ day_begin(morning).ms +
				(OPEN_MINUTES + chance_below(chance, 100)) * MINUTE_MS +
				chance_below(chance, MINUTE_MS) };
}

static struct moment
played_clock(void *with)
{
	const struct demo *demo = with;
	return (struct moment){ demo->clock_ms };
}

/* ---- Whom to sign in as ---- */

static const struct {
	const char *login;
	const char *what; /* message id */
} guests_known[DEMO_GUESTS] = {
	{ "shokuin", N_("職員（申請する人）") },	      { "kacho", N_("課長（許可する人）") },
	{ "dairi", N_("課長補佐（今は課長の職務代理）") }, { "ciso", N_("副市長（CISO）") },
	{ "csirt", N_("CSIRT（事案に当たる人）") },
	{ "system", N_("システム担当（番所の管理者）") },  { "kansa", N_("監査人（すべてを読む人）") },
};

static struct error *
find_guest(struct look *look, const char *login, struct text *name)
{
	struct person_row *rows;
	size_t count;
	bool has_more;
	const struct people_search search = { .words = text_of(login), .day = DAY_NONE, .most = 20 };
	*name = T("");
	TRY(people_search(look, &search, &rows, &count, &has_more));
	for (size_t at = 0; at < count; at++) {
		struct account account;
		bool found;
		TRY(people_account(look, rows[at].id, &found, &account));
		if (found && text_is(account.login, login))
			*name = text_format(look->arena, "%.*s %.*s %.*s", T_ARG(rows[at].name),
					    T_ARG(rows[at].unit_name), T_ARG(rows[at].post_name));
	}
	return OK;
}

struct error *
demo_guests(struct body *body, struct text *password, struct demo_guest *guests, size_t *count)
{
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(body->store, body->arena, &look));
	TRY(store_setting(&look, T("demo.password"), password));
	*count = 0;
	for (size_t at = 0; at < DEMO_GUESTS && password->len != 0; at++) {
		struct demo_guest *guest = &guests[*count];
		TRY(find_guest(&look, guests_known[at].login, &guest->name));
		guest->login = text_of(guests_known[at].login);
		guest->what = text_of(say(guests_known[at].what));
		*count += guest->name.len != 0;
	}
	return OK;
}

struct error *
demo_print_guests(struct body *body)
{
	struct demo_guest guests[DEMO_GUESTS];
	struct text password;
	size_t count;
	TRY(demo_guests(body, &password, guests, &count));
	if (count == 0)
		return OK;
	print("\n%s\n", say("見本の団体です。次の人でサインインできます。"));
	print(say("パスワードはどれも: %.*s\n"), T_ARG(password));
	for (size_t at = 0; at < count; at++)
		print("  %-9.*s %.*s: %.*s\n", T_ARG(guests[at].login), T_ARG(guests[at].what),
		      T_ARG(guests[at].name));
	return OK;
}

/* ---- Making it ---- */

static struct error *
read_size(struct call *call, struct demo_size *size)
{
	const struct text today = call_text(call, "today");
	TRY(call_number(call, "staff", STAFF_LEAST, STAFF_MOST, STAFF_USUAL, &size->staff));
	TRY(call_number(call, "assets", ASSETS_LEAST, ASSETS_MOST,
			size->staff * ASSETS_USUAL / STAFF_USUAL < ASSETS_LEAST
				? ASSETS_LEAST
				: size->staff * ASSETS_USUAL / STAFF_USUAL,
			&size->assets));
	TRY(call_number(call, "entries", 0, ENTRIES_MOST, 0, &size->entries));
	TRY(call_number(call, "seed", 0, INT32_MAX, 2026, &size->seed));
	size->now = moment_now();
	size->today = moment_day(size->now);
	if (today.data == NULL)
		return OK;
	if (!day_read(today, &size->today))
		return reject("--today", "日付が読めません。2026-11-21 のように書いてください。");
	size->now = (struct moment){ day_begin(size->today).ms +
				     (OPEN_MINUTES + OFFICE_MINUTES) * (int64_t)MINUTE_MS };
	return OK;
}

static const char *
pack_folder(const struct call *call)
{
	const struct text given = call_text(call, "pack");
	return pack_place(call, given.data != NULL ? given : T("takamatsu"));
}

static struct error *
make_password(struct demo *demo)
{
	SECRET_SCOPED clear = secret_from(T("bansho-demo-2026"));
	return people_password_encode(demo->arena, clear, false, &demo->password);
}

static struct error *
make_plan(struct demo *demo)
{
	demo->chance = (struct chance){ (uint64_t)demo->size.seed }; /* not negative */
	demo->first = day_plus(demo->size.today, -DAYS);
	demo->stories_room = (size_t)(demo->size.staff * 14 / 10); /* bounded */
	demo->ledger = pack_ledger(demo->body->pack, T("asset"));
	demo_plan_people(demo);
	demo_plan_assets(demo);
	demo_plan_stories(demo);
	demo_plan_cases(demo);
	demo_plan_assure(demo);
	demo_plan_access(demo);
	demo_plan_duty(demo);
	demo_plan_reconcile(demo);
	demo_plan_incidents(demo);
	demo_plan_check(demo);
	demo_plan_training(demo);
	demo_plan_audit(demo);
	demo_plan_systems(demo);
	demo_plan_inventory(demo);
	demo_plan_entrance(demo);
	demo_plan_contract(demo);
	demo_at(demo, demo->size.now, DEED_SEAL, 0, 0); /* behind whatever else happens in the last moment */
	return make_password(demo);
}

static struct error *
report(struct call *call, struct demo *demo)
{
	LOOK_SCOPED look = { 0 };
	int64_t size;
	TRY(look_begin(demo->body->store, call->arena, &look));
	TRY(journal_size(&look, &size));
	look_end(&look);
	look = (struct look){ 0 };
	if (demo->refused != 0)
		print_errors(broken("見本の行為のうち%lld件が断られました（最初: %.*s）。",
				    (long long)demo->refused, T_ARG(demo->first_refusal)));
	if (!call->is_json) {
		print(say("見本の団体「%.*s」を作りました: 職員 %zu人、所属 %zu、情報資産 %zu件、案件 %zu件、記録 %lld件\n"),
		      T_ARG(demo->body->name), demo->people_count - 1, demo->units_count,
		      demo->assets_count, demo->stories_count + demo_cases_made(demo), (long long)size);
		return demo_print_guests(demo->body);
	}
	struct writer out = writer_open(call->arena, 4096);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_number_at(&json, "assets", (int64_t)demo->assets_count);
	json_text_at(&json, "body", demo->body->code);
	json_number_at(&json, "dossiers", (int64_t)(demo->stories_count + demo_cases_made(demo)));
	json_number_at(&json, "entries", size);
	json_number_at(&json, "refused", demo->refused);
	json_number_at(&json, "staff", (int64_t)demo->people_count - 1);
	json_number_at(&json, "units", (int64_t)demo->units_count);
	json_end(&json);
	return print_writer(&out);
}

static struct error *
play(struct call *call, struct demo *demo)
{
	struct progress progress = progress_begin("見本の団体を作っています");
	TRY(make_plan(demo));
	struct error *error = demo_play(demo, &progress);
	progress_end(&progress);
	TRY(error);
	return report(call, demo);
}

/* "packs/koga/" is koga's. */
static struct text
last_part(struct text path)
{
	while (path.len > 1 && path.data[path.len - 1] == '/')
		path.len--;
	for (size_t at = path.len; at > 0; at--)
		if (path.data[at - 1] == '/')
			return text_from(path, at);
	return path.len != 0 ? path : T("takamatsu");
}

static struct error *
check_place(struct call *call, struct text *code)
{
	struct text *codes;
	size_t count;
	*code = call_text(call, "body");
	if (code->data == NULL)
		*code = text_format(call->arena, "%.*s-demo",
				    T_ARG(last_part(call_text(call, "pack"))));
	TRY(body_list(call->arena, call_z(call, "data"), &codes, &count));
	for (size_t at = 0; at < count; at++)
		if (text_same(codes[at], *code))
			return conflict("%s には、すでに団体「%.*s」があります。そのまま使うには bansho run、作り直すには別の --data を指定してください。",
					call_z(call, "data"), T_ARG(*code));
	return OK;
}

/* The year is told in the words of the Takamatsu pack; any other pack gets a body of its own kind. */
static bool
knows_stories(const struct body *body)
{
	return text_is(body->pack->id, "takamatsu") && pack_occasion(body->pack, T("transport")) != NULL;
}

struct error *
run_demo(struct call *call)
{
	struct demo *demo = ARENA_NEW(call->arena, struct demo);
	struct body body;
	struct text code;
	demo->arena = call->arena;
	demo->body = &body;
	TRY(read_size(call, &demo->size));
	TRY(check_place(call, &code));
	demo->clock_ms = day_begin(day_plus(demo->size.today, -DAYS)).ms + 8 * 3600 * 1000;
	const struct body_new new = { .data = call_z(call, "data"), .code = code,
				      .pack = pack_folder(call), .clock = played_clock,
				      .clock_with = demo };
	TRY(body_make(call->arena, &new));
	TRY(body_open(call->arena,
		      &(struct body_options){ .data = new.data, .code = text_z(call->arena, code),
					      .clock = played_clock, .clock_with = demo },
		      &body));
	struct error *error = knows_stories(&body) ? play(call, demo) : demo_any(call, demo);
	body_close(&body);
	return error;
}
