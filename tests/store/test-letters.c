/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "letters-fixture.h"

#include "rfi-scope-sum.h"

/* Numbers, bytes and answers of Sync v1, transaction by transaction. */

static void
test_numbers (StoreFixture  *f,
              gconstpointer  unused)
{
  g_autoptr(GPtrArray) claimed = NULL;
  g_autoptr(RfiSignedOperation) first = NULL;
  g_autoptr(RfiSignedOperation) second = NULL;
  g_autoptr(RfiSignedOperation) third = NULL;
  g_autoptr(RfiSigner) signer = NULL;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  letters_reopen (f);
  store_enqueue (f, store_edit (TWO, "a", "Big leak", "Flood"));
  store_enqueue (f, store_plain (THREE, RFI_OPERATION_ADD_PHOTO, "a"));
  store_enqueue (f, store_create (FOUR, FOUR, "New"));
  store_assert (letters_show (f), "1:edit, 2:edit, 0:add-photo?/, 3:create");

  claimed = letters_claim (f);
  store_assert (letters_show (f), "1:edit+, 2:edit+, 0:add-photo?/, 3:create+");
  first = letters_read_letter (claimed, 0);
  second = letters_read_letter (claimed, 1);
  third = letters_read_letter (claimed, 2);
  g_assert_cmpstr (first->prev_hash, ==, RFI_HASH_NONE);
  g_assert_cmpstr (second->prev_hash, ==, ((RfiLetter *) claimed->pdata[0])->hash);
  g_assert_cmpstr (third->prev_hash, ==, ((RfiLetter *) claimed->pdata[1])->hash);
  g_assert_cmpint (first->base_version, ==, 1);
  g_assert_cmpint (first->observed, ==, 10);
  g_assert_cmpuint (first->n_deps, ==, 0);
  g_assert_cmpuint (second->n_deps, ==, 1);
  g_assert_cmpint (second->deps[0], ==, 1);
  g_assert_cmpstr (rfi_patch_get (second->before, RFI_FIELD_TITLE), ==, "Big leak");
  g_assert_cmpstr (third->entity_id, ==, FOUR);
  g_assert_cmpuint (third->n_deps, ==, 0);

  letters_reopen (f);
  store_assert (letters_show (f), "1:edit+, 2:edit+, 0:add-photo?/, 3:create+");
  signer = letters_get_signer (f);
  g_assert_cmpint (signer->next, ==, 4);
}

/* What was typed before there was a key gets its number with it. */
static void
test_late_key (StoreFixture  *f,
               gconstpointer  unused)
{
  store_enqueue (f, store_create (ONE, ONE, "New"));
  store_enqueue (f, store_edit (TWO, ONE, "New", "Newer"));
  letters_enroll (f, 1);
  store_assert (letters_show (f), "1:create, 2:edit");

  /* Another key is another device: what the old one signed stays as it is. */
  {
    g_autoptr(RfiDeviceKey) key = letters_make_key (2);

    store_run (f, rfi_store_enroll_async, key, FOUR, EPOCH2);
  }
  store_enqueue (f, store_edit (THREE, ONE, "Newer", "Newest"));
  store_assert (letters_show (f), "1:create/, 2:edit/, 1:edit");
}

/* What a person had to see to when the key came waits again later. */
static void
test_signed_when_it_waits (StoreFixture  *f,
                           gconstpointer  unused)
{
  store_enqueue (f, store_create (ONE, ONE, "New"));
  store_run (f, rfi_store_reject_async, ONE, "NO", "Not so");
  letters_enroll (f, 1);
  store_assert (letters_show (f), "0:create?/");
  store_run (f, rfi_store_retry_async, ONE);
  store_run (f, rfi_store_sign_waiting_async);
  store_assert (letters_show (f), "1:create");
}

