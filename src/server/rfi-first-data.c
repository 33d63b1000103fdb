/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-first-data"

#include "config.h"

#include "rfi-first-data.h"

#include "rfi-password.h"

#define DAY (G_GINT64_CONSTANT (24) * 3600 * 1000)

static const struct
{
  const char *email;
  const char *password;
  const char *display_name;
  RfiRole     role;
  const char *vendor_id;
} accounts[] = {
  { "admin@retailfixit.com", "admin123", "System Admin", RFI_ROLE_ADMIN, NULL },
  { "ahmed@coolair.com", "tech123", "Ahmed (Technician)", RFI_ROLE_TECHNICIAN, "vendor-001" },
  { "sara@sparkelectric.com", "tech123", "Sara (Technician)", RFI_ROLE_TECHNICIAN, "vendor-002" },
  { "dispatcher@coolair.com", "dispatch123", "Cool Air Dispatcher", RFI_ROLE_DISPATCHER,
    "vendor-001" },
  { "dispatcher@sparkelectric.com", "dispatch123", "Spark Electric Dispatcher",
    RFI_ROLE_DISPATCHER, "vendor-002" },
};

static const struct
{
  const char  *title;
  const char  *description;
  guint        company;
  RfiStatus    status;
  RfiPriority  priority;
  const char  *store_name;
  const char  *address;
  const char  *city;
  const char  *zip_code;
} jobs[] = {
  { "HVAC compressor replacement",
    "Main HVAC unit compressor failed. Store temperature is rising, customers complain.",
    0, RFI_STATUS_PENDING, RFI_PRIORITY_HIGH,
    "FreshMart Downtown", "123 Main St", "Dallas", "75201" },
  { "Thermostat calibration",
    "Thermostat reads 5°F higher than the actual temperature. Needs calibration or replacement.",
    0, RFI_STATUS_PENDING, RFI_PRIORITY_MEDIUM,
    "QuickStop #12", "456 Oak Ave", "Plano", "75074" },
  { "Air duct cleaning",
    "Scheduled cleaning of the air ducts on the sales floor. Come before opening hours.",
    0, RFI_STATUS_ASSIGNED, RFI_PRIORITY_LOW,
    "FreshMart Uptown", "789 Elm St", "Dallas", "75204" },
  { "Walk-in cooler repair",
    "Walk-in cooler is not holding temperature. Evaporator is iced over, product at risk.",
    0, RFI_STATUS_IN_PROGRESS, RFI_PRIORITY_URGENT,
    "QuickStop #3", "321 Division St", "Arlington", "76010" },
  { "Freezer defrost cycle fix",
    "Freezer defrost timer was stuck, ice had built up on the coils. Timer replaced and tested.",
    0, RFI_STATUS_COMPLETED, RFI_PRIORITY_HIGH,
    "FreshMart #1", "654 Preston Rd", "Dallas", "75225" },
  { "Emergency lighting replacement",
    "Emergency exit lights in the east wing are out. Safety issue, replace at once.",
    1, RFI_STATUS_PENDING, RFI_PRIORITY_URGENT,
    "ValueMart Central", "987 Commerce St", "Fort Worth", "76102" },
  { "POS system wiring",
    "Data and power for two new registers at the front end.",
    1, RFI_STATUS_ASSIGNED, RFI_PRIORITY_MEDIUM,
    "ValueMart North", "147 Highland Ave", "Irving", "75061" },
  { "Panel upgrade inspection",
    "Inspection after the upgrade of the main panel. Check load balance and labels.",
    1, RFI_STATUS_IN_PROGRESS, RFI_PRIORITY_LOW,
    "Corner Pantry #5", "258 Market St", "Garland", "75040" },
};

static gboolean
add_accounts (RfiServerStore  *store,
              char           **ids,
              GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autofree char *hash = rfi_password_hash (accounts[i].password);
      RfiUser user = {
        .email = (char *) accounts[i].email,
        .display_name = (char *) accounts[i].display_name,
        .role = accounts[i].role,
        .vendor_id = (char *) accounts[i].vendor_id,
      };

      user.id = ids[i] = g_uuid_string_random ();
      if (!rfi_server_store_add_user (store, &user, hash, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_jobs (RfiServerStore  *store,
          char           **ids,
          gint64           now,
          GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      const char *vendor_id = accounts[1 + jobs[i].company].vendor_id;
      RfiJob job = {
        .id = id,
        .title = jobs[i].title,
        .description = jobs[i].description,
        .status = jobs[i].status,
        .priority = jobs[i].priority,
        .tenant_id = vendor_id,
        .vendor_id = vendor_id,
        .created_by = ids[0],
        .assigned_to = jobs[i].status != RFI_STATUS_PENDING ? ids[1 + jobs[i].company] : NULL,
        .store_name = jobs[i].store_name,
        .address = jobs[i].address,
        .city = jobs[i].city,
        .state = "TX",
        .zip_code = jobs[i].zip_code,
        .created_at = now - (gint64) (G_N_ELEMENTS (jobs) - i) * DAY,
        .updated_at = now,
      };

      if (!rfi_server_store_add_job (store, &job, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
rfi_first_data_fill (RfiServerStore  *store,
                     gint64           now,
                     GError         **error)
{
  g_auto(GStrv) ids = g_new0 (char *, G_N_ELEMENTS (accounts) + 1);
  gint64 n_jobs = rfi_server_store_count_jobs (store, error);
  gboolean filled;

  if (n_jobs != 0)
    return n_jobs > 0;
  if (!rfi_server_store_begin (store, error))
    return FALSE;

  filled = add_accounts (store, ids, error) && add_jobs (store, ids, now, error);
  return rfi_server_store_end (store, filled, filled ? error : NULL) && filled;
}
