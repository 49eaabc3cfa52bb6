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
# This file says that the tests which need FerretDB are left out.
LEFT_OUT := $(BIN)/no-ferretdb

# Commands that the checks call, each with the Debian package that brings it. The
# race detector needs a C compiler.
NEEDED := gcc:gcc gcc:libc6-dev chromium:chromium pdftotext:poppler-utils pdfsig:poppler-utils mutool:mupdf-tools openssl:openssl heif-convert:libheif-examples

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
build: ## Build the program ./izinbot (TAGS=nowhatsapp,nomongo: without these)
	CGO_ENABLED=0 go build -trimpath -tags "$(TAGS)" -o izinbot ./cmd/izinbot

# What is checked beside the tests.
CHECKS := test-instants vet small lint drawings transcripts commits

.PHONY: check
check: test $(CHECKS) ## Run every check: tests, at other times too, linter, drawings, stories

.PHONY: checks
checks:
	@echo $(CHECKS)

# Debian's packages are installed only where a command is missing.
.PHONY: deps
deps: ## Install the Debian packages that the tests need
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

# Where FerretDB cannot be built, or NO_FERRET is set, the tests of the MongoDB store are
# left out; CI does not let them be.
.PHONY: ferretdb
ferretdb: ## Build FerretDB for the tests of the MongoDB store (NO_FERRET=1: without)
	@rm -f $(LEFT_OUT); \
	if [ -z "$(NO_FERRET)" ] && $(MAKE) $(FERRET); then exit 0; fi; \
	echo "left out: the tests of the MongoDB store, for FerretDB $(if $(NO_FERRET),is not wanted (NO_FERRET),could not be built)"; \
	if [ -n "$(CI)" ]; then exit 1; fi; \
	mkdir -p $(BIN); touch $(LEFT_OUT)

.PHONY: lint
lint: $(LINT) ## Check style, and that imports point down
	$(LINT) run --allow-parallel-runners --timeout 20m ./...

.PHONY: vet
vet: ## Check for suspicious constructs
	go vet ./...

# What is left out is said where it is asked for; all else works as before.
.PHONY: small
small: ## Check the program that is built without WhatsApp and MongoDB
	go vet -tags nowhatsapp,nomongo ./...
	NO_FERRET=1 .ci/in-memory go test $(TESTING) -tags nowhatsapp,nomongo ./cmd/izinbot/internal/office ./cmd/izinbot/internal/storage
	.ci/in-memory go test $(TESTING) -tags nowhatsapp,nomongo -run '^TestLeftOut$$' ./cmd/izinbot/internal/cli

.PHONY: commits
commits: ## Check that each commit since BASE (default: those that origin/main lacks) builds
	@.ci/commits $(BASE)

# Temporary files of tests are in memory, where there is room.
TESTING := -shuffle=on -vet=off -p 2 -timeout 15m
RUN_TESTS := NO_FERRET="$$([ ! -e $(LEFT_OUT) ] || echo 1)" .ci/in-memory go test $(TESTING)

# The race detector makes a program several times as slow. SQLite is translated from C and
# none of ours: unwatched, it runs as fast as ever, and all else is watched as before.
RACE := -race -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false

# Packages that go without the detector: those that start no goroutines and are used by one at
# a time (the domain, the conversations), whose program is a process of its own (cli, sandbox),
# or that play long with goroutines which others test (demo). The pinned whatsmeow has a data
# race of its own: Client.Logout deletes the device while Client.SendProtocolMessageReceipt
# reads its id; so the packages that run the real library go without, too.
STILL := ^izinbot/(workflow(/letters|/pades|/registers(/sheets)?|/sop|/totp|/inspect|/calendar)?|handlers(/[^w].*|/wording|/web/browsertest)?|bot/whatsapp|notifications/texts
STILL := $(STILL)|cmd/izinbot/internal/(whatsapptest|audit|sandbox|cli|demo|chart|backup|config))$$

# Tests in which processes are killed or measured. They run by themselves at the end.
OUTSIDE := ^Test(BombsAndTheNeighbour|FileThatKillsTheOfficeTwice|FilesOnAFullDisk|NodesCrashes|MongoDBThatGoesAwayAndComesBack)$$

