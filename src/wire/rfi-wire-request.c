/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-request"

#include "config.h"

#include "rfi-wire-request.h"

#include "rfi-time.h"
#include "rfi-wire-error.h"
#include "rfi-wire-job.h"

#include <string.h>

/* Writing */

void
rfi_wire_append_login (GString    *out,
                       const char *email,
                       const char *password)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "email", email);
  rfi_json_append_member (out, "password", password);
  g_string_append_c (out, '}');
}

static const char *
text_of (const RfiPatch *fields,
         RfiField        field)
{
  const char *text = rfi_patch_get (fields, field);

  return text != NULL ? text : "";
}

void
rfi_wire_append_create (GString        *out,
                        const RfiPatch *fields,
                        const char     *vendor_id,
                        const char     *operation_id)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "title", text_of (fields, RFI_FIELD_TITLE));
  rfi_json_append_member (out, "description", text_of (fields, RFI_FIELD_DESCRIPTION));
  rfi_json_append_member (out, "priority", text_of (fields, RFI_FIELD_PRIORITY));
  rfi_json_append_member (out, "vendorId", vendor_id);
  g_string_append (out, ",\"location\":{");
  for (guint i = RFI_FIELD_STORE_NAME; i <= RFI_FIELD_ZIP_CODE; i++)
    rfi_json_append_member (out, rfi_field_to_string ((RfiField) i),
                            text_of (fields, (RfiField) i));
  if (operation_id != NULL)
    rfi_json_append_member (out, "opId", operation_id);
  g_string_append (out, "}}");
}

void
rfi_wire_append_edit (GString        *out,
                      const RfiPatch *changes,
                      RfiJob         *job,
                      const char     *etag)
{
  static const RfiField texts[] = {
    RFI_FIELD_TITLE,
    RFI_FIELD_DESCRIPTION,
    RFI_FIELD_PRIORITY,
  };

  g_string_append_c (out, '{');
  rfi_json_append_member (out, "_etag", etag);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (rfi_patch_has (changes, texts[i]))
      rfi_json_append_member (out, rfi_field_to_string (texts[i]),
                              rfi_patch_get (changes, texts[i]));

  if (rfi_patch_has_location (changes))
    {
      g_autoptr(RfiJob) changed = rfi_job_apply (job, changes);

      g_string_append (out, ",\"location\":");
      rfi_wire_location_append (out, changed);
    }
  g_string_append_c (out, '}');
}

void
rfi_wire_append_status (GString    *out,
                        RfiStatus   status,
                        const char *etag)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "status", rfi_status_to_string (status));
  rfi_json_append_member (out, "_etag", etag);
  g_string_append_c (out, '}');
}

void
rfi_wire_append_assign (GString    *out,
                        const char *technician_id,
                        const char *etag)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "technicianId", technician_id);
  if (etag != NULL)
    rfi_json_append_member (out, "_etag", etag);
  g_string_append_c (out, '}');
}

void
rfi_wire_append_sync (GString    *out,
                      const char *since)
{
  g_string_append_c (out, '{');
  if (since != NULL)
    rfi_json_append_member (out, "since", since);
  g_string_append_c (out, '}');
}

/* Reading */

static gboolean
fail (const char  *message,
      GError     **error)
{
  g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, message);
  return FALSE;
}

/* The contract strips what JavaScript's trim() strips. Returns: (transfer full) */
static char *
trim (const char *text)
{
  const char *begin = text;
  const char *end;

  for (; *begin != '\0'; begin = g_utf8_next_char (begin))
    {
      gunichar c = g_utf8_get_char (begin);

      if (!g_unichar_isspace (c) && c != 0xfeff)
        break;
    }

  for (end = begin + strlen (begin); end > begin;)
    {
      const char *last = g_utf8_prev_char (end);
      gunichar c = g_utf8_get_char (last);

      if (!g_unichar_isspace (c) && c != 0xfeff)
        break;
      end = last;
    }

  return g_strndup (begin, (gsize) (end - begin));
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *trimmed = trim (text);

  return *trimmed == '\0';
}

