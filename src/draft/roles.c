/* Who the policy names: known names, names its organisation chapter defines, abbreviations. */
#include "draft/rooms.h"

enum { MOST_PARENTHESIS = 300 }; /* bytes looked back over */

static struct role *
role_by_code(struct reading *reading, const char *code)
{
	for (size_t at = 0; at < reading->roles_count; at++)
		if (text_is(reading->roles[at].code, code))
			return &reading->roles[at];
	return NULL;
}

static void
add_name(struct role *role, struct text name)
{
	for (size_t at = 0; at < role->names_count; at++)
		if (text_same(role->names[at], name))
			return;
	if (name.len > 0 && role->names_count < sizeof role->names / sizeof *role->names)
		role->names[role->names_count++] = name;
}

static struct role *
add_role(struct reading *reading, struct role role)
{
	if (reading->roles_count == sizeof reading->roles / sizeof *reading->roles)
		return NULL;
	reading->roles[reading->roles_count] = role;
	add_name(&reading->roles[reading->roles_count], role.ja);
	return &reading->roles[reading->roles_count++];
}

/* The longest name of a known role that begins at `at`; its row in *known. */
static size_t
known_at(struct text text, size_t at, size_t *known, struct text *name)
{
	size_t longest = 0;
	const struct text here = text_from(text, at);
	for (size_t row = 0; known_roles[row].code != NULL; row++) {
		struct text found = T("");
		if (starts_z(here, known_roles[row].ja))
			found = text_of(known_roles[row].ja);
		struct text alias, rest = text_of(known_roles[row].aliases);
		for (bool is_more = rest.len > 0; is_more;) {
			is_more = text_cut(rest, '|', &alias, &rest);
			if (text_starts(here, alias) && alias.len > found.len)
				found = alias;
		}
		if (found.len > longest) {
			longest = found.len;
			*known = row;
			*name = found;
		}
	}
	return longest;
}

/* 統括情報セキュリティ管理者 is no 情報セキュリティ管理者: a name before it makes another of
 * it. */
static bool
is_compound(struct text text, size_t at)
{
	size_t back = at;
	const uint32_t c = before(text, &back);
	if (!is_kanji(c) && !is_katakana(c))
		return false;
	const struct text head = text_first(text, at);
	return ends_any(head, "各|当該|全|同|他|本市|町|市|前記|等|部|課|局|全庁|関係").len ==
	       0;
}

static void
find_known(struct reading *reading, struct text text, const struct item *item)
{
	size_t known = 0, len;
	struct text name = T("");
	for (size_t at = 0; at<text.len; at += len> 0 ? len : 1) {
		len = ((unsigned char)text.data[at] & 0xC0) == 0x80
			      ? 0
			      : known_at(text, at, &known, &name);
		if (len == 0 || is_compound(text, at))
			continue;
		const struct known_role *row = &known_roles[known];
		struct role *role = role_by_code(reading, row->code);
		if (role == NULL)
			role = add_role(reading,
					(struct role){.code = text_of(row->code),
						      .ja = text_of(row->ja),
						      .en = text_of(row->en),
						      .scope = row->scope,
						      .is_collegial = row->is_collegial,
						      .where = item});
		if (role != NULL) {
			add_name(role, name);
			role->used++;
		}
	}
}

static bool
is_organisation(const struct item *item)
{
	for (; item != NULL; item = item->parent)
		if (has_any(item->title, "組織|体制|責任者").len > 0)
			return true;
	return false;
}

