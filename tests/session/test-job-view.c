/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-filter.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-job-view.h"

#include "rfi-random.h"

#include <string.h>

#define OPEN (1u << RFI_STATUS_PENDING | 1u << RFI_STATUS_ASSIGNED | 1u << RFI_STATUS_IN_PROGRESS)
#define MINUTE G_GINT64_CONSTANT (60000)
#define ALL (OPEN | 1u << RFI_STATUS_COMPLETED | 1u << RFI_STATUS_CANCELLED)

/* A view, what it told, and a mirror that follows only what it told. */
typedef struct
{
  RfiJobTable  *table;    /* (owned) */
  RfiJobFilter *filter;   /* (owned) */
  RfiJobView   *view;     /* (owned) */
  GString      *changes;  /* (owned): "position-removed+added" per signal */
  GPtrArray    *mirror;   /* (owned) (element-type RfiJobItem) */
} Fixture;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->changes, "%s%u-%u+%u", fixture->changes->len > 0 ? ", " : "",
                          position, removed, added);

  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (fixture->mirror->len, ==, g_list_model_get_n_items (model));
}

static void
watch (Fixture *fixture,
       guint    statuses)
{
  fixture->view = rfi_job_view_new (fixture->table, fixture->filter, statuses);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->view)); i++)
    g_ptr_array_add (fixture->mirror, g_list_model_get_item (G_LIST_MODEL (fixture->view), i));
  g_signal_connect (fixture->view, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->table = rfi_job_table_new ();
  fixture->filter = rfi_job_filter_new ();
  fixture->changes = g_string_new (NULL);
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  watch (fixture, OPEN);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_ptr_array_unref (fixture->mirror);
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->table);
  g_string_free (fixture->changes, TRUE);
}

static RfiJobState *
make_state (const char *id,
            RfiPriority priority,
            RfiStatus   status,
            gint64      created_at,
            const char *title,
            const char *city)
{
  g_autoptr(RfiJob) job = NULL;
  RfiJob template = {
    .id = id,
    .title = title,
    .city = city,
    .priority = priority,
    .status = status,
    .created_at = created_at,
    .updated_at = created_at,
  };

  job = rfi_job_new (&template);
  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

/* "a" created at 1, "b" at 2 …; "A" is urgent, "a" is not; "a2" is in status 2. */
static RfiJobState *
parse_state (const char *text)
{
  char id[2] = { g_ascii_tolower (*text), '\0' };

  return make_state (id, g_ascii_isupper (*text) ? RFI_PRIORITY_URGENT : RFI_PRIORITY_LOW,
                     (RfiStatus) (text[1] != '\0' ? text[1] - '0' : 0), *id - 'a' + 1, id, "");
}

static void
apply (Fixture    *fixture,
       const char *upserted,
       const char *removed)
{
  g_auto(GStrv) up = g_strsplit (upserted, " ", -1);
  g_auto(GStrv) gone = g_strsplit (removed, " ", -1);
  g_autoptr(GPtrArray) states = NULL;
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; up[i] != NULL; i++)
    if (*up[i] != '\0')
      g_ptr_array_add (states, parse_state (up[i]));
  for (guint i = 0; gone[i] != NULL; i++)
    if (*gone[i] != '\0')
      g_ptr_array_add (ids, gone[i]);

  rfi_job_table_apply (fixture->table, states, ids, FALSE);
}

static char *
content_to_string (GListModel *model)
{
  GString *content = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(RfiJobItem) item = g_list_model_get_item (model, i);

      g_string_append_printf (content, "%s%s", i > 0 ? " " : "", rfi_job_item_get_id (item));
    }

  return g_string_free (content, FALSE);
}

#define assert_content(fixture, expected) G_STMT_START { \
  g_autofree char *content_ = content_to_string (G_LIST_MODEL ((fixture)->view)); \
  g_assert_cmpstr (content_, ==, (expected)); \
} G_STMT_END

#define assert_changes(fixture, expected) G_STMT_START { \
  g_assert_cmpstr ((fixture)->changes->str, ==, (expected)); \
  g_string_truncate ((fixture)->changes, 0); \
} G_STMT_END

