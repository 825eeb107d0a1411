// What programs in JavaScript read of the networks that the tests of network/ wrote:
// graphology with its GEXF and GraphML readers, cytoscape.js, d3-force, Graphviz.
//
//     check.mjs FOLDER
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import cytoscape from 'cytoscape';
import { forceLink, forceSimulation } from 'd3-force';

const require = createRequire(import.meta.url);
const Graph = require('graphology');
const gexf = require('graphology-gexf');
const graphml = require('graphology-graphml');

let checks = 0;
function same(what, got, want) {
  checks++;
  assert.deepStrictEqual(got, want, what);
}

const byText = (list) => list.map((x) => JSON.stringify(x)).sort();
const without = (object, ...names) => Object.fromEntries(Object.entries(object).filter(([k]) => !names.includes(k)).sort());

// sameGraph compares lists of {id, values} and {source, target, values} with the truth.
function sameGraph(what, truth, nodes, edges, fit = (values) => values) {
  same(`${what}: number of nodes`, nodes.length, truth.nodes.length);
  same(`${what}: number of edges`, edges.length, truth.edges.length);
  const wanted = (x) => without(fit(x.values));
  same(`${what}: nodes`, byText(nodes.map((n) => [n.id, without(n.values)])), byText(truth.nodes.map((n) => [n.id, wanted(n)])));
  same(`${what}: edges`, byText(edges.map((e) => [e.source, e.target, without(e.values)])), byText(truth.edges.map((e) => [e.source, e.target, wanted(e)])));
}

function sameGraphology(what, truth, graph, nodeValues, edgeValues, fit) {
  if (truth.edges.length > 0) same(`${what}: type`, graph.type, truth.directed ? 'directed' : 'undirected');
  sameGraph(
    what, truth,
    graph.mapNodes((id, values) => ({ id: values.original_id ?? id, values: nodeValues(values) })),
    graph.mapEdges((_, values, source, target, s, t) => ({ source: s.original_id ?? source, target: t.original_id ?? target, values: edgeValues(values) })),
    fit,
  );
}

function read(folder, name) {
  return readFileSync(join(folder, name), 'utf8');
}

function checkGraphology(folder, truth) {
  const imported = Graph.from(JSON.parse(read(folder, 'graphology.json')));
  sameGraphology(`graphology, ${folder}`, truth, imported, (v) => without(v, 'size', 'color'), (v) => v);
  same(`graphology, ${folder}: stripped`, imported.getAttribute('strippedCharacters') ?? 0, truth.stripped);

  // Its readers leave out a label that is empty.
  const noEmptyLabel = (v) => (v.label === '' ? without(v, 'label') : v);
  for (const name of ['gexf.gexf', 'gexf-dynamic.gexf']) {
    sameGraphology(
      `graphology-gexf, ${folder}, ${name}`, truth, gexf.parse(Graph, read(folder, name)),
      (v) => without(v, 'size', 'color', 'z'), (v) => without(v, 'label'), noEmptyLabel,
    );
  }
  sameGraphology(
    `graphology-graphml, ${folder}`, truth, graphml.parse(Graph, read(folder, 'graphml.graphml')),
    (v) => without(v, 'original_id'), (v) => v,
  );
}

function checkCytoscape(folder, truth) {
  const graph = cytoscape({ headless: true, ...JSON.parse(read(folder, 'cytoscape.cyjs')), layout: { name: 'preset' } });
  const values = (x) => without(x.data(), 'id', 'name', 'source', 'target');
  sameGraph(
    `cytoscape, ${folder}`, truth,
    graph.nodes().map((n) => {
      same(`cytoscape, ${folder}: place`, [n.position('x'), n.position('y')], [n.data('x'), n.data('y')]);
      same(`cytoscape, ${folder}: name`, n.data('name'), n.data('label'));
      return { id: n.id(), values: values(n) };
    }),
    graph.edges().map((e) => ({ source: e.source().id(), target: e.target().id(), values: values(e) })),
  );
}

function checkD3(folder, truth) {
  const { nodes, links } = JSON.parse(read(folder, 'node-link-links.json'));
  forceSimulation(nodes).force('link', forceLink(links).id((n) => n.id)).stop();
  same(`d3, ${folder}: number of nodes`, nodes.length, truth.nodes.length);
  same(`d3, ${folder}: links`, links.map((l) => [l.source.id, l.target.id]), truth.edges.map((e) => [e.source, e.target]));
}

// checkGraphviz compares what Graphviz says as JSON. All its attributes are texts, and
// a node or edge has each that any has: "" stands for none. Backslashes in a name stay doubled.
function checkGraphviz(graphviz, folder, truth) {
  const graph = JSON.parse(graphviz.layout(read(folder, 'dot.gv'), 'dot_json', 'nop2'));
  same(`graphviz, ${folder}: directed`, graph.directed, truth.directed);
  const nodes = graph.objects ?? [];
  const edges = graph.edges ?? [];
  const plain = (s) => s.replaceAll('\\\\', '\\');
  const label = (s) => s.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('\r', '').replaceAll('\n', '\\n');
  const texts = (values, names) => Object.fromEntries(names.map((k) => [k, plain(String(values[k] ?? ''))]));
  const names = (list) => [...new Set(list.flatMap((x) => Object.keys(x.values)))].filter((k) => k !== 'label').sort();
  const nodeNames = names(truth.nodes);
  const edgeNames = names(truth.edges);
  same(`graphviz, ${folder}: number of nodes`, nodes.length, truth.nodes.length);
  same(`graphviz, ${folder}: number of edges`, edges.length, truth.edges.length);
  same(
    `graphviz, ${folder}: nodes`, byText(nodes.map((n) => [plain(n.name), n.label, texts(n, nodeNames)])),
    byText(truth.nodes.map((n) => [n.id, label(n.values.label), texts(n.values, nodeNames)])),
  );
  same(
    `graphviz, ${folder}: edges`, byText(edges.map((e) => [plain(nodes[e.tail].name), plain(nodes[e.head].name), texts(e, edgeNames)])),
    byText(truth.edges.map((e) => [e.source, e.target, texts(e.values, edgeNames)])),
  );
}

const root = process.argv[2];
const graphviz = await Graphviz.load();
for (const name of readdirSync(root).sort()) {
  const folder = join(root, name);
  if (!existsSync(join(folder, 'truth.json'))) continue;
  const truth = JSON.parse(read(folder, 'truth.json'));
  checkGraphology(folder, truth);
  checkCytoscape(folder, truth);
  checkD3(folder, truth);
  checkGraphviz(graphviz, folder, truth);
}
console.log(`interop: graphology, cytoscape.js, d3-force, Graphviz ${graphviz.version()}: ${checks} checks passed`);
