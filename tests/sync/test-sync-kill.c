/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-deed.h"

#include <signal.h>
#include <stdlib.h>

/* A console is killed while an operation is queued, on its way, done but not answered, or just
 * answered. Another process opens what it left on disk: the operation happens exactly once. An
 * argument names the one of three servers to be tested. */

static RfiTestServer *server;
static char *technician_id;
static const char *program;

typedef enum {
  KILL_QUEUED,      /* the server cannot be reached */
  KILL_UNDER_WAY,   /* the request left, the server never saw it */
  KILL_UNANSWERED,  /* the server did it, the answer is held */
  KILL_ANSWERED,    /* nothing is held: somewhere between the answer and what follows */
  N_KILLS
} Kill;

static const char *const kill_names[N_KILLS] = { "queued", "under-way", "unanswered", "answered" };

typedef enum {
  OURS,
  PLAIN,
  SYNC_V1,
  N_WAYS
} Way;

static const char *const way_names[N_WAYS] = { "ours", "plain", "v1" };

#define SEED 5

typedef struct
{
  RfiOperationKind kind;
  Kill             kill;
  Way              way;
} Case;

/* What carries the operation. */
static const char *
get_method (const Case *c)
{
  gboolean photo = c->kind == RFI_OPERATION_ADD_PHOTO || c->kind == RFI_OPERATION_DELETE_PHOTO;

  return c->way == SYNC_V1 && !photo ? "POST" : rfi_test_deed_get_method (c->kind);
}

static const char *
get_path (const Case *c)
{
  gboolean photo = c->kind == RFI_OPERATION_ADD_PHOTO || c->kind == RFI_OPERATION_DELETE_PHOTO;

  return c->way == SYNC_V1 && !photo ? "/api/v1/sync/push" : rfi_test_deed_get_path (c->kind);
}

/* The process to be killed: does one deed and runs until it is. */

static G_NORETURN void
be_victim (char **arguments)
{
  RfiTestConsole *console = rfi_test_console_new_in (arguments[0], arguments[1], arguments[2],
                                                     RFI_TEST_ADMIN);
  RfiTestDeed deed = {
    .kind = (RfiOperationKind) atoi (arguments[3]),
    .title = arguments[4],
    .technician_id = arguments[5],
    .job_id = *arguments[6] != '\0' ? arguments[6] : NULL,
    .photo_id = *arguments[7] != '\0' ? arguments[7] : NULL,
  };

  if (g_str_equal (arguments[8], way_names[SYNC_V1]))
    rfi_test_console_use_seed (console, SEED);
  rfi_sync_engine_start (console->engine);
  rfi_operation_unref (rfi_test_deed_do (&deed, console));
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static GSubprocess *
spawn_victim (const Case     *c,
              RfiTestDeed    *deed,
              const char     *dir,
              RfiFaultProxy  *proxy)
{
  g_autofree char *kind = g_strdup_printf ("%d", (int) c->kind);
  g_autoptr(GError) error = NULL;
  GSubprocess *victim;

  victim = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--victim", dir,
                             rfi_test_server_get_url (server), rfi_fault_proxy_get_url (proxy),
                             kind, deed->title, deed->technician_id,
                             deed->job_id != NULL ? deed->job_id : "",
                             deed->photo_id != NULL ? deed->photo_id : "", way_names[c->way],
                             NULL);
  g_assert_no_error (error);
  return victim;
}

static gboolean
is_in_outbox (RfiTestConsole *reader)
{
  g_autoptr(GPtrArray) outbox = rfi_test_console_list_outbox (reader);

  return outbox->len == 1;
}

/* Waits for the moment. */
static void
wait_for_moment (const Case     *c,
                 RfiTestDeed    *deed,
                 RfiFaultProxy  *proxy,
                 RfiTestConsole *oracle)
{
  const char *method = get_method (c);
  const char *path = get_path (c);

  switch (c->kill)
    {
    case KILL_QUEUED:
      rfi_test_wait (rfi_fault_proxy_count (proxy, method, path) >= 2);
      break;
    case KILL_UNDER_WAY:
      rfi_test_wait (rfi_fault_proxy_count (proxy, method, path) >= 1);
      break;
    case KILL_UNANSWERED:
    case KILL_ANSWERED:
    case N_KILLS:
    default:
      rfi_test_wait (rfi_test_deed_is_done (deed, oracle));
      break;
    }
}

