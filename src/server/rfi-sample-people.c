/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sample-people"

#include "config.h"

#include "rfi-sample-people.h"

#include <stdlib.h>

static const char *const company_names[] = {
  "Lone Star", "Blue Ridge", "Prairie", "Summit", "Red River", "Lakeshore", "Ironwood",
  "Cedar Creek", "Golden Gate", "Twin Rivers", "High Plains", "Evergreen", "Cornerstone",
  "Silver Creek", "Heartland", "Gateway", "Bayside", "Granite", "Northwind", "Desert Sky",
  "Old Mill", "Pioneer", "Liberty", "Riverbend", "Stonebridge", "Clearwater", "Oakfield",
  "Mesa Verde", "Capitol", "Harbor", "Sunbelt", "Keystone", "Great Lakes", "Bluegrass",
  "Magnolia", "Tri-County", "Metro", "Allied", "Frontier", "Badger", "Copperhill", "White Pine",
  "Meridian", "Foothill", "Beacon", "Crescent", "Black Hawk", "Wagner & Sons",
  "Delgado Brothers", "Nguyen Family", "Petersen", "Okafor", "Kowalski", "Rossi", "Lindqvist",
  "Haddad", "Fitzgerald", "Yamamoto", "Moreau", "Castellano",
};

static const char *const company_kinds[RFI_N_TRADES][6] = {
  { "Refrigeration", "Cooling Service", "Commercial Refrigeration", "Cold Chain Service",
    "Refrigeration & Ice", "Coolers & Freezers" },
  { "HVAC", "Heating & Air", "Climate Control", "Mechanical", "Air Systems", "Comfort Services" },
  { "Electric", "Electrical Services", "Power & Lighting", "Electrical Contractors",
    "Lighting Service", "Wiring" },
  { "Plumbing", "Plumbing & Drain", "Pipe & Drain", "Plumbing Services", "Water Systems",
    "Drain Experts" },
  { "Door Service", "Doors & Docks", "Automatic Doors", "Entrance Systems", "Glass & Door",
    "Dock & Door" },
  { "POS Systems", "Retail Technology", "Store Systems", "Register Service", "Data & POS",
    "Checkout Service" },
};

static const char *const first_names[] = {
  "Maria", "James", "Aisha", "Wei", "Carlos", "Emily", "Dmitri", "Fatima", "Liam", "Priya",
  "Marcus", "Sofia", "Hassan", "Olivia", "Kenji", "Grace", "Andre", "Nadia", "Tomasz", "Leila",
  "Daniel", "Chloe", "Ravi", "Elena", "Malik", "Hannah", "Jorge", "Ingrid", "Samuel", "Yuki",
  "Patrick", "Amara", "Victor", "Rosa", "Ethan", "Mei", "Omar", "Julia", "Dwayne", "Katya",
  "Luis", "Naomi", "Sean", "Farah", "Isaac", "Camila", "Viktor", "Renee", "Arjun", "Teresa",
  "Kofi", "Bridget", "Mateo", "Salma", "Joel", "Anneke", "Tyrone", "Lucia", "Henrik", "Zainab",
  "Gabriel", "Monique", "Pavel", "Alice", "Rashid", "Vanessa", "Diego", "Helen", "Bao", "Ruth",
};

static const char *const last_names[] = {
  "Lopez", "Carter", "Rahman", "Chen", "Mendoza", "Walker", "Petrov", "Haddad", "Murphy", "Patel",
  "Johnson", "Rossi", "Ali", "Bennett", "Tanaka", "Kim", "Williams", "Karim", "Nowak", "Hosseini",
  "Brooks", "Martin", "Sharma", "Popescu", "Jackson", "Schmidt", "Ramirez", "Larsen", "Okafor",
  "Sato", "O'Brien", "Diallo", "Morozov", "Delgado", "Foster", "Liu", "Farouk", "Weber", "Harris",
  "Ivanova", "Torres", "Friedman", "Gallagher", "Qureshi", "Cohen", "Vargas", "Horvat", "Dubois",
  "Reddy", "Santos", "Mensah", "Kelly", "Herrera", "Mansour", "Baker", "de Vries", "Robinson",
  "Moretti", "Lindgren", "Bello", "Silva", "Laurent", "Novak", "Hughes", "Khan", "Price",
  "Castillo", "Jensen", "Tran", "Goldberg", "Adeyemi", "Sullivan", "Ortega", "Andersen", "Nguyen",
  "Fischer", "Washington", "Cruz", "Lindholm", "Yilmaz",
};

