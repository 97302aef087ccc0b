/* RFC 6962 / RFC 9162 trees and proofs. */
#include "journal/merkle.h"

#include <string.h>

struct hash
merkle_leaf(struct text entry)
{
	return hash_of_two((struct text){ "\0", 1 }, entry);
}

struct hash
merkle_node(const struct hash *left, const struct hash *right)
{
	char both[1 + 2 * HASH_LEN] = { 1 };
	memcpy(both + 1, left->at, HASH_LEN);
	memcpy(both + 1 + HASH_LEN, right->at, HASH_LEN);
	return hash_of((struct text){ both, sizeof both });
}

void
merkle_level(const struct hash *below, size_t count, struct hash *nodes)
{
	enum { MANY = 64, NODE = 1 + 2 * HASH_LEN };
	char bytes[MANY][NODE];
	struct text messages[MANY];
	for (size_t from = 0; from < count; from += MANY) {
		const size_t many = count - from < MANY ? count - from : MANY;
		for (size_t at = 0; at < many; at++) {
			bytes[at][0] = 1;
			memcpy(bytes[at] + 1, &below[2 * (from + at)], (size_t)2 * HASH_LEN);
			messages[at] = (struct text){ bytes[at], NODE };
		}
		hash_many(messages, many, nodes + from);
	}
}

void
merkle_add(struct merkle *tree, const struct hash *leaf)
{
	struct hash carry = *leaf;
	int level = 0;
	for (int64_t size = tree->size; (size & 1) != 0; size >>= 1)
		carry = merkle_node(&tree->at[level++], &carry);
	tree->at[level] = carry;
	tree->size++;
}

struct hash
merkle_root(const struct merkle *tree)
{
	if (tree->size == 0)
		return hash_of(T(""));
	int level = 0;
	while (((tree->size >> level) & 1) == 0)
		level++;
	struct hash root = tree->at[level];
	for (level++; (tree->size >> level) != 0; level++)
		if (((tree->size >> level) & 1) != 0)
			root = merkle_node(&tree->at[level], &root);
	return root;
}

struct hash
merkle_root_of(const struct hash *hashes, int64_t count)
{
	struct merkle tree = { 0 };
	for (int64_t at = 0; at < count; at++)
		merkle_add(&tree, &hashes[at]);
	return merkle_root(&tree);
}

/* The greatest power of two that is less than n (n > 1), as its exponent. */
static int
split_level(int64_t n)
{
	int level = 0;
	while (((int64_t)2 << level) < n)
		level++;
	return level;
}

/* MTH(D[begin:end]) where `begin` is a multiple of the power of two at or above end - begin. */
static struct error *
range(const struct merkle_source *source, int64_t begin, int64_t end, struct hash *hash)
{
	struct hash parts[MERKLE_HEIGHT];
	int count = 0;
	while (end - begin > 0) {
		int level = 0;
		while (((int64_t)2 << level) <= end - begin)
			level++;
		TRY(source->subtree(source->with, level, begin >> level, &parts[count++]));
		begin += (int64_t)1 << level;
	}
	struct hash root = parts[count - 1];
	for (int at = count - 2; at >= 0; at--)
		root = merkle_node(&parts[at], &root);
	*hash = root;
	return OK;
}

struct error *
merkle_root_at(const struct merkle_source *source, int64_t size, struct hash *root)
{
	if (size == 0) {
		*root = hash_of(T(""));
		return OK;
	}
	return range(source, 0, size, root);
}

/* The hashes were collected from the root down; proofs list them from the leaf up. */
static void
turn_round(struct merkle_proof *proof)
{
	for (size_t at = 0; at < proof->count / 2; at++) {
		const struct hash other = proof->at[proof->count - 1 - at];
		proof->at[proof->count - 1 - at] = proof->at[at];
		proof->at[at] = other;
	}
}

