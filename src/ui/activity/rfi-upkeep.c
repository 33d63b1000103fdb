/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-upkeep"

#include "config.h"

#include "rfi-upkeep.h"

#include "rfi-cache-row.h"
#include "rfi-device-list.h"
#include "rfi-error-words.h"
#include "rfi-event-inspector.h"
#include "rfi-recovery-words.h"
#include "rfi-session-cache.h"
#include "rfi-session-report.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

/* What a chosen file is for. */
typedef enum {
  SAVE_DIAGNOSTICS,
  SAVE_PERSONAL,
  SAVE_WAITING,
  SAVE_FAILED,
} Save;

struct _RfiUpkeep
{
  AdwBin                parent_instance;

  RfiSession           *session;   /* (owned) (nullable) */
  GtkFileChooserNative *chooser;   /* (owned) (nullable) while it is open */
  Save                  save;

  RfiDeviceList        *devices;   /* template children, from here on */
  RfiCacheRow          *cache;
  GtkLabel             *cache_health;
  GtkLabel             *queue_health;
  GtkLabel             *clock_health;
};

G_DEFINE_FINAL_TYPE (RfiUpkeep, rfi_upkeep, ADW_TYPE_BIN)

static void
toast (RfiUpkeep  *self,
       const char *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)", words, "", "");
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiUpkeep) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (rfi_session_export_finish (RFI_SESSION (object), result, &error))
    words = g_strdup (_("Saved, readable by you alone"));
  else
    words = rfi_error_words (error);
  toast (self, words);
}

static void
save (RfiUpkeep *self,
      Save       what,
      GFile     *file)
{
  if (what == SAVE_DIAGNOSTICS || what == SAVE_PERSONAL)
    rfi_session_export_diagnostics_async (self->session, file, what == SAVE_PERSONAL, saved_cb,
                                          g_object_ref (self));
  else
    rfi_session_export_waiting_async (self->session, file, what == SAVE_FAILED, saved_cb,
                                      g_object_ref (self));
}

static void
chosen_cb (RfiUpkeep *self,
           int        response)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && self->session != NULL)
    save (self, self->save, file);
  g_clear_object (&self->chooser);
}

static void
choose_file (RfiUpkeep *self,
             Save       what)
{
  static const char * const names[] = {
    [SAVE_DIAGNOSTICS] = "dispatch-diagnostics.json",
    [SAVE_PERSONAL] = "dispatch-diagnostics-personal.json",
    [SAVE_WAITING] = "dispatch-waiting-changes.json",
    [SAVE_FAILED] = "dispatch-failed-changes.json",
  };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL || self->session == NULL)
    return;

  self->save = what;
  self->chooser = gtk_file_chooser_native_new (_("Export"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), names[what]);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* What goes in is said, and the personal part is asked for. */
static void
diagnostics_response_cb (AdwMessageDialog *dialog,
                         const char       *response,
                         RfiUpkeep        *self)
{
  GtkWidget *personal = adw_message_dialog_get_extra_child (dialog);

  if (g_str_equal (response, "export"))
    choose_file (self, gtk_check_button_get_active (GTK_CHECK_BUTTON (personal))
                         ? SAVE_PERSONAL : SAVE_DIAGNOSTICS);
}

static void
diagnostics_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  RfiUpkeep *self = RFI_UPKEEP (widget);
  GtkWidget *personal =
    gtk_check_button_new_with_mnemonic (_("With _names, addresses and what waits in full"));
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_WINDOW (gtk_widget_get_root (widget)), _("Export Diagnostics?"),
    _("State, figures of the last day, events, and of each waiting change its kind, state, tries "
      "and error code. No name, no address, nothing that anybody typed, and never a password or a "
      "key."));

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), personal);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "export",
                                    _("_Export…"), NULL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (diagnostics_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
events_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  RfiUpkeep *self = RFI_UPKEEP (widget);

  if (self->session != NULL)
    gtk_window_present (GTK_WINDOW (rfi_event_inspector_new (
      GTK_WINDOW (gtk_widget_get_root (widget)), self->session)));
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  choose_file (RFI_UPKEEP (widget),
               g_variant_get_boolean (parameter) ? SAVE_FAILED : SAVE_WAITING);
}

static void
rebuilt_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiUpkeep) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (rfi_session_rebuild_cache_finish (RFI_SESSION (object), result, &error))
    words = g_strdup (rfi_session_get_online (RFI_SESSION (object))
                        ? _("All jobs are downloaded again")
                        : _("All jobs are downloaded again once there is a connection"));
  else
    words = rfi_error_words (error);
  toast (self, words);
}

