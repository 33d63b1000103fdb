/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-connection-pill"

#include "config.h"

#include "rfi-connection-pill.h"

#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-renew.h"
#include "rfi-truth.h"

#include <glib/gi18n.h>

/* How far a first download is, is told so often: each time the header finds its places anew. */
#define PROGRESS_MS 250

struct _RfiConnectionPill
{
  AdwBin         parent_instance;

  RfiSession    *session;      /* (owned) (nullable) */
  GBinding      *binding;      /* (unowned) (nullable) of the switch */
  const char    *style_class;  /* (nullable) */
  guint          source;       /* ticks while the popover is open */
  guint          late_source;  /* until the next words of a download */
  gint64         told;         /* when the last ones were told, µs */
  gboolean       downloading;  /* they were of a download */

  GtkMenuButton *button;
  GtkImage      *icon;
  GtkLabel      *words;
  GtkPopover    *popover;
  GtkLabel      *title;
  GtkLabel      *last_sync;
  GtkLabel      *next_sync;
  GtkLabel      *latency;
  GtkLabel      *queue;
  GtkLabel      *real_time;
  GtkLabel      *server;
  GtkLabel      *error;
  GtkWidget     *error_title;
  GtkSwitch     *offline;
};

G_DEFINE_FINAL_TYPE (RfiConnectionPill, rfi_connection_pill, ADW_TYPE_BIN)

static RfiSyncState *
get_state (RfiConnectionPill *self)
{
  return self->session != NULL ? rfi_session_get_sync_state (self->session) : NULL;
}

static void
update_button (RfiConnectionPill *self)
{
  RfiSyncState *state = get_state (self);
  const char *style_class = rfi_truth_style_class (state);
  g_autofree char *words = rfi_truth_words (state);
  /* translators: %s is the state of the connection, such as "Live" */
  g_autofree char *label = g_strdup_printf (_("Connection: %s"), words);

  if (self->style_class != style_class)
    {
      if (self->style_class != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self), self->style_class);
      gtk_widget_add_css_class (GTK_WIDGET (self), style_class);
      self->style_class = style_class;
    }
  rfi_renew_icon (self->icon, rfi_truth_icon (state));
  gtk_label_set_label (self->words, words);
  gtk_label_set_label (self->title, words);
  rfi_renew_tooltip (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_times (RfiConnectionPill  *self,
              const RfiSyncState *state)
{
  g_autofree char *last = state->last_sync_at > 0 ? rfi_format_ago (state->last_sync_at)
                                                  : g_strdup (_("never"));
  g_autofree char *next = rfi_truth_next_try (state);
  g_autofree char *latency = state->latency > 0 ? g_strdup_printf (_("%u ms"), state->latency)
                                                : g_strdup ("—");

  gtk_label_set_label (self->last_sync, last);
  gtk_label_set_label (self->next_sync, next[0] != '\0' ? next : "—");
  gtk_label_set_label (self->latency, latency);
}

static void
update_queue (RfiConnectionPill  *self,
              const RfiSyncState *state)
{
  g_autofree char *age = NULL;
  g_autofree char *text = NULL;

  if (state->n_queued == 0)
    {
      gtk_label_set_label (self->queue, _("everything is sent"));
      return;
    }

  age = rfi_format_age (state->oldest_queued_at);
  /* translators: so many changes wait, the oldest for such as "3 min" */
  text = g_strdup_printf (ngettext ("%u change, for %s", "%u changes, the oldest for %s",
                                    state->n_queued), state->n_queued, age);
  gtk_label_set_label (self->queue, text);
}

static void
update_real_time (RfiConnectionPill  *self,
                  const RfiSyncState *state)
{
  g_autofree char *since = NULL;
  g_autofree char *text = NULL;

  if (state->real_time && state->real_time_since > 0)
    {
      since = rfi_format_clock (state->real_time_since);
      /* translators: %s is a time of day */
      text = g_strdup_printf (_("connected since %s"), since);
    }
  gtk_label_set_label (self->real_time, text != NULL ? text
                                        : state->real_time ? _("connected") : _("not connected"));
}

static void
update_error (RfiConnectionPill  *self,
              const RfiSyncState *state)
{
  gboolean any = state->error_code != NULL || state->error_message != NULL;
  g_autofree char *words = NULL;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->error_title, any);
  gtk_widget_set_visible (GTK_WIDGET (self->error), any);
  if (!any)
    return;

  words = rfi_error_words_code (state->error_code, state->error_message);
  when = rfi_format_clock (state->error_at);
  text = g_strdup_printf ("%s  %s\n%s", when, words,
                          state->error_message != NULL ? state->error_message : "");
  gtk_label_set_label (self->error, g_strchomp (text));
}

