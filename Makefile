# Cablegraph. `make` or `make help` lists what there is.

# What `make run` loads and where: a folder, archive or page of your own instead
# of the made-up sample; a file or the address of a Neo4j server.
DATA  ?=
STORE ?= .data/$(if $(DATA),own,sample).db
LISTEN ?= 127.0.0.1:8080
COUNT ?= 1000

GO   ?= go
LINT  = $(GO) tool -modfile=tools/lint.mod
# What is tested a second time with the race detector, under which SQLite is
# fifty times slower: the rooms that start goroutines, without their long tests.
RACE        = ./graph ./loader/source ./network ./server
RACE_LOADER = Interrupted|ErrorsOf|AnotherWriter|Workers|Progress

.DEFAULT_GOAL := help
.PHONY: help run build web test soak kill-test import-test interop soak-memory profile scale e2e check fmt-check lint generate generate-check tidy-check golden people-score bench neo4j-up neo4j-down clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\n  make run DATA=path        your own cables instead of the sample\n'
	@printf '  make run STORE=bolt://…   on Neo4j instead of a file (make neo4j-up starts one)\n'

run: web build ## build, load a sample of made-up cables, serve; the URL is printed
	@mkdir -p .data
ifeq ($(DATA),)
	@bin/cablegraph sample --count $(COUNT) --out .data/sample
endif
	@bin/cablegraph load --store '$(STORE)' $(if $(DATA),'$(DATA)',.data/sample) || [ $$? -eq 2 ]
	@exec bin/cablegraph serve --store '$(STORE)' --listen '$(LISTEN)'

build: ## build bin/cablegraph (with GraphiQL inside where `make web` was run)
	@command -v $(GO) >/dev/null || { echo 'Go is missing: see https://go.dev/dl'; exit 1; }
	@$(GO) build -o bin/cablegraph ./cmd/cablegraph

web: web/dist/graphiql.min.js ## fetch and build the files of GraphiQL (npm)

web/dist/graphiql.min.js: web/package-lock.json web/build.mjs
	@command -v npm >/dev/null || { echo 'npm is missing (Node.js 20 or newer): see https://nodejs.org'; exit 1; }
	@cd web && npm ci --no-progress --loglevel=error && npm run --silent build
	@touch $@

test: interop ## all tests, on SQLite and on a real Neo4j (CABLEGRAPH_TEST_NEO4J_URI, else its own)
	@tools/with-neo4j.sh sh -c '$(GO) test $(TESTFLAGS) ./... && \
	  $(GO) test -race $(TESTFLAGS) $(RACE) && $(GO) test -race $(TESTFLAGS) -run "$(RACE_LOADER)" ./loader'

# Ten times the plans of make test: 10,560 on each store, compared with the oracle.
SOAK ?= 10
soak: ## random questions in great number, on both stores and by brute force (SOAK=times as many; long)
	@CABLEGRAPH_SOAK=$(SOAK) tools/with-neo4j.sh $(GO) test ./graph/sqlite ./graph/neo4j -run '^Test(Contract(OutOfMemory)?|Store)$$/reading/random' -timeout 600m -v | grep -v '^=== '

kill-test: ## loads of 20,000 cables, killed ten times each, on both stores (long)
	@CABLEGRAPH_KILL_ROWS=20000 tools/with-neo4j.sh $(GO) test ./loader -run Killed -timeout 60m -v

import-test: build ## a store through Neo4j's offline importer and back (Java, Maven)
	@tools/neo4j/import-test.sh

interop: ## what networks are written as, read by Gephi, networkx, graphology, Cytoscape, Graphviz and Neo4j's importer
	@tools/interop/run.sh

e2e: web build ## GraphiQL in Chromium with the network cut (CHROMIUM=path, else the one on the PATH)
	@cd web && npm run --silent e2e

check: fmt-check lint generate-check tidy-check ## format, vet, lint, generated code, go.mod

fmt-check:
	@files=$$($(LINT) gofumpt -l $$(git ls-files -co --exclude-standard '*.go' | grep -v '^resolvers/gen/')); \
	  [ -z "$$files" ] || { echo "not formatted (run gofumpt -w):"; echo "$$files"; exit 1; }

lint:
	@$(GO) vet ./...
	@$(LINT) staticcheck ./...
	@$(LINT) golangci-lint run ./...

generate: ## make the generated code anew from schema.graphqls
	@$(GO) generate ./...

# git status, not git diff: a new file counts too.
generate-check:
	@before=$$(git status --porcelain; git diff | cksum); $(GO) generate ./...; \
	  after=$$(git status --porcelain; git diff | cksum); \
	  [ "$$before" = "$$after" ] || { echo 'generated code is not up to date: run make generate'; git status --porcelain; exit 1; }

tidy-check:
	@$(GO) mod tidy -diff
	@$(GO) mod verify >/dev/null

golden: ## write the golden answers anew, from SQLite; read the difference before you commit it
	@$(GO) test ./resolvers -run GoldenAnswersOnSQLite -update

people-score: ## how the people found compare with those labelled by hand: each miss and false find, written anew
	@$(GO) test ./loader/people -run TestScore -update
	@cat loader/people/testdata/score.txt

bench: build ## parse and load rates, and Neo4j: against the raw driver and the peer
	@$(GO) test -run '^$$' -bench . -benchtime 3x ./bench
	@bench/peer.sh

soak-memory: build ## the server's memory over ten minutes of mixed load at 8 clients: make soak-memory [STORE=file] [FOR=10m] (Linux)
ifneq ($(origin STORE),command line)
	@mkdir -p .data && rm -f .data/soak.db*
	@bin/cablegraph sample --count 20000 --out .data/soak
	@bin/cablegraph load --quiet --store .data/soak.db .data/soak
endif
	@$(GO) run ./bench/soak -for $(or $(FOR),10m) -store '$(if $(filter command line,$(origin STORE)),$(STORE),.data/soak.db)'

profile: ## cmd/cablegraph/default.pgo anew, from loads of the archive
	@$(GO) test -run '^$$' -bench Load -benchtime 5x -cpuprofile cmd/cablegraph/default.pgo -o /dev/null ./bench

scale: build ## load a whole archive: make scale CSV=cables.csv [STORE=…] prints the row for bench/README.md
	@bench/scale.sh '$(CSV)' $(if $(filter command line,$(origin STORE)),'$(STORE)')

neo4j-up: ## start a Neo4j for development (Docker, else Java 17 and Maven)
	@NEO4J_DATA_DIR='$(CURDIR)/.data/neo4j' tools/neo4j/neo4j.sh up

neo4j-down: ## stop it
	@tools/neo4j/neo4j.sh down

clean: ## remove what was built and loaded here
	@rm -rf bin .data web/node_modules
	@find web/dist -type f ! -name '.*' -delete
