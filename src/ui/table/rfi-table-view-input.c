/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-view-input"

#include "config.h"

#include "rfi-table-view-private.h"

#include "rfi-held.h"
#include "rfi-job-menu.h"
#include "rfi-table-cells.h"

#include <string.h>

/* What is typed within this time belongs together. */
#define TYPING_TIME 1200  /* ms */

/* As many rows as one turn of the main loop looks at for what is typed. */
#define N_SEEK_AT_ONCE 4000

/* Selecting */

static RfiJobItem *
ref_item (RfiTableView *self,
          guint         place)
{
  return g_list_model_get_item (G_LIST_MODEL (self->sheet), place);
}

static void
select_only (RfiTableView *self,
             guint         place)
{
  g_autoptr(RfiJobItem) item = ref_item (self, place);

  g_set_object (&self->range_start, item);
  self->selecting = TRUE;
  rfi_job_selection_choose (self->selection, item);
  self->selecting = FALSE;
}

static void
toggle (RfiTableView *self,
        guint         place)
{
  g_autoptr(RfiJobItem) item = ref_item (self, place);

  g_set_object (&self->range_start, item);
  self->selecting = TRUE;
  rfi_job_selection_toggle (self->selection, item);
  self->selecting = FALSE;
}

/* From where the last one was chosen by itself to @place. */
static void
select_range (RfiTableView *self,
              guint         from,
              guint         to,
              guint         place)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_full (to - from + 1, g_object_unref);
  g_autoptr(RfiJobItem) cursor = ref_item (self, place);

  for (guint i = from; i <= to; i++)
    g_ptr_array_add (items, ref_item (self, i));
  self->selecting = TRUE;
  rfi_job_selection_replace (self->selection, items, cursor);
  self->selecting = FALSE;
}

static void
extend (RfiTableView *self,
        guint         place)
{
  guint start;

  if (self->range_start == NULL || rfi_job_item_get_gone (self->range_start) ||
      !rfi_job_sheet_find (self->sheet, rfi_job_item_get_id (self->range_start), &start))
    select_only (self, place);
  else
    select_range (self, MIN (start, place), MAX (start, place), place);
}

static void
select_all (RfiTableView *self)
{
  guint n_rows = rfi_table_view_get_n_rows (self);
  guint place = 0;

  if (n_rows == 0)
    return;

  rfi_table_view_find_cursor (self, &place);
  select_range (self, 0, n_rows - 1, place);
}

static void
select_none (RfiTableView *self)
{
  self->selecting = TRUE;
  rfi_job_selection_choose (self->selection, NULL);
  self->selecting = FALSE;
}

/* @modifiers: Control goes there without selecting, Shift selects all the way */
static void
go (RfiTableView    *self,
    guint            place,
    GdkModifierType  modifiers)
{
  rfi_table_view_go_to (self, place, TRUE);
  if ((modifiers & GDK_SHIFT_MASK) != 0)
    extend (self, place);
  else if ((modifiers & GDK_CONTROL_MASK) == 0)
    select_only (self, place);
}

/* What is done with a job */

static void
run_on_cursor (RfiTableView *self,
               const char   *action)
{
  guint place;

  if (rfi_table_view_find_cursor (self, &place))
    gtk_widget_activate_action (GTK_WIDGET (self), action, "s",
                                rfi_job_item_get_id (self->cursor));
}

static void
pop_up (RfiTableView *self,
        double        x,
        double        y)
{
  g_autoptr(GMenuModel) model = NULL;
  GdkRectangle area = { (int) x, (int) y, 1, 1 };
  guint place;

  if (!rfi_table_view_find_cursor (self, &place))
    return;

  model = rfi_job_menu_new (self->session, self->cursor);
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
  rfi_held_while_open (GTK_POPOVER (self->menu),
                       self->session != NULL ? rfi_session_get_jobs (self->session) : NULL,
                       self->cursor, NULL);
}

static void
pop_up_at_cursor (RfiTableView *self)
{
  RfiTableRow *row;
  double x, y;
  guint place;

  if (!rfi_table_view_find_cursor (self, &place))
    return;

  rfi_table_view_go_to (self, place, TRUE);
  row = rfi_table_view_get_row (self, place);
  if (row != NULL && gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (self), 0,
                                                       gtk_widget_get_height (GTK_WIDGET (row)),
                                                       &x, &y))
    pop_up (self, MAX (x, 0) + 24, y);
}

/* Typing */

void
rfi_table_view_stop_typing (RfiTableView *self)
{
  g_clear_handle_id (&self->typed_source, g_source_remove);
  g_clear_handle_id (&self->seek_source, g_source_remove);
  g_string_truncate (self->typed, 0);
}

