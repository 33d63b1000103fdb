/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-view"

#include "config.h"

#include "rfi-timeline-deeds.h"

#include <math.h>

/* The line of now moves, and what was to come is past. */
#define REFRESH_INTERVAL 20  /* s */

/* A screen of bars: their titles and stores, and the names beside them. What is forgotten is freed
 * all in one frame, so it is not more than that. */
#define N_TEXTS 360

enum {
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum {
  SIGNAL_HOLD,
  SIGNAL_OPEN,
  SIGNAL_PLACE,
  SIGNAL_SCALE_CHANGED,
  SIGNAL_UNSCHEDULE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void rfi_timeline_view_set_adjustment (RfiTimelineView *self,
                                              GtkOrientation   orientation,
                                              GtkAdjustment   *adjustment);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiTimelineView, rfi_timeline_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static gint64
get_now (void)
{
  return g_get_real_time () / 1000;
}

/* Scrolling */

static void
update_cell (RfiTimelineView *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
keep_top (RfiTimelineView *self)
{
  double y = _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_VERTICAL);
  guint row = self->row_height > 0 ? (guint) (y / self->row_height) : 0;

  g_clear_pointer (&self->top_id, g_free);
  if (self->rows != NULL && row < rfi_timeline_rows_get_n (self->rows))
    self->top_id = g_strdup (rfi_timeline_rows_get (self->rows, row)->id);
}

static void
scrolled_cb (RfiTimelineView *self)
{
  if (self->allocating)
    return;

  self->wanted_start = 0;
  keep_top (self);
  update_cell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_SCALE_CHANGED], 0);
}

/* What changes from outside */

