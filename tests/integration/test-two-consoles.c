/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-console.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"
#include "rfi-undo-stack.h"

#include <string.h>

/* Two consoles with profiles of their own on one real server: an admin and a dispatcher. */
typedef struct
{
  RfiTestServer  *server;  /* (owned) */
  RfiTestConsole *a;       /* (owned): the admin */
  RfiTestConsole *b;       /* (owned): the dispatcher of vendor-001 */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  const char *url;

  fixture->server = rfi_test_server_new (NULL);
  url = rfi_test_server_get_url (fixture->server);
  fixture->a = rfi_test_console_new ();
  fixture->b = rfi_test_console_new ();
  rfi_test_console_sign_in (fixture->a, url, RFI_TEST_ADMIN);
  rfi_test_console_sign_in (fixture->b, url, RFI_TEST_DISPATCHER);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  rfi_test_console_free (fixture->a);
  rfi_test_console_free (fixture->b);
  rfi_test_server_free (fixture->server);
}

/* Whether both show the same of a job, confirmed. */
static gboolean
agree (Fixture    *fixture,
       const char *job_id)
{
  RfiJobState *a = rfi_job_table_lookup (rfi_session_get_jobs (fixture->a->session), job_id);
  RfiJobState *b = rfi_job_table_lookup (rfi_session_get_jobs (fixture->b->session), job_id);
  g_autoptr(RfiPatch) a_fields = NULL;
  g_autoptr(RfiPatch) b_fields = NULL;

  if (a == NULL || b == NULL)
    return a == b;

  a_fields = rfi_job_to_patch (a->work);
  b_fields = rfi_job_to_patch (b->work);
  return a->mark == RFI_MARK_CONFIRMED && b->mark == RFI_MARK_CONFIRMED &&
         rfi_patch_equal (a_fields, b_fields) && rfi_etag_equal (a->work->etag, b->work->etag);
}

#define TITLE_OF(console, id) (rfi_test_console_get_job ((console), (id))->title)

static void
test_live (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autofree char *temporary = NULL;
  g_autofree char *id = NULL;
  GError *error = NULL;

  /* Eight jobs in the sample; the dispatcher sees those of one vendor. */
  g_assert_cmpuint (rfi_job_table_get_n_jobs (rfi_session_get_jobs (fixture->a->session)), ==, 8);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (rfi_session_get_jobs (fixture->b->session)), >, 0);

  temporary = rfi_test_console_create (fixture->b, "Ice machine leaks", "vendor-001", NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (rfi_test_console_get_job (fixture->b, temporary));
  rfi_test_wait (rfi_test_console_find_job (fixture->a, "Ice machine leaks") != NULL);
  id = g_strdup (rfi_test_console_find_job (fixture->a, "Ice machine leaks")->id);
  rfi_test_wait (agree (fixture, id));

  rfi_test_console_edit (fixture->a, id, RFI_FIELD_PRIORITY, "urgent", &error);
  g_assert_no_error (error);
  g_assert_cmpint (rfi_test_console_get_job (fixture->a, id)->priority, ==, RFI_PRIORITY_URGENT);
  rfi_test_wait (rfi_test_console_get_job (fixture->b, id)->priority == RFI_PRIORITY_URGENT);
  rfi_test_wait (agree (fixture, id));

  rfi_test_console_delete (fixture->a, id, &error);
  g_assert_no_error (error);
  g_assert_null (rfi_test_console_get_job (fixture->a, id));
  rfi_test_wait (rfi_test_console_get_job (fixture->b, id) == NULL);
}

