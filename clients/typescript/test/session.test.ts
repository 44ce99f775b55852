import {
  ConnectionError,
  ErrorCode,
  FitnessifyError,
  FitnessifySession,
  MemoryTokenStore,
  MfaRequiredError,
  SignedOutError,
  type TokenStore,
  etagOf,
  ifChanged,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Line, PASSWORD, type Server, endsInto, json, problem, share } from "./server.js";

const REFRESH = "POST /api/v1/auth/refresh";
const LOGOUT = "POST /api/v1/auth/logout";
const ME = "GET /api/v1/users/me";
const TASKS = "POST /api/v1/tasks";
let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

/** A signed-in user over a line that can be disturbed. */
async function signUp() {
  const line = new Line();
  const tokens = new MemoryTokenStore();
  const signedOut: SignedOutError[] = [];
  const session = await server.signUp({ fetch: line.fetch, tokens, onStateChanged: endsInto(signedOut) });
  // The first session has its tokens in memory.
  const restart = () => new FitnessifySession(server.url, { fetch: line.fetch, tokens, onStateChanged: endsInto(signedOut) });
  return { line, tokens, session, signedOut, restart, stored: async () => (await tokens.get())! };
}

const codeOf = (code: string) => (error: unknown) => error instanceof FitnessifyError && error.code === code;

test("parallel calls with an expired token cause one refresh", async () => {
  const { line, session, stored } = await signUp();
  const old = await stored();
  line.expire(old.accessToken);
  const answers = await Promise.all(Array.from({ length: 20 }, () => session.api.users.getMe()));
  assert.equal(new Set(answers.map((user) => user.id)).size, 1);
  assert.equal(line.count(REFRESH), 1);
  assert.equal(line.count(ME), 20);
  assert.notEqual((await stored()).accessToken, old.accessToken);
});

test("a call that learns of the expiry after the refresh causes no second one", async () => {
  const { line, session, stored } = await signUp();
  const { accessToken } = await stored();
  line.expire(accessToken);
  let answerLate = () => {};
  const late = new Promise<void>((resolve) => (answerLate = resolve));
  const slow = new FitnessifySession(server.url, {
    tokens: { get: stored, set: () => assert.fail("A second refresh."), clear: () => assert.fail("Signed out.") },
    fetch: async (input, init) => {
      const answer = await line.fetch(input, init);
      if (answer.status === 401) await late;
      return answer;
    },
  });
  const waiting = slow.api.users.getMe();
  await session.api.users.getMe();
  answerLate();
  await waiting;
  assert.equal(line.count(REFRESH), 1);
});

test("a lost refresh response does not sign the user out", async () => {
  const { line, session, stored, signedOut } = await signUp();
  line.expire((await stored()).accessToken);
  line.loses = (call) => call === REFRESH && line.count(REFRESH) === 1;
  await session.api.users.getMe();
  assert.equal(line.count(REFRESH), 2);
  await session.refresh();
  assert.deepEqual(signedOut, []);
});

test("an incomplete refresh response counts as lost", async () => {
  const { line, session } = await signUp();
  const broken = { ok: true, text: async () => assert.fail("broken off") } as unknown as Response;
  let isFirst = true;
  line.before = (call) => (call === REFRESH && isFirst ? ((isFirst = false), broken) : undefined);
  await session.refresh();
  assert.equal(line.count(REFRESH), 1);
});

test("a stolen refresh token ends the session once with a typed error", async () => {
  const { line, tokens, session, signedOut, stored, restart } = await signUp();
  const stolen = await stored();
  await session.refresh();
  await session.refresh();
  await tokens.set(stolen);
  line.expire(stolen.accessToken);
  const restarted = restart();
  const calls = await Promise.allSettled([restarted.api.users.getMe(), restarted.api.tasks.list()]);
  for (const call of calls) {
    assert(call.status === "rejected" && call.reason instanceof SignedOutError);
    assert.equal(call.reason.code, ErrorCode.refreshTokenReused);
  }
  assert.equal(signedOut.length, 1);
  assert.equal(await tokens.get(), undefined);
});

