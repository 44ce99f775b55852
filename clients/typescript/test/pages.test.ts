import { type CallOptions, FitnessifySession, type Middleware } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { ADMIN, PASSWORD, Server } from "./server.js";

const COUNT = 250;
let server: Server;
let session: FitnessifySession;
let urls: URL[] = [];

const recordUrls: Middleware = (request, next) => (urls.push(new URL(request.url)), next(request));
const titleOf = (number: number) => `Task ${String(number).padStart(3, "0")}`;

/** Signs in a user who has 250 tasks with a label, and 10 without. */
before(async () => {
  server = await Server.start();
  session = await server.signUp({ middleware: [recordUrls] });
  const tasks = Array.from({ length: COUNT + 10 }, (_, number) => ({ title: titleOf(number), labels: number < COUNT ? ["shop"] : [] }));
  await batch(tasks.map((task) => ({ op: "create", task })));
});
beforeEach(() => void (urls = []));
after(() => server.stop());

async function batch(operations: { op: string; id?: string; task?: object }[]): Promise<void> {
  for (let start = 0; start < operations.length; start += 100) {
    const { results } = await session.api.tasks.batch({ operations: operations.slice(start, start + 100), atomic: true });
    assert(results.every(({ status }) => status < 300));
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

test("tasks returns all tasks of a filter in their order, in as few pages as there can be", async () => {
  const tasks = await collect(session.tasks({ label: ["shop"], sort: "title" }));
  assert.deepEqual(tasks.map(({ title }) => title), Array.from({ length: COUNT }, (_, number) => titleOf(number)));
  assert.equal(urls.length, 2);
  const [first, second] = urls.map(({ searchParams }) => searchParams);
  assert.deepEqual([...first!], [["label", "shop"], ["sort", "title"], ["limit", "200"]]);
  // The filter goes with each page.
  assert.deepEqual([...second!].slice(0, 3), [...first!]);
  assert(second!.get("cursor"));
});

test("the size of a page can be chosen", async () => {
  const tasks = await collect(session.api.tasks.all({ label: ["shop"], limit: 125 }));
  assert.equal(new Set(tasks.map(({ id }) => id)).size, COUNT);
  assert.deepEqual(urls.map(({ searchParams }) => searchParams.get("limit")), ["125", "125"]);
});

test("a list without items is empty", async () => {
  assert.deepEqual(await collect(session.tasks({ label: ["nothing"] })), []);
  assert.equal(urls.length, 1);
});

test("nothing is fetched before the loop begins, and nothing more after it has ended", async () => {
  const tasks = session.tasks();
  await session.getTokens();
  assert.equal(urls.length, 0);
  let seen = 0;
  for await (const { title } of tasks) {
    assert(title);
    if (++seen === 200) break;
  }
  assert.equal(urls.length, 1);
  assert.deepEqual(await tasks.next(), { value: undefined, done: true });
  assert.equal(urls.length, 1);
});

test("a signal ends the loop before the next page", async () => {
  const stop = new AbortController();
  let seen = 0;
  const loop = async () => {
    for await (const { title } of session.tasks({ signal: stop.signal })) {
      assert(title);
      if (++seen === 150) stop.abort();
    }
  };
  await assert.rejects(loop, { name: "AbortError" });
  // The rest of the page is there already.
  assert.deepEqual([seen, urls.length], [200, 1]);
});

test("a refusal of a later page ends the loop with its error", async () => {
  const damageCursor: Middleware = (request, next) => next({ ...request, url: request.url.replace("cursor=", "cursor=x") });
  const refused = new FitnessifySession(server.url, { middleware: [recordUrls, damageCursor] });
  await refused.signIn((await session.api.users.getMe()).username, PASSWORD);
  urls = [];
  let seen = 0;
  const loop = async () => {
    for await (const { title } of refused.tasks()) {
      assert(title);
      seen++;
    }
  };
  await assert.rejects(loop, { status: 400 });
  assert.deepEqual([seen, urls.length], [200, 2]);
});

test("trash returns all deleted tasks, latest first, and they are not among the tasks", async () => {
  const other = await server.signUp({ middleware: [recordUrls] });
  const kept = await other.api.tasks.create({ title: "Kept" });
  const ids: string[] = [];
  for (let part = 0; part < 3; part++) {
    const creates = Array.from({ length: 70 }, () => ({ op: "create", task: { title: "Deleted" } }));
    const created = (await other.api.tasks.batch({ operations: creates })).results.map(({ task }) => task!.id);
    await other.api.tasks.batch({ operations: created.map((id) => ({ op: "delete", id })) });
    ids.push(...created);
  }

  urls = [];
  const trash = await collect(other.trash());
  assert.deepEqual(trash.map(({ id }) => id).sort(), ids.sort());
  assert(trash.every(({ deletedAt }, index) => index === 0 || deletedAt! <= trash[index - 1]!.deletedAt!));
  assert.deepEqual(urls.map(({ pathname }) => pathname), ["/api/v1/tasks/trash", "/api/v1/tasks/trash"]);
  assert.deepEqual((await collect(other.tasks())).map(({ id }) => id), [kept.id]);
});

type Page = { items: { id: string }[]; nextCursor: string | null };
type PageOptions = CallOptions & { limit: number; cursor?: string | undefined };

test("each list with pages has an iterator that returns what is on them", async () => {
  const user = await server.signUp();
  for (let title = 0; title < 5; title++) await user.api.tasks.create({ title: `Due ${title}`, dueAt: "2020-01-01T18:00:00Z" });
  for (let wait = 0; (await user.api.notifications.countUnread()).count < 5; wait++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert(wait < 400, "There are no notifications.");
  }

  for (let change = 0; change < 4; change++) await user.signIn((await user.api.users.getMe()).username, PASSWORD);
  const { id } = await user.api.users.getMe();
  const admin = new FitnessifySession(server.url);
  await admin.signIn(ADMIN.username, ADMIN.password);
  const lists: Record<string, [all: AsyncIterable<{ id: string }>, list: (options: PageOptions) => Promise<Page>]> = {
    notifications: [user.api.notifications.all({ limit: 2 }), user.api.notifications.list],
    securityEvents: [user.api.users.allSecurityEvents({ limit: 2 }), user.api.users.listSecurityEvents],
    users: [admin.api.admin.allUsers({ limit: 1 }), admin.api.admin.listUsers],
    auditEvents: [
      admin.api.admin.allAuditEvents({ limit: 2, userId: id }),
      (options) => admin.api.admin.listAuditEvents({ ...options, userId: id }),
    ],
  };
  for (const [name, [all, list]] of Object.entries(lists)) {
    const onPages: string[] = [];
    let pages = 0;
    for (let cursor: string | undefined | null; cursor !== null; pages++) {
      const page: Page = await list({ limit: 2, cursor });
      onPages.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    }

    assert(pages > 1, name);
    assert.deepEqual((await collect(all)).map((item) => item.id), onPages, name);
  }
});