static void
forget_cb (gpointer user_data)
{
  RfiTableView *self = user_data;

  self->typed_source = 0;
  rfi_table_view_stop_typing (self);
}

/* The column a person reads along: what it is sorted by if that is text, else the first text. */
static RfiJobColumn
get_typed_column (RfiTableView *self)
{
  const RfiJobSorter *sorter = rfi_table_layout_get_sorter (self->layout);
  const RfiJobColumn *shown = rfi_table_layout_get_shown (self->layout);
  guint n_shown = rfi_table_layout_get_n_shown (self->layout);

  if (sorter->n_keys > 0 && rfi_table_layout_is_shown (self->layout, sorter->keys[0].column) &&
      rfi_job_column_get_kind (sorter->keys[0].column) == RFI_COLUMN_TEXT)
    return sorter->keys[0].column;
  for (guint i = 0; i < n_shown; i++)
    if (rfi_job_column_get_kind (shown[i]) == RFI_COLUMN_TEXT)
      return shown[i];
  return RFI_JOB_COLUMN_TITLE;
}

static gboolean
begins_with (const char *text,
             const char *folded)
{
  g_autofree char *start = NULL;
  g_autofree char *mine = NULL;
  glong length = g_utf8_strlen (folded, -1);

  /* Most are told apart by their first letter. */
  if (g_ascii_isalnum (*folded) && g_ascii_isalnum (*text) && g_ascii_tolower (*text) != *folded)
    return FALSE;

  start = g_utf8_substring (text, 0, MIN (length, g_utf8_strlen (text, -1)));
  mine = g_utf8_casefold (start, -1);
  return g_str_has_prefix (mine, folded);
}

