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
    const problem: Problem = answer.headers.get("Content-Type")?.startsWith("application/problem+json")
      ? ((await answer.json()) as Problem)
      : { type: "about:blank", title, status, detail: title, instance, code: `http_${status}`, traceId: "" };
    // In seconds, or a date, which only proxies send.
    const seconds = Number(answer.headers.get("Retry-After") ?? NaN);
    const Type = problem.code === "mfa_required" ? MfaRequiredError : FitnessifyError;
    return new Type(problem, Number.isNaN(seconds) ? undefined : seconds * 1000);
  }
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

/** No answer came: offline, a broken connection, or nobody there. `cause` is what fetch said. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}
