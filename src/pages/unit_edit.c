/* Keeping the organisation: units and posts, added, changed, ended. Right: people.edit. */
#include "pages/people_pages.h"

#include "base/number.h"
#include "base/writer.h"

enum { RANK_MOST = 100000 };

static struct url
unit_url(struct visit *visit, struct unit_id id)
{
	return url_of_number(visit->arena, "/units/{}", id.no);
}

/* ---- Units ---- */

static struct text
unit_stamp(struct visit *visit, const struct unit *unit)
{
	return stamp_of(visit, text_format(visit->arena, "%.*s\n%.*s\n%d\n%lld\n%lld\n%lld\n%lld",
					   T_ARG(unit->code), T_ARG(unit->name), (int)unit->kind,
					   (long long)unit->parent.no, (long long)unit->rank,
					   (long long)unit->since.no, (long long)unit->until.no));
}

static struct field_part *
kind_box(struct visit *visit, enum unit_kind stored)
{
	static const enum unit_kind kinds[] = { UNIT_BODY, UNIT_BUREAU, UNIT_SECTION, UNIT_OTHER };
	struct field_option options[4];
	for (size_t at = 0; at < 4; at++)
		options[at] = (struct field_option){ text_of(unit_kind_code(kinds[at])),
						     text_of(unit_kind_words(kinds[at])) };
	return radio_box(visit, "kind", text_of(say("種別")),
			 text_of(say("どの役割をこの所属に置くかが、種別で決まります。")),
			 text_of(unit_kind_code(stored)), true, options, 4);
}

static struct error *
fill_unit(struct look *look, struct visit *visit, const struct unit *unit,
	  struct unit_form_page *page)
{
	struct field_option *options;
	size_t count;
	struct arena *arena = visit->arena;
	TRY(unit_options(look, visit, &options, &count));
	page->csrf = visit->csrf;
	page->name = text_box(visit, "name", say("所属の名前"), "", unit->name, true);
	page->code = text_box(visit, "code", say("所属コード"),
			      say("人事や庁内グループウェアで使っているコード。取り込みのとき、これで見分けます。"),
			      unit->code, true);
	page->kind = kind_box(visit, unit->kind);
	page->parent = select_box(visit, "parent", text_of(say("上の所属")),
				  text_of(say("いちばん上の所属のときは選びません。")),
				  unit->parent.no == 0 ? T("") : number_text(arena, unit->parent.no),
				  false, options, count);
	page->rank = number_box(visit, "rank", say("並び順"), say("小さいほど上に出ます。"),
				unit->rank, false);
	page->since = day_box(visit, "since", say("はじまりの日"), "", unit->since, false);
	return OK;
}

static struct error *
unit_new_draw(struct look *look, struct visit *visit)
{
	struct unit unit = { .kind = UNIT_SECTION, .rank = 10, .since = visit->today };
	(void)number_read(visit_text(visit, "parent"), 1, INT64_MAX, &unit.parent.no);
	struct unit_form_page page = {
		.frame = visit_frame(visit, text_of(say("所属を追加する")), "people"),
		.tabs = people_tabs(visit, TAB_UNITS),
		.title = text_of(say("所属を追加する")),
		.action = url_path(visit->arena, "/units/new"),
		.back = unit.parent.no == 0 ? url_path(visit->arena, "/units")
					    : unit_url(visit, unit.parent),
		.is_new = true,
	};
	TRY(fill_unit(look, visit, &unit, &page));
	return visit_draw(visit, unit_form_page, &page);
}

static struct error *
unit_edit_draw(struct look *look, struct visit *visit)
{
	struct unit unit;
	const struct unit_id id = { visit_id(visit, "id") };
	TRY(people_unit(look, id, &unit));
	struct unit_form_page page = {
		.frame = visit_frame(visit, unit.name, "people"),
		.tabs = people_tabs(visit, TAB_UNITS),
		.title = text_format(visit->arena, say("%.*sの登録を直す"), T_ARG(unit.name)),
		.was = unit_stamp(visit, &unit),
		.action = url_of_number(visit->arena, "/units/{}/edit", id.no),
		.back = unit_url(visit, id),
		.from = day_box(visit, "from", say("いつから変わるか"),
				say("名称変更や移管の日です。前の日までは、いまの名前と位置のまま残ります。空のときは、登録の誤りの訂正として、いまの登録を書き直します。"),
				DAY_NONE, false),
	};
	TRY(fill_unit(look, visit, &unit, &page));
	return visit_draw(visit, unit_form_page, &page);
}

