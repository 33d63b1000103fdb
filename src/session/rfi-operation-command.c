/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-operation-command"

#include "config.h"

#include "rfi-operation-command.h"

#include "rfi-session-private.h"

#include <string.h>

RfiPatch *
rfi_operation_command_diff (const RfiJob   *job,
                            const RfiPatch *fields)
{
  RfiPatch *patch = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;
      const char *value = rfi_patch_get (fields, field);

      /* Steps and technicians have commands of their own. */
      if (value == NULL || field == RFI_FIELD_STATUS || field == RFI_FIELD_ASSIGNED_TO)
        continue;
      if (strcmp (value, rfi_job_get_field (job, field)) != 0)
        rfi_patch_set (patch, field, value);
    }

  return patch;
}

static gboolean
check_field (const RfiPatch  *patch,
             RfiField         field,
             GError         **error)
{
  RfiFieldProblem problem = rfi_field_check (field, rfi_patch_get (patch, field));

  if (problem == RFI_FIELD_OK)
    return TRUE;

  g_propagate_error (error, _rfi_session_invalid (field, problem));
  return FALSE;
}

gboolean
rfi_operation_command_check (const RfiPatch  *patch,
                             GError         **error)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (patch, (RfiField) i) && !check_field (patch, (RfiField) i, error))
      return FALSE;

  return TRUE;
}

gboolean
rfi_operation_command_check_new (const RfiPatch  *fields,
                                 GError         **error)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (i != RFI_FIELD_STATUS && !check_field (fields, (RfiField) i, error))
      return FALSE;

  return TRUE;
}

RfiOperation *
rfi_operation_command_new (RfiOperationKind  kind,
                           const RfiJob     *job,
                           const RfiUser    *user,
                           RfiPatch         *patch)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(RfiPatch) shown = rfi_job_to_patch (job);
  g_autoptr(RfiPatch) before = patch != NULL ? rfi_patch_pick (patch, shown) : NULL;
  RfiOperation template = {
    .id = id,
    .kind = kind,
    .job_id = (char *) job->id,
    .vendor_id = (char *) job->vendor_id,
    .user_id = user->id,
    .base_etag = (char *) RFI_ETAG_TEXT (job->etag),
    .patch = patch,
    .before = before,
    .created_at = g_get_real_time () / 1000,
  };

  return rfi_operation_new (&template);
}

RfiOperation *
rfi_operation_command_new_create (const RfiUser  *user,
                                  const RfiPatch *fields,
                                  const char     *vendor_id)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(RfiPatch) patch = rfi_patch_copy (fields);
  RfiOperation template = {
    .id = id,
    .kind = RFI_OPERATION_CREATE,
    .job_id = id,
    .vendor_id = (char *) vendor_id,
    .user_id = user->id,
    .patch = patch,
    .created_at = g_get_real_time () / 1000,
  };

  rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, NULL);
  rfi_patch_set (patch, RFI_FIELD_STATUS, NULL);
  return rfi_operation_new (&template);
}

RfiOperation *
rfi_operation_command_new_assign_created (const RfiUser  *user,
                                          const RfiJob   *job,
                                          const RfiPatch *fields)
{
  const char *technician_id = rfi_patch_get (fields, RFI_FIELD_ASSIGNED_TO);
  g_autoptr(RfiPatch) patch = NULL;

  if (technician_id == NULL || *technician_id == '\0')
    return NULL;

  patch = rfi_patch_new ();
  rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, technician_id);
  return rfi_operation_command_new (RFI_OPERATION_ASSIGN, job, user, patch);
}

RfiOperation *
rfi_operation_command_new_add_photo (const RfiUser *user,
                                     const RfiJob  *job,
                                     const char    *id,
                                     const char    *file_name,
                                     const char    *mime_type,
                                     const char    *path,
                                     gint64         size)
{
  RfiOperation template = {
    .id = (char *) id,
    .kind = RFI_OPERATION_ADD_PHOTO,
    .job_id = (char *) job->id,
    .vendor_id = (char *) job->vendor_id,
    .user_id = user->id,
    .photo_name = (char *) file_name,
    .photo_mime = (char *) mime_type,
    .photo_path = (char *) path,
    .photo_size = size,
    .created_at = g_get_real_time () / 1000,
  };

  return rfi_operation_new (&template);
}

RfiOperation *
rfi_operation_command_new_delete_photo (const RfiUser *user,
                                        const RfiJob  *job,
                                        const char    *photo_id,
                                        const char    *file_name)
{
  g_autofree char *id = g_uuid_string_random ();
  RfiOperation template = {
    .id = id,
    .kind = RFI_OPERATION_DELETE_PHOTO,
    .job_id = (char *) job->id,
    .vendor_id = (char *) job->vendor_id,
    .user_id = user->id,
    .photo_id = (char *) photo_id,
    .photo_name = (char *) file_name,
    .created_at = g_get_real_time () / 1000,
  };

  return rfi_operation_new (&template);
}
