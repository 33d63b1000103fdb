/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-undo-words"

#include "config.h"

#include "rfi-undo-words.h"

#include "rfi-deed-words.h"
#include "rfi-error-words.h"
#include "rfi-record-list.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* The only field that is set, or -1. */
static int
get_only_field (const RfiPatch *patch)
{
  int only = -1;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (patch, (RfiField) i))
      {
        if (only >= 0)
          return -1;
        only = (int) i;
      }
  return only;
}

/* Only the times of a job. */
static gboolean
is_schedule (const RfiPatch *patch)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (patch, (RfiField) i) && i != RFI_FIELD_SCHEDULED_START &&
        i != RFI_FIELD_SCHEDULED_END && i != RFI_FIELD_ESTIMATED_MINUTES)
      return FALSE;

  return !rfi_patch_is_empty (patch);
}

static char *
assign_words (RfiSession     *session,
              const RfiPatch *patch,
              guint           n_jobs)
{
  const char *technician = rfi_patch_get (patch, RFI_FIELD_ASSIGNED_TO);

  if (technician == NULL || *technician == '\0')
    return n_jobs == 1 ? g_strdup (_("Take the Technician Off"))
                       : g_strdup_printf (ngettext ("Take the Technician off %u Job",
                                                    "Take the Technicians off %u Jobs", n_jobs),
                                          n_jobs);
  if (n_jobs == 1)
    /* translators: %s is a technician's name */
    return g_strdup_printf (_("Assign to %s"), rfi_session_get_name (session, technician));

  return g_strdup_printf (ngettext ("Assign %u Job to %s", "Assign %u Jobs to %s", n_jobs),
                          n_jobs, rfi_session_get_name (session, technician));
}

static char *
status_words (const RfiPatch *patch,
              guint           n_jobs)
{
  const char *status = rfi_patch_get (patch, RFI_FIELD_STATUS);

  if (g_strcmp0 (status, rfi_status_to_string (RFI_STATUS_CANCELLED)) == 0)
    return n_jobs == 1 ? g_strdup (_("Cancel Job"))
                       : g_strdup_printf (ngettext ("Cancel %u Job", "Cancel %u Jobs", n_jobs),
                                          n_jobs);
  if (n_jobs == 1)
    /* translators: %s is a status */
    return g_strdup_printf (_("Mark as %s"), rfi_words_value (RFI_FIELD_STATUS, status));

  return g_strdup_printf (ngettext ("Mark %u Job as %s", "Mark %u Jobs as %s", n_jobs), n_jobs,
                          rfi_words_value (RFI_FIELD_STATUS, status));
}

static char *
edit_words (const RfiPatch *patch,
            guint           n_jobs)
{
  int field = get_only_field (patch);

  if (field == RFI_FIELD_PRIORITY)
    {
      const char *value = rfi_words_value (RFI_FIELD_PRIORITY,
                                           rfi_patch_get (patch, RFI_FIELD_PRIORITY));

      return n_jobs == 1
             /* translators: %s is a priority */
             ? g_strdup_printf (_("Set Priority to %s"), value)
             : g_strdup_printf (ngettext ("Set Priority of %u Job to %s",
                                          "Set Priority of %u Jobs to %s", n_jobs), n_jobs,
                                value);
    }
  if (is_schedule (patch))
    return n_jobs == 1 ? g_strdup (_("Reschedule"))
                       : g_strdup_printf (ngettext ("Reschedule %u Job", "Reschedule %u Jobs",
                                                    n_jobs), n_jobs);
  if (n_jobs > 1)
    return g_strdup_printf (ngettext ("Edit %u Job", "Edit %u Jobs", n_jobs), n_jobs);
  if (field >= 0)
    /* translators: %s is a field such as "the title" */
    return g_strdup_printf (_("Edit of %s"), rfi_words_the_field ((RfiField) field));

  return g_strdup (_("Edit Job"));
}

char *
rfi_undo_words_change (RfiSession       *session,
                       RfiOperationKind  kind,
                       const RfiPatch   *patch,
                       guint             n_jobs)
{
  switch (kind)
    {
    case RFI_OPERATION_ASSIGN:
      return assign_words (session, patch, n_jobs);
    case RFI_OPERATION_SET_STATUS:
      return status_words (patch, n_jobs);
    case RFI_OPERATION_CREATE:
      return g_strdup (_("Create Job"));
    case RFI_OPERATION_DELETE:
      return g_strdup (_("Delete Job"));
    case RFI_OPERATION_DELETE_PHOTO:
      return g_strdup (_("Delete Photo"));
    case RFI_OPERATION_RESOLVE:
      return g_strdup (_("Settle Conflict"));
    case RFI_OPERATION_MOVE:
      return g_strdup (_("Move to Another Vendor"));
    case RFI_OPERATION_EDIT:
    case RFI_OPERATION_ADD_PHOTO:
    case RFI_OPERATION_VOID:
    default:
      return edit_words (patch, n_jobs);
    }
}

char *
rfi_undo_words_deed (RfiSession    *session,
                     const RfiDeed *deed)
{
  return rfi_undo_words_change (session, deed->kind, deed->after, 1);
}

char *
rfi_undo_words_step (RfiSession  *session,
                     RfiUndoStep *step)
{
  RfiDeed *first = rfi_undo_step_get_deed (step, 0);

  return rfi_undo_words_change (session, first->kind, first->after,
                                rfi_undo_step_get_n_deeds (step));
}

