import { ErrorCode, FitnessifyError, FitnessifySession, etagOf, move } from "@fitnessify/client";
import type { ListDto, TaskDto, TaskInput, TaskPatch } from "@fitnessify/client";
import { comparePositions } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { type Server, share } from "./server.js";

let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

test("offline-sync.md contains this code", () => assertShownIn("docs/offline-sync.md", "docs-offline-sync.test.ts"));

test("two devices that are sometimes offline stay in sync", async () => {
  const session = new FitnessifySession(server.url);
  await session.api.auth.register({ username: "cleo", email: "cleo@example.com", password: "brave lanterns orbit softly" });
  await session.signIn("cleo", "brave lanterns orbit softly", "Phone");
  const tablet = new FitnessifySession(server.url);
  await tablet.signIn("cleo", "brave lanterns orbit softly", "Tablet");

  const tasks = new Map<string, TaskDto>();
  const lists = new Map<string, ListDto>();
  let since: string | undefined;

  async function pull(): Promise<void> {
    try {
      for await (const page of session.sync(since)) {
        for (const { kind, id, task, list } of page.items) {
          if (task) tasks.set(id, task);
          else if (list) lists.set(id, list);
          else if (kind === "task") tasks.delete(id);
          else if (kind === "list") lists.delete(id);
        }
        since = page.next;
      }
    } catch (error) {
      const beginAnew = [ErrorCode.syncTokenExpired, ErrorCode.invalidSyncToken] as string[];
      if (!(error instanceof FitnessifyError) || since === undefined || !beginAnew.includes(error.code)) throw error;
      tasks.clear();
      lists.clear();
      since = undefined;
      await pull();
    }
  }

  const groceries = await session.api.lists.replace(crypto.randomUUID(), { name: "Groceries" }, { ifNoneMatch: "*" });
  const id = crypto.randomUUID();
  const milk = await session.createTask({ title: "Buy milk", labels: ["home"] }, id);
  await session.createTask({ title: "Buy milk", labels: ["home"] }, id);
  await pull();
  assert.deepEqual([...tasks.values()], [milk]);
  assert.deepEqual([...lists.values()], [groceries]);

  async function push(id: string, patch: TaskPatch, base: TaskDto): Promise<TaskDto> {
    try {
      return await session.api.tasks.patch(id, patch, { ifMatch: etagOf(base) });
    } catch (error) {
      if (!(error instanceof FitnessifyError) || error.code !== ErrorCode.preconditionFailed) throw error;
      return await push(id, patch, error.problem.current);
    }
  }
  await tablet.api.tasks.patch(id, { priority: "high" });
  const merged = await push(id, { title: "Buy oat milk" }, tasks.get(id)!);
  assert.deepEqual([merged.title, merged.priority], ["Buy oat milk", "high"]);

  const { results } = await session.api.tasks.batch({
    operations: [
      { op: "create", id: crypto.randomUUID(), task: { title: "Pay rent" } },
      { op: "patch", id, ifMatch: merged.version, task: { status: "done" } },
      { op: "delete", id: crypto.randomUUID() },
    ],
  });
  const failed = results.filter(({ problem }) => problem !== null && problem.code !== ErrorCode.notFound);
  assert.deepEqual(results.map(({ status }) => status), [201, 200, 404]);
  assert.deepEqual(failed, []);

  await tablet.api.lists.delete(groceries.id);
  async function add(task: TaskInput, id: string): Promise<TaskDto> {
    try {
      return await session.createTask(task, id);
    } catch (error) {
      const isListGone = error instanceof FitnessifyError && error.errors.some(({ pointer }) => pointer === "#/listId");
      if (!isListGone) throw error;
      return await session.createTask({ ...task, listId: null }, id);
    }
  }
  const oats = await add({ title: "Buy oats", listId: groceries.id }, crypto.randomUUID());
  assert.equal(oats.listId, null);
  await tablet.api.tasks.delete(id);
  await pull();
  assert.deepEqual([...lists.values()], []);

  const inbox = [...tasks.values()].filter(({ listId }) => listId === null);
  const moves = move(inbox, oats.id, 0);
  await session.api.tasks.batch({ operations: moves.map(({ id, position }) => ({ op: "patch", id, task: { position } })) });
  await pull();
  const titles = () => [...tasks.values()].sort(comparePositions).map(({ title }) => title);
  assert.deepEqual(titles(), ["Buy oats", "Pay rent"]);

  since = "from another server";
  tasks.set(id, merged);
  lists.set(groceries.id, groceries);
  await pull();
  assert.deepEqual(titles(), ["Buy oats", "Pay rent"]);
  assert.deepEqual([...lists.values()], []);
});
