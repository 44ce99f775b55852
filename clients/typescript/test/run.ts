import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startShared } from "./server.js";

/** The programs before the tests, by the name of the environment that they set up. */
const ENVIRONMENTS: Record<string, string | undefined> = {
  "node": undefined,
  "require": "require.js",
  "safari-15": "safari-15.js",
  "react-native-0.74": "react-native.js",
  "react-native-0.84": "react-native.js",
};

// These run on Node.js only. Documents, packages, types and the service worker do not run in the process of the test, or are the same
// everywhere. The tests with random faults are long, and test the order of calls rather than the platform.
const ONCE = /^(docs-.*|examples|faults|offline-faults|package|push-worker|size|types)\.test\.js$/;

/** Files that an environment cannot run: React Native has no Web Push, and only an `import` can fail by the hook of a loader. */
const EXCEPTIONS: Record<string, string> = {
  "require": "offline-on-demand.test.js",
  "react-native-0.74": "push-browser.test.js",
  "react-native-0.84": "push-browser.test.js",
};

const folder = fileURLToPath(new URL(".", import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith(".test.js"));
const options = process.argv.slice(2);
let isFailed = false;

/** Runs test files in an environment, and shows the output when all have ended. */
async function run(environment: string, chosen: string[], title = environment): Promise<void> {
  const preload = ENVIRONMENTS[environment];
  const imports = preload ? ["--import", join(folder, "environments", preload)] : [];
  const runner = spawn(process.execPath, [...imports, "--test", ...options, ...chosen.map((file) => join(folder, file))], {
    env: { ...env, FITNESSIFY_ENVIRONMENT: environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  runner.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const code = await new Promise((resolve) => runner.once("close", resolve));
  console.log(`# ${title}: ${chosen.length} files\n${output}`);
  isFailed ||= code !== 0;
}

/** Runs everything once, and beside it one environment after the other. */
async function runAll(): Promise<void> {
  const everywhere = files.filter((file) => !ONCE.test(file));
  const runEnvironments = async () => {
    for (const environment of Object.keys(ENVIRONMENTS)) {
      await run(environment, everywhere.filter((file) => file !== EXCEPTIONS[environment]));
    }
  };
  await Promise.all([run("node", files.filter((file) => ONCE.test(file)), "once"), runEnvironments()]);
}

const { server, issuer } = await startShared();
const env = { ...process.env, FITNESSIFY_SHARED_SERVER: JSON.stringify({ url: server.url, issuer: issuer.identity }) };
try {
  await runAll();
} finally {
  await server.stop();
}

process.exitCode = isFailed ? 1 : 0;
