/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-history-item.h"
#include "rfi-history-pages.h"

/* The list as long as a history: what it has where, and what it tells of changes. */

#define MILLION 1000000

typedef struct
{
  RfiHistoryPages *pages;
  GString         *told;    /* "p-r+a " per change */
  GString         *wanted;  /* "before>after/n " per page */
} Fixture;

static void
changed_cb (Fixture *fixture,
            guint    position,
            guint    n_removed,
            guint    n_added)
{
  g_string_append_printf (fixture->told, "%u-%u+%u ", position, n_removed, n_added);
}

static void
wanted_cb (Fixture *fixture,
           gint64   before,
           gint64   after,
           guint    n_records)
{
  g_string_append_printf (fixture->wanted, "%d>%d/%u ", (int) before, (int) after, n_records);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->pages = rfi_history_pages_new ();
  fixture->told = g_string_new (NULL);
  fixture->wanted = g_string_new (NULL);
  g_signal_connect_swapped (fixture->pages, "items-changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect_swapped (fixture->pages, "wanted", G_CALLBACK (wanted_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->pages);
  g_string_free (fixture->told, TRUE);
  g_string_free (fixture->wanted, TRUE);
}

/* What was told since it was asked last. */
static void
assert_told (GString    *told,
             const char *expected)
{
  g_assert_cmpstr (told->str, ==, expected);
  g_string_truncate (told, 0);
}

/* The model tells of the first screens in steps. */
static void
settle (Fixture *fixture)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_string_truncate (fixture->told, 0);
}

static RfiHistoryItem *
make_item (gint64   id,
           gboolean pending)
{
  const RfiAuditEntry template = {
    .id = id, .job_id = (char *) "job", .action = RFI_AUDIT_CREATED, .field = -1,
    .pending = pending,
  };
  g_autoptr(RfiAuditEntry) entry = rfi_audit_entry_new (&template);

  return rfi_history_item_new (NULL, entry);
}

/* @first and on, falling. Returns: (transfer full) */
static GPtrArray *
make_items (gint64 first,
            guint  n_items,
            guint  n_pending)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (items, make_item (first - i, i < n_pending));
  return items;
}

/* Marks of @n_records that follow each other without gaps from @last down. */
static void
append (Fixture *fixture,
        gint64   last,
        gint64   n_records)
{
  g_autoptr(GArray) marks = g_array_new (FALSE, FALSE, sizeof (RfiHistoryMark));

  for (gint64 at = 0; at < n_records; at += RFI_HISTORY_PART_SIZE)
    {
      const RfiHistoryMark mark = { last + 1 - at,
                                    (guint) MIN (RFI_HISTORY_PART_SIZE, n_records - at) };

      g_array_append_val (marks, mark);
    }
  rfi_history_pages_append (fixture->pages, marks);
}

static void
append_read (Fixture *fixture,
             gint64   last,
             guint    n_items,
             guint    n_pending)
{
  g_autoptr(GPtrArray) items = make_items (last, n_items, n_pending);
  const RfiHistoryMark mark = { last + 1, n_items };

  rfi_history_pages_append_read (fixture->pages, mark, items, FALSE);
}

static void
fill (Fixture *fixture,
      gint64   last,
      guint    n_items,
      guint    n_pending)
{
  g_autoptr(GPtrArray) items = make_items (last, n_items, n_pending);

  rfi_history_pages_fill (fixture->pages, last + 1, items);
}

/* The id of the entry at @position, 0 of an empty item, -1 where there is none. */
static gint64
get_id (Fixture *fixture,
        guint    position)
{
  g_autoptr(RfiHistoryItem) item =
    g_list_model_get_item (G_LIST_MODEL (fixture->pages), position);

  if (item == NULL)
    return -1;
  return rfi_history_item_get_entry (item) != NULL ? rfi_history_item_get_entry (item)->id : 0;
}

static guint
get_length (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->pages));
}

/* What a list has that makes its rows as it is told, and looks at each. */
static void
follow_cb (GPtrArray  *rows,
           guint       position,
           guint       n_removed,
           guint       n_added,
           GListModel *model)
{
  g_assert_cmpuint (position + n_removed, <=, rows->len);
  if (n_removed > 0)
    g_ptr_array_remove_range (rows, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (rows, (int) (position + i), g_list_model_get_item (model, position + i));
  g_assert_cmpuint (rows->len, ==, g_list_model_get_n_items (model));
}

static void
assert_same (Fixture   *fixture,
             GPtrArray *rows)
{
  g_assert_cmpuint (rows->len, ==, get_length (fixture));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (fixture->pages), i);

      g_assert_true (item == g_ptr_array_index (rows, i));
    }
}

