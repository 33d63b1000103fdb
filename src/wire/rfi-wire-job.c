/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-job"

#include "config.h"

#include "rfi-wire-job.h"

#include "rfi-time.h"
#include "rfi-wire-error.h"
#include "rfi-wire-job-extra.h"
#include "rfi-wire-members.h"
#include "rfi-wire-photo.h"

#include <string.h>

/* Where the members of a document go. Text is read into one string that lives as long as the
 * reading: a job copies it anyway.
 */
typedef enum {
  KEY_ID,
  KEY_TITLE,
  KEY_DESCRIPTION,
  KEY_STATUS,
  KEY_PRIORITY,
  KEY_TENANT_ID,
  KEY_VENDOR_ID,
  KEY_CREATED_BY,
  KEY_CREATED_BY_NAME,
  KEY_ASSIGNED_TO,
  KEY_ASSIGNED_TO_NAME,
  KEY_CREATED_AT,
  KEY_UPDATED_AT,
  KEY_ETAG,
  KEY_LOCATION,
  KEY_ATTACHMENTS,
  KEY_THUMBNAIL_URL,
  KEY_VERSION,
  KEY_STATUS_AT,
  KEY_EXTRA,  /* the first of RFI_N_EXTRA_FIELDS */
  N_KEYS = KEY_EXTRA + RFI_N_EXTRA_FIELDS
} Key;

#define NAME(text) { text, sizeof text - 1 }

static const struct {
  const char *text;
  gsize       length;
} key_names[N_KEYS] = {
  [KEY_ID] = NAME ("id"),
  [KEY_TITLE] = NAME ("title"),
  [KEY_DESCRIPTION] = NAME ("description"),
  [KEY_STATUS] = NAME ("status"),
  [KEY_PRIORITY] = NAME ("priority"),
  [KEY_TENANT_ID] = NAME ("tenantId"),
  [KEY_VENDOR_ID] = NAME ("vendorId"),
  [KEY_CREATED_BY] = NAME ("createdBy"),
  [KEY_CREATED_BY_NAME] = NAME ("createdByName"),
  [KEY_ASSIGNED_TO] = NAME ("assignedTo"),
  [KEY_ASSIGNED_TO_NAME] = NAME ("assignedToName"),
  [KEY_CREATED_AT] = NAME ("createdAt"),
  [KEY_UPDATED_AT] = NAME ("updatedAt"),
  [KEY_ETAG] = NAME ("_etag"),
  [KEY_LOCATION] = NAME ("location"),
  [KEY_ATTACHMENTS] = NAME ("attachments"),
  [KEY_THUMBNAIL_URL] = NAME ("thumbnailUrl"),
  [KEY_VERSION] = NAME ("version"),
  [KEY_STATUS_AT] = NAME ("statusAt"),
  [KEY_EXTRA] = NAME ("scheduledStart"),
  NAME ("scheduledEnd"),
  NAME ("estimatedMinutes"),
  NAME ("holdUntil"),
  NAME ("skills"),
  NAME ("completionNotes"),
  NAME ("parts"),
  NAME ("labour"),
  NAME ("notes"),
};

typedef struct
{
  GString *text;               /* (owned): every text that was read, each with its NUL */
  gsize    offsets[N_KEYS];    /* into text */
  gsize    location[RFI_N_FIELDS];
  gsize    operation_id;
  gsize    location_json;
  gboolean has[N_KEYS];        /* a value other than null */
  RfiJson  values[N_KEYS];
  gboolean has_operation_id;
  gboolean has_location_json;
} Reading;

static void
reading_init (Reading *reading)
{
  memset (reading, 0, sizeof *reading);
  reading->text = g_string_sized_new (1024);
  g_string_append_c (reading->text, '\0');
}

static const char *
reading_get (const Reading *reading,
             Key            key)
{
  return reading->has[key] ? reading->text->str + reading->offsets[key] : NULL;
}

static gsize
reading_take (Reading       *reading,
              const RfiJson *value)
{
  gsize offset = reading->text->len;

  rfi_json_read_text (value, reading->text);
  g_string_append_c (reading->text, '\0');
  return offset;
}

