/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-real-check"

#include "config.h"

#include "rfi-real-check.h"

#include "rfi-canonical.h"
#include "rfi-letter.h"
#include "rfi-operation.h"
#include "rfi-push-result.h"
#include "rfi-scope-sum.h"
#include "rfi-wire-audit.h"

#include <sqlite3.h>
#include <string.h>

G_STATIC_ASSERT (RFI_OPERATION_CONFLICT == 1 && RFI_OPERATION_REJECTED == 2);

#define STORE "store.sqlite"
#define SERVER "server.db"

typedef struct
{
  sqlite3    *server;
  sqlite3    *store;
  const char *dir;
  const char *user_id;
  GHashTable *given_up;  /* a set of operation ids */
  GHashTable *deleted;   /* a set of ids of jobs that were to be deleted */
} Check;

/* A line of the ledger. */
typedef struct
{
  const char *id;
  const char *kind;
  const char *job_id;
} Intent;

static sqlite3 *
open_file (const char *dir,
           const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (db));
  sqlite3_busy_timeout (db, 10000);
  return db;
}

static sqlite3_stmt *
ask (sqlite3    *db,
     const char *sql,
     const char *value)
{
  sqlite3_stmt *row = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &row, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  if (value != NULL)
    sqlite3_bind_text (row, 1, value, -1, SQLITE_TRANSIENT);
  return row;
}

/* The one number that @sql answers; -1 if it answers nothing. */
static gint64
count (sqlite3    *db,
       const char *sql,
       const char *value)
{
  sqlite3_stmt *row = ask (db, sql, value);
  gint64 n = sqlite3_step (row) == SQLITE_ROW ? sqlite3_column_int64 (row, 0) : -1;

  sqlite3_finalize (row);
  return n;
}

/* What the server made of it: an RfiOutcome; -1 = it has not seen it; a void counts as that. What
 * was done to a job that a person then made anew is sent again for the new one: @job_id is the last
 * of these. */
static int
get_outcome (Check        *check,
             const Intent *intent,
             char        **job_id,
             char        **conflict_id)
{
  sqlite3_stmt *row = ask (check->server,
                           "SELECT outcome, conflict_id, user_id,"
                           " coalesce (entity_id, json_extract (body, '$.entityId'))"
                           " FROM operation WHERE id = ?1 AND link = hash ORDER BY seq",
                           intent->id);
  int outcome = -1;

  *job_id = g_strdup (intent->job_id);
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      const char *job = (const char *) sqlite3_column_text (row, 3);

      if (!g_str_equal ((const char *) sqlite3_column_text (row, 2), check->user_id))
        g_error ("%s: %s is somebody else's at the server", check->dir, intent->id);
      if (outcome >= 0 && g_str_equal (job, *job_id))
        g_error ("%s: %s has two numbers at the server", check->dir, intent->id);
      outcome = sqlite3_column_int (row, 0);
      g_free (*conflict_id);
      *conflict_id = g_strdup ((const char *) sqlite3_column_text (row, 1));
      g_free (*job_id);
      *job_id = g_strdup (job);
    }
  sqlite3_finalize (row);
  return outcome;
}

/* Its text is in the history as often as it took effect, besides what is told of conflicts. */
static void
check_effect (Check        *check,
              const Intent *intent,
              const char   *job_id,
              gboolean      applied)
{
  sqlite3_stmt *row;
  gint64 n;

  if (!g_str_equal (intent->kind, "edit") && !g_str_equal (intent->kind, "create"))
    return;

  row = ask (check->server,
             "SELECT count(*) FROM audit WHERE job_id = ?2 AND version > 0"
             " AND instr (changes, '\"after\":\"' || ?1 || '\"') > 0", intent->id);
  sqlite3_bind_text (row, 2, job_id, -1, SQLITE_STATIC);
  sqlite3_step (row);
  n = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  if (n != (applied ? 1 : 0))
    g_error ("%s: %s (%s) took effect %" G_GINT64_FORMAT " times, should have %d", check->dir,
             intent->id, intent->kind, n, applied);
}

/* Behind something of the same job that waits for a person. */
static gboolean
is_held (Check      *check,
         const char *id)
{
  return count (check->store,
                "SELECT count(*) FROM outbox o JOIN outbox p ON p.job_id = o.job_id"
                " AND p.seq < o.seq WHERE o.id = ?1 AND p.state IN (1, 2)", id) > 0;
}

/* Sent along with what it is held behind, and its answer was lost: that is asked for again when a
 * person has settled the other. */
static gboolean
is_unanswered (Check      *check,
               const char *id)
{
  return count (check->store, "SELECT state FROM letter WHERE operation_id = ?1", id) ==
         RFI_LETTER_SENT;
}

