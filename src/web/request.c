/* Asking a request for its parts. */
#include "base/number.h"
#include "web/rooms.h"

static const struct field *
first_in(struct fields fields, struct text name)
{
	for (size_t i = 0; i < fields.count; i++)
		if (text_same(fields.at[i].name, name))
			return &fields.at[i];
	return NULL;
}

static const struct field *
first_of(const struct request *request, const char *name)
{
	const struct field *field = first_in(request->fields, text_of(name));
	return field != NULL ? field : first_in(request->query, text_of(name));
}

struct text
request_field(const struct request *request, const char *name)
{
	const struct field *field = first_of(request, name);
	return field == NULL || field->is_file ? T("") : field->value;
}

bool
request_has(const struct request *request, const char *name)
{
	return first_of(request, name) != NULL;
}

struct fields
request_fields(const struct request *request, struct arena *into, const char *name)
{
	const struct fields both[] = {request->fields, request->query};
	const struct text wanted = text_of(name);
	struct field *found = ARENA_ARRAY(into, struct field,
					  request->fields.count + request->query.count + 1);
	size_t count = 0;
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < both[k].count; i++)
			if (text_same(both[k].at[i].name, wanted))
				found[count++] = both[k].at[i];
	return (struct fields){found, count};
}

const struct field *
request_file(const struct request *request, const char *name)
{
	for (size_t i = 0; i < request->fields.count; i++) {
		const struct field *field = &request->fields.at[i];
		if (field->is_file && field->file_name.len > 0 && text_is(field->name, name))
			return field;
	}
	return NULL;
}

struct error *
request_number(const struct request *request, const char *name, int64_t least, int64_t most,
	       int64_t *value)
{
	const struct text field = text_trim(request_field(request, name));
	if (text_is_empty(field))
		return reject(name, "数字を入れてください。");
	if (!number_read(field, least, most, value))
		return reject(name, "%lld から %lld までの整数を入れてください。",
			      (long long)least, (long long)most);
	return OK;
}

struct text
request_cookie(const struct request *request, const char *name)
{
	for (size_t i = 0; i < request->cookies.count; i++) {
		struct text sent = request->cookies.at[i].name;
		/* Over TLS only the prefixed name counts: another site of the domain cannot set
		 * it. */
		if (request->is_secure) {
			if (!text_starts(sent, T("__Host-")))
				continue;
			sent = text_from(sent, 7);
		}
		if (text_is(sent, name))
			return request->cookies.at[i].value;
	}
	return T("");
}

/* The weight of a language tag in thousandths, RFC 9110 12.4.2: "en;q=0.5" is 500. */
static int
weight_of(struct text tag)
{
	struct text q;
	if (!header_parameter(tag, "q", &q))
		return 1000;
	if (q.len == 0 || q.data[0] != '0')
		return 1000;
	int weight = 0, unit = 100;
	for (size_t i = 2; i < q.len && i < 5; i++, unit /= 10)
		if (q.data[i] >= '0' && q.data[i] <= '9')
			weight += (q.data[i] - '0') * unit;
	return weight;
}

enum language
request_language(const struct request *request)
{
	struct text rest = request->accept_language, tag;
	int english = 0, japanese = 0;
	while (rest.len > 0) {
		text_cut(rest, ',', &tag, &rest);
		tag = text_trim(tag);
		const int weight = weight_of(tag);
		if (text_same_letters(text_first(tag, tag.len < 2 ? tag.len : 2), T("en")))
			english = weight > english ? weight : english;
		if (text_same_letters(text_first(tag, tag.len < 2 ? tag.len : 2), T("ja")))
			japanese = weight > japanese ? weight : japanese;
	}
	return english > japanese ? LANGUAGE_EN : LANGUAGE_JA;
}

/* `address` is scheme://host, and then nothing or a path. */
static bool
is_our_origin(const struct request *request, struct text address)
{
	const struct text scheme = request->is_secure ? T("https://") : T("http://");
	if (request->host.len == 0 || !text_starts(address, scheme))
		return false;
	const struct text rest = text_from(address, scheme.len);
	if (rest.len < request->host.len ||
	    !text_same_letters(text_first(rest, request->host.len), request->host))
		return false;
	return rest.len == request->host.len || rest.data[request->host.len] == '/';
}

bool
request_is_same_origin(const struct request *request)
{
	if (request->fetch_site.len > 0)
		return text_is(request->fetch_site, "same-origin");
	if (request->origin.len > 0)
		return is_our_origin(request, request->origin);
	return is_our_origin(request, request->referer);
}