static void
test_one_change (Fixture       *fixture,
                 gconstpointer  unused)
{
  apply (fixture, "a b c d e f", "");
  assert_content (fixture, "a b c d e f");
  assert_changes (fixture, "0-0+6");

  /* The same again is nothing. */
  apply (fixture, "a b c d e f", "");
  assert_changes (fixture, "");

  /* To the front, because it is urgent now, and back. */
  apply (fixture, "D", "");
  assert_content (fixture, "d a b c e f");
  assert_changes (fixture, "0-4+4");
  apply (fixture, "d", "");
  assert_content (fixture, "a b c d e f");
  assert_changes (fixture, "0-4+4");

  /* Another status of the same view: it does not move. */
  apply (fixture, "c1", "");
  assert_content (fixture, "a b c d e f");
  assert_changes (fixture, "");

  /* Completed: out of the view; and in again. */
  apply (fixture, "b3", "");
  assert_content (fixture, "a c d e f");
  assert_changes (fixture, "1-1+0");
  apply (fixture, "b2", "");
  assert_content (fixture, "a b c d e f");
  assert_changes (fixture, "1-0+1");

  apply (fixture, "", "e nobody");
  assert_content (fixture, "a b c d f");
  assert_changes (fixture, "4-1+0");
  g_assert_cmpuint (rfi_job_table_get_n_jobs (fixture->table), ==, 5);
}

static void
test_batches (Fixture       *fixture,
              gconstpointer  unused)
{
  apply (fixture, "a b c d e f g h i j k l m n o p q r s t u v w x y z", "");
  assert_changes (fixture, "0-0+26");

  /* Few: told one by one. */
  apply (fixture, "b3 y3", "n");
  assert_content (fixture, "a c d e f g h i j k l m o p q r s t u v w x z");
  assert_changes (fixture, "13-1+0, 1-1+0, 22-1+0");

  /* Many, close together: one range. */
  apply (fixture, "b y n", "c d e f g");
  assert_content (fixture, "a b h i j k l m n o p q r s t u v w x y z");
  assert_changes (fixture, "1-5+1, 8-0+1, 19-0+1");

  /* Many apart: each by itself. */
  apply (fixture, "i3 k3 m3 p3 s3 u3", "");
  assert_content (fixture, "a b h j l n o q r t v w x y z");
  assert_changes (fixture, "3-1+0, 4-1+0, 5-1+0, 7-1+0, 9-1+0, 10-1+0");

  /* What changed but stays where it is, is not told. */
  apply (fixture, "a1 b1 h1 j1 l1 n1", "");
  assert_changes (fixture, "");

  /* Too many: those with least between them go together. */
  apply (fixture, "i k m p s u", "");
  assert_content (fixture, "a b h i j k l m n o p q r s t u v w x y z");
  assert_changes (fixture, "3-0+1, 5-0+1, 7-0+1, 10-0+1, 13-0+1, 15-0+1");
  apply (fixture, "", "a h j l n p r t v x");
  assert_content (fixture, "b i k m o q s u w y z");
  assert_changes (fixture, "0-5+2, 3-1+0, 4-1+0, 5-1+0, 6-1+0, 7-1+0, 8-1+0, 9-1+0");
}

