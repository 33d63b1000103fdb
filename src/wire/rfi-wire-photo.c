/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-photo"

#include "config.h"

#include "rfi-wire-photo.h"

#include "rfi-time.h"
#include "rfi-wire-error.h"

static char *
dup_member (const RfiJson *object,
            const char    *name)
{
  RfiJson value;

  return rfi_json_get_member (object, name, &value) ? rfi_json_dup_text (&value) : g_strdup ("");
}

RfiPhoto *
rfi_wire_photo_from_json (const RfiJson  *value,
                          GError        **error)
{
  g_autofree char *id = NULL;
  g_autofree char *file_name = NULL;
  g_autofree char *mime_type = NULL;
  g_autofree char *uploaded_by = NULL;
  g_autofree char *uploaded_at = NULL;
  g_autofree char *url = NULL;
  RfiPhoto template = { 0 };
  RfiJson member;

  if (rfi_json_get_type (value) != RFI_JSON_OBJECT ||
      !rfi_json_get_member (value, "id", &member) || !rfi_json_is_truthy (&member))
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                           "A photo without an id");
      return NULL;
    }

  template.id = id = rfi_json_dup_text (&member);
  template.file_name = file_name = dup_member (value, "fileName");
  template.mime_type = mime_type = dup_member (value, "mimeType");
  template.uploaded_by = uploaded_by = dup_member (value, "uploadedBy");
  uploaded_at = dup_member (value, "uploadedAt");
  if (!rfi_time_parse (uploaded_at, -1, &template.uploaded_at))
    template.uploaded_at = 0;
  if (!rfi_json_get_member (value, "size", &member) ||
      !rfi_json_get_int (&member, &template.size) || template.size < 0)
    template.size = 0;
  if (rfi_json_get_member (value, "sasUrl", &member))
    template.url = url = rfi_json_dup_string (&member);

  return rfi_photo_new (&template);
}

RfiPhoto *
rfi_wire_photo_parse (const char  *data,
                      gssize       length,
                      GError     **error)
{
  RfiPhoto *photo;
  RfiJson root;
  RfiJson outer;
  RfiJson member;

  if (!rfi_json_parse (data, length, &root, error))
    return NULL;
  if (!rfi_json_get_member (&root, "data", &outer) ||
      !rfi_json_get_member (&outer, "attachment", &member))
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                           "An answer to an upload without a photo");
      return NULL;
    }

  photo = rfi_wire_photo_from_json (&member, error);
  if (photo != NULL && photo->url == NULL && rfi_json_get_member (&outer, "sasUrl", &member))
    photo->url = rfi_json_dup_string (&member);

  return photo;
}

void
rfi_wire_photo_append (GString        *out,
                       const RfiPhoto *self,
                       const RfiJob   *job,
                       gboolean        with_url)
{
  g_autofree char *blob_name =
    g_strdup_printf ("%s/%s/%s.%s", job->vendor_id, job->id, self->id,
                     g_strcmp0 (self->mime_type, "image/png") == 0 ? "png" : "jpg");
  char uploaded_at[RFI_TIME_TEXT_SIZE];

  rfi_time_format (self->uploaded_at, uploaded_at);
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "id", self->id);
  rfi_json_append_member (out, "fileName", self->file_name);
  rfi_json_append_member (out, "mimeType", self->mime_type);
  g_string_append_printf (out, ",\"size\":%" G_GINT64_FORMAT, self->size);
  rfi_json_append_member (out, "blobName", blob_name);
  rfi_json_append_member (out, "uploadedBy", self->uploaded_by);
  rfi_json_append_member (out, "uploadedAt", uploaded_at);
  if (with_url && self->url != NULL)
    rfi_json_append_member (out, "sasUrl", self->url);
  g_string_append_c (out, '}');
}

void
rfi_wire_photo_append_answer (GString        *out,
                              const RfiPhoto *self,
                              const RfiJob   *job)
{
  g_string_append (out, "{\"data\":{\"attachment\":");
  rfi_wire_photo_append (out, self, job, FALSE);
  g_string_append (out, ",\"sasUrl\":");
  rfi_json_append_string (out, self->url);
  g_string_append (out, "}}");
}
