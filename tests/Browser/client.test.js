import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { isOlderBrowser, launchOptions, startSite } from "./app.js";
import { startServer } from "./server.js";

let site;
let server;
let browser;
let page;

before(async () => {
  site = await startSite();
  server = await startServer({ settings: { Cors__Origins__0: site.origin, Jobs__OverdueScanSeconds: "1" } });
  browser = await chromium.launch(launchOptions);
  page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(site.origin);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  site?.stop();
});

test("the client signs in, writes a task and follows the stream from a page of another origin", async () => {
  const received = await page.evaluate(async (url) => {
    const { FROM_THE_BEGINNING, FitnessifySession, etagOf, ifChanged } = await import("/index.js");
    const session = new FitnessifySession(url);
    const [username, password] = ["ann", "correct horse battery staple"];
    await session.api.auth.register({ username, email: "ann@example.com", password });
    await session.signIn(username, password, "Browser");
    const task = await session.api.tasks.create({ title: "Pay rent", dueAt: "2020-01-01T18:00:00Z" });
    const copy = await ifChanged(session.api.tasks.get(task.id, { ifNoneMatch: etagOf(task) }));
    const patched = await session.api.tasks.patch(task.id, { priority: "high" }, { ifMatch: etagOf(task) });
    await session.refresh();
    for await (const { title } of session.notifications({ after: FROM_THE_BEGINNING })) {
      await session.signOut();
      return [copy === undefined, patched.priority, title];
    }
  }, server.url);
  assert.deepEqual(received, [true, "high", "Pay rent"]);
});

test("the page is that of the browser that the tests ask for", async () => {
  const found = await page.evaluate(() => [typeof structuredClone, "any" in AbortSignal, Boolean(navigator.locks), "at" in []]);
  assert.deepEqual(found, isOlderBrowser ? ["undefined", false, false, false] : ["function", true, true, true]);
});

test("the client sends every value of a query as it is, and ends a cancelled call", async () => {
  const found = await page.evaluate(async (url) => {
    const { FitnessifySession } = await import("/index.js");
    const session = new FitnessifySession(url);
    const [username, password] = ["dora", "correct horse battery staple"];
    await session.api.auth.register({ username, email: "dora@example.com", password });
    await session.signIn(username, password, "Browser");
    await session.createTask({ title: "a & b", labels: ["x y", "z"] });
    const count = async (query) => (await session.api.tasks.list(query)).items.length;
    const stop = new AbortController();
    stop.abort();
    const refusal = await session.api.tasks.list({ signal: stop.signal }).catch((error) => error.name);
    return [await count({ label: ["x y", "z"] }), await count({ q: "a & b" }), await count({ label: ["y"] }), refusal];
  }, server.url);
  assert.deepEqual(found, [1, 1, 0, "AbortError"]);
});

test("the client reads the retry delay and the validation errors", async () => {
  const seen = await page.evaluate(async (url) => {
    const { FitnessifySession } = await import("/index.js");
    const session = new FitnessifySession(url, { retryTimeout: 0 });
    const body = { username: "x", email: "x@example.com", password: "correct horse battery staple" };
    const error = await session.api.auth.register(body).catch((refusal) => refusal);
    // The calls go on until the rate limit of the route refuses them.
    for (;;) {
      const refusal = await session.api.auth.checkUsername("bob").catch((error) => error);
      if (refusal.code) {
        return [error.errors[0].pointer, refusal.code, refusal.retryAfter > 0];
      }
    }
  }, server.url);
  assert.deepEqual(seen, ["#/username", "rate_limited", true]);
});
