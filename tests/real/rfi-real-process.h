/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-test-server.h"
#include "rfi-user.h"

G_BEGIN_DECLS

/* Who works at a console. */
typedef struct
{
  RfiUser *user;   /* (owned) */
  char    *token;  /* (owned) */
} RfiRealAccount;

/**
 * RfiRealProcess:
 *
 * A console process as its killer sees it. It may be killed and started again on what it left.
 */
typedef struct
{
  const RfiRealAccount *account;
  const char           *url;
  char                 *technician_id;
  char                 *dir;         /* (owned) */
  char                  key[65];     /* of its device, the same in every life */
  guint64               file;        /* inode of its store, once there is one */
  GSubprocess          *process;     /* (owned) (nullable) */
  GDataInputStream     *lines;       /* (owned) (nullable) */
  char                 *at;          /* (owned): what it said it is at */
  char                 *answer;      /* (owned) (nullable): the last one that was no "at" */
  guint                 n_waiting;   /* commands it has not answered */
  guint64               n_sent;      /* tries of this life */
  guint64               n_known;     /* repeats that the server knew, likewise */
  guint64               sum_sent;    /* of the lives before */
  guint64               sum_known;
} RfiRealProcess;

RfiRealProcess *rfi_real_process_new   (const char            *program,
                                        const char            *dir,
                                        const char            *url,
                                        const RfiRealAccount  *account,
                                        const char            *technician_id,
                                        guint64                key);
void            rfi_real_process_free  (RfiRealProcess        *self);

/* Starts it again after a kill, on what it left. */
void            rfi_real_process_start (RfiRealProcess        *self,
                                        const char            *program);
/* Returns: (transfer full): what it was at */
char           *rfi_real_process_kill  (RfiRealProcess        *self);
/* Ends it in order; a failure of its own ends the test. */
void            rfi_real_process_end   (RfiRealProcess        *self);

/* Tells it something; it answers later. */
void            rfi_real_process_tell  (RfiRealProcess        *self,
                                        const char            *verb,
                                        guint                  pick);
/* Tells it, and waits for the answer to that. Returns: (transfer none) */
const char     *rfi_real_process_ask   (RfiRealProcess        *self,
                                        const char            *verb,
                                        guint                  pick);

/* Its store is the file it always was: nothing set it aside. */
void            rfi_real_process_check_file (RfiRealProcess   *self);

G_END_DECLS
