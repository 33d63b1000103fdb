/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-filter-words"

#include "config.h"

#include "rfi-filter-words.h"

#include "rfi-format.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

char *
rfi_filter_words_age (guint hours)
{
  g_autofree char *span = NULL;

  if (hours == 0)
    return g_strdup (_("Any age"));

  span = rfi_format_span (hours * HOUR);
  /* translators: %s is such as "4 h" or "3 d" */
  return g_strdup_printf (_("Older than %s"), span);
}

const char *
rfi_filter_words_photos (RfiPhotosWanted photos)
{
  static const char *const words[] = {
    [RFI_PHOTOS_ANY] = N_("With or without photos"),
    [RFI_PHOTOS_SOME] = N_("Has photos"),
    [RFI_PHOTOS_NONE] = N_("No photos"),
  };

  return _(words[photos]);
}

const char *
rfi_filter_words_schedule (RfiScheduleWanted schedule)
{
  static const char *const words[] = {
    [RFI_WHEN_ANY] = N_("Scheduled or not"),
    [RFI_WHEN_NONE] = N_("Not scheduled"),
    [RFI_WHEN_PAST] = N_("Scheduled before now"),
    [RFI_WHEN_TODAY] = N_("Scheduled today"),
    [RFI_WHEN_TOMORROW] = N_("Scheduled tomorrow"),
    [RFI_WHEN_WEEK] = N_("Scheduled in seven days"),
  };

  return _(words[schedule]);
}

static void
add_word (GString    *text,
          const char *word)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, word);
}

/* Returns: (transfer full): "" if @words is empty. @words: (transfer full) */
static char *
describe_set (const char *what,
              GString    *words)
{
  /* translators: what is filtered, and for which values: "Priority: Urgent, High" */
  char *text = words->len > 0 ? g_strdup_printf (_("%s: %s"), what, words->str) : g_strdup ("");

  g_string_free (words, TRUE);
  return text;
}

static char *
describe_bits (const char   *what,
               guint         bits,
               guint         n_bits,
               const char *(*get_word) (guint value))
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < n_bits; i++)
    if (bits & 1u << i)
      add_word (words, get_word (i));
  return describe_set (what, words);
}

/* The most urgent first. */
static const char *
get_priority (guint i)
{
  return rfi_words_priority ((RfiPriority) (RFI_N_PRIORITIES - 1 - i));
}

static const char *
get_status (guint i)
{
  return rfi_words_status ((RfiStatus) i);
}

static const char *
get_mark (guint i)
{
  const char *word = rfi_words_mark ((RfiMark) i);

  return word != NULL ? word : "";
}

static guint
reverse (guint bits)
{
  guint reversed = 0;

  for (guint i = 0; i < RFI_N_PRIORITIES; i++)
    if (bits & 1u << i)
      reversed |= 1u << (RFI_N_PRIORITIES - 1 - i);
  return reversed;
}

static char *
describe_technicians (RfiJobFilter *filter,
                      RfiSession   *session)
{
  g_autoptr(GPtrArray) ids = rfi_job_filter_list_technicians (filter);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      add_word (names, *id == '\0' ? _("Unassigned")
                       : session != NULL ? rfi_session_get_name (session, id) : id);
    }
  return describe_set (_("Technician"), names);
}

static char *
describe_criterion (const RfiJobCriteria *criteria,
                    RfiFilterPart         part,
                    RfiSession           *session)
{
  switch ((int) part)
    {
    case RFI_PART_PLACE:
      return g_strdup (criteria->place != NULL ? criteria->place : "");

    case RFI_PART_CREATED_BY:
      if (criteria->created_by == NULL)
        return g_strdup ("");
      /* translators: %s is a person */
      return g_strdup_printf (_("Created by %s"),
                              session != NULL ? rfi_session_get_name (session, criteria->created_by)
                                              : criteria->created_by);

    case RFI_PART_AGE:
      return criteria->older_hours > 0 ? rfi_filter_words_age (criteria->older_hours)
                                       : g_strdup ("");

    case RFI_PART_PHOTOS:
      return g_strdup (criteria->photos != RFI_PHOTOS_ANY
                       ? rfi_filter_words_photos (criteria->photos) : "");

    case RFI_PART_SCHEDULE:
      return g_strdup (criteria->schedule != RFI_WHEN_ANY
                       ? rfi_filter_words_schedule (criteria->schedule) : "");

    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

char *
rfi_filter_words_part (RfiJobFilter  *filter,
                       RfiFilterPart  part,
                       RfiSession    *session)
{
  const char *text;

  switch (part)
    {
    case RFI_PART_TEXT:
      text = rfi_job_filter_get_text (filter);
      /* translators: what is searched for, in quotation marks */
      return *text != '\0' ? g_strdup_printf (_("“%s”"), text) : g_strdup ("");

    case RFI_PART_PRIORITIES:
      return describe_bits (_("Priority"), reverse (rfi_job_filter_get_priorities (filter)),
                            RFI_N_PRIORITIES, get_priority);

    case RFI_PART_STATUSES:
      return describe_bits (_("Status"), rfi_job_filter_get_statuses (filter), RFI_N_STATUSES,
                            get_status);

    case RFI_PART_MARKS:
      return describe_bits (_("Sync state"), rfi_job_filter_get_marks (filter),
                            RFI_MARK_CONFLICT + 1, get_mark);

    case RFI_PART_TECHNICIANS:
      return describe_technicians (filter, session);

    case RFI_PART_VENDOR:
      text = rfi_job_filter_get_vendor (filter);
      return g_strdup (text == NULL ? ""
                       : session != NULL ? rfi_session_get_vendor_name (session, text) : text);

    case RFI_PART_PLACE:
    case RFI_PART_CREATED_BY:
    case RFI_PART_AGE:
    case RFI_PART_PHOTOS:
    case RFI_PART_SCHEDULE:
    default:
      return describe_criterion (rfi_job_filter_get_criteria (filter), part, session);
    }
}
