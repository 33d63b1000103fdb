/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-views"

#include "config.h"

#include "rfi-window-views.h"

#include "rfi-builtin-view.h"
#include "rfi-job-filter-parts.h"
#include "rfi-job-filter-text.h"
#include "rfi-saved-views.h"
#include "rfi-window-private.h"

#include <glib/gi18n.h>

/* A question for a name. */
typedef struct
{
  RfiWindow *window;  /* (owned) */
  GtkWidget *entry;
  char      *id;      /* (owned) (nullable): of the view to be renamed; %NULL = a new one */
} Naming;

static void
naming_free (gpointer  data,
             GClosure *closure)
{
  Naming *naming = data;

  g_object_unref (naming->window);
  g_free (naming->id);
  g_free (naming);
}

/* (nullable) */
static RfiSavedViews *
get_views (RfiWindow *self)
{
  RfiSession *session = rfi_window_get_session (self);

  return session != NULL ? rfi_session_get_views (session) : NULL;
}

static gboolean
find_builtin (const char     *id,
              RfiBuiltinView *view)
{
  for (guint i = 0; i < RFI_N_BUILTIN_VIEWS; i++)
    if (g_strcmp0 (rfi_builtin_view_get_id ((RfiBuiltinView) i), id) == 0)
      {
        *view = (RfiBuiltinView) i;
        return TRUE;
      }
  return FALSE;
}

/* A view that has no words of its own keeps those that are searched for. */
static void
show (RfiWindow    *self,
      RfiJobFilter *view)
{
  RfiJobFilter *filter = rfi_window_get_filter (self);
  g_autofree char *text = g_strdup (rfi_job_filter_get_text (filter));

  rfi_job_filter_freeze (filter);
  rfi_job_filter_copy (view, filter);
  if (*rfi_job_filter_get_text (view) == '\0')
    rfi_job_filter_set_text (filter, text);
  rfi_job_filter_thaw (filter);
}

static void
show_view (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  const char *id = g_variant_get_string (parameter, NULL);
  RfiSavedView *saved = rfi_saved_views_find (get_views (self), id);
  g_autoptr(RfiJobFilter) filter = NULL;
  RfiBuiltinView builtin;

  if (find_builtin (id, &builtin))
    filter = rfi_builtin_view_make_filter (builtin, rfi_window_get_session (self));
  else if (saved != NULL)
    filter = g_object_ref (rfi_saved_view_get_filter (saved));
  if (filter == NULL)
    return;

  show (self, filter);
  rfi_window_show_filtered (self);
}

static void
save (RfiWindow  *self,
      const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  g_autoptr(GError) error = NULL;

  if (*stripped == '\0')
    return;
  if (rfi_saved_views_add (get_views (self), stripped, rfi_window_get_filter (self), &error)
      == NULL)
    rfi_window_toast_error (self, error);
}

static void
named_cb (AdwMessageDialog *dialog,
          const char       *response,
          Naming           *naming)
{
  RfiWindow *self = naming->window;
  g_autofree char *name =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (naming->entry))));
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (response, "save") != 0 || get_views (self) == NULL)
    return;
  if (naming->id == NULL)
    save (self, name);
  else if (*name != '\0' && !rfi_saved_views_rename (get_views (self), naming->id, name, &error))
    rfi_window_toast_error (self, error);
}

static void
name_changed_cb (AdwMessageDialog *dialog,
                 GParamSpec       *pspec,
                 GtkEditable      *entry)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "save", *name != '\0');
}

/* @id: (nullable): of the view to be renamed */
static void
ask_name (RfiWindow  *self,
          const char *id,
          const char *name)
{
  Naming *naming = g_new0 (Naming, 1);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self),
                                              id != NULL ? _("Rename View") : _("Save as View"),
                                              id != NULL ? NULL
                                              : _("It keeps the filters that are on now."));

  naming->window = g_object_ref (self);
  naming->id = g_strdup (id);
  naming->entry = gtk_entry_new ();
  gtk_widget_set_name (naming->entry, "view_name");
  gtk_editable_set_text (GTK_EDITABLE (naming->entry), name);
  gtk_entry_set_activates_default (GTK_ENTRY (naming->entry), TRUE);
  gtk_entry_set_max_length (GTK_ENTRY (naming->entry), 60);
  gtk_accessible_update_property (GTK_ACCESSIBLE (naming->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the view"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), naming->entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (naming->entry, "notify::text", G_CALLBACK (name_changed_cb), dialog,
                           G_CONNECT_SWAPPED);
  name_changed_cb (ADW_MESSAGE_DIALOG (dialog), NULL, GTK_EDITABLE (naming->entry));
  g_signal_connect_data (dialog, "response", G_CALLBACK (named_cb), naming, naming_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (naming->entry);
}

static void
save_view (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  const char *name = g_variant_get_string (parameter, NULL);

  if (*name != '\0')
    save (user_data, name);
  else
    ask_name (user_data, NULL, "");
}

static void
rename_view (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  const char *id = g_variant_get_string (parameter, NULL);
  RfiSavedView *view = rfi_saved_views_find (get_views (user_data), id);

  if (view != NULL)
    ask_name (user_data, id, rfi_saved_view_get_name (view));
}

static void
pin_view (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  const char *id = g_variant_get_string (parameter, NULL);
  RfiSavedView *view = rfi_saved_views_find (get_views (user_data), id);
  g_autoptr(GError) error = NULL;

  if (view != NULL && !rfi_saved_views_pin (get_views (user_data), id,
                                            !rfi_saved_view_get_pinned (view), &error))
    rfi_window_toast_error (user_data, error);
}

static void
move_view (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  g_autoptr(GError) error = NULL;
  const char *id;
  int by;

  g_variant_get (parameter, "(&si)", &id, &by);
  if (!rfi_saved_views_move (get_views (user_data), id, by, &error))
    rfi_window_toast_error (user_data, error);
}

static guint
get_position (RfiSavedViews *views,
              RfiSavedView  *view)
{
  guint i;

  for (i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (views)); i++)
    {
      g_autoptr(RfiSavedView) at = g_list_model_get_item (G_LIST_MODEL (views), i);

      if (at == view)
        break;
    }
  return i;
}

