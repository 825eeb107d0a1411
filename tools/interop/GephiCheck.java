import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.importer.plugin.file.spreadsheet.ImporterSpreadsheetCSV;
import org.gephi.io.importer.plugin.file.spreadsheet.process.SpreadsheetGeneralConfiguration.Mode;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.io.processor.plugin.MergeProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * What Gephi reads of the networks that the tests of network/ wrote: no issue in
 * its report, and the same nodes, edges, values, places and days as the truth.
 *
 * <pre>java -cp gephi-toolkit-all.jar GephiCheck.java FOLDER</pre>
 */
public class GephiCheck {
    static int checks;

    public static void main(String[] args) throws Exception {
        java.util.logging.LogManager.getLogManager().reset(); // it tells how it goes, on standard error
        File[] folders = new File(args[0]).listFiles(f -> new File(f, "truth.json").exists());
        java.util.Arrays.sort(folders);
        for (File folder : folders) {
            JsonObject truth;
            try (Reader r = Files.newBufferedReader(Path.of(folder.getPath(), "truth.json"))) {
                truth = JsonParser.parseReader(r).getAsJsonObject();
            }
            for (String name : List.of("gexf.gexf", "gexf-dynamic.gexf", "graphml.graphml", "csv")) {
                new GephiCheck(folder, name, truth).check();
            }
        }
        System.out.println("interop: Gephi 0.10.1: " + checks + " checks passed");
        System.exit(0); // Gephi leaves threads behind
    }

    final File folder;
    final String what, name;
    final JsonObject truth;
    Graph graph;

    GephiCheck(File folder, String name, JsonObject truth) {
        this.folder = folder;
        this.name = name;
        this.truth = truth;
        what = "Gephi, " + folder.getName() + ", " + name;
    }

    void same(String of, Object got, Object want) {
        checks++;
        if (!String.valueOf(got).equals(String.valueOf(want))) {
            System.err.println("FAIL: " + what + ": " + of + "\n  got  " + cut(got) + "\n  want " + cut(want));
            System.exit(1);
        }
    }

    static String cut(Object o) {
        String s = String.valueOf(o);
        return s.substring(0, Math.min(s.length(), 800));
    }

    void check() throws Exception {
        graph = read();
        JsonArray nodes = truth.getAsJsonArray("nodes"), edges = truth.getAsJsonArray("edges");
        boolean kinds = !name.equals("graphml.graphml"); // there Gephi has no kinds, and makes parallel edges one
        same("number of nodes", graph.getNodeCount(), nodes.size());
        TreeSet<String> pairs = new TreeSet<>();
        edges.forEach(e -> pairs.add(text(e, "source") + "\0" + text(e, "target")));
        same("number of edges", graph.getEdgeCount(), kinds ? edges.size() : pairs.size());
        if (edges.size() > 0) {
            same("directed", graph.isDirected(), truth.get("directed").getAsBoolean());
        }
        for (JsonElement n : nodes) {
            node(n.getAsJsonObject());
        }
        if (kinds) {
            for (JsonElement e : edges) {
                edge(e.getAsJsonObject());
            }
        }
    }

