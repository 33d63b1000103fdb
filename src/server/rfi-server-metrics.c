/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-metrics"

#include "config.h"

#include "rfi-server-metrics.h"

/* Upper ends in microseconds. */
static const gint64 buckets[] = {
  500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 10000000,
};

#define N_CLASSES 6

typedef struct
{
  const char *method;
  const char *route;
  guint64     by_class[N_CLASSES];  /* by the status' first digit */
  guint64     by_duration[G_N_ELEMENTS (buckets) + 1];
  gint64      duration;             /* of all, microseconds */
  gint64      n_bytes;
} Series;

struct _RfiServerMetrics
{
  GPtrArray *series;  /* (owned) (element-type Series) */
};

RfiServerMetrics *
rfi_server_metrics_new (void)
{
  RfiServerMetrics *self = g_new0 (RfiServerMetrics, 1);

  self->series = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
rfi_server_metrics_free (RfiServerMetrics *self)
{
  g_ptr_array_unref (self->series);
  g_free (self);
}

static Series *
find_series (RfiServerMetrics *self,
             const char       *method,
             const char       *route)
{
  Series *series;

  for (guint i = 0; i < self->series->len; i++)
    {
      series = g_ptr_array_index (self->series, i);
      if (series->route == route && series->method == method)
        return series;
    }

  series = g_new0 (Series, 1);
  series->method = method;
  series->route = route;
  g_ptr_array_add (self->series, series);
  return series;
}

void
rfi_server_metrics_count (RfiServerMetrics *self,
                          const char       *method,
                          const char       *route,
                          guint             status,
                          gint64            duration,
                          gint64            n_bytes)
{
  Series *series = find_series (self, method, route);
  guint bucket = 0;

  while (bucket < G_N_ELEMENTS (buckets) && duration > buckets[bucket])
    bucket++;

  series->by_class[MIN (status / 100, N_CLASSES - 1)]++;
  series->by_duration[bucket]++;
  series->duration += duration;
  series->n_bytes += n_bytes;
}

static void
append_durations (const Series *series,
                  GString      *out)
{
  guint64 n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    {
      n += series->by_duration[i];
      g_string_append_printf (out,
                              "rfi_request_duration_seconds_bucket{method=\"%s\",route=\"%s\","
                              "le=\"%g\"} %" G_GUINT64_FORMAT "\n",
                              series->method, series->route, (double) buckets[i] / 1e6, n);
    }

  n += series->by_duration[G_N_ELEMENTS (buckets)];
  g_string_append_printf (out,
                          "rfi_request_duration_seconds_bucket{method=\"%s\",route=\"%s\","
                          "le=\"+Inf\"} %" G_GUINT64_FORMAT "\n"
                          "rfi_request_duration_seconds_sum{method=\"%s\",route=\"%s\"} %g\n"
                          "rfi_request_duration_seconds_count{method=\"%s\",route=\"%s\"} "
                          "%" G_GUINT64_FORMAT "\n",
                          series->method, series->route, n, series->method, series->route,
                          (double) series->duration / 1e6, series->method, series->route, n);
}

void
rfi_server_metrics_append (RfiServerMetrics *self,
                           GString          *out)
{
  g_string_append (out, "# HELP rfi_requests_total Requests answered.\n"
                        "# TYPE rfi_requests_total counter\n");
  for (guint i = 0; i < self->series->len; i++)
    {
      const Series *series = g_ptr_array_index (self->series, i);

      for (guint class = 0; class < N_CLASSES; class++)
        if (series->by_class[class] > 0)
          g_string_append_printf (out,
                                  "rfi_requests_total{method=\"%s\",route=\"%s\","
                                  "status=\"%uxx\"} %" G_GUINT64_FORMAT "\n",
                                  series->method, series->route, class, series->by_class[class]);
    }

  g_string_append (out, "# HELP rfi_response_bytes_total Bytes of bodies sent.\n"
                        "# TYPE rfi_response_bytes_total counter\n");
  for (guint i = 0; i < self->series->len; i++)
    {
      const Series *series = g_ptr_array_index (self->series, i);

      g_string_append_printf (out,
                              "rfi_response_bytes_total{method=\"%s\",route=\"%s\"} "
                              "%" G_GINT64_FORMAT "\n",
                              series->method, series->route, series->n_bytes);
    }

  g_string_append (out, "# HELP rfi_request_duration_seconds From headers read to body sent.\n"
                        "# TYPE rfi_request_duration_seconds histogram\n");
  for (guint i = 0; i < self->series->len; i++)
    append_durations (g_ptr_array_index (self->series, i), out);
}

void
rfi_server_metrics_append_value (GString    *out,
                                 const char *name,
                                 const char *type,
                                 const char *help,
                                 gint64      value)
{
  g_string_append_printf (out, "# HELP %s %s\n# TYPE %s %s\n%s %" G_GINT64_FORMAT "\n", name, help,
                          name, type, name, value);
}
