/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-ask"

#include "config.h"

#include "rfi-timeline-ask.h"

#include "rfi-calendar.h"
#include "rfi-error-words.h"
#include "rfi-gone.h"
#include "rfi-job-day.h"
#include "rfi-job-table.h"
#include "rfi-session-commands.h"
#include "rfi-session-schedule.h"
#include "rfi-timeline-words.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* What is asked about. */
typedef struct
{
  GtkWidget   *parent;         /* (owned) */
  RfiSession  *session;        /* (owned) */
  RfiSchedule *schedule;       /* (owned) (nullable) */
  char        *job_id;         /* (owned) */
  char        *technician_id;  /* (owned) (nullable) */
  RfiSpan      span;
  GtkWidget   *calendar;       /* (nullable) */
} Question;

static void
toast (GtkWidget  *parent,
       const char *words)
{
  gtk_widget_activate_action (parent, "win.toast", "(sss)", words, "", "");
}

static Question *
question_new (GtkWidget   *parent,
              RfiSession  *session,
              RfiSchedule *schedule,
              const char  *job_id)
{
  Question *self = g_new0 (Question, 1);

  self->parent = g_object_ref (parent);
  self->session = g_object_ref (session);
  g_set_object (&self->schedule, schedule);
  self->job_id = g_strdup (job_id);
  return self;
}

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *self = data;

  g_object_unref (self->parent);
  g_object_unref (self->session);
  g_clear_object (&self->schedule);
  g_free (self->job_id);
  g_free (self->technician_id);
  g_free (self);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GtkWidget) parent = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (rfi_session_command_finish (RFI_SESSION (object), result, &error))
    return;

  words = rfi_error_words (error);
  toast (parent, words);
}

static const RfiJob *
get_job (RfiSession *session,
         const char *job_id)
{
  RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (session), job_id);

  return state != NULL ? state->work : NULL;
}

/* Placing */

static void
place (Question *self)
{
  rfi_session_place_async (self->session, self->job_id, self->technician_id, &self->span, done_cb,
                           g_object_ref (self->parent));
}

static void
place_answered_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   gpointer          user_data)
{
  Question *self = user_data;
  RfiSpan slot;

  if (g_str_equal (response, "slot") &&
      rfi_session_find_slot (self->session, self->schedule, self->job_id, self->technician_id,
                             &self->span, &slot))
    {
      self->span = slot;
      place (self);
    }
  else if (g_str_equal (response, "assign"))
    place (self);
}

/* What the next free slot is, so that it is known before it is taken. */
static void
add_slot (Question  *self,
          GtkWidget *dialog)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = NULL;
  g_autofree char *label = NULL;
  RfiSpan slot;

  if (!rfi_session_find_slot (self->session, self->schedule, self->job_id, self->technician_id,
                              &self->span, &slot))
    return;

  when = rfi_timeline_words_span (&slot, rfi_calendar_get_day (zone, self->span.start));
  if (slot.start < self->span.start)
    /* translators: a day and hours, or hours: a time at which a job would be done soon enough */
    label = g_strdup_printf (_("_Free Before It Is Due, %s"), when);
  else
    /* translators: a day and hours, or hours */
    label = g_strdup_printf (_("Next _Free Slot, %s"), when);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "slot", label);
}

/* What is not to be done any more once the job is gone. */
static const char * const place_deeds[] = { "slot", "assign", NULL };
static const char * const hold_deeds[] = { "release", "hold", NULL };

static void
follow (Question           *self,
        GtkWidget          *dialog,
        const char * const *deeds)
{
  rfi_gone_follow (ADW_MESSAGE_DIALOG (dialog), rfi_session_get_jobs (self->session),
                   self->job_id, deeds);
}

/* @self: (transfer full) */
static void
ask_place (Question               *self,
           const RfiJob           *job,
           const RfiScheduleCheck *check)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (self->parent));
  const char *name = rfi_session_get_name (self->session, self->technician_id);
  g_autofree char *why = rfi_timeline_words_check (check, name);
  g_autofree char *when = rfi_timeline_words_span (&self->span, G_MININT64);
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  /* translators: a job, when it is to be done, and what speaks against it */
  body = g_strdup_printf (_("“%s”, %s.\n%s"), job->title, when, why);
  if ((check->problems & 1u << RFI_SCHEDULE_OVERLAP) != 0)
    {
      g_autofree char *alone = g_steal_pointer (&body);

      body = g_strconcat (alone, "\n",
                          _("The server sets it aside until somebody decides that in Conflicts."),
                          NULL);
    }
  dialog = adw_message_dialog_new (window, NULL, body);
  /* translators: a technician */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Assign to %s anyway?"), name);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  add_slot (self, dialog);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "assign", _("_Assign Anyway"));
  follow (self, dialog, place_deeds);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (place_answered_cb), self, question_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
