/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-members"

#include "config.h"

#include "rfi-wire-members.h"

#include "rfi-wire-error.h"

#include <string.h>

static gboolean
fail (const char  *name,
      GError     **error)
{
  g_set_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, "%s is missing or not valid", name);
  return FALSE;
}

gboolean
rfi_wire_parse_object (const char  *data,
                       gssize       length,
                       RfiJson     *root,
                       GError     **error)
{
  if (!rfi_json_parse (data, length, root, error))
    return FALSE;
  if (rfi_json_get_type (root) == RFI_JSON_OBJECT)
    return TRUE;

  g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, "The text is no object");
  return FALSE;
}

gboolean
rfi_wire_get_list (const RfiJson  *object,
                   const char     *name,
                   RfiJson        *list,
                   GError        **error)
{
  return (rfi_json_get_member (object, name, list) &&
          rfi_json_get_type (list) == RFI_JSON_ARRAY) ||
         fail (name, error);
}

char *
rfi_wire_dup_member (const RfiJson *object,
                     const char    *name)
{
  RfiJson value;

  return rfi_json_get_member (object, name, &value) ? rfi_json_dup_string (&value) : NULL;
}

gboolean
rfi_wire_need_member (const RfiJson  *object,
                      const char     *name,
                      char          **text,
                      GError        **error)
{
  char *read = rfi_wire_dup_member (object, name);

  g_free (*text);
  *text = read;
  return (read != NULL && *read != '\0') || fail (name, error);
}

/* 1.5 is no integer, and neither is 1e3: our programs do not write it. */
static gboolean
is_integer (const RfiJson *value)
{
  for (const char *at = value->at; at < value->end; at++)
    if (!g_ascii_isdigit (*at) && !(*at == '-' && at == value->at))
      return FALSE;

  return TRUE;
}

gint64
rfi_wire_read_int (const RfiJson *value,
                   gint64         fallback)
{
  gint64 number;

  return is_integer (value) && rfi_json_get_int (value, &number) ? number : fallback;
}

gint64
rfi_wire_get_int (const RfiJson *object,
                  const char    *name,
                  gint64         fallback)
{
  RfiJson value;

  return rfi_json_get_member (object, name, &value) ? rfi_wire_read_int (&value, fallback)
                                                    : fallback;
}

gboolean
rfi_wire_need_int (const RfiJson  *object,
                   const char     *name,
                   gint64          lowest,
                   gint64         *number,
                   GError        **error)
{
  *number = rfi_wire_get_int (object, name, G_MININT64);
  return *number >= lowest || fail (name, error);
}

gboolean
rfi_wire_get_boolean (const RfiJson *object,
                      const char    *name)
{
  RfiJson value;

  return rfi_json_get_member (object, name, &value) &&
         rfi_json_get_type (&value) == RFI_JSON_BOOLEAN && rfi_json_is_truthy (&value);
}

void
rfi_wire_append_name (GString    *out,
                      const char *name)
{
  if (out->len > 0 && out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');

  rfi_json_append_string (out, name);
  g_string_append_c (out, ':');
}

void
rfi_wire_append_int (GString    *out,
                     const char *name,
                     gint64      number)
{
  rfi_wire_append_name (out, name);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, number);
}

void
rfi_wire_append_boolean (GString    *out,
                         const char *name,
                         gboolean    value)
{
  rfi_wire_append_name (out, name);
  g_string_append (out, value ? "true" : "false");
}

void
rfi_wire_append_text (GString    *out,
                      const char *name,
                      const char *text)
{
  if (text != NULL)
    rfi_json_append_member (out, name, text);
}
