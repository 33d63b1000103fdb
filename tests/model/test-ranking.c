/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-ranking.h"

static RfiUser *
make_technician (const char *name,
                 const char *vendor_id)
{
  RfiUser user = { .id = (char *) name, .display_name = (char *) name,
                   .vendor_id = (char *) vendor_id, .role = RFI_ROLE_TECHNICIAN };

  return rfi_user_new (&user);
}

static RfiJob *
make_job (const char *id,
          RfiStatus   status,
          const char *technician,
          const char *store_name,
          const char *city,
          const char *zip_code)
{
  RfiJob job = { .id = id, .status = status, .assigned_to = technician, .vendor_id = "v",
                 .store_name = store_name, .city = city, .state = "TX", .zip_code = zip_code };

  return rfi_job_new (&job);
}

static const RfiUser dispatcher = { .id = (char *) "d", .vendor_id = (char *) "v",
                                    .role = RFI_ROLE_DISPATCHER };

/* "name score" of all, best first; a verdict instead of the score for who can't. */
static char *
describe (GPtrArray *candidates)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < candidates->len; i++)
    {
      RfiCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->verdict == RFI_VERDICT_OK)
        g_string_append_printf (text, "%s %d, ", candidate->technician->display_name,
                                candidate->score);
      else
        g_string_append_printf (text, "%s !%d, ", candidate->technician->display_name,
                                (int) candidate->verdict);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_order (void)
{
  const struct {
    RfiStatus   status;
    const char *technician;
    const char *store_name;
    const char *city;
    const char *zip_code;
  } others[] = {
    { RFI_STATUS_ASSIGNED, "Far", "Elsewhere", "Waco", "76701" },
    { RFI_STATUS_ASSIGNED, "Near", "Other", "Dallas", "75202" },
    { RFI_STATUS_ASSIGNED, "There", "Shop", "Dallas", "75201" },
    { RFI_STATUS_COMPLETED, "Knows", "Shop", "Dallas", "75201" },
    { RFI_STATUS_IN_PROGRESS, "Busy", "Elsewhere", "Waco", "76701" },
    { RFI_STATUS_PENDING, NULL, "Shop", "Dallas", "75201" },
  };
  const char *const names[] = { "Busy", "Far", "Free", "Alf", "Knows", "Near", "There" };
  g_autoptr(GPtrArray) technicians =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  g_autoptr(RfiJob) job = make_job ("job", RFI_STATUS_PENDING, NULL, "Shop", "Dallas", "75201");
  g_autoptr(GPtrArray) candidates = NULL;
  g_autofree char *text = NULL;
  RfiRanking *ranking;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (technicians, make_technician (names[i], "v"));
  g_ptr_array_add (technicians, make_technician ("Stranger", "other"));

  ranking = rfi_ranking_new (&dispatcher, job, technicians);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(RfiJob) other =
        make_job ("other", others[i].status, others[i].technician, others[i].store_name,
                  others[i].city, others[i].zip_code);

      rfi_ranking_add_job (ranking, other);
    }

  candidates = rfi_ranking_finish (ranking);
  text = describe (candidates);
  g_assert_cmpstr (text, ==, "There 15, Near 5, Knows 3, Alf 0, Free 0, Far -10, Busy -15, "
                             "Stranger !7, ");
}

static void
test_current (void)
{
  g_autoptr(GPtrArray) technicians =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  g_autoptr(RfiJob) job = make_job ("job", RFI_STATUS_ASSIGNED, "A", "Shop", "Dallas", "75201");
  g_autoptr(RfiJob) other = make_job ("x", RFI_STATUS_IN_PROGRESS, "A", "S", "Waco", "76701");
  g_autoptr(GPtrArray) candidates = NULL;
  RfiRanking *ranking;
  RfiCandidate *first;

  g_ptr_array_add (technicians, make_technician ("A", "v"));
  ranking = rfi_ranking_new (&dispatcher, job, technicians);
  rfi_ranking_add_job (ranking, job);
  rfi_ranking_add_job (ranking, other);
  candidates = rfi_ranking_finish (ranking);

  first = g_ptr_array_index (candidates, 0);
  g_assert_cmpstr (first->current->id, ==, "x");
  g_assert_cmpuint (first->factors[RFI_FACTOR_OPEN_JOBS], ==, 1);
  g_assert_cmpuint (first->factors[RFI_FACTOR_HAS_IT], ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ranking/order", test_order);
  g_test_add_func ("/ranking/current", test_current);

  return g_test_run ();
}
