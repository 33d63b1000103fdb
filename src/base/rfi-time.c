/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-time"

#include "config.h"

#include "rfi-time.h"

#include <string.h>

#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

/* Days since 1970-01-01 of a proleptic Gregorian date, by counting in years that
 * begin in March so that the leap day comes last.
 */
static gint64
days_from_date (int year,
                int month,
                int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

static void
date_from_days (gint64  days,
                int    *year,
                int    *month,
                int    *day)
{
  gint64 z = days + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 day_of_era = z - era * 146097;
  gint64 year_of_era =
    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 month_from_march = (5 * day_of_year + 2) / 153;

  *day = (int) (day_of_year - (153 * month_from_march + 2) / 5 + 1);
  *month = (int) (month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  *year = (int) (year_of_era + era * 400 + (*month <= 2 ? 1 : 0));
}

static void
put_digits (char *at,
            int   value,
            int   width)
{
  for (int i = width - 1; i >= 0; i--)
    {
      at[i] = (char) ('0' + value % 10);
      value /= 10;
    }
}

void
rfi_time_format (gint64  ms,
                 char   *text)
{
  gint64 days = ms >= 0 ? ms / MS_PER_DAY : -((-ms + MS_PER_DAY - 1) / MS_PER_DAY);
  int rest = (int) (ms - days * MS_PER_DAY);
  int year;
  int month;
  int day;

  date_from_days (days, &year, &month, &day);
  memcpy (text, "0000-00-00T00:00:00.000Z", RFI_TIME_TEXT_SIZE);
  put_digits (text, CLAMP (year, 0, 9999), 4);
  put_digits (text + 5, month, 2);
  put_digits (text + 8, day, 2);
  put_digits (text + 11, rest / 3600000, 2);
  put_digits (text + 14, rest / 60000 % 60, 2);
  put_digits (text + 17, rest / 1000 % 60, 2);
  put_digits (text + 20, rest % 1000, 3);
}

char *
rfi_time_to_string (gint64 ms)
{
  char text[RFI_TIME_TEXT_SIZE];

  rfi_time_format (ms, text);
  return g_strdup (text);
}

/* Reads exactly @width digits at *@at and steps over them. */
static gboolean
take_number (const char **at,
             const char  *end,
             int          width,
             int         *value)
{
  int read = 0;

  if (end - *at < width)
    return FALSE;

  for (int i = 0; i < width; i++)
    {
      if (!g_ascii_isdigit ((*at)[i]))
        return FALSE;
      read = read * 10 + ((*at)[i] - '0');
    }

  *at += width;
  *value = read;
  return TRUE;
}

static gboolean
take_char (const char **at,
           const char  *end,
           char         wanted)
{
  if (*at >= end || g_ascii_toupper (**at) != wanted)
    return FALSE;

  (*at)++;
  return TRUE;
}

static gboolean
take_fraction (const char **at,
               const char  *end,
               int         *ms)
{
  int scale = 100;

  *ms = 0;
  if (!take_char (at, end, '.'))
    return TRUE;
  if (*at >= end || !g_ascii_isdigit (**at))
    return FALSE;

  for (; *at < end && g_ascii_isdigit (**at); (*at)++)
    {
      *ms += (**at - '0') * scale;
      scale /= 10;
    }

  return TRUE;
}

static gboolean
take_offset (const char **at,
             const char  *end,
             gint64      *minutes)
{
  int sign;
  int hour;
  int minute;

  *minutes = 0;
  if (take_char (at, end, 'Z'))
    return TRUE;

  if (take_char (at, end, '+'))
    sign = 1;
  else if (take_char (at, end, '-'))
    sign = -1;
  else
    return FALSE;

  if (!take_number (at, end, 2, &hour) || !take_char (at, end, ':') ||
      !take_number (at, end, 2, &minute) || hour > 23 || minute > 59)
    return FALSE;

  *minutes = sign * (hour * 60 + minute);
  return TRUE;
}

static gboolean
take_date (const char **at,
           const char  *end,
           gint64      *days)
{
  static const int month_days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  int year;
  int month;
  int day;

  if (!take_number (at, end, 4, &year) || !take_char (at, end, '-') ||
      !take_number (at, end, 2, &month) || !take_char (at, end, '-') ||
      !take_number (at, end, 2, &day))
    return FALSE;

  if (month < 1 || month > 12 || day < 1 || day > month_days[month - 1])
    return FALSE;
  if (month == 2 && day == 29 && (year % 4 != 0 || (year % 100 == 0 && year % 400 != 0)))
    return FALSE;

  *days = days_from_date (year, month, day);
  return TRUE;
}

gboolean
rfi_time_parse (const char *text,
                gssize      length,
                gint64     *ms)
{
  const char *at = text;
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);
  gint64 days;
  gint64 offset;
  int hour;
  int minute;
  int second;
  int fraction;

  if (!take_date (&at, end, &days) || !take_char (&at, end, 'T') ||
      !take_number (&at, end, 2, &hour) || !take_char (&at, end, ':') ||
      !take_number (&at, end, 2, &minute) || !take_char (&at, end, ':') ||
      !take_number (&at, end, 2, &second) || !take_fraction (&at, end, &fraction) ||
      !take_offset (&at, end, &offset) || at != end)
    return FALSE;

  if (hour > 23 || minute > 59 || second > 60)
    return FALSE;

  *ms = days * MS_PER_DAY +
        ((hour * 60 + minute - offset) * 60 + second) * G_GINT64_CONSTANT (1000) + fraction;
  return TRUE;
}
