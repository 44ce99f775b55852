import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const CLIENT = fileURLToPath(new URL("../../../dist/", import.meta.url));

/** Members that Safari 15.0 does not have, by their names; `@@` is before those of well-known symbols. */
export const NEWER_MEMBERS: readonly string[] = JSON.parse(
  readFileSync(new URL("../../../test/environments/newer-members.json", import.meta.url), "utf8"),
);

/**
 * Replaces what the client reads from a global object; undefined makes the member missing. Only the client's own files get the replacement,
 * because the test runner and the `fetch` of Node.js need the original, and the tests may use it.
 */
export function replaceForClient(owner: object, name: string | symbol, value: unknown): void {
  const original = Object.getOwnPropertyDescriptor(owner, name);
  if (!original) return;
  Object.defineProperty(owner, name, {
    configurable: true,
    enumerable: original.enumerable!,
    get() {
      if (isReadByClient()) return value;
      return original.get ? original.get.call(this) : original.value;
    },
    set(changed) {
      Object.defineProperty(this, name, { configurable: true, enumerable: true, writable: true, value: changed });
    },
  });
}

/** Makes all newer members that this Node.js has missing for the client. */
export function hideNewerMembers(): void {
  for (const member of NEWER_MEMBERS) {
    const path = member.split(".");
    const name = path.pop()!;
    const owner = path.reduce<any>((object, part) => object?.[part], globalThis);
    if (owner) replaceForClient(owner, name.startsWith("@@") ? (Symbol as any)[name.slice(2)] : name, undefined);
  }
}

// The lines of a stack are its message, this function, the getter, and who reads.
function isReadByClient(): boolean {
  return new Error().stack!.split("\n")[3]?.includes(CLIENT) ?? false;
}
