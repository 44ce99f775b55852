import type { ApiRequest } from "./calls.js";
import type { BatchResultsBody, BatchTasksCommand, Problem } from "./generated.js";

const BATCH = "/api/v1/tasks/batch";

/** Returns whether a call may be sent again when there was no response, because a second time does no harm (RFC 9110, 9.2.2). */
export function isRepeatable({ method, path, headers, body }: ApiRequest): boolean {
  // A second time would fail, because the password or the code has been used up, or the guest is a member already.
  if (/\/me\/(password|email|registration)$/.test(path)) return false;
  // The server answers the same key with the same guest, and the same refresh token with new tokens for a short time.
  if (/\/auth\/(guest|refresh)$/.test(path)) return true;
  if (path !== BATCH) return /GET|PUT|DELETE/.test(method) || headers?.["If-Match"] !== undefined;
  const { operations, atomic } = body as BatchTasksCommand;
  // An atomic batch would fail as a whole the second time, and an operation can hide what an earlier one of the same task has done.
  return (
    !atomic &&
    new Set(operations.map(({ id }) => id)).size === operations.length &&
    operations.every(({ op, id, ifMatch }) => (op === "create" ? id : ifMatch))
  );
}

/** The result of a call of which only an earlier attempt has shown that it has succeeded. */
interface Done {
  result: unknown;
}

/** Returns the result of a call when the failure only shows that an earlier attempt succeeded. */
export function alreadyDone({ method, path, headers, body }: ApiRequest, problem: Problem): Done | undefined {
  const op =
    method === "DELETE" ? "delete"
    : headers?.["If-None-Match"] === "*" ? "create"
    : headers?.["If-Match"] !== undefined ? "patch"
    : undefined;
  return doneBy(op, path.endsWith("/restore") ? { deletedAt: null } : body, problem);
}

/** Turns results of a batch that only show that an earlier attempt succeeded into successes. Other results stay as they are. */
export function settleBatch<T>({ path, body }: ApiRequest, result: T): T {
  if (path !== BATCH) return result;
  const { operations } = body as BatchTasksCommand;
  const results = (result as BatchResultsBody).results.map((of, index) => {
    const { op, task } = operations[index]!;
    const done = of.problem && doneBy(op, task, of.problem);
    return done ? { status: done.result ? 200 : 204, task: done.result ?? null, problem: null } : of;
  });
  return { ...result, results };
}

function doneBy(op: string | undefined, sent: unknown, { code, current }: Problem): Done | undefined {
  if (op === "delete") return code === "not_found" ? { result: undefined } : undefined;
  const isDone = op && code === "precondition_failed" && current && (op === "create" || isSame(sent, current));
  return isDone ? { result: current } : undefined;
}

/**
 * Returns whether what was sent is stored. The server trims text, converts times to UTC, leaves out seconds of a due that are zero, stores null
 * as no labels and no checklist, and places what has no position.
 */
export function isSame(sent: unknown, stored: unknown): boolean {
  if (typeof stored === "object" && stored !== null) {
    const kept = stored as Record<string, unknown>;
    if (typeof sent !== "object" || sent === null) return Object.keys(kept).length === 0;
    return (
      (!Array.isArray(kept) || (sent as unknown[]).length === kept.length) &&
      Object.entries(sent).every(([name, value]) => (value === null && name === "position") || isSame(value, kept[name]))
    );
  }

  if (typeof sent !== "string" || typeof stored !== "string") return (sent ?? null) === (stored ?? null);
  return shortest(sent) === shortest(stored) || (/^\d{4}-/.test(stored) && Date.parse(sent) === Date.parse(stored));
}

const shortest = (text: string): string =>
  text.trim().replace(/^(\d\d:\d\d:\d\d)\.000$/, "$1").replace(/^(\d\d:\d\d):00$/, "$1");
