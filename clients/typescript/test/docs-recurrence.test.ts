import { FitnessifySession, addDays, localDue, occurrencesBetween, recurrenceRules, successorOf } from "@fitnessify/client";
import type { TaskDto, TaskPatch } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { type Server, share } from "./server.js";

let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

test("recurrence.md contains this code", () => assertShownIn("docs/recurrence.md", "docs-recurrence.test.ts"));

test("a user repeats a task, sees its history, and completes it without a connection", async () => {
  const shown: string[] = [];
  const show = (text: string) => shown.push(text);

  const session = new FitnessifySession(server.url);
  await session.api.auth.register({ username: "nora", email: "nora@example.com", password: "brave lanterns orbit softly" });
  await session.signIn("nora", "brave lanterns orbit softly", "Phone");
  // It is about noon there, so that the day does not end during the test.
  const ahead = new Date().getUTCHours() - 12;
  const zone = `Etc/GMT${ahead < 0 ? ahead : `+${ahead}`}`;
  await session.api.users.updateMe({ timeZone: zone });

  const { date: today } = localDue(new Date(), zone);
  const stretch = await session.api.tasks.create({
    title: "Stretch",
    due: { date: addDays(today, -3), time: "08:00" },
    reminders: [10],
    recurrence: { rule: recurrenceRules.daily() },
  });
  assert.deepEqual(stretch.recurrence, { rule: "FREQ=DAILY", from: "due" });
  assert.deepEqual([stretch.seriesId, stretch.occurrence], [stretch.id, addDays(today, -3)]);

  await session.api.tasks.patch(stretch.id, { status: "done" });
  const { items } = await session.api.tasks.list({ series: stretch.id, status: ["todo", "inProgress"] });
  const open = items[0]!;
  assert.deepEqual(open.due, { date: today, time: "08:00", timeZone: null });

  const history = await session.api.tasks.getSeries(stretch.id, { from: addDays(today, -6), to: today });
  for (const { date, state } of history.occurrences) show(`${date === today ? "today" : date}: ${state}`);
  show(`${history.currentStreak} in a row, and ${history.longestStreak} at most`);
  assert.deepEqual(shown.splice(0), [
    `${addDays(today, -3)}: done`,
    `${addDays(today, -2)}: missed`,
    `${addDays(today, -1)}: missed`,
    "today: open",
    "0 in a row, and 1 at most",
  ]);

  await session.api.tasks.patch(open.id, { recurrence: { rule: recurrenceRules.timesAWeek(3) } });

  const copies = new Map<string, TaskDto>([[open.id, await session.api.tasks.get(open.id)]]);
  const queue: { id: string; patch: TaskPatch }[] = [];

  function complete(task: TaskDto): TaskDto | null {
    const completedAt = new Date().toISOString();
    queue.push({ id: task.id, patch: { status: "done", completedAt } });
    copies.set(task.id, { ...task, status: "done", completedAt });
    const next = successorOf(task, completedAt, zone);
    if (next && !copies.has(next.id)) copies.set(next.id, next);
    return next;
  }

  const second = complete(copies.get(open.id)!)!;
  const third = complete(second)!;
  show(`Next: ${third.title}, ${third.due!.time}`);
  assert.deepEqual(shown, ["Next: Stretch, 08:00"]);

  for (const { id, patch } of queue) await session.api.tasks.patch(id, patch);
  const stored = await session.api.tasks.get(third.id);
  assert.deepEqual({ ...stored, version: 0, updatedAt: third.updatedAt }, third);

  const dates = occurrencesBetween(third.recurrence!.rule, third.occurrence!, third.occurrence!, addDays(third.occurrence!, 8));
  assert.equal(dates.length, 3);
  assert.equal(dates[2], addDays(third.occurrence!, 7));
});
