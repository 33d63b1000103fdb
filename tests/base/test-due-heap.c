/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-due-heap.h"

static void
assert_first (RfiDueHeap *heap,
              guint       number,
              gint64      due)
{
  guint first = G_MAXUINT;
  gint64 at = -1;

  g_assert_true (rfi_due_heap_peek (heap, &first, &at));
  g_assert_cmpuint (first, ==, number);
  g_assert_cmpint (at, ==, due);
}

static void
test_few (void)
{
  g_autoptr(RfiDueHeap) heap = rfi_due_heap_new ();
  guint number;
  gint64 due;

  g_assert_false (rfi_due_heap_peek (heap, &number, &due));
  rfi_due_heap_set (heap, 7, G_MAXINT64);
  g_assert_cmpuint (rfi_due_heap_get_length (heap), ==, 0);

  rfi_due_heap_set (heap, 7, 700);
  rfi_due_heap_set (heap, 3, 300);
  assert_first (heap, 3, 300);
  rfi_due_heap_set (heap, 3, 900);
  assert_first (heap, 7, 700);
  rfi_due_heap_set (heap, 7, 1000);
  assert_first (heap, 3, 900);
  rfi_due_heap_set (heap, 3, G_MAXINT64);
  rfi_due_heap_set (heap, 3, G_MAXINT64);
  assert_first (heap, 7, 1000);
  g_assert_cmpuint (rfi_due_heap_get_length (heap), ==, 1);
}

/* Against a plain search of all. */
static void
test_many (void)
{
  enum { N = 300 };
  g_autoptr(RfiDueHeap) heap = rfi_due_heap_new ();
  gint64 dues[N];

  for (guint i = 0; i < N; i++)
    dues[i] = G_MAXINT64;

  for (guint step = 0; step < 20000; step++)
    {
      guint number = (guint) g_test_rand_int_range (0, N);
      guint least = 0;
      guint n = 0;

      dues[number] = g_test_rand_int_range (0, 4) == 0 ? G_MAXINT64
                                                       : g_test_rand_int_range (0, 1000);
      rfi_due_heap_set (heap, number, dues[number]);
      for (guint i = 0; i < N; i++)
        {
          least = dues[i] < dues[least] ? i : least;
          n += dues[i] != G_MAXINT64;
        }

      g_assert_cmpuint (rfi_due_heap_get_length (heap), ==, n);
      if (n > 0)
        {
          guint first;
          gint64 due;

          g_assert_true (rfi_due_heap_peek (heap, &first, &due));
          g_assert_cmpint (due, ==, dues[least]);
          g_assert_cmpint (dues[first], ==, due);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/due-heap/few", test_few);
  g_test_add_func ("/due-heap/many", test_many);

  return g_test_run ();
}
