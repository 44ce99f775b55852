import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { launchOptions, startSite } from "./app.js";
import { startServer } from "./server.js";

const password = "correct horse battery staple";

let site;
let origin;
let server;
let browser;
let page;
let authenticator;
let users = 0;

before(async () => {
  site = await startSite();
  // Passkeys belong to a domain, and an IP address is not one.
  origin = site.origin.replace("127.0.0.1", "localhost");
  const passkeys = { Passkeys__Domain: "localhost", Passkeys__Origins__0: origin };
  const accounts = { Accounts__Guests: "true", Accounts__PasswordIterations: "1000", RateLimits__Enabled: "false" };
  server = await startServer({ settings: { Cors__Origins__0: origin, Cors__Origins__1: site.origin, ...passkeys, ...accounts } });
  browser = await chromium.launch(launchOptions);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  site?.stop();
});

/** Creates a new profile with a device that verifies the user. */
beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  authenticator = {
    setUserVerified: (isUserVerified) => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    setPresence: (enabled) => devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled }),
  };
});

/** Opens the app, and signs a new user in. */
async function open(address = origin) {
  await page.goto(address);
  await page.evaluate(openApp, { url: server.url, username: `key-user-${++users}`, password });
}

async function openApp({ url, username, password }) {
  const client = await import("/index.js");
  const session = new client.FitnessifySession(url);
  await session.api.auth.register({ username, email: `${username}@example.com`, password });
  await session.signIn(username, password);
  // What has become of a call, in one word.
  const outcomeOf = (call) => call.then(() => "done", (error) => error.reason ?? error.problem?.code ?? error.name);
  // Resolves when the browser is asked for a passkey.
  const asked = () =>
    new Promise((resolve) => {
      navigator.credentials.get = (options) => {
        delete navigator.credentials.get;
        resolve(options);
        return navigator.credentials.get(options);
      };
    });
  Object.assign(self, client, { session, password, outcomeOf, asked, another: () => new client.FitnessifySession(url) });
}

/** Runs in the page: each of the three functions, and what the README shows. */
async function usePasskeys() {
  const signal = new AbortController().signal;
  const passkey = await registerPasskey(session, { password, name: "Laptop" });
  await session.signOut();
  await signInWithPasskey(session, { mediation: "conditional", device: "Browser", signal });
  const early = await outcomeOf(registerPasskey(session));
  const dialog = asked();
  await reauthenticateWithPasskey(session);
  // Only the passkeys of the account are asked for.
  const { allowCredentials } = (await dialog).publicKey;
  // The reauthentication takes the place of the password; only the authenticator refuses now.
  const late = await outcomeOf(registerPasskey(session));
  const [{ device }] = (await session.api.sessions.list()).items;
  const [listed] = (await session.api.passkeys.list()).items;
  return [listed.id === passkey.id, listed.name, device, allowCredentials.length, early, late];
}

const used = [true, "Laptop", "Browser", 1, "reauthentication_required", "already_registered"];

test("a passkey is registered, signs in, and shows again who the user is", async () => {
  await open();
  assert.deepEqual(await page.evaluate(usePasskeys), used);
});

test("passkeys work in browsers that do not convert from and to JSON", async () => {
  await page.addInitScript(() => {
    delete PublicKeyCredential.parseCreationOptionsFromJSON;
    delete PublicKeyCredential.parseRequestOptionsFromJSON;
    delete PublicKeyCredential.prototype.toJSON;
  });
  await open();
  assert.deepEqual(await page.evaluate(usePasskeys), used);
});

test("the README of the client shows what the page does", async () => {
  const readme = await readFile(new URL("../../clients/typescript/README.md", import.meta.url), "utf8");
  const [, code] = /^## Passkeys$.*?^```ts\n(.*?)^```/ms.exec(readme);
  for (const line of code.trimEnd().split("\n")) {
    assert(`${usePasskeys}`.split("\n").some((shown) => shown.trim().replace("const passkey = ", "") === line), line);
  }
});

