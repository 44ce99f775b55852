import {
  FitnessifyError, FitnessifySession, type PushMessage, WebPushError, answerServiceWorker, registerWebPush, unregisterWebPush,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { json, problem, streaming } from "./server.js";

const DEVICE = "7a3f0c1e-52c4-4b57-8a51-2f1d0e9b8c7a";
const ID = "0192f6a2-7c1e-7d3b-9a55-1f2e3d4c5b6a";
const MESSAGE = { id: ID, type: "taskReminder" };
// Of 65 bytes, whose base64url has both characters that base64 does not have.
const KEY = `BP__-_${"A".repeat(81)}`;
const CONFIG = "GET /api/v1/push/config";
const PUT = `PUT /api/v1/users/me/devices/${DEVICE}`;
const DELETE = `DELETE /api/v1/users/me/devices/${DEVICE}`;
const DTO = { id: DEVICE, sessionId: ID, platform: "webPush", locale: null, preview: false, createdAt: "", lastSeenAt: "" };

const toBase64Url = (bytes: ArrayBuffer) => Buffer.from(bytes).toString("base64url");

/** A browser with one service worker, whose push service never fails. */
class Browser {
  permission: NotificationPermission = "granted";
  readonly messages = new EventTarget();
  readonly steps: string[] = [];
  subscription: { endpoint: string; key: string; options: { applicationServerKey: ArrayBuffer | null } } | undefined;
  worker: EventTarget & { state: string } = Object.assign(new EventTarget(), { state: "activated" });
  isActive = true;
  #subscriptions = 0;

  readonly registration = (() => {
    const browser = this;
    return {
      get active() {
        return browser.isActive ? browser.worker : null;
      },
      get installing() {
        return browser.isActive ? null : browser.worker;
      },
      waiting: null,
      pushManager: {
        getSubscription: async () => browser.#subscribed(),
        subscribe: async ({ userVisibleOnly, applicationServerKey }: { userVisibleOnly: boolean; applicationServerKey: Uint8Array }) => {
          assert.equal(browser.subscription, undefined);
          assert.equal(userVisibleOnly, true);
          browser.steps.push("subscribe");
          browser.subscribe(applicationServerKey.slice().buffer);
          return browser.#subscribed();
        },
      },
    };
  })();

  readonly serviceWorker = Object.assign(this.messages, {
    startMessages: () => undefined,
    getRegistration: async () => this.registration,
    register: async (url: string) => (this.steps.push(`register ${url}`), this.registration),
  });

  subscribe(key: ArrayBuffer | null): void {
    const endpoint = `https://fcm.googleapis.com/fcm/send/${++this.#subscriptions}`;
    this.subscription = { endpoint, key: key ? toBase64Url(key) : "", options: { applicationServerKey: key } };
  }

  /** A message of the service worker; the result is what the page answers, if it does. */
  async post(data: unknown): Promise<unknown> {
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => (port1.onmessage = (event) => resolve(event.data)));
    this.messages.dispatchEvent(new MessageEvent("message", { data, ports: [port2] as unknown as MessagePort[] }));
    port2.postMessage("no answer");
    return await answer.finally(() => port1.close());
  }

  #subscribed() {
    if (!this.subscription) return null;
    const { endpoint, options } = this.subscription;
    return {
      options,
      toJSON: () => ({ endpoint, keys: { p256dh: `p256dh of ${endpoint}`, auth: `auth of ${endpoint}` } }),
      unsubscribe: async () => (this.steps.push("unsubscribe"), (this.subscription = undefined), true),
    };
  }
}

const GLOBALS = ["navigator", "Notification", "PushManager"];
let browser: Browser;
let calls: [call: string, body: any][];
let answers: Record<string, () => Response>;
let session: FitnessifySession;

