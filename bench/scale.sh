#!/usr/bin/env bash
# Loads a whole archive, and prints one row for the table in bench/README.md:
# rows, seconds, cables a second, the last tenth's rate against the first's, the
# program's peak memory, and how large the store is against the text.
#
#   bench/scale.sh CSV [STORE]
#
# CSV is a cables.csv of any size; STORE a new file, or the address of an empty
# Neo4j that tools/neo4j/neo4j.sh runs, with its NEO4J_DATA_DIR and NEO4J_BOLT_PORT; it is
# stopped in the end, for only then its files are whole and its logs gone. Needs
# bin/cablegraph and GNU time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
csv=${1:?"usage: bench/scale.sh CSV [STORE]"}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
store=${2:-$work/scale.db}
if [ -e "$store" ]; then echo "scale: $store is there already; name a new file" >&2; exit 1; fi

command time -f '%e %M %U %S' -o "$work/time" \
  bin/cablegraph load --store "$store" "$csv" >"$work/report" 2>"$work/progress" || [ $? -eq 2 ]
read -r seconds kilobytes user system < <(tail -n 1 "$work/time")

case $store in
  *://*)
    tools/neo4j/neo4j.sh down
    size=$(du -sb "${NEO4J_DATA_DIR:?the data folder of the server}" | cut -f1)
    ;;
  *) size=$(du -cb "$store"* | tail -n 1 | cut -f1) ;;
esac
text=$(stat -c %s "$csv")
cat "$work/progress" "$work/report" >&2
# A line of progress comes each ten seconds: "12345 documents: …; 800 a second; …". The rate of a tenth is between the lines around it.
awk -v seconds="$seconds" -v mb="$((kilobytes / 1024))" -v cpu="$(echo "$user $system" | awk '{print $1+$2}')" -v size="$size" -v text="$text" '
  FNR == NR { if ($2 == "documents:") { n[++k] = $1; t[k] = 10 * k } ; next }
  $2 == "documents" { total = $1 }
  function at(rows, i) { # seconds at which so many rows were read
    for (i = 1; i <= k; i++) if (n[i] >= rows) return t[i-1] + (rows - n[i-1]) * 10 / (n[i] - n[i-1])
    return t[k] + 10
  }
  END {
    first = at(total / 10); last = (n[k] > n[k-1]) ? 10 * (total / 10) / (n[k] - n[k-1]) : 0
    printf "| %d | %.0f | %.0f | %.2f | %d | %.0f | %.2f |\n", total, seconds, total / seconds, (last > 0) ? first / last : 0, mb, size / 1e6, size / text
  }' "$work/progress" "$work/report"
