/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-list"

#include "config.h"

#include "rfi-history-list.h"

#include "rfi-history-filter.h"
#include "rfi-history-item.h"
#include "rfi-history-pages.h"
#include "rfi-list-place.h"

/* Pages that are read at once. What waits longer than so many was scrolled past. */
#define MOST_ASKED 3
#define MOST_WAITING 6

struct _RfiHistoryList
{
  GObject           parent_instance;

  RfiSession       *session;      /* (owned) */
  RfiHistoryQuery  *query;        /* (owned) */
  RfiHistoryFilter *filter;       /* (owned) */
  RfiHistoryPages  *pages;        /* (owned) */
  GtkWidget        *view;         /* (weak) (nullable) */
  RfiListPlace     *place;        /* (owned) (nullable): of view */
  guint             frame_id;     /* of a tick of view, for what came */
  GQueue            came;         /* (element-type Came): first first */
  GQueue            waiting;      /* (element-type Look): the one wanted last is first */
  guint             n_asked;
  gint64            head;         /* what is newer is not looked for yet */
  gint64            next;         /* where the counting goes on; 0 = nowhere */
  GCancellable     *cancellable;  /* (owned) */
  GError           *error;        /* (owned) (nullable) */
  gboolean          asked;        /* there was a question */
  gboolean          refreshing;
  gboolean          again;        /* refresh once more when this one is done */
  gboolean          counting;
  gboolean          server;       /* whether the server is asked */
};

G_DEFINE_FINAL_TYPE (RfiHistoryList, rfi_history_list, G_TYPE_OBJECT)

enum {
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A page that is asked for. */
typedef struct
{
  RfiHistoryList *list;  /* (owned) while it is under way */
  gint64          before;
  gint64          after;
} Look;

/* A page that came, until the next frame. */
typedef struct
{
  gint64     before;
  GPtrArray *items;  /* (owned) */
} Came;

static void count_on (RfiHistoryList *self);

/* What the server does not look for. */
static gboolean
is_searched_here (RfiHistoryList *self)
{
  return !self->server && self->query->text != NULL && *self->query->text != '\0';
}

/* Returns: (transfer full) (element-type RfiHistoryItem): what of @part is shown */
static GPtrArray *
make_items (RfiHistoryList *self,
            RfiHistoryPart *part)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < part->entries->len; i++)
    {
      RfiAuditEntry *entry = g_ptr_array_index (part->entries, i);

      if (rfi_history_filter_takes (self->filter, self->session, entry))
        g_ptr_array_add (items, rfi_history_item_new (self->session, entry));
    }
  return items;
}

static void
query_part (RfiHistoryList      *self,
            gint64               before,
            gint64               after,
            guint                limit,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  RfiHistoryQuery query = *self->query;

  query.before = before;
  query.after = after;
  query.limit = limit;
  if (self->server)
    rfi_session_query_history_async (self->session, &query, self->cancellable, callback,
                                     user_data);
  else
    rfi_session_query_known_async (self->session, &query, self->cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): %NULL if it is to be left alone, or failed with @failed */
static RfiHistoryPart *
finish_part (RfiHistoryList *self,
             GObject        *session,
             GAsyncResult   *result,
             gboolean       *failed)
{
  g_autoptr(GError) error = NULL;
  RfiHistoryPart *part =
    g_async_result_is_tagged (result, rfi_session_query_history_async)
      ? rfi_session_query_history_finish (RFI_SESSION (session), result, &error)
      : rfi_session_query_known_finish (RFI_SESSION (session), result, &error);

  *failed = part == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (part != NULL || *failed)
    g_clear_error (&self->error);
  if (*failed)
    self->error = g_steal_pointer (&error);
  return part;
}

/* Pages that somebody looks at */

static void ask_waiting (RfiHistoryList *self);

static void
came_free (gpointer data)
{
  Came *came = data;

  g_ptr_array_unref (came->items);
  g_free (came);
}

static void
drop_came (RfiHistoryList *self)
{
  g_queue_clear_full (&self->came, came_free);
  if (self->frame_id != 0 && self->view != NULL)
    gtk_widget_remove_tick_callback (self->view, self->frame_id);
  self->frame_id = 0;
}

static gboolean
frame_cb (GtkWidget     *view,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  RfiHistoryList *self = user_data;
  Came *came;

  self->frame_id = 0;
  while ((came = g_queue_pop_head (&self->came)) != NULL)
    {
      rfi_history_pages_fill (self->pages, came->before, came->items);
      came_free (came);
    }
  g_signal_emit (self, signals[LOADED], 0);
  return G_SOURCE_REMOVE;
}

static void
fill (RfiHistoryList *self,
      gint64          before,
      GPtrArray      *items)
{
  Came *came;

  if (self->view == NULL)
    {
      rfi_history_pages_fill (self->pages, before, items);
      return;
    }

  came = g_new (Came, 1);
  came->before = before;
  came->items = g_ptr_array_ref (items);
  g_queue_push_tail (&self->came, came);
  if (self->frame_id == 0)
    self->frame_id = gtk_widget_add_tick_callback (self->view, frame_cb, self, NULL);
}

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Look *look = user_data;
  g_autoptr(RfiHistoryList) self = look->list;
  gboolean failed;
  g_autoptr(RfiHistoryPart) part = finish_part (self, object, result, &failed);
  g_autoptr(GPtrArray) items = NULL;

  if (part == NULL && !failed)
    return;

  self->n_asked--;
  if (part != NULL)
    {
      items = make_items (self, part);
      fill (self, look->before, items);
    }
  else
    {
      rfi_history_pages_forget (self->pages, look->before);
    }
  ask_waiting (self);
  g_signal_emit (self, signals[LOADED], 0);
}

