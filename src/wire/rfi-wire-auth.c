/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-auth"

#include "config.h"

#include "rfi-wire-auth.h"

#include "rfi-json.h"
#include "rfi-wire-error.h"
#include "rfi-wire-job-extra.h"
#include "rfi-wire-members.h"

#include <string.h>

static gboolean
fail (const char  *message,
      GError     **error)
{
  g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, message);
  return FALSE;
}

/* Returns: (transfer full) (nullable): %NULL if it is not there, or null */
static char *
dup_member (const RfiJson *object,
            const char    *name)
{
  RfiJson value;

  if (!rfi_json_get_member (object, name, &value) || rfi_json_get_type (&value) == RFI_JSON_NULL)
    return NULL;

  return rfi_json_dup_text (&value);
}

/* "08:00". %FALSE leaves @minutes alone. */
static gboolean
read_clock (const RfiJson *object,
            const char    *name,
            gint16        *minutes)
{
  g_autofree char *text = dup_member (object, name);

  if (text == NULL || strlen (text) != 5 || !g_ascii_isdigit (text[0]) ||
      !g_ascii_isdigit (text[1]) || text[2] != ':' || text[3] < '0' || text[3] > '5' ||
      !g_ascii_isdigit (text[4]))
    return FALSE;

  *minutes = (gint16) ((text[0] * 10 + text[1] - '0' * 11) * 60 + text[3] * 10 + text[4] -
                       '0' * 11);
  return *minutes <= 24 * 60;
}

/* What only Sync v1 tells of a technician. @skills: text that lives as long as @template */
static void
read_work (const RfiJson *value,
           RfiUser       *template,
           GString       *skills)
{
  RfiJson member;

  if (rfi_json_get_member (value, "skills", &member) &&
      rfi_wire_job_extra_read (RFI_FIELD_SKILLS, &member, skills))
    template->skills = skills->str;
  if (rfi_json_get_member (value, "workingHours", &member) &&
      (!read_clock (&member, "start", &template->work_start) ||
       !read_clock (&member, "end", &template->work_end)))
    template->work_start = template->work_end = 0;
  if (rfi_json_get_member (value, "active", &member))
    template->inactive = !rfi_json_is_truthy (&member);
}

/* @default_role: for lists, which do not name it. */
static RfiUser *
user_from_json (const RfiJson  *value,
                RfiRole         role,
                GError        **error)
{
  g_autofree char *id = dup_member (value, "id");
  g_autofree char *email = dup_member (value, "email");
  g_autofree char *name = dup_member (value, "displayName");
  g_autofree char *vendor_id = dup_member (value, "vendorId");
  g_autofree char *role_name = dup_member (value, "role");
  g_autoptr(GString) skills = g_string_new (NULL);
  RfiUser template = { .id = id, .email = email, .vendor_id = vendor_id, .role = role };

  if (id == NULL || *id == '\0')
    {
      fail ("A user without an id", error);
      return NULL;
    }
  if (role_name != NULL && !rfi_role_from_string (role_name, &template.role))
    {
      fail ("A user with an unknown role", error);
      return NULL;
    }

  read_work (value, &template, skills);
  template.email = email != NULL ? email : (char *) "";
  template.display_name = name != NULL && *name != '\0' ? name : template.email;
  return rfi_user_new (&template);
}

static RfiUser *
vendor_from_json (const RfiJson  *value,
                  GError        **error)
{
  g_autofree char *id = dup_member (value, "vendorId");
  g_autofree char *name = dup_member (value, "name");
  RfiUser template = { .id = id, .email = (char *) "", .vendor_id = id };

  if (id == NULL || *id == '\0')
    {
      fail ("A vendor without an id", error);
      return NULL;
    }

  template.role = RFI_ROLE_DISPATCHER;
  template.display_name = name != NULL && *name != '\0' ? name : id;
  return rfi_user_new (&template);
}

