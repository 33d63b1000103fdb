/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-filter"

#include "config.h"

#include "rfi-history-filter.h"

struct _RfiHistoryFilter
{
  GtkFilter       parent_instance;

  char           *needle;   /* (owned): casefolded */
  char           *user_id;  /* (owned) (nullable) */
  RfiHistoryKind  kind;
  gint64          since;
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
    case RFI_AUDIT_CHANGED:
    default:
      if (entry->field == RFI_FIELD_STATUS)
        return RFI_HISTORY_STATUS;
      return entry->field == RFI_FIELD_ASSIGNED_TO ? RFI_HISTORY_ASSIGNMENT : RFI_HISTORY_EDITS;
    }
}

static gboolean
rfi_history_filter_match (GtkFilter *filter,
                          gpointer   item)
{
  RfiHistoryFilter *self = RFI_HISTORY_FILTER (filter);
  RfiAuditEntry *entry = rfi_history_item_get_entry (item);

  return entry->at >= self->since &&
         (self->kind == RFI_HISTORY_ALL || rfi_history_kind_of (entry) == self->kind) &&
         (self->user_id == NULL || g_strcmp0 (self->user_id, entry->user_id) == 0) &&
         (*self->needle == '\0' || rfi_history_item_contains (item, self->needle));
}

static GtkFilterMatch
rfi_history_filter_get_strictness (GtkFilter *filter)
{
  RfiHistoryFilter *self = RFI_HISTORY_FILTER (filter);

  return self->since == 0 && self->kind == RFI_HISTORY_ALL && self->user_id == NULL &&
             *self->needle == '\0'
           ? GTK_FILTER_MATCH_ALL
           : GTK_FILTER_MATCH_SOME;
}

void
rfi_history_filter_set_text (RfiHistoryFilter *self,
                             const char       *text)
{
  g_return_if_fail (RFI_IS_HISTORY_FILTER (self));

  g_free (self->needle);
  self->needle = g_utf8_casefold (text, -1);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
rfi_history_filter_set_kind (RfiHistoryFilter *self,
                             RfiHistoryKind    kind)
{
  g_return_if_fail (RFI_IS_HISTORY_FILTER (self));

  self->kind = kind;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
rfi_history_filter_set_person (RfiHistoryFilter *self,
                               const char       *user_id)
{
  g_return_if_fail (RFI_IS_HISTORY_FILTER (self));

  g_free (self->user_id);
  self->user_id = g_strdup (user_id);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
rfi_history_filter_set_since (RfiHistoryFilter *self,
                              gint64            since)
{
  g_return_if_fail (RFI_IS_HISTORY_FILTER (self));

  self->since = since;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

gint64
rfi_history_filter_get_since (RfiHistoryFilter *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_FILTER (self), 0);

  return self->since;
}

static void
rfi_history_filter_finalize (GObject *object)
{
  RfiHistoryFilter *self = RFI_HISTORY_FILTER (object);

  g_free (self->needle);
  g_free (self->user_id);

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
  self->needle = g_strdup ("");
}

RfiHistoryFilter *
rfi_history_filter_new (void)
{
  return g_object_new (RFI_TYPE_HISTORY_FILTER, NULL);
}
