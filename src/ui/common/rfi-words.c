/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-words"

#include "config.h"

#include "rfi-words.h"

#include <glib/gi18n.h>

static const struct {
  const char *word;
  const char *icon;
  const char *style;
  const char *step;
} statuses[RFI_N_STATUSES] = {
  [RFI_STATUS_PENDING] = { N_("Pending"), "status-pending-symbolic", "status-pending",
                           N_("Mark Pending") },
  [RFI_STATUS_ASSIGNED] = { N_("Assigned"), "status-assigned-symbolic", "status-assigned",
                            N_("Assign…") },
  [RFI_STATUS_IN_PROGRESS] = { N_("In progress"), "status-in-progress-symbolic",
                               "status-in-progress", N_("Start Work") },
  [RFI_STATUS_COMPLETED] = { N_("Completed"), "status-completed-symbolic", "status-completed",
                             N_("Mark Completed") },
  [RFI_STATUS_CANCELLED] = { N_("Cancelled"), "status-cancelled-symbolic", "status-cancelled",
                             N_("Cancel Job…") },
};

const char *
rfi_words_status (RfiStatus status)
{
  return _(statuses[status].word);
}

const char *
rfi_words_status_icon (RfiStatus status)
{
  return statuses[status].icon;
}

const char *
rfi_words_status_class (RfiStatus status)
{
  return statuses[status].style;
}

const char *
rfi_words_status_step (RfiStatus status)
{
  return _(statuses[status].step);
}

static const struct {
  const char *word;
  const char *icon;
  const char *style;
} priorities[RFI_N_PRIORITIES] = {
  [RFI_PRIORITY_LOW] = { NC_("priority", "Low"), "priority-low-symbolic", "priority-low" },
  [RFI_PRIORITY_MEDIUM] = { NC_("priority", "Medium"), "priority-medium-symbolic",
                            "priority-medium" },
  [RFI_PRIORITY_HIGH] = { NC_("priority", "High"), "priority-high-symbolic", "priority-high" },
  [RFI_PRIORITY_URGENT] = { NC_("priority", "Urgent"), "priority-urgent-symbolic",
                            "priority-urgent" },
};

const char *
rfi_words_priority (RfiPriority priority)
{
  return g_dpgettext2 (NULL, "priority", priorities[priority].word);
}

const char *
rfi_words_priority_icon (RfiPriority priority)
{
  return priorities[priority].icon;
}

const char *
rfi_words_priority_class (RfiPriority priority)
{
  return priorities[priority].style;
}

static const struct {
  const char *word;
  const char *icon;
} marks[] = {
  [RFI_MARK_CONFIRMED] = { NULL, NULL },
  [RFI_MARK_SYNCING] = { N_("Syncing"), "sync-syncing-symbolic" },
  [RFI_MARK_QUEUED] = { N_("Queued"), "sync-queued-symbolic" },
  [RFI_MARK_FAILED] = { N_("Failed"), "sync-failed-symbolic" },
  [RFI_MARK_CONFLICT] = { N_("Conflict"), "sync-conflict-symbolic" },
  [RFI_MARK_NEWS] = { N_("Changed elsewhere"), "sync-viewing-symbolic" },
};

const char *
rfi_words_mark (RfiMark mark)
{
  return marks[mark].word != NULL ? _(marks[mark].word) : NULL;
}

const char *
rfi_words_mark_icon (RfiMark mark)
{
  return marks[mark].icon;
}

const char *
rfi_words_role (RfiRole role)
{
  static const char *const words[RFI_N_ROLES] = {
    [RFI_ROLE_ADMIN] = N_("Administrator"),
    [RFI_ROLE_DISPATCHER] = N_("Dispatcher"),
    [RFI_ROLE_TECHNICIAN] = N_("Technician"),
  };

  return _(words[role]);
}

