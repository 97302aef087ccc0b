/*
 * The print job: what bansho-print reads from stdin, as JSON in UTF-8. Whoever writes jobs
 * includes this for the limits; docs/paper.md shows a whole job and the picture it makes.
 *
 * A job knows nothing of dossiers or ledgers: it says what stands where on a municipal form, and
 * the printer measures, rules, breaks pages, numbers them and chooses fonts. Members not named
 * here are refused, so that a misspelt one is noticed. "?" marks what may be left out.
 *
 * job (an object)
 *   job        "sheet": A4 portrait, a form; "ledger": A4 landscape, one long list
 *   title      標題; a sheet's is set wide
 *   caption?   top left: 様式第2号(3.2.7.a, 3.2.8.b関係)
 *   body?      the organisation (団体名), top of a ledger and Author of the PDF
 *   number?    文書番号, top right
 *   day?       "2026-11-21", printed in 和暦; "" leaves 「年 月 日」 blank to be written by hand
 *   made       "2026-11-21T11:21" (JST): the creation date the PDF carries. The same job gives
 *              the same bytes, so this is never read from a clock.
 *   addressee? lines of 宛先; the last one gets 様 from whoever writes the job
 *   applicant? {label?, unit, post, name}: 所属・職・氏名 at the right; empty texts stay blank
 *   lead?      one sentence above the table: 次のとおり申請します。
 *   sections   array, in order of printing; a section without heading joins the table above it
 *   proof?     {record, digest, tree_size, command}: the footer and QR of every page. digest is
 *              the SHA-256 in 64 hex digits; command is what verifies this paper, complete.
 *              Absent on an empty form.
 *
 * section (an object), by "kind"
 *   "rows"      {heading?, rows}: each row an array of one or two fields side by side; a field is
 *               {label, value?, choices?, lines?}; choices: [{words, is_chosen}] print as □ / ☑,
 *               before the value; lines: at least so many lines high (for writing by hand)
 *   "items"     {heading?, columns, rows, empty_rows?}: columns: [{name, width, side?}] with
 *               width in parts of the sum of all widths, side "left", "middle" or "right"; rows:
 *               arrays of as many texts as there are columns; empty_rows: ruled empty rows after
 *   "decisions" {heading?, steps}: 決裁欄, one box per step: {role, post?, name?, verdict?, day?,
 *               is_deputy?, as?}; a deputy's name is preceded by (代), with `as` by that (専決); day as above, absent = blank
 *   "notes"     {heading?, lines}: conditions, each line its own paragraph, in one ruled box
 *   "history"   {heading?, events}: [{at, who, what}], at as "2026-11-21T11:21"
 *   "remarks"   {lines}: small unruled lines, such as 備考 under a form
 *   "labels"    {labels}: to cut out, three beside each other: [{code, shown, title, place?}]; the code becomes
 *               a QR code (best of digits alone), the rest stands beside it
 *
 * Texts: CR LF is LF, a tab is a space. LF begins a new line. Characters that no font has, other
 * control characters and those that turn the writing direction are drawn as 〓 and reported;
 * copying text out of the PDF still yields the character itself.
 *
 * Answer on fd 3, when it is open: {"pages": n, "warnings": [{kind, character, words}]} with kind
 * "no-glyph" (drawn as 〓), "no-variant" (this variation selector is in no font: 〓) or "borrowed"
 * (not in the Mincho fonts, drawn with another installed one); or {"pages": 0, "error":
 * {"field", "words"}}. Exit status: 0 printed, 1 the job is refused, 2 our own fault or usage.
 */
#ifndef BANSHO_PAPER_SHEET_PAPER_H
#define BANSHO_PAPER_SHEET_PAPER_H

enum {
	SHEET_MOST_BYTES = 4 << 20,	/* of the job */
	SHEET_MOST_SECTIONS = 60,	/* of a job */
	SHEET_MOST_LINES = 200,		/* rows of a "rows" section, lines of notes and remarks */
	SHEET_MOST_CHOICES = 40,	/* of a field */
	SHEET_MOST_COLUMNS = 16,	/* of items and ledgers */
	SHEET_MOST_ROWS = 5000,		/* of all items sections of a job together */
	SHEET_MOST_STEPS = 24,		/* of a decisions section */
	SHEET_MOST_EVENTS = 1000,	/* of a history section */
	SHEET_MOST_NAME = 200,		/* characters of a title, heading, name, post, choice */
	SHEET_MOST_LABEL = 60,		/* characters of a label or role */
	SHEET_MOST_COLUMN = 30,		/* characters of the name of a column */
	SHEET_MOST_VALUE = 20000,	/* characters of a value, note or cell */
	SHEET_MOST_COMMAND = 300,	/* characters of the command that verifies */
	SHEET_MOST_LABELS = 2000,	/* of a labels section */
	SHEET_MOST_CODE = 40,		/* bytes of a label's code */
	SHEET_MOST_PAGES = 1000,	/* of a PDF */
	SHEET_MOST_WARNINGS = 100,	/* in the report; further ones are not listed */
};

#endif
