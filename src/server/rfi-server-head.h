/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-random.h"

G_BEGIN_DECLS

/* Where the order of changes stands. Errors are RFI_DB_ERROR. */

typedef struct
{
  gint64 epoch;  /* which history this is: another one after a restore */
  gint64 seq;    /* of the latest change */
  gint64 floor;  /* below this one it is no longer told what is gone */
} RfiServerHead;

gboolean rfi_server_head_get       (RfiDb          *db,
                                    RfiServerHead  *head,
                                    GError        **error);

/* Takes the next number for a change. Inside a transaction. */
gboolean rfi_server_head_next      (RfiDb          *db,
                                    gint64         *seq,
                                    GError        **error);

/* Writes the number of the latest change. Inside a transaction. */
gboolean rfi_server_head_set       (RfiDb          *db,
                                    gint64          seq,
                                    GError        **error);

/* Makes sure that there is an epoch, or makes a new one. Inside a transaction. */
gboolean rfi_server_head_begin     (RfiDb          *db,
                                    RfiRandom      *random,
                                    GError        **error);
gboolean rfi_server_head_renew     (RfiDb          *db,
                                    RfiRandom      *random,
                                    GError        **error);

/* What is gone up to @seq is no longer told. */
gboolean rfi_server_head_set_floor (RfiDb          *db,
                                    gint64          seq,
                                    GError        **error);

G_END_DECLS