beforeEach(() => {
  browser = new Browser();
  const { serviceWorker } = browser;
  const Notification = { requestPermission: async () => (browser.steps.push("ask"), browser.permission) };
  for (const [name, value] of Object.entries({ navigator: { serviceWorker }, Notification, PushManager: class {} })) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }

  calls = [];
  answers = {
    [CONFIG]: () => json({ webPushPublicKey: KEY, fcm: false, apns: false }),
    [PUT]: () => json(DTO),
    [DELETE]: () => new Response(null, { status: 204 }),
  };
  session = new FitnessifySession("http://localhost", {
    fetch: async (input, init) => {
      const call = `${init?.method} ${new URL(String(input)).pathname}`;
      calls.push([call, init?.body ? JSON.parse(String(init.body)) : undefined]);
      return answers[call]!();
    },
  });
});

afterEach(() => GLOBALS.forEach((name) => Reflect.deleteProperty(globalThis, name)));

const register = (more: object = {}) => registerWebPush(session, { deviceId: DEVICE, serviceWorkerUrl: "/worker.js", ...more });
const bodyOf = (number: number, more: object = {}) => {
  const endpoint = `https://fcm.googleapis.com/fcm/send/${number}`;
  return { platform: "webPush", endpoint, p256dh: `p256dh of ${endpoint}`, auth: `auth of ${endpoint}`, ...more };
};

test("a page asks, subscribes with the key of the server and registers the device", async () => {
  assert.deepEqual(await register({ locale: "de", preview: true }), DTO);
  assert.deepEqual(browser.steps, ["ask", "register /worker.js", "subscribe"]);
  assert.equal(browser.subscription?.key, KEY);
  assert.deepEqual(calls, [[CONFIG, undefined], [PUT, bodyOf(1, { locale: "de", preview: true })]]);
});

test("the second registration keeps the subscription and the device", async () => {
  await register();
  await register();
  assert.equal(browser.steps.filter((step) => step === "subscribe").length, 1);
  assert.deepEqual(calls.filter(([call]) => call === PUT).map(([, body]) => body), [bodyOf(1), bodyOf(1)]);
});

for (const key of [new Uint8Array([4, 1, 2]).buffer, null]) {
  test(`a subscription with ${key ? "another" : "an unknown"} key is renewed`, async () => {
    browser.subscribe(key);
    await register();
    assert.deepEqual(browser.steps.slice(2), ["unsubscribe", "subscribe"]);
    assert.deepEqual([browser.subscription?.key, calls.at(-1)], [KEY, [PUT, bodyOf(2)]]);
  });
}

test("the app can bring the registration of its own worker", async () => {
  await registerWebPush(session, { deviceId: DEVICE, registration: browser.registration as unknown as ServiceWorkerRegistration });
  assert.deepEqual(browser.steps, ["ask", "subscribe"]);
});

test("a worker is awaited until it is active", async () => {
  browser.isActive = false;
  browser.worker.state = "installing";
  const listens = new Promise<void>((resolve) => {
    const add = browser.worker.addEventListener.bind(browser.worker);
    browser.worker.addEventListener = (...words: Parameters<typeof add>) => (add(...words), resolve());
  });
  const registering = register();
  await listens;
  assert(!browser.steps.includes("subscribe"));
  browser.worker.state = "activated";
  browser.worker.dispatchEvent(new Event("statechange"));
  await registering;
  assert(browser.steps.includes("subscribe"));
});

test("a worker that cannot be installed is an error", async () => {
  browser.isActive = false;
  browser.worker.state = "redundant";
  await assert.rejects(register(), TypeError);
  assert.equal(browser.subscription, undefined);
});

const failsWith = (reason: string) => (error: unknown) => error instanceof WebPushError && error.reason === reason;

for (const name of GLOBALS) {
  test(`a browser without ${name} is a typed error`, async () => {
    Reflect.deleteProperty(globalThis, name);
    await assert.rejects(register(), failsWith("unsupported"));
    await assert.rejects(unregisterWebPush(session, { deviceId: DEVICE }), failsWith("unsupported"));
    assert.deepEqual([browser.steps, calls], [[], []]);
  });
}