struct error *
merkle_inclusion(const struct merkle_source *source, int64_t seq, int64_t size,
		 struct merkle_proof *proof)
{
	if (seq < 0 || seq >= size || size >> (MERKLE_HEIGHT - 1) != 0)
		return reject(NULL, "記録の番号が範囲の外です。");
	struct merkle_proof made = { .count = 0 };
	int64_t begin = 0, end = size;
	while (end - begin > 1) {
		const int64_t middle = begin + ((int64_t)1 << split_level(end - begin));
		struct hash *sibling = &made.at[made.count++];
		if (seq < middle) {
			TRY(range(source, middle, end, sibling));
			end = middle;
		} else {
			TRY(range(source, begin, middle, sibling));
			begin = middle;
		}
	}
	turn_round(&made);
	*proof = made;
	return OK;
}

struct error *
merkle_consistency(const struct merkle_source *source, int64_t from, int64_t to,
		   struct merkle_proof *proof)
{
	if (from < 0 || from > to || to >> (MERKLE_HEIGHT - 1) != 0)
		return reject(NULL, "記録の件数が範囲の外です。");
	struct merkle_proof made = { .count = 0 };
	int64_t begin = 0, end = to;
	/* SUBPROOF(m, D[n], b) of RFC 6962, walked down; b holds while we only went left. */
	while (from > 0 && from < end) {
		const int64_t middle = begin + ((int64_t)1 << split_level(end - begin));
		struct hash *sibling = &made.at[made.count++];
		if (from <= middle) {
			TRY(range(source, middle, end, sibling));
			end = middle;
		} else {
			TRY(range(source, begin, middle, sibling));
			begin = middle;
		}
	}
	if (from > 0 && begin > 0)
		TRY(range(source, begin, end, &made.at[made.count++]));
	turn_round(&made);
	*proof = made;
	return OK;
}

bool
merkle_inclusion_holds(const struct hash *leaf, int64_t seq, int64_t size,
		       const struct merkle_proof *proof, const struct hash *root)
{
	if (seq < 0 || seq >= size)
		return false;
	int64_t fn = seq, sn = size - 1;
	struct hash r = *leaf;
	for (size_t at = 0; at < proof->count; at++) {
		if (sn == 0)
			return false;
		if ((fn & 1) != 0 || fn == sn) {
			r = merkle_node(&proof->at[at], &r);
			for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
				sn >>= 1;
		} else {
			r = merkle_node(&r, &proof->at[at]);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && hash_same(&r, root);
}

/* RFC 9162 §2.1.4.2 from step 3 on: both roots are climbed to from one first hash. */
static bool
climb_holds(int64_t from, const struct hash *from_root, int64_t to, const struct hash *to_root,
	    const struct hash *path, size_t count)
{
	int64_t fn = from - 1, sn = to - 1;
	for (; (fn & 1) != 0; fn >>= 1)
		sn >>= 1;
	struct hash fr = path[0], sr = path[0];
	for (size_t at = 1; at < count; at++) {
		if (sn == 0)
			return false;
		if ((fn & 1) != 0 || fn == sn) {
			fr = merkle_node(&path[at], &fr);
			sr = merkle_node(&path[at], &sr);
			for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
				sn >>= 1;
		} else {
			sr = merkle_node(&sr, &path[at]);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && hash_same(&fr, from_root) && hash_same(&sr, to_root);
}

bool
merkle_consistency_holds(int64_t from, const struct hash *from_root, int64_t to,
			 const struct hash *to_root, const struct merkle_proof *proof)
{
	if (from < 0 || from > to)
		return false;
	if (from == to)
		return proof->count == 0 && hash_same(from_root, to_root);
	if (from == 0) {
		const struct hash empty = hash_of(T(""));
		return proof->count == 0 && hash_same(from_root, &empty);
	}
	if (proof->count == 0 || proof->count >= sizeof proof->at / sizeof *proof->at)
		return false;
	struct hash path[1 + 2 * MERKLE_HEIGHT];
	size_t count = 0;
	if ((from & (from - 1)) == 0)
		path[count++] = *from_root;
	memcpy(&path[count], proof->at, proof->count * sizeof *path);
	return climb_holds(from, from_root, to, to_root, path, count + proof->count);
}
