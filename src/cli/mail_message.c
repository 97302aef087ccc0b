/* A mail as it goes over the wire: headers in encoded words, the body in base64. */
#include "cli/mail.h"

#include "base/writer.h"
#include "people/notice.h"

enum { WORD_BYTES = 42, LINE_BYTES = 57, MESSAGE_MOST = 1 << 20 };

/* RFC 2047: words of at most 75 characters, none of which cuts a character in two. */
static void
write_words(struct writer *out, struct arena *arena, struct text text)
{
	size_t at = 0, begin = 0;
	uint32_t character;
	bool has_one = false;
	while (begin < text.len) {
		size_t end = begin;
		while (at < text.len && at - begin <= WORD_BYTES - 4) {
			text_next(text, &at, &character);
			end = at;
		}
		const struct text word = { text.data + begin, end - begin };
		write_format(out, "%s=?UTF-8?B?%.*s?=", has_one ? "\r\n " : "",
			     T_ARG(text_base64(arena, word)));
		has_one = true;
		begin = end;
	}
}

/* RFC 5322 §3.3, in Japan Standard Time. */
static void
write_date(struct writer *out, struct moment now)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	const struct day day = moment_day(now);
	int year, month, date, hour, minute, second;
	day_parts(day, &year, &month, &date);
	moment_clock(now, &hour, &minute, &second);
	write_format(out, "Date: %s, %d %s %d %02d:%02d:%02d +0900\r\n", days[day_of_week(day)],
		     date, months[month - 1], year, hour, minute, second);
}

static void
write_body(struct writer *out, struct arena *arena, struct text body)
{
	const struct text lines =
		text_replace(arena, text_replace(arena, body, T("\r\n"), T("\n")), T("\n"), T("\r\n"));
	for (size_t at = 0; at < lines.len; at += LINE_BYTES) {
		const struct text piece = text_first(text_from(lines, at), LINE_BYTES);
		write_text(out, text_base64(arena, piece));
		write_z(out, "\r\n");
	}
}

static struct text
domain_of(struct text address)
{
	struct text before, behind;
	return text_cut(address, '@', &before, &behind) ? behind : T("localhost");
}

struct text
mail_message(struct arena *into, const struct relay *relay, const struct mail *mail,
	     struct moment now)
{
	struct writer out = writer_open(into, MESSAGE_MOST);
	write_date(&out, now);
	write_z(&out, "From: ");
	write_words(&out, into, mail->sender.len != 0 ? mail->sender : relay->name);
	write_format(&out, " <%.*s>\r\nTo: <%.*s>\r\n", T_ARG(relay->from), T_ARG(mail->address));
	write_format(&out, "Message-ID: <bansho-%.*s-%lld@%.*s>\r\n", T_ARG(relay->code),
		     (long long)mail->id.no, T_ARG(domain_of(relay->from)));
	write_z(&out, "Subject: ");
	write_words(&out, into, mail->subject);
	write_z(&out, "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
		      "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n");
	write_body(&out, into, mail->body);
	return writer_text(&out);
}
