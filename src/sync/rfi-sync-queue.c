/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-queue"

#include "config.h"

#include "rfi-sync-queue.h"

#include "rfi-bug.h"

/* Why two sorted lists are enough. As urgent as a letter counts the most urgent one of its chain
 * from there on. So whatever stands before it in the chain counts as at least as urgent, and was
 * typed before it: in both orders it comes earlier. The first letter of a list that was not picked
 * yet is therefore always the first of its chain.
 */

typedef enum {
  WAITING,
  UNDER_WAY,
  LEFT,      /* is not sent as it is, and its number is still to come */
  GONE,      /* was answered */
} EntryState;

/* When one that was put off may be tried, and how often it was. */
typedef struct
{
  gint64 at;
  guint  n;
  char  *behind;           /* (owned) (nullable): the job that another one of has to be settled */
} Due;

/* The letters of one job that may be sent, the first one first. */
typedef struct
{
  GPtrArray *entries;      /* (element-type Entry), borrowed */
  guint      n_under_way;
  guint      batch;        /* the last one that any of it is in */
  gboolean   closed;       /* nothing of the job may follow */
} Chain;

typedef struct
{
  RfiLetter  *letter;      /* (owned) */
  Chain      *chain;       /* (nullable): borrowed; %NULL of one that may not be sent now */
  guint       class;       /* of the most urgent one of its chain from there on */
  EntryState  state;
  gboolean    closes;      /* a person has to see to it before anything of its job follows */
} Entry;

/* What is numbered together. */
typedef struct
{
  const char *epoch;       /* borrowed */
  GPtrArray  *entries;     /* (element-type Entry), borrowed, by number */
  guint       first;       /* all before it are gone */
} Epoch;

typedef struct
{
  GPtrArray *entries;      /* (element-type Entry), borrowed */
  guint      first;        /* none before it waits */
  guint      at;           /* none before it may be in the batch that is being picked */
} Order;

struct _RfiSyncQueue
{
  char       *user_id;
  GPtrArray  *entries;     /* (owned) (element-type Entry), by position */
  GHashTable *by_id;       /* operation id → Entry, borrowed both */
  GPtrArray  *epochs;      /* (owned) (element-type Epoch) */
  GHashTable *due;         /* operation id → Due *: not before its time */
  GHashTable *in_conflict; /* (element-type utf8), owned: jobs that wait for a person */

  GPtrArray  *chains;      /* (owned) (element-type Chain) */
  Order       by_age;
  Order       by_class;
  gint64      next_due;
  gboolean    stale;       /* the chains and both orders have to be made anew */
  gboolean    cut;         /* a chain ends where another epoch begins */

  guint       batch;       /* counts them */
  guint       n_under_way;
  guint       n_overtakes;
};

static void
due_free (gpointer data)
{
  Due *due = data;

  g_free (due->behind);
  g_free (due);
}

static void
chain_free (gpointer data)
{
  Chain *chain = data;

  g_ptr_array_unref (chain->entries);
  g_free (chain);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  rfi_letter_unref (entry->letter);
  g_free (entry);
}

static void
epoch_free (gpointer data)
{
  Epoch *epoch = data;

  g_ptr_array_unref (epoch->entries);
  g_free (epoch);
}

/* A withdrawal does not wait for what a person has to settle: those of one job are a chain of their
 * own, as each names the one before. */
static Chain *
find_chain (RfiSyncQueue    *self,
            GHashTable      *by_job,
            const RfiLetter *letter)
{
  gboolean alone = RFI_BUG (24);
  Chain *chain = alone ? NULL : g_hash_table_lookup (by_job, letter->job_id);

  if (chain != NULL)
    return chain;

  chain = g_new0 (Chain, 1);
  chain->entries = g_ptr_array_new ();
  g_ptr_array_add (self->chains, chain);
  if (!alone)
    g_hash_table_insert (by_job, letter->job_id, chain);
  return chain;
}

static gboolean
may_go (RfiSyncQueue    *self,
        const RfiLetter *letter,
        gint64           now)
{
  const Due *due;

  if (!rfi_letter_is_open (letter) ||
      (letter->user_id != NULL && g_strcmp0 (letter->user_id, self->user_id) != 0))
    return FALSE;
  /* A conflict that only this console knows of is the server's to judge. */
  if (letter->waits != RFI_OPERATION_QUEUED && letter->waits != RFI_OPERATION_CONFLICT)
    return FALSE;

  due = g_hash_table_lookup (self->due, letter->operation_id);
  if (due == NULL || due->at <= now)
    return TRUE;

  self->next_due = MIN (self->next_due, due->at);
  return FALSE;
}

static gboolean
is_of_group (const RfiLetter *letter,
             const RfiLetter *first)
{
  return first == NULL || (g_strcmp0 (letter->device, first->device) == 0 &&
                           g_strcmp0 (letter->epoch, first->epoch) == 0);
}

