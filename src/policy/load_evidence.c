#include "policy/rooms.h"

/* What each kind of rule names: the key that must be there, others of the list must not. */
static const char *const kind_names[] = {"permits",      "ledger", "role",    "control",
					 "balanced",     "judged", "reports", "exceptions",
					 "acknowledged", "accounts", "incidents", "awaits", NULL};
static const char *const kind_needs[] = {"occasion", "ledger", "role",     "control",
					 "occasion", "within", "occasion", "within",
					 "within",   "check", "about", "part"};

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

const char *
evidence_check_name(enum evidence_check check)
{
	return check_names[check];
}

static void
check_needs(struct reading *reading, const struct node *node, enum evidence_kind kind)
{
	static const char *const all[] = {"occasion", "ledger", "role", "control", "check", "about", "part"};
	static const char *const rows[] = {"where", "least"};
	const char *needed = kind_needs[kind];

	if (node_get(node, needed) == NULL)
		fault(reading, node, "証拠の種類 %s には %s が要ります。", kind_names[kind],
		      needed);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct node *other = node_get(node, all[i]);
		if (other != NULL && !text_is(text_of(all[i]), needed))
			fault(reading, other, "証拠の種類 %s に %s は使えません。",
			      kind_names[kind], all[i]);
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (node_get(node, rows[i]) != NULL && kind != EVIDENCE_LEDGER)
			fault(reading, node_get(node, rows[i]),
			      "証拠の種類 %s に %s は使えません。", kind_names[kind], rows[i]);
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
load_what(struct reading *reading, const struct node *node, struct pack_evidence *rule)
{
	const struct node *control = node_get(node, "control");
	const struct node *part = node_get(node, "part");

	rule->occasion = REFER(reading, node, "occasion", refer_occasion);
	rule->ledger = REFER(reading, node, "ledger", refer_ledger);
	rule->role = REFER(reading, node, "role", refer_role);
	if (control != NULL)
		rule->control = refer_known(reading, control, "統制", reading->known->controls);
	if (part != NULL)
		rule->part =
			refer_known(reading, part, "これから作る部分", reading->known->parts);
	if (node_get(node, "check") != NULL)
		rule->check = (enum evidence_check)get_one_of(reading, node, "check", check_names, 0);
	rule->where = get_when(reading, node, "where");
	when_check_row(reading, node, "where", rule->where, rule->ledger);
	rule->least = 1;
	(void)get_number(reading, node, "least", 1, 1000000, &rule->least);
}

static void
load_rule(struct reading *reading, const struct node *node, struct pack_evidence *rule)
{
	static const struct key keys[] = {
		{"kind", true},      {"clauses", true},  {"ja", true},    {"en", true},
		{"occasion", false}, {"ledger", false},  {"role", false}, {"control", false},
		{"within", false},   {"partial", false}, {"part", false}, {"where", false},
		{"least", false},    {"check", false},   {"about", false}, {"link", false},
		{"plan", false},     {"of", false},      {NULL, false},
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
	check_needs(reading, node, rule->kind);
	check_possible(reading, node, rule);
	if (rule->kind == EVIDENCE_ACCOUNTS)
		check_accounts(reading, node, rule);
	if (rule->kind == EVIDENCE_INCIDENTS)
		load_incidents_rule(reading, node, rule);
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