const char *
rfi_words_field (RfiField field)
{
  static const char *const words[RFI_N_FIELDS] = {
    [RFI_FIELD_TITLE] = N_("Title"),
    [RFI_FIELD_DESCRIPTION] = N_("Description"),
    [RFI_FIELD_PRIORITY] = N_("Priority"),
    [RFI_FIELD_STATUS] = N_("Status"),
    [RFI_FIELD_ASSIGNED_TO] = N_("Technician"),
    [RFI_FIELD_STORE_NAME] = N_("Store"),
    [RFI_FIELD_ADDRESS] = N_("Address"),
    [RFI_FIELD_CITY] = N_("City"),
    [RFI_FIELD_STATE] = N_("State"),
    [RFI_FIELD_ZIP_CODE] = N_("ZIP code"),
    [RFI_FIELD_SCHEDULED_START] = N_("Scheduled start"),
    [RFI_FIELD_SCHEDULED_END] = N_("Scheduled end"),
    [RFI_FIELD_ESTIMATED_MINUTES] = N_("Estimated minutes"),
    [RFI_FIELD_HOLD_UNTIL] = N_("On hold until"),
    [RFI_FIELD_SKILLS] = N_("Skills"),
    [RFI_FIELD_COMPLETION_NOTES] = N_("Completion notes"),
    [RFI_FIELD_PARTS] = N_("Parts"),
    [RFI_FIELD_LABOUR] = N_("Labour"),
    [RFI_FIELD_NOTES] = N_("Notes"),
  };

  return _(words[field]);
}

const char *
rfi_words_bare_field (RfiField field)
{
  /* translators: as in "Changed title", "Conflict on title", or in a list */
  static const char *const words[RFI_N_FIELDS] = {
    [RFI_FIELD_TITLE] = NC_("bare field", "title"),
    [RFI_FIELD_DESCRIPTION] = NC_("bare field", "description"),
    [RFI_FIELD_PRIORITY] = NC_("bare field", "priority"),
    [RFI_FIELD_STATUS] = NC_("bare field", "status"),
    [RFI_FIELD_ASSIGNED_TO] = NC_("bare field", "technician"),
    [RFI_FIELD_STORE_NAME] = NC_("bare field", "store"),
    [RFI_FIELD_ADDRESS] = NC_("bare field", "address"),
    [RFI_FIELD_CITY] = NC_("bare field", "city"),
    [RFI_FIELD_STATE] = NC_("bare field", "state"),
    [RFI_FIELD_ZIP_CODE] = NC_("bare field", "ZIP code"),
    [RFI_FIELD_SCHEDULED_START] = NC_("bare field", "scheduled start"),
    [RFI_FIELD_SCHEDULED_END] = NC_("bare field", "scheduled end"),
    [RFI_FIELD_ESTIMATED_MINUTES] = NC_("bare field", "estimated minutes"),
    [RFI_FIELD_HOLD_UNTIL] = NC_("bare field", "time on hold"),
    [RFI_FIELD_SKILLS] = NC_("bare field", "skills"),
    [RFI_FIELD_COMPLETION_NOTES] = NC_("bare field", "completion notes"),
    [RFI_FIELD_PARTS] = NC_("bare field", "parts"),
    [RFI_FIELD_LABOUR] = NC_("bare field", "labour"),
    [RFI_FIELD_NOTES] = NC_("bare field", "notes"),
  };

  return g_dpgettext2 (NULL, "bare field", words[field]);
}

const char *
rfi_words_the_field (RfiField field)
{
  /* translators: as the object of a verb: "Ana changed the title" */
  static const char *const words[RFI_N_FIELDS] = {
    [RFI_FIELD_TITLE] = N_("the title"),
    [RFI_FIELD_DESCRIPTION] = N_("the description"),
    [RFI_FIELD_PRIORITY] = N_("the priority"),
    [RFI_FIELD_STATUS] = N_("the status"),
    [RFI_FIELD_ASSIGNED_TO] = N_("the technician"),
    [RFI_FIELD_STORE_NAME] = N_("the store"),
    [RFI_FIELD_ADDRESS] = N_("the address"),
    [RFI_FIELD_CITY] = N_("the city"),
    [RFI_FIELD_STATE] = N_("the state"),
    [RFI_FIELD_ZIP_CODE] = N_("the ZIP code"),
    [RFI_FIELD_SCHEDULED_START] = N_("the scheduled start"),
    [RFI_FIELD_SCHEDULED_END] = N_("the scheduled end"),
    [RFI_FIELD_ESTIMATED_MINUTES] = N_("the estimated minutes"),
    [RFI_FIELD_HOLD_UNTIL] = N_("the time on hold"),
    [RFI_FIELD_SKILLS] = N_("the skills"),
    [RFI_FIELD_COMPLETION_NOTES] = N_("the completion notes"),
    [RFI_FIELD_PARTS] = N_("the parts"),
    [RFI_FIELD_LABOUR] = N_("the labour"),
    [RFI_FIELD_NOTES] = N_("the notes"),
  };

  return _(words[field]);
}

