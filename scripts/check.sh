#!/usr/bin/env bash
# The inner loop: everything that answers within a minute or so on a warm machine. Leaves the race detector, generated
# code, the browser journeys and the replay to `make test`. PACKAGES=./internal/app/... narrows the Go part.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go

packages=${PACKAGES:-./...}
gofumpt=$(scripts/tool.sh gofumpt)
unformatted=$(git ls-files -co --exclude-standard '*.go' | grep -v '^internal/db/dbq/' | while read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done | xargs "$gofumpt" -l)
[ -z "$unformatted" ] || fail "not formatted, run make fix: $(tr '\n' ' ' <<<"$unformatted")"

# shellcheck disable=SC2086 # PACKAGES is a list
go vet . $packages
# shellcheck disable=SC2086
with_postgres go test . $packages

if [ -z "${PACKAGES:-}" ] && [ -f web/package.json ]; then
  need_node
  npm_install web
  cd web || exit
  npm run --silent types
  npm run --silent lint
  npm test --silent
fi
