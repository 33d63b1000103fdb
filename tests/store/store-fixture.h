/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"
#include "rfi-store-outbox.h"
#include "rfi-store-pull.h"

G_BEGIN_DECLS

/**
 * StoreFixture:
 *
 * A store in a folder of its own, working inline. What it tells of its changes is kept as text:
 * "+a" and "-a" for jobs, "a>b" for a new name, then what else changed, like "+a outbox audit".
 */
typedef struct
{
  char           *dir;     /* (owned) */
  char           *path;    /* (owned) */
  RfiSeal        *seal;    /* (owned) */
  RfiStore       *store;   /* (owned) (nullable) */
  RfiStoreChange *change;  /* (owned) (nullable): the last one */
  GString        *told;    /* (owned): of all since the last look, joined by ", " */
} StoreFixture;

void          store_fixture_set_up    (StoreFixture *self, gconstpointer unused);
void          store_fixture_tear_down (StoreFixture *self, gconstpointer unused);
void          store_fixture_open      (StoreFixture *self);
void          store_fixture_close     (StoreFixture *self);

#define store_test_add(path, data, test) \
  g_test_add (path, StoreFixture, data, store_fixture_set_up, test, store_fixture_tear_down)

/* For the callback of an async function, and to wait for its result. */
void          store_fixture_keep_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
GAsyncResult *store_fixture_wait      (GAsyncResult **result);

/* Runs a call that ends with rfi_store_finish(). Whether it succeeded. */
#define store_try(self, error, function, ...) \
  (store_fixture_forget (), \
   function ((self)->store, ##__VA_ARGS__, NULL, store_fixture_keep_cb, &store_result), \
   rfi_store_finish ((self)->store, store_fixture_wait (&store_result), error))

#define store_run(self, function, ...) G_STMT_START { \
  g_autoptr(GError) error_ = NULL; \
  gboolean done_ = store_try (self, &error_, function, ##__VA_ARGS__); \
  store_fixture_forget (); \
  g_assert_no_error (error_); \
  g_assert_true (done_); \
} G_STMT_END

/*< private >*/
extern GAsyncResult *store_result;
void          store_fixture_forget    (void);

/*< public >*/

/* A job of the test's vendor, assigned, of low priority. */
RfiJob       *store_job               (const char *id, const char *title, const char *etag,
                                       gint64 updated_at);
/* @rows end with %NULL */
void          store_apply             (StoreFixture *self, RfiPullMode mode, gint64 listing,
                                       RfiJob *first, ...) G_GNUC_NULL_TERMINATED;

/* Operations of user "me". */
RfiOperation *store_create            (const char *id, const char *job_id, const char *title);
RfiOperation *store_edit              (const char *id, const char *job_id, const char *before,
                                       const char *title);
RfiOperation *store_step              (const char *id, const char *job_id, RfiStatus before,
                                       RfiStatus after);
RfiOperation *store_plain             (const char *id, RfiOperationKind kind, const char *job_id);
/* Takes the operation. */
void          store_enqueue           (StoreFixture *self, RfiOperation *operation);
gboolean      store_try_enqueue       (StoreFixture *self, RfiOperation *operation,
                                       GError **error);

/* The store of @theirs (nullable) in a conflict "c" over the operation. */
void          store_open_conflict     (StoreFixture *self, RfiOperation *operation, RfiJob *base,
                                       RfiJob *theirs);

GPtrArray    *store_list_outbox       (StoreFixture *self);
GPtrArray    *store_list_conflicts    (StoreFixture *self);
GPtrArray    *store_list_photos       (StoreFixture *self, const char *job_id);

/* Jobs as "id title/status/mark", joined by ", " in order of id; the outbox as
 * "id:kind@job" with "!" refused, "?" perhaps applied, "#" conflict; history as
 * "action field before>after" with "*" while pending, oldest first. (transfer full) */
char         *store_show_jobs         (StoreFixture *self);
char         *store_show_outbox       (StoreFixture *self);
char         *store_show_audit        (StoreFixture *self, const char *job_id);

#define store_assert(shown, expected) G_STMT_START { \
  g_autofree char *shown_ = (shown); \
  g_assert_cmpstr (shown_, ==, (expected)); \
} G_STMT_END

/* Compares what was told since the last look, and forgets it. */
void          store_assert_told       (StoreFixture *self, const char *expected);

G_END_DECLS
