import { FitnessifyError, SignedOutError } from "./errors.js";
import { type ChangeDto, ErrorCode } from "./generated.js";
import type { OfflineOptions } from "./offline-change.js";
import { OfflineError } from "./offline-error.js";
import { Push } from "./offline-push.js";
import type { Records } from "./offline-records.js";
import type { OfflineRecord } from "./offline-store.js";
import type { FitnessifySession } from "./session.js";
import { reasonOf } from "./transport.js";

/** One sync: sends the changes that wait, and then fetches what others have changed. */
export class Sync {
  constructor(
    private readonly session: FitnessifySession, private readonly records: Records, private readonly onConflict: OfflineOptions["onConflict"],
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<void> {
    const { session, records, onConflict, signal } = this;
    await this.#checkOwner();
    await new Push(session.api, records, onConflict, signal, (send) => this.#call(send)).run();
    await this.#pull();
  }

  async #call<T>(send: () => Promise<T>): Promise<T> {
    await this.#checkOwner();
    const answer = await send().catch(async (error: unknown) => {
      // A refusal may be about another account, too.
      if (!(error instanceof SignedOutError)) await this.#checkOwner();
      throw error;
    });
    await this.#checkOwner();
    return answer;
  }

  // The user may sign out, and another one in, at any time. What is sent and what is stored must be those of the owner.
  async #checkOwner(): Promise<void> {
    const { state } = this.records;
    const sessionId = (await this.session.getTokens())?.sessionId ?? null;
    if (sessionId !== null && sessionId === state.sessionId) return;
    const { id: ownerId, timeZone } = await this.session.api.users.getMe({ signal: this.signal });
    if (state.ownerId !== null && state.ownerId !== ownerId) throw new OfflineError("owner_changed");
    await this.#write(() => [["state", { ...this.records.state, ownerId, sessionId, timeZone }]]);
  }

  async #pull(): Promise<void> {
    for (let hasMore = true; hasMore; ) {
      const { since } = this.records.state;
      try {
        const page = await this.#call(() => this.session.api.changes.list({ since: since ?? undefined, limit: 200, signal: this.signal }));
        hasMore = page.hasMore;
        await this.#write(() => {
          const records = page.items.flatMap((change) => this.#recordsOf(change));
          const outdated = hasMore ? [] : this.records.outdated(records);
          return [...records, ...outdated, ["state", { ...this.records.state, since: page.next }]];
        });
      } catch (error) {
        const beginAnew: string[] = [ErrorCode.syncTokenExpired, ErrorCode.invalidSyncToken];
        if (since === null || !(error instanceof FitnessifyError && beginAnew.includes(error.code))) throw error;
        await this.#write(() => [["state", { ...this.records.state, ...this.records.newPass() }]]);
      }
    }
  }

  #recordsOf({ kind, id, deleted, task, list }: ChangeDto): OfflineRecord[] {
    const known = (["task", "list"] as const).find((one) => one === kind);
    if (!known) return []; // A newer server may have further kinds.
    const item = known === "task" ? task : list;
    return deleted || !item ? [[`${known}/${id}`, undefined]] : this.records.confirm(known, item);
  }

  // The app may have cleared everything meanwhile, which cancels the sync.
  #write(records: () => OfflineRecord[]): Promise<void> {
    return this.records.exclusive(async () => {
      if (this.signal.aborted) throw reasonOf(this.signal);
      await this.records.write(records());
    });
  }
}
