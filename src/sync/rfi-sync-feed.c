/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-feed"

#include "config.h"

#include "rfi-sync-feed.h"

#include "rfi-remote-sync.h"
#include "rfi-store-feed.h"
#include "rfi-store-pull.h"

/* Pages of the feed, one after the other.
 *
 *    state_cb: how far we are, unless the last run has left it ◄─────────┐
 *        │ a cursor: its delta; none: the next part of a snapshot        │
 *        ▼                                                               │
 *    head_cb: the next one is asked for while this one is read           │
 *        │                                                               │
 *        ▼                                                               │
 *    page_cb ── the cursor is of no use there ──► reset_cb ──────────────┤
 *        │  ▲                                                            │
 *        ▼  │ and while it is being taken                                │
 *    taken_cb ── a snapshot became complete ─────────────────────────────┘
 *        │  └─── not what the server has ──► reset_cb, but not every time
 *        ▼
 *    all that the server had
 *
 * Invariants
 *  1. A page counts only as a whole: what was cut changes nothing.
 *  2. A cursor that is refused, or another history of the server, never deletes anything by
 *     itself; a complete snapshot does, and not what something pends on.
 *  3. What is compared with the server's sum is what is in the store.
 *  4. At most MAX_AHEAD pages are ahead of what is being taken, two of them under way, and they are
 *     taken in their order: each begins where the one before it ended.
 *  5. Pages that came while another was being taken are taken as the one page that they would have
 *     been: from where the first began to where the last one leads.
 */

/* Rows in one page. A delta begins with small ones: the store takes the first while the server
 * still reads the next. */
#define PAGE_ROWS     1000
#define N_SMALL_PAGES 4
#define SMALL_ROWS    250

/* So many pages wait for the store at most, and go into one transaction: a transaction writes each
 * part of an index that it touches once, and of a large one that is nearly all of it. */
#define MAX_AHEAD 8
#define MAX_ASKED 2

/* The more rows there are, the more of their index a transaction writes anew: of a snapshot it
 * brings one page more for each so many that are there. */
#define ROWS_A_PAGE 8000

/* So often may a run start over, before something is wrong at the server. */
#define MAX_RESTARTS 4

/* A store that differs right after it was repaired would be repaired for ever. */
#define REPAIR_INTERVAL (60 * 60 * 1000)

/* Adding up may take so small a part of the time: while others work it is the dearest part of what
 * a console does that nobody uses. Of 100,000 rows this is twice a minute. */
#define SUM_COST_RATIO 500

/* A page that was asked for. It stays until it is answered. */
typedef struct
{
  RfiSyncFeed   *feed;      /* (owned) */
  RfiFeedReader *reader;    /* (owned) (nullable): once it came */
  GError        *error;     /* (owned) (nullable): why it did not */
  char          *from;      /* (owned) (nullable): where it begins */
  gboolean       answered;
} Page;

static void
page_free (Page *page)
{
  g_object_unref (page->feed);
  rfi_feed_reader_free (page->reader);
  g_clear_error (&page->error);
  g_free (page->from);
  g_free (page);
}

struct _RfiSyncFeed
{
  GObject       parent_instance;

  RfiSyncParts *parts;          /* borrowed */
  GTask        *task;           /* (owned) (nullable): the run */
  GHashTable   *people;         /* (owned) (nullable) (element-type utf8) */
  char         *place;          /* (owned) (nullable): where the next page to ask for begins */
  char         *end;            /* (owned) (nullable): where the page being taken leads */
  char         *reached;        /* (owned) (nullable): the cursor that the last run ended with */
  GQueue        ahead;          /* (element-type Page): behind what is being taken */
  GError       *error;          /* (owned) (nullable): what it ends with */
  void        (*next) (RfiSyncFeed *self);  /* (nullable): instead, once all have been answered */
  gint64        repaired_at;    /* monotonic ms; G_MININT64 = never */
  gint64        sum_at;         /* monotonic ms: when adding up is due */
  gint64        taking_at;      /* monotonic ms */
  gint64        agreed_count;   /* of the totals that were found to agree; -1 = none yet */
  guint64       agreed_sum;
  gint64        count;          /* of the page being taken */
  guint64       sum;
  gint64        position;       /* that it leads to */
  gint64        head;           /* the server's, as of the last that was looked into */
  guint         n_rows;
  guint         n_total;
  guint         n_restarts;
  guint         n_deltas;       /* pages of them that were asked for in this run */
  guint         n_asked;        /* pages under way */
  gboolean      first;
  gboolean      snapshot;       /* not a delta */
  gboolean      last;           /* nothing follows the page being taken */
  gboolean      checking;       /* it is compared */
  gboolean      more;           /* there is one to ask for: at @place */
  gboolean      taking;         /* a page is on its way into the store */
};

