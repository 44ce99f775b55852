import { ConnectionError, FROM_THE_BEGINNING, type Middleware, type SentRequest, type SessionOptions } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Line, type Server, json, problem, share, streaming } from "./server.js";

const ME = "GET /api/v1/users/me";
const REFRESH = "POST /api/v1/auth/refresh";
const TASKS = "POST /api/v1/tasks";
let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

const callOf = ({ method, url }: SentRequest) => `${method} ${new URL(url).pathname}`;

/** A signed-in user over a line, with a middleware that passes everything on until the test sets `layer`. */
async function signUp(options: SessionOptions = {}) {
  const line = new Line(streaming.fetch);
  const hook: { layer: Middleware } = { layer: (request, next) => next(request) };
  const middleware: Middleware[] = [(request, next) => hook.layer(request, next)];
  const session = await server.signUp({ fetch: line.fetch, middleware, ...options });
  line.calls.length = 0;
  return { line, hook, session };
}

test("the first function is outermost", async () => {
  const steps: string[] = [];
  const layer = (name: string): Middleware => async (request, next) => {
    steps.push(`${name} before`);
    const response = await next(request);
    steps.push(`${name} after ${response.status}`);
    return response;
  };
  const { session } = await signUp({ middleware: [layer("outer"), layer("inner")] });
  steps.length = 0;
  await session.api.users.getMe();
  assert.deepEqual(steps, ["outer before", "inner before", "inner after 200", "outer after 200"]);
});

test("a function sees the whole request, and what it changes is sent", async () => {
  const { line, hook, session } = await signUp();
  const { accessToken } = (await session.getTokens())!;
  const seen: SentRequest[] = [];
  hook.layer = (request, next) => {
    seen.push(request);
    return next({ ...request, headers: { ...request.headers, "X-App": "1" }, body: request.body!.replace("milk", "tea") });
  };
  const arrived: [call: string, headers: Headers][] = [];
  line.before = (call, { headers }) => void arrived.push([call, new Headers(headers)]);
  const task = await session.api.tasks.create({ title: "Buy milk" });

  const [{ url, method, headers, body }] = seen as [SentRequest];
  assert.deepEqual([url, method, JSON.parse(body!)], [`${server.url}/api/v1/tasks`, "POST", { title: "Buy milk" }]);
  assert.deepEqual(headers, {
    Accept: "application/json", "Content-Type": "application/json", Authorization: `Bearer ${accessToken}`,
  });
  const [[call, sent]] = arrived as [[string, Headers]];
  assert.deepEqual([call, sent.get("X-App"), sent.get("Authorization")], [TASKS, "1", `Bearer ${accessToken}`]);
  assert.equal(task.title, "Buy tea");
});

test("a function may answer in place of the server", async () => {
  const { line, hook, session } = await signUp();
  hook.layer = async () => json({ count: 7 });
  assert.equal((await session.api.notifications.countUnread()).count, 7);
  hook.layer = async () => problem(409, "limit_reached");
  await assert.rejects(session.api.tasks.create({ title: "One more" }), { code: "limit_reached" });
  assert.deepEqual(line.calls, []);
});

test("what a function throws counts as no response", async () => {
  const { line, hook, session } = await signUp();
  const thrown = new RangeError("broken");
  let attempts = 0;
  hook.layer = async (request, next) => {
    if (++attempts === 1) throw thrown;
    return await next(request);
  };
  // Reading is repeated, and creating is not, because it may have happened.
  await session.api.users.getMe();
  assert.deepEqual([attempts, line.calls], [2, [ME]]);

  attempts = 0;
  const error = await session.api.tasks.create({ title: "Once" }).catch((error: unknown) => error);
  assert(error instanceof ConnectionError);
  assert.equal(error.cause, thrown);
  assert.equal(attempts, 1);
  // A function that is not async is treated in the same way.
  hook.layer = () => {
    throw thrown;
  };
  await assert.rejects(session.api.tasks.create({ title: "Once" }), (error) => error instanceof ConnectionError && error.cause === thrown);
});

test("a function sees each attempt, the refresh and the stream, each as it was before", async () => {
  const { line, hook, session } = await signUp();
  await session.api.tasks.create({ title: "Pay rent", dueAt: "2020-01-01T18:00:00Z" });
  const seen: string[] = [];
  hook.layer = async (request, next) => {
    assert.equal(request.headers["X-Attempt"], undefined);
    request.headers["X-Attempt"] = "1";
    const response = await next(request);
    seen.push(`${callOf(request)} ${response.status}`);
    return response;
  };
  const refusals = [problem(503, "service_unavailable", { "Retry-After": "0" }), problem(429, "rate_limited", { "Retry-After": "0" })];
  line.before = () => refusals.shift();
  line.expire((await session.getTokens())!.accessToken);
  await session.api.users.getMe();
  assert.deepEqual(seen, [`${ME} 401`, `${REFRESH} 503`, `${REFRESH} 429`, `${REFRESH} 200`, `${ME} 200`]);

  seen.length = 0;
  for await (const { title } of session.notifications({ after: FROM_THE_BEGINNING })) {
    assert.equal(title, "Pay rent");
    break;
  }
  assert(seen.includes("GET /api/v1/notifications/stream 200"), seen.join());
});

test("a call ends at once when it is aborted, even if a function never answers, and the function learns of it", async () => {
  const { hook, session } = await signUp();
  const stop = new AbortController();
  let signal: AbortSignal | undefined;
  hook.layer = (request) => {
    signal = request.signal;
    setImmediate(() => stop.abort());
    return new Promise<never>(() => undefined);
  };
  await assert.rejects(session.api.tasks.create({ title: "Never" }, { signal: stop.signal }), { name: "AbortError" });
  assert.equal(signal?.aborted, true);
});
