/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-sync-order.h"


static RfiOperation *
make (const char       *id,
      RfiOperationKind  kind,
      const char       *job_id,
      RfiField          field,
      const char       *value,
      RfiOperationState state)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  RfiOperation operation = {
    .id = (char *) id,
    .kind = kind,
    .job_id = (char *) job_id,
    .patch = patch,
    .state = state,
  };

  if (value != NULL)
    rfi_patch_set (patch, field, value);
  return rfi_operation_new (&operation);
}

static GPtrArray *
outbox_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_operation_unref);
}

static void
add (GPtrArray        *outbox,
     const char       *id,
     RfiOperationKind  kind,
     const char       *job_id,
     const char       *value)
{
  RfiField field = kind == RFI_OPERATION_CREATE ? RFI_FIELD_PRIORITY : RFI_FIELD_STATUS;

  g_ptr_array_add (outbox, make (id, kind, job_id, field, value, RFI_OPERATION_QUEUED));
}

/* Takes everything out in the order it would be sent. */
static char *
drain (GPtrArray *outbox)
{
  g_autoptr(GString) order = g_string_new (NULL);
  guint n_overtakes = 0;
  gint64 next_due;

  for (;;)
    {
      RfiOperation *next = rfi_sync_order_next (outbox, FALSE, NULL, 0, &n_overtakes, &next_due);

      if (next == NULL)
        break;
      g_string_append (order, next->id);
      g_ptr_array_remove (outbox, next);
    }

  return g_string_free (g_steal_pointer (&order), FALSE);
}

static void
test_classes (void)
{
  g_autoptr(GPtrArray) outbox = outbox_new ();
  g_autofree char *order = NULL;

  add (outbox, "a", RFI_OPERATION_ADD_PHOTO, "1", NULL);
  add (outbox, "b", RFI_OPERATION_EDIT, "2", NULL);
  add (outbox, "c", RFI_OPERATION_SET_STATUS, "3", "completed");
  add (outbox, "d", RFI_OPERATION_SET_STATUS, "4", "in-progress");
  add (outbox, "e", RFI_OPERATION_CREATE, "5", "urgent");
  add (outbox, "f", RFI_OPERATION_CREATE, "6", "low");
  add (outbox, "g", RFI_OPERATION_ASSIGN, "7", NULL);
  order = drain (outbox);
  g_assert_cmpstr (order, ==, "edgcbfa");
}

static void
test_job_order_is_absolute (void)
{
  g_autoptr(GPtrArray) outbox = outbox_new ();
  g_autofree char *order = NULL;

  add (outbox, "a", RFI_OPERATION_ADD_PHOTO, "1", NULL);
  add (outbox, "b", RFI_OPERATION_SET_STATUS, "1", "in-progress");
  add (outbox, "c", RFI_OPERATION_EDIT, "2", NULL);
  add (outbox, "d", RFI_OPERATION_CREATE, "1", "urgent");
  order = drain (outbox);
  g_assert_cmpstr (order, ==, "cabd");
}

static void
test_blocked_head (void)
{
  g_autoptr(GPtrArray) outbox = outbox_new ();
  g_autofree char *order = NULL;

  g_ptr_array_add (outbox, make ("a", RFI_OPERATION_EDIT, "1", RFI_FIELD_TITLE, "x",
                                 RFI_OPERATION_CONFLICT));
  add (outbox, "b", RFI_OPERATION_SET_STATUS, "1", "in-progress");
  g_ptr_array_add (outbox, make ("c", RFI_OPERATION_EDIT, "2", RFI_FIELD_TITLE, "x",
                                 RFI_OPERATION_REJECTED));
  add (outbox, "d", RFI_OPERATION_SET_STATUS, "2", "in-progress");
  add (outbox, "e", RFI_OPERATION_EDIT, "3", NULL);
  order = drain (outbox);
  g_assert_cmpstr (order, ==, "e");
}

