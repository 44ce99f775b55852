import {
  ConnectionError, ErrorCode, FitnessifyError, FitnessifySession, MemoryTokenStore, MfaRequiredError, type SessionOptions, SignedOutError,
  type TaskDto, etagOf,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Issuer, newNonce } from "./issuer.js";
import { FaultyProxy } from "./proxy.js";
import { ADMIN, Line, MAX_TASKS, PASSWORD, type Server, endsInto, newName, share } from "./server.js";
import { totp } from "./totp.js";

const START = "POST /api/v1/auth/guest";
const LOGIN = "POST /api/v1/auth/login";
let issuer: Issuer;
let server: Server;

before(async () => void ({ server, issuer } = await share()));
after(() => server.stop());

/** A device without a session, with an app that keeps copies of the tasks. */
function newDevice(options: SessionOptions = {}, url = server.url) {
  const line = new Line();
  const store = new MemoryTokenStore();
  const ended: SignedOutError[] = [];
  const session = new FitnessifySession(url, { tokens: store, retryDelay: 5, fetch: line.fetch, onStateChanged: endsInto(ended), ...options });
  const copies = new Map<string, TaskDto>();
  let since: string | undefined;
  const pull = async (): Promise<void> => {
    try {
      for await (const page of session.sync(since)) {
        for (const { id, task } of page.items) task ? copies.set(id, task) : copies.delete(id);
        since = page.next;
      }
    } catch (error) {
      if (!codeOf("invalid_sync_token")(error) || since === undefined) throw error;
      copies.clear();
      since = undefined;
      await pull();
    }
  };
  return { line, store, ended, session, copies, pull, since: () => since };
}

/** The same, a guest with a task. */
async function newGuest() {
  const device = newDevice();
  await device.session.startAsGuest({ device: "Phone" });
  const task = await device.session.createTask({ title: "Of the guest" });
  await device.pull();
  return { ...device, task };
}

/** A member with a task on another device. */
async function newMember() {
  const device = newDevice();
  const username = newName();
  await device.session.api.auth.register({ username, email: `${username}@example.com`, password: PASSWORD });
  await device.session.signIn(username, PASSWORD, "Tablet");
  const task = await device.session.createTask({ title: "Of the account" });
  await device.pull();
  return { ...device, task, username, id: (await device.session.api.users.getMe()).id };
}

/** The same, with MFA on, and the code that the app shows next. */
async function newMemberWithMfa() {
  const member = await newMember();
  const { secret } = await member.session.api.mfa.enrolTotp({ password: PASSWORD });
  await member.session.api.mfa.confirmTotp({ code: totp(secret, 0) });
  return { ...member, code: () => totp(secret, 1) };
}

const codeOf = (code: string) => (error: unknown) => error instanceof FitnessifyError && error.code === code;
const versionsOf = (copies: Map<string, TaskDto>) => new Map([...copies].map(([id, { version }]) => [id, version]));

async function countGuests(): Promise<number> {
  const admin = new FitnessifySession(server.url);
  await admin.signIn(ADMIN.username, ADMIN.password);
  let count = 0;
  for await (const { kind } of admin.api.admin.allUsers()) count += Number(kind === "guest");
  return count;
}

/** Both devices have the same tasks in the same versions, which are those of the server. */
async function assertConverged(one: Awaited<ReturnType<typeof newGuest>>, other: Awaited<ReturnType<typeof newMember>>): Promise<void> {
  const stored = new Map((await other.session.api.tasks.list({ limit: 200 })).items.map((task) => [task.id, task]));
  assert.deepEqual(new Set(stored.keys()), new Set([one.task.id, other.task.id]));
  for (const { pull, copies } of [one, other]) {
    await pull();
    assert.deepEqual(versionsOf(copies), versionsOf(stored));
  }
}

