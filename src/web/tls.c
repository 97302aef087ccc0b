/* A key and a self-signed certificate for the first start; a body's own CA may replace both. */
#include "base/day.h"
#include "base/file.h"
#include "base/writer.h"
#include "web/rooms.h"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DAYS = 825, MOST_PEM = 64 << 10, MOST_HOSTS = 32 };

static const char KEY_NAME[] = "tls-key.pem";
static const char CERTIFICATE_NAME[] = "tls-certificate.pem";

static void
key_free(EVP_PKEY **key)
{
	EVP_PKEY_free(*key);
}
static void
certificate_free(X509 **certificate)
{
	X509_free(*certificate);
}
static void
bio_free(BIO **bio)
{
	BIO_free_all(*bio);
}
#define KEY_SCOPED __attribute__((cleanup(key_free))) EVP_PKEY *
#define CERTIFICATE_SCOPED __attribute__((cleanup(certificate_free))) X509 *
#define BIO_SCOPED __attribute__((cleanup(bio_free))) BIO *

static struct error *
tls_broken(void)
{
	return broken("証明書を作る処理ができませんでした。");
}

static struct text
bio_text(BIO *bio)
{
	char *data = NULL;
	const long len = BIO_get_mem_data(bio, &data);
	return (struct text){data, len < 0 ? 0 : (size_t)len};
}

static struct error *
key_make(const char *path, EVP_PKEY **made)
{
	KEY_SCOPED key = EVP_EC_gen("P-256");
	BIO_SCOPED bio = BIO_new(BIO_s_secmem());
	if (key == NULL || bio == NULL ||
	    PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1)
		return tls_broken();
	SECRET_SCOPED secret = secret_from(bio_text(bio));
	TRY(secret_write_file(path, secret));
	*made = key;
	key = NULL;
	return OK;
}

static struct error *
key_parse(struct secret secret, EVP_PKEY **key)
{
	/* A key file is at most MOST_PEM, so its length fits an int. */
	BIO_SCOPED bio =
		BIO_new_mem_buf(secret.data, (int)strnlen((char *)secret.data, secret.len));
	*key = bio == NULL ? NULL : PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
	if (*key == NULL)
		return broken("TLS の鍵ファイルを読み取れません。");
	return OK;
}

static bool
is_host(struct text host)
{
	for (size_t i = 0; i < host.len; i++) {
		const char c = host.data[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':'))
			return false;
	}
	return host.len > 0 && host.len <= 253;
}

static bool
is_address(const char *host)
{
	unsigned char binary[sizeof(struct in6_addr)];
	return inet_pton(AF_INET, host, binary) == 1 || inet_pton(AF_INET6, host, binary) == 1;
}

static struct error *
names_write(struct writer *out, const char *const *hosts)
{
	char own[256] = "";
	write_z(out, "DNS:localhost,IP:127.0.0.1,IP:::1");
	if (gethostname(own, sizeof own - 1) == 0 && is_host(text_of(own)) &&
	    strcmp(own, "localhost") != 0)
		write_format(out, ",DNS:%s", own);
	for (size_t i = 0; hosts != NULL && hosts[i] != NULL; i++) {
		if (i >= MOST_HOSTS || !is_host(text_of(hosts[i])))
			return reject("host", "サーバーの名前 %s は証明書に使えません。",
				      hosts[i]);
		write_format(out, ",%s:%s", is_address(hosts[i]) ? "IP" : "DNS", hosts[i]);
	}
	return OK;
}

static bool
add_extension(X509 *certificate, int nid, const char *value)
{
	X509V3_CTX context;
	X509V3_set_ctx_nodb(&context);
	X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	const bool is_added =
		extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
	X509_EXTENSION_free(extension);
	return is_added;
}

static bool
certificate_fill(X509 *certificate, EVP_PKEY *key, const char *name, const char *names)
{
	unsigned char serial[16];
	if (RAND_bytes(serial, sizeof serial) != 1)
		return false;
	serial[0] = (unsigned char)((serial[0] & 0x7f) | 0x40); /* positive, full length */
	BIGNUM *number = BN_bin2bn(serial, sizeof serial, NULL);
	const bool has_serial =
		number != NULL &&
		BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
	BN_free(number);
	X509_NAME *subject = X509_get_subject_name(certificate);
	const unsigned char *bytes = (const unsigned char *)name; /* OpenSSL's own byte type */
	return has_serial && X509_set_version(certificate, X509_VERSION_3) == 1 &&
	       X509_gmtime_adj(X509_getm_notBefore(certificate), -3600) != NULL &&
	       X509_time_adj_ex(X509_getm_notAfter(certificate), DAYS, -3600, NULL) != NULL &&
	       X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, bytes, -1, -1,
					  0) == 1 &&
	       X509_set_issuer_name(certificate, subject) == 1 &&
	       X509_set_pubkey(certificate, key) == 1 &&
	       add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
	       add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
	       add_extension(certificate, NID_ext_key_usage, "serverAuth") &&
	       add_extension(certificate, NID_subject_key_identifier, "hash") &&
	       add_extension(certificate, NID_subject_alt_name, names) &&
	       X509_sign(certificate, key, EVP_sha256()) > 0;
}