static void
add_to_chain (RfiSyncQueue *self,
              Chain        *chain,
              Entry        *entry,
              gint64        now)
{
  const RfiLetter *letter = entry->letter;

  if (chain->closed)
    return;
  if (!may_go (self, letter, now))
    {
      chain->closed = TRUE;
      return;
    }
  if (chain->entries->len > 0 &&
      !is_of_group (letter, ((Entry *) g_ptr_array_index (chain->entries, 0))->letter))
    {
      self->cut = TRUE;
      chain->closed = TRUE;
      return;
    }

  entry->chain = chain;
  chain->n_under_way += entry->state == UNDER_WAY;
  g_ptr_array_add (chain->entries, entry);
  if (entry->state == WAITING)
    g_ptr_array_add (self->by_age.entries, entry);
  if (letter->waits == RFI_OPERATION_CONFLICT)
    chain->closed = TRUE;
}

static void
set_classes (const Chain *chain)
{
  guint class = G_MAXUINT;

  for (guint i = chain->entries->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (chain->entries, i - 1);

      class = MIN (class, entry->letter->priority);
      entry->class = class;
    }
}

static int
compare_classes (gconstpointer a,
                 gconstpointer b)
{
  const Entry *first = *(Entry *const *) a;
  const Entry *second = *(Entry *const *) b;

  if (first->class != second->class)
    return first->class < second->class ? -1 : 1;

  return first->letter->position < second->letter->position
             ? -1
             : first->letter->position > second->letter->position;
}

static void
sort (RfiSyncQueue *self,
      gint64        now)
{
  g_autoptr(GHashTable) by_job = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) withdrawn = g_hash_table_new (g_str_hash, g_str_equal);

  g_ptr_array_set_size (self->chains, 0);
  g_ptr_array_set_size (self->by_age.entries, 0);
  g_ptr_array_set_size (self->by_class.entries, 0);
  self->by_age.first = 0;
  self->by_class.first = 0;
  self->next_due = G_MAXINT64;
  self->stale = FALSE;
  self->cut = FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      GHashTable *chains = entry->letter->kind == RFI_OPERATION_VOID ? withdrawn : by_job;

      entry->chain = NULL;
      if (entry->closes)
        find_chain (self, chains, entry->letter)->closed = TRUE;
      else if (entry->state < LEFT && entry->letter->state != RFI_LETTER_ACCEPTED)
        add_to_chain (self, find_chain (self, chains, entry->letter), entry, now);
    }

  for (guint i = 0; i < self->chains->len; i++)
    set_classes (g_ptr_array_index (self->chains, i));
  g_ptr_array_extend (self->by_class.entries, self->by_age.entries, NULL, NULL);
  g_ptr_array_sort (self->by_class.entries, compare_classes);
}

static gboolean
is_busy (RfiSyncQueue *self,
         const Entry  *entry)
{
  return entry->chain->n_under_way > 0 && entry->chain->batch != self->batch;
}

/* @first: (nullable): of the batch. Returns: (nullable) */
static Entry *
find_next (RfiSyncQueue    *self,
           Order           *order,
           const RfiLetter *first)
{
  for (; order->at < order->entries->len; order->at++)
    {
      Entry *entry = g_ptr_array_index (order->entries, order->at);

      if (entry->state == WAITING && !is_busy (self, entry) && is_of_group (entry->letter, first))
        return entry;
      if (entry->state != WAITING && order->first == order->at)
        order->first++;
    }

  return NULL;
}

/* @first: (nullable): of the batch. Returns: (nullable) */
static Entry *
choose (RfiSyncQueue    *self,
        const RfiLetter *first)
{
  Entry *oldest = find_next (self, &self->by_age, first);
  Entry *best = find_next (self, &self->by_class, first);

  if (best == oldest || self->n_overtakes >= RFI_SYNC_QUEUE_PATIENCE)
    {
      self->n_overtakes = 0;
      return oldest;
    }

  self->n_overtakes++;
  return best;
}

static void
begin (RfiSyncQueue *self,
       Entry        *entry)
{
  entry->state = UNDER_WAY;
  entry->chain->n_under_way++;
  entry->chain->batch = self->batch;
  self->n_under_way++;
}

static void
fill (RfiSyncQueue *self,
      GPtrArray    *picked,
      guint         max_letters,
      gsize         max_bytes)
{
  gsize bytes = 0;

  self->batch++;
  self->by_age.at = self->by_age.first;
  self->by_class.at = self->by_class.first;
  while (picked->len < max_letters)
    {
      Entry *entry = choose (self, picked->len > 0 ? g_ptr_array_index (picked, 0) : NULL);

      if (entry == NULL)
        break;
      bytes += entry->letter->size + RFI_SYNC_QUEUE_OVERHEAD;
      if (picked->len > 0 && bytes > max_bytes)
        break;

      begin (self, entry);
      g_ptr_array_add (picked, rfi_letter_ref (entry->letter));
    }
}