/* The view never goes back: not with the answer, not with rows that come before or after it. */
static void
test_accepted (StoreFixture  *f,
               gconstpointer  unused)
{
  g_autoptr(GPtrArray) claimed = NULL;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  claimed = letters_claim (f);
  store_assert (store_show_jobs (f), "a Big leak/assigned/queued, b Noise/assigned/confirmed");
  letters_answer_applied (f, 1, 2, 20);
  store_assert (letters_show (f), "1:edit*");
  store_assert (store_show_jobs (f), "a Big leak/assigned/confirmed, b Noise/assigned/confirmed");
  store_assert (store_show_outbox (f), "");

  /* A cursor that has not reached it yet, and one that has. */
  g_assert_cmpint (letters_take_delta (f, "cursor-0", "cursor-1", 15,
                                       letters_versioned ("b", "Quiet", 2)), ==,
                   RFI_PAGE_TAKEN);
  store_assert (letters_show (f), "1:edit*");
  store_assert (store_show_jobs (f), "a Big leak/assigned/confirmed, b Quiet/assigned/confirmed");
  g_assert_cmpint (letters_take_delta (f, "cursor-1", "cursor-2", 20,
                                       letters_versioned ("a", "Big leak", 2)), ==,
                   RFI_PAGE_TAKEN);
  store_assert (letters_show (f), "");
  store_assert (store_show_jobs (f), "a Big leak/assigned/confirmed, b Quiet/assigned/confirmed");
  store_assert (store_show_audit (f, "a"), "changed title Leak>Big leak");

  /* The answer may come last. */
  store_enqueue (f, store_edit (TWO, "a", "Big leak", "Flood"));
  g_assert_cmpint (letters_take_delta (f, "cursor-2", "cursor-3", 21,
                                       letters_versioned ("a", "Flood", 3)), ==,
                   RFI_PAGE_TAKEN);
  letters_answer_applied (f, 2, 3, 21);
  store_assert (letters_show (f), "");
}

static void
test_older_rows (StoreFixture  *f,
                 gconstpointer  unused)
{
  g_autoptr(RfiJob) next = letters_versioned ("a", "Next", 4);
  g_autoptr(RfiJob) second = letters_versioned ("a", "Second", 5);
  g_autoptr(RfiJob) later = letters_versioned ("a", "Later", 6);
  g_autoptr(RfiJob) latest = letters_versioned ("a", "Latest", 8);

  letters_start (f);
  g_assert_cmpint (letters_take_delta (f, "cursor-0", "cursor-1", 11,
                                       letters_versioned ("a", "Flood", 3)), ==,
                   RFI_PAGE_TAKEN);
  g_assert_cmpint (letters_take_delta (f, "cursor-1", "cursor-2", 12,
                                       letters_versioned ("a", "Drop", 2)), ==,
                   RFI_PAGE_TAKEN);
  store_assert (store_show_jobs (f), "a Flood/assigned/confirmed, b Noise/assigned/confirmed");

  /* By real time only the very next one. */
  store_run (f, rfi_store_take_event_async, later, NULL);
  store_assert (store_show_jobs (f), "a Flood/assigned/confirmed, b Noise/assigned/confirmed");
  store_run (f, rfi_store_take_event_async, next, NULL);
  store_assert (store_show_jobs (f), "a Next/assigned/confirmed, b Noise/assigned/confirmed");

  /* One after the other. */
  store_run (f, rfi_store_take_event_async, next, NULL);
  store_run (f, rfi_store_take_event_async, later, NULL);
  store_assert (store_show_jobs (f), "a Next/assigned/confirmed, b Noise/assigned/confirmed");
  store_run (f, rfi_store_take_event_async, second, NULL);
  store_assert (store_show_jobs (f), "a Second/assigned/confirmed, b Noise/assigned/confirmed");

  /* The feed's row is what the next one has to follow then, whatever was shown over the last. */
  g_assert_cmpint (letters_take_delta (f, "cursor-2", "cursor-3", 16,
                                       letters_versioned ("a", "Seven", 7)), ==,
                   RFI_PAGE_TAKEN);
  store_run (f, rfi_store_take_event_async, later, NULL);
  store_assert (store_show_jobs (f), "a Seven/assigned/confirmed, b Noise/assigned/confirmed");
  store_run (f, rfi_store_take_event_async, latest, NULL);
  store_assert (store_show_jobs (f), "a Latest/assigned/confirmed, b Noise/assigned/confirmed");
}

