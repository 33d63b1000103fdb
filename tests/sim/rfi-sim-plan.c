/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-plan"

#include "config.h"

#include "rfi-sim-plan.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WORK_DAY (DAY - RFI_SIM_NIGHT)

/* Sets the streams of pictures, of sign-ins, of damage and of moves apart from that of all else. */
#define PICTURES G_GUINT64_CONSTANT (0x70696374757265)
#define SIGN_INS G_GUINT64_CONSTANT (0x7369676e696e73)
#define DAMAGE   G_GUINT64_CONSTANT (0x64616d616765)
#define MOVES    G_GUINT64_CONSTANT (0x6d6f766573)

static const char *const deeds[] = {
  [RFI_SIM_DEED_EDIT] = "edit",
  [RFI_SIM_DEED_STATUS] = "status",
  [RFI_SIM_DEED_ASSIGN] = "assign",
  [RFI_SIM_DEED_SCHEDULE] = "schedule",
  [RFI_SIM_DEED_ITEMS] = "items",
  [RFI_SIM_DEED_CREATE] = "create",
  [RFI_SIM_DEED_DELETE] = "delete",
  [RFI_SIM_DEED_CHAIN] = "chain",
  [RFI_SIM_DEED_RESOLVE] = "resolve",
  [RFI_SIM_DEED_DISCARD] = "discard",
  [RFI_SIM_DEED_RETRY] = "retry",
  [RFI_SIM_DEED_SIGN_IN] = "sign-in",
  [RFI_SIM_DEED_KICK] = "kick",
  [RFI_SIM_DEED_OFFLINE] = "offline",
  [RFI_SIM_DEED_PHONE] = "phone",
  [RFI_SIM_DEED_PHONE_DELETE] = "phone-delete",
  [RFI_SIM_DEED_SLEEP] = "sleep",
  [RFI_SIM_DEED_PICTURE] = "picture",
  [RFI_SIM_DEED_MOVE] = "move",
  [RFI_SIM_DEED_THIEF] = "thief",
  [RFI_SIM_DEED_FAULT] = "fault",
};

G_STATIC_ASSERT (G_N_ELEMENTS (deeds) == RFI_SIM_N_DEEDS);

/* How often each is drawn among what people do. */
static const guint weights[] = {
  [RFI_SIM_DEED_EDIT] = 30,
  [RFI_SIM_DEED_STATUS] = 14,
  [RFI_SIM_DEED_ASSIGN] = 8,
  [RFI_SIM_DEED_SCHEDULE] = 4,
  [RFI_SIM_DEED_ITEMS] = 6,
  [RFI_SIM_DEED_CREATE] = 6,
  [RFI_SIM_DEED_DELETE] = 5,
  [RFI_SIM_DEED_CHAIN] = 5,
  [RFI_SIM_DEED_RESOLVE] = 8,
  [RFI_SIM_DEED_DISCARD] = 3,
  [RFI_SIM_DEED_RETRY] = 3,
  [RFI_SIM_DEED_SIGN_IN] = 4,
  [RFI_SIM_DEED_KICK] = 4,
  [RFI_SIM_DEED_OFFLINE] = 3,
  [RFI_SIM_DEED_PHONE] = 8,
  [RFI_SIM_DEED_PHONE_DELETE] = 2,
};

static const char *const scenarios[] = {
  "calm",
  "three-days-offline",
  "seven-days-offline",
  "clone",
  "restore",
  "full-disk",
  "pictures",
  "renewal",
  "damage",
  "moves",
  NULL
};

const char *
rfi_sim_deed_to_string (RfiSimDeed deed)
{
  return deeds[deed];
}

const char *const *
rfi_sim_plan_scenarios (void)
{
  return scenarios;
}

static RfiSimDeed
draw_deed (RfiRandom *random)
{
  guint64 total = 0;
  guint64 drawn;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    total += weights[i];
  drawn = rfi_random_range (random, total);
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      if (drawn < weights[i])
        return i;
      drawn -= weights[i];
    }

  return RFI_SIM_DEED_EDIT;
}

