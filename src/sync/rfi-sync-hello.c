/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-hello"

#include "config.h"

#include "rfi-sync-hello.h"

#include "rfi-remote-sync.h"
#include "rfi-store-letters.h"
#include "rfi-sync-error.h"

#include <string.h>

/* Before the first letter leaves, and whenever an answer does not fit what is known here.
 *
 *    signer_cb ── no key, or no Sync v1 there ──► compatible
 *        │ a reason to ask
 *        ▼
 *    listed_cb: which numbers are of interest
 *        │
 *        ▼
 *    hello_cb ──┐ as long as there are hashes to ask for, or if the server went back in time
 *        │  ▲───┘
 *        ▼
 *    met_cb ── a new epoch began: once more, so that the server knows it
 *        │
 *        ▼
 *    Sync v1
 *
 * Invariants
 *  1. Nothing is sent in Sync v1 until a hello of this run of the program has ended well.
 *  2. Which letters are issued anew is decided by the store, in one transaction, from hashes that
 *     the server gave for each number in question.
 */

/* A second copy of this profile may answer every new epoch with another one. */
#define MAX_ROUNDS 4

struct _RfiSyncHello
{
  GObject         parent_instance;

  RfiSyncParts   *parts;    /* borrowed */
  GTask          *task;     /* (owned) (nullable): the run */
  RfiSigner      *signer;   /* (owned) (nullable) */
  GArray         *numbers;  /* (element-type gint64): of interest */
  guint           n_asked;  /* of these */
  GHashTable     *hashes;   /* number as text → hash */
  RfiDeviceState *state;    /* (owned) (nullable): the last answer */
  GPtrArray      *letters;  /* (owned) (nullable): what waited when the store met the server */
  guint           n_rounds;
};

G_DEFINE_FINAL_TYPE (RfiSyncHello, rfi_sync_hello, G_TYPE_OBJECT)

static void signer_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);
static void listed_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);
static void hello_cb  (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);
static void show_cursor (RfiSyncHello *self);
static void met_cb    (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

/* @error: (transfer full) (nullable) */
static void
end (RfiSyncHello *self,
     GError       *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  g_clear_pointer (&self->signer, rfi_signer_free);
  g_clear_pointer (&self->state, rfi_device_state_free);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
settle (RfiSyncHello     *self,
        RfiDialect        dialect,
        RfiDialectReason  reason)
{
  self->parts->dialect = dialect;
  self->parts->dialect_reason = reason;
  end (self, NULL);
}

static void
begin (RfiSyncHello *self)
{
  g_clear_pointer (&self->letters, g_ptr_array_unref);
  rfi_store_get_signer_async (self->parts->store, g_task_get_cancellable (self->task), signer_cb,
                              g_object_ref (self));
}

static void
signer_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSyncHello) self = user_data;
  RfiSyncParts *parts = self->parts;
  GError *error = NULL;

  self->signer = rfi_store_get_signer_finish (RFI_STORE (object), result, &error);
  parts->next = self->signer != NULL ? self->signer->next : 1;
  if (error != NULL)
    end (self, error);
  else if (!parts->server_v1)
    settle (self, RFI_DIALECT_COMPATIBLE, RFI_DIALECT_BY_SERVER);
  else if (self->signer == NULL || !self->signer->able)
    settle (self, RFI_DIALECT_COMPATIBLE, RFI_DIALECT_BY_KEY);
  else if (parts->dialect == RFI_DIALECT_SYNC_V1 && !parts->hello_needed)
    settle (self, RFI_DIALECT_SYNC_V1, RFI_DIALECT_BY_CHOICE);
  else
    rfi_store_list_numbers_async (parts->store, self->signer->epoch,
                                  g_task_get_cancellable (self->task), listed_cb,
                                  g_object_ref (self));
}

static void
say_hello (RfiSyncHello *self)
{
  guint n = MIN (self->numbers->len - self->n_asked, RFI_WIRE_DEVICE_MAX_PROBES);
  RfiDeviceHello hello = {
    .device_id = self->signer->id,
    .name = (char *) g_get_host_name (),
    .epoch = self->signer->epoch,
    .device_time = rfi_clock_get_wall (self->parts->clock),
    .probes = &g_array_index (self->numbers, gint64, self->n_asked),
    .n_probes = n,
  };
  g_autofree guint8 *key = NULL;
  gsize length;

  key = g_base64_decode (self->signer->public_key, &length);
  if (length == sizeof hello.public_key)
    memcpy (hello.public_key, key, length);
  self->n_asked += n;
  rfi_remote_hello_async (self->parts->remote, &hello, g_task_get_cancellable (self->task),
                          hello_cb, g_object_ref (self));
}

