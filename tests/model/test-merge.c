/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-merge.h"

static RfiPatch *
whole (const char *title,
       const char *status,
       const char *assigned_to)
{
  RfiPatch *patch = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    rfi_patch_set (patch, i, "same");
  rfi_patch_set (patch, RFI_FIELD_TITLE, title);
  rfi_patch_set (patch, RFI_FIELD_STATUS, status);
  rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, assigned_to);
  return patch;
}

static void
test_one_field (void)
{
  static const struct
  {
    const char     *base;
    const char     *mine;
    const char     *theirs;
    const char     *result;
    RfiMergeOutcome outcome;
  } rows[] = {
    { "a", NULL, "a", "a", RFI_MERGE_SAME },
    { "a", NULL, "b", "b", RFI_MERGE_THEIRS },
    { "a", "b", "a", "b", RFI_MERGE_MINE },
    { "a", "b", "b", "b", RFI_MERGE_SAME },
    { "a", "a", "b", "b", RFI_MERGE_THEIRS },
    { "a", "b", "c", "c", RFI_MERGE_COLLISION },
    { "a", "", "c", "c", RFI_MERGE_COLLISION },
    { "a", "", "a", "", RFI_MERGE_MINE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(RfiPatch) base = whole (rows[i].base, "pending", "");
      g_autoptr(RfiPatch) mine = rfi_patch_new ();
      g_autoptr(RfiPatch) theirs = whole (rows[i].theirs, "pending", "");
      g_autoptr(RfiPatch) result = NULL;
      RfiMergeOutcome outcomes[RFI_N_FIELDS];
      guint n_collisions = 99;

      rfi_patch_set (mine, RFI_FIELD_TITLE, rows[i].mine);
      result = rfi_merge (base, mine, theirs, outcomes, &n_collisions);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (outcomes[RFI_FIELD_TITLE], ==, rows[i].outcome);
      g_assert_cmpstr (rfi_patch_get (result, RFI_FIELD_TITLE), ==, rows[i].result);
      g_assert_cmpuint (n_collisions, ==, rows[i].outcome == RFI_MERGE_COLLISION ? 1 : 0);
    }
}

/* A step is merged only where it may be taken from what the server has now. */
static void
test_status (void)
{
  static const struct
  {
    const char     *base;
    const char     *mine;
    const char     *theirs;
    RfiMergeOutcome outcome;
  } rows[] = {
    { "assigned", "in-progress", "assigned", RFI_MERGE_MINE },
    { "assigned", "in-progress", "in-progress", RFI_MERGE_SAME },
    { "assigned", "in-progress", "cancelled", RFI_MERGE_COLLISION },
    { "assigned", "in-progress", "completed", RFI_MERGE_COLLISION },
    { "in-progress", "completed", "cancelled", RFI_MERGE_COLLISION },
    { "pending", "completed", "pending", RFI_MERGE_COLLISION },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(RfiPatch) base = whole ("t", rows[i].base, "x");
      g_autoptr(RfiPatch) mine = rfi_patch_new ();
      g_autoptr(RfiPatch) theirs = whole ("t", rows[i].theirs, "x");
      g_autoptr(RfiPatch) result = NULL;
      RfiMergeOutcome outcomes[RFI_N_FIELDS];
      guint n_collisions;

      rfi_patch_set (mine, RFI_FIELD_STATUS, rows[i].mine);
      result = rfi_merge (base, mine, theirs, outcomes, &n_collisions);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (outcomes[RFI_FIELD_STATUS], ==, rows[i].outcome);
      g_assert_cmpstr (rfi_patch_get (result, RFI_FIELD_STATUS), ==,
                       rows[i].outcome == RFI_MERGE_MINE ? rows[i].mine : rows[i].theirs);
    }
}

static const char *
any_value (void)
{
  static const char *const values[] = { "", "a", "b", "c" };

  return values[g_test_rand_int_range (0, G_N_ELEMENTS (values))];
}

/* Whatever is merged: no value is invented, no field of theirs is overwritten that they
 * changed, and what only one side changed is what that side says.
 */
static void
test_laws (void)
{
  for (int round = 0; round < 4000; round++)
    {
      g_autoptr(RfiPatch) base = rfi_patch_new ();
      g_autoptr(RfiPatch) mine = rfi_patch_new ();
      g_autoptr(RfiPatch) theirs = rfi_patch_new ();
      g_autoptr(RfiPatch) result = NULL;
      RfiMergeOutcome outcomes[RFI_N_FIELDS];
      guint n_collisions;
      guint counted = 0;

      for (guint i = 0; i < RFI_N_FIELDS; i++)
        {
          rfi_patch_set (base, i, any_value ());
          rfi_patch_set (theirs, i, any_value ());
          if (g_test_rand_bit ())
            rfi_patch_set (mine, i, any_value ());
        }
      result = rfi_merge (base, mine, theirs, outcomes, &n_collisions);

      for (guint i = 0; i < RFI_N_FIELDS; i++)
        {
          const char *b = rfi_patch_get (base, i);
          const char *m = rfi_patch_get (mine, i);
          const char *t = rfi_patch_get (theirs, i);
          const char *r = rfi_patch_get (result, i);

          g_assert_true (g_strcmp0 (r, t) == 0 || g_strcmp0 (r, m) == 0);
          if (g_strcmp0 (b, t) != 0)
            g_assert_cmpstr (r, ==, t);
          if (m == NULL || g_strcmp0 (m, b) == 0)
            g_assert_cmpstr (r, ==, t);
          else if (g_strcmp0 (b, t) == 0 && rfi_field_get_rule (i) == RFI_MERGE_THREE_WAY)
            g_assert_cmpstr (r, ==, m);
          if (outcomes[i] == RFI_MERGE_COLLISION)
            counted++;
        }
      g_assert_cmpuint (counted, ==, n_collisions);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/merge/one-field", test_one_field);
  g_test_add_func ("/merge/status", test_status);
  g_test_add_func ("/merge/laws", test_laws);

  return g_test_run ();
}
