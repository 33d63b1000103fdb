/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-deed.h"

/* Each kind of operation meets each fault, at a server of ours in both dialects and at one that
 * knows the bare contract: nothing is lost, nothing happens twice, and both sides agree in the end.
 * An argument names the one of the three to be tested; each waits most of the time, and they may do
 * so at once. */

static RfiTestServer *server;
static char *technician_id;

typedef enum {
  OURS,
  PLAIN,
  SYNC_V1,
  N_WAYS
} Way;

static const char *const way_names[N_WAYS] = { "ours", "plain", "v1" };

typedef struct
{
  RfiOperationKind  kind;
  RfiFault          fault;
  Way               way;
} Case;

static const char *const fault_names[RFI_N_FAULTS] = {
  "drop-request", "drop-reply", "delay",    "half-open", "status-500",
  "late-500",     "status-401", "status-429", "cut-body",  "portal",
};

/* A person signs in again; until then the operation waits and no try is burned. */
static void
sign_in_again (RfiTestConsole *console,
               gboolean        letters)
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
  /* In Sync v1 it does not matter, and stays. */
  g_assert_true (operation->maybe_applied == letters);
  rfi_sync_engine_set_token (console->engine, console->token);
}

static void
test_fault (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(RfiFaultProxy) proxy = rfi_fault_proxy_new (rfi_test_server_get_url (server));
  g_autoptr(RfiTestConsole) console = NULL;
  g_autofree char *title = g_strdup_printf ("%s %s %d", rfi_operation_kind_to_string (c->kind),
                                            fault_names[c->fault], (int) c->way);
  g_auto(RfiTestDeed) deed = { .kind = c->kind, .title = title, .technician_id = technician_id };
  g_autoptr(RfiOperation) operation = NULL;

  gboolean photo = c->kind == RFI_OPERATION_ADD_PHOTO || c->kind == RFI_OPERATION_DELETE_PHOTO;
  gboolean push = c->way == SYNC_V1 && !photo;

  rfi_fault_proxy_set_plain (proxy, c->way == PLAIN);
  console = rfi_test_console_new (rfi_test_server_get_url (server),
                                  rfi_fault_proxy_get_url (proxy), RFI_TEST_ADMIN);
  if (c->way == SYNC_V1)
    rfi_test_console_use_key (console);
  rfi_test_deed_prepare (&deed, console);
  g_assert_cmpint (rfi_sync_engine_get_state (console->engine)->dialect, ==,
                   c->way == SYNC_V1 ? RFI_DIALECT_SYNC_V1 : RFI_DIALECT_COMPATIBLE);

  rfi_fault_proxy_add (proxy, c->fault, push ? "POST" : rfi_test_deed_get_method (c->kind),
                       push ? "/api/v1/sync/push" : rfi_test_deed_get_path (c->kind), 0, 1);
  operation = rfi_test_deed_do (&deed, console);
  if (c->fault == RFI_FAULT_STATUS_401)
    sign_in_again (console, push);
  rfi_test_console_settle (console);
  rfi_fault_proxy_release (proxy);

  g_assert_cmpuint (rfi_fault_proxy_get_n_faults (proxy), ==, 1);
  g_assert_cmpuint (rfi_sync_engine_get_state (console->engine)->n_failed, ==, 0);
  g_assert_cmpuint (rfi_sync_engine_get_state (console->engine)->n_conflicts, ==, 0);
  rfi_test_deed_assert (&deed, console);
}

static void
find_technician (void)
{
  g_autoptr(RfiTestConsole) console = rfi_test_console_new (rfi_test_server_get_url (server),
                                                            rfi_test_server_get_url (server),
                                                            RFI_TEST_TECHNICIAN);

  technician_id = g_strdup (console->user->id);
}

static void
add_cases (Way way)
{
  static Case cases[N_WAYS][RFI_N_CONTRACT_KINDS][RFI_N_FAULTS];

  for (guint kind = 0; kind < RFI_N_CONTRACT_KINDS; kind++)
    for (guint fault = 0; fault < RFI_N_FAULTS; fault++)
      {
        Case *c = &cases[way][kind][fault];
        g_autofree char *path = g_strdup_printf (
          "/sync/faults/%s/%s/%s", way_names[way],
          rfi_operation_kind_to_string ((RfiOperationKind) kind), fault_names[fault]);

        c->kind = (RfiOperationKind) kind;
        c->fault = (RfiFault) fault;
        c->way = way;
        g_test_add_data_func (path, c, test_fault);
      }
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);

  for (guint way = 0; way < N_WAYS; way++)
    if (argc < 2 || g_str_equal (argv[1], way_names[way]))
      add_cases ((Way) way);

  server = rfi_test_server_new (NULL);
  find_technician ();
  result = g_test_run ();
  g_free (technician_id);
  rfi_test_server_free (server);
  return result;
}
