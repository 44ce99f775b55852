export * from "./offline-change.js";
export * from "./offline-error.js";
export * from "./offline-indexed-db.js";
export * from "./offline-replica.js";
export { MemoryOfflineStore, type OfflineRecord, type OfflineStore } from "./offline-store.js";
