/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sample-extra"

#include "config.h"

#include "rfi-sample-extra.h"

#include "rfi-item-list.h"
#include "rfi-time.h"

#define MINUTE  G_GINT64_CONSTANT (60000)
#define HOUR    (60 * MINUTE)
#define DAY     (24 * HOUR)
#define QUARTER (15 * MINUTE)

/* Of the old jobs one in so many. */
#define OLD_IN  6
#define RECENT  (30 * DAY)

#define AT(field) ((field) - RFI_N_CONTRACT_FIELDS)

struct _RfiSampleExtra
{
  RfiRandom  *random;  /* (owned) */
  gint64      now;
  GHashTable *free_at; /* (owned): technician → gint64: until when their days are planned */
};

static const char * const parts[RFI_N_TRADES][4] = {
  [RFI_TRADE_REFRIGERATION] = { "Evaporator fan motor", "Door gasket", "Defrost timer",
                                "R-448A, lb" },
  [RFI_TRADE_HVAC] = { "Air filter 20 × 25 × 2", "V-belt", "Flame sensor", "Contactor 40 A" },
  [RFI_TRADE_ELECTRICAL] = { "LED tube 4 ft", "Breaker 20 A", "Ballast", "GFCI outlet" },
  [RFI_TRADE_PLUMBING] = { "Flush valve kit", "P-trap 1 1/2 in", "Mixing valve", "Wax ring" },
  [RFI_TRADE_DOORS] = { "Door closer", "Hinge set", "Lock cylinder", "Roller" },
  [RFI_TRADE_POS] = { "Patch cable", "Receipt printer", "Scanner", "UPS battery" },
};

static const char * const endings[] = {
  "Repaired and tested, runs as it should.",
  "Replaced the worn part and watched two full cycles.",
  "Found a loose connection, tightened it and tested under load.",
  "Cleaned and adjusted. The part will have to be replaced within a year.",
};

static const char * const remarks[] = {
  "The manager on duty has the key.",
  "Called ahead, they expect us before opening hours.",
  "Same fault as in spring, please look at the wiring too.",
  "Part is ordered, arrives tomorrow.",
};

RfiSampleExtra *
rfi_sample_extra_new (guint64 seed,
                      gint64  now)
{
  RfiSampleExtra *self = g_new0 (RfiSampleExtra, 1);

  self->random = rfi_random_new_seed (seed);
  self->now = now;
  self->free_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
rfi_sample_extra_free (RfiSampleExtra *self)
{
  g_object_unref (self->random);
  g_hash_table_unref (self->free_at);
  g_free (self);
}

static gboolean
one_in (RfiSampleExtra *self,
        guint           n)
{
  return rfi_random_range (self->random, n) == 0;
}

static const char *
pick (RfiSampleExtra     *self,
      const char * const *texts,
      guint               n)
{
  return texts[rfi_random_range (self->random, n)];
}

/* @text: (transfer full) */
static void
set (char     **values,
     RfiField   field,
     char      *text)
{
  values[AT (field)] = text;
}

/* Days are counted from midnight UTC, which is as good as any for people who do not exist. */
static gint64
find_slot (const RfiUser *technician,
           gint64         from,
           gint64         length)
{
  gint64 opens = technician->work_start * MINUTE;
  gint64 closes = technician->work_end * MINUTE;
  gint64 day = from / DAY * DAY;
  gint64 start = (from + QUARTER - 1) / QUARTER * QUARTER;

  if (start - day < opens)
    return day + opens;
  if (start - day + length > closes)
    return day + DAY + opens;
  return start;
}

/* One visit after the other, with time to drive between them. */
static void
plan (RfiSampleExtra *self,
      const RfiJob   *job,
      const RfiUser  *technician,
      gint64          length,
      char          **values)
{
  const gint64 *known = g_hash_table_lookup (self->free_at, technician->id);
  gint64 from = known != NULL                          ? *known
                : job->status == RFI_STATUS_IN_PROGRESS ? self->now - HOUR
                                                        : self->now + HOUR;
  gint64 start = find_slot (technician, from, length);
  gint64 *next = g_new (gint64, 1);

  *next = start + length + 2 * QUARTER;
  g_hash_table_insert (self->free_at, g_strdup (technician->id), next);
  set (values, RFI_FIELD_SCHEDULED_START, rfi_time_to_string (start));
  set (values, RFI_FIELD_SCHEDULED_END, rfi_time_to_string (start + length));
}

/* Done work had its hours too: those before its last word, if somebody was at work then. */
static void
plan_done (RfiSampleExtra *self,
           const RfiJob   *job,
           const RfiUser  *technician,
           gint64          length,
           char          **values)
{
  gint64 start = find_slot (technician, job->updated_at - length, length);

  if (start + length > self->now)
    start -= DAY;
  set (values, RFI_FIELD_SCHEDULED_START, rfi_time_to_string (start));
  set (values, RFI_FIELD_SCHEDULED_END, rfi_time_to_string (start + length));
}

static void
add_item (RfiSampleExtra *self,
          RfiField        field,
          const char     *who,
          const char     *text,
          gint64          number,
          char          **values)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_item_free);
  g_autofree char *id = rfi_random_uuid (self->random);

  g_ptr_array_add (items, rfi_item_new (id, who, text, number));
  set (values, field, rfi_item_list_to_text (field, items));
}

