/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-operation.h"
#include "rfi-sync-parts.h"

G_BEGIN_DECLS

typedef enum {
  RFI_SEND_CONFIRMED,   /* out of the outbox: the server has it, or nobody wants it any more */
  RFI_SEND_CONFLICT,    /* a person decides */
  RFI_SEND_REJECTED,    /* a person looks */
  RFI_SEND_AGAIN,       /* merged into what the server has now: send it once more */
  RFI_SEND_RETRY,       /* later: a try was burned, its outcome may be unknown */
  RFI_SEND_PARKED,      /* the server could not be asked, or asks to sign in: no try burned */
  RFI_SEND_CANCELLED,
} RfiSendResult;

#define RFI_TYPE_SEND (rfi_send_get_type ())

G_DECLARE_DERIVABLE_TYPE (RfiSend, rfi_send, RFI, SEND, GObject)

typedef void (*RfiSendProgressFunc) (double   fraction,
                                     gpointer user_data);

/**
 * RfiSend:
 *
 * One operation on its way: one try from looking at what the server has to the answer made
 * durable. A class per kind of operation says how it is sent, how its effect is recognised and
 * what is special about its answers.
 */
struct _RfiSendClass
{
  GObjectClass parent_class;

  /* Whether the server's job must be seen before this is sent. */
  gboolean (*needs_look) (RfiSend      *self);

  /* Finds out what the server has; ends with rfi_send_looked(). The default reads the job. */
  void     (*look)       (RfiSend      *self);

  /* Whether @row, the server's job, shows that this is done already. */
  gboolean (*is_mine)    (RfiSend      *self,
                          RfiJob       *row);

  /* Whether the server's job no longer allows this, though it would take it. (nullable) */
  gboolean (*is_illegal) (RfiSend      *self,
                          RfiJob       *row);

  /* Sends it; ends with rfi_send_answered(). */
  void     (*send)       (RfiSend      *self);

  /* What is special about an answer that is an error. %TRUE if that was all: then it has called
   * one of rfi_send_confirm(), rfi_send_reread(). (nullable) */
  gboolean (*judge)      (RfiSend      *self,
                          const GError *error);
};

/* @progress_func: (nullable): of uploads */
void           rfi_send_run_async   (RfiSend            *self,
                                     RfiSendProgressFunc progress_func,
                                     gpointer            progress_data,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
/* @failure: (out) (transfer full) (nullable): why, unless it is confirmed */
RfiSendResult  rfi_send_run_finish  (RfiSend            *self,
                                     GAsyncResult       *result,
                                     GError            **failure);
/* Of RFI_SEND_RETRY: ms until the next try. */
gint64         rfi_send_get_delay   (RfiSend            *self);

/* For the classes. @parts is borrowed. */

void           rfi_send_set_up          (RfiSend      *self,
                                         RfiSyncParts *parts,
                                         RfiOperation *operation);

RfiSyncParts  *rfi_send_get_parts       (RfiSend *self);
RfiOperation  *rfi_send_get_operation   (RfiSend *self);
GCancellable  *rfi_send_get_cancellable (RfiSend *self);
/* The server's job as last seen. (nullable) */
RfiJob        *rfi_send_get_row         (RfiSend *self);
const char    *rfi_send_get_etag        (RfiSend *self);
void           rfi_send_report_progress (RfiSend *self,
                                         double   fraction);

/* @row: (transfer full) (nullable): %NULL when the server has no such job
 * @error: (transfer full) (nullable): it could not be found out */
void           rfi_send_looked          (RfiSend *self,
                                         RfiJob  *row,
                                         GError  *error);
/* @row: (transfer full) (nullable): the job in the answer; %NULL with no @error: read it
 * @error: (transfer full) (nullable) */
void           rfi_send_answered        (RfiSend *self,
                                         RfiJob  *row,
                                         GError  *error);
/* It is done. @row: (nullable): %NULL when the job is gone */
void           rfi_send_confirm         (RfiSend *self,
                                         RfiJob  *row);
/* It is done, as reading the job will show. */
void           rfi_send_reread          (RfiSend *self);

G_END_DECLS
