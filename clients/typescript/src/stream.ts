import type { AbortSignalLike } from "./platform.js";
import { unlessAborted } from "./transport.js";

// The server sends a heartbeat every 15 s; the unit is milliseconds.
const MAX_SILENCE = 45_000;

/** The stream ended unexpectedly, was silent for too long or is none. */
export class StreamError extends Error {
  override readonly name = "StreamError";
}

/** The part of a `ReadableStream` of bytes that the client uses. */
export interface StreamLike {
  getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>; cancel(): Promise<void> };
}

/** Reads the events that have an id (WHATWG HTML, 9.2), and fails when not even a heartbeat arrives for too long. */
export async function* readEvents(body: StreamLike, signal?: AbortSignalLike): AsyncGenerator<{ id: string; data: string }> {
  const reader = body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for (let text = ""; ; ) {
      const tooLong = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new StreamError("The stream is silent.")), MAX_SILENCE);
      });
      const part = reader.read().catch(() => Promise.reject(new StreamError("The stream broke off.")));
      part.catch(() => undefined);
      const { done, value } = await unlessAborted(Promise.race([part, tooLong]), signal);
      clearTimeout(timer);
      if (done) return;
      // Each byte is a character until its event is complete, because a part may end amid a character, and not every TextDecoder can go
      // on in the next part. A part may also end between the two characters of a line end.
      const blocks = (text + Array.from(value!, (byte) => String.fromCharCode(byte)).join("")).replace(/\r\n|\r(?!$)/g, "\n").split("\n\n");
      text = blocks.pop()!;
      for (const block of blocks.map(decode)) {
        const values = (name: string) => [...block.matchAll(RegExp(`^${name}: ?(.*)$`, "gm"))].map(([, value]) => value);
        const id = values("id").pop();
        if (id !== undefined) yield { id, data: values("data").join("\n") };
      }
    }
  } finally {
    clearTimeout(timer);
    void reader.cancel().catch(() => undefined); // This ends the request too.
  }
}

/** Decodes UTF-8, of which each byte is a character. */
function decode(bytes: string): string {
  try {
    return decodeURIComponent(bytes.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`));
  } catch {
    throw new StreamError("The stream is not UTF-8.");
  }
}
