/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-hub-splitter"

#include "config.h"

#include "rfi-hub-splitter.h"

#include "rfi-hub-frame.h"
#include "rfi-wire-error.h"

#include <string.h>

#define SEPARATOR 0x1e

struct _RfiHubSplitter
{
  GString *buffer;  /* (owned): from taken on not handed out yet */
  gsize    taken;
};

RfiHubSplitter *
rfi_hub_splitter_new (void)
{
  RfiHubSplitter *self = g_new0 (RfiHubSplitter, 1);

  self->buffer = g_string_new (NULL);
  return self;
}

void
rfi_hub_splitter_free (RfiHubSplitter *self)
{
  if (self == NULL)
    return;

  g_string_free (self->buffer, TRUE);
  g_free (self);
}

gboolean
rfi_hub_splitter_feed (RfiHubSplitter  *self,
                       const char      *data,
                       gsize            length,
                       GError         **error)
{
  const char *last;
  gsize open;

  g_string_erase (self->buffer, 0, (gssize) self->taken);
  self->taken = 0;
  g_string_append_len (self->buffer, data, (gssize) length);

  last = g_strrstr_len (self->buffer->str, (gssize) self->buffer->len, "\x1e");
  open = self->buffer->len - (last != NULL ? (gsize) (last + 1 - self->buffer->str) : 0);
  if (open > RFI_HUB_RECORD_LIMIT)
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT,
                           "A record of the hub is too long");
      return FALSE;
    }

  return TRUE;
}

const char *
rfi_hub_splitter_next (RfiHubSplitter *self,
                       gsize          *length)
{
  char *record = self->buffer->str + self->taken;
  char *end = memchr (record, SEPARATOR, self->buffer->len - self->taken);

  if (end == NULL)
    return NULL;

  *end = '\0';
  *length = (gsize) (end - record);
  self->taken += *length + 1;
  return record;
}
