/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-outbox-export"

#include "config.h"

#include "rfi-outbox-export.h"

#include "rfi-json.h"
#include "rfi-operation.h"
#include "rfi-sealed-file.h"
#include "rfi-time.h"

static void
append_member (GString    *out,
               const char *name,
               const char *value)
{
  if (value == NULL)
    return;

  g_string_append (out, ",\n      ");
  rfi_json_append_string (out, name);
  g_string_append (out, ": ");
  rfi_json_append_string (out, value);
}

static void
append_patch (GString        *out,
              const char     *name,
              const RfiPatch *patch)
{
  gboolean first = TRUE;

  if (patch == NULL)
    return;

  g_string_append_printf (out, ",\n      \"%s\": {", name);
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (patch, (RfiField) i))
      {
        g_string_append (out, first ? " " : ", ");
        rfi_json_append_string (out, rfi_field_to_string ((RfiField) i));
        g_string_append (out, ": ");
        rfi_json_append_string (out, rfi_patch_get (patch, (RfiField) i));
        first = FALSE;
      }
  g_string_append (out, " }");
}

/* What cannot be read is left out: the rest is all the more worth having. */
static void
append_photo (GString    *out,
              const char *path,
              RfiSeal    *seal)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) content = rfi_sealed_file_read (seal, path, &error);
  g_autofree char *text = NULL;
  gsize size;
  const guint8 *bytes;

  if (content == NULL)
    {
      g_warning ("A photo is missing in what is exported: %s", error->message);
      return;
    }

  bytes = g_bytes_get_data (content, &size);
  text = g_base64_encode (bytes, size);
  append_member (out, "photoContent", text);
}

static void
append_operation (GString            *out,
                  const RfiOperation *operation,
                  RfiSeal            *seal)
{
  g_autofree char *created_at = rfi_time_to_string (operation->created_at);

  g_string_append (out, "    {\n      \"id\": ");
  rfi_json_append_string (out, operation->id);
  append_member (out, "kind", rfi_operation_kind_to_string (operation->kind));
  append_member (out, "job", operation->job_id);
  append_member (out, "vendor", operation->vendor_id);
  append_member (out, "user", operation->user_id);
  append_member (out, "createdAt", created_at);
  append_member (out, "photo", operation->photo_id);
  append_member (out, "photoName", operation->photo_name);
  if (operation->photo_path != NULL)
    append_photo (out, operation->photo_path, seal);
  append_member (out, "errorCode", operation->error_code);
  append_member (out, "errorMessage", operation->error_message);
  append_patch (out, "before", operation->before);
  append_patch (out, "set", operation->patch);
  g_string_append (out, "\n    }");
}

GBytes *
rfi_outbox_export (GPtrArray  *operations,
                   const char *server_url,
                   const char *email,
                   RfiSeal    *seal)
{
  GString *out = g_string_new ("{\n  \"server\": ");

  rfi_json_append_string (out, server_url);
  g_string_append (out, ",\n  \"account\": ");
  rfi_json_append_string (out, email);
  g_string_append (out, ",\n  \"waiting\": [");
  for (guint i = 0; i < operations->len; i++)
    {
      g_string_append (out, i > 0 ? ",\n" : "\n");
      append_operation (out, g_ptr_array_index (operations, i), seal);
    }
  g_string_append (out, "\n  ]\n}\n");

  return g_string_free_to_bytes (out);
}
