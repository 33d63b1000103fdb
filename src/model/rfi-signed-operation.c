/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-signed-operation"

#include "config.h"

#include "rfi-signed-operation.h"

#include "rfi-model-error.h"

#include <string.h>

/* Ids are UUIDs where we make them, but other programs' jobs and people may have others. */
#define MAX_ID 128

typedef enum {
  MEMBER_TEXT,    /* char *, left out if %NULL */
  MEMBER_PATCH,   /* RfiPatch *, left out if %NULL */
  MEMBER_INT,     /* gint64 */
  MEMBER_UINT,    /* guint */
  MEMBER_KIND,    /* RfiOperationKind */
  MEMBER_DEPS,    /* deps and n_deps, left out if none */
  MEMBER_SCHEMA,  /* always RFI_SIGNED_OPERATION_SCHEMA */
} MemberType;

/* By the bytes of their names, as they are written. */
static const struct {
  const char *name;
  MemberType  type;
  gsize       offset;
} members[] = {
  { "baseVersion", MEMBER_INT, G_STRUCT_OFFSET (RfiSignedOperation, base_version) },
  { "before", MEMBER_PATCH, G_STRUCT_OFFSET (RfiSignedOperation, before) },
  { "deps", MEMBER_DEPS, 0 },
  { "deviceId", MEMBER_TEXT, G_STRUCT_OFFSET (RfiSignedOperation, device_id) },
  { "deviceTime", MEMBER_INT, G_STRUCT_OFFSET (RfiSignedOperation, device_time) },
  { "entityId", MEMBER_TEXT, G_STRUCT_OFFSET (RfiSignedOperation, entity_id) },
  { "epoch", MEMBER_TEXT, G_STRUCT_OFFSET (RfiSignedOperation, epoch) },
  { "id", MEMBER_TEXT, G_STRUCT_OFFSET (RfiSignedOperation, id) },
  { "kind", MEMBER_KIND, 0 },
  { "observed", MEMBER_INT, G_STRUCT_OFFSET (RfiSignedOperation, observed) },
  { "occurredAt", MEMBER_INT, G_STRUCT_OFFSET (RfiSignedOperation, occurred_at) },
  { "patch", MEMBER_PATCH, G_STRUCT_OFFSET (RfiSignedOperation, patch) },
  { "prevHash", MEMBER_TEXT, G_STRUCT_OFFSET (RfiSignedOperation, prev_hash) },
  { "priority", MEMBER_UINT, G_STRUCT_OFFSET (RfiSignedOperation, priority) },
  { "replaces", MEMBER_TEXT, G_STRUCT_OFFSET (RfiSignedOperation, replaces) },
  { "resolves", MEMBER_TEXT, G_STRUCT_OFFSET (RfiSignedOperation, resolves) },
  { "schemaVersion", MEMBER_SCHEMA, 0 },
  { "seq", MEMBER_INT, G_STRUCT_OFFSET (RfiSignedOperation, seq) },
  { "userId", MEMBER_TEXT, G_STRUCT_OFFSET (RfiSignedOperation, user_id) },
  { "vendorId", MEMBER_TEXT, G_STRUCT_OFFSET (RfiSignedOperation, vendor_id) },
};

G_DEFINE_BOXED_TYPE (RfiSignedOperation,
                     rfi_signed_operation,
                     rfi_signed_operation_ref,
                     rfi_signed_operation_unref)

static gpointer
member_at (const RfiSignedOperation *self,
           guint                     i)
{
  return (char *) self + members[i].offset;
}

RfiSignedOperation *
rfi_signed_operation_new (const RfiSignedOperation *template)
{
  RfiSignedOperation *self = g_new0 (RfiSignedOperation, 1);

  *self = *template;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      char **text = member_at (self, i);
      RfiPatch **patch = member_at (self, i);

      if (members[i].type == MEMBER_TEXT)
        *text = g_strdup (*text);
      else if (members[i].type == MEMBER_PATCH && *patch != NULL)
        rfi_patch_ref (*patch);
    }
  self->deps = g_memdup2 (template->deps, template->n_deps * sizeof *template->deps);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiSignedOperation *
rfi_signed_operation_ref (RfiSignedOperation *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_signed_operation_unref (RfiSignedOperation *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].type == MEMBER_TEXT)
      g_free (*(char **) member_at (self, i));
    else if (members[i].type == MEMBER_PATCH)
      g_clear_pointer ((RfiPatch **) member_at (self, i), rfi_patch_unref);
  g_free (self->deps);
  g_free (self);
}

