/* Whose client certificates count: the folder, and the judgement. */
#include "web/issuers.h"

#include "base/file.h"
#include "base/log.h"
#include "base/say.h"
#include "base/writer.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { STRENGTH = 2 /* 112 bits: RSA 2048, SHA-2 */, LINE_MOST = 1 << 16, FILES_MOST = 256, SERIAL_MOST = 40 };

static const char ISSUERS_NAME[] = "issuers.pem";

struct list {
	X509_CRL *crl;
	size_t issuer;
};

/* What one reading of the folder gave; never changed afterwards. */
struct reading {
	struct arena *arena;
	X509_STORE *store;
	X509 *at[ISSUERS_MOST];
	struct text key[ISSUERS_MOST];
	size_t count;
	struct list lists[ISSUERS_MOST_LISTS];
	size_t lists_count;
};

struct issuers {
	struct arena *arena;
	const char *folder;
	struct text pem;
	struct hash looks; /* names, sizes and times of the files when they were last read */
	pthread_rwlock_t lock; /* reading, trouble */
	struct reading *reading;
	struct arena *trouble_arena;
	struct text trouble;
};

static void
bio_free(BIO **bio)
{
	BIO_free_all(*bio);
}
#define BIO_SCOPED __attribute__((cleanup(bio_free))) BIO *
static void
certificate_free(X509 **certificate)
{
	X509_free(*certificate);
}
#define CERTIFICATE_SCOPED __attribute__((cleanup(certificate_free))) X509 *
static void
context_free(X509_STORE_CTX **context)
{
	X509_STORE_CTX_free(*context);
}
#define CONTEXT_SCOPED __attribute__((cleanup(context_free))) X509_STORE_CTX *

const char *
certificate_state_code(enum certificate_state state)
{
	switch (state) {
	case CERTIFICATE_GOOD:
		return "good";
	case CERTIFICATE_UNREADABLE:
		return "unreadable";
	case CERTIFICATE_UNFIT:
		return "unfit";
	case CERTIFICATE_UNKNOWN_ISSUER:
		return "unknown-issuer";
	case CERTIFICATE_NOT_YET:
		return "not-yet";
	case CERTIFICATE_EXPIRED:
		return "expired";
	case CERTIFICATE_REVOKED:
		return "revoked";
	case CERTIFICATE_NO_LIST:
		return "no-list";
	case CERTIFICATE_OLD_LIST:
		return "old-list";
	}
	return "";
}

/* ---- Values out of libcrypto ---- */

static struct moment
moment_of(const ASN1_TIME *time)
{
	struct tm parts;
	if (time == NULL || ASN1_TIME_to_tm(time, &parts) != 1)
		return (struct moment){ 0 };
	return (struct moment){ (int64_t)timegm(&parts) * 1000 };
}

/* What is not UTF-8 inside is nobody's name. */
static struct text
words_of(struct arena *into, BIO *bio)
{
	char *data = NULL;
	size_t bad_at;
	const long len = BIO_get_mem_data(bio, &data);
	struct text words = { data, len < 0 ? 0 : (size_t)len };
	if (words.len > CERTIFICATE_MOST_NAME)
		words = text_first(words, CERTIFICATE_MOST_NAME);
	if (!text_is_utf8(words, &bad_at))
		words = text_first(words, bad_at);
	return text_copy(into, words);
}

static struct text
name_of(struct arena *into, const X509_NAME *name)
{
	BIO_SCOPED bio = BIO_new(BIO_s_mem());
	/* Japanese stays as it is; control characters do not. */
	if (bio == NULL ||
	    X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0)
		return T("");
	return words_of(into, bio);
}

static struct text
common_name_of(struct arena *into, const X509_NAME *name)
{
	BIO_SCOPED bio = BIO_new(BIO_s_mem());
	const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
	if (bio == NULL || at < 0 ||
	    ASN1_STRING_print_ex(bio, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)),
				 ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_UTF8_CONVERT) < 0)
		return T("");
	return words_of(into, bio);
}

/* As people would: the common name, else all of it. */
static struct text
called(struct arena *into, const X509_NAME *name)
{
	const struct text common = common_name_of(into, name);
	return common.len > 0 ? common : name_of(into, name);
}

static struct text
serial_of(struct arena *into, const ASN1_INTEGER *number)
{
	BIO_SCOPED bio = BIO_new(BIO_s_mem());
	if (bio == NULL || i2a_ASN1_INTEGER(bio, number) < 0)
		return T("");
	const struct text serial = words_of(into, bio);
	return serial.len > SERIAL_MOST ? T("") : serial;
}

