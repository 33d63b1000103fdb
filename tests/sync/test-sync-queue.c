/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-sync-queue.h"
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
        .user_id = (char *) (mark == 'f' ? "other" : mark == 'v' ? NULL : "me"),
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

/* The next batch, as its operations' ids. */
static char *
pick (RfiSyncQueue *queue,
      gint64        now,
      guint         max_letters,
      gsize         max_bytes)
{
  g_autoptr(GPtrArray) picked = rfi_sync_queue_pick (queue, now, max_letters, max_bytes);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < picked->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((RfiLetter *) g_ptr_array_index (picked, i))->operation_id);
  return g_string_free (text, FALSE);
}

static void
assert_next (RfiSyncQueue *queue,
             guint         max_letters,
             const char   *expected)
{
  g_autofree char *picked = pick (queue, 0, max_letters, 100000);

  g_assert_cmpstr (picked, ==, expected);
}

static RfiSyncQueue *
make_queue (const char *letters)
{
  g_autoptr(GPtrArray) list = read_letters (letters);
  RfiSyncQueue *queue = rfi_sync_queue_new ("me");

  rfi_sync_queue_set_letters (queue, list);
  return queue;
}

static void
assert_picked (const char *letters,
               const char *expected)
{
  g_autoptr(RfiSyncQueue) queue = make_queue (letters);

  assert_next (queue, 100, expected);
  g_assert_cmpint (rfi_sync_queue_get_next_due (queue), ==, G_MAXINT64);
}

