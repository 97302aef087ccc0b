/* The state of the house for administrators. */
#include "pages/health.h"
#include "pages/rooms.h"

static const char *
lead_of(enum health_state worst)
{
	switch (worst) {
	case HEALTH_FINE:
		return N_("すべて正常です。");
	case HEALTH_WARN:
		return N_("動いていますが、手当てのいるものがあります。");
	case HEALTH_BAD:
		return N_("異常があります。表の「いま」にある手当てをしてください。");
	}
	return "";
}

static struct error *
health_draw(struct look *look, struct visit *visit)
{
	struct health health;
	(void)look;
	health_gather(visit->arena, visit->office, &health);
	struct health_page page = {
		.frame = visit_frame(visit, text_of(say("システムの状態")), "settings"),
		.lead = text_of(say(lead_of(health.worst))),
		.items = ARENA_ARRAY(visit->arena, struct health_items, HEALTH_ITEMS),
	};
	for (size_t at = 0; at < health.count; at++)
		page.items[page.items_count++] = (struct health_items){
			.title = text_of(say(health.items[at].title)),
			.words = health.items[at].words,
			.is_warn = health.items[at].state == HEALTH_WARN,
			.is_bad = health.items[at].state == HEALTH_BAD,
		};
	return visit_draw(visit, health_page, &page);
}

PAGE_ROWS(health, { { METHOD_GET, "/health" }, RIGHT_SETTINGS, PAGE_LOOK, .look = health_draw });
