// The panel "Networks": any filter as a picture, or as a file for another program.
const networksPanel = (() => {
  const { createElement: el, useState } = React;

  // address is where the file of the form's network is; a field left empty is not said.
  function address(form, format) {
    const url = new URL(setup.export, location.href);
    url.searchParams.set("format", format);
    for (const [name, value] of Object.entries(form)) {
      if (value.trim() !== "") url.searchParams.set(name, value.trim());
    }
    return url.href;
  }

  function field(form, change, name, label, control, attributes, ...children) {
    const id = `cablegraph-network-${name}`;
    const set = (event) => change({ ...form, [name]: event.target.value });
    return el("p", { key: name }, el("label", { htmlFor: id }, label), el(control, { id, value: form[name], onChange: set, ...attributes }, ...children));
  }

  function Networks() {
    const [form, change] = useState({ of: "PEOPLE", where: '{"tags": {"any": ["IR"]}}', minWeight: "2", topNodes: "60" });
    const [format, choose] = useState("gexf");
    const [picture, show] = useState(null); // { url } or { problem }

    async function draw(event) {
      event.preventDefault();
      show(null);
      const response = await fetch(address({ ...form, metrics: "community" }, "svg"));
      if (response.ok) return show({ url: URL.createObjectURL(await response.blob()) });
      const answer = await response.json().catch(() => ({}));
      show({ problem: answer.errors?.[0]?.message ?? `the server answers ${response.status}` });
    }

    return el(
      "form",
      { className: "cablegraph-networks", onSubmit: draw },
      el("h2", null, "Networks"),
      field(form, change, "of", "Of", "select", null, ...setup.networks.map((n) => el("option", { key: n.name, value: n.name }, n.title))),
      field(form, change, "where", "Of these cables (a CableWhere as JSON)", "textarea", { rows: 4, spellCheck: false }),
      field(form, change, "minWeight", "Edges with so many cables at least", "input", { type: "number", min: 1 }),
      field(form, change, "topNodes", "So many nodes, the heaviest", "input", { type: "number", min: 1 }),
      el("p", null, el("button", { type: "submit" }, "Draw")),
      el(
        "p",
        null,
        el("label", { htmlFor: "cablegraph-network-format" }, "As a file for"),
        el("select", { id: "cablegraph-network-format", value: format, onChange: (event) => choose(event.target.value) }, ...setup.formats.map((f) => el("option", { key: f.name, value: f.name }, f.title))),
        el("a", { className: "cablegraph-download", href: address(form, format), target: "_blank", rel: "noopener" }, "Download"),
      ),
      picture?.problem && el("p", { role: "alert" }, picture.problem),
      picture?.url && el("a", { href: picture.url, target: "_blank", title: "Open the picture alone" }, el("img", { src: picture.url, alt: "The network" })),
    );
  }

  const icon = () =>
    el("svg", { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 1.8 }, el("path", { d: "M6 7l11-2M6 7l5 11M17 5l-6 13" }), ...[[6, 7], [17, 5], [11, 18]].map(([cx, cy]) => el("circle", { key: cx, cx, cy, r: 2.6, fill: "currentColor" })));
  return { title: "Networks", icon, content: Networks };
})();
