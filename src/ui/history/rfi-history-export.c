/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-export"

#include "config.h"

#include "rfi-history-export.h"

#include "rfi-deed-words.h"
#include "rfi-give-way.h"
#include "rfi-history-filter.h"
#include "rfi-job-table.h"
#include "rfi-session-cache.h"
#include "rfi-session-records.h"

/* So many parts wait to be read or written before the next is asked for. */
#define MOST_WAITING 3

typedef struct
{
  RfiSession           *session;   /* (owned) */
  RfiHistoryQuery      *query;     /* (owned): of the next part */
  RfiHistoryFilter     *filter;    /* (owned): what of an answer is meant */
  gboolean              server;
  RfiHistoryFormat      format;
  GFile                *file;      /* (owned) */
  gboolean              existed;
  GOutputStream        *stream;    /* (owned) (nullable): once it is open */
  GQueue                answers;   /* (element-type RfiHistoryAnswer): to be read … */
  GQueue                parts;     /* (element-type GArray of RfiHistoryRow): … and written */
  GArray               *part;      /* (owned) (nullable): being written */
  GError               *error;     /* (owned) (nullable): the first, or what writing met */
  gboolean              asking;
  gboolean              reading;
  gboolean              writing;
  gboolean              ended;     /* there is no further part */
  gboolean              last;      /* what was written is the end */
  guint                 n_rows;    /* written */
  gint64                newest;    /* id of the first entry, 0 before it came */
  gint64                oldest;    /* and of the last by now */
  RfiHistoryExportFunc  progress;  /* (nullable) */
  gpointer              progress_data;
} Export;

static void pump (GTask *task);

/* Something for a thread to do. */
typedef struct
{
  GTask           *task;  /* (owned) */
  GTaskThreadFunc  func;
} Turn;

static gpointer
take_turn (gpointer data)
{
  Turn *turn = data;

  rfi_give_way ();
  turn->func (turn->task, NULL, g_task_get_task_data (turn->task),
              g_task_get_cancellable (turn->task));
  g_object_unref (turn->task);
  g_free (turn);
  return NULL;
}

/* A thread of its own: g_task_run_in_thread() shares them with others, and no thread gets quicker
 * again. @task: (transfer full) */
static void
run_in_thread (GTask           *task,
               GTaskThreadFunc  func)
{
  Turn *turn = g_new (Turn, 1);

  turn->task = task;
  turn->func = func;
  g_thread_unref (g_thread_new ("rfi-history", take_turn, turn));
}

static void
free_part (gpointer part)
{
  g_array_unref (part);
}

static void
free_answer (gpointer answer)
{
  rfi_history_answer_free (answer);
}

static void
export_free (gpointer data)
{
  Export *export = data;

  g_queue_clear_full (&export->answers, free_answer);
  g_queue_clear_full (&export->parts, free_part);
  g_clear_pointer (&export->part, g_array_unref);
  rfi_history_query_free (export->query);
  g_clear_error (&export->error);
  g_clear_object (&export->stream);
  g_object_unref (export->filter);
  g_object_unref (export->file);
  g_object_unref (export->session);
  g_free (export);
}

/* Writing, in a thread */

static gboolean
open_file (Export        *export,
           GString       *text,
           GCancellable  *cancellable,
           GError       **error)
{
  export->existed = g_file_query_exists (export->file, NULL);
  export->stream = G_OUTPUT_STREAM (
    g_file_replace (export->file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error));
  rfi_history_sheet_begin (export->format, text);
  return export->stream != NULL;
}

/* Closing is what puts the new file in the old one's place, unless it is cancelled. A file that
 * was not there before is one that is half written. */
static void
give_up (Export *export)
{
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (export->stream, cancelled, NULL);
  if (!export->existed)
    g_file_delete (export->file, NULL, NULL);
  g_clear_object (&export->stream);
}