/* @ids: with a space between each */
static void
answer (RfiSyncQueue *queue,
        const char   *ids)
{
  g_auto(GStrv) words = g_strsplit (ids, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    rfi_sync_queue_forget (queue, words[i]);
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
  const char *letters = "A1:5 B1:5 C1:5 D1:5";
  g_autoptr(RfiSyncQueue) first = make_queue (letters);
  g_autoptr(RfiSyncQueue) second = make_queue (letters);
  g_autoptr(RfiSyncQueue) third = make_queue (letters);
  g_autofree char *by_number = pick (first, 0, 3, 100000);
  g_autofree char *by_size = pick (second, 0, 100, 2 * (100 + RFI_SYNC_QUEUE_OVERHEAD));
  g_autofree char *too_large = pick (third, 0, 100, 10);

  g_assert_cmpstr (by_number, ==, "A1 B1 C1");
  g_assert_cmpstr (by_size, ==, "A1 B1");
  g_assert_cmpstr (too_large, ==, "A1");
}

/* Urgency does not keep the oldest waiting for ever. */
static void
test_patience (void)
{
  g_autoptr(RfiSyncQueue) queue =
    make_queue ("A1:9 B1:2 B2:2 B3:2 B4:2 B5:2 B6:2 B7:2 B8:2 B9:2 C1:2");

  assert_next (queue, 100, "B1 B2 B3 B4 B5 B6 B7 B8 A1 B9 C1");
}

/* The order goes on from batch to batch, with the patience in it. */
static void
test_batches (void)
{
  g_autoptr(RfiSyncQueue) queue =
    make_queue ("A1:9 B1:2 B2:2 B3:2 B4:2 B5:2 B6:2 B7:2 B8:2 B9:2 C1:2");

  assert_next (queue, 5, "B1 B2 B3 B4 B5");
  answer (queue, "B1 B2 B3 B4 B5");
  assert_next (queue, 5, "B6 B7 B8 A1 B9");
  answer (queue, "B6 B7 B8 A1 B9");
  assert_next (queue, 5, "C1");
  answer (queue, "C1");
  assert_next (queue, 5, "");
}

/* What follows in a job waits until all of it that is under way is answered or put back. */
static void
test_under_way (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5 A2:5 A3:5 B1:5 C1:7");
  g_autoptr(GPtrArray) picked = rfi_sync_queue_pick (queue, 0, 2, 100000);

  g_assert_cmpuint (picked->len, ==, 2);
  assert_next (queue, 100, "B1 C1");
  assert_next (queue, 100, "");
  answer (queue, "A1");
  assert_next (queue, 100, "");
  rfi_sync_queue_put_back (queue, picked);
  assert_next (queue, 100, "A2 A3");
  answer (queue, "A2 A3 B1 C1");
  assert_next (queue, 100, "");
}

/* Each names the one before, and behind one that is under way it would be blocked. */
static void
test_withdrawn (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5! A2:5v A3:5v A4:5v B1:5v A5:5");

  assert_next (queue, 2, "A2 A3");
  assert_next (queue, 100, "B1");
  answer (queue, "A2 A3");
  assert_next (queue, 100, "A4");
}

/* A letter of the next epoch follows once all of the one before is answered. */
static void
test_next_group (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5/ A2:5 B1:5/ C1:5");

  assert_next (queue, 100, "A1 B1");
  assert_next (queue, 100, "C1");
  assert_next (queue, 100, "");
  answer (queue, "A1 B1 C1");
  assert_next (queue, 100, "A2");
}

static void
test_due (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5 A2:5 B1:5");
  g_autoptr(GPtrArray) again = read_letters ("A1:5 A2:5 B1:5");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  rfi_sync_queue_put_off (queue, "A1", 500);
  before = pick (queue, 499, 100, 100000);
  g_assert_cmpstr (before, ==, "B1");
  g_assert_cmpint (rfi_sync_queue_get_next_due (queue), ==, 500);
  rfi_sync_queue_set_letters (queue, again);
  after = pick (queue, 500, 100, 100000);
  g_assert_cmpstr (after, ==, "A1 A2 B1");
  g_assert_cmpint (rfi_sync_queue_get_next_due (queue), ==, G_MAXINT64);
}

static void
test_put_off_again (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5 B1:5");

  g_assert_cmpuint (rfi_sync_queue_count_put_off (queue, "A1"), ==, 0);
  rfi_sync_queue_put_off (queue, "A1", 500);
  rfi_sync_queue_put_off (queue, "A1", 900);
  assert_next (queue, 500, "B1");
  g_assert_cmpuint (rfi_sync_queue_count_put_off (queue, "A1"), ==, 2);
  g_assert_cmpuint (rfi_sync_queue_count_put_off (queue, "B1"), ==, 0);
  rfi_sync_queue_forget (queue, "A1");
  g_assert_cmpuint (rfi_sync_queue_count_put_off (queue, "A1"), ==, 0);
}

/* What the server has blocked waits for its job, not for its time. */
static void
test_blocked (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5v A2:5v A3:5 B1:5v C1:5");

  rfi_sync_queue_block (queue, "A2", 500);
  rfi_sync_queue_block (queue, "B1", 700);
  rfi_sync_queue_put_off (queue, "C1", 900);
  assert_next (queue, 2, "A1 A3");
  assert_next (queue, 100, "");
  answer (queue, "A3");
  assert_next (queue, 100, "");
  answer (queue, "A1");
  assert_next (queue, 100, "A2");
  answer (queue, "A2");
  assert_next (queue, 100, "");
  g_assert_cmpint (rfi_sync_queue_get_next_due (queue), ==, 700);
}

/* So it does if its job's conflict goes without an answer. */
static void
test_blocked_elsewhere (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5# A2:5v B1:5 B2:5v C1:5# C2:5v");
  g_autoptr(GPtrArray) settled = read_letters ("A2:5v B2:5v C1:5# C2:5v");

  rfi_sync_queue_block (queue, "A2", 500);
  rfi_sync_queue_block (queue, "B2", 500);
  rfi_sync_queue_block (queue, "C2", 500);
  assert_next (queue, 2, "A1 B1");
  rfi_sync_queue_hold (queue, "B1", TRUE);
  rfi_sync_queue_set_letters (queue, NULL);
  rfi_sync_queue_set_letters (queue, settled);
  assert_next (queue, 100, "A2 B2 C1");
}

/* While it goes on, too. */
static void
test_due_meanwhile (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5 A2:5 B1:5");
  g_autofree char *first = pick (queue, 0, 1, 100000);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_assert_cmpstr (first, ==, "A1");
  rfi_sync_queue_put_off (queue, "A1", 500);
  second = pick (queue, 499, 1, 100000);
  g_assert_cmpstr (second, ==, "B1");
  third = pick (queue, 500, 100, 100000);
  g_assert_cmpstr (third, ==, "A1 A2");
}

static void
assert_ack (RfiSyncQueue *queue,
            gint64        number,
            const char   *epoch,
            gint64        expected)
{
  const RfiLetter letter = { .epoch = (char *) epoch, .number = number };

  g_assert_cmpint (rfi_sync_queue_find_ack (queue, &letter), ==, expected);
}

/* An answer that a person has to see to ends the chain in the midst of it. */
static void
test_held (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5 A2:5v A3:5 B1:5 A4:5 B2:5 A5:5v");

  assert_next (queue, 2, "A1 A2");
  rfi_sync_queue_hold (queue, "A1", TRUE);
  rfi_sync_queue_hold (queue, "A2", TRUE);
  assert_next (queue, 100, "B1 B2 A5");
  answer (queue, "B1 B2 A5");
  assert_next (queue, 100, "");
  g_assert_cmpint (rfi_sync_queue_find_open (queue, "new"), ==, 3);
}

static void
test_open (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5= F1:5 B1:5 C1:5 D1:5/ E1:5");

  g_assert_cmpint (rfi_sync_queue_find_open (queue, "other"), ==, G_MAXINT64);
  g_assert_cmpint (rfi_sync_queue_find_open (queue, "new"), ==, 2);
  assert_next (queue, 100, "F1 B1 C1 E1");
  answer (queue, "F1 C1 E1");
  g_assert_cmpint (rfi_sync_queue_find_open (queue, "new"), ==, 3);
  /* So is what was withdrawn meanwhile, or refused with the request as a whole. */
  rfi_sync_queue_leave (queue, "B1");
  g_assert_cmpint (rfi_sync_queue_find_open (queue, "new"), ==, 3);
  rfi_sync_queue_hold (queue, "B1", FALSE);
  g_assert_cmpint (rfi_sync_queue_find_open (queue, "new"), ==, 3);
  answer (queue, "B1");
  g_assert_cmpint (rfi_sync_queue_find_open (queue, "new"), ==, G_MAXINT64);
  g_assert_cmpint (rfi_sync_queue_find_open (queue, "old"), ==, 5);
}

/* What is under way is not answered. */
static void
test_ack (void)
{
  g_autoptr(RfiSyncQueue) queue = make_queue ("A1:5= A2:5v B1:5 C1:5/ D1:5");

  assert_ack (queue, 5, "new", 1);
  assert_ack (queue, 4, "old", 3);
  assert_next (queue, 100, "A2 B1 D1");
  assert_ack (queue, 5, "new", 1);
  answer (queue, "A2 D1");
  assert_ack (queue, 5, "new", 2);
  answer (queue, "B1");
  assert_ack (queue, 5, "new", 4);
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

  g_test_add_func ("/sync/queue/order", test_order);
  g_test_add_func ("/sync/queue/chains", test_chains);
  g_test_add_func ("/sync/queue/groups", test_groups);
  g_test_add_func ("/sync/queue/limits", test_limits);
  g_test_add_func ("/sync/queue/patience", test_patience);
  g_test_add_func ("/sync/queue/batches", test_batches);
  g_test_add_func ("/sync/queue/under-way", test_under_way);
  g_test_add_func ("/sync/queue/withdrawn", test_withdrawn);
  g_test_add_func ("/sync/queue/next-group", test_next_group);
  g_test_add_func ("/sync/queue/due", test_due);
  g_test_add_func ("/sync/queue/put-off-again", test_put_off_again);
  g_test_add_func ("/sync/queue/blocked", test_blocked);
  g_test_add_func ("/sync/queue/blocked-elsewhere", test_blocked_elsewhere);
  g_test_add_func ("/sync/queue/due-meanwhile", test_due_meanwhile);
  g_test_add_func ("/sync/queue/held", test_held);
  g_test_add_func ("/sync/queue/open", test_open);
  g_test_add_func ("/sync/queue/ack", test_ack);
  g_test_add_func ("/sync/queue/window", test_window);

  return g_test_run ();
}
