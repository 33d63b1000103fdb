/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-meet"

#include "config.h"

#include "rfi-canonical.h"
#include "rfi-bug.h"
#include "rfi-signed-operation.h"
#include "rfi-store-letters.h"
#include "rfi-store-sign.h"
#include "rfi-store-steps.h"

#include <string.h>

/* Whether the server and this store mean the same by this device's numbers.
 *
 * They do not when the file was copied or brought back from a copy: then the server has numbers
 * that are not from here (a twin). Nor when numbers are missing that nobody will send any more:
 * the server was brought back from a copy, or the operations went by the other dialect (a
 * stranger). Then a new epoch begins, and what the server does not have is numbered anew. What it
 * does have keeps its number: sent once more, it is answered as it was the first time.
 */

static void
meeting_free (RfiMeeting *meeting)
{
  g_free (meeting->device_id);
  g_free (meeting->epoch);
  g_free (meeting->max_hash);
  g_free (meeting->server_epoch);
  g_clear_pointer (&meeting->hashes, g_hash_table_unref);
  g_free (meeting);
}

static RfiMeeting *
meeting_copy (const RfiMeeting *meeting)
{
  RfiMeeting *copy = g_new (RfiMeeting, 1);

  *copy = *meeting;
  copy->device_id = g_strdup (meeting->device_id);
  copy->epoch = g_strdup (meeting->epoch);
  copy->max_hash = g_strdup (meeting->max_hash);
  copy->server_epoch = g_strdup (meeting->server_epoch);
  copy->hashes = meeting->hashes != NULL ? g_hash_table_ref (meeting->hashes) : NULL;
  return copy;
}

static const char *
find_hash (const RfiMeeting *meeting,
           gint64            number)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return meeting->hashes != NULL ? g_hash_table_lookup (meeting->hashes, key) : NULL;
}

/* A withdrawal may find there what it withdraws.
 * @hash: the server's */
static gboolean
is_same (RfiDb      *db,
         RfiLetter  *letter,
         const char *hash)
{
  g_autoptr(RfiLetter) whole = NULL;
  g_autoptr(RfiSignedOperation) said = NULL;

  if (strcmp (letter->hash, hash) == 0)
    return TRUE;
  if (letter->kind != RFI_OPERATION_VOID)
    return FALSE;

  whole = rfi_letter_rows_get (db, letter->operation_id, NULL);
  said = whole != NULL ? rfi_signed_operation_decode (whole->body, -1, NULL) : NULL;
  return said != NULL && strcmp (said->replaces, hash) == 0;
}

static gboolean
is_held (RfiDb            *db,
         const RfiMeeting *meeting,
         RfiLetter        *letter)
{
  const char *hash = find_hash (meeting, letter->number);

  return hash != NULL && is_same (db, letter, hash);
}

/* Whether all numbers get there: those above the watermark that the server does not hold are still
 * to be sent. */
static gboolean
is_whole (const RfiMeeting  *meeting,
          const RfiIdentity *identity,
          GPtrArray         *letters)
{
  g_autoptr(GHashTable) coming = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (letters, i);

      if (rfi_letter_is_open (letter))
        g_hash_table_add (coming, &letter->number);
    }

  for (gint64 number = meeting->watermark + 1; number < identity->next; number++)
    if (!g_hash_table_contains (coming, &number) && find_hash (meeting, number) == NULL)
      return FALSE;

  return TRUE;
}

static RfiMet
judge (RfiDb             *db,
       const RfiMeeting  *meeting,
       const RfiIdentity *identity,
       GPtrArray         *letters)
{
  if (RFI_BUG (28))
    return RFI_MET_WELL;
  if (meeting->max_number >= identity->next)
    return RFI_MET_TWIN;
  if (meeting->max_number > 0 && meeting->max_number == identity->next - 1 &&
      meeting->max_hash != NULL && strcmp (meeting->max_hash, identity->last_hash) != 0 &&
      g_strcmp0 (meeting->max_hash, identity->last_void) != 0)
    return RFI_MET_TWIN;

  for (guint i = 0; i < letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (letters, i);
      const char *hash = find_hash (meeting, letter->number);

      if (hash != NULL && !is_same (db, letter, hash))
        return RFI_MET_TWIN;
    }

  return is_whole (meeting, identity, letters) ? RFI_MET_WELL : RFI_MET_STRANGER;
}

