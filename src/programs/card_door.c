/* The door for IC cards. */
#include "programs/card_door.h"

#include "base/log.h"
#include "base/service.h"
#include "signin/card.h"
#include "web/issuers.h"

enum { CONNECTIONS = 1000, HTTPS = 443 };

struct error *
card_door_open(struct card_door *door, const char *folder, const char *address, uint16_t port)
{
	*door = (struct card_door){ .listening = -1 };
	if (folder == NULL)
		return OK;
	TRY(issuers_open(folder, &door->issuers));
	door->listening = service_socket("cards");
	return door->listening >= 0 ? OK : server_listen(address, port, &door->listening);
}

static bool
is_revoked(void *with, struct text issuer_key, struct text serial)
{
	return issuers_revoked(with, issuer_key, serial);
}

static void
sweep(struct card_door *door)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct card_sweep sweep = { .is_revoked = is_revoked, .with = door->issuers,
				    .pack = door->office.pack };
	const struct actor nobody = { .through = T("web") };
	struct error *error = store_act(door->office.store, arena, &nobody, signin_card_sweep, &sweep);
	if (error != OK)
		log_error("cards", error);
	else if (sweep.stopped > 0)
		log_say("失効リストにあるカード%lld枚を止めました。", (long long)sweep.stopped);
	error_sweep();
}

struct error *
card_door_start(struct card_door *door, const struct server_options *how, struct office *office,
		uint16_t card_public_port, uint16_t public_port)
{
	const bool is_plain = how->tls == NULL;
	if (door->issuers == NULL)
		return OK;
	office->issuers = door->issuers;
	office->home_port = public_port != 0 ? public_port
			    : is_plain	     ? HTTPS
					     : server_listening_port(how->listening);
	office->card_port = card_public_port != 0 ? card_public_port
						  : server_listening_port(door->listening);
	door->office = *office;
	door->office.is_card_door = true;
	struct server_options asking = *how;
	asking.listening = door->listening;
	asking.with = &door->office;
	asking.issuers = is_plain ? NULL : issuers_pem(door->issuers).data;
	asking.takes_certificate = is_plain;
	asking.home_port = office->home_port;
	asking.most_connections = CONNECTIONS;
	sweep(door); /* lists may have changed while we were not running */
	return server_start(&asking, &door->server);
}

void
card_door_watch(struct card_door *door)
{
	if (door->server != NULL && issuers_refresh(door->issuers))
		sweep(door);
}

void
card_door_stop(struct card_door *door, unsigned seconds)
{
	if (door->server != NULL)
		server_stop(door->server, seconds);
	door->server = NULL;
	issuers_close(door->issuers);
	door->issuers = NULL;
}
