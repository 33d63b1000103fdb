/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-photo.h"
#include "rfi-store-pull.h"
#include "rfi-sync-metrics.h"
#include "rfi-test-console.h"
#include "rfi-test-wait.h"

/* Each kind of operation meets each fault, at a server of ours and at one that knows the bare
 * contract: nothing is lost, nothing happens twice, and both sides agree in the end.
 */

static RfiTestServer *server;
static char *technician_id;

typedef struct
{
  RfiOperationKind  kind;
  RfiFault          fault;
  gboolean          plain;
} Case;

static const char *const fault_names[RFI_N_FAULTS] = {
  "drop-request", "drop-reply", "delay",    "half-open", "status-500",
  "late-500",     "status-401", "status-429", "cut-body",  "portal",
};

/* Where the kind's own request goes. */
static const struct {
  const char *method;
  const char *path;
} requests[RFI_N_OPERATION_KINDS] = {
  [RFI_OPERATION_CREATE] = { "POST", "/api/jobs" },
  [RFI_OPERATION_EDIT] = { "PATCH", "/api/jobs/*" },
  [RFI_OPERATION_SET_STATUS] = { "PATCH", "/api/jobs/*/status" },
  [RFI_OPERATION_ASSIGN] = { "POST", "/api/jobs/*/assign" },
  [RFI_OPERATION_DELETE] = { "DELETE", "/api/jobs/*" },
  [RFI_OPERATION_ADD_PHOTO] = { "POST", "/api/jobs/*/attachments" },
  [RFI_OPERATION_DELETE_PHOTO] = { "DELETE", "/api/jobs/*/attachments/*" },
};

static RfiOperation *
do_photo (RfiTestConsole *console,
          const char     *job_id,
          const char     *photo_id)
{
  gint64 size;
  g_autofree char *path = rfi_test_console_draw (console, 1, &size);
  RfiOperation template = {
    .kind = photo_id != NULL ? RFI_OPERATION_DELETE_PHOTO : RFI_OPERATION_ADD_PHOTO,
    .job_id = (char *) job_id,
    .photo_id = (char *) photo_id,
    .photo_name = (char *) "front door.png",
    .photo_mime = (char *) "image/png",
    .photo_path = path,
    .photo_size = size,
  };

  return rfi_test_console_enqueue (console, &template);
}

/* The job has one photo, put there without a fault. */
static char *
prepare_photo (RfiTestConsole *console,
               const char     *job_id)
{
  g_autoptr(RfiOperation) added = do_photo (console, job_id, NULL);
  g_autoptr(RfiJob) job = NULL;

  rfi_test_console_settle (console);
  job = rfi_test_ask_job (console, job_id);
  g_assert_cmpuint (job->n_photos, ==, 1);
  return g_strdup (((RfiPhoto *) g_ptr_array_index (job->photos, 0))->id);
}

static RfiOperation *
act (RfiTestConsole *console,
     const Case     *c,
     const char     *job_id,
     const char     *title,
     const char     *photo_id)
{
  g_autoptr(RfiPatch) patch = NULL;

  switch (c->kind)
    {
    case RFI_OPERATION_CREATE:
      patch = rfi_test_new_job (title);
      return rfi_test_console_do (console, c->kind, "temporary", patch);
    case RFI_OPERATION_EDIT:
      patch = rfi_test_patch (RFI_FIELD_DESCRIPTION, "changed");
      return rfi_test_console_do (console, c->kind, job_id, patch);
    case RFI_OPERATION_SET_STATUS:
      patch = rfi_test_patch (RFI_FIELD_STATUS, "in-progress");
      return rfi_test_console_do (console, c->kind, job_id, patch);
    case RFI_OPERATION_ASSIGN:
      patch = rfi_test_patch (RFI_FIELD_ASSIGNED_TO, technician_id);
      return rfi_test_console_do (console, c->kind, job_id, patch);
    case RFI_OPERATION_ADD_PHOTO:
    case RFI_OPERATION_DELETE_PHOTO:
      return do_photo (console, job_id, photo_id);
    case RFI_OPERATION_DELETE:
    default:
      return rfi_test_console_do (console, c->kind, job_id, NULL);
    }
}

