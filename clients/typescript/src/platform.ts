// The types of what platforms bring are declared by their parts that the client uses, so that those of the DOM, of Node.js and of React
// Native all fit, and an app compiles without any of them.

/** The part of an `AbortSignal` that the client uses. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What the client passes to `fetch` beside the address. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** An `AbortSignal`, which each platform types in its own way. */
  signal: any;
}

/** The part of a `Response` that the client uses. */
export interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  /** A `ReadableStream` of bytes, or nothing where `fetch` gives no streams, as on React Native. */
  readonly body?: unknown;
  text(): Promise<string>;
}

/** A `fetch`: that of the platform, or another one such as that of `expo/fetch`. */
export type FetchLike = (url: string, init: FetchInit) => Promise<ResponseLike>;

/** Returns hexadecimal digits. */
export const hexOf = (bytes: Iterable<number>): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Returns the bytes of a text in base64url. */
export const bytesOf = (base64url: string): ArrayBuffer =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0)).buffer;

/** Returns bytes as base64url, without padding. */
export const base64UrlOf = (bytes: Iterable<number>): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/**
 * Returns a random UUID (version 4). `crypto.randomUUID` is missing on React Native and on pages without HTTPS, where this works as well.
 * @throws TypeError The platform has no secure random numbers.
 */
export function randomUuid(): string {
  if (!globalThis.crypto?.getRandomValues) {
    throw new TypeError("There is no crypto.getRandomValues. On React Native, import react-native-get-random-values first.");
  }

  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // The version and the variant (RFC 9562, 5.4).
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
