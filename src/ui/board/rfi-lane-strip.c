/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-lane-strip"

#include "config.h"

#include "rfi-lane-strip.h"

#define GAP 12
#define MARGIN 18  /* around all, as the style sheet has it */

/* Whose words are laid out between two frames. */
#define N_CARDS 3

/* No column any more. */
#define NOWHERE G_MAXUINT

typedef struct
{
  RfiLane *lane;   /* a child */
  guint    index;  /* of its column, NOWHERE while it waits for another one */
} Slot;

struct _RfiLaneStrip
{
  GtkWidget      parent_instance;

  RfiCardStyle  *style;       /* (owned) */
  GtkAdjustment *adjustment;  /* (owned) */
  RfiGrouping    by;
  GPtrArray     *columns;     /* (owned) (element-type RfiLaneColumn) */
  GArray        *slots;       /* (owned) (element-type Slot) */
  int            page;        /* width in sight */
  int            column;      /* width of each, as allocated */
  double         offset;      /* of what was in sight when it was last looked at */
  gboolean       back;        /* it went towards the start then */
  guint          source;
  guint          ahead_source;
  guint          n_prepared;  /* cards of the lane that was last got ready ahead */
};

enum {
  MADE,
  BIND,
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiLaneStrip, rfi_lane_strip, GTK_TYPE_WIDGET)

RfiLaneColumn *
rfi_lane_column_new (const char *key,
                     const char *name)
{
  RfiLaneColumn *self = g_new (RfiLaneColumn, 1);

  self->key = g_strdup (key);
  self->name = g_strdup (name);
  return self;
}

void
rfi_lane_column_free (RfiLaneColumn *self)
{
  g_free (self->key);
  g_free (self->name);
  g_free (self);
}

static Slot *
get_slot (RfiLaneStrip *self,
          guint         i)
{
  return &g_array_index (self->slots, Slot, i);
}

static RfiLaneColumn *
get_column (RfiLaneStrip *self,
            guint         index)
{
  return g_ptr_array_index (self->columns, index);
}

static gboolean
is_narrow (RfiLaneStrip *self)
{
  return self->page > 0 && self->page < 2 * (rfi_card_style_get_width (self->style) + 2 * GAP);
}

/* The least a column is wide: there is room for one only, or for a card. @most: (out) */
static int
get_least (RfiLaneStrip *self,
           int          *most)
{
  int card = rfi_card_style_get_width (self->style) + GAP;
  int least = is_narrow (self) ? MAX (self->page - 2 * MARGIN, 1) : card;

  *most = MAX (least, card * 3 / 2);
  return least;
}

/* Where the columns are, counted from the start edge. */
static int
get_start (RfiLaneStrip *self,
           guint         index)
{
  return (int) index * (self->column + GAP);
}

/* What of the strip is in sight, counted from the start edge. */
static double
get_offset (RfiLaneStrip *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
         ? gtk_adjustment_get_upper (self->adjustment) - value
           - gtk_adjustment_get_page_size (self->adjustment)
         : value;
}

/* The columns in sight, wholly or in part. @end: (out): one more than the last */
static guint
find_range (RfiLaneStrip *self,
            guint        *end)
{
  int step = MAX (1, self->column + GAP);
  int left = MAX (0, (int) get_offset (self) - MARGIN);
  int right = left + (int) gtk_adjustment_get_page_size (self->adjustment) + MARGIN;
  guint first = MIN ((guint) (left / step), self->columns->len);

  *end = MIN ((guint) ((right + step - 1) / step), self->columns->len);
  return first;
}

static Slot *
find_slot (RfiLaneStrip *self,
           guint         index)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (get_slot (self, i)->index == index)
      return get_slot (self, i);
  return NULL;
}

/* A lane that waits, best one that was of this column. */
static Slot *
find_spare (RfiLaneStrip *self,
            const char   *key)
{
  Slot *spare = NULL;

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);

      if (slot->index != NOWHERE)
        continue;
      spare = slot;
      if (g_strcmp0 (rfi_lane_get_key (slot->lane), key) == 0)
        break;
    }
  return spare;
}

static Slot *
make_slot (RfiLaneStrip *self)
{
  Slot slot = { RFI_LANE (rfi_lane_new_group (self->by, self->style)), NOWHERE };

  gtk_widget_set_parent (GTK_WIDGET (slot.lane), GTK_WIDGET (self));
  g_array_append_val (self->slots, slot);
  g_signal_emit (self, signals[MADE], 0, slot.lane);
  return get_slot (self, self->slots->len - 1);
}

/* Returns: (transfer none): a lane that waits, with the jobs of this column */
static Slot *
ready_slot (RfiLaneStrip *self,
            guint         index)
{
  RfiLaneColumn *column = get_column (self, index);
  Slot *slot = find_spare (self, column->key);

  if (slot == NULL)
    slot = make_slot (self);
  if (g_strcmp0 (rfi_lane_get_key (slot->lane), column->key) == 0)
    return slot;

  rfi_lane_set_group (slot->lane, column->key, column->name);
  g_signal_emit (self, signals[BIND], 0, slot->lane);
  return slot;
}

