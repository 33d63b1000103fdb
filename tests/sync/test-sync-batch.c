/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-sync-batch.h"
#include "rfi-sync-window.h"

/* Letters as "A1:5": job A, its first, class 5; with ! refused, # in conflict, * accepted,
 * = answered, ? a photo, v a withdrawal, f somebody else's, / of an older epoch. */
static GPtrArray *
read_letters (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  GPtrArray *letters = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_letter_unref);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *id = g_strndup (words[i], 2);
      g_autofree char *job = g_strndup (words[i], 1);
      char mark = words[i][4];
      RfiLetter letter = {
        .operation_id = id,
        .job_id = job,
        .user_id = (char *) (mark == 'f' ? "other" : "me"),
        .kind = mark == 'v' ? RFI_OPERATION_VOID : RFI_OPERATION_EDIT,
        .waits = mark == '!'   ? RFI_OPERATION_REJECTED
                 : mark == '#' ? RFI_OPERATION_CONFLICT
                               : RFI_OPERATION_QUEUED,
        .state = mark == '?'   ? RFI_LETTER_NONE
                 : mark == '*' ? RFI_LETTER_ACCEPTED
                 : mark == '=' ? RFI_LETTER_DONE
                               : RFI_LETTER_READY,
        .position = i + 1,
        .device = (char *) "device",
        .epoch = (char *) (mark == '/' ? "old" : "new"),
        .number = i + 1,
        .size = 100,
        .priority = (guint) (words[i][3] - '0'),
      };

      g_ptr_array_add (letters, rfi_letter_new (&letter));
    }

  return letters;
}

static char *
pick (RfiSyncBatchChoice *choice)
{
  g_autoptr(GPtrArray) picked = rfi_sync_batch_pick (choice);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < picked->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((RfiLetter *) g_ptr_array_index (picked, i))->operation_id);
  return g_string_free (text, FALSE);
}

static void
assert_picked (const char *letters,
               const char *expected)
{
  g_autoptr(GPtrArray) list = read_letters (letters);
  RfiSyncBatchChoice choice = { .letters = list, .user_id = "me", .max_letters = 100,
                                .max_bytes = 100000 };
  g_autofree char *picked = pick (&choice);

  g_assert_cmpstr (picked, ==, expected);
  g_assert_cmpint (choice.next_due, ==, G_MAXINT64);
}

/* The most urgent first, but never before what was done to the same job; and what stands before
 * it is as urgent. */
static void
test_order (void)
{
  assert_picked ("A1:5 B1:5 C1:1", "C1 A1 B1");
  assert_picked ("A1:5 B1:7 B2:2 C1:3", "B1 B2 C1 A1");
  assert_picked ("A1:5 A2:5 B1:5", "A1 A2 B1");
}

/* What waits ends its own chain only. */
static void
test_chains (void)
{
  assert_picked ("A1:5! A2:5 B1:5", "B1");
  assert_picked ("A1:5= A2:5 B1:5", "B1");
  assert_picked ("A1:5* A2:5 B1:5", "A2 B1");
  assert_picked ("A1:7? A2:2 B1:5", "B1");
  assert_picked ("A1:5 A2:7? A3:2 B1:5", "A1 B1");
  assert_picked ("A1:5# A2:5 B1:5", "A1 B1");
  assert_picked ("A1:5f A2:5 B1:5", "B1");
  assert_picked ("A1:5! A2:5v B1:5", "A2 B1");
}

/* One request is of one epoch. */
static void
test_groups (void)
{
  assert_picked ("A1:5/ B1:5 C1:5/", "A1 C1");
  assert_picked ("A1:5/ A2:5 B1:5/", "A1 B1");
}

static void
test_limits (void)
{
  g_autoptr(GPtrArray) list = read_letters ("A1:5 B1:5 C1:5 D1:5");
  RfiSyncBatchChoice choice = { .letters = list, .user_id = "me", .max_letters = 3,
                                .max_bytes = 100000 };
  g_autofree char *by_number = pick (&choice);
  g_autofree char *by_size = NULL;
  g_autofree char *too_large = NULL;

  choice.max_bytes = 2 * (100 + RFI_SYNC_BATCH_OVERHEAD);
  by_size = pick (&choice);
  choice.max_bytes = 10;
  too_large = pick (&choice);
  g_assert_cmpstr (by_number, ==, "A1 B1 C1");
  g_assert_cmpstr (by_size, ==, "A1 B1");
  g_assert_cmpstr (too_large, ==, "A1");
}

/* Urgency does not keep the oldest waiting for ever. */
static void
test_patience (void)
{
  g_autoptr(GPtrArray) list =
    read_letters ("A1:9 B1:2 B2:2 B3:2 B4:2 B5:2 B6:2 B7:2 B8:2 B9:2 C1:2");
  RfiSyncBatchChoice choice = { .letters = list, .user_id = "me", .max_letters = 100,
                                .max_bytes = 100000 };
  g_autofree char *picked = pick (&choice);

  g_assert_cmpstr (picked, ==, "B1 B2 B3 B4 B5 B6 B7 B8 A1 B9 C1");
}

static void
test_due (void)
{
  g_autoptr(GPtrArray) list = read_letters ("A1:5 A2:5 B1:5");
  g_autoptr(GHashTable) due = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 at = 500;
  RfiSyncBatchChoice choice = { .letters = list, .user_id = "me", .due = due, .now = 499,
                                .max_letters = 100, .max_bytes = 100000 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_hash_table_insert (due, (char *) "A1", &at);
  before = pick (&choice);
  g_assert_cmpstr (before, ==, "B1");
  g_assert_cmpint (choice.next_due, ==, 500);
  choice.now = 500;
  after = pick (&choice);
  g_assert_cmpstr (after, ==, "A1 A2 B1");
  g_assert_cmpint (choice.next_due, ==, G_MAXINT64);
}

static void
test_window (void)
{
  RfiSyncWindow window;

  rfi_sync_window_init (&window);
  g_assert_cmpuint (rfi_sync_window_get (&window), ==, 100);
  rfi_sync_window_note (&window, 600);
  g_assert_cmpuint (rfi_sync_window_get (&window), ==, 50);
  rfi_sync_window_note (&window, 400);
  g_assert_cmpuint (rfi_sync_window_get (&window), ==, 50);
  rfi_sync_window_note (&window, 100);
  g_assert_cmpuint (rfi_sync_window_get (&window), ==, 60);
  rfi_sync_window_halve (&window, 5);
  g_assert_cmpuint (rfi_sync_window_get (&window), ==, 2);
  rfi_sync_window_halve (&window, 2);
  rfi_sync_window_halve (&window, 1);
  g_assert_cmpuint (rfi_sync_window_get (&window), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/batch/order", test_order);
  g_test_add_func ("/sync/batch/chains", test_chains);
  g_test_add_func ("/sync/batch/groups", test_groups);
  g_test_add_func ("/sync/batch/limits", test_limits);
  g_test_add_func ("/sync/batch/patience", test_patience);
  g_test_add_func ("/sync/batch/due", test_due);
  g_test_add_func ("/sync/batch/window", test_window);

  return g_test_run ();
}