void
_rfi_timeline_view_changed (RfiTimelineView *self)
{
  _rfi_timeline_facts_update (self);
  _rfi_timeline_cursor_describe (self);
  update_cell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
bars_changed_cb (RfiTimelineView *self)
{
  /* Not from within: other bars may not have been told yet. */
  self->stale = TRUE;
  _rfi_timeline_facts_queue (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The row at the top stays there, whoever came or went above it. */
static void
rows_changed_cb (RfiTimelineView *self)
{
  double y = _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_VERTICAL);
  guint row;

  if (self->top_id != NULL && rfi_timeline_rows_find (self->rows, self->top_id, &row) && y > 0)
    {
      double within = fmod (y, self->row_height);

      _rfi_timeline_view_update_adjustments (self);
      self->allocating = TRUE;
      _rfi_timeline_view_set_offset (self, GTK_ORIENTATION_VERTICAL,
                                     (double) row * self->row_height + within);
      self->allocating = FALSE;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
  _rfi_timeline_view_changed (self);
  g_signal_emit (self, signals[SIGNAL_SCALE_CHANGED], 0);
}

static void
selection_changed_cb (RfiTimelineView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
refresh_cb (gpointer user_data)
{
  _rfi_timeline_view_changed (user_data);
  return G_SOURCE_CONTINUE;
}

/* Style */

static void
restyle (RfiTimelineView *self)
{
  rfi_card_style_invalidate (self->style);
  self->colors_valid = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
density_changed_cb (RfiTimelineView *self)
{
  rfi_card_style_set_density (self->style,
                              (RfiDensity) g_settings_get_enum (self->settings, "density"));
  restyle (self);
}

static void
update_measures (RfiTimelineView *self,
                 int              width)
{
  static const int least[] = {
    [RFI_DENSITY_ROOMY] = 64,
    [RFI_DENSITY_STANDARD] = 56,
    [RFI_DENSITY_COMPACT] = 36,
  };
  const RfiCardStyle *style = rfi_card_style_get (self->style);
  int lines = style->heading_height + 2 * RFI_TIMELINE_BAR_GAP + 6;

  if (style->density != RFI_DENSITY_COMPACT)
    lines += style->caption_height + 2;
  self->row_height = MAX (least[style->density], lines);
  self->axis = MAX (32, style->caption_height + 16);
  self->column = width < 560 * style->scale ? (int) (60 * MIN (style->scale, 1.4))
                                            : (int) (218 * MIN (style->scale, 1.5));
}

static void
rfi_timeline_view_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (rfi_timeline_view_parent_class)->css_changed (widget, change);

  restyle (RFI_TIMELINE_VIEW (widget));
}

static void
rfi_timeline_view_system_setting_changed (GtkWidget        *widget,
                                          GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (rfi_timeline_view_parent_class)->system_setting_changed (widget, setting);

  restyle (RFI_TIMELINE_VIEW (widget));
}

/* Layout */

static void
rfi_timeline_view_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (widget);

  update_measures (self, 0);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : self->axis + 2 * self->row_height;
  *natural = MAX (*minimum, 400);
}

static void
allocate_cells (RfiTimelineView *self)
{
  graphene_rect_t bounds;

  if (!_rfi_timeline_cursor_get_bounds (self, &bounds))
    graphene_rect_init (&bounds, (float) self->column, (float) self->axis, 1, 1);
  _rfi_timeline_view_flip (self, &bounds);
  for (guint i = 0; i < G_N_ELEMENTS (self->cells); i++)
    gtk_widget_size_allocate (self->cells[i],
                              &(GtkAllocation) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                 (int) bounds.size.width,
                                                 (int) bounds.size.height }, -1);
}

/* Under @place if there is room, else above it. */
static void
allocate_bubble (GtkWidget             *bubble,
                 const graphene_rect_t *place,
                 int                    width,
                 int                    height)
{
  int bubble_width, bubble_height, x, y;

  gtk_widget_measure (bubble, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &bubble_width, NULL, NULL);
  bubble_width = MIN (bubble_width, MAX (width - 24, 24));
  gtk_widget_measure (bubble, GTK_ORIENTATION_VERTICAL, bubble_width, NULL, &bubble_height, NULL,
                      NULL);
  x = CLAMP ((int) place->origin.x, 12, MAX (12, width - bubble_width - 12));
  y = (int) (place->origin.y + place->size.height) + 6;
  if (y + bubble_height > height)
    y = (int) place->origin.y - bubble_height - 6;
  gtk_widget_size_allocate (bubble,
                            &(GtkAllocation) { x, MAX (y, 0), bubble_width, bubble_height }, -1);
}

static void
allocate_bubbles (RfiTimelineView *self,
                  int              width,
                  int              height)
{
  graphene_rect_t bounds;

  if (gtk_widget_get_visible (self->bubble) && _rfi_timeline_cursor_get_bounds (self, &bounds))
    {
      _rfi_timeline_view_flip (self, &bounds);
      allocate_bubble (self->bubble, &bounds, width, height);
    }
  if (gtk_widget_get_visible (self->tip))
    allocate_bubble (self->tip, &self->tip_place, width, height);
}

/* A span fits whatever width there is, and what was at the start of it stays there. */
static void
refit (RfiTimelineView *self)
{
  gint64 wanted = self->wanted_start;

  if (self->span >= 0)
    {
      double offset = _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_HORIZONTAL);
      double rate = self->scale.rate;
      gint64 at = rfi_timeline_scale_get_time (&self->scale, offset);

      rfi_timeline_scale_fit (&self->scale, self->span, _rfi_timeline_view_get_room (self));
      if (ABS (self->scale.rate - rate) > 0.001)
        {
          self->wanted_start = wanted != 0 ? wanted : at;
          g_signal_emit (self, signals[SIGNAL_SCALE_CHANGED], 0);
        }
    }
  _rfi_timeline_view_update_adjustments (self);
  self->wanted_start = wanted;
}

static void
rfi_timeline_view_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (widget);

  update_measures (self, width);
  refit (self);
  if (self->stale)
    _rfi_timeline_cursor_describe (self);
  allocate_cells (self);
  allocate_bubbles (self, width, height);
  _rfi_timeline_tip_queue (self);
}

static void
rfi_timeline_view_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (widget);

  _rfi_timeline_draw (self, snapshot);
  if (gtk_widget_get_visible (self->bubble))
    gtk_widget_snapshot_child (widget, self->bubble, snapshot);
  if (gtk_widget_get_visible (self->tip))
    gtk_widget_snapshot_child (widget, self->tip, snapshot);
}

static void
rfi_timeline_view_map (GtkWidget *widget)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (widget);

  GTK_WIDGET_CLASS (rfi_timeline_view_parent_class)->map (widget);

  _rfi_timeline_view_changed (self);
  if (self->refresh_source == 0)
    self->refresh_source = g_timeout_add_seconds (REFRESH_INTERVAL, refresh_cb, self);
}

static void
rfi_timeline_view_unmap (GtkWidget *widget)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (widget);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  _rfi_timeline_grab_cancel (self);
  _rfi_timeline_tip_hide (self);

  GTK_WIDGET_CLASS (rfi_timeline_view_parent_class)->unmap (widget);
}

