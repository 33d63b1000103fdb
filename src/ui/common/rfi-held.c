/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-held"

#include "config.h"

#include "rfi-held.h"

#include "rfi-change-words.h"

#include <glib/gi18n.h>

/* What a drop decides about. */
static const RfiField places[] = {
  RFI_FIELD_STATUS,
  RFI_FIELD_ASSIGNED_TO,
  RFI_FIELD_SCHEDULED_START,
  RFI_FIELD_SCHEDULED_END,
};

GPtrArray *
rfi_held_new (RfiJobTable     *jobs,
              RfiJobItem      *item,
              RfiJobSelection *also)
{
  g_autoptr(GPtrArray) holds = NULL;
  g_autoptr(GPtrArray) items = NULL;

  if (jobs == NULL)
    return NULL;

  holds = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_hold_free);
  if (also != NULL && rfi_job_selection_has (also, item))
    items = rfi_job_selection_list (also);
  for (guint i = 0; items != NULL && i < items->len; i++)
    g_ptr_array_add (holds, rfi_job_hold_new (jobs, g_ptr_array_index (items, i)));
  if (items == NULL)
    g_ptr_array_add (holds, rfi_job_hold_new (jobs, item));

  return g_steal_pointer (&holds);
}

static void
closed_cb (GtkPopover *popover,
           gpointer    user_data)
{
  g_signal_handlers_disconnect_by_func (popover, closed_cb, user_data);
}

static void
let_go_cb (gpointer  user_data,
           GClosure *closure)
{
  g_ptr_array_unref (user_data);
}

void
rfi_held_while_open (GtkPopover      *popover,
                     RfiJobTable     *jobs,
                     RfiJobItem      *item,
                     RfiJobSelection *also)
{
  GPtrArray *holds = rfi_held_new (jobs, item, also);

  if (holds != NULL)
    g_signal_connect_data (popover, "closed", G_CALLBACK (closed_cb), holds, let_go_cb, 0);
}

char *
rfi_held_words (RfiJobTable *jobs,
                RfiJobItem  *item)
{
  const RfiJob *news = rfi_job_hold_get_news (jobs, item);
  g_autofree char *fields = NULL;

  if (rfi_job_item_get_mark (item) != RFI_MARK_NEWS)
    return NULL;
  if (news == NULL)
    return g_strdup (_("Deleted elsewhere"));

  /* It may have been changed back. */
  fields = rfi_change_words_fields (rfi_job_item_get_job (item), news);
  if (fields == NULL)
    return NULL;

  /* translators: %s are fields: "status, priority" */
  return g_strdup_printf (_("Changed elsewhere: %s"), fields);
}

gboolean
rfi_held_may_drop (GtkWidget   *widget,
                   RfiJobTable *jobs,
                   RfiJobItem  *item)
{
  g_autoptr(RfiJob) seen = rfi_job_ref (rfi_job_item_get_job (item));
  g_autofree char *fields = NULL;
  g_autofree char *words = NULL;
  const RfiJob *job;
  gboolean moved = FALSE;

  if (jobs == NULL || rfi_job_item_get_mark (item) != RFI_MARK_NEWS)
    return TRUE;

  rfi_job_hold_show (jobs, seen->id);
  job = rfi_job_item_get_job (item);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    moved = moved || g_strcmp0 (rfi_job_get_field (seen, places[i]),
                                rfi_job_get_field (job, places[i])) != 0;
  if (!moved && !rfi_job_item_get_gone (item))
    return TRUE;

  fields = rfi_change_words_fields (seen, job);
  if (rfi_job_item_get_gone (item))
    /* translators: %s is the title of a job */
    words = g_strdup_printf (_("“%s” was deleted while you held it."), seen->title);
  else
    /* translators: the title of a job, then fields: "status, technician" */
    words = g_strdup_printf (_("“%s” was changed while you held it: %s. Nothing was done."),
                             seen->title, fields);
  gtk_widget_activate_action (widget, "win.toast", "(sss)", words, "", "");
  return FALSE;
}