/* One part; without one that is the end. */
static gboolean
write_part (Export        *export,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GString) text = g_string_sized_new (256 * 1024);
  guint n_rows = export->part != NULL ? export->part->len : 0;

  if (export->stream == NULL && !open_file (export, text, cancellable, error))
    return FALSE;

  for (guint i = 0; i < n_rows; i++)
    rfi_history_sheet_append (export->format, &g_array_index (export->part, RfiHistoryRow, i),
                              export->n_rows + i == 0, text);
  if (export->part == NULL)
    rfi_history_sheet_end (export->format, text);
  if (!g_output_stream_write_all (export->stream, text->str, text->len, NULL, cancellable, error))
    return FALSE;

  export->n_rows += n_rows;
  export->last = export->part == NULL;
  g_clear_pointer (&export->part, g_array_unref);
  return !export->last || g_output_stream_close (export->stream, cancellable, error);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Export *export = g_task_get_task_data (task_data);
  GError *error = NULL;

  if (export->error == NULL && write_part (export, cancellable, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (export->stream != NULL)
    give_up (export);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  export->writing = FALSE;
  g_clear_pointer (&export->part, g_array_unref);
  if (!g_task_propagate_boolean (G_TASK (result), &error) && export->error == NULL)
    export->error = g_steal_pointer (&error);
  g_clear_error (&error);

  if (!export->last && export->error == NULL)
    {
      if (export->progress != NULL)
        export->progress (export->n_rows,
                          1 - (double) export->oldest / (double) MAX (export->newest, 1),
                          export->progress_data);
      pump (task);
    }
  else if (export->error == NULL)
    g_task_return_boolean (task, TRUE);
  else if (export->stream != NULL)
    pump (task);
  else if (!export->asking && !export->reading)
    g_task_return_error (task, g_steal_pointer (&export->error));
}

/* Reading */

/* Returns: (transfer full) (nullable): the name if the value is a person */
static char *
find_name (Export              *export,
           const RfiAuditEntry *entry,
           const char          *value)
{
  if (entry->field != RFI_FIELD_ASSIGNED_TO || value == NULL || *value == '\0')
    return NULL;

  return g_strdup (rfi_session_get_name (export->session, value));
}

static void
add_row (Export        *export,
         GArray        *rows,
         RfiAuditEntry *entry)
{
  RfiJobState *state =
    rfi_job_table_lookup (rfi_session_get_jobs (export->session), entry->job_id);
  const RfiHistoryRow row = {
    .entry = rfi_audit_entry_ref (entry),
    .who = g_strdup (rfi_deed_words_person (export->session, entry)),
    .job = g_strdup (state != NULL ? state->work->title : ""),
    .before = find_name (export, entry, entry->before),
    .after = find_name (export, entry, entry->after),
  };
  g_array_append_val (rows, row);
}

static void
take_entries (Export    *export,
              GPtrArray *entries)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (RfiHistoryRow), entries->len);

  g_array_set_clear_func (rows, (GDestroyNotify) rfi_history_row_clear);
  for (guint i = 0; i < entries->len; i++)
    {
      RfiAuditEntry *entry = g_ptr_array_index (entries, i);

      if (rfi_history_filter_takes (export->filter, export->session, entry))
        add_row (export, rows, entry);
      if (export->newest == 0)
        export->newest = entry->id;
      export->oldest = entry->id;
    }
  g_queue_push_tail (&export->parts, rows);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *entries = rfi_history_answer_read (task_data, &error);

  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = g_task_propagate_pointer (G_TASK (result), &error);

  export->reading = FALSE;
  if (entries != NULL)
    take_entries (export, entries);
  else if (export->error == NULL)
    export->error = g_steal_pointer (&error);
  pump (task);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  RfiHistoryAnswer *answer =
    rfi_session_fetch_history_finish (RFI_SESSION (object), result, &error);

  export->asking = FALSE;
  if (answer != NULL)
    {
      export->query->before = answer->next;
      export->ended = answer->next == 0;
      g_queue_push_tail (&export->answers, answer);
    }
  else if (export->error == NULL)
    {
      export->error = g_steal_pointer (&error);
    }
  pump (task);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries =
    rfi_session_list_history_finish (RFI_SESSION (object), result, &error);

  export->asking = FALSE;
  if (entries != NULL)
    {
      take_entries (export, entries);
      export->query->before = export->oldest;
      export->ended = entries->len < RFI_HISTORY_MOST;
    }
  else if (export->error == NULL)
    {
      export->error = g_steal_pointer (&error);
    }
  pump (task);
}