static gboolean
fail (const char  *what,
      GError     **error)
{
  g_set_error (error, RFI_MODEL_ERROR, RFI_MODEL_ERROR_INVALID, "An operation without a good %s",
               what);
  return FALSE;
}

static gboolean
is_id (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= MAX_ID;
}

static gboolean
check_identity (const RfiSignedOperation  *self,
                GError                   **error)
{
  if (self->id == NULL || !g_uuid_string_is_valid (self->id))
    return fail ("id", error);
  if (self->device_id == NULL || !g_uuid_string_is_valid (self->device_id))
    return fail ("deviceId", error);
  if (!rfi_canonical_is_hex (self->epoch, RFI_EPOCH_LENGTH))
    return fail ("epoch", error);
  if (self->seq < 1)
    return fail ("seq", error);
  if (!is_id (self->entity_id))
    return fail ("entityId", error);
  if (!is_id (self->user_id))
    return fail ("userId", error);
  if (!rfi_canonical_is_hex (self->prev_hash, RFI_HASH_LENGTH) ||
      (self->seq == 1) != (strcmp (self->prev_hash, RFI_HASH_NONE) == 0))
    return fail ("prevHash", error);

  return TRUE;
}

static gboolean
check_numbers (const RfiSignedOperation  *self,
               GError                   **error)
{
  if (self->priority < 1 || self->priority > 10)
    return fail ("priority", error);
  if (self->base_version < 0)
    return fail ("baseVersion", error);
  if (self->observed < 0)
    return fail ("observed", error);
  if (self->n_deps > RFI_SIGNED_OPERATION_MAX_DEPS)
    return fail ("deps", error);

  for (guint i = 0; i < self->n_deps; i++)
    if (self->deps[i] < (i > 0 ? self->deps[i - 1] + 1 : 1) || self->deps[i] >= self->seq)
      return fail ("deps", error);

  return TRUE;
}

static gboolean
have_same_fields (const RfiPatch *a,
                  const RfiPatch *b)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (a, (RfiField) i) != rfi_patch_has (b, (RfiField) i))
      return FALSE;

  return TRUE;
}

/* Of a change: some fields, with what stood in each. */
static gboolean
check_change (const RfiSignedOperation  *self,
              gboolean                   may_be_empty,
              GError                   **error)
{
  if (self->patch == NULL || (!may_be_empty && rfi_patch_is_empty (self->patch)))
    return fail ("patch", error);
  if (self->before == NULL || !have_same_fields (self->patch, self->before))
    return fail ("before", error);

  return TRUE;
}

/* A step or an assignment is of one field alone. */
static gboolean
check_single (const RfiSignedOperation  *self,
              RfiField                   field,
              GError                   **error)
{
  for (guint i = 0; self->patch != NULL && i < RFI_N_FIELDS; i++)
    if (i != field && rfi_patch_has (self->patch, (RfiField) i))
      return fail ("patch", error);

  return check_change (self, FALSE, error);
}

static gboolean
check_edit (const RfiSignedOperation  *self,
            GError                   **error)
{
  if (self->patch != NULL && (rfi_patch_has (self->patch, RFI_FIELD_STATUS) ||
                              rfi_patch_has (self->patch, RFI_FIELD_ASSIGNED_TO)))
    return fail ("patch", error);

  return check_change (self, FALSE, error);
}

static gboolean
check_kind (const RfiSignedOperation  *self,
            GError                   **error)
{
  switch (self->kind)
    {
    case RFI_OPERATION_CREATE:
      if (self->patch == NULL || self->before != NULL || self->base_version != 0)
        return fail ("patch", error);
      return is_id (self->vendor_id) || fail ("vendorId", error);
    case RFI_OPERATION_EDIT:
      return check_edit (self, error);
    case RFI_OPERATION_SET_STATUS:
      return check_single (self, RFI_FIELD_STATUS, error);
    case RFI_OPERATION_ASSIGN:
      return check_single (self, RFI_FIELD_ASSIGNED_TO, error);
    case RFI_OPERATION_DELETE:
      return self->patch == NULL || fail ("patch", error);
    case RFI_OPERATION_RESOLVE:
      return (is_id (self->resolves) || fail ("resolves", error)) &&
             (self->patch != NULL || fail ("patch", error));
    case RFI_OPERATION_VOID:
      if (self->patch != NULL || self->before != NULL)
        return fail ("patch", error);
      return rfi_canonical_is_hex (self->replaces, RFI_HASH_LENGTH) || fail ("replaces", error);
    case RFI_OPERATION_MOVE:
      if (self->patch != NULL || self->before != NULL)
        return fail ("patch", error);
      return is_id (self->vendor_id) || fail ("vendorId", error);
    case RFI_OPERATION_ADD_PHOTO:
    case RFI_OPERATION_DELETE_PHOTO:
    default:
      return fail ("kind", error);
    }
}

