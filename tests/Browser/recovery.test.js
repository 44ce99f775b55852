import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { launchOptions } from "./app.js";
import { linkTo } from "./mails.js";
import { startServer } from "./server.js";

const artifacts = fileURLToPath(new URL("../../artifacts/", import.meta.url));
const password = "correct horse battery staple";
const newPassword = "violet kettle umbrella orchard";

let server;
let browser;
let page;
let messages;
let requests;

before(async () => {
  await mkdir(artifacts, { recursive: true });
  server = await startServer();
  browser = await chromium.launch(launchOptions);
});

beforeEach(async () => {
  messages = [];
  requests = [];
  page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(error.message));
  page.on("request", (request) => requests.push(request));
});

afterEach(() => page.close());

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function send(method, path, body, accessToken) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(body && { "Content-Type": "application/json" }),
      ...(accessToken && { Authorization: `Bearer ${accessToken}` }),
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}

/** Registers a user and signs in. */
async function newUser(username) {
  const email = `${username}@example.com`;
  assert.equal((await send("POST", "/auth/register", { username, email, password })).status, 201);
  const { body } = await send("POST", "/auth/login", { login: username, password });
  return { username, email, ...body };
}

async function forgottenLink(email) {
  assert.equal((await send("POST", "/auth/password/forgot", { email })).status, 202);
  return linkTo(server.mails, email, "reset-password");
}

/** Takes screenshots of the page in different widths and color schemes. */
async function capture(name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0, `${name} is wider than ${width} px.`);
      await page.screenshot({ path: `${artifacts}${name}-${width}-${colorScheme}.png` });
    }
  }
}

/** Presses Tab until the element has the focus. */
async function tabTo(selector) {
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press("Tab");
    if (await page.locator(selector).evaluate((element) => element === document.activeElement)) {
      return;
    }
  }

  assert.fail(`Tab does not reach ${selector}.`);
}

/** Asserts that the page logged only the expected failures, because browsers log each response with an error status. */
function assertQuiet(token, failures = []) {
  const expected = failures.map((status) => new RegExp(`status of ${status} `));
  const others = messages.filter((text) => !expected.some((failure) => failure.test(text)));
  assert.deepEqual(others, [], "The page logged errors, for instance about its Content-Security-Policy.");
  assert.ok(requests.length > 0);
  for (const request of requests) {
    const url = new URL(request.url());
    assert.equal(url.origin, server.url, "Nothing comes from anywhere else.");
    assert.ok(!`${url.pathname}${url.search}`.includes(token), "The token is in an address.");
    assert.ok(!(request.headers().referer ?? "").includes(token), "The token is in a Referer.");
  }
}

test("An address is confirmed with the mailed link and the keyboard alone", async () => {
  const user = await newUser("confirming");
  const link = await linkTo(server.mails, user.email, "confirm-email");
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get("token");
  await page.goto(link);
  await page.locator("#submit").waitFor();
  await capture("confirm-email");

  // A program that only opens the link changes nothing.
  assert.equal((await send("GET", "/users/me", null, user.accessToken)).body.emailConfirmed, false);
  await tabTo("#submit");
  await page.keyboard.press("Enter");
  await page.getByText("your address is confirmed").waitFor();
  assert.equal(await page.locator("#form").isVisible(), false);
  await capture("confirm-email-done");
  assert.equal((await send("GET", "/users/me", null, user.accessToken)).body.emailConfirmed, true);
  assertQuiet(token);
});

test("A used link is reported", async () => {
  const user = await newUser("confirming-twice");
  const link = await linkTo(server.mails, user.email, "confirm-email");
  const values = Object.fromEntries(new URLSearchParams(new URL(link).hash.slice(1)));
  assert.equal((await send("POST", "/auth/email/confirm", values)).status, 204);
  await page.goto(link);
  await page.locator("#submit").click();
  await page.getByText("This link has been used").waitFor();
  assert.equal(await page.locator("#form").isVisible(), false);
  await capture("confirm-email-used");
  assertQuiet(values.token, [422]);
});