/* One step for each frame: the jobs of the lane first, then what its cards say. */
static void
get_ready (RfiLaneStrip *self,
           guint         index)
{
  const char *key = get_column (self, index)->key;
  Slot *spare = find_spare (self, key);

  if (spare != NULL && g_strcmp0 (rfi_lane_get_key (spare->lane), key) == 0)
    {
      self->n_prepared += rfi_lane_prepare (spare->lane, self->n_prepared, N_CARDS);
      return;
    }
  self->n_prepared = 0;
  gtk_widget_set_child_visible (GTK_WIDGET (ready_slot (self, index)->lane), FALSE);
}

/* While lanes go by, the next one is made ready between the frames: in the frame that it comes
 * into sight with there is enough to do. */
static void
ahead_cb (gpointer user_data)
{
  RfiLaneStrip *self = user_data;
  guint end;
  guint first = find_range (self, &end);
  guint next = self->back ? first - 1 : end;

  self->ahead_source = 0;
  if (self->column != 0 && next < self->columns->len && find_slot (self, next) == NULL)
    get_ready (self, next);
}

static void
queue_ahead (RfiLaneStrip *self)
{
  double offset = get_offset (self);

  if (offset == self->offset)
    return;

  self->back = offset < self->offset;
  self->offset = offset;
  if (self->ahead_source == 0)
    self->ahead_source = g_idle_add_once (ahead_cb, self);
}

/* Lanes for what is in sight; what a person is at stays as it is, wherever it is. */
static void
update (RfiLaneStrip *self)
{
  guint end;
  guint first;

  /* Nobody knows yet how wide a column is, thus what is in sight. */
  if (self->column == 0)
    return;

  first = find_range (self, &end);
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);

      if (slot->index != NOWHERE && (slot->index < first || slot->index >= end)
          && !rfi_lane_is_held (slot->lane))
        slot->index = NOWHERE;
    }
  for (guint index = first; index < end; index++)
    if (find_slot (self, index) == NULL)
      ready_slot (self, index)->index = index;
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);

      /* Those that got another column have been mapped all the time. */
      gtk_widget_set_child_visible (GTK_WIDGET (slot->lane), slot->index != NOWHERE);
      rfi_lane_set_fluid (slot->lane, is_narrow (self));
    }

  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
update_cb (gpointer user_data)
{
  RfiLaneStrip *self = user_data;

  self->source = 0;
  update (self);
  g_signal_emit (self, signals[MOVED], 0);
  return G_SOURCE_REMOVE;
}

/* Sizes change while widgets are laid out, when nobody outside may be told. */
static void
queue_update (RfiLaneStrip *self)
{
  if (self->source != 0)
    return;

  self->source = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, update_cb, self, NULL);
}

static void
scrolled_cb (RfiLaneStrip *self)
{
  update (self);
  queue_update (self);
  queue_ahead (self);
}

static void
rfi_lane_strip_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  RfiLaneStrip *self = RFI_LANE_STRIP (widget);
  int n = (int) self->columns->len;
  int most;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = rfi_card_style_get_height (self->style) + 4 * GAP;
  else
    *minimum = *natural = MAX (0, n * (get_least (self, &most) + GAP) - GAP);
}

static void
rfi_lane_strip_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  RfiLaneStrip *self = RFI_LANE_STRIP (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n = MAX (1, (int) self->columns->len);
  int most;
  int least = get_least (self, &most);
  int column = CLAMP ((width + GAP) / n - GAP, least, most);

  if (self->column != column)
    {
      self->column = column;
      queue_update (self);
    }

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);
      GtkAllocation area = { get_start (self, slot->index), 0, column, height };
      int needed;

      if (slot->index == NOWHERE)
        continue;

      gtk_widget_measure (GTK_WIDGET (slot->lane), GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL,
                          NULL, NULL);
      area.width = MAX (column, needed);
      if (rtl)
        area.x = width - area.x - area.width;
      gtk_widget_size_allocate (GTK_WIDGET (slot->lane), &area, -1);
    }
}

static void
rfi_lane_strip_dispose (GObject *object)
{
  RfiLaneStrip *self = RFI_LANE_STRIP (object);
  GtkWidget *child;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->ahead_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_array_set_size (self->slots, 0);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (rfi_lane_strip_parent_class)->dispose (object);
}

static void
rfi_lane_strip_finalize (GObject *object)
{
  RfiLaneStrip *self = RFI_LANE_STRIP (object);

  g_clear_pointer (&self->style, rfi_card_style_unref);
  g_ptr_array_unref (self->columns);
  g_array_unref (self->slots);

  G_OBJECT_CLASS (rfi_lane_strip_parent_class)->finalize (object);
}

