"""What programs in Python read of the networks that the tests of network/ wrote,
and what they measure: networkx, the FollowTheMoney library, the published schemas.

    check.py FOLDER JGRAPHT_JAR
"""

import csv
import json
import math
import sys
import zipfile
from collections import Counter
from pathlib import Path

import networkx as nx
from followthemoney import model
from lxml import etree

checks = 0


def same(what, got, want):
    global checks
    checks += 1
    if got != want:
        sys.exit(f"FAIL: {what}:\n  got  {str(got)[:600]}\n  want {str(want)[:600]}")


def item(values):
    """Values as one that can be compared and sorted: numbers are equal as numbers."""
    return tuple(sorted((k, repr(float(v)) if isinstance(v, (int, float)) and not isinstance(v, bool) else repr(v)) for k, v in values.items()))


def truth(folder):
    with open(folder / "truth.json", encoding="utf-8") as f:
        return json.load(f)


def differences(got, want):
    """Both as they differ only, for a message that can be read."""
    return sorted(((got - want).elements()))[:2], sorted((want - got).elements())[:2]


def same_graph(what, g, want, node_values, edge_values, edge_extra=()):
    same(f"{what}: directed", g.is_directed(), want["directed"])
    same(f"{what}: nodes", g.number_of_nodes(), len(want["nodes"]))
    same(f"{what}: edges", g.number_of_edges(), len(want["edges"]))
    nodes = Counter((i, item(node_values(d))) for i, d in g.nodes(data=True))
    wanted = Counter((n["id"], item({k: v for k, v in n["values"].items() if k in node_values.keeps or node_values.keeps is ALL})) for n in want["nodes"])
    same(f"{what}: values of nodes", *differences(nodes, wanted))

    def ends(a, b):
        return (a, b) if want["directed"] else tuple(sorted((a, b)))

    edges = Counter((ends(a, b), item(edge_values(d))) for a, b, d in g.edges(data=True))
    wanted = Counter((ends(e["source"], e["target"]), item(e["values"])) for e in want["edges"])
    same(f"{what}: values of edges", *differences(edges, wanted))


class All:
    def __contains__(self, _):
        return True


ALL = All()


def without(*names):
    def pick(d):
        return {k: v for k, v in d.items() if k not in names}

    pick.keeps = ALL
    return pick


def gexf_node(d):
    place = d["viz"]["position"]
    return {**{k: v for k, v in d.items() if k not in ("viz", "spells")}, "x": place["x"], "y": place["y"]}


gexf_node.keeps = ALL


def gexf_edge(d):
    values = {k: v for k, v in d.items() if k not in ("id", "label", "spells", "kind")}
    return {**values, "kind": d["label"]}


def check_spells(what, g, want):
    got = Counter((i, tuple(map(tuple, d.get("spells", [])))) for i, d in g.nodes(data=True))
    same(f"{what}: spells of nodes", *differences(got, Counter((n["id"], tuple(map(tuple, n["spells"]))) for n in want["nodes"])))
    got = Counter(tuple(map(tuple, d.get("spells", []))) for _, _, d in g.edges(data=True))
    same(f"{what}: spells of edges", *differences(got, Counter(tuple(map(tuple, e["spells"])) for e in want["edges"])))


def check_networkx(folder):
    want, name = truth(folder), folder.name
    for kind in ("gexf", "gexf-dynamic"):
        g = nx.read_gexf(folder / f"{kind}.gexf", version="1.3")
        same_graph(f"networkx, {name}, {kind}", g, want, gexf_node, gexf_edge)
    check_spells(f"networkx, {name}", g, want)
    g = nx.read_graphml(folder / "graphml.graphml")
    g = nx.relabel_nodes(g, {i: d.pop("original_id", i) for i, d in g.nodes(data=True)})
    same_graph(f"networkx, {name}, graphml", g, want, without(), without("id"))
    for kind, key in (("node-link", "edges"), ("node-link-links", "links")):
        data = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
        g = nx.node_link_graph(data, edges=key)
        same_graph(f"networkx, {name}, {kind}", g, want, without(), without("key"))
        same(f"{name}, {kind}: stripped", g.graph.get("strippedCharacters", 0), want["stripped"])
    if want["stripped"]:
        for path in (folder / "gexf.gexf", folder / "graphml.graphml"):
            same(f"{path}: says what was stripped", f"taken out: {want['stripped']}" in path.read_text(encoding="utf-8"), True)


def plain(text):
    """Backslashes are doubled, for Gephi."""
    return text.replace("\\\\", "\\")


