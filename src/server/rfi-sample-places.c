/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sample-places"

#include "config.h"

#include "rfi-sample-places.h"

/* Towns that stand within AREA_SIZE of each other here are taken for neighbours. */
#define AREA_SIZE 6
#define SHOPS_PER_TOWN 9

static const struct
{
  const char *city;
  const char *state;
  const char *zip_codes[3];
} towns[] = {
  { "Dallas", "TX", { "75201", "75219", "75231" } },
  { "Irving", "TX", { "75038", "75061", "75063" } },
  { "Arlington", "TX", { "76010", "76013", "76018" } },
  { "Fort Worth", "TX", { "76102", "76109", "76137" } },
  { "Plano", "TX", { "75023", "75074", "75093" } },
  { "Garland", "TX", { "75040", "75041", "75044" } },
  { "Frisco", "TX", { "75033", "75034", "75035" } },
  { "McKinney", "TX", { "75069", "75070", "75071" } },
  { "Denton", "TX", { "76201", "76205", "76209" } },
  { "Waco", "TX", { "76701", "76708", "76710" } },
  { "Austin", "TX", { "78701", "78704", "78745" } },
  { "Round Rock", "TX", { "78664", "78665", "78681" } },
  { "San Antonio", "TX", { "78205", "78216", "78230" } },
  { "Houston", "TX", { "77002", "77056", "77084" } },
  { "Sugar Land", "TX", { "77478", "77479", "77498" } },
  { "Katy", "TX", { "77449", "77450", "77494" } },
  { "Oklahoma City", "OK", { "73102", "73112", "73120" } },
  { "Norman", "OK", { "73069", "73071", "73072" } },
  { "Edmond", "OK", { "73003", "73013", "73034" } },
  { "Tulsa", "OK", { "74103", "74105", "74133" } },
  { "Broken Arrow", "OK", { "74011", "74012", "74014" } },
  { "Wichita", "KS", { "67202", "67207", "67212" } },
  { "Topeka", "KS", { "66603", "66604", "66614" } },
  { "Overland Park", "KS", { "66204", "66210", "66212" } },
  { "Kansas City", "MO", { "64105", "64111", "64131" } },
  { "Independence", "MO", { "64050", "64052", "64055" } },
  { "Springfield", "MO", { "65803", "65804", "65807" } },
  { "Columbia", "MO", { "65201", "65202", "65203" } },
  { "St. Louis", "MO", { "63101", "63109", "63139" } },
  { "Omaha", "NE", { "68102", "68114", "68134" } },
  { "Lincoln", "NE", { "68502", "68506", "68516" } },
  { "Des Moines", "IA", { "50309", "50312", "50315" } },
  { "Cedar Rapids", "IA", { "52402", "52403", "52404" } },
  { "Denver", "CO", { "80202", "80209", "80220" } },
  { "Aurora", "CO", { "80010", "80012", "80015" } },
  { "Lakewood", "CO", { "80214", "80226", "80228" } },
  { "Boulder", "CO", { "80301", "80302", "80304" } },
  { "Fort Collins", "CO", { "80521", "80525", "80526" } },
  { "Colorado Springs", "CO", { "80903", "80909", "80918" } },
  { "Albuquerque", "NM", { "87102", "87109", "87111" } },
  { "Santa Fe", "NM", { "87501", "87505", "87507" } },
  { "Phoenix", "AZ", { "85004", "85016", "85032" } },
  { "Mesa", "AZ", { "85201", "85204", "85210" } },
  { "Tempe", "AZ", { "85281", "85282", "85284" } },
  { "Scottsdale", "AZ", { "85251", "85254", "85260" } },
  { "Tucson", "AZ", { "85701", "85710", "85719" } },
  { "Las Vegas", "NV", { "89101", "89117", "89123" } },
  { "Henderson", "NV", { "89012", "89014", "89052" } },
  { "Reno", "NV", { "89501", "89502", "89509" } },
  { "Sacramento", "CA", { "95814", "95822", "95825" } },
  { "Fresno", "CA", { "93704", "93711", "93720" } },
  { "Bakersfield", "CA", { "93301", "93309", "93311" } },
  { "San Diego", "CA", { "92101", "92110", "92122" } },
  { "Riverside", "CA", { "92501", "92504", "92506" } },
  { "Long Beach", "CA", { "90802", "90807", "90815" } },
  { "Portland", "OR", { "97204", "97211", "97219" } },
  { "Salem", "OR", { "97301", "97302", "97304" } },
  { "Eugene", "OR", { "97401", "97402", "97405" } },
  { "Seattle", "WA", { "98101", "98115", "98133" } },
  { "Tacoma", "WA", { "98402", "98406", "98409" } },
  { "Spokane", "WA", { "99201", "99205", "99208" } },
  { "Boise", "ID", { "83702", "83704", "83709" } },
  { "Salt Lake City", "UT", { "84101", "84106", "84115" } },
  { "Provo", "UT", { "84601", "84604", "84606" } },
  { "Minneapolis", "MN", { "55401", "55408", "55419" } },
  { "St. Paul", "MN", { "55102", "55105", "55116" } },
  { "Rochester", "MN", { "55901", "55902", "55904" } },
  { "Milwaukee", "WI", { "53202", "53207", "53219" } },
  { "Madison", "WI", { "53703", "53704", "53711" } },
  { "Green Bay", "WI", { "54301", "54303", "54304" } },
  { "Chicago", "IL", { "60601", "60614", "60657" } },
  { "Naperville", "IL", { "60540", "60563", "60565" } },
  { "Peoria", "IL", { "61602", "61604", "61614" } },
  { "Indianapolis", "IN", { "46204", "46220", "46240" } },
  { "Fort Wayne", "IN", { "46802", "46804", "46825" } },
  { "Columbus", "OH", { "43201", "43215", "43229" } },
  { "Cleveland", "OH", { "44102", "44113", "44114" } },
  { "Dayton", "OH", { "45402", "45409", "45429" } },
  { "Cincinnati", "OH", { "45202", "45208", "45236" } },
  { "Louisville", "KY", { "40202", "40207", "40220" } },
  { "Lexington", "KY", { "40502", "40503", "40517" } },
  { "Nashville", "TN", { "37203", "37211", "37215" } },
  { "Knoxville", "TN", { "37902", "37919", "37923" } },
  { "Memphis", "TN", { "38103", "38111", "38117" } },
  { "Little Rock", "AR", { "72201", "72205", "72211" } },
  { "Baton Rouge", "LA", { "70802", "70808", "70809" } },
  { "New Orleans", "LA", { "70112", "70115", "70118" } },
  { "Birmingham", "AL", { "35203", "35209", "35216" } },
  { "Atlanta", "GA", { "30303", "30309", "30324" } },
  { "Savannah", "GA", { "31401", "31405", "31406" } },
  { "Tampa", "FL", { "33602", "33609", "33618" } },
  { "Orlando", "FL", { "32801", "32803", "32819" } },
  { "Jacksonville", "FL", { "32202", "32207", "32256" } },
  { "Charlotte", "NC", { "28202", "28205", "28210" } },
  { "Raleigh", "NC", { "27601", "27607", "27615" } },
  { "Greensboro", "NC", { "27401", "27407", "27410" } },
  { "Richmond", "VA", { "23219", "23220", "23230" } },
  { "Norfolk", "VA", { "23505", "23510", "23518" } },
  { "Baltimore", "MD", { "21201", "21212", "21230" } },
  { "Pittsburgh", "PA", { "15203", "15213", "15222" } },
  { "Allentown", "PA", { "18101", "18102", "18104" } },
  { "Buffalo", "NY", { "14202", "14209", "14216" } },
  { "Albany", "NY", { "12203", "12206", "12210" } },
  { "Hartford", "CT", { "06103", "06105", "06106" } },
  { "Worcester", "MA", { "01602", "01604", "01609" } },
  { "Manchester", "NH", { "03101", "03103", "03104" } },
  { "Burlington", "VT", { "05401", "05405", "05408" } },
  { "Bangor", "ME", { "04401", "04402", "04411" } },
};

