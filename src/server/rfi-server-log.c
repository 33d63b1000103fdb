/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-log"

#include "config.h"

#include "rfi-server-log.h"

#include "rfi-time.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void
begin_line (GString    *line,
            const char *level)
{
  char now[RFI_TIME_TEXT_SIZE];

  rfi_time_format (g_get_real_time () / 1000, now);
  g_string_append_printf (line, "{\"time\":\"%s\",\"level\":\"%s\"", now, level);
}

/* One write for each line, so that lines of several threads do not mix. */
static void
end_line (GString *line)
{
  const char *at;
  gsize left;

  g_string_append (line, "}\n");
  at = line->str;
  left = line->len;
  while (left > 0)
    {
      gssize n = write (STDERR_FILENO, at, left);

      if (n < 0 && errno != EINTR)
        return;
      if (n > 0)
        {
          at += n;
          left -= (gsize) n;
        }
    }
}

static void
append_text (GString    *line,
             const char *name,
             const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  g_string_append_printf (line, ",\"%s\":", name);
  rfi_json_append_string (line, valid);
}

static const char *
name_level (GLogLevelFlags level)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0)
    return "error";
  if ((level & G_LOG_LEVEL_WARNING) != 0)
    return "warn";
  if ((level & G_LOG_LEVEL_DEBUG) != 0)
    return "debug";
  return "info";
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  g_autoptr(GString) line = NULL;
  const char *domain = NULL;
  const char *message = "";

  for (gsize i = 0; i < n_fields; i++)
    {
      if (strcmp (fields[i].key, "GLIB_DOMAIN") == 0)
        domain = fields[i].value;
      else if (strcmp (fields[i].key, "MESSAGE") == 0)
        message = fields[i].value;
    }
  if (g_log_writer_default_would_drop (level, domain))
    return G_LOG_WRITER_HANDLED;

  line = g_string_new (NULL);
  begin_line (line, name_level (level));
  append_text (line, "from", domain);
  append_text (line, "message", message);
  end_line (line);
  return G_LOG_WRITER_HANDLED;
}

void
rfi_server_log_init (void)
{
  g_log_set_writer_func (write_log, NULL, NULL);
}

void
rfi_server_log_request (RfiExchange *exchange,
                        guint        status,
                        gint64       duration,
                        gint64       n_bytes)
{
  g_autoptr(GString) line = g_string_sized_new (384);
  const char *path = g_uri_get_path (soup_server_message_get_uri (exchange->message));

  begin_line (line, status >= 500 ? "error" : "info");
  append_text (line, "id", exchange->id);
  append_text (line, "method", exchange->method);
  append_text (line, "path", path);
  append_text (line, "route", exchange->route);
  if (exchange->claims != NULL)
    append_text (line, "user", exchange->claims->user->id);
  append_text (line, "from", rfi_exchange_get_address (exchange));
  g_string_append_printf (line,
                          ",\"status\":%u,\"ms\":%.3f,\"in\":%" G_GSIZE_FORMAT
                          ",\"out\":%" G_GINT64_FORMAT,
                          status, (double) duration / 1000.0, exchange->n_read, n_bytes);
  end_line (line);
}