enum {
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiSyncFeed, rfi_sync_feed, G_TYPE_OBJECT)

static void state_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data);
static void head_cb  (const RfiFeedHead *head,
                      gpointer           user_data);
static void page_cb  (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data);
static void taken_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data);
static void reset_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data);

static gint64
now (RfiSyncFeed *self)
{
  return rfi_clock_get_monotonic (self->parts->clock);
}

static void
end_now (RfiSyncFeed *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  g_clear_pointer (&self->people, g_hash_table_unref);
  if (self->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&self->error));
      return;
    }

  rfi_sync_metrics_count (self->parts->metrics, RFI_SYNC_COUNTER_ROWS, self->n_rows);
  self->first = FALSE;
  g_task_return_boolean (task, TRUE);
}

/* What is under way is of no interest any more, but has to be answered first. */
static void
go_on (RfiSyncFeed *self,
       void       (*next) (RfiSyncFeed *self))
{
  self->more = FALSE;
  if (self->n_asked > 0)
    {
      self->next = next;
      return;
    }

  g_queue_clear_full (&self->ahead, (GDestroyNotify) page_free);
  next (self);
}

/* @error: (transfer full) (nullable) */
static void
end (RfiSyncFeed *self,
     GError      *error)
{
  g_clear_error (&self->error);
  self->error = error;
  go_on (self, end_now);
}

static void
look_now (RfiSyncFeed *self)
{
  g_clear_error (&self->error);
  rfi_store_get_feed_async (self->parts->store, g_task_get_cancellable (self->task), state_cb,
                            g_object_ref (self));
}

/* Whether it is not too often. Else @self has ended. */
static gboolean
may_restart (RfiSyncFeed *self)
{
  if (++self->n_restarts <= MAX_RESTARTS)
    return TRUE;

  end (self, rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL, "The server's feed does not settle"));
  return FALSE;
}

static void
reset_now (RfiSyncFeed *self)
{
  rfi_store_reset_feed_async (self->parts->store, g_task_get_cancellable (self->task), reset_cb,
                              g_object_ref (self));
}

static void
reset (RfiSyncFeed *self)
{
  if (may_restart (self))
    go_on (self, reset_now);
}

static void
ask (RfiSyncFeed *self)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);
  Page *page = g_new0 (Page, 1);

  page->feed = g_object_ref (self);
  page->from = g_steal_pointer (&self->place);
  g_queue_push_tail (&self->ahead, page);
  self->n_asked++;
  self->more = FALSE;
  if (self->snapshot)
    rfi_remote_snapshot_async (self->parts->remote, page->from, PAGE_ROWS, head_cb, cancellable,
                               page_cb, page);
  else
    rfi_remote_delta_async (self->parts->remote, page->from,
                            self->n_deltas++ < N_SMALL_PAGES ? SMALL_ROWS : PAGE_ROWS, head_cb,
                            cancellable, page_cb, page);
}

static void
state_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiSyncFeed) self = user_data;
  g_autoptr(RfiFeedState) state = NULL;
  GError *error = NULL;

  state = rfi_store_get_feed_finish (RFI_STORE (object), result, &error);
  if (state == NULL)
    {
      end (self, error);
      return;
    }

  self->snapshot = state->cursor == NULL;
  self->position = state->position;
  g_free (self->place);
  self->place = g_strdup (self->snapshot ? state->snapshot : state->cursor);
  self->first |= self->snapshot;
  if (self->snapshot && self->place != NULL)
    {
      self->n_rows = (guint) state->snapshot_done;
      self->n_total = (guint) state->snapshot_total;
    }
  ask (self);
}

static void
note_person (RfiSyncFeed  *self,
             const RfiJob *job)
{
  if (job->assigned_to != NULL && !g_hash_table_contains (self->people, job->assigned_to))
    g_hash_table_add (self->people, (gpointer) g_intern_string (job->assigned_to));
}

