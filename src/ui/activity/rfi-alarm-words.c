/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alarm-words"

#include "config.h"

#include "rfi-alarm-words.h"

#include "rfi-error-words.h"
#include "rfi-format.h"

#include <glib/gi18n.h>

char *
rfi_alarm_words_title (const RfiSyncAlarm *alarm)
{
  g_autofree char *age = NULL;

  switch (alarm->kind)
    {
    case RFI_ALARM_QUEUE:
      return g_strdup_printf (ngettext ("%'u change waits to be sent",
                                        "%'u changes wait to be sent", alarm->n), alarm->n);

    case RFI_ALARM_CONFLICT:
      age = rfi_format_age (alarm->since);
      /* translators: %s is an age, "2 d" */
      return g_strdup_printf (_("A conflict has been open for %s"), age);

    case RFI_ALARM_FAILURES:
      return g_strdup_printf (ngettext ("%'u sync in a row has failed",
                                        "%'u syncs in a row have failed", alarm->n), alarm->n);

    case RFI_ALARM_OFFLINE:
    default:
      age = rfi_format_age (alarm->since);
      /* translators: %s is an age, "2 d" */
      return g_strdup_printf (_("Without a connection for %s"), age);
    }
}

static char *
failure_advice (const RfiSyncState *state)
{
  g_autofree char *words = NULL;

  if (!state->online)
    return g_strdup (_("The server does not answer. Check this computer’s network, then the "
                       "server’s address; what you change is kept here meanwhile."));

  words = rfi_error_words_code (state->error_code, state->error_message);
  /* translators: %s is what went wrong, a sentence */
  return g_strdup_printf (_("%s Export the diagnostics for whoever looks after the server; what "
                            "you change is kept here meanwhile."), words);
}

char *
rfi_alarm_words_advice (const RfiSyncAlarm *alarm,
                        const RfiSyncState *state)
{
  gboolean critical = alarm->severity == RFI_SEVERITY_CRITICAL;

  switch (alarm->kind)
    {
    case RFI_ALARM_QUEUE:
      return g_strdup (critical
                         ? _("Only urgent jobs and steps of a status are taken now. Connect to "
                             "send what waits, or export it, so that it is safe elsewhere too.")
                         : _("Sync as soon as you can: from 500 on, only urgent jobs and steps of "
                             "a status are taken."));

    case RFI_ALARM_CONFLICT:
      return g_strdup (critical
                         ? _("Tell an administrator: nothing else of that job is sent until "
                             "somebody decides.")
                         : _("Decide it, or escalate it: nothing else of that job is sent until "
                             "then."));

    case RFI_ALARM_FAILURES:
      return failure_advice (state);

    case RFI_ALARM_OFFLINE:
    default:
      return g_strdup (critical
                         ? _("Tell your administrator. Others do not see what you changed, and "
                             "conflicts become likelier every day.")
                         : _("What you see may be old, and others do not see what you changed. "
                             "It is kept here and sent once there is a connection."));
    }
}

char *
rfi_alarm_words_events_title (RfiEventTrouble trouble,
                              gint64          since)
{
  g_autofree char *clock = rfi_format_clock (since);

  return trouble == RFI_EVENT_TROUBLE_SENDING
           /* translators: %s is a time */
           ? g_strdup_printf (_("Since %s the events of this computer are not sent"), clock)
           /* translators: %s is a time */
           : g_strdup_printf (_("Since %s old events are not archived"), clock);
}

char *
rfi_alarm_words_events_advice (RfiEventTrouble  trouble,
                               const GError    *error)
{
  g_autofree char *words = error != NULL ? rfi_error_words (error) : g_strdup ("");

  return trouble == RFI_EVENT_TROUBLE_SENDING
           /* translators: %s is what went wrong, a sentence */
           ? g_strdup_printf (_("%s They are kept here and tried again every minute. If it goes "
                                "on, export the diagnostics for whoever looks after the server."),
                              words)
           /* translators: %s is what went wrong, a sentence */
           : g_strdup_printf (_("%s None is lost: they stay in the cache, which grows. Make room "
                                "on the disk, then try again."), words);
}

const char *
rfi_alarm_words_remedy (const RfiSyncAlarm  *alarm,
                        const char         **action)
{
  if (alarm->kind == RFI_ALARM_CONFLICT)
    {
      *action = "win.show-page";
      return _("Open Conflicts");
    }

  *action = "app.sync-now";
  return _("Sync Now");
}
