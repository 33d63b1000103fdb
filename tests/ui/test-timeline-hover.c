/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-calendar.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-record-item.h"
#include "rfi-session-commands.h"
#include "rfi-session-schedule.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"
#include "rfi-timeline-page.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)

/* The card of a bar under the X server's pointer. Wherever that goes, and whatever moves under it,
 * the card is of the bar that is there now. Jobs are put where no others are. */

static RfiTestServer *server;
static RfiSession *session;      /* (owned) once signed in */
static RfiTimelineView *view;
static GPtrArray *items;         /* (owned) (element-type RfiJobItem): three, put on that day */
static char *somebody;           /* (owned): whose row they are on */
static gint64 morning;           /* some days ahead, at 8 */

static const RfiJob *
job (guint i)
{
  return rfi_job_item_get_job (items->pdata[i]);
}

/* (nullable): what the card says, if it is there */
static const char *
read_card (void)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "rfi-timeline-bubble") && gtk_widget_get_mapped (child))
      return gtk_label_get_text (GTK_LABEL (child));
  return NULL;
}

static gboolean
is_card_of (guint i)
{
  return read_card () != NULL && g_str_has_prefix (read_card (), job (i)->title);
}

/* To so many pixels beside the place of a time, and below the middle of the row. */
static void
point_at (gint64 at,
          double dx,
          double dy)
{
  double x, y;

  gtk_test_widget_wait_for_draw (GTK_WIDGET (view));
  g_assert_true (rfi_timeline_view_get_place (view, somebody, at, &x, &y));
  rfi_test_ui_point_at (GTK_WIDGET (view), x + dx, y + dy);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  rfi_session_command_finish (RFI_SESSION (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* It lies over the rows. */
static void
close_toast (void)
{
  GtkWidget *toast;

  rfi_test_settle ();
  toast = rfi_test_desk_find (g_type_from_name ("AdwToastWidget"));
  if (toast != NULL)
    g_signal_emit_by_name (gtk_widget_get_last_child (toast), "clicked");
  rfi_test_wait (rfi_test_desk_find (g_type_from_name ("AdwToastWidget")) == NULL);
}

static void
place (guint  i,
       gint64 start,
       gint64 length)
{
  RfiSpan span = { start, start + length };
  gboolean done = FALSE;

  rfi_session_place_async (session, job (i)->id, somebody, &span, kept_cb, &done);
  rfi_test_wait (done);
  close_toast ();
}

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  const RfiJob *found = state->work;

  if (items->len < 3 && found->status == RFI_STATUS_PENDING &&
      rfi_schedule_get_hold (found) == 0 &&
      *rfi_job_extra_get (found->extra, RFI_FIELD_SKILLS) == '\0')
    g_ptr_array_add (items, rfi_job_table_get_item (rfi_session_get_jobs (session), found->id));
}

/* One who has nothing to do that day, once the directory has told of them. */
static gboolean
pick_somebody (RfiSchedule *schedule)
{
  GListModel *list = rfi_session_get_technicians (session);
  RfiSpan day = { morning - HOUR, morning + 12 * HOUR };

  for (guint i = 0; i < g_list_model_get_n_items (list) && somebody == NULL; i++)
    {
      g_autoptr(RfiRecordItem) record = g_list_model_get_item (list, i);
      const RfiUser *user = rfi_record_item_get (record);
      guint first, end;

      rfi_schedule_find_range (schedule, user->id, &day, &first, &end);
      if (!user->inactive && end == first)
        somebody = g_strdup (user->id);
    }
  return somebody != NULL;
}

static void
rename_job (guint       i,
            const char *title)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  gboolean done = FALSE;

  rfi_patch_set (patch, RFI_FIELD_TITLE, title);
  rfi_session_edit_async (session, job (i)->id, patch, kept_cb, &done);
  rfi_test_wait (done);
  close_toast ();
}

/* Two bars one after the other, and one of a quarter of an hour in the afternoon. */
static void
set_up (void)
{
  g_autoptr(RfiSchedule) schedule = NULL;
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint64 day = rfi_calendar_get_day (zone, g_get_real_time () / 1000) + 3;

  morning = rfi_calendar_get_time (zone, day, 8 * 60);
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  session = g_object_ref (rfi_test_desk_session ());
  schedule = rfi_schedule_new (rfi_session_get_jobs (session), FALSE);
  items = g_ptr_array_new_with_free_func (g_object_unref);
  rfi_job_table_foreach (rfi_session_get_jobs (session), pick_cb, NULL);
  g_assert_cmpuint (items->len, ==, 3);
  rfi_test_wait (pick_somebody (schedule));
  place (0, morning, 2 * HOUR);
  place (1, morning + 2 * HOUR, 2 * HOUR);
  place (2, morning + 6 * HOUR, 15 * MINUTE);
  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *title = g_strdup_printf ("Job number %u", i);

      rename_job (i, title);
    }
}

