import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { launchOptions } from "./app.js";
import { startServer } from "./server.js";

const artifacts = fileURLToPath(new URL("../../artifacts/", import.meta.url));
const account = {
  username: "ann",
  email: "ann@example.com",
  password: "correct horse battery staple",
};

let server;
let browser;
let page;
const errors = [];

before(async () => {
  await mkdir(artifacts, { recursive: true });
  server = await startServer();
  browser = await chromium.launch({
    ...launchOptions,
    args: [...launchOptions.args, "--disable-component-update", "--disable-sync"],
  });
  page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
  page.setDefaultTimeout(15_000);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      errors.push(message.text());
    }
  });
  page.on("pageerror", (error) => errors.push(error.message));
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Sends a request from the page, as a reader would, and returns the response that the page shows. */
async function tryOut(operationId, body) {
  const operation = page.locator(`.opblock[id$="-${operationId}"]`);
  await operation.locator(".opblock-summary-control").click();
  await operation.getByRole("button", { name: "Try it out" }).click();
  if (body) {
    await operation.locator("textarea.body-param__text").fill(JSON.stringify(body));
  }

  await operation.getByRole("button", { name: "Execute" }).click();
  const response = operation.locator(".live-responses-table .response");
  const status = await response.locator(".response-col_status").innerText();
  const text = response.locator(".highlight-code code").first();
  const shown = { status, body: JSON.parse(await text.innerText()) };
  await operation.scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${artifacts}${operationId}.png` });
  await operation.locator(".opblock-summary-control").click();
  return shown;
}

test("A reader of /docs registers, signs in and reads the own account", async () => {
  await page.goto(`${server.url}/docs`);

  const registered = await tryOut("auth_register", account);
  assert.equal(registered.status, "201");
  const loggedIn = await tryOut("auth_login", { login: account.username, password: account.password });
  assert.equal(loggedIn.status, "200");

  await page.locator(".auth-wrapper .btn.authorize").click();
  const dialog = page.locator(".dialog-ux");
  await dialog.locator("input").fill(loggedIn.body.accessToken);
  await dialog.getByRole("button", { name: "Apply credentials" }).click();
  await dialog.getByRole("button", { name: "Close" }).last().click();

  const me = await tryOut("users_getMe");
  assert.equal(me.status, "200");
  assert.equal(me.body.username, account.username);
  assert.deepEqual(errors, [], "The page logged errors, for instance about its Content-Security-Policy.");
});
