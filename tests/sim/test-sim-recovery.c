/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-sim-recovery"

#include "config.h"

#include "rfi-sim-console.h"
#include "rfi-sim-interpose.h"
#include "rfi-sim-memory.h"
#include "rfi-sim-runner.h"
#include "rfi-sim-vfs.h"

#include <string.h>

/* A console whose file is damaged, and the power fails at each call of its disk while it recovers:
 * what can be saved is there in the end, and so is the damaged file. */

#define N_CHANGES 3
#define PAGE 1024

/* Sanitized it takes many times as long, and other calls find no other memory. */
#ifdef __SANITIZE_ADDRESS__
#define STEP 5
#else
#define STEP 1
#endif

static gboolean
handle (gpointer      server,
        guint         who,
        RfiRequest   *request,
        RfiSimAnswer *answer)
{
  return FALSE;
}

static gboolean
accept_socket (gpointer   server,
               guint      who,
               RfiSocket *socket)
{
  return FALSE;
}

static const RfiSimServerSide nobody = { .handle = handle, .accept = accept_socket };

typedef struct
{
  RfiRandom     *random;
  RfiSimTime    *time;
  RfiSimNet     *net;
  RfiUser       *user;
  RfiSimConsole *console;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  const RfiSimFaults none = { 0 };
  RfiUser user = {
    .id = (char *) "user", .email = (char *) "u@example.com", .display_name = (char *) "U",
    .role = RFI_ROLE_ADMIN,
  };

  f->random = rfi_random_new_seed (1);
  f->time = rfi_sim_time_new (2);
  rfi_sim_interpose (f->random, rfi_sim_time_watch (f->time));
  rfi_sim_vfs_set (f->random, rfi_sim_time_watch (f->time));
  f->net = rfi_sim_net_new (f->time, &none, 3, 1, &nobody, NULL);
  f->user = rfi_user_new (&user);
  f->console = rfi_sim_console_new (f->time, f->net, 0, f->user, "token", 5);
  f->console->offline = TRUE;
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  rfi_sim_console_free (f->console);
  rfi_user_unref (f->user);
  while (rfi_sim_time_next (f->time) != G_MAXINT64)
    rfi_sim_time_step (f->time);
  rfi_sim_net_free (f->net);
  rfi_sim_vfs_set (NULL, NULL);
  rfi_sim_interpose (NULL, NULL);
  rfi_sim_time_free (f->time);
  g_object_unref (f->random);
}

static void
type (Fixture *f,
      guint    number)
{
  g_autofree char *id = g_strdup_printf ("00000000-0000-4000-8000-00000000000%u", number);
  g_autofree char *job_id = g_strdup_printf ("00000000-0000-4000-8000-0000000000a%u", number);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiOperation) operation = NULL;
  RfiOperation template = {
    .id = id, .job_id = job_id, .kind = RFI_OPERATION_CREATE, .user_id = f->user->id,
    .vendor_id = (char *) "vendor", .patch = patch,
  };

  rfi_patch_set (patch, RFI_FIELD_TITLE, "New");
  operation = rfi_operation_new (&template);
  g_assert_true (rfi_sim_console_enqueue (f->console, operation, NULL));
}

static guint
count_changes (Fixture *f)
{
  g_autoptr(GPtrArray) outbox = rfi_sim_console_outbox (f->console, NULL);

  return outbox != NULL ? outbox->len : 0;
}

/* Whether it went down at @crash_at, 0 = never; then it is started once more. */
static gboolean
start_damaged (Fixture   *f,
               GPtrArray *copy,
               guint      page,
               gint64     crash_at)
{
  RfiSimDisk *disk = f->console->disk;
  gboolean fell;

  rfi_sim_disk_restore (disk, copy);
  rfi_sim_file_wipe (rfi_sim_disk_find (disk, "c0/" RFI_SIM_CONSOLE_PATH), page * PAGE, PAGE);
  disk->n_calls = 0;
  disk->counted = RFI_SIM_CALL_ALL & ~RFI_SIM_CALL_READ;
  disk->crash_at = crash_at;
  f->console->damaged = FALSE;
  fell = !rfi_sim_console_start (f->console, NULL) || disk->dead;
  if (fell)
    {
      rfi_sim_console_crash (f->console);
      g_assert_true (rfi_sim_console_start (f->console, NULL));
    }
  return fell;
}

