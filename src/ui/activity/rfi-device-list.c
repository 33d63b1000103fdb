/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-device-list"

#include "config.h"

#include "rfi-device-list.h"

#include "rfi-device-words.h"
#include "rfi-error-words.h"
#include "rfi-pill.h"
#include "rfi-session-devices.h"

#include <glib/gi18n.h>

struct _RfiDeviceList
{
  AdwBin        parent_instance;

  RfiSession   *session;      /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) (nullable): of what is asked */
  GtkListBox   *rows;
  GtkLabel     *note;
  gboolean      could_ask;    /* when it was asked last */
};

G_DEFINE_FINAL_TYPE (RfiDeviceList, rfi_device_list, ADW_TYPE_BIN)

static void reload (RfiDeviceList *self);

static void
say (RfiDeviceList *self,
     const char    *words)
{
  gtk_label_set_label (self->note, words);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *words != '\0');
}

static void
revoked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiDeviceList) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (rfi_session_revoke_device_finish (RFI_SESSION (object), result, &error))
    {
      reload (self);
      return;
    }

  words = rfi_error_words (error);
  say (self, words);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             RfiDeviceList    *self)
{
  const char *id = gtk_widget_get_name (GTK_WIDGET (dialog));

  if (g_str_equal (response, "revoke") && self->session != NULL)
    rfi_session_revoke_device_async (self->session, id, NULL, revoked_cb, g_object_ref (self));
}

/* @parameter: the id, and what revoking it will do */
static void
ask_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  RfiDeviceList *self = RFI_DEVICE_LIST (widget);
  const char *id;
  const char *body;
  GtkWidget *dialog;

  g_variant_get (parameter, "(&s&s)", &id, &body);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                   _("Revoke This Device?"), body);
  gtk_widget_set_name (dialog, id);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "revoke",
                                    _("_Revoke"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "revoke",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_fact (AdwExpanderRow *row,
          const char     *name,
          const char     *value)
{
  GtkWidget *fact = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (fact), name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (fact), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (fact), value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (fact), 0);
  adw_expander_row_add_row (row, fact);
}

static void
add_revoke (RfiDeviceList        *self,
            AdwExpanderRow       *row,
            const RfiKnownDevice *device)
{
  g_autofree char *body = rfi_device_words_loss (device);
  /* translators: %s is a device's name */
  g_autofree char *label = g_strdup_printf (_("Revoke %s"), device->name);
  GtkWidget *button = gtk_button_new_with_label (_("Revoke…"));
  GtkWidget *holder = adw_action_row_new ();

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "devices.revoke");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", device->id, body);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (holder), _("Lost or not trusted?"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (holder), button);
  adw_expander_row_add_row (row, holder);
}

static void
add_device (RfiDeviceList        *self,
            const RfiKnownDevice *device)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  GtkWidget *pill = g_object_new (RFI_TYPE_PILL, "filled", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
  g_autofree char *subtitle = rfi_device_words_summary (device);
  g_autofree char *number = g_strdup_printf ("%'" G_GINT64_FORMAT, device->last_number);
  g_autofree char *clock = rfi_device_words_clock (device);
  const char *style;
  const char *word = rfi_device_words_standing (device, g_get_real_time () / 1000, &style);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), device->name);
  adw_expander_row_set_subtitle (row, subtitle);
  rfi_pill_set (RFI_PILL (pill), NULL, word, style);
  adw_expander_row_add_action (row, pill);
  add_fact (row, _("Id"), device->id);
  add_fact (row, _("Key fingerprint"), device->fingerprint);
  add_fact (row, _("Last number signed"), number);
  add_fact (row, _("Clock"), clock);
  if (!device->revoked)
    add_revoke (self, row, device);
  gtk_list_box_append (self->rows, GTK_WIDGET (row));
}

static void
clear (RfiDeviceList *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, row);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiDeviceList) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;
  g_autoptr(GPtrArray) devices =
    rfi_session_list_devices_finish (RFI_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (devices == NULL)
    {
      words = rfi_error_words (error);
      say (self, words);
      return;
    }

  clear (self);
  for (guint i = 0; i < devices->len; i++)
    add_device (self, g_ptr_array_index (devices, i));
  gtk_widget_set_visible (GTK_WIDGET (self->rows), devices->len > 0);
  say (self, devices->len > 0 ? "" : _("No device has signed anything yet."));
}

static void
stop (RfiDeviceList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static const char *
find_reason (RfiSession *session)
{
  const RfiSyncState *state = rfi_session_get_sync_state (session);

  if (!rfi_session_get_online (session) || state->dialect == RFI_DIALECT_UNKNOWN)
    return _("The list of devices is at the server: it is shown when there is a connection.");

  return _("This server knows no devices: changes are not signed here.");
}

static void
reload (RfiDeviceList *self)
{
  stop (self);
  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->could_ask = rfi_session_has_devices (self->session);
  if (!self->could_ask)
    {
      say (self, find_reason (self->session));
      return;
    }

  self->cancellable = g_cancellable_new ();
  rfi_session_list_devices_async (self->session, self->cancellable, listed_cb,
                                  g_object_ref (self));
}

void
rfi_device_list_update (RfiDeviceList *self)
{
  g_return_if_fail (RFI_IS_DEVICE_LIST (self));

  if (self->session != NULL && rfi_session_has_devices (self->session) != self->could_ask)
    reload (self);
}

void
rfi_device_list_set_session (RfiDeviceList *self,
                             RfiSession    *session)
{
  g_return_if_fail (RFI_IS_DEVICE_LIST (self));

  if (!g_set_object (&self->session, session))
    return;

  clear (self);
  gtk_widget_hide (GTK_WIDGET (self->rows));
  reload (self);
}

static void
rfi_device_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rfi_device_list_parent_class)->map (widget);

  reload (RFI_DEVICE_LIST (widget));
}

static void
rfi_device_list_dispose (GObject *object)
{
  RfiDeviceList *self = RFI_DEVICE_LIST (object);

  stop (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_device_list_parent_class)->dispose (object);
}

static void
rfi_device_list_class_init (RfiDeviceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_device_list_dispose;
  widget_class->map = rfi_device_list_map;

  gtk_widget_class_install_action (widget_class, "devices.revoke", "(ss)", ask_cb);
}

static void
rfi_device_list_init (RfiDeviceList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  self->note = GTK_LABEL (gtk_label_new (""));
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "boxed-list");
  gtk_widget_hide (GTK_WIDGET (self->rows));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Devices"), -1);
  gtk_label_set_xalign (self->note, 0);
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rows));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  adw_bin_set_child (ADW_BIN (self), box);
}
