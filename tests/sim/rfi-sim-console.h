/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-disk.h"
#include "rfi-sim-net.h"
#include "rfi-store-letters.h"
#include "rfi-store-outbox.h"
#include "rfi-sync-engine.h"

G_BEGIN_DECLS

/**
 * RfiSimConsole:
 *
 * One console of the simulation, below its windows: a real store on a simulated disk and a real
 * engine on a simulated network. It can crash, be started again, be copied.
 */
typedef struct
{
  guint           number;
  char            name[8];
  RfiUser        *user;         /* (owned) */
  char           *token;        /* (owned) */
  RfiSimDisk     *disk;         /* (owned) */
  RfiSimTime     *time;         /* borrowed */
  RfiSimNet      *net;          /* borrowed */
  guint64         seed;
  guint           n_starts;
  gint64          wall_error;   /* ms by which its clock is wrong */
  guint8          key_seed[32]; /* what its keyring holds */
  char           *refresh;      /* (owned) (nullable): and that, where tokens are renewed */
  guint           n_keeping;    /* what its keyring is about to hold */

  RfiSimClock    *clock;        /* (owned) (nullable): these while it runs */
  RfiStore       *store;        /* (owned) (nullable) */
  RfiRemote      *remote;       /* (owned) (nullable) */
  RfiSyncEngine  *engine;       /* (owned) (nullable) */
  GHashTable     *view;         /* (owned) job id → RfiJobState: what is shown */
  gboolean        offline;      /* a person wants it so */
  gboolean        damaged;      /* its file was set aside at a start */
  gboolean        wiped;        /* a page of its file was lost, which may show late */
} RfiSimConsole;

RfiSimConsole *rfi_sim_console_new     (RfiSimTime          *time,
                                        RfiSimNet           *net,
                                        guint                number,
                                        RfiUser             *user,
                                        const char          *token,
                                        guint64              seed);
void           rfi_sim_console_free    (RfiSimConsole       *self);

/* %FALSE: it did not start, as its disk fails. */
gboolean       rfi_sim_console_start   (RfiSimConsole       *self,
                                        GError             **error);
/* In order; what is under way ends. */
void           rfi_sim_console_stop    (RfiSimConsole       *self);
/* The power fails, if it has not already. What is left is on its disk. */
void           rfi_sim_console_crash   (RfiSimConsole       *self);
gboolean       rfi_sim_console_is_up   (RfiSimConsole       *self);
/* A person did, and got @access, and @refresh, (nullable), for later. */
void           rfi_sim_console_sign_in (RfiSimConsole       *self,
                                        const char          *access,
                                        const char          *refresh);

/* Each waits until it is done. */
gboolean       rfi_sim_console_enqueue (RfiSimConsole       *self,
                                        RfiOperation        *operation,
                                        GError             **error);
/* Returns: (transfer full) (nullable) (element-type RfiOperation) */
GPtrArray     *rfi_sim_console_outbox  (RfiSimConsole       *self,
                                        GError             **error);
/* Returns: (transfer full) (nullable) (element-type RfiConflict) */
GPtrArray     *rfi_sim_console_conflicts (RfiSimConsole     *self,
                                        GError             **error);
/* Returns: (transfer full) (nullable) */
RfiJob        *rfi_sim_console_base    (RfiSimConsole       *self,
                                        const char          *job_id,
                                        GError             **error);
/* Returns: (transfer full) (nullable) (element-type RfiJobState) */
GPtrArray     *rfi_sim_console_jobs    (RfiSimConsole       *self,
                                        GError             **error);
/* What waits and what is accepted, signed. Returns: (transfer full) (nullable)
 * (element-type RfiLetter) */
GPtrArray     *rfi_sim_console_letters (RfiSimConsole       *self,
                                        GError             **error);
/* Returns: (transfer full) (nullable) */
RfiSigner     *rfi_sim_console_signer  (RfiSimConsole       *self);
/* How far its cursor is in the history @server_epoch; -1 = it has none, or another's */
gint64         rfi_sim_console_position (RfiSimConsole      *self,
                                        const char          *server_epoch);
gboolean       rfi_sim_console_resolve (RfiSimConsole       *self,
                                        const char          *conflict_id,
                                        RfiPatch            *result,
                                        const char          *operation_id,
                                        GError             **error);
gboolean       rfi_sim_console_discard (RfiSimConsole       *self,
                                        const char          *operation_id,
                                        GError             **error);
gboolean       rfi_sim_console_retry   (RfiSimConsole       *self,
                                        const char          *operation_id,
                                        GError             **error);

/* The ids of what is shown, in order. Returns: (transfer container) (element-type utf8) */
GPtrArray     *rfi_sim_console_shown   (RfiSimConsole       *self);

#define RFI_SIM_CONSOLE_PATH "store.sqlite"

G_END_DECLS