static struct error *
certificate_make(const char *path, EVP_PKEY *key, const char *const *hosts)
{
	ARENA_SCOPED arena = arena_open(1 << 20);
	struct writer names = writer_open(arena, 16 << 10);
	TRY(names_write(&names, hosts));
	const char *first = hosts != NULL && hosts[0] != NULL ? hosts[0] : "localhost";
	/* X.520 allows 64 characters here; the names that count are the alternative ones. */
	const char *name = text_z(arena, text_first(text_of(first), strnlen(first, 64)));
	CERTIFICATE_SCOPED certificate = X509_new();
	BIO_SCOPED bio = BIO_new(BIO_s_mem());
	if (certificate == NULL || bio == NULL ||
	    !certificate_fill(certificate, key, name, text_z(arena, writer_text(&names))) ||
	    PEM_write_bio_X509(bio, certificate) != 1)
		return tls_broken();
	return file_replace(path, bio_text(bio), 0644);
}

static struct error *
key_read(const char *path, struct secret *secret)
{
	SECRET_SCOPED raw = {NULL, 0};
	TRY(secret_read_file(path, MOST_PEM, &raw));
	*secret = secret_open(raw.len + 1);
	memcpy(secret->data, raw.data, raw.len);
	return OK;
}

struct error *
tls_make(const char *folder, const char *const *hosts)
{
	ARENA_SCOPED arena = arena_open(1 << 20);
	const char *key_path = path_join(arena, folder, KEY_NAME);
	const char *certificate_path = path_join(arena, folder, CERTIFICATE_NAME);
	if (file_exists(key_path) && file_exists(certificate_path))
		return OK;
	TRY(folder_make(folder));
	KEY_SCOPED key = NULL;
	if (file_exists(key_path)) {
		SECRET_SCOPED secret = {NULL, 0};
		TRY(key_read(key_path, &secret));
		TRY(key_parse(secret, &key));
	} else {
		TRY(key_make(key_path, &key));
	}
	return certificate_make(certificate_path, key, hosts);
}

static struct error *
certificate_parse(struct text pem, X509 **certificate)
{
	BIO_SCOPED bio = BIO_new_mem_buf(pem.data, (int)pem.len); /* at most MOST_PEM */
	*certificate = bio == NULL ? NULL : PEM_read_bio_X509(bio, NULL, NULL, NULL);
	if (*certificate == NULL)
		return broken("TLS の証明書ファイルを読み取れません。");
	return OK;
}

static struct text
fingerprint_of(struct arena *into, const X509 *certificate)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	struct writer out = writer_open(into, 256);
	if (X509_digest(certificate, EVP_sha256(), digest, &len) != 1)
		len = 0;
	for (unsigned i = 0; i < len; i++)
		write_format(&out, "%s%02X", i == 0 ? "" : ":", (unsigned)digest[i]);
	return writer_text(&out);
}

struct error *
tls_load_files(struct arena *into, const char *key_path, const char *certificate_path,
	       struct tls *tls)
{
	SECRET_SCOPED secret = {NULL, 0};
	KEY_SCOPED key = NULL;
	CERTIFICATE_SCOPED certificate = NULL;
	struct text pem;
	TRY(key_read(key_path, &secret));
	TRY(file_read(into, certificate_path, MOST_PEM, &pem));
	TRY(key_parse(secret, &key));
	TRY(certificate_parse(pem, &certificate));
	if (X509_check_private_key(certificate, key) != 1)
		return broken(
			"TLS の鍵と証明書が対になっていません。%s と %s を確かめてください。",
			key_path, certificate_path);
	tls->key = secret;
	secret = (struct secret){NULL, 0};
	tls->certificate = (struct text){text_z(into, pem), pem.len};
	tls->fingerprint = fingerprint_of(into, certificate);
	return OK;
}

struct error *
tls_load(struct arena *into, const char *folder, struct tls *tls)
{
	return tls_load_files(into, path_join(into, folder, KEY_NAME),
			      path_join(into, folder, CERTIFICATE_NAME), tls);
}

struct error *
tls_ends(const struct tls *tls, int64_t *ms)
{
	CERTIFICATE_SCOPED certificate = NULL;
	TRY(certificate_parse(tls->certificate, &certificate));
	struct tm parts;
	if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) != 1)
		return broken("TLS の証明書の期限を読み取れません。");
	*ms = (int64_t)timegm(&parts) * 1000;
	return OK;
}
