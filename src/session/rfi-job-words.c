/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-words"

#include "config.h"

#include "rfi-job-words.h"

#include "rfi-text-pool.h"

#include <string.h>

char **
_rfi_job_words_split (const char *text)
{
  g_autofree char *folded = rfi_text_fold (text);
  g_auto(GStrv) pieces = g_strsplit_set (folded, " \t\r\n", -1);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      g_strv_builder_add (words, pieces[i]);

  return g_strv_builder_end (words);
}

gboolean
_rfi_job_words_narrow (char **before,
                       char **now)
{
  for (guint i = 0; before[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; now[j] != NULL && !found; j++)
        found = g_str_has_prefix (now[j], before[i]) &&
                (strlen (before[i]) >= RFI_ID_WORD_LENGTH || strlen (now[j]) < RFI_ID_WORD_LENGTH);
      if (!found)
        return FALSE;
    }

  return TRUE;
}

const char *
_rfi_job_words_get_text (const RfiJob *job,
                         RfiSoughtText text)
{
  switch (text)
    {
    case RFI_SOUGHT_TITLE:
      return job->title;
    case RFI_SOUGHT_STORE_NAME:
      return job->store_name;
    case RFI_SOUGHT_CITY:
      return job->city;
    case RFI_SOUGHT_ZIP_CODE:
      return job->zip_code;
    case RFI_SOUGHT_ADDRESS:
      return job->address;
    case RFI_SOUGHT_DESCRIPTION:
      return job->description;
    case RFI_SOUGHT_ASSIGNED_TO:
      return job->assigned_to;
    case RFI_SOUGHT_VENDOR:
      return job->vendor_id;
    default:
      g_return_val_if_reached (NULL);
    }
}

void
_rfi_job_filter_number (const RfiJob *job,
                        guint32      *numbers)
{
  for (guint i = 0; i < RFI_N_SOUGHT_TEXTS; i++)
    numbers[i] = rfi_text_pool_get_number (_rfi_job_words_get_text (job, (RfiSoughtText) i));
}
