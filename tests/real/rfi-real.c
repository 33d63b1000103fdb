/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-real"

#include "config.h"

#include "rfi-random.h"
#include "rfi-real-check.h"
#include "rfi-real-console.h"
#include "rfi-real-process.h"
#include "rfi-remote.h"
#include "rfi-soup-transport.h"
#include "rfi-test-answer.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Consoles and a server as processes of their own, over real sockets and files, each killed at
 * whatever it is at and started again on what it left. Nothing that a person was told is safe may
 * be lost, and nothing may happen twice.
 *
 *    rfi-real --real [ROUNDS] [--seed S]    as many rounds as wanted: ./dev sim --real
 *    rfi-real                               as a test
 *    rfi-real --console …                   the process that is killed
 */

#define N_CONSOLES      3
#define N_FRESH         N_CONSOLES
#define TEST_ROUNDS     200
#define DEFAULT_ROUNDS  1000
/* So often everybody is given the time to finish, and the books are checked. */
#define CALM            25
/* µs until a kill, at most: from within the start to long after everything is sent. */
#define MAX_WAIT        60000

typedef struct
{
  const char     *program;
  char           *dir;
  RfiRandom      *random;
  guint64         seed;
  guint           n_rounds;
  RfiTestServer  *server;
  RfiRealAccount  accounts[N_CONSOLES];
  RfiRealProcess *consoles[N_CONSOLES];
  GHashTable     *kills;       /* what it was at → how often */
  guint           n_console_kills;
  guint           n_server_kills;
} Real;

/* What is said last, whichever way a run fails. */
static char repeat[256];

static void
aborted (int signal_number)
{
  gssize n = write (STDERR_FILENO, repeat, strlen (repeat));

  signal (signal_number, SIG_DFL);
  raise (n >= 0 ? signal_number : SIGKILL);
}

static guint
pick (Real  *real,
      guint  end)
{
  return (guint) rfi_random_range (real->random, end);
}

static gboolean
over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets the others run, and hears what they say. */
static void
pass (guint us)
{
  g_autoptr(GSource) source = g_timeout_source_new (0);
  gboolean over = FALSE;

  g_source_set_ready_time (source, g_get_monotonic_time () + us);
  g_source_set_callback (source, over_cb, &over, NULL);
  g_source_attach (source, NULL);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* What people do, and how often of a hundred times. */
static const struct {
  const char *verb;
  guint       weight;
} deeds[] = {
  { "edit", 44 }, { "create", 14 }, { "status", 13 }, { "assign", 8 },
  { "delete", 4 }, { "resolve", 10 }, { "discard", 7 },
};

static void
act (Real *real)
{
  guint chance = pick (real, 100);
  guint i = 0;

  while (chance >= deeds[i].weight)
    chance -= deeds[i++].weight;
  rfi_real_process_tell (real->consoles[pick (real, N_CONSOLES)], deeds[i].verb,
                         pick (real, G_MAXINT));
}

static void
note_kill (Real       *real,
           const char *who,
           const char *at)
{
  char *what = g_strdup_printf ("%s, %s", who, at);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (real->kills, what));

  g_hash_table_insert (real->kills, what, GUINT_TO_POINTER (n + 1));
}

static void
kill_console (Real  *real,
              guint  number)
{
  g_autofree char *at = rfi_real_process_kill (real->consoles[number]);

  note_kill (real, "console", at);
  real->n_console_kills++;
}

static void
kill_server (Real *real)
{
  const char *at = "idle";

  for (guint i = 0; i < N_CONSOLES; i++)
    if (real->consoles[i]->process != NULL &&
        (g_str_equal (real->consoles[i]->at, "sending") ||
         g_str_equal (real->consoles[i]->at, "pulling")))
      at = real->consoles[i]->at;

  rfi_test_server_kill (real->server);
  note_kill (real, "server", at);
  real->n_server_kills++;
}

static void
round_of_kill (Real *real)
{
  guint number = pick (real, N_CONSOLES);
  guint chance = pick (real, 10);
  gboolean server = chance < 4;
  gboolean console = chance >= 3;

  for (guint i = pick (real, 6); i > 0; i--)
    act (real);
  pass (pick (real, MAX_WAIT));

  if (console)
    kill_console (real, number);
  if (server)
    kill_server (real);
  if (console)
    {
      rfi_real_process_check_file (real->consoles[number]);
      rfi_real_process_start (real->consoles[number], real->program);
    }
  if (server)
    {
      /* People do not notice at once. */
      if (pick (real, 2) == 0)
        act (real);
      pass (pick (real, MAX_WAIT) / 2);
      rfi_test_server_start (real->server);
    }

  for (guint i = 0; i < N_CONSOLES; i++)
    rfi_real_process_tell (real->consoles[i], "sync", 0);
}

