/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-export"

#include "config.h"

#include "rfi-table-export.h"

#include "rfi-csv.h"
#include "rfi-table-cells.h"

#include <string.h>

/* So many rows are collected in one turn of the main loop. */
#define N_AT_ONCE 20000

/* Written together, and then told. */
#define BLOCK 65536  /* bytes */

#define PROGRESS_INTERVAL 100  /* ms */

typedef struct
{
  RfiJobSheet        *sheet;      /* (owned) (nullable): until all is collected */
  guint32            *rows;       /* (owned) */
  guint               n_rows;
  guint               n_collected;
  GPtrArray          *states;     /* (owned) (element-type RfiJobState) */
  GHashTable         *names;      /* (owned) (element-type utf8 utf8): of people and vendors */
  RfiJobColumn        columns[RFI_N_JOB_COLUMNS];
  guint               n_columns;
  GFile              *file;       /* (owned) */
  RfiTableExportFunc  progress;   /* (nullable) */
  gpointer            progress_data;
  guint               progress_source;
  gint                n_written;  /* (atomic) */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_handle_id (&export->progress_source, g_source_remove);
  g_clear_object (&export->sheet);
  g_free (export->rows);
  g_ptr_array_unref (export->states);
  g_hash_table_unref (export->names);
  g_object_unref (export->file);
  g_free (export);
}

/* Text */

static char *
format_moment (gint64 at)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (at / 1000);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("");
}

/* Returns: (transfer full) */
static char *
get_text (Export       *export,
          RfiJobColumn  column,
          RfiJobState  *state)
{
  const char *name;
  const char *id;

  if (rfi_job_column_is_name (column))
    {
      id = rfi_job_column_get_id (column, state);
      name = id != NULL ? g_hash_table_lookup (export->names, id) : NULL;
      return g_strdup (name != NULL ? name : "");
    }
  if (rfi_job_column_get_kind (column) == RFI_COLUMN_TEXT)
    return g_strdup (rfi_job_column_get_text (column, NULL, state));
  if (rfi_job_column_get_kind (column) == RFI_COLUMN_TIME)
    {
      gint64 at = rfi_job_column_get_number (column, state);

      return at != RFI_JOB_COLUMN_EMPTY ? format_moment (at) : g_strdup ("");
    }
  return rfi_table_cells_text (column, NULL, state, state->mark);
}

static void
append_head (Export  *export,
             GString *text)
{
  g_string_append (text, RFI_CSV_MARK);
  for (guint i = 0; i < export->n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      rfi_csv_append_field (text, rfi_table_cells_title (export->columns[i]), FALSE);
    }
  g_string_append (text, "\r\n");
}

static void
append_row (Export      *export,
            GString     *text,
            RfiJobState *state)
{
  for (guint i = 0; i < export->n_columns; i++)
    {
      RfiJobColumn column = export->columns[i];
      g_autofree char *field = get_text (export, column, state);

      if (i > 0)
        g_string_append_c (text, ',');
      rfi_csv_append_field (text, field, rfi_job_column_get_kind (column) == RFI_COLUMN_TEXT);
    }
  g_string_append (text, "\r\n");
}

/* Writing */

static gboolean
write_rows (Export        *export,
            GOutputStream *stream,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GString) text = g_string_sized_new (BLOCK + 4096);

  append_head (export, text);
  for (guint i = 0; i < export->states->len; i++)
    {
      append_row (export, text, g_ptr_array_index (export->states, i));
      if (text->len < BLOCK)
        continue;

      if (!g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error))
        return FALSE;
      g_string_truncate (text, 0);
      g_atomic_int_set (&export->n_written, (gint) i + 1);
    }
  return g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error);
}

/* Closing is what puts the new file in the old one's place, unless it is cancelled. A file that
 * was not there before is one that is half written. */
static void
give_up (Export        *export,
         GOutputStream *stream,
         gboolean       existed)
{
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
  if (!existed)
    g_file_delete (export->file, NULL, NULL);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Export *export = task_data;
  g_autoptr(GFileOutputStream) stream = NULL;
  gboolean existed = g_file_query_exists (export->file, NULL);
  GError *error = NULL;

  stream = g_file_replace (export->file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, &error);
  if (stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (!write_rows (export, G_OUTPUT_STREAM (stream), cancellable, &error) ||
      !g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &error))
    {
      give_up (export, G_OUTPUT_STREAM (stream), existed);
      g_task_return_error (task, error);
      return;
    }
  g_task_return_int (task, export->states->len);
}

/* Collecting */

static void
learn_names (Export      *export,
             RfiJobState *state)
{
  for (guint i = 0; i < export->n_columns; i++)
    {
      const char *id = rfi_job_column_get_id (export->columns[i], state);

      if (id != NULL && !g_hash_table_contains (export->names, id))
        g_hash_table_insert (export->names, g_strdup (id),
                             g_strdup (rfi_job_column_get_text (
                               export->columns[i], rfi_job_sheet_get_table (export->sheet),
                               state)));
    }
}

static gboolean
progress_cb (gpointer user_data)
{
  Export *export = user_data;

  export->progress ((guint) g_atomic_int_get (&export->n_written), export->n_rows,
                    export->progress_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
collect_cb (gpointer user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  guint end = export->n_collected + MIN (N_AT_ONCE, export->n_rows - export->n_collected);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  for (guint i = export->n_collected; i < end; i++)
    {
      RfiJobState *state = rfi_job_sheet_peek_row (export->sheet, export->rows[i]);

      if (state == NULL)
        continue;
      g_ptr_array_add (export->states, rfi_job_state_ref (state));
      learn_names (export, state);
    }
  export->n_collected = end;
  if (end < export->n_rows)
    return G_SOURCE_CONTINUE;

  g_clear_object (&export->sheet);
  g_task_run_in_thread (task, write_in_thread);
  return G_SOURCE_REMOVE;
}

void
rfi_table_export_async (RfiJobSheet         *sheet,
                        const RfiJobColumn  *columns,
                        guint                n_columns,
                        GFile               *file,
                        RfiTableExportFunc   progress,
                        gpointer             progress_data,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;
  Export *export;

  g_return_if_fail (RFI_IS_JOB_SHEET (sheet));
  g_return_if_fail (n_columns <= RFI_N_JOB_COLUMNS);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rfi_table_export_async);
  export = g_new0 (Export, 1);
  export->sheet = g_object_ref (sheet);
  export->rows = rfi_job_sheet_dup_rows (sheet, &export->n_rows);
  export->states = g_ptr_array_new_full (export->n_rows, (GDestroyNotify) rfi_job_state_unref);
  export->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  export->n_columns = n_columns;
  memcpy (export->columns, columns, n_columns * sizeof (RfiJobColumn));
  export->file = g_object_ref (file);
  export->progress = progress;
  export->progress_data = progress_data;
  if (progress != NULL)
    export->progress_source = g_timeout_add (PROGRESS_INTERVAL, progress_cb, export);
  g_task_set_task_data (task, export, export_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, collect_cb, task, g_object_unref);
}

gboolean
rfi_table_export_finish (GAsyncResult *result,
                         guint        *n_rows,
                         GError      **error)
{
  Export *export = g_task_get_task_data (G_TASK (result));
  gssize n_written;

  g_clear_handle_id (&export->progress_source, g_source_remove);
  n_written = g_task_propagate_int (G_TASK (result), error);
  *n_rows = (guint) MAX (0, n_written);
  return n_written >= 0;
}
