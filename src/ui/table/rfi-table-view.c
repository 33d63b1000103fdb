/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-view"

#include "config.h"

#include "rfi-table-view-private.h"

/* Rows are as high as each other, so that the scroll position says which are seen; only those
 * have widgets, and one more that has the focus and was scrolled away. GtkColumnView keeps a
 * widget for each cell of some two hundred rows, which is what its frames cost.
 *
 * When jobs change, a row widget stays with its job as long as that is seen, and the first job
 * that is seen stays where it is.
 */

enum {
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
  N_PROPS
};

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiTableView, rfi_table_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* Measures */

guint
rfi_table_view_get_n_rows (RfiTableView *self)
{
  return self->sheet != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->sheet)) : 0;
}

static int
get_header_height (RfiTableView *self)
{
  int height = 0;

  if (gtk_widget_get_visible (self->header))
    gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

static int
get_content_width (RfiTableView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (self->style->narrow)
    return width;
  return MAX (width, rfi_table_style_get_x (self->style, self->layout,
                                            rfi_table_layout_get_n_shown (self->layout)));
}

double
rfi_table_view_get_value (RfiTableView   *self,
                          GtkOrientation  orientation)
{
  GtkAdjustment *adjustment = self->adjustment[orientation];

  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

void
rfi_table_view_set_value (RfiTableView   *self,
                          GtkOrientation  orientation,
                          double          value)
{
  if (self->adjustment[orientation] != NULL)
    gtk_adjustment_set_value (self->adjustment[orientation], value);
}

static int
get_page_height (RfiTableView *self)
{
  return MAX (0, gtk_widget_get_height (GTK_WIDGET (self)) - get_header_height (self));
}

guint
rfi_table_view_get_page (RfiTableView *self)
{
  return (guint) MAX (1, get_page_height (self) / rfi_table_style_get_row_height (self->style));
}

static void
configure (RfiTableView   *self,
           GtkOrientation  orientation,
           double          upper,
           double          page,
           double          step)
{
  double value = rfi_table_view_get_value (self, orientation);

  if (self->adjustment[orientation] != NULL)
    gtk_adjustment_configure (self->adjustment[orientation], MAX (0, MIN (value, upper - page)),
                              0, MAX (upper, page), step, page * 0.9, page);
}

void
rfi_table_view_configure (RfiTableView *self)
{
  int height = rfi_table_style_get_row_height (self->style);

  configure (self, GTK_ORIENTATION_HORIZONTAL, get_content_width (self),
             gtk_widget_get_width (GTK_WIDGET (self)), 40);
  configure (self, GTK_ORIENTATION_VERTICAL,
             (double) rfi_table_view_get_n_rows (self) * height, get_page_height (self), height);
}

/* The rows that are seen: from @first up to but without @end. */
void
rfi_table_view_get_seen (RfiTableView *self,
                         guint        *first,
                         guint        *end)
{
  double height = rfi_table_style_get_row_height (self->style);
  double value = rfi_table_view_get_value (self, GTK_ORIENTATION_VERTICAL);
  guint n_rows = rfi_table_view_get_n_rows (self);

  *first = MIN (n_rows, (guint) (value / height));
  *end = MIN (n_rows, (guint) ((value + get_page_height (self)) / height) + 1);
}

static void
scrolled_cb (RfiTableView *self)
{
  if (self->allocating)
    return;

  rfi_table_view_update_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Where to look */

static void
show_place (RfiTableView *self,
            guint         place)
{
  double height = rfi_table_style_get_row_height (self->style);
  double value = rfi_table_view_get_value (self, GTK_ORIENTATION_VERTICAL);
  double page = get_page_height (self);
  double top = place * height;

  if (top < value)
    rfi_table_view_set_value (self, GTK_ORIENTATION_VERTICAL, top);
  else if (top + height > value + page)
    rfi_table_view_set_value (self, GTK_ORIENTATION_VERTICAL, top + height - page);
}

void
rfi_table_view_show_x (RfiTableView *self,
                       int           x,
                       int           width)
{
  double value = rfi_table_view_get_value (self, GTK_ORIENTATION_HORIZONTAL);
  double page = gtk_widget_get_width (GTK_WIDGET (self));

  if (x + width > value + page)
    value = x + width - page;
  rfi_table_view_set_value (self, GTK_ORIENTATION_HORIZONTAL, MIN (value, x));
}

gboolean
rfi_table_view_find_cursor (RfiTableView *self,
                            guint        *place)
{
  if (self->cursor == NULL || self->sheet == NULL || rfi_job_item_get_gone (self->cursor) ||
      !rfi_job_sheet_find (self->sheet, rfi_job_item_get_id (self->cursor), place))
    return FALSE;

  self->cursor_place = *place;
  return TRUE;
}

void
rfi_table_view_go_to (RfiTableView *self,
                      guint         place,
                      gboolean      focus)
{
  RfiTableRow *before = NULL;
  RfiTableRow *row;
  int cell = -1;
  guint at;

  if (place >= rfi_table_view_get_n_rows (self))
    return;

  if (rfi_table_view_find_cursor (self, &at))
    before = rfi_table_view_get_row (self, at);
  if (before != NULL)
    cell = rfi_table_row_get_cell (before);
  show_place (self, place);
  rfi_table_view_update_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  self->cursor_place = place;
  row = rfi_table_view_get_row (self, place);
  if (row == NULL)
    return;

  g_set_object (&self->cursor, rfi_table_row_get_item (row));
  if (focus)
    rfi_table_row_focus_cell (row, cell);
  /* The row that had the focus may be far away now. */
  rfi_table_view_update_rows (self);
}

gboolean
rfi_table_view_pick (RfiTableView *self,
                     double        y,
                     guint        *place)
{
  int header = get_header_height (self);

  if (y < header)
    return FALSE;

  *place = (guint) ((y - header + rfi_table_view_get_value (self, GTK_ORIENTATION_VERTICAL)) /
                    rfi_table_style_get_row_height (self->style));
  return *place < rfi_table_view_get_n_rows (self);
}

/* What changes */

static void
show_selected (RfiTableView *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    rfi_table_row_set_selected (row, rfi_job_selection_has (self->selection,
                                                            rfi_table_row_get_item (row)));
}

/* What is chosen on another page is where this one goes on. */
static void
selection_changed_cb (RfiTableView *self)
{
  RfiJobItem *chosen = rfi_job_selection_get_cursor (self->selection);
  guint place;

  show_selected (self);
  if (self->selecting || chosen == NULL || chosen == self->cursor)
    return;

  g_set_object (&self->cursor, chosen);
  g_set_object (&self->range_start, chosen);
  if (rfi_table_view_find_cursor (self, &place))
    rfi_table_view_go_to (self, place, gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL &&
                                       gtk_widget_get_focus_child (GTK_WIDGET (self)) !=
                                       self->header);
}

static void
refresh_rows (RfiTableView *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    rfi_table_row_refresh (row);
}

static void
layout_changed_cb (RfiTableView *self)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_COL_COUNT,
                                  rfi_table_layout_get_n_shown (self->layout), -1);
  refresh_rows (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
restyle (RfiTableView *self)
{
  rfi_table_style_invalidate (self->style);
  if (self->header != NULL)
    rfi_table_header_refresh (RFI_TABLE_HEADER (self->header));
  refresh_rows (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
density_changed_cb (RfiTableView *self)
{
  self->style->density = (RfiTableDensity) g_settings_get_enum (self->settings, "density");
  restyle (self);
}

/* The widget */

static void
rfi_table_view_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (rfi_table_view_parent_class)->css_changed (widget, change);

  restyle (RFI_TABLE_VIEW (widget));
}

static void
rfi_table_view_system_setting_changed (GtkWidget        *widget,
                                       GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (rfi_table_view_parent_class)->system_setting_changed (widget, setting);

  restyle (RFI_TABLE_VIEW (widget));
}

/* The head and the rows are a stop for Tab each; the arrows walk within. */
static gboolean
rfi_table_view_focus (GtkWidget        *widget,
                      GtkDirectionType  direction)
{
  RfiTableView *self = RFI_TABLE_VIEW (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;

  if (child == NULL ? !back : child != self->header && back)
    {
      if (gtk_widget_get_visible (self->header))
        return gtk_widget_child_focus (self->header, direction);
      return child == NULL && gtk_widget_grab_focus (widget);
    }
  if (child == NULL || (child == self->header && !back))
    return gtk_widget_grab_focus (widget);
  return FALSE;
}

static gboolean
rfi_table_view_grab_focus (GtkWidget *widget)
{
  RfiTableView *self = RFI_TABLE_VIEW (widget);
  guint n_rows = rfi_table_view_get_n_rows (self);
  guint place = 0;

  if (n_rows == 0)
    return FALSE;

  if (!rfi_table_view_find_cursor (self, &place))
    rfi_table_view_get_seen (self, &place, &n_rows);
  rfi_table_view_go_to (self, place, TRUE);
  return TRUE;
}

static void
rfi_table_view_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  RfiTableView *self = RFI_TABLE_VIEW (widget);
  int row = rfi_table_style_get_row_height (self->style);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural = rfi_table_style_get_x (self->style, self->layout,
                                        rfi_table_layout_get_n_shown (self->layout));
      return;
    }

  *minimum = get_header_height (self) + row;
  *natural = get_header_height (self) + 10 * row;
}

static void
allocate_rows (RfiTableView *self,
               int           x,
               int           top)
{
  int height = rfi_table_style_get_row_height (self->style);
  int width = get_content_width (self);
  double value = rfi_table_view_get_value (self, GTK_ORIENTATION_VERTICAL);
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      double y = (double) GPOINTER_TO_UINT (key) * height - value;

      /* One with the focus may be millions of pixels away. */
      y = top + (int) CLAMP (y, -2 * height, 32000);
      gtk_widget_allocate (row, width, height, -1,
                           gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, (float) y)));
    }
}

