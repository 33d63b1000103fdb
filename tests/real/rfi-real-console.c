/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-real-console"

#include "config.h"

#include "rfi-real-console.h"

#include "rfi-real-desk.h"
#include "rfi-test-wait.h"

#include <gio/gunixinputstream.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct
{
  RfiRealDesk      *desk;
  GDataInputStream *lines;
  char             *line;   /* (nullable): one that is not done yet */
  gboolean          ended;  /* nobody says anything any more */
} Console;

/* One write a line: what was said before a kill is said whole. */
static void
say (const char *format,
     ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format,
     ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    g_error ("Nobody listens: %s", g_strerror (errno));
}

static const char *
get_word (const RfiSyncState *state)
{
  if (state->sending_id != NULL)
    return "sending";
  if (state->phase == RFI_PHASE_SYNCING || state->phase == RFI_PHASE_CATCHING_UP)
    return "pulling";
  if (state->phase == RFI_PHASE_STARTING)
    return "starting";
  if (!state->online)
    return "offline";
  return state->n_queued > 0 ? "queued" : "idle";
}

static void
state_cb (RfiSyncThread *sync,
          gpointer       user_data)
{
  RfiSyncMetrics *metrics = rfi_sync_thread_get_metrics (sync);

  say ("at %s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
       get_word (rfi_sync_thread_get_state (sync)),
       rfi_sync_metrics_get_count (metrics, RFI_SYNC_COUNTER_SENT),
       rfi_sync_metrics_get_count (metrics, RFI_SYNC_COUNTER_RECOGNISED));
}

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Console *console = user_data;

  console->line = g_data_input_stream_read_line_finish (console->lines, result, NULL, NULL);
  console->ended = console->line == NULL;
}

/* A cycle that began after the call has ended, and all is quiet. */
static void
settle (RfiRealDesk *desk)
{
  gint64 asked_at = g_get_real_time () / 1000;
  gint64 deadline = rfi_test_wait_begin ();

  /* A cycle may begin and end within this millisecond. */
  while (g_get_real_time () / 1000 == asked_at)
    ;
  rfi_sync_thread_kick (desk->sync, RFI_SYNC_KICK_MANUAL);
  while (rfi_sync_thread_get_state (desk->sync)->last_sync_at <= asked_at ||
         !rfi_real_desk_is_quiet (desk))
    {
      const RfiSyncState *state = rfi_sync_thread_get_state (desk->sync);

      if (g_get_monotonic_time () > deadline - G_USEC_PER_SEC)
        g_error ("Does not settle: %s, phase %u, %u queued, next try in %" G_GINT64_FORMAT
                 " ms, last sync %" G_GINT64_FORMAT " ms after it was asked for; %s",
                 get_word (state), state->phase, state->n_queued,
                 state->next_try_at - g_get_real_time () / 1000, state->last_sync_at - asked_at,
                 state->error_message != NULL ? state->error_message : "no error");
      rfi_test_wait_turn (deadline, G_STRLOC, "settled");
    }
}

static void
obey (Console    *console,
      const char *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", 2);
  const char *verb = words[0];

  if (g_str_equal (verb, "end"))
    console->ended = TRUE;
  else if (g_str_equal (verb, "hash"))
    {
      g_autofree char *hash = rfi_real_desk_hash (console->desk);

      say ("hash %s\n", hash);
    }
  else if (g_str_equal (verb, "settle"))
    {
      settle (console->desk);
      say ("done settle\n");
    }
  else if (g_str_equal (verb, "sync"))
    {
      rfi_sync_thread_kick (console->desk->sync, RFI_SYNC_KICK_MANUAL);
      say ("done sync\n");
    }
  else
    say ("%s %s\n",
         rfi_real_desk_do (console->desk, verb, (guint) strtoul (words[1], NULL, 10)) ? "done"
                                                                                      : "none",
         verb);
}

int
rfi_real_console_run (char **arguments)
{
  g_autoptr(GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  Console console = { .lines = g_data_input_stream_new (input) };
  g_autoptr(RfiUser) user = NULL;
  RfiUser template = {
    .id = arguments[RFI_REAL_USER],
    .email = (char *) "",
    .display_name = (char *) "",
    .vendor_id = *arguments[RFI_REAL_VENDOR] != '\0' ? arguments[RFI_REAL_VENDOR] : NULL,
    .role = (RfiRole) atoi (arguments[RFI_REAL_ROLE]),
  };

  user = rfi_user_new (&template);
  say ("at opening 0 0\n");
  console.desk = rfi_real_desk_new (arguments[RFI_REAL_DIR], arguments[RFI_REAL_URL], user,
                                    arguments[RFI_REAL_TECHNICIAN], arguments[RFI_REAL_KEY]);
  g_signal_connect (console.desk->sync, "state-changed", G_CALLBACK (state_cb), NULL);
  rfi_sync_thread_start (console.desk->sync, arguments[RFI_REAL_TOKEN]);

  while (!console.ended)
    {
      g_autofree char *line = NULL;

      g_data_input_stream_read_line_async (console.lines, G_PRIORITY_DEFAULT, NULL, line_cb,
                                           &console);
      while (console.line == NULL && !console.ended)
        g_main_context_iteration (NULL, TRUE);
      line = g_steal_pointer (&console.line);
      if (line != NULL)
        obey (&console, line);
    }

  g_signal_handlers_disconnect_by_func (console.desk->sync, state_cb, NULL);
  rfi_real_desk_free (console.desk);
  g_object_unref (console.lines);
  return 0;
}
