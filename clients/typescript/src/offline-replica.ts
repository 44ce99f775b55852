import type { ListDto, ListInput, ListPatch, TaskDto, TaskInput, TaskPatch } from "./generated.js";
import type { OfflineChange, OfflineOptions } from "./offline-change.js";
import { type Kind, isOpen } from "./offline-copies.js";
import { OfflineError } from "./offline-error.js";
import { Records, changeKey, changeRecord } from "./offline-records.js";
import type { OfflineRecord, OfflineStore } from "./offline-store.js";
import { Sync } from "./offline-sync.js";
import { type AbortSignalLike, randomUuid } from "./platform.js";
import type { FitnessifySession } from "./session.js";
import { unlessAborted } from "./transport.js";

/** A sync for which callers wait. */
interface Run {
  readonly done: Promise<void>;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * The tasks and lists of the user on this device. The app reads and writes them without a connection, and {@link sync} sends what it has
 * written and fetches what others have. What is written is in the store before a call returns, survives a crash, and is sent in its order
 * until the server has it, never twice.
 */
export class OfflineReplica {
  readonly #records: Records;
  #last: Promise<void> = Promise.resolve();
  #queued: Run | undefined;
  #running: Run | undefined;
  #isClosed = false;

  private constructor(
    private readonly session: FitnessifySession, private readonly store: OfflineStore, private readonly options: OfflineOptions,
    records: Iterable<OfflineRecord>,
  ) {
    this.#records = new Records(store, records, options.timeZone, () => void Promise.resolve().then(() => options.onChange?.()));
  }

  /**
   * Opens the replica of a session. One that is not signed in can open it, too, and write; it needs to be signed in to sync.
   * @throws OfflineError `store_in_use`: another replica has opened the store.
   */
  static async open(session: FitnessifySession, store: OfflineStore, options: OfflineOptions = {}): Promise<OfflineReplica> {
    const replica = new OfflineReplica(session, store, options, await store.open());
    await replica.#records.loadSchedule();
    return replica;
  }

  /** Returns all tasks but those whose list is not there, in no order; {@link comparePositions} sorts them. */
  tasks(): TaskDto[] {
    return this.#records.shown.all("task").flatMap((task) => this.#visible(task) ?? []);
  }

  /** Returns a task; undefined if there is none, or if its list is not there. Its version is 0 if the server has not sent it. */
  task(id: string): TaskDto | undefined {
    return this.#visible(this.#records.shown.get("task", id));
  }

  /** Returns all lists in no order; {@link comparePositions} sorts them. */
  lists(): ListDto[] {
    return this.#records.shown.all("list");
  }

  /** Returns a list; undefined if there is none. Its version is 0 if the server has not sent it. */
  list(id: string): ListDto | undefined {
    return this.#records.shown.get("list", id) ?? undefined;
  }

  /** Returns the changes that wait, in their order. Those with a `problem` wait for {@link retry} or {@link discard}. */
  changes(): OfflineChange[] {
    return [...this.#records.changes.values()];
  }

  /**
   * Creates a task under an id that the device chooses.
   * @throws RangeError The due is malformed, or its time zone is unknown. What else is wrong shows in a sync.
   * @throws OfflineError `queue_full`
   */
  createTask(task: TaskInput, id: string = randomUuid()): Promise<TaskDto> {
    return this.#append("task", "create", id, task);
  }

  /**
   * Changes a task. One that becomes done is done now, unless the patch says when.
   * @param patch A merge patch: null clears, and a member that is absent stays as it is.
   * @throws RangeError The due is malformed, or its time zone is unknown. What else is wrong shows in a sync.
   * @throws OfflineError `not_found`, `queue_full`
   */
  patchTask(id: string, patch: TaskPatch): Promise<TaskDto> {
    return this.#append("task", "patch", id, patch);
  }

  /**
   * Moves a task to the trash.
   * @throws OfflineError `not_found`, `queue_full`
   */
  deleteTask(id: string): Promise<void> {
    return this.#append("task", "delete", id, null);
  }

  /**
   * Creates a list under an id that the device chooses.
   * @throws OfflineError `queue_full`
   */
  createList(list: ListInput, id: string = randomUuid()): Promise<ListDto> {
    return this.#append("list", "create", id, list);
  }

  /**
   * Changes a list.
   * @param patch A merge patch: null clears, and a member that is absent stays as it is.
   * @throws OfflineError `not_found`, `queue_full`
   */
  patchList(id: string, patch: ListPatch): Promise<ListDto> {
    return this.#append("list", "patch", id, patch);
  }

  /**
   * Deletes a list. Its tasks are not shown any more; the server moves them to the trash.
   * @throws OfflineError `not_found`, `queue_full`
   */
  deleteList(id: string): Promise<void> {
    return this.#append("list", "delete", id, null);
  }

  /**
   * Sends a change again that the server has rejected, with the next sync.
   * @param sequence The number of the change.
   * @param body What to send in place of what was rejected.
   * @throws OfflineError `not_found`: no such change was rejected.
   */
  retry(sequence: number, body?: OfflineChange["body"]): Promise<void> {
    return this.#write(() => {
      const change = this.#change(sequence);
      if (!change.problem) throw new OfflineError("not_found");
      return [changeRecord({ ...change, body: body ?? change.body, problem: null })];
    });
  }

