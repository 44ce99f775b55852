// Loaded before the tests: the package is its CommonJS build, as for programs that call `require`.
import { register } from "node:module";

const hooks = `
const builds = new Map(${JSON.stringify(
  ["index", "offline"].map((entry) => [
    entry === "index" ? "@fitnessify/client" : "@fitnessify/client/offline",
    new URL(`../../../dist/cjs/${entry}.js`, import.meta.url).href,
  ]),
)});
export const resolve = (specifier, context, next) => next(builds.get(specifier) ?? specifier, context);
`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