test("tasks that were made offline are sent under their ids once the guest has started", async () => {
  const { line, session, store } = newDevice();
  let isOffline = true;
  line.before = () => {
    if (isOffline) throw new TypeError("offline");
    return undefined;
  };
  await assert.rejects(session.startAsGuest(), ConnectionError);
  assert.equal(await store.get(), undefined);
  const waiting = new Map([[crypto.randomUUID(), "Buy milk"], [crypto.randomUUID(), "Run"]]);
  isOffline = false;
  const tokens = await session.startAsGuest({ device: "Phone", locale: "de", timeZone: "Europe/Berlin" });
  assert.deepEqual(await store.get(), tokens);
  for (const [id, title] of waiting) await session.createTask({ title }, id);

  const { kind, email, locale, timeZone } = await session.api.users.getMe();
  assert.deepEqual({ kind, email, locale, timeZone }, { kind: "guest", email: null, locale: "de", timeZone: "Europe/Berlin" });
  const stored = (await session.api.tasks.list()).items.map(({ id, title }) => [id, title] as const);
  assert.deepEqual(new Map(stored), waiting);
  assert.equal((await session.api.sessions.list()).items[0]?.device, "Phone");
});

test("a start goes on when the server can be reached again", async () => {
  const { line, session } = newDevice();
  let failures = 2;
  line.before = () => {
    if (failures-- > 0) throw new TypeError("offline");
    return undefined;
  };
  await session.startAsGuest();
  assert.equal(line.count(START), 1);
  assert.equal((await session.api.users.getMe()).kind, "guest");
});

test("a start whose answers get lost on the way creates one guest", async () => {
  const before = await countGuests();
  // Below 0.4 there is a fault, and the number after it says which: an answer that is lost, one that is cut off, and then none.
  const numbers = [0, 1.5 / 8, 0, 3.5 / 8];
  const proxy = await FaultyProxy.start(server.url, () => numbers.shift() ?? 1);
  try {
    const { session, store } = newDevice({ fetch: globalThis.fetch }, proxy.url);
    await session.startAsGuest();
    assert.deepEqual(Object.fromEntries(proxy.faults), { lose: 1, cut: 1 });
    assert.equal((await session.api.users.getMe()).kind, "guest");
    assert.equal((await store.get())?.sessionId, (await session.api.sessions.list()).items[0]?.id);
  } finally {
    proxy.stop();
  }

  assert.equal(await countGuests(), before + 1);
});

test("an app that has stored the key gets the same guest after a crash, and another one once the tokens were used", async () => {
  const before = await countGuests();
  const key = crypto.randomUUID();
  const crashed = newDevice({ maxAttempts: 1 });
  crashed.line.loses = () => true;
  await assert.rejects(crashed.session.startAsGuest({ key }), ConnectionError);
  assert.equal(crashed.line.count(START), 1);

  const started = newDevice();
  await started.session.startAsGuest({ key });
  const { id } = await started.session.api.users.getMe();
  assert.equal(await countGuests(), before + 1);

  const thief = newDevice();
  await thief.session.startAsGuest({ key });
  assert.notEqual((await thief.session.api.users.getMe()).id, id);
});

test("starts at the same time and later ones are one guest", async () => {
  const { line, session } = newDevice();
  const [one, other] = await Promise.all([session.startAsGuest(), session.startAsGuest()]);
  assert.deepEqual(one, other);
  assert.deepEqual(await session.startAsGuest(), one);
  assert.equal(line.count(START), 1);
});