char *
rfi_sample_company_name (RfiTrade trade,
                         guint    number)
{
  guint n_names = G_N_ELEMENTS (company_names);
  guint n_kinds = G_N_ELEMENTS (company_kinds[0]);
  guint again = number / (n_names * n_kinds);
  /* Goes once through all pairs, and companies that follow each other share no name. */
  guint pair = (number * 7 + trade * 11) % (n_names * n_kinds);
  const char *name = company_names[pair % n_names];
  const char *kind = company_kinds[trade][(pair / n_names + pair) % n_kinds];

  if (again > 0)
    return g_strdup_printf ("%s %s %u", name, kind, again + 1);
  return g_strdup_printf ("%s %s", name, kind);
}

/* Letters and digits of @text in lower case. */
static void
append_plain (GString    *out,
              const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (out, g_ascii_tolower (*at));
}

char *
rfi_sample_company_host (const char *name)
{
  GString *host = g_string_new (NULL);

  append_plain (host, name);
  g_string_append (host, ".example");
  return g_string_free (host, FALSE);
}

/* By trade: what its jobs take, and what goes with it. In the order of the alphabet. */
static const struct {
  const char *skill;
  const char *more;
} skills[RFI_N_TRADES] = {
  [RFI_TRADE_REFRIGERATION] = { "refrigeration", "epa-608" },
  [RFI_TRADE_HVAC] = { "hvac", "epa-608" },
  [RFI_TRADE_ELECTRICAL] = { "electrical", "high-voltage" },
  [RFI_TRADE_PLUMBING] = { "plumbing", "backflow" },
  [RFI_TRADE_DOORS] = { "doors", "locks" },
  [RFI_TRADE_POS] = { "pos", "network" },
};

const char *
rfi_sample_trade_skill (RfiTrade trade)
{
  return skills[trade].skill;
}

static int
compare_words (const void *a,
               const void *b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The model's form: sorted, each once. */
static char *
join_words (const char **words,
            guint        n)
{
  GString *out = g_string_new (NULL);

  qsort (words, n, sizeof *words, compare_words);
  for (guint i = 0; i < n; i++)
    if (i == 0 || g_strcmp0 (words[i], words[i - 1]) != 0)
      g_string_append_printf (out, "%s%s", i > 0 ? "," : "", words[i]);
  return g_string_free (out, FALSE);
}

void
rfi_sample_technician_qualify (RfiUser        *user,
                               const RfiTrade *trades,
                               guint           number)
{
  const char *words[5];
  guint n = 0;

  words[n++] = skills[trades[0]].skill;
  if (number % 2 == 0)
    words[n++] = skills[trades[0]].more;
  if (number % 3 != 1)
    words[n++] = skills[trades[1]].skill;
  if (number % 4 == 3)
    words[n++] = "lift";
  user->skills = join_words (words, n);
  user->work_start = (gint16) (420 + number % 3 * 60);
  user->work_end = (gint16) (user->work_start + 540);
  /* In larger companies somebody has left. */
  user->inactive = number % 9 == 8;
}

RfiUser *
rfi_sample_technician (const char     *vendor_id,
                       const RfiTrade *trades,
                       const char     *host,
                       guint           number,
                       RfiRandom      *random)
{
  /* Steps without a common divisor: nobody in a company shares a first name. */
  guint start = g_str_hash (vendor_id) % G_N_ELEMENTS (first_names);
  const char *first = first_names[(start + number * 11) % G_N_ELEMENTS (first_names)];
  const char *last = last_names[rfi_random_range (random, G_N_ELEMENTS (last_names))];
  g_autofree char *id = rfi_random_uuid (random);
  g_autofree char *name = g_strdup_printf ("%s %s", first, last);
  g_autofree char *qualified = NULL;
  g_autoptr(GString) email = g_string_new (NULL);
  RfiUser template = {
    .id = id,
    .display_name = name,
    .vendor_id = (char *) vendor_id,
    .role = RFI_ROLE_TECHNICIAN,
  };

  append_plain (email, first);
  g_string_append_c (email, '.');
  append_plain (email, last);
  g_string_append_printf (email, "%u@%s", number + 1, host);
  template.email = email->str;
  rfi_sample_technician_qualify (&template, trades, number);
  qualified = template.skills;
  return rfi_user_new (&template);
}
