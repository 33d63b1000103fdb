/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-pages"

#include "config.h"

#include "rfi-history-pages.h"

#include "rfi-history-item.h"

/* A list has some 200 rows around what is seen: several lists' worth. */
#define MOST_IN_MEMORY 40

/* What is new goes into the newest page until it has so many. */
#define MOST_RECORDS (2 * RFI_HISTORY_PART_SIZE)

/* Rows that a list makes at once, and as many as it ever has. */
#define STEP 30
#define MOST_ROWS 240

typedef struct
{
  gint64     before;     /* as of its mark */
  guint      n_records;
  guint      n_items;    /* as many as it had when it was read, else n_records */
  GPtrArray *items;      /* (owned) (nullable) (element-type RfiHistoryItem): empty ones until it
                            is read */
  guint64    used;       /* when somebody looked at it, in looks */
  gboolean   read;       /* it is in memory … */
  gboolean   counted;    /* … or was once */
  gboolean   asked;
  gboolean   kept;
} Page;

struct _RfiHistoryPages
{
  GObject   parent_instance;

  GArray   *pages;      /* (owned) (element-type Page): newest first */
  guint     n_items;    /* in all of them */
  guint     n_records;
  guint     n_held;     /* pages with items that can be let go */
  guint     told;       /* the list knows of so many items at most */
  guint     step_id;
  guint64   looks;

  guint     near;       /* a page … */
  guint     near_first; /* … and the position of its first item */
};

enum {
  WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void rfi_history_pages_init_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiHistoryPages, rfi_history_pages, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      rfi_history_pages_init_model))

static void
page_clear (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->items, g_ptr_array_unref);
}

static Page *
get_page (RfiHistoryPages *self,
          guint            index)
{
  return &g_array_index (self->pages, Page, index);
}

/* Telling */

static guint
count_told (RfiHistoryPages *self)
{
  return MIN (self->n_items, self->told);
}

static gboolean
step_cb (gpointer user_data)
{
  RfiHistoryPages *self = user_data;
  guint n_before = count_told (self);
  guint n_after;

  self->told = self->told + STEP < MOST_ROWS ? self->told + STEP : G_MAXUINT;
  n_after = count_told (self);
  if (n_after > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, n_after - n_before);
  if (self->told < G_MAXUINT && n_after == self->told)
    return G_SOURCE_CONTINUE;

  self->step_id = 0;
  return G_SOURCE_REMOVE;
}

static void
go_on_telling (RfiHistoryPages *self)
{
  if (self->step_id == 0 && self->n_items > self->told)
    self->step_id = g_idle_add (step_cb, self);
}

/* The pages are as they will be, self->n_items is as it was. */
static void
changed (RfiHistoryPages *self,
         guint            position,
         guint            n_removed,
         guint            n_added)
{
  guint n_before = count_told (self);
  guint n_after;

  self->near = self->near_first = 0;
  self->n_items = self->n_items + n_added - n_removed;
  n_after = count_told (self);
  go_on_telling (self);
  if (n_removed + n_added == 0)
    return;
  if (self->told < G_MAXUINT && position < MAX (n_before, n_after))
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_before - position,
                                n_after - position);
  else if (self->told == G_MAXUINT)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* Finding */

/* The page that has @position, which is less than there are; where one looks is mostly near to
 * where one looked last. */
static Page *
seek (RfiHistoryPages *self,
      guint            position)
{
  while (position < self->near_first)
    self->near_first -= get_page (self, --self->near)->n_items;
  while (position >= self->near_first + get_page (self, self->near)->n_items)
    self->near_first += get_page (self, self->near++)->n_items;
  return get_page (self, self->near);
}

/* @index: (out). Returns: (nullable) */
static Page *
find (RfiHistoryPages *self,
      gint64           before,
      guint           *index)
{
  guint low = 0;
  guint high = self->pages->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_page (self, middle)->before > before)
        low = middle + 1;
      else
        high = middle;
    }
  *index = low;
  return low < self->pages->len && get_page (self, low)->before == before ? get_page (self, low)
                                                                           : NULL;
}

static guint
get_first (RfiHistoryPages *self,
           guint            index)
{
  guint first = 0;

  for (guint i = 0; i < index; i++)
    first += get_page (self, i)->n_items;
  return first;
}

static void
want (RfiHistoryPages *self,
      guint            index)
{
  Page *page = get_page (self, index);
  gint64 after = index + 1 < self->pages->len ? get_page (self, index + 1)->before - 1 : 0;

  page->asked = TRUE;
  g_signal_emit (self, signals[WANTED], 0, page->before, after, page->n_records);
}

/* Memory */