test("a call that learns of the expiry after the session was ended gets the same error", async () => {
  const { line, tokens, session, signedOut, stored, restart } = await signUp();
  const stolen = await stored();
  await session.refresh();
  await session.refresh();
  await tokens.set(stolen);
  line.expire(stolen.accessToken);
  const restarted = restart();
  const first = await restarted.api.users.getMe().catch((error: unknown) => error);
  assert(first instanceof SignedOutError);
  const refreshes = line.count(REFRESH);
  const late = await restarted.refresh(stolen).catch((error: unknown) => error);
  assert.equal(late, first);
  assert.equal(line.count(REFRESH), refreshes);
  assert.deepEqual(signedOut, [first]);
});

test("calls that learn of the end at the same time report it once", async () => {
  const { line, tokens, stored } = await signUp();
  await stored();
  let reads = 0;
  // Each of the two calls reads the tokens to be sent. The second one learns of the end while the first one is about to clear them.
  const get = async () => {
    const read = await tokens.get();
    if (++reads === 3) await delay(20);
    return read;
  };
  const signedOut: SignedOutError[] = [];
  const session = new FitnessifySession(server.url, {
    fetch: line.fetch, tokens: { ...tokens, get }, onStateChanged: endsInto(signedOut),
  });
  line.before = () => problem(401, "session_revoked");
  const calls = await Promise.allSettled([session.api.users.getMe(), session.api.tasks.list()]);
  for (const call of calls) assert(call.status === "rejected" && call.reason instanceof SignedOutError);
  assert.equal(signedOut.length, 1);
  assert.equal(await tokens.get(), undefined);
});

test("a call that learns of the expiry after a sign-out does not renew the session", async () => {
  const { line, session, signedOut, stored } = await signUp();
  const old = await stored();
  line.before = () => {
    throw new TypeError("offline");
  };
  await assert.rejects(session.signOut(), ConnectionError);
  line.before = () => undefined;
  const late = await session.refresh(old).catch((error: unknown) => error);
  assert(late instanceof SignedOutError);
  assert.deepEqual([late.code, late.status], [ErrorCode.refreshTokenInvalid, 401]);
  assert.equal(line.count(REFRESH), 0);
  assert.deepEqual(signedOut, []);
});

test("a call of a former session is not repeated with the tokens of another one", async () => {
  const { line, tokens, session, signedOut, stored } = await signUp();
  const former = await stored();
  await tokens.set(await (await signUp()).stored());
  await assert.rejects(session.refresh(former), SignedOutError);
  assert.equal(line.count(REFRESH), 0);

  let late: Promise<unknown> | undefined;
  line.before = (call) => ((late ??= call === REFRESH ? session.refresh(former).catch((error: unknown) => error) : undefined), undefined);
  const fresh = await session.refresh();
  assert((await late) instanceof SignedOutError);
  assert.deepEqual(await stored(), fresh);
  assert.deepEqual(signedOut, []);
});

test("a session that was ended elsewhere ends in the client", async () => {
  const { tokens, session, signedOut, stored } = await signUp();
  const other = new FitnessifySession(server.url);
  const { username } = await session.api.users.getMe();
  await other.signIn(username, PASSWORD);
  await other.api.sessions.end((await stored()).sessionId);
  await assert.rejects(session.api.users.getMe(), SignedOutError);
  assert.equal(signedOut[0]?.code, "session_revoked");
  assert.equal(await tokens.get(), undefined);
});

test("a sign-out during a refresh stays in effect", async () => {
  const { line, tokens, session, signedOut } = await signUp();
  let signingOut: Promise<void> | undefined;
  line.before = (call) => ((signingOut ??= call === REFRESH ? session.signOut() : undefined), undefined);
  await session.refresh().catch(() => undefined);
  await signingOut;
  assert.equal(await tokens.get(), undefined);
  assert.deepEqual(signedOut, []);
  await assert.rejects(session.api.users.getMe(), codeOf("unauthenticated"));
});

test("a call under way at a sign-out that does not reach the server ends with it", async () => {
  const { line, tokens, session, stored } = await signUp();
  line.expire((await stored()).accessToken);
  let signingOut: Promise<unknown> | undefined;
  line.before = (call) => {
    if (call === LOGOUT) throw new TypeError("offline");
    if (call === REFRESH) signingOut ??= assert.rejects(session.signOut(), ConnectionError);
    return undefined;
  };
  await assert.rejects(session.api.tasks.create({ title: "Late" }), SignedOutError);
  await signingOut;
  assert.deepEqual([line.count(REFRESH), line.count(TASKS)], [1, 0]);
  assert.equal(await tokens.get(), undefined);
});

