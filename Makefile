# The commands of this project; `make` lists them.
SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS   += --no-print-directory
.DEFAULT_GOAL := help

LINT_VERSION := 2.15.0
VULN_VERSION := v1.9.0
FERRET_VERSION := 1.24.2
FERRET_SOURCE  := workflow/mongostore/mongotest/ferretdb

BIN    := .bin
LINT   := $(BIN)/golangci-lint-$(LINT_VERSION)
FERRET := $(BIN)/ferretdb-$(FERRET_VERSION)
TEMP   := $(BIN)/temp

# Commands that the checks call, each with the Debian package that brings it. The
# race detector needs a C compiler.
NEEDED := gcc:gcc gcc:libc6-dev chromium:chromium pdftotext:poppler-utils

.PHONY: help
help: ## List these commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## Run the product with a made-up office on simulated phones
	go run ./cmd/izinbot demo

.PHONY: stories
stories: ## Play the three stories unattended; the letters go to out/
	go run ./cmd/izinbot demo --auto semua --out out

.PHONY: build
build: ## Build the program ./izinbot
	CGO_ENABLED=0 go build -trimpath -o izinbot ./cmd/izinbot

.PHONY: test
test: deps lint vet go-test drawings transcripts ## Install what is missing, then run every check

# Debian's packages are installed only where a command is missing.
.PHONY: deps
deps: $(LINT) $(FERRET) ## Install what the checks need
	@missing=""; \
	for need in $(NEEDED); do command -v "$${need%%:*}" >/dev/null || missing+=" $${need#*:}"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then echo "please install:$$missing" >&2; exit 1; fi; \
	as_root=""; if [ "$$(id -u)" != 0 ]; then as_root="sudo"; fi; \
	echo "installing$$missing"; \
	$$as_root apt-get update -qq; \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing >/dev/null

# The linter is taken from the machine if it has the right version, or built.
$(LINT):
	@mkdir -p $(BIN)
	@for found in "$$(command -v golangci-lint || true)" "$$(go env GOPATH)/bin/golangci-lint"; do \
		if [ -x "$$found" ] && [ "$$("$$found" version --short)" = "$(LINT_VERSION)" ]; then ln -sf "$$found" $@; exit 0; fi; \
	done; \
	echo "building golangci-lint $(LINT_VERSION)"; \
	GOBIN="$$PWD/$(BIN)" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(LINT_VERSION); \
	mv $(BIN)/golangci-lint $@