/* What is still in the outbox. Returns: whether it may be there */
static gboolean
sort_waiting (Check        *check,
              const Intent *intent,
              int           outcome,
              int           state,
              RfiRealCount *counts)
{
  gboolean applied = outcome == RFI_OUTCOME_APPLIED || outcome == RFI_OUTCOME_MERGED;

  if (state == RFI_OPERATION_CONFLICT && !applied)
    counts->n_conflicts++;
  else if (state == RFI_OPERATION_REJECTED && outcome == RFI_OUTCOME_REJECTED)
    counts->n_rejected++;
  else if (state == RFI_OPERATION_QUEUED && is_held (check, intent->id) &&
           (outcome == -1 || is_unanswered (check, intent->id)))
    counts->n_held++;
  else
    return FALSE;

  return TRUE;
}

/* What is not in the outbox any more, and had no effect. Returns: whether it may be gone */
static gboolean
sort_gone (Check        *check,
           const Intent *intent,
           int           outcome,
           const char   *conflict_id,
           RfiRealCount *counts)
{
  gboolean given_up = g_hash_table_contains (check->given_up, intent->id);

  if (outcome == RFI_OUTCOME_CONFLICT &&
      (given_up || count (check->server, "SELECT resolved_at > 0 FROM conflict WHERE id = ?1",
                          conflict_id) == 1))
    counts->n_settled++;
  else if (outcome == RFI_OUTCOME_REJECTED && given_up)
    counts->n_rejected++;
  else if (outcome == -1 && given_up)
    counts->n_discarded++;
  /* This person wanted the job gone, and it is: that goes for what they did to it before, too. */
  else if (g_hash_table_contains (check->deleted, intent->job_id) &&
           count (check->server, "SELECT 1 FROM job WHERE id = ?1", intent->job_id) == -1)
    counts->n_settled++;
  else
    return FALSE;

  return TRUE;
}

static void
check_intent (Check        *check,
              const Intent *intent,
              RfiRealCount *counts)
{
  g_autofree char *conflict_id = NULL;
  g_autofree char *job_id = NULL;
  int outcome = get_outcome (check, intent, &job_id, &conflict_id);
  int state = (int) count (check->store, "SELECT state FROM outbox WHERE id = ?1", intent->id);
  gboolean applied = outcome == RFI_OUTCOME_APPLIED || outcome == RFI_OUTCOME_MERGED;

  counts->n_intents++;
  if (outcome != RFI_OUTCOME_CONFLICT)
    check_effect (check, intent, job_id, applied);
  if (applied && state < 0)
    counts->n_applied++;
  else if (state >= 0 ? !sort_waiting (check, intent, outcome, state, counts)
                      : !sort_gone (check, intent, outcome, conflict_id, counts))
    g_error ("%s: %s (%s) is lost: outcome %d at the server, state %d here", check->dir,
             intent->id, intent->kind, outcome, state);
}

/* A line that was cut by a kill has no end and was not promised to anybody. */
static char **
read_ledger (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "ledger", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  char *end;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  end = strrchr (text, '\n');
  if (end != NULL)
    end[1] = '\0';
  return g_strsplit (text, "\n", -1);
}

static void
collect (Check       *check,
         char       **words,
         GPtrArray   *intents)
{
  Intent *intent;

  if (g_str_equal (words[0], "giving-up"))
    g_hash_table_add (check->given_up, words[1]);
  if (g_str_equal (words[0], "trying") && g_str_equal (words[2], "delete"))
    g_hash_table_add (check->deleted, words[3]);
  if (!g_str_equal (words[0], "intent"))
    return;

  intent = g_new (Intent, 1);
  *intent = (Intent) { .id = words[1], .kind = words[2], .job_id = words[3] };
  g_ptr_array_add (intents, intent);
}

void
rfi_real_check_ledger (const char   *server_dir,
                       const char   *console_dir,
                       const char   *user_id,
                       RfiRealCount *counts)
{
  g_auto(GStrv) lines = read_ledger (console_dir);
  g_autoptr(GPtrArray) split = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr(GPtrArray) intents = g_ptr_array_new_with_free_func (g_free);
  Check check = {
    .server = open_file (server_dir, SERVER),
    .store = open_file (console_dir, STORE),
    .dir = console_dir,
    .user_id = user_id,
    .given_up = g_hash_table_new (g_str_hash, g_str_equal),
    .deleted = g_hash_table_new (g_str_hash, g_str_equal),
  };

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      char **words = g_strsplit (lines[i], " ", 4);

      g_ptr_array_add (split, words);
      collect (&check, words, intents);
    }
  for (guint i = 0; i < intents->len; i++)
    check_intent (&check, g_ptr_array_index (intents, i), counts);

  g_hash_table_unref (check.given_up);
  g_hash_table_unref (check.deleted);
  sqlite3_close (check.store);
  sqlite3_close (check.server);
}

