/*
 * Any text as what a scanner or a person types for a thing's label. What is taken for a label is the label of
 * just that row, and none of its digits read wrong would have been taken for another's.
 */
#include "inventory/inventory.h"
#include "promise.h"

#include <string.h>

static void
must_notice(struct arena *arena, struct text code)
{
	struct row_id row;
	for (size_t at = 0; at < code.len; at++)
		for (char digit = '0'; digit <= '9'; digit++) {
			char wrong[16];
			must(code.len < sizeof wrong);
			memcpy(wrong, code.data, code.len);
			wrong[at] = digit;
			if (digit != code.data[at])
				must(inventory_code_read(arena, (struct text){ wrong, code.len },
							 &row) == CODE_GARBLED);
		}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct row_id row = { 0 }, again = { 0 };
	if (size > (1 << 12))
		return 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct text typed = fuzz_text(arena, data, size);
	if (!text_is_utf8(typed, NULL))
		return 0;
	const enum code_kind kind = inventory_code_read(arena, typed, &row);
	must((kind == CODE_EMPTY) == (text_trim(typed).len == 0));
	must((kind == CODE_LABEL) == (row.no != 0));
	if (kind == CODE_LABEL) {
		const struct text code = inventory_code(arena, row);
		must(code.len != 0 && inventory_code_read(arena, code, &again) == CODE_LABEL);
		must(again.no == row.no);
		must_notice(arena, code);
	}
	return 0;
}
