/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE
#define G_LOG_DOMAIN "rfi-form"

#include "config.h"

#include "rfi-form.h"

#include "rfi-photo.h"

#include <libsoup/soup.h>
#include <string.h>

#define FIELD           "photo"
#define MAX_NAME_LENGTH 255

static const RfiFormProblem missing = { "VALIDATION_ERROR", "photo field is required" };
static const RfiFormProblem no_boundary = { "UPLOAD_ERROR", "Multipart: Boundary not found" };
static const RfiFormProblem cut_off = { "UPLOAD_ERROR", "Unexpected end of form" };
static const RfiFormProblem unexpected = { "UPLOAD_ERROR", "Unexpected field" };
static const RfiFormProblem bad_type = { "UPLOAD_ERROR", "Only JPEG and PNG images are allowed" };
static const RfiFormProblem too_large = { "FILE_TOO_LARGE", "File must be under 10 MB" };

/* A part between two boundaries. */
typedef struct
{
  const char *headers;
  gsize       headers_length;
  const char *content;
  gsize       content_length;
} Part;

typedef struct
{
  GBytes     *body;
  const char *at;
  const char *end;
  char       *delimiter;  /* (owned): "\r\n--boundary" */
} Form;

void
rfi_form_photo_clear (RfiFormPhoto *self)
{
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->file_name, g_free);
  g_clear_pointer (&self->mime_type, g_free);
}

static const char *
find (const char *at,
      const char *end,
      const char *text)
{
  return memmem (at, (gsize) (end - at), text, strlen (text));
}

static gboolean
starts_with (const char *at,
             const char *end,
             const char *text)
{
  gsize length = strlen (text);

  return (gsize) (end - at) >= length && memcmp (at, text, length) == 0;
}

/* Steps behind the first boundary, which may open the body or follow a preamble. */
static gboolean
find_first (Form *form)
{
  const char *found;

  if (starts_with (form->at, form->end, form->delimiter + 2))
    {
      form->at += strlen (form->delimiter) - 2;
      return TRUE;
    }

  found = find (form->at, form->end, form->delimiter);
  if (found != NULL)
    form->at = found + strlen (form->delimiter);
  return found != NULL;
}

/* %FALSE at the end: @problem then tells whether it is the right one. */
static gboolean
next_part (Form           *form,
           Part           *part,
           RfiFormProblem *problem)
{
  const char *blank;
  const char *next;

  if (starts_with (form->at, form->end, "--"))
    return FALSE;

  *problem = cut_off;
  if (!starts_with (form->at, form->end, "\r\n"))
    return FALSE;

  part->headers = form->at + 2;
  blank = find (form->at, form->end, "\r\n\r\n");
  next = blank != NULL ? find (blank + 2, form->end, form->delimiter) : NULL;
  if (next == NULL)
    return FALSE;

  part->headers_length = blank > part->headers ? (gsize) (blank - part->headers) : 0;
  part->content = blank + 4;
  part->content_length = next > part->content ? (gsize) (next - part->content) : 0;
  form->at = next + strlen (form->delimiter);
  problem->code = NULL;
  return TRUE;
}

