/*
 * Mail to the one relay the body has set, with libcurl. The settings of a body:
 *
 *	mail.relay	smtp://host:port or smtps://host:port; empty: no mail leaves, notices stay in
 *			the pages
 *	mail.from	the sender's address
 *	mail.tls	empty: encrypted when the relay offers it; "required": encrypted, with a
 *			certificate that holds, or not at all; "off": in the clear
 *	mail.ca		file with the certificates to trust, for a relay of the house; empty: the machine's
 *
 * No other machine is ever spoken to: no proxy, no redirection, no other protocol.
 */
#ifndef BANSHO_CLI_MAIL_H
#define BANSHO_CLI_MAIL_H

#include "cli/body.h"

struct mail; /* people/notice.h */

struct relay {
	struct text url, from, tls, ca;
	struct text name; /* of the body: the sender's name */
	struct text code; /* of the body: in Message-ID */
};

/* *is_set false when the body has no relay. INVALID (field: the setting) when one is unusable. */
struct error *relay_read(struct body *body, struct arena *into, struct relay *relay, bool *is_set)
	MUST_USE;

/* A connection to the relay that stays open from mail to mail. */
struct courier;
struct courier *courier_open(const struct relay *relay);
void courier_close(struct courier *courier);

enum delivery {
	DELIVERED,
	DELIVERY_REFUSED, /* the relay does not take this mail: the next may pass */
	DELIVERY_NO_RELAY, /* the relay cannot be reached: trying others is no use now */
};
/* `why` says what the relay answered. The mail may be delivered twice if the machine stops between
   the relay's answer and our entry; its Message-ID is the same then. */
enum delivery courier_deliver(struct courier *courier, struct arena *arena, const struct mail *mail,
			      struct moment now, struct text *why);

/* The message as it is sent (RFC 5322, 2045, 2047): ASCII lines that end in CR LF. */
struct text mail_message(struct arena *into, const struct relay *relay, const struct mail *mail,
			 struct moment now);

#endif
