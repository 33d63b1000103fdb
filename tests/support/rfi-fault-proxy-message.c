/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-fault-proxy-message"

#include "config.h"

#include "rfi-fault-proxy-message.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Appends what comes next. %FALSE at the end. */
static gboolean
read_more (GInputStream *stream,
           GByteArray   *buffer)
{
  guint8 chunk[16384];
  gssize n = g_input_stream_read (stream, chunk, sizeof chunk, NULL, NULL);

  if (n <= 0)
    return FALSE;

  g_byte_array_append (buffer, chunk, (guint) n);
  return TRUE;
}

/* How many bytes up to and with @mark, or 0. */
static gsize
find_end (GByteArray *buffer,
          gsize       from,
          const char *mark)
{
  const char *found = g_strstr_len ((const char *) buffer->data + from,
                                    (gssize) (buffer->len - from), mark);

  return found != NULL ? (gsize) (found - (const char *) buffer->data) + strlen (mark) : 0;
}

static gboolean
read_exactly (GInputStream *stream,
              GByteArray   *buffer,
              gsize         length)
{
  while (buffer->len < length)
    if (!read_more (stream, buffer))
      return FALSE;

  return TRUE;
}

static gboolean
read_chunked (GInputStream    *stream,
              GByteArray      *buffer,
              gsize            from,
              RfiProxyMessage *self)
{
  for (;;)
    {
      gsize line_end = find_end (buffer, from, "\r\n");
      guint64 size;

      if (line_end == 0)
        {
          if (!read_more (stream, buffer))
            return FALSE;
          continue;
        }
      size = g_ascii_strtoull ((const char *) buffer->data + from, NULL, 16);
      if (!read_exactly (stream, buffer, line_end + size + 2))
        return FALSE;
      if (size == 0)
        return TRUE;
      g_byte_array_append (self->body, buffer->data + line_end, (guint) size);
      from = line_end + size + 2;
    }
}

static void
parse_head (RfiProxyMessage *self,
            const char      *head,
            gboolean         is_request)
{
  g_auto(GStrv) lines = g_strsplit (head, "\r\n", -1);

  self->start = g_strdup (lines[0]);
  for (guint i = 1; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (self->headers, g_strdup (lines[i]));

  if (is_request)
    {
      g_auto(GStrv) words = g_strsplit (lines[0], " ", 3);

      self->method = g_strdup (words[0]);
      self->path = g_strdup (words[0] != NULL ? words[1] : NULL);
    }
}

static gboolean
read_body (RfiProxyMessage *self,
           GInputStream    *stream,
           GByteArray      *buffer,
           gsize            from,
           gboolean         is_request)
{
  const char *encoding = rfi_proxy_message_get_header (self, "Transfer-Encoding");
  const char *length = rfi_proxy_message_get_header (self, "Content-Length");

  if (encoding != NULL)
    return read_chunked (stream, buffer, from, self);

  if (length != NULL)
    {
      gsize size = (gsize) g_ascii_strtoull (length, NULL, 10);

      if (!read_exactly (stream, buffer, from + size))
        return FALSE;
      g_byte_array_append (self->body, buffer->data + from, (guint) size);
    }
  else if (!is_request)
    {
      while (read_more (stream, buffer))
        ;
      g_byte_array_append (self->body, buffer->data + from, (guint) (buffer->len - from));
    }

  return TRUE;
}

RfiProxyMessage *
rfi_proxy_message_read (GInputStream *stream,
                        gboolean      is_request)
{
  g_autoptr(RfiProxyMessage) self = g_new0 (RfiProxyMessage, 1);
  g_autoptr(GByteArray) buffer = g_byte_array_new ();
  g_autofree char *head = NULL;
  gsize head_end = 0;

  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->body = g_byte_array_new ();

  while (head_end == 0)
    {
      if (!read_more (stream, buffer))
        return NULL;
      head_end = find_end (buffer, 0, "\r\n\r\n");
    }

  head = g_strndup ((const char *) buffer->data, head_end);
  parse_head (self, head, is_request);
  if (is_request && self->path == NULL)
    return NULL;
  if (!read_body (self, stream, buffer, head_end, is_request))
    return NULL;

  /* So that the body reads as text; the length stays as it was. */
  g_byte_array_append (self->body, (const guint8 *) "", 1);
  g_byte_array_set_size (self->body, self->body->len - 1);
  return g_steal_pointer (&self);
}

void
rfi_proxy_message_free (RfiProxyMessage *self)
{
  g_free (self->start);
  g_free (self->method);
  g_free (self->path);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self);
}

