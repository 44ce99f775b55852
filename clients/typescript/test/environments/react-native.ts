// Loaded before the tests: the client runs on the polyfills of the React Native version that FITNESSIFY_ENVIRONMENT names.
//
// Its `URL` and `URLSearchParams` are its own files, and its `fetch` and `AbortController` the packages that it uses. Hermes, its engine, is
// not here. Instead, the client finds no member that is newer than Safari 15.0, and of `crypto` only what react-native-get-random-values has.
import { hideNewerMembers, replaceForClient } from "./client-globals.js";
import { XmlHttpRequest } from "./xml-http-request.js";

const { URL, URLSearchParams, ...polyfills } = await import(`./${process.env.FITNESSIFY_ENVIRONMENT}.js`);
const original = { fetch, AbortController };

/** Stands for the `fetch` of Expo, which has streams and takes the signals of React Native. */
const expoFetch: typeof fetch = async (input, { signal, ...init } = {}) => {
  const abort = new original.AbortController();
  if (signal?.aborted) abort.abort();
  signal?.addEventListener("abort", () => abort.abort());
  return await original.fetch(input, { ...init, signal: abort.signal });
};
globalThis.streaming = { fetch: expoFetch, Response };

hideNewerMembers();
replaceForClient(globalThis, "URL", URL);
replaceForClient(globalThis, "URLSearchParams", URLSearchParams);
replaceForClient(globalThis, "crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
for (const name of ["ReadableStream", "TextDecoder", "TextDecoderStream", "navigator"]) replaceForClient(globalThis, name, undefined);
Object.assign(globalThis, polyfills, { XMLHttpRequest: XmlHttpRequest });
