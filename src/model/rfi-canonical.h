/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one way to write down what is signed or hashed: JSON as RFC 8785 has it, restricted to
 * objects, arrays, strings and integers. Members stand in the order of their names' bytes,
 * nothing is spaced, every string has one spelling. Two programs that mean the same write the
 * same bytes.
 */

/* What both sides can hold without loss: 2^53 - 1. */
#define RFI_CANONICAL_MAX_INT G_GINT64_CONSTANT (9007199254740991)

/* Lower-case hex, without the NUL. */
#define RFI_HASH_LENGTH 64

/* What stands for the hash of nothing: the one before the first. */
#define RFI_HASH_NONE "0000000000000000000000000000000000000000000000000000000000000000"

/* Writing; the caller opens and closes objects and arrays. @text must be UTF-8. */

void     rfi_canonical_append_string      (GString             *out,
                                           const char          *text);
void     rfi_canonical_append_int         (GString             *out,
                                           gint64               number);

/* `"name":`, with a comma before it unless it opens an object. */
void     rfi_canonical_append_name        (GString             *out,
                                           const char          *name);

/* A member as a whole. @text: (nullable): %NULL writes nothing */
void     rfi_canonical_append_text_member (GString             *out,
                                           const char          *name,
                                           const char          *text);
void     rfi_canonical_append_int_member  (GString             *out,
                                           const char          *name,
                                           gint64               number);

/* SHA-256 as lower-case hex. @length: -1 for text that ends in NUL. Returns: (transfer full) */
char    *rfi_canonical_hash               (const char          *data,
                                           gssize               length);

/* The same UUID for the same text. Returns: (transfer full) */
char    *rfi_canonical_uuid               (const char          *text);

/* Whether @text is @length digits of lower-case hex. @text: (nullable) */
gboolean rfi_canonical_is_hex             (const char          *text,
                                           gsize                length);

/* Reading: each steps over what it names, or answers %FALSE and is then of no further use. Any
 * other spelling is refused. */

typedef struct
{
  const char *at;
  const char *end;
} RfiCanonicalReader;

/* Stays where it is if @c does not stand there. */
gboolean rfi_canonical_skip               (RfiCanonicalReader  *reader,
                                           char                 c);

/* @text: what it says is put in place of what it held */
gboolean rfi_canonical_read_string        (RfiCanonicalReader  *reader,
                                           GString             *text);
gboolean rfi_canonical_read_int           (RfiCanonicalReader  *reader,
                                           gint64              *number);

/* The next name of an object and its colon; @name holds the one before, "" at first. Names must
 * rise. */
gboolean rfi_canonical_read_name          (RfiCanonicalReader  *reader,
                                           GString             *name);

G_END_DECLS