/* Tab goes to the cursor and past it; arrows are the cursor's. */
static gboolean
rfi_timeline_view_focus (GtkWidget        *widget,
                         GtkDirectionType  direction)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (widget);

  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return gtk_widget_grab_focus (self->cells[self->cell]);
}

static gboolean
rfi_timeline_view_grab_focus (GtkWidget *widget)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (widget);

  return gtk_widget_grab_focus (self->cells[self->cell]);
}

/* The object */

static void
rfi_timeline_view_set_adjustment (RfiTimelineView *self,
                                  GtkOrientation   orientation,
                                  GtkAdjustment   *adjustment)
{
  if (adjustment != NULL && self->adjustments[orientation] == adjustment)
    return;

  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustments[orientation], scrolled_cb, self);
  g_clear_object (&self->adjustments[orientation]);
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  self->adjustments[orientation] = g_object_ref_sink (adjustment);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
rfi_timeline_view_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;

    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;

    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;

    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_timeline_view_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      rfi_timeline_view_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL,
                                        g_value_get_object (value));
      break;

    case PROP_VADJUSTMENT:
      rfi_timeline_view_set_adjustment (self, GTK_ORIENTATION_VERTICAL,
                                        g_value_get_object (value));
      break;

    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;

    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
forget (RfiTimelineView *self)
{
  _rfi_timeline_grab_cancel (self);
  self->facts = FALSE;
  gtk_widget_set_visible (self->bubble, FALSE);
  _rfi_timeline_tip_hide (self);
  g_clear_object (&self->drag_item);
  g_clear_object (&self->cursor);
  g_clear_pointer (&self->cursor_id, g_free);
  g_clear_pointer (&self->top_id, g_free);
  if (self->schedule != NULL)
    g_signal_handlers_disconnect_by_func (self->schedule, bars_changed_cb, self);
  if (self->rows != NULL)
    g_signal_handlers_disconnect_by_func (self->rows, rows_changed_cb, self);
  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_func (self->filter, selection_changed_cb, self);
  g_clear_object (&self->rows);
  g_clear_object (&self->schedule);
  g_clear_object (&self->filter);
  g_clear_object (&self->session);
}

static void
rfi_timeline_view_dispose (GObject *object)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (object);

  forget (self);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->facts_source, g_source_remove);
  g_clear_handle_id (&self->tip_source, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->cells); i++)
    {
      g_clear_pointer (&self->cells[i], gtk_widget_unparent);
      g_clear_object (&self->adjustments[i]);
    }
  g_clear_pointer (&self->bubble, gtk_widget_unparent);
  g_clear_pointer (&self->tip, gtk_widget_unparent);
  g_clear_object (&self->settings);
  rfi_card_style_detach (self->style);

  G_OBJECT_CLASS (rfi_timeline_view_parent_class)->dispose (object);
}

static void
rfi_timeline_view_finalize (GObject *object)
{
  RfiTimelineView *self = RFI_TIMELINE_VIEW (object);

  g_clear_object (&self->selection);
  rfi_card_style_unref (self->style);
  g_time_zone_unref (self->zone);
  g_free (self->read_only);

  G_OBJECT_CLASS (rfi_timeline_view_parent_class)->finalize (object);
}

