/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-operation"

#include "config.h"

#include "rfi-operation.h"

#include <string.h>

static const char *const kinds[RFI_N_OPERATION_KINDS] = {
  "create", "edit", "status", "assign", "delete", "add-photo", "delete-photo", "resolve", "void",
  "move",
};

const char *
rfi_operation_kind_to_string (RfiOperationKind kind)
{
  g_return_val_if_fail (kind < RFI_N_OPERATION_KINDS, NULL);

  return kinds[kind];
}

gboolean
rfi_operation_kind_from_string (const char       *text,
                                RfiOperationKind *kind)
{
  for (guint i = 0; i < RFI_N_OPERATION_KINDS; i++)
    if (g_strcmp0 (text, kinds[i]) == 0)
      {
        *kind = (RfiOperationKind) i;
        return TRUE;
      }

  return FALSE;
}

gboolean
rfi_operation_kind_is_word (const char *text)
{
  return text != NULL && g_ascii_islower (*text) &&
         text[strspn (text, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

RfiOperationKind
rfi_operation_kind_of_field (RfiField field)
{
  if (field == RFI_FIELD_STATUS)
    return RFI_OPERATION_SET_STATUS;

  return field == RFI_FIELD_ASSIGNED_TO ? RFI_OPERATION_ASSIGN : RFI_OPERATION_EDIT;
}

G_DEFINE_BOXED_TYPE (RfiOperation, rfi_operation, rfi_operation_ref, rfi_operation_unref)

RfiOperation *
rfi_operation_new (const RfiOperation *template)
{
  RfiOperation *self = g_new0 (RfiOperation, 1);

  *self = *template;
  self->id = g_strdup (template->id);
  self->job_id = g_strdup (template->job_id);
  self->vendor_id = g_strdup (template->vendor_id);
  self->user_id = g_strdup (template->user_id);
  self->base_etag = g_strdup (template->base_etag);
  self->patch = template->patch != NULL ? rfi_patch_ref (template->patch) : NULL;
  self->before = template->before != NULL ? rfi_patch_ref (template->before) : NULL;
  self->photo_id = g_strdup (template->photo_id);
  self->photo_name = g_strdup (template->photo_name);
  self->photo_mime = g_strdup (template->photo_mime);
  self->photo_path = g_strdup (template->photo_path);
  self->error_code = g_strdup (template->error_code);
  self->error_message = g_strdup (template->error_message);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiOperation *
rfi_operation_ref (RfiOperation *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_operation_unref (RfiOperation *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->id);
  g_free (self->job_id);
  g_free (self->vendor_id);
  g_free (self->user_id);
  g_free (self->base_etag);
  g_clear_pointer (&self->patch, rfi_patch_unref);
  g_clear_pointer (&self->before, rfi_patch_unref);
  g_free (self->photo_id);
  g_free (self->photo_name);
  g_free (self->photo_mime);
  g_free (self->photo_path);
  g_free (self->error_code);
  g_free (self->error_message);
  g_free (self);
}

static RfiJob *
create_job (const RfiOperation *self)
{
  const RfiJobExtra *extra = rfi_job_extra_with_operation (NULL, self->id);
  RfiJob blank = {
    .id = self->job_id,
    .vendor_id = self->vendor_id,
    .created_by = self->user_id,
    .created_at = self->created_at,
    .updated_at = self->created_at,
    .status_at = rfi_job_keep_status_at (self->created_at),
    .priority = RFI_PRIORITY_MEDIUM,
    .extra = extra,
  };
  g_autoptr(RfiJob) job = rfi_job_new (&blank);

  rfi_job_extra_unref (extra);
  return rfi_job_apply (job, self->patch);
}

/* Returns: (transfer full) */
static RfiJob *
apply_patch (const RfiOperation *self,
             RfiJob             *job,
             const RfiPatch     *patch)
{
  RfiJob *next = rfi_job_apply (job, patch);

  if (next->status != job->status)
    next->status_at = rfi_job_keep_status_at (self->created_at);
  return next;
}

/* Assigning a pending job is also its step to assigned; taking a technician off an assigned
 * one is its way back.
 */
static RfiJob *
assign_job (const RfiOperation *self,
            RfiJob             *job)
{
  g_autoptr(RfiPatch) patch = rfi_patch_copy (self->patch);
  const char *technician = rfi_patch_get (patch, RFI_FIELD_ASSIGNED_TO);

  if (job->status == RFI_STATUS_PENDING && technician != NULL && *technician != '\0')
    rfi_patch_set (patch, RFI_FIELD_STATUS, rfi_status_to_string (RFI_STATUS_ASSIGNED));
  else if (job->status == RFI_STATUS_ASSIGNED && technician != NULL && *technician == '\0')
    rfi_patch_set (patch, RFI_FIELD_STATUS, rfi_status_to_string (RFI_STATUS_PENDING));

  return apply_patch (self, job, patch);
}

RfiJob *
rfi_operation_move_job (RfiJob     *job,
                        const char *vendor_id)
{
  RfiJob moved = *job;

  moved.vendor_id = vendor_id;
  moved.assigned_to = NULL;
  moved.assigned_to_name = NULL;
  if (job->status == RFI_STATUS_ASSIGNED)
    moved.status = RFI_STATUS_PENDING;
  return rfi_job_new (&moved);
}

static RfiJob *
move_job (const RfiOperation *self,
          RfiJob             *job)
{
  RfiJob *moved = rfi_operation_move_job (job, self->vendor_id);

  if (moved->status != job->status)
    moved->status_at = rfi_job_keep_status_at (self->created_at);
  return moved;
}

RfiJob *
rfi_operation_apply (const RfiOperation *self,
                     RfiJob             *job)
{
  if (self->kind == RFI_OPERATION_CREATE)
    return job != NULL ? rfi_job_ref (job) : create_job (self);

  if (job == NULL || self->kind == RFI_OPERATION_DELETE)
    return NULL;

  switch (self->kind)
    {
    case RFI_OPERATION_EDIT:
    case RFI_OPERATION_SET_STATUS:
    case RFI_OPERATION_RESOLVE:
      return self->patch != NULL ? apply_patch (self, job, self->patch) : rfi_job_ref (job);

    case RFI_OPERATION_ASSIGN:
      return assign_job (self, job);

    case RFI_OPERATION_MOVE:
      return move_job (self, job);

    case RFI_OPERATION_ADD_PHOTO:
    case RFI_OPERATION_DELETE_PHOTO:
    case RFI_OPERATION_VOID:
    case RFI_OPERATION_CREATE:
    case RFI_OPERATION_DELETE:
    default:
      return rfi_job_ref (job);
    }
}

RfiJob *
rfi_operation_fold (RfiJob    *base,
                    GPtrArray *pending)
{
  RfiJob *work = base != NULL ? rfi_job_ref (base) : NULL;

  for (guint i = 0; pending != NULL && i < pending->len; i++)
    {
      RfiJob *next = rfi_operation_apply (g_ptr_array_index (pending, i), work);

      g_clear_pointer (&work, rfi_job_unref);
      work = next;
    }

  return work;
}
