/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-json.h"

G_BEGIN_DECLS

/* What the readers and writers of Sync v1's documents share: members by their names. */

/* Checks @data and that it is an object. */
gboolean rfi_wire_parse_object   (const char     *data,
                                  gssize          length,
                                  RfiJson        *root,
                                  GError        **error);
/* Its member that is an array, or RFI_WIRE_ERROR_INVALID. */
gboolean rfi_wire_get_list       (const RfiJson  *object,
                                  const char     *name,
                                  RfiJson        *list,
                                  GError        **error);

/* Returns: (transfer full) (nullable): %NULL if it is missing or no string */
char    *rfi_wire_dup_member     (const RfiJson  *object,
                                  const char     *name);
/* As above; missing or empty is RFI_WIRE_ERROR_INVALID and %FALSE.
 * @text: (out) (transfer full): what it held is freed */
gboolean rfi_wire_need_member    (const RfiJson  *object,
                                  const char     *name,
                                  char          **text,
                                  GError        **error);

/* @fallback if it is missing, no number, or has a fraction. */
gint64   rfi_wire_read_int       (const RfiJson  *value,
                                  gint64          fallback);
gint64   rfi_wire_get_int        (const RfiJson  *object,
                                  const char     *name,
                                  gint64          fallback);
gboolean rfi_wire_need_int       (const RfiJson  *object,
                                  const char     *name,
                                  gint64          lowest,
                                  gint64         *number,
                                  GError        **error);
gboolean rfi_wire_get_boolean    (const RfiJson  *object,
                                  const char     *name);

/* `"name":`, with a comma before it unless it opens an object. */
void     rfi_wire_append_name    (GString        *out,
                                  const char     *name);
void     rfi_wire_append_int     (GString        *out,
                                  const char     *name,
                                  gint64          number);
void     rfi_wire_append_boolean (GString        *out,
                                  const char     *name,
                                  gboolean        value);
/* As rfi_json_append_member(), but %NULL writes nothing. */
void     rfi_wire_append_text    (GString        *out,
                                  const char     *name,
                                  const char     *text);

G_END_DECLS