const char *
rfi_words_verdict (RfiVerdict verdict)
{
  static const char *const words[] = {
    [RFI_VERDICT_OK] = NULL,
    [RFI_VERDICT_NOT_YOUR_ROLE] = N_("Your role does not allow this. Ask a dispatcher or an "
                                     "administrator."),
    [RFI_VERDICT_NOT_VISIBLE] = N_("This job is gone: somebody deleted it, or it belongs to "
                                   "another vendor or technician now."),
    [RFI_VERDICT_NEEDS_CONNECTION] = N_("Requires connection"),
    [RFI_VERDICT_ILLEGAL_STEP] = N_("The job can’t take this step from where it stands."),
    [RFI_VERDICT_NEEDS_TECHNICIAN] = N_("Choose a technician first."),
    [RFI_VERDICT_JOB_IS_OVER] = N_("Completed and cancelled jobs are over."),
    [RFI_VERDICT_OTHER_VENDOR] = N_("The technician works for another vendor."),
    [RFI_VERDICT_NOT_YOURS] = N_("Technicians can delete only photos of their own."),
    [RFI_VERDICT_HAS_CONFLICT] = N_("Settle the conflict on this job first."),
    [RFI_VERDICT_WORK_HAS_BEGUN] = N_("Work has begun: the job stays with its vendor."),
    [RFI_VERDICT_NOT_BY_THIS_SERVER] = N_("This server can’t move jobs between vendors."),
    [RFI_VERDICT_WAITS_ELSEWHERE] = N_("Only whoever made this change can insist on it."),
    [RFI_VERDICT_TAKES_NO_WORK] = N_("This technician can’t be assigned any more."),
  };

  return words[verdict] != NULL ? _(words[verdict]) : "";
}

char *
rfi_words_field_problem (RfiField        field,
                         RfiFieldProblem problem)
{
  switch (problem)
    {
    case RFI_FIELD_BLANK:
      /* translators: %s is a field such as "Title" */
      return g_strdup_printf (_("%s can’t be empty."), rfi_words_field (field));

    case RFI_FIELD_TOO_LONG:
      return g_strdup_printf (ngettext ("%s can have at most %u character.",
                                        "%s can have at most %u characters.",
                                        rfi_field_get_max_length (field)),
                              rfi_words_field (field), rfi_field_get_max_length (field));

    case RFI_FIELD_BAD_WORD:
      if (field == RFI_FIELD_ZIP_CODE)
        return g_strdup (_("A ZIP code has five digits, such as 75201."));
      /* translators: %s is a field such as "Priority" */
      return g_strdup_printf (_("%s has a value that is not known."), rfi_words_field (field));

    case RFI_FIELD_OK:
    default:
      return g_strdup ("");
    }
}

const char *
rfi_words_value (RfiField    field,
                 const char *value)
{
  RfiStatus status;
  RfiPriority priority;

  if (value == NULL)
    return "";
  if (field == RFI_FIELD_STATUS && rfi_status_from_string (value, &status))
    return rfi_words_status (status);
  if (field == RFI_FIELD_PRIORITY && rfi_priority_from_string (value, &priority))
    return rfi_words_priority (priority);
  if (field == RFI_FIELD_ASSIGNED_TO && *value == '\0')
    return _("Nobody");

  return value;
}
