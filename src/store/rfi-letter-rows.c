/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-letter-rows"

#include "config.h"

#include "rfi-letter-rows.h"

#include "rfi-canonical.h"
#include "rfi-signed-operation.h"
#include "rfi-store-rows.h"

#include <string.h>

enum {
  SQL_GET_IDENTITY,
  SQL_PUT_IDENTITY,
  SQL_LIST,
  SQL_LIST_ALONE,
  SQL_GET,
  SQL_FIND,
  SQL_PUT,
  SQL_REMOVE,
  SQL_SET_STATE,
  SQL_REACHED,
  SQL_REACHED_OF_JOB,
  SQL_LAST,
  SQL_PRUNE,
  SQL_REOPEN,
  SQL_NUMBERS,
};

/* The states as they stand in the file: see rfi-letter.h. */
#define LETTER_COLUMNS \
  "l.kind, l.state, l.device, l.epoch, l.number, l.hash, l.priority, l.size"

/* The order of what is sealed: it is only ever added to. */
enum {
  BODY,
  SIGNATURE,
  N_VALUES,
};

static const char *const sql[] = {
  [SQL_GET_IDENTITY] = "SELECT device, public_key, epoch, next, last_hash, last_void "
                       "FROM identity WHERE one = 1",
  [SQL_PUT_IDENTITY] = "INSERT OR REPLACE INTO identity (one, device, public_key, epoch, next, "
                       "last_hash, last_void) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)",
  [SQL_LIST] = "SELECT o.seq, o.id, o.job_id, o.user_id, o.state, o.attempts, o.kind, "
               LETTER_COLUMNS " FROM outbox o LEFT JOIN letter l ON l.operation_id = o.id "
               "ORDER BY o.seq",
  [SQL_LIST_ALONE] = "SELECT l.position, l.operation_id, l.job_id, NULL, 0, 0, l.kind, "
                     LETTER_COLUMNS " FROM letter l WHERE NOT EXISTS (SELECT 1 FROM outbox o "
                     "WHERE o.id = l.operation_id)",
  [SQL_GET] = "SELECT l.position, l.operation_id, l.job_id, NULL, 0, 0, l.kind, " LETTER_COLUMNS
              ", l.sealed FROM letter l WHERE l.operation_id = ?1",
  [SQL_FIND] = "SELECT l.position, l.operation_id, l.job_id, o.user_id, 0, 0, l.kind, "
               LETTER_COLUMNS " FROM letter l LEFT JOIN outbox o ON o.id = l.operation_id "
               "WHERE l.epoch = ?1 AND l.number = ?2",
  [SQL_PUT] = "INSERT OR REPLACE INTO letter (operation_id, position, job_id, kind, device, "
              "epoch, number, hash, priority, state, version, change_seq, size, sealed) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0, ?11, ?12)",
  [SQL_REMOVE] = "DELETE FROM letter WHERE operation_id = ?1",
  [SQL_SET_STATE] = "UPDATE letter SET state = ?2, version = ?3, change_seq = ?4 "
                    "WHERE operation_id = ?1",
  [SQL_REACHED] = "SELECT operation_id FROM letter WHERE state = 3 AND change_seq <= ?1",
  [SQL_REACHED_OF_JOB] = "SELECT operation_id FROM letter WHERE state = 3 AND change_seq <= ?1 "
                         "AND job_id = ?2",
  [SQL_LAST] = "SELECT l.number FROM outbox o JOIN letter l ON l.operation_id = o.id "
               "WHERE o.job_id = ?1 AND l.epoch = ?2 AND o.seq < ?3 AND l.state <> 3 "
               "ORDER BY o.seq DESC LIMIT 1",
  [SQL_PRUNE] = "DELETE FROM letter WHERE state = 1 AND kind = 'void'",
  [SQL_NUMBERS] = "SELECT number, state FROM letter WHERE epoch = ?1 ORDER BY number",
  [SQL_REOPEN] = "UPDATE letter SET state = 2, version = 0, change_seq = 0 WHERE state = 3",
};

G_STATIC_ASSERT (RFI_LETTER_READY == 1 && RFI_LETTER_SENT == 2 && RFI_LETTER_ACCEPTED == 3);

void
rfi_identity_clear (RfiIdentity *self)
{
  g_clear_pointer (&self->device, g_free);
  g_clear_pointer (&self->public_key, g_free);
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->last_hash, g_free);
  g_clear_pointer (&self->last_void, g_free);
}

static gboolean
is_identity (sqlite3_stmt *row)
{
  const char *device = rfi_db_text (row, 0);
  const char *public_key = rfi_db_text (row, 1);

  return device != NULL && g_uuid_string_is_valid (device) && public_key != NULL &&
         *public_key != '\0' && rfi_canonical_is_hex (rfi_db_text (row, 2), RFI_EPOCH_LENGTH) &&
         sqlite3_column_int64 (row, 3) > 0 &&
         rfi_canonical_is_hex (rfi_db_text (row, 4), RFI_HASH_LENGTH);
}