static void
set_fault (const Case    *c,
           RfiFaultProxy *proxy)
{
  const char *method = get_method (c);
  const char *path = get_path (c);

  /* Real time would bring a new job past the answer that is held, and settle its operation. */
  rfi_fault_proxy_clear (proxy);
  rfi_fault_proxy_add (proxy, RFI_FAULT_STATUS_500, "POST", "*negotiate*", 0, G_MAXUINT);
  if (c->kill == KILL_QUEUED)
    rfi_fault_proxy_add (proxy, RFI_FAULT_DROP_REQUEST, method, path, 0, G_MAXUINT);
  else if (c->kill == KILL_UNDER_WAY)
    rfi_fault_proxy_add (proxy, RFI_FAULT_HALF_OPEN, method, path, 0, G_MAXUINT);
  else if (c->kill == KILL_UNANSWERED)
    rfi_fault_proxy_add (proxy, RFI_FAULT_DELAY, method, path, 0, G_MAXUINT);
}

static void
test_kill (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(RfiFaultProxy) proxy = rfi_fault_proxy_new (rfi_test_server_get_url (server));
  g_autoptr(RfiFaultProxy) clean = rfi_fault_proxy_new (rfi_test_server_get_url (server));
  g_autofree char *title = g_strdup_printf ("%s %s %d", rfi_operation_kind_to_string (c->kind),
                                            kill_names[c->kill], (int) c->way);
  g_auto(RfiTestDeed) deed = { .kind = c->kind, .title = title, .technician_id = technician_id };
  g_autoptr(RfiTestConsole) oracle = NULL;
  g_autoptr(RfiTestConsole) heir = NULL;
  g_autoptr(GSubprocess) victim = NULL;
  g_autofree char *dir = g_dir_make_tmp ("rfi-victim-XXXXXX", NULL);

  rfi_fault_proxy_set_plain (proxy, c->way == PLAIN);
  rfi_fault_proxy_set_plain (clean, c->way == PLAIN);
  oracle = rfi_test_console_new (rfi_test_server_get_url (server),
                                 rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  {
    /* What the victim finds: a store that has pulled before. */
    g_autoptr(RfiTestConsole) first = rfi_test_console_new_in (dir,
                                                               rfi_test_server_get_url (server),
                                                               rfi_fault_proxy_get_url (clean),
                                                               RFI_TEST_ADMIN);

    first->keep_dir = TRUE;
    if (c->way == SYNC_V1)
      rfi_test_console_use_seed (first, SEED);
    rfi_test_deed_prepare (&deed, first);
  }

  set_fault (c, proxy);
  victim = spawn_victim (c, &deed, dir, proxy);
  wait_for_moment (c, &deed, proxy, oracle);
  g_subprocess_send_signal (victim, SIGKILL);
  g_subprocess_wait (victim, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (victim));

  heir = rfi_test_console_new_in (dir, rfi_test_server_get_url (server),
                                  rfi_fault_proxy_get_url (clean), RFI_TEST_ADMIN);
  if (c->way == SYNC_V1)
    rfi_test_console_use_seed (heir, SEED);
  if (c->kill != KILL_ANSWERED)
    g_assert_true (is_in_outbox (heir));
  rfi_test_console_start (heir);
  rfi_test_console_settle (heir);
  g_assert_cmpuint (rfi_sync_engine_get_state (heir->engine)->n_failed, ==, 0);
  g_assert_cmpuint (rfi_sync_engine_get_state (heir->engine)->n_conflicts, ==, 0);
  rfi_test_deed_assert (&deed, heir);
}

static void
add_cases (Way way)
{
  static Case cases[N_WAYS][RFI_N_CONTRACT_KINDS][N_KILLS];

  for (guint kind = 0; kind < RFI_N_CONTRACT_KINDS; kind++)
    for (guint kill = 0; kill < N_KILLS; kill++)
      {
        Case *c = &cases[way][kind][kill];
        g_autofree char *path = g_strdup_printf (
          "/sync/kill/%s/%s/%s", way_names[way],
          rfi_operation_kind_to_string ((RfiOperationKind) kind), kill_names[kill]);

        c->kind = (RfiOperationKind) kind;
        c->kill = (Kill) kill;
        c->way = way;
        g_test_add_data_func (path, c, test_kill);
      }
}

int
main (int   argc,
      char *argv[])
{
  RfiTestConsole *technician;
  int result;

  if (argc == 11 && g_str_equal (argv[1], "--victim"))
    be_victim (argv + 2);

  g_test_init (&argc, &argv, NULL);
  program = argv[0];

  for (guint way = 0; way < N_WAYS; way++)
    if (argc < 2 || g_str_equal (argv[1], way_names[way]))
      add_cases ((Way) way);

  server = rfi_test_server_new (NULL);
  technician = rfi_test_console_new (rfi_test_server_get_url (server),
                                     rfi_test_server_get_url (server), RFI_TEST_TECHNICIAN);
  technician_id = g_strdup (technician->user->id);
  rfi_test_console_free (technician);
  result = g_test_run ();
  g_free (technician_id);
  rfi_test_server_free (server);
  return result;
}
