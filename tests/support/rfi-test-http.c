/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-http"

#include "config.h"

#include "rfi-test-http.h"

#include <string.h>

static const char png[] =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQMAAAAl21bKAAAABGdBTUEAALGPC/xhBQAAACBjSFJNAAB6"
  "JgAAgIQAAPoAAACA6AAAdTAAAOpgAAA6mAAAF3CculE8AAAABlBMVEX/AAD///9BHTQRAAAAAWJLR0QB"
  "/wIt3gAAAAd0SU1FB+oLFQsUJpvqubEAAAAKSURBVAjXY2AAAAACAAHiIbwzAAAAJXRFWHRkYXRlOmNy"
  "ZWF0ZQAyMDI2LTExLTIxVDExOjIwOjM4KzAwOjAwEylOjAAAACV0RVh0ZGF0ZTptb2RpZnkAMjAyNi0x"
  "MS0yMVQxMToyMDozOCswMDowMGJ09jAAAAAASUVORK5CYII=";

static const char jpeg[] =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkK"
  "DA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/2wBDAQMDAwQDBAgEBAgQCwkLEBAQEBAQEBAQEBAQ"
  "EBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAARCAABAAEDAREAAhEBAxEB/8QA"
  "FAABAAAAAAAAAAAAAAAAAAAACP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAA"
  "AAAHCf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/ADoDFU3/2Q==";

void
rfi_test_answer_free (RfiTestAnswer *self)
{
  g_free (self->text);
  soup_message_headers_unref (self->headers);
  g_free (self);
}

char *
rfi_test_answer_get (RfiTestAnswer *self,
                     const char    *name)
{
  g_autofree char *pattern = g_strdup_printf ("\"%s\":\"((?:[^\"\\\\]|\\\\.)*)\"", name);
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  return g_regex_match (regex, self->text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* Without a proxy: asking for one needs settings that a test has not. */
SoupSession *
rfi_test_http_new (void)
{
  return soup_session_new_with_options ("proxy-resolver", NULL, NULL);
}

RfiTestAnswer *
rfi_test_http_send (SoupSession *session,
                    SoupMessage *message)
{
  RfiTestAnswer *answer = g_new0 (RfiTestAnswer, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_no_error (error);
  answer->status = soup_message_get_status (message);
  answer->length = g_bytes_get_size (body);
  answer->text = g_malloc (answer->length + 1);
  /* An empty body has no data at all. */
  if (answer->length > 0)
    memcpy (answer->text, g_bytes_get_data (body, NULL), answer->length);
  answer->text[answer->length] = '\0';
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  return answer;
}

static void
authorize (SoupMessage *message,
           const char  *token)
{
  g_autofree char *header = g_strconcat ("Bearer ", token, NULL);

  if (token != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                 header);
}

RfiTestAnswer *
rfi_test_http_call (SoupSession *session,
                    const char  *base,
                    const char  *method,
                    const char  *path,
                    const char  *token,
                    const char  *json)
{
  g_autofree char *url = g_strconcat (base, path, NULL);
  g_autoptr(SoupMessage) message = soup_message_new (method, url);
  g_autoptr(GBytes) body = json != NULL ? g_bytes_new (json, strlen (json)) : NULL;

  g_assert_nonnull (message);
  authorize (message, token);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  return rfi_test_http_send (session, message);
}

RfiTestAnswer *
rfi_test_http_upload (SoupSession *session,
                      const char  *base,
                      const char  *path,
                      const char  *token,
                      const char  *file_name,
                      const char  *type,
                      GBytes      *content)
{
  g_autofree char *url = g_strconcat (base, path, NULL);
  SoupMultipart *form = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  g_autoptr(SoupMessage) message = NULL;

  soup_multipart_append_form_file (form, "photo", file_name, type, content);
  message = soup_message_new_from_multipart (url, form);
  soup_multipart_free (form);
  authorize (message, token);
  return rfi_test_http_send (session, message);
}

static GBytes *
decode (const char *text)
{
  gsize length;
  guchar *data = g_base64_decode (text, &length);

  return g_bytes_new_take (data, length);
}

GBytes *
rfi_test_http_make_png (void)
{
  return decode (png);
}

GBytes *
rfi_test_http_make_jpeg (void)
{
  return decode (jpeg);
}
