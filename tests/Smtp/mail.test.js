// Tests the command mail-test with a real mail server: implicit TLS and STARTTLS, passwords and tokens.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { simpleParser } from "mailparser";
import { makeCertificate, refusal, startMailServer, startTokenEndpoint } from "./mailServer.js";

const configuration = process.env.CONFIGURATION ?? "Debug";
const built = fileURLToPath(new URL(`../../src/WebApi/bin/${configuration}/net10.0`, import.meta.url));
const program = join(process.env.FITNESSIFY_SERVER ?? built, "Fitnessify.WebApi.dll");
assert(existsSync(program), 'The server is missing: run "dotnet build" first.');

const certificate = makeCertificate();
const folder = mkdtempSync(join(tmpdir(), "fitnessify-smtp-"));
after(() => {
  certificate.remove();
  rmSync(folder, { recursive: true });
});

const signIn = { User: "fitnessify", Password: "right" };

/** Runs the command and returns its output and exit code. .NET trusts the authorities in SSL_CERT_FILE. */
function mailTest(settings, { address = "ann@example.org", trusted = true } = {}) {
  const values = { Mode: "Smtp", Host: "localhost", ...settings };
  const args = Object.entries(values).map(([key, value]) => `--Mail:${key}=${value}`);
  const env = { ...process.env, ...(trusted ? { SSL_CERT_FILE: certificate.file } : {}) };
  return new Promise((resolve) =>
    execFile("dotnet", [program, "mail-test", address, ...args], { cwd: folder, env, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out: out.trim(), err: err.trim() }),
    ),
  );
}

async function withServer(options, run) {
  const server = await startMailServer(certificate, options);
  try {
    return await run(server, { Port: server.port });
  } finally {
    await server.stop();
  }
}

const kinds = [
  ["Tls", { secure: true }],
  ["StartTls", { secure: false }],
];

for (const [security, options] of kinds) {
  test(`${security}: a complete mail arrives encrypted after a sign-in with the password`, () =>
    withServer(options, async (server, at) => {
      const ended = await mailTest({ ...at, Security: security, ...signIn });
      assert.deepEqual(ended, { code: 0, out: `ann@example.org has a mail in localhost:${server.port}.`, err: "" });
      const [mail] = server.mails;
      assert.deepEqual([server.mails.length, mail.to, mail.secure], [1, "ann@example.org", true]);
      assert.equal(mail.from.text, "no-reply@localhost");
      assert.equal(mail.subject, "Test mail of Fitnessify");
      assert.match(mail.text, /^Mails of this server arrive here\./);
      assert.match(mail.html, /<p>Mails of this server arrive here\.<\/p>/);
      assert.match(mail.messageId, /^<[0-9a-f-]{36}@localhost>$/);
      assert.equal(mail.headers.get("auto-submitted"), "auto-generated");
      assert.deepEqual(server.signIns.map(({ secure }) => secure), [true]);
    }));

  test(`${security}: nothing is sent to a server whose certificate is not trusted`, () =>
    withServer(options, async (server, at) => {
      const { code, err } = await mailTest({ ...at, Security: security, ...signIn }, { trusted: false });
      assert.equal(code, 1);
      assert.match(err, /: no TLS: the certificate is not trusted, or the port speaks no TLS$/);
      assert.deepEqual([server.mails, server.signIns], [[], []]);
    }));

  test(`${security}: nothing is sent to a server whose certificate has another name`, () =>
    withServer(options, async (server, at) => {
      const { code, err } = await mailTest({ ...at, Host: "127.0.0.1", Security: security, ...signIn });
      assert.equal(code, 1);
      assert.match(err, /: no TLS: /);
      assert.deepEqual([server.mails, server.signIns], [[], []]);
    }));

  test(`${security}: a token of the endpoint signs in with XOAUTH2`, () =>
    withServer({ ...options, authMethods: ["XOAUTH2", "PLAIN"], isToken: (token) => token === "good" }, async (server, at) => {
      const endpoint = await startTokenEndpoint(() => ({ json: { access_token: "good", expires_in: "3599" } }));
      const ended = await mailTest({ ...at, Security: security, User: "fitnessify", ...oauth(endpoint) });
      await endpoint.stop();
      assert.deepEqual([ended.code, ended.err, server.mails.length], [0, "", 1]);
      assert.deepEqual(server.signIns, [{ method: "XOAUTH2", secure: true }]);
      assert.deepEqual(endpoint.requests, [
        { grant_type: "client_credentials", client_id: "app", client_secret: "s3cret", scope: "mail.send" },
      ]);
    }));
}

