import { FROM_THE_BEGINNING, FitnessifySession, MemoryTokenStore, SignedOutError } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Line, PASSWORD, type Server, share, streaming } from "./server.js";

const LONG_AGO = "2020-01-01T00:00:00Z";
let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

test("a stream without a starting point returns only new notifications", async () => {
  const session = await server.signUp({ fetch: streaming.fetch });
  await session.api.tasks.create({ title: "old", dueAt: LONG_AGO });
  for await (const _ of session.notifications({ after: FROM_THE_BEGINNING })) break;
  const line = new Line(streaming.fetch);
  const watching = new FitnessifySession(server.url, { tokens: tokensOf(await session.refresh()), fetch: line.fetch });
  const connected = new Promise<void>((resolve) => {
    line.before = (call) => (call.endsWith("/stream") ? resolve() : undefined, undefined);
  });
  const stream = watching.notifications();
  const first = stream.next();
  await connected;
  await session.api.tasks.create({ title: "new", dueAt: LONG_AGO });
  assert.equal((await first).value?.title, "new");
  await stream.return();
});

test("a stream refreshes its token and stops when aborted", async () => {
  const line = new Line(streaming.fetch);
  const tokens = new MemoryTokenStore();
  const session = await server.signUp({ fetch: line.fetch, tokens });
  await session.api.tasks.create({ title: "late", dueAt: LONG_AGO });
  line.expire((await tokens.get())!.accessToken);
  const stop = new AbortController();
  const stream = session.notifications({ after: FROM_THE_BEGINNING, signal: stop.signal });
  assert.equal((await stream.next()).value?.title, "late");
  assert.equal(line.count("POST /api/v1/auth/refresh"), 1);
  const waiting = stream.next();
  stop.abort();
  await assert.rejects(waiting, { name: "AbortError" });
});

test("the end of the session ends the stream with a typed error", async () => {
  const tokens = new MemoryTokenStore();
  const session = await server.signUp({ tokens, fetch: streaming.fetch });
  await session.api.tasks.create({ title: "last", dueAt: LONG_AGO });
  const stream = session.notifications({ after: FROM_THE_BEGINNING });
  await stream.next();
  const waiting = stream.next();
  const other = new FitnessifySession(server.url);
  await other.signIn((await session.api.users.getMe()).username, PASSWORD);
  await other.api.sessions.endOthers();
  await assert.rejects(waiting, SignedOutError);
  assert.equal(await tokens.get(), undefined);
});

function tokensOf(tokens: Parameters<MemoryTokenStore["set"]>[0]): MemoryTokenStore {
  const store = new MemoryTokenStore();
  void store.set(tokens);
  return store;
}
