import { ErrorCode, FitnessifyError, FitnessifySession, MfaRequiredError } from "@fitnessify/client";
import type { TaskDto, TaskInput, TokensDto } from "@fitnessify/client";
import { MemoryTokenStore } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertShownIn } from "./documents.js";
import { Server } from "./server.js";
import { totp } from "./totp.js";

let server: Server;

before(async () => void (server = await Server.start({ Accounts__Guests: "true" })));
after(() => server.stop());

test("guests.md contains this code", () => assertShownIn("docs/guests.md", "docs-guests.test.ts"));

test("a guest becomes a member, and a later one is merged into that account", async () => {
  const shown: string[] = [];
  const show = (text: string) => void shown.push(text);
  const keychain = new MemoryTokenStore();
  let secret = "";
  const ask = async (question: string) => totp(question.includes("app") ? secret : "", 1);

  const session = new FitnessifySession(server.url, { tokens: keychain });
  const waiting = new Map<string, TaskInput>();
  const copies = new Map<string, TaskDto>();
  let since: string | undefined;

  waiting.set(crypto.randomUUID(), { title: "Buy milk" });

  async function send(): Promise<void> {
    await session.startAsGuest({ device: "Phone", timeZone: "Europe/Berlin" });
    for (const [id, task] of waiting) {
      await session.createTask(task, id);
      waiting.delete(id);
    }
  }
  await send();
  assert.equal((await session.api.users.getMe()).kind, "guest");

  async function pull(): Promise<void> {
    try {
      for await (const page of session.sync(since)) {
        for (const { id, task } of page.items) task ? copies.set(id, task) : copies.delete(id);
        since = page.next;
      }
    } catch (error) {
      if (!(error instanceof FitnessifyError) || error.code !== ErrorCode.invalidSyncToken || !since) throw error;
      copies.clear();
      since = undefined;
      await pull();
    }
  }
  await pull();
  const titles = () => [...copies.values()].map(({ title }) => title);
  assert.deepEqual(titles(), ["Buy milk"]);

  const registration = { username: "bob", email: "bob@example.com", password: "seven quiet otters paint" };
  const member = await session.api.guests.register(registration);
  show(`Welcome, ${member.username}.`);
  assert.equal(member.kind, "member");
  ({ secret } = await session.api.mfa.enrolTotp({ password: "seven quiet otters paint" }));
  await session.api.mfa.confirmTotp({ code: totp(secret, 0) });

  // Without the account, the device begins anew, as a guest of its own.
  await session.signOut();
  copies.clear();
  since = undefined;
  waiting.set(crypto.randomUUID(), { title: "Run" });
  await send();
  await pull();
  assert.deepEqual(titles(), ["Run"]);
  waiting.set(crypto.randomUUID(), { title: "Call Ann" });

  async function signIn(login: string, password: string): Promise<TokensDto> {
    try {
      return await session.signIn(login, password, "Phone");
    } catch (error) {
      if (!(error instanceof MfaRequiredError)) throw error;
      const code = await ask("A code of the app?");
      return await session.signInWith((api) => api.auth.verifyMfa({ challengeToken: error.challengeToken, code }));
    }
  }
  await send();
  const { guestMerged } = await signIn("bob", "seven quiet otters paint");
  if (guestMerged) show("Your tasks are in your account now.");
  await pull();
  assert.deepEqual(shown, ["Welcome, bob.", "Your tasks are in your account now."]);
  assert.equal((await session.api.users.getMe()).id, member.id);
  assert.deepEqual(titles(), ["Buy milk", "Run", "Call Ann"]);
});
