import { FitnessifySession } from "@fitnessify/client";
import { MemoryOfflineStore, OfflineReplica } from "@fitnessify/client/offline";
import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";
import { PASSWORD, newName, share } from "./server.js";

// As in a browser that has lost its connection before it has loaded the code.
const hooks = `export async function resolve(specifier, context, next) {
  if (specifier.endsWith("/offline-schedule.js")) throw new Error("Failed to fetch dynamically imported module");
  return next(specifier, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

test("without the code of dues and series, what is written waits, and is complete after the sync", async (context) => {
  const { server } = await share();
  context.after(() => server.stop());
  const session = new FitnessifySession(server.url);
  const replica = await OfflineReplica.open(session, new MemoryOfflineStore(), { timeZone: "Europe/Berlin" });
  const { id, due, dueAt } = await replica.createTask({ title: "Run", due: { date: "2030-12-02" }, recurrence: { rule: "FREQ=DAILY" } });
  assert.deepEqual([due, dueAt], [{ date: "2030-12-02", time: null, timeZone: null }, null]);
  await replica.patchTask(id, { status: "done" });
  assert.equal(replica.tasks().length, 1);

  const username = newName();
  await session.api.auth.register({ username, email: `${username}@example.com`, password: PASSWORD });
  await session.signIn(username, PASSWORD);
  await session.api.users.updateMe({ timeZone: "Europe/Berlin" });
  await replica.sync();
  assert.equal(replica.task(id)!.dueAt, "2030-12-02T22:59:59.999Z");
  assert.deepEqual(replica.tasks().map(({ due, status }) => [due!.date, status]).sort(), [["2030-12-02", "done"], ["2030-12-03", "todo"]]);
});
