/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-filter.h"
#include "rfi-job-item.h"
#include "rfi-job-sheet.h"
#include "rfi-job-table.h"

#include "rfi-random.h"
#include "rfi-test-model.h"
#include "rfi-test-wait.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  RfiJobTable  *table;   /* (owned) */
  RfiJobFilter *filter;  /* (owned) */
  RfiJobSheet  *sheet;   /* (owned) */
  RfiTestModel *probe;   /* (owned) */
} Fixture;

static char *
get_name (gpointer item)
{
  return g_strdup (rfi_job_item_get_id (item));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->table = rfi_job_table_new ();
  fixture->filter = rfi_job_filter_new ();
  fixture->sheet = rfi_job_sheet_new (fixture->table, fixture->filter);
  fixture->probe = rfi_test_model_new (G_LIST_MODEL (fixture->sheet), get_name);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  rfi_test_model_free (fixture->probe);
  g_assert_finalize_object (fixture->sheet);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->table);
}

#define assert_content(fixture, expected) \
  rfi_test_model_assert_content ((fixture)->probe, (expected))
#define assert_changes(fixture, expected) \
  rfi_test_model_assert_changes ((fixture)->probe, (expected))

/* "id city title photos": "a Waco Leak 3"; "-" is nothing. */
static RfiJobState *
parse_state (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", 4);
  const char *values[RFI_N_EXTRA_FIELDS] = { NULL, };
  RfiJob template = {
    .id = words[0],
    .city = strcmp (words[1], "-") == 0 ? "" : words[1],
    .title = words[2],
    .n_photos = (guint16) g_ascii_strtoull (words[3], NULL, 10),
    .created_at = words[0][0],
    .priority = g_ascii_isupper (words[2][0]) ? RFI_PRIORITY_URGENT : RFI_PRIORITY_LOW,
  };
  g_autoptr(RfiJob) job = NULL;
  RfiJobState *state;

  values[RFI_FIELD_HOLD_UNTIL - RFI_N_CONTRACT_FIELDS] =
    words[0][0] < 'c' ? "2026-11-21T08:12:22.988Z" : NULL;
  template.extra = rfi_job_extra_new (values);
  job = rfi_job_new (&template);
  state = rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
  g_clear_pointer (&template.extra, rfi_job_extra_unref);
  return state;
}

/* @removed: (nullable): an id */
static void
apply (Fixture    *fixture,
       const char *upserted,
       const char *removed)
{
  g_auto(GStrv) texts = g_strsplit (upserted, "; ", -1);
  g_autoptr(GPtrArray) gone = g_ptr_array_new ();
  g_autoptr(GPtrArray) states = NULL;

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; texts[i] != NULL && *texts[i] != '\0'; i++)
    g_ptr_array_add (states, parse_state (texts[i]));
  if (removed != NULL)
    g_ptr_array_add (gone, (gpointer) removed);
  rfi_job_table_apply (fixture->table, states, gone, FALSE);
}

static void
sort_by (Fixture *fixture,
         guint    n_keys,
         ...)
{
  RfiJobSorter sorter = { .n_keys = n_keys };
  va_list args;

  va_start (args, n_keys);
  for (guint i = 0; i < n_keys; i++)
    {
      int column = va_arg (args, int);

      sorter.keys[i].column = (RfiJobColumn) ABS (column);
      sorter.keys[i].descending = column < 0;
    }
  va_end (args);
  rfi_job_sheet_set_sorter (fixture->sheet, &sorter);
}

