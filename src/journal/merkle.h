/* RFC 6962 Merkle trees: pure sums, no store. Part of journal.h; the sealer includes it alone. */
#ifndef BANSHO_JOURNAL_MERKLE_H
#define BANSHO_JOURNAL_MERKLE_H

#include "base/error.h"
#include "base/hash.h"

/* The hash of an entry (0x00 ‖ bytes, at most 65535) and of a node (0x01 ‖ left ‖ right). */
struct hash merkle_leaf(struct text entry);
struct hash merkle_node(const struct hash *left, const struct hash *right);

enum { MERKLE_HEIGHT = 48 };

/* A tree that only grows: the roots of its perfect subtrees, at[i] over 2^i leaves. {0} is empty. */
struct merkle {
	int64_t size;
	struct hash at[MERKLE_HEIGHT];
};
void merkle_add(struct merkle *tree, const struct hash *leaf);
struct hash merkle_root(const struct merkle *tree);
/* `count` nodes, each over two of the 2 * count hashes below; `nodes` may be where those stand. */
void merkle_level(const struct hash *below, size_t count, struct hash *nodes);
/* The root over `count` hashes in an array; 0 is the empty tree. */
struct hash merkle_root_of(const struct hash *hashes, int64_t count);

struct merkle_proof {
	struct hash at[2 * MERKLE_HEIGHT];
	size_t count;
};

/* Where hashes of perfect subtrees come from: leaves [index << level, (index + 1) << level). */
struct merkle_source {
	void *with;
	struct error *(*subtree)(void *with, int level, int64_t index, struct hash *hash);
};

struct error *merkle_root_at(const struct merkle_source *source, int64_t size, struct hash *root)
	MUST_USE;
/* RFC 6962 §2.1.1. INVALID unless 0 <= seq < size. */
struct error *merkle_inclusion(const struct merkle_source *source, int64_t seq, int64_t size,
			       struct merkle_proof *proof) MUST_USE;
/* RFC 6962 §2.1.2. INVALID unless 0 <= from <= to; empty for from = 0 and from = to. */
struct error *merkle_consistency(const struct merkle_source *source, int64_t from, int64_t to,
				 struct merkle_proof *proof) MUST_USE;

/* RFC 9162 §2.1.3.2 and §2.1.4.2. Any input is allowed. */
bool merkle_inclusion_holds(const struct hash *leaf, int64_t seq, int64_t size,
			    const struct merkle_proof *proof, const struct hash *root);
bool merkle_consistency_holds(int64_t from, const struct hash *from_root, int64_t to,
			      const struct hash *to_root, const struct merkle_proof *proof);

#endif
