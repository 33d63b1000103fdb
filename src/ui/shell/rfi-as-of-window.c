/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-as-of-window"

#include "config.h"

#include "rfi-as-of-window.h"

#include "rfi-board-page.h"
#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-moment-chooser.h"
#include "rfi-session-history.h"

#include <glib/gi18n.h>

#define HOUR (G_GINT64_CONSTANT (60) * 60 * 1000)

/* The slider's moment is loaded when it has stood still for so long, in ms. */
#define STILL 40

struct _RfiAsOfWindow
{
  AdwWindow       parent_instance;

  RfiSession     *session;      /* (owned) (nullable) */
  RfiJobFilter   *filter;       /* (owned): of nothing */
  GCancellable   *cancellable;  /* (owned) (nullable): of the loading under way */
  gint64          at;           /* ms since 1970 */
  gboolean        setting;      /* what is chosen is being shown, not changed */

  guint           source;       /* loads what the slider stands on */

  AdwWindowTitle   *title;
  RfiMomentChooser *chooser;
  GtkAdjustment    *time;
  GtkWidget        *slider;
  GtkWidget      *later;
  GtkSpinner     *spinner;
  GtkStack       *stack;
  RfiBoardPage   *board;
  AdwStatusPage  *trouble;
};

enum {
  PROP_0,
  PROP_LOADING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RfiAsOfWindow, rfi_as_of_window, ADW_TYPE_WINDOW)

static void
set_cancellable (RfiAsOfWindow *self,
                 GCancellable  *cancellable)
{
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, cancellable);
  gtk_spinner_set_spinning (self->spinner, cancellable != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiAsOfWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;
  g_autoptr(RfiJobTable) jobs =
    rfi_session_load_as_of_finish (RFI_SESSION (object), result, &error);

  /* Another moment was chosen, or it is closed. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_cancellable (self, NULL);
  if (jobs != NULL)
    {
      rfi_board_page_set_moment (self->board, self->at);
      rfi_board_page_set_jobs (self->board, jobs);
      gtk_stack_set_visible_child_name (self->stack, "board");
      return;
    }

  words = rfi_error_words (error);
  adw_status_page_set_description (self->trouble, words);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

static void
load (RfiAsOfWindow *self)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  if (self->session == NULL)
    return;

  set_cancellable (self, cancellable);
  rfi_session_load_as_of_async (self->session, self->at, cancellable, loaded_cb,
                                g_object_ref (self));
}

static void
show_at (RfiAsOfWindow *self,
         gint64         at)
{
  gint64 now = g_get_real_time () / 1000;
  g_autofree char *words = NULL;

  self->at = MIN (at, now);
  words = rfi_format_moment (self->at);
  self->setting = TRUE;
  adw_window_title_set_title (self->title, words);
  gtk_window_set_title (GTK_WINDOW (self), words);
  rfi_moment_chooser_set_at (self->chooser, self->at);
  gtk_adjustment_set_value (self->time, (double) self->at);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slider),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  gtk_widget_set_sensitive (self->later, self->at < now);
  self->setting = FALSE;
}

static void
set_at (RfiAsOfWindow *self,
        gint64         at)
{
  g_clear_handle_id (&self->source, g_source_remove);
  show_at (self, at);
  load (self);
}

static void
chosen_cb (RfiAsOfWindow *self)
{
  set_at (self, rfi_moment_chooser_get_at (self->chooser));
}

static gboolean
stands_still_cb (gpointer user_data)
{
  RfiAsOfWindow *self = user_data;

  self->source = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
slid_cb (RfiAsOfWindow *self)
{
  if (self->setting)
    return;

  show_at (self, (gint64) gtk_adjustment_get_value (self->time));
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (STILL, stands_still_cb, self);
}

/* From the first entry on there is something to slide over. */
static void
begun_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiAsOfWindow) self = user_data;
  gint64 begin = rfi_session_find_history_begin_finish (RFI_SESSION (object), result, NULL);
  gint64 now = g_get_real_time () / 1000;

  if (begin <= 0 || self->session == NULL)
    return;

  self->setting = TRUE;
  gtk_adjustment_set_lower (self->time, (double) MIN (begin - 1, self->at));
  gtk_adjustment_set_upper (self->time, (double) now);
  gtk_adjustment_set_value (self->time, (double) self->at);
  gtk_widget_set_sensitive (self->slider, TRUE);
  self->setting = FALSE;
}

static void
earlier_cb (RfiAsOfWindow *self)
{
  set_at (self, self->at - HOUR);
}

static void
later_cb (RfiAsOfWindow *self)
{
  set_at (self, self->at + HOUR);
}

static void
rfi_as_of_window_dispose (GObject *object)
{
  RfiAsOfWindow *self = RFI_AS_OF_WINDOW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (rfi_as_of_window_parent_class)->dispose (object);
}

static void
rfi_as_of_window_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, RFI_AS_OF_WINDOW (object)->cancellable != NULL);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_as_of_window_class_init (RfiAsOfWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_as_of_window_dispose;
  G_OBJECT_CLASS (klass)->get_property = rfi_as_of_window_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  g_type_ensure (RFI_TYPE_BOARD_PAGE);
  g_type_ensure (RFI_TYPE_MOMENT_CHOOSER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/shell/rfi-as-of-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, chooser);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, time);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, slider);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, later);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, board);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, trouble);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, earlier_cb);
  gtk_widget_class_bind_template_callback (widget_class, later_cb);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, slid_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rfi_as_of_window_init (RfiAsOfWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = rfi_job_filter_new ();
  rfi_board_page_set_filter (self->board, self->filter);
}

GtkWidget *
rfi_as_of_window_new (RfiSession *session,
                      GtkWindow  *parent,
                      gint64      at)
{
  RfiAsOfWindow *self = g_object_new (RFI_TYPE_AS_OF_WINDOW,
                                      "transient-for", parent,
                                      "destroy-with-parent", TRUE,
                                      NULL);

  self->session = g_object_ref (session);
  rfi_board_page_set_session (self->board, session);
  rfi_board_page_set_moment (self->board, at);
  rfi_board_page_set_jobs (self->board, NULL);
  gtk_adjustment_configure (self->time, 0, 0, (double) at, 60000, HOUR, 0);
  set_at (self, at);
  rfi_session_find_history_begin_async (session, NULL, begun_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
