/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RFI_JSON_MAX_DEPTH 32

typedef enum {
  RFI_JSON_NULL,
  RFI_JSON_BOOLEAN,
  RFI_JSON_NUMBER,
  RFI_JSON_STRING,
  RFI_JSON_ARRAY,
  RFI_JSON_OBJECT,
} RfiJsonType;

/**
 * RfiJson:
 *
 * A value inside text that rfi_json_parse() has checked: where it begins and ends, without
 * spaces around it. It owns nothing; the text must outlive it. Looking into it cannot fail,
 * and costs no memory until a string is copied out.
 */
typedef struct
{
  const char *at;
  const char *end;
} RfiJson;

typedef struct
{
  const char    *at;
  const char    *end;
  gboolean       named;
  const RfiJson *known;  /* (nullable): a value whose end need not be looked for */
} RfiJsonIter;

/* Checks all of @data. Nesting beyond RFI_JSON_MAX_DEPTH is an error.
 * @length: -1 for text that ends in NUL */
gboolean    rfi_json_parse         (const char     *data,
                                    gssize          length,
                                    RfiJson        *root,
                                    GError        **error);

/* The same. @longest: (out): the longest of the values in the outermost, for an iterator to know;
 * all %NULL if there are none */
gboolean    rfi_json_parse_longest (const char     *data,
                                    gssize          length,
                                    RfiJson        *root,
                                    RfiJson        *longest,
                                    GError        **error);

RfiJsonType rfi_json_get_type      (const RfiJson  *self);

/* The member @name of an object; of several alike the last, as JavaScript has it.
 * %FALSE also if @self is no object. */
gboolean    rfi_json_get_member    (const RfiJson  *self,
                                    const char     *name,
                                    RfiJson        *value);

/* The elements of an array, or the members of an object. Nothing for anything else.
 * @name: (out) (optional): the member's name, as a string value */
void        rfi_json_iter_init     (RfiJsonIter    *iter,
                                    const RfiJson  *self);
gboolean    rfi_json_iter_next     (RfiJsonIter    *iter,
                                    RfiJson        *name,
                                    RfiJson        *value);

/* Whether it is a string, and this one. */
gboolean    rfi_json_is_string     (const RfiJson  *self,
                                    const char     *text);

/* A string without escapes; NUL, lone surrogates and broken UTF-8 become U+FFFD.
 * Returns: (transfer full) (nullable): %NULL if it is no string */
char       *rfi_json_dup_string    (const RfiJson  *self);

/* A string as above, "" for null, the source text of anything else. Returns: (transfer full) */
char       *rfi_json_dup_text      (const RfiJson  *self);

/* As above, appended to @out. */
void        rfi_json_read_text     (const RfiJson  *self,
                                    GString        *out);

/* The source text, with the spaces between tokens taken out. */
void        rfi_json_append_raw    (const RfiJson  *self,
                                    GString        *out);

/* %FALSE if it is no number that fits; a fraction is cut off. */
gboolean    rfi_json_get_int       (const RfiJson  *self,
                                    gint64         *value);

/* What JavaScript takes for true: not null, false, 0 or "". */
gboolean    rfi_json_is_truthy     (const RfiJson  *self);

/* Text with its quotes, escaped; "null" for %NULL. */
void        rfi_json_append_string (GString        *out,
                                    const char     *text);

/* `"name":"text"`, with a comma before it unless it opens an object. */
void        rfi_json_append_member (GString        *out,
                                    const char     *name,
                                    const char     *text);

G_END_DECLS