/* Of a history that is gone, numbers of given-up epochs may have been lost like those of this one,
 * and nobody asks about them. They may be taken by others, too, where a server went back in silence
 * and a copy of this profile was faster. */
static gboolean
has_older (const RfiIdentity *identity,
           GPtrArray         *letters,
           gboolean           accepted)
{
  for (guint i = 0; i < letters->len; i++)
    {
      const RfiLetter *letter = g_ptr_array_index (letters, i);

      if ((rfi_letter_is_open (letter) || (accepted && letter->state == RFI_LETTER_ACCEPTED)) &&
          g_strcmp0 (letter->epoch, identity->epoch) != 0)
        return TRUE;
    }

  return FALSE;
}

/* Whether the server has not come as far as with what it accepted: it went back without a new
 * history of its own. */
static gboolean
find_lost (RfiDb             *db,
           const RfiMeeting  *meeting,
           GPtrArray         *letters,
           gboolean          *lost,
           GError           **error)
{
  g_autoptr(GPtrArray) there = rfi_letter_rows_list_reached (db, NULL, meeting->head, error);
  guint n = 0;

  if (there == NULL)
    return FALSE;

  for (guint i = 0; i < letters->len; i++)
    n += ((RfiLetter *) g_ptr_array_index (letters, i))->state == RFI_LETTER_ACCEPTED;
  *lost = n > there->len;
  return TRUE;
}

/* The letters of the epoch that the meeting is about.
 * Returns: (transfer full) (element-type RfiLetter) */
static GPtrArray *
pick_letters (GPtrArray         *all,
              const RfiIdentity *identity)
{
  GPtrArray *letters = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_letter_unref);

  for (guint i = 0; i < all->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (all, i);

      if (g_strcmp0 (letter->epoch, identity->epoch) == 0)
        g_ptr_array_add (letters, rfi_letter_ref (letter));
    }

  return letters;
}

/* Of another history of the server, what was answered may be unanswered: accepted letters are
 * sent again, and a conflict whose record is gone is judged anew. */
static gboolean
reopen_conflict (RfiDb           *db,
                 RfiLetter       *letter,
                 RfiStoreChange  *change,
                 GHashTable      *touched,
                 GError         **error)
{
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, letter->operation_id, error);
  g_autoptr(RfiOperation) next = NULL;
  g_autofree char *conflict_id = NULL;
  RfiOperation changed;

  if (operation == NULL || !rfi_conflict_rows_find (db, operation->id, &conflict_id, error))
    return FALSE;
  if (conflict_id == NULL)
    return TRUE;

  changed = *operation;
  changed.state = RFI_OPERATION_QUEUED;
  next = rfi_operation_new (&changed);
  rfi_store_touch (touched, operation->job_id, NULL);
  change->outbox = TRUE;
  change->conflicts = TRUE;
  return rfi_conflict_rows_remove (db, conflict_id, error) &&
         rfi_outbox_rows_put (db, next, NULL, error) &&
         rfi_letter_rows_set_state (db, letter->operation_id, RFI_LETTER_SENT, 0, 0, error);
}

/* A number that the other history has too may stand for another record there, so each is asked for
 * again: the same bytes get the answer that is there. */
static gboolean
reopen_conflicts (RfiDb           *db,
                  GPtrArray       *letters,
                  RfiStoreChange  *change,
                  GHashTable      *touched,
                  GError         **error)
{
  for (guint i = 0; i < letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (letters, i);

      if (letter->state == RFI_LETTER_DONE && letter->waits == RFI_OPERATION_CONFLICT &&
          !reopen_conflict (db, letter, change, touched, error))
        return FALSE;
    }

  return TRUE;
}

/* The server's numbers of changes mean nothing any more. The rows stay until a snapshot is here. */
static gboolean
forget_position (RfiDb   *db,
                 GError **error)
{
  return rfi_job_rows_forget_versions (db, error) &&
         rfi_meta_rows_set (db, RFI_META_FEED_CURSOR, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_SNAPSHOT, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_POSITION, NULL, error) &&
         rfi_letter_rows_reopen (db, error) && rfi_outbox_rows_reopen (db, error);
}