static struct text
key_of(struct arena *into, const X509_NAME *name)
{
	const unsigned char *der = NULL;
	size_t len = 0;
	if (X509_NAME_get0_der(name, &der, &len) != 1)
		len = 0;
	const struct hash hash = hash_of((struct text){ (const char *)der, len });
	return hash_hex(into, &hash);
}

static X509 *
parse(struct text bytes)
{
	const unsigned char *at = (const unsigned char *)bytes.data;
	if (bytes.len == 0 || bytes.len > CERTIFICATE_MOST_BYTES)
		return NULL;
	if (text_has(bytes, T("-----BEGIN CERTIFICATE-----"))) {
		BIO_SCOPED bio = BIO_new_mem_buf(bytes.data, (int)bytes.len); /* bounded */
		return bio == NULL ? NULL : PEM_read_bio_X509(bio, NULL, NULL, NULL);
	}
	const unsigned char *end = at + bytes.len;
	X509 *made = d2i_X509(NULL, &at, (long)bytes.len); /* bounded */
	if (made != NULL && at != end) { /* something behind it: not what was signed */
		X509_free(made);
		return NULL;
	}
	return made;
}

/* ---- Reading the folder ---- */

static void
reading_close(struct reading *reading)
{
	if (reading == NULL)
		return;
	for (size_t at = 0; at < reading->count; at++)
		X509_free(reading->at[at]);
	for (size_t at = 0; at < reading->lists_count; at++)
		X509_CRL_free(reading->lists[at].crl);
	X509_STORE_free(reading->store);
	arena_close(reading->arena);
}

static struct error *
cannot_read(const char *name, const char *why)
{
	return reject(name, "カードの発行者のファイル %s を読めません。%s", name, say(why));
}

static struct error *
take_issuers(struct reading *reading, struct text pem)
{
	BIO_SCOPED bio = BIO_new_mem_buf(pem.data, (int)pem.len); /* at most ISSUERS_MOST_BYTES */
	X509 *one;
	while (bio != NULL && (one = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
		const bool is_issuer = X509_check_ca(one) >= 1;
		if (!is_issuer || reading->count == ISSUERS_MOST) {
			X509_free(one);
			return cannot_read(ISSUERS_NAME,
					   is_issuer ? N_("発行者が多すぎます。64までにしてください。")
						     : N_("認証局ではない証明書が入っています。カードを発行する認証局の証明書だけにしてください。"));
		}
		reading->at[reading->count] = one;
		reading->key[reading->count++] = key_of(reading->arena, X509_get_subject_name(one));
		if (X509_STORE_add_cert(reading->store, one) != 1)
			return broken("カードの発行者を用意できませんでした。");
	}
	ERR_clear_error(); /* the end of the file is an error to libcrypto */
	return reading->count > 0
		       ? OK
		       : cannot_read(ISSUERS_NAME, N_("PEM の証明書を一つ以上入れてください。"));
}

/* Whose list it is: its name, and its signature holds. */
static bool
find_issuer(const struct reading *reading, X509_CRL *crl, size_t *issuer)
{
	for (*issuer = 0; *issuer < reading->count; ++*issuer) {
		X509 *one = reading->at[*issuer];
		if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(one)) == 0 &&
		    X509_CRL_verify(crl, X509_get0_pubkey(one)) == 1)
			return true;
	}
	return false;
}

static struct error *
take_list(struct reading *reading, const char *name, X509_CRL *crl)
{
	size_t issuer;
	if (reading->lists_count == ISSUERS_MOST_LISTS || !find_issuer(reading, crl, &issuer)) {
		const bool is_full = reading->lists_count == ISSUERS_MOST_LISTS;
		X509_CRL_free(crl);
		return cannot_read(name, is_full ? N_("失効リストが多すぎます。64までにしてください。")
						 : N_("issuers.pem のどの発行者のものでもないか、署名が合いません。"));
	}
	reading->lists[reading->lists_count++] = (struct list){ crl, issuer };
	return X509_STORE_add_crl(reading->store, crl) == 1
		       ? OK
		       : broken("失効リストを用意できませんでした。");
}

