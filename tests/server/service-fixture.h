/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-server-jobs.h"
#include "rfi-sync-service.h"

G_BEGIN_DECLS

/* RfiSyncService on a database of its own, with a few people. The caller's part is done as the
 * program does it: begin, handle, commit or roll back. */

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
/* To another vendor, as an admin does it. */
void               service_move_job    (Fixture                   *fixture,
                                        const char                *id,
                                        const char                *vendor_id);
void               service_delete_job  (Fixture                   *fixture,
                                        const char                *id);
/* A single number of the database. */
gint64             service_count       (Fixture                   *fixture,
                                        const char                *sql);
void               service_run         (Fixture                   *fixture,
                                        const char                *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

G_END_DECLS
