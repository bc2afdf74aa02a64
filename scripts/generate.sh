#!/usr/bin/env bash
# Writes everything that is derived from something else in the repository:
#   migrations and queries  →  internal/db/dbq           (sqlc)
#   the registered operations  →  docs/openapi.json      (handstamp openapi)
#   the OpenAPI document  →  web/src/api/schema.d.ts     (openapi-typescript)
#   the OpenAPI document  →  client/generated.go         (go generate)
# With --check it fails when that changed anything, and names the files, which are up to date then.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go
need_node

outputs=(internal/db/dbq docs/openapi.json web/src/api/schema.d.ts client/generated.go)

# state prints a hash and a name for each generated file.
state() {
  local files
  files=$(for path in "${outputs[@]}"; do if [ -e "$path" ]; then find "$path" -type f; fi; done | LC_ALL=C sort)
  [ -z "$files" ] || paste -d ' ' <(git hash-object --no-filters --stdin-paths <<<"$files") <(printf '%s\n' "$files")
}

before=$(state)

"$(scripts/tool.sh sqlc)" generate

# Through a file of its own: a program that fails must not leave half a document behind.
document=$(mktemp)
trap 'rm -f "$document"' EXIT
go run ./cmd/handstamp openapi >"$document"
cmp -s "$document" docs/openapi.json || cp "$document" docs/openapi.json
chmod 644 docs/openapi.json

npm_install web
(cd web && npx --no-install openapi-typescript ../docs/openapi.json --output src/api/schema.d.ts >&2)

if [ -d client ]; then go generate ./client/...; fi

[ "${1:-}" = --check ] || exit 0
if changed=$(diff <(printf '%s\n' "$before") <(state)); then exit 0; fi
say "generated files were not up to date (they are now: commit them):"
sed -n 's/^[<>] [0-9a-f]* /  /p' <<<"$changed" | sort -u >&2
exit 1