static void
test_sorts (Fixture       *fixture,
            gconstpointer  unused)
{
  apply (fixture, "d Waco leak 1; b Austin Door 2; a - leak 0; c Waco leak 3; e Austin door 1",
         NULL);
  assert_content (fixture, "d b a c e");
  assert_changes (fixture, "0+5");

  /* What is empty stands last, up and down. */
  sort_by (fixture, 1, RFI_JOB_COLUMN_CITY);
  assert_content (fixture, "b e d c a");
  assert_changes (fixture, "0-5+5");
  sort_by (fixture, 1, -RFI_JOB_COLUMN_CITY);
  assert_content (fixture, "d c b e a");
  assert_changes (fixture, "0-5+5");
  sort_by (fixture, 1, RFI_JOB_COLUMN_PHOTOS);
  assert_content (fixture, "d e b c a");
  sort_by (fixture, 1, -RFI_JOB_COLUMN_PHOTOS);
  assert_content (fixture, "c b d e a");
  sort_by (fixture, 2, RFI_JOB_COLUMN_HOLD_UNTIL, RFI_JOB_COLUMN_ID);
  assert_content (fixture, "a b c d e");
  sort_by (fixture, 2, -RFI_JOB_COLUMN_HOLD_UNTIL, -RFI_JOB_COLUMN_ID);
  assert_content (fixture, "b a e d c");

  /* Several: each decides where those before it do not. */
  sort_by (fixture, 3, RFI_JOB_COLUMN_CITY, RFI_JOB_COLUMN_TITLE, -RFI_JOB_COLUMN_PHOTOS);
  assert_content (fixture, "b e c d a");
  sort_by (fixture, 2, RFI_JOB_COLUMN_CREATED, RFI_JOB_COLUMN_CITY);
  assert_content (fixture, "a b c d e");
  rfi_test_model_ignore_changes (fixture->probe);

  /* As it is already: nothing is told. */
  sort_by (fixture, 1, RFI_JOB_COLUMN_ID);
  assert_changes (fixture, "");
  sort_by (fixture, 0);
  assert_content (fixture, "d b a c e");
  rfi_test_model_ignore_changes (fixture->probe);
}

static void
test_one_change (Fixture       *fixture,
                 gconstpointer  unused)
{
  sort_by (fixture, 2, RFI_JOB_COLUMN_CITY, -RFI_JOB_COLUMN_PHOTOS);
  apply (fixture, "a Austin x 9; b Austin x 5; c Dallas x 3; d Waco x 2; e Waco x 1", NULL);
  assert_content (fixture, "a b c d e");
  assert_changes (fixture, "0+5");

  /* What does not decide moves nothing. */
  apply (fixture, "c Dallas y 3", NULL);
  assert_changes (fixture, "");

  /* By the second key, by the first, in and out. */
  apply (fixture, "b Austin x 11", NULL);
  assert_content (fixture, "b a c d e");
  assert_changes (fixture, "0-2+2");
  apply (fixture, "a Zwolle x 9", NULL);
  assert_content (fixture, "b c d e a");
  assert_changes (fixture, "1-4+4");
  apply (fixture, "f Dallas x 1", NULL);
  assert_content (fixture, "b c f d e a");
  assert_changes (fixture, "2+1");
  apply (fixture, "", "c");
  assert_content (fixture, "b f d e a");
  assert_changes (fixture, "1-1");

  /* Many at once: what is apart is told apart. */
  apply (fixture, "g Austin x 1; h Austin x 2; i Zwolle x 1; j Zwolle x 2; k Zwolle x 3", NULL);
  assert_content (fixture, "b h g f d e a k j i");
  assert_changes (fixture, "1+2 7+3");
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  unused)
{
  guint n_hidden;
  guint position;

  sort_by (fixture, 1, -RFI_JOB_COLUMN_ID);
  apply (fixture, "a Waco leak 1; b Austin Door 1; c Austin Leak 1; d Waco door 1", NULL);
  assert_content (fixture, "d c b a");
  rfi_test_model_ignore_changes (fixture->probe);

  rfi_job_filter_set_text (fixture->filter, "leak");
  assert_content (fixture, "c a");
  assert_changes (fixture, "0-4+2");
  g_object_get (fixture->sheet, "n-hidden", &n_hidden, NULL);
  g_assert_cmpuint (n_hidden, ==, 2);
  g_assert_false (rfi_job_sheet_find (fixture->sheet, "b", &position));
  g_assert_true (rfi_job_sheet_find (fixture->sheet, "a", &position));
  g_assert_cmpuint (position, ==, 1);

  /* A change brings one in and puts one out. */
  apply (fixture, "b Austin Leak 1", NULL);
  assert_content (fixture, "c b a");
  assert_changes (fixture, "1+1");
  apply (fixture, "c Austin Hinge 1", NULL);
  assert_content (fixture, "b a");
  assert_changes (fixture, "0-1");

  rfi_job_filter_clear (fixture->filter);
  assert_content (fixture, "d c b a");
  assert_changes (fixture, "0-2+4");
}

/* In words: the order that _rfi_job_sorter_sort_async() has to come to, found differently. */

#define N_IDS 3000