test("a sign-out at any moment of a refresh clears a store that takes its time", async () => {
  for (let offset = 0; offset <= 40; offset += 4) {
    const { line, tokens } = await signUp();
    const later = async <T>(act: () => Promise<T>) => (await delay(8), await act());
    const slow: TokenStore = {
      get: () => later(() => tokens.get()),
      set: (value) => later(() => tokens.set(value)),
      clear: () => later(() => tokens.clear()),
    };
    const session = new FitnessifySession(server.url, { fetch: line.fetch, tokens: slow });
    line.before = (call) => {
      if (call === LOGOUT) throw new TypeError("offline");
      return undefined;
    };
    const refreshing = session.refresh().catch(() => undefined);
    await delay(offset);
    await assert.rejects(session.signOut(), ConnectionError);
    await refreshing;
    assert.equal(await tokens.get(), undefined, `after ${offset} ms`);
  }
});

test("a call without a response is retried only when a retry is safe", async () => {
  const { line, session } = await signUp();
  line.loses = (call) => line.count(call) === 1;
  assert.equal((await session.api.users.getMe()).emailConfirmed, false);
  await assert.rejects(session.api.tasks.create({ title: "Once" }), ConnectionError);
  assert.deepEqual([line.count(ME), line.count(TASKS)], [2, 1]);

  const [task] = (await session.api.tasks.list()).items;
  await assert.rejects(session.api.tasks.patch(task!.id, { title: "Twice" }), ConnectionError);
  const call = `PATCH /api/v1/tasks/${task!.id}`;
  line.calls.length = 0;
  // The first one was applied: the second one cannot apply it twice, and finds it done.
  const patched = await session.api.tasks.patch(task!.id, { title: "Three times" }, { ifMatch: '"2"' });
  assert.deepEqual([patched.title, patched.version], ["Three times", 3]);
  assert.equal(line.count(call), 2);
});

test("what a second time would fail is not repeated", async () => {
  const { line, session } = await signUp();
  line.loses = () => true;
  line.calls.length = 0;
  const [email, username] = ["ann@example.com", "ann"];
  await assert.rejects(session.api.users.changeEmail({ newEmail: email, password: PASSWORD }), ConnectionError);
  await assert.rejects(session.api.users.changePassword({ currentPassword: PASSWORD, newPassword: PASSWORD }), ConnectionError);
  await assert.rejects(session.api.guests.register({ username, email, password: PASSWORD }), ConnectionError);
  assert.deepEqual(line.calls, ["email", "password", "registration"].map((what) => `PUT /api/v1/users/me/${what}`));
});

test("refused calls are retried when the server says so", async () => {
  const { line, tokens } = await signUp();
  // With its own delay, a call would give up at once.
  const session = new FitnessifySession(server.url, { tokens, fetch: line.fetch, retryDelay: 3_600_000 });
  const refusals = [problem(429, "rate_limited", { "Retry-After": "0" }), problem(503, "service_unavailable", { "Retry-After": "0" })];
  line.before = () => refusals.shift();
  assert.equal((await session.api.tasks.create({ title: "Third time lucky" })).version, 1);
});

test("a long retry delay is reported at once, and retries are limited", async () => {
  const { line, session } = await signUp();
  line.before = () => problem(429, "too_many_attempts", { "Retry-After": "900" });
  await assert.rejects(session.api.users.getMe(), (error) => codeOf("too_many_attempts")(error) && (error as FitnessifyError).retryAfter === 900_000);
  let asked = 0;
  line.before = () => (asked++, problem(503, "service_unavailable", { "Retry-After": "0" }));
  await assert.rejects(session.api.users.getMe(), codeOf("service_unavailable"));
  assert.equal(asked, 4);
});

test("an aborted call ends at once", async () => {
  const { session } = await signUp();
  const aborted = new AbortController();
  aborted.abort();
  await assert.rejects(session.api.users.getMe({ signal: aborted.signal }), { name: "AbortError" });
  const waiting = new AbortController();
  const offline = new FitnessifySession(server.url, {
    retryDelay: 10_000,
    fetch: async () => {
      setImmediate(() => waiting.abort());
      throw new TypeError("offline");
    },
  });
  await assert.rejects(offline.api.users.getMe({ signal: waiting.signal }), { name: "AbortError" });
});

