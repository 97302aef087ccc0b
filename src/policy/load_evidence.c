#include "policy/rooms.h"

/* What each kind of rule names: the key that must be there, others of the list must not. */
static const char *const kind_names[] = {"permits",      "ledger", "role",    "control",
					 "balanced",     "judged", "reports", "exceptions",
					 "acknowledged", "accounts", "duty",	 "incidents", "checks", "training",
					 "reconciliation",
					 "audit",	 "values", "inventory", "entrance", "contracts", "awaits", NULL};
static const char *const kind_needs[] = {"occasion", "ledger", "role",	   "control",
					 "occasion", "within", "occasion", "within",
					 "within",   "check",  "duty",	   "about", "checklist", "shows",
					 "reconciliation",
					 "asks",     "column", "about",	   "about", "shows", "part"};
static const char *const shows_names[] = {"answered", "improved", NULL};

static const char *const check_names[CHECK_COUNT + 1] = {
	"left",	      "moved",	"unused", "unknown", "privileged",
	"shared",     "absent", "asked",  "listed",  "reviewed", NULL};

static const char *const incidents_names[INCIDENTS_COUNT + 1] = {
	"reported", "citizens", "chain",     "judged",	  "tasks",    "orders",	 "cause",
	"closed",   "outside",	"disclosed", "evidence", "contacts", "drilled", "plan", NULL};

const char *
evidence_incidents_name(enum evidence_incidents incidents)
{
	return incidents_names[incidents];
}

static const char *const training_names[] = {"passed", "planned", "reported", "drilled", NULL};

const char *
evidence_training_name(enum evidence_training shows)
{
	return training_names[shows];
}

static const char *const asks_names[ASKS_COUNT + 1] = {
	"planned", "told",    "named",    "done", "signed",   "answered", "outside", "received",
	"kept",	   "ordered", "settled", "improved", "met",    "reviewed", "used",   NULL};

static const char *const keeps_names[KEEPS_COUNT + 1] = {
	"out", "stock", "missing", "left", "repair", "ended", "support", "licences", NULL};

const char *
evidence_keeps_name(enum evidence_keeps keeps)
{
	return keeps_names[keeps];
}

const char *
audit_asks_name(enum audit_asks asks)
{
	return asks_names[asks];
}

static const char *const contract_names[CONTRACTS_PARTS + 1] = {
	"selected", "signed", "explained", "linked",   "named", "checked",
	"handed",   "gone",   "demanded",  "served", NULL};

const char *
contract_part_name(enum contract_part part)
{
	return contract_names[part];
}

const char *
evidence_check_name(enum evidence_check check)
{
	return check_names[check];
}

static const char *const entrance_names[ENTRANCE_ABOUTS + 1] = {
	"kept", "permitted", "carried", "shown", "moves", "reviewed", NULL};

const char *
evidence_entrance_name(enum evidence_entrance about)
{
	return entrance_names[about];
}

static void
check_needs(struct reading *reading, const struct node *node, enum evidence_kind kind)
{
	static const char *const all[] = {"occasion", "ledger", "role", "control", "check", "duty", "about",
					  "checklist", "asks", "part", "reconciliation"};
	static const char *const rows[] = {"where", "least"};
	static const char *const values[] = {"column", "looked", "most", "is"};
	static const char *const asks[] = {"item", "shows"};
	const char *needed = kind_needs[kind];

	if (node_get(node, needed) == NULL)
		fault(reading, node, "証拠の種類 %s には %s が要ります。", kind_names[kind],
		      needed);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct node *other = node_get(node, all[i]);
		const bool is_of_values = kind == EVIDENCE_VALUES && text_is(text_of(all[i]), "ledger");
		if (other != NULL && !text_is(text_of(all[i]), needed) && !is_of_values)
			fault(reading, other, "証拠の種類 %s に %s は使えません。",
			      kind_names[kind], all[i]);
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (node_get(node, rows[i]) != NULL && kind != EVIDENCE_LEDGER &&
		    kind != EVIDENCE_VALUES)
			fault(reading, node_get(node, rows[i]),
			      "証拠の種類 %s に %s は使えません。", kind_names[kind], rows[i]);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (node_get(node, values[i]) != NULL && kind != EVIDENCE_VALUES)
			fault(reading, node_get(node, values[i]),
			      "証拠の種類 %s に %s は使えません。", kind_names[kind], values[i]);
	for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++)
		if (node_get(node, asks[i]) != NULL && kind != EVIDENCE_CHECKS &&
		    !text_is(text_of(asks[i]), needed))
			fault(reading, node_get(node, asks[i]),
			      "証拠の種類 %s に %s は使えません。", kind_names[kind], asks[i]);
	if (node_get(node, "within") != NULL && kind == EVIDENCE_AWAITS)
		fault(reading, node_get(node, "within"), "証拠の種類 %s に %s は使えません。",
		      kind_names[kind], "within");
}

