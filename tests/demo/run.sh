#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh BUILD [--tour]
#
# Starts a server with sample data on a free port and the console on it: for the
# person at this screen, or, without a screen, for a tour that leaves pictures.
set -eu

build=$1
mode=${2:-}
support=$(dirname "$0")/../support
server=$build/src/server/retailfixit-server
console=$build/src/ui/shell/retailfixit-console
tour=$build/tests/demo/rfi-demo-tour

export GSETTINGS_SCHEMA_DIR="$build/data"
export RFI_SAMPLE=large

if [ "$mode" = --tour ] || [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  if [ ! -x "$tour" ]; then
    echo "demo: the tour is not part of this version; without a display nothing can be shown" >&2
    exit 1
  fi
  mkdir -p "$build/demo"
  rm -f "$build"/demo/*.png
  # The language is chosen when a program starts, and who works here by signing in: each takes a
  # short walk of its own.
  "$support/with-server" "$server" "$support/with-desktop" \
    sh -c '"$1" --server "$RFI_URL" --output "$2" &&
           "$1" --server "$RFI_URL" --output "$2" --admin --after "$(ls "$2"/*.png | wc -l)" &&
           LC_ALL=C.UTF-8 LANGUAGE=de "$1" --server "$RFI_URL" --output "$2" --german \
             --after "$(ls "$2"/*.png | wc -l)" &&
           "$1" --server "$RFI_URL" --output "$2" --looks --after "$(ls "$2"/*.png | wc -l)" &&
           LC_ALL=C.UTF-8 LANGUAGE=de "$1" --server "$RFI_URL" --output "$2" --looks \
             --after "$(ls "$2"/*.png | wc -l)"' tour "$tour" "$build/demo"
  echo "Pictures are in $build/demo"
else
  echo "Sign in as dispatcher@coolair.com, password dispatch123,"
  echo "or for all vendors as admin@retailfixit.com, password admin123."
  "$support/with-server" "$server" \
    sh -c '"$1" --server "$RFI_URL" --profile "$RFI_SCRATCH"' console "$console"
fi
