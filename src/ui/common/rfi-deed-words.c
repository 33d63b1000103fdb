/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-deed-words"

#include "config.h"

#include "rfi-deed-words.h"

#include "rfi-format.h"
#include "rfi-job-table.h"
#include "rfi-time.h"
#include "rfi-words.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_time (RfiField field)
{
  return field == RFI_FIELD_SCHEDULED_START || field == RFI_FIELD_SCHEDULED_END ||
         field == RFI_FIELD_HOLD_UNTIL;
}

char *
rfi_deed_words_item (RfiSession    *session,
                     RfiField       field,
                     const RfiItem *item)
{
  const char *text = item->text != NULL ? item->text : "";

  if (field == RFI_FIELD_PARTS)
    /* translators: a number, then a spare part */
    return g_strdup_printf (_("%d × %s"), (int) item->number, text);
  if (field == RFI_FIELD_LABOUR)
    /* translators: who worked, and how many minutes */
    return g_strdup_printf (_("%s: %d min"), rfi_session_get_name (session, item->who),
                            (int) item->number);

  /* translators: who wrote a note, then the note */
  return g_strdup_printf (_("%s: %s"), rfi_session_get_name (session, item->who), text);
}

/* Parts, labour and notes, one after the other; %NULL if it is none of these. */
static char *
list_words (RfiSession *session,
            RfiField    field,
            const char *value)
{
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  if (field != RFI_FIELD_PARTS && field != RFI_FIELD_LABOUR && field != RFI_FIELD_NOTES)
    return NULL;

  items = rfi_item_list_parse (field, value);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      g_autofree char *words = rfi_deed_words_item (session, field, items->pdata[i]);

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
rfi_deed_words_value (RfiSession *session,
                      RfiField    field,
                      const char *value)
{
  g_autofree char *list = value != NULL ? list_words (session, field, value) : NULL;
  gint64 at;

  if (list != NULL)
    return g_steal_pointer (&list);
  if (field == RFI_FIELD_ASSIGNED_TO && value != NULL && *value != '\0')
    return g_strdup (rfi_session_get_name (session, value));

  if (value != NULL && is_time (field) && rfi_time_parse (value, -1, &at))
    return rfi_format_clock (at);

  return g_strdup (rfi_words_value (field, value));
}

/* In quotes: where it ends has to be seen within a sentence. (transfer full) */
static char *
job_title (RfiSession         *session,
           const RfiOperation *operation)
{
  RfiJobState *state =
    rfi_job_table_lookup (rfi_session_get_jobs (session), operation->job_id);
  const char *title = state != NULL ? state->work->title
                      : operation->patch != NULL ? rfi_patch_get (operation->patch,
                                                                  RFI_FIELD_TITLE)
                                                 : NULL;

  /* translators: %s is a job's title */
  return title != NULL ? g_strdup_printf (_("“%s”"), title) : g_strdup (_("a job that is gone"));
}

/* "the title, the city and the state", for the fields that an edit sets */
static char *
field_names (const RfiPatch *patch)
{
  g_autoptr(GString) names = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (patch, (RfiField) i))
      {
        if (last != NULL)
          g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", last);
        last = rfi_words_the_field ((RfiField) i);
      }
  if (names->len == 0)
    return g_strdup (last);

  /* translators: fields, then the last of them: "the title, the city and the state" */
  return g_strdup_printf (_("%s and %s"), names->str, last);
}

static char *
status_words (const RfiOperation *operation,
              const char         *title)
{
  const char *status = rfi_patch_get (operation->patch, RFI_FIELD_STATUS);

  if (g_strcmp0 (status, rfi_status_to_string (RFI_STATUS_CANCELLED)) == 0)
    /* translators: %s is a job's title */
    return g_strdup_printf (_("Cancel %s"), title);

  /* translators: a job's title and the status it gets */
  return g_strdup_printf (_("Mark %s as %s"), title, rfi_words_value (RFI_FIELD_STATUS, status));
}

static char *
assign_words (RfiSession         *session,
              const RfiOperation *operation,
              const char         *title)
{
  const char *technician = rfi_patch_get (operation->patch, RFI_FIELD_ASSIGNED_TO);

  if (technician == NULL || *technician == '\0')
    /* translators: %s is a job's title */
    return g_strdup_printf (_("Take the technician off %s"), title);

  /* translators: a job's title and a technician's name */
  return g_strdup_printf (_("Assign %s to %s"), title, rfi_session_get_name (session, technician));
}

static char *
edit_words (RfiSession         *session,
            const RfiOperation *operation,
            const char         *title)
{
  g_autofree char *names = field_names (operation->patch);
  const char *priority = rfi_patch_get (operation->patch, RFI_FIELD_PRIORITY);

  if (priority != NULL && g_str_equal (names, rfi_words_the_field (RFI_FIELD_PRIORITY)))
    /* translators: a job's title and a priority */
    return g_strdup_printf (_("Set priority of %s to %s"), title,
                            rfi_words_value (RFI_FIELD_PRIORITY, priority));

  /* translators: "the title and the city", then a job's title */
  return g_strdup_printf (_("Change %s of %s"), names, title);
}

