import {
  FitnessifySession, WebPushError, answerServiceWorker, parsePushMessage, registerFcm, registerWebPush,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { PushService, type Subscription } from "./push-service.js";
import { Worker } from "./push-worker.js";
import { Server } from "./server.js";

const GLOBALS = ["navigator", "Notification", "PushManager"];

let folder: string;
let push: PushService;
let server: Server;

before(async () => {
  push = await PushService.start();
  folder = await mkdtemp(join(tmpdir(), "fitnessify-"));
  const account = join(folder, "firebase.json");
  await writeFile(account, JSON.stringify(serviceAccount()));
  server = await Server.start({ ...push.settings, Push__Fcm__ServiceAccountPath: account });
});

after(async () => {
  GLOBALS.forEach((name) => Reflect.deleteProperty(globalThis, name));
  await server?.stop();
  push?.stop();
  await rm(folder, { recursive: true });
});

/** The key file of an account that Google does not know: this test sends nothing by FCM. */
function serviceAccount(): object {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    project_id: "example",
    client_email: "push@example.iam.gserviceaccount.com",
    private_key_id: "1",
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
    token_uri: "https://oauth2.googleapis.com/token",
  };
}

/** A browser whose subscription is at the push service. Its pages get the events of the service worker by `dispatchEvent`. */
class Browser extends EventTarget {
  permission: NotificationPermission = "granted";
  subscription: Subscription | undefined;

  constructor() {
    super();
    const registration = { active: {}, pushManager: { getSubscription: async () => null, subscribe: this.#subscribe } };
    const serviceWorker = Object.assign(this, { startMessages: () => undefined, register: async () => registration });
    const Notification = { requestPermission: async () => this.permission };
    for (const [name, value] of Object.entries({ navigator: { serviceWorker }, Notification, PushManager: class {} })) {
      Object.defineProperty(globalThis, name, { value, configurable: true });
    }
  }

  #subscribe = async ({ applicationServerKey }: { applicationServerKey: Uint8Array }) => {
    const { endpoint, ...keys } = (this.subscription = await push.subscribe(Buffer.from(applicationServerKey).toString("base64url")));
    return { toJSON: () => ({ endpoint, keys }) };
  };
}

test("push.md contains this code", () => assertShownIn("docs/push.md", "docs-push.test.ts"));

test("a page and a native app show notifications, take them back, and lead to the task", async () => {
  const deviceId = crypto.randomUUID();
  const shown = new Map<string, string>();
  const opened: unknown[] = [];
  const notices: string[] = [];
  const notify = (id: string, text: string) => shown.set(id, text);
  const takeBack = (id: string) => shown.delete(id);
  const showTask = (id: string | undefined) => opened.push(id);
  const showNotice = (text: string) => notices.push(text);
  const tokenOfFirebase = async () => "a-token-of-Firebase";
  const browser = new Browser();
  const worker = new Worker();

  const session = new FitnessifySession(server.url);
  await session.api.auth.register({ username: "nina", email: "nina@example.com", password: "brave lanterns orbit softly" });
  await session.signIn("nina", "brave lanterns orbit softly", "Laptop");
  const phone = new FitnessifySession(server.url);
  await phone.signIn("nina", "brave lanterns orbit softly", "Phone");

  browser.permission = "denied";
  async function switchOnPush(): Promise<void> {
    try {
      await registerWebPush(session, { deviceId, serviceWorkerUrl: "/service-worker.js", preview: true });
    } catch (error) {
      if (!(error instanceof WebPushError)) throw error;
      showNotice(error.message);
    }
  }
  answerServiceWorker(session, { onClick: ({ taskId }) => showTask(taskId), onSubscriptionChange: () => void switchOnPush() });
  await switchOnPush();
  assert.match(notices.join(), /does not allow/);
  browser.permission = "granted";
  await switchOnPush();
  assert.equal(notices.length, 1);
  assert.deepEqual((await session.api.devices.list()).items.map(({ id, preview }) => [id, preview]), [[deviceId, true]]);

  const task = await session.api.tasks.create({ title: "Call the doctor", dueAt: "2026-01-02T09:00:00Z" });
  const overdue = await push.receive(browser.subscription!, 1);
  await worker.push(overdue);
  assert.deepEqual([...worker.shown.values()].map(({ title }) => title), ["Call the doctor"]);
  browser.dispatchEvent(new MessageEvent("message", { data: { fitnessify: "click", message: overdue } }));
  assert.deepEqual(opened, [task.id]);

  // Nothing else of the platform is needed to show what the same messages do in a native app.
  function onPush(data: unknown): void {
    const message = parsePushMessage(data);
    if (message?.type === "dismiss") takeBack(message.id);
    else if (message && session.markDelivered(message.id)) notify(message.id, message.title ?? "A task is due");
  }
  onPush(overdue);
  onPush(overdue);
  onPush({ from: "another sender" });
  assert.deepEqual([...shown.values()], ["Call the doctor"]);

  const { items } = await phone.api.notifications.list();
  await phone.api.notifications.read(items[0]!.id);
  const dismissal = await push.receive(browser.subscription!, 2);
  await worker.push(dismissal);
  onPush(dismissal);
  assert.deepEqual([worker.shown.size, shown.size], [0, 0]);

  const { fcm } = await session.api.devices.getConfig();
  if (fcm) await registerFcm(session, { deviceId, token: await tokenOfFirebase() });
  assert.deepEqual((await session.api.devices.list()).items.map(({ id, platform }) => [id, platform]), [[deviceId, "fcm"]]);
});
