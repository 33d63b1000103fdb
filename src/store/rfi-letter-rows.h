/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-letter.h"

G_BEGIN_DECLS

/* The tables of what is signed; as rfi-store-rows.h. */

/* Who signs here. */
typedef struct
{
  char   *device;
  char   *public_key;
  char   *epoch;
  gint64  next;       /* the number of the next letter */
  char   *last_hash;  /* of the letter before it */
  char   *last_void;  /* (nullable): of what that one was withdrawn with */
} RfiIdentity;

void       rfi_identity_clear        (RfiIdentity *self);

/* %FALSE, without an error unless said, while there is none. @identity: (out) */
gboolean   rfi_identity_rows_get     (RfiDb *db, RfiIdentity *identity, GError **error);
gboolean   rfi_identity_rows_put     (RfiDb *db, const RfiIdentity *identity, GError **error);

/* Everything that waits, numbered or not, in the order of typing, without the bytes. */
GPtrArray *rfi_letter_rows_list      (RfiDb *db, GError **error);
/* The numbers of @epoch alone, rising. Returns: (element-type RfiLetterNumber) */
GArray    *rfi_letter_rows_list_numbers (RfiDb *db, const char *epoch, GError **error);
/* With the bytes. (nullable), without an error unless said */
RfiLetter *rfi_letter_rows_get       (RfiDb *db, const char *operation_id, GError **error);
/* Without them, likewise. Nobody did one that stands alone. */
RfiLetter *rfi_letter_rows_find      (RfiDb *db, const char *epoch, gint64 number,
                                      GError **error);
gboolean   rfi_letter_rows_put       (RfiDb *db, const RfiLetter *letter, GError **error);
gboolean   rfi_letter_rows_remove    (RfiDb *db, const char *operation_id, GError **error);
gboolean   rfi_letter_rows_set_state (RfiDb *db, const char *operation_id, RfiLetterState state,
                                      gint64 version, gint64 change_seq, GError **error);

/* Accepted ones that the cursor has reached: (element-type utf8) operation ids.
 * @job_id: (nullable): only of this job */
GPtrArray *rfi_letter_rows_list_reached (RfiDb *db, const char *job_id, gint64 change_seq,
                                         GError **error);
/* The number of the last letter of @epoch for the job that is not accepted and was typed before
 * @position; 0 = none. */
gboolean   rfi_letter_rows_get_last  (RfiDb *db, const char *job_id, const char *epoch,
                                      gint64 position, gint64 *number, GError **error);
/* Withdrawals that were never sent. */
gboolean   rfi_letter_rows_prune     (RfiDb *db, GError **error);
/* Accepted ones are to be sent again: another history stands at the server. */
gboolean   rfi_letter_rows_reopen    (RfiDb *db, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RfiIdentity, rfi_identity_clear)

G_END_DECLS
