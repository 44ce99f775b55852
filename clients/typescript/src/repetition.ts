import type { ApiRequest } from "./calls.js";
import type { BatchResultsBody, BatchTasksCommand, Problem, TaskOperation } from "./generated.js";

const BATCH = "/api/v1/tasks/batch";

/** Returns whether a call may be sent again when there was no response, because a second time does no harm (RFC 9110, 9.2.2). */
export function isRepeatable({ method, path, headers, body }: ApiRequest): boolean {
  // A repeated password change would fail and count as a wrong password, because the old one is no longer valid.
  if (path === "/api/v1/users/me/password") return false;
  if (path !== BATCH) return /GET|PUT|DELETE/.test(method) || headers?.["If-Match"] !== undefined;
  const { operations, atomic } = body as BatchTasksCommand;
  // An atomic batch would fail as a whole the second time, and an operation can hide what an earlier one of the same task has done.
  return (
    !atomic &&
    new Set(operations.map(({ id }) => id)).size === operations.length &&
    operations.every(({ op, id, ifMatch }) => (op === "create" ? id : ifMatch))
  );
}

/** Turns results of a batch that only show that an earlier attempt succeeded into successes. Other results stay as they are. */
export function settleBatch<T>(request: ApiRequest, result: T): T {
  if (request.path !== BATCH) return result;
  const { operations } = request.body as BatchTasksCommand;
  const results = (result as BatchResultsBody).results.map((of, index) => {
    const done = of.problem && alreadyDone(requestOf(operations[index]!), of.problem);
    return done ? { status: done.result ? 200 : 204, task: done.result ?? null, problem: null } : of;
  });
  return { ...result, results };
}

// The request that would do the same as the operation.
const requestOf = ({ op, id, ifMatch, task }: TaskOperation): ApiRequest => ({
  method: op === "create" ? "PUT" : op === "patch" ? "PATCH" : "DELETE",
  path: `/api/v1/tasks/${id}`,
  headers: op === "create" ? { "If-None-Match": "*" } : { "If-Match": `"${ifMatch}"` },
  body: task,
});

/** Returns the result of a call when the failure only shows that an earlier attempt succeeded. */
export function alreadyDone(request: ApiRequest, problem: Problem): { result: unknown } | undefined {
  const { method, path, headers = {}, body = null } = request;
  if (method === "DELETE" && problem.code === "not_found") return { result: undefined };
  const current = problem.code === "precondition_failed" ? problem.current : undefined;
  if (!current || method === "DELETE") return undefined;
  if (method === "PUT" && headers["If-None-Match"] === "*") return { result: current };
  const isThere =
    body === null
      ? path.endsWith("/restore") && current.deletedAt === null
      : isSame(body, current);
  return headers["If-Match"] !== undefined && isThere ? { result: current } : undefined;
}

// Returns whether what was sent is stored. The server trims text, converts times to UTC, leaves out seconds of a due that are zero, stores null as no labels and no
// checklist, and places what has no position.
export function isSame(sent: unknown, stored: unknown): boolean {
  if (Array.isArray(stored)) {
    const items: unknown[] = Array.isArray(sent) ? sent : [];
    return items.length === stored.length && items.every((item, index) => isSame(item, stored[index]));
  }

  if (typeof stored === "object" && stored !== null) {
    const kept = stored as Record<string, unknown>;
    return typeof sent === "object" && sent !== null
      ? Object.entries(sent).every(([name, value]) => (value === null && name === "position") || isSame(value, kept[name]))
      : Object.keys(stored).length === 0;
  }

  if (typeof sent !== "string" || typeof stored !== "string") return (sent ?? null) === (stored ?? null);
  return shortest(sent) === shortest(stored) || (/^\d{4}-/.test(stored) && Date.parse(sent) === Date.parse(stored));
}

const shortest = (text: string): string =>
  text.trim().replace(/^(\d\d:\d\d:\d\d)\.000$/, "$1").replace(/^(\d\d:\d\d):00$/, "$1");
