/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-candidate-words"

#include "config.h"

#include "rfi-candidate-words.h"

#include "rfi-words.h"

#include <glib/gi18n.h>

#define MINUTE G_GINT64_CONSTANT (60000)

const char *
rfi_candidate_words_excluded (const RfiCandidate *candidate)
{
  if (!rfi_candidate_is_excluded (candidate))
    return NULL;
  if (candidate->check.verdict != RFI_VERDICT_OK)
    return rfi_words_verdict (candidate->check.verdict);

  return _("Takes no assignments any more");
}

/* (transfer full) */
static char *
get_length (gint64 ms)
{
  int minutes = (int) (ms / MINUTE);

  if (minutes < 60)
    return g_strdup_printf (_("%d min"), minutes);
  if (minutes % 60 == 0)
    return g_strdup_printf (_("%d h"), minutes / 60);
  /* translators: hours and minutes: "1 h 30 min" */
  return g_strdup_printf (_("%d h %d min"), minutes / 60, minutes % 60);
}

char *
rfi_candidate_words_day (const RfiCandidate *candidate)
{
  guint n = candidate->today->len;
  g_autofree char *jobs = g_strdup_printf (ngettext ("%u job", "%u jobs", n), n);
  g_autofree char *booked = get_length (rfi_candidate_get_booked (candidate));
  gint64 shift = candidate->shift.end - candidate->shift.start;

  if (shift > 0)
    {
      g_autofree char *length = get_length (shift);

      /* translators: "Today 3 jobs, 4 h 30 min of 8 h", the last being the length of a shift */
      return g_strdup_printf (_("Today %s, %s of %s"), jobs, booked, length);
    }

  /* translators: "Today 3 jobs, 4 h 30 min" */
  return g_strdup_printf (_("Today %s, %s"), jobs, booked);
}

char *
rfi_candidate_words_load (const RfiCandidate *candidate)
{
  guint n_open = candidate->factors[RFI_FACTOR_OPEN_JOBS];
  g_autofree char *open = NULL;

  if (n_open == 0)
    open = g_strdup (_("No open jobs"));
  else
    open = g_strdup_printf (ngettext ("%u open job", "%u open jobs", n_open), n_open);

  if (candidate->current == NULL)
    return g_steal_pointer (&open);

  /* translators: "4 open jobs · working on Freezer defrost cycle" */
  return g_strdup_printf (_("%s · working on %s"), open, candidate->current->title);
}

static void
append (GString    *text,
        const char *words)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, words);
}

char *
rfi_candidate_words_reasons (const RfiCandidate *candidate,
                             const RfiJob       *job)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_known = candidate->factors[RFI_FACTOR_KNOWS_STORE];

  if (candidate->factors[RFI_FACTOR_HAS_IT] > 0)
    append (text, _("has this job now"));

  if (candidate->factors[RFI_FACTOR_SAME_STORE] > 0)
    append (text, _("has another job in this store"));
  else if (candidate->factors[RFI_FACTOR_SAME_CITY] > 0)
    {
      /* translators: %s is a city */
      g_autofree char *words = g_strdup_printf (_("has a job in %s"), job->city);

      append (text, words);
    }
  else if (candidate->factors[RFI_FACTOR_SAME_ZIP] > 0)
    {
      g_autofree char *area = g_strndup (job->zip_code, 3);
      /* translators: %s is the beginning of a ZIP code */
      g_autofree char *words = g_strdup_printf (_("has a job in ZIP area %s"), area);

      append (text, words);
    }

  if (n_known > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("did %u job in this store",
                                                          "did %u jobs in this store", n_known),
                                                n_known);

      append (text, words);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rfi_candidate_words_problems (const RfiCandidate *candidate)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (candidate->factors[RFI_FACTOR_LACKS_SKILL] > 0)
    {
      /* translators: %s is a skill that a technician does not have */
      g_autofree char *words = g_strdup_printf (_("no %s"), candidate->check.skill);

      append (text, words);
    }
  if (candidate->factors[RFI_FACTOR_OFF_SHIFT] > 0)
    append (text, _("off shift then"));
  if (candidate->clash != NULL)
    {
      /* translators: %s is another job at the same time */
      g_autofree char *words = g_strdup_printf (_("busy then: %s"), candidate->clash->title);

      append (text, words);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
has_fewest (GPtrArray          *candidates,
            const RfiCandidate *best)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      RfiCandidate *other = g_ptr_array_index (candidates, i);

      if (other != best && !rfi_candidate_is_excluded (other) &&
          other->factors[RFI_FACTOR_OPEN_JOBS] < best->factors[RFI_FACTOR_OPEN_JOBS])
        return FALSE;
    }

  return TRUE;
}

static char *
explain (GPtrArray          *candidates,
         const RfiCandidate *best,
         const RfiJob       *job)
{
  g_autofree char *reasons = rfi_candidate_words_reasons (best, job);
  g_autofree char *load = rfi_candidate_words_load (best);

  if (has_fewest (candidates, best) && *reasons != '\0')
    /* translators: a name, then reasons such as "has a job in Dallas" */
    return g_strdup_printf (_("%s has the fewest open jobs and %s. You decide; nothing is assigned "
                              "until you press Assign."),
                            best->technician->display_name, reasons);
  if (has_fewest (candidates, best))
    /* translators: %s is a name */
    return g_strdup_printf (_("%s has the fewest open jobs. You decide; nothing is assigned until "
                              "you press Assign."), best->technician->display_name);
  if (*reasons != '\0')
    /* translators: a name, reasons, then "4 open jobs" */
    return g_strdup_printf (_("%s %s, which outweighs having %s. You decide; nothing is assigned "
                              "until you press Assign."),
                            best->technician->display_name, reasons, load);

  /* translators: a name, then "4 open jobs" */
  return g_strdup_printf (_("%s has %s and comes first on balance. You decide; nothing is assigned "
                            "until you press Assign."), best->technician->display_name, load);
}

char *
rfi_candidate_words_best (GPtrArray    *candidates,
                          const RfiJob *job)
{
  RfiCandidate *best = candidates->len > 0 ? g_ptr_array_index (candidates, 0) : NULL;
  g_autofree char *problems = NULL;
  g_autofree char *words = NULL;

  if (best == NULL || rfi_candidate_is_excluded (best))
    return g_strdup (_("Nobody can take this job right now."));

  words = explain (candidates, best, job);
  problems = rfi_candidate_words_problems (best);
  if (*problems == '\0')
    return g_steal_pointer (&words);

  /* translators: a sentence for a technician, then what speaks against them: "off shift then" */
  return g_strdup_printf (_("%s Nobody fits better, but mind: %s."), words, problems);
}
