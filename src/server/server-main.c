/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-main"

#include "config.h"

#include "rfi-password.h"
#include "rfi-sample.h"
#include "rfi-server-history.h"
#include "rfi-server-error.h"
#include "rfi-server-log.h"
#include "rfi-server-notify.h"
#include "rfi-server.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* What the program ends with; the words for sysexits.h's numbers, which systemd knows. */
enum {
  EXIT_OK = 0,
  EXIT_TROUBLE = 1,
  EXIT_USAGE = 64,
  EXIT_BAD_DATA = 65,
  EXIT_NO_DATA = 66,
  EXIT_UNAVAILABLE = 69,
  EXIT_IN_USE = 75,
};

typedef struct
{
  GMainLoop *loop;
  RfiServer *server;
  gboolean   stopping;
} Running;

static int
say (int         status,
     const char *sentence)
{
  g_printerr ("retailfixit-server: %s\n", sentence);
  return status;
}

static int
say_error (const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return say (EXIT_USAGE, error->message);
  if (g_error_matches (error, RFI_SERVER_ERROR, RFI_SERVER_ERROR_LOCKED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    return say (EXIT_IN_USE, error->message);
  if (error->domain == RFI_DB_ERROR && error->code == RFI_DB_ERROR_NEWER)
    return say (EXIT_NO_DATA, error->message);

  return say (EXIT_TROUBLE, error->message);
}

static gboolean
stopped_cb (gpointer user_data)
{
  Running *running = user_data;

  g_main_loop_quit (running->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
signal_cb (gpointer user_data)
{
  Running *running = user_data;

  if (running->stopping)
    return G_SOURCE_CONTINUE;

  running->stopping = TRUE;
  rfi_server_notify ("STOPPING=1");
  rfi_server_stop (running->server, stopped_cb, running);
  return G_SOURCE_CONTINUE;
}

static int
serve (const RfiServerOptions *options,
       RfiServerStore         *store)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiServer) server = rfi_server_new (options, store, &error);
  Running running = { loop, server, FALSE };
  guint term;
  guint interrupt;

  if (server == NULL)
    return say_error (error);

  term = g_unix_signal_add (SIGTERM, signal_cb, &running);
  interrupt = g_unix_signal_add (SIGINT, signal_cb, &running);
  g_print ("listening on %s\n", rfi_server_get_url (server));
  fflush (stdout);
  rfi_server_log_init ();
  rfi_server_notify ("READY=1");

  g_main_loop_run (loop);
  g_source_remove (term);
  g_source_remove (interrupt);
  return EXIT_OK;
}

static gboolean
fill (const RfiServerOptions  *options,
      RfiServerStore          *store,
      GError                 **error)
{
  gint64 now = g_get_real_time () / 1000;

  switch (options->sample)
    {
    case RFI_SAMPLE_SIZE_SMALL:
      return rfi_sample_fill_small (store, now, error);
    case RFI_SAMPLE_SIZE_LARGE:
      return rfi_sample_fill_large (store, options->n_vendors, options->n_jobs, options->seed, now,
                                    error);
    case RFI_SAMPLE_SIZE_NONE:
    default:
      return TRUE;
    }
}

/* From standard input, so that it shows in no list of processes. Returns: (transfer full) */
static char *
read_password (void)
{
  char line[256];

  if (fgets (line, sizeof line, stdin) == NULL)
    return NULL;

  line[strcspn (line, "\r\n")] = '\0';
  return *line != '\0' ? g_strdup (line) : NULL;
}

static int
create_user (const RfiServerOptions *options,
             RfiServerStore         *store)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *password = read_password ();
  g_autofree char *hash = NULL;
  g_autoptr(GError) error = NULL;
  RfiUser user = {
    .id = id,
    .email = options->email,
    .display_name = options->display_name,
    .vendor_id = options->vendor,
  };

  if (password == NULL)
    return say (EXIT_USAGE, _ ("Write the password to standard input, in one line"));

  rfi_role_from_string (options->role, &user.role);
  hash = rfi_password_hash (password);
  if (!rfi_server_store_add_user (store, &user, hash, &error))
    {
      if (g_error_matches (error, RFI_DB_ERROR, RFI_DB_ERROR_CONSTRAINT))
        return say (EXIT_NO_DATA, _ ("Somebody has this address already"));
      return say_error (error);
    }

  g_print ("%s\n", id);
  return EXIT_OK;
}

/* Beside a server that runs, if need be: it only reads. */
static int
verify_audit (const RfiServerOptions *options)
{
  g_autofree char *path = g_build_filename (options->data, "server.db", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *hash = NULL;
  RfiDb *db = rfi_db_open (path, FALSE, NULL, &error);
  RfiServerHistoryCheck check;
  gboolean checked = db != NULL && rfi_server_history_check (db, 0, G_MAXINT64, &check, &error);

  if (db != NULL)
    rfi_db_close (db, NULL);
  if (!checked)
    {
      g_printerr (_ ("%s cannot be read: %s\n"), path, error->message);
      return EXIT_TROUBLE;
    }

  hash = check.hash;
  if (check.broken == 0)
    {
      g_print (ngettext ("%ld entry, unbroken, up to %s\n", "%ld entries, unbroken, up to %s\n",
                         (gulong) check.to), (long) check.to, hash);
      return EXIT_OK;
    }

  if (check.missing)
    g_printerr (_ ("Entry %ld is missing; all before it is unbroken\n"), (long) check.broken);
  else
    g_printerr (_ ("Entry %ld was altered; all before it is unbroken\n"), (long) check.broken);
  return EXIT_BAD_DATA;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(RfiServerOptions) options = NULL;
  g_autoptr(RfiServerStore) store = NULL;
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, RFI_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  options = rfi_server_options_parse (&argc, &argv, &error);
  if (options == NULL)
    return error != NULL ? say_error (error) : EXIT_OK;

  if (options->verify_audit)
    return verify_audit (options);

  store = rfi_server_store_open (options->data, options->secret_file, &error);
  if (store == NULL)
    return say_error (error);
  if (options->new_epoch && !rfi_server_store_renew_epoch (store, &error))
    return say_error (error);
  if (options->create_user)
    return create_user (options, store);
  if (!fill (options, store, &error))
    return say_error (error);

  return serve (options, store);
}
