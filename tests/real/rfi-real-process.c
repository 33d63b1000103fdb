/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-real-process"

#include "config.h"

#include "rfi-real-process.h"

#include "rfi-real-console.h"
#include "rfi-test-wait.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

static void read_next (RfiRealProcess *self);

static void
take_line (RfiRealProcess *self,
           const char     *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", 4);

  if (g_str_equal (words[0], "at") && g_strv_length (words) == 4)
    {
      g_free (self->at);
      self->at = g_strdup (words[1]);
      self->n_sent = g_ascii_strtoull (words[2], NULL, 10);
      self->n_known = g_ascii_strtoull (words[3], NULL, 10);
      return;
    }

  g_free (self->answer);
  self->answer = g_strdup (line);
  if (self->n_waiting > 0)
    self->n_waiting--;
}

typedef struct
{
  RfiRealProcess   *self;
  GDataInputStream *lines;  /* (owned): of one life */
} Reading;

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr(GDataInputStream) lines = reading->lines;
  g_autofree char *line = g_data_input_stream_read_line_finish (lines, result, NULL, NULL);

  /* What a life said last counts also when it is read after its end. */
  if (line == NULL || reading->self->lines != lines)
    return;

  take_line (reading->self, line);
  read_next (reading->self);
}

static void
read_next (RfiRealProcess *self)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->self = self;
  reading->lines = g_object_ref (self->lines);
  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, NULL, line_cb, reading);
}

/* A test that fails ends by abort() and frees nothing: the process must not outlive it. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
rfi_real_process_start (RfiRealProcess *self,
                        const char     *program)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  const RfiUser *user = self->account->user;
  g_autofree char *role = g_strdup_printf ("%d", (int) user->role);
  g_autoptr(GError) error = NULL;
  const char *argv[RFI_REAL_N_ARGUMENTS + 3] = { program, "--console" };

  argv[2 + RFI_REAL_DIR] = self->dir;
  argv[2 + RFI_REAL_URL] = self->url;
  argv[2 + RFI_REAL_TOKEN] = self->account->token;
  argv[2 + RFI_REAL_KEY] = self->key;
  argv[2 + RFI_REAL_TECHNICIAN] = self->technician_id;
  argv[2 + RFI_REAL_USER] = user->id;
  argv[2 + RFI_REAL_ROLE] = role;
  argv[2 + RFI_REAL_VENDOR] = user->vendor_id != NULL ? user->vendor_id : "";

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_free (self->at);
  self->at = g_strdup ("opening");
  self->n_waiting = 0;
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  read_next (self);
}

RfiRealProcess *
rfi_real_process_new (const char           *program,
                      const char           *dir,
                      const char           *url,
                      const RfiRealAccount *account,
                      const char           *technician_id,
                      guint64               key)
{
  RfiRealProcess *self = g_new0 (RfiRealProcess, 1);

  self->account = account;
  self->url = url;
  self->technician_id = g_strdup (technician_id);
  self->dir = g_strdup (dir);
  g_snprintf (self->key, sizeof self->key, "%064" G_GINT64_MODIFIER "x", key);
  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  rfi_real_process_start (self, program);
  return self;
}

static void
forget_life (RfiRealProcess *self)
{
  self->sum_sent += self->n_sent;
  self->sum_known += self->n_known;
  self->n_sent = 0;
  self->n_known = 0;
  self->n_waiting = 0;
  g_clear_object (&self->lines);
  g_clear_object (&self->process);
}

char *
rfi_real_process_kill (RfiRealProcess *self)
{
  char *at;

  g_subprocess_send_signal (self->process, SIGKILL);
  g_subprocess_wait (self->process, NULL, NULL);
  if (!g_subprocess_get_if_signaled (self->process) ||
      g_subprocess_get_term_sig (self->process) != SIGKILL)
    g_error ("A console ended by itself, at %s", self->at);

  rfi_test_settle ();
  at = g_strdup (self->n_waiting > 0 ? "writing" : self->at);
  forget_life (self);
  return at;
}

void
rfi_real_process_end (RfiRealProcess *self)
{
  rfi_real_process_tell (self, "end", 0);
  g_subprocess_wait (self->process, NULL, NULL);
  if (!g_subprocess_get_if_exited (self->process) ||
      g_subprocess_get_exit_status (self->process) != 0)
    g_error ("A console did not end well, at %s", self->at);
  rfi_test_settle ();
  forget_life (self);
}

void
rfi_real_process_free (RfiRealProcess *self)
{
  if (self->process != NULL)
    rfi_real_process_end (self);
  g_free (self->technician_id);
  g_free (self->dir);
  g_free (self->at);
  g_free (self->answer);
  g_free (self);
}

void
rfi_real_process_tell (RfiRealProcess *self,
                       const char     *verb,
                       guint           pick)
{
  g_autofree char *line = g_strdup_printf ("%s %u\n", verb, pick);
  g_autoptr(GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), line, strlen (line), NULL,
                             NULL, &error);
  if (error != NULL)
    g_error ("A console ended by itself, at %s: %s", self->at, error->message);
  self->n_waiting++;
}

const char *
rfi_real_process_ask (RfiRealProcess *self,
                      const char     *verb,
                      guint           pick)
{
  rfi_test_wait (self->n_waiting == 0);
  rfi_real_process_tell (self, verb, pick);
  rfi_test_wait (self->n_waiting == 0);
  return self->answer;
}

void
rfi_real_process_check_file (RfiRealProcess *self)
{
  g_autofree char *path = g_build_filename (self->dir, "store.sqlite", NULL);
  g_autoptr(GDir) files = g_dir_open (self->dir, 0, NULL);
  const char *name;
  GStatBuf info;

  while ((name = g_dir_read_name (files)) != NULL)
    if (strstr (name, "damaged") != NULL)
      g_error ("A store was set aside: %s/%s", self->dir, name);

  if (g_stat (path, &info) != 0)
    {
      g_assert_cmpuint (self->file, ==, 0);
      return;
    }
  if (self->file != 0 && self->file != info.st_ino)
    g_error ("%s is another file than it was", path);
  self->file = info.st_ino;
}
