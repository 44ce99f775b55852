import {
  type FitnessifySession,
  type RecurrenceFrom,
  type TaskDto,
  type TaskPatch,
  localDue,
  recurrenceRules,
  successorOf,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Server, share } from "./server.js";

// The day of the person is another one than in UTC during more than half of each day.
const ZONE = "Pacific/Kiritimati";

let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

type Change = { id: string; task: TaskPatch };

// Without a connection an app can send its changes one after the other later, or all of them in one request.
const sendings: Record<string, (session: FitnessifySession, changes: Change[]) => Promise<unknown>> = {
  "one after the other": async (session, changes) => {
    for (const { id, task } of changes) await session.api.tasks.patch(id, task);
  },
  "in a batch": (session, changes) => send(session, changes, false),
  "in an atomic batch": (session, changes) => send(session, changes, true),
};

async function send(session: FitnessifySession, changes: Change[], atomic: boolean): Promise<void> {
  const { results } = await session.api.tasks.batch({ operations: changes.map((change) => ({ op: "patch", ...change })), atomic });
  assert.deepEqual(results.map(({ status }) => status), changes.map(() => 200));
}

for (const [how, sendAll] of Object.entries(sendings)) {
  for (const from of ["due", "completion"] as const) {
    test(`tasks completed offline go on as predicted: counted from ${from}, sent ${how}`, () => completeOffline(from, sendAll));
  }
}

async function completeOffline(from: RecurrenceFrom, sendAll: (session: FitnessifySession, changes: Change[]) => Promise<unknown>) {
  const session = await server.signUp();
  await session.api.users.updateMe({ timeZone: ZONE });
  const list = await session.api.lists.create({ name: "Health" });
  const run = await session.api.tasks.create({
    title: "Run",
    description: "Around the lake",
    priority: "high",
    due: { date: localDue(new Date(), ZONE).date, time: "07:00" },
    reminders: [15],
    recurrence: { rule: recurrenceRules.timesAWeek(3, { count: 3 }), from },
    labels: ["outside"],
    listId: list.id,
    position: "V",
    checklist: { shoes: { title: "Shoes", position: "V" }, water: { title: "Water", done: true, position: "W" } },
  });

  // From here on, the app has no connection.
  const changes: Change[] = [];
  function complete(task: TaskDto, more: TaskPatch = {}): TaskDto | null {
    // A clock with finer steps than those of the API shows that nothing depends on them.
    const completedAt = new Date(Math.max(Date.now(), Date.parse(task.createdAt))).toISOString().replace("Z", "9Z");
    changes.push({ id: task.id, task: { ...more, status: "done", completedAt } });
    return successorOf(task, completedAt, ZONE);
  }
  const second = complete(run);
  assert(second);
  const third = complete(second, { checklist: { shoes: { done: true } } });
  assert(third);
  assert.equal(third.recurrence?.rule, recurrenceRules.timesAWeek(3, { count: 1 }));

  await sendAll(session, changes);
  const moments = changes.map(({ task }) => new Date(task.completedAt!).toISOString());
  assert.deepEqual(await stored(session, run), comparable({ ...run, status: "done", completedAt: moments[0]!, isOverdue: false }));
  const ticked = { ...second.checklist, shoes: { ...second.checklist.shoes!, done: true } };
  assert.deepEqual(
    await stored(session, second),
    comparable({ ...second, checklist: ticked, status: "done", completedAt: moments[1]!, isOverdue: false }),
  );
  assert.deepEqual(await stored(session, third), comparable(third));

  // The device that sends its changes again after a lost answer changes nothing.
  const { items: sent } = await session.api.changes.list();
  await sendAll(session, changes);
  assert.deepEqual((await session.api.changes.list()).items, sent);
  const { items } = await session.api.tasks.list({ series: run.id });
  assert.deepEqual(items.map(({ id }) => id).sort(), [run.id, second.id, third.id].sort());
  assert.equal(complete(third), null);
}

async function stored(session: FitnessifySession, { id }: TaskDto): Promise<object> {
  return comparable(await session.api.tasks.get(id));
}

/** Leaves out what only the server knows. */
function comparable({ version, updatedAt, ...task }: TaskDto): object {
  return task;
}