/* A page of which the list knows ten rows comes with @n_items, the rest is told after it. */
static void
fill_in_between (Fixture    *fixture,
                 guint       n_items,
                 const char *told)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  gulong handler = g_signal_connect_data (fixture->pages, "items-changed", G_CALLBACK (follow_cb),
                                          rows, NULL, G_CONNECT_SWAPPED);

  append_read (fixture, 1000, 100, 0);
  append (fixture, 900, 900);
  while (get_length (fixture) < 210)
    g_main_context_iteration (NULL, TRUE);
  g_string_truncate (fixture->told, 0);
  fill (fixture, 800, n_items, 0);
  assert_same (fixture, rows);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_told (fixture->told, told);
  assert_same (fixture, rows);
  g_assert_cmpuint (rows->len, ==, 900 + n_items);
  rfi_history_pages_clear (fixture->pages);
  g_assert_cmpuint (rows->len, ==, 0);
  g_signal_handler_disconnect (fixture->pages, handler);
}

/* Whatever comes between two steps: what was told sums up to the list. */
static void
test_fills_in_between (Fixture       *fixture,
                       gconstpointer  data)
{
  fill_in_between (fixture, 100, "200-10+10 210-0+790 ");
  fill_in_between (fixture, 103, "200-10+10 210-0+793 ");
  fill_in_between (fixture, 4, "200-10+10 210-0+694 ");
  fill_in_between (fixture, 0, "200-10+10 210-0+690 ");
}

/* The first screens come in steps, all the rest at once. */
static void
test_grows_in_steps (Fixture       *fixture,
                     gconstpointer  data)
{
  append_read (fixture, MILLION, 100, 0);
  assert_told (fixture->told, "0-0+30 ");
  append (fixture, MILLION - 100, MILLION - 100);
  assert_told (fixture->told, "");
  g_assert_cmpuint (get_length (fixture), ==, 30);
  g_assert_cmpuint (rfi_history_pages_count_items (fixture->pages), ==, MILLION);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_told (fixture->told, "30-0+30 60-0+30 90-0+30 120-0+30 150-0+30 180-0+30 "
                              "210-0+999790 ");
  g_assert_cmpuint (get_length (fixture), ==, MILLION);
}

/* A look anywhere asks for that page and no other. */
static void
test_looks (Fixture       *fixture,
            gconstpointer  data)
{
  append_read (fixture, MILLION, 100, 0);
  append (fixture, MILLION - 100, MILLION - 100);
  settle (fixture);

  g_assert_cmpint (get_id (fixture, 99), ==, MILLION - 99);
  assert_told (fixture->wanted, "");
  g_assert_cmpint (get_id (fixture, 500017), ==, 0);
  g_assert_cmpint (get_id (fixture, 500018), ==, 0);
  assert_told (fixture->wanted, "500001>499900/100 ");
  fill (fixture, 500000, 100, 0);
  assert_told (fixture->told, "500000-100+100 ");
  g_assert_cmpint (get_id (fixture, 500017), ==, 499983);
  g_assert_cmpint (get_id (fixture, MILLION - 1), ==, 0);
  assert_told (fixture->wanted, "101>0/100 ");
  g_assert_cmpint (get_id (fixture, MILLION), ==, -1);
}

/* A record may have several entries, or none of those that are wanted: what is below moves, what
 * is above does not. */
static void
test_other_lengths (Fixture       *fixture,
                    gconstpointer  data)
{
  append_read (fixture, 1000, 100, 0);
  append (fixture, 900, 900);
  settle (fixture);

  g_assert_cmpint (get_id (fixture, 150), ==, 0);
  fill (fixture, 900, 103, 0);
  assert_told (fixture->told, "100-100+103 ");
  g_assert_cmpint (get_id (fixture, 202), ==, 798);
  g_assert_cmpint (get_id (fixture, 203), ==, 0);
  fill (fixture, 800, 0, 0);
  assert_told (fixture->told, "203-100+0 ");
  g_assert_cmpuint (get_length (fixture), ==, 903);
  g_assert_cmpuint (rfi_history_pages_count_records (fixture->pages), ==, 1000);
  g_assert_false (rfi_history_pages_is_read (fixture->pages));
}