/* What the server has, asked directly. */
static void
assert_effect (RfiTestConsole *console,
               const Case     *c,
               const char     *job_id,
               const char     *title)
{
  g_autoptr(GPtrArray) titled = rfi_test_ask_titled (console, title);
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(RfiJob) base = NULL;
  g_autoptr(RfiPatch) here = NULL;
  g_autoptr(RfiPatch) there = NULL;

  if (c->kind == RFI_OPERATION_DELETE)
    {
      g_assert_cmpuint (titled->len, ==, 0);
      base = rfi_test_console_get_base (console, job_id);
      g_assert_null (base);
      return;
    }

  g_assert_cmpuint (titled->len, ==, 1);
  job = rfi_test_ask_job (console, ((RfiJob *) g_ptr_array_index (titled, 0))->id);
  switch (c->kind)
    {
    case RFI_OPERATION_EDIT:
      g_assert_cmpstr (job->description, ==, "changed");
      break;
    case RFI_OPERATION_SET_STATUS:
      g_assert_cmpint (job->status, ==, RFI_STATUS_IN_PROGRESS);
      break;
    case RFI_OPERATION_ASSIGN:
      g_assert_cmpstr (job->assigned_to, ==, technician_id);
      break;
    case RFI_OPERATION_ADD_PHOTO:
      g_assert_cmpuint (job->n_photos, ==, 1);
      break;
    case RFI_OPERATION_DELETE_PHOTO:
      g_assert_cmpuint (job->n_photos, ==, 0);
      break;
    case RFI_OPERATION_CREATE:
    case RFI_OPERATION_DELETE:
    default:
      break;
    }

  base = rfi_test_console_get_base (console, job->id);
  g_assert_nonnull (base);
  g_assert_cmpstr (base->etag, ==, job->etag);
  here = rfi_job_to_patch (base);
  there = rfi_job_to_patch (job);
  g_assert_true (rfi_patch_equal (here, there));
  g_assert_cmpuint (base->n_photos, ==, job->n_photos);
}

/* A person signs in again; until then the operation waits and no try is burned. */
static void
sign_in_again (RfiTestConsole *console)
{
  g_autoptr(GPtrArray) outbox = NULL;
  RfiOperation *operation;

  rfi_test_wait (rfi_sync_engine_get_wait (console->engine) == RFI_SYNC_WAIT_SIGN_IN);
  g_assert_cmpint (rfi_sync_engine_get_state (console->engine)->phase, ==,
                   RFI_PHASE_NEEDS_SIGN_IN);
  outbox = rfi_test_console_list_outbox (console);
  g_assert_cmpuint (outbox->len, ==, 1);
  operation = g_ptr_array_index (outbox, 0);
  g_assert_cmpuint (operation->attempts, ==, 0);
  g_assert_false (operation->maybe_applied);
  rfi_sync_engine_set_token (console->engine, console->token);
}

static void
test_fault (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(RfiFaultProxy) proxy = rfi_fault_proxy_new (rfi_test_server_get_url (server));
  g_autoptr(RfiTestConsole) console = NULL;
  g_autofree char *title = g_strdup_printf ("%s %s %d", rfi_operation_kind_to_string (c->kind),
                                            fault_names[c->fault], c->plain);
  g_autofree char *photo_id = NULL;
  g_autoptr(RfiOperation) operation = NULL;
  g_autoptr(RfiJob) job = NULL;

  rfi_fault_proxy_set_plain (proxy, c->plain);
  console = rfi_test_console_new (rfi_test_server_get_url (server),
                                  rfi_fault_proxy_get_url (proxy), RFI_TEST_ADMIN);
  if (c->kind != RFI_OPERATION_CREATE)
    job = rfi_test_ask_create (console, title,
                               c->kind == RFI_OPERATION_SET_STATUS ? technician_id : NULL);
  rfi_test_console_start (console);
  if (c->kind == RFI_OPERATION_DELETE_PHOTO)
    photo_id = prepare_photo (console, job->id);

  rfi_fault_proxy_add (proxy, c->fault, requests[c->kind].method, requests[c->kind].path, 0, 1);
  operation = act (console, c, job != NULL ? job->id : NULL, title, photo_id);
  if (c->fault == RFI_FAULT_STATUS_401)
    sign_in_again (console);
  rfi_test_console_settle (console);
  rfi_fault_proxy_release (proxy);

  g_assert_cmpuint (rfi_fault_proxy_get_n_faults (proxy), ==, 1);
  g_assert_cmpuint (rfi_sync_engine_get_state (console->engine)->n_failed, ==, 0);
  g_assert_cmpuint (rfi_sync_engine_get_state (console->engine)->n_conflicts, ==, 0);
  assert_effect (console, c, job != NULL ? job->id : NULL, title);
}

static void
find_technician (void)
{
  g_autoptr(RfiTestConsole) console = rfi_test_console_new (rfi_test_server_get_url (server),
                                                            rfi_test_server_get_url (server),
                                                            RFI_TEST_TECHNICIAN);

  technician_id = g_strdup (console->user->id);
}

int
main (int   argc,
      char *argv[])
{
  static Case cases[RFI_N_OPERATION_KINDS * RFI_N_FAULTS * 2];
  guint n_cases = 0;
  int result;

  g_test_init (&argc, &argv, NULL);

  for (guint plain = 0; plain < 2; plain++)
    for (guint kind = 0; kind < RFI_N_OPERATION_KINDS; kind++)
      for (guint fault = 0; fault < RFI_N_FAULTS; fault++)
        {
          Case *c = &cases[n_cases++];
          g_autofree char *path = g_strdup_printf (
            "/sync/faults/%s/%s/%s", plain ? "plain" : "ours",
            rfi_operation_kind_to_string ((RfiOperationKind) kind), fault_names[fault]);

          c->kind = (RfiOperationKind) kind;
          c->fault = (RfiFault) fault;
          c->plain = plain != 0;
          g_test_add_data_func (path, c, test_fault);
        }

  server = rfi_test_server_new (NULL);
  find_technician ();
  result = g_test_run ();
  g_free (technician_id);
  rfi_test_server_free (server);
  return result;
}
