import type { ListDto, TaskDto } from "./generated.js";
import type { OfflineChange } from "./offline-change.js";
import { Copies, applyToList, applyToTask, isOpen, successorAfter } from "./offline-copies.js";
import type { OfflineRecord, OfflineStore } from "./offline-store.js";

/** What the server said last, and in which pass over all its data. */
interface Confirmed<Item> {
  readonly epoch: number;
  readonly item: Item;
}

/** How far the replica is. */
export interface SyncState {
  /** The version of the format of all records. */
  readonly format: 1;
  /** The number of the present pass over all data of the server; what a complete pass has not met is gone. */
  readonly epoch: number;
  readonly since: string | null;
  readonly ownerId: string | null;
  readonly sessionId: string | null;
  readonly timeZone: string | null;
}

const NEW_STATE: SyncState = { format: 1, epoch: 1, since: null, ownerId: null, sessionId: null, timeZone: null };

/** The records of the store, and what they show. Only completed writes change them. */
export class Records {
  state = NEW_STATE;
  readonly changes = new Map<number, OfflineChange>();
  /** No number comes twice, so that what the server answers never counts for another change. */
  nextSequence = 1;
  readonly #confirmed = { task: new Map<string, Confirmed<TaskDto>>(), list: new Map<string, Confirmed<ListDto>>() };
  #shown: { task: Copies<TaskDto>; list: Copies<ListDto> } | undefined;
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
    for (const [key, value] of records) this.#apply(key, value);
    this.#shown = undefined;
    this.onChange();
  }

  /** Returns the state of a new pass over all data of the server. */
  newPass(): Pick<SyncState, "epoch" | "since"> {
    return { epoch: this.state.epoch + 1, since: null };
  }

  get zone(): string {
    return this.timeZone ?? this.state.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  get shown(): { task: Copies<TaskDto>; list: Copies<ListDto> } {
    if (this.#shown) return this.#shown;
    const { task, list } = this.#confirmed;
    const { zone } = this;
    const tasks: Copies<TaskDto> = new Copies(task, (change, item) =>
      applyToTask(change, item, zone, (successor) => tasks.predict(successor, change.id)));
    this.#shown = { task: tasks, list: new Copies(list, applyToList) };
    for (const change of this.changes.values()) this.#shown[change.kind].add(change);
    return this.#shown;
  }

  /** Returns what the user wants: what a change makes of what the user saw. */
  wantedBy(change: OfflineChange): TaskDto | ListDto | null {
    const { kind, id, base } = change;
    return this.after(change, base ?? this.#confirmed[kind].get(id)?.item ?? this.shown[kind].get(id));
  }

  /** Returns what a change makes of an item. */
  after(change: OfflineChange, item: TaskDto | ListDto | null): TaskDto | ListDto | null {
    return change.kind === "task" ? applyToTask(change, item as TaskDto | null, this.zone) : applyToList(change, item as ListDto | null);
  }

  /** Returns what the server said last; null if it has not sent the item. */
  confirmed(kind: "task" | "list", id: string): TaskDto | ListDto | null {
    const item = this.#confirmed[kind].get(id)?.item;
    return item && item.version > 0 ? item : null;
  }

  /** Returns the record of what the server said, or none if something later is known. */
  confirm(kind: "task" | "list", item: TaskDto | ListDto): OfflineRecord[] {
    const { epoch } = this.state;
    const known = this.#confirmed[kind].get(item.id);
    return known?.epoch === epoch && known.item.version > item.version ? [] : [[`${kind}/${item.id}`, { epoch, item }]];
  }

  /** Returns the records after the server has answered: the change is done, and this is the item now, or null if it is gone. */
  acknowledge(change: OfflineChange, item: TaskDto | ListDto | null): OfflineRecord[] {
    const { kind, id, sequence } = change;
    // What is in the trash is not shown.
    const live = item && !("deletedAt" in item && item.deletedAt) ? item : null;
    const records: OfflineRecord[] = live ? this.confirm(kind, live) : [[`${kind}/${id}`, undefined]];
    // It may have been discarded meanwhile.
    if (!this.changes.has(sequence)) return records;
    return [...records, ...this.remove(change, live), ...(live && kind === "task" ? this.#successorOf(change, live as TaskDto) : [])];
  }

  /** Returns the records that remove a change: the next one of its item is based on what the item is then. */
  remove({ kind, id, sequence }: OfflineChange, base: TaskDto | ListDto | null): OfflineRecord[] {
    const next = [...this.changes.values()].find((later) => later.kind === kind && later.id === id && later.sequence > sequence);
    return [[changeKey(sequence), undefined], ...(next && !next.base && base ? [changeRecord({ ...next, base })] : [])];
  }

  /** Returns the deletions of what a complete pass over the data of the server has not met. */
  outdated(seen: readonly OfflineRecord[]): OfflineRecord[] {
    const kept = new Set(seen.map(([key]) => key));
    return (["task", "list"] as const).flatMap((kind) =>
      [...this.#confirmed[kind]]
        .filter(([id, { epoch, item }]) => (epoch !== this.state.epoch || item.version === 0) && !kept.has(`${kind}/${id}`))
        .map(([id]): OfflineRecord => [`${kind}/${id}`, undefined]));
  }

  /** Returns the deletions of all records. */
  cleared(): OfflineRecord[] {
    const keys = (["task", "list"] as const).flatMap((kind) => [...this.#confirmed[kind].keys()].map((id) => `${kind}/${id}`));
    return [...keys, ...[...this.changes.keys()].map(changeKey), "state"].map((key) => [key, undefined]);
  }

  // The server has made the next task of the series, but this device gets it only with the next changes.
  #successorOf({ op, body }: OfflineChange, task: TaskDto): OfflineRecord[] {
    if (op !== "patch" || (body as Partial<TaskDto>).status === undefined || isOpen(task)) return [];
    const successor = successorAfter(task, task.completedAt ?? task.updatedAt, this.zone);
    return successor && !this.#confirmed.task.has(successor.id) ? this.confirm("task", successor) : [];
  }

  #apply(key: string, value: unknown): void {
    const [kind, id] = key.split("/") as ["state"] | ["change" | "task" | "list", string];
    if (kind === "state") this.state = (value as SyncState | undefined) ?? NEW_STATE;
    else if (kind === "change") {
      set(this.changes, Number(id), value as OfflineChange | undefined);
      this.nextSequence = Math.max(this.nextSequence, Number(id) + 1);
    }
    else if (kind === "task") set(this.#confirmed.task, id, value as Confirmed<TaskDto> | undefined);
    else if (kind === "list") set(this.#confirmed.list, id, value as Confirmed<ListDto> | undefined);
  }
}

export const changeRecord = (change: OfflineChange): OfflineRecord => [changeKey(change.sequence), change];

// The order of the keys is that of the numbers.
const changeKey = (sequence: number): string => `change/${String(sequence).padStart(12, "0")}`;

function set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
