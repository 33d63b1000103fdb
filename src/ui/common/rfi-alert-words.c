/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alert-words"

#include "config.h"

#include "rfi-alert-words.h"

#include "rfi-format.h"

#include <glib/gi18n.h>

#define MINUTE G_GINT64_CONSTANT (60000)

static gint64
read_minutes (GSettings  *settings,
              const char *key)
{
  return g_settings_get_uint (settings, key) * MINUTE;
}

void
rfi_alert_words_read_rules (GSettings     *settings,
                            RfiAlertRules *rules)
{
  *rules = (RfiAlertRules) {
    .unassigned = read_minutes (settings, "alert-unassigned"),
    .unacknowledged = read_minutes (settings, "alert-unacknowledged"),
    .late = read_minutes (settings, "alert-late"),
    .overrun = read_minutes (settings, "alert-overrun"),
    .risk = read_minutes (settings, "sla-risk"),
    .sla = {
      [RFI_PRIORITY_LOW] = read_minutes (settings, "sla-low"),
      [RFI_PRIORITY_MEDIUM] = read_minutes (settings, "sla-medium"),
      [RFI_PRIORITY_HIGH] = read_minutes (settings, "sla-high"),
      [RFI_PRIORITY_URGENT] = read_minutes (settings, "sla-urgent"),
    },
  };
}

gboolean
rfi_alert_words_is_quiet (GSettings *settings,
                          gint64     now)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr(GDateTime) local = g_date_time_to_local (utc);
  guint minute = (guint) (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));

  return g_settings_get_boolean (settings, "quiet-hours") &&
         rfi_alert_is_quiet (minute, g_settings_get_uint (settings, "quiet-from"),
                             g_settings_get_uint (settings, "quiet-until"));
}

const char *
rfi_alert_words_severity (RfiSeverity severity)
{
  return severity == RFI_SEVERITY_CRITICAL ? _("Act now") : _("Watch");
}

const char *
rfi_alert_words_icon (RfiSeverity severity)
{
  return severity == RFI_SEVERITY_CRITICAL ? "priority-urgent-symbolic" : "status-pending-symbolic";
}

const char *
rfi_alert_words_class (RfiSeverity severity)
{
  return severity == RFI_SEVERITY_CRITICAL ? "rfi-error" : "rfi-warning";
}

/* A minute that has begun counts, so that nothing is said to be "now" that was a moment ago. */
static char *
span (gint64 ms)
{
  return rfi_format_span (MAX (ms, MINUTE));
}

char *
rfi_alert_words_reason (RfiAlertKind kind,
                        gint64       since,
                        gint64       now)
{
  g_autofree char *past = span (now - since);
  g_autofree char *ahead = span (since - now);

  switch (kind)
    {
    case RFI_ALERT_UNASSIGNED:
      /* translators: %s is a span of time, such as "42 min" */
      return g_strdup_printf (_("Urgent and nobody has it, %s after it came in"), past);
    case RFI_ALERT_OVERDUE:
      /* translators: %s is a span of time: what the priority of a job allows is over */
      return g_strdup_printf (_("Late by %s for its priority"), past);
    case RFI_ALERT_LATE_END:
      /* translators: %s is a span of time */
      return g_strdup_printf (_("Not completed, %s after its planned end"), past);
    case RFI_ALERT_LATE_START:
      /* translators: %s is a span of time */
      return g_strdup_printf (_("Not started, %s after its planned start"), past);
    case RFI_ALERT_OVERRUN:
      /* translators: %s is a span of time */
      return g_strdup_printf (_("In progress, %s longer than estimated"), past);
    case RFI_ALERT_UNACKNOWLEDGED:
      /* translators: %s is a span of time */
      return g_strdup_printf (_("Assigned, but nothing heard for %s"), past);
    case RFI_ALERT_AT_RISK:
      /* translators: %s is a span of time: what the priority of a job allows is over then */
      return g_strdup_printf (_("Due in %s by its priority"), ahead);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

char *
rfi_alert_words_due (gint64 deadline,
                     gint64 now)
{
  g_autofree char *text = span (ABS (deadline - now));

  if (deadline > now)
    /* translators: on a card; %s is a short span of time such as "40 min" */
    return g_strdup_printf (_("due in %s"), text);

  /* translators: on a card; %s is a short span of time such as "2 h" */
  return g_strdup_printf (_("late by %s"), text);
}
