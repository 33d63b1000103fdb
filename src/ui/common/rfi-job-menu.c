/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-menu"

#include "config.h"

#include "rfi-job-menu.h"

#include "rfi-record-item.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* An action that no widget has, so that its item is shown insensitive. */
#define NO_ACTION "menu.unavailable"

static void
append (GMenu      *menu,
        const char *label,
        RfiVerdict  verdict,
        const char *action,
        GVariant   *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);
  g_autoptr(GVariant) owned = target != NULL ? g_variant_ref_sink (target) : NULL;

  /* What will never be possible for this person is not offered. */
  if (verdict == RFI_VERDICT_NOT_YOUR_ROLE)
    return;
  if (verdict == RFI_VERDICT_OK)
    {
      g_menu_item_set_action_and_target_value (item, action, owned);
    }
  else
    {
      /* translators: an action that is not possible now, and why not */
      g_autofree char *reason = g_strdup_printf (_("%s (%s)"), label, rfi_words_verdict (verdict));

      g_menu_item_set_label (item, reason);
      g_menu_item_set_detailed_action (item, NO_ACTION);
    }
  g_menu_append_item (menu, item);
}

static RfiVerdict
check (RfiSession *session,
       RfiJobItem *item,
       RfiAction   action)
{
  return session != NULL ? rfi_session_check (session, rfi_job_item_get_id (item), action)
                         : RFI_VERDICT_OK;
}

RfiVerdict
rfi_job_menu_check (RfiSession *session,
                    RfiJobItem *item,
                    RfiStatus   status)
{
  const RfiJob *job = rfi_job_item_get_job (item);
  RfiVerdict verdict;

  if (session == NULL)
    return rfi_status_may_become (job->status, status) ? RFI_VERDICT_OK : RFI_VERDICT_ILLEGAL_STEP;

  verdict = rfi_session_check_status (session, rfi_job_item_get_id (item), status);
  if (verdict == RFI_VERDICT_NEEDS_TECHNICIAN)
    return check (session, item, RFI_ACTION_ASSIGN);
  return verdict;
}

const char *
rfi_job_menu_get_step (RfiJobItem *item,
                       RfiStatus   status,
                       GVariant  **target)
{
  const RfiJob *job = rfi_job_item_get_job (item);
  gboolean assigned = job->assigned_to != NULL && job->assigned_to[0] != '\0';

  if (status == RFI_STATUS_CANCELLED || (status == RFI_STATUS_ASSIGNED && !assigned))
    {
      *target = g_variant_new_string (job->id);
      return status == RFI_STATUS_CANCELLED ? "win.cancel-job" : "win.assign";
    }

  *target = g_variant_new ("(ss)", job->id, rfi_status_to_string (status));
  return "win.set-status";
}

static GMenu *
new_steps (RfiSession *session,
           RfiJobItem *item)
{
  const RfiJob *job = rfi_job_item_get_job (item);
  GMenu *steps = g_menu_new ();

  for (int status = 0; status < RFI_N_STATUSES; status++)
    {
      const char *action;
      GVariant *target;

      if (!rfi_status_may_become (job->status, status))
        continue;

      action = rfi_job_menu_get_step (item, status, &target);
      append (steps, rfi_words_status_step (status), rfi_job_menu_check (session, item, status),
              action, target);
    }
  return steps;
}

/* The job's open conflict. Returns: (nullable) */
static const char *
find_conflict (RfiSession *session,
               const char *job_id)
{
  GListModel *conflicts = session != NULL ? rfi_session_get_conflicts (session) : NULL;

  for (guint i = 0; conflicts != NULL && i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (conflicts, i);
      const RfiConflict *conflict = rfi_record_item_get (item);

      if (g_strcmp0 (conflict->job_id, job_id) == 0)
        return conflict->id;
    }
  return NULL;
}

static GMenu *
new_looks (RfiSession *session,
           RfiJobItem *item)
{
  const RfiJob *job = rfi_job_item_get_job (item);
  const char *conflict = find_conflict (session, job->id);
  GMenu *menu = g_menu_new ();

  append (menu, _("Open"), RFI_VERDICT_OK, "win.show-job", g_variant_new_string (job->id));
  if (conflict != NULL)
    append (menu, _("Resolve Conflict…"), RFI_VERDICT_OK, "win.show-conflict",
            g_variant_new_string (conflict));
  append (menu, _("Photos"), RFI_VERDICT_OK, "win.show-photos", g_variant_new_string (job->id));
  append (menu, _("Add Photos…"), check (session, item, RFI_ACTION_ADD_PHOTO), "win.add-photos",
          g_variant_new_string (job->id));
  return menu;
}