def check_csv(folder):
    """Python's own reader sees what Gephi's and Neo4j's are given, alone and in the zip."""
    want, name = truth(folder), folder.name
    with zipfile.ZipFile(folder / "csv.zip") as z:
        same(f"{name}: files in csv.zip", z.namelist(), ["nodes.csv", "edges.csv", "about.txt"])
        for table in ("nodes", "edges"):
            same(f"{name}: {table}.csv in the zip", z.read(f"{table}.csv"), (folder / f"csv-{table}.csv").read_bytes())
    with open(folder / "csv-nodes.csv", newline="", encoding="utf-8") as f:
        head, *rows = csv.reader(f)
    same(f"{name}: head of nodes.csv", head[:2], ["Id", "Label"])
    same(f"{name}: nodes.csv", [(plain(r[0]), plain(r[1])) for r in rows], [(n["id"], n["values"]["label"]) for n in want["nodes"]])
    with open(folder / "csv-edges.csv", newline="", encoding="utf-8") as f:
        head, *rows = csv.reader(f)
    same(f"{name}: head of edges.csv", head[:4], ["Source", "Target", "Type", "Weight"])
    way = "Directed" if want["directed"] else "Undirected"
    same(f"{name}: edges.csv", [(plain(r[0]), plain(r[1]), r[2], float(r[3])) for r in rows],
         [(e["source"], e["target"], way, e["values"]["weight"]) for e in want["edges"]])


def check_ftm(folder):
    """Each entity is valid, keeps every value, and links lead to entities that are there."""
    want, name = truth(folder), folder.name
    schemata, ids, links = Counter(), {}, []
    for line in (folder / "ftm.ftm.ndjson").read_text(encoding="utf-8").split("\n")[:-1]:
        data = json.loads(line)
        proxy = model.get_proxy(data)
        proxy.schema.validate(data)
        for prop, values in data["properties"].items():
            same(f"ftm, {name}: {proxy.schema.name} has {prop}", prop in proxy.schema.properties, True)
            kept = len(proxy.get(prop))
            same(f"ftm, {name}: values of {prop} of {data['id']}", kept, len(set(values)))
            if proxy.schema.get(prop).type.name == "entity":
                links.extend(values)
                same(f"ftm, {name}: id", [proxy.schema.get(prop).type.validate(v) for v in values], [True])
        ids[proxy.id] = proxy.schema
        schemata[proxy.schema.edge] += 1
    same(f"ftm, {name}: nodes", schemata[False], len(want["nodes"]))
    same(f"ftm, {name}: edges", schemata[True], len(want["edges"]))
    same(f"ftm, {name}: different ids", len(ids), len(want["nodes"]) + len(want["edges"]))
    same(f"ftm, {name}: ends that are missing", [i for i in links if i not in ids], [])


SVG = "{http://www.w3.org/2000/svg}"


def check_svg(folder):
    """A circle for each node, with its label; a line for each edge, from circle to circle; the labels of at most 60."""
    want, name = truth(folder), folder.name
    root = etree.parse(folder / "svg.svg").getroot()
    same(f"svg, {name}: root", root.tag, f"{SVG}svg")
    circles, labels = list(root.iter(f"{SVG}circle")), [n["values"]["label"] for n in want["nodes"]]
    same(f"svg, {name}: labels", [c.findtext(f"{SVG}title") for c in circles], labels)
    at = {n["id"]: (c.get("cx"), c.get("cy")) for n, c in zip(want["nodes"], circles)}
    lines = [((e.get("x1"), e.get("y1")), (e.get("x2"), e.get("y2"))) for e in root.iter(f"{SVG}line")]
    same(f"svg, {name}: lines", lines, [(at[e["source"]], at[e["target"]]) for e in want["edges"]])
    _, _, wide, high = map(float, root.get("viewBox").split())
    same(f"svg, {name}: outside", [p for p in at.values() if not (0 <= float(p[0]) <= wide and 0 <= float(p[1]) <= high)], [])
    shown = Counter(e.text or "" for e in root.iter(f"{SVG}text"))
    same(f"svg, {name}: labels shown", (shown.total(), shown - Counter(labels)), (min(60, len(labels)), Counter()))


def gexf_schema(jar):
    """The schema of GEXF 1.2 as JGraphT publishes it, with what 1.3 changed of what is used
    here, as its grammar gexf.rnc has it: its names, the kind of an edge, weights of 64 bits; and that its viz elements are in
    their own namespace, which the published one forgets. The schema of 1.3 itself is in no package, and what
    its authors show of it (gephi/gexf, 1.3/gexf.xsd) is not whole: the types of graph, node and edge lack."""
    text = jar.read("gexf.xsd").decode()
    changes = [
        ("http://www.gexf.net/1.2draft", "http://gexf.net/1.3"),
        ('<xs:enumeration value="1.2"/>', '<xs:enumeration value="1.3"/>'),
        ('<xs:attribute name="timeformat" type="ns1:timeformat-type"/>',
         '<xs:attribute name="timeformat" type="ns1:timeformat-type"/><xs:attribute name="timerepresentation"><xs:simpleType><xs:restriction base="xs:string">'
         '<xs:enumeration value="interval"/><xs:enumeration value="timestamp"/></xs:restriction></xs:simpleType></xs:attribute>'),
        ('<xs:attribute name="weight"', '<xs:attribute name="kind" type="xs:string"/><xs:attribute name="weight"'),
        ('<xs:restriction base="xs:float"/>', '<xs:restriction base="xs:double"/>'),
        ('<xs:element name="color" type="viz:color-content"/>', ""),
        ('<xs:element name="position" type="viz:position-content"/>', ""),
        ('<xs:element name="size" type="viz:size-content"/>', ""),
        ('<xs:element name="thickness" type="viz:thickness-content"/>', ""),
        ('ref="ns1:color"', 'ref="viz:color"'), ('ref="ns1:position"', 'ref="viz:position"'),
        ('ref="ns1:size"', 'ref="viz:size"'), ('ref="ns1:thickness"', 'ref="viz:thickness"'),
    ]
    for old, new in changes:
        same(f"gexf.xsd has {old}", old in text, True)
        text = text.replace(old, new)
    viz = jar.read("viz.xsd").decode().replace("http://www.gexf.net/1.2draft", "http://gexf.net/1.3")
    elements = "".join(f'<xs:element name="{e}" type="viz:{e}-content"/>' for e in ("color", "position", "size", "thickness"))
    viz = viz.replace("</xs:schema>", elements + "</xs:schema>")
    return schema(text, {"viz.xsd": viz})


