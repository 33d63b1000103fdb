/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-priority.h"
#include "rfi-sample-people.h"
#include "rfi-sketch.h"

G_BEGIN_DECLS

#define RFI_SAMPLE_MAX_SCENES 3
#define RFI_SAMPLE_N_REPORTS 3

typedef struct
{
  RfiTrade        trade;
  RfiPriority     priority;  /* usually */
  struct
  {
    const char *title;
    const char *symptom;
  }               reports[RFI_SAMPLE_N_REPORTS];          /* how people tell of it */
  const char     *contexts[2];
  RfiSketchScene  scenes[RFI_SAMPLE_MAX_SCENES];          /* what they take photos of */
} RfiSampleFault;

const RfiSampleFault *rfi_sample_fault_pick (RfiTrade               trade,
                                             RfiRandom             *random);

/* A title, and some sentences: what is wrong, where, and what to know on site.
 * @title: (out) (transfer full)
 * @description: (out) (transfer full) */
void                  rfi_sample_fault_tell (const RfiSampleFault  *self,
                                             RfiRandom             *random,
                                             char                 **title,
                                             char                 **description);

G_END_DECLS
