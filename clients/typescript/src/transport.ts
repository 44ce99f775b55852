import { ConnectionError, FitnessifyError } from "./errors.js";
import type { ApiRequest } from "./calls.js";
import type { SentRequest, SessionOptions } from "./options.js";
import type { AbortSignalLike, ResponseLike } from "./platform.js";
import { alreadyDone, isRepeatable, settleBatch } from "./repetition.js";

/** These settings override what the method of a call implies. */
export interface Sending<T> {
  /** Reads the body of a success. An incomplete or invalid body must throw and counts as no response. */
  read?: (answer: ResponseLike) => Promise<T>;
  /** The end of all attempts together, on the clock of {@link now}. */
  deadline?: number;
}

/** The required members of tokens, as `returns` of a call. */
export const TOKENS = "accessToken,refreshToken,sessionId";

/** Retries calls after 429 and 503, and without a response only when they are idempotent (RFC 9110, 9.2.2). */
export class Transport {
  /** Whether `fetch` gives streams, or undefined while no response has shown it. */
  hasStreams: boolean | undefined;
  readonly #baseUrl: string;
  readonly #options: SessionOptions;

  constructor(baseUrl: string, options: SessionOptions) {
    this.#baseUrl = baseUrl.replace(/\/$/, "");
    this.#options = options;
  }

  async send<T>(request: ApiRequest, accessToken: string | undefined, sending: Sending<T> = {}): Promise<T> {
    const { maxAttempts = 4, retryTimeout = 20_000 } = this.#options;
    const canRepeat = isRepeatable(request);
    let isLost = false;
    for (let attempt = 1, waited = 0; ; attempt++) {
      try {
        const result = await this.#attempt(request, accessToken, sending);
        return isLost ? settleBatch(request, result) : result;
      } catch (error) {
        const refusal = error instanceof FitnessifyError ? error : undefined;
        if (!refusal && !(error instanceof ConnectionError)) throw error;
        // An earlier attempt may have succeeded although its response was lost; the call has not failed then.
        const done = isLost && refusal && alreadyDone(request, refusal.problem);
        if (done) return done.result as T;
        isLost ||= !refusal;
        const wait = refusal?.retryAfter ?? this.delayAfter(attempt);
        waited += wait;
        const canWait = waited <= retryTimeout && now() + wait < (sending.deadline ?? Infinity);
        if (!(refusal ? /429|503/.test(`${refusal.status}`) : canRepeat) || attempt >= maxAttempts || !canWait) throw error;
        await sleep(wait, request.signal);
      }
    }
  }

  /** The delay is in milliseconds and random, so that clients do not all reconnect at the same time. */
  delayAfter(failures: number): number {
    return Math.min(30_000, (this.#options.retryDelay ?? 250) * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
  }

  async #attempt<T>(request: ApiRequest, accessToken: string | undefined, sending: Sending<T>): Promise<T> {
    const { signal } = request;
    const call = nameOf(request);
    const { deadline = Infinity, read = (response) => readJson<T>(response, request) } = sending;
    const limit = Math.min(request.timeout ?? this.#options.timeout ?? 30_000, deadline - now());
    const abort = new AbortController();
    try {
      const answer = (async () => {
        const response = await this.#fetch(request, accessToken, abort.signal);
        this.hasStreams = response.body !== undefined;
        if (!response.ok) throw await FitnessifyError.from(response);
        return await read(response);
      })();
      // An abort takes effect at once even if fetch ignores its signal.
      return await unlessAborted(answer, signal, limit, () => new ConnectionError(`${call} got no answer in ${limit} ms.`));
    } catch (error) {
      abort.abort();
      if (signal?.aborted) throw reasonOf(signal);
      if (error instanceof FitnessifyError || error instanceof ConnectionError) throw error;
      throw new ConnectionError(`${call} got no answer.`, error);
    }
  }

  #fetch({ method, path, headers, body }: ApiRequest, accessToken: string | undefined, signal: AbortSignal): Promise<ResponseLike> {
    const { fetch = globalThis.fetch, middleware = [] } = this.#options;
    const request: SentRequest = {
      url: this.#baseUrl + path,
      method,
      headers: {
        Accept: "application/json",
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(accessToken && { Authorization: `Bearer ${accessToken}` }),
        ...headers,
      },
      body: JSON.stringify(body),
      signal,
    };
    return middleware.reduceRight<(request: SentRequest) => Promise<ResponseLike>>(
      (next, layer) => async (request) => await layer(request, next),
      ({ url, ...init }) => fetch(url, init),
    )(request);
  }
}

/** Waits for the value, but rejects at once when the signal aborts or the time limit in ms passes. */
export async function unlessAborted<T>(
  value: Promise<T>, signal?: AbortSignalLike, limit: number = Infinity, onLimit?: () => Error,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  value.catch(() => undefined);
  try {
    return await new Promise<T>((resolve, reject) => {
      onAbort = () => reject(reasonOf(signal!));
      if (signal?.aborted) return onAbort();
      signal?.addEventListener("abort", onAbort);
      if (limit < Infinity) timer = setTimeout(() => reject(onLimit!()), limit);
      value.then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Resolves after the time, and rejects when the signal aborts. */
export async function sleep(milliseconds: number, signal?: AbortSignalLike): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await unlessAborted(new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds))), signal).finally(() => clearTimeout(timer));
}

/** Returns the milliseconds of a monotonic clock where the platform has one. */
export const now = (): number => globalThis.performance?.now() ?? Date.now();

/** Returns the reason of an abort, which older platforms do not provide. */
export const reasonOf = (signal: AbortSignalLike): unknown =>
  signal.reason ?? Object.assign(new Error("The call was cancelled."), { name: "AbortError" });

// The query may hold what the user searches for, which does not belong into a message.
const nameOf = ({ method, path }: ApiRequest): string => `${method} ${path.replace(/\?.*/, "")}`;

async function readJson<T>(answer: ResponseLike, request: ApiRequest): Promise<T> {
  const { returns } = request;
  const body: unknown = returns ? JSON.parse(await answer.text()) : undefined;
  const isComplete = returns ? returns.split("|").some((members) => isWhole(body, members)) : /^20[24]$/.test(`${answer.status}`);
  // A captive portal, for instance, answers every request with its own page.
  if (!isComplete) throw new ConnectionError(`${nameOf(request)} got an answer that is not the server's.`);
  return body as T;
}

/** Returns whether the body has members, with `,` between their names. */
export const isWhole = (body: unknown, members: string): boolean => members.split(",").every((member) => member in Object(body));
