import { ConnectionError } from "./errors.js";
import type { AbortSignalLike } from "./platform.js";
import { unlessAborted } from "./transport.js";

// The server sends a heartbeat every 15 s; the unit is milliseconds.
const MAX_SILENCE = 45_000;

/** The part of a `ReadableStream` of bytes that the client uses. */
export interface StreamLike {
  getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>; cancel(): Promise<void> };
}

/** Reads the events that have an id (WHATWG HTML, 9.2), whose data is JSON, and fails when not even a heartbeat arrives for too long. */
export async function* readEvents<T>(body: StreamLike, signal?: AbortSignalLike): AsyncGenerator<{ id: string; data: T }> {
  const reader = body.getReader();
  try {
    for (let text = ""; ; ) {
      const part = reader.read().catch((cause) => Promise.reject(new ConnectionError("The stream broke off.", cause)));
      const { done, value } = await unlessAborted(part, signal, MAX_SILENCE, () => new ConnectionError("The stream is silent."));
      if (done) return;
      // Each byte is a character until its event is complete, because a part may end amid a character, and not every TextDecoder can go
      // on in the next part. A part may also end between the two characters of a line end.
      const events = (text + Array.from(value!, (byte) => String.fromCharCode(byte)).join("")).replace(/\r\n|\r(?!$)/g, "\n").split("\n\n");
      text = events.pop()!;
      for (const event of events) {
        const id = /^id: ?(.+)/m.exec(event)?.[1];
        if (id) yield { id, data: readJson<T>(/^data: ?(.*)/m.exec(event)?.[1]) };
      }
    }
  } finally {
    void reader.cancel().catch(() => undefined); // This ends the request too.
  }
}

/** Reads JSON in UTF-8, of which each byte is a character. */
function readJson<T>(bytes = ""): T {
  try {
    return JSON.parse(decodeURIComponent(bytes.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`)));
  } catch (cause) {
    throw new ConnectionError("The stream is not JSON.", cause);
  }
}
