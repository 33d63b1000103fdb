/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sample"

#include "config.h"

#include "rfi-sample.h"

#include "rfi-sample-company.h"
#include "rfi-sample-extra.h"
#include "rfi-sample-photos.h"
#include "rfi-sample-places.h"
#include "rfi-sample-story.h"
#include "rfi-server-tally.h"

#include <math.h>

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* The vendor the demonstration signs in to. */
#define SHOWN_OPEN 60
#define SHOWN_RECENT 40
#define SHOWN_TECHNICIANS 12

#define HISTORY_DAYS 540
/* So long who did what has been kept. */
#define STORY_DAYS 30
#define SMALL_SEED 1

/* What a job looks like when it was found: how many in a thousand. */
static const struct
{
  RfiStatus status;
  guint     share;
} mix[] = {
  { RFI_STATUS_PENDING, 12 },
  { RFI_STATUS_ASSIGNED, 14 },
  { RFI_STATUS_IN_PROGRESS, 10 },
  { RFI_STATUS_CANCELLED, 45 },
  { RFI_STATUS_COMPLETED, 919 },
};

typedef struct
{
  RfiServerStore  *store;
  RfiDb           *db;
  guint            n_jobs;     /* stored by now */
  RfiRandom       *random;     /* (owned) */
  RfiSamplePlaces *places;     /* (owned) */
  RfiSamplePhotos *photos;     /* (owned) */
  RfiSampleExtra  *extras;     /* (owned) */
  RfiSampleStory  *story;      /* (owned) (nullable) */
  RfiUser         *admin;      /* (owned) */
  GPtrArray       *companies;  /* (owned) (element-type RfiSampleCompany) */
  RfiSampleHashes  hashes;
  gint64           now;
} Filler;

static void
filler_init (Filler         *self,
             RfiServerStore *store,
             RfiDb          *db,
             guint64         seed,
             gint64          now)
{
  self->store = store;
  self->db = db;
  self->random = rfi_random_new_seed (seed);
  self->places = rfi_sample_places_new (self->random);
  self->photos = rfi_sample_photos_new (store);
  self->extras = rfi_sample_extra_new (seed, now);
  self->companies = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_sample_company_free);
  rfi_sample_hashes_init (&self->hashes);
  self->now = now;
}

static void
filler_clear (Filler *self)
{
  g_clear_object (&self->random);
  g_clear_pointer (&self->places, rfi_sample_places_free);
  g_clear_pointer (&self->photos, rfi_sample_photos_free);
  g_clear_pointer (&self->extras, rfi_sample_extra_free);
  g_clear_pointer (&self->story, rfi_sample_story_free);
  g_clear_pointer (&self->admin, rfi_user_unref);
  g_clear_pointer (&self->companies, g_ptr_array_unref);
  rfi_sample_hashes_clear (&self->hashes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filler, filler_clear)

static gboolean
add_companies (Filler  *self,
               guint    n,
               guint    n_shown_technicians,
               GError **error)
{
  self->admin = rfi_sample_add_admin (self->store, &self->hashes, self->random, error);
  if (self->admin == NULL)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      guint n_technicians = i == 0 ? n_shown_technicians
                                   : (guint) (3 + rfi_random_range (self->random, 5));
      RfiSampleCompany *company;

      if (n_shown_technicians == 1)
        n_technicians = 1;
      company = rfi_sample_company_add (self->store, &self->hashes, i, n_technicians,
                                        self->random, error);
      if (company == NULL)
        return FALSE;
      g_ptr_array_add (self->companies, company);
    }
  return TRUE;
}

/* With what it lived through, if that is told, which gives it its version. How many jobs there are
 * is written whenever they have doubled: where it seems that they are fewer than half of the
 * changes, those are swept. */
