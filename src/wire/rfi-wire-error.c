/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-error"

#include "config.h"

#include "rfi-wire-error.h"

#include "rfi-json.h"

G_DEFINE_QUARK (rfi-wire-error-quark, rfi_wire_error)

gboolean
rfi_wire_error_parse (const char  *data,
                      gssize       length,
                      char       **code,
                      char       **message)
{
  RfiJson root;
  RfiJson error;
  RfiJson value;

  if (!rfi_json_parse (data, length, &root, NULL) ||
      !rfi_json_get_member (&root, "error", &error) ||
      !rfi_json_get_member (&error, "code", &value) ||
      rfi_json_get_type (&value) != RFI_JSON_STRING)
    return FALSE;

  *code = rfi_json_dup_text (&value);
  *message = rfi_json_get_member (&error, "message", &value) ? rfi_json_dup_text (&value)
                                                             : g_strdup ("");
  return TRUE;
}

void
rfi_wire_error_append (GString    *out,
                       const char *code,
                       const char *message)
{
  g_string_append (out, "{\"error\":{");
  rfi_json_append_member (out, "code", code);
  rfi_json_append_member (out, "message", message);
  g_string_append (out, "}}");
}