static void
rebuild_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  RfiUpkeep *self = RFI_UPKEEP (widget);

  if (self->session != NULL)
    rfi_session_rebuild_cache_async (self->session, rebuilt_cb, g_object_ref (self));
}

/* What came of it. Returns: (transfer full) */
static char *
tell_sizes (gint64 before,
            gint64 after)
{
  g_autofree char *was = g_format_size ((guint64) before);
  g_autofree char *is = g_format_size ((guint64) after);

  if (before <= after)
    /* translators: %s is a size, "2.3 MB" */
    return g_strdup_printf (_("There was nothing to give back: the file has %s"), is);

  /* translators: sizes, "2.3 MB" */
  return g_strdup_printf (_("The file had %s and has %s now"), was, is);
}

static void
compacted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RfiUpkeep) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;
  gint64 before, after;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "upkeep.compact", TRUE);
  if (rfi_session_compact_finish (RFI_SESSION (object), result, &before, &after, &error))
    words = tell_sizes (before, after);
  else
    words = rfi_error_words_compact (error);
  toast (self, words);
  if (self->session != NULL)
    rfi_cache_row_reload (self->cache);
}

static void
compact_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  RfiUpkeep *self = RFI_UPKEEP (widget);

  if (self->session == NULL)
    return;

  gtk_widget_action_set_enabled (widget, "upkeep.compact", FALSE);
  rfi_session_compact_async (self->session, compacted_cb, g_object_ref (self));
}

/* @words: (transfer full) */
static void
set_words (GtkLabel *label,
           char     *words)
{
  g_autofree char *owned = words;

  if (g_strcmp0 (gtk_label_get_label (label), owned) != 0)
    gtk_label_set_label (label, owned);
}

void
rfi_upkeep_update (RfiUpkeep *self)
{
  const RfiSyncState *state;

  g_return_if_fail (RFI_IS_UPKEEP (self));

  if (self->session == NULL)
    return;

  state = rfi_session_get_sync_state (self->session);
  rfi_device_list_update (self->devices);
  set_words (self->cache_health, rfi_recovery_words_cache (self->session));
  set_words (self->queue_health, rfi_recovery_words_queue (self->session));
  set_words (self->clock_health,
             rfi_recovery_words_clock (self->session, g_get_real_time () / 1000));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "upkeep.export-waiting",
                                 state->n_queued + state->n_failed + state->n_conflicts > 0);
}

void
rfi_upkeep_set_session (RfiUpkeep  *self,
                        RfiSession *session)
{
  g_return_if_fail (RFI_IS_UPKEEP (self));

  if (!g_set_object (&self->session, session))
    return;

  rfi_device_list_set_session (self->devices, session);
  rfi_cache_row_set_session (self->cache, session);
  rfi_upkeep_update (self);
}

void
rfi_upkeep_save (RfiUpkeep *self,
                 GFile     *file,
                 gboolean   personal)
{
  g_return_if_fail (RFI_IS_UPKEEP (self) && self->session != NULL);

  save (self, personal ? SAVE_PERSONAL : SAVE_DIAGNOSTICS, file);
}

static void
rfi_upkeep_dispose (GObject *object)
{
  RfiUpkeep *self = RFI_UPKEEP (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_upkeep_parent_class)->dispose (object);
}

static void
rfi_upkeep_class_init (RfiUpkeepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_upkeep_dispose;

  gtk_widget_class_install_action (widget_class, "upkeep.diagnostics", NULL, diagnostics_cb);
  gtk_widget_class_install_action (widget_class, "upkeep.events", NULL, events_cb);
  gtk_widget_class_install_action (widget_class, "upkeep.export-waiting", "b", export_cb);
  gtk_widget_class_install_action (widget_class, "upkeep.rebuild", NULL, rebuild_cb);
  gtk_widget_class_install_action (widget_class, "upkeep.compact", NULL, compact_cb);

  g_type_ensure (RFI_TYPE_CACHE_ROW);
  g_type_ensure (RFI_TYPE_DEVICE_LIST);
  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/activity/rfi-upkeep.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiUpkeep, devices);
  gtk_widget_class_bind_template_child (widget_class, RfiUpkeep, cache);
  gtk_widget_class_bind_template_child (widget_class, RfiUpkeep, cache_health);
  gtk_widget_class_bind_template_child (widget_class, RfiUpkeep, queue_health);
  gtk_widget_class_bind_template_child (widget_class, RfiUpkeep, clock_health);
}

static void
rfi_upkeep_init (RfiUpkeep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
