/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-split"

#include "config.h"

#include "rfi-window-split.h"

#include "rfi-side-pane.h"
#include "rfi-window-private.h"

#include <glib/gi18n.h>

static RfiSidePane *
get_pane (RfiWindow *self)
{
  return RFI_SIDE_PANE (gtk_widget_get_template_child (GTK_WIDGET (self), RFI_TYPE_WINDOW,
                                                       "side_pane"));
}

static AdwViewStack *
get_pages (RfiWindow *self)
{
  return ADW_VIEW_STACK (gtk_widget_get_template_child (GTK_WIDGET (self), RFI_TYPE_WINDOW,
                                                        "pages"));
}

static GtkWidget *
make_page (const char *name,
           gpointer    user_data)
{
  return rfi_window_make_page (user_data, name);
}

static gboolean
is_wanted (RfiWindow *self)
{
  g_autoptr(GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self), "split");

  return g_variant_get_boolean (state);
}

/* Another page than the one that is there says more. */
static void
choose_page (RfiWindow *self)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  g_autofree char *name = g_settings_get_string (settings, "split-page");
  g_autoptr(GtkSelectionModel) pages = adw_view_stack_get_pages (get_pages (self));
  const char *shown = adw_view_stack_get_visible_child_name (get_pages (self));

  for (guint i = 0; *name == '\0' && i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
    {
      g_autoptr(AdwViewStackPage) page = g_list_model_get_item (G_LIST_MODEL (pages), i);

      if (g_strcmp0 (adw_view_stack_page_get_name (page), shown) != 0)
        {
          g_free (name);
          name = g_strdup (adw_view_stack_page_get_name (page));
        }
    }
  rfi_side_pane_set_page (get_pane (self), name);
}

static void
page_chosen_cb (RfiWindow   *self,
                GParamSpec  *pspec,
                RfiSidePane *pane)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);

  if (rfi_side_pane_get_open (pane))
    g_settings_set_string (settings, "split-page", rfi_side_pane_get_page (pane));
}

static void
change_split (GSimpleAction *action,
              GVariant      *state,
              gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);

  g_simple_action_set_state (action, state);
  g_settings_set_boolean (settings, "split", g_variant_get_boolean (state));
  rfi_window_update_split (self, rfi_window_has_room (self));
  if (g_variant_get_boolean (state) && !rfi_window_has_room (self))
    rfi_window_toast (self, _("The second page shows in a wider window"), NULL, NULL);
}

void
rfi_window_add_split (RfiWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "split", .state = "false", .change_state = change_split },
  };
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  g_autoptr(GtkSelectionModel) pages = adw_view_stack_get_pages (get_pages (self));
  GAction *action;

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  action = g_action_map_lookup_action (G_ACTION_MAP (self), "split");
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_settings_get_value (settings, "split"));
  rfi_side_pane_set_pages (get_pane (self), G_LIST_MODEL (pages), make_page, self);
  g_signal_connect_object (get_pane (self), "notify::page", G_CALLBACK (page_chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
rfi_window_get_split_page (RfiWindow *self)
{
  return rfi_side_pane_get_child (get_pane (self));
}

void
rfi_window_update_split (RfiWindow *self,
                         gboolean   room)
{
  RfiSidePane *pane = get_pane (self);
  gboolean open = room && is_wanted (self) && rfi_window_get_session (self) != NULL;

  if (open && !rfi_side_pane_get_open (pane))
    choose_page (self);
  rfi_side_pane_set_open (pane, open);
}
