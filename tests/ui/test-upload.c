/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE

#include "config.h"

#include "rfi-gallery-page.h"
#include "rfi-job-table.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-pictures.h"
#include "rfi-test-server.h"
#include "rfi-test-valve.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* How far a photo is on its way, and that it breaks off: a large one, held on its way to a real
 * server. The cases follow each other. */

/* More than sockets keep for somebody who does not read. */
#define SIZE (9 * 1024 * 1024)
/* Enough for every other request. */
#define HELD (64 * 1024)

static RfiTestServer *server;
static RfiTestValve *valve;
static char *path;           /* (owned): of the photo */
static char *job_id;         /* (owned): a job that begins without photos */
static char *other_id;       /* (owned): a job with photos */
static GArray *fractions;    /* (element-type double): what the bar showed in the last try */

static GtkProgressBar *
get_bar (void)
{
  return GTK_PROGRESS_BAR (rfi_test_desk_find_named ("upload_bar"));
}

static double
get_fraction (void)
{
  return get_bar () != NULL ? gtk_progress_bar_get_fraction (get_bar ()) : 0;
}

static gboolean
tells (const char *part)
{
  return rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), part) != NULL;
}

static void
fraction_cb (GtkProgressBar *bar)
{
  double fraction = gtk_progress_bar_get_fraction (bar);

  /* Each try begins here. */
  if (fraction == 0)
    g_array_set_size (fractions, 0);
  g_array_append_val (fractions, fraction);
}

static void
pick_jobs_cb (RfiJobState *state,
             gpointer     user_data)
{
  if (job_id == NULL && state->work->n_photos == 0 && state->work->status == RFI_STATUS_ASSIGNED)
    job_id = g_strdup (state->work->id);
  if (other_id == NULL && state->work->n_photos > 0)
    other_id = g_strdup (state->work->id);
}

static void
add_photo (void)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GListModel) controllers =
    gtk_widget_observe_controllers (rfi_test_desk_find (RFI_TYPE_GALLERY_PAGE));
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
    }
  g_assert_true (taken);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_held (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_valve_get_url (valve), RFI_TEST_ADMIN);
  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), pick_jobs_cb, NULL);
  g_assert_true (job_id != NULL && other_id != NULL);
  rfi_test_desk_activate ("win.show-photos", job_id);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_GALLERY_PAGE) != NULL);
  g_assert_null (get_bar ());

  add_photo ();
  rfi_test_wait (get_fraction () > 0);
  g_signal_connect (get_bar (), "notify::fraction", G_CALLBACK (fraction_cb), NULL);
  g_assert_cmpfloat (get_fraction (), <, 1);
  g_assert_true (rfi_test_desk_reads ("Uploading large.jpg"));
  gtk_test_accessible_assert_role (get_bar (), GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (get_bar ()),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "upload-held");
}

/* It belongs to its job, also while nothing moves. */
static void
test_back (void)
{
  rfi_test_desk_activate ("win.show-photos", other_id);
  g_assert_null (get_bar ());
  rfi_test_wait (!tells ("1 photo, 1 waiting"));
  rfi_test_desk_activate ("win.show-photos", job_id);
  rfi_test_wait (tells ("1 photo, 1 waiting"));
  g_assert_cmpfloat (get_fraction (), >, 0);
  g_assert_true (rfi_test_desk_reads ("Uploading large.jpg"));
}

static void
test_broken (void)
{
  rfi_test_server_kill (server);
  rfi_test_wait (get_bar () == NULL);
  rfi_test_wait (tells ("1 change queued") && tells ("Try Now"));
  rfi_test_wait (tells ("waiting to be sent, safe on this computer"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "upload-broken");
}

/* Returns: (transfer full) */
static RfiPhoto *
get_photo (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) photos = NULL;

  rfi_session_list_photos_async (rfi_test_desk_session (), job_id, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  photos = rfi_session_list_photos_finish (rfi_test_desk_session (), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (photos->len, ==, 1);
  return rfi_photo_ref (g_ptr_array_index (photos, 0));
}

static gboolean
is_sent (void)
{
  g_autoptr(RfiPhoto) photo = get_photo ();

  return !photo->waiting;
}

/* Only ever further. */
static void
test_again (void)
{
  rfi_test_server_start (server);
  rfi_test_desk_activate ("app.sync-now", NULL);
  rfi_test_wait (get_fraction () > 0);
  g_assert_cmpfloat (get_fraction (), <, 1);

  /* The first tries may have met a server that was not quite there yet. */
  g_array_set_size (fractions, 0);
  rfi_test_valve_set (valve, SIZE - HELD);
  rfi_test_wait (get_fraction () == 1);
  g_assert_false (is_sent ());

  rfi_test_valve_set (valve, G_MAXSIZE);
  rfi_test_wait (get_bar () == NULL);
  rfi_test_wait (is_sent ());
  g_assert_cmpuint (fractions->len, >, 0);
  for (guint i = 1; i < fractions->len; i++)
    g_assert_cmpfloat (g_array_index (fractions, double, i), >=,
                       g_array_index (fractions, double, i - 1));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr(GSettings) settings = NULL;
  int status;

  rfi_test_desk_init (&argc, &argv);
  settings = g_settings_new (RFI_APP_ID);
  g_settings_set_boolean (settings, "shrink-photos", FALSE);
  server = rfi_test_server_new (NULL);
  valve = rfi_test_valve_new (rfi_test_server_get_url (server), HELD);
  fractions = g_array_new (FALSE, FALSE, sizeof (double));
  folder = g_dir_make_tmp ("rfi-upload-XXXXXX", NULL);
  path = g_build_filename (folder, "large.jpg", NULL);
  rfi_test_pictures_save (path, "jpeg", 800, 600);
  g_assert_cmpint (truncate (path, SIZE), ==, 0);

  g_test_add_func ("/upload/held", test_held);
  g_test_add_func ("/upload/back", test_back);
  g_test_add_func ("/upload/broken", test_broken);
  g_test_add_func ("/upload/again", test_again);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_valve_free (valve);
  rfi_test_server_free (server);
  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
  g_free (job_id);
  g_free (other_id);
  g_array_unref (fractions);
  return status;
}