static void
let_go (RfiHistoryPages *self)
{
  while (self->n_held > MOST_IN_MEMORY)
    {
      Page *oldest = NULL;

      for (guint i = 0; i < self->pages->len; i++)
        {
          Page *page = get_page (self, i);

          if (page->items != NULL && !page->kept && !page->asked &&
              (oldest == NULL || page->used < oldest->used))
            oldest = page;
        }
      if (oldest == NULL)
        return;

      g_clear_pointer (&oldest->items, g_ptr_array_unref);
      oldest->read = FALSE;
      self->n_held--;
    }
}

static void
stand_in (RfiHistoryPages *self,
          Page            *page)
{
  self->n_held++;
  page->items = g_ptr_array_new_full (page->n_items, g_object_unref);
  for (guint i = 0; i < page->n_items; i++)
    g_ptr_array_add (page->items, g_object_new (RFI_TYPE_HISTORY_ITEM, NULL));
}

/* The list */

static gpointer
rfi_history_pages_get_item (GListModel *model,
                            guint       position)
{
  RfiHistoryPages *self = RFI_HISTORY_PAGES (model);
  g_autoptr(GObject) item = NULL;
  Page *page;

  if (position >= count_told (self))
    return NULL;

  page = seek (self, position);
  page->used = ++self->looks;
  if (page->items == NULL)
    stand_in (self, page);
  item = g_object_ref (g_ptr_array_index (page->items, position - self->near_first));
  if (!page->read && !page->asked)
    want (self, self->near);
  let_go (self);
  return g_steal_pointer (&item);
}

static guint
rfi_history_pages_get_n_items (GListModel *model)
{
  return count_told (RFI_HISTORY_PAGES (model));
}

static GType
rfi_history_pages_get_item_type (GListModel *model)
{
  return RFI_TYPE_HISTORY_ITEM;
}

static void
rfi_history_pages_init_model (GListModelInterface *iface)
{
  iface->get_item = rfi_history_pages_get_item;
  iface->get_n_items = rfi_history_pages_get_n_items;
  iface->get_item_type = rfi_history_pages_get_item_type;
}

/* Changes */

void
rfi_history_pages_clear (RfiHistoryPages *self)
{
  guint n_told;

  g_return_if_fail (RFI_IS_HISTORY_PAGES (self));

  n_told = count_told (self);
  g_array_set_size (self->pages, 0);
  g_clear_handle_id (&self->step_id, g_source_remove);
  self->n_items = self->n_records = self->n_held = self->near = self->near_first = 0;
  self->told = STEP;
  if (n_told > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_told, 0);
}

void
rfi_history_pages_append (RfiHistoryPages *self,
                          GArray          *marks)
{
  guint position;
  guint n_added = 0;

  g_return_if_fail (RFI_IS_HISTORY_PAGES (self));

  position = self->n_items;
  for (guint i = 0; i < marks->len; i++)
    {
      const RfiHistoryMark *mark = &g_array_index (marks, RfiHistoryMark, i);
      const Page page = { .before = mark->before, .n_records = mark->n_records,
                          .n_items = mark->n_records };

      g_array_append_val (self->pages, page);
      n_added += page.n_items;
    }
  self->n_records += n_added;
  changed (self, position, 0, n_added);
}

static Page
make_read (RfiHistoryPages *self,
           RfiHistoryMark   mark,
           GPtrArray       *items)
{
  self->n_records += mark.n_records;
  return (Page) {
    .before = mark.before, .n_records = mark.n_records, .n_items = items->len,
    .items = g_ptr_array_ref (items), .used = ++self->looks, .read = TRUE, .counted = TRUE,
  };
}

void
rfi_history_pages_append_read (RfiHistoryPages *self,
                               RfiHistoryMark   mark,
                               GPtrArray       *items,
                               gboolean         kept)
{
  guint position;
  Page page;

  g_return_if_fail (RFI_IS_HISTORY_PAGES (self));

  position = self->n_items;
  page = make_read (self, mark, items);
  page.kept = kept;
  self->n_held += !kept;
  g_array_append_val (self->pages, page);
  changed (self, position, 0, items->len);
}

void
rfi_history_pages_prepend_read (RfiHistoryPages *self,
                                RfiHistoryMark   mark,
                                GPtrArray       *items)
{
  Page *top;

  g_return_if_fail (RFI_IS_HISTORY_PAGES (self));

  top = self->pages->len > 0 ? get_page (self, 0) : NULL;
  if (top != NULL && top->read && !top->asked &&
      top->n_records + mark.n_records <= MOST_RECORDS)
    {
      top->before = mark.before;
      top->n_records += mark.n_records;
      top->n_items += items->len;
      self->n_records += mark.n_records;
      for (guint i = 0; i < items->len; i++)
        g_ptr_array_insert (top->items, (int) i, g_object_ref (g_ptr_array_index (items, i)));
    }
  else
    {
      Page page = make_read (self, mark, items);

      self->n_held++;
      g_array_prepend_val (self->pages, page);
    }
  changed (self, 0, 0, items->len);
  let_go (self);
}