test("a refused password is reported without revealing it", () =>
  withServer({ secure: true }, async (server, at) => {
    const { code, err } = await mailTest({ ...at, Security: "Tls", User: "fitnessify", Password: "wr0ng" });
    assert.equal(code, 1);
    assert.match(err, /: the mail server refuses the sign-in$/);
    assert.deepEqual(server.mails, []);
  }));

test("a refused token is reported without revealing the secret", () =>
  withServer({ secure: true, authMethods: ["XOAUTH2"] }, async (server, at) => {
    const endpoint = await startTokenEndpoint(() => ({ json: { access_token: "t0ken" } }));
    const { code, err } = await mailTest({ ...at, Security: "Tls", User: "fitnessify", ...oauth(endpoint) });
    await endpoint.stop();
    assert.equal(code, 1);
    assert.match(err, /: the mail server refuses the sign-in$/);
    assert.equal(server.signIns.length, 1);
  }));

for (const [tokenResponse, message] of [
  [{ status: 401, json: { error: "invalid_client" } }, "Mail:OAuth:TokenUrl answers 401"],
  [{ status: 302, json: {} }, "Mail:OAuth:TokenUrl answers 302"],
  [{ json: {} }, "Mail:OAuth:TokenUrl answers without a token"],
  [{ json: [] }, "Mail:OAuth:TokenUrl cannot be used: JsonException"],
  [{ json: { access_token: "x".repeat(100_000) } }, "Mail:OAuth:TokenUrl cannot be used: HttpRequestException"],
]) {
  test(`an endpoint without a token is reported: ${message}`, () =>
    withServer({ secure: true, authMethods: ["XOAUTH2"] }, async (server, at) => {
      const endpoint = await startTokenEndpoint(() => tokenResponse);
      const { code, err } = await mailTest({ ...at, Security: "Tls", User: "fitnessify", ...oauth(endpoint) });
      await endpoint.stop();
      assert.deepEqual([code, err], [1, `localhost:${server.port}: ${message}`]);
      assert.deepEqual(server.signIns, []);
    }));
}

test("nothing is sent to a server without STARTTLS", () =>
  withServer({ secure: false, hideSTARTTLS: true, allowInsecureAuth: true }, async (server, at) => {
    const { code, err } = await mailTest({ ...at, Security: "StartTls", ...signIn });
    assert.equal(code, 1);
    assert.match(err, /: the mail server offers no STARTTLS, or no such sign-in$/);
    assert.deepEqual([server.mails, server.signIns], [[], []]);
  }));

test("an unknown recipient is reported without the address", () =>
  withServer({ secure: true, refuse: { "bob@example.org": refusal(550, "5.1.1 bob@example.org?") } }, async (server, at) => {
    const { code, err } = await mailTest({ ...at, Security: "Tls", ...signIn }, { address: "bob@example.org" });
    assert.deepEqual([code, err], [1, `localhost:${server.port}: 550 MailboxUnavailable`]);
  }));

test("an invalid address is refused without a connection", async () => {
  const { code, err } = await mailTest({ Port: 1 }, { address: "nobody" });
  assert.deepEqual([code, err], [1, "This is not an e-mail address."]);
});

test("the mail is written to the folder when no mail server is configured", async () => {
  const pickup = join(folder, "mail");
  const { code, out } = await mailTest({ Mode: "Pickup", PickupFolder: pickup });
  assert.deepEqual([code, out], [0, "ann@example.org has a mail in Mail:PickupFolder."]);
  const mail = await simpleParser(readFileSync(join(pickup, readdirSync(pickup)[0])));
  assert.deepEqual([mail.to.text, mail.subject], ["ann@example.org", "Test mail of Fitnessify"]);
});

function oauth({ url }) {
  return { "OAuth:TokenUrl": url, "OAuth:ClientId": "app", "OAuth:ClientSecret": "s3cret", "OAuth:Scope": "mail.send" };
}
