/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-header"

#include "config.h"

#include "rfi-table-header.h"

#include "rfi-table-cells.h"
#include "rfi-table-head-menu.h"

#include <glib/gi18n.h>

#define EDGE 6   /* px on either side of it that take hold of it */
#define STEP 12  /* px that a key resizes by */
#define SLACK 8  /* px that a click may wander */

typedef struct
{
  GtkWidget *box;     /* (nullable): once the column was shown */
  GtkWidget *title;
  GtkWidget *arrow;
  GtkWidget *number;  /* which key of several */
} Head;

typedef enum {
  DRAG_NOTHING,
  DRAG_CLICK,
  DRAG_EDGE,
  DRAG_HEAD,
} Drag;

struct _RfiTableHeader
{
  GtkWidget       parent_instance;

  RfiTableStyle  *style;                  /* (owned) */
  RfiTableLayout *layout;                 /* (owned) */
  Head            heads[RFI_N_JOB_COLUMNS];
  RfiJobColumn    current;                /* that Tab comes back to */
  GtkWidget      *menu;                   /* (nullable) */
  Drag            drag;
  RfiJobColumn    dragged;
  int             width_before;
};

enum {
  FOCUSED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiTableHeader, rfi_table_header, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static gboolean
is_rtl (RfiTableHeader *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* The heads */

static void
update_arrow (RfiTableHeader *self,
              RfiJobColumn    column)
{
  Head *head = &self->heads[column];
  gboolean descending = FALSE;
  guint place = rfi_table_layout_get_sort (self->layout, column, &descending);
  guint n_keys = rfi_table_layout_get_sorter (self->layout)->n_keys;
  g_autofree char *number = g_strdup_printf ("%u", place);
  g_autofree char *words = NULL;

  gtk_image_set_from_icon_name (GTK_IMAGE (head->arrow), descending ? "pan-down-symbolic"
                                                                    : "pan-up-symbolic");
  gtk_widget_set_visible (head->arrow, place > 0);
  gtk_label_set_label (GTK_LABEL (head->number), number);
  gtk_widget_set_visible (head->number, place > 0 && n_keys > 1);
  if (place > 0)
    /* translators: how a table is sorted by this column: "sorted ascending, key 1 of 2" */
    words = g_strdup_printf (descending ? _("sorted descending, key %u of %u")
                                        : _("sorted ascending, key %u of %u"), place, n_keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (head->box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, rfi_table_cells_title (column),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "",
                                  GTK_ACCESSIBLE_PROPERTY_SORT,
                                  place == 0 ? GTK_ACCESSIBLE_SORT_NONE
                                  : descending ? GTK_ACCESSIBLE_SORT_DESCENDING
                                               : GTK_ACCESSIBLE_SORT_ASCENDING,
                                  -1);
}

static void
head_focused_cb (RfiTableHeader          *self,
                 GtkEventControllerFocus *controller)
{
  GtkWidget *box = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  graphene_rect_t area;

  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    if (self->heads[i].box == box)
      self->current = (RfiJobColumn) i;
  if (gtk_widget_compute_bounds (box, GTK_WIDGET (self), &area))
    g_signal_emit (self, signals[FOCUSED], 0, (int) area.origin.x, (int) area.size.width);
}

static void
make_head (RfiTableHeader *self,
           RfiJobColumn    column)
{
  Head *head = &self->heads[column];
  gboolean right = rfi_table_cells_is_right (column);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  head->box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_COLUMN_HEADER,
                            "css-name", "rfitablehead", "focusable", TRUE, "spacing", 3, NULL);
  head->title = g_object_new (GTK_TYPE_LABEL, "label", rfi_table_cells_title (column),
                              "ellipsize", PANGO_ELLIPSIZE_END, "xalign", right ? 1.0 : 0.0,
                              "hexpand", right, NULL);
  head->arrow = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                              GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  head->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (head->number, "numeric");
  gtk_box_append (GTK_BOX (head->box), head->title);
  gtk_box_append (GTK_BOX (head->box), head->arrow);
  gtk_box_append (GTK_BOX (head->box), head->number);
  gtk_widget_set_tooltip_text (head->box, rfi_table_cells_title (column));
  gtk_widget_set_overflow (head->box, GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (focus, "enter", G_CALLBACK (head_focused_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (head->box, focus);
  gtk_widget_set_parent (head->box, GTK_WIDGET (self));
}

/* As the layout has them; the focus goes to a neighbour of a head that goes. */
static void
update_heads (RfiTableHeader *self)
{
  const RfiJobColumn *shown = rfi_table_layout_get_shown (self->layout);
  guint n_shown = rfi_table_layout_get_n_shown (self->layout);
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    {
      gboolean is_shown = rfi_table_layout_is_shown (self->layout, (RfiJobColumn) i);

      if (is_shown && self->heads[i].box == NULL)
        make_head (self, (RfiJobColumn) i);
      if (self->heads[i].box == NULL)
        continue;

      gtk_widget_set_visible (self->heads[i].box, is_shown);
      update_arrow (self, (RfiJobColumn) i);
    }
  for (guint i = 0; i < n_shown; i++)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->heads[shown[i]].box),
                                    GTK_ACCESSIBLE_RELATION_COL_INDEX, i + 1, -1);
  if (!rfi_table_layout_is_shown (self->layout, self->current))
    {
      self->current = shown[0];
      if (had_focus)
        gtk_widget_grab_focus (self->heads[self->current].box);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static guint
get_index (RfiTableHeader *self,
           RfiJobColumn    column)
{
  const RfiJobColumn *shown = rfi_table_layout_get_shown (self->layout);
  guint index = 0;

  while (index < rfi_table_layout_get_n_shown (self->layout) && shown[index] != column)
    index++;
  return index;
}

static void
walk (RfiTableHeader *self,
      int             step)
{
  int index = (int) get_index (self, self->current) + step;

  if (index < 0 || index >= (int) rfi_table_layout_get_n_shown (self->layout))
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    gtk_widget_grab_focus (
      self->heads[rfi_table_layout_get_shown (self->layout)[index]].box);
}

/* The pointer */

/* From the start edge, whichever side that is. */
static double
from_start (RfiTableHeader *self,
            double          x)
{
  return is_rtl (self) ? gtk_widget_get_width (GTK_WIDGET (self)) - x : x;
}

/* @edge: (out): whether it is the end of that column that is there. %FALSE if nothing is */
static gboolean
find_head (RfiTableHeader *self,
           double          x,
           RfiJobColumn   *column,
           gboolean       *edge)
{
  const RfiJobColumn *shown = rfi_table_layout_get_shown (self->layout);
  guint n_shown = rfi_table_layout_get_n_shown (self->layout);

  for (guint i = 0; i < n_shown; i++)
    {
      int end = rfi_table_style_get_x (self->style, self->layout, i + 1);

      if (x > end + EDGE)
        continue;

      *column = shown[i];
      *edge = x >= end - EDGE;
      return *edge || x < end;
    }
  return FALSE;
}

static void
drag_begin_cb (RfiTableHeader *self,
               double          x,
               double          y)
{
  gboolean edge;

  self->drag = DRAG_NOTHING;
  if (!find_head (self, from_start (self, x), &self->dragged, &edge))
    return;

  self->drag = edge ? DRAG_EDGE : DRAG_CLICK;
  self->width_before = rfi_table_layout_get_width (self->layout, self->dragged);
}

static void
drag_head (RfiTableHeader *self,
           double          x)
{
  guint index = get_index (self, self->dragged);
  guint n_shown = rfi_table_layout_get_n_shown (self->layout);
  int start = rfi_table_style_get_x (self->style, self->layout, index);
  int end = rfi_table_style_get_x (self->style, self->layout, index + 1);

  if (index > 0 &&
      x < (rfi_table_style_get_x (self->style, self->layout, index - 1) + start) / 2.0)
    rfi_table_layout_move (self->layout, self->dragged, -1, FALSE);
  else if (index + 1 < n_shown &&
           x > (rfi_table_style_get_x (self->style, self->layout, index + 2) + end) / 2.0)
    rfi_table_layout_move (self->layout, self->dragged, 1, FALSE);
}

static void
drag_update_cb (RfiTableHeader *self,
                double          dx,
                double          dy,
                GtkGestureDrag *gesture)
{
  double x, y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->drag == DRAG_CLICK && ABS (dx) > SLACK)
    {
      self->drag = DRAG_HEAD;
      gtk_widget_add_css_class (self->heads[self->dragged].box, "dragged");
    }
  if (self->drag == DRAG_HEAD)
    drag_head (self, from_start (self, x + dx));
  else if (self->drag == DRAG_EDGE)
    rfi_table_layout_set_width (self->layout, self->dragged,
                                self->width_before +
                                (int) ((is_rtl (self) ? -dx : dx) /
                                       MAX (1, rfi_table_style_get (self->style)->scale)));
}

static void
drag_end_cb (RfiTableHeader *self,
             double          dx,
             double          dy,
             GtkGestureDrag *gesture)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (self->drag == DRAG_HEAD)
    gtk_widget_remove_css_class (self->heads[self->dragged].box, "dragged");
  else if (self->drag == DRAG_CLICK)
    rfi_table_layout_sort_by (self->layout, self->dragged, (state & GDK_SHIFT_MASK) != 0);
  self->drag = DRAG_NOTHING;
}

static void
motion_cb (RfiTableHeader *self,
           double          x,
           double          y)
{
  RfiJobColumn column;
  gboolean edge = FALSE;

  find_head (self, from_start (self, x), &column, &edge);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), edge ? "col-resize" : NULL);
}

/* The menu */

static void
pop_up (RfiTableHeader *self,
        RfiJobColumn    column,
        int             x)
{
  g_autoptr(GMenuModel) model = rfi_table_head_menu_new (self->layout, column);
  GdkRectangle area = { x, 0, 1, gtk_widget_get_height (GTK_WIDGET (self)) };

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &area);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
right_pressed_cb (RfiTableHeader  *self,
                  int              n_press,
                  double           x,
                  double           y,
                  GtkGestureClick *gesture)
{
  RfiJobColumn column;
  gboolean edge;

  if (!find_head (self, from_start (self, x), &column, &edge))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  pop_up (self, column, (int) x);
}

/* The keyboard */

static gboolean
handle_arrow (RfiTableHeader  *self,
              int              step,
              GdkModifierType  modifiers)
{
  if (is_rtl (self))
    step = -step;
  if (modifiers == 0)
    walk (self, step);
  else if (modifiers == GDK_CONTROL_MASK)
    rfi_table_layout_move (self->layout, self->current, step, FALSE);
  else if (modifiers == GDK_SHIFT_MASK)
    rfi_table_layout_set_width (self->layout, self->current,
                                rfi_table_layout_get_width (self->layout, self->current) +
                                step * STEP);
  else
    return FALSE;
  return TRUE;
}

static gboolean
key_pressed_cb (RfiTableHeader  *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  graphene_rect_t area;

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return handle_arrow (self, -1, modifiers);

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return handle_arrow (self, 1, modifiers);

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      rfi_table_layout_sort_by (self->layout, self->current, (modifiers & GDK_SHIFT_MASK) != 0);
      return TRUE;

    case GDK_KEY_F10:
      if (modifiers != GDK_SHIFT_MASK)
        return FALSE;
      break;

    case GDK_KEY_Menu:
      break;

    default:
      return FALSE;
    }

