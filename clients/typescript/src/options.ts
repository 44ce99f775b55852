import type { SignedOutError } from "./errors.js";
import type { FetchInit, FetchLike, ResponseLike } from "./platform.js";
import type { TokenStore } from "./token-stores.js";

/** A change of the session. */
export interface SessionState {
  /**
   * `signedIn`: the device has signed in, or begun as a guest. `refreshed`: the tokens were renewed. `signedOut`: the session is over, on this
   * device at least, and the tokens are deleted.
   */
  type: "signedIn" | "refreshed" | "signedOut";
  /** The id of the session in question. */
  sessionId: string;
  /** Why the server has ended the session; absent when the app has, with `signOut`. */
  reason?: SignedOutError | undefined;
}

/** One attempt of a call, as it goes to `fetch`. Its headers hold the access token. */
export interface SentRequest extends FetchInit {
  url: string;
}

/**
 * A function around each attempt of each call, for instance for logs or further headers. It passes the request on with `next`, changed if it
 * likes, and returns the response. What it throws counts as no response. The headers of the request hold the access token and its body may
 * hold passwords, neither of which belongs into a log.
 */
export type Middleware = (request: SentRequest, next: (request: SentRequest) => Promise<ResponseLike>) => Promise<ResponseLike>;

/** The options control how a session stores tokens, retries and connects. */
export interface SessionOptions {
  /** The token store; the default is `MemoryTokenStore`. */
  tokens?: TokenStore | undefined;
  /**
   * The client calls this after each change of the session, when the tokens are stored. What the function throws does not affect the
   * session; the platform reports it as an unhandled rejection.
   */
  onStateChanged?: ((state: SessionState) => void) | undefined;
  /** These functions are around each attempt of each call, the first one outermost. */
  middleware?: readonly Middleware[] | undefined;
  /** This function sends the requests in place of the global `fetch`. */
  fetch?: FetchLike | undefined;
  /** A call is sent at most this many times, the first attempt included; the default is 4. */
  maxAttempts?: number | undefined;
  /**
   * The longest total time that a call waits between its attempts, in ms; the default is 20000. The call fails at once when the server
   * asks for a longer wait.
   */
  retryTimeout?: number | undefined;
  /**
   * The delay before the second attempt and before the stream reconnects, in ms; the default is 250. Each further delay is twice as
   * long, up to 30 s, and shortened at random by at most half. A `Retry-After` of the server takes its place.
   */
  retryDelay?: number | undefined;
  /** The time limit of one attempt, including the body of the response, in ms; the default is 30000. */
  timeout?: number | undefined;
  /** The time limit of a refresh with all its attempts, and of connecting the stream, in ms; the default is 10000. */
  connectTimeout?: number | undefined;
  /** A stream that stays connected for this long, in ms, makes its next delay start again at `retryDelay`; the default is 60000. */
  retryDelayResetAfter?: number | undefined;
  /** How long to wait before asking for notifications again where `fetch` gives no streams, in ms; the default is 30000. */
  pollInterval?: number | undefined;
}

/** As `after` of {@link FitnessifySession.notifications}, this id includes all unread notifications. */
export const FROM_THE_BEGINNING = "00000000-0000-0000-0000-000000000000";