GBytes *
rfi_proxy_message_to_bytes (RfiProxyMessage *self)
{
  GString *text = g_string_new (self->start);

  g_string_append (text, "\r\n");
  for (guint i = 0; i < self->headers->len; i++)
    {
      const char *header = g_ptr_array_index (self->headers, i);

      if (g_ascii_strncasecmp (header, "Content-Length:", 15) == 0 ||
          g_ascii_strncasecmp (header, "Transfer-Encoding:", 18) == 0)
        continue;
      g_string_append_printf (text, "%s\r\n", header);
    }
  if (self->method == NULL || self->body->len > 0 || g_str_equal (self->method, "POST"))
    g_string_append_printf (text, "Content-Length: %u\r\n", self->body->len);
  g_string_append (text, "\r\n");
  g_string_append_len (text, (const char *) self->body->data, (gssize) self->body->len);
  return g_string_free_to_bytes (text);
}

static int
find_header (RfiProxyMessage *self,
             const char      *name)
{
  gsize length = strlen (name);

  for (guint i = 0; i < self->headers->len; i++)
    {
      const char *header = g_ptr_array_index (self->headers, i);

      if (g_ascii_strncasecmp (header, name, length) == 0 && header[length] == ':')
        return (int) i;
    }

  return -1;
}

const char *
rfi_proxy_message_get_header (RfiProxyMessage *self,
                              const char      *name)
{
  int i = find_header (self, name);
  const char *value;

  if (i < 0)
    return NULL;

  value = (const char *) g_ptr_array_index (self->headers, (guint) i) + strlen (name) + 1;
  while (*value == ' ')
    value++;
  return value;
}

void
rfi_proxy_message_set_header (RfiProxyMessage *self,
                              const char      *name,
                              const char      *value)
{
  int i = find_header (self, name);

  if (i >= 0)
    g_ptr_array_remove_index (self->headers, (guint) i);
  if (value != NULL)
    g_ptr_array_add (self->headers, g_strdup_printf ("%s: %s", name, value));
}

/* Returns: (transfer full) (nullable): the body, if it is a JSON object */
static JsonNode *
parse_body (RfiProxyMessage *self)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_data (parser, (const char *) self->body->data,
                                   (gssize) self->body->len, NULL))
    return NULL;

  root = json_parser_steal_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return root;

  g_clear_pointer (&root, json_node_unref);
  return NULL;
}

static void
set_body (RfiProxyMessage *self,
          JsonNode        *root)
{
  g_autofree char *text = json_to_string (root, FALSE);

  g_byte_array_set_size (self->body, 0);
  g_byte_array_append (self->body, (const guint8 *) text, (guint) strlen (text) + 1);
  g_byte_array_set_size (self->body, self->body->len - 1);
}

void
rfi_proxy_message_drop_member (RfiProxyMessage *self,
                               const char      *member)
{
  g_autoptr(JsonNode) root = parse_body (self);

  if (root == NULL || !json_object_has_member (json_node_get_object (root), member))
    return;

  json_object_remove_member (json_node_get_object (root), member);
  set_body (self, root);
}

void
rfi_proxy_message_drop_row (RfiProxyMessage *self,
                            const char      *job_id)
{
  g_autoptr(JsonNode) root = parse_body (self);
  JsonArray *rows;

  if (root == NULL || !json_object_has_member (json_node_get_object (root), "data"))
    return;

  rows = json_object_get_array_member (json_node_get_object (root), "data");
  for (guint i = json_array_get_length (rows); i > 0; i--)
    {
      JsonObject *row = json_array_get_object_element (rows, i - 1);

      if (g_strcmp0 (json_object_get_string_member_with_default (row, "id", NULL), job_id) == 0)
        json_array_remove_element (rows, i - 1);
    }
  set_body (self, root);
}