/* One whose loss is noticed and takes nothing with it. */
static guint
find_page (Fixture   *f,
           GPtrArray *copy)
{
  guint n = rfi_sim_disk_find (f->console->disk, "c0/" RFI_SIM_CONSOLE_PATH)->bytes->len / PAGE;

  for (guint page = 1; page < n; page++)
    {
      gboolean good;

      start_damaged (f, copy, page, 0);
      good = f->console->damaged && count_changes (f) == N_CHANGES;
      rfi_sim_console_crash (f->console);
      rfi_sim_disk_start (f->console->disk);
      if (good)
        return page;
    }

  g_assert_not_reached ();
}

static gboolean
has_file (Fixture    *f,
          const char *mark)
{
  for (guint i = 0; i < f->console->disk->files->len; i++)
    if (strstr (((RfiSimFile *) g_ptr_array_index (f->console->disk->files, i))->path,
                mark) != NULL)
      return TRUE;

  return FALSE;
}

static void
test_each_call (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(GPtrArray) copy = NULL;
  guint page;
  guint n = 0;
  gboolean fell = TRUE;

  g_assert_true (rfi_sim_console_start (f->console, NULL));
  for (guint i = 0; i < N_CHANGES; i++)
    type (f, i);
  rfi_sim_console_stop (f->console);
  rfi_sim_disk_make (f->console->disk, "c0/" RFI_SIM_CONSOLE_PATH ".suspect");
  copy = rfi_sim_disk_copy (f->console->disk);
  page = find_page (f, copy);
  for (gint64 call = 1; fell; call += STEP)
    {
      fell = start_damaged (f, copy, page, call);
      n += fell;
      g_assert_cmpuint (count_changes (f), ==, N_CHANGES);
      g_assert_true (has_file (f, ".damaged-"));
      rfi_sim_console_crash (f->console);
      rfi_sim_disk_start (f->console->disk);
    }
  g_test_message ("%u calls", n);
  g_assert_cmpuint (n, >, 10);
}

/* Who has no memory to read what is there has not seen that it is damaged. */
static void
test_no_memory (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(GPtrArray) copy = NULL;
  guint n = 0;
  gboolean failed = TRUE;

  g_assert_true (rfi_sim_console_start (f->console, NULL));
  for (guint i = 0; i < N_CHANGES; i++)
    type (f, i);
  rfi_sim_console_stop (f->console);
  copy = rfi_sim_disk_copy (f->console->disk);
  for (gint64 call = 1; failed; call += STEP)
    {
      gboolean up;

      rfi_sim_disk_restore (f->console->disk, copy);
      rfi_sim_memory_fail_at (RFI_SIM_OWNER_CONSOLES, call);
      up = rfi_sim_console_start (f->console, NULL);
      failed = rfi_sim_memory_failed ();
      rfi_sim_memory_fail_at (RFI_SIM_OWNER_CONSOLES, 0);
      n += !up;
      g_assert_false (has_file (f, ".suspect") || has_file (f, ".damaged-"));
      if (up)
        rfi_sim_console_stop (f->console);
    }
  g_test_message ("%u starts failed", n);
  g_assert_cmpuint (n, >, 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rfi_sim_runner_install ();

  g_test_add ("/sim-recovery/each-call", Fixture, NULL, set_up, test_each_call, tear_down);
  g_test_add ("/sim-recovery/no-memory", Fixture, NULL, set_up, test_no_memory, tear_down);

  return g_test_run ();
}