static void
rfi_lane_strip_class_init (RfiLaneStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_lane_strip_dispose;
  object_class->finalize = rfi_lane_strip_finalize;
  widget_class->measure = rfi_lane_strip_measure;
  widget_class->size_allocate = rfi_lane_strip_size_allocate;

  signals[MADE] = g_signal_new ("made", RFI_TYPE_LANE_STRIP, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_LANE);
  signals[BIND] = g_signal_new ("bind", RFI_TYPE_LANE_STRIP, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_LANE);
  signals[MOVED] = g_signal_new ("moved", RFI_TYPE_LANE_STRIP, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rfi_lane_strip_init (RfiLaneStrip *self)
{
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_lane_column_free);
  self->slots = g_array_new (FALSE, FALSE, sizeof (Slot));
  gtk_widget_add_css_class (GTK_WIDGET (self), "rfi-lanes");
}

GtkWidget *
rfi_lane_strip_new (RfiCardStyle  *style,
                    GtkAdjustment *adjustment)
{
  RfiLaneStrip *self = g_object_new (RFI_TYPE_LANE_STRIP, NULL);

  self->style = rfi_card_style_ref (style);
  self->adjustment = g_object_ref (adjustment);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* Lanes follow their columns to where these are now, and to what they are called: a person's name
 * may become known later than their jobs. */
static void
keep_lanes (RfiLaneStrip *self,
            gboolean      any)
{
  g_autoptr(GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; any && i < self->columns->len; i++)
    g_hash_table_insert (places, get_column (self, i)->key, GUINT_TO_POINTER (i + 1));

  for (guint i = self->slots->len; i > 0; i--)
    {
      Slot *slot = get_slot (self, i - 1);
      const char *key = rfi_lane_get_key (slot->lane);
      guint place = key != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (places, key)) : 0;

      if (!any)
        {
          gtk_widget_unparent (GTK_WIDGET (slot->lane));
          g_array_remove_index (self->slots, i - 1);
        }
      else if (slot->index != NOWHERE && place != 0)
        {
          RfiLaneColumn *column = get_column (self, place - 1);

          slot->index = place - 1;
          rfi_lane_set_group (slot->lane, column->key, column->name);
        }
      else
        {
          slot->index = NOWHERE;
        }
    }
}

void
rfi_lane_strip_set_columns (RfiLaneStrip *self,
                            RfiGrouping   by,
                            GPtrArray    *columns)
{
  g_return_if_fail (RFI_IS_LANE_STRIP (self));

  g_ptr_array_unref (self->columns);
  self->columns = columns;
  keep_lanes (self, by == self->by);
  self->by = by;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  queue_update (self);
}

GPtrArray *
rfi_lane_strip_get_columns (RfiLaneStrip *self)
{
  g_return_val_if_fail (RFI_IS_LANE_STRIP (self), NULL);

  return self->columns;
}

void
rfi_lane_strip_set_page (RfiLaneStrip *self,
                         int           width)
{
  g_return_if_fail (RFI_IS_LANE_STRIP (self));

  if (self->page == width)
    return;

  self->page = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  queue_update (self);
}

guint
rfi_lane_strip_get_first (RfiLaneStrip *self)
{
  int step;

  g_return_val_if_fail (RFI_IS_LANE_STRIP (self), 0);

  step = MAX (1, self->column + GAP);
  return self->columns->len == 0
         ? 0 : MIN ((guint) (((int) get_offset (self) + step / 2) / step), self->columns->len - 1);
}

gboolean
rfi_lane_strip_find (RfiLaneStrip *self,
                     RfiLane      *lane,
                     guint        *index)
{
  g_return_val_if_fail (RFI_IS_LANE_STRIP (self), FALSE);

  for (guint i = 0; i < self->slots->len; i++)
    if (get_slot (self, i)->lane == lane)
      {
        *index = get_slot (self, i)->index;
        return *index != NOWHERE;
      }
  return FALSE;
}

RfiLane *
rfi_lane_strip_show (RfiLaneStrip *self,
                     guint         index)
{
  double page, offset, start, end;

  g_return_val_if_fail (RFI_IS_LANE_STRIP (self), NULL);
  g_return_val_if_fail (index < self->columns->len, NULL);

  page = gtk_adjustment_get_page_size (self->adjustment);
  offset = get_offset (self);
  start = get_start (self, index);
  end = start + self->column + 2 * MARGIN;
  if (start < offset || end - start > page)
    offset = start;
  else if (end > offset + page)
    offset = end - page;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    offset = gtk_adjustment_get_upper (self->adjustment) - page - offset;
  gtk_adjustment_set_value (self->adjustment, offset);
  if (find_slot (self, index) == NULL)
    ready_slot (self, index)->index = index;
  gtk_widget_set_child_visible (GTK_WIDGET (find_slot (self, index)->lane), TRUE);
  return find_slot (self, index)->lane;
}

void
rfi_lane_strip_foreach (RfiLaneStrip *self,
                        RfiLaneFunc   func,
                        gpointer      user_data)
{
  g_return_if_fail (RFI_IS_LANE_STRIP (self));

  for (guint i = 0; i < self->slots->len; i++)
    if (rfi_lane_get_key (get_slot (self, i)->lane) != NULL)
      func (get_slot (self, i)->lane, user_data);
}
