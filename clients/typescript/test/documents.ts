import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const root = new URL("../../../../", import.meta.url);

/**
 * Checks that the test does what the document shows: the lines of all its examples in TypeScript are lines of the test, in their
 * order. Between them, the test may do more. The path of the document begins at the root of the repository.
 */
export async function assertShownIn(document: string, test: string): Promise<void> {
  const text = await readFile(new URL(document, root), "utf8");
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!).join("");
  const lines = linesOf(blocks.replaceAll('"http://localhost:5080"', "server.url"));
  assert.notEqual(lines.length, 0);
  const done = linesOf(await readFile(new URL(`clients/typescript/test/${test}`, root), "utf8"));
  for (const line of lines) {
    const at = done.indexOf(line);
    assert.notEqual(at, -1, `${test} does not do what ${document} shows: ${line}`);
    done.splice(0, at + 1);
  }
}

const linesOf = (text: string) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
