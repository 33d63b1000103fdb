/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-stream"

#include "config.h"

#include "rfi-job-stream.h"

#include "rfi-json.h"
#include "rfi-wire-error.h"
#include "rfi-wire-job.h"

#include <string.h>

/* Only the outermost object and the array "data" are followed here, by a small machine that can
 * stop at any byte. What lies deeper, a row or the value of another member, is only bounded by
 * counting brackets outside strings, and then read as a whole.
 */
typedef enum {
  AT_BEGIN,         /* wants '{' */
  AT_FIRST_NAME,    /* wants a member's name, or '}' */
  AT_NAME,          /* wants a member's name */
  IN_NAME,
  AT_COLON,
  AT_MEMBER,        /* wants the value of a member that is not data */
  IN_MEMBER,
  AFTER_MEMBER,     /* wants ',' or '}' */
  AT_DATA,          /* wants '[' */
  AT_FIRST_ROW,     /* wants a row, or ']' */
  AT_ROW,
  IN_ROW,
  AFTER_ROW,        /* wants ',' or ']' */
  AT_END,           /* wants nothing but spaces */
  FAILED,
} Place;

struct _RfiJobStream
{
  RfiJobStreamFunc  func;
  gpointer          user_data;

  Place             place;
  GString          *piece;     /* (owned): what came of an unfinished name, value or row */
  GString          *name;      /* (owned): of the member */
  guint             depth;     /* of brackets inside the piece */
  gboolean          in_string;
  gboolean          escaped;   /* the next byte of the string is not looked at */
  gboolean          has_data;

  guint             n_jobs;
  guint             n_bad;
  char             *sync_timestamp;  /* (owned) (nullable) */
  gboolean          has_pagination;
  guint             pagination[3];   /* total, limit, offset */
  GError           *error;           /* (owned) (nullable) */
};

RfiJobStream *
rfi_job_stream_new (RfiJobStreamFunc func,
                    gpointer         user_data)
{
  RfiJobStream *self = g_new0 (RfiJobStream, 1);

  self->func = func;
  self->user_data = user_data;
  self->piece = g_string_new (NULL);
  self->name = g_string_new (NULL);
  return self;
}

void
rfi_job_stream_free (RfiJobStream *self)
{
  if (self == NULL)
    return;

  g_string_free (self->piece, TRUE);
  g_string_free (self->name, TRUE);
  g_free (self->sync_timestamp);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Steps over the rest of the value that began before @at. Returns: its end, or %NULL if it goes
 * on beyond @end.
 */
static const char *
scan_value (RfiJobStream *self,
            const char   *at,
            const char   *end)
{
  while (at < end)
    {
      char c = *at;

      if (self->escaped)
        {
          self->escaped = FALSE;
        }
      else if (self->in_string)
        {
          if (c == '\\')
            self->escaped = TRUE;
          else if (c == '"')
            self->in_string = FALSE;
          if (c == '"' && self->depth == 0)
            return at + 1;
        }
      else if (c == '"')
        {
          self->in_string = TRUE;
        }
      else if (c == '{' || c == '[')
        {
          self->depth++;
        }
      else if (c == '}' || c == ']')
        {
          /* A number or a word ends where what holds it ends. */
          if (self->depth == 0)
            return at;
          self->depth--;
          if (self->depth == 0)
            return at + 1;
        }
      else if (self->depth == 0 && (c == ',' || is_space (c)))
        {
          return at;
        }
      at++;
    }

  return NULL;
}

/* Takes more of a value; its text is in @value once it is complete (%TRUE). Nothing is copied
 * if all of it came at once. An over-long one gives %FALSE and an error.
 */
static gboolean
take_value (RfiJobStream  *self,
            const char   **at,
            const char    *end,
            RfiJson       *value,
            GError       **error)
{
  const char *begin = *at;
  const char *stop = scan_value (self, begin, end);

  *at = stop != NULL ? stop : end;
  if (self->piece->len + (gsize) (*at - begin) > RFI_JOB_STREAM_ROW_LIMIT)
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT, "A row is too long");
      return FALSE;
    }

  if (stop == NULL || self->piece->len > 0)
    g_string_append_len (self->piece, begin, *at - begin);
  if (stop == NULL)
    return FALSE;

  *value = self->piece->len > 0
               ? (RfiJson) { self->piece->str, self->piece->str + self->piece->len }
               : (RfiJson) { begin, stop };
  return TRUE;
}

/* The value's end is known, so one that ends too early is not cut short but wrong. */
static gboolean
check_value (RfiJson  *value,
             GError  **error)
{
  GError *local_error = NULL;

  if (rfi_json_parse (value->at, value->end - value->at, value, &local_error))
    return TRUE;

  if (local_error->code == RFI_WIRE_ERROR_TRUNCATED)
    local_error->code = RFI_WIRE_ERROR_SYNTAX;
  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
end_row (RfiJobStream  *self,
         RfiJson       *row,
         GError       **error)
{
  g_autoptr(GError) row_error = NULL;
  RfiJob *job;

  if (!check_value (row, error))
    return FALSE;

  job = rfi_wire_job_from_json (row, &row_error);
  if (job != NULL)
    {
      self->n_jobs++;
      self->func (job, self->user_data);
    }
  else
    {
      if (self->n_bad++ == 0)
        g_debug ("Leaving out rows that are no jobs; the first: %s", row_error->message);
    }

  return TRUE;
}

static gboolean
end_member (RfiJobStream  *self,
            RfiJson       *value,
            GError       **error)
{
  static const char *const names[] = { "total", "limit", "offset" };

  if (!check_value (value, error))
    return FALSE;

  if (strcmp (self->name->str, "syncTimestamp") == 0)
    {
      g_free (self->sync_timestamp);
      self->sync_timestamp = rfi_json_dup_string (value);
    }
  else if (strcmp (self->name->str, "pagination") == 0)
    {
      self->has_pagination = TRUE;
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          RfiJson member;
          gint64 number;

          if (rfi_json_get_member (value, names[i], &member) &&
              rfi_json_get_int (&member, &number) && number >= 0 && number <= G_MAXINT)
            self->pagination[i] = (guint) number;
          else
            self->has_pagination = FALSE;
        }
    }

  return TRUE;
}