static void
test_summary (Fixture       *fixture,
              gconstpointer  unused)
{
  guint n_urgent;
  guint n_hidden;
  guint n_items;
  gint64 oldest;

  g_assert_cmpint (rfi_job_view_get_oldest (fixture->view), ==, 0);

  for (guint sort = RFI_JOB_SORT_URGENCY; sort <= RFI_JOB_SORT_SCHEDULE; sort++)
    {
      rfi_job_view_set_sort (fixture->view, (RfiJobSort) sort);
      g_assert_cmpuint (rfi_job_view_get_sort (fixture->view), ==, sort);

      apply (fixture, "b C d E3 f g H", "");
      g_object_get (fixture->view, "n-urgent", &n_urgent, "oldest", &oldest,
                    "n-hidden", &n_hidden, "n-items", &n_items, NULL);
      g_assert_cmpuint (n_urgent, ==, 2);
      g_assert_cmpint (oldest, ==, 2);
      g_assert_cmpuint (n_hidden, ==, 0);
      g_assert_cmpuint (n_items, ==, 6);

      apply (fixture, "", "b");
      g_assert_cmpint (rfi_job_view_get_oldest (fixture->view), ==, 3);
      apply (fixture, "C3", "");
      g_assert_cmpint (rfi_job_view_get_oldest (fixture->view), ==, 4);
      g_assert_cmpuint (rfi_job_view_get_n_urgent (fixture->view), ==, 1);

      rfi_job_filter_set_priorities (fixture->filter, 1u << RFI_PRIORITY_URGENT);
      g_assert_cmpint (rfi_job_view_get_oldest (fixture->view), ==, 8);
      g_assert_cmpuint (rfi_job_view_get_n_hidden (fixture->view), ==, 3);
      rfi_job_filter_clear (fixture->filter);
      g_assert_cmpint (rfi_job_view_get_oldest (fixture->view), ==, 4);

      apply (fixture, "", "c d e f g h");
      g_assert_cmpint (rfi_job_view_get_oldest (fixture->view), ==, 0);
      g_assert_cmpuint (rfi_job_view_get_n_urgent (fixture->view), ==, 0);
    }
}

/* @state: (transfer full) */
static RfiJobState *
plan (RfiJobState *state,
      const char  *start)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiJob) job = NULL;

  rfi_patch_set (patch, RFI_FIELD_SCHEDULED_START, start);
  job = rfi_job_apply (state->work, patch);
  rfi_job_state_unref (state);
  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

static void
test_sorts (Fixture       *fixture,
            gconstpointer  unused)
{
  static const struct {
    RfiJobSort  sort;
    const char *content;
  } cases[] = {
    { RFI_JOB_SORT_URGENCY, "d b c a" },
    { RFI_JOB_SORT_AGE, "a b c d" },
    { RFI_JOB_SORT_NEWEST, "d c b a" },
    { RFI_JOB_SORT_CITY, "b d a c" },
    { RFI_JOB_SORT_UPDATED, "d c b a" },
    { RFI_JOB_SORT_SCHEDULE, "d b a c" },
  };
  g_autoptr(GPtrArray) states = NULL;

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  g_ptr_array_add (states, make_state ("c", RFI_PRIORITY_MEDIUM, 0, 30 * MINUTE, "", "Dallas"));
  g_ptr_array_add (states, plan (make_state ("b", RFI_PRIORITY_HIGH, 0, 20 * MINUTE, "", "Austin"),
                                 "2026-05-02T08:00:00.000Z"));
  g_ptr_array_add (states, plan (make_state ("d", RFI_PRIORITY_URGENT, 0, 40 * MINUTE, "",
                                             "Austin"), "2026-05-01T08:00:00.000Z"));
  g_ptr_array_add (states, make_state ("a", RFI_PRIORITY_LOW, 0, 10 * MINUTE, "", "Dallas"));
  rfi_job_table_apply (fixture->table, states, NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint position;

      rfi_job_view_set_sort (fixture->view, cases[i].sort);
      assert_content (fixture, cases[i].content);

      for (guint k = 0; k < 4; k++)
        {
          g_autofree char *id = g_strndup (cases[i].content + 2 * k, 1);

          g_assert_true (rfi_job_view_find (fixture->view, id, &position));
          g_assert_cmpuint (position, ==, k);
        }
      g_assert_false (rfi_job_view_find (fixture->view, "x", &position));
    }
}

static void
test_filter_is_minimal (Fixture       *fixture,
                        gconstpointer  unused)
{
  apply (fixture, "a b C d e F g h", "");
  assert_content (fixture, "c f a b d e g h");
  assert_changes (fixture, "0-0+8");

  rfi_job_filter_set_priorities (fixture->filter, 1u << RFI_PRIORITY_URGENT);
  assert_content (fixture, "c f");
  assert_changes (fixture, "2-6+0");

  /* What comes while it is filtered, and what is hidden, is not told. */
  apply (fixture, "i J a1", "");
  assert_content (fixture, "c f j");
  assert_changes (fixture, "2-0+1");
  g_assert_cmpuint (rfi_job_view_get_n_hidden (fixture->view), ==, 7);

  rfi_job_filter_set_priorities (fixture->filter, 0);
  assert_content (fixture, "c f j a b d e g h i");
  assert_changes (fixture, "3-0+7");
}

