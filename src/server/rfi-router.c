/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-router"

#include "config.h"

#include "rfi-router.h"

#include <string.h>

#define CLOSED "/api/jobs"

typedef struct
{
  const char *at;
  gsize       length;
} Segment;

/* The next segment of @rest, which is moved behind it. %FALSE at the end, or before a last
 * slash. */
static gboolean
take_segment (const char **rest,
              Segment     *segment)
{
  const char *at = *rest;

  if (*at == '/')
    at++;
  if (*at == '\0')
    return FALSE;

  segment->at = at;
  segment->length = strcspn (at, "/");
  *rest = at + segment->length;
  return TRUE;
}

static gboolean
segments_equal (const Segment *pattern,
                const Segment *path)
{
  return pattern->length == path->length &&
         g_ascii_strncasecmp (pattern->at, path->at, path->length) == 0;
}

/* @found: the segments that parameters stand for */
static gboolean
match (const char *pattern,
       const char *path,
       Segment    *found,
       guint      *n_found)
{
  Segment wanted;
  Segment given;

  *n_found = 0;
  while (take_segment (&pattern, &wanted))
    {
      if (*wanted.at == '*')
        {
          found[*n_found].at = *path == '/' ? path + 1 : path;
          found[*n_found].length = strlen (found[*n_found].at);
          (*n_found)++;
          return TRUE;
        }
      if (!take_segment (&path, &given))
        return FALSE;
      if (*wanted.at == ':')
        found[(*n_found)++] = given;
      else if (!segments_equal (&wanted, &given))
        return FALSE;
    }

  return *path == '\0' || strcmp (path, "/") == 0;
}

RfiRouted
rfi_router_find (const RfiRoute  *routes,
                 guint            n_routes,
                 const char      *method,
                 const char      *path,
                 const RfiRoute **route,
                 char           **params)
{
  Segment found[RFI_ROUTE_MAX_PARAMS];
  guint n_found;

  if (strcmp (method, "HEAD") == 0)
    method = "GET";

  *route = NULL;
  for (guint i = 0; i < n_routes; i++)
    {
      if (strcmp (routes[i].method, method) != 0 || !match (routes[i].path, path, found, &n_found))
        continue;

      *route = &routes[i];
      for (guint param = 0; param < n_found; param++)
        {
          params[param] = g_uri_unescape_segment (found[param].at,
                                                  found[param].at + found[param].length, NULL);
          if (params[param] == NULL)
            return RFI_ROUTED_BADLY;
        }
      return RFI_ROUTED;
    }

  return RFI_ROUTED_NOWHERE;
}

gboolean
rfi_router_is_closed (const char *path)
{
  gsize length = strlen (CLOSED);

  return g_ascii_strncasecmp (path, CLOSED, length) == 0 &&
         (path[length] == '\0' || path[length] == '/');
}
