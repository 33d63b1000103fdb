/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-take-back"

#include "config.h"

#include "rfi-store-outbox.h"

#include "rfi-letter-rows.h"
#include "rfi-store-steps.h"

/* Both say who does a job and how far it is. */
static gboolean
is_step (const RfiPatch *patch)
{
  return rfi_patch_has (patch, RFI_FIELD_STATUS) || rfi_patch_has (patch, RFI_FIELD_ASSIGNED_TO);
}

static gboolean
meets (const RfiPatch *patch,
       const RfiPatch *other)
{
  if (patch == NULL || other == NULL)
    return FALSE;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (patch, (RfiField) i) && rfi_patch_has (other, (RfiField) i))
      return TRUE;

  return is_step (patch) && is_step (other);
}

/* What was typed later on top of it would stand on nothing. @found: (out) */
static gboolean
find_follower (RfiDb         *db,
               RfiOperation  *operation,
               gboolean      *found,
               GError       **error)
{
  g_autoptr(GPtrArray) same_job = rfi_outbox_rows_list (db, operation->job_id, error);

  if (same_job == NULL)
    return FALSE;

  *found = FALSE;
  for (guint i = 0; i < same_job->len && !*found; i++)
    {
      RfiOperation *other = g_ptr_array_index (same_job, i);

      *found = other->seq > operation->seq && meets (operation->patch, other->patch);
    }
  return TRUE;
}

/* Whether not a byte of it can have left. @unsent: (out) */
static gboolean
check_unsent (RfiDb         *db,
              RfiOperation  *operation,
              gboolean      *unsent,
              GError       **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiLetter) letter = rfi_letter_rows_get (db, operation->id, &read_error);

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  *unsent = operation->state == RFI_OPERATION_QUEUED && !operation->maybe_applied &&
            (letter == NULL || letter->state == RFI_LETTER_NONE ||
             letter->state == RFI_LETTER_READY);
  return TRUE;
}

static gboolean
take_back_step (RfiDb           *db,
                RfiStoreCall    *call,
                RfiStoreChange  *change,
                GHashTable      *touched,
                GError         **error)
{
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, call->id, error);
  gboolean unsent;
  gboolean followed;

  if (operation == NULL || !check_unsent (db, operation, &unsent, error) ||
      !find_follower (db, operation, &followed, error))
    return FALSE;
  if (!unsent || followed)
    {
      g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE,
                   unsent ? "Operation %s is built upon" : "Operation %s may have been sent",
                   call->id);
      return FALSE;
    }

  return rfi_store_give_up (db, operation, call->number, call, change, touched, error);
}

static void
take_back_work (GTask *task,
                RfiDb *db)
{
  rfi_store_transact (task, db, take_back_step);
}

void
rfi_store_take_back_async (RfiStore            *self,
                           const char          *operation_id,
                           gint64               now,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_take_back_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (operation_id);
  call->number = now;
  rfi_store_call_push (self, task, take_back_work);
}