/* The first N_FOOD_CHAINS sell food. */
static const char *const chains[] = {
  "FreshMart", "QuickStop", "FreshMart", "Harvest Table Market", "Bluebird Grocers", "QuickStop",
  "Corner Pantry", "Sunrise Fuel & Food", "Copper Kettle Coffee", "Daily Basket",
  "Northfield Foods", "Maple Street Pharmacy", "Pine & Prairie Outfitters", "Hearth & Yard",
  "Little Acorn Toys", "Two Rivers Books", "Lantern Home", "Ridgeline Sports",
};
#define N_FOOD_CHAINS 11

static const char *const streets[] = {
  "Main St", "Oak Ave", "Elm St", "Commerce St", "Park Blvd", "Lakeview Dr", "Washington Ave",
  "Mill Rd", "Cedar Ln", "Market St", "Highland Ave", "Preston Rd", "Sunset Blvd", "River Rd",
  "Jefferson St", "Union Ave", "Walnut Hill Ln", "Chestnut St", "Industrial Pkwy", "Valley View Ln",
  "Church St", "Station Rd", "Meadow Ln", "Franklin St", "College Ave", "Airport Fwy",
};

struct _RfiSamplePlaces
{
  RfiSampleShop shops[G_N_ELEMENTS (towns)][SHOPS_PER_TOWN];
};