static void
show_rows (void)
{
  double x, y;

  rfi_timeline_view_show_span (view, RFI_TIMELINE_SPAN_DAY);
  rfi_test_settle ();
  g_assert_true (rfi_timeline_view_show_job (view, job (0)->id));
  rfi_timeline_view_show_time (view, morning - HOUR);
  rfi_test_settle ();
  gtk_test_widget_wait_for_draw (GTK_WIDGET (view));
  g_assert_true (rfi_timeline_view_get_place (view, somebody, morning, &x, &y));
}

static void
leave (void)
{
  rfi_test_ui_point_at (GTK_WIDGET (view), 4, 4);
  rfi_test_wait (read_card () == NULL);
}

/* From one to the next in one step, as a fast hand does, to where nothing is, and back. */
static void
test_move (void)
{
  set_up ();
  rfi_test_desk_show_page ("timeline");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW) != NULL);
  view = RFI_TIMELINE_VIEW (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW));
  rfi_test_wait (rfi_timeline_view_get_n_rows (view) >= 10);
  show_rows ();

  point_at (morning + HOUR, 0, 0);
  rfi_test_wait (is_card_of (0));
  g_assert_nonnull (strstr (read_card (), job (0)->address));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "timeline-hover");
  /* The toolkit loses its own tooltips by this. */
  gtk_widget_set_tooltip_text (gtk_widget_get_parent (GTK_WIDGET (view)), "Something else");
  rfi_test_settle ();
  g_assert_true (is_card_of (0));
  gtk_widget_set_tooltip_text (gtk_widget_get_parent (GTK_WIDGET (view)), NULL);
  point_at (morning + 3 * HOUR, 0, 0);
  rfi_test_wait (is_card_of (1));
  point_at (morning + 5 * HOUR, 0, 0);
  rfi_test_wait (read_card () == NULL);
  point_at (morning + HOUR, 0, 0);
  rfi_test_wait (is_card_of (0));
  leave ();
}

/* Also before the card of the first has come. */
static void
test_hurry (void)
{
  point_at (morning + HOUR, 0, 0);
  point_at (morning + 3 * HOUR, 0, 0);
  rfi_test_wait (is_card_of (1));
  leave ();
}

/* Where one ends and another begins, each is what is drawn there. */
static void
test_edges (void)
{
  point_at (morning + 2 * HOUR, 1, 0);
  rfi_test_wait (is_card_of (1));
  point_at (morning + 2 * HOUR, -1, 0);
  rfi_test_wait (is_card_of (0));
  leave ();
}

