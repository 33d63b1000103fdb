/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-guide.h"

#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-lane.h"
#include "rfi-sync-state.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"

/* One day nearly without a pointer: keys come from the X server, as from fingers; only a field and
 * the answer to a conflict are pressed. */

#define TITLE  "Freezer door heater tripped its breaker"
#define MINE   "Freezer door heater: bring a breaker and a new gasket"
#define THEIRS "Freezer door heater: the store moved the food"

static RfiJobTable *
get_jobs (RfiGuide *guide)
{
  return rfi_session_get_jobs (rfi_guide_session (guide));
}

static RfiJobState *
get_state (RfiGuide   *guide,
           const char *job_id)
{
  return rfi_job_table_lookup (get_jobs (guide), job_id);
}

static gboolean
has_settled (RfiGuide *guide)
{
  RfiSyncState *state = rfi_session_get_sync_state (rfi_guide_session (guide));

  return state->phase == RFI_PHASE_LIVE && state->n_queued == 0;
}

static guint
count_conflicts (RfiGuide *guide)
{
  return g_list_model_get_n_items (rfi_session_get_conflicts (rfi_guide_session (guide)));
}

/* (transfer none) (nullable) */
static RfiLane *
find_lane (GtkWidget *root,
           RfiStatus  status)
{
  RfiLane *found = NULL;

  if (RFI_IS_LANE (root))
    return rfi_lane_get_status (RFI_LANE (root)) == status ? RFI_LANE (root) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_lane (child, status);
  return found;
}

/* From one lane to the next by its arrow, from anywhere else by Tab. */
static void
walk_to_lane (RfiGuide *guide,
              RfiLane  *lane)
{
  RfiStatus wanted = rfi_lane_get_status (lane);

  for (guint i = 0; i < RFI_N_STATUSES; i++)
    {
      GtkWidget *focus = gtk_window_get_focus (rfi_guide_window (guide));
      GtkWidget *at = focus != NULL ? gtk_widget_get_ancestor (focus, RFI_TYPE_LANE) : NULL;

      if (at == NULL || at == GTK_WIDGET (lane))
        break;
      rfi_guide_key (guide, rfi_lane_get_status (RFI_LANE (at)) > wanted ? "Left" : "Right");
    }
  rfi_guide_walk_into (guide, GTK_WIDGET (lane));
}

/* Into the lane, and down its cards until it is @job_id; the first for NULL. */
static RfiLane *
walk_to_card (RfiGuide   *guide,
              RfiStatus   status,
              const char *job_id)
{
  RfiLane *lane;

  /* Out of the details, whose text takes a Tab for itself. */
  rfi_guide_key (guide, "Escape");
  rfi_guide_key (guide, "ctrl+1");
  lane = find_lane (GTK_WIDGET (rfi_guide_window (guide)), status);
  walk_to_lane (guide, lane);
  rfi_guide_key (guide, "Home");
  for (guint i = 0; job_id != NULL; i++)
    {
      RfiJobItem *item = rfi_lane_get_selected (lane);

      if (item != NULL && g_str_equal (rfi_job_item_get_id (item), job_id))
        break;
      if (i == 100)
        g_error ("No key leads to the card of %s", job_id);
      rfi_guide_key (guide, "Down");
    }
  return lane;
}

typedef struct
{
  const char *title;
  char       *id;     /* (owned) (nullable) */
} Search;

static void
match_cb (RfiJobState *state,
          gpointer     user_data)
{
  Search *search = user_data;

  if (search->id == NULL && g_str_equal (state->work->title, search->title))
    search->id = g_strdup (state->work->id);
}

/* Returns: (transfer full) (nullable) */
static char *
find_job (RfiGuide   *guide,
          const char *title)
{
  Search search = { .title = title };

  rfi_job_table_foreach (get_jobs (guide), match_cb, &search);
  return search.id;
}

static void
fill_in (RfiGuide   *guide,
         const char *id,
         const char *text)
{
  rfi_guide_walk_into (guide, rfi_guide_find (guide, GTK_WIDGET (rfi_guide_dialog (guide)), id));
  rfi_guide_write (guide, text);
}

/* Returns: (transfer full): its id at the server */
static char *
create (RfiGuide *guide)
{
  char *job_id = NULL;

  rfi_guide_key (guide, "ctrl+n");
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  fill_in (guide, "title", TITLE);
  fill_in (guide, "description", "The door freezes shut. Two frames of six are without heat.");
  rfi_guide_key (guide, "ctrl+Tab");
  fill_in (guide, "store_name", "Daily Basket #2");
  fill_in (guide, "address", "314 Oak Ave");
  fill_in (guide, "city", "Dallas");
  fill_in (guide, "state", "TX");
  fill_in (guide, "zip_code", "75201");
  rfi_guide_shoot (guide, "day-create", "A day by the keyboard: a job is typed in");
  rfi_guide_key (guide, "Return");
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
  rfi_test_wait (has_settled (guide));
  rfi_test_wait ((job_id = find_job (guide, TITLE)) != NULL);
  return job_id;
}