static void
test_due (void)
{
  g_autoptr(GPtrArray) outbox = outbox_new ();
  g_autoptr(GHashTable) due = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  gint64 at = 500;
  guint n_overtakes = 0;
  gint64 next_due;
  RfiOperation *next;

  add (outbox, "a", RFI_OPERATION_EDIT, "1", NULL);
  add (outbox, "b", RFI_OPERATION_SET_STATUS, "1", "in-progress");
  add (outbox, "c", RFI_OPERATION_EDIT, "2", NULL);
  g_hash_table_insert (due, (gpointer) "a", g_memdup2 (&at, sizeof at));

  next = rfi_sync_order_next (outbox, FALSE, due, 499, &n_overtakes, &next_due);
  g_assert_cmpstr (next->id, ==, "c");
  g_assert_cmpint (next_due, ==, 500);

  next = rfi_sync_order_next (outbox, FALSE, due, 500, &n_overtakes, &next_due);
  g_assert_cmpstr (next->id, ==, "a");
  g_assert_cmpint (next_due, ==, G_MAXINT64);
}

/* However many urgent ones keep coming, a photo goes after a bounded number of them. */
static void
test_no_starving (void)
{
  g_autoptr(GPtrArray) outbox = outbox_new ();
  guint n_overtakes = 0;
  guint n_sent = 0;

  add (outbox, "photo", RFI_OPERATION_ADD_PHOTO, "0", NULL);
  for (;;)
    {
      g_autofree char *id = g_strdup_printf ("s%u", n_sent);
      g_autofree char *job_id = g_strdup_printf ("j%u", n_sent);
      gint64 next_due;
      RfiOperation *next;

      add (outbox, id, RFI_OPERATION_SET_STATUS, job_id, "in-progress");
      next = rfi_sync_order_next (outbox, FALSE, NULL, 0, &n_overtakes, &next_due);
      if (g_str_equal (next->id, "photo"))
        break;
      g_ptr_array_remove (outbox, next);
      n_sent++;
      g_assert_cmpuint (n_sent, <=, RFI_SYNC_ORDER_PATIENCE);
    }

  g_assert_cmpuint (n_sent, ==, RFI_SYNC_ORDER_PATIENCE);
}

/* What the contract has no words for waits, and keeps only its own job waiting. */
static void
test_beyond_contract (void)
{
  g_autoptr(GPtrArray) outbox = outbox_new ();
  g_autofree char *order = NULL;

  g_ptr_array_add (outbox, make ("a", RFI_OPERATION_EDIT, "1", RFI_FIELD_NOTES, "[]",
                                 RFI_OPERATION_QUEUED));
  add (outbox, "b", RFI_OPERATION_EDIT, "1", NULL);
  g_ptr_array_add (outbox, make ("c", RFI_OPERATION_RESOLVE, "2", RFI_FIELD_TITLE, "Flood",
                                 RFI_OPERATION_QUEUED));
  add (outbox, "d", RFI_OPERATION_EDIT, "3", NULL);
  order = drain (outbox);
  g_assert_cmpstr (order, ==, "d");
}

/* In Sync v1 only photos go this way, and not before what was typed before them. */
static void
test_photos_only (void)
{
  g_autoptr(GPtrArray) outbox = outbox_new ();
  RfiOperation *next;
  guint n_overtakes = 0;
  gint64 next_due;

  add (outbox, "a", RFI_OPERATION_EDIT, "1", NULL);
  add (outbox, "b", RFI_OPERATION_ADD_PHOTO, "1", NULL);
  add (outbox, "c", RFI_OPERATION_ADD_PHOTO, "2", NULL);
  next = rfi_sync_order_next (outbox, TRUE, NULL, 0, &n_overtakes, &next_due);
  g_assert_cmpstr (next->id, ==, "c");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/order/classes", test_classes);
  g_test_add_func ("/sync/order/job-order-is-absolute", test_job_order_is_absolute);
  g_test_add_func ("/sync/order/blocked-head", test_blocked_head);
  g_test_add_func ("/sync/order/due", test_due);
  g_test_add_func ("/sync/order/no-starving", test_no_starving);

  g_test_add_func ("/sync/order/beyond-contract", test_beyond_contract);
  g_test_add_func ("/sync/order/photos-only", test_photos_only);
  return g_test_run ();
}
