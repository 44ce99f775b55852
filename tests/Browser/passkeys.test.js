import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { launchOptions } from "./app.js";
import { startServer } from "./server.js";

const password = "correct horse battery staple";

let server;
let browser;
let page;
let authenticator;

before(async () => {
  // Passkeys belong to a domain, and an IP address is not one.
  server = await startServer({ publicHost: "localhost" });
  browser = await chromium.launch(launchOptions);
});

/** Creates a new profile with a device that verifies the user. */
beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${server.publicUrl}/account/confirm-email`);
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  authenticator = {
    credentials: async () =>
      (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    setUserVerified: (isUserVerified) =>
      devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Sends a request like an app in the browser, from a page of the server's own origin. */
function send(method, path, body, accessToken) {
  return page.evaluate(
    async ([method, path, body, accessToken]) => {
      const response = await fetch(`/api/v1${path}`, {
        method,
        headers: {
          ...(body && { "Content-Type": "application/json" }),
          ...(accessToken && { Authorization: `Bearer ${accessToken}` }),
        },
        body: body && JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, body: text ? JSON.parse(text) : null };
    },
    [method, path, body, accessToken],
  );
}

function create(options) {
  return page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
    return (await navigator.credentials.create({ publicKey })).toJSON();
  }, options);
}

function get(options) {
  return page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json);
    return (await navigator.credentials.get({ publicKey })).toJSON();
  }, options);
}

async function newUser(username) {
  const email = `${username}@example.com`;
  assert.equal((await send("POST", "/auth/register", { username, email, password })).status, 201);
  return (await send("POST", "/auth/login", { login: username, password })).body;
}

async function addPasskey(accessToken, name) {
  const begun = await send("POST", "/users/me/passkeys/options", { password }, accessToken);
  assert.equal(begun.status, 200);
  const credential = await create(begun.body.options);
  const registration = { challengeToken: begun.body.challengeToken, credential, name };
  return { registration, added: await send("POST", "/users/me/passkeys", registration, accessToken) };
}

async function assertion() {
  const begun = await send("POST", "/auth/login/passkey/options");
  assert.equal(begun.status, 200);
  return { challengeToken: begun.body.challengeToken, credential: await get(begun.body.options), device: "Browser" };
}

test("A passkey is created and signs in, and each response works once", async () => {
  const { accessToken } = await newUser("key-holder");
  const { registration, added } = await addPasskey(accessToken, "Laptop");
  assert.equal(added.status, 201);
  const [stored] = await authenticator.credentials();
  assert.equal(stored.rpId, "localhost");
  const listed = await send("GET", "/users/me/passkeys", undefined, accessToken);
  assert.deepEqual(listed.body.items, [added.body]);
  assert.equal(added.body.name, "Laptop");
  assert.equal(added.body.id, registration.credential.id);
  assert.equal((await send("POST", "/users/me/passkeys", registration, accessToken)).body.code, "passkey_invalid");

  const first = await assertion();
  const signedIn = await send("POST", "/auth/login/passkey", first);
  assert.equal(signedIn.status, 200);
  const me = await send("GET", "/users/me", undefined, signedIn.body.accessToken);
  assert.equal(me.body.username, "key-holder");

  const replayed = await send("POST", "/auth/login/passkey", first);
  assert.equal(`${replayed.status} ${replayed.body.code}`, "401 passkey_invalid");
  const { challengeToken } = (await send("POST", "/auth/login/passkey/options")).body;
  const withNewChallengeToken = await send("POST", "/auth/login/passkey", { ...first, challengeToken });
  assert.equal(`${withNewChallengeToken.status} ${withNewChallengeToken.body.code}`, "401 passkey_invalid");

  assert.equal((await send("POST", "/auth/login/passkey", await assertion())).status, 200);
});

test("An authenticator creates no second passkey for the same user", async () => {
  const { accessToken } = await newUser("key-collector");
  assert.equal((await addPasskey(accessToken)).added.status, 201);
  const again = await send("POST", "/users/me/passkeys/options", { password }, accessToken);
  await assert.rejects(create(again.body.options), /InvalidStateError/);
});

test("A removed passkey cannot sign in", async () => {
  const { accessToken } = await newUser("key-loser");
  const { added } = await addPasskey(accessToken);
  const path = `/users/me/passkeys/${added.body.id}/deletion`;
  assert.equal((await send("POST", path, { password: "wrong" }, accessToken)).body.code, "reauthentication_failed");
  assert.equal((await send("POST", path, { password }, accessToken)).status, 204);
  const refused = await send("POST", "/auth/login/passkey", await assertion());
  assert.equal(`${refused.status} ${refused.body.code}`, "401 passkey_invalid");
});

test("An authenticator does not respond without user verification", async () => {
  const { accessToken } = await newUser("key-unverified");
  assert.equal((await addPasskey(accessToken)).added.status, 201);
  await authenticator.setUserVerified(false);
  await assert.rejects(assertion(), /NotAllowedError/);
});