    Graph read() throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        Workspace workspace = projects.getCurrentWorkspace();
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        List<Container> containers = new ArrayList<>();
        if (name.equals("csv")) {
            containers.add(table(importer, "csv-nodes.csv", Mode.NODES_TABLE));
            containers.add(table(importer, "csv-edges.csv", Mode.EDGES_TABLE));
            importer.process(containers.toArray(new Container[0]), new MergeProcessor(), workspace);
        } else {
            containers.add(importer.importFile(new File(folder, name)));
            containers.get(0).getLoader().setAutoScale(false);
            importer.process(containers.get(0), new DefaultProcessor(), workspace);
        }
        for (Container c : containers) {
            List<String> issues = new ArrayList<>();
            c.getReport().getIssues(Integer.MAX_VALUE).forEachRemaining(i -> {
                if (i.getLevel() != Issue.Level.INFO) {
                    issues.add(i.getLevel() + ": " + i.getMessage());
                }
            });
            same("issues of its report", issues, List.of());
        }
        GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
        return model.getGraph();
    }


    Container table(ImportController importer, String file, Mode mode) throws Exception {
        ImporterSpreadsheetCSV csv = new ImporterSpreadsheetCSV();
        csv.setFile(new File(folder, file));
        csv.refreshAutoDetections();
        same("what it takes " + file + " for", csv.getMode(), mode);
        return importer.importFile(new File(folder, file), csv);
    }

    void node(JsonObject want) {
        String id = text(want, "id");
        JsonObject values = want.getAsJsonObject("values").deepCopy();
        Node node = find(id);
        if (node == null) {
            same("a node " + id, "none", id);
        }
        String label = values.remove("label").getAsString(), got = node.getLabel();
        if (!label.isBlank()) { // else it shows none, or the id
            same("label of " + id, got, fit(label));
        } else if (got != null && !got.isBlank()) {
            same("label of " + id, got, node.getId());
        }
        if (!name.equals("csv")) { // a table has no places but as columns
            same("place of " + id, node.x() + " " + node.y(), values.remove("x").getAsFloat() + " " + values.remove("y").getAsFloat());
        }
        same("values of " + id, values(node), wanted(values));
        spells(id, node, want);
    }

    Node find(String id) {
        Node node = graph.getNode(id);
        if (node != null) {
            return node;
        }
        for (Node n : graph.getNodes().toArray()) {
            Column original = graph.getModel().getNodeTable().getColumn("node.original_id");
            if (original != null && id.equals(n.getAttribute(original))) {
                return n;
            }
        }
        return null;
    }

    void edge(JsonObject want) {
        JsonObject values = want.getAsJsonObject("values").deepCopy();
        String kind = values.remove("kind").getAsString();
        Node source = find(text(want, "source")), target = find(text(want, "target"));
        Edge edge = graph.getEdge(source, target, graph.getModel().getEdgeType(kind));
        String id = text(want, "source") + " " + kind + " " + text(want, "target");
        if (edge == null) {
            same("an edge " + id, "none", id);
        }
        same("weight of " + id, edge.getWeight(), values.remove("weight").getAsDouble());
        same("values of " + id, values(edge), wanted(values));
        spells(id, edge, want);
    }

    /** White space at the ends is lost in tables. */
    String fit(String s) {
        return name.equals("csv") ? s.strip() : s;
    }

    static final List<String> own = List.of("id", "label", "timeset", "interval", "weight", "original_id");

    TreeMap<String, String> values(Element element) {
        TreeMap<String, String> found = new TreeMap<>();
        for (Column c : element.getTable()) {
            Object v = element.getAttribute(c);
            if (v != null && !own.contains(c.getTitle().toLowerCase()) && !v.toString().isBlank()) {
                found.put(c.getTitle(), v instanceof Number n ? String.valueOf(n.doubleValue()) : v.toString());
            }
        }
        return found;
    }

    /** A text that is blank, or "null", is none to Gephi. */
    TreeMap<String, String> wanted(JsonObject values) {
        TreeMap<String, String> all = new TreeMap<>();
        values.entrySet().forEach(e -> {
            var v = e.getValue().getAsJsonPrimitive();
            if (!v.getAsString().isBlank() && !v.getAsString().equals("null")) {
                all.put(e.getKey(), v.isNumber() ? String.valueOf(v.getAsDouble()) : fit(v.getAsString()));
            }
        });
        return all;
    }

    void spells(String id, Element element, JsonObject want) {
        if (!name.equals("gexf-dynamic.gexf")) {
            return;
        }
        List<String> days = new ArrayList<>(), wanted = new ArrayList<>();
        for (var i : element.getIntervals()) {
            days.add(day(i.getLow()) + "–" + day(i.getHigh()));
        }
        want.getAsJsonArray("spells").forEach(s -> wanted.add(s.getAsJsonArray().get(0).getAsString() + "–" + s.getAsJsonArray().get(1).getAsString()));
        same("days of " + id, days, wanted);
    }

    static String day(double millis) {
        return Double.isInfinite(millis) ? "" : java.time.Instant.ofEpochMilli((long) millis).atZone(java.time.ZoneOffset.UTC).toLocalDate().toString();
    }

    static String text(JsonElement e, String member) {
        return e.getAsJsonObject().get(member).getAsString();
    }
}