static struct error *
read_rank(const struct visit *visit, int64_t *rank)
{
	const struct text typed = text_trim(visit_text(visit, "rank"));
	*rank = 0;
	if (typed.len != 0 && !number_read(typed, 0, RANK_MOST, rank))
		return reject("rank", "並び順は、0から%dまでの数で入れてください。", RANK_MOST);
	return OK;
}

static struct error *
read_unit(struct visit *visit, struct unit *unit)
{
	struct error *faults = OK;
	const struct text parent = visit_text(visit, "parent");
	unit->code = text_trim(visit_text(visit, "code"));
	unit->name = text_trim(visit_text(visit, "name"));
	unit->parent.no = 0;
	if (unit->name.len == 0)
		error_add(&faults, reject("name", "所属の名前を入れてください。"));
	if (unit->code.len == 0)
		error_add(&faults, reject("code", "所属コードを入れてください。まだないときは、ほかと重ならない番号を決めてください。"));
	if (parent.len != 0 && !number_read(parent, 1, INT64_MAX, &unit->parent.no))
		error_add(&faults, reject("parent", "上の所属を選び直してください。"));
	if (!unit_kind_read(visit_text(visit, "kind"), &unit->kind))
		error_add(&faults, reject("kind", "種別を選んでください。"));
	error_add(&faults, read_rank(visit, &unit->rank));
	error_add(&faults, form_day(visit, "since", false, &unit->since));
	return faults;
}

static struct error *
unit_new_do(struct act *act, struct visit *visit)
{
	struct unit unit = { .until = DAY_NONE };
	struct unit_id id;
	TRY(read_unit(visit, &unit));
	TRY(people_unit_add(act, &unit, &id));
	visit->go_to = unit_url(visit, id);
	visit->done = "added";
	return OK;
}

static struct error *
unit_edit_do(struct act *act, struct visit *visit)
{
	struct unit unit;
	struct day from;
	const struct unit_id id = { visit_id(visit, "id") };
	TRY(people_unit(&act->look, id, &unit));
	TRY(stamp_must_match(visit, unit_stamp(visit, &unit)));
	TRY(read_unit(visit, &unit));
	TRY(form_day(visit, "from", false, &from));
	if (day_is_none(from))
		TRY(people_unit_change(act, &unit));
	else
		TRY(people_unit_change_from(act, &unit, from));
	visit->go_to = unit_url(visit, id);
	if (!day_is_none(from))
		visit->go_to = with_day(visit, visit->go_to, from);
	visit->done = "changed";
	return OK;
}

/* ---- Taking back a change that is to come ---- */

static struct error *
withdraw_draw(struct look *look, struct visit *visit)
{
	struct unit unit;
	struct day from;
	const struct unit_id id = { visit_id(visit, "id") };
	if (!day_read(visit_text(visit, "from"), &from))
		return missing("その日からの変更は登録されていません。");
	TRY(people_unit_on(look, id, from, &unit));
	return ending_draw(
		visit, &(struct ending){
			       .title = N_("予定した変更を取り消す"),
			       .name = text_format(visit->arena, say("%.*sから「%.*s」になる予定"),
						   T_ARG(day_wareki(visit->arena, from)),
						   T_ARG(unit.name)),
			       .words = N_("この予定をなかったことにします。取り消したことは記録に残ります。"),
			       .button = N_("取り消す"),
			       .hidden_name = T("from"),
			       .hidden = day_iso(visit->arena, from),
			       .action = url_of_number(visit->arena, "/units/{}/withdraw", id.no),
			       .back = unit_url(visit, id),
			       .has_no_day = true,
			       .tab = TAB_UNITS,
		       });
}