static gboolean
seek_on (RfiTableView *self)
{
  g_autofree char *folded = g_utf8_casefold (self->typed->str, -1);
  RfiJobColumn column = get_typed_column (self);
  RfiJobTable *jobs = rfi_job_sheet_get_table (self->sheet);
  guint n_rows = rfi_table_view_get_n_rows (self);

  for (guint i = 0; i < N_SEEK_AT_ONCE && self->n_to_seek > 0 && n_rows > 0; i++)
    {
      RfiJobState *state;

      self->seek_place %= n_rows;
      state = rfi_job_sheet_peek (self->sheet, self->seek_place);
      if (begins_with (rfi_job_column_get_text (column, jobs, state), folded))
        {
          go (self, self->seek_place, 0);
          return G_SOURCE_REMOVE;
        }
      self->seek_place++;
      self->n_to_seek--;
    }
  if (self->n_to_seek > 0 && n_rows > 0)
    return G_SOURCE_CONTINUE;

  gtk_widget_error_bell (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static gboolean
seek_cb (gpointer user_data)
{
  RfiTableView *self = user_data;

  if (self->sheet != NULL && seek_on (self))
    return G_SOURCE_CONTINUE;

  self->seek_source = 0;
  return G_SOURCE_REMOVE;
}

/* The first letter looks on behind the row, more of them stay if it still fits. */
static void
type (RfiTableView *self,
      gunichar      letter)
{
  guint place = 0;
  gboolean first = self->typed->len == 0;

  g_clear_handle_id (&self->typed_source, g_source_remove);
  g_clear_handle_id (&self->seek_source, g_source_remove);
  self->typed_source = g_timeout_add_once (TYPING_TIME, forget_cb, self);
  g_string_append_unichar (self->typed, letter);

  if (rfi_table_view_find_cursor (self, &place) && first)
    place++;
  self->seek_place = place;
  self->n_to_seek = rfi_table_view_get_n_rows (self);
  if (seek_on (self))
    self->seek_source = g_idle_add (seek_cb, self);
}

/* The keyboard */

static gboolean
walk_cells (RfiTableView *self,
            int           step)
{
  RfiTableRow *row;
  guint place;
  int cell, x;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    step = -step;
  if (!rfi_table_view_find_cursor (self, &place))
    return FALSE;

  row = rfi_table_view_get_row (self, place);
  if (row == NULL)
    return FALSE;

  cell = CLAMP (rfi_table_row_get_cell (row) + step, -1,
                (int) rfi_table_layout_get_n_shown (self->layout) - 1);
  rfi_table_row_focus_cell (row, cell);
  x = rfi_table_style_get_x (self->style, self->layout, (guint) MAX (cell, 0));
  rfi_table_view_show_x (self, x, rfi_table_style_get_x (self->style, self->layout,
                                                         (guint) MAX (cell, 0) + 1) - x);
  return TRUE;
}

static gboolean
walk_rows (RfiTableView    *self,
           gint64           step,
           GdkModifierType  modifiers)
{
  guint n_rows = rfi_table_view_get_n_rows (self);
  guint place;

  if (n_rows == 0)
    return FALSE;

  if (!rfi_table_view_find_cursor (self, &place))
    {
      go (self, MIN (self->cursor_place, n_rows - 1), modifiers);
      return TRUE;
    }
  go (self, (guint) CLAMP ((gint64) place + step, 0, (gint64) n_rows - 1), modifiers);
  return TRUE;
}

static gboolean
handle_walk (RfiTableView    *self,
             guint            key,
             GdkModifierType  modifiers)
{
  gint64 page = rfi_table_view_get_page (self);

  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return walk_rows (self, -1, modifiers);

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return walk_rows (self, 1, modifiers);

    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      return walk_rows (self, -page, modifiers);

    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return walk_rows (self, page, modifiers);

    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return walk_rows (self, -(gint64) G_MAXUINT, modifiers);

    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      return walk_rows (self, G_MAXUINT, modifiers);

    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return modifiers == 0 && walk_cells (self, -1);

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return modifiers == 0 && walk_cells (self, 1);

    default:
      return FALSE;
    }
}

static gboolean
handle_deed (RfiTableView    *self,
             guint            key,
             GdkModifierType  modifiers)
{
  guint place;

  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      run_on_cursor (self, "win.show-job");
      return TRUE;

    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      run_on_cursor (self, "win.delete-job");
      return TRUE;

    case GDK_KEY_Menu:
      pop_up_at_cursor (self);
      return TRUE;

    case GDK_KEY_space:
      if (self->typed->len > 0 && modifiers == 0)
        type (self, ' ');
      else if (rfi_table_view_find_cursor (self, &place))
        toggle (self, place);
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
handle_command (RfiTableView    *self,
                guint            key,
                GdkModifierType  modifiers)
{
  if (modifiers == GDK_SHIFT_MASK && key == GDK_KEY_F10)
    pop_up_at_cursor (self);
  else if (modifiers == GDK_CONTROL_MASK && key == GDK_KEY_a)
    select_all (self);
  else if (modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK) && key == GDK_KEY_A)
    select_none (self);
  else
    return FALSE;
  return TRUE;
}

static gboolean
key_pressed_cb (RfiTableView    *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  gunichar letter = gdk_keyval_to_unicode (key);

  if (self->sheet == NULL || focus == self->header || (self->menu != NULL && focus == self->menu))
    return GDK_EVENT_PROPAGATE;
  if (handle_command (self, key, modifiers) || handle_walk (self, key, modifiers))
    return GDK_EVENT_STOP;
  if ((modifiers & ~(guint) (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) == 0 &&
      handle_deed (self, key, modifiers))
    return GDK_EVENT_STOP;
  if ((modifiers & ~(guint) GDK_SHIFT_MASK) != 0 || letter == 0 || !g_unichar_isgraph (letter))
    return GDK_EVENT_PROPAGATE;

  type (self, letter);
  return GDK_EVENT_STOP;
}

/* The pointer */

static void
primary_pressed_cb (RfiTableView    *self,
                    int              n_press,
                    double           x,
                    double           y,
                    GtkGestureClick *gesture)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint place;

  if (!rfi_table_view_pick (self, y, &place))
    return;

  if (n_press == 2)
    {
      run_on_cursor (self, "win.show-job");
      return;
    }
  rfi_table_view_stop_typing (self);
  rfi_table_view_go_to (self, place, TRUE);
  if ((state & GDK_SHIFT_MASK) != 0)
    extend (self, place);
  else if ((state & GDK_CONTROL_MASK) != 0)
    toggle (self, place);
  else
    select_only (self, place);
}

static void
secondary_pressed_cb (RfiTableView    *self,
                      int              n_press,
                      double           x,
                      double           y,
                      GtkGestureClick *gesture)
{
  g_autoptr(RfiJobItem) item = NULL;
  guint place;

  if (!rfi_table_view_pick (self, y, &place))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  item = ref_item (self, place);
  rfi_table_view_go_to (self, place, TRUE);
  if (!rfi_job_selection_has (self->selection, item))
    select_only (self, place);
  pop_up (self, x, y);
}

void
rfi_table_view_add_controllers (RfiTableView *self)
{
  GtkGesture *primary = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (primary, "pressed", G_CALLBACK (primary_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (primary));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (secondary, "pressed", G_CALLBACK (secondary_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
