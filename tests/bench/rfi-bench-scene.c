/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench-scene.h"

#include <adwaita.h>
#include <time.h>

#define SLICE 5000

typedef struct
{
  GArray        *frames;                /* (element-type double): ms of work */
  gboolean       between;               /* also what is done between two frames */
  double         began;
  guint          n_frames;
  RfiBenchStep   step;
  gpointer       user_data;
} Scene;

void
rfi_bench_init_toolkit (void)
{
  g_autoptr(GtkCssProvider) style = NULL;
  GdkDisplay *display;

  adw_init ();
  display = gdk_display_get_default ();
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, "/com/retailfixit/Dispatch/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/com/retailfixit/Dispatch/icons");
}

double
rfi_bench_get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

/* Jobs */

static const char *const titles[] = {
  "Walk-in cooler repair", "Air duct cleaning", "Freezer defrost cycle runs too long",
  "POS system wiring", "Ice machine leaks onto the sales floor", "Door gasket torn",
};
static const char *const cities[] = { "Arlington", "Dallas", "Austin", "Waco", "Mansfield" };

RfiJobState *
rfi_bench_new_state (RfiRandom *random,
                     guint      number)
{
  g_autofree char *id = g_strdup_printf ("%08x-job-%u", number * 2654435761u, number);
  g_autofree char *title = g_strdup_printf ("%s (%u)", titles[number % G_N_ELEMENTS (titles)],
                                            (guint) rfi_random_range (random, 50000));
  g_autofree char *store = g_strdup_printf ("QuickStop #%u",
                                            (guint) rfi_random_range (random, 900));
  g_autofree char *person = g_strdup_printf ("Technician %u",
                                             (guint) rfi_random_range (random, 1000));
  RfiJob template = {
    .id = id,
    .title = title,
    .description = "Seen at opening",
    .status = (RfiStatus) rfi_random_range (random, RFI_N_STATUSES),
    .priority = (RfiPriority) rfi_random_range (random, RFI_N_PRIORITIES),
    .vendor_id = "vendor",
    .created_by = "nora",
    .assigned_to = person,
    .store_name = store,
    .address = "1 Main St",
    .city = cities[rfi_random_range (random, G_N_ELEMENTS (cities))],
    .state = "TX",
    .zip_code = "76001",
    .created_at = G_GINT64_CONSTANT (1760000000000) +
                  (gint64) rfi_random_range (random, 1000000) * 60000,
    .updated_at = G_GINT64_CONSTANT (1760000000000) + number,
    .n_photos = (guint16) rfi_random_range (random, 9),
  };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

RfiJobTable *
rfi_bench_new_jobs (guint n_jobs)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (1);
  RfiJobTable *jobs = rfi_job_table_new ();

  for (guint from = 0; from < n_jobs; from += SLICE)
    {
      g_autoptr(GPtrArray) states = NULL;

      states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
      for (guint i = from; i < from + SLICE; i++)
        g_ptr_array_add (states, rfi_bench_new_state (random, i));
      rfi_job_table_apply (jobs, states, NULL, FALSE);
    }
  return jobs;
}

/* Frames */

static void
before_paint_cb (GdkFrameClock *clock,
                 Scene         *scene)
{
  if (!scene->between)
    scene->began = rfi_bench_get_work ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                Scene         *scene)
{
  rfi_bench_add (scene->frames, rfi_bench_get_work () - scene->began);
  scene->began = rfi_bench_get_work ();
  scene->n_frames++;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Scene *scene = user_data;

  scene->step (scene->user_data);
  return G_SOURCE_CONTINUE;
}

static GArray *
play (GtkWidget    *content,
      RfiBenchStep  step,
      gpointer      user_data,
      guint         n_frames,
      gboolean      between)
{
  Scene scene = {
    .frames = rfi_bench_samples_new (), .between = between, .began = rfi_bench_get_work (),
    .step = step, .user_data = user_data,
  };
  GtkWidget *window = gtk_widget_get_ancestor (content, GTK_TYPE_WINDOW);
  GdkFrameClock *clock;
  guint tick;

  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &scene);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &scene);
  tick = gtk_widget_add_tick_callback (content, tick_cb, &scene, NULL);
  while (scene.n_frames < n_frames)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (content, tick);
  g_signal_handlers_disconnect_by_data (clock, &scene);
  return scene.frames;
}

GArray *
rfi_bench_play (GtkWidget    *content,
                RfiBenchStep  step,
                gpointer      user_data,
                guint         n_frames)
{
  return play (content, step, user_data, n_frames, FALSE);
}

GArray *
rfi_bench_play_through (GtkWidget    *content,
                        RfiBenchStep  step,
                        gpointer      user_data,
                        guint         n_frames)
{
  return play (content, step, user_data, n_frames, TRUE);
}

GtkWidget *
rfi_bench_show (GtkWidget *content)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_window_set_child (GTK_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (window) || gtk_widget_get_height (content) < 100)
    g_main_context_iteration (NULL, TRUE);
  return window;
}

static void
nothing_cb (gpointer user_data)
{
  gtk_widget_queue_draw (user_data);
}

GArray *
rfi_bench_play_empty (guint n_frames)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window = rfi_bench_show (box);
  GArray *frames = rfi_bench_play (box, nothing_cb, box, n_frames);

  gtk_window_destroy (GTK_WINDOW (window));
  return frames;
}
