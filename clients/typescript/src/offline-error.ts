/** Why an {@link OfflineReplica} refused. */
export type OfflineErrorReason = "not_found" | "queue_full" | "owner_changed" | "store_in_use" | "closed";

const REASONS: Record<OfflineErrorReason, string> = {
  not_found: "There is no such task or list on this device.",
  queue_full: "Too many changes wait to be sent. Sync, or discard what the server rejects.",
  owner_changed: "The copies and the changes on this device are another account's. Clear or adopt them.",
  store_in_use: "The store is open already, perhaps in another tab.",
  closed: "The replica is closed.",
};

/** The replica on this device refused; `reason` says why. */
export class OfflineError extends Error {
  override readonly name = "OfflineError";

  constructor(readonly reason: OfflineErrorReason) {
    super(REASONS[reason]);
  }
}
