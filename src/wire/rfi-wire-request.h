/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-json.h"

G_BEGIN_DECLS

/* A server answers 413 to a JSON body of more bytes. */
#define RFI_WIRE_BODY_LIMIT 102400

/* Bodies that the console sends. */

void     rfi_wire_append_login  (GString         *out,
                                 const char      *email,
                                 const char      *password);

/* @operation_id: goes into the location as "opId"; servers store and return it, so a create
 * whose answer was lost is found again instead of made twice */
void     rfi_wire_append_create (GString         *out,
                                 const RfiPatch  *fields,
                                 const char      *vendor_id,
                                 const char      *operation_id);

/* @changes: status and technician are not edited and are passed over
 * @job: the job as it is: a location must be sent complete */
void     rfi_wire_append_edit   (GString         *out,
                                 const RfiPatch  *changes,
                                 RfiJob          *job,
                                 const char      *etag);
void     rfi_wire_append_status (GString         *out,
                                 RfiStatus        status,
                                 const char      *etag);

/* @technician_id: (nullable): %NULL takes the technician off
 * @etag: (nullable) */
void     rfi_wire_append_assign (GString         *out,
                                 const char      *technician_id,
                                 const char      *etag);

/* @since: (nullable): %NULL asks for everything */
void     rfi_wire_append_sync   (GString         *out,
                                 const char      *since);

/* How a server reads them. On RFI_WIRE_ERROR_INVALID answer 400 VALIDATION_ERROR with the
 * message: the checks run in the contract's order and in its words. */

/* @email: (out) (transfer full): in lower case
 * @password: (out) (transfer full) */
gboolean rfi_wire_read_login    (const RfiJson   *body,
                                 char           **email,
                                 char           **password,
                                 GError         **error);

/* A pending job without id, people and times. Returns: (transfer full) */
RfiJob  *rfi_wire_read_create   (const RfiJson   *body,
                                 GError         **error);

/* @changes: (out) (transfer full): may be empty
 * @location_json: (out) (transfer full) (nullable): RfiJob.location_json of the new location,
 *   if @changes has one */
gboolean rfi_wire_read_edit     (const RfiJson   *body,
                                 char           **etag,
                                 RfiPatch       **changes,
                                 char           **location_json,
                                 GError         **error);
gboolean rfi_wire_read_status   (const RfiJson   *body,
                                 RfiStatus       *status,
                                 char           **etag,
                                 GError         **error);

/* @technician_id: (out) (transfer full) (nullable): %NULL for "take off"
 * @etag: (out) (transfer full) (nullable): %NULL if none was sent */
gboolean rfi_wire_read_assign   (const RfiJson   *body,
                                 char           **technician_id,
                                 char           **etag,
                                 GError         **error);

/* @since: (out) (transfer full) (nullable): %NULL for everything; to compare as text */
gboolean rfi_wire_read_sync     (const RfiJson   *body,
                                 char           **since,
                                 GError         **error);

G_END_DECLS