static gboolean
store_job (Filler                 *self,
           const RfiSampleCompany *company,
           RfiJob                 *job,
           GError                **error)
{
  if (self->story != NULL)
    job->version = rfi_sample_story_add (self->story, job, company->dispatcher->id);
  if (!rfi_server_store_add_job (self->store, job, error))
    return FALSE;

  self->n_jobs++;
  return (self->n_jobs & (self->n_jobs - 1)) != 0  /* not a power of two */
         || rfi_server_tally_keep (self->db, error);
}

/* The contract's jobs, oldest first */

static const struct
{
  const char     *title;
  const char     *description;
  guint           company;
  RfiStatus       status;
  RfiPriority     priority;
  const char     *store_name;
  const char     *address;
  const char     *city;
  const char     *zip_code;
  gboolean        has_photos;
  RfiSketchScene  scenes[RFI_SAMPLE_MAX_SCENES];
} contract_jobs[] = {
  { "HVAC compressor replacement",
    "Main HVAC unit compressor failed. Store temperature is rising, customers complain.",
    0, RFI_STATUS_PENDING, RFI_PRIORITY_HIGH,
    "FreshMart Downtown", "123 Main St", "Dallas", "75201", FALSE, { 0, } },
  { "Thermostat calibration",
    "Thermostat reads 5°F higher than the actual temperature. Needs calibration or replacement.",
    0, RFI_STATUS_PENDING, RFI_PRIORITY_MEDIUM,
    "QuickStop #12", "456 Oak Ave", "Plano", "75074", FALSE, { 0, } },
  { "Air duct cleaning",
    "Scheduled cleaning of the air ducts on the sales floor. Come before opening hours.",
    0, RFI_STATUS_ASSIGNED, RFI_PRIORITY_LOW,
    "FreshMart Uptown", "789 Elm St", "Dallas", "75204", FALSE, { 0, } },
  { "Walk-in cooler repair",
    "Walk-in cooler is not holding temperature. Evaporator is iced over, product at risk.",
    0, RFI_STATUS_IN_PROGRESS, RFI_PRIORITY_URGENT,
    "QuickStop #3", "321 Division St", "Arlington", "76010", TRUE,
    { RFI_SKETCH_EVAPORATOR, RFI_SKETCH_THERMOMETER, RFI_SKETCH_PLATE } },
  { "Freezer defrost cycle fix",
    "Freezer defrost timer was stuck, ice had built up on the coils. Timer replaced and tested.",
    0, RFI_STATUS_COMPLETED, RFI_PRIORITY_HIGH,
    "FreshMart #1", "654 Preston Rd", "Dallas", "75225", TRUE,
    { RFI_SKETCH_EVAPORATOR, RFI_SKETCH_PANEL, RFI_SKETCH_THERMOMETER } },
  { "Emergency lighting replacement",
    "Emergency exit lights in the east wing are out. Safety issue, replace at once.",
    1, RFI_STATUS_PENDING, RFI_PRIORITY_URGENT,
    "ValueMart Central", "987 Commerce St", "Fort Worth", "76102", FALSE, { 0, } },
  { "POS system wiring",
    "Data and power for two new registers at the front end.",
    1, RFI_STATUS_ASSIGNED, RFI_PRIORITY_MEDIUM,
    "ValueMart North", "147 Highland Ave", "Irving", "75061", FALSE, { 0, } },
  { "Panel upgrade inspection",
    "Inspection after the upgrade of the main panel. Check load balance and labels.",
    1, RFI_STATUS_IN_PROGRESS, RFI_PRIORITY_LOW,
    "Corner Pantry #5", "258 Market St", "Garland", "75040", FALSE, { 0, } },
};

