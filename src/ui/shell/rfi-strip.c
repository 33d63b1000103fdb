/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-strip"

#include "config.h"

#include "rfi-strip.h"

#include "rfi-renew.h"
#include "rfi-truth.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

struct _RfiStrip
{
  AdwBin       parent_instance;

  RfiSession  *session;  /* (owned) (nullable) */
  gboolean     compact;
  guint        source;   /* ticks while a next try is awaited */

  GtkRevealer *revealer;
  GtkImage    *icon;
  GtkLabel    *headline;
  GtkLabel    *advice;
  GtkWidget   *queue;
  GtkButton   *remedy;
};

G_DEFINE_FINAL_TYPE (RfiStrip, rfi_strip, ADW_TYPE_BIN)

static void
update_remedy (RfiStrip           *self,
               const RfiSyncState *state,
               gboolean            forced_offline)
{
  const char *label = _("Try Now");
  const char *action = "app.sync-now";

  if (state->phase == RFI_PHASE_NEEDS_SIGN_IN)
    {
      label = _("Sign In…");
      action = "win.renew";
    }
  else if (forced_offline)
    {
      label = _("Go Online");
      action = "app.toggle-offline";
    }
  gtk_button_set_label (self->remedy, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->remedy), action);
}

static void update (RfiStrip *self);

static gboolean
tick_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
set_ticking (RfiStrip *self,
             gboolean  ticking)
{
  if (ticking && self->source == 0)
    self->source = g_timeout_add_seconds (1, tick_cb, self);
  else if (!ticking)
    g_clear_handle_id (&self->source, g_source_remove);
}

static void
update (RfiStrip *self)
{
  RfiSyncState *state = self->session != NULL ? rfi_session_get_sync_state (self->session) : NULL;
  gboolean trouble = rfi_truth_is_trouble (state);
  gboolean forced_offline = FALSE;
  g_autofree char *headline = NULL;
  g_autofree char *advice = NULL;

  gtk_revealer_set_reveal_child (self->revealer, trouble);
  set_ticking (self, trouble && state->next_try_at != 0);
  if (!trouble)
    return;

  g_object_get (self->session, "forced-offline", &forced_offline, NULL);
  headline = rfi_truth_headline (state, forced_offline);
  advice = rfi_truth_advice (state, forced_offline);
  rfi_renew_icon (self->icon, rfi_truth_icon (state));
  gtk_label_set_label (self->headline, headline);
  gtk_label_set_label (self->advice, advice);
  gtk_widget_set_visible (self->queue, state->n_queued > 0 && !self->compact);
  update_remedy (self, state, forced_offline);
}

static void
rfi_strip_dispose (GObject *object)
{
  RfiStrip *self = RFI_STRIP (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_strip_parent_class)->dispose (object);
}

static void
rfi_strip_class_init (RfiStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_strip_dispose;

  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/retailfixit/Dispatch/ui/shell/rfi-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiStrip, revealer);
  gtk_widget_class_bind_template_child (widget_class, RfiStrip, icon);
  gtk_widget_class_bind_template_child (widget_class, RfiStrip, headline);
  gtk_widget_class_bind_template_child (widget_class, RfiStrip, advice);
  gtk_widget_class_bind_template_child (widget_class, RfiStrip, queue);
  gtk_widget_class_bind_template_child (widget_class, RfiStrip, remedy);
}

static void
rfi_strip_init (RfiStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rfi_strip_set_session (RfiStrip   *self,
                       RfiSession *session)
{
  g_return_if_fail (RFI_IS_STRIP (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, update, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_object (session, "notify::sync-state", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::forced-offline", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
}

void
rfi_strip_set_compact (RfiStrip *self,
                       gboolean  compact)
{
  g_return_if_fail (RFI_IS_STRIP (self));

  self->compact = compact;
  gtk_widget_set_visible (GTK_WIDGET (self->advice), !compact);
  gtk_widget_set_hexpand (GTK_WIDGET (self->headline), compact);
  /* Also while nothing is shown: the window is never narrower than what could be. */
  if (compact)
    gtk_widget_set_visible (self->queue, FALSE);
  update (self);
}