  /**
   * Drops a change that waits. With a create, the later changes of the same task or list are dropped as well.
   * @param sequence The number of the change.
   * @throws OfflineError `not_found`: no such change waits.
   */
  discard(sequence: number): Promise<void> {
    return this.#write(() => {
      const change = this.#change(sequence);
      if (change.op !== "create") return this.#records.remove(change, change.base);
      return this.changes().filter(({ kind, id }) => kind === change.kind && id === change.id).flatMap((each) => this.#records.remove(each, null));
    });
  }

  /** Deletes all copies and all changes of this device, and ends a sync that is under way. The server keeps what it has. */
  clear(): Promise<void> {
    return this.#restart(() => this.#records.cleared());
  }

  /**
   * Gives what this device has to the account that is signed in, for instance after a sign-in that has merged a guest. Without it, a sync
   * with another account than before fails with `owner_changed`, so that the changes of one person do not reach the account of another.
   */
  adopt(): Promise<void> {
    return this.#restart(() => this.#records.restarted({ ownerId: null, sessionId: null }));
  }

  /** Closes the store. A sync that runs ends, and what waits is sent after the store is opened again. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#running?.abort.abort();
    await this.#last;
    await this.#records.exclusive(() => this.store.close());
  }

  /**
   * Sends the changes that wait, the oldest first, and fetches what has changed on the server. What the server rejects keeps its `problem`
   * and does not end the sync; without a connection, it fails, and everything goes on waiting. There is one sync at a time: calls during
   * one share the next.
   * @param signal Ends this call; the sync ends, too, unless other callers wait for it.
   * @throws OfflineError `owner_changed`: another account is signed in than before.
   */
  sync(signal?: AbortSignalLike): Promise<void> {
    const run = (this.#queued ??= this.#queue());
    run.waiting++;
    return unlessAborted(run.done, signal).finally(() => {
      if (--run.waiting > 0) return;
      if (this.#queued === run) this.#queued = undefined;
      run.abort.abort();
    });
  }

  #queue(): Run {
    const abort = new AbortController();
    const done = this.#last.then(async () => {
      this.#queued = undefined;
      this.#running = run;
      if (this.#isClosed) throw new OfflineError("closed");
      // The callback of the app may never answer. A sync that goes on afterwards writes nothing.
      await unlessAborted(new Sync(this.session, this.#records, this.options.onConflict, abort.signal).run(), abort.signal).catch((error: unknown) => {
        // Older platforms pass no reason on when a call is aborted.
        throw this.#isClosed ? new OfflineError("closed") : error;
      });
    });
    const run: Run = { done, abort, waiting: 0 };
    this.#last = done.catch(() => undefined);
    return run;
  }

  // A sync that is under way is about what was there before, so that it ends.
  #restart(records: () => OfflineRecord[]): Promise<void> {
    return this.#write(() => {
      this.#running?.abort.abort();
      return records();
    });
  }

  async #append<K extends Kind>(kind: K, op: OfflineChange["op"], id: string, body: OfflineChange["body"]): Promise<any> {
    await this.#write(async () => {
      const { changes, shown } = this.#records;
      const before = shown.get<Kind>(kind, id);
      if (op !== "create" && !before) throw new OfflineError("not_found");
      if (changes.size >= (this.options.maxChanges ?? 10_000)) throw new OfflineError("queue_full");
      if (op === "patch" && JSON.stringify(body) === "{}") return [];
      const at = new Date().toISOString();
      const isDone = op === "patch" && (body as TaskPatch).status === "done" && isOpen(before as TaskDto);
      const base = op === "create" || shown.isChanged({ kind, id }) ? null : this.#records.confirmed(kind, id);
      const sent = isDone ? { ...body, completedAt: (body as TaskPatch).completedAt ?? at } : body;
      const record = changeRecord({ sequence: this.#records.nextSequence, kind, op, id, at, body: sent, base, problem: null });
      const [, change] = record;
      const schedule = await this.#records.loadSchedule([change]);
      if (kind === "task" && body) schedule?.checkDue(body as TaskPatch, before as TaskDto | null, this.#records.zone);
      return [record];
    });
    return this.#records.shown.get(kind, id) ?? undefined;
  }

  #change(sequence: number): OfflineChange {
    const change = this.#records.changes.get(changeKey(sequence));
    if (!change) throw new OfflineError("not_found");
    return change;
  }

  #write(records: () => OfflineRecord[] | Promise<OfflineRecord[]>): Promise<void> {
    return this.#records.exclusive(async () => {
      if (this.#isClosed) throw new OfflineError("closed");
      await this.#records.write(await records());
    });
  }

  #visible(task: TaskDto | null): TaskDto | undefined {
    if (!task || (task.listId !== null && !this.#records.shown.get("list", task.listId))) return undefined;
    const isOverdue = isOpen(task) && task.dueAt !== null && Date.parse(task.dueAt) < Date.now();
    return isOverdue === task.isOverdue ? task : { ...task, isOverdue };
  }
}