static gboolean
add_contract_job (Filler  *self,
                  guint    number,
                  GError **error)
{
  const RfiSampleCompany *company = self->companies->pdata[contract_jobs[number].company];
  const RfiUser *technician = company->technicians->pdata[0];
  gboolean is_open = contract_jobs[number].status == RFI_STATUS_PENDING;
  g_autofree char *id = rfi_random_uuid (self->random);
  gboolean added;
  RfiJob job = {
    .id = id,
    .title = contract_jobs[number].title,
    .description = contract_jobs[number].description,
    .status = contract_jobs[number].status,
    .priority = contract_jobs[number].priority,
    .vendor_id = company->id,
    .created_by = self->admin->id,
    .assigned_to = is_open ? NULL : technician->id,
    .store_name = contract_jobs[number].store_name,
    .address = contract_jobs[number].address,
    .city = contract_jobs[number].city,
    .state = "TX",
    .zip_code = contract_jobs[number].zip_code,
    .created_at = self->now - (gint64) (G_N_ELEMENTS (contract_jobs) - number) * DAY,
    .updated_at = self->now,
  };

  job.extra = rfi_sample_extra_make (self->extras, &job, company->trades[0],
                                     is_open ? NULL : technician);
  added = store_job (self, company, &job, error);
  g_clear_pointer (&job.extra, rfi_job_extra_unref);
  if (added && contract_jobs[number].has_photos)
    rfi_sample_photos_take (self->photos, &job, contract_jobs[number].scenes, TRUE, self->random);
  return added;
}

static gboolean
add_contract_jobs (Filler  *self,
                   GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (contract_jobs); i++)
    if (!add_contract_job (self, i, error))
      return FALSE;
  return TRUE;
}

/* A trade's jobs */

/* Around @mean, mostly less, never more than @most. */
static gint64
some_time (Filler *self,
           gint64  mean,
           gint64  most)
{
  double drawn = -log (1.0 - rfi_random_unit (self->random)) * (double) mean;

  return 5 * MINUTE + (gint64) MIN (drawn, (double) (most - 5 * MINUTE));
}

static void
set_times (Filler   *self,
           RfiJob   *job,
           gboolean  is_recent)
{
  gint64 age;
  gint64 span;

  if (job->status == RFI_STATUS_PENDING)
    age = some_time (self, 14 * HOUR, 4 * DAY);
  else if (!rfi_status_is_final (job->status))
    age = some_time (self, 28 * HOUR, 6 * DAY);
  else if (is_recent)
    age = 6 * HOUR + some_time (self, 60 * HOUR, 9 * DAY);
  else
    age = 2 * DAY + (gint64) (pow (rfi_random_unit (self->random), 1.4) * HISTORY_DAYS * DAY);

  /* Old work took some days, today's is still under way. */
  if (job->status == RFI_STATUS_PENDING)
    span = rfi_random_range (self->random, 4) == 0 ? age / 3 : 0;
  else if (rfi_status_is_final (job->status))
    span = HOUR + some_time (self, 20 * HOUR, 8 * DAY);
  else
    span = (gint64) ((0.3 + 0.65 * rfi_random_unit (self->random)) * (double) age);

  job->created_at = self->now - age;
  job->updated_at = job->created_at + MIN (span, age - 4 * MINUTE);
}

/* Some people always have more to do than others; who has left has only old work. */
static const RfiUser *
pick_technician (Filler                 *self,
                 const RfiSampleCompany *company,
                 RfiStatus               status)
{
  guint n = company->technicians->len;
  guint64 a = rfi_random_range (self->random, n);
  guint64 b = rfi_random_range (self->random, n);

  const RfiUser *technician = company->technicians->pdata[MIN (a, b)];

  if (technician->inactive && !rfi_status_is_final (status))
    return company->technicians->pdata[0];
  return technician;
}

static gboolean
needs_technician (Filler    *self,
                  RfiStatus  status)
{
  if (status == RFI_STATUS_CANCELLED)
    return rfi_random_range (self->random, 5) < 2;
  return status != RFI_STATUS_PENDING;
}

static RfiPriority
vary_priority (Filler      *self,
               RfiPriority  usual)
{
  guint64 drawn = rfi_random_range (self->random, 10);

  if (drawn == 0 && usual < RFI_PRIORITY_URGENT)
    return usual + 1;
  if (drawn <= 2 && usual > RFI_PRIORITY_LOW)
    return usual - 1;
  return usual;
}

