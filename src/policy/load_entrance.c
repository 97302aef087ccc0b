#include "policy/rooms.h"

/* entrance.yaml: server rooms. */

static const char *const column_names[ENTRANCE_COLUMNS + 1] = {
	"name",	   "room",  "entered",	"left",	  "of",	    "purpose", "id-shown",
	"devices", "moved", "attended", "impact", "remarks", NULL};

static const unsigned column_kinds[ENTRANCE_COLUMNS] = {
	[ENTRANCE_NAME] = KIND(FIELD_TEXT),
	[ENTRANCE_ROOM] = KIND(FIELD_TEXT) | KIND(FIELD_ASSET),
	[ENTRANCE_ENTERED] = KIND(FIELD_MOMENT),
	[ENTRANCE_LEFT] = KIND(FIELD_MOMENT),
	[ENTRANCE_OF] = KIND(FIELD_TEXT),
	[ENTRANCE_PURPOSE] = KIND(FIELD_TEXT) | KIND(FIELD_LONG_TEXT),
	[ENTRANCE_ID_SHOWN] = KIND(FIELD_YES_NO),
	[ENTRANCE_DEVICES] = KIND(FIELD_TEXT) | KIND(FIELD_LONG_TEXT),
	[ENTRANCE_MOVED] = KIND(FIELD_YES_NO),
	[ENTRANCE_ATTENDED] = KIND(FIELD_TEXT),
	[ENTRANCE_IMPACT] = KIND(FIELD_YES_NO),
	[ENTRANCE_REMARKS] = KIND(FIELD_TEXT) | KIND(FIELD_LONG_TEXT),
};

static void
must_have_owner(struct reading *reading, const struct node *node, const struct pack_ledger *ledger)
{
	if (ledger != NULL && ledger->owner == NULL)
		fault(reading, node_get(node, "ledger"),
		      "台帳「%.*s」には owner（管理する所属の列）がないので、だれの部屋か決まりません。",
		      T_ARG(ledger->code));
}

static void
load_rooms(struct reading *reading, const struct node *node, struct pack_entrance *made)
{
	static const struct key keys[] = {{"ledger", true}, {"where", false}, {NULL, false}};

	if (node == NULL || !shape_map(reading, node, "rooms", keys))
		return;
	made->rooms = REFER(reading, node, "ledger", refer_ledger);
	made->where = get_when(reading, node, "where");
	when_check_row(reading, node, "where", made->where, made->rooms);
	must_have_owner(reading, node, made->rooms);
}

/* A name in the scope of the occasion's permits. */
static struct text
scope_name(struct reading *reading, const struct node *map, const char *key,
	   const struct pack_occasion *occasion)
{
	const struct node *node = node_get(map, key);

	if (node == NULL || occasion == NULL)
		return T("");
	for (size_t i = 0; i < occasion->permit.scope_count; i++)
		if (text_same(occasion->permit.scope[i].name, node->text))
			return occasion->permit.scope[i].name;
	fault(reading, node, "場面「%.*s」の許可の範囲（scope）に「%.*s」はありません。",
	      T_ARG(occasion->code), T_ARG(node->text));
	return T("");
}

static const struct pack_field *
column(struct reading *reading, const struct node *node, const char *key,
       const struct pack_ledger *ledger, unsigned kinds)
{
	if (ledger == NULL || node_get(node, key) == NULL)
		return NULL;
	return refer_field(reading, node, key, ledger->fields, ledger->fields_count, kinds);
}

static void
load_listed(struct reading *reading, const struct node *node, struct pack_entrance *made)
{
	static const struct key keys[] = {{"ledger", true},  {"name", true},	 {"room", true},
					  {"of", false},     {"period", false},	 {"occasion", false},
					  {"entrant", false}, {"place", false},	 {NULL, false}};

	if (node == NULL || !shape_map(reading, node, "listed", keys))
		return;
	made->listed = REFER(reading, node, "ledger", refer_ledger);
	made->listed_name = column(reading, node, "name", made->listed, KIND(FIELD_TEXT));
	made->listed_room = column(reading, node, "room", made->listed, column_kinds[ENTRANCE_ROOM]);
	made->listed_of = column(reading, node, "of", made->listed, KIND(FIELD_TEXT));
	made->listed_period = column(reading, node, "period", made->listed, KIND(FIELD_PERIOD));
	made->listed_by = REFER(reading, node, "occasion", refer_occasion);
	made->listed_entrant = scope_name(reading, node, "entrant", made->listed_by);
	made->listed_place = scope_name(reading, node, "place", made->listed_by);
	if (made->listed_by != NULL && (made->listed_entrant.len == 0 || made->listed_place.len == 0))
		fault(reading, node,
		      "listed に occasion を書くときは、その許可の範囲で氏名と部屋を何と呼ぶかを entrant と place に書いてください。");
}

