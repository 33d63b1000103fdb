/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-palette"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-job-filter-parts.h"
#include "rfi-job-table.h"
#include "rfi-session-commands.h"
#include "rfi-window-views.h"
#include "rfi-words.h"

/* The palette, and the actions that only somebody who types can say in one go. */

static GtkWidget *
get_child (RfiWindow  *self,
           const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self), RFI_TYPE_WINDOW, name));
}

static void
show_palette (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  g_autoptr(GtkSelectionModel) pages =
    adw_view_stack_get_pages (ADW_VIEW_STACK (get_child (self, "pages")));
  GObject *menu =
    gtk_widget_get_template_child (GTK_WIDGET (self), RFI_TYPE_WINDOW, "main_menu");
  GtkWidget *palette = rfi_palette_new (GTK_WINDOW (self), rfi_window_get_session (self),
                                        rfi_window_get_filter (self),
                                        rfi_window_get_selection (self), G_LIST_MODEL (pages),
                                        G_MENU_MODEL (menu));

  rfi_window_list_views (self, RFI_PALETTE (palette));
  gtk_window_present (GTK_WINDOW (palette));
}

static void
command_done_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(RfiWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error))
    rfi_window_toast_error (self, error);
}

static void
assign_to (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  const char *job_id, *technician_id;

  /* Whether it may be is for the session to say, which asks the rules. */
  g_variant_get (parameter, "(&s&s)", &job_id, &technician_id);
  rfi_session_assign_async (rfi_window_get_session (self), job_id, technician_id,
                            command_done_cb, g_object_ref (self));
}

static void
set_priority (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  const char *job_id, *word;

  g_variant_get (parameter, "(&s&s)", &job_id, &word);
  rfi_patch_set (patch, RFI_FIELD_PRIORITY, word);
  rfi_session_edit_async (rfi_window_get_session (self), job_id, patch, command_done_cb,
                          g_object_ref (self));
}

static void
search_for (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  rfi_job_filter_set_text (rfi_window_get_filter (user_data),
                           g_variant_get_string (parameter, NULL));
  rfi_window_show_filtered (user_data);
}

static void
show_technician (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  RfiJobFilter *filter = rfi_window_get_filter (user_data);

  rfi_job_filter_clear (filter);
  rfi_job_filter_set_technician (filter, g_variant_get_string (parameter, NULL), TRUE);
  rfi_window_show_filtered (user_data);
}

/* Takes off what hides it, and nothing else. */
static void
reveal_job (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  RfiJobFilter *filter = rfi_window_get_filter (self);
  RfiJobTable *jobs = rfi_session_get_jobs (rfi_window_get_session (self));
  const char *job_id = g_variant_get_string (parameter, NULL);
  RfiJobState *state = rfi_job_table_lookup (jobs, job_id);

  if (state == NULL)
    {
      rfi_window_toast (self, rfi_words_verdict (RFI_VERDICT_NOT_VISIBLE), NULL, NULL);
      return;
    }

  rfi_job_filter_take_off (filter, rfi_job_filter_explain (filter, jobs, state));
  rfi_window_show_filtered (self);
  rfi_window_show_job (self, job_id);
}

static const GActionEntry entries[] = {
  { .name = "palette", .activate = show_palette },
  { .name = "assign-to", .activate = assign_to, .parameter_type = "(ss)" },
  { .name = "set-priority", .activate = set_priority, .parameter_type = "(ss)" },
  { .name = "reveal-job", .activate = reveal_job, .parameter_type = "s" },
  { .name = "search-for", .activate = search_for, .parameter_type = "s" },
  { .name = "show-technician", .activate = show_technician, .parameter_type = "s" },
};

void
rfi_window_add_palette (RfiWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  rfi_window_add_views (self);
}

void
rfi_window_update_palette (RfiWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name)),
      rfi_window_get_session (self) != NULL);
  rfi_window_update_views (self);
}
