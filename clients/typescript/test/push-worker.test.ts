import { parsePushMessage } from "@fitnessify/client";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Page, Worker } from "./push-worker.js";

const ID = "0192f6a2-7c1e-7d3b-9a55-1f2e3d4c5b6a";
const OTHER = "0192f6a2-7c1e-7d3b-9a55-1f2e3d4c5b6b";
const TASK = "0192f6a2-0000-7abc-8def-aabbccddeeff";
const REMINDER = { id: ID, type: "taskReminder", taskId: TASK };
const APP = "https://app.example/app/";

test("a notification has the id as its tag, and a second one with the same id replaces it silently", async () => {
  const worker = new Worker();
  await worker.push({ ...REMINDER, title: "Pay rent" });
  await worker.push({ ...REMINDER, title: "Pay the rent" });
  await worker.push({ ...REMINDER, id: OTHER });
  assert.deepEqual([...worker.shown.values()], [
    { title: "Pay the rent", body: "A task is due soon", tag: ID, data: REMINDER },
    { title: "A task is due soon", tag: OTHER, data: { ...REMINDER, id: OTHER } },
  ]);
  assert(worker.log.every((notification) => !notification.renotify));
});

test("a dismissal closes what is shown with its id and shows nothing", async () => {
  const worker = new Worker();
  await worker.push(REMINDER);
  await worker.push({ ...REMINDER, id: OTHER });
  await worker.push({ id: ID, type: "dismiss", taskId: TASK });
  assert.deepEqual([...worker.shown.keys()], [OTHER]);
  assert.equal(worker.log.length, 2);
});

test("the texts are in the language of the browser, or in English", async () => {
  const titles = async (language: string, options?: object) => {
    const worker = new Worker(options, language);
    for (const type of ["taskOverdue", "taskReminder", "test", "listShared"]) await worker.push({ id: ID, type });
    return worker.log.map(({ title }) => title);
  };
  const english = ["A task is overdue", "A task is due soon", "Push messages arrive on this device", "There is something new"];
  const german = [
    "Eine Aufgabe ist überfällig", "Eine Aufgabe ist bald fällig", "Push-Nachrichten kommen auf diesem Gerät an", "Es gibt etwas Neues",
  ];
  assert.deepEqual(await titles("en-US"), english);
  assert.deepEqual(await titles("de-AT"), german);
  assert.deepEqual(await titles("fr"), english);
  assert.deepEqual(await titles("en-US", { language: "DE" }), german);
  const texts = { taskOverdue: "Too late", listShared: "A list is shared", other: "News" };
  assert.deepEqual(await titles("en-US", { texts }), ["Too late", english[1], english[2], "A list is shared"]);
  assert.deepEqual(await titles("en-US", { texts: { other: "News" } }), [...english.slice(0, 3), "News"]);
});

test("the app chooses the pictures", async () => {
  const worker = new Worker({ icon: "/icon.png", badge: "/badge.png" });
  await worker.push(REMINDER);
  assert.deepEqual([worker.log[0]!.icon, worker.log[0]!.badge], ["/icon.png", "/badge.png"]);
});

test("something is shown for each message that cannot be read, in one place", async () => {
  const worker = new Worker();
  for (const data of [undefined, "", "{", "null", "7", { type: "test" }, { id: "7", type: "test" }]) {
    await worker.push(data);
  }

  assert.equal(worker.log.length, 7);
  assert.deepEqual([...worker.shown.values()], [{ title: "There is something new", tag: "fitnessify", data: undefined }]);
  await worker.click("fitnessify");
  assert.deepEqual([worker.shown.size, worker.pages.length, worker.pages[0]!.messages.length], [0, 1, 0]);
});

test("the worker reads messages as parsePushMessage does", async () => {
  const vectors: { data: unknown }[] = JSON.parse(await readFile(new URL("../../../vectors/push.json", import.meta.url), "utf8"));
  for (const { data } of vectors) {
    const message = parsePushMessage(data);
    if (message?.type === "dismiss") continue;
    const worker = new Worker();
    await worker.push(data);
    const { title, ...known } = message ?? {};
    assert.deepEqual(worker.log[0]!.data, message && known);
    if (title !== undefined) assert.equal(worker.log[0]!.title, title);
  }
});

