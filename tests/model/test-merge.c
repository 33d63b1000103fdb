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

/* What each rule makes of a field that both sides changed. */
static void
test_rules (void)
{
  static const char one[] = "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1}]";
  static const char two[] = "[{\"id\":\"b\",\"name\":\"Belt\",\"quantity\":1}]";
  static const char both[] = "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1},"
                             "{\"id\":\"b\",\"name\":\"Belt\",\"quantity\":1}]";
  static const char more[] = "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":3}]";
  static const struct
  {
    RfiField        field;
    const char     *base;
    const char     *mine;
    const char     *theirs;
    const char     *result;
    RfiMergeOutcome outcome;
  } rows[] = {
    { RFI_FIELD_SCHEDULED_START, "a", "b", "c", "c", RFI_MERGE_OVERRULED },
    { RFI_FIELD_SCHEDULED_START, "a", "b", "a", "b", RFI_MERGE_MINE },
    { RFI_FIELD_SCHEDULED_START, "a", "", "c", "c", RFI_MERGE_OVERRULED },
    { RFI_FIELD_ESTIMATED_MINUTES, "", "30", "60", "60", RFI_MERGE_OVERRULED },
    { RFI_FIELD_SKILLS, "a", "b", "c", "c", RFI_MERGE_COLLISION },
    { RFI_FIELD_COMPLETION_NOTES, "a", "b", "c", "c", RFI_MERGE_COLLISION },
    { RFI_FIELD_COMPLETION_NOTES, "a", "b", "b", "b", RFI_MERGE_SAME },
    { RFI_FIELD_COMPLETION_NOTES, "a", "b", "a", "b", RFI_MERGE_MINE },
    { RFI_FIELD_PARTS, "", one, two, both, RFI_MERGE_BOTH },
    { RFI_FIELD_PARTS, both, one, two, "", RFI_MERGE_BOTH },
    { RFI_FIELD_PARTS, "", one, more, more, RFI_MERGE_COLLISION },
    { RFI_FIELD_PARTS, one, "", more, more, RFI_MERGE_COLLISION },
    { RFI_FIELD_PARTS, one, both, one, both, RFI_MERGE_MINE },
    { RFI_FIELD_PARTS, "", one, "broken", "broken", RFI_MERGE_COLLISION },
    { RFI_FIELD_PARTS, NULL, one, two, two, RFI_MERGE_COLLISION },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(RfiPatch) base = rfi_patch_new ();
      g_autoptr(RfiPatch) mine = rfi_patch_new ();
      g_autoptr(RfiPatch) theirs = whole ("t", "pending", "");
      g_autoptr(RfiPatch) result = NULL;
      RfiMergeOutcome outcomes[RFI_N_FIELDS];
      guint n_collisions;

      rfi_patch_set (base, rows[i].field, rows[i].base);
      rfi_patch_set (mine, rows[i].field, rows[i].mine);
      rfi_patch_set (theirs, rows[i].field, rows[i].theirs);
      result = rfi_merge (base, mine, theirs, outcomes, &n_collisions);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (outcomes[rows[i].field], ==, rows[i].outcome);
      g_assert_cmpstr (rfi_patch_get (result, rows[i].field), ==, rows[i].result);
      g_assert_cmpuint (n_collisions, ==, rows[i].outcome == RFI_MERGE_COLLISION ? 1 : 0);
    }
}

/* One that is good for @field. */
static const char *
any_good_value (RfiField field)
{
  static const char *const statuses[] = { "pending", "assigned", "in-progress", "completed" };
  static const char *const lists[] = {
    "",
    "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1}]",
    "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":2}]",
    "[{\"id\":\"b\",\"name\":\"Fan\",\"quantity\":1}]",
    "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1},"
    "{\"id\":\"b\",\"name\":\"Fan\",\"quantity\":1}]",
  };

  if (field == RFI_FIELD_STATUS)
    return statuses[g_test_rand_int_range (0, G_N_ELEMENTS (statuses))];
  if (field == RFI_FIELD_PARTS)
    return lists[g_test_rand_int_range (0, G_N_ELEMENTS (lists))];

  return any_value ();
}

static RfiPatch *
any_job (void)
{
  RfiPatch *job = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    rfi_patch_set (job, i, any_good_value (i));
  return job;
}

/* Of the fields with an odd number, or of those with an even one: the two never meet. */
static RfiPatch *
any_change (gboolean odd)
{
  RfiPatch *change = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (i % 2 == (odd ? 1u : 0u) && g_test_rand_bit ())
      rfi_patch_set (change, i, any_good_value (i));

  return change;
}

/* Nothing was done to it: the result is theirs. Nothing was done to theirs: it is mine, but for a
 * step that is not legal.
 */
