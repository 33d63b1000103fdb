/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-order"

#include "config.h"

#include "rfi-sync-order.h"

#include "rfi-priority.h"
#include "rfi-status.h"

static gboolean
sets (const RfiOperation *operation,
      RfiField            field,
      const char         *value)
{
  return operation->patch != NULL &&
         g_strcmp0 (rfi_patch_get (operation->patch, field), value) == 0;
}

RfiSyncClass
rfi_sync_order_classify (const RfiOperation *operation)
{
  switch (operation->kind)
    {
    case RFI_OPERATION_CREATE:
      return sets (operation, RFI_FIELD_PRIORITY, rfi_priority_to_string (RFI_PRIORITY_URGENT))
                 ? RFI_SYNC_CLASS_EMERGENCY
                 : RFI_SYNC_CLASS_UPDATE;

    case RFI_OPERATION_SET_STATUS:
      return sets (operation, RFI_FIELD_STATUS, rfi_status_to_string (RFI_STATUS_COMPLETED))
                 ? RFI_SYNC_CLASS_COMPLETION
                 : RFI_SYNC_CLASS_STATUS;

    case RFI_OPERATION_ASSIGN:
    case RFI_OPERATION_MOVE:
      return RFI_SYNC_CLASS_STATUS;

    case RFI_OPERATION_ADD_PHOTO:
    case RFI_OPERATION_DELETE_PHOTO:
      return RFI_SYNC_CLASS_PHOTO;

    case RFI_OPERATION_EDIT:
    case RFI_OPERATION_DELETE:
    case RFI_OPERATION_RESOLVE:
    case RFI_OPERATION_VOID:
    default:
      return RFI_SYNC_CLASS_UPDATE;
    }
}

/* Only Sync v1 can tell of these: a field beyond the contract's would be lost on the way, and a
 * decision that the server keeps a record of would not settle that. */
static gboolean
is_beyond_contract (const RfiOperation *operation)
{
  if (operation->kind == RFI_OPERATION_RESOLVE || operation->kind == RFI_OPERATION_MOVE)
    return TRUE;

  for (guint i = RFI_N_CONTRACT_FIELDS; operation->patch != NULL && i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (operation->patch, (RfiField) i))
      return TRUE;

  return FALSE;
}

static gboolean
may_go (const RfiOperation *operation,
        gboolean            photos_only,
        GHashTable         *due,
        gint64              now,
        gint64             *next_due)
{
  const gint64 *at;
  gboolean photo = operation->kind == RFI_OPERATION_ADD_PHOTO ||
                   operation->kind == RFI_OPERATION_DELETE_PHOTO;

  if (operation->state != RFI_OPERATION_QUEUED || (photos_only && !photo) ||
      is_beyond_contract (operation))
    return FALSE;

  at = due != NULL ? g_hash_table_lookup (due, operation->id) : NULL;
  if (at == NULL || *at <= now)
    return TRUE;

  *next_due = MIN (*next_due, *at);
  return FALSE;
}

RfiOperation *
rfi_sync_order_next (GPtrArray  *outbox,
                     gboolean    photos_only,
                     GHashTable *due,
                     gint64      now,
                     guint      *n_overtakes,
                     gint64     *next_due)
{
  g_autoptr(GHashTable) jobs = g_hash_table_new (g_str_hash, g_str_equal);
  RfiOperation *oldest = NULL;
  RfiOperation *best = NULL;

  *next_due = G_MAXINT64;
  for (guint i = 0; i < outbox->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (outbox, i);

      if (!g_hash_table_add (jobs, operation->job_id) ||
          !may_go (operation, photos_only, due, now, next_due))
        continue;
      if (oldest == NULL)
        oldest = operation;
      if (best == NULL || rfi_sync_order_classify (operation) < rfi_sync_order_classify (best))
        best = operation;
    }

  if (best == oldest || *n_overtakes >= RFI_SYNC_ORDER_PATIENCE)
    {
      *n_overtakes = 0;
      return oldest;
    }

  (*n_overtakes)++;
  return best;
}