test("nothing is shown while a visible page delivers the notification itself", async () => {
  const worker = new Worker();
  const [first, second] = [new Page(APP), new Page(`${APP}tasks`)];
  first.answers = (port) => port.postMessage(false);
  second.answers = (port) => port.postMessage(true);
  worker.pages = [first, second];
  await worker.push({ ...REMINDER, title: "Pay rent" });
  assert.equal(worker.log.length, 0);
  assert.deepEqual(first.messages, [{ fitnessify: "push", message: { ...REMINDER, title: "Pay rent" } }]);
  assert.deepEqual(second.messages, first.messages);
});

test("what no page delivers is shown, and all pages learn that", async () => {
  const worker = new Worker();
  const [visible, hidden, foreign] = [new Page(APP), new Page(APP, "hidden"), new Page("https://app.example/blog/")];
  visible.answers = (port) => port.postMessage(false);
  hidden.answers = foreign.answers = () => assert.fail("This page is asked.");
  worker.pages = [hidden, visible, foreign];
  await worker.push(REMINDER);
  assert.deepEqual([...worker.shown.keys()], [ID]);
  assert.equal(worker.endWait, undefined);
  assert.deepEqual(visible.messages.at(-1), { fitnessify: "shown", message: REMINDER });
  assert.deepEqual(hidden.messages, [{ fitnessify: "shown", message: REMINDER }]);
  assert.deepEqual(foreign.messages, []);
});

test("a page that does not answer in time delays the notification no longer", async () => {
  const worker = new Worker();
  const page = new Page(APP);
  const ports: MessagePort[] = [];
  page.answers = (port) => void ports.push(port);
  worker.pages = [page];
  const waiting = new Promise<void>((resolve) => (worker.onWait = resolve));
  const pushed = worker.push(REMINDER);
  await waiting;
  assert.equal(worker.log.length, 0);
  worker.endWait!();
  await pushed;
  assert.equal(worker.log.length, 1);
  for (const port of ports) port.close();
});

test("in Safari a notification is always shown", async () => {
  const worker = new Worker();
  worker.endpoint = "https://web.push.apple.com/Q1";
  const page = new Page(APP);
  page.answers = (port) => port.postMessage(true);
  worker.pages = [page];
  await worker.push(REMINDER);
  assert.equal(worker.log.length, 1);
  assert.deepEqual(page.messages, [{ fitnessify: "shown", message: REMINDER }]);
});

test("a click brings the latest page of the app to the front and gives it the message", async () => {
  const worker = new Worker();
  const [foreign, latest, older] = [new Page("https://app.example/blog/"), new Page(`${APP}lists`), new Page(APP)];
  worker.pages = [foreign, latest, older];
  await worker.push(REMINDER);
  await worker.click(ID);
  assert.equal(worker.shown.size, 0);
  assert.deepEqual([foreign, latest, older].map(({ isFocused }) => isFocused), [false, true, false]);
  assert.deepEqual(latest.messages.at(-1), { fitnessify: "click", message: REMINDER });
  assert.equal(older.messages.at(-1).fitnessify, "shown");
});

test("a page that does not get the focus gets the message all the same", async () => {
  const worker = new Worker();
  const page = new Page(APP);
  await worker.push(REMINDER);
  page.isFocusRefused = true;
  worker.pages = [page];
  await worker.click(ID);
  assert.deepEqual(page.messages, [{ fitnessify: "click", message: REMINDER }]);
});

test("a click opens the app where no page of it is open", async () => {
  for (const [url, opened] of [[undefined, APP], ["tasks", `${APP}tasks`], ["/start", "https://app.example/start"]]) {
    const worker = new Worker({ url });
    await worker.push(REMINDER);
    await worker.click(ID);
    assert.deepEqual(worker.pages.map((page) => page.url), [opened]);
    assert.deepEqual(worker.pages[0]!.messages, [{ fitnessify: "click", message: REMINDER }]);
  }
});

test("a click on a notification of the app itself is left to the app", async () => {
  const worker = new Worker();
  for (const tag of ["chat", ""]) {
    worker.shown.set(tag, { title: "Hello", tag });
    await worker.click(tag);
    assert.deepEqual([worker.shown.has(tag), worker.pages.length], [true, 0]);
  }
});

test("the pages learn that the subscription has changed", async () => {
  const worker = new Worker();
  worker.pages = [new Page(APP, "hidden")];
  await worker.changeSubscription();
  assert.deepEqual(worker.pages[0]!.messages, [{ fitnessify: "subscriptionChange" }]);
});
