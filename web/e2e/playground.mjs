// Opens the playground in Chromium with the network cut, runs its examples, and
// fails where no answer shows, a tab lacks, or anything but the server is asked.
//
//   npm --prefix web run e2e                                           a server of its own, with made-up cables
//   npm --prefix web run e2e -- http://127.0.0.1:8080 [picture.png]    a running one
//
// Chromium is found by the variable CHROMIUM, or where systems usually put it.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { startServer } from "./server.mjs";

const patience = 30_000; // ms, for any one thing
const settle = 500; // ms: GraphiQL notes the operation's name of a tab a moment after it shows the tab

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

function findChromium() {
  const wanted = process.env.CHROMIUM;
  const found = wanted ? [wanted].find(existsSync) : usualPlaces.find(existsSync);
  if (found) return found;
  if (wanted) throw new Error(`CHROMIUM names ${wanted}, which is not there`);
  throw new Error("no Chromium found: install one (apt install chromium), or set CHROMIUM to its path");
}

function check(condition, message) {
  if (!condition) throw new Error(message);
}

// watch cuts the page off from all but the server and notes what it tried, and
// what it complained about.
async function watch(context, page, origin) {
  const seen = { outside: [], complaints: [] };
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(origin) || url.startsWith("data:") || url.startsWith("blob:")) return route.continue();
    seen.outside.push(url);
    return route.abort();
  });
  page.on("websocket", (socket) => seen.outside.push(socket.url()));
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") seen.complaints.push(message.text());
  });
  page.on("response", (response) => {
    if (response.status() >= 400) seen.complaints.push(`${response.status()} ${response.url()}`);
  });
  return seen;
}

// runExample opens a tab, runs it and returns the answer that the page shows.
async function runExample(page, tab, endpoint) {
  await tab.click();
  await page.waitForTimeout(settle);
  const [response] = await Promise.all([
    page.waitForResponse((r) => r.url() === endpoint && r.request().method() === "POST"),
    page.click(".graphiql-execute-button"),
  ]);
  const answer = await response.json();
  const title = await tab.innerText();
  check(!answer.errors, `${title}: ${JSON.stringify(answer.errors)}`);
  await page.waitForFunction(() => document.querySelector(".result-window")?.innerText.includes('"data"'));
  return answer;
}

// openLink opens a question by its address, in a tab of its own.
async function openLink(page, base, query) {
  await page.goto("about:blank"); // another fragment alone would load nothing
  await page.goto(new URL("/playground#" + new URLSearchParams({ query }), base).href);
  await page.waitForSelector(".graphiql-execute-button");
  await page.waitForTimeout(settle);
}

// shares follows a link to a question, in a new browser and in one that has tabs, and has the
// page make one that is the same.
async function shares(page, base, examples) {
  const query = "query Shared { corpus { published } }";
  const tabs = page.locator(".graphiql-tab-button");
  await openLink(page, base, query);
  check((await tabs.count()) === examples + 1, "a link replaces a tab");
  await page.evaluate(() => localStorage.clear());
  await openLink(page, base, query);
  check((await tabs.count()) === examples + 1, "in a new browser a link replaces an example");
  const answer = await runExample(page, page.locator(".graphiql-tab-active .graphiql-tab-button"), new URL("/graphql", base).href);
  check(answer.data.corpus.published > 0, `the question of a link is not the one asked: ${JSON.stringify(answer)}`);
  const link = page.locator(".cablegraph-link");
  await link.click();
  const made = new URL(await link.getAttribute("href"), base);
  check(new URLSearchParams(made.hash.slice(1)).get("query") === query, `the link asks something else: ${made}`);
}

// subscribes waits for a cable that another process loads.
async function subscribes(page, base, more) {
  await openLink(page, base, "subscription Coming { cableLoaded { reference } }");
  await page.click(".graphiql-execute-button");
  await page.waitForTimeout(settle);
  more();
  await page.waitForFunction(() => document.querySelector(".result-window")?.innerText.includes('"cableLoaded"'));
  await page.click(".graphiql-execute-button"); // ends it
}

async function examine(page, context, base, picture, more) {
  const seen = await watch(context, page, base.origin + "/");
  page.setDefaultTimeout(patience);
  await page.goto(new URL("/playground", base).href);
  await page.waitForSelector(".graphiql-execute-button");
  const tabs = page.locator(".graphiql-tab-button");
  const count = await tabs.count();
  check(count >= 12, `${count} tabs, not a dozen examples`);
  const endpoint = new URL("/graphql", base).href;
  for (let i = 0; i < count; i++) await runExample(page, tabs.nth(i), endpoint);
  const first = await runExample(page, tabs.first(), endpoint);
  check(first.data.post?.cables.totalCount > 0, `the first example finds nothing: ${JSON.stringify(first)}`);
  await page.click('button[aria-label="Show Documentation Explorer"]');
  await page.waitForSelector(".graphiql-doc-explorer-content >> text=Query");
  await page.click('button[aria-label="Show Networks"]');
  await page.fill("#cablegraph-network-where", "{}");
  await page.click(".cablegraph-networks button");
  const drawn = await page.waitForSelector(".cablegraph-networks img");
  check(await drawn.evaluate((img) => img.decode().then(() => img.naturalWidth > 0)), "the network is not drawn");
  const file = await page.request.get(await page.getAttribute(".cablegraph-download", "href"));
  check((await file.text()).includes("<gexf"), "the file is no GEXF");
  await shares(page, base, count);
  if (more) await subscribes(page, base, more);
  if (picture) await page.screenshot({ path: picture });
  check(seen.outside.length === 0, `requests left the machine: ${seen.outside.join(", ")}`);
  check(seen.complaints.length === 0, `the page complains: ${seen.complaints.join("; ")}`);
  return count;
}

async function browse(address, picture, more) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    timeout: patience,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const count = await examine(await context.newPage(), context, new URL(address), picture, more);
    console.log(`playground: ${count} examples answered, no request left the machine`);
  } finally {
    await browser.close();
  }
}

async function main([address, picture]) {
  if (address) return browse(address, picture);
  const server = await startServer();
  try {
    await browse(server.address, picture, server.more);
  } finally {
    await server.stop();
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`playground: ${error.message}`);
  process.exitCode = 1;
});
