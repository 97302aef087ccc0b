#include "paper/print.h"

#include "base/json.h"
#include "base/say.h"

static const char *
kind_name(enum print_warning_kind kind)
{
	switch (kind) {
	case PRINT_NO_GLYPH:
		return "no-glyph";
	case PRINT_NO_VARIANT:
		return "no-variant";
	case PRINT_BORROWED:
		return "borrowed";
	}
	return "";
}

static struct text
warning_words(struct arena *into, const struct print_warning *warning, struct text character)
{
	switch (warning->kind) {
	case PRINT_NO_GLYPH:
		return text_format(into, say("文字%.*sはどの書体にもないため、〓で印刷しました。"),
				   T_ARG(character));
	case PRINT_NO_VARIANT:
		return text_format(into, say("異体字%.*sはどの書体にもないため、〓で印刷しました。"),
				   T_ARG(character));
	case PRINT_BORROWED:
		return text_format(into, say("文字%.*sは明朝体にないため、別の書体で印刷しました。"),
				   T_ARG(character));
	}
	return T("");
}

static void
write_warning(struct arena *into, struct json *json, const struct print_warning *warning)
{
	const struct text character =
		warning->selector == 0 ?
			text_format(into, "U+%04X", warning->character) :
			text_format(into, "U+%04X U+%04X", warning->character, warning->selector);

	json_open_object(json);
	json_text_at(json, "character", character);
	json_text_at(json, "kind", text_of(kind_name(warning->kind)));
	json_text_at(json, "words", warning_words(into, warning, character));
	json_end(json);
}

struct text
print_report_json(struct arena *into, const struct print_report *report, const struct error *error)
{
	struct writer out = writer_open(into, 1 << 16);
	struct json json = json_begin(&out);

	json_open_object(&json);
	if (error != NULL) {
		json_name(&json, T("error"));
		json_open_object(&json);
		json_text_at(&json, "field", error->field);
		json_text_at(&json, "words", error->words);
		json_end(&json);
	}
	json_number_at(&json, "pages", error == NULL ? report->pages : 0);
	json_name(&json, T("warnings"));
	json_open_array(&json);
	for (size_t i = 0; i < report->warnings_count; i++)
		write_warning(into, &json, &report->warnings[i]);
	json_end(&json);
	json_end(&json);
	return writer_text(&out);
}
