import { ConnectionError, FitnessifyError, SignedOutError } from "./errors.js";
import {
  type ApiRequest, FitnessifyApi, type NotificationDto, type TaskChangesDto, type TaskDto, type TaskInput, type TokensDto,
} from "./generated.js";
import { readEvents, StreamError } from "./stream.js";
import { isWhole, now, reasonOf, type Sending, sleep, Transport, unlessAborted } from "./transport.js";

/** Where the tokens of a device lie: as safe as a password. */
export interface TokenStore {
  get(): Promise<TokensDto | undefined>;
  set(tokens: TokensDto): Promise<void>;
  clear(): Promise<void>;
}

/** Forgets the tokens with the process. */
export class MemoryTokenStore implements TokenStore {
  #tokens: TokensDto | undefined;
  get = async () => this.#tokens;
  set = async (tokens: TokensDto) => void (this.#tokens = tokens);
  clear = async () => void (this.#tokens = undefined);
}

export interface SessionOptions {
  /** Default: {@link MemoryTokenStore}. */
  tokens?: TokenStore;
  /** Called once when the server has ended the session. */
  onSignedOut?: (reason: SignedOutError) => void;
  /** In place of the global one. */
  fetch?: typeof fetch;
  /** How often a call is sent at most; 4. */
  attempts?: number;
  /** How long a call waits between its attempts, all together, in ms; 20000. Told to wait longer, it fails at once. */
  retryTimeout?: number;
  /** The first of the pauses, which double, in ms; 250. */
  pause?: number;
  /** How long one attempt of a call may take, its body included, in ms; 30000. */
  timeout?: number;
  /** How long a refresh may take with all its attempts, and how long the stream may take to connect, in ms; 10000. */
  connectTimeout?: number;
  /** How long the stream has to stand before its pauses begin anew, in ms; 60000. */
  quiet?: number;
}

/** For {@link FitnessifySession.notifications}: all that are unread, not only new ones. */
export const FROM_THE_BEGINNING = "00000000-0000-0000-0000-000000000000";

const SESSION_OVER = ["session_revoked", "refresh_token_invalid", "refresh_token_reused"];

/** A device that is signed in, or about to be. */
export class FitnessifySession {
  /** All routes, with the tokens of this session. */
  readonly api = new FitnessifyApi((request) => this.#send(request));
  readonly #transport: Transport;
  readonly #tokens: TokenStore;
  #refreshing: Promise<TokensDto> | undefined;

  /** @param baseUrl Where the server is, without `/api/v1`. */
  constructor(baseUrl: string, private readonly options: SessionOptions = {}) {
    this.#transport = new Transport(baseUrl, options);
    this.#tokens = options.tokens ?? new MemoryTokenStore();
  }

  /**
   * Signs in and keeps the tokens. An {@link MfaRequiredError} asks for a second factor: go on with {@link signInWith}. Tokens that
   * are still kept tell the server that it knows the device, so that strangers who guess cannot keep it out.
   */
  async signIn(login: string, password: string, device?: string): Promise<TokensDto> {
    const deviceToken = (await this.#tokens.get())?.refreshToken;
    return this.signInWith((api) => api.auth.login({ login, password, device, deviceToken }));
  }

  /** Signs in by any route that answers with tokens, and keeps them. */
  async signInWith(step: (api: FitnessifyApi) => Promise<TokensDto>): Promise<TokensDto> {
    const tokens = await step(this.api);
    // Whatever the step has made of it: nothing else takes the place of tokens.
    if (!isWhole(tokens, "TokensDto")) throw new ConnectionError("The sign-in got an answer without tokens.");
    await this.#tokens.set(tokens);
    return tokens;
  }

  /**
   * Creates a task under an id of the device's own, so that a retry is harmless, also hours later: it changes nothing that has
   * happened since. When the task is not any more as it was created, that is a `precondition_failed` with the task as `current`.
   * @param id Any UUID; keep it with what waits to be sent.
   */
  createTask(task: TaskInput, id: string = crypto.randomUUID(), signal?: AbortSignal): Promise<TaskDto> {
    return this.api.tasks.replace(id, task, { ifNoneMatch: "*", signal });
  }

  /** Ends the session. The tokens are forgotten even when the server cannot be told, which is then thrown. */
  async signOut(): Promise<void> {
    const tokens = await this.#tokens.get();
    await this.#tokens.clear();
    if (tokens) await this.api.auth.logout({ refreshToken: tokens.refreshToken });
  }

  /** Buys new tokens, once for all calls that need them; happens by itself when the access token has expired. */
  refresh(expired?: TokensDto): Promise<TokensDto> {
    return (this.#refreshing ??= this.#renew(expired).finally(() => (this.#refreshing = undefined)));
  }

  /**
   * Notifications as they come. Connects again by itself and misses none, until the loop is left or the signal aborts; the
   * end of the session is a {@link SignedOutError}.
   * @param options.after The id of the last one that you know, or {@link FROM_THE_BEGINNING}; without it, only new ones come.
   */
  async *notifications({ after, signal }: { after?: string; signal?: AbortSignal } = {}): AsyncGenerator<NotificationDto, void> {
    for (let failures = 1; ; failures++) {
      let pause = this.#transport.pauseAfter(failures);
      let connectedAt = Infinity;
      try {
        // Whatever comes between two connections comes after the newest of now.
        after ??= (await this.api.notifications.list({ limit: 1, signal })).items[0]?.id ?? FROM_THE_BEGINNING;
        const body = await this.#connect(after, signal);
        connectedAt = now();
        for await (const event of readEvents(body, signal)) {
          const notification = readNotification(event.data);
          after = event.id;
          yield notification;
        }
      } catch (error) {
        if (signal?.aborted) throw reasonOf(signal);
        if (isFinal(error)) throw error;
        if (error instanceof FitnessifyError) pause = error.retryAfter ?? pause;
      }

      if (now() - connectedAt >= (this.options.quiet ?? 60_000)) {
        failures = 0;
        pause = this.#transport.pauseAfter(1);
      }

      await sleep(pause, signal);
    }
  }

  /**
   * What changed since the last time, page by page. Apply a page, keep its `next`, and begin with that the next time. When
   * it fails with `sync_token_expired` or `invalid_sync_token`, forget all and begin without a token.
   */
  async *sync(since?: string, signal?: AbortSignal): AsyncGenerator<TaskChangesDto, void> {
    for (let page: TaskChangesDto | undefined; page?.hasMore !== false; since = page.next) {
      yield (page = await this.api.tasks.listChanges({ since, limit: 200, signal }));
    }
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

      // Others wait for it too: who is cancelled leaves them to it.
      tokens = await unlessAborted(this.refresh(tokens), request.signal);
    }
  }

  async #renew(expired: TokensDto | undefined): Promise<TokensDto> {
    const old = await this.#tokens.get();
    if (old && expired && old.accessToken !== expired.accessToken) return old; // Another call was quicker.
    try {
      const body = { refreshToken: (old ?? expired)?.refreshToken ?? "" };
      const request = { method: "POST", path: "/api/v1/auth/refresh", body, returns: "TokensDto" };
      // After a lost answer again with the same token: the server permits it for a short while.
      const deadline = now() + (this.options.connectTimeout ?? 10_000);
      const tokens = await this.#transport.send<TokensDto>(request, undefined, { isRepeatable: true, deadline });
      // Unless somebody has signed in or out meanwhile.
      if (old && (await this.#tokens.get())?.refreshToken === old.refreshToken) await this.#tokens.set(tokens);
      return tokens;
    } catch (error) {
      throw await this.#signedOutBy(error, old);
    }
  }

  // Of several calls that hear of it, the first one finds the tokens of that session.
  async #signedOutBy(error: unknown, tokens: TokensDto | undefined): Promise<unknown> {
    if (!tokens || !(error instanceof FitnessifyError) || !SESSION_OVER.includes(error.code)) return error;
    const signedOut = new SignedOutError(error.problem);
    if ((await this.#tokens.get())?.sessionId === tokens.sessionId) {
      await this.#tokens.clear();
      this.options.onSignedOut?.(signedOut);
    }

    return signedOut;
  }
}

/** The ETag of a task, for `ifMatch` and `ifNoneMatch`. */
export const etagOf = ({ version, isOverdue = false }: { version: number; isOverdue?: boolean }): string =>
  `"${version}${isOverdue ? ".o" : ""}"`;

/** Of a call with `ifNoneMatch`: undefined when the copy at hand is still right. */
export const ifChanged = <T>(call: Promise<T>): Promise<T | undefined> =>
  call.catch((error) => (error instanceof FitnessifyError && error.status === 304 ? undefined : Promise.reject(error)));

function readNotification(data: string): NotificationDto {
  try {
    return JSON.parse(data) as NotificationDto;
  } catch (cause) {
    throw new StreamError("The stream tells something else.", { cause });
  }
}

// What the API itself refuses for good; a proxy on the way, and whoever asks to come again later, is only in the way.
const isFinal = (error: unknown): boolean =>
  error instanceof FitnessifyError
    ? error.status < 500 && error.status !== 429 && !error.code.startsWith("http_")
    : !(error instanceof ConnectionError || error instanceof StreamError);