gboolean
rfi_store_adopt_epoch (RfiDb       *db,
                       const char  *server_epoch,
                       gint64       now,
                       gboolean    *changed,
                       GError     **error)
{
  GError *read_error = NULL;
  g_autofree char *known = rfi_meta_rows_get (db, RFI_META_SERVER_EPOCH, &read_error);

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  *changed = known != NULL && g_strcmp0 (known, server_epoch) != 0;
  if (known != NULL && !*changed)
    return TRUE;

  if (!rfi_meta_rows_set (db, RFI_META_SERVER_EPOCH, server_epoch, error))
    return FALSE;

  return known == NULL ||
         (rfi_meta_rows_set_number (db, RFI_STORE_META_RESTORED, now, error) &&
          rfi_meta_rows_set (db, RFI_META_UNMET, "1", error) && forget_position (db, error));
}

/* The rows of another history may be here before it was met. Sets @changed then, too. */
static gboolean
take_unmet (RfiDb     *db,
            gboolean  *changed,
            GError   **error)
{
  GError *read_error = NULL;
  g_autofree char *unmet = rfi_meta_rows_get (db, RFI_META_UNMET, &read_error);

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  *changed = *changed || unmet != NULL;
  return unmet == NULL || rfi_meta_rows_set (db, RFI_META_UNMET, NULL, error);
}

/* A server that went back in time without a new history of its own lacks what it accepted. */
static gboolean
reopen_accepted (RfiDb             *db,
                 const RfiMeeting  *meeting,
                 GPtrArray         *letters,
                 RfiStoreChange    *change,
                 GHashTable        *touched,
                 GError           **error)
{
  for (guint i = 0; i < letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (letters, i);
      g_autoptr(RfiOperation) operation = NULL;
      g_autoptr(RfiOperation) next = NULL;
      RfiOperation changed;

      if (letter->state != RFI_LETTER_ACCEPTED || is_held (db, meeting, letter))
        continue;

      operation = rfi_outbox_rows_get (db, letter->operation_id, error);
      if (operation == NULL)
        return FALSE;
      changed = *operation;
      changed.state = RFI_OPERATION_QUEUED;
      next = rfi_operation_new (&changed);
      rfi_store_touch (touched, operation->job_id, NULL);
      change->outbox = TRUE;
      if (!rfi_outbox_rows_put (db, next, NULL, error) ||
          !rfi_letter_rows_set_state (db, letter->operation_id, RFI_LETTER_SENT, 0, 0, error))
        return FALSE;
    }

  return TRUE;
}

/* What the server does not have is issued anew; so is what nobody knows of, as the server knows an
 * operation again by its id. @letters: in the order of typing */
static gboolean
begin_epoch (RfiDb             *db,
             RfiStoreCall      *call,
             const RfiMeeting  *meeting,
             RfiIdentity       *identity,
             GPtrArray         *letters,
             GError           **error)
{
  RfiIdentity fresh = *identity;

  fresh.epoch = call->text;
  fresh.next = 1;
  fresh.last_hash = (char *) RFI_HASH_NONE;
  fresh.last_void = NULL;
  if (!rfi_identity_rows_put (db, &fresh, error))
    return FALSE;

  for (guint i = 0; i < letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (letters, i);

      if (!rfi_letter_is_open (letter) ||
          (g_strcmp0 (letter->epoch, identity->epoch) == 0 && is_held (db, meeting, letter)))
        continue;

      call->number2 += letter->kind != RFI_OPERATION_VOID;
      if (!rfi_store_sign_again (db, call, letter->operation_id, error))
        return FALSE;
    }

  return TRUE;
}

/* All letters, once the server's history is known: of another than before, what it had answered is
 * opened again first. @changed: (out)
 * Returns: (transfer full) (nullable) (element-type RfiLetter) */
