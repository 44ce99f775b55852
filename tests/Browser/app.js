import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

/** How all tests start the browser. */
export const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
};

const client = new URL("../../clients/typescript/dist/esm/", import.meta.url);

/**
 * Starts the site of an app, which has another origin than the server, and serves the files of the client's package as they are.
 * @returns {Promise<{ origin: string, stop: () => void }>}
 */
export async function startSite() {
  assert(existsSync(client), 'The client is missing: run "npm ci && npm run build" in clients/typescript first.');
  const site = createServer(async (request, response) => {
    const isScript = request.url.endsWith(".js");
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    const file = new URL(request.url === "/service-worker.js" ? "../service-worker.js" : `.${request.url}`, client);
    response.end(isScript ? await readFile(file) : "<!doctype html><title>An app</title>");
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${site.address().port}`, stop: () => site.close() };
}
