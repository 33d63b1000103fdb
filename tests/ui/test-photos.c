/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE

#include "config.h"

#include "rfi-conflict-desk.h"
#include "rfi-gallery-page.h"
#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-photo-panel.h"
#include "rfi-photo-shrink.h"
#include "rfi-photo-viewer.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-pictures.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* The ways a photo comes to a job: chosen, dropped and pasted, shrunken or not, against a real
 * server. The cases follow each other in one console. */

static RfiTestServer *server;
static char *folder;         /* (owned): of the pictures that are added */
static char *job_id;         /* (owned): a job that begins without photos */
static guint n_photos;       /* that it has by now */

static char *
get_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
save_picture (const char *name,
              const char *type,
              int         width,
              int         height)
{
  g_autofree char *path = get_path (name);

  rfi_test_pictures_save (path, type, width, height);
}

static void
save_others (void)
{
  g_autofree char *notes = get_path ("notes.jpg");
  g_autofree char *film = get_path ("film.jpg");
  int fd;

  g_assert_true (g_file_set_contents (notes, "No picture, whatever it is called.", -1, NULL));
  fd = g_open (film, O_CREAT | O_WRONLY, 0600);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ftruncate (fd, RFI_PHOTO_SIZE_LIMIT), ==, 0);
  g_assert_true (g_close (fd, NULL));
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GPtrArray *
list_photos (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *photos;

  rfi_session_list_photos_async (rfi_test_desk_session (), job_id, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  photos = rfi_session_list_photos_finish (rfi_test_desk_session (), result, &error);
  g_assert_no_error (error);
  return photos;
}

static gboolean
has_photos (guint n)
{
  g_autoptr(GPtrArray) photos = list_photos ();
  gboolean waiting = FALSE;

  for (guint i = 0; i < photos->len; i++)
    waiting |= ((RfiPhoto *) g_ptr_array_index (photos, i))->waiting;
  return photos->len == n && !waiting;
}

/* Until the server has them all. */
static void
expect_more (guint more)
{
  n_photos += more;
  rfi_test_wait (has_photos (n_photos));
}

static GBytes *
load_photo (const char *name)
{
  g_autoptr(GPtrArray) photos = list_photos ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GBytes *content;
  guint at = 0;

  while (at < photos->len &&
         !g_str_equal (((RfiPhoto *) g_ptr_array_index (photos, at))->file_name, name))
    at++;
  g_assert_cmpuint (at, <, photos->len);
  rfi_session_load_photo_async (rfi_test_desk_session (), job_id,
                                ((RfiPhoto *) g_ptr_array_index (photos, at))->id, NULL, keep_cb,
                                &result);
  rfi_test_wait (result != NULL);
  content = rfi_session_load_photo_finish (rfi_test_desk_session (), result, &error);
  g_assert_no_error (error);
  return content;
}

static void
assert_is_file (const char *photo,
                const char *file)
{
  g_autoptr(GBytes) content = load_photo (photo);
  g_autofree char *path = get_path (file);
  g_autofree char *expected = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &expected, &length, NULL));
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), expected, length);
}

static GtkWidget *
get_gallery (void)
{
  return rfi_test_desk_find (RFI_TYPE_GALLERY_PAGE);
}

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
}

static void
pick_job_cb (RfiJobState *state,
             gpointer     user_data)
{
  if (job_id == NULL && state->work->n_photos == 0 && state->work->status == RFI_STATUS_ASSIGNED)
    job_id = g_strdup (state->work->id);
}

static GtkFileChooser *
get_chooser (void)
{
  GtkWindow *dialog = rfi_test_desk_dialog ();

  return dialog != NULL && GTK_IS_FILE_CHOOSER (dialog) ? GTK_FILE_CHOOSER (dialog) : NULL;
}

static gboolean
has_chosen (GFile *file)
{
  g_autoptr(GFile) chosen = gtk_file_chooser_get_file (get_chooser ());

  return chosen != NULL && g_file_equal (chosen, file);
}

