/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-desk"

#include "config.h"

#include "rfi-conflict-desk-private.h"

#include "rfi-session-private.h"
#include "rfi-store-told.h"
#include "rfi-wire-conflict.h"

/* The conflicts of others and what was settled, as the server told of them last: a desk that is
 * opened without the server has them as of then. */

guint
rfi_conflict_desk_get_troubles (RfiConflictDesk *self)
{
  g_return_val_if_fail (RFI_IS_CONFLICT_DESK (self), 0);

  return self->troubles;
}

void
_rfi_conflict_desk_set_trouble (RfiConflictDesk *self,
                                RfiDeskTrouble   trouble,
                                const GError    *error)
{
  guint troubles = error != NULL ? self->troubles | trouble : self->troubles & ~(guint) trouble;

  if (error != NULL)
    g_debug ("The desk is not as it should be: %s", error->message);
  if (troubles == self->troubles)
    return;

  self->troubles = troubles;
  g_signal_emit_by_name (self, "trouble");
}

/* (nullable) once it is closed */
static RfiStore *
get_store (RfiConflictDesk *self)
{
  RfiSession *session = _rfi_conflict_desk_get_session (self);

  return session != NULL ? _rfi_session_get_store (session) : NULL;
}

static int
compare_age (gconstpointer a,
             gconstpointer b)
{
  const RfiConflictRecord *first = *(const RfiConflictRecord *const *) a;
  const RfiConflictRecord *second = *(const RfiConflictRecord *const *) b;

  return first->detected_at > second->detected_at   ? -1
         : first->detected_at < second->detected_at ? 1
                                                    : 0;
}

/* (transfer full) (element-type RfiConflictRecord): the newest first. What a newer program wrote is
 * not understood, and @error says so. */
static GPtrArray *
read_records (GPtrArray  *told,
              GError    **error)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_conflict_record_free);

  for (guint i = 0; i < told->len; i++)
    {
      const RfiToldRecord *kept = g_ptr_array_index (told, i);
      RfiConflictRecord *record =
        rfi_conflict_record_parse (kept->text, -1, *error == NULL ? error : NULL);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  g_ptr_array_sort (records, compare_age);
  return records;
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiConflictDesk) self = user_data;
  g_autoptr(GError) error = NULL;
  gint64 told_at;
  g_autoptr(GPtrArray) told =
    rfi_store_list_told_finish (RFI_STORE (object), result, &told_at, &error);
  g_autoptr(GPtrArray) records = NULL;

  if (told != NULL)
    {
      records = read_records (told, &error);
      _rfi_conflict_desk_take_told (self, records, told_at);
    }
  /* The server may have told meanwhile, and a closed desk shows nothing. */
  if (error != NULL && !self->current && get_store (self) != NULL)
    _rfi_conflict_desk_set_trouble (self, RFI_DESK_TROUBLE_READ, error);
}

void
_rfi_conflict_desk_load_told (RfiConflictDesk *self)
{
  RfiStore *store = get_store (self);

  if (store != NULL)
    rfi_store_list_told_async (store, NULL, loaded_cb, g_object_ref (self));
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiConflictDesk) self = user_data;
  g_autoptr(GError) error = NULL;

  if (rfi_store_finish (RFI_STORE (object), result, &error) || get_store (self) != NULL)
    _rfi_conflict_desk_set_trouble (self, RFI_DESK_TROUBLE_KEEP, error);
}

void
_rfi_conflict_desk_keep_told (RfiConflictDesk *self,
                              GPtrArray       *records,
                              gint64           told_at)
{
  g_autoptr(GPtrArray) told =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_told_record_free);
  RfiStore *store = get_store (self);

  if (store == NULL)
    return;

  for (guint i = 0; i < records->len; i++)
    {
      const RfiConflictRecord *record = g_ptr_array_index (records, i);
      g_autoptr(GString) text = g_string_new (NULL);

      rfi_conflict_record_append (record, text);
      g_ptr_array_add (told, rfi_told_record_new (record->id, text->str));
    }
  rfi_store_keep_told_async (store, told, told_at, NULL, kept_cb, g_object_ref (self));
}
