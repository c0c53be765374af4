# Signalbox: `make help` lists what can be made.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

# The build folder. `SCRATCH=/some/where make test` keeps one across clones, which saves minutes.
SCRATCH ?= .build
SWIFT_BUILD := swift build --scratch-path $(SCRATCH)
# ONLY=RedisClient,FlagModel builds and tests just these targets and what they need.
ONLY ?=
export SIGNALBOX_ONLY := $(ONLY)
ifeq ($(ONLY),)
unexport SIGNALBOX_ONLY
endif

# Where the toolchain knows how, a dozen tests at a time: a thousand at once take turns for so long that none is quick.
AT_ONCE = $(shell swift test --help-hidden | grep -o -m 1 -e '--experimental-maximum-parallelization-width' | sed 's/$$/ 12/')

.DEFAULT_GOAL := help
.PHONY: help packages test-packages build run demo test lint format bench bench-fanout release clean

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

packages: ## Installs the Debian packages that building needs, where they are missing
	@scripts/install-packages libsqlite3-dev libssl-dev libhiredis-dev pkg-config

test-packages: packages ## Installs what the tests need besides
	@scripts/install-packages redis-server openssl curl python3-venv prometheus
	@scripts/python-packages >/dev/null

build: packages ## Builds FlagServer and flagctl (debug)
	$(SWIFT_BUILD) --product FlagServer
	$(SWIFT_BUILD) --product flagctl
	@mkdir -p bin && ln -sf "$$($(SWIFT_BUILD) --show-bin-path)/FlagServer" "$$($(SWIFT_BUILD) --show-bin-path)/flagctl" bin/

run: build ## Builds and starts FlagServer on 127.0.0.1:8080
	@exec bin/FlagServer serve

demo: build ## Shows two rollouts with synthetic users: one completes, one is taken back by the server
	@scripts/install-packages redis-server
	$(SWIFT_BUILD) --product Demo
	@"$$($(SWIFT_BUILD) --show-bin-path)/Demo" var/demo

test: test-packages ## Runs all tests; ONLY=Target,… limits them to some targets
	swift test --scratch-path $(SCRATCH) $(AT_ONCE) $(if $(FILTER),--filter $(FILTER))

lint: ## Checks the formatting
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Examples Benchmarks

format: ## Formats the sources in place
	swift format --in-place --parallel --recursive Package.swift Sources Tests Examples Benchmarks

bench: packages ## Builds in release and prints the table of measured ratios
	@scripts/install-packages redis-server wrk curl
	@Benchmarks/run

bench-fanout: packages ## Measures how long a change takes to thousands of subscribers, with etcd beside it
	@scripts/install-packages etcd-server
	@Benchmarks/run fanout

release: packages ## Builds the programs for release, the Swift runtime linked in
	$(SWIFT_BUILD)-release -c release --static-swift-stdlib --product FlagServer
	$(SWIFT_BUILD)-release -c release --static-swift-stdlib --product flagctl
	@mkdir -p bin && ln -sf "$$($(SWIFT_BUILD)-release -c release --show-bin-path)/FlagServer" "$$($(SWIFT_BUILD)-release -c release --show-bin-path)/flagctl" bin/

clean: ## Removes the checkout's own build folder and links
	rm -rf .build .build-release bin