static bool
has_exceptions(const struct pack *pack)
{
	for (size_t i = 0; i < pack->occasions_count; i++)
		if (pack->occasions[i].has_exception)
			return true;
	return false;
}

/* A rule about something the pack does not have could never be fulfilled. */
static void
check_possible(struct reading *reading, const struct node *node,
	       const struct pack_evidence *rule)
{
	const struct pack *pack = reading->pack;
	const struct pack_occasion *occasion = rule->occasion;

	/* A report without a clock proves that it was made, one with a clock also that it was
	 * in time. */
	if (rule->kind == EVIDENCE_REPORTS && occasion != NULL && !occasion->has_report &&
	    occasion->has_permit)
		fault(reading, node_get(node, "occasion"),
		      "場面「%.*s」に report がありません。許可を証拠にするなら permits "
		      "を使い、"
		      "報告なら、いつまでに報告するかを場面に書いてください。",
		      T_ARG(occasion->code));
	if (rule->kind == EVIDENCE_PERMITS && occasion != NULL && !occasion->has_permit)
		fault(reading, node_get(node, "occasion"),
		      "場面「%.*s」に permit がありません。許可証の出ない場面は permits で"
		      "証明できません。",
		      T_ARG(occasion->code));
	if (rule->kind == EVIDENCE_EXCEPTIONS && !has_exceptions(pack))
		fault(reading, node_get(node, "kind"),
		      "exception のある場面が一つもないので、例外の証拠は作れません。");
	if (rule->kind == EVIDENCE_ACKNOWLEDGED && !pack->is_acknowledged &&
	    !is_faulty(reading, "pack.yaml"))
		fault(reading, node_get(node, "kind"),
		      "pack.yaml に acknowledged: yes "
		      "がありません。全員に確認を求める方針だけが"
		      "使えます。");
}

static bool
has_zones(const struct pack *pack)
{
	for (size_t i = 0; i < pack->sign_in.zones_count; i++)
		if (pack->sign_in.zones[i].kinds > 1)
			return true;
	return false;
}

/* What the pack demands of nobody cannot be shown to be in force. */
static void
check_control(struct reading *reading, const struct node *node, const struct pack_evidence *rule)
{
	const struct pack *pack = reading->pack;
	const bool can_be_on =
		pack->sign_in.demands_count != 0 && pack_parameter(pack, T("sign-in.demands")) != NULL;

	if (is_faulty(reading, "sign-in.yaml"))
		return;
	if (text_is(rule->control, "sign-in.demands") && !can_be_on)
		fault(reading, node_get(node, "control"),
		      "統制 sign-in.demands には、sign-in.yaml の demands と、パラメータ sign-in.demands が要ります。");
	if (text_is(rule->control, "sign-in.zones") && !has_zones(pack))
		fault(reading, node_get(node, "control"),
		      "統制 sign-in.zones には、sign-in.yaml に kinds が2以上の区域が要ります。");
}

static bool
has_systems(const struct pack *pack)
{
	for (size_t i = 0; i < pack->ledgers_count; i++)
		if (pack->ledgers[i].accounts_manager != NULL)
			return true;
	return false;
}

static void
check_accounts(struct reading *reading, const struct node *node,
	       const struct pack_evidence *rule)
{
	const bool wants_days = rule->check == CHECK_LISTED || rule->check == CHECK_REVIEWED;

	if (!has_systems(reading->pack))
		fault(reading, node_get(node, "kind"),
		      "accounts のある台帳が一つもないので、アカウントの証拠は作れません。");
	if (wants_days && rule->within == NULL)
		fault(reading, node, "%s には within（日数のパラメータ）が要ります。",
		      check_names[rule->check]);
	if (!wants_days && rule->within != NULL)
		fault(reading, node_get(node, "within"), "%s に within は使えません。",
		      check_names[rule->check]);
}

