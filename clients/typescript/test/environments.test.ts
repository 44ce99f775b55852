import { FitnessifySession } from "@fitnessify/client";
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import { transform } from "esbuild";
import { NEWER_MEMBERS } from "./environments/client-globals.js";

const dist = new URL("../../dist/", import.meta.url);
const environment = process.env.FITNESSIFY_ENVIRONMENT ?? "node";
const isReactNative = environment.startsWith("react-native");
const isOlder = isReactNative || environment === "safari-15";

/** Returns what code of the client finds. */
const evaluate = (code: string): unknown => runInThisContext(code, { filename: fileURLToPath(new URL("probe.js", dist)) });

test("the client finds what the environment has", () => {
  // A getter that fails, because it is not called on an object, is there as well.
  const found = NEWER_MEMBERS.filter((member) => {
    const [owner, name] = [member.replace(/\.[^.]*$/, ""), member.replace(/.*\.(@@)?/, "")];
    const key = member.includes("@@") ? `Symbol.${name}` : `"${name}"`;
    return evaluate(`(() => { try { return globalThis.${owner.replace(".", "?.")}?.[${key}] !== undefined; } catch { return true; } })()`);
  });
  if (isOlder) assert.deepEqual(found, environment === "react-native-0.84" ? ["URLSearchParams.prototype.size"] : []);
  else assert(found.length > 10, String(found));
  assert.equal(evaluate("typeof crypto.subtle"), isReactNative ? "undefined" : "object");
});

test("the tests find what Node.js has", () => {
  assert.equal(new URL("http://a.example/b?c").pathname, "/b");
  assert.deepEqual([[1, 2].at(-1), structuredClone("a")], [2, "a"]);
});

test("the tests use the build of the package that the environment asks for", () => {
  const built = createRequire(import.meta.url)("@fitnessify/client");
  assert.equal(FitnessifySession === built.FitnessifySession, environment === "require");
});

test("the polyfills are those of the version of React Native", { skip: !isReactNative }, async () => {
  const url = 'new URL("http://a.example/b?c#d").pathname';
  if (environment === "react-native-0.74") assert.throws(() => evaluate(url), /not implemented/);
  else assert.equal(evaluate(url), "/b");
  assert.equal("reason" in AbortSignal.prototype, false);
  assert.equal("body" in Response.prototype, false);
});

test("the builds have no newer syntax than Safari 15 and React Native's compiler know", async () => {
  const files = ["esm", "cjs"].map(async (folder) => (await readdir(new URL(folder, dist))).map((file) => `${folder}/${file}`));
  const scripts = [...(await Promise.all(files)).flat().filter((file) => file.endsWith(".js")), "service-worker.js"];
  for (const script of scripts) {
    const code = await readFile(new URL(script, dist), "utf8");
    const [older, newest] = await Promise.all(["safari15", "esnext"].map((target) => transform(code, { target })));
    assert.equal(older!.code, newest!.code, script);
  }
});