static struct error *
withdraw_do(struct act *act, struct visit *visit)
{
	struct day from;
	const struct unit_id id = { visit_id(visit, "id") };
	TRY(form_day(visit, "from", true, &from));
	if (from.no <= visit->today.no)
		return refuse("もう始まった変更は取り消せません。名称変更として、新しい変更を入れてください。");
	TRY(people_unit_change_withdraw(act, id, from));
	visit->go_to = unit_url(visit, id);
	visit->done = "cancelled";
	return OK;
}

/* ---- Ending ---- */

/* Units and posts that may take over. */
static struct error *
successor_box(struct look *look, struct visit *visit, struct unit_id stored,
	      struct field_part **box)
{
	struct field_option *options;
	size_t count;
	TRY(unit_options(look, visit, &options, &count));
	*box = select_box(visit, "successor", text_of(say("引き継ぐ所属")),
			  text_of(say("廃止の次の日から、残っている決裁や台帳をこの所属が受け持ちます。選ばないときは、上の所属が受け持ちます。")),
			  stored.no == 0 ? T("") : number_text(visit->arena, stored.no), false,
			  options, count);
	return OK;
}

static struct error *
read_successor(const struct visit *visit, int64_t *successor)
{
	const struct text typed = visit_text(visit, "successor");
	*successor = 0;
	if (typed.len != 0 && !number_read(typed, 1, INT64_MAX, successor))
		return reject("successor", "引き継ぐ先を選び直してください。");
	return OK;
}

static struct error *
unit_end_draw(struct look *look, struct visit *visit)
{
	struct unit unit;
	struct field_part *successor;
	const struct unit_id id = { visit_id(visit, "id") };
	TRY(people_unit(look, id, &unit));
	TRY(successor_box(look, visit, unit.successor, &successor));
	return ending_draw(
		visit, &(struct ending){
			       .title = N_("所属を廃止する"),
			       .name = unit.name,
			       .words = N_("下の所属と、ここに配属されている人を先に移してください。これまでの記録は残ります。"),
			       .button = N_("廃止する"),
			       .action = url_of_number(visit->arena, "/units/{}/end", id.no),
			       .back = unit_url(visit, id),
			       .usual = day_is_none(unit.until) ? visit->today : unit.until,
			       .extra = successor,
			       .tab = TAB_UNITS,
		       });
}

static struct error *
unit_end_do(struct act *act, struct visit *visit)
{
	struct day last;
	struct unit unit;
	struct unit_id successor;
	const struct unit_id id = { visit_id(visit, "id") };
	TRY(people_unit(&act->look, id, &unit));
	TRY(form_day(visit, "last", true, &last));
	TRY(read_successor(visit, &successor.no));
	TRY(people_unit_end(act, id, last));
	if (successor.no != 0 || unit.successor.no != 0)
		TRY(people_unit_succeed(act, id, successor));
	visit->go_to = unit_url(visit, id);
	visit->done = "ended";
	return OK;
}

/* ---- Posts ---- */

static struct text
post_stamp(struct visit *visit, const struct post *post)
{
	struct writer out = writer_open(visit->arena, 8192);
	write_format(&out, "%.*s\n%lld\n%lld\n%lld\n", T_ARG(post->name), (long long)post->rank,
		     (long long)post->since.no, (long long)post->until.no);
	for (size_t at = 0; at < post->roles_count; at++)
		write_format(&out, "%.*s\n", T_ARG(post->roles[at]));
	return stamp_of(visit, writer_text(&out));
}

