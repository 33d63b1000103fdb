/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-alert-button.h"
#include "rfi-bulk-bar.h"
#include "rfi-conflicts-page.h"
#include "rfi-connection-pill.h"
#include "rfi-detail-pane.h"
#include "rfi-download-page.h"
#include "rfi-error-words.h"
#include "rfi-frame-memory.h"
#include "rfi-gallery-page.h"
#include "rfi-hidden-hint.h"
#include "rfi-job-item.h"
#include "rfi-side-pane.h"
#include "rfi-sidebar.h"
#include "rfi-signin-page.h"
#include "rfi-sizer.h"
#include "rfi-still-cursor.h"
#include "rfi-strip.h"
#include "rfi-undo-actions.h"
#include "rfi-width-bin.h"

#include <glib/gi18n.h>

struct _RfiWindow
{
  AdwApplicationWindow  parent_instance;

  RfiSessionManager    *manager;         /* (owned) */
  RfiSession           *session;         /* (owned) (nullable) */
  RfiAlertDesk         *desk;            /* (owned) */
  RfiJobFilter         *filter;          /* (owned) */
  RfiJobSelection      *selection;       /* (owned) */
  RfiUndoActions       *undo;            /* (owned) */
  GSettings            *settings;        /* (owned) */
  gboolean              sidebar_wanted;  /* where it has room of its own */
  guint                 switcher_source;
  gboolean              arranging;       /* what is shown follows the room there is */

  AdwToastOverlay      *toasts;
  GtkStack             *views;
  RfiSigninPage        *signin;
  RfiWidthBin          *frame;
  AdwSqueezer          *title_squeezer;
  GtkWidget            *switcher;
  GtkWidget            *search_button;
  RfiConnectionPill    *pill;
  RfiAlertButton       *alerts;
  GtkSearchBar         *search_bar;
  GtkWidget            *search_entry;
  RfiHiddenHint        *hidden_hint;
  RfiStrip             *strip;
  AdwFlap              *sidebar_flap;
  RfiSidebar           *sidebar;
  RfiSizer             *sidebar_sizer;
  AdwFlap              *detail_flap;
  RfiSizer             *detail_sizer;
  GtkWidget            *detail;
  GtkPaned             *split;
  GtkStack             *deck;
  AdwViewStack         *pages;
  RfiGalleryPage       *gallery;
  AdwViewSwitcherBar   *switcher_bar;
  RfiBulkBar           *bulk_bar;
  GMenu                *undo_section;
};

G_DEFINE_FINAL_TYPE (RfiWindow, rfi_window, ADW_TYPE_APPLICATION_WINDOW)

/* Pages */

GtkWidget *
rfi_window_make_page (RfiWindow  *self,
                      const char *name)
{
  GtkWidget *page = rfi_window_pages_make (name, self->filter, self->selection);

  g_object_set (page, "session", self->session, NULL);
  return page;
}

static void
set_pages_session (RfiWindow  *self,
                   RfiSession *session)
{
  rfi_window_pages_set_session (self->pages, session);
  rfi_window_update_split (self, FALSE);
  rfi_window_update_split (self, rfi_window_has_room (self));
  rfi_gallery_page_set_session (self->gallery, session);
  gtk_stack_set_visible_child (self->deck, GTK_WIDGET (self->pages));
}

/* Photos lie over the pages and go back to the one they were asked for from. */
static void
gallery_closed_cb (RfiWindow *self)
{
  gtk_stack_set_visible_child (self->deck, GTK_WIDGET (self->pages));
  gtk_widget_child_focus (GTK_WIDGET (self->pages), GTK_DIR_TAB_FORWARD);
}

static void
page_changed_cb (RfiWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->pages);

  if (name != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    g_settings_set_string (self->settings, "page", name);
}

/* Width */

/* Whether what is filtered is shown. */
static gboolean
shows_filtered (RfiWindow *self)
{
  return rfi_window_pages_is_filtered (rfi_window_get_split_page (self))
         || (gtk_stack_get_visible_child (self->deck) == GTK_WIDGET (self->pages)
             && rfi_window_pages_is_filtered (adw_view_stack_get_visible_child (self->pages)));
}

/* The sidebar filters what pages of jobs show. It shows by itself where there is room for it
 * beside the page and the detail.
 */
static void
update_sidebar (RfiWindow *self)
{
  RfiWidth step;
  gboolean room;

  /* Pages go with their window one after the other. */
  if (self->filter == NULL)
    return;

  step = rfi_width_bin_get_step (self->frame);
  room = step == RFI_WIDTH_HUGE
         || (step == RFI_WIDTH_WIDE && !adw_flap_get_reveal_flap (self->detail_flap));
  self->arranging = TRUE;
  adw_flap_set_reveal_flap (self->sidebar_flap,
                            room && self->sidebar_wanted && shows_filtered (self));
  self->arranging = FALSE;
}

