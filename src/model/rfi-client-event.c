/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-client-event"

#include "config.h"

#include "rfi-client-event.h"

G_DEFINE_BOXED_TYPE (RfiClientEvent, rfi_client_event, rfi_client_event_ref,
                     rfi_client_event_unref)

RfiClientEvent *
rfi_client_event_new (const RfiClientEvent *template)
{
  RfiClientEvent *self = g_new (RfiClientEvent, 1);

  *self = *template;
  self->id = g_strdup (template->id);
  self->type = g_strdup (template->type);
  self->aggregate = g_strdup (template->aggregate);
  self->payload = g_strdup (template->payload);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiClientEvent *
rfi_client_event_ref (RfiClientEvent *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_client_event_unref (RfiClientEvent *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->id);
  g_free (self->type);
  g_free (self->aggregate);
  g_free (self->payload);
  g_free (self);
}
