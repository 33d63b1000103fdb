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

  /* From here on only Sync v1 knows them; none is required. */
  RFI_FIELD_SCHEDULED_START,    /* a time as rfi_time_to_string() writes it, or "" */
  RFI_FIELD_SCHEDULED_END,      /* a time, or "" */
  RFI_FIELD_ESTIMATED_MINUTES,  /* decimal, or "" */
  RFI_FIELD_HOLD_UNTIL,         /* a time, or "" */
  RFI_FIELD_SKILLS,             /* words of a-z, 0-9 and -, sorted, with commas between, or "" */
  RFI_FIELD_COMPLETION_NOTES,
  RFI_FIELD_PARTS,              /* a list of items, see rfi-item-list.h */
  RFI_FIELD_LABOUR,             /* a list of items */
  RFI_FIELD_NOTES,              /* a list of items */
} RfiField;

#define RFI_N_FIELDS 19

/* The first ones are all that the compatible dialect can carry. */
#define RFI_N_CONTRACT_FIELDS 10

typedef enum {
  RFI_MERGE_THREE_WAY,      /* both changed: a person decides */
  RFI_MERGE_STATE_MACHINE,  /* an illegal step is a conflict, never resolved by itself */
  RFI_MERGE_SERVER_WINS,    /* both changed: theirs stands, and one is told */
  RFI_MERGE_UNION,          /* both changed: the items of both, by their ids */
  RFI_MERGE_MANUAL,         /* both touched it: a person decides; no rule ever may */
} RfiMergeRule;

typedef enum {
  RFI_FIELD_OK,
  RFI_FIELD_BLANK,     /* is required */
  RFI_FIELD_TOO_LONG,
  RFI_FIELD_BAD_WORD,  /* not one of the words of its type, or not the form of its field */
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
