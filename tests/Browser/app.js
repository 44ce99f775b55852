import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

/** How all tests start the browser. */
export const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
};

/** Whether the tests run as in a browser like Safari 15.0. */
export const isOlderBrowser = Boolean(process.env.FITNESSIFY_OLDER_BROWSER);

const client = new URL("../../clients/typescript/dist/esm/", import.meta.url);
const newerMembers = JSON.parse(
  readFileSync(new URL("../../clients/typescript/test/environments/newer-members.json", import.meta.url), "utf8"),
);

// Runs before all other scripts of a page or a worker. Names of well-known symbols begin with "@@".
const hideNewerMembers = `for (const member of ${JSON.stringify(newerMembers)}) {
  const path = member.split(".");
  const name = path.pop();
  const owner = path.reduce((object, part) => object?.[part], globalThis);
  if (owner) delete owner[name.startsWith("@@") ? Symbol[name.slice(2)] : name];
}
`;

/**
 * Starts the site of an app, which has another origin than the server, and serves the files of the client's package as they are.
 * With FITNESSIFY_OLDER_BROWSER, its pages and its worker first delete all members that Safari 15.0 does not have.
 * @returns {Promise<{ origin: string, stop: () => void }>}
 */
export async function startSite() {
  assert(existsSync(client), 'The client is missing: run "npm ci && npm run build" in clients/typescript first.');
  const prelude = isOlderBrowser ? hideNewerMembers : "";
  const site = createServer(async (request, response) => {
    const isScript = request.url.endsWith(".js");
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    if (!isScript) return response.end(`<!doctype html><title>An app</title><script>${prelude}</script>`);
    const isWorker = request.url === "/service-worker.js";
    const script = await readFile(new URL(isWorker ? "../service-worker.js" : `.${request.url}`, client), "utf8");
    response.end(isWorker ? prelude + script : script);
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${site.address().port}`, stop: () => site.close() };
}