static gboolean
parse_list (const char  *data,
            gssize       length,
            RfiJson     *list,
            GError     **error)
{
  RfiJson root;

  if (!rfi_json_parse (data, length, &root, error))
    return FALSE;
  if (!rfi_json_get_member (&root, "data", list) ||
      rfi_json_get_type (list) != RFI_JSON_ARRAY)
    return fail ("The answer has no list", error);

  return TRUE;
}

gboolean
rfi_wire_login_parse (const char  *data,
                      gssize       length,
                      char       **token,
                      RfiUser    **user,
                      GError     **error)
{
  g_autofree char *read_token = NULL;
  RfiUser *read_user;
  RfiJson root;
  RfiJson value;

  if (!rfi_json_parse (data, length, &root, error))
    return FALSE;

  read_token = dup_member (&root, "token");
  if (read_token == NULL || *read_token == '\0')
    return fail ("The answer to a login has no token", error);
  if (!rfi_json_get_member (&root, "user", &value))
    return fail ("The answer to a login has no user", error);

  read_user = user_from_json (&value, RFI_ROLE_TECHNICIAN, error);
  if (read_user == NULL)
    return FALSE;

  *user = read_user;
  *token = g_steal_pointer (&read_token);
  return TRUE;
}

void
rfi_wire_user_append (GString       *out,
                      const RfiUser *user)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "id", user->id);
  rfi_json_append_member (out, "email", user->email);
  rfi_json_append_member (out, "role", rfi_role_to_string (user->role));
  rfi_json_append_member (out, "vendorId", user->vendor_id);
  rfi_json_append_member (out, "displayName", user->display_name);
  g_string_append_c (out, '}');
}

RfiUser *
rfi_wire_user_parse (const char  *data,
                     gssize       length,
                     GError     **error)
{
  RfiJson root;

  if (!rfi_json_parse (data, length, &root, error))
    return NULL;

  return user_from_json (&root, RFI_ROLE_TECHNICIAN, error);
}

void
rfi_wire_login_append (GString       *out,
                       const char    *token,
                       const RfiUser *user)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "token", token);
  g_string_append (out, ",\"user\":");
  rfi_wire_user_append (out, user);
  g_string_append_c (out, '}');
}

GPtrArray *
rfi_wire_technicians_parse (const char  *data,
                            gssize       length,
                            GError     **error)
{
  g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  RfiJsonIter iter;
  RfiJson list;
  RfiJson value;

  if (!parse_list (data, length, &list, error))
    return NULL;

  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      RfiUser *user = user_from_json (&value, RFI_ROLE_TECHNICIAN, error);

      if (user == NULL)
        return NULL;
      g_ptr_array_add (users, user);
    }

  return g_steal_pointer (&users);
}

