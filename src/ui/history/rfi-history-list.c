/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-list"

#include "config.h"

#include "rfi-history-list.h"

#include "rfi-history-item.h"
#include "rfi-session-cache.h"

/* Each row of a list costs its widgets: no more at once than one looks at. */
#define PART_SIZE 50
#define FIRST_SIZE 30

/* Beyond this a refresh looks at the newest part only: what is that far down was confirmed long
 * ago. */
#define MOST_REFRESHED 3000

struct _RfiHistoryList
{
  GObject       parent_instance;

  RfiSession   *session;      /* (owned) */
  RfiHistoryQuery *query;     /* (owned): what the server is asked */
  gint64        next;         /* where the server's next part begins */
  GListStore   *items;        /* (owned) (element-type RfiHistoryItem): by falling id */
  GCancellable *cancellable;  /* (owned) */
  GError       *error;        /* (owned) (nullable) */
  gboolean      refreshing;
  gboolean      again;        /* refresh once more when this one is done */
  gboolean      loading_more;
  guint         wanted;       /* by the reading under way */
  gboolean      complete;     /* the oldest entry is read */
  gboolean      server;       /* whether the server is asked */
};

G_DEFINE_FINAL_TYPE (RfiHistoryList, rfi_history_list, G_TYPE_OBJECT)

