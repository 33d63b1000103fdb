/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bulk.h"
#include "rfi-job-item.h"
#include "rfi-test-console.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"
#include "rfi-undo-stack.h"

/* Two consoles on one real server: what one does and undoes, the other sees or changes. */
typedef struct
{
  RfiTestServer  *server;  /* (owned) */
  RfiTestConsole *a;       /* (owned): the admin */
  RfiTestConsole *b;       /* (owned): the dispatcher of vendor-001 */
  char           *id;      /* (owned): a pending job of that vendor */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  g_autofree char *temporary = NULL;
  const char *url;
  GError *error = NULL;

  fixture->server = rfi_test_server_new (NULL);
  url = rfi_test_server_get_url (fixture->server);
  fixture->a = rfi_test_console_new ();
  fixture->b = rfi_test_console_new ();
  rfi_test_console_sign_in (fixture->a, url, RFI_TEST_ADMIN);
  rfi_test_console_sign_in (fixture->b, url, RFI_TEST_DISPATCHER);
  temporary = rfi_test_console_create (fixture->b, "Ice machine leaks", "vendor-001", NULL,
                                       &error);
  g_assert_no_error (error);
  rfi_test_wait (rfi_test_console_find_job (fixture->a, "Ice machine leaks") != NULL);
  fixture->id = g_strdup (rfi_test_console_find_job (fixture->a, "Ice machine leaks")->id);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  rfi_test_console_free (fixture->a);
  rfi_test_console_free (fixture->b);
  rfi_test_server_free (fixture->server);
  g_free (fixture->id);
}

static const char *
get_field (RfiTestConsole *console,
           Fixture        *fixture,
           RfiField        field)
{
  return rfi_job_get_field (rfi_test_console_get_job (console, fixture->id), field);
}

/* Both see it, and nothing waits. */
static void
wait_for (Fixture    *fixture,
          RfiField    field,
          const char *value)
{
  rfi_test_wait (g_str_equal (get_field (fixture->a, fixture, field), value) &&
                 g_str_equal (get_field (fixture->b, fixture, field), value));
  rfi_test_console_wait_sent (fixture->a);
  rfi_test_console_wait_sent (fixture->b);
  rfi_test_wait (rfi_test_console_get_mark (fixture->a, fixture->id) == RFI_MARK_CONFIRMED);
}

static void
edit (Fixture        *fixture,
      RfiTestConsole *console,
      RfiField        field,
      const char     *value)
{
  GError *error = NULL;

  rfi_test_console_edit (console, fixture->id, field, value, &error);
  g_assert_no_error (error);
}

static RfiUndoStack *
get_stack (Fixture *fixture)
{
  return rfi_session_get_undo (fixture->a->session);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
run (RfiBulk  *bulk,
     gboolean  forced)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_bulk_run_async (bulk, forced, NULL, keep_result_cb, &result);
  g_assert_true (rfi_bulk_get_running (bulk));
  rfi_test_wait (result != NULL);
  rfi_bulk_run_finish (bulk, result);
  g_assert_false (rfi_bulk_get_running (bulk));
}

/* Undoes, or does again, what nobody touched since. */
static void
undo (Fixture  *fixture,
      gboolean  redo)
{
  g_autoptr(RfiBulk) bulk = rfi_bulk_new_undo (fixture->a->session, redo);
  guint n;

  g_assert_nonnull (bulk);
  n = g_list_model_get_n_items (rfi_bulk_get_entries (bulk));
  g_assert_cmpuint (rfi_bulk_count (bulk, RFI_BULK_READY), ==, n);
  run (bulk, FALSE);
  g_assert_cmpuint (rfi_bulk_count (bulk, RFI_BULK_KEPT) +
                    rfi_bulk_count (bulk, RFI_BULK_CONFIRMED), ==, n);
}

static void
test_edit (Fixture       *fixture,
           gconstpointer  unused)
{
  edit (fixture, fixture->a, RFI_FIELD_PRIORITY, "urgent");
  wait_for (fixture, RFI_FIELD_PRIORITY, "urgent");
  edit (fixture, fixture->a, RFI_FIELD_TITLE, "Ice machine floods");
  wait_for (fixture, RFI_FIELD_TITLE, "Ice machine floods");
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 2);

  undo (fixture, FALSE);
  wait_for (fixture, RFI_FIELD_TITLE, "Ice machine leaks");
  undo (fixture, FALSE);
  wait_for (fixture, RFI_FIELD_PRIORITY, "high");
  g_assert_null (rfi_bulk_new_undo (fixture->a->session, FALSE));

  undo (fixture, TRUE);
  wait_for (fixture, RFI_FIELD_PRIORITY, "urgent");
  undo (fixture, TRUE);
  wait_for (fixture, RFI_FIELD_TITLE, "Ice machine floods");
  undo (fixture, FALSE);
  wait_for (fixture, RFI_FIELD_TITLE, "Ice machine leaks");

  /* What is new ends what could be done again. */
  edit (fixture, fixture->a, RFI_FIELD_CITY, "Waco");
  g_assert_cmpuint (rfi_undo_stack_get_n_redo (get_stack (fixture)), ==, 0);
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 2);
}

