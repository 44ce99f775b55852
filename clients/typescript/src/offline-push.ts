import { FitnessifyError } from "./errors.js";
import type { FitnessifyApi, ListDto, ListInput, ListPatch, Problem, TaskDto, TaskOperation, TaskPatch } from "./generated.js";
import type { ListConflict, OfflineChange, OfflineOptions, OfflineResolution, TaskConflict } from "./offline-change.js";
import { type Records, changeRecord } from "./offline-records.js";
import type { OfflineRecord } from "./offline-store.js";
import { isSame } from "./repetition.js";
import { reasonOf } from "./transport.js";

type Item = TaskDto | ListDto;
type Members = Record<string, unknown>;

/** What the server has answered to a change. */
interface Outcome {
  readonly item?: Item | null;
  readonly problem?: Problem;
}

/** A change that the other side has an objection to, what the server has now, and the part of the patch that is not there yet. */
interface Open {
  readonly change: OfflineChange;
  readonly theirs: Item | null;
  readonly rest: Members | null;
  readonly byDefault: "mine" | "theirs";
}

// The server accepts at most 100 operations and 1 MiB in one batch.
const MAX_OPERATIONS = 100;
const MAX_LENGTH = 500_000;

// Refusals of the change itself; all other failures end the sync, and what waits goes on waiting.
const REFUSALS = [400, 404, 409, 412, 413, 422];

/** Sends the changes that wait, the oldest first, and stores what becomes of each. */
export class Push {
  // A refused batch does not say which of its operations is malformed.
  readonly #alone = new Set<number>();

  constructor(
    private readonly api: FitnessifyApi, private readonly records: Records, private readonly onConflict: OfflineOptions["onConflict"],
    private readonly signal: AbortSignal, private readonly call: <T>(send: () => Promise<T>) => Promise<T>,
  ) {}

  async run(): Promise<void> {
    for (let changes; (changes = this.#next()).length > 0; ) {
      const outcomes = await this.#send(changes);
      if (outcomes) await this.#settle(changes, outcomes);
      else changes.forEach(({ sequence }) => this.#alone.add(sequence));
    }
  }

  /** Returns the changes of the next request. What depends on a rejected change is left out. */
  #next(): OfflineChange[] {
    const { predecessors } = this.records.shown.task;
    const [blocked, ids, next] = [new Set<string>(), new Set<string>(), [] as OfflineChange[]];
    let length = 0;
    for (const change of this.records.changes.values()) {
      const { kind, id, sequence, body, problem } = change;
      const needed = [id, predecessors.get(id), (body as TaskPatch | null)?.listId].map((needed) => needed && blocked.has(needed));
      if (problem || needed.some(Boolean)) {
        // The tasks of a list do not depend on a later change of it.
        if (kind === "task" || change.op === "create") blocked.add(id);
        else blocked.add(`list/${id}`);
        continue;
      }
      if (blocked.has(`${kind}/${id}`)) continue;
      length += JSON.stringify(body).length;
      const isLast = kind === "list" || this.#alone.has(sequence);
      const fits = !ids.has(id) && next.length < MAX_OPERATIONS && length < MAX_LENGTH && !isLast;
      if (next.length > 0 && !fits) break;
      next.push(change);
      ids.add(id);
      if (isLast) break;
    }
    return next;
  }

  /** Returns the outcome of each change, or undefined if the batch as a whole was refused and must be divided. */
  async #send(changes: OfflineChange[]): Promise<Outcome[] | undefined> {
    try {
      const [first] = changes as [OfflineChange];
      if (first.kind === "list") return [{ item: await this.call(() => this.#sendList(first)) }];
      const operations = changes.map((change) => this.#operationOf(change));
      const { results } = await this.call(() => this.api.tasks.batch({ operations }, { signal: this.signal }));
      return results.map(({ task, problem }) => (problem ? { problem } : { item: task }));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return changes.length > 1 ? undefined : [{ problem: error.problem }];
    }
  }

  async #sendList({ op, id, body, base }: OfflineChange): Promise<ListDto | null> {
    const { lists } = this.api;
    const { signal } = this;
    if (op === "create") return await lists.replace(id, body as ListInput, { ifNoneMatch: "*", signal });
    const ifMatch = base ? `"${base.version}"` : undefined;
    if (op === "patch") return await lists.patch(id, body as ListPatch, { ifMatch, signal });
    return (await lists.delete(id, { ifMatch, signal })) ?? null;
  }

  #operationOf({ op, id, body, base }: OfflineChange): TaskOperation {
    const task = body as TaskPatch | null;
    const createdAt = (this.records.confirmed("task", id) as TaskDto | null)?.createdAt;
    // The server may have got the task only after it was done.
    const isEarly = op === "patch" && createdAt && task?.completedAt && Date.parse(task.completedAt) < Date.parse(createdAt);
    return { op, id, ifMatch: op === "create" ? null : (base?.version ?? null), task: isEarly ? { ...task, completedAt: createdAt } : task };
  }

  async #settle(changes: OfflineChange[], outcomes: Outcome[]): Promise<void> {
    const open: Open[] = [];
    await this.records.exclusive(() => {
      const records: OfflineRecord[] = [];
      for (const [index, change] of changes.entries()) {
        const decided = this.#decide(change, outcomes[index]!);
        if (Array.isArray(decided)) records.push(...decided);
        else open.push(decided);
      }
      return this.#write(records);
    });
    for (const conflict of open) await this.#resolve(conflict);
  }

  #decide(change: OfflineChange, { item = null, problem }: Outcome): OfflineRecord[] | Open {
    const { records } = this;
    const { op, kind, base, body } = change;
    if (!problem) return records.acknowledge(change, item);
    const theirs = (problem.code === "precondition_failed" && (problem.current as Item | undefined)) || null;
    if (theirs && op === "create") return records.acknowledge(change, theirs);
    if (theirs && op === "delete") return { change, theirs, rest: null, byDefault: "mine" };
    if (theirs) {
      const rest = restOf(body as Members, theirs as unknown as Members);
      if (!rest) return records.acknowledge(change, theirs);
      if (base && overlaps(rest, base as unknown as Members, theirs as unknown as Members)) {
        return { change, theirs, rest, byDefault: "mine" };
      }
      return this.#again({ ...change, body: rest }, theirs);
    }
    if (problem.code === "not_found" && (op === "delete" || (kind === "list" && op === "create"))) return records.acknowledge(change, null);
    if (problem.code === "not_found" && op === "patch") return { change, theirs: null, rest: body as Members, byDefault: "theirs" };
    const patch = body as TaskPatch | null;
    const isWrong = (member: string) => problem.errors?.some(({ pointer }) => pointer?.endsWith(`/${member}`));
    if (patch?.listId && isWrong("listId")) return this.#again({ ...change, body: { ...patch, listId: null } });
    if (patch?.completedAt && isWrong("completedAt")) return this.#again({ ...change, body: without(patch, "completedAt") });
    if (op === "patch" && problem.code === "state_conflict" && patch?.status !== undefined) {
      return { change, theirs: null, rest: without(patch, "status", "completedAt"), byDefault: "mine" };
    }
    return this.#again({ ...change, problem });
  }

