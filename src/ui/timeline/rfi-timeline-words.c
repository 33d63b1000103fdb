/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-words"

#include "config.h"

#include "rfi-timeline-words.h"

#include "rfi-calendar.h"
#include "rfi-format.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

#define MINUTE G_GINT64_CONSTANT (60000)

static char *
format (gint64      at,
        const char *how)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (at / 1000);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, how) : g_strdup ("");
}

char *
rfi_timeline_words_clock (gint64 at)
{
  return format (at, _("%H:%M"));
}

char *
rfi_timeline_words_day (gint64 at)
{
  /* translators: weekday, day and month, see g_date_time_format() */
  return format (at, _("%a %-d %B"));
}

char *
rfi_timeline_words_short_day (gint64 at)
{
  /* translators: weekday and day of the month, see g_date_time_format() */
  return format (at, _("%a %-d"));
}

char *
rfi_timeline_words_date (gint64 at)
{
  /* translators: day of the month, see g_date_time_format() */
  return format (at, _("%-d"));
}

char *
rfi_timeline_words_span (const RfiSpan *span,
                         gint64         day)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *start = rfi_timeline_words_clock (span->start);
  g_autofree char *end = rfi_timeline_words_clock (span->end);
  g_autofree char *hours = g_strdup_printf ("%s–%s", start, end);
  g_autofree char *date = NULL;

  if (rfi_calendar_get_day (zone, span->start) == day)
    return g_steal_pointer (&hours);

  date = rfi_timeline_words_day (span->start);
  /* translators: a day and hours: "Tue 24 November, 13:15–15:00" */
  return g_strdup_printf (_("%s, %s"), date, hours);
}

char *
rfi_timeline_words_length (gint64 ms)
{
  int minutes = (int) (ms / MINUTE);

  if (minutes < 60)
    return g_strdup_printf (_("%d min"), minutes);
  if (minutes % 60 == 0)
    return g_strdup_printf (_("%d h"), minutes / 60);
  /* translators: hours and minutes: "1 h 30 min" */
  return g_strdup_printf (_("%d h %d min"), minutes / 60, minutes % 60);
}

/* Of many days nobody counts the hours. */
static char *
describe_late (const RfiScheduleCheck *check)
{
  return check->late < 48 * 60 * MINUTE ? rfi_timeline_words_length (check->late)
                                        : rfi_format_span (check->late);
}

char *
rfi_timeline_words_verdict (const RfiScheduleCheck *check,
                            const RfiSpan          *span)
{
  guint problems = check->problems;

  if (check->inactive)
    return g_strdup (_("Takes no work"));
  if (check->verdict != RFI_VERDICT_OK)
    return g_strdup (_("Not possible"));
  if ((problems & 1u << RFI_SCHEDULE_MISSING_SKILL) != 0)
    /* translators: a skill that a technician does not have */
    return g_strdup_printf (_("No %s"), check->skill);
  if ((problems & 1u << RFI_SCHEDULE_OVERLAP) != 0)
    {
      gint64 by = MIN (span->end, check->overlap.span.end) -
                  MAX (span->start, check->overlap.span.start);
      g_autofree char *length = rfi_timeline_words_length (by);

      /* translators: a length of time */
      return g_strdup_printf (_("Overlaps by %s"), length);
    }
  if ((problems & 1u << RFI_SCHEDULE_OFF_SHIFT) != 0)
    return g_strdup (_("Off shift"));
  if ((problems & 1u << RFI_SCHEDULE_ON_HOLD) != 0)
    return g_strdup (_("On hold"));
  if ((problems & 1u << RFI_SCHEDULE_PAST) != 0)
    return g_strdup (_("In the past"));
  if ((problems & 1u << RFI_SCHEDULE_PAST_DUE) != 0)
    {
      g_autofree char *late = describe_late (check);

      /* translators: a length of time: what the priority of the job allows is over by so much */
      return g_strdup_printf (_("Ends %s late"), late);
    }
  return g_strdup (_("Fits"));
}

