/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-audit"

#include "config.h"

#include "rfi-wire-audit.h"

#include "rfi-canonical.h"
#include "rfi-wire-members.h"

static void
clear_change (gpointer data)
{
  RfiAuditChange *change = data;

  g_free (change->field);
  g_free (change->before);
  g_free (change->after);
}

RfiAuditRecord *
rfi_audit_record_new (void)
{
  RfiAuditRecord *self = g_new0 (RfiAuditRecord, 1);

  self->changes = g_array_new (FALSE, FALSE, sizeof (RfiAuditChange));
  g_array_set_clear_func (self->changes, clear_change);
  return self;
}

void
rfi_audit_record_free (RfiAuditRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->actor_id);
  g_free (self->actor_name);
  g_free (self->device_id);
  g_free (self->origin);
  g_free (self->job_id);
  g_free (self->action);
  g_array_unref (self->changes);
  g_free (self->prev_hash);
  g_free (self->hash);
  g_free (self);
}

void
rfi_audit_record_add_change (RfiAuditRecord *self,
                             const char     *field,
                             const char     *before,
                             const char     *after)
{
  RfiAuditChange change = { g_strdup (field), g_strdup (before), g_strdup (after) };

  g_array_append_val (self->changes, change);
}

static void
append_canonical_changes (const RfiAuditRecord *self,
                          GString              *out)
{
  rfi_canonical_append_name (out, "changes");
  g_string_append_c (out, '[');
  for (guint i = 0; i < self->changes->len; i++)
    {
      const RfiAuditChange *change = &g_array_index (self->changes, RfiAuditChange, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      rfi_canonical_append_text_member (out, "after", change->after);
      rfi_canonical_append_text_member (out, "before", change->before);
      rfi_canonical_append_text_member (out, "field", change->field);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
append_canonical (const RfiAuditRecord *self,
                  GString              *out)
{
  g_string_append_c (out, '{');
  rfi_canonical_append_text_member (out, "action", self->action);
  rfi_canonical_append_text_member (out, "actorId", self->actor_id);
  rfi_canonical_append_text_member (out, "actorName", self->actor_name);
  rfi_canonical_append_int_member (out, "at", self->at);
  append_canonical_changes (self, out);
  rfi_canonical_append_text_member (out, "deviceId", self->device_id);
  rfi_canonical_append_text_member (out, "jobId", self->job_id);
  rfi_canonical_append_int_member (out, "n", self->n);
  rfi_canonical_append_text_member (out, "origin", self->origin);
  g_string_append_c (out, '}');
}

char *
rfi_audit_record_compute_hash (const RfiAuditRecord *self)
{
  g_autoptr(GString) bytes = g_string_sized_new (512);

  if (!rfi_canonical_is_hex (self->prev_hash, RFI_HASH_LENGTH))
    return NULL;

  for (guint i = 0; i < RFI_HASH_LENGTH; i += 2)
    g_string_append_c (bytes, (char) (g_ascii_xdigit_value (self->prev_hash[i]) << 4 |
                                      g_ascii_xdigit_value (self->prev_hash[i + 1])));
  append_canonical (self, bytes);
  return rfi_canonical_hash (bytes->str, (gssize) bytes->len);
}

void
rfi_audit_record_append (const RfiAuditRecord *self,
                         GString              *out)
{
  g_string_append_c (out, '{');
  rfi_wire_append_int (out, "n", self->n);
  rfi_wire_append_int (out, "at", self->at);
  rfi_json_append_member (out, "actorId", self->actor_id);
  rfi_wire_append_text (out, "actorName", self->actor_name);
  rfi_wire_append_text (out, "deviceId", self->device_id);
  rfi_json_append_member (out, "origin", self->origin);
  rfi_wire_append_text (out, "jobId", self->job_id);
  rfi_json_append_member (out, "action", self->action);
  rfi_wire_append_name (out, "changes");
  g_string_append_c (out, '[');
  for (guint i = 0; i < self->changes->len; i++)
    {
      const RfiAuditChange *change = &g_array_index (self->changes, RfiAuditChange, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      rfi_json_append_member (out, "field", change->field);
      rfi_wire_append_text (out, "before", change->before);
      rfi_wire_append_text (out, "after", change->after);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  rfi_json_append_member (out, "prevHash", self->prev_hash);
  rfi_wire_append_text (out, "hash", self->hash);
  g_string_append_c (out, '}');
}

static void
add_change (RfiAuditRecord *self,
            const RfiJson  *object)
{
  RfiAuditChange change = { NULL, NULL, NULL };
  RfiJsonIter iter;
  RfiJson name;
  RfiJson value;

  rfi_json_iter_init (&iter, object);
  while (rfi_json_iter_next (&iter, &name, &value))
    {
      char **text = rfi_json_is_string (&name, "field")    ? &change.field
                    : rfi_json_is_string (&name, "before") ? &change.before
                    : rfi_json_is_string (&name, "after")  ? &change.after
                                                           : NULL;

      if (text == NULL)
        continue;
      g_free (*text);
      *text = rfi_json_dup_string (&value);
    }
  g_array_append_val (self->changes, change);
}

static gboolean
read_changes (RfiAuditRecord  *self,
              const RfiJson   *list,
              GError         **error)
{
  g_autofree char *field = NULL;
  RfiJsonIter iter;
  RfiJson item;

  rfi_json_iter_init (&iter, list);
  while (rfi_json_iter_next (&iter, NULL, &item))
    {
      const RfiAuditChange *change;

      add_change (self, &item);
      change = &g_array_index (self->changes, RfiAuditChange, self->changes->len - 1);
      if ((change->field == NULL || *change->field == '\0') &&
          !rfi_wire_need_member (&item, "field", &field, error))
        return FALSE;
    }

  return TRUE;
}

static const struct {
  const char *name;
  gsize       offset;
  gboolean    needed;
} texts[] = {
  { "action", G_STRUCT_OFFSET (RfiAuditRecord, action), TRUE },
  { "actorId", G_STRUCT_OFFSET (RfiAuditRecord, actor_id), TRUE },
  { "actorName", G_STRUCT_OFFSET (RfiAuditRecord, actor_name), FALSE },
  { "deviceId", G_STRUCT_OFFSET (RfiAuditRecord, device_id), FALSE },
  { "jobId", G_STRUCT_OFFSET (RfiAuditRecord, job_id), FALSE },
  { "origin", G_STRUCT_OFFSET (RfiAuditRecord, origin), TRUE },
  { "prevHash", G_STRUCT_OFFSET (RfiAuditRecord, prev_hash), TRUE },
  { "hash", G_STRUCT_OFFSET (RfiAuditRecord, hash), TRUE },
};

static void
read_text (RfiAuditRecord *self,
           const RfiJson  *name,
           const RfiJson  *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (rfi_json_is_string (name, texts[i].name))
      {
        char **text = G_STRUCT_MEMBER_P (self, texts[i].offset);

        g_free (*text);
        *text = rfi_json_dup_string (value);
        return;
      }
}

static gboolean
check_texts (RfiAuditRecord  *self,
             const RfiJson   *object,
             GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char **text = G_STRUCT_MEMBER_P (self, texts[i].offset);

      if (texts[i].needed && (*text == NULL || **text == '\0') &&
          !rfi_wire_need_member (object, texts[i].name, text, error))
        return FALSE;
    }

  return TRUE;
}

/* Gone through in one go, pages are long. Of several alike the last, as for
 * rfi_json_get_member(); what is wrong is looked at again for its words. */
static RfiAuditRecord *
record_from_json (const RfiJson  *object,
                  GError        **error)
{
  g_autoptr(RfiAuditRecord) self = rfi_audit_record_new ();
  RfiJson changes = { NULL, NULL };
  RfiJsonIter iter;
  RfiJson name;
  RfiJson value;

  self->n = self->at = -1;
  rfi_json_iter_init (&iter, object);
  while (rfi_json_iter_next (&iter, &name, &value))
    if (rfi_json_is_string (&name, "n"))
      self->n = rfi_wire_read_int (&value, -1);
    else if (rfi_json_is_string (&name, "at"))
      self->at = rfi_wire_read_int (&value, -1);
    else if (rfi_json_is_string (&name, "changes"))
      changes = value;
    else
      read_text (self, &name, &value);

  if ((self->n < 1 && !rfi_wire_need_int (object, "n", 1, &self->n, error)) ||
      (self->at < 0 && !rfi_wire_need_int (object, "at", 0, &self->at, error)) ||
      !check_texts (self, object, error))
    return NULL;
  if ((changes.at == NULL || *changes.at != '[') &&
      !rfi_wire_get_list (object, "changes", &changes, error))
    return NULL;

  return read_changes (self, &changes, error) ? g_steal_pointer (&self) : NULL;
}

/* Told only where there may be one. */
static gboolean
read_next (const RfiJson  *root,
           gint64         *next,
           GError        **error)
{
  RfiJson value;

  *next = 0;
  return !rfi_json_get_member (root, "next", &value) ||
         rfi_wire_need_int (root, "next", 0, next, error);
}

gboolean
rfi_audit_record_check_page (const char  *data,
                             gssize       length,
                             RfiJson     *list,
                             gint64      *head,
                             gint64      *next,
                             GError     **error)
{
  RfiJson root;

  return rfi_wire_parse_object (data, length, &root, error) &&
         rfi_wire_get_list (&root, "data", list, error) &&
         rfi_wire_need_int (&root, "head", 0, head, error) &&
         (next == NULL || read_next (&root, next, error));
}

GPtrArray *
rfi_audit_record_read_list (const RfiJson  *list,
                            GError        **error)
{
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_audit_record_free);
  RfiJsonIter iter;
  RfiJson value;

  rfi_json_iter_init (&iter, list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      RfiAuditRecord *record = record_from_json (&value, error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

GPtrArray *
rfi_audit_record_parse_page (const char  *data,
                             gssize       length,
                             gint64      *head,
                             gint64      *next,
                             GError     **error)
{
  RfiJson list;

  if (!rfi_audit_record_check_page (data, length, &list, head, next, error))
    return NULL;

  return rfi_audit_record_read_list (&list, error);
}

void
rfi_audit_record_append_page (GPtrArray *records,
                              gint64     head,
                              GString   *out)
{
  g_string_append (out, "{\"data\":[");
  for (guint i = 0; i < records->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      rfi_audit_record_append (g_ptr_array_index (records, i), out);
    }
  g_string_append_c (out, ']');
  rfi_wire_append_int (out, "head", head);
  g_string_append_c (out, '}');
}