enum {
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
get_length (RfiHistoryList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

/* 0 if there is none */
static gint64
get_id (RfiHistoryList *self,
        guint           position)
{
  g_autoptr(RfiHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item != NULL ? rfi_history_item_get_entry (item)->id : 0;
}

/* Puts @entries, from @from up to @to, in the place of @n_removed items at @position. */
static void
splice (RfiHistoryList *self,
        guint           position,
        guint           n_removed,
        GPtrArray      *entries,
        guint           from,
        guint           to)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = from; i < to; i++)
    g_ptr_array_add (items, rfi_history_item_new (self->session, g_ptr_array_index (entries, i)));
  g_list_store_splice (self->items, position, n_removed, items->pdata, items->len);
}

/* What was pending and is not any more is shown anew, and what was withdrawn goes; an entry never
 * changes otherwise. */
static void
renew (RfiHistoryList *self,
       GPtrArray      *entries,
       guint           n_new)
{
  for (guint i = n_new; i < entries->len && i < get_length (self);)
    {
      g_autoptr(RfiHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      RfiAuditEntry *shown = rfi_history_item_get_entry (item);
      RfiAuditEntry *entry = g_ptr_array_index (entries, i);

      if (shown->id > entry->id)
        {
          splice (self, i, 1, entries, 0, 0);
          continue;
        }
      if (shown->id == entry->id && shown->pending != entry->pending)
        splice (self, i, 1, entries, i, i + 1);
      i++;
    }
}

static void
merge (RfiHistoryList *self,
       GPtrArray      *entries,
       guint           limit)
{
  gint64 newest = get_id (self, 0);
  guint n_new = 0;

  while (n_new < entries->len &&
         ((RfiAuditEntry *) g_ptr_array_index (entries, n_new))->id > newest)
    n_new++;

  /* All new: what lies between the two is not known. */
  if (n_new == entries->len)
    {
      splice (self, 0, get_length (self), entries, 0, entries->len);
      self->complete = entries->len < limit;
      return;
    }

  if (n_new > 0)
    splice (self, 0, 0, entries, 0, n_new);
  renew (self, entries, n_new);
}

static void
merge_part (RfiHistoryList *self,
            RfiHistoryPart *part)
{
  guint before = get_length (self);
  gint64 oldest = before > 0 ? get_id (self, before - 1) : 0;

  merge (self, part->entries, 0);
  if (before > 0 && get_id (self, get_length (self) - 1) == oldest)
    return;

  self->next = part->next;
  self->complete = part->next == 0;
}

static guint
get_limit (RfiHistoryList *self)
{
  return CLAMP (get_length (self), PART_SIZE, MOST_REFRESHED);
}

/* Returns: whether the answer is of use */
static gboolean
take (RfiHistoryList *self,
      GPtrArray      *entries,
      GError         *error)
{
  g_clear_error (&self->error);
  if (entries != NULL)
    return TRUE;
  self->error = g_error_copy (error);
  return FALSE;
}

static void
end_reading (RfiHistoryList *self)
{
  if (self->again)
    {
      self->again = FALSE;
      rfi_history_list_refresh (self);
    }
  g_signal_emit (self, signals[LOADED], 0);
}

static void
refreshed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RfiHistoryList) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries =
    rfi_session_list_history_finish (RFI_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->refreshing = FALSE;

  if (take (self, entries, error))
    merge (self, entries, get_limit (self));
  end_reading (self);
}

/* The next part, or the newest. */
static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiHistoryList) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiHistoryPart) part =
    rfi_session_query_history_finish (RFI_SESSION (object), result, &error);
  gboolean more = self->loading_more;

  /* Another question was asked meanwhile. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->refreshing = FALSE;
  self->loading_more = FALSE;
  if (take (self, part != NULL ? part->entries : NULL, error) && more)
    {
      splice (self, get_length (self), 0, part->entries, 0, part->entries->len);
      self->next = part->next;
      self->complete = part->next == 0;
    }
  else if (part != NULL)
    {
      merge_part (self, part);
    }
  end_reading (self);
}

static void
ask_server (RfiHistoryList *self,
            gint64          before)
{
  self->query->before = before;
  self->query->limit = self->wanted;
  rfi_session_query_history_async (self->session, self->query, self->cancellable, asked_cb,
                                   g_object_ref (self));
}

void
rfi_history_list_ask (RfiHistoryList        *self,
                      const RfiHistoryQuery *query)
{
  static const RfiHistoryQuery nothing;
  gboolean server = query != NULL;

  g_return_if_fail (RFI_IS_HISTORY_LIST (self));

  if (query == NULL)
    query = &nothing;
  if (self->server == server && rfi_history_query_equal (self->query, query))
    return;

  rfi_history_query_free (self->query);
  self->query = rfi_history_query_copy (query);
  self->server = server;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->refreshing = self->loading_more = self->again = self->complete = FALSE;
  self->next = 0;
  g_list_store_remove_all (self->items);
  rfi_history_list_refresh (self);
}

gboolean
rfi_history_list_is_server (RfiHistoryList *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_LIST (self), FALSE);

  return self->server;
}

void
rfi_history_list_refresh (RfiHistoryList *self)
{
  g_return_if_fail (RFI_IS_HISTORY_LIST (self));

  if (self->refreshing || self->loading_more)
    {
      self->again = TRUE;
      return;
    }

  self->refreshing = TRUE;
  self->wanted = FIRST_SIZE;
  if (self->server)
    ask_server (self, 0);
  else
    rfi_session_list_history_async (self->session, get_limit (self), 0, self->cancellable,
                                    refreshed_cb, g_object_ref (self));
}

static void
more_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiHistoryList) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries =
    rfi_session_list_history_finish (RFI_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loading_more = FALSE;

  if (take (self, entries, error))
    {
      splice (self, get_length (self), 0, entries, 0, entries->len);
      self->complete = entries->len < self->wanted;
    }
  end_reading (self);
}

void
rfi_history_list_load_more (RfiHistoryList *self,
                            gboolean        much)
{
  g_return_if_fail (RFI_IS_HISTORY_LIST (self));

  if (rfi_history_list_is_loading (self) || !rfi_history_list_has_more (self))
    return;

  self->loading_more = TRUE;
  self->wanted = much ? RFI_HISTORY_MOST : PART_SIZE;
  if (self->server)
    ask_server (self, self->next);
  else
    rfi_session_list_history_async (self->session, self->wanted,
                                    get_id (self, get_length (self) - 1), self->cancellable,
                                    more_cb, g_object_ref (self));
}

gboolean
rfi_history_list_has_more (RfiHistoryList *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_LIST (self), FALSE);

  return !self->complete && (get_length (self) > 0 || self->next > 0);
}

gboolean
rfi_history_list_is_loading (RfiHistoryList *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_LIST (self), FALSE);

  return self->refreshing || self->loading_more;
}

const GError *
rfi_history_list_get_error (RfiHistoryList *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_LIST (self), NULL);

  return self->error;
}

GListModel *
rfi_history_list_get_model (RfiHistoryList *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_LIST (self), NULL);

  return G_LIST_MODEL (self->items);
}

void
rfi_history_list_stop (RfiHistoryList *self)
{
  g_return_if_fail (RFI_IS_HISTORY_LIST (self));

  g_cancellable_cancel (self->cancellable);
}

static void
rfi_history_list_finalize (GObject *object)
{
  RfiHistoryList *self = RFI_HISTORY_LIST (object);

  g_clear_object (&self->items);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  rfi_history_query_free (self->query);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (rfi_history_list_parent_class)->finalize (object);
}

static void
rfi_history_list_class_init (RfiHistoryListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_history_list_finalize;

  signals[LOADED] = g_signal_new ("loaded", RFI_TYPE_HISTORY_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_history_list_init (RfiHistoryList *self)
{
  self->query = g_new0 (RfiHistoryQuery, 1);
  self->items = g_list_store_new (RFI_TYPE_HISTORY_ITEM);
  self->cancellable = g_cancellable_new ();
}

RfiHistoryList *
rfi_history_list_new (RfiSession *session)
{
  RfiHistoryList *self = g_object_new (RFI_TYPE_HISTORY_LIST, NULL);

  self->session = g_object_ref (session);
  return self;
}
