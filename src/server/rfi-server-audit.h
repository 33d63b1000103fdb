/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-job.h"

G_BEGIN_DECLS

/* Who changed what, in a chain: each entry's hash covers the one before, so nothing can be taken
 * out or put in later without all that follows showing it. Errors are RFI_DB_ERROR. */

/* Who does something, by what way and when. */
typedef struct
{
  const char *user_id;
  const char *device_id;  /* (nullable): of a signed operation */
  const char *origin;     /* "rest" or "sync" */
  const char *action;
  gint64      at;         /* ms since 1970 */
} RfiServerActor;

#define RFI_SERVER_ORIGIN_REST "rest"
#define RFI_SERVER_ORIGIN_SYNC "sync"

/* Inside the transaction of what is told. @previous, @job: (nullable): before and after */
gboolean rfi_server_audit_note_job (RfiDb                 *db,
                                    const RfiServerActor  *actor,
                                    const RfiJob          *previous,
                                    const RfiJob          *job,
                                    GError               **error);

/* Anything else. @job_id: "" if it is about none. @vendor_id: (nullable): who may see it besides
 * admins. @changes: a canonical array */
gboolean rfi_server_audit_note     (RfiDb                 *db,
                                    const RfiServerActor  *actor,
                                    const char            *job_id,
                                    const char            *vendor_id,
                                    gint64                 version,
                                    const char            *changes,
                                    GError               **error);

/* Number of the latest entry, 0 if there is none; -1 and @error if it cannot be told. */
gint64   rfi_server_audit_get_head (RfiDb                 *db,
                                    GError               **error);

/* A part of the hash of entry @n, which no other history has there. @n: (inout): 0 = the latest
 * @mark: (out): 0 if there is no such entry */
gboolean rfi_server_audit_get_mark (RfiDb                 *db,
                                    gint64                *n,
                                    guint64               *mark,
                                    GError               **error);

/* Who last changed the job. @vendor_id: (nullable): whose entries may be looked at
 * @by, @name: (out) (transfer full): left alone if nobody did yet */
gboolean rfi_server_audit_find_last (RfiDb                *db,
                                     const char           *job_id,
                                     const char           *vendor_id,
                                     char                **by,
                                     char                **name,
                                     gint64               *at,
                                     GError              **error);

/* The fields of the job that were changed after @version by anything but @device_id.
 * Returns: whether it could be read */
gboolean rfi_server_audit_find_changed (RfiDb             *db,
                                        const char        *job_id,
                                        gint64             version,
                                        const char        *device_id,
                                        gboolean           changed[RFI_N_FIELDS],
                                        GError           **error);

/* Whether the job went to another vendor after @version. @moved: (out) */
gboolean rfi_server_audit_find_moved (RfiDb               *db,
                                      const char          *job_id,
                                      gint64               version,
                                      gboolean            *moved,
                                      GError             **error);

G_END_DECLS
