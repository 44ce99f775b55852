// Writes the polyfills of each version of React Native in test/react-native to one file that Node.js can load, next to this one.
import { type Plugin, build } from "esbuild";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../test/react-native/", import.meta.url));
const removeTypes: (source: string, options: { all: boolean }) => { toString(): string } =
  createRequire(`${folder}package.json`)("flow-remove-types");

/** Reads React Native, which is written in Flow. Its native modules are not there. */
const reactNative: Plugin = {
  name: "react-native",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\/Native/ }, ({ path }) => ({ path, namespace: "native" }));
    onLoad({ filter: /.*/, namespace: "native" }, () => ({ contents: "export default null;" }));
    onLoad({ filter: /\/react-native-[^/]+\/Libraries\// }, async ({ path }) => ({
      contents: removeTypes(await readFile(path, "utf8"), { all: true }).toString(),
    }));
  },
};

await Promise.all(["0.74", "0.84"].map((version) => {
  // As Libraries/Core/setUpXHR.js and Libraries/Network/fetch.js of both versions import them.
  const contents = `
    export { URL, URLSearchParams } from "./node_modules/react-native-${version}/Libraries/Blob/URL";
    export { AbortController, AbortSignal } from "abort-controller/dist/abort-controller";
    export { fetch, Headers, Request, Response } from "whatwg-fetch";`;
  const outfile = fileURLToPath(new URL(`react-native-${version}.js`, import.meta.url));
  return build({ stdin: { contents, resolveDir: folder }, bundle: true, format: "esm", outfile, plugins: [reactNative] });
}));
