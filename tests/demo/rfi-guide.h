/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"
#include "rfi-test-http.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RfiGuide:
 *
 * Leads through the console: finds what is on the screen, uses it as a person would, and takes
 * pictures. Whatever does not happen in time ends the tour.
 */
typedef struct
{
  GtkApplication *application;
  const char     *url;      /* of the server */
  const char     *output;   /* folder for the pictures */
  guint           n_shots;
  RfiSession     *session;  /* (nullable) until the board is seen; the application's */

  SoupSession    *http;     /* of everybody else: a phone, another desk */
  char           *admin;    /* token of another desk */
  char           *phone;    /* token of a technician */
} RfiGuide;

GtkWindow  *rfi_guide_window    (RfiGuide   *self);
/* Returns: (transfer none) (nullable): the dialog over the window */
GtkWindow  *rfi_guide_dialog    (RfiGuide   *self);
RfiSession *rfi_guide_session   (RfiGuide   *self);

/* The visible widget with this id; waits for it. */
GtkWidget  *rfi_guide_find      (RfiGuide   *self,
                                 GtkWidget  *root,
                                 const char *id);
void        rfi_guide_press     (RfiGuide   *self,
                                 GtkWidget  *root,
                                 const char *id);
void        rfi_guide_type      (RfiGuide   *self,
                                 GtkWidget  *root,
                                 const char *id,
                                 const char *text);
void        rfi_guide_do        (RfiGuide   *self,
                                 const char *action,
                                 GVariant   *parameter);

/* Waits until nothing moves and every photo is there, then takes the picture NN-@name.png of the
 * window with its dialog and says what it shows. */
void        rfi_guide_shoot     (RfiGuide   *self,
                                 const char *name,
                                 const char *what);

/* The same with what is said in passing, which is waited for. */
void        rfi_guide_shoot_toast (RfiGuide   *self,
                                   const char *name,
                                   const char *what);

/* The id of the first job in @status that matches. @title: (nullable). Returns: (transfer full) */
char       *rfi_guide_pick_job  (RfiGuide   *self,
                                 RfiStatus   status,
                                 gboolean    with_photos);

/* What somebody else does, by the server's own interface. @json: (nullable), with "%s" for the
 * job's etag where it wants one */
void        rfi_guide_elsewhere (RfiGuide   *self,
                                 const char *token,
                                 const char *method,
                                 const char *job_id,
                                 const char *what,
                                 const char *json);

/* rfi-guide-board.c: somebody else with the same job open; lanes of technicians; what was completed
 * today; as an admin, a job to another vendor. */
void        rfi_guide_meet_others (RfiGuide *self);
void        rfi_guide_group_by_technician (RfiGuide *self);
void        rfi_guide_show_completed (RfiGuide *self);
void        rfi_guide_move_vendor (RfiGuide *self);

/* rfi-guide-desk.c: two desks book one technician, light and dark; the same in large text. */
void        rfi_guide_show_booking (RfiGuide *self);
void        rfi_guide_show_booking_large (RfiGuide *self);

/* rfi-guide-keys.c: keys and text, as xdotool names them, from the X server to the dialog or else
 * the window; and Tab until the focus is in @place. */
void        rfi_guide_key       (RfiGuide   *self,
                                 const char *key);
void        rfi_guide_write     (RfiGuide   *self,
                                 const char *text);
void        rfi_guide_walk_into (RfiGuide   *self,
                                 GtkWidget  *place);

/* rfi-guide-day.c: create, assign, move, undo, bulk, offline, conflict, back. */
void        rfi_guide_spend_day (RfiGuide   *self);

/* rfi-guide-looks.c: each view light, dark and in large text, in the language that is spoken. */
void        rfi_guide_show_looks (RfiGuide  *self);
/* As an admin, the board by vendor likewise. */
void        rfi_guide_show_vendors (RfiGuide *self);
/* The first page of a job sheet, as the printer gets it. */
void        rfi_guide_print_sheet (RfiGuide *self);

/* Text at this many per cent. */
void        rfi_guide_set_text_scale (RfiGuide *self,
                                      int       percent);

G_END_DECLS
