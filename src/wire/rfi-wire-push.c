/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-push"

#include "config.h"

#include "rfi-wire-push.h"

#include "rfi-wire-error.h"
#include "rfi-wire-members.h"

#include <string.h>

/* Reading a request */

static gboolean
fail (const char  *name,
      GError     **error)
{
  g_set_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, "%s is missing or not valid", name);
  return FALSE;
}

/* The members @names in one pass: most of the text is in one of them, and each look for a member
 * goes through it all. As rfi_json_get_member(); one that is missing is at %NULL. */
static void
find_members (const RfiJson      *object,
              const char * const *names,
              guint               n_names,
              RfiJson            *values)
{
  RfiJsonIter iter;
  RfiJson name;
  RfiJson value;

  for (guint i = 0; i < n_names; i++)
    values[i] = (RfiJson) { NULL, NULL };
  if (rfi_json_get_type (object) != RFI_JSON_OBJECT)
    return;

  rfi_json_iter_init (&iter, object);
  while (rfi_json_iter_next (&iter, &name, &value))
    for (guint i = 0; i < n_names; i++)
      if (rfi_json_is_string (&name, names[i]))
        values[i] = value;
}

/* @value: as found by find_members() */
static gboolean
need_text (const RfiJson  *value,
           const char     *name,
           char          **text,
           GError        **error)
{
  g_free (*text);
  *text = value->at != NULL ? rfi_json_dup_string (value) : NULL;
  return (*text != NULL && **text != '\0') || fail (name, error);
}

static gboolean
need_type (const RfiJson  *value,
           const char     *name,
           RfiJsonType     type,
           GError        **error)
{
  return (value->at != NULL && rfi_json_get_type (value) == type) || fail (name, error);
}

static gboolean
read_item (RfiWirePush    *self,
           const RfiJson  *value,
           GError        **error)
{
  static const char * const names[] = { "signature", "body" };
  RfiWirePushItem *item = &self->items[self->n_items];
  g_autofree char *signature = NULL;
  RfiJson values[G_N_ELEMENTS (names)];

  find_members (value, names, G_N_ELEMENTS (names), values);
  if (!need_text (&values[0], names[0], &signature, error) ||
      !need_type (&values[1], names[1], RFI_JSON_OBJECT, error))
    return FALSE;

  /* One of another length matches nothing; that is for whoever verifies it to say. */
  g_strlcpy (item->signature, signature, sizeof item->signature);
  item->body = values[1].at;
  item->n_body = (gsize) (values[1].end - values[1].at);
  self->n_items++;
  return TRUE;
}

static gboolean
read_items (RfiWirePush    *self,
            const RfiJson  *list,
            GError        **error)
{
  RfiJsonIter iter;
  RfiJson value;

  self->items = g_new (RfiWirePushItem, RFI_WIRE_PUSH_MAX_OPERATIONS);
  rfi_json_iter_init (&iter, list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      if (self->n_items == RFI_WIRE_PUSH_MAX_OPERATIONS)
        {
          g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT,
                               "There are too many operations");
          return FALSE;
        }
      if (!read_item (self, &value, error))
        return FALSE;
    }

  return TRUE;
}

RfiWirePush *
rfi_wire_push_parse (const char  *data,
                     gssize       length,
                     GError     **error)
{
  static const char * const names[] = { "deviceId", "epoch", "ack", "operations" };
  g_autoptr(RfiWirePush) self = g_new0 (RfiWirePush, 1);
  RfiJson values[G_N_ELEMENTS (names)];
  RfiJson root;

  if (!rfi_wire_parse_object (data, length, &root, error))
    return NULL;

  find_members (&root, names, G_N_ELEMENTS (names), values);
  self->ack = values[2].at != NULL ? rfi_wire_read_int (&values[2], -1) : -1;
  if (!need_text (&values[0], names[0], &self->device_id, error) ||
      !need_text (&values[1], names[1], &self->epoch, error) ||
      (self->ack < 0 && !fail (names[2], error)) ||
      !need_type (&values[3], names[3], RFI_JSON_ARRAY, error) ||
      !read_items (self, &values[3], error))
    return NULL;

  return g_steal_pointer (&self);
}

RfiWirePush *
rfi_wire_push_parse_resolution (const char  *data,
                                gssize       length,
                                GError     **error)
{
  g_autoptr(RfiWirePush) self = g_new0 (RfiWirePush, 1);
  RfiJson root;
  RfiJson operation;

  if (!rfi_wire_parse_object (data, length, &root, error) ||
      !rfi_wire_need_member (&root, "deviceId", &self->device_id, error) ||
      !rfi_wire_need_member (&root, "epoch", &self->epoch, error))
    return NULL;
  if (!rfi_json_get_member (&root, "operation", &operation))
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                           "operation is missing or not valid");
      return NULL;
    }

  self->items = g_new (RfiWirePushItem, 1);
  return read_item (self, &operation, error) ? g_steal_pointer (&self) : NULL;
}