/* What is asked about: each letter, and each answered number above the lowest that is not. The
 * server may have lost one of those, and a number that never comes holds its watermark for ever.
 * @letters: by number */
static void
choose_numbers (RfiSyncHello *self,
                GArray       *letters)
{
  gint64 next = G_MAXINT64;  /* the lowest that is not left out; before the first open one, none */

  g_array_set_size (self->numbers, 0);
  for (guint i = 0; i < letters->len; i++)
    {
      const RfiLetterNumber *letter = &g_array_index (letters, RfiLetterNumber, i);

      for (; next < letter->number; next++)
        g_array_append_val (self->numbers, next);
      g_array_append_val (self->numbers, letter->number);
      if (letter->open || next < G_MAXINT64)
        next = letter->number + 1;
    }

  for (; next < self->signer->next; next++)
    g_array_append_val (self->numbers, next);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSyncHello) self = user_data;
  g_autoptr(GArray) letters = NULL;
  GError *error = NULL;

  letters = rfi_store_list_numbers_finish (RFI_STORE (object), result, &error);
  if (letters == NULL)
    {
      end (self, error);
      return;
    }

  g_hash_table_remove_all (self->hashes);
  self->n_asked = 0;
  choose_numbers (self, letters);
  say_hello (self);
}

static void
meet (RfiSyncHello *self)
{
  g_autofree char *epoch =
    g_strdup_printf ("%016" G_GINT64_MODIFIER "x", rfi_random_u64 (self->parts->random));
  RfiMeeting meeting = {
    .device_id = self->signer->id,
    .epoch = self->signer->epoch,
    .watermark = self->state->watermark,
    .max_number = self->state->max_seq,
    .max_hash = self->state->max_hash,
    .server_epoch = self->state->server_epoch,
    .head = self->state->head,
    .hashes = self->hashes,
    .older_taken = self->parts->older_taken,
    .agreed = self->parts->dialect == RFI_DIALECT_SYNC_V1,
    .now = rfi_clock_get_wall (self->parts->clock),
  };

  rfi_store_meet_async (self->parts->store, &meeting, epoch, NULL, met_cb, g_object_ref (self));
}

/* Of what is above its highest number the server has nothing: that needs no question. */
static void
skip_unknown (RfiSyncHello *self)
{
  guint n = self->n_asked;

  for (guint i = self->n_asked; i < self->numbers->len; i++)
    {
      gint64 number = g_array_index (self->numbers, gint64, i);

      if (number <= self->state->max_seq)
        g_array_index (self->numbers, gint64, n++) = number;
    }

  g_array_set_size (self->numbers, n);
}

static void
hello_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiSyncHello) self = user_data;
  GError *error = NULL;

  g_clear_pointer (&self->state, rfi_device_state_free);
  self->state = rfi_remote_hello_finish (RFI_REMOTE (object), result, &error);
  if (self->state == NULL)
    {
      /* The other dialect still brings people's work there. */
      if (rfi_sync_error_is_refusal (error))
        {
          g_debug ("This device is refused: %s", error->message);
          g_error_free (error);
          settle (self, RFI_DIALECT_COMPATIBLE, RFI_DIALECT_BY_REFUSAL);
        }
      else
        end (self, error);
      return;
    }

  for (guint i = 0; self->state->hashes != NULL && i < self->state->hashes->len; i++)
    {
      RfiDeviceHash *hash = &g_array_index (self->state->hashes, RfiDeviceHash, i);

      g_hash_table_insert (self->hashes, g_strdup_printf ("%" G_GINT64_FORMAT, hash->seq),
                           g_strdup (hash->hash));
    }

  skip_unknown (self);
  if (self->n_asked < self->numbers->len)
    say_hello (self);
  else if (self->state->head < self->signer->position && self->signer->cursor != NULL &&
           self->n_rounds == 0)
    show_cursor (self);
  else
    meet (self);
}

static void
shown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiSyncHello) self = user_data;
  g_autoptr(RfiFeedReader) reader = NULL;
  g_autoptr(GError) error = NULL;

  reader = rfi_remote_feed_finish (RFI_REMOTE (object), result, &error);
  if (reader == NULL && !rfi_sync_error_is_refusal (error))
    {
      end (self, g_steal_pointer (&error));
      return;
    }

  self->n_rounds++;
  g_clear_pointer (&self->signer, rfi_signer_free);
  self->parts->hello_needed = TRUE;
  begin (self);
}

