/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-event-upcast"

#include "config.h"

#include "rfi-event-upcast.h"

#include "rfi-client-event.h"
#include "rfi-json.h"
#include "rfi-operation.h"

#include <string.h>

/* Appends what became of one member. */
typedef void (*MemberFunc) (const char    *name,
                            const RfiJson *value,
                            GString       *out);

static void
append_raw (const char    *name,
            const RfiJson *value,
            GString       *out)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  rfi_json_append_string (out, name);
  g_string_append_c (out, ':');
  rfi_json_append_raw (value, out);
}

static void
append_error (const char    *name,
              const RfiJson *value,
              GString       *out)
{
  g_autofree char *words = NULL;

  if (strcmp (name, "error") != 0)
    {
      append_raw (name, value, out);
      return;
    }

  words = rfi_json_dup_text (value);
  words[strcspn (words, ":")] = '\0';
  rfi_json_append_member (out, "code", words);
}

static void
append_operation (const char    *name,
                  const RfiJson *value,
                  GString       *out)
{
  gint64 number;

  if (strcmp (name, "id") == 0)
    append_raw ("operation", value, out);
  else if (strcmp (name, "kind") == 0 && rfi_json_get_int (value, &number) && number >= 0 &&
           number < RFI_N_OPERATION_KINDS)
    rfi_json_append_member (out, "kind",
                            rfi_operation_kind_to_string ((RfiOperationKind) number));
  else
    append_raw (name, value, out);
}

static MemberFunc
find_step (const char *type)
{
  if (g_str_has_prefix (type, "operation."))
    return append_operation;
  if (g_str_has_prefix (type, "sync.") || g_str_has_prefix (type, "device."))
    return append_error;

  return append_raw;
}

/* Returns: (transfer full) (nullable) */
static char *
from_1_to_2 (const char *type,
             const char *payload)
{
  MemberFunc append = find_step (type);
  GString *out;
  RfiJsonIter iter;
  RfiJson root;
  RfiJson name;
  RfiJson value;

  if (!rfi_json_parse (payload, -1, &root, NULL) ||
      rfi_json_get_type (&root) != RFI_JSON_OBJECT)
    return NULL;

  out = g_string_new ("{");
  rfi_json_iter_init (&iter, &root);
  while (rfi_json_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = rfi_json_dup_string (&name);

      append (text, &value, out);
    }
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

char *
rfi_event_upcast (const char *type,
                  gint64      version,
                  const char *payload)
{
  if (version < 1 || version > RFI_CLIENT_EVENT_SCHEMA)
    return NULL;
  if (version == RFI_CLIENT_EVENT_SCHEMA)
    return g_strdup (payload);

  return from_1_to_2 (type, payload);
}
