import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../../", import.meta.url));
let folder: string;
let packed: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fitnessify-package-"));
  // The build is there already, because the tests use it.
  const listing = run("npm", "pack", "--ignore-scripts", "--json", "--pack-destination", folder);
  const [{ filename }] = JSON.parse(listing) as [{ filename: string }];
  packed = join(folder, filename);
});

after(() => rm(folder, { recursive: true }));

function run(program: string, ...parameters: string[]): string {
  return execFileSync(program, parameters, { cwd: project, encoding: "utf8" });
}

test("every module resolution finds the types and the code of the package", () => {
  // Sites copy the service worker; no module imports it.
  run("node_modules/.bin/attw", packed, "--exclude-entrypoints", "./service-worker.js");
});

test("the package is declared as bundlers and Node.js expect it", () => {
  run("node_modules/.bin/publint", packed, "--strict");
});

test("require loads the CommonJS build, and import the other one", async () => {
  const require = createRequire(import.meta.url);
  for (const entry of ["@fitnessify/client", "@fitnessify/client/offline"]) {
    assert.deepEqual(Object.keys(require(entry)).sort(), Object.keys(await import(entry)).sort());
  }

  assert.match(require.resolve("@fitnessify/client"), /dist\/cjs\/index\.js$/);
  assert.match(import.meta.resolve("@fitnessify/client"), /dist\/esm\/index\.js$/);
});
