#!/usr/bin/env bash
# Runs a command with a real Neo4j for tests: the one at CABLEGRAPH_TEST_NEO4J_URI
# where that is set, else one of its own on a free port, which it always stops again.
#
#   with-neo4j.sh COMMAND ARGUMENT…
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: with-neo4j.sh COMMAND ARGUMENT…" >&2; exit 1; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# free_port: one that nothing listens on.
free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  echo "no free port found" >&2
  return 1
}

if [ -z "${CABLEGRAPH_TEST_NEO4J_URI:-}" ]; then
  NEO4J_BOLT_PORT=$(free_port)
  export NEO4J_BOLT_PORT
  trap '"$here/neo4j/neo4j.sh" down' EXIT
  CABLEGRAPH_TEST_NEO4J_URI=$("$here/neo4j/neo4j.sh" up)
fi
export CABLEGRAPH_TEST_NEO4J_URI CABLEGRAPH_REQUIRE_NEO4J=1

# The command runs beside this shell, so that a signal reaches the trap at once.
"$@" &
child=$!
trap 'kill "$child" 2>/dev/null; wait "$child" 2>/dev/null; exit 130' INT TERM
wait "$child"