static GMenu *
new_ends (RfiSession *session,
          RfiJobItem *item)
{
  const char *id = rfi_job_item_get_id (item);
  GMenu *menu = g_menu_new ();

  append (menu, _("Delete Job…"), check (session, item, RFI_ACTION_DELETE), "win.delete-job",
          g_variant_new_string (id));
  return menu;
}

static void
append_section (GMenu      *menu,
                const char *label,
                GMenu      *section)
{
  g_menu_append_section (menu, label, G_MENU_MODEL (section));
  g_object_unref (section);
}

GMenuModel *
rfi_job_menu_new (RfiSession *session,
                  RfiJobItem *item)
{
  const RfiJob *job = rfi_job_item_get_job (item);
  GMenu *menu = g_menu_new ();
  GMenu *steps = new_steps (session, item);

  if (job->status == RFI_STATUS_ASSIGNED || job->status == RFI_STATUS_IN_PROGRESS)
    append (steps, _("Change Technician…"), check (session, item, RFI_ACTION_ASSIGN),
            "win.assign", g_variant_new_string (job->id));
  append_section (menu, NULL, new_looks (session, item));
  append_section (menu, NULL, steps);
  append_section (menu, NULL, new_ends (session, item));
  return G_MENU_MODEL (menu);
}

GMenuModel *
rfi_job_menu_new_move (RfiSession *session,
                       RfiJobItem *item)
{
  return G_MENU_MODEL (new_steps (session, item));
}

const char *
rfi_job_menu_get_bulk_step (RfiStatus   status,
                            GVariant  **target)
{
  *target = NULL;
  if (status == RFI_STATUS_ASSIGNED)
    return "win.bulk-assign";
  if (status == RFI_STATUS_CANCELLED)
    return "win.bulk-cancel";

  *target = g_variant_new_string (rfi_status_to_string (status));
  return "win.bulk-status";
}

static RfiVerdict
check_role (RfiSession *session,
            RfiAction   action)
{
  return session != NULL ? rfi_rules_check_role (rfi_session_get_user (session)->role, action,
                                                 rfi_session_get_online (session))
                         : RFI_VERDICT_OK;
}

static GMenu *
new_bulk_steps (RfiSession *session)
{
  static const RfiStatus statuses[] = {
    RFI_STATUS_ASSIGNED, RFI_STATUS_IN_PROGRESS, RFI_STATUS_COMPLETED, RFI_STATUS_CANCELLED,
  };
  GMenu *steps = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      RfiAction needed = statuses[i] == RFI_STATUS_ASSIGNED    ? RFI_ACTION_ASSIGN
                         : statuses[i] == RFI_STATUS_CANCELLED ? RFI_ACTION_CANCEL
                                                               : RFI_ACTION_SET_STATUS;
      GVariant *target;
      const char *action = rfi_job_menu_get_bulk_step (statuses[i], &target);

      append (steps, statuses[i] == RFI_STATUS_CANCELLED ? _("Cancel Jobs…")
                                                         : rfi_words_status_step (statuses[i]),
              check_role (session, needed), action, target);
    }
  return steps;
}

GMenuModel *
rfi_job_menu_new_many (RfiSession *session)
{
  g_autoptr(GMenu) priorities = g_menu_new ();
  GMenu *menu = g_menu_new ();

  for (int priority = RFI_N_PRIORITIES - 1; priority >= 0; priority--)
    append (priorities, rfi_words_priority (priority), check_role (session, RFI_ACTION_EDIT),
            "win.bulk-priority", g_variant_new_string (rfi_priority_to_string (priority)));
  append_section (menu, NULL, new_bulk_steps (session));
  if (g_menu_model_get_n_items (G_MENU_MODEL (priorities)) > 0)
    g_menu_append_submenu (menu, _("Priority"), G_MENU_MODEL (priorities));
  return G_MENU_MODEL (menu);
}
