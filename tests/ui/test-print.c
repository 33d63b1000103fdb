/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-filter.h"
#include "rfi-job-table.h"
#include "rfi-print-sheets.h"
#include "rfi-printer.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

#include <glib/gstdio.h>
#include <string.h>

/* The papers, of the sample's jobs in the whole console: what they say, and that a PDF comes of
 * them. With RFI_TEST_PICTURES their pages are drawn too. */

#define WIDTH  523
#define HEIGHT 770

static RfiTestServer *server;
static RfiJob *job;  /* (owned): one that somebody has */

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  if (job == NULL && state->work->status == RFI_STATUS_ASSIGNED)
    job = rfi_job_ref (state->work);
}

static void
draw_page (RfiPrintDocument *document,
           const char       *name,
           guint             page)
{
  g_autofree char *file = g_strdup_printf ("print-%s-%u.png", name, page + 1);
  g_autofree char *path = NULL;
  cairo_surface_t *surface;
  cairo_t *cairo;

  if (g_getenv ("RFI_TEST_PICTURES") == NULL)
    return;

  path = g_build_filename (g_getenv ("RFI_TEST_PICTURES"), file, NULL);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (WIDTH + 72) * 3 / 2,
                                        (HEIGHT + 72) * 3 / 2);
  cairo = cairo_create (surface);
  cairo_scale (cairo, 1.5, 1.5);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_translate (cairo, 36, 36);
  rfi_print_document_draw (document, cairo, page);
  cairo_destroy (cairo);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

/* Returns: (transfer full): all that the document says on all its pages */
static char *
read_all (RfiPrintDocument *document,
          const char       *name)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  GString *text = g_string_new (NULL);
  guint n_pages;

  /* A point is a point, as on paper. */
  pango_cairo_context_set_resolution (context, 72);
  n_pages = rfi_print_document_lay_out (document, context, WIDTH, HEIGHT);
  g_object_unref (context);
  for (guint page = 0; page < n_pages; page++)
    {
      g_autofree char *words = rfi_print_document_read (document, page);

      g_string_append (text, words);
      draw_page (document, name, page);
    }
  return g_string_free (text, FALSE);
}

static void
assert_says (const char *text,
             const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), pick_cb, NULL);
  g_assert_nonnull (job);
}

static void
test_job (void)
{
  RfiJob template = *job;
  g_autoptr(GString) description = g_string_new (NULL);
  g_autoptr(RfiJob) lengthy = NULL;
  g_autoptr(RfiPrintDocument) document = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 220; i++)
    g_string_append_printf (description, "Step %u: shut the valve and wait. ", i);
  template.description = description->str;
  lengthy = rfi_job_new (&template);
  document = rfi_print_sheets_job (rfi_test_desk_session (), lengthy);
  text = read_all (document, "job");
  assert_says (text, job->title);
  assert_says (text, job->id);
  assert_says (text, job->store_name);
  assert_says (text, rfi_session_get_name (rfi_test_desk_session (), job->assigned_to));
  assert_says (text, "Step 0: ");
  assert_says (text, "Step 219: ");
  assert_says (text, "Signature");
  assert_says (text, "Page 1 of 2");
  assert_says (text, "Page 2 of 2");
}

static void
test_board (void)
{
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(RfiPrintDocument) all = rfi_print_sheets_board (rfi_test_desk_session (), filter);
  g_autofree char *text = read_all (all, "board");
  g_autoptr(RfiPrintDocument) some = NULL;
  g_autofree char *less = NULL;

  assert_says (text, "Day Board");
  assert_says (text, "Walk-in cooler repair");
  assert_says (text, job->title);

  rfi_job_filter_set_text (filter, job->title);
  some = rfi_print_sheets_board (rfi_test_desk_session (), filter);
  less = read_all (some, "board-some");
  assert_says (less, job->title);
  g_assert_null (strstr (less, "Walk-in cooler repair"));
}