static void
move_rows (RfiSyncFeed   *self,
           RfiFeedReader *reader,
           RfiStorePage  *page)
{
  g_autoptr(GArray) rows = rfi_feed_reader_take_rows (reader);

  for (guint i = 0; i < rows->len; i++)
    {
      RfiFeedRow *from = &g_array_index (rows, RfiFeedRow, i);
      RfiStoreFeedRow row = { .seq = from->seq };

      row.job = g_steal_pointer (&from->job);
      row.id = g_steal_pointer (&from->id);
      if (row.job != NULL)
        note_person (self, row.job);
      page->position = MAX (page->position, row.seq);
      g_array_append_val (page->rows, row);
    }
}

/* Comparing takes reading all of the store: when the totals are others than those that agreed,
 * and when the last time was long enough ago for what it took. */
static gboolean
wants_check (RfiSyncFeed       *self,
             const RfiFeedTail *tail)
{
  return tail->has_totals && now (self) >= self->sum_at &&
         (tail->count != self->agreed_count || tail->checksum != self->agreed_sum);
}

/* (transfer full): without rows yet */
static RfiStorePage *
begin_page (RfiSyncFeed *self,
            const Page  *first)
{
  const RfiFeedHead *head = rfi_feed_reader_get_head (first->reader);
  RfiStorePage *page = rfi_store_page_new ();

  page->snapshot = self->snapshot;
  page->asked_from = g_strdup (first->from);
  page->server_epoch = g_strdup (head->epoch);
  page->position = page->snapshot ? head->head : self->position;
  page->cursor = g_strdup (head->cursor);
  page->total = head->total;
  return page;
}

static void
add_to_page (RfiSyncFeed   *self,
             RfiStorePage  *page,
             RfiFeedReader *reader)
{
  const RfiFeedTail *tail = rfi_feed_reader_get_tail (reader);

  move_rows (self, reader, page);
  g_free (page->next);
  page->next = g_strdup (tail->next);
  page->last = !tail->has_more;
  page->check = wants_check (self, tail);
  page->count = tail->count;
  page->checksum = tail->checksum;
  self->head = rfi_feed_reader_get_head (reader)->head;
  if (!page->snapshot && page->last)
    page->position = self->head;
}

/* Whether what came first is of the same history as @page. */
static gboolean
goes_on (RfiSyncFeed        *self,
         const RfiStorePage *page)
{
  const Page *next = g_queue_peek_head (&self->ahead);

  return next != NULL && next->reader != NULL &&
         g_strcmp0 (rfi_feed_reader_get_head (next->reader)->epoch, page->server_epoch) == 0;
}

/* All that came as one page. Returns: (transfer full) */
static RfiStorePage *
make_page (RfiSyncFeed *self)
{
  RfiStorePage *page = begin_page (self, g_queue_peek_head (&self->ahead));

  do
    {
      Page *next = g_queue_pop_head (&self->ahead);

      add_to_page (self, page, next->reader);
      page_free (next);
    }
  while (goes_on (self, page));

  return page;
}

/* As long as there is something to ask for, and room for it. */
static void
ask_ahead (RfiSyncFeed *self)
{
  if (self->more && self->n_asked < MAX_ASKED && g_queue_get_length (&self->ahead) < MAX_AHEAD)
    ask (self);
}

/* Into the store; meanwhile the next ones are asked for. */
static void
take (RfiSyncFeed *self)
{
  RfiStorePage *page = make_page (self);

  self->n_rows += page->rows->len;
  if (page->snapshot)
    self->n_total = (guint) MAX (page->total, 0);
  else if (!page->last)
    self->n_total = self->n_rows + (guint) CLAMP (self->head - page->position, 0, G_MAXINT);
  self->last = page->last;
  self->checking = page->check;
  self->count = page->count;
  self->sum = page->checksum;
  self->position = page->position;
  g_free (self->end);
  self->end = g_strdup (page->next);
  self->taking_at = now (self);
  self->taking = TRUE;
  ask_ahead (self);
  rfi_store_take_page_async (self->parts->store, page, rfi_clock_get_wall (self->parts->clock),
                             NULL, taken_cb, g_object_ref (self));
}

