/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-accidents"

#include "config.h"

#include "rfi-sim-world.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Accidents at the server */

/* (nullable): the intent, which this console holds */
static RfiSimIntent *
settle_in (RfiSimWorld *self,
           guint        number,
           const char  *operation_id)
{
  RfiSimIntent *intent = rfi_sim_ledger_find (self->ledger, operation_id);

  if (intent != NULL)
    intent->homes |= 1u << number;
  return intent;
}

/* Where what is in the outbox stands, it is meant. What was accepted, and whose row is not here, is
 * held too: it is done again if the row does not come, and not if a page that is on its way brings
 * it. So it is at home here, and a deletion among it covers what the same person did to the job
 * before, but no more is asked for it than for what the server forgot. */
static void
adopt (RfiSimWorld *self,
       guint        number)
{
  RfiSimConsole *console = self->consoles[number];
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(GPtrArray) letters = NULL;

  if (!rfi_sim_console_is_up (console))
    return;

  console->disk->spared = TRUE;
  outbox = rfi_sim_console_outbox (console, NULL);
  letters = rfi_sim_console_letters (console, NULL);
  console->disk->spared = FALSE;
  if (outbox != NULL)
    rfi_sim_ledger_follow (self->ledger, outbox, number);
  for (guint i = 0; letters != NULL && i < letters->len; i++)
    if (((RfiLetter *) g_ptr_array_index (letters, i))->state == RFI_LETTER_ACCEPTED)
      settle_in (self, number, ((RfiLetter *) g_ptr_array_index (letters, i))->operation_id);
  for (guint i = 0; outbox != NULL && i < outbox->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (outbox, i);
      RfiSimIntent *intent = settle_in (self, number, operation->id);

      if (intent != NULL && intent->state == RFI_SIM_INTENT_EXCUSED)
        intent->state = RFI_SIM_INTENT_MEANT;
    }
}

/* What was done with, as its job was gone, nobody holds any more, and the job may be back. */
static void
excuse_gone (RfiSimWorld *self)
{
  for (guint i = 0; i < self->ledger->len; i++)
    {
      RfiSimIntent *intent = g_ptr_array_index (self->ledger, i);
      RfiSimRow *row = rfi_sim_truth_find (self->truth, intent->job_id);

      if (intent->state == RFI_SIM_INTENT_MEANT && (row == NULL || row->job == NULL))
        intent->state = RFI_SIM_INTENT_EXCUSED;
    }
}

static void
excuse_one (RfiSimWorld *self,
            const char  *operation_id)
{
  RfiSimIntent *intent = rfi_sim_ledger_find (self->ledger, operation_id);

  if (intent == NULL)
    return;

  /* What a person gave up at a copy of the profile stays given up. */
  if (intent->state == RFI_SIM_INTENT_MEANT)
    intent->state = RFI_SIM_INTENT_EXCUSED;
  intent->homes = 0;
}

/* What the server forgot is nobody's fault that a console no longer holds it. Where it is held,
 * adopt() finds. */
static void
excuse (RfiSimWorld *self,
        GPtrArray   *lost)
{
  for (guint i = 0; i < lost->len; i++)
    {
      RfiSimVerdict *verdict = g_ptr_array_index (lost, i);

      excuse_one (self, verdict->operation->id);
    }
}

/* The old contract's answer does not say which history of the server it is of: one that is on its
 * way still counts. */
static void
doubt (RfiSimWorld *self,
       const char  *operation_id)
{
  RfiSimIntent *intent = rfi_sim_ledger_find (self->ledger, operation_id);

  if (intent != NULL && intent->state == RFI_SIM_INTENT_MEANT)
    intent->state = RFI_SIM_INTENT_MAYBE;
}

/* Nor does any answer where the server's history has the name of the one that is gone: the console
 * takes it for what it says, and once the server has as many changes again nothing tells it that
 * they are others. What it holds with nothing under way comes again, and so does everything where
 * the new history has a name of its own. */