static void
expect (sqlite3    *db,
        const char *what,
        const char *sql,
        gint64      wanted)
{
  gint64 n = count (db, sql, NULL);

  if (n != wanted)
    g_error ("%s: %" G_GINT64_FORMAT " instead of %" G_GINT64_FORMAT, what, n, wanted);
}

static void
check_sound (sqlite3    *db,
             const char *dir)
{
  sqlite3_stmt *row = ask (db, "PRAGMA integrity_check", NULL);

  if (sqlite3_step (row) != SQLITE_ROW ||
      !g_str_equal ((const char *) sqlite3_column_text (row, 0), "ok"))
    g_error ("%s: %s", dir, sqlite3_column_text (row, 0));
  sqlite3_finalize (row);
  expect (db, "rows that name what is not there",
          "SELECT count(*) FROM pragma_foreign_key_check", 0);
}

static RfiAuditRecord *
read_record (sqlite3_stmt *row)
{
  g_autofree char *json = g_strdup_printf (
    "{\"data\":[%s],\"head\":0}", (const char *) sqlite3_column_text (row, 0));
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = NULL;
  gint64 head;

  records = rfi_audit_record_parse_page (json, -1, &head, NULL, &error);
  g_assert_no_error (error);
  return g_ptr_array_steal_index (records, 0);
}

static void
check_history (sqlite3 *db)
{
  sqlite3_stmt *row = ask (db,
                           "SELECT json_patch ('{}', json_object ('n', n, 'at', at,"
                           " 'actorId', actor_id, 'actorName', actor_name, 'origin', origin,"
                           " 'deviceId', device_id, 'jobId', job_id, 'action', action,"
                           " 'changes', json (changes), 'hash', hash, 'prevHash',"
                           " coalesce (lag (hash) OVER (ORDER BY n), '" RFI_HASH_NONE "')))"
                           " FROM audit ORDER BY n", NULL);

  while (sqlite3_step (row) == SQLITE_ROW)
    {
      g_autoptr(RfiAuditRecord) record = read_record (row);
      g_autofree char *hash = rfi_audit_record_compute_hash (record);

      if (g_strcmp0 (hash, record->hash) != 0)
        g_error ("The server's history is broken at %" G_GINT64_FORMAT, record->n);
    }
  sqlite3_finalize (row);
}

void
rfi_real_check_server (const char *server_dir)
{
  sqlite3 *db = open_file (server_dir, SERVER);

  check_sound (db, server_dir);
  check_history (db);
  expect (db, "versions of a job that were made twice",
          "SELECT count(*) FROM (SELECT 1 FROM audit WHERE version > 0"
          " GROUP BY job_id, version HAVING count(*) > 1)", 0);
  expect (db, "jobs with a version that nobody made",
          "SELECT count(*) FROM (SELECT 1 FROM audit WHERE version > 0"
          " GROUP BY job_id HAVING max(version) - min(version) + 1 <> count(*))", 0);
  expect (db, "effects without an operation that was applied, or the other way round",
          "SELECT (SELECT count(*) FROM audit WHERE device_id IS NOT NULL AND version > 0) -"
          " (SELECT count(*) FROM operation WHERE outcome <= 1"
          "  AND json_extract (result, '$.version') > 0)", 0);
  expect (db, "devices with a gap in their numbers",
          "SELECT count(*) FROM chain WHERE watermark <> max_seq", 0);
  expect (db, "operations that were set aside",
          "SELECT count(*) FROM operation WHERE outcome > 3", 0);
  sqlite3_close (db);
}

/* "N SUM" of the rows that @sql lists with their versions. (transfer full) */
static char *
add_up (sqlite3    *db,
        const char *sql)
{
  sqlite3_stmt *row = ask (db, sql, NULL);
  guint64 sum = 0;
  guint n = 0;

  for (; sqlite3_step (row) == SQLITE_ROW; n++)
    sum += rfi_scope_sum_row ((const char *) sqlite3_column_text (row, 0),
                              sqlite3_column_int64 (row, 1));
  sqlite3_finalize (row);
  return g_strdup_printf ("%u rows %016" G_GINT64_MODIFIER "x", n, sum);
}

void
rfi_real_check_store (const char *server_dir,
                      const char *console_dir,
                      const char *where)
{
  sqlite3 *server = open_file (server_dir, SERVER);
  sqlite3 *store = open_file (console_dir, STORE);
  g_autofree char *sql = g_strdup_printf ("SELECT id, version FROM job WHERE %s", where);
  g_autofree char *there = add_up (server, sql);
  g_autofree char *here = add_up (store, "SELECT id, version FROM job");

  check_sound (store, console_dir);
  if (!g_str_equal (there, here))
    g_error ("%s: %s here, %s at the server", console_dir, here, there);
  sqlite3_close (store);
  sqlite3_close (server);
}