static RfiJobState *
make_random_state (RfiRandom *random,
                   guint      number)
{
  static const char *const titles[] = { "Leak", "leak", "Äther", "Ofen", "Öfen", "Zange" };
  static const char *const people[] = { NULL, "u1", "u2", "u3" };
  static const char *const names[] = { NULL, "Sara", "Ähmed", "Kim" };
  g_autofree char *id = g_strdup_printf ("job-%u", number);
  guint person = (guint) rfi_random_range (random, G_N_ELEMENTS (people));
  g_autoptr(RfiJob) job = NULL;
  RfiJob template = {
    .id = id,
    .title = titles[rfi_random_range (random, G_N_ELEMENTS (titles))],
    .city = rfi_random_range (random, 2) == 0 ? "" : "Waco",
    .assigned_to = people[person],
    .assigned_to_name = names[person],
    .priority = (RfiPriority) rfi_random_range (random, RFI_N_PRIORITIES),
    .status = (RfiStatus) rfi_random_range (random, RFI_N_STATUSES),
    .created_at = (gint64) rfi_random_range (random, 50),
    .n_photos = (guint16) rfi_random_range (random, 3),
    .version = (gint64) rfi_random_range (random, 3),
  };

  job = rfi_job_new (&template);
  return rfi_job_state_new (job, (RfiMark) rfi_random_range (random, 5), 0);
}

static void
apply_random (Fixture   *fixture,
              RfiRandom *random,
              guint      n_changes)
{
  g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) upserted = NULL;

  upserted = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; i < n_changes; i++)
    {
      guint number = (guint) rfi_random_range (random, N_IDS);

      if (rfi_random_range (random, 5) == 0)
        g_ptr_array_add (removed, g_strdup_printf ("job-%u", number));
      else
        g_ptr_array_add (upserted, make_random_state (random, number));
    }
  rfi_job_table_apply (fixture->table, upserted, removed, FALSE);
}

static RfiJobSorter
make_random_sorter (RfiRandom *random)
{
  static const RfiJobColumn columns[] = {
    RFI_JOB_COLUMN_PRIORITY, RFI_JOB_COLUMN_STATUS,  RFI_JOB_COLUMN_TITLE, RFI_JOB_COLUMN_CITY,
    RFI_JOB_COLUMN_CREATED,  RFI_JOB_COLUMN_PHOTOS,  RFI_JOB_COLUMN_MARK,  RFI_JOB_COLUMN_ID,
    RFI_JOB_COLUMN_VERSION,  RFI_JOB_COLUMN_TECHNICIAN,
  };
  RfiJobSorter sorter = { .n_keys = (guint) rfi_random_range (random, RFI_MAX_SORT_KEYS + 1) };

  for (guint i = 0; i < sorter.n_keys; i++)
    {
      sorter.keys[i].column = columns[rfi_random_range (random, G_N_ELEMENTS (columns))];
      sorter.keys[i].descending = rfi_random_range (random, 2) == 1;
    }
  return sorter;
}

/* What a person sees in the cell, as something that compares by itself. */
static int
compare_cells (RfiJobTable         *table,
               const RfiJobSortKey *key,
               RfiJobState         *a,
               RfiJobState         *b)
{
  int order;

  if (rfi_job_column_get_kind (key->column) == RFI_COLUMN_TEXT)
    {
      const char *one = rfi_job_column_get_text (key->column, table, a);
      const char *other = rfi_job_column_get_text (key->column, table, b);
      g_autofree char *one_key = g_utf8_collate_key (one, -1);
      g_autofree char *other_key = g_utf8_collate_key (other, -1);

      if (*one == '\0' || *other == '\0')
        return (*one == '\0') - (*other == '\0');
      order = strcmp (one_key, other_key);
      if (order == 0)
        order = strcmp (one, other);
    }
  else
    {
      gint64 one = rfi_job_column_get_number (key->column, a);
      gint64 other = rfi_job_column_get_number (key->column, b);

      order = (one > other) - (one < other);
      if (one == RFI_JOB_COLUMN_EMPTY || other == RFI_JOB_COLUMN_EMPTY)
        return order;
    }
  return key->descending ? -order : order;
}

static void
assert_sorted (Fixture            *fixture,
               const RfiJobSorter *sorter)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture->sheet));

  for (guint i = 1; i < n_items; i++)
    {
      RfiJobState *before = rfi_job_sheet_peek (fixture->sheet, i - 1);
      RfiJobState *after = rfi_job_sheet_peek (fixture->sheet, i);
      int order = 0;

      for (guint k = 0; k < sorter->n_keys && order == 0; k++)
        order = compare_cells (fixture->table, &sorter->keys[k], before, after);
      g_assert_cmpint (order, <=, 0);
    }
}

