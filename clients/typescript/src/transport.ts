import { ConnectionError, FitnessifyError } from "./errors.js";
import { type ApiRequest, toFetch } from "./generated.js";
import type { SessionOptions } from "./session.js";

/** Sends calls, again where that is safe: after 429 and 503 always, without an answer only when a second time does no harm. */
export class Transport {
  constructor(private readonly baseUrl: string, private readonly options: SessionOptions) {}

  /**
   * @param read What becomes of the answer. When its body breaks off, that is no answer.
   * @param isRepeatable Whether a second time does no harm, where the method does not say so (RFC 9110, 9.2.2).
   */
  async send<T>(
    request: ApiRequest, accessToken: string | undefined, read: (answer: Response) => Promise<T>, isRepeatable = false,
  ): Promise<T> {
    const { fetch = globalThis.fetch, attempts = 4, patience = 20_000 } = this.options;
    const again = isRepeatable || /GET|PUT|DELETE/.test(request.method) || request.headers?.["If-Match"] !== undefined;
    const [url, init] = toFetch(this.baseUrl, request);
    if (accessToken !== undefined) init.headers.set("Authorization", `Bearer ${accessToken}`);
    for (let attempt = 1, waited = 0; ; attempt++) {
      let failure: FitnessifyError | ConnectionError;
      try {
        const answer = await fetch(url, init);
        if (answer.ok) return await read(answer);
        failure = await FitnessifyError.from(answer);
      } catch (cause) {
        request.signal?.throwIfAborted();
        failure = new ConnectionError(`${request.method} ${request.path} got no answer.`, { cause });
      }

      const isWorthIt = failure instanceof FitnessifyError ? /429|503/.test(`${failure.status}`) : again;
      const wait = (failure as Partial<FitnessifyError>).retryAfter ?? this.pauseAfter(attempt);
      waited += wait;
      if (!isWorthIt || attempt >= attempts || waited > patience) throw failure;
      await sleep(wait, request.signal);
    }
  }

  /** In milliseconds; different each time, so that not everybody comes back at once. */
  pauseAfter(failures: number): number {
    return Math.min(30_000, (this.options.pause ?? 250) * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
  }
}

/** Resolves after the time, and rejects when the signal aborts. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => (clearTimeout(timer), reject(signal!.reason));
    const timer = setTimeout(() => (signal?.removeEventListener("abort", onAbort), resolve()), milliseconds);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
