/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-table.h"
#include "rfi-record-source.h"
#include "rfi-user.h"

G_BEGIN_DECLS

/**
 * RfiPeopleNames:
 *
 * What the people and the vendors of two lists are called, by id, and the user of the session. The
 * lists are thousands long and often read together: the names are gathered from both once, when
 * there is time or somebody asks. The jobs are told, whose filter looks for names too.
 */
typedef struct _RfiPeopleNames RfiPeopleNames;

/* For the main thread. @people, @vendors: (element-type RfiUser) */
RfiPeopleNames *rfi_people_names_new        (RfiJobTable     *jobs,
                                             const RfiUser   *user,
                                             RfiRecordSource *people,
                                             RfiRecordSource *vendors);
void            rfi_people_names_free       (RfiPeopleNames  *self);

/* @id: of a person or a vendor. Returns: (nullable) */
const char     *rfi_people_names_get        (RfiPeopleNames  *self,
                                             const char      *id);
/* Also of who is in no list, but named by a job. Returns: (nullable) */
const char     *rfi_people_names_get_person (RfiPeopleNames  *self,
                                             const char      *id);

G_END_DECLS