/* Most names are told apart by their length; a document usually has them in
 * the contract's order, so the search begins behind the last one found.
 */
static gboolean
find_key (const RfiJson *name,
          guint         *hint,
          Key           *key)
{
  gsize length = (gsize) (name->end - name->at) - 2;

  for (guint i = 0; i < N_KEYS; i++)
    {
      guint candidate = (*hint + i) % N_KEYS;

      if (key_names[candidate].length == length &&
          memcmp (key_names[candidate].text, name->at + 1, length) == 0)
        {
          *key = (Key) candidate;
          *hint = candidate + 1;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
find_location_field (const RfiJson *name,
                     RfiField      *field)
{
  for (guint i = RFI_FIELD_STORE_NAME; i <= RFI_FIELD_ZIP_CODE; i++)
    if (rfi_json_is_string (name, rfi_field_to_string ((RfiField) i)))
      {
        *field = (RfiField) i;
        return TRUE;
      }

  return FALSE;
}

/* Whether five strings are all there is, or five and an operation's id behind them. */
static gboolean
is_plain_location (const RfiJson *location,
                   gboolean       with_operation)
{
  const guint last = with_operation ? RFI_FIELD_ZIP_CODE + 1 : RFI_FIELD_ZIP_CODE;
  guint expected = RFI_FIELD_STORE_NAME;
  RfiJsonIter iter;
  RfiJson name;
  RfiJson value;

  rfi_json_iter_init (&iter, location);
  while (rfi_json_iter_next (&iter, &name, &value))
    {
      const char *wanted = expected <= RFI_FIELD_ZIP_CODE
                               ? rfi_field_to_string ((RfiField) expected)
                               : "opId";

      if (expected > last || !rfi_json_is_string (&name, wanted) ||
          rfi_json_get_type (&value) != RFI_JSON_STRING)
        return FALSE;
      expected++;
    }

  return expected > RFI_FIELD_ZIP_CODE;
}

static void
read_location (Reading       *reading,
               const RfiJson *location)
{
  RfiJsonIter iter;
  RfiJson name;
  RfiJson value;

  if (rfi_json_get_type (location) != RFI_JSON_OBJECT)
    return;

  rfi_json_iter_init (&iter, location);
  while (rfi_json_iter_next (&iter, &name, &value))
    {
      RfiField field;

      if (find_location_field (&name, &field))
        {
          reading->location[field] = reading_take (reading, &value);
        }
      else if (rfi_json_is_string (&name, "opId") && rfi_json_get_type (&value) == RFI_JSON_STRING)
        {
          reading->operation_id = reading_take (reading, &value);
          reading->has_operation_id = TRUE;
        }
    }

  if (!is_plain_location (location, TRUE))
    {
      reading->has_location_json = TRUE;
      reading->location_json = reading->text->len;
      rfi_json_append_raw (location, reading->text);
      g_string_append_c (reading->text, '\0');
    }
}

char *
rfi_wire_location_keep (const RfiJson *location)
{
  GString *raw;

  if (is_plain_location (location, FALSE))
    return NULL;

  raw = g_string_new (NULL);
  rfi_json_append_raw (location, raw);
  return g_string_free (raw, FALSE);
}

/* Whether it has one, and where it is, is known afterwards. */
static void
read_extra (Reading *reading,
            Key      key)
{
  RfiField field = (RfiField) (RFI_N_CONTRACT_FIELDS + (key - KEY_EXTRA));

  reading->offsets[key] = reading->text->len;
  reading->has[key] = rfi_wire_job_extra_read (field, &reading->values[key], reading->text);
  g_string_append_c (reading->text, '\0');
}

/* Returns: (transfer full) (nullable) */
static const RfiJobExtra *
make_extra (const Reading *reading)
{
  const char *values[RFI_N_EXTRA_FIELDS];
  const RfiJobExtra *fields, *extra;

  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    values[i] = reading_get (reading, (Key) (KEY_EXTRA + i));

  fields = rfi_job_extra_new (values);
  if (!reading->has_operation_id)
    return fields;

  extra = rfi_job_extra_with_operation (fields, reading->text->str + reading->operation_id);
  g_clear_pointer (&fields, rfi_job_extra_unref);
  return extra;
}

static void
read_members (Reading       *reading,
              const RfiJson *object)
{
  RfiJsonIter iter;
  RfiJson name;
  RfiJson value;
  guint hint = 0;

  rfi_json_iter_init (&iter, object);
  while (rfi_json_iter_next (&iter, &name, &value))
    {
      Key key;

      if (!find_key (&name, &hint, &key))
        continue;

      reading->values[key] = value;
      reading->has[key] = rfi_json_get_type (&value) != RFI_JSON_NULL;
      if (key < KEY_LOCATION)
        reading->offsets[key] = reading_take (reading, &value);
    }

  if (reading->has[KEY_LOCATION])
    read_location (reading, &reading->values[KEY_LOCATION]);
  for (guint i = KEY_EXTRA; i < N_KEYS; i++)
    if (reading->has[i])
      read_extra (reading, (Key) i);
}

static gboolean
read_time (const Reading *reading,
           Key            key,
           gint64        *ms)
{
  const char *text = reading_get (reading, key);

  return text != NULL && rfi_time_parse (text, -1, ms);
}

/* An old server tells none, and a strange one counts as none. */
static gint64
read_status_at (const Reading *reading)
{
  const RfiJson *value = &reading->values[KEY_STATUS_AT];
  gint64 ms = 0;

  if (reading->has[KEY_STATUS_AT] && rfi_json_get_type (value) == RFI_JSON_STRING)
    rfi_time_parse (value->at + 1, value->end - value->at - 2, &ms);
  return ms;
}

static gboolean
fail (const char  *what,
      GError     **error)
{
  g_set_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, "A job without a good %s", what);
  return FALSE;
}

static gboolean
read_required (const Reading  *reading,
               RfiJob         *job,
               GError        **error)
{
  RfiStatus status;
  RfiPriority priority;

  if (job->id == NULL || *job->id == '\0')
    return fail ("id", error);
  if (job->title == NULL)
    return fail ("title", error);
  if (!rfi_status_from_string (reading_get (reading, KEY_STATUS), &status))
    return fail ("status", error);
  if (!rfi_priority_from_string (reading_get (reading, KEY_PRIORITY), &priority))
    return fail ("priority", error);
  job->status = status;
  job->priority = priority;
  if (job->vendor_id == NULL)
    return fail ("vendorId", error);
  if (!read_time (reading, KEY_CREATED_AT, &job->created_at))
    return fail ("createdAt", error);
  if (!read_time (reading, KEY_UPDATED_AT, &job->updated_at))
    return fail ("updatedAt", error);

  return TRUE;
}

/* What is no number counts as none; one that no job can come to is not taken for another. */
static gboolean
read_version (const Reading  *reading,
              RfiJob         *job,
              GError        **error)
{
  gint64 version;

  if (!reading->has[KEY_VERSION] ||
      !rfi_json_get_int (&reading->values[KEY_VERSION], &version))
    return TRUE;
  if (version < 0 || version > G_MAXUINT32)
    return fail ("version", error);

  job->version = (guint32) version;
  return TRUE;
}

static gboolean
read_photos (const Reading  *reading,
             RfiJob         *job,
             GError        **error)
{
  RfiJsonIter iter;
  RfiJson value;

  if (!reading->has[KEY_ATTACHMENTS] ||
      rfi_json_get_type (&reading->values[KEY_ATTACHMENTS]) != RFI_JSON_ARRAY)
    return TRUE;

  job->has_attachments = TRUE;
  job->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_photo_unref);
  rfi_json_iter_init (&iter, &reading->values[KEY_ATTACHMENTS]);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      RfiPhoto *photo = rfi_wire_photo_from_json (&value, error);

      if (photo == NULL)
        return FALSE;

      if (photo->url == NULL && job->photos->len == 0 && reading->has[KEY_THUMBNAIL_URL])
        photo->url = rfi_json_dup_string (&reading->values[KEY_THUMBNAIL_URL]);
      g_ptr_array_add (job->photos, photo);
    }

  job->n_photos = job->photos->len;
  return TRUE;
}

