/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

/* What a person did without a connection, against what happened on the server meanwhile, at the
 * moment when it is pulled and nothing has been sent yet. The job's title is "Leak" at first; the
 * server's change makes it "Flood".
 */
typedef enum {
  UNCHANGED,
  CHANGED,
  DELETED,
} Server;

typedef struct
{
  const char *deed;
  Server      server;
  const char *jobs;       /* what is shown then */
  const char *outbox;
  guint       n_conflicts;
} Cell;

static const Cell cells[] = {
  { "add", UNCHANGED, "n New/pending/queued", "op-1:create@n", 0 },
  { "add+edit", UNCHANGED, "n Newer/pending/queued", "op-1:create@n, op-2:edit@n", 0 },
  { "add+status", UNCHANGED, "n New/cancelled/queued", "op-1:create@n, op-2:status@n", 0 },
  { "add+photo", UNCHANGED, "n New/pending/queued", "op-1:create@n, op-2:add-photo@n", 0 },
  { "add+discard", UNCHANGED, "", "", 0 },

  { "nothing", UNCHANGED, "a Leak/assigned/confirmed", "", 0 },
  { "nothing", CHANGED, "a Flood/assigned/confirmed", "", 0 },
  { "nothing", DELETED, "", "", 0 },

  { "edit", UNCHANGED, "a Big leak/assigned/queued", "op-1:edit@a", 0 },
  { "edit", CHANGED, "a Big leak/assigned/queued", "op-1:edit@a", 0 },
  { "edit", DELETED, "", "op-1:edit@a#", 1 },

  { "edit+edit", UNCHANGED, "a Huge leak/assigned/queued", "op-1:edit@a, op-2:edit@a", 0 },
  { "edit+edit", CHANGED, "a Huge leak/assigned/queued", "op-1:edit@a, op-2:edit@a", 0 },
  { "edit+edit", DELETED, "", "op-1:edit@a#, op-2:edit@a", 1 },

  { "edit+delete", UNCHANGED, "", "op-1:edit@a, op-2:delete@a", 0 },
  { "edit+delete", CHANGED, "", "op-1:edit@a, op-2:delete@a", 0 },
  { "edit+delete", DELETED, "", "", 0 },

  { "edit+discard", UNCHANGED, "a Leak/assigned/confirmed", "", 0 },
  { "edit+discard", CHANGED, "a Flood/assigned/confirmed", "", 0 },
  { "edit+discard", DELETED, "", "", 0 },

  { "delete", UNCHANGED, "", "op-1:delete@a", 0 },
  { "delete", CHANGED, "", "op-1:delete@a", 0 },
  { "delete", DELETED, "", "", 0 },

  { "status", UNCHANGED, "a Leak/in-progress/queued", "op-1:status@a", 0 },
  { "status", CHANGED, "a Flood/in-progress/queued", "op-1:status@a", 0 },
  { "status", DELETED, "", "op-1:status@a#", 1 },

  { "status+edit", UNCHANGED, "a Big leak/in-progress/queued", "op-1:status@a, op-2:edit@a", 0 },
  { "status+edit", CHANGED, "a Big leak/in-progress/queued", "op-1:status@a, op-2:edit@a", 0 },
  { "status+edit", DELETED, "", "op-1:status@a#, op-2:edit@a", 1 },

  { "photo", UNCHANGED, "a Leak/assigned/queued", "op-1:add-photo@a", 0 },
  { "photo", CHANGED, "a Flood/assigned/queued", "op-1:add-photo@a", 0 },
  { "photo", DELETED, "", "op-1:add-photo@a#", 1 },

  { "rejected", UNCHANGED, "a Big leak/assigned/failed", "op-1:edit@a!", 0 },
  { "rejected", CHANGED, "a Big leak/assigned/failed", "op-1:edit@a!", 0 },
  { "rejected", DELETED, "", "op-1:edit@a#", 1 },
};

