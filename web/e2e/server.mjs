// Starts bin/cablegraph on a port of its own, over a store of made-up cables.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const binary = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bin", "cablegraph");

// startServer resolves to the server's address, a way to load more cables into its store, and one to stop it.
export async function startServer() {
  if (!existsSync(binary)) throw new Error(`there is no ${binary}; run: make web build`);
  const folder = mkdtempSync(join(tmpdir(), "cablegraph-e2e-"));
  try {
    const store = join(folder, "sample.db");
    execFileSync(binary, ["sample", "--count", "300", "--out", join(folder, "sample")]);
    execFileSync(binary, ["load", "--quiet", "--store", store, join(folder, "sample")]);
    const child = spawn(binary, ["serve", "--store", store, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit");
    const stop = async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    };
    const more = () => {
      execFileSync(binary, ["sample", "--count", "20", "--seed", "2", "--out", join(folder, "more")]);
      execFileSync(binary, ["load", "--quiet", "--store", store, join(folder, "more")]);
    };
    return { address: await firstAddress(child, ended), more, stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

// firstAddress reads the server's output until it names its address.
async function firstAddress(child, ended) {
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, "line"), ended.then(() => [""])]);
  const address = /http:\/\/[^/]+/.exec(line)?.[0];
  if (!address) throw new Error(`the server did not say where it answers: ${line}`);
  return address;
}
