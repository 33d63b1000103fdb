/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-json.h"

G_BEGIN_DECLS

/* Which of the parts that differ from answer to answer go into a job document. */
typedef enum {
  RFI_WIRE_JOB_RAW = 0,              /* the document as stored: events, answers to writes */
  RFI_WIRE_JOB_NAMES = 1 << 0,       /* createdByName, assignedToName: one, list, sync */
  RFI_WIRE_JOB_THUMBNAIL = 1 << 1,   /* thumbnailUrl, if there is a photo: list, sync */
  RFI_WIRE_JOB_PHOTO_URLS = 1 << 2,  /* sasUrl of each photo: one job */
  RFI_WIRE_JOB_SYSTEM = 1 << 3,      /* _rid, _self, _attachments, _ts */
  RFI_WIRE_JOB_VERSION = 1 << 4,     /* version: events of the hub */
  RFI_WIRE_JOB_V1 = 1 << 5,          /* version, statusAt, and the fields of Sync v1 */
} RfiWireJobFlags;

/* Reads a job, bare or as {"data": job}. It must have id, title, status, priority, vendorId
 * (or tenantId), createdAt and updatedAt; anything else may be missing, strange or unknown.
 * Members of Sync v1 are read wherever they stand; one of the wrong form counts as missing. An
 * empty field is left out in writing, null reads the same.
 * Its photos are filled if the document has attachments, and %NULL if not; a thumbnailUrl is the
 * first one's URL.
 * Returns: (transfer full) */
RfiJob *rfi_wire_job_parse       (const char       *data,
                                  gssize            length,
                                  GError          **error);
RfiJob *rfi_wire_job_from_json   (const RfiJson    *value,
                                  GError          **error);

/* In the contract's order of keys. Photos are needed if @self has any. */
void    rfi_wire_job_append      (GString          *out,
                                  const RfiJob     *self,
                                  RfiWireJobFlags   flags);

/* The location of @self, complete: what a server stored beyond the five fields stays. */
void    rfi_wire_location_append (GString          *out,
                                  const RfiJob     *self);

/* What a server must keep of @location as text, because the five fields do not tell all of it.
 * Returns: (transfer full) (nullable): for RfiJob.location_json */
char   *rfi_wire_location_keep   (const RfiJson    *location);

G_END_DECLS
