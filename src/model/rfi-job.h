/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-etag.h"
#include "rfi-job-extra.h"
#include "rfi-patch.h"
#include "rfi-priority.h"
#include "rfi-status.h"
#include "rfi-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB (rfi_job_get_type ())

#define RFI_JOB_STATUS_AT_BITS 43

/**
 * RfiJob:
 *
 * One job as it stood at one moment: read only, counted, safe to share between threads. To
 * change one, make another (rfi_job_apply()). What many jobs have in common (vendor, people,
 * store, what is to be done) is interned, the rest lies in one block: 100,000 of them stay small.
 */
struct _RfiJob
{
  const char  *id;
  const char  *title;             /* interned */
  const char  *description;       /* interned: work that recurs says the same each time */
  const char  *vendor_id;         /* interned; the tenant on the wire as well */
  const char  *created_by;        /* interned, user id */
  const char  *created_by_name;   /* interned (nullable) */
  const char  *assigned_to;       /* interned (nullable), user id */
  const char  *assigned_to_name;  /* interned (nullable) */
  const char  *store_name;        /* interned */
  const char  *address;           /* interned */
  const char  *city;              /* interned */
  const char  *state;             /* interned */
  const char  *zip_code;          /* interned */
  const char  *location_json;     /* (nullable): the server's stored location, as it was sent */
  RfiEtag      etag;              /* none while never sent */
  gint64       created_at;        /* ms since 1970 */
  gint64       updated_at;        /* ms since 1970 */
  const RfiJobExtra *extra;       /* (nullable): what few jobs have: see there */
  GPtrArray   *photos;            /* (nullable) (element-type RfiPhoto): %NULL = not loaded */
  /* These share a word. */
  guint64      status_at : RFI_JOB_STATUS_AT_BITS;  /* see rfi_job_keep_status_at(); 0 = unknown */
  RfiStatus    status : 3;
  RfiPriority  priority : 2;
  guint16      n_photos : 15;
  guint16      has_attachments : 1;  /* the document has an attachments array, if empty */
  guint32      version;           /* of Sync v1, rising; 0 = not known */
  gatomicrefcount ref_count;
};

GType       rfi_job_get_type  (void) G_GNUC_CONST;

/* @template: any RfiJob, on the stack too; %NULL text becomes "" except where nullable.
 * Its photos array and extra are shared, not copied. Returns: (transfer full) */
RfiJob     *rfi_job_new       (const RfiJob   *template);
RfiJob     *rfi_job_ref       (RfiJob         *self);
void        rfi_job_unref     (RfiJob         *self);

/* @self with the values of @patch. Returns: (transfer full) */
RfiJob     *rfi_job_apply     (RfiJob         *self,
                               const RfiPatch *patch);

/* The text of one field; "" for nobody. */
const char *rfi_job_get_field (const RfiJob   *self,
                               RfiField        field);

/* @ms: since 1970, of anyone's making. Returns: what status_at keeps of it: all until the year
 * 2248, else nothing */
guint64     rfi_job_keep_status_at (gint64 ms);

/* When it came into its status, in ms since 1970; the time of its last change where that is not
 * known. */
gint64      rfi_job_get_status_at (const RfiJob *self);

/* All fields as they stand. Returns: (transfer full) */
RfiPatch   *rfi_job_to_patch  (const RfiJob   *self);

/* Whether a person would see any difference. */
gboolean    rfi_job_equal     (const RfiJob   *a,
                               const RfiJob   *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiJob, rfi_job_unref)

G_END_DECLS
