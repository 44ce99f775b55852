import { FitnessifySession, createNonce } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { Issuer } from "./issuer.js";
import { Server } from "./server.js";

let issuer: Issuer;
let server: Server;

before(async () => {
  issuer = await Issuer.start("google");
  server = await Server.start(issuer.settings);
});

after(async () => {
  await server?.stop();
  issuer?.stop();
});

test("identities.md contains this code", () => assertShownIn("docs/identities.md", "docs-identities.test.ts"));

test("a user links an identity, signs in with it and shows it again", async () => {
  const buttons: string[] = [];
  const asked: string[] = [];
  const showButtons = (names: string[]) => buttons.push(...names);
  const askForPassword = async (question: string) => {
    asked.push(question);
    return { login: "bob", password: "seven quiet otters paint" };
  };
  const person = { sub: "1002", email: "bob@example.com", name: "Bob Example" };
  const askProvider = async (_provider: string, nonce: string) => ({
    idToken: issuer.token({ ...person, nonce }),
    authorizationCode: undefined,
    displayName: undefined,
  });

  const session = new FitnessifySession(server.url);
  const { items: providers } = await session.api.identities.listProviders();
  showButtons(providers.map(({ provider }) => provider));
  assert.deepEqual(buttons, ["google"]);

  await session.api.auth.register({ username: "bob", email: "bob@example.com", password: "seven quiet otters paint" });
  async function continueWith(provider: string): Promise<void> {
    const { nonce, digest } = await createNonce();
    const { idToken, authorizationCode, displayName } = await askProvider(provider, digest);
    const identity = { provider, idToken, nonce, authorizationCode, displayName, device: "Phone" };
    await session.signInWithIdentity(identity, async () => {
      const { login, password } = await askForPassword("Please sign in to your account once.");
      await session.signIn(login, password, "Phone");
      return { password };
    });
  }
  await continueWith("google");
  assert.equal(asked.length, 1);
  assert.deepEqual((await session.api.users.getMe()).signInMethods, ["password", "google"]);
  await session.signOut();
  await continueWith("google");
  assert.equal((await session.api.users.getMe()).username, "bob");

  // A user without a password sets the first one.
  await session.signOut();
  Object.assign(person, { sub: "1001", email: "ida@example.com" });
  await continueWith("google");
  assert.equal(asked.length, 1);
  assert.deepEqual((await session.api.users.getMe()).signInMethods, ["google"]);

  const again = await createNonce();
  const { idToken } = await askProvider("google", again.digest);
  await session.api.auth.reauthenticate({ provider: "google", idToken, nonce: again.nonce });
  await session.api.users.changePassword({ newPassword: "brave lanterns orbit softly" });
  assert.deepEqual((await session.api.users.getMe()).signInMethods, ["password", "google"]);
});