/* What is new comes on top, and is part of the newest page until that is full. */
static void
test_prepends (Fixture       *fixture,
               gconstpointer  data)
{
  append_read (fixture, 1000, 100, 0);
  append (fixture, 900, 900);
  settle (fixture);

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr(GPtrArray) items = make_items (1010 + i * 10, 10, 0);
      const RfiHistoryMark mark = { 1011 + i * 10, 10 };

      rfi_history_pages_prepend_read (fixture->pages, mark, items);
      assert_told (fixture->told, "0-0+10 ");
    }
  g_assert_cmpint (get_id (fixture, 0), ==, 1120);
  g_assert_cmpint (get_id (fixture, 19), ==, 1101);
  g_assert_cmpint (get_id (fixture, 219), ==, 901);
  g_assert_cmpint (get_id (fixture, 220), ==, 0);
  g_assert_cmpuint (rfi_history_pages_count_records (fixture->pages), ==, 1120);
}

/* Only what differs changes; the rest are the same objects. */
static void
test_renews (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(RfiHistoryItem) before = NULL;
  g_autoptr(RfiHistoryItem) after = NULL;

  append_read (fixture, 1000, 100, 3);
  append (fixture, 900, 200);
  settle (fixture);
  before = g_list_model_get_item (G_LIST_MODEL (fixture->pages), 50);

  rfi_history_pages_renew (fixture->pages);
  assert_told (fixture->wanted, "1001>900/100 ");
  rfi_history_pages_renew (fixture->pages);
  assert_told (fixture->wanted, "");
  fill (fixture, 1000, 100, 1);
  assert_told (fixture->told, "1-2+2 ");
  after = g_list_model_get_item (G_LIST_MODEL (fixture->pages), 50);
  g_assert_true (before == after);
}

/* A page that could not be had is asked for again by the next look, or when all is renewed. */
static void
test_forgets (Fixture       *fixture,
              gconstpointer  data)
{
  append (fixture, 1000, 1000);
  settle (fixture);

  get_id (fixture, 0);
  assert_told (fixture->wanted, "1001>900/100 ");
  rfi_history_pages_forget (fixture->pages, 1001);
  get_id (fixture, 1);
  assert_told (fixture->wanted, "1001>900/100 ");
  rfi_history_pages_forget (fixture->pages, 1001);
  rfi_history_pages_renew (fixture->pages);
  assert_told (fixture->wanted, "1001>900/100 ");
}

/* Only what was looked at lately is in memory; its place stays. */
static void
test_lets_go (Fixture       *fixture,
              gconstpointer  data)
{
  append (fixture, MILLION, MILLION);
  settle (fixture);

  for (guint page = 0; page < 60; page++)
    {
      get_id (fixture, page * 100);
      fill (fixture, MILLION - page * 100, page == 0 ? 90 : 100, 0);
    }
  g_string_truncate (fixture->told, 0);
  g_string_truncate (fixture->wanted, 0);
  g_assert_cmpuint (get_length (fixture), ==, MILLION - 10);
  g_assert_cmpint (get_id (fixture, 5900), ==, MILLION - 5910);
  assert_told (fixture->wanted, "");
  g_assert_cmpint (get_id (fixture, 89), ==, 0);
  assert_told (fixture->wanted, "1000001>999900/100 ");
  fill (fixture, MILLION, 90, 0);
  assert_told (fixture->told, "0-90+90 ");
}

static void
test_clears (Fixture       *fixture,
             gconstpointer  data)
{
  append (fixture, 1000, 1000);
  settle (fixture);

  rfi_history_pages_clear (fixture->pages);
  assert_told (fixture->told, "0-1000+0 ");
  g_assert_cmpint (get_id (fixture, 0), ==, -1);
  append_read (fixture, 5, 5, 0);
  assert_told (fixture->told, "0-0+5 ");
  g_assert_true (rfi_history_pages_is_read (fixture->pages));
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *name;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/history-pages/grows-in-steps", test_grows_in_steps },
    { "/history-pages/fills-in-between", test_fills_in_between },
    { "/history-pages/looks", test_looks },
    { "/history-pages/other-lengths", test_other_lengths },
    { "/history-pages/prepends", test_prepends },
    { "/history-pages/renews", test_renews },
    { "/history-pages/forgets", test_forgets },
    { "/history-pages/lets-go", test_lets_go },
    { "/history-pages/clears", test_clears },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
