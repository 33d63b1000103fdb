/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-batch"

#include "config.h"

#include "rfi-sync-batch.h"

#include "rfi-canonical.h"
#include "rfi-wire-error.h"
#include "rfi-wire-push.h"

#include <sodium.h>
#include <string.h>

void
rfi_sync_batch_free (RfiSyncBatch *self)
{
  for (guint i = 0; i < self->n_items; i++)
    {
      RfiSyncItem *item = &self->items[i];

      g_clear_pointer (&item->operation, rfi_signed_operation_unref);
      g_free (item->problem);
      g_free (item->body);
      g_free (item->hash);
      g_free (item->signature);
    }
  g_free (self->items);
  g_free (self->device_id);
  g_free (self->epoch);
  g_clear_error (&self->error);
  g_free (self);
}

/* What is no operation still has to say which number it takes, or nobody could be told of it. */
static gboolean
read_seq (RfiSyncItem            *item,
          const RfiWirePushItem  *wire,
          GError                **error)
{
  const RfiJson body = { wire->body, wire->body + wire->n_body };
  RfiJson seq;

  if (rfi_json_get_member (&body, "seq", &seq) && rfi_json_get_int (&seq, &item->seq) &&
      item->seq >= 1 && item->seq <= RFI_CANONICAL_MAX_INT)
    return TRUE;

  g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                       "An operation without a number");
  return FALSE;
}

static gboolean
read_item (RfiSyncItem            *item,
           const RfiWirePushItem  *wire,
           GError                **error)
{
  g_autoptr(GError) local = NULL;

  item->body = g_strndup (wire->body, wire->n_body);
  item->hash = rfi_canonical_hash (wire->body, (gssize) wire->n_body);
  item->signature = g_strdup (wire->signature);
  item->operation = rfi_signed_operation_decode (wire->body, (gssize) wire->n_body, &local);
  if (item->operation != NULL)
    {
      item->seq = item->operation->seq;
      return TRUE;
    }

  item->problem = g_strdup (local->message);
  return read_seq (item, wire, error);
}

RfiSyncBatch *
rfi_sync_batch_new (const char *body,
                    gsize       n_body,
                    gboolean    resolution)
{
  RfiSyncBatch *self = g_new0 (RfiSyncBatch, 1);
  g_autoptr(RfiWirePush) push = NULL;

  if (n_body > RFI_WIRE_PUSH_MAX_BYTES)
    {
      g_set_error_literal (&self->error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT,
                           "More than 256 KiB of operations");
      return self;
    }

  push = resolution ? rfi_wire_push_parse_resolution (body, (gssize) n_body, &self->error)
                    : rfi_wire_push_parse (body, (gssize) n_body, &self->error);
  if (push == NULL)
    return self;

  self->device_id = g_strdup (push->device_id);
  self->epoch = g_strdup (push->epoch);
  self->ack = push->ack;
  self->items = g_new0 (RfiSyncItem, push->n_items);
  for (guint i = 0; i < push->n_items && self->error == NULL; i++)
    {
      self->n_items++;
      read_item (&self->items[i], &push->items[i], &self->error);
    }
  return self;
}

/* Whether who signed @next said with it that @item comes before: it names the hash of these bytes.
 * @next: (nullable) */
static gboolean
is_vouched_for (const RfiSyncItem *item,
                const RfiSyncItem *next)
{
  const RfiSignedOperation *before = item->operation;
  const RfiSignedOperation *after = next != NULL ? next->operation : NULL;

  return before != NULL && after != NULL && next->state == RFI_SIGNATURE_GOOD &&
         after->seq == before->seq + 1 && strcmp (after->prev_hash, item->hash) == 0 &&
         strcmp (after->device_id, before->device_id) == 0 &&
         strcmp (after->epoch, before->epoch) == 0;
}

static gboolean
is_signed (const RfiSyncItem *item,
           const RfiSyncItem *next,
           const guint8      *public_key)
{
  guint8 signature[crypto_sign_BYTES];
  gsize length;

  return sodium_base642bin (signature, sizeof signature, item->signature, strlen (item->signature),
                            NULL, &length, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
         length == sizeof signature &&
         (is_vouched_for (item, next) ||
          crypto_sign_verify_detached (signature, (const guint8 *) item->body,
                                       strlen (item->body), public_key) == 0);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const RfiSyncItem *first = *(RfiSyncItem *const *) a;
  const RfiSyncItem *second = *(RfiSyncItem *const *) b;

  return first->seq > second->seq ? -1 : first->seq < second->seq;
}

void
rfi_sync_batch_verify (RfiSyncBatch *self,
                       const guint8 *public_key)
{
  g_autoptr(GPtrArray) latest_first = g_ptr_array_sized_new (self->n_items);
  const RfiSyncItem *next = NULL;

  for (guint i = 0; i < self->n_items; i++)
    g_ptr_array_add (latest_first, &self->items[i]);
  g_ptr_array_sort (latest_first, compare_numbers);

  for (guint i = 0; i < latest_first->len; i++)
    {
      RfiSyncItem *item = g_ptr_array_index (latest_first, i);

      if (item->state == RFI_SIGNATURE_UNCHECKED)
        item->state = is_signed (item, next, public_key) ? RFI_SIGNATURE_GOOD : RFI_SIGNATURE_BAD;
      next = item;
    }
}
