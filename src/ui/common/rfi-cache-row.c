/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-cache-row"

#include "config.h"

#include "rfi-cache-row.h"

#include "rfi-error-words.h"
#include "rfi-session-cache.h"

#include <glib/gi18n.h>

struct _RfiCacheRow
{
  AdwActionRow  parent_instance;

  RfiSession   *session;      /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) (nullable): of the figures */
  GtkWidget    *clear;
};

G_DEFINE_FINAL_TYPE (RfiCacheRow, rfi_cache_row, ADW_TYPE_ACTION_ROW)

static void
show_stats (RfiCacheRow         *self,
            const RfiCacheStats *stats)
{
  g_autofree char *size = g_format_size ((guint64) stats->n_bytes);
  g_autofree char *photo_size = g_format_size ((guint64) stats->photo_bytes);
  g_autofree char *jobs =
    g_strdup_printf (ngettext ("%'u job", "%'u jobs", stats->n_jobs), stats->n_jobs);
  g_autofree char *photos =
    g_strdup_printf (ngettext ("%'u photo", "%'u photos", stats->n_photos), stats->n_photos);
  /* translators: "51,200 jobs", a size, "28 photos", a size */
  g_autofree char *words = g_strdup_printf (_("%s, %s · %s, %s"), jobs, size, photos, photo_size);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
}

static void
stats_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiCacheRow) self = user_data;
  g_autoptr(GError) error = NULL;
  RfiCacheStats stats;

  if (rfi_session_get_stats_finish (RFI_SESSION (object), result, &stats, &error))
    show_stats (self, &stats);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _("Its size is not known right now"));
}

static void
stop (RfiCacheRow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
rfi_cache_row_reload (RfiCacheRow *self)
{
  g_return_if_fail (RFI_IS_CACHE_ROW (self));

  stop (self);
  gtk_widget_set_sensitive (self->clear, self->session != NULL);
  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->cancellable = g_cancellable_new ();
  rfi_session_get_stats_async (self->session, self->cancellable, stats_cb, g_object_ref (self));
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiCacheRow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_clear_cache_finish (RFI_SESSION (object), result, &error))
    {
      g_autofree char *words = rfi_error_words (error);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
      gtk_widget_set_sensitive (self->clear, TRUE);
      return;
    }

  rfi_cache_row_reload (self);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             RfiCacheRow      *self)
{
  if (!g_str_equal (response, "clear") || self->session == NULL)
    return;

  gtk_widget_set_sensitive (self->clear, FALSE);
  rfi_session_clear_cache_async (self->session, cleared_cb, g_object_ref (self));
}

static void
clear_cb (RfiCacheRow *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean online = rfi_session_get_online (self->session);
  GtkWidget *dialog = adw_message_dialog_new (
    window, _("Clear the Cache?"),
    online ? _("Downloaded jobs and photos are deleted here, and the jobs are downloaded again. "
               "Changes that wait to be sent, conflicts and the history are kept.")
           : _("Downloaded jobs and photos are deleted here. There is no connection right now: "
               "until there is one, you see no jobs. Changes that wait to be sent, conflicts and "
               "the history are kept."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "clear",
                                    _("_Clear"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "clear",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
rfi_cache_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rfi_cache_row_parent_class)->map (widget);

  rfi_cache_row_reload (RFI_CACHE_ROW (widget));
}

void
rfi_cache_row_set_session (RfiCacheRow *self,
                           RfiSession  *session)
{
  g_return_if_fail (RFI_IS_CACHE_ROW (self));

  if (g_set_object (&self->session, session))
    rfi_cache_row_reload (self);
}

static void
rfi_cache_row_dispose (GObject *object)
{
  RfiCacheRow *self = RFI_CACHE_ROW (object);

  stop (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_cache_row_parent_class)->dispose (object);
}

static void
rfi_cache_row_class_init (RfiCacheRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_cache_row_dispose;
  GTK_WIDGET_CLASS (klass)->map = rfi_cache_row_map;
}

static void
rfi_cache_row_init (RfiCacheRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Kept on this computer"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 2);
  self->clear = gtk_button_new_with_mnemonic (_("C_lear…"));
  gtk_widget_set_valign (self->clear, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->clear);
}