static gboolean
is_same (GPtrArray *shown,
         guint      at_shown,
         GPtrArray *items,
         guint      at_items)
{
  RfiAuditEntry *before = rfi_history_item_get_entry (g_ptr_array_index (shown, at_shown));
  RfiAuditEntry *after = rfi_history_item_get_entry (g_ptr_array_index (items, at_items));

  return before != NULL && before->id == after->id && before->pending == after->pending;
}

/* Puts @items in the place of those of @page; those that say the same stay. */
static void
replace (RfiHistoryPages *self,
         Page            *page,
         guint            first,
         GPtrArray       *items)
{
  GPtrArray *shown = page->items;
  guint n_shown = page->n_items;
  guint top = 0;
  guint bottom = 0;

  page->items = g_ptr_array_ref (items);
  page->n_items = items->len;
  while (shown != NULL && top < MIN (n_shown, items->len) && is_same (shown, top, items, top))
    top++;
  while (shown != NULL && bottom < MIN (n_shown, items->len) - top &&
         is_same (shown, n_shown - 1 - bottom, items, items->len - 1 - bottom))
    bottom++;
  for (guint i = 0; i < top; i++)
    g_set_object ((GObject **) &items->pdata[i], g_ptr_array_index (shown, i));
  for (guint i = 1; i <= bottom; i++)
    g_set_object ((GObject **) &items->pdata[items->len - i],
                  g_ptr_array_index (shown, n_shown - i));
  changed (self, first + top, n_shown - top - bottom, items->len - top - bottom);
  g_clear_pointer (&shown, g_ptr_array_unref);
}

void
rfi_history_pages_fill (RfiHistoryPages *self,
                        gint64           before,
                        GPtrArray       *items)
{
  Page *page;
  guint index;

  g_return_if_fail (RFI_IS_HISTORY_PAGES (self));

  page = find (self, before, &index);
  if (page == NULL)
    return;

  page->asked = FALSE;
  self->n_held += page->items == NULL;
  page->read = page->counted = TRUE;
  replace (self, page, get_first (self, index), items);
  let_go (self);
}

void
rfi_history_pages_forget (RfiHistoryPages *self,
                          gint64           before)
{
  Page *page;
  guint index;

  g_return_if_fail (RFI_IS_HISTORY_PAGES (self));

  page = find (self, before, &index);
  if (page != NULL)
    page->asked = FALSE;
}

static gboolean
has_pending (const Page *page)
{
  for (guint i = 0; page->read && i < page->items->len; i++)
    if (rfi_history_item_get_entry (g_ptr_array_index (page->items, i))->pending)
      return TRUE;
  return FALSE;
}

void
rfi_history_pages_renew (RfiHistoryPages *self)
{
  g_return_if_fail (RFI_IS_HISTORY_PAGES (self));

  for (guint i = 0; i < self->pages->len; i++)
    {
      const Page *page = get_page (self, i);

      if (page->items != NULL && !page->asked && !page->kept &&
          (!page->read || has_pending (page)))
        want (self, i);
    }
}

guint
rfi_history_pages_count_items (RfiHistoryPages *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_PAGES (self), 0);

  return self->n_items;
}

guint
rfi_history_pages_count_records (RfiHistoryPages *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_PAGES (self), 0);

  return self->n_records;
}

gboolean
rfi_history_pages_is_read (RfiHistoryPages *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_PAGES (self), FALSE);

  for (guint i = 0; i < self->pages->len; i++)
    if (!get_page (self, i)->counted)
      return FALSE;
  return TRUE;
}

static void
rfi_history_pages_finalize (GObject *object)
{
  RfiHistoryPages *self = RFI_HISTORY_PAGES (object);

  g_clear_handle_id (&self->step_id, g_source_remove);
  g_clear_pointer (&self->pages, g_array_unref);

  G_OBJECT_CLASS (rfi_history_pages_parent_class)->finalize (object);
}

static void
rfi_history_pages_class_init (RfiHistoryPagesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_history_pages_finalize;

  signals[WANTED] = g_signal_new ("wanted", RFI_TYPE_HISTORY_PAGES, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_INT64,
                                  G_TYPE_UINT);
}

static void
rfi_history_pages_init (RfiHistoryPages *self)
{
  self->told = STEP;
  self->pages = g_array_new (FALSE, FALSE, sizeof (Page));
  g_array_set_clear_func (self->pages, page_clear);
}

RfiHistoryPages *
rfi_history_pages_new (void)
{
  return g_object_new (RFI_TYPE_HISTORY_PAGES, NULL);
}