char *
rfi_deed_words_operation (RfiSession         *session,
                          const RfiOperation *operation)
{
  g_autofree char *title = job_title (session, operation);

  switch (operation->kind)
    {
    case RFI_OPERATION_CREATE:
      /* translators: %s is a job's title */
      return g_strdup_printf (_("Create %s"), title);
    case RFI_OPERATION_EDIT:
      return edit_words (session, operation, title);
    case RFI_OPERATION_SET_STATUS:
      return status_words (operation, title);
    case RFI_OPERATION_ASSIGN:
      return assign_words (session, operation, title);
    case RFI_OPERATION_DELETE:
      /* translators: %s is a job's title */
      return g_strdup_printf (_("Delete %s"), title);
    case RFI_OPERATION_ADD_PHOTO:
      {
        g_autofree char *size = g_format_size ((guint64) operation->photo_size);

        /* translators: a file's name, its size, a job's title */
        return g_strdup_printf (_("Upload photo %s (%s) for %s"), operation->photo_name, size,
                                title);
      }
    case RFI_OPERATION_DELETE_PHOTO:
      /* translators: %s is a job's title */
      return g_strdup_printf (_("Delete a photo of %s"), title);
    case RFI_OPERATION_RESOLVE:
      /* translators: %s is a job's title */
      return g_strdup_printf (_("Settle the conflict on %s"), title);
    case RFI_OPERATION_MOVE:
      /* translators: a job's title and a vendor's name */
      return g_strdup_printf (_("Move %s to %s"), title,
                              rfi_session_get_vendor_name (session, operation->vendor_id));
    case RFI_OPERATION_VOID:
      /* translators: %s is a job's title */
      return g_strdup_printf (_("Withdraw a change of %s"), title);
    default:
      g_return_val_if_reached (g_strdup (title));
    }
}

/* What was done, after the name of who did it. %s is a field's name where there is one. */
static const char *
audit_format (const RfiAuditEntry *entry)
{
  switch (entry->action)
    {
    case RFI_AUDIT_CREATED:
      /* translators: %1$s is a person */
      return _("%1$s created the job");
    case RFI_AUDIT_CHANGED:
      /* translators: a person, then "the title" */
      return _("%1$s changed %2$s");
    case RFI_AUDIT_DELETED:
      return _("%1$s deleted the job");
    case RFI_AUDIT_PHOTO_ADDED:
      return _("%1$s added a photo");
    case RFI_AUDIT_PHOTO_DELETED:
      return _("%1$s deleted a photo");
    case RFI_AUDIT_CONFLICT:
      /* translators: a person, then "the title" */
      return _("%1$s met a conflict on %2$s");
    case RFI_AUDIT_RESOLVED:
      return _("%1$s settled a conflict on %2$s");
    case RFI_AUDIT_DISCARDED:
      return _("%1$s gave up a change of %2$s");
    case RFI_AUDIT_REJECTED:
      /* translators: %1$s is a person */
      return _("The server refused a change by %1$s");
    case RFI_AUDIT_ESCALATED:
      return _("%1$s escalated a conflict");
    case RFI_AUDIT_INVESTIGATED:
      return _("%1$s looked into a conflict");
    case RFI_AUDIT_MOVED:
      return _("%1$s moved the job to another vendor");
    case RFI_AUDIT_REMADE:
      return entry->before != NULL && *entry->before != '\0'
               ? _("%1$s made this job in the place of one that was gone")
               : _("%1$s made the job anew after it was gone");
    case RFI_AUDIT_DEVICE_REVOKED:
      return _("%1$s revoked a device");
    default:
      g_return_val_if_reached ("%1$s");
    }
}

static char *
expand (const char *format,
        const char *person,
        const char *field)
{
  g_autoptr(GString) text = g_string_new (format);

  g_string_replace (text, "%1$s", person, 0);
  g_string_replace (text, "%2$s", field, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
rfi_deed_words_knows (RfiSession          *session,
                      const RfiAuditEntry *entry)
{
  /* Who has no name is told by their id, which says nothing. */
  return entry->user_name != NULL ||
         (entry->user_id != NULL &&
          strcmp (rfi_session_get_name (session, entry->user_id), entry->user_id) != 0);
}

const char *
rfi_deed_words_person (RfiSession          *session,
                       const RfiAuditEntry *entry)
{
  if (entry->user_name != NULL)
    return entry->user_name;

  return rfi_deed_words_knows (session, entry) ? rfi_session_get_name (session, entry->user_id)
                                               : _("Somebody");
}

/* Returns: (transfer full) (nullable) */
static char *
side_words (RfiSession          *session,
            const RfiAuditEntry *entry,
            const char          *value)
{
  g_autofree char *short_id = g_strndup (value != NULL ? value : "", 4);

  if (entry->field >= 0 && entry->field < RFI_N_FIELDS)
    return rfi_deed_words_value (session, (RfiField) entry->field, value);
  if (entry->action == RFI_AUDIT_REMADE && *short_id != '\0')
    /* translators: %s is how a job's id begins, "7f3c" */
    return g_strdup_printf (_("Job %s"), short_id);

  return g_strdup (entry->action == RFI_AUDIT_MOVED && value != NULL
                     ? rfi_session_get_vendor_name (session, value) : value);
}

char *
rfi_deed_words_audit (RfiSession           *session,
                      const RfiAuditEntry  *entry,
                      char                **detail)
{
  gboolean has_field = entry->field >= 0 && entry->field < RFI_N_FIELDS;
  RfiField field = has_field ? (RfiField) entry->field : RFI_FIELD_TITLE;
  g_autofree char *before = side_words (session, entry, entry->before);
  g_autofree char *after = side_words (session, entry, entry->after);

  if (before != NULL && *before != '\0' && after != NULL && *after != '\0')
    /* translators: a value before and after a change */
    *detail = g_strdup_printf (_("%s → %s"), before, after);
  else if (after != NULL && *after != '\0')
    *detail = g_strdup (after);
  else
    *detail = g_strdup (before != NULL ? before : "");

  return expand (audit_format (entry), rfi_deed_words_person (session, entry),
                 has_field ? rfi_words_the_field (field) : _("the job"));
}
