import { type CallOptions, PAGE_SIZE } from "./calls.js";
import { FitnessifyError, SignedOutError } from "./errors.js";
import type { ChangeDto, FitnessifyApi } from "./generated.js";
import type { OfflineOptions } from "./offline-change.js";
import type { Kind } from "./offline-copies.js";
import { OfflineError } from "./offline-error.js";
import { Push } from "./offline-push.js";
import type { Records } from "./offline-records.js";
import type { OfflineRecord } from "./offline-store.js";
import type { FitnessifySession } from "./session.js";
import { reasonOf } from "./transport.js";

/** One sync: sends the changes that wait, and then fetches what others have changed. */
export class Sync {
  constructor(
    private readonly session: FitnessifySession, readonly records: Records, readonly onConflict: OfflineOptions["onConflict"],
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<void> {
    await new Push(this).run();
    await this.#pull();
  }

  /** Calls the API for the owner of the replica. */
  async call<T>(send: (api: FitnessifyApi, options: CallOptions) => Promise<T>): Promise<T> {
    await this.#checkOwner();
    const answer = await send(this.session.api, { signal: this.signal }).catch(async (error: unknown) => {
      // A refusal may be about another account, too.
      if (!(error instanceof SignedOutError)) await this.#checkOwner();
      throw error;
    });
    await this.#checkOwner();
    return answer;
  }

  /** Writes what the sync decides on, unless the app has cancelled it, perhaps because it has cleared everything. */
  write(decide: () => OfflineRecord[]): Promise<void> {
    return this.records.exclusive(async () => {
      if (this.signal.aborted) throw reasonOf(this.signal);
      await this.records.write(decide());
    });
  }

  // The user may sign out, and another one in, at any time. What is sent and what is stored must be those of the owner.
  async #checkOwner(): Promise<void> {
    const { state } = this.records;
    const sessionId = (await this.session.getTokens())?.sessionId ?? null;
    if (sessionId && sessionId === state.sessionId) return;
    const { id: ownerId, timeZone } = await this.session.api.users.getMe({ signal: this.signal });
    if (state.ownerId && state.ownerId !== ownerId) throw new OfflineError("owner_changed");
    await this.write(() => this.records.stateWith({ ownerId, sessionId, timeZone }));
  }

  async #pull(): Promise<void> {
    for (let hasMore = true; hasMore; ) {
      const since = this.records.state.since ?? undefined;
      try {
        const page = await this.call(({ changes }, options) => changes.list({ ...options, since, limit: PAGE_SIZE }));
        hasMore = page.hasMore;
        await this.write(() => {
          const records = page.items.flatMap((change) => this.#recordsOf(change));
          return [...records, ...(hasMore ? [] : this.records.outdated(records)), ...this.records.stateWith({ since: page.next })];
        });
      } catch (error) {
        const mustBeginAnew = since && error instanceof FitnessifyError && /^(sync_token_expired|invalid_sync_token)$/.test(error.code);
        if (!mustBeginAnew) throw error;
        await this.write(() => this.records.restarted());
      }
    }
  }

  #recordsOf({ kind, id, deleted, task, list }: ChangeDto): OfflineRecord[] {
    if (kind !== "task" && kind !== "list") return []; // A newer server may have further kinds.
    const item = task ?? list;
    return deleted || !item ? [[`${kind}/${id}`, undefined]] : this.records.confirm(kind as Kind, item);
  }
}
