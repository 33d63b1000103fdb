/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-job.h"
#include "rfi-photo-files.h"
#include "rfi-photo.h"
#include "rfi-db.h"
#include "rfi-user.h"

G_BEGIN_DECLS

#define RFI_TYPE_SERVER_STORE (rfi_server_store_get_type ())

G_DECLARE_FINAL_TYPE (RfiServerStore, rfi_server_store, RFI, SERVER_STORE, GObject)

/**
 * RfiServerStore:
 *
 * Everything a server keeps: one SQLite file, a folder of photos and a few secrets below one
 * directory that belongs to one server at a time. Blocks; every function is for the thread
 * that opened it, but for those that say otherwise.
 */

/* Opens or makes @dir, takes its lock and brings the tables up to date.
 * @secret_file: (nullable): where the secret is; by default made in @dir */
RfiServerStore *rfi_server_store_open        (const char      *dir,
                                              const char      *secret_file,
                                              GError         **error);
gboolean        rfi_server_store_close       (RfiServerStore  *self,
                                              GError         **error);

/* Filling by hand, before the server answers anybody. Everything between begin, which gives the
 * connection for it, and end is one transaction; without it each call is one of its own. */
RfiDb          *rfi_server_store_begin       (RfiServerStore  *self,
                                              GError         **error);
/* @keep: %FALSE takes everything back */
gboolean        rfi_server_store_end         (RfiServerStore  *self,
                                              gboolean         keep,
                                              GError         **error);

/* Another history begins: every client loads everything again. */
gboolean        rfi_server_store_renew_epoch (RfiServerStore *self,
                                              GError         **error);

/* @password_hash: see rfi_password_hash(); hashing takes 50 ms, so let many samples share one */
gboolean        rfi_server_store_add_user    (RfiServerStore  *self,
                                              const RfiUser   *user,
                                              const char      *password_hash,
                                              GError         **error);

/* Stores @job as it is: id, version, both times, status and all. Its etag is made when %NULL; its
 * photos are not looked at. */
gboolean        rfi_server_store_add_job     (RfiServerStore  *self,
                                              const RfiJob    *job,
                                              GError         **error);

/* Writes the picture to its file and puts @photo at the end of the job's list; the job's times
 * stay. @job: as it was added (id and vendor_id are read). The size is that of @content. */
gboolean        rfi_server_store_add_photo   (RfiServerStore  *self,
                                              const RfiJob    *job,
                                              const RfiPhoto  *photo,
                                              GBytes          *content,
                                              GError         **error);

/* The same with the picture of @from, which was added before: the file is shared. */
gboolean        rfi_server_store_share_photo (RfiServerStore  *self,
                                              const RfiJob    *job,
                                              const RfiPhoto  *photo,
                                              const RfiPhoto  *from,
                                              GError         **error);

gint64          rfi_server_store_count_jobs  (RfiServerStore  *self,
                                              GError         **error);
/* Returns: (transfer full) (nullable): %NULL without @error: nobody has this address */
RfiUser        *rfi_server_store_find_user   (RfiServerStore  *self,
                                              const char      *email,
                                              GError         **error);

/* At work. The reader is for the thread that opened the store and for single queries. What reads
 * for long, or in another thread, borrows a connection in that thread and gives it back. */
RfiPhotoFiles  *rfi_server_store_get_photos  (RfiServerStore  *self);
RfiDb          *rfi_server_store_get_reader  (RfiServerStore  *self);
RfiDb          *rfi_server_store_borrow      (RfiServerStore  *self,
                                              GError         **error);
void            rfi_server_store_give_back   (RfiServerStore  *self,
                                              RfiDb           *reader);

/* Those that wait for the writer, or are with it. */
guint           rfi_server_store_get_n_waiting (RfiServerStore *self);

/* What tokens are signed with. Returns: (transfer none) */
GBytes         *rfi_server_store_get_secret  (RfiServerStore  *self);
/* The moment up to which everything is told: whoever begins to read after this call sees every
 * change that is, or will ever be, stamped with this time or an earlier one. From any thread. */
gint64          rfi_server_store_read_clock  (RfiServerStore  *self);

/* Runs on the writer's thread inside a transaction. @stamp: the time of this change, later
 * than every other. Returns whether to keep what was done; %FALSE without @error just takes
 * it back. */
typedef gboolean (*RfiServerChangeFunc)      (RfiDb           *db,
                                              gint64           stamp,
                                              gpointer         data,
                                              GError         **error);

/* Changes run one after the other; the answer comes when theirs is on disk, with no source
 * object. @data and the store must live until then. RFI_SERVER_ERROR_UNAVAILABLE at once when
 * too many wait. */
void            rfi_server_store_change_async  (RfiServerStore       *self,
                                                RfiServerChangeFunc   func,
                                                gpointer              data,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        rfi_server_store_change_finish (RfiServerStore       *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
