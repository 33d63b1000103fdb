/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-guide.h"

#include "rfi-guest.h"
#include "rfi-job-card.h"
#include "rfi-presence-list.h"
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