static void
test_identity (void)
{
  for (int round = 0; round < 1000; round++)
    {
      g_autoptr(RfiPatch) base = any_job ();
      g_autoptr(RfiPatch) other = any_job ();
      g_autoptr(RfiPatch) nothing = rfi_patch_new ();
      g_autoptr(RfiPatch) theirs = NULL;
      g_autoptr(RfiPatch) mine = NULL;
      RfiMergeOutcome outcomes[RFI_N_FIELDS];
      guint n_collisions;

      theirs = rfi_merge (base, nothing, other, outcomes, &n_collisions);
      g_assert_true (rfi_patch_equal (theirs, other));
      g_assert_cmpuint (n_collisions, ==, 0);

      mine = rfi_merge (base, other, base, outcomes, &n_collisions);
      if (n_collisions == 0)
        g_assert_true (rfi_patch_equal (mine, other));
      else
        g_assert_cmpint (outcomes[RFI_FIELD_STATUS], ==, RFI_MERGE_COLLISION);
      g_assert_cmpuint (n_collisions, <=, 1);
    }
}

/* What was merged once is there already when it comes again. */
static void
test_idempotence (void)
{
  guint n_merged = 0;

  for (int round = 0; round < 4000; round++)
    {
      g_autoptr(RfiPatch) base = any_job ();
      g_autoptr(RfiPatch) theirs = rfi_patch_copy (base);
      g_autoptr(RfiPatch) mine = any_change (g_test_rand_bit ());
      g_autoptr(RfiPatch) once = NULL;
      g_autoptr(RfiPatch) twice = NULL;
      RfiMergeOutcome outcomes[RFI_N_FIELDS];
      guint n_collisions;

      for (guint i = 0; i < RFI_N_FIELDS; i++)
        if (g_test_rand_int_range (0, 4) == 0)
          rfi_patch_set (theirs, i, any_good_value (i));

      once = rfi_merge (base, mine, theirs, outcomes, &n_collisions);
      if (n_collisions > 0)
        continue;

      n_merged++;
      twice = rfi_merge (base, mine, once, outcomes, &n_collisions);
      g_assert_cmpuint (n_collisions, ==, 0);
      g_assert_true (rfi_patch_equal (once, twice));
    }

  g_assert_cmpuint (n_merged, >, 100);
}

/* Changes of different fields may come in any order. */
static void
test_disjoint (void)
{
  for (int round = 0; round < 1000; round++)
    {
      g_autoptr(RfiPatch) base = any_job ();
      g_autoptr(RfiPatch) odd = any_change (TRUE);
      g_autoptr(RfiPatch) even = any_change (FALSE);
      RfiPatch *changes[] = { odd, even };
      RfiPatch *results[2];

      for (guint first = 0; first < 2; first++)
        {
          g_autoptr(RfiPatch) between = NULL;
          RfiMergeOutcome outcomes[RFI_N_FIELDS];
          guint n_collisions;

          between = rfi_merge (base, changes[first], base, outcomes, &n_collisions);
          results[first] = rfi_merge (base, changes[1 - first], between, outcomes, &n_collisions);
        }
      g_assert_true (rfi_patch_equal (results[0], results[1]));
      rfi_patch_unref (results[0]);
      rfi_patch_unref (results[1]);
    }
}

/* What a side set is in the result, or somebody is told that it is not. */
static void
test_nothing_disappears (void)
{
  for (int round = 0; round < 4000; round++)
    {
      g_autoptr(RfiPatch) base = any_job ();
      g_autoptr(RfiPatch) mine = any_job ();
      g_autoptr(RfiPatch) theirs = any_job ();
      g_autoptr(RfiPatch) result = NULL;
      RfiMergeOutcome outcomes[RFI_N_FIELDS];
      guint n_collisions;

      result = rfi_merge (base, mine, theirs, outcomes, &n_collisions);
      for (guint i = 0; i < RFI_N_FIELDS; i++)
        {
          const char *b = rfi_patch_get (base, i);
          const char *m = rfi_patch_get (mine, i);
          const char *t = rfi_patch_get (theirs, i);
          const char *r = rfi_patch_get (result, i);
          gboolean told = outcomes[i] == RFI_MERGE_COLLISION || outcomes[i] == RFI_MERGE_OVERRULED;

          if (g_strcmp0 (m, b) != 0 && g_strcmp0 (r, m) != 0)
            g_assert_true (told || outcomes[i] == RFI_MERGE_BOTH);
          if (g_strcmp0 (t, b) != 0 && g_strcmp0 (r, t) != 0)
            g_assert_cmpint (outcomes[i], ==, RFI_MERGE_BOTH);
        }
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
  g_test_add_func ("/merge/rules", test_rules);
  g_test_add_func ("/merge/identity", test_identity);
  g_test_add_func ("/merge/idempotence", test_idempotence);
  g_test_add_func ("/merge/disjoint", test_disjoint);
  g_test_add_func ("/merge/nothing-disappears", test_nothing_disappears);

  return g_test_run ();
}
