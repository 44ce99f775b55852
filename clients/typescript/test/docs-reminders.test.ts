import { FROM_THE_BEGINNING, FitnessifySession, addDays, dueDate, dueMoment, localDue, reminderMoment } from "@fitnessify/client";
import type { DueDto } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { type Server, share } from "./server.js";

let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

test("reminders.md contains this code", () => assertShownIn("docs/reminders.md", "docs-reminders.test.ts"));

test("a user says when tasks are due, is reminded, snoozes and completes", async () => {
  const shown: string[] = [];
  const show = (text: string) => shown.push(text);

  const session = new FitnessifySession(server.url);
  await session.api.auth.register({ username: "hanna", email: "hanna@example.com", password: "brave lanterns orbit softly" });
  await session.signIn("hanna", "brave lanterns orbit softly", "Phone");

  const zone = "Europe/Berlin";
  const me = await session.api.users.getMe();
  if (me.timeZone !== zone) await session.api.users.updateMe({ timeZone: zone });
  const medicine = await session.api.tasks.create({
    title: "Take the medicine",
    due: { date: "2030-01-15", time: "08:00" },
    reminders: [10, 1440],
  });
  assert.equal(medicine.dueAt, "2030-01-15T07:00:00.000Z");

  const moved = await session.api.tasks.patch(medicine.id, { due: { date: addDays(medicine.due!.date, 1) } });
  assert.deepEqual(moved.due, { date: "2030-01-16", time: "08:00", timeZone: null });

  await session.api.tasks.create({ title: "Find the passport", dueAt: new Date(Date.now() + 3_600_000).toISOString(), reminders: [1440] });
  for await (const { id, title } of session.notifications({ after: FROM_THE_BEGINNING })) {
    show(`Remember: ${title}`);
    await session.api.notifications.snooze(id, { minutes: 10 });
    const { status } = await session.api.notifications.complete(id);
    show(`${title}: ${status}`);
    break;
  }
  assert.deepEqual(shown.splice(0), ["Remember: Find the passport", "Find the passport: done"]);

  function describe(due: DueDto): string {
    const { date: today } = localDue(new Date(), zone);
    const date = dueDate(due, zone);
    const day = date === today ? "today" : date === addDays(today, 1) ? "tomorrow" : date;
    return due.time === null ? day : `${day} at ${localDue(dueMoment(due, zone), zone).time}`;
  }
  show(describe(moved.due!));
  const { date: today } = localDue(new Date(), zone);
  show(describe({ date: addDays(today, 1), time: null, timeZone: null }));
  show(describe({ date: "2030-01-15", time: "20:00", timeZone: "America/New_York" }));
  assert.deepEqual(shown.splice(0), ["2030-01-16 at 08:00", "tomorrow", "2030-01-16 at 02:00"]);

  const due = { date: "2030-01-17", time: "07:30", timeZone: null };
  const predicted = dueMoment(due, zone);
  const alarms = moved.reminders.map((minutes) => reminderMoment(due, minutes, zone));
  assert.equal((await session.api.tasks.patch(moved.id, { due })).dueAt, predicted);
  assert.deepEqual(alarms, ["2030-01-17T06:20:00.000Z", "2030-01-16T06:30:00.000Z"]);
});
