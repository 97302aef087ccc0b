/* RFC 3161 by OpenSSL's TS functions. */
#include "journal/stamp.h"

#include "base/secret.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <string.h>
#include <time.h>

enum { NONCE_LEN = 8, CERTIFICATES_MOST = 500 };

#define FREED_BY(type, how)                            \
	static void how##_at_end(type **one)           \
	{                                              \
		how(*one);                             \
	}
FREED_BY(TS_REQ, TS_REQ_free)
FREED_BY(TS_RESP, TS_RESP_free)
FREED_BY(TS_MSG_IMPRINT, TS_MSG_IMPRINT_free)
FREED_BY(X509_ALGOR, X509_ALGOR_free)
FREED_BY(ASN1_INTEGER, ASN1_INTEGER_free)
FREED_BY(TS_VERIFY_CTX, TS_VERIFY_CTX_free)
FREED_BY(X509, X509_free)
FREED_BY(BIO, BIO_vfree)
FREED_BY(BIGNUM, BN_free)
#define SCOPED(type, how) __attribute__((cleanup(how##_at_end))) type *

static struct error *
trouble(const char *what)
{
	char words[256] = "?";
	const unsigned long code = ERR_peek_last_error();
	if (code != 0)
		ERR_error_string_n(code, words, sizeof words);
	ERR_clear_error();
	return reject(NULL, "タイムスタンプを確かめられません（%s：%s）。", what, words);
}

static bool
set_imprint(TS_REQ *request, struct text note)
{
	const struct hash hash = hash_of(note);
	unsigned char bytes[HASH_LEN];
	memcpy(bytes, hash.at, sizeof bytes);
	SCOPED(TS_MSG_IMPRINT, TS_MSG_IMPRINT_free) imprint = TS_MSG_IMPRINT_new();
	SCOPED(X509_ALGOR, X509_ALGOR_free) algorithm = X509_ALGOR_new();
	return imprint != NULL && algorithm != NULL &&
	       X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
	       TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
	       TS_MSG_IMPRINT_set_msg(imprint, bytes, sizeof bytes) == 1 &&
	       TS_REQ_set_msg_imprint(request, imprint) == 1;
}

static bool
set_nonce(TS_REQ *request)
{
	unsigned char bytes[NONCE_LEN];
	random_bytes(bytes, sizeof bytes);
	bytes[0] = (unsigned char)((bytes[0] & 0x7F) | 0x40); /* positive, and of full length */
	SCOPED(BIGNUM, BN_free) number = BN_bin2bn(bytes, sizeof bytes, NULL);
	SCOPED(ASN1_INTEGER, ASN1_INTEGER_free) nonce =
		number == NULL ? NULL : BN_to_ASN1_INTEGER(number, NULL);
	return nonce != NULL && TS_REQ_set_nonce(request, nonce) == 1;
}

struct error *
stamp_query(struct arena *into, struct text note, bool has_nonce, struct text *query)
{
	SCOPED(TS_REQ, TS_REQ_free) request = TS_REQ_new();
	if (request == NULL || TS_REQ_set_version(request, 1) != 1 ||
	    !set_imprint(request, note) || TS_REQ_set_cert_req(request, 1) != 1 ||
	    (has_nonce && !set_nonce(request)))
		return trouble("query");
	const int len = i2d_TS_REQ(request, NULL);
	if (len <= 0 || len > STAMP_MOST)
		return trouble("query");
	unsigned char *bytes = arena_get(into, 1, (size_t)len); /* positive */
	unsigned char *at = bytes;
	i2d_TS_REQ(request, &at);
	*query = (struct text){ (const char *)bytes, (size_t)len };
	return OK;
}

static TS_RESP *
parse(struct text answer)
{
	const unsigned char *at = (const unsigned char *)answer.data;
	if (answer.len == 0 || answer.len > STAMP_MOST)
		return NULL;
	TS_RESP *response = d2i_TS_RESP(NULL, &at, (long)answer.len); /* at most STAMP_MOST */
	if (response != NULL && at != (const unsigned char *)answer.data + answer.len) {
		TS_RESP_free(response);
		return NULL;
	}
	return response;
}

static bool
read_time(const TS_TST_INFO *info, struct moment *at)
{
	struct tm parts;
	const ASN1_GENERALIZEDTIME *time = TS_TST_INFO_get_time(info);
	if (time == NULL || ASN1_TIME_to_tm(time, &parts) != 1)
		return false;
	const time_t seconds = timegm(&parts);
	if (seconds < 0)
		return false;
	at->ms = (int64_t)seconds * 1000;
	return true;
}