/* All of it goes into the action that brings it back. */
static char *
print_restore (RfiSavedView *view,
               guint         position)
{
  g_autofree char *filter = rfi_job_filter_to_text (rfi_saved_view_get_filter (view));
  g_autoptr(GVariant) target =
    g_variant_ref_sink (g_variant_new ("(sssub)", rfi_saved_view_get_id (view),
                                       rfi_saved_view_get_name (view), filter, position,
                                       rfi_saved_view_get_pinned (view)));

  return g_action_print_detailed_name ("win.restore-view", target);
}

static void
delete_view (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  RfiSavedViews *views = get_views (self);
  g_autoptr(RfiSavedView) view = NULL;
  g_autofree char *restore = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_set_object (&view, rfi_saved_views_find (views, g_variant_get_string (parameter, NULL)));
  if (view == NULL)
    return;

  restore = print_restore (view, get_position (views, view));
  if (!rfi_saved_views_remove (views, rfi_saved_view_get_id (view), &error))
    {
      rfi_window_toast_error (self, error);
      return;
    }

  /* translators: %s is the name of a view */
  text = g_strdup_printf (_("View “%s” deleted"), rfi_saved_view_get_name (view));
  rfi_window_toast (self, text, _("Undo"), restore);
}

static void
restore_view (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr(RfiJobFilter) filter = NULL;
  g_autoptr(RfiSavedView) view = NULL;
  g_autoptr(GError) error = NULL;
  const char *id, *name, *text;
  gboolean pinned;
  guint position;

  g_variant_get (parameter, "(&s&s&sub)", &id, &name, &text, &position, &pinned);
  filter = rfi_job_filter_from_text (text);
  if (filter == NULL || rfi_saved_views_find (get_views (user_data), id) != NULL)
    return;

  view = rfi_saved_view_new (id, name, filter);
  rfi_saved_view_set_pinned (view, pinned);
  if (!rfi_saved_views_insert (get_views (user_data), view, position, &error))
    rfi_window_toast_error (user_data, error);
}

static const GActionEntry entries[] = {
  { .name = "show-view", .activate = show_view, .parameter_type = "s" },
  { .name = "save-view", .activate = save_view, .parameter_type = "s" },
  { .name = "rename-view", .activate = rename_view, .parameter_type = "s" },
  { .name = "move-view", .activate = move_view, .parameter_type = "(si)" },
  { .name = "delete-view", .activate = delete_view, .parameter_type = "s" },
  { .name = "restore-view", .activate = restore_view, .parameter_type = "(sssub)" },
  { .name = "pin-view", .activate = pin_view, .parameter_type = "s" },
};

void
rfi_window_add_views (RfiWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
rfi_window_update_views (RfiWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name)),
      get_views (self) != NULL);
}

void
rfi_window_restore_filter (RfiWindow *self)
{
  RfiJobFilter *filter = rfi_window_get_filter (self);
  RfiSavedViews *views = get_views (self);

  if (views != NULL)
    rfi_job_filter_copy (rfi_saved_views_get_last (views), filter);
  else
    rfi_job_filter_clear (filter);
}

void
rfi_window_keep_filter (RfiWindow *self)
{
  RfiSavedViews *views = get_views (self);
  g_autoptr(GError) error = NULL;

  if (views != NULL
      && !rfi_saved_views_set_last (views, rfi_window_get_filter (self), &error))
    g_warning ("The filter cannot be kept: %s", error->message);
}

void
rfi_window_list_views (RfiWindow  *self,
                       RfiPalette *palette)
{
  RfiSavedViews *saved = get_views (self);

  for (guint i = 0; i < RFI_N_BUILTIN_VIEWS; i++)
    rfi_palette_add_view (palette, rfi_builtin_view_get_id ((RfiBuiltinView) i),
                          rfi_builtin_view_get_title ((RfiBuiltinView) i),
                          rfi_builtin_view_get_icon ((RfiBuiltinView) i));
  for (guint i = 0; saved != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (saved)); i++)
    {
      g_autoptr(RfiSavedView) view = g_list_model_get_item (G_LIST_MODEL (saved), i);

      rfi_palette_add_view (palette, rfi_saved_view_get_id (view),
                            rfi_saved_view_get_name (view), NULL);
    }
}