/* People act in bursts, with pauses between that are sometimes long. */
static gint64
draw_pause (RfiRandom *random)
{
  switch (rfi_random_range (random, 8))
    {
    case 0:
      return (gint64) rfi_random_range (random, 40 * SECOND);
    case 1:
      return (gint64) rfi_random_range (random, 12 * SECOND);
    case 2:
    case 3:
      return (gint64) rfi_random_range (random, 4 * SECOND);
    default:
      return (gint64) rfi_random_range (random, 400);
    }
}

static void
add (RfiSimPlan  *self,
     gint64       at,
     guint        who,
     RfiSimDeed   deed,
     RfiSimFault  fault,
     RfiRandom   *random)
{
  RfiSimAction action = { at, who, deed, fault, rfi_random_u64 (random) };

  g_array_append_val (self->actions, action);
}

static void
add_actions (RfiSimPlan *self,
             RfiRandom  *random,
             guint       n)
{
  gint64 at = SECOND;

  while (n-- > 0)
    {
      guint who = (guint) rfi_random_range (random, self->n_consoles);

      at += draw_pause (random);
      for (guint i = RFI_SIM_LAST_OF_HUB + 1; i <= RFI_SIM_LAST_DRAWN; i++)
        if (rfi_random_range (random, 1000) < self->faults.rates[i])
          add (self, at, (guint) rfi_random_range (random, self->n_consoles),
               RFI_SIM_DEED_FAULT, i, random);
      add (self, at, who, draw_deed (random), 0, random);
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const RfiSimAction *one = a;
  const RfiSimAction *other = b;

  return one->at < other->at ? -1 : one->at > other->at;
}

/* The scenarios of the first specification: somebody away for days, works on, and comes back. At
 * night nobody works and computers sleep. */
static void
add_absence (RfiSimPlan *self,
             RfiRandom  *random,
             gint64      days)
{
  add (self, 10 * SECOND, 0, RFI_SIM_DEED_OFFLINE, 0, random);
  for (gint64 day = 0; day < days; day++)
    for (guint who = 0; who < self->n_consoles; who++)
      add (self, day * DAY + WORK_DAY, who, RFI_SIM_DEED_SLEEP, 0, random);
  for (guint i = 0; i < 60; i++)
    {
      gint64 day = (gint64) rfi_random_range (random, (guint64) days);
      gint64 at = day * DAY + 11 * SECOND +
                  (gint64) rfi_random_range (random, (guint64) (WORK_DAY - MINUTE));
      guint who = i < 30 ? 0 : (guint) rfi_random_range (random, self->n_consoles);
      RfiSimDeed deed = draw_deed (random);

      if (deed != RFI_SIM_DEED_OFFLINE)
        add (self, at, who, deed, 0, random);
    }
  add (self, days * DAY + MINUTE, 0, RFI_SIM_DEED_OFFLINE, 0, random);
  g_array_sort (self->actions, compare);
}

/* In between what else is done, from streams of their own, so that nothing else changes by it. */
static void
insert (RfiSimPlan *self,
        RfiRandom  *random,
        RfiSimDeed  deed,
        guint64     n)
{
  gint64 end = g_array_index (self->actions, RfiSimAction, self->actions->len - 1).at;

  for (; n > 0; n--)
    {
      RfiSimAction action = {
        .at = (gint64) rfi_random_range (random, (guint64) end),
        .who = (guint) rfi_random_range (random, self->n_consoles),
        .deed = deed,
        .fault = deed == RFI_SIM_DEED_FAULT ? RFI_SIM_FAULT_CONSOLE_DAMAGE : 0,
        .seed = rfi_random_u64 (random),
      };
      guint place = 0;

      while (place < self->actions->len &&
             g_array_index (self->actions, RfiSimAction, place).at <= action.at)
        place++;
      g_array_insert_val (self->actions, place, action);
    }
}

static void
add_pictures (RfiSimPlan *self,
              gboolean    always)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (self->seed ^ PICTURES);

  if (rfi_random_range (random, 3) == 0 || always)
    insert (self, random, RFI_SIM_DEED_PICTURE, 2 + rfi_random_range (random, 12));
}

