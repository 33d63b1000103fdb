/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-chooser"

#include "config.h"

#include "rfi-table-chooser.h"

#include "rfi-table-cells.h"

#include <glib/gi18n.h>

struct _RfiTableChooser
{
  AdwBin          parent_instance;

  RfiTableLayout *layout;                    /* (owned) (nullable) */
  GtkWidget      *rows[RFI_N_JOB_COLUMNS];   /* (nullable): by column, once they are needed */
  GtkWidget      *checks[RFI_N_JOB_COLUMNS];
  gboolean        updating;

  GtkWidget      *sort;
  GtkWidget      *descending;
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (RfiTableChooser, rfi_table_chooser, ADW_TYPE_BIN)

static RfiJobColumn
get_column (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);
  RfiJobColumn column = RFI_JOB_COLUMN_TITLE;

  rfi_job_column_from_string (gtk_widget_get_name (row), &column);
  return column;
}

/* As the layout has it. */
static int
compare_rows (GtkListBoxRow *a,
              GtkListBoxRow *b,
              gpointer       user_data)
{
  RfiTableChooser *self = user_data;
  RfiJobColumn one = get_column (GTK_WIDGET (a));
  RfiJobColumn other = get_column (GTK_WIDGET (b));

  for (guint i = 0; i < RFI_N_JOB_COLUMNS && self->layout != NULL; i++)
    {
      RfiJobColumn column = rfi_table_layout_get_column (self->layout, i);

      if (column == one || column == other)
        return column == one ? -1 : 1;
    }
  return 0;
}

static void
update (RfiTableChooser *self)
{
  const RfiJobSorter *sorter;

  if (self->layout == NULL || self->rows[0] == NULL)
    return;

  self->updating = TRUE;
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[i]),
                                 rfi_table_layout_is_shown (self->layout, (RfiJobColumn) i));
  sorter = rfi_table_layout_get_sorter (self->layout);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sort),
                              sorter->n_keys > 0 ? sorter->keys[0].column
                                                 : GTK_INVALID_LIST_POSITION);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->descending),
                                sorter->n_keys > 0 && sorter->keys[0].descending);
  gtk_list_box_invalidate_sort (self->list);
  self->updating = FALSE;
}

static void
toggled_cb (RfiTableChooser *self,
            GtkCheckButton  *check)
{
  if (self->updating)
    return;

  rfi_table_layout_set_shown (self->layout, get_column (GTK_WIDGET (check)),
                              gtk_check_button_get_active (check));
  /* The last one stays. */
  update (self);
}

static void
move (RfiTableChooser *self,
      GtkWidget       *button,
      int              steps)
{
  rfi_table_layout_move (self->layout, get_column (button), steps, TRUE);
  gtk_widget_grab_focus (button);
}

static void
back_cb (RfiTableChooser *self,
         GtkWidget       *button)
{
  move (self, button, -1);
}

static void
forward_cb (RfiTableChooser *self,
            GtkWidget       *button)
{
  move (self, button, 1);
}

static void
sort_cb (RfiTableChooser *self)
{
  guint column = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->sort));

  if (self->updating || self->layout == NULL || column == GTK_INVALID_LIST_POSITION)
    return;

  rfi_table_layout_sort (self->layout, (RfiJobColumn) column,
                         gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->descending)),
                         FALSE);
}

static void
reset_cb (RfiTableChooser *self)
{
  rfi_table_layout_reset (self->layout);
}

static GtkWidget *
new_mover (RfiTableChooser *self,
           const char      *icon,
           const char      *words,
           GCallback        clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_row (RfiTableChooser *self,
         RfiJobColumn     column)
{
  const char *title = rfi_table_cells_title (column);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *check = gtk_check_button_new_with_label (title);
  /* translators: %s is a column */
  g_autofree char *back = g_strdup_printf (_("Move %s towards the start"), title);
  /* translators: %s is a column */
  g_autofree char *forward = g_strdup_printf (_("Move %s towards the end"), title);

  gtk_widget_set_hexpand (check, TRUE);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), new_mover (self, "go-up-symbolic", back, G_CALLBACK (back_cb)));
  gtk_box_append (GTK_BOX (box), new_mover (self, "go-down-symbolic", forward,
                                            G_CALLBACK (forward_cb)));
  self->checks[column] = check;
  self->rows[column] = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, "activatable", FALSE,
                                     "focusable", FALSE,
                                     "name", rfi_job_column_to_string (column), NULL);
}

/* A row for each column, when somebody looks for the first time. */
static void
rfi_table_chooser_map (GtkWidget *widget)
{
  RfiTableChooser *self = RFI_TABLE_CHOOSER (widget);

  if (self->rows[0] == NULL && self->layout != NULL)
    {
      g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

      for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
        {
          gtk_string_list_append (titles, rfi_table_cells_title ((RfiJobColumn) i));
          add_row (self, (RfiJobColumn) i);
        }
      for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
        gtk_list_box_append (self->list, self->rows[i]);
      self->updating = TRUE;
      gtk_drop_down_set_model (GTK_DROP_DOWN (self->sort), G_LIST_MODEL (titles));
      gtk_list_box_set_sort_func (self->list, compare_rows, self, NULL);
      update (self);
    }

  GTK_WIDGET_CLASS (rfi_table_chooser_parent_class)->map (widget);
}

static void
rfi_table_chooser_dispose (GObject *object)
{
  RfiTableChooser *self = RFI_TABLE_CHOOSER (object);

  g_clear_object (&self->layout);

  G_OBJECT_CLASS (rfi_table_chooser_parent_class)->dispose (object);
}

static void
rfi_table_chooser_class_init (RfiTableChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_table_chooser_dispose;
  widget_class->map = rfi_table_chooser_map;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/table/rfi-table-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiTableChooser, sort);
  gtk_widget_class_bind_template_child (widget_class, RfiTableChooser, descending);
  gtk_widget_class_bind_template_child (widget_class, RfiTableChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, sort_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
rfi_table_chooser_init (RfiTableChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rfi_table_chooser_set_layout (RfiTableChooser *self,
                              RfiTableLayout  *layout)
{
  g_return_if_fail (RFI_IS_TABLE_CHOOSER (self));
  g_return_if_fail (self->layout == NULL);

  self->layout = g_object_ref (layout);
  g_signal_connect_object (layout, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layout, "sorted", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}