/* The pointer is still: what it is on is scrolled away, and zoomed away. */
static void
test_scroll (void)
{
  point_at (morning + HOUR, 0, 0);
  rfi_test_wait (is_card_of (0));
  rfi_timeline_view_show_time (view, morning + HOUR);
  rfi_test_wait (is_card_of (1));
  rfi_timeline_view_show_time (view, morning + 3 * HOUR);
  rfi_test_wait (read_card () == NULL);
  rfi_timeline_view_show_time (view, morning - HOUR);
  point_at (morning + HOUR, 1, 0);
  rfi_test_wait (is_card_of (0));
  rfi_timeline_view_zoom_by (view, 0.25, -1);
  rfi_test_wait (!is_card_of (0));
  leave ();
  show_rows ();
}

/* Two weeks at once: a quarter of an hour is three pixels wide, and found two beside those. */
static void
test_sliver (void)
{
  rfi_timeline_view_show_span (view, RFI_TIMELINE_SPAN_2_WEEKS);
  rfi_test_settle ();
  for (int dx = -2; dx < 5; dx++)
    {
      point_at (morning + 6 * HOUR, dx, 0);
      rfi_test_wait (is_card_of (2));
      leave ();
    }
  show_rows ();
}

/* The pointer is still: the job gets other words, and goes elsewhere. */
static void
test_news (void)
{
  point_at (morning + HOUR, 0, 0);
  rfi_test_wait (is_card_of (0));
  rename_job (0, "Renamed meanwhile");
  rfi_test_wait (read_card () != NULL && g_str_has_prefix (read_card (), "Renamed meanwhile"));
  place (0, morning + 7 * HOUR, HOUR);
  rfi_test_wait (read_card () == NULL);
  leave ();
  place (0, morning, 2 * HOUR);
}

static void
test_large_text (void)
{
  rfi_test_desk_set_text (200);
  show_rows ();
  point_at (morning + 3 * HOUR, 0, 0);
  rfi_test_wait (is_card_of (1));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "timeline-hover-large");
  point_at (morning + 5 * HOUR, 0, 0);
  rfi_test_wait (read_card () == NULL);
  rfi_test_desk_set_text (100);
}

static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  show_rows ();
  point_at (morning + 3 * HOUR, 0, 0);
  rfi_test_wait (is_card_of (1));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "timeline-hover-rtl");
  point_at (morning + 2 * HOUR, 3, 0);
  rfi_test_wait (!is_card_of (1) && read_card () != NULL);
  point_at (morning + 5 * HOUR, 0, 0);
  rfi_test_wait (read_card () == NULL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Two at once lie one above the other. Offline: the server would make a conflict of it. */
static void
test_overlap (void)
{
  gboolean first;

  rfi_test_desk_set_offline (TRUE);
  place (2, morning, 2 * HOUR);
  show_rows ();
  point_at (morning + HOUR, 0, -9);
  rfi_test_wait (is_card_of (0) || is_card_of (2));
  first = is_card_of (0);
  point_at (morning + HOUR, 0, 9);
  rfi_test_wait (is_card_of (first ? 2 : 0));
  leave ();
}

int
main (int   argc,
      char *argv[])
{
  const char * const options[] = { "--sample=large", "--jobs=300", "--vendors=3", NULL };
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (options);

  g_test_add_func ("/timeline-hover/move", test_move);
  g_test_add_func ("/timeline-hover/hurry", test_hurry);
  g_test_add_func ("/timeline-hover/edges", test_edges);
  g_test_add_func ("/timeline-hover/scroll", test_scroll);
  g_test_add_func ("/timeline-hover/sliver", test_sliver);
  g_test_add_func ("/timeline-hover/news", test_news);
  g_test_add_func ("/timeline-hover/large-text", test_large_text);
  g_test_add_func ("/timeline-hover/right-to-left", test_right_to_left);
  g_test_add_func ("/timeline-hover/overlap", test_overlap);

  status = g_test_run ();
  g_clear_pointer (&items, g_ptr_array_unref);
  g_clear_object (&session);
  g_free (somebody);
  status = rfi_test_desk_end (status);
  g_clear_pointer (&server, rfi_test_server_free);
  return status;
}
