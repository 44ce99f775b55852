import type { ErrorCode, FieldError, Problem } from "./generated.js";
import type { ResponseLike } from "./platform.js";

/** The server refused the request; `code` identifies the reason. */
export class FitnessifyError extends Error {
  override readonly name: string = "FitnessifyError";
  readonly status: number;
  /** The reason. A code that this version of the client does not know is passed on unchanged. */
  readonly code: ErrorCode;
  /** The list has each wrong value with `validation_failed` and `unknown_member`, and is otherwise empty. */
  readonly errors: readonly FieldError[];

  /** @param problem The whole response. @param retryAfter The time that the server asks to wait, in ms. */
  constructor(readonly problem: Problem, readonly retryAfter?: number) {
    super(`${problem.code}: ${problem.detail}`);
    ({ status: this.status, code: this.code, errors: this.errors = [] } = problem);
  }

  /**
   * Reads a failed response. One that does not come from the API but from a proxy, for instance, gets the code `http_<status>`.
   * @internal
   */
  static async from(answer: ResponseLike): Promise<FitnessifyError> {
    const { status, statusText: title, url: instance } = answer;
    const sent = answer.headers.get("Content-Type")?.startsWith("application/problem+json")
      ? await answer.text().then((text) => JSON.parse(text) as Partial<Problem> | null).catch(() => undefined)
      : undefined;
    const problem = { ...problemOf(status, `http_${status}`, title, instance), ...(typeof sent?.code === "string" && sent), status };
    const Type =
      problem.code === "mfa_required" ? MfaRequiredError
      : problem.code === "identity_not_linked" ? IdentityNotLinkedError
      : FitnessifyError;
    return new Type(problem, readRetryAfter(answer.headers.get("Retry-After")));
  }
}

/**
 * Returns a problem that no server has sent.
 * @internal
 */
export const problemOf = (status: number, code: string, detail: string, instance: string): Problem =>
  ({ type: "about:blank", title: detail, status, detail, instance, code, traceId: "" });

// The value is in seconds or a date, which only proxies send (RFC 9110, 10.2.3). It may be in the past.
function readRetryAfter(header: string | null): number | undefined {
  const wait = Math.max(0, Number(header) * 1000 || Date.parse(header ?? "") - Date.now());
  return wait >= 0 ? wait : undefined;
}

/** The password or the identity was right and MFA is required; continue with `session.signInWith`. */
export class MfaRequiredError extends FitnessifyError {
  override readonly name = "MfaRequiredError";
  /** The token proves the first step in the second one. */
  readonly challengeToken = (this.problem as { challengeToken?: string }).challengeToken ?? "";
  /** The list names the second factors that this user has, for instance `totp`. */
  readonly methods = (this.problem as { methods?: readonly string[] }).methods ?? [];
}

/**
 * The identity is not linked, and an account has its address. The user must sign in to that account before the identity is linked;
 * `session.signInWithIdentity` does this with its callback.
 */
export class IdentityNotLinkedError extends FitnessifyError {
  override readonly name = "IdentityNotLinkedError";
  /** The token links the identity after the sign-in, within ten minutes and without another ID token. */
  readonly linkToken = this.problem.linkToken ?? "";
}

/** The session has ended and the tokens are deleted; the app should show its sign-in. */
export class SignedOutError extends FitnessifyError {
  override readonly name = "SignedOutError";
}

/** Why there is no Web Push in this browser. */
export type WebPushErrorReason = "unsupported" | "permission_denied" | "permission_dismissed" | "not_configured";

const WEB_PUSH_REASONS: Record<WebPushErrorReason, string> = {
  unsupported: "This browser has no Web Push here. It needs HTTPS, and iOS has it only for apps on the home screen.",
  permission_denied: "The user does not allow notifications, and the browser does not ask again.",
  permission_dismissed: "The user has not answered whether notifications are allowed. Ask again after a click.",
  not_configured: "The server does not send Web Push.",
};

/** This browser cannot be registered for Web Push; `reason` says why. */
export class WebPushError extends Error {
  override readonly name = "WebPushError";

  constructor(readonly reason: WebPushErrorReason) {
    super(WEB_PUSH_REASONS[reason]);
  }
}

/**
 * No valid response arrived: the device is offline, the connection failed, the time limit passed, or the response does not come
 * from this server. `cause` is the error of fetch.
 */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";

  /** @param cause The error of `fetch`, or what else has failed. Some platforms leave it out when it is an option of `Error`. */
  constructor(message: string, readonly cause?: unknown) {
    super(message);
  }
}
