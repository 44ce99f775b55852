// What changes of dues and of tasks that repeat need to be shown before the server has them. It is loaded with the first of them, because it
// is a third of the code of the replica.

import { dueMoment, localDue } from "./due.js";
import type { TaskDto, TaskPatch } from "./generated.js";
import { successorOf } from "./recurrence.js";

/** @throws RangeError A patch sets a due that is malformed, or whose time zone is unknown. */
export function checkDue({ due, dueAt }: TaskPatch, task: TaskDto | null, timeZone: string): void {
  if (dueAt) localDue(dueAt, "UTC");
  if (due) dueMoment({ date: "", ...task?.due, ...due } as NonNullable<TaskDto["due"]>, timeZone);
}

/** Returns when a due is; null if what another device has written leaves it without a date. */
export const momentOf = (due: NonNullable<TaskDto["due"]>, timeZone: string): string | null => orNull(() => dueMoment(due, timeZone));

/** Returns the due that stands for a moment; null if it is malformed. */
export const dueOf = (moment: string): TaskDto["due"] => orNull(() => ({ ...localDue(moment, "UTC"), timeZone: "UTC" }));

/** Returns the next task of a series; null if there is none, or if this device does not understand the rule. */
export const successorAfter = (task: TaskDto, timeZone: string): TaskDto | null =>
  orNull(() => successorOf(task, task.completedAt ?? task.updatedAt, timeZone));

function orNull<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch {
    return null;
  }
}