static struct error *
take_lists(struct reading *reading, const char *name, struct text bytes)
{
	size_t taken = 0;
	X509_CRL *crl;
	if (!text_has(bytes, T("-----BEGIN X509 CRL-----"))) {
		const unsigned char *at = (const unsigned char *)bytes.data;
		crl = d2i_X509_CRL(NULL, &at, (long)bytes.len); /* bounded by the reader */
		if (crl == NULL)
			return cannot_read(name, N_("失効リスト(PEM か DER)ではありません。"));
		return take_list(reading, name, crl);
	}
	BIO_SCOPED bio = BIO_new_mem_buf(bytes.data, (int)bytes.len); /* bounded by the reader */
	while (bio != NULL && (crl = PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL)) != NULL) {
		TRY(take_list(reading, name, crl));
		taken++;
	}
	ERR_clear_error();
	return taken > 0 ? OK : cannot_read(name, N_("失効リスト(PEM か DER)ではありません。"));
}

/* Every list is tried, so that one bad file does not hide the others; all of them must be good. */
static struct error *
read_lists(struct reading *reading, const char *folder)
{
	ARENA_SCOPED arena = arena_open((size_t)ISSUERS_MOST_LISTS * ISSUERS_MOST_LIST_BYTES);
	struct text *names;
	size_t count;
	struct error *faults = OK;
	TRY(folder_list(arena, folder, FILES_MOST, &names, &count));
	for (size_t at = 0; at < count; at++) {
		ARENA_SCOPED one = arena_open((size_t)ISSUERS_MOST_LIST_BYTES * 2 + (1 << 16));
		struct text bytes;
		if (!text_ends(names[at], T(".crl")))
			continue;
		const char *name = text_z(arena, names[at]);
		struct error *error = file_read(one, path_join(arena, folder, name),
						ISSUERS_MOST_LIST_BYTES, &bytes);
		error_add(&faults, error != OK ? error : take_lists(reading, name, bytes));
	}
	return faults;
}

static struct error *
read_all(struct reading *reading, const char *folder, struct text *pem)
{
	const char *path = path_join(reading->arena, folder, ISSUERS_NAME);
	reading->store = X509_STORE_new();
	if (reading->store == NULL)
		return broken("カードの発行者を用意できませんでした。");
	if (!file_exists(path))
		return cannot_read(ISSUERS_NAME,
				   N_("カードを発行する認証局の証明書(PEM)を、設定 cards の場所に issuers.pem として置いてください。"));
	TRY(file_read(reading->arena, path, ISSUERS_MOST_BYTES, pem));
	return take_issuers(reading, *pem);
}

static struct reading *
reading_open(void)
{
	struct arena *arena = arena_open((size_t)8 << 20);
	struct reading *reading = ARENA_NEW(arena, struct reading);
	reading->arena = arena;
	return reading;
}