rfi_timeline_ask_place (GtkWidget     *parent,
                        RfiSession    *session,
                        RfiSchedule   *schedule,
                        const char    *job_id,
                        const char    *technician_id,
                        const RfiSpan *span)
{
  const RfiJob *job = get_job (session, job_id);
  g_autofree char *why = NULL;
  RfiScheduleCheck check;
  Question *self;

  if (job == NULL)
    {
      toast (parent, rfi_words_verdict (RFI_VERDICT_NOT_VISIBLE));
      return;
    }

  rfi_session_check_place (session, schedule, job_id, technician_id, span, &check);
  if (rfi_schedule_is_refused (&check))
    {
      why = rfi_timeline_words_check (&check, rfi_session_get_name (session, technician_id));
      toast (parent, why);
      return;
    }

  self = question_new (parent, session, schedule, job_id);
  self->technician_id = g_strdup (technician_id);
  self->span = *span;
  if (rfi_schedule_wants_answer (&check))
    {
      ask_place (self, job, &check);
      return;
    }
  place (self);
  question_free (self, NULL);
}

static gboolean
may_edit (GtkWidget  *parent,
          RfiSession *session,
          const char *job_id)
{
  RfiVerdict verdict = rfi_session_check (session, job_id, RFI_ACTION_EDIT);

  if (verdict != RFI_VERDICT_OK)
    toast (parent, rfi_words_verdict (verdict));
  return verdict == RFI_VERDICT_OK;
}

void
rfi_timeline_ask_unschedule (GtkWidget  *parent,
                             RfiSession *session,
                             const char *job_id)
{
  if (may_edit (parent, session, job_id))
    rfi_session_place_async (session, job_id, NULL, NULL, done_cb, g_object_ref (parent));
}

/* Holding */

/* The chosen day begins at midnight, here. */
static gint64
get_chosen (GtkWidget *calendar)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (calendar));
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return rfi_job_day_get_start (zone, g_date_time_to_unix (date) * 1000);
}

static void
hold_answered_cb (AdwMessageDialog *dialog,
                  const char       *response,
                  gpointer          user_data)
{
  Question *self = user_data;

  if (g_str_equal (response, "hold"))
    rfi_session_hold_async (self->session, self->job_id, get_chosen (self->calendar), done_cb,
                            g_object_ref (self->parent));
  else if (g_str_equal (response, "release"))
    rfi_session_hold_async (self->session, self->job_id, 0, done_cb,
                            g_object_ref (self->parent));
}

/* The toolkit leaves its own buttons without names. They come in this order. */
static void
name_buttons (GtkWidget *widget,
              guint     *n_named)
{
  static const char * const names[] = {
    N_("Previous month"), N_("Next month"), N_("Previous year"), N_("Next year"),
  };

  if (GTK_IS_BUTTON (widget) && *n_named < G_N_ELEMENTS (names))
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _(names[*n_named]), -1);
      gtk_widget_set_tooltip_text (widget, _(names[*n_named]));
      (*n_named)++;
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_buttons (child, n_named);
}

static GtkWidget *
new_calendar (const RfiJob *job)
{
  GtkWidget *calendar = gtk_calendar_new ();
  gint64 until = rfi_schedule_get_hold (job);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) tomorrow = g_date_time_add_days (now, 1);
  g_autoptr(GDateTime) held = until > 0 ? g_date_time_new_from_unix_local (until / 1000) : NULL;
  gboolean later = held != NULL && g_date_time_compare (held, now) > 0;
  guint n_named = 0;

  name_buttons (calendar, &n_named);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), later ? held : tomorrow);
  gtk_accessible_update_property (GTK_ACCESSIBLE (calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Day on which the job is shown again"), -1);
  return calendar;
}

void
rfi_timeline_ask_hold (GtkWidget  *parent,
                       RfiSession *session,
                       const char *job_id)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (parent));
  const RfiJob *job;
  GtkWidget *dialog;
  Question *self;

  if (!may_edit (parent, session, job_id))
    return;

  job = get_job (session, job_id);
  self = question_new (parent, session, NULL, job_id);
  self->calendar = new_calendar (job);
  dialog = adw_message_dialog_new (window, _("Hold Until…"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* translators: a job */
                                  _("“%s” stays out of the tray until this day begins."),
                                  job->title);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), self->calendar);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  if (rfi_schedule_get_hold (job) > 0)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "release", _("_Release Now"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "hold", _("_Hold"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "hold",
                                              ADW_RESPONSE_SUGGESTED);
  follow (self, dialog, hold_deeds);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "hold");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (hold_answered_cb), self, question_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}