/* What changes while a snapshot is read comes twice, and counts as it came last. */
static void
test_moved (StoreFixture  *f,
            gconstpointer  unused)
{
  RfiStorePage *page = letters_make_page (TRUE, NULL, "after-1", 10);

  letters_enroll (f, 1);
  page->last = FALSE;
  page->total = 2;
  letters_add_row (page, 0, letters_versioned ("a", "Leak", 1), NULL);
  letters_add_row (page, 0, letters_versioned ("b", "Noise", 1), NULL);
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
  page = letters_make_page (TRUE, "after-1", NULL, 10);
  letters_add_row (page, 0, letters_versioned ("b", "Noise", 1), NULL);
  letters_add_row (page, 0, letters_versioned ("a", "Flood", 2), NULL);
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
  store_assert (store_show_jobs (f), "a Flood/assigned/confirmed, b Noise/assigned/confirmed");
  store_assert (store_show_audit (f, "a"), "changed title Leak>Flood");
}

/* A page counts only where the one before it ended. */
static void
test_pages (StoreFixture  *f,
            gconstpointer  unused)
{
  RfiStorePage *page = letters_make_page (TRUE, NULL, "after-1", 10);

  letters_enroll (f, 1);
  page->last = FALSE;
  page->total = 2;
  letters_add_row (page, 0, letters_versioned ("a", "Leak", 1), NULL);
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);

  /* It goes on after a restart. */
  letters_reopen (f);
  page = letters_make_page (TRUE, "elsewhere", NULL, 12);
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_STALE);
  page = letters_make_page (TRUE, "after-1", NULL, 12);
  letters_add_row (page, 0, letters_versioned ("b", "Noise", 1), NULL);
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
  g_assert_cmpint (letters_take_delta (f, "cursor-9", "cursor-1", 13, NULL), ==, RFI_PAGE_STALE);
  g_assert_cmpint (letters_take_delta (f, "cursor-0", "cursor-1", 13, NULL), ==, RFI_PAGE_TAKEN);

  /* After the cache was cleared a delta would hide the rest for good. */
  store_run (f, rfi_store_clear_cache_async);
  g_assert_cmpint (letters_take_delta (f, "cursor-1", "cursor-2", 14,
                                       letters_versioned ("b", "Quiet", 2)), ==,
                   RFI_PAGE_STALE);
  store_assert (store_show_jobs (f), "");
}

/* A snapshot names everything: what it does not is gone, unless something pends on it. */
static void
test_gone (StoreFixture  *f,
           gconstpointer  unused)
{
  RfiStorePage *page;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_run (f, rfi_store_reset_feed_async);
  page = letters_make_page (TRUE, NULL, NULL, 20);
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
  store_assert (store_show_jobs (f), "");
  store_assert (store_show_outbox (f), ONE ":edit@a#");

  /* The server is asked all the same, and has the last word: it is back. */
  store_assert (letters_show (f), "1:edit");
  letters_answer_applied (f, 1, 3, 25);
  store_assert (letters_show (f), "1:edit*");
  g_assert_cmpuint (f->change->n_conflicts, ==, 0);

  /* One's own deletion is no conflict. */
  g_assert_cmpint (letters_take_delta (f, "cursor-0", "cursor-1", 25,
                                       letters_versioned ("a", "Big leak", 3)), ==,
                   RFI_PAGE_TAKEN);
  store_enqueue (f, store_plain (TWO, RFI_OPERATION_DELETE, "a"));
  letters_answer_applied (f, 2, 4, 26);
  page = letters_make_page (FALSE, "cursor-1", "cursor-2", 26);
  letters_add_row (page, 26, NULL, "a");
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
  store_assert (letters_show (f), "");
  store_assert (store_show_jobs (f), "");
}

static void
test_sum (StoreFixture  *f,
          gconstpointer  unused)
{
  RfiStorePage *page;

  letters_start (f);
  page = letters_make_page (FALSE, "cursor-0", "cursor-1", 11);
  page->check = TRUE;
  page->count = 2;
  page->checksum = rfi_scope_sum_row ("a", 1) + rfi_scope_sum_row ("b", 1);
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
  page = letters_make_page (FALSE, "cursor-1", "cursor-2", 12);
  page->check = TRUE;
  page->count = 2;
  page->checksum = rfi_scope_sum_row ("a", 1) + rfi_scope_sum_row ("b", 2);
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_DIVERGED);
}

/* Another history: nothing is deleted, what was accepted is asked for again. */
static void
test_other_history (StoreFixture  *f,
                    gconstpointer  unused)
{
  RfiStorePage *page;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  letters_answer_applied (f, 1, 2, 20);
  store_assert (letters_show (f), "1:edit*");
  page = letters_make_page (FALSE, "cursor-0", "cursor-1", 30);
  g_free (page->server_epoch);
  page->server_epoch = g_strdup ("another");
  letters_add_row (page, 30, NULL, "a");
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_RESTART);
  store_assert (letters_show (f), "1:edit+");
  store_assert (store_show_jobs (f), "a Big leak/assigned/queued, b Noise/assigned/confirmed");
}

