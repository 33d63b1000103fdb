/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The fields of a job that people change. A value is always text: a status or priority is
 * its word on the wire, a technician is a user id, nobody is "".
 */
typedef enum {
  RFI_FIELD_TITLE,
  RFI_FIELD_DESCRIPTION,
  RFI_FIELD_PRIORITY,
  RFI_FIELD_STATUS,
  RFI_FIELD_ASSIGNED_TO,
  RFI_FIELD_STORE_NAME,
  RFI_FIELD_ADDRESS,
  RFI_FIELD_CITY,
  RFI_FIELD_STATE,
  RFI_FIELD_ZIP_CODE,
} RfiField;

#define RFI_N_FIELDS 10

typedef enum {
  RFI_MERGE_THREE_WAY,      /* both changed: a person decides */
  RFI_MERGE_STATE_MACHINE,  /* an illegal step is a conflict, never resolved by itself */
} RfiMergeRule;

typedef enum {
  RFI_FIELD_OK,
  RFI_FIELD_BLANK,     /* is required */
  RFI_FIELD_TOO_LONG,
  RFI_FIELD_BAD_WORD,  /* not one of the words of its type, or not five digits */
} RfiFieldProblem;

/* The field's name on the wire; those of a location are its members' names. */
const char      *rfi_field_to_string   (RfiField      field);
gboolean         rfi_field_from_string (const char   *text,
                                        RfiField     *field);
gboolean         rfi_field_is_location (RfiField      field);
RfiMergeRule     rfi_field_get_rule    (RfiField      field);

/* In characters, not bytes. */
guint            rfi_field_get_max_length (RfiField   field);

/* Judges as our server does, and the original client: lengths, blanks, five-digit ZIP. */
RfiFieldProblem  rfi_field_check       (RfiField      field,
                                        const char   *value);

G_END_DECLS