.PHONY: test
test: deps ferretdb ## Run all tests, those in Chromium too, with the race detector where goroutines run
	$(RUN_TESTS) $(RACE) -skip '$(OUTSIDE)' $$(go list ./... | grep -vE '$(STILL)')
	$(RUN_TESTS) $$(go list ./... | grep -E '$(STILL)')
	$(RUN_TESTS) -run '$(OUTSIDE)' ./cmd/izinbot/internal/telegramtest

# Instants at which an office behaves differently: night, a working morning before the
# first round, a Friday's noon break, an afternoon in Ramadan. Copies and backups do not
# look at the hour.
INSTANTS := 2026-11-24T02:10:00+07:00 2026-11-24T07:35:00+07:00 2026-11-27T12:20:00+07:00 2027-02-18T14:10:00+07:00

.PHONY: test-instants
test-instants: deps ferretdb ## Run the tests of whole processes at four times of the day and the year
	@export NO_FERRET="$$([ ! -e $(LEFT_OUT) ] || echo 1)"; \
	printf '%s\n' $(INSTANTS) | xargs -P 2 -I AT .ci/in-memory env TESTCLOCK_AT=AT bash -c \
		'out=$$(go test $(TESTING) -skip "StoreCopy|Backup|Audit" ./cmd/izinbot/internal/cli ./cmd/izinbot/internal/office 2>&1); \
		code=$$?; printf "processes at %s\n%s\n" "$$TESTCLOCK_AT" "$$out"; exit $$code'

.PHONY: program
program:
	@mkdir -p $(TEMP)
	@go build -o $(TEMP)/izinbot ./cmd/izinbot

.PHONY: drawings
drawings: program ## Check that docs/sop shows the procedure as it is
	@for format in md svg; do \
		$(TEMP)/izinbot sop draw --format $$format > $(TEMP)/sop.$$format; \
		cmp -s $(TEMP)/sop.$$format docs/sop/lks-asing.$$format || { echo "docs/sop/lks-asing.$$format is stale; run: make sop-drawings" >&2; exit 1; }; \
	done

.PHONY: transcripts
transcripts: program ## Play the three stories and check that each reaches its end
	@rm -rf $(TEMP)/stories
	@start=$$(date +%s%N); \
	$(TEMP)/izinbot demo --auto semua --out $(TEMP)/stories > $(TEMP)/transcript.txt || { tail -n 40 $(TEMP)/transcript.txt >&2; exit 1; }; \
	echo "three stories played in $$(( ($$(date +%s%N) - start) / 1000000 )) ms, $$(find $(TEMP)/stories -name '*.pdf' | wc -l) letters drawn"

.PHONY: gallery
gallery: ## Show everything that is said and printed in out/gallery.html; its text is compared by the tests
	@mkdir -p out
	GALLERY="$$PWD/out/gallery.html" go test -count 1 -run '^TestTranscripts$$' ./cmd/izinbot/internal/demo

# The tests check the rules that pdfatest knows; veraPDF knows all of them. It is a program of
# its own (https://verapdf.org) and no part of the checks.
.PHONY: verapdf
verapdf: ## Check the stories' letters with veraPDF, where it is installed
	@command -v verapdf >/dev/null || { echo "verapdf is not installed; see https://verapdf.org" >&2; exit 1; }
	$(MAKE) transcripts
	find $(TEMP)/stories -name '*.pdf' -print0 | xargs -0 -r verapdf --flavour 2a --format text

.PHONY: letters
letters: ## Draw the samples in docs/letters anew; the tests say when they are stale
	LETTERS=1 go test -count 1 -run '^TestSamplesInDocs$$' ./workflow/letters

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
soak: ferretdb ## Run the long versions of the crash and reminder tests (about half an hour)
	IZINBOT_SOAK=1 go test -p 1 -run 'Crashes|Soak|Kill|Cut|Matrix|Random' -timeout 60m ./handlers ./workflow ./workflow/mongostore ./cmd/izinbot/internal/telegramtest ./cmd/izinbot/internal/whatsapptest

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