static void
ask_waiting (RfiHistoryList *self)
{
  while (self->n_asked < MOST_ASKED && !g_queue_is_empty (&self->waiting))
    {
      Look *look = g_queue_pop_head (&self->waiting);

      self->n_asked++;
      look->list = g_object_ref (self);
      query_part (self, look->before, look->after, RFI_HISTORY_MOST, page_cb, look);
    }
}

static void
wanted_cb (RfiHistoryList *self,
           gint64          before,
           gint64          after,
           guint           n_records)
{
  Look *look = g_new0 (Look, 1);

  look->before = before;
  look->after = after;
  g_queue_push_head (&self->waiting, look);
  ask_waiting (self);
  if (self->waiting.length <= MOST_WAITING)
    return;

  look = g_queue_pop_tail (&self->waiting);
  rfi_history_pages_forget (self->pages, look->before);
  g_free (look);
}

/* The beginning, and how much there is */

static void
end_refresh (RfiHistoryList *self)
{
  self->refreshing = FALSE;
  if (self->again)
    {
      self->again = FALSE;
      rfi_history_list_refresh (self);
    }
}

static void
begun_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiHistoryList) self = user_data;
  gboolean failed;
  g_autoptr(RfiHistoryPart) part = finish_part (self, object, result, &failed);

  if (part == NULL && !failed)
    return;

  if (part != NULL)
    {
      const RfiHistoryMark mark = { part->head + 1, part->n_records };
      g_autoptr(GPtrArray) items = make_items (self, part);

      self->head = part->head;
      self->next = part->next;
      rfi_history_pages_append_read (self->pages, mark, items, is_searched_here (self));
      count_on (self);
    }
  end_refresh (self);
  g_signal_emit (self, signals[LOADED], 0);
}

/* Without marks, what matches is read to be counted. */
static void
read_on_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiHistoryList) self = user_data;
  gboolean failed;
  g_autoptr(RfiHistoryPart) part = finish_part (self, object, result, &failed);

  if (part == NULL && !failed)
    return;

  self->counting = FALSE;
  if (part != NULL)
    {
      g_autoptr(GPtrArray) items = make_items (self, part);
      const RfiHistoryMark mark = { self->next, items->len };

      self->next = part->next;
      rfi_history_pages_append_read (self->pages, mark, items, TRUE);
      count_on (self);
    }
  g_signal_emit (self, signals[LOADED], 0);
}

static void
marked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiHistoryList) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiHistoryMarks) marks =
    g_async_result_is_tagged (result, rfi_session_mark_history_async)
      ? rfi_session_mark_history_finish (RFI_SESSION (object), result, &error)
      : rfi_session_mark_known_finish (RFI_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->counting = FALSE;
  g_clear_error (&self->error);
  if (marks != NULL)
    {
      self->next = marks->next;
      rfi_history_pages_append (self->pages, marks->pages);
      count_on (self);
    }
  else
    {
      self->error = g_steal_pointer (&error);
    }
  g_signal_emit (self, signals[LOADED], 0);
}

static void
count_on (RfiHistoryList *self)
{
  RfiHistoryQuery query = *self->query;

  if (self->next == 0 || self->counting)
    return;

  self->counting = TRUE;
  query.before = self->next;
  if (is_searched_here (self))
    query_part (self, self->next, 0, RFI_HISTORY_MOST, read_on_cb, g_object_ref (self));
  else if (self->server)
    rfi_session_mark_history_async (self->session, &query, self->cancellable, marked_cb,
                                    g_object_ref (self));
  else
    rfi_session_mark_known_async (self->session, &query, self->cancellable, marked_cb,
                                  g_object_ref (self));
}

/* What is new */

