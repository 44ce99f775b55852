import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const project = fileURLToPath(new URL("../../", import.meta.url));
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fitnessify-types-"));
  await mkdir(join(folder, "node_modules/@fitnessify"), { recursive: true });
  await symlink(project, join(folder, "node_modules/@fitnessify/client"));
  for (const file of ["app.ts", "app.mts", "app.cts"]) await cp(join(project, "test/types/app.ts"), join(folder, file));
});

after(() => rm(folder, { recursive: true }));

/** Returns what the compiler says about a file, without the DOM library and any other types than those of the package. */
function compile(file: string, options: ts.CompilerOptions): string {
  const program = ts.createProgram([join(folder, file)], {
    target: ts.ScriptTarget.ES2020,
    lib: ["lib.es2020.d.ts"],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    ...options,
  });
  const host = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => folder, getNewLine: () => "\n" };
  return ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), host);
}

const { CommonJS, ES2020, NodeNext } = ts.ModuleKind;
const { Node10, Bundler, NodeNext: Resolution } = ts.ModuleResolutionKind;
for (const [name, file, options] of [
  ["node10", "app.ts", { module: CommonJS, moduleResolution: Node10, esModuleInterop: true }],
  ["bundler", "app.ts", { module: ES2020, moduleResolution: Bundler }],
  ["nodenext as an ES module", "app.mts", { module: NodeNext, moduleResolution: Resolution }],
  ["nodenext as CommonJS", "app.cts", { module: NodeNext, moduleResolution: Resolution }],
] as const) {
  test(`an app without the DOM library compiles by ${name}`, () => assert.equal(compile(file, options), ""));
}