static void
count_cb (RfiJobState *state,
          gpointer     user_data)
{
  Fixture *fixture = user_data;
  guint position;
  gboolean found = rfi_job_sheet_find (fixture->sheet, state->work->id, &position);

  g_assert_cmpint (found, ==, rfi_job_filter_matches (fixture->filter, state));
  if (found)
    g_assert_true (rfi_job_sheet_peek (fixture->sheet, position) == state);
}

static void
check_all (Fixture            *fixture,
           const RfiJobSorter *sorter)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture->sheet));

  g_assert_cmpuint (n_items + rfi_job_sheet_get_n_hidden (fixture->sheet), ==,
                    rfi_job_table_get_n_jobs (fixture->table));
  assert_sorted (fixture, sorter);
  rfi_job_table_foreach (fixture->table, count_cb, fixture);
}

/* Thousands are sorted beside the main loop, and change all the time. */
static void
test_random (Fixture       *fixture,
             gconstpointer  seed)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (GPOINTER_TO_UINT (seed));
  RfiJobSorter sorter = { .n_keys = 0 };
  guint n_sorted_aside = 0;

  apply_random (fixture, random, 4 * N_IDS);
  for (guint step = 0; step < 40; step++)
    {
      sorter = make_random_sorter (random);
      rfi_job_sheet_set_sorter (fixture->sheet, &sorter);
      n_sorted_aside += rfi_job_sheet_get_sorting (fixture->sheet);
      for (guint i = (guint) rfi_random_range (random, 4); i > 0; i--)
        {
          apply_random (fixture, random, 1 + (guint) rfi_random_range (random, 60));
          g_main_context_iteration (NULL, FALSE);
        }
      if (rfi_random_range (random, 4) == 0)
        rfi_job_filter_set_text (fixture->filter, step % 2 == 0 ? "leak" : "");
      if (rfi_random_range (random, 4) == 0)
        continue;

      rfi_test_wait (!rfi_job_sheet_get_sorting (fixture->sheet));
      rfi_test_settle ();
      check_all (fixture, &sorter);
      apply_random (fixture, random, 1 + (guint) rfi_random_range (random, 8));
      check_all (fixture, &sorter);
    }

  g_assert_cmpuint (n_sorted_aside, >, 10);
  rfi_test_wait (!rfi_job_sheet_get_sorting (fixture->sheet));
  rfi_test_model_ignore_changes (fixture->probe);
}

static void
test_ends_while_sorting (void)
{
  Fixture fixture;
  g_autoptr(RfiRandom) random = rfi_random_new_seed (7);

  for (guint n_turns = 0; n_turns < 4; n_turns++)
    {
      set_up (&fixture, NULL);
      apply_random (&fixture, random, 2 * N_IDS);
      sort_by (&fixture, 1, RFI_JOB_COLUMN_ID);
      g_assert_true (rfi_job_sheet_get_sorting (fixture.sheet));
      for (guint i = 0; i < n_turns; i++)
        g_main_context_iteration (NULL, FALSE);
      rfi_test_model_ignore_changes (fixture.probe);
      rfi_test_model_free (fixture.probe);
      g_object_run_dispose (G_OBJECT (fixture.sheet));
      g_object_add_weak_pointer (G_OBJECT (fixture.sheet), (gpointer *) &fixture.sheet);
      g_object_unref (fixture.sheet);
      rfi_test_wait (fixture.sheet == NULL);
      g_assert_finalize_object (fixture.filter);
      rfi_test_settle ();
      g_assert_finalize_object (fixture.table);
    }
}

static void
test_column_names (void)
{
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    {
      const char *name = rfi_job_column_to_string ((RfiJobColumn) i);
      RfiJobColumn column;

      g_assert_true (rfi_job_column_from_string (name, &column));
      g_assert_cmpuint (column, ==, i);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/job-sheet/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("sorts", test_sorts);
  ADD ("one-change", test_one_change);
  ADD ("filter", test_filter);
#undef ADD
  g_test_add_func ("/job-sheet/ends-while-sorting", test_ends_while_sorting);
  g_test_add_func ("/job-sheet/column-names", test_column_names);
  for (guint seed = 1; seed <= 3; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/job-sheet/random/%u", seed);

      g_test_add (path, Fixture, GUINT_TO_POINTER (seed), set_up, test_random, tear_down);
    }

  return g_test_run ();
}
