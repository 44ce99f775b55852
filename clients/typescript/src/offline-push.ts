import { FitnessifyError } from "./errors.js";
import type { ListDto, ListInput, ListPatch, Problem, TaskDto, TaskOperation, TaskPatch } from "./generated.js";
import type { ListConflict, OfflineChange, OfflineResolution, TaskConflict } from "./offline-change.js";
import { type Item, type Members, keyOf } from "./offline-copies.js";
import { changeRecord } from "./offline-records.js";
import type { OfflineRecord } from "./offline-store.js";
import type { Sync } from "./offline-sync.js";
import { isSame } from "./repetition.js";

/** What the server has answered to a change. */
interface Outcome {
  readonly item?: Item | null;
  readonly problem?: Problem | null;
}

/** A change that the other side has an objection to. */
interface Open {
  readonly change: OfflineChange;
  /** What the server has now, or null if it was deleted. It is not known after a status that the server does not allow. */
  readonly theirs?: Item | null;
  /** The part of the patch that is not there yet; null for a deletion. */
  readonly rest: Members | null;
}

// The server accepts at most 100 operations and 1 MiB in one batch, and a character has up to three bytes.
const MAX_OPERATIONS = 100;
const MAX_LENGTH = 300_000;

// Refusals of the change itself, of which a proxy may make one, too: 413. All other failures end the sync, and what waits goes on waiting.
const REFUSALS = [400, 404, 409, 412, 413, 422];

/** Sends the changes that wait, the oldest first, and stores what becomes of each. */
export class Push {
  // A refused batch does not say which of its operations is malformed.
  readonly #alone = new Set<number>();

  constructor(private readonly sync: Sync) {}

  async run(): Promise<void> {
    for (let changes; (changes = this.#next()).length > 0; ) {
      const outcomes = await this.#send(changes);
      if (outcomes) await this.#settle(changes, outcomes);
      else changes.forEach(({ sequence }) => this.#alone.add(sequence));
    }
  }

  /** Returns the changes of the next request. What depends on a rejected change is left out. */
  #next(): OfflineChange[] {
    const { changes, shown: { predecessors } } = this.sync.records;
    const [blocked, ids, next] = [new Set<unknown>(), new Set<unknown>(), [] as OfflineChange[]];
    let length = 0;
    for (const change of changes.values()) {
      const { kind, op, id, sequence, body, problem } = change;
      const predecessor = predecessors.get(id);
      if (problem || [id, keyOf(change), predecessor, (body as TaskPatch | null)?.listId].some((needed) => blocked.has(needed))) {
        // The tasks of a list do not depend on a later change of it.
        blocked.add(kind === "task" || op === "create" ? id : keyOf(change));
        continue;
      }
      length += JSON.stringify(body).length;
      const isLast = kind === "list" || this.#alone.has(sequence);
      // A predicted task is there only when the completion that makes it has succeeded.
      const isLater = ids.has(id) || ids.has(predecessor);
      if (next.length > 0 && (isLater || isLast || next.length === MAX_OPERATIONS || length > MAX_LENGTH)) break;
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
      if (first.kind === "list") return [{ item: await this.#sendList(first) }];
      const operations = changes.map((change) => this.#operationOf(change));
      const { results } = await this.sync.call(({ tasks }, options) => tasks.batch({ operations }, options));
      return results.map(({ task, problem }) => ({ item: task, problem }));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return changes.length > 1 ? undefined : [{ problem: error.problem }];
    }
  }

  #sendList({ op, id, body, base }: OfflineChange): Promise<ListDto | null> {
    return this.sync.call(async ({ lists }, options) => {
      if (op === "create") return await lists.replace(id, body as ListInput, { ...options, ifNoneMatch: "*" });
      const conditions = { ...options, ifMatch: base ? `"${base.version}"` : undefined };
      return op === "patch" ? await lists.patch(id, body as ListPatch, conditions) : ((await lists.delete(id, conditions)) ?? null);
    });
  }

  #operationOf({ op, id, body, base }: OfflineChange): TaskOperation {
    let task = body as TaskPatch | null;
    const createdAt = (this.sync.records.confirmed("task", id) as TaskDto | null)?.createdAt;
    // The server may have got the task only after it was done.
    if (createdAt && task?.completedAt && Date.parse(task.completedAt) < Date.parse(createdAt)) task = { ...task, completedAt: createdAt };
    return { op, id, ifMatch: op === "create" ? null : (base?.version ?? null), task };
  }

  async #settle(changes: OfflineChange[], outcomes: Outcome[]): Promise<void> {
    const open: Open[] = [];
    await this.sync.write(() =>
      changes.flatMap((change, index) => {
        const decided = this.#decide(change, outcomes[index]!);
        if (Array.isArray(decided)) return decided;
        open.push(decided);
        return [];
      }));
    for (const conflict of open) await this.#resolve(conflict);
  }

  /** Returns the records after an answer, or what the person has to decide on. */
  #decide(change: OfflineChange, { item = null, problem }: Outcome): OfflineRecord[] | Open {
    const { records } = this.sync;
    const { op, kind, base } = change;
    const body = change.body as TaskPatch & Members;
    if (!problem) return records.acknowledge(change, item);
    const { code, current, errors } = problem;
    if (code === "precondition_failed" && current) {
      const theirs = current as Item;
      const rest = op === "patch" ? restOf(body, theirs) : null;
      if (op === "create" || rest === undefined) return records.acknowledge(change, theirs);
      if (rest && !(base && overlaps(rest, base, theirs))) return this.#again({ ...change, body: rest }, theirs);
      return { change, theirs, rest };
    }
    const isGone = code === "not_found";
    if (isGone && op === "patch") return { change, theirs: null, rest: body };
    if (isGone && (op === "delete" || kind === "list")) return records.acknowledge(change, null);
    // The list is gone, or it was done at a time that the server does not accept: the inbox and the present take their place.
    const wrong = ["listId", "completedAt"].find((member) => body?.[member] && errors?.some(({ pointer }) => pointer?.endsWith(`/${member}`)));
    if (wrong) return this.#again({ ...change, body: { ...body, [wrong]: null } });
    if (op === "patch" && code === "state_conflict" && body.status) {
      const { status, completedAt, ...rest } = body;
      return { change, rest };
    }
    return this.#again({ ...change, problem });
  }