/* A section of the organisation chapter that is called like a role nobody knows. */
static void
find_defined(struct reading *reading, const struct item *item)
{
	static const char ends[] = "責任者|管理者|担当者|会議|委員会|本部|監査人|アドバイザー|"
				   "マネージャー|チーム|推進員";
	size_t known = 0;
	struct text name, title = item->title;
	if (item->parent == NULL || !is_organisation(item) || ends_any(title, ends).len == 0 ||
	    text_count(title) > 30 || text_count(title) < 5 ||
	    has_any(title, "及び|・|、|の").len > 0)
		return;
	if (known_at(title, 0, &known, &name) == title.len)
		return;
	for (size_t at = 0; at < reading->roles_count; at++)
		for (size_t i = 0; i < reading->roles[at].names_count; i++)
			if (text_same(reading->roles[at].names[i], title) ||
			    (reading->roles[at].is_collegial &&
			     text_ends(title, reading->roles[at].names[i]))) {
				reading->roles[at].ja = title;
				add_name(&reading->roles[at], title);
				return;
			}
	(void)add_role(reading,
		       (struct role){.code = text_format(reading->arena, "role-%d", item->line),
				     .ja = title,
				     .scope = SCOPE_BODY,
				     .is_collegial =
					     ends_any(title, "会議|委員会|本部|チーム").len > 0,
				     .where = item});
}

/* 「…X（以下「Y」という。）」 gives X another name. */
static void
find_short_names(struct reading *reading, struct text text)
{
	for (ssize_t at = find_from(text, 0, "(以下「"); at >= 0;
	     at = find_from(text, (size_t)at + 1, "(以下「")) {
		const size_t open = (size_t)at + sizeof "(以下「" - 1; /* found */
		const ssize_t close = find_from(text, open, "」という");
		const struct text head = text_first(text, (size_t)at);
		if (close < 0)
			return;
		struct role *longest = NULL;
		size_t len = 0;
		for (size_t i = 0; i < reading->roles_count; i++)
			for (size_t n = 0; n < reading->roles[i].names_count; n++)
				if (text_ends(head, reading->roles[i].names[n]) &&
				    reading->roles[i].names[n].len > len) {
					len = reading->roles[i].names[n].len;
					longest = &reading->roles[i];
				}
		if (longest != NULL)
			add_name(longest, slice(text, open, (size_t)close)); /* found */
	}
}

void
find_roles(struct reading *reading)
{
	for (size_t at = 0; at < reading->items_count; at++) {
		const struct item *item = reading->items[at];
		if (item->is_dropped)
			continue;
		find_known(reading, item->title, item);
		find_known(reading, item->plain, item);
	}
	for (size_t at = 0; at < reading->items_count; at++)
		if (!reading->items[at]->is_dropped)
			find_defined(reading, reading->items[at]);
	for (size_t at = 0; at < reading->items_count; at++)
		find_short_names(reading, reading->items[at]->plain);
	/* Duties whose text names nobody need somebody all the same. */
	(void)add_role(reading, (struct role){.code = T("body"),
					      .ja = T("組織全体"),
					      .en = T("The body as a whole"),
					      .scope = SCOPE_EVERYONE});
}

/* --- actors --- */

/* The longest name of a role that ends at `end`. */
static struct role *
role_ending(struct reading *reading, struct text text, size_t end, size_t *from)
{
	struct role *found = NULL;
	size_t longest = 0;
	const struct text head = text_first(text, end);
	for (size_t at = 0; at < reading->roles_count; at++)
		for (size_t n = 0; n < reading->roles[at].names_count; n++) {
			const struct text name = reading->roles[at].names[n];
			if (name.len > longest && text_ends(head, name)) {
				longest = name.len;
				found = &reading->roles[at];
			}
		}
	*from = end - longest;
	return found != NULL && !is_compound(text, *from) ? found : NULL;
}

const struct role *
role_before(struct reading *reading, struct text text, size_t end)
{
	size_t from;
	return role_ending(reading, text, end, &from);
}

/* X（以下「Y」という。）は: what stands before the parenthesis. */
static size_t
before_parenthesis(struct text text, size_t end)
{
	int depth = 0;
	for (size_t at = end; at > 0 && at + MOST_PARENTHESIS > end; at--) {
		depth += text.data[at - 1] == ')';
		depth -= text.data[at - 1] == '(';
		if (depth == 0)
			return text.data[at - 1] == '(' ? at - 1 : end;
	}
	return end;
}