static void
test_conflict (StoreFixture  *f,
               gconstpointer  unused)
{
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GPtrArray) claimed = NULL;
  g_autoptr(RfiSignedOperation) said = NULL;
  g_autoptr(RfiPatch) mine = rfi_patch_new ();
  RfiConflict *conflict;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_enqueue (f, store_edit (TWO, "a", "Big leak", "Flood"));
  letters_answer_conflict (f, 1, "Drop");
  store_assert (letters_show (f), "1:edit=, 2:edit");
  store_assert (store_show_jobs (f), "a Flood/assigned/conflict, b Noise/assigned/confirmed");
  conflicts = store_list_conflicts (f);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (conflict->id, ==, SERVER_C);
  g_assert_cmpstr (rfi_patch_get (conflict->base, RFI_FIELD_TITLE), ==, "Leak");
  g_assert_cmpstr (rfi_patch_get (conflict->theirs, RFI_FIELD_TITLE), ==, "Drop");

  /* The decision goes before what was typed after it, though its number is a later one. */
  rfi_patch_set (mine, RFI_FIELD_TITLE, "Big leak");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  store_assert (letters_show (f), "3:resolve, 2:edit");
  claimed = letters_claim (f);
  said = letters_read_letter (claimed, 0);
  g_assert_cmpstr (said->resolves, ==, SERVER_C);
  g_assert_cmpint (said->base_version, ==, 7);
  g_assert_cmpuint (said->n_deps, ==, 0);
  g_assert_cmpstr (rfi_patch_get (said->before, RFI_FIELD_TITLE), ==, "Drop");
  g_assert_cmpstr (rfi_patch_get (said->patch, RFI_FIELD_TITLE), ==, "Big leak");
}

/* Letting theirs stand is told too, without a place in the outbox. */
static void
test_conceded (StoreFixture  *f,
               gconstpointer  unused)
{
  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  letters_answer_conflict (f, 1, "Drop");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, NULL, THREE, (gint64) 9000);
  store_assert (letters_show (f), "2:resolve");
  store_assert (store_show_outbox (f), "");
  store_assert (store_show_jobs (f), "a Leak/assigned/confirmed, b Noise/assigned/confirmed");
  letters_answer_applied (f, 2, 8, 30);
  store_assert (letters_show (f), "");
}

/* A decision that is given up leaves its conflict to theirs, whether the server refused it or never
 * saw it. */
static void
test_decision_given_up (StoreFixture  *f,
                        gconstpointer  refused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();
  g_autoptr(GPtrArray) claimed = NULL;
  g_autoptr(RfiSignedOperation) said = NULL;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  letters_answer_conflict (f, 1, "Drop");
  rfi_patch_set (mine, RFI_FIELD_TITLE, "Big leak");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  if (refused != NULL)
    letters_answer_refused (f, 2, RFI_ANSWER_REJECTED);
  store_run (f, rfi_store_discard_async, THREE, (gint64) 9000);
  store_assert (store_show_outbox (f), "");
  store_assert (letters_show (f), refused != NULL ? "3:resolve" : "2:void, 3:resolve");
  claimed = letters_claim (f);
  said = letters_read_letter (claimed, claimed->len - 1);
  g_assert_cmpstr (said->resolves, ==, SERVER_C);
  g_assert_true (rfi_patch_is_empty (said->patch));
}

/* A decision was refused, and then the job was deleted: letting that stand settles what it was
 * about. */
