#!/usr/bin/env bash
# Everything there is to check, from a fresh clone. Each step says what it is and how long it took; a failing one does
# not hide what the later ones would say. The last line is the sum of all tests, with a step that is none counting as
# one failure: "N passed, N failed".
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go
need_node

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
counts=$work/counts
: >"$counts"
build_go ./internal/tools/tally
tally() { bin/tally -to "$counts" "$@"; }

# step NAME COMMAND…: a step that passes or fails as a whole. What it says is shown when it fails.
step() {
  local name=$1 began=$SECONDS
  shift
  printf '· %-46s' "$name"
  if "$@" >"$work/output" 2>&1; then
    printf 'ok    %4d s\n' $((SECONDS - began))
  else
    printf 'FAIL  %4d s\n' $((SECONDS - began))
    tail -n 200 "$work/output"
    tally failed "$name" || true
    return 1
  fi
}

# tests NAME COMMAND…: a step that counts its own tests and shows its progress.
tests() {
  local name=$1 began=$SECONDS status=ok
  shift
  printf '· %s\n' "$name"
  "$@" || status=FAIL
  printf '· %-46s%-5s %4d s\n' "$name" "$status" $((SECONDS - began))
}

# there FILE NAME: whether that part of the product exists. Once it is in git, its absence is a failure.
there() {
  [ -e "$1" ] && return
  if [ -n "$(git ls-files -- "$1")" ]; then
    printf '· %-46sFAIL  %s is missing\n' "$2" "$1"
    tally failed "$2" || true
  else
    printf 'not there yet: %s\n' "$2"
  fi
  return 1
}

go_tests() {
  local status
  set +e
  with_postgres go test -json -race -count=1 -timeout 20m ./... 2>"$work/go.stderr" | tally go
  status=("${PIPESTATUS[@]}")
  set -e
  # The go command can fail where no test does, for instance over a package that cannot be found.
  if [ "${status[0]}" != 0 ] && [ "${status[1]}" = 0 ]; then
    cat "$work/go.stderr"
    tally failed "go test" || true
  fi
  [ "${status[0]}" = 0 ] && [ "${status[1]}" = 0 ]
}

web_tests() {
  rm -f "$work/vitest.json"
  (cd web && npm test --silent -- --reporter=default --reporter=json --outputFile.json="$work/vitest.json") || true
  tally vitest "$work/vitest.json"
}

# The journeys run against the program as users get it. They start and stop it themselves.
journeys() {
  rm -f "$work/playwright.json"
  HANDSTAMP_CHROMIUM=$(scripts/chromium.sh)
  export HANDSTAMP_CHROMIUM HANDSTAMP_BIN=$root/bin/handstamp
  (cd e2e && PLAYWRIGHT_JSON_OUTPUT_FILE=$work/playwright.json npm run --silent e2e -- --reporter=line,json) || true
  tally playwright "$work/playwright.json"
}

step "installing what is missing" scripts/setup-test.sh || true

if there cmd/handstamp/main.go "generated code"; then step "generated code is current" scripts/generate.sh --check || true; fi
step "go vet" go vet ./... || true
step "lint and formatting" scripts/lint.sh || true
step "imports, purity, package comments" go test -count=1 . || true
tests "Go tests, race detector, real PostgreSQL" go_tests

if there web/package.json web; then
  step "web: types" npm --prefix web run --silent types || true
  step "web: lint" npm --prefix web run --silent lint || true
  tests "web: unit tests" web_tests
  step "web: build" build_web || true
  step "web: size budget" npm --prefix web run --silent size || true
fi

if there e2e/package.json e2e; then
  step "the program" build_go ./cmd/handstamp || true
  tests "browser journeys" journeys
fi

if there scripts/replay-small.sh replay; then step "replay of the small log" scripts/replay-small.sh || true; fi

printf '\nall steps took %d s\n' "$SECONDS"
tally total
