/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-row"

#include "config.h"

#include "rfi-table-row.h"

#include "rfi-flash.h"
#include "rfi-table-cells.h"
#include "rfi-table-painter.h"

#include <glib/gi18n.h>

struct _RfiTableRow
{
  GtkWidget       parent_instance;

  RfiTableStyle  *style;          /* (owned) */
  RfiTableLayout *layout;         /* (owned) */
  RfiJobTable    *jobs;           /* (owned) (nullable) */
  RfiJobItem     *item;           /* (owned) (nullable) */
  guint           place;
  GPtrArray      *cells;          /* (owned) (nullable) (element-type GtkWidget): while walked */
  gulong          state_handler;
  gulong          flash_handler;
  guint           drop_source;
  guint           name_source;
  gboolean        unnamed;        /* its accessible name is not of this state */
};

G_DEFINE_FINAL_TYPE (RfiTableRow, rfi_table_row, GTK_TYPE_WIDGET)

/* Names. They are made when there is time, and not in the frame that first shows the row. */

static void
name_row (RfiTableRow *self)
{
  g_autofree char *words = NULL;

  if (!self->unnamed || self->item == NULL)
    return;

  self->unnamed = FALSE;
  words = rfi_table_cells_describe (rfi_table_layout_get_shown (self->layout),
                                    rfi_table_layout_get_n_shown (self->layout), self->jobs,
                                    rfi_job_item_get_state (self->item),
                                    rfi_job_item_get_mark (self->item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
name_cb (gpointer user_data)
{
  RfiTableRow *self = user_data;

  self->name_source = 0;
  name_row (self);
}

static void
name_cells (RfiTableRow *self)
{
  const RfiJobColumn *shown = rfi_table_layout_get_shown (self->layout);

  for (guint i = 0; self->cells != NULL && self->item != NULL && i < self->cells->len; i++)
    {
      g_autofree char *text = rfi_table_cells_text (shown[i], self->jobs,
                                                    rfi_job_item_get_state (self->item),
                                                    rfi_job_item_get_mark (self->item));
      g_autofree char *words = NULL;

      /* translators: a column and what stands in it: "City: Dallas" */
      words = g_strdup_printf (_("%s: %s"), rfi_table_cells_title (shown[i]),
                               *text != '\0' ? text : _("empty"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (g_ptr_array_index (self->cells, i)),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (g_ptr_array_index (self->cells, i)),
                                      GTK_ACCESSIBLE_RELATION_COL_INDEX, i + 1, -1);
    }
}

/* Cells */

static void
drop_cells (RfiTableRow *self)
{
  g_autoptr(GPtrArray) cells = g_steal_pointer (&self->cells);

  for (guint i = 0; cells != NULL && i < cells->len; i++)
    gtk_widget_unparent (g_ptr_array_index (cells, i));
}

static void
make_cells (RfiTableRow *self)
{
  guint n_shown = rfi_table_layout_get_n_shown (self->layout);

  if (self->cells != NULL)
    return;

  self->cells = g_ptr_array_new ();
  for (guint i = 0; i < n_shown; i++)
    {
      GtkWidget *cell = g_object_new (GTK_TYPE_BOX, "accessible-role",
                                      GTK_ACCESSIBLE_ROLE_GRID_CELL, "focusable", TRUE,
                                      "can-target", FALSE, "css-name", "rfitablecell", NULL);

      gtk_widget_set_parent (cell, GTK_WIDGET (self));
      g_ptr_array_add (self->cells, cell);
    }
  name_cells (self);
}

static void
drop_cells_cb (gpointer user_data)
{
  RfiTableRow *self = user_data;

  self->drop_source = 0;
  if (rfi_table_row_get_cell (self) < 0)
    drop_cells (self);
}

/* The cells go when the focus has gone elsewhere; while it goes they are still asked for. */
static void
focus_left_cb (RfiTableRow *self)
{
  if (self->cells != NULL && self->drop_source == 0)
    self->drop_source = g_idle_add_once (drop_cells_cb, self);
}

/* The job */

static void
state_changed_cb (RfiTableRow *self)
{
  self->unnamed = TRUE;
  name_cells (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drop_item (RfiTableRow *self)
{
  if (self->item == NULL)
    return;

  rfi_flash_stop (GTK_WIDGET (self));
  g_clear_signal_handler (&self->state_handler, self->item);
  g_clear_signal_handler (&self->flash_handler, self->item);
  g_clear_object (&self->item);
}

static gboolean
rfi_table_row_query_tooltip (GtkWidget  *widget,
                             int         x,
                             int         y,
                             gboolean    keyboard,
                             GtkTooltip *tooltip)
{
  RfiTableRow *self = RFI_TABLE_ROW (widget);
  int cell = keyboard ? rfi_table_row_get_cell (self) : rfi_table_row_find_cell (self, x);
  g_autofree char *text = NULL;
  GdkRectangle area;

  if (self->item == NULL || cell < 0)
    return FALSE;

  text = rfi_table_cells_text (rfi_table_layout_get_shown (self->layout)[cell], self->jobs,
                               rfi_job_item_get_state (self->item),
                               rfi_job_item_get_mark (self->item));
  if (*text == '\0')
    return FALSE;

  area.x = rfi_table_style_get_x (self->style, self->layout, (guint) cell);
  area.width = rfi_table_style_get_x (self->style, self->layout, (guint) cell + 1) - area.x;
  area.y = 0;
  area.height = gtk_widget_get_height (widget);
  gtk_tooltip_set_tip_area (tooltip, &area);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
rfi_table_row_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  RfiTableRow *self = RFI_TABLE_ROW (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
                        ? rfi_table_style_get_row_height (self->style) : 0;
}

static void
rfi_table_row_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  RfiTableRow *self = RFI_TABLE_ROW (widget);

  for (guint i = 0; self->cells != NULL && i < self->cells->len; i++)
    {
      int x = rfi_table_style_get_x (self->style, self->layout, i);
      int end = rfi_table_style_get_x (self->style, self->layout, i + 1);
      GtkAllocation area = { x, 0, end - x, height };

      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        area.x = width - end;
      gtk_widget_measure (g_ptr_array_index (self->cells, i), GTK_ORIENTATION_HORIZONTAL, -1,
                          NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (g_ptr_array_index (self->cells, i), &area, -1);
    }
}

static void
rfi_table_row_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  RfiTableRow *self = RFI_TABLE_ROW (widget);

  if (self->item == NULL)
    return;

  if (self->unnamed && self->name_source == 0)
    self->name_source = g_idle_add_once (name_cb, self);
  rfi_flash_draw (widget, snapshot, 0);
  rfi_table_painter_paint (self->style, self->layout, widget, snapshot, self->jobs, self->item);
  GTK_WIDGET_CLASS (rfi_table_row_parent_class)->snapshot (widget, snapshot);
}

static void
rfi_table_row_dispose (GObject *object)
{
  RfiTableRow *self = RFI_TABLE_ROW (object);

  g_clear_handle_id (&self->drop_source, g_source_remove);
  g_clear_handle_id (&self->name_source, g_source_remove);
  drop_item (self);
  drop_cells (self);
  g_clear_object (&self->jobs);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (rfi_table_row_parent_class)->dispose (object);
}

static void
rfi_table_row_finalize (GObject *object)
{
  g_clear_pointer (&RFI_TABLE_ROW (object)->style, rfi_table_style_unref);

  G_OBJECT_CLASS (rfi_table_row_parent_class)->finalize (object);
}

static void
rfi_table_row_class_init (RfiTableRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_table_row_dispose;
  object_class->finalize = rfi_table_row_finalize;
  widget_class->measure = rfi_table_row_measure;
  widget_class->size_allocate = rfi_table_row_size_allocate;
  widget_class->snapshot = rfi_table_row_snapshot;
  widget_class->query_tooltip = rfi_table_row_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "rfitablerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
}

static void
rfi_table_row_init (RfiTableRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
rfi_table_row_new (RfiTableStyle  *style,
                   RfiTableLayout *layout)
{
  RfiTableRow *self = g_object_new (RFI_TYPE_TABLE_ROW, NULL);

  self->style = rfi_table_style_ref (style);
  self->layout = g_object_ref (layout);
  return GTK_WIDGET (self);
}

void
rfi_table_row_set_item (RfiTableRow *self,
                        RfiJobTable *jobs,
                        RfiJobItem  *item)
{
  g_return_if_fail (RFI_IS_TABLE_ROW (self));

  g_set_object (&self->jobs, jobs);
  if (self->item == item)
    return;

  drop_item (self);
  if (item != NULL)
    {
      self->item = g_object_ref (item);
      self->state_handler = g_signal_connect_swapped (item, "notify::state",
                                                      G_CALLBACK (state_changed_cb), self);
      self->flash_handler = g_signal_connect_swapped (item, "flash",
                                                      G_CALLBACK (rfi_flash_start), self);
      self->unnamed = TRUE;
    }
  name_cells (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

RfiJobItem *
rfi_table_row_get_item (RfiTableRow *self)
{
  return self->item;
}

void
rfi_table_row_set_place (RfiTableRow *self,
                         guint        place)
{
  self->place = place;
  /* The head is the first row. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_INDEX,
                                  place + 2, -1);
}

guint
rfi_table_row_get_place (RfiTableRow *self)
{
  return self->place;
}

void
rfi_table_row_set_selected (RfiTableRow *self,
                            gboolean     selected)
{
  gboolean before = (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_SELECTED) != 0;

  if (before == selected)
    return;

  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

void
rfi_table_row_refresh (RfiTableRow *self)
{
  gboolean walked = self->cells != NULL;
  int cell = rfi_table_row_get_cell (self);

  self->unnamed = TRUE;
  if (walked && self->cells->len != rfi_table_layout_get_n_shown (self->layout))
    {
      if (cell >= 0)
        gtk_widget_grab_focus (GTK_WIDGET (self));
      drop_cells (self);
    }
  name_cells (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
rfi_table_row_get_cell (RfiTableRow *self)
{
  for (guint i = 0; self->cells != NULL && i < self->cells->len; i++)
    if (gtk_widget_is_focus (g_ptr_array_index (self->cells, i)))
      return (int) i;

  return -1;
}

void
rfi_table_row_focus_cell (RfiTableRow *self,
                          int          cell)
{
  g_return_if_fail (RFI_IS_TABLE_ROW (self));

  if (cell < 0 || rfi_table_style_get (self->style)->narrow)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      focus_left_cb (self);
      return;
    }

  make_cells (self);
  gtk_widget_grab_focus (g_ptr_array_index (self->cells, MIN ((guint) cell, self->cells->len - 1)));
}

int
rfi_table_row_find_cell (RfiTableRow *self,
                         double       x)
{
  guint n_shown = rfi_table_layout_get_n_shown (self->layout);

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x;
  for (guint i = 0; i < n_shown; i++)
    if (x < rfi_table_style_get_x (self->style, self->layout, i + 1))
      return (int) i;

  return -1;
}