static void
doubt_under_way (RfiSimWorld *self,
                 GPtrArray   *lost)
{
  for (guint i = 0; i < lost->len; i++)
    {
      const RfiSimVerdict *verdict = g_ptr_array_index (lost, i);
      const RfiSimIntent *intent =
        rfi_sim_ledger_find (self->ledger, verdict->operation->id);

      for (guint j = 0; intent != NULL && j < self->plan->n_consoles; j++)
        if ((intent->homes & 1u << j) != 0 && rfi_sim_net_in_flight (self->net, j) > 0)
          doubt (self, intent->id);
    }
}

static void
restore_server (RfiSimWorld *self,
                RfiRandom   *random)
{
  gboolean told = rfi_random_range (random, 4) != 0;
  g_autoptr(GPtrArray) lost = NULL;
  g_autoptr(GPtrArray) pictures = NULL;

  if (self->server->copies->len == 0 || rfi_random_range (random, 3) == 0)
    {
      rfi_sim_server_backup (self->server);
      return;
    }

  rfi_sim_world_tell (self, "the server is put back to an earlier time%s",
                      told ? "" : ", in silence");
  rfi_sim_server_restore (self->server,
                          (guint) rfi_random_range (random, self->server->copies->len), told);
  self->server_at = 0;
  self->unsure = self->unsure || !told;
  self->unsaid = self->unsaid || !told;
  excuse_gone (self);
  self->server->disk->spared = TRUE;
  lost = rfi_sim_truth_reset (self->truth, self->server->db);
  pictures = rfi_sim_album_reset (self->album, self->server->db);
  self->server->disk->spared = FALSE;
  excuse (self, lost);
  for (guint i = 0; i < pictures->len; i++)
    excuse_one (self, g_ptr_array_index (pictures, i));
  for (guint i = 0; i < self->plan->n_consoles; i++)
    {
      self->may_list[i] = TRUE;
      adopt (self, i);
    }
  for (guint i = 0; i < pictures->len; i++)
    doubt (self, g_ptr_array_index (pictures, i));
  if (!told)
    doubt_under_way (self, lost);
}

static void
stop_server (RfiSimWorld *self,
             RfiRandom   *random,
             gboolean     in_order)
{
  if (self->server->db == NULL)
    return;

  rfi_sim_world_tell (self, in_order ? "the server is stopped" : "the server crashes");
  if (in_order)
    rfi_sim_server_stop (self->server);
  else
    rfi_sim_server_crash (self->server);
  self->server->disk->crash_at = 0;
  self->server_at = rfi_sim_time_now (self->time) +
                    (gint64) rfi_random_range (random, 40 * SECOND);
}

/* Accidents at a console */

static void
put_back (RfiSimWorld   *self,
          RfiSimConsole *console,
          GPtrArray     *copy)
{
  if (rfi_sim_console_is_up (console))
    rfi_sim_console_crash (console);
  rfi_sim_disk_start (console->disk);
  rfi_sim_disk_restore (console->disk, copy);
}

/* What is in the copy is its business; what was done after it is not. */
static void
excuse_console (RfiSimWorld *self,
                guint        number)
{
  for (guint i = 0; i < self->ledger->len; i++)
    {
      RfiSimIntent *intent = g_ptr_array_index (self->ledger, i);

      if (intent->homes == 1u << number && intent->state == RFI_SIM_INTENT_MEANT)
        intent->state = RFI_SIM_INTENT_EXCUSED;
      else
        intent->homes &= ~(1u << number);
    }
}

static void
restore_console (RfiSimWorld *self,
                 guint        number,
                 RfiRandom   *random)
{
  RfiSimConsole *console = self->consoles[number];

  if (self->copies[number] == NULL || rfi_random_range (random, 2) == 0)
    {
      g_clear_pointer (&self->copies[number], g_ptr_array_unref);
      self->copies[number] = rfi_sim_disk_copy (console->disk);
      return;
    }

  rfi_sim_world_tell (self, "console %u: its profile is put back to an earlier time", number);
  put_back (self, console, self->copies[number]);
  excuse_console (self, number);
  self->seen[number] = 0;
  self->may_list[number] = TRUE;
  rfi_sim_world_start_console (self, number);
  adopt (self, number);
}

