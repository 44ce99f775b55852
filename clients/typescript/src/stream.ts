import { unlessAborted } from "./transport.js";

// The server sends a heartbeat every 15 s; the unit is milliseconds.
const MAX_SILENCE = 45_000;

/** The stream ended unexpectedly or was silent for too long. */
export class StreamError extends Error {
  override readonly name = "StreamError";
}

/** Reads the events that have an id (WHATWG HTML, 9.2), and fails when not even a heartbeat arrives for too long. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>, signal?: AbortSignal,
): AsyncGenerator<{ id: string; data: string }> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for (let text = ""; ; ) {
      const tooLong = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new StreamError("The stream is silent.")), MAX_SILENCE);
      });
      const part = reader.read().catch((cause) => Promise.reject(new StreamError("The stream broke off.", { cause })));
      part.catch(() => undefined);
      const { done, value } = await unlessAborted(Promise.race([part, tooLong]), signal);
      clearTimeout(timer);
      if (done) return;
      // A part may end between the two characters of a line end.
      const blocks = (text + decoder.decode(value, { stream: true })).replace(/\r\n|\r(?!$)/g, "\n").split("\n\n");
      text = blocks.pop()!;
      for (const block of blocks) {
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
