// Three heartbeats of the server.
const SILENCE = 45_000;

/** Reads the events that have an id (WHATWG HTML, 9.2). Fails when nothing comes for too long, not even a heartbeat. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<{ id: string; data: string }> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for (let text = ""; ; ) {
      const tooLong = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error("The stream is silent.")), SILENCE);
      });
      const { done, value } = await Promise.race([reader.read(), tooLong]);
      clearTimeout(timer);
      if (done) return;
      // A part may end amid the two characters of a line end.
      const blocks = (text + decoder.decode(value, { stream: true })).replace(/\r\n|\r(?!$)/g, "\n").split("\n\n");
      text = blocks.pop()!;
      for (const block of blocks) {
        const values = (name: string) => [...block.matchAll(RegExp(`^${name}: ?(.*)$`, "gm"))].map(([, value]) => value);
        const id = values("id").at(-1);
        if (id !== undefined) yield { id, data: values("data").join("\n") };
      }
    }
  } finally {
    clearTimeout(timer);
    await reader.cancel().catch(() => undefined); // Ends the request too.
  }
}