static void
choose (const char *name)
{
  g_autofree char *path = get_path (name);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  rfi_test_wait (get_chooser () != NULL);
  gtk_file_chooser_set_file (get_chooser (), file, &error);
  g_assert_no_error (error);
  rfi_test_wait (has_chosen (file));
  g_signal_emit_by_name (gtk_dialog_get_widget_for_response (GTK_DIALOG (get_chooser ()),
                                                             GTK_RESPONSE_ACCEPT), "clicked");
  rfi_test_wait (get_chooser () == NULL);
}

static void
test_choose (void)
{
  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), pick_job_cb, NULL);
  g_assert_nonnull (job_id);

  /* From the job's detail … */
  rfi_test_desk_activate ("win.show-job", job_id);
  rfi_test_desk_activate ("win.add-photos", job_id);
  choose ("small.png");
  expect_more (1);
  assert_is_file ("small.png", "small.png");

  /* … which says what it does not take … */
  rfi_test_desk_activate ("win.add-photos", job_id);
  choose ("film.jpg");
  rfi_test_desk_take_toast ("film.jpg: Photos must be smaller than 10 MB.");

  /* … and from the gallery, which can be left without an answer. */
  rfi_test_desk_activate ("win.show-photos", job_id);
  rfi_test_wait (get_gallery () != NULL);
  gtk_widget_activate_action (get_gallery (), "photos.add", NULL);
  rfi_test_wait (get_chooser () != NULL);
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "photo-chooser");
  gtk_dialog_response (GTK_DIALOG (get_chooser ()), GTK_RESPONSE_CANCEL);
  rfi_test_wait (get_chooser () == NULL);
  gtk_widget_activate_action (get_gallery (), "photos.add", NULL);
  choose ("other.png");
  expect_more (1);
}

static GdkFileList *
make_list (const char * const *names)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = get_path (names[i]);

      g_ptr_array_add (files, g_file_new_for_path (path));
    }
  return gdk_file_list_new_from_array ((GFile **) files->pdata, files->len);
}

static void
drop (const char * const *names)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (get_gallery ());
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, make_list (names));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
    }
  g_assert_true (taken);
}

/* The good ones are taken, the others refused by name and reason. */
static void
test_drop (void)
{
  static const char * const names[] = {
    "dropped.png", "notes.jpg", "film.jpg", "missing.jpg", "tall.jpg", NULL
  };
  g_autofree char *missing = get_path ("missing.jpg");
  g_autofree char *refusal = g_strdup_printf ("missing.jpg: Error when getting information for "
                                              "file “%s”: No such file or directory", missing);

  drop (names);
  rfi_test_desk_take_toast ("notes.jpg: Photos must be JPEG or PNG pictures smaller than 10 MB.");
  rfi_test_desk_take_toast ("film.jpg: Photos must be smaller than 10 MB.");
  rfi_test_desk_take_toast (refusal);
  expect_more (2);
  assert_is_file ("dropped.png", "dropped.png");
  rfi_test_desk_take_looks (rfi_test_desk_window (), "gallery-dropped");
}

static void
test_shrunken (void)
{
  static const char * const names[] = { "wide.png", NULL };
  g_autoptr(GBytes) tall = load_photo ("tall.jpg");
  g_autoptr(GBytes) wide = NULL;

  /* It was dropped with others. */
  rfi_test_pictures_assert_size (tall, RFI_PHOTO_SHRINK_SIDE * 1500 / 2400, RFI_PHOTO_SHRINK_SIDE);
  g_assert_cmpuint (rfi_test_pictures_get_divisor (tall), ==, 6);

  /* Another format gets another ending. */
  drop (names);
  expect_more (1);
  wide = load_photo ("wide.jpg");
  rfi_test_pictures_assert_size (wide, RFI_PHOTO_SHRINK_SIDE, RFI_PHOTO_SHRINK_SIDE / 2);
  g_assert_cmpuint (rfi_test_pictures_get_divisor (wide), ==, 6);
}

static void
test_not_shrunken (void)
{
  static const char * const names[] = { "tall-as-it-is.jpg", NULL };
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);

  g_settings_set_boolean (settings, "shrink-photos", FALSE);
  drop (names);
  expect_more (1);
  assert_is_file ("tall-as-it-is.jpg", "tall-as-it-is.jpg");
  g_settings_reset (settings, "shrink-photos");
}

