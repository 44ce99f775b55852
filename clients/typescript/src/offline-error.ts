/**
 * Why an {@link OfflineReplica} refused. `not_found`: there is no such task, list or change on this device. `queue_full`: too many changes wait
 * to be sent; sync, or discard what the server rejects. `owner_changed`: the copies and the changes are another account's; clear or adopt them.
 * `store_in_use`: the store is open already, perhaps in another tab. `closed`: the replica is closed.
 */
export type OfflineErrorReason = "not_found" | "queue_full" | "owner_changed" | "store_in_use" | "closed";

/** The replica on this device refused; `reason` says why. */
export class OfflineError extends Error {
  override readonly name = "OfflineError";

  constructor(readonly reason: OfflineErrorReason) {
    super(`The offline replica refused: ${reason}.`);
  }
}