/* @photos_in: one job in so many has photos */
static gboolean
add_job (Filler                 *self,
         const RfiSampleCompany *company,
         RfiStatus               status,
         gboolean                is_recent,
         guint                   photos_in,
         GError                **error)
{
  RfiTrade trade = company->trades[rfi_random_range (self->random, 3) == 0];
  const RfiSampleFault *fault = rfi_sample_fault_pick (trade, self->random);
  /* What is wrong there is wrong beside food. */
  gboolean with_food = trade == RFI_TRADE_REFRIGERATION || trade == RFI_TRADE_ELECTRICAL
                       || trade == RFI_TRADE_PLUMBING;
  const RfiSampleShop *shop = rfi_sample_places_pick (self->places, company->area, with_food,
                                                      self->random);
  g_autofree char *id = rfi_random_uuid (self->random);
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  const RfiUser *technician = NULL;
  gboolean added;
  gboolean by_admin = rfi_random_range (self->random, 7) == 0;
  RfiJob job = {
    .id = id,
    .status = status,
    .priority = vary_priority (self, fault->priority),
    .vendor_id = company->id,
    .created_by = by_admin ? self->admin->id : company->dispatcher->id,
    .store_name = shop->name,
    .address = shop->address,
    .city = shop->city,
    .state = shop->state,
    .zip_code = shop->zip_code,
  };

  rfi_sample_fault_tell (fault, self->random, &title, &description);
  job.title = title;
  job.description = description;
  if (needs_technician (self, status))
    technician = pick_technician (self, company, status);
  if (technician != NULL)
    job.assigned_to = technician->id;
  set_times (self, &job, is_recent);
  job.extra = rfi_sample_extra_make (self->extras, &job, trade, technician);
  added = store_job (self, company, &job, error);
  g_clear_pointer (&job.extra, rfi_job_extra_unref);
  if (added && rfi_random_range (self->random, photos_in) == 0)
    rfi_sample_photos_take (self->photos, &job, fault->scenes, FALSE, self->random);
  return added;
}

/* A board worth looking at, whatever the size of the rest. */
static gboolean
add_shown_jobs (Filler  *self,
                guint    n_open,
                guint    n_recent,
                GError **error)
{
  const RfiSampleCompany *company = self->companies->pdata[0];

  for (guint i = 0; i < n_open; i++)
    {
      RfiStatus status = i % 10 < 3   ? RFI_STATUS_PENDING
                         : i % 10 < 7 ? RFI_STATUS_ASSIGNED
                                      : RFI_STATUS_IN_PROGRESS;

      if (!add_job (self, company, status, TRUE, 4, error))
        return FALSE;
    }

  for (guint i = 0; i < n_recent; i++)
    if (!add_job (self, company, i % 9 == 8 ? RFI_STATUS_CANCELLED : RFI_STATUS_COMPLETED, TRUE, 3,
                  error))
      return FALSE;
  return TRUE;
}

static RfiStatus
pick_status (Filler *self)
{
  guint drawn = (guint) rfi_random_range (self->random, 1000);
  guint i = 0;

  while (drawn >= mix[i].share)
    drawn -= mix[i++].share;
  return mix[i].status;
}

static gboolean
add_other_jobs (Filler  *self,
                guint    n,
                GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      guint64 number = rfi_random_range (self->random, self->companies->len);
      RfiStatus status = pick_status (self);

      /* The first company's open jobs are counted elsewhere. */
      if (number == 0 && !rfi_status_is_final (status))
        status = RFI_STATUS_COMPLETED;
      if (!add_job (self, self->companies->pdata[number], status, FALSE, 50, error))
        return FALSE;
    }
  return TRUE;
}

/* One transaction around @fill, unless the store has jobs */

