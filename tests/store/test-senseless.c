/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "letters-fixture.h"

/* What makes no sense, by damage or by a mistake, holds up nothing but itself. */

/* An edit of a status, which cannot be signed. */
static RfiOperation *
make_unsignable (void)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  RfiOperation operation = {
    .id = (char *) ONE, .kind = RFI_OPERATION_EDIT, .job_id = (char *) "a",
    .user_id = (char *) "me", .patch = patch, .before = patch, .created_at = 2000,
  };

  rfi_patch_set (patch, RFI_FIELD_STATUS, "completed");
  return rfi_operation_new (&operation);
}

static void
test_unsignable (StoreFixture  *f,
                 gconstpointer  unused)
{
  g_autoptr(RfiJob) a = letters_versioned ("a", "Leak", 1);
  g_autoptr(RfiJob) b = letters_versioned ("b", "Noise", 1);
  g_autoptr(GPtrArray) outbox = NULL;

  store_apply (f, RFI_PULL_LISTING, 1, a, b, NULL);
  store_enqueue (f, make_unsignable ());
  store_enqueue (f, store_edit (TWO, "b", "Noise", "Loud noise"));
  letters_enroll (f, 1);
  store_assert (store_show_outbox (f), ONE ":edit@a!, " TWO ":edit@b");
  store_assert (letters_show (f), "0:edit?/, 1:edit");
  store_assert (store_show_audit (f, "b"), "changed title Noise>Loud noise*");
  outbox = store_list_outbox (f);
  g_assert_cmpstr (((RfiOperation *) outbox->pdata[0])->error_code, ==, RFI_OPERATION_SENSELESS);

  /* Tried again, it is looked at again. */
  store_run (f, rfi_store_retry_async, ONE);
  store_run (f, rfi_store_sign_waiting_async);
  store_assert (store_show_outbox (f), ONE ":edit@a!, " TWO ":edit@b");
  store_run (f, rfi_store_discard_async, ONE, (gint64) 9000);
  store_assert (store_show_outbox (f), TWO ":edit@b");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_test_add ("/senseless/unsignable", NULL, test_unsignable);

  return g_test_run ();
}