static void
add_many (Fixture *fixture,
          guint    n_jobs)
{
  g_autoptr(GPtrArray) states = NULL;

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; i < n_jobs; i++)
    {
      g_autofree char *id = g_strdup_printf ("job-%04u", i);

      g_ptr_array_add (states, make_state (id, RFI_PRIORITY_LOW, RFI_STATUS_PENDING, i + 1,
                                           i % 3 == 0 ? "Freezer" : "Oven", "Dallas"));
    }
  rfi_job_table_apply (fixture->table, states, NULL, FALSE);
}

/* What a search replaces wholesale goes first and comes then, which spares GTK a look at all; but
 * its top is exchanged, so that the widgets there are used again. */
static void
test_wholesale (Fixture       *fixture,
                gconstpointer  unused)
{
  add_many (fixture, 900);
  assert_changes (fixture, "0-0+900");

  rfi_job_filter_set_text (fixture->filter, "freezer");
  assert_changes (fixture, "1-64+64, 65-835+0, 65-0+235");
  rfi_job_filter_set_text (fixture->filter, "oven");
  assert_changes (fixture, "0-64+64, 64-236+0, 64-0+536");
  rfi_job_filter_set_text (fixture->filter, "");
  assert_changes (fixture, "0-64+64, 64-534+0, 64-0+834");

  rfi_job_view_set_sort (fixture->view, RFI_JOB_SORT_NEWEST);
  assert_changes (fixture, "0-900+0, 0-0+900");
}

/* A search that turns much lets the loop turn between two views; whatever else happens then finds
 * all of them where the filter is. */
static void
test_one_view_a_turn (Fixture       *fixture,
                      gconstpointer  unused)
{
  g_autoptr(RfiJobView) other = rfi_job_view_new (fixture->table, fixture->filter, ALL);

  add_many (fixture, 3000);
  rfi_job_filter_set_text (fixture->filter, "freezer");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->view)), ==, 1000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 3000);
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 1000);
  g_assert_cmpuint (rfi_job_view_get_n_hidden (other), ==, 2000);

  rfi_job_filter_set_text (fixture->filter, "oven");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 1000);
  apply (fixture, "a", "job-0001");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 1999);

  rfi_job_filter_set_text (fixture->filter, "");
  rfi_job_view_set_sort (other, RFI_JOB_SORT_NEWEST);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 3000);

  /* Typed on before all have followed; and a view that goes meanwhile. */
  rfi_job_filter_set_text (fixture->filter, "freezer");
  rfi_job_filter_set_text (fixture->filter, "oven");
  g_clear_object (&other);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->view)), ==, 1999);
}

static void
count_cb (gpointer count)
{
  ++*(guint *) count;
}