static void
rfi_table_view_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  RfiTableView *self = RFI_TABLE_VIEW (widget);
  int header = get_header_height (self);
  int x;

  self->allocating = TRUE;
  rfi_table_view_configure (self);
  rfi_table_view_update_rows (self);
  self->allocating = FALSE;

  x = -(int) rfi_table_view_get_value (self, GTK_ORIENTATION_HORIZONTAL);
  allocate_rows (self, x, header);
  if (header > 0)
    gtk_widget_allocate (self->header, get_content_width (self), header, -1,
                         gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, 0)));
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
take_adjustment (RfiTableView   *self,
                 GtkOrientation  orientation,
                 GtkAdjustment  *adjustment)
{
  if (self->adjustment[orientation] == adjustment)
    return;

  if (self->adjustment[orientation] != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustment[orientation], scrolled_cb, self);
  g_set_object (&self->adjustment[orientation], adjustment);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                             G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
rfi_table_view_dispose (GObject *object)
{
  RfiTableView *self = RFI_TABLE_VIEW (object);
  GtkWidget *child;

  rfi_table_view_stop_typing (self);
  rfi_table_view_set_sheet (self, NULL, NULL);
  take_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  take_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  rfi_table_style_detach (self->style);
  g_hash_table_remove_all (self->rows);
  g_ptr_array_set_size (self->spare, 0);
  self->menu = NULL;
  self->header = NULL;
  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  while (child != NULL)
    {
      gtk_widget_unparent (child);
      child = gtk_widget_get_first_child (GTK_WIDGET (self));
    }
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rfi_table_view_parent_class)->dispose (object);
}

