/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_PRINT_DOCUMENT (rfi_print_document_get_type ())

G_DECLARE_FINAL_TYPE (RfiPrintDocument, rfi_print_document, RFI, PRINT_DOCUMENT, GObject)

/**
 * RfiPrintDocument:
 *
 * Something to be read on paper, made of headings, texts, facts and tables. It is all black words:
 * nothing is lost on a grey printer. Once laid out for a paper it knows its pages.
 */
/* @title: heads each page; @note: (nullable): at the foot of each */
RfiPrintDocument *rfi_print_document_new         (const char        *title,
                                                  const char        *note);
const char       *rfi_print_document_get_title   (RfiPrintDocument  *self);

void              rfi_print_document_add_title   (RfiPrintDocument  *self,
                                                  const char        *text);
void              rfi_print_document_add_heading (RfiPrintDocument  *self,
                                                  const char        *text);
void              rfi_print_document_add_text    (RfiPrintDocument  *self,
                                                  const char        *text);
/* @value: "" leaves a line to write on */
void              rfi_print_document_add_fact    (RfiPrintDocument  *self,
                                                  const char        *name,
                                                  const char        *value);
/* Begins a table. @columns: names; @shares: how wide each is beside the others */
void              rfi_print_document_add_table   (RfiPrintDocument  *self,
                                                  const char *const *columns,
                                                  const int         *shares);
/* A row of the table begun last. @cells: as many as it has columns */
void              rfi_print_document_add_row     (RfiPrintDocument  *self,
                                                  const char *const *cells);

/* Begins to lay it out on paper of this size, in points. */
void              rfi_print_document_begin       (RfiPrintDocument  *self,
                                                  PangoContext      *context,
                                                  double             width,
                                                  double             height);
/* Goes on with it, for some milliseconds' work. %TRUE once it is done */
gboolean          rfi_print_document_continue    (RfiPrintDocument  *self);
/* How many pages that takes, at least 1. */
guint             rfi_print_document_get_n_pages (RfiPrintDocument  *self);
/* All three at once. */
guint             rfi_print_document_lay_out     (RfiPrintDocument  *self,
                                                  PangoContext      *context,
                                                  double             width,
                                                  double             height);
/* @page: from 0 */
void              rfi_print_document_draw        (RfiPrintDocument  *self,
                                                  cairo_t           *cairo,
                                                  guint              page);
/* What stands on a page, line by line, cells parted by tabs. Returns: (transfer full) */
char             *rfi_print_document_read        (RfiPrintDocument  *self,
                                                  guint              page);

G_END_DECLS
