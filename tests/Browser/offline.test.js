import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { isOlderBrowser, launchOptions, startSite } from "./app.js";
import { startServer } from "./server.js";

const password = "correct horse battery staple";

let site;
let server;
let profile;
let context;

before(async () => {
  site = await startSite();
  server = await startServer({ settings: { Cors__Origins__0: site.origin, RateLimits__Enabled: "false" } });
  profile = await mkdtemp(join(tmpdir(), "fitnessify-browser-"));
});

after(async () => {
  await context?.close();
  await server?.stop();
  site?.stop();
  if (profile) await rm(profile, { recursive: true, force: true });
});

/** Starts the browser with the same profile, and opens the app. */
async function openApp() {
  context = await chromium.launchPersistentContext(profile, launchOptions);
  return await newTab();
}

async function newTab() {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(site.origin);
  return page;
}

/** Opens the replica in the page, which keeps the session in its localStorage. */
function openReplica(page) {
  return page.evaluate(async (url) => {
    const { FitnessifySession, webStorageTokens } = await import("/index.js");
    const { IndexedDbOfflineStore } = await import("/offline.js");
    self.session = new FitnessifySession(url, { tokens: webStorageTokens(localStorage, "tokens") });
    try {
      self.replica = await self.session.offline(new IndexedDbOfflineStore("tasks"));
      return "open";
    } catch (error) {
      return error.reason;
    }
  }, server.url);
}

const titles = (page) => page.evaluate(() => self.replica.tasks().map(({ title }) => title).sort());

test("what is written offline survives a kill of the browser, and one tab at a time can write", async () => {
  let page = await openApp();
  assert.equal(await openReplica(page), "open");
  await page.evaluate(async ([username, word]) => {
    await self.session.api.auth.register({ username, email: `${username}@example.com`, password: word });
    await self.session.signIn(username, word);
    await self.replica.createTask({ title: "Buy milk" });
    await self.replica.sync();
  }, [`user-${randomUUID().slice(0, 20)}`, password]);

  // Safari before 15.4 has no Web Locks.
  if (!isOlderBrowser) assert.equal(await openReplica(await newTab()), "store_in_use");
  await context.setOffline(true);
  await page.evaluate(async () => {
    const [{ id }] = self.replica.tasks();
    await self.replica.patchTask(id, { title: "Buy oat milk" });
    await self.replica.createTask({ title: "Pay rent" });
    await self.replica.sync().then(() => Promise.reject(new Error("There is no connection.")), () => undefined);
  });
  // Browsers write localStorage to the disk some seconds later, so that the kill may lose the tokens.
  const tokens = await page.evaluate(() => localStorage.getItem("tokens"));
  await kill();

  page = await openApp();
  await page.evaluate((kept) => localStorage.setItem("tokens", kept), tokens);
  assert.equal(await openReplica(page), "open");
  assert.deepEqual(await titles(page), ["Buy oat milk", "Pay rent"]);
  assert.equal(await page.evaluate(() => self.replica.changes().length), 2);
  await page.evaluate(() => self.replica.sync());
  const stored = await page.evaluate(async () => (await self.session.api.tasks.list()).items.map(({ title }) => title).sort());
  assert.deepEqual(stored, ["Buy oat milk", "Pay rent"]);
  assert.deepEqual(await page.evaluate(() => self.replica.changes()), []);

  await page.evaluate(() => self.replica.close());
  const next = await newTab();
  assert.equal(await openReplica(next), "open");
  assert.deepEqual(await titles(next), ["Buy oat milk", "Pay rent"]);
});

/** As the system does when it needs the memory. */
async function kill() {
  const closed = new Promise((resolve) => context.once("close", resolve));
  const devtools = await context.browser().newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  process.kill(processInfo.find(({ type }) => type === "browser").id, "SIGKILL");
  await closed;
}