  async #resolve({ change, theirs, rest, byDefault }: Open): Promise<void> {
    const { kind, id, base } = change;
    const { tasks } = this.api;
    const { signal } = this;
    const isRefusedMove = theirs === null && byDefault === "mine";
    if (isRefusedMove) {
      theirs = await this.call(() => tasks.get(id, { signal })).catch(unlessGone);
      if (theirs === null) [rest, byDefault] = [change.body as Members, "theirs"];
    }

    const conflict = { kind, id, base, mine: this.records.wantedBy(change), theirs, patch: rest } as TaskConflict | ListConflict;
    const resolution: OfflineResolution = (await this.onConflict?.(conflict)) ?? byDefault;
    let records: () => OfflineRecord[];
    if (resolution === "theirs" || (theirs === null && kind === "list") || (resolution === "mine" && rest && isEmpty(rest))) {
      const gone = theirs;
      records = () => this.records.acknowledge(change, gone);
    } else {
      const restored = theirs ?? (await this.call(() => tasks.restore(id, { signal })).catch(unlessGone));
      const again: OfflineChange =
        resolution === "mine" ? { ...change, body: rest as TaskPatch | null } : { ...change, op: "patch", body: resolution };
      records = () => (restored ? this.#again(again, restored) : this.records.acknowledge(change, null));
    }
    await this.records.exclusive(() => this.#write(records()));
  }

  // The app may have cleared everything meanwhile, which cancels the sync.
  async #write(records: OfflineRecord[]): Promise<void> {
    if (this.signal.aborted) throw reasonOf(this.signal);
    await this.records.write(records);
  }

  /**
   * Returns the records of a change that is sent once more, based on what the server has now, or that waits with its problem. There are
   * none if it was discarded meanwhile.
   */
  #again(change: OfflineChange, theirs?: Item): OfflineRecord[] {
    if (!this.records.changes.has(change.sequence)) return [];
    return theirs ? [changeRecord({ ...change, base: theirs }), ...this.records.confirm(change.kind, theirs)] : [changeRecord(change)];
  }
}

const isRefusal = (error: unknown): error is FitnessifyError =>
  error instanceof FitnessifyError && REFUSALS.includes(error.status) && !error.code.startsWith("http_");

const unlessGone = (error: unknown): null => {
  if (error instanceof FitnessifyError && error.code === "not_found") return null;
  throw error;
};

const isEmpty = (members: object): boolean => Object.keys(members).length === 0;

function without<T extends object>(members: T, ...names: string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

/** Returns the members of a patch that an item does not have yet; undefined if it has all. */
function restOf(patch: Members, item: Members): Members | undefined {
  const missing = Object.entries(patch).filter(([name, value]) => value !== undefined && !isSame({ [name]: value }, item));
  const rest = Object.fromEntries(missing);
  // When it was done is fixed once it is.
  return isEmpty(rest) ? undefined : "status" in rest ? rest : isEmpty(without(rest, "completedAt")) ? undefined : without(rest, "completedAt");
}

/** Returns whether the other side has changed a member that the patch changes, too, into the parts of members that have some. */
function overlaps(patch: Members, base: Members, theirs: Members): boolean {
  return Object.entries(patch).some(([name, value]) => {
    const [before, now] = [base[name] ?? null, theirs[name] ?? null];
    const haveParts = [value, before, now].every((part) => typeof part === "object" && part !== null && !Array.isArray(part));
    return haveParts ? overlaps(value as Members, before as Members, now as Members) : JSON.stringify(before) !== JSON.stringify(now);
  });
}
