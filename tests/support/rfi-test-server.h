/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RfiTestServer:
 *
 * A real retailfixit-server on a free loopback port, with a data directory of its own that
 * lives as long as this object. Everything that cannot be done ends the test.
 */
typedef struct _RfiTestServer RfiTestServer;

/* @options: (nullable) (array zero-terminated=1): further options; with none the small
 * sample is filled in. Returns when the server listens. */
RfiTestServer *rfi_test_server_new          (const char * const  *options);
void           rfi_test_server_free         (RfiTestServer       *self);

/* "http://127.0.0.1:PORT", without a slash at its end. */
const char    *rfi_test_server_get_url      (RfiTestServer       *self);
guint          rfi_test_server_get_port     (RfiTestServer       *self);
const char    *rfi_test_server_get_data_dir (RfiTestServer       *self);
GPid           rfi_test_server_get_pid      (RfiTestServer       *self);

/* Ends the process as a power cut would, or asks it to end and gives its exit status. */
void           rfi_test_server_kill         (RfiTestServer       *self);
int            rfi_test_server_terminate    (RfiTestServer       *self);

/* Starts it again, after one of the two, on the same data and port. */
void           rfi_test_server_start        (RfiTestServer       *self);

/* Signs in by the real endpoint. Returns: (transfer full): the token */
char          *rfi_test_server_sign_in      (RfiTestServer       *self,
                                             const char          *email,
                                             const char          *password);

#define RFI_TEST_ADMIN       "admin@retailfixit.com", "admin123"
#define RFI_TEST_DISPATCHER  "dispatcher@coolair.com", "dispatch123"
#define RFI_TEST_TECHNICIAN  "ahmed@coolair.com", "tech123"
#define RFI_TEST_DISPATCHER2 "dispatcher@sparkelectric.com", "dispatch123"
#define RFI_TEST_TECHNICIAN2 "sara@sparkelectric.com", "tech123"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiTestServer, rfi_test_server_free)

G_END_DECLS
