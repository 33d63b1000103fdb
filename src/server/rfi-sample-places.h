/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-random.h"

G_BEGIN_DECLS

/* One shop of a chain that does not exist, in a town that does. */
typedef struct
{
  char       *name;      /* "FreshMart #12" */
  char       *address;
  const char *city;
  const char *state;
  const char *zip_code;
  gboolean    sells_food;
} RfiSampleShop;

/**
 * RfiSamplePlaces:
 *
 * Towns and the shops in them; the same for the same randomness.
 */
typedef struct _RfiSamplePlaces RfiSamplePlaces;

RfiSamplePlaces     *rfi_sample_places_new         (RfiRandom       *random);
void                 rfi_sample_places_free        (RfiSamplePlaces *self);

/* A company's area is named by a number: a town and those around it. 0 is Dallas.
 * @with_food: only shops that sell food will do */
guint                rfi_sample_places_count_areas (void);
const RfiSampleShop *rfi_sample_places_pick        (RfiSamplePlaces *self,
                                                    guint            area,
                                                    gboolean         with_food,
                                                    RfiRandom       *random);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSamplePlaces, rfi_sample_places_free)

G_END_DECLS
