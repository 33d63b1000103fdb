/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-filter-parts.h"
#include "rfi-job-filter.h"
#include "rfi-job-table-private.h"
#include "rfi-job-view.h"
#include "rfi-text-memory.h"
#include "rfi-text-pool.h"

#include "rfi-random.h"

#define N_JOBS   120
#define N_ROUNDS 40
#define N_PEOPLE 8

/* Few letters, so that much is found, and digits of ids among them. */
static char *
make_text (RfiRandom *random)
{
  GString *text = g_string_new (NULL);
  guint length = (guint) rfi_random_range (random, 9);

  for (guint i = 0; i < length; i++)
    g_string_append (text, (const char *[]) { "a", "B", "c", "ü", "7", " " }
                             [rfi_random_range (random, 6)]);
  return g_string_free (text, FALSE);
}

static RfiJobState *
make_state (RfiRandom *random,
            guint      number)
{
  g_autofree char *id = g_strdup_printf ("%08xbca7", number * 2654435761u);
  g_autofree char *title = make_text (random);
  g_autofree char *description = make_text (random);
  g_autofree char *person = g_strdup_printf ("person-%u",
                                             (guint) rfi_random_range (random, N_PEOPLE));
  g_autoptr(RfiJob) job = NULL;
  RfiJob template = {
    .id = id, .title = title, .description = description, .vendor_id = "vendor",
    .store_name = number % 2 == 0 ? "cabac" : "aaa", .assigned_to = person,
    .assigned_to_name = "caBü",
  };

  if (rfi_random_range (random, 4) == 0)
    template.assigned_to = NULL;
  job = rfi_job_new (&template);
  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

static void
change_jobs (RfiJobTable *table,
             RfiRandom   *random,
             guint        n_jobs)
{
  g_autoptr(GPtrArray) states = NULL;

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; i < n_jobs; i++)
    g_ptr_array_add (states, make_state (random, (guint) rfi_random_range (random, N_JOBS)));
  rfi_job_table_apply (table, states, NULL, FALSE);
}

static void
release (gpointer data)
{
  const char *text = data;
  const char **texts[] = { &text };

  rfi_text_pool_release (texts, 1);
}

static void
rename_people (RfiJobTable *table,
               RfiRandom   *random)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, release);

  /* The first is in no list. */
  for (guint i = 1; i < N_PEOPLE; i++)
    {
      g_autofree char *made = make_text (random);
      const char *name = made;
      const char **texts[] = { &name };

      rfi_text_pool_take (texts, 1);
      g_hash_table_insert (names, g_strdup_printf ("person-%u", i), (gpointer) name);
    }
  _rfi_job_table_set_names (table, names);
}

typedef struct
{
  RfiJobTable  *table;
  RfiJobFilter *filter;
  RfiJobView   *view;
} Search;

/* Each job looked at alone, by what remembers nothing. */
static void
compare_cb (RfiJobState *state,
            gpointer     user_data)
{
  Search *search = user_data;
  gboolean matches = rfi_job_filter_explain (search->filter, search->table, state) == 0;
  guint position;

  g_assert_cmpint (rfi_job_view_find (search->view, state->work->id, &position), ==, matches);
}

static void
compare (Search *search)
{
  _rfi_job_table_flush (search->table);
  rfi_job_table_foreach (search->table, compare_cb, search);
}

/* Types letter by letter while jobs and people change: what was learnt before each letter must hold
 * no longer than it is true. */
static void
test_typed (void)
{
  static const char *const typed[] = {
    "abc", "cabac", "bca7", "a7 b", "üa cab", "7", "person-1", "a b c ü 7 p e r", "00bca7aa",
  };
  g_autoptr(RfiRandom) random = rfi_random_new_seed (7);
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(RfiJobView) view = rfi_job_view_new (table, filter, (1u << RFI_N_STATUSES) - 1);
  Search search = { table, filter, view };

  change_jobs (table, random, N_JOBS);
  rename_people (table, random);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      const char *text = typed[rfi_random_range (random, G_N_ELEMENTS (typed))];

      for (const char *end = text; *end != '\0';)
        {
          g_autofree char *so_far = NULL;

          end = g_utf8_next_char (end);
          so_far = g_strndup (text, (gsize) (end - text));
          rfi_job_filter_set_text (filter, so_far);
          compare (&search);
          if (rfi_random_range (random, 3) == 0)
            change_jobs (table, random, 1 + (guint) rfi_random_range (random, 20));
          if (rfi_random_range (random, 6) == 0)
            rename_people (table, random);
          compare (&search);
        }
    }
}

/* A text that has not what was asked is not looked into again, a new one under its number is. */
static void
test_keeps (void)
{
  g_autoptr(RfiTextMemory) memory = _rfi_text_memory_new ();
  char *a[] = { (char *) "a", NULL };
  char *ab[] = { (char *) "ab", NULL };
  char *other[] = { (char *) "b", NULL };
  const char *text = "nothing of it";
  const char **texts[] = { &text };
  guint number;

  rfi_text_pool_take (texts, 1);
  number = rfi_text_pool_get_number (text);
  _rfi_text_memory_begin (memory, a, TRUE);
  g_assert_cmpuint (memory->found[number], ==, 0);
  memory->found[number] = RFI_TEXT_MEMORY_KNOWN;

  _rfi_text_memory_begin (memory, ab, TRUE);
  g_assert_cmpuint (memory->found[number], ==, RFI_TEXT_MEMORY_KNOWN);
  _rfi_text_memory_begin (memory, other, TRUE);
  g_assert_cmpuint (memory->found[number], ==, 0);

  memory->found[number] = RFI_TEXT_MEMORY_KNOWN | 1;
  _rfi_text_memory_begin (memory, other, TRUE);
  g_assert_cmpuint (memory->found[number], ==, RFI_TEXT_MEMORY_KNOWN | 1);
  _rfi_text_memory_begin (memory, other, FALSE);
  g_assert_cmpuint (memory->found[number], ==, 0);

  memory->found[number] = RFI_TEXT_MEMORY_KNOWN;
  rfi_text_pool_release (texts, 1);
  text = "another";
  rfi_text_pool_take (texts, 1);
  g_assert_cmpuint (rfi_text_pool_get_number (text), ==, number);
  _rfi_text_memory_begin (memory, other, TRUE);
  g_assert_cmpuint (memory->found[number], ==, 0);
  rfi_text_pool_release (texts, 1);
}

/* More than the pool can tell of. */
static void
test_forgets (void)
{
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint64 moment = 0;

  rfi_text_pool_list_given (&moment, numbers);
  g_assert_true (rfi_text_pool_list_given (&moment, numbers));
  g_assert_cmpuint (numbers->len, ==, 0);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *made = g_strdup_printf ("text %u", i);
      const char *text = made;
      const char **texts[] = { &text };

      rfi_text_pool_take (texts, 1);
      rfi_text_pool_release (texts, 1);
      if (i > 2)
        continue;
      g_assert_true (rfi_text_pool_list_given (&moment, numbers));
      g_assert_cmpuint (numbers->len, ==, 1);
    }
  g_assert_false (rfi_text_pool_list_given (&moment, numbers));
  g_assert_cmpuint (numbers->len, ==, 0);
  g_assert_true (rfi_text_pool_list_given (&moment, numbers));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text-memory/typed", test_typed);
  g_test_add_func ("/text-memory/keeps", test_keeps);
  g_test_add_func ("/text-memory/forgets", test_forgets);

  return g_test_run ();
}
