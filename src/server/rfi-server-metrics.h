/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RfiServerMetrics:
 *
 * Counts what the server does, for Prometheus. For one thread.
 */
typedef struct _RfiServerMetrics RfiServerMetrics;

RfiServerMetrics *rfi_server_metrics_new      (void);
void              rfi_server_metrics_free     (RfiServerMetrics *self);

/* @route: its pattern, a text that lives as long as the program; @duration: microseconds */
void              rfi_server_metrics_count    (RfiServerMetrics *self,
                                               const char       *method,
                                               const char       *route,
                                               guint             status,
                                               gint64            duration,
                                               gint64            n_bytes);

/* In Prometheus' text format. */
void              rfi_server_metrics_append   (RfiServerMetrics *self,
                                               GString          *out);

/* One more line for a value that is known elsewhere. @type: "gauge" or "counter" */
void              rfi_server_metrics_append_value (GString    *out,
                                                   const char *name,
                                                   const char *type,
                                                   const char *help,
                                                   gint64      value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiServerMetrics, rfi_server_metrics_free)

G_END_DECLS
