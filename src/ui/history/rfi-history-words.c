/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-words"

#include "config.h"

#include "rfi-history-words.h"

#include "rfi-words.h"

#include <glib/gi18n.h>

char *
rfi_history_words_action (const RfiAuditEntry *entry)
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
    case RFI_AUDIT_MOVED:
      return g_strdup (_("Moved to another vendor"));
    case RFI_AUDIT_REMADE:
      return g_strdup (_("Job made anew"));
    case RFI_AUDIT_DEVICE_REVOKED:
      return g_strdup (_("Device revoked"));
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

const char *
rfi_history_words_origin (const RfiAuditEntry *entry)
{
  if (entry->pending)
    return _("This device, queued");
  if (entry->action == RFI_AUDIT_RESOLVED)
    return _("Conflict settled");
  if (entry->origin == RFI_ORIGIN_DEVICE)
    return _("Another device");
  return entry->origin == RFI_ORIGIN_HERE ? _("This device") : _("Server");
}