static void
settle_all (Real *real)
{
  for (guint i = 0; i < N_CONSOLES; i++)
    rfi_real_process_ask (real->consoles[i], "settle", 0);
}

static void
check_ledgers (Real         *real,
               RfiRealCount *total)
{
  RfiRealCount counts = { 0 };

  for (guint i = 0; i < N_CONSOLES; i++)
    rfi_real_check_ledger (rfi_test_server_get_data_dir (real->server), real->consoles[i]->dir,
                           real->accounts[i].user->id, &counts);
  *total = counts;
}

/* One person after the other decides everything that is open. */
static void
resolve_all (Real *real)
{
  for (guint i = 0; i < N_CONSOLES; i++)
    while (g_str_equal (rfi_real_process_ask (real->consoles[i], "resolve",
                                              pick (real, G_MAXINT)), "done resolve") ||
           g_str_equal (rfi_real_process_ask (real->consoles[i], "clear", 0), "done clear"))
      rfi_real_process_ask (real->consoles[i], "settle", 0);
}

/* Somebody who was never here before sees the same. */
static void
check_against_fresh (Real *real)
{
  for (guint i = 0; i < N_FRESH; i++)
    {
      g_autofree char *name = g_strdup_printf ("fresh-%u", i);
      g_autofree char *dir = g_build_filename (real->dir, name, NULL);
      RfiRealProcess *fresh = rfi_real_process_new (real->program, dir, real->consoles[i]->url,
                                                    &real->accounts[i],
                                                    real->consoles[i]->technician_id, 100 + i);

      rfi_real_process_ask (fresh, "settle", 0);
      rfi_real_process_ask (fresh, "hash", 0);
      rfi_real_process_ask (real->consoles[i], "hash", 0);
      g_assert_true (g_str_has_prefix (fresh->answer, "hash "));
      if (!g_str_equal (fresh->answer, real->consoles[i]->answer))
        g_error ("Console %u has other rows than one that is new", i);
      rfi_real_process_free (fresh);
    }
}

static void
check_files (Real *real)
{
  const char *server_dir = rfi_test_server_get_data_dir (real->server);

  rfi_real_check_server (server_dir);
  for (guint i = 0; i < N_CONSOLES; i++)
    {
      const RfiUser *user = real->accounts[i].user;
      g_autofree char *where =
        user->role == RFI_ROLE_ADMIN ? g_strdup ("1")
        : user->role == RFI_ROLE_DISPATCHER
          ? g_strdup_printf ("vendor_id = '%s'", user->vendor_id)
          : g_strdup_printf ("assigned_to = '%s'", user->id);

      rfi_real_process_check_file (real->consoles[i]);
      rfi_real_check_store (server_dir, real->consoles[i]->dir, where);
    }
}

static void
sign_in (Real       *real,
         guint       number,
         const char *email,
         const char *password)
{
  g_autoptr(RfiTransport) transport =
    rfi_soup_transport_new (rfi_test_server_get_url (real->server));
  g_autoptr(RfiRemote) remote = rfi_remote_new (transport);
  RfiRealAccount *account = &real->accounts[number];
  WAIT_FOR (rfi_remote_login_async (remote, email, password, NULL, keep_result_cb, &answer));

  account->user = rfi_remote_login_finish (remote, answer, &account->token, &error);
  g_assert_no_error (error);
}

static void
set_up (Real *real)
{
  static const char *const options[] = { "--sample=small", "--rate=0", "--quiet", NULL };
  g_autoptr(GError) error = NULL;

  real->random = rfi_random_new_seed (real->seed);
  real->kills = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  real->dir = g_dir_make_tmp ("rfi-real-XXXXXX", &error);
  g_assert_no_error (error);
  real->server = rfi_test_server_new (options);
  g_snprintf (repeat, sizeof repeat,
              "\nFailed with seed %" G_GUINT64_FORMAT "; again: ./dev sim --real %u --seed %"
              G_GUINT64_FORMAT "\nWhat the consoles left is in %s, the server's in %s\n",
              real->seed, real->n_rounds, real->seed, real->dir,
              rfi_test_server_get_data_dir (real->server));
  signal (SIGABRT, aborted);
  signal (SIGTRAP, aborted);

  sign_in (real, 0, RFI_TEST_ADMIN);
  sign_in (real, 1, RFI_TEST_DISPATCHER);
  sign_in (real, 2, RFI_TEST_TECHNICIAN);
  for (guint i = 0; i < N_CONSOLES; i++)
    {
      g_autofree char *name = g_strdup_printf ("console-%u", i);
      g_autofree char *dir = g_build_filename (real->dir, name, NULL);

      real->consoles[i] = rfi_real_process_new (real->program, dir,
                                                rfi_test_server_get_url (real->server),
                                                &real->accounts[i], real->accounts[2].user->id,
                                                i + 1);
    }
}