  if (gtk_widget_compute_bounds (self->heads[self->current].box, GTK_WIDGET (self), &area))
    pop_up (self, self->current, (int) area.origin.x + 12);
  return TRUE;
}

/* The widget */

/* One stop for Tab; the arrows walk from head to head. */
static gboolean
rfi_table_header_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  RfiTableHeader *self = RFI_TABLE_HEADER (widget);

  if (gtk_widget_get_focus_child (widget) != NULL || self->heads[self->current].box == NULL)
    return FALSE;
  return gtk_widget_grab_focus (self->heads[self->current].box);
}

static gboolean
rfi_table_header_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RFI_TABLE_HEADER (widget)->heads[
                                  RFI_TABLE_HEADER (widget)->current].box);
}

static void
rfi_table_header_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  RfiTableHeader *self = RFI_TABLE_HEADER (widget);

  *minimum = *natural = 0;
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    {
      int child_natural;

      if (self->heads[i].box == NULL || !gtk_widget_get_visible (self->heads[i].box))
        continue;

      gtk_widget_measure (self->heads[i].box, orientation, -1, NULL, &child_natural, NULL, NULL);
      if (orientation == GTK_ORIENTATION_VERTICAL)
        *minimum = *natural = MAX (*natural, child_natural);
    }
}

