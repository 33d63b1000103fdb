/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times are ms since 1970, shown in the person's time zone and language.
 * All return (transfer full). */

/* How long something took or is old: "now", "40 min", "2 h", "3 d". */
char *rfi_format_span  (gint64 ms);
char *rfi_format_age   (gint64 since);

/* In a sentence: "just now", "2 minutes ago", "3 days ago". */
char *rfi_format_ago   (gint64 at);
char *rfi_format_ago_at (gint64 at,
                         gint64 now);

/* A moment ahead: "now", "in 12 s", "in 3 min". */
char *rfi_format_until (gint64 at);

/* "10:42" today, "Tue 10:42" within a week, else "3 Nov 10:42". */
char *rfi_format_clock (gint64 at);

/* The whole moment: "Tue 3 November 2026, 10:42:07". */
char *rfi_format_moment (gint64 at);

/* Day and time as the person's language writes them, always as long: "11/03/26 10:42". */
char *rfi_format_date_time (gint64 at);

/* "AB:CD:…" in lines of eight, as openssl shows it, of a checksum in hexadecimal digits. */
char *rfi_format_fingerprint (const char *checksum);

/* "AK" of "Ahmed Karim", "AT" of "Ahmed (Technician)": what avatars are made from. */
char *rfi_format_initials (const char *name);

/* The name as AdwAvatar should see it, which takes any character for a letter. */
char *rfi_format_avatar_text (const char *name);

G_END_DECLS