static void
test_items (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr(RfiJobView) other = NULL;
  g_autoptr(RfiJobItem) item = NULL;
  g_autoptr(RfiJobItem) same = NULL;
  g_autoptr(GPtrArray) states = NULL;
  guint n_notified = 0;
  guint n_flashed = 0;
  guint n_renamed = 0;
  guint n_gone = 0;

  apply (fixture, "a b c", "");
  other = rfi_job_view_new (fixture->table, NULL, ALL);
  item = rfi_job_table_get_item (fixture->table, "b");
  same = g_list_model_get_item (G_LIST_MODEL (other), 1);
  g_assert_true (item == same);
  g_assert_true (item == g_ptr_array_index (fixture->mirror, 1));
  g_assert_null (rfi_job_table_get_item (fixture->table, "x"));

  g_signal_connect_swapped (item, "notify::state", G_CALLBACK (count_cb), &n_notified);
  g_signal_connect_swapped (item, "flash", G_CALLBACK (count_cb), &n_flashed);
  g_signal_connect_swapped (item, "notify::id", G_CALLBACK (count_cb), &n_renamed);
  g_signal_connect_swapped (item, "notify::gone", G_CALLBACK (count_cb), &n_gone);
  apply (fixture, "B", "");
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpuint (n_flashed, ==, 0);
  g_assert_cmpint (rfi_job_item_get_job (item)->priority, ==, RFI_PRIORITY_URGENT);

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  g_ptr_array_add (states, parse_state ("b"));
  rfi_job_table_apply (fixture->table, states, NULL, TRUE);
  g_assert_cmpuint (n_notified, ==, 2);
  g_assert_cmpuint (n_flashed, ==, 1);

  /* In flight, and renamed by the server meanwhile: still the same item. */
  rfi_job_table_set_sending (fixture->table, "b");
  g_assert_cmpint (rfi_job_item_get_mark (item), ==, RFI_MARK_SYNCING);
  g_assert_cmpuint (n_notified, ==, 3);
  rfi_job_table_rename (fixture->table, "b", "server-b");
  g_assert_cmpstr (rfi_job_item_get_id (item), ==, "server-b");
  g_assert_cmpint (rfi_job_item_get_mark (item), ==, RFI_MARK_SYNCING);
  g_assert_cmpuint (n_renamed, ==, 1);
  rfi_job_table_set_sending (fixture->table, NULL);
  g_assert_cmpint (rfi_job_item_get_mark (item), ==, RFI_MARK_CONFIRMED);
  g_assert_null (rfi_job_table_lookup (fixture->table, "b"));
  assert_content (fixture, "a server-b c");

  /* Gone from the table, the item is still readable. */
  g_assert_false (rfi_job_item_get_gone (item));
  apply (fixture, "", "server-b");
  g_assert_cmpuint (n_gone, ==, 1);
  g_assert_true (rfi_job_item_get_gone (item));
  g_assert_cmpstr (rfi_job_item_get_id (item), ==, "server-b");
  assert_content (fixture, "a c");
}

static void
test_rename_over_event (Fixture       *fixture,
                        gconstpointer  unused)
{
  g_autoptr(RfiJobItem) item = NULL;

  apply (fixture, "a b c", "");
  item = rfi_job_table_get_item (fixture->table, "a");
  rfi_job_table_rename (fixture->table, "a", "c");
  assert_content (fixture, "c b");
  g_assert_cmpuint (rfi_job_table_get_n_jobs (fixture->table), ==, 2);
  g_assert_cmpstr (rfi_job_item_get_id (item), ==, "c");
}

static void
test_count_open (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autoptr(GPtrArray) states = NULL;

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; i < 10; i++)
    {
      char id[] = { (char) ('a' + i), '\0' };
      RfiJob template = {
        .id = id,
        .status = (RfiStatus) (i % RFI_N_STATUSES),
        .assigned_to = i % RFI_N_STATUSES == 0 ? NULL : i < 5 ? "anna" : "berta",
      };
      g_autoptr(RfiJob) job = rfi_job_new (&template);

      g_ptr_array_add (states, rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0));
    }
  rfi_job_table_apply (fixture->table, states, NULL, FALSE);
  g_assert_cmpuint (rfi_job_table_count_open (fixture->table, "anna"), ==, 2);
  g_assert_cmpuint (rfi_job_table_count_open (fixture->table, "berta"), ==, 2);
  g_assert_cmpuint (rfi_job_table_count_open (fixture->table, "carl"), ==, 0);

  apply (fixture, "", "b h");
  g_assert_cmpuint (rfi_job_table_count_open (fixture->table, "anna"), ==, 1);
  g_assert_cmpuint (rfi_job_table_count_open (fixture->table, "berta"), ==, 1);
}

static void
count_naive_cb (RfiJobState *state,
                gpointer     counts)
{
  rfi_job_counts_add (counts, state, 1);
}

/* What is counted along is what counting all would say. */
static void
assert_counts (Fixture *fixture)
{
  RfiJobCounts counts = { 0 };

  rfi_job_table_foreach (fixture->table, count_naive_cb, &counts);
  g_assert_cmpmem (&counts, sizeof counts, rfi_job_table_get_counts (fixture->table),
                   sizeof counts);
  g_assert_cmpuint (counts.n_jobs, ==, rfi_job_table_get_n_jobs (fixture->table));
}

