import { FitnessifySession, MemoryTokenStore, MfaRequiredError, SignedOutError } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { type Server, share } from "./server.js";
import { totp } from "./totp.js";

let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

test("authentication.md contains this code", () => assertShownIn("docs/authentication.md", "docs-authentication.test.ts"));

test("a user signs in with a second factor until the session ends", async () => {
  const reasons: string[] = [];
  const keychain = new MemoryTokenStore();
  const showSignIn = (code: string) => reasons.push(code);
  // A code works once: each is that of the step after the last one.
  let steps = 0;
  const ask = async (question: string) => totp(question.includes("app") ? secret : "", steps++);

  const session = new FitnessifySession(server.url, {
    tokens: keychain,
    onStateChanged: (state) => {
      if (state.type === "signedOut" && state.reason) showSignIn(state.reason.code);
    },
  });
  await session.api.auth.register({ username: "bob", email: "bob@example.com", password: "seven quiet otters paint" });
  await session.signIn("bob", "seven quiet otters paint", "Phone");

  const { secret, otpauthUri } = await session.api.mfa.enrolTotp({ password: "seven quiet otters paint" });
  const { recoveryCodes } = await session.api.mfa.confirmTotp({ code: await ask("A code of the app?") });
  assert.equal(recoveryCodes.length, 10);
  assert(otpauthUri.includes(secret));
  await session.signOut();

  try {
    await session.signIn("bob", "seven quiet otters paint", "Phone");
  } catch (error) {
    if (!(error instanceof MfaRequiredError)) throw error;
    const code = await ask("A code of the app?");
    await session.signInWith((api) => api.auth.verifyMfa({ challengeToken: error.challengeToken, code }));
  }
  assert.equal((await session.api.mfa.get()).enabled, true);

  for (const { id, current } of (await session.api.sessions.list()).items) if (current) await session.api.sessions.end(id);
  await assert.rejects(session.api.users.getMe(), SignedOutError);
  assert.deepEqual(reasons, ["session_revoked"]);
});
