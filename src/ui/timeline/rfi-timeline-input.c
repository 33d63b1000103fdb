/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-input"

#include "config.h"

#include "rfi-timeline-deeds.h"
#include "rfi-timeline-menu.h"
#include "rfi-timeline-words.h"

#include <math.h>

/* This near to an end a bar is made longer or shorter, if it is long enough to be held between. */
#define EDGE 7
#define EDGE_ROOM 36

#define EDGE_ZONE 24

#define ZOOM_STEP 1.25

static double
from_start (RfiTimelineView *self,
            double           x)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
         ? gtk_widget_get_width (GTK_WIDGET (self)) - x : x;
}

static RfiTimelineGrip
get_grip (const RfiTimelineHit *hit,
          double                x)
{
  if (hit->bounds.size.width < EDGE_ROOM)
    return RFI_TIMELINE_GRIP_WHOLE;
  if (x < hit->bounds.origin.x + EDGE)
    return RFI_TIMELINE_GRIP_START;
  if (x > hit->bounds.origin.x + hit->bounds.size.width - EDGE)
    return RFI_TIMELINE_GRIP_END;
  return RFI_TIMELINE_GRIP_WHOLE;
}

/* The pointer */

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            RfiTimelineView *self)
{
  RfiTimelineHit hit;
  guint row;

  x = from_start (self, x);
  if (self->schedule == NULL || !_rfi_timeline_view_get_row_at (self, y, &row))
    return;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!_rfi_timeline_view_hit (self, x, y, &hit))
    {
      _rfi_timeline_cursor_set (self, row, NULL,
                                rfi_timeline_snap (_rfi_timeline_view_get_time_at (self, x)));
      return;
    }

  _rfi_timeline_cursor_set (self, hit.row, hit.bar, 0);
  if (n_press == 2)
    g_signal_emit_by_name (self, "open", rfi_job_item_get_id (self->cursor));
}

static void
pop_up (RfiTimelineView *self)
{
  graphene_rect_t bounds;

  if (self->cursor == NULL || !_rfi_timeline_cursor_get_bounds (self, &bounds))
    return;

  _rfi_timeline_view_flip (self, &bounds);
  rfi_timeline_menu_pop_up (GTK_WIDGET (self), _rfi_timeline_view_get_jobs (self), self->cursor,
                            TRUE, MAX (bounds.origin.x, self->column) + 12,
                            bounds.origin.y + bounds.size.height * 0.6);
}

static void
right_pressed_cb (GtkGestureClick *gesture,
                  int              n_press,
                  double           x,
                  double           y,
                  RfiTimelineView *self)
{
  RfiTimelineHit hit;

  if (self->schedule == NULL || self->grab.item != NULL ||
      !_rfi_timeline_view_hit (self, from_start (self, x), y, &hit))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  _rfi_timeline_cursor_set (self, hit.row, hit.bar, 0);
  rfi_timeline_menu_pop_up (GTK_WIDGET (self), _rfi_timeline_view_get_jobs (self), self->cursor,
                            TRUE, x, y);
}

static void
drag_begin_cb (GtkGestureDrag  *gesture,
               double           x,
               double           y,
               RfiTimelineView *self)
{
  RfiTimelineHit hit;

  x = from_start (self, x);
  if (self->schedule == NULL || !_rfi_timeline_view_hit (self, x, y, &hit))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  g_clear_object (&self->drag_item);
  self->drag_item = rfi_schedule_get_item (self->schedule, hit.bar);
  self->drag_grip = get_grip (&hit, x);
  self->drag_x = x;
  self->drag_y = y;
}