static size_t
before_joint(struct text text, size_t end)
{
	const struct text joint = ends_any(text_first(text, end),
					   "及び|又は|または|および|並びに|、|と|その他の");
	return joint.len > 0 ? end - joint.len : 0;
}

/* A及びBは: the first named acts, the others also do. */
static bool
take_actors(struct reading *reading, struct row *row, struct text text, size_t end)
{
	struct role *roles[MOST_ALSO + 1];
	size_t count = 0, from;
	for (size_t at = end; at > 0 && count <= MOST_ALSO;) {
		struct role *role =
			role_ending(reading, text, before_parenthesis(text, at), &from);
		if (role == NULL)
			break;
		roles[count++] = role;
		at = before_joint(text, from);
	}
	if (count == 0)
		return false;
	row->actor = roles[--count];
	while (count > 0) {
		struct role *other = roles[--count];
		bool is_new = other != row->actor;
		for (size_t i = 0; i < row->also_count; i++)
			is_new = is_new && row->also[i] != other;
		if (is_new)
			row->also[row->also_count++] = other;
	}
	return true;
}

/* 職員等及び外部の事業者は: behind a role stands somebody who is none. */
static bool
take_first_actor(struct reading *reading, struct row *row, struct text text, size_t end)
{
	const struct text phrase = tail_of(text_first(text, end), 60);
	for (size_t at = phrase.len; at > 0; at--) {
		const struct text head = text_first(phrase, at);
		const struct text joint = ends_any(head, "及び|又は|並びに");
		if (ends_z(head, "、"))
			return false;
		if (joint.len > 0)
			return take_actors(reading, row, text,
					   end - phrase.len + at - joint.len);
	}
	return false;
}

static bool
find_topic(struct reading *reading, struct row *row)
{
	const struct text text = row->plain;
	for (ssize_t at = find_from(text, 0, "は"); at >= 0;
	     at = find_from(text, (size_t)at + 1, "は"))
		if (take_actors(reading, row, text, (size_t)at) || /* found */
		    (starts_z(text_from(text, (size_t)at), "は、") &&
		     take_first_actor(reading, row, text, (size_t)at)))
			return true;
	return false;
}

/* 「職員等が…する場合は」 with nothing before it, where nothing above names anybody either. */
static bool
find_subject(struct reading *reading, struct row *row)
{
	const ssize_t at = find_from(row->plain, 0, "が");
	if (at < 0 || !take_actors(reading, row, row->plain, (size_t)at)) /* found */
		return false;
	for (size_t n = 0; n < row->actor->names_count; n++)
		if (text_starts(row->plain, row->actor->names[n]))
			return true;
	row->actor = NULL;
	row->also_count = 0;
	return false;
}

static struct role *
actor_above(const struct item *item)
{
	for (; item != NULL; item = item->parent)
		if (item->actor != NULL)
			return item->actor;
	return NULL;
}

static void
note_appointment(struct row *row)
{
	struct role *role = row->actor;
	if (has_any(row->plain, "充てる|任命する|指名する|を置く|選任する").len == 0 ||
	    role->is_appointed || row->item->is_note)
		return;
	role->is_appointed = true;
	role->appointed = row->plain;
	role->where = row->item;
}

void
find_actors(struct reading *reading)
{
	struct role *nobody = role_by_code(reading, "body");
	for (size_t at = 0; at < reading->rows_count; at++) {
		struct row *row = &reading->rows[at];
		struct item *item = row->item;
		/* A second sentence goes on about the subject of the first. */
		struct role *above = item->actor != NULL ? item->actor
				     : item->is_note     ? actor_above(item->bound)
							 : actor_above(item->parent);
		if (find_topic(reading, row) || (above == NULL && find_subject(reading, row))) {
			if (item->actor == NULL)
				item->actor = row->actor;
			note_appointment(row);
			continue;
		}
		row->actor = above;
		row->is_inherited = above != NULL;
		if (row->actor == NULL)
			row->actor = nobody;
	}
}