static void
ask (GTask *task)
{
  Export *export = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  export->asking = TRUE;
  if (export->server)
    rfi_session_fetch_history_async (export->session, export->query, cancellable, answered_cb,
                                     g_object_ref (task));
  else
    rfi_session_list_history_async (export->session, RFI_HISTORY_MOST, export->query->before,
                                    cancellable, listed_cb, g_object_ref (task));
}

static void
read_next (GTask *task)
{
  Export *export = g_task_get_task_data (task);
  GTask *reading =
    g_task_new (NULL, g_task_get_cancellable (task), read_cb, g_object_ref (task));

  export->reading = TRUE;
  g_task_set_task_data (reading, g_queue_pop_head (&export->answers), free_answer);
  run_in_thread (reading, read_thread);
}

static void
write_next (GTask *task)
{
  Export *export = g_task_get_task_data (task);
  GTask *writing =
    g_task_new (NULL, g_task_get_cancellable (task), written_cb, g_object_ref (task));

  export->writing = TRUE;
  /* Only borrowed: the last reference, and with it the session's, must not be the thread's. */
  g_task_set_task_data (writing, task, NULL);
  run_in_thread (writing, write_thread);
}

/* After an error what is open is closed, once nothing else is under way. */
static void
wind_up (GTask *task)
{
  Export *export = g_task_get_task_data (task);

  if (export->asking || export->reading || export->writing)
    return;

  if (export->stream != NULL)
    write_next (task);
  else
    g_task_return_error (task, g_steal_pointer (&export->error));
}

/* Does what can be done now. */
static void
pump (GTask *task)
{
  Export *export = g_task_get_task_data (task);

  if (export->error != NULL)
    {
      wind_up (task);
      return;
    }

  if (!export->asking && !export->ended &&
      export->answers.length + export->parts.length < MOST_WAITING)
    ask (task);
  if (!export->reading && export->answers.length > 0)
    read_next (task);
  if (export->writing)
    return;

  export->part = g_queue_pop_head (&export->parts);
  if (export->part != NULL ||
      (export->ended && !export->reading && export->answers.length == 0))
    write_next (task);
}

void
rfi_history_export_async (RfiSession            *session,
                          const RfiHistoryQuery *query,
                          gboolean               server,
                          RfiHistoryFormat       format,
                          GFile                 *file,
                          RfiHistoryExportFunc   progress,
                          gpointer               progress_data,
                          GCancellable          *cancellable,
                          GAsyncReadyCallback    callback,
                          gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;
  Export *export;

  g_return_if_fail (RFI_IS_SESSION (session));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rfi_history_export_async);
  g_task_set_check_cancellable (task, FALSE);
  export = g_new0 (Export, 1);
  export->session = g_object_ref (session);
  export->query = rfi_history_query_copy (query);
  export->query->before = 0;
  export->query->limit = RFI_HISTORY_MOST;
  export->filter = rfi_history_filter_new ();
  rfi_history_filter_set_query (export->filter, query, server);
  export->server = server;
  export->format = format;
  export->file = g_object_ref (file);
  export->progress = progress;
  export->progress_data = progress_data;
  g_task_set_task_data (task, export, export_free);
  pump (task);
}

gboolean
rfi_history_export_finish (GAsyncResult  *result,
                           guint         *n_rows,
                           GError       **error)
{
  Export *export = g_task_get_task_data (G_TASK (result));

  *n_rows = export->n_rows;
  return g_task_propagate_boolean (G_TASK (result), error);
}
