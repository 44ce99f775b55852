import {
  FitnessifySession, MemoryTokenStore, type SessionOptions, type SessionState, SignedOutError, type TokenStore, type TokensDto,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Line, PASSWORD, type Server, share } from "./server.js";

const REFRESH = "POST /api/v1/auth/refresh";
let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

/** A signed-in user, and what the session reports from its beginning. */
async function signUp(options: SessionOptions = {}) {
  const line = new Line();
  const states: SessionState[] = [];
  const session = await server.signUp({ fetch: line.fetch, onStateChanged: (state) => states.push(state), ...options });
  return { line, states, session, tokens: (await session.getTokens())! };
}

test("the app learns of each change when the store has it", async () => {
  const stored: (TokensDto | undefined)[] = [];
  let current: TokensDto | undefined;
  const store: TokenStore = {
    get: async () => current,
    set: async (tokens) => void (current = tokens),
    clear: async () => void (current = undefined),
  };
  const states: SessionState[] = [];
  const onStateChanged = (state: SessionState) => void (states.push(state), stored.push(current));
  const { session, tokens } = await signUp({ tokens: store, onStateChanged });
  const refreshed = await session.refresh();
  await session.api.users.getMe();
  await session.signOut();
  const { sessionId } = tokens;
  assert.deepEqual(states, [
    { type: "signedIn", sessionId, reason: undefined },
    { type: "refreshed", sessionId, reason: undefined },
    { type: "signedOut", sessionId, reason: undefined },
  ]);
  assert.deepEqual(stored, [tokens, refreshed, undefined]);
});

test("a device that begins as a guest is signed in, once", async () => {
  const states: SessionState[] = [];
  const session = new FitnessifySession(server.url, { onStateChanged: (state) => states.push(state) });
  const { sessionId } = await session.startAsGuest();
  await session.startAsGuest();
  assert.deepEqual(states, [{ type: "signedIn", sessionId, reason: undefined }]);
});

test("a start of the app and a failed sign-in change nothing", async () => {
  const { session, tokens } = await signUp();
  const { username } = await session.api.users.getMe();
  const store = new MemoryTokenStore();
  await store.set(tokens);
  const states: SessionState[] = [];
  const restarted = new FitnessifySession(server.url, { tokens: store, onStateChanged: (state) => states.push(state) });
  await restarted.api.users.getMe();
  await assert.rejects(restarted.signIn(username, "wrong"), { code: "invalid_credentials" });
  assert.deepEqual(states, []);
  const again = await restarted.signIn(username, PASSWORD);
  assert.deepEqual(states, [{ type: "signedIn", sessionId: again.sessionId, reason: undefined }]);
});

test("the end that the server has decided has the error of the call as its reason", async () => {
  const { states, session, tokens } = await signUp();
  const other = new FitnessifySession(server.url);
  await other.signIn((await session.api.users.getMe()).username, PASSWORD);
  await other.api.sessions.end(tokens.sessionId);
  const error = await session.api.users.getMe().catch((error: unknown) => error);
  assert(error instanceof SignedOutError);
  assert.deepEqual(states.slice(1), [{ type: "signedOut", sessionId: tokens.sessionId, reason: error }]);
  assert.equal(states[1]!.reason, error);
});

test("calls at the same time report one refresh and one end", async () => {
  const { line, states, session, tokens } = await signUp();
  const callAll = () => Promise.allSettled(Array.from({ length: 10 }, () => session.api.users.getMe()));
  line.expire(tokens.accessToken);
  assert((await callAll()).every(({ status }) => status === "fulfilled"));
  assert.equal(line.count(REFRESH), 1);
  assert.deepEqual(states.map(({ type }) => type), ["signedIn", "refreshed"]);

  await session.api.auth.logout({ refreshToken: (await session.getTokens())!.refreshToken });
  for (const call of await callAll()) assert(call.status === "rejected");
  assert.deepEqual(states.map(({ type }) => type), ["signedIn", "refreshed", "signedOut"]);
});

test("two sign-outs at the same time report one end", async () => {
  const { states, session } = await signUp();
  await Promise.allSettled([session.signOut(), session.signOut()]);
  assert.deepEqual(states.map(({ type }) => type), ["signedIn", "signedOut"]);
});

test("what the function of the app throws is an unhandled rejection, and the session goes on", async () => {
  const unhandled: unknown[] = [];
  // The test runner would take each unhandled rejection for a failure.
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", (reason) => unhandled.push(reason));
  try {
    const { session } = await signUp({
      onStateChanged: ({ type }) => {
        throw new TypeError(type);
      },
    });
    await session.refresh();
    assert.equal((await session.api.users.getMe()).kind, "member");
    await session.signOut();
    assert.equal(await session.getTokens(), undefined);
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }

  assert.deepEqual(unhandled.map(String), ["TypeError: signedIn", "TypeError: refreshed", "TypeError: signedOut"]);
});
