/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @data: a piece of the body of a 2xx answer, valid during the call. %FALSE ends the request
 * with @error. */
typedef gboolean (*RfiRequestChunkFunc)    (const char  *data,
                                            gsize        length,
                                            gpointer     user_data,
                                            GError     **error);

/* @sent of @total bytes of the request's body have left. */
typedef void     (*RfiRequestProgressFunc) (gint64       sent,
                                            gint64       total,
                                            gpointer     user_data);

/**
 * RfiRequest:
 *
 * One HTTP request to be. Filled by its maker, not changed once it is sent.
 */
typedef struct
{
  char                   *method;
  char                   *target;          /* "/api/…", or a whole URL on another host */
  GPtrArray              *headers;         /* (element-type utf8): name, value, name, value… */
  GBytes                 *body;            /* (nullable) */
  char                   *content_type;    /* (nullable) */
  guint                   timeout;         /* ms without any progress */
  gboolean                idempotent;      /* may be sent again by itself on a stale connection */
  gboolean                signed_in;       /* it carries the account's token */
  gboolean                bulk;            /* an upload or a picture: not to keep others waiting */
  gsize                   body_limit;      /* bytes of the answer to take; more is an error */
  RfiRequestChunkFunc     chunk_func;      /* (nullable): takes a 2xx body instead of the answer */
  RfiRequestProgressFunc  progress_func;   /* (nullable) */
  gpointer                user_data;       /* of both; must live until the request ends */

  gatomicrefcount         ref_count;
} RfiRequest;

RfiRequest *rfi_request_new        (const char *method,
                                    const char *target);
RfiRequest *rfi_request_ref        (RfiRequest *self);
void        rfi_request_unref      (RfiRequest *self);
void        rfi_request_add_header (RfiRequest *self,
                                    const char *name,
                                    const char *value);
/* In place of the value it has, or as one more. */
void        rfi_request_set_header (RfiRequest *self,
                                    const char *name,
                                    const char *value);
/* Returns: (nullable) */
const char *rfi_request_get_header (RfiRequest *self,
                                    const char *name);
/* @json: (transfer full): freed */
void        rfi_request_set_json   (RfiRequest *self,
                                    GString    *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiRequest, rfi_request_unref)

/**
 * RfiResponse:
 *
 * What came back, whatever the status.
 */
typedef struct
{
  guint       status;
  GHashTable *headers;  /* (element-type utf8 utf8): names in lower case */
  GBytes     *body;     /* empty if a chunk function took it */
} RfiResponse;

RfiResponse *rfi_response_new        (guint        status);
void         rfi_response_free       (RfiResponse *self);
/* Returns: (nullable) */
const char  *rfi_response_get_header (RfiResponse *self,
                                      const char  *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiResponse, rfi_response_free)

G_END_DECLS
