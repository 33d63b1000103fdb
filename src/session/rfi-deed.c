/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-deed"

#include "config.h"

#include "rfi-deed.h"

#include "rfi-job-item.h"
#include "rfi-status.h"

/* @before, @after: (transfer full) */
static RfiDeed *
make (RfiJobItem       *item,
      RfiOperationKind  kind,
      RfiPatch         *before,
      RfiPatch         *after,
      const char       *operation_id)
{
  RfiDeed *self = g_new0 (RfiDeed, 1);

  g_ref_count_init (&self->ref_count);
  self->item = g_object_ref (item);
  self->kind = kind;
  self->before = before;
  self->after = after;
  self->operation_id = g_strdup (operation_id);
  return self;
}

RfiDeed *
rfi_deed_new (RfiJobItem         *item,
              RfiJob             *job,
              const RfiOperation *operation)
{
  g_autoptr(RfiJob) done = rfi_operation_apply (operation, job);
  RfiPatch *before = rfi_patch_new ();
  RfiPatch *after = rfi_patch_new ();

  for (guint i = 0; done != NULL && i < RFI_N_FIELDS; i++)
    {
      const char *old_value = rfi_job_get_field (job, (RfiField) i);
      const char *new_value = rfi_job_get_field (done, (RfiField) i);

      if (g_strcmp0 (old_value, new_value) == 0)
        continue;
      rfi_patch_set (before, (RfiField) i, old_value);
      rfi_patch_set (after, (RfiField) i, new_value);
    }
  return make (item, operation->kind, before, after, operation->id);
}

RfiDeed *
rfi_deed_new_barrier (RfiJobItem       *item,
                      RfiOperationKind  kind)
{
  return make (item, kind, rfi_patch_new (), rfi_patch_new (), NULL);
}

RfiDeed *
rfi_deed_renew (const RfiDeed *self,
                const char    *operation_id)
{
  return make (self->item, self->kind, rfi_patch_ref (self->before), rfi_patch_ref (self->after),
               operation_id);
}

RfiDeed *
rfi_deed_ref (RfiDeed *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_deed_unref (RfiDeed *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->item);
  rfi_patch_unref (self->before);
  rfi_patch_unref (self->after);
  g_free (self->operation_id);
  g_free (self);
}

RfiPatch *
rfi_deed_aim (const RfiDeed *self,
              gboolean       back)
{
  RfiPatch *side = back ? self->before : self->after;
  RfiPatch *aim;

  /* The status follows the technician by itself. */
  if (self->kind != RFI_OPERATION_ASSIGN)
    return rfi_patch_ref (side);

  aim = rfi_patch_new ();
  rfi_patch_set (aim, RFI_FIELD_ASSIGNED_TO, rfi_patch_get (side, RFI_FIELD_ASSIGNED_TO));
  return aim;
}

static gboolean
is_step_back_legal (const RfiDeed *self)
{
  RfiStatus before;
  RfiStatus after;

  return rfi_status_from_string (rfi_patch_get (self->before, RFI_FIELD_STATUS), &before) &&
         rfi_status_from_string (rfi_patch_get (self->after, RFI_FIELD_STATUS), &after) &&
         rfi_status_may_become (after, before);
}

gboolean
rfi_deed_is_reversible (const RfiDeed *self)
{
  switch (self->kind)
    {
    case RFI_OPERATION_EDIT:
    case RFI_OPERATION_ASSIGN:
      return !rfi_patch_is_empty (self->after);

    case RFI_OPERATION_SET_STATUS:
      return is_step_back_legal (self);

    case RFI_OPERATION_CREATE:
    case RFI_OPERATION_DELETE:
    case RFI_OPERATION_ADD_PHOTO:
    case RFI_OPERATION_DELETE_PHOTO:
    case RFI_OPERATION_RESOLVE:
    case RFI_OPERATION_VOID:
    case RFI_OPERATION_MOVE:
    default:
      return FALSE;
    }
}
