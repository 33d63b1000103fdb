/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-figure-table"

#include "config.h"

#include "rfi-figure-table.h"

#include "rfi-format.h"
#include "rfi-pulse-words.h"

#include <glib/gi18n.h>

/* The text of a row is that of its cells, with a line for each; the first is the time. */
#define N_COLUMNS (1 + RFI_N_PULSE_SERIES)

struct _RfiFigureTable
{
  AdwBin         parent_instance;

  GtkStringList *rows;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (RfiFigureTable, rfi_figure_table, ADW_TYPE_BIN)

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), user_data == NULL ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  GtkStringObject *row = gtk_list_item_get_item (item);
  g_auto(GStrv) cells = g_strsplit (gtk_string_object_get_string (row), "\n", -1);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       cells[GPOINTER_TO_UINT (user_data)]);
}

static char *
write_row (const RfiPulsePoint *points,
           guint                stride,
           guint                index)
{
  GString *text = g_string_new (NULL);
  g_autofree char *at = rfi_format_date_time (points[index].at);

  g_string_append (text, at);
  for (guint i = 0; i < RFI_N_PULSE_SERIES; i++)
    {
      g_autofree char *cell =
        rfi_pulse_words_point ((RfiPulseSeries) i, &points[i * stride + index]);

      g_string_append_c (text, '\n');
      g_string_append (text, cell);
    }

  return g_string_free (text, FALSE);
}

/* A row that reads as before keeps its place. */
void
rfi_figure_table_set (RfiFigureTable      *self,
                      const RfiPulsePoint *points,
                      guint                stride,
                      guint                n)
{
  g_return_if_fail (RFI_IS_FIGURE_TABLE (self));

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = write_row (points, stride, n - 1 - i);
      const char *const added[] = { text, NULL };
      const char *before = gtk_string_list_get_string (self->rows, i);

      if (g_strcmp0 (before, text) != 0)
        gtk_string_list_splice (self->rows, i, before != NULL ? 1 : 0, added);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > n)
    gtk_string_list_splice (self->rows, n,
                            g_list_model_get_n_items (G_LIST_MODEL (self->rows)) - n, NULL);
}

static void
add_column (GtkColumnView *view,
            guint          number)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (number));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (number));
  column = gtk_column_view_column_new (
    number == 0 ? _("Since") : rfi_pulse_words_name ((RfiPulseSeries) (number - 1)), factory);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (view, column);
}

static void
rfi_figure_table_finalize (GObject *object)
{
  g_object_unref (RFI_FIGURE_TABLE (object)->rows);

  G_OBJECT_CLASS (rfi_figure_table_parent_class)->finalize (object);
}

static void
rfi_figure_table_class_init (RfiFigureTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_figure_table_finalize;
}

static void
rfi_figure_table_init (RfiFigureTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view;

  self->rows = gtk_string_list_new (NULL);
  view = gtk_column_view_new (GTK_SELECTION_MODEL (
    gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows)))));
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Figures of syncing, the newest first"), -1);
  for (guint i = 0; i < N_COLUMNS; i++)
    add_column (GTK_COLUMN_VIEW (view), i);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_size_request (scroller, -1, 320);
  gtk_widget_add_css_class (scroller, "card");
  adw_bin_set_child (ADW_BIN (self), scroller);
}
