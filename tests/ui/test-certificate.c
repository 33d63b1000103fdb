/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-board-page.h"
#include "rfi-connection-pill.h"
#include "rfi-job-card.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

#include <glib/gstdio.h>
#include <string.h>

/* A server whose certificate nobody vouches for. The cases follow each other in one console: it
 * is refused, compared, trusted, and refused anew when it is another one. */

static RfiTestServer *server;
static char *folder;       /* (owned): where the certificate lies */
static char *fingerprint;  /* (owned): of the certificate, as openssl says it: "AB:CD:…" */

static char *
run (const char * const *argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process = g_subprocess_newv (
    argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

static char *
get_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* Another one each time, as after a server was set up anew, or as in the middle of an attack. */
static void
make_certificate (void)
{
  g_autofree char *key = get_path ("key.pem");
  g_autofree char *certificate = get_path ("certificate.pem");
  const char * const make[] = {
    "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2", "-keyout", key, "-out", certificate,
    NULL,
  };
  const char * const show[] = {
    "openssl", "x509", "-in", certificate, "-noout", "-fingerprint", "-sha256", NULL,
  };
  g_autofree char *made = run (make);
  g_autofree char *shown = run (show);

  g_free (fingerprint);
  fingerprint = g_strstrip (g_strdup (strchr (shown, '=') + 1));
  g_assert_cmpuint (strlen (fingerprint), ==, 32 * 3 - 1);
}

static void
start_server (void)
{
  g_autofree char *key = get_path ("key.pem");
  g_autofree char *certificate = get_path ("certificate.pem");
  g_autofree char *key_option = g_strconcat ("--tls-key=", key, NULL);
  g_autofree char *certificate_option = g_strconcat ("--tls-certificate=", certificate, NULL);
  const char * const options[] = { "--sample=small", certificate_option, key_option, NULL };

  server = rfi_test_server_new (options);
}

/* Whether @root says these words and @more, which may be in several lines. */
static gboolean
says (GtkWidget  *root,
      const char *words,
      const char *more)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root))
    {
      const char *text = gtk_label_get_text (GTK_LABEL (root));
      g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
      g_autofree char *joined = g_strjoinv ("", lines);

      if (strstr (text, words) != NULL && strstr (joined, more) != NULL)
        return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words, more))
      return TRUE;
  return FALSE;
}

static void
try_to_sign_in (void)
{
  rfi_test_desk_fill_in ("server", rfi_test_server_get_url (server));
  rfi_test_desk_fill_in ("email", "dispatcher@coolair.com");
  rfi_test_desk_fill_in ("password", "dispatch123");
  rfi_test_desk_click ("sign_in");
}

static void
test_refused (void)
{
  rfi_test_desk_open ();
  g_assert_null (rfi_test_desk_find_named ("trust"));
  try_to_sign_in ();
  rfi_test_wait (rfi_test_desk_find_named ("trust") != NULL);
  rfi_test_wait (says (GTK_WIDGET (rfi_test_desk_window ()), "is not trusted",
                       fingerprint));
  g_assert_true (gtk_widget_has_css_class (rfi_test_desk_find_named ("server"), "error"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "certificate-refused");
}

static void
test_not_trusted_by_chance (void)
{
  rfi_test_desk_click ("trust");
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  g_assert_true (says (GTK_WIDGET (rfi_test_desk_dialog ()), "fingerprint", fingerprint));
  rfi_test_desk_take_looks (rfi_test_desk_dialog (), "certificate-question");
  rfi_test_desk_answer ("cancel");
  rfi_test_settle ();
  g_assert_null (rfi_test_desk_session ());

  try_to_sign_in ();
  rfi_test_wait (rfi_test_desk_find_named ("trust") != NULL);
  g_assert_null (rfi_test_desk_session ());
}

static void
trust (void)
{
  rfi_test_desk_click ("trust");
  rfi_test_desk_answer ("trust");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_wait (rfi_test_desk_reads ("Live"));
}

static void
sign_out (void)
{
  rfi_test_desk_activate ("win.sign-out", NULL);
  rfi_test_desk_answer ("yes");
  rfi_test_wait (rfi_test_desk_reads ("Sign in to your dispatch console"));
}

/* However the address is written, it is the same server. */
static void
test_trusted (void)
{
  g_autofree char *shouted = g_strconcat ("HTTPS", rfi_test_server_get_url (server) + 5, "/", NULL);

  trust ();
  sign_out ();
  rfi_test_desk_sign_in (shouted, RFI_TEST_DISPATCHER);

  /* And a new start knows it. */
  rfi_test_desk_quit ();
  rfi_test_desk_open ();
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_wait (rfi_test_desk_reads ("Live"));
}

static void
test_changed (void)
{
  rfi_test_desk_quit ();
  rfi_test_server_kill (server);
  make_certificate ();
  rfi_test_server_start (server);

  /* The kept sign-in shows what it has, and says why there is nothing new. */
  rfi_test_desk_open ();
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_wait (rfi_session_get_sync_state (rfi_test_desk_session ())->error_code != NULL);
  g_assert_cmpstr (rfi_session_get_sync_state (rfi_test_desk_session ())->error_code, ==,
                   "CERTIFICATE");
  rfi_test_wait (rfi_test_desk_reads (
    "The server’s certificate is not trusted. Sign out and in again to look at its fingerprint."));
  rfi_test_desk_show_page ("activity");
  rfi_test_wait (says (GTK_WIDGET (rfi_test_desk_window ()), "certificate is not trusted",
                       "Sign out and in again to look at its fingerprint."));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "certificate-changed-activity");

  rfi_test_desk_show_page ("board");
  sign_out ();
  try_to_sign_in ();
  rfi_test_wait (rfi_test_desk_find_named ("trust") != NULL);
  rfi_test_wait (says (GTK_WIDGET (rfi_test_desk_window ()), "is not the one you trusted",
                       fingerprint));
  g_assert_null (rfi_test_desk_session ());
  rfi_test_desk_take_looks (rfi_test_desk_window (), "certificate-changed");
}

static void
test_trusted_anew (void)
{
  trust ();
}

static void
test_no_openssl (void)
{
  g_test_skip ("openssl is not installed, which makes certificates");
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  int status;

  rfi_test_desk_init (&argc, &argv);
  if (openssl == NULL)
    {
      g_test_add_func ("/certificate/no-openssl", test_no_openssl);
      return rfi_test_desk_end (g_test_run ());
    }

  folder = g_dir_make_tmp ("rfi-tls-XXXXXX", NULL);
  make_certificate ();
  start_server ();

  g_test_add_func ("/certificate/refused", test_refused);
  g_test_add_func ("/certificate/not-trusted-by-chance", test_not_trusted_by_chance);
  g_test_add_func ("/certificate/trusted", test_trusted);
  g_test_add_func ("/certificate/changed", test_changed);
  g_test_add_func ("/certificate/trusted-anew", test_trusted_anew);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
