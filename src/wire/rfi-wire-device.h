/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-json.h"

G_BEGIN_DECLS

#define RFI_WIRE_PUBLIC_KEY_BYTES 32
#define RFI_WIRE_DEVICE_MAX_PROBES 100

/**
 * RfiDeviceHello:
 *
 * POST /api/v1/devices: a device registers, and asks what is known of it.
 */
typedef struct
{
  char   *device_id;                              /* UUID */
  guint8  public_key[RFI_WIRE_PUBLIC_KEY_BYTES];  /* Ed25519 */
  char   *name;                                   /* for people: the computer's */
  char   *epoch;
  gint64 *probes;                                 /* numbers whose hashes are asked for */
  guint   n_probes;
  gint64  device_time;                            /* ms since 1970, by its clock; 0 = not told */
} RfiDeviceHello;

/* Returns: (transfer full) */
RfiDeviceHello *rfi_device_hello_parse   (const char            *data,
                                          gssize                 length,
                                          GError               **error);
void            rfi_device_hello_append  (const RfiDeviceHello  *self,
                                          GString               *out);
void            rfi_device_hello_free    (RfiDeviceHello        *self);

typedef struct
{
  gint64  seq;
  char   *hash;
} RfiDeviceHash;

/**
 * RfiDeviceState:
 *
 * The answer: how far the server is with the device's epoch.
 */
typedef struct
{
  char      *device_id;
  char      *epoch;         /* the device's */
  gboolean   revoked;
  gint64     watermark;     /* every number up to it has its result */
  gint64     max_seq;       /* the highest number seen; 0 = none */
  char      *max_hash;      /* of its body; "" if none */
  char      *server_epoch;
  gint64     head;          /* the server's last change_seq */
  GArray    *hashes;        /* (nullable) (element-type RfiDeviceHash): of the probes it holds */
} RfiDeviceState;

/* An empty one with hashes to be filled: rfi_device_state_add_hash(). Returns: (transfer full) */
RfiDeviceState *rfi_device_state_new      (void);
void            rfi_device_state_add_hash (RfiDeviceState        *self,
                                           gint64                 seq,
                                           const char            *hash);
RfiDeviceState *rfi_device_state_parse    (const char            *data,
                                           gssize                 length,
                                           GError               **error);
void            rfi_device_state_append   (const RfiDeviceState  *self,
                                           GString               *out);
void            rfi_device_state_free     (RfiDeviceState        *self);

/**
 * RfiDevice:
 *
 * One line of the list of devices.
 */
typedef struct
{
  char     *device_id;
  char     *user_id;
  char     *user_name;
  char     *name;
  gboolean  revoked;
  char     *epoch;
  gint64    max_seq;
  gint64    registered_at;  /* ms since 1970 */
  gint64    last_seen_at;   /* ms since 1970 */
  gboolean  skew_known;
  gint64    skew;           /* ms: its clock less the server's, when it said hello last */
  char     *fingerprint;    /* of its public key, for people to compare */
} RfiDevice;

/* One object. */
void            rfi_device_append         (const RfiDevice       *self,
                                           GString               *out);
/* {"data":[…]}. Returns: (transfer full) (element-type RfiDevice) */
GPtrArray      *rfi_device_parse_list     (const char            *data,
                                           gssize                 length,
                                           GError               **error);
void            rfi_device_append_list    (GPtrArray             *devices,
                                           GString               *out);
void            rfi_device_free           (RfiDevice             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiDeviceHello, rfi_device_hello_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiDeviceState, rfi_device_state_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiDevice, rfi_device_free)

G_END_DECLS
