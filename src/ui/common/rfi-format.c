/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-format"

#include "config.h"

#include "rfi-format.h"

#include <glib/gi18n.h>

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

char *
rfi_format_span (gint64 ms)
{
  if (ms < MINUTE)
    return g_strdup (_("now"));
  if (ms < HOUR)
    /* translators: a short span of minutes, as on a card */
    return g_strdup_printf (_("%d min"), (int) (ms / MINUTE));
  if (ms < DAY + 6 * HOUR)
    /* translators: a short span of hours, as on a card */
    return g_strdup_printf (_("%d h"), (int) (ms / HOUR));

  /* translators: a short span of days, as on a card */
  return g_strdup_printf (_("%d d"), (int) (ms / DAY));
}

char *
rfi_format_age (gint64 since)
{
  return rfi_format_span (MAX (now_ms () - since, 0));
}

char *
rfi_format_ago (gint64 at)
{
  return rfi_format_ago_at (at, now_ms ());
}

char *
rfi_format_ago_at (gint64 at,
                   gint64 now)
{
  gint64 ms = now - at;

  if (ms < MINUTE)
    return g_strdup (_("just now"));
  if (ms < HOUR)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong) (ms / MINUTE)),
                            (int) (ms / MINUTE));
  if (ms < DAY)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", (gulong) (ms / HOUR)),
                            (int) (ms / HOUR));

  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) (ms / DAY)),
                          (int) (ms / DAY));
}

char *
rfi_format_until (gint64 at)
{
  gint64 seconds = (at - now_ms () + 999) / 1000;

  if (seconds <= 0)
    return g_strdup (_("now"));
  if (seconds < 120)
    /* translators: a moment ahead, such as "in 12 s" */
    return g_strdup_printf (_("in %d s"), (int) seconds);

  /* translators: a moment ahead, such as "in 3 min" */
  return g_strdup_printf (_("in %d min"), (int) ((seconds + 59) / 60));
}

static GDateTime *
local_time (gint64 at)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (at / 1000);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

static char *
format_time (gint64      at,
             const char *format)
{
  g_autoptr(GDateTime) time = local_time (at);

  return time != NULL ? g_date_time_format (time, format) : g_strdup ("");
}

char *
rfi_format_clock (gint64 at)
{
  g_autoptr(GDateTime) time = local_time (at);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  if (time == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (time) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now))
    /* translators: the time of today, see g_date_time_format() */
    return g_date_time_format (time, _("%H:%M"));
  if (ABS (now_ms () - at) < 6 * DAY)
    /* translators: weekday and time */
    return g_date_time_format (time, _("%a %H:%M"));

  /* translators: day, month and time */
  return g_date_time_format (time, _("%-d %b %H:%M"));
}

char *
rfi_format_moment (gint64 at)
{
  /* translators: the whole moment, see g_date_time_format() */
  return format_time (at, _("%a %-d %B %Y, %H:%M:%S"));
}

char *
rfi_format_date_time (gint64 at)
{
  /* translators: day and time in a table, see g_date_time_format(); %x is the day as the
   * person's language writes it */
  return format_time (at, _("%x %H:%M"));
}

char *
rfi_format_fingerprint (const char *checksum)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; checksum[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append (text, i % 16 == 0 ? ":\n" : ":");
      g_string_append_c (text, g_ascii_toupper (checksum[i]));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rfi_format_initials (const char *name)
{
  g_autoptr(GString) initials = g_string_new (NULL);
  gboolean at_start = TRUE;

  for (const char *at = name; *at != '\0' && g_utf8_strlen (initials->str, -1) < 2;
       at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (at_start && g_unichar_isalpha (c))
        {
          g_string_append_unichar (initials, g_unichar_toupper (c));
          at_start = FALSE;
        }
      else if (g_unichar_isspace (c))
        {
          at_start = TRUE;
        }
    }

  return g_string_free (g_steal_pointer (&initials), FALSE);
}

char *
rfi_format_avatar_text (const char *name)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c) || g_unichar_isspace (c))
        g_string_append_unichar (text, c);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