/* Nobody deletes what may still be of use to somebody. */
static guint
count_aside (RfiSimConsole *console)
{
  static const char word[] = ".damaged-";
  guint n = 0;

  for (guint i = 0; i < console->disk->files->len; i++)
    {
      const RfiSimFile *file = g_ptr_array_index (console->disk->files, i);
      const char *aside = strstr (file->path, word);
      const char *time = aside != NULL ? aside + strlen (word) : NULL;

      /* Without what goes with it. */
      n += time != NULL && time[strspn (time, "0123456789")] == '\0';
    }
  return n;
}

/* A page of its file is gone when it is started the next time. */
static void
damage_console (RfiSimWorld *self,
                guint        number,
                RfiRandom   *random)
{
  RfiSimConsole *console = self->consoles[number];
  g_autofree char *path = g_strconcat (console->name, "/", RFI_SIM_CONSOLE_PATH, NULL);
  RfiSimFile *file = rfi_sim_disk_find (console->disk, path);
  guint n_aside = count_aside (console);
  guint n_pages = file != NULL ? file->bytes->len / 1024 : 0;

  if (n_pages == 0)
    return;

  rfi_sim_world_tell (self, "console %u: its file is damaged", number);
  if (rfi_sim_console_is_up (console))
    rfi_sim_console_crash (console);
  rfi_sim_disk_start (console->disk);
  rfi_sim_file_wipe (file, rfi_random_range (random, n_pages) * 1024, 1024);
  excuse_console (self, number);
  self->seen[number] = 0;
  self->may_list[number] = TRUE;
  console->disk->spared = TRUE;
  console->damaged = FALSE;
  console->wiped = TRUE;
  rfi_sim_world_start_console (self, number);
  console->disk->spared = FALSE;
  adopt (self, number);
  if (!console->damaged)
    return;

  rfi_sim_count ("file recovered");
  if (count_aside (console) != n_aside + 1)
    rfi_sim_world_fail (self, g_strdup_printf ("S20: console %u keeps no copy of its damaged file",
                                               number));
}

void
rfi_sim_accident_see_to (RfiSimWorld *self,
                         guint        number)
{
  RfiSimConsole *console = self->consoles[number];
  g_autofree char *mark =
    g_strconcat (console->name, "/" RFI_SIM_CONSOLE_PATH ".suspect", NULL);

  if (!console->wiped || rfi_sim_disk_find (console->disk, mark) == NULL)
    return;

  rfi_sim_world_tell (self, "console %u says that its file is damaged, and is opened anew", number);
  console->wiped = FALSE;
  rfi_sim_console_stop (console);
  excuse_console (self, number);
  self->seen[number] = 0;
  self->may_list[number] = TRUE;
  rfi_sim_world_start_console (self, number);
  adopt (self, number);
}

/* Another computer of the same person goes on with a copy. */
static void
clone_console (RfiSimWorld *self,
               guint        number,
               RfiRandom   *random)
{
  RfiSimConsole *from = self->consoles[number];
  guint other = (guint) rfi_random_range (random, self->plan->n_consoles);
  RfiSimConsole *to = self->consoles[other];
  g_autoptr(GPtrArray) copy = NULL;

  if (other == number || from->user != to->user)
    return;

  rfi_sim_world_tell (self, "console %u goes on with a copy of console %u", other, number);
  copy = rfi_sim_disk_copy (from->disk);
  put_back (self, to, copy);
  excuse_console (self, other);
  memcpy (to->key_seed, from->key_seed, sizeof to->key_seed);
  g_free (to->refresh);
  to->refresh = g_strdup (from->refresh);
  self->seen[other] = 0;
  self->may_list[other] = TRUE;
  g_clear_pointer (&self->copies[other], g_ptr_array_unref);
  rfi_sim_world_start_console (self, other);
  adopt (self, other);
}

