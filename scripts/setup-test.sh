#!/usr/bin/env bash
# Makes sure that the machine has what `make test` needs: PostgreSQL, a C compiler for the race detector, Chromium for
# the journeys, the web packages and the tools. Slow only the first time; what does not wait for another goes in parallel.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go
need_node

# One after the other: apt-get locks.
system() {
  scripts/setup-run.sh
  command -v cc >/dev/null 2>&1 || install_compiler
  scripts/chromium.sh >/dev/null
}

install_compiler() {
  has_apt || fail "the race detector needs a C compiler: install gcc or clang"
  apt_install gcc libc6-dev
}

packages() {
  for folder in web e2e; do
    if [ -f "$folder/package-lock.json" ]; then npm_install "$folder"; fi
  done
}

tools() {
  for name in gofumpt sqlc golangci-lint; do scripts/tool.sh "$name" >/dev/null; done
}

jobs=()
for job in system packages tools; do
  "$job" &
  jobs+=($!)
done
status=0
for job in "${jobs[@]}"; do wait "$job" || status=1; done
exit "$status"