/* A click is no drag: nothing is held before the pointer has gone some way. */
static gboolean
begin_drag (RfiTimelineView *self)
{
  const RfiScheduleBar *bars;
  const char *technician_id;
  guint position, n_bars;
  RfiSpan span;

  if (self->drag_item == NULL ||
      !rfi_schedule_find (self->schedule, rfi_job_item_get_id (self->drag_item), &technician_id,
                          &position))
    return FALSE;

  bars = rfi_schedule_get_bars (self->schedule, technician_id, &n_bars);
  span = bars[position].span;
  if (!_rfi_timeline_grab_begin (self, self->drag_item, technician_id, &span, self->drag_grip))
    return FALSE;

  self->grab.by_pointer = TRUE;
  self->grab.hold = _rfi_timeline_view_get_time_at (self, self->drag_x) -
                    (self->drag_grip == RFI_TIMELINE_GRIP_END ? span.end : span.start);
  return TRUE;
}

/* Near an edge what is seen moves along, a little with each move of the pointer. */
static void
scroll_along (RfiTimelineView *self,
              double           x,
              double           y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double left = _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_HORIZONTAL);
  double top = _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_VERTICAL);

  if (x > width - EDGE_ZONE)
    _rfi_timeline_view_set_offset (self, GTK_ORIENTATION_HORIZONTAL, left + EDGE_ZONE / 2);
  else if (x < self->column + EDGE_ZONE)
    _rfi_timeline_view_set_offset (self, GTK_ORIENTATION_HORIZONTAL, left - EDGE_ZONE / 2);
  if (y > height - EDGE_ZONE)
    _rfi_timeline_view_set_offset (self, GTK_ORIENTATION_VERTICAL, top + EDGE_ZONE / 2);
  else if (y < self->axis + EDGE_ZONE / 2)
    _rfi_timeline_view_set_offset (self, GTK_ORIENTATION_VERTICAL, top - EDGE_ZONE / 2);
}

/* To where the pointer is. */
static void
follow (RfiTimelineView *self,
        double           x,
        double           y)
{
  gint64 at = _rfi_timeline_view_get_time_at (self, MAX (x, self->column)) - self->grab.hold;
  const char *id = NULL;
  guint row;

  if (_rfi_timeline_view_get_row_at (self, y, &row))
    id = rfi_timeline_rows_get (self->rows, row)->id;
  _rfi_timeline_grab_move (self, id, rfi_timeline_snap (at));
}

static void
drag_update_cb (GtkGestureDrag  *gesture,
                double           x,
                double           y,
                RfiTimelineView *self)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = -x;
  if (self->grab.item == NULL)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) x, (int) y))
        return;
      if (!begin_drag (self))
        {
          gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
          return;
        }
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
  if (!self->grab.by_pointer)
    return;

  scroll_along (self, self->drag_x + x, self->drag_y + y);
  follow (self, self->drag_x + x, self->drag_y + y);
}

static void
drag_end_cb (GtkGestureDrag  *gesture,
             double           x,
             double           y,
             RfiTimelineView *self)
{
  if (self->grab.item != NULL && self->grab.by_pointer)
    _rfi_timeline_grab_drop (self);
}

static void
drag_cancel_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                RfiTimelineView  *self)
{
  if (self->grab.by_pointer)
    _rfi_timeline_grab_cancel (self);
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           RfiTimelineView          *self)
{
  RfiTimelineHit hit;
  const char *cursor = NULL;

  x = from_start (self, x);
  if (self->schedule != NULL && _rfi_timeline_view_hit (self, x, y, &hit) &&
      self->read_only == NULL)
    cursor = get_grip (&hit, x) == RFI_TIMELINE_GRIP_WHOLE ? "grab" : "ew-resize";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursor);
  /* After a layout there is one that nobody made: it has no time. */
  _rfi_timeline_tip_update (
    self, gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller)) !=
            GDK_CURRENT_TIME);
}