static void
open_shop (RfiSampleShop *shop,
           guint          town,
           guint          n_chains,
           guint         *n_shops,
           RfiRandom     *random)
{
  guint chain = (guint) rfi_random_range (random, n_chains);
  guint first;

  /* A chain that is named twice is larger, and still one chain. */
  for (first = 0; g_strcmp0 (chains[first], chains[chain]) != 0; first++)
    ;
  n_shops[first]++;
  shop->name = g_strdup_printf ("%s #%u", chains[first], n_shops[first]);
  shop->address = g_strdup_printf ("%u %s", (guint) (100 + rfi_random_range (random, 8900)),
                                   streets[rfi_random_range (random, G_N_ELEMENTS (streets))]);
  shop->sells_food = chain < N_FOOD_CHAINS;
  shop->city = towns[town].city;
  shop->state = towns[town].state;
  shop->zip_code = towns[town].zip_codes[rfi_random_range (random, 3)];
}

RfiSamplePlaces *
rfi_sample_places_new (RfiRandom *random)
{
  RfiSamplePlaces *self = g_new0 (RfiSamplePlaces, 1);
  guint n_shops[G_N_ELEMENTS (chains)] = { 0, };

  for (guint town = 0; town < G_N_ELEMENTS (towns); town++)
    for (guint i = 0; i < SHOPS_PER_TOWN; i++)
      {
        /* Every town has somewhere to eat. */
        guint n_chains = i == 0 ? N_FOOD_CHAINS : G_N_ELEMENTS (chains);

        open_shop (&self->shops[town][i], town, n_chains, n_shops, random);
      }
  return self;
}

void
rfi_sample_places_free (RfiSamplePlaces *self)
{
  for (guint town = 0; town < G_N_ELEMENTS (towns); town++)
    for (guint i = 0; i < SHOPS_PER_TOWN; i++)
      {
        g_free (self->shops[town][i].name);
        g_free (self->shops[town][i].address);
      }
  g_free (self);
}

guint
rfi_sample_places_count_areas (void)
{
  return G_N_ELEMENTS (towns);
}

const RfiSampleShop *
rfi_sample_places_pick (RfiSamplePlaces *self,
                        guint            area,
                        gboolean         with_food,
                        RfiRandom       *random)
{
  const RfiSampleShop *shop;
  guint home = area % G_N_ELEMENTS (towns);
  guint town = home / AREA_SIZE * AREA_SIZE + (guint) rfi_random_range (random, AREA_SIZE);

  /* Half of the work is at home, and all of it in one state. */
  if (town >= G_N_ELEMENTS (towns) || rfi_random_range (random, 2) == 0
      || g_strcmp0 (towns[town].state, towns[home].state) != 0)
    town = home;

  do
    shop = &self->shops[town][rfi_random_range (random, SHOPS_PER_TOWN)];
  while (with_food && !shop->sells_food);
  return shop;
}