test("a sign-in during the start wins", async () => {
  const { username } = await newMember();
  const { line, store, session } = newDevice();
  let answerLate = () => {};
  const late = new Promise<void>((resolve) => (answerLate = resolve));
  const slow = new FitnessifySession(server.url, {
    tokens: store,
    fetch: async (input, init) => {
      const answer = await line.fetch(input, init);
      await late;
      return answer;
    },
  });
  const starting = slow.startAsGuest();
  while (line.count(START) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const signedIn = await session.signIn(username, PASSWORD);
  answerLate();
  assert.deepEqual(await starting, signedIn);
  assert.deepEqual(await store.get(), signedIn);
});

test("a guest who registers keeps the id, the session, the versions and the sync token", async () => {
  const { session, store, task, pull, copies, since } = await newGuest();
  const tokens = await store.get();
  const { id } = await session.api.users.getMe();
  const username = newName();
  const member = await session.api.guests.register({ username, email: `${username}@example.com`, password: PASSWORD });
  assert.deepEqual([member.id, member.kind, member.username], [id, "member", username]);
  assert.deepEqual(await store.get(), tokens);

  assert.equal((await session.api.tasks.get(task.id)).version, task.version);
  const page = await session.api.changes.list({ since: since()! });
  assert.deepEqual([page.items, page.hasMore], [[], false]);
  const tablet = newDevice();
  await tablet.session.signIn(username, PASSWORD);
  await tablet.pull();
  await pull();
  assert.deepEqual(copies, tablet.copies);
  await assert.rejects(session.api.guests.register({ username, email: `${username}@example.com`, password: PASSWORD }), codeOf("state_conflict"));
});

test("a sign-in merges the guest, and sync converges on both devices", async () => {
  const member = await newMember();
  const guest = await newGuest();
  const former = guest.since()!;
  const merged = await guest.session.signIn(member.username, PASSWORD, "Phone");
  assert.equal(merged.guestMerged, true);
  assert.equal((await guest.session.api.users.getMe()).id, member.id);

  await assert.rejects(guest.session.sync(former).next(), codeOf("invalid_sync_token"));
  const { version } = await guest.session.api.tasks.get(guest.task.id);
  assert(version > guest.task.version);
  // What was sent offline, or got no answer, can be sent again: the id is still that of the task.
  await assert.rejects(guest.session.createTask({ title: "Once more" }, guest.task.id), { code: ErrorCode.preconditionFailed });
  await assertConverged(guest, member);
  const { id } = await guest.session.createTask({ title: "After the merge" });
  await member.pull();
  assert.equal(member.copies.get(id)?.title, "After the merge");
});

test("the guest is merged through MFA, even when its tokens are renewed in between", async () => {
  const member = await newMemberWithMfa();
  const guest = await newGuest();
  const refusal = await guest.session.signIn(member.username, PASSWORD).catch((error: unknown) => error);
  assert(refusal instanceof MfaRequiredError);
  assert.equal((await guest.session.api.users.getMe()).kind, "guest");
  await guest.session.refresh();
  const { challengeToken } = refusal;
  const tokens = await guest.session.signInWith((api) => api.auth.verifyMfa({ challengeToken, code: member.code() }));
  assert.equal(tokens.guestMerged, true);
  await assertConverged(guest, member);
});

test("signInWith passes the token of the guest to the step", async () => {
  const member = await newMember();
  const guest = await newGuest();
  const login = { login: member.username, password: PASSWORD };
  await guest.session.signInWith((api, guestToken) => api.auth.login({ ...login, guestToken }));
  await assertConverged(guest, member);
  await newDevice().session.signInWith((api, guestToken) => {
    assert.equal(guestToken, undefined);
    return api.auth.login(login);
  });
});

test("an identity merges the guest into a new account and into one that it is linked to", async () => {
  const sub = newName();
  const identity = async () => {
    const { nonce, digest } = await newNonce();
    const idToken = issuer.token({ sub, nonce: digest, email: `${sub}@example.com`, name: "Ann Example" });
    return { provider: issuer.provider, idToken, nonce };
  };
  const [first, second] = [await newGuest(), await newGuest()];
  for (const { session } of [first, second]) assert.equal((await session.signInWithIdentity(await identity())).guestMerged, true);
  await second.pull();
  assert.deepEqual(new Set(second.copies.keys()), new Set([first.task.id, second.task.id]));
  assert.equal((await second.session.api.users.getMe()).kind, "member");
});

test("a guest whose identity has an account's address is merged by the sign-in that links it", async () => {
  const member = await newMember();
  const guest = await newGuest();
  const { nonce, digest } = await newNonce();
  const idToken = issuer.token({ sub: newName(), nonce: digest, email: `${member.username}@example.com` });
  const tokens = await guest.session.signInWithIdentity({ provider: issuer.provider, idToken, nonce }, async () => {
    await guest.session.signIn(member.username, PASSWORD);
    return { password: PASSWORD };
  });
  assert.equal(tokens.guestMerged, true);
  assert.equal((await guest.session.api.identities.list()).items.length, 1);
  await assertConverged(guest, member);
});

test("the token of a member merges nothing", async () => {
  const [one, other] = [await newMember(), await newMember()];
  const tokens = (await one.store.get())!;
  assert.equal((await one.session.signIn(other.username, PASSWORD)).guestMerged ?? false, false);
  assert.deepEqual((await one.session.api.tasks.list()).items.map(({ id }) => id), [other.task.id]);
  await one.store.set(tokens);
  const former = new FitnessifySession(server.url, { tokens: one.store });
  assert.deepEqual((await former.api.tasks.list()).items.map(({ id }) => id), [one.task.id]);
});

test("a guest with too much to merge stays the guest", async () => {
  const member = await newMember();
  const guest = await newGuest();
  for (let left = MAX_TASKS - 1; left > 0; left -= 100) {
    const operations = Array.from({ length: Math.min(left, 100) }, (_, number) => ({ op: "create", task: { title: `${number}` } }));
    await member.session.api.tasks.batch({ operations });
  }

  const tokens = await guest.store.get();
  await assert.rejects(guest.session.signIn(member.username, PASSWORD), codeOf("limit_reached"));
  assert.deepEqual(await guest.store.get(), tokens);
  assert.deepEqual(guest.ended, []);
  assert.equal((await guest.session.api.tasks.get(guest.task.id)).version, guest.task.version);
});

test("calls that learn of the merge before the sign-in does report no end of the session", async () => {
  const member = await newMember();
  const guest = await newGuest();
  const session = new FitnessifySession(server.url, {
    tokens: guest.store,
    onStateChanged: endsInto(guest.ended),
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      if (String(input).endsWith("/auth/login")) await assert.rejects(session.api.tasks.list(), SignedOutError);
      return answer;
    },
  });
  const tokens = await session.signIn(member.username, PASSWORD);
  assert.deepEqual(guest.ended, []);
  assert.deepEqual(await guest.store.get(), tokens);
  assert.equal((await session.api.tasks.list()).items.length, 2);
});

