/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sample-faults"

#include "config.h"

#include "rfi-sample-faults.h"

/* In the texts, and the same in both of one job, {t} is a temperature that is too warm for
 * food, {n} a small number, {a} an aisle, {h} an hour, {d} a day of the week. */
static const RfiSampleFault faults[] = {
  { RFI_TRADE_REFRIGERATION, RFI_PRIORITY_URGENT,
    { { "Walk-in cooler not holding temperature",
        "Box temperature has climbed to {t} °F and keeps rising." },
      { "Walk-in cooler at {t} °F", "Walk-in reads {t} °F since {h}; set point is 36 °F." },
      { "High temperature alarm in walk-in",
        "High temperature alarm since {d} night, {t} °F at the last check." } },
    { "The evaporator coil is iced over and one fan is not turning. Product was moved to the "
      "reefer trailer.",
      "Dairy and produce are inside, about {n} pallets. Compressor runs without a break." },
    { RFI_SKETCH_EVAPORATOR, RFI_SKETCH_THERMOMETER, RFI_SKETCH_PLATE } },
  { RFI_TRADE_REFRIGERATION, RFI_PRIORITY_HIGH,
    { { "Freezer stuck in defrost",
        "Freezer stays in defrost and does not come back on its own." },
      { "Freezer defrost runs too long",
        "Defrost runs for more than {n} hours, box is up to {t} °F." },
      { "Freezer has to be restarted by hand",
        "Staff restart the freezer by hand every morning." } },
    { "Ice builds up around the drain pan; the defrost timer was replaced last spring.",
      "Ice cream was transferred to the back freezer, which is nearly full." },
    { RFI_SKETCH_EVAPORATOR, RFI_SKETCH_PANEL, RFI_SKETCH_THERMOMETER } },
  { RFI_TRADE_REFRIGERATION, RFI_PRIORITY_MEDIUM,
    { { "Walk-in door gasket torn",
        "Gasket on the walk-in door hangs loose at the latch side." },
      { "Reach-in door {n} does not seal",
        "Door {n} of the reach-in does not seal, there is frost along the frame." },
      { "Cold air escapes at cooler door",
        "Cold air can be felt along the lower half of the door." } },
    { "The door was hit by a pallet jack. Please measure for a new gasket if it is not on the van.",
      "Temporary tape holds it for now." },
    { RFI_SKETCH_GASKET, RFI_SKETCH_THERMOMETER, RFI_SKETCH_PLATE } },
  { RFI_TRADE_REFRIGERATION, RFI_PRIORITY_HIGH,
    { { "Open case in aisle {a} warm",
        "Open case in aisle {a} shows {t} °F, the one beside it is fine." },
      { "Glass doors fog up in aisle {a}",
        "Glass doors in aisle {a} fog up and the case is warm." },
      { "Display case in aisle {a} dead",
        "Lights of the case in aisle {a} are out and the fans are silent." } },
    { "Product was pulled and the case is roped off until it is repaired.",
      "The breaker was reset once on {d} and it came back for a day." },
    { RFI_SKETCH_CASE, RFI_SKETCH_THERMOMETER, RFI_SKETCH_COMPRESSOR } },
  { RFI_TRADE_REFRIGERATION, RFI_PRIORITY_HIGH,
    { { "Rack compressor {n} short cycling",
        "Rack compressor {n} starts and stops every few minutes." },
      { "Condensing unit clicks on and off",
        "Condensing unit behind the store clicks on and off all day." },
      { "Compressor trips on overload",
        "Compressor trips on its overload, {n} times since {h}." } },
    { "Oil is visible at the suction line, a refrigerant leak is suspected.",
      "Head pressure was high at the last visit; the condenser was cleaned then." },
    { RFI_SKETCH_COMPRESSOR, RFI_SKETCH_PLATE, RFI_SKETCH_PANEL } },
  { RFI_TRADE_REFRIGERATION, RFI_PRIORITY_LOW,
    { { "Ice machine fills only half", "Ice machine fills the bin only half overnight." },
      { "Ice machine makes thin, cloudy cubes", "Cubes are thin and cloudy since {d}." },
      { "Ice machine slow to harvest",
        "Harvest takes more than {n} minutes longer than usual." } },
    { "Water filter was due last month. Staff buy bagged ice in the meantime.",
      "Please check the inlet valve as well." },
    { RFI_SKETCH_EVAPORATOR, RFI_SKETCH_PIPE, RFI_SKETCH_PLATE } },
  { RFI_TRADE_REFRIGERATION, RFI_PRIORITY_MEDIUM,
    { { "Evaporator drips into walk-in",
        "Water drips from the evaporator onto the floor of the walk-in." },
      { "Drain pan overflows", "Drain pan overflows {n} times a day." },
      { "Puddle in front of the cooler",
        "Puddle in front of the cooler every morning at {h}." } },
    { "A cone is set up and the floor is mopped every hour.",
      "The heat tape of the drain line looks burnt." },
    { RFI_SKETCH_FLOOR, RFI_SKETCH_EVAPORATOR, RFI_SKETCH_PIPE } },

  { RFI_TRADE_HVAC, RFI_PRIORITY_HIGH,
    { { "RTU {n} not cooling", "Sales floor is at 81 °F and rising, RTU {n} blows warm air." },
      { "Front end too hot",
        "Customers complain about the heat near the registers since {h}." },
      { "RTU {n} locked out", "RTU {n} shows a fault light and locks out on high pressure." } },
    { "Roof access is by the ladder in the stock room, the key hangs in the office.",
      "Filters were changed in the last quarter. The coil looked dirty then." },
    { RFI_SKETCH_ROOFTOP, RFI_SKETCH_THERMOSTAT, RFI_SKETCH_PLATE } },
  { RFI_TRADE_HVAC, RFI_PRIORITY_MEDIUM,
    { { "Thermostat ignores night set-back", "Night set-back is ignored since {d}." },
      { "Thermostat reads too high",
        "Thermostat near aisle {a} reads several degrees too high." },
      { "Thermostat display blank", "Display is blank, the unit runs day and night." } },
    { "Please calibrate it and check the batteries and wiring.",
      "The same happened after the power cut in spring." },
    { RFI_SKETCH_THERMOSTAT, RFI_SKETCH_ROOFTOP, RFI_SKETCH_PANEL } },
  { RFI_TRADE_HVAC, RFI_PRIORITY_LOW,
    { { "Quarterly filter change", "Filters of {n} rooftop units are due." },
      { "Scheduled HVAC maintenance", "Scheduled maintenance: filters, belts and drain pans." },
      { "Weak air flow, filters overdue",
        "Air flow is weak at the back of the store, filters are overdue." } },
    { "Filters are stored beside the compactor, size 20 × 25 × 2.",
      "Photos of each unit before and after are requested by the chain." },
    { RFI_SKETCH_ROOFTOP, RFI_SKETCH_PLATE, RFI_SKETCH_THERMOSTAT } },
  { RFI_TRADE_HVAC, RFI_PRIORITY_HIGH,
    { { "No heat in the stock room", "Stock room is at 49 °F since {d}." },
      { "Unit heater goes out", "Unit heater lights and goes out after {n} minutes." },
      { "Heater shut off after gas smell",
        "Gas smell was reported, the heater has been shut off at the valve." } },
    { "Staff work in jackets. There are sprinkler pipes in that room.",
      "The flame sensor was cleaned at the last visit." },
    { RFI_SKETCH_THERMOSTAT, RFI_SKETCH_PANEL, RFI_SKETCH_PIPE } },
  { RFI_TRADE_HVAC, RFI_PRIORITY_MEDIUM,
    { { "Squealing above aisle {a}", "Squealing from the ceiling above aisle {a} since {h}." },
      { "Air handler rattles at start", "Air handler rattles whenever it starts." },
      { "Belt of air handler slips", "Belt slips; it can be heard in the whole pharmacy." } },
    { "It got worse during the last week.",
      "A lift is needed, please bring one or call us first." },
    { RFI_SKETCH_ROOFTOP, RFI_SKETCH_PLATE, RFI_SKETCH_PANEL } },
  { RFI_TRADE_HVAC, RFI_PRIORITY_MEDIUM,
    { { "Ceiling leak in aisle {a}",
        "Water stain on the ceiling above aisle {a}, now dripping." },
      { "Wet ceiling tiles came down", "{n} ceiling tiles came down wet this morning." },
      { "Condensate drips on sales floor", "Bucket under the leak fills in about {n} hours." } },
    { "The pan above is full, its drain may be blocked.",
      "Merchandise below was moved away." },
    { RFI_SKETCH_FLOOR, RFI_SKETCH_ROOFTOP, RFI_SKETCH_PIPE } },

  { RFI_TRADE_ELECTRICAL, RFI_PRIORITY_URGENT,
    { { "Main breaker trips again", "Breaker trips again at once when it is reset." },
      { "Registers and bakery dark", "Registers 1 to {n} and the bakery are dark since {h}." },
      { "Burning smell at panel {n}",
        "Burning smell at panel {n}, main for that side was switched off." } },
    { "The utility says the feed is fine.",
      "The store stays open with reduced lighting." },
    { RFI_SKETCH_PANEL, RFI_SKETCH_LIGHTS, RFI_SKETCH_PLATE } },
  { RFI_TRADE_ELECTRICAL, RFI_PRIORITY_MEDIUM,
    { { "Lights flicker in aisle {a}", "Lights above aisle {a} flicker, more in the morning." },
      { "Ceiling fixtures out", "{n} fixtures are out, two more flicker." },
      { "Produce lights cut out",
        "Row above the produce goes dark for some seconds every few minutes." } },
    { "LED retrofit was done two years ago and is under warranty.",
      "Ceiling is 14 ft, a lift is on site." },
    { RFI_SKETCH_LIGHTS, RFI_SKETCH_PANEL, RFI_SKETCH_PLATE } },
  { RFI_TRADE_ELECTRICAL, RFI_PRIORITY_HIGH,
    { { "Parking lot poles dark", "{n} poles on the east side stay dark." },
      { "Parking lot dark at closing", "Lot was dark when the store closed on {d}." },
      { "Lot lights on at noon, off at night",
        "Photocell seems stuck, lights burn at noon and are off at night." } },
    { "Customers and staff do not feel safe, please come before dusk.",
      "A bucket truck is needed." },
    { RFI_SKETCH_LIGHTS, RFI_SKETCH_PANEL, RFI_SKETCH_PLATE } },
  { RFI_TRADE_ELECTRICAL, RFI_PRIORITY_HIGH,
    { { "Emergency lights failed test",
        "{n} emergency lights did not come on in the monthly test." },
      { "Exit sign at dock dark", "Exit sign at the back dock is dark." },
      { "Fire marshal: emergency lights", "Fire marshal wrote up {n} units on {d}." } },
    { "Re-inspection is within ten days.",
      "Batteries are from the opening of the store." },
    { RFI_SKETCH_LIGHTS, RFI_SKETCH_PANEL, RFI_SKETCH_PLATE } },
  { RFI_TRADE_ELECTRICAL, RFI_PRIORITY_MEDIUM,
    { { "Outlet sparks in the deli",
        "Outlet behind the slicer sparked when it was unplugged." },
      { "Deli GFCI keeps tripping", "GFCI in the deli trips {n} times a day." },
      { "Scorched outlet", "Outlet is scorched and was taped over." } },
    { "The slicer runs from an extension cord now, which it should not.",
      "Same circuit feeds the scale and the printer." },
    { RFI_SKETCH_PANEL, RFI_SKETCH_PLATE, RFI_SKETCH_LIGHTS } },
  { RFI_TRADE_ELECTRICAL, RFI_PRIORITY_LOW,
    { { "New 30 A circuit, aisle {a}", "A 30 A circuit is needed beside aisle {a}." },
      { "Circuits for coffee bar", "Chain adds a coffee bar, plans are in the office." },
      { "Outlets for coffee machines",
        "Outlets for {n} machines, work can be done after closing." } },
    { "Opening is planned in three weeks.",
      "Permit has been filed by the contractor." },
    { RFI_SKETCH_PANEL, RFI_SKETCH_PLATE, RFI_SKETCH_LIGHTS } },

  { RFI_TRADE_PLUMBING, RFI_PRIORITY_URGENT,
    { { "Water leak beside aisle {a}", "Water comes up beside aisle {a} and spreads." },
      { "Supply line sprays in floral",
        "Supply line behind the floral cooler sprays, valve was closed at {h}." },
      { "Puddle at stock room entrance",
        "Puddle of about {n} yards at the entrance of the stock room." } },
    { "Area is blocked with cones, a wet vacuum is running.",
      "The shut-off for that part is behind the mop sink." },
    { RFI_SKETCH_FLOOR, RFI_SKETCH_PIPE, RFI_SKETCH_PLATE } },
  { RFI_TRADE_PLUMBING, RFI_PRIORITY_HIGH,
    { { "Meat department drain backs up",
        "Drain in the meat department backs up when the sink is emptied." },
      { "Grey water at floor drain", "Grey water stands around the drain since {h}." },
      { "Restroom drains overflow", "Drains in both restrooms gurgle and overflow." } },
    { "Department is closed until it is cleaned. Grease trap was emptied {n} weeks ago.",
      "A camera inspection is approved." },
    { RFI_SKETCH_FLOOR, RFI_SKETCH_PIPE, RFI_SKETCH_PLATE } },
  { RFI_TRADE_PLUMBING, RFI_PRIORITY_MEDIUM,
    { { "Joint drips above prep sink",
        "Joint above the prep sink drips, about {n} drops a minute." },
      { "Corroded copper elbow", "Copper elbow is green and wet." },
      { "Slow drip in the prep room", "Slow drip since {d}, bucket in place." } },
    { "Health inspector is expected this month.",
      "It was soldered once before at the same spot." },
    { RFI_SKETCH_PIPE, RFI_SKETCH_FLOOR, RFI_SKETCH_PLATE } },
  { RFI_TRADE_PLUMBING, RFI_PRIORITY_MEDIUM,
    { { "No hot water in bakery and deli",
        "Hand sinks in bakery and deli run cold since {h}." },
      { "Water heater does not fire", "Water heater shows error {n} and does not fire." },
      { "Hot water runs out at once", "Hot water lasts for {n} minutes only." } },
    { "Food handling is limited until it is repaired.",
      "Heater is ten years old, please advise on replacement." },
    { RFI_SKETCH_PIPE, RFI_SKETCH_PLATE, RFI_SKETCH_THERMOMETER } },
  { RFI_TRADE_PLUMBING, RFI_PRIORITY_LOW,
    { { "Restroom faucet keeps running",
        "Sensor faucet in the customer restroom keeps running." },
      { "Faucet {n} drips", "Faucet {n} in the women's restroom drips." },
      { "Flush valve runs on", "Flush valve runs on after every use." } },
    { "Valve below the sink is closed for now.",
      "Same model as in the other store of this town." },
    { RFI_SKETCH_PIPE, RFI_SKETCH_FLOOR, RFI_SKETCH_PLATE } },

  { RFI_TRADE_DOORS, RFI_PRIORITY_URGENT,
    { { "Entrance cannot be locked",
        "Sliding door at the entrance stands open and cannot be locked." },
      { "Entrance door off its track", "Left leaf came off its track at {h}." },
      { "Entrance door stops half way",
        "Door stops half way and opens again, {n} times in a row." } },
    { "The store closes at 10 PM and must be secured before.",
      "A cart was pushed into the leaf." },
    { RFI_SKETCH_DOOR, RFI_SKETCH_PLATE, RFI_SKETCH_PANEL } },
  { RFI_TRADE_DOORS, RFI_PRIORITY_HIGH,
    { { "Dock door {n} hangs crooked",
        "Cable of dock door {n} snapped, the door hangs crooked." },
      { "Overhead door {n} fell", "Overhead door {n} fell the last two feet." },
      { "Dock door spring broke", "Spring broke with a bang at {h}." } },
    { "Nobody was hurt. The dock is closed, trucks use the other one.",
      "Next delivery is on {d} morning." },
    { RFI_SKETCH_DOOR, RFI_SKETCH_PLATE, RFI_SKETCH_PANEL } },
  { RFI_TRADE_DOORS, RFI_PRIORITY_MEDIUM,
    { { "Stock room door will not latch", "Stock room door swings open unless it is wedged." },
      { "Back door scrapes on the floor", "Hinge is bent, the door scrapes on the floor." },
      { "Back door slams", "Closer lost its oil, the door slams." } },
    { "Cold comes in all day.",
      "Hinge parts were ordered {n} days ago and should be there." },
    { RFI_SKETCH_DOOR, RFI_SKETCH_PLATE, RFI_SKETCH_FLOOR } },
  { RFI_TRADE_DOORS, RFI_PRIORITY_HIGH,
    { { "Side light cracked at entrance", "Side light is cracked from top to bottom." },
      { "Entrance glass broken", "Glass of the right leaf is broken and was boarded up." },
      { "Crack in entrance glass grows", "Crack grows, {n} inches since yesterday." } },
    { "Tempered glass, about 36 × 84 inches.",
      "Police report has been filed, number is with the manager." },
    { RFI_SKETCH_DOOR, RFI_SKETCH_PLATE, RFI_SKETCH_FLOOR } },
  { RFI_TRADE_DOORS, RFI_PRIORITY_LOW,
    { { "Automatic door inspection",
        "{n} automatic doors are due for their safety inspection." },
      { "Door stickers expire this month",
        "Inspection by a certified technician, stickers expire this month." },
      { "Yearly door sensor check", "Yearly check of sensors and closing force." } },
    { "Please leave the report with the store manager.",
      "Come before {h} or after the evening rush." },
    { RFI_SKETCH_DOOR, RFI_SKETCH_PLATE, RFI_SKETCH_PANEL } },

  { RFI_TRADE_POS, RFI_PRIORITY_URGENT,
    { { "All registers offline",
        "Registers lost their connection at {h} and work in stand-alone mode." },
      { "Card payment down at all lanes", "Card payment fails at all lanes." },
      { "Network switch {n} dead", "Network cabinet beeps, switch {n} has no lights." } },
    { "The store takes cash only and lines are long.",
      "The provider sees the line as up." },
    { RFI_SKETCH_REGISTER, RFI_SKETCH_PANEL, RFI_SKETCH_PLATE } },
  { RFI_TRADE_POS, RFI_PRIORITY_MEDIUM,
    { { "Lane {n} screen dark", "Screen of lane {n} stays dark after restart." },
      { "Lane {n} touch screen off target",
        "Touch screen of lane {n} reacts beside the finger." },
      { "Lane {n} screen white", "Lane {n} shows a white screen since {d}." } },
    { "Lane is closed, others are open.",
      "A spare terminal is in the office." },
    { RFI_SKETCH_REGISTER, RFI_SKETCH_PLATE, RFI_SKETCH_PANEL } },
  { RFI_TRADE_POS, RFI_PRIORITY_MEDIUM,
    { { "Self-checkout {n} asks for help", "Self-checkout {n} asks for help at every item." },
      { "Self-checkout {n} scale drifts", "Scale of self-checkout {n} drifts by some ounces." },
      { "Self-checkout {n} light stays red", "Bagging area light stays red since {h}." } },
    { "Cleaning did not help.",
      "Weights and measures sticker must stay intact." },
    { RFI_SKETCH_REGISTER, RFI_SKETCH_PLATE, RFI_SKETCH_PANEL } },
  { RFI_TRADE_POS, RFI_PRIORITY_LOW,
    { { "Lane {n} printer jams", "Printer of lane {n} jams about every tenth receipt." },
      { "Receipt cutter does not cut", "Cutter does not cut, paper has to be torn." },
      { "Receipts print faint", "Print is faint although the roll is new." } },
    { "Printer was swapped between lanes, the fault moves with it.",
      "Please bring a second printer for lane {n}." },
    { RFI_SKETCH_REGISTER, RFI_SKETCH_PLATE, RFI_SKETCH_PANEL } },
  { RFI_TRADE_POS, RFI_PRIORITY_MEDIUM,
    { { "Cabling for lane {n}", "Data and power for lanes {n} and up have to be pulled." },
      { "Data drops to the front end", "{n} drops from the cabinet to the front end." },
      { "Cabling before new lanes arrive", "New lanes arrive on {d}, cabling must be ready." } },
    { "Work at night only, from 10 PM to 6 AM.",
      "Floor boxes exist, conduit is said to be free." },
    { RFI_SKETCH_REGISTER, RFI_SKETCH_PANEL, RFI_SKETCH_PLATE } },
};