static void
assign (RfiGuide   *guide,
        const char *job_id)
{
  walk_to_card (guide, RFI_STATUS_PENDING, job_id);
  rfi_guide_key (guide, "a");
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_key (guide, "2");
  rfi_guide_shoot (guide, "day-assign", "A, then 2: the second of those who can");
  rfi_guide_key (guide, "Return");
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
  rfi_test_wait (get_state (guide, job_id)->work->status == RFI_STATUS_ASSIGNED);
}

static void
move (RfiGuide   *guide,
      const char *job_id)
{
  walk_to_card (guide, RFI_STATUS_ASSIGNED, job_id);
  rfi_guide_key (guide, "alt+Right");
  rfi_test_wait (get_state (guide, job_id)->work->status == RFI_STATUS_IN_PROGRESS);
  rfi_test_wait (has_settled (guide));
  rfi_guide_shoot (guide, "day-move", "Alt+Right: work on it has begun");
}

static void
undo (RfiGuide *guide)
{
  RfiLane *lane = walk_to_card (guide, RFI_STATUS_PENDING, NULL);
  g_autofree char *job_id = g_strdup (rfi_job_item_get_id (rfi_lane_get_selected (lane)));

  assign (guide, job_id);
  rfi_guide_key (guide, "ctrl+z");
  rfi_test_wait (get_state (guide, job_id)->work->status == RFI_STATUS_PENDING);
  rfi_test_wait (get_state (guide, job_id)->work->assigned_to == NULL);
  rfi_guide_shoot_toast (guide, "day-undo", "Ctrl+Z: nobody has it again");
}

/* Three at once go to whoever can take most of them. */
static void
bulk (RfiGuide *guide)
{
  RfiLane *lane = walk_to_card (guide, RFI_STATUS_PENDING, NULL);
  g_autofree char *job_id = g_strdup (rfi_job_item_get_id (rfi_lane_get_selected (lane)));
  GtkWindow *who;

  rfi_guide_key (guide, "shift+Down");
  rfi_guide_key (guide, "shift+Down");
  rfi_guide_key (guide, "a");
  rfi_test_wait ((who = rfi_guide_dialog (guide)) != NULL);
  rfi_guide_shoot (guide, "day-bulk", "Three at once: who can take how many of them");
  rfi_guide_key (guide, "Return");
  rfi_test_wait (rfi_guide_dialog (guide) != NULL && rfi_guide_dialog (guide) != who);
  rfi_guide_walk_into (guide, rfi_guide_find (guide, GTK_WIDGET (rfi_guide_dialog (guide)), "run"));
  rfi_guide_shoot (guide, "day-bulk-preview", "What will change is said first");
  rfi_guide_key (guide, "Return");
  rfi_test_wait (get_state (guide, job_id)->work->assigned_to != NULL);
  rfi_guide_find (guide, GTK_WIDGET (rfi_guide_dialog (guide)), "undo");
  rfi_guide_key (guide, "Escape");
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
  rfi_test_wait (has_settled (guide));
}

static void
toggle_offline (RfiGuide *guide)
{
  rfi_guide_key (guide, "ctrl+k");
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_write (guide, "offline");
  rfi_guide_key (guide, "Return");
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
}

static void
work_offline (RfiGuide   *guide,
              const char *job_id)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));
  GtkWidget *title;

  toggle_offline (guide);
  rfi_test_wait (rfi_session_get_sync_state (rfi_guide_session (guide))->phase ==
                 RFI_PHASE_OFFLINE);
  walk_to_card (guide, RFI_STATUS_IN_PROGRESS, job_id);
  rfi_guide_key (guide, "Return");
  title = rfi_guide_find (guide, rfi_guide_find (guide, window, "fields"), "title");
  gtk_widget_grab_focus (title);
  rfi_guide_key (guide, "ctrl+a");
  rfi_guide_write (guide, MINE);
  rfi_guide_key (guide, "Return");
  rfi_test_wait (get_state (guide, job_id)->mark == RFI_MARK_QUEUED);
  rfi_guide_shoot (guide, "day-offline", "Without a network the change waits");
}

static void
come_back (RfiGuide   *guide,
           const char *job_id)
{
  rfi_guide_elsewhere (guide, guide->admin, "PATCH", job_id, "",
                       "{\"_etag\":\"%s\",\"title\":\"" THEIRS "\"}");
  toggle_offline (guide);
  rfi_test_wait (count_conflicts (guide) == 1);
  rfi_guide_key (guide, "ctrl+4");
  rfi_guide_find (guide, GTK_WIDGET (rfi_guide_window (guide)), "apply");
  rfi_guide_shoot (guide, "day-conflict", "Back: another desk wrote a title too");
  rfi_guide_key (guide, "2");
  rfi_test_wait (count_conflicts (guide) == 0);
  rfi_test_wait (has_settled (guide));
  g_assert_cmpstr (get_state (guide, job_id)->work->title, ==, MINE);
  rfi_guide_key (guide, "ctrl+1");
  rfi_guide_shoot (guide, "day-back", "Mine it is, everywhere; nothing waits any more");
}

void
rfi_guide_spend_day (RfiGuide *guide)
{
  g_autofree char *job_id = NULL;

  rfi_guide_do (guide, "win.close-detail", NULL);
  job_id = create (guide);
  assign (guide, job_id);
  move (guide, job_id);
  undo (guide);
  bulk (guide);
  work_offline (guide, job_id);
  come_back (guide, job_id);
}
