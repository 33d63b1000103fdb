/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-health"

#include "config.h"

#include "rfi-health.h"

#include "rfi-json.h"
#include "rfi-wire-error.h"

static char *
dup_member (const RfiJson *object,
            const char    *name)
{
  RfiJson value;

  return rfi_json_get_member (object, name, &value) ? rfi_json_dup_string (&value) : NULL;
}

static char **
dup_capabilities (const RfiJson *object)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  RfiJsonIter iter;
  RfiJson list;
  RfiJson value;

  if (rfi_json_get_member (object, "capabilities", &list))
    {
      rfi_json_iter_init (&iter, &list);
      while (!iter.named && rfi_json_iter_next (&iter, NULL, &value))
        {
          g_autofree char *word = rfi_json_dup_string (&value);

          if (word != NULL)
            g_strv_builder_add (builder, word);
        }
    }

  return g_strv_builder_end (builder);
}

RfiHealth *
rfi_health_parse (const char  *data,
                  gssize       length,
                  GError     **error)
{
  g_autofree char *status = NULL;
  RfiHealth *self;
  RfiJson root;
  RfiJson services;

  if (!rfi_json_parse (data, length, &root, error))
    return NULL;

  status = dup_member (&root, "status");
  if (status == NULL || !rfi_json_get_member (&root, "services", &services))
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                           "The answer is no server's health");
      return NULL;
    }

  self = g_new0 (RfiHealth, 1);
  self->ok = g_str_equal (status, "ok");
  self->status = g_steal_pointer (&status);
  self->timestamp = dup_member (&root, "timestamp");
  self->environment = dup_member (&root, "environment");
  self->version = dup_member (&root, "version");
  self->capabilities = dup_capabilities (&root);
  return self;
}

void
rfi_health_free (RfiHealth *self)
{
  if (self == NULL)
    return;

  g_free (self->status);
  g_free (self->timestamp);
  g_free (self->environment);
  g_free (self->version);
  g_strfreev (self->capabilities);
  g_free (self);
}

gboolean
rfi_health_has (const RfiHealth *self,
                const char      *capability)
{
  return self->capabilities != NULL &&
         g_strv_contains ((const char *const *) self->capabilities, capability);
}

/* "cosmosDb" is what the contract calls the database, whatever it is. */
void
rfi_health_append (const RfiHealth *self,
                   GString         *out)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "status", self->status);
  rfi_json_append_member (out, "timestamp", self->timestamp);
  rfi_json_append_member (out, "environment", self->environment);
  g_string_append (out, ",\"services\":{\"api\":\"ok\"");
  rfi_json_append_member (out, "cosmosDb",
                          self->ok ? "ok" : "error: unable to reach the database");
  g_string_append_c (out, '}');
  rfi_json_append_member (out, "version", self->version);

  g_string_append (out, ",\"capabilities\":[");
  for (guint i = 0; self->capabilities != NULL && self->capabilities[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      rfi_json_append_string (out, self->capabilities[i]);
    }
  g_string_append (out, "]}");
}
