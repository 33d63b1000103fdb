/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One HTTP/1.1 message, whole: what the fault proxy reads, changes and writes. */
typedef struct
{
  char       *start;    /* the request or status line */
  char       *method;   /* (nullable): of a request */
  char       *path;     /* (nullable): of a request, with its query */
  GPtrArray  *headers;  /* (element-type utf8): "Name: value" */
  GByteArray *body;     /* decoded; a 0 follows its end */
} RfiProxyMessage;

/* Blocks. Returns: (transfer full) (nullable): %NULL if no whole message came */
RfiProxyMessage *rfi_proxy_message_read        (GInputStream          *stream,
                                                gboolean               is_request);
void             rfi_proxy_message_free        (RfiProxyMessage       *self);
GBytes          *rfi_proxy_message_to_bytes    (RfiProxyMessage       *self);

const char      *rfi_proxy_message_get_header  (RfiProxyMessage       *self,
                                                const char            *name);
/* @value: (nullable): %NULL takes it out */
void             rfi_proxy_message_set_header  (RfiProxyMessage       *self,
                                                const char            *name,
                                                const char            *value);

/* Takes a member out of a body that is a JSON object, or a job out of its "data". */
void             rfi_proxy_message_drop_member (RfiProxyMessage       *self,
                                                const char            *member);
void             rfi_proxy_message_drop_row    (RfiProxyMessage       *self,
                                                const char            *job_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiProxyMessage, rfi_proxy_message_free)

G_END_DECLS
