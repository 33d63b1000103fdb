/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "letters-fixture.h"

/* A conflict about a job that is gone, which the server keeps a record of. */

/* It came back before the person decided: what they want is set over what is there now. */
static void
test_came_back (StoreFixture  *f,
                gconstpointer  unused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GPtrArray) claimed = NULL;
  g_autoptr(RfiSignedOperation) said = NULL;
  RfiConflict *conflict;
  RfiStorePage *page;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  letters_answer_conflict (f, 1, NULL);
  page = letters_make_page (FALSE, "cursor-0", "cursor-1", 20);
  letters_add_row (page, 20, NULL, "a");
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
  page = letters_make_page (FALSE, "cursor-1", "cursor-2", 21);
  letters_add_row (page, 21, letters_versioned ("a", "Drop", 9), NULL);
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
  conflicts = store_list_conflicts (f);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_nonnull (conflict->theirs);
  g_assert_cmpstr (rfi_patch_get (conflict->theirs, RFI_FIELD_TITLE), ==, "Drop");

  rfi_patch_set (mine, RFI_FIELD_TITLE, "Big leak");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  store_assert (letters_show (f), "2:resolve");
  claimed = letters_claim (f);
  said = letters_read_letter (claimed, 0);
  g_assert_cmpstr (said->resolves, ==, SERVER_C);
  g_assert_cmpint (said->base_version, ==, 9);
  g_assert_cmpstr (rfi_patch_get (said->patch, RFI_FIELD_TITLE), ==, "Big leak");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_test_add ("/came-back/decided-over-it", NULL, test_came_back);

  return g_test_run ();
}
