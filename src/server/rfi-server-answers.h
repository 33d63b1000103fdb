/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"

G_BEGIN_DECLS

/* The table of answers given to requests that named a key. A key is never forgotten, for a client
 * that was away for ever so long must not have something done twice; its answer is, in time. */

typedef struct
{
  char  *fingerprint;  /* of the request */
  guint  status;
  char  *body;         /* "": no longer kept */
} RfiServerAnswer;

void     rfi_server_answer_clear   (RfiServerAnswer        *self);

/* %FALSE without @error: there is none. */
gboolean rfi_server_answers_find   (RfiDb                  *db,
                                    const char             *user_id,
                                    const char             *key,
                                    RfiServerAnswer        *answer,
                                    GError                **error);

gboolean rfi_server_answers_insert (RfiDb                  *db,
                                    const char             *user_id,
                                    const char             *key,
                                    const RfiServerAnswer  *answer,
                                    gint64                  now,
                                    GError                **error);

/* Lets go what was answered more than 90 days before @now. @n: (out): of so many, at most
 * @limit */
gboolean rfi_server_answers_empty  (RfiDb                  *db,
                                    gint64                  now,
                                    guint                   limit,
                                    guint                  *n,
                                    GError                **error);

G_END_DECLS