GPtrArray *
rfi_sync_queue_pick (RfiSyncQueue *self,
                     gint64        now,
                     guint         max_letters,
                     gsize         max_bytes)
{
  GPtrArray *picked = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_letter_unref);

  if (self->stale || self->next_due <= now)
    sort (self, now);
  fill (self, picked, max_letters, max_bytes);
  if (picked->len > 0 || !self->cut || self->n_under_way > 0)
    return picked;

  sort (self, now);
  fill (self, picked, max_letters, max_bytes);
  return picked;
}

static void
land (RfiSyncQueue *self,
      Entry        *entry,
      EntryState    state)
{
  if (entry->state == UNDER_WAY)
    {
      self->n_under_way--;
      if (entry->chain != NULL)
        entry->chain->n_under_way--;
    }
  entry->state = state;
  self->stale |= state == WAITING;
}

/* Something of the job was settled: what was blocked there may go now. */
static void
unblock (RfiSyncQueue *self,
         const char   *job_id)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->due);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (((Due *) value)->behind, job_id) == 0)
      {
        g_hash_table_iter_remove (&iter);
        self->stale = TRUE;
      }
}

void
rfi_sync_queue_forget (RfiSyncQueue *self,
                       const char   *operation_id)
{
  Entry *entry = g_hash_table_lookup (self->by_id, operation_id);

  g_hash_table_remove (self->due, operation_id);
  if (entry == NULL)
    return;

  land (self, entry, GONE);
  unblock (self, entry->letter->job_id);
}

void
rfi_sync_queue_leave (RfiSyncQueue *self,
                      const char   *operation_id)
{
  Entry *entry = g_hash_table_lookup (self->by_id, operation_id);

  if (entry != NULL)
    land (self, entry, LEFT);
}

void
rfi_sync_queue_hold (RfiSyncQueue *self,
                     const char   *operation_id,
                     gboolean      answered)
{
  Entry *entry = g_hash_table_lookup (self->by_id, operation_id);

  g_hash_table_remove (self->due, operation_id);
  if (entry == NULL)
    return;

  land (self, entry, answered ? GONE : LEFT);
  /* What stands alone, a withdrawal, is nobody's to see to. */
  entry->closes = entry->letter->user_id != NULL;
  self->stale |= entry->closes;
  if (entry->closes)
    g_hash_table_add (self->in_conflict, g_strdup (entry->letter->job_id));
  else
    unblock (self, entry->letter->job_id);
}

void
rfi_sync_queue_put_back (RfiSyncQueue *self,
                         GPtrArray    *letters)
{
  for (guint i = 0; i < letters->len; i++)
    {
      const RfiLetter *letter = g_ptr_array_index (letters, i);
      Entry *entry = g_hash_table_lookup (self->by_id, letter->operation_id);

      if (entry != NULL && entry->state == UNDER_WAY)
        land (self, entry, WAITING);
    }
}

guint
rfi_sync_queue_count_put_off (RfiSyncQueue *self,
                              const char   *operation_id)
{
  const Due *due = g_hash_table_lookup (self->due, operation_id);

  return due != NULL ? due->n : 0;
}

void
rfi_sync_queue_put_off (RfiSyncQueue *self,
                        const char   *operation_id,
                        gint64        at)
{
  Entry *entry = g_hash_table_lookup (self->by_id, operation_id);
  const Due due = { at, rfi_sync_queue_count_put_off (self, operation_id) + 1, NULL };

  g_hash_table_insert (self->due, g_strdup (operation_id), g_memdup2 (&due, sizeof due));
  if (entry != NULL)
    land (self, entry, WAITING);
}

void
rfi_sync_queue_block (RfiSyncQueue *self,
                      const char   *operation_id,
                      gint64        at)
{
  Entry *entry = g_hash_table_lookup (self->by_id, operation_id);

  rfi_sync_queue_put_off (self, operation_id, at);
  if (entry != NULL)
    ((Due *) g_hash_table_lookup (self->due, operation_id))->behind =
      g_strdup (entry->letter->job_id);
}

void
rfi_sync_queue_forget_waits (RfiSyncQueue *self)
{
  g_hash_table_remove_all (self->due);
  self->next_due = G_MAXINT64;
  self->stale = TRUE;
}

static Epoch *
find_epoch (RfiSyncQueue *self,
            const char   *name)
{
  for (guint i = 0; i < self->epochs->len; i++)
    {
      Epoch *epoch = g_ptr_array_index (self->epochs, i);

      if (g_strcmp0 (epoch->epoch, name) == 0)
        return epoch;
    }

  return NULL;
}

