import type { ListDto, ListInput, ListPatch, Problem, TaskDto, TaskInput, TaskPatch } from "./generated.js";

/** A change that waits to be sent. */
export interface OfflineChange {
  /** Its number; changes are sent in the order of their numbers. */
  readonly sequence: number;
  readonly kind: "task" | "list";
  readonly op: "create" | "patch" | "delete";
  /** The UUID of the task or list. */
  readonly id: string;
  /** When it was made on this device, in UTC. */
  readonly at: string;
  /** What is written, or null for a deletion. */
  readonly body: TaskInput | TaskPatch | ListInput | ListPatch | null;
  /** The task or list that the user saw; null if the server has not sent it, or if an earlier change of it waits. */
  readonly base: TaskDto | ListDto | null;
  /** Why the server rejected the change; it waits for {@link OfflineReplica.retry} or {@link OfflineReplica.discard} then. Otherwise null. */
  readonly problem: Problem | null;
}

interface Conflict<Item, Patch> {
  /** The UUID of the task or list. */
  readonly id: string;
  /** What the user saw before the change; null if the server has not sent it. */
  readonly base: Item | null;
  /** What the user wants; null for a deletion. */
  readonly mine: Item | null;
  /** What the server has now; null if it was deleted. */
  readonly theirs: Item | null;
  /** The part of the change that is not there yet; null for a deletion. */
  readonly patch: Patch | null;
}

/** Another device has changed or deleted a task that this device has changed as well. */
export interface TaskConflict extends Conflict<TaskDto, TaskPatch> {
  readonly kind: "task";
}

/** Another device has changed or deleted a list that this device has changed as well. */
export interface ListConflict extends Conflict<ListDto, ListPatch> {
  readonly kind: "list";
}

/**
 * What becomes of a conflict: the change of this device applies to what the server has (`mine`), it is dropped (`theirs`), or a patch takes
 * its place. If the other device has deleted a task, `mine` and a patch restore it; a list does not come back.
 */
export type OfflineResolution = "mine" | "theirs" | TaskPatch | ListPatch;

/** The options of an {@link OfflineReplica}. */
export interface OfflineOptions {
  /**
   * Decides what becomes of a conflict: both sides have changed the same member, or one has deleted what the other has changed. Changes of
   * different members are none. By default, the change that is sent later applies, and a deletion wins.
   */
  onConflict?: (conflict: TaskConflict | ListConflict) => OfflineResolution | Promise<OfflineResolution>;
  /** Called whenever tasks, lists or changes of the replica have changed. */
  onChange?: () => void;
  /** The IANA name of the person's time zone; by default that of the account, and that of the device before the first sync. */
  timeZone?: string;
  /** How many changes may wait; the default is 10000. */
  maxChanges?: number;
}
