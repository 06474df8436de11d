# Thin: each line calls cargo, npm or a script.
.PHONY: setup dev demo build web test test-rust test-web test-promises test-browser lint bench promises

CARGO ?= cargo

# What the tests need beyond Rust, Node and npm: Chromium, PostgreSQL and NATS from Debian, an S3 server from PyPI.
setup:
	@scripts/setup

web/node_modules/.installed: web/package-lock.json
	cd web && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# Console and widget, built outside cargo and embedded in the binary.
web: web/node_modules/.installed
	@scripts/build-web

build: web
	$(CARGO) build --release --bin rapport

demo: build
	target/release/rapport demo --data data/demo --listen 127.0.0.1:7700

dev: web
	$(CARGO) run --bin rapport -- demo --data data/demo --listen 127.0.0.1:7700

test: setup web test-rust test-web test-promises test-browser
	@echo "everything passed"

test-rust:
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	$(CARGO) test --workspace
	scripts/with-s3 scripts/with-postgres $(CARGO) test --workspace

test-web: web
	cd web && npm run check --workspaces --if-present && npm test --workspace tokens --workspace console --workspace widget --if-present && npm run size --workspaces --if-present

# The real binary and a real browser. The debug binary serves: it is built for the tests anyway, and reads console and widget
# from disk.
test-browser: web
	$(CARGO) build --workspace
	cd web && RAPPORT_BIN=$(CURDIR)/target/debug/rapport npm test --workspace e2e

# The short form of each promise: about two minutes in all.
test-promises:
	$(CARGO) build --workspace
	-@scripts/autobahn
	target/debug/rapport-promises short --bin target/debug/rapport

bench: build
	$(CARGO) run --release --package rapport-bench -- all

# Every promise in full; each writes its row. Power cuts and full disks need root.
promises: build setup
	scripts/autobahn
	$(CARGO) run --release --package rapport-promises -- all --record docs/promises.md
