#include "policy/lint.h"

#include "base/number.h"

/* Days and versions of the document, in the order in which they can have happened. */

enum { VERSION_UNCOMPARED = 2 };

/* In force before it was decided. ISO days compare as texts. */
static void
lint_days(struct reading *reading, const void *thing, struct text version, struct text enacted,
	  struct text effective)
{
	if (enacted.len > 0 && effective.len > 0 && text_order(effective, enacted) < 0)
		note(reading, thing, "in-force-before-enacted",
		     "版「%.*s」は %.*s に決まったのに、その前の %.*s から施行されています。",
		     T_ARG(version), T_ARG(enacted), T_ARG(effective));
}

/* "1.10" after "1.9", by the numbers between the dots. Names of versions do not compare. */
static int
version_order(struct text a, struct text b)
{
	while (a.len > 0 || b.len > 0) {
		struct text one;
		struct text two;
		int64_t number_a = 0;
		int64_t number_b = 0;
		if (!text_cut(a, '.', &one, &a))
			a = T("");
		if (!text_cut(b, '.', &two, &b))
			b = T("");
		if ((one.len > 0 && !number_read(one, 0, INT32_MAX, &number_a)) ||
		    (two.len > 0 && !number_read(two, 0, INT32_MAX, &number_b)))
			return VERSION_UNCOMPARED;
		if (number_a != number_b)
			return number_a < number_b ? -1 : 1;
	}
	return 0;
}

static bool
goes_back(struct text before, struct text after)
{
	return before.len > 0 && after.len > 0 && text_order(after, before) < 0;
}

static bool
is_same_major(struct text a, struct text b)
{
	struct text one;
	struct text two;
	struct text rest;

	(void)text_cut(a, '.', &one, &rest);
	(void)text_cut(b, '.', &two, &rest);
	return text_same(one, two);
}

static void
lint_edition(struct reading *reading, const struct pack_edition *before,
	     const struct pack_edition *edition)
{
	if (goes_back(before->effective, edition->effective) ||
	    goes_back(before->enacted, edition->enacted))
		note(reading, edition, "edition-order",
		     "版「%.*s」の日付が、前の版「%.*"
		     "s」より前です。古い版から順に書いてください。",
		     T_ARG(edition->version), T_ARG(before->version));
	const int order = version_order(before->version, edition->version);
	if (order == VERSION_UNCOMPARED)
		return;
	if (order >= 0)
		note(reading, edition, "version-order",
		     "版「%.*s」の次が「%.*s」です。版の番号は増えていくはずです。",
		     T_ARG(before->version), T_ARG(edition->version));
	else if (edition->is_full && is_same_major(before->version, edition->version))
		note(reading, edition, "full-revision-minor",
		     "版「%.*s」は全部改正なのに、「%.*s」からの小さな改正のような番号です。",
		     T_ARG(edition->version), T_ARG(before->version));
}

static bool
is_known_and_other(struct text one, struct text other)
{
	return one.len > 0 && other.len > 0 && !text_same(one, other);
}

void
lint_dates(struct reading *reading)
{
	const struct pack *pack = reading->pack;
	const struct pack_edition *last =
		pack->editions_count > 0 ? &pack->editions[pack->editions_count - 1] : NULL;

	lint_days(reading, &pack->effective, pack->version, pack->enacted, pack->effective);
	for (size_t i = 0; i < pack->editions_count; i++) {
		const struct pack_edition *edition = &pack->editions[i];
		/* What pack.yaml says of the present version has been looked at above. */
		if (edition != last || !text_same(edition->enacted, pack->enacted) ||
		    !text_same(edition->effective, pack->effective))
			lint_days(reading, edition, edition->version, edition->enacted,
				  edition->effective);
		if (i > 0)
			lint_edition(reading, &pack->editions[i - 1], edition);
	}
	if (last != NULL && (!text_same(last->version, pack->version) ||
			     is_known_and_other(last->effective, pack->effective) ||
			     is_known_and_other(last->enacted, pack->enacted)))
		note(reading, last, "edition-not-current",
		     "最後の版「%.*s」と、pack.yaml の version・enacted・effective が"
		     "違います。そろえてください。",
		     T_ARG(last->version));
}
