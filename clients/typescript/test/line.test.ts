import {
  ConnectionError, ErrorCode, FROM_THE_BEGINNING, FitnessifyError, FitnessifySession, MemoryTokenStore, MfaRequiredError,
  type SessionOptions, etagOf,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Line, type Server, json, problem, share, streaming } from "./server.js";

const REFRESH = "POST /api/v1/auth/refresh";
const ME = "GET /api/v1/users/me";
const STREAM = "GET /api/v1/notifications/stream";
const PORTAL = { status: 200, headers: { "Content-Type": "text/html" } };
let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

/** For calls that get no answer. Elsewhere a slow server must not fail a test. */
const SHORT_TIMEOUTS = { timeout: 500, connectTimeout: 300 };

/** A signed-in user over a bad line. */
async function signUp(options: SessionOptions = {}, send?: typeof fetch) {
  const line = new Line(send);
  const tokens = new MemoryTokenStore();
  await server.signUp({ tokens });
  const session = new FitnessifySession(server.url, { fetch: line.fetch, tokens, retryDelay: 5, ...options });
  return { line, tokens, session };
}

test("a stalled refresh blocks no cancelled caller and times out", async () => {
  const { line, tokens, session } = await signUp(SHORT_TIMEOUTS);
  line.expire((await tokens.get())!.accessToken);
  line.hangs = (call) => call === REFRESH;
  const stop = new AbortController();
  const cancelled = session.api.users.getMe({ signal: stop.signal });
  const waiting = session.api.tasks.list();
  waiting.catch(() => undefined);
  const started = performance.now();
  setTimeout(() => stop.abort(), 20);
  await assert.rejects(cancelled, { name: "AbortError" });
  assert(performance.now() - started < 250);
  await assert.rejects(waiting, ConnectionError);
  assert(performance.now() - started < 2_000);
  // The line is back: the next call works, as soon as the server refreshes within the short timeout.
  line.hangs = () => false;
  for (const deadline = performance.now() + 20_000; ; ) {
    try {
      await session.api.users.getMe();
      break;
    } catch (error) {
      if (!(error instanceof ConnectionError) || performance.now() > deadline) throw error;
    }
  }
});

test("a stalled call times out and can be cancelled at once", async () => {
  const { line, session } = await signUp({ maxAttempts: 2, ...SHORT_TIMEOUTS });
  line.hangs = (call) => call === ME;
  await assert.rejects(session.api.users.getMe(), ConnectionError);
  const stop = new AbortController();
  const cancelled = session.api.users.getMe({ signal: stop.signal });
  stop.abort();
  await assert.rejects(cancelled, { name: "AbortError" });
  await assert.rejects(session.api.users.getMe({ signal: stop.signal }), { name: "AbortError" });
});

