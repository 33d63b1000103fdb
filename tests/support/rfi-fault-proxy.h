/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RFI_TYPE_FAULT_PROXY (rfi_fault_proxy_get_type ())

G_DECLARE_FINAL_TYPE (RfiFaultProxy, rfi_fault_proxy, RFI, FAULT_PROXY, GObject)

typedef enum {
  RFI_FAULT_DROP_REQUEST,  /* the server never sees it; the connection is reset */
  RFI_FAULT_DROP_REPLY,    /* the server did it; the connection is reset instead of an answer */
  RFI_FAULT_DELAY,         /* the answer is held until rfi_fault_proxy_release() */
  RFI_FAULT_HALF_OPEN,     /* the server never sees it, nothing is ever answered */
  RFI_FAULT_STATUS_500,    /* the server never sees it */
  RFI_FAULT_LATE_500,      /* the server did it */
  RFI_FAULT_STATUS_401,    /* the server never sees it */
  RFI_FAULT_STATUS_429,    /* the server never sees it; Retry-After: 7 */
  RFI_FAULT_CUT_BODY,      /* the server did it; half of the answer arrives */
  RFI_FAULT_PORTAL,        /* somebody else answers 200 with a page */
  RFI_FAULT_STALE_URL,     /* the server never sees it; of photos' addresses only */
} RfiFault;

/* Those that may befall any request come first. */
#define RFI_N_FAULTS 10

/**
 * RfiFaultProxy:
 *
 * Stands between a console and a real server on this computer and spoils what it is told to
 * spoil. Reads whole HTTP requests, one per connection, and passes WebSockets through. Works in
 * threads of its own.
 */
RfiFaultProxy *rfi_fault_proxy_new            (const char    *server_url);
const char    *rfi_fault_proxy_get_url        (RfiFaultProxy *self);

/* The next @times requests whose method and path match, after @skip others that do, get @fault.
 * @method: (nullable): %NULL for any; @path: a glob */
void           rfi_fault_proxy_add            (RfiFaultProxy *self,
                                               RfiFault       fault,
                                               const char    *method,
                                               const char    *path,
                                               guint          skip,
                                               guint          times);
/* Forgets what was added. */
void           rfi_fault_proxy_clear          (RfiFaultProxy *self);
/* Lets go of every answer that is held, now and by rules still to come. */
void           rfi_fault_proxy_release        (RfiFaultProxy *self);

/* How many requests matched, spoiled ones included; how many were spoiled. */
guint          rfi_fault_proxy_count          (RfiFaultProxy *self,
                                               const char    *method,
                                               const char    *path);
guint          rfi_fault_proxy_get_n_faults   (RfiFaultProxy *self);

/* %TRUE: behaves as a server that knows the contract and nothing beyond it: no
 * Idempotency-Key, no etag on assign, no capabilities. */
void           rfi_fault_proxy_set_plain      (RfiFaultProxy *self,
                                               gboolean       plain);
/* Answers to `since` requests leave this job out, as if its write fell behind. */
void           rfi_fault_proxy_hide_from_delta (RfiFaultProxy *self,
                                                const char    *job_id);
/* %TRUE: resets every connection, new ones and open WebSockets. */
void           rfi_fault_proxy_set_down       (RfiFaultProxy *self,
                                               gboolean       down);

G_END_DECLS