static const char *const on_site[] = {
  "Check in at the customer service desk and ask for the manager on duty.",
  "Deliveries block the back dock from 6 AM to 9 AM.",
  "Please send photos before and after for the chain's file.",
  "Parking for service vans is behind the building.",
  "Call the store half an hour ahead.",
  "Not to exceed $850 without approval.",
  "The store closes at 10 PM; after that ring at the back door.",
  "A work order must be signed on site.",
  "Quote separately if parts cost more than $400.",
  "Safety shoes are required in the back rooms.",
};

static const char *const days[] = {
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};

const RfiSampleFault *
rfi_sample_fault_pick (RfiTrade   trade,
                       RfiRandom *random)
{
  guint first = 0;
  guint n = 0;

  while (faults[first].trade != trade)
    first++;
  while (first + n < G_N_ELEMENTS (faults) && faults[first + n].trade == trade)
    n++;
  return &faults[first + rfi_random_range (random, n)];
}

/* What stands for {t}, {n} and so on in one job. */
typedef struct
{
  guint       temperature;
  guint       number;
  guint       aisle;
  guint       hour;
  const char *day;
} Values;

static void
draw_values (Values    *values,
             RfiRandom *random)
{
  values->temperature = (guint) (43 + rfi_random_range (random, 15));
  values->number = (guint) (2 + rfi_random_range (random, 7));
  values->aisle = (guint) (1 + rfi_random_range (random, 22));
  values->hour = (guint) (5 + rfi_random_range (random, 16));
  values->day = days[rfi_random_range (random, G_N_ELEMENTS (days))];
}