test("what the user and the authenticator refuse has a reason, and what the server refuses has a code", async () => {
  await open();
  const wrong = await page.evaluate(() => outcomeOf(registerPasskey(session, { password: "wrong" })));
  const { id } = await page.evaluate(() => registerPasskey(session, { password }));
  await authenticator.setUserVerified(false);
  const cancelled = await page.evaluate(async () => {
    const error = await signInWithPasskey(another()).catch((error) => error);
    return [error instanceof PasskeyError, error.reason, error.cause.name, await outcomeOf(reauthenticateWithPasskey(session))];
  });
  await authenticator.setUserVerified(true);
  const removed = await page.evaluate(async (id) => {
    await session.api.passkeys.remove(id, { password });
    return await outcomeOf(signInWithPasskey(another()));
  }, id);
  const stubbed = await page.evaluate(async () => {
    // What the specification allows, although no browser is known to do it.
    navigator.credentials.get = async () => null;
    const without = await outcomeOf(signInWithPasskey(another()));
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    const conditional = await outcomeOf(signInWithPasskey(another(), { mediation: "conditional" }));
    delete self.PublicKeyCredential;
    return [without, conditional, await outcomeOf(registerPasskey(session, { password }))];
  });
  assert.deepEqual(
    { wrong, cancelled, removed, stubbed },
    {
      wrong: "reauthentication_failed",
      cancelled: [true, "cancelled", "NotAllowedError", "cancelled"],
      removed: "passkey_invalid",
      stubbed: ["cancelled", "unsupported", "unsupported"],
    },
  );
});

test("on a page outside of the domain, the error of the browser is passed on", async () => {
  await open(site.origin);
  assert.equal(await page.evaluate(() => outcomeOf(registerPasskey(session, { password }))), "SecurityError");
});

test("a later call ends an earlier one, and a signal ends a call at once", { timeout: 60_000 }, async () => {
  await open();
  await page.evaluate(() => registerPasskey(session, { password }));
  await authenticator.setPresence(false);
  const aborted = await page.evaluate(async () => {
    const stop = new AbortController();
    const dialog = asked();
    const call = outcomeOf(signInWithPasskey(another(), { signal: stop.signal }));
    const { signal } = await dialog;
    stop.abort();
    // The browser closes its dialog as well.
    return [await call, signal.aborted];
  });
  await page.evaluate(async () => {
    const waiting = asked();
    self.earlier = outcomeOf(signInWithPasskey(another(), { mediation: "conditional" }));
    await waiting;
  });
  await authenticator.setPresence(true);
  const ended = await page.evaluate(async () => {
    const overtaken = outcomeOf(signInWithPasskey(another()));
    const last = outcomeOf(signInWithPasskey(another()));
    return [await earlier, await overtaken, await last];
  });
  assert.deepEqual({ aborted, ended }, { aborted: ["AbortError", true], ended: ["cancelled", "cancelled", "done"] });
});

test("a page that waits gets the next challenge before the last one ends", async () => {
  await page.clock.install();
  await open();
  await page.evaluate(() => registerPasskey(session, { password }));
  await authenticator.setPresence(false);
  await page.evaluate(async () => {
    const waiting = asked();
    self.signingIn = outcomeOf(signInWithPasskey(another(), { mediation: "conditional" }));
    await waiting;
  });
  // Not before the next challenge is asked for: the first one may not have reached the authenticator yet, and would succeed.
  const options = "**/login/passkey/options";
  await page.route(options, async (route) => {
    await authenticator.setPresence(true);
    await route.continue();
  });
  const next = page.waitForRequest(options);
  await page.clock.fastForward("04:00");
  await next;
  assert.equal(await page.evaluate(() => signingIn), "done");
  await page.unroute(options);
});

test("a guest becomes a member with a passkey, and a guest is merged by a sign-in with it", async () => {
  await open();
  const merged = await page.evaluate(async () => {
    const member = another();
    await member.startAsGuest();
    await registerPasskey(member, { username: "key-guest" });
    const { kind, username, id } = await member.api.users.getMe();
    const guest = another();
    await guest.startAsGuest();
    const { guestMerged } = await signInWithPasskey(guest);
    return [kind, username, guestMerged, (await guest.api.users.getMe()).id === id];
  });
  assert.deepEqual(merged, ["member", "key-guest", true, true]);
});

test("with MFA on, a passkey signs in without a code, and a reauthentication takes one", async () => {
  await open();
  const secret = await page.evaluate(async () => {
    await registerPasskey(session, { password });
    return (await session.api.mfa.enrolTotp({ password })).secret;
  });
  const outcomes = await page.evaluate(async (code) => {
    const { recoveryCodes } = await session.api.mfa.confirmTotp({ code });
    const other = another();
    await signInWithPasskey(other);
    const without = await outcomeOf(reauthenticateWithPasskey(other));
    return [without, await outcomeOf(reauthenticateWithPasskey(other, { recoveryCode: recoveryCodes[0] }))];
  }, totp(secret));
  assert.deepEqual(outcomes, ["mfa_code_invalid", "done"]);
});

/** Returns the code of an authenticator app (RFC 6238), whose secret is in base32. */
function totp(secret) {
  const bits = [...secret].map((digit) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(digit).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