/* (nullable): the one with the lowest number of those not answered */
static const Entry *
find_open (Epoch *epoch)
{
  for (; epoch->first < epoch->entries->len; epoch->first++)
    {
      const Entry *entry = g_ptr_array_index (epoch->entries, epoch->first);

      if (entry->state != GONE)
        return entry;
    }

  return NULL;
}

gint64
rfi_sync_queue_find_open (RfiSyncQueue *self,
                          const char   *name)
{
  Epoch *epoch = find_epoch (self, name);
  const Entry *open = epoch != NULL ? find_open (epoch) : NULL;

  return open != NULL ? open->letter->number : G_MAXINT64;
}

gint64
rfi_sync_queue_find_ack (RfiSyncQueue    *self,
                         const RfiLetter *letter)
{
  return MIN (letter->number, rfi_sync_queue_find_open (self, letter->epoch)) - 1;
}

gint64
rfi_sync_queue_get_next_due (RfiSyncQueue *self)
{
  return self->next_due;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const RfiLetter *first = (*(Entry *const *) a)->letter;
  const RfiLetter *second = (*(Entry *const *) b)->letter;

  return first->number < second->number ? -1 : first->number > second->number;
}

static void
add_to_epoch (RfiSyncQueue *self,
              Entry        *entry)
{
  Epoch *epoch = find_epoch (self, entry->letter->epoch);

  if (epoch == NULL)
    {
      epoch = g_new0 (Epoch, 1);
      epoch->epoch = entry->letter->epoch;
      epoch->entries = g_ptr_array_new ();
      g_ptr_array_add (self->epochs, epoch);
    }
  g_ptr_array_add (epoch->entries, entry);
}

/* A conflict may be settled without a letter from here: an admin did it. */
static void
note_conflicts (RfiSyncQueue *self,
                GPtrArray    *letters)
{
  g_autoptr(GHashTable) before = g_steal_pointer (&self->in_conflict);
  GHashTableIter iter;
  gpointer job_id;

  self->in_conflict = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < letters->len; i++)
    {
      const RfiLetter *letter = g_ptr_array_index (letters, i);

      if (letter->waits == RFI_OPERATION_CONFLICT)
        g_hash_table_add (self->in_conflict, g_strdup (letter->job_id));
    }

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &job_id, NULL))
    if (!g_hash_table_contains (self->in_conflict, job_id))
      unblock (self, job_id);
}

void
rfi_sync_queue_set_letters (RfiSyncQueue *self,
                            GPtrArray    *letters)
{
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->epochs, 0);
  g_ptr_array_set_size (self->chains, 0);
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      Entry *entry = g_new0 (Entry, 1);

      entry->letter = rfi_letter_ref (g_ptr_array_index (letters, i));
      g_ptr_array_add (self->entries, entry);
      g_hash_table_insert (self->by_id, entry->letter->operation_id, entry);
      if (rfi_letter_is_open (entry->letter))
        add_to_epoch (self, entry);
    }

  for (guint i = 0; i < self->epochs->len; i++)
    g_ptr_array_sort (((Epoch *) g_ptr_array_index (self->epochs, i))->entries, compare_numbers);
  if (letters != NULL)
    note_conflicts (self, letters);
  self->n_under_way = 0;
  self->stale = TRUE;
}

gboolean
rfi_sync_queue_has_unsigned (RfiSyncQueue *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const RfiLetter *letter = ((Entry *) g_ptr_array_index (self->entries, i))->letter;

      if (letter->state == RFI_LETTER_NONE && letter->waits == RFI_OPERATION_QUEUED &&
          letter->kind != RFI_OPERATION_ADD_PHOTO && letter->kind != RFI_OPERATION_DELETE_PHOTO)
        return TRUE;
    }

  return FALSE;
}

RfiSyncQueue *
rfi_sync_queue_new (const char *user_id)
{
  RfiSyncQueue *self = g_new0 (RfiSyncQueue, 1);

  self->user_id = g_strdup (user_id);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->epochs = g_ptr_array_new_with_free_func (epoch_free);
  self->due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, due_free);
  self->in_conflict = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->chains = g_ptr_array_new_with_free_func (chain_free);
  self->by_age.entries = g_ptr_array_new ();
  self->by_class.entries = g_ptr_array_new ();
  self->next_due = G_MAXINT64;
  self->stale = TRUE;
  return self;
}

void
rfi_sync_queue_free (RfiSyncQueue *self)
{
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->due);
  g_hash_table_unref (self->in_conflict);
  g_ptr_array_unref (self->by_age.entries);
  g_ptr_array_unref (self->by_class.entries);
  g_ptr_array_unref (self->chains);
  g_ptr_array_unref (self->epochs);
  g_ptr_array_unref (self->entries);
  g_free (self->user_id);
  g_free (self);
}