/* Names, sizes and times: cheap to ask every second. */
static struct hash
look_at(const char *folder)
{
	ARENA_SCOPED arena = arena_open(1 << 20);
	struct writer out = writer_open(arena, LINE_MOST);
	struct text *names;
	size_t count = 0;
	struct stat about;
	if (folder_list(arena, folder, FILES_MOST, &names, &count) != OK)
		write_z(&out, "none");
	for (size_t at = 0; at < count; at++)
		if (stat(path_join(arena, folder, text_z(arena, names[at])), &about) == 0)
			write_format(&out, "%.*s %lld %lld %lld.%ld\n", T_ARG(names[at]),
				     (long long)about.st_ino, (long long)about.st_size,
				     (long long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec);
	return hash_of(writer_text(&out));
}

static void
set_trouble(struct issuers *issuers, const struct error *error)
{
	arena_reset(issuers->trouble_arena);
	struct writer out = writer_open(issuers->trouble_arena, LINE_MOST);
	for (; error != NULL; error = error->next)
		write_format(&out, "%s%.*s", out.len == 0 ? "" : " ", T_ARG(error->words));
	issuers->trouble = writer_text(&out);
}

struct error *
issuers_open(const char *folder, struct issuers **opened)
{
	struct reading *reading = reading_open();
	struct text pem;
	const struct hash looks = look_at(folder);
	struct error *error = read_all(reading, folder, &pem);
	if (error != OK) {
		reading_close(reading);
		return error;
	}
	error = read_lists(reading, folder);
	if (error != OK)
		log_error("cards", error);
	struct arena *arena = arena_open((size_t)4 << 20);
	struct issuers *issuers = ARENA_NEW(arena, struct issuers);
	issuers->arena = arena;
	issuers->folder = text_z(arena, text_of(folder));
	issuers->pem = (struct text){ text_z(arena, pem), pem.len };
	issuers->looks = looks;
	issuers->reading = reading;
	issuers->trouble_arena = arena_open((size_t)1 << 20);
	pthread_rwlock_init(&issuers->lock, NULL);
	set_trouble(issuers, error);
	*opened = issuers;
	return OK;
}

void
issuers_close(struct issuers *issuers)
{
	if (issuers == NULL)
		return;
	reading_close(issuers->reading);
	pthread_rwlock_destroy(&issuers->lock);
	arena_close(issuers->trouble_arena);
	arena_close(issuers->arena);
}

struct text
issuers_pem(const struct issuers *issuers)
{
	return issuers->pem;
}

/* A list that cannot be read, perhaps half copied, does not take the place of one that could. */
bool
issuers_refresh(struct issuers *issuers)
{
	const struct hash looks = look_at(issuers->folder);
	if (hash_same(&looks, &issuers->looks))
		return false;
	struct reading *reading = reading_open(), *old = reading;
	struct text pem;
	struct error *error = read_all(reading, issuers->folder, &pem);
	if (error == OK)
		error = read_lists(reading, issuers->folder);
	if (error != OK)
		log_error("cards", error);
	pthread_rwlock_wrlock(&issuers->lock);
	issuers->looks = looks;
	if (error == OK) {
		old = issuers->reading;
		issuers->reading = reading;
	}
	set_trouble(issuers, error);
	pthread_rwlock_unlock(&issuers->lock);
	reading_close(old);
	return true;
}

struct text
issuers_trouble(struct issuers *issuers, struct arena *into)
{
	pthread_rwlock_rdlock(&issuers->lock);
	const struct text trouble = text_copy(into, issuers->trouble);
	pthread_rwlock_unlock(&issuers->lock);
	return trouble;
}

/* ---- Judging ---- */

static enum certificate_state
state_of(X509_STORE_CTX *context)
{
	const int error = X509_STORE_CTX_get_error(context);
	if (error == X509_V_ERR_CERT_REVOKED)
		return CERTIFICATE_REVOKED;
	if (error == X509_V_ERR_CRL_HAS_EXPIRED)
		return CERTIFICATE_OLD_LIST;
	if (error == X509_V_ERR_UNABLE_TO_GET_CRL || error == X509_V_ERR_CRL_NOT_YET_VALID ||
	    error == X509_V_ERR_DIFFERENT_CRL_SCOPE || error == X509_V_ERR_CRL_SIGNATURE_FAILURE ||
	    error == X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION ||
	    error == X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER)
		return CERTIFICATE_NO_LIST;
	if (X509_STORE_CTX_get_error_depth(context) > 0)
		return CERTIFICATE_UNKNOWN_ISSUER;
	if (error == X509_V_ERR_CERT_HAS_EXPIRED)
		return CERTIFICATE_EXPIRED;
	if (error == X509_V_ERR_CERT_NOT_YET_VALID)
		return CERTIFICATE_NOT_YET;
	if (error == X509_V_ERR_INVALID_PURPOSE || error == X509_V_ERR_EE_KEY_TOO_SMALL ||
	    error == X509_V_ERR_CA_MD_TOO_WEAK || error == X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION)
		return CERTIFICATE_UNFIT;
	return CERTIFICATE_UNKNOWN_ISSUER;
}

static enum certificate_state
verify(const struct reading *reading, X509 *one, struct moment now)
{
	CONTEXT_SCOPED context = X509_STORE_CTX_new();
	if (X509_check_ca(one) == 1)
		return CERTIFICATE_UNFIT;
	/* No chain: whoever issued it must stand in the list. */
	if (context == NULL || X509_STORE_CTX_init(context, reading->store, one, NULL) != 1)
		return CERTIFICATE_UNREADABLE;
	X509_VERIFY_PARAM *how = X509_STORE_CTX_get0_param(context);
	X509_VERIFY_PARAM_set_time(how, (time_t)(now.ms / 1000));
	X509_VERIFY_PARAM_set_auth_level(how, STRENGTH);
	X509_VERIFY_PARAM_set_purpose(how, X509_PURPOSE_SSL_CLIENT);
	/* A listed authority need not be a root; CRLs may be parted, as large issuers' are. */
	X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_CRL_CHECK |
						 X509_V_FLAG_EXTENDED_CRL_SUPPORT |
						 X509_V_FLAG_X509_STRICT);
	const bool holds = X509_verify_cert(context) == 1;
	const enum certificate_state state = holds ? CERTIFICATE_GOOD : state_of(context);
	ERR_clear_error();
	return state;
}

