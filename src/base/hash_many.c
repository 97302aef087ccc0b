/*
 * Many messages hashed beside each other: sixteen at once in the wide registers of a processor that
 * has AVX-512, else one after another by OpenSSL. FIPS 180-4 word for word; tests hold the one against
 * the other.
 */
#include "base/hash.h"

#include <string.h>

/* gcc's AddressSanitizer puts 64-byte values at wrongly aligned places of its stack. */
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#include <immintrin.h>

enum { LANES = 16, BLOCK = 64, WORDS = 8, LENGTH = 8, FEWEST = 4 };

static const uint32_t k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};
static const uint32_t begin[WORDS] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
	0x5be0cd19,
};

/* One message on its way: its whole blocks as they lie, then the last one or two, padded. */
struct lane {
	const uint8_t *at;
	size_t left; /* blocks at `at` */
	size_t no;   /* of the message */
	size_t end_blocks;
	bool is_used, is_at_end;
	uint8_t end[2 * BLOCK];
};

struct lanes {
	_Alignas(64) uint32_t state[WORDS][LANES];
	struct lane lane[LANES];
	const struct text *messages;
	size_t next, count, used;
	struct hash *hashes;
};

#define WIDE __attribute__((target("avx512f,avx512bw")))
#define ROUND(a, b, c, d, e, f, g, h, w, t)                                                        \
	do {                                                                                       \
		const __m512i s1 = _mm512_ternarylogic_epi32(_mm512_ror_epi32(e, 6),               \
							     _mm512_ror_epi32(e, 11),              \
							     _mm512_ror_epi32(e, 25), 0x96);       \
		const __m512i ch = _mm512_ternarylogic_epi32(e, f, g, 0xca);                       \
		const __m512i t1 = _mm512_add_epi32(                                               \
			_mm512_add_epi32(_mm512_add_epi32(h, s1), _mm512_add_epi32(ch, w)),        \
			_mm512_set1_epi32((int)k[t]));                                             \
		const __m512i s0 = _mm512_ternarylogic_epi32(_mm512_ror_epi32(a, 2),               \
							     _mm512_ror_epi32(a, 13),              \
							     _mm512_ror_epi32(a, 22), 0x96);       \
		const __m512i maj = _mm512_ternarylogic_epi32(a, b, c, 0xe8);                      \
		d = _mm512_add_epi32(d, t1);                                                       \
		h = _mm512_add_epi32(t1, _mm512_add_epi32(s0, maj));                               \
	} while (false)

WIDE static inline __m512i
later(__m512i w16, __m512i w15, __m512i w7, __m512i w2)
{
	const __m512i s0 = _mm512_ternarylogic_epi32(_mm512_ror_epi32(w15, 7),
						     _mm512_ror_epi32(w15, 18),
						     _mm512_srli_epi32(w15, 3), 0x96);
	const __m512i s1 = _mm512_ternarylogic_epi32(_mm512_ror_epi32(w2, 17),
						     _mm512_ror_epi32(w2, 19),
						     _mm512_srli_epi32(w2, 10), 0x96);
	return _mm512_add_epi32(_mm512_add_epi32(w16, s0), _mm512_add_epi32(w7, s1));
}

/* Four lanes' words put beside each other: x[j] has the words j, 4 + j, 8 + j, 12 + j of all four. */
WIDE static inline void
load_four(const struct lane *lane, __m512i x[static 4])
{
	const __m512i turned = _mm512_set_epi32(
		0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203, 0x0c0d0e0f, 0x08090a0b, 0x04050607,
		0x00010203, 0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203, 0x0c0d0e0f, 0x08090a0b,
		0x04050607, 0x00010203);
	__m512i row[4];
	for (int at = 0; at < 4; at++)
		row[at] = _mm512_shuffle_epi8(_mm512_loadu_si512(lane[at].at), turned);
	const __m512i a = _mm512_unpacklo_epi32(row[0], row[1]);
	const __m512i b = _mm512_unpackhi_epi32(row[0], row[1]);
	const __m512i c = _mm512_unpacklo_epi32(row[2], row[3]);
	const __m512i d = _mm512_unpackhi_epi32(row[2], row[3]);
	x[0] = _mm512_unpacklo_epi64(a, c);
	x[1] = _mm512_unpackhi_epi64(a, c);
	x[2] = _mm512_unpacklo_epi64(b, d);
	x[3] = _mm512_unpackhi_epi64(b, d);
}

/* w[i]: word i of the present block of every lane. */
WIDE static inline void
load_blocks(const struct lane *lane, __m512i w[static 16])
{
	__m512i x[4][4];
	for (int four = 0; four < 4; four++)
		load_four(lane + (ptrdiff_t)4 * four, x[four]);
	for (int j = 0; j < 4; j++) {
		const __m512i p = _mm512_shuffle_i32x4(x[0][j], x[1][j], 0x88);
		const __m512i q = _mm512_shuffle_i32x4(x[0][j], x[1][j], 0xdd);
		const __m512i r = _mm512_shuffle_i32x4(x[2][j], x[3][j], 0x88);
		const __m512i s = _mm512_shuffle_i32x4(x[2][j], x[3][j], 0xdd);
		w[j] = _mm512_shuffle_i32x4(p, r, 0x88);
		w[8 + j] = _mm512_shuffle_i32x4(p, r, 0xdd);
		w[4 + j] = _mm512_shuffle_i32x4(q, s, 0x88);
		w[12 + j] = _mm512_shuffle_i32x4(q, s, 0xdd);
	}
}