/* @text: (out) (transfer full): of a string that is not blank, untrimmed. */
static gboolean
read_required_text (const RfiJson  *body,
                    const char     *name,
                    char          **text,
                    GError        **error)
{
  g_autofree char *read = NULL;
  RfiJson value;

  if (rfi_json_get_member (body, name, &value))
    read = rfi_json_dup_string (&value);
  if (read == NULL || is_blank (read))
    {
      g_set_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, "%s is required", name);
      return FALSE;
    }

  *text = g_steal_pointer (&read);
  return TRUE;
}

/* [^\s@]+@[^\s@]+\.[^\s@]+ */
static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');
  const char *dot;

  if (at == NULL || at == text || strchr (at + 1, '@') != NULL)
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isspace (g_utf8_get_char (c)))
      return FALSE;

  dot = at[1] != '\0' ? strchr (at + 2, '.') : NULL;
  return dot != NULL && dot[1] != '\0';
}

gboolean
rfi_wire_read_login (const RfiJson  *body,
                     char          **email,
                     char          **password,
                     GError        **error)
{
  g_autofree char *read_email = NULL;
  g_autofree char *read_password = NULL;
  RfiJson value;

  if (rfi_json_get_member (body, "email", &value))
    read_email = rfi_json_dup_string (&value);
  if (rfi_json_get_member (body, "password", &value))
    read_password = rfi_json_dup_string (&value);

  if (read_email == NULL || *read_email == '\0' || read_password == NULL ||
      *read_password == '\0')
    return fail ("Email and password are required", error);
  if (!is_email (read_email))
    return fail ("Invalid email format", error);

  *email = g_utf8_strdown (read_email, -1);
  *password = g_steal_pointer (&read_password);
  return TRUE;
}

/* The five need only be there and not empty, false or 0; they may be numbers. */
static gboolean
read_location (const RfiJson  *body,
               RfiPatch       *fields,
               char          **location_json,
               char          **operation_id,
               GError        **error)
{
  RfiJson location = { NULL, NULL };
  gboolean complete = rfi_json_get_member (body, "location", &location) &&
                      rfi_json_get_type (&location) == RFI_JSON_OBJECT;
  RfiJson value;

  for (guint i = RFI_FIELD_STORE_NAME; complete && i <= RFI_FIELD_ZIP_CODE; i++)
    {
      g_autofree char *text = NULL;

      complete = rfi_json_get_member (&location, rfi_field_to_string ((RfiField) i), &value) &&
                 rfi_json_is_truthy (&value);
      if (complete)
        {
          text = rfi_json_dup_text (&value);
          rfi_patch_set (fields, (RfiField) i, text);
        }
    }

  if (!complete)
    return fail ("location requires storeName, address, city, state, zipCode", error);

  *location_json = rfi_wire_location_keep (&location);
  *operation_id = rfi_json_get_member (&location, "opId", &value) ? rfi_json_dup_string (&value)
                                                                  : NULL;
  return TRUE;
}

static gboolean
read_priority (const RfiJson  *body,
               RfiPriority    *priority,
               GError        **error)
{
  g_autofree char *text = NULL;
  RfiJson value;

  if (rfi_json_get_member (body, "priority", &value))
    text = rfi_json_dup_string (&value);
  if (text == NULL || !rfi_priority_from_string (text, priority))
    return fail ("priority must be one of: low, medium, high, urgent", error);

  return TRUE;
}

RfiJob *
rfi_wire_read_create (const RfiJson  *body,
                      GError        **error)
{
  g_autoptr(RfiPatch) location = rfi_patch_new ();
  g_autoptr(RfiJob) bare = NULL;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  g_autofree char *vendor_id = NULL;
  g_autofree char *location_json = NULL;
  g_autofree char *operation_id = NULL;
  const RfiJobExtra *extra;
  RfiPriority priority;
  RfiJob template = { .status = RFI_STATUS_PENDING };

  if (!read_required_text (body, "title", &title, error) ||
      !read_required_text (body, "description", &description, error) ||
      !read_priority (body, &priority, error) ||
      !read_required_text (body, "vendorId", &vendor_id, error) ||
      !read_location (body, location, &location_json, &operation_id, error))
    return NULL;

  template.title = title;
  template.priority = priority;
  template.description = description;
  template.vendor_id = vendor_id;
  template.location_json = location_json;
  template.extra = extra = rfi_job_extra_with_operation (NULL, operation_id);
  bare = rfi_job_new (&template);
  g_clear_pointer (&extra, rfi_job_extra_unref);
  return rfi_job_apply (bare, location);
}