gboolean
rfi_identity_rows_get (RfiDb        *db,
                       RfiIdentity  *identity,
                       GError      **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_GET_IDENTITY], error);

  if (row == NULL || !rfi_db_step (db, row, error))
    return FALSE;

  /* With it nothing could be signed. */
  if (!is_identity (row))
    {
      g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED, "The identity makes no sense");
      return FALSE;
    }

  identity->device = g_strdup (rfi_db_text (row, 0));
  identity->public_key = g_strdup (rfi_db_text (row, 1));
  identity->epoch = g_strdup (rfi_db_text (row, 2));
  identity->next = sqlite3_column_int64 (row, 3);
  identity->last_hash = g_strdup (rfi_db_text (row, 4));
  identity->last_void = g_strdup (rfi_db_text (row, 5));
  return TRUE;
}

gboolean
rfi_identity_rows_put (RfiDb              *db,
                       const RfiIdentity  *identity,
                       GError            **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_PUT_IDENTITY], error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, identity->device);
  rfi_db_bind (row, 2, identity->public_key);
  rfi_db_bind (row, 3, identity->epoch);
  sqlite3_bind_int64 (row, 4, identity->next);
  rfi_db_bind (row, 5, identity->last_hash);
  rfi_db_bind (row, 6, identity->last_void);
  return rfi_db_finish (db, row, error);
}

/* (transfer full) (nullable): %NULL for one that makes no sense here
 * @whole: whether it has the bytes */
static RfiLetter *
read_row (RfiDb        *db,
          sqlite3_stmt *row,
          gboolean      whole)
{
  const char *values[N_VALUES] = { NULL };
  const char *kind = rfi_db_text (row, 7);
  RfiLetter letter = {
    .position = sqlite3_column_int64 (row, 0),
    .operation_id = (char *) rfi_db_text (row, 1),
    .job_id = (char *) rfi_db_text (row, 2),
    .user_id = (char *) rfi_db_text (row, 3),
    .waits = (RfiOperationState) sqlite3_column_int (row, 4),
    .attempts = (guint) sqlite3_column_int (row, 5),
    .state = (RfiLetterState) sqlite3_column_int (row, 8),
    .device = (char *) rfi_db_text (row, 9),
    .epoch = (char *) rfi_db_text (row, 10),
    .number = sqlite3_column_int64 (row, 11),
    .hash = (char *) rfi_db_text (row, 12),
    .priority = (guint) sqlite3_column_int (row, 13),
    .size = (gsize) sqlite3_column_int64 (row, 14),
  };
  RfiSealPlace place = { RFI_ROWS_LETTER, letter.operation_id, letter.number };

  if (!rfi_operation_kind_from_string (kind != NULL ? kind : rfi_db_text (row, 6), &letter.kind) ||
      (kind != NULL && (letter.state < RFI_LETTER_READY || letter.state > RFI_LETTER_DONE)))
    return NULL;

  if (whole && !rfi_row_seal_read (db, row, 15, &place, values, N_VALUES))
    return NULL;

  letter.body = (char *) values[BODY];
  letter.signature = (char *) values[SIGNATURE];
  return rfi_letter_new (&letter);
}

/* Passed over, its change would be shown for ever and never be sent. */
static void
fail_senseless (sqlite3_stmt  *row,
                GError       **error)
{
  const char *kind = rfi_db_text (row, 7) != NULL ? rfi_db_text (row, 7) : rfi_db_text (row, 6);
  RfiOperationKind known;

  if (!rfi_operation_kind_from_string (kind, &known) && rfi_operation_kind_is_word (kind))
    g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_NEWER, "A letter of kind %s", kind);
  else
    g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED, "A letter makes no sense");
}

static gboolean
read_rows (RfiDb       *db,
           guint        statement,
           GPtrArray   *letters,
           GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[statement], error);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;

  while (step_error == NULL && rfi_db_step (db, row, &step_error))
    {
      RfiLetter *letter = read_row (db, row, FALSE);

      if (letter != NULL)
        g_ptr_array_add (letters, letter);
      else
        fail_senseless (row, &step_error);
    }

  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  const RfiLetter *first = *(RfiLetter *const *) a;
  const RfiLetter *second = *(RfiLetter *const *) b;

  if (first->position != second->position)
    return first->position < second->position ? -1 : 1;

  return first->number < second->number ? -1 : first->number > second->number;
}

GPtrArray *
rfi_letter_rows_list (RfiDb   *db,
                      GError **error)
{
  g_autoptr(GPtrArray) letters =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_letter_unref);
  guint n;

  if (!read_rows (db, SQL_LIST, letters, error))
    return NULL;

  n = letters->len;
  if (!read_rows (db, SQL_LIST_ALONE, letters, error))
    return NULL;

  if (letters->len > n)
    g_ptr_array_sort (letters, compare_positions);
  return g_steal_pointer (&letters);
}