  async #resolve({ change, theirs, rest }: Open): Promise<void> {
    const { onConflict, records } = this.sync;
    const { kind, id, base } = change;
    if (theirs === undefined) {
      theirs = await this.sync.call(({ tasks }, options) => tasks.get(id, options)).catch(unlessGone);
      rest = theirs ? rest : (change.body as Members);
    }

    const conflict = { kind, id, base, mine: records.wantedBy(change), theirs, patch: rest } as TaskConflict | ListConflict;
    // By default, the change that is sent later applies, and a deletion wins.
    const resolution: OfflineResolution = (await onConflict?.(conflict)) ?? (theirs ? "mine" : "theirs");
    const isNothingLeft = resolution === "mine" && rest && isEmpty(rest);
    if (resolution === "theirs" || isNothingLeft || (!theirs && kind === "list")) {
      return await this.sync.write(() => records.acknowledge(change, theirs));
    }

    const again = resolution === "mine" ? { ...change, body: rest } : { ...change, op: "patch" as const, body: resolution };
    const now = theirs ?? (await this.sync.call(({ tasks }, options) => tasks.restore(id, options)).catch(unlessGone));
    await this.sync.write(() => (now ? this.#again(again, now) : records.acknowledge(change, null)));
  }

  /**
   * Returns the records of a change that is sent once more, based on what the server has now, or that waits with its problem. There are
   * none if it was discarded meanwhile.
   */
  #again(change: OfflineChange, theirs?: Item): OfflineRecord[] {
    const { records } = this.sync;
    if (!records.isWaiting(change)) return [];
    return theirs ? [changeRecord({ ...change, base: theirs }), ...records.confirm(change.kind, theirs)] : [changeRecord(change)];
  }
}

const isRefusal = (error: unknown): error is FitnessifyError =>
  error instanceof FitnessifyError && REFUSALS.includes(error.status) && !/^http_(?!413)/.test(error.code);

const unlessGone = (error: unknown): null => {
  if (error instanceof FitnessifyError && error.code === "not_found") return null;
  throw error;
};

const isEmpty = (members: object): boolean => Object.keys(members).length === 0;

const haveParts = (...values: unknown[]): boolean =>
  values.every((value) => typeof value === "object" && value !== null && !Array.isArray(value));

/** Returns the members of a patch that an item does not have yet, into the parts of members that have some. */
function missingOf(patch: object, item: Members): Members {
  const missing = Object.entries(patch).filter(([name, value]) => !isSame({ [name]: value }, item));
  return Object.fromEntries(missing.map(([name, value]) =>
    [name, haveParts(value, item[name]) ? missingOf(value as object, item[name] as Members) : value]));
}

/** Returns the members of a patch that an item does not have yet; undefined if it has all. */
function restOf(patch: object, item: object): Members | undefined {
  const rest = missingOf(patch, item as Members);
  // When it was done is fixed once it is.
  if (!("status" in rest)) delete rest.completedAt;
  return isEmpty(rest) ? undefined : rest;
}

/** Returns whether the other side has changed a member that the patch changes, too, into the parts of members that have some. */
function overlaps(patch: object, base: object, theirs: object): boolean {
  return Object.entries(patch).some(([name, value]) => {
    const [before, now] = [base, theirs].map((item) => (item as Members)[name] ?? null);
    return haveParts(value, before, now) ? overlaps(value as object, before as object, now as object) : JSON.stringify(before) !== JSON.stringify(now);
  });
}
