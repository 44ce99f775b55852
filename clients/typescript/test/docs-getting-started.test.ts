import { ErrorCode, FROM_THE_BEGINNING, FitnessifyError, FitnessifySession, etagOf } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { type Server, share } from "./server.js";

let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

test("getting-started.md contains this code", () => assertShownIn("docs/getting-started.md", "docs-getting-started.test.ts"));

test("a user takes the first steps", async () => {
  const shown: string[] = [];
  const show = (text: string) => shown.push(text);

  const session = new FitnessifySession(server.url);
  await session.api.auth.register({
    username: "ann",
    email: "ann@example.com",
    password: "correct horse battery staple",
  });

  await session.signIn("ann", "correct horse battery staple", "Phone");
  const me = await session.api.users.getMe();
  show(`Hello, ${me.username}!`);
  assert.deepEqual(shown.splice(0), ["Hello, ann!"]);

  const milk = await session.api.tasks.create({ title: "Buy milk", labels: ["home"] });
  const open = await session.api.tasks.list({ status: ["todo", "inProgress"], sort: "dueAt", limit: 20 });
  for (const { title } of open.items) show(title);
  assert.deepEqual(shown.splice(0), ["Buy milk"]);

  await session.api.tasks.patch(milk.id, { status: "done" }, { ifMatch: etagOf(milk) });
  assert.equal((await session.api.tasks.get(milk.id)).status, "done");

  try {
    await session.api.tasks.create({ title: "" });
  } catch (error) {
    if (!(error instanceof FitnessifyError)) throw error;
    if (error.code === ErrorCode.validationFailed) for (const wrong of error.errors) show(`${wrong.pointer}: ${wrong.code}`);
  }
  assert.deepEqual(shown.splice(0), ["#/title: required"]);

  await session.api.tasks.create({ title: "Pay rent", dueAt: "2026-01-01T18:00:00Z" });
  for await (const { title } of session.notifications({ after: FROM_THE_BEGINNING })) {
    show(`Overdue: ${title}`);
    break;
  }
  assert.deepEqual(shown.splice(0), ["Overdue: Pay rent"]);

  await session.signOut();
  await assert.rejects(session.api.users.getMe(), FitnessifyError);
});
