import { FROM_THE_BEGINNING, FitnessifyError, FitnessifySession, SignedOutError, etagOf } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADMIN, PASSWORD, type Server, newName, share } from "./server.js";

let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

const fails = (code: string) => (error: unknown) => error instanceof FitnessifyError && error.code === code;

test("the tour of docs/tour.md, without HTTP", async () => {
  // The interval matters where fetch has no streams.
  const phone = new FitnessifySession(server.url, { pollInterval: 200 });
  const tablet = new FitnessifySession(server.url);
  const { auth, users, sessions, tasks, changes, notifications, notificationSettings, admin } = phone.api;
  const username = newName();
  const email = `${username}@example.com`;

  const free = await auth.checkUsername(username);
  assert.deepEqual(free, { username, available: true, reason: null });
  const strength = await auth.ratePassword({ password: "P@ssw0rd", username });
  assert.deepEqual([strength.acceptable, strength.reasons], [false, ["too_short", "too_weak"]]);
  const user = await auth.register({ username, email, password: PASSWORD });
  assert("id" in user && user.roles.includes("member"));
  await assert.rejects(auth.register({ username, email, password: PASSWORD }), fails("username_taken"));

  await phone.signIn(username, PASSWORD, "Phone");
  const { sessionId } = await tablet.signIn(email, PASSWORD, "Tablet");
  assert.equal((await users.getMe()).id, user.id);
  assert.deepEqual((await sessions.list()).items.map(({ device, current }) => [device, current]), [["Tablet", false], ["Phone", true]]);
  assert.equal((await phone.refresh()).tokenType, "Bearer");
  await sessions.end(sessionId);
  await assert.rejects(tablet.api.users.getMe(), SignedOutError);
  await users.changePassword({ currentPassword: PASSWORD, newPassword: "seven quiet otters paint" });
  assert.equal((await users.listSecurityEvents({ limit: 1 })).items[0]?.type, "passwordChanged");

  const milk = await tasks.create({ title: "Buy milk", labels: ["home"], dueAt: "2030-01-01T18:00:00+01:00" });
  assert.deepEqual([milk.status, milk.dueAt, milk.version], ["todo", "2030-01-01T17:00:00.000Z", 1]);
  const since = (await changes.list()).next;
  assert.equal((await tasks.list({ label: ["home"], sort: "dueAt" })).items[0]?.title, "Buy milk");
  assert.equal((await tasks.patch(milk.id, { status: "inProgress" }, { ifMatch: etagOf(milk) })).version, 2);
  await assert.rejects(tasks.patch(milk.id, { status: "done" }, { ifMatch: etagOf(milk) }), (error) => {
    assert(fails("precondition_failed")(error));
    assert.equal((error as FitnessifyError).problem.current?.status, "inProgress");
    return true;
  });
  await tasks.delete(milk.id);
  assert.equal((await tasks.listTrash()).items[0]?.id, milk.id);
  assert.equal((await changes.list({ since })).items[0]?.deleted, true);
  assert.equal((await tasks.restore(milk.id)).version, 4);
  const replaced = await tasks.replace(milk.id, { title: "Buy oat milk", priority: "high" }, { ifMatch: '"4"' });
  assert.deepEqual([replaced.priority, replaced.labels, replaced.dueAt], ["high", [], null]);
  const { results } = await tasks.batch({ atomic: true, operations: [{ op: "create", task: { title: "Call Bob" } }, { op: "delete", id: milk.id }] });
  assert.deepEqual(results.map(({ status }) => status), [201, 204]);
  await assert.rejects(
    tasks.batch({ atomic: true, operations: [{ op: "delete", id: milk.id }] }),
    (error) => fails("batch_failed")(error) && (error as FitnessifyError).problem.results?.[0]?.problem?.code === "not_found",
  );
  const summary = await tasks.getSummary({ timeZone: "Europe/Berlin" });
  assert.deepEqual(summary.byStatus, { todo: 1, inProgress: 0, done: 0, cancelled: 0 });

  const settings = { email: true, push: true, quietFrom: "22:00", quietTo: "06:30" };
  assert.deepEqual(await notificationSettings.set(settings), settings);
  await tasks.create({ title: "Pay rent", dueAt: "2026-01-01T18:00:00Z" });
  for await (const { title, type } of phone.notifications({ after: FROM_THE_BEGINNING })) {
    assert.deepEqual([title, type], ["Pay rent", "taskOverdue"]);
    break;
  }
  const [unread] = (await notifications.list({ unread: true })).items;
  assert.notEqual((await notifications.read(unread!.id)).readAt, null);
  assert.equal((await notifications.countUnread()).count, 0);

  const grace = new FitnessifySession(server.url);
  await grace.signIn(ADMIN.username, ADMIN.password);
  await assert.rejects(admin.listUsers(), fails("permission_denied"));
  const [ann] = (await grace.api.admin.listUsers({ q: username })).items;
  assert.deepEqual((await grace.api.admin.setUserRoles(ann!.id, { roles: ["support"] })).roles, ["member", "support"]);
  assert.equal((await admin.listUsers({ q: username })).items.length, 1);
  await grace.api.admin.setUserRoles(ann!.id, { roles: [] });
  await assert.rejects(admin.listUsers(), fails("permission_denied"));
  await phone.signOut();
  await assert.rejects(users.getMe(), fails("unauthenticated"));
});