static void
print_kills (Real *real)
{
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (real->kills),
                                        (GCompareFunc) strcmp);

  for (GList *name = names; name != NULL; name = name->next)
    g_print ("#   %-20s %5u\n", (const char *) name->data,
             GPOINTER_TO_UINT (g_hash_table_lookup (real->kills, name->data)));
}

static void
print_counts (Real               *real,
              const RfiRealCount *counts,
              guint               n_open)
{
  guint64 n_sent = 0;
  guint64 n_known = 0;

  for (guint i = 0; i < N_CONSOLES; i++)
    {
      n_sent += real->consoles[i]->sum_sent;
      n_known += real->consoles[i]->sum_known;
    }

  g_print ("# seed %" G_GUINT64_FORMAT ": %u rounds, killed a console %u times, the server %u "
           "times, each at\n", real->seed, real->n_rounds, real->n_console_kills,
           real->n_server_kills);
  print_kills (real);
  g_print ("# intents %u: applied %u, conflicts that people settled %u (open before the end %u), "
           "rejected %u, discarded %u; lost 0, done twice 0\n", counts->n_intents,
           counts->n_applied, counts->n_settled, n_open, counts->n_rejected, counts->n_discarded);
  g_print ("# tries to send at least %" G_GUINT64_FORMAT ", duplicates that the server "
           "recognised at least %" G_GUINT64_FORMAT "\n", n_sent, n_known);
}

static void
tear_down (Real *real)
{
  static const char *const command[] = { "rm", "-rf", NULL };
  const char *argv[] = { command[0], command[1], real->dir, NULL };

  for (guint i = 0; i < N_CONSOLES; i++)
    {
      rfi_real_process_free (real->consoles[i]);
      rfi_user_unref (real->accounts[i].user);
      g_free (real->accounts[i].token);
    }
  rfi_test_server_free (real->server);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_hash_table_unref (real->kills);
  g_object_unref (real->random);
  g_free (real->dir);
}

static void
run (Real *real)
{
  RfiRealCount counts;
  guint n_open;

  set_up (real);
  for (guint i = 1; i <= real->n_rounds; i++)
    {
      round_of_kill (real);
      if (i % CALM == 0)
        {
          settle_all (real);
          check_ledgers (real, &counts);
        }
    }

  settle_all (real);
  check_ledgers (real, &counts);
  n_open = counts.n_conflicts;
  resolve_all (real);
  settle_all (real);
  check_ledgers (real, &counts);
  g_assert_cmpuint (counts.n_conflicts + counts.n_held, ==, 0);
  check_against_fresh (real);
  for (guint i = 0; i < N_CONSOLES; i++)
    rfi_real_process_end (real->consoles[i]);
  g_assert_cmpint (rfi_test_server_terminate (real->server), ==, 0);
  check_files (real);
  print_counts (real, &counts, n_open);
  tear_down (real);
}

static void
test_kills (gconstpointer data)
{
  Real real = { .program = data, .seed = g_test_rand_int (), .n_rounds = TEST_ROUNDS };

  run (&real);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 2 + RFI_REAL_N_ARGUMENTS && g_str_equal (argv[1], "--console"))
    return rfi_real_console_run (argv + 2);

  if (argc > 1 && g_str_equal (argv[1], "--real"))
    {
      Real real = { .program = argv[0], .n_rounds = DEFAULT_ROUNDS,
                    .seed = (guint64) g_get_real_time () };

      for (int i = 2; i < argc; i++)
        if (g_str_equal (argv[i], "--seed") && i + 1 < argc)
          real.seed = g_ascii_strtoull (argv[++i], NULL, 10);
        else
          real.n_rounds = (guint) strtoul (argv[i], NULL, 10);
      run (&real);
      return 0;
    }

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/real/killed-at-random", argv[0], test_kills);
  return g_test_run ();
}