static GPtrArray *
list_letters (RfiDb              *db,
              RfiStoreCall       *call,
              const RfiIdentity  *identity,
              RfiStoreChange     *change,
              GHashTable         *touched,
              gboolean           *changed,
              GError            **error)
{
  const RfiMeeting *meeting = call->record;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) letters = NULL;

  if (!rfi_store_adopt_epoch (db, meeting->server_epoch, meeting->now, changed, error) ||
      !take_unmet (db, changed, error))
    return NULL;

  all = rfi_letter_rows_list (db, error);
  if (all == NULL || !*changed)
    return g_steal_pointer (&all);

  letters = pick_letters (all, identity);
  if (!reopen_conflicts (db, letters, change, touched, error))
    return NULL;

  change->outbox = TRUE;
  return rfi_letter_rows_list (db, error);
}

/* Numbers are missing that were agreed upon in this dialect, and no copy of this profile has taken
 * them: it went back without saying so. */
static gboolean
note_silent (RfiDb             *db,
             const RfiMeeting  *meeting,
             GError           **error)
{
  return !meeting->agreed || meeting->older_taken ||
         rfi_meta_rows_set_number (db, RFI_STORE_META_RESTORED, meeting->now, error);
}

static gboolean
meet_step (RfiDb           *db,
           RfiStoreCall    *call,
           RfiStoreChange  *change,
           GHashTable      *touched,
           GError         **error)
{
  const RfiMeeting *meeting = call->record;
  g_auto(RfiIdentity) identity = { 0 };
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(GPtrArray) all = NULL;
  GError *read_error = NULL;
  gboolean changed;
  gboolean renumber;
  gboolean lost;

  call->number = RFI_MET_WELL;
  if (!rfi_identity_rows_get (db, &identity, &read_error))
    {
      if (read_error != NULL)
        g_propagate_error (error, read_error);
      return read_error == NULL;
    }
  if (g_strcmp0 (identity.device, meeting->device_id) != 0 ||
      g_strcmp0 (identity.epoch, meeting->epoch) != 0)
    return TRUE;

  all = list_letters (db, call, &identity, change, touched, &changed, error);
  if (all == NULL || !find_lost (db, meeting, all, &lost, error))
    return FALSE;
  letters = pick_letters (all, &identity);
  call->number = judge (db, meeting, &identity, letters);
  renumber = changed || lost || meeting->older_taken;
  if (call->number == RFI_MET_WELL && renumber && has_older (&identity, all, lost))
    call->number = RFI_MET_STRANGER;
  if (call->number == RFI_MET_WELL)
    {
      call->rows2 = g_steal_pointer (&all);
      return TRUE;
    }
  change->outbox = change->outbox || lost;
  if ((call->number == RFI_MET_STRANGER &&
       (!forget_position (db, error) || !note_silent (db, meeting, error))) ||
      !reopen_accepted (db, meeting, letters, change, touched, error))
    return FALSE;

  g_ptr_array_unref (all);
  all = rfi_letter_rows_list (db, error);
  if (all == NULL)
    return FALSE;
  if (!renumber)
    {
      g_ptr_array_unref (letters);
      letters = pick_letters (all, &identity);
    }
  return begin_epoch (db, call, meeting, &identity, renumber ? all : letters, error);
}

static void
meet_work (GTask *task,
           RfiDb *db)
{
  rfi_store_transact (task, db, meet_step);
}

void
rfi_store_meet_async (RfiStore            *self,
                      const RfiMeeting    *meeting,
                      const char          *new_epoch,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_meet_async, cancellable, callback, user_data, &call);

  call->record = meeting_copy (meeting);
  call->record_free = (GDestroyNotify) meeting_free;
  call->text = g_strdup (new_epoch);
  rfi_store_call_push (self, task, meet_work);
}

int
rfi_store_meet_finish (RfiStore      *self,
                       GAsyncResult  *result,
                       guint         *n_reissued,
                       GError       **error)
{
  RfiStoreCall *call = g_task_get_task_data (G_TASK (result));

  if (!rfi_store_finish (self, result, error))
    return -1;

  *n_reissued = (guint) call->number2;
  return (int) call->number;
}

GPtrArray *
rfi_store_meet_get_letters (GAsyncResult *result)
{
  RfiStoreCall *call = g_task_get_task_data (G_TASK (result));

  return call->rows2;
}
