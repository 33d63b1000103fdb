/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-builtin-view"

#include "config.h"

#include "rfi-builtin-view.h"

#include <glib/gi18n.h>

#define OPEN_STATUSES \
  (1u << RFI_STATUS_PENDING | 1u << RFI_STATUS_ASSIGNED | 1u << RFI_STATUS_IN_PROGRESS)
#define ATTENTION (1u << RFI_MARK_CONFLICT | 1u << RFI_MARK_FAILED)
#define WAITING   (1u << RFI_MARK_QUEUED | 1u << RFI_MARK_SYNCING)

static const struct {
  const char *id;
  const char *icon;
  const char *title;
} views[RFI_N_BUILTIN_VIEWS] = {
  [RFI_VIEW_ALL] = { "all", "page-jobs-symbolic", N_("All jobs") },
  [RFI_VIEW_OPEN] = { "open", "status-pending-symbolic", N_("All open") },
  [RFI_VIEW_URGENT] = { "urgent", "priority-urgent-symbolic", N_("Urgent") },
  [RFI_VIEW_UNASSIGNED] = { "unassigned", "status-assigned-symbolic", N_("Unassigned") },
  [RFI_VIEW_MINE] = { "mine", "avatar-default-symbolic", N_("Created by me") },
  [RFI_VIEW_ATTENTION] = { "attention", "sync-conflict-symbolic", N_("Needs attention") },
  [RFI_VIEW_QUEUED] = { "queued", "sync-queued-symbolic", N_("Waiting to be sent") },
};

const char *
rfi_builtin_view_get_id (RfiBuiltinView self)
{
  return views[self].id;
}

const char *
rfi_builtin_view_get_title (RfiBuiltinView self)
{
  return _(views[self].title);
}

const char *
rfi_builtin_view_get_icon (RfiBuiltinView self)
{
  return views[self].icon;
}

RfiJobFilter *
rfi_builtin_view_make_filter (RfiBuiltinView  self,
                              RfiSession     *session)
{
  RfiJobFilter *filter = rfi_job_filter_new ();
  RfiJobCriteria mine = { .created_by = rfi_session_get_user (session)->id };

  switch (self)
    {
    case RFI_VIEW_OPEN:
    case RFI_VIEW_URGENT:
    case RFI_VIEW_UNASSIGNED:
      rfi_job_filter_set_statuses (filter, OPEN_STATUSES);
      if (self == RFI_VIEW_URGENT)
        rfi_job_filter_set_priorities (filter, 1u << RFI_PRIORITY_URGENT);
      else if (self == RFI_VIEW_UNASSIGNED)
        rfi_job_filter_set_technician (filter, "", TRUE);
      break;

    case RFI_VIEW_MINE:
      rfi_job_filter_set_criteria (filter, &mine);
      break;

    case RFI_VIEW_ATTENTION:
      rfi_job_filter_set_marks (filter, ATTENTION);
      break;

    case RFI_VIEW_QUEUED:
      rfi_job_filter_set_marks (filter, WAITING);
      break;

    case RFI_VIEW_ALL:
    default:
      break;
    }
  return filter;
}

gboolean
rfi_builtin_view_count (RfiBuiltinView      self,
                        const RfiJobCounts *counts,
                        guint              *n_jobs)
{
  switch (self)
    {
    case RFI_VIEW_ALL:
      *n_jobs = counts->n_jobs;
      return TRUE;

    case RFI_VIEW_OPEN:
      *n_jobs = counts->statuses[RFI_STATUS_PENDING] + counts->statuses[RFI_STATUS_ASSIGNED]
                + counts->statuses[RFI_STATUS_IN_PROGRESS];
      return TRUE;

    case RFI_VIEW_URGENT:
      *n_jobs = counts->open_priorities[RFI_PRIORITY_URGENT];
      return TRUE;

    case RFI_VIEW_UNASSIGNED:
      *n_jobs = counts->n_unassigned;
      return TRUE;

    case RFI_VIEW_ATTENTION:
      *n_jobs = counts->marks[RFI_MARK_CONFLICT] + counts->marks[RFI_MARK_FAILED];
      return TRUE;

    case RFI_VIEW_QUEUED:
      *n_jobs = counts->marks[RFI_MARK_QUEUED] + counts->marks[RFI_MARK_SYNCING];
      return TRUE;

    case RFI_VIEW_MINE:
    default:
      return FALSE;
    }
}
