/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-gone"

#include "config.h"

#include "rfi-gone.h"

#include "rfi-words.h"

/* What a dialog keeps: the job, which tells only while somebody has it, and what it may not do. */
#define ITEM_KEY "rfi-gone-item"
#define DEEDS_KEY "rfi-gone-deeds"

static void
gone_cb (AdwMessageDialog *dialog)
{
  const char * const *deeds = g_object_get_data (G_OBJECT (dialog), DEEDS_KEY);

  adw_message_dialog_set_body (dialog, rfi_words_verdict (RFI_VERDICT_NOT_VISIBLE));
  for (guint i = 0; deeds[i] != NULL; i++)
    if (adw_message_dialog_has_response (dialog, deeds[i]))
      adw_message_dialog_set_response_enabled (dialog, deeds[i], FALSE);
}

void
rfi_gone_follow (AdwMessageDialog   *dialog,
                 RfiJobTable        *jobs,
                 const char         *job_id,
                 const char * const *deeds)
{
  RfiJobItem *item = rfi_job_table_get_item (jobs, job_id);

  g_return_if_fail (ADW_IS_MESSAGE_DIALOG (dialog));
  g_return_if_fail (item != NULL);

  g_object_set_data (G_OBJECT (dialog), DEEDS_KEY, (gpointer) deeds);
  g_object_set_data_full (G_OBJECT (dialog), ITEM_KEY, item, g_object_unref);
  g_signal_connect_object (item, "notify::gone", G_CALLBACK (gone_cb), dialog, G_CONNECT_SWAPPED);
}
