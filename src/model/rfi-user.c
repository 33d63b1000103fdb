/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-user"

#include "config.h"

#include "rfi-user.h"

static const char *const roles[RFI_N_ROLES] = { "admin", "dispatcher", "technician" };

const char *
rfi_role_to_string (RfiRole role)
{
  g_return_val_if_fail (role < RFI_N_ROLES, NULL);

  return roles[role];
}

gboolean
rfi_role_from_string (const char *text,
                      RfiRole    *role)
{
  for (guint i = 0; i < RFI_N_ROLES; i++)
    if (g_strcmp0 (text, roles[i]) == 0)
      {
        *role = (RfiRole) i;
        return TRUE;
      }

  return FALSE;
}

G_DEFINE_BOXED_TYPE (RfiUser, rfi_user, rfi_user_ref, rfi_user_unref)

RfiUser *
rfi_user_new (const RfiUser *template)
{
  RfiUser *self = g_new0 (RfiUser, 1);

  self->id = g_strdup (template->id);
  self->email = g_strdup (template->email);
  self->display_name = g_strdup (template->display_name);
  self->vendor_id = g_strdup (template->vendor_id);
  self->role = template->role;
  self->skills = g_strdup (template->skills);
  self->work_start = template->work_start;
  self->work_end = template->work_end;
  self->inactive = template->inactive;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiUser *
rfi_user_ref (RfiUser *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_user_unref (RfiUser *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->id);
  g_free (self->email);
  g_free (self->display_name);
  g_free (self->vendor_id);
  g_free (self->skills);
  g_free (self);
}
