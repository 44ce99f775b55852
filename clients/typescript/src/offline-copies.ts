// What the app sees: the copies of what the server has said, with the changes that wait applied in the way of the server.

import type { ListDto, TaskDto, TaskInput, TaskPatch } from "./generated.js";
import type { OfflineChange } from "./offline-change.js";

/** What computes dues and series; undefined while its code is not there. */
export type Schedule = typeof import("./offline-schedule.js") | undefined;

/** What a replica holds, by its kind. */
export interface Items {
  task: TaskDto;
  list: ListDto;
}

export type Kind = keyof Items;
export type Item = Items[Kind];
export type Members = Record<string, unknown>;

const DEFAULTS = {
  task: {
    title: "", description: null, status: "todo", priority: "normal", due: null, dueAt: null, reminders: [], recurrence: null, seriesId: null,
    occurrence: null, labels: [], listId: null, checklist: {}, completedAt: null, deletedAt: null, version: 0, isOverdue: false,
  } satisfies Partial<TaskDto>,
  list: { name: "", color: null, archivedAt: null, version: 0 } satisfies Partial<ListDto>,
};

// These members have parts, which a patch changes one by one.
const PARTS = ["due", "recurrence", "checklist"];

export const keyOf = ({ kind, id }: { kind: Kind; id: string }): string => `${kind}/${id}`;

/** The copies with the changes that wait. */
export class Shown {
  readonly #items = new Map<string, Item | null>();
  /** The predicted tasks, by the id of the one that was completed. */
  readonly #predicted = new Map<string, TaskDto>();
  /** The id of the task that must be completed before the server makes a predicted one, by the id of the latter. */
  readonly predecessors = new Map<string, string>();

  /** @param copies What the server has said, by {@link keyOf}. */
  constructor(
    private readonly copies: ReadonlyMap<string, { readonly item: Item }>, private readonly timeZone: string,
    private readonly schedule: Schedule,
  ) {}

  get<K extends Kind>(kind: K, id: string): Items[K] | null {
    const key = keyOf({ kind, id });
    const item = this.#items.get(key);
    return (item === undefined ? (this.copies.get(key)?.item ?? null) : item) as Items[K] | null;
  }

  /** Returns all items of a kind. The name of each kind has four letters, after which the id follows in the key. */
  all<K extends Kind>(kind: K): Items[K][] {
    const keys = new Set([...this.copies.keys(), ...this.#items.keys()]);
    return [...keys].filter((key) => key.startsWith(kind)).flatMap((key) => this.get(kind, key.slice(5)) ?? []);
  }

  isChanged(item: { kind: Kind; id: string }): boolean {
    return this.#items.has(keyOf(item));
  }

  /** Applies the next change. */
  add(change: OfflineChange): void {
    const before = this.get(change.kind, change.id);
    const after = this.after(change, before);
    this.#items.set(keyOf(change), after);
    if (change.kind !== "task" || !before || !after || isOpen(before as TaskDto) === isOpen(after as TaskDto)) return;
    if (isOpen(before as TaskDto)) this.#predict(after as TaskDto);
    else this.#withdraw(change.id);
  }

  /** Returns an item after a change; null if it is gone. */
  after(change: OfflineChange, item: Item | null): Item | null {
    const { op, kind, id, at, sequence, body } = change;
    // It sorts after those that the server has placed, because what is created last sorts last.
    const position = `zz${String(sequence).padStart(12, "0")}V`;
    const created = { ...DEFAULTS[kind], id, createdAt: at, position };
    const before = op === "create" ? created : op === "patch" && item;
    if (!before) return null;
    const { completedAt, dueAt, ...plain } = body as TaskInput | TaskPatch;
    const after = { ...before, ...cleared(plain, DEFAULTS[kind]), updatedAt: at } as Item;
    return kind === "list" ? after : this.#patchParts(before as TaskDto, after as TaskDto, body as TaskPatch, position);
  }

  #patchParts(task: TaskDto, after: TaskDto, patch: TaskPatch, place: string): TaskDto {
    const { schedule } = this;
    const { completedAt, dueAt, due, recurrence, checklist } = patch;
    if (recurrence) after.recurrence = { from: "due", ...task.recurrence, ...recurrence } as TaskDto["recurrence"];
    if (checklist) after.checklist = patchChecklist(task.checklist, checklist, place);
    if (due) after.due = { date: "", time: null, timeZone: null, ...task.due, ...due } as TaskDto["due"];
    if (dueAt !== undefined) after.due = (dueAt && schedule?.dueOf(dueAt)) || null;
    if (due !== undefined || dueAt !== undefined) after.dueAt = (after.due && schedule?.momentOf(after.due, this.timeZone)) || dueAt || null;
    if (after.status !== task.status) after.completedAt = after.status === "done" ? (completedAt ?? after.updatedAt) : null;
    if (after.recurrence && after.due && after.seriesId === null) [after.seriesId, after.occurrence] = [after.id, after.due.date];
    return after;
  }

  /** Shows a task that the server will make when it gets the completion of another one. */
  #predict(task: TaskDto): void {
    const successor = this.schedule?.successorAfter(task, this.timeZone);
    const key = `task/${successor?.id}`;
    if (!successor || this.copies.has(key) || this.#items.has(key)) return;
    this.#items.set(key, successor);
    this.#predicted.set(task.id, successor);
    this.predecessors.set(successor.id, task.id);
  }

  /** The server takes the next task back, too, unless the user has changed it. */
  #withdraw(id: string): void {
    const successor = this.#predicted.get(id);
    const key = `task/${successor?.id}`;
    if (this.#items.get(key) === successor) this.#items.delete(key);
  }
}

/** Returns whether a change of a task needs a {@link Schedule}: of its due, or of a task that repeats. */
export const isScheduled = ({ body }: OfflineChange, task: Item | null | undefined): boolean => {
  const { due, dueAt, recurrence } = (body ?? {}) as TaskPatch;
  return Boolean(due || dueAt || recurrence || (task as TaskDto | null)?.recurrence);
};

export const isOpen = ({ status }: TaskDto): boolean => status === "todo" || status === "inProgress";

function patchChecklist(items: TaskDto["checklist"], patch: NonNullable<TaskPatch["checklist"]>, place: string): TaskDto["checklist"] {
  const after = { ...items };
  for (const [index, [key, item]] of Object.entries(patch).entries()) {
    const { title, done, position = `${place}${String(index).padStart(3, "0")}V` }: Partial<TaskDto["checklist"][string]> =
      { ...after[key], ...cleared(item ?? {}, {}) };
    if (item === null) delete after[key];
    else if (title !== undefined) after[key] = { title, done: done ?? false, position };
  }
  return after;
}

/** Returns the members to write: null becomes the default, and null as a position leaves the item where it is. */
function cleared(patch: object, defaults: Members): Members {
  const members = Object.entries(patch).filter(([name, value]) => (value === null ? name !== "position" : !PARTS.includes(name)));
  return Object.fromEntries(members.map(([name, value]) => [name, value ?? defaults[name] ?? null]));
}
