/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_PRESENCE_NOTE (rfi_presence_note_get_type ())

G_DECLARE_FINAL_TYPE (RfiPresenceNote, rfi_presence_note, RFI, PRESENCE_NOTE, AdwBin)

/**
 * RfiPresenceNote:
 *
 * Who else has a job open, in words; nothing where there is nobody. While it is mapped others are
 * told that the job is open here too, and that it is edited while its editor has the focus.
 */

/* Once, before there is a job. */
void rfi_presence_note_set_editor (RfiPresenceNote *self,
                                   GtkWidget       *editor);

/* @session, @job_id: (nullable) */
void rfi_presence_note_set_job    (RfiPresenceNote *self,
                                   RfiSession      *session,
                                   const char      *job_id);

G_END_DECLS
