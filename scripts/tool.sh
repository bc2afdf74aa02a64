#!/usr/bin/env bash
# Prints the path of a development tool and builds it first when it is not there yet:
#   "$(scripts/tool.sh golangci-lint)" run
# Each tool has a module of its own under tools/, so that neither the product nor another tool
# decides which versions it is built with. The binary lives outside the checkout, under the tool's
# and Go's version, and is therefore found again by every other checkout of this machine.
set -euo pipefail

name=${1:?usage: scripts/tool.sh NAME (a folder of tools/ with a go.mod)}
cd "$(dirname "${BASH_SOURCE[0]}")/../tools/$name"

package=$(sed -n 's/^tool //p' go.mod)
# The module of a package is the longest required path that begins it.
version=$(awk -v package="$package/" '
  { path = $1 == "require" ? $2 : $1; v = $1 == "require" ? $3 : $2 }
  index(package, path "/") == 1 && length(path) > longest { longest = length(path); version = v }
  END { print version }' go.mod)
[ -n "$version" ] || { echo "scripts/tool.sh: tools/$name/go.mod does not say which version of $package" >&2; exit 2; }
dir=${XDG_CACHE_HOME:-$HOME/.cache}/handstamp/tools/$name-$version-$(go env GOVERSION)
binary=$dir/$name

if [ ! -x "$binary" ]; then
  echo "building $name $version, once on this machine …" >&2
  mkdir -p "$dir"
  # Two builds at once both succeed: each moves its own file into place.
  part=$(mktemp "$dir/.building.XXXXXX")
  trap 'rm -f "$part"' EXIT
  CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$version" -o "$part" "$package" >&2
  chmod 755 "$part"
  mv -f "$part" "$binary"
fi
printf '%s\n' "$binary"
