import { ErrorCode, FitnessifyError, FitnessifySession, etagOf, type TaskDto, type TaskPatch } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { Server } from "./server.js";

let server: Server;

before(async () => void (server = await Server.start()));
after(() => server.stop());

test("offline-sync.md contains this code", () => assertShownIn("docs/offline-sync.md", "docs-offline-sync.test.ts"));

test("two devices that are sometimes offline stay in sync", async () => {
  const session = new FitnessifySession(server.url);
  await session.api.auth.register({ username: "cleo", email: "cleo@example.com", password: "brave lanterns orbit softly" });
  await session.signIn("cleo", "brave lanterns orbit softly", "Phone");
  const tablet = new FitnessifySession(server.url);
  await tablet.signIn("cleo", "brave lanterns orbit softly", "Tablet");

  const copies = new Map<string, TaskDto>();
  let since: string | undefined;

  async function pull(): Promise<void> {
    try {
      for await (const page of session.sync(since)) {
        for (const { id, deleted, task } of page.items) {
          if (deleted) copies.delete(id);
          else copies.set(id, task!);
        }
        since = page.next;
      }
    } catch (error) {
      const beginAnew = [ErrorCode.syncTokenExpired, ErrorCode.invalidSyncToken] as string[];
      if (!(error instanceof FitnessifyError) || since === undefined || !beginAnew.includes(error.code)) throw error;
      copies.clear();
      since = undefined;
      await pull();
    }
  }

  const id = crypto.randomUUID();
  const milk = await session.createTask({ title: "Buy milk", labels: ["home"] }, id);
  await session.createTask({ title: "Buy milk", labels: ["home"] }, id);
  await pull();
  assert.deepEqual([...copies.values()], [milk]);

  async function push(id: string, patch: TaskPatch, base: TaskDto): Promise<TaskDto> {
    try {
      return await session.api.tasks.patch(id, patch, { ifMatch: etagOf(base) });
    } catch (error) {
      if (!(error instanceof FitnessifyError) || error.code !== ErrorCode.preconditionFailed) throw error;
      return await push(id, patch, error.problem.current!);
    }
  }
  await tablet.api.tasks.patch(id, { priority: "high" });
  const merged = await push(id, { title: "Buy oat milk" }, copies.get(id)!);
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
  await tablet.api.tasks.delete(id);
  await pull();
  assert.deepEqual([...copies.values()].map(({ title }) => title), ["Pay rent"]);
  since = "from another server";
  copies.set(id, merged);
  await pull();
  assert.deepEqual([...copies.values()].map(({ title }) => title), ["Pay rent"]);
});
