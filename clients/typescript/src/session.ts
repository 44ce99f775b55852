import { type ApiRequest, type CallOptions, callsOf, PAGE_SIZE } from "./calls.js";
import { Deliveries } from "./deliveries.js";
import { FitnessifyError } from "./errors.js";
import {
  type ChangesDto, type FitnessifyApi, type LoginIdentityCommand, type NotificationDto, OPERATIONS, type StartGuestCommand, type TaskDto,
  type TaskInput, type TasksClient, type TokensDto,
} from "./generated.js";
import { type OnIdentityNotLinked, signInWithIdentity } from "./identities.js";
import type { OfflineOptions } from "./offline-change.js";
import type { OfflineReplica } from "./offline-replica.js";
import type { OfflineStore } from "./offline-store.js";
import type { SessionOptions } from "./options.js";
import { type AbortSignalLike, randomUuid } from "./platform.js";
import { SessionTokens } from "./session-tokens.js";
import { type Sending, Transport, unlessAborted } from "./transport.js";

/** A session represents one device, signed in or not. */
export class FitnessifySession {
  /** The API offers all routes and sends the tokens of this session. */
  readonly api: FitnessifyApi = callsOf((request) => this.#send(request), OPERATIONS);
  readonly #options: SessionOptions;
  readonly #transport: Transport;
  readonly #tokens: SessionTokens;
  readonly #deliveries = new Deliveries();
  #startingGuest: Promise<TokensDto> | undefined;

  /** @param baseUrl The address of the server, without `/api/v1`. */
  constructor(baseUrl: string, options: SessionOptions = {}) {
    this.#options = options;
    this.#transport = new Transport(baseUrl, options);
    this.#tokens = new SessionTokens(this.#transport, options);
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
  startAsGuest(guest: Partial<StartGuestCommand> = {}, { signal }: Pick<CallOptions, "signal"> = {}): Promise<TokensDto> {
    this.#startingGuest ??= this.#startGuest(guest).finally(() => (this.#startingGuest = undefined));
    return unlessAborted(this.#startingGuest, signal);
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
  signIn(login: string, password: string, device?: string, options?: CallOptions): Promise<TokensDto> {
    return this.signInWith(
      (api, guestToken) => api.auth.login({ login, password, device, deviceToken: guestToken, guestToken }, options), options,
    );
  }

  /**
   * Signs in with any route that returns tokens, and stores them.
   * @param step Calls the route. It gets the refresh token of the device, if there is one, as `guestToken` for the routes that take it. A
   * member's token merges nothing, so that it is safe to send. Without it, nothing is merged, and the guest of the device is lost.
   * @param options.signal Ends the sign-in: what the step returns later is not stored. Give the signal to the call in the step as well.
   */
  signInWith(
    step: (api: FitnessifyApi, guestToken: string | undefined) => Promise<TokensDto>, { signal }: Pick<CallOptions, "signal"> = {},
  ): Promise<TokensDto> {
    return this.#tokens.signIn(async () => {
      // The store is read, because an old token, which another tab has renewed, would count as reuse.
      const guestToken = (await this.#tokens.readStore())?.refreshToken;
      return await unlessAborted(step(this.api, guestToken), signal);
    });
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
  signInWithIdentity(identity: LoginIdentityCommand, onNotLinked?: OnIdentityNotLinked, options?: CallOptions): Promise<TokensDto> {
    return signInWithIdentity(this, identity, onNotLinked, options);
  }

  /**
   * Creates a task with an id that the device chooses, so that a retry is safe even hours later: it never overwrites a later
   * change. If the task has changed since, the call fails with `precondition_failed` and has the task as `current`.
   * @param id Any UUID; store it with the unsent task.
   */
  createTask(task: TaskInput, id: string = randomUuid(), options?: CallOptions): Promise<TaskDto> {
    return this.api.tasks.replace(id, task, { ...options, ifNoneMatch: "*" });
  }

  /**
   * Returns the tasks that are not in the trash, one after the other, filtered and in an order: `api.tasks.all`. A page is fetched when the
   * loop arrives at it.
   */
  tasks(options?: Parameters<TasksClient["all"]>[0]): AsyncGenerator<TaskDto, void, undefined> {
    return this.api.tasks.all(options);
  }

  /** Returns the tasks in the trash, one after the other: `api.tasks.allTrash`. */
  trash(options?: Parameters<TasksClient["allTrash"]>[0]): AsyncGenerator<TaskDto, void, undefined> {
    return this.api.tasks.allTrash(options);
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
  async signOut(options?: CallOptions): Promise<void> {
    const tokens = await this.#tokens.clear();
    if (tokens) await this.api.auth.logout({ refreshToken: tokens.refreshToken }, options);
  }

  /**
   * Refreshes the tokens, once for all concurrent calls. This happens automatically when the access token has expired. If the session
   * of the expired tokens is not that of the device any more, the method fails with {@link SignedOutError}.
   */
  refresh(expired?: TokensDto, { signal }: Pick<CallOptions, "signal"> = {}): Promise<TokensDto> {
    return unlessAborted(this.#tokens.refresh(expired), signal);
  }

  /**
   * Returns notifications as they arrive, until the loop ends or the signal aborts; the end of the session throws {@link SignedOutError}.
   * They come by a stream that reconnects automatically. Where `fetch` gives no streams, as on React Native, the session asks for them every
   * `pollInterval` instead. In both ways it misses none, repeats none, and leaves out what {@link markDelivered} has recorded. The code is
   * loaded with the first loop.
   * @param options.after The id of the last known notification, or {@link FROM_THE_BEGINNING}; without it, only new ones arrive.
   */
  async *notifications(
    options: { after?: string | undefined; signal?: AbortSignalLike | undefined } = {},
  ): AsyncGenerator<NotificationDto, void, undefined> {
    const { followNotifications } = await import("./notifications.js");
    const send = <T>(request: ApiRequest, sending: Sending<T>) => this.#send(request, sending);
    yield* followNotifications(this.api, send, this.#transport, this.#deliveries, this.#options, options);
  }

  /**
   * Records that a notification has arrived by push, before the app shows it. What arrives by push and on the stream is shown once in
   * this way: show it if the result is true. In browsers, the service worker and the page do this themselves.
   * @param id The `id` of the push message.
   * @returns True the first time; false if push or {@link notifications} has delivered the notification before.
   */
  markDelivered(id: string): boolean {
    return this.#deliveries.add(id, false);
  }

  /** Returns whether {@link notifications} has delivered a notification, or is connected and will: then push need not show it. */
  isStreamed(id: string): boolean {
    return this.#deliveries.isStreamed(id);
  }

  /**
   * Returns the changes since the last sync, page by page. Apply a page, store its `next`, and start with that the next time. After
   * `sync_token_expired` or `invalid_sync_token`, discard the local tasks and lists and start again without a token.
   */
  async *sync(since?: string, options?: CallOptions): AsyncGenerator<ChangesDto, void, undefined> {
    for (let page: ChangesDto | undefined; page?.hasMore !== false; since = page.next) {
      yield (page = await this.api.changes.list({ ...options, since, limit: PAGE_SIZE }));
    }
  }

  async #startGuest({ key = randomUuid(), ...about }: Partial<StartGuestCommand>): Promise<TokensDto> {
    const stored = await this.#tokens.get();
    if (stored) return stored;
    const tokens = await this.api.guests.start({ key, ...about });
    // The user may have signed in meanwhile. Nothing belongs to the new guest yet, and the server deletes it some day.
    const signedIn = await this.#tokens.readStore();
    if (!signedIn) await this.#tokens.set(tokens, "signedIn");
    return signedIn ?? tokens;
  }

  async #send<T>(request: ApiRequest, sending?: Sending<T>, expired?: TokensDto): Promise<T> {
    // Other calls share the refresh, so cancelling this call must not cancel it.
    const tokens = await unlessAborted(expired ? this.#tokens.refresh(expired) : this.#tokens.get(), request.signal);
    try {
      return await this.#transport.send(request, tokens?.accessToken, sending);
    } catch (error) {
      const isExpired = error instanceof FitnessifyError && error.code === "token_expired";
      if (isExpired && tokens && !expired) return await this.#send(request, sending, tokens);
      throw await this.#tokens.errorOf(error, tokens);
    }
  }
}

/** Returns the ETag of a task, for `ifMatch` and `ifNoneMatch`. */
export const etagOf = ({ version, isOverdue = false }: { version: number; isOverdue?: boolean }): string =>
  `"${version}${isOverdue ? ".o" : ""}"`;

/** Turns the 304 of a call with `ifNoneMatch` into undefined: the local copy is still current. */
export const ifChanged = <T>(call: Promise<T>): Promise<T | undefined> =>
  call.catch((error) => (error instanceof FitnessifyError && error.status === 304 ? undefined : Promise.reject(error)));
