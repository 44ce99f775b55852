import { Deliveries } from "./deliveries.js";
import { ConnectionError, FitnessifyError, SignedOutError } from "./errors.js";
import {
  type ApiRequest, type ChangesDto, FitnessifyApi, type LoginIdentityCommand, type NotificationDto, type Problem, type StartGuestCommand,
  type TaskDto, type TaskInput, type TokensDto,
} from "./generated.js";
import { type OnIdentityNotLinked, signInWithIdentity } from "./identities.js";
import type { OfflineOptions } from "./offline-change.js";
import type { OfflineReplica } from "./offline-replica.js";
import type { OfflineStore } from "./offline-store.js";
import { readEvents, StreamError } from "./stream.js";
import { isWhole, now, reasonOf, type Sending, sleep, Transport, unlessAborted } from "./transport.js";

/** The store keeps the tokens of a device. It must be as safe as a store of passwords. */
export interface TokenStore {
  /** Returns the tokens, or undefined if there are none. */
  get(): Promise<TokensDto | undefined>;
  /** Replaces the stored tokens. */
  set(tokens: TokensDto): Promise<void>;
  /** Deletes the stored tokens. */
  clear(): Promise<void>;
}

/** This store keeps the tokens in memory and loses them when the process ends. */
export class MemoryTokenStore implements TokenStore {
  #tokens: TokensDto | undefined;
  get = async () => this.#tokens;
  set = async (tokens: TokensDto) => void (this.#tokens = tokens);
  clear = async () => void (this.#tokens = undefined);
}

/** The options control how a session stores tokens, retries and connects. */
export interface SessionOptions {
  /** The token store; the default is {@link MemoryTokenStore}. */
  tokens?: TokenStore;
  /** The client calls this once when the server has ended the session. */
  onSignedOut?: (reason: SignedOutError) => void;
  /** This function sends the requests in place of the global `fetch`. */
  fetch?: typeof fetch;
  /** A call is sent at most this many times, the first attempt included; the default is 4. */
  maxAttempts?: number;
  /**
   * The longest total time that a call waits between its attempts, in ms; the default is 20000. The call fails at once when the server
   * asks for a longer wait.
   */
  retryTimeout?: number;
  /**
   * The delay before the second attempt and before the stream reconnects, in ms; the default is 250. Each further delay is twice as
   * long, up to 30 s, and shortened at random by at most half. A `Retry-After` of the server takes its place.
   */
  retryDelay?: number;
  /** The time limit of one attempt, including the body of the response, in ms; the default is 30000. */
  timeout?: number;
  /** The time limit of a refresh with all its attempts, and of connecting the stream, in ms; the default is 10000. */
  connectTimeout?: number;
  /** A stream that stays connected for this long, in ms, makes its next delay start again at `retryDelay`; the default is 60000. */
  retryDelayResetAfter?: number;
}

/** As `after` of {@link FitnessifySession.notifications}, this id includes all unread notifications. */
export const FROM_THE_BEGINNING = "00000000-0000-0000-0000-000000000000";

/** What the server would answer to a refresh of a session that the device has ended itself. */
const SIGNED_OUT: Problem = {
  type: "urn:fitnessify:error:refresh_token_invalid", title: "Refresh token invalid", status: 401,
  detail: "The session has ended on this device.", instance: "/api/v1/auth/refresh", code: "refresh_token_invalid", traceId: "",
};

const SESSION_OVER = ["session_revoked", "refresh_token_invalid", "refresh_token_reused"];

/** A session represents one device, signed in or not. */
export class FitnessifySession {
  /** The API offers all routes and sends the tokens of this session. */
  readonly api = new FitnessifyApi((request) => this.#send(request));
  readonly #transport: Transport;
  readonly #tokens: TokenStore;
  readonly #deliveries = new Deliveries();
  #refreshing: Promise<TokensDto> | undefined;
  #startingGuest: Promise<TokensDto> | undefined;
  #signIns = 0;
  #ended: { sessionId: string; reason: SignedOutError; isReported: boolean } | undefined;

  /** @param baseUrl The address of the server, without `/api/v1`. */
  constructor(baseUrl: string, private readonly options: SessionOptions = {}) {
    this.#transport = new Transport(baseUrl, options);
    this.#tokens = options.tokens ?? new MemoryTokenStore();
  }

  /**
   * Begins as a guest and stores the tokens. A guest has an account without anything to sign in with: `api.guests.register`, an identity or
   * a passkey makes it a member, and a sign-in with this session moves what it has to the account that is there already. A device that is
   * signed in, as a guest or a member, keeps its tokens, and the method returns them.
   *
   * The request is sent again when there is no answer, because the same key answers with the same guest until its tokens are first used.
   * When the method fails with {@link ConnectionError}, let the user work on copies, and call it again later.
   * @param guest.key A random UUID, which is made for this call by default. An app that stores its own before the call can repeat the call
   * with it even after a crash.
   */
  startAsGuest(guest: Partial<StartGuestCommand> = {}): Promise<TokensDto> {
    return (this.#startingGuest ??= this.#startGuest(guest).finally(() => (this.#startingGuest = undefined)));
  }

  /**
   * Signs in and stores the tokens. The server asks for a second factor with {@link MfaRequiredError}; continue with
   * {@link signInWith}. Tokens from an earlier session identify the device, so that a lockout caused by guessed passwords does
   * not affect it.
   *
   * When the device is a guest, the sign-in moves the tasks and lists of the guest to the account, with MFA too, and the guest is gone. The
   * tokens then have `guestMerged`. The `next` of a {@link sync} before is not valid for the account, so the sync begins without one.
   * When the account would have too many tasks or lists, the sign-in fails with `limit_reached`, and the device stays the guest.
   */
  async signIn(login: string, password: string, device?: string): Promise<TokensDto> {
    return this.signInWith((api, guestToken) => api.auth.login({ login, password, device, deviceToken: guestToken, guestToken }));
  }

  /**
   * Signs in with any route that returns tokens, and stores them.
   * @param step Calls the route. It gets the refresh token of the device, if there is one, as `guestToken` for the routes that take it. A
   * member's token merges nothing, so that it is safe to send. Without it, nothing is merged, and the guest of the device is lost.
   */
  async signInWith(step: (api: FitnessifyApi, guestToken: string | undefined) => Promise<TokensDto>): Promise<TokensDto> {
    // A merge ends the session of the guest. Other calls may learn of that before the answer is here, and must not report it.
    this.#signIns++;
    try {
      const tokens = await step(this.api, (await this.#tokens.get())?.refreshToken);
      // The step is code of the app and may return anything; only complete tokens are stored.
      if (!isWhole(tokens, "TokensDto")) throw new ConnectionError("The sign-in got an answer without tokens.");
      await this.#tokens.set(tokens);
      return tokens;
    } finally {
      this.#signIns--;
    }
  }

  /**
   * Signs in with an identity at Apple, Google or another provider, and stores the tokens. The first time, this creates an account. With
   * MFA on, it fails with {@link MfaRequiredError} as after a password; continue with {@link signInWith}. A guest is merged as in
   * {@link signIn}.
   *
   * If an account has the address of the identity, the identity is linked only after a sign-in to that account. In `onNotLinked`, the
   * app signs in with this session as usual; an {@link MfaRequiredError} of that sign-in must be handled there, too. The callback
   * returns the password again, with MFA on together with a code that was not used before, or nothing after `api.auth.reauthenticate`.
   * Then this method links the identity and returns the tokens of the session that the callback has started.
   *
   * Whatever the callback throws ends this method, and so does a callback that has not started a session. If only the link fails, the
   * session stays signed in, the error is thrown, and the app can call `api.identities.link` with the same `linkToken`.
   * @param identity What the provider has issued. Each nonce works once, so a further attempt needs another ID token.
   * @param onNotLinked Signs in to the account that has the address. Without it, {@link IdentityNotLinkedError} is thrown.
   */
  signInWithIdentity(identity: LoginIdentityCommand, onNotLinked?: OnIdentityNotLinked): Promise<TokensDto> {
    return signInWithIdentity(this, this.#tokens, identity, onNotLinked);
  }

  /**
   * Creates a task with an id that the device chooses, so that a retry is safe even hours later: it never overwrites a later
   * change. If the task has changed since, the call fails with `precondition_failed` and has the task as `current`.
   * @param id Any UUID; store it with the unsent task.
   */
  createTask(task: TaskInput, id: string = crypto.randomUUID(), signal?: AbortSignal): Promise<TaskDto> {
    return this.api.tasks.replace(id, task, { ifNoneMatch: "*", signal });
  }

  /**
   * Opens the tasks and lists of the user on this device, which can be read and written without a connection. The code is loaded with the
   * first call; a service worker, which cannot load code later, calls `OfflineReplica.open` of `@fitnessify/client/offline`.
   * @throws OfflineError `store_in_use`: another replica, perhaps in another tab, has opened the store.
   */
  async offline(store: OfflineStore, options?: OfflineOptions): Promise<OfflineReplica> {
    return (await import("./offline-replica.js")).OfflineReplica.open(this, store, options);
  }

  /** Returns the tokens of this device; undefined if it is not signed in. */
  getTokens(): Promise<TokensDto | undefined> {
    return this.#tokens.get();
  }

  /** Ends the session. The tokens are deleted even if the server cannot be reached, in which case the method throws. */
  async signOut(): Promise<void> {
    const tokens = await this.#tokens.get();
    await this.#tokens.clear();
    if (tokens) await this.api.auth.logout({ refreshToken: tokens.refreshToken });
  }

  /**
   * Refreshes the tokens, once for all concurrent calls. This happens automatically when the access token has expired. If the session
   * of the expired tokens is not that of the device any more, the method fails with {@link SignedOutError}.
   */
  async refresh(expired?: TokensDto): Promise<TokensDto> {
    const tokens = await (this.#refreshing ??= this.#rotateTokens(expired).finally(() => (this.#refreshing = undefined)));
    // Another user may have signed in meanwhile, with whose tokens a call of the former session must not be repeated.
    if (expired && tokens.sessionId !== expired.sessionId) throw this.#endOf(expired);
    return tokens;
  }

  /**
   * Streams notifications as they arrive. The stream reconnects automatically and misses none, until the loop ends or the signal
   * aborts; the end of the session throws {@link SignedOutError}. It leaves out what {@link markDelivered} has recorded.
   * @param options.after The id of the last known notification, or {@link FROM_THE_BEGINNING}; without it, only new ones arrive.
   */
  async *notifications({ after, signal }: { after?: string; signal?: AbortSignal } = {}): AsyncGenerator<NotificationDto, void> {
    for (let failures = 1; ; failures++) {
      let delay = this.#transport.delayAfter(failures);
      let connectedAt = Infinity;
      try {
        // The position is fixed first, so that nothing is missed between two connections.
        after ??= (await this.api.notifications.list({ limit: 1, signal })).items[0]?.id ?? FROM_THE_BEGINNING;
        const body = await this.#connect(after, signal);
        connectedAt = now();
        const closeStream = this.#deliveries.openStream();
        try {
          for await (const event of readEvents(body, signal)) {
            const notification = readNotification(event.data);
            after = event.id;
            if (this.#deliveries.addStreamed(notification.id)) yield notification;
          }
        } finally {
          closeStream();
        }
      } catch (error) {
        if (signal?.aborted) throw reasonOf(signal);
        if (isFinal(error)) throw error;
        if (error instanceof FitnessifyError) delay = error.retryAfter ?? delay;
      }

      if (now() - connectedAt >= (this.options.retryDelayResetAfter ?? 60_000)) {
        failures = 0;
        delay = this.#transport.delayAfter(1);
      }

      await sleep(delay, signal);
    }
  }

  /**
   * Records that a notification has arrived by push, before the app shows it. What arrives by push and on the stream is shown once in
   * this way: show it if the result is true. In browsers, the service worker and the page do this themselves.
   * @param id The `id` of the push message.
   * @returns True the first time; false if push or {@link notifications} has delivered the notification before.
   */
  markDelivered(id: string): boolean {
    return this.#deliveries.addPushed(id);
  }

  /** Returns whether {@link notifications} has delivered a notification, or is connected and will: then push need not show it. */
  isStreamed(id: string): boolean {
    return this.#deliveries.isStreamed(id);
  }

  /**
   * Returns the changes since the last sync, page by page. Apply a page, store its `next`, and start with that the next time. After
   * `sync_token_expired` or `invalid_sync_token`, discard the local tasks and lists and start again without a token.
   */
  async *sync(since?: string, signal?: AbortSignal): AsyncGenerator<ChangesDto, void> {
    for (let page: ChangesDto | undefined; page?.hasMore !== false; since = page.next) {
      yield (page = await this.api.changes.list({ since, limit: 200, signal }));
    }
  }

  async #startGuest({ key = crypto.randomUUID(), ...about }: Partial<StartGuestCommand>): Promise<TokensDto> {
    const stored = await this.#tokens.get();
    if (stored) return stored;
    const request = { method: "POST", path: "/api/v1/auth/guest", body: { key, ...about }, returns: "TokensDto" };
    const tokens = await this.#transport.send<TokensDto>(request, undefined, { isRepeatable: true });
    // The user may have signed in meanwhile. Nothing belongs to the new guest yet, and the server deletes it some day.
    const signedIn = await this.#tokens.get();
    if (!signedIn) await this.#tokens.set(tokens);
    return signedIn ?? tokens;
  }

  async #connect(after: string, signal: AbortSignal | undefined): Promise<ReadableStream<Uint8Array>> {
    const headers: Record<string, string> = { Accept: "text/event-stream", "Last-Event-ID": after };
    const request = { method: "GET", path: "/api/v1/notifications/stream", headers, signal };
    const deadline = now() + (this.options.connectTimeout ?? 10_000);
    const body = await this.#send(request, {
      deadline,
      read: async (answer) => {
        const type = answer.headers.get("Content-Type");
        if (!type?.startsWith("text/event-stream")) throw new ConnectionError(`The stream is ${type}.`);
        return answer.body;
      },
    });
    if (!body) throw new TypeError("This fetch gives no streams: bring one that does, in the options.");
    return body;
  }

  async #send<T>(request: ApiRequest, sending?: Sending<T>): Promise<T> {
    let tokens = await this.#tokens.get();
    for (let isRefreshed = false; ; isRefreshed = true) {
      try {
        return await this.#transport.send(request, tokens?.accessToken, sending);
      } catch (error) {
        const isExpired = error instanceof FitnessifyError && error.code === "token_expired";
        if (!isExpired || !tokens || isRefreshed) throw await this.#signedOutBy(error, tokens);
      }

      // Other calls share the refresh, so cancelling this call must not cancel it.
      tokens = await unlessAborted(this.refresh(tokens), request.signal);
    }
  }

  async #rotateTokens(expired: TokensDto | undefined): Promise<TokensDto> {
    const old = await this.#tokens.get();
    // Another call has learned of the end of the session, or the user has signed out. The server is not asked: if it did not get the
    // sign-out, it would renew the session.
    if (!old && expired) throw this.#endOf(expired);
    if (old && expired && old.accessToken !== expired.accessToken) return old; // Another call has already refreshed them.
    try {
      const body = { refreshToken: old?.refreshToken ?? "" };
      const request = { method: "POST", path: "/api/v1/auth/refresh", body, returns: "TokensDto" };
      // The server accepts the same refresh token again for a short time after a lost response.
      const deadline = now() + (this.options.connectTimeout ?? 10_000);
      const tokens = await this.#transport.send<TokensDto>(request, undefined, { isRepeatable: true, deadline });
      // The stored tokens differ when the user has signed in or out in the meantime.
      if (old && (await this.#tokens.get())?.refreshToken === old.refreshToken) await this.#tokens.set(tokens);
      return tokens;
    } catch (error) {
      throw await this.#signedOutBy(error, old);
    }
  }

  // Several calls may learn of the end, even at the same time; only the first one reports it.
  async #signedOutBy(error: unknown, tokens: TokensDto | undefined): Promise<unknown> {
    if (!tokens || !(error instanceof FitnessifyError) || !SESSION_OVER.includes(error.code)) return error;
    const signedOut = new SignedOutError(error.problem);
    const { sessionId } = tokens;
    if (!this.#signIns && (await this.#tokens.get())?.sessionId === sessionId) {
      // A call that finds no tokens any more needs the reason, so it is known before they are cleared.
      if (this.#ended?.sessionId !== sessionId) this.#ended = { sessionId, reason: signedOut, isReported: false };
      const ended = this.#ended;
      await this.#tokens.clear();
      if (!ended.isReported) {
        ended.isReported = true;
        this.options.onSignedOut?.(ended.reason);
      }
    }

    return signedOut;
  }

  #endOf({ sessionId }: TokensDto): SignedOutError {
    return this.#ended?.sessionId === sessionId ? this.#ended.reason : new SignedOutError(SIGNED_OUT);
  }
}

/** Returns the ETag of a task, for `ifMatch` and `ifNoneMatch`. */
export const etagOf = ({ version, isOverdue = false }: { version: number; isOverdue?: boolean }): string =>
  `"${version}${isOverdue ? ".o" : ""}"`;

/** Turns the 304 of a call with `ifNoneMatch` into undefined: the local copy is still current. */
export const ifChanged = <T>(call: Promise<T>): Promise<T | undefined> =>
  call.catch((error) => (error instanceof FitnessifyError && error.status === 304 ? undefined : Promise.reject(error)));

function readNotification(data: string): NotificationDto {
  try {
    return JSON.parse(data) as NotificationDto;
  } catch (cause) {
    throw new StreamError("The stream sent invalid JSON.", { cause });
  }
}

// Only refusals of the API itself are final; errors of proxies and requests to retry later are temporary.
const isFinal = (error: unknown): boolean =>
  error instanceof FitnessifyError
    ? error.status < 500 && error.status !== 429 && !error.code.startsWith("http_")
    : !(error instanceof ConnectionError || error instanceof StreamError);