/* The server no longer goes on from there. */
static gboolean
is_useless_cursor (const GError *error)
{
  return rfi_remote_error_get_http_status (error) == 410 ||
         g_strcmp0 (rfi_remote_error_get_code (error), "BAD_CURSOR") == 0;
}

/* Whether what came is worth a transaction, or nothing good follows it. */
static gboolean
is_enough (RfiSyncFeed *self)
{
  guint wanted = self->snapshot ? MIN (1 + self->n_rows / ROWS_A_PAGE, MAX_AHEAD) : 1;
  GList *link = self->ahead.head;

  for (guint n = 0; link != NULL && n < wanted; n++, link = link->next)
    {
      const Page *page = link->data;

      if (!page->answered)
        return FALSE;
      if (page->reader == NULL)
        return TRUE;
    }

  return TRUE;
}

/* The page before is in the store: the next one follows, if it came, or the reason why not. */
static void
take_ahead (RfiSyncFeed *self)
{
  Page *page = g_queue_peek_head (&self->ahead);

  if (page == NULL || !is_enough (self))
    return;

  if (page->reader != NULL)
    take (self);
  else if (is_useless_cursor (page->error))
    reset (self);
  else
    end (self, g_steal_pointer (&page->error));
}

static gboolean
is_latest (Page *page)
{
  return page == g_queue_peek_tail (&page->feed->ahead);
}

/* What follows @page, as yet the last one, begins there. */
static void
note_more (Page       *page,
           const char *place)
{
  RfiSyncFeed *self = page->feed;

  g_free (self->place);
  self->place = g_strdup (place);
  self->more = TRUE;
  ask_ahead (self);
}

static void
head_cb (const RfiFeedHead *head,
         gpointer           user_data)
{
  Page *page = user_data;

  if (head->next != NULL && page->feed->next == NULL && is_latest (page))
    note_more (page, head->next);
}

/* What was asked for, or will be, because of the first line has to be what the last one says. */
static gboolean
ends_as_told (Page *page)
{
  RfiSyncFeed *self = page->feed;
  const RfiFeedTail *tail = rfi_feed_reader_get_tail (page->reader);
  GList *link = g_queue_find (&self->ahead, page)->next;
  const char *told = link != NULL ? ((Page *) link->data)->from : self->place;

  return (link == NULL && !self->more) || (tail->has_more && g_strcmp0 (told, tail->next) == 0);
}

/* A server that has fewer changes than it told of went back without saying so. While there is no
 * cursor yet, nobody else would notice: it may soon have as many again. */
static void
note_head (RfiSyncFeed       *self,
           const RfiFeedHead *head)
{
  RfiSyncParts *parts = self->parts;

  if (head->head < parts->head && g_strcmp0 (head->epoch, parts->server_epoch) == 0)
    parts->hello_needed = parts->look_again = TRUE;
}

static void
look_into (Page *page)
{
  const RfiFeedTail *tail = rfi_feed_reader_get_tail (page->reader);

  if (!ends_as_told (page))
    {
      g_clear_pointer (&page->reader, rfi_feed_reader_free);
      page->error = rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL,
                                          "A page does not end where it said");
      return;
    }

  if (tail->has_more && is_latest (page))
    note_more (page, tail->next);
}

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Page *page = user_data;
  g_autoptr(RfiSyncFeed) self = g_object_ref (page->feed);

  page->answered = TRUE;
  page->reader = rfi_remote_feed_finish (RFI_REMOTE (object), result, &page->error);
  self->n_asked--;
  if (self->next != NULL)
    {
      void (*next) (RfiSyncFeed *feed) = self->next;

      if (self->n_asked > 0)
        return;
      self->next = NULL;
      go_on (self, next);
      return;
    }

  if (page->reader != NULL)
    {
      note_head (self, rfi_feed_reader_get_head (page->reader));
      look_into (page);
    }
  /* Nothing is taken from behind a page that is missing. */
  if (page->reader == NULL)
    self->more = FALSE;
  ask_ahead (self);
  if (!self->taking)
    take_ahead (self);
}

static void
note_check (RfiSyncFeed *self,
            gboolean     agreed)
{
  if (!self->checking)
    return;

  self->sum_at = now (self) + (now (self) - self->taking_at) * SUM_COST_RATIO;
  self->agreed_count = agreed ? self->count : -1;
  self->agreed_sum = self->sum;
}

