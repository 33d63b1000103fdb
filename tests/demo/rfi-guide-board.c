/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-guide.h"

#include "rfi-guest.h"
#include "rfi-job-table.h"
#include "rfi-lane.h"
#include "rfi-job-card.h"
#include "rfi-presence-list.h"
#include "rfi-record-item.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"

/* Somebody else has the same job open: advice, before there is a conflict. */
void
rfi_guide_meet_others (RfiGuide *guide)
{
  GtkWidget *card =
    rfi_test_ui_find (GTK_WIDGET (rfi_guide_window (guide)), RFI_TYPE_JOB_CARD);
  RfiJobItem *item = rfi_job_card_get_item (RFI_JOB_CARD (card));
  g_autofree char *job_id = g_strdup (rfi_job_item_get_id (item));
  RfiPresenceList *presence = rfi_session_get_presence (rfi_guide_session (guide));
  g_autoptr(RfiGuest) other = rfi_guest_new (guide->url, guide->admin);

  rfi_guest_attend (other, job_id, RFI_ATTENTION_EDITING);
  rfi_guide_do (guide, "win.show-job", g_variant_new_string (job_id));
  rfi_test_wait (rfi_presence_list_get (presence, job_id) != NULL);
  rfi_guide_shoot (guide, "presence",
                   "Somebody else edits the same job: on its card and in the detail");
  rfi_guide_do (guide, "win.close-detail", NULL);
}

/* The open jobs by who has them; a lane for everybody who could. */
void
rfi_guide_group_by_technician (RfiGuide *guide)
{
  rfi_guide_do (guide, "win.group-board", g_variant_new_string ("technician"));
  rfi_guide_shoot (guide, "board-by-technician",
                   "The board by technician, nobody first: a drop assigns, or says why not");
  rfi_guide_do (guide, "win.group-board", g_variant_new_string ("status"));
}

static GtkWidget *
find_completed (GtkWidget *root)
{
  GtkWidget *found = NULL;

  if (RFI_IS_LANE (root))
    return rfi_lane_get_status (RFI_LANE (root)) == RFI_STATUS_COMPLETED ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_completed (child);
  return found;
}

/* What was done today, and behind a button what was done before. */
void
rfi_guide_show_completed (RfiGuide *guide)
{
  GtkWidget *lane = find_completed (GTK_WIDGET (rfi_guide_window (guide)));

  rfi_guide_press (guide, lane, "more");
  rfi_guide_shoot (guide, "completed-earlier",
                   "The lane of what was completed today, with the earlier ones too");
  rfi_guide_press (guide, lane, "more");
  rfi_guide_shoot (guide, "completed-today", "Only today: the number of the others is below");
}

static char *
get_other_vendor (RfiGuide   *guide,
                  const char *vendor_id,
                  guint      *position)
{
  GListModel *vendors = rfi_session_get_vendors (rfi_guide_session (guide));

  for (guint i = 0; i < g_list_model_get_n_items (vendors); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (vendors, i);
      RfiUser *vendor = rfi_record_item_get (item);

      *position = i;
      if (g_strcmp0 (vendor->vendor_id, vendor_id) != 0)
        return g_strdup (vendor->vendor_id);
    }
  g_error ("There is no other vendor");
}

/* An admin gives a job to another vendor. */
void
rfi_guide_move_vendor (RfiGuide *guide)
{
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_ASSIGNED, FALSE);
  RfiJobTable *jobs = rfi_session_get_jobs (rfi_guide_session (guide));
  g_autofree char *vendor_id = NULL;
  GtkWidget *dialog;
  guint position = 0;

  rfi_test_wait (g_list_model_get_n_items (rfi_session_get_vendors (rfi_guide_session (guide))) >
                 1);
  vendor_id = get_other_vendor (guide, rfi_job_table_lookup (jobs, job_id)->work->vendor_id,
                                &position);
  rfi_guide_do (guide, "win.assign", g_variant_new_string (job_id));
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  dialog = GTK_WIDGET (rfi_guide_dialog (guide));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (rfi_guide_find (guide, dialog, "vendors")), position);
  rfi_guide_shoot (guide, "vendor-move", "An admin moves a job to another vendor: who loses it");
  rfi_guide_press (guide, dialog, "move");
  rfi_test_wait (g_strcmp0 (rfi_job_table_lookup (jobs, job_id)->work->vendor_id, vendor_id) == 0);
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
}
