import assert from "node:assert/strict";
import { createECDH, randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { launchOptions, startSite } from "./app.js";
import { startServer } from "./server.js";

const password = "correct horse battery staple";

let site;
let server;
let browser;
let page;
let deviceId;
let deliver;

before(async () => {
  site = await startSite();
  server = await startServer({ settings: { Cors__Origins__0: site.origin, Jobs__OverdueScanSeconds: "1", RateLimits__Enabled: "false" } });
  browser = await chromium.launch(launchOptions);
});

/** Opens the app in a new profile that allows notifications, with a user who is signed in and a device that is registered. */
beforeEach(async () => {
  const context = await browser.newContext({ locale: "en-US" });
  await context.grantPermissions(["notifications"], { origin: site.origin });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const devtools = await context.newCDPSession(page);
  const registrationId = new Promise((resolve) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [registration] }) => {
      if (registration) resolve(registration.registrationId);
    });
  });
  await devtools.send("ServiceWorker.enable");
  await page.goto(site.origin);
  await stubPushService();
  deviceId = randomUUID();
  await page.evaluate(openApp, { url: server.url, username: `user-${deviceId.slice(0, 20)}`, password, deviceId });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  // The message is delivered when the worker has finished with it.
  deliver = async (message) => {
    await worker.evaluate(() => {
      const { waitUntil } = ExtendableEvent.prototype;
      self.work = new Promise((resolve) => {
        ExtendableEvent.prototype.waitUntil = function (work) {
          ExtendableEvent.prototype.waitUntil = waitUntil;
          this.waitUntil(work);
          resolve(work);
        };
      });
    });
    const data = JSON.stringify(message);
    await devtools.send("ServiceWorker.deliverPushMessage", { origin: site.origin, registrationId: await registrationId, data });
    await worker.evaluate(() => self.work);
  };
});

after(async () => {
  await browser?.close();
  await server?.stop();
  site?.stop();
});

/** The browser gets no subscription of its own, because its push service cannot be reached from here. */
async function stubPushService() {
  const keys = createECDH("prime256v1");
  keys.generateKeys();
  const subscription = {
    endpoint: `https://fcm.googleapis.com/fcm/send/${randomUUID()}`,
    keys: { p256dh: keys.getPublicKey("base64url"), auth: randomBytes(16).toString("base64url") },
  };
  await page.evaluate((json) => {
    PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
      window.subscribedWith = [userVisibleOnly, applicationServerKey.length, applicationServerKey[0]];
      return { toJSON: () => json };
    };
  }, subscription);
}

async function openApp({ url, username, password, deviceId }) {
  const { FitnessifySession, registerWebPush, answerServiceWorker } = await import("/index.js");
  const session = new FitnessifySession(url);
  await session.api.auth.register({ username, email: `${username}@example.com`, password });
  await session.signIn(username, password, "Browser");
  window.session = session;
  const showTask = (taskId) => (document.title = taskId);
  answerServiceWorker(session, { onClick: ({ taskId }) => showTask(taskId) });
  await registerWebPush(session, { deviceId, serviceWorkerUrl: "/service-worker.js", preview: true });
}

/** Follows the notifications of the user on the page, from the beginning or after the id. */
async function follow(after = "00000000-0000-0000-0000-000000000000") {
  await page.evaluate((after) => {
    window.streamed = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const notification of session.notifications({ after, signal: stop.signal })) window.streamed.push(notification);
    })();
    window.unfollow = () => (stop.abort(), following.catch(() => undefined));
  }, after);
}

/** The notification about the task, as soon as the server has it. */
function notificationOf(title) {
  return page.evaluate(async (title) => {
    for (;;) {
      const found = (await session.api.notifications.list()).items.find((notification) => notification.title === title);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }, title);
}

/** What the user sees of the app, the latest first. */
function shown() {
  return page.evaluate(async () => {
    const notifications = await (await navigator.serviceWorker.getRegistration()).getNotifications();
    return notifications.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
  });
}

test("the README of the client shows what the page does", async () => {
  const readme = await readFile(new URL("../../clients/typescript/README.md", import.meta.url), "utf8");
  const [, code] = /^```ts\n(.*?)^```/ms.exec(readme);
  for (const line of code.trimEnd().split("\n")) assert(`${openApp}`.includes(`\n  ${line}\n`), line);
});

test("a page registers its subscription as a device of its session", async () => {
  const devices = await page.evaluate(async () => (await session.api.devices.list()).items);
  assert.deepEqual(devices.map(({ id, platform, preview }) => ({ id, platform, preview })), [
    { id: deviceId, platform: "webPush", preview: true },
  ]);
  // The key of the server is an uncompressed point.
  assert.deepEqual(await page.evaluate(() => window.subscribedWith), [true, 65, 4]);
});

test("a push message is shown once, and a dismissal takes it back", async () => {
  const reminder = { id: randomUUID(), type: "taskReminder", taskId: randomUUID() };
  const overdue = { id: randomUUID(), type: "taskOverdue", taskId: randomUUID() };
  const shownReminder = { title: "Pay rent", body: "A task is due soon", tag: reminder.id, data: reminder };
  await deliver({ ...reminder, title: "Pay rent" });
  assert.deepEqual(await shown(), [shownReminder]);
  await deliver({ ...reminder, title: "Pay rent" });
  assert.deepEqual(await shown(), [shownReminder]);

  await deliver(overdue);
  const shownOverdue = { title: "A task is overdue", body: "", tag: overdue.id, data: overdue };
  assert.deepEqual(new Set(await shown()), new Set([shownReminder, shownOverdue]));
  await deliver({ ...reminder, type: "dismiss" });
  assert.deepEqual(await shown(), [shownOverdue]);
  await deliver({ ...overdue, type: "dismiss" });
  assert.deepEqual(await shown(), []);
});

test("what the stream of a visible page delivers is not shown, and what was shown is not streamed", async () => {
  const add = (title) => page.evaluate((title) => session.api.tasks.create({ title, dueAt: "2020-01-01T18:00:00Z" }), title);
  const titles = (count) =>
    page
      .waitForFunction((count) => window.streamed.length === count && window.streamed.map(({ title }) => title), count)
      .then((handle) => handle.jsonValue());
  await follow();
  await add("first");
  assert.deepEqual(await titles(1), ["first"]);
  const [{ id, type, taskId }] = await page.evaluate(() => window.streamed);
  await deliver({ id, type, taskId });
  assert.deepEqual(await shown(), []);

  // The stream ends, so that the second one arrives by push first.
  await page.evaluate(() => window.unfollow());
  await add("second");
  const second = await notificationOf("second");
  await deliver({ id: second.id, type: second.type, taskId: second.taskId });
  assert.deepEqual((await shown()).map(({ tag }) => tag), [second.id]);
  await follow(id);
  await add("third");
  assert.deepEqual(await titles(1), ["third"]);
});