static void
append_value (GString      *out,
              char          kind,
              const Values *values)
{
  guint hour = values->hour;

  if (kind == 't')
    g_string_append_printf (out, "%u", values->temperature);
  else if (kind == 'n')
    g_string_append_printf (out, "%u", values->number);
  else if (kind == 'a')
    g_string_append_printf (out, "%u", values->aisle);
  else if (kind == 'd')
    g_string_append (out, values->day);
  else
    g_string_append_printf (out, "%u %s", hour > 12 ? hour - 12 : hour, hour < 12 ? "AM" : "PM");
}

static void
append_sentence (GString      *out,
                 const char   *text,
                 const Values *values)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');

  for (const char *at = text; *at != '\0'; at++)
    if (at[0] == '{' && at[1] != '\0' && at[2] == '}')
      {
        append_value (out, at[1], values);
        at += 2;
      }
    else
      {
        g_string_append_c (out, *at);
      }
}

void
rfi_sample_fault_tell (const RfiSampleFault  *self,
                       RfiRandom             *random,
                       char                 **title,
                       char                 **description)
{
  guint64 report = rfi_random_range (random, RFI_SAMPLE_N_REPORTS);
  GString *head = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  Values values;

  draw_values (&values, random);
  append_sentence (head, self->reports[report].title, &values);
  append_sentence (text, self->reports[report].symptom, &values);
  append_sentence (text, self->contexts[rfi_random_range (random, 2)], &values);
  if (rfi_random_range (random, 3) > 0)
    append_sentence (text, on_site[rfi_random_range (random, G_N_ELEMENTS (on_site))], &values);

  *title = g_string_free (head, FALSE);
  *description = g_string_free (text, FALSE);
}
