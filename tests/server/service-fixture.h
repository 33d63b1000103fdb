/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-canonical.h"
#include "rfi-server-jobs.h"
#include "rfi-sync-service.h"
#include "rfi-wire-push.h"

G_BEGIN_DECLS

/* RfiSyncService on a database of its own, with a few people and devices that sign. The caller's
 * part is done as the program does it: begin, handle, commit or roll back. */

typedef enum {
  ADMIN,
  DISPATCHER,        /* of vendor-a */
  OTHER_DISPATCHER,  /* of vendor-b */
  TECHNICIAN,        /* of vendor-a */
  COLLEAGUE,         /* of vendor-a */
  RETIRED,           /* of vendor-a, takes no jobs */
  OTHER_TECHNICIAN,  /* of vendor-b */
  N_PEOPLE,
} Person;

typedef struct
{
  char           *path;
  RfiDb          *db;
  RfiSyncService *service;
  RfiRandom      *random;
  RfiUser        *people[N_PEOPLE];
  gint64          now;
  gboolean        fails;     /* the next commit does not happen */
  guint           n_news;    /* of the last call */
} Fixture;

typedef struct
{
  guint  status;
  char  *text;
} Answer;

/* A device and what it has to number and chain its operations. */
typedef struct
{
  RfiUser *user;
  char    *id;
  char     epoch[RFI_EPOCH_LENGTH + 1];
  guint8   public_key[RFI_SYNC_KEY_BYTES];
  guint8   secret_key[64];
  gint64   seq;                         /* the last one given */
  char     prev[RFI_HASH_LENGTH + 1];
} Device;

typedef struct
{
  gint64  seq;
  char   *body;
  char   *hash;
  char   *signature;
} Signed;

void               service_set_up      (Fixture                   *fixture,
                                        gconstpointer              data);
void               service_tear_down   (Fixture                   *fixture,
                                        gconstpointer              data);

Answer            *service_ask         (Fixture                   *fixture,
                                        const RfiUser             *user,
                                        const char                *method,
                                        const char                *path,
                                        const char                *body);
void               answer_free         (Answer                    *self);
/* Asks, and ends the test unless the answer is of @status and, if there is one, of @code. */
void               service_must        (Fixture                   *fixture,
                                        const RfiUser             *user,
                                        const char                *method,
                                        const char                *path,
                                        const char                *body,
                                        guint                      status,
                                        const char                *code);

/* Needs only the fixture's randomness. */
Device            *device_make         (Fixture                   *fixture,
                                        RfiUser                   *user);
/* Makes a device and says hello. */
Device            *device_new          (Fixture                   *fixture,
                                        Person                     person);
void               device_free         (Device                    *self);
char              *device_hello        (Device                    *self);

/* Fills in who, which number and what came before; the rest is @template's. */
Signed            *device_sign         (Device                    *self,
                                        Fixture                   *fixture,
                                        const RfiSignedOperation  *template);
void               signed_free         (Signed                    *self);

/* What the test usually signs. Fields come in threes: field, before, after; -1 ends them. */
Signed            *device_edit         (Device                    *self,
                                        Fixture                   *fixture,
                                        RfiOperationKind           kind,
                                        const char                *job_id,
                                        gint64                     version,
                                        ...);
Signed            *device_create       (Device                    *self,
                                        Fixture                   *fixture,
                                        const char                *job_id,
                                        const char                *vendor_id);
Signed            *device_delete       (Device                    *self,
                                        Fixture                   *fixture,
                                        RfiJob                    *seen);

/* The text of a push. */
char              *device_push_text    (Device                    *self,
                                        Signed                   **operations,
                                        guint                      n);
RfiWirePushAnswer *device_push         (Device                    *self,
                                        Fixture                   *fixture,
                                        Signed                   **operations,
                                        guint                      n);
/* Pushes one and takes it. Returns: (transfer full): what came of it */
RfiPushResult     *device_push_one     (Device                    *self,
                                        Fixture                   *fixture,
                                        Signed                    *operation);

/* A job as the old contract's calls make one. */
void               service_add_job     (Fixture                   *fixture,
                                        const char                *id,
                                        const char                *vendor_id,
                                        const char                *assigned_to,
                                        RfiStatus                  status);
RfiJob            *service_get_job     (Fixture                   *fixture,
                                        const char                *id);
/* Somebody else changes a field, by the old contract's calls. */
void               service_change_job  (Fixture                   *fixture,
                                        const char                *id,
                                        RfiField                   field,
                                        const char                *value);
void               service_delete_job  (Fixture                   *fixture,
                                        const char                *id);
/* A single number of the database. */
gint64             service_count       (Fixture                   *fixture,
                                        const char                *sql);
void               service_run         (Fixture                   *fixture,
                                        const char                *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Device, device_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Signed, signed_free)

G_END_DECLS
