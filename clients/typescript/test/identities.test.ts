import {
  ConnectionError, FitnessifyError, FitnessifySession, IdentityNotLinkedError, MemoryTokenStore, MfaRequiredError, type TokensDto,
  createNonce,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { HAS_WEB_CRYPTO, type Issuer, newNonce } from "./issuer.js";
import { Line, PASSWORD, type Server, json, newName, problem, share } from "./server.js";
import { totp } from "./totp.js";

const LOGIN = "POST /api/v1/auth/login/identity";
const LINK = "POST /api/v1/users/me/identities";
const REFRESH = "POST /api/v1/auth/refresh";
let issuer: Issuer;
let server: Server;

before(async () => void ({ server, issuer } = await share()));
after(() => server.stop());

/** A device without a session, and a person with an identity whose address is that of an account, if there is one. */
function newDevice(username = newName()) {
  const line = new Line();
  const statuses: number[] = [];
  const store = new MemoryTokenStore();
  const session = new FitnessifySession(server.url, {
    tokens: store,
    retryDelay: 5,
    fetch: async (input, init) => {
      const answer = await line.fetch(input, init);
      if (String(input).endsWith("/auth/login/identity")) statuses.push(answer.status);
      return answer;
    },
  });
  const identity = async () => {
    const { nonce, digest } = await newNonce();
    const idToken = issuer.token({ sub: username, nonce: digest, email: `${username}@example.com`, name: "Ann Example" });
    return { provider: issuer.provider, idToken, nonce, device: "Phone" };
  };
  return { line, statuses, store, session, username, identity };
}

/** The same, and the account has a password only. */
async function newMember() {
  const device = newDevice();
  const { username } = device;
  await device.session.api.auth.register({ username, email: `${username}@example.com`, password: PASSWORD });
  return device;
}

/** The same, with MFA on. */
async function newMemberWithMfa() {
  const device = await newMember();
  const { session, username } = device;
  await session.signIn(username, PASSWORD);
  const { secret } = await session.api.mfa.enrolTotp({ password: PASSWORD });
  const { recoveryCodes } = await session.api.mfa.confirmTotp({ code: totp(secret, 0) });
  await session.signOut();
  const signIn = async () => {
    const refusal = await session.signIn(username, PASSWORD).catch((error: unknown) => error);
    assert(refusal instanceof MfaRequiredError);
    const { challengeToken } = refusal;
    return session.signInWith((api) => api.auth.verifyMfa({ challengeToken, code: totp(secret, 1) })); // A code works once.
  };
  return { ...device, recoveryCodes, signIn };
}

const codeOf = (code: string) => (error: unknown) => error instanceof FitnessifyError && error.code === code;
const neverCalled = () => assert.fail("The callback is not for this.");

test("an identity signs in to a new account and later to the same", async () => {
  const { session, statuses, store, identity } = newDevice();
  const first = await session.signInWithIdentity(await identity(), neverCalled);
  assert.deepEqual(await store.get(), first);
  const { id, displayName } = await session.api.users.getMe();
  assert.equal(displayName, "Ann Example");
  await session.signOut();

  const second = await session.signInWithIdentity(await identity());
  assert.deepEqual(await store.get(), second);
  assert.notEqual(second.sessionId, first.sessionId);
  assert.equal((await session.api.users.getMe()).id, id);
  assert.deepEqual(statuses, [201, 200]);
});

test("without a callback, an identity that is not linked is a typed error", async () => {
  const { session, store, identity } = await newMember();
  const error = await session.signInWithIdentity(await identity()).catch((reason: unknown) => reason);
  assert(error instanceof IdentityNotLinkedError);
  assert.deepEqual([error.name, error.code, error.status], ["IdentityNotLinkedError", "identity_not_linked", 409]);
  assert.notEqual(error.linkToken, "");
  assert.equal(await store.get(), undefined);
});

test("an identity is linked after a sign-in with the password", async () => {
  const { session, store, username, identity } = await newMember();
  let started: TokensDto | undefined;
  const tokens = await session.signInWithIdentity(await identity(), async () => {
    started = await session.signIn(username, PASSWORD);
    return { password: PASSWORD };
  });
  assert.equal(tokens.sessionId, started?.sessionId);
  assert.deepEqual(await store.get(), tokens);
  const [linked] = (await session.api.identities.list()).items;
  assert.deepEqual([linked?.provider, linked?.email], [issuer.provider, `${username}@example.com`]);

  await session.signOut();
  await session.signInWithIdentity(await identity(), neverCalled);
  assert.equal((await session.api.users.getMe()).username, username);
});

test("an identity is linked after a sign-in with MFA, and then asks for the second factor too", async () => {
  const { session, username, identity, recoveryCodes, signIn } = await newMemberWithMfa();
  await session.signInWithIdentity(await identity(), async () => {
    await signIn();
    return { password: PASSWORD, recoveryCode: recoveryCodes[0] };
  });
  assert.equal((await session.api.identities.list()).items.length, 1);
  await session.signOut();

  const refusal = await session.signInWithIdentity(await identity(), neverCalled).catch((reason: unknown) => reason);
  assert(refusal instanceof MfaRequiredError);
  const { challengeToken } = refusal;
  await session.signInWith((api) => api.auth.verifyMfa({ challengeToken, recoveryCode: recoveryCodes[1] }));
  assert.equal((await session.api.users.getMe()).username, username);
});

test("a callback that has reauthenticated the session returns nothing", async () => {
  const { session, line, identity, recoveryCodes, signIn } = await newMemberWithMfa();
  let body: unknown;
  line.before = (call, init) => void (call === LINK && (body = JSON.parse(String(init.body))));
  let linkToken: string | undefined;
  await session.signInWithIdentity(await identity(), async (refusal) => {
    ({ linkToken } = refusal);
    await signIn();
    await session.api.auth.reauthenticate({ password: PASSWORD, recoveryCode: recoveryCodes[0] });
  });
  assert.deepEqual(body, { linkToken });
  assert.equal((await session.api.identities.list()).items.length, 1);
});

test("a callback that does not sign in links nothing", async () => {
  const { session, line, store, identity } = await newMember();
  const linking = session.signInWithIdentity(await identity(), async () => ({ password: PASSWORD }));
  const error = await linking.catch((reason: unknown) => reason);
  assert(error instanceof Error && /has not signed in/.test(error.message) && error.cause instanceof IdentityNotLinkedError);
  assert.equal(line.count(LINK), 0);
  assert.equal(await store.get(), undefined);
});

test("a session of before the callback links nothing", async () => {
  const { session, line, store, identity } = await newMember();
  const other = await server.signUp();
  const former = await session.signIn((await other.api.users.getMe()).username!, PASSWORD);
  const linking = session.signInWithIdentity(await identity(), async () => ({ password: PASSWORD }));
  await assert.rejects(linking, /has not signed in/);
  assert.equal(line.count(LINK), 0);
  assert.deepEqual(await store.get(), former);
});

test("what the callback throws reaches the app", async () => {
  const { session, line, username, identity } = await newMemberWithMfa();
  const signingIn = session.signInWithIdentity(await identity(), async () => void (await session.signIn(username, PASSWORD)));
  await assert.rejects(signingIn, MfaRequiredError);
  assert.equal(line.count(LINK), 0);
});

test("after a failed link the session stays signed in and can link again", async () => {
  const { session, store, username, identity } = await newMember();
  let started: TokensDto | undefined;
  let linkToken = "";
  const linking = session.signInWithIdentity(await identity(), async (refusal) => {
    ({ linkToken } = refusal);
    started = await session.signIn(username, PASSWORD);
    return { password: "seven quiet otters paint" };
  });
  await assert.rejects(linking, codeOf("reauthentication_failed"));
  assert.deepEqual(await store.get(), started);
  assert.equal((await session.api.identities.link({ linkToken, password: PASSWORD })).provider, issuer.provider);
});

test("the tokens are those after the link, which may have refreshed them", async () => {
  const { session, line, store, username, identity } = await newMember();
  let started: TokensDto | undefined;
  const tokens = await session.signInWithIdentity(await identity(), async () => {
    started = await session.signIn(username, PASSWORD);
    line.expire(started.accessToken);
    return { password: PASSWORD };
  });
  assert.equal(line.count(REFRESH), 1);
  assert.notEqual(tokens.accessToken, started?.accessToken);
  assert.deepEqual(await store.get(), tokens);
});

test("an answer without tokens is no sign-in", async () => {
  const { session, line, store, username, identity } = await newMember();
  const kept = await session.signIn(username, PASSWORD);
  for (const status of [200, 201]) {
    line.before = () => json({ accessToken: "only this" }, { status });
    await assert.rejects(session.signInWithIdentity(await identity(), neverCalled), ConnectionError);
    assert.deepEqual(await store.get(), kept);
  }
});

test("an identity that cannot be linked for lack of a token is a typed error", async () => {
  const { session, line, identity } = newDevice();
  line.before = (call) => (call === LOGIN ? problem(409, "identity_not_linked") : undefined);
  const error = await session.signInWithIdentity(await identity(), neverCalled).catch((reason: unknown) => reason);
  assert(error instanceof IdentityNotLinkedError);
  assert.equal(error.linkToken, "");
});

test("a wrong or repeated token is refused", async () => {
  const { session, identity } = newDevice();
  const once = await identity();
  await session.signInWithIdentity(once);
  await session.signOut();
  await assert.rejects(session.signInWithIdentity(once, neverCalled), codeOf("identity_token_invalid"));
  const other = { ...(await identity()), nonce: (await newNonce()).nonce };
  await assert.rejects(session.signInWithIdentity(other, neverCalled), codeOf("identity_token_invalid"));
});

test("a nonce goes with its SHA-256 digest", { skip: !HAS_WEB_CRYPTO }, async (context) => {
  context.mock.method(crypto, "getRandomValues", (bytes: Uint8Array) => bytes.fill(0));
  assert.deepEqual(await createNonce(), {
    nonce: "A".repeat(43),
    digest: "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a",
  });
});

test("each nonce is another one of 256 bits in base64url", { skip: !HAS_WEB_CRYPTO }, async () => {
  const nonces = await Promise.all(Array.from({ length: 200 }, createNonce));
  for (const { nonce, digest } of nonces) assert(/^[\w-]{43}$/.test(nonce) && /^[0-9a-f]{64}$/.test(digest), `${nonce} ${digest}`);
  assert.equal(new Set(nonces.map(({ nonce }) => nonce)).size, 200);
  // Both characters that differ from base64 occur.
  assert.match(nonces.map(({ nonce }) => nonce).join(""), /-.*_|_.*-/);
});

test("a platform without WebCrypto is a clear error", async (context) => {
  const kept = Object.getOwnPropertyDescriptor(globalThis, "crypto")!;
  context.after(() => Object.defineProperty(globalThis, "crypto", kept));
  for (const value of [{ getRandomValues: () => assert.fail("Nothing is made without a digest.") }, undefined]) {
    Object.defineProperty(globalThis, "crypto", { ...kept, get: () => value });
    await assert.rejects(createNonce(), { name: "TypeError", message: /crypto\.subtle.*HTTPS/ });
  }
});