static void
width_step_cb (RfiWindow *self)
{
  RfiWidth step = rfi_width_bin_get_step (self->frame);
  gboolean overlay = step < RFI_WIDTH_WIDE;
  gboolean narrow = step == RFI_WIDTH_NARROW;

  adw_flap_set_fold_policy (self->sidebar_flap, overlay ? ADW_FLAP_FOLD_POLICY_ALWAYS
                                                        : ADW_FLAP_FOLD_POLICY_NEVER);
  update_sidebar (self);
  rfi_window_update_split (self, !overlay);

  /* In little room the detail is a page: it takes all the width there is. */
  adw_flap_set_fold_policy (self->detail_flap, narrow ? ADW_FLAP_FOLD_POLICY_ALWAYS
                                                      : ADW_FLAP_FOLD_POLICY_NEVER);
  gtk_widget_set_hexpand (self->detail, narrow);
  if (narrow)
    gtk_widget_set_size_request (self->detail, -1, -1);
  else
    rfi_sizer_restore (self->detail_sizer);
  rfi_connection_pill_set_compact (self->pill, narrow);
  /* Words here would push the names of the pages out of the header, in longer languages first. */
  rfi_alert_button_set_room (self->alerts, narrow ? RFI_ALERT_ROOM_SYMBOL
                                           : step < RFI_WIDTH_HUGE ? RFI_ALERT_ROOM_NUMBER
                                                                   : RFI_ALERT_ROOM_WORD);
  rfi_strip_set_compact (self->strip, narrow);
  gtk_widget_set_visible (self->search_button, !narrow);
}

static void
show_switcher_cb (gpointer user_data)
{
  RfiWindow *self = user_data;

  self->switcher_source = 0;
  adw_view_switcher_bar_set_reveal (self->switcher_bar,
                                    adw_squeezer_get_visible_child (self->title_squeezer)
                                    != self->switcher);
}

/* This is told while the header is laid out, when it is too late to give the bar any height. */
static void
title_squeezed_cb (RfiWindow *self)
{
  if (self->switcher_source == 0)
    self->switcher_source = g_idle_add_once (show_switcher_cb, self);
}

static void
sidebar_revealed_cb (RfiWindow *self)
{
  if (!self->arranging && rfi_width_bin_get_step (self->frame) >= RFI_WIDTH_WIDE)
    self->sidebar_wanted = adw_flap_get_reveal_flap (self->sidebar_flap);
}

/* Detail */

/* Beside the pages, the detail follows the selection. */
static void
selected_cb (RfiWindow *self)
{
  RfiJobItem *item = rfi_job_selection_get_cursor (self->selection);

  if (item != NULL && adw_flap_get_reveal_flap (self->detail_flap)
      && !adw_flap_get_folded (self->detail_flap))
    rfi_detail_pane_set_job_id (RFI_DETAIL_PANE (self->detail), rfi_job_item_get_id (item));
}

/* While it is away it takes part in no layout: its words need more width than a narrow board. */
static void
detail_progress_cb (RfiWindow *self)
{
  gtk_widget_set_visible (self->detail, adw_flap_get_reveal_flap (self->detail_flap)
                                        || adw_flap_get_reveal_progress (self->detail_flap) > 0);
}

static void
detail_revealed_cb (RfiWindow *self)
{
  detail_progress_cb (self);
  if (!adw_flap_get_reveal_flap (self->detail_flap))
    rfi_detail_pane_set_job_id (RFI_DETAIL_PANE (self->detail), NULL);
  update_sidebar (self);
}

/* Search */

static void
search_changed_cb (RfiWindow *self)
{
  rfi_job_filter_set_text (self->filter,
                           gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

static void
search_activate_cb (RfiWindow *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->pages), GTK_DIR_TAB_FORWARD);
}

static void
search_mode_cb (RfiWindow *self)
{
  if (!gtk_search_bar_get_search_mode (self->search_bar))
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    rfi_window_show_filtered (self);
}

/* A chip or a view may have changed the text. */
static void
filter_changed_cb (RfiWindow *self)
{
  const char *text = rfi_job_filter_get_text (self->filter);

  if (text == NULL)
    text = "";
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self->search_entry))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
}

/* The session */

static void
show_main (RfiWindow *self)
{
  gtk_stack_set_visible_child_name (self->views, "main");
  rfi_signin_page_set_session (self->signin, NULL);
  gtk_widget_child_focus (GTK_WIDGET (self->pages), GTK_DIR_TAB_FORWARD);
}