static const char *
find_technician (Fixture *fixture)
{
  GListModel *technicians = rfi_session_get_technicians (fixture->a->session);

  for (guint i = 0; i < g_list_model_get_n_items (technicians); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (technicians, i);
      const RfiUser *user = rfi_record_item_get (item);

      if (g_strcmp0 (user->vendor_id, "vendor-001") == 0)
        return user->id;
    }
  g_assert_not_reached ();
}

/* The way back from a technician is nobody, and pending again. */
static void
test_assign (Fixture       *fixture,
             gconstpointer  unused)
{
  const char *technician = find_technician (fixture);
  GError *error = NULL;

  rfi_test_console_assign (fixture->a, fixture->id, technician, &error);
  g_assert_no_error (error);
  wait_for (fixture, RFI_FIELD_ASSIGNED_TO, technician);
  wait_for (fixture, RFI_FIELD_STATUS, "assigned");

  undo (fixture, FALSE);
  wait_for (fixture, RFI_FIELD_ASSIGNED_TO, "");
  wait_for (fixture, RFI_FIELD_STATUS, "pending");

  undo (fixture, TRUE);
  wait_for (fixture, RFI_FIELD_ASSIGNED_TO, technician);
  wait_for (fixture, RFI_FIELD_STATUS, "assigned");
}

/* Somebody changed it since: nothing is undone unless a person says so. */
static void
test_clash (Fixture       *fixture,
            gconstpointer  forced)
{
  g_autoptr(RfiBulk) bulk = NULL;

  edit (fixture, fixture->a, RFI_FIELD_PRIORITY, "urgent");
  wait_for (fixture, RFI_FIELD_PRIORITY, "urgent");
  edit (fixture, fixture->b, RFI_FIELD_PRIORITY, "low");
  wait_for (fixture, RFI_FIELD_PRIORITY, "low");

  bulk = rfi_bulk_new_undo (fixture->a->session, FALSE);
  g_assert_cmpuint (rfi_bulk_count (bulk, RFI_BULK_CLASH), ==, 1);
  if (GPOINTER_TO_INT (forced))
    {
      run (bulk, TRUE);
      wait_for (fixture, RFI_FIELD_PRIORITY, "high");
      g_assert_cmpuint (rfi_undo_stack_get_n_redo (get_stack (fixture)), ==, 1);
    }
  else
    {
      rfi_bulk_give_up (bulk);
      wait_for (fixture, RFI_FIELD_PRIORITY, "low");
      g_assert_cmpuint (rfi_undo_stack_get_n_redo (get_stack (fixture)), ==, 0);
    }
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 0);
}

/* What changed elsewhere without being seen here is the server's to notice. */
static void
test_unseen_clash (Fixture       *fixture,
                   gconstpointer  unused)
{
  edit (fixture, fixture->a, RFI_FIELD_TITLE, "Mine");
  wait_for (fixture, RFI_FIELD_TITLE, "Mine");
  rfi_session_set_forced_offline (fixture->a->session, TRUE);
  edit (fixture, fixture->b, RFI_FIELD_TITLE, "Theirs");
  rfi_test_console_wait_sent (fixture->b);

  undo (fixture, FALSE);
  g_assert_cmpstr (get_field (fixture->a, fixture, RFI_FIELD_TITLE), ==, "Ice machine leaks");
  rfi_session_set_forced_offline (fixture->a->session, FALSE);
  rfi_test_wait (g_list_model_get_n_items (rfi_session_get_conflicts (fixture->a->session)) == 1);
  g_assert_cmpstr (get_field (fixture->b, fixture, RFI_FIELD_TITLE), ==, "Theirs");
}

/* Before it was sent it is as if it was never done. */
static void
test_take_back (Fixture       *fixture,
                gconstpointer  unused)
{
  GListModel *outbox = rfi_session_get_outbox (fixture->a->session);

  rfi_session_set_forced_offline (fixture->a->session, TRUE);
  edit (fixture, fixture->a, RFI_FIELD_TITLE, "Mine");
  rfi_test_wait (g_list_model_get_n_items (outbox) == 1);
  undo (fixture, FALSE);
  g_assert_cmpstr (get_field (fixture->a, fixture, RFI_FIELD_TITLE), ==, "Ice machine leaks");
  rfi_test_wait (g_list_model_get_n_items (outbox) == 0);

  undo (fixture, TRUE);
  g_assert_cmpstr (get_field (fixture->a, fixture, RFI_FIELD_TITLE), ==, "Mine");
  rfi_test_wait (g_list_model_get_n_items (outbox) == 1);
  rfi_session_set_forced_offline (fixture->a->session, FALSE);
  wait_for (fixture, RFI_FIELD_TITLE, "Mine");
}

