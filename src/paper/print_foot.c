#include "paper/print_rooms.h"

#include "base/say.h"
#include "base/writer.h"

#define QR_SIZE (23 * MM)
#define LABEL_WIDTH (20 * MM)

enum { FOOT_LINES = 3 };

/* 12345 as 12,345 */
static void
write_commas(struct writer *out, int64_t number)
{
	if (number >= 1000) {
		write_commas(out, number / 1000);
		write_format(out, ",%03d", (int)(number % 1000)); /* below 1000 */
		return;
	}
	write_number(out, number);
}

/* In groups of eight, as one compares by eye. */
static struct text
grouped_digest(struct arena *arena, const struct hash *digest)
{
	const struct text hex = hash_hex(arena, digest);
	struct writer out = writer_open(arena, 80);

	for (size_t i = 0; i < hex.len; i += 8) {
		if (i > 0)
			write_byte(&out, ' ');
		write_text(&out, text_first(text_from(hex, i), 8));
	}
	return writer_text(&out);
}

static struct text
record_line(struct paper *paper)
{
	const struct print_proof *proof = &paper->job->proof;
	struct writer out = writer_open(paper->arena, 1024);

	write_text(&out, proof->record);
	write_z(&out, "　　");
	write_z(&out, say("記録簿の件数"));
	write_z(&out, "　");
	write_commas(&out, proof->tree_size);
	return writer_text(&out);
}

void
print_foot_measure(struct paper *paper)
{
	const struct print_proof *proof = &paper->job->proof;
	const double width = paper_width(paper) - QR_SIZE - 4 * MM - LABEL_WIDTH;
	double height = 0;

	paper->foot_height = 4 * MM;
	if (!proof->is_given)
		return;
	paper->foot[0] = paper_make(paper, record_line(paper), SIZE_LEAST, width);
	paper->foot[1] = paper_make(paper, grouped_digest(paper->arena, &proof->digest), SIZE_LEAST,
				    width);
	paper->foot[2] = paper_make(paper, proof->command, SIZE_LEAST, width);
	for (size_t i = 0; i < FOOT_LINES; i++)
		height += words_height(&paper->foot[i]) + 1;
	paper->foot_height = (height > QR_SIZE ? height : QR_SIZE) + 3 * MM;
}

static void
draw_proof(struct paper *paper)
{
	const char *const labels[FOOT_LINES] = { say("記録番号"), say("ダイジェスト"),
						 say("検証のしかた") };
	const double top = paper->bottom + 1.5 * MM;
	const struct box qr = { paper->right - QR_SIZE, top + 1 * MM, QR_SIZE, QR_SIZE };
	double y = top + 1.5 * MM;

	paper_rule(paper, paper->left, top, paper_width(paper), 0, RULE_THIN);
	paper_mark(paper, MARK_QR, qr);
	for (size_t i = 0; i < FOOT_LINES; i++) {
		const struct words label = paper_make(paper, text_of(labels[i]), SIZE_LEAST, 0);
		const struct words *words = &paper->foot[i];

		paper_words(paper, &label,
			    &(struct placing){
				    .box = { paper->left, y, LABEL_WIDTH - SIZE_LEAST, 0 } });
		paper_words(paper, words,
			    &(struct placing){ .box = { paper->left + LABEL_WIDTH, y, 1, 0 } });
		y += words_height(words) + 1;
	}
}

static void
draw_page_number(struct paper *paper, int64_t number)
{
	const struct text text = text_format(paper->arena, "%lld / %lld", (long long)number,
					     (long long)paper->pages_count); /* int64_t fits */
	const struct words words = paper_make(paper, text, SIZE_SMALL, 0);

	paper_words(paper, &words,
		    &(struct placing){ .box = { paper->left, paper->height - 11 * MM,
						paper_width(paper), 0 },
				       .side = PRINT_MIDDLE });
}

void
print_foot(struct paper *paper)
{
	int64_t number = 0;

	for (struct page *page = paper->pages; page != NULL; page = page->next) {
		paper->page = page;
		if (paper->job->proof.is_given)
			draw_proof(paper);
		draw_page_number(paper, ++number);
	}
}