/* The server is behind what it said before: it was brought back from a copy and may not know it.
 * Shown the cursor it does, and every console will be told; but only before anything new is
 * written there. */
static void
show_cursor (RfiSyncHello *self)
{
  rfi_remote_delta_async (self->parts->remote, self->signer->cursor, 1, NULL,
                          g_task_get_cancellable (self->task), shown_cb, g_object_ref (self));
}

/* Whether the server was brought back from a copy: by its own account, or because it lacks numbers
 * that were agreed upon, and neither the other dialect nor a copy of the profile has lost them. */
static gboolean
went_back (RfiSyncHello *self,
           int           met)
{
  const RfiSyncParts *parts = self->parts;
  const char *known = self->signer->server_epoch;

  return (known != NULL && g_strcmp0 (known, self->state->server_epoch) != 0) ||
         (met == RFI_MET_STRANGER && parts->dialect == RFI_DIALECT_SYNC_V1 && !parts->older_taken);
}

static void
met_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(RfiSyncHello) self = user_data;
  RfiSyncParts *parts = self->parts;
  GError *error = NULL;
  GPtrArray *letters;
  guint n_reissued = 0;
  int met = rfi_store_meet_finish (RFI_STORE (object), result, &n_reissued, &error);

  if (met < 0)
    {
      end (self, error);
      return;
    }

  if (went_back (self, met))
    parts->restored_at = rfi_clock_get_wall (parts->clock);
  parts->older_taken = FALSE;
  parts->device_revoked = self->state->revoked;
  if (parts->server_epoch != NULL &&
      g_strcmp0 (parts->server_epoch, self->state->server_epoch) != 0)
    parts->n_histories++;
  if (g_strcmp0 (parts->server_epoch, self->state->server_epoch) != 0 || met != RFI_MET_WELL)
    parts->position = 0;
  g_free (parts->server_epoch);
  parts->server_epoch = g_strdup (self->state->server_epoch);
  parts->head = self->state->head;
  g_free (parts->epoch);
  parts->epoch = g_strdup (self->signer->epoch);
  if (met == RFI_MET_WELL || ++self->n_rounds >= MAX_ROUNDS)
    {
      letters = rfi_store_meet_get_letters (result);
      self->letters = letters != NULL ? g_ptr_array_ref (letters) : NULL;
      parts->hello_needed = met != RFI_MET_WELL;
      settle (self, RFI_DIALECT_SYNC_V1, RFI_DIALECT_BY_CHOICE);
      return;
    }

  /* Numbers that were only lost by using the other dialect are nobody's concern. */
  if (met == RFI_MET_TWIN || n_reissued > 0)
    {
      parts->reissue = met == RFI_MET_TWIN ? RFI_REISSUE_TWIN : RFI_REISSUE_STRANGER;
      parts->n_reissued = n_reissued;
      parts->reissued_at = rfi_clock_get_wall (parts->clock);
    }
  g_clear_pointer (&self->signer, rfi_signer_free);
  parts->hello_needed = TRUE;
  begin (self);
}

static void
rfi_sync_hello_finalize (GObject *object)
{
  RfiSyncHello *self = RFI_SYNC_HELLO (object);

  g_clear_pointer (&self->signer, rfi_signer_free);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_clear_pointer (&self->hashes, g_hash_table_unref);
  g_clear_pointer (&self->state, rfi_device_state_free);
  g_clear_pointer (&self->letters, g_ptr_array_unref);

  G_OBJECT_CLASS (rfi_sync_hello_parent_class)->finalize (object);
}

static void
rfi_sync_hello_class_init (RfiSyncHelloClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_sync_hello_finalize;
}

static void
rfi_sync_hello_init (RfiSyncHello *self)
{
  self->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

RfiSyncHello *
rfi_sync_hello_new (RfiSyncParts *parts)
{
  RfiSyncHello *self = g_object_new (RFI_TYPE_SYNC_HELLO, NULL);

  self->parts = parts;
  return self;
}

void
rfi_sync_hello_run_async (RfiSyncHello        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, rfi_sync_hello_run_async);
  self->n_rounds = 0;
  begin (self);
}

gboolean
rfi_sync_hello_run_finish (RfiSyncHello  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
rfi_sync_hello_take_letters (RfiSyncHello *self)
{
  return g_steal_pointer (&self->letters);
}