static void
repair (RfiSyncFeed *self)
{
  if (self->repaired_at != G_MININT64 && now (self) - self->repaired_at < REPAIR_INTERVAL)
    {
      g_warning ("What is here differs from the server's rows again");
      end (self, NULL);
      return;
    }

  g_debug ("What is here differs from the server's rows");
  self->repaired_at = now (self);
  self->sum_at = 0;
  reset (self);
}

static void
taken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiSyncFeed) self = user_data;
  GError *error = NULL;
  int fate = rfi_store_take_page_finish (RFI_STORE (object), result, &error);

  self->taking = FALSE;
  self->parts->look_again |= rfi_store_moved_conflicts (RFI_STORE (object), result);
  switch (fate)
    {
    case RFI_PAGE_TAKEN:
      if (!self->snapshot || self->last)
        self->parts->position = self->position;
      note_check (self, TRUE);
      g_signal_emit (self, signals[PROGRESS], 0);
      if (self->last && self->snapshot)
        look_now (self);
      else if (self->last)
        {
          self->reached = g_steal_pointer (&self->end);
          end (self, NULL);
        }
      else
        take_ahead (self);
      break;

    case RFI_PAGE_DIVERGED:
      note_check (self, FALSE);
      repair (self);
      break;

    case RFI_PAGE_RESTART:
      /* What the server answered before has to be asked again, too. */
      self->parts->hello_needed = TRUE;
      self->parts->n_histories++;
      self->parts->restored_at = rfi_clock_get_wall (self->parts->clock);
      self->parts->position = 0;
      G_GNUC_FALLTHROUGH;

    case RFI_PAGE_STALE:
      if (may_restart (self))
        go_on (self, look_now);
      break;

    default:
      end (self, error);
      break;
    }
}

static void
reset_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiSyncFeed) self = user_data;
  GError *error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    {
      end (self, error);
      return;
    }

  self->n_rows = 0;
  rfi_sync_metrics_count (self->parts->metrics, RFI_SYNC_COUNTER_LISTINGS, 1);
  look_now (self);
}

static void
rfi_sync_feed_finalize (GObject *object)
{
  RfiSyncFeed *self = RFI_SYNC_FEED (object);

  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->end, g_free);
  g_clear_pointer (&self->reached, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (rfi_sync_feed_parent_class)->finalize (object);
}

static void
rfi_sync_feed_class_init (RfiSyncFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_sync_feed_finalize;

  signals[PROGRESS] = g_signal_new ("progress", RFI_TYPE_SYNC_FEED, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_sync_feed_init (RfiSyncFeed *self)
{
  self->repaired_at = G_MININT64;
  self->agreed_count = -1;
}

RfiSyncFeed *
rfi_sync_feed_new (RfiSyncParts *parts)
{
  RfiSyncFeed *self = g_object_new (RFI_TYPE_SYNC_FEED, NULL);

  self->parts = parts;
  return self;
}

void
rfi_sync_feed_run_async (RfiSyncFeed         *self,
                         GHashTable          *people,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, rfi_sync_feed_run_async);
  g_task_set_check_cancellable (self->task, FALSE);
  self->people = g_hash_table_ref (people);
  self->n_rows = 0;
  self->n_total = 0;
  self->n_restarts = 0;
  self->n_deltas = 0;
  self->first = FALSE;
  /* Another position than it was left at: the server went back, and the cursor is of no use. */
  if (self->reached == NULL || self->parts->position != self->position)
    {
      g_clear_pointer (&self->reached, g_free);
      look_now (self);
      return;
    }

  /* If it is not the store's any more, the page is not taken, and it is looked for then. */
  g_free (self->place);
  self->place = g_steal_pointer (&self->reached);
  self->snapshot = FALSE;
  g_clear_error (&self->error);
  ask (self);
}

gboolean
rfi_sync_feed_run_finish (RfiSyncFeed   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
rfi_sync_feed_is_first (RfiSyncFeed *self)
{
  return self->first;
}

guint
rfi_sync_feed_get_n_rows (RfiSyncFeed *self)
{
  return self->n_rows;
}

guint
rfi_sync_feed_get_n_total (RfiSyncFeed *self)
{
  return self->n_total;
}
