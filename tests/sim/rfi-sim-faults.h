/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-random.h"

#include <stdio.h>

G_BEGIN_DECLS

/* What can go wrong. Each seed has some of them, at its own rate. */
typedef enum {
  /* of one request */
  RFI_SIM_FAULT_DROP_REQUEST,
  RFI_SIM_FAULT_DROP_RESPONSE,
  RFI_SIM_FAULT_DUPLICATE,
  RFI_SIM_FAULT_DELAY,
  RFI_SIM_FAULT_TRUNCATE,
  RFI_SIM_FAULT_HANG,
  RFI_SIM_FAULT_UNAUTHORISED,
  RFI_SIM_FAULT_TOO_LARGE,
  RFI_SIM_FAULT_BUSY,
  RFI_SIM_FAULT_GATEWAY,        /* 502 with a page, the server never saw it */
  RFI_SIM_FAULT_GATEWAY_AFTER,  /* 504 with a page, the server did it */
  RFI_SIM_FAULT_PORTAL,         /* 200 with a page of somebody else */
  /* of one event of the hub */
  RFI_SIM_FAULT_HUB_DROP,
  RFI_SIM_FAULT_HUB_DUPLICATE,
  RFI_SIM_FAULT_HUB_DELAY,
  RFI_SIM_FAULT_HUB_CLOSE,
  /* at some time */
  RFI_SIM_FAULT_PARTITION_OUT,
  RFI_SIM_FAULT_PARTITION_IN,
  RFI_SIM_FAULT_PARTITION_BOTH,
  RFI_SIM_FAULT_SERVER_CRASH,
  RFI_SIM_FAULT_SERVER_CRASH_INSIDE,   /* at some call of its disk */
  RFI_SIM_FAULT_SERVER_RESTART,
  RFI_SIM_FAULT_SERVER_RESTORE,
  RFI_SIM_FAULT_CONSOLE_CRASH,
  RFI_SIM_FAULT_CONSOLE_CRASH_INSIDE,
  RFI_SIM_FAULT_CONSOLE_RESTART,
  RFI_SIM_FAULT_CONSOLE_RESTORE,       /* from an older copy of its profile */
  RFI_SIM_FAULT_CONSOLE_CLONE,         /* another console goes on with a copy */
  RFI_SIM_FAULT_CONSOLE_FULL,
  RFI_SIM_FAULT_CONSOLE_IO,
  RFI_SIM_FAULT_SERVER_IO,
  RFI_SIM_FAULT_SUSPEND,
  RFI_SIM_FAULT_CLOCK,
  RFI_SIM_FAULT_FORGET,                /* the server forgets deletions that are long past */
  RFI_SIM_FAULT_CONSOLE_DAMAGE,        /* its disk loses a page of its file: drawn by itself */
  RFI_SIM_N_FAULTS
} RfiSimFault;

#define RFI_SIM_LAST_OF_REQUEST RFI_SIM_FAULT_PORTAL
#define RFI_SIM_LAST_OF_HUB     RFI_SIM_FAULT_HUB_CLOSE
#define RFI_SIM_LAST_DRAWN      RFI_SIM_FAULT_FORGET

typedef struct
{
  guint rates[RFI_SIM_N_FAULTS];  /* per thousand requests, events or actions */
} RfiSimFaults;

const char *rfi_sim_fault_to_string   (RfiSimFault         fault);
/* -1 if there is none of this name */
int         rfi_sim_fault_from_string (const char         *name);

/* A random part of them, each at a random rate. */
void        rfi_sim_faults_init       (RfiSimFaults       *self,
                                       RfiRandom          *random);
gboolean    rfi_sim_faults_draw       (const RfiSimFaults *self,
                                       RfiSimFault         fault,
                                       RfiRandom          *random);

/* How often something happened in all runs of this process that were counted. */
void        rfi_sim_count             (const char         *what);
guint64     rfi_sim_count_get         (const char         *what);
/* Something that has to happen sometimes and did not in the @i'th place; %NULL = no more */
const char *rfi_sim_count_missing     (guint               i);
/* What is under way is not to be counted: a run is repeated or made smaller. */
void        rfi_sim_count_pause       (gboolean            pause);
/* Prints all of them, and those expected that never were as 0. Returns: how many are 0 */
guint       rfi_sim_count_print       (void);
/* From one process to another, whose own counts it is added to. */
void        rfi_sim_count_write       (FILE               *out);
void        rfi_sim_count_read        (FILE               *in);

G_END_DECLS