static char *
assigned_words (RfiSession *session,
                const char *technician,
                guint       n_jobs)
{
  if (technician == NULL || *technician == '\0')
    return n_jobs == 1 ? g_strdup (_("Technician taken off"))
                       : g_strdup_printf (ngettext ("Technician taken off %u job",
                                                    "Technicians taken off %u jobs", n_jobs),
                                          n_jobs);
  if (n_jobs == 1)
    /* translators: %s is a technician's name */
    return g_strdup_printf (_("Assigned to %s"), rfi_session_get_name (session, technician));

  return g_strdup_printf (ngettext ("%u job assigned to %s", "%u jobs assigned to %s", n_jobs),
                          n_jobs, rfi_session_get_name (session, technician));
}

static char *
edited_words (const RfiPatch *patch,
              guint           n_jobs)
{
  int field = get_only_field (patch);
  const char *value = field >= 0 ? rfi_words_value ((RfiField) field,
                                                    rfi_patch_get (patch, (RfiField) field))
                                 : NULL;

  if (field == RFI_FIELD_PRIORITY && n_jobs == 1)
    /* translators: %s is a priority */
    return g_strdup_printf (_("Priority set to %s"), value);
  if (field == RFI_FIELD_PRIORITY)
    return g_strdup_printf (ngettext ("Priority of %u job set to %s",
                                      "Priority of %u jobs set to %s", n_jobs), n_jobs, value);
  if (field == RFI_FIELD_STATUS)
    return n_jobs == 1
           /* translators: %s is a status */
           ? g_strdup_printf (_("Marked as %s"), value)
           : g_strdup_printf (ngettext ("%u job marked as %s", "%u jobs marked as %s", n_jobs),
                              n_jobs, value);
  if (is_schedule (patch))
    return n_jobs == 1 ? g_strdup (_("Rescheduled"))
                       : g_strdup_printf (ngettext ("%u job rescheduled", "%u jobs rescheduled",
                                                    n_jobs), n_jobs);
  if (n_jobs > 1)
    return g_strdup_printf (ngettext ("%u job changed", "%u jobs changed", n_jobs), n_jobs);
  if (field >= 0)
    /* translators: %s is a field such as "Title" */
    return g_strdup_printf (_("%s changed"), rfi_words_field ((RfiField) field));

  return g_strdup (_("Job changed"));
}

char *
rfi_undo_words_done (RfiSession  *session,
                     RfiUndoStep *step)
{
  RfiDeed *first = rfi_undo_step_get_deed (step, 0);
  guint n_jobs = rfi_undo_step_get_n_deeds (step);

  return first->kind == RFI_OPERATION_ASSIGN
         ? assigned_words (session, rfi_patch_get (first->after, RFI_FIELD_ASSIGNED_TO), n_jobs)
         : edited_words (first->after, n_jobs);
}

/* A label of a menu takes an underscore for a mnemonic. */
static char *
name_in_menu (char *words)
{
  g_autoptr(GString) escaped = g_string_new (words);

  g_string_replace (escaped, "_", "__", 0);
  g_free (words);
  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

char *
rfi_undo_words_undo (RfiSession *session)
{
  RfiUndoStack *stack = session != NULL ? rfi_session_get_undo (session) : NULL;
  RfiUndoStep *step = stack != NULL ? rfi_undo_stack_get_undo (stack) : NULL;
  RfiDeed *barrier = stack != NULL ? rfi_undo_stack_get_barrier (stack) : NULL;
  g_autofree char *name = NULL;

  if (step != NULL)
    {
      name = name_in_menu (rfi_undo_words_step (session, step));
      /* translators: %s is such as "Assign to Sara" */
      return g_strdup_printf (_("_Undo %s"), name);
    }
  if (barrier != NULL)
    {
      name = name_in_menu (rfi_undo_words_deed (session, barrier));
      /* translators: %s is such as "Cancel Job" */
      return g_strdup_printf (_("Can’t Undo %s"), name);
    }
  return g_strdup (_("_Undo"));
}

char *
rfi_undo_words_redo (RfiSession *session)
{
  RfiUndoStep *step =
    session != NULL ? rfi_undo_stack_get_redo (rfi_session_get_undo (session)) : NULL;
  g_autofree char *name = NULL;

  if (step == NULL)
    return g_strdup (_("_Redo"));

  name = name_in_menu (rfi_undo_words_step (session, step));
  /* translators: %s is such as "Assign to Sara" */
  return g_strdup_printf (_("_Redo %s"), name);
}

/* The server's answer is with the operation, for as long as that waits for a person. */
static char *
failure_words (RfiBulk      *bulk,
               RfiBulkEntry *entry)
{
  RfiRecordList *outbox =
    RFI_RECORD_LIST (rfi_session_get_outbox (rfi_bulk_get_session (bulk)));
  RfiDeed *deed = rfi_bulk_entry_get_deed (entry);
  RfiOperation *operation =
    deed->operation_id != NULL ? rfi_record_list_find (outbox, deed->operation_id) : NULL;

  if (operation == NULL)
    return g_strdup (_("It does not stand any more."));
  if (operation->state == RFI_OPERATION_CONFLICT)
    return g_strdup (_("It met another change. Settle it in Conflicts."));

  return rfi_error_words_code (operation->error_code, operation->error_message);
}

char *
rfi_undo_words_reason (RfiBulk      *bulk,
                       RfiBulkEntry *entry)
{
  switch (rfi_bulk_entry_get_state (entry))
    {
    case RFI_BULK_REFUSED:
      return rfi_error_words (rfi_bulk_entry_get_error (entry));
    case RFI_BULK_FAILED:
      return failure_words (bulk, entry);
    case RFI_BULK_CLASH:
      return g_strdup (_("Somebody changed it since."));
    case RFI_BULK_SAME:
      return g_strdup (_("It is so already."));
    case RFI_BULK_READY:
    case RFI_BULK_RUNNING:
    case RFI_BULK_KEPT:
    case RFI_BULK_CONFIRMED:
    default:
      return g_strdup ("");
    }
}
