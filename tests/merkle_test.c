/* RFC 6962 trees and proofs, and C2SP notes: the pure parts of the journal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "journal/merkle.h"
#include "journal/note.h"

#include <stdio.h>
#include <string.h>

/* Leaves and roots of the reference trees of RFC 6962 (the Certificate Transparency test data). */
static const char *const leaf_hex[8] = { "", "00", "10", "2021", "3031", "40414243",
					 "5051525354555657",
					 "606162636465666768696a6b6c6d6e6f" };
static const char *const root_hex[9] = {
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static void
the_reference_trees_have_their_roots(void **state)
{
	(void)state;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct merkle tree = { 0 };
	for (int size = 0; size <= 8; size++) {
		const struct hash root = merkle_root(&tree);
		assert_string_equal(text_z(arena, hash_hex(arena, &root)), root_hex[size]);
		struct text bytes = T("");
		if (size == 8)
			break;
		assert_true(leaf_hex[size][0] == '\0' ||
			    text_unhex(arena, text_of(leaf_hex[size]), &bytes));
		const struct hash leaf = merkle_leaf(bytes);
		merkle_add(&tree, &leaf);
	}
}

enum { MOST = 70 };
static struct hash leaves[MOST];
static struct hash roots[MOST + 1];

static struct error *
subtree(void *with, int level, int64_t index, struct hash *hash)
{
	(void)with;
	assert_true((index + 1) << level <= MOST);
	*hash = merkle_root_of(&leaves[index << level], (int64_t)1 << level);
	return OK;
}

static const struct merkle_source source = { NULL, subtree };

static int
plant(void **state)
{
	(void)state;
	struct merkle tree = { 0 };
	roots[0] = merkle_root(&tree);
	for (int at = 0; at < MOST; at++) {
		char words[16];
		snprintf(words, sizeof words, "leaf %d", at);
		leaves[at] = merkle_leaf(text_of(words));
		merkle_add(&tree, &leaves[at]);
		roots[at + 1] = merkle_root(&tree);
	}
	return 0;
}

static void
every_leaf_of_every_tree_is_proven_and_no_other(void **state)
{
	(void)state;
	struct merkle_proof proof;
	for (int64_t size = 1; size <= MOST; size++)
		for (int64_t seq = 0; seq < size; seq++) {
			assert_null(merkle_inclusion(&source, seq, size, &proof));
			assert_true(merkle_inclusion_holds(&leaves[seq], seq, size, &proof,
							   &roots[size]));
			const int64_t other = (seq + 1) % size;
			if (size > 1)
				assert_false(merkle_inclusion_holds(&leaves[other], seq, size,
								    &proof, &roots[size]));
			if (size > 1)
				assert_false(merkle_inclusion_holds(&leaves[seq], other, size,
								    &proof, &roots[size]));
			assert_false(merkle_inclusion_holds(&leaves[seq], seq, size, &proof,
							    &roots[size - 1]));
			if (proof.count > 0) {
				proof.count--;
				assert_false(merkle_inclusion_holds(&leaves[seq], seq, size,
								    &proof, &roots[size]));
			}
		}
	struct error *error = merkle_inclusion(&source, 5, 5, &proof);
	assert_int_equal(error->kind, ERROR_INVALID);
}

static void
every_tree_is_proven_to_extend_every_earlier_one(void **state)
{
	(void)state;
	struct merkle_proof proof;
	for (int64_t to = 0; to <= MOST; to++)
		for (int64_t from = 0; from <= to; from++) {
			assert_null(merkle_consistency(&source, from, to, &proof));
			assert_true(merkle_consistency_holds(from, &roots[from], to, &roots[to],
							     &proof));
			if (from == to || from == 0)
				continue;
			assert_false(merkle_consistency_holds(from, &roots[from - 1], to,
							      &roots[to], &proof));
			assert_false(merkle_consistency_holds(from, &roots[from], to,
							      &roots[to - 1], &proof));
			for (size_t at = 0; at < proof.count; at++) {
				proof.at[at].at[7] ^= 1;
				assert_false(merkle_consistency_holds(
					from, &roots[from], to, &roots[to], &proof));
				proof.at[at].at[7] ^= 1;
			}
			proof.count--;
			assert_false(merkle_consistency_holds(from, &roots[from], to, &roots[to],
							      &proof));
		}
}

/* The example of the reference implementation, golang.org/x/mod/sumdb/note. */
static const char peter_vkey[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
static const char peter_note[] =
	"If you think cryptography is the answer to your problem,\n"
	"then you don't know what your problem is.\n"
	"\n"
	"— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
	"Zb6KE6RyyBwJnAM=\n";

static void
a_note_of_another_implementation_is_accepted(void **state)
{
	(void)state;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct note_key key;
	assert_null(note_vkey_read(arena, text_of(peter_vkey), &key));
	assert_int_equal(note_check(arena, text_of(peter_note), &key), NOTE_HOLDS);
	assert_string_equal(text_z(arena, note_vkey(arena, &key)), peter_vkey);
	char changed[sizeof peter_note];
	memcpy(changed, peter_note, sizeof changed);
	changed[3] = 'Y';
	assert_int_equal(note_check(arena, text_of(changed), &key), NOTE_FALSE);
}

static void
a_checkpoint_comes_back_as_it_was_signed(void **state)
{
	(void)state;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	const struct head head = { note_origin(arena, T("takamatsu-demo")), 70, roots[70] };
	struct head back;
	memset(seed.data, 7, seed.len);
	const struct text note = note_sign(arena, &head, seed);
	const struct note_key key = note_key_of_seed(head.origin, seed);
	assert_null(note_read(arena, note, &back));
	assert_int_equal(back.size, 70);
	assert_true(hash_same(&back.root, &head.root));
	assert_true(text_same(back.origin, head.origin));
	assert_int_equal(note_check(arena, note, &key), NOTE_HOLDS);
	assert_true(text_starts(note, T("takamatsu-demo.bansho/journal\n70\n")));
	memset(seed.data, 8, seed.len);
	const struct note_key other = note_key_of_seed(head.origin, seed);
	assert_int_equal(note_check(arena, note, &other), NOTE_OTHER_KEY);
}

static void
every_changed_byte_of_a_checkpoint_is_noticed(void **state)
{
	(void)state;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	const struct head head = { T("a.bansho/journal"), 12, roots[12] };
	const struct note_key key = note_key_of_seed(head.origin, seed);
	const struct text note = note_sign(arena, &head, seed);
	char *copy = arena_get(arena, 1, note.len);
	for (size_t at = 0; at < note.len; at++) {
		memcpy(copy, note.data, note.len);
		copy[at] ^= 1;
		const struct text changed = { copy, note.len };
		assert_int_not_equal(note_check(arena, changed, &key), NOTE_HOLDS);
	}
}

static void
malformed_checkpoints_are_refused(void **state)
{
	(void)state;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	static const char *const bad[] = {
		"", "\n", "a\n1\n\n", "a\n1\nAAAA\n\n— a AAAA\n",
		"a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAA==\n",
		"a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAA==\n",
		"a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n\n— a AAAAAA==\n",
		"a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n- a AAAAAA==\n",
		"a\n99999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAA\n",
	};
	for (size_t at = 0; at < sizeof bad / sizeof *bad; at++) {
		struct head head;
		assert_non_null(note_read(arena, text_of(bad[at]), &head));
	}
	struct note_key key;
	static const char *const bad_keys[] = {
		"", "a", "a+b", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"PeterNeumann+c74f20a3+AhpcIg==", " +c74f20a3+ARpc",
	};
	for (size_t at = 0; at < sizeof bad_keys / sizeof *bad_keys; at++)
		assert_non_null(note_vkey_read(arena, text_of(bad_keys[at]), &key));
}

int
main(void)
{
	secret_start();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_reference_trees_have_their_roots),
		cmocka_unit_test(every_leaf_of_every_tree_is_proven_and_no_other),
		cmocka_unit_test(every_tree_is_proven_to_extend_every_earlier_one),
		cmocka_unit_test(a_note_of_another_implementation_is_accepted),
		cmocka_unit_test(a_checkpoint_comes_back_as_it_was_signed),
		cmocka_unit_test(every_changed_byte_of_a_checkpoint_is_noticed),
		cmocka_unit_test(malformed_checkpoints_are_refused),
	};
	return cmocka_run_group_tests_name("merkle", tests, plant, NULL);
}
