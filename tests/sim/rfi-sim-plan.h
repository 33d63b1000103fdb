/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-faults.h"

G_BEGIN_DECLS

/* How long computers sleep that are closed in the evening, ms. */
#define RFI_SIM_NIGHT (16 * G_GINT64_CONSTANT (3600000))

/* What somebody does. */
typedef enum {
  RFI_SIM_DEED_EDIT,
  RFI_SIM_DEED_STATUS,
  RFI_SIM_DEED_ASSIGN,
  RFI_SIM_DEED_SCHEDULE,
  RFI_SIM_DEED_ITEMS,
  RFI_SIM_DEED_CREATE,
  RFI_SIM_DEED_DELETE,
  RFI_SIM_DEED_CHAIN,       /* creates a job and goes on with it at once */
  RFI_SIM_DEED_RESOLVE,
  RFI_SIM_DEED_DISCARD,
  RFI_SIM_DEED_RETRY,
  RFI_SIM_DEED_SIGN_IN,
  RFI_SIM_DEED_KICK,
  RFI_SIM_DEED_OFFLINE,     /* asks to stay offline, or no longer */
  RFI_SIM_DEED_PHONE,       /* an old client writes */
  RFI_SIM_DEED_PHONE_DELETE,
  RFI_SIM_DEED_SLEEP,       /* closes the lid until the next morning: of days away only */
  RFI_SIM_DEED_PICTURE,     /* takes a picture of a job: drawn by itself, in some worlds */
  RFI_SIM_DEED_MOVE,        /* an admin gives a job to another vendor: likewise */
  RFI_SIM_DEED_THIEF,       /* somebody else has an old sign-in: where tokens are renewed only */
  RFI_SIM_DEED_FAULT,       /* nobody's doing */
  RFI_SIM_N_DEEDS
} RfiSimDeed;

typedef struct
{
  gint64      at;     /* ms since the beginning */
  guint       who;    /* console */
  RfiSimDeed  deed;
  RfiSimFault fault;  /* of RFI_SIM_DEED_FAULT */
  guint64     seed;   /* for what else there is to choose */
} RfiSimAction;

typedef enum {
  RFI_SIM_TROUBLE_POWER,   /* it goes away */
  RFI_SIM_TROUBLE_DISK,    /* the call fails */
  RFI_SIM_TROUBLE_MEMORY,  /* of the calls for memory one fails */
} RfiSimTroubleKind;

/* Something wrong at one exact call of one disk, or for memory of SQLite's. */
typedef struct
{
  guint             disk;   /* 0: the server's, n: that of console n - 1, or of memory: any's */
  gint64            call;   /* after the world was made; 0 = none */
  RfiSimTroubleKind kind;
} RfiSimTrouble;

/**
 * RfiSimPlan:
 *
 * Everything a run is made of: the same plan is the same run.
 */
typedef struct
{
  guint64       seed;
  guint         n_consoles;
  guint         n_jobs;     /* that the server has at the beginning */
  gboolean      moves;      /* there is another vendor, to whom jobs are given */
  gboolean      renews;     /* access tokens are short, and renewed by others */
  gboolean      ends_well;  /* in the end nothing goes wrong any more: all must agree then */
  RfiSimTrouble trouble;
  RfiSimFaults  faults;     /* of requests and of the hub */
  GArray       *actions;    /* (element-type RfiSimAction), by time */
} RfiSimPlan;

/* @scenario: (nullable): %NULL or one of rfi_sim_plan_scenarios() */
RfiSimPlan        *rfi_sim_plan_new       (guint64            seed,
                                           const char        *scenario);
RfiSimPlan        *rfi_sim_plan_copy      (const RfiSimPlan  *self);
void               rfi_sim_plan_free      (RfiSimPlan        *self);
const char *const *rfi_sim_plan_scenarios (void);

const char        *rfi_sim_deed_to_string (RfiSimDeed         deed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSimPlan, rfi_sim_plan_free)

G_END_DECLS
