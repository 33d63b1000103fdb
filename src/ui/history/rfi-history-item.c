/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-item"

#include "config.h"

#include "rfi-history-item.h"

#include "rfi-deed-words.h"
#include "rfi-job-table.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiHistoryItem
{
  GObject        parent_instance;

  RfiSession    *session;  /* (owned) */
  RfiAuditEntry *entry;    /* (owned) */
  char          *action;   /* (owned) (nullable), as all below: until asked for */
  char          *job;
  char          *detail;
  char          *key;      /* all of it, casefolded */
};

G_DEFINE_FINAL_TYPE (RfiHistoryItem, rfi_history_item, G_TYPE_OBJECT)

RfiAuditEntry *
rfi_history_item_get_entry (RfiHistoryItem *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  return self->entry;
}

static char *
make_action (const RfiAuditEntry *entry)
{
  gboolean has_field = entry->field >= 0 && entry->field < RFI_N_FIELDS;
  const char *field = has_field ? rfi_words_bare_field ((RfiField) entry->field) : _("job");

  switch (entry->action)
    {
    case RFI_AUDIT_CREATED:
      return g_strdup (_("Job created"));
    case RFI_AUDIT_CHANGED:
      /* translators: %s is a field, "priority" */
      return g_strdup_printf (_("Changed %s"), field);
    case RFI_AUDIT_DELETED:
      return g_strdup (_("Job deleted"));
    case RFI_AUDIT_PHOTO_ADDED:
      return g_strdup (_("Photo added"));
    case RFI_AUDIT_PHOTO_DELETED:
      return g_strdup (_("Photo deleted"));
    case RFI_AUDIT_CONFLICT:
      /* translators: %s is a field, "priority" */
      return g_strdup_printf (_("Conflict on %s"), field);
    case RFI_AUDIT_RESOLVED:
      /* translators: %s is a field, "priority" */
      return g_strdup_printf (_("Conflict settled: %s"), field);
    case RFI_AUDIT_DISCARDED:
      /* translators: %s is a field, "priority" */
      return g_strdup_printf (_("Change given up: %s"), field);
    case RFI_AUDIT_REJECTED:
      return g_strdup (_("Refused by the server"));
    case RFI_AUDIT_ESCALATED:
      return g_strdup (_("Conflict escalated"));
    case RFI_AUDIT_INVESTIGATED:
      return g_strdup (_("Conflict looked into"));
    case RFI_AUDIT_DEVICE_REVOKED:
      return g_strdup (_("Device revoked"));
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

const char *
rfi_history_item_get_action (RfiHistoryItem *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  if (self->action == NULL)
    self->action = make_action (self->entry);
  return self->action;
}

const char *
rfi_history_item_get_who (RfiHistoryItem *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  if (self->entry->user_name != NULL)
    return self->entry->user_name;

  return self->entry->user_id != NULL ? rfi_session_get_name (self->session, self->entry->user_id)
                                      : _("Somebody");
}

const char *
rfi_history_item_get_job (RfiHistoryItem *self)
{
  RfiJobState *state;

  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  if (self->job != NULL)
    return self->job;

  state = rfi_job_table_lookup (rfi_session_get_jobs (self->session), self->entry->job_id);
  self->job = g_strdup (state != NULL ? state->work->title : _("A job that is gone"));
  return self->job;
}

const char *
rfi_history_item_get_detail (RfiHistoryItem *self)
{
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  if (self->detail == NULL)
    sentence = rfi_deed_words_audit (self->session, self->entry, &self->detail);
  return self->detail;
}

const char *
rfi_history_item_get_origin (RfiHistoryItem *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  if (self->entry->pending)
    return _("This device, queued");
  return self->entry->origin == RFI_ORIGIN_HERE ? _("This device") : _("Server");
}

gboolean
rfi_history_item_contains (RfiHistoryItem *self,
                           const char     *needle)
{
  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), FALSE);

  if (self->key == NULL)
    {
      g_autofree char *text = g_strjoin (
        "\n", rfi_history_item_get_who (self), rfi_history_item_get_action (self),
        rfi_history_item_get_job (self), rfi_history_item_get_detail (self), self->entry->job_id,
        NULL);

      self->key = g_utf8_casefold (text, -1);
    }

  return strstr (self->key, needle) != NULL;
}

static void
rfi_history_item_finalize (GObject *object)
{
  RfiHistoryItem *self = RFI_HISTORY_ITEM (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->entry, rfi_audit_entry_unref);
  g_free (self->action);
  g_free (self->job);
  g_free (self->detail);
  g_free (self->key);

  G_OBJECT_CLASS (rfi_history_item_parent_class)->finalize (object);
}

static void
rfi_history_item_class_init (RfiHistoryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_history_item_finalize;
}

static void
rfi_history_item_init (RfiHistoryItem *self)
{
}

RfiHistoryItem *
rfi_history_item_new (RfiSession    *session,
                      RfiAuditEntry *entry)
{
  RfiHistoryItem *self = g_object_new (RFI_TYPE_HISTORY_ITEM, NULL);

  self->session = g_object_ref (session);
  self->entry = rfi_audit_entry_ref (entry);
  return self;
}
