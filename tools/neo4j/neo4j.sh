#!/usr/bin/env bash
# A real Neo4j 5.26 (community, no authentication, loopback only) for development and tests.
#
#   neo4j.sh up       start it, or find it running, and print its URI
#   neo4j.sh down     stop it
#   neo4j.sh uri      print its URI, whether or not it runs
#   neo4j.sh status   say whether it runs; exit 1 where it does not
#   neo4j.sh import FOLDER   fill NEO4J_DATA_DIR with what "cablegraph export" wrote, while it is stopped (Java only)
#
# It runs in Docker where an engine answers, else on Java 17+ with jars that
# Maven fetches once. The URI goes to standard output, all else to standard error.
#
#   NEO4J_BOLT_PORT     7687
#   NEO4J_HTTP_PORT     7474 beside port 7687, else none
#   NEO4J_DATA_DIR      keep the data in this folder; unset: throw-away, every start is an empty graph
#   NEO4J_HEAP          the server's heap (1g); 2g for a whole archive
#   NEO4J_PAGECACHE     how much of the store it keeps in memory (256m); 2g for a whole archive
#   NEO4J_PLUGINS_DIR   a folder of plugin jars to load
#   NEO4J_RUNNER        docker or java, instead of whichever is there
#   CABLEGRAPH_CACHE    where the jars and the running server's files are kept (~/.cache/cablegraph)
set -euo pipefail

version=5.26.31
image=neo4j:5.26-community
wait_seconds=180

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bolt=${NEO4J_BOLT_PORT:-7687}
http=${NEO4J_HTTP_PORT:-}
if [ -z "$http" ] && [ "$bolt" = 7687 ]; then http=7474; fi
heap=${NEO4J_HEAP:-1g}
pagecache=${NEO4J_PAGECACHE:-256m}
cache=${CABLEGRAPH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cablegraph}/neo4j-$version
run=$cache/run-$bolt
pidfile=$run/pid
container=cablegraph-neo4j-$bolt
uri=bolt://127.0.0.1:$bolt

say() { printf 'neo4j: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# limited SECONDS COMMAND…: with a time limit where the system has the tool for it.
limited() {
  local seconds=$1
  shift
  if command -v timeout >/dev/null; then timeout "$seconds" "$@"; else "$@"; fi
}

docker_answers() { command -v docker >/dev/null && limited 5 docker info >/dev/null 2>&1; }

java_major() {
  command -v java >/dev/null || { echo 0; return; }
  java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
}

# port_open PORT: something listens there.
port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# bolt_answers: what listens agrees on a version of the Bolt protocol.
bolt_answers() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$bolt" || exit 1
    printf '\x60\x60\xb0\x17\x00\x08\x08\x05\x00\x02\x04\x04\x00\x00\x00\x00\x00\x00\x00\x00' >&3
    # dd waits for the server; a silent one is given up after two seconds.
    answer=$(limited 2 dd bs=1 count=4 <&3 2>/dev/null | od -An -tx1 | tr -d ' \n')
    [ -n "$answer" ] && [ "$answer" != 00000000 ]
  ) 2>/dev/null
}

# ours: the java process of the pid file lives and is a Neo4j of this port.
java_runs() {
  [ -s "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2>/dev/null &&
    ps -o args= -p "$(cat "$pidfile")" 2>/dev/null | grep -qF -- "--home-dir=$run/home"
}

docker_runs() { docker_answers && [ -n "$(docker ps -q --filter "name=^$container\$")" ]; }

running() { java_runs || docker_runs; }

choose_runner() {
  local want=${NEO4J_RUNNER:-}
  case $want in
    docker) docker_answers || die "NEO4J_RUNNER=docker, but no Docker engine answers 'docker info'" ;;
    java) need_java ;;
    '')
      if docker_answers; then want=docker; else need_java; want=java; fi ;;
    *) die "NEO4J_RUNNER is docker or java, not '$want'" ;;
  esac
  runner=$want
}

need_java() {
  local missing='' major
  major=$(java_major)
  [ "${major:-0}" -ge 17 ] || missing="Java 17 or newer (found: ${major:-none})"
  if [ ! -d "$cache/lib" ] && ! command -v mvn >/dev/null; then
    missing="${missing:+$missing and }Maven (mvn)"
  fi
  [ -z "$missing" ] || die "no Docker engine answers, and without one this is missing: $missing"
}

fetch_jars() {
  [ -d "$cache/lib" ] && return
  say "fetching the server's jars into $cache/lib (about 125 MB, once)"
  mkdir -p "$cache"
  local part=$cache/lib.part.$$
  rm -rf "$part"
  limited 900 mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$part" >&2 ||
    { rm -rf "$part"; die "Maven could not fetch Neo4j $version; see its messages above"; }
  mv "$part" "$cache/lib"
}

# write_conf: a new home for the server with its settings, for running it and for importing.
write_conf() {
  local data=${NEO4J_DATA_DIR:-$run/home/data}
  rm -rf "$run/home"
  mkdir -p "$run/home/conf" "$run/home/plugins" "$data"
  {
    echo "server.bolt.listen_address=127.0.0.1:$bolt"
    echo "server.bolt.advertised_address=127.0.0.1:$bolt"
    if [ -n "$http" ]; then echo "server.http.listen_address=127.0.0.1:$http"; else echo server.http.enabled=false; fi
    echo server.https.enabled=false
    echo dbms.security.auth_enabled=false
    echo dbms.security.procedures.unrestricted='apoc.*'
    echo "server.memory.pagecache.size=$pagecache"
    # Without these the logs of a load stay for days, larger than the store.
    echo db.tx_log.rotation.retention_policy=keep_none
    echo db.tx_log.rotation.size=64m
    # A cable has some thirty relationships: from ten on they are kept by their type.
    echo db.relationship_grouping_threshold=10
    echo dbms.usage_report.enabled=false
    echo "server.directories.data=$data"
  } >"$run/home/conf/neo4j.conf"
}

