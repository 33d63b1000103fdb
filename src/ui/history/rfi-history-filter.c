/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-filter"

#include "config.h"

#include "rfi-history-filter.h"

struct _RfiHistoryFilter
{
  GtkFilter        parent_instance;

  RfiHistoryQuery *query;   /* (owned) */
  char            *needle;  /* (owned): casefolded */
  gboolean         server;
};

G_DEFINE_FINAL_TYPE (RfiHistoryFilter, rfi_history_filter, GTK_TYPE_FILTER)

RfiHistoryKind
rfi_history_kind_of (const RfiAuditEntry *entry)
{
  switch (entry->action)
    {
    case RFI_AUDIT_CREATED:
    case RFI_AUDIT_DELETED:
    case RFI_AUDIT_DEVICE_REVOKED:
      return RFI_HISTORY_LIFE;
    case RFI_AUDIT_PHOTO_ADDED:
    case RFI_AUDIT_PHOTO_DELETED:
      return RFI_HISTORY_PHOTOS;
    case RFI_AUDIT_CONFLICT:
    case RFI_AUDIT_RESOLVED:
    case RFI_AUDIT_DISCARDED:
    case RFI_AUDIT_REJECTED:
    case RFI_AUDIT_ESCALATED:
    case RFI_AUDIT_INVESTIGATED:
      return RFI_HISTORY_CONFLICTS;
    case RFI_AUDIT_MOVED:
      return RFI_HISTORY_ASSIGNMENT;
    case RFI_AUDIT_CHANGED:
    default:
      if (entry->field == RFI_FIELD_STATUS)
        return RFI_HISTORY_STATUS;
      return entry->field == RFI_FIELD_ASSIGNED_TO ? RFI_HISTORY_ASSIGNMENT : RFI_HISTORY_EDITS;
    }
}

/* What this console kept does not tell devices apart. */
static gboolean
is_from (const RfiAuditEntry *entry,
         RfiHistoryFrom       from)
{
  switch (from)
    {
    case RFI_HISTORY_HERE:
      return entry->origin == RFI_ORIGIN_HERE;
    case RFI_HISTORY_ELSEWHERE:
    case RFI_HISTORY_BY_SERVER:
      return entry->origin != RFI_ORIGIN_HERE;
    case RFI_HISTORY_BY_CONFLICT:
      return rfi_history_kind_of (entry) == RFI_HISTORY_CONFLICTS;
    case RFI_HISTORY_ANYWHERE:
    default:
      return TRUE;
    }
}

static gboolean
matches_text (const char *wanted,
              const char *text)
{
  return wanted == NULL || g_strcmp0 (wanted, text) == 0;
}

static gboolean
matches_all_but_text (RfiHistoryFilter    *self,
                      const RfiAuditEntry *entry)
{
  const RfiHistoryQuery *query = self->query;

  if (query->kind != RFI_HISTORY_ALL && rfi_history_kind_of (entry) != query->kind)
    return FALSE;
  if (self->server)
    return TRUE;

  return entry->at >= query->since && (query->until == 0 || entry->at < query->until) &&
         is_from (entry, query->from) && matches_text (query->user_id, entry->user_id) &&
         matches_text (query->job_id, entry->job_id) &&
         matches_text (query->device_id, entry->device_id);
}

static gboolean
needs_text (RfiHistoryFilter *self)
{
  return !self->server && *self->needle != '\0';
}

static gboolean
rfi_history_filter_match (GtkFilter *filter,
                          gpointer   item)
{
  RfiHistoryFilter *self = RFI_HISTORY_FILTER (filter);

  return matches_all_but_text (self, rfi_history_item_get_entry (item)) &&
         (!needs_text (self) || rfi_history_item_contains (item, self->needle));
}

gboolean
rfi_history_filter_takes (RfiHistoryFilter *self,
                          RfiSession       *session,
                          RfiAuditEntry    *entry)
{
  g_autoptr(RfiHistoryItem) item = NULL;

  g_return_val_if_fail (RFI_IS_HISTORY_FILTER (self), FALSE);

  if (!matches_all_but_text (self, entry))
    return FALSE;
  if (!needs_text (self))
    return TRUE;

  item = rfi_history_item_new (session, entry);
  return rfi_history_item_contains (item, self->needle);
}

static GtkFilterMatch
rfi_history_filter_get_strictness (GtkFilter *filter)
{
  static const RfiHistoryQuery all;
  RfiHistoryFilter *self = RFI_HISTORY_FILTER (filter);

  if (self->server ? self->query->kind == RFI_HISTORY_ALL
                   : rfi_history_query_equal (self->query, &all))
    return GTK_FILTER_MATCH_ALL;

  return GTK_FILTER_MATCH_SOME;
}

void
rfi_history_filter_set_query (RfiHistoryFilter      *self,
                              const RfiHistoryQuery *query,
                              gboolean               server)
{
  g_return_if_fail (RFI_IS_HISTORY_FILTER (self));

  if (self->server == server && rfi_history_query_equal (self->query, query))
    return;

  rfi_history_query_free (self->query);
  g_free (self->needle);
  self->query = rfi_history_query_copy (query);
  self->needle = g_utf8_casefold (query->text != NULL ? query->text : "", -1);
  self->server = server;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
rfi_history_filter_finalize (GObject *object)
{
  RfiHistoryFilter *self = RFI_HISTORY_FILTER (object);

  rfi_history_query_free (self->query);
  g_free (self->needle);

  G_OBJECT_CLASS (rfi_history_filter_parent_class)->finalize (object);
}

static void
rfi_history_filter_class_init (RfiHistoryFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_history_filter_finalize;
  GTK_FILTER_CLASS (klass)->match = rfi_history_filter_match;
  GTK_FILTER_CLASS (klass)->get_strictness = rfi_history_filter_get_strictness;
}

static void
rfi_history_filter_init (RfiHistoryFilter *self)
{
  self->query = g_new0 (RfiHistoryQuery, 1);
  self->needle = g_strdup ("");
}

RfiHistoryFilter *
rfi_history_filter_new (void)
{
  return g_object_new (RFI_TYPE_HISTORY_FILTER, NULL);
}