static void
update_popover (RfiConnectionPill *self)
{
  RfiSyncState *state = get_state (self);

  if (state == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return;

  update_times (self, state);
  update_queue (self, state);
  update_real_time (self, state);
  update_error (self, state);
  gtk_label_set_label (self->server, rfi_session_get_server_url (self->session));
}

static void
update (RfiConnectionPill *self)
{
  update_button (self);
  update_popover (self);
}

static void
tell (RfiConnectionPill *self)
{
  RfiSyncState *state = get_state (self);

  g_clear_handle_id (&self->late_source, g_source_remove);
  self->told = g_get_monotonic_time ();
  self->downloading = state != NULL && state->first_pull;
  update (self);
}

static gboolean
late_cb (gpointer user_data)
{
  RfiConnectionPill *self = user_data;

  self->late_source = 0;
  tell (self);
  return G_SOURCE_REMOVE;
}

static void
state_cb (RfiConnectionPill *self)
{
  RfiSyncState *state = get_state (self);
  gint64 since = (g_get_monotonic_time () - self->told) / 1000;

  if (!self->downloading || !state->first_pull || since >= PROGRESS_MS)
    tell (self);
  else if (self->late_source == 0)
    self->late_source = g_timeout_add ((guint) (PROGRESS_MS - since), late_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
visible_cb (RfiConnectionPill *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    {
      update (self);
      if (self->source == 0)
        self->source = g_timeout_add_seconds (1, tick_cb, self);
    }
  else
    {
      g_clear_handle_id (&self->source, g_source_remove);
    }
}

static void
rfi_connection_pill_dispose (GObject *object)
{
  RfiConnectionPill *self = RFI_CONNECTION_PILL (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->late_source, g_source_remove);
  g_clear_pointer (&self->binding, g_binding_unbind);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_connection_pill_parent_class)->dispose (object);
}

static void
rfi_connection_pill_class_init (RfiConnectionPillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_connection_pill_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/shell/rfi-connection-pill.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, button);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, icon);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, words);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, popover);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, title);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, last_sync);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, next_sync);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, latency);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, queue);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, real_time);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, server);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, error);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, error_title);
  gtk_widget_class_bind_template_child (widget_class, RfiConnectionPill, offline);
  gtk_widget_class_bind_template_callback (widget_class, visible_cb);
}

static void
rfi_connection_pill_init (RfiConnectionPill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
rfi_connection_pill_set_session (RfiConnectionPill *self,
                                 RfiSession        *session)
{
  g_return_if_fail (RFI_IS_CONNECTION_PILL (self));

  if (self->session == session)
    return;

  g_clear_pointer (&self->binding, g_binding_unbind);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, state_cb, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      self->binding = g_object_bind_property (session, "forced-offline", self->offline, "active",
                                              G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
      g_signal_connect_object (session, "notify::sync-state", G_CALLBACK (state_cb), self,
                               G_CONNECT_SWAPPED);
    }
  tell (self);
}

void
rfi_connection_pill_set_compact (RfiConnectionPill *self,
                                 gboolean           compact)
{
  g_return_if_fail (RFI_IS_CONNECTION_PILL (self));

  gtk_widget_set_visible (GTK_WIDGET (self->words), !compact);
}
