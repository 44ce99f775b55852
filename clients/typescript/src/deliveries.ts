// This bounds the memory of a session that runs for months; a notification arrives by its two ways within a day.
const MAX_IDS = 1000;

/** The memory of a session: by which way each notification has arrived first, so that it is not shown a second time for the other. */
export class Deliveries {
  readonly #ways = new Map<string, "stream" | "push">();
  #openStreams = 0;

  /** Records a notification of the stream, and returns whether it was not delivered by push. */
  addStreamed(id: string): boolean {
    this.#add(id, "stream");
    return this.#ways.get(keyOf(id)) === "stream";
  }

  /** Records a notification of push, and returns whether it was not delivered before. */
  addPushed(id: string): boolean {
    return this.#add(id, "push");
  }

  /** Counts a stream as open; call the result once when it closes. */
  openStream(): () => void {
    this.#openStreams++;
    return () => void this.#openStreams--;
  }

  /** Returns whether the stream has delivered the notification, or is open and will. */
  isStreamed(id: string): boolean {
    return (this.#ways.get(keyOf(id)) ?? (this.#openStreams > 0 ? "stream" : "push")) === "stream";
  }

  #add(id: string, way: "stream" | "push"): boolean {
    const key = keyOf(id);
    if (this.#ways.has(key)) return false;
    this.#ways.set(key, way);
    // A map keeps the order in which its keys were added.
    if (this.#ways.size > MAX_IDS) this.#ways.delete(this.#ways.keys().next().value!);
    return true;
  }
}

// Some platforms write UUIDs in upper case.
const keyOf = (id: string): string => id.toLowerCase();