static gboolean
end_name (RfiJobStream  *self,
          RfiJson       *name,
          GError       **error)
{
  if (!check_value (name, error))
    return FALSE;

  g_string_truncate (self->name, 0);
  rfi_json_read_text (name, self->name);
  return TRUE;
}

/* A value is underway. Leaves the place alone while it goes on. */
static gboolean
step_inside (RfiJobStream  *self,
             const char   **at,
             const char    *end,
             GError       **error)
{
  GError *local_error = NULL;
  gboolean good;
  RfiJson value;

  if (!take_value (self, at, end, &value, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      return local_error == NULL;
    }

  switch ((int) self->place)
    {
    case IN_NAME:
      good = end_name (self, &value, error);
      self->place = AT_COLON;
      break;
    case IN_MEMBER:
      good = end_member (self, &value, error);
      self->place = AFTER_MEMBER;
      break;
    default:
      good = end_row (self, &value, error);
      self->place = AFTER_ROW;
      break;
    }

  g_string_truncate (self->piece, 0);
  return good;
}

/* Between values. Returns: what follows @c here, or FAILED if it may not stand here. @consumed:
 * whether @c is done with, or begins what follows.
 */
static Place
step_between (RfiJobStream *self,
              char          c,
              gboolean     *consumed)
{
  *consumed = TRUE;
  switch ((int) self->place)
    {
    case AT_BEGIN:
      return c == '{' ? AT_FIRST_NAME : FAILED;
    case AT_FIRST_NAME:
    case AT_NAME:
      if (c == '}' && self->place == AT_FIRST_NAME)
        return AT_END;
      *consumed = FALSE;
      return c == '"' ? IN_NAME : FAILED;
    case AT_COLON:
      if (c != ':')
        return FAILED;
      return !self->has_data && strcmp (self->name->str, "data") == 0 ? AT_DATA : AT_MEMBER;
    case AT_MEMBER:
      *consumed = FALSE;
      return strchr (",:]}", c) != NULL ? FAILED : IN_MEMBER;
    case AFTER_MEMBER:
      return c == ',' ? AT_NAME : c == '}' ? AT_END : FAILED;
    case AT_DATA:
      self->has_data = c == '[';
      return c == '[' ? AT_FIRST_ROW : FAILED;
    case AT_FIRST_ROW:
    case AT_ROW:
      if (c == ']' && self->place == AT_FIRST_ROW)
        return AFTER_MEMBER;
      *consumed = FALSE;
      return strchr (",:]}", c) != NULL ? FAILED : IN_ROW;
    case AFTER_ROW:
      return c == ',' ? AT_ROW : c == ']' ? AFTER_MEMBER : FAILED;
    default:
      return FAILED;
    }
}

static gboolean
run (RfiJobStream  *self,
     const char    *at,
     const char    *end,
     GError       **error)
{
  while (at < end)
    {
      gboolean consumed;

      if (self->place == IN_NAME || self->place == IN_MEMBER || self->place == IN_ROW)
        {
          if (!step_inside (self, &at, end, error))
            return FALSE;
          continue;
        }

      if (is_space (*at))
        {
          at++;
          continue;
        }

      self->place = step_between (self, *at, &consumed);
      if (self->place == FAILED)
        {
          g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_SYNTAX,
                               "Not a list of jobs");
          return FALSE;
        }
      if (consumed)
        at++;
    }

  return TRUE;
}

gboolean
rfi_job_stream_feed (RfiJobStream  *self,
                     const char    *data,
                     gsize          length,
                     GError       **error)
{
  if (self->error == NULL && run (self, data, data + length, &self->error))
    return TRUE;

  self->place = FAILED;
  if (error != NULL)
    *error = g_error_copy (self->error);
  return FALSE;
}

gboolean
rfi_job_stream_finish (RfiJobStream  *self,
                       GError       **error)
{
  if (self->error == NULL && self->place != AT_END)
    self->error = g_error_new_literal (RFI_WIRE_ERROR, RFI_WIRE_ERROR_TRUNCATED,
                                       "The list of jobs ends too early");
  else if (self->error == NULL && !self->has_data)
    self->error = g_error_new_literal (RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                                       "The answer has no list of jobs");

  if (self->error != NULL && error != NULL)
    *error = g_error_copy (self->error);
  return self->error == NULL;
}

guint
rfi_job_stream_get_n_jobs (RfiJobStream *self)
{
  return self->n_jobs;
}

guint
rfi_job_stream_get_n_bad (RfiJobStream *self)
{
  return self->n_bad;
}

const char *
rfi_job_stream_get_sync_timestamp (RfiJobStream *self)
{
  return self->sync_timestamp;
}

gboolean
rfi_job_stream_get_pagination (RfiJobStream *self,
                               guint        *total,
                               guint        *limit,
                               guint        *offset)
{
  if (!self->has_pagination)
    return FALSE;

  if (total != NULL)
    *total = self->pagination[0];
  if (limit != NULL)
    *limit = self->pagination[1];
  if (offset != NULL)
    *offset = self->pagination[2];
  return TRUE;
}