static void
add_sign_ins (RfiSimPlan *self,
              gboolean    always)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (self->seed ^ SIGN_INS);

  self->renews = rfi_random_range (random, 3) == 0 || always;
  if (self->renews)
    insert (self, random, RFI_SIM_DEED_THIEF, rfi_random_range (random, 4));
}

static void
add_damage (RfiSimPlan *self,
            gboolean    always)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (self->seed ^ DAMAGE);

  if (rfi_random_range (random, 6) == 0 || always)
    insert (self, random, RFI_SIM_DEED_FAULT, 1 + rfi_random_range (random, 2));
}

static void
add_moves (RfiSimPlan *self,
           gboolean    always)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (self->seed ^ MOVES);

  self->moves = rfi_random_range (random, 4) == 0 || always;
  if (self->moves)
    insert (self, random, RFI_SIM_DEED_MOVE, 4 + rfi_random_range (random, 12));
}

static void
add_scenario (RfiSimPlan *self,
              RfiRandom  *random,
              const char *scenario)
{
  if (g_str_equal (scenario, "pictures") || g_str_equal (scenario, "renewal") ||
      g_str_equal (scenario, "damage") || g_str_equal (scenario, "moves"))
    {
      add_actions (self, random, 100);
      return;
    }

  memset (&self->faults, 0, sizeof self->faults);
  if (g_str_equal (scenario, "three-days-offline"))
    add_absence (self, random, 3);
  else if (g_str_equal (scenario, "seven-days-offline"))
    add_absence (self, random, 7);
  else
    {
      if (g_str_equal (scenario, "clone"))
        {
          self->faults.rates[RFI_SIM_FAULT_CONSOLE_CLONE] = 40;
          self->faults.rates[RFI_SIM_FAULT_CONSOLE_RESTORE] = 40;
        }
      else if (g_str_equal (scenario, "restore"))
        self->faults.rates[RFI_SIM_FAULT_SERVER_RESTORE] = 40;
      else if (g_str_equal (scenario, "full-disk"))
        self->faults.rates[RFI_SIM_FAULT_CONSOLE_FULL] = 80;
      add_actions (self, random, 100);
    }
}

RfiSimPlan *
rfi_sim_plan_new (guint64     seed,
                  const char *scenario)
{
  RfiSimPlan *self = g_new0 (RfiSimPlan, 1);
  g_autoptr(RfiRandom) random = rfi_random_new_seed (seed);

  self->seed = seed;
  self->n_consoles = 2 + (guint) rfi_random_range (random, 4);
  self->n_jobs = 2 + (guint) rfi_random_range (random, 12);
  self->ends_well = rfi_random_range (random, 4) != 0;
  self->actions = g_array_new (FALSE, FALSE, sizeof (RfiSimAction));
  rfi_sim_faults_init (&self->faults, random);
  if (scenario == NULL)
    add_actions (self, random, 50 + (guint) rfi_random_range (random, 100));
  else
    add_scenario (self, random, scenario);
  add_pictures (self, g_strcmp0 (scenario, "pictures") == 0);
  add_sign_ins (self, g_strcmp0 (scenario, "renewal") == 0);
  add_damage (self, g_strcmp0 (scenario, "damage") == 0);
  add_moves (self, g_strcmp0 (scenario, "moves") == 0);
  return self;
}

RfiSimPlan *
rfi_sim_plan_copy (const RfiSimPlan *self)
{
  RfiSimPlan *copy = g_new (RfiSimPlan, 1);

  *copy = *self;
  copy->actions = g_array_copy (self->actions);
  return copy;
}

void
rfi_sim_plan_free (RfiSimPlan *self)
{
  g_array_unref (self->actions);
  g_free (self);
}
