import {
  FitnessifySession, type SessionState, SignedOutError, type TokenStore, asyncStorageTokens, secureStoreTokens, webStorageTokens,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Line, PASSWORD, type Server, newName, share } from "./server.js";

const KEY = "fitnessify.tokens";
const REFRESH = "POST /api/v1/auth/refresh";
let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

/** What a platform keeps, whatever session or store reads it. */
class Storage {
  readonly values = new Map<string, string>();
  reads = 0;

  read(key: string): string | null {
    this.reads++;
    return this.values.get(key) ?? null;
  }
}

/** Each store, over a storage that has only the methods that the store may call. */
const STORES: Record<string, (storage: Storage, key?: string) => TokenStore> = {
  webStorageTokens: (storage, key) =>
    webStorageTokens({
      getItem: (name) => storage.read(name),
      setItem: (name, value) => void storage.values.set(name, value),
      removeItem: (name) => void storage.values.delete(name),
    }, key),
  asyncStorageTokens: (storage, key) =>
    asyncStorageTokens({
      getItem: async (name) => storage.read(name),
      setItem: async (name, value) => storage.values.set(name, value),
      removeItem: async (name) => storage.values.delete(name),
    }, key),
  secureStoreTokens: (storage, key) =>
    secureStoreTokens({
      getItemAsync: async (name) => storage.read(name),
      setItemAsync: async (name, value) => storage.values.set(name, value),
      deleteItemAsync: async (name) => storage.values.delete(name),
    }, key),
};

for (const [name, storeOf] of Object.entries(STORES)) {
  test(`${name} keeps the tokens until the user signs out`, async () => {
    const storage = new Storage();
    const session = await server.signUp({ tokens: storeOf(storage) });
    const { username } = await session.api.users.getMe();
    assert.deepEqual([...storage.values.keys()], [KEY]);
    assert.deepEqual(JSON.parse(storage.values.get(KEY)!), await session.getTokens());

    const restarted = new FitnessifySession(server.url, { tokens: storeOf(storage) });
    assert.equal((await restarted.api.users.getMe()).username, username);
    const refreshed = await restarted.refresh();
    assert.deepEqual(await storeOf(storage).get(), refreshed);
    await restarted.signOut();
    assert.equal(storage.values.size, 0);
    assert.equal(await storeOf(storage).get(), undefined);
  });

  test(`${name} keeps the tokens of several accounts under keys of their own`, async () => {
    const storage = new Storage();
    const [ann, bob] = await Promise.all(["ann", "bob"].map((key) => server.signUp({ tokens: storeOf(storage, key) })));
    assert.deepEqual([...storage.values.keys()].sort(), ["ann", "bob"]);
    await ann!.signOut();
    assert.deepEqual(await storeOf(storage, "bob").get(), await bob!.getTokens());
  });

  test(`${name} takes a damaged value for none, and a sign-in replaces it`, async () => {
    const storage = new Storage();
    const session = await server.signUp();
    const { username } = await session.api.users.getMe();
    const { refreshToken, ...incomplete } = (await session.getTokens())!;
    assert(refreshToken);
    for (const damaged of ["", "{", "null", "[]", "1", '"accessToken"', JSON.stringify(incomplete)]) {
      storage.values.set(KEY, damaged);
      const restarted = new FitnessifySession(server.url, { tokens: storeOf(storage) });
      assert.equal(await restarted.getTokens(), undefined, damaged);
      await assert.rejects(restarted.api.users.getMe(), { code: "unauthenticated" });
    }

    const restarted = new FitnessifySession(server.url, { tokens: storeOf(storage) });
    const tokens = await restarted.signIn(username, PASSWORD);
    assert.deepEqual(JSON.parse(storage.values.get(KEY)!), tokens);
  });
}

test("the store is read by the first call, and not by each one", async () => {
  const storage = new Storage();
  await server.signUp({ tokens: STORES.webStorageTokens!(storage) });
  const restarted = new FitnessifySession(server.url, { tokens: STORES.webStorageTokens!(storage) });
  storage.reads = 0;
  for (let call = 0; call < 5; call++) await restarted.api.users.getMe();
  assert.equal(storage.reads, 1);
});

/** Two sessions over one storage, like those of two tabs, and what the first one reports. */
async function openTwoTabs() {
  const storage = new Storage();
  const line = new Line();
  const states: SessionState[] = [];
  const options = { tokens: STORES.webStorageTokens!(storage), fetch: line.fetch };
  const first = await server.signUp({ ...options, onStateChanged: (state) => states.push(state) });
  const tokens = (await first.getTokens())!;
  states.length = 0;
  return { storage, line, states, first, tokens, second: new FitnessifySession(server.url, options) };
}

test("what another session over the store has refreshed is taken over", async () => {
  const { line, states, first, tokens, second } = await openTwoTabs();
  const refreshed = await second.refresh();
  line.expire(tokens.accessToken);
  assert.equal((await first.api.users.getMe()).id, (await second.api.users.getMe()).id);
  assert.deepEqual(await first.getTokens(), refreshed);
  assert.equal(line.count(REFRESH), 1);
  assert.deepEqual(states, []);
});

test("a call after the sign-out by another session over the store reports the end with what the server says", async () => {
  const { states, first, tokens, second } = await openTwoTabs();
  await second.signOut();
  const error = await first.api.users.getMe().catch((error: unknown) => error);
  assert(error instanceof SignedOutError);
  assert.equal(error.code, "session_revoked");
  assert.deepEqual(states, [{ type: "signedOut", sessionId: tokens.sessionId, reason: error }]);
  assert.equal(await first.getTokens(), undefined);
});

test("a refresh after the sign-out by another session over the store reports the end and asks the server nothing", async () => {
  const { line, states, first, tokens, second } = await openTwoTabs();
  await second.signOut();
  line.expire(tokens.accessToken);
  await assert.rejects(first.api.users.getMe(), SignedOutError);
  assert.equal(line.count(REFRESH), 0);
  assert.deepEqual(states, [{ type: "signedOut", sessionId: tokens.sessionId, reason: undefined }]);
});

test("what another session over the store has signed in is taken over with the next refresh", async () => {
  const { line, states, first, tokens, second } = await openTwoTabs();
  const username = newName();
  await second.api.auth.register({ username, email: `${username}@example.com`, password: PASSWORD });
  const other = await second.signIn(username, PASSWORD);
  line.expire(tokens.accessToken);
  // A call of the former user is not repeated with the tokens of the other one.
  await assert.rejects(first.api.users.getMe(), SignedOutError);
  assert.equal((await first.api.users.getMe()).username, username);
  assert.deepEqual(await first.getTokens(), other);
  assert.deepEqual(states, []);
});
