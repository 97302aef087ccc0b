#include "policy/lint.h"

#include "base/say.h"

/* Roles: can they be filled, does the text name others, and who controls whom? */

/* Every name a role goes by, folded. */
struct role_names {
	struct text *names;
	size_t count;
};

static bool
has_name(const struct role_names *known, struct text folded)
{
	for (size_t i = 0; i < known->count; i++)
		if (text_same(known->names[i], folded))
			return true;
	return false;
}

static void
add_name(struct reading *reading, struct role_names *known, struct text name)
{
	if (name.len > 0)
		known->names[known->count++] = text_fold(reading->scratch, name);
}

/* Terms give roles further names: CISO is 最高情報セキュリティ責任者. */
static void
add_term(struct reading *reading, struct role_names *known, const struct pack_term *term)
{
	bool is_role = has_name(known, text_fold(reading->scratch, term->name.ja));

	for (size_t i = 0; i < term->aliases_count && !is_role; i++)
		is_role = has_name(known, text_fold(reading->scratch, term->aliases[i]));
	if (!is_role)
		return;
	add_name(reading, known, term->name.ja);
	for (size_t i = 0; i < term->aliases_count; i++)
		add_name(reading, known, term->aliases[i]);
}

static struct role_names
names_of_roles(struct reading *reading)
{
	const struct pack *pack = reading->pack;
	struct role_names known = {0};
	size_t most = pack->roles_count * 4 + 1;

	for (size_t i = 0; i < pack->terms_count; i++)
		most += 1 + pack->terms[i].aliases_count;
	known.names = ARENA_ARRAY(reading->scratch, struct text, most);
	for (size_t i = 0; i < pack->roles_count; i++) {
		add_name(reading, &known, pack->roles[i].name.ja);
		add_name(reading, &known, pack->roles[i].short_name.ja);
		add_name(reading, &known, pack->roles[i].name.en);
		add_name(reading, &known, pack->roles[i].short_name.en);
	}
	for (size_t i = 0; i < pack->terms_count; i++)
		add_term(reading, &known, &pack->terms[i]);
	return known;
}

static void
lint_named(struct reading *reading, const struct role_names *known,
	   const struct pack_clause *clause, struct text named)
{
	const struct pack *pack = reading->pack;

	if (has_name(known, text_fold(reading->scratch, named)))
		return;
	struct text *names =
		ARENA_ARRAY(reading->scratch, struct text, pack->roles_count * 2 + 1);
	for (size_t i = 0; i < pack->roles_count; i++) {
		names[2 * i] = pack->roles[i].name.ja;
		names[2 * i + 1] = pack->roles[i].short_name.ja;
	}
	const struct text near = nearest(named, names, pack->roles_count * 2);
	note(reading, clause, "role-unknown",
	     "条項「%.*s」の「%.*s」という役割は roles.yaml にありません。%s",
	     T_ARG(clause->id), T_ARG(named),
	     near.len == 0
		     ? ""
		     : text_z(reading->scratch,
			      text_format(reading->scratch, say("「%.*s」ではありませんか。"),
					  T_ARG(near))));
}

/* Work that an audit looks at, done rather than decided. */
static bool
is_audited_work(const struct pack_clause *clause)
{
	switch (clause->kind) {
	case CLAUSE_RECORD:
	case CLAUSE_PERIODIC:
	case CLAUSE_ENFORCE:
	case CLAUSE_DETECT:
	case CLAUSE_CONVERT:
	case CLAUSE_PHYSICAL:
		return !text_is(clause->module, "audit");
	case CLAUSE_HEADING:
	case CLAUSE_APPROVE:
	case CLAUSE_REPORT:
	case CLAUSE_ASSIGN:
	case CLAUSE_ATTEST:
	case CLAUSE_PLAN:
		return false;
	}
	return false;
}

static size_t
audited_duties(const struct pack *pack, const struct pack_role *role)
{
	size_t count = 0;

	for (size_t i = 0; i < pack->clauses_count; i++)
		count += pack->clauses[i].is_duty && pack->clauses[i].actor == role &&
			 is_audited_work(&pack->clauses[i]);
	return count;
}

/* A role whose own clause belongs to the audit, standing under somebody whose work is audited.
 */
static void
lint_auditor(struct reading *reading, const struct pack_role *role)
{
	if (role->clause == NULL || !text_is(role->clause->module, "audit") ||
	    role->above == NULL)
		return;
	const size_t count = audited_duties(reading->pack, role->above);
	if (count > 0)
		note(reading, role, "auditor-not-independent",
		     "「%.*s」は監査をする役割ですが、監査を受ける義務を %zu "
		     "もつ「%.*s」の下にあります。独立した役割の下に置いてください。",
		     T_ARG(role->name.ja), count, T_ARG(role->above->name.ja));
}

static bool
may_apply(const struct pack_occasion *occasion, const struct pack_role *role)
{
	for (size_t i = 0; i < occasion->by_count; i++)
		if (occasion->by[i] == role)
			return true;
	return occasion->by_count == 0;
}

static void
lint_step(struct reading *reading, const struct pack_occasion *occasion,
	  const struct pack_step *step)
{
	const struct pack_role *role = step->role;

	if (step->verb != STEP_PERMISSION)
		return;
	if (role->above == NULL && may_apply(occasion, role))
		note(reading, step, "approver-controls-self",
		     "場面「%.*s」では「%.*s」が自分の申請を自分で許可できます。above "
		     "に上の役割を書くか、by で申請できる人を限ってください。",
		     T_ARG(occasion->code), T_ARG(role->name.ja));
	if (role->clause == NULL)
		note(reading, step, "permission-outside-model",
		     "場面「%.*s」を許可する「%.*"
		     "s」は、方針のどの条項にも定められていません。roles.yaml "
		     "の clause に根拠を書いてください。",
		     T_ARG(occasion->code), T_ARG(role->name.ja));
}

void
lint_roles(struct reading *reading)
{
	const struct pack *pack = reading->pack;

	for (size_t i = 0; i < pack->roles_count; i++) {
		const struct pack_role *role = &pack->roles[i];
		if (role->scope != SCOPE_EVERYONE && role->appointed.ja.len == 0)
			note(reading, role, "role-not-appointed",
			     "役割「%.*s」に、だれがどう就くかがありません。appointed "
			     "を書いてください。",
			     T_ARG(role->name.ja));
		lint_auditor(reading, role);
	}
	const struct role_names known = names_of_roles(reading);
	for (size_t i = 0; i < pack->clauses_count; i++)
		for (size_t j = 0; j < pack->clauses[i].roles_named_count; j++)
			lint_named(reading, &known, &pack->clauses[i],
				   pack->clauses[i].roles_named[j]);
	for (size_t i = 0; i < pack->occasions_count; i++)
		for (size_t j = 0; j < pack->occasions[i].steps_count; j++)
			lint_step(reading, &pack->occasions[i], &pack->occasions[i].steps[j]);
}