start_java() {
  fetch_jars
  write_conf
  local classpath="$cache/lib/*" detach=''
  if [ -n "${NEO4J_PLUGINS_DIR:-}" ]; then
    cp "$NEO4J_PLUGINS_DIR"/*.jar "$run/home/plugins/" || die "NEO4J_PLUGINS_DIR=$NEO4J_PLUGINS_DIR has no jar"
    classpath="$classpath:$run/home/plugins/*"
  fi
  command -v setsid >/dev/null && detach=setsid
  nohup $detach java -Xms512m "-Xmx$heap" --add-opens=java.base/java.nio=ALL-UNNAMED -cp "$classpath" \
    org.neo4j.server.CommunityEntryPoint --home-dir="$run/home" --config-dir="$run/home/conf" \
    >"$run/log" 2>&1 </dev/null 9>&- &
  echo $! >"$pidfile"
}

start_docker() {
  local options=(--detach --rm --name "$container" --publish "127.0.0.1:$bolt:7687"
    --env NEO4J_AUTH=none --env "NEO4J_server_memory_heap_max__size=$heap"
    --env "NEO4J_server_memory_pagecache_size=$pagecache"
    --env NEO4J_db_tx__log_rotation_retention__policy=keep_none --env NEO4J_db_tx__log_rotation_size=64m --env NEO4J_dbms_usage__report_enabled=false
    --env NEO4J_db_relationship__grouping__threshold=10
    --env 'NEO4J_dbms_security_procedures_unrestricted=apoc.*'
    --env "NEO4J_server_bolt_advertised__address=127.0.0.1:$bolt")
  [ -z "$http" ] || options+=(--publish "127.0.0.1:$http:7474")
  [ -z "${NEO4J_DATA_DIR:-}" ] || options+=(--volume "$NEO4J_DATA_DIR:/data")
  [ -z "${NEO4J_PLUGINS_DIR:-}" ] || options+=(--volume "$NEO4J_PLUGINS_DIR:/plugins")
  docker run "${options[@]}" "$image" >&2 || die "Docker could not start $image"
}

# wait_for_bolt: until Bolt answers; a server that ended or is too slow is an error with its last words.
wait_for_bolt() {
  local end=$((SECONDS + wait_seconds))
  until bolt_answers; do
    if ! running; then show_log; die "the server ended while starting"; fi
    if [ "$SECONDS" -ge "$end" ]; then show_log; die "Bolt did not answer on port $bolt within $wait_seconds s"; fi
    sleep 0.3
  done
}

show_log() {
  if [ "$runner" = docker ]; then docker logs --tail 20 "$container" >&2 || true; else tail -n 20 "$run/log" >&2 || true; fi
}

up() {
  mkdir -p "$run"
  # Two calls at once must not start two servers.
  if command -v flock >/dev/null; then exec 9>"$run/lock"; flock -w 960 9 || die "another call of 'up' does not end"; fi
  if running; then
    if java_runs; then runner=java; else runner=docker; fi
    say "already running"
  else
    if port_open "$bolt"; then die "port $bolt is taken by something else; set NEO4J_BOLT_PORT"; fi
    if [ -n "$http" ] && port_open "$http"; then die "port $http is taken by something else; set NEO4J_HTTP_PORT"; fi
    choose_runner
    say "starting Neo4j with $runner"
    "start_$runner"
  fi
  wait_for_bolt
  echo "$uri"
}

down() {
  if java_runs; then
    local pid end=$((SECONDS + 30))
    pid=$(cat "$pidfile")
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do
      if [ "$SECONDS" -ge "$end" ]; then kill -9 "$pid"; break; fi
      sleep 0.2
    done
    rm -rf "$pidfile" "$run/home"
    say stopped
  elif docker_runs; then
    docker stop --time 20 "$container" >/dev/null
    say stopped
  else
    say "not running"
  fi
}

status() {
  if running && bolt_answers; then say "running at $uri"; else say "not running"; exit 1; fi
}

# import FOLDER: runs the offline importer out of the server's jars.
import() {
  local folder=${1:?"usage: neo4j.sh import FOLDER"}
  [ -n "${NEO4J_DATA_DIR:-}" ] || die "import needs NEO4J_DATA_DIR: a throw-away store would be gone"
  if running; then die "stop it first: neo4j.sh down"; fi
  need_java
  mkdir -p "$run" && fetch_jars
  write_conf
  cat >"$run/neo4j-admin" <<ADMIN
#!/bin/sh
NEO4J_HOME='$run/home' NEO4J_CONF='$run/home/conf' exec java "-Xmx$heap" --add-opens=java.base/java.nio=ALL-UNNAMED \\
  -cp '$cache/lib/*' org.neo4j.cli.AdminTool "\$@"
ADMIN
  chmod +x "$run/neo4j-admin"
  NEO4J_ADMIN=$run/neo4j-admin sh "$folder/import.sh" >&2
}

case ${1:-} in
  import) import "${2:-}" ;;
  up) up ;;
  down) down ;;
  uri) echo "$uri" ;;
  status) status ;;
  *) die "usage: neo4j.sh up|down|uri|status|import FOLDER" ;;
esac
