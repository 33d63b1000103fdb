/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RfiTestBadServer:
 *
 * A server on a free loopback port that does to each request what the test's function says,
 * byte for byte: also what no proper server does. The function runs in a thread of its own.
 */
typedef struct _RfiTestBadServer RfiTestBadServer;

typedef struct
{
  guint         number;      /* of the request, from 1 */
  guint         connection;  /* it came on, from 1 */
  char         *method;
  char         *path;
  char         *head;        /* request line and headers */
  GString      *body;        /* empty while bodies are not read */
  GIOStream    *stream;
  GCancellable *stop;        /* cancelled when the server goes */
} RfiTestRequest;

/* %FALSE closes the connection, %TRUE waits for a further request on it. */
typedef gboolean (*RfiTestBadServerFunc) (RfiTestRequest *request,
                                          gpointer        user_data);

RfiTestBadServer *rfi_test_bad_server_new              (RfiTestBadServerFunc  func,
                                                        gpointer              user_data);
void              rfi_test_bad_server_free             (RfiTestBadServer     *self);

/* "http://127.0.0.1:PORT" */
const char       *rfi_test_bad_server_get_url          (RfiTestBadServer     *self);

/* Hands out requests as soon as their headers are there. */
void              rfi_test_bad_server_leave_bodies     (RfiTestBadServer     *self);

guint             rfi_test_bad_server_get_n_requests   (RfiTestBadServer     *self);
guint             rfi_test_bad_server_get_n_connections (RfiTestBadServer    *self);

/* Writes as it is. */
void              rfi_test_request_write               (RfiTestRequest       *self,
                                                        const char           *text,
                                                        gssize                length);
/* Answers with a status, JSON (or whatever) and its length. @headers: each with its "\r\n" */
void              rfi_test_request_reply               (RfiTestRequest       *self,
                                                        guint                 status,
                                                        const char           *headers,
                                                        const char           *body);
gboolean          rfi_test_request_has_header          (RfiTestRequest       *self,
                                                        const char           *line);

/* Waits in the function's thread until the other side closes, or the server goes. */
void              rfi_test_request_await_close         (RfiTestRequest       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiTestBadServer, rfi_test_bad_server_free)

G_END_DECLS
