/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"
#include "rfi-conflict-desk.h"
#include "rfi-conflicts-page.h"
#include "rfi-record-item.h"
#include "rfi-test-console.h"
#include "rfi-test-wait.h"

#include <adwaita.h>
#include <stdlib.h>

/* How long a person waits for a conflict they choose, from the choice to the painted frame: fields
 * side by side, who and when, what each answer causes. The conflicts are real ones, made with the
 * server at $RFI_BENCH_URL by two consoles of one dispatcher.
 */

#define N_CONFLICTS 6
#define N_ROUNDS    120

#define MINE   "The compressor short-cycles. Bring a contactor and a start kit; call the lead."
#define THEIRS "The compressor short-cycles since Monday. The store asks for a call before arrival."

typedef struct
{
  RfiTestConsole *here;
  RfiTestConsole *there;
  GtkWidget      *window;
  GtkWidget      *page;
  guint           n_frames;
  char           *jobs[N_CONFLICTS];
} Scene;

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  Scene *scene = user_data;

  for (guint i = 0; i < N_CONFLICTS; i++)
    if (scene->jobs[i] == NULL && !rfi_status_is_final (state->work->status))
      {
        scene->jobs[i] = g_strdup (state->work->id);
        return;
      }
}

static void
edit (RfiTestConsole *console,
      const char     *job_id,
      RfiField        field,
      const char     *value)
{
  GError *error = NULL;

  rfi_test_console_edit (console, job_id, field, value, &error);
  g_assert_no_error (error);
}

static GListModel *
get_list (Scene *scene)
{
  return rfi_conflict_desk_get_list (rfi_conflict_desk_get (scene->here->session));
}

static void
make_conflicts (Scene *scene)
{
  rfi_job_table_foreach (rfi_session_get_jobs (scene->here->session), pick_cb, scene);
  rfi_session_set_forced_offline (scene->here->session, TRUE);
  for (guint i = 0; i < N_CONFLICTS; i++)
    {
      edit (scene->here, scene->jobs[i], RFI_FIELD_DESCRIPTION, MINE);
      edit (scene->there, scene->jobs[i], RFI_FIELD_DESCRIPTION, THEIRS);
    }
  rfi_test_console_wait_sent (scene->there);
  rfi_session_set_forced_offline (scene->here->session, FALSE);
  rfi_test_wait (g_list_model_get_n_items (get_list (scene)) >= N_CONFLICTS);
}

static void
painted_cb (GdkFrameClock *clock,
            Scene         *scene)
{
  scene->n_frames++;
}

static void
wait_for_frame (Scene *scene)
{
  guint n_frames = scene->n_frames;

  gtk_widget_queue_draw (scene->page);
  while (scene->n_frames == n_frames)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_window (Scene *scene)
{
  scene->window = gtk_window_new ();
  scene->page = g_object_new (RFI_TYPE_CONFLICTS_PAGE, NULL);
  rfi_conflicts_page_set_session (RFI_CONFLICTS_PAGE (scene->page), scene->here->session);
  gtk_window_set_child (GTK_WINDOW (scene->window), scene->page);
  gtk_window_set_default_size (GTK_WINDOW (scene->window), 1440, 900);
  gtk_window_present (GTK_WINDOW (scene->window));
  rfi_test_wait (gtk_widget_get_frame_clock (scene->window) != NULL);
  g_signal_connect (gtk_widget_get_frame_clock (scene->window), "after-paint",
                    G_CALLBACK (painted_cb), scene);
  wait_for_frame (scene);
  rfi_test_settle ();
}

static void
measure (Scene *scene)
{
  g_autoptr(GArray) samples = rfi_bench_samples_new ();

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr(RfiRecordItem) item =
        g_list_model_get_item (get_list (scene), i % N_CONFLICTS);
      g_autofree char *id = g_strdup (((RfiConflict *) rfi_record_item_get (item))->id);
      gint64 from = g_get_monotonic_time ();

      rfi_conflicts_page_show (RFI_CONFLICTS_PAGE (scene->page), id);
      wait_for_frame (scene);
      rfi_bench_add (samples, (double) (g_get_monotonic_time () - from) / 1000);
      rfi_test_settle ();
    }
  rfi_bench_report ("desk: conflict chosen to frame that shows it", "ms", samples, NULL, NULL);
}

/* The server is left as it was: all are settled. */
static void
settled_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(gboolean *) user_data =
    rfi_conflict_desk_decide_finish (RFI_CONFLICT_DESK (object), result, NULL);
}

static void
settle (Scene *scene)
{
  RfiConflictDesk *desk = rfi_conflict_desk_get (scene->here->session);

  while (g_list_model_get_n_items (get_list (scene)) > 0)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (get_list (scene), 0);
      g_autofree char *id = g_strdup (((RfiConflict *) rfi_record_item_get (item))->id);
      gboolean settled = FALSE;

      rfi_conflict_desk_decide_async (desk, id, NULL, settled_cb, &settled);
      rfi_test_wait (settled);
      rfi_test_wait (rfi_conflict_desk_find (desk, id) == NULL);
    }
  rfi_test_console_wait_sent (scene->here);
}

int
main (void)
{
  const char *url = g_getenv ("RFI_BENCH_URL");
  Scene scene = { 0 };

  if (url == NULL)
    return EXIT_FAILURE;

  adw_init ();
  scene.here = rfi_test_console_new ();
  scene.there = rfi_test_console_new ();
  rfi_test_console_sign_in (scene.here, url, "dispatcher@coolair.com", "dispatch123");
  rfi_test_console_sign_in (scene.there, url, "dispatcher@coolair.com", "dispatch123");
  make_conflicts (&scene);
  open_window (&scene);
  measure (&scene);
  settle (&scene);
  gtk_window_destroy (GTK_WINDOW (scene.window));
  rfi_test_settle ();
  for (guint i = 0; i < N_CONFLICTS; i++)
    g_free (scene.jobs[i]);
  rfi_test_console_free (scene.there);
  rfi_test_console_free (scene.here);
  return EXIT_SUCCESS;
}
