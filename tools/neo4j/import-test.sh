#!/usr/bin/env bash
# What "cablegraph export" writes, imported by Neo4j's own importer, is the same
# graph, and goes on as one: more cables make the graph that loading all at once makes.
#
#   import-test.sh [CABLES]      a folder or archive; without it made-up cables
#
# Needs bin/cablegraph, Java 17 and Maven. Its server listens on port 7693 and goes at the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
export NEO4J_BOLT_PORT=7693 NEO4J_RUNNER=java NEO4J_DATA_DIR=$work/data
cleanup() { tools/neo4j/neo4j.sh down; rm -rf "$work"; }
trap cleanup EXIT

cg() { bin/cablegraph "$@"; }
load() { cg load --quiet --store "$1" "$2" >"$work/report" || [ $? -eq 2 ]; }
same() {
  local ours theirs
  ours=$(cg stats --hash --store "$work/store.db")
  theirs=$(cg stats --hash --store "$uri")
  [ "$ours" = "$theirs" ] || { echo "import-test: $1: the file has $ours, Neo4j $theirs" >&2; exit 1; }
  echo "import-test: $1: $ours"
}

cables=${1:-$work/cables}
[ $# -gt 0 ] || cg sample --count 300 --seed 1 --out "$cables"
cg sample --count 100 --seed 2 --out "$work/more"
load "$work/store.db" "$cables"
first=$(cg query --store "$work/store.db" '{ people(first: 1) { nodes { name } } }' | sed -n 's/.*"name": "\(.*\)".*/\1/p')
echo "rename $first = Somebody Else" >"$work/people.txt"
cg people apply --quiet --store "$work/store.db" "$work/people.txt" >/dev/null
cg export --store "$work/store.db" --out "$work/files" >/dev/null
tools/neo4j/neo4j.sh import "$work/files" 2>"$work/import.log" || { tail -n 20 "$work/import.log" >&2; exit 1; }
uri=$(tools/neo4j/neo4j.sh up)
same "imported"
[ "$(cg people show --store "$uri")" = "$(cat "$work/people.txt")" ] || { echo "import-test: the corrections are lost" >&2; exit 1; }
load "$work/store.db" "$work/more"
load "$uri" "$work/more"
same "more cables loaded"