static void
append_work (GString       *out,
             const RfiUser *user)
{
  g_auto(GStrv) skills = g_strsplit (user->skills != NULL ? user->skills : "", ",", -1);

  rfi_wire_append_name (out, "skills");
  g_string_append_c (out, '[');
  for (guint i = 0; skills[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      rfi_json_append_string (out, skills[i]);
    }
  g_string_append_c (out, ']');

  if (user->work_start != 0 || user->work_end != 0)
    g_string_append_printf (out, ",\"workingHours\":{\"start\":\"%02d:%02d\","
                            "\"end\":\"%02d:%02d\"}",
                            user->work_start / 60, user->work_start % 60, user->work_end / 60,
                            user->work_end % 60);
  rfi_wire_append_boolean (out, "active", !user->inactive);
}

static void
append_technicians (GString   *out,
                    GPtrArray *users,
                    gboolean   with_work)
{
  g_string_append (out, "{\"data\":[");
  for (guint i = 0; i < users->len; i++)
    {
      const RfiUser *user = g_ptr_array_index (users, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      rfi_json_append_member (out, "id", user->id);
      rfi_json_append_member (out, "displayName", user->display_name);
      rfi_json_append_member (out, "email", user->email);
      rfi_json_append_member (out, "vendorId", user->vendor_id);
      if (with_work)
        append_work (out, user);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}");
}

void
rfi_wire_technicians_append (GString   *out,
                             GPtrArray *users)
{
  append_technicians (out, users, FALSE);
}

void
rfi_wire_technicians_append_v1 (GString   *out,
                                GPtrArray *users)
{
  append_technicians (out, users, TRUE);
}

GPtrArray *
rfi_wire_vendors_parse (const char  *data,
                        gssize       length,
                        GError     **error)
{
  g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  RfiJsonIter iter;
  RfiJson list;
  RfiJson value;

  if (!parse_list (data, length, &list, error))
    return NULL;

  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      RfiUser *user = vendor_from_json (&value, error);

      if (user == NULL)
        return NULL;
      g_ptr_array_add (users, user);
    }

  return g_steal_pointer (&users);
}

void
rfi_wire_vendors_append (GString   *out,
                         GPtrArray *users)
{
  g_string_append (out, "{\"data\":[");
  for (guint i = 0; i < users->len; i++)
    {
      const RfiUser *user = g_ptr_array_index (users, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      rfi_json_append_member (out, "vendorId", user->vendor_id);
      rfi_json_append_member (out, "name", user->display_name);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}");
}

gboolean
rfi_wire_negotiate_has_presence (const char *data,
                                 gssize      length)
{
  RfiJson root;
  RfiJson value;

  return rfi_json_parse (data, length, &root, NULL)
         && rfi_json_get_member (&root, "presence", &value) && rfi_json_is_truthy (&value);
}

gboolean
rfi_wire_negotiate_parse (const char  *data,
                          gssize       length,
                          char       **url,
                          char       **token,
                          GError     **error)
{
  g_autofree char *read_url = NULL;
  g_autofree char *read_token = NULL;
  RfiJson root;

  if (!rfi_json_parse (data, length, &root, error))
    return FALSE;

  read_url = dup_member (&root, "url");
  read_token = dup_member (&root, "accessToken");
  if (read_url == NULL || read_token == NULL)
    return fail ("The answer does not say where the hub is", error);

  *url = g_steal_pointer (&read_url);
  *token = g_steal_pointer (&read_token);
  return TRUE;
}

void
rfi_wire_negotiate_append (GString    *out,
                           const char *url,
                           const char *token)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "url", url);
  rfi_json_append_member (out, "accessToken", token);
  g_string_append (out, ",\"presence\":true}");
}

/* Base64 in the alphabet for URLs, without padding. Returns: (transfer full) */
static guchar *
decode_base64url (const char *text,
                  gsize       length,
                  gsize      *decoded_length)
{
  g_autofree char *padded = g_malloc (length + 4);

  for (gsize i = 0; i < length; i++)
    padded[i] = text[i] == '-' ? '+' : text[i] == '_' ? '/' : text[i];
  while (length % 4 != 0)
    padded[length++] = '=';
  padded[length] = '\0';
  return g_base64_decode (padded, decoded_length);
}

gboolean
rfi_wire_jwt_get_expiry (const char *token,
                         gint64     *expires_at)
{
  const char *first = strchr (token, '.');
  const char *second = first != NULL ? strchr (first + 1, '.') : NULL;
  g_autofree guchar *payload = NULL;
  gsize length;
  gint64 seconds;
  RfiJson root;
  RfiJson value;

  if (second == NULL || second == first + 1)
    return FALSE;

  payload = decode_base64url (first + 1, (gsize) (second - first - 1), &length);
  if (payload == NULL || !rfi_json_parse ((const char *) payload, (gssize) length, &root, NULL) ||
      !rfi_json_get_member (&root, "exp", &value) || !rfi_json_get_int (&value, &seconds))
    return FALSE;

  *expires_at = seconds * 1000;
  return TRUE;
}
