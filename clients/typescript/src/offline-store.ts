import { OfflineError } from "./offline-error.js";

/** A record of the store, or its deletion if the value is undefined. The value consists of what JSON can hold. */
export type OfflineRecord = readonly [key: string, value: unknown];

/**
 * Keeps the records of an {@link OfflineReplica} on the device. An app that has a database of its own implements these three methods with
 * one table of keys and values.
 */
export interface OfflineStore {
  /**
   * Opens the store, for one replica at a time, and returns all records in any order.
   * @throws OfflineError `store_in_use`: another replica, perhaps in another tab, has opened the store.
   */
  open(): Promise<Iterable<OfflineRecord>>;
  /** Writes the records in one transaction, all or none. When the promise resolves, they must survive a crash. */
  write(records: readonly OfflineRecord[]): Promise<void>;
  /** Closes the store, so that another replica can open it. */
  close(): Promise<void>;
}

/** This store keeps the records in memory, as JSON, and loses them when the process ends. */
export class MemoryOfflineStore implements OfflineStore {
  readonly #records = new Map<string, string>();
  #isOpen = false;

  async open(): Promise<Iterable<OfflineRecord>> {
    if (this.#isOpen) throw new OfflineError("store_in_use");
    this.#isOpen = true;
    return [...this.#records].map(([key, value]) => [key, JSON.parse(value)] as const);
  }

  async write(records: readonly OfflineRecord[]): Promise<void> {
    for (const [key, value] of records) {
      if (value === undefined) this.#records.delete(key);
      else this.#records.set(key, JSON.stringify(value));
    }
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }
}