/* A picture that carries how it was held is turned before that note is dropped. */
static void
test_upright (void)
{
  static const guint8 note[] = {
    0xff, 0xe1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
    0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
  };
  static const char * const names[] = { "turned.jpg", NULL };
  g_autofree char *source = get_path ("tall.jpg");
  g_autofree char *path = get_path ("turned.jpg");
  g_autofree char *contents = NULL;
  g_autoptr(GByteArray) turned = g_byte_array_new ();
  g_autoptr(GBytes) photo = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &contents, &length, NULL));
  g_byte_array_append (turned, (guint8 *) contents, 2);
  g_byte_array_append (turned, note, sizeof note);
  g_byte_array_append (turned, (guint8 *) contents + 2, (guint) length - 2);
  g_assert_true (g_file_set_contents (path, (char *) turned->data, turned->len, NULL));

  drop (names);
  expect_more (1);
  photo = load_photo ("turned.jpg");
  rfi_test_pictures_assert_size (photo, RFI_PHOTO_SHRINK_SIDE, RFI_PHOTO_SHRINK_SIDE * 1500 / 2400);
}

static void
test_paste (void)
{
  static const char * const names[] = { "pasted-file.png", NULL };
  GdkClipboard *clipboard = gtk_widget_get_clipboard (get_gallery ());
  g_autoptr(GdkPixbuf) pixbuf = rfi_test_pictures_make (320, 200);
  g_autoptr(GdkTexture) texture = gdk_texture_new_for_pixbuf (pixbuf);
  g_autoptr(GBytes) pasted = NULL;

  gdk_clipboard_set_texture (clipboard, texture);
  gtk_widget_activate_action (get_gallery (), "photos.paste", NULL);
  expect_more (1);
  pasted = load_photo ("Pasted.png");
  rfi_test_pictures_assert_size (pasted, 320, 200);

  /* Copied in the file manager, by the key. */
  gdk_clipboard_set (clipboard, GDK_TYPE_FILE_LIST, make_list (names));
  rfi_test_desk_press (get_gallery (), GDK_KEY_v, GDK_CONTROL_MASK);
  expect_more (1);
  assert_is_file ("pasted-file.png", "pasted-file.png");

  gdk_clipboard_set_text (clipboard, "Ice machine");
  gtk_widget_activate_action (get_gallery (), "photos.paste", NULL);
  rfi_test_desk_take_toast ("There is no picture to paste. Copy a photo or picture files first.");
  g_assert_true (has_photos (n_photos));
}

/* Offline they wait, and go out later. */
static void
test_offline (void)
{
  static const char * const names[] = { "offline.png", NULL };
  g_autofree char *waiting = g_strdup_printf ("%u photos, 1 waiting", n_photos + 1);

  rfi_test_desk_set_offline (TRUE);
  drop (names);
  rfi_test_wait (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), waiting) !=
                 NULL);
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_set_offline (FALSE);
  expect_more (1);
}

static GtkWidget *
get_download (void)
{
  return rfi_test_desk_find_named ("download");
}

static gboolean
shows_photo (void)
{
  return rfi_photo_viewer_get_texture (RFI_PHOTO_VIEWER (rfi_test_desk_find_named ("viewer"))) !=
         NULL;
}

static void
pick_photos_cb (RfiJobState *state,
                gpointer     user_data)
{
  char **id = user_data;

  if (*id == NULL && state->work->n_photos > 1)
    *id = g_strdup (state->work->id);
}

