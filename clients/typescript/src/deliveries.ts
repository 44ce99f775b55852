// This bounds the memory of a session that runs for months; a notification arrives by its two ways within a day.
const MAX_IDS = 1000;

/** The memory of a session: by which way each notification has arrived first, so that it is not shown a second time for the other. */
export class Deliveries {
  readonly #isStreamed = new Map<string, boolean>();
  /** The number of streams that are open. */
  openStreams = 0;

  /** Returns whether the stream has delivered the notification, or is open and will. */
  isStreamed(id: string): boolean {
    return this.#isStreamed.get(keyOf(id)) ?? this.openStreams > 0;
  }

  /** Records a notification of the stream or of push, and returns whether it was not delivered before. */
  add(id: string, isStreamed: boolean): boolean {
    const ids = this.#isStreamed;
    if (ids.has(keyOf(id))) return false;
    ids.set(keyOf(id), isStreamed);
    // A map keeps the order in which its keys were added.
    if (ids.size > MAX_IDS) ids.delete(ids.keys().next().value!);
    return true;
  }
}

// Some platforms write UUIDs in upper case.
const keyOf = (id: string): string => id.toLowerCase();