void
rfi_wire_push_free (RfiWirePush *self)
{
  if (self == NULL)
    return;

  g_free (self->device_id);
  g_free (self->epoch);
  g_free (self->items);
  g_free (self);
}

/* Writing a request */

static void
append_operation (GString    *out,
                  const char *body,
                  gssize      n_body,
                  const char *signature)
{
  g_string_append (out, "{\"body\":");
  g_string_append_len (out, body, n_body);
  rfi_json_append_member (out, "signature", signature);
  g_string_append_c (out, '}');
}

void
rfi_wire_push_begin (GString    *out,
                     const char *device_id,
                     const char *epoch,
                     gint64      ack)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "deviceId", device_id);
  rfi_json_append_member (out, "epoch", epoch);
  rfi_wire_append_int (out, "ack", ack);
  rfi_wire_append_name (out, "operations");
  g_string_append_c (out, '[');
}

void
rfi_wire_push_add (GString    *out,
                   const char *body,
                   gssize      n_body,
                   const char *signature)
{
  if (out->str[out->len - 1] != '[')
    g_string_append_c (out, ',');

  append_operation (out, body, n_body, signature);
}

void
rfi_wire_push_end (GString *out)
{
  g_string_append (out, "]}");
}

void
rfi_wire_push_append_resolution (GString    *out,
                                 const char *device_id,
                                 const char *epoch,
                                 const char *body,
                                 const char *signature)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "deviceId", device_id);
  rfi_json_append_member (out, "epoch", epoch);
  rfi_wire_append_name (out, "operation");
  append_operation (out, body, -1, signature);
  g_string_append_c (out, '}');
}

/* Reading an answer */

static gboolean
read_results (RfiWirePushAnswer  *self,
              const RfiJson      *list,
              GError            **error)
{
  RfiJsonIter iter;
  RfiJson value;

  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_push_result_free);
  rfi_json_iter_init (&iter, list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      RfiPushResult *result = rfi_push_result_from_json (&value, error);

      if (result == NULL)
        return FALSE;
      g_ptr_array_add (self->results, result);
    }

  return TRUE;
}

static void
read_duplicates (RfiWirePushAnswer *self,
                 const RfiJson     *root)
{
  RfiJsonIter iter;
  RfiJson list;
  RfiJson value;

  if (!rfi_wire_get_list (root, "duplicates", &list, NULL))
    return;

  self->duplicates = g_new (gint64, self->results->len);
  rfi_json_iter_init (&iter, &list);
  while (self->n_duplicates < self->results->len && rfi_json_iter_next (&iter, NULL, &value))
    if (rfi_json_get_int (&value, &self->duplicates[self->n_duplicates]))
      self->n_duplicates++;
}

RfiWirePushAnswer *
rfi_wire_push_answer_parse (const char  *data,
                            gssize       length,
                            GError     **error)
{
  g_autoptr(RfiWirePushAnswer) self = g_new0 (RfiWirePushAnswer, 1);
  RfiJson root;
  RfiJson list;

  if (!rfi_wire_parse_object (data, length, &root, error) ||
      !rfi_wire_need_member (&root, "epoch", &self->epoch, error) ||
      !rfi_wire_need_int (&root, "head", 0, &self->head, error) ||
      !rfi_wire_need_int (&root, "watermark", 0, &self->watermark, error) ||
      !rfi_wire_get_list (&root, "results", &list, error) ||
      !read_results (self, &list, error))
    return NULL;

  read_duplicates (self, &root);
  return g_steal_pointer (&self);
}

void
rfi_wire_push_answer_free (RfiWirePushAnswer *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self->duplicates);
  g_free (self);
}

/* Writing an answer */

void
rfi_wire_push_answer_begin (GString    *out,
                            const char *epoch,
                            gint64      head,
                            gint64      watermark)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "epoch", epoch);
  rfi_wire_append_int (out, "head", head);
  rfi_wire_append_int (out, "watermark", watermark);
  rfi_wire_append_name (out, "results");
  g_string_append_c (out, '[');
}

void
rfi_wire_push_answer_add (GString    *out,
                          const char *result)
{
  if (out->str[out->len - 1] != '[')
    g_string_append_c (out, ',');

  g_string_append (out, result);
}

void
rfi_wire_push_answer_end (GString      *out,
                          const gint64 *duplicates,
                          guint         n_duplicates)
{
  g_string_append (out, "],\"duplicates\":[");
  for (guint i = 0; i < n_duplicates; i++)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", duplicates[i]);
  g_string_append (out, "]}");
}
