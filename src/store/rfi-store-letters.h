/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-device-key.h"
#include "rfi-letter.h"
#include "rfi-store.h"

G_BEGIN_DECLS

/* The outbox as Sync v1 sees it. Those without a finish of their own end with
 * rfi_store_finish(). */

/* As whom this store signs; strings live as long as the struct. */
typedef struct
{
  char   *id;
  char   *public_key;  /* base64 */
  char   *epoch;
  gint64  next;        /* the number of the next letter */
  char   *cursor;      /* (nullable): of the feed, and the change it stands for */
  gint64  position;
  char   *server_epoch; /* (nullable): of the server's history that the rows are of */
  gboolean able;       /* the key is at hand */
} RfiSigner;

void       rfi_signer_free                (RfiSigner *self);

/* From now on what people do is numbered and signed with @key; what waits without a number gets
 * one. @device_id and @epoch are taken where there is no identity yet; with another key than
 * before this is another device: what was signed by the old one stays and is sent as it is. */
void       rfi_store_enroll_async         (RfiStore *self, RfiDeviceKey *key,
                                           const char *device_id, const char *epoch,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);

/* What waits again though it never had a number, now that there is a key, gets one. */
void       rfi_store_sign_waiting_async   (RfiStore *self, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);

/* finish: (transfer full) (nullable): %NULL without error before the first enrolment */
void       rfi_store_get_signer_async     (RfiStore *self, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
RfiSigner *rfi_store_get_signer_finish    (RfiStore *self, GAsyncResult *result, GError **error);

/* Everything that waits, photos too, in the order of typing, without the bytes.
 * finish: (transfer full) (element-type RfiLetter) */
void       rfi_store_list_letters_async   (RfiStore *self, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rfi_store_list_letters_finish  (RfiStore *self, GAsyncResult *result, GError **error);

/* The numbers of @epoch alone, rising, which takes a fraction of the time.
 * finish: (transfer full) (element-type RfiLetterNumber) */
void       rfi_store_list_numbers_async   (RfiStore *self, const char *epoch,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GArray    *rfi_store_list_numbers_finish  (RfiStore *self, GAsyncResult *result, GError **error);

/* They are about to be sent, which is durable before the first byte leaves. Some may have been
 * withdrawn meanwhile. @operation_ids: (element-type utf8)
 * finish: (transfer full) (element-type RfiLetter): the others, with their bytes */
void       rfi_store_claim_letters_async  (RfiStore *self, GPtrArray *operation_ids,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rfi_store_claim_letters_finish (RfiStore *self, GAsyncResult *result, GError **error);

/* A try without an answer, which counts. */
void       rfi_store_record_tries_async   (RfiStore *self, GPtrArray *operation_ids,
                                           const char *code, const char *message,
                                           gint64 next_try_at, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);

/* What the server answered to a batch, in one transaction. What was applied stays until the
 * cursor has reached it, so that what people see never goes back.
 * @answers: (element-type RfiAnswer) @now: ms since 1970 */
void       rfi_store_record_answers_async (RfiStore *self, GPtrArray *answers, gint64 now,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);

/* What the server says it has of this device. */
/* meta: when the server was last met with an older copy of its data, in ms since 1970, until a
 * person has seen it. */
#define RFI_STORE_META_RESTORED "server-restored"

typedef struct
{
  char       *device_id;
  char       *epoch;
  gint64      watermark;     /* it has all up to this number */
  gint64      max_number;
  char       *max_hash;      /* (nullable) */
  char       *server_epoch;
  gint64      head;          /* the change_seq that it has reached */
  GHashTable *hashes;        /* (nullable): number as text → hash, of those asked for */
  gboolean    older_taken;   /* a number of an epoch before stands for something else there */
  gboolean    agreed;        /* nothing was sent in the other dialect since the last meeting */
  gint64      now;           /* ms since 1970 */
} RfiMeeting;

typedef enum {
  RFI_MET_WELL,
  RFI_MET_STRANGER,  /* numbers are missing there, or were never known: a new epoch began, and the
                        rows are to be had anew */
  RFI_MET_TWIN,      /* the server has numbers that are not from here: a new epoch began */
} RfiMet;

/* Compares. If the numbers lead nowhere, what the server does not have is issued anew with
 * numbers of @new_epoch, in one transaction.
 * finish: -1 on error. @n_reissued: (out) */
void       rfi_store_meet_async           (RfiStore *self, const RfiMeeting *meeting,
                                           const char *new_epoch, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
int        rfi_store_meet_finish          (RfiStore *self, GAsyncResult *result,
                                           guint *n_reissued, GError **error);
/* All that waits, as of rfi_store_list_letters_async(). (transfer none) (nullable): if met well */
GPtrArray *rfi_store_meet_get_letters     (GAsyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSigner, rfi_signer_free)

G_END_DECLS
