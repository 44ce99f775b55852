import type { ErrorCode, FieldError, Problem } from "./generated.js";

/** The server refused. Decide by `code`. */
export class FitnessifyError extends Error {
  override readonly name: string = "FitnessifyError";
  readonly status: number;
  /** Why; one that this version of the client does not know arrives as it is. */
  readonly code: ErrorCode;
  /** With `validation_failed` and `unknown_member`: each wrong value, else empty. */
  readonly errors: readonly FieldError[];

  /** @param problem The whole answer. @param retryAfter How long the server asks to wait, in ms. */
  constructor(readonly problem: Problem, readonly retryAfter?: number) {
    super(`${problem.code}: ${problem.detail}`);
    ({ status: this.status, code: this.code, errors: this.errors = [] } = problem);
  }

  /** Reads a refusal. One that is not the API's, for instance a proxy's, has the code `http_<status>`. */
  static async from(answer: Response): Promise<FitnessifyError> {
    const { status, statusText: title, url: instance } = answer;
    const sent = answer.headers.get("Content-Type")?.startsWith("application/problem+json")
      ? await answer.json().catch(() => undefined)
      : undefined;
    const problem: Problem = {
      type: "about:blank", title, detail: title, instance, code: `http_${status}`, traceId: "",
      ...(typeof sent?.code === "string" ? sent : {}), status,
    };
    const Type = problem.code === "mfa_required" ? MfaRequiredError : FitnessifyError;
    return new Type(problem, readRetryAfter(answer.headers.get("Retry-After")));
  }
}

// Seconds, or a date, which only proxies send, and which may be over (RFC 9110, 10.2.3).
function readRetryAfter(header: string | null): number | undefined {
  const seconds = header?.trim() ? Number(header) : NaN;
  const wait = Number.isNaN(seconds) ? Date.parse(header ?? "") - Date.now() : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** The password was right, and a second factor is asked for: go on with `session.signInWith`. */
export class MfaRequiredError extends FitnessifyError {
  override readonly name = "MfaRequiredError";
  /** Stands for the right password. */
  readonly challengeToken = (this.problem as { challengeToken?: string }).challengeToken ?? "";
  /** The factors that this user has, for instance `totp`. */
  readonly methods = (this.problem as { methods?: readonly string[] }).methods ?? [];
}

/** The session is over and the tokens are gone: show the sign-in. */
export class SignedOutError extends FitnessifyError {
  override readonly name = "SignedOutError";
}

/**
 * No answer came: offline, a broken connection, nobody there, too late, or what came is not this server's. `cause` is what fetch
 * said.
 */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}
