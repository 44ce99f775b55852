import { ConnectionError, FitnessifyError, FitnessifySession, SignedOutError, type TaskInput } from "@fitnessify/client";
import { MemoryOfflineStore, OfflineError, type OfflineErrorReason, type OfflineOptions, OfflineReplica } from "@fitnessify/client/offline";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Line, PASSWORD, type Server, newName, problem, share } from "./server.js";

let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

async function newDevice(options?: OfflineOptions) {
  const line = new Line();
  const session = await server.signUp({ fetch: line.fetch, retryDelay: 1 });
  const store = new MemoryOfflineStore();
  const replica = await session.offline(store, options);
  return { line, session, store, replica };
}

const refuses = (promise: Promise<unknown>, reason: OfflineErrorReason) =>
  assert.rejects(promise, (error) => error instanceof OfflineError && error.reason === reason);

const titles = (replica: OfflineReplica) => replica.tasks().map(({ title }) => title).sort();

test("a replica can be read and written before a sign-in", async () => {
  const session = new FitnessifySession(server.url);
  const replica = await session.offline(new MemoryOfflineStore());
  const { id } = await replica.createTask({ title: "Buy milk" });
  assert.equal(replica.task(id)!.title, "Buy milk");
  await assert.rejects(replica.sync(), (error) => error instanceof FitnessifyError && error.code === "unauthenticated");
  const username = newName();
  await session.api.auth.register({ username, email: `${username}@example.com`, password: PASSWORD });
  await session.signIn(username, PASSWORD);
  await replica.sync();
  assert.equal((await session.api.tasks.get(id)).title, "Buy milk");
});

test("the changes of one account do not reach another, unless the app says so", async () => {
  const { session, store, replica } = await newDevice();
  await replica.createTask({ title: "Buy milk" });
  await replica.sync();
  await replica.createTask({ title: "Pay rent" });
  await replica.close();

  const other = await server.signUp();
  const theirs = await other.offline(store);
  await refuses(theirs.sync(), "owner_changed");
  assert.deepEqual((await other.api.tasks.list()).items, []);
  await theirs.close();

  const mine = await session.offline(store);
  await mine.sync();
  assert.equal((await session.api.tasks.list()).items.length, 2);
  await mine.createTask({ title: "Call Ann" });
  await mine.close();

  const adopted = await other.offline(store);
  await adopted.adopt();
  await adopted.sync();
  assert.deepEqual(titles(adopted), ["Call Ann"]);
  assert.deepEqual((await other.api.tasks.list()).items.map(({ title }) => title), ["Call Ann"]);
  await adopted.close();

  const cleared = await session.offline(store);
  await cleared.clear();
  assert.deepEqual([cleared.tasks(), cleared.changes()], [[], []]);
  await cleared.sync();
  assert.deepEqual(titles(cleared), ["Buy milk", "Pay rent"]);
});

test("what a guest has written goes to the account that the guest is merged into", async () => {
  const member = await server.signUp();
  const { username } = await member.api.users.getMe();
  const session = new FitnessifySession(server.url);
  const replica = await session.offline(new MemoryOfflineStore());
  await session.startAsGuest();
  const { id } = await replica.createTask({ title: "Buy milk" });
  await replica.sync();
  await replica.patchTask(id, { title: "Buy oat milk" });
  await replica.createTask({ title: "Pay rent" });
  assert.equal((await session.signIn(username!, PASSWORD)).guestMerged, true);
  await replica.adopt();
  await replica.sync();
  assert.deepEqual(titles(replica), ["Buy oat milk", "Pay rent"]);
  assert.deepEqual((await member.api.tasks.list()).items.map(({ title }) => title).sort(), ["Buy oat milk", "Pay rent"]);
});

