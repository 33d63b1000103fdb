/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-record-source"

#include "config.h"

#include "rfi-record-source.h"

#include "rfi-conflict.h"
#include "rfi-operation.h"
#include "rfi-user.h"

struct _RfiRecordSource
{
  GObject              parent_instance;

  RfiStore            *store;        /* (owned) (nullable): until stopped */
  RfiRecordList       *list;         /* (owned) */
  RfiRecordReadFunc    read_async;
  RfiRecordFinishFunc  read_finish;
  GCancellable        *cancellable;  /* (owned) */
  gboolean             reading;
  gboolean             again;        /* it changed while it was read */
};

enum {
  UPDATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiRecordSource, rfi_record_source, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
rfi_record_source_finalize (GObject *object)
{
  RfiRecordSource *self = RFI_RECORD_SOURCE (object);

  g_clear_object (&self->store);
  g_clear_object (&self->list);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rfi_record_source_parent_class)->finalize (object);
}

static void
rfi_record_source_class_init (RfiRecordSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_record_source_finalize;

  signals[UPDATED] =
    g_signal_new ("updated",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
rfi_record_source_init (RfiRecordSource *self)
{
  self->cancellable = g_cancellable_new ();
}

RfiRecordSource *
rfi_record_source_new (RfiStore            *store,
                       RfiRecordList       *list,
                       RfiRecordReadFunc    read_async,
                       RfiRecordFinishFunc  read_finish)
{
  RfiRecordSource *self = g_object_new (RFI_TYPE_RECORD_SOURCE, NULL);

  self->store = g_object_ref (store);
  self->list = g_object_ref (list);
  self->read_async = read_async;
  self->read_finish = read_finish;
  return self;
}

RfiRecordList *
rfi_record_source_get_list (RfiRecordSource *self)
{
  return self->list;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiRecordSource) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = self->read_finish (RFI_STORE (object), result, &error);

  self->reading = FALSE;
  if (self->store == NULL)
    return;

  if (records != NULL)
    {
      rfi_record_list_set (self->list, records);
      g_signal_emit (self, signals[UPDATED], 0);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("A list is not up to date, the cache cannot be read: %s", error->message);

  if (self->again)
    rfi_record_source_refresh (self);
}

void
rfi_record_source_refresh (RfiRecordSource *self)
{
  g_return_if_fail (RFI_IS_RECORD_SOURCE (self));

  self->again = self->reading;
  if (self->reading || self->store == NULL)
    return;

  self->reading = TRUE;
  self->read_async (self->store, self->cancellable, read_cb, g_object_ref (self));
}

void
rfi_record_source_stop (RfiRecordSource *self)
{
  g_return_if_fail (RFI_IS_RECORD_SOURCE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
}

const char *
rfi_record_key_user (gconstpointer record)
{
  return ((const RfiUser *) record)->id;
}

const char *
rfi_record_key_vendor (gconstpointer record)
{
  return ((const RfiUser *) record)->vendor_id;
}

const char *
rfi_record_key_conflict (gconstpointer record)
{
  return ((const RfiConflict *) record)->id;
}

const char *
rfi_record_key_operation (gconstpointer record)
{
  return ((const RfiOperation *) record)->id;
}
