/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bulk.h"
#include "rfi-job-item.h"
#include "rfi-test-console.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"
#include "rfi-undo-stack.h"

/* One change of many jobs on a real server: more than may wait to be sent. */
#define N_JOBS 640
#define LIMIT  500

typedef struct
{
  RfiTestServer  *server;       /* (owned) */
  RfiTestConsole *a;            /* (owned): the admin */
  GPtrArray      *items;        /* (owned) (element-type RfiJobItem): all of them */
  GCancellable   *cancellable;  /* (owned) */
  guint           most_running;
  guint           stop_at;      /* 0 = never */
} Fixture;

static void
collect_cb (RfiJobState *state,
            gpointer     user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->items,
                   rfi_job_table_get_item (rfi_session_get_jobs (fixture->a->session),
                                           state->work->id));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  const char * const options[] = {
    "--sample", "large", "--jobs", G_STRINGIFY (N_JOBS), "--seed", "1", "--rate", "0", NULL,
  };

  fixture->server = rfi_test_server_new (options);
  fixture->a = rfi_test_console_new ();
  rfi_test_console_sign_in (fixture->a, rfi_test_server_get_url (fixture->server),
                            RFI_TEST_ADMIN);
  fixture->items = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->cancellable = g_cancellable_new ();
  rfi_job_table_foreach (rfi_session_get_jobs (fixture->a->session), collect_cb, fixture);
  g_assert_cmpuint (fixture->items->len, >=, N_JOBS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_ptr_array_unref (fixture->items);
  g_object_unref (fixture->cancellable);
  rfi_test_console_free (fixture->a);
  rfi_test_server_free (fixture->server);
}

static guint
count (RfiBulk *bulk)
{
  return g_list_model_get_n_items (rfi_bulk_get_entries (bulk));
}

static guint
count_done (RfiBulk *bulk)
{
  return rfi_bulk_count (bulk, RFI_BULK_KEPT) + rfi_bulk_count (bulk, RFI_BULK_CONFIRMED);
}

static RfiUndoStack *
get_stack (Fixture *fixture)
{
  return rfi_session_get_undo (fixture->a->session);
}

static RfiBulk *
new_bulk (Fixture          *fixture,
          RfiOperationKind  kind,
          RfiField          field,
          const char       *value)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  rfi_patch_set (patch, field, value);
  return rfi_bulk_new (fixture->a->session, fixture->items, kind, patch);
}

static void
progress_cb (RfiBulk *bulk,
             Fixture *fixture)
{
  guint n_running = rfi_bulk_count (bulk, RFI_BULK_RUNNING);

  fixture->most_running = MAX (fixture->most_running, n_running);
  if (fixture->stop_at > 0 && count_done (bulk) >= fixture->stop_at)
    g_cancellable_cancel (fixture->cancellable);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
run (Fixture  *fixture,
     RfiBulk  *bulk,
     gboolean  retry)
{
  g_autoptr(GAsyncResult) result = NULL;
  gulong id = g_signal_connect (bulk, "progress", G_CALLBACK (progress_cb), fixture);

  if (retry)
    rfi_bulk_retry_async (bulk, fixture->cancellable, keep_result_cb, &result);
  else
    rfi_bulk_run_async (bulk, FALSE, fixture->cancellable, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_bulk_run_finish (bulk, result);
  g_signal_handler_disconnect (bulk, id);
}

static guint
count_city (Fixture    *fixture,
            const char *city)
{
  guint n = 0;

  for (guint i = 0; i < fixture->items->len; i++)
    n += g_str_equal (rfi_job_item_get_job (g_ptr_array_index (fixture->items, i))->city, city);
  return n;
}

/* A few at a time, one step on the stack, and the way back for all of them at once. */
static void
test_all (Fixture       *fixture,
          gconstpointer  unused)
{
  g_autoptr(RfiBulk) bulk = new_bulk (fixture, RFI_OPERATION_EDIT, RFI_FIELD_CITY, "Waco");
  g_autoptr(RfiBulk) undo = NULL;
  guint n = rfi_bulk_count (bulk, RFI_BULK_READY);
  guint n_same = rfi_bulk_count (bulk, RFI_BULK_SAME);

  g_assert_cmpuint (n + n_same, ==, count (bulk));
  run (fixture, bulk, FALSE);
  g_assert_cmpuint (fixture->most_running, ==, 4);
  g_assert_cmpuint (count_done (bulk), ==, n);
  g_assert_cmpuint (count_city (fixture, "Waco"), ==, n + n_same);
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 1);
  g_assert_true (rfi_bulk_get_done_step (bulk) ==
                 rfi_undo_stack_get_undo (get_stack (fixture)));
  rfi_test_wait (rfi_bulk_count (bulk, RFI_BULK_CONFIRMED) == n);
  rfi_test_console_wait_sent (fixture->a);

  undo = rfi_bulk_new_undo (fixture->a->session, FALSE);
  g_assert_cmpuint (rfi_bulk_count (undo, RFI_BULK_READY), ==, n);
  run (fixture, undo, FALSE);
  g_assert_cmpuint (count_done (undo), ==, n);
  g_assert_cmpuint (count_city (fixture, "Waco"), ==, n_same);
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 0);
  g_assert_cmpuint (rfi_undo_stack_get_n_redo (get_stack (fixture)), ==, 1);
  rfi_test_wait (rfi_bulk_count (undo, RFI_BULK_CONFIRMED) == n);
}