test("a queue that is full takes nothing more, and loses nothing", async () => {
  const { replica } = await newDevice({ maxChanges: 2 });
  const { id } = await replica.createTask({ title: "One" });
  await replica.createTask({ title: "Two" });
  await refuses(replica.createTask({ title: "Three" }), "queue_full");
  await refuses(replica.deleteTask(id), "queue_full");
  assert.deepEqual(titles(replica), ["One", "Two"]);
  await replica.sync();
  await replica.createTask({ title: "Three" });
  await replica.sync();
  assert.deepEqual(titles(replica), ["One", "Three", "Two"]);
});

test("what is not there cannot be changed, and a due that is none is refused at once", async () => {
  const { replica } = await newDevice();
  const nothing = crypto.randomUUID();
  await refuses(replica.patchTask(nothing, { title: "No" }), "not_found");
  await refuses(replica.deleteTask(nothing), "not_found");
  await refuses(replica.patchList(nothing, { name: "No" }), "not_found");
  await refuses(replica.deleteList(nothing), "not_found");
  await refuses(replica.retry(1), "not_found");
  await refuses(replica.discard(1), "not_found");
  await assert.rejects(replica.createTask({ title: "No", due: { date: "2030-02-30" } }), RangeError);
  await assert.rejects(replica.createTask({ title: "No", due: { date: "2030-02-01", timeZone: "Mars/Base" } }), RangeError);
  await assert.rejects(replica.createTask({ title: "No", dueAt: "tomorrow" }), RangeError);
  const { id } = await replica.createTask({ title: "Yes" });
  await replica.patchTask(id, {});
  assert.equal(replica.changes().length, 1);
  await refuses(replica.retry(1), "not_found");
});

test("the next task of a series goes when the present one is reopened, unless the user has changed it", async () => {
  const { replica } = await newDevice();
  const run = { title: "Run", due: { date: "2030-12-02" }, recurrence: { rule: "FREQ=DAILY" } };
  const { id } = await replica.createTask(run);
  await replica.patchTask(id, { status: "done" });
  assert.deepEqual(replica.tasks().map(({ due }) => due!.date).sort(), ["2030-12-02", "2030-12-03"]);
  await replica.patchTask(id, { status: "todo" });
  assert.deepEqual(replica.tasks().map(({ id }) => id), [id]);
  await replica.sync();
  assert.deepEqual(replica.tasks().map(({ status }) => status), ["todo"]);

  await replica.patchTask(id, { status: "done" });
  await replica.patchTask(replica.tasks().find((task) => task.id !== id)!.id, { title: "Run far" });
  await replica.patchTask(id, { status: "todo" });
  await replica.sync();
  assert.deepEqual(replica.tasks().map(({ title, recurrence }) => [title, recurrence !== null]).sort(), [["Run far", true], ["Run", false]]);
});

test("a hundred changes and more are a few requests", async () => {
  const { line, session, replica } = await newDevice();
  for (let number = 0; number < 150; number++) await replica.createTask({ title: `Task ${number}` });
  await replica.sync();
  assert.equal(line.count("POST /api/v1/tasks/batch"), 2);
  assert.equal((await session.api.tasks.list({ limit: 200 })).items.length, 150);
});

test("a change that breaks the whole request is rejected alone", async () => {
  const { session, replica } = await newDevice();
  await replica.createTask({ title: "One" });
  await replica.createTask({ title: 5 } as unknown as TaskInput);
  await replica.createTask({ title: "Two" });
  await replica.sync();
  assert.deepEqual((await session.api.tasks.list()).items.map(({ title }) => title).sort(), ["One", "Two"]);
  const [rejected, ...more] = replica.changes();
  assert.equal(rejected!.problem!.code, "validation_failed");
  assert.deepEqual(more, []);
});

test("calls during a sync share the next, which sends what was written before them", async () => {
  const { line, session, replica } = await newDevice();
  let release = () => {};
  const { fetch } = line;
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = await new FitnessifySession(server.url, {
    tokens: { get: () => session.getTokens(), set: async () => {}, clear: async () => {} },
    fetch: async (...of: Parameters<typeof fetch>) => (await held, await fetch(...of)),
  }).offline(new MemoryOfflineStore());
  await replica.close();
  const first = slow.sync();
  await new Promise((resolve) => setTimeout(resolve, 10));
  await slow.createTask({ title: "Buy milk" });
  const [second, third] = [slow.sync(), slow.sync()];
  release();
  await Promise.all([first, second, third]);
  assert.deepEqual(slow.changes(), []);
  assert.equal(line.count("GET /api/v1/changes"), 2);
});