/* A step has no way back but before it is sent; it bars only its own job. */
static void
test_step (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autofree char *other = g_strdup (rfi_test_console_find_job (fixture->a,
                                                                "Air duct cleaning")->id);
  GError *error = NULL;

  rfi_test_console_assign (fixture->a, fixture->id, find_technician (fixture), &error);
  g_assert_no_error (error);
  rfi_test_console_edit (fixture->a, other, RFI_FIELD_TITLE, "Air ducts", &error);
  g_assert_no_error (error);
  rfi_test_console_wait_sent (fixture->a);
  rfi_session_set_forced_offline (fixture->a->session, TRUE);

  rfi_test_console_set_status (fixture->a, fixture->id, RFI_STATUS_IN_PROGRESS, &error);
  g_assert_no_error (error);
  undo (fixture, FALSE);
  g_assert_cmpstr (get_field (fixture->a, fixture, RFI_FIELD_STATUS), ==, "assigned");
  undo (fixture, TRUE);
  g_assert_cmpstr (get_field (fixture->a, fixture, RFI_FIELD_STATUS), ==, "in-progress");
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 3);

  rfi_session_set_forced_offline (fixture->a->session, FALSE);
  wait_for (fixture, RFI_FIELD_STATUS, "in-progress");
  rfi_test_wait (rfi_undo_stack_get_n_undo (get_stack (fixture)) == 1);
  g_assert_cmpint (rfi_undo_stack_get_barrier (get_stack (fixture))->kind, ==,
                   RFI_OPERATION_SET_STATUS);
  undo (fixture, FALSE);
  rfi_test_wait (rfi_test_console_find_job (fixture->b, "Air duct cleaning") != NULL);
}

static void
test_barriers (Fixture       *fixture,
               gconstpointer  unused)
{
  GError *error = NULL;

  edit (fixture, fixture->a, RFI_FIELD_PRIORITY, "urgent");
  rfi_test_console_set_status (fixture->a, fixture->id, RFI_STATUS_CANCELLED, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 0);
  g_assert_nonnull (rfi_undo_stack_get_barrier (get_stack (fixture)));

  edit (fixture, fixture->a, RFI_FIELD_PRIORITY, "low");
  g_assert_null (rfi_undo_stack_get_barrier (get_stack (fixture)));
  rfi_test_console_delete (fixture->a, fixture->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 0);
  g_assert_cmpint (rfi_undo_stack_get_barrier (get_stack (fixture))->kind, ==,
                   RFI_OPERATION_DELETE);
}

/* Without a connection nobody is taken off; it can still be undone later. */
static void
test_not_now (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr(RfiBulk) bulk = NULL;
  RfiBulkEntry *entry;
  GError *error = NULL;

  rfi_test_console_assign (fixture->a, fixture->id, find_technician (fixture), &error);
  g_assert_no_error (error);
  wait_for (fixture, RFI_FIELD_STATUS, "assigned");
  rfi_session_set_forced_offline (fixture->a->session, TRUE);
  /* Else it may be told of only when this is over. */
  rfi_test_wait (rfi_session_get_sync_state (fixture->a->session)->phase == RFI_PHASE_OFFLINE);

  bulk = rfi_bulk_new_undo (fixture->a->session, FALSE);
  g_assert_cmpuint (rfi_bulk_count (bulk, RFI_BULK_REFUSED), ==, 1);
  entry = g_list_model_get_item (rfi_bulk_get_entries (bulk), 0);
  g_assert_cmpint (rfi_session_error_get_verdict (rfi_bulk_entry_get_error (entry)), ==,
                   RFI_VERDICT_NEEDS_CONNECTION);
  g_object_unref (entry);
  rfi_bulk_give_up (bulk);
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (get_stack (fixture)), ==, 1);

  rfi_session_set_forced_offline (fixture->a->session, FALSE);
  rfi_test_wait (rfi_session_get_online (fixture->a->session));
  undo (fixture, FALSE);
  wait_for (fixture, RFI_FIELD_STATUS, "pending");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, data, func) \
  g_test_add ("/undo/" name, Fixture, (data), set_up, func, tear_down)
  ADD ("edit", NULL, test_edit);
  ADD ("assign", NULL, test_assign);
  ADD ("clash/keep", NULL, test_clash);
  ADD ("clash/anyway", GINT_TO_POINTER (TRUE), test_clash);
  ADD ("unseen-clash", NULL, test_unseen_clash);
  ADD ("take-back", NULL, test_take_back);
  ADD ("step", NULL, test_step);
  ADD ("barriers", NULL, test_barriers);
  ADD ("not-now", NULL, test_not_now);
#undef ADD

  return g_test_run ();
}
