#!/usr/bin/env bash
# Measures cablegraph against the peer (@neo4j/graphql on the same Neo4j), against
# hand-written Cypher, and on SQLite against itself on Neo4j, in one run, and prints
# all. Needs what `make run` needs, Node.js, Maven, and what lies beside the checkout:
# the peer and the archive.
#
#   PEER      the peer's folder (../shared/peer)
#   CORPUS    what is loaded (../shared/corpus/cablegate-2010.tar.xz)
#   SECONDS_EACH, CLIENTS, ROUNDS   of one measurement (5, 8, 3)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
peer=${PEER:-../shared/peer}
corpus=${CORPUS:-../shared/corpus/cablegate-2010.tar.xz}
cache=${CABLEGRAPH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cablegraph}
pids=()

die() { echo "bench: $*" >&2; exit 1; }
for tool in node npm mvn curl; do
  command -v "$tool" >/dev/null || die "$tool is missing"
done
[ -f "$peer/server.mjs" ] || die "no peer at $peer; name its folder by PEER=…"
[ -e "$corpus" ] || die "no archive at $corpus; name one by CORPUS=…"

free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
  done
  die "no free port"
}

stop() {
  if [ ${#pids[@]} -gt 0 ]; then kill "${pids[@]}" 2>/dev/null || true; fi
  tools/neo4j/neo4j.sh down
  rm -rf "$work"
}

# wait_for URL: until it answers at all, for a minute.
wait_for() {
  for _ in $(seq 120); do
    if curl -s -o /dev/null --max-time 2 "$1"; then return; fi
    sleep 0.5
  done
  cat "$log" >&2
  die "$1 does not answer"
}

# serve STORE PORT: answers on it, in the background.
serve() {
  bin/cablegraph serve --store "$1" --listen "127.0.0.1:$2" >>"$log" 2>&1 &
  pids+=($!)
}

# compare URL URL: the questions of queries.mjs, asked of both in turns.
compare() {
  (cd "$modules" && node bench.mjs --ours "$1" --peer "$2" \
    --seconds "${SECONDS_EACH:-5}" --clients "${CLIENTS:-8}" --rounds "${ROUNDS:-3}")
}

# APOC is what the peer needs for dates.
plugins=$cache/apoc-5.26.12
if [ ! -d "$plugins" ]; then
  rm -rf "$plugins.part"
  for jar in org.neo4j.procedure:apoc-core:5.26.12 org.neo4j.procedure:apoc-common:5.26.12 \
    org.roaringbitmap:RoaringBitmap:0.7.17 com.opencsv:opencsv:5.7.1; do
    mvn -q -B -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy -Dartifact="$jar" -DoutputDirectory="$plugins.part"
  done
  mv "$plugins.part" "$plugins"
fi
modules=$cache/peer
mkdir -p "$modules"
cp "$peer"/*.mjs "$peer"/package.json "$modules"
[ -d "$modules/node_modules" ] || (cd "$modules" && npm install --no-audit --no-fund --loglevel=error)

work=$(mktemp -d)
log=$work/log
NEO4J_BOLT_PORT=$(free_port)
export NEO4J_BOLT_PORT NEO4J_PLUGINS_DIR=$plugins
trap stop EXIT
uri=$(tools/neo4j/neo4j.sh up)
bin/cablegraph load --quiet --store "$uri" "$corpus" | head -n 1
bin/cablegraph load --quiet --store "$work/cables.db" "$corpus" >>"$log"

ours=$(free_port)
serve "$uri" "$ours"
file=$(free_port)
serve "$work/cables.db" "$file"
theirs=$(free_port)
(cd "$modules" && NEO4J_URI=$uri PORT=$theirs exec node server.mjs) >>"$log" 2>&1 &
pids+=($!)
for url in "http://127.0.0.1:$ours/readyz" "http://127.0.0.1:$file/readyz" "http://127.0.0.1:$theirs/graphql"; do wait_for "$url"; done

compare "http://127.0.0.1:$ours/graphql" "http://127.0.0.1:$theirs/graphql"
go run ./bench/raw -neo4j "$uri" -url "http://127.0.0.1:$ours/graphql"

# The same, but what is asked of the peer are our questions.
cat >>"$modules/queries.mjs" <<'JS'
for (const q of Object.values(queries)) { q.peer = q.ours; q.pick.peer = q.pick.ours }
JS
echo "ours: on SQLite; peer: cablegraph on Neo4j"
compare "http://127.0.0.1:$file/graphql" "http://127.0.0.1:$ours/graphql"