/* The link or the part of the plan that it is about. */
static void
load_incidents_rule(struct reading *reading, const struct node *node, struct pack_evidence *rule)
{
	const struct pack_incidents *all = &reading->pack->incidents;
	const struct node *link = node_get(node, "link");
	const struct node *plan = node_get(node, "plan");
	const struct node *of = node_get(node, "of");

	rule->incidents = (enum evidence_incidents)get_one_of(reading, node, "about", incidents_names, 0);
	if (all->kinds_count == 0 && !is_faulty(reading, "incidents.yaml"))
		fault(reading, node, "incidents.yaml がないので、事案の証拠は作れません。");
	if (link != NULL) {
		rule->link = pack_link(reading->pack, link->text);
		if (rule->incidents != INCIDENTS_CHAIN || rule->link == NULL)
			fault(reading, link, "link には、about: chain のときに、incidents.yaml の連絡の段を書いてください。");
	}
	if (of != NULL) {
		rule->of = pack_incident_kind(reading->pack, of->text);
		if (rule->incidents != INCIDENTS_REPORTED || rule->of == NULL)
			fault(reading, of, "of には、about: reported のときに、incidents.yaml の種類を書いてください。");
	}
	for (size_t i = 0; plan != NULL && i < all->plan_count; i++)
		if (text_same(all->plan[i].code, plan->text))
			rule->plan = &all->plan[i];
	if ((rule->incidents == INCIDENTS_PLAN) != (rule->plan != NULL))
		fault(reading, node, "about: plan のときだけ、plan に、incidents.yaml の緊急時計画の部分を書いてください。");
}

static void
load_checks(struct reading *reading, const struct node *node, struct pack_evidence *rule)
{
	const struct node *item = node_get(node, "item");

	rule->checklist = REFER(reading, node, "checklist", refer_checklist);
	rule->shows = (enum evidence_shows)get_one_of(reading, node, "shows", shows_names, 0);
	if (item == NULL || rule->checklist == NULL)
		return;
	rule->item = checklist_item(rule->checklist, item->text);
	if (rule->item == NULL)
		fault(reading, item, "点検表「%.*s」に項目「%.*s」はありません。",
		      T_ARG(rule->checklist->code), T_ARG(item->text));
}

static void
check_training(struct reading *reading, const struct node *node, const struct pack_evidence *rule)
{
	const bool wants_course = rule->trains == TRAINING_PASSED;
	const bool wants_days = rule->trains == TRAINING_REPORTED || rule->trains == TRAINING_DRILLED;
	const struct node *course = node_get(node, "course");
	const struct node *within = node_get(node, "within");

	if (!reading->pack->training.is_there && !is_faulty(reading, "training.yaml"))
		fault(reading, node_get(node, "kind"),
		      "training.yaml がないので、研修の証拠は作れません。");
	if (wants_course && course == NULL)
		fault(reading, node, "passed には course(研修の code)が要ります。");
	if (!wants_course && course != NULL)
		fault(reading, course, "%s に course は使えません。", training_names[rule->trains]);
	if (wants_days && within == NULL)
		fault(reading, node, "%s には within（日数のパラメータ）が要ります。",
		      training_names[rule->trains]);
	if (!wants_days && within != NULL)
		fault(reading, within, "%s に within は使えません。", training_names[rule->trains]);
	if (course != NULL && rule->course == NULL && !is_faulty(reading, "training.yaml"))
		fault(reading, course, "研修「%.*s」は training.yaml にありません。", T_ARG(course->text));
}

static void
check_audit(struct reading *reading, const struct node *node, const struct pack_evidence *rule)
{
	const bool wants_days = rule->asks == ASKS_DONE || rule->asks == ASKS_OUTSIDE ||
				rule->asks == ASKS_MET || rule->asks == ASKS_REVIEWED;

	if (reading->pack->audit == NULL && !is_faulty(reading, "audit.yaml"))
		fault(reading, node_get(node, "kind"),
		      "audit.yaml がないので、監査の証拠は作れません。");
	if (wants_days && rule->within == NULL)
		fault(reading, node, "%s には within（日数のパラメータ）が要ります。",
		      asks_names[rule->asks]);
	if (!wants_days && rule->within != NULL)
		fault(reading, node_get(node, "within"), "%s に within は使えません。",
		      asks_names[rule->asks]);
}

