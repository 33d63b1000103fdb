/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-guide.h"

#include "rfi-job-table.h"
#include "rfi-session-commands.h"
#include "rfi-sync-state.h"
#include "rfi-test-console.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"
#include "rfi-time.h"

/* Two desks book the same technician: one while it is offline, the other meanwhile. */

#define MINE   "Walk-in cooler door does not close"
#define THEIRS "Bakery oven trips its breaker"

#define HOUR_MS (G_GINT64_CONSTANT (60) * 60 * 1000)

static RfiPhase
get_phase (RfiGuide *guide)
{
  return rfi_session_get_sync_state (rfi_guide_session (guide))->phase;
}

static RfiJobState *
get_state (RfiGuide   *guide,
           const char *job_id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (rfi_guide_session (guide)), job_id);
}

/* A job of the technician without a time, as the other desk enters it. (transfer full): its id */
static char *
add_job (RfiGuide   *guide,
         const char *title,
         const char *technician_id)
{
  g_autofree char *json = g_strdup_printf (
    "{\"title\":\"%s\",\"description\":\"The store asks for a visit in the morning.\","
    "\"priority\":\"high\",\"vendorId\":\"vendor-001\",\"location\":{\"storeName\":"
    "\"QuickStop #42\",\"address\":\"2200 Main St\",\"city\":\"Dallas\",\"state\":\"TX\","
    "\"zipCode\":\"75201\"}}", title);
  g_autofree char *assign = g_strdup_printf ("{\"technicianId\":\"%s\"}", technician_id);
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (guide->http, guide->url, "POST", "/api/jobs", guide->admin, json);
  char *id = rfi_test_answer_get (answer, "id");

  if (id == NULL)
    g_error ("POST /api/jobs: %u %s", answer->status, answer->text);
  rfi_guide_elsewhere (guide, guide->admin, "POST", id, "/assign", assign);
  rfi_test_wait (get_state (guide, id) != NULL &&
                 get_state (guide, id)->work->status == RFI_STATUS_ASSIGNED);
  return id;
}

/* Ten o'clock of a day that the sample has nothing on. */
static gint64
choose_time (int days_ahead)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) day = g_date_time_add_days (now, days_ahead);
  g_autoptr(GDateTime) ten =
    g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                           g_date_time_get_day_of_month (day), 10, 0, 0);

  return g_date_time_to_unix (ten) * 1000;
}

static void
booked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  rfi_session_command_finish (RFI_SESSION (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
book (RfiSession *session,
      const char *job_id,
      gint64      start,
      gint64      end)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autofree char *from = rfi_time_to_string (start);
  g_autofree char *until = rfi_time_to_string (end);
  gboolean is_done = FALSE;

  rfi_patch_set (patch, RFI_FIELD_SCHEDULED_START, from);
  rfi_patch_set (patch, RFI_FIELD_SCHEDULED_END, until);
  rfi_session_edit_async (session, job_id, patch, booked_cb, &is_done);
  rfi_test_wait (is_done);
}

/* Times are told by Sync v1 alone: that takes a console of one's own, without a window. */
static void
book_elsewhere (RfiGuide   *guide,
                const char *job_id,
                gint64      start,
                gint64      end)
{
  RfiTestConsole *other = rfi_test_console_new ();
  g_autofree char *from = rfi_time_to_string (start);

  rfi_test_console_sign_in (other, guide->url, "admin@retailfixit.com", "admin123");
  rfi_test_wait (rfi_session_get_sync_state (other->session)->dialect == RFI_DIALECT_SYNC_V1);
  rfi_test_wait (rfi_test_console_get_job (other, job_id) != NULL);
  book (other->session, job_id, start, end);
  rfi_test_wait (g_strcmp0 (rfi_job_get_field (rfi_test_console_get_job (other, job_id),
                                               RFI_FIELD_SCHEDULED_START), from) == 0 &&
                 rfi_test_console_get_mark (other, job_id) == RFI_MARK_CONFIRMED);
  rfi_test_console_free (other);
}

static void
set_offline (RfiGuide *guide,
             gboolean  offline)
{
  rfi_guide_do (guide, "app.toggle-offline", NULL);
  rfi_test_wait (get_phase (guide) == (offline ? RFI_PHASE_OFFLINE : RFI_PHASE_LIVE));
}

static guint
count_conflicts (RfiGuide *guide)
{
  return g_list_model_get_n_items (rfi_session_get_conflicts (rfi_guide_session (guide)));
}

static gboolean
is_booked (RfiGuide   *guide,
           const char *job_id)
{
  const char *end = rfi_job_get_field (get_state (guide, job_id)->work, RFI_FIELD_SCHEDULED_END);

  return end != NULL && *end != '\0';
}

static void
book_twice (RfiGuide *guide,
            int       days_ahead)
{
  gint64 ten = choose_time (days_ahead);
  g_autoptr(RfiTestAnswer) login =
    rfi_test_http_call (guide->http, guide->url, "POST", "/api/auth/login", NULL,
                        "{\"email\":\"ahmed@coolair.com\",\"password\":\"tech123\"}");
  g_autofree char *technician_id = rfi_test_answer_get (login, "id");
  g_autofree char *mine = add_job (guide, MINE, technician_id);
  g_autofree char *theirs = add_job (guide, THEIRS, technician_id);

  set_offline (guide, TRUE);
  book (rfi_guide_session (guide), mine, ten, ten + 2 * HOUR_MS);
  book_elsewhere (guide, theirs, ten + HOUR_MS, ten + 5 * HOUR_MS / 2);
  set_offline (guide, FALSE);
  rfi_test_wait (count_conflicts (guide) == 1 && is_booked (guide, theirs));
  rfi_guide_do (guide, "win.close-detail", NULL);
  rfi_guide_do (guide, "win.show-conflict", g_variant_new_string (""));
}

/* What is in the way comes first in the list of answers: until then, and no longer. */
static void
shorten (RfiGuide *guide)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));
  GtkWidget *panel = rfi_guide_find (guide, window, "kind_panel");

  g_signal_emit_by_name (rfi_test_ui_find (panel, GTK_TYPE_BUTTON), "clicked");
  rfi_guide_press (guide, window, "apply");
  rfi_test_wait (count_conflicts (guide) == 0);
  rfi_test_wait (rfi_session_get_sync_state (rfi_guide_session (guide))->n_queued == 0);
}

void
rfi_guide_show_booking (RfiGuide *guide)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  book_twice (guide, 200);
  rfi_guide_shoot (guide, "conflict-desk-booking",
                   "Two desks booked the same technician: both bookings, and the ways out");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  rfi_guide_shoot (guide, "conflict-desk-booking-dark", "The same in the dark style");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  shorten (guide);
}

void
rfi_guide_show_booking_large (RfiGuide *guide)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  book_twice (guide, 201);
  rfi_guide_set_text_scale (guide, 200);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  rfi_guide_shoot (guide, "conflict-desk-booking-german",
                   "The same in German, dark, with text at 200 %");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  rfi_guide_set_text_scale (guide, 100);
  shorten (guide);
}
