/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-item"

#include "config.h"

#include "rfi-history-item.h"

#include "rfi-deed-words.h"
#include "rfi-entry-menu.h"
#include "rfi-history-words.h"
#include "rfi-job-table.h"
#include "rfi-session-history.h"

#include <glib/gi18n.h>

struct _RfiHistoryItem
{
  GObject        parent_instance;

  RfiSession    *session;  /* (owned) (nullable): as entry */
  RfiAuditEntry *entry;    /* (owned) (nullable): on its way */
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

const char *
rfi_history_item_get_action (RfiHistoryItem *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  if (self->action == NULL)
    self->action = self->entry != NULL ? rfi_history_words_action (self->entry)
                                       : g_strdup (_("Loading…"));
  return self->action;
}

const char *
rfi_history_item_get_who (RfiHistoryItem *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  return self->entry != NULL ? rfi_deed_words_person (self->session, self->entry) : "";
}

const char *
rfi_history_item_get_job (RfiHistoryItem *self)
{
  RfiJobState *state;

  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  if (self->job != NULL)
    return self->job;
  if (self->entry == NULL)
    return "";

  state = rfi_job_table_lookup (rfi_session_get_jobs (self->session), self->entry->job_id);
  self->job = g_strdup (state != NULL ? state->work->title : _("A job that is gone"));
  return self->job;
}

const char *
rfi_history_item_get_detail (RfiHistoryItem *self)
{
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  if (self->entry == NULL)
    return "";
  if (self->detail == NULL)
    sentence = rfi_deed_words_audit (self->session, self->entry, &self->detail);
  return self->detail;
}

const char *
rfi_history_item_get_origin (RfiHistoryItem *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  return self->entry != NULL ? rfi_history_words_origin (self->entry) : "";
}

const char *
rfi_history_item_get_origin_icon (RfiHistoryItem *self)
{
  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  if (self->entry == NULL)
    return NULL;
  if (self->entry->pending)
    return "sync-queued-symbolic";
  if (self->entry->action == RFI_AUDIT_RESOLVED)
    return "sync-conflict-symbolic";
  return self->entry->origin == RFI_ORIGIN_SERVER ? "network-server-symbolic"
                                                  : "computer-symbolic";
}

GMenu *
rfi_history_item_make_menu (RfiHistoryItem *self)
{
  GMenu *menu;

  g_return_val_if_fail (RFI_IS_HISTORY_ITEM (self), NULL);

  menu = rfi_entry_menu_new (self->session, self->entry);
  if (rfi_session_has_server_history (self->session) && !self->entry->pending)
    {
      g_autoptr(GMenu) two = g_menu_new ();
      g_autoptr(GMenuItem) mark = g_menu_item_new (_("Compare With Another Entry"), NULL);

      g_menu_item_set_action_and_target (mark, "history.mark", "x", self->entry->at);
      g_menu_append_item (two, mark);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (two));
    }
  return menu;
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

  g_set_object (&self->session, session);
  self->entry = rfi_audit_entry_ref (entry);
  return self;
}
