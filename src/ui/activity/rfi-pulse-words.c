/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-pulse-words"

#include "config.h"

#include "rfi-pulse-words.h"

#include <glib/gi18n.h>

const char *
rfi_pulse_words_name (RfiPulseSeries series)
{
  switch (series)
    {
    case RFI_PULSE_DURATION:
      return _("Sync duration");
    case RFI_PULSE_QUEUE:
      return _("Queue depth");
    case RFI_PULSE_CONFLICTS:
      return _("Conflict rate");
    case RFI_PULSE_UPTIME:
      return _("Real time connected");
    case RFI_PULSE_LATENCY:
    default:
      return _("Latency");
    }
}

char *
rfi_pulse_words_value (RfiPulseSeries series,
                       double         value)
{
  switch (series)
    {
    case RFI_PULSE_QUEUE:
      return g_strdup_printf ("%'.0f", value);
    case RFI_PULSE_CONFLICTS:
    case RFI_PULSE_UPTIME:
      /* translators: a share of all */
      return g_strdup_printf (_("%.0f %%"), value);
    case RFI_PULSE_DURATION:
    case RFI_PULSE_LATENCY:
    default:
      /* translators: milliseconds */
      return g_strdup_printf (_("%'.0f ms"), value);
    }
}

char *
rfi_pulse_words_point (RfiPulseSeries       series,
                       const RfiPulsePoint *point)
{
  return point->known ? rfi_pulse_words_value (series, point->value) : g_strdup ("—");
}

char *
rfi_pulse_words_describe (RfiPulseSeries       series,
                          const RfiPulsePoint *points,
                          guint                n)
{
  double least = G_MAXDOUBLE;
  double most = 0;
  double last = 0;
  g_autofree char *least_words = NULL;
  g_autofree char *most_words = NULL;
  g_autofree char *last_words = NULL;

  for (guint i = 0; i < n; i++)
    if (points[i].known)
      {
        least = MIN (least, points[i].value);
        most = MAX (most, points[i].value);
        last = points[i].value;
      }
  if (least > most)
    return g_strdup (_("Nothing is known of this time"));

  least_words = rfi_pulse_words_value (series, least);
  most_words = rfi_pulse_words_value (series, most);
  last_words = rfi_pulse_words_value (series, last);
  /* translators: three values with their units */
  return g_strdup_printf (_("From %s to %s, last %s"), least_words, most_words, last_words);
}
