/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-palette-commands"

#include "config.h"

#include "rfi-palette-commands.h"

#include <glib/gi18n.h>

static const RfiPaletteCommand commands[] = {
  {
    /* translators: a word that begins a typed command: "open 7f3c"; one word, small letters */
    NC_("command", "open"), N_("Open a job"), N_("open JOB"),
    "page-jobs-symbolic", "win.show-job",
    { RFI_PALETTE_JOB, RFI_PALETTE_NOTHING }, -1, NULL,
  },
  {
    /* translators: a typed command: "assign 7f3c garcia" */
    NC_("command", "assign"), N_("Assign a technician"), N_("assign JOB TECHNICIAN"),
    "status-assigned-symbolic", "win.assign-to",
    { RFI_PALETTE_JOB, RFI_PALETTE_TECHNICIAN }, RFI_ACTION_ASSIGN,
    N_("choose the technician in the next step, or type a name"),
  },
  {
    /* translators: a typed command: "status 7f3c in progress" */
    NC_("command", "status"), N_("Change a status"), N_("status JOB STATUS"),
    "status-in-progress-symbolic", "win.set-status",
    { RFI_PALETTE_JOB, RFI_PALETTE_STATUS }, RFI_ACTION_SET_STATUS,
    N_("which status?"),
  },
  {
    /* translators: a typed command: "priority 7f3c urgent" */
    NC_("command", "priority"), N_("Change a priority"), N_("priority JOB PRIORITY"),
    "priority-high-symbolic", "win.set-priority",
    { RFI_PALETTE_JOB, RFI_PALETTE_PRIORITY }, RFI_ACTION_EDIT,
    N_("which priority?"),
  },
  {
    /* translators: a typed command: "go timeline" */
    NC_("command", "go"), N_("Go to a page"), N_("go PAGE"),
    "go-next-symbolic", "win.show-page",
    { RFI_PALETTE_PAGE, RFI_PALETTE_NOTHING }, -1, NULL,
  },
  {
    /* translators: a typed command: "view urgent" */
    NC_("command", "view"), N_("Show a view"), N_("view NAME"),
    "view-list-symbolic", "win.show-view",
    { RFI_PALETTE_VIEW, RFI_PALETTE_NOTHING }, -1, NULL,
  },
  {
    /* translators: a typed command: "save view Late in Dallas" */
    NC_("command", "save view"), N_("Save the filters as a view"), N_("save view NAME"),
    "document-save-symbolic", "win.save-view",
    { RFI_PALETTE_TEXT, RFI_PALETTE_NOTHING }, -1, NULL,
  },
  {
    /* translators: a typed command: "filter dallas" */
    NC_("command", "filter"), N_("Show only jobs with these words"), N_("filter WORDS"),
    "system-search-symbolic", "win.search-for",
    { RFI_PALETTE_TEXT, RFI_PALETTE_NOTHING }, -1, NULL,
  },
  {
    /* translators: a typed command: "photos 7f3c" */
    NC_("command", "photos"), N_("Show a job’s photos"), N_("photos JOB"),
    "camera-photo-symbolic", "win.show-photos",
    { RFI_PALETTE_JOB, RFI_PALETTE_NOTHING }, -1, NULL,
  },
  {
    /* translators: a typed command: "add photos 7f3c" */
    NC_("command", "add photos"), N_("Add photos to a job"), N_("add photos JOB"),
    "list-add-symbolic", "win.add-photos",
    { RFI_PALETTE_JOB, RFI_PALETTE_NOTHING }, RFI_ACTION_ADD_PHOTO, NULL,
  },
  {
    /* translators: a typed command: "why 7f3c", answers why this job is not shown */
    NC_("command", "why"), N_("Why is a job not shown?"), N_("why JOB"),
    "view-conceal-symbolic", "win.reveal-job",
    { RFI_PALETTE_JOB, RFI_PALETTE_NOTHING }, -1, NULL,
  },
  {
    /* translators: a typed command: "cancel 7f3c" */
    NC_("command", "cancel"), N_("Cancel a job…"), N_("cancel JOB"),
    "status-cancelled-symbolic", "win.cancel-job",
    { RFI_PALETTE_JOB, RFI_PALETTE_NOTHING }, RFI_ACTION_CANCEL, NULL,
  },
  {
    /* translators: a typed command: "delete 7f3c" */
    NC_("command", "delete"), N_("Delete a job…"), N_("delete JOB"),
    "user-trash-symbolic", "win.delete-job",
    { RFI_PALETTE_JOB, RFI_PALETTE_NOTHING }, RFI_ACTION_DELETE, NULL,
  },
};

const char *
rfi_palette_command_get_verb (const RfiPaletteCommand *self)
{
  return g_dpgettext2 (NULL, "command", self->verb);
}

const RfiPaletteCommand *
rfi_palette_commands (guint *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}
