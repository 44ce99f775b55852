import type { TokensDto } from "./generated.js";
import { isWhole, TOKENS } from "./transport.js";

/** The store keeps the tokens of a device. It must be as safe as a store of passwords. */
export interface TokenStore {
  /** Returns the tokens, or undefined if there are none. */
  get(): Promise<TokensDto | undefined>;
  /** Replaces the stored tokens. */
  set(tokens: TokensDto): Promise<void>;
  /** Deletes the stored tokens. */
  clear(): Promise<void>;
}

/** This store keeps the tokens in memory and loses them when the process ends. */
export class MemoryTokenStore implements TokenStore {
  #tokens: TokensDto | undefined;
  get = async () => this.#tokens;
  set = async (tokens: TokensDto) => void (this.#tokens = tokens);
  clear = async () => void (this.#tokens = undefined);
}

/** The part of `localStorage` or `sessionStorage` that a token store uses. */
export interface WebStorageLike {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The part of `AsyncStorage` of React Native that a token store uses. */
export interface AsyncStorageLike {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<unknown>;
  removeItem(key: string): Promise<unknown>;
}

/** The part of `expo-secure-store` that a token store uses. */
export interface SecureStoreLike {
  getItemAsync(key: string): Promise<string | null>;
  setItemAsync(key: string, value: string): Promise<unknown>;
  deleteItemAsync(key: string): Promise<unknown>;
}

const KEY = "fitnessify.tokens";

/**
 * Keeps the tokens in `localStorage`, which all tabs of the site share, or in `sessionStorage`. Every script of the page can read both.
 * A value that cannot be read counts as none, here and in the other stores.
 * @param key The name of the value; by default `fitnessify.tokens`.
 */
export const webStorageTokens = (storage: WebStorageLike, key: string = KEY): TokenStore =>
  storedTokens(
    async () => storage.getItem(key),
    async (value) => storage.setItem(key, value),
    async () => storage.removeItem(key),
  );

/**
 * Keeps the tokens in `AsyncStorage` of React Native, which does not encrypt them. Prefer {@link secureStoreTokens}.
 * @param key The name of the value; by default `fitnessify.tokens`.
 */
export const asyncStorageTokens = (storage: AsyncStorageLike, key: string = KEY): TokenStore =>
  storedTokens(
    () => storage.getItem(key),
    (value) => storage.setItem(key, value),
    () => storage.removeItem(key),
  );

/**
 * Keeps the tokens in `expo-secure-store`: in the keychain of iOS, or encrypted by the keystore of Android.
 * @param key The name of the value: letters, digits, `.`, `-` and `_`; by default `fitnessify.tokens`.
 */
export const secureStoreTokens = (store: SecureStoreLike, key: string = KEY): TokenStore =>
  storedTokens(
    () => store.getItemAsync(key),
    (value) => store.setItemAsync(key, value),
    () => store.deleteItemAsync(key),
  );

function storedTokens(
  get: () => Promise<string | null>, set: (value: string) => Promise<unknown>, remove: () => Promise<unknown>,
): TokenStore {
  return {
    get: async () => tokensOf(await get()),
    set: async (tokens) => void (await set(JSON.stringify(tokens))),
    clear: async () => void (await remove()),
  };
}

function tokensOf(value: string | null): TokensDto | undefined {
  try {
    const tokens: unknown = JSON.parse(value ?? "null");
    return isWhole(tokens, TOKENS) ? (tokens as TokensDto) : undefined;
  } catch {
    return undefined;
  }
}
