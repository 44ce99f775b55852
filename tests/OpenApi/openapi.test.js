import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";

const require = createRequire(import.meta.url);
const { Spectral } = require("@stoplight/spectral-core");
const { oas } = require("@stoplight/spectral-rulesets");

const file = new URL("../../docs/openapi.v1.json", import.meta.url);
const source = await readFile(file, "utf8");

test("the document follows the recommended rules of Spectral", async () => {
  const spectral = new Spectral();
  spectral.setRuleset({ extends: [[oas, "recommended"]] });
  const results = await spectral.run(JSON.parse(source));
  assert.deepEqual(results.map(({ code, message, path }) => `${code}: ${message} at ${path.join("/")}`), []);
});

test("the document follows the recommended rules of Redocly", async () => {
  // "series" and "restore" are no UUIDs, so that no path is both /tasks/{id}/restore and /tasks/series/{seriesId}.
  const config = await createConfig({ extends: ["recommended"], rules: { "no-ambiguous-paths": "off" } });
  const problems = await lintFromString({ source, absoluteRef: file.pathname, config });
  assert.deepEqual(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`), []);
});

test("generators find a name for everything", () => {
  const document = JSON.parse(source);
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path)).filter(({ responses }) => responses);
  const ids = operations.map(({ operationId }) => operationId);
  assert.deepEqual(ids.filter((id, index) => !id || ids.indexOf(id) !== index), []);

  const nameless = [];
  visit(document, "#", (part, path) => {
    const isNamed = /^#\/components\/schemas\/[^/]+$/.test(path);
    if ((part.enum || part.properties) && !isNamed && !path.includes("/example")) nameless.push(path);
    // Without a discriminator, a generator cannot tell the parts of a union apart.
    if ((part.oneOf || part.anyOf) && !part.discriminator) nameless.push(path);
  });
  assert.deepEqual(nameless, []);
});

test("answers are open to members that a newer server adds", () => {
  const { paths, components } = JSON.parse(source);
  const closed = [];
  for (const [path, operations] of Object.entries(paths)) {
    for (const { responses } of Object.values(operations).filter(({ responses }) => responses)) {
      const seen = new Set();
      const follow = (part) =>
        visit(part, "", ({ $ref, additionalProperties }) => {
          if (additionalProperties === false) closed.push(path);
          const name = /^#\/components\/schemas\/(.*)$/.exec($ref ?? "")?.[1];
          if (name && !seen.has(name)) follow((seen.add(name), components.schemas[name]));
        });
      Object.values(responses).filter(({ content }) => content).forEach(({ content }) => follow(content));
    }
  }
  assert.deepEqual(closed, []);
});

/** Calls the function with each object of the document and its path. */
function visit(part, path, onObject) {
  if (typeof part !== "object" || part === null) return;
  if (!Array.isArray(part)) onObject(part, path);
  for (const [name, value] of Object.entries(part)) visit(value, `${path}/${name}`, onObject);
}
