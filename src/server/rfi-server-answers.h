/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"

G_BEGIN_DECLS

/* The table of answers given to requests that named a key. */

typedef struct
{
  char  *fingerprint;  /* of the request */
  guint  status;
  char  *body;
} RfiServerAnswer;

void     rfi_server_answer_clear   (RfiServerAnswer        *self);

/* %FALSE without @error: there is none. */
gboolean rfi_server_answers_find   (RfiDb                  *db,
                                    const char             *user_id,
                                    const char             *key,
                                    RfiServerAnswer        *answer,
                                    GError                **error);

/* Forgets some of those older than a week, too. */
gboolean rfi_server_answers_insert (RfiDb                  *db,
                                    const char             *user_id,
                                    const char             *key,
                                    const RfiServerAnswer  *answer,
                                    gint64                  now,
                                    GError                **error);

G_END_DECLS
