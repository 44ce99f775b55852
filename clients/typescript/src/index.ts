export * from "./due.js";
export * from "./errors.js";
export * from "./generated.js";
export { createNonce, type IdentityNonce, type OnIdentityNotLinked, type ReauthenticationProof } from "./identities.js";
export * from "./positions.js";
export * from "./recurrence.js";
export * from "./session.js";
