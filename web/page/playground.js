// Starts GraphiQL on the endpoint that the page names, with the examples as its tabs.
const setup = JSON.parse(document.getElementById("setup").textContent);

// Everything that GraphiQL keeps in the browser stands below one prefix, so that
// it can be dropped without touching what else lives at this address.
const prefix = "cablegraph:";

const storage = {
  getItem: (key) => localStorage.getItem(prefix + key),
  setItem: (key, value) => localStorage.setItem(prefix + key, value),
  removeItem: (key) => localStorage.removeItem(prefix + key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

function ownKeys() {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
}

function restoreExamples(event) {
  event.preventDefault();
  if (window.confirm("Close all tabs and open the examples again?")) {
    storage.clear();
    location.reload();
  }
}

const logo = React.createElement(
  GraphiQL.Logo,
  null,
  React.createElement("span", null, "Cablegraph"),
  React.createElement("a", { className: "cablegraph-restore", href: "#", title: "Open the examples again", onClick: restoreExamples }, "examples"),
);

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(
    GraphiQL,
    {
      fetcher: GraphiQL.createFetcher({ url: setup.endpoint }),
      defaultTabs: setup.examples.map(({ query, variables }) => ({ query, variables })),
      defaultEditorToolsVisibility: false,
      schemaDescription: true,
      storage,
    },
    logo,
  ),
);
