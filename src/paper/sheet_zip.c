/* The parts of a workbook: inflated piece by piece into expat, within bounds, without DTD. */
#include "paper/sheet_in.h"

#include <expat.h>
#include <string.h>
#include <zip.h>

struct book {
	struct arena *arena;
	zip_t *zip;
	uint64_t inflated; /* bytes so far */
};

static struct error *
damaged(void)
{
	return reject(NULL, "Excelファイルが壊れています。Excelで開いて保存し直してください。");
}

struct error *
book_open(struct arena *into, struct text file, struct book **book)
{
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(file.data, file.len, 0, &error);
	zip_t *zip = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	if (zip == NULL && source != NULL)
		zip_source_free(source);
	zip_error_fini(&error);
	if (zip == NULL)
		return damaged();
	struct book *made = ARENA_NEW(into, struct book);
	*made = (struct book){ .arena = into, .zip = zip };
	*book = made;
	if (zip_get_num_entries(zip, 0) > BOOK_MOST_ENTRIES)
		return reject(NULL, "Excelファイルの部品が多すぎます（%dまで）。", BOOK_MOST_ENTRIES);
	return OK;
}

void
book_close(struct book **book)
{
	if (*book != NULL)
		zip_discard((*book)->zip);
	*book = NULL;
}

bool
book_has(struct book *book, const char *part)
{
	return zip_name_locate(book->zip, part, ZIP_FL_NOCASE) >= 0;
}

static void
part_close(zip_file_t **part)
{
	if (*part != NULL)
		zip_fclose(*part);
}

static void
parser_free(XML_Parser *parser)
{
	XML_ParserFree(*parser);
}

struct reading {
	XML_Parser parser;
	const struct xml_calls *calls;
	struct error *error;
	int depth;
};

static void
stop(struct reading *reading, struct error *error)
{
	if (error == OK || reading->error != OK)
		return;
	reading->error = error;
	XML_StopParser(reading->parser, XML_FALSE);
}

static const char *
without_prefix(const char *name)
{
	const char *colon = strrchr(name, ':');
	return colon != NULL ? colon + 1 : name;
}

static void XMLCALL
opened(void *with, const XML_Char *name, const XML_Char **attributes)
{
	struct reading *reading = with;
	if (reading->error != OK)
		return;
	if (++reading->depth > XML_MOST_DEPTH) {
		stop(reading, reject(NULL, "Excelファイルの中の入れ子が深すぎます。"));
		return;
	}
	stop(reading, reading->calls->open(reading->calls->with, without_prefix(name),
					   (const char *const *)attributes));
}

static void XMLCALL
closed(void *with, const XML_Char *name)
{
	struct reading *reading = with;
	if (reading->error != OK)
		return;
	reading->depth--;
	stop(reading, reading->calls->close(reading->calls->with, without_prefix(name)));
}

static void XMLCALL
said(void *with, const XML_Char *words, int len)
{
	struct reading *reading = with;
	if (reading->error == OK)
		stop(reading, reading->calls->words(reading->calls->with,
						    (struct text){ words, (size_t)len }));
}

static void XMLCALL
declared(void *with, const XML_Char *name, const XML_Char *system, const XML_Char *public_id, int has)
{
	(void)name, (void)system, (void)public_id, (void)has;
	stop(with, reject(NULL, "Excelファイルの中に、使ってはならない宣言（DTD）があります。"
				"このファイルは取り込めません。"));
}

static struct error *
check_part(struct book *book, const char *part, zip_int64_t at)
{
	zip_stat_t stat;
	if (at < 0 || zip_stat_index(book->zip, (zip_uint64_t)at, 0, &stat) != 0)
		return reject(NULL, "Excelファイルに「%s」がありません。"
				    "Excelで開いて保存し直してください。", part);
	if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
	    stat.encryption_method != ZIP_EM_NONE)
		return reject(NULL, "パスワードの付いたファイルです。パスワードを外してください。");
	if ((stat.valid & ZIP_STAT_COMP_METHOD) != 0 && stat.comp_method != ZIP_CM_STORE &&
	    stat.comp_method != ZIP_CM_DEFLATE)
		return damaged();
	return OK;
}

static struct error *
feed(struct book *book, zip_file_t *part, struct reading *reading)
{
	char bytes[8192];
	for (;;) {
		const zip_int64_t got = zip_fread(part, bytes, sizeof bytes);
		if (got < 0)
			return damaged();
		book->inflated += (uint64_t)got; /* not negative */
		if (book->inflated > BOOK_MOST_INFLATED)
			return reject(NULL, "Excelファイルの中身が大きすぎます（%d MiBまで）。"
					    "分けて取り込んでください。", BOOK_MOST_INFLATED >> 20);
		const enum XML_Status status = XML_Parse(reading->parser, bytes, (int)got, got == 0);
		if (reading->error != OK)
			return reading->error;
		if (status != XML_STATUS_OK)
			return damaged();
		if (got == 0)
			return OK;
	}
}

struct error *
book_read(struct book *book, const char *part, const struct xml_calls *calls)
{
	const zip_int64_t at = zip_name_locate(book->zip, part, ZIP_FL_NOCASE);
	TRY(check_part(book, part, at));
	__attribute__((cleanup(part_close))) zip_file_t *file =
		zip_fopen_index(book->zip, (zip_uint64_t)at, 0);
	if (file == NULL)
		return damaged();
	__attribute__((cleanup(parser_free))) XML_Parser parser = XML_ParserCreate(NULL);
	if (parser == NULL)
		return broken("XMLを読む準備ができませんでした。");
	struct reading reading = { .parser = parser, .calls = calls };
	XML_SetUserData(parser, &reading);
	XML_SetElementHandler(parser, opened, closed);
	XML_SetCharacterDataHandler(parser, said);
	XML_SetStartDoctypeDeclHandler(parser, declared);
	return feed(book, file, &reading);
}

struct text
xml_attribute(const char *const *attributes, const char *name)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (strcmp(without_prefix(attributes[0]), name) == 0)
			return text_of(attributes[1]);
	return T("");
}