/* Returns: (transfer full) (nullable) */
static char *
get_header (const Part *part,
            const char *name)
{
  g_autofree char *text = g_strndup (part->headers, part->headers_length);
  g_auto(GStrv) lines = g_strsplit (text, "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strdup (g_strstrip (lines[i] + length + 1));

  return NULL;
}

/* The last of the path, whichever way its slashes lean, without what no name should have. */
static char *
clean_name (const char *name)
{
  g_autofree char *text = g_utf8_validate (name, -1, NULL)
                              ? g_strdup (name)
                              : g_convert (name, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
  const char *base = text;
  GString *clean = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (*at == '/' || *at == '\\')
      base = at + 1;
  for (const char *at = base; *at != '\0' && clean->len < MAX_NAME_LENGTH - 4;
       at = g_utf8_next_char (at))
    if (!g_unichar_iscntrl (g_utf8_get_char (at)))
      g_string_append_unichar (clean, g_utf8_get_char (at));

  return g_string_free (clean, clean->len == 0) ?: g_strdup (FIELD);
}

/* "image/jpeg" of "Image/JPEG; q=1" */
static char *
clean_type (const char *type)
{
  g_autofree char *bare =
    g_strndup (type != NULL ? type : "", type != NULL ? strcspn (type, ";") : 0);

  return g_ascii_strdown (g_strstrip (bare), -1);
}

/* Takes a part if it is the photo. %FALSE with a problem if the form may not have it. */
static gboolean
take_part (Form           *form,
           const Part     *part,
           RfiFormPhoto   *photo,
           RfiFormProblem *problem)
{
  g_autofree char *disposition = get_header (part, "Content-Disposition");
  g_autofree char *type = get_header (part, "Content-Type");
  GHashTable *params = disposition != NULL ? soup_header_parse_semi_param_list (disposition) : NULL;
  const char *name = params != NULL ? g_hash_table_lookup (params, "name") : NULL;
  const char *file_name = params != NULL ? g_hash_table_lookup (params, "filename") : NULL;
  gboolean good = TRUE;

  if (file_name == NULL || *file_name == '\0')
    good = TRUE;
  else if (g_strcmp0 (name, FIELD) != 0 || photo->content != NULL)
    {
      *problem = unexpected;
      good = FALSE;
    }
  else
    {
      photo->content = g_bytes_new_from_bytes (
        form->body,
        (gsize) (part->content - (const char *) g_bytes_get_data (form->body, NULL)),
        part->content_length);
      photo->file_name = clean_name (file_name);
      photo->mime_type = clean_type (type);
    }

  g_clear_pointer (&params, soup_header_free_param_list);
  return good;
}

static gboolean
judge (const RfiFormPhoto *photo,
       RfiFormProblem     *problem)
{
  if (photo->content == NULL)
    *problem = missing;
  else if (strcmp (photo->mime_type, "image/jpeg") != 0 &&
           strcmp (photo->mime_type, "image/png") != 0)
    *problem = bad_type;
  else if (g_bytes_get_size (photo->content) >= RFI_PHOTO_SIZE_LIMIT)
    *problem = too_large;

  return problem->code == NULL;
}

static gboolean
read_parts (Form           *form,
            RfiFormPhoto   *photo,
            RfiFormProblem *problem)
{
  Part part;

  if (!find_first (form))
    {
      *problem = cut_off;
      return FALSE;
    }
  while (next_part (form, &part, problem))
    if (!take_part (form, &part, photo, problem))
      return FALSE;

  return problem->code == NULL && judge (photo, problem);
}

gboolean
rfi_form_read_photo (GBytes         *body,
                     const char     *content_type,
                     RfiFormPhoto   *photo,
                     RfiFormProblem *problem)
{
  GHashTable *params;
  const char *boundary;
  Form form = { .body = body };
  gboolean read = FALSE;
  gsize length;

  *photo = (RfiFormPhoto) { NULL };
  *problem = missing;
  if (content_type == NULL || g_ascii_strncasecmp (content_type, "multipart/form-data", 19) != 0)
    return FALSE;

  params = soup_header_parse_semi_param_list (content_type);
  boundary = g_hash_table_lookup (params, "boundary");
  *problem = no_boundary;
  if (boundary != NULL && *boundary != '\0')
    {
      problem->code = NULL;
      form.at = g_bytes_get_data (body, &length);
      form.end = form.at + length;
      form.delimiter = g_strconcat ("\r\n--", boundary, NULL);
      read = form.at != NULL ? read_parts (&form, photo, problem) : FALSE;
      if (form.at == NULL)
        *problem = cut_off;
      g_free (form.delimiter);
    }

  soup_header_free_param_list (params);
  if (!read)
    rfi_form_photo_clear (photo);
  return read;
}