static void
test_counts (Fixture       *fixture,
             gconstpointer  unused)
{
  const RfiJobCounts *counts = rfi_job_table_get_counts (fixture->table);

  apply (fixture, "A b C2 d3 E3 f4", "");
  g_assert_cmpuint (counts->n_jobs, ==, 6);
  g_assert_cmpuint (counts->statuses[RFI_STATUS_COMPLETED], ==, 2);
  g_assert_cmpuint (counts->open_priorities[RFI_PRIORITY_URGENT], ==, 2);
  g_assert_cmpuint (counts->n_unassigned, ==, 3);
  g_assert_cmpuint (counts->marks[RFI_MARK_CONFIRMED], ==, 6);
  assert_counts (fixture);

  apply (fixture, "A3 B", "c f");
  rfi_job_table_rename (fixture->table, "a", "d");
  g_assert_cmpuint (counts->n_jobs, ==, 3);
  g_assert_cmpuint (counts->open_priorities[RFI_PRIORITY_URGENT], ==, 1);
  assert_counts (fixture);
}

/* Random batches, filters and sorts against the plainest model there is. */

#define N_IDS 60

static int
compare_naive (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const RfiJob *left = (*(RfiJobState *const *) a)->work;
  const RfiJob *right = (*(RfiJobState *const *) b)->work;
  RfiJobSort sort = (RfiJobSort) GPOINTER_TO_UINT (user_data);
  gint64 order = 0;

  if (sort == RFI_JOB_SORT_URGENCY)
    order = (int) right->priority - (int) left->priority;
  if (sort == RFI_JOB_SORT_CITY)
    order = strcmp (left->city, right->city);
  if (order == 0 && sort == RFI_JOB_SORT_NEWEST)
    order = right->created_at - left->created_at;
  if (order == 0 && sort == RFI_JOB_SORT_UPDATED)
    order = right->updated_at - left->updated_at;
  if (order == 0)
    order = left->created_at - right->created_at;

  return order < 0 ? -1 : order > 0;
}

static void
check_against_naive (Fixture    *fixture,
                     GHashTable *model,
                     guint       statuses)
{
  g_autoptr(GPtrArray) expected = g_ptr_array_new ();
  RfiJobSort sort = rfi_job_view_get_sort (fixture->view);
  GHashTableIter iter;
  gpointer state;
  guint n_all = 0;
  guint n_urgent = 0;
  gint64 oldest = 0;

  g_hash_table_iter_init (&iter, model);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    {
      const RfiJob *job = ((RfiJobState *) state)->work;

      if ((statuses >> job->status & 1) == 0)
        continue;
      n_all++;
      if (!rfi_job_filter_matches (fixture->filter, state))
        continue;

      g_ptr_array_add (expected, state);
      n_urgent += job->priority == RFI_PRIORITY_URGENT;
      oldest = oldest == 0 ? job->created_at : MIN (oldest, job->created_at);
    }
  g_ptr_array_sort_with_data (expected, compare_naive, GUINT_TO_POINTER (sort));

  g_assert_cmpuint (rfi_job_table_get_n_jobs (fixture->table), ==, g_hash_table_size (model));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->view)), ==, expected->len);
  g_assert_cmpuint (fixture->mirror->len, ==, expected->len);
  g_assert_cmpuint (rfi_job_view_get_n_urgent (fixture->view), ==, n_urgent);
  g_assert_cmpuint (rfi_job_view_get_n_hidden (fixture->view), ==, n_all - expected->len);
  g_assert_cmpint (rfi_job_view_get_oldest (fixture->view), ==, oldest);

  for (guint i = 0; i < expected->len; i++)
    {
      RfiJobState *want = g_ptr_array_index (expected, i);
      g_autoptr(RfiJobItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->view), i);
      guint position;

      g_assert_true (rfi_job_item_get_state (item) == want);
      g_assert_true (g_ptr_array_index (fixture->mirror, i) == item);
      g_assert_true (rfi_job_view_find (fixture->view, want->work->id, &position));
      g_assert_cmpuint (position, ==, i);
    }
}

