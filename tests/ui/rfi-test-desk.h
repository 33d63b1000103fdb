/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"
#include "rfi-test-ui.h"

G_BEGIN_DECLS

/* The whole console in this process, used as a person would: what is looked for has to be
 * seen. There is one at a time; whatever cannot be done ends the test. */

/* In the place of rfi_test_ui_init (). Environment: RFI_TEST_PICTURES names a folder for
 * pictures, LANGUAGE the language of texts. */
void            rfi_test_desk_init         (int          *argc,
                                            char       ***argv);
/* Ends what is still open. Returns: @status */
int             rfi_test_desk_end          (int           status);
GtkApplication *rfi_test_desk_application  (void);

/* Opens the window, as a click on the launcher does. */
void            rfi_test_desk_open         (void);
/* Closes the windows. */
void            rfi_test_desk_quit         (void);
/* Likewise, and waits until another process could open the account's data. */
void            rfi_test_desk_quit_and_wait (void);
/* Fills in the sign-in page and waits for the jobs. */
void            rfi_test_desk_sign_in      (const char   *url,
                                            const char   *email,
                                            const char   *password);
/* The folder that keeps this account's data. Returns: (transfer full) */
char           *rfi_test_desk_account_dir  (void);

/* (transfer none) (nullable): the console's window; the dialog over it; whose data it shows */
GtkWindow      *rfi_test_desk_window       (void);
GtkWindow      *rfi_test_desk_dialog       (void);
RfiSession     *rfi_test_desk_session      (void);

/* What the window shows. find: (transfer none) (nullable) */
gboolean        rfi_test_desk_reads        (const char   *text);
GtkWidget      *rfi_test_desk_find         (GType         type);
GtkWidget      *rfi_test_desk_find_named   (const char   *name);

void            rfi_test_desk_fill_in      (const char   *name,
                                            const char   *text);
void            rfi_test_desk_click        (const char   *name);
void            rfi_test_desk_activate     (const char   *action,
                                            const char   *target);
void            rfi_test_desk_show_page    (const char   *name);
/* Changes a job, and waits until that is kept. */
void            rfi_test_desk_edit         (RfiSession   *session,
                                            const char   *job_id,
                                            RfiField      field,
                                            const char   *value);
void            rfi_test_desk_set_offline  (gboolean      offline);
/* Waits for the question and answers it. */
void            rfi_test_desk_answer       (const char   *response);
/* Waits for what is said in passing, and makes room for the next. @part: of it */
void            rfi_test_desk_take_toast   (const char   *part);
/* A key, given to @widget's controllers: the toolkit makes no key events for tests. */
void            rfi_test_desk_press        (GtkWidget    *widget,
                                            guint         keyval,
                                            GdkModifierType state);

void            rfi_test_desk_set_dark     (gboolean      dark);
void            rfi_test_desk_set_text     (int           percent);
/* NAME.png, if pictures are wanted; looks: NAME-dark.png,
 * NAME-large.png and NAME-large-dark.png too */
void            rfi_test_desk_take_picture (GtkWindow    *window,
                                            const char   *name);
void            rfi_test_desk_take_looks   (GtkWindow    *window,
                                            const char   *name);

G_END_DECLS