/* Every role that is appointed. */
static struct field_part *
roles_box(struct visit *visit, const struct post *post)
{
	const struct pack *pack = visit->office->pack;
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option,
						   pack->roles_count + 1);
	size_t count = 0;
	for (size_t at = 0; at < pack->roles_count; at++)
		if (pack->roles[at].scope != SCOPE_EVERYONE)
			options[count++] = (struct field_option){
				pack->roles[at].code, words_now(pack->roles[at].name)
			};
	struct field_part *box = checks_box(
		visit, "role", text_of(say("この職に付く役割")),
		text_of(say("この職に就いた人が、その日から自動でこの役割を担います。")), post->roles,
		post->roles_count, options, count);
	for (size_t at = 0, all = 0; all < pack->roles_count; all++)
		if (pack->roles[all].scope != SCOPE_EVERYONE)
			box->options[at++].help = words_now(pack->roles[all].appointed);
	return box;
}

static void
fill_post(struct visit *visit, const struct post *post, struct post_form_page *page)
{
	page->csrf = visit->csrf;
	page->name = text_box(visit, "name", say("職の名前"), say("例 課長、係長、主事"), post->name,
			      true);
	page->rank = number_box(visit, "rank", say("並び順"),
				say("1がいちばん上です。課長を1、係長を10のように、間をあけておくと後で楽です。"),
				post->rank, false);
	page->roles = roles_box(visit, post);
	page->since = day_box(visit, "since", say("はじまりの日"), "", post->since, false);
}

static struct error *
post_new_draw(struct look *look, struct visit *visit)
{
	struct unit unit;
	const struct unit_id id = { visit_id(visit, "id") };
	const struct post post = { .rank = 10, .since = visit->today };
	TRY(people_unit(look, id, &unit));
	struct post_form_page page = {
		.frame = visit_frame(visit, text_of(say("職を追加する")), "people"),
		.tabs = people_tabs(visit, TAB_UNITS),
		.title = text_of(say("職を追加する")),
		.unit = unit.name,
		.action = url_of_number(visit->arena, "/units/{}/posts/new", id.no),
		.back = unit_url(visit, id),
		.is_new = true,
	};
	fill_post(visit, &post, &page);
	return visit_draw(visit, post_form_page, &page);
}

static struct error *
post_edit_draw(struct look *look, struct visit *visit)
{
	struct unit unit;
	struct post post;
	const struct post_id id = { visit_id(visit, "id") };
	TRY(people_post(look, id, &post));
	TRY(people_unit(look, post.unit, &unit));
	struct post_form_page page = {
		.frame = visit_frame(visit, post.name, "people"),
		.tabs = people_tabs(visit, TAB_UNITS),
		.title = text_format(visit->arena, say("職「%.*s」を直す"), T_ARG(post.name)),
		.unit = unit.name,
		.was = post_stamp(visit, &post),
		.action = url_of_number(visit->arena, "/posts/{}/edit", id.no),
		.back = unit_url(visit, unit.id),
	};
	fill_post(visit, &post, &page);
	return visit_draw(visit, post_form_page, &page);
}

static struct error *
read_post(struct visit *visit, struct post *post)
{
	const struct fields roles = request_fields(visit->request, visit->arena, "role");
	if (roles.count > PEOPLE_MOST_ROLES)
		return reject("role", "一つの職に付けられる役割は%d個までです。", PEOPLE_MOST_ROLES);
	post->name = text_trim(visit_text(visit, "name"));
	if (post->name.len == 0)
		return reject("name", "職の名前を入れてください。例 課長");
	post->roles_count = roles.count;
	for (size_t at = 0; at < roles.count; at++)
		post->roles[at] = roles.at[at].value;
	TRY(read_rank(visit, &post->rank));
	return form_day(visit, "since", false, &post->since);
}

static struct error *
post_new_do(struct act *act, struct visit *visit)
{
	struct post post = { .unit = { visit_id(visit, "id") }, .until = DAY_NONE };
	struct post_id id;
	TRY(read_post(visit, &post));
	TRY(people_post_add(act, visit->office->pack, &post, &id));
	visit->go_to = unit_url(visit, post.unit);
	visit->done = "added";
	return OK;
}

static struct error *
post_edit_do(struct act *act, struct visit *visit)
{
	struct post post;
	TRY(people_post(&act->look, (struct post_id){ visit_id(visit, "id") }, &post));
	TRY(stamp_must_match(visit, post_stamp(visit, &post)));
	TRY(read_post(visit, &post));
	TRY(people_post_change(act, visit->office->pack, &post));
	visit->go_to = unit_url(visit, post.unit);
	visit->done = "changed";
	return OK;
}