static void
read_texts (const Reading *reading,
            RfiJob        *job)
{
  const char *text = reading->text->str;

  job->id = reading_get (reading, KEY_ID);
  job->title = reading_get (reading, KEY_TITLE);
  job->description = reading_get (reading, KEY_DESCRIPTION);
  job->vendor_id = reading_get (reading, KEY_VENDOR_ID);
  if (job->vendor_id == NULL)
    job->vendor_id = reading_get (reading, KEY_TENANT_ID);
  job->created_by = reading_get (reading, KEY_CREATED_BY);
  job->created_by_name = reading_get (reading, KEY_CREATED_BY_NAME);
  job->assigned_to = reading_get (reading, KEY_ASSIGNED_TO);
  if (job->assigned_to != NULL && *job->assigned_to == '\0')
    job->assigned_to = NULL;
  job->assigned_to_name = reading_get (reading, KEY_ASSIGNED_TO_NAME);
  job->etag = rfi_etag (reading_get (reading, KEY_ETAG));
  job->store_name = text + reading->location[RFI_FIELD_STORE_NAME];
  job->address = text + reading->location[RFI_FIELD_ADDRESS];
  job->city = text + reading->location[RFI_FIELD_CITY];
  job->state = text + reading->location[RFI_FIELD_STATE];
  job->zip_code = text + reading->location[RFI_FIELD_ZIP_CODE];
  if (reading->has_location_json)
    job->location_json = text + reading->location_json;
}

