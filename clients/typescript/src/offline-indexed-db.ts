import { OfflineError } from "./offline-error.js";
import type { OfflineRecord, OfflineStore } from "./offline-store.js";

const RECORDS = "records";

/**
 * This store keeps the records in an IndexedDB database of the browser. Where the browser has Web Locks, only one tab at a time can open
 * it. Ask for `navigator.storage.persist()`, so that the browser does not delete the database when space is short.
 */
export class IndexedDbOfflineStore implements OfflineStore {
  #database: IDBDatabase | undefined;
  #unlock = () => {};

  /** @param name The name of the database, for instance one for each server. */
  constructor(private readonly name = "fitnessify") {}

  async open(): Promise<Iterable<OfflineRecord>> {
    if (this.#database || !(await this.#lock())) throw new OfflineError("store_in_use");
    try {
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(RECORDS);
      this.#database = await resultOf(request);
      const store = this.#database.transaction(RECORDS).objectStore(RECORDS);
      const [keys, values] = await Promise.all([resultOf(store.getAllKeys()), resultOf(store.getAll())]);
      return keys.map((key, index) => [String(key), values[index]] as const);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async write(records: readonly OfflineRecord[]): Promise<void> {
    if (!this.#database) throw new OfflineError("closed");
    // Without "strict", browsers may complete a transaction before the disk has it.
    const transaction = this.#database.transaction(RECORDS, "readwrite", { durability: "strict" });
    const store = transaction.objectStore(RECORDS);
    for (const [key, value] of records) {
      if (value === undefined) store.delete(key);
      else store.put(value, key);
    }
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async close(): Promise<void> {
    this.#database?.close();
    this.#database = undefined;
    this.#unlock();
  }

  /** Resolves to false if another tab has the lock, which the browser releases when that tab ends. */
  #lock(): Promise<boolean> {
    const locks = globalThis.navigator?.locks as LockManager | undefined;
    if (!locks) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      const hold = (lock: Lock | null) => {
        resolve(lock !== null);
        return lock && new Promise<void>((release) => (this.#unlock = release));
      };
      locks.request(`fitnessify-offline-${this.name}`, { ifAvailable: true }, hold).catch(reject);
    });
  }
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