static RfiJobState *
make_random_state (RfiRandom *random,
                   guint      number)
{
  static const char *const cities[] = { "Austin", "Dallas", "El Paso", "Waco" };
  static const char *const titles[] = { "Freezer door", "Walk-in cooler", "FREEZER", "Tür klemmt" };
  g_autofree char *id = g_strdup_printf ("job-%u", number);
  g_autoptr(RfiJob) job = NULL;
  /* Times are unlike, so that the order says everything; ties stand by row. */
  RfiJob template = {
    .id = id,
    .title = titles[rfi_random_range (random, G_N_ELEMENTS (titles))],
    .city = cities[rfi_random_range (random, G_N_ELEMENTS (cities))],
    .priority = (RfiPriority) rfi_random_range (random, RFI_N_PRIORITIES),
    .status = (RfiStatus) rfi_random_range (random, RFI_N_STATUSES),
    .created_at = number + N_IDS * (1 + (gint64) rfi_random_range (random, 20)),
    .updated_at = number + N_IDS * (1 + (gint64) rfi_random_range (random, 20)),
  };

  job = rfi_job_new (&template);
  return rfi_job_state_new (job, (RfiMark) rfi_random_range (random, 5), 0);
}

static void
apply_random (Fixture    *fixture,
              GHashTable *model,
              RfiRandom  *random)
{
  g_autoptr(GPtrArray) upserted = NULL;
  g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func (g_free);
  guint most = rfi_random_range (random, 3) == 0 ? 40 : 4;
  guint n_upserted = (guint) rfi_random_range (random, most + 1);
  guint n_removed = (guint) rfi_random_range (random, most / 3 + 1);

  upserted = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; i < n_removed; i++)
    {
      char *id = g_strdup_printf ("job-%u", (guint) rfi_random_range (random, N_IDS));

      g_ptr_array_add (removed, id);
      g_hash_table_remove (model, id);
    }
  for (guint i = 0; i < n_upserted; i++)
    {
      RfiJobState *state = make_random_state (random, (guint) rfi_random_range (random, N_IDS));

      g_ptr_array_add (upserted, state);
      g_hash_table_replace (model, (gpointer) state->work->id, rfi_job_state_ref (state));
    }

  rfi_job_table_apply (fixture->table, upserted, removed, FALSE);
}

static void
filter_random (Fixture   *fixture,
               RfiRandom *random)
{
  static const char *const texts[] = { "",    "f",   "fre",   "freezer", "freezer dal", "dal",
                                       "TÜR", "waco", "job-1", "w",       "co wa",       "zzz" };

  switch (rfi_random_range (random, 6))
    {
    case 0:
      rfi_job_filter_set_priorities (fixture->filter, (guint) rfi_random_range (random, 16));
      break;
    case 1:
      rfi_job_filter_set_statuses (fixture->filter, (guint) rfi_random_range (random, 32));
      break;
    case 2:
      rfi_job_filter_clear (fixture->filter);
      break;
    default:
      rfi_job_filter_set_text (fixture->filter,
                               texts[rfi_random_range (random, G_N_ELEMENTS (texts))]);
      break;
    }
}

static void
test_random (Fixture       *fixture,
             gconstpointer  seed)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (GPOINTER_TO_UINT (seed));
  g_autoptr(GHashTable) model = NULL;

  model = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                 (GDestroyNotify) rfi_job_state_unref);
  for (guint step = 0; step < 1500; step++)
    {
      switch (rfi_random_range (random, 8))
        {
        case 0:
          filter_random (fixture, random);
          break;
        case 1:
          rfi_job_view_set_sort (fixture->view,
                                 (RfiJobSort) rfi_random_range (random, RFI_JOB_SORT_UPDATED + 1));
          break;
        default:
          apply_random (fixture, model, random);
          break;
        }
      check_against_naive (fixture, model, OPEN);
      assert_counts (fixture);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/job-view/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("one-change", test_one_change);
  ADD ("batches", test_batches);
  ADD ("summary", test_summary);
  ADD ("sorts", test_sorts);
  ADD ("filter-is-minimal", test_filter_is_minimal);
  ADD ("wholesale", test_wholesale);
  ADD ("one-view-a-turn", test_one_view_a_turn);
  ADD ("items", test_items);
  ADD ("rename-over-event", test_rename_over_event);
  ADD ("count-open", test_count_open);
  ADD ("counts", test_counts);
#undef ADD

  for (guint seed = 1; seed <= 3; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/job-view/random/%u", seed);

      g_test_add (path, Fixture, GUINT_TO_POINTER (seed), set_up, test_random, tear_down);
    }

  return g_test_run ();
}