RfiLetter *
rfi_letter_rows_get (RfiDb       *db,
                     const char  *operation_id,
                     GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_GET], error);

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, operation_id);
  return rfi_db_step (db, row, error) ? read_row (db, row, TRUE) : NULL;
}

RfiLetter *
rfi_letter_rows_find (RfiDb       *db,
                      const char  *epoch,
                      gint64       number,
                      GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_FIND], error);

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, epoch);
  sqlite3_bind_int64 (row, 2, number);
  return rfi_db_step (db, row, error) ? read_row (db, row, FALSE) : NULL;
}

GArray *
rfi_letter_rows_list_numbers (RfiDb       *db,
                              const char  *epoch,
                              GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_NUMBERS], error);
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (RfiLetterNumber));
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, epoch);
  while (rfi_db_step (db, row, &step_error))
    {
      const RfiLetter letter = { .state = (RfiLetterState) sqlite3_column_int (row, 1) };
      const RfiLetterNumber number = {
        .number = sqlite3_column_int64 (row, 0), .open = rfi_letter_is_open (&letter),
      };

      g_array_append_val (numbers, number);
    }

  if (step_error == NULL)
    return g_steal_pointer (&numbers);

  g_propagate_error (error, step_error);
  return NULL;
}

gboolean
rfi_letter_rows_put (RfiDb            *db,
                     const RfiLetter  *letter,
                     GError          **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_PUT], error);
  RfiSealPlace place = { RFI_ROWS_LETTER, letter->operation_id, letter->number };
  const char *values[N_VALUES] = { [BODY] = letter->body, [SIGNATURE] = letter->signature };

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, letter->operation_id);
  sqlite3_bind_int64 (row, 2, letter->position);
  rfi_db_bind (row, 3, letter->job_id);
  rfi_db_bind (row, 4, rfi_operation_kind_to_string (letter->kind));
  rfi_db_bind (row, 5, letter->device);
  rfi_db_bind (row, 6, letter->epoch);
  sqlite3_bind_int64 (row, 7, letter->number);
  rfi_db_bind (row, 8, letter->hash);
  sqlite3_bind_int64 (row, 9, letter->priority);
  sqlite3_bind_int (row, 10, (int) letter->state);
  sqlite3_bind_int64 (row, 11, (gint64) strlen (letter->body));
  rfi_row_seal_bind (db, row, 12, &place, values, N_VALUES);
  return rfi_db_finish (db, row, error);
}

gboolean
rfi_letter_rows_remove (RfiDb       *db,
                        const char  *operation_id,
                        GError     **error)
{
  return rfi_rows_run (db, sql[SQL_REMOVE], operation_id, NULL, NULL, error);
}

gboolean
rfi_letter_rows_set_state (RfiDb           *db,
                           const char      *operation_id,
                           RfiLetterState   state,
                           gint64           version,
                           gint64           change_seq,
                           GError         **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_SET_STATE], error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, operation_id);
  sqlite3_bind_int (row, 2, (int) state);
  sqlite3_bind_int64 (row, 3, version);
  sqlite3_bind_int64 (row, 4, change_seq);
  return rfi_db_finish (db, row, error);
}

GPtrArray *
rfi_letter_rows_list_reached (RfiDb       *db,
                              const char  *job_id,
                              gint64       change_seq,
                              GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[job_id != NULL ? SQL_REACHED_OF_JOB : SQL_REACHED],
                                    error);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;

  sqlite3_bind_int64 (row, 1, change_seq);
  if (job_id != NULL)
    rfi_db_bind (row, 2, job_id);
  while (rfi_db_step (db, row, &step_error))
    g_ptr_array_add (ids, g_strdup (rfi_db_text (row, 0)));

  if (step_error == NULL)
    return g_steal_pointer (&ids);

  g_propagate_error (error, step_error);
  return NULL;
}

gboolean
rfi_letter_rows_get_last (RfiDb       *db,
                          const char  *job_id,
                          const char  *epoch,
                          gint64       position,
                          gint64      *number,
                          GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_LAST], error);
  GError *step_error = NULL;

  *number = 0;
  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, job_id);
  rfi_db_bind (row, 2, epoch);
  sqlite3_bind_int64 (row, 3, position);
  if (rfi_db_step (db, row, &step_error))
    *number = sqlite3_column_int64 (row, 0);
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

gboolean
rfi_letter_rows_prune (RfiDb   *db,
                       GError **error)
{
  return rfi_rows_run (db, sql[SQL_PRUNE], NULL, NULL, NULL, error);
}

gboolean
rfi_letter_rows_reopen (RfiDb   *db,
                        GError **error)
{
  return rfi_rows_run (db, sql[SQL_REOPEN], NULL, NULL, NULL, error);
}
