import { ConnectionError, FitnessifyError, problemOf, SignedOutError } from "./errors.js";
import type { TokensDto } from "./generated.js";
import type { SessionOptions, SessionState } from "./options.js";
import { MemoryTokenStore, type TokenStore } from "./token-stores.js";
import { isWhole, now, TOKENS, type Transport } from "./transport.js";

const REFRESH = "/api/v1/auth/refresh";

/** The tokens of a session: kept in the store and in memory, refreshed, and deleted at the end of the session. */
export class SessionTokens {
  readonly #transport: Transport;
  readonly #options: SessionOptions;
  readonly #store: TokenStore;
  #known: TokensDto | undefined;
  #writes = 0;
  #refreshing: Promise<TokensDto> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #signIns = 0;
  #ended: { sessionId: string; reason: SignedOutError } | undefined;

  constructor(transport: Transport, options: SessionOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#store = options.tokens ?? new MemoryTokenStore();
  }

  /** Returns the tokens from memory, or from the store when there are none in memory. */
  async get(): Promise<TokensDto | undefined> {
    return this.#known ?? (await this.readStore());
  }

  /**
   * Returns the tokens from the store. Another session over the same store, for instance that of another tab, may have refreshed them, or
   * have deleted them, which is reported as the end of this session.
   */
  async readStore(reason?: SignedOutError): Promise<TokensDto | undefined> {
    const writes = this.#writes;
    const stored = await this.#store.get();
    // What was written in the meantime is newer.
    if (writes !== this.#writes) return this.#known;
    const known = this.#known;
    this.#known = stored;
    if (!stored) this.#report("signedOut", known, reason);
    return stored;
  }

  /** Stores the tokens and reports it. */
  set(tokens: TokensDto, type: "signedIn" | "refreshed"): Promise<void> {
    return this.#inTurn(() => this.#write(type, tokens));
  }

  /** Deletes the tokens of the store, and returns them. The user has signed out. */
  clear(): Promise<TokensDto | undefined> {
    return this.#replace(() => true, "signedOut");
  }

  /** Signs in by a function that calls a route which returns tokens, and stores them. */
  async signIn(step: () => Promise<TokensDto>): Promise<TokensDto> {
    // A merge ends the session of the guest. Other calls may learn of that before the answer is here, and must not report it.
    this.#signIns++;
    try {
      const tokens = await step();
      // The step is code of the app and may return anything; only complete tokens are stored.
      if (!isWhole(tokens, TOKENS)) throw new ConnectionError("The sign-in got an answer without tokens.");
      await this.set(tokens, "signedIn");
      return tokens;
    } finally {
      this.#signIns--;
    }
  }

  /** Refreshes the tokens, once for all concurrent calls. */
  async refresh(expired: TokensDto | undefined): Promise<TokensDto> {
    const tokens = await (this.#refreshing ??= this.#rotate(expired).finally(() => (this.#refreshing = undefined)));
    // Another user may have signed in meanwhile, with whose tokens a call of the former session must not be repeated.
    if (expired && tokens.sessionId !== expired.sessionId) throw this.#endOf(expired);
    return tokens;
  }

  /** Returns the error with which a call fails. If it says that the session is over, the tokens are deleted and the end is reported. */
  async errorOf(error: unknown, tokens: TokensDto | undefined): Promise<unknown> {
    if (!tokens || !(error instanceof FitnessifyError)) return error;
    if (!/^(session_revoked|refresh_token_(invalid|reused))$/.test(error.code)) return error;
    const reason = new SignedOutError(error.problem);
    const { sessionId } = tokens;
    // A call that finds no tokens any more needs the reason, so it is known before they are cleared.
    const isEnded = (stored?: TokensDto) =>
      !this.#signIns && stored?.sessionId === sessionId && (this.#ended = { sessionId, reason });
    await this.#replace(isEnded, "signedOut", undefined, reason);
    return reason;
  }

  async #rotate(expired: TokensDto | undefined): Promise<TokensDto> {
    const old = await this.readStore();
    // Another call has learned of the end of the session, or the user has signed out. The server is not asked: if it did not get the
    // sign-out, it would renew the session.
    if (!old && expired) throw this.#endOf(expired);
    if (old && expired && old.accessToken !== expired.accessToken) return old; // They have already been refreshed.
    try {
      const body = { refreshToken: old?.refreshToken ?? "" };
      const request = { method: "POST", path: REFRESH, body, returns: TOKENS };
      const deadline = now() + (this.#options.connectTimeout ?? 10_000);
      const tokens = await this.#transport.send<TokensDto>(request, undefined, { deadline });
      // The stored tokens differ when the user has signed in or out in the meantime.
      await this.#replace((stored) => stored?.refreshToken === old?.refreshToken, "refreshed", tokens);
      if (this.#known) return this.#known;
      throw this.#endOf(tokens);
    } catch (error) {
      throw await this.errorOf(error, old);
    }
  }

  /** Writes the tokens, or none, in place of those that are stored, if these are the expected ones, and returns these. */
  #replace(
    isExpected: (stored?: TokensDto) => unknown, type: SessionState["type"], tokens?: TokensDto, reason?: SignedOutError,
  ): Promise<TokensDto | undefined> {
    return this.#inTurn(async () => {
      const stored = await this.readStore(reason);
      if (isExpected(stored)) await this.#write(type, tokens, reason);
      return stored;
    });
  }

  /** Runs what reads the store and then writes it after all that has begun before: a store may take its time. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  // Several calls may learn of the end, even at the same time; only the first one finds tokens to report.
  async #write(type: SessionState["type"], tokens?: TokensDto, reason?: SignedOutError): Promise<void> {
    await (tokens ? this.#store.set(tokens) : this.#store.clear());
    this.#writes++;
    const known = this.#known;
    this.#known = tokens;
    this.#report(type, tokens ?? known, reason);
  }

  // A function that is async turns what the app throws into a rejection that is not awaited, which platforms report.
  #report(type: SessionState["type"], tokens: TokensDto | undefined, reason?: SignedOutError): void {
    if (tokens) void (async () => this.#options.onStateChanged?.({ type, sessionId: tokens.sessionId, reason }))();
  }

  #endOf({ sessionId }: TokensDto): SignedOutError {
    // What the server would answer to a refresh of a session that the device has ended itself.
    const problem = problemOf(401, "refresh_token_invalid", "The session has ended on this device.", REFRESH);
    return this.#ended?.sessionId === sessionId ? this.#ended.reason : new SignedOutError(problem);
  }
}
