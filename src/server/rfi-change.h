/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-exchange.h"
#include "rfi-hub.h"
#include "rfi-server-audit.h"
#include "rfi-server-store.h"

G_BEGIN_DECLS

typedef struct _RfiChange RfiChange;

/**
 * RfiChange:
 *
 * A request that changes something: done by the writer in one transaction together with the
 * answer to its Idempotency-Key, then answered, then told to the hub. The first half is set by
 * the endpoint, the second by what was done.
 */
typedef gboolean (*RfiChangeFunc) (RfiChange  *change,
                                   RfiDb      *db,
                                   gint64      stamp,
                                   GError    **error);

struct _RfiChange
{
  RfiExchange    *exchange;      /* held; the writer's thread looks at claims and params only */
  RfiChangeFunc   apply;         /* in the writer's thread; %FALSE without @error after fail() */
  gpointer        request;       /* (owned) (nullable): what was asked for */
  GDestroyNotify  request_free;
  RfiPhotoFiles  *photos;        /* unowned */
  char           *base;          /* (owned): for addresses in the answer */
  char           *key;           /* (owned) (nullable): Idempotency-Key */
  char           *fingerprint;   /* (owned) (nullable) */

  guint           status;        /* of the answer */
  const char     *code;          /* of a refusal */
  char           *message;       /* (owned): of a refusal */
  GString        *body;          /* (owned): of success */
  gboolean        replayed;      /* was done before: the stored answer */
  gboolean        has_news;
  RfiHubEvent     event;
  gint64          seq;           /* of the change in the order of all */
  RfiJob         *job;           /* (owned) (nullable): as it is now, or was when deleted */
  RfiJob         *previous;      /* (owned) (nullable) */
  RfiPhoto       *placed;        /* (owned) (nullable): its picture is to be removed if the
                                    change is not kept */
  GPtrArray      *dropped;       /* (owned) (nullable) (element-type RfiPhoto): pictures to be
                                    removed once the change is kept */
};

/* @request: (transfer full). Takes over the exchange, which must not be answered yet. */
void     rfi_change_start          (RfiExchange    *exchange,
                                    RfiChangeFunc   apply,
                                    gpointer        request,
                                    GDestroyNotify  request_free);

/* For apply(). Always %FALSE. */
gboolean rfi_change_fail           (RfiChange      *self,
                                    guint           status,
                                    const char     *code,
                                    const char     *message);
gboolean rfi_change_fail_not_found (RfiChange      *self,
                                    const char     *message);

/* The job the address names, with its photos, into @self->previous. Fails with 404 if there
 * is none or this person may not see it. */
gboolean rfi_change_load_job       (RfiChange      *self,
                                    RfiDb          *db,
                                    GError        **error);

/* As above, whoever asks. */
gboolean rfi_change_load_any_job   (RfiChange      *self,
                                    RfiDb          *db,
                                    GError        **error);

/* Fails with 409 unless @etag is the job's. */
gboolean rfi_change_check_etag     (RfiChange      *self,
                                    const char     *etag);

/* Who does it, for what is kept of every change. */
RfiServerActor rfi_change_get_actor (RfiChange     *self,
                                    const char     *action,
                                    gint64          stamp);

/* Stores @changed, which is previous with changes on the stack, under a new etag and @stamp,
 * and makes it @self->job. */
gboolean rfi_change_store_job      (RfiChange      *self,
                                    RfiDb          *db,
                                    const char     *action,
                                    RfiJob         *changed,
                                    gint64          stamp,
                                    GError        **error);

/* Answers {"data": job}. */
void     rfi_change_answer_job     (RfiChange      *self,
                                    guint           status);

G_END_DECLS
