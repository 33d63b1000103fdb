/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-download-page"

#include "config.h"

#include "rfi-download-page.h"

#include "rfi-error-words.h"
#include "rfi-job-table.h"

#include <glib/gi18n.h>

struct _RfiDownloadPage
{
  AdwBin          parent_instance;

  RfiSession     *session;  /* (owned) (nullable) */

  AdwStatusPage  *status;
  GtkProgressBar *progress;
  GtkLabel       *problem;
};

enum {
  READY,
  CANCELLED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiDownloadPage, rfi_download_page, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static void
show_progress (RfiDownloadPage    *self,
               const RfiSyncState *state)
{
  g_autofree char *title = NULL;

  if (state->n_total > 0)
    {
      /* translators: how far a download is, such as "Downloading jobs — 12,400 of 51,200" */
      title = g_strdup_printf (_("Downloading jobs — %'u of %'u"), state->n_done, state->n_total);
      gtk_progress_bar_set_fraction (self->progress,
                                     MIN (1, state->n_done / (double) state->n_total));
    }
  else
    {
      title = g_strdup (_("Downloading jobs"));
      gtk_progress_bar_pulse (self->progress);
    }
  adw_status_page_set_title (self->status, title);
}

static void
show_problem (RfiDownloadPage    *self,
              const RfiSyncState *state)
{
  gboolean stopped = state->phase == RFI_PHASE_OFFLINE || state->phase == RFI_PHASE_FAILED;
  g_autofree char *reason = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->problem), stopped);
  if (!stopped)
    return;

  reason = rfi_error_words_code (state->error_code != NULL ? state->error_code : "OFFLINE",
                                 state->error_message);
  /* translators: %s is a sentence such as "The server can’t be reached." */
  words = g_strdup_printf (_("%s The download goes on by itself when it can."), reason);
  gtk_label_set_label (self->problem, words);
}

static void
update (RfiDownloadPage *self)
{
  if (!rfi_download_page_is_needed (self->session))
    {
      g_signal_emit (self, signals[READY], 0);
      return;
    }

  show_progress (self, rfi_session_get_sync_state (self->session));
  show_problem (self, rfi_session_get_sync_state (self->session));
}

static void
show_now_cb (RfiDownloadPage *self)
{
  g_signal_emit (self, signals[READY], 0);
}

static void
cancel_cb (RfiDownloadPage *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
rfi_download_page_dispose (GObject *object)
{
  RfiDownloadPage *self = RFI_DOWNLOAD_PAGE (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_download_page_parent_class)->dispose (object);
}

static void
rfi_download_page_class_init (RfiDownloadPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_download_page_dispose;

  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/signin/rfi-download-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiDownloadPage, status);
  gtk_widget_class_bind_template_child (widget_class, RfiDownloadPage, progress);
  gtk_widget_class_bind_template_child (widget_class, RfiDownloadPage, problem);
  gtk_widget_class_bind_template_callback (widget_class, show_now_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
rfi_download_page_init (RfiDownloadPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rfi_download_page_set_session (RfiDownloadPage *self,
                               RfiSession      *session)
{
  g_return_if_fail (RFI_IS_DOWNLOAD_PAGE (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, update, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "notify::sync-state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

gboolean
rfi_download_page_is_needed (RfiSession *session)
{
  RfiSyncState *state = rfi_session_get_sync_state (session);
  gboolean loading;

  g_object_get (session, "loading", &loading, NULL);
  if (state == NULL || loading)
    return FALSE;
  return state->first_pull
         || (state->phase == RFI_PHASE_STARTING && state->last_sync_at == 0
             && rfi_job_table_get_n_jobs (rfi_session_get_jobs (session)) == 0);
}
