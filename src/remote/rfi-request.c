/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-request"

#include "config.h"

#include "rfi-request.h"

#define DEFAULT_TIMEOUT 10000
#define DEFAULT_BODY_LIMIT (16 * 1024 * 1024)

RfiRequest *
rfi_request_new (const char *method,
                 const char *target)
{
  RfiRequest *self = g_new0 (RfiRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->method = g_strdup (method);
  self->target = g_strdup (target);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->timeout = DEFAULT_TIMEOUT;
  self->body_limit = DEFAULT_BODY_LIMIT;
  return self;
}

RfiRequest *
rfi_request_ref (RfiRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_request_unref (RfiRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->method);
  g_free (self->target);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self);
}

void
rfi_request_add_header (RfiRequest *self,
                        const char *name,
                        const char *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

static guint
find_header (RfiRequest *self,
             const char *name)
{
  guint i = 0;

  while (i < self->headers->len &&
         g_ascii_strcasecmp (g_ptr_array_index (self->headers, i), name) != 0)
    i += 2;
  return i;
}

void
rfi_request_set_header (RfiRequest *self,
                        const char *name,
                        const char *value)
{
  guint i = find_header (self, name);

  if (i >= self->headers->len)
    {
      rfi_request_add_header (self, name, value);
      return;
    }

  g_free (g_ptr_array_index (self->headers, i + 1));
  g_ptr_array_index (self->headers, i + 1) = g_strdup (value);
}

const char *
rfi_request_get_header (RfiRequest *self,
                        const char *name)
{
  guint i = find_header (self, name);

  return i < self->headers->len ? g_ptr_array_index (self->headers, i + 1) : NULL;
}

void
rfi_request_set_json (RfiRequest *self,
                      GString    *json)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  self->body = g_string_free_to_bytes (json);
  self->content_type = g_strdup ("application/json");
}

RfiResponse *
rfi_response_new (guint status)
{
  RfiResponse *self = g_new0 (RfiResponse, 1);

  self->status = status;
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->body = g_bytes_new_static ("", 0);
  return self;
}

void
rfi_response_free (RfiResponse *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

const char *
rfi_response_get_header (RfiResponse *self,
                         const char  *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->headers, lower);
}