test("a call that is cancelled ends alone, and the sync with the last one", async () => {
  const { line, replica } = await newDevice();
  await replica.createTask({ title: "Buy milk" });
  line.hangs = (call) => call.includes("batch");
  const [one, two] = [new AbortController(), new AbortController()];
  const [first, second] = [replica.sync(one.signal), replica.sync(two.signal)];
  one.abort();
  await assert.rejects(first, { name: "AbortError" });
  assert.equal(await Promise.race([second, new Promise((resolve) => setTimeout(() => resolve("waits"), 50))]), "waits");
  two.abort();
  await assert.rejects(second, { name: "AbortError" });
  line.hangs = () => false;
  await replica.sync();
  assert.deepEqual(replica.changes(), []);
});

test("an exception of the callback ends the sync, and the change waits", async () => {
  let answers = 0;
  const onConflict = () => {
    if (answers++ === 0) throw new Error("The app is not ready.");
    return "mine" as const;
  };
  const { session, replica } = await newDevice({ onConflict });
  const { id } = await replica.createTask({ title: "Buy milk" });
  await replica.sync();
  await session.api.tasks.patch(id, { title: "Buy oat milk" });
  await replica.patchTask(id, { title: "Buy soy milk" });
  await assert.rejects(replica.sync(), /not ready/);
  assert.equal(replica.changes().length, 1);
  await replica.sync();
  assert.equal((await session.api.tasks.get(id)).title, "Buy soy milk");
});

