/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-wire-device.h"

G_BEGIN_DECLS

/* The devices that sign operations, and how far their numbers have come. Errors are
 * RFI_DB_ERROR. */

typedef struct
{
  char     *id;
  char     *user_id;
  char     *name;
  char     *epoch;   /* the latest */
  guint8    public_key[RFI_WIRE_PUBLIC_KEY_BYTES];
  gint64    registered_at;
  gint64    last_seen_at;
  gint64    revoked_at;  /* 0: it is not */
  gboolean  skew_known;
  gint64    skew;        /* ms: its clock less ours */
} RfiServerDevice;

void     rfi_server_device_clear   (RfiServerDevice        *self);

/* @device: (out): to be cleared if it is found. %FALSE without @error if there is none. */
gboolean rfi_server_devices_find   (RfiDb                  *db,
                                    const char             *id,
                                    RfiServerDevice        *device,
                                    GError                **error);
gboolean rfi_server_devices_insert (RfiDb                  *db,
                                    const RfiServerDevice  *device,
                                    GError                **error);
/* Name, epoch, last_seen_at, revoked_at and skew. */
gboolean rfi_server_devices_update (RfiDb                  *db,
                                    const RfiServerDevice  *device,
                                    GError                **error);

/* @user_id: (nullable): whose; %NULL for all. @id: (nullable): only this one.
 * Returns: (transfer full) (element-type RfiDevice), oldest first */
GPtrArray *rfi_server_devices_list (RfiDb                  *db,
                                    const char             *user_id,
                                    const char             *id,
                                    GError                **error);

/* The numbers of a device in one epoch. */
typedef struct
{
  gint64 n;          /* the row; 0: none was seen yet */
  gint64 watermark;  /* all up to this one are here */
  gint64 max_seq;
  gint64 acked;
} RfiServerChain;

/* Zeros if there are none yet. */
gboolean rfi_server_chains_get     (RfiDb                  *db,
                                    const char             *device_id,
                                    const char             *epoch,
                                    RfiServerChain         *chain,
                                    GError                **error);
/* Sets @chain's n if it has none. */
gboolean rfi_server_chains_put     (RfiDb                  *db,
                                    const char             *device_id,
                                    const char             *epoch,
                                    RfiServerChain         *chain,
                                    GError                **error);

G_END_DECLS