/* Sideways is the scrolled window's, like all that is not with Ctrl. */
static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           RfiTimelineView          *self)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double x = self->has_pointer ? from_start (self, self->pointer_x) : -1;

  if ((state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;

  rfi_timeline_view_zoom_by (self, pow (ZOOM_STEP, -dy), x);
  return GDK_EVENT_STOP;
}

static void
enter_cb (GtkEventControllerMotion *controller,
          double                    x,
          double                    y,
          RfiTimelineView          *self)
{
  self->has_pointer = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
}

static void
leave_cb (RfiTimelineView *self)
{
  self->has_pointer = FALSE;
  _rfi_timeline_tip_update (self, FALSE);
}

/* From elsewhere: the tray's jobs */

/* %FALSE if that is no place for a job. */
static gboolean
carry (RfiTimelineView *self,
       RfiJobItem      *item,
       double           x,
       double           y)
{
  guint row;

  x = from_start (self, x);
  if (item == NULL || self->rows == NULL || x < self->column ||
      !_rfi_timeline_view_get_row_at (self, y, &row))
    return FALSE;

  if (self->grab.item != item)
    {
      RfiSpan span = { rfi_timeline_snap (_rfi_timeline_view_get_time_at (self, x)), 0 };

      span.end = span.start + rfi_schedule_get_length (rfi_job_item_get_job (item));
      if (!_rfi_timeline_grab_begin (self, item, rfi_timeline_rows_get (self->rows, row)->id,
                                     &span, RFI_TIMELINE_GRIP_WHOLE))
        return FALSE;
      self->grab.by_pointer = TRUE;
    }
  follow (self, x, y);
  self->grab.moved = TRUE;
  return TRUE;
}

static GdkDragAction
drop_motion_cb (GtkDropTarget   *target,
                double           x,
                double           y,
                RfiTimelineView *self)
{
  const GValue *value = gtk_drop_target_get_value (target);

  if (value != NULL && carry (self, g_value_get_object (value), x, y))
    return GDK_ACTION_MOVE;

  _rfi_timeline_grab_cancel (self);
  return 0;
}

static void
drop_leave_cb (RfiTimelineView *self)
{
  if (self->grab.by_pointer)
    _rfi_timeline_grab_cancel (self);
}

static gboolean
drop_cb (GtkDropTarget   *target,
         const GValue    *value,
         double           x,
         double           y,
         RfiTimelineView *self)
{
  if (!carry (self, g_value_get_object (value), x, y))
    return FALSE;

  _rfi_timeline_grab_drop (self);
  return TRUE;
}

/* Keys */

static gboolean
is_rtl (RfiTimelineView *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static int
get_sideways (RfiTimelineView *self,
              guint            key)
{
  int step = key == GDK_KEY_Left || key == GDK_KEY_KP_Left     ? -1
             : key == GDK_KEY_Right || key == GDK_KEY_KP_Right ? 1
                                                               : 0;

  return is_rtl (self) ? -step : step;
}

static int
get_rows (RfiTimelineView *self,
          guint            key)
{
  int page = MAX (1, gtk_widget_get_height (GTK_WIDGET (self)) / self->row_height - 1);

  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return -1;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return 1;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      return -page;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return page;
    default:
      return 0;
    }
}

/* Space: the bar under the cursor. */
static gboolean
hold (RfiTimelineView *self)
{
  if (self->cursor == NULL || !rfi_timeline_view_grab (self, self->cursor))
    return FALSE;

  self->grab.moved = FALSE;
  return TRUE;
}

static void
reveal_held (RfiTimelineView *self)
{
  RfiSpan span = self->grab.span;
  guint row;

  if (rfi_timeline_rows_find (self->rows, self->grab.technician_id, &row))
    _rfi_timeline_view_reveal (self, row, &span);
}

static gboolean
move_held (RfiTimelineView *self,
           guint            key,
           gboolean         resize)
{
  int sideways = get_sideways (self, key);
  int rows = get_rows (self, key);
  gint64 by = sideways * RFI_TIMELINE_QUARTER;
  guint row;

  if (sideways == 0 && rows == 0)
    return FALSE;

  self->grab.grip = resize ? RFI_TIMELINE_GRIP_END : RFI_TIMELINE_GRIP_WHOLE;
  if (sideways != 0)
    _rfi_timeline_grab_move (self, NULL, (resize ? self->grab.span.end : self->grab.span.start) +
                                         by);
  else if (!resize && rfi_timeline_rows_find (self->rows, self->grab.technician_id, &row))
    {
      row = (guint) CLAMP ((int) row + rows, 0, (int) rfi_timeline_rows_get_n (self->rows) - 1);
      _rfi_timeline_grab_move (self, rfi_timeline_rows_get (self->rows, row)->id,
                               self->grab.span.start);
    }
  reveal_held (self);
  return TRUE;
}

static gboolean
handle_held_key (RfiTimelineView *self,
                 guint            key,
                 GdkModifierType  modifiers)
{
  switch (key)
    {
    case GDK_KEY_Escape:
      _rfi_timeline_grab_cancel (self);
      return TRUE;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      _rfi_timeline_grab_drop (self);
      return TRUE;

    default:
      return (modifiers & ~GDK_SHIFT_MASK) == 0
             && move_held (self, key, (modifiers & GDK_SHIFT_MASK) != 0);
    }
}

static gboolean
handle_zoom_key (RfiTimelineView *self,
                 guint            key)
{
  switch (key)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      rfi_timeline_view_zoom_by (self, ZOOM_STEP, -1);
      return TRUE;

    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      rfi_timeline_view_zoom_by (self, 1 / ZOOM_STEP, -1);
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
emit_of_cursor (RfiTimelineView *self,
                const char      *signal)
{
  if (self->cursor == NULL || rfi_job_item_get_gone (self->cursor))
    return FALSE;

  g_signal_emit_by_name (self, signal, rfi_job_item_get_id (self->cursor));
  return TRUE;
}

static gboolean
handle_plain_key (RfiTimelineView *self,
                  guint            key)
{
  int sideways = get_sideways (self, key);
  int rows = get_rows (self, key);

  if (sideways != 0 || rows != 0)
    {
      _rfi_timeline_cursor_move (self, sideways, rows);
      return TRUE;
    }

  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return emit_of_cursor (self, "open");

    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      return hold (self);

    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      return emit_of_cursor (self, "unschedule");

    case GDK_KEY_h:
      return emit_of_cursor (self, "hold");

    case GDK_KEY_i:
      return _rfi_timeline_facts_show (self, !self->facts);

    case GDK_KEY_Escape:
      return self->facts && _rfi_timeline_facts_show (self, FALSE);

    case GDK_KEY_Menu:
      pop_up (self);
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                RfiTimelineView       *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (self->rows == NULL)
    return GDK_EVENT_PROPAGATE;
  if ((modifiers & GDK_CONTROL_MASK) != 0)
    return handle_zoom_key (self, key);
  if (self->grab.item != NULL)
    return handle_held_key (self, key, modifiers);
  if (modifiers == GDK_SHIFT_MASK && key == GDK_KEY_F10)
    {
      pop_up (self);
      return GDK_EVENT_STOP;
    }
  if (modifiers == GDK_SHIFT_MASK && get_sideways (self, key) != 0)
    return hold (self) && move_held (self, key, TRUE);
  return modifiers == 0 && handle_plain_key (self, key);
}

static void
add_drop_target (RfiTimelineView *self)
{
  GtkDropTarget *target = gtk_drop_target_new (RFI_TYPE_JOB_ITEM, GDK_ACTION_MOVE);

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_object (target, "enter", G_CALLBACK (drop_motion_cb), self, 0);
  g_signal_connect_object (target, "motion", G_CALLBACK (drop_motion_cb), self, 0);
  g_signal_connect_object (target, "leave", G_CALLBACK (drop_leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
add_drag (RfiTimelineView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (drag_cancel_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

void
_rfi_timeline_add_controllers (RfiTimelineView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *right = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (right, "pressed", G_CALLBACK (right_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (right));

  g_signal_connect_object (motion, "enter", G_CALLBACK (enter_cb), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (enter_cb), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);

  _rfi_timeline_facts_add (self);
  add_drag (self);
  add_drop_target (self);
}