static void
accident_of_console (RfiSimWorld        *self,
                     const RfiSimAction *action,
                     RfiRandom          *random)
{
  guint number = action->who;
  RfiSimConsole *console = self->consoles[number];

  switch ((int) action->fault)
    {
    case RFI_SIM_FAULT_CONSOLE_CRASH:
      if (!rfi_sim_console_is_up (console))
        return;
      rfi_sim_world_tell (self, "console %u crashes", number);
      rfi_sim_console_crash (console);
      self->restart_at[number] = rfi_sim_time_now (self->time) +
                                 (gint64) rfi_random_range (random, MINUTE);
      break;
    case RFI_SIM_FAULT_CONSOLE_CRASH_INSIDE:
      console->disk->crash_at =
        console->disk->n_calls + 1 + (gint64) rfi_random_range (random, 40);
      break;
    case RFI_SIM_FAULT_CONSOLE_RESTART:
      rfi_sim_world_tell (self, "console %u is closed and opened", number);
      rfi_sim_console_stop (console);
      if (console->disk->dead)
        rfi_sim_console_crash (console);
      console->disk->crash_at = 0;
      rfi_sim_world_start_console (self, number);
      break;
    case RFI_SIM_FAULT_CONSOLE_RESTORE:
      restore_console (self, number, random);
      break;
    case RFI_SIM_FAULT_CONSOLE_CLONE:
      clone_console (self, number, random);
      break;
    case RFI_SIM_FAULT_CONSOLE_DAMAGE:
      damage_console (self, number, random);
      break;
    case RFI_SIM_FAULT_CONSOLE_FULL:
      console->disk->space =
        console->disk->space < 0 ? (gint64) rfi_random_range (random, 20000) : -1;
      rfi_sim_world_tell (self, "console %u: its disk %s", number,
                          console->disk->space < 0 ? "has space again" : "runs full");
      break;
    case RFI_SIM_FAULT_CONSOLE_IO:
      console->disk->fail_at =
        console->disk->n_calls + 1 + (gint64) rfi_random_range (random, 60);
      console->disk->failing = 1u << rfi_random_range (random, 5);
      break;
    case RFI_SIM_FAULT_SUSPEND:
      if (console->clock != NULL)
        rfi_sim_clock_suspend (console->clock, SECOND + (gint64) rfi_random_range (random, HOUR));
      break;
    case RFI_SIM_FAULT_CLOCK:
    default:
      console->wall_error += (gint64) rfi_random_range (random, 4 * DAY) - 2 * DAY;
      if (console->clock != NULL)
        rfi_sim_clock_step (console->clock,
                            (gint64) rfi_random_range (random, 4 * DAY) - 2 * DAY);
      break;
    }
}

void
rfi_sim_accident (RfiSimWorld        *self,
                  const RfiSimAction *action)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (action->seed);

  rfi_sim_count (rfi_sim_fault_to_string (action->fault));
  rfi_sim_world_tell (self, "accident: %s (console %u)", rfi_sim_fault_to_string (action->fault),
                      action->who);
  switch ((int) action->fault)
    {
    case RFI_SIM_FAULT_PARTITION_OUT:
    case RFI_SIM_FAULT_PARTITION_IN:
    case RFI_SIM_FAULT_PARTITION_BOTH:
      rfi_sim_world_tell (self, "console %u is cut off (%s)", action->who,
                          rfi_sim_fault_to_string (action->fault));
      rfi_sim_net_cut (self->net, action->who, action->fault,
                       (gint64) rfi_random_range (random, 10 * MINUTE));
      break;
    case RFI_SIM_FAULT_SERVER_CRASH:
      stop_server (self, random, FALSE);
      break;
    case RFI_SIM_FAULT_SERVER_RESTART:
      stop_server (self, random, TRUE);
      break;
    case RFI_SIM_FAULT_SERVER_CRASH_INSIDE:
      self->server->disk->crash_at =
        self->server->disk->n_calls + 1 + (gint64) rfi_random_range (random, 60);
      break;
    case RFI_SIM_FAULT_SERVER_RESTORE:
      restore_server (self, random);
      break;
    case RFI_SIM_FAULT_SERVER_IO:
      self->server->disk->fail_at =
        self->server->disk->n_calls + 1 + (gint64) rfi_random_range (random, 60);
      self->server->disk->failing = 1u << rfi_random_range (random, 5);
      break;
    case RFI_SIM_FAULT_FORGET:
      rfi_sim_world_tell (self, "the server's calendar goes on by 91 days");
      self->server->clock_ahead += 91 * DAY;
      break;
    default:
      accident_of_console (self, action, random);
      break;
    }
  rfi_sim_time_settle ();
}
