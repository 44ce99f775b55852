import { FitnessifySession, etagOf } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { type Server, share } from "./server.js";

let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

test("README.md shows what is done below", () => assertShownIn("README.md", "docs-readme.test.ts"));

test("the example of the README", async () => {
  const printed: string[] = [];
  const console = { log: (text: string) => printed.push(text) };

  const session = new FitnessifySession(server.url);
  await session.api.auth.register({ username: "dora", email: "dora@example.com", password: "correct horse battery staple" });
  await session.signIn("dora", "correct horse battery staple", "Laptop");
  const rent = await session.api.tasks.create({ title: "Pay rent", dueAt: "2030-01-01T18:00:00+01:00" });
  await session.api.tasks.patch(rent.id, { status: "done" }, { ifMatch: etagOf(rent) });
  for await (const { items } of session.sync()) for (const { task } of items) console.log(`${task?.title}: ${task?.status}`);

  assert.deepEqual(printed, ["Pay rent: done"]);
});