static bool
read_imprint(TS_TST_INFO *info, struct hash *hash)
{
	TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
	const ASN1_OBJECT *kind;
	if (imprint == NULL)
		return false;
	X509_ALGOR_get0(&kind, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
	const ASN1_OCTET_STRING *bytes = TS_MSG_IMPRINT_get_msg(imprint);
	if (OBJ_obj2nid(kind) != NID_sha256 || ASN1_STRING_length(bytes) != HASH_LEN)
		return false;
	memcpy(hash->at, ASN1_STRING_get0_data(bytes), HASH_LEN);
	return true;
}

struct error *
stamp_read(struct arena *into, struct text answer, struct stamp *stamp)
{
	(void)into;
	SCOPED(TS_RESP, TS_RESP_free) response = parse(answer);
	struct stamp made;
	if (response == NULL)
		return reject(NULL, "タイムスタンプの返事（RFC 3161）ではありません。");
	TS_TST_INFO *info = TS_RESP_get_tst_info(response);
	if (info == NULL)
		return reject(NULL, "時刻認証局が、タイムスタンプを断っています。");
	if (!read_imprint(info, &made.imprint) || !read_time(info, &made.at))
		return reject(NULL, "タイムスタンプの要約値か時刻が読めません。要約は SHA-256 でなければなりません。");
	*stamp = made;
	return OK;
}

static bool
add_certificates(X509_STORE *store, struct text ca, int *count)
{
	SCOPED(BIO, BIO_vfree) pem = BIO_new_mem_buf(ca.data, (int)ca.len); /* bounded before */
	if (pem == NULL)
		return false;
	for (*count = 0; *count < CERTIFICATES_MOST; (*count)++) {
		SCOPED(X509, X509_free) one = PEM_read_bio_X509(pem, NULL, NULL, NULL);
		if (one == NULL)
			break;
		if (store != NULL && X509_STORE_add_cert(store, one) != 1)
			return false;
	}
	ERR_clear_error(); /* the end of the file is one, too */
	return *count > 0;
}

struct error *
stamp_ca_check(struct text ca)
{
	int count;
	if (ca.len == 0 || ca.len > STAMP_CA_MOST || !add_certificates(NULL, ca, &count))
		return reject("--ca", "証明書（PEM）のファイルではありません。「-----BEGIN CERTIFICATE-----」で始まるものを指定してください。");
	return OK;
}

/* The authorities, as of the time the stamp states: it stays good when a certificate has ended. */
static X509_STORE *
store_of(struct text ca, struct moment at)
{
	int count;
	X509_STORE *store = X509_STORE_new();
	if (store == NULL || ca.len > STAMP_CA_MOST || !add_certificates(store, ca, &count)) {
		X509_STORE_free(store);
		return NULL;
	}
	X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), (time_t)(at.ms / 1000));
	return store;
}

static struct error *
fill_context(TS_VERIFY_CTX *context, struct text note, struct text query)
{
	const unsigned char *at = (const unsigned char *)query.data;
	if (query.len != 0) {
		SCOPED(TS_REQ, TS_REQ_free) request =
			d2i_TS_REQ(NULL, &at, (long)query.len); /* our own: short */
		if (request == NULL || TS_REQ_to_TS_VERIFY_CTX(request, context) == NULL)
			return trouble("query");
	} else {
		BIO *data = BIO_new_mem_buf(note.data, (int)note.len); /* at most NOTE_MOST */
		if (data == NULL)
			return trouble("data");
		TS_VERIFY_CTX_set_data(context, data); /* which frees it */
		TS_VERIFY_CTX_set_flags(context, TS_VFY_VERSION | TS_VFY_DATA);
	}
	TS_VERIFY_CTX_add_flags(context, TS_VFY_SIGNATURE);
	return OK;
}

struct error *
stamp_check(struct arena *scratch, struct text answer, struct text note, struct text ca,
	    struct text query)
{
	struct stamp stamp;
	const struct hash hash = hash_of(note);
	TRY(stamp_read(scratch, answer, &stamp));
	if (!hash_same(&hash, &stamp.imprint))
		return reject(NULL, "タイムスタンプは、別のものに対するものです（要約値が違います）。");
	SCOPED(TS_RESP, TS_RESP_free) response = parse(answer);
	SCOPED(TS_VERIFY_CTX, TS_VERIFY_CTX_free) context = TS_VERIFY_CTX_new();
	if (response == NULL || context == NULL)
		return trouble("answer");
	TRY(fill_context(context, note, query));
	X509_STORE *store = store_of(ca, stamp.at);
	if (store == NULL)
		return reject("stamp.ca", "時刻認証局の証明書（PEM）が設定されていないか、読めません。");
	TS_VERIFY_CTX_set_store(context, store); /* which frees it */
	return TS_RESP_verify_response(context, response) == 1 ? OK : trouble("signature");
}