static guint
count_downloads (void)
{
  g_autofree char *account = rfi_test_desk_account_dir ();
  g_autofree char *path = g_build_filename (account, "photos", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Where each byte costs, none is loaded that was not asked for; what is here is shown. */
static void
test_metered (void)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  g_autofree char *id = NULL;
  guint n = count_downloads ();

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), pick_photos_cb, &id);
  g_assert_cmpstr (id, !=, job_id);
  g_object_set (rfi_test_desk_application (), "metered", TRUE, NULL);
  rfi_test_desk_activate ("win.show-photos", job_id);
  rfi_test_wait (shows_photo ());
  g_assert_null (get_download ());

  rfi_test_desk_activate ("win.show-photos", id);
  rfi_test_wait (get_download () != NULL);
  rfi_test_settle ();
  g_assert_false (shows_photo ());
  g_assert_cmpuint (count_downloads (), ==, n);
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "gallery-metered");

  gtk_widget_activate_action (get_download (), "photo.download", NULL);
  rfi_test_wait (shows_photo ());
  g_assert_null (get_download ());
  g_assert_cmpuint (count_downloads (), ==, n + 1);

  /* Somebody may not mind. */
  gtk_widget_activate_action (get_gallery (), "photos.next", NULL);
  rfi_test_wait (get_download () != NULL);
  g_settings_set_boolean (settings, "photos-when-metered", TRUE);
  gtk_widget_activate_action (get_gallery (), "photos.previous", NULL);
  gtk_widget_activate_action (get_gallery (), "photos.next", NULL);
  rfi_test_wait (shows_photo () && get_download () == NULL);
  g_assert_cmpuint (count_downloads (), ==, n + 2);
  g_settings_reset (settings, "photos-when-metered");
  g_object_set (rfi_test_desk_application (), "metered", FALSE, NULL);
}

static GtkWidget *
get_child (GtkWidget *parent,
           guint      at)
{
  GtkWidget *child = parent != NULL ? gtk_widget_get_first_child (parent) : NULL;

  while (child != NULL && at-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Looked at closely, with its bytes there. */
static gboolean
looks_at (guint at)
{
  g_autoptr(GPtrArray) photos = list_photos ();
  GtkWidget *name = rfi_test_desk_find_named ("name");

  return name != NULL && shows_photo () &&
         g_str_equal (gtk_label_get_label (GTK_LABEL (name)),
                      ((RfiPhoto *) g_ptr_array_index (photos, at))->file_name);
}

/* The detail's. */
static GtkWidget *
get_strip_button (guint at)
{
  GtkWidget *strip = rfi_test_desk_find (g_type_from_name ("RfiPhotoStrip"));
  GtkWidget *first =
    strip != NULL ? rfi_test_ui_find (strip, g_type_from_name ("RfiThumbnail")) : NULL;

  return first != NULL
           ? get_child (gtk_widget_get_parent (gtk_widget_get_parent (first)), at) : NULL;
}

/* By keyboard: what is focused and entered is that photo, and the others are beside it. */
static void
test_one (void)
{
  GtkWidget *button;

  rfi_test_desk_show_page ("board");
  rfi_test_desk_activate ("win.show-job", job_id);
  rfi_test_wait (get_strip_button (n_photos - 1) != NULL);
  button = get_strip_button (2);
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_widget_activate (gtk_root_get_focus (gtk_widget_get_root (button))));
  rfi_test_wait (get_gallery () != NULL && looks_at (2));

  rfi_test_desk_press (get_gallery (), GDK_KEY_Right, 0);
  rfi_test_wait (looks_at (3));
  rfi_test_desk_press (get_gallery (), GDK_KEY_Left, 0);
  rfi_test_desk_press (get_gallery (), GDK_KEY_Left, 0);
  rfi_test_wait (looks_at (1));
  rfi_test_desk_press (get_gallery (), GDK_KEY_Escape, 0);
  rfi_test_wait (get_gallery () == NULL);
}

/* A photo that went meanwhile is said to be gone; its job's others are there. */
static void
test_gone (void)
{
  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.show-photo", "(ss)",
                              job_id, "gone");
  rfi_test_wait (get_gallery () != NULL && looks_at (0));
  rfi_test_desk_take_toast ("That photo is not there any more");
  rfi_test_desk_press (get_gallery (), GDK_KEY_Escape, 0);
}

static void
edit_elsewhere (const char *description)
{
  const char *url = rfi_test_server_get_url (server);
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  g_autofree char *path = g_strconcat ("/api/jobs/", job_id, NULL);
  g_autoptr(RfiTestAnswer) job = rfi_test_http_call (http, url, "GET", path, token, NULL);
  g_autofree char *etag = rfi_test_answer_get (job, "_etag");
  g_autofree char *json =
    g_strdup_printf ("{\"_etag\":\"%s\",\"description\":\"%s\"}", etag, description);
  g_autoptr(RfiTestAnswer) answer = rfi_test_http_call (http, url, "PATCH", path, token, json);

  g_assert_cmpuint (answer->status, ==, 200);
}