static void
test_decision_about_a_decision (StoreFixture  *f,
                                gconstpointer  unused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GPtrArray) claimed = NULL;
  g_autoptr(RfiSignedOperation) said = NULL;
  RfiStorePage *page;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  letters_answer_conflict (f, 1, "Drop");
  rfi_patch_set (mine, RFI_FIELD_TITLE, "Big leak");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  letters_answer_refused (f, 2, RFI_ANSWER_REJECTED);
  page = letters_make_page (FALSE, "cursor-0", "cursor-1", 20);
  letters_add_row (page, 20, NULL, "a");
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
  conflicts = store_list_conflicts (f);
  g_assert_cmpuint (conflicts->len, ==, 1);
  store_run (f, rfi_store_resolve_conflict_async,
             ((RfiConflict *) g_ptr_array_index (conflicts, 0))->id, NULL, FOUR, (gint64) 9500);
  store_assert (store_show_outbox (f), "");
  store_assert (letters_show (f), "3:resolve");
  claimed = letters_claim (f);
  said = letters_read_letter (claimed, 0);
  g_assert_cmpstr (said->resolves, ==, SERVER_C);
  g_assert_true (rfi_patch_is_empty (said->patch));
}

/* A deletion that the person wants all the same says that they have seen what stands there. */
static void
test_deleted_anyway (StoreFixture  *f,
                     gconstpointer  unused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();
  g_autoptr(GPtrArray) claimed = NULL;
  g_autoptr(RfiSignedOperation) said = NULL;

  letters_start (f);
  store_enqueue (f, store_plain (ONE, RFI_OPERATION_DELETE, "a"));
  letters_answer_conflict (f, 1, "Drop");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  store_assert (letters_show (f), "2:resolve, 3:delete");
  claimed = letters_claim (f);
  said = letters_read_letter (claimed, 1);
  g_assert_cmpstr (rfi_patch_get (said->before, RFI_FIELD_TITLE), ==, "Drop");
}

/* Without a key a decision goes as what it sets, and is signed as that when there is one. */
static void
test_decided_without_key (StoreFixture  *f,
                          gconstpointer  unused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  letters_answer_conflict (f, 1, "Drop");
  store_fixture_close (f);
  store_fixture_open (f);
  rfi_patch_set (mine, RFI_FIELD_TITLE, "Big leak");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  store_assert (store_show_outbox (f), THREE ":edit@a");
  letters_enroll (f, 1);
  store_assert (letters_show (f), "2:edit");
}

/* Of a job that is gone: it is made anew, and what followed follows by other numbers. */
static void
test_made_anew (StoreFixture  *f,
                gconstpointer  unused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_enqueue (f, store_edit (TWO, "a", "Big leak", "Flood"));
  letters_answer_conflict (f, 1, NULL);
  rfi_patch_set (mine, RFI_FIELD_TITLE, "Big leak");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  store_assert (letters_show (f), "3:resolve, 4:create, 2:void, 5:edit, 6:assign");
}

/* What is given up after that has had two numbers, and both are withdrawn. */
static void
test_made_anew_given_up (StoreFixture  *f,
                         gconstpointer  unused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_enqueue (f, store_edit (TWO, "a", "Big leak", "Flood"));
  letters_answer_conflict (f, 1, NULL);
  rfi_patch_set (mine, RFI_FIELD_TITLE, "Big leak");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  store_run (f, rfi_store_discard_async, TWO, (gint64) 9000);
  store_assert (letters_show (f), "3:resolve, 4:create, 2:void, 5:void, 6:assign");
}

/* What was accepted before the job was gone is part of the new one, and not done to it again. */
static void
test_accepted_made_anew (StoreFixture  *f,
                         gconstpointer  unused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();
  g_autoptr(GPtrArray) claimed = NULL;
  g_autoptr(RfiSignedOperation) said = NULL;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  letters_answer_applied (f, 1, 2, 20);
  store_enqueue (f, store_step (TWO, "a", RFI_STATUS_ASSIGNED, RFI_STATUS_IN_PROGRESS));
  letters_answer_conflict (f, 2, NULL);
  rfi_patch_set (mine, RFI_FIELD_STATUS, "in-progress");
  store_run (f, rfi_store_resolve_conflict_async, "second-c", mine, THREE, (gint64) 9000);
  store_assert (letters_show (f), "3:resolve, 4:create, 5:assign");
  claimed = letters_claim (f);
  said = letters_read_letter (claimed, 1);
  g_assert_cmpstr (rfi_patch_get (said->patch, RFI_FIELD_TITLE), ==, "Big leak");
  store_assert (store_show_audit (f, "a"),
                "changed title Leak>Big leak, conflict, resolved, remade >" THREE "*");
}

