// Copies what the page needs out of node_modules into dist/, which the binary
// embeds: GraphiQL and React as their publishers built them, and their licences.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const dist = join(here, "dist");

// name in dist/ → file of a package
const files = {
  "graphiql.min.js": "graphiql/graphiql.min.js",
  "graphiql.min.css": "graphiql/graphiql.min.css",
  "react.production.min.js": "react/umd/react.production.min.js",
  "react-dom.production.min.js": "react-dom/umd/react-dom.production.min.js",
};

// licences returns the licence texts of all packages that the page is built of.
function licences() {
  const lock = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
  const texts = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === "" || entry.dev || entry.optional) continue;
    const folder = join(here, path);
    const names = readdirSync(folder).filter((name) => /^licen[cs]e/i.test(name)).sort();
    const text = names.map((name) => readFileSync(join(folder, name), "utf8").trim()).join("\n\n");
    texts.push(`${path.replace(/^.*node_modules\//, "")} ${entry.version} (${entry.license ?? "see its page"})\n\n${text}\n`);
  }
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}

mkdirSync(dist, { recursive: true });
for (const [name, from] of Object.entries(files)) {
  copyFileSync(join(modules, from), join(dist, name));
}
// The source map is no part of the page, so the script must not ask for it.
const script = join(dist, "graphiql.min.js");
writeFileSync(script, readFileSync(script, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
writeFileSync(join(dist, "licences.txt"), licences());
console.log(`web/dist: ${Object.keys(files).length} files and their licences`);
