/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-cases"

#include "config.h"

#include "rfi-server-cases.h"

#include <string.h>

static const char notes_sql[] =
  "SELECT by_id, by_name, at, text FROM conflict_note WHERE conflict_id = ?1 ORDER BY n";

static const char add_sql[] =
  "INSERT INTO conflict_note SELECT ?1, count(*), ?2, ?3, ?4, ?5 FROM conflict_note"
  " WHERE conflict_id = ?1";

static const char deciders_sql[] =
  "SELECT id, email, display_name, role, vendor_id FROM user WHERE role = ?1"
  " OR (role = ?2 AND vendor_id = ?3) ORDER BY role, display_name, id";

/* Only the latest operations of the device are looked at: it is only for people to read. */
static const char typed_sql[] =
  "SELECT CASE o.body WHEN '' THEN o.occurred_at ELSE json_extract (o.body, '$.occurredAt') END"
  " FROM (SELECT device_id, at FROM audit WHERE job_id = ?1 AND version > 0"
  " ORDER BY n DESC LIMIT 1) AS a"
  " JOIN chain c ON c.device_id = a.device_id"
  " JOIN operation o ON o.chain = c.n AND o.seq > c.max_seq - 200 AND o.at = a.at"
  " WHERE CASE o.body WHEN '' THEN o.entity_id ELSE json_extract (o.body, '$.entityId') END = ?1"
  " LIMIT 1";

gboolean
rfi_server_cases_read_notes (RfiDb              *db,
                             RfiConflictRecord  *record,
                             GError            **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, notes_sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return FALSE;

  g_clear_pointer (&record->notes, g_ptr_array_unref);
  record->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_case_note_free);
  rfi_db_bind (row, 1, record->id);
  while (rfi_db_step (db, row, &local))
    g_ptr_array_add (record->notes,
                     rfi_case_note_new (rfi_db_text (row, 0), rfi_db_text (row, 1),
                                        sqlite3_column_int64 (row, 2), rfi_db_text (row, 3)));
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
is_repeat (const RfiConflictRecord *record,
           const RfiUser           *by,
           const char              *text)
{
  const RfiCaseNote *last;

  if (record->notes->len == 0)
    return FALSE;

  last = g_ptr_array_index (record->notes, record->notes->len - 1);
  return strcmp (last->by, by->id) == 0 && strcmp (last->text, text) == 0;
}

gboolean
rfi_server_cases_add_note (RfiDb              *db,
                           RfiConflictRecord  *record,
                           const RfiUser      *by,
                           gint64              at,
                           const char         *text,
                           GError            **error)
{
  RFI_DB_KEPT statement = NULL;

  if (!rfi_server_cases_read_notes (db, record, error))
    return FALSE;
  if (is_repeat (record, by, text))
    return TRUE;

  statement = rfi_db_prepare (db, add_sql, error);
  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, record->id);
  rfi_db_bind (statement, 2, by->id);
  rfi_db_bind (statement, 3, by->display_name);
  sqlite3_bind_int64 (statement, 4, at);
  rfi_db_bind (statement, 5, text);
  g_ptr_array_add (record->notes, rfi_case_note_new (by->id, by->display_name, at, text));
  return rfi_db_finish (db, statement, error);
}

GPtrArray *
rfi_server_cases_list_deciders (RfiDb       *db,
                                const char  *vendor_id,
                                GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, deciders_sql, error);
  g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return NULL;

  sqlite3_bind_int (row, 1, RFI_ROLE_ADMIN);
  sqlite3_bind_int (row, 2, RFI_ROLE_DISPATCHER);
  rfi_db_bind (row, 3, vendor_id);
  while (rfi_db_step (db, row, &local))
    {
      RfiUser person = {
        .id = (char *) rfi_db_text (row, 0), .email = (char *) rfi_db_text (row, 1),
        .display_name = (char *) rfi_db_text (row, 2),
        .role = (RfiRole) sqlite3_column_int (row, 3),
        .vendor_id = (char *) rfi_db_text (row, 4),
      };

      g_ptr_array_add (people, rfi_user_new (&person));
    }
  if (local == NULL)
    return g_steal_pointer (&people);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

gboolean
rfi_server_cases_find_typed (RfiDb       *db,
                             const char  *job_id,
                             gint64      *at,
                             GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, typed_sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, job_id);
  if (rfi_db_step (db, row, &local))
    *at = sqlite3_column_int64 (row, 0);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
