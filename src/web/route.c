/* Matching a path against a table of patterns. */
#include "base/day.h"
#include "base/number.h"
#include "web/rooms.h"

#include <stdlib.h>

static const struct route *
route_at(const struct route_table *table, size_t index)
{
	/* The stride comes from the array's own element size, so alignment holds. */
	const void *at = (const char *)table->first + index * table->stride;
	return at;
}

/* "2026-11-21" and nothing else that day_read would also take. */
static bool
day_segment(struct text segment, int64_t *no)
{
	struct day day;
	if (segment.len != 10 || segment.data[4] != '-' || segment.data[7] != '-' ||
	    !day_read(segment, &day))
		return false;
	*no = day.no;
	return true;
}

static bool
number_segment(struct text segment, int64_t *number)
{
	if (segment.len == 0 || segment.data[0] < '1' || segment.data[0] > '9')
		return false;
	for (size_t i = 1; i < segment.len; i++)
		if (segment.data[i] < '0' || segment.data[i] > '9')
			return false;
	return number_read(segment, 1, INT64_MAX, number);
}

/* A '/' that came encoded inside a segment would make the joined path mean something else. */
static bool
rest_segments(const struct request *request, size_t from, struct text *rest)
{
	if (from >= request->segment_count)
		return false;
	size_t offset = 0;
	for (size_t i = 0; i < request->segment_count; i++) {
		if (i >= from && text_has(request->segments[i], T("/")))
			return false;
		if (i < from)
			offset += request->segments[i].len + 1;
	}
	*rest = text_from(request->path, offset + 1);
	return true;
}

enum step { STEP_NO, STEP_ON, STEP_END };

static enum step
capture_take(struct text hole, const struct request *request, size_t at,
	     struct captures *captures)
{
	struct text name, kind;
	const bool has_kind = text_cut(hole, ':', &name, &kind);
	if (captures->count >= ROUTE_MOST_CAPTURES)
		return STEP_NO;
	const size_t k = captures->count;
	captures->at[k].name = name;
	captures->at[k].number = 0;
	captures->at[k].text = request->segments[at];
	bool fits = true;
	bool is_rest = false;
	if (!has_kind)
		fits = number_segment(request->segments[at], &captures->at[k].number);
	else if (text_is(kind, "day"))
		fits = day_segment(request->segments[at], &captures->at[k].number);
	else if (text_is(kind, "rest"))
		fits = is_rest = rest_segments(request, at, &captures->at[k].text);
	if (!fits)
		return STEP_NO;
	captures->count++;
	return is_rest ? STEP_END : STEP_ON;
}

/* Most patterns differ from a path in their first letters: say so without taking either apart. */
static bool
may_fit(const char *pattern, const struct request *request)
{
	const struct text first = request->segment_count == 0 ? T("") : request->segments[0];
	const char *at = pattern + 1; /* behind the '/' */
	for (size_t i = 0; i < first.len; i++, at++)
		if (*at != first.data[i])
			return *at == '{';
	return *at == '\0' || *at == '/' || *at == '{';
}

static bool
pattern_fits(const char *pattern, const struct request *request, struct captures *captures)
{
	struct text rest = text_from(text_of(pattern), 1);
	size_t at = 0;
	captures->count = 0;
	while (rest.len > 0) {
		struct text piece;
		text_cut(rest, '/', &piece, &rest);
		if (at >= request->segment_count)
			return false;
		if (piece.len > 2 && piece.data[0] == '{') {
			const struct text hole = text_first(text_from(piece, 1), piece.len - 2);
			switch (capture_take(hole, request, at, captures)) {
			case STEP_NO:
				return false;
			case STEP_END:
				return true;
			case STEP_ON:
				break;
			}
		} else if (!text_same(piece, request->segments[at])) {
			return false;
		}
		at++;
	}
	return at == request->segment_count;
}

enum route_result
route_find(const struct route_table *table, const struct request *request, size_t *index,
	   struct captures *captures, struct text *allow)
{
	bool gets = false, posts = false;
	for (size_t i = 0; i < table->count; i++) {
		const struct route *route = route_at(table, i);
		if (!may_fit(route->pattern, request))
			continue;
		struct captures found; /* declared late: the compiler is told to clear it */
		if (!pattern_fits(route->pattern, request, &found))
			continue;
		if (route->method == request->method) {
			*index = i;
			*captures = found;
			return ROUTE_FOUND;
		}
		gets = gets || route->method == METHOD_GET;
		posts = posts || route->method == METHOD_POST;
	}
	if (!gets && !posts)
		return ROUTE_MISSING;
	*allow = gets && posts ? T("GET, HEAD, POST") : gets ? T("GET, HEAD") : T("POST");
	return ROUTE_OTHER_METHOD;
}

static size_t
capture_index(const struct captures *captures, const char *name)
{
	for (size_t i = 0; i < captures->count; i++)
		if (text_is(captures->at[i].name, name))
			return i;
	abort();
}

int64_t
capture_number(const struct captures *captures, const char *name)
{
	return captures->at[capture_index(captures, name)].number;
}

struct text
capture_text(const struct captures *captures, const char *name)
{
	return captures->at[capture_index(captures, name)].text;
}

static bool
hole_is_known(struct text piece, bool is_last)
{
	if (piece.len < 3 || piece.data[piece.len - 1] != '}')
		return false;
	struct text name, kind;
	if (!text_cut(text_first(text_from(piece, 1), piece.len - 2), ':', &name, &kind))
		return name.len > 0;
	return name.len > 0 && (text_is(kind, "text") || text_is(kind, "day") ||
				(text_is(kind, "rest") && is_last));
}

static bool
pattern_is_sound(const char *pattern)
{
	struct text rest = text_of(pattern);
	if (rest.len == 0 || rest.data[0] != '/')
		return false;
	rest = text_from(rest, 1);
	size_t segments = 0, holes = 0;
	while (rest.len > 0) {
		struct text piece;
		const bool has_more = text_cut(rest, '/', &piece, &rest);
		segments++;
		if (piece.len == 0 || (has_more && rest.len == 0))
			return false;
		if (piece.data[0] != '{' && text_has(piece, T("}")))
			return false;
		if (piece.data[0] == '{' && (++holes, !hole_is_known(piece, !has_more)))
			return false;
	}
	return segments <= WEB_MOST_SEGMENTS && holes <= ROUTE_MOST_CAPTURES;
}

struct error *
route_table_check(const struct route_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		if (!pattern_is_sound(route_at(table, i)->pattern))
			return broken("route %zu: %s", i, route_at(table, i)->pattern);
	return OK;
}