static void
add_signals (void)
{
  static const struct {
    guint       id;
    const char *name;
  } of_job[] = {
    { SIGNAL_HOLD, "hold" },
    { SIGNAL_OPEN, "open" },
    { SIGNAL_UNSCHEDULE, "unschedule" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (of_job); i++)
    signals[of_job[i].id] = g_signal_new (of_job[i].name, RFI_TYPE_TIMELINE_VIEW,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_STRING);
  signals[SIGNAL_PLACE] =
    g_signal_new ("place", RFI_TYPE_TIMELINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_INT64);
  signals[SIGNAL_SCALE_CHANGED] =
    g_signal_new ("scale-changed", RFI_TYPE_TIMELINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
rfi_timeline_view_class_init (RfiTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_timeline_view_dispose;
  object_class->finalize = rfi_timeline_view_finalize;
  object_class->get_property = rfi_timeline_view_get_property;
  object_class->set_property = rfi_timeline_view_set_property;
  widget_class->css_changed = rfi_timeline_view_css_changed;
  widget_class->system_setting_changed = rfi_timeline_view_system_setting_changed;
  widget_class->measure = rfi_timeline_view_measure;
  widget_class->size_allocate = rfi_timeline_view_size_allocate;
  widget_class->snapshot = rfi_timeline_view_snapshot;
  widget_class->map = rfi_timeline_view_map;
  widget_class->unmap = rfi_timeline_view_unmap;
  widget_class->focus = rfi_timeline_view_focus;
  widget_class->grab_focus = rfi_timeline_view_grab_focus;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  add_signals ();

  gtk_widget_class_set_css_name (widget_class, "rfitimeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static GtkWidget *
add_bubble (RfiTimelineView *self)
{
  GtkWidget *bubble = gtk_label_new (NULL);

  gtk_widget_add_css_class (bubble, "rfi-timeline-bubble");
  gtk_label_set_wrap (GTK_LABEL (bubble), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (bubble), 44);
  gtk_label_set_xalign (GTK_LABEL (bubble), 0);
  gtk_widget_set_can_target (bubble, FALSE);
  gtk_widget_set_visible (bubble, FALSE);
  gtk_widget_set_parent (bubble, GTK_WIDGET (self));
  return bubble;
}

static void
add_children (RfiTimelineView *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->cells); i++)
    {
      self->cells[i] = g_object_new (GTK_TYPE_BOX,
                                     "accessible-role", GTK_ACCESSIBLE_ROLE_GRID_CELL,
                                     "can-target", FALSE,
                                     "focusable", TRUE,
                                     NULL);
      gtk_widget_set_parent (self->cells[i], GTK_WIDGET (self));
    }

  self->bubble = add_bubble (self);
  self->tip = add_bubble (self);
}

static void
rfi_timeline_view_init (RfiTimelineView *self)
{
  self->style = rfi_card_style_new (GTK_WIDGET (self), N_TEXTS);
  self->zone = g_time_zone_new_local ();
  self->selection = rfi_job_selection_new ();
  self->cursor_time = get_now ();
  rfi_timeline_scale_set_range (&self->scale, self->zone, self->cursor_time);
  self->scale.rate = 96;
  /* Until it is measured. */
  self->column = 218;
  self->axis = 32;
  self->row_height = 56;
  self->span = RFI_TIMELINE_SPAN_DAY;

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  add_children (self);
  _rfi_timeline_add_controllers (self);

  self->settings = g_settings_new (RFI_APP_ID);
  g_signal_connect_object (self->settings, "changed::density", G_CALLBACK (density_changed_cb),
                           self, G_CONNECT_SWAPPED);
  density_changed_cb (self);
}

GtkWidget *
rfi_timeline_view_new (void)
{
  return g_object_new (RFI_TYPE_TIMELINE_VIEW, NULL);
}

void
rfi_timeline_view_set (RfiTimelineView *self,
                       RfiSession      *session,
                       GListModel      *technicians,
                       RfiSchedule     *schedule,
                       RfiJobFilter    *filter)
{
  g_return_if_fail (RFI_IS_TIMELINE_VIEW (self));

  forget (self);
  g_set_object (&self->session, session);
  if (schedule != NULL && filter != NULL)
    {
      self->schedule = g_object_ref (schedule);
      self->filter = g_object_ref (filter);
      self->rows = rfi_timeline_rows_new (session, technicians, schedule, filter);
      g_signal_connect_object (schedule, "bars-changed", G_CALLBACK (bars_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->rows, "changed", G_CALLBACK (rows_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (filter, "changed", G_CALLBACK (selection_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
  _rfi_timeline_view_changed (self);
}

void
rfi_timeline_view_set_selection (RfiTimelineView *self,
                                 RfiJobSelection *selection)
{
  g_return_if_fail (RFI_IS_TIMELINE_VIEW (self));

  g_signal_handlers_disconnect_by_func (self->selection, selection_changed_cb, self);
  g_set_object (&self->selection, selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  selection_changed_cb (self);
}

void
rfi_timeline_view_set_read_only (RfiTimelineView *self,
                                 const char      *reason)
{
  g_return_if_fail (RFI_IS_TIMELINE_VIEW (self));

  _rfi_timeline_grab_cancel (self);
  g_free (self->read_only);
  self->read_only = g_strdup (reason);
}

guint
rfi_timeline_view_get_n_rows (RfiTimelineView *self)
{
  g_return_val_if_fail (RFI_IS_TIMELINE_VIEW (self), 0);

  return self->rows != NULL ? rfi_timeline_rows_get_n (self->rows) : 0;
}