static void
test_route (void)
{
  g_autoptr(RfiPrintDocument) document =
    rfi_print_sheets_route (rfi_test_desk_session (), job->assigned_to);
  g_autoptr(RfiPrintDocument) nobody = rfi_print_sheets_route (rfi_test_desk_session (), "no-id");
  g_autofree char *text = read_all (document, "route");
  g_autofree char *none = read_all (nobody, "route-none");

  assert_says (text, rfi_session_get_name (rfi_test_desk_session (), job->assigned_to));
  assert_says (text, job->title);
  assert_says (text, "1. ");
  assert_says (none, "No open job");
}

static void
test_handover (void)
{
  g_autoptr(RfiPrintDocument) document =
    rfi_print_sheets_handover (rfi_test_desk_session (), NULL);
  g_autofree char *text = read_all (document, "handover");

  assert_says (text, "Shift Hand-Over");
  assert_says (text, "Without a technician");
  assert_says (text, "Changes not sent yet\t0");
  assert_says (text, "Remarks");
}

static void
count_failure (RfiPrinter *printer,
               const char *words,
               guint      *n_failures)
{
  g_test_message ("%s", words);
  (*n_failures)++;
}

static void
count_success (RfiPrinter *printer,
               guint      *n_finished)
{
  (*n_finished)++;
}

static void
test_pdf (void)
{
  g_autoptr(RfiPrintDocument) document = rfi_print_sheets_job (rfi_test_desk_session (), job);
  g_autoptr(RfiPrinter) printer = rfi_printer_new (document);
  g_autoptr(RfiPrinter) nowhere = rfi_printer_new (document);
  g_autofree char *dir = g_dir_make_tmp ("rfi-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "sheet.pdf", NULL);
  g_autofree char *bad = g_build_filename (dir, "none", "sheet.pdf", NULL);
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;
  guint n_failures = 0;
  guint n_finished = 0;

  g_signal_connect (printer, "finished", G_CALLBACK (count_success), &n_finished);
  rfi_printer_export (printer, path);
  rfi_test_wait (n_finished == 1);
  g_assert_true (g_file_get_contents (path, &content, &length, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 1000);
  g_assert_true (g_str_has_prefix (content, "%PDF-"));

  g_signal_connect (nowhere, "failed", G_CALLBACK (count_failure), &n_failures);
  g_signal_connect (nowhere, "finished", G_CALLBACK (count_success), &n_finished);
  rfi_printer_export (nowhere, bad);
  rfi_test_wait (n_failures == 1);
  rfi_test_settle ();
  g_assert_cmpuint (n_finished, ==, 1);
  g_assert_cmpuint (n_failures, ==, 1);
  /* Both are done with themselves. */
  g_assert_cmpuint (G_OBJECT (printer)->ref_count, ==, 1);
  g_assert_cmpuint (G_OBJECT (nowhere)->ref_count, ==, 1);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* From the window: what has to be chosen first is said. */
static void
test_window (void)
{
  g_auto(GStrv) keys =
    gtk_application_get_accels_for_action (rfi_test_desk_application (), "win.print::job");

  g_assert_cmpstr (keys[0], ==, "<Control>p");
  rfi_test_desk_activate ("win.print", "route");
  rfi_test_wait (rfi_test_desk_reads ("Choose a job first"));

  rfi_test_desk_activate ("win.show-job", job->id);
  rfi_test_desk_activate ("win.print", "job");
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "print-dialog");
  gtk_dialog_response (GTK_DIALOG (rfi_test_desk_dialog ()), GTK_RESPONSE_CANCEL);
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/print/sign-in", test_sign_in);
  g_test_add_func ("/print/job", test_job);
  g_test_add_func ("/print/board", test_board);
  g_test_add_func ("/print/route", test_route);
  g_test_add_func ("/print/handover", test_handover);
  g_test_add_func ("/print/pdf", test_pdf);
  g_test_add_func ("/print/window", test_window);

  status = rfi_test_desk_end (g_test_run ());
  g_clear_pointer (&job, rfi_job_unref);
  rfi_test_server_free (server);
  return status;
}