static void
grown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiHistoryList) self = user_data;
  gboolean failed;
  g_autoptr(RfiHistoryPart) part = finish_part (self, object, result, &failed);

  if (part == NULL && !failed)
    return;

  if (part != NULL && part->head > self->head)
    {
      const RfiHistoryMark mark = { part->head + 1, part->n_records };
      g_autoptr(GPtrArray) items = make_items (self, part);

      self->head = part->head;
      self->again |= part->n_records >= RFI_HISTORY_MOST;
      if (part->n_records > 0)
        rfi_history_pages_prepend_read (self->pages, mark, items);
    }
  end_refresh (self);
  g_signal_emit (self, signals[LOADED], 0);
}

void
rfi_history_list_refresh (RfiHistoryList *self)
{
  g_return_if_fail (RFI_IS_HISTORY_LIST (self));

  if (self->refreshing)
    {
      self->again = TRUE;
      return;
    }

  self->refreshing = TRUE;
  if (self->head == 0)
    {
      rfi_history_pages_clear (self->pages);
      query_part (self, 0, 0, is_searched_here (self) ? RFI_HISTORY_MOST : RFI_HISTORY_PART_SIZE,
                  begun_cb, g_object_ref (self));
      return;
    }

  query_part (self, 0, self->head, RFI_HISTORY_MOST, grown_cb, g_object_ref (self));
  rfi_history_pages_renew (self->pages);
  count_on (self);
}

void
rfi_history_list_ask (RfiHistoryList        *self,
                      const RfiHistoryQuery *query,
                      gboolean               server)
{
  g_return_if_fail (RFI_IS_HISTORY_LIST (self));

  if (self->asked && self->server == server && rfi_history_query_equal (self->query, query))
    return;

  rfi_history_query_free (self->query);
  self->query = rfi_history_query_copy (query);
  self->server = server;
  rfi_history_filter_set_query (self->filter, query, server);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_queue_clear_full (&self->waiting, g_free);
  drop_came (self);
  self->refreshing = self->again = self->counting = FALSE;
  self->n_asked = 0;
  self->head = self->next = 0;
  self->asked = TRUE;
  rfi_history_list_refresh (self);
}

void
rfi_history_list_set_view (RfiHistoryList *self,
                           GtkWidget      *view)
{
  g_return_if_fail (RFI_IS_HISTORY_LIST (self));

  g_set_weak_pointer (&self->view, view);
  g_clear_object (&self->place);
  if (view != NULL)
    self->place = rfi_list_place_new (GTK_SCROLLABLE (view), G_LIST_MODEL (self->pages));
}

gboolean
rfi_history_list_is_server (RfiHistoryList *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_LIST (self), FALSE);

  return self->server;
}

/* What a server counts are records. */
static gboolean
is_one_entry_each (RfiHistoryKind kind)
{
  return kind == RFI_HISTORY_ALL || kind == RFI_HISTORY_PHOTOS || kind == RFI_HISTORY_LIFE;
}

/* A record of what was changed may have several entries, or of one kind none: until all are read
 * that can't be told. */
guint
rfi_history_list_count (RfiHistoryList *self,
                        gboolean       *exact)
{
  gboolean records;

  g_return_val_if_fail (RFI_IS_HISTORY_LIST (self), 0);

  records = self->server && is_one_entry_each (self->query->kind);
  *exact = self->next == 0 && !(self->refreshing && self->head == 0) &&
           (records || !self->server || rfi_history_pages_is_read (self->pages));
  return records ? rfi_history_pages_count_records (self->pages)
                 : rfi_history_pages_count_items (self->pages);
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

  return G_LIST_MODEL (self->pages);
}

void
rfi_history_list_stop (RfiHistoryList *self)
{
  g_return_if_fail (RFI_IS_HISTORY_LIST (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->place);
  drop_came (self);
}

static void
rfi_history_list_finalize (GObject *object)
{
  RfiHistoryList *self = RFI_HISTORY_LIST (object);

  drop_came (self);
  g_clear_object (&self->place);
  g_clear_weak_pointer (&self->view);
  g_queue_clear_full (&self->waiting, g_free);
  g_clear_object (&self->pages);
  g_clear_object (&self->filter);
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
  self->filter = rfi_history_filter_new ();
  self->pages = rfi_history_pages_new ();
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->came);
  g_queue_init (&self->waiting);
  g_signal_connect_object (self->pages, "wanted", G_CALLBACK (wanted_cb), self,
                           G_CONNECT_SWAPPED);
}

RfiHistoryList *
rfi_history_list_new (RfiSession *session)
{
  RfiHistoryList *self = g_object_new (RFI_TYPE_HISTORY_LIST, NULL);

  self->session = g_object_ref (session);
  return self;
}