static void
add_line (GString *text,
          char    *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

static void
add_overlap (GString                *text,
             const RfiScheduleCheck *check,
             const char             *name)
{
  const RfiSpan *span = &check->overlap.span;
  g_autofree char *start = rfi_timeline_words_clock (span->start);
  g_autofree char *end = rfi_timeline_words_clock (span->end);

  /* translators: a technician, a job, from when to when */
  add_line (text, g_strdup_printf (_("%s has “%s” from %s to %s."), name,
                                   check->overlap.job->title, start, end));
  if (check->n_overlaps > 1)
    add_line (text, g_strdup_printf (ngettext ("One other job is in the way too.",
                                               "%u other jobs are in the way too.",
                                               check->n_overlaps - 1), check->n_overlaps - 1));
}

static void
add_shift (GString                *text,
           const RfiScheduleCheck *check,
           const char             *name)
{
  g_autofree char *start = rfi_timeline_words_clock (check->shift.start);
  g_autofree char *end = rfi_timeline_words_clock (check->shift.end);

  /* translators: a technician, from when to when */
  add_line (text, g_strdup_printf (_("%s works from %s to %s."), name, start, end));
}

static void
add_late (GString                *text,
          const RfiScheduleCheck *check)
{
  g_autofree char *late = describe_late (check);

  /* translators: a length of time; a job is due at the end of what its priority allows */
  add_line (text, g_strdup_printf (_("It ends %s after it is due."), late));
}

char *
rfi_timeline_words_check (const RfiScheduleCheck *check,
                          const char             *name)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (check->verdict != RFI_VERDICT_OK)
    return g_strdup (rfi_words_verdict (check->verdict));
  if (check->inactive)
    return g_strdup_printf (_("%s takes no assignments any more."), name);

  if ((check->problems & 1u << RFI_SCHEDULE_MISSING_SKILL) != 0)
    /* translators: a skill, and a technician who does not have it */
    add_line (text, g_strdup_printf (_("It needs %s, which %s doesn’t have."), check->skill, name));
  if ((check->problems & 1u << RFI_SCHEDULE_OVERLAP) != 0)
    add_overlap (text, check, name);
  if ((check->problems & 1u << RFI_SCHEDULE_OFF_SHIFT) != 0)
    add_shift (text, check, name);
  if ((check->problems & 1u << RFI_SCHEDULE_ON_HOLD) != 0)
    add_line (text, g_strdup (_("The job is on hold until later.")));
  if ((check->problems & 1u << RFI_SCHEDULE_PAST) != 0)
    add_line (text, g_strdup (_("It would have begun already.")));
  if ((check->problems & 1u << RFI_SCHEDULE_PAST_DUE) != 0)
    add_late (text, check);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rfi_timeline_words_bar (const RfiJob  *job,
                        const RfiSpan *span)
{
  g_autofree char *day = rfi_timeline_words_day (span->start);
  g_autofree char *start = rfi_timeline_words_clock (span->start);
  g_autofree char *end = rfi_timeline_words_clock (span->end);

  /* translators: title, priority, status, day, from when to when, store, city */
  return g_strdup_printf (_("%s, %s, %s, %s, %s to %s, %s, %s"), job->title,
                          rfi_words_priority (job->priority), rfi_words_status (job->status), day,
                          start, end, job->store_name, job->city);
}

static void
add_fact (GString    *text,
          const char *label,
          const char *value)
{
  g_autofree char *line = g_markup_printf_escaped ("\n<small>%s</small> %s", label, value);

  if (*value != '\0')
    g_string_append (text, line);
}

char *
rfi_timeline_words_facts (const RfiJob  *job,
                          const RfiSpan *span,
                          const char    *name)
{
  g_autofree char *title = g_markup_printf_escaped ("<b>%s</b>", job->title);
  g_autoptr(GString) text = g_string_new (title);
  g_autofree char *when = rfi_timeline_words_span (span, G_MININT64);
  g_autofree char *length = rfi_timeline_words_length (span->end - span->start);
  g_autofree char *time = g_strdup_printf ("%s (%s)", when, length);
  g_autofree char *place = g_strdup_printf (_("%s · %s"), job->store_name, job->city);

  add_fact (text, rfi_words_field (RFI_FIELD_STATUS), rfi_words_status (job->status));
  add_fact (text, rfi_words_field (RFI_FIELD_PRIORITY), rfi_words_priority (job->priority));
  add_fact (text, _("Time"), time);
  add_fact (text, rfi_words_field (RFI_FIELD_STORE_NAME), place);
  add_fact (text, rfi_words_field (RFI_FIELD_ADDRESS), job->address);
  add_fact (text, rfi_words_field (RFI_FIELD_ASSIGNED_TO), name != NULL ? name : "");
  add_fact (text, rfi_words_field (RFI_FIELD_SKILLS),
            rfi_job_extra_get (job->extra, RFI_FIELD_SKILLS));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