/* Two changes of it were in conflict: one decision settles both. */
static void
test_both_made_anew (StoreFixture  *f,
                     gconstpointer  unused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_enqueue (f, store_edit (TWO, "a", "Big leak", "Flood"));
  letters_answer_conflict (f, 1, NULL);
  letters_answer_conflict (f, 2, NULL);
  rfi_patch_set (mine, RFI_FIELD_TITLE, "Big leak");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  store_assert (letters_show (f), "3:resolve, 4:create, 5:resolve, 6:edit, 7:assign");
  g_assert_cmpuint (f->change->n_conflicts, ==, 0);
  store_assert (store_show_jobs (f),
                SERVER_C " Flood/assigned/queued, a Leak/assigned/confirmed, "
                "b Noise/assigned/confirmed");
  store_assert (store_show_audit (f, SERVER_C), "remade a>*");
}

/* What was last seen of it does not go with its row. */
static void
test_gone_before_the_answer (StoreFixture  *f,
                             gconstpointer  unused)
{
  g_autoptr(GPtrArray) conflicts = NULL;
  RfiConflict *conflict;
  RfiStorePage *page;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  page = letters_make_page (FALSE, "cursor-0", "cursor-1", 20);
  letters_add_row (page, 20, NULL, "a");
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
  letters_answer_conflict (f, 1, NULL);
  conflicts = store_list_conflicts (f);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (rfi_patch_get (conflict->base, RFI_FIELD_TITLE), ==, "Leak");
  g_assert_cmpstr (rfi_patch_get (conflict->base, RFI_FIELD_STATUS), ==, "assigned");
}

/* A decision that waits itself when its job is made anew becomes a change of the new one. */
static void
test_decision_made_anew (StoreFixture  *f,
                         gconstpointer  unused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_enqueue (f, store_edit (TWO, "a", "Big leak", "Flood"));
  letters_answer_conflict (f, 2, "Drip");
  rfi_patch_set (mine, RFI_FIELD_TITLE, "Flood");
  store_run (f, rfi_store_resolve_conflict_async, "second-c", mine, FOUR, (gint64) 8000);
  letters_answer_conflict (f, 1, NULL);
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  store_assert (letters_show (f), "4:resolve, 5:create, 3:void, 6:resolve, 7:edit, 8:assign");
}

static void
test_refused (StoreFixture  *f,
              gconstpointer  unused)
{
  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_enqueue (f, store_edit (TWO, "b", "Noise", "Silence"));
  letters_answer_refused (f, 1, RFI_ANSWER_REJECTED);
  letters_answer_refused (f, 2, RFI_ANSWER_QUARANTINED);
  store_assert (letters_show (f), "1:edit=, 2:edit=");
  store_assert (store_show_jobs (f), "a Big leak/assigned/failed, b Silence/assigned/failed");
  g_assert_cmpuint (f->change->n_failed, ==, 2);

  /* The old number would only be answered the same again. */
  store_run (f, rfi_store_retry_async, ONE);
  store_assert (letters_show (f), "3:edit, 2:edit=");
  store_run (f, rfi_store_discard_async, TWO, (gint64) 9000);
  store_assert (letters_show (f), "3:edit");
}

/* A number that was taken is used, though the change is not wanted any more. */
static void
test_withdrawn (StoreFixture  *f,
                gconstpointer  unused)
{
  g_autoptr(GPtrArray) claimed = NULL;
  g_autoptr(RfiSignedOperation) said = NULL;
  g_autofree char *hash = NULL;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_enqueue (f, store_edit (TWO, "b", "Noise", "Silence"));
  claimed = letters_claim (f);
  hash = g_strdup (((RfiLetter *) claimed->pdata[0])->hash);
  store_run (f, rfi_store_discard_async, ONE, (gint64) 9000);
  store_assert (letters_show (f), "1:void+, 2:edit+");
  store_assert (store_show_jobs (f), "a Leak/assigned/confirmed, b Silence/assigned/queued");

  g_ptr_array_unref (claimed);
  claimed = letters_claim (f);
  said = letters_read_letter (claimed, 0);
  g_assert_cmpstr (said->replaces, ==, hash);
  g_assert_cmpstr (said->prev_hash, ==, RFI_HASH_NONE);
  g_clear_pointer (&said, rfi_signed_operation_unref);
  said = letters_read_letter (claimed, 1);
  g_assert_cmpstr (said->prev_hash, ==, hash);

  /* It came too late, and the server waits for a decision: theirs. */
  letters_answer_conflict (f, 1, "Drop");
  store_assert (letters_show (f), "3:resolve, 2:edit+");
}

