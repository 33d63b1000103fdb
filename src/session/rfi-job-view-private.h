/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-view.h"
#include "rfi-row-list.h"

G_BEGIN_DECLS

/* Which jobs of its statuses a view takes, from whoever knows more of them. */
typedef struct
{
  RfiJobViewFunc takes;                    /* as rfi_job_view_new_wanted(); (nullable): all */
  /* Appends the rows that @takes takes, ascending. It is asked once all followers that came before
   * the view know of all rows. (nullable): the view looks at all rows itself */
  void         (*list) (gpointer    user_data,
                        RfiRowList *rows);
  gpointer       user_data;
  GDestroyNotify destroy;                  /* (nullable): of @user_data, with the view */
} RfiJobPick;

/* @pick: (transfer full) */
RfiJobView *_rfi_job_view_new_picked (RfiJobTable      *table,
                                      RfiJobFilter     *filter,
                                      guint             statuses,
                                      const RfiJobPick *pick);

G_END_DECLS