static void
rfi_table_header_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  RfiTableHeader *self = RFI_TABLE_HEADER (widget);
  const RfiJobColumn *shown = rfi_table_layout_get_shown (self->layout);
  guint n_shown = rfi_table_layout_get_n_shown (self->layout);
  int x = 0;

  for (guint i = 0; i < n_shown; i++)
    {
      GtkWidget *box = self->heads[shown[i]].box;
      int wanted = rfi_table_style_get_width (self->style, self->layout, shown[i]);
      int least;

      /* What does not fit is cut off. */
      gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_allocate (box, MAX (wanted, least), height, -1,
                           gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (
                             is_rtl (self) ? width - x - MAX (wanted, least) : x, 0)));
      x += wanted;
    }
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
rfi_table_header_dispose (GObject *object)
{
  RfiTableHeader *self = RFI_TABLE_HEADER (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    g_clear_pointer (&self->heads[i].box, gtk_widget_unparent);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (rfi_table_header_parent_class)->dispose (object);
}

static void
rfi_table_header_finalize (GObject *object)
{
  g_clear_pointer (&RFI_TABLE_HEADER (object)->style, rfi_table_style_unref);

  G_OBJECT_CLASS (rfi_table_header_parent_class)->finalize (object);
}

static void
rfi_table_header_class_init (RfiTableHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_table_header_dispose;
  object_class->finalize = rfi_table_header_finalize;
  widget_class->focus = rfi_table_header_focus;
  widget_class->grab_focus = rfi_table_header_grab_focus;
  widget_class->measure = rfi_table_header_measure;
  widget_class->size_allocate = rfi_table_header_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "rfitableheader");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
  rfi_table_head_menu_install (widget_class);

  signals[FOCUSED] = g_signal_new ("focused", RFI_TYPE_TABLE_HEADER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
rfi_table_header_init (RfiTableHeader *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (right_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
rfi_table_header_new (RfiTableStyle  *style,
                      RfiTableLayout *layout)
{
  RfiTableHeader *self = g_object_new (RFI_TYPE_TABLE_HEADER, NULL);

  self->style = rfi_table_style_ref (style);
  self->layout = g_object_ref (layout);
  self->current = rfi_table_layout_get_shown (layout)[0];
  g_signal_connect_object (layout, "changed", G_CALLBACK (update_heads), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layout, "sorted", G_CALLBACK (update_heads), self, G_CONNECT_SWAPPED);
  update_heads (self);
  return GTK_WIDGET (self);
}

void
rfi_table_header_refresh (RfiTableHeader *self)
{
  g_return_if_fail (RFI_IS_TABLE_HEADER (self));

  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GtkWidget *
rfi_table_header_get_head (RfiTableHeader *self,
                           RfiJobColumn    column)
{
  g_return_val_if_fail (RFI_IS_TABLE_HEADER (self), NULL);

  return rfi_table_layout_is_shown (self->layout, column) ? self->heads[column].box : NULL;
}

RfiTableLayout *
rfi_table_header_get_layout (RfiTableHeader *self)
{
  g_return_val_if_fail (RFI_IS_TABLE_HEADER (self), NULL);

  return self->layout;
}
