import { ConnectionError, FitnessifyError } from "./errors.js";
import type { ApiRequest } from "./calls.js";
import { members } from "./generated.js";
import type { SentRequest, SessionOptions } from "./options.js";
import type { AbortSignalLike, ResponseLike } from "./platform.js";
import { alreadyDone, isRepeatable, settleBatch } from "./repetition.js";

/** These settings override what the method of a call implies. */
export interface Sending<T> {
  /** Reads the body of a success. An incomplete or invalid body must throw and counts as no response. */
  read?: (answer: ResponseLike) => Promise<T>;
  /** Marks a call as safe to repeat although its method is not idempotent (RFC 9110, 9.2.2). */
  isRepeatable?: boolean;
  /** The end of all attempts together, on the clock of {@link now}. */
  deadline?: number;
}

/** Retries calls after 429 and 503, and without a response only when they are idempotent (RFC 9110, 9.2.2). */
export class Transport {
  /** Whether `fetch` gives streams, or undefined while no response has shown it. */
  hasStreams: boolean | undefined;

  constructor(private readonly baseUrl: string, private readonly options: SessionOptions) {}

  async send<T>(request: ApiRequest, accessToken: string | undefined, sending: Sending<T> = {}): Promise<T> {
    const { maxAttempts = 4, retryTimeout = 20_000 } = this.options;
    const canRepeat = sending.isRepeatable ?? isRepeatable(request);
    let isLost = false;
    for (let attempt = 1, waited = 0; ; attempt++) {
      let failure: FitnessifyError | ConnectionError;
      try {
        const result = await this.#attempt(request, accessToken, sending);
        return isLost ? settleBatch(request, result) : result;
      } catch (error) {
        if (!(error instanceof FitnessifyError || error instanceof ConnectionError)) throw error;
        failure = error;
      }

      // An earlier attempt may have succeeded although its response was lost; the call has not failed then.
      const done = isLost && failure instanceof FitnessifyError ? alreadyDone(request, failure.problem) : undefined;
      if (done) return done.result as T;
      isLost ||= failure instanceof ConnectionError;
      const isRetryable = failure instanceof FitnessifyError ? /429|503/.test(`${failure.status}`) : canRepeat;
      const wait = (failure as Partial<FitnessifyError>).retryAfter ?? this.delayAfter(attempt);
      waited += wait;
      const isLate = sending.deadline !== undefined && now() + wait >= sending.deadline;
      if (!isRetryable || attempt >= maxAttempts || waited > retryTimeout || isLate) throw failure;
      await sleep(wait, request.signal);
    }
  }

  /** The delay is in milliseconds and random, so that clients do not all reconnect at the same time. */
  delayAfter(failures: number): number {
    return Math.min(30_000, (this.options.retryDelay ?? 250) * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
  }

  async #attempt<T>(request: ApiRequest, accessToken: string | undefined, sending: Sending<T>): Promise<T> {
    const { signal } = request;
    const call = nameOf(request);
    const timeout = request.timeout ?? this.options.timeout ?? 30_000;
    const limit = Math.min(timeout, sending.deadline === undefined ? Infinity : sending.deadline - now());
    // An abort takes effect at once even if fetch ignores its signal.
    const abort = new AbortController();
    const [rejection, stop] = rejectOnAbort(signal, limit, () => new ConnectionError(`${call} got no answer in ${limit} ms.`));
    rejection.catch(() => abort.abort());
    try {
      const answer = (async () => {
        const response = await this.#fetch(request, accessToken, abort.signal);
        this.hasStreams = response.body !== undefined;
        if (!response.ok) throw await FitnessifyError.from(response);
        return await (sending.read ?? ((response) => readJson<T>(response, request)))(response);
      })();
      answer.catch(() => undefined);
      return await Promise.race([answer, rejection]);
    } catch (error) {
      if (signal?.aborted) throw reasonOf(signal);
      if (error instanceof FitnessifyError || error instanceof ConnectionError) throw error;
      throw new ConnectionError(`${call} got no answer.`, error);
    } finally {
      stop();
    }
  }

  #fetch({ method, path, headers, body }: ApiRequest, accessToken: string | undefined, signal: AbortSignal): Promise<ResponseLike> {
    const { fetch = globalThis.fetch, middleware = [] } = this.options;
    const request: SentRequest = {
      url: this.baseUrl.replace(/\/$/, "") + path,
      method,
      headers: {
        Accept: "application/json",
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(accessToken !== undefined && { Authorization: `Bearer ${accessToken}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal,
    };
    return middleware.reduceRight<(request: SentRequest) => Promise<ResponseLike>>(
      (next, layer) => async (request) => await layer(request, next),
      ({ url, ...init }) => fetch(url, init),
    )(request);
  }
}

/** Waits for the value, but rejects at once when the signal aborts. */
export async function unlessAborted<T>(value: Promise<T>, signal: AbortSignalLike | undefined): Promise<T> {
  if (!signal) return await value;
  const [rejection, stop] = rejectOnAbort(signal);
  value.catch(() => undefined);
  return await Promise.race([value, rejection]).finally(stop);
}

/** Resolves after the time, and rejects when the signal aborts. */
export async function sleep(milliseconds: number, signal?: AbortSignalLike): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await unlessAborted(over, signal).finally(() => clearTimeout(timer));
}

/** Returns the milliseconds of a monotonic clock where the platform has one. */
export const now = (): number => globalThis.performance?.now() ?? Date.now();

/** Returns the reason of an abort, which older platforms do not provide. */
export const reasonOf = (signal: AbortSignalLike): unknown =>
  signal.reason ?? Object.assign(new Error("The call was cancelled."), { name: "AbortError" });

/** Rejects when the signal aborts or the time limit passes; the second result removes the timer and the listener. */
function rejectOnAbort(signal?: AbortSignalLike, limit = Infinity, onLimit?: () => Error): [rejection: Promise<never>, stop: () => void] {
  let stop = () => {};
  const rejection = new Promise<never>((_, reject) => {
    const onAbort = () => reject(reasonOf(signal!));
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort);
    const timer = limit === Infinity ? undefined : setTimeout(() => reject(onLimit!()), Math.max(0, limit));
    stop = () => (clearTimeout(timer), signal?.removeEventListener("abort", onAbort));
  });
  rejection.catch(() => undefined);
  return [rejection, () => stop()];
}

// The query may hold what the user searches for, which does not belong into a message.
const nameOf = ({ method, path }: ApiRequest): string => `${method} ${path.replace(/\?.*/, "")}`;

async function readJson<T>(answer: ResponseLike, request: ApiRequest): Promise<T> {
  const { returns } = request;
  const type = answer.headers.get("Content-Type") ?? "";
  const body: unknown = /^application\/json\b/.test(type) ? JSON.parse(await answer.text()) : undefined;
  const isComplete =
    returns === undefined
      ? /^20[24]$/.test(`${answer.status}`)
      : returns.split("|").some((name) => isWhole(body, name));
  // A captive portal, for instance, answers every request with its own page.
  if (!isComplete) throw new ConnectionError(`${nameOf(request)} got an answer that is not the server's.`);
  return body as T;
}

/** Checks that the body has all members that the OpenAPI document requires. */
export const isWhole = (body: unknown, type: string): boolean =>
  typeof body === "object" && body !== null && members[type]!.split(",").every((member) => member in body);