test("a notification stream survives a start offline and gateway errors", async () => {
  const { line, session } = await signUp({}, streaming.fetch);
  const answers = [
    () => { throw new TypeError("offline"); },
    () => new streaming.Response("<h1>Bad gateway</h1>", { status: 502, headers: { "Content-Type": "text/html" } }),
    () => new streaming.Response("<h1>Sign in</h1>", PORTAL),
    () => new streaming.Response("<h1>No such page</h1>", { status: 404, headers: { "Content-Type": "text/html" } }),
    () => problem(429, "rate_limited", { "Retry-After": "0" }),
  ];
  let faults = 0;
  // Each of them at the list that tells the newest, and at the stream.
  const seen = new Map<string, number>();
  line.before = (call) => {
    const time = seen.get(call) ?? 0;
    if (!/notifications/.test(call) || time >= answers.length) return undefined;
    seen.set(call, time + 1);
    faults++;
    return answers[time]!();
  };
  const stream = session.notifications();
  const first = stream.next();
  while (line.count(STREAM) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await session.api.tasks.create({ title: "late", dueAt: "2020-01-01T00:00:00Z" });
  assert.equal((await first).value?.title, "late");
  assert.equal(faults, 2 * answers.length);
  await stream.return();
});

for (const [retryDelayResetAfter, isCalm] of [[60_000, false], [0, true]] as const) {
  test(`pauses before reconnecting a stream ${isCalm ? "reset after a stable period" : "grow, whatever it received"}`, async () => {
    const { line, session } = await signUp({ retryDelay: 100, retryDelayResetAfter }, streaming.fetch);
    const told = (number: number, id = crypto.randomUUID()) =>
      `event: taskOverdue\nid: 0.${id}\ndata: {"id":"${id}","title":"${number}"}\n\n`;
    let connects = 0;
    line.before = (call) =>
      call === STREAM ? new streaming.Response(told(connects++), { headers: { "Content-Type": "text/event-stream" } }) : undefined;
    const started = performance.now();
    for await (const _ of session.notifications({ after: FROM_THE_BEGINNING })) if (connects === 5) break;
    // Four pauses: 100, 200, 400 and 800 ms or half of them, or 100 each.
    const took = performance.now() - started;
    assert(isCalm ? took < 700 : took >= 740, `${took} ms`);
  });
}

test("where fetch gives no streams, notifications are asked for again and again, and none is missed or repeated", async () => {
  const { line, tokens } = await signUp();
  const withoutStreams: typeof fetch = async (input, init) => {
    const answer = await line.fetch(input, init);
    const { ok, status, statusText, url, headers } = answer;
    return { ok, status, statusText, url, headers, text: () => answer.text(), json: () => answer.json() } as Response;
  };
  const session = new FitnessifySession(server.url, { fetch: withoutStreams, tokens, pollInterval: 20 });
  await session.api.tasks.create({ title: "First", dueAt: "2020-01-01T00:00:00Z" });
  const seen: string[] = [];
  for await (const { title } of session.notifications({ after: FROM_THE_BEGINNING })) {
    seen.push(title);
    if (title === "First") await session.api.tasks.create({ title: "Second", dueAt: "2020-01-01T00:00:00Z" });
    if (title === "Second") break;
  }
  assert.deepEqual(seen, ["First", "Second"]);
  assert.equal(line.count(STREAM), 0);
});

test("a stream waits as long as the server requests", async () => {
  const { line, session } = await signUp({}, streaming.fetch);
  let isFirst = true;
  line.before = (call) => {
    if (call !== STREAM || !isFirst) return undefined;
    isFirst = false;
    return problem(503, "service_unavailable", { "Retry-After": "1" });
  };
  const started = performance.now();
  const stop = new AbortController();
  const next = session.notifications({ after: FROM_THE_BEGINNING, signal: stop.signal }).next();
  while (line.count(STREAM) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  assert(performance.now() - started >= 990);
  stop.abort();
  await assert.rejects(next, { name: "AbortError" });
});

test("a retry succeeds when the lost response belonged to a completed call", async () => {
  const { line, session } = await signUp();
  const { tasks } = session.api;
  const losesFirst = (call: string) => (line.loses = (made) => made === call && line.count(call) === 1);

  const id = crypto.randomUUID();
  losesFirst(`PUT /api/v1/tasks/${id}`);
  const task = await session.createTask({ title: "Run" }, id);
  assert.deepEqual([task.title, task.version], ["Run", 1]);

  losesFirst(`PATCH /api/v1/tasks/${id}`);
  const patch = { title: " Swim ", dueAt: "2031-05-06T09:08:09+02:00", labels: ["a"], description: null };
  const patched = await tasks.patch(id, patch, { ifMatch: etagOf(task) });
  assert.deepEqual([patched.title, patched.version], ["Swim", 2]);
  await assert.rejects(tasks.patch(id, { title: "Fly" }, { ifMatch: etagOf(task) }), { code: ErrorCode.preconditionFailed });

  losesFirst(`DELETE /api/v1/tasks/${id}`);
  await tasks.delete(id);
  await assert.rejects(tasks.delete(id), { code: ErrorCode.notFound });
});

test("a retry recognizes its own list, checklist and position", async () => {
  const { line, session } = await signUp();
  const { tasks, lists } = session.api;
  const losesFirst = (call: string) => (line.loses = (made) => made === call && line.count(call) === 1);

  const listId = crypto.randomUUID();
  losesFirst(`PUT /api/v1/lists/${listId}`);
  const list = await lists.replace(listId, { name: " Home " }, { ifNoneMatch: "*" });
  losesFirst(`PATCH /api/v1/lists/${listId}`);
  const renamed = await lists.patch(listId, { name: "Work", color: null, position: null }, { ifMatch: etagOf(list) });
  assert.deepEqual([renamed.name, renamed.version], ["Work", 2]);

  const task = await tasks.create({ title: "Trip", checklist: { a: { title: "Pack" }, b: { title: "Lock" } } });
  losesFirst(`PATCH /api/v1/tasks/${task.id}`);
  const patch = { listId, checklist: { a: { done: true }, b: null, c: { title: " Fuel ", position: null } } };
  const patched = await tasks.patch(task.id, patch, { ifMatch: etagOf(task) });
  assert.deepEqual([patched.listId, patched.version, Object.keys(patched.checklist)], [listId, 4, ["a", "c"]]);
  const stale = { ifMatch: etagOf(task) };
  await assert.rejects(tasks.patch(task.id, { checklist: { a: { done: false } } }, stale), { code: ErrorCode.preconditionFailed });

  line.loses = (made) => made === `PATCH /api/v1/tasks/${task.id}` && line.count(made) === 4;
  const cleared = await tasks.patch(task.id, { checklist: null }, { ifMatch: etagOf(patched) });
  assert.deepEqual([cleared.checklist, cleared.version], [{}, 5]);
});

test("a retry recognizes its own due and reminders", async () => {
  const { line, session } = await signUp();
  const { tasks } = session.api;
  const id = crypto.randomUUID();
  line.loses = (made) => made === `PUT /api/v1/tasks/${id}` && line.count(made) === 1;
  const due = { date: "2030-01-15", time: "08:00" };
  const task = await session.createTask({ title: "Run", due, reminders: [10, 0] }, id);
  const path = `PATCH /api/v1/tasks/${id}`;
  line.loses = (made) => made === path && line.count(made) === 1;
  const patch = { due: { date: "2030-01-16", time: "09:30:00.000", timeZone: "Asia/Tokyo" }, reminders: [60] };
  const moved = await tasks.patch(id, patch, { ifMatch: etagOf(task) });
  assert.deepEqual([moved.due, moved.reminders, moved.version], [{ ...patch.due, time: "09:30" }, [60], 2]);
  const stale = { ifMatch: etagOf(task) };
  await assert.rejects(tasks.patch(id, { due: { date: "2030-01-17" } }, stale), { code: ErrorCode.preconditionFailed });

  line.loses = (made) => made === path && line.count(made) === 4;
  const cleared = await tasks.patch(id, { due: null, reminders: null }, { ifMatch: etagOf(moved) });
  assert.deepEqual([cleared.due, cleared.reminders, cleared.version], [null, [], 3]);
});

test("a retried create succeeds when another client has changed the task before", async () => {
  const { line, session } = await signUp();
  const id = crypto.randomUUID();
  const path = `PUT /api/v1/tasks/${id}`;
  line.loses = (call) => call === path && line.count(path) === 1;
  const create = session.createTask({ title: "Run" }, id);
  while (line.count(path) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  line.before = (call) => (call === path && line.count(path) > 0 ? conflict() : undefined);
  const current = { id, title: "Changed", deletedAt: null };
  const conflict = () => problem(412, "precondition_failed", {}, { current });
  assert.equal((await create).title, "Changed");
  // Of the first attempt it is a failure.
  await assert.rejects(session.createTask({ title: "Run" }, id), { code: ErrorCode.preconditionFailed });
});

test("a password change is sent only once", async () => {
  const { line, session } = await signUp();
  const path = "PUT /api/v1/users/me/password";
  line.loses = (call) => call === path;
  const change = session.api.users.changePassword({ currentPassword: "wrong", newPassword: "brave lanterns orbit softly" });
  await assert.rejects(change, ConnectionError);
  assert.equal(line.count(path), 1);
});

for (const [name, answer] of Object.entries({
  "a hotel's answer": () => json({ ok: true }),
  "a page": () => new Response("<h1>Sign in</h1>", PORTAL),
  "broken JSON": () => new Response("{", { headers: { "Content-Type": "application/json" } }),
  "nothing": () => new Response(null, { status: 204 }),
  "null": () => json(null),
})) {
  test(`${name} is not a response of the server and does not replace the tokens`, async () => {
    const { line, tokens, session } = await signUp({ maxAttempts: 1 });
    const kept = await tokens.get();
    line.before = (call) => (/login|refresh|tasks/.test(call) ? answer() : undefined);
    await assert.rejects(session.signIn("ann", "password"), ConnectionError);
    await assert.rejects(session.refresh(), ConnectionError);
    await assert.rejects(session.api.tasks.list(), ConnectionError);
    if (name !== "nothing") await assert.rejects(session.api.tasks.delete(crypto.randomUUID()), ConnectionError);
    assert.deepEqual(await tokens.get(), kept);
    line.before = () => undefined;
    await session.refresh();
  });
}

test("a manual sign-in without tokens in the response keeps the old ones", async () => {
  const { tokens, session } = await signUp();
  const kept = await tokens.get();
  await assert.rejects(session.signInWith(async () => ({ ok: true }) as never), ConnectionError);
  assert.deepEqual(await tokens.get(), kept);
});

test("refusals by gateways are typed", async () => {
  const { line, session } = await signUp({ maxAttempts: 1 });
  const cases: [Response, string, number | undefined][] = [
    [new Response('{"title":"No"}', { status: 502, headers: { "Content-Type": "application/problem+json" } }), "http_502", undefined],
    [new Response("{", { status: 500, headers: { "Content-Type": "application/problem+json" } }), "http_500", undefined],
    [new Response("null", { status: 403, headers: { "Content-Type": "application/problem+json" } }), "http_403", undefined],
    [new Response("", { status: 503, headers: { "Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT" } }), "http_503", 0],
    [new Response("", { status: 503, headers: { "Retry-After": "-5" } }), "http_503", 0],
    [new Response("", { status: 503, headers: { "Retry-After": "soon" } }), "http_503", undefined],
  ];
  for (const [answer, code, retryAfter] of cases) {
    line.before = () => answer;
    const error = await session.api.users.getMe().catch((reason: unknown) => reason);
    assert(error instanceof FitnessifyError, String(error));
    assert.deepEqual([error.code, error.retryAfter, error.errors], [code, retryAfter, []]);
  }

  line.before = () => problem(401, "mfa_required");
  const error = await session.signIn("ann", "password").catch((reason: unknown) => reason);
  assert(error instanceof MfaRequiredError);
  assert.deepEqual([error.challengeToken, error.methods], ["", []]);
});

test("the query holds every value as it is", async () => {
  const { session } = await signUp();
  await session.api.tasks.create({ title: "a & b", labels: ["x y", "z"] });
  const queries = [{ label: ["x y", "z"] }, { q: "a & b" }, { label: ["y"] }];
  const found = await Promise.all(queries.map(async (query) => (await session.api.tasks.list(query)).items.length));
  assert.deepEqual(found, [1, 1, 0]);
});