test("an aborted sync does not wait for the callback", async () => {
  let asked = 0;
  const onConflict = () => (asked++ === 0 ? new Promise<never>(() => undefined) : ("mine" as const));
  const { session, replica } = await newDevice({ onConflict });
  const { id } = await replica.createTask({ title: "Buy milk" });
  await replica.sync();
  await session.api.tasks.patch(id, { title: "Buy oat milk" });
  await replica.patchTask(id, { title: "Buy soy milk" });
  const abort = new AbortController();
  const syncing = replica.sync(abort.signal);
  while (asked === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  abort.abort();
  await assert.rejects(syncing);
  await replica.sync();
  assert.equal((await session.api.tasks.get(id)).title, "Buy soy milk");
  await replica.close();
});

test("a batch that a proxy finds too large is divided", async () => {
  const { line, session, replica } = await newDevice();
  for (const title of ["Buy milk", "Pay rent"]) await replica.createTask({ title });
  line.before = (call, { body }) =>
    call.includes("batch") && JSON.parse(String(body)).operations.length > 1
      ? new Response("<html>Too large</html>", { status: 413, headers: { "Content-Type": "text/html" } })
      : undefined;
  await replica.sync();
  assert.equal((await session.api.tasks.list()).items.length, 2);
});

test("a store that fails changes nothing", async () => {
  const { session, store, replica } = await newDevice();
  const { write } = store;
  store.write = () => Promise.reject(new Error("The disk is full."));
  await assert.rejects(replica.createTask({ title: "Buy milk" }), /disk is full/);
  assert.deepEqual([replica.tasks(), replica.changes()], [[], []]);
  store.write = write.bind(store);
  await replica.createTask({ title: "Pay rent" });
  await replica.sync();
  assert.deepEqual((await session.api.tasks.list()).items.map(({ title }) => title), ["Pay rent"]);
});

test("an expired sync token begins anew, and shows the copies meanwhile", async () => {
  const { line, session, replica } = await newDevice();
  const [kept, gone] = [await replica.createTask({ title: "Kept" }), await replica.createTask({ title: "Gone" })];
  await replica.sync();
  await session.api.tasks.delete(gone.id);
  let isExpired = true;
  line.before = (call) => {
    if (!call.startsWith("GET /api/v1/changes")) return undefined;
    if (!isExpired) throw new TypeError("There is no connection.");
    isExpired = false;
    return problem(410, "sync_token_expired");
  };
  await assert.rejects(replica.sync(), ConnectionError);
  assert.deepEqual(titles(replica), ["Gone", "Kept"]);
  line.before = () => undefined;
  await replica.sync();
  assert.deepEqual(replica.tasks().map(({ id }) => id), [kept.id]);
});

test("a closed replica refuses, ends its sync, and leaves the store to the next one", async () => {
  const { line, session, store, replica } = await newDevice();
  await refuses(session.offline(store), "store_in_use");
  await replica.createTask({ title: "Buy milk" });
  line.hangs = (call) => call.includes("batch");
  const [running, queued] = [replica.sync(), new Promise((resolve) => setTimeout(resolve, 30)).then(() => replica.sync())];
  await new Promise((resolve) => setTimeout(resolve, 60));
  await Promise.all([refuses(running, "closed"), refuses(queued, "closed"), replica.close()]);
  await refuses(replica.createTask({ title: "Pay rent" }), "closed");
  await refuses(replica.sync(), "closed");
  line.hangs = () => false;
  const next = await session.offline(store);
  assert.deepEqual(titles(next), ["Buy milk"]);
  await next.sync();
  assert.deepEqual(next.changes(), []);
});

test("the app learns of each change of what is shown", async () => {
  let changes = 0;
  const { session, replica } = await newDevice({ onChange: () => changes++ });
  await replica.createTask({ title: "Buy milk" });
  await Promise.resolve();
  assert.equal(changes, 1);
  await session.api.tasks.create({ title: "Pay rent" });
  await replica.sync();
  await Promise.resolve();
  assert(changes > 1);
});

test("a sync during which another user signs in sends nothing more, and stores nothing of the other account", async () => {
  const other = await server.signUp();
  await other.api.lists.replace(crypto.randomUUID(), { name: "Theirs" });
  const line = new Line();
  let isOwner = true;
  const session: FitnessifySession = await server.signUp({
    retryDelay: 1,
    fetch: async (...of: Parameters<typeof line.fetch>) => {
      const answer = await line.fetch(...of);
      if (isOwner && String(of[0]).includes("/lists/")) {
        isOwner = false;
        await session.signInWith(async () => (await other.getTokens())!);
      }
      return answer;
    },
  });
  const replica = await session.offline(new MemoryOfflineStore());
  await replica.createList({ name: "First" });
  await replica.createList({ name: "Second" });
  await refuses(replica.sync(), "owner_changed");
  assert.deepEqual((await other.api.lists.list()).items.map(({ name }) => name), ["Theirs"]);
  assert.deepEqual(replica.lists().map(({ name }) => name).sort(), ["First", "Second"]);
});

test("a sync ends when everything is cleared, and brings nothing back", async () => {
  const { line, replica } = await newDevice();
  await replica.createTask({ title: "Buy milk" });
  line.hangs = (call) => call.includes("batch");
  const running = replica.sync();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await replica.clear();
  await assert.rejects(running, { name: "AbortError" });
  assert.deepEqual([replica.tasks(), replica.changes()], [[], []]);
  line.hangs = () => false;
  await replica.sync();
  assert.deepEqual(replica.tasks(), []);
});

test("the end of the session ends the sync with its reason, and the changes wait", async () => {
  const { line, session, replica } = await newDevice();
  await replica.createTask({ title: "Buy milk" });
  await replica.sync();
  await replica.createTask({ title: "Pay rent" });
  line.before = (call) => (call.includes("batch") ? problem(401, "session_revoked") : undefined);
  await assert.rejects(replica.sync(), SignedOutError);
  assert.equal(await session.getTokens(), undefined);
  assert.deepEqual(replica.changes().map(({ op }) => op), ["create"]);
});