static void
load_devices(struct reading *reading, const struct node *node, struct pack_entrance *made)
{
	static const struct key keys[] = {{"occasion", true}, {"serial", true}, {"place", true},
					  {NULL, false}};

	if (node == NULL || !shape_map(reading, node, "devices", keys))
		return;
	made->devices = REFER(reading, node, "occasion", refer_occasion);
	made->devices_serial = scope_name(reading, node, "serial", made->devices);
	made->devices_place = scope_name(reading, node, "place", made->devices);
}

static void
load_log(struct reading *reading, const struct node *node, struct pack_entrance *made)
{
	static const struct key keys[] = {
		{"ledger", true},   {"name", true},    {"room", true},	 {"entered", true},
		{"left", true},	    {"of", false},     {"purpose", false}, {"id-shown", false},
		{"devices", false}, {"moved", false},  {"attended", false}, {"impact", false},
		{"remarks", false}, {NULL, false}};

	if (node == NULL || !shape_map(reading, node, "log", keys))
		return;
	made->log = REFER(reading, node, "ledger", refer_ledger);
	must_have_owner(reading, node, made->log);
	for (int i = 0; i < ENTRANCE_COLUMNS; i++)
		made->columns[i] = column(reading, node, column_names[i], made->log, column_kinds[i]);
	for (size_t i = 0; made->log != NULL && i < made->log->fields_count; i++) {
		const struct pack_field *field = &made->log->fields[i];
		bool is_filled = field == made->log->owner || !field->is_required;
		for (int at = 0; at < ENTRANCE_COLUMNS && !is_filled; at++)
			is_filled = made->columns[at] == field && at != ENTRANCE_LEFT &&
				    at != ENTRANCE_REMARKS;
		if (!is_filled)
			fault(reading, node,
			      "台帳「%.*s」の必須の列「%.*s」に入れるものが決まりません。log に書くか、必須でなくしてください。",
			      T_ARG(made->log->code), T_ARG(field->name));
	}
}

static void
load_purposes(struct reading *reading, const struct node *list, struct pack_entrance *made)
{
	static const struct key keys[] = {{"code", true}, {"ja", true}, {"en", true}, {NULL, false}};

	if (list == NULL || !shape_list(reading, list, "purposes"))
		return;
	if (list->count > ENTRANCE_PURPOSES_MOST)
		fault(reading, list, "目的は%dまでです。タブレットの画面に並べて選びます。",
		      ENTRANCE_PURPOSES_MOST);
	made->purposes = ARENA_ARRAY(reading->into, struct pack_purpose, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		struct pack_purpose *purpose = &made->purposes[made->purposes_count];
		if (!shape_map(reading, at, "目的", keys))
			continue;
		purpose->code = get_code(reading, at, "code");
		purpose->name = own_words(reading, at);
		for (size_t i = 0; i < made->purposes_count; i++)
			if (text_same(made->purposes[i].code, purpose->code))
				fault_twice(reading, at, purpose->code);
		made->purposes_count++;
	}
}

void
load_entrance(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"keeper", true}, {"rooms", true},   {"listed", true},
					  {"staff", false}, {"devices", false}, {"log", true},
					  {"purposes", true}, {"visitors", false}, {NULL, false}};
	struct pack_entrance *made;

	if (file == NULL || !shape_map(reading, file, "ファイル", keys))
		return;
	made = ARENA_NEW(reading->into, struct pack_entrance);
	made->keeper = REFER(reading, file, "keeper", refer_role);
	if (made->keeper != NULL && made->keeper->scope == SCOPE_EVERYONE)
		fault(reading, node_get(file, "keeper"),
		      "「%.*s」は全員の役割です。部屋を管理する役割には、職に付く役割を書いてください。",
		      T_ARG(made->keeper->code));
	load_rooms(reading, node_get(file, "rooms"), made);
	load_listed(reading, node_get(file, "listed"), made);
	made->staff = refer_roles(reading, file, "staff", &made->staff_count);
	load_devices(reading, node_get(file, "devices"), made);
	load_log(reading, node_get(file, "log"), made);
	load_purposes(reading, node_get(file, "purposes"), made);
	made->takes_visitors = get_yes_no(reading, file, "visitors", true);
	reading->pack->entrance = made;
}
