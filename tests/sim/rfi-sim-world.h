/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-console.h"
#include "rfi-sim-ledger.h"
#include "rfi-sim-picture.h"
#include "rfi-sim-plan.h"
#include "rfi-sim-server.h"
#include "rfi-sim-truth.h"

G_BEGIN_DECLS

#define RFI_SIM_MAX_CONSOLES 8

/**
 * RfiSimWorld:
 *
 * One run of a plan: a server, its consoles and the people before them, and who looks whether
 * everything is right.
 */
typedef struct
{
  const RfiSimPlan *plan;        /* borrowed */
  RfiSimTime       *time;        /* (owned) */
  RfiRandom        *chance;      /* (owned): of SQLite, GLib and keys */
  RfiSimNet        *net;         /* (owned) */
  RfiSimServer     *server;      /* (owned) */
  RfiSimTruth      *truth;       /* (owned) */
  RfiSimAlbum      *album;       /* (owned) */
  GPtrArray        *users;       /* (owned) (element-type RfiUser): of each console */
  RfiSimConsole    *consoles[RFI_SIM_MAX_CONSOLES];
  GPtrArray        *ledger;      /* (owned) (element-type RfiSimIntent) */
  GPtrArray        *copies[RFI_SIM_MAX_CONSOLES]; /* (owned) (nullable): of their disks */
  gint64            seen[RFI_SIM_MAX_CONSOLES];   /* where its cursor stood last */
  guint             seen_history[RFI_SIM_MAX_CONSOLES];
  gboolean          may_list[RFI_SIM_MAX_CONSOLES];   /* has a reason to load everything */
  GHashTable       *cursors;     /* (owned): every cursor that was asked with */
  gint64            restart_at[RFI_SIM_MAX_CONSOLES]; /* ms; 0 = is not to be */
  gboolean          unsure;      /* the server was put back and nobody knows */
  gboolean          unsaid;      /* that happened at some time */
  gint64            server_at;   /* when the server is to be started again; 0 = is not to be */
  GString          *story;       /* (owned) (nullable): what happens, in words */
  char             *last_told;   /* (owned) (nullable) */
  gboolean          aloud;       /* printed as it happens too */
  guint64           trace;       /* hash of everything that happened */
  char             *problem;     /* (owned) (nullable): "CHECK: words", the first */
  guint64           n_steps;
} RfiSimWorld;

/* What came of it. */
typedef struct
{
  char    *problem;  /* (owned) (nullable): "CHECK: words" */
  guint64  trace;
  guint64  n_steps;  /* events that happened */
  gboolean troubled; /* the plan's trouble came about */
  char    *story;    /* (owned) (nullable) */
} RfiSimResult;

/* @tell: whether to keep the story; @aloud: and to print it as it happens.
 * Returns: (transfer full) */
RfiSimResult *rfi_sim_world_run     (const RfiSimPlan *plan,
                                     gboolean          tell,
                                     gboolean          aloud);
void          rfi_sim_result_free   (RfiSimResult     *self);

/* Inside a run. */

/* The first thing that is wrong ends it. @problem: (transfer full) (nullable) */
void          rfi_sim_world_fail    (RfiSimWorld      *self,
                                     char             *problem);
void          rfi_sim_world_tell    (RfiSimWorld      *self,
                                     const char       *format,
                                     ...) G_GNUC_PRINTF (2, 3);
/* Mixes it into the trace. */
void          rfi_sim_world_trace   (RfiSimWorld      *self,
                                     const char       *text,
                                     gsize             length);
/* Time goes on for so long. */
void          rfi_sim_world_pass    (RfiSimWorld      *self,
                                     gint64            ms);
void          rfi_sim_world_start_console (RfiSimWorld *self,
                                     guint             number);
void          rfi_sim_world_start_server (RfiSimWorld *self);
/* A person at the console does, unless it is not asked for or the server is down. */
void          rfi_sim_world_sign_in (RfiSimWorld         *self,
                                     guint                number);
/* What the server answered is there, and nothing else. */
void          rfi_sim_world_verify_server (RfiSimWorld *self);

/* What people do, rfi-sim-people.c. */
void          rfi_sim_people_act    (RfiSimWorld        *self,
                                     const RfiSimAction *action);
/* Every conflict decided, every refused change given up, and signed in where that is asked for.
 * Returns: how much there was to do */
guint         rfi_sim_people_settle (RfiSimWorld        *self);

/* What goes wrong, rfi-sim-accidents.c. */
void          rfi_sim_accident      (RfiSimWorld        *self,
                                     const RfiSimAction *action);
/* A person sees to a file that proved damaged while it was used. */
void          rfi_sim_accident_see_to (RfiSimWorld *self, guint number);

/* Who looks, rfi-sim-check.c. All of one console, and all of them at the end. */
void          rfi_sim_check_console (RfiSimWorld      *self,
                                     guint             number);
void          rfi_sim_check_ledger  (RfiSimWorld      *self);
/* Nothing has gone wrong for long: what waits, waits for a person. */
void          rfi_sim_check_free    (RfiSimWorld      *self);
/* Whether it is the end. */
gboolean      rfi_sim_check_agreed  (RfiSimWorld      *self);
void          rfi_sim_check_quiet   (RfiSimWorld      *self);
/* Cheap, after each event. */
void          rfi_sim_check_alive   (RfiSimWorld      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSimResult, rfi_sim_result_free)

G_END_DECLS
