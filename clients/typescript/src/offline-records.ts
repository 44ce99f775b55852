import type { TaskDto, TaskPatch } from "./generated.js";
import type { OfflineChange } from "./offline-change.js";
import { type Item, type Kind, type Schedule, Shown, isOpen, isScheduled, keyOf } from "./offline-copies.js";
import type { OfflineRecord, OfflineStore } from "./offline-store.js";

/** What the server said last, and in which pass over all its data. */
interface Copy {
  readonly epoch: number;
  readonly item: Item;
}

/** How far the replica is. */
export interface SyncState {
  /** The version of the format of all records. */
  readonly format: 1;
  /** The number of the present pass over all data of the server; what a complete pass has not met is gone. */
  readonly epoch: number;
  readonly since?: string | null;
  readonly ownerId?: string | null;
  readonly sessionId?: string | null;
  readonly timeZone?: string | null;
}

const NEW_STATE: SyncState = { format: 1, epoch: 1 };

/** The records of the store, and what they show. Only completed writes change them. */
export class Records {
  state = NEW_STATE;
  /** The changes that wait, in their order. */
  readonly changes = new Map<string, OfflineChange>();
  /** No number comes twice, so that what the server answers never counts for another change. */
  nextSequence = 1;
  readonly #copies = new Map<string, Copy>();
  #shown: Shown | undefined;
  #schedule: Schedule;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: OfflineStore, records: Iterable<OfflineRecord>, private readonly timeZone: string | undefined,
    private readonly onChange: () => void,
  ) {
    for (const [key, value] of [...records].sort(([a], [b]) => (a < b ? -1 : 1))) this.#apply(key, value);
  }

  /** Runs the work when no other does, so that it can read, decide and write. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Writes the records; what this object shows changes only if the store has them. Called in {@link exclusive}. */
  async write(records: readonly OfflineRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.store.write(records);
    const { nextSequence } = this;
    for (const [key, value] of records) this.#apply(key, value);
    // What is shown only has to be computed anew where it is not just one more change.
    if (nextSequence < this.nextSequence) this.#shown?.add(records[0]![1] as OfflineChange);
    else {
      this.#shown = undefined;
      await this.loadSchedule();
    }
    this.onChange();
  }

  /**
   * Loads what the changes need to be shown with their dues and successors. A browser without a connection may not get the code; what is
   * shown lacks them then, and the server computes them.
   */
  async loadSchedule(changes: Iterable<OfflineChange> = this.changes.values()): Promise<Schedule> {
    const isNeeded = (change: OfflineChange) => change.kind === "task" && isScheduled(change, this.shown.get("task", change.id));
    if (!this.#schedule && [...changes].some(isNeeded)) {
      this.#schedule = await import("./offline-schedule.js").catch(() => undefined);
      this.#shown = undefined;
    }
    return this.#schedule;
  }

  /** Returns the record of the state with some members changed. */
  stateWith(changed: Partial<SyncState>): OfflineRecord[] {
    return [["state", { ...this.state, ...changed }]];
  }

  /** Returns the record of a state that begins a new pass over all data of the server. */
  restarted(changed?: Partial<SyncState>): OfflineRecord[] {
    return this.stateWith({ epoch: this.state.epoch + 1, since: null, ...changed });
  }

  get zone(): string {
    return this.timeZone ?? this.state.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  get shown(): Shown {
    if (!this.#shown) {
      this.#shown = new Shown(this.#copies, this.zone, this.#schedule);
      for (const change of this.changes.values()) this.#shown.add(change);
    }
    return this.#shown;
  }

  /** Returns what the user wants: what a change makes of what the user saw. */
  wantedBy(change: OfflineChange): Item | null {
    const { kind, id, base } = change;
    const item = base ?? this.#copies.get(keyOf(change))?.item ?? this.shown.get(kind, id);
    return this.shown.after(change, item);
  }

  /** Returns what the server said last; null if it has not sent the item. */
  confirmed(kind: Kind, id: string): Item | null {
    const item = this.#copies.get(keyOf({ kind, id }))?.item;
    return item?.version ? item : null;
  }

  /** Returns the record of what the server said, or none if something later is known. */
  confirm(kind: Kind, item: Item): OfflineRecord[] {
    const { epoch } = this.state;
    const key = keyOf({ kind, id: item.id });
    const known = this.#copies.get(key);
    return known?.epoch === epoch && known.item.version > item.version ? [] : [[key, { epoch, item }]];
  }

  /** Returns the records after the server has answered: the change is done, and this is the item now, or null if it is gone. */
  acknowledge(change: OfflineChange, item: Item | null): OfflineRecord[] {
    // What is in the trash is not shown.
    const live = item && !(item as TaskDto).deletedAt ? item : null;
    const records: OfflineRecord[] = live ? this.confirm(change.kind, live) : [[keyOf(change), undefined]];
    // It may have been discarded meanwhile.
    return this.isWaiting(change) ? [...records, ...this.remove(change, live), ...this.#successorOf(change, live)] : records;
  }

  isWaiting(change: OfflineChange): boolean {
    return this.changes.has(changeKey(change.sequence));
  }

  /** Returns the records that remove a change: the next one of its item is based on what the item is then. */
  remove({ kind, id, sequence }: OfflineChange, base: Item | null): OfflineRecord[] {
    const next = [...this.changes.values()].find((later) => later.id === id && later.kind === kind && later.sequence > sequence);
    return [[changeKey(sequence), undefined], ...(next && !next.base && base ? [changeRecord({ ...next, base })] : [])];
  }

  /** Returns the deletions of what a complete pass over the data of the server has not met. */
  outdated(seen: readonly OfflineRecord[]): OfflineRecord[] {
    const kept = new Set(seen.map(([key]) => key));
    return [...this.#copies]
      .filter(([key, { epoch, item }]) => (epoch !== this.state.epoch || item.version === 0) && !kept.has(key))
      .map(([key]) => [key, undefined]);
  }

  /** Returns the deletions of all records. */
  cleared(): OfflineRecord[] {
    return [...this.#copies.keys(), ...this.changes.keys(), "state"].map((key) => [key, undefined]);
  }

  // The server has made the next task of the series, but this device gets it only with the next changes.
  #successorOf({ op, kind, body }: OfflineChange, task: Item | null): OfflineRecord[] {
    const isMove = op === "patch" && kind === "task" && (body as TaskPatch).status;
    const successor = isMove && task && !isOpen(task as TaskDto) && this.#schedule?.successorAfter(task as TaskDto, this.zone);
    return successor && !this.#copies.has(`task/${successor.id}`) ? this.confirm(kind, successor) : [];
  }

  #apply(key: string, value: unknown): void {
    if (key === "state") {
      this.state = (value as SyncState | undefined) ?? NEW_STATE;
      return;
    }
    const isChange = key.startsWith("change/");
    const known = (isChange ? this.changes : this.#copies) as Map<string, unknown>;
    if (value === undefined) known.delete(key);
    else known.set(key, value);
    if (isChange) this.nextSequence = Math.max(this.nextSequence, Number(key.slice(7)) + 1);
  }
}

/** Returns the record of a change, as JSON has it: an undefined member is none. */
export const changeRecord = (change: OfflineChange): [key: string, change: OfflineChange] =>
  [changeKey(change.sequence), JSON.parse(JSON.stringify(change))];

// The order of the keys is that of the numbers.
export const changeKey = (sequence: number): string => `change/${String(sequence).padStart(12, "0")}`;