static void
signing_in_cb (RfiWindow *self)
{
  rfi_frame_memory_prepare (GTK_WIDGET (self));
}

static void
ready_cb (RfiWindow *self)
{
  if (self->session != NULL)
    show_main (self);
}

static void
signed_out_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(RfiWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_manager_sign_out_finish (RFI_SESSION_MANAGER (object), result, &error))
    rfi_window_toast_error (self, error);
}

/* What was downloaded stays for the next time. */
static void
download_cancelled_cb (RfiWindow *self)
{
  rfi_session_manager_sign_out_async (self->manager, RFI_SIGN_OUT_KEEP_PENDING, NULL,
                                      signed_out_cb, g_object_ref (self));
}

static void
watch_session (RfiWindow *self)
{
  g_signal_connect_object (self->session, "notify::online",
                           G_CALLBACK (rfi_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::keyring-note",
                           G_CALLBACK (rfi_window_note_keyring), self, G_CONNECT_SWAPPED);
  rfi_window_note_keyring (self);
  rfi_window_note_recovery (self);
}

static void
forget_session (RfiWindow *self)
{
  if (self->session == NULL)
    return;

  g_signal_handlers_disconnect_by_func (self->session, rfi_window_update_actions, self);
  g_signal_handlers_disconnect_by_func (self->session, rfi_window_note_keyring, self);
}

static void
session_changed_cb (RfiWindow *self)
{
  RfiSession *session = rfi_session_manager_get_session (self->manager);

  if (self->session == session)
    return;

  rfi_window_close_detail (self);
  forget_session (self);
  g_set_object (&self->session, session);
  set_pages_session (self, session);
  rfi_detail_pane_set_session (RFI_DETAIL_PANE (self->detail), session);
  rfi_sidebar_set_session (self->sidebar, session);
  rfi_connection_pill_set_session (self->pill, session);
  rfi_strip_set_session (self->strip, session);
  rfi_hidden_hint_set (self->hidden_hint, session, self->filter);
  rfi_window_restore_filter (self);
  rfi_undo_actions_set_session (self->undo, session);
  rfi_window_update_actions (self);
  rfi_window_update_badges (self);
  if (session != NULL)
    watch_session (self);

  if (session == NULL || rfi_download_page_is_needed (session))
    {
      gtk_stack_set_visible_child_name (self->views, "signin");
      rfi_signin_page_set_session (self->signin, session);
    }
  else
    {
      show_main (self);
    }
}

static void
alerts_changed_cb (RfiWindow *self)
{
  rfi_alert_button_set_list (self->alerts, rfi_window_get_alerts (self));
  rfi_window_update_badges (self);
}

/* The window itself */

/* Tables follow by the style sheet. */
static void
density_changed_cb (RfiWindow *self)
{
  static const char * const classes[] = { "roomy", "standard", "compact" };
  guint density = (guint) g_settings_get_enum (self->settings, "density");

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (i == density)
      gtk_widget_add_css_class (GTK_WIDGET (self), classes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), classes[i]);
}

static void
restore_state (RfiWindow *self)
{
  g_autofree char *page = g_settings_get_string (self->settings, "page");

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  self->sidebar_wanted = g_settings_get_boolean (self->settings, "sidebar-visible");
  adw_flap_set_reveal_flap (self->sidebar_flap, self->sidebar_wanted);
  rfi_sizer_restore (self->sidebar_sizer);
  if (adw_view_stack_get_child_by_name (self->pages, page) != NULL)
    adw_view_stack_set_visible_child_name (self->pages, page);
}

static void
save_state (RfiWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (360, width));
  g_settings_set_int (self->settings, "window-height", MAX (240, height));
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_boolean (self->settings, "sidebar-visible", self->sidebar_wanted);
}

static gboolean
rfi_window_close_request (GtkWindow *window)
{
  save_state (RFI_WINDOW (window));
  rfi_window_keep_filter (RFI_WINDOW (window));
  if (rfi_window_ask_quit (RFI_WINDOW (window)))
    return GDK_EVENT_STOP;

  return GTK_WINDOW_CLASS (rfi_window_parent_class)->close_request (window);
}