test("an end of the session that a call learns of during a sign-in that fails is reported by the next call", async () => {
  const { session, store, ended } = await newGuest();
  const other = new MemoryTokenStore();
  await other.set((await store.get())!);
  await new FitnessifySession(server.url, { tokens: other }).signOut();
  const signingIn = session.signInWith(async (api) => {
    await assert.rejects(api.tasks.list(), SignedOutError);
    assert.deepEqual(ended, []);
    throw new Error("The user has closed the dialog.");
  });
  await assert.rejects(signingIn, /closed the dialog/);
  await assert.rejects(session.api.tasks.list(), SignedOutError);
  assert.deepEqual(ended.map(({ code }) => code), ["session_revoked"]);
  assert.equal(await store.get(), undefined);
});

test("after a sign-in whose answer got lost, the end of the guest is reported and the next sign-in has its tasks", async () => {
  const member = await newMember();
  const guest = await newGuest();
  guest.line.loses = (call) => call === LOGIN && guest.line.count(LOGIN) === 1;
  await assert.rejects(guest.session.signIn(member.username, PASSWORD), ConnectionError);
  await assert.rejects(guest.session.api.tasks.list(), SignedOutError);
  assert.deepEqual(guest.ended.map(({ code }) => code), ["session_revoked"]);
  assert.equal(await guest.store.get(), undefined);
  assert.equal((await guest.session.signIn(member.username, PASSWORD)).guestMerged ?? false, false);
  await assertConverged(guest, member);
});

test("a sign-in with the token of a guest whose session has ended goes on without a merge", async () => {
  const member = await newMember();
  const guest = await newGuest();
  const tokens = (await guest.store.get())!;
  await guest.session.signOut();
  await guest.store.set(tokens);
  assert.equal((await guest.session.signIn(member.username, PASSWORD)).guestMerged ?? false, false);
  assert.deepEqual((await guest.session.api.tasks.list()).items.map(({ id }) => id), [member.task.id]);
  assert.deepEqual(guest.ended, []);
});

test("a guest who has signed out is lost, and the next start is another guest", async () => {
  const { session, store, task } = await newGuest();
  const { id } = await session.api.users.getMe();
  await session.signOut();
  assert.equal(await store.get(), undefined);
  await session.startAsGuest();
  assert.notEqual((await session.api.users.getMe()).id, id);
  await assert.rejects(session.api.tasks.patch(task.id, { title: "Mine" }, { ifMatch: etagOf(task) }), codeOf("not_found"));
});