gboolean
rfi_signed_operation_check (const RfiSignedOperation  *self,
                            GError                   **error)
{
  if (!check_identity (self, error) || !check_numbers (self, error))
    return FALSE;
  if (self->vendor_id != NULL && self->kind != RFI_OPERATION_CREATE &&
      self->kind != RFI_OPERATION_MOVE)
    return fail ("vendorId", error);
  if (self->resolves != NULL && self->kind != RFI_OPERATION_RESOLVE)
    return fail ("resolves", error);
  if (self->replaces != NULL && self->kind != RFI_OPERATION_VOID)
    return fail ("replaces", error);

  return check_kind (self, error);
}

static void
append_deps (const RfiSignedOperation *self,
             const char               *name,
             GString                  *out)
{
  if (self->n_deps == 0)
    return;

  rfi_canonical_append_name (out, name);
  for (guint i = 0; i < self->n_deps; i++)
    {
      g_string_append_c (out, i == 0 ? '[' : ',');
      rfi_canonical_append_int (out, self->deps[i]);
    }
  g_string_append_c (out, ']');
}

static void
append_member (const RfiSignedOperation *self,
               guint                     i,
               GString                  *out)
{
  const char *name = members[i].name;
  gpointer at = member_at (self, i);

  switch (members[i].type)
    {
    case MEMBER_TEXT:
      rfi_canonical_append_text_member (out, name, *(char **) at);
      break;
    case MEMBER_PATCH:
      if (*(RfiPatch **) at == NULL)
        break;
      rfi_canonical_append_name (out, name);
      rfi_patch_append_canonical (*(RfiPatch **) at, out);
      break;
    case MEMBER_INT:
      rfi_canonical_append_int_member (out, name, *(gint64 *) at);
      break;
    case MEMBER_UINT:
      rfi_canonical_append_int_member (out, name, *(guint *) at);
      break;
    case MEMBER_KIND:
      rfi_canonical_append_text_member (out, name, rfi_operation_kind_to_string (self->kind));
      break;
    case MEMBER_DEPS:
      append_deps (self, name, out);
      break;
    case MEMBER_SCHEMA:
    default:
      rfi_canonical_append_int_member (out, name, RFI_SIGNED_OPERATION_SCHEMA);
      break;
    }
}

