# `make` lists what there is. The work is done by the scripts in scripts/.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check fix lint generate web bench replay screens clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: ## install what is missing, build, serve on http://localhost:8080 (PORT, DATA_DIR, DATABASE_URL)
	@exec scripts/run.sh

test: ## everything: generated code, lint, imports, Go and web tests, browser journeys, a replay
	@exec scripts/test.sh

check: ## the inner loop: format, vet, Go tests, web types and tests (PACKAGES=./internal/app/...)
	@exec scripts/check.sh

lint: ## golangci-lint
	@exec scripts/lint.sh

fix: ## format Go and web code, repair what lint can repair
	@scripts/lint.sh --fix
	@if [ -d web/node_modules ]; then npm --prefix web run --silent format; fi

generate: ## sqlc, OpenAPI document, TypeScript types, Go client
	@exec scripts/generate.sh

web: ## the web application into web/dist/app
	@bash -c 'source scripts/common.sh && need_node && build_web'

bench: ## raw PostgreSQL, verbs and HTTP API, measured in one run
	@exec scripts/bench.sh

replay: ## an event log through the API (LOG=log.xes.gz MAP=mapping.yaml)
	@LOG='$(LOG)' MAP='$(MAP)' exec scripts/replay.sh

ifneq ($(wildcard scripts/screens.sh),)
screens: # pictures of every screen
	@exec scripts/screens.sh
endif

clean: ## remove what was built and installed in the checkout; data folders stay
	rm -rf bin web/dist/app web/node_modules e2e/node_modules tools/pg/node_modules
