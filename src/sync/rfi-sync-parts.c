/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-parts"

#include "config.h"

#include "rfi-sync-parts.h"

#include "rfi-remote.h"
#include "rfi-store-letters.h"

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

typedef struct
{
  RfiSyncParts *parts;
  GObject      *owner;  /* (owned) */
} Recall;

static void
recalled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Recall *recall = user_data;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  text = rfi_store_get_meta_finish (RFI_STORE (object), result, &error);
  if (error != NULL)
    g_debug ("The server's past: %s", error->message);
  else if (text != NULL)
    recall->parts->restored_before = g_ascii_strtoll (text, NULL, 10);
  g_object_unref (recall->owner);
  g_free (recall);
}

void
rfi_sync_parts_recall (RfiSyncParts *self,
                       GObject      *owner)
{
  Recall *recall = g_new (Recall, 1);

  recall->parts = self;
  recall->owner = g_object_ref (owner);
  rfi_store_get_meta_async (self->store, RFI_STORE_META_RESTORED, NULL, recalled_cb, recall);
}
