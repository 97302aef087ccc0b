/* Sessions for people to recognise. */
#include "pages/account_parts.h"
#include "pages/people_pages.h"

struct known {
	const char *mark;
	const char *words;
};

/* The more special first: Edge and Chrome both say Safari. */
static const struct known browsers[] = {
	{ "Edg/", "Edge" },	    { "Firefox/", "Firefox" }, { "Chrome/", "Chrome" },
	{ "Chromium/", "Chromium" }, { "Safari/", "Safari" },	{ "curl/", "curl" },
};
static const struct known systems[] = {
	{ "Windows", "Windows" }, { "iPhone", "iPhone" },  { "iPad", "iPad" },
	{ "Android", "Android" }, { "Mac OS X", "Mac" }, { "CrOS", "Chromebook" },
	{ "Linux", "Linux" },
};

static const char *
find(const struct known *list, size_t count, struct text agent)
{
	for (size_t at = 0; at < count; at++)
		if (text_has(agent, text_of(list[at].mark)))
			return list[at].words;
	return NULL;
}

struct text
agent_in_words(struct arena *arena, struct text agent)
{
	const char *browser = find(browsers, sizeof browsers / sizeof *browsers, agent);
	const char *system = find(systems, sizeof systems / sizeof *systems, agent);
	if (agent.len == 0)
		return text_of(say("(端末の種類は不明)"));
	if (browser == NULL)
		return agent.len > 60 ? text_first(agent, 60) : agent;
	if (system == NULL)
		return text_of(browser);
	return text_format(arena, "%s(%s)", browser, system);
}

struct error *
sessions_of(struct look *look, struct visit *visit, struct person_id person,
	    const struct sessions_part **sessions)
{
	struct session *list;
	size_t count;
	struct arena *arena = visit->arena;
	const bool is_own = person.no == visit->session.person.no && visit->row->right == RIGHT_SELF;
	TRY(people_sessions(look, person, &list, &count));
	struct sessions_part *made = ARENA_NEW(arena, struct sessions_part);
	made->csrf = visit->csrf;
	made->rows = ARENA_ARRAY(arena, struct sessions_rows, count + 1);
	made->rows_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct text id = number_text(arena, list[at].id.no);
		made->rows[at] = (struct sessions_rows){
			.agent = agent_in_words(arena, list[at].agent),
			.address = list[at].address,
			.shown = session_methods_words(arena, list[at].methods),
			.created = list[at].created,
			.seen = list[at].seen,
			.is_this = list[at].id.no == visit->session.id.no,
			.ends = is_own ? url_of(arena, "/account/sessions/{}/end", id)
				      : url_make(arena, "/people/{}/account/sessions/{}/end", 2,
						 ((struct text[]){ number_text(arena, person.no),
								   id })),
		};
	}
	*sessions = made;
	return OK;
}

struct error *
one_time_password_make(struct visit *visit)
{
	struct one_time_password *made = ARENA_NEW(visit->arena, struct one_time_password);
	visit->kept = made;
	return people_password_random(visit->arena, &made->clear, &made->password);
}
