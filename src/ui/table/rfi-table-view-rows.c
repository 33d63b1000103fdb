/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-view-rows"

#include "config.h"

#include "rfi-table-view-private.h"

/* Rows */

RfiTableRow *
rfi_table_view_get_row (RfiTableView *self,
                        guint         place)
{
  return g_hash_table_lookup (self->rows, GUINT_TO_POINTER (place));
}

static gboolean
has_focus (RfiTableRow *row)
{
  return gtk_widget_is_focus (GTK_WIDGET (row)) || rfi_table_row_get_cell (row) >= 0;
}

void
rfi_table_view_spare_row (RfiTableView *self,
                          RfiTableRow  *row)
{
  gtk_widget_set_child_visible (GTK_WIDGET (row), FALSE);
  rfi_table_row_set_item (row, NULL, NULL);
  g_ptr_array_add (self->spare, row);
}

static RfiTableRow *
take_row (RfiTableView *self)
{
  GtkWidget *row;

  if (self->spare->len > 0)
    {
      row = g_ptr_array_steal_index_fast (self->spare, self->spare->len - 1);
      gtk_widget_set_child_visible (row, TRUE);
      return RFI_TABLE_ROW (row);
    }

  /* Below the head, which lies over them. */
  row = rfi_table_row_new (self->style, self->layout);
  gtk_widget_insert_before (row, GTK_WIDGET (self), self->header);
  return RFI_TABLE_ROW (row);
}

static void
fill_row (RfiTableView *self,
          RfiTableRow  *row,
          guint         place)
{
  g_autoptr(RfiJobItem) item = g_list_model_get_item (G_LIST_MODEL (self->sheet), place);

  rfi_table_row_set_item (row, rfi_job_sheet_get_table (self->sheet), item);
  rfi_table_row_set_place (row, place);
  rfi_table_row_set_selected (row, rfi_job_selection_has (self->selection, item));
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (place), row);
}

/* Widgets for the rows that are seen, and for no others but one with the focus. */
void
rfi_table_view_update_rows (RfiTableView *self)
{
  GHashTableIter iter;
  gpointer key, row;
  guint first, end;

  rfi_table_view_get_seen (self, &first, &end);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      guint place = GPOINTER_TO_UINT (key);

      if ((place < first || place >= end) && !has_focus (row))
        {
          g_hash_table_iter_remove (&iter);
          rfi_table_view_spare_row (self, row);
        }
    }
  for (guint place = first; place < end; place++)
    if (rfi_table_view_get_row (self, place) == NULL)
      fill_row (self, take_row (self), place);
}

/* What changes */

/* Where @row belongs after a change. %FALSE if its job is there no more */
static gboolean
find_new_place (RfiTableView *self,
                RfiTableRow  *row,
                guint         position,
                guint         removed,
                guint         added,
                guint        *place)
{
  RfiJobItem *item = rfi_table_row_get_item (row);

  *place = rfi_table_row_get_place (row);
  if (*place < position)
    return TRUE;
  if (*place >= position + removed)
    {
      *place += added - removed;
      return TRUE;
    }
  return added > 0 && !rfi_job_item_get_gone (item) &&
         rfi_job_sheet_find (self->sheet, rfi_job_item_get_id (item), place);
}

/* The rows in the order in which they are seen: the focus first, then from the top. */
static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  RfiTableRow *one = *(RfiTableRow *const *) a;
  RfiTableRow *other = *(RfiTableRow *const *) b;

  if (has_focus (one) != has_focus (other))
    return has_focus (one) ? -1 : 1;
  return rfi_table_row_get_place (one) < rfi_table_row_get_place (other) ? -1 : 1;
}

GPtrArray *
rfi_table_view_list_rows (RfiTableView *self)
{
  GPtrArray *rows = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (rows, row);
  g_ptr_array_sort (rows, compare_rows);
  return rows;
}

void
rfi_table_view_items_changed (GListModel   *model,
                              guint         position,
                              guint         removed,
                              guint         added,
                              RfiTableView *self)
{
  g_autoptr(GPtrArray) rows = rfi_table_view_list_rows (self);
  int height = rfi_table_style_get_row_height (self->style);
  double value = rfi_table_view_get_value (self, GTK_ORIENTATION_VERTICAL);
  guint n_rows = rfi_table_view_get_n_rows (self);
  gboolean anchored = FALSE;
  guint first, end;

  rfi_table_view_get_seen (self, &first, &end);
  g_hash_table_remove_all (self->rows);
  for (guint i = 0; i < rows->len; i++)
    {
      RfiTableRow *row = g_ptr_array_index (rows, i);
      guint before = rfi_table_row_get_place (row);
      gboolean focused = has_focus (row);
      guint place;

      if (find_new_place (self, row, position, removed, added, &place))
        {
          /* What is looked at stays where it is. */
          if (!anchored && before >= first && before < end)
            {
              value += ((double) place - before) * height;
              anchored = TRUE;
            }
          rfi_table_row_set_place (row, place);
          g_hash_table_insert (self->rows, GUINT_TO_POINTER (place), row);
        }
      else if (!focused || n_rows == 0)
        {
          rfi_table_view_spare_row (self, row);
        }
      else
        {
          /* The focus does not go with its job: its neighbour has it now. */
          fill_row (self, row, MIN (before, n_rows - 1));
          g_set_object (&self->cursor, rfi_table_row_get_item (row));
        }
    }

  rfi_table_view_configure (self);
  rfi_table_view_set_value (self, GTK_ORIENTATION_VERTICAL, value);
  rfi_table_view_update_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
