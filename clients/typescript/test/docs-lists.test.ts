import { FitnessifySession, move } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { type Server, share } from "./server.js";

let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

test("lists.md contains this code", () => assertShownIn("docs/lists.md", "docs-lists.test.ts"));

test("a user keeps tasks in a list, orders them and ticks a checklist", async () => {
  const session = new FitnessifySession(server.url);
  await session.api.auth.register({ username: "flora", email: "flora@example.com", password: "brave lanterns orbit softly" });
  await session.signIn("flora", "brave lanterns orbit softly", "Phone");

  const birthday = await session.api.lists.create({ name: "Birthday", color: "#8e24aa" });
  await session.api.tasks.create({ title: "Send invitations", listId: birthday.id });
  const cake = await session.api.tasks.create({ title: "Bake the cake", listId: birthday.id });
  const candles = await session.api.tasks.create({ title: "Buy candles", listId: birthday.id });

  const { items } = await session.api.tasks.list({ list: birthday.id, sort: "position" });
  for (const { id, position } of move(items, candles.id, 1)) await session.api.tasks.patch(id, { position });
  const moved = await session.api.tasks.list({ list: birthday.id, sort: "position" });
  assert.deepEqual(moved.items.map(({ title }) => title), ["Send invitations", "Buy candles", "Bake the cake"]);

  await session.api.tasks.patch(cake.id, { checklist: { dough: { title: "Make the dough" }, oven: { title: "Heat the oven" } } });
  await session.api.tasks.patch(cake.id, { checklist: { dough: { done: true } } });
  const { checklist } = await session.api.tasks.get(cake.id);
  assert.deepEqual(Object.entries(checklist).map(([key, { done }]) => [key, done]), [["dough", true], ["oven", false]]);
});