/* Other posts of the unit. */
static struct error *
post_successor_box(struct look *look, struct visit *visit, const struct post *post,
		   struct field_part **box)
{
	struct post *posts;
	size_t count, kept = 0;
	TRY(people_posts(look, post->unit, visit->today, &posts, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		if (posts[at].id.no != post->id.no)
			options[kept++] = (struct field_option){
				number_text(visit->arena, posts[at].id.no), posts[at].name
			};
	*box = select_box(visit, "successor", text_of(say("引き継ぐ職")),
			  text_of(say("この職の仕事を、同じ所属のどの職が引き継ぐかです。")),
			  post->successor.no == 0 ? T("")
						  : number_text(visit->arena, post->successor.no),
			  false, options, kept);
	return OK;
}

static struct error *
post_end_draw(struct look *look, struct visit *visit)
{
	struct post post;
	struct unit unit;
	struct field_part *successor;
	const struct post_id id = { visit_id(visit, "id") };
	TRY(people_post(look, id, &post));
	TRY(people_unit(look, post.unit, &unit));
	TRY(post_successor_box(look, visit, &post, &successor));
	return ending_draw(
		visit, &(struct ending){
			       .title = N_("職を廃止する"),
			       .name = text_format(visit->arena, "%.*s %.*s", T_ARG(unit.name),
						   T_ARG(post.name)),
			       .words = N_("この職に就いている人の配属を先に終えてください。職に付いた役割も終わります。"),
			       .button = N_("廃止する"),
			       .action = url_of_number(visit->arena, "/posts/{}/end", id.no),
			       .back = unit_url(visit, unit.id),
			       .usual = day_is_none(post.until) ? visit->today : post.until,
			       .extra = successor,
			       .tab = TAB_UNITS,
		       });
}

static struct error *
post_end_do(struct act *act, struct visit *visit)
{
	struct day last;
	struct post post;
	struct post_id successor;
	TRY(people_post(&act->look, (struct post_id){ visit_id(visit, "id") }, &post));
	TRY(form_day(visit, "last", true, &last));
	TRY(read_successor(visit, &successor.no));
	TRY(people_post_end(act, post.id, last));
	if (successor.no != 0 || post.successor.no != 0)
		TRY(people_post_succeed(act, post.id, successor));
	visit->go_to = unit_url(visit, post.unit);
	visit->done = "ended";
	return OK;
}

PAGE_ROWS(unit_edit,
	  { { METHOD_GET, "/units/new" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK, .look = unit_new_draw },
	  { { METHOD_POST, "/units/new" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = unit_new_do,
	    .again = unit_new_draw },
	  { { METHOD_GET, "/units/{id}/edit" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = unit_edit_draw },
	  { { METHOD_POST, "/units/{id}/edit" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = unit_edit_do,
	    .again = unit_edit_draw },
	  { { METHOD_GET, "/units/{id}/withdraw" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = withdraw_draw },
	  { { METHOD_POST, "/units/{id}/withdraw" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = withdraw_do, .again = withdraw_draw },
	  { { METHOD_GET, "/units/{id}/end" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = unit_end_draw },
	  { { METHOD_POST, "/units/{id}/end" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = unit_end_do,
	    .again = unit_end_draw },
	  { { METHOD_GET, "/units/{id}/posts/new" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = post_new_draw },
	  { { METHOD_POST, "/units/{id}/posts/new" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = post_new_do, .again = post_new_draw },
	  { { METHOD_GET, "/posts/{id}/edit" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = post_edit_draw },
	  { { METHOD_POST, "/posts/{id}/edit" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = post_edit_do,
	    .again = post_edit_draw },
	  { { METHOD_GET, "/posts/{id}/end" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = post_end_draw },
	  { { METHOD_POST, "/posts/{id}/end" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = post_end_do,
	    .again = post_end_draw });