/* The etag of a write: text as it is; of anything else the source, which matches no etag.
 * Returns: (transfer full) (nullable): %NULL if there is none */
static char *
read_etag (const RfiJson *body)
{
  RfiJson value;

  return rfi_json_get_member (body, "_etag", &value) && rfi_json_is_truthy (&value)
             ? rfi_json_dup_text (&value)
             : NULL;
}

static gboolean
read_changed_text (const RfiJson  *body,
                   RfiField        field,
                   RfiPatch       *changes,
                   GError        **error)
{
  const char *name = rfi_field_to_string (field);
  g_autofree char *text = NULL;
  g_autofree char *trimmed = NULL;
  RfiJson value;

  if (!rfi_json_get_member (body, name, &value))
    return TRUE;

  text = rfi_json_dup_string (&value);
  if (text != NULL)
    trimmed = trim (text);
  if (trimmed == NULL || *trimmed == '\0')
    {
      g_set_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, "%s cannot be empty", name);
      return FALSE;
    }

  rfi_patch_set (changes, field, trimmed);
  return TRUE;
}

gboolean
rfi_wire_read_edit (const RfiJson  *body,
                    char          **etag,
                    RfiPatch      **changes,
                    char          **location_json,
                    GError        **error)
{
  g_autofree char *read_tag = read_etag (body);
  g_autofree char *kept = NULL;
  g_autofree char *operation_id = NULL;
  g_autoptr(RfiPatch) read = rfi_patch_new ();
  RfiPriority priority;
  RfiJson value;

  if (read_tag == NULL)
    return fail ("_etag is required for optimistic concurrency", error);
  if (!read_changed_text (body, RFI_FIELD_TITLE, read, error) ||
      !read_changed_text (body, RFI_FIELD_DESCRIPTION, read, error))
    return FALSE;

  if (rfi_json_get_member (body, "priority", &value))
    {
      if (!read_priority (body, &priority, error))
        return FALSE;
      rfi_patch_set (read, RFI_FIELD_PRIORITY, rfi_priority_to_string (priority));
    }

  if (rfi_json_get_member (body, "location", &value) && rfi_json_is_truthy (&value) &&
      !read_location (body, read, &kept, &operation_id, error))
    return FALSE;

  *etag = g_steal_pointer (&read_tag);
  *changes = g_steal_pointer (&read);
  *location_json = g_steal_pointer (&kept);
  return TRUE;
}

gboolean
rfi_wire_read_status (const RfiJson  *body,
                      RfiStatus      *status,
                      char          **etag,
                      GError        **error)
{
  g_autofree char *text = NULL;
  RfiJson value;

  if (rfi_json_get_member (body, "status", &value))
    text = rfi_json_dup_string (&value);
  if (text == NULL || !rfi_status_from_string (text, status))
    return fail ("status must be one of: pending, assigned, in-progress, completed, cancelled",
                 error);

  *etag = read_etag (body);
  return *etag != NULL || fail ("_etag is required for optimistic concurrency", error);
}

gboolean
rfi_wire_read_assign (const RfiJson  *body,
                      char          **technician_id,
                      char          **etag,
                      GError        **error)
{
  g_autofree char *id = NULL;
  RfiJson value;

  if (!rfi_json_get_member (body, "technicianId", &value))
    return fail ("technicianId is required", error);

  if (rfi_json_get_type (&value) != RFI_JSON_NULL)
    {
      id = rfi_json_dup_string (&value);
      if (id == NULL || is_blank (id))
        return fail ("technicianId is required", error);
    }

  *technician_id = g_steal_pointer (&id);
  *etag = read_etag (body);
  return TRUE;
}

/* Absent, null, false, 0 and "" ask for everything. Our own form is compared as text, so other
 * forms of a time are brought to it. */
gboolean
rfi_wire_read_sync (const RfiJson  *body,
                    char          **since,
                    GError        **error)
{
  g_autofree char *text = NULL;
  RfiJson value;
  gint64 ms;

  *since = NULL;
  if (!rfi_json_get_member (body, "since", &value) || !rfi_json_is_truthy (&value))
    return TRUE;

  text = rfi_json_dup_string (&value);
  if (text == NULL || !rfi_time_parse (text, -1, &ms))
    return fail ("Invalid since timestamp", error);

  *since = rfi_time_to_string (ms);
  return TRUE;
}