static void
rfi_window_dispose (GObject *object)
{
  RfiWindow *self = RFI_WINDOW (object);

  g_clear_handle_id (&self->switcher_source, g_source_remove);
  /* It holds what it is about, which in turn holds on to the actions of the window. */
  if (self->manager != NULL)
    g_action_map_remove_action (G_ACTION_MAP (self), "toggle-sidebar");
  forget_session (self);
  g_clear_object (&self->session);
  g_clear_object (&self->filter);
  g_clear_object (&self->selection);
  g_clear_object (&self->undo);
  g_clear_object (&self->settings);
  g_clear_object (&self->manager);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (rfi_window_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (RFI_TYPE_ALERT_BUTTON);
  g_type_ensure (RFI_TYPE_BULK_BAR);
  g_type_ensure (RFI_TYPE_CONNECTION_PILL);
  g_type_ensure (RFI_TYPE_DETAIL_PANE);
  g_type_ensure (RFI_TYPE_GALLERY_PAGE);
  g_type_ensure (RFI_TYPE_HIDDEN_HINT);
  g_type_ensure (RFI_TYPE_SIDEBAR);
  g_type_ensure (RFI_TYPE_SIDE_PANE);
  g_type_ensure (RFI_TYPE_SIGNIN_PAGE);
  g_type_ensure (RFI_TYPE_SIZER);
  g_type_ensure (RFI_TYPE_STRIP);
  g_type_ensure (RFI_TYPE_WIDTH_BIN);
}

static void
rfi_window_class_init (RfiWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rfi_window_close_request;

  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/retailfixit/Dispatch/ui/shell/rfi-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, views);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, signin);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, frame);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, title_squeezer);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, pill);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, alerts);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, hidden_hint);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, sidebar_flap);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, detail_flap);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, detail_sizer);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, sidebar_sizer);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, detail);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, split);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, deck);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, gallery);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, pages);
  gtk_widget_class_bind_template_child_full (widget_class, "menu_button", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "main_menu", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "signin_menu_button", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "signin_menu", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "side_pane", FALSE, 0);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, bulk_bar);
  gtk_widget_class_bind_template_child (widget_class, RfiWindow, undo_section);
  gtk_widget_class_bind_template_callback (widget_class, gallery_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, signing_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, ready_cb);
  gtk_widget_class_bind_template_callback (widget_class, download_cancelled_cb);
  gtk_widget_class_bind_template_callback (widget_class, width_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_squeezed_cb);
  gtk_widget_class_bind_template_callback (widget_class, detail_progress_cb);
  gtk_widget_class_bind_template_callback (widget_class, detail_revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);

  /* After the widgets had their chance: Escape in the search entry ends the search. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.close-detail", NULL);
}

static void
add_sidebar_action (RfiWindow *self)
{
  g_autoptr(GPropertyAction) action = g_property_action_new ("toggle-sidebar", self->sidebar_flap,
                                                             "reveal-flap");

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
rfi_window_init (RfiWindow *self)
{
  self->settings = g_settings_new (RFI_APP_ID);
  self->filter = rfi_job_filter_new ();
  self->selection = rfi_job_selection_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  rfi_window_add_menus (self);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  rfi_still_cursor_watch (GTK_EDITABLE (self->search_entry));
  rfi_window_pages_fill (self->pages, self->filter, self->selection);
  /* With each page they make the buttons of all anew, so they come when the pages are there. */
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (self->switcher), self->pages);
  adw_view_switcher_bar_set_stack (self->switcher_bar, self->pages);
  rfi_sidebar_set_filter (self->sidebar, self->filter);
  add_sidebar_action (self);
  rfi_window_add_actions (self);
  rfi_window_add_split (self);
  rfi_window_add_alert_actions (self);
  rfi_window_add_print_actions (self);
  rfi_window_add_bulk_actions (self);
  rfi_bulk_bar_set_selection (self->bulk_bar, self->selection);
  self->undo = rfi_undo_actions_new (self, self->undo_section);
  restore_state (self);

  g_signal_connect_object (self->settings, "changed::density", G_CALLBACK (density_changed_cb),
                           self, G_CONNECT_SWAPPED);
  density_changed_cb (self);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deck, "notify::visible-child", G_CALLBACK (update_sidebar), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (update_sidebar), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_paned_get_end_child (self->split), "notify",
                           G_CALLBACK (update_sidebar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar_flap, "notify::reveal-flap",
                           G_CALLBACK (sidebar_revealed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::cursor", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
rfi_window_new (AdwApplication    *application,
                RfiSessionManager *manager,
                RfiAlertDesk      *alerts)
{
  RfiWindow *self = g_object_new (RFI_TYPE_WINDOW, "application", application, NULL);

  self->manager = g_object_ref (manager);
  self->desk = g_object_ref (alerts);
  g_signal_connect_object (alerts, "notify::list", G_CALLBACK (alerts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  alerts_changed_cb (self);
  rfi_signin_page_set_manager (self->signin, manager);
  g_signal_connect_object (manager, "notify::session", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  session_changed_cb (self);
  rfi_window_update_actions (self);
  return GTK_WIDGET (self);
}

void
rfi_window_set_server (RfiWindow  *self,
                       const char *server)
{
  g_return_if_fail (RFI_IS_WINDOW (self));

  rfi_signin_page_set_server (self->signin, server);
}

void
rfi_window_show_error (RfiWindow    *self,
                       const GError *error)
{
  g_return_if_fail (RFI_IS_WINDOW (self));

  rfi_signin_page_show_error (self->signin, error);
}

RfiSession *
rfi_window_get_session (RfiWindow *self)
{
  return self->session;
}

RfiSessionManager *
rfi_window_get_manager (RfiWindow *self)
{
  return self->manager;
}

RfiAlertList *
rfi_window_get_alerts (RfiWindow *self)
{
  return rfi_alert_desk_get_list (self->desk);
}

RfiJobFilter *
rfi_window_get_filter (RfiWindow *self)
{
  return self->filter;
}

RfiJobSelection *
rfi_window_get_selection (RfiWindow *self)
{
  return self->selection;
}

void
rfi_window_show_page (RfiWindow  *self,
                      const char *name)
{
  GtkWidget *page = adw_view_stack_get_child_by_name (self->pages, name);

  if (page == NULL)
    return;

  if (adw_flap_get_folded (self->detail_flap))
    rfi_window_close_detail (self);
  gtk_stack_set_visible_child (self->deck, GTK_WIDGET (self->pages));
  adw_view_stack_set_visible_child (self->pages, page);
}

GtkWidget *
rfi_window_get_page (RfiWindow  *self,
                     const char *name)
{
  return rfi_window_pages_get (self->pages, name);
}

gboolean
rfi_window_has_room (RfiWindow *self)
{
  return rfi_width_bin_get_step (self->frame) >= RFI_WIDTH_WIDE;
}

void
rfi_window_show_filtered (RfiWindow *self)
{
  if (!shows_filtered (self))
    rfi_window_show_page (self, "board");
}

void
rfi_window_show_job (RfiWindow  *self,
                     const char *job_id)
{
  g_autoptr(RfiJobItem) item = NULL;

  rfi_detail_pane_set_job_id (RFI_DETAIL_PANE (self->detail), job_id);
  adw_flap_set_reveal_flap (self->detail_flap, TRUE);
  if (self->session != NULL)
    item = rfi_job_table_get_item (rfi_session_get_jobs (self->session), job_id);
  rfi_job_selection_look_at (self->selection, item);
  if (adw_flap_get_folded (self->detail_flap))
    gtk_widget_child_focus (self->detail, GTK_DIR_TAB_FORWARD);
}

void
rfi_window_close_detail (RfiWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  gboolean inside = focus != NULL && gtk_widget_is_ancestor (focus, self->detail);

  adw_flap_set_reveal_flap (self->detail_flap, FALSE);
  if (inside)
    gtk_widget_child_focus (GTK_WIDGET (self->pages), GTK_DIR_TAB_FORWARD);
}

void
rfi_window_show_photos (RfiWindow  *self,
                        const char *job_id,
                        const char *photo_id)
{
  rfi_window_close_detail (self);
  rfi_gallery_page_show_photo (self->gallery, job_id, photo_id);
  gtk_stack_set_visible_child (self->deck, GTK_WIDGET (self->gallery));
  gtk_widget_child_focus (GTK_WIDGET (self->gallery), GTK_DIR_TAB_FORWARD);
}

void
rfi_window_undo_decision (RfiWindow *self)
{
  rfi_conflicts_page_undo (RFI_CONFLICTS_PAGE (rfi_window_get_page (self, "conflicts")));
}

void
rfi_window_show_conflict (RfiWindow  *self,
                          const char *conflict_id)
{
  rfi_window_show_page (self, "conflicts");
  rfi_conflicts_page_show (RFI_CONFLICTS_PAGE (rfi_window_get_page (self, "conflicts")),
                           conflict_id);
}

void
rfi_window_search (RfiWindow *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (self->search_entry);
}

AdwToast *
rfi_window_toast (RfiWindow  *self,
                  const char *text,
                  const char *label,
                  const char *action)
{
  AdwToast *toast = rfi_window_make_toast (self, text, label, action);

  adw_toast_overlay_add_toast (self->toasts, toast);
  return toast;
}

void
rfi_window_toast_error (RfiWindow    *self,
                        const GError *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  words = rfi_error_words (error);
  rfi_window_toast (self, words, NULL, NULL);
}
