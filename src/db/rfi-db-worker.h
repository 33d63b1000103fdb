/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"

G_BEGIN_DECLS

#define RFI_TYPE_DB_WORKER (rfi_db_worker_get_type ())

G_DECLARE_FINAL_TYPE (RfiDbWorker, rfi_db_worker, RFI, DB_WORKER, GObject)

/**
 * RfiDbWorker:
 *
 * The one thread that touches a connection. Work is done in the order in which it is pushed;
 * each piece returns its task, whose callback runs in the main context of the thread that made
 * the task. After everything that waited is done it lets the log into the file.
 */

/* Runs in the worker's thread; must return @task. Whoever comes last frees the task with its data
 * and its source object, the worker's thread or the one that is answered. */
typedef void (*RfiDbWork) (GTask *task,
                           RfiDb *db);

/* @db: (transfer full). @inline_work: does everything at once in the caller's thread, for
 * simulation. */
RfiDbWorker *rfi_db_worker_new   (RfiDb       *db,
                                  gboolean     inline_work);

/* @task: (transfer full) */
void         rfi_db_worker_push  (RfiDbWorker *self,
                                  GTask       *task,
                                  RfiDbWork    work);

/* What is pushed from now on is done in the background, see rfi_give_way(). */
void         rfi_db_worker_step_back (RfiDbWorker *self);

/* Waits for what was pushed, then closes the connection. Blocks; later pushes fail as cancelled. */
void         rfi_db_worker_close (RfiDbWorker *self);

G_END_DECLS
