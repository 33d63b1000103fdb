/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-user"

#include "config.h"

#include "rfi-user.h"

#include "rfi-text-pool.h"

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

/* What jobs name too, or many people have in common. */
static void
list_interned (RfiUser      *self,
               const char ***texts)
{
  texts[0] = (const char **) &self->id;
  texts[1] = (const char **) &self->display_name;
  texts[2] = (const char **) &self->vendor_id;
  texts[3] = (const char **) &self->skills;
}
#define N_INTERNED 4

RfiUser *
rfi_user_new (const RfiUser *template)
{
  const char **interned[N_INTERNED];
  RfiUser *self = g_new (RfiUser, 1);

  *self = *template;
  self->email = g_strdup (template->email);
  list_interned (self, interned);
  rfi_text_pool_take (interned, N_INTERNED);
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
  const char **interned[N_INTERNED];

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  list_interned (self, interned);
  rfi_text_pool_release (interned, N_INTERNED);
  g_free (self->email);
  g_free (self);
}