RfiJob *
rfi_wire_job_from_json (const RfiJson  *value,
                        GError        **error)
{
  RfiJob template = { 0 };
  RfiJob *job = NULL;
  Reading reading;

  if (rfi_json_get_type (value) != RFI_JSON_OBJECT)
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, "A job is no object");
      return NULL;
    }

  reading_init (&reading);
  read_members (&reading, value);
  read_texts (&reading, &template);
  template.status_at = rfi_job_keep_status_at (read_status_at (&reading));
  template.extra = make_extra (&reading);
  if (read_required (&reading, &template, error) && read_version (&reading, &template, error) &&
      read_photos (&reading, &template, error))
    job = rfi_job_new (&template);

  g_clear_pointer (&template.photos, g_ptr_array_unref);
  g_clear_pointer (&template.extra, rfi_job_extra_unref);
  g_string_free (reading.text, TRUE);
  return job;
}

RfiJob *
rfi_wire_job_parse (const char  *data,
                    gssize       length,
                    GError     **error)
{
  RfiJson root;
  RfiJson inner;

  if (!rfi_json_parse (data, length, &root, error))
    return NULL;
  if (rfi_json_get_member (&root, "data", &inner))
    root = inner;

  return rfi_wire_job_from_json (&root, error);
}

/* Extra keys, and values that are no strings, go out as they came in; a field that was changed
 * here goes out as text.
 */
static void
append_kept_location (GString      *out,
                      const RfiJob *job,
                      RfiJson      *kept)
{
  guint written = 0;
  RfiJsonIter iter;
  RfiJson name;
  RfiJson value;

  rfi_json_iter_init (&iter, kept);
  while (rfi_json_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = NULL;
      RfiField field;

      if (out->str[out->len - 1] != '{')
        g_string_append_c (out, ',');
      g_string_append_len (out, name.at, name.end - name.at);
      g_string_append_c (out, ':');

      if (find_location_field (&name, &field))
        {
          written |= 1u << field;
          text = rfi_json_dup_text (&value);
        }

      if (text != NULL && strcmp (text, rfi_job_get_field (job, field)) != 0)
        rfi_json_append_string (out, rfi_job_get_field (job, field));
      else
        g_string_append_len (out, value.at, value.end - value.at);
    }

  for (guint i = RFI_FIELD_STORE_NAME; i <= RFI_FIELD_ZIP_CODE; i++)
    if ((written & 1u << i) == 0 && *rfi_job_get_field (job, (RfiField) i) != '\0')
      rfi_json_append_member (out, rfi_field_to_string ((RfiField) i),
                              rfi_job_get_field (job, (RfiField) i));
}

