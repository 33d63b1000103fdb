/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-as-of-window"

#include "config.h"

#include "rfi-as-of-window.h"

#include "rfi-board-page.h"
#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-session-history.h"

#include <glib/gi18n.h>

#define HOUR (G_GINT64_CONSTANT (60) * 60 * 1000)

struct _RfiAsOfWindow
{
  AdwWindow       parent_instance;

  RfiSession     *session;      /* (owned) (nullable) */
  RfiJobFilter   *filter;       /* (owned): of nothing */
  GCancellable   *cancellable;  /* (owned) (nullable): of the loading under way */
  gint64          at;           /* ms since 1970 */
  gboolean        setting;      /* what is chosen is being shown, not changed */

  AdwWindowTitle *title;
  GtkMenuButton  *day;
  GtkCalendar    *calendar;
  GtkAdjustment  *hour;
  GtkAdjustment  *minute;
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

/* The whole minute, to its end. */
static void
set_at (RfiAsOfWindow *self,
        gint64         at)
{
  gint64 now = g_get_real_time () / 1000;
  g_autoptr(GDateTime) moment = NULL;
  g_autofree char *day = NULL;
  g_autofree char *words = NULL;

  self->at = MIN (at, now);
  moment = g_date_time_new_from_unix_local (self->at / 1000);
  words = rfi_format_moment (self->at);
  /* translators: a date as it is written without the time */
  day = g_date_time_format (moment, _("%a %-e %B %Y"));

  self->setting = TRUE;
  adw_window_title_set_title (self->title, words);
  gtk_window_set_title (GTK_WINDOW (self), words);
  gtk_menu_button_set_label (self->day, day);
  gtk_calendar_select_day (self->calendar, moment);
  gtk_adjustment_set_value (self->hour, g_date_time_get_hour (moment));
  gtk_adjustment_set_value (self->minute, g_date_time_get_minute (moment));
  gtk_widget_set_sensitive (self->later, self->at < now);
  self->setting = FALSE;
  load (self);
}

static void
chosen_cb (RfiAsOfWindow *self)
{
  g_autoptr(GDateTime) day = NULL;
  g_autoptr(GDateTime) moment = NULL;

  if (self->setting)
    return;

  day = gtk_calendar_get_date (self->calendar);
  moment = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                  g_date_time_get_day_of_month (day),
                                  (int) gtk_adjustment_get_value (self->hour),
                                  (int) gtk_adjustment_get_value (self->minute), 59);
  set_at (self, g_date_time_to_unix (moment) * 1000);
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

static gboolean
two_digits_cb (GtkSpinButton *button)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (button));

  gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

static void
rfi_as_of_window_dispose (GObject *object)
{
  RfiAsOfWindow *self = RFI_AS_OF_WINDOW (object);

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
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/shell/rfi-as-of-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, day);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, calendar);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, hour);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, minute);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, later);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, board);
  gtk_widget_class_bind_template_child (widget_class, RfiAsOfWindow, trouble);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, earlier_cb);
  gtk_widget_class_bind_template_callback (widget_class, later_cb);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, two_digits_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rfi_as_of_window_init (RfiAsOfWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = rfi_job_filter_new ();
  rfi_board_page_set_frozen (self->board, TRUE);
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
  rfi_board_page_set_jobs (self->board, NULL);
  set_at (self, at);
  return GTK_WIDGET (self);
}
