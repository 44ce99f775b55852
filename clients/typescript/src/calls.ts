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
  /** The types of the response, as keys of `members` with `|` between them; it is absent when the response has no body. */
  returns?: string | undefined;
}

/** Sends a call and returns the body of the response. */
export type Send = (request: ApiRequest) => Promise<unknown>;

type Options = CallOptions & Record<string, unknown>;

// For instance "PATCH tasks/{id}* If-Match,If-None-Match TaskDto": the method; the path with its parameters, and an asterisk when there is a
// body; the options that go into the query or, with a capital letter, into the headers; the types of the response.
const OPERATION = /^(\w+) ([^ *]+)(\*?) ?(\S*) ?(\S*)$/;

/**
 * Returns the calls of a group of routes. A call takes its parameters in the path, its body if it has one, and its options. A list that has
 * pages gets a second call, whose name begins with `all` in place of `list`.
 */
export function callsOf<T>(send: Send, operations: Readonly<Record<string, string>>): T {
  const calls: Record<string, unknown> = {};
  for (const [name, operation] of Object.entries(operations)) {
    const call = (...values: unknown[]) => send(requestOf(operation, values));
    calls[name] = call;
    if (operation.includes("cursor")) calls[name.replace("list", "all")] = (options: Options) => itemsOf(call, options);
  }

  return calls as T;
}

function requestOf(operation: string, values: unknown[]): ApiRequest {
  const [, method = "", target = "", hasBody, names = "", returns] = OPERATION.exec(operation)!;
  const path = target.replace(/\{\w+\}/g, () => encodeURIComponent(values.shift() as string));
  const body = hasBody ? values.shift() : undefined;
  const { signal, timeout, ...options } = (values[0] ?? {}) as Options;
  const headers: Record<string, string> = {};
  // URLSearchParams is not used, because some platforms only implement a part of it.
  const query: string[] = [];
  for (const name of names.split(",")) {
    const isHeader = /^[A-Z]/.test(name);
    // The option of If-Match is ifMatch.
    const value = options[isHeader ? name.replace(/^I|-/g, (char) => (char === "I" ? "i" : "")) : name];
    for (const item of [value].flat()) {
      if (item === undefined || item === null) continue;
      if (isHeader) headers[name] = item as string;
      else query.push(`${name}=${encodeURIComponent(item as string)}`);
    }
  }

  const search = query.length > 0 ? `?${query.join("&")}` : "";
  return { method, path: `/api/v1/${path}${search}`, headers, body, returns: returns || undefined, signal, timeout };
}

async function* itemsOf(list: (options: Options) => Promise<unknown>, options: Options): AsyncGenerator<unknown, void> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = (await list({ ...options, limit: options?.limit ?? 200, cursor })) as { items: unknown[]; nextCursor: string | null };
    yield* page.items;
    cursor = page.nextCursor;
  }
}
