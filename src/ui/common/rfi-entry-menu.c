/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-entry-menu"

#include "config.h"

#include "rfi-entry-menu.h"

#include "rfi-deed-words.h"
#include "rfi-job-table.h"
#include "rfi-session-history.h"
#include "rfi-session-restore.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* An action that no widget has, so that its item is shown insensitive. */
#define NO_ACTION "menu.unavailable"

#define NOW G_GINT64_CONSTANT (0)

/* Of a value in a menu, in characters. */
#define MOST_SHOWN 32

/* Returns: (transfer full): "Restore “High”", "Restore: nothing" */
static char *
make_label (RfiSession *session,
            RfiField    field,
            const char *value)
{
  g_autofree char *words = rfi_deed_words_value (session, field, value);
  g_autofree char *start = NULL;

  g_strdelimit (words, "\n", ' ');
  if (*words == '\0')
    /* translators: a field that was empty is emptied again; %s is "the title" */
    return g_strdup_printf (_("Empty %s Again"), rfi_words_the_field (field));
  if (g_utf8_strlen (words, -1) <= MOST_SHOWN)
    /* translators: %s is a value of the past, such as "High" */
    return g_strdup_printf (_("Restore “%s”"), words);

  start = g_utf8_substring (words, 0, MOST_SHOWN - 1);
  /* translators: %s is the beginning of a long value of the past */
  return g_strdup_printf (_("Restore “%s…”"), start);
}

static void
append_value (GMenu               *menu,
              RfiSession          *session,
              const RfiAuditEntry *entry,
              const char          *now,
              const char          *value)
{
  RfiField field = (RfiField) entry->field;
  g_autoptr(GMenuItem) item = NULL;
  g_autofree char *label = NULL;
  g_autofree char *reason = NULL;
  RfiVerdict verdict;

  if (value == NULL || g_str_equal (value, now))
    return;

  verdict = rfi_session_check_restore (session, entry->job_id, field, value);
  if (verdict == RFI_VERDICT_NOT_YOUR_ROLE)
    return;

  label = make_label (session, field, value);
  item = g_menu_item_new (label, NULL);
  if (verdict == RFI_VERDICT_OK)
    {
      g_menu_item_set_action_and_target (item, "win.restore-value", "(ssss)", entry->job_id,
                                         rfi_field_to_string (field), now, value);
    }
  else
    {
      /* translators: an action that is not possible now, and why not */
      reason = g_strdup_printf (_("%s (%s)"), label, rfi_words_verdict (verdict));
      g_menu_item_set_label (item, reason);
      g_menu_item_set_detailed_action (item, NO_ACTION);
    }
  g_menu_append_item (menu, item);
}

/* Lists only grow: what somebody put in them is taken out by itself. */
static void
append_values (GMenu               *menu,
               RfiSession          *session,
               const RfiAuditEntry *entry)
{
  RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (session), entry->job_id);
  g_autoptr(GMenu) values = g_menu_new ();
  const char *now;

  if (state == NULL || entry->field < 0 ||
      rfi_field_get_rule ((RfiField) entry->field) == RFI_MERGE_UNION)
    return;

  now = rfi_job_get_field (state->work, (RfiField) entry->field);
  append_value (values, session, entry, now, entry->before);
  if (g_strcmp0 (entry->before, entry->after) != 0)
    append_value (values, session, entry, now, entry->after);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (values));
}

static void
append_look (GMenu      *menu,
             const char *label,
             const char *job_id,
             const char *user_id,
             const char *device_id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.show-history", "(sss)", job_id, user_id,
                                     device_id);
  g_menu_append_item (menu, item);
}

static void
append_looks (GMenu               *menu,
              RfiSession          *session,
              const RfiAuditEntry *entry)
{
  g_autoptr(GMenu) looks = g_menu_new ();
  g_autofree char *person = NULL;

  if (rfi_job_table_lookup (rfi_session_get_jobs (session), entry->job_id) != NULL)
    {
      g_autoptr(GMenuItem) open = g_menu_item_new (_("Open Job"), NULL);

      g_menu_item_set_action_and_target (open, "win.show-job", "s", entry->job_id);
      g_menu_append_item (looks, open);
    }
  if (*entry->job_id != '\0')
    append_look (looks, _("History of This Job"), entry->job_id, "", "");
  if (entry->user_id != NULL)
    {
      const char *name = entry->user_name != NULL ? entry->user_name
                                                  : rfi_session_get_name (session, entry->user_id);

      /* translators: %s is a person */
      person = g_strdup_printf (_("History of %s"), name);
      append_look (looks, person, "", entry->user_id, "");
    }
  if (entry->device_id != NULL)
    append_look (looks, _("History of This Device"), "", "", entry->device_id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (looks));
}

static void
append_moments (GMenu               *menu,
                RfiSession          *session,
                const RfiAuditEntry *entry)
{
  g_autoptr(GMenu) moments = g_menu_new ();
  g_autoptr(GMenuItem) as_of = NULL;
  g_autoptr(GMenuItem) compare = NULL;

  if (!rfi_session_has_server_history (session) || entry->pending)
    return;

  as_of = g_menu_item_new (_("Board As Of Then"), NULL);
  g_menu_item_set_action_and_target (as_of, "win.show-as-of", "x", entry->at);
  g_menu_append_item (moments, as_of);
  compare = g_menu_item_new (_("Compare Then With Now"), NULL);
  g_menu_item_set_action_and_target (compare, "win.compare-moments", "(xx)", entry->at, NOW);
  g_menu_append_item (moments, compare);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (moments));
}

GMenu *
rfi_entry_menu_new (RfiSession          *session,
                    const RfiAuditEntry *entry)
{
  GMenu *menu = g_menu_new ();

  append_values (menu, session, entry);
  append_looks (menu, session, entry);
  append_moments (menu, session, entry);
  return menu;
}
