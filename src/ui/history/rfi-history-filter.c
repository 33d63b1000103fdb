/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-filter"

#include "config.h"

#include "rfi-history-filter.h"

struct _RfiHistoryFilter
{
  GObject          parent_instance;

  RfiHistoryQuery *query;   /* (owned) */
  char            *needle;  /* (owned): casefolded */
  gboolean         server;
};

G_DEFINE_FINAL_TYPE (RfiHistoryFilter, rfi_history_filter, G_TYPE_OBJECT)

static gboolean
needs_text (RfiHistoryFilter *self)
{
  return !self->server && *self->needle != '\0';
}

gboolean
rfi_history_filter_takes (RfiHistoryFilter *self,
                          RfiSession       *session,
                          RfiAuditEntry    *entry)
{
  g_autoptr(RfiHistoryItem) item = NULL;

  g_return_val_if_fail (RFI_IS_HISTORY_FILTER (self), FALSE);

  if (!rfi_history_query_takes (self->query, entry, self->server))
    return FALSE;
  if (!needs_text (self))
    return TRUE;

  item = rfi_history_item_new (session, entry);
  return rfi_history_item_contains (item, self->needle);
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
