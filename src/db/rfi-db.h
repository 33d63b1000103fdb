/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "rfi-db-error.h"

G_BEGIN_DECLS

/**
 * RfiDb:
 *
 * One SQLite connection: WAL, synchronous=FULL, foreign keys. A statement is prepared at its
 * first use and kept; between uses it is reset, so that no read holds an old picture of the data.
 * For one thread at a time. Errors are RFI_DB_ERROR.
 */
typedef struct _RfiDb RfiDb;

/* A writer makes the file, readable by its owner only, and runs the migrations it lacks; a reader
 * needs a writer's file.
 * @migrations: GResource folder of "NNN-word.sql"; ignored for a reader */
RfiDb        *rfi_db_open       (const char    *path,
                                 gboolean       writer,
                                 const char    *migrations,
                                 GError       **error);
gboolean      rfi_db_close      (RfiDb         *self,
                                 GError       **error);

/* What goes along with a connection, for its owner. @destroy: called when it is closed */
void          rfi_db_set_data   (RfiDb         *self,
                                 gpointer       data,
                                 GDestroyNotify destroy);
gpointer      rfi_db_get_data   (RfiDb         *self);

/* A function of any number of arguments for statements; its user data is the owner's data. */
typedef void (*RfiDbFunction)   (sqlite3_context *context,
                                 int              n_values,
                                 sqlite3_value  **values);
gboolean      rfi_db_add_function (RfiDb       *self,
                                 const char    *name,
                                 RfiDbFunction  function,
                                 GError       **error);

/* Runs text that answers nothing. */
gboolean      rfi_db_run        (RfiDb         *self,
                                 const char    *sql,
                                 GError       **error);

/* BEGIN IMMEDIATE; after a failed step: rollback, which keeps quiet. A commit that fails has rolled
 * back, and what it wanted does not come back after a crash. */
gboolean      rfi_db_begin      (RfiDb         *self,
                                 GError       **error);
gboolean      rfi_db_commit     (RfiDb         *self,
                                 GError       **error);
void          rfi_db_rollback   (RfiDb         *self);

/* @sql: a text that lives as long as the program: it is found again by its address.
 * Returns: (transfer none): hold it in RFI_DB_KEPT, which gives it back */
sqlite3_stmt *rfi_db_prepare    (RfiDb         *self,
                                 const char    *sql,
                                 GError       **error);

/* Whether there is a row; %FALSE without @error at the end. */
gboolean      rfi_db_step       (RfiDb         *self,
                                 sqlite3_stmt  *statement,
                                 GError       **error);

/* Steps a statement that answers nothing. */
gboolean      rfi_db_finish     (RfiDb         *self,
                                 sqlite3_stmt  *statement,
                                 GError       **error);

/* Rows changed by the last statement. */
int           rfi_db_changes    (RfiDb         *self);

/* Another number after every commit of another connection, and never one that was before. Tells of
 * this connection only. -1 on failure. */
gint64        rfi_db_get_data_version (RfiDb  *self,
                                 GError       **error);

/* Whether the next commits, in order, wait for the disk. One that did not is lost with the power,
 * unless a later one did or the log is moved; what is left is always all up to some commit. Not
 * inside a transaction. */
gboolean      rfi_db_set_durable (RfiDb         *self,
                                  gboolean       durable,
                                  GError       **error);

/* Moves what was written from the log into the file, all of it on the disk then. @truncate: and
 * empties the log */
gboolean      rfi_db_checkpoint (RfiDb         *self,
                                 gboolean       truncate,
                                 GError       **error);

/* Limits the file's size, in pages; 0 lifts it. How tests fill a disk. */
gboolean      rfi_db_limit      (RfiDb         *self,
                                 guint          pages,
                                 GError       **error);

/* @text: (nullable); must live until the statement is given back */
void          rfi_db_bind       (sqlite3_stmt  *statement,
                                 int            position,
                                 const char    *text);
/* (nullable), until the next step */
const char   *rfi_db_text       (sqlite3_stmt  *statement,
                                 int            column);
void          rfi_db_done       (sqlite3_stmt **statement);

/* A statement that gives itself back: RFI_DB_KEPT row = rfi_db_prepare (…) */
#define RFI_DB_KEPT __attribute__ ((cleanup (rfi_db_done))) sqlite3_stmt *

G_END_DECLS
