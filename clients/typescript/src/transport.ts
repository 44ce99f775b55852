import { ConnectionError, FitnessifyError } from "./errors.js";
import { type ApiRequest, members, type Problem, toFetch } from "./generated.js";
import type { SessionOptions } from "./session.js";

/** These settings override what the method of a call implies. */
export interface Sending<T> {
  /** Reads the body of a success. An incomplete or invalid body must throw and counts as no response. */
  read?: (answer: Response) => Promise<T>;
  /** Marks a call as safe to repeat although its method is not idempotent (RFC 9110, 9.2.2). */
  isRepeatable?: boolean;
  /** The end of all attempts together, on the clock of {@link now}. */
  deadline?: number;
}

/** Retries calls after 429 and 503, and without a response only when they are idempotent (RFC 9110, 9.2.2). */
export class Transport {
  constructor(private readonly baseUrl: string, private readonly options: SessionOptions) {}

  async send<T>(request: ApiRequest, accessToken: string | undefined, sending: Sending<T> = {}): Promise<T> {
    const { maxAttempts = 4, retryTimeout = 20_000 } = this.options;
    const canRepeat = sending.isRepeatable ?? isRepeatable(request);
    let isLost = false;
    for (let attempt = 1, waited = 0; ; attempt++) {
      let failure: FitnessifyError | ConnectionError;
      try {
        return await this.#attempt(request, accessToken, sending);
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
    const { fetch = globalThis.fetch, timeout = 30_000 } = this.options;
    const { signal } = request;
    const [url, init] = toFetch(this.baseUrl, request);
    if (accessToken !== undefined) init.headers.set("Authorization", `Bearer ${accessToken}`);
    const call = `${request.method} ${request.path}`;
    const limit = Math.min(timeout, sending.deadline === undefined ? Infinity : sending.deadline - now());
    // An abort takes effect at once even if fetch ignores its signal.
    const abort = new AbortController();
    const [rejection, stop] = rejectOnAbort(signal, limit, () => new ConnectionError(`${call} got no answer in ${limit} ms.`));
    rejection.catch(() => abort.abort());
    try {
      const answer = (async () => {
        const response = await fetch(url, { ...init, signal: abort.signal });
        if (!response.ok) throw await FitnessifyError.from(response);
        return await (sending.read ?? ((response: Response) => readJson<T>(response, request)))(response);
      })();
      answer.catch(() => undefined);
      return await Promise.race([answer, rejection]);
    } catch (error) {
      if (signal?.aborted) throw reasonOf(signal);
      if (error instanceof FitnessifyError || error instanceof ConnectionError) throw error;
      throw new ConnectionError(`${call} got no answer.`, { cause: error });
    } finally {
      stop();
    }
  }
}

/** Waits for the value, but rejects at once when the signal aborts. */
export async function unlessAborted<T>(value: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await value;
  const [rejection, stop] = rejectOnAbort(signal);
  value.catch(() => undefined);
  return await Promise.race([value, rejection]).finally(stop);
}

/** Resolves after the time, and rejects when the signal aborts. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await unlessAborted(over, signal).finally(() => clearTimeout(timer));
}

/** Returns the milliseconds of a monotonic clock where the platform has one. */
export const now = (): number => globalThis.performance?.now() ?? Date.now();

/** Returns the reason of an abort, which older platforms do not provide. */
export const reasonOf = (signal: AbortSignal): unknown =>
  signal.reason ?? Object.assign(new Error("The call was cancelled."), { name: "AbortError" });

/** Rejects when the signal aborts or the time limit passes; the second result removes the timer and the listener. */
function rejectOnAbort(signal?: AbortSignal, limit = Infinity, onLimit?: () => Error): [rejection: Promise<never>, stop: () => void] {
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

// A repeated password change would fail and count as a wrong password, because the old one is no longer valid.
const isRepeatable = ({ method, path, headers }: ApiRequest): boolean =>
  (/GET|PUT|DELETE/.test(method) || headers?.["If-Match"] !== undefined) && path !== "/api/v1/users/me/password";

/** Returns the result of a call when the failure only shows that an earlier attempt succeeded. */
function alreadyDone(request: ApiRequest, problem: Problem): { result: unknown } | undefined {
  const { method, path, headers = {}, body = null } = request;
  if (method === "DELETE" && problem.code === "not_found") return { result: undefined };
  const current = problem.code === "precondition_failed" ? problem.current : undefined;
  if (!current || method === "DELETE") return undefined;
  if (method === "PUT" && headers["If-None-Match"] === "*") return { result: current };
  const isThere =
    body === null
      ? path.endsWith("/restore") && current.deletedAt === null
      : isSame(body, current);
  return headers["If-Match"] !== undefined && isThere ? { result: current } : undefined;
}

// The server trims text, converts times to UTC, leaves out seconds of a due that are zero, stores null as no labels and no
// checklist, and places what has no position.
export function isSame(sent: unknown, stored: unknown): boolean {
  if (Array.isArray(stored)) {
    const items: unknown[] = Array.isArray(sent) ? sent : [];
    return items.length === stored.length && items.every((item, index) => isSame(item, stored[index]));
  }

  if (typeof stored === "object" && stored !== null) {
    const kept = stored as Record<string, unknown>;
    return typeof sent === "object" && sent !== null
      ? Object.entries(sent).every(([name, value]) => (value === null && name === "position") || isSame(value, kept[name]))
      : Object.keys(stored).length === 0;
  }

  if (typeof sent !== "string" || typeof stored !== "string") return (sent ?? null) === (stored ?? null);
  return shortest(sent) === shortest(stored) || (/^\d{4}-/.test(stored) && Date.parse(sent) === Date.parse(stored));
}

const shortest = (text: string): string =>
  text.trim().replace(/^(\d\d:\d\d:\d\d)\.000$/, "$1").replace(/^(\d\d:\d\d):00$/, "$1");

async function readJson<T>(answer: Response, { method, path, returns }: ApiRequest): Promise<T> {
  const type = answer.headers.get("Content-Type") ?? "";
  const body: unknown = /^application\/json\b/.test(type) ? JSON.parse(await answer.text()) : undefined;
  const isComplete =
    returns === undefined
      ? /^20[24]$/.test(`${answer.status}`)
      : returns.split(" | ").some((name) => isWhole(body, name));
  // A captive portal, for instance, answers every request with its own page.
  if (!isComplete) throw new ConnectionError(`${method} ${path} got an answer that is not the server's.`);
  return body as T;
}

/** Checks that the body has all members that the OpenAPI document requires. */
export const isWhole = (body: unknown, type: string): boolean =>
  typeof body === "object" && body !== null && members[type]!.every((member) => member in body);