static void
test_assign_and_step (Fixture       *fixture,
                      gconstpointer  unused)
{
  g_autoptr(RfiTestConsole) technician = rfi_test_console_new ();
  g_autofree char *id = NULL;
  const char *ahmed;
  GError *error = NULL;

  rfi_test_console_sign_in (technician, rfi_test_server_get_url (fixture->server),
                            RFI_TEST_TECHNICIAN);
  ahmed = rfi_session_get_user (technician->session)->id;
  rfi_test_wait (rfi_session_get_technician (fixture->b->session, ahmed) != NULL);

  id = rfi_test_console_create (fixture->b, "Door closer broken", "vendor-001", ahmed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rfi_test_console_get_job (fixture->b, id)->status, ==, RFI_STATUS_ASSIGNED);
  rfi_test_wait (rfi_test_console_find_job (technician, "Door closer broken") != NULL);

  g_free (id);
  id = g_strdup (rfi_test_console_find_job (technician, "Door closer broken")->id);
  g_assert_cmpint (rfi_session_check (technician->session, id, RFI_ACTION_EDIT), ==,
                   RFI_VERDICT_NOT_YOUR_ROLE);
  g_assert_cmpint (rfi_session_check_status (technician->session, id, RFI_STATUS_COMPLETED), ==,
                   RFI_VERDICT_ILLEGAL_STEP);
  rfi_test_console_set_status (technician, id, RFI_STATUS_IN_PROGRESS, &error);
  g_assert_no_error (error);
  rfi_test_wait (agree (fixture, id) &&
                 rfi_test_console_get_job (fixture->a, id)->status == RFI_STATUS_IN_PROGRESS);
  g_assert_cmpstr (rfi_session_get_name (fixture->b->session, ahmed), ==,
                   rfi_session_get_user (technician->session)->display_name);
}

static void
test_refusals (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autofree char *id = g_strdup (rfi_test_console_find_job (fixture->a,
                                                             "Air duct cleaning")->id);
  g_autoptr(GError) error = NULL;
  RfiField field;

  rfi_session_set_forced_offline (fixture->a->session, TRUE);
  g_assert_false (rfi_session_get_online (fixture->a->session));

  g_assert_false (rfi_test_console_delete (fixture->a, id, &error));
  g_assert_error (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_REFUSED);
  g_assert_cmpint (rfi_session_error_get_verdict (error), ==, RFI_VERDICT_NEEDS_CONNECTION);
  g_clear_error (&error);

  g_assert_false (rfi_test_console_set_status (fixture->a, id, RFI_STATUS_CANCELLED, &error));
  g_assert_cmpint (rfi_session_error_get_verdict (error), ==, RFI_VERDICT_NEEDS_CONNECTION);
  g_clear_error (&error);

  g_assert_false (rfi_test_console_set_status (fixture->a, id, RFI_STATUS_COMPLETED, &error));
  g_assert_cmpint (rfi_session_error_get_verdict (error), ==, RFI_VERDICT_ILLEGAL_STEP);
  g_clear_error (&error);

  g_assert_false (rfi_test_console_edit (fixture->a, id, RFI_FIELD_ZIP_CODE, "7520", &error));
  g_assert_error (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_INVALID);
  g_assert_cmpint (rfi_session_error_get_problem (error, &field), ==, RFI_FIELD_BAD_WORD);
  g_assert_cmpint (field, ==, RFI_FIELD_ZIP_CODE);
  g_clear_error (&error);

  g_assert_false (rfi_test_console_edit (fixture->a, "nothing", RFI_FIELD_TITLE, "x", &error));
  g_assert_error (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE);
  g_clear_error (&error);

  /* None of it waits to be sent. */
  g_assert_cmpuint (g_list_model_get_n_items (rfi_session_get_outbox (fixture->a->session)), ==, 0);
}

/* An admin gives a job to another vendor: it goes at one desk and comes to another. */
static void
test_move (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr(RfiTestConsole) other = rfi_test_console_new ();
  g_autofree char *id = g_strdup (rfi_test_console_find_job (fixture->a,
                                                             "Air duct cleaning")->id);
  g_autoptr(GError) error = NULL;

  rfi_test_console_sign_in (other, rfi_test_server_get_url (fixture->server),
                            RFI_TEST_DISPATCHER2);
  rfi_test_console_wait_live (fixture->b);
  rfi_test_console_wait_live (other);
  g_assert_nonnull (rfi_test_console_get_job (fixture->b, id)->assigned_to);
  g_assert_cmpint (rfi_session_check_move (fixture->b->session, id), ==,
                   RFI_VERDICT_NOT_YOUR_ROLE);

  rfi_session_set_forced_offline (fixture->a->session, TRUE);
  g_assert_false (rfi_test_console_move (fixture->a, id, "vendor-002", &error));
  g_assert_error (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_REFUSED);
  g_assert_cmpint (rfi_session_error_get_verdict (error), ==, RFI_VERDICT_NEEDS_CONNECTION);
  g_clear_error (&error);
  rfi_session_set_forced_offline (fixture->a->session, FALSE);
  rfi_test_console_wait_live (fixture->a);

  rfi_test_console_move (fixture->a, id, "vendor-002", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rfi_test_console_get_job (fixture->a, id)->vendor_id, ==, "vendor-002");
  g_assert_null (rfi_test_console_get_job (fixture->a, id)->assigned_to);
  rfi_test_wait (rfi_test_console_get_job (fixture->b, id) == NULL);
  rfi_test_wait (rfi_test_console_get_job (other, id) != NULL);
  rfi_test_wait (rfi_test_console_get_mark (fixture->a, id) == RFI_MARK_CONFIRMED);
  g_assert_cmpint (rfi_test_console_get_job (other, id)->status, ==, RFI_STATUS_PENDING);
  g_assert_null (rfi_undo_stack_get_undo (rfi_session_get_undo (fixture->a->session)));
  rfi_test_console_wait_live (fixture->b);
}

