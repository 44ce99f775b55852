import {
  FitnessifySession, FROM_THE_BEGINNING, type PushMessage, apnsTokenOf, parsePushMessage, registerApns, registerFcm,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { json, streaming } from "./server.js";

const DEVICE = "7a3f0c1e-52c4-4b57-8a51-2f1d0e9b8c7a";
const [A, B, C] = ["a", "b", "c"].map((digit) => `0192f6a2-7c1e-7d3b-9a55-00000000000${digit}`) as [string, string, string];

const vectors: { name: string; data: unknown; expected: PushMessage | null }[] = JSON.parse(
  await readFile(new URL("../../../vectors/push.json", import.meta.url), "utf8"),
);

for (const { name, data, expected } of vectors) {
  test(`a push message agrees with the vectors: ${name}`, () => {
    assert.deepEqual(parsePushMessage(data), expected ?? undefined);
    if (typeof data !== "string") assert.deepEqual(parsePushMessage(JSON.stringify(data)), expected ?? undefined);
  });
}

test("what is no payload at all is no push message", () => {
  for (const data of [undefined, null, 7, true, []]) assert.equal(parsePushMessage(data), undefined);
});

test("the token of APNs is sent in hexadecimal digits", () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => index * 8);
  const digits = "0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8";
  assert.equal(apnsTokenOf(bytes), digits);
  assert.equal(apnsTokenOf(btoa(String.fromCharCode(...bytes))), digits);
  assert.equal(apnsTokenOf(digits.toUpperCase()), digits.toUpperCase());
});

test("native apps register their tokens", async () => {
  const puts: unknown[] = [];
  const device = { id: DEVICE, sessionId: A, platform: "fcm", locale: null, preview: false, createdAt: "", lastSeenAt: "" };
  const session = new FitnessifySession("http://localhost", {
    fetch: async (input, init) => {
      puts.push([`${init?.method} ${new URL(String(input)).pathname}`, JSON.parse(String(init?.body))]);
      return json(device);
    },
  });
  assert.deepEqual(await registerFcm(session, { deviceId: DEVICE, token: "fcm:token", locale: "de", preview: true }), device);
  await registerApns(session, { deviceId: DEVICE, token: new Uint8Array([1, 254]) });
  const call = `PUT /api/v1/users/me/devices/${DEVICE}`;
  assert.deepEqual(puts, [
    [call, { platform: "fcm", token: "fcm:token", locale: "de", preview: true }],
    [call, { platform: "apns", token: "01fe" }],
  ]);
});

/** A session whose stream delivers what the test sends. */
function newStreams() {
  const connections = [0, 1].map(() => {
    let open = (_: ReadableStreamDefaultController<Uint8Array>) => {};
    const opened = new Promise<ReadableStreamDefaultController<Uint8Array>>((resolve) => (open = resolve));
    return { open, opened };
  });
  const resumedAfter: (string | null)[] = [];
  const session = new FitnessifySession("http://localhost", {
    retryDelay: 1,
    fetch: async (input, init) => {
      // The client asks for a list first, to see whether the responses of this fetch are streams.
      if (!String(input).endsWith("/stream")) return json({ items: [], nextCursor: null });
      const { open } = connections[resumedAfter.push(new Headers(init?.headers).get("Last-Event-ID")) - 1]!;
      return new streaming.Response(new ReadableStream({ start: open }), { headers: { "Content-Type": "text/event-stream" } });
    },
  });
  const send = async (connection: number, id: string) =>
    (await connections[connection]!.opened).enqueue(new TextEncoder().encode(`event: taskOverdue\nid: ${id}\ndata: {"id":"${id}"}\n\n`));
  const close = async (connection: number) => (await connections[connection]!.opened).close();
  return { session, send, close, resumedAfter };
}

test("the stream leaves out what push has delivered, and continues after it", async () => {
  const { session, send, close, resumedAfter } = newStreams();
  const stream = session.notifications({ after: FROM_THE_BEGINNING });
  assert.equal(session.markDelivered(A), true);
  assert.equal(session.markDelivered(A.toUpperCase()), false);
  const next = stream.next();
  await send(0, A);
  await send(0, B);
  assert.equal((await next).value?.id, B);

  const last = stream.next();
  assert.equal(session.markDelivered(C), true);
  await send(0, C);
  await close(0);
  await send(1, A);
  await send(1, DEVICE);
  assert.equal((await last).value?.id, DEVICE);
  assert.deepEqual(resumedAfter, [FROM_THE_BEGINNING, C]);
  await stream.return();
});

test("push leaves out what the stream has delivered, and a second stream does not", async () => {
  const { session, send } = newStreams();
  for (const connection of [0, 1]) {
    const stream = session.notifications({ after: FROM_THE_BEGINNING });
    const next = stream.next();
    await send(connection, A);
    assert.equal((await next).value?.id, A);
    await stream.return();
  }

  assert.equal(session.markDelivered(A), false);
  assert.equal(session.markDelivered(B), true);
});

test("a notification is streamed while the stream is connected, and later if the stream has delivered it", async () => {
  const { session, send } = newStreams();
  assert.equal(session.isStreamed(A), false);
  const stream = session.notifications({ after: FROM_THE_BEGINNING });
  const next = stream.next();
  session.markDelivered(B);
  await send(0, A);
  await next;
  assert.deepEqual([A, B, C].map((id) => session.isStreamed(id)), [true, false, true]);
  await stream.return();
  assert.deepEqual([A, B, C].map((id) => session.isStreamed(id)), [true, false, false]);
});

test("a session remembers the latest thousand notifications", () => {
  const session = new FitnessifySession("http://localhost");
  const ids = Array.from({ length: 1001 }, () => crypto.randomUUID());
  for (const id of ids) assert.equal(session.markDelivered(id), true);
  assert.equal(session.markDelivered(ids[1]!), false);
  assert.equal(session.markDelivered(ids[1000]!), false);
  assert.equal(session.markDelivered(ids[0]!), true);
});