/* Both wrote while this one was away. */
static void
make_conflict (void)
{
  RfiSession *session = rfi_test_desk_session ();
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(GAsyncResult) result = NULL;

  rfi_test_desk_set_offline (TRUE);
  rfi_patch_set (patch, RFI_FIELD_DESCRIPTION, "Bring a ladder, see the photo.");
  rfi_session_edit_async (session, job_id, patch, keep_cb, &result);
  rfi_test_wait (result != NULL);
  g_assert_true (rfi_session_command_finish (session, result, NULL));
  edit_elsewhere ("The store asks for a call before arrival.");
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (g_list_model_get_n_items (
                   rfi_conflict_desk_get_list (rfi_conflict_desk_get (session))) == 1);
}

/* At the conflict desk too, and back to the conflict from there. */
static void
test_conflict (void)
{
  GtkWidget *photos;

  make_conflict ();
  rfi_test_desk_show_page ("conflicts");
  rfi_test_wait ((photos = rfi_test_desk_find (g_type_from_name ("RfiConflictPhotos"))) != NULL);
  rfi_test_wait (get_child (get_child (photos, 0), 1) != NULL);
  g_signal_emit_by_name (get_child (get_child (photos, 0), 1), "clicked");
  rfi_test_wait (get_gallery () != NULL && looks_at (1));
  rfi_test_desk_press (get_gallery (), GDK_KEY_Left, 0);
  rfi_test_wait (looks_at (0));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "gallery-conflict");
  rfi_test_desk_press (get_gallery (), GDK_KEY_Escape, 0);
  rfi_test_wait (rfi_test_desk_find (g_type_from_name ("RfiConflictsPage")) != NULL);
}

static RfiPhotoViewer *
get_viewer (void)
{
  return RFI_PHOTO_VIEWER (rfi_test_desk_find_named ("viewer"));
}

/* Whether the viewer's photo is now this wide. */
static gboolean
shows_width (int width)
{
  GdkTexture *texture = rfi_photo_viewer_get_texture (get_viewer ());

  return texture != NULL && gdk_texture_get_width (texture) == width;
}

/* The job's photos begin with small.png, 400 wide, and other.png, 300 wide. */
static void
show_first (void)
{
  rfi_test_desk_activate ("win.show-photos", job_id);
  rfi_test_wait (get_gallery () != NULL && rfi_test_desk_find_named ("viewer") != NULL);
  for (guint i = 0; i < n_photos; i++)
    gtk_widget_activate_action (get_gallery (), "photos.previous", NULL);
  rfi_test_wait (shows_width (400));
}

/* Seen closely, turned and gone through, by keys; the next begins upright and whole. */
static void
test_look (void)
{
  g_autoptr(GBytes) before = NULL;
  g_autoptr(GBytes) turned = NULL;

  show_first ();
  g_assert_cmpfloat (rfi_photo_viewer_get_zoom (get_viewer ()), ==, 1);
  rfi_test_desk_press (get_gallery (), GDK_KEY_plus, 0);
  rfi_test_desk_press (get_gallery (), GDK_KEY_plus, 0);
  g_assert_cmpfloat (rfi_photo_viewer_get_zoom (get_viewer ()), >, 1.2);
  rfi_test_desk_press (get_gallery (), GDK_KEY_minus, 0);
  g_assert_cmpfloat (rfi_photo_viewer_get_zoom (get_viewer ()), >, 1);
  rfi_test_desk_press (get_gallery (), GDK_KEY_0, 0);
  g_assert_cmpfloat (rfi_photo_viewer_get_zoom (get_viewer ()), ==, 1);
  rfi_test_desk_press (get_gallery (), GDK_KEY_minus, 0);
  g_assert_cmpfloat (rfi_photo_viewer_get_zoom (get_viewer ()), ==, 1);

  before = rfi_test_ui_draw (GTK_WIDGET (get_viewer ()));
  rfi_test_desk_press (get_gallery (), GDK_KEY_r, 0);
  turned = rfi_test_ui_draw (GTK_WIDGET (get_viewer ()));
  g_assert_false (g_bytes_equal (before, turned));
  rfi_test_desk_press (get_gallery (), GDK_KEY_plus, 0);

  rfi_test_desk_press (get_gallery (), GDK_KEY_Right, 0);
  rfi_test_wait (shows_width (300));
  g_assert_cmpfloat (rfi_photo_viewer_get_zoom (get_viewer ()), ==, 1);
  rfi_test_desk_press (get_gallery (), GDK_KEY_Left, 0);
  rfi_test_wait (shows_width (400));
}

