// Starts GraphiQL on the endpoint that the page names, with the examples as its tabs.

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

// asked reads a question out of the address: behind the #, where copyLink puts it
// and the browser keeps it to itself, or behind the ? as other playgrounds have it. It
// is taken out, so that the page opens it once.
function asked() {
  for (const part of [location.hash, location.search]) {
    const given = new URLSearchParams(part.slice(1));
    const query = given.get("query");
    if (query) {
      history.replaceState(null, "", location.pathname);
      return { query, variables: given.get("variables") ?? "" };
    }
  }
  return {};
}

// copyLink makes its link one to the question of the open tab, and copies it where the browser lets it.
async function copyLink(event) {
  event.preventDefault();
  const link = event.currentTarget;
  const { tabs, activeTabIndex } = JSON.parse(storage.getItem("graphiql:tabState"));
  const { query, variables } = tabs[activeTabIndex];
  const given = new URLSearchParams({ query: query ?? "" });
  if (variables) given.set("variables", variables);
  link.href = location.pathname + "#" + given;
  try {
    await navigator.clipboard.writeText(link.href);
    link.textContent = "copied";
  } catch {
    link.textContent = "link (copy its address)";
  }
  setTimeout(() => (link.textContent = "link"), 3000);
}

// listen asks for a subscription, whose answers come as server-sent events. It
// returns an async iterator that ends the request when it is told to return.
function listen(params, headers) {
  const ending = new AbortController();
  const answers = readEvents(params, headers, ending.signal);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => answers.next(),
    return: () => {
      ending.abort(); // or it would wait for the next event
      return answers.return();
    },
  };
}

async function* readEvents(params, headers, signal) {
  try {
    const response = await fetch(setup.endpoint, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(params),
      signal,
    });
    if (!response.headers.get("Content-Type").startsWith("text/event-stream")) {
      yield await response.json();
      return;
    }
    let text = "";
    for await (const part of decoded(response.body.getReader())) {
      const events = (text + part).split("\n\n");
      text = events.pop();
      for (const event of events) {
        const data = /^event: next\ndata: (.*)$/.exec(event);
        if (data) yield JSON.parse(data[1]);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function* decoded(reader) {
  const decoder = new TextDecoder();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    yield decoder.decode(part.value, { stream: true });
  }
}

function subscribes(document, name) {
  const operations = (document?.definitions ?? []).filter((d) => d.kind === "OperationDefinition");
  return operations.some((o) => o.operation === "subscription" && (operations.length === 1 || o.name?.value === name));
}

const ask = GraphiQL.createFetcher({ url: setup.endpoint });
const fetcher = (params, options) =>
  subscribes(options?.documentAST, params.operationName) ? listen(params, options.headers) : ask(params, options);

const logo = React.createElement(
  GraphiQL.Logo,
  null,
  React.createElement("span", null, "Cablegraph"),
  React.createElement("a", { className: "cablegraph-restore", href: "#", title: "Open the examples again", onClick: restoreExamples }, "examples"),
  React.createElement("a", { className: "cablegraph-link", href: "#", title: "Copy a link to the question of the open tab", onClick: copyLink }, "link"),
);

const link = asked();
const tabs = setup.examples.map(({ query, variables }) => ({ query, variables }));
if (link.query) tabs.unshift(link); // in a new browser; where there are tabs already it gets one more

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(
    GraphiQL,
    {
      fetcher,
      defaultTabs: tabs,
      defaultEditorToolsVisibility: false,
      schemaDescription: true,
      plugins: [networksPanel],
      storage,
      ...link,
    },
    logo,
  ),
);