test("every documented error code is a typed value", async () => {
  const file = new URL("../../../../docs/openapi.v1.json", import.meta.url);
  const document = JSON.parse(await readFile(file, "utf8"));
  const codes: string[] = document.components.schemas.ErrorCode.enum;
  assert.deepEqual(Object.values(ErrorCode).sort(), codes);
  for (const code of codes) {
    const name = code.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    assert.equal((ErrorCode as Record<string, string>)[name], code);
    const error = await FitnessifyError.from(problem(418, code));
    assert.deepEqual([error.code, error.status, error.errors], [code, 418, []]);
  }
});

test("validation errors contain JSON pointers", async () => {
  const session = new FitnessifySession(server.url);
  const body = { username: "x", email: "ann@example.com", password: PASSWORD };
  await assert.rejects(session.api.auth.register(body), (error) => {
    assert(error instanceof FitnessifyError && error.code === ErrorCode.validationFailed);
    assert.deepEqual(error.errors.map(({ pointer, code }) => ({ pointer, code })), [{ pointer: "#/username", code: "too_short" }]);
    return true;
  });
});

test("codes, values and members of a newer server are tolerated", async () => {
  const { line, session } = await signUp();
  line.before = () => problem(409, "too_modern", {}, { more: 1 });
  await assert.rejects(session.api.tasks.list(), codeOf("too_modern"));
  line.before = () => json({ items: [{ id: "1", status: "postponed", priority: "cosmic", mood: "good" }], nextCursor: null });
  const [task] = (await session.api.tasks.list()).items;
  assert.deepEqual([task?.status, task?.priority], ["postponed", "cosmic"]);
});

test("an error that does not come from the API is recognizable", async () => {
  const { line, session } = await signUp();
  line.before = () => new Response("<html>", { status: 502 });
  await assert.rejects(session.api.users.getMe(), codeOf("http_502"));
});

test("a required second factor is reported with the way to continue", async () => {
  const line = new Line();
  const session = new FitnessifySession(server.url, { fetch: line.fetch });
  line.before = () => problem(401, "mfa_required", {}, { challengeToken: "half", methods: ["totp"] });
  const error = await session.signIn("ann", PASSWORD).catch((error: unknown) => error);
  assert(error instanceof MfaRequiredError);
  assert.deepEqual([error.challengeToken, error.methods], ["half", ["totp"]]);
});

test("a repeated sign-in sends the device token", async () => {
  const { line, session, stored } = await signUp();
  const former = (await stored()).refreshToken;
  const { username } = await session.api.users.getMe();
  const bodies: string[] = [];
  line.before = (call, init) => void (call === "POST /api/v1/auth/login" && bodies.push(String(init.body)));
  await session.signIn(username, PASSWORD, "Phone");
  await session.signOut();
  await session.signIn(username, PASSWORD, "Phone");
  assert.deepEqual(bodies.map((body) => JSON.parse(body).deviceToken), [former, undefined]);
});

test("ETags show whether a copy is current", async () => {
  const { session } = await signUp();
  const task = await session.api.tasks.create({ title: "Buy milk", description: "Two litres" });
  assert.equal(await ifChanged(session.api.tasks.get(task.id, { ifNoneMatch: etagOf(task) })), undefined);
  const cleared = await session.api.tasks.patch(task.id, { description: null }, { ifMatch: etagOf(task) });
  assert.deepEqual([cleared.title, cleared.description], ["Buy milk", null]);
  assert.equal((await ifChanged(session.api.tasks.get(task.id, { ifNoneMatch: etagOf(task) })))?.version, 2);
});

test("sync returns all changes page by page and continues where it stopped", async () => {
  const { line, session } = await signUp();
  const operations = Array.from({ length: 100 }, (_, number) => ({ op: "create", task: { title: `Task ${number}` } }));
  for (let part = 0; part < 3; part++) await session.api.tasks.batch({ operations });
  let next: string | undefined;
  const sizes: number[] = [];
  for await (const page of session.sync()) ({ next } = page), sizes.push(page.items.length);
  assert.deepEqual(sizes, [200, 100]);

  const [task] = (await session.api.tasks.list({ limit: 1 })).items;
  await session.api.tasks.delete(task!.id);
  for await (const page of session.sync(next)) {
    assert.deepEqual(page.items.map(({ id, deleted }) => ({ id, deleted })), [{ id: task!.id, deleted: true }]);
  }

  line.before = () => problem(410, "sync_token_expired");
  await assert.rejects(session.sync(next).next(), codeOf(ErrorCode.syncTokenExpired));
});
