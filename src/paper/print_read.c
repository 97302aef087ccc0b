#include "paper/print_check.h"

#include <string.h>

static const struct text_rule title_rule = {
	.name = "title", .most = SHEET_MOST_NAME, .is_needed = true, .is_one_line = true
};
static const struct text_rule record_rule = {
	.name = "record", .most = 80, .is_needed = true, .is_one_line = true
};
static const struct text_rule digest_rule = {
	.name = "digest", .most = 64, .is_needed = true, .is_one_line = true
};
static const struct text_rule command_rule = {
	.name = "command", .most = SHEET_MOST_COMMAND, .is_needed = true, .is_one_line = true
};
static const struct text_rule addressee_rule = {
	.name = "addressee", .most = SHEET_MOST_NAME, .is_one_line = true
};

static struct error *
read_name(const struct reading *in, const struct place *place, const json_t *object,
	  const char *name, struct text *text)
{
	const struct text_rule rule = {
		.name = name, .most = SHEET_MOST_NAME, .is_one_line = true
	};

	return check_text(in, place, object, &rule, text);
}

static struct error *
read_kind(const struct reading *in, const json_t *root, enum print_kind *kind)
{
	const struct text_rule rule = { .name = "job", .most = 10, .is_needed = true };
	struct text word;

	TRY(check_text(in, NULL, root, &rule, &word));
	if (!text_is(word, "sheet") && !text_is(word, "ledger"))
		return reject("job", "jobはsheet(様式)かledger(一覧)です。");
	*kind = text_is(word, "sheet") ? PRINT_SHEET : PRINT_LEDGER;
	return OK;
}

static struct error *
read_applicant(const struct reading *in, const json_t *root, struct print_job *job)
{
	const json_t *object = json_object_get(root, "applicant");
	const struct place here = { .name = "applicant" };

	if (object == NULL)
		return OK;
	TRY(check_object(in, &here, object, "label unit post name"));
	TRY(read_name(in, &here, object, "label", &job->applicant.label));
	TRY(read_name(in, &here, object, "unit", &job->applicant.unit));
	TRY(read_name(in, &here, object, "post", &job->applicant.post));
	TRY(read_name(in, &here, object, "name", &job->applicant.name));
	job->has_applicant = true;
	return OK;
}

static struct error *
read_proof(const struct reading *in, const json_t *root, struct print_proof *proof)
{
	const json_t *object = json_object_get(root, "proof");
	const struct place here = { .name = "proof" };
	struct text digest;

	if (object == NULL)
		return OK;
	TRY(check_object(in, &here, object, "record digest tree_size command"));
	TRY(check_text(in, &here, object, &record_rule, &proof->record));
	TRY(check_text(in, &here, object, &digest_rule, &digest));
	if (!hash_read_hex(digest, &proof->digest))
		return reject("proof.digest", "SHA-256を64桁の16進数で書いてください。");
	if (json_object_get(object, "tree_size") == NULL)
		return reject("proof.tree_size", "この項目が必要です。");
	TRY(check_number(in, &here, object, "tree_size", 0, INT64_MAX, &proof->tree_size));
	TRY(check_text(in, &here, object, &command_rule, &proof->command));
	proof->is_given = true;
	return OK;
}

static struct error *
read_root(struct reading *in, const json_t *root, struct print_job *job)
{
	const struct text_rule lead = { .name = "lead", .most = 1000 };

	TRY(check_object(in, NULL, root,
			 "job title caption body number day made addressee applicant lead "
			 "sections proof"));
	TRY(read_kind(in, root, &job->kind));
	TRY(check_text(in, NULL, root, &title_rule, &job->title));
	TRY(read_name(in, NULL, root, "caption", &job->caption));
	TRY(read_name(in, NULL, root, "body", &job->body));
	TRY(read_name(in, NULL, root, "number", &job->number));
	TRY(check_day(in, NULL, root, "day", &job->has_day, &job->day));
	TRY(check_moment(in, NULL, root, "made", &job->made));
	TRY(check_texts(in, NULL, root, &addressee_rule, 6, &job->addressee,
			&job->addressee_count));
	TRY(read_applicant(in, root, job));
	TRY(check_text(in, NULL, root, &lead, &job->lead));
	TRY(read_sections(in, root, job));
	return read_proof(in, root, &job->proof);
}

static void
json_close_at_end(json_t **json)
{
	json_decref(*json);
}

struct error *
print_read(struct arena *into, struct text bytes, struct print_job *job)
{
	struct reading in = { .arena = into };
	struct print_job got = { .day = DAY_NONE };
	json_error_t fault;
	size_t bad_at;
	__attribute__((cleanup(json_close_at_end))) json_t *root = NULL;

	if (bytes.len > SHEET_MOST_BYTES)
		return reject(NULL, "印刷の依頼が大きすぎます。%dバイトまでです。", SHEET_MOST_BYTES);
	if (!text_is_utf8(bytes, &bad_at))
		return reject(NULL, "印刷の依頼がUTF-8ではありません(%zuバイト目)。", bad_at + 1);
	root = json_loadb(bytes.data, bytes.len, JSON_REJECT_DUPLICATES, &fault);
	if (root == NULL)
		return reject(NULL, "印刷の依頼がJSONとして読めません(%d行%d桁): %s", fault.line,
			      fault.column, fault.text);
	TRY(read_root(&in, root, &got));
	*job = got;
	return OK;
}