/* One that was never sent is taken back by its number; one that was is not. */
static void
test_taken_back (StoreFixture  *f,
                 gconstpointer  unused)
{
  g_autoptr(GPtrArray) claimed = NULL;
  g_autoptr(GError) error = NULL;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_run (f, rfi_store_take_back_async, ONE, (gint64) 9000);
  store_assert (letters_show (f), "1:void");
  store_assert (store_show_jobs (f), "a Leak/assigned/confirmed, b Noise/assigned/confirmed");

  store_enqueue (f, store_edit (TWO, "b", "Noise", "Silence"));
  claimed = letters_claim (f);
  g_assert_false (store_try (f, &error, rfi_store_take_back_async, TWO, (gint64) 9000));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE);
  store_assert (letters_show (f), "1:void+, 2:edit+");
}

typedef struct
{
  const char *name;
  gint64      watermark;
  gint64      max_number;
  gboolean    right_hash;  /* of the last number */
  guint       n_held;      /* the first ones of the two that wait, by their hashes */
  RfiMet      met;
  guint       n_reissued;
  const char *shown;
  gboolean    settled;     /* the last number is, before the server may have lost it */
} Meeting;

/* Number 1 is settled, 2 and 3 wait. */
static void
test_meeting (StoreFixture  *f,
              gconstpointer  data)
{
  const Meeting *m = data;
  g_autoptr(GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(GError) error = NULL;
  RfiMeeting meeting = {
    .device_id = (char *) DEVICE,
    .epoch = (char *) EPOCH,
    .watermark = m->watermark,
    .max_number = m->max_number,
    .max_hash = (char *) "other",
    .server_epoch = (char *) SERVER,
    .hashes = hashes,
  };
  guint n_reissued = 99;
  int met;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  letters_answer_applied (f, 1, 2, 10);
  store_enqueue (f, store_edit (TWO, "a", "Big leak", "Flood"));
  store_enqueue (f, store_edit (THREE, "b", "Noise", "Silence"));
  letters = letters_claim (f);
  for (guint i = 0; i < letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (letters, i);

      if (i < m->n_held)
        g_hash_table_insert (hashes, g_strdup_printf ("%" G_GINT64_FORMAT, letter->number),
                             g_strdup (letter->hash));
      if (letter->number == m->max_number && m->right_hash)
        meeting.max_hash = letter->hash;
    }

  if (m->settled)
    {
      letters_answer_refused (f, 3, RFI_ANSWER_REJECTED);
      store_run (f, rfi_store_discard_async, THREE, (gint64) 9000);
    }
  store_fixture_forget ();
  rfi_store_meet_async (f->store, &meeting, EPOCH2, NULL, store_fixture_keep_cb, &store_result);
  met = rfi_store_meet_finish (f->store, store_fixture_wait (&store_result), &n_reissued, &error);
  g_assert_no_error (error);
  g_assert_cmpint (met, ==, m->met);
  g_assert_true ((rfi_store_meet_get_letters (store_result) != NULL) == (met == RFI_MET_WELL));
  g_assert_cmpuint (n_reissued, ==, m->n_reissued);
  store_assert (letters_show (f), m->shown);
  store_assert (store_show_jobs (f),
                m->settled ? "a Flood/assigned/queued, b Noise/assigned/confirmed"
                           : "a Flood/assigned/queued, b Silence/assigned/queued");
}

static const Meeting meetings[] = {
  { "nothing-new", 1, 1, FALSE, 0, RFI_MET_WELL, 0, "2:edit+, 3:edit+" },
  { "lost-answer", 2, 2, TRUE, 1, RFI_MET_WELL, 0, "2:edit+, 3:edit+" },
  { "all-there", 3, 3, TRUE, 2, RFI_MET_WELL, 0, "2:edit+, 3:edit+" },
  { "older-copy-here", 5, 5, FALSE, 1, RFI_MET_TWIN, 1, "2:edit+/, 1:edit" },
  { "live-copy", 3, 3, FALSE, 1, RFI_MET_TWIN, 1, "2:edit+/, 1:edit" },
  { "older-copy-there", 0, 0, FALSE, 0, RFI_MET_STRANGER, 2, "1:edit, 2:edit" },
  { "hole", 0, 2, TRUE, 1, RFI_MET_STRANGER, 1, "2:edit+/, 1:edit" },
  { "lost-above", 1, 1, FALSE, 0, RFI_MET_STRANGER, 1, "1:edit", TRUE },
  { "held-above", 1, 3, TRUE, 2, RFI_MET_WELL, 0, "2:edit+", TRUE },
};

/* Another history has the same number, and a record of its own for it: the answer is asked for
 * once more. */
static void
test_conflict_elsewhere (StoreFixture  *f,
                         gconstpointer  unused)
{
  g_autoptr(GHashTable) hashes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GError) error = NULL;
  RfiMeeting meeting = {
    .device_id = (char *) DEVICE,
    .epoch = (char *) EPOCH,
    .watermark = 1,
    .max_number = 1,
    .server_epoch = (char *) "6f",
    .hashes = hashes,
  };
  GPtrArray *reopened;
  guint n_reissued;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  letters = letters_claim (f);
  letters_answer_conflict (f, 1, "Drop");
  meeting.max_hash = ((RfiLetter *) letters->pdata[0])->hash;
  g_hash_table_insert (hashes, (gpointer) "1", meeting.max_hash);
  store_fixture_forget ();
  rfi_store_meet_async (f->store, &meeting, EPOCH2, NULL, store_fixture_keep_cb, &store_result);
  g_assert_cmpint (rfi_store_meet_finish (f->store, store_fixture_wait (&store_result),
                                          &n_reissued, &error), ==, RFI_MET_WELL);
  g_assert_no_error (error);
  /* As it is behind what the meeting did. */
  reopened = rfi_store_meet_get_letters (store_result);
  g_assert_cmpuint (reopened->len, ==, 1);
  g_assert_cmpint (((RfiLetter *) reopened->pdata[0])->state, ==, RFI_LETTER_SENT);
  store_assert (letters_show (f), "1:edit+");
  conflicts = store_list_conflicts (f);
  g_assert_cmpuint (conflicts->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_test_add ("/letters/numbers", NULL, test_numbers);
  store_test_add ("/letters/late-key", NULL, test_late_key);
  store_test_add ("/letters/signed-when-it-waits", NULL, test_signed_when_it_waits);
  store_test_add ("/letters/accepted", NULL, test_accepted);
  store_test_add ("/letters/older-rows", NULL, test_older_rows);
  store_test_add ("/letters/moved", NULL, test_moved);
  store_test_add ("/letters/pages", NULL, test_pages);
  store_test_add ("/letters/gone", NULL, test_gone);
  store_test_add ("/letters/sum", NULL, test_sum);
  store_test_add ("/letters/other-history", NULL, test_other_history);
  store_test_add ("/letters/conflict", NULL, test_conflict);
  store_test_add ("/letters/conceded", NULL, test_conceded);
  store_test_add ("/letters/decision-given-up/refused", "refused", test_decision_given_up);
  store_test_add ("/letters/decision-given-up/not-sent", NULL, test_decision_given_up);
  store_test_add ("/letters/decision-about-a-decision", NULL, test_decision_about_a_decision);
  store_test_add ("/letters/deleted-anyway", NULL, test_deleted_anyway);
  store_test_add ("/letters/decided-without-key", NULL, test_decided_without_key);
  store_test_add ("/letters/made-anew", NULL, test_made_anew);
  store_test_add ("/letters/made-anew/given-up", NULL, test_made_anew_given_up);
  store_test_add ("/letters/made-anew/accepted", NULL, test_accepted_made_anew);
  store_test_add ("/letters/made-anew/both", NULL, test_both_made_anew);
  store_test_add ("/letters/gone-before-the-answer", NULL, test_gone_before_the_answer);
  store_test_add ("/letters/decision-made-anew", NULL, test_decision_made_anew);
  store_test_add ("/letters/refused", NULL, test_refused);
  store_test_add ("/letters/withdrawn", NULL, test_withdrawn);
  store_test_add ("/letters/taken-back", NULL, test_taken_back);
  store_test_add ("/letters/conflict-elsewhere", NULL, test_conflict_elsewhere);
  for (guint i = 0; i < G_N_ELEMENTS (meetings); i++)
    {
      g_autofree char *path = g_strconcat ("/letters/meeting/", meetings[i].name, NULL);

      store_test_add (path, &meetings[i], test_meeting);
    }

  return g_test_run ();
}