void
rfi_wire_location_append (GString      *out,
                          const RfiJob *self)
{
  const char *operation_id = rfi_job_extra_get_operation (self->extra);
  RfiJson kept;

  g_string_append_c (out, '{');
  if (self->location_json != NULL && rfi_json_parse (self->location_json, -1, &kept, NULL) &&
      rfi_json_get_type (&kept) == RFI_JSON_OBJECT)
    {
      append_kept_location (out, self, &kept);
    }
  else
    {
      for (guint i = RFI_FIELD_STORE_NAME; i <= RFI_FIELD_ZIP_CODE; i++)
        rfi_json_append_member (out, rfi_field_to_string ((RfiField) i),
                                rfi_job_get_field (self, (RfiField) i));
      if (operation_id != NULL)
        rfi_json_append_member (out, "opId", operation_id);
    }
  g_string_append_c (out, '}');
}

static void
append_time (GString    *out,
             const char *name,
             gint64      ms)
{
  char text[RFI_TIME_TEXT_SIZE];

  rfi_time_format (ms, text);
  rfi_json_append_member (out, name, text);
}

static void
append_names (GString      *out,
              const RfiJob *self)
{
  rfi_json_append_member (out, "createdByName",
                          self->created_by_name != NULL ? self->created_by_name
                                                        : self->created_by);
  rfi_json_append_member (out, "assignedToName",
                          self->assigned_to_name != NULL ? self->assigned_to_name
                                                         : self->assigned_to);
}

void
rfi_wire_job_append (GString         *out,
                     const RfiJob    *self,
                     RfiWireJobFlags  flags)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "id", self->id);
  rfi_json_append_member (out, "title", self->title);
  rfi_json_append_member (out, "description", self->description);
  rfi_json_append_member (out, "status", rfi_status_to_string (self->status));
  rfi_json_append_member (out, "priority", rfi_priority_to_string (self->priority));
  rfi_json_append_member (out, "tenantId", self->vendor_id);
  rfi_json_append_member (out, "vendorId", self->vendor_id);
  rfi_json_append_member (out, "createdBy", self->created_by);
  rfi_json_append_member (out, "assignedTo", self->assigned_to);
  g_string_append (out, ",\"location\":");
  rfi_wire_location_append (out, self);
  append_time (out, "createdAt", self->created_at);
  append_time (out, "updatedAt", self->updated_at);

  if (self->has_attachments)
    {
      g_string_append (out, ",\"attachments\":[");
      for (guint i = 0; self->photos != NULL && i < self->photos->len; i++)
        {
          if (i > 0)
            g_string_append_c (out, ',');
          rfi_wire_photo_append (out, g_ptr_array_index (self->photos, i), self,
                                 (flags & RFI_WIRE_JOB_PHOTO_URLS) != 0);
        }
      g_string_append_c (out, ']');
    }

  if ((flags & RFI_WIRE_JOB_SYSTEM) != 0)
    {
      g_autofree char *link = g_strconcat ("jobs/", self->id, "/", NULL);

      rfi_json_append_member (out, "_rid", self->id);
      rfi_json_append_member (out, "_self", link);
    }
  if (rfi_etag_is_set (self->etag))
    rfi_json_append_member (out, "_etag", RFI_ETAG_TEXT (self->etag));
  if ((flags & RFI_WIRE_JOB_SYSTEM) != 0)
    {
      rfi_json_append_member (out, "_attachments", "attachments/");
      g_string_append_printf (out, ",\"_ts\":%" G_GINT64_FORMAT, self->updated_at / 1000);
    }

  if ((flags & (RFI_WIRE_JOB_VERSION | RFI_WIRE_JOB_V1)) != 0 && self->version > 0)
    rfi_wire_append_int (out, "version", self->version);
  if ((flags & RFI_WIRE_JOB_V1) != 0 && self->status_at > 0)
    append_time (out, "statusAt", self->status_at);
  if ((flags & RFI_WIRE_JOB_V1) != 0)
    rfi_wire_job_extra_append (out, self);

  if ((flags & RFI_WIRE_JOB_NAMES) != 0)
    append_names (out, self);
  if ((flags & RFI_WIRE_JOB_THUMBNAIL) != 0 && self->photos != NULL && self->photos->len > 0)
    rfi_json_append_member (out, "thumbnailUrl",
                            ((RfiPhoto *) g_ptr_array_index (self->photos, 0))->url);
  g_string_append_c (out, '}');
}