/* What was stopped can be taken up again, and is still one step. */
static void
test_stop (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr(RfiBulk) bulk = new_bulk (fixture, RFI_OPERATION_EDIT, RFI_FIELD_CITY, "Waco");
  guint n = rfi_bulk_count (bulk, RFI_BULK_READY);
  guint n_done;

  fixture->stop_at = 20;
  run (fixture, bulk, FALSE);
  n_done = count_done (bulk);
  g_assert_cmpuint (n_done, >=, 20);
  g_assert_cmpuint (n_done, <, 30);
  g_assert_cmpuint (rfi_bulk_count (bulk, RFI_BULK_READY), ==, n - n_done);
  g_assert_cmpuint (rfi_undo_step_get_n_deeds (rfi_bulk_get_done_step (bulk)), ==, n_done);

  fixture->stop_at = 0;
  g_object_unref (fixture->cancellable);
  fixture->cancellable = g_cancellable_new ();
  run (fixture, bulk, TRUE);
  g_assert_cmpuint (count_done (bulk), ==, n);
  g_assert_cmpuint (rfi_undo_step_get_n_deeds (rfi_bulk_get_done_step (bulk)), ==, n);
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 1);
}

/* More than may wait: the rest is refused with the reason, and goes through later. */
static void
test_queue_full (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autoptr(RfiBulk) bulk = NULL;
  g_autoptr(RfiBulk) undo = NULL;
  guint n;

  rfi_session_set_forced_offline (fixture->a->session, TRUE);
  bulk = new_bulk (fixture, RFI_OPERATION_EDIT, RFI_FIELD_CITY, "Waco");
  n = rfi_bulk_count (bulk, RFI_BULK_READY);
  g_assert_cmpuint (n, >, LIMIT);
  run (fixture, bulk, FALSE);
  g_assert_cmpuint (rfi_bulk_count (bulk, RFI_BULK_KEPT), ==, LIMIT);
  g_assert_cmpuint (rfi_bulk_count (bulk, RFI_BULK_REFUSED), ==, n - LIMIT);

  /* Nothing was sent: all that waits is taken back. */
  undo = rfi_bulk_new_undo (fixture->a->session, FALSE);
  run (fixture, undo, FALSE);
  g_assert_cmpuint (rfi_bulk_count (undo, RFI_BULK_CONFIRMED), ==, LIMIT);
  rfi_test_wait (g_list_model_get_n_items (rfi_session_get_outbox (fixture->a->session)) == 0);

  rfi_session_set_forced_offline (fixture->a->session, FALSE);
  rfi_test_wait (rfi_session_get_online (fixture->a->session));
  run (fixture, bulk, TRUE);
  g_assert_cmpuint (rfi_bulk_count (bulk, RFI_BULK_REFUSED), ==, 0);
}

/* The preview says of each what the rules say, and the run does just that. */
static void
test_preview (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr(RfiBulk) bulk = new_bulk (fixture, RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS,
                                      "completed");
  guint n_ready = 0;

  for (guint i = 0; i < count (bulk); i++)
    {
      g_autoptr(RfiBulkEntry) entry = g_list_model_get_item (rfi_bulk_get_entries (bulk), i);
      RfiStatus status = rfi_job_item_get_job (rfi_bulk_entry_get_item (entry))->status;
      RfiBulkState state = rfi_bulk_entry_get_state (entry);

      if (status == RFI_STATUS_COMPLETED)
        g_assert_cmpint (state, ==, RFI_BULK_SAME);
      else if (rfi_status_may_become (status, RFI_STATUS_COMPLETED))
        g_assert_cmpint (state, ==, RFI_BULK_READY);
      else
        g_assert_cmpint (rfi_session_error_get_verdict (rfi_bulk_entry_get_error (entry)), ==,
                         rfi_status_is_final (status) ? RFI_VERDICT_JOB_IS_OVER
                                                      : RFI_VERDICT_ILLEGAL_STEP);
      n_ready += state == RFI_BULK_READY;
    }
  g_assert_cmpuint (n_ready, >, 0);

  run (fixture, bulk, FALSE);
  g_assert_cmpuint (count_done (bulk), ==, n_ready);
  /* That has no way back. */
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 0);
  g_assert_null (rfi_bulk_get_done_step (bulk));
  g_assert_nonnull (rfi_undo_stack_get_barrier (get_stack (fixture)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/bulk-run/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("all", test_all);
  ADD ("stop", test_stop);
  ADD ("queue-full", test_queue_full);
  ADD ("preview", test_preview);
#undef ADD

  return g_test_run ();
}
