export * from "./due.js";
export * from "./errors.js";
export * from "./generated.js";
export * from "./positions.js";
export * from "./recurrence.js";
export * from "./session.js";
