/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-parts"

#include "config.h"

#include "rfi-sync-parts.h"

#include "rfi-remote.h"
#include "rfi-store.h"

void
rfi_sync_parts_init (RfiSyncParts *self,
                     RfiStore     *store,
                     RfiRemote    *remote,
                     RfiClock     *clock,
                     RfiRandom    *random,
                     RfiUser      *user)
{
  self->store = g_object_ref (store);
  self->remote = g_object_ref (remote);
  self->clock = g_object_ref (clock);
  self->random = g_object_ref (random);
  self->user = rfi_user_ref (user);
  self->metrics = rfi_sync_metrics_new ();
  self->actors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->own_photos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->hello_needed = TRUE;
}

void
rfi_sync_parts_clear (RfiSyncParts *self)
{
  g_clear_object (&self->store);
  g_clear_object (&self->remote);
  g_clear_object (&self->clock);
  g_clear_object (&self->random);
  g_clear_pointer (&self->user, rfi_user_unref);
  g_clear_pointer (&self->metrics, rfi_sync_metrics_free);
  g_clear_pointer (&self->actors, g_hash_table_unref);
  g_clear_pointer (&self->own_photos, g_hash_table_unref);
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->server_epoch, g_free);
}