/* @title: what A and B shall both see in the end */
static void
make_conflict (Fixture  *fixture,
               char    **job_id)
{
  GError *error = NULL;

  *job_id = g_strdup (rfi_test_console_find_job (fixture->a, "Air duct cleaning")->id);
  rfi_session_set_forced_offline (fixture->a->session, TRUE);
  rfi_test_console_edit (fixture->a, *job_id, RFI_FIELD_TITLE, "Mine", &error);
  g_assert_no_error (error);
  rfi_test_console_edit (fixture->a, *job_id, RFI_FIELD_CITY, "Waco", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (TITLE_OF (fixture->a, *job_id), ==, "Mine");
  g_assert_cmpint (rfi_test_console_get_mark (fixture->a, *job_id), ==, RFI_MARK_QUEUED);

  rfi_test_console_edit (fixture->b, *job_id, RFI_FIELD_TITLE, "Theirs", &error);
  g_assert_no_error (error);
  rfi_test_wait (rfi_test_console_get_mark (fixture->b, *job_id) == RFI_MARK_CONFIRMED);

  rfi_session_set_forced_offline (fixture->a->session, FALSE);
  rfi_test_wait (g_list_model_get_n_items (rfi_session_get_conflicts (fixture->a->session)) == 1);
  rfi_test_wait (rfi_test_console_get_mark (fixture->a, *job_id) == RFI_MARK_CONFLICT);
  g_assert_cmpint (rfi_session_check (fixture->a->session, *job_id, RFI_ACTION_EDIT), ==,
                   RFI_VERDICT_HAS_CONFLICT);
}

static void
test_conflict (Fixture       *fixture,
               gconstpointer  title)
{
  g_autofree char *id = NULL;
  g_autoptr(RfiPatch) result = NULL;
  RfiConflict *conflict;
  GError *error = NULL;

  make_conflict (fixture, &id);
  conflict = rfi_test_console_get_conflict (fixture->a);
  g_assert_cmpint (conflict->reason, ==, RFI_CONFLICT_FIELDS);
  g_assert_cmpstr (rfi_patch_get (conflict->base, RFI_FIELD_TITLE), ==, "Air duct cleaning");
  g_assert_cmpstr (rfi_patch_get (conflict->operation->patch, RFI_FIELD_TITLE), ==, "Mine");
  g_assert_cmpstr (rfi_patch_get (conflict->theirs, RFI_FIELD_TITLE), ==, "Theirs");

  if (!g_str_equal (title, "Theirs"))
    {
      result = rfi_patch_new ();
      rfi_patch_set (result, RFI_FIELD_TITLE, title);
    }
  rfi_test_console_resolve (fixture->a, result, &error);
  g_assert_no_error (error);

  /* What was typed after the contested change goes on by itself. */
  rfi_test_wait (agree (fixture, id) && g_str_equal (TITLE_OF (fixture->b, id), title) &&
                 g_str_equal (rfi_test_console_get_job (fixture->b, id)->city, "Waco"));
  rfi_test_wait (g_list_model_get_n_items (rfi_session_get_conflicts (fixture->a->session)) == 0);
  rfi_test_console_wait_sent (fixture->a);
}

static void
test_merge (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autofree char *id = g_strdup (rfi_test_console_find_job (fixture->a,
                                                             "Air duct cleaning")->id);
  GError *error = NULL;

  rfi_session_set_forced_offline (fixture->a->session, TRUE);
  rfi_test_console_edit (fixture->a, id, RFI_FIELD_TITLE, "Mine", &error);
  g_assert_no_error (error);
  rfi_test_console_edit (fixture->b, id, RFI_FIELD_DESCRIPTION, "Theirs", &error);
  g_assert_no_error (error);
  rfi_test_wait (rfi_test_console_get_mark (fixture->b, id) == RFI_MARK_CONFIRMED);

  rfi_session_set_forced_offline (fixture->a->session, FALSE);
  rfi_test_wait (agree (fixture, id) && g_str_equal (TITLE_OF (fixture->b, id), "Mine"));
  g_assert_cmpstr (rfi_test_console_get_job (fixture->a, id)->description, ==, "Theirs");
  g_assert_cmpuint (g_list_model_get_n_items (rfi_session_get_conflicts (fixture->a->session)), ==,
                    0);
}

static void
test_sign_out_keeps_pending (Fixture       *fixture,
                             gconstpointer  unused)
{
  g_autofree char *id = g_strdup (rfi_test_console_find_job (fixture->b,
                                                             "Air duct cleaning")->id);
  g_autofree char *path = g_build_filename (fixture->b->profile, "waiting.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autofree char *exported = NULL;
  GError *error = NULL;

  rfi_session_set_forced_offline (fixture->b->session, TRUE);
  rfi_test_console_edit (fixture->b, id, RFI_FIELD_TITLE, "Typed before leaving", &error);
  g_assert_no_error (error);
  rfi_test_console_sign_out (fixture->b, file);
  g_file_get_contents (path, &exported, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (exported, "Typed before leaving"));

  /* Somebody else at the same desk does not see or send it. */
  rfi_test_console_sign_in (fixture->b, rfi_test_server_get_url (fixture->server),
                            RFI_TEST_DISPATCHER2);
  g_assert_null (rfi_test_console_get_job (fixture->b, id));
  g_assert_cmpuint (g_list_model_get_n_items (rfi_session_get_outbox (fixture->b->session)), ==, 0);
  rfi_test_console_sign_out (fixture->b, NULL);
  g_assert_cmpstr (TITLE_OF (fixture->a, id), ==, "Air duct cleaning");

  rfi_test_console_sign_in (fixture->b, rfi_test_server_get_url (fixture->server),
                            RFI_TEST_DISPATCHER);
  rfi_test_wait (agree (fixture, id) &&
                 g_str_equal (TITLE_OF (fixture->a, id), "Typed before leaving"));
}

static void
test_server_killed (Fixture       *fixture,
                    gconstpointer  unused)
{
  g_autofree char *id = g_strdup (rfi_test_console_find_job (fixture->b,
                                                             "Air duct cleaning")->id);
  g_autofree char *temporary = NULL;
  GError *error = NULL;

  rfi_test_server_kill (fixture->server);
  rfi_test_console_edit (fixture->b, id, RFI_FIELD_TITLE, "While it was down", &error);
  g_assert_no_error (error);
  temporary = rfi_test_console_create (fixture->b, "New while down", "vendor-001", NULL, &error);
  g_assert_no_error (error);
  rfi_session_sync_now (fixture->b->session);
  rfi_test_wait (!rfi_session_get_online (fixture->b->session));
  g_assert_cmpstr (TITLE_OF (fixture->b, id), ==, "While it was down");

  rfi_test_server_start (fixture->server);
  rfi_session_sync_now (fixture->a->session);
  rfi_session_sync_now (fixture->b->session);
  rfi_test_wait (agree (fixture, id) &&
                 g_str_equal (TITLE_OF (fixture->a, id), "While it was down"));
  rfi_test_wait (rfi_test_console_find_job (fixture->a, "New while down") != NULL);
  rfi_test_console_wait_live (fixture->a);
  rfi_test_console_wait_live (fixture->b);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, data, func) \
  g_test_add ("/two-consoles/" name, Fixture, (data), set_up, func, tear_down)
  ADD ("live", NULL, test_live);
  ADD ("assign-and-step", NULL, test_assign_and_step);
  ADD ("refusals", NULL, test_refusals);
  ADD ("move", NULL, test_move);
  ADD ("merge", NULL, test_merge);
  ADD ("conflict/use-server", "Theirs", test_conflict);
  ADD ("conflict/retry-mine", "Mine", test_conflict);
  ADD ("conflict/apply-result", "Both of us", test_conflict);
  ADD ("sign-out-keeps-pending", NULL, test_sign_out_keeps_pending);
  ADD ("server-killed", NULL, test_server_killed);
#undef ADD

  return g_test_run ();
}
