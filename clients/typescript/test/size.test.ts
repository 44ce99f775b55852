import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

const KIB = 1024;

/** Bundlers put what is imported on demand into files of its own, which an app loads only when it uses them. */
const onDemand: Plugin = {
  name: "on-demand",
  setup: ({ onResolve }) =>
    onResolve({ filter: /.*/ }, ({ kind, path }) => (kind === "dynamic-import" ? { path, external: true } : undefined)),
};

/** Returns the bytes of a bundle, minified and compressed by gzip. */
async function sizeOf(contents: string): Promise<number> {
  const resolveDir = fileURLToPath(new URL(".", import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents, resolveDir }, bundle: true, minify: true, format: "esm", target: "es2022", write: false, plugins: [onDemand],
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

test("an app loads at most 6 KiB for a session, and 10.25 KiB with the offline replica", async (context) => {
  const session = 'export { FitnessifySession } from "@fitnessify/client";';
  const [alone, withReplica, withStore] = await Promise.all([
    sizeOf(session),
    sizeOf(`${session} export { OfflineReplica } from "@fitnessify/client/offline";`),
    sizeOf(`${session} export { IndexedDbOfflineStore, OfflineReplica } from "@fitnessify/client/offline";`),
  ]);
  const [notifications, schedule] = await Promise.all(
    ["notifications", "offline-schedule"].map((name) => sizeOf(`export * from "../../dist/esm/${name}.js";`)),
  );
  context.diagnostic(`session ${alone} B, with replica ${withReplica} B, with IndexedDB ${withStore} B`);
  context.diagnostic(`on demand: notifications ${notifications} B, dues and series of the replica ${schedule} B, both with what they share`);
  assert(alone <= 6 * KIB, `${alone} B`);
  assert(withReplica <= 10.25 * KIB, `${withReplica} B`);
});