static void
load_keeps(struct reading *reading, const struct node *node, struct pack_evidence *rule)
{
	const struct pack_inventory *inventory = reading->pack->inventory;
	const struct node *within = node_get(node, "within");

	rule->keeps = (enum evidence_keeps)get_one_of(reading, node, "about", keeps_names, 0);
	if (is_faulty(reading, "inventory.yaml"))
		return;
	if (inventory == NULL) {
		fault(reading, node_get(node, "kind"),
		      "inventory.yaml がないので、物品の証拠は作れません。");
		return;
	}
	if ((rule->keeps == KEEPS_SUPPORT || rule->keeps == KEEPS_LICENCES) && inventory->software == NULL)
		fault(reading, node, "%s には inventory.yaml の software が要ります。", keeps_names[rule->keeps]);
	if (rule->keeps == KEEPS_LICENCES && inventory->software != NULL && inventory->licences == NULL)
		fault(reading, node, "licences には inventory.yaml の licences と used が要ります。");
	if ((rule->keeps == KEEPS_STOCK) != (within != NULL))
		fault(reading, within != NULL ? within : node,
		      "within（日数のパラメータ）は about: stock のときだけ書いてください。stock には要ります。");
}

static void
load_entrance_rule(struct reading *reading, const struct node *node, struct pack_evidence *rule)
{
	const struct pack_entrance *entrance = reading->pack->entrance;
	const struct node *within = node_get(node, "within");

	rule->entrance = (enum evidence_entrance)get_one_of(reading, node, "about", entrance_names, 0);
	const bool wants_days = rule->entrance == ENTRANCE_KEPT || rule->entrance == ENTRANCE_REVIEWED;
	if (entrance == NULL && !is_faulty(reading, "entrance.yaml"))
		fault(reading, node_get(node, "kind"),
		      "entrance.yaml がないので、入退室の証拠は作れません。");
	if (wants_days && rule->within == NULL)
		fault(reading, node, "%s には within（日数のパラメータ）が要ります。",
		      entrance_names[rule->entrance]);
	if (entrance != NULL && entrance->devices == NULL && rule->entrance == ENTRANCE_CARRIED)
		fault(reading, node, "carried には、entrance.yaml の devices（持込みの許可）が要ります。");
	if (within != NULL && rule->within != NULL && rule->within->kind != PARAMETER_DAYS)
		fault(reading, within, "within には日数のパラメータを書いてください。");
}

static void
check_contracts(struct reading *reading, const struct node *node, const struct pack_evidence *rule)
{
	const bool wants_days = rule->contracts == CONTRACTS_CHECKED;

	if (reading->pack->contracts == NULL && !is_faulty(reading, "contracts.yaml"))
		fault(reading, node_get(node, "kind"),
		      "contracts.yaml がないので、委託の証拠は作れません。");
	if (wants_days && rule->within == NULL)
		fault(reading, node, "%s には within（日数のパラメータ）が要ります。",
		      contract_names[rule->contracts]);
	if (!wants_days && rule->within != NULL)
		fault(reading, node_get(node, "within"), "%s に within は使えません。",
		      contract_names[rule->contracts]);
}

static void
load_what(struct reading *reading, const struct node *node, struct pack_evidence *rule)
{
	const struct node *control = node_get(node, "control");
	const struct node *part = node_get(node, "part");

	rule->occasion = REFER(reading, node, "occasion", refer_occasion);
	rule->ledger = REFER(reading, node, "ledger", refer_ledger);
	rule->role = REFER(reading, node, "role", refer_role);
	rule->duty = REFER(reading, node, "duty", refer_duty);
	rule->reconciliation = REFER(reading, node, "reconciliation", refer_reconcile);
	if (control != NULL)
		rule->control = refer_known(reading, control, "統制", reading->known->controls);
	if (part != NULL)
		rule->part =
			refer_known(reading, part, "これから作る部分", reading->known->parts);
	if (node_get(node, "check") != NULL)
		rule->check = (enum evidence_check)get_one_of(reading, node, "check", check_names, 0);
	if (rule->kind == EVIDENCE_CHECKS)
		load_checks(reading, node, rule);
	if (rule->kind == EVIDENCE_TRAINING)
		rule->trains = (enum evidence_training)get_one_of(reading, node, "shows", training_names, 0);
	if (rule->kind == EVIDENCE_CONTRACTS)
		rule->contracts = (enum contract_part)get_one_of(reading, node, "shows", contract_names, 0);
	if (node_get(node, "course") != NULL)
		rule->course = pack_course(reading->pack, get_code(reading, node, "course"));
	if (node_get(node, "asks") != NULL)
		rule->asks = (enum audit_asks)get_one_of(reading, node, "asks", asks_names, 0);
	rule->where = get_when(reading, node, "where");
	when_check_row(reading, node, "where", rule->where, rule->ledger);
	rule->least = 1;
	if (rule->kind != EVIDENCE_VALUES)
		(void)get_number(reading, node, "least", 1, 1000000, &rule->least);
}