# The server that the tests of the MongoDB store run against: a module of its own.
$(FERRET): $(wildcard $(FERRET_SOURCE)/*)
	@mkdir -p $(BIN)
	@echo "building FerretDB $(FERRET_VERSION)"
	@CGO_ENABLED=0 go build -C $(FERRET_SOURCE) -trimpath -tags ferretdb_no_postgresql -o "$$PWD/$@" .

.PHONY: lint
lint: $(LINT) ## Check style, and that imports point down
	$(LINT) run --allow-parallel-runners ./...

.PHONY: vet
vet: ## Check for suspicious constructs
	go vet ./...

# The pinned whatsmeow has a data race of its own: Client.Logout deletes the device
# while Client.SendProtocolMessageReceipt reads its id. The detector would fail our
# tests for it now and then, so the packages that run the real library go without.
RACELESS := izinbot/bot/whatsapp izinbot/cmd/izinbot/internal/whatsapptest
# Its children are the test binary too, and open files that are made to take all the time.
RACELESS += izinbot/cmd/izinbot/internal/sandbox

# The detector makes a test several times as slow, and finds nothing where no goroutine
# is started, nor in a test that waits for a database in a process of its own. The
# program's goroutines run under it in telegramtest, app and office; the demo plays long
# stories with the same ones. It takes too much memory where the office's own is measured.
STILL := izinbot/handlers izinbot/workflow izinbot/workflow/letters izinbot/workflow/sop izinbot/workflow/totp
STILL += izinbot/cmd/izinbot/internal/demo
OUTSIDE := ^Test(BombsAndTheNeighbour|FileThatKillsTheOfficeTwice|FilesOnAFullDisk|NodesCrashes|MongoDBThatGoesAwayAndComesBack)$$

.PHONY: go-test
go-test: $(FERRET) ## Run all Go tests, those in Chromium too, nearly all with the race detector
	go test -race -shuffle=on -p 2 -timeout 10m -skip '$(OUTSIDE)' $$(go list ./... | grep -vxF "$$(printf '%s\n' $(RACELESS) $(STILL))")
	go test -shuffle=on -p 2 -timeout 10m $(RACELESS) $(STILL)
	go test -timeout 10m -run '$(OUTSIDE)' ./cmd/izinbot/internal/telegramtest
	go test -run WhatsApp ./cmd/izinbot/internal/cli
	@echo "skipped on FerretDB without the gate (see workflow/mongostore/mongotest):"
	@go test -v -run 'TestConformanceOfBareFerretDB/concurrent' ./workflow/mongostore | grep -- '--- SKIP'

# Instants at which an office behaves differently: night, a working morning before the
# first round, a Friday's noon break, an afternoon in Ramadan. Copies and backups do not
# look at the hour.
INSTANTS := 2026-11-24T02:10:00+07:00 2026-11-24T07:35:00+07:00 2026-11-27T12:20:00+07:00 2027-02-18T14:10:00+07:00

.PHONY: test-instants
test-instants: deps ## Run the tests of whole processes at four times of the day and the year
	@for at in $(INSTANTS); do echo "processes at $$at"; \
		TESTCLOCK_AT=$$at go test -p 2 -timeout 10m -skip 'StoreCopy|Backup|Audit' ./cmd/izinbot/internal/cli ./cmd/izinbot/internal/office; \
	done

.PHONY: drawings
drawings: ## Check that docs/sop shows the procedure as it is
	@mkdir -p $(TEMP)
	@for format in md svg; do \
		go run ./cmd/izinbot sop draw --format $$format > $(TEMP)/sop.$$format; \
		cmp -s $(TEMP)/sop.$$format docs/sop/lks-asing.$$format || { echo "docs/sop/lks-asing.$$format is stale; run: make sop-drawings" >&2; exit 1; }; \
	done

.PHONY: transcripts
transcripts: ## Play the three stories and check that each reaches its end
	@mkdir -p $(TEMP)
	@rm -rf $(TEMP)/stories
	go build -o $(TEMP)/izinbot ./cmd/izinbot
	@start=$$(date +%s%N); \
	$(TEMP)/izinbot demo --auto semua --out $(TEMP)/stories > $(TEMP)/transcript.txt || { tail -n 40 $(TEMP)/transcript.txt >&2; exit 1; }; \
	echo "three stories played in $$(( ($$(date +%s%N) - start) / 1000000 )) ms, $$(find $(TEMP)/stories -name '*.pdf' | wc -l) letters drawn"

.PHONY: sop-drawings
sop-drawings: ## Draw docs/sop anew from the procedure
	go run ./cmd/izinbot sop draw --format md > docs/sop/lks-asing.md
	go run ./cmd/izinbot sop draw --format svg > docs/sop/lks-asing.svg

.PHONY: bench
bench: ## Measure the store beside the raw engine (see docs/performance.md)
	@go test -run '^$$' -bench '^BenchmarkStore$$' -benchtime 1x -timeout 30m ./workflow/sqlitestore

.PHONY: bench-telegram
bench-telegram: ## Measure the whole way over Telegram against a local Bot API server
	@go test -run '^$$' -bench Telegram -benchtime 1x -timeout 20m ./cmd/izinbot/internal/telegramtest

.PHONY: bench-tick
bench-tick: ## Measure a minute with 1,000 of 100,000 cases due, and what other chats feel of it
	@go test -run '^$$' -bench TickBeside -benchtime 20x -timeout 20m ./cmd/izinbot/internal/app

.PHONY: soak
soak: $(FERRET) ## Run the long versions of the crash and reminder tests (about half an hour)
	IZINBOT_SOAK=1 go test -p 1 -run 'Crashes|Soak|Kill|Cut|Matrix' -timeout 60m ./handlers ./workflow ./workflow/mongostore ./cmd/izinbot/internal/telegramtest ./cmd/izinbot/internal/whatsapptest

# How long each fuzz target runs; its corpus is in testdata/fuzz beside it. Making an
# interesting input shorter takes minutes for a PDF, so few tries go into that.
FUZZ_TIME := 30s
FUZZ_MINIMIZE := 20x

.PHONY: fuzz
fuzz: ## Fuzz everything that reads foreign input, FUZZ_TIME each (FUZZ=name for one)
	@grep -roE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' . | sed 's/:func /:/' | sort | \
	while IFS=: read -r file target; do \
		[ -z "$(FUZZ)" ] || [ "$$target" = "$(FUZZ)" ] || continue; \
		echo "$$(dirname $$file) $$target"; \
		go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZ_TIME) -fuzzminimizetime $(FUZZ_MINIMIZE) "$$(dirname $$file)" </dev/null | tail -n 3; \
	done

.PHONY: cover
cover: ## Write coverage.out and print the share of each package
	go test -p 2 -timeout 10m -coverprofile coverage.out ./...
	@go tool cover -func coverage.out | tail -n 1

.PHONY: fmt
fmt: $(LINT) ## Format the code
	$(LINT) fmt

.PHONY: vuln
vuln: ## Look for known vulnerabilities (needs the vulnerability database; no part of test)
	go run golang.org/x/vuln/cmd/govulncheck@$(VULN_VERSION) ./...

.PHONY: clean
clean: ## Remove what these commands made, but no data
	rm -rf $(BIN) izinbot out coverage.out
