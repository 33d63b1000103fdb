/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a photo of a job shows; one drawing each in resources/photos. */
typedef enum {
  RFI_SKETCH_EVAPORATOR,
  RFI_SKETCH_THERMOMETER,
  RFI_SKETCH_GASKET,
  RFI_SKETCH_COMPRESSOR,
  RFI_SKETCH_CASE,
  RFI_SKETCH_ROOFTOP,
  RFI_SKETCH_THERMOSTAT,
  RFI_SKETCH_PANEL,
  RFI_SKETCH_LIGHTS,
  RFI_SKETCH_FLOOR,
  RFI_SKETCH_PIPE,
  RFI_SKETCH_DOOR,
  RFI_SKETCH_REGISTER,
  RFI_SKETCH_PLATE,
} RfiSketchScene;

#define RFI_N_SKETCH_SCENES 14

/* The same place before, during and after the repair. */
typedef enum {
  RFI_SKETCH_BEFORE,
  RFI_SKETCH_DURING,
  RFI_SKETCH_AFTER,
} RfiSketchPhase;

#define RFI_N_SKETCH_PHASES 3

/* Draws a picture of 1600 × 1200 as a phone would have taken it. @seed moves and turns the
 * phone, changes the light and what instruments read; the same gives the same picture. Safe to
 * call from any thread.
 * @stamp: (nullable): words that the camera puts into a corner
 * Returns: (transfer full): JPEG */
GBytes *rfi_sketch_draw (RfiSketchScene   scene,
                         RfiSketchPhase   phase,
                         guint64          seed,
                         const char      *stamp,
                         GError         **error);

G_END_DECLS