static void
delete_as_another (const char *photo_id)
{
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s/attachments/%s", job_id, photo_id);
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (http, rfi_test_server_get_url (server), "DELETE", path, token, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* Answers that it may go, and waits until that is done with. */
static void
answer_delete (void)
{
  GtkWidget *panel = rfi_test_desk_find (RFI_TYPE_PHOTO_PANEL);
  guint n_changes = 0;

  g_signal_connect_swapped (panel, "changed", G_CALLBACK (count_cb), &n_changes);
  rfi_test_desk_answer ("delete");
  rfi_test_wait (n_changes > 0);
  g_signal_handlers_disconnect_by_data (panel, &n_changes);
}

static gboolean
may_delete (void)
{
  return gtk_widget_is_sensitive (rfi_test_ui_find_named (get_gallery (), "remove"));
}

/* Whether it may be deleted is told as it changes, not only when it is shown. */
static void
test_delete_offline (void)
{
  show_first ();
  rfi_test_wait (may_delete ());
  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (!may_delete ());
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (may_delete ());
}

/* Not without being asked, and not another one than the question names. */
static void
test_delete (void)
{
  g_autoptr(GPtrArray) photos = list_photos ();
  const RfiPhoto *first = g_ptr_array_index (photos, 0);

  show_first ();
  rfi_test_desk_press (get_gallery (), GDK_KEY_Delete, 0);
  rfi_test_desk_answer ("cancel");
  g_assert_true (has_photos (n_photos));
  rfi_test_desk_press (get_gallery (), GDK_KEY_Delete, 0);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);

  /* Somebody else was faster, and the next one is shown behind the question. */
  delete_as_another (first->id);
  rfi_test_wait (has_photos (n_photos - 1) && shows_width (300));
  answer_delete ();
  n_photos--;
  rfi_test_wait (has_photos (n_photos) && shows_width (300));

  rfi_test_desk_press (get_gallery (), GDK_KEY_Delete, 0);
  answer_delete ();
  n_photos--;
  rfi_test_wait (has_photos (n_photos));
}

static void
remove_pictures (void)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = get_path (name);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);
  folder = g_dir_make_tmp ("rfi-photos-XXXXXX", NULL);
  save_picture ("small.png", "png", 400, 300);
  save_picture ("other.png", "png", 300, 400);
  save_picture ("dropped.png", "png", 420, 300);
  save_picture ("pasted-file.png", "png", 440, 300);
  save_picture ("offline.png", "png", 460, 300);
  save_picture ("tall.jpg", "jpeg", 1500, 2400);
  save_picture ("tall-as-it-is.jpg", "jpeg", 1500, 2400);
  save_picture ("wide.png", "png", 2000, 1000);
  save_others ();

  g_test_add_func ("/photos/sign-in", test_sign_in);
  g_test_add_func ("/photos/choose", test_choose);
  g_test_add_func ("/photos/drop", test_drop);
  g_test_add_func ("/photos/shrunken", test_shrunken);
  g_test_add_func ("/photos/not-shrunken", test_not_shrunken);
  g_test_add_func ("/photos/upright", test_upright);
  g_test_add_func ("/photos/paste", test_paste);
  g_test_add_func ("/photos/offline", test_offline);
  g_test_add_func ("/photos/metered", test_metered);
  g_test_add_func ("/photos/one", test_one);
  g_test_add_func ("/photos/gone", test_gone);
  g_test_add_func ("/photos/look", test_look);
  g_test_add_func ("/photos/delete-offline", test_delete_offline);
  g_test_add_func ("/photos/delete", test_delete);
  g_test_add_func ("/photos/conflict", test_conflict);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  remove_pictures ();
  g_free (job_id);
  return status;
}