test("a permission that is not given is a typed error, and the server is not called", async () => {
  browser.permission = "denied";
  await assert.rejects(register(), failsWith("permission_denied"));
  browser.permission = "default";
  await assert.rejects(register(), failsWith("permission_dismissed"));
  assert.deepEqual([browser.steps, calls], [["ask", "ask"], []]);
});

test("a server without Web Push is a typed error, and no worker is registered", async () => {
  answers[CONFIG] = () => json({ webPushPublicKey: null, fcm: true, apns: true });
  await assert.rejects(register(), failsWith("not_configured"));
  assert.deepEqual(browser.steps, ["ask"]);
});

test("what is unregistered has no subscription and no device", async () => {
  await register();
  await unregisterWebPush(session, { deviceId: DEVICE });
  assert.equal(browser.subscription, undefined);
  assert.equal(calls.at(-1)?.[0], DELETE);
});

test("unregistering a device that the server does not have is no failure, but others are", async () => {
  answers[DELETE] = () => problem(404, "not_found");
  await unregisterWebPush(session, { deviceId: DEVICE });
  answers[DELETE] = () => problem(403, "forbidden");
  await assert.rejects(unregisterWebPush(session, { deviceId: DEVICE }), FitnessifyError);
});

test("the device is removed even if the browser cannot unsubscribe", async () => {
  const failure = new Error("The push service is gone.");
  browser.registration.pushManager.getSubscription = () => Promise.reject(failure);
  await assert.rejects(unregisterWebPush(session, { deviceId: DEVICE }), failure);
  assert.equal(calls.at(-1)?.[0], DELETE);
});

test("a registered page answers its worker what the stream delivers, and the session learns what the worker shows", async () => {
  await register();
  assert.equal(await browser.post({ fitnessify: "push", message: MESSAGE }), false);
  assert.equal(session.markDelivered(ID), true);
  const other = { ...MESSAGE, id: DEVICE };
  await browser.post({ fitnessify: "shown", message: other });
  assert.equal(session.markDelivered(DEVICE), false);

  answers["GET /api/v1/notifications/stream"] = () => {
    const event = new TextEncoder().encode(`id: 1\ndata: {"id":"${ID.replace("6a", "6b")}"}\n\n`);
    const body = new ReadableStream({ start: (controller) => controller.enqueue(event) });
    return new streaming.Response(body, { headers: { "Content-Type": "text/event-stream" } });
  };
  const stream = session.notifications({ after: ID });
  await stream.next();
  assert.equal(await browser.post({ fitnessify: "push", message: { ...MESSAGE, id: "0192f6a2-7c1e-7d3b-9a55-1f2e3d4c5b6c" } }), true);
  assert.equal(await browser.post({ fitnessify: "push", message: other }), false);
  await stream.return();
});

test("a page learns of clicks and of changes of the subscription until it stops, and ignores other messages", async () => {
  const clicked: PushMessage[] = [];
  let changes = 0;
  const stop = answerServiceWorker(session, { onClick: (message) => clicked.push(message), onSubscriptionChange: () => changes++ });
  await register();
  await browser.post({ fitnessify: "click", message: MESSAGE });
  await browser.post({ fitnessify: "subscriptionChange" });
  for (const data of [undefined, "click", { fitnessify: "click" }, { fitnessify: "click", message: { id: "7" } }, { message: MESSAGE }]) {
    assert.equal(await browser.post(data), "no answer");
  }

  assert.deepEqual([clicked, changes], [[MESSAGE], 1]);
  stop();
  await browser.post({ fitnessify: "click", message: MESSAGE });
  assert.equal(await browser.post({ fitnessify: "push", message: MESSAGE }), "no answer");
  assert.equal(clicked.length, 1);
});
