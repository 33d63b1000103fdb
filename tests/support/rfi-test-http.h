/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "rfi-test-server.h"

G_BEGIN_DECLS

/**
 * RfiTestAnswer:
 *
 * What a server answered, read to its end.
 */
typedef struct
{
  guint               status;
  char               *text;     /* body, with a NUL behind it */
  gsize               length;
  SoupMessageHeaders *headers;
} RfiTestAnswer;

void           rfi_test_answer_free      (RfiTestAnswer      *self);

/* The string at `"name":"…"`, as it stands in the body. Returns: (transfer full) (nullable) */
char          *rfi_test_answer_get       (RfiTestAnswer      *self,
                                          const char         *name);

/* Returns: (transfer full) */
SoupSession   *rfi_test_http_new         (void);

/* Asks one server, over connections that are kept. Everything that is no answer ends the
 * test. @token, @json: (nullable) */
RfiTestAnswer *rfi_test_http_call        (SoupSession        *session,
                                          const char         *base,
                                          const char         *method,
                                          const char         *path,
                                          const char         *token,
                                          const char         *json);
/* A message made by the test itself. */
RfiTestAnswer *rfi_test_http_send        (SoupSession        *session,
                                          SoupMessage        *message);

/* Uploads to @path. @type: (nullable): as declared */
RfiTestAnswer *rfi_test_http_upload      (SoupSession        *session,
                                          const char         *base,
                                          const char         *path,
                                          const char         *token,
                                          const char         *file_name,
                                          const char         *type,
                                          GBytes             *content);

/* Pictures of one pixel that decoders take. Returns: (transfer full) */
GBytes        *rfi_test_http_make_png    (void);
GBytes        *rfi_test_http_make_jpeg   (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiTestAnswer, rfi_test_answer_free)

G_END_DECLS
