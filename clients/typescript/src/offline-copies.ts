// What the app sees: the copies of what the server has said, with the changes that wait applied in the way of the server.

import { dueMoment, localDue } from "./due.js";
import type { ListDto, ListInput, ListPatch, TaskDto, TaskInput, TaskPatch } from "./generated.js";
import type { OfflineChange } from "./offline-change.js";
import { successorOf } from "./recurrence.js";

type Members = Record<string, unknown>;

const NEW_TASK = {
  title: "", description: null, status: "todo", priority: "normal", due: null, dueAt: null, reminders: [], recurrence: null, seriesId: null,
  occurrence: null, labels: [], listId: null, checklist: {}, completedAt: null, deletedAt: null, version: 0, isOverdue: false,
} satisfies Partial<TaskDto>;

const NEW_LIST = { name: "", color: null, archivedAt: null, version: 0 } satisfies Partial<ListDto>;

// These members have parts, which a patch changes one by one.
const PARTS = ["due", "recurrence", "checklist"];

/** Applies the changes that wait to the copies of tasks or lists. */
export class Copies<Item extends TaskDto | ListDto> {
  readonly #shown = new Map<string, Item | null>();
  /** The task that must be completed before the server makes a predicted one, by the id of the latter. */
  readonly predecessors = new Map<string, string>();

  /** @param confirmed What the server has said. @param apply Returns an item after a change, given what is shown of it. */
  constructor(
    private readonly confirmed: ReadonlyMap<string, { readonly item: Item }>,
    private readonly apply: (change: OfflineChange, item: Item | null) => Item | null,
  ) {}

  get(id: string): Item | null {
    const shown = this.#shown.get(id);
    return shown === undefined ? (this.confirmed.get(id)?.item ?? null) : shown;
  }

  isChanged(id: string): boolean {
    return this.#shown.has(id);
  }

  add(change: OfflineChange): void {
    this.#shown.set(change.id, this.apply(change, this.get(change.id)));
  }

  /** Shows a task that the server will make when it gets the completion of another one. */
  predict(item: Item, predecessor: string): void {
    if (this.#shown.has(item.id) || this.confirmed.has(item.id)) return;
    this.#shown.set(item.id, item);
    this.predecessors.set(item.id, predecessor);
  }

  *[Symbol.iterator](): Generator<Item> {
    for (const [id, { item }] of this.confirmed) if (!this.#shown.has(id)) yield item;
    for (const item of this.#shown.values()) if (item) yield item;
  }
}

/** Returns a task after a change, and passes on the next one of its series if that completes it. */
export function applyToTask(
  change: OfflineChange, task: TaskDto | null, timeZone: string, predict?: (successor: TaskDto) => void,
): TaskDto | null {
  const { op, id, at, sequence } = change;
  if (op === "delete" || (op === "patch" && !task)) return null;
  const before: TaskDto = op === "patch" ? task! : { ...NEW_TASK, id, createdAt: at, updatedAt: at, position: placeOf(sequence) };
  const after = patchTask(before, change.body as TaskInput | TaskPatch, at, placeOf(sequence), timeZone);
  if (op === "patch" && isOpen(before) && !isOpen(after)) {
    const successor = successorAfter(after, after.completedAt ?? at, timeZone);
    if (successor) predict?.(successor);
  }
  return after;
}

/** Returns a list after a change. */
export function applyToList({ op, id, at, sequence, body }: OfflineChange, list: ListDto | null): ListDto | null {
  if (op === "delete" || (op === "patch" && !list)) return null;
  const before: ListDto = op === "patch" ? list! : { ...NEW_LIST, id, createdAt: at, updatedAt: at, position: placeOf(sequence) };
  return { ...before, ...cleared(body as ListInput | ListPatch, NEW_LIST), updatedAt: at } as ListDto;
}

/** Returns the next task of a series; null if there is none, or if this device does not understand the rule. */
export function successorAfter(task: TaskDto, completedAt: string, timeZone: string): TaskDto | null {
  try {
    return successorOf(task, completedAt, timeZone);
  } catch {
    return null;
  }
}

export const isOpen = ({ status }: TaskDto): boolean => status === "todo" || status === "inProgress";

function patchTask(task: TaskDto, patch: TaskInput | TaskPatch, at: string, place: string, timeZone: string): TaskDto {
  const { completedAt, dueAt, ...plain } = patch;
  const after = { ...task, ...cleared(plain, NEW_TASK), updatedAt: at } as TaskDto;
  if (plain.recurrence) after.recurrence = { ...(task.recurrence ?? { from: "due" }), ...defined(plain.recurrence) } as TaskDto["recurrence"];
  if (plain.checklist) after.checklist = patchChecklist(task.checklist, plain.checklist, place);
  if (plain.due) after.due = { date: "", time: null, timeZone: null, ...task.due, ...defined(plain.due) };
  if (dueAt !== undefined) after.due = dueAt === null ? null : { ...localDue(dueAt, "UTC"), timeZone: "UTC" };
  after.dueAt = after.due && momentOf(after.due, timeZone);
  if (after.status !== task.status) after.completedAt = after.status === "done" ? (completedAt ?? at) : null;
  if (after.recurrence && after.due && after.seriesId === null) [after.seriesId, after.occurrence] = [after.id, after.due.date];
  return after;
}

function patchChecklist(
  items: TaskDto["checklist"], patch: NonNullable<(TaskInput | TaskPatch)["checklist"]>, place: string,
): TaskDto["checklist"] {
  const after = { ...items };
  for (const [index, [key, item]] of Object.entries(patch).entries()) {
    const { title, done, position } = { ...after[key], ...cleared(item ?? {}, {}) } as Partial<TaskDto["checklist"][string]>;
    if (item === null) delete after[key];
    else if (title !== undefined) after[key] = { title, done: done ?? false, position: position ?? `${place}${String(index).padStart(3, "0")}V` };
  }
  return after;
}

// What another device writes can leave a due that has no date.
function momentOf(due: NonNullable<TaskDto["due"]>, timeZone: string): string | null {
  try {
    return dueMoment(due, timeZone);
  } catch {
    return null;
  }
}

/** Returns the members to write: null becomes the default, and null as a position leaves the item where it is. */
function cleared(patch: object, defaults: Members): Members {
  const members = Object.entries(defined(patch)).filter(([name, value]) => value !== null || name !== "position");
  return Object.fromEntries(
    members.filter(([name, value]) => value === null || !PARTS.includes(name)).map(([name, value]) => [name, value ?? defaults[name] ?? null]),
  );
}

const defined = (patch: object): Members => Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

/** Returns a position after those that the server gives, because what is created last sorts last. */
const placeOf = (sequence: number): string => `zz${String(sequence).padStart(12, "0")}V`;