static void
tell_work (RfiSampleExtra *self,
           RfiTrade        trade,
           const RfiUser  *technician,
           gint64          length,
           char          **values)
{
  gint64 minutes = length / MINUTE + (gint64) rfi_random_range (self->random, 5) * 15 - 30;

  add_item (self, RFI_FIELD_LABOUR, technician->id, NULL, MAX (minutes, 15), values);
  if (!one_in (self, 3))
    set (values, RFI_FIELD_COMPLETION_NOTES,
         g_strdup (pick (self, endings, G_N_ELEMENTS (endings))));
  if (one_in (self, 2))
    add_item (self, RFI_FIELD_PARTS, NULL, pick (self, parts[trade], G_N_ELEMENTS (parts[trade])),
              1 + (gint64) rfi_random_range (self->random, 3), values);
}

static void
fill (RfiSampleExtra *self,
      const RfiJob   *job,
      RfiTrade        trade,
      const RfiUser  *technician,
      char          **values)
{
  gint64 length = (gint64) (2 + rfi_random_range (self->random, 9)) * QUARTER;
  gboolean is_open = !rfi_status_is_final (job->status);

  set (values, RFI_FIELD_ESTIMATED_MINUTES, g_strdup_printf ("%d", (int) (length / MINUTE)));
  if (one_in (self, 2))
    set (values, RFI_FIELD_SKILLS, g_strdup (rfi_sample_trade_skill (trade)));
  if (is_open && technician != NULL)
    plan (self, job, technician, length, values);
  else if (job->status == RFI_STATUS_COMPLETED && technician != NULL)
    {
      plan_done (self, job, technician, length, values);
      tell_work (self, trade, technician, length, values);
    }
  else if (job->status == RFI_STATUS_PENDING && one_in (self, 8))
    set (values, RFI_FIELD_HOLD_UNTIL,
         rfi_time_to_string ((self->now / DAY + 1 + (gint64) rfi_random_range (self->random, 4)) *
                             DAY));
  if (one_in (self, 4))
    add_item (self, RFI_FIELD_NOTES, job->created_by,
              pick (self, remarks, G_N_ELEMENTS (remarks)), 0, values);
}

const RfiJobExtra *
rfi_sample_extra_make (RfiSampleExtra *self,
                       const RfiJob   *job,
                       RfiTrade        trade,
                       const RfiUser  *technician)
{
  char *values[RFI_N_EXTRA_FIELDS] = { NULL, };
  const RfiJobExtra *extra;

  if (rfi_status_is_final (job->status) && self->now - job->updated_at > RECENT &&
      !one_in (self, OLD_IN))
    return NULL;

  fill (self, job, trade, technician, values);
  extra = rfi_job_extra_new ((const char *const *) values);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_free (values[i]);
  return extra;
}
