/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"
#include "rfi-conflict.h"
#include "rfi-db-worker.h"
#include "rfi-device-key.h"
#include "rfi-operation.h"
#include "rfi-store.h"

G_BEGIN_DECLS

/* 8 MiB: the system caches the file too, and a pull of 100,000 jobs is no faster with more. */
#define RFI_STORE_PAGE_CACHE "PRAGMA cache_size = -8192"

/* What the files of this folder share. Everything here but the two task makers runs in the
 * store's thread, inside a transaction. */

/* Arguments of one call, kept with its task. */
typedef struct
{
  RfiDbWork     work;
  char         *id;         /* (owned) (nullable) each */
  char         *text;
  char         *text2;
  char         *text3;
  gpointer      record;     /* (owned) (nullable) */
  GDestroyNotify record_free;
  RfiJob       *row;        /* (owned) (nullable) */
  GPtrArray    *rows;       /* (owned) (nullable) */
  GPtrArray    *rows2;      /* (owned) (nullable) */
  GPtrArray    *files;      /* (owned) (nullable) (element-type utf8): to delete once committed */
  gint64        number;
  gint64        number2;
  gboolean      flag;
  gboolean      conflicts;  /* once it was done: it changed what waits for a person */
  RfiDeviceKey *key;        /* (nullable): who signs, for the time of the transaction */
} RfiStoreCall;

/* A task with an empty call; push it to have @work done with it. */
GTask        *rfi_store_call_new     (RfiStore            *self,
                                      gpointer             source_tag,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data,
                                      RfiStoreCall       **call);
/* @task: (transfer full) */
void          rfi_store_call_push    (RfiStore            *self,
                                      GTask               *task,
                                      RfiDbWork            work);

/* One transaction that changes something. step: what to do; whether it may be committed. */
typedef gboolean (*RfiStoreStep) (RfiDb           *db,
                                  RfiStoreCall    *call,
                                  RfiStoreChange  *change,
                                  GHashTable      *touched,  /* see rfi_store_touch() */
                                  GError         **error);
/* Runs @step in a transaction, tells watchers, returns @task with success or the error. */
void          rfi_store_transact     (GTask           *task,
                                      RfiDb           *db,
                                      RfiStoreStep     step);

/* The same for what the feed will tell again, and nothing else: it does not wait for the disk, and
 * is lost with the power. Neither a cursor nor anything a person did may be in it. */
void          rfi_store_transact_hint (GTask           *task,
                                       RfiDb           *db,
                                       RfiStoreStep     step);

/* Who signs from now on; in the store's thread. */
void          rfi_store_set_signer   (RfiStore *self, RfiDeviceKey *key);
gboolean      rfi_store_can_sign     (RfiStore *self);

/* What events made of rows, for rfi-store-event.c; in the store's thread. */
GHashTable   *rfi_store_get_shown    (RfiStore *self);

/* Ends @task with @error, (transfer full), in the store's words. */
void          rfi_store_fail         (GTask *task, GError *error);

/* The watchers are to be told how a job is now. @base: (nullable): its row, if it is at hand */
void          rfi_store_touch        (GHashTable *touched, const char *job_id, RfiJob *base);

/* How a job is shown. @base: (nullable). Returns: (transfer full) (nullable): %NULL = not at all */
RfiJobState  *rfi_store_compose      (RfiJob *base, GPtrArray *pending);

G_END_DECLS