/* Under the lock. */
static bool
is_listed(const struct reading *reading, struct text issuer_key, struct text serial)
{
	BIGNUM *number = NULL;
	bool is_found = false;
	ARENA_SCOPED arena = arena_open(1 << 16);
	if (serial.len == 0 || serial.len > SERIAL_MOST ||
	    BN_hex2bn(&number, text_z(arena, serial)) != (int)serial.len) { /* bounded */
		BN_free(number);
		return false;
	}
	ASN1_INTEGER *wanted = BN_to_ASN1_INTEGER(number, NULL);
	for (size_t at = 0; wanted != NULL && at < reading->lists_count && !is_found; at++) {
		X509_REVOKED *revoked = NULL;
		if (!text_same(reading->key[reading->lists[at].issuer], issuer_key))
			continue;
		/* 2: taken off the list again */
		is_found = X509_CRL_get0_by_serial(reading->lists[at].crl, &revoked, wanted) == 1;
	}
	ASN1_INTEGER_free(wanted);
	BN_free(number);
	return is_found;
}

static void
describe(const struct reading *reading, struct arena *into, X509 *one,
	 struct certificate *certificate)
{
	unsigned len = 0;
	*certificate = (struct certificate){
		.serial = serial_of(into, X509_get0_serialNumber(one)),
		.issuer = called(into, X509_get_issuer_name(one)),
		.name = called(into, X509_get_subject_name(one)),
		.since = moment_of(X509_get0_notBefore(one)),
		.until = moment_of(X509_get0_notAfter(one)),
	};
	(void)X509_digest(one, EVP_sha256(), certificate->fingerprint.at, &len); /* 32 bytes */
	for (size_t at = 0; at < reading->count; at++)
		if (X509_NAME_cmp(X509_get_issuer_name(one),
				  X509_get_subject_name(reading->at[at])) == 0)
			certificate->issuer_key = text_copy(into, reading->key[at]);
}

enum certificate_state
issuers_check(struct issuers *issuers, struct arena *into, struct text bytes, struct moment now,
	      struct certificate *certificate)
{
	CERTIFICATE_SCOPED one = parse(bytes);
	ERR_clear_error();
	if (one == NULL)
		return CERTIFICATE_UNREADABLE;
	pthread_rwlock_rdlock(&issuers->lock);
	describe(issuers->reading, into, one, certificate);
	enum certificate_state state = verify(issuers->reading, one, now);
	/* Named by a list that has itself run out is revoked all the same. */
	if (state == CERTIFICATE_OLD_LIST &&
	    is_listed(issuers->reading, certificate->issuer_key, certificate->serial))
		state = CERTIFICATE_REVOKED;
	pthread_rwlock_unlock(&issuers->lock);
	return certificate->serial.len == 0 ? CERTIFICATE_UNREADABLE : state;
}

bool
issuers_revoked(struct issuers *issuers, struct text issuer_key, struct text serial)
{
	pthread_rwlock_rdlock(&issuers->lock);
	const bool is_found = is_listed(issuers->reading, issuer_key, serial);
	pthread_rwlock_unlock(&issuers->lock);
	return is_found;
}

static void
state_list(const struct reading *reading, size_t no, struct issuer_state *state)
{
	for (size_t at = 0; at < reading->lists_count; at++) {
		X509_CRL *crl = reading->lists[at].crl;
		const struct moment since = moment_of(X509_CRL_get0_lastUpdate(crl));
		if (reading->lists[at].issuer != no ||
		    (state->has_list && since.ms <= state->list_since.ms))
			continue;
		state->has_list = true;
		state->list_since = since;
		state->list_until = moment_of(X509_CRL_get0_nextUpdate(crl));
		const int revoked = sk_X509_REVOKED_num(X509_CRL_get_REVOKED(crl));
		state->revoked = revoked < 0 ? 0 : revoked; /* -1: the list has none */
	}
}

struct error *
issuers_list(struct issuers *issuers, struct arena *into, struct issuer_state **list, size_t *count)
{
	pthread_rwlock_rdlock(&issuers->lock);
	const struct reading *reading = issuers->reading;
	*count = reading->count;
	*list = ARENA_ARRAY(into, struct issuer_state, reading->count + 1);
	for (size_t at = 0; at < reading->count; at++) {
		(*list)[at] = (struct issuer_state){
			.name = called(into, X509_get_subject_name(reading->at[at])),
			.key = text_copy(into, reading->key[at]),
			.until = moment_of(X509_get0_notAfter(reading->at[at])),
		};
		state_list(reading, at, &(*list)[at]);
	}
	pthread_rwlock_unlock(&issuers->lock);
	return OK;
}
