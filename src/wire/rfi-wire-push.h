/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-push-result.h"

G_BEGIN_DECLS

/* POST /api/v1/sync/push. */
#define RFI_WIRE_PUSH_MAX_OPERATIONS 100
#define RFI_WIRE_PUSH_MAX_BYTES (256 * 1024)

/* base64 of a detached Ed25519 signature. */
#define RFI_WIRE_SIGNATURE_LENGTH 88

typedef struct
{
  const char *body;       /* the bytes that were signed, inside the request's text */
  gsize       n_body;
  char        signature[RFI_WIRE_SIGNATURE_LENGTH + 1];
} RfiWirePushItem;

/**
 * RfiWirePush:
 *
 * A request with operations. The bodies lie in the text that was parsed, which must outlive it.
 */
typedef struct
{
  char            *device_id;
  char            *epoch;
  gint64           ack;      /* results up to this number are safe with the client */
  RfiWirePushItem *items;
  guint            n_items;
} RfiWirePush;

/* Too many operations are RFI_WIRE_ERROR_LIMIT. Returns: (transfer full) */
RfiWirePush   *rfi_wire_push_parse             (const char           *data,
                                                gssize                length,
                                                GError              **error);
/* POST /api/v1/conflicts/{id}/resolution: a push of exactly one, with ack 0. */
RfiWirePush   *rfi_wire_push_parse_resolution  (const char           *data,
                                                gssize                length,
                                                GError              **error);
void           rfi_wire_push_free              (RfiWirePush          *self);

/* Writing a request: begin, each operation, end. @body: the signed bytes, sent as they are.
 * @n_body: -1 for text that ends in NUL */
void           rfi_wire_push_begin             (GString              *out,
                                                const char           *device_id,
                                                const char           *epoch,
                                                gint64                ack);
void           rfi_wire_push_add               (GString              *out,
                                                const char           *body,
                                                gssize                n_body,
                                                const char           *signature);
void           rfi_wire_push_end               (GString              *out);
void           rfi_wire_push_append_resolution (GString              *out,
                                                const char           *device_id,
                                                const char           *epoch,
                                                const char           *body,
                                                const char           *signature);

/**
 * RfiWirePushAnswer:
 *
 * What came of each, in the order they were sent.
 */
typedef struct
{
  char      *epoch;       /* the server's */
  gint64     head;        /* its last change_seq */
  gint64     watermark;   /* every number up to it has its result */
  GPtrArray *results;     /* (element-type RfiPushResult) */
  gint64    *duplicates;  /* numbers whose result was stored before */
  guint      n_duplicates;
} RfiWirePushAnswer;

/* Returns: (transfer full) */
RfiWirePushAnswer *rfi_wire_push_answer_parse  (const char           *data,
                                                gssize                length,
                                                GError              **error);
void           rfi_wire_push_answer_free       (RfiWirePushAnswer    *self);

/* Writing an answer: begin, each result as rfi_push_result_append() wrote it once, end. */
void           rfi_wire_push_answer_begin      (GString              *out,
                                                const char           *epoch,
                                                gint64                head,
                                                gint64                watermark);
void           rfi_wire_push_answer_add        (GString              *out,
                                                const char           *result);
void           rfi_wire_push_answer_end        (GString              *out,
                                                const gint64         *duplicates,
                                                guint                 n_duplicates);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiWirePush, rfi_wire_push_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiWirePushAnswer, rfi_wire_push_answer_free)

G_END_DECLS
