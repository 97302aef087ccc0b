/* Names and words of everything that has a closed set of them. */
#include "incident/rooms.h"

#define READ(function, names, type)                                                            \
	bool function(struct text name, enum type *read)                                       \
	{                                                                                      \
		for (size_t at = 0; at < sizeof names / sizeof *names; at++)                   \
			if (text_is(name, names[at])) {                                        \
				*read = (enum type)at;                                         \
				return true;                                                   \
			}                                                                      \
		return false;                                                                  \
	}

static const char *const state_names[INCIDENT_STATES] = { "reported", "open", "concluded", "closed",
							  "dismissed" };
static const char *const state_said[INCIDENT_STATES] = {
	N_("評価待ち"), N_("対応中"), N_("原因と再発防止を報告済み"), N_("終結"), N_("インシデントではない")
};

const char *
incident_state_name(enum incident_state state)
{
	return state_names[state];
}

const char *
incident_state_words(enum incident_state state)
{
	return say(state_said[state]);
}

READ(incident_state_read, state_names, incident_state)

static const char *const source_names[INCIDENT_SOURCES] = { "staff", "citizen", "system", "vendor" };
static const char *const source_said[INCIDENT_SOURCES] = { N_("職員"), N_("市民など外部の人"),
							   N_("監視・システム"), N_("委託先") };

const char *
incident_source_name(enum incident_source source)
{
	return source_names[source];
}

const char *
incident_source_words(enum incident_source source)
{
	return say(source_said[source]);
}

READ(incident_source_read, source_names, incident_source)

static const char *const way_names[INCIDENT_WAYS] = { "self", "said", "public", "sheet" };
static const char *const way_said[INCIDENT_WAYS] = { N_("本人が入力"), N_("口頭・電話を入力"),
						     N_("通報のページ"), N_("様式で報告") };

const char *
incident_way_name(enum incident_way way)
{
	return way_names[way];
}

const char *
incident_way_words(enum incident_way way)
{
	return say(way_said[way]);
}

READ(incident_way_read, way_names, incident_way)

static const char *const verdict_names[INCIDENT_VERDICTS] = { "incident", "near-miss", "event" };
static const char *const verdict_said[INCIDENT_VERDICTS] = { N_("インシデント"), N_("ヒヤリ・ハット"),
							     N_("インシデントではない") };

const char *
incident_verdict_name(enum incident_verdict verdict)
{
	return verdict_names[verdict];
}

const char *
incident_verdict_words(enum incident_verdict verdict)
{
	return say(verdict_said[verdict]);
}

READ(incident_verdict_read, verdict_names, incident_verdict)

const char *
entry_category_words(enum entry_category category)
{
	static const char *const said[ENTRY_CATEGORIES] = {
		N_("報告"), N_("確認した事実"), N_("対応"), N_("判断・指示"), N_("外部との連絡"), N_("証拠"),
		N_("原因"), N_("二次被害"), N_("本人への対応"), N_("公表"), N_("再発防止（実施済み）"),
		N_("再発防止（今後）"), N_("その他")
	};
	return say(said[category]);
}

const char *
play_phase_words(enum play_phase phase)
{
	static const char *const said[PLAY_PHASES] = { N_("拡大防止"), N_("証拠保全"), N_("復旧"),
						       N_("連絡・説明"), N_("再発防止") };
	return say(said[phase]);
}

static const char *const from_names[ENTRY_SOURCES] = { "seen", "told", "log", "outside", "bansho" };

const char *
entry_source_name(enum entry_source source)
{
	return from_names[source];
}

const char *
entry_source_words(enum entry_source source)
{
	static const char *const said[ENTRY_SOURCES] = { N_("自分で確かめた"), N_("人から聞いた"),
							 N_("ログ・機器"), N_("外部から"), N_("番所の記録") };
	return say(said[source]);
}

READ(entry_source_read, from_names, entry_source)

static const char *const task_names[TASK_KINDS] = { "play", "task", "contain", "recover", "prevent", "stop" };

const char *
task_kind_name(enum task_kind kind)
{
	return task_names[kind];
}

const char *
task_kind_words(enum task_kind kind)
{
	static const char *const said[TASK_KINDS] = { N_("手順"), N_("作業"), N_("応急措置の指示"),
						      N_("復旧の指示"), N_("再発防止の指示"), N_("停止の指示") };
	return say(said[kind]);
}

READ(task_kind_read, task_names, task_kind)

bool
task_kind_is_order(enum task_kind kind)
{
	return kind >= TASK_CONTAIN;
}

static const char *const custody_names[CUSTODY_DOINGS] = { "taken", "handed", "checked", "returned",
							   "destroyed" };

const char *
custody_name(enum custody_doing doing)
{
	return custody_names[doing];
}

const char *
custody_words(enum custody_doing doing)
{
	static const char *const said[CUSTODY_DOINGS] = { N_("受け入れた"), N_("渡した"), N_("確かめた"),
							  N_("返した"), N_("廃棄した") };
	return say(said[doing]);
}

READ(custody_read, custody_names, custody_doing)

const char *
outside_stage_name(enum outside_stage stage)
{
	static const char *const names[OUTSIDE_STAGES] = { "first", "final", "notice" };
	return names[stage];
}

const char *
outside_stage_words(enum outside_stage stage)
{
	static const char *const said[OUTSIDE_STAGES] = { N_("速報"), N_("確報"), N_("連絡・届出") };
	return say(said[stage]);
}

static const char *const disclosure_names[DISCLOSURES] = { "done", "planned", "not" };

const char *
disclosure_name(enum disclosure disclosure)
{
	return disclosure_names[disclosure];
}

const char *
disclosure_words(enum disclosure disclosure)
{
	static const char *const said[DISCLOSURES] = { N_("公表した"), N_("公表する予定"), N_("公表しない") };
	return say(said[disclosure]);
}

READ(disclosure_read, disclosure_names, disclosure)