static void
add_first (StoreFixture *fixture,
           const char   *deed)
{
  if (g_str_has_prefix (deed, "add"))
    store_enqueue (fixture, store_create ("op-1", "n", "New"));
  else if (g_str_has_prefix (deed, "edit") || g_str_equal (deed, "rejected"))
    store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  else if (g_str_has_prefix (deed, "status"))
    store_enqueue (fixture, store_step ("op-1", "a", RFI_STATUS_ASSIGNED, RFI_STATUS_IN_PROGRESS));
  else if (g_str_equal (deed, "delete"))
    store_enqueue (fixture, store_plain ("op-1", RFI_OPERATION_DELETE, "a"));
  else if (g_str_equal (deed, "photo"))
    store_enqueue (fixture, store_plain ("op-1", RFI_OPERATION_ADD_PHOTO, "a"));
}

static void
add_second (StoreFixture *fixture,
            const char   *deed)
{
  if (g_str_equal (deed, "add+edit"))
    store_enqueue (fixture, store_edit ("op-2", "n", "New", "Newer"));
  else if (g_str_equal (deed, "add+status"))
    store_enqueue (fixture, store_step ("op-2", "n", RFI_STATUS_PENDING, RFI_STATUS_CANCELLED));
  else if (g_str_equal (deed, "add+photo"))
    store_enqueue (fixture, store_plain ("op-2", RFI_OPERATION_ADD_PHOTO, "n"));
  else if (g_str_equal (deed, "edit+edit"))
    store_enqueue (fixture, store_edit ("op-2", "a", "Big leak", "Huge leak"));
  else if (g_str_equal (deed, "status+edit"))
    store_enqueue (fixture, store_edit ("op-2", "a", "Leak", "Big leak"));
  else if (g_str_equal (deed, "edit+delete"))
    store_enqueue (fixture, store_plain ("op-2", RFI_OPERATION_DELETE, "a"));
  else if (g_str_has_suffix (deed, "discard"))
    store_run (fixture, rfi_store_discard_async, "op-1", (gint64) 2500);
  else if (g_str_equal (deed, "rejected"))
    store_run (fixture, rfi_store_reject_async, "op-1", "INVALID", "No");
}

static void
pull (StoreFixture *fixture,
      Server        server)
{
  g_autoptr(RfiJob) same = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) changed = store_job ("a", "Flood", "\"2\"", 3000);
  RfiJob *rows[] = { [UNCHANGED] = same, [CHANGED] = changed, [DELETED] = NULL };

  store_apply (fixture, RFI_PULL_LISTING, 2, rows[server], NULL);
  store_run (fixture, rfi_store_finish_listing_async, (gint64) 2, (gint64) 5000);
}

static void
test_cell (StoreFixture  *fixture,
           gconstpointer  data)
{
  const Cell *cell = data;
  g_autoptr(RfiJob) row = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(GPtrArray) conflicts = NULL;

  if (!g_str_has_prefix (cell->deed, "add"))
    store_apply (fixture, RFI_PULL_LISTING, 1, row, NULL);
  add_first (fixture, cell->deed);
  add_second (fixture, cell->deed);
  if (!g_str_has_prefix (cell->deed, "add"))
    pull (fixture, cell->server);

  /* The same before and after a restart. */
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&conflicts, g_ptr_array_unref);
      conflicts = store_list_conflicts (fixture);
      store_assert (store_show_jobs (fixture), cell->jobs);
      store_assert (store_show_outbox (fixture), cell->outbox);
      g_assert_cmpuint (conflicts->len, ==, cell->n_conflicts);
      store_fixture_close (fixture);
      store_fixture_open (fixture);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const char *const servers[] = { "unchanged", "changed", "deleted" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/offline/%s/%s", cells[i].deed, servers[cells[i].server]);

      store_test_add (path, &cells[i], test_cell);
    }

  return g_test_run ();
}
