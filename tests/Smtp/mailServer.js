// Runs an npm mail server with a certificate that is created for it, and an endpoint that issues tokens for it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** Creates a certificate for localhost in a folder that `remove` deletes. */
export function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), "fitnessify-smtp-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost";
  execFileSync("openssl", [...words.split(" "), "-keyout", key, "-out", cert], { stdio: "ignore" });
  return {
    file: cert,
    key: readFileSync(key),
    cert: readFileSync(cert),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Starts a mail server on a free port that keeps all mails and sign-ins. */
export async function startMailServer(certificate, { refuse = {}, isToken = () => false, ...options }) {
  const [mails, signIns] = [[], []];
  const server = new SMTPServer({
    key: certificate.key,
    cert: certificate.cert,
    onAuth({ method, username, password, accessToken }, session, done) {
      signIns.push({ method, secure: session.secure });
      const isRight = method === "XOAUTH2" ? isToken(accessToken) : password === "right";
      return username === "fitnessify" && isRight ? done(null, { user: username }) : done(refusal(535, "5.7.8 no"));
    },
    onRcptTo: ({ address }, session, done) => done(refuse[address]),
    async onData(stream, session, done) {
      mails.push({ ...(await simpleParser(stream)), secure: session.secure, to: session.envelope.rcptTo[0].address });
      done();
    },
    ...options,
  });
  server.on("error", () => {}); // Clients that disconnect in the middle of the handshake cause these.
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    mails,
    signIns,
    port: server.server.address().port,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Creates an error response of a mail server. */
export const refusal = (responseCode, message) => Object.assign(new Error(message), { responseCode });

/** Starts a token endpoint for client credentials (RFC 6749) that keeps the requests. */
export async function startTokenEndpoint(respond) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    requests.push(Object.fromEntries(new URLSearchParams(body)));
    const { status = 200, json } = respond();
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(json));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    requests,
    url: `http://127.0.0.1:${server.address().port}/token`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