static void
rfi_table_view_finalize (GObject *object)
{
  RfiTableView *self = RFI_TABLE_VIEW (object);

  g_hash_table_unref (self->rows);
  g_ptr_array_unref (self->spare);
  g_object_unref (self->selection);
  g_object_unref (self->layout);
  g_string_free (self->typed, TRUE);
  rfi_table_style_unref (self->style);

  G_OBJECT_CLASS (rfi_table_view_parent_class)->finalize (object);
}

static void
rfi_table_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  RfiTableView *self = RFI_TABLE_VIEW (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustment[GTK_ORIENTATION_HORIZONTAL]);
      break;

    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustment[GTK_ORIENTATION_VERTICAL]);
      break;

    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policy[GTK_ORIENTATION_HORIZONTAL]);
      break;

    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policy[GTK_ORIENTATION_VERTICAL]);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_table_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  RfiTableView *self = RFI_TABLE_VIEW (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      take_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;

    case PROP_VADJUSTMENT:
      take_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;

    case PROP_HSCROLL_POLICY:
      self->policy[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;

    case PROP_VSCROLL_POLICY:
      self->policy[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_table_view_class_init (RfiTableViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_table_view_dispose;
  object_class->finalize = rfi_table_view_finalize;
  object_class->get_property = rfi_table_view_get_property;
  object_class->set_property = rfi_table_view_set_property;
  widget_class->css_changed = rfi_table_view_css_changed;
  widget_class->system_setting_changed = rfi_table_view_system_setting_changed;
  widget_class->focus = rfi_table_view_focus;
  widget_class->grab_focus = rfi_table_view_grab_focus;
  widget_class->measure = rfi_table_view_measure;
  widget_class->size_allocate = rfi_table_view_size_allocate;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  gtk_widget_class_set_css_name (widget_class, "rfitable");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
rfi_table_view_init (RfiTableView *self)
{
  self->style = rfi_table_style_new (GTK_WIDGET (self));
  self->layout = rfi_table_layout_new ();
  self->selection = rfi_job_selection_new ();
  self->rows = g_hash_table_new (NULL, NULL);
  self->spare = g_ptr_array_new ();
  self->typed = g_string_new (NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE,
                                  TRUE, -1);

  self->header = rfi_table_header_new (self->style, self->layout);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  g_signal_connect_object (self->header, "focused", G_CALLBACK (rfi_table_view_show_x), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->layout, "changed", G_CALLBACK (layout_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rfi_table_view_add_controllers (self);

  self->settings = g_settings_new (RFI_APP_ID);
  g_signal_connect_object (self->settings, "changed::density", G_CALLBACK (density_changed_cb),
                           self, G_CONNECT_SWAPPED);
  density_changed_cb (self);
}

RfiTableLayout *
rfi_table_view_get_layout (RfiTableView *self)
{
  return self->layout;
}

RfiTableHeader *
rfi_table_view_get_header (RfiTableView *self)
{
  return RFI_TABLE_HEADER (self->header);
}

void
rfi_table_view_set_sheet (RfiTableView *self,
                          RfiSession   *session,
                          RfiJobSheet  *sheet)
{
  g_autoptr(GPtrArray) rows = NULL;

  g_return_if_fail (RFI_IS_TABLE_VIEW (self));

  g_set_object (&self->session, session);
  if (self->sheet == sheet)
    return;

  if (self->sheet != NULL)
    g_signal_handlers_disconnect_by_func (self->sheet, rfi_table_view_items_changed, self);
  g_set_object (&self->sheet, sheet);
  g_clear_object (&self->cursor);
  g_clear_object (&self->range_start);
  rows = rfi_table_view_list_rows (self);
  g_hash_table_remove_all (self->rows);
  for (guint i = 0; i < rows->len; i++)
    rfi_table_view_spare_row (self, g_ptr_array_index (rows, i));
  if (sheet != NULL)
    g_signal_connect_object (sheet, "items-changed", G_CALLBACK (rfi_table_view_items_changed),
                             self, 0);
  rfi_table_view_set_value (self, GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
rfi_table_view_set_selection (RfiTableView    *self,
                              RfiJobSelection *selection)
{
  g_return_if_fail (RFI_IS_TABLE_VIEW (self));
  g_return_if_fail (RFI_IS_JOB_SELECTION (selection));

  g_signal_handlers_disconnect_by_func (self->selection, selection_changed_cb, self);
  g_set_object (&self->selection, selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  selection_changed_cb (self);
}

double
rfi_table_view_get_text_scale (RfiTableView *self)
{
  return rfi_table_style_get (self->style)->scale;
}

void
rfi_table_view_set_narrow (RfiTableView *self,
                           gboolean      narrow)
{
  g_return_if_fail (RFI_IS_TABLE_VIEW (self));

  if (self->style->narrow == narrow)
    return;

  self->style->narrow = narrow;
  gtk_widget_set_visible (self->header, !narrow);
  refresh_rows (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
rfi_table_view_set_sought (RfiTableView *self,
                           const char   *text)
{
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (RFI_IS_TABLE_VIEW (self));

  if (!rfi_emphasis_set_text (self->style->emphasis, text))
    return;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    gtk_widget_queue_draw (row);
}

void
rfi_table_view_scroll_home (RfiTableView *self)
{
  guint place;

  g_return_if_fail (RFI_IS_TABLE_VIEW (self));

  rfi_table_view_set_value (self, GTK_ORIENTATION_VERTICAL, 0);
  if (rfi_table_view_find_cursor (self, &place))
    show_place (self, place);
}

RfiJobItem *
rfi_table_view_get_cursor (RfiTableView *self)
{
  g_return_val_if_fail (RFI_IS_TABLE_VIEW (self), NULL);

  return self->cursor;
}

GtkWidget *
rfi_table_view_find_row (RfiTableView *self,
                         const char   *job_id)
{
  guint place;

  g_return_val_if_fail (RFI_IS_TABLE_VIEW (self), NULL);

  if (self->sheet == NULL || !rfi_job_sheet_find (self->sheet, job_id, &place))
    return NULL;
  return (GtkWidget *) rfi_table_view_get_row (self, place);
}