/* One block of every lane. */
WIDE static void
step(struct lanes *lanes)
{
	__m512i w[16], v[WORDS];
	load_blocks(lanes->lane, w);
	for (int at = 0; at < WORDS; at++)
		v[at] = _mm512_load_si512(lanes->state[at]);
	for (int t = 0; t < 64; t += 16) {
		if (t != 0)
#pragma GCC unroll 16
			for (int at = 0; at < 16; at++)
				w[at] = later(w[at], w[(at + 1) & 15], w[(at + 9) & 15],
					      w[(at + 14) & 15]);
#pragma GCC unroll 2
		for (int at = 0; at < 16; at += 8) {
			ROUND(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], w[at], t + at);
			ROUND(v[7], v[0], v[1], v[2], v[3], v[4], v[5], v[6], w[at + 1], t + at + 1);
			ROUND(v[6], v[7], v[0], v[1], v[2], v[3], v[4], v[5], w[at + 2], t + at + 2);
			ROUND(v[5], v[6], v[7], v[0], v[1], v[2], v[3], v[4], w[at + 3], t + at + 3);
			ROUND(v[4], v[5], v[6], v[7], v[0], v[1], v[2], v[3], w[at + 4], t + at + 4);
			ROUND(v[3], v[4], v[5], v[6], v[7], v[0], v[1], v[2], w[at + 5], t + at + 5);
			ROUND(v[2], v[3], v[4], v[5], v[6], v[7], v[0], v[1], w[at + 6], t + at + 6);
			ROUND(v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[0], w[at + 7], t + at + 7);
		}
	}
	for (int at = 0; at < WORDS; at++)
		_mm512_store_si512(lanes->state[at],
				   _mm512_add_epi32(v[at], _mm512_load_si512(lanes->state[at])));
}

static void
pad(struct lane *lane, struct text message)
{
	const size_t rest = message.len % BLOCK;
	const uint64_t bits = (uint64_t)message.len * 8;
	lane->end_blocks = rest + 1 + LENGTH <= BLOCK ? 1 : 2;
	const size_t end = lane->end_blocks * BLOCK;
	const uint64_t turned = __builtin_bswap64(bits);
	if (rest != 0)
		memcpy(lane->end, message.data + (message.len - rest), rest);
	lane->end[rest] = 0x80;
	memset(lane->end + rest + 1, 0, end - LENGTH - rest - 1);
	memcpy(lane->end + end - LENGTH, &turned, LENGTH);
}

/* The next message into that lane; without one it goes on idly over what it had. */
static void
take_next(struct lanes *lanes, size_t no)
{
	struct lane *lane = &lanes->lane[no];
	if (lane->is_used)
		lanes->used--;
	lane->is_used = lanes->next < lanes->count;
	if (!lane->is_used) {
		lane->at = lane->end;
		lane->left = SIZE_MAX;
		return;
	}
	const struct text message = lanes->messages[lanes->next];
	lanes->used++;
	lane->no = lanes->next++;
	pad(lane, message);
	lane->is_at_end = message.len < BLOCK;
	lane->at = lane->is_at_end ? lane->end : (const uint8_t *)message.data;
	lane->left = lane->is_at_end ? lane->end_blocks : message.len / BLOCK;
	for (size_t at = 0; at < WORDS; at++)
		lanes->state[at][no] = begin[at];
}

static void
finish(struct lanes *lanes, size_t no)
{
	uint8_t *to = lanes->hashes[lanes->lane[no].no].at;
	for (size_t at = 0; at < WORDS; at++) {
		const uint32_t word = __builtin_bswap32(lanes->state[at][no]);
		memcpy(to + 4 * at, &word, sizeof word);
	}
	take_next(lanes, no);
}

static inline void
go_on(struct lanes *lanes, size_t no)
{
	struct lane *lane = &lanes->lane[no];
	lane->at += lane->is_used ? BLOCK : 0;
	if (--lane->left != 0)
		return;
	if (lane->is_at_end) {
		finish(lanes, no);
		return;
	}
	lane->is_at_end = true;
	lane->at = lane->end;
	lane->left = lane->end_blocks;
}

static void
hash_wide(const struct text *messages, size_t count, struct hash *hashes)
{
	struct lanes lanes = { .messages = messages, .count = count, .hashes = hashes };
	for (size_t no = 0; no < LANES; no++)
		take_next(&lanes, no);
	while (lanes.used != 0) {
		step(&lanes);
		for (size_t no = 0; no < LANES; no++)
			go_on(&lanes, no);
	}
}

bool
hash_is_wide(void)
{
	return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
}
#else
enum { FEWEST = 1 };

static void
hash_wide(const struct text *messages, size_t count, struct hash *hashes)
{
	(void)messages, (void)count, (void)hashes;
}

bool
hash_is_wide(void)
{
	return false;
}
#endif

void
hash_many(const struct text *messages, size_t count, struct hash *hashes)
{
	if (count >= FEWEST && hash_is_wide()) {
		hash_wide(messages, count, hashes);
		return;
	}
	for (size_t at = 0; at < count; at++)
		hashes[at] = hash_of(messages[at]);
}