test("An incomplete link is reported", async () => {
  for (const file of ["confirm-email", "reset-password"]) {
    await page.goto(`${server.url}/account/${file}#userId=x`);
    await page.getByText("This link is not complete").waitFor();
    assert.equal(await page.locator("#form").isVisible(), false);
  }

  assertQuiet("userId=x");
});

test("Somebody who did not register deletes the account with the mailed link", async () => {
  const user = await newUser("squatting");
  const link = await linkTo(server.mails, user.email, "confirm-email");
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get("token");
  await page.goto(link);
  await tabTo("#reject");
  await page.keyboard.press("Enter");
  await page.getByText("Nobody uses your address here").waitFor();
  assert.equal(await page.locator("#form").isVisible(), false);
  await capture("confirm-email-rejected");

  assert.equal((await send("GET", "/users/me", null, user.accessToken)).body.code, "session_revoked");
  assert.equal((await send("POST", "/auth/login", { login: user.email, password })).status, 401);
  assertQuiet(token);
});

test("Other ways to sign in are listed and removed", async () => {
  const user = await newUser("looking");
  const { accessToken } = user;
  const { secret } = (await send("POST", "/users/me/mfa/totp", { password }, accessToken)).body;
  const now = Math.floor(Date.now() / 1000);
  const { recoveryCodes } = (
    await send("POST", "/users/me/mfa/totp/confirm", { code: totp(secret, now) }, accessToken)
  ).body;

  await page.goto(`${server.url}/account/authenticators`);
  await page.locator("#login").fill(user.username);
  await page.locator("#password").fill(password);
  await page.locator("#submit").click();
  await page.locator("#code").fill(recoveryCodes[0]);
  await page.locator("#submit").click();
  await page.getByText("Authenticator app and recovery codes").waitFor();
  await capture("authenticators");
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByText("Something is missing").waitFor();
  await page.locator("#next-code").fill(recoveryCodes[1]);
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByText("Nothing but the password.").waitFor();

  assert.equal((await send("GET", "/users/me/mfa", null, accessToken)).body.enabled, false);
  assertQuiet(secret, [400, 401]);
});

/** Returns the six digits of RFC 6238. */
function totp(secret, seconds) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((character) => alphabet.indexOf(character).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const hash = createHmac("sha1", key).update(step).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

test("A forgotten password is replaced with the mailed link and the keyboard alone", async () => {
  const user = await newUser("forgetting");
  const link = await forgottenLink(user.email);
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get("token");
  await page.goto(link);
  await page.getByText("At least 12 characters").waitFor();
  assert.equal(await page.locator("#email").inputValue(), user.email);
  await capture("reset-password");

  await tabTo("#password");
  await page.keyboard.press("Enter");
  await page.getByText("Use 12 characters or more").waitFor();
  await page.keyboard.type("password1234");
  await page.getByText("It is too easy to guess.").waitFor();
  await capture("reset-password-weak");
  await page.keyboard.press("Enter");
  await page.getByText("This password is not accepted. Choose another.").waitFor();
  await capture("reset-password-rejected");

  await page.keyboard.press("Control+A");
  await page.keyboard.type(newPassword);
  await page.getByText(/This password is (good|very good)\./).waitFor();
  assert.equal(await page.locator("#message").isVisible(), false, "The message about the previous password is gone.");
  await tabTo("#show");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#password").getAttribute("type"), "text");
  await capture("reset-password-good");
  await tabTo("#submit");
  await page.keyboard.press("Enter");
  await page.getByText("Your new password is set").waitFor();
  await capture("reset-password-done");

  assert.equal((await send("GET", "/users/me", null, user.accessToken)).body.code, "session_revoked");
  const refreshed = await send("POST", "/auth/refresh", { refreshToken: user.refreshToken });
  assert.equal(refreshed.body.code, "refresh_token_invalid");
  assert.equal((await send("POST", "/auth/login", { login: user.email, password })).status, 401);
  assert.equal((await send("POST", "/auth/login", { login: user.email, password: newPassword })).status, 200);
  assertQuiet(token, [422]);
});
