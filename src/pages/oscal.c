/* The policy and its evidence as OSCAL files: what everybody may read, and what takes map.read. */
#include "pages/list_pages.h"
#include "pages/rooms.h"

#include "assure/history.h"
#include "base/file.h"
#include "oscal/oscal.h"

#include <fcntl.h>
#include <unistd.h>

/* Of a pack as big as packs may be. */
enum { SCRATCH_MOST = 1 << 30 };

static const char *const model_words[OSCAL_MODELS] = {
	[OSCAL_CATALOG] = N_("方針の条項（catalog）"),
	[OSCAL_PROFILE] = N_("適用する条項と設定（profile）"),
	[OSCAL_COMPONENTS] = N_("番所による条項の実施（component-definition）"),
	[OSCAL_PLAN] = N_("条項の点検の計画（assessment-plan）"),
	[OSCAL_RESULTS] = N_("条項の点検の結果（assessment-results）"),
	[OSCAL_POAM] = N_("指摘と例外の処置の計画（POA&M）"),
};

static struct error *
oscal_draw(struct look *look, struct visit *visit)
{
	(void)look;
	const bool has_records = visit_may(visit, RIGHT_MAP_READ);
	struct oscal_page page = {
		.frame = visit_frame(visit, text_of(say("OSCALで書き出す")), "policy"),
		.models = ARENA_ARRAY(visit->arena, struct oscal_models, OSCAL_MODELS),
		.at = visit_text(visit, "at"),
		.has_records = has_records,
	};
	for (int at = 0; at < OSCAL_MODELS; at++) {
		const enum oscal_model model = (enum oscal_model)at;
		if (has_records || !oscal_needs_body(model))
			page.models[page.models_count++] = (struct oscal_models){
				text_of(oscal_model_name(model)), text_of(say(model_words[at])) };
	}
	return visit_draw(visit, oscal_page, &page);
}

/* As things stand, or as they were written down at the end of a past day. */
static struct error *
read_assurance(struct look *look, struct visit *visit, struct assurance *assurance, int64_t *entry)
{
	const struct office *office = visit->office;
	const struct text typed = text_trim(visit_text(visit, "at"));
	struct assure_then then;
	struct day day;
	if (typed.len == 0)
		return assure(look, office->flow, office->sealing, assurance);
	if (!day_read(typed, &day) || day.no > visit->today.no)
		return reject("at", "今日か、過ぎた日を書いてください。");
	TRY(assure_at(look, office->pack, day, assurance, &then));
	if (!then.found)
		return missing("その日の記録はありません。もっと後の日を選んでください。");
	*entry = then.entry;
	assurance->at = (struct moment){ day_begin(day_plus(day, 1)).ms - 1 };
	return OK;
}

static struct error *
write_model(struct look *look, struct visit *visit, enum oscal_model model, int fd)
{
	ARENA_SCOPED scratch = arena_open(SCRATCH_MOST);
	const struct office *office = visit->office;
	struct oscal_source source = { .pack = office->pack,
				       .look = look,
				       .body_code = office->body_code,
				       .body_name = office->body_name };
	struct assurance assurance;
	struct text json;
	if (model == OSCAL_CATALOG)
		TRY(oscal_pack_files(scratch, path_join(scratch, office->folder, "pack"), &source.files,
				     &source.files_count));
	if (oscal_needs_body(model)) {
		TRY(read_assurance(look, visit, &assurance, &source.entry));
		source.assurance = &assurance;
	}
	TRY(oscal_write(scratch, &source, model, &json));
	return fd_write_all(fd, json);
}

static struct error *
oscal_send(struct look *look, struct visit *visit)
{
	const char *folder, *path;
	enum oscal_model model;
	if (!oscal_model_read(visit_text(visit, "model"), &model))
		return missing("書き出すものを選んでください。");
	if (oscal_needs_body(model) && !visit_may(visit, RIGHT_MAP_READ))
		return refuse("条項の記録を見る権限がありません。");
	TRY(send_temporary(visit, &folder, &path));
	FD_SCOPED fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return broken("一時ファイルを作れませんでした。");
	unlink(path);
	TRY(write_model(look, visit, model, fd));
	visit->answer.download = text_format(visit->arena, "%.*s-%s", T_ARG(visit->office->body_code),
					     oscal_model_file(model));
	return send_file(visit, &fd, "application/json");
}

PAGE_ROWS(oscal,
	  { { METHOD_GET, "/policy/oscal" }, RIGHT_SELF, PAGE_LOOK, .look = oscal_draw },
	  { { METHOD_GET, "/policy/oscal/send" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = oscal_send });
