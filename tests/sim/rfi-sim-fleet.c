/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-fleet"

#include "config.h"

#include "rfi-sim-fleet.h"

#include "rfi-sim-faults.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_PROCESSES 64

/* Seeds that a process takes at a time: few, so that all end at about the same time. */
#define SHARE 8

/* One process, written by it alone. */
typedef struct
{
  guint64 at;      /* the first of the seeds it took last */
  guint64 n_run;
  guint64 n_steps;
  guint64 n_failed;
  guint64 failed;  /* the first that failed; 0 = none */
} Member;

/* In memory that all see. */
typedef struct
{
  guint64 next;    /* the first seed that nobody took */
  guint64 failed;  /* behind this one nobody need go on */
  Member  members[MAX_PROCESSES];
} Board;

/* The one of a run under way, for the signal. */
static Board *running;

/* Nobody takes any more: what was taken is gone through, without a gap. */
static void
stop (int signal_number)
{
  __atomic_store_n (&running->next, G_MAXUINT64 / 2, __ATOMIC_SEQ_CST);
}

static void
catch_signals (void (*handler) (int))
{
  struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };

  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

static Board *
board_new (const RfiSimBatch *batch)
{
  Board *board = mmap (NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                       0);

  g_assert_true (board != MAP_FAILED);
  board->next = batch->first;
  board->failed = G_MAXUINT64;
  return board;
}

static void
note_failure (Board   *board,
              Member  *self,
              guint64  seed)
{
  guint64 last = __atomic_load_n (&board->failed, __ATOMIC_SEQ_CST);

  if (self->failed == 0 || seed < self->failed)
    self->failed = seed;
  while (seed < last && !__atomic_compare_exchange_n (&board->failed, &last, seed, FALSE,
                                                      __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    ;
}

static void
take_shares (Board             *board,
             Member            *self,
             const RfiSimBatch *batch)
{
  guint64 end = batch->first + batch->n_seeds;
  RfiSimBatch share = *batch;

  share.max_shrink = 0;
  for (;;)
    {
      RfiSimReport report;

      share.first = __atomic_fetch_add (&board->next, SHARE, __ATOMIC_SEQ_CST);
      if (share.first >= end ||
          (!batch->all && share.first > __atomic_load_n (&board->failed, __ATOMIC_SEQ_CST)))
        return;

      share.n_seeds = MIN (SHARE, end - share.first);
      self->at = share.first;
      rfi_sim_runner_run (&share, &report);
      self->n_run += report.n_run;
      self->n_steps += report.n_steps;
      self->n_failed += report.n_failed;
      if (report.n_failed > 0)
        note_failure (board, self, report.failed_seed);
      g_free (report.problem);
    }
}

/* Returns: where its counts come from in the end */
static FILE *
start (Board             *board,
       Member            *member,
       const RfiSimBatch *batch,
       pid_t             *pid)
{
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  fflush (NULL);
  *pid = fork ();
  g_assert_cmpint (*pid, >=, 0);
  if (*pid > 0)
    {
      close (ends[1]);
      return fdopen (ends[0], "r");
    }

  /* It ends when all is taken, or with the one that started it: nobody is left to tell then. */
  catch_signals (SIG_IGN);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  close (ends[0]);
  {
    FILE *out = fdopen (ends[1], "w");

    take_shares (board, member, batch);
    rfi_sim_count_write (out);
    fclose (out);
  }
  fflush (NULL);
  _exit (EXIT_SUCCESS);
}

static void
add_up (const Board  *board,
        guint         n,
        RfiSimReport *report)
{
  for (guint i = 0; i < n; i++)
    {
      const Member *member = &board->members[i];

      report->n_run += member->n_run;
      report->n_steps += member->n_steps;
      report->n_failed += member->n_failed;
      if (member->failed != 0 && (report->failed_seed == 0 || member->failed < report->failed_seed))
        report->failed_seed = member->failed;
    }
}

/* A long run says each minute how far it is, until @counts has something: all end at about the
 * same time. */
static void
tell_progress (const Board       *board,
               guint              n,
               const RfiSimBatch *batch,
               FILE              *counts)
{
  struct pollfd end = { .fd = fileno (counts), .events = POLLIN };

  while (poll (&end, 1, 60 * 1000) <= 0)
    {
      RfiSimReport so_far = { 0 };

      add_up (board, n, &so_far);
      g_printerr ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " seeds, %" G_GUINT64_FORMAT
                  " failed\n", so_far.n_run, batch->n_seeds, so_far.n_failed);
    }
}

/* The same once more, here: a seed fails the same way wherever it runs. */
static void
tell_first (const RfiSimBatch *batch,
            RfiSimReport      *report)
{
  RfiSimBatch one = *batch;
  RfiSimReport again;

  one.first = report->failed_seed;
  one.n_seeds = 1;
  one.all = FALSE;
  one.max_shrink = batch->all ? 0 : batch->max_shrink;
  rfi_sim_count_pause (TRUE);
  rfi_sim_runner_run (&one, &again);
  rfi_sim_count_pause (FALSE);
  report->problem = again.problem != NULL
                        ? again.problem
                        : g_strdup ("D1: it failed in another process and does not here");
}

void
rfi_sim_fleet_run (const RfiSimBatch *batch,
                   guint              n_processes,
                   RfiSimReport      *report)
{
  guint n = CLAMP (n_processes, 1, MAX_PROCESSES);
  Board *board = board_new (batch);
  FILE *counts[MAX_PROCESSES];
  pid_t pids[MAX_PROCESSES];

  memset (report, 0, sizeof *report);
  running = board;
  catch_signals (stop);
  for (guint i = 0; i < n; i++)
    counts[i] = start (board, &board->members[i], batch, &pids[i]);
  tell_progress (board, n, batch, counts[0]);
  for (guint i = 0; i < n; i++)
    {
      int status = 0;

      rfi_sim_count_read (counts[i]);
      fclose (counts[i]);
      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      if (status == 0)
        continue;

      g_printerr ("rfi-sim: the process that had the seeds from %" G_GUINT64_FORMAT " on ended by "
                  "itself\n", board->members[i].at);
      board->members[i].n_failed++;
      note_failure (board, &board->members[i], board->members[i].at);
    }

  catch_signals (SIG_DFL);
  add_up (board, n, report);
  if (report->n_failed > 0)
    tell_first (batch, report);
  munmap (board, sizeof *board);
}
