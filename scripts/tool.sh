#!/usr/bin/env bash
# Prints the path of a development tool and builds it first when it is not there yet:
#   "$(scripts/tool.sh golangci-lint)" run
# Each tool has a module of its own under tools/, so that neither the product nor another tool
# decides which versions it is built with. The binary lives outside the checkout, under the tool's
# and Go's version, and is therefore found again by every other checkout of this machine.
set -euo pipefail

name=${1:?usage: scripts/tool.sh NAME (a folder of tools/)}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
module=$root/tools/$name
[ -f "$module/go.mod" ] || { echo "scripts/tool.sh: there is no tools/$name/go.mod" >&2; exit 2; }
cd "$module"

package=$(sed -n 's/^tool //p' go.mod)
version=$(go list -m -f '{{.Path}} {{.Version}}' all 2>/dev/null |
  awk -v p="$package/" 'index(p, $1 "/") == 1 && length($1) > n { n = length($1); v = $2 } END { print v }')
dir=${XDG_CACHE_HOME:-$HOME/.cache}/handstamp/tools/$name-$version-$(go env GOVERSION)
binary=$dir/$name

if [ ! -x "$binary" ]; then
  echo "building $name $version (once on this machine, this takes some minutes) …" >&2
  mkdir -p "$dir"
  part=$(mktemp "$dir/.building.XXXXXX")
  trap 'rm -f "$part"' EXIT
  CGO_ENABLED=${TOOL_CGO:-0} go build -trimpath -ldflags "-s -w -X main.version=$version" -o "$part" "$package" >&2
  chmod 755 "$part"
  mv -f "$part" "$binary"
fi
printf '%s\n' "$binary"