char *
rfi_signed_operation_encode (const RfiSignedOperation *self)
{
  GString *out = g_string_sized_new (1024);

  g_string_append_c (out, '{');
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    append_member (self, i, out);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static gboolean
read_deps (RfiCanonicalReader *reader,
           RfiSignedOperation *self)
{
  if (self->deps != NULL || !rfi_canonical_skip (reader, '['))
    return FALSE;

  self->deps = g_new (gint64, RFI_SIGNED_OPERATION_MAX_DEPS);
  do
    {
      if (self->n_deps == RFI_SIGNED_OPERATION_MAX_DEPS ||
          !rfi_canonical_read_int (reader, &self->deps[self->n_deps]))
        return FALSE;
      self->n_deps++;
    }
  while (rfi_canonical_skip (reader, ','));

  return rfi_canonical_skip (reader, ']');
}

static gboolean
read_number (RfiCanonicalReader *reader,
             gint64              lowest,
             gint64              highest,
             gint64             *number)
{
  return rfi_canonical_read_int (reader, number) && *number >= lowest && *number <= highest;
}

static gboolean
read_text (RfiCanonicalReader  *reader,
           char               **text)
{
  g_autoptr(GString) read = g_string_new (NULL);

  if (!rfi_canonical_read_string (reader, read))
    return FALSE;

  g_free (*text);
  *text = g_strdup (read->str);
  return TRUE;
}

static gboolean
read_patch (RfiCanonicalReader  *reader,
            RfiPatch           **patch)
{
  g_clear_pointer (patch, rfi_patch_unref);
  *patch = rfi_patch_read_canonical (reader);
  return *patch != NULL;
}

static gboolean
read_member (RfiCanonicalReader *reader,
             guint               i,
             RfiSignedOperation *self)
{
  g_autofree char *kind = NULL;
  gpointer at = member_at (self, i);
  gint64 number;

  switch (members[i].type)
    {
    case MEMBER_TEXT:
      return read_text (reader, at);
    case MEMBER_PATCH:
      return read_patch (reader, at);
    case MEMBER_INT:
      return rfi_canonical_read_int (reader, at);
    case MEMBER_UINT:
      if (!read_number (reader, 0, G_MAXUINT, &number))
        return FALSE;
      *(guint *) at = (guint) number;
      return TRUE;
    case MEMBER_KIND:
      return read_text (reader, &kind) && rfi_operation_kind_from_string (kind, &self->kind);
    case MEMBER_DEPS:
      return read_deps (reader, self);
    case MEMBER_SCHEMA:
    default:
      return read_number (reader, RFI_SIGNED_OPERATION_SCHEMA, RFI_SIGNED_OPERATION_SCHEMA,
                          &number);
    }
}

/* The members that are there, in their order. Which ones are missing shows when @self is written
 * down again. */
static gboolean
read_members (RfiCanonicalReader *reader,
              RfiSignedOperation *self)
{
  g_autoptr(GString) name = g_string_new (NULL);
  guint i = 0;

  if (!rfi_canonical_skip (reader, '{'))
    return FALSE;

  do
    {
      if (!rfi_canonical_read_name (reader, name))
        return FALSE;
      while (i < G_N_ELEMENTS (members) && strcmp (members[i].name, name->str) != 0)
        i++;
      if (i == G_N_ELEMENTS (members) || !read_member (reader, i, self))
        return FALSE;
    }
  while (rfi_canonical_skip (reader, ','));

  return rfi_canonical_skip (reader, '}') && reader->at == reader->end;
}

RfiSignedOperation *
rfi_signed_operation_decode (const char  *body,
                             gssize       length,
                             GError     **error)
{
  const RfiSignedOperation nothing = { .kind = RFI_OPERATION_ADD_PHOTO };
  g_autoptr(RfiSignedOperation) self = rfi_signed_operation_new (&nothing);
  g_autofree char *again = NULL;
  gsize size = length < 0 ? strlen (body) : (gsize) length;
  RfiCanonicalReader reader = { body, body + size };
  gboolean good = read_members (&reader, self);

  if (good)
    again = rfi_signed_operation_encode (self);
  if (!good || strlen (again) != size || memcmp (again, body, size) != 0)
    {
      g_set_error_literal (error, RFI_MODEL_ERROR, RFI_MODEL_ERROR_NOT_CANONICAL,
                           "The operation is not in canonical form");
      return NULL;
    }

  return rfi_signed_operation_check (self, error) ? g_steal_pointer (&self) : NULL;
}

static guint
classify_status (const RfiPatch *patch,
                 guint           otherwise)
{
  RfiStatus status;

  if (!rfi_status_from_string (rfi_patch_get (patch, RFI_FIELD_STATUS), &status))
    return otherwise;

  switch (status)
    {
    case RFI_STATUS_IN_PROGRESS:
    case RFI_STATUS_CANCELLED:
      return 2;
    case RFI_STATUS_COMPLETED:
      return 3;
    case RFI_STATUS_PENDING:
    case RFI_STATUS_ASSIGNED:
    default:
      return otherwise;
    }
}

/* The most urgent of what it touches. */
static guint
classify_fields (const RfiPatch *patch)
{
  guint class = 9;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      if (!rfi_patch_has (patch, (RfiField) i) || i == RFI_FIELD_NOTES ||
          i == RFI_FIELD_COMPLETION_NOTES)
        continue;

      class = MIN (class, i == RFI_FIELD_PARTS ? 4u : i == RFI_FIELD_LABOUR ? 6u : 5u);
    }

  return classify_status (patch, class);
}

guint
rfi_signed_operation_classify (RfiOperationKind  kind,
                               const RfiPatch   *patch)
{
  const char *priority = patch != NULL ? rfi_patch_get (patch, RFI_FIELD_PRIORITY) : NULL;

  switch (kind)
    {
    case RFI_OPERATION_CREATE:
      return g_strcmp0 (priority, rfi_priority_to_string (RFI_PRIORITY_URGENT)) == 0 ? 1 : 5;
    case RFI_OPERATION_EDIT:
    case RFI_OPERATION_SET_STATUS:
    case RFI_OPERATION_RESOLVE:
      return patch != NULL ? classify_fields (patch) : 9;
    case RFI_OPERATION_ASSIGN:
    case RFI_OPERATION_DELETE:
    case RFI_OPERATION_MOVE:
      return 5;
    case RFI_OPERATION_ADD_PHOTO:
    case RFI_OPERATION_DELETE_PHOTO:
      return 7;
    case RFI_OPERATION_VOID:
    default:
      return 9;
    }
}
