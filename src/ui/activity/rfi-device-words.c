/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-device-words"

#include "config.h"

#include "rfi-device-words.h"

#include "rfi-format.h"
#include "rfi-sync-alarm.h"

#include <glib/gi18n.h>

/* ms: as with the clock of this computer. */
#define SKEW (2 * 60 * 1000)

char *
rfi_device_words_summary (const RfiKnownDevice *device)
{
  g_autofree char *ago = rfi_format_ago (device->last_seen_at);

  if (device->own)
    /* translators: whose device it is */
    return g_strdup_printf (_("This device · %s"), device->user_name);

  /* translators: whose device it is, then "3 days ago" */
  return g_strdup_printf (_("%s · seen %s"), device->user_name, ago);
}

char *
rfi_device_words_clock (const RfiKnownDevice *device)
{
  guint minutes = (guint) MIN (ABS (device->skew) / (60 * 1000), G_MAXUINT);

  if (!device->skew_known)
    return g_strdup (_("It has not told its time yet"));
  if (ABS (device->skew) <= SKEW)
    return g_strdup (_("Agrees with the server’s"));
  if (device->skew > 0)
    return g_strdup_printf (ngettext ("%'u minute ahead of the server’s",
                                      "%'u minutes ahead of the server’s", minutes), minutes);

  return g_strdup_printf (ngettext ("%'u minute behind the server’s",
                                    "%'u minutes behind the server’s", minutes), minutes);
}

char *
rfi_device_words_loss (const RfiKnownDevice *device)
{
  if (device->own)
    /* translators: %s is a device's name */
    return g_strdup_printf (
      _("“%s” is the device that you use now. What you change here from now on, and what waits "
        "here, is set aside by the server and not applied; you can still look at everything. "
        "This can’t be taken back."), device->name);

  /* translators: a device's name, then whose it is */
  return g_strdup_printf (
    _("Whatever “%s” of %s sends from now on, and what waits on it, is set aside by the server and "
      "not applied; none of it is lost. What was applied before stays. This can’t be taken back: "
      "its owner has to sign in anew, as another device."), device->name, device->user_name);
}

const char *
rfi_device_words_standing (const RfiKnownDevice  *device,
                           gint64                 now,
                           const char           **style)
{
  RfiSeverity severity;

  if (device->revoked)
    {
      *style = "mark-failed";
      return _("Revoked");
    }
  if (!device->own && rfi_sync_alarm_is_silent (device->last_seen_at, now, &severity))
    {
      *style = severity == RFI_SEVERITY_CRITICAL ? "mark-conflict" : "warning";
      return severity == RFI_SEVERITY_CRITICAL ? _("Silent for 3 days") : _("Silent for a day");
    }
  if (device->skew_known && ABS (device->skew) > SKEW)
    {
      *style = "warning";
      return _("Clock is off");
    }

  *style = "success";
  return _("In use");
}
