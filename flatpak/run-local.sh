#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run-local.sh [--quiet]
#
# Builds the Flatpak, installs it for this user and starts it on a server with sample
# data. The runtime is put together from Debian packages, so that no other source of
# software is needed: it has the floor's versions where the manifest names GNOME's
# current runtime. Everything, the user's Flatpak installation included, stays below
# build/flatpak. Without a display, or with --quiet, a private one is used and a
# picture is left in build/flatpak.
set -eu

cd "$(dirname "$0")/.."
top=$PWD
id=com.retailfixit.Dispatch
arch=$(flatpak --default-arch)
branch=12
work=$top/build/flatpak
repo=$work/repo
mkdir -p "$work"

# Flatpak's user installation and builder state stay out of the person's home.
export FLATPAK_USER_DIR="$work/user"

runtime_packages="
  libgtk-4-1 libgtk-4-common libadwaita-1-0 libsoup-3.0-0 libjson-glib-1.0-0
  libsecret-1-0 libsqlite3-0 libsodium23 librsvg2-common glib-networking
  adwaita-icon-theme hicolor-icon-theme fonts-cantarell libglib2.0-bin
  shared-mime-info ca-certificates at-spi2-core
"
sdk_packages="
  gcc libc6-dev meson ninja-build pkg-config gettext desktop-file-utils appstream-util
  libglib2.0-dev libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev
  libsecret-1-dev libsqlite3-dev libsodium-dev libgdk-pixbuf-2.0-dev libcairo2-dev
  librsvg2-dev libgtk-4-bin
"

say () {
  printf '\n── %s\n' "$*"
}

list () {
  echo $* | tr ' ' ','
}

# runtime NAME PACKAGE...: a tree of packages as one Flatpak runtime in the repository.
runtime () {
  name=$1
  shift
  tree=$work/$name
  rm -rf "$tree"
  mkdir -p "$tree/files" "$tree/usr"
  say "$name: from Debian packages"
  mmdebstrap --quiet --variant=minbase --include="$(list "$@")" \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    bookworm "$work/$name.tar" ${RFI_DEBIAN_MIRROR:-}
  tar -C "$tree" --no-same-owner -xf "$work/$name.tar" ./usr ./etc
  rm "$work/$name.tar"
  rm -rf "$tree/usr/etc"
  mv "$tree/etc" "$tree/usr/etc"
  # Flatpak puts the host's own there.
  rm -rf "$tree/usr/etc/resolv.conf" "$tree/usr/etc/hostname" "$tree/usr/etc/hosts" \
    "$tree/usr/etc/mtab" "$tree/usr/etc/passwd" "$tree/usr/etc/group" "$tree/usr/etc/machine-id" \
    "$tree/usr/etc/shadow" "$tree/usr/etc/gshadow" "$tree/usr/etc/shadow-" "$tree/usr/etc/gshadow-"
  printf '/app/lib\n/usr/lib/%s-linux-gnu\n' "$arch" > "$tree/usr/etc/ld.so.conf"
  cat > "$tree/metadata" <<METADATA
[Runtime]
name=$name
runtime=com.retailfixit.DebianPlatform/$arch/$branch
sdk=com.retailfixit.DebianSdk/$arch/$branch

[Environment]
XDG_DATA_DIRS=/app/share:/usr/share:/run/host/user-share:/run/host/share
LD_LIBRARY_PATH=/app/lib
METADATA
  flatpak build-export --runtime --disable-fsync "$repo" "$tree" "$branch" >/dev/null
  rm -rf "$tree"
}

# The runtimes change only with their lists of packages.
make_runtimes () {
  wanted=$(echo $runtime_packages / $sdk_packages)
  if [ -d "$FLATPAK_USER_DIR/runtime/com.retailfixit.DebianSdk" ] &&
    [ "$(cat "$work/packages" 2>/dev/null)" = "$wanted" ]; then
    return 0
  fi
  runtime com.retailfixit.DebianPlatform $runtime_packages
  runtime com.retailfixit.DebianSdk $runtime_packages $sdk_packages
  say "Install both for this user"
  flatpak remote-add --user --if-not-exists --no-gpg-verify local "$repo"
  for name in com.retailfixit.DebianPlatform com.retailfixit.DebianSdk; do
    flatpak install --user --noninteractive --or-update local "$name//$branch"
  done
  echo "$wanted" > "$work/packages"
}

# The manifest with this runtime, less the modules that only GNOME's runtime lacks.
local_manifest () {
  # Even this leaves a folder of state where it is called.
  (cd "$work" && flatpak-builder --show-manifest "$top/flatpak/$id.yml") | python3 -c '
import json, sys
manifest = json.load(sys.stdin)
manifest["runtime"] = "com.retailfixit.DebianPlatform"
manifest["sdk"] = "com.retailfixit.DebianSdk"
manifest["runtime-version"] = sys.argv[1]
manifest["modules"] = manifest["modules"][-1:]
for source in manifest["modules"][0]["sources"]:
    source["path"] = sys.argv[2]
json.dump(manifest, sys.stdout, indent=2)
' "$branch" "$top" > "$work/manifest.json"
}

build_and_install () {
  local_manifest
  say "Build $id"
  dbus-run-session -- flatpak-builder --user --force-clean --disable-rofiles-fuse \
    --disable-updates --state-dir="$work/state" --repo="$repo" \
    "$work/app" "$work/manifest.json"
  flatpak build-bundle "$repo" "$work/$id.flatpak" "$id" master
  say "Install $work/$id.flatpak for this user"
  flatpak install --user --noninteractive --or-update --no-deps "$work/$id.flatpak" ||
    flatpak update --user --noninteractive "$id"
}


server=$top/build/src/server/retailfixit-server
make_runtimes
build_and_install
if [ "${1:-}" = --quiet ] || [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  say "Sign in, start again from the kept session, and take pictures"
  # As large as the window, without a window manager's help.
  export RFI_SCREEN=1450x910
  tests/support/with-server "$server" tests/support/with-desktop sh flatpak/visit.sh "$id" "$work"
else
  say "Start it: sign in as dispatcher@coolair.com, password dispatch123"
  tests/support/with-server "$server" \
    sh -c 'exec flatpak run --user "$1" --server "$RFI_URL"' flatpak "$id"
fi