static void
load_rule(struct reading *reading, const struct node *node, struct pack_evidence *rule)
{
	static const struct key keys[] = {
		{"kind", true},      {"clauses", true},  {"ja", true},    {"en", true},
		{"occasion", false}, {"ledger", false},  {"role", false}, {"control", false},
		{"within", false},   {"partial", false}, {"part", false}, {"where", false},
		{"least", false},    {"check", false},   {"duty", false},  {"about", false},
		{"link", false},     {"plan", false},    {"of", false},	   {"checklist", false},
		{"column", false},   {"looked", false},  {"most", false},  {"is", false},
		{"item", false},     {"shows", false},	 {"course", false},    {"asks", false},
		{"reconciliation", false},
		{NULL, false},
	};

	if (!shape_map(reading, node, "証拠の決まり", keys))
		return;
	place_keep(reading, rule, node);
	rule->kind = (enum evidence_kind)get_one_of(reading, node, "kind", kind_names, 0);
	rule->clauses = refer_clauses(reading, node, "clauses", &rule->clauses_count);
	rule->words = own_words(reading, node);
	load_what(reading, node, rule);
	rule->within = REFER(reading, node, "within", refer_parameter);
	rule->is_partial = get_yes_no(reading, node, "partial", false);
	if (rule->kind == EVIDENCE_VALUES)
		load_values_rule(reading, node, rule);
	check_needs(reading, node, rule->kind);
	check_possible(reading, node, rule);
	if (rule->kind == EVIDENCE_AUDIT)
		check_audit(reading, node, rule);
	if (rule->kind == EVIDENCE_CONTRACTS)
		check_contracts(reading, node, rule);
	if (rule->kind == EVIDENCE_ACCOUNTS)
		check_accounts(reading, node, rule);
	if (rule->kind == EVIDENCE_CONTROL)
		check_control(reading, node, rule);
	if (rule->kind == EVIDENCE_INVENTORY)
		load_keeps(reading, node, rule);
	if (rule->kind == EVIDENCE_INCIDENTS)
		load_incidents_rule(reading, node, rule);
	if (rule->kind == EVIDENCE_ENTRANCE)
		load_entrance_rule(reading, node, rule);
	if (rule->kind == EVIDENCE_TRAINING)
		check_training(reading, node, rule);
	else if (node_get(node, "course") != NULL)
		fault(reading, node_get(node, "course"), "証拠の種類 %s に %s は使えません。",
		      kind_names[rule->kind], "course");
	const struct node *list = node_get(node, "clauses");
	for (const struct node *at = list == NULL ? NULL : list->first; at != NULL;
	     at = at->next) {
		const struct pack_clause *clause = pack_clause(reading->pack, at->text);
		if (clause != NULL && !clause->is_duty)
			fault(reading, at,
			      "条項「%.*s」は見出しです。証拠は義務のある条項（%.*s-1 "
			      "など）に付けてください。",
			      T_ARG(at->text), T_ARG(at->text));
	}
}

static bool
proves(const struct pack_evidence *rule, const struct pack_clause *clause)
{
	for (size_t i = 0; i < rule->clauses_count; i++)
		if (rule->clauses[i] == clause)
			return true;
	return false;
}

static void
attach(struct reading *reading, struct pack_clause *clause)
{
	const struct pack *pack = reading->pack;
	size_t count = 0;

	for (size_t i = 0; i < pack->evidence_count; i++)
		count += proves(&pack->evidence[i], clause);
	if (count == 0)
		return;
	clause->evidence = arena_get(reading->into, sizeof(*clause->evidence), count);
	for (size_t i = 0; i < pack->evidence_count; i++)
		if (proves(&pack->evidence[i], clause))
			clause->evidence[clause->evidence_count++] = &pack->evidence[i];
}

void
load_evidence(struct reading *reading, const struct trees *trees)
{
	struct pack *pack = reading->pack;
	const struct node *at = NULL;

	pack->evidence_count = items_count(reading, trees, "evidence");
	pack->evidence =
		ARENA_ARRAY(reading->into, struct pack_evidence, pack->evidence_count + 1);
	for (size_t i = 0; i < pack->evidence_count; i++) {
		at = items_next(reading, trees, "evidence", at);
		load_rule(reading, at, &pack->evidence[i]);
	}
	for (size_t i = 0; i < pack->clauses_count; i++)
		attach(reading, &pack->clauses[i]);
}