def schema(text, others):
    class Others(etree.Resolver):
        def resolve(self, url, _id, context):
            return self.resolve_string(others[url.rsplit("/", 1)[-1]], context)

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Others())
    return etree.XMLSchema(etree.fromstring(text.encode(), parser))


def check_schemas(root, jar_path):
    with zipfile.ZipFile(jar_path) as jar:
        gexf = gexf_schema(jar)
        graphml = schema(jar.read("graphml.xsd").decode(), {"xlink.xsd": jar.read("xlink.xsd").decode()})
    for kind, of in (("gexf", gexf), ("graphml", graphml)):
        for path in sorted(root.glob(f"*/*.{kind}")):
            of.validate(etree.parse(path))
            same(f"schema, {path}", str(of.error_log), "")


def close(what, got, want):
    """Within 1e-6, and within a hundredth of a percent where values are small."""
    for node, value in want.items():
        if not math.isclose(got[node], value, rel_tol=1e-4, abs_tol=1e-9) or abs(got[node] - value) > 1e-6:
            sys.exit(f"FAIL: {what} of {node}: {got[node]!r}, networkx {value!r}")
    same(what, len(got), len(want))


def groups(numbers):
    found = {}
    for node, number in numbers.items():
        found.setdefault(number, set()).add(node)
    return [found[number] for number in sorted(found)]


def check_metrics(path):
    g = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    name = path.parent.name

    def ours(column):
        return nx.get_node_attributes(g, column)

    def degrees(view):
        return {node: float(degree) for node, degree in view}

    for prefix, view in (("", g.degree), *((("in_", g.in_degree), ("out_", g.out_degree)) if g.is_directed() else ())):
        close(f"{name}: {prefix}degree", ours(f"{prefix}degree"), degrees(view()))
        close(f"{name}: {prefix}weighted degree", ours(f"{prefix}weighted_degree"), degrees(view(weight="weight")))
    close(f"{name}: pagerank", ours("pagerank"), nx.pagerank(g, alpha=0.85, tol=1e-12 / len(g), max_iter=1000))
    if len(g) <= 2000:
        close(f"{name}: betweenness", ours("betweenness"), nx.betweenness_centrality(g))
    parts = nx.weakly_connected_components(g) if g.is_directed() else nx.connected_components(g)
    same(f"{name}: components", Counter(map(frozenset, groups(ours("component")))), Counter(map(frozenset, parts)))
    check_communities(name, g.to_undirected() if not g.is_directed() else both_ways(g), groups(ours("community")))


def both_ways(g):
    """Directed edges with their directions forgotten: those of a pair are added."""
    plain = nx.Graph()
    plain.add_nodes_from(g)
    for a, b, weight in g.edges(data="weight"):
        plain.add_edge(a, b, weight=weight + plain.get_edge_data(a, b, {"weight": 0})["weight"])
    return plain


def check_communities(name, g, found):
    """A partition is not right or wrong; ours has to be about as good as theirs, where theirs takes no minutes."""
    sizes = [len(c) for c in found]
    same(f"{name}: communities by size", sizes, sorted(sizes, reverse=True))
    if len(g) > 1000 or g.number_of_edges() == 0:
        return
    got = nx.community.modularity(g, found)
    theirs = nx.community.modularity(g, nx.community.louvain_communities(g, seed=1))
    same(f"{name}: modularity {got:.4f}, networkx {theirs:.4f}", got > theirs - 0.03, True)


def main():
    root = Path(sys.argv[1])
    for folder in sorted(p.parent for p in root.glob("*/truth.json")):
        check_networkx(folder)
        check_csv(folder)
        check_ftm(folder)
        check_svg(folder)
    check_schemas(root, sys.argv[2])
    for path in sorted(root.glob("metrics-*/node-link.json")):
        check_metrics(path)
    print(f"interop: networkx {nx.__version__}, FollowTheMoney, lxml, schemas: {checks} checks passed")


main()
