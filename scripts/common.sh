# Shared by the other scripts: source it first. It moves to the root of the checkout.
# Functions say `|| return` where a step can fail: bash forgets `set -e` in a function that is called after `if` or
# before `||`, and would go on.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
export PATH=$root/bin:$PATH

say() { printf '%s\n' "$*" >&2; }
fail() { say "handstamp: $*"; exit 1; }

# need COMMAND WHAT-TO-DO: stops with a sentence when a program is missing.
need() { command -v "$1" >/dev/null 2>&1 || fail "$1 is missing: $2"; }

need_go() { need go "install Go $(sed -n 's/^go //p' go.mod) or newer"; }

need_node() {
  need node "install Node 20.19 or newer"
  need npm "install npm, which comes with Node"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "Node $(node --version) is too old: install 20.19 or newer"
}

# as_root COMMAND…: runs it as root, without asking for a password; fails when that is not possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}
can_be_root() { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }; }

has_apt() { command -v apt-get >/dev/null 2>&1 && can_be_root; }
has_brew() { [ "$(uname -s)" = Darwin ] && command -v brew >/dev/null 2>&1; }

# apt ARGUMENT…: apt-get that asks nothing and waits for another one to finish.
apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >&2
}

# apt_install PACKAGE…
apt_install() {
  say "installing $*"
  apt update && apt install --no-install-recommends "$@"
}

# tree_hash FOLDER…: one hash over names and contents of all files below, without what is installed or built there.
tree_hash() {
  local files
  files=$(find "$@" \( -name node_modules -o -name dist -o -name test-results -o -name playwright-report \) -prune -o -type f -print | LC_ALL=C sort)
  { printf '%s\n' "$files"; printf '%s\n' "$files" | git hash-object --no-filters --stdin-paths; } | git hash-object --stdin
}

# fresh STAMP HASH: whether the step behind the stamp was last done for just this input.
fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# npm_install FOLDER: npm ci, unless the lock file is the one that was installed last.
npm_install() {
  local hash stamp=$1/node_modules/.handstamp-installed
  hash=$(git hash-object "$1/package.json" "$1/package-lock.json" | git hash-object --stdin) || return
  fresh "$stamp" "$hash" && return
  say "installing the packages of $1"
  (cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error >&2) || return
  printf '%s\n' "$hash" >"$stamp"
}

# build_web: the web application, unless it was last built from just these files.
build_web() {
  local hash stamp=web/node_modules/.handstamp-built
  npm_install web || return
  hash=$(tree_hash web) || return
  [ -f web/dist/app/index.html ] && fresh "$stamp" "$hash" && return
  say "building the web application"
  (cd web && npm run --silent build >&2) || return
  printf '%s\n' "$hash" >"$stamp"
}

# build_go PACKAGE…: programs into bin/.
build_go() { mkdir -p bin && go build -o bin/ "$@"; }

# with_postgres [-durable] COMMAND…: runs it beside a throwaway PostgreSQL; see internal/tools/withpg. A built program, as
# `go run` neither keeps exit codes nor passes signals on.
with_postgres() {
  local flags=()
  if [ "$1" = -durable ]; then flags=(-durable); shift; fi
  build_go ./internal/tools/withpg || return
  bin/withpg ${flags[@]+"${flags[@]}"} -- "$@"
}
