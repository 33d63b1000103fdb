/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sample-company"

#include "config.h"

#include "rfi-sample-company.h"

#include "rfi-password.h"
#include "rfi-sample-places.h"
#include "rfi-sample.h"

#include <string.h>

static const struct
{
  const char *dispatcher;
  const char *dispatcher_name;
  const char *technician;
  const char *technician_name;
  RfiTrade    trades[2];
} known[] = {
  { "dispatcher@coolair.com", "Cool Air Dispatcher", "ahmed@coolair.com", "Ahmed (Technician)",
    { RFI_TRADE_REFRIGERATION, RFI_TRADE_HVAC } },
  { "dispatcher@sparkelectric.com", "Spark Electric Dispatcher", "sara@sparkelectric.com",
    "Sara (Technician)", { RFI_TRADE_ELECTRICAL, RFI_TRADE_POS } },
};

void
rfi_sample_hashes_init (RfiSampleHashes *self)
{
  self->admin = rfi_password_hash (RFI_SAMPLE_ADMIN_PASSWORD);
  self->dispatcher = rfi_password_hash (RFI_SAMPLE_DISPATCHER_PASSWORD);
  self->technician = rfi_password_hash (RFI_SAMPLE_TECHNICIAN_PASSWORD);
}

void
rfi_sample_hashes_clear (RfiSampleHashes *self)
{
  g_clear_pointer (&self->admin, g_free);
  g_clear_pointer (&self->dispatcher, g_free);
  g_clear_pointer (&self->technician, g_free);
}

RfiUser *
rfi_sample_add_user (RfiServerStore  *store,
                     RfiRandom       *random,
                     const RfiUser   *user,
                     const char      *password_hash,
                     GError         **error)
{
  g_autofree char *id = rfi_random_uuid (random);
  g_autoptr(GError) local = NULL;
  RfiUser *there = rfi_server_store_find_user (store, user->email, &local);
  RfiUser template = *user;

  if (there != NULL)
    return there;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  template.id = id;
  if (!rfi_server_store_add_user (store, &template, password_hash, error))
    return NULL;
  return rfi_user_new (&template);
}

RfiUser *
rfi_sample_add_admin (RfiServerStore         *store,
                      const RfiSampleHashes  *hashes,
                      RfiRandom              *random,
                      GError                **error)
{
  const RfiUser admin = {
    .email = (char *) "admin@retailfixit.com",
    .display_name = (char *) "System Admin",
    .role = RFI_ROLE_ADMIN,
  };

  return rfi_sample_add_user (store, random, &admin, hashes->admin, error);
}

static gboolean
add_dispatcher (RfiSampleCompany       *self,
                RfiServerStore         *store,
                const RfiSampleHashes  *hashes,
                const char             *email,
                const char             *name,
                RfiRandom              *random,
                GError                **error)
{
  const RfiUser dispatcher = {
    .email = (char *) email,
    .display_name = (char *) name,
    .vendor_id = self->id,
    .role = RFI_ROLE_DISPATCHER,
  };

  self->dispatcher = rfi_sample_add_user (store, random, &dispatcher, hashes->dispatcher, error);
  return self->dispatcher != NULL;
}

static gboolean
add_technician (RfiSampleCompany       *self,
                RfiServerStore         *store,
                const RfiSampleHashes  *hashes,
                const RfiUser          *technician,
                RfiRandom              *random,
                GError                **error)
{
  RfiUser *user = rfi_sample_add_user (store, random, technician, hashes->technician, error);

  if (user == NULL)
    return FALSE;

  g_ptr_array_add (self->technicians, user);
  return TRUE;
}

static gboolean
add_known_people (RfiSampleCompany       *self,
                  RfiServerStore         *store,
                  const RfiSampleHashes  *hashes,
                  guint                   number,
                  RfiRandom              *random,
                  GError                **error)
{
  g_autofree char *skills = NULL;
  RfiUser technician = {
    .email = (char *) known[number].technician,
    .display_name = (char *) known[number].technician_name,
    .vendor_id = self->id,
    .role = RFI_ROLE_TECHNICIAN,
  };

  memcpy (self->trades, known[number].trades, sizeof self->trades);
  rfi_sample_technician_qualify (&technician, self->trades, 0);
  skills = technician.skills;
  return add_dispatcher (self, store, hashes, known[number].dispatcher,
                         known[number].dispatcher_name, random, error)
         && add_technician (self, store, hashes, &technician, random, error);
}

static gboolean
add_people (RfiSampleCompany       *self,
            RfiServerStore         *store,
            const RfiSampleHashes  *hashes,
            const char             *host,
            guint                   n_technicians,
            RfiRandom              *random,
            GError                **error)
{
  for (guint i = self->technicians->len; i < n_technicians; i++)
    {
      g_autoptr(RfiUser) technician = rfi_sample_technician (self->id, self->trades, host, i,
                                                             random);

      if (!add_technician (self, store, hashes, technician, random, error))
        return FALSE;
    }
  return TRUE;
}

RfiSampleCompany *
rfi_sample_company_add (RfiServerStore         *store,
                        const RfiSampleHashes  *hashes,
                        guint                   number,
                        guint                   n_technicians,
                        RfiRandom              *random,
                        GError                **error)
{
  g_autoptr(RfiSampleCompany) self = g_new0 (RfiSampleCompany, 1);
  g_autofree char *host = NULL;

  self->id = g_strdup_printf ("vendor-%03u", number + 1);
  self->technicians = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);

  if (number < G_N_ELEMENTS (known))
    {
      self->area = 0;
      host = g_strdup (strchr (known[number].dispatcher, '@') + 1);
      if (!add_known_people (self, store, hashes, number, random, error))
        return NULL;
    }
  else
    {
      RfiTrade trade = (RfiTrade) (number % RFI_N_TRADES);
      g_autofree char *name = rfi_sample_company_name (trade, number / RFI_N_TRADES);
      g_autofree char *shown = g_strdup_printf ("%s Dispatcher", name);
      g_autofree char *email = NULL;

      self->trades[0] = self->trades[1] = trade;
      self->area = (guint) rfi_random_range (random, rfi_sample_places_count_areas ());
      host = rfi_sample_company_host (name);
      email = g_strdup_printf ("dispatch@%s", host);
      if (!add_dispatcher (self, store, hashes, email, shown, random, error))
        return NULL;
    }

  if (!add_people (self, store, hashes, host, n_technicians, random, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rfi_sample_company_free (RfiSampleCompany *self)
{
  g_free (self->id);
  g_clear_pointer (&self->dispatcher, rfi_user_unref);
  g_clear_pointer (&self->technicians, g_ptr_array_unref);
  g_free (self);
}
