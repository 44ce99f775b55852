// Sends the requests of requests/*.http, in order, to a separate server and compares each status with the one after
// "# expect". It supports only the syntax that those files use and needs no package; httpyac would add more than two hundred.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startIssuer, startServer } from "../Browser/server.js";

const folder = new URL("../../requests/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".http"));
const timeout = 30_000;

let issuer;
let server;

before(
  async () => {
    issuer = await startIssuer();
    const settings = { Accounts__PasswordIterations: "1000", RateLimits__Enabled: "false", Accounts__Guests: "true", ...issuer.settings };
    server = await startServer({ settings });
    server.run("seed-demo");
    server.run("grant-role", "demo-ann", "admin");
  },
  { timeout: 120_000 },
);

after(async () => {
  await server?.stop();
  await issuer?.stop();
});

/** Returns the variables of a file and its requests: title, expected status, name, and the lines of the request. */
function parse(text) {
  const [head, ...parts] = text.split(/^###/m);
  const variables = Object.fromEntries([...head.matchAll(/^@(\w+)\s*=\s*(.*)$/gm)].map(([, name, value]) => [name, value]));
  const requests = parts.map((part) => {
    const [title, ...lines] = part.trim().split("\n");
    const comments = lines.filter((line) => line.startsWith("#")).join("\n");
    const expected = Number(/^# expect (\d{3})$/m.exec(comments)?.[1]);
    assert(expected, `"${title}" does not say which status it expects.`);
    const name = /^# @name (\w+)$/m.exec(comments)?.[1];
    return { title, expected, name, text: lines.filter((line) => !line.startsWith("#")).join("\n") };
  });
  return { variables, requests };
}

/** Replaces {{…}}: variables of the file, {{$timestamp}}, and parts of earlier responses. */
function resolve(text, variables, responses) {
  return text.replace(/\{\{(.+?)\}\}/g, (_, expression) => {
    const [, whole] = /^(\w+)\.response\.body\.\*$/.exec(expression) ?? [];
    const [, name, part, path] = /^(\w+)\.response\.(body\.\$|headers)\.(.+)$/.exec(expression) ?? [];
    const value =
      expression === "$timestamp" ? Math.floor(Date.now() / 1000)
      : whole ? responses[whole]?.content
      : part === "headers" ? responses[name]?.headers.get(path)
      : part ? path.split(/[.[\]]+/).filter(Boolean).reduce((json, key) => json?.[key], responses[name]?.body)
      : variables[expression];
    assert(value !== undefined && value !== null, `{{${expression}}} has no value.`);
    return String(typeof value === "function" ? value() : value);
  });
}

async function send(text) {
  const [first, ...lines] = text.split("\n");
  const [method, url] = first.split(" ");
  const end = lines.includes("") ? lines.indexOf("") : lines.length;
  const headers = lines.slice(0, end).map((line) => /^([^:]+):\s*(.*)$/.exec(line).slice(1));
  const body = lines.slice(end + 1).join("\n") || undefined;
  const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(timeout) });
  const content = await response.text();
  const isJson = response.headers.get("Content-Type")?.includes("json");
  return { status: response.status, headers: response.headers, content, body: isJson ? JSON.parse(content) : undefined };
}

/** Returns the code of an authenticator app (RFC 6238). */
function totp(secret) {
  const bits = [...secret].map((character) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(character).toString(2).padStart(5, "0"));
  const key = Buffer.from(bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 0xf) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

for (const file of files) {
  const { variables, requests } = parse(readFileSync(new URL(file, folder), "utf8"));
  const responses = {};
  test(`${file} has requests`, () => assert.notEqual(requests.length, 0));
  for (const { title, expected, name, text } of requests) {
    test(`${file}: ${title}`, { timeout }, async () => {
      const own = { ...variables, host: server.url, issuer: issuer.url, code: () => totp(responses.enrollment.body.secret) };
      const response = await send(resolve(text, own, responses));
      if (name) {
        responses[name] = response;
      }

      assert.equal(response.status, expected, response.content);
    });
  }
}

test("A request that does not say what it expects is refused", () =>
  assert.throws(() => parse("### Read\nGET http://localhost"), /"Read" does not say/));

test("A variable without a value is refused", () =>
  assert.throws(() => resolve("{{nothing}} {{login.response.body.$.id}}", {}, {}), /\{\{nothing\}\} has no value/));
