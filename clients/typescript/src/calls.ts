import type { AbortSignalLike } from "./platform.js";

/** What each call takes beside its own options. */
export interface CallOptions {
  /** Ends the call at once, even while it waits for a refresh. */
  signal?: AbortSignalLike | undefined;
  /** The time limit of each attempt of this call, including the body of the response, in ms; by default that of the session. */
  timeout?: number | undefined;
}

/** A call of the API. */
export interface ApiRequest extends CallOptions {
  method: string;
  /** The path from the root of the server, with the query. */
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  /**
   * Required members of the response, with `,` between them, and `|` between those of different responses. It is absent when the response has
   * no body.
   */
  returns?: string | undefined;
}

/** Sends a call and returns the body of the response. */
export type Send = (request: ApiRequest) => Promise<unknown>;

/** The number of items on a page, which is the most that the server sends. */
export const PAGE_SIZE = 200;

type Options = CallOptions & Record<string, unknown>;

/**
 * Returns the calls of a table, in which a line of one word begins a group. A call takes its parameters in the path, its body if it has one, and
 * its options. Each list gets a second call, whose name begins with `all`, for all its pages.
 */
export function callsOf<T>(send: Send, table: string): T {
  const groups: Record<string, Record<string, unknown>> = {};
  let group: Record<string, unknown> = {};
  for (const line of table.split("\n")) {
    const [name = "", ...operation] = line.split(" ");
    if (operation.length === 0) {
      groups[name] = group = {};
    } else {
      const call = (...values: unknown[]) => send(requestOf(operation, values));
      group[name] = call;
      group[name.replace("list", "all")] ??= (options: Options) => itemsOf(call, options);
    }
  }

  return groups as T;
}

function requestOf([method = "", target = "", returns]: string[], values: unknown[]): ApiRequest {
  const path = target.replace("*", "").replace(/{}/g, () => encodeURIComponent(values.shift() as string));
  const body = target.endsWith("*") ? values.shift() : undefined;
  const { signal, timeout, ifMatch, ifNoneMatch, ...parameters } = (values[0] ?? {}) as Options;
  const headers: Record<string, string> = {};
  if (ifMatch) headers["If-Match"] = ifMatch as string;
  if (ifNoneMatch) headers["If-None-Match"] = ifNoneMatch as string;
  // URLSearchParams is not used, because some platforms only implement a part of it.
  const query = Object.entries(parameters)
    .flatMap(([name, value]) => [value].flat().map((item) => (item == null ? "" : `&${name}=${encodeURIComponent(item as string)}`)))
    .join("");
  // The path may have a query already.
  return { method, path: `/api/v1/${path}${query}`.replace(/^([^?&]*)&/, "$1?"), headers, body, returns, signal, timeout };
}

async function* itemsOf(list: (options: Options) => Promise<unknown>, options?: Options): AsyncGenerator<unknown, void> {
  let cursor: string | null | undefined;
  do {
    const page = (await list({ ...options, limit: options?.limit ?? PAGE_SIZE, cursor })) as { items: unknown[]; nextCursor: string | null };
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor);
}