typedef struct
{
  guint    n_vendors;
  guint    n_technicians;  /* of the first vendor */
  guint    n_jobs;         /* besides the contract's */
  gboolean has_story;
} Size;

/* Into an index each row costs a search, all of them together only a sort.
 * @indexes: (out) (transfer full): what makes them again */
static gboolean
drop_indexes (RfiDb    *db,
              char    **indexes,
              GError  **error)
{
  static const char sql[] =
    "SELECT group_concat ('DROP INDEX ' || name, ';'), group_concat (sql, ';')"
    " FROM (SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    " AND tbl_name IN ('job', 'audit') ORDER BY rowid)";
  RFI_DB_KEPT row = rfi_db_prepare (db, sql, error);
  g_autofree char *drop = NULL;

  if (row == NULL || !rfi_db_step (db, row, error))
    return FALSE;

  drop = g_strdup (rfi_db_text (row, 0));
  *indexes = g_strdup (rfi_db_text (row, 1));
  /* None goes while somebody reads. */
  rfi_db_done (&row);
  return rfi_db_run (db, drop, error);
}

static gboolean
fill_jobs (Filler      *self,
           const Size  *size,
           GError     **error)
{
  guint n_open = MIN (SHOWN_OPEN, size->n_jobs / 2);
  guint n_recent = MIN (SHOWN_RECENT, size->n_jobs / 4);
  g_autofree char *indexes = NULL;
  gboolean filled;

  rfi_server_tally_begin (self->db);
  filled = drop_indexes (self->db, &indexes, error)
           && add_contract_jobs (self, error)
           && add_shown_jobs (self, n_open, n_recent, error)
           && add_other_jobs (self, size->n_jobs - n_open - n_recent, error)
           && rfi_server_tally_keep (self->db, error);
  rfi_server_tally_end (self->db);
  return filled
         && (self->story == NULL || rfi_sample_story_write (self->story, self->db, error))
         && rfi_db_run (self->db, indexes, error)
         && rfi_sample_photos_write (self->photos, error);
}

static gboolean
fill (RfiServerStore  *store,
      const Size      *size,
      guint64          seed,
      gint64           now,
      GError         **error)
{
  g_auto(Filler) filler = { 0, };
  gint64 n_jobs = rfi_server_store_count_jobs (store, error);
  RfiDb *db = n_jobs >= 0 ? rfi_server_store_begin (store, error) : NULL;
  gboolean ok;

  if (db == NULL)
    return FALSE;

  filler_init (&filler, store, db, seed, now);
  if (size->has_story)
    filler.story = rfi_sample_story_new (now - STORY_DAYS * DAY);
  ok = add_companies (&filler, size->n_vendors, size->n_technicians, error)
       && (n_jobs > 0 || fill_jobs (&filler, size, error));
  if (!ok)
    {
      rfi_server_store_end (store, FALSE, NULL);
      return FALSE;
    }
  return rfi_server_store_end (store, TRUE, error);
}

gboolean
rfi_sample_fill_small (RfiServerStore  *store,
                       gint64           now,
                       GError         **error)
{
  const Size size = { .n_vendors = 2, .n_technicians = 1 };

  return fill (store, &size, SMALL_SEED, now, error);
}

gboolean
rfi_sample_fill_large (RfiServerStore  *store,
                       guint            n_vendors,
                       guint            n_jobs,
                       guint64          seed,
                       gint64           now,
                       GError         **error)
{
  guint n_contract = G_N_ELEMENTS (contract_jobs);
  const Size size = {
    .n_vendors = MAX (n_vendors, 2),
    .n_technicians = SHOWN_TECHNICIANS,
    .n_jobs = n_jobs > n_contract ? n_jobs - n_contract : 0,
    .has_story = TRUE,
  };
  gint64 there = rfi_server_store_count_jobs (store, error);

  if (there != 0)
    return there > 0;
  return fill (store, &size, seed, now, error);
}
