"""Unpacks the files for Neo4j's importer and says what it has to count.

    neo4j.py TRUTH FOLDER
"""

import json
import sys
import zipfile
from pathlib import Path

truth, folder = Path(sys.argv[1]), sys.argv[2]
with zipfile.ZipFile(truth.parent / "neo4j-admin.zip") as z:
    z.extractall(folder)
want = json.loads(truth.read_text(encoding="utf-8"))
nodes, edges = want["nodes"], want["edges"]
# A node has its id beside its values; an edge's kind is its type, no property.
properties = sum(1 + len(n["values"]) for n in nodes) + sum(len(e["values"]) - 1 for e in edges)
print(f"{len(nodes)} nodes {len(edges)} relationships {properties} properties")
